"""What a letter is about, encloses and goes to in copy, as it says itself: "Onderwerp: voortgang X", "Bijlage: Y"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regiograaf.reader.mention import Mention
from regiograaf.reader.structure import Line, Structure

__all__ = ["Enclosed", "enclosures"]

_ABOUT = re.compile(r"(?:onderwerp|betreft)\b\s*:?", re.IGNORECASE)
_WITH = re.compile(r"bijlagen?\b(?: \d+)?\s*[:.]", re.IGNORECASE)
_ALONG = re.compile(r"\b(?:als bijlage|bijgevoegd|bijgaand|hierbij treft u|meegezonden)\b", re.IGNORECASE)
_COPY = re.compile(
    r"\b(?:afschrift|kopie) van deze (?:brief|zienswijze|beschikking|notitie)\b.*?\baan\b", re.IGNORECASE
)
_PAPER = frozenset({
    "rg:Aanbeveling", "rg:Agenda", "rg:Analyse", "rg:Begroting", "rg:Document", "rg:Plan", "rg:Rapport",
    "rg:Verantwoording", "rg:Visie",
})  # fmt: skip
_WITHOUT = frozenset({"rg:Ambtsdrager", "rg:Functie"})
ABOUT = 0.45
WITH = 0.75
ALONG = 0.55
COPY = 0.7
HEAD = 25
"""Lines in which a letter says what it is about."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A thing that a letter is about or encloses, or whom it goes to in copy."""

    thing: Mention
    relation: str
    """`rg:bijlageVan` of the thing and the letter; any other of the letter and the thing."""
    line: Line
    weight: float


def enclosures(structure: Structure, mentions: Sequence[Mention], actors: frozenset[str]) -> Iterator[Enclosed]:
    """Yield the first thing that the line of the subject names, and all that those of enclosures and copies name."""
    starts = [mention.start for mention in mentions]
    for number, line in enumerate(structure.lines):
        here = mentions[bisect_left(starts, line.start) : bisect_left(starts, line.stop)]
        things = [one for one in here if one.kind and one.kind not in actors and one.kind not in _WITHOUT]
        if number < HEAD and _ABOUT.match(line.text):
            yield from (Enclosed(one, "rg:gaatOver", line, ABOUT) for one in things[:1])
        elif _WITH.match(line.text):
            yield from (Enclosed(one, "rg:bijlageVan", line, WITH) for one in things)
        elif copy := _COPY.search(line.text):
            after = [one for one in here if one.start >= line.start + copy.end() and one.kind in actors]
            yield from (Enclosed(one, "rg:afschriftAan", line, COPY) for one in after)
        elif _ALONG.search(line.text):
            yield from (Enclosed(one, "rg:bijlageVan", line, ALONG) for one in things[:1] if one.kind in _PAPER)
