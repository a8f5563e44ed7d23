"""A picture made to fill its frame and to leave room for labels; plain arithmetic, the same everywhere (`stress`)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from regiograaf.maps.stress import Matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Point", "evened", "fan", "pack", "separated"]

Point: TypeAlias = tuple[float, float]
EVEN = 0.6
"""How far nodes are spread evenly."""


def evened(place: Matrix, room: Matrix) -> Matrix:
    """The same picture with the nodes evenly over the unit square, each with its share of the room.

    Halving by room, left from right or top from bottom in turn, keeps who is beside whom and fills the corners; part
    of the plain rank keeps it from looking like a grid.
    """

    def half(members: NDArray[np.int64], corner: Matrix, extent: Matrix) -> None:
        if len(members) == 1:
            even[members[0]] = corner + extent / 2
            return
        axis = 0 if extent[0] >= extent[1] else 1
        ordered = members[place[members, axis].argsort(kind="stable")]
        upto = room[ordered].cumsum()
        middle = min(max(int(np.searchsorted(upto, upto[-1] / 2)), 1), len(ordered) - 1)
        share = upto[middle - 1] / upto[-1]
        first, second, shift = extent.copy(), extent.copy(), np.zeros(2)
        first[axis] *= share
        second[axis] *= 1 - share
        shift[axis] = first[axis]
        half(ordered[:middle], corner, first)
        half(ordered[middle:], corner + shift, second)

    place = place.round(6)
    even = np.zeros_like(place)
    half(np.arange(len(place)), np.zeros(2), np.ones(2))
    order = place.argsort(axis=0, kind="stable")
    rank = np.zeros_like(place)
    for axis in (0, 1):
        along = room[order[:, axis]].cumsum()
        rank[order[:, axis], axis] = (along - room[order[:, axis]] / 2) / along[-1]
    blended: Matrix = EVEN * even + (1 - EVEN) * rank
    return blended


def separated(place: Matrix, half: Matrix, rounds: int = 250) -> Matrix:
    """Push boxes (half of their width and height) apart along the axis of least overlap."""
    x, y = place[:, 0].copy(), place[:, 1].copy()
    widest = 2 * float(half[:, 0].max(initial=0))
    for _ in range(rounds):
        order = x.argsort(kind="stable")
        across, down, wide, high = x[order], y[order], half[order, 0], half[order, 1]
        push_x, push_y = np.zeros_like(x), np.zeros_like(y)
        touched = False
        # From left to right each box with the next, the one after that, …, until none can touch.
        for ahead in range(1, len(order)):
            dx = across[ahead:] - across[:-ahead]
            if dx.min() >= widest:
                break
            over_x = wide[ahead:] + wide[:-ahead] - dx
            dy = down[ahead:] - down[:-ahead]
            over_y = high[ahead:] + high[:-ahead] - np.abs(dy)
            (left,) = np.nonzero((over_x > 1) & (over_y > 1))
            if not len(left):
                continue
            touched = True
            right = left + ahead
            sideways = over_x[left] <= over_y[left]
            below = np.where(dy[left] == 0, order[right] > order[left], dy[left] > 0)
            by_x = np.where(sideways, over_x[left], 0.0)
            by_y = np.where(sideways, 0.0, over_y[left]) * np.where(below, 1.0, -1.0)
            push_x[left] -= by_x
            push_x[right] += by_x
            push_y[left] -= by_y
            push_y[right] += by_y
        if not touched:
            break
        x[order] += np.clip(0.3 * push_x, -40, 40)
        y[order] += np.clip(0.3 * push_y, -40, 40)
    return np.column_stack([x, y])


def fan(hub: Point, others: Sequence[Point], leaves: Sequence[str], step: float) -> dict[str, Point]:
    """Leaves around their hub: a few in the widest gap between its other lines, more of them in full rings."""
    angles = sorted(round(math.atan2(y - hub[1], x - hub[0]), 6) for x, y in others)
    beside = zip(angles, [*angles[1:], *(angle + math.tau for angle in angles[:1])], strict=True)
    gap, begin = max(((round(after - before, 6), before) for before, after in beside), default=(math.tau, 0.0))
    placed, radius, rest = {}, 0.7 * step, list(leaves)
    while rest:
        holds = max(int(math.tau * radius / (0.6 * step)), 1)
        ring, rest = rest[:holds], rest[holds:]
        full = len(ring) > 4 or len(leaves) > holds
        turn = math.tau / len(ring) if full else min(gap / (len(ring) + 1), 0.9)
        for i, leaf in enumerate(ring):
            angle = begin + gap / 2 + (i - (len(ring) - 1) / 2) * turn
            # Sines are not rounded alike everywhere; nine digits of them are.
            across, down = round(math.cos(angle), 9), round(math.sin(angle), 9)
            placed[leaf] = (hub[0] + radius * across, hub[1] + radius * down)
        radius += 0.6 * step
    return placed


def pack(blocks: Sequence[dict[str, Point]], boxes: Mapping[str, Point], gap: float, ratio: float) -> dict[str, Point]:
    """Put the largest block on top and the others, spread out, on shelves right under it."""
    placed: dict[str, Point] = {}
    shelves: list[list[tuple[dict[str, Point], float, float, float, float]]] = []
    used, width = 0.0, 0.0
    for block in blocks:
        left = min(point[0] - boxes[node][0] for node, point in block.items())
        right = max(point[0] + boxes[node][0] for node, point in block.items())
        top = min(point[1] - boxes[node][1] for node, point in block.items())
        bottom = max(point[1] + boxes[node][1] for node, point in block.items())
        if not width:
            loose = math.fsum(4 * boxes[node][0] * boxes[node][1] for other in blocks for node in other)
            width = max(right - left, math.sqrt(loose * 2 * ratio))
        if not shelves or used + right - left > width:
            shelves.append([])
            used = 0.0
        shelves[-1].append((block, left, top, right - left, bottom - top))
        used += right - left + gap
    y = 0.0
    for shelf in shelves:
        spare = (width - math.fsum(wide for *_, wide, _ in shelf)) / (len(shelf) + 1)
        x = spare
        for block, left, top, wide, _ in shelf:
            for node, point in block.items():
                placed[node] = (x + point[0] - left, y + point[1] - top)
            x += wide + spare
        y += max(high for *_, high in shelf) + gap
    return placed
