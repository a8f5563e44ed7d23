"""The words of `rules/names.toml`: by which a new name is known, and what they take its bearer to be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["NameWords", "any_of", "name_words"]


@dataclass(frozen=True)
class NameWords:
    """The tables of `names.toml`; kinds are CURIEs, words in lower case."""

    inside: Mapping[str, str]
    """Words that are part of the name behind them, and its kind."""
    before: Mapping[str, str]
    """Words that say of the name behind them what it is."""
    ends: Mapping[str, str]
    """The ends of compound names."""
    plurals: Mapping[str, str]
    """Plural nouns before a list of names, and the kind of each."""
    quoted: Mapping[str, str]
    """Nouns before a title between quotation marks."""
    calls: Mapping[str, tuple[str, ...]]
    """Nouns by which anything of these kinds can be called."""
    functions: tuple[str, ...]
    """Regular expressions of the functions that stand before a person's name."""
    posts: tuple[str, ...]
    """The same of functions before which a body's name stands as well: they need more than one word."""
    portfolios: frozenset[str]
    """What a function can be of: "wethouder Wonen"."""
    given: frozenset[str]
    """First names."""
    common: frozenset[str]
    """Words with a capital that are no names."""
    abbreviations: Mapping[str, tuple[str, str]]
    """Short forms as they are written, and the name and kind that they stand for; names of bodies that all know."""
    towns: frozenset[str]
    """Municipalities by name alone."""
    wordlike: frozenset[str]
    """Those of them that a common word looks like."""
    double: frozenset[str]
    """Bodies in whose names "en" stands."""
    stands: Mapping[str, tuple[str, str]]
    """Abbreviations that each region uses of its own: the noun they stand for, and its kind."""
    nouns: Mapping[str, tuple[str, ...]]
    """By kind the common nouns of `nouns.toml`, in singular and plural."""
    things: Mapping[str, str]
    """Of the common nouns of `nouns.toml` those of things that a letter can come back to, in the singular, and the kind
    of each."""
    compounds: Mapping[str, str]
    """The same for the ends of longer words."""
    later: frozenset[str]
    """More nouns by which something is called whose name ends in them."""
    nothings: frozenset[str]
    """Words that look like such nouns and are none."""
    vague: frozenset[str]
    """Nouns that stand for no thing that a claim can be about, and those whose class is listed."""
    standing: frozenset[str]
    """Kinds whose common nouns are mentions even where no claim is about them."""
    general: frozenset[str]
    """Adjectives that say nothing of what a thing is."""


@cache
def name_words() -> NameWords:
    """The words that come with the package."""
    rules = resources.files("regiograaf.reader") / "rules"
    read = tomllib.loads((rules / "names.toml").read_text(encoding="utf-8"))
    nouns = tomllib.loads((rules / "nouns.toml").read_text(encoding="utf-8"))
    things = [
        (noun, kind)
        for kind in read["things"]["kinds"]
        for noun in nouns["kinds"][kind]
        if not re.search(r"(?:en|[^i]s)$| ", noun) and noun.lstrip("=*") not in read["things"]["none"]
    ]
    return NameWords(
        inside=read["inside"],
        before=read["before"],
        ends=read["ends"],
        plurals=read["plurals"],
        quoted=read["quoted"],
        calls={noun: tuple(kinds) for noun, kinds in read["calls"].items()},
        functions=tuple(read["persons"]["functions"]),
        posts=tuple(read["persons"]["posts"]),
        portfolios=frozenset(read["persons"]["portfolios"]),
        given=frozenset(read["persons"]["first"]),
        common=frozenset(read["common"]["words"]),
        abbreviations={
            **{name: (name, kind) for name, kind in read["bodies"].items()},
            **{short: (name, kind) for short, (name, kind) in read["abbreviations"].items()},
        },
        towns=frozenset(read["towns"]["names"]),
        wordlike=frozenset(read["towns"]["words"]),
        double=frozenset(read["double"]["names"]),
        stands={short: (noun, kind) for short, (noun, kind) in read["stands"].items()},
        nouns={kind: tuple(noun.lstrip("=*") for noun in listed) for kind, listed in nouns["kinds"].items()},
        things={noun.lstrip("="): kind for noun, kind in things if noun[0] != "*"},
        compounds={noun.lstrip("*"): kind for noun, kind in things if noun[0] != "="},
        later=frozenset(read["things"]["later"]),
        nothings=frozenset(read["things"]["none"]),
        vague=frozenset(nouns["phrases"]["none"])
        | {noun.lstrip("=*") for listed in nouns["kinds"].values() for noun in listed},
        standing=frozenset(nouns["phrases"]["standing"]),
        general=frozenset(nouns["phrases"]["general"]),
    )


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
