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
    common: frozenset[str]
    """Words with a capital that are no names."""
    abbreviations: Mapping[str, tuple[str, str]]
    """Short forms as they are written, and the name and kind that they stand for."""


@cache
def name_words() -> NameWords:
    """The words that come with the package."""
    path = resources.files("regiograaf.reader") / "rules" / "names.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))
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
        common=frozenset(read["common"]["words"]),
        abbreviations={short: (name, kind) for short, (name, kind) in read["abbreviations"].items()},
    )


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
