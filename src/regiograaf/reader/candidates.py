"""Names in a letter that no list knows: what they are likely to be, and why.

A kind is given only where the words give it ("stuurgroep Wonen", "Woonvisie 2030", "N217", "Jansen B.V."). Other
capitalised names are offered without a kind, for a coder to judge.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

__all__ = ["SUFFIXES", "Candidate", "candidates", "key_of"]


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

    @property
    def key(self) -> str:
        """`nieuw:soort/naam`: the same for the same name and kind, in every letter."""
        return key_of(self.label, self.kind)


def key_of(label: str, kind: str) -> str:
    """The key of a new entity."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f']", "", plain)).strip("-")
    return f"nieuw:{kind.rpartition(':')[2].lower() or 'entiteit'}/{slug}"


_LETTER_WORD = r"(?:[A-ZÀ-Þ][\w&]*(?:[-'][\w&]+)*|'s-[A-Z]\w+)"
_LINK = r"(?:van|de|der|den|het|ter|ten|te|aan|en|op|in|voor|d'|'t|over|bij|&)"
_TAIL = r"(?:\d{4}(?:\s?[-–]\s?\d{4})?|\d+\.\d+|[IVX]{1,4}\b|\d{1,2}\b)"
_PHRASE = rf"{_LETTER_WORD}(?:(?: {_LINK}){{0,3}} {_LETTER_WORD}| {_TAIL}){{0,9}}"

_INSIDE = {
    "programma": "rg:Programma", "gebiedsprogramma": "rg:Programma", "uitvoeringsprogramma": "rg:Programma",
    "project": "rg:Project", "stuurgroep": "rg:Overlegorgaan", "werkgroep": "rg:Overlegorgaan",
    "regiegroep": "rg:Overlegorgaan", "kerngroep": "rg:Overlegorgaan", "klankbordgroep": "rg:Overlegorgaan",
    "commissie": "rg:Overlegorgaan", "bestuurlijk overleg": "rg:Overlegorgaan", "portefeuillehoudersoverleg":
    "rg:Overlegorgaan", "wet": "rg:Wet", "stichting": "rg:Stichting", "gemeente": "tooiont:Gemeente",
    "provincie": "tooiont:Provincie", "waterschap": "tooiont:Waterschap", "hoogheemraadschap": "tooiont:Waterschap",
    "hoogheemraadschap van": "tooiont:Waterschap", "ministerie van": "rg:Overheid", "regio": "rg:Regio",
    "veiligheidsregio": "tooiont:Samenwerkingsorganisatie", "omgevingsdienst": "tooiont:Samenwerkingsorganisatie",
    "universiteit": "rg:Kennisinstelling", "hogeschool": "rg:Kennisinstelling", "bedrijventerrein":
    "rg:Bedrijventerrein", "fonds": "rg:Middelen", "pilot": "rg:Pilot", "campus": "rg:Campus",
    "convenant": "rg:Convenant", "akkoord van": "rg:Overeenkomst", "agenda": "rg:Agenda", "visie": "rg:Visie",
    "verordening": "rg:Verordening", "regeling": "rg:Regeling",
}  # fmt: skip
"""Words that are part of the name behind them, and the kind that they give."""
_BEFORE = {
    "netbeheerder": "rg:Netbeheerder", "woningcorporatie": "rg:Woningcorporatie", "corporatie": "rg:Woningcorporatie",
    "bedrijf": "rg:Bedrijf", "adviesbureau": "rg:Bureau", "bureau": "rg:Bureau", "wijk": "rg:Locatie",
    "nieuwbouwwijk": "rg:Locatie", "woonwijk": "rg:Locatie", "locatie": "rg:Locatie", "dorp": "rg:Plaats",
    "ontwikkelaar": "rg:Bedrijf", "projectontwikkelaar": "rg:Bedrijf", "bouwbedrijf": "rg:Bedrijf", "kern":
    "rg:Plaats", "stad": "rg:Plaats", "polder": "rg:Gebied", "natuurgebied": "rg:Gebied", "eiland": "rg:Gebied",
}  # fmt: skip
"""Words that say of the name behind them what it is."""
_FUNCTIONS = (
    r"(?:\w+)?wethouder|burgemeester|gedeputeerde|minister|staatssecretaris|dijkgraaf|heemraad|"
    r"commissaris van de koning|formateur|informateur|gemeentesecretaris|raadslid|statenlid|directeur|voorzitter"
)
SUFFIXES = {
    "akkoord": "rg:Overeenkomst", "afspraak": "rg:Overeenkomst", "afspraken": "rg:Afspraken", "deal":
    "rg:Overeenkomst", "overeenkomst": "rg:Overeenkomst", "convenant": "rg:Convenant", "visie": "rg:Visie",
    "agenda": "rg:Agenda", "plan": "rg:Plan", "programma": "rg:Programma", "fonds": "rg:Middelen", "wet": "rg:Wet",
    "nota": "rg:Document", "notitie": "rg:Document", "strategie": "rg:Strategie", "verordening": "rg:Verordening",
    "regeling": "rg:Regeling", "begroting": "rg:Begroting", "monitor": "rg:Rapport", "rapport": "rg:Rapport",
    "verklaring": "rg:Document", "overleg": "rg:Overlegorgaan", "tafel": "rg:Overlegorgaan",
    "impuls": "rg:Middelen", "board": "rg:Overlegorgaan", "pact": "rg:Overeenkomst",
}  # fmt: skip
"""The ends of compound nouns, and the kind that they give."""


