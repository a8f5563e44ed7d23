"""New names over a whole letter: one name is one entity, with its later short forms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from regiograaf.letters import HEAD, SIGNATURE
from regiograaf.reader.candidate import COMMON
from regiograaf.reader.candidates import PERSON, Candidate, candidates
from regiograaf.reader.lexicon import HEADS
from regiograaf.reader.mention import Mention, mention_of, overlaps
from regiograaf.reader.namewords import any_of, name_words
from regiograaf.reader.structure import Line, Structure

__all__ = ["New", "bare_line", "fresh"]

_SOFT = (
    "tooiont:Gemeente", "tooiont:Provincie", "rg:Plaats", "rg:Gebied", "rg:Regio", "rg:Bedrijventerrein",
    "rg:Locatie", "rg:Overheid",
)  # fmt: skip
"""What a longer name can hold the name of: "station Gouda Goverwelle"."""
_PAPER = (
    "rg:RegioDeal", "rg:Visie", "rg:Agenda", "rg:Programma", "rg:Plan", "rg:Verordening", "rg:Strategie",
    "rg:Convenant", "rg:Overeenkomst", "rg:Koers", "rg:Coalitieakkoord", "rg:Regeling", "rg:Samenwerkingsverband",
)  # fmt: skip
"""What is another when a name follows its name: "Regio Deal" and "Regio Deal Achterhoek"."""
_EXTENDED = (
    *_PAPER, "rg:Merk", "rg:Bedrijf", "rg:Stichting", "rg:Kennisinstelling", "rg:Netbeheerder", "rg:Overlegorgaan",
    "rg:Project",
)  # fmt: skip
"""What is another when more words with a capital follow its name."""
_OF_PLACE = re.compile(r"(?:^|\b(?:[Dd]e|[Hh]et|[Ee]en|in|van|voor|met) )(?P<place>[A-Z][\w-]+se )$")
"""The adjective of a place, before a name that any region has one of."""
_FURTHER = re.compile(r"(?: (?![BN]\.? ?V\b)[A-ZÀ-Þ][\w-]*| \d{4}(?:[-–]\d{4})?)+")
_ADDRESS = re.compile(
    r"postbus\b|\d{4} ?[A-Z]{2}\b|.*(?:straat|laan|weg|plein|kade|singel|dijk|gracht) \d|www\.|.*@", re.IGNORECASE
)
_CONTACT = re.compile(
    r"(?:behandeld door|contactpersoon|contact|telefoon\w*|doorkiesnummer|e-?mail|inlichtingen|tel\.|bezoekadres)\b",
    re.IGNORECASE,
)
"""Lines of the head that name who can be called."""
_LEAD = re.compile(
    rf"\b(?:{any_of(one for one, kind in name_words().plurals.items() if kind != PERSON)})$", re.IGNORECASE
)
"""A word at the end of a line of the head that names of the next line belong to."""
_SENDER = re.compile(r"[A-ZÀ-Þ][\w'&-]+(?: (?:[A-ZÀ-Þ][\w'&-]+|van|de|en|voor|&)){0,4}")
_PAPERS = re.compile(
    r"(?:pers|nieuws|raads)?(?:bericht|brief)|verslag|notulen|motie|memo|notitie|raads\w+|overeenkomst|convenant|agenda|besluit"
    r"|kamer\w+|advies|nieuws\w*|intentie\w+|informatie\w+|college\w+|toespraak|amendement|rapport|uitnodiging",
    re.IGNORECASE,
)
_LINKED = re.compile(r"(?:,| en|, en) (?:de |het )?(?=[A-ZÀ-Þ])")
_TITLE = re.compile(r"[A-ZÀ-Þ0-9][^a-zà-ÿ.:;!?\t]{8,90}")
_LINKS = frozenset({"VAN", "VOOR", "EN", "DE", "HET", "IN", "OP", "AAN", "DER", "DEN", "TE"})
_SIDES = frozenset({"TUSSEN", "MET", "DOOR", "BETREFFENDE", "INZAKE"})
"""Words behind which the title of an agreement says between whom it is."""
_AGREEMENT = re.compile(
    r"\w*(?P<end>overeenkomst|convenant|akkoord|intentieverklaring|regeling|verordening|afspraken|pact|deal)"
)
_MIXED = re.compile(r"[A-Z].*[A-Z]|\d|-")
_SMALL_WORD = re.compile(r"(?<![\w-])[a-zà-ÿ][\w']*(?![\w-])")
TITLE = 3
"""Lines in which the title of an agreement stands."""
TITLES = 40
"""Lines of capitals in which names are looked for."""
_TOWN = "tooiont:Gemeente"
_WITH_PLACE = (
    "rg:Infrastructuur", "rg:Voorziening", "rg:Knooppunt", "rg:Agenda", "rg:Plan", "rg:Document", "rg:Onderzoek",
    "rg:Convenant", "rg:Overeenkomst", "rg:Visie", "rg:Proces", "rg:Regeling", "rg:Programma", "rg:Strategie",
    "rg:Afspraken", "rg:RegioDeal", "rg:Overlegorgaan", "rg:Team", "rg:Pilot", "rg:Project",
)  # fmt: skip
"""What is called after the place that it is in or about."""
_BY_WORDS = ("tooiont:Gemeente", "tooiont:Provincie", "tooiont:Waterschap")
"""Bodies of which the words before a name tell that it is one."""
_SEATS = ("tooiont:Gemeente", "rg:Plaats")
_GROUP_WORDS = frozenset({"Nederland", "Groep", "Group", "Holding", "Netbeheer", "Benelux", "Europe"})
"""What a company's name can be written with or without."""
_TWICE = frozenset({"utrecht", "groningen"})
"""Names of a province and of a town."""
_GIVEN = frozenset({"subsidie", "tegemoetkoming"})
"""What a thing gets, and is not called after: "subsidie Datafabriek" of the "project Datafabriek"."""
_SMALL = frozenset({"van", "voor", "en", "de", "het", "in", "op", "aan", "der", "den", "te"})
_PARTICLE = re.compile(r"^(?:van der|van den|van de|van|de|der|den|ter|ten) ", re.IGNORECASE)


