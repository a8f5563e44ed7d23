"""What a clause or a name is about: the themes that its words show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from regiograaf.reader.clauses import Clause, Sentence
from regiograaf.reader.ruleset import Rules

__all__ = ["Words", "about", "themes"]

LONG = 6
"""Letters beyond which a word can be a compound of which the end tells the theme."""
SHORT = 3
"""Letters from which a word can begin with one that tells it."""


@dataclass(frozen=True)
class Words:
    """The words of all themes, ready to look up."""

    exact: dict[str, tuple[str, ...]]
    starts: dict[str, tuple[str, ...]]
    ends: tuple[tuple[str, str], ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@lru_cache(maxsize=4)
def _theme_words(rules: Rules) -> Words:
    exact: dict[str, set[str]] = defaultdict(set)
    starts: dict[str, set[str]] = defaultdict(set)
    ends: set[tuple[str, str]] = set()
    phrases: dict[str, set[tuple[tuple[str, ...], str]]] = defaultdict(set)
    for iri, listed in rules.words.items():
        for entry in listed:
            parts = tuple(entry.split())
            if len(parts) > 1:
                phrases[parts[0]].add((parts[1:], iri))
            elif entry.endswith("*"):
                starts[entry[:-1]].add(iri)
            elif entry.startswith("*"):
                ends.add((entry[1:], iri))
            else:
                for ending in ("", "e", "en", "s"):
                    exact[entry + ending].add(iri)
    return Words(
        {key: tuple(sorted(value)) for key, value in exact.items()},
        {key: tuple(sorted(value)) for key, value in starts.items()},
        tuple(sorted(ends)),
        {key: tuple(sorted(value)) for key, value in phrases.items()},
    )


def themes(words: Sequence[str], rules: Rules) -> tuple[str, ...]:
    """The IRIs of the themes that words, in lower case, show; in order of their first word.

    The longest entry that fits a place counts alone: "betaalbare woningen" is no "woningen", "energietransitie" no
    "energie".
    """
    if not rules.words:
        return ()
    known = _theme_words(rules)
    found: dict[str, None] = {}
    behind = 0
    for i, word in enumerate(words):
        for rest, iri in known.phrases.get(word, ()):
            following = words[i + 1 : i + 1 + len(rest)]
            if len(following) == len(rest) and all(
                wanted == given or (wanted.endswith("*") and given.startswith(wanted[:-1]))
                for wanted, given in zip(rest, following, strict=True)
            ):
                found.setdefault(iri)
                behind = max(behind, i + 1 + len(rest))
        if i < behind:
            continue
        exact = known.exact.get(word)
        lengths = range(len(word), SHORT - 1, -1) if exact is None else ()
        for iri in exact or next((known.starts[word[:n]] for n in lengths if word[:n] in known.starts), ()):
            found.setdefault(iri)
        if len(word) > LONG:
            for ending, iri in known.ends:
                if word.endswith(ending):
                    found.setdefault(iri)
    return tuple(found)


def about(sentence: Sentence, clause: Clause, rules: Rules) -> tuple[str, ...]:
    """The themes of a clause by its words; those of actors' names tell nothing: "Ministerie van Waterstaat"."""
    words = list(sentence.words[clause.first : clause.last])
    for group in clause.groups:
        if group.mentions[0].kind in rules.actors:
            low, high = max(group.first, clause.first), min(group.last, clause.last)
            words[low - clause.first : high - clause.first] = [""] * (high - low)
    return themes(words, rules)
