"""Names in a line of a letter that no list knows: what they are likely to be, and why.

A kind is given only where the words give it ("stuurgroep Wonen", "Woonvisie 2030", "N217", "Jansen B.V."), by the
tables of `rules/names.toml`. Other capitalised names are offered without a kind, for a coder to judge.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from regiograaf.reader.candidate import PERSON, Candidate, key_of, stands_for
from regiograaf.reader.capitals import DEGREES, LETTER_WORD, LINK, PHRASE, SUFFIX, SURNAME, listed_kind
from regiograaf.reader.classify import classify
from regiograaf.reader.titles import titled

__all__ = ["PERSON", "Candidate", "candidates", "key_of", "stands_for"]

_RULES = re.compile(
    rf"(?=[A-ZÀ-Þ'])(?:(?P<road>\b[ANF]\d{{1,3}}\b(?!\d))"
    rf"|(?P<initials>(?<![\w.])(?:[A-Z][a-z]?\.\s?){{1,4}}{SURNAME}(?: (?!{DEGREES}|[A-Z]\.){LETTER_WORD})?)"
    rf"|(?P<law>\b(?:Wet|Algemene (?:wet|verordening))(?: [a-zà-ÿ]+)+)"
    rf"|(?P<phrase>(?<![\w'-]){PHRASE}))"
)
_LAST_LINKS = re.compile(rf"(?: {LINK})*,?\s*$")
_SIGN = re.compile(r"[A-ZÀ-Þ]|[a-z] (?:19|20)\d\d")
"""Without one of these a line can hold no new name."""
_ABBREVIATED = re.compile(r" \((?:hierna: )?[\"']?(?P<short>(?=(?:\w*[A-Z]){2})[\w&-]{2,10}(?: [A-Z]{2,6})?)[\"']?\)")
_LAW_ENDS = frozenset({
    "is", "zijn", "wordt", "worden", "heeft", "hebben", "geeft", "regelt", "verplicht", "vormt", "biedt", "treedt",
    "moet", "kan", "zal", "stelt", "maakt", "vraagt", "bepaalt", "schrijft", "gaat", "geldt", "komt", "staat", "die",
    "dat", "waarin", "waarmee", "per", "uit", "met", "om", "als", "te", "tot", "aan", "door", "nog", "ook", "niet",
    "zou", "mag", "legt", "helpt", "richt", "werkt", "bij", "dient", "krijgt", "zorgt", "was", "waren", "aangenomen",
    "vereist", "verandert", "eist", "daarom", "blijft", "bevat", "voorziet", "beoogt", "noemt", "wil",
})  # fmt: skip
_LETTERED = re.compile(
    r"[A-Z]\.\s(?=(?:De|Het|Een|In|Op|Er|Dat|Dit|Deze|Die|Wij|Voor|Om|Aan|Bij|Met|Van|Door|Ten|Te) )"
)
"""The letter of an item of a list."""
_LETTER = re.compile(r"[A-Z]\.\s+(?=[A-Z][a-z]+\b)")
LONG = 8
"""Letters from which a word that ends like a paper is no surname."""
_TRAILING = frozenset({"van", "op", "de", "het", "en", "in", "voor", "inzake", "der", "ter"})


def candidates(
    text: str, taken: Sequence[tuple[int, int]] = (), soft: Collection[int] = (), *, strict: bool = False
) -> Iterator[Candidate]:
    """Yield the new names of one line of reading text, left to right, outside the ranges that are taken.

    `soft` has the begins of ranges taken that a longer name can hold: the place in "station Gouda Goverwelle". With
    `strict` only names whose words give their kind are yielded. The first word of a sentence needs more than its
    capital.
    """
    if not _SIGN.search(text):
        return
    capitals = text.isupper()
    extra = [] if capitals else titled(text)
    if not any(map(str.isupper, text)):
        matches: list[Candidate] = extra
    else:
        matches = list(_merged(_scan(text, capitals, taken, soft), extra))
    for found in matches:
        if strict and not found.kind:
            continue
        kept = _clear(found, text, taken, soft)
        if kept is None:
            continue
        short = _ABBREVIATED.match(text, kept.stop)
        if short and (stands_for(short["short"], kept.label) or _is_short(short["short"], kept)):
            kept = replace(kept, short=short["short"], weak=False, stop=short.end())
        yield kept


def _is_short(short: str, kept: Candidate) -> bool:
    """Whether capitals between brackets stand for the name before them, though other letters: "Instituut Fysieke
    Veiligheid (NIPV)"."""
    return (
        short.isupper()
        and short.replace(" ", "").isalpha()
        and len(short) > 2
        and " " in kept.label
        and kept.kind != PERSON
    )


def _merged(found: Iterator[Candidate], extra: list[Candidate]) -> Iterator[Candidate]:
    """The names in order, without those that meet one of the extra ones."""
    waiting = list(extra)
    for one in found:
        while waiting and waiting[0].start <= one.start:
            yield waiting.pop(0)
        if not any(other.start < one.stop and one.start < other.stop for other in extra):
            yield one
    yield from waiting


