"""How one entity is linked to another: shortest paths by distance, with the claims of each step."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from regiograaf.analysis.numbers import cleaned, lengths
from regiograaf.analysis.rows import Path, Step
from regiograaf.analysis.shortest import distances
from regiograaf.analysis.taking import take
from regiograaf.analysis.ties import Said
from regiograaf.errors import AnalysisError
from regiograaf.prefixes import shrink

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["paths"]


def paths(
    network: nx.Graph,
    start: str,
    end: str,
    *,
    view: str = "all",
    weighing: str = "claims",
    modalities: Collection[str] | None = None,
    without_senders: bool = False,
    most: int = 10,
    ranges: bool | None = None,
) -> list[Path]:
    """All shortest paths from one entity to another, in order of their IRIs, but no more than `most`.

    A step is as long as 1 / the number of claims that join its ends, in whichever direction. With ranges, `rests_on`
    has the letters without which this path is longer or gone. No path gives []; from an entity to itself there is one,
    of no steps. The options are those of `rank`.

    Raises AnalysisError for an entity that is not in the network.

    Source: Dijkstra 1959, doi:10.1007/BF01386390.
    """
    taken = take(
        network,
        view=view,
        weighing=weighing,
        modalities=modalities,
        without_senders=without_senders,
        ranges=ranges,
    )
    said = taken.said
    for node in (start, end):
        if node not in said.attributes:
            raise AnalysisError(
                f"{shrink(node)} has no tie in this part of the network. Take a larger part, or another."
            )
    found = []
    for places, distance, steps in _shortest(said, said.nodes.index(start), said.nodes.index(end), most):
        nodes = tuple(said.nodes[place] for place in places)
        labels = tuple(str(said.attributes[node].get("label", node)) for node in nodes)
        rests = tuple(letter for letter, part in taken.left_out.items() if _longer(part, nodes, distance))
        made = tuple(
            Step(said.nodes[u], said.nodes[v], cleaned(step), said.between([(u, v)])[0])
            for u, v, step in zip(places, places[1:], steps, strict=False)
        )
        found.append(Path(cleaned(distance), nodes, labels, made, rests))
    return found


def _shortest(said: Said, start: int, end: int, most: int) -> Iterator[tuple[list[int], float, list[float]]]:
    """The places on each shortest path, its distance, and that of its steps."""
    ties = said.ties()
    units, one = lengths(ties.weights)
    ((_, rows),) = distances(ties, units, [end])
    left: Any = rows[0]
    if not np.isfinite(left[start]):
        return
    stack = [[start]]
    given = 0
    while stack and given < most:
        path = stack.pop()
        here = path[-1]
        if here == end:
            steps = [(left[u] - left[v]) / one for u, v in pairwise(path)]
            yield path, float(left[start]) / one, [float(step) for step in steps]
            given += 1
            continue
        arcs = range(ties.begin[here], ties.begin[here + 1])
        # last in first out, so the first in order of IRIs comes off first
        stack += [[*path, int(ties.ends[a])] for a in reversed(arcs) if left[ties.ends[a]] + units[a] == left[here]]


def _longer(part: Said, nodes: Sequence[str], distance: float) -> bool:
    """Whether a path is longer, or gone, in what is left of a network."""
    ties = part.ties()
    if not set(nodes) <= set(part.attributes):
        return True
    places = [part.nodes.index(node) for node in nodes]
    total = 0.0
    for u, v in pairwise(places):
        arcs = np.arange(ties.begin[u], ties.begin[u + 1])
        step = arcs[ties.ends[arcs] == v]
        if not len(step):
            return True
        total += 1 / float(ties.weights[step[0]])
    return total > distance * (1 + 1e-9)
