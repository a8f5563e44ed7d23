"""What a mention is: a stretch of a letter that stands for one known or new entity."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Mention"]


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
    before), noun ("de provincie"), sender, addressee ("wij", "u"), speaker ("wij" in a quotation)."""
    start: int
    """In the reading text (`Structure.text`), code points."""
    stop: int
