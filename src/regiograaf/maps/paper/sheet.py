"""Where everything in a figure lies: nodes, lines, names, the relations beside lines.

No name lies over another, over a node or over a mark; a name that finds no place is left out, the largest nodes come
first. Lines go around nodes that they do not join, where a bend is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, fsum

from regiograaf.maps.paper.curves import Curve, Point, between, distance, loop
from regiograaf.maps.paper.lettering import width
from regiograaf.maps.paper.plan import SMALLEST, Name, Plan
from regiograaf.maps.paper.spacing import Box, Discs, Taken, Traffic, arranged, beside, inside, placed

__all__ = ["FIRST", "SMALL", "WORDED", "Sheet", "room"]

FIRST = 20
"""So many of the largest nodes have a name, however far off it must stand."""
FAR, FARTHEST = 45.0, 400.0
"""How far off a name may stand, and how far one of those."""
KEPT = 100
"""How bad it is to take the room that is kept for another name, where a line under a name is 3."""
AIR = 26.0, 13.0
"""Half of what a node takes more where relations must find room between the nodes."""
WORDED = 45
"""Up to so many lines the relation stands with the line."""
SMALL, STRIP = 8.0, 13.0
"""The size of the names of bands, and the strip at the top of a band that is kept for them."""
FILL = 0.6
"""Share of the sheet that nodes and names may take."""
GAP = 1.2
"""Between a node and its name, and around a node."""
MARK = 5.0
"""Half of what a mark takes."""
ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where on a line a mark or words may stand, tried in this order."""
BENDS = (0.05, -0.05, 0.12, -0.12, 0.2, -0.2, 0.28, -0.28)
"""How far a line may stand off, in lengths of the line, tried in this order."""


def room(plan: Plan, bands: Mapping[str, Sequence[str]], wide: float) -> float:
    """The height that a sheet of this width must have for all names of a plan."""
    total = 0.0
    for band, members in bands.items():
        boxes = [_with_name(plan, node) for node in members]
        needed = fsum(4 * half_wide * half_high for half_wide, half_high in boxes) / (FILL * wide)
        total += max(needed, *(2 * high + 2 for _, high in boxes)) + (STRIP if band else 0)
    return total


def _bare(plan: Plan, node: str) -> Point:
    """Half of what a node takes: the corners of its shape stick out of its circle."""
    return (plan.radius[node] * 1.2 + GAP,) * 2


def _with_name(plan: Plan, node: str) -> Point:
    """Half of what a node takes with its name below it."""
    name, half = plan.names[node], _bare(plan, node)[0]
    air = AIR if len(plan.lines) <= WORDED else (1.0, 1.0)
    return max(name.wide / 2, half) + air[0], half + name.high / 2 + air[1]


