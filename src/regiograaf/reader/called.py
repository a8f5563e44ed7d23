"""Names that a text itself gives: "hierna te noemen: Delfland", "(hierna: het Fonds)", "hierna samen: de overheden".

What is called so is meant by that name from there on, whatever else the name could mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from regiograaf.reader.candidates import PERSON, key_of
from regiograaf.reader.mention import Mention, mention_of
from regiograaf.reader.structure import Structure

__all__ = ["called"]

_HOW = (
    r"(?:,? (?:ook|samen|gezamenlijk|tezamen|gezamelijk|afzonderlijk|verder|kortweg|nader|te noemen|genoemd"
    r"|aangeduid als|aan te duiden als|als))*"
)
_DEFINED = re.compile(
    rf"\b(?:hierna|verder|nader)(?P<how>{_HOW})(?P<colon> ?:)? ?(?P<quote>[\"'])?(?P<article>(?:de|het) )?"
    r"(?P<name>[^\W\d_][\w&-]*(?: [\w&-]+){0,3})(?=[\"').,;]|$| en\b)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"samen|tezamen|gezam")
_NO_PARTY = (PERSON, "rg:Plaats", "rg:Functie")
_GROUP = "rg:ActorGroep"


def called(structure: Structure, told: list[Mention]) -> list[Mention]:
    """The mentions, with the names that the text gives; one of the same words gives way to it."""
    if "hierna" not in structure.text and "noemen" not in structure.text:
        return told
    found = told
    for number, line in enumerate(structure.lines):
        for match in _DEFINED.finditer(line.text) if "hierna" in line.text or "noemen" in line.text else ():
            if not (match["colon"] or "noem" in match["how"] or "duid" in match["how"]):
                continue
            of = _meant(structure, number, match, found)
            if of is not None:
                found = _with_name(structure, found, match, line.start + match.start("name"), of)
    return found


def _meant(
    structure: Structure, place: int, match: re.Match[str], told: Sequence[Mention]
) -> tuple[str, str, str] | None:
    """Who gets the name: those before it in the line together, the one right before a bracket, else the first."""
    line, name = structure.lines[place], match["name"]
    if _TOGETHER.search(match["how"].casefold()):
        label = name.casefold()
        return key_of(label, _GROUP), label, _GROUP
    starts = [mention.start for mention in told]
    low = bisect_left(starts, line.start)
    high = bisect_left(starts, line.start + match.start())
    here = [mention for mention in told[low:high] if mention.kind not in _NO_PARTY]
    if not here:  # the sentence ended within a name: "Liander N.V."
        begin = bisect_left(starts, structure.lines[max(0, place - 1)].start)
        above = structure.lines[max(0, place - 1)].block == line.block
        here = [mention for mention in told[begin:low] if above and mention.kind not in _NO_PARTY]
    if not here:
        return None
    of = here[-1] if line.text[: match.start()].rstrip().endswith("(") else here[0]
    return of.entity, of.label, of.kind


def _with_name(
    structure: Structure, told: list[Mention], match: re.Match[str], first: int, of: tuple[str, str, str]
) -> list[Mention]:
    """The mentions, with each place from `first` on where the text uses a name that it has given."""
    name = match["name"]
    small = name.islower()
    article = "|".join(rf"(?<=\b{word} )" for word in ("de", "het", "deze", "dit", "die", "dat", "en", "beide", "alle"))
    before = f"(?:{article})" if small and match["article"] else r"(?<![\w-])(?<!\w')"
    pattern = re.compile(rf"{before}{re.escape(name)}(?![\w-]|'\w)", re.IGNORECASE if small else 0)
    spans = [(mention.start, mention.stop) for mention in told]
    out: set[int] = set()
    found: list[Mention] = []
    for place in pattern.finditer(structure.text, max(0, first - 6)):  # the article before it counts
        start, stop = place.span()
        if start < first:
            continue
        at = bisect_left(spans, (stop, 0)) - 1
        if at >= 0 and spans[at][1] > start:
            if spans[at] != (start, stop):
                continue
            out.add(at)
        found.append(mention_of(structure, start, stop, of, "short"))
    kept = [mention for i, mention in enumerate(told) if i not in out]
    return sorted([*kept, *found], key=lambda mention: mention.start)
