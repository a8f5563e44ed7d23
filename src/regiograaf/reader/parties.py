"""Who writes a letter and to whom, as its head, foot and greeting say; and the region that it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from regiograaf.reader import organs
from regiograaf.reader.candidates import key_of
from regiograaf.reader.head import Field
from regiograaf.reader.heading import addressed, on_top, signing
from regiograaf.reader.lexicon import Lexicon
from regiograaf.reader.mention import Mention
from regiograaf.reader.structure import Structure

__all__ = ["Parties", "greeted", "home", "parties", "region"]

_GREETED = ("rg:ActorGroep", "rg:College", "rg:Raad", "rg:Ambtsdrager", "rg:Overlegorgaan")
_ORGANS = ("rg:College", "rg:Raad", "rg:Orgaan", "rg:Kabinet", "rg:Overlegorgaan")
_BODIES = (
    "tooiont:Gemeente", "tooiont:Provincie", "tooiont:Waterschap", "tooiont:Samenwerkingsorganisatie", "rg:Regio",
    "rg:Samenwerkingsverband",
)  # fmt: skip
_SEVERAL = re.compile(r"(?:de )?(?:leden van de )?(?P<noun>colleges|gemeenteraden|raden|besturen)\b", re.IGNORECASE)
_READERS = re.compile(
    r"(?:leden van de |alle )?(?P<noun>lezers?|bewoners?|inwoners?|omwonenden|dorpsgenoten|wijkbewoners?"
    r"|buurtbewoners?|ouders?|leerlingen|studenten|huurders?|ondernemers?|agrariërs|boeren|leden|deelnemers?|relaties|collega's|raadsleden"
    r"|statenleden|wethouders|bestuurders|vrijwilligers?|reizigers?|klanten|cliënten|patiënten|medewerkers?)"
    r"(?:[/ ,].*)?",
    re.IGNORECASE,
)
_READER = r"(?:[a-zà-ÿ-]{4,}(?:en|s|leden|houder|partner|relatie|handelaar)|(?:in)?formateur|fractievoorzitter)"
_ANY_READERS = re.compile(rf"{_READER}(?:(?:,| en|, en) (?:beste |geachte )?{_READER})*")
"""Whom else a text can greet, mostly by a plural: "Geachte aandeelhouders"."""
_NOT_READERS = frozenset({"heren", "dames", "allen", "colleges", "raden", "besturen", "staten", "gemeenteraden"})
_PERSONS = ("rg:Ambtsdrager", "rg:Plaats", "")
_ON_BEHALF = re.compile(r"\bnamens (?:het |de )?$", re.IGNORECASE)
_OWN_WORDS = re.compile(r"[\w ,]*\b(?:wij|we|ik)\b")


_FOR = re.compile(
    r"(?:\w*voorstel|advies|\w*notitie|\w*brief|memo|\w*rapportage|zienswijze) aan (?:de |het )?", re.IGNORECASE
)
TITLE = 4
"""Lines in which the title of a text stands."""
_NOTE = r"(?:raads(?:informatie)?(?:brief|nota|notitie|memo)|collegebrief|informatienota)"
_COUNCIL_NOTE = re.compile(
    rf"\A\W*{_NOTE}\b|\b(?:deze|bijgaande|onderhavige) {_NOTE}\b"
    r"|\binforme(?:ert|ren) (?:het college|wij|we) (?:u|de raad|uw raad|de gemeenteraad)\b",
    re.IGNORECASE,
)
"""A text that is of a college to its council, as it says itself; such a note need not say of which."""
_FIRST_PERSON = re.compile(r"\b(?:[Ww]ij|[Ww]e)\b")
OFTEN = 3
"""Times that a text says "wij" from which it speaks for someone, though it does not say for whom."""
_ALONE = re.compile(r"[,.]?\s*(?:\n|$)")
FOOT = 240
"""Characters at the end of a letter in which the organ that signs stands, with the names of who sign for it."""
LAST = 120
"""Characters at the end of a letter in which the one who signs stands."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Who writes and who is written to, as far as known; keys, labels and kinds as in a mention."""

    sender: Mention | None = None
    addressee: Mention | None = None
    others: tuple[Mention, ...] = ()
    """Whom a noun can stand for as well: the body that the sender is an organ of."""
    region: Mention | None = None
    """The region that the letter is about: the one it names most."""
    home: Mention | None = None
    """The body that writes, or whose organ does; else the one written to, or the one on the letterhead."""


def home(bodies: Sequence[Mention], fields: Sequence[Field], kinds: Collection[str]) -> Mention | None:
    """The body of these kinds that a letter is from or to; where its head names none, the one that it names most.

    Of two named as often it is neither.
    """
    listed = [mention for mention in bodies if mention.kind in kinds]
    for name in ("letterhead", "sender", "addressee"):
        inside = {
            mention.entity: mention
            for field in fields
            if field.name == name
            for mention in listed
            if field.begin <= mention.begin and mention.end <= field.end
        }
        if len(inside) == 1:
            return next(iter(inside.values()))
    counts = Counter(mention.entity for mention in listed).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] < 2 * counts[1][1]):
        return None
    return next(mention for mention in listed if mention.entity == counts[0][0])


