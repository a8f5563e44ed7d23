"""Names in a line of a letter that no list knows: what they are likely to be, and why.

A kind is given only where the words give it ("stuurgroep Wonen", "Woonvisie 2030", "N217", "Jansen B.V."), by the
tables of `rules/names.toml`. Other capitalised names are offered without a kind, for a coder to judge.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from regiograaf.reader.namewords import any_of, name_words

__all__ = ["PERSON", "Candidate", "candidates", "key_of", "stands_for"]

PERSON = "rg:Ambtsdrager"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A new name at one place in a text."""

    start: int
    stop: int
    label: str
    kind: str
    """The CURIE of its class, or empty."""
    reason: str
    short: str = ""
    """The abbreviation that the text gives with it."""
    bare: str = ""
    """The name without its kind word: "Breda" of "gemeente Breda"."""
    weak: bool = False
    """Whether only its capital speaks for it, at the head of a sentence: a name if it is one elsewhere in the text."""

    @property
    def key(self) -> str:
        """`nieuw:soort/naam`: the same for the same name and kind, in every letter."""
        return key_of(self.label, self.kind)


def key_of(label: str, kind: str) -> str:
    """The key of a new entity."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f']", "", plain)).strip("-")
    return f"nieuw:{kind.rpartition(':')[2].lower() or 'entiteit'}/{slug}"


_WORDS = name_words()
_LETTER_WORD = r"(?:[A-ZÀ-Þ][\w&]*(?:[-'\u2013][\w&]+)*|'[st]-[A-Z][\w-]+)"
_LINK = r"(?:(?:van|voor|aan|en|op|in|over|bij|te|ter|ten|&)(?: (?:de|het|den|een))?|de|der|den|het|d'|'t)"
_TAIL = r"(?:\d{4}(?:\s?[-–]\s?\d{4})?|\d+\.\d+|[IVX]{1,4}\b)"
_PHRASE = rf"(?:[A-Z]\w+- (?:en|&) )?{_LETTER_WORD}(?:(?: {_LINK})? {_LETTER_WORD}| {_TAIL}){{0,9}}"
_PARTICLES = r"(?:(?:[Vv]an|[Dd]e|der|den|[Tt]er|[Tt]en|'t|in 't|el|El) )*"
_SURNAME = rf"{_PARTICLES}{_LETTER_WORD}"
_DEGREES = r"(?:M[A-Z]{1,3}|MSc|BSc|LLM|RA|PhD|EMIA|CFO)\b"
_PERSON_NAME = re.compile(rf"(?:[A-Z][a-z]?\.\s?)*{_SURNAME}(?: {_SURNAME}){{0,2}}")
_FUNCTION = "|".join((*_WORDS.functions, *_WORDS.posts))
_FUNCTION_WORD = re.compile(_FUNCTION, re.IGNORECASE)
_FUNCTION_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_WORDS.functions)}),? (?:(?:van der|van den|van de|de|der|ter|ten) )?$", re.IGNORECASE
)
_POST_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_WORDS.posts)}),? (?:(?:van der|van den|van de|de|der|ter|ten) )?$", re.IGNORECASE
)
_TITLE_BEFORE = re.compile(
    r"\b(?:dhr\.|mw\.|mevr\.|mevrouw|de heer|heer)(?: (?:drs|mr|ir|ing|dr|prof)\.)* "
    r"(?:(?:van der|van den|van de|de|der|ter|ten) )?$",
    re.IGNORECASE,
)
_FUNCTION_BEHIND = re.compile(rf"(?:, | \()(?:de |het )?(?:{_FUNCTION})\b", re.IGNORECASE)
_PARTICLE_BEFORE = re.compile(r"\b(?:van der|van den|van de|de|der|ter|ten) $")
_OFFICE_BEFORE = re.compile(r"\b(?P<office>minister|staatssecretaris) (?:van|voor) (?:de |het )?$", re.IGNORECASE)
_MINISTRY_BEFORE = re.compile(r"\b(?P<office>ministerie) van (?:de |het )?$", re.IGNORECASE)
_PORTFOLIO = re.compile(
    rf"{_LETTER_WORD}(?: {_LETTER_WORD})*(?:(?:, {_LETTER_WORD}(?: {_LETTER_WORD})*)*"
    rf" (?:en|&) {_LETTER_WORD}(?: {_LETTER_WORD})*)?"
)
_ORGAN_BEFORE = re.compile(
    r"\b(?:(?P<gm>gemeenteraad|raad|burgemeester (?:en|&) wethouders|wethouders?|burgemeester|college|b&w)"
    r"|(?P<pv>gedeputeerde staten|provinciale staten)|(?P<ws>dijkgraaf en (?:hoog)?heemraden)) van $",
    re.IGNORECASE,
)
_ORGAN_BODIES = {"gm": "tooiont:Gemeente", "pv": "tooiont:Provincie", "ws": "tooiont:Waterschap"}
_LINKED = frozenset({"ministerie", "universiteit", "hogeschool", "hoogheemraadschap", "akkoord", "spoorzone"})
"""Words that a name can follow with "van" in between and still hold them."""
_HEAD = re.compile(r"(?P<two>(?:[\w-]+ )?(?P<one>[\w'-]+)) (?P<link>van (?:de |het )?)?$")
_CHAIR = re.compile(r"\b(?P<office>voorzitter van de) $", re.IGNORECASE)
_LABEL_WITHIN = re.compile(r" (?:Aanwezig|Afwezig|Datum|Onderwerp|Betreft|Kenmerk|Bijlagen?|Locatie|Plaats|Aan|Van)\b")
"""Labels of a letter's head, where a name of the line above ends."""
_CONTACT = re.compile(
    r"\b(?:terecht|contact (?:opnemen|op)|informatie|vragen|inlichtingen) (?:bij|met|aan|tot)\b[^.;]*$"
)
"""Behind it stands who can be called, of whom the letter says nothing."""
_IN = re.compile(r"\b(?:in|te|nabij|rond|rondom) $", re.IGNORECASE)
_RULES = re.compile(
    rf"(?P<road>\b[ANF]\d{{1,3}}\b(?!\d))"
    rf"|(?P<initials>(?<![\w.])(?:[A-Z][a-z]?\.\s?){{1,4}}{_SURNAME}(?: (?!{_DEGREES}){_LETTER_WORD})?)"
    rf"|(?P<law>\bWet(?: [a-zà-ÿ]+)+)"
    rf"|(?P<phrase>(?<![\w'-]){_PHRASE})"
)
_QUOTED = re.compile(
    rf"\b(?P<noun>{any_of(_WORDS.quoted)})(?: (?:met de titel|genaamd|getiteld),?)? "
    r"[\"'](?P<title>[A-ZÀ-Þ0-9][^\"'\n]{2,90})[\"']",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\b(?P<name>[a-zà-ÿ-]*(?P<end>{any_of(_WORDS.ends)}) (?:20|19)\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?)(?![\w-])"
)
_HYPHENED = re.compile(
    rf"(?<![\w-])(?P<name>(?P<noun>{any_of({*_WORDS.quoted, *_WORDS.inside})})-[A-Z][\w-]+(?: c\.s\.)?)"
)
_PROPER_PAPER = re.compile(
    rf"(?P<name>\b[A-Z][a-z]+(?:ale?|lijke?|ische?|se|elijke?) "
    rf"[a-zà-ÿ]*(?P<end>{any_of(_WORDS.ends)})(?: (?:20|19)\d\d)?)(?![\w-])"
)
_SUFFIX = re.compile(rf"({any_of(_WORDS.ends)})$")
_INSIDE_END = re.compile(rf"({any_of(word for word in _WORDS.inside if ' ' not in word)})$")
_POSTCODE = re.compile(r"\b\d{4} ?$")
_LAST_LINKS = re.compile(rf"(?: {_LINK})*,?\s*$")
_SIGN = re.compile(r"[A-ZÀ-Þ]|[a-z] (?:19|20)\d\d")
"""Without one of these a line can hold no new name."""
_ABBREVIATED = re.compile(r" \((?:hierna: )?[\"']?(?P<short>(?=(?:\w*[A-Z]){2})[\w&-]{2,10})[\"']?\)")
_START = re.compile(r"(?:^|[.!?:]\s+|[\"'(]\s?|\t)$")
_ADJECTIVE = re.compile(r"[A-Z][\w'-]*(?:se|sche|'s)$")
_MIXED = re.compile(r"[A-Z][\w-]*(?:[a-z][A-Z]|\d)[\w-]*$|[A-Z]{3,}$")
_COMMON_END = re.compile(r"(?:heid|ing|tie|teit|bijeenkomst|isme)$")
"""Ends of common nouns that titles and tables write with a capital."""
_LOOSE = re.compile(r"(?:ële|ale|ele|eve|ige|ijke|are|ische)$")
"""Ends of adjectives."""
_ABBREVIATED_NOUN = re.compile(r"[A-Z]{2,}\d*-[a-zà-ÿ]")
_CLIPPED = re.compile(r"\.(?! *$| [A-ZÀ-Þ])")
"""A full stop that ends no sentence, but a word cut short."""
_HOUSE = re.compile(r" \d+\w?,?\s+\d{4} ?[A-Z]{2}\b")
_PAIRED = re.compile(r"[A-Z]\w+e (?:en|of) (?:de |het )?[A-Z]\w+e [a-z]")
"""The first of two adjectives that share a noun: "de Rotterdamse en de Leidse regio"."""
_LAW_ENDS = frozenset({
    "is", "zijn", "wordt", "worden", "heeft", "hebben", "geeft", "regelt", "verplicht", "vormt", "biedt", "treedt",
    "moet", "kan", "zal", "stelt", "maakt", "vraagt", "bepaalt", "schrijft", "gaat", "geldt", "komt", "staat", "die",
    "dat", "waarin", "waarmee", "per", "uit", "met", "om", "als", "te", "tot", "aan", "door", "nog", "ook", "niet",
    "zou", "mag", "legt", "helpt", "richt", "werkt", "bij", "dient", "krijgt", "zorgt", "was", "waren", "aangenomen",
    "vereist", "verandert", "eist", "daarom", "blijft", "bevat", "voorziet", "beoogt", "noemt", "wil",
})  # fmt: skip
_TRAILING = frozenset({"van", "op", "de", "het", "en", "in", "voor", "inzake", "der", "ter"})
_DOUBLE = frozenset({"gilze en rijen", "kaag en braassem", "peel en maas", "berg en dal", "bergen op zoom"})
"""Names of municipalities with "en"."""


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
    extra = [] if capitals else _titles(text)
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
        if short and stands_for(short["short"], kept.label):
            kept = replace(kept, short=short["short"], weak=False, stop=short.end())
        yield kept