PROSE = 8
"""Words from which a line of the head can be a sentence."""


@dataclass(frozen=True, slots=True)
class New:
    """An entity that no list knows; its mentions carry its key."""

    key: str
    label: str
    kind: str
    reason: str


def bare_line(line: Line) -> bool:
    """Whether a line is of the letter's head or foot, where capitals alone say nothing; not one that is a sentence."""
    if line.kind != "head" or line.section not in (HEAD, SIGNATURE):
        return False
    words = line.text.split()
    small = sum(word[0].islower() for word in words)
    return len(words) < PROSE or small < 0.6 * len(words) or line.text[-1] not in ".;,:!?"


def fresh(
    structure: Structure, known: Sequence[Mention], shorts: dict[str, Mention]
) -> tuple[list[Mention], list[Mention], tuple[New, ...]]:
    """The known mentions that stay, the mentions of new names, and the new entities.

    A known name within a longer new one gives way to it. `shorts` are the abbreviations that known names have here.
    """
    known, raw = _further(structure, known)
    raw += _raw(structure, known)
    raw.sort(key=lambda one: (one.start, -one.stop))
    raw = _without_given(raw)
    names = _Names(raw, _in_lists(structure, raw, known))
    common = {*_SMALL_WORD.findall(structure.text), *name_words().general}
    kept: list[Candidate] = []
    for one in raw:
        if one.label in shorts or (kept and kept[-1].stop > one.start):
            continue
        if one.weak and not names.stands(one):
            continue
        if not one.kind and not _MIXED.search(one.label) and one.label.lower() in common:
            continue  # a common word with a capital
        kept.append(one)
    names.listed(kept, known, structure.text)
    new: dict[str, New] = {}
    found: list[Mention] = []
    for one in kept:
        of = names.meant(one)
        new.setdefault(of.key, New(of.key, of.label, of.kind, of.reason))
        rule = "new" if of.label.casefold() == one.label.casefold() or of.bare == one.label else "short"
        found.append(mention_of(structure, one.start, one.stop, (of.key, of.label, of.kind), rule))
    found += _in_capitals(structure, names, [*known, *found])
    found.sort(key=lambda mention: mention.start)
    spans = [(one.start, one.stop) for one in kept]
    stay = [mention for mention in known if not _held(spans, mention)]
    return stay, found, tuple(new.values())


def _without_given(raw: Sequence[Candidate]) -> list[Candidate]:
    """The names, each without the word of what it gets, where the letter calls it otherwise as well."""
    bares = {one.bare.casefold(): one for one in raw if one.bare and one.label.split(" ")[0].casefold() not in _GIVEN}
    kept = []
    for one in raw:
        head = one.label.split(" ")[0].casefold()
        if head in _GIVEN and one.bare and one.bare.casefold() in bares:
            of = bares[one.bare.casefold()]
            one = replace(one, start=one.stop - len(one.bare), label=of.label, kind=of.kind)
        kept.append(one)
    return kept