def region(named: Sequence[Mention], fields: Sequence[Field] = ()) -> Mention | None:
    """The region that a letter is about: the one in its subject, else the one it names most; of two as often none."""
    regions = [mention for mention in named if mention.kind == "rg:Regio"]
    subject = [field for field in fields if field.name == "subject"]
    about = {
        mention.entity: mention
        for field in subject[:1]
        for mention in regions
        if field.begin <= mention.begin and mention.end <= field.end
    }
    if len(about) == 1:
        return next(iter(about.values()))
    counts = Counter(mention.entity for mention in regions).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return None
    return next(mention for mention in regions if mention.entity == counts[0][0])


def parties(
    fields: Sequence[Field],
    told: Sequence[Mention],
    lexicon: Lexicon,
    structure: Structure,
    about: Mention | None,
    every: Sequence[Mention] = (),
) -> Parties:
    """The sender and addressee: who is named in the field, the organ before its body before a person; else the one
    that the greeting names, or on whose behalf "wij" speak. An organ without its body's name is that of the
    letterhead. With an organ comes its body: `every` are the bodies named, also those that an organ's name holds.
    """
    within = _within(fields, told)
    bodies = [mention for name in ("sender", "letterhead") for mention in within.get(name, ())]

    def party(name: str) -> Mention | None:
        group = _group(fields, name)
        if group is not None:
            return group
        found = _first(within.get(name, ()))
        if found is not None and found.kind in _ORGANS:
            return found
        for field in fields:
            organ = organs.named(field.value) if field.name == name else None
            if organ is None:
                continue
            holders = {mention.entity: mention for mention in bodies if mention.kind in organ.bodies}
            if len(holders) != 1:
                return found
            (body,) = holders.values()
            iri, label, kind = organs.of(organ, body, lexicon)
            return Mention(field.begin, field.end, field.value, iri, label, kind, name, -1, -1)
        return found

    text = structure.text
    sender = (
        party("sender")
        or _on_behalf(told, text)
        or _at_the_end(told, text, fields)
        or party("letterhead")
        or on_top(structure, told)
        or (signing(structure, told) if structure.lines else None)
    )
    addressee = (
        party("addressee")
        or _titled(structure, told)
        or greeted(fields, lexicon, about)
        or _group(fields, "salutation")
        or _readers(fields)
    )
    if addressee is None and sender is not None and any(field.name == "salutation" for field in fields):
        addressee = addressed(structure, told)
    if addressee is None:
        addressee = _own_organ(fields, bodies, lexicon)
    if sender is None and addressee is None and _COUNCIL_NOTE.search(text):
        name = structure.document.name
        sender, addressee = (organs.unnamed(noun, name, lexicon) for noun in ("college", "raad"))
    if sender is None and len(_FIRST_PERSON.findall(text)) >= OFTEN:
        key = key_of("afzender (niet genoemd)", "rg:Actor")
        sender = Mention(0, 0, "", key, "afzender (niet genoemd)", "rg:Actor", "noun", -1, -1)
    own = _bodies(sender, bodies, lexicon, every)
    theirs = _bodies(addressee, bodies, lexicon, every)
    seat = next((one for one in (sender, *own, addressee, *theirs, *bodies) if one and one.kind in _BODIES), None)
    kinds = {one.kind for one in (sender, *own) if one}
    others = (*own, *(one for one in theirs if one.kind not in kinds))
    return Parties(sender, addressee, others, about, seat)


def _titled(structure: Structure, told: Sequence[Mention]) -> Mention | None:
    """Whom the title of a text is for: "Voorstel aan het algemeen bestuur"."""
    for line in structure.lines[:TITLE]:
        match = _FOR.match(line.text)
        for mention in told if match else ():
            if match and mention.start == line.start + match.end() and mention.kind in _ORGANS:
                return mention
    return None


def _group(fields: Sequence[Field], name: str) -> Mention | None:
    """The organs of several bodies that a field names together: "de colleges van de gemeenten A, B en C"."""
    for field in fields:
        match = _SEVERAL.match(field.value) if field.name == name else None
        if match:
            label = f"{match['noun'].casefold()} ({'afzenders' if name == 'sender' else 'geadresseerden'})"
            key = key_of(label, "rg:ActorGroep")
            return Mention(field.begin, field.end, field.value, key, label, "rg:ActorGroep", name, -1, -1)
    return None


def _readers(fields: Sequence[Field]) -> Mention | None:
    """Whom a text greets by what they are and no list knows: "Beste lezer", "Geachte ouders"; as a group."""
    for field in fields:
        match = _READERS.fullmatch(field.value) if field.name == "salutation" else None
        if match:
            label = match["noun"].casefold() + ("s" if match["noun"][-1] in "rR" else "")
        elif (
            field.name == "salutation"
            and _ANY_READERS.fullmatch(field.value)
            and _NOT_READERS.isdisjoint([field.value])
        ):
            label = re.sub(r"(?:beste|geachte) ", "", field.value)
        else:
            continue
        key = key_of(label, "rg:ActorGroep")
        return Mention(field.begin, field.end, field.value, key, label, "rg:ActorGroep", "noun", -1, -1)
    return None