def _any(words: dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_SUFFIX = re.compile(rf"({_any(SUFFIXES)})$")
_RULES = re.compile(
    rf"(?P<road>\b[AN]\d{{1,3}}\b(?!\d))"
    rf"|(?P<company>{_PHRASE} (?:B\.V\.|N\.V\.|BV|NV)(?![\w]))"
    rf"|\b(?i:{_FUNCTIONS})(?:,)? (?P<person>(?:[A-Z]\.\s?)*(?:van |de |der |den |ter |ten )*{_LETTER_WORD}"
    rf"(?: (?:van |de |der |den |ter |ten )*{_LETTER_WORD}){{0,2}})"
    rf"|\b(?i:dhr\.|mw\.|mevr\.|mevrouw|de heer)(?: (?:drs|mr|ir|ing|dr|prof)\.)* "
    rf"(?P<titled>(?:[A-Z]\.\s?)*(?:van |de |der |den |ter |ten )*{_LETTER_WORD})"
    rf"|\b(?P<inside>(?P<head>(?i:{_any(_INSIDE)})) (?:voor |de |het |op |van de |van het )?(?:{_PHRASE}))"
    rf"|(?P<law>\bWet (?:[a-z]+ )*[a-z]{{4,}}(?=[\s,.;:)]))"
    rf"|\b(?P<before>(?i:{_any(_BEFORE)})) (?P<named>{_PHRASE})"
    rf"|(?P<compound>\b(?=[A-ZÀ-Þ]|\w+ (?:\w+ ){{0,3}}?\d{{4}})(?P<noun>\w*?(?P<suffix>{_any(SUFFIXES)}))\b"
    rf"(?P<rest>(?: {_LINK}){{0,2}} {_PHRASE}| {_TAIL})*)"
    rf"|(?P<phrase>(?<![\w'-]){_PHRASE})"
)
_POSTCODE = re.compile(r"\b\d{4} ?$")
_LAST_LINKS = re.compile(rf"(?: {_LINK})*,?\s*$")
_SIGN = re.compile(r"[A-ZÀ-Þ].*?[A-ZÀ-Þ]|.[A-ZÀ-Þ0-9]|^[A-ZÀ-Þ]\w*(?: \d|\Z)", re.DOTALL)
"""Without one of these a line can hold no new name."""
_ABBREVIATED = re.compile(r" \((?:hierna: )?[\"']?(?P<short>(?=(?:\w*[A-Z]){2})[\w&-]{2,10})[\"']?\)")
_START = re.compile(r"(?:^|[.!?:]\s+|[\"'(]\s?|\t)$")
_COMMON = frozenset({
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "postbus",
    "geachte", "betreft", "onderwerp", "datum", "bijlage", "bijlagen", "kenmerk", "artikel", "hoofdstuk", "tabel",
    "figuur", "nederland", "nederlands", "nederlandse", "europese", "europees", "b&w", "cao", "btw",
})  # fmt: skip


def candidates(text: str, taken: tuple[tuple[int, int], ...] = ()) -> Iterator[Candidate]:
    """Yield the new names of one line of reading text, left to right, outside the ranges that are taken.

    The first word of a sentence needs more than its capital: a second one, or a word that gives its kind.
    """
    if not _SIGN.search(text):
        return
    place = 0
    capitals = text.isupper()
    while match := _RULES.search(text, place):
        place = max(match.end(), match.start() + 1)
        found = _candidate(match, capitals)
        if found is None:
            # The words behind a first word that is none may be a name.
            place = match.start() + max(1, len(match[0].split(" ", 1)[0]))
            continue
        # The ranges taken are in order, none within another: the first that ends behind the name's begin is the one.
        first = bisect_right(taken, found.start, key=itemgetter(1))
        clash = taken[first] if first < len(taken) and taken[first][0] < found.stop else None
        if clash is not None:
            shorter = _before(found, text, clash[0])
            if shorter is None:
                place = max(match.start() + 1, min(clash[1], place))
                continue
            found = shorter
        place = max(found.stop, match.start() + 1)
        short = _ABBREVIATED.match(text, found.stop)
        if short and _stands_for(short["short"], found.label):
            place = short.end()
            found = Candidate(found.start, found.stop, found.label, found.kind, found.reason, short["short"])
        yield found


def _before(found: Candidate, text: str, stop: int) -> Candidate | None:
    """A person's name up to a known name behind it: "burgemeester Jan Smit van Dordrecht"; None for other names."""
    name = _LAST_LINKS.sub("", text[found.start : max(found.start, stop)])
    if found.kind != "rg:Ambtsdrager" or not name[:1].strip():
        return None
    return Candidate(found.start, found.start + len(name), " ".join(name.split()), found.kind, found.reason)


def _stands_for(short: str, name: str) -> bool:
    """Whether the letters of an abbreviation come in order in a name, the first one first."""
    letters = iter(name.casefold())
    wanted = [sign for sign in short.casefold() if sign.isalnum()]
    return name[:1].casefold() == wanted[0] and all(sign in letters for sign in wanted)


def _candidate(match: re.Match[str], capitals: bool) -> Candidate | None:
    text = match.string

    def make(group: str, kind: str, reason: str) -> Candidate:
        return Candidate(*match.span(group), " ".join(match[group].split()), kind, reason)

    if match["road"]:
        return make("road", "rg:Infrastructuur", "wegnummer")
    if capitals:
        return None
    if match["company"]:
        return make("company", "rg:Bedrijf", "rechtsvorm")
    if match["person"]:
        return make("person", "rg:Ambtsdrager", "naam achter een functie")
    if match["titled"]:
        return make("titled", "", "naam achter een aanspreektitel")
    if match["inside"]:
        head = " ".join(match["head"].casefold().split())
        return make("inside", _INSIDE[head], f'naam met "{head}"')
    if match["law"]:
        return make("law", "rg:Wet", "wet")
    if match["before"]:
        return make("named", _BEFORE[match["before"].casefold()], f'naam achter "{match["before"].casefold()}"')
    if match["compound"]:
        noun, rest = match["noun"], match["rest"] or ""
        if (noun[0].isupper() and (rest or not _first(text, match.start()))) or re.search(r"\d{4}", rest):
            return make("compound", SUFFIXES[match["suffix"]], f'eindigt op "-{match["suffix"]}"')
        return None
    return _phrase(match)


def _first(text: str, start: int) -> bool:
    return bool(_START.search(text[max(0, start - 3) : start])) or not text[:start].strip()


def _phrase(match: re.Match[str]) -> Candidate | None:
    """The name of two capitals or more; one capital is no reason, and "en" may part two names."""
    text, start, name = match.string, match.start(), match["phrase"]
    words = name.split()
    capitals = [word for word in words if word[0].isupper()]
    if words[0].casefold() in _COMMON or len(capitals) < 2:
        return None
    beside = any(first[0].isupper() and second[0].isupper() for first, second in pairwise(words))
    if "en" in words and not beside:
        return None
    if len(words[0]) == 2 and words[0].isupper() and _POSTCODE.search(text[max(0, start - 5) : start]):
        return None
    if _first(text, start) and (len(words[0]) <= 3 or not words[1][0].isupper()):
        return None
    suffix = _SUFFIX.search(words[-1])
    if suffix:
        return Candidate(start, match.end(), name, SUFFIXES[suffix[1]], f'eindigt op "-{suffix[1]}"')
    return Candidate(start, match.end(), name, "", "meer dan een hoofdletter")
