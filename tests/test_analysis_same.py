"""The measures beside those of networkx, and compiled beside not compiled: the same results."""

from __future__ import annotations

import math
from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest

from regiograaf.analysis import Said, Ties, brokers, central, cuts, groups, holes, scores, shortest, whole
from regiograaf.analysis.fast import Run, in_parts
from regiograaf.analysis.numbers import lengths
from regiograaf.analysis.numbers import whole as whole_numbers
from tests.analysis_networks import drawn

SEEDS = range(5)


def units(graph: nx.Graph) -> nx.Graph:
    """With whole distances: weights are 1 to 4, so 12 / weight."""
    for *_, data in graph.edges(data=True):
        data["units"] = 12 // data["weight"]
    return graph


def burt(graph: nx.Graph) -> dict[str, float]:
    """networkx gives nan for who has no ties to constraint and effective size; the latter is 0 here."""
    return {node: 0 if math.isnan(size) else size for node, size in nx.effective_size(graph).items()}


def eigenvector(graph: nx.Graph) -> dict[str, float]:
    return dict(nx.eigenvector_centrality(graph, weight="weight", tol=1e-13, max_iter=100_000))


THEIRS: dict[str, Callable[[nx.Graph], dict[str, float]]] = {
    "degree": nx.degree_centrality,
    "strength": lambda graph: dict(graph.degree(weight="weight")),
    "betweenness": lambda graph: nx.betweenness_centrality(units(graph), weight="units"),
    "closeness": lambda graph: nx.closeness_centrality(graph, distance="distance"),
    "eigenvector": eigenvector,
    "pagerank": lambda graph: nx.pagerank(graph, weight="weight", tol=1e-14, max_iter=1000),
    "core": nx.core_number,
    "constraint": lambda graph: nx.constraint(graph, weight="weight"),
    "effective-size": burt,
}


@pytest.mark.parametrize("by", THEIRS)
def test_a_measure_is_that_of_networkx(by: str) -> None:
    for seed in SEEDS:
        graph = drawn(seed)
        theirs = THEIRS[by](graph)
        ours = dict(zip(sorted(graph), scores(Said.of(graph), by).tolist(), strict=True))
        assert ours == pytest.approx(theirs, abs=1e-7, nan_ok=True), seed


def test_cuts_are_those_of_networkx() -> None:
    for seed in SEEDS:
        graph = drawn(seed)
        nodes = sorted(graph)
        parts, ends, sizes = cuts.cuts(Ties.of(graph))
        assert {nodes[n] for n in np.flatnonzero(parts)} == set(nx.articulation_points(graph))
        pieces = nx.number_connected_components(graph)
        for node, loose in zip(nodes, parts.tolist(), strict=True):
            rest = graph.subgraph(set(graph) - {node})
            # an isolate takes its own piece with it
            assert nx.number_connected_components(rest) == pieces + loose - (graph.degree(node) == 0)
        found = {
            frozenset((nodes[u], nodes[v])): size for (u, v), size in zip(ends.tolist(), sizes.tolist(), strict=True)
        }
        assert set(found) == {frozenset(bridge) for bridge in nx.bridges(graph)}
        for bridge, size in found.items():
            rest = nx.Graph(graph)
            rest.remove_edge(*bridge)
            assert size == min(len(nx.node_connected_component(rest, end)) for end in bridge)


def test_figures_are_those_of_networkx() -> None:
    for seed in SEEDS:
        graph = drawn(seed)
        kinds = [graph.nodes[node]["kind"] for node in sorted(graph)]
        assert whole.assortativity(Ties.of(graph), kinds) == pytest.approx(
            nx.attribute_assortativity_coefficient(graph, "kind")
        )
        arcs = nx.DiGraph(graph)
        arcs.remove_edges_from(sorted(arcs.edges)[::3])
        assert whole.reciprocity(Said.of(arcs).arcs()) == pytest.approx(nx.overall_reciprocity(arcs))


def larger() -> tuple[Ties, Ties, list[str]]:
    graph = drawn(9, 300, 700)
    arcs = nx.DiGraph(graph)
    arcs.remove_edges_from(sorted(arcs.edges)[::3])
    return Ties.of(graph), Said.of(arcs).arcs(), [graph.nodes[node]["region"] for node in sorted(graph)]


def everything() -> list[list[float]]:
    """What every kernel is behind."""
    tied, arcs, regions = larger()
    even = Ties(tied.nodes, tied.begin, tied.ends, np.ones(len(tied.ends)))
    odd = Ties(tied.nodes, tied.begin, tied.ends, np.sqrt(tied.weights))
    rows = [measure(of) for measure in (shortest.betweenness, shortest.closeness) for of in (tied, even, odd)]
    rows += [central.core(tied), holes.constraint(tied)]
    rows += [[whole.reciprocity(arcs) or 0]]
    rows += [*brokers.played(arcs, regions), *(part.ravel() for part in cuts.cuts(tied))]
    return [np.asarray(row, float).tolist() for row in [*rows, *groups.divide(tied, 3)]]


def test_compiled_or_not_the_results_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    plain = everything()
    assert np.nansum([value for row in plain for value in row]) > 1000
    for module in (shortest, central, holes, brokers, cuts, groups, whole):
        monkeypatch.setattr(module, "runner", lambda steps, least: Run(fast=True))
    for place, (compiled, row) in enumerate(zip(everything(), plain, strict=True)):
        assert compiled == pytest.approx(row, rel=1e-11, abs=1e-14, nan_ok=True), place


def test_the_loops_give_the_same_as_the_matrices() -> None:
    tied, *_ = larger()
    distances, one = lengths(tied.weights)
    loops = Run(fast=False)
    total = sum(shortest._through(tied, distances, loops, sources) for sources in (range(150), range(150, 300)))
    assert total / (299 * 298) == pytest.approx(shortest.betweenness(tied))
    sources, reached, far = shortest._far(tied, distances, loops, range(300))
    close = np.divide(reached**2, 299 * far / one, out=np.zeros(300), where=far > 0)
    assert close == pytest.approx(shortest.closeness(tied))
    assert list(sources) == list(range(300))


def test_parts_come_back_whole_and_in_order() -> None:
    for count in (0, 1, 7, 100):
        assert [number for part in in_parts(list, count) for number in part] == list(range(count))


def test_distances_are_whole_where_weights_have_a_common_measure() -> None:
    # 1/1, 1/2, 1/3 and 1/0.5 in twelfths... of 6: the least common multiple of 1, 2, 3 and 1
    distances, one = lengths(np.array([1.0, 2, 3, 0.5]))
    assert (distances.tolist(), one) == ([6, 3, 2, 12], 6)
    distances, one = lengths(np.array([math.pi, 1.0]))
    assert (distances.tolist(), one) == ([1 / math.pi, 1], 1)
    # no common measure that floating point could hold
    assert lengths(np.arange(1, 60, dtype=float))[1] == 1


def test_weights_are_whole_in_the_same_proportion() -> None:
    assert whole_numbers(np.array([0.5, 1.0, 3.0])).tolist() == [1, 2, 6]
    assert whole_numbers(np.array([math.pi, 2 * math.pi])).tolist() == [333333333, 666666667]
    assert whole_numbers(np.array([])).tolist() == []
