"""What the measures cost beside networkx, python-igraph and rustworkx; run with `python benchmarks/measures.py`.

A network of 10,000 nodes and 40,000 ties, whose weights are spread as numbers of claims are: most 1, few many. Seconds
by the clock, the median of `RUNS` where a run is short; each library on its own graph, made beforehand, and its
compiled code loaded. What takes networkx minutes is run with `--slow` only. The ratio is that to the fastest other.
"""

from __future__ import annotations

import argparse
import importlib
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np

from regiograaf.analysis import brokers, central, cuts, groups, holes, shortest, whole
from regiograaf.analysis.numbers import lengths
from regiograaf.analysis.ties import Said, Ties

NODES, TIES_PER_NODE, RUNS = 10_000, 4, 5
KINDS = "abcdef"
RIVALS = ("networkx", "igraph", "rustworkx")

Work = Callable[[], Any]
Scaled = Callable[[Any], Any]


def network(nodes: int, seed: int = 1) -> nx.Graph:
    """A network in which ties go to those with many ties."""
    draw = random.Random(seed)
    ends = list(range(nodes))
    found: set[tuple[int, int]] = set()
    while len(found) < nodes * TIES_PER_NODE:
        u, v = draw.choice(ends), draw.randrange(nodes)
        if u != v and (min(u, v), max(u, v)) not in found:
            found.add((min(u, v), max(u, v)))
            ends += [u, v]
    graph = nx.Graph()
    for number in range(nodes):
        graph.add_node(f"n{number:05}", kind=draw.choice(KINDS), region=draw.choice("xyz"))
    for u, v in sorted(found):
        weight = min(12, int(draw.paretovariate(1.5)))
        graph.add_edge(f"n{u:05}", f"n{v:05}", weight=weight, distance=1 / weight)
    # whole distances, so that all agree on which paths are equally short
    units, one = lengths(np.array([weight for *_, weight in graph.edges(data="weight")], float))
    for (u, v), unit in zip(graph.edges, units.tolist(), strict=True):
        graph.edges[u, v]["units"] = unit
    graph.graph["one"] = one
    return graph


def half(graph: nx.Graph) -> nx.DiGraph:
    """The ties with a direction, every fifth both ways."""
    made = nx.DiGraph()
    made.add_nodes_from(graph.nodes(data=True))
    for number, (u, v, data) in enumerate(graph.edges(data=True)):
        made.add_edge(u, v, **data)
        if number % 5 == 0:
            made.add_edge(v, u, **data)
    return made


def seconds(work: Work) -> tuple[float, Any]:
    """The median time of some runs, or the time of one that takes over a second; and the result."""
    spent: list[float] = []
    result = None
    while len(spent) < RUNS and (not spent or spent[0] < 1):
        begin = time.perf_counter()
        result = work()
        spent.append(time.perf_counter() - begin)
    return statistics.median(spent), result


class Bench:
    """The graph in each form, and the rows of the table."""

    def __init__(self, graph: nx.Graph, slow: bool) -> None:
        self.slow = slow
        self.graph, self.directed = graph, half(graph)
        self.nodes = sorted(graph)
        self.ties = Ties.of(graph)
        self.arcs = Said.of(self.directed).arcs()
        self.rows: list[tuple[str, Work, dict[str, tuple[Work, Scaled]]]] = []
        self.number = {node: place for place, node in enumerate(self.nodes)}
        self.edges = [(self.number[u], self.number[v]) for u, v in graph.edges]
        self.weights = [float(weight) for *_, weight in graph.edges(data="weight")]

    def add(self, name: str, ours: Work, **theirs: Work | tuple[Work, Scaled] | None) -> None:
        pairs = {rival: work if isinstance(work, tuple) else (work, self.row) for rival, work in theirs.items() if work}
        self.rows.append((name, ours, pairs))

    def row(self, found: Any) -> Any:
        """Scores by name or by number, in the order of the nodes."""
        if isinstance(found, dict):
            return [found[node if node in found else number] for number, node in enumerate(self.nodes)]
        return [found[number] for number in found] if hasattr(found, "keys") else found

    def igraph(self) -> tuple[Any, Any]:
        """The graph and the directed graph of python-igraph."""
        igraph = importlib.import_module("igraph")
        graph = igraph.Graph(len(self.nodes), self.edges)
        graph.es["weight"] = self.weights
        graph.es["units"] = [unit for *_, unit in self.graph.edges(data="units")]
        arcs = [(self.number[u], self.number[v]) for u, v in self.directed.edges]
        return graph, igraph.Graph(len(self.nodes), arcs, directed=True)

    def rustworkx(self) -> Any:
        graph = importlib.import_module("rustworkx").PyGraph(multigraph=False)
        graph.add_nodes_from(self.nodes)
        graph.add_edges_from([(*ends, weight) for ends, weight in zip(self.edges, self.weights, strict=True)])
        return graph


