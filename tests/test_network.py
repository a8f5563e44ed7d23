"""Projection and measures, on networks whose answer is worked out by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner

from regiograaf.analysis import brokerage, rank, regions_of
from regiograaf.cli import main
from regiograaf.errors import AnalysisError
from regiograaf.namespaces import ID
from regiograaf.projection import collapse, project
from regiograaf.stores import open_store
from tests.conftest import REPO, TINY


def simple(*edges: tuple[str, str]) -> nx.Graph:
    graph = nx.Graph()
    for u, v in edges:
        graph.add_edge(u, v, weight=1, distance=1.0)
    return graph


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
    network = project(open_store(root), letters=letters, inferred=True)
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


def test_inferred_edges_of_the_real_graph_say_something_new() -> None:
    edges = inferred_edges(REPO)
    claims, network = project(open_store(REPO)), project(open_store(REPO), inferred=True)
    assert set(network) == set(claims)
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


def test_what_only_the_alignments_say_is_not_drawn() -> None:
    own = {a["predicate"].partition(":")[0] for *_, a in project(open_store(REPO), inferred=True).edges(data=True)}
    assert own == {"rg"}


def test_two_actors_with_one_label_stay_two() -> None:
    network = nx.MultiDiGraph(project(open_store(TINY)))
    for node in network:
        network.nodes[node]["label"] = "dezelfde naam"
    assert len(collapse(network)) == 6


def test_collapse_weighs_pairs_by_claims_and_leaves_denied_and_inferred_ones_out() -> None:
    network = nx.MultiDiGraph()
    for key, denied in (("1", False), ("2", False), ("3", True)):
        network.add_edge("a", "b", key=key, denied=denied, modality="bestaand")
    network.add_edge("b", "a", key="4", denied=False, modality="gewenst")
    network.add_edge("a", "a", key="5", denied=False, modality="bestaand")
    network.add_edge("b", "c", key="6", denied=False, modality="bestaand", origin="inferred")
    both, existing = collapse(network), collapse(network, modalities=["bestaand"])
    assert list(both.edges(data=True)) == [("a", "b", {"weight": 3, "distance": 1 / 3})]
    assert existing.edges["a", "b"]["weight"] == 2


def test_degree_of_a_star() -> None:
    # the middle of a star of four is linked to 3 of 3 others, each leaf to 1 of 3
    rows = rank(simple(("m", "a"), ("m", "b"), ("m", "c")), by="degree")
    assert [(r.place, r.entity, r.score) for r in rows] == [
        (1, "m", 1.0),
        (2, "a", 0.333333),
        (2, "b", 0.333333),
        (2, "c", 0.333333),
    ]


def test_betweenness_of_a_path_and_of_two_triangles() -> None:
    # on a path of three all of the one pair's shortest paths go through the middle
    assert {r.entity: r.score for r in rank(simple(("a", "b"), ("b", "c")))} == {"a": 0.0, "b": 1.0, "c": 0.0}
    # two triangles joined by c-d: c lies on the paths of a, b to d, e, f: 6 of the 10 pairs of others
    triangles = simple(("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f"), ("c", "d"))
    assert {r.entity: r.score for r in rank(triangles)}["c"] == 0.6


def test_more_claims_are_closer_together() -> None:
    graph = simple(("a", "b"), ("b", "c"), ("a", "c"))
    for u, v in (("a", "b"), ("b", "c")):
        graph.edges[u, v]["distance"] = 0.25
    assert {r.entity: r.score for r in rank(graph)}["b"] == 1.0


def test_brokerage_counts_unlinked_pairs_from_two_regions() -> None:
    graph = simple(("m", "a1"), ("m", "a2"), ("m", "b1"), ("m", "b2"), ("a1", "b1"), ("m", "x"))
    regions = {"a1": "A", "a2": "A", "b1": "B", "b2": "B"}
    # pairs across: a1b1 (linked), a1b2, a2b1, a2b2 -> 3; x has no region
    assert brokerage(graph, regions) == {"a1": 0, "a2": 0, "b1": 0, "b2": 0, "m": 3, "x": 0}


def test_region_is_that_of_the_only_letters_that_speak_of_a_node() -> None:
    network = nx.MultiDiGraph(letters={"x": {"region": "X"}, "y": {"region": "Y"}})
    network.add_edge("a", "b", evidence=({"letter": "x"},))
    network.add_edge("b", "c", evidence=({"letter": "y"},))
    assert regions_of(network) == {"a": "X", "c": "Y"}


def test_errors_are_named() -> None:
    with pytest.raises(AnalysisError, match="Use one of: degree"):
        rank(nx.Graph(), by="beroemdheid")
    with pytest.raises(AnalysisError, match="collapse"):
        rank(nx.path_graph(3))
    with pytest.raises(AnalysisError, match="regions"):
        rank(nx.Graph(), by="brokerage")
    assert rank(nx.Graph(), by="degree") == []


def test_ranking_is_the_same_under_every_hash_seed() -> None:
    code = (
        "from pathlib import Path; from regiograaf.stores import open_store; from regiograaf.projection import *; "
        "from regiograaf.projection import to_json; from regiograaf.analysis import rank; "
        f"n = project(open_store(Path({str(TINY)!r}))); print(to_json(n), rank(collapse(n)))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in "0123"
    ]
    assert len({run.stdout for run in runs}) == 1


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
    for path in (source / "analysis.py", *sorted((source / "maps").glob("*.py"))):
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
