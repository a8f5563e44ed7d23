"""Where connected nodes lie when every pair is as far apart as its path is long: least stress, in plain arithmetic.

Only sums, products, quotients and square roots of single numbers, which IEEE 754 rounds alike everywhere: no linear
algebra, whose last digits differ between machines and would move nodes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Matrix", "beginnings", "distances", "path_lengths", "settled"]

Matrix: TypeAlias = "NDArray[np.float64]"
ROUNDS = 30
"""Of all pairs; the source needs 15 for a picture that no longer changes to the eye."""


def distances(group: Sequence[str], neighbours: Mapping[str, set[str]]) -> Matrix:
    """Lengths of the shortest paths in a connected group; an edge is longer as its ends share fewer neighbours.

    The subset model of neato: the square root of the number of neighbours that only one of the two has.
    """
    at = {node: i for i, node in enumerate(group)}
    length = np.full((len(group), len(group)), np.inf)
    for node in group:
        for other in neighbours[node] & at.keys():
            length[at[node], at[other]] = math.sqrt(max(len(neighbours[node] ^ neighbours[other]), 1))
    return path_lengths(length)


def path_lengths(length: Matrix) -> Matrix:
    """All shortest paths over edges of these lengths (infinite: no edge)."""
    distance = length.copy()
    np.fill_diagonal(distance, 0.0)
    for via in range(len(distance)):
        np.minimum(distance, distance[:, via, None] + distance[None, via, :], out=distance)
    return distance


def beginnings(names: Sequence[str]) -> Matrix:
    """A point of the unit square for each name that depends on that name only: others may come and go."""
    digests = [hashlib.sha256(name.encode("utf-8")).digest() for name in names]
    scale = 2.0**-32
    return np.array([[int.from_bytes(d[:4], "big") * scale, int.from_bytes(d[4:8], "big") * scale] for d in digests])


def settled(distance: Matrix, begin: Matrix, rounds: int = ROUNDS) -> Matrix:
    """Points whose distances come as near to `distance` as they can, nearby pairs counting most.

    `distance` is square and finite, with zeros on its diagonal only; `begin` are points of the unit square.

    Source: stochastic gradient descent, Zheng, Pawar and Goodman 2018, doi:10.1109/TVCG.2018.2859997. Pairs come as in
    a tournament: each point meets one other at a time, so that a turn of half as many pairs as points is one step.
    """
    count = len(distance)
    if count < 2:
        return np.zeros((count, 2))
    firsts, seconds = _tournament(count)
    wanted = distance[firsts, seconds]
    weight = 1.0 / (wanted * wanted)
    longest, shortest = float(wanted.max()), float(wanted.min())
    step, least = longest * longest, 0.1 * shortest * shortest
    # Powers are not rounded alike everywhere; nine digits of this one are.
    slower = round((least / step) ** (1.0 / max(rounds - 1, 1)), 9)
    x, y = (begin[:, axis] * longest for axis in (0, 1))
    turns = len(firsts)
    stride = next(s for s in range(max(int(turns * 0.618), 1), turns + 1) if math.gcd(s, turns) == 1)
    for nth in range(rounds):
        for turn in range(turns):
            at = (turn * stride + nth) % turns
            a, b, length = firsts[at], seconds[at], wanted[at]
            ax, ay, bx, by = x[a], y[a], x[b], y[b]
            dx, dy = ax - bx, ay - by
            actual = np.maximum(np.sqrt(dx * dx + dy * dy), 1e-9)
            part = np.minimum(weight[at] * step, 1.0) * (actual - length) / (actual + actual)
            dx *= part
            dy *= part
            x[a], y[a], x[b], y[b] = ax - dx, ay - dy, bx + dx, by + dy
        step *= slower
    return np.column_stack([x, y])


def _tournament(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Turns in which everyone meets one other, all pairs once over all turns (the circle method)."""
    even = count + count % 2
    turn, seat = np.arange(even - 1)[:, None], np.arange(1, even // 2)[None, :]
    firsts, seconds = (turn + seat) % (even - 1), (turn - seat) % (even - 1)
    if count % 2:
        # Who would meet the last one, who is not there, rests.
        return firsts, seconds
    last = np.full((even - 1, 1), even - 1)
    return np.hstack([firsts, turn]), np.hstack([seconds, last])
