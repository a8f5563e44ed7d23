"""A letter's head and foot: who writes to whom, when, about what. Only what the text has.

A field stands behind its label ("Ons kenmerk", "Datum: …", "Subject: …"), or where letters have it: the letterhead on
top, the body and the office holders under the closing words. Nothing is guessed: a letter without a sender has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from regiograaf.letters import GREETING, HEAD, SIGNATURE
from regiograaf.reader.periods import periods
from regiograaf.reader.structure import Line, Structure

__all__ = ["Field", "FieldName", "head"]

FieldName = Literal[
    "letterhead", "sender", "addressee", "copy", "reference", "their_reference", "date", "subject", "attachment",
    "salutation", "signatory", "function", "contact",
]  # fmt: skip

_LABELS: dict[str, FieldName] = {
    "datum": "date", "date": "date", "verzenddatum": "date", "verzonden": "date", "sent": "date", "dagtekening": "date",
    "ons kenmerk": "reference", "kenmerk": "reference", "zaaknummer": "reference", "dossiernummer": "reference",
    "registratienummer": "reference", "documentnummer": "reference", "ons nummer": "reference",
    "referentie": "reference", "uw kenmerk": "their_reference", "uw referentie": "their_reference",
    "onderwerp": "subject", "betreft": "subject", "subject": "subject", "betreffende": "subject",
    "bijlage": "attachment", "bijlagen": "attachment", "bijlage(n)": "attachment", "aantal bijlagen": "attachment",
    "aan": "addressee", "to": "addressee", "geadresseerde": "addressee", "geadresseerden": "addressee",
    "cc": "copy", "c.c.": "copy", "kopie aan": "copy", "afschrift aan": "copy", "in afschrift aan": "copy",
    "kopie": "copy", "afschrift": "copy", "van": "sender", "from": "sender", "afzender": "sender",
    "opgesteld door": "sender", "indiener": "sender", "ingediend door": "sender", "uitgebracht door": "sender",
    "uitgebracht aan": "addressee", "voorstel aan": "addressee", "advies aan": "addressee",
    "contactpersoon": "contact", "contact": "contact",
    "behandeld door": "contact", "doorkiesnummer": "contact", "telefoon": "contact", "telefoonnummer": "contact",
    "inlichtingen bij": "contact", "e-mail": "contact",
}  # fmt: skip
_LABEL = re.compile(
    "(?P<label>"
    + "|".join(sorted(map(re.escape, _LABELS), key=lambda w: (-len(w), w)))
    + r")(?:\s*:\s*|\t+\s*|(?<=c\.)\s+|$)(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NONE = re.compile(r"(?:0|geen|n\.?v\.?t\.?|-+|zie\b.*|-)$", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"(?:de |het )?(?:provincie|gemeente|ministerie|waterschap|hoogheemraadschap|omgevingsdienst|veiligheidsregio|regio"
    r"|ggd|stichting|woonstichting|vereniging|metropoolregio|samenwerkingsverband|gemeenschappelijke regeling"
    r"|rijkswaterstaat|netwerk|coöperatie|universiteit|kamer van)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:namens )?(?:de |het |aan de |aan het )?(?:(?:college|colleges) van|gedeputeerde staten|provinciale staten"
    r"|burgemeester en wethouders|burgemeester & wethouders|dagelijks bestuur|algemeen bestuur|dijkgraaf en|minister\b"
    r"|staatssecretaris\b|gemeenteraad|gemeenteraden|raad van|leden van|directie|bestuur van|formateur|stuurgroep)",
    re.IGNORECASE,
)
_TO = re.compile(r"aan (?=(?:de|het|alle)\b)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"postbus\b|\d{4} ?[A-Z]{2}\b|.*(?:straat|laan|weg|plein|kade|singel|dijk|gracht) \d", re.IGNORECASE
)
_TITLE = r"(?:(?:de heer|mevrouw|dhr|mevr|mw|drs|mr|ir|ing|dr|prof|ds|jhr|bc|msc|mba|h\.?e)\b\.? ?)"
_PARTICLE = r"(?:van|de|der|den|ter|ten|het|'t|te|in|la|le|el|von)"
_NAME = re.compile(
    rf"{_TITLE}*(?:(?:[A-Z][a-z]?\. ?)+(?:{_PARTICLE} )*|[A-Z][\w'-]+ (?:{_PARTICLE} )*)"
    r"[A-Z][\w'-]+(?:[ -][A-Z][\w'-]+)?"
    r"(?:,? (?:MBA|MSc|MA|BSc|LLM|RA|MPA|PhD|EMIA|CFO))*"
)
_SIGNING = re.compile(_NAME.pattern)
_TITLED = re.compile(_TITLE, re.IGNORECASE)
_FUNCTION = re.compile(
    r"(?:de |het |wnd\.? |waarnemend |loco-?|vice-?|plaatsvervangend )*"
    r"(?:\w*secretaris|\w*voorzitter|gedeputeerde|burgemeester|wethouder|(?:\w+ )?directeur|minister|staatssecretaris"
    r"|griffier|\w*manager|hoofd|formateur|dijkgraaf|commissaris|\w*adviseur|projectleider|programmaleider|bestuurder"
    r"|teamleider|\w*coördinator|penningmeester|portefeuillehouder)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?:[A-Z][\w' ]{1,40}(?:,|:| –| -) ?){0,3}(?P<date>\d{1,2} \w+ \d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\.?"
)
_EDGES = " \t,;:.*"
BLOCK = 12
"""Lines on top of a text in which its labels stand."""
PROSE = 8
"""Words from which a line there is a sentence."""
FIRST = 6
"""Lines of a text without a head in which a line with its place and date is looked for."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that the head or foot of a letter says of the letter, with its place in the canonical text."""

    name: FieldName
    value: str
    """As one reads it; of a date the ISO form where the text gives day, month and year."""
    begin: int
    end: int


