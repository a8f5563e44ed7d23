"""A new name at one place of a text, and the key that its bearer gets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["COMMON", "PERSON", "Candidate", "key_of", "stands_for"]

PERSON = "rg:Ambtsdrager"
COMMON = "gangbare afkorting"
"""The reason of a name that everyone uses in short."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A new name at one place in a text."""

    start: int
    stop: int
    label: str
    kind: str
    """The CURIE of its class, or empty."""
    reason: str
    short: str = ""
    """The abbreviation that the text gives with it."""
    bare: str = ""
    """The name without its kind word: "Breda" of "gemeente Breda"."""
    weak: bool = False
    """Whether only its capital speaks for it, at the head of a sentence: a name if it is one elsewhere in the text."""

    @property
    def key(self) -> str:
        """`nieuw:soort/naam`: the same for the same name and kind, in every letter."""
        return key_of(self.label, self.kind)


def key_of(label: str, kind: str) -> str:
    """The key of a new entity."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f']", "", plain)).strip("-")
    return f"nieuw:{kind.rpartition(':')[2].lower() or 'entiteit'}/{slug}"


def stands_for(short: str, name: str) -> bool:
    """Whether the letters of an abbreviation come in order in a name, the first one at the head of a word."""
    wanted = [sign for sign in short.casefold() if sign.isalnum()]
    for word in re.finditer(r"\w+", name.casefold()):
        letters = iter(name.casefold()[word.start() :])
        if word[0][0] == wanted[0] and all(sign in letters for sign in wanted):
            return True
    return False
