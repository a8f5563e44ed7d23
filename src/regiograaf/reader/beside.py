"""Names that go with the one beside them: the organ before its body, a word that two names share, abbreviations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from regiograaf.reader import organs
from regiograaf.reader.candidates import stands_for
from regiograaf.reader.head import Field
from regiograaf.reader.lexicon import Lexicon
from regiograaf.reader.mention import Mention, mention_of, overlaps
from regiograaf.reader.naming import PROVINCES
from regiograaf.reader.parties import home
from regiograaf.reader.structure import Structure

__all__ = ["abbreviations", "own_organs", "shared_words", "with_adjectives", "with_organs"]

_WITH_ORGANS = (
    "tooiont:Gemeente", "tooiont:Provincie", "tooiont:Waterschap", "tooiont:Samenwerkingsorganisatie",
    "rg:Samenwerkingsverband", "rg:Regio", "rg:Stichting", "rg:Woningcorporatie", "rg:Kennisinstelling", "rg:Bedrijf",
    "rg:Voorziening",
)  # fmt: skip
_ORGANS = ("rg:College", "rg:Raad", "rg:Orgaan")
_SEVERAL = re.compile(r"(?:colleges|gemeenteraden|raden)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?P<name>[A-Z][\w-]+(?:e|se))(?:, (?:de )?[A-Z][\w-]+)* (?:en|of) (?:de )?$")
_RIGHT = re.compile(r"(?:, (?:de )?[A-Z][\w-]+)* (?:en|of) (?:de |het )?(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+)*)")
_ON_RIVER = re.compile(r"(?:gemeente )?(?P<short>[A-Z]\w+) aan (?:den|de) [A-Z]")
_TOWN = "tooiont:Gemeente"
_ADJECTIVE = re.compile(r"\b(?P<stem>[A-Z][\w-]{3,30}?)s?e (?P<organ>college|gemeenteraad|raad)(?![\w-])")
_STEMS = {"dordt": "dordrecht", "haag": "den haag", "leid": "leiden", "utrecht": "utrecht", "gorcum": "gorinchem"}
"""What adjectives are made from, where it is no beginning of one name alone."""
_OF_ONE_KIND = (("tooiont:Gemeente",), ("tooiont:Provincie",), ("tooiont:Waterschap",))
_MANY = re.compile(r"colleges van $", re.IGNORECASE)
_ABBREVIATED = re.compile(r" \((?:hierna: )?[\"']?(?P<short>(?=(?:\w*[A-Z]){2})[\w&-]{2,10})[\"']?\)")


def with_organs(structure: Structure, known: list[Mention], lexicon: Lexicon) -> list[Mention]:
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
                mention_of(structure, mention.start, mention.stop, organs.of(several[0], mention, lexicon), "organ")
            )
            continue
        line = max(line, text.rfind("\n", max(0, mention.start - organs.REACH), mention.start) + 1)
        organ = organs.before(text, mention.start, line, mention.kind)
        if organ is not None:
            if found and found[-1].stop > organ[1]:
                found.pop()  # the organ by itself
            several = (organ[0], mention.stop) if _SEVERAL.match(text, organ[1]) else None
            mention = mention_of(structure, organ[1], mention.stop, organs.of(organ[0], mention, lexicon), "organ")
        found.append(mention)
    return found


def shared_words(structure: Structure, known: list[Mention], lexicon: Lexicon) -> list[Mention]:
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
            yield mention_of(structure, *match.span("name"), (entity.iri, entity.label, entity.kind), "shared")


def abbreviations(structure: Structure, known: list[Mention]) -> tuple[list[Mention], dict[str, Mention]]:
    """The abbreviations that a letter gives with a known name, and their mentions from there on.

    The name takes in the abbreviation between brackets behind it. "Alphen aan den Rijn" is "Alphen" later.
    """
    text = structure.text
    shorts: dict[str, Mention] = {}
    found: list[Mention] = []
    for mention in known:
        match = _ABBREVIATED.match(text, mention.stop)
        if match and not (stands_for(match["short"], mention.text) or stands_for(match["short"], mention.label)):
            match = None
        short = match["short"] if match else ""
        river = _ON_RIVER.match(mention.text) if mention.kind in _WITH_ORGANS else None
        if river:
            shorts.setdefault(river["short"], mention)
        if match and mention.label != short and short.casefold() not in PROVINCES:
            shorts.setdefault(short, mention)
            entity = (mention.entity, mention.label, mention.kind)
            if found and found[-1].stop > mention.start:
                found.pop()
            mention = mention_of(structure, mention.start, match.end(), entity, mention.rule)
        if found and found[-1].stop > mention.start:
            continue
        found.append(mention)
    if not shorts:
        return found, shorts
    starts = [mention.start for mention in found]
    spans = [(mention.start, mention.stop) for mention in found]
    more: list[Mention] = []
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(shorts)))})(?![\w-])")
    for match in pattern.finditer(text):
        of = shorts[match[0]]
        left = bisect_right(starts, match.start())
        if match.start() > of.start and (not left or spans[left - 1][1] <= match.start()):
            more.append(mention_of(structure, *match.span(), (of.entity, of.label, of.kind), "abbreviation"))
    return sorted([*found, *more], key=lambda mention: mention.start), shorts


def with_adjectives(
    structure: Structure, told: list[Mention], bodies: Sequence[Mention], lexicon: Lexicon
) -> list[Mention]:
    """The mentions, with the organs that an adjective tells the body of: "de Goudse raad", "het Delftse college".

    A body counts when it is the only one, among those known and named, whose name begins as the adjective does.
    """
    text = structure.text
    matches = list(_ADJECTIVE.finditer(text))
    if not matches:
        return told
    places = {(one.label.casefold(), one.entity, one.label, one.kind) for one in bodies if one.kind == _TOWN}
    places |= {(one.label.casefold(), one.iri, one.label, one.kind) for one in lexicon.entities if one.kind == _TOWN}
    found: list[Mention] = []
    spans = [(mention.start, mention.stop) for mention in told]
    for match in matches:
        stem = _STEMS.get(match["stem"].casefold(), match["stem"].casefold())
        fits = {
            (iri, label, kind)
            for name, iri, label, kind in places
            if name.removeprefix("gemeente ") == stem
            or (
                stem not in _STEMS.values()
                and re.fullmatch(rf"{re.escape(stem)}\w?\w?", name.removeprefix("gemeente "))
            )
        }
        organ = organs.named(match["organ"])
        if len(fits) != 1 or organ is None or overlaps(spans, *match.span()):
            continue
        body = Mention(0, 0, "", *next(iter(fits)), "noun", 0, 0)
        found.append(mention_of(structure, *match.span(), organs.of(organ, body, lexicon), "organ"))
    return sorted([*told, *found], key=lambda mention: mention.start) if found else told


def own_organs(
    structure: Structure, told: list[Mention], bodies: Sequence[Mention], fields: Sequence[Field], lexicon: Lexicon
) -> list[Mention]:
    """The mentions, with the organs named without their body: those of the letter's own.

    Where a list calls one organ so ("Gedeputeerde Staten"), it is that one, unless the letter only names other bodies.
    """
    text = structure.text
    taken = {(mention.start, mention.stop): mention for mention in told}
    spans = sorted(taken)
    homes: dict[tuple[str, ...], Mention | None] = {}
    theirs: dict[str, bool] = {}  # whether the body of an organ that a list knows is named in the letter
    found: list[Mention] = []
    out: set[tuple[int, int]] = set()
    for organ, start, stop in organs.alone(text):
        mention = taken.get((start, stop))
        if mention is None and overlaps(spans, start, stop):
            continue
        if organ.bodies not in homes:
            homes[organ.bodies] = home(bodies, fields, organ.bodies)
        body = homes[organ.bodies]
        if body is None and mention is None and not _MANY.search(text, max(0, start - 14), start):
            body = _near(bodies, organ.bodies, start, structure.lines[0].stop)
        if body is None or (mention is not None and organs.of(organ, body, lexicon)[0] == mention.entity):
            continue
        if mention is not None:
            name = _body_name(mention.label)
            if name not in theirs:
                theirs[name] = any(one.kind in organ.bodies and one.label.endswith(name) for one in bodies)
            if theirs[name]:
                continue
            out.add((start, stop))
        found.append(mention_of(structure, start, stop, organs.of(organ, body, lexicon), "organ"))
    if not found:
        return told
    kept = [mention for mention in told if (mention.start, mention.stop) not in out]
    return sorted([*kept, *found], key=lambda mention: (mention.start, mention.stop))


def _near(bodies: Sequence[Mention], kinds: Sequence[str], start: int, title: int) -> Mention | None:
    """The body of the kind that an organ is of, named last before a place, or first behind it.

    Of an organ that bodies of several kinds have, the one in the first line, which stops at `title`.
    """
    fits = [one for one in bodies if one.kind in kinds]
    if kinds not in _OF_ONE_KIND:
        told = {one.entity: one for one in fits if one.start < title}
        return next(iter(told.values())) if len(told) == 1 else None
    before = [one for one in fits if one.start < start]
    return before[-1] if before else (fits[0] if fits else None)


def _body_name(label: str) -> str:
    """The name of the body in that of its organ: "Gedeputeerde Staten van Zuid-Holland"."""
    return label.rpartition(" van ")[2]