def _merged(found: Iterator[Candidate], extra: list[Candidate]) -> Iterator[Candidate]:
    """The names in order, without those that meet one of the extra ones."""
    waiting = list(extra)
    for one in found:
        while waiting and waiting[0].start <= one.start:
            yield waiting.pop(0)
        if not any(other.start < one.stop and one.start < other.stop for other in extra):
            yield one
    yield from waiting


def _titles(text: str) -> list[Candidate]:
    """Titles between quotation marks, names with a year, and names joined with a hyphen ("motie-Jansen")."""
    found: list[Candidate] = []
    if '"' in text or "'" in text:
        for match in _QUOTED.finditer(text):
            noun = match["noun"].casefold()
            found.append(Candidate(*match.span("title"), match["title"], _WORDS.quoted[noun], f'titel achter "{noun}"'))
    for match in _DATED.finditer(text):
        kind, reason = _WORDS.ends[match["end"]], f'eindigt op "-{match["end"]}"'
        found.append(Candidate(*match.span("name"), match["name"], kind, reason))
    for match in _PROPER_PAPER.finditer(text):
        kind, reason = _WORDS.ends[match["end"]], f'eindigt op "-{match["end"]}"'
        start, stop = match.span("name")
        found.append(Candidate(start, stop, match["name"], kind, reason, weak=_first(text, start)))
    for match in _HYPHENED.finditer(text):
        noun = match["noun"]
        kind = _WORDS.quoted.get(noun) or _WORDS.inside[noun]
        found.append(Candidate(*match.span("name"), match["name"], kind, f'naam met "{noun}"'))
    found.sort(key=lambda one: (one.start, -one.stop))
    kept: list[Candidate] = []
    for one in found:
        if not kept or kept[-1].stop <= one.start:
            kept.append(one)
    return kept


