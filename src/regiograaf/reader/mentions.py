"""Who and what a letter names, with the place of each: known entities, new ones, and words that stand for either."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from regiograaf.letters import HEAD, SIGNATURE
from regiograaf.reader import organs
from regiograaf.reader.candidates import Candidate, candidates
from regiograaf.reader.entities import Entity
from regiograaf.reader.head import Field, head
from regiograaf.reader.lexicon import Form, Hit, Lexicon
from regiograaf.reader.mention import Mention
from regiograaf.reader.parties import Parties, greeted, parties, region
from regiograaf.reader.references import Reference, nearest, references
from regiograaf.reader.structure import Line, Structure

__all__ = ["Found", "Mention", "New", "mentions"]

_PLACES = ("rg:Plaats", "rg:Gebied")
_BODIES = ("tooiont:Gemeente", "tooiont:Provincie")
_WITH_ORGANS = (
    *_BODIES, "tooiont:Waterschap", "tooiont:Samenwerkingsorganisatie", "rg:Samenwerkingsverband", "rg:Regio",
)  # fmt: skip
_ORGANS = ("rg:College", "rg:Raad", "rg:Orgaan")
_IN = re.compile(
    r"\b(?:in|te|naar|bij|rond|rondom|vanuit|uit|vanaf|richting|langs|nabij|omgeving|stad|dorp|binnenstad van)"
    r"(?: (?:en om|de stad|het dorp))? $",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b\d{4} ?[A-Z]{2}\s+$")
_ARTICLE = re.compile(r"\b(?:de|het) $", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:vraagt|vragen|vergt|vergen|vereist|vereisen|nodig|noodzakelijk|voorwaarden?|essentieel|cruciaal)\b(?![^.]*[.;:])",
    re.IGNORECASE,
)
_PROVINCES = {
    "zh": "zuid-holland", "nh": "noord-holland", "nb": "noord-brabant", "ut": "utrecht", "gld": "gelderland",
    "ge": "gelderland", "li": "limburg", "ze": "zeeland", "ov": "overijssel", "fl": "flevoland", "dr": "drenthe",
    "gr": "groningen", "fr": "fryslân", "friesland": "fryslân", "brabant": "noord-brabant",
}  # fmt: skip
HOME = "zuid-holland"
"""The province of the bodies in the registers of this project, whose names do not say it."""
_PROVINCE = re.compile(
    r" (?:\((?P<short>[\w-]+)\)|in (?P<whole>(?:Zuid|Noord)-Holland|(?:Noord-)?Brabant|Gelderland|Limburg|Zeeland"
    r"|Overijssel|Flevoland|Drenthe|Fryslân|Friesland)\b)"
)
_SEVERAL = re.compile(r"(?:colleges|gemeenteraden|raden)\b", re.IGNORECASE)
_NUMBER = "(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|[2-9]|1[0-2])"
_GROUP = re.compile(
    rf"(?<![\w-])(?:(?P<own>uw|onze|deze) |(?:(?P<the>de|alle) )?(?:(?P<number>{_NUMBER}) )?)"
    r"(?:betrokken |deelnemende |samenwerkende |Drechtse )?(?P<noun>gemeenten|colleges|gemeenteraden|raden)(?![\w-])",
    re.IGNORECASE,
)
"""A group of bodies by what they are."""
_COMPOUND = re.compile(r"(?<![\w-])(?P<region>[A-Z]\w+?)-?(?P<noun>gemeenten|colleges|gemeenteraden|raden)\b")
_GROUP_LABEL = re.compile(rf"(?:de )?(?:{_NUMBER} )?(?P<noun>\w+) (?:in|van) (?:de )?(?:regio )?(?P<region>.+)")
_NAMED_GROUP = re.compile(r" (?:van )?(?:'s-)?[A-Z]")
_BEHIND = re.compile(r" (?:in|binnen|uit|van) (?:de |deze |onze |uw )?")
_OWN_REGION = re.compile(r"regio\b(?! [A-Z])")
_LEFT = re.compile(r"\b(?P<name>[A-Z][\w-]+(?:e|se))(?:, (?:de )?[A-Z][\w-]+)* (?:en|of) (?:de )?$")
_RIGHT = re.compile(r"(?:, (?:de )?[A-Z][\w-]+)* (?:en|of) (?:de |het )?(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+)*)")
_VERBS = {"leiden": re.compile(r" (?:tot|naar|toe|af|op|we|wij)\b"), "delft": re.compile(r" (?:het|de|men) ")}
"""Names that at the head of a sentence can be a verb, and what then follows."""
_ADJECTIVES = frozenset({"sociaal"})
_ABBREVIATED = re.compile(r" \((?:hierna: )?[\"']?(?P<short>(?=(?:\w*[A-Z]){2})[\w&-]{2,10})[\"']?\)")
_SAYS = re.compile(
    r"\b(?:(?P<verb>zegt|zei|stelt|stelde|vertelt|benadrukt|verklaart|vindt|reageert|schrijft|meldt|concludeert|vraagt"
    r"|antwoordt|staat)|aldus|volgens|in de woorden van)\b",
    re.IGNORECASE,
)
SAID = 40
"""Characters behind a verb of saying in which the speaker's name begins: "zegt wethouder ..."."""
REACH = 40
"""Characters before a name that tell what it is."""
RECENT = 200
"""Mentions back in which what a word stands for is looked for."""


