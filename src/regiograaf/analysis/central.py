"""Who is at the centre: degree, strength, eigenvector, PageRank, core."""

from __future__ import annotations

from typing import Any

import numpy as np

from regiograaf.analysis import kernels
from regiograaf.analysis.fast import runner
from regiograaf.analysis.ties import Floats, Ties

__all__ = ["core", "degree", "eigenvector", "pagerank", "strength"]

_LIGHT = 2e4


def degree(ties: Ties) -> Floats:
    """How many others each node is tied to, divided by n - 1; 0 in a network of one.

    Source: Freeman 1978, doi:10.1016/0378-8733(78)90021-7.
    """
    return np.asarray(ties.degrees / max(len(ties.nodes) - 1, 1))


def strength(ties: Ties) -> Floats:
    """The sum of the weights of each node's ties.

    Source: Barrat et al. 2004, doi:10.1073/pnas.0400087101.
    """
    return np.bincount(ties.starts, ties.weights, len(ties.nodes)).astype(float)


def eigenvector(ties: Ties) -> Floats:
    """What remains when everyone starts with 1 and again and again adds up what its neighbours have, by weight.

    That is the leading eigenvector of the weights, of length 1. In a network of several pieces only those with the
    greatest eigenvalue keep anything; all others have 0, and so has everyone where there are no ties.

    Source: Bonacich 1987, doi:10.1086/228631.
    """
    from scipy.sparse.csgraph import connected_components

    size = len(ties.nodes)
    if not len(ties.ends):
        return np.zeros(size)
    _, piece = connected_components(ties.matrix(), directed=False)
    found = [_leading(ties, members) for members in _pieces(piece, ties)]
    most = max(value for value, _, _ in found)
    result = np.zeros(size)
    for value, members, vector in found:
        if value >= most * (1 - 1e-9):
            result[members] = vector * vector.sum()
    return np.asarray(result / np.linalg.norm(result))


def _pieces(piece: Any, ties: Ties) -> list[Any]:
    """The pieces that may have the greatest eigenvalue: at least the root mean square strength, at most the top one."""
    total = strength(ties)
    most = np.zeros(piece.max() + 1)
    np.maximum.at(most, piece, total)
    least = np.sqrt(np.bincount(piece, total**2) / np.bincount(piece))
    order = np.argsort(piece, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(piece))[:-1])
    return [group for number, group in enumerate(groups) if most[number] >= least.max() * (1 - 1e-9)]


def _leading(ties: Ties, members: Any) -> tuple[float, Any, Any]:
    """The greatest eigenvalue of a piece, the piece, and its eigenvector of length 1, positive."""
    from scipy.sparse.linalg import eigsh

    matrix = ties.matrix() if len(members) == len(ties.nodes) else ties.matrix()[members][:, members]
    if len(members) < 50:
        values, vectors = np.linalg.eigh(matrix.toarray())
    else:
        values, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(len(members)))
    return float(values[-1]), members, np.abs(vectors[:, -1])


def pagerank(ties: Ties, *, stay: float = 0.85) -> Floats:
    """The share of time that a walker along the ties, by weight, spends at each node.

    With 1 - `stay` the walker starts again at any node, as he does where there are no ties. Adds up to 1. Ties are
    taken without direction: that a letter says A asks B makes neither of them less central.

    Source: Brin and Page 1998, doi:10.1016/S0169-7552(98)00110-X.
    """
    size = len(ties.nodes)
    if not size:
        return np.zeros(0)
    total = strength(ties)
    share = np.divide(stay, total, out=np.zeros(size), where=total > 0)
    matrix, loose = ties.matrix(), total == 0
    now = np.full(size, 1 / size)
    for _ in range(1000):
        then = matrix @ (now * share)
        then += (1 - stay + stay * now[loose].sum()) / size
        if np.abs(then - now).sum() < 1e-14:
            break
        now = then
    return np.asarray(then / then.sum())


def core(ties: Ties) -> Floats:
    """The largest k for which a node belongs to a part where everyone is tied to at least k others of that part.

    Source: Seidman 1983, doi:10.1016/0378-8733(83)90028-X.
    """
    degrees = ties.degrees
    run = runner(len(ties.ends), _LIGHT)
    order = np.argsort(degrees, kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    bins = np.concatenate(([0], np.cumsum(np.bincount(degrees))))
    left = run.row(degrees)
    run(kernels.cores, *(run.row(row) for row in (ties.begin, ties.ends)), left, *map(run.row, (order, place, bins)))
    return np.asarray(left, float)
