"""Who stands where, and how much that hangs on one letter: a dot for each, on the line of its range."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.ticker import MaxNLocator

from regiograaf.plots.canvas import LINE, Canvas, width, wrap
from regiograaf.plots.frame import MARGIN, SHAPES, WIDE, Entry, begin, families_legend, family, finish, number, span
from regiograaf.plots.rows import Dot

__all__ = ["ranking"]

LABEL, SIZE, NOTE = 190.0, 8.5, 7.5
WORDS = {
    "nl": {
        "dot": "alle brieven samen",
        "range": "laagste en hoogste waarde wanneer telkens één brief wordt weggelaten",
        "all": "{value}",
        "with": "{value} (zonder telkens één brief: {range})",
        "none": "Er zijn geen rijen.",
        "read": "Een rij per naam, de hoogste bovenaan: {rows}.",
    },
    "en": {
        "dot": "all letters together",
        "range": "lowest and highest value when each letter in turn is left out",
        "all": "{value}",
        "with": "{value} (leaving out each letter in turn: {range})",
        "none": "There are no rows.",
        "read": "One row per name, the highest on top: {rows}.",
    },
}


def ranking(
    rows: Sequence[Dot],
    *,
    title: str,
    explanation: str = "",
    axis: str = "",
    families: Sequence[tuple[str, str]] = (),
    source: str = "",
    language: str = "nl",
    digits: int = 2,
    name: str = "ranking",
) -> str:
    """A dot for each row in the given order, with its range as a line, as SVG.

    `families` gives keys and words for the legend, in its order; only those that occur are shown. Without rows the
    figure says so.
    """
    words = WORDS[language]
    canvas = Canvas(WIDE)
    y = begin(canvas, title, explanation)
    values = [words["with" if dot.low is not None else "all"].format(**_numbers(dot, language, digits)) for dot in rows]
    if not rows:
        canvas.text(MARGIN, y, words["none"], ink="muted")
        finish(canvas, y + 20, [], source)
        return canvas.svg(name, title, words["none"], language)
    written = [(_numbers(dot, language, digits)["value"], _numbers(dot, language, digits)["range"]) for dot in rows]
    first = max(width(value, SIZE, "bold") for value, _ in written)
    second = max(width(f"({reach})" if reach else "", NOTE) for _, reach in written)
    left = MARGIN + LABEL + 14
    right = WIDE - MARGIN - first - (second + 5 if second else 0) - 12
    top = y
    ticks = _ticks(rows)
    decimals = max(len(f"{tick:g}".partition(".")[2]) for tick in ticks)
    scale = (right - left) / (ticks[-1] - ticks[0])

    def at(value: float) -> float:
        return left + (value - ticks[0]) * scale

    places = []
    for dot in rows:
        lines = wrap(dot.label, SIZE, LABEL, 3)
        tall = len(lines) * SIZE * LINE + (NOTE * LINE if dot.note else 0) + 6
        places.append((y, tall, lines))
        y += tall
    for tick in ticks:
        canvas.line([(at(tick), top), (at(tick), y)], ink="rule", stroke=0.5)
        canvas.text(at(tick), y + 2, number(tick, language, decimals), size=NOTE, ink="muted", align="center")
    for i, (dot, (up, tall, lines), value) in enumerate(zip(rows, places, written, strict=True)):
        mark, middle = f"{name}-row-{i}", up + tall / 2
        canvas.text(MARGIN + LABEL, up + 3, lines, size=SIZE, align="right")
        if dot.note:
            below = up + 3 + len(lines) * SIZE * LINE
            canvas.text(MARGIN + LABEL, below, wrap(dot.note, NOTE, LABEL, 1), size=NOTE, align="right", ink="muted")
        ink = dot.family if dot.family in SHAPES else "onderwerp"
        if dot.low is not None and dot.high is not None:
            canvas.line([(at(dot.low), middle), (at(dot.high), middle)], ink=ink, stroke=1.6)
            for end in (dot.low, dot.high):
                canvas.line([(at(end), middle - 3), (at(end), middle + 3)], ink=ink, stroke=1.6)
        family(canvas, dot.family, at(dot.value), middle, mark)
        canvas.say(mark, f"{dot.label}: {values[i]}")
        edge = WIDE - MARGIN - (second + 5 if second else 0)
        canvas.text(edge, middle - SIZE * LINE / 2, value[0], size=SIZE, weight="bold", align="right")
        if value[1]:
            reach = f"({value[1]})"
            canvas.text(WIDE - MARGIN, middle - NOTE * LINE / 2, reach, size=NOTE, align="right", ink="muted")
    y += NOTE * LINE + 4
    if axis:
        lines = wrap(axis, NOTE, right - left + 60, 3)
        canvas.text((left + right) / 2, y, lines, size=NOTE, ink="muted", align="center")
        y += len(lines) * NOTE * LINE
    ranged = any(dot.low is not None for dot in rows)
    finish(canvas, y + 8, _legend(canvas, rows, families, words, ranged), source)
    read = "; ".join(f"{dot.label} {value}" for dot, value in zip(rows, values, strict=True))
    return canvas.svg(name, title, words["read"].format(rows=read), language)


def _numbers(dot: Dot, language: str, digits: int) -> dict[str, str]:
    reach = "" if dot.low is None or dot.high is None else span(dot.low, dot.high, language, digits)
    return {"value": number(dot.value, language, digits), "range": reach}


def _ticks(rows: Sequence[Dot]) -> list[float]:
    most = max(max(dot.value, dot.high or 0.0) for dot in rows) or 1.0
    ticks = [float(tick) for tick in MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(0.0, most)]
    return [tick for tick in ticks if tick >= 0]


def _legend(
    canvas: Canvas, rows: Sequence[Dot], families: Sequence[tuple[str, str]], words: dict[str, str], ranged: bool
) -> list[Entry]:
    entries = families_legend(canvas, families, {dot.family for dot in rows})
    if ranged:

        def reach(x: float, y: float) -> None:
            canvas.line([(x, y), (x + 22, y)], ink="ink", stroke=1.6)
            for end in (x, x + 22):
                canvas.line([(end, y - 3), (end, y + 3)], ink="ink", stroke=1.6)

        entries.append((7.0, lambda x, y: canvas.sign(x + 3.5, y, "o"), words["dot"]))
        entries.append((22.0, reach, words["range"]))
    return entries
