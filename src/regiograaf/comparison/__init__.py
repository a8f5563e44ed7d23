"""What is said to one and not to the other: sentences, claims and themes of several letters, side by side.

Letters of a project are compared with all of these; a text file by its sentences alone. What is compared is what was
written to whom: nothing is concluded about what is meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from regiograaf import titles
from regiograaf.comparison import claims as matching
from regiograaf.comparison.claims import Said
from regiograaf.comparison.passages import Passage, Piece, align, pieces
from regiograaf.comparison.texts import Swap, Text, read_text, text_of
from regiograaf.dataset import Build
from regiograaf.errors import UnknownTermError
from regiograaf.namespaces import LETTER

__all__ = ["Comparison", "Passage", "Piece", "Said", "Text", "compare"]


@dataclass(frozen=True)
class Comparison:
    """Several letters side by side; every tuple over letters is in the order in which these were named."""

    texts: tuple[Text, ...]
    """Without sentences where the letter's text is not at hand."""
    encoded: tuple[bool, ...]
    """Which of the letters have claims: those of the project."""
    said: tuple[Said, ...]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences of all letters, those that are the same or alike together; none when a text is missing."""
        return align(self.texts) if self.whole else ()

    @property
    def whole(self) -> bool:
        """Whether every text is at hand."""
        return all(text.sentences for text in self.texts)

    def pieces(self, passage: Passage) -> tuple[tuple[Piece, ...], ...]:
        """The sentences of a passage, by letter, parted into what all have and what differs."""
        return pieces(passage, self.texts)

    @cached_property
    def themes(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """For each theme, by letter: how many things it says on it, and how many of these no other says."""
        return matching.themes(self.said)

    def sentences(self, place: int) -> tuple[int, int, int, int]:
        """Of one letter: its sentences, and how many stand in all, in some others, and in it alone."""
        return self._counted([passage.holders for passage in self.passages], place)

    def claims(self, place: int) -> tuple[int, int, int, int]:
        """Of one letter: the things that it says, and how many all say, some others say, and it alone."""
        return self._counted([said.holders for said in self.said], place)

    def _counted(self, holders: Sequence[tuple[int, ...]], place: int) -> tuple[int, int, int, int]:
        own = [len(of) for of in holders if place in of]
        everywhere = sum(count == len(self.texts) for count in own)
        alone = own.count(1)
        return len(own), everywhere, len(own) - everywhere - alone, alone

    @cached_property
    def _states(self) -> tuple[tuple[tuple[int, int, tuple[int, ...]], ...], ...]:
        found: list[list[tuple[int, int, tuple[int, ...]]]] = [[] for _ in self.texts]
        for passage in self.passages:
            for place in passage.holders:
                line = self.texts[place].sentences[passage.members[place] or 0]
                found[place].append((line.begin, line.end, passage.holders))
        return tuple(map(tuple, found))

    def shared_by(self, said: Said, place: int) -> tuple[int, ...]:
        """The letters in which the sentence stands that a letter says something in; empty where that is not known.

        Of several sentences that which most letters have counts.
        """
        spans = [(piece.begin, piece.end) for claim in said.claims[place] for piece in claim.evidence]
        found = [
            holders
            for begin, end, holders in self._states[place]
            if any(begin < high and low < end for low, high in spans)
        ]
        return max(found, key=lambda holders: (len(holders), holders), default=())


def compare(build: Build, letters: Sequence[str], labels: Mapping[str, str]) -> Comparison:
    """Compare letters of a project, named by key or title, and text files, named by their path.

    `labels` are the Dutch labels of entities by IRI. Claims are compared between letters of the project.

    Raises UnknownTermError for a letter that is neither, or that is named twice; SourceError for a file that cannot be
    read.
    """
    texts: list[Text] = []
    sides: list[matching.Letter] = []
    encoded: list[bool] = []
    names = titles.titles(build.project)
    for name in letters:
        path = _file(build, name)
        if path is not None:
            text = read_text(path)
            texts.append(text)
            sides.append(matching.Letter(text.swap, (), frozenset()))
            encoded.append(False)
            continue
        key = titles.named(build.project, name)
        regions = titles.regions(build.project, key)
        swap = Swap(tuple(name for of in regions.values() for name in of))
        texts.append(_text(build, key, names[key], swap))
        sides.append(matching.Letter(swap, build.claims[key], frozenset({str(LETTER[key]), *regions})))
        encoded.append(True)
    keys = [text.key for text in texts]
    if len(set(keys)) < len(keys) or len(keys) < 2:
        raise UnknownTermError(
            f"{', '.join(keys)}: not two different letters. Name each letter once, and at least two."
        )
    return Comparison(tuple(texts), tuple(encoded), matching.match(sides, labels))


def _file(build: Build, name: str) -> Path | None:
    """The path of a file that is named; a letter of the project goes before a file that happens to have its key."""
    if any(name == key for key, _ in build.project.letters):
        return None
    path = Path(name)
    return path if path.is_file() else None


def _text(build: Build, key: str, title: str, swap: Swap) -> Text:
    from regiograaf.reader.document import Document

    letter = build.texts.get(key)
    if letter is None:
        return Text(key, title, swap)
    return text_of(key, title, Document(letter.name, "plain", "", letter.text, letter.text), swap)
