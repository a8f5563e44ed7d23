"""The names by which a letter can call the known entities, and a fast search for all of them at once.

Source: Aho and Corasick 1975, doi:10.1145/360825.360855, as the package ahocorasick-rs has it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from regiograaf.reader.entities import Entity
from regiograaf.reader.namewords import name_words

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

__all__ = ["HEADS", "Form", "Hit", "Lexicon", "fold", "forms", "lexicon"]

_ACCENTS = str.maketrans("áàâäãåéèêëíìîïóòôöõúùûüýÿçñ", "aaaaaaeeeeiiiiooooouuuuyycn")
_OPENERS = "-'\"/([\n\t*_\u00a0\u2010\u2011\u2018\u2019\u201c\u201d\u201e"
_ASCII = bytes(range(128))
_FOLDED = bytes(i if i > 127 else ord(" " if chr(i) in _OPENERS else chr(i).lower()) for i in range(256))
_QUALIFIER = re.compile(r"\s*\(([^()]*)\)")
_ABBREVIATION = re.compile(r"(?=(?:\w*[A-Z]){2})[\w&-]{2,12}")
_ARTICLE = re.compile(r"^(?:de|het|een|'t) ")
_KIND_WORD = re.compile(
    r"^(?:gemeente|provincie|regio|waterschap|hoogheemraadschap)(?: van)? (?=[A-Z'])", re.IGNORECASE
)
_WATER = re.compile(r"^(?:waterschap|hoogheemraadschap)(?: van)? ", re.IGNORECASE)
_INNER_ARTICLE = re.compile(r"(\w) (?:de|het|een) (?=\w)")
_OF_REGION = re.compile(
    r"(?P<base>[^\W\dA-Z]\S* \S.*?) (?:(?:in|van|voor|rond|binnen) )?(?:de )?(?:regio )?"
    r"(?P<region>[A-Z][\w-]+(?: [Rr]egio)?)"
)
_IN_PROVINCE = re.compile(r"(?P<noun>[a-z]{6,}) in (?P<province>[A-Z][\w-]+)")
_BARE = frozenset({
    "provincie", "gemeente", "regio", "waterschap", "hoogheemraadschap", "college", "raad", "programma", "provincies",
    "overleg",
})  # fmt: skip
"""Words that stand for whoever was named before; `references` finds for whom."""
_NUMBERED = re.compile(r"(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\s+\w+")
_KIND_WORDS = {"tooiont:Gemeente": "gemeente", "tooiont:Provincie": "provincie", "rg:Regio": "regio"}
_ALSO = {"den haag": ("'s-Gravenhage",), "den bosch": ("'s-Hertogenbosch",), "'s-gravenhage": ("Den Haag",),
         "'s-hertogenbosch": ("Den Bosch",)}  # fmt: skip
_CALLED = frozenset({
    "rg:Aanbeveling", "rg:Afspraken", "rg:Agenda", "rg:Analyse", "rg:Begroting", "rg:Document", "rg:Gebied",
    "rg:Intentieverklaring", "rg:Koers", "rg:Middelen", "rg:Onderzoek", "rg:Opdracht", "rg:Overeenkomst", "rg:Plan",
    "rg:Proces", "rg:Programma", "rg:Project", "rg:Rapport", "rg:Regeling", "rg:Strategie", "rg:Visie",
    "rg:Voorziening", "rg:Model", "rg:Convenant",
})  # fmt: skip
_OWN_NOUN = {kind: name_words().nouns[kind] for kind in ("rg:Opgave", "rg:Knelpunt", "rg:Aanpak", "rg:Infrastructuur")}
"""Classes of which only a noun of the class calls one, and only where more than an adjective tells which."""
_LONG_WORD = re.compile(r"\w{3,}")
_SMALL = frozenset(
    {"van", "voor", "over", "naar", "met", "door", "het", "een", "der", "den", "ter", "uit", "tot", "de"}
)
_INFLECTED = re.compile(r"[a-zà-ÿ]+(?<!ti)(?<!si)(?<!di)(?<!gi)(?<!ag)(?<!ys)e")
"""Most adjectives, and no nouns such as "visie" or "analyse"."""
_UNINFLECTED = re.compile(r"(?:bestaa|lope|[a-z]+e)nd|[a-z]+(?:lijk|aal|eel|isch|ief|ig)")
"""The same before a noun with "het": "gezamenlijk", "regionaal"."""
LONG = 12
"""Letters of a noun that tells what it is without the adjective before it."""
_VAGUER = frozenset({
    "eerste", "tweede", "derde", "laatste", "volgende", "verdere", "nadere", "nieuwe", "goede", "grote", "kleine",
    "andere", "definitieve", "hele", "betere", "nauwe", "stevige", "stevigere", "eigen",
})  # fmt: skip
"""Adjectives with which a noun can mean another thing each time."""
_DESCRIBED = re.compile(
    r"(?P<base>(?:extra|[a-zà-ÿ][\w-]*(?:e|d|t|ig|lijk|aal|eel|isch|ief)) [a-zà-ÿ-]{4,})"
    r" (?:van|voor|in|per|binnen|naar|op|bij|tussen|met|uit|over|aan) (?P<rest>.+)"
)
_BODIES = frozenset({
    "rg:ActorGroep", "rg:Ambtsdrager", "rg:Regio", "rg:College", "rg:Raad", "rg:Orgaan", "tooiont:Gemeente",
    "tooiont:Provincie", "tooiont:Waterschap", "rg:Plaats",
})  # fmt: skip
_VAGUE = re.compile(r"inzet|aanpak|realisatie|proces|model|.*(?:werking|ing|lijke?|aal|eel|isch|ief)")
"""Nouns of action, which any sentence can use anew, and adjectives without an ending."""
_SHORTS: dict[str, list[str]] = {}
for _short, (_name, _) in name_words().abbreviations.items():
    _SHORTS.setdefault(_name.casefold(), []).append(_short)
_INITIALED = frozenset({"tooiont:Waterschap", "tooiont:Samenwerkingsorganisatie"})
_LINKS = frozenset({"van", "de", "den", "en", "het", "der"})
HEADS = {
    "omgevingsdienst": "OD", "veiligheidsregio": "VR", "hoogheemraadschap": "HH", "waterschap": "WS",
    "metropoolregio": "MR", "stadsregio": "SR", "rijksuniversiteit": "RU", "arbeidsmarktregio": "AMR",
}  # fmt: skip
"""Compounds at the head of a name, and the two letters that abbreviations have for them."""
_COMPANIES = frozenset({"rg:Bedrijf", "rg:Netbeheerder", "rg:Bureau", "rg:Woningcorporatie", "rg:Stichting"})
_LEGAL = re.compile(r"(?: Netbeheer| TSO| Nederland| Groep)?(?:,? (?:B\.V\.|N\.V\.|BV|NV|U\.A\.))?$")
"""What a letter leaves out of a company's name."""
_PLURAL_KINDS = frozenset({"rg:Overlegorgaan", "rg:Orgaan", "rg:Convenant", "rg:Ambtsdrager"})


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an entity's name."""

    entity: Entity
    text: str
    proper: bool
    """Whether it needs its capitals."""
    rank: int
    """0 the label or an alias as it stands; 1 with its kind word put before or left off; 2 an inflection; 3 without the
    region it is of."""
    region: str = ""
    """The region or province that the letter must be about for this form to count: "bestuurlijke samenwerking" of a
    region."""