def _scan(text: str, capitals: bool, taken: Sequence[tuple[int, int]], soft: Collection[int]) -> Iterator[Candidate]:
    place = 0
    listed = ("", -1)  # the kind of the names of a list, and where the next one can follow
    while match := _RULES.search(text, place):
        place = max(match.end(), match.start() + 1)
        clash = _clash(taken, match.start(), match.end())
        if clash is not None and clash[0] <= match.start() < clash[1] and clash[0] not in soft:
            if listed[0] or _plural(text[max(0, clash[0] - 40) : clash[0]]):
                kind = listed[0] if listed[1] >= 0 else _plural(text[max(0, clash[0] - 40) : clash[0]])
                listed = (kind, clash[1])
            place = max(match.start() + 1, clash[1])
            continue
        if match["road"]:
            yield Candidate(*match.span(), match["road"], "rg:Infrastructuur", "wegnummer")
            continue
        if capitals:
            continue
        if match["initials"]:
            if not re.match(r"[BN]\.\s?V\.", match[0]):
                yield Candidate(*match.span(), " ".join(match[0].split()), PERSON, "naam met voorletters")
            continue
        if match["law"]:
            law = _law(match)
            if law:
                yield Candidate(match.start(), match.start() + len(law), law, "rg:Wet", "wet")
                place = match.start() + len(law)
            else:
                place = match.start() + 3
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
        found = _phrase(text, start, stop, listed)
        if isinstance(found, int):
            place = found
            continue
        kind = _plural(text[max(0, start - 40) : start])
        goes_on = listed[1] >= 0 and text[listed[1] : start] in (", ", " en ", " of ", ", de ", " en de ", " & ")
        listed = (kind or listed[0], found.stop) if kind or goes_on else ("", -1)
        place = max(found.stop, match.start() + 1)
        yield found


