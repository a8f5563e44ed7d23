"""What is dated, with what the letters leave open: the earliest and latest begin and end of each period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from regiograaf.plots.canvas import LINE, Canvas, wrap
from regiograaf.plots.frame import MARGIN, SMALL, WIDE, Entry, begin, finish
from regiograaf.plots.modality import bar, sign
from regiograaf.plots.rows import Modality, Span

__all__ = ["timeline"]

LABEL, WORD, SIZE = 205.0, 72.0, 8.5
WORDS = {
    "nl": {
        "said": "{label}: {wording} ({word})",
        "none": "Geen bewering heeft een datum.",
        "read": "Een rij per gedateerde zaak, de vroegste bovenaan: {rows}.",
        "sure": "geldt dan zeker",
        "within": "ergens daarbinnen, of begin of einde is niet precies bekend",
        "open": "begin of einde staat er niet",
        "day": "op die dag",
    },
    "en": {
        "said": "{label}: {wording} ({word})",
        "none": "No claim has a date.",
        "read": "One row per dated thing, the earliest on top: {rows}.",
        "sure": "holds then for certain",
        "within": "somewhere within, or begin or end is not known exactly",
        "open": "begin or end is not given",
        "day": "on that day",
    },
}


def timeline(
    rows: Sequence[Span],
    *,
    modalities: Mapping[str, Modality],
    title: str,
    explanation: str = "",
    source: str = "",
    language: str = "nl",
    name: str = "timeline",
) -> str:
    """A bar for each row that has a date, in the given order, as SVG; its modality by style and by word.

    What holds for certain is a full bar, what is only known to lie within a period a low one; an arrow points where
    no bound is given.
    """
    words = WORDS[language]
    canvas = Canvas(WIDE)
    y = begin(canvas, title, explanation)
    rows = [row for row in rows if row.bounds]
    if not rows:
        canvas.text(MARGIN, y, words["none"], ink="muted")
        finish(canvas, y + 20, [], source)
        return canvas.svg(name, title, words["none"], language)
    first = min(row.bounds[0] for row in rows).year
    last = max(row.bounds[-1] for row in rows).year
    left, right = MARGIN + LABEL + 14, WIDE - MARGIN - WORD - 10
    zero, end = date(first, 1, 1), date(last + 1, 1, 1)
    scale = (right - left) / (end - zero).days

    def at(day: date) -> float:
        return left + (day - zero).days * scale

    y = _years(canvas, y, first, last, [at(date(year, 1, 1)) for year in range(first, last + 1)] + [right])
    top, drawn = y, []
    for row in rows:
        lines, wording = wrap(row.label, SIZE, LABEL, 3), wrap(f"«{row.wording}»", SMALL, LABEL, 2)
        tall = len(lines) * SIZE * LINE + len(wording) * SMALL * LINE + 6
        drawn.append((y, tall, lines, wording))
        y += tall
    for year in range(first, last + 2):
        across = at(date(year, 1, 1))
        canvas.line([(across, top), (across, y)], ink="rule", stroke=0.5)
    for i, (row, (up, tall, lines, wording)) in enumerate(zip(rows, drawn, strict=True)):
        modality = modalities.get(row.modality, Modality(row.modality, row.modality))
        mark, middle = f"{name}-row-{i}", up + tall / 2
        canvas.text(MARGIN + LABEL, up + 3, lines, size=SIZE, align="right")
        below = up + 3 + len(lines) * SIZE * LINE
        canvas.text(MARGIN + LABEL, below, wording, size=SMALL, align="right", ink="muted")
        _draw(canvas, row, modality, at, (left, right), middle, mark)
        canvas.say(mark, _said(words, row, modality))
        word = wrap(modality.word, SIZE, WORD, 2)
        canvas.text(right + 10, middle - len(word) * SIZE * LINE / 2, word, size=SIZE)
    finish(canvas, y + 8, _legend(canvas, rows, modalities, words), source)
    said = "; ".join(
        _said(words, row, modalities.get(row.modality, Modality(row.modality, row.modality))) for row in rows
    )
    return canvas.svg(name, title, words["read"].format(rows=said), language)


def _said(words: Mapping[str, str], row: Span, modality: Modality) -> str:
    return words["said"].format(label=row.label, wording=row.wording, word=modality.word)


def _years(canvas: Canvas, y: float, first: int, last: int, edges: Sequence[float]) -> float:
    """The years above their columns; where these are narrow not every year has its number."""
    each = next(n for n in range(1, last - first + 3) if n * (edges[1] - edges[0]) >= 22)
    for i, year in enumerate(range(first, last + 1)):
        if i % each == 0:
            across = (edges[i] + edges[i + 1]) / 2
            canvas.text(across, y, str(year), size=SMALL, align="center", ink="muted", weight="bold")
    return y + SMALL * LINE + 3


def _draw(
    canvas: Canvas,
    row: Span,
    modality: Modality,
    place: Callable[[date], float],
    ends: tuple[float, float],
    middle: float,
    mark: str,
) -> None:
    begin, until = row.earliest_begin or row.latest_begin, row.latest_end or row.earliest_end
    low, high = row.bounds[0], row.bounds[-1]
    if begin is not None and begin == until:
        sign(canvas, Modality(modality.key, modality.word), place(begin), middle, mark=mark)
        return
    after = timedelta(days=1)
    x0 = ends[0] if begin is None else place(low)
    x1 = ends[1] if until is None else place(high + after)
    if begin is None or until is None:
        canvas.line([(x0, middle), (x1, middle)], ink="accent", dash=modality.style, stroke=0.9)
    if begin is None:
        canvas.sign(x0 + 2, middle, "<", size=5, ink="accent")
        x0 = place(row.earliest_end or high)
    if until is None:
        canvas.sign(x1 - 2, middle, ">", size=5, ink="accent")
        x1 = place((row.latest_begin or low) + after)
    if x1 - x0 > 0.5 and (begin is None) + (until is None) < 2 and row.bounds[0] != row.bounds[-1]:
        bar(canvas, modality, x0, middle - 3.5, max(x1 - x0, 2.0), 7, sure=False, mark=mark)
    else:
        across = place(low if begin is not None else high + after)
        canvas.line([(across, middle - 5), (across, middle + 5)], ink="accent", stroke=1.4, mark=mark)
    if row.latest_begin is not None and row.earliest_end is not None and row.latest_begin < row.earliest_end:
        start = place(row.latest_begin)
        bar(canvas, modality, start, middle - 5.5, place(row.earliest_end + after) - start, 11)


def _legend(
    canvas: Canvas, rows: Sequence[Span], modalities: Mapping[str, Modality], words: Mapping[str, str]
) -> list[Entry]:
    used = {row.modality for row in rows}
    entries: list[Entry] = []
    for key, modality in modalities.items():
        if key in used:

            def draw(x: float, y: float, modality: Modality = modality) -> None:
                bar(canvas, modality, x, y - 3.5, 20, 7, sure=False)

            entries.append((20.0, draw, modality.word))
    existing = Modality("bestaand", "", "solid")
    if any(row.latest_begin and row.earliest_end and row.latest_begin < row.earliest_end for row in rows):
        entries.append((20.0, lambda x, y: bar(canvas, existing, x, y - 5.5, 20, 11, ink="muted"), words["sure"]))

    def within(x: float, y: float) -> None:
        canvas.box(x, y - 3.5, 20, 7, edge="muted", stroke=0.9)

    entries.append((20.0, within, words["within"]))

    def arrow(x: float, y: float) -> None:
        canvas.line([(x, y), (x + 20, y)], ink="muted", stroke=0.9)
        canvas.sign(x + 18, y, ">", size=5, ink="muted")

    if any(not (row.earliest_begin or row.latest_begin) or not (row.latest_end or row.earliest_end) for row in rows):
        entries.append((20.0, arrow, words["open"]))
    return entries
