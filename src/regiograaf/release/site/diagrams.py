"""Drawings of the ontology: its trees of terms, and what a claim is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from regiograaf.names import fold
from regiograaf.prefixes import PREFIXES
from regiograaf.release.site.addresses import Language, page_of
from regiograaf.release.site.material import Material
from regiograaf.release.site.rendering import tongue

__all__ = ["model", "tree"]

RG, RDF = PREFIXES["rg"], PREFIXES["rdf"]
ROW, STEP = 22, 26


def tree(
    m: Material, terms: Sequence[str], below: Mapping[str, Sequence[str]], language: Language, title: str
) -> Markup:
    """Terms and what falls under them, one a row, as a figure; a term under two others stands under each."""
    own = set(terms)
    under = {child for term in terms for child in below.get(term, ())}
    lines: list[tuple[int, str]] = []

    def walk(term: str, depth: int, path: frozenset[str]) -> None:
        lines.append((depth, term))
        for child in _named(m, [c for c in below.get(term, ()) if c in own and c not in path], language):
            walk(child, depth + 1, path | {child})

    for root in _named(m, [term for term in terms if term not in under], language):
        walk(root, 0, frozenset({root}))
    parts: list[Markup] = []
    last: dict[int, int] = {}
    for i, (depth, term) in enumerate(lines):
        x, y = 12 + depth * STEP, 16 + i * ROW
        if depth:
            above = last[depth - 1]
            parts.append(Markup('<path class="branch" d="M{} {}V{}H{}"/>').format(x - STEP, above + 6, y, x - 6))
        last[depth] = y
        name = m.name(term, language)
        parts.append(
            Markup(
                '<circle class="dot f-{}" cx="{}" cy="{}" r="4"/><a href="{}"><text x="{}" y="{}"{}>{}</text></a>'
            ).format(
                m.families.get(term, "onderwerp"),
                x,
                y,
                page_of(term, language),
                x + 10,
                y + 4,
                tongue(name, language),
                name.words,
            )
        )
    return Markup(
        '<figure class="tree" tabindex="0" role="group" aria-label="{}"><svg viewBox="0 0 560 {}">{}</svg></figure>'
    ).format(title, 24 + len(lines) * ROW, Markup("").join(parts))


def _named(m: Material, terms: Sequence[str], language: Language) -> list[str]:
    return sorted(terms, key=lambda term: (fold(m.name(term, language).words), term))


_BOXES: Mapping[str, tuple[str, int, int]] = {
    "claim": (RG + "Bewering", 330, 150),
    "subject": (RG + "Entiteit", 20, 40),
    "object": (RG + "Entiteit", 20, 260),
    "modality": (RG + "Modaliteit", 640, 40),
    "evidence": (RG + "Bewijs", 640, 150),
    "letter": (RG + "Brief", 640, 260),
    "period": (RG + "Periode", 210, 300),
    "quantity": (RG + "Grootheid", 430, 300),
    "speaker": (RG + "Actor", 330, 20),
}
_ARROWS = (
    ("claim", "subject", ("onderwerp", "subject"), ""),
    ("claim", "object", ("voorwerp", "object"), ""),
    ("claim", "speaker", ("volgens", "according to"), ""),
    ("claim", "modality", None, RG + "modaliteit"),
    ("claim", "evidence", None, RG + "bewijs"),
    ("evidence", "letter", None, RG + "uitBrief"),
    ("claim", "period", None, RG + "periode"),
    ("claim", "quantity", None, RG + "grootheid"),
)
WIDE, HIGH = 170, 44


def model(m: Material, language: Language) -> Markup:
    """What a claim is made of, with the names that the ontology gives it."""
    place = 0 if language == "nl" else 1
    title = ("Waaruit een bewering bestaat", "What a claim is made of")[place]
    parts = []
    for begin, end, words, term in _ARROWS:
        (x1, y1), (x2, y2) = _edge(begin, end), _edge(end, begin)
        said = words[place] if words else m.name(term, language).words
        parts.append(
            Markup('<path class="tie l-solid" marker-end="url(#tip)" d="M{} {}L{} {}"/>').format(x1, y1, x2, y2)
            + Markup('<text class="how" text-anchor="middle" x="{:g}" y="{:g}">{}</text>').format(
                (x1 + x2) / 2, (y1 + y2) / 2 - 5, said
            )
        )
    for term, x, y in _BOXES.values():
        name = m.name(term, language)
        parts.append(
            Markup(
                '<a href="{}"><rect class="box" x="{}" y="{}" width="{}" height="{}" rx="6"/>'
                '<text class="self" x="{:g}" y="{:g}"{}>{}</text></a>'
            ).format(
                page_of(term, language),
                x,
                y,
                WIDE,
                HIGH,
                x + WIDE / 2,
                y + HIGH / 2 + 5,
                tongue(name, language),
                name.words,
            )
        )
    return Markup(
        '<figure class="ego" tabindex="0" role="group" aria-label="{}">'
        '<svg viewBox="0 0 840 364" width="840" height="364">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>{}</svg>'
        "</figure>"
    ).format(title, Markup("").join(parts))


def _edge(box: str, towards: str) -> tuple[int, int]:
    """Where an arrow to another box leaves one: the middle of the side that faces it."""
    (_, x, y), (_, x2, y2) = _BOXES[box], _BOXES[towards]
    if abs(x2 - x) > WIDE:
        return (x + WIDE if x2 > x else x), y + HIGH // 2
    return x + WIDE // 2, (y + HIGH if y2 > y else y)