def _scan(text: str, capitals: bool, taken: Sequence[tuple[int, int]], soft: Collection[int]) -> Iterator[Candidate]:
    place = 0
    listed = ("", -1)  # the kind of the names of a list, and where the next one can follow
    while match := _RULES.search(text, place):
        place = max(match.end(), match.start() + 1)
        clash = _clash(taken, match.start(), match.end())
        if clash is not None and clash[0] <= match.start() < clash[1] and clash[0] not in soft:
            if listed[0] or listed_kind(text[max(0, clash[0] - 40) : clash[0]]):
                kind = listed[0] if listed[1] >= 0 else listed_kind(text[max(0, clash[0] - 40) : clash[0]])
                listed = (kind, clash[1])
            place = max(match.start() + 1, clash[1])
            continue
        if match["road"]:
            yield Candidate(*match.span(), match["road"], "rg:Infrastructuur", "wegnummer")
            continue
        if capitals:
            continue
        if match["initials"]:
            if mark := _lettered(text, match) if not text[: match.start()].strip() else None:
                place = mark.end()
                continue
            if not re.match(r"[BN]\.\s?V\b", match[0]):
                yield Candidate(*match.span(), " ".join(match[0].split()), PERSON, "naam met voorletters")
            continue
        if match["law"]:
            law = _law(match)
            if law:
                yield Candidate(match.start(), match.start() + len(law), law, "rg:Wet", "wet")
                place = match.start() + len(law)
            else:
                place = match.start() + match["law"].index(" ")
            continue
        start, stop = match.span()
        if (
            clash is not None
            and clash[0] > start
            and clash[0] not in soft
            and not _LAST_LINKS.sub("", text[start : clash[0]]).strip()
        ):
            place = clash[1]
            continue
        found = classify(text, start, stop, listed)
        if isinstance(found, int):
            place = found
            continue
        kind = listed_kind(text[max(0, start - 40) : start])
        goes_on = listed[1] >= 0 and text[listed[1] : start] in (", ", " en ", " of ", ", de ", " en de ", " & ")
        listed = (kind or listed[0], found.stop) if kind or goes_on else ("", -1)
        place = max(found.stop, match.start() + 1)
        yield found


def _lettered(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """The letter of an item of a list, where initials seem to begin a line: "B. Evaluatierapport"."""
    mark = _LETTER.match(text, match.start())
    word = re.compile(r"\w+").match(text, mark.end()) if mark else None
    titled = word is not None and SUFFIX.search(word[0].casefold()) and len(word[0]) > LONG
    return mark if titled else _LETTERED.match(text, match.start())


def _clash(taken: Sequence[tuple[int, int]], start: int, stop: int) -> tuple[int, int] | None:
    """The first range taken that meets a range; those taken are in order, none within another."""
    first = bisect_right(taken, start, key=itemgetter(1))
    return taken[first] if first < len(taken) and taken[first][0] < stop else None


def _clear(found: Candidate, text: str, taken: Sequence[tuple[int, int]], soft: Collection[int]) -> Candidate | None:
    """A name that meets no range taken, or holds it whole where it may; or else its part before."""
    place = bisect_right(taken, found.start, key=itemgetter(1))
    while place < len(taken) and taken[place][0] < found.stop:
        begin, end = taken[place]
        inside = found.start < begin or (found.start == begin and end < found.stop)
        if not (begin in soft and inside and end <= found.stop and _holds(found)):
            return _before(found, text, begin)
        place += 1
    return found


def _holds(found: Candidate) -> bool:
    """Whether a name can hold another one: not a person's, nor one of which only capitals speak and few."""
    return found.kind != PERSON and (bool(found.kind) or " " in found.label)


def _before(found: Candidate, text: str, stop: int) -> Candidate | None:
    """A name up to a known name behind it: "burgemeester Jan Smit van Dordrecht"; None where nothing is left of it."""
    name = _LAST_LINKS.sub("", text[found.start : max(found.start, stop)])
    bare = found.bare and not name.casefold().endswith(found.bare.casefold())
    if not name[:1].strip() or bare or not any(map(str.isupper, name)):
        return None
    label = " ".join(name.split())
    if found.kind != PERSON and (" " not in label or found.weak):
        return None
    return replace(found, stop=found.start + len(name), label=label)


def _law(match: re.Match[str]) -> str:
    """The name of a law: up to a verb or what cannot belong to it."""
    words = match["law"].split(" ")
    kept = words[:1]
    for word in words[1 : 7 if words[0] == "Wet" else 3]:
        if word in _LAW_ENDS:
            break
        kept.append(word)
    while len(kept) > 1 and kept[-1] in _TRAILING:
        kept.pop()
    return " ".join(kept) if len(kept) > 1 and len(kept[-1]) > 3 else ""
