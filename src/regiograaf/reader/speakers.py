"""Who speaks in a quotation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from regiograaf.reader.mention import Mention
from regiograaf.reader.parties import Parties
from regiograaf.reader.structure import Line

__all__ = ["quoted", "speaker", "spokesman"]

_SAYS = re.compile(
    r"\b(?:(?P<verb>zegt|zei|stelt|stelde|vertelt|benadrukt|verklaart|vindt|reageert|schrijft|meldt|concludeert|vraagt"
    r"|antwoordt|staat)|aldus|volgens|in de woorden van)\b",
    re.IGNORECASE,
)
SAID = 40
"""Characters behind a verb of saying in which the speaker's name begins: "zegt wethouder ..."."""
_OF = re.compile(r" van (?:de |het )?")
_BODIES = (
    "tooiont:Gemeente", "tooiont:Provincie", "tooiont:Waterschap", "tooiont:Samenwerkingsorganisatie", "rg:Bedrijf",
    "rg:Woningcorporatie", "rg:Netbeheerder", "rg:Stichting",
)  # fmt: skip
_OFFICES = (
    (re.compile(r"\b(?:wethouder|burgemeester) $", re.IGNORECASE), "tooiont:Gemeente"),
    (re.compile(r"\b(?:gedeputeerde|commissaris van de koning) $", re.IGNORECASE), "tooiont:Provincie"),
    (re.compile(r"\b(?:dijkgraaf|(?:hoog)?heemraad) $", re.IGNORECASE), "tooiont:Waterschap"),
)
"""Of which body they speak who hold an office."""


def speaker(line: Line, here: Sequence[Mention]) -> Mention | None:
    """Who says what a line quotes: the one named right before the colon, or beside a verb of saying, outside the
    quotation marks."""
    return _named(line, here)


def spokesman(
    line: Line, here: Sequence[Mention], before: Sequence[Mention], parties: Parties, one: Mention
) -> Mention:
    """For whom an office holder says "wij": the body of the office, where the letter names one; else himself."""
    if one.kind != "rg:Ambtsdrager" or not line.start <= one.start < line.stop:
        return one
    text = line.text
    if _OF.match(text, one.stop - line.start):
        for mention in here:
            if 0 <= mention.start - one.stop <= len(" van het ") and mention.kind in _BODIES:
                return mention
    for pattern, kind in _OFFICES:
        if pattern.search(text[: one.start - line.start]):
            if parties.home is not None and parties.home.kind == kind:
                return parties.home
            counts = Counter(mention.entity for mention in (*before, *here) if mention.kind == kind).most_common(2)
            if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]):
                return next(mention for mention in (*before, *here) if mention.entity == counts[0][0])
    return one


def _named(line: Line, here: Sequence[Mention]) -> Mention | None:
    told = [mention for mention in here if not quoted(line, mention.start - line.start)]
    for mention in told:
        place = bisect_left(line.quotes, (mention.stop - line.start, 0))
        if place < len(line.quotes) and line.quotes[place][0] - mention.stop + line.start < 6:
            between = line.text[mention.stop - line.start : line.quotes[place][0]]
            if between.strip(" \"'") == ":":
                return mention
    starts = [mention.start - line.start for mention in told]
    for match in _SAYS.finditer(line.text):
        if quoted(line, match.start()):
            continue
        place = bisect_left(starts, match.end())
        if place < len(told) and starts[place] - match.end() <= SAID:
            return told[place]
        if place and match["verb"] and 0 <= match.start() - (told[place - 1].stop - line.start) <= 1:
            return told[place - 1]
    return None


def quoted(line: Line, offset: int) -> bool:
    """Whether an offset in a line's text is within quotation marks."""
    place = bisect_right(line.quotes, (offset, len(line.text)))
    return bool(place) and offset < line.quotes[place - 1][1]
