"""Words that stand for someone named elsewhere: "de provincie", "het programma", "wij", "u".

They stand for the fitting entity that was named last in the sentence, else for a fitting party to the letter or the
region that it is about, else for the fitting entity named last. Where none fits, they are left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from regiograaf.reader.candidates import SUFFIXES
from regiograaf.reader.mention import Mention
from regiograaf.reader.parties import Parties

__all__ = ["Parties", "Reference", "matches", "nearest", "references"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A referring word in a text."""

    start: int
    stop: int
    rule: str
    """noun, sender or addressee."""
    noun: str = ""
    own: bool = False
    """Whether it is said to be the letter's own: "uw regio", "als gemeente"."""


_KINDS: dict[str, tuple[str, ...]] = {
    "provincie": ("tooiont:Provincie",),
    "gemeente": ("tooiont:Gemeente",),
    "waterschap": ("tooiont:Waterschap",),
    "hoogheemraadschap": ("tooiont:Waterschap",),
    "regio": ("rg:Regio",),
    "college": ("rg:College",),
    "raad": ("rg:Raad",),
    "gemeenteraad": ("rg:Raad",),
    "kabinet": ("rg:Kabinet",),
    "stuurgroep": ("rg:Overlegorgaan",),
    "werkgroep": ("rg:Overlegorgaan",),
    "regiekamer": ("rg:Overlegorgaan",),
    "netbeheerder": ("rg:Netbeheerder",),
    "corporatie": ("rg:Woningcorporatie",),
    "woningcorporatie": ("rg:Woningcorporatie",),
    "stichting": ("rg:Stichting",),
    "universiteit": ("rg:Kennisinstelling",),
    "wet": ("rg:Wet",),
    "project": ("rg:Project",),
    "programma": ("rg:Programma",),
    "convenant": ("rg:Convenant",),
}
"""Nouns that any entity of a kind can be called by; others only fit a name that holds them."""
_BODIES = ("provincie", "gemeente", "regio", "college", "raad", "gemeenteraad")
"""Nouns that a party to the letter is called by before any other."""
_QUALITIES = ("rg:Belang", "rg:Doel", "rg:Kenmerk", "rg:Knelpunt", "rg:Voorwaarde")
"""What is said of things; no later word stands for it."""
_BY_NAME = sorted({
    *SUFFIXES, "aanbevelingen", "aanpak", "advies", "campus", "koers", "omgevingsdienst", "onderzoek", "opdracht",
    "proces", "propositie", "samenwerking", "studie", "traject", "veiligheidsregio", "verkenning",
})  # fmt: skip
_NOUNS = "|".join(sorted({*_KINDS, *_BY_NAME}, key=lambda noun: (-len(noun), noun)))
_REFERENCE = re.compile(
    rf"\b(?:(?P<sender>wij|we|ons|onze)\b|(?P<addressee>u|uw|jullie)\b(?!\.)"
    rf"|(?:de|het|deze|dit|dat|die|genoemde|voornoemde) (?P<noun>\w*?(?:{_NOUNS})|rijk)\b(?![-'])"
    rf"|(?:deze|die) (?P<these>opgaven?)\b(?![-'])"
    rf"|(?:als|tussen|met|van|door|en) (?P<bare>provincie|rijk)\b(?![-'])(?-i:(?! [A-Z]))"
    rf"|als (?P<own>gemeente|regio|college|raad|waterschap)\b(?![-'])(?-i:(?! [A-Z])))",
    re.IGNORECASE,
)
_OWN = re.compile(r" (?:regio|provincie|gemeente|raad|college)\b(?![-'])", re.IGNORECASE)
_NAMED = re.compile(r" (?:van|voor|in|uit|op) (?:de |het )?[A-Z]| [A-Z]")
_COMPLEMENT = re.compile(r" (?:naar|om|over|rond|rondom|tussen|van) ")
_FIRST = re.compile(r"(?:rijk|provincie)(?=(?:, \w+)* en (?:de )?(?:provincie|gemeenten?|regio|rijk)\b)", re.IGNORECASE)


def references(text: str) -> Iterator[Reference]:
    """Yield the referring words of one line of reading text, left to right."""
    after = 0
    found = sorted([*_words(text), *_listed(text)], key=lambda one: (one.start, -one.stop))
    for one in found:
        if one.start >= after:
            after = one.stop
            yield one


def _words(text: str) -> Iterator[Reference]:
    for match in _REFERENCE.finditer(text):
        rule = match.lastgroup or ""
        word = match[rule].casefold()
        if rule in ("noun", "bare", "own", "these"):
            if rule == "noun" and _NAMED.match(text, match.end()):
                continue  # "de gemeente Gouda", "de visie van Gouda": a name of its own, not one named before
            if rule == "noun" and word not in _KINDS and _COMPLEMENT.match(text, match.end()):
                continue  # "de afspraken over wonen": described anew
            if word == "rijk" and (match[rule] != "rijk" or re.match(r" \w+e\b", text[match.end() :])):
                continue  # "Rijk" is a name; "de rijke" an adjective
            yield Reference(*match.span(rule), "noun", word, rule == "own")
            continue
        if match[0] == "U" and match.start() and text[match.start() - 1].isalnum():
            continue
        yield Reference(*match.span(), rule)
        if word in ("uw", "onze", "ons") and (of := _OWN.match(text, match.end())) and not _NAMED.match(text, of.end()):
            yield Reference(of.start() + 1, of.end(), "noun", of[0].strip().casefold(), own=True)


def _listed(text: str) -> Iterator[Reference]:
    """Yield "rijk" and "provincie" at the head of a list without articles: "rijk, provincie en gemeenten"."""
    if " en " not in text:
        return
    for match in _FIRST.finditer(text):
        if match[0] != "Rijk" and (not match.start() or text[match.start() - 1] in " ("):
            yield Reference(*match.span(), "noun", match[0].casefold())


def matches(noun: str, mention: Mention) -> bool:
    """Whether an entity can be called by a noun: by its kind, or because a word of its name ends in it."""
    return _matches(noun, mention.kind, mention.label)


@lru_cache(maxsize=1 << 16)
def _matches(noun: str, kind: str, label: str) -> bool:
    if kind in _KINDS.get(noun, ()):
        return True
    if noun in _BODIES or noun == "rijk" or kind in _QUALITIES:
        return False
    if noun.endswith("samenwerking") and kind != "rg:Samenwerkingsverband":
        return False
    return any(word.endswith(noun) for word in re.findall(r"\w+", label.casefold()))


def nearest(
    noun: str, before: Sequence[Mention], parties: Parties, *, own: bool = False, sentence: int = -1
) -> Mention | None:
    """The entity that a noun stands for: of those named before the last that fits, else a party to the letter.

    `sentence` is where the sentence begins in the reading text: for "de provincie", "de gemeente", "het college" and
    "de raad" what was named earlier comes after the parties. With `own` only the parties count. "De regio" is the one
    that the letter is about.
    """
    listed = (parties.sender, parties.addressee, *parties.others, parties.region)
    fitting = {party.entity: party for party in listed if party and matches(noun, party)}
    party = next(iter(fitting.values())) if len(fitting) == 1 else None
    if own or (noun == "regio" and party is not None):
        return party
    first = noun in _BODIES and sentence >= 0 and party is not None
    for mention in reversed(before):
        if first and mention.start < sentence:
            return party
        if matches(noun, mention):
            return mention
    return party
