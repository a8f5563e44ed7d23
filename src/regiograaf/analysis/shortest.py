"""Shortest paths by distance: betweenness, closeness, and the distances themselves.

Two ways with one result: matrices (scipy), and for large networks compiled loops.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from regiograaf.analysis import kernels
from regiograaf.analysis.fast import Run, in_parts, runner
from regiograaf.analysis.numbers import lengths
from regiograaf.analysis.ties import Floats, Ints, Ties

__all__ = ["betweenness", "closeness", "distances", "through"]

_LARGE = 1e7
_BATCH = 300_000


def betweenness(ties: Ties) -> Floats:
    """The share of the shortest paths between two others that each node lies on, by distance 1 / weight.

    Of two others with several shortest paths, each path counts for its part. Nodes that cannot reach each other count
    as a pair without paths. 0 in a network of fewer than three nodes.

    Source: Freeman 1978, doi:10.1016/0378-8733(78)90021-7; Brandes 2001, doi:10.1080/0022250X.2001.9990249.
    """
    size = len(ties.nodes)
    units, _ = lengths(ties.weights)
    pairs = max((size - 1) * (size - 2), 1)
    return through(ties, units) / pairs


def closeness(ties: Ties) -> Floats:
    """How near each node is to those it can reach: (r / (n - 1)) * (r / the sum of their distances).

    r is how many it can reach. The first factor is for networks in several pieces (Wasserman and Faust). Distance is
    1 / weight; a node that reaches nobody has 0.

    Source: Freeman 1978, doi:10.1016/0378-8733(78)90021-7; Wasserman and Faust 1994, doi:10.1017/CBO9780511815478.
    """
    size = len(ties.nodes)
    units, one = lengths(ties.weights)
    reached, far = np.zeros(size), np.zeros(size)
    run = runner(size * len(ties.ends), _LARGE)
    if run.fast:
        for part, counts, sums in in_parts(lambda sources: _far(ties, units, run, sources), size):
            reached[part], far[part] = counts, sums
    else:
        for sources, found in distances(ties, units):
            known = np.isfinite(found)
            reached[sources] = known.sum(axis=1) - 1
            far[sources] = np.where(known, found, 0).sum(axis=1)
    far /= one
    return np.divide(reached**2, far * max(size - 1, 1), out=np.zeros(size), where=far > 0)


def distances(ties: Ties, units: Ints | Floats, sources: Sequence[int] | None = None) -> Iterator[tuple[Any, Any]]:
    """The distances from the sources (default all) to every node, some at a time: (sources, their rows)."""
    from scipy.sparse.csgraph import dijkstra

    size = len(ties.nodes)
    matrix = ties.matrix(units.astype(float))
    batch = max(1, _BATCH // max(len(ties.ends), size, 1))
    wanted = np.arange(size) if sources is None else np.asarray(sources)
    for first in range(0, len(wanted), batch):
        some = wanted[first : first + batch]
        yield some, dijkstra(matrix, indices=some)


def through(ties: Ties, units: Ints | Floats) -> Floats:
    """For each node the paths of all ordered pairs of others that run through it, each pair counting for 1."""
    size = len(ties.nodes)
    run = runner(size * len(ties.ends), _LARGE)
    total = np.zeros(size)
    if run.fast:
        for part in in_parts(lambda sources: _through(ties, units, run, sources), size):
            total += part
    elif len(ties.ends):
        for sources, found in distances(ties, units):
            total += _shares(ties, units, sources, found)
    return total


def _shares(ties: Ties, units: Ints | Floats, sources: Ints, found: Floats) -> Floats:
    """What `through` adds up for some sources, by matrices over all pairs of source and node."""
    from scipy.sparse import csr_array

    size, starts = len(ties.nodes), ties.starts
    near, far = found[:, starts], found[:, ties.ends]
    source, arc = np.nonzero((near + units == far) & np.isfinite(far))
    at, to = source * size + starts[arc], source * size + ties.ends[arc]
    count = len(sources) * size
    begin = np.searchsorted(at, np.arange(count + 1))
    back = csr_array((np.ones(len(at)), to, begin), shape=(count, count))
    onward = back.T
    paths = np.zeros(count)
    own = np.arange(len(sources)) * size + sources
    paths[own] = 1
    front = paths.copy()
    while (front := onward @ front).any():
        paths += front
    # dependency / paths of a node is the sum over its followers of (1 + their dependency) / their paths
    part = np.divide(1.0, paths, out=np.zeros(count), where=paths > 0)
    share = np.zeros(count)
    while (part := back @ part).any():
        share += part
    share *= paths
    share[own] = 0
    return np.asarray(share.reshape(len(sources), size).sum(axis=0))


class _Walk:
    """The rows that the compiled loops need, for one thread."""

    def __init__(self, ties: Ties, units: Ints | Floats, run: Run) -> None:
        size = len(ties.nodes)
        different, classes = np.unique(units, return_inverse=True)
        first = np.concatenate(([0], np.cumsum(np.bincount(classes, minlength=len(different)))))
        zero = units.dtype.type(0)
        self.zero = zero if run.fast else zero.item()
        self.run, self.rows = run, tuple(run.row(row) for row in (ties.begin, ties.ends, units, classes, first))
        self.even = len(different) == 1
        whole = [run.filled(count, 0) for count in (size, len(units), len(different), len(different))]
        order, queue, head, tail = whole
        self.order, self.distance = order, run.filled(size, self.zero)
        paths, settled, keys = run.filled(size, 0.0), run.filled(size, False), run.filled(len(units), self.zero)
        self.room = (order, self.distance, paths, settled, queue, keys, head, tail)
        self.share = run.filled(size, 0.0)

    def settle(self, source: int) -> int:
        count: int
        if self.even:
            begin, ends, lengths_of = self.rows[:3]
            count = self.run(kernels.settle_even, source, begin, ends, lengths_of[0], self.room, self.zero)
        else:
            count = self.run(kernels.settle, source, *self.rows, self.room, self.zero)
        return count

    def add(self, count: int, total: Any) -> None:
        self.run(kernels.dependencies, count, *self.rows[:3], self.room, self.share, total)


def _through(ties: Ties, units: Ints | Floats, run: Run, sources: Sequence[int]) -> Floats:
    walk, total = _Walk(ties, units, run), run.filled(len(ties.nodes), 0.0)
    for source in sources:
        walk.add(walk.settle(source), total)
    return np.asarray(total)


def _far(ties: Ties, units: Ints | Floats, run: Run, sources: Sequence[int]) -> tuple[Sequence[int], Any, Any]:
    walk = _Walk(ties, units, run)
    counts, sums = np.zeros(len(sources)), np.zeros(len(sources))
    for place, source in enumerate(sources):
        count = walk.settle(source)
        counts[place] = count - 1
        sums[place] = np.asarray(walk.distance)[np.asarray(walk.order)[:count]].sum()
    return sources, counts, sums