def head(structure: Structure) -> tuple[Field, ...]:
    """The fields of a letter's head and foot, in the order of the text; those the text has not are not there.

    `letterhead` is the organisation on top, `sender` who the text says it is from: labelled, or the body that signs.
    Signatories and functions are in the order of the text; which belongs to whom is not said.
    """
    top = [line for line in structure.lines if line.section == HEAD and line.kind == "head"] or _block(structure)
    foot = [line for line in structure.lines if line.section == SIGNATURE and line.kind == "head"]
    found = [*_labelled(structure, top), *_labelled(structure, foot)]
    free_top, free_foot = _free(top, found), _free(foot, found)
    found += _letterhead(structure, free_top)
    found += _dates(structure, top or list(structure.lines[:FIRST]), found)
    found += _salutation(structure)
    found += _signed(structure, free_foot)
    found += _annexes(structure, found)
    return tuple(sorted(found, key=lambda field: (field.begin, field.end, field.name)))


def _block(structure: Structure) -> list[Line]:
    """The labelled lines on top of a text that greets nobody, such as a report or a proposal: "Opgesteld door: ..."."""
    found: list[Line] = []
    for line in structure.lines[:BLOCK]:
        if line.text.count(" ") >= PROSE and line.text[-1] in ".?!":
            break
        if (label := _label(line)) and label["value"].strip() and ":" in line.text:
            found.append(line)
    return found


def _free(lines: list[Line], found: list[Field]) -> list[Line]:
    """The lines that are neither a label nor in a field."""
    ranges = sorted((field.begin, field.end) for field in found)
    reached = list(accumulate((end for _, end in ranges), max, initial=-1))
    return [line for line in lines if not _label(line) and reached[bisect_left(ranges, (line.end, 0))] <= line.begin]


def _label(line: Line) -> re.Match[str] | None:
    return _LABEL.fullmatch(line.text)


def _field(structure: Structure, name: FieldName, line: Line, start: int = 0, stop: int | None = None) -> Field:
    """The field that a part of a line's reading text gives, without punctuation at its edges."""
    text = line.text[start:stop]
    start += len(text) - len(text.lstrip(_EDGES))
    value = text.strip(_EDGES)
    begin, end = structure.place(line.start + start, line.start + start + len(value))
    return Field(name, " ".join(value.split()), begin, end)


def _labelled(structure: Structure, lines: list[Line]) -> Iterator[Field]:
    """Yield the fields behind a label, on its line or the lines below it up to the next label."""
    place = 0
    while place < len(lines):
        label = _label(lines[place])
        place += 1
        if label is None:
            continue
        name = _LABELS[label["label"].casefold()]
        values: list[Field] = []
        if label["value"].strip():
            values.append(_field(structure, name, lines[place - 1], label.start("value")))
            while name == "subject" and place < len(lines) and _runs_on(lines[place - 1], lines[place]):
                values.append(_field(structure, name, lines[place]))
                place += 1
        else:
            block = place
            while place < len(lines) and not _label(lines[place]) and _belongs(name, lines, block, place):
                values.append(_field(structure, name, lines[place]))
                place += 1
        if name == "date":
            yield from (dated for value in values[:1] for dated in _date(structure, value))
            continue
        values = [value for value in values if value.value and not _NONE.match(value.value)]
        if name in ("subject", "addressee", "sender") and len(values) > 1:
            words = " ".join(value.value for value in values)
            values = [Field(name, words, values[0].begin, values[-1].end)]
        yield from values


