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
    found.sort(key=lambda one: (one.start, -one.stop))
    kept: list[Candidate] = []
    for one in found:
        if not kept or kept[-1].stop <= one.start:
            kept.append(one)
    return kept
