"""Room on paper: boxes pushed apart, what is taken, and what passes where.

A box is (left, top, right, bottom). What is given first goes first where two want the same place; nothing is random.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import fsum
from typing import TypeAlias

from regiograaf.maps.paper.curves import Point

__all__ = ["Box", "Discs", "Taken", "Traffic", "arranged", "beside", "inside", "meets", "placed"]

Box: TypeAlias = tuple[float, float, float, float]

CELL = 24.0
ROUNDS, REFRESH, NEAR = 60, 4, 8.0
"""How often boxes are pushed, after how many times their neighbours are looked up again, and how near these are."""
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""How far boxes may go to a place of their own, tried in this order."""


def meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // CELL), int(box[2] // CELL) + 1):
        for row in range(int(box[1] // CELL), int(box[3] // CELL) + 1):
            yield column, row


class Taken:
    """Boxes that nothing may be written over."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells[cell].append(box)

    def remove(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells[cell].remove(box)

    def free(self, box: Box) -> bool:
        return not any(meets(box, other) for cell in _cells(box) for other in self._cells.get(cell, ()))


class Traffic:
    """Points, each of something numbered, found by where they lie."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)

    def add(self, point: Point, number: int) -> None:
        self._cells[int(point[0] // CELL), int(point[1] // CELL)].append((*point, number))

    def within(self, box: Box) -> set[int]:
        """The numbers that have a point within the box."""
        left, top, right, bottom = box
        return {
            number
            for cell in _cells(box)
            for x, y, number in self._cells.get(cell, ())
            if left < x < right and top < y < bottom
        }


class Discs:
    """Numbered discs, found by the points they cover."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, float, int]]] = defaultdict(list)

    def add(self, at: Point, radius: float, number: int) -> None:
        x, y = at
        for cell in _cells((x - radius, y - radius, x + radius, y + radius)):
            self._cells[cell].append((x, y, radius * radius, number))

    def over(self, point: Point) -> list[int]:
        """The numbers of the discs that cover the point."""
        x, y = point
        discs = self._cells.get((int(x // CELL), int(y // CELL)), ())
        return [number for left, top, squared, number in discs if (x - left) ** 2 + (y - top) ** 2 < squared]


def placed(left: float, top: float, wide: float, high: float) -> Box:
    """A box of whole tenths, as it is written: what does not overlap here does not overlap on paper."""
    left, top = round(left, 1), round(top, 1)
    return left, top, round(left + wide, 1), round(top + high, 1)


def beside(at: Point, radius: float, wide: float, high: float, gap: float) -> list[Box]:
    """Eight boxes around a disc, the best one for a name first: below, right, left, above, then aslant."""
    x, y = at
    off, aslant = radius + gap, (radius + gap) * 0.7071
    corners = (
        (x - wide / 2, y + off),
        (x + off, y - high / 2),
        (x - off - wide, y - high / 2),
        (x - wide / 2, y - off - high),
        (x + aslant, y + aslant),
        (x - aslant - wide, y + aslant),
        (x + aslant, y - aslant - high),
        (x - aslant - wide, y - aslant - high),
    )
    return [placed(left, top, wide, high) for left, top in corners]


def arranged(centres: Sequence[Point], halves: Sequence[Point], frame: Box) -> list[Point]:
    """New centres for boxes of these half widths and heights: within the frame, apart, else where they were.

    Boxes that stand too close for pushing to help first move, as little as is needed, towards places of their own:
    the frame is halved by what the boxes take, left from right or top from bottom, until each has its part. Where
    there is no room for all, they overlap as little as was found.
    """
    own = _own_places(centres, halves, frame)
    best, least = list(centres), float("inf")
    for step in STEPS:
        moved = [
            (x + (there_x - x) * step, y + (there_y - y) * step)
            for (x, y), (there_x, there_y) in zip(centres, own, strict=True)
        ]
        apart, overlap = _pushed(moved, halves, frame)
        if overlap < least:
            best, least = apart, overlap
        if not overlap:
            break
    return best


def _own_places(centres: Sequence[Point], halves: Sequence[Point], frame: Box) -> list[Point]:
    places = list(centres)

    def halve(members: list[int], part: Box) -> None:
        left, top, right, bottom = part
        if len(members) == 1:
            places[members[0]] = ((left + right) / 2, (top + bottom) / 2)
            return
        # Cut where the parts keep the shape of the boxes: names are wide and low.
        across = (right - left) * fsum(halves[i][1] for i in members)
        axis = 0 if across >= (bottom - top) * fsum(halves[i][0] for i in members) else 1
        members.sort(key=lambda i: (centres[i][axis], centres[i][1 - axis], i))
        rooms = [halves[i][0] * halves[i][1] for i in members]
        half, first, count = fsum(rooms) / 2, 0.0, 0
        while count < len(members) - 1 and (not count or first + rooms[count] / 2 <= half):
            first += rooms[count]
            count += 1
        share = first / (2 * half)
        if axis == 0:
            cut = left + (right - left) * share
            halve(members[:count], (left, top, cut, bottom))
            halve(members[count:], (cut, top, right, bottom))
        else:
            cut = top + (bottom - top) * share
            halve(members[:count], (left, top, right, cut))
            halve(members[count:], (left, cut, right, bottom))

    if places:
        halve(list(range(len(places))), frame)
    return places


def _pushed(centres: Sequence[Point], halves: Sequence[Point], frame: Box) -> tuple[list[Point], float]:
    """Boxes pushed apart along the axis of least overlap, and how much they still overlap."""
    xs, ys = [x for x, _ in centres], [y for _, y in centres]
    overlap, age = 0.0, REFRESH
    pairs: list[tuple[int, int, float, float]] = []
    for _ in range(ROUNDS):
        if age == REFRESH:
            pairs, age = _near(xs, ys, halves), 0
        overlap = 0.0
        for i, j, wide, high in pairs:
            dx, dy = xs[j] - xs[i], ys[j] - ys[i]
            over_x, over_y = wide - abs(dx), high - abs(dy)
            if over_x <= 0.05 or over_y <= 0.05:
                continue
            overlap += min(over_x, over_y)
            if over_x < over_y:
                push = over_x / 2 if dx >= 0 else -over_x / 2
                xs[i] -= push
                xs[j] += push
            else:
                push = over_y / 2 if dy >= 0 else -over_y / 2
                ys[i] -= push
                ys[j] += push
        for i, (wide, high) in enumerate(halves):
            xs[i] = _between(xs[i], frame[0] + wide, frame[2] - wide)
            ys[i] = _between(ys[i], frame[1] + high, frame[3] - high)
        if not overlap and not age:
            break
        # What no longer overlaps may have come upon others meanwhile.
        age = REFRESH if not overlap else age + 1
    return list(zip(xs, ys, strict=True)), overlap


def _near(xs: Sequence[float], ys: Sequence[float], halves: Sequence[Point]) -> list[tuple[int, int, float, float]]:
    """Pairs of boxes that overlap or nearly do, with the distances at which they would just touch."""
    order = sorted(range(len(xs)), key=lambda i: (ys[i], xs[i], i))
    highest = max((high for _, high in halves), default=0.0)
    found = []
    for rank, i in enumerate(order):
        wide, high = halves[i]
        for j in order[rank + 1 :]:
            if ys[j] - ys[i] > high + highest + NEAR:
                break
            across = wide + halves[j][0]
            if abs(xs[j] - xs[i]) < across + NEAR:
                found.append((i, j, across, high + halves[j][1]))
    return found


def _between(value: float, low: float, high: float) -> float:
    return (low + high) / 2 if low > high else min(max(value, low), high)
