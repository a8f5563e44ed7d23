"""What the head and foot of a letter say of the letter itself: who sends it, to whom, who signs it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from regiograaf.reader.candidates import key_of
from regiograaf.reader.head import Field
from regiograaf.reader.mention import Mention
from regiograaf.reader.mentions import Found
from regiograaf.reader.structure import Line, Structure

__all__ = ["LETTER", "SIGNED", "Addressed", "addressed"]

LETTER = "@"
"""What stands for the letter itself as an end of a claim, where its IRI is not given."""
SIGNED = "signed"
"""The rule of a person or function that only the foot of the letter names."""
POST = "post"
"""The rule of a function that only stands below a name: an end of a claim, and no mention."""
_TITLES = re.compile(r"(?:(?:de heer|mevrouw|dhr\.|mevr\.|mw\.|drs\.|mr\.|ir\.|ing\.|dr\.|prof\.) ?)+", re.IGNORECASE)
_ALDUS = re.compile(
    r"(?:aldus|en ondertekend|ondertekend|getekend|voor akkoord|in (?:twee|drie|vier)voud)\b", re.IGNORECASE
)
_SIGNS = ("rg:Ambtsdrager", "")
_WEIGHTS = {"rg:verstuurt": 0.9, "rg:gerichtAan": 0.88, "rg:afschriftAan": 0.8, "rg:ondertekent": 0.9,
            "rg:bekleedt": 0.35}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Addressed:
    """A claim that a line of the head or foot makes."""

    subject: Mention
    predicate: str
    object: Mention
    line: Line
    weight: float


def addressed(structure: Structure, found: Found, fields: Sequence[Field], letter: str) -> Iterator[Addressed]:
    """Yield what a letter's head and foot say; nothing of a text that is no letter.

    A text is one when it greets somebody, or says to whom it goes and from whom or who signs. `letter` is the letter's
    IRI, or `LETTER`.
    """
    names = {field.name for field in fields}
    yield from _agreed(structure, found, letter)
    letter_like = {"addressee", "signatory"} <= names or {"addressee", "sender"} <= names
    if "salutation" not in names and not letter_like:
        return
    sender, addressee = found.parties.sender, found.parties.addressee
    if sender is not None:
        line = _line(structure, fields, ("sender", "letterhead"), sender, last=True)
        if line is not None:
            yield _claim(structure, sender, "rg:verstuurt", _letter(structure, letter), line)
    if addressee is not None:
        line = _line(structure, fields, ("addressee", "salutation"), addressee)
        if line is not None:
            yield _claim(structure, _letter(structure, letter), "rg:gerichtAan", addressee, line)
    for field in fields:
        if field.name == "copy":
            for mention in _within(found, field):
                yield _claim(
                    structure, _letter(structure, letter), "rg:afschriftAan", mention, _line_of(structure, field)
                )
    signatories = [field for field in fields if field.name == "signatory"]
    functions = [field for field in fields if field.name == "function"]
    for i, field in enumerate(signatories):
        person = next((one for one in _within(found, field) if one.kind in _SIGNS), None) or _new(
            structure, field, "rg:Ambtsdrager"
        )
        line = _line_of(structure, field)
        yield _claim(structure, person, "rg:ondertekent", _letter(structure, letter), line)
        if len(functions) == len(signatories):
            other = functions[i]
            post = next((one for one in _within(found, other) if one.kind == "rg:Functie"), None) or replace(
                _new(structure, other, "rg:Functie"), rule=POST
            )
            yield _claim(structure, person, "rg:bekleedt", post, _line_of(structure, other))


def _agreed(structure: Structure, found: Found, letter: str) -> Iterator[Addressed]:
    """Yield who signs an agreement: the persons below "Aldus overeengekomen"."""
    last = next((line for line in reversed(structure.lines) if _ALDUS.match(line.text)), None)
    if last is None:
        return
    for mention in found.mentions:
        if mention.start >= last.start and mention.kind == "rg:Ambtsdrager":
            line = structure.line_at(mention.start)
            yield _claim(structure, mention, "rg:ondertekent", _letter(structure, letter), line)


def _claim(structure: Structure, subject: Mention, predicate: str, object: Mention, line: Line) -> Addressed:
    return Addressed(subject, predicate, object, line, _WEIGHTS[predicate])


def _letter(structure: Structure, letter: str) -> Mention:
    return Mention(0, 0, "", letter, "deze brief", "rg:Brief", "letter", 0, 0)


def _new(structure: Structure, field: Field, kind: str) -> Mention:
    """A person or function that the field names."""
    name = _TITLES.sub("", field.value) if kind == "rg:Ambtsdrager" else field.value
    label = name[0].lower() + name[1:] if kind == "rg:Functie" else name
    line = _line_of(structure, field)
    at = line.text.find(field.value)
    start = line.start + max(at, 0)
    return Mention(
        field.begin, field.end, field.value, key_of(label, kind), label, kind, SIGNED, start, start + len(field.value)
    )


def _within(found: Found, field: Field) -> list[Mention]:
    return [one for one in found.mentions if one.begin < field.end and field.begin < one.end]


def _line_of(structure: Structure, field: Field) -> Line:
    return next((line for line in structure.lines if line.begin <= field.begin < line.end), structure.lines[-1])


def _line(
    structure: Structure, fields: Sequence[Field], names: Sequence[str], party: Mention, *, last: bool = False
) -> Line | None:
    """The line that says who a party is: that of its own field, the last or the first."""
    for name in names:
        listed = [field for field in fields if field.name == name]
        if listed:
            return _line_of(structure, listed[-1 if last else 0])
    return None
