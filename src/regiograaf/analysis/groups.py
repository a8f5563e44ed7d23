"""Communities: groups that are linked more among themselves than chance would have it (Leiden, on modularity).

The method has chance in it, in the order in which nodes are looked at. Here the orders come from fixed seeds and all
comparisons are of whole numbers, so the same network gives the same communities anywhere; how much hangs on those
orders is told by `stability`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from regiograaf.analysis import kernels
from regiograaf.analysis.fast import Run, runner
from regiograaf.analysis.numbers import cleaned, whole
from regiograaf.analysis.rows import Communities, Community
from regiograaf.analysis.taking import take
from regiograaf.analysis.ties import Ints, Said, Ties
from regiograaf.errors import AnalysisError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["RUNS", "agreement", "communities", "divide", "modularity"]

RUNS = 20
NAMES = 3


def communities(
    network: nx.Graph,
    *,
    view: str = "all",
    weighing: str = "claims",
    modalities: Collection[str] | None = None,
    without_senders: bool = False,
    runs: int = RUNS,
    ranges: bool | None = None,
) -> Communities:
    """Divide a network into communities: of several runs, the division of the highest modularity.

    Ties count by weight, without direction. Who has no ties is in no community. The options are those of `rank`; with
    ranges, the division is compared with that of the network without each letter, found by as many runs.

    Raises AnalysisError as `rank`, and for less than one run.

    Source: Traag, Waltman and Van Eck 2019, doi:10.1038/s41598-019-41695-z; modularity: Newman and Girvan 2004,
    doi:10.1103/PhysRevE.69.026113; adjusted Rand index: Hubert and Arabie 1985, doi:10.1007/BF01908075.
    """
    if runs < 1:
        raise AnalysisError(f"communities need at least one run, not {runs}.")
    taken = take(
        network,
        view=view,
        weighing=weighing,
        modalities=modalities,
        without_senders=without_senders,
        ranges=ranges,
    )
    said = taken.said
    ties = said.ties()
    found = divide(ties, runs)
    best = found[0]
    near = [_near(said, best, part, runs) for part in taken.left_out.values()]
    agreed = [agreement(one, other) for place, one in enumerate(found) for other in found[:place]]
    return Communities(
        _rows(said, ties, found),
        cleaned(modularity(ties, best)),
        runs,
        cleaned(float(np.mean(agreed))) if agreed else 1.0,
        min(near, default=None),
        max(near, default=None),
    )


def _near(said: Said, best: Ints, part: Said, runs: int) -> float:
    """How much the division of what is left without a letter is like that of the whole, over what is in both."""
    other = dict(zip(part.nodes, divide(part.ties(), runs)[0].tolist(), strict=True))
    return cleaned(agreement(best, np.array([other.get(node, -1) for node in said.nodes], np.int64)))


def divide(ties: Ties, runs: int = 1) -> list[Ints]:
    """The divisions that so many runs find, the best first: for each node the number of its community.

    The best has the highest modularity, of equals the one that comes first when written out. Communities are numbered
    from 0 by size, then by their first node; -1 for who has no ties.
    """
    graph = _Level.of(ties)
    found = []
    for seed in range(runs):
        labels = _leiden(graph, seed) if len(ties.ends) else np.zeros(len(ties.nodes), np.int64)
        found.append((-graph.quality(labels), _numbered(labels, ties.degrees).tolist()))
    return [np.array(labels, np.int64) for _, labels in sorted(found)]


def modularity(ties: Ties, labels: Ints) -> float:
    """The share of weight inside communities, less what it would be by chance; 0 without ties.

    Source: Newman and Girvan 2004, doi:10.1103/PhysRevE.69.026113.
    """
    graph = _Level.of(ties)
    return graph.quality(labels) / graph.total**2 if graph.total else 0.0


def agreement(one: Ints, other: Ints) -> float:
    """The adjusted Rand index of two divisions, over the nodes that are in a community of both; 1 where there are none.

    1: the same; 0: as much alike as chance makes them.

    Source: Hubert and Arabie 1985, doi:10.1007/BF01908075.
    """
    both = (one >= 0) & (other >= 0)
    one, other = one[both], other[both]
    size = len(one)

    def pairs(labels: Ints) -> int:
        counts = np.unique(labels, return_counts=True)[1]
        return int((counts * (counts - 1) // 2).sum())

    all_pairs = size * (size - 1) // 2
    together = pairs(one * (other.max(initial=0) + 1) + other)
    first, second = pairs(one), pairs(other)
    if not all_pairs or first == second == together:
        return 1.0
    expected = first * second / all_pairs
    return (together - expected) / ((first + second) / 2 - expected)


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """A network of whole weights, whose nodes may be parts of the one below; `strength` counts what is inside them."""

    begin: Ints
    ends: Ints
    weights: Ints
    strength: Ints

    @classmethod
    def of(cls, ties: Ties) -> _Level:
        weights = whole(ties.weights)
        strength = np.zeros(len(ties.nodes), np.int64)
        np.add.at(strength, ties.starts, weights)
        return cls(ties.begin, ties.ends, weights, strength)

    @property
    def starts(self) -> Ints:
        return np.repeat(np.arange(len(self.strength)), np.diff(self.begin))

    @property
    def total(self) -> int:
        return int(self.strength.sum())

    def quality(self, labels: Ints) -> int:
        """Modularity times the square of the total, a whole number."""
        known = np.unique(labels, return_inverse=True)[1]
        strong = np.zeros(known.max(initial=-1) + 1, np.int64)
        np.add.at(strong, known, self.strength)
        inside = int(self.weights[known[self.starts] == known[self.ends]].sum())
        return inside * self.total - int(sum(value * value for value in strong.tolist()))

    def joined(self, part: Ints) -> _Level:
        """The network of parts, numbered from 0."""
        size = int(part.max()) + 1
        keys = part[self.starts] * size + part[self.ends]
        found, which = np.unique(keys, return_inverse=True)
        weights, strength = np.zeros(len(found), np.int64), np.zeros(size, np.int64)
        np.add.at(weights, which, self.weights)
        np.add.at(strength, part, self.strength)
        begin = np.searchsorted(found, np.arange(size + 1) * size)
        return _Level(begin, found % size, weights, strength)


def _leiden(graph: _Level, seed: int) -> Ints:
    """One run, repeated from where it came until nothing changes."""
    chance = np.random.RandomState(seed)  # its stream is the same in every version of numpy
    run = runner(len(graph.ends), 2e4)
    labels = np.arange(len(graph.strength))
    while True:
        level, now, members = graph, labels, np.arange(len(graph.strength))
        while True:
            now, moved = _moved(level, now, chance, run)
            if not moved or now.max() + 1 == len(level.strength):
                break
            part = _refined(level, now, chance, run)
            if part.max() + 1 == len(level.strength):
                break
            above = np.zeros(part.max() + 1, np.int64)
            above[part] = now
            level, now, members = level.joined(part), above, part[members]
        then = np.unique(now[members], return_inverse=True)[1]
        if graph.quality(then) <= graph.quality(labels):
            return labels
        labels = then


def _moved(level: _Level, labels: Ints, chance: Any, run: Run) -> tuple[Ints, bool]:
    size = len(level.strength)
    strong, many = np.zeros(size, np.int64), np.bincount(labels, minlength=size)
    np.add.at(strong, labels, level.strength)
    community = run.row(labels)
    room = (
        run.row(strong),
        run.row(many),
        *(run.filled(size, value) for value in (0, 0, 0, False, 0)),
    )
    moved = run(kernels.move, *_rows_of(level, chance, run), community, room, level.total)
    return np.unique(np.asarray(community, np.int64), return_inverse=True)[1], bool(moved)


def _refined(level: _Level, labels: Ints, chance: Any, run: Run) -> Ints:
    size = len(level.strength)
    part = run.filled(size, 0)
    room = (part, *(run.filled(size, value) for value in (0, 0, 0, False, 0, 0)))
    run(kernels.refine, *_rows_of(level, chance, run), run.row(labels), room, level.total)
    return np.unique(np.asarray(part, np.int64), return_inverse=True)[1]


def _rows_of(level: _Level, chance: Any, run: Run) -> tuple[Any, ...]:
    order = chance.permutation(len(level.strength))
    return tuple(run.row(row) for row in (level.begin, level.ends, level.weights, level.strength, order))


def _numbered(labels: Ints, degrees: Ints) -> Ints:
    tied = degrees > 0
    known, first, count = np.unique(labels[tied], return_index=True, return_counts=True)
    number = np.empty(labels.max(initial=0) + 1, np.int64)
    number[known[np.lexsort((first, -count))]] = np.arange(len(known))
    return np.where(tied, number[labels], -1)


def _rows(said: Said, ties: Ties, found: Sequence[Ints]) -> tuple[Community, ...]:
    best = found[0]
    here, there = best[ties.starts], best[ties.ends]
    within = np.bincount(ties.starts, np.where(here == there, ties.weights, 0), len(best))
    rows = []
    for number in range(best.max(initial=-1) + 1):
        members = np.flatnonzero(best == number)
        members = members[np.lexsort((members, -within[members]))]
        nodes = tuple(said.nodes[member] for member in members)
        labels = tuple(str(said.attributes[node].get("label", node)) for node in nodes)
        weight = float(ties.weights[here == number].sum())
        inside = float(within[members].sum()) / weight
        alike = [_likest(best == number, other) for other in found[1:]]
        claims = said.among(set(nodes))
        rows.append(
            Community(
                number + 1,
                len(nodes),
                labels[:NAMES],
                nodes,
                labels,
                cleaned(inside),
                cleaned(float(np.mean(alike))) if alike else 1.0,
                claims,
            )
        )
    return tuple(rows)


def _likest(members: Any, other: Ints) -> float:
    """The Jaccard index of some members with the community that is most like them."""
    common = np.bincount(other[members & (other >= 0)], minlength=1)
    sizes = np.bincount(other[other >= 0], minlength=len(common))[: len(common)]
    return float((common / (sizes + np.count_nonzero(members) - common)).max())
