"""Exports hold what the network holds: read back, and read by others, each edge has its modality and its evidence."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyarrow.parquet
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from regiograaf import exports, views
from regiograaf.cli import exporting, main
from regiograaf.errors import AnalysisError, RegiograafError, ReleaseError, SourceError
from regiograaf.projection import collapse, details, project
from regiograaf.stores import open_store
from tests.conftest import REPO, TINY

CLAIM = "https://w3id.org/regiograaf/id/bewering/"
NAMES = {"a": "'s-Gravenhage", "b": '=HYPERLINK("x";1)', "c": 'twee\r\nregels <&> "]]>" \x00\x0b\ud800\ufffe é😀'}
MODALITIES = {"bestaand": "existing", "voorgenomen": "intended", "verzocht": "requested"}
FORMATS = pytest.mark.parametrize("form", exports.FORMATS)
TABLES = pytest.mark.parametrize("form", ["csv", "parquet"])


def said(letter: str, begin: int, anchor: str = "drie; woorden, hier", **more: Any) -> dict[str, Any]:
    return {"letter": letter, "section": "Doel", "anchor": anchor, "begin": begin, "end": begin + 9, "quote": ""} | more


def claim(key: str, modality: str = "bestaand", **more: Any) -> tuple[str, dict[str, Any]]:
    """A claim as an edge, said in two letters."""
    return CLAIM + key, {
        "relation": "werkt samen met",
        "relation_en": "cooperates with",
        "predicate": "rg:werktSamenMet",
        "weight": 1.0,
        "symmetric": True,
        "modality": modality,
        "denied": False,
        "origin": "claim",
        "paraphrase": f"bewering {key}",
        "paraphrase_en": f"claim {key}",
        "themes": ("wonen",),
        "period": "",
        "dates": {},
        "present": False,
        "quantities": (),
        "speaker": "GS",
        "speaker_iri": "orgaan:gs",
        "evidence": (said("noord", 5), said("zuid", 7)),
    } | more


def small() -> nx.MultiDiGraph:
    """Five claims with a trap each between three nodes with hostile names, and what follows from two of them."""
    made = nx.MultiDiGraph(
        version="0.0.1",
        modalities={
            key: {"nl": key, "en": en, "style": style}
            for (key, en), style in zip(MODALITIES.items(), ("solid", "dash", "dot"), strict=True)
        },
        themes={"wonen": {"iri": "thema:wonen", "nl": "wonen", "en": "housing"}},
    )
    for node, label in NAMES.items():
        made.add_node(node, label=label, label_en=label, kind="rg:Bedrijf", actor=node != "c", status="onbekend")
    ended = {"begin": ["2024-01-01", "2024-06-30"], "end": ["", "2025-12-31"]}
    amount = {"nl": "doel: twee ton", "en": "goal: €200,000"}
    more = [
        ("a", "b", *claim("1")),
        ("a", "b", *claim("2", speaker="een ander", evidence=(said("noord", 90, "-1+1"),))),
        ("a", "b", *claim("3", "voorgenomen", dates=ended, period="tot eind 2025", quantities=(amount,))),
        ("b", "a", *claim("4", denied=True)),
        ("c", "c", *claim("5", "verzocht", weight=0.5, present=True, period="nu")),
    ]
    premises = tuple({"because": "", "premises": (), "said": ({"claim": CLAIM + "1", **said(*at)},)} for at in LEAVES)
    because = {"because": "het volgt\tdaaruit", "because_en": "it follows", "premises": premises, "said": ()}
    more.append(("a", "c", *claim("afgeleid", origin="inferred", evidence=(), themes=(), derivation=because)))
    for u, v, key, attributes in more:
        made.add_edge(u, v, key=key, **attributes)
    return made


LEAVES = (("zuid", 7), ("noord", 5), ("noord", 5))
DETAILS = {CLAIM + "5": {"addressee": (("groep:raad", "de raad"),), "quoted": (("rapport:r", "r"),)}}


@pytest.fixture(scope="module")
def tiny_store() -> ox.Store:
    return open_store(TINY)


@pytest.fixture(scope="module")
def tiny_network(tiny_store: ox.Store) -> nx.MultiDiGraph:
    return project(tiny_store, inferred=True, themes=True)


@pytest.fixture(scope="module")
def real(store: ox.Store) -> nx.MultiDiGraph:
    return project(store)


@pytest.fixture(scope="module")
def real_content(real: nx.MultiDiGraph, store: ox.Store) -> exports.Tables:
    return exports.tables(real, details=details(store))


def file_of(folder: Path, form: str) -> Path:
    return folder / f"netwerk{exports.FORMATS[form].suffix}"


def back(content: exports.Tables, folder: Path, form: str) -> exports.Tables:
    """What comes back of an export, after it was written."""
    exports.write(content, file_of(folder, form), form)
    return exports.read(file_of(folder, form))


def elsewhere(content: exports.Tables, folder: Path, form: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """How many nodes somebody else's reader finds in an export, and its edges by id, with lists as lists."""
    files = exports.write(content, file_of(folder, form), form)
    if form in ("graphml", "gexf"):
        read = {"graphml": lambda path: nx.read_graphml(path, force_multigraph=True), "gexf": nx.read_gexf}[form]
        network = read(files[0])
        # one without parallel edges it takes for a simple one, whose edges have their id as an attribute
        edges = [{"source": u, "target": v, **a} for u, v, a in network.edges(data=True)]
        if network.is_multigraph():
            edges = [edge | {"id": key} for edge, key in zip(edges, [key for *_, key in network.edges], strict=True)]
        nodes = len(network)
    elif form == "cytoscape":
        elements = json.loads(files[0].read_text(encoding="utf-8"))["elements"]
        nodes, edges = len(elements["nodes"]), [edge["data"] for edge in elements["edges"]]
    elif form == "csv":
        lists = [list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8"), newline=""))) for file in files]
        nodes, edges = len(lists[0]), lists[1]
    else:
        lists = [pyarrow.parquet.read_table(file).to_pylist() for file in files]
        nodes, edges = len(lists[0]), lists[1]
    for edge in edges:
        for name in ("letters", "sections", "anchors", "begins", "ends", "claims"):
            edge[name] = edge[name] if isinstance(edge.get(name), list) else json.loads(edge.get(name) or "[]")
        edge["denied"] = str(edge["denied"]).lower() == "true"
    return nodes, {edge["id"]: edge for edge in edges}


def test_an_edge_has_all_that_a_claim_has() -> None:
    rows = exports.tables(small(), details=DETAILS).edges
    assert [row["id"].removeprefix(CLAIM) for row in rows] == ["1", "2", "3", "afgeleid", "4", "5"]
    intended, inferred, denied, asked = rows[2:]
    assert intended["label"] == "werkt samen met (voorgenomen)"
    assert intended["label_en"] == "cooperates with (intended)"
    assert (intended["style"], rows[0]["style"]) == ("dash", "solid")
    assert intended["relation"] == "https://w3id.org/regiograaf/def#werktSamenMet"
    bounds = [intended[f"{end}_{when}"] for end in ("begin", "end") for when in ("earliest", "latest")]
    assert bounds == ["2024-01-01", "2024-06-30", "", "2025-12-31"]
    assert (intended["amounts"], intended["amounts_en"]) == (("doel: twee ton",), ("goal: €200,000",))
    assert (intended["letters"], intended["begins"], intended["ends"]) == (("noord", "zuid"), (5, 7), (14, 16))
    assert intended["claims"] == (CLAIM + "3", CLAIM + "3")
    assert (intended["themes"], intended["themes_en"], intended["theme_iris"]) == (
        ("wonen",),
        ("housing",),
        ("thema:wonen",),
    )
    # of what follows, what it rests on: each piece once, in order
    assert (inferred["letters"], inferred["claims"]) == (("noord", "zuid"), (CLAIM + "1", CLAIM + "1"))
    assert (inferred["label"], inferred["because"]) == ("werkt samen met (afgeleid)", "het volgt\tdaaruit")
    assert (denied["label"], denied["denied"], denied["modality"]) == ("werkt samen met (ontkend)", True, "bestaand")
    assert (asked["weight"], asked["present"], asked["period"], asked["speaker"]) == (0.5, True, "nu", "GS")
    assert (asked["addressees"], asked["addressee_iris"]) == (("de raad",), ("groep:raad",))
    assert (asked["quoted_iris"], asked["programme_iris"]) == (("rapport:r",), ())


@FORMATS
def test_hostile_names_come_back_alike_from_every_format(form: str, tmp_path: Path) -> None:
    places = {node: (number * 10.0, -number * 3.5) for number, node in enumerate(NAMES)}
    content = exports.tables(small(), title="<Wie?>", details=DETAILS, positions=places, quotes=True)
    labels = [row["label"] for row in content.nodes]
    assert labels == ["'s-Gravenhage", '=HYPERLINK("x";1)', 'twee\nregels <&> "]]>" \ufffd\ufffd\ufffd\ufffd é😀']
    assert back(content, tmp_path, form) == content
    if form in ("graphml", "cytoscape", "parquet"):
        assert exports.read(file_of(tmp_path, form)).about == content.about


@FORMATS
def test_nothing_is_a_network_too(form: str, tmp_path: Path) -> None:
    content = exports.tables(small().__class__(**small().graph))
    assert back(content, tmp_path, form) == exports.Tables((), ())
    assert elsewhere(content, tmp_path, form) == (0, {})


@FORMATS
@pytest.mark.parametrize("name", views.VIEWS)
def test_every_view_comes_back_with_its_counts_and_evidence(
    form: str, name: str, tiny_network: nx.MultiDiGraph, tmp_path: Path
) -> None:
    network = views.view(tiny_network, name)
    content = exports.tables(network)
    assert back(content, tmp_path, form) == content
    nodes, edges = elsewhere(content, tmp_path, form)
    assert (nodes, len(edges)) == (len(network), network.number_of_edges())


@FORMATS
def test_others_find_the_modality_and_evidence_of_every_claim(
    form: str, real: nx.MultiDiGraph, real_content: exports.Tables, tmp_path: Path
) -> None:
    nodes, edges = elsewhere(real_content, tmp_path, form)
    assert nodes == len(real)
    assert len(edges) == real.number_of_edges() > 500
    for u, v, key, attributes in real.edges(keys=True, data=True):
        edge = edges[key]
        assert (edge["source"], edge["target"]) == (u, v)
        assert (edge["modality"], edge["denied"]) == (attributes["modality"], attributes["denied"])
        assert edge["origin"] == attributes["origin"]
        names = ("letters", "sections", "anchors", "begins", "ends", "claims")
        pieces = list(zip(*(edge[name] for name in names), strict=True))
        assert pieces
        if attributes["origin"] == "claim":
            fields = ("letter", "section", "anchor", "begin", "end")
            found = [(*(piece[name] for name in fields), key) for piece in attributes["evidence"]]
            assert [piece if form != "csv" else tuple(piece) for piece in pieces] == found


def test_who_is_addressed_is_said_of_every_claim_that_says_it(real_content: exports.Tables, store: ox.Store) -> None:
    named = {"addressee_iris": "geadresseerde", "programme_iris": "inProgramma", "quoted_iris": "aangehaaldUit"}
    for column, term in named.items():
        said_so: dict[str, set[str]] = {}
        for quad in store.quads_for_pattern(None, ox.NamedNode(f"https://w3id.org/regiograaf/def#{term}"), None):
            said_so.setdefault(quad.subject.value, set()).add(quad.object.value)
        found = {row["id"]: set(row[column]) for row in real_content.edges if row[column]}
        edges = {row["id"] for row in real_content.edges}
        assert found == {key: iris for key, iris in said_so.items() if key in edges}
        assert len(found) > 10


def test_what_does_not_exist_says_so_in_its_label(real: nx.MultiDiGraph, real_content: exports.Tables) -> None:
    existing = {key for *_, key in views.existing(real).edges(keys=True)}
    words = real.graph["modalities"]
    for row in real_content.edges:
        notes = re.search(r"\(([^()]*)\)$", row["label"].removeprefix(row["relation_label"]))
        if row["modality"] != "bestaand":
            assert notes
            assert words[row["modality"]]["nl"] in notes[1]
        assert ("ontkend" in row["label"]) == row["denied"]
        if row["id"] in existing and row["origin"] == "claim":
            assert row["label"] == row["relation_label"]


def test_gephi_merges_no_two_claims(real: nx.MultiDiGraph) -> None:
    for network in (small(), real, views.view(real, "actors-sharing")):
        root = ElementTree.fromstring(exports.pack(exports.tables(network), "gexf")[""])
        edges = [edge.attrib for edge in root.iter("{http://gexf.net/1.3}edge")]
        assert len(edges) == network.number_of_edges()
        assert len({(edge["source"], edge["target"], edge["kind"]) for edge in edges}) == len(edges)
        for edge in edges:
            said_so = network.edges[edge["source"], edge["target"], edge["id"]]
            assert said_so["modality"] in edge["kind"].split()


PARTS = {
    "gexf": ({"version"}, ["meta", "graph"]),
    "meta": (set(), ["creator", "description"]),
    "graph": ({"defaultedgetype", "mode", "timeformat", "timerepresentation"}, ["attributes", "nodes", "edges"]),
    "attributes": ({"class", "mode"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, []),
    "nodes": ({"count"}, ["node"]),
    "edges": ({"count"}, ["edge"]),
    "node": ({"id", "label"}, ["attvalues", "position"]),
    "edge": ({"id", "source", "target", "label", "weight", "kind", "start", "end"}, ["attvalues", "shape"]),
    "attvalues": (set(), ["attvalue"]),
    "attvalue": ({"for", "value"}, []),
    "position": ({"x", "y", "z"}, []),
    "shape": ({"value"}, []),
    "creator": (set(), []),
    "description": (set(), []),
}
"""What of GEXF 1.3 is used: the attributes of each element, and its children in the order of the schema."""


def test_gexf_keeps_to_its_schema() -> None:
    places = dict.fromkeys(NAMES, (1.0, 2.0))
    root = ElementTree.fromstring(exports.pack(exports.tables(small(), positions=places), "gexf")[""])
    assert root.attrib == {"version": "1.3"}
    for element in root.iter():
        space, name = element.tag[1:].split("}")
        attributes, children = PARTS[name]
        assert space == "http://gexf.net/1.3" + ("/viz" if name in ("position", "shape") else "")
        assert set(element.attrib) <= attributes
        order = [children.index(child.tag.split("}")[1]) for child in element]
        assert order == sorted(order)
    for domain in ("node", "edge"):
        (declared,) = (a for a in root.iter("{http://gexf.net/1.3}attributes") if a.get("class") == domain)
        ids = [attribute.attrib["id"] for attribute in declared]
        assert len(set(ids)) == len(ids)
        used = {value.get("for") for e in root.iter(f"{{http://gexf.net/1.3}}{domain}") for value in e[0]}
        assert used <= set(ids)
        assert {attribute.attrib["type"] for attribute in declared} <= {"string", "boolean", "double"}


def test_gexf_has_dates_where_the_letter_has_and_else_none() -> None:
    network = small()
    root = ElementTree.fromstring(exports.pack(exports.tables(network), "gexf")[""])
    (graph,) = root.iter("{http://gexf.net/1.3}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    dated = {e.get("id"): (e.get("start"), e.get("end")) for e in graph.iter("{http://gexf.net/1.3}edge")}
    assert {key: dates for key, dates in dated.items() if any(dates)} == {CLAIM + "3": ("2024-01-01", "2025-12-31")}
    network.remove_edge("a", "b", CLAIM + "3")
    assert b'mode="static">\n<attributes' in exports.pack(exports.tables(network), "gexf")[""]


def test_gexf_draws_what_is_only_intended_as_the_map_does() -> None:
    root = ElementTree.fromstring(exports.pack(exports.tables(small()), "gexf")[""])
    edges = {edge.get("id", ""): edge for edge in root.iter("{http://gexf.net/1.3}edge")}
    shapes = [edges[CLAIM + key].find("{http://gexf.net/1.3/viz}shape") for key in "135"]
    assert [shape.get("value") for shape in shapes if shape is not None] == ["solid", "dashed", "dotted"]


def test_gexf_has_the_map_upright() -> None:
    content = exports.pack(exports.tables(small(), positions=dict.fromkeys(NAMES, (3.0, 7.0))), "gexf")[""]
    assert content.count(b'<viz:position x="3.0" y="-7.0" z="0.0"/>') == 3


def test_a_spreadsheet_finds_no_formula_and_reads_its_quotes(tmp_path: Path) -> None:
    files = exports.write(exports.tables(small()), tmp_path / "n.csv", "csv")
    assert [file.name for file in files] == ["n-nodes.csv", "n-edges.csv"]
    text = files[0].read_bytes().decode("utf-8")
    assert text.count("\r\n") == 4
    assert not text.startswith("\ufeff")
    for file in files:
        for row in csv.reader(io.StringIO(file.read_bytes().decode("utf-8"), newline="")):
            for cell in row:
                assert not re.match("[=+@\t\r-]", cell)
                assert not re.search("[;\n][=+@\t-]", cell)
    # who has an apostrophe keeps it, and it alone
    assert ",'s-Gravenhage," in text


def test_what_makes_a_cell_safe_is_taken_away_again() -> None:
    marks = random.Random(1)
    texts = ["".join(marks.choices("'=+-@;\t\na＝", k=marks.randrange(8))) for _ in range(3000)]
    network = nx.MultiDiGraph(**small().graph)
    for number, text in enumerate(texts):
        network.add_node(f"{number:04}", label=text, label_en="", definition=text, aliases=(text, text))
    content = exports.tables(network)
    from regiograaf.exports import spreadsheet

    assert [row["label"] for row in content.nodes] == texts
    assert spreadsheet.unpack(exports.pack(content, "csv")) == content


@FORMATS
def test_the_order_of_nodes_and_edges_does_not_matter(form: str, real: nx.MultiDiGraph) -> None:
    network = views.view(real, "actors")
    edges = list(network.edges(keys=True, data=True))
    nodes = list(network.nodes(data=True))
    random.Random(2).shuffle(edges)
    random.Random(3).shuffle(nodes)
    shuffled = nx.MultiDiGraph(**network.graph)
    shuffled.add_nodes_from(nodes)
    for u, v, key, attributes in edges:
        shuffled.add_edge(u, v, key=key, **attributes)
    assert exports.pack(exports.tables(shuffled), form) == exports.pack(exports.tables(network), form)


def test_the_same_bytes_under_every_hash_seed(tmp_path: Path) -> None:
    network = tmp_path / "network"
    network.write_bytes(pickle.dumps((small(), DETAILS)))
    code = (
        "import hashlib, pickle; from pathlib import Path; from regiograaf import exports; "
        f"n, d = pickle.loads(Path({str(network)!r}).read_bytes()); t = exports.tables(n, details=d); "
        "print(*(hashlib.sha256(b).hexdigest() for f in exports.FORMATS for b in exports.pack(t, f).values()))"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE
        )
        for seed in "0123"
    ]
    found = {run.communicate()[0] for run in runs}
    assert len(found) == 1
    assert len(found.pop().split()) == 7


def test_a_collapsed_network_and_names_that_occur_twice_are_refused() -> None:
    with pytest.raises(AnalysisError, match=r"no claims to export. Give that of projection.project"):
        exports.tables(collapse(small()))
    network = small()
    network.add_edge("b", "c", key=CLAIM + "1", **claim("1")[1])
    with pytest.raises(AnalysisError, match="two edges of the network have one name"):
        exports.tables(network)


@FORMATS
def test_a_write_that_fails_leaves_what_was_there(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = exports.tables(small())
    files = exports.write(content, file_of(tmp_path, form), form)
    before = [file.read_bytes() for file in files]
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(ReleaseError, match=r"No space left on device\. Choose another place for -o"):
        exports.write(exports.tables(small(), title="anders"), file_of(tmp_path, form), form)
    assert [file.read_bytes() for file in files] == before
    assert sorted(tmp_path.iterdir()) == sorted(files)


@FORMATS
def test_what_is_no_export_is_said_to_be_none(form: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, form)
    with pytest.raises(SourceError, match=r"No such file or directory. Name an export as it was named with -o"):
        exports.read(path)
    for broken in (b"", b"nee", b"\xff\xfe", b"[]", b"<graphml/>", b"id,label\r\n1,x,y,z\r\n"):
        for file in exports.paths(path, form).values():
            file.write_bytes(broken)
        with pytest.raises(SourceError):
            exports.read(path)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_no_entity_is_expanded(form: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, form)
    content = exports.pack(exports.tables(small()), form)[""]
    path.write_bytes(content.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1).replace(b"bewering 1", b"&a;"))
    with pytest.raises(SourceError, match="declares entities"):
        exports.read(path)
    path.write_bytes(path.read_bytes().decode("utf-8").replace("UTF-8", "UTF-16", 1).encode("utf-16"))
    with pytest.raises(SourceError, match="is not UTF-8"):
        exports.read(path)


@pytest.mark.parametrize("form", ["graphml", "gexf", "csv"])
def test_a_value_of_another_kind_is_found(form: str, tmp_path: Path) -> None:
    exports.write(exports.tables(small()), file_of(tmp_path, form), form)
    for path in exports.paths(file_of(tmp_path, form), form).values():
        path.write_bytes(path.read_bytes().replace(b"false", b"misschien"))
    with pytest.raises(SourceError, match="a value is not what its column holds"):
        exports.read(file_of(tmp_path, form))


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ReleaseError, match=re.escape('pip install "regiograaf[parquet]"')):
        exports.pack(exports.tables(small()), "parquet")


def test_parquet_has_typed_columns(tmp_path: Path) -> None:
    _, path = exports.write(exports.tables(small()), tmp_path / "n.parquet", "parquet")
    schema = pyarrow.parquet.read_schema(path)
    types = {name: str(schema.field(name).type) for name in ("label", "denied", "weight", "letters", "begins")}
    assert types == {
        "label": "string",
        "denied": "bool",
        "weight": "double",
        "letters": "list<element: string>",
        "begins": "list<element: int64>",
    }
    assert schema.metadata[b"licence"].decode() == exports.LICENCE


def invoke(*words: str, root: Path = TINY) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "export", *words], env={"REGIOGRAAF_LETTERS": None})


