"""The files of a release: every form holds the same graphs, others read them, and nothing is in them that may not."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import Dataset, Graph, URIRef

from regiograaf import release as releasing
from regiograaf import shapes
from regiograaf.checks import check
from regiograaf.cli import main
from regiograaf.dataset import Build, compile_project, nquads, read_project, to_store
from regiograaf.errors import SourceError
from regiograaf.namespaces import GRAPH, ID, TOOI
from regiograaf.projection import project
from regiograaf.queries import select
from regiograaf.release import citation, without_quotes
from regiograaf.release.artefacts import Artefact, context, forms, linksets, place, table, write
from tests.conftest import REPO, TINY
from tests.release_sites import released

Edit = Callable[[str, str, str], Path]
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RG = "https://w3id.org/regiograaf/def#"
TEXTS = {".csv", ".json", ".jsonld", ".md", ".nq", ".nt", ".rdf", ".rq", ".trig", ".ttl", ".txt"}
DAY = "2026-11-21"


class Made:
    """A build, the folder of its artefacts, and the artefacts."""

    def __init__(self, build: Build, folder: Path, artefacts: tuple[Artefact, ...]) -> None:
        self.build, self.folder, self.artefacts = build, folder, artefacts

    @classmethod
    def of(cls, build: Build, folder: Path) -> Made:
        folder.mkdir()
        return cls(build, folder, write(build, folder))

    def path(self, name: str) -> Path:
        return self.folder / name

    def quads(self, name: str) -> list[ox.Quad]:
        path = self.path(name)
        return list(ox.parse(path.read_bytes(), format=forms.SUFFIXES[path.suffix[1:]]))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The tiny project, with its texts at hand."""
    build = without_quotes(compile_project(read_project(TINY), TINY / "letters"))
    return Made.of(build, tmp_path_factory.mktemp("small") / "site")


@pytest.fixture(scope="module")
def real() -> Made:
    """The five letters, without their texts."""
    folder, told = released(REPO)
    assert told.build is not None
    return Made(told.build, folder, told.artefacts)


