"""The map without a browser: what stands in the page, where the nodes lie, and that both are always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import networkx
import pytest

from map_networks import HOSTILE, ID, claim, empty, entity, large, passage, small
from regiograaf.errors import AnalysisError, ReleaseError
from regiograaf.maps import cached_positions, layout, positions, render
from regiograaf.maps.engine import VIS_FILE, vis_network

ROOT = Path(__file__).parent.parent


class Elements(HTMLParser):
    """Every start tag, and the text of scripts and table rows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.rows: list[list[str]] = []
        self._open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag if tag in ("script", "style") else self._open
        if tag == "script":
            self.scripts.append("")
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            self.scripts[-1] += data
        elif not self._open and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.rstrip("\n")


@pytest.fixture(scope="module")
def page() -> str:
    return render(small(), title="Wie werkt met wie?")


def data(html: str) -> dict[str, Any]:
    return json.loads(Elements(html).scripts[0])


def test_page_asks_for_nothing(page: str) -> None:
    tags = Elements(page).tags
    fetching = [
        value for _, attributes in tags for name, value in attributes.items() if name in ("src", "href", "srcset")
    ]
    assert sorted(fetching) == ["#net", "#tabel", "data:,"]
    assert "sourceMappingURL" not in page
    assert not re.search(r"url\(|@import", page[: page.index("</style>")])


def test_policy_lists_exactly_the_scripts_that_run(page: str) -> None:
    elements = Elements(page)
    policy = next(a["content"] for t, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy")
    kinds = [attributes.get("type") for tag, attributes in elements.tags if tag == "script"]
    assert kinds == ["application/json", None, None]
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in elements.scripts[1:]]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}' 'sha256-{hashes[1]}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def test_page_is_a_standards_document_in_dutch(page: str) -> None:
    assert page.startswith('<!doctype html>\n<html lang="nl">')
    assert "<title>Wie werkt met wie?</title>" in page
    assert page.count("<h1>") == 1


def test_licence_notice_of_vis_network_is_kept(page: str) -> None:
    assert "@version 9.1.2" in page
    assert "Apache 2.0 License" in page
    assert "MIT License" in page


def test_another_vis_network_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / VIS_FILE).parent.mkdir(parents=True)
    (tmp_path / VIS_FILE).write_text("alert(1)")
    with pytest.raises(ReleaseError, match=r"pip install pyvis==0\.3\.2"):
        vis_network(tmp_path)


FOLLOWS = "Volgt uit: Hogeschool is lid van Provincie Noord; Provincie Noord doet mee Programma Delta."


def test_table_rows_are_the_claims_of_the_network(page: str) -> None:
    network = small()
    label, modality = network.nodes(data="label"), network.graph["modalities"]
    expected = sorted(
        (
            label[source],
            edge["relation"],
            label[target],
            modality[edge["modality"]]["nl"] + (" ontkend" if edge["denied"] else ""),
            edge["paraphrase"] or FOLLOWS,
        )
        for source, target, edge in network.edges(data=True)
    )
    rows = [row for row in Elements(page).rows if row]
    said = [tuple(re.sub(r" (afgeleid|achtergrondgegeven)$", "", cell) for cell in row[:5]) for row in rows]
    assert sorted(said) == expected


def test_evidence_stands_in_the_table_with_the_anchor_marked(page: str) -> None:
    places = {row[1]: row[5] for row in Elements(page).rows if row}
    assert places["overlegt met"] == "Noord, § Wonen: De provincie werkt samen met Eén Regio."
    assert places["financiert"] == "Zuid, § Aanhef: «draagt bij aan Delta»"
    assert places["draagt bij aan"] in {
        "Zuid, § Aanhef: «draagt bij aan Delta»",
        "Noord, § Slot: «niet in het citaat»Wij maken geen afspraken.",
    }
    assert "<q>De provincie <mark>werkt samen</mark> met Eén Regio.</q>" in page


def test_one_line_per_ordered_pair_and_modality(page: str) -> None:
    content = data(page)
    modalities = list(content["page"]["modalities"])
    heads = content["page"]["heads"]
    iri = {node["id"]: heads[node["iri"][0]] + node["iri"][1] for node in content["nodes"]}
    lines = [(iri[edge["from"]], iri[edge["to"]], modalities[edge["modality"]]) for edge in content["edges"]]
    network = small()
    assert len(lines) == len(set(lines))
    assert set(lines) == {(u, v, edge["modality"]) for u, v, edge in network.edges(data=True)}
    columns = content["page"]["claims"]["columns"]
    drawn = {
        content["page"]["claims"]["head"] + key: lines[line]
        for key, line in zip(columns["key"], columns["line"], strict=True)
    }
    assert drawn == {key: (u, v, edge["modality"]) for u, v, key, edge in network.edges(keys=True, data=True)}


