"""How many claims of each letter say that something exists, and how many that it is intended, asked for and so on."""

from __future__ import annotations

from collections.abc import Sequence

from regiograaf.plots.canvas import LINE, Canvas, clean, width, wrap
from regiograaf.plots.frame import MARGIN, WIDE, begin, counted, finish, heads, number
from regiograaf.plots.modality import EXISTING
from regiograaf.plots.rows import Modality

__all__ = ["modalities"]

LABEL, SIZE = 120.0, 8.5
WORDS = {
    "nl": {
        "cell": "{row}, {column}: {value}",
        "none": "Er zijn geen rijen.",
        "read": "Een rij per modaliteit, een kolom per brief. Per rij: {cells}.",
    },
    "en": {
        "cell": "{row}, {column}: {value}",
        "none": "There are no rows.",
        "read": "One row per modality, one column per letter. By row: {cells}.",
    },
}


def modalities(
    rows: Sequence[Modality],
    columns: Sequence[str],
    counts: Sequence[Sequence[int]],
    *,
    title: str,
    explanation: str = "",
    source: str = "",
    language: str = "nl",
    name: str = "modalities",
) -> str:
    """A bar for each modality and column, all on one scale, with its count, as SVG; only what exists is filled.

    Raises ValueError when `counts` has not one row for each modality, with one number for each column.
    """
    if len(counts) != len(rows) or any(len(cells) != len(columns) for cells in counts):
        raise ValueError("modalities needs one row of counts for each modality, with one count for each column")
    words = WORDS[language]
    canvas = Canvas(WIDE)
    y = begin(canvas, title, explanation)
    if not rows or not columns:
        canvas.text(MARGIN, y, words["none"], ink="muted")
        finish(canvas, y + 20, [], source)
        return canvas.svg(name, title, words["none"], language)
    label = min(LABEL, max(width(clean(row.word), SIZE) for row in rows))
    left = MARGIN + label + 8
    wide = min(120.0, max(44.0, (WIDE - MARGIN - left) / len(columns)))
    canvas.wide = max(WIDE, left + wide * len(columns) + MARGIN)
    y = heads(canvas, y, left, wide, columns)
    most = max(1, *(value for cells in counts for value in cells))
    longest = wide - 12 - max(width(number(value, language), SIZE) for cells in counts for value in cells)
    top = y
    for i, (row, cells) in enumerate(zip(rows, counts, strict=True)):
        lines = wrap(row.word, SIZE, label, 2)
        tall = len(lines) * SIZE * LINE + 6
        canvas.text(MARGIN + label, y + 3, lines, size=SIZE, align="right")
        for j, value in enumerate(cells):
            at, long, mark = left + j * wide + 3, longest * value / most, f"{name}-cell-{i}-{j}"
            if value:
                share = 1.0 if row.key == EXISTING else 0.38
                canvas.box(at, y + tall / 2 - 4.5, long, 9, fill="accent", share=share, mark=mark)
                said = words["cell"].format(row=row.word, column=columns[j], value=number(value, language))
                canvas.say(mark, said)
            ink = "ink" if value else "muted"
            canvas.text(at + long + 4, y + tall / 2 - SIZE * LINE / 2, number(value, language), size=SIZE, ink=ink)
        y += tall
    for j in range(len(columns)):
        canvas.line([(left + j * wide + 2, top), (left + j * wide + 2, y)], ink="rule", stroke=0.5)
    finish(canvas, y + 8, [], source)
    read = counted([row.word for row in rows], columns, counts, language)
    return canvas.svg(name, title, words["read"].format(cells=read), language)
