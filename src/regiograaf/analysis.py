"""What the network says: who is linked to many, who stands between, who joins regions.

Network in, rows out; networks are not changed. Every measure is taken on the simple network of `projection.collapse`,
where more claims between two mean closer together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from regiograaf.errors import AnalysisError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["MEASURES", "Rank", "brokerage", "rank", "regions_of"]

VERSION = 1
"""Raised with any change that alters a score: kept rankings of an older version are not used."""

MEASURES: Mapping[str, str] = {
    "degree": "how many others it is directly linked to, as a share of all others",
    "betweenness": "how often it lies on the shortest path between two others",
    "brokerage": "how many pairs from two different regions it joins that are not linked themselves",
}


@dataclass(frozen=True, slots=True)
class Rank:
    """One row of a ranking."""

    place: int
    entity: str
    label: str
    kind: str
    score: float


def rank(network: nx.Graph, *, by: str = "betweenness", regions: Mapping[str, str] | None = None) -> list[Rank]:
    """Order entities by a measure, highest first.

    `degree` is neighbours / (n - 1). `betweenness` is the share of shortest paths, by `distance` (1 / number of
    claims), normalised as in networkx. `brokerage` counts pairs, see there, and needs `regions`.

    Returns one Rank for every node; equal scores share a place and come in the order of their IRIs, so two runs give
    the same list. An empty network gives [].

    Raises AnalysisError for a measure that does not exist, a network without `distance`, or brokerage without regions.

    Source: Freeman 1978, doi:10.1016/0378-8733(78)90021-7; Brandes 2001, doi:10.1080/0022250X.2001.9990249.
    """
    import networkx as nx

    if by not in MEASURES:
        raise AnalysisError(f'no measure "{by}". Use one of: {", ".join(MEASURES)}.')
    if any("distance" not in attributes for _, _, attributes in network.edges(data=True)):
        raise AnalysisError("the network has edges without distance. Take projection.collapse() of it first.")
    scores: Mapping[str, float]
    if by == "degree":
        scores = nx.degree_centrality(network) if len(network) > 1 else dict.fromkeys(network, 0.0)
    elif by == "betweenness":
        scores = nx.betweenness_centrality(network, weight="distance")
    else:
        if regions is None:
            raise AnalysisError(
                "brokerage is defined between regions. Give the region of each node (analysis.regions_of)."
            )
        scores = {node: float(value) for node, value in brokerage(network, regions).items()}
    rounded = {node: round(score, 6) for node, score in scores.items()}
    rows, place = [], 0
    ordered = sorted(rounded, key=lambda node: (-rounded[node], node))
    for index, node in enumerate(ordered):
        if not index or rounded[node] != rounded[ordered[index - 1]]:
            place = index + 1
        attributes = network.nodes[node]
        rows.append(Rank(place, node, attributes.get("label", node), attributes.get("kind_label", ""), rounded[node]))
    return rows


def regions_of(network: nx.MultiDiGraph) -> dict[str, str]:
    """The region of each node that only letters about one region speak of; nodes of several regions have none."""
    letters = network.graph["letters"]
    found: dict[str, set[str]] = {}
    for u, v, attributes in network.edges(data=True):
        regions = {letters[piece["letter"]]["region"] for piece in attributes["evidence"]}
        for node in (u, v):
            found.setdefault(node, set()).update(regions)
    return {
        node: next(iter(regions)) for node, regions in sorted(found.items()) if len(regions) == 1 and "" not in regions
    }


def brokerage(network: nx.Graph, regions: Mapping[str, str]) -> dict[str, int]:
    """For each node, the pairs of its neighbours that lie in two different regions and are not linked themselves.

    The undirected sum of Gould and Fernandez's roles that cross groups (gatekeeper, representative, liaison, where
    the ends differ). Nodes without a region can broker but are no ends.

    Source: Gould and Fernandez 1989, doi:10.2307/270949.
    """
    found = {}
    for node in sorted(network.nodes):
        ends = sorted(neighbour for neighbour in network.neighbors(node) if neighbour in regions)
        found[node] = sum(
            1 for a, b in combinations(ends, 2) if regions[a] != regions[b] and not network.has_edge(a, b)
        )
    return found