@dataclass(frozen=True, slots=True)
class New:
    """An entity that no list knows; its mentions carry its key."""

    key: str
    label: str
    kind: str
    reason: str


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
    known = _with_organs(structure, _named(structure, hits, about), lexicon)
    known = _shared_words(structure, known, lexicon)
    known = _groups(structure, known, about, lexicon)
    known = _compounds(structure, known, lexicon)
    known, shorts = _abbreviations(structure, known)
    fresh, new = _fresh(structure, known, shorts)
    told = sorted([*known, *fresh], key=lambda mention: (mention.start, mention.stop))
    sides = parties(fields, told, lexicon, text, about)
    greeting = next((field.value for field in fields if field.name == "salutation"), "")
    greeting = greeting if sides.addressee is not None and sides.addressee == greeted(fields, lexicon) else ""
    every = _with_references(structure, told, sides, lexicon, greeting)
    return Found(tuple(every), _all_new(new, every), sides)


def _all_new(new: Sequence[New], every: Sequence[Mention]) -> tuple[New, ...]:
    """The new entities, with the organs that only the letter's head or a body's name gives."""
    found = {one.key: one for one in new}
    for mention in every:
        if mention.entity.startswith("nieuw:") and mention.entity not in found:
            found[mention.entity] = New(mention.entity, mention.label, mention.kind, "orgaan van een bekend lichaam")
    places = {mention.entity: mention.start for mention in reversed(every)}
    return tuple(sorted(found.values(), key=lambda one: (places.get(one.key, -1), one.key)))


def _is_region(hit: Hit) -> bool:
    return len(hit.forms) == 1 and hit.forms[0].entity.kind == "rg:Regio"


def _first_of(structure: Structure, hit: Hit) -> Mention:
    entity = hit.forms[0].entity
    return _mention(structure, hit.start, hit.stop, (entity.iri, entity.label, entity.kind), "name")


def _named(structure: Structure, hits: Sequence[Hit], about: Mention | None) -> list[Mention]:
    """The mentions of known entities by name, in a letter about a region."""
    text = structure.text
    seen = {"", *(hit.forms[0].entity.iri for hit in hits if len(hit.forms) == 1)}
    own = about.entity if about else ""
    found: list[Mention] = []
    inside = False  # whether the last name stood behind "in" or "naar"
    for hit in hits:
        if any(form.region not in ("", own) for form in hit.forms):
            hit = hit._replace(forms=tuple(form for form in hit.forms if form.region in ("", own)))
            if not hit.forms:
                continue
        beside = bool(found) and inside and text[found[-1].stop : hit.start] in (", ", " en ", " of ", "/")
        mention, inside = _known(structure, hit, seen, beside)
        if mention is not None:
            found.append(_of_longer(mention, found, text))
    return found