def without_inference() -> networkx.MultiDiGraph:
    network = small()
    network.remove_edges_from([edge[:3] for edge in network.edges(keys=True, data="origin") if edge[3] == "inferred"])
    return network


def test_what_is_inferred_has_a_line_of_its_own() -> None:
    network = small()
    both = {**claim("werkt ook samen met", "bestaand"), "origin": "inferred"}
    provinces = ID + "organisatie/provincie", ID + "regio/een"
    network.add_edge(*provinces, key=f"{ID}afleiding/x", **both)
    content = data(render(network, title="x"))
    of = {node["id"]: node["label"] for node in content["nodes"]}
    lines = [
        line for line in content["edges"] if of[line["from"]] == "Provincie Noord" and of[line["to"]] == "Eén Regio"
    ]
    assert sorted((line["modality"], line.get("inferred", 0)) for line in lines) == [(0, 0), (0, 1), (3, 0)]
    claims = content["page"]["claims"]
    assert claims["head"] == f"{ID}bewering/"
    assert f"{ID}afleiding/x" in claims["columns"]["key"]


def test_why_leads_to_rows_and_to_passages_that_no_other_row_has(page: str) -> None:
    claims = data(page)["page"]["claims"]
    texts, columns = claims["texts"], claims["columns"]
    ((row, why),) = claims["why"].items()
    assert columns["key"][int(row)] == "c8"

    def told(step: dict[str, Any]) -> tuple[Any, ...]:
        words = " ".join(texts[i][0] for i in step["says"])
        because = "".join(texts[i][1] for i in step.get("because", []))
        claimed = [columns["key"][i] for i in step.get("claims", [])]
        return words, because, claimed, step.get("own", []), [told(below) for below in step.get("on", [])]

    assert told(why) == (
        "Hogeschool neemt deel aan Programma Delta",
        "‘is lid van’ en dan ‘doet mee’ geeft ‘neemt deel aan’ (en)",
        [],
        [],
        [
            ("Hogeschool is lid van Provincie Noord", "bekend van elders, niet uit een brief (en)", [], [], []),
            (
                "Provincie Noord doet mee Programma Delta",
                "‘werkt samen met’ houdt in: ‘doet mee’ (en)",
                [],
                [],
                [
                    ("Provincie Noord werkt samen met Eén Regio", "", ["c0"], [], []),
                    (f"{HOSTILE} bestaat als Bedrijf", "", [], [0], []),
                ],
            ),
        ],
    )
    places = {row[1]: row[5] for row in Elements(page).rows if row}
    assert places["neemt deel aan"] == f"Zuid, § {HOSTILE}: «{HOSTILE}»"


def test_inferred_relations_may_start_hidden_and_are_counted_apart() -> None:
    shown, hidden = (render(small(), title="x", inferred=inferred) for inferred in (True, False))
    assert "off" not in data(shown)["page"]
    assert data(hidden)["page"]["off"] == ["inferred"]
    assert "10 knopen · 9 relaties · 2 brieven · 1 afgeleid</p>" in shown
    assert len(hidden) - len(shown) == len(',"off":["inferred"]')


def test_page_without_inferred_relations_has_nothing_of_them() -> None:
    page = render(without_inference(), title="x", inferred=False)
    content = data(page)["page"]
    assert {"why", "texts"}.isdisjoint(content["claims"])
    assert "off" not in content
    assert "10 knopen · 9 relaties · 2 brieven</p>" in page
    assert not any("inferred" in line for line in data(page)["edges"])


def test_passage_of_a_premise_in_a_letter_that_is_not_declared_is_refused() -> None:
    network = small()
    for *_, edge in network.edges(data=True):
        if "derivation" in edge:
            edge["derivation"]["premises"][1]["premises"][1]["said"][0]["letter"] = "oost"
    with pytest.raises(AnalysisError, match="names letter 'oost'"):
        render(network, title="x")


def test_what_is_inferred_moves_no_node() -> None:
    network, bare = small(), without_inference()
    assert positions(network) == positions(bare)
    assert positions(network).between == positions(bare).between
    assert layout.key(network) == layout.key(bare)


