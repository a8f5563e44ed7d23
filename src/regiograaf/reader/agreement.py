"""Who an agreement is between, as it lists them: "De ondergetekenden: 1. de gemeente X, vertegenwoordigd door Y"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regiograaf.reader.mention import Mention
from regiograaf.reader.structure import Line, Structure

__all__ = ["Party", "parties"]

_LIST = re.compile(
    r"(?:de |deelnemende |de volgende |contracterende )*(?:partijen|ondergetekenden|deelnemers)(?: zijn)?\W*$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:de )?(?:partijen|ondergetekenden|deelnemers):|(?:namens|voor) (?:de|het) [^.]{3,60}[,:]?$", re.IGNORECASE
)
_END = re.compile(
    r"overwegen|in aanmerking|komen\b|verklaren\b|gelet op|nemen in overweging|constateren|artikel\b", re.I
)
_TOGETHER = re.compile(r"(?:hierna|(?:de )?partijen\b|gezamenlijk|tezamen|en:?$)", re.IGNORECASE)
_REST = re.compile(
    r"vertegenwoordigd|hierna|ten deze|te dezen|statutair|gevestigd|handelend|rechtsgeldig|\(", re.IGNORECASE
)
_TITLE = re.compile(r"convenant|overeenkomst|akkoord|intentieverklaring|\bdeal\b|\bpact\b", re.IGNORECASE)
_THIS = re.compile(r"\b(?:deze|dit) $", re.IGNORECASE)
_SIGNS = re.compile(r"vertegenwoordigd door", re.IGNORECASE)
_AGREEMENTS = frozenset({
    "rg:Afspraken", "rg:Coalitieakkoord", "rg:Convenant", "rg:Intentieverklaring", "rg:Overeenkomst", "rg:RegioDeal",
})  # fmt: skip
_PERSON = "rg:Ambtsdrager"
PARTY = 0.9
SIGNS = 0.5
"""Who stands for a party signs as a rule, though the text only says so at its foot."""
TITLE = 8
"""Lines at the head of a text in which an agreement says what it is."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party and the agreement, or with no agreement who signs it for a party."""

    who: Mention
    agreement: Mention | None
    line: Line


def parties(structure: Structure, mentions: Sequence[Mention], actors: frozenset[str]) -> Iterator[Party]:
    """Yield the parties that an agreement lists below "Partijen" or "De ondergetekenden", and who signs for them.

    The agreement is the first that the head of the text names, else what the text calls "dit convenant"; a text whose
    head speaks of none has no parties.
    """
    agreement = _agreement(structure, mentions)
    if agreement is None:
        return
    starts = [mention.start for mention in mentions]
    inside = False
    for line in structure.lines:
        here = mentions[bisect_left(starts, line.start) : bisect_left(starts, line.stop)]
        if _LIST.match(line.text):
            inside = True
            continue
        if _NAMED.match(line.text):  # "Partijen: X, Y en Z", and below "Aldus" "Namens X"
            listed = [one for one in here if one.kind in actors and one.kind != _PERSON]
            yield from (Party(one, agreement, line) for one in listed if one.text.lower() != "partijen")
            continue
        if not inside:
            continue
        if _END.match(line.text) or line.kind == "heading":
            inside = False
            continue
        if _TOGETHER.match(line.text):
            continue
        rest, signs = _REST.search(line.text), _SIGNS.search(line.text)
        for one in here:
            at = one.start - line.start
            if one.kind == _PERSON:
                if signs and at > signs.start():
                    yield Party(one, None, line)
            elif (not rest or at < rest.start()) and (one.kind in actors or not one.kind):
                yield Party(one, agreement, line)


def _agreement(structure: Structure, mentions: Sequence[Mention]) -> Mention | None:
    """What the text is an agreement by name of, or by "deze overeenkomst"."""
    head = structure.lines[:TITLE]
    named = [mention for mention in mentions if mention.kind in _AGREEMENTS]
    if named and named[0].start < head[-1].stop:
        return named[0]
    if not any(_TITLE.search(line.text) for line in head):
        return None
    text = structure.text
    return next((one for one in named if _THIS.search(text, max(0, one.start - 6), one.start)), None)