class Hit(NamedTuple):
    """A place in a text where a form stands, with every form that is written so."""

    start: int
    stop: int
    forms: tuple[Form, ...]


def fold(text: str) -> str:
    """Text as names are compared: no case or accents; hyphens, quotes and line ends a space. As long as it was."""
    raw = text.encode("utf-8", "surrogatepass")
    small = raw.translate(_FOLDED).decode("utf-8", "surrogatepass")
    if len(raw) != len(text):
        rare = raw.translate(None, delete=_ASCII).decode("utf-8", "surrogatepass")
        for sign in sorted(set(rare)):
            low = sign.lower()
            other = " " if sign in _OPENERS else (low if len(low) == 1 else sign).translate(_ACCENTS)
            if other != sign:
                small = small.replace(sign, other)
    return small


def forms(entity: Entity) -> tuple[Form, ...]:
    """Every way in which a letter can write the name of an entity; a bare kind word ("de provincie") is none."""
    found: dict[str, Form] = {}

    def add(text: str, rank: int) -> None:
        text = " ".join(_ARTICLE.sub("", text.replace("\u2019", "'").strip(), 1).split())
        if len(text) < 2 or text.casefold() in _BARE or _NUMBERED.fullmatch(text) or not re.match(r"[\w']", text):
            return
        found.setdefault(text, Form(entity, text, any(map(str.isupper, text)), rank))

    for name in (entity.label, *entity.aliases):
        name = name.replace("\u2018", "'").replace("\u2019", "'").strip()
        base = _QUALIFIER.sub("", name).strip() or name
        add(base, 0)
        for inside in _QUALIFIER.findall(name):
            if _ABBREVIATION.fullmatch(inside):
                add(inside, 0)
        bare = _KIND_WORD.sub("", base, 1) if entity.kind in _KIND_WORDS else base
        bare = _WATER.sub("", base, 1) if entity.kind == "tooiont:Waterschap" else bare
        add(bare, 1)
        for other in _ALSO.get(bare.casefold(), ()):
            add(other, 1)
        if entity.kind == "tooiont:Samenwerkingsorganisatie" and not bare.startswith(("GR ", "Gemeenschappelijke ")):
            add(f"GR {bare}", 1)
            if re.match(r"Regio [A-Z]\w+[ -][A-Z]", bare):
                add(bare.removeprefix("Regio "), 1)
            add(f"gemeenschappelijke regeling {bare}", 1)
        for short in _SHORTS.get(base.casefold(), ()):
            add(short, 1)
            if base.startswith("ministerie van "):
                add(f"ministerie van {short}", 1)
        if entity.kind in _INITIALED:
            for short in _initials(base):
                add(short, 2)
        if entity.kind in _COMPANIES and (brand := _LEGAL.sub("", base, 1)):
            add(brand, 1)
        if entity.kind in _KIND_WORDS and bare[:1].isupper() and not bare.endswith((" regio", " Regio")):
            word = _KIND_WORDS[entity.kind]
            add(f"{word} {bare}", 1)
            if entity.kind == "tooiont:Gemeente":
                for other in _ALSO.get(bare.casefold(), ()):
                    add(f"{word} {other}", 1)
        if entity.kind == "tooiont:Waterschap" and bare != base:
            for word in ("waterschap", "hoogheemraadschap", "hoogheemraadschap van"):
                add(f"{word} {bare}", 1)
        if " & " in base:
            add(base.replace(" & ", " en "), 1)
        elif " en " in base and any(map(str.isupper, base[1:])):
            add(base.replace(" en ", " & "), 1)
        if entity.kind in _PLURAL_KINDS and base.islower():
            add(_plural(base), 2)
        if base[0].islower() and _INNER_ARTICLE.search(base):
            add(_INNER_ARTICLE.sub(r"\1 ", base), 2)
    return tuple(found.values())


