"""Things without a name that a letter speaks of as its own: "een nieuwe kazerne ... de kazerne", "de bouwtafel".

A common noun of `nouns.toml` names one when the letter comes back to it, as known by then ("de", "het", "deze"), or
when it is a compound that tells by itself which one is meant ("haalbaarheidsstudie"). Any other noun names one that
"een" brings in and a later "de", "het" or "deze" takes up. Words of a name before it are the work of `references`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from regiograaf.reader.candidates import key_of
from regiograaf.reader.fresh import New, bare_line
from regiograaf.reader.mention import Mention, mention_of, overlaps
from regiograaf.reader.namewords import any_of, name_words
from regiograaf.reader.references import NAMED
from regiograaf.reader.structure import Line, Structure

__all__ = ["recurring"]

_WORDS = name_words()
_LEAD = re.compile(
    r"(?<![\w'-])(?P<article>[Dd](?:e(?:ze)?|it|ie|at)|[Hh]et|[Ee]en) "
    r"(?=(?P<words>[a-zà-ÿ][\w-]*(?: [a-zà-ÿ][\w-]*){0,2}))"
)
_HEADED = re.compile(r"(?:\d+(?:\.\d+)*\.? )?(?P<words>[A-ZÀ-Þ][a-zà-ÿ-]+(?: [a-zà-ÿ][\w-]*)?)")
_END = re.compile(rf"(?<=\w\w\w)(?:{any_of(noun for noun in _WORDS.compounds if len(noun) > 2)})$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?![\w-])")
_PAPERS = ("rg:Document", "rg:Rapport")
TITLE = 3
"""Lines in which the title of a text stands."""
SHORT = 4
"""Letters of a noun that stands for a longer one that ends in it: "leiding" for "waterleiding"."""
LONG = 8
OWN = 3
"""Letters before the noun in a compound that names its thing even once."""
OPEN = 6
"""Letters of a noun of no list."""
_NO_NOUN = re.compile(r".*(?:lijke?|ige?|end|ende|isch|ische|baar|bare|zame?|ens|waarts)$")
_ADJECTIVES = ("e", "w", "aal", "eel", "ief", "iel", "lijk", "isch", "ig", "end", "air", "iek", "baar", "oos")
"""Their ends."""
_AGAIN = frozenset({"deze", "dit", "die", "dat"})
REASON = "zelfstandig naamwoord dat terugkomt"


class _Noun(NamedTuple):
    """A noun behind an article; places in the reading text."""

    article: str
    start: int
    """Where its phrase begins, without adjectives that any thing can have."""
    begin: int
    stop: int
    adjectives: frozenset[str]
    kind: str


@dataclass(slots=True)
class _Thing:
    """One thing: its noun as first written, the adjectives that tell it from others, and its places."""

    noun: str
    adjectives: frozenset[str]
    kind: str
    new: bool
    """Whether "een" brings it in."""
    places: list[tuple[int, int]] = field(default_factory=list)
    known: int = 0
    """How often it is spoken of as known."""
    pointed: bool = False
    """Whether it is pointed at: "dat rapport"."""


@lru_cache(maxsize=1 << 14)
def _kind(word: str) -> str:
    """The kind that a noun gives, of a compound that of its end; empty where it is none of the list."""
    if word in _WORDS.nothings:
        return ""
    if word in _WORDS.things:
        return _WORDS.things[word]
    end = _END.search(word)
    return _WORDS.compounds[end[0]] if end else ""


@lru_cache(maxsize=1 << 14)
def _telling(word: str) -> bool:
    """Whether a noun tells by itself which thing it is: a compound such as "haalbaarheidsstudie"."""
    end = _END.search(word)
    return len(word) >= LONG and end is not None and len(word) - len(end[0]) >= OWN and word not in _WORDS.nothings


def recurring(structure: Structure, told: Sequence[Mention]) -> tuple[list[Mention], list[New]]:
    """The mentions, with those of things that only a common noun names; and these things."""
    spans = [(mention.start, mention.stop) for mention in told]
    things: list[_Thing] = []
    genre = _genre(structure)
    for line in structure.lines:
        if bare_line(line):
            continue
        for noun in _nouns(line):
            if overlaps(spans, noun.start, noun.stop):
                continue
            word = structure.text[noun.begin : noun.stop].lower()
            if not noun.adjectives and (word in genre or any(_ends(own, word) for own in genre)):
                continue
            thing = _same(things, word, noun.adjectives) if noun.article != "een" else None
            if not noun.article and thing is None and not _telling(word):
                continue
            if thing is None:
                if not noun.kind and noun.article != "een":
                    continue
                thing = _Thing(word, noun.adjectives, noun.kind, noun.article == "een")
                things.append(thing)
            thing.known += noun.article not in ("een", "")
            thing.pointed = thing.pointed or noun.article in _AGAIN
            thing.places.append((noun.start, noun.stop))
    kept = [thing for thing in things if _stands(thing)]
    if not kept:
        return list(told), []
    new: dict[str, New] = {}
    found: list[Mention] = []
    _bare(structure, kept, spans)
    for thing in kept:
        start, stop = thing.places[0]
        label = structure.text[start:stop].lower()
        key = key_of(label, thing.kind)
        new.setdefault(key, New(key, label, thing.kind, REASON))
        found += [mention_of(structure, *place, (key, label, thing.kind), "noun") for place in thing.places]
    return sorted([*told, *found], key=lambda mention: mention.start), list(new.values())


def _bare(structure: Structure, kept: Sequence[_Thing], spans: Sequence[tuple[int, int]]) -> None:
    """Add the places where a compound that names one thing stands without an article: "door netcongestie"."""
    named = {thing.noun: thing for thing in kept if thing.kind and not thing.adjectives and _telling(thing.noun)}
    if not named:
        return
    taken = {start for thing in kept for start, _ in thing.places}
    taken |= {stop for thing in kept for _, stop in thing.places}
    for match in re.finditer(rf"(?<![\w-])(?:{any_of(named)})(?![\w'-])", structure.text):
        start, stop = match.span()
        if start in taken or stop in taken or overlaps(spans, start, stop) or bare_line(structure.line_at(start)):
            continue
        named[match[0]].places.append((start, stop))
    for thing in named.values():
        thing.places.sort()


def _genre(structure: Structure) -> frozenset[str]:
    """What the text says that it is itself, in its first lines: "Voortgangsrapportage 2027", "Zienswijze op"."""
    words = (_FIRST_WORD.match(line.text) for line in structure.lines[:TITLE])
    return frozenset(word[0].lower() for word in words if word and _kind(word[0].lower()) in _PAPERS)


def _stands(thing: _Thing) -> bool:
    """Whether a letter speaks of one thing of its own by a noun."""
    if not thing.kind:
        return thing.new and thing.known > 0
    return (len(thing.places) > 1 and thing.known > 0) or thing.pointed or _telling(thing.noun)


def _nouns(line: Line) -> Iterator[_Noun]:
    """Yield the nouns behind an article, or at the head of a heading: those of the list, and others that can be one,
    without a kind."""
    if line.kind == "heading" and (match := _HEADED.match(line.text)):
        noun = _noun(line, "", match.start("words"), match["words"][0].lower() + match["words"][1:])
        if noun is not None and noun.kind:
            yield noun
    for match in _LEAD.finditer(line.text):
        noun = _noun(line, match["article"].lower(), match.end(), match["words"])
        if noun is not None:
            yield noun


def _noun(line: Line, article: str, at: int, words: str) -> _Noun | None:
    """The noun in the words behind an article: of the list behind adjectives, else the first that can be one."""
    adjectives: list[str] = []
    start, open_noun = 0, None
    for word in words.split(" "):
        stop = at + len(word)
        kind = _kind(word.lower())
        if line.text[stop : stop + 1] in ("-", "'") or (kind and NAMED.match(line.text, stop)):
            return open_noun
        known = article not in ("een", "") and word in _WORDS.compounds
        if known and NAMED.match(line.text, stop):
            return open_noun
        if kind or (open_noun is None and (_open(word) or known)):
            base = line.start
            noun = _Noun(article, base + (start or at), base + at, base + stop, frozenset(adjectives), kind)
            if kind:
                return noun
            open_noun = noun
        if not word.endswith(_ADJECTIVES):
            break
        if word not in _WORDS.general:
            adjectives.append(word)
            start = start or at
        at = stop + 1
    return open_noun


@lru_cache(maxsize=1 << 14)
def _open(word: str) -> bool:
    """Whether a word of no list can be a noun, by its shape."""
    return (
        len(word) >= OPEN
        and not word.endswith(("e", "en", "s"))
        and word not in _WORDS.nothings
        and word not in _WORDS.vague
        and not _NO_NOUN.fullmatch(word)
    )


def _ends(longer: str, noun: str) -> bool:
    """Whether a noun is the last part of a compound: "leiding" of "waterleiding"."""
    return len(noun) >= SHORT and len(longer) - len(noun) >= OWN and longer.endswith(noun)


def _same(things: Sequence[_Thing], noun: str, adjectives: frozenset[str]) -> _Thing | None:
    """The thing last spoken of that a noun stands for: of the same noun, or a longer one that ends in it."""
    for thing in reversed(things):
        if (thing.noun == noun or _ends(thing.noun, noun)) and (
            not adjectives or not thing.adjectives or adjectives == thing.adjectives
        ):
            return thing
    return None