@dataclass(slots=True)
class Sheet:
    """A plan laid out within `frame`; `bands` are the layers from top to bottom, if any, with their nodes."""

    plan: Plan
    frame: Box
    at: dict[str, Point] = field(default_factory=dict)
    strips: list[tuple[str, Box]] = field(default_factory=list)
    """Per band its name and where that stands."""
    curves: list[Curve] = field(default_factory=list)
    """Per line of the plan its curve, cut off at the nodes."""
    marks: dict[int, Point] = field(default_factory=dict)
    """Per number of a line that is marked where its mark stands."""
    names: list[tuple[str, Box, bool]] = field(default_factory=list)
    """Node, box of its name, and whether it stands off."""
    relations: list[tuple[Name, Box]] = field(default_factory=list)
    _frames: dict[str, Box] = field(default_factory=dict)
    """Per node the band that its name stays in."""
    _kept: dict[str, Box] = field(default_factory=dict)
    """Per node the place below it that its name may have."""
    _reserved: Taken = field(default_factory=Taken)
    _taken: Taken = field(default_factory=Taken)
    _traffic: Traffic = field(default_factory=Traffic)

    def lay_out(self, given: Mapping[str, Point], bands: Mapping[str, Sequence[str]]) -> None:
        """Place everything; `given` says where the nodes lie in any unit, which the frame stretches."""
        self._place_nodes(given, bands)
        self.curves = [
            curve.without_ends(self._rim(line.source), self._rim(line.target) + 0.4)
            for line, curve in zip(self.plan.lines, self._bent(), strict=True)
        ]
        for i, curve in enumerate(self.curves):
            for point in curve.points(5):
                self._traffic.add(point, i)
            # What covers an arrowhead covers more than a piece of line.
            self._traffic.add(curve.d, ~i)
        for node, (x, y) in self.at.items():
            half = self._square(node)
            self._taken.add((x - half, y - half, x + half, y + half))
        for _, box in self.strips:
            self._taken.add(box)
        for box in self._kept.values():
            self._reserved.add(box)
        self._place_marks()
        self._place_names()
        if len(self.curves) <= WORDED:
            self._place_relations()

    def _rim(self, node: str) -> float:
        return self.plan.radius[node] * 1.05 + 0.6

    # ---- nodes

    def _place_nodes(self, given: Mapping[str, Point], bands: Mapping[str, Sequence[str]]) -> None:
        left, top, right, bottom = self.frame
        strip = STRIP if any(bands) else 0.0
        boxes = self._boxes(bands, (right - left) * (bottom - top - strip * len(bands)))
        heights = _heights(
            [max(2 * boxes[node][1] for node in members) + 2 for members in bands.values()],
            [fsum(boxes[node][0] * boxes[node][1] for node in members) for members in bands.values()],
            bottom - top - strip * len(bands),
        )
        leftmost, wide = _extent(given[node][0] for node in self.plan.nodes)
        for (band, members), high in zip(bands.items(), heights, strict=True):
            if band:
                self.strips.append((band, placed(left, top, ceil(width(band, SMALL, bold=True)) + 6, STRIP)))
            frame = left + 1, top + strip + 1, right - 1, top + strip + high - 1
            highest, tall = _extent(given[node][1] for node in members)
            halves = [boxes[node] for node in members]
            centres = [
                (
                    frame[0] + half[0] + (given[node][0] - leftmost) / wide * (frame[2] - frame[0] - 2 * half[0]),
                    frame[1] + half[1] + (given[node][1] - highest) / tall * (frame[3] - frame[1] - 2 * half[1]),
                )
                for node, half in zip(members, halves, strict=True)
            ]
            for node, half, centre in zip(members, halves, arranged(centres, halves, frame), strict=True):
                self._put(node, half, centre)
                self._frames[node] = left, top, right, top + strip + high
            top += strip + high

    def _put(self, node: str, half: Point, centre: Point) -> None:
        """The node at the top of its box and, where the box has room for it, its name below."""
        x, y = centre
        name, bare = self.plan.names[node], _bare(self.plan, node)
        if half == bare:
            self.at[node] = round(x, 1), round(y, 1)
            return
        self.at[node] = round(x, 1), round(y - name.high / 2, 1)
        self._kept[node] = beside(self.at[node], self._reach(node), name.wide, name.high, GAP)[0]

    def _boxes(self, bands: Mapping[str, Sequence[str]], area: float) -> dict[str, Point]:
        """Half of what each node takes: with its name as far as there is room, the same share of each band."""
        turn: dict[str, float] = {}
        for members in bands.values():
            ranked = sorted(members, key=self.plan.rank.__getitem__)
            turn |= {node: (i + 1) / len(ranked) for i, node in enumerate(ranked)}
        boxes = {node: _bare(self.plan, node) for node in self.plan.nodes}
        free = area * FILL - fsum(4 * wide * high for wide, high in boxes.values())
        turn |= dict.fromkeys(self.plan.ranked[:FIRST], 0.0)
        for node in sorted(self.plan.ranked, key=turn.__getitem__):
            (wide, high), (bare_wide, bare_high) = _with_name(self.plan, node), boxes[node]
            free -= 4 * (wide * high - bare_wide * bare_high)
            if free < -1:  # a sheet made to fit has room for all but for rounding
                break
            boxes[node] = wide, high
        return boxes

    # ---- lines

    def _bent(self) -> list[Curve]:
        """A curve per line, from centre to centre: lines between the same two beside each other."""
        pairs: dict[tuple[str, str], list[int]] = {}
        for i, line in enumerate(self.plan.lines):
            pairs.setdefault((min(line.source, line.target), max(line.source, line.target)), []).append(i)
        discs = Discs()
        for node, at in self.at.items():
            discs.add(at, self.plan.radius[node] + 1.5, self.plan.rank[node])
        curves: dict[int, Curve] = {}
        for (low, high), members in pairs.items():
            if low == high:
                up = self.at[low][1] > (self.frame[1] + self.frame[3]) / 2
                curves |= {i: loop(self.at[low], self.plan.radius[low], nth, up=up) for nth, i in enumerate(members)}
                continue
            offsets = self._offsets(low, high, len(members), discs)
            for offset, i in zip(offsets, members, strict=True):
                source, target = self.plan.lines[i].source, self.plan.lines[i].target
                curves[i] = between(self.at[source], self.at[target], offset if source == low else -offset)
        return [curves[i] for i in range(len(self.plan.lines))]

    def _offsets(self, low: str, high: str, count: int, discs: Discs) -> list[float]:
        """How far each of the lines between two nodes stands off, such that they go through the fewest others."""
        length = distance(self.at[low], self.at[high])
        apart = min(max(length * 0.12, 6.5), 26.0 if len(self.plan.lines) <= WORDED else 14.0)
        fan = [(nth - (count - 1) / 2) * apart for nth in range(count)]
        best, least = fan, float("inf")
        for bend in BENDS if count == 1 else (0.0, *BENDS[2:]):
            offsets = [offset + bend * length for offset in fan]
            hits = sum(self._hits(low, high, offset, discs) for offset in offsets)
            if hits < least:
                best, least = offsets, hits
            if not hits:
                break
        return best

    def _hits(self, low: str, high: str, offset: float, discs: Discs) -> int:
        """How many other nodes a curve goes through; leaving the frame is much worse."""
        points = between(self.at[low], self.at[high], offset).points(8)
        left, top, right, bottom = self.frame
        through = {number for point in points for number in discs.over(point)}
        through -= {self.plan.rank[low], self.plan.rank[high]}
        return len(through) + 100 * sum(not (left < x < right and top < y < bottom) for x, y in points)

    # ---- marks and words

    def _place_marks(self) -> None:
        """On the middle of the line, or as near to it as there is place."""
        for i, (line, curve) in enumerate(zip(self.plan.lines, self.curves, strict=True)):
            if line.marked:
                boxes = [placed(x - MARK, y - MARK, 2 * MARK, 2 * MARK) for x, y in map(curve.at, ALONG)]
                free = (box for box in boxes if self._taken.free(box) and self._reserved.free(box))
                box = next(free, boxes[0])
                self._taken.add(box)
                self.marks[i] = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2

    def _place_names(self) -> None:
        """The largest nodes first; only those of the first may take the room that is kept for the name of another."""
        for nth, node in enumerate(self.plan.ranked):
            if node in self._kept:
                self._reserved.remove(self._kept[node])
            name, gap, first = self.plan.names[node], GAP, nth < FIRST
            while gap < (FARTHEST if first else FAR):
                boxes = beside(self.at[node], self._reach(node), name.wide, name.high, gap)
                free = [
                    (i + 3 * len(self._traffic.within(box)) + (0 if self._reserved.free(box) else KEPT), box)
                    for i, box in enumerate(boxes)
                    if self._may_have(node, box, gap) and (first or self._reserved.free(box))
                ]
                if free:
                    box = min(free)[1]
                    for piece in [box, *self._leader(node, box, gap)]:
                        self._taken.add(piece)
                    self.names.append((node, box, gap > GAP))
                    break
                gap += 6

    def _may_have(self, node: str, box: Box, gap: float) -> bool:
        """Whether a box is free for a name; within reach, it is in its band and its leader crosses nothing either."""
        if gap < FAR:
            clear = inside(box, self._frames[node]) and all(map(self._taken.free, self._leader(node, box, gap)))
        else:
            clear = inside(box, self.frame)
        return clear and self._taken.free(box)

    def _leader(self, node: str, box: Box, gap: float) -> list[Box]:
        """What the line to a name that stands off runs through, between the square around its node and the name."""
        if gap == GAP:
            return []
        (x, y), half = self.at[node], self._square(node) + 0.3
        end = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
        count = int(distance((x, y), end) / 2) + 1
        points = [(x + (end[0] - x) * i / count, y + (end[1] - y) * i / count) for i in range(count)]
        return [(a - 0.2, b - 0.2, a + 0.2, b + 0.2) for a, b in points if max(abs(a - x), abs(b - y)) > half]

    def _square(self, node: str) -> float:
        """Half of the side of the square around a node that nothing may be written over."""
        return self.plan.radius[node] * 1.15 + 0.6

    def _reach(self, node: str) -> float:
        return self.plan.radius[node] * 1.1

    def _place_relations(self) -> None:
        for i, (line, curve) in enumerate(zip(self.plan.lines, self.curves, strict=True)):
            text = "; ".join(self.plan.verbs(line))
            if len(self.plan.styles[self.plan.style(line.modality)]) > 1:
                text += f" ({self.plan.modality(line.modality)})"
            best: tuple[Name, Box] | None = None
            least = 3.0
            for part in (1.0, 0.55):
                name = self.plan.set(text, SMALLEST, part)
                for box, off in _along(curve, name):
                    cost = len(self._traffic.within(_grown(box, 3)) - {i, ~i}) + 0.5 * off + 0.2 * (part < 1)
                    if cost < least and inside(box, self.frame) and self._taken.free(box):
                        best, least = (name, box), cost
            if best:
                self._taken.add(best[1])
                self.relations.append(best)


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _along(curve: Curve, name: Name) -> Iterator[tuple[Box, bool]]:
    """Where the words of a line may stand: on it, from its middle outwards, or beside it."""
    for t in ALONG:
        x, y = curve.at(t)
        yield placed(x - name.wide / 2, y - name.high / 2, name.wide, name.high), False
        for left in (x + 2, x - name.wide - 2):
            for top in (y + 1, y - name.high - 1):
                yield placed(left, top, name.wide, name.high), True


def _heights(least: Sequence[float], needed: Sequence[float], total: float) -> list[float]:
    """Parts of a height, each in proportion to what is needed there, but none lower than it can be."""
    low, high = 0.0, max(total, 1.0) / max(fsum(needed), 1e-9) * 2
    for _ in range(40):
        middle = (low + high) / 2
        found = fsum(max(part, middle * need) for part, need in zip(least, needed, strict=True))
        low, high = (low, middle) if found > total else (middle, high)
    return [max(part, low * need) for part, need in zip(least, needed, strict=True)]


def _extent(values: Iterable[float]) -> tuple[float, float]:
    """The lowest value, and how far the highest is above it: never nothing, so that one may divide by it."""
    found = list(values)
    return min(found), max(max(found) - min(found), 1e-6)