def measures(b: Bench) -> None:
    """Per measure: ours, and that of each rival with what brings it to the same scale."""
    g, ties, arcs = b.graph, b.ties, b.arcs
    (ig, directed), rx, rxg = b.igraph(), importlib.import_module("rustworkx"), b.rustworkx()
    both_ways = rxg.to_directed()
    size = len(b.nodes)
    pairs, one = (size - 1) * (size - 2) / 2, g.graph["one"]
    even = Ties(ties.nodes, ties.begin, ties.ends, np.ones(len(ties.ends)))
    kinds = [g.nodes[node]["kind"] for node in b.nodes]
    regions = [g.nodes[node]["region"] for node in b.nodes]

    def of_pairs(found: Any) -> Any:
        return np.array(found) / pairs

    def reached(found: Any) -> Any:
        """igraph gives r / sum of distances; ours weighs that by the share that is reached."""
        parts = ig.components()
        sizes = np.array(parts.sizes())[parts.membership]
        return np.nan_to_num(found) * one * (sizes - 1) / (size - 1)

    def unit(found: Any) -> Any:
        return np.array(b.row(found)) / np.linalg.norm(b.row(found))

    def numbers(found: Any) -> Any:
        return sorted({b.number.get(node, node) for node in found})

    b.add(
        "degree",
        lambda: central.degree(ties),
        networkx=lambda: nx.degree_centrality(g),
        igraph=(ig.degree, lambda found: np.array(found) / (size - 1)),
        rustworkx=lambda: rx.degree_centrality(rxg),
    )
    b.add(
        "strength",
        lambda: central.strength(ties),
        networkx=lambda: dict(g.degree(weight="weight")),
        igraph=lambda: ig.strength(weights="weight"),
    )
    b.add(
        "betweenness",
        lambda: shortest.betweenness(ties),
        networkx=(lambda: nx.betweenness_centrality(g, weight="units")) if b.slow else None,
        igraph=(lambda: ig.betweenness(weights="units"), of_pairs),
    )
    b.add(
        "betweenness, all weights 1",
        lambda: shortest.betweenness(even),
        networkx=(lambda: nx.betweenness_centrality(g)) if b.slow else None,
        igraph=(ig.betweenness, of_pairs),
        rustworkx=lambda: rx.betweenness_centrality(rxg),
    )
    b.add(
        "closeness",
        lambda: shortest.closeness(ties),
        networkx=(lambda: nx.closeness_centrality(g, distance="distance")) if b.slow else None,
        igraph=(lambda: ig.closeness(weights="units"), reached),
        rustworkx=lambda: rx.newman_weighted_closeness_centrality(rxg, weight_fn=float),
    )
    b.add(
        "eigenvector",
        lambda: central.eigenvector(ties),
        networkx=(lambda: nx.eigenvector_centrality(g, weight="weight", tol=1e-11, max_iter=10_000))
        if b.slow
        else None,
        igraph=(lambda: ig.eigenvector_centrality(weights="weight"), unit),
        rustworkx=(lambda: rx.eigenvector_centrality(rxg, weight_fn=float, tol=1e-11, max_iter=10_000), unit),
    )
    b.add(
        "pagerank",
        lambda: central.pagerank(ties),
        networkx=lambda: nx.pagerank(g, weight="weight", tol=1e-13, max_iter=1000),
        igraph=lambda: ig.pagerank(weights="weight"),
        rustworkx=lambda: rx.pagerank(both_ways, weight_fn=float, tol=1e-12, max_iter=1000),
    )
    b.add(
        "core",
        lambda: central.core(ties),
        networkx=lambda: nx.core_number(g),
        igraph=ig.coreness,
        rustworkx=lambda: rx.core_number(rxg),
    )
    b.add(
        "constraint",
        lambda: holes.constraint(ties),
        networkx=(lambda: nx.constraint(g, weight="weight")) if b.slow else None,
        igraph=lambda: ig.constraint(weights="weight"),
    )
    b.add("effective-size", lambda: holes.effective_size(ties), networkx=lambda: nx.effective_size(g))
    b.add("brokerage", lambda: brokers.brokered(ties, regions))
    b.add("roles of brokerage, all five", lambda: brokers.played(arcs, regions))
    b.add(
        "articulation",
        lambda: np.flatnonzero(cuts.articulation(ties)),
        networkx=(lambda: list(nx.articulation_points(g)), numbers),
        igraph=(ig.articulation_points, numbers),
        rustworkx=(lambda: rx.articulation_points(rxg), numbers),
    )
    b.add(
        "bridges",
        lambda: cuts.cuts(ties)[1],
        networkx=(lambda: list(nx.bridges(g)), lambda found: sorted(sorted(map(b.number.get, e)) for e in found)),
        igraph=(ig.bridges, lambda found: sorted(sorted(ig.es[edge].tuple) for edge in found)),
        rustworkx=(lambda: rx.bridges(rxg), lambda found: sorted(map(sorted, found))),
    )
    b.add(
        "communities, one run",
        lambda: groups.divide(ties)[0],
        networkx=lambda: nx.community.louvain_communities(g, seed=1),
        igraph=lambda: ig.community_leiden(objective_function="modularity", weights="weight", n_iterations=-1),
    )
    b.add(
        "assortativity",
        lambda: whole.assortativity(ties, kinds),
        networkx=lambda: nx.attribute_assortativity_coefficient(g, "kind"),
        igraph=lambda: ig.assortativity_nominal([KINDS.index(kind) for kind in kinds], directed=False),
    )
    b.add(
        "reciprocity",
        lambda: whole.reciprocity(arcs),
        networkx=lambda: nx.overall_reciprocity(b.directed),
        igraph=directed.reciprocity,
    )


