"""Which sentences of several letters are the same or nearly so, and which stand in one letter only.

Two sentences are the same when their words are, once case, accents, punctuation and the name of each letter's own
region are left out. They are alike when at least SIMILAR of their words stand in both in the same order, and at least
COMMON words do. Sentences are those of `regiograaf.letters`: what a full stop ends, or a list item.

Source: the longest common subsequence of words, as the normalised Indel similarity 2 * common / (all words of both);
the package rapidfuzz has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from regiograaf.comparison.texts import REGION, Text, Word

__all__ = ["COMMON", "SIMILAR", "Passage", "Piece", "align", "pieces"]

SIMILAR = 0.5
COMMON = 4
ROWS = 500
"""Sentences that are compared with all of another letter at once: bounds the memory of long ones."""

State = Literal["same", "alike", "own"]
Kind = Literal["same", "differs", "region"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence in each of the letters that have it: its place in `Text.sentences`, None where a letter has none."""

    members: tuple[int | None, ...]
    similarity: float
    """That of the two members least alike; 1 when all are the same, and of a sentence alone."""
    state: State

    @property
    def holders(self) -> tuple[int, ...]:
        """The letters that have it, by their place."""
        return tuple(place for place, member in enumerate(self.members) if member is not None)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: what all its counterparts have too, what they word otherwise, or the region's name."""

    text: str
    kind: Kind


def align(texts: Sequence[Text]) -> tuple[Passage, ...]:
    """The sentences of all letters, those that are the same or alike together, in the order of the first letter.

    Each sentence stands in one passage, and a passage has at most one sentence of a letter. The most alike come
    together first; of sentences as alike, those at the most similar place in their letters.
    """
    groups: dict[tuple[int, int], dict[int, int]] = {
        (t, i): {t: i} for t, text in enumerate(texts) for i in range(len(text.sentences))
    }
    for _, _, one, other in sorted(_pairs(texts)):
        first, second = groups[one], groups[other]
        if first is not second and first.keys().isdisjoint(second):
            first.update(second)
            for t, i in second.items():
                groups[t, i] = first
    numbers = _numbered(texts)
    return tuple(_passage(group, texts, numbers) for group in _ordered(texts, groups))


def _numbered(texts: Sequence[Text]) -> list[list[list[int]]]:
    """The words of each sentence as numbers, which compare faster and alike on every run."""
    known: dict[str, int] = {}
    return [[[known.setdefault(word.text, len(known)) for word in words] for words in text.words] for text in texts]


def _pairs(texts: Sequence[Text]) -> Iterator[tuple[float, float, tuple[int, int], tuple[int, int]]]:
    """Yield the sentences of two letters that are alike: minus their similarity, how far apart, and the two."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    numbers = _numbered(texts)
    for a, b in combinations(range(len(texts)), 2):
        if not numbers[a] or not numbers[b]:
            continue
        for first in range(0, len(numbers[a]), ROWS):
            some = numbers[a][first : first + ROWS]
            scores = cdist(some, numbers[b], scorer=Indel.normalized_similarity, score_cutoff=SIMILAR)
            for row, column in zip(*scores.nonzero(), strict=True):
                i, j, score = first + int(row), int(column), float(scores[row, column])
                size = len(numbers[a][i]) + len(numbers[b][j])
                if score == 1 or round(score * size / 2) >= COMMON:
                    yield -score, abs(i / len(numbers[a]) - j / len(numbers[b])), (a, i), (b, j)


def _ordered(texts: Sequence[Text], groups: dict[tuple[int, int], dict[int, int]]) -> Iterator[dict[int, int]]:
    """Yield each group once: in the order of the first letter, and what others have of their own where it stands."""
    told: set[int] = set()
    place = [0] * len(texts)
    stack: list[tuple[int, int]] = []
    for t in range(len(texts)):
        stack.append((t, len(texts[t].sentences)))
        while stack:
            now, upto = stack[-1]
            if place[now] >= upto:
                stack.pop()
                continue
            group = groups[now, place[now]]
            ahead = [
                (u, i) for u, i in group.items() if u != now and place[u] < i and not any(u == v for v, _ in stack)
            ]
            if id(group) not in told and min(group) == now and ahead:
                stack += reversed(ahead)
                continue
            if id(group) not in told and min(group) == now:
                told.add(id(group))
                yield group
            place[now] += 1


def _passage(group: dict[int, int], texts: Sequence[Text], numbers: Sequence[Sequence[Sequence[int]]]) -> Passage:
    from rapidfuzz.distance import Indel

    members = tuple(group.get(t) for t in range(len(texts)))
    words = [numbers[t][i] for t, i in sorted(group.items())]
    least = min((Indel.normalized_similarity(one, other) for one, other in combinations(words, 2)), default=1.0)
    return Passage(members, least, "own" if len(group) == 1 else "same" if least == 1 else "alike")


def pieces(passage: Passage, texts: Sequence[Text]) -> tuple[tuple[Piece, ...], ...]:
    """The sentences of a passage in pieces, by letter (none for one that lacks it).

    A piece differs when not every counterpart has its words at the same place in the order.
    """
    found: list[tuple[Piece, ...]] = []
    for t, i in enumerate(passage.members):
        if i is None:
            found.append(())
            continue
        words = texts[t].words[i]
        common = set(range(len(words)))
        for u, j in enumerate(passage.members):
            if j is not None and u != t:
                common &= _common([word.text for word in words], [word.text for word in texts[u].words[j]], t < u)
        found.append(_cut(texts[t].sentences[i].text, words, common))
    return tuple(found)


def _common(words: list[str], others: list[str], forward: bool) -> set[int]:
    """The places of words that stand in both in the same order; `forward` says which of the two comes first, so that
    both sides leave out the same words."""
    from rapidfuzz.distance import LCSseq

    blocks = LCSseq.editops(*((words, others) if forward else (others, words))).as_matching_blocks()
    begins = ((block.a if forward else block.b, block.size) for block in blocks)
    return {place for begin, size in begins for place in range(begin, begin + size)}


def _cut(text: str, words: Sequence[Word], common: set[int]) -> tuple[Piece, ...]:
    """The text in runs of one kind; what stands between two words differs when both do."""
    runs: list[tuple[int, Kind]] = []
    before: Kind = "same"
    end = 0
    for n, word in enumerate(words):
        kind: Kind = "region" if word.text == REGION else "same" if n in common else "differs"
        if word.start > end:
            runs.append((word.start, "differs" if before == kind == "differs" else "same"))
        runs.append((word.stop, kind))
        before, end = kind, word.stop
    runs.append((len(text), "same"))
    found: list[Piece] = []
    begin = 0
    for stop, kind in runs:
        if found and found[-1].kind == kind:
            found[-1] = Piece(found[-1].text + text[begin:stop], kind)
        elif stop > begin:
            found.append(Piece(text[begin:stop], kind))
        begin = stop
    return tuple(found)
