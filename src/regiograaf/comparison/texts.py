"""A letter as a comparison sees it: its running sentences as words, with the name of its own region taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from regiograaf.names import fold
from regiograaf.reader import formats
from regiograaf.reader.document import Document
from regiograaf.reader.structure import Line, structure

__all__ = ["REGION", "Swap", "Text", "Word", "guessed", "read_text", "text_of"]

REGION = "\x00"
"""The word that stands for a letter's own region; no text holds it."""

_TOKEN = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"[\u2018\u2019`´]")
_KIND = re.compile(r"^(?:de |het )?(?:regio|region) ", re.IGNORECASE)
_NAMED = re.compile(r"\b[Rr]egio (?P<after>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*)|\b(?P<before>[A-Z][\w-]+e [Rr]egio)\b")
FEWEST = 2
"""Times that a text names a region, at least, to be about it."""


class Word(NamedTuple):
    """A word as it is compared, and where it stands in its sentence."""

    text: str
    start: int
    stop: int


@dataclass(frozen=True)
class Swap:
    """The names of a letter's own region, for which others have the names of theirs."""

    names: tuple[str, ...] = ()

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        bare = {_KIND.sub("", _APOSTROPHE.sub("'", name)).strip() for name in self.names}
        listed = sorted(filter(None, bare), key=lambda name: (-len(name), name))
        if not listed:
            return None
        either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in listed)
        return re.compile(
            rf"(?<![\w-])(?:(?:de|het|the)\s+)?(?:regio\s+)?(?:{either})(?:\s+region)?(?!\w)", re.IGNORECASE
        )

    def words(self, text: str) -> tuple[Word, ...]:
        """The words of a sentence without case, accents and punctuation; the region, with its article, is one word."""
        text = _APOSTROPHE.sub("'", text)
        found: list[Word] = []
        begin = 0
        for match in self._pattern.finditer(text) if self._pattern else ():
            found += _words(text, begin, match.start())
            found.append(Word(REGION, *match.span()))
            begin = match.end()
        found += _words(text, begin, len(text))
        return tuple(found)

    def plain(self, text: str) -> str:
        """A text as it is compared, as one string."""
        return " ".join(word.text for word in self.words(text))

    def holds(self, text: str) -> bool:
        """Whether a text names the region."""
        return bool(self._pattern and self._pattern.search(text))


def _words(text: str, begin: int, end: int) -> Iterable[Word]:
    return (Word(fold(match[0]), *match.span()) for match in _TOKEN.finditer(text, begin, end))


@dataclass(frozen=True)
class Text:
    """One letter of a comparison; `sentences` are those of its running text, list items included.

    Headings, the head of the letter and the signature are left out.
    """

    key: str
    title: str
    swap: Swap
    sentences: tuple[Line, ...] = ()

    @cached_property
    def words(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each sentence."""
        return tuple(self.swap.words(line.text) for line in self.sentences)


def text_of(key: str, title: str, document: Document, swap: Swap | None = None) -> Text:
    """A document as a text to compare; when its region is not given, the name of it is guessed."""
    lines = tuple(line for line in structure(document).lines if line.kind == "sentence" and _TOKEN.search(line.text))
    return Text(key, title, swap or Swap(guessed(line.text for line in lines)), lines)


def read_text(path: Path) -> Text:
    """A file in any format that the reader knows, as a text to compare.

    Raises SourceError when it cannot be read.
    """
    return text_of(path.name, path.stem, formats.read(path))


def guessed(sentences: Iterable[str]) -> tuple[str, ...]:
    """The region that a text names most often, as a tuple of its one name; empty when none stands out.

    A region is what the text once calls so ("regio X", "de Xse regio"), and it must name it FEWEST times.
    """
    text = "\n".join(sentences)
    found: Counter[str] = Counter()
    for match in _NAMED.finditer(text):
        name = (match["after"] or match["before"]).replace("Regio", "regio")
        found[name] = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not best or best[0][1] < FEWEST or (len(best) > 1 and best[1][1] == best[0][1]):
        return ()
    return (best[0][0],)