def _of_longer(mention: Mention, before: Sequence[Mention], text: str) -> Mention:
    """A mention of one word with an article, of the name in the same letter that ends in it: "de Deal" of a Regio Deal
    before; else as it was."""
    if (
        mention.kind != "rg:Stichting"
        or " " in mention.text
        or not _ARTICLE.search(text[max(0, mention.start - 5) : mention.start])
    ):
        return mention
    for earlier in reversed(before[-RECENT:]):
        if earlier.entity == mention.entity:
            return mention
        if earlier.text.endswith(f" {mention.text}"):
            return replace(mention, entity=earlier.entity, label=earlier.label, kind=earlier.kind, rule="short")
    return mention


def _mention(structure: Structure, start: int, stop: int, entity: tuple[str, str, str], rule: str) -> Mention:
    begin, end = structure.place(start, stop)
    return Mention(begin, end, structure.text[start:stop], *entity, rule, start, stop)


def _known(structure: Structure, hit: Hit, seen: set[str], beside: bool) -> tuple[Mention | None, bool]:
    """The mention at a hit, if it is one, and whether it stands behind "in" or "naar"; `beside` one that does."""
    text, start, stop = structure.text, hit.start, hit.stop
    if hit.forms[0].text.startswith("'") and text[max(0, start - 1)] == "'":
        start -= 1
    written = text[start:stop]
    before = text[max(text.rfind("\n", max(0, start - REACH), start) + 1, start - REACH) : start]
    folded = written.casefold()
    first = not before.strip() or before.rstrip()[-1:] in ".?!:"
    verb = _VERBS.get(folded)
    if verb and first and verb.match(text, stop):
        return None, False
    if folded in _ADJECTIVES and (re.match(r"[ -]\w", text[stop : stop + 2]) or not before.strip()):
        return None, False
    if _POSTCODE.search(before):
        return None, False  # of an address
    inside = beside or bool(_IN.search(before))
    form = _choose(_of_place(hit.forms, text, stop), written, inside, seen)
    if form is None or (form.entity.kind == "rg:Voorwaarde" and " " not in written and not _asked(text, start)):
        return None, inside
    return _mention(structure, start, stop, (form.entity.iri, form.entity.label, form.entity.kind), "name"), inside


def _asked(text: str, start: int) -> bool:
    """Whether a sentence asks for what it names, as a condition; a word such as "samenwerking" is no name elsewhere."""
    begin = max(text.rfind("\n", max(0, start - 300), start), start - 300, 0)
    return bool(_ASKS.search(text, begin, start))


def _of_place(forms: tuple[Form, ...], text: str, stop: int) -> Sequence[Form]:
    """The forms that a province behind a name leaves: "Rijswijk (Gelderland)" is no other Rijswijk."""
    match = _PROVINCE.match(text, stop)
    name = (match["short"] or match["whole"]).casefold() if match else ""
    place = _PROVINCES.get(name, name)
    if place not in _PROVINCES.values():
        return forms
    told: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        names = " ".join((form.entity.label, *form.entity.aliases)).casefold()
        told[next((one for one in sorted(set(_PROVINCES.values())) if one in names), HOME)].append(form)
    return told[place]


def _choose(forms: Sequence[Form], written: str, inside: bool, seen: set[str]) -> Form | None:
    """The form that is meant, or None when more than one may be. `inside`: behind "in" or "naar"."""
    if len(forms) == 1 and forms[0].proper:
        return forms[0]
    left = [form for form in forms if form.entity.region in seen or form.region or form.proper]
    if not left:
        return None
    if len(left) > 1:
        places = [form for form in left if form.entity.kind in _PLACES]
        bodies = [form for form in left if form.entity.kind in _BODIES]
        if places and bodies:
            left = places if inside else bodies
    for kept in (
        [form for form in left if form.rank == 0 and form.text == written],
        [form for form in left if form.rank == 0],
        [form for form in left if form.entity.region and form.entity.region in seen],
    ):
        if kept and len(left) > 1:
            left = [form for form in kept if form in left] or left
    return left[0] if len(left) == 1 else None