def test_the_command_knows_the_formats() -> None:
    assert tuple(exports.FORMATS) == exporting.FORMATS
    with pytest.raises(ReleaseError, match="Use one of: graphml, gexf"):
        exports.pack(exports.Tables((), ()), "gml")
    with pytest.raises(SourceError, match="no format has this suffix"):
        exports.read(Path("x.gml"))


@FORMATS
def test_the_command_writes_what_is_chosen(form: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, form)
    result = invoke("--existing", "-o", str(path))
    assert result.exit_code == 0, result.output
    assert "5 nodes, 3 edges." in result.stderr
    assert result.stdout == ""
    # the pact is only intended; what follows is not asked for
    assert {(row["modality"], row["origin"]) for row in exports.read(path).edges} == {("bestaand", "claim")}
    result = invoke("--inferred", "-f", form, "-o", str(path))
    assert "also what is only intended" in result.stderr
    assert sorted(row["label"] for row in exports.read(path).edges) == [
        "is partij bij (voorgenomen)",
        "ligt in",
        "ligt in",
        "ligt in (afgeleid)",
        "werkt samen met",
    ]


def test_the_command_takes_entities_questions_and_views(tmp_path: Path) -> None:
    path = tmp_path / "n.cyjs"
    assert invoke("Noordland", "-o", str(path)).exit_code == 0
    assert [row["label"] for row in exports.read(path).nodes] == ["het Gewest", "Noordland", "Noordveen (plaats)"]
    assert invoke("--view", "actors", "-o", str(path)).exit_code == 0
    assert [row["label"] for row in exports.read(path).edges] == ["werkt samen met"]
    asked = "SELECT ?claim WHERE { GRAPH ?g { ?claim rg:modaliteit modaliteit:voorgenomen } }"
    assert invoke(asked, "-o", str(path)).exit_code == 0
    assert [row["modality"] for row in exports.read(path).edges] == ["voorgenomen"]
    assert invoke("--view", "actors-sharing", "-o", str(path)).exit_code == 2


