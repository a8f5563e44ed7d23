"""The map without a browser: what stands in the page, where the nodes lie, and that both are always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx
import pytest

from map_networks import HOSTILE, ID, claim, empty, entity, large, passage, small
from map_pages import Elements, claims, data, decoded, lines, nodes, numbers
from regiograaf.errors import AnalysisError, ReleaseError
from regiograaf.maps import layout, positions, render
from regiograaf.maps.codes import LAST, PART, SOME, Texts, coded
from regiograaf.maps.engine import VIS_FILE, vis_network
from regiograaf.maps.page import PLAIN

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def page() -> str:
    return render(small(), title="Wie werkt met wie?")


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
    assert page.count("<h1") == 1


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


def test_plain_table_has_the_claims_of_the_network_by_their_first_end(page: str) -> None:
    network, found, source = small(), [], ""
    for row in Elements(page).rows:
        cells = row[-4:]
        source = row[0] if len(row) == 5 else source
        if cells[3:] and "Modaliteit" not in row:
            found.append((source, *cells))
    label, modality = network.nodes(data="label"), network.graph["modalities"]
    text = Elements(page).text
    section = {name: number for number, name in re.findall(r"\b([12]\.\d) (.*?)(?:;|\n)", text)}
    assert section == {"Wonen": "1.1", "Slot": "1.2", "Aanhef": "2.2", HOSTILE: "2.1"}
    assert "1. Brief over Noord, Gedeputeerde Staten, 2024-03-12." in text
    assert "2. Brief over Zuid, Gedeputeerde Staten, ongedateerd." in text
    origin = {"claim": "", "inferred": " afgeleid", "background": " achtergrondgegeven"}
    places = {
        iri: ", ".join(dict.fromkeys(section[piece["section"]] for piece in found["evidence"]))
        for iri, found in claims(page).items()
    }
    expected = [
        (
            label[u],
            edge["relation"],
            label[v],
            modality[edge["modality"]]["nl"] + (" ontkend" if edge["denied"] else "") + origin[edge["origin"]],
            places[key] + (f" {FOLLOWS}" if edge["origin"] == "inferred" else ""),
        )
        for u, v, key, edge in network.edges(keys=True, data=True)
    ]
    assert sorted(found) == sorted(expected)


def test_claims_are_those_of_the_network(page: str) -> None:
    network = small()
    found = claims(page)
    for u, v, key, edge in network.edges(keys=True, data=True):
        claim = found.pop(key)
        assert (claim["line"]["from"], claim["line"]["to"], claim["line"]["modality"]) == (u, v, edge["modality"])
        assert claim["relation"] == [edge["relation"], edge["relation_en"], edge["predicate"]]
        assert (claim["denied"], claim["origin"], claim["speaker"]) == (edge["denied"], edge["origin"], edge["speaker"])
        assert (claim["period"], claim["themes"]) == (edge["period"], list(edge["themes"]))
        assert claim["dutch"] == edge["paraphrase"] or FOLLOWS
        for piece, given in zip(claim["evidence"], edge["evidence"], strict=edge["origin"] != "inferred"):
            assert {name: piece[name] for name in given} == given
    assert found == {}


def test_anchor_is_marked_in_a_quote_that_has_it(page: str) -> None:
    marked = {piece["quote"]: piece["marked"] for claim in claims(page).values() for piece in claim["evidence"]}
    assert marked == {
        "De provincie werkt samen met Eén Regio.": True,
        "Wij maken geen afspraken.": False,
        f"x {HOSTILE} y": True,
        "": False,
    }


def test_one_line_per_ordered_pair_modality_and_whether_it_is_said(page: str) -> None:
    found = [(line["from"], line["to"], line["modality"], line["origin"]) for line in lines(page)]
    assert len(found) == len(set(found))
    network = small()
    said = {"claim": "claim", "background": "claim", "inferred": "inferred"}
    assert set(found) == {(u, v, edge["modality"], said[edge["origin"]]) for u, v, edge in network.edges(data=True)}


def test_dates_quantities_layers_and_version_come_along() -> None:
    network = small()
    edge = network.edges[ID + "organisatie/provincie", ID + "regio/een", f"{ID}bewering/c0"]
    edge["dates"] = {"begin": ["2025-01-01", "2025-03-31"], "end": ["", ""]}
    edge["present"] = True
    edge["quantities"] = ({"nl": "2 miljoen euro", "en": "2 million euros"},)
    network.nodes[ID + "regio/een"]["layer"] = "gemeente"
    network.graph |= {"version": "2026.1", "themes": {"Wonen": {"nl": "Wonen", "en": "Housing"}}}
    page = render(network, title="x")
    claim = claims(page)[f"{ID}bewering/c0"]
    assert claim["dates"] == ["2025-01-01", "2025-03-31", "", ""]
    assert claim["quantities"] == [["2 miljoen euro", "2 million euros"]]
    assert claim["present"] == 1
    assert claims(page)[f"{ID}bewering/c1"]["dates"] == []
    assert nodes(page)[ID + "regio/een"]["layer"] == "gemeente"
    assert nodes(page)[ID + "partij/school"]["layer"] == "partner"
    assert data(page)["page"]["version"] == "2026.1"
    assert data(page)["page"]["themes"]["Wonen"]["en"] == "Housing"


def without_inference() -> networkx.MultiDiGraph:
    network = small()
    network.remove_edges_from([edge[:3] for edge in network.edges(keys=True, data="origin") if edge[3] == "inferred"])
    return network


def test_what_no_letter_says_has_lines_of_its_own() -> None:
    network = small()
    both = {**claim("werkt ook samen met", "bestaand"), "origin": "inferred"}
    provinces = ID + "organisatie/provincie", ID + "regio/een"
    network.add_edge(*provinces, key=f"{ID}afleiding/x", **both)
    asked = {**claim("heeft te maken met", "bestaand"), "origin": "query"}
    network.add_edge(*provinces, key=f"{ID}vraag/x", **asked)
    page = render(network, title="x")
    between = [line for line in lines(page) if (line["from"], line["to"]) == provinces]
    assert [(line["modality"], line["origin"], line["claims"]) for line in between] == [
        ("bestaand", "claim", 2),
        ("bestaand", "inferred", 1),
        ("bestaand", "query", 1),
        ("voorgenomen", "claim", 1),
    ]
    assert data(page)["page"]["claims"]["head"] == ID
    assert f"{ID}afleiding/x" in claims(page)


def test_why_leads_to_rows_and_to_passages_that_no_other_row_has(page: str) -> None:
    kept, words = data(page)["page"]["claims"], decoded(data(page))
    texts, keys = [[words[i] for i in pair] for pair in kept["texts"]], kept["key"]
    ((row, why),) = kept["why"].items()
    assert keys[int(row)] == "c8"

    def told(step: dict[str, Any]) -> tuple[Any, ...]:
        words = " ".join(texts[i][0] for i in step["says"])
        because = "".join(texts[i][1] for i in step.get("because", []))
        claimed = [keys[i] for i in step.get("claims", [])]
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
    (passed_on,) = claims(page)[f"{ID}bewering/c8"]["evidence"]
    assert (passed_on["letter"], passed_on["section"], passed_on["anchor"]) == ("zuid", HOSTILE, HOSTILE)


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
    assert {line["origin"] for line in lines(page)} == {"claim"}


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
    assert numbers(content["nodes"]["id"]) == list(range(10))
    assert {*numbers(content["edges"]["from"]), *numbers(content["edges"]["to"])} < set(range(10))


def test_any_text_is_read_as_it_was_written() -> None:
    """But for the sign zero, which no page can hold."""
    odd = ["", " ", "  twee  spaties ", "a~b ~", "regel\nregel", "één 💧", HOSTILE, "~", "\\", '"', "x\0y \0 z"]
    texts = Texts()
    assert texts.all([*odd, *odd]) == [0, *range(1, 11), 0, *range(1, 11)]
    written = json.loads(json.dumps(texts.written(more=["", "a~b", "nul \0"], none=[])))
    kept = [text.replace("\0", "") for text in odd]
    assert decoded(written) == kept
    assert decoded(written, "more") == ["", "a~b", "nul "]


def test_words_that_are_not_counted_are_read_as_they_were_written() -> None:
    """Of many texts some are counted; the frequent words of those have the short codes, the others follow."""
    kept = [f"de regio {i}\0" if i == 70 else f"de regio {i}" for i in range(3 * PART * SOME)]
    texts = Texts()
    texts.all(kept)
    written = texts.written()
    assert decoded(written) == ["", *(text.replace("\0", "") for text in kept)]
    assert sorted(written["words"].split(" ")[:2]) == ["de", "regio"]


def test_numbers_are_read_as_they_were_written() -> None:
    edges = [0, 1, 49, 50, 1999, 2000, 2001, 74_999, 75_000, 75_001, 10**6, 10**9]
    assert numbers(coded(edges)) == edges
    assert len(coded(range(LAST))) == LAST
    assert not set(coded(range(3000))) & set("\"\\&'<>~")


def test_hostile_text_is_text_everywhere() -> None:
    elements = Elements(render(small(), title=HOSTILE))
    assert [tag for tag, _ in elements.tags if tag == "img"] == []
    assert len(elements.scripts) == 3
    assert any(HOSTILE in cell for row in elements.rows for cell in row)
    assert HOSTILE in decoded(data(render(small(), title="x")))


def test_large_page_says_that_it_needs_a_script_and_repeats_nothing() -> None:
    network = large(300, PLAIN + 1)
    elements = Elements(render(network, title="x"))
    assert [row for row in elements.rows if "Modaliteit" not in row] == []
    assert "Deze kaart heeft JavaScript nodig." in elements.text


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
    assert nodes(render(empty({}), title="Leeg")) == {}


def test_render_leaves_the_network_as_it_was() -> None:
    network = small()
    render(network, title="x")
    assert networkx.utils.graphs_equal(network, small())


@pytest.mark.parametrize(
    ("attribute", "value", "message"),
    [
        ("family", "onbekend", "is of family 'onbekend'; the network declares: overheid"),
        ("layer", "heelal", "is of layer 'heelal'; the network declares: rijk"),
        ("modality", "ooit", "has modality 'ooit'; the network declares: bestaand"),
        ("letter", "oost", "names letter 'oost'"),
    ],
)
def test_what_the_network_does_not_declare_is_refused(attribute: str, value: str, message: str) -> None:
    network = empty({})
    network.add_node(ID + "a", **entity("A", "Regio", value if attribute == "family" else "regio"))
    network.nodes[ID + "a"]["layer"] = value if attribute == "layer" else "regio"
    evidence = [passage("oost", "Slot", "x")] if attribute == "letter" else []
    modality = value if attribute == "modality" else "bestaand"
    network.add_edge(ID + "a", ID + "a", key=ID + "c", **claim("is", modality, *evidence))
    with pytest.raises(AnalysisError, match=message):
        render(network, title="x")


def test_positions_of_another_network_are_refused() -> None:
    with pytest.raises(AnalysisError, match="has no position in layout 'samenhang'"):
        render(small(), title="x", positions=positions(empty({})))


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
    assert nodes(render(network, title="x"))[ID + "organisatie/rijk"]["identifiers"] == [(expected, url)]


SCRIPT = """
import hashlib
from map_networks import large
from regiograaf.maps import render
print(hashlib.sha256(render(large(80, 200), title="x").encode()).hexdigest())
"""


def test_same_network_same_bytes() -> None:
    def run(seed: str) -> str:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
        }
        command = [sys.executable, "-X", "utf8=0", "-c", SCRIPT]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment | {"LC_ALL": "C"})
        return done.stdout

    assert run("1") == run("2")


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
