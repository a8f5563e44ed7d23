"""Who and what a letter names, with the place of each: known entities, new ones, and words that stand for either.

The work is done in turn by `naming` (known names), `beside` and `groups` (what goes with the name beside it), `fresh`
(new names), `called` (names that the text gives), `parties` (who writes to whom), `referring` ("de provincie", "wij")
and `recurring` (things that only a common noun names).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from regiograaf.reader.beside import abbreviations, own_organs, shared_words, with_adjectives, with_organs
from regiograaf.reader.called import called
from regiograaf.reader.described import described
from regiograaf.reader.fresh import New, fresh
from regiograaf.reader.groups import compounds, groups, parties_to
from regiograaf.reader.head import Field, head
from regiograaf.reader.lexicon import Hit, Lexicon
from regiograaf.reader.mention import NEW, Mention, mention_of
from regiograaf.reader.naming import named
from regiograaf.reader.offices import offices
from regiograaf.reader.parties import Parties, greeted, parties, region
from regiograaf.reader.recurring import recurring
from regiograaf.reader.referring import with_references
from regiograaf.reader.structure import Structure

__all__ = ["Found", "Mention", "New", "mentions"]


@dataclass(frozen=True)
class Found:
    """What a letter names."""

    mentions: tuple[Mention, ...]
    """In the order of the text, none within another."""
    new: tuple[New, ...]
    """The new entities, in the order of their first mention."""
    parties: Parties
    """The sender and the addressee, where the text gives them and they are known or named."""


def mentions(structure: Structure, lexicon: Lexicon, fields: Sequence[Field] | None = None) -> Found:
    """Find who and what a letter names. `fields` are those of `head(structure)`, found when not given.

    Of two entities with one name the fitting one is taken: the one written exactly so, the place behind "in" or "naar",
    the body elsewhere, what belongs to a region that the letter names. What stays open is left out.
    """
    text = structure.text
    fields = head(structure) if fields is None else fields
    hits = list(lexicon.find(text))
    about = region([_first_of(structure, hit) for hit in hits if _is_region(hit)], fields)
    known = shared_words(structure, named(structure, hits, about), lexicon)
    known = groups(structure, known, about, lexicon)
    known = compounds(structure, known, lexicon)
    known, shorts = abbreviations(structure, known)
    known, new_names, new = fresh(structure, known, shorts)
    single = sorted([*known, *new_names], key=lambda mention: (mention.start, mention.stop))
    told = own_organs(structure, with_organs(structure, single, lexicon), single, fields, lexicon)
    told = with_adjectives(structure, told, single, lexicon)
    told = offices(structure, told, lexicon)
    told = called(structure, described(structure, parties_to(structure, told), lexicon))
    sides = parties(fields, told, lexicon, structure, about, single)
    told = [_of_readers(mention, sides) for mention in told]
    told = _with_greeted(structure, _with_sides(structure, told, sides), sides, fields)
    greeting = next((field.value for field in fields if field.name == "salutation"), "")
    greeting = greeting if sides.addressee is not None and sides.addressee == greeted(fields, lexicon, about) else ""
    every, things = recurring(structure, with_references(structure, told, sides, lexicon, greeting, single))
    return Found(tuple(every), _all_new((*new, *things), every), sides)


def _of_readers(mention: Mention, sides: Parties) -> Mention:
    """The mention, of "uw raden" as those to whom the letter goes, where these are several councils or colleges."""
    to = sides.addressee
    if to is None or mention.rule != "group" or not mention.label.endswith(" (in deze brief)"):
        return mention
    noun = mention.label.partition(" ")[0]
    if not to.label.endswith(" (geadresseerden)") or not to.label.partition(" ")[0].endswith(noun):
        return mention
    return replace(mention, entity=to.entity, label=to.label, kind=to.kind)


def _with_sides(structure: Structure, told: list[Mention], sides: Parties) -> list[Mention]:
    """The mentions, with the organ that a field of the letter's head names without its body."""
    found = list(told)
    for side in (sides.sender, sides.addressee):
        if side is None or side.start >= 0 or side.rule not in ("sender", "addressee"):
            continue
        if any(one.begin < side.end and side.begin < one.end for one in told):
            continue
        line = next((line for line in structure.lines if line.begin <= side.begin < line.end), None)
        at = line.text.find(side.text) if line is not None else -1
        if line is not None and at >= 0:
            start = line.start + at
            entity = (side.entity, side.label, side.kind)
            found.append(mention_of(structure, start, start + len(side.text), entity, side.rule))
    return sorted(found, key=lambda mention: (mention.start, mention.stop))


def _with_greeted(structure: Structure, told: list[Mention], sides: Parties, fields: Sequence[Field]) -> list[Mention]:
    """The mentions, with the organ or office by which the greeting calls the addressee: "Geacht college"."""
    side = sides.addressee
    field = next((field for field in fields if field.name == "salutation"), None)
    noun = _GREETED.search(field.value) if field is not None else None
    if side is None or field is None or noun is None:
        return told
    line = next((line for line in structure.lines if line.begin <= field.begin < line.end), None)
    at = line.text.rfind(noun["noun"]) if line is not None else -1
    if line is None or at < 0:
        return told
    start, stop = line.start + at, line.start + at + len(noun["noun"])
    if any(one.start < stop and start < one.stop for one in told):
        return told
    mention = mention_of(structure, start, stop, (side.entity, side.label, side.kind), "addressee")
    return sorted([*told, mention], key=lambda one: (one.start, one.stop))


_GREETED = re.compile(
    r"(?:^|\b(?:leden van (?:de|het)|uw) )(?P<noun>colleges?|bestuur|besturen|raad|raden|gemeenteraad"
    r"|gemeenteraden|staten|(?:\w+)?commissie|voorzitter|directie|verenigde vergadering|minister|staatssecretaris)\b",
    re.IGNORECASE,
)


def _all_new(new: Sequence[New], every: Sequence[Mention]) -> tuple[New, ...]:
    """The new entities that are mentioned, with the organs that only the letter's head or a body's name gives."""
    mentioned = {mention.entity for mention in every}
    found = {one.key: one for one in new if one.key in mentioned}
    for mention in every:
        if mention.entity.startswith(NEW) and mention.entity not in found:
            found[mention.entity] = New(mention.entity, mention.label, mention.kind, "orgaan van een lichaam")
    places = {mention.entity: mention.start for mention in reversed(every)}
    return tuple(sorted(found.values(), key=lambda one: (places[one.key], one.key)))


def _is_region(hit: Hit) -> bool:
    return len(hit.forms) == 1 and hit.forms[0].entity.kind == "rg:Regio"


def _first_of(structure: Structure, hit: Hit) -> Mention:
    entity = hit.forms[0].entity
    return mention_of(structure, hit.start, hit.stop, (entity.iri, entity.label, entity.kind), "name")