def _runs_on(before: Line, line: Line) -> bool:
    """Whether a line directly below another goes on with its words."""
    return line.begin - before.end <= 1 and line.text[:1].islower() and not _label(line)


def _belongs(name: FieldName, lines: list[Line], first: int, place: int) -> bool:
    """Whether a line below a label still belongs to it: the first always does."""
    if place == first:
        return True
    if name in ("date", "their_reference", "contact"):
        return False
    text, before = lines[place].text, lines[place - 1]
    if name == "reference":
        return bool(re.search(r"\d", text)) and len(text.split()) <= 3
    if name == "subject":
        return lines[place].begin - before.end <= 1
    if name in ("addressee", "sender"):
        return not _ADDRESS.match(text) and lines[place].begin - before.end <= 1
    return not _FUNCTION.match(text)


def _date(structure: Structure, field: Field) -> Iterator[Field]:
    """The date in a field, in ISO form when it is a day; a field without any is no date."""
    for period in periods(field.value):
        if period.earliest_begin and period.earliest_begin == period.latest_end:
            yield Field("date", period.earliest_begin.isoformat(), field.begin, field.end)
            return
    if re.search(r"\d{4}", field.value):
        yield field


def _dates(structure: Structure, lines: list[Line], found: list[Field]) -> Iterator[Field]:
    """Yield the date of a line that has a place and a date, or a date, and nothing else; where no label gives one."""
    if any(field.name == "date" for field in found):
        return
    for line in lines:
        if match := _DATELINE.fullmatch(line.text):
            yield from _date(structure, _field(structure, "date", line, *match.span("date")))
            return


def _letterhead(structure: Structure, free: list[Line]) -> Iterator[Field]:
    """Yield the organisation on top, and the addressee below it."""
    known = False
    for i, line in enumerate(free):
        if to := _TO.match(line.text):
            yield _field(structure, "addressee", line, to.end())
        elif i == 0 and _ORGANISATION.match(line.text):
            known = True
            yield _field(structure, "letterhead", line)
        elif (known or i) and (_BODY.match(line.text) or (_ORGANISATION.match(line.text) and _addressed(free, i))):
            yield _field(structure, "addressee", line)


def _addressed(free: list[Line], place: int) -> bool:
    return place + 1 < len(free) and bool(_ADDRESS.match(free[place + 1].text))


def _salutation(structure: Structure) -> Iterator[Field]:
    line = next((line for line in structure.lines if line.section == GREETING), None)
    if line is not None and (match := re.match(r"(?:geachte?|beste)\s+", line.text, re.IGNORECASE)):
        yield _field(structure, "salutation", line, match.end())


def _signed(structure: Structure, lines: list[Line]) -> Iterator[Field]:
    """Yield who signs: the body, the office holders and their functions."""
    for line in lines[1:]:
        for start, stop in _pieces(line.text):
            text = line.text[start:stop].strip(_EDGES)
            if not text:
                continue
            if _BODY.match(text) or _ORGANISATION.match(text):
                named = re.match(r"namens ", text, re.IGNORECASE)
                yield _field(structure, "sender", line, start + (named.end() if named else 0), stop)
            elif _FUNCTION.match(text):
                yield _field(structure, "function", line, start, stop)
            elif _NAME.fullmatch(_TITLED.sub("", text)) or _NAME.fullmatch(text):
                yield _field(structure, "signatory", line, start, stop)
            elif (names := list(_SIGNING.finditer(line.text, start, stop))) and not _SIGNING.sub("", text).strip(
                _EDGES
            ):
                for name in names:
                    yield _field(structure, "signatory", line, *name.span())


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The cells of a row; of a line with a function and a name, each."""
    begin = 0
    for cell in re.finditer(r"[^\t]+", text):
        begin, end = cell.span()
        function = _FUNCTION.match(text, begin, end)
        comma = text.find(", ", function.end(), end) if function else -1
        name = re.match(rf"(?P<name>[^,]+), (?=(?i:{_FUNCTION.pattern}))", text[begin:end])
        if function and comma >= 0 and _NAME.fullmatch(text[comma + 2 : end].strip(_EDGES)):
            yield begin, comma
            yield comma + 2, end
        elif name and _NAME.fullmatch(name["name"]):
            yield begin, begin + name.end("name")
            yield begin + name.end(), end
        else:
            yield begin, end


def _annexes(structure: Structure, found: list[Field]) -> Iterator[Field]:
    """Yield the items of a list of annexes under a heading of its own."""
    if any(field.name == "attachment" for field in found):
        return
    for line in structure.lines:
        if re.fullmatch(r"Bijlagen?(?:\(n\))?", line.section) and structure.blocks[line.block].kind == "item":
            yield _field(structure, "attachment", line)