def _plural(before: str) -> str:
    """The kind that a plural noun right before a name gives it: "de gemeenten Breda en Tilburg"."""
    head = _HEAD.search(before)
    return _WORDS.plurals.get(head["one"].casefold(), "") if head and not head["link"] else ""


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


def stands_for(short: str, name: str) -> bool:
    """Whether the letters of an abbreviation come in order in a name, the first one at the head of a word."""
    wanted = [sign for sign in short.casefold() if sign.isalnum()]
    for word in re.finditer(r"\w+", name.casefold()):
        letters = iter(name.casefold()[word.start() :])
        if word[0][0] == wanted[0] and all(sign in letters for sign in wanted):
            return True
    return False


def _law(match: re.Match[str]) -> str:
    """The name of a law: up to a verb or what cannot belong to it."""
    words = match["law"].split(" ")
    kept = words[:1]
    for word in words[1:7]:
        if word in _LAW_ENDS:
            break
        kept.append(word)
    while len(kept) > 1 and kept[-1] in _TRAILING:
        kept.pop()
    return " ".join(kept) if len(kept) > 1 and len(kept[-1]) > 3 else ""


def _first(text: str, start: int) -> bool:
    return bool(_START.search(text[max(0, start - 3) : start])) or not text[:start].strip()


def _phrase(text: str, start: int, stop: int, listed: tuple[str, int]) -> Candidate | int:
    """The name that a phrase of capitals is, or holds; else where the search goes on."""
    name = text[start:stop]
    if label := _LABEL_WITHIN.search(name):
        stop = start + label.start()
        name = text[start:stop]
    words = name.split(" ")
    first = _first(text, start)
    if first and len(words) > 1 and words[0].casefold() in _WORDS.common:
        return start + len(words[0])
    if first and words[0].casefold() in _WORDS.common:
        return stop
    if first and len(words) > 1 and words[0].casefold() in _WORDS.before:
        return start + len(words[0])
    before = text[max(0, start - 60) : start]
    legal = re.match(r"\.V\.", text[stop:]) if words[-1] in ("B", "N") and len(words) > 1 else None
    if legal or words[-1] in ("BV", "NV"):
        stop += 3 if legal else 0
        return Candidate(start, stop, text[start:stop], "rg:Bedrijf", "rechtsvorm")
    office = _office(text, start, before)
    if office is None and len(words) > 1 and _FUNCTION_WORD.fullmatch(words[0]):
        return start + len(words[0])
    return (
        office
        or _person(text, start, stop, before)
        or _inside(text, start, stop, before, listed)
        or _named(text, start, stop, before, first, listed)
    )


