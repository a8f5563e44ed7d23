"""Where the network would fall apart: bridges and articulation nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regiograaf.analysis import kernels
from regiograaf.analysis.fast import runner
from regiograaf.analysis.rows import Tie
from regiograaf.analysis.ties import Floats, Ints, Said, Ties

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["articulation", "bridge_count", "bridges", "cuts"]


def bridges(network: nx.Graph) -> list[Tie]:
    """The ties without which two parts of the network lose all contact, those that cut off most first.

    `cut_off` is the size of the smaller of the two parts. A tie of three claims is one tie.

    Source: Tarjan 1974, doi:10.1016/0020-0190(74)90003-9.
    """
    said = Said.of(network)
    _, ends, sizes = cuts(said.ties())
    rows = []
    for (u, v), size in zip(ends.tolist(), sizes.tolist(), strict=True):
        start, end = said.nodes[u], said.nodes[v]
        claims, letters = said.between([(u, v)])
        labels = (said.attributes[start].get("label", start), said.attributes[end].get("label", end))
        rows.append(Tie(start, end, labels, size, len(letters), claims))
    return sorted(rows, key=lambda row: (-row.cut_off, row.start, row.end))


def articulation(ties: Ties) -> Floats:
    """How many parts of the network come loose from the rest without each node; 0 for who can be missed.

    Source: Hopcroft and Tarjan 1973, doi:10.1145/362248.362272.
    """
    return np.asarray(_walked(ties)[0], float)


def bridge_count(ties: Ties) -> Floats:
    """How many bridges end at each node."""
    return np.bincount(cuts(ties)[1].ravel(), minlength=len(ties.nodes)).astype(float)


def cuts(ties: Ties) -> tuple[Ints, Ints, Ints]:
    """How many parts come loose without each node; the two ends of each bridge; the smaller part on its sides."""
    parts, cut, below, top = (np.asarray(row, np.int64) for row in _walked(ties))
    arcs = np.flatnonzero(cut)
    lower = ties.ends[arcs]
    hanging, whole = below[lower], below[top[lower]]
    ends = np.sort(np.stack((ties.starts[arcs], lower), axis=1), axis=1)
    return parts, ends, np.minimum(hanging, whole - hanging)


def _walked(ties: Ties) -> tuple[Any, Any, Any, Any]:
    size = len(ties.nodes)
    run = runner(len(ties.ends), 2e4)
    parts, below, top = (run.filled(size, 0) for _ in range(3))
    cut = run.filled(len(ties.ends), False)
    room = tuple(run.filled(size, 0) for _ in range(6))
    run(kernels.blocks, run.row(ties.begin), run.row(ties.ends), parts, cut, below, top, room)
    return parts, cut, below, top