def test_ids_that_the_engine_sees_are_our_own(page: str) -> None:
    content = data(page)
    assert [node["id"] for node in content["nodes"]] == [f"n{i}" for i in range(10)]
    assert {end for edge in content["edges"] for end in (edge["from"], edge["to"])} < {f"n{i}" for i in range(10)}


def test_hostile_text_is_text_everywhere() -> None:
    elements = Elements(render(small(), title=HOSTILE))
    assert [tag for tag, _ in elements.tags if tag == "img"] == []
    assert len(elements.scripts) == 3
    assert any(HOSTILE in cell for row in elements.rows for cell in row)


def test_real_size_stays_under_a_megabyte() -> None:
    network = large()
    assert (len(network), network.number_of_edges()) == (300, 700)
    assert len(render(network, title="Groot").encode()) < 1_000_000


def test_families_and_modalities_keep_their_order(page: str) -> None:
    network = small()
    assert list(data(page)["page"]["families"]) == list(network.graph["families"])
    assert list(data(page)["page"]["modalities"]) == list(network.graph["modalities"])


def test_status_is_given_in_words(page: str) -> None:
    assert {key: words["nl"] for key, words in data(page)["page"]["statuses"].items()} == {
        "bestaand": "bestaat",
        "voorgenomen": "voorgenomen",
        "beeindigd": "beëindigd",
    }


def test_network_without_nodes_makes_a_page() -> None:
    assert data(render(empty({}), title="Leeg"))["nodes"] == []


def test_render_leaves_the_network_as_it_was() -> None:
    network = small()
    render(network, title="x")
    assert networkx.utils.graphs_equal(network, small())


@pytest.mark.parametrize(
    ("attribute", "value", "message"),
    [
        ("family", "onbekend", "is of family 'onbekend'; the network declares: overheid"),
        ("modality", "ooit", "has modality 'ooit'; the network declares: bestaand"),
        ("letter", "oost", "names letter 'oost'"),
    ],
)
def test_what_the_network_does_not_declare_is_refused(attribute: str, value: str, message: str) -> None:
    network = empty({})
    network.add_node(ID + "a", **entity("A", "Regio", value if attribute == "family" else "regio"))
    evidence = [passage("oost", "Slot", "x")] if attribute == "letter" else []
    modality = value if attribute == "modality" else "bestaand"
    network.add_edge(ID + "a", ID + "a", key=ID + "c", **claim("is", modality, *evidence))
    with pytest.raises(AnalysisError, match=message):
        render(network, title="x")


def test_positions_of_another_network_are_refused() -> None:
    with pytest.raises(AnalysisError, match="has no position in layout 'samenhang'"):
        render(small(), title="x", positions=positions(empty({})))


# ---- layout


def test_every_node_has_a_place_in_each_layout() -> None:
    network = small()
    assert {name: set(placed) for name, placed in positions(network).items()} == {
        "samenhang": set(network),
        "lagen": set(network),
    }


def test_labels_of_a_small_network_do_not_overlap() -> None:
    network = small()
    placed = positions(network)["samenhang"]
    box = {node: layout._label_box(network.nodes[node]["label"]) for node in network}
    overlapping = [
        (a, b)
        for a, b in combinations(sorted(network), 2)
        if all(abs(placed[a][axis] - placed[b][axis]) < box[a][axis] + box[b][axis] - 2 for axis in (0, 1))
    ]
    assert overlapping == []


def test_nodes_of_a_large_network_lie_apart() -> None:
    for placed in positions(large()).values():
        nearest = min(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in combinations(placed.values(), 2))
        assert nearest > 14


def _joined(*pairs: tuple[str, str]) -> networkx.MultiDiGraph:
    """A network of subjects, of which only the pairs matter."""
    network = empty({})
    for node in sorted({node for pair in pairs for node in pair}):
        network.add_node(ID + node, **entity(node, "Onderwerp", "onderwerp"))
    for i, (source, target) in enumerate(pairs):
        network.add_edge(ID + source, ID + target, key=f"{ID}c{i}", **claim("betreft", "bestaand"))
    return network


def test_large_network_fills_the_panel_evenly() -> None:
    placed = list(positions(large())["samenhang"].values())
    (left, top), (right, bottom) = map(min, zip(*placed, strict=True)), map(max, zip(*placed, strict=True))
    assert 0.85 < (right - left) / (bottom - top) / layout.RATIO < 1.18
    across, down = (right - left) / 4 + 0.1, (bottom - top) / 4 + 0.1
    cells = [(int((x - left) / across), int((y - top) / down)) for x, y in placed]
    shares = [cells.count((i, j)) / len(placed) * 16 for i in range(4) for j in range(4)]
    assert min(shares) > 0.4
    assert max(shares) < 2