def _in_lists(structure: Structure, raw: Sequence[Candidate], known: Sequence[Mention]) -> frozenset[int]:
    """Where names begin that only their capital speaks for, at the head of a sentence, but that a list of names goes
    on from: "Woonplus, Gouda en Waterwegwonen"."""
    names = {one.start for one in raw if not one.weak} | {mention.start for mention in known}
    found = set()
    for one in raw:
        link = _LINKED.match(structure.text, one.stop) if one.weak else None
        if link and link.end() in names and structure.line_at(one.start).kind == "sentence":
            found.add(one.start)
    return frozenset(found)


def _in_capitals(structure: Structure, names: _Names, known: Sequence[Mention]) -> list[Mention]:
    """The mentions of new names in lines of capitals alone: those that the letter writes elsewhere as well."""
    found: list[Mention] = []
    lines = [line for line in structure.lines if line.text.isupper() and not _ADDRESS.match(line.text)][:TITLES]
    if not lines:
        return found
    listed = sorted(names.first.values(), key=lambda one: (-len(one.label), one.label))
    taken = sorted((mention.start, mention.stop) for mention in known)
    for line in lines:
        spans: list[tuple[int, int]] = []
        for one in listed:
            long = len(one.label) > 3 or one.label == line.text
            at = line.text.find(one.label.upper()) if not one.weak and long else -1
            start, stop = line.start + at, line.start + at + len(one.label)
            if at < 0 or overlaps(taken, start, stop) or any(low < stop and start < high for low, high in spans):
                continue
            spans.append((start, stop))
            of = names.meant(one)
            found.append(mention_of(structure, start, stop, (of.key, of.label, of.kind), "new"))
    return found


def _held(spans: Sequence[tuple[int, int]], mention: Mention) -> bool:
    place = bisect_left(spans, (mention.stop, 0))
    return bool(place) and spans[place - 1][1] > mention.start


def _raw(structure: Structure, known: Sequence[Mention]) -> list[Candidate]:
    """The candidates of every line, with their places in the reading text."""
    taken = sorted((mention.start, mention.stop) for mention in known)
    soft_starts = {
        mention.start
        for mention in known
        if mention.rule in ("name", "group")
        and (mention.kind in _SOFT or (mention.label.islower() and mention.text[0].isupper()))
    }
    at = 0
    raw: list[Candidate] = list(_titles(structure))
    before: Line | None = None
    for line in structure.lines:
        while at < len(taken) and taken[at][1] <= line.start:
            at += 1
        last = bisect_left(taken, (line.stop, 0), at)
        here = [(begin - line.start, end - line.start) for begin, end in taken[at:last]]
        soft = {begin for begin, _ in here if begin + line.start in soft_starts}
        strict = bare_line(line)
        if line.start == 0 and strict:
            raw.extend(_senders(line, here))
        if strict and (_ADDRESS.match(line.text) or _CONTACT.match(line.text)):
            continue
        above = strict and before is not None and bare_line(before) and ":" not in line.text
        lead = _LEAD.search(before.text) if above and before is not None else None
        shift = len(lead[0]) + 1 if lead else 0
        led = f"{lead[0]} {line.text}" if lead else line.text
        moved = [(begin + shift, end + shift) for begin, end in here]
        before = line
        for one in candidates(led, moved, {begin + shift for begin in soft}):
            if one.start >= shift:
                start, stop = one.start + line.start - shift, one.stop + line.start - shift
                weak = one.weak or (not one.kind and (strict or (line.kind == "heading" and " " not in one.label)))
                raw.append(replace(one, start=start, stop=stop, weak=weak))
    return raw


def _titles(structure: Structure) -> Iterator[Candidate]:
    """Yield what an agreement is called by its first lines, in capitals: a word of its kind with more."""
    for line in structure.lines[:TITLE]:
        words = line.text.split()
        kind = _AGREEMENT.fullmatch(words[0].lower()) if _TITLE.fullmatch(line.text) else None
        if kind is None or len(words) < 2 or not _SIDES.isdisjoint(words):
            continue
        label = " ".join(word.lower() if word in _LINKS else word.title() for word in words)
        sort = name_words().ends.get(kind["end"], "rg:Intentieverklaring")
        yield Candidate(line.start, line.stop, label, sort, f'titel met "{kind["end"]}"')
        return