def _office(text: str, start: int, before: str) -> Candidate | None:
    """A minister or a ministry, with all that it is of."""
    chair = _CHAIR.search(before)
    house = re.match(r"(?:Tweede|Eerste) Kamer(?: der Staten-Generaal)?", text[start:]) if chair else None
    if chair and house:
        begin = start - len(before) + chair.start()
        label = text[begin : start + house.end()]
        return Candidate(begin, start + house.end(), label[0].lower() + label[1:], "rg:Functie", "naam met een ambt")
    office = _OFFICE_BEFORE.search(before) or _MINISTRY_BEFORE.search(before)
    begin, at = start, start
    if office:
        begin = start - len(before) + office.start()
        noun = office["office"].casefold()
    else:
        house = re.match(r"Voorzitter van de (?:Tweede|Eerste) Kamer(?: der Staten-Generaal)?", text[start:])
        if house:
            label = house[0][0].lower() + house[0][1:]
            return Candidate(start, start + house.end(), label, "rg:Functie", "naam met een ambt")
        own = re.match(r"(Minister|Staatssecretaris|Ministerie) (?:van|voor) ", text[start:])
        if not own:
            return None
        noun, at = own[1].casefold(), start + own.end()
    portfolio = _PORTFOLIO.match(text, at)
    if not portfolio:
        return None
    label = text[begin : portfolio.end()]
    kind = "tooiont:Ministerie" if noun == "ministerie" else "rg:Functie"
    of = _WORDS.abbreviations.get(portfolio[0])
    if of and kind == "tooiont:Ministerie":
        label = of[0]
    elif of and of[1] == "tooiont:Ministerie":
        label = f"{noun} {of[0].partition(' ')[2]}"
    return Candidate(begin, portfolio.end(), label[0].lower() + label[1:], kind, f'naam met "{noun}"')


def _person(text: str, start: int, stop: int, before: str) -> Candidate | None:
    if _CONTACT.search(before) and _TITLE_BEFORE.search(before):
        return None
    found = _FUNCTION_BEFORE.search(before) or _POST_BEFORE.search(before) or _TITLE_BEFORE.search(before)
    if found:
        head = _PARTICLE_BEFORE.search(before)
        begin = start - len(head[0]) if head else start
        name = _PERSON_NAME.match(text, begin)
        if name is None or name.end() <= start or name[0].casefold() in _WORDS.portfolios:
            return None
        if _POST_BEFORE.search(before) and " " not in name[0]:
            return None
        kind = PERSON if not _TITLE_BEFORE.search(before) else ""
        reason = "naam achter een functie" if kind else "naam achter een aanspreektitel"
        return Candidate(begin, name.end(), " ".join(name[0].split()), kind, reason)
    words = text[start:stop].split(" ")
    if 2 <= len(words) <= 5 and _FUNCTION_BEHIND.match(text, stop) and "en" not in words:
        name = _PERSON_NAME.fullmatch(text[start:stop])
        if name:
            return Candidate(start, stop, name[0], PERSON, "naam voor een functie")
    return None


@lru_cache(maxsize=1 << 12)
def _kind_of_head(word: str) -> str:
    """The kind that a word gives to the name that holds it: the word itself, or the end of a compound."""
    if word in _WORDS.inside:
        return _WORDS.inside[word]
    end = _INSIDE_END.search(word)
    return _WORDS.inside[end[1]] if end and len(end[1]) >= 4 and len(word) - len(end[1]) >= 3 else ""


