"""How often what is spoken of where: a table whose cells are darker as their number is higher."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from regiograaf.plots.canvas import LINE, Canvas, clean, width, wrap
from regiograaf.plots.colours import STEPS, readable_on
from regiograaf.plots.frame import MARGIN, WIDE, Entry, begin, counted, finish, heads, number, span

__all__ = ["heat_map"]

LABEL, SIZE = 170.0, 8.5
WORDS = {
    "nl": {
        "cell": "{row}, {column}: {value}",
        "zero": "leeg: geen",
        "none": "Er zijn geen rijen.",
        "read": "Een rij per {rows}, een kolom per {columns}. Per rij: {cells}.",
    },
    "en": {
        "cell": "{row}, {column}: {value}",
        "zero": "empty: none",
        "none": "There are no rows.",
        "read": "One row per {rows}, one column per {columns}. By row: {cells}.",
    },
}


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[int]],
    *,
    title: str,
    explanation: str = "",
    axes: tuple[str, str] = ("", ""),
    source: str = "",
    language: str = "nl",
    name: str = "heat-map",
) -> str:
    """A cell for each row and column with its count in it, as SVG; a cell that counts nothing stays empty.

    The scale has at most five steps, each holding about as many different counts as the next. `axes` says in one word
    what the rows and what the columns are.

    Raises ValueError when `counts` has not one row for each row, with one number for each column.
    """
    if len(counts) != len(rows) or any(len(cells) != len(columns) for cells in counts):
        raise ValueError("a heat map needs one row of counts for each row, with one count for each column")
    words = WORDS[language]
    canvas = Canvas(WIDE)
    y = begin(canvas, title, explanation)
    if not rows or not columns:
        canvas.text(MARGIN, y, words["none"], ink="muted")
        finish(canvas, y + 20, [], source)
        return canvas.svg(name, title, words["none"], language)
    label = min(LABEL, max(width(clean(row), SIZE) for row in rows))
    left = MARGIN + label + 8
    wide = min(86.0, max(30.0, (WIDE - MARGIN - left) / len(columns)))
    canvas.wide = max(WIDE, left + wide * len(columns) + MARGIN)
    y = heads(canvas, y, left, wide, columns)
    bounds = _bounds([value for cells in counts for value in cells])
    for i, (row, cells) in enumerate(zip(rows, counts, strict=True)):
        lines = wrap(row, SIZE, label, 3)
        tall = len(lines) * SIZE * LINE + 4
        canvas.text(MARGIN + label, y + 2, lines, size=SIZE, align="right")
        for j, value in enumerate(cells):
            at, mark = left + j * wide, f"{name}-cell-{i}-{j}"
            if value:
                step = _step(value, bounds)
                canvas.box(at + 1, y + 1, wide - 2, tall - 2, fill="accent", share=STEPS[step], mark=mark)
                said = words["cell"].format(row=row, column=columns[j], value=number(value, language))
                canvas.say(mark, said)
                top, ink = y + tall / 2 - SIZE * LINE / 2, readable_on(step)
                canvas.text(at + wide / 2, top, number(value, language), size=SIZE, align="center", ink=ink)
            else:
                canvas.box(at + 1, y + 1, wide - 2, tall - 2, edge="rule", stroke=0.5)
        y += tall
    finish(canvas, y + 10, _legend(canvas, bounds, words, language), source)
    read = counted(rows, columns, counts, language)
    said = words["read"].format(rows=axes[0], columns=axes[1], cells=read)
    return canvas.svg(name, title, said, language)


def _bounds(values: Sequence[int]) -> list[tuple[int, int]]:
    """The lowest and highest count of each step: different counts, shared out evenly over at most five steps."""
    different = sorted({value for value in values if value})
    steps = min(len(STEPS), len(different))
    cuts = [round(i * len(different) / steps) for i in range(steps + 1)] if steps else []
    return [(different[low], different[high - 1]) for low, high in pairwise(cuts)]


def _step(value: int, bounds: Sequence[tuple[int, int]]) -> int:
    found = next(i for i, (_, high) in enumerate(bounds) if value <= high)
    return found if len(bounds) == len(STEPS) else round(found * (len(STEPS) - 1) / max(1, len(bounds) - 1))


def _legend(canvas: Canvas, bounds: Sequence[tuple[int, int]], words: dict[str, str], language: str) -> list[Entry]:
    entries: list[Entry] = [(18.0, lambda x, y: canvas.box(x, y - 5, 18, 10, edge="rule", stroke=0.5), words["zero"])]
    for low, high in bounds:
        share = STEPS[_step(low, bounds)]

        def draw(x: float, y: float, share: float = share) -> None:
            canvas.box(x, y - 5, 18, 10, fill="accent", share=share)

        entries.append((18.0, draw, span(low, high, language)))
    return entries
