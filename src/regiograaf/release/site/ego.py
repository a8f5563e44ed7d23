"""A small drawing of an entity and what letters relate it to: neighbours in two columns, lines by modality.

Left stands who has a relation with it, right what it has a relation with. No layout engine, no crossing of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = ["Tie", "ego"]

MOST = 9
"""Neighbours on each side; the rest stands in the list of claims."""
ROW, TOP = 44, 14
HALF, GAP, EDGE = 98, 84, 8
"""Half the width of the box in the middle, the length of a line, and the margin."""
NAME, HOW = 8.2, 7.0
"""Width of a letter in a name, and in the words of a relation; rather too much than too little."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A neighbour, the words of the relation, and in which modality; `address` is that of its page."""

    name: str
    tongue: Markup
    address: str
    family: str
    relation: str
    modality: str
    stroke: str
    denied: bool
    count: int


def ego(name: str, family: str, inward: Sequence[Tie], outward: Sequence[Tie], title: str, more: str) -> Markup:
    """The drawing as a figure in SVG; empty when nothing is related."""
    if not inward and not outward:
        return Markup("")
    shown = (_chosen(inward), _chosen(outward))
    rows = max(map(len, shown))
    rest = len(inward) + len(outward) - sum(map(len, shown))
    high = TOP * 2 + max(rows, 2) * ROW
    centre = high / 2
    left, right = (_room(ties) for ties in shown)
    middle = EDGE + left + HALF
    parts: list[Markup] = []
    for side, ties in zip((-1, 1), shown, strict=True):
        start = centre - len(ties) * ROW / 2 + ROW / 2
        for i, tie in enumerate(ties):
            parts.append(_tie(tie, side, start + i * ROW, centre, middle))
    lines = _lines(name)
    spans = Markup("").join(
        Markup('<tspan x="{}" dy="{}">{}</tspan>').format(middle, 0 if i == 0 else 16, line)
        for i, line in enumerate(lines)
    )
    tall = 18 + 16 * len(lines)
    box = Markup('<rect class="box f-{}" x="{}" y="{:g}" width="{}" height="{}" rx="6"/>').format(
        family, middle - HALF, centre - tall / 2, HALF * 2, tall
    )
    text = Markup('<text class="self" x="{}" y="{:g}">{}</text>').format(
        middle, centre - (len(lines) - 1) * 8 + 5, spans
    )
    wide = middle + HALF + right + EDGE
    note = Markup("<figcaption>+ {} {}</figcaption>").format(rest, more) if rest else Markup("")
    return Markup(
        '<figure class="ego{}" tabindex="0" role="group" aria-label="{}">'
        '<svg viewBox="0 0 {} {:g}" width="{}" height="{:g}">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>'
        "{}{}{}</svg>{}</figure>"
    ).format(
        " out" if len(shown[1]) > len(shown[0]) else "",
        title,
        wide,
        high,
        wide,
        high,
        Markup("").join(parts),
        box,
        text,
        note,
    )


def _room(ties: Sequence[Tie]) -> int:
    """How wide the side of the drawing with these ties is."""
    if not ties:
        return 0
    words = max(max(NAME * len(_cut(tie.name, 38)), HOW * len(_cut(_how(tie), 48))) for tie in ties)
    return GAP + 20 + round(words)


def _how(tie: Tie) -> str:
    return f"{tie.relation}{f' ×{tie.count}' if tie.count > 1 else ''} · {tie.modality}"


def _chosen(ties: Sequence[Tie]) -> list[Tie]:
    """The ties that are drawn: first one of each neighbour, then more of them; those of one neighbour together."""
    seen: Counter[str] = Counter()
    ranked = []
    for i, tie in enumerate(ties):
        ranked.append((seen[tie.address], i, tie))
        seen[tie.address] += 1
    best = sorted(ranked, key=lambda part: part[:2])[:MOST]
    first = {tie.address: i for _, i, tie in reversed(best)}
    return [tie for _, _, tie in sorted(best, key=lambda part: (first[part[2].address], part[1]))]


def _tie(tie: Tie, side: int, y: float, centre: float, middle: int) -> Markup:
    """A line to or from a neighbour left (side -1) or right (1) of the middle, with its words."""
    edge = middle + side * HALF
    dot = edge + side * (GAP + 8)
    near, far = (dot + 8, edge) if side < 0 else (edge, dot - 8)
    begin, end = (y, centre) if side < 0 else (centre, y)
    bend = (near + far) / 2
    x, align = dot + side * 12, "end" if side < 0 else "start"
    no, address, family = " no" if tie.denied else "", escape(tie.address), escape(tie.family)
    return Markup(
        f'<path class="tie l-{escape(tie.stroke)}{no}" marker-end="url(#tip)" '
        f'd="M{near} {begin:g}C{bend:g} {begin:g} {bend:g} {end:g} {far} {end:g}"/>'
        f'<circle class="dot f-{family}" cx="{dot}" cy="{y:g}" r="5"/>'
        f'<a href="{address}"><text class="name" text-anchor="{align}" x="{x}" y="{y - 1:g}"{tie.tongue}>'
        f"{escape(_cut(tie.name, 38))}</text></a>"
        f'<text class="how{no}" text-anchor="{align}" x="{x}" y="{y + 14:g}">{escape(_cut(_how(tie), 48))}</text>'
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _lines(name: str, wide: int = 20) -> list[str]:
    """A name in at most three lines."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > wide:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 3:
        lines = [*lines[:2], lines[2] + "…"]
    return [_cut(line, wide + 4) for line in lines]