def _senders(line: Line, taken: Sequence[tuple[int, int]]) -> list[Candidate]:
    """The names that a letter's first line is made of, its cells: "Woonwijs | Thuishaven"."""
    found: list[Candidate] = []
    for match in re.finditer(r"[^\t|]+", line.text):
        name = match[0].strip()
        start = line.start + match.start() + len(match[0]) - len(match[0].lstrip())
        if not _SENDER.fullmatch(name) or name.isupper() or _PAPERS.match(name):
            return []
        if not any(begin < match.end() and match.start() < end for begin, end in taken):
            found.append(Candidate(start, start + len(name), name, "", "naam boven de brief"))
    return found


def _further(structure: Structure, known: Sequence[Mention]) -> tuple[list[Mention], list[Candidate]]:
    """The known mentions without those that are part of a longer name, and these names, as candidates.

    "Regio Deal Achterhoek" of the known "Regio Deal", "Smart Delta Resources" of "Smart Delta", "Zeeuwse
    Omgevingsvisie" of "Omgevingsvisie".
    """
    text = structure.text
    begins = {mention.start: mention for mention in known}
    stay: list[Mention] = []
    found: list[Candidate] = []
    for mention in known:
        if mention.kind not in _EXTENDED or not mention.text[:1].isupper():
            stay.append(mention)
            continue
        match = _FURTHER.match(text, mention.stop)
        beside = begins.get(mention.stop + 1) if text[mention.stop : mention.stop + 1] == " " else None
        stop = mention.stop
        if match and not any(start in begins for start in range(mention.stop + 1, match.end())):
            stop = match.end()
        elif beside is not None and beside.kind in _SOFT and mention.kind in _PAPER and _plain(mention):
            stop = beside.stop
        before = _OF_PLACE.search(text, max(0, mention.start - 24), mention.start) if _plain(mention) else None
        start = before.start("place") if before and mention.kind in _PAPER else mention.start
        if (start, stop) == (mention.start, mention.stop):
            stay.append(mention)
            continue
        label = " ".join(text[start:stop].split())
        found.append(Candidate(start, stop, label, mention.kind, "bekende soort met een naam"))
    spans = sorted((one.start, one.stop) for one in found)
    return [mention for mention in stay if not _held(spans, mention)], found


def _plain(mention: Mention) -> bool:
    """Whether a name only says what a thing is, as any region has one: "Omgevingsvisie", "Regio Deal"."""
    return mention.text.casefold() == mention.label.casefold() and mention.label.count(" ") < 2


class _Names:
    """The names of a letter, and the entity that each stands for."""

    def __init__(self, raw: Iterable[Candidate], listed: Collection[int] = ()) -> None:
        self.first: dict[str, Candidate] = {}
        """By label in lower case: the first place that tells the kind tells it for all."""
        self.by_short: dict[str, dict[str, Candidate]] = defaultdict(dict)
        self.solid: set[str] = set()
        for one in raw:
            name = one.label.casefold()
            before = self.first.setdefault(name, one)
            if one.kind and not before.kind:
                self.first[name] = replace(one, start=before.start)
            if not one.weak or one.start in listed:
                self.solid.add(name)
        for name, one in self.first.items():
            if one.weak:
                continue
            for short in _shorts(one):
                if short != name:
                    self.by_short[short][name] = one

    def stands(self, one: Candidate) -> bool:
        """Whether a weak candidate is a name elsewhere in the letter."""
        name = one.label.casefold()
        return name in self.solid or len(self.by_short.get(name, ())) == 1

    def listed(self, kept: Sequence[Candidate], known: Sequence[Mention], text: str) -> None:
        """Give the kind of a municipality to all the names of a list in which one is a municipality."""
        spans = [(one.start, one.stop, one.label.casefold(), self.meant(one).kind) for one in kept]
        spans += [(mention.start, mention.stop, "", mention.kind) for mention in known]
        spans.sort()
        row: list[tuple[int, int, str, str]] = []
        for span in [*spans, (len(text) + 9, 0, "", "")]:
            if row and text[row[-1][1] : span[0]] not in (", ", " en "):
                if len(row) > 2 and any(kind == _TOWN for *_, kind in row):
                    for _, _, name, kind in row:
                        if name and kind in ("", "rg:Plaats") and name in self.first:
                            self.first[name] = replace(self.first[name], kind=_TOWN)
                row = []
            row.append(span)

    def meant(self, one: Candidate) -> Candidate:
        """The entity that a candidate stands for: the one fuller name it is short for, else itself."""
        name = one.label.casefold()
        full = self.by_short.get(name, {})
        if one.kind == PERSON and not full:
            full = self.by_short.get(_surname(name), {})
        if one.short and one.reason == COMMON:
            given = [
                other
                for other in self.by_short.get(one.short.casefold(), {}).values()
                if other.short == one.short and other.reason != COMMON
            ]
            if len(given) == 1:
                return self.first[given[0].label.casefold()]  # the text's own abbreviation goes before everyone's
        if one.label in name_words().stands:
            return self._by_noun(one)
        if one.kind in _SEATS and name in _TWICE and not self._is_town(name):
            return one  # the town of Utrecht is not the province
        fits = [other for other in full.values() if _agrees(one, other)]
        own = self.first[name].kind
        if not one.kind and own and len(fits) == 1 and fits[0].kind != own and fits[0].bare.casefold() == name:
            return self.first[name]  # of the "stuurgroep Maaslijn" the Maaslijn is what it is about
        if len(fits) == 1 and fits[0].label.casefold() != name:
            return self.first[fits[0].label.casefold()]
        return self.first[name]

    def _is_town(self, name: str) -> bool:
        """Whether a name is told to be a town's: "de gemeente Utrecht"."""
        return any(other.kind == _TOWN for other in (self.first[name], *self.by_short.get(name, {}).values()))

    def _by_noun(self, one: Candidate) -> Candidate:
        """What an abbreviation of every region's own stands for: the one name that holds its noun, else itself."""
        noun, kind = name_words().stands[one.label]
        fits = [other for name, other in self.first.items() if any(word.endswith(noun) for word in name.split())]
        return self.first[fits[0].label.casefold()] if len(fits) == 1 else replace(one, kind=kind)


