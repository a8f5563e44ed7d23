"""From pieces of text at places on pages to paragraphs in reading order; for PDF and for plain text in columns.

A page is rows of cells: pieces of text on one height, with more than a word space between them. Where rows have a gap
at the same place and at least one side of it is running text, the sides are columns, read one after the other; other
rows of several cells are rows of a table. Lines become a paragraph where the next word would not have fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from regiograaf.letters import ITEM
from regiograaf.reader.hyphens import vocabulary, whole
from regiograaf.reader.offsets import Offsets, Writer

__all__ = ["MIN_SPLIT", "Cell", "Line", "lines", "write"]

MIN_SPLIT = 3
"""Rows with text on both sides of a gap that make columns of it."""
MAX_STEP = 3.4
"""From a row to the next of the same columns, in heights of a line."""
MAX_GUTTERS = 4
"""The widest gaps of a row that are tried."""
MIN_PROSE, FILLED, SHARE = 18, 0.72, 0.5
"""Running text has at least so many characters to a line, and so much of the width filled in so many of its lines."""
MIN_KNOWN, NARROW = 8, 0.8
"""Lines from which a column tells its own width, where that is so much less than usual: one in the margin, say."""
ROOM = 2
"""Characters by which the width of a word is known."""
_LEFT = re.compile(r"[^\W\d_]+$")
_RIGHT = re.compile(r"\w+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
MAX_ADDRESS = 200
_HYPHEN = re.compile(r"\w[-\u00ad]$")
_FINISHED = re.compile(r"[.?!;][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text on one line: `begin` to `end` in the source; places in any unit, `size` a line's height in it."""

    text: str
    begin: int
    end: int
    left: float
    right: float
    top: float
    """Down the page."""
    size: float
    bold: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column: one cell, or the cells of a table row; `edge` is how far right its column goes."""

    cells: tuple[Cell, ...]
    edge: float
    flow: int
    """The column it stands in, counted over the document."""


def lines(rows: Sequence[Sequence[Cell]], gap: float, cell_gap: float, flow: int = 0) -> Iterator[Line]:
    """Yield the lines of one page in reading order.

    `gap` is the least space between two columns, `cell_gap` that between the cells of a row, in heights of a line.
    Takes time in proportion to the number of rows, but for columns within columns.
    """
    done = 0
    pending: list[Sequence[Cell]] = []
    place = 0
    while place < len(rows):
        if len(rows[place]) < 2:
            place += 1
            continue
        gaps = sorted(range(len(rows[place]) - 1), key=lambda i: rows[place][i].right - rows[place][i + 1].left)
        best = max((_band(rows, done, place, cell, gap) for cell in gaps[:MAX_GUTTERS]), key=len)
        sides = best.sides
        if best.split >= MIN_SPLIT and all(sides) and any(_is_prose(side) for side in sides):
            pending += rows[done : best.first]
            yield from _column(pending, cell_gap, flow)
            flow += 1
            pending = []
            for side in sides:
                for line in lines(side, gap, cell_gap, flow):
                    yield line
                    flow = line.flow
                flow += 1
            done = place = best.last
        else:
            place = max(place + 1, best.last if best.split >= MIN_SPLIT else 0)
    yield from _column([*pending, *rows[done:]], cell_gap, flow)


@dataclass(slots=True)
class _Band:
    first: int
    last: int
    split: int
    """Rows with text on both sides."""
    sides: tuple[list[list[Cell]], list[list[Cell]]]

    def __len__(self) -> int:
        return self.split


def _band(rows: Sequence[Sequence[Cell]], done: int, seed: int, cell: int, gap: float) -> _Band:
    """The rows around `seed` that leave a gap after its cell `cell` free."""
    low, high = rows[seed][cell].right, rows[seed][cell + 1].left
    need = gap * 0.7 * rows[seed][cell].size
    sides: tuple[list[list[Cell]], list[list[Cell]]] = ([], [])

    def part(row: Sequence[Cell]) -> tuple[list[Cell], list[Cell]] | None:
        nonlocal low, high
        left, right = list[Cell](), list[Cell]()
        for c in row:  # one inside the gap belongs to the nearer side
            near = c.left < low or (c.right <= high and c.left - low <= high - c.right)
            (left if near else right).append(c)
        new_low = max([low, *(c.right for c in left)])
        new_high = min([high, *(c.left for c in right)])
        if new_high - new_low < need:
            return None
        low, high = new_low, new_high
        return left, right

    last, split = seed, 0
    end = seed
    while end < len(rows) and (halves := part(rows[end])):
        if end > seed and not _follows(rows[end - 1], rows[end]):
            break
        split += all(halves)
        for side, half in zip(sides, halves, strict=True):
            if half:
                side.append(half)
        end += 1
        last = end
    first = seed
    above: tuple[list[list[Cell]], list[list[Cell]]] = ([], [])
    while first > done and (halves := part(rows[first - 1])) and _follows(rows[first - 1], rows[first]):
        for side, half in zip(above, halves, strict=True):
            if half:
                side.append(half)
        first -= 1
    return _Band(first, last, split, (above[0][::-1] + sides[0], above[1][::-1] + sides[1]))


def _follows(before: Sequence[Cell], row: Sequence[Cell]) -> bool:
    return row[0].top - before[0].top <= MAX_STEP * max(row[0].size, before[0].size)


def _is_prose(side: list[list[Cell]]) -> bool:
    if len(side) < MIN_SPLIT:
        return False
    spans = [(row[0].left, row[-1].right, sum(len(cell.text) for cell in row)) for row in side]
    left, right = min(span[0] for span in spans), max(span[1] for span in spans)
    filled = sum(span[1] - span[0] >= FILLED * (right - left) for span in spans)
    return sum(span[2] for span in spans) >= MIN_PROSE * len(side) and filled >= SHARE * len(side)


def _column(rows: Sequence[Sequence[Cell]], cell_gap: float, flow: int) -> Iterator[Line]:
    if not rows:
        return
    edge = max(row[-1].right for row in rows)
    for row in rows:
        cells = [row[0]]
        for cell in row[1:]:
            last = cells[-1]
            if cell.left - last.right < cell_gap * cell.size:
                cells[-1] = replace(
                    last,
                    text=f"{last.text} {cell.text}",
                    end=cell.end,
                    right=cell.right,
                    size=max(last.size, cell.size),
                    bold=last.bold and cell.bold,
                )
            else:
                cells.append(cell)
        yield Line(tuple(cells), edge, flow)


def write(document: Sequence[Line], source: str) -> tuple[str, Offsets]:
    """The canonical text of a document's lines, and its way back to the source.

    A paragraph, list item or table row is one line; words that a line end broke are made whole.
    """
    document = _widened(document)
    words = vocabulary(source)
    writer = Writer(source)
    pitch = _pitch(document)
    opener, kept = "", 0
    for before, line in zip([None, *document], document, strict=False):
        first = line.cells[0]
        kind = "row" if len(line.cells) > 1 else "item" if ITEM.match(first.text) else "text"
        if before is not None:
            last = before.cells[-1]
            if kind == "text" and opener != "row" and _goes_on(before, line, pitch[line.flow]):
                writer.put(_joint(last.text, first.text, words), kept, first.begin)
                kind = opener
            else:
                writer.copy(kept, last.end)
                writer.put("\n" if kind == opener != "text" else "\n\n", first.begin, first.begin)
        opener = kind
        for i, cell in enumerate(line.cells):
            if i:
                writer.copy(kept, line.cells[i - 1].end)
                writer.put("\t", cell.begin, cell.begin)
            kept = cell.end - bool(_HYPHEN.search(cell.text))
            writer.copy(cell.begin, kept)
    if document:
        writer.copy(kept, document[-1].cells[-1].end)
        writer.put("\n", kept, kept)
    return writer.canonical()


def _widened(document: Sequence[Line]) -> list[Line]:
    """Lines of a column that does not tell how wide it is, on a last page say, get the usual width of a column."""
    flows: dict[int, list[Line]] = {}
    for line in document:
        flows.setdefault(line.flow, []).append(line)
    left = {flow: min(line.cells[0].left for line in found) for flow, found in flows.items()}
    known = sorted(found[0].edge - left[flow] for flow, found in flows.items() if len(found) >= MIN_KNOWN)
    if not known:
        return list(document)
    usual = known[len(known) // 2]
    wide = {
        flow: left[flow] + usual
        for flow, found in flows.items()
        if len(found) < MIN_KNOWN or found[0].edge - left[flow] > NARROW * usual
    }
    return [replace(line, edge=max(line.edge, wide.get(line.flow, 0.0))) for line in document]


def _joint(left: str, right: str, words: frozenset[str]) -> str:
    """What stands between two lines of a paragraph, instead of the line end and the hyphen before it."""
    if _ADDRESS.search(left[-MAX_ADDRESS:]) and right.startswith(tuple("./?&=#%_")):
        return ""
    before, after = _LEFT.search(left[-40:-1]), _RIGHT.match(right)
    if not _HYPHEN.search(left):
        return " "
    if left.endswith("\u00ad") and after:
        return ""
    return whole(before[0], after[0], words) if before and after else "- "


def _goes_on(before: Line, line: Line, pitch: float) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    a, b = before.cells[-1], line.cells[0]
    finished = bool(_FINISHED.search(a.text))
    lower = b.text.lstrip("\"'“‘(")[:1].islower()
    width = (b.right - b.left) / max(1, len(b.text))
    room = (before.edge - a.right) / max(width, 0.01) - 1 - len(b.text.split(None, 1)[0])
    long = (before.edge - before.cells[0].left) / max(width, 0.01)
    if before.flow != line.flow:
        return not finished and (room < 0.2 * long if lower else room < 0 and not a.bold)
    if b.top - a.top > 1.35 * pitch * b.size or abs(a.size - b.size) > 0.12 * b.size:
        return False
    # Where the next word would have fit, the line was ended on purpose. A name in a sentence that was wrapped by count,
    # not by width, needs more room than that: what is parted there stays parted.
    if room >= (ROOM if finished or lower else max(ROOM, 0.2 * long)):
        return False
    if a.bold != b.bold and not lower:
        return False
    return not (finished and b.left > a.left + 0.8 * b.size)


def _pitch(document: Sequence[Line]) -> dict[int, float]:
    """Flow -> the distance of the lines of its paragraphs, in heights of a line."""
    steps: dict[int, list[float]] = {line.flow: [] for line in document}
    for a, b in pairwise(document):
        step = (b.cells[0].top - a.cells[0].top) / b.cells[0].size
        if a.flow == b.flow and 0.6 < step < 3:
            steps[b.flow].append(step)
    usual = _lower_quartile([step for values in steps.values() for step in values]) or 1.2
    return {flow: _lower_quartile(values) if len(values) > 2 else usual for flow, values in steps.items()}


def _lower_quartile(values: list[float]) -> float:
    return sorted(values)[len(values) // 4] if values else 0.0
