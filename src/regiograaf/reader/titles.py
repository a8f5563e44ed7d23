"""Names that quotation marks, a year, a hyphen or an adjective with a capital give away."""

from __future__ import annotations

import re

from regiograaf.reader.candidate import Candidate
from regiograaf.reader.capitals import WORDS, begins_sentence
from regiograaf.reader.namewords import any_of

__all__ = ["titled"]

_QUOTED = re.compile(
    rf"\b(?P<noun>{any_of(WORDS.quoted)})(?: (?:met de titel|genaamd|getiteld),?)? "
    r"[\"'](?P<title>[A-ZÀ-Þ0-9][^\"'\n]{2,90})[\"']",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\b(?P<name>[a-zà-ÿ-]{{0,40}}(?P<end>{any_of(WORDS.ends)}) (?:20|19)\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?)(?![\w-])"
)
_HYPHENED = re.compile(
    rf"(?<![\w-])(?P<name>(?P<noun>{any_of({*WORDS.quoted, *WORDS.inside})})-[A-Z][\w-]+(?: c\.s\.)?)"
)
_JOINED = re.compile(r"[a-z]-[A-Z]")
_PROPER_PAPER = re.compile(
    rf"(?P<name>\b[A-Z][a-z]{{1,30}}(?:ale?|lijke?|ische?|se|elijke?) "
    rf"[a-zà-ÿ]{{0,40}}(?P<end>{any_of(WORDS.ends)})(?: (?:20|19)\d\d)?)(?![\w-])"
)


_REGIONAL = ("tooiont:Samenwerkingsorganisatie", "rg:Stichting", "rg:Overheid", "rg:Kennisinstelling")
_WHOLE = tuple(
    (name, kind)
    for name, kind in dict.fromkeys(WORDS.abbreviations.values())
    if any(word.islower() and len(word) > 4 for word in name.split()[1:]) and name[0].isupper()
)
"""Names of bodies in which words without a capital stand, as everyone writes them."""
_OF_REGION = re.compile(r"(?<![\w-])(?P<name>(?P<noun>[A-Z][\w-]+) regio(?: van)? [A-Z][\w'-]+(?:[ -][A-Z][\w'-]+)*)")
"""A body that is named with its region: "Omgevingsdienst regio Utrecht"."""


_COMMITTEE = re.compile(
    r"(?<![\w-])(?P<name>(?:(?:vaste|algemene|tijdelijke) )?(?:[Kk]amer|[Rr]aads|[Ss]taten)?commissie voor "
    r"(?:de |het )?"
    r"[A-Z][\w-]+(?:(?:,| en) [A-Z][\w-]+| [A-Z][\w-]+)*)"
)


def titled(text: str) -> list[Candidate]:
    """Titles between quotation marks, names with a year, and names joined with a hyphen ("motie-Jansen")."""
    found: list[Candidate] = []
    if '"' in text or "'" in text:
        for match in _QUOTED.finditer(text):
            noun = match["noun"].casefold()
            found.append(Candidate(*match.span("title"), match["title"], WORDS.quoted[noun], f'titel achter "{noun}"'))
    for match in _DATED.finditer(text) if " 20" in text or " 19" in text else ():
        kind, reason = WORDS.ends[match["end"]], f'eindigt op "-{match["end"]}"'
        found.append(Candidate(*match.span("name"), match["name"], kind, reason))
    for match in _PROPER_PAPER.finditer(text):
        kind, reason = WORDS.ends[match["end"]], f'eindigt op "-{match["end"]}"'
        start, stop = match.span("name")
        found.append(Candidate(start, stop, match["name"], kind, reason, weak=begins_sentence(text, start)))
    for match in _HYPHENED.finditer(text) if _JOINED.search(text) else ():
        noun = match["noun"]
        kind = WORDS.quoted.get(noun) or WORDS.inside[noun]
        found.append(Candidate(*match.span("name"), match["name"], kind, f'naam met "{noun}"'))
    for name, kind in _WHOLE:
        at = text.find(name)
        while at >= 0:
            found.append(Candidate(at, at + len(name), name, kind, "gangbare naam"))
            at = text.find(name, at + len(name))
    for match in _COMMITTEE.finditer(text) if "commissie voor " in text else ():
        found.append(Candidate(*match.span("name"), match["name"], "rg:Overlegorgaan", 'naam met "commissie voor"'))
    for match in _OF_REGION.finditer(text) if " regio " in text else ():
        kind = WORDS.inside.get(match["noun"].casefold(), "")
        if kind in _REGIONAL:
            found.append(Candidate(*match.span("name"), match["name"], kind, f'naam met "{match["noun"].casefold()}"'))
    found.sort(key=lambda one: (one.start, -one.stop))
    kept: list[Candidate] = []
    for one in found:
        if not kept or kept[-1].stop <= one.start:
            kept.append(one)
    return kept