def _agrees(one: Candidate, other: Candidate) -> bool:
    """Whether a short name can be of a fuller one: named before it, or the bare name of a body."""
    if one.kind == "rg:Infrastructuur" and one.reason == "wegnummer":
        return False
    if re.fullmatch(re.escape(one.label) + r" (?:19|20)\d\d\b.*", other.label):
        return True  # the same, with its year
    if other.label.startswith(f"{one.label} ") and other.label[len(one.label) + 1 :] in _GROUP_WORDS:
        return True  # "Tata Steel" of "Tata Steel Nederland", whichever comes first
    if one.kind == "rg:Plaats" and other.kind in _WITH_PLACE:
        return False  # "in Voorhout" is no "ringweg Voorhout"
    if one.kind in _BY_WORDS and not other.kind and not one.label.casefold().startswith(other.label.casefold()):
        return False  # "Gedeputeerde Staten van Utrecht" is not of "RTV Utrecht"
    body = bool(other.bare) and one.label.casefold() == other.bare.casefold()
    if one.kind and other.kind and one.kind != other.kind and one.kind not in ("rg:Plaats",) and other.kind != PERSON:
        return False
    same = bool(one.kind) and one.kind == other.kind and other.label.startswith(f"{one.label} ")
    return body or same or other.start < one.start


def _shorts(one: Candidate) -> set[str]:
    """How a later sentence can write a name, in lower case."""
    name = one.label.casefold()
    found = {one.short.casefold(), one.bare.casefold(), *_initials(one)}
    words = name.split()
    if len(words) > 1 and (one.kind == PERSON or one.reason.endswith("aanspreektitel")):
        found |= {_surname(name), words[-1]}
    elif len(words) > 1:
        head = words[0]
        if head[:1].isalpha() and one.label[0].isupper() and len(head) > 3:
            found.add(head)
        found |= {" ".join(words[:count]) for count in range(2, len(words)) if words[count - 1] not in _SMALL}
    return found - {""}


def _initials(one: Candidate) -> set[str]:
    """How a name of three words or more is abbreviated, or one that begins with a compound: "LEF", "VRZ"."""
    words = [word for word in re.findall(r"[^\W\d_]+", one.label) if word not in _SMALL]
    if len(words) < 2 or one.kind == PERSON or not all(word[0].isupper() for word in words[1:]):
        return set()
    rest = "".join(word[0] for word in words[1:])
    heads = (words[0][0], HEADS.get(words[0].casefold(), ""))
    return {(head + rest).casefold() for head in heads if head and len(head + rest) > 2}


def _surname(name: str) -> str:
    """A person's name without first names: "j. van efferen" is "van efferen"."""
    rest = re.sub(r"^(?:[a-z]{1,2}\. ?)+", "", name)
    if rest != name or _PARTICLE.match(rest):
        return rest
    return re.sub(r"^[\w-]+ ", "", name, count=1)
