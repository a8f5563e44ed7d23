"""Who writes a letter and to whom, as its head, foot and greeting say; and the region that it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from regiograaf.reader import organs
from regiograaf.reader.head import Field
from regiograaf.reader.lexicon import Lexicon
from regiograaf.reader.mention import Mention

__all__ = ["Parties", "greeted", "parties", "region"]

_GREETED = ("rg:ActorGroep", "rg:College", "rg:Raad", "rg:Ambtsdrager", "rg:Overlegorgaan")
_ORGANS = ("rg:College", "rg:Raad", "rg:Orgaan", "rg:Kabinet", "rg:Overlegorgaan")
_PERSONS = ("rg:Ambtsdrager", "rg:Plaats", "")
_ON_BEHALF = re.compile(r"\bnamens (?:het |de )?$", re.IGNORECASE)
_OWN_WORDS = re.compile(r"[\w ,]*\b(?:wij|we|ik)\b")


@dataclass(frozen=True, slots=True)
class Parties:
    """Who writes and who is written to, as far as known; keys, labels and kinds as in a mention."""

    sender: Mention | None = None
    addressee: Mention | None = None
    others: tuple[Mention, ...] = ()
    """Whom a noun can stand for as well: the body that the sender is an organ of."""
    region: Mention | None = None
    """The region that the letter is about: the one it names most."""


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
    fields: Sequence[Field], told: Sequence[Mention], lexicon: Lexicon, text: str, about: Mention | None
) -> Parties:
    """The sender and addressee: who is named in the field, the organ before its body before a person; else the one
    that the greeting names, or on whose behalf "wij" speak. An organ without its body's name is that of the
    letterhead. With an organ comes its body.
    """
    within = _within(fields, told)
    bodies = [mention for name in ("sender", "letterhead") for mention in within.get(name, ())]

    def party(name: str) -> Mention | None:
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

    sender = party("sender") or _on_behalf(told, text) or party("letterhead")
    addressee = party("addressee") or greeted(fields, lexicon)
    return Parties(sender, addressee, _bodies(sender, bodies, lexicon), about)


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


def _bodies(sender: Mention | None, bodies: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The body that the sender is an organ of, where its name says which: "... van Gouda" is of the gemeente Gouda."""
    if sender is None or sender.kind not in _ORGANS:
        return ()
    found: dict[str, Mention] = {}
    name = sender.label.rpartition(" van ")[2].casefold()
    organ = organs.named(sender.label)
    for entity in lexicon.named(name) + lexicon.named(sender.label.rpartition(" van ")[2]):
        if organ and entity.kind in organ.bodies:
            found[entity.iri] = replace(sender, entity=entity.iri, label=entity.label, kind=entity.kind, rule="noun")
    for body in bodies:
        if organ and body.kind in organ.bodies:
            found.setdefault(body.entity, body)
    return tuple(found.values()) if len(found) == 1 else ()


def greeted(fields: Sequence[Field], lexicon: Lexicon) -> Mention | None:
    """Whom the greeting names by what they are: the one known group or body called so, in the plural perhaps."""
    for field in fields:
        if field.name != "salutation":
            continue
        name = field.value.casefold().removeprefix("leden van ").removeprefix("de ").removeprefix("het ")
        fits = [
            entity
            for entity in lexicon.entities
            if entity.kind in _GREETED and entity.label.casefold() in (name, name + "s", name + "en")
        ]
        if len(fits) == 1:
            one = fits[0]
            return Mention(
                field.begin, field.end, field.value, one.iri, one.label, one.kind, "addressee", field.begin, field.end
            )
    return None