def canonical(quads: Any) -> list[str]:
    """Quads with the labels of blank nodes by RDFC-1.0, sorted."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def by_rdflib(path: Path, form: str) -> list[str]:
    dataset = Dataset(default_union=False)
    dataset.parse(path, format=form)
    return canonical(ox.parse(dataset.serialize(format="nquads").encode("utf-8"), format=ox.RdfFormat.N_QUADS))


def truth(build: Build) -> list[str]:
    return canonical(ox.parse(nquads(build.graphs), format=ox.RdfFormat.N_QUADS))


def plain(quads: Iterable[ox.Quad]) -> tuple[set[ox.Quad], int]:
    """The quads without blank nodes, and how many have one: enough for a large graph, and much faster."""
    found = set(quads)
    bare = {q for q in found if not isinstance(q.subject, ox.BlankNode) and not isinstance(q.object, ox.BlankNode)}
    return bare, len(found) - len(bare)


def merged(build: Build) -> set[ox.Quad]:
    quads = ox.parse(nquads(build.graphs), format=ox.RdfFormat.N_QUADS)
    return {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}


# The same graphs in every form


@pytest.mark.parametrize("suffix", ["nq", "trig", "jsonld"])
def test_all_graphs_are_the_same_in_each_form(suffix: str, small: Made, real: Made) -> None:
    assert canonical(small.quads(f"dataset/regiograaf.{suffix}")) == truth(small.build)
    expected = ox.parse(nquads(real.build.graphs), format=ox.RdfFormat.N_QUADS)
    assert plain(real.quads(f"dataset/regiograaf.{suffix}")) == plain(expected)


@pytest.mark.parametrize(("suffix", "form"), [("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_graphs_from_each_form(suffix: str, form: str, small: Made) -> None:
    assert by_rdflib(small.path(f"dataset/regiograaf.{suffix}"), form) == truth(small.build)


def test_turtle_has_the_graphs_merged(small: Made, real: Made) -> None:
    assert canonical(small.quads("dataset/regiograaf.ttl")) == canonical(merged(small.build))
    assert plain(real.quads("dataset/regiograaf.ttl")) == plain(merged(real.build))


def test_each_graph_apart_is_that_graph(real: Made) -> None:
    for graph, triples in real.build.graphs.items():
        name = graph.removeprefix(str(GRAPH))
        found = canonical(real.quads(f"dataset/graven/{name}.ttl"))
        lines = "\n".join(forms.by_graph(nquads({graph: triples}).decode("utf-8").splitlines())[str(graph)])
        assert found == canonical(ox.parse(lines.encode("utf-8"), format=ox.RdfFormat.N_TRIPLES)), name


def test_asserted_and_inferred_stand_apart(real: Made) -> None:
    asserted, inferred = (set(map(str, real.quads(f"dataset/{name}.nt"))) for name in ("asserted", "inferred"))
    assert len(asserted) == len(real.build.graphs[GRAPH["asserted"]])
    assert len(inferred) == len(real.build.graphs[GRAPH["inferred"]])
    assert asserted & inferred == set()


def test_the_ontology_is_the_same_in_each_form_and_at_its_version(real: Made) -> None:
    version = citation.read(REPO).version
    expected = canonical(real.quads("def.ttl"))
    parts = {URIRef(f"{RG[:-1]}/projections")}  # has a file of its own
    assert len(expected) == sum(s not in parts for s, _, _ in real.build.graphs[GRAPH["ontologie"]])
    for suffix in ("ttl", "jsonld", "nt", "rdf"):
        assert canonical(real.quads(f"def.{suffix}")) == expected
        assert real.path(f"def/{version}.{suffix}").read_bytes() == real.path(f"def.{suffix}").read_bytes()
    assert canonical(real.quads("def/shapes.ttl")) == canonical(real.quads("def/shapes.jsonld"))


def test_what_def_resolves_to_has_one_header(real: Made) -> None:
    header = ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology")
    version = citation.read(REPO).version
    names = ("def.ttl", "def.jsonld", "def.nt", "def.rdf", f"def/{version}.ttl", "def/volledig.ttl", "def/volledig.nt")
    for name in names:
        assert [quad.subject.value for quad in real.quads(name) if quad.object == header] == [RG[:-1]], name
    # the declarations of the projection are among its terms, their header is in their own file
    assert any(quad.subject.value == f"{RG}familie" for quad in real.quads("def.ttl"))
    assert header in {quad.object for quad in real.quads("def/projections.ttl")}


def test_the_full_ontology_has_what_follows(real: Made) -> None:
    base, full = (set(map(str, real.quads(name))) for name in ("def.nt", "def/volledig.nt"))
    sub = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    # an investment agenda is an agenda, which is an instrument, which is an entity; a letter is a document and so a
    # bibliographic resource of Dublin Core
    indirect = f"<{RG}Investeringsagenda> {sub} <{RG}Entiteit>"
    foreign = f"<{RG}Brief> {sub} <http://purl.org/dc/terms/BibliographicResource>"
    assert base < full
    assert {indirect, foreign} <= full
    assert {indirect, foreign} & base == set()


# Others can read it


def rdf_files(made: Made) -> list[Path]:
    """All RDF of a release but that of individuals, of which one of each kind."""
    kinds = sorted({path.parent for path in made.path("id").rglob("*.ttl")} | {*made.path("tooi").glob("*/")})
    chosen = [sorted(kind.glob("*.ttl"))[0] for kind in kinds[:60] if list(kind.glob("*.ttl"))]
    whole = [*made.folder.glob("def*"), *made.path("def").rglob("*"), *made.path("dataset").rglob("*")]
    return sorted(path for path in {*chosen, *whole} if path.suffix in {".ttl", ".nt", ".nq", ".trig", ".rdf"})


RAPTOR = {".ttl": "turtle", ".nt": "ntriples", ".nq": "nquads", ".trig": "trig", ".rdf": "rdfxml"}


@pytest.fixture(scope="module")
def counts(real: Made) -> dict[Path, int]:
    """How many triples or quads Oxigraph reads from each file."""
    return {
        path: sum(1 for _ in ox.parse(path=str(path), format=forms.SUFFIXES[path.suffix[1:]]))
        for path in rdf_files(real)
    }


def test_raptor_reads_every_file_without_a_warning(counts: dict[Path, int]) -> None:
    rapper = shutil.which("rapper")
    assert rapper, "no rapper. Install raptor2-utils; tests/run does."
    known = {path: number for path, number in counts.items() if "rdf12" not in path.name}  # raptor reads RDF 1.1 only
    assert len(known) > 80
    for path, number in known.items():
        form = ["-i", RAPTOR[path.suffix], "-o", "nquads"]
        run = subprocess.run([rapper, "-q", *form, str(path)], capture_output=True, text=True)
        assert (run.returncode, run.stderr) == (0, ""), path
        assert run.stdout.count("\n") == number, path


def test_n3_reads_every_file_and_as_many_triples(counts: dict[Path, int]) -> None:
    node = shutil.which("node")
    assert node, "no node. Install nodejs; tests/run does."
    files = [path for path in counts if path.suffix != ".rdf"]
    where = REPO / "tests" / "node"
    listed = "\n".join(map(str, files))
    run = subprocess.run([node, "parse.mjs"], cwd=where, input=listed, capture_output=True, text=True)
    assert run.stderr == ""
    found = {Path(name): number for name, number in json.loads(run.stdout).items()}
    assert found == {path: counts[path] for path in files}


# RDF 1.2


def test_each_claim_is_a_reifier_of_its_content_and_only_what_exists_is_asserted(real: Made) -> None:
    quads = real.quads("dataset/claims-rdf12.ttl")
    content = {quad.subject.value: quad.object for quad in quads if quad.predicate.value == RDF + "reifies"}
    claims = {claim.iri: claim for of_letter in real.build.claims.values() for claim in of_letter}
    assert {iri: tuple(term.value for term in (t.subject, t.predicate, t.object)) for iri, t in content.items()} == {
        str(iri): tuple(map(str, claim.content)) for iri, claim in claims.items()
    }
    bare = {(q.subject.value, q.predicate.value, q.object.value) for q in quads if q.object.__class__ is ox.NamedNode}
    unreal = {tuple(map(str, claim.content)) for claim in claims.values() if not claim.asserts}
    asserted = {tuple(map(str, triple)) for triple in real.build.graphs[GRAPH["asserted"]]}
    assert asserted <= bare
    assert (unreal - asserted) & bare == set()


def test_a_query_in_sparql_1_2_finds_who_asks_for_what(real: Made) -> None:
    store = ox.Store()
    store.bulk_extend(real.quads("dataset/claims-rdf12.ttl"))
    text = f"""PREFIX rg: <{RG}> PREFIX m: <{ID}modaliteit/>
        SELECT (COUNT(*) AS ?n) {{ ?claim rdf:reifies <<( ?s ?p ?o )>> ; rg:modaliteit m:verzocht }}"""
    rows = store.query("PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n" + text)
    claims = {claim.iri: claim for of_letter in real.build.claims.values() for claim in of_letter}
    wanted = [claim for claim in claims.values() if claim.modality.endswith("/verzocht")]
    assert [int(row["n"].value) for row in rows] == [len(wanted)]
    assert wanted


# JSON-LD with plain names


def test_a_claim_written_with_the_context_is_the_claim(small: Made) -> None:
    names = json.loads(small.path("dataset/context.jsonld").read_text(encoding="utf-8"))["@context"]
    document = {
        "@context": names,
        "id": "bewering:x",
        "type": "Bewering",
        "subject": "gemeente:noordveen",
        "predicate": "rg:werktSamenMet",
        "modaliteit": f"{ID}modaliteit/verzocht",
        "parafrase": {"nl": "Zegt iets.", "en": "Says something."},
        "bewijs": {"id": f"{ID}bewijs/y", "begin": 17, "anker": "een anker"},
    }
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    expected = Graph().parse(
        data=f"""@prefix rg: <{RG}> . @prefix rdf: <{RDF}> .
        <{ID}bewering/x> a rg:Bewering ; rdf:subject <{ID}gemeente/noordveen> ; rdf:predicate rg:werktSamenMet ;
            rg:modaliteit <{ID}modaliteit/verzocht> ; rg:parafrase "Zegt iets."@nl , "Says something."@en ;
            rg:bewijs <{ID}bewijs/y> .
        <{ID}bewijs/y> rg:begin 17 ; rg:anker "een anker" .""",
        format="turtle",
    )
    assert set(graph) == set(expected)


def test_the_context_loses_nothing(small: Made) -> None:
    from pyld import jsonld

    names = json.loads(small.path("dataset/context.jsonld").read_text(encoding="utf-8"))["@context"]
    letter = forms.by_graph(nquads(small.build.graphs).decode("utf-8").splitlines())[str(GRAPH["brief/een"])]
    plain = json.loads(forms.serialise(letter, "jsonld"))
    compact = jsonld.compact(plain, names)
    names_used = {key for node in compact["@graph"] for key in node}
    assert names_used <= {*names}
    assert {"id", "type", "subject", "modaliteit", "parafrase", "bewijs"} <= names_used
    again = ox.parse(json.dumps(jsonld.expand(compact)).encode("utf-8"), format=ox.RdfFormat.JSON_LD)
    assert canonical(again) == canonical(ox.parse("\n".join(letter).encode(), format=ox.RdfFormat.N_TRIPLES))


def test_the_frame_gives_claims_as_trees(small: Made) -> None:
    from pyld import jsonld

    names = json.loads(small.path("dataset/context.jsonld").read_text(encoding="utf-8"))
    frame = json.loads(small.path("dataset/frame.jsonld").read_text(encoding="utf-8"))
    assert frame["@context"] == "https://w3id.org/regiograaf/dataset/context.jsonld"
    lines = forms.by_graph(nquads(small.build.graphs).decode("utf-8").splitlines())
    plain = json.loads(forms.serialise(lines[str(GRAPH["brief/een"])], "jsonld"))
    found = jsonld.frame(plain, frame | {"@context": names["@context"]})["@graph"]
    claims = {str(claim.iri): claim for claim in small.build.claims["een"]}
    assert {place["id"] for place in found} == {context.shrink(iri) for iri in claims}
    for tree in found:
        claim = claims[f"{ID}bewering/{tree['id'].removeprefix('bewering:')}"]
        evidence = tree["bewijs"] if isinstance(tree["bewijs"], list) else [tree["bewijs"]]
        assert sorted(piece["anker"]["nl"] for piece in evidence) == sorted(piece.anchor for piece in claim.evidence)
        assert tree["subject"] == context.shrink(claim.subject)


# Claims as a table


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_says_all_of_a_claim(small: Made) -> None:
    (row,) = [row for row in read_csv(small.path("dataset/claims.csv")) if row["key"] == "een:w002"]
    claim = next(claim for claim in small.build.claims["een"] if claim.source.endswith("/w002"))
    (piece,) = claim.evidence
    assert row == dict.fromkeys(row, "") | {
        "claim": str(claim.iri),
        "key": "een:w002",
        "subject": f"{ID}programma/opwaarts",
        "subject_label": 'programma "Öpwaarts"',
        "relation": RDF + "type",
        "relation_label": "bestaat als",
        "object": RG + "Programma",
        "object_label": "programma",
        "modality": f"{ID}modaliteit/bestaand",
        "modality_label": "bestaand",
        "denied": "false",
        "speaker": f"{ID}overheid/provincie",
        "speaker_label": row["speaker_label"],
        "period": claim.period.wording if claim.period else "",
        **{
            name: str(getattr(claim.period, name) or "")
            for name in ("earliest_begin", "latest_begin", "earliest_end", "latest_end")
        },
        "paraphrase_nl": "Zegt 2.",
        "paraphrase_en": "Says 2.",
        "letter": f"{ID}brief/een",
        "letter_label": "brief een",
        "evidence": str(piece.iri(claim.iri)),
        "section": "Stand van zaken",
        "begin": "57",
        "end": "101",
        "anchor": "Öpwaarts",
        "fingerprint": "e1600dade1a71928",
    }
    assert row["period"]


def test_one_row_for_each_claim_and_piece_of_evidence(real: Made) -> None:
    rows = read_csv(real.path("dataset/claims.csv"))
    expected = {
        (str(claim.iri), str(piece.iri(claim.iri)))
        for of_letter in real.build.claims.values()
        for claim in of_letter
        for piece in claim.evidence
    }
    assert {(row["claim"], row["evidence"]) for row in rows} == expected
    assert len(rows) == len(expected)
    amounts = [quantity.value for c in real.build.claims.values() for claim in c for quantity in claim.quantities]
    told = {Decimal(value) for row in rows for value in row["amounts"].split("|") if value and "/" not in value}
    assert told == {value for value in amounts if value is not None}
    assert told


def test_the_metadata_describe_the_columns_of_the_csv(real: Made) -> None:
    described = json.loads(real.path("dataset/claims.csv-metadata.json").read_text(encoding="utf-8"))
    columns = described["tableSchema"]["columns"]
    rows = read_csv(real.path("dataset/claims.csv"))
    assert [column["name"] for column in columns] == list(rows[0])
    assert described["url"] == "claims.csv"
    assert described["dc:license"] == {"@id": citation.LICENCE}
    fits = {
        "integer": re.compile(r"\d+"),
        "boolean": re.compile("true|false"),
        "date": re.compile(r"\d{4}-\d\d-\d\d"),
        "anyURI": re.compile(r"https?://\S+"),
        "string": re.compile(".*", re.DOTALL),
    }
    for column in columns:
        for row in rows:
            values = row[column["name"]].split(column.get("separator", "\0"))
            assert all(not value or fits[column["datatype"]].fullmatch(value) for value in values), column


def test_parquet_has_the_rows_of_the_csv(real: Made) -> None:
    import pyarrow.parquet as pq

    found = pq.read_table(real.path("dataset/claims.parquet"))
    rows = read_csv(real.path("dataset/claims.csv"))
    texts = [
        {name: table._text(tuple(v) if isinstance(v, list) else v) for name, v in row.items()}
        for row in found.to_pylist()
    ]
    assert texts == rows
    assert found.schema.metadata[b"licence"].decode() == citation.LICENCE


def test_without_pyarrow_there_is_no_parquet_and_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small: Made
) -> None:
    from importlib import util

    find = util.find_spec
    monkeypatch.setattr(util, "find_spec", lambda name, *rest: None if name == "pyarrow" else find(name, *rest))
    (tmp_path / "dataset").mkdir()
    paths = [artefact.path for artefact in table.write_table(small.build, tmp_path, citation.read(TINY))]
    assert paths == ["dataset/claims.csv", "dataset/claims.csv-metadata.json"]
    assert not (tmp_path / "dataset" / "claims.parquet").exists()
    (note,) = releasing.notes()
    assert 'pip install "regiograaf[parquet]"' in note


# Questions


def test_questions_are_there_as_files_in_an_archive_and_as_executables(real: Made) -> None:
    graph = Graph().parse(real.path("dataset/vragen.ttl"), format="turtle")
    rows = graph.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT ?q ?text { ?q a sh:SPARQLExecutable ; sh:select|sh:construct|sh:ask ?text }"""
    )
    found = {str(question).rsplit("/", 1)[1]: str(text) for question, text in rows}
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (REPO / "queries").glob("*.rq")}
    assert found == {name: text.rstrip("\n") + "\n" for name, text in texts.items()}
    header = citation.read(REPO).header()
    files = {p.name: p.read_text(encoding="utf-8") for p in real.path("dataset/vragen").iterdir()}
    assert files == {f"{name}.rq": header + text for name, text in texts.items()}
    with zipfile.ZipFile(real.path("dataset/vragen.zip")) as archive:
        kept = {info.filename: archive.read(info).decode("utf-8") for info in archive.infolist()}
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 21, 0, 0, 0)}
    assert kept == {f"vragen/{name}": text for name, text in files.items()}