def test_small_groups_lie_close_under_the_large_one() -> None:
    big = [(f"a{i}", f"a{(i * 7 + j) % 80}") for i in range(80) for j in (1, 3)]
    loose = [("b0", "b1"), ("b1", "b2"), ("c0", "c1")]
    placed = positions(_joined(*big, *loose))["samenhang"]
    groups = {name: [point for node, point in placed.items() if f"/{name}" in node] for name in "abc"}
    low, high = max(y for _, y in groups["a"]), min(y for _, y in groups["a"])
    for name in "bc":
        assert all(0 < y - low < 0.25 * (low - high) for _, y in groups[name])
        assert all(min(p[0] for p in groups["a"]) <= x <= max(p[0] for p in groups["a"]) for x, _ in groups[name])


@pytest.mark.parametrize("count", [1, 3, 4, 9, 40])
def test_leaves_are_fanned_around_their_hub(count: int) -> None:
    fan = layout._fan((0.0, 0.0), [(100.0, 0.0)], [f"l{i}" for i in range(count)], 60.0)
    assert len(fan) == count
    if count > 4:
        ring = sorted(math.atan2(y, x) for x, y in fan.values() if math.hypot(x, y) < 0.8 * 60)
        steps = [after - before for before, after in pairwise(ring)]
        assert max(steps) - min(steps) < 1e-9
    else:
        assert all(x < 0 for x, _ in fan.values())
    assert all(math.dist(a, b) > 0.5 * 60 for a, b in combinations(fan.values(), 2))


@pytest.mark.parametrize(
    "pairs",
    [[("a", "b")], [("hub", f"l{i}") for i in range(60)], [("a", "b"), ("b", "c")], [("a", "a")]],
    ids=["pair", "star", "chain", "alone"],
)
def test_odd_shapes_have_places(pairs: list[tuple[str, str]]) -> None:
    placed = positions(_joined(*pairs))["samenhang"].values()
    assert len(set(placed)) == len(placed)
    assert all(math.isfinite(coordinate) for point in placed for coordinate in point)


@pytest.mark.parametrize(
    ("label", "url", "expected"),
    [
        ("http://www.wikidata.org/entity/Q26421", "http://www.wikidata.org/entity/Q26421", "Wikidata Q26421"),
        ("gm:gm0512", "https://identifier.overheid.nl/tooi/id/gemeente/gm0512", "TOOI gm0512"),
        ("https://ror.org/027bh9e22", "https://ror.org/027bh9e22", "ROR 027bh9e22"),
        ("http://x.org/", "http://publications.europa.eu/resource/authority/atu/NLD_GEM_DOR", "EU NLD_GEM_DOR"),
        ("Wikidata: stad", "http://www.wikidata.org/entity/Q1", "Wikidata: stad"),
        ("https://example.org/x", "https://example.org/x", "https://example.org/x"),
    ],
)
def test_identifiers_are_short(label: str, url: str, expected: str) -> None:
    network = small()
    network.nodes[ID + "organisatie/rijk"]["identifiers"] = ((label, url),)
    node = next(node for node in data(render(network, title="x"))["nodes"] if node["label"] == "Rijk")
    assert node["identifiers"] == [[expected, url]]


@pytest.mark.parametrize(
    ("kind", "family", "label", "expected"),
    [
        ("tooiont:Ministerie", "overheid", "BZK", "Rijk en Europa"),
        ("tooiont:Provincie", "overheid", "Zuid-Holland", "Provincie"),
        ("rg:Orgaan", "overheid", "Gedeputeerde Staten van Zuid-Holland", "Provincie"),
        ("rg:Orgaan", "overheid", "college van B en W", "Gemeenten"),
        ("rg:Programma", "programma", "Programma gemeenten", "Programma’s en afspraken"),
        ("rg:Regio", "regio", "Zeven Drechtstedengemeenten", "Regio’s en verbanden"),
        ("tooiont:Gemeente", "regio", "Dordrecht", "Gemeenten"),
        ("rg:Bedrijf", "bedrijf", "Chemours", "Partners"),
        ("rg:Onderwerp", "onderwerp", "Wonen", "Onderwerpen"),
    ],
)
def test_layers_of_government(kind: str, family: str, label: str, expected: str) -> None:
    assert layout.LAYERS[layout.layer({"kind": kind, "family": family, "label": label})][0] == expected