def _inside(text: str, start: int, stop: int, before: str, listed: tuple[str, int]) -> Candidate | None:
    """A name with the word before it, or its own first word, that gives its kind: "stuurgroep Wonen"."""
    words = text[start:stop].split(" ")
    for count in (2, 1):
        own = " ".join(words[:count]).casefold()
        kind = (_WORDS.inside.get(own, "") if count == 2 else _kind_of_head(own)) if len(words) > count else ""
        if kind and (words[count][0].isupper() or words[count] in ("van", "voor", "aan")):
            bare = text[start + len(own) + 1 : stop]
            return _cut(text, start, stop, kind, own, bare)
    head = _HEAD.search(before)
    if head is None:
        return None
    two, one = head["two"].casefold(), head["one"].casefold()
    kind, begin = _WORDS.inside.get(two, ""), head.start("two")
    if not kind:
        kind, begin = _kind_of_head(one), head.start("one")
    if not kind or (head["link"] and one not in _LINKED) or not before[begin].islower():
        return None
    return _cut(text, start - len(before) + begin, stop, kind, one, text[start:stop])


_PLACES = ("rg:Infrastructuur", "rg:Gebied", "rg:Locatie", "rg:Bedrijventerrein", "rg:Voorziening")
_NO_PLACE = (" in ", " op ", " voor ", " bij ", " over ", " van ")
"""What ends the name of a place."""
_NO_PART = (" en ", " in ", " op ", " van ", " voor ", " bij ", " over ", " aan ")
"""What ends the name of a body."""
_NO_LISTS = ("tooiont:Gemeente", "tooiont:Provincie", "rg:Regio", "tooiont:Ministerie")


def _cut(text: str, start: int, stop: int, kind: str, head: str, bare: str) -> Candidate:
    """A name of a kind, without what "en" adds to the name of a body ("gemeente Breda en Enexis")."""
    pieces = bare.split(" en ")
    for i, piece in enumerate(pieces[1:], 1):
        head_word = piece.split(" ")[0].casefold()
        if i > 1 or _kind_of_head(head_word) or head_word in _WORDS.before:  # "en Veiligheidsregio ..." is another
            short = " en ".join(pieces[:i])
            stop, bare = stop - len(bare) + len(short), short
            break
    links = _NO_PART if kind in _NO_LISTS else _NO_PLACE if kind in _PLACES else ()
    for link in links if bare.casefold() not in _DOUBLE else ():
        if link in (" op ", " aan ") and kind == "tooiont:Gemeente":
            continue
        short = bare.partition(link)[0]
        stop, bare = stop - len(bare) + len(short), short
    return Candidate(start, stop, " ".join(text[start:stop].split()), kind, f'naam met "{head}"', bare=bare)


def _named(text: str, start: int, stop: int, before: str, first: bool, listed: tuple[str, int]) -> Candidate | int:
    """A name without a kind word of its own: by the words before it, its end, or its capitals alone."""
    kind, reason = "", ""
    head = _HEAD.search(before)
    organ = _ORGAN_BEFORE.search(before)
    plural = _plural(before)
    goes_on = listed[1] >= 0 and text[listed[1] : start] in (", ", " en ", " of ", ", de ", " en de ", " & ")
    if organ:
        kind, reason = _ORGAN_BODIES[organ.lastgroup or "gm"], "naam achter een orgaan"
    elif plural or goes_on:
        kind, reason = plural or listed[0], "naam in een lijst"
    elif head and not head["link"] and (kind := _WORDS.before.get(head["one"].casefold(), "")):
        reason = f'naam achter "{head["one"].casefold()}"'
    if kind == PERSON and text[start:stop].casefold() in _WORDS.portfolios:
        return stop
    if kind:
        stop = start + len(_parted(text[start:stop], always=True))
        return Candidate(start, stop, text[start:stop], kind, reason, bare=text[start:stop])
    name = _parted(text[start:stop], always=False)
    stop = start + len(name)
    words = name.split(" ")
    if len(words[0]) == 2 and words[0].isupper() and _POSTCODE.search(text[max(0, start - 5) : start]):
        return stop
    if name in _WORDS.abbreviations:
        label, kind = _WORDS.abbreviations[name]
        return Candidate(start, stop, label, kind, "gangbare afkorting", short=name)
    paper = len(words) > 1 and words[0].casefold() in _WORDS.ends
    suffix = _SUFFIX.search(words[0].casefold()) if len(words[0]) > 5 or paper else None
    if suffix and (len(words) > 1 or not first):
        for link in (" van ", " in ", " bij "):
            name = name.partition(link)[0]
        return Candidate(start, start + len(name), name, _WORDS.ends[suffix[1]], f'eindigt op "-{suffix[1]}"')
    if len(words) == 1:
        return _single(text, start, stop, before, first)
    return _several(text, start, name, first)


