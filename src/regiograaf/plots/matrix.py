"""Who takes part in what, and whether that exists: a sign and a word where a row and a column meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from regiograaf.plots.canvas import LINE, Canvas, wrap
from regiograaf.plots.frame import MARGIN, WIDE, Entry, begin, families_legend, family, finish, heads
from regiograaf.plots.modality import SIGNS, sign
from regiograaf.plots.rows import Modality

__all__ = ["matrix"]

LABEL, SIZE, WORD, CELL = 150.0, 8.5, 6.0, 54.0
PANEL = int((WIDE - 2 * MARGIN - LABEL - 18) // CELL)
"""Columns that fit beside each other; the others follow in panels below."""
WORDS = {
    "nl": {"cell": "{row}, {column}: {value}", "none": "Er zijn geen rijen.", "read": "Per rij en kolom: {cells}."},
    "en": {"cell": "{row}, {column}: {value}", "none": "There are no rows.", "read": "By row and column: {cells}."},
}


def matrix(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], Sequence[Modality]],
    *,
    title: str,
    explanation: str = "",
    families: Sequence[tuple[str, str]] = (),
    source: str = "",
    language: str = "nl",
    name: str = "matrix",
) -> str:
    """A sign for each modality in each cell, with its word below, as SVG; only what exists is filled.

    `rows` are (label, family); `cells` are by the index of row and column. Columns that do not fit side by side come
    in panels, each with only those rows that have something in it.
    """
    words = WORDS[language]
    canvas = Canvas(WIDE)
    y = begin(canvas, title, explanation)
    filled = {at: found for at, found in sorted(cells.items()) if found}
    if not filled:
        canvas.text(MARGIN, y, words["none"], ink="muted")
        finish(canvas, y + 20, [], source)
        return canvas.svg(name, title, words["none"], language)
    left = MARGIN + LABEL + 18
    shown = sorted({j for _, j in filled})
    panels = ceil(len(shown) / PANEL)
    size = ceil(len(shown) / panels)
    for start in range(0, len(shown), size):
        panel = shown[start : start + size]
        y = heads(canvas, y, left, CELL, [columns[j] for j in panel])
        for i in sorted({i for i, j in filled if j in panel}):
            label, kind = rows[i]
            lines = wrap(label, SIZE, LABEL, 3)
            deepest = max(len(filled.get((i, j), ())) for j in panel)
            tall = max(len(lines) * SIZE * LINE, deepest * 19.0) + 6
            canvas.line([(MARGIN, y), (left + size * CELL, y)], ink="rule", stroke=0.5)
            canvas.text(MARGIN + LABEL, y + tall / 2 - len(lines) * SIZE * LINE / 2, lines, size=SIZE, align="right")
            family(canvas, kind, left - 9, y + tall / 2)
            for k, j in enumerate(panel):
                found = filled.get((i, j), ())
                middle = left + (k + 0.5) * CELL
                for m, modality in enumerate(found):
                    at = y + tall / 2 + (m - len(found) / 2) * 19 + 5
                    mark = f"{name}-cell-{i}-{j}-{m}"
                    sign(canvas, modality, middle, at, mark=mark)
                    canvas.say(mark, words["cell"].format(row=label, column=columns[j], value=modality.word))
                    word = wrap(modality.word, WORD, CELL - 2, 1)
                    canvas.text(middle, at + 4.5, word, size=WORD, align="center")
            y += tall
        canvas.line([(MARGIN, y), (left + size * CELL, y)], ink="rule", stroke=0.5)
        y += 16
    legend = _legend(canvas, filled) + families_legend(canvas, families, {rows[i][1] for i, _ in filled})
    finish(canvas, y - 4, legend, source)
    read = "; ".join(
        f"{rows[i][0]}, {columns[j]}: {', '.join(m.word for m in found)}" for (i, j), found in filled.items()
    )
    return canvas.svg(name, title, words["read"].format(cells=read), language)


def _legend(canvas: Canvas, filled: Mapping[tuple[int, int], Sequence[Modality]]) -> list[Entry]:
    order = [*SIGNS]
    used = sorted(
        {modality for found in filled.values() for modality in found},
        key=lambda modality: (order.index(modality.key) if modality.key in order else len(order), modality.key),
    )
    return [
        (8.0, lambda x, y, modality=modality: sign(canvas, modality, x + 4, y), modality.word)  # type: ignore[misc]
        for modality in used
    ]
