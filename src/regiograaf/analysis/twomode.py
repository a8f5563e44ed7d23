"""Two kinds of nodes, tied only to each other (actors with programmes, or with themes): centrality with its own maxima.

Nodes say on which side they stand with `bipartite`, as `views.two_mode` has it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regiograaf.analysis.shortest import distances, through
from regiograaf.analysis.ties import Floats, Said, Ties
from regiograaf.errors import AnalysisError

__all__ = ["sides", "two_mode_betweenness", "two_mode_closeness", "two_mode_degree"]


def sides(said: Said) -> Any:
    """The side of each node, 0 or 1.

    Raises AnalysisError for a node without a side, or a tie within one.
    """
    found = [said.attributes[node].get("bipartite") for node in said.nodes]
    if any(side not in (0, 1) for side in found):
        raise AnalysisError("the network has no two sides. Take views.two_mode() of it first.")
    side = np.array(found, np.int64)
    if (side[said.starts] == side[said.ends]).any():
        raise AnalysisError("the network has ties within one of its two sides. Take views.two_mode() of it first.")
    return side


def _sizes(side: Any) -> tuple[Any, Any]:
    """For each node how many stand on its own side, and how many on the other."""
    count = np.bincount(side, minlength=2)
    return count[side], count[1 - side]


def two_mode_degree(ties: Ties, side: Any) -> Floats:
    """The share of the other side that each node is tied to.

    Source: Borgatti and Everett 1997, doi:10.1016/S0378-8733(96)00301-2.
    """
    _, other = _sizes(side)
    return np.asarray(np.divide(ties.degrees, other, out=np.zeros(len(side)), where=other > 0))


def two_mode_closeness(ties: Ties, side: Any) -> Floats:
    """The least number of steps there can be to those a node reaches, divided by the number it takes.

    The least is 1 to each of the other side and 2 to each of its own. Times the share of all others that it reaches,
    as in closeness; 0 for who reaches nobody.

    Source: Borgatti and Everett 1997, doi:10.1016/S0378-8733(96)00301-2.
    """
    size = len(side)
    result = np.zeros(size)
    for sources, found in distances(ties, np.ones(len(ties.ends), np.int64)):
        known = np.isfinite(found)
        steps, reached = np.where(known, found, 0).sum(axis=1), known.sum(axis=1) - 1
        least = np.where(known, 1 + (side == side[sources][:, None]), 0).sum(axis=1) - 2
        close = np.divide(least, steps, out=np.zeros(len(sources)), where=steps > 0)
        result[sources] = close * reached / max(size - 1, 1)
    return result


def two_mode_betweenness(ties: Ties, side: Any) -> Floats:
    """The shortest paths, by steps, between two others that run through each node, of the most there can be.

    The most depends on how many stand on each side. Of several shortest paths each counts for its part.

    Source: Borgatti and Everett 1997, doi:10.1016/S0378-8733(96)00301-2.
    """
    own, other = _sizes(side)
    counted = through(ties, np.ones(len(ties.ends), np.int64)) / 2
    most = _most(own, other)
    return np.asarray(np.divide(counted, most, out=np.zeros(len(side)), where=most > 0))


def _most(own: Any, other: Any) -> Any:
    """The betweenness of the middle of the network of such sizes in which it is greatest."""
    safe = np.maximum(other, 1)
    s, t = np.divmod(own - 1, safe)
    return (safe**2 * (s + 1) ** 2 + safe * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
