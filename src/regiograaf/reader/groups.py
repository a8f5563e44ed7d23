"""Groups of bodies by what they are: "de zeven gemeenten", "uw raden", those of the region that a letter is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from regiograaf.reader.candidates import key_of
from regiograaf.reader.entities import Entity
from regiograaf.reader.lexicon import Lexicon
from regiograaf.reader.mention import Mention, mention_of, overlaps
from regiograaf.reader.structure import Structure

__all__ = ["compounds", "groups", "parties_to"]

_MEMBERS = ("gemeenten", "colleges", "gemeenteraden", "raden")
_NUMBER = "(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|[2-9]|1[0-9]|2[0-9])"
_GROUP = re.compile(
    rf"(?<![\w-])(?:(?P<own>uw|onze|deze) |(?:(?P<the>de|alle) )?(?:(?P<number>{_NUMBER}) )?)"
    r"(?:betrokken |deelnemende |samenwerkende |Drechtse )?"
    r"(?P<noun>gemeenten|colleges|gemeenteraden|raden|(?:woning)?corporaties|provincies|waterschappen)(?![\w-])",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"(?<![\w-])(?P<region>[A-Z]\w+?)-?(?P<noun>gemeenten|colleges|gemeenteraden|raden)\b")
_GROUP_LABEL = re.compile(
    rf"(?:de )?(?:{_NUMBER} )?(?P<noun>\w+)(?: van (?:b en w|burgemeester en wethouders))?"
    r" (?:in|van) (?:de )?(?:regio )?(?P<region>.+)"
)
_NAMED_GROUP = re.compile(r"[ \n](?:van )?(?:'s-)?[A-Z](?!(?:e|et|eze|ij|en|n|p|m|r|it|ie|aar|oor|at)\b)")
"""A name behind a group; not the first word of the next sentence."""
_BEHIND = re.compile(r" (?:in|binnen|uit|van) (?:de |deze |onze |uw )?")
_ELSEWHERE = re.compile(
    r" (?:in|van|uit) (?:de )?(?:regio )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)*(?:(?<=se) (?P<tail>gemeenten))?"
)
"""The region of a group that no list knows."""
_PARTIES = re.compile(r"\bPartijen\b(?! *:)|(?<!politieke )(?<!andere )(?<!derde )\bpartijen\b(?! *:)")
_AGREED = re.compile(r"(?<!politieke )\bPartijen\b(?! *:)|\bpartijen (?:komen|spreken)\b")
"""Words of an agreement, in which the parties are its own."""
_OWN_REGION = re.compile(r"regio\b(?! [A-Z])")


def groups(structure: Structure, known: list[Mention], about: Mention | None, lexicon: Lexicon) -> list[Mention]:
    """The mentions, with "uw gemeenten", "de zeven colleges" and "gemeenten in de regio" those of the region meant.

    In "de gemeenten Gouda en Leiden" the word says what the names are, and is no mention.
    """
    text = structure.text
    own = _groups_of(about, lexicon)
    introduced = own.get("gemeenten")
    named = introduced is not None and any(
        mention.entity == introduced.iri and "gemeenten in" not in mention.text.casefold() for mention in known
    )
    listed = {mention.start: mention for mention in known}
    spans = [(mention.start, mention.stop) for mention in known]
    told: dict[str, tuple[str, str, str]] = {}  # by noun, the group that the letter has told of
    for match in _GROUP.finditer(text):
        place = bisect_left(spans, (match.end("noun"), 0))
        if place and spans[place - 1][0] < match.start("noun") and spans[place - 1][1] > match.start("noun"):
            continue  # within a longer name
        noun = match["noun"].casefold()
        mention = listed.pop(match.start("noun"), None)
        if mention is not None and mention.text.casefold() != noun:
            listed[mention.start] = mention
            continue
        if _NAMED_GROUP.match(text, match.end()) and not (
            noun == "gemeenten" and text.startswith(" van ", match.end())
        ):
            continue
        where = _ELSEWHERE.match(text, match.end()) if noun in _MEMBERS else None
        last = where.start("tail") if where and where["tail"] else where.end() if where else 0
        if where and not any(start in listed for start in range(match.end(), last)):
            listed.pop(last, None)
            number = f"{match['number']} " if match["number"] else ""
            label = f"{number}{match['noun']}{where[0]}".casefold()
            entity = (key_of(label, "rg:ActorGroep"), label, "rg:ActorGroep")
            told.setdefault(noun, entity)
            listed[match.start("noun")] = mention_of(structure, match.start("noun"), where.end(), entity, "group")
            continue
        group, stop = own.get(noun), match.end("noun")
        behind = _BEHIND.match(text, match.end())
        other = listed.get(behind.end()) if behind else None
        if behind and other is not None and other.kind == "rg:Regio":
            group, stop = _groups_of(other, lexicon).get(noun), other.stop
            if group is not None:
                del listed[other.start]
        elif behind and _OWN_REGION.match(text, behind.end()):
            pass
        elif match["number"]:
            if noun not in _MEMBERS and not match["the"]:  # so many of them: a general group
                if mention is not None:
                    listed[mention.start] = mention
                continue
            if group is None or not _counts(group, match["number"]):
                label = f"{match['number']} {match['noun']}".casefold()
                entity = told.setdefault(noun, (key_of(label, "rg:ActorGroep"), label, "rg:ActorGroep"))
                start = match.start("number")
                listed[start] = mention_of(structure, start, match.end("noun"), entity, "group")
                continue
        elif noun not in _MEMBERS:
            group = None
        elif not match["own"] and not (named and noun == "gemeenten"):
            group = group if match["the"] and noun == "gemeenten" else None
        pointed = match["own"] or (match["the"] or "").casefold() == "de"
        if group is None and pointed and about is None and noun in _MEMBERS and not behind:
            label = f"{noun} (in deze brief)"
            entity = told.setdefault(noun, (key_of(label, "rg:ActorGroep"), label, "rg:ActorGroep"))
        if group is None and pointed and noun in told:
            listed[match.start("noun")] = mention_of(structure, *match.span("noun"), told[noun], "group")
        elif group is not None:
            entity = (group.iri, group.label, group.kind)
            listed[match.start("noun")] = mention_of(structure, match.start("noun"), stop, entity, "group")
        elif mention is not None:
            listed[mention.start] = mention
    return [listed[start] for start in sorted(listed)]


def parties_to(structure: Structure, told: list[Mention]) -> list[Mention]:
    """The mentions, with "Partijen", as agreements write it: those who agree, as a group."""
    if "artijen" not in structure.text or not _AGREED.search(structure.text):
        return told
    spans = [(mention.start, mention.stop) for mention in told]
    entity = (key_of("partijen", "rg:ActorGroep"), "partijen", "rg:ActorGroep")
    found = [
        mention_of(structure, line.start + match.start(), line.start + match.end(), entity, "group")
        for line in structure.lines
        if line.kind == "sentence" and "artijen" in line.text
        for match in _PARTIES.finditer(line.text)
        if not overlaps(spans, line.start + match.start(), line.start + match.end())
    ]
    return sorted([*told, *found], key=lambda mention: mention.start) if found else told


def compounds(structure: Structure, known: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions, with "Drechtstedengemeenten": the group of the region whose name the word begins with."""
    text = structure.text
    found: list[Mention] = []
    spans = [(mention.start, mention.stop) for mention in known]
    for match in _COMPOUND.finditer(text):
        if overlaps(spans, *match.span()):
            continue
        regions = [entity for entity in lexicon.named(match["region"]) if entity.kind == "rg:Regio"]
        for entity in regions[:1]:
            about = mention_of(structure, *match.span(), (entity.iri, entity.label, entity.kind), "group")
            group = _groups_of(about, lexicon).get(match["noun"].casefold())
            if group is not None:
                found.append(replace(about, entity=group.iri, label=group.label, kind=group.kind))
    return sorted([*known, *found], key=lambda mention: mention.start) if found else known


def _groups_of(about: Mention | None, lexicon: Lexicon) -> dict[str, Entity]:
    """The known groups of a region by what their members are: "gemeenten", "colleges"; those that are the only one."""
    if about is None:
        return {}
    name = about.label.casefold().removeprefix("regio ")
    found: dict[str, list[Entity]] = {}
    for entity in lexicon.entities:
        match = _GROUP_LABEL.fullmatch(entity.label.casefold()) if entity.kind == "rg:ActorGroep" else None
        if match and match["region"] == name:
            found.setdefault(match["noun"], []).append(entity)
    return {noun: entities[0] for noun, entities in found.items() if len(entities) == 1}


def _counts(group: Entity, number: str) -> bool:
    """Whether a group can have so many members: no other number stands in its names."""
    numbers = {word for name in (group.label, *group.aliases) for word in re.findall(_NUMBER, name.casefold())}
    return not numbers or number.casefold() in numbers