def test_a_parameter_is_the_variable_named_by_its_path(real: Made) -> None:
    graph = Graph().parse(real.path("dataset/vragen.ttl"), format="turtle")
    rows = graph.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT ?text ?path ?kind { ?q sh:select ?text ; sh:parameter ?p . ?p a sh:Parameter ; sh:path ?path
          OPTIONAL { ?p sh:nodeKind ?kind } }"""
    )
    for text, path, kind in rows:
        name = str(path).rsplit("#", 1)[1]
        assert f"?{name}" in str(text)
        assert (kind is not None) == name.endswith("_iri")
    assert len(rows) >= 10


# Links


def test_every_link_to_a_register_is_in_its_linkset(real: Made) -> None:
    lines = forms.by_graph(nquads(real.build.graphs).decode("utf-8").splitlines())
    void = "http://rdfs.org/ns/void#"
    outside = {
        line for line in lines[str(GRAPH["links"])] if "Match>" in line or "seeAlso>" in line or "sameAs>" in line
    }
    found: set[str] = set()
    for name, links in linksets.links(lines).items():
        graph = Graph().parse(real.path(f"dataset/linksets/{name}.ttl"), format="turtle")
        node = URIRef(f"{citation.DATASET}/linksets/{name}")
        assert int(str(graph.value(node, URIRef(void + "triples")))) == len(links)
        parts = list(graph.objects(node, URIRef(void + "subset")))
        assert sum(int(str(graph.value(part, URIRef(void + "triples")))) for part in parts) == len(links)
        assert all(graph.value(part, URIRef(void + "linkPredicate")) is not None for part in parts)
        found |= {line for _, line in links}
    assert found == outside
    counts = {name: len(links) for name, links in linksets.links(lines).items()}
    # 27 municipalities and the province at both; 5 water boards, a university and 2 companies at Wikidata only
    assert {name: counts[name] for name in ("eu", "ror", "wikidata")} == {"eu": 28, "ror": 1, "wikidata": 36}


# What an IRI resolves to


def own_iris(made: Made) -> set[str]:
    """Every individual of ours, and every public body, of which the data say anything."""
    subjects = {str(s) for triples in made.build.graphs.values() for s, _, _ in triples} | {
        *map(str, made.build.graphs)
    }
    return {iri for iri in subjects if iri.startswith((ID, TOOI)) and iri not in (ID, TOOI)}


def test_every_individual_has_its_two_documents(real: Made) -> None:
    missing = [
        iri
        for iri in own_iris(real)
        for suffix in ("ttl", "jsonld")
        if not real.path(f"{place(iri)}.{suffix}").is_file()
    ]
    assert missing == []
    assert place(TOOI + "gemeente/gm0505") == "tooi/gemeente/gm0505"


def test_the_two_documents_say_the_same_and_all_there_is(small: Made) -> None:
    said: dict[str, set[str]] = {}
    for graph, lines in forms.by_graph(nquads(small.build.graphs).decode("utf-8").splitlines()).items():
        if not graph.endswith(("inferred-uitlijning", "inferred-achtergrond")):
            for line in lines:
                said.setdefault(line[1 : line.index(">")], set()).add(line.removesuffix(" ."))
    for iri in own_iris(small):
        quads = small.quads(f"{place(iri)}.ttl")
        assert canonical(quads) == canonical(small.quads(f"{place(iri)}.jsonld")), iri
        assert said.get(iri, set()) <= set(map(str, quads)), iri


def test_an_entity_leads_back_to_its_claims_and_a_claim_brings_its_evidence(small: Made) -> None:
    claim = next(claim for claim in small.build.claims["een"] if claim.source.endswith("/w001"))
    entity = set(map(str, small.quads(f"{place(str(claim.subject))}.ttl")))
    assert f"<{claim.iri}> <{RDF}subject> <{claim.subject}>" in entity
    texts = set(map(str, small.quads(f"{place(str(claim.iri))}.ttl")))
    for piece in claim.evidence:
        node = piece.iri(claim.iri)
        assert f'<{node}> <{RG}anker> "{piece.anchor}"@nl' in texts
        assert f'<{node}/anker> <http://www.w3.org/ns/oa#exact> "{piece.anchor}"@nl' in texts


def test_nothing_is_said_to_follow_that_is_only_intended(real: Made) -> None:
    asserted = real.build.graphs[GRAPH["asserted"]]
    inferred = real.build.graphs[GRAPH["inferred"]]
    claims = [claim for of_letter in real.build.claims.values() for claim in of_letter if not claim.asserts]
    looked = 0
    for claim in claims[::25]:
        if claim.content in asserted or claim.content in inferred or claim.predicate == URIRef(RDF + "type"):
            continue
        content = "{} {} {}".format(*(f"<{term}>" for term in claim.content))
        assert content not in set(map(str, real.quads(f"{place(str(claim.subject))}.ttl")))
        looked += 1
    assert looked > 10


# Licence, checksums, the same bytes


def test_every_artefact_says_its_licence_and_how_to_cite(small: Made) -> None:
    told = citation.read(TINY).text
    assert DAY[:4] in told
    elsewhere = set()
    for artefact in small.artefacts:
        path = small.path(artefact.path)
        if path.suffix == ".parquet":
            data = path.read_bytes()
            assert citation.LICENCE.encode() in data
            continue
        text = (
            path.read_text(encoding="utf-8") if path.suffix != ".zip" else path.read_bytes().decode("utf-8", "replace")
        )
        if not (told in text and citation.LICENCE in text):
            elsewhere.add(artefact.path)
    # these forms have no comments; the CSV has its metadata, the rest LICENTIE.txt beside it
    assert elsewhere == {
        "dataset/SHA256SUMS",
        "dataset/claims.csv",
        "dataset/frame.jsonld",
        "dataset/regiograaf.jsonld",
        "def.jsonld",
        "def/shapes.jsonld",
    }
    for iri in own_iris(small):
        for suffix in ("ttl", "jsonld"):
            assert told in small.path(f"{place(iri)}.{suffix}").read_text(encoding="utf-8"), iri


def test_checksums_are_those_of_all_files_beside_them_and_of_every_artefact(small: Made) -> None:
    home = small.path("dataset")
    named = {}
    for line in (home / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((home / name).read_bytes()).hexdigest() == digest, name
        named[(home / name).resolve()] = digest
    beside = {path.resolve() for path in home.rglob("*") if path.is_file() and path.name != "SHA256SUMS"}
    artefacts = {small.path(artefact.path).resolve() for artefact in small.artefacts} - {
        (home / "SHA256SUMS").resolve()
    }
    assert beside | artefacts == set(named)


def test_an_artefact_is_described_in_two_languages_and_names_its_graphs(small: Made, real: Made) -> None:
    for made in (small, real):
        for artefact in made.artefacts:
            assert set(artefact.title) == set(artefact.description) == {"nl", "en"}
            assert set(artefact.graphs) <= {*map(URIRef, made.build.graphs)}, artefact.path
        assert len({artefact.title["nl"] for artefact in made.artefacts}) == len(made.artefacts)


def test_same_input_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from regiograaf.dataset import compile_project, read_project\n"
        "from regiograaf.release.artefacts import write\n"
        "folder = Path(sys.argv[2]); folder.mkdir(); write(compile_project(read_project(Path(sys.argv[1]))), folder)"
    )
    digests = []
    for seed in ("0", "3"):
        folder = tmp_path / seed
        run = subprocess.run(
            [sys.executable, "-c", code, str(TINY), str(folder)], env={"PYTHONHASHSEED": seed, "PATH": ""}, text=True
        )
        assert run.returncode == 0
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        digests.append([(str(p.relative_to(folder)), hashlib.sha256(p.read_bytes()).hexdigest()) for p in files])
    assert digests[0] == digests[1]


# Quotes


def found_in(folder: Path, passages: list[str]) -> Iterator[tuple[str, str]]:
    """Which of the passages stand in which text file; longest first, so that one within another is told once."""
    import ahocorasick_rs

    known = ahocorasick_rs.AhoCorasick(passages, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for path in folder.rglob("*"):
        if path.suffix in TEXTS:
            for number, _, _ in known.find_matches_as_indexes(path.read_text(encoding="utf-8")):
                yield path.name, passages[number]


def long_lines(build: Build) -> list[str]:
    """The lines of the quoted passages that have more words than an anchor may have."""
    lines = {
        line.strip()
        for _, _, quote in build.graphs[GRAPH["citaten"]]
        for line in str(quote).splitlines()
        if line.strip()
    }
    return sorted(line for line in lines if len(line.split()) > 10)


def test_no_quoted_passage_is_in_any_file_unless_asked(real: Made, real_letters: Path) -> None:
    quoted = compile_project(read_project(REPO), real_letters)
    passages = long_lines(quoted)
    assert len(passages) > 200
    assert without_quotes(quoted).graphs == real.build.graphs
    assert list(found_in(real.folder, passages)) == []


def test_quotes_are_published_when_asked(tmp_path: Path) -> None:
    made = Made.of(compile_project(read_project(TINY), TINY / "letters"), tmp_path / "site")
    quotes = {str(o) for _, _, o in made.build.graphs[GRAPH["citaten"]]}
    assert {row["passage"] for row in read_csv(made.path("dataset/claims.csv"))} == quotes
    assert {quad.object.value for quad in made.quads("dataset/graven/citaten.ttl")} == quotes


# A claim that was corrected

REPLACED = """    rg:bewijs            brief:w003-b1 ;
    owl:deprecated       true ;
    dcterms:isReplacedBy {} .