def _parted(name: str, always: bool) -> str:
    """A name without a second one behind "en": where the first is one word, or the second looks like one by itself."""
    left, link, right = name.partition(" en ")
    if not link or name.casefold() in _DOUBLE or left.endswith("-"):
        return name
    if always or " " not in left or _MIXED.match(right.split(" ")[0]) or re.match(r"(?:De|Het|Ons|Stichting) ", right):
        return left
    return left if " " in right and not re.search(r" (?:van|voor) ", left) else name


def _single(text: str, start: int, stop: int, before: str, first: bool) -> Candidate | int:
    """One word with a capital: a name within a sentence; at its head only one that is a name elsewhere too."""
    word = text[start:stop]
    if word.casefold() in _WORDS.ends or word.casefold() in _WORDS.before or _WORDS.inside.get(word.casefold()):
        return stop
    if word.casefold() in _WORDS.common or len(word) < (3 if not word.isupper() else 2) or word.isdigit():
        return stop
    if _ADJECTIVE.match(word) and re.match(r" [a-z]", text[stop : stop + 2]):
        return stop
    if (_COMMON_END.search(word) and not word.isupper()) or _ABBREVIATED_NOUN.match(word):
        return stop
    if word[-1] == "e" and not first and re.match(r" [a-z]", text[stop : stop + 2]) and _LOOSE.search(word):
        return stop
    if re.fullmatch(r"[IVX]+", word) or (len(word) < 4 and not word.isupper() and _CLIPPED.match(text, stop)):
        return stop
    if word.casefold() in _WORDS.portfolios and _FUNCTION_BEFORE.search(before):
        return stop
    if _HOUSE.match(text, stop) or _PAIRED.match(text[start:]):
        return stop
    mixed = bool(_MIXED.match(word))
    kind = "rg:Plaats" if _IN.search(before) and not mixed else ""
    suffix = _SUFFIX.search(word.casefold()) if len(word) > 5 else None
    if suffix and not first:
        kind = _WORDS.ends[suffix[1]]
    return Candidate(start, stop, word, kind, "hoofdletter in de zin", weak=first and not mixed)


def _several(text: str, start: int, name: str, first: bool) -> Candidate | int:
    """The name of two capitals or more."""
    for link in (" bij ", " in ", " op ", " over "):
        name = name.partition(link)[0]
    words = name.split(" ")
    capitals = [word for word in words if word[0].isupper()]
    if words[0].casefold() in _WORDS.common and (first or len(capitals) < 2):
        return start + len(words[0])
    if len(capitals) < 2 and not re.search(r"\d{2}", name):
        return _single(text, start, start + len(words[0]), text[max(0, start - 60) : start], first)
    beside = any(a[0].isupper() and b[0].isupper() for a, b in pairwise(words)) or {"van", "voor"} & set(words)
    if "en" in words and not beside and not words[0].endswith("-"):
        return _single(text, start, start + len(words[0]), text[max(0, start - 60) : start], first)
    plain = not _MIXED.match(words[0]) and not words[0].isupper() and words[0] not in ("De", "Het", "Ons")
    if first and plain and (len(words[0]) <= 3 or not words[1][0].isupper()):
        return start + len(words[0])
    if first and words[0] in ("De", "Het", "Ons"):
        return start + len(words[0])
    suffix = _SUFFIX.search(words[-1].casefold())
    if suffix:
        return Candidate(start, start + len(name), name, _WORDS.ends[suffix[1]], f'eindigt op "-{suffix[1]}"')
    return Candidate(start, start + len(name), name, "", "meer dan een hoofdletter")