def _own_organ(fields: Sequence[Field], bodies: Sequence[Mention], lexicon: Lexicon) -> Mention | None:
    """The organ that a letter of its one body greets without saying whose it is: "Geachte raad"."""
    for field in fields:
        organ = organs.named(field.value.removeprefix("leden van ")) if field.name == "salutation" else None
        holders = {one.entity: one for one in bodies if organ is not None and one.kind in organ.bodies}
        if organ is not None and len(holders) == 1:
            (body,) = holders.values()
            return Mention(field.begin, field.end, field.value, *organs.of(organ, body, lexicon), "noun", -1, -1)
    return None


def _within(fields: Sequence[Field], told: Sequence[Mention]) -> dict[str, list[Mention]]:
    """The mentions in each of the fields that name a party."""
    found: dict[str, list[Mention]] = {}
    listed = sorted(told, key=lambda mention: mention.begin)
    begins = [mention.begin for mention in listed]
    for field in fields:
        if field.name in ("sender", "letterhead", "addressee"):
            here = listed[bisect_left(begins, field.begin) : bisect_left(begins, field.end)]
            found.setdefault(field.name, []).extend(mention for mention in here if mention.end <= field.end)
    return found


def _first(named: Sequence[Mention]) -> Mention | None:
    """The one organ named, else the one body, else the one person; None where there are two of the first class."""
    ranked: dict[int, dict[str, Mention]] = {}
    for mention in named:
        rank = 0 if mention.kind in _ORGANS else 2 if mention.kind in _PERSONS else 1
        ranked.setdefault(rank, {})[mention.entity] = mention
    best = ranked[min(ranked)] if ranked else {}
    return next(iter(best.values())) if len(best) == 1 else None


def _on_behalf(told: Sequence[Mention], text: str) -> Mention | None:
    """The organ on whose behalf "wij" speak: "Namens het college van Gedeputeerde Staten wensen wij"."""
    found = {
        mention.entity: mention
        for mention in told
        if mention.kind in _ORGANS
        and _ON_BEHALF.search(text[max(0, mention.start - 12) : mention.start])
        and _OWN_WORDS.match(text, mention.stop, mention.stop + 40)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _at_the_end(told: Sequence[Mention], text: str, fields: Sequence[Field]) -> Mention | None:
    """The office or organ that signs without closing words: named at the head of one of the last lines, an organ on a
    line of its own."""
    greeting = max((field.end for field in fields if field.name in ("addressee", "salutation")), default=0)
    for mention in reversed(told[-8:]):
        if mention.begin < greeting:
            return None
        line = text.rfind("\n", 0, mention.start) + 1
        if len(text) - mention.stop >= (LAST if mention.kind == "rg:Functie" else FOOT):
            return None
        if mention.start - line > len("namens het "):
            continue
        if mention.kind == "rg:Functie" or (mention.kind in _ORGANS and _ALONE.match(text, mention.stop)):
            return mention
    return None


def _bodies(
    party: Mention | None, bodies: Sequence[Mention], lexicon: Lexicon, every: Sequence[Mention]
) -> tuple[Mention, ...]:
    """The body that a party is an organ of, where its name says which: "... van Gouda" is of the gemeente Gouda."""
    organ = organs.named(party.label) if party is not None and party.kind in _ORGANS else None
    if party is None or organ is None:
        return ()
    found: dict[str, Mention] = {}
    name = party.label.rpartition(" van ")[2]
    for entity in lexicon.named(name.casefold()) + lexicon.named(name):
        if entity.kind in organ.bodies:
            found[entity.iri] = replace(party, entity=entity.iri, label=entity.label, kind=entity.kind, rule="noun")
    for body in every:
        if body.kind in organ.bodies and body.label.casefold().endswith(name.casefold()):
            found.setdefault(body.entity, body)
    for body in bodies if not found else ():
        if body.kind in organ.bodies:
            found.setdefault(body.entity, body)
    return tuple(found.values()) if len(found) == 1 else ()


def greeted(fields: Sequence[Field], lexicon: Lexicon, about: Mention | None = None) -> Mention | None:
    """Whom the greeting names by what they are: the one known group or body called so, in the plural perhaps; or the
    group of the region that the letter is about."""
    for field in fields:
        if field.name != "salutation":
            continue
        name = field.value.casefold().removeprefix("leden van ").removeprefix("de ").removeprefix("het ")
        fits = [
            entity
            for entity in lexicon.entities
            if entity.kind in _GREETED and entity.label.casefold() in (name, name + "s", name + "en")
        ]
        place = about.label.casefold().removeprefix("regio ") if about else ""
        if not fits and place:
            fits = [
                entity
                for entity in lexicon.entities
                if entity.kind == "rg:ActorGroep"
                and entity.label.casefold().startswith(f"{name} ")
                and entity.label.casefold().endswith(f" {place}")
            ]
        if len(fits) == 1:
            one = fits[0]
            return Mention(
                field.begin, field.end, field.value, one.iri, one.label, one.kind, "addressee", field.begin, field.end
            )
    return None