def _abbreviations(structure: Structure, known: list[Mention]) -> tuple[list[Mention], dict[str, Mention]]:
    """The abbreviations that a letter gives with a known name, and their mentions from there on."""
    text = structure.text
    shorts: dict[str, Mention] = {}
    for mention in known:
        match = _ABBREVIATED.match(text, mention.stop)
        if match and mention.label != match["short"] and match["short"].casefold() not in _PROVINCES:
            shorts.setdefault(match["short"], mention)
    if not shorts:
        return known, shorts
    starts = [mention.start for mention in known]
    found = list(known)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(shorts)))})(?![\w-])")
    for match in pattern.finditer(text):
        of = shorts[match[0]]
        left = bisect_right(starts, match.start())
        if match.start() > of.start and (not left or known[left - 1].stop <= match.start()):
            found.append(_mention(structure, *match.span(), (of.entity, of.label, of.kind), "abbreviation"))
    return sorted(found, key=lambda mention: mention.start), shorts


def _fresh(
    structure: Structure, known: Sequence[Mention], shorts: dict[str, Mention]
) -> tuple[list[Mention], tuple[New, ...]]:
    """The new names with their later short forms, and the new entities."""
    taken = sorted((mention.start, mention.stop) for mention in known)
    at = 0
    raw: list[Candidate] = []
    for line in structure.lines:
        while at < len(taken) and taken[at][1] <= line.start:
            at += 1
        last = bisect_left(taken, (line.stop, 0), at)
        here = [(begin - line.start, end - line.start) for begin, end in taken[at:last]]
        if _bare(line):
            continue
        for found in candidates(line.text, tuple(here)):
            raw.append(replace(found, start=found.start + line.start, stop=found.stop + line.start))
    kinds: dict[str, Candidate] = {}
    for candidate in raw:  # one name is one entity: the first place that tells its kind tells it for all
        first = kinds.setdefault(candidate.label.casefold(), candidate)
        if candidate.kind and not first.kind:
            kinds[candidate.label.casefold()] = candidate
    full = {name: candidate for name, candidate in kinds.items() if candidate.kind or " " in name}
    new: dict[str, New] = {}
    by_word: dict[str, list[Candidate]] = defaultdict(list)
    for name, one in full.items():
        for word in sorted({name.split()[0], name.split()[-1], one.short.casefold()} - {name, ""}):
            by_word[word].append(one)
    found_mentions: list[Mention] = []
    for candidate in raw:
        one, rule = kinds[candidate.label.casefold()], "new"
        longer = _longer(candidate, by_word)
        if longer is not None:
            one, rule = longer, "short"
        new.setdefault(one.key, New(one.key, one.label, one.kind, one.reason))
        entity = (one.key, one.label, one.kind)
        found_mentions.append(_mention(structure, candidate.start, candidate.stop, entity, rule))
    places = {mention.entity: mention.start for mention in reversed(found_mentions)}
    return found_mentions, tuple(sorted(new.values(), key=lambda one: (places.get(one.key, -1), one.key)))


def _bare(line: Line) -> bool:
    """Whether a line is of the letter's head or foot, whose names are fields, not mentions."""
    return line.kind == "head" and line.section in (HEAD, SIGNATURE)


def _longer(candidate: Candidate, by_word: dict[str, list[Candidate]]) -> Candidate | None:
    """The one full name given earlier that a short name is the first or last word of, or the abbreviation."""
    if " " in candidate.label or candidate.kind == "rg:Infrastructuur":
        return None
    fits: dict[str, Candidate] = {}
    for one in by_word.get(candidate.label.casefold(), ()):
        if one.start < candidate.start:
            fits[one.key] = one
            if len(fits) > 1:
                return None
    return next(iter(fits.values()), None)