def _initials(name: str) -> Iterator[str]:
    """Yield how a body is abbreviated: by its initials, the first word by two letters where it is a compound ("ODMH");
    and an abbreviation that its name begins with."""
    words = [word for word in re.findall(r"\w+", name) if word not in _LINKS]
    if len(words) > 1 and _ABBREVIATION.fullmatch(words[0]) and words[0].isupper():
        yield words[0]
    rest = "".join(word[0].upper() for word in words[1:])
    for head in (words[0][0].upper(), HEADS.get(words[0].casefold(), "")):
        if head and len(head + rest) > 2:
            yield head + rest


def _of_region(entity: Entity, regions: dict[str, str]) -> Iterator[Form]:
    """Yield the name of what is described with its region, without it; `regions` by folded name."""
    match = _OF_REGION.fullmatch(_QUALIFIER.sub("", entity.label))
    iri = regions.get(fold(match["region"])) if match else None
    if match and iri and entity.kind not in ("rg:Regio", "rg:ActorGroep"):
        yield Form(entity, match["base"], any(map(str.isupper, match["base"])), 3, iri)


def _of_province(entity: Entity, provinces: dict[str, str]) -> Iterator[Form]:
    """Yield the noun of a problem that is described with its province, without it; `provinces` by folded name."""
    match = _IN_PROVINCE.fullmatch(entity.label) if entity.kind == "rg:Knelpunt" else None
    iri = provinces.get(fold(match["province"])) if match else None
    if match and iri:
        yield Form(entity, match["noun"], False, 3, iri)


