"""Who stands between groups: Gould and Fernandez's roles, and their sum without direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from regiograaf.analysis import kernels
from regiograaf.analysis.fast import runner
from regiograaf.analysis.rows import Roles
from regiograaf.analysis.ties import Floats, Ints, Said, Ties

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["brokerage", "brokered", "played", "regions_of", "roles"]


def roles(network: nx.MultiDiGraph, groups: Mapping[str, str]) -> dict[str, Roles]:
    """How often each node is the middle j of i -> j -> k where nothing runs from i to k, by the groups of the three.

    coordinator: all three of one group; consultant: i and k of one group, j not; gatekeeper: j and k of one, i not;
    representative: i and j of one, k not; liaison: three groups. A node without a group is never an end; in the middle
    it is of a group of its own, so only consultant or liaison. What holds both ways runs both ways.

    Source: Gould and Fernandez 1989, doi:10.2307/270949.
    """
    said = Said.of(network)
    counts = played(said.arcs(), [groups.get(node, "") for node in said.nodes])
    return {node: Roles(*row) for node, row in zip(said.nodes, counts.T.tolist(), strict=True)}


def brokerage(network: nx.Graph, groups: Mapping[str, str]) -> dict[str, int]:
    """For each node, the pairs of its neighbours that lie in two different groups and are not linked themselves.

    The roles that cross groups (gatekeeper, representative, liaison), without direction: each pair counts once. Nodes
    without a group can broker but are no ends.

    Source: Gould and Fernandez 1989, doi:10.2307/270949.
    """
    ties = Ties.of(network)
    counts = brokered(ties, [groups.get(node, "") for node in ties.nodes])
    return dict(zip(ties.nodes, counts.astype(int).tolist(), strict=True))


def regions_of(network: nx.Graph) -> dict[str, str]:
    """The region of each node that has one: that only letters about that region speak of."""
    return {node: region for node in sorted(network) if (region := network.nodes[node].get("region", ""))}


def played(arcs: Ties, groups: Sequence[str]) -> Ints:
    """The counts of `roles`: five rows, in the order of the fields of Roles, a column for each node; "" is no group."""
    size = len(arcs.nodes)
    number = {name: place for place, name in enumerate(sorted(set(groups) - {""}))}
    back = arcs.turned()
    run = runner(len(arcs.ends), 2e4)
    rows = [run.row(row) for row in (arcs.begin, arcs.ends, back.begin, back.ends)]
    room = (run.filled(len(number), 0), run.filled(len(number), 0), run.filled(size, -1))
    found = np.zeros((5, size), np.int64) if run.fast else [[0] * size for _ in range(5)]
    run(kernels.triads, *rows, run.row(np.array([number.get(name, -1) for name in groups], np.int64)), room, found)
    return np.asarray(found, np.int64).reshape(5, size)


def brokered(ties: Ties, groups: Sequence[str]) -> Floats:
    """The counts of `brokerage`, for each node."""
    return np.asarray(played(ties, groups)[2:].sum(axis=0) / 2)