def _with_organs(structure: Structure, known: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions, with the organ before a body's name joined to it."""
    text = structure.text
    found: list[Mention] = []
    several: tuple[organs.Organ, int] | None = None  # "de colleges van A, B en C": the organ, and where C can follow
    for mention in known:
        if mention.kind not in _WITH_ORGANS:
            found.append(mention)
            continue
        line = (found[-1].start if found[-1].kind in _ORGANS else found[-1].stop) if found else 0
        if several and text[several[1] : mention.start] in (", ", " en ") and mention.kind in several[0].bodies:
            several = several[0], mention.stop
            found.append(
                _mention(structure, mention.start, mention.stop, organs.of(several[0], mention, lexicon), "organ")
            )
            continue
        line = max(line, text.rfind("\n", max(0, mention.start - organs.REACH), mention.start) + 1)
        organ = organs.before(text, mention.start, line, mention.kind)
        if organ is not None:
            if found and found[-1].stop > organ[1]:
                found.pop()  # the organ by itself
            several = (organ[0], mention.stop) if _SEVERAL.match(text, organ[1]) else None
            mention = _mention(structure, organ[1], mention.stop, organs.of(organ[0], mention, lexicon), "organ")
        found.append(mention)
    return found


def _groups(structure: Structure, known: list[Mention], about: Mention | None, lexicon: Lexicon) -> list[Mention]:
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
    for match in _GROUP.finditer(text):
        place = bisect_left(spans, (match.end("noun"), 0))
        if place and spans[place - 1][0] < match.start("noun") and spans[place - 1][1] > match.start("noun"):
            continue  # within a longer name
        noun = match["noun"].casefold()
        mention = listed.pop(match.start("noun"), None)
        if mention is not None and mention.text.casefold() != noun:
            listed[mention.start] = mention
            continue
        if _NAMED_GROUP.match(text, match.end()):
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
            if group is None or not _counts(group, match["number"]):
                continue  # so many, but which is not said
        elif not match["own"] and not (named and noun == "gemeenten"):
            group = group if match["the"] and noun == "gemeenten" else None
        if group is not None:
            entity = (group.iri, group.label, group.kind)
            listed[match.start("noun")] = _mention(structure, match.start("noun"), stop, entity, "group")
        elif mention is not None:
            listed[mention.start] = mention
    return [listed[start] for start in sorted(listed)]


def _compounds(structure: Structure, known: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions, with "Drechtstedengemeenten": the group of the region whose name the word begins with."""
    text = structure.text
    found: list[Mention] = []
    spans = [(mention.start, mention.stop) for mention in known]
    for match in _COMPOUND.finditer(text):
        if _overlaps(spans, *match.span()):
            continue
        regions = [entity for entity in lexicon.named(match["region"]) if entity.kind == "rg:Regio"]
        for entity in regions[:1]:
            about = _mention(structure, *match.span(), (entity.iri, entity.label, entity.kind), "group")
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


def _shared_words(structure: Structure, known: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions, with names that share a word with the one beside them.

    "de Rotterdamse en de Leidse regio", "Omgevingsdienst Haaglanden en West-Holland".
    """
    text = structure.text
    found: list[Mention] = []
    for i, mention in enumerate(known):
        last = mention.text.rpartition(" ")[2]
        first = mention.text.partition(" ")[0]
        left = _LEFT.search(text, max(found[-1].stop if found else 0, mention.start - 40), mention.start)
        if left and last in ("regio", "Regio"):
            found += _shared(structure, left, f"{left['name']} {last}", mention, lexicon)
        found.append(mention)
        right = _RIGHT.match(text, mention.stop) if first != mention.text else None
        if right and (i + 1 == len(known) or known[i + 1].start >= right.end("name")):
            found += _shared(structure, right, f"{first} {right['name']}", mention, lexicon)
    return found


def _shared(
    structure: Structure, match: re.Match[str], name: str, beside: Mention, lexicon: Lexicon
) -> Iterator[Mention]:
    for entity in lexicon.named(name)[:1]:
        if entity.kind == beside.kind and entity.iri != beside.entity:
            yield _mention(structure, *match.span("name"), (entity.iri, entity.label, entity.kind), "shared")


def _with_references(
    structure: Structure, told: Sequence[Mention], parties: Parties, lexicon: Lexicon, greeting: str
) -> list[Mention]:
    """All mentions: those named, and the words that stand for them. `greeting` is the greeted by what they are."""
    greeted = re.compile(rf"\b{re.escape(greeting)}\b", re.IGNORECASE) if greeting and parties.addressee else None
    province = _known_province(lexicon)
    found: list[Mention] = []
    at = 0
    speaker: Mention | None = None
    block = -1
    for line in structure.lines:
        last = at
        while last < len(told) and told[last].start < line.stop:
            last += 1
        here = list(told[at:last])
        at = last
        if _bare(line):
            found.extend(here)
            continue
        if line.block != block:
            block, speaker = line.block, None
        if line.quotes:
            speaker = _speaker(line, here) or speaker
        taken = [(mention.start, mention.stop) for mention in here]
        first = len(found)
        later = iter([*here, None])
        following = next(later)
        wanted = [*references(line.text), *_greeted(line, greeted)]
        for reference in sorted(wanted, key=lambda one: one.start) if greeted else wanted:
            start, stop = line.start + reference.start, line.start + reference.stop
            while following is not None and following.start < start:
                found.append(following)
                following = next(later)
            if _overlaps(taken, start, stop):
                continue
            quoted = bool(line.quotes) and _quoted(line, reference.start)
            rule = reference.rule
            if rule == "noun":
                of = _state(lexicon) if reference.noun == "rijk" else None
                of = of or nearest(
                    reference.noun,
                    found[-RECENT:],
                    parties,
                    own=reference.own,
                    sentence=found[first].start if first < len(found) else start,
                )
                if of is None and reference.noun == "provincie" and parties.region is not None:
                    of = province
            elif quoted:
                of, rule = (speaker, "speaker") if rule == "sender" else (None, rule)
            else:
                of = parties.sender if rule == "sender" else parties.addressee
            if of is not None and not (found and found[-1].stop > start):
                found.append(_mention(structure, start, stop, (of.entity, of.label, of.kind), rule))
        while following is not None:
            found.append(following)
            following = next(later)
    return found


def _overlaps(taken: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    place = bisect_left(taken, (stop, 0))
    return bool(place) and taken[place - 1][1] > start


def _greeted(line: Line, pattern: re.Pattern[str] | None) -> Iterator[Reference]:
    if pattern is not None:
        for match in pattern.finditer(line.text):
            yield Reference(*match.span(), "addressee")


def _state(lexicon: Lexicon) -> Mention | None:
    """The State, which "rijk en provincie" write without its capital."""
    for entity in lexicon.named("Rijk")[:1]:
        return Mention(0, 0, "rijk", entity.iri, entity.label, entity.kind, "noun", 0, 0)
    return None


def _known_province(lexicon: Lexicon) -> Mention | None:
    """The one province that the graph says "de provincie" is, for a letter about one of its regions."""
    called = [entity for entity in lexicon.entities if "de provincie" in entity.aliases]
    if len(called) != 1:
        return None
    (one,) = called
    return Mention(0, 0, "provincie", one.iri, one.label, one.kind, "noun", 0, 0)


def _speaker(line: Line, here: Sequence[Mention]) -> Mention | None:
    """Who says what a line quotes: the one named right before the colon, or beside a verb of saying, outside the
    quotation marks."""
    told = [mention for mention in here if not _quoted(line, mention.start - line.start)]
    for mention in told:
        place = bisect_left(line.quotes, (mention.stop - line.start, 0))
        if place < len(line.quotes) and line.quotes[place][0] - mention.stop + line.start < 6:
            between = line.text[mention.stop - line.start : line.quotes[place][0]]
            if between.strip(" \"'") == ":":
                return mention
    starts = [mention.start - line.start for mention in told]
    for match in _SAYS.finditer(line.text):
        if _quoted(line, match.start()):
            continue
        place = bisect_left(starts, match.end())
        if place < len(told) and starts[place] - match.end() <= SAID:
            return told[place]
        if place and match["verb"] and 0 <= match.start() - (told[place - 1].stop - line.start) <= 1:
            return told[place - 1]
    return None


def _quoted(line: Line, offset: int) -> bool:
    place = bisect_right(line.quotes, (offset, len(line.text)))
    return bool(place) and offset < line.quotes[place - 1][1]
