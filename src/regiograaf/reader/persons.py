"""Office holders, ministers and ministries, by the function or title before a name."""

from __future__ import annotations

import re

from regiograaf.reader.candidate import PERSON, Candidate
from regiograaf.reader.capitals import LETTER_WORD, SURNAME, WORDS
from regiograaf.reader.namewords import any_of

__all__ = ["CONTACT", "FUNCTION_BEFORE", "FUNCTION_WORD", "TITLE_BEFORE", "office_at", "person_at"]

_PERSON_NAME = re.compile(rf"(?:[A-Z][a-z]?\.\s?)*{SURNAME}(?: {SURNAME}){{0,2}}")
_FUNCTION = "|".join((*WORDS.functions, *WORDS.posts))
FUNCTION_WORD = re.compile(_FUNCTION, re.IGNORECASE)
FUNCTION_BEFORE = re.compile(
    rf"\b(?:{'|'.join(WORDS.functions)}),? (?:(?:van der|van den|van de|de|der|ter|ten) )?$", re.IGNORECASE
)
_POST_BEFORE = re.compile(
    rf"\b(?:{'|'.join(WORDS.posts)}),? (?:(?:van der|van den|van de|de|der|ter|ten) )?$", re.IGNORECASE
)
TITLE_BEFORE = re.compile(
    r"\b(?:dhr\.|mw\.|mevr\.|mevrouw|de heer|heer)(?: (?:drs|mr|ir|ing|dr|prof)\.)* "
    r"(?:(?:van der|van den|van de|de|der|ter|ten) )?$",
    re.IGNORECASE,
)
_OF = re.compile(r" van ")
_TOWN = re.compile(rf"(?:{any_of(WORDS.towns - WORDS.wordlike)})(?![\w-])")
"""Municipalities behind the "van" of an office holder: "Jan Kok van Hof van Twente"."""
_OFFICE_OF = re.compile(
    r"[a-z](?: \(|, )(?:loco)?(?:burgemeester|wethouder|gemeentesecretaris|raadslid) $", re.IGNORECASE
)
_FUNCTION_BEHIND = re.compile(rf"(?:, | \()(?:de |het )?(?:{_FUNCTION})\b", re.IGNORECASE)
_PARTICLE_BEFORE = re.compile(r"\b(?:van der|van den|van de|de|der|ter|ten) $")
_OFFICE_BEFORE = re.compile(r"\b(?P<office>minister|staatssecretaris) (?:van|voor) (?:de |het )?$", re.IGNORECASE)
_MINISTRY_BEFORE = re.compile(r"\b(?P<office>ministerie) van (?:de |het )?$", re.IGNORECASE)
_PORTFOLIO = re.compile(
    rf"{LETTER_WORD}(?: {LETTER_WORD})*(?:(?:, {LETTER_WORD}(?: {LETTER_WORD})*)*"
    rf" (?:en|&) {LETTER_WORD}(?: {LETTER_WORD})*)?"
)
_HOUSE_OF = re.compile(r"(?:Tweede|Eerste) Kamer(?: der Staten-Generaal)?")
_SPEAKER_OF = re.compile(rf"Voorzitter van de {_HOUSE_OF.pattern}")
_OFFICE = re.compile(r"(Minister|Staatssecretaris|Ministerie) (?:van|voor) ")
_CHAIR = re.compile(r"\b(?P<office>voorzitter van de) $", re.IGNORECASE)
CONTACT = re.compile(
    r"\b(?:terecht|contact (?:opnemen|op)|informatie|vragen|inlichtingen) (?:bij|met|aan|tot)\b[^.;]*$"
)
"""Behind it stands who can be called, of whom the letter says nothing."""


def office_at(text: str, start: int, before: str) -> Candidate | None:
    """A minister or a ministry, with all that it is of."""
    chair = _CHAIR.search(before)
    house = _HOUSE_OF.match(text, start) if chair else None
    if chair and house:
        begin = start - len(before) + chair.start()
        label = text[begin : house.end()]
        return Candidate(begin, house.end(), label[0].lower() + label[1:], "rg:Functie", "naam met een ambt")
    office = _OFFICE_BEFORE.search(before) or _MINISTRY_BEFORE.search(before)
    begin, at = start, start
    if office:
        begin = start - len(before) + office.start()
        noun = office["office"].casefold()
    else:
        house = _SPEAKER_OF.match(text, start)
        if house:
            label = house[0][0].lower() + house[0][1:]
            return Candidate(start, house.end(), label, "rg:Functie", "naam met een ambt")
        own = _OFFICE.match(text, start)
        if not own:
            return None
        noun, at = own[1].casefold(), own.end()
    portfolio = _PORTFOLIO.match(text, at)
    if not portfolio:
        return None
    label = text[begin : portfolio.end()]
    kind = "tooiont:Ministerie" if noun == "ministerie" else "rg:Functie"
    of = WORDS.abbreviations.get(portfolio[0])
    if of and kind == "tooiont:Ministerie":
        label = of[0]
    elif of and of[1] == "tooiont:Ministerie":
        label = f"{noun} {of[0].partition(' ')[2]}"
    return Candidate(begin, portfolio.end(), label[0].lower() + label[1:], kind, f'naam met "{noun}"')


def _body_at(text: str, start: int, stop: int, before: str) -> Candidate | None:
    """The municipality whose office stands before it: "K. Smit (burgemeester Ede, voorzitter)"."""
    if not _OFFICE_OF.search(before) or text[stop : stop + 1] not in (",", ")", ";"):
        return None
    name = text[start:stop]
    mayor = "burgemeester" in before[-20:].casefold()
    if name.casefold() in WORDS.portfolios or not (mayor or name in WORDS.towns):
        return None
    return Candidate(start, stop, name, "tooiont:Gemeente", "naam achter een orgaan", bare=name)


def person_at(text: str, start: int, stop: int, before: str) -> Candidate | None:
    """The person that a phrase is, behind a function or title, or before a function; `before` is the text before it."""
    body = _body_at(text, start, stop, before)
    if body is not None:
        return body
    found = FUNCTION_BEFORE.search(before) or _POST_BEFORE.search(before) or TITLE_BEFORE.search(before)
    if found:
        head = _PARTICLE_BEFORE.search(before)
        begin = start - len(head[0]) if head else start
        name = _PERSON_NAME.match(text, begin)
        if name is None or name.end() <= start or name[0].casefold() in WORDS.portfolios:
            return None
        if _POST_BEFORE.search(before) and " " not in name[0]:
            return None
        end = name.end()
        for link in _OF.finditer(name[0]):
            town = _TOWN.match(text, name.start() + link.end())
            if link.start() and town and (" " in town[0] or name[0][: link.start()] not in WORDS.given):
                end = name.start() + link.start()
                break
        if end <= start:
            return None
        kind = PERSON if not TITLE_BEFORE.search(before) else ""
        reason = "naam achter een functie" if kind else "naam achter een aanspreektitel"
        return Candidate(begin, end, " ".join(text[begin:end].split()), kind, reason)
    words = text[start:stop].split(" ")
    if 2 <= len(words) <= 5 and _FUNCTION_BEHIND.match(text, stop) and "en" not in words:
        name = _PERSON_NAME.fullmatch(text[start:stop])
        if name:
            return Candidate(start, stop, name[0], PERSON, "naam voor een functie")
    return None
