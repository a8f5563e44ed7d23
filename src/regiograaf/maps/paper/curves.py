"""Lines between nodes as cubic Bézier curves: bent, cut off at the nodes, with an arrowhead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias

__all__ = ["Curve", "Point", "between", "distance", "loop"]

Point: TypeAlias = tuple[float, float]


def distance(a: Point, b: Point) -> float:
    """How far apart two points are; by the square root alone, which is exact everywhere."""
    return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def _mix(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve from `a` to `d`, with `b` and `c` as control points."""

    a: Point
    b: Point
    c: Point
    d: Point

    def at(self, t: float) -> Point:
        """The point at t: 0 is the begin, 1 the end."""
        u = 1 - t
        first, second, third, fourth = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        return (
            first * self.a[0] + second * self.b[0] + third * self.c[0] + fourth * self.d[0],
            first * self.a[1] + second * self.b[1] + third * self.c[1] + fourth * self.d[1],
        )

    def points(self, step: float) -> list[Point]:
        """Points along the curve, at most about `step` apart, both ends included."""
        long = distance(self.a, self.b) + distance(self.b, self.c) + distance(self.c, self.d)
        count = max(4, int(long / step) + 1)
        return [self.at(i / count) for i in range(count + 1)]

    def without_ends(self, first: float, last: float) -> Curve:
        """The part that is farther than `first` from its begin and `last` from its end."""
        kept = self._split(1 - _first(lambda t: distance(self.at(1 - t / 2), self.d) > last) / 2)[0]
        return kept._split(_first(lambda t: distance(kept.at(t / 2), self.a) > first) / 2)[1]

    def pointed(self, length: float) -> tuple[Curve, tuple[Point, Point, Point]]:
        """The curve shortened by an arrowhead of that length, and the corners of the arrowhead, tip first."""
        shaft = self._split(1 - _first(lambda t: distance(self.at(1 - t), self.d) > length))[0]
        foot, tip = shaft.d, self.d
        wide = 0.42 * length / max(distance(foot, tip), 1e-9)
        x, y = (foot[1] - tip[1]) * wide, (tip[0] - foot[0]) * wide
        return shaft, (tip, (foot[0] + x, foot[1] + y), (foot[0] - x, foot[1] - y))

    def _split(self, t: float) -> tuple[Curve, Curve]:
        ab, bc, cd = _mix(self.a, self.b, t), _mix(self.b, self.c, t), _mix(self.c, self.d, t)
        abc, bcd = _mix(ab, bc, t), _mix(bc, cd, t)
        middle = _mix(abc, bcd, t)
        return Curve(self.a, ab, abc, middle), Curve(middle, bcd, cd, self.d)


def _first(holds: Callable[[float], bool]) -> float:
    """Where in [0, 1] a condition begins to hold; 1 where it never does."""
    low, high = 0.0, 1.0
    for _ in range(14):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def between(a: Point, d: Point, bulge: float) -> Curve:
    """A curve whose middle stands off `bulge` from the straight line, to the left of who goes from a to d."""
    off = bulge * 4 / 3 / max(distance(a, d), 1e-9)
    x, y = (d[1] - a[1]) * off, (a[0] - d[0]) * off
    b, c = _mix(a, d, 1 / 3), _mix(a, d, 2 / 3)
    return Curve(a, (b[0] + x, b[1] + y), (c[0] + x, c[1] + y), d)


def loop(at: Point, radius: float, nth: int, *, up: bool) -> Curve:
    """A line from a node to itself, above or below it; each next one is wider."""
    wide, high = 2.2 * radius + 8 + 5 * nth, (3.2 * radius + 14 + 7 * nth) * (-1 if up else 1)
    return Curve(at, (at[0] - wide, at[1] + high), (at[0] + wide, at[1] + high), at)
