"""Known entities by name: which of those that a name can be is meant, by what stands around it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from regiograaf.reader.lexicon import Form, Hit
from regiograaf.reader.mention import Mention, mention_of
from regiograaf.reader.structure import Structure

__all__ = ["PROVINCES", "RECENT", "named"]

_PLACES = ("rg:Plaats", "rg:Gebied")
_BODIES = ("tooiont:Gemeente", "tooiont:Provincie")
_IN = re.compile(
    r"\b(?:in|te|naar|bij|rond|rondom|vanuit|uit|vanaf|richting|langs|nabij|omgeving|stad|dorp|binnenstad van)"
    r"(?: (?:en om|de stad|het dorp))? $",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b\d{4} ?[A-Z]{2}\s+$")
_DATELINE = re.compile(r", \d{1,2} [a-z]+ \d{4}\s*$", re.MULTILINE)
_ARTICLE = re.compile(r"\b(?:de|het) $", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:vraagt|vragen|vergt|vergen|vereist|vereisen|nodig|noodzakelijk|voorwaarden?|essentieel|cruciaal)\b(?![^.]*[.;:])",
    re.IGNORECASE,
)
PROVINCES = {
    "zh": "zuid-holland", "nh": "noord-holland", "nb": "noord-brabant", "ut": "utrecht", "gld": "gelderland",
    "ge": "gelderland", "li": "limburg", "ze": "zeeland", "ov": "overijssel", "fl": "flevoland", "dr": "drenthe",
    "gr": "groningen", "fr": "fryslân", "friesland": "fryslân", "brabant": "noord-brabant",
}  # fmt: skip
"""The short names of the provinces, with the one that they are written out as."""
HOME = "zuid-holland"
"""The province of the bodies in the registers of this project, whose names do not say it."""
_PROVINCE = re.compile(
    r" (?:\((?P<short>[\w-]+)\)|in (?P<whole>(?:Zuid|Noord)-Holland|(?:Noord-)?Brabant|Gelderland|Limburg|Zeeland"
    r"|Overijssel|Flevoland|Drenthe|Fryslân|Friesland)\b)"
)
_OTHER_PROVINCE = re.compile(
    r"\b(?:Groningen|Frysl\u00e2n|Friesland|Drenthe|Overijssel|Flevoland|Gelderland|Utrecht|Noord-Holland|Zeeland"
    r"|Noord-Brabant|Brabant|Limburg)\b"
)
_VERBS = {"leiden": re.compile(r" (?:tot|naar|toe|af|op|we|wij)\b"), "delft": re.compile(r" (?:het|de|men) ")}
"""Names that at the head of a sentence can be a verb, and what then follows."""
_LONGER = re.compile(
    r"(?:\b[A-ZÀ-Þ][\w-]*[a-z]|\b(?:regio|omgevingsdienst|veiligheidsregio|provincie|gemeente|streek|gebied)) $"
)
_WATER = re.compile(r"waterschap|heemraadschap|dijkgraaf", re.IGNORECASE)
_GENERAL = ("rg:Knelpunt",)
"""What is called so in any region: "verzilting"."""
_ADJECTIVES = frozenset({"sociaal"})
REACH = 40
"""Characters before a name that tell what it is."""
RECENT = 200
"""Mentions back in which what a word stands for is looked for."""


def named(structure: Structure, hits: Sequence[Hit], about: Mention | None) -> list[Mention]:
    """The mentions of known entities by name, in a letter about a region."""
    text = structure.text
    seen = {"", *(hit.forms[0].entity.iri for hit in hits if len(hit.forms) == 1)}
    own = {"", about.entity if about else ""} | _home(text, hits)
    found: list[Mention] = []
    inside = False  # whether the last name stood behind "in" or "naar"
    for hit in hits:
        if any(form.region not in own for form in hit.forms):
            hit = hit._replace(forms=tuple(form for form in hit.forms if form.region in own))
            if not hit.forms:
                continue
        beside = bool(found) and inside and text[found[-1].stop : hit.start] in (", ", " en ", " of ", "/")
        mention, inside = _known(structure, hit, seen, beside)
        if mention is not None:
            found.append(_of_longer(mention, found, text))
    return found


def _home(text: str, hits: Sequence[Hit]) -> set[str]:
    """The known province that a letter is about: one that it names, or that of the bodies it names where it names none.

    What belongs to a province is in a form's `region`; so without one named, every such province counts.
    """
    named = {hit.forms[0].entity.iri for hit in hits if hit.forms[0].entity.kind == "tooiont:Provincie"}
    if named or _OTHER_PROVINCE.search(text):
        return named
    if not any(form.entity.kind in ("tooiont:Gemeente", "tooiont:Waterschap") for hit in hits for form in hit.forms):
        return set()
    return {form.region for hit in hits for form in hit.forms if form.region and form.entity.kind == "rg:Knelpunt"}


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
    if _POSTCODE.search(before) or (not before.strip() and _DATELINE.match(text, stop)):
        return None, False  # of an address, or where the letter was written
    inside = beside or bool(_IN.search(before))
    form = _choose(_of_place(hit.forms, text, stop), written, inside, seen)
    if (
        form is not None
        and form.rank
        and form.entity.kind == "tooiont:Waterschap"
        and _not_water(text, before, written)
    ):
        return None, inside
    if form is None or (form.entity.kind == "rg:Voorwaarde" and " " not in written and not _asked(text, start)):
        return None, inside
    return mention_of(structure, start, stop, (form.entity.iri, form.entity.label, form.entity.kind), "name"), inside


def _not_water(text: str, before: str, written: str) -> bool:
    """Whether the bare name of a water authority is that of something else: part of a longer name ("regio
    Rivierenland"), or in a text that speaks of no water authority."""
    if written.isupper() or re.match(r"(?:waterschap|hoogheemraadschap|HH|WS)\b", written, re.IGNORECASE):
        return False
    return bool(_LONGER.search(before)) or not _WATER.search(text)


def _asked(text: str, start: int) -> bool:
    """Whether a sentence asks for what it names, as a condition; a word such as "samenwerking" is no name elsewhere."""
    begin = max(text.rfind("\n", max(0, start - 300), start), start - 300, 0)
    return bool(_ASKS.search(text, begin, start))


def _of_place(forms: tuple[Form, ...], text: str, stop: int) -> Sequence[Form]:
    """The forms that a province behind a name leaves: "Rijswijk (Gelderland)" is no other Rijswijk."""
    match = _PROVINCE.match(text, stop)
    name = (match["short"] or match["whole"]).casefold() if match else ""
    place = PROVINCES.get(name, name)
    if place not in PROVINCES.values():
        return forms
    told: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        names = " ".join((form.entity.label, *form.entity.aliases)).casefold()
        told[next((one for one in sorted(set(PROVINCES.values())) if one in names), HOME)].append(form)
    return told[place]


def _choose(forms: Sequence[Form], written: str, inside: bool, seen: set[str]) -> Form | None:
    """The form that is meant, or None when more than one may be. `inside`: behind "in" or "naar"."""
    if len(forms) == 1 and forms[0].proper:
        return forms[0]
    left = [
        form
        for form in forms
        if form.entity.region in seen or form.region or form.proper or (form.entity.kind in _GENERAL and not form.rank)
    ]
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