def test_the_command_writes_text_to_stdout_and_nothing_beside_it() -> None:
    result = invoke("-f", "cytoscape")
    assert len(json.loads(result.stdout)["elements"]["edges"]) == 4
    assert invoke().stdout.startswith('<?xml version="1.0"')


@TABLES
def test_two_files_do_not_go_to_stdout(form: str) -> None:
    result = invoke("-f", form)
    assert result.exit_code == 2
    assert f"{form} is two files. Name them with -o." in result.stderr


def test_quotes_come_only_when_asked_for_and_at_hand(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    refused = invoke("--with-quotes", "-o", str(path))
    assert refused.exit_code == 2
    assert "Give --letters, or leave --with-quotes out" in refused.stderr
    letters = ("--letters", str(TINY / "letters"))
    assert invoke(*letters, "-o", str(path)).exit_code == 0
    plain = exports.read(path)
    assert "quotes" not in plain.edges[0]
    assert invoke(*letters, "--with-quotes", "-o", str(path)).exit_code == 0
    for row in exports.read(path).edges:
        assert len(row["quotes"]) == len(row["anchors"]) > 0
        for quote, anchor in zip(row["quotes"], row["anchors"], strict=True):
            assert anchor in quote
    with_quotes = tuple(
        {name: value for name, value in row.items() if name != "quotes"} for row in exports.read(path).edges
    )
    assert with_quotes == plain.edges


def test_the_places_are_those_of_the_map(tmp_path: Path, tiny: Path, tiny_store: ox.Store) -> None:
    from regiograaf.maps import positions

    path = tmp_path / "n.gexf"
    assert invoke("--layout", "lagen", "-o", str(path), root=tiny).exit_code == 0
    places = positions(project(tiny_store))["lagen"]
    assert {row["id"]: (row["x"], row["y"]) for row in exports.read(path).nodes} == places


def test_an_export_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "vol").write_text("x")
    result = invoke("-o", str(tmp_path / "vol" / "n.gexf"))
    assert result.exit_code == 2
    assert "Choose another place for -o" in result.stderr
    with pytest.raises(RegiograafError):
        exports.write(exports.Tables((), ()), tmp_path / "vol" / "n.csv", "csv")


def test_every_column_is_in_the_docs() -> None:
    text = (REPO / "docs" / "exports.md").read_text(encoding="utf-8")
    for column in (*exports.NODE, *exports.EDGE):
        assert f"| `{column.name}` | {column.kind} | {column.meaning} |" in text, column.name


def test_the_example_in_the_docs_runs(tmp_path: Path) -> None:
    text = (REPO / "docs" / "exports.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (shown,) = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    code = code.replace('Path(".")', f"Path({str(REPO)!r})")
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == shown
