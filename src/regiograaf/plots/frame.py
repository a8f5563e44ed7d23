"""What every figure has around its marks: title, explanation, legend, source; and how numbers are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from math import ceil

from regiograaf.plots.canvas import LINE, Canvas, clean, width, wrap

__all__ = [
    "MARGIN",
    "SMALL",
    "WIDE",
    "Entry",
    "begin",
    "families_legend",
    "family",
    "finish",
    "heads",
    "number",
    "span",
]

WIDE = 520.0
"""Points: what a page of A4 holds between its margins, so that a figure is printed at its own size."""
MARGIN = 10.0
SMALL = 7.5
TALL = 134.0
"""How high the upright name of a column may be."""
SHAPES = {"overheid": "s", "regio": "o", "maatschappij": "^", "bedrijf": "D", "programma": "h", "onderwerp": "o"}
"""The shapes that the families have on the map, as matplotlib markers; the last is a ring."""

Entry = tuple[float, Callable[[float, float], None], str]
"""An entry of a legend: the width of its sign, what draws it at (left, middle), its words."""


def number(value: float, language: str, digits: int = 0) -> str:
    """A number as people write it: with a comma in Dutch.

    >>> number(0.5, "nl", 2), number(1234, "nl"), number(1234, "en")
    ('0,50', '1.234', '1,234')
    """
    text = f"{value + 0.0:,.{digits}f}"
    text = text.removeprefix("-") if not text.strip("-0.,") else text
    return text.translate(str.maketrans(".,", ",.")) if language == "nl" else text


def span(low: float, high: float, language: str, digits: int = 0) -> str:
    """A range of numbers, or the one number that it is."""
    ends = [number(low, language, digits), number(high, language, digits)]
    return "–".join(dict.fromkeys(ends))


def counted(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]], language: str) -> str:
    """A table of counts in words, row by row, for who does not see the figure."""
    lines = []
    for row, cells in zip(rows, counts, strict=True):
        named = (f"{column} {number(value, language)}" for column, value in zip(columns, cells, strict=True))
        lines.append(f"{row}: {', '.join(named)}")
    return "; ".join(lines)


def family(canvas: Canvas, key: str, x: float, y: float, mark: str = "") -> None:
    """The sign of a family, in its colour and shape; a family that is not known has that of subjects."""
    known = key if key in SHAPES else "onderwerp"
    canvas.sign(x, y, SHAPES[known], ink=known, full=known != "onderwerp", mark=mark)


def families_legend(canvas: Canvas, families: Sequence[tuple[str, str]], used: Collection[str]) -> list[Entry]:
    """The legend of those families, (key, words), that are used."""
    return [
        (7.0, lambda x, y, key=key: family(canvas, key, x + 3.5, y), words)  # type: ignore[misc]
        for key, words in families
        if key in used
    ]


def begin(canvas: Canvas, title: str, explanation: str) -> float:
    """Title and explanation; gives the height at which the marks begin."""
    y = MARGIN
    for text, size, weight, ink in ((title, 11.0, "bold", "ink"), (explanation, 8.0, "normal", "muted")):
        if text:
            lines = wrap(text, size, canvas.wide - 2 * MARGIN, 4, weight)
            canvas.text(MARGIN, y, lines, size=size, weight=weight, ink=ink)
            y += len(lines) * size * LINE + 3
    return y + 6


def heads(canvas: Canvas, y: float, left: float, wide: float, columns: Sequence[str], most: int = 4) -> float:
    """The names of columns, upright where a word does not fit; gives the height at which the cells begin."""
    room = wide - 4
    flat = all(width(clean(word), SMALL, "bold") <= room for column in columns for word in column.split())
    texts = [wrap(column, SMALL, room, most, "bold") for column in columns]
    if flat and all(not text[-1].endswith("…") for text in texts):
        tallest = max(len(text) for text in texts)
        for i, text in enumerate(texts):
            top = y + (tallest - len(text)) * SMALL * LINE
            canvas.text(left + (i + 0.5) * wide, top, text, size=SMALL, align="center", weight="bold")
        return y + tallest * SMALL * LINE + 4
    lines = max(1, int(room // (SMALL * LINE)))
    texts = [wrap(column, SMALL, TALL, lines, "bold") for column in columns]
    tall = max(width(line, SMALL, "bold") for text in texts for line in text)
    for i, text in enumerate(texts):
        across = left + (i + 0.5) * wide - len(text) * SMALL * LINE / 2
        canvas.text(across, y + tall, text, size=SMALL, weight="bold", upright=True)
    return y + tall + 5


def finish(canvas: Canvas, y: float, legend: Sequence[Entry], source: str) -> None:
    """The legend, in as many rows as it takes, the source line and the height of the figure."""
    left, row = MARGIN, SMALL * LINE + 3
    for wide, draw, words in legend:
        lines = wrap(words, SMALL, canvas.wide - 2 * MARGIN - wide - 4, 2)
        taken = wide + 4 + max(width(line, SMALL) for line in lines) + 14
        if left > MARGIN and left + taken - 14 > canvas.wide - MARGIN:
            left, y = MARGIN, y + row
        draw(left, y + SMALL * LINE / 2)
        canvas.text(left + wide + 4, y, lines, size=SMALL, ink="ink")
        if len(lines) > 1:
            y += (len(lines) - 1) * SMALL * LINE
        left += taken
    if legend:
        y += row + 4
    if source:
        lines = wrap(source, SMALL, canvas.wide - 2 * MARGIN, 3)
        canvas.text(MARGIN, y, lines, size=SMALL, ink="muted")
        y += len(lines) * SMALL * LINE
    canvas.tall = float(ceil(y + MARGIN))