def modularity(b: Bench, found: Any) -> float:
    """Of a division as numbers for the nodes, as sets, or as igraph has it."""
    if isinstance(found, list):
        of = {node: number for number, members in enumerate(found) for node in members}
        found = [of[node] for node in b.nodes]
    labels = np.array(getattr(found, "membership", found))
    # who has no ties adds nothing
    return groups.modularity(b.ties, np.where(labels < 0, labels.max() + 1, labels))


def agreement(ours: Any, theirs: Any) -> str:
    """Equal, or the greatest difference beside the greatest value."""
    a, b = (np.nan_to_num(np.array(values, float)) for values in (ours, theirs))
    if a.shape != b.shape:
        return "NOT EQUAL"
    gap = float(np.abs(a - b).max(initial=0) / max(np.abs(b).max(initial=0), 1e-300))
    return "equal" if gap < 1e-6 else f"off by {gap:.0e}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=NODES)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--slow", action="store_true", help="run networkx where it takes minutes, too")
    chosen = parser.parse_args()
    graph = network(chosen.nodes)
    begin = time.perf_counter()
    Ties.of(graph)
    spent = time.perf_counter() - begin
    b = Bench(graph, chosen.slow)
    measures(b)
    print(f"{len(b.nodes)} nodes, {len(b.edges)} ties; from networkx to arrays {spent:.3f} s")
    print("measure".ljust(28), *(name.rjust(9) for name in ("ours", *RIVALS, "ratio")), " result")
    for name, ours, theirs in b.rows:
        if chosen.only and name not in chosen.only:
            continue
        if len(b.ties.ends) > 20_000 and not name.startswith(("betweenness", "closeness")):
            ours()  # compiles, or loads what was compiled
        spent, result = seconds(ours)
        cells, times, remarks = [], [], []
        for rival in RIVALS:
            if rival not in theirs:
                cells.append("-".rjust(9))
                continue
            work, scaled = theirs[rival]
            took, found = seconds(work)
            times.append(took)
            cells.append(f"{took:9.4f}")
            if name.startswith("communities"):
                remarks.append(f"{rival} {modularity(b, found):.4f}")
            else:
                ours_now = sorted(result.tolist()) if name == "bridges" else result
                remarks.append(f"{rival} {agreement(ours_now, scaled(found))}")
        if name.startswith("communities"):
            remarks.insert(0, f"modularity {modularity(b, result):.4f}")
        ratio = f"{spent / min(times):9.2f}" if times else "-".rjust(9)
        print(name.ljust(28), f"{spent:9.4f}", *cells, ratio, "", ", ".join(remarks), flush=True)


if __name__ == "__main__":
    main()