def test_layers_stand_under_each_other() -> None:
    network = small()
    placed = positions(network)["lagen"]
    heights: dict[int, set[float]] = {}
    for node, attributes in network.nodes(data=True):
        heights.setdefault(layout.layer(attributes), set()).add(placed[node][1])
    order = [heights[band] for band in sorted(heights)]
    assert all(max(above) < min(below) for above, below in pairwise(order))


def test_order_of_adding_does_not_move_a_node() -> None:
    network = large(60, 120)
    turned = empty({})
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert positions(turned) == positions(network)


def test_cache_is_written_and_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network, cache = small(), tmp_path / "deep" / "layout"
    computed = cached_positions(network, [cache], cache)
    assert [path.name for path in cache.iterdir()] == [f"{layout.key(network)}.json"]
    monkeypatch.setattr(layout, "positions", lambda network: pytest.fail("computed again"))
    monkeypatch.setattr(layout, "_betweenness", lambda network: pytest.fail("scored again"))
    found = cached_positions(network, [tmp_path / "none", cache])
    assert (found, found.between) == (computed, computed.between)
    assert render(network, title="x", positions=found) == render(network, title="x", positions=computed)


def test_cache_without_scores_is_passed_over(tmp_path: Path) -> None:
    network = small()
    kept = tmp_path / f"{layout.key(network)}.json"
    cached_positions(network, [], tmp_path)
    content = json.loads(kept.read_text(encoding="utf-8"))
    for between in ({}, None, {ID: 1.0}):
        kept.write_text(json.dumps(content | {"between": between}), encoding="utf-8")
        assert cached_positions(network, [tmp_path]).between == layout.positions(network).between


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"key": 1, "positions": null}', "\x00"])
def test_broken_cache_is_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / f"{layout.key(small())}.json").write_text(content)
    assert cached_positions(small(), [tmp_path]) == positions(small())


def test_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert cached_positions(small(), [], tmp_path / "file" / "layout") == positions(small())


def test_key_follows_what_moves_nodes_and_nothing_else() -> None:
    network, same, other = small(), small(), small()
    for *_, edge in same.edges(data=True):
        edge["paraphrase"] = "anders"
    other.nodes[ID + "organisatie/rijk"]["label"] = "Het Rijk"
    assert layout.key(network) == layout.key(same) != layout.key(other)


SCRIPT = """
import hashlib, sys
from map_networks import large
from regiograaf.maps import render
print(hashlib.sha256(render(large(80, 200), title="x").encode()).hexdigest(), "scipy" in sys.modules)
"""


def test_same_network_same_bytes_without_scipy() -> None:
    def run(seed: str) -> str:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
        }
        command = [sys.executable, "-X", "utf8=0", "-c", SCRIPT]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment | {"LC_ALL": "C"})
        return done.stdout

    first, second = run("1"), run("2")
    assert first == second
    assert first.split()[1] == "False"


def test_importing_the_room_loads_no_engine() -> None:
    code = "import regiograaf.maps, sys; print(sorted({'pyvis', 'networkx', 'numpy', 'rdflib'} & set(sys.modules)))"
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "src"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "[]\n"


# ---- colours


def _linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def _contrast(a: str, b: str) -> float:
    light = sorted(sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), _linear(x), strict=True)) for x in (a, b))
    return (light[1] + 0.05) / (light[0] + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_what_is_drawn_is_seen_on_its_background(theme: int) -> None:
    """WCAG 2.1, 1.4.11 asks 3:1 for shapes and lines, 1.4.3 asks 4.5:1 for text."""
    style = (ROOT / "src/regiograaf/maps/page.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", style)
    full = {name: ["#" + "".join(c * 2 for c in v[1:]) if len(v) == 4 else v for v in pair] for name, *pair in found}
    colour = {name: pair[theme] for name, pair in full.items()}
    for name in (
        "overheid",
        "regio",
        "maatschappij",
        "bedrijf",
        "programma",
        "onderwerp",
        "edge",
        "accent",
        "denied",
        "inferred",
    ):
        assert _contrast(colour[name], colour["paper"]) >= 3, name
    for name in ("ink", "muted", "accent", "denied"):
        assert min(_contrast(colour[name], colour[under]) for under in ("paper", "panel")) >= 4.5, name
    assert _contrast(colour["on-accent"], colour["accent"]) >= 4.5
    assert _contrast(colour["ink"], colour["mark"]) >= 4.5
