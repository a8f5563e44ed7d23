"""What a mention is: a stretch of a letter that stands for one known or new entity."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from regiograaf.reader.structure import Structure

__all__ = ["NEW", "Mention", "mention_of", "overlaps"]

NEW = "nieuw:"
"""What the key of a new entity begins with."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One stretch of text and the entity that it stands for, without article or punctuation around it."""

    begin: int
    """In the canonical text (`Document.text`), code points."""
    end: int
    text: str
    """As one reads it; `Structure.text[start:stop]`."""
    entity: str
    """The IRI of a known entity, or the key `nieuw:soort/naam` of a new one."""
    label: str
    kind: str
    """The CURIE of its class; empty for a new one whose kind the text does not give."""
    rule: str
    """Which rule found it: name, abbreviation (given with a name before), shared (a name that shares a word with the
    one beside it), organ (of a body, named with it), group (of the bodies of a region), new, short (for a longer name
    before, or given by the text: "hierna: het Fonds"), noun ("de provincie", or a thing that only its noun
    names), sender, addressee ("wij", "u", the letter's head), speaker ("wij" in a quotation), phrase (a common noun
    that a claim is about)."""
    start: int
    """In the reading text (`Structure.text`), code points."""
    stop: int


def mention_of(structure: Structure, start: int, stop: int, entity: tuple[str, str, str], rule: str) -> Mention:
    """The mention at a range of the reading text; `entity` is its IRI or key, label and kind."""
    begin, end = structure.place(start, stop)
    return Mention(begin, end, structure.text[start:stop], *entity, rule, start, stop)


def overlaps(taken: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    """Whether a range shares a character with one of those taken, which are in order and apart."""

    place = bisect_left(taken, (stop, 0))
    return bool(place) and taken[place - 1][1] > start