brief:w901
    a                    rg:Bewering ;
    rdf:subject          convenant:pact ;
    rdf:predicate        rdf:type ;
    rdf:object           rg:Convenant ;
    rg:modaliteit        modaliteit:gewenst ;
    prov:wasAttributedTo overheid:provincie ;
    rg:parafrase         "Zegt 3b."@nl , "Says 3b."@en ;
    rg:bewijs            brief:w901-b1 .

brief:w901-b1
    a                rg:Bewijs ;
    rg:sectie        "Stand van zaken" ;
    rg:begin         {} ;
    rg:eind          {} ;
    rg:anker         "{}" ;
    rg:vingerafdruk  "{}" .
"""


def corrected(edit: Edit, by: str = "brief:w901") -> Path:
    """The tiny project with its claim w003 withdrawn."""
    before = next(c for c in compile_project(read_project(TINY)).claims["een"] if c.source.endswith("/w003"))
    (piece,) = before.evidence
    written = REPLACED.format(by, piece.begin, piece.end, piece.anchor, piece.fingerprint)
    edit("data/letters/een.ttl", "    rg:bewijs            brief:w003-b1 .\n", written)
    return edit(
        "data/letters/een.ttl", "@prefix brief:", "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix brief:"
    )


def test_a_corrected_claim_keeps_its_iri_and_says_what_replaced_it(edit: Edit, tmp_path: Path) -> None:
    before = compile_project(read_project(TINY))
    old = next(claim for claim in before.claims["een"] if claim.source.endswith("/w003"))
    root = corrected(edit)
    findings, build = check(read_project(root), root / "letters")
    assert [str(finding) for finding in findings if finding.level == "error"] == []
    assert build is not None
    made = Made.of(without_quotes(build), tmp_path / "site")
    new = next(claim for claim in build.claims["een"] if claim.source.endswith("/w901"))
    document = set(map(str, made.quads(f"{place(str(old.iri))}.ttl")))
    assert f"<{old.iri}> <http://purl.org/dc/terms/isReplacedBy> <{new.iri}>" in document
    assert f"<{old.iri}> <{RDF}subject> <{old.subject}>" in document
    assert f"<{old.iri}> <{RG}hadModaliteit> <{old.modality}>" in document
    assert any("owl#deprecated" in line and '"true"' in line for line in document)
    # nothing else speaks of it: not the graphs of facts, not a question, not the network, not the table
    assert old.iri not in {claim.iri for of_letter in build.claims.values() for claim in of_letter}
    for graph, triples in build.graphs.items():
        if graph != GRAPH["ingetrokken"]:
            assert all(old.iri not in triple for triple in triples), graph
    store = to_store(nquads(build.graphs))
    network = project(store, inferred=True)
    assert not any(str(old.iri) in str(data) for _, _, data in network.edges(data=True))
    assert str(old.iri) not in made.path("dataset/claims.csv").read_text(encoding="utf-8")
    counted = f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ GRAPH ?g {{ ?c a <{RG}Bewering> }} }}"
    assert [row["n"].value for row in select(store, counted)] == [str(len({str(c.iri) for c in _all(build)}))]


def _all(build: Build) -> list[Any]:
    return [claim for of_letter in build.claims.values() for claim in of_letter]


def test_what_is_kept_of_a_corrected_claim_keeps_the_shapes(edit: Edit) -> None:
    graphs = compile_project(read_project(corrected(edit))).graphs
    kept = frozenset(s for s, _, _ in graphs[GRAPH["ingetrokken"]])
    text = (REPO / shapes.FILE).read_text(encoding="utf-8")
    assert shapes._verdict(frozenset().union(*graphs.values()), kept, text) == []


def test_no_stored_question_answers_with_a_withdrawn_claim(edit: Edit) -> None:
    from regiograaf.queries import read_all

    root = corrected(edit)
    build = compile_project(read_project(root))
    bare = {name: triples for name, triples in build.graphs.items() if name != GRAPH["ingetrokken"]}
    assert bare != build.graphs
    stores = [to_store(nquads(graphs)) for graphs in (build.graphs, bare)]
    found, _ = read_all(REPO / "queries")
    asked = 0
    for query in found.values():
        if not query.parameters:
            one, other = (query.run(store) for store in stores)
            assert one == other, query.name
            asked += 1
    assert asked > 30


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("brief:w777", "een:w003 is replaced by https://w3id.org/regiograaf/id/brief/een/w777, which is no claim"),
        ("brief:w003", "een:w003 is replaced by https://w3id.org/regiograaf/id/brief/een/w003, which is withdrawn too"),
    ],
)
def test_a_withdrawn_claim_must_name_a_claim_that_stands(by: str, said: str, edit: Edit) -> None:
    findings, build = check(read_project(corrected(edit, by)))
    assert build is None
    assert [f.message for f in findings if f.check == "withdrawn"] == [f"claim {said}"]


def test_a_claim_is_withdrawn_in_full_or_not(edit: Edit) -> None:
    root = corrected(edit)
    edit("data/letters/een.ttl", "    owl:deprecated       true ;\n", "")
    (finding,) = [f for f in check(read_project(root))[0] if f.check == "withdrawn"]
    assert "is not withdrawn" in finding.message
    edit("data/letters/een.ttl", "    dcterms:isReplacedBy brief:w901 .", "    owl:deprecated       true .")
    assert [f.check for f in check(read_project(root))[0] if f.level == "error"] == ["term-retired"]


def test_a_withdrawn_claim_that_is_still_said_must_go(edit: Edit) -> None:
    root = corrected(edit)
    edit("data/letters/een.ttl", "rg:modaliteit        modaliteit:gewenst", "rg:modaliteit        modaliteit:MODALITY")
    old = next(c for c in compile_project(read_project(TINY)).claims["een"] if c.source.endswith("/w003"))
    edit("data/letters/een.ttl", "modaliteit:MODALITY", f"modaliteit:{old.modality.rsplit('/', 1)[1]}")
    messages = [f.message for f in check(read_project(root))[0] if f.level == "error"]
    assert "claim een:w901 says the same as een:w003, which is withdrawn" in messages


# The command


def test_the_command_replaces_its_own_folder_only(tmp_path: Path) -> None:
    site = tmp_path / "site"
    ran = CliRunner().invoke(main, ["-C", str(TINY), "release", "-o", str(site)])
    assert ran.exit_code == 0, ran.output
    assert re.search(r"2 letters, \d+ claims, no passages quoted; \d+ artefacts, \d+ files\.", ran.output)
    (site / "old.txt").write_text("left by an earlier release", encoding="utf-8")
    assert CliRunner().invoke(main, ["-C", str(TINY), "release", "-o", str(site)]).exit_code == 0
    assert not (site / "old.txt").exists()
    assert [path for path in tmp_path.iterdir() if path != site] == []
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("keep", encoding="utf-8")
    refused = CliRunner().invoke(main, ["-C", str(TINY), "release", "-o", str(other)])
    assert refused.exit_code == 2
    assert "--force" in refused.output
    assert [path.name for path in other.iterdir()] == ["mine.txt"]


def test_errors_in_the_data_leave_the_folder_alone(edit: Edit, tmp_path: Path) -> None:
    root = edit("data/letters/een.ttl", "rg:werktSamenMet", "rg:werktSamenMett")
    ran = CliRunner().invoke(main, ["-C", str(root), "release", "-o", str(tmp_path / "site")])
    assert ran.exit_code == 1
    assert "rg:werktSamenMett is not a term of the ontology" in ran.output
    assert not (tmp_path / "site").exists()


def test_quotes_need_the_texts(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["-C", str(TINY), "release", "-o", str(tmp_path / "site"), "--with-quotes"])
    assert ran.exit_code == 2
    assert "--letters" in ran.output


def test_a_citation_that_misses_a_part_is_named(tiny: Path) -> None:
    (tiny / "CITATION.cff").write_text("title: x\nversion: 0.1.0\nauthors: [{name: y}]\nurl: z\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"CITATION\.cff: 'date-released' is missing"):
        citation.read(tiny)
    (tiny / "CITATION.cff").write_text("title: [x\n", encoding="utf-8")
    with pytest.raises(SourceError, match="Write it as YAML"):
        citation.read(tiny)
