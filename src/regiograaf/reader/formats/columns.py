"""Plain text that stands in columns, as some programs write a page: put one column below the other."""

from __future__ import annotations

import re
from itertools import islice

from regiograaf.reader.formats.layout import MIN_SPLIT, Cell, lines, write
from regiograaf.reader.offsets import Offsets

__all__ = ["unfold"]

GAP = 3
"""Spaces between two columns."""
_GAP = re.compile(rf"(?<=\S) {{{GAP},}}(?=\S)")
MAX_CELLS = 12
"""More than any text in columns has; a row with more is one piece."""


def unfold(source: str) -> tuple[str, Offsets] | None:
    """The text of a source in columns, in reading order, and its way back; None where nothing stands in columns."""
    if sum(1 for _ in islice(_GAP.finditer(source), MIN_SPLIT)) < MIN_SPLIT:
        return None
    rows = _rows(source)
    document = list(lines(rows, GAP, GAP))
    if len({line.flow for line in document}) < 2:
        return None
    return write(document, source)


def _rows(source: str) -> list[list[Cell]]:
    rows, begin, top = [], 0, 0
    for line in source.split("\n"):
        top += 1 + 10 * line.count("\f")
        if stripped := line.strip():
            start = len(line) - len(line.lstrip())
            cells, low = [], start
            gaps = [gap.span() for gap in islice(_GAP.finditer(line), MAX_CELLS)]
            for stop, following in [*(gaps if len(gaps) < MAX_CELLS else ()), (start + len(stripped), 0)]:
                words = line[low:stop]
                cells.append(Cell(words, begin + low, begin + stop, float(low), float(stop), float(top), 1.0))
                low = following
            rows.append(cells)
        begin += len(line) + 1
    return rows