def _plural(noun: str) -> str:
    """The regular plural of a noun: -s after an unstressed syllable, 's after an open vowel, else -en."""
    if re.search(r"(?:el|em|en|er|aar|ie|je)$", noun):
        return noun + "s"
    if re.search(r"[aiouy]$", noun):
        return noun + "'s"
    if noun.endswith("e"):
        return noun + "s"
    if re.search(r"[^aeiou][aeiou][bdfgklmnprst]$", noun):
        return noun + noun[-1] + "en"
    long = re.search(r"(aa|ee|oo|uu)([bdfgklmnprst])$", noun)
    return noun[: long.start() + 1] + long[2] + "en" if long else noun + "en"


@dataclass(frozen=True)
class Lexicon:
    """The forms of many entities, found in a text in one pass; made by `lexicon`."""

    entities: tuple[Entity, ...]
    keys: tuple[str, ...]
    """The folded forms, each behind a space, sorted."""
    groups: tuple[tuple[Form, ...], ...]
    """With each key its forms: ordered by rank, then IRI."""

    @cached_property
    def by_iri(self) -> dict[str, Entity]:
        """The entities by IRI."""
        return {entity.iri: entity for entity in self.entities}

    @cached_property
    def nouns(self) -> tuple[tuple[str, frozenset[str], Entity], ...]:
        """What a letter goes on to call by its noun: that noun, the other words of its name, folded, and the entity."""
        found = []
        for entity in self.entities:
            label = _QUALIFIER.sub("", entity.label)
            words = [word for word in _LONG_WORD.findall(label) if word.casefold() not in _SMALL]
            first = next((i for i, word in enumerate(words) if not _INFLECTED.fullmatch(word)), 0)
            if (
                words[first + 1 :]
                and _UNINFLECTED.fullmatch(words[first])
                and len(words[first + 1]) >= LONG
                and f"{words[first]} {words[first + 1]}" in label
            ):
                first += 1
            noun = words[first] if words else ""
            own = noun.endswith(_OWN_NOUN.get(entity.kind, ())) and len(words) > first + 1
            if (
                (entity.kind in _CALLED or own)
                and len(words) > 1
                and noun.islower()
                and len(noun) > 3
                and not _VAGUE.fullmatch(noun)
            ):
                low = first if len(noun) >= LONG and len(words) > first + 1 else 0
                others = frozenset(fold(word) for i, word in enumerate(words) if i >= low and i != first)
                found.append((noun, others, entity))
        return tuple(found)

    @cached_property
    def described(self) -> tuple[tuple[str, frozenset[str], Entity], ...]:
        """What a letter goes on to call by the first words of its name, an adjective and a noun: these words, the other
        words of its name, folded, and the entity: "extra inzet" of "extra inzet van de regio"."""
        found = []
        for entity in self.entities:
            match = _DESCRIBED.fullmatch(_QUALIFIER.sub("", entity.label))
            if match is None or entity.kind in _BODIES or match["base"].partition(" ")[0] in _VAGUER:
                continue
            rest = frozenset(fold(word) for word in _LONG_WORD.findall(match["rest"]) if word.casefold() not in _SMALL)
            if rest:
                found.append((fold(match["base"]), rest, entity))
        return tuple(found)

    @cached_property
    def automaton(self) -> AhoCorasick:
        """The search machine over `keys`."""
        from ahocorasick_rs import AhoCorasick, Implementation

        return AhoCorasick(self.keys, implementation=Implementation.ContiguousNFA)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the names in a text, left to right, never one within another; of several at a place the longest.

        A name stands between word ends, on one line, and with its capitals, unless the text around it is all capitals.
        """
        if not self.keys:
            return
        folded = f" {fold(text)}."
        found: list[tuple[int, int, int]] = []
        keep = found.append
        for key, low, high in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            # `low` is that of the space before the name: in `text`, one to the left, that of its first letter.
            sign = folded[high]
            if sign.isalnum() or (sign == " " and text[high - 1] == "-" and folded[high + 1].isalnum()):
                continue
            if text[low - 1] in "-_'" and low > 1 and text[low - 2].isalnum():
                continue
            keep((low, -high, key))
        found.sort()
        make = tuple.__new__  # as Hit(...) does, at half its cost
        after = 0
        known: dict[str, tuple[Form, ...]] = {}
        for start, minus, key in found:
            if start < after:
                continue
            stop = -minus - 1
            written = text[start:stop]
            fits = known.get(written)
            if fits is None:
                broken = "\n" in written or "\t" in written
                group = () if broken else self.groups[key]
                fits = tuple(form for form in group if not form.proper or _capitals(form.text, written))
                known[written] = fits
            if fits:
                after = stop
                yield make(Hit, (start, stop, fits))

    def named(self, name: str) -> tuple[Entity, ...]:
        """The entities that a whole name can be, as `find` reads it; in order of rank and IRI."""
        key = " " + fold(" ".join(name.split())).strip()
        place = bisect_left(self.keys, key)
        if place == len(self.keys) or self.keys[place] != key:
            return ()
        fits = [form for form in self.groups[place] if not form.proper or _capitals(form.text, name)]
        return tuple(form.entity for form in fits)


_WORD = re.compile(r"[^\W_]+")


def _capitals(form: str, written: str) -> bool:
    """Whether a name has the capitals of its form; all capitals will do, of an abbreviation only the same."""
    if form in written or written.isupper():
        return True
    first, words = _WORD.findall(form), _WORD.findall(written)
    if len(first) != len(words):
        return False
    for wanted, word in zip(first, words, strict=True):
        if len(wanted) > 1 and wanted.isupper() and not word.isupper() and len(first) == 1:
            return False
        if wanted[0].isupper() and not word[0].isupper():
            return False
    return True


def lexicon(entities: Iterable[Entity]) -> Lexicon:
    """The lexicon of a list of entities, whatever their order."""
    listed = tuple(sorted(entities, key=lambda entity: entity.iri))
    groups: dict[str, dict[str, Form]] = defaultdict(dict)
    regions = {fold(form.text): entity.iri for entity in listed if entity.kind == "rg:Regio" for form in forms(entity)}
    provinces = {
        fold(form.text): entity.iri for entity in listed if entity.kind == "tooiont:Provincie" for form in forms(entity)
    }
    for entity in listed:
        for form in (*forms(entity), *_of_region(entity, regions), *_of_province(entity, provinces)):
            group = groups[" " + fold(form.text).strip()]
            if entity.iri not in group or form.rank < group[entity.iri].rank:
                group[entity.iri] = form
    keys = tuple(sorted(groups))
    return Lexicon(
        listed,
        keys,
        tuple(tuple(sorted(groups[key].values(), key=lambda form: (form.rank, form.entity.iri))) for key in keys),
    )
