"""What a map of thousands of nodes is opened by: groups of nodes that belong together, none too large to look at.

In "samenhang" a group is a community, in "lagen" what some communities have of one layer of government.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from regiograaf.analysis.ties import Ties

__all__ = ["FLAT", "LARGEST", "MOST", "Groups", "by_community", "by_layer", "ties_among"]

Groups: TypeAlias = list[list[str]]

FLAT = 1500
"""The largest number of nodes that a page shows without groups."""
MOST, SMALLEST, LARGEST = 120, 12, 250
"""Groups of a map; nodes of a group (a network of more than MOST * LARGEST / 2 nodes needs larger ones)."""


def by_community(nodes: Sequence[str], neighbours: Mapping[str, set[str]]) -> Groups:
    """Communities, split where they are too large and put together where they are too small; largest first.

    `nodes` are sorted, and so are the members of each group; what is in no group of several stands with others of its
    kind.
    """
    largest = max(LARGEST, 2 * len(nodes) // MOST)
    parts = [part for found in _communities(nodes, neighbours) for part in _split(found, neighbours, largest)]
    return sorted(_joined(parts, neighbours, largest), key=lambda group: (-len(group), group[0]))


def by_layer(communities: Groups, layers: Mapping[str, Sequence[str]]) -> dict[str, Groups]:
    """Per layer its nodes in groups of about one size, neighbours of one community together."""
    community = {node: i for i, group in enumerate(communities) for node in group}
    size = max(len(community) / (MOST - len(layers)), LARGEST / 4)
    found: dict[str, Groups] = {}
    for key, nodes in layers.items():
        ordered = sorted(nodes, key=lambda node: (community[node], node))
        found[key] = _evenly(ordered, math.ceil(len(nodes) / size))
    return found


def _evenly(nodes: Sequence[str], count: int) -> Groups:
    return [sorted(nodes[len(nodes) * i // count : len(nodes) * (i + 1) // count]) for i in range(count)]


def ties_among(nodes: Iterable[str], neighbours: Mapping[str, set[str]]) -> Ties:
    """The ties among these nodes, each of the same weight."""
    import numpy as np

    from regiograaf.analysis.ties import Ties

    known = sorted(nodes)
    at = {node: i for i, node in enumerate(known)}
    pairs = [(i, at[other]) for node, i in at.items() for other in sorted(neighbours[node] & at.keys())]
    starts, ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Ties.between(tuple(known), starts, ends, np.ones(len(pairs)))


def _communities(nodes: Iterable[str], neighbours: Mapping[str, set[str]]) -> Groups:
    """The communities of `analysis`; who has no ties is one by itself."""
    from regiograaf.analysis.groups import divide

    tied = ties_among(nodes, neighbours)
    found: dict[int, list[str]] = defaultdict(list)
    for i, (node, community) in enumerate(zip(tied.nodes, divide(tied)[0].tolist(), strict=True)):
        found[community if community >= 0 else -1 - i].append(node)
    return sorted(found.values())


def _split(group: list[str], neighbours: Mapping[str, set[str]], largest: int) -> Groups:
    if len(group) <= largest:
        return [group]
    parts = _communities(group, neighbours)
    if len(parts) > 1:
        return [smaller for part in parts for smaller in _split(part, neighbours, largest)]
    # Many leaves of one hub: nothing tells them apart.
    return _evenly(group, math.ceil(len(group) / largest))


def _joined(parts: Groups, neighbours: Mapping[str, set[str]], largest: int) -> Groups:
    """The smallest part joins what it has most ties with for its size, while parts are too many or too small."""
    of = {node: i for i, part in enumerate(parts) for node in part}
    ties: dict[int, Counter[int]] = defaultdict(Counter)
    for node in of:
        for other in neighbours[node]:
            if of[other] != of[node]:
                ties[of[node]][of[other]] += 1
    groups = {i: part for i, part in enumerate(parts) if ties[i] or len(part) >= SMALLEST}
    apart, loose = [part for i, part in enumerate(parts) if i not in groups], Groups()
    waiting = [(len(part), i) for i, part in groups.items()]
    heapq.heapify(waiting)
    while waiting and (waiting[0][0] < SMALLEST or len(groups) > MOST):
        size, i = heapq.heappop(waiting)
        if i not in groups or len(groups[i]) != size:
            continue
        fitting = [j for j in ties[i] if len(groups[j]) + size <= largest]
        if not fitting:
            continue
        best = min(fitting, key=lambda j: (-ties[i][j] / len(groups[j]), j))
        groups[best] = groups[best] + groups.pop(i)
        heapq.heappush(waiting, (len(groups[best]), best))
        for j, number in ties.pop(i).items():
            del ties[j][i]
            if j != best:
                ties[j][best] += number
                ties[best][j] += number
    for part in apart:
        if not loose or len(loose[-1]) + len(part) > largest:
            loose.append([])
        loose[-1] += part
    return [sorted(group) for group in (*groups.values(), *loose)]
