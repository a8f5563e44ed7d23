"""Projection and measures, on networks whose answer is worked out by hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from regiograaf.cli import main
from regiograaf.errors import SourceError
from regiograaf.namespaces import DEF, GRAPH, ID, RG
from regiograaf.projection import collapse, project
from regiograaf.stores import open_store
from tests.conftest import REPO, TINY


@pytest.fixture(scope="module")
def real(store: ox.Store) -> nx.MultiDiGraph:
    """The network of the real graph."""
    return project(store)


@pytest.fixture(scope="module")
def real_inferred(store: ox.Store) -> nx.MultiDiGraph:
    return project(store, inferred=True)


def test_one_edge_for_each_claim_with_its_evidence() -> None:
    network = project(open_store(TINY))
    found = sorted(
        (u.removeprefix(ID), v.removeprefix(ID), a["modality"], len(a["evidence"]))
        for u, v, a in network.edges(data=True)
    )
    assert found == [
        ("gebied/noordland", "gebied/gewest", "bestaand", 1),
        ("gebied/noordveen", "gebied/noordland", "bestaand", 1),
        ("gemeente/noordveen", "convenant/pact", "voorgenomen", 1),
        ("overheid/provincie", "gemeente/noordveen", "bestaand", 2),
    ]


def test_only_some_letters() -> None:
    network = project(open_store(TINY), letters=["een"])
    assert {tuple(e["letter"] for e in a["evidence"]) for _, _, a in network.edges(data=True)} == {("een",)}


def inferred_edges(root: Path, letters: list[str] | None = None) -> dict[tuple[str, str, str], dict[str, Any]]:
    return inferred_of(project(open_store(root), letters=letters, inferred=True))


def inferred_of(network: nx.MultiDiGraph) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {
        (network.nodes[u]["label"], a["relation"], network.nodes[v]["label"]): a
        for u, v, a in network.edges(data=True)
        if a["origin"] == "inferred"
    }


def test_inferred_edges_are_of_their_own_origin_and_say_why() -> None:
    # of all that follows only the chain joins two things that no claim joins
    ((ends, edge),) = inferred_edges(TINY).items()
    assert ends == ("Noordveen (plaats)", "ligt in", "het Gewest")
    assert (edge["modality"], edge["evidence"], edge["themes"]) == ("bestaand", (), ())
    why = edge["derivation"]
    assert [why[f"{part}_en"] for part in ("subject", "relation", "object")] == [
        "Noordveen (town)",
        "lies in",
        "the District",
    ]
    assert why["because"] == "‘ligt in’ geldt ook met stappen ertussen"
    assert why["because_en"] == "“lies in” carries over from step to step"
    first, second = why["premises"]
    (piece,) = first["said"]
    assert (piece["letter"], piece["section"], piece["anchor"]) == (
        "twee",
        "Stand van zaken",
        "Noordveen ligt in het Noordland",
    )
    assert (second["object"], second["because"], second["premises"]) == ("het Gewest", "", ())
    claims = {key: a for *_, key, a in project(open_store(TINY)).edges(keys=True, data=True)}
    (evidence,) = claims[piece["claim"]]["evidence"]
    assert {name: piece[name] for name in evidence} == evidence


def test_inferred_edges_rest_on_the_letters_that_are_asked_for() -> None:
    assert list(inferred_edges(TINY, ["twee"])) == [("Noordveen (plaats)", "ligt in", "het Gewest")]
    assert inferred_edges(TINY, ["een"]) == {}


def test_inferred_edges_of_the_real_graph_say_something_new(
    real: nx.MultiDiGraph, real_inferred: nx.MultiDiGraph
) -> None:
    network, edges = real_inferred, inferred_of(real_inferred)
    assert set(network) == set(real)
    assert ("provincie Zuid-Holland", "is betrokken bij", "Maasterras fase 1") in edges
    # turned and broader forms of what a claim says, and what only background says
    assert ("Haagse regio", "werkt samen met", "provincie Zuid-Holland") not in edges
    assert ("Gedeputeerde Staten van Zuid-Holland", "is betrokken bij", "Maasterras fase 1") not in edges
    assert ("gemeente Alblasserdam", "neemt deel aan", "regio Drechtsteden") not in edges
    for (subject, _, value), edge in edges.items():
        steps, ends = [edge["derivation"]], set()
        for step in steps:
            steps += step["premises"]
            ends |= {step["subject"], step["object"]} if not step["premises"] else set()
        assert ends > {subject, value}, edge
        said = [piece for step in steps for piece in step["said"]]
        assert said
        assert all(piece["letter"] in network.graph["letters"] and piece["begin"] < piece["end"] for piece in said)


def test_what_only_the_alignments_say_is_not_drawn(real_inferred: nx.MultiDiGraph) -> None:
    own = {a["predicate"].partition(":")[0] for *_, a in real_inferred.edges(data=True)}
    assert own == {"rg"}


def claims_of(root: Path) -> list[dict[str, Any]]:
    """The claim in which the two bodies of the tiny project work together, once or more."""
    network = project(open_store(root))
    return [a for *_, a in network.edges(data=True) if a["predicate"] == "rg:werktSamenMet"]


PERIOD = """rg:verwoording   "sinds 2020"@nl ;
    rg:vroegsteBegin "2020-01-01"^^xsd:date ;
    rg:laatsteBegin  "2020-12-31"^^xsd:date ."""
THEME = "    rg:thema             thema:wonen ;\n"


def with_period(edit: Callable[[str, str, str], Path], period: str) -> dict[str, Any]:
    edit("data/letters/een.ttl", THEME, f"{THEME}    rg:periode           brief:p01 ;\n")
    dated = [a for a in claims_of(edit("data/letters/een.ttl", PERIOD, period)) if a["period"]]
    assert len(dated) == 1  # of two: the other letter gives no period, so says something else
    return dated[0]


def test_dates_are_the_bounds_of_the_period(edit: Callable[[str, str, str], Path]) -> None:
    edge = with_period(edit, PERIOD)
    assert (edge["period"], edge["present"]) == ("sinds 2020", False)
    assert edge["dates"] == {"begin": ["2020-01-01", "2020-12-31"], "end": ["", ""]}


@pytest.mark.parametrize(
    ("wording", "present"),
    [
        ("momenteel", True),
        ("Op dit moment", True),
        ("in de huidige situatie nog", True),
        ("nuchter bekeken", False),
        ("de komende jaren", False),
    ],
)
def test_now_without_a_date_is_the_time_of_writing(
    edit: Callable[[str, str, str], Path], wording: str, present: bool
) -> None:
    edge = with_period(edit, f'rg:verwoording "{wording}"@nl .')
    assert (edge["period"], edge["present"]) == (wording, present)
    assert edge["dates"] == {"begin": ["", ""], "end": ["", ""]}


def test_now_with_a_date_is_that_date(edit: Callable[[str, str, str], Path]) -> None:
    edge = with_period(edit, 'rg:verwoording "nu, in 2020"@nl ; rg:vroegsteBegin "2020-01-01"^^xsd:date .')
    assert (edge["dates"]["begin"], edge["present"]) == (["2020-01-01", ""], False)


def test_a_claim_without_period_or_amount_has_none() -> None:
    (edge,) = claims_of(TINY)
    assert (edge["period"], edge["dates"], edge["present"], edge["quantities"]) == ("", {}, False, ())


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ("rg:waarde 140000.0 ; rg:rol grootheidrol:tekort ; rg:eenheid eenheid:euro", "shortfall: €140,000"),
        ("rg:waarde 12.50 ; rg:rol grootheidrol:doel ; rg:eenheid eenheid:percent", "target value: 12.5%"),
        ("rg:teller 2 ; rg:noemer 3 ; rg:rol grootheidrol:doel ; rg:eenheid eenheid:deel", "target value: 2/3"),
    ],
)
@pytest.mark.parametrize(("precision", "added"), [("exact", ""), ("circa", " (approximate)")])
def test_amounts_in_words(
    edit: Callable[[str, str, str], Path], quantity: str, words: str, precision: str, added: str
) -> None:
    ids = "".join(f"@prefix {kind}: <{ID}{kind}/> .\n" for kind in ("grootheidrol", "eenheid", "nauwkeurigheid"))
    edit("data/letters/een.ttl", "@prefix brief: ", f"{ids}@prefix brief: ")
    edit("data/letters/een.ttl", THEME, f"{THEME}    rg:grootheid brief:g01 ;\n")
    block = f'a rg:Grootheid ; rg:nauwkeurigheid nauwkeurigheid:{precision} ; rg:verwoording "zoveel"@nl ; {quantity} .'
    root = edit("data/letters/een.ttl", "brief:p01\n", f"brief:g01 {block}\n\nbrief:p01\n")
    (said,) = [a["quantities"] for a in claims_of(root) if a["quantities"]]
    assert [amount["en"] for amount in said] == [f"{words}{added}"]
    assert [amount["nl"].partition(": ")[2] for amount in said] == ["zoveel"]


def test_relations_say_whether_they_are_symmetric_and_how_heavy(real: nx.MultiDiGraph) -> None:
    (edge,) = claims_of(TINY)
    assert (edge["symmetric"], edge["weight"]) == (True, 1.0)
    edges = {a["predicate"]: a for *_, a in real.edges(data=True)}
    assert {name for name, a in edges.items() if a["symmetric"]} == {
        "rg:hangtSamenMet",
        "rg:heeftRelatieMet",
        "rg:overlegtMet",
        "rg:werktSamenMet",
    }
    assert {name: a["weight"] for name, a in edges.items() if a["weight"] != 1} == {"rg:heeftRelatieMet": 0.5}


def test_layer_is_its_own_else_that_of_what_it_belongs_to_else_that_of_its_class(real: nx.MultiDiGraph) -> None:
    layers = {a["label"]: a["layer"] for _, a in real.nodes(data=True)}
    assert set(layers.values()) == set(real.graph["layers"])
    assert layers["formateurs"] == "gemeente"  # declared of the group; the class of groups says partner
    assert layers["Gedeputeerde Staten van Zuid-Holland"] == "provincie"  # an organ of it; colleges are municipal
    assert layers["mr. A.W. Kolff"] == "provincie"  # holds an office with that organ
    assert layers["voorzitter van de regio Drechtsteden"] == "regio"
    assert layers["gemeente Gorinchem"] == "gemeente"
    assert layers["het Rijk"] == "rijk"
    assert layers["Chemours"] == "partner"
    assert layers["MIRT"] == "programma"  # a programme, below the class of instruments
    tiny = {a["label"]: (a["layer"], a["actor"]) for _, a in project(open_store(TINY)).nodes(data=True)}
    assert tiny["de provincie"] == ("rijk", True)  # no more than a public body
    assert tiny["pact van Noordveen"] == ("programma", False)
    assert tiny["Noordland"] == ("onderwerp", False)


def test_a_node_is_of_the_region_whose_letters_alone_speak_of_it(edit: Callable[[str, str, str], Path]) -> None:
    region = 'rg:bestandsnaam  "een.txt" ;'
    root = edit("data/letters/een.ttl", region, f"rg:regio gebied:noordland ; {region}")
    network = project(open_store(root))
    regions = {a["label"]: a["region"] for _, a in network.nodes(data=True)}
    noordland = f"{ID}gebied/noordland"
    # letter een is about Noordland, letter twee about no region; both speak of the province
    assert {label for label, found in regions.items() if found} == {"pact van Noordveen"}
    assert regions["pact van Noordveen"] == noordland
    assert network.graph["regions"] == {noordland: {"nl": "Noordland", "en": "Northland", "names": ("Noordland",)}}
    # the other letters count although they are not projected
    part = project(open_store(root), letters=["een"])
    assert part.nodes[f"{ID}overheid/provincie"]["region"] == ""


def test_network_says_what_it_was_made_of() -> None:
    network = project(open_store(TINY))
    letter = network.graph["letters"]["een"]
    assert (letter["iri"], letter["sender_iri"]) == (f"{ID}brief/een", f"{ID}overheid/provincie")
    assert network.graph["themes"] == {
        "water": {"iri": f"{ID}thema/water", "nl": "water", "en": "water"},
        "wonen": {"iri": f"{ID}thema/wonen", "nl": "wonen", "en": "living and housing"},
    }
    ontology = (REPO / "ontology" / "regiograaf.ttl").read_text(encoding="utf-8")
    assert re.search(rf'owl:versionInfo +"{re.escape(network.graph["version"])}"', ontology)


def test_themes_are_nodes_when_asked_for(real: nx.MultiDiGraph, store: ox.Store) -> None:
    plain, themed = real, project(store, themes=True)
    added = {(a["predicate"], themed.nodes[v]["kind_label"]) for _, v, k, a in themed.edges(keys=True, data=True)} - {
        (a["predicate"], plain.nodes[v]["kind_label"]) for _, v, k, a in plain.edges(keys=True, data=True)
    }
    assert added == {("rg:betreft", "thema")}


def test_triples_of_a_question_are_edges_only_where_no_claim_says_them() -> None:
    pact, town = f"{ID}convenant/pact", f"{ID}gemeente/noordveen"
    said, own = (town, f"{RG}partijBij", pact), (pact, f"{RG}beschermt", town)
    network = project(open_store(TINY), triples=[said, own])
    (edge,) = [(u, v, a) for u, v, a in network.edges(data=True) if a["origin"] == "query"]
    assert edge[:2] == (pact, town)
    assert (edge[2]["relation"], edge[2]["evidence"], edge[2]["modality"]) == ("beschermt", (), "geen")
    # what no letter says has no modality of a letter, least of all that of what exists
    assert "geen" in network.graph["modalities"]
    assert "geen" not in project(open_store(TINY), triples=[said]).graph["modalities"]


@pytest.mark.parametrize(
    ("subject", "name", "value", "message"),
    [
        ("Raad", "bestuurslaag", "gemeent", 'rg:bestuurslaag of rg:Raad is "gemeent". Use one of: rijk, provincie'),
        ("Wet", "familie", "wetten", 'rg:familie of rg:Wet is "wetten". Use one of: overheid'),
        ("leidtTot", "gewicht", "0", "rg:gewicht of rg:leidtTot is 0. Give a weight above 0"),
    ],
)
def test_what_is_declared_amiss_is_named(subject: str, name: str, value: str, message: str) -> None:
    store = ox.Store()
    store.extend(open_store(TINY))
    term, annotation, graph = (ox.NamedNode(iri) for iri in (f"{RG}{subject}", f"{RG}{name}", GRAPH["ontologie"]))
    for quad in list(store.quads_for_pattern(term, annotation, None, graph)):
        store.remove(quad)
    store.add(ox.Quad(term, annotation, ox.Literal(value), graph))
    with pytest.raises(SourceError, match=re.escape(message)):
        project(store)


def test_losses_are_stated_in_both_languages() -> None:
    ontology = Graph().parse(REPO / "ontology" / "projections.ttl")
    notes = ontology.objects(URIRef(f"{DEF}/projections"), SKOS.scopeNote)
    assert sorted(note.language for note in notes) == ["en", "nl"]


def test_projection_is_the_same_under_every_hash_seed() -> None:
    code = (
        "from pathlib import Path; from regiograaf.stores import open_store; "
        "from regiograaf.projection import collapse, project, to_json; "
        f"n = project(open_store(Path({str(TINY)!r})), inferred=True, themes=True); "
        "print(to_json(n), n.graph, list(collapse(n).edges(data=True)))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in "0123"
    ]
    assert len({run.stdout for run in runs}) == 1


def test_two_actors_with_one_label_stay_two() -> None:
    network = nx.MultiDiGraph(project(open_store(TINY)))
    for node in network:
        network.nodes[node]["label"] = "dezelfde naam"
    assert len(collapse(network)) == 6


def test_collapse_weighs_pairs_by_claims_and_leaves_denied_ones_and_what_no_letter_says_out() -> None:
    network = nx.MultiDiGraph()
    for key, denied in (("1", False), ("2", False), ("3", True)):
        network.add_edge("a", "b", key=key, denied=denied, modality="bestaand")
    network.add_edge("b", "a", key="4", denied=False, modality="gewenst")
    network.add_edge("a", "a", key="5", denied=False, modality="bestaand")
    for origin in ("inferred", "background", "query"):
        network.add_edge("b", "c", key=origin, denied=False, modality="bestaand", origin=origin)
    both, existing = collapse(network), collapse(network, modalities=["bestaand"])
    assert list(both.edges(data=True)) == [("a", "b", {"weight": 3.0, "claims": 3, "distance": 1 / 3})]
    assert existing.edges["a", "b"]["weight"] == 2


def test_collapse_adds_up_the_weights_of_relations() -> None:
    # one relation that counts for half, one for one and a half: a weight of 2 from two claims
    network = nx.MultiDiGraph()
    for key, weight in (("1", 0.5), ("2", 1.5)):
        network.add_edge("a", "b", key=key, denied=False, modality="bestaand", origin="claim", weight=weight)
    assert collapse(network).edges["a", "b"] == {"weight": 2.0, "claims": 2, "distance": 0.5}


def test_every_edge_of_the_real_network_traces_to_a_claim(store) -> None:  # type: ignore[no-untyped-def]
    network = project(store)
    assert network.number_of_edges() > 500
    for _, _, key, attributes in network.edges(keys=True, data=True):
        assert key.startswith(f"{ID}bewering/")
        assert attributes["evidence"]
        assert attributes["paraphrase"]
        assert attributes["modality"] in network.graph["modalities"]
    assert {a["family"] for _, a in network.nodes(data=True)} <= set(network.graph["families"])
    assert all(a["kind"] for _, a in network.nodes(data=True))


def test_half_of_the_network_never_imports_the_other() -> None:
    source = REPO / "src" / "regiograaf"
    rooms = [source / "views.py", *(source / room for room in ("analysis", "maps", "plots"))]
    for path in sorted(found for room in rooms for found in ([room] if room.is_file() else room.rglob("*.py"))):
        text = path.read_text(encoding="utf-8")
        assert "rdflib" not in text, path
        assert "oxigraph" not in text, path


def test_map_has_inferred_relations_behind_a_switch_or_from_the_start(tmp_path: Path) -> None:
    def draw(*words: str) -> tuple[str, str]:
        target = tmp_path / "map.html"
        result = CliRunner().invoke(main, ["-C", str(TINY), "map", *words, "-o", str(target)])
        assert result.exit_code == 0, result.output
        return result.stderr.partition(": ")[2].strip(), target.read_text(encoding="utf-8")

    said, page = draw()
    assert said == "6 entities, 4 relations, 1 inferred."
    assert '"off":["inferred"]' in page
    said, page = draw("--inferred")
    assert said == "6 entities, 4 relations, 1 inferred."
    assert '"off":[' not in page
    # what only inference links to an entity is drawn around it when asked for
    assert draw("gebied:gewest")[0] == "2 entities, 1 relation."
    assert draw("gebied:gewest", "--inferred")[0] == "3 entities, 2 relations, 1 inferred."
    assert draw("--letter", "een")[0] == "3 entities, 2 relations."
