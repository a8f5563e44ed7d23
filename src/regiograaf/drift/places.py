"""Where the passages of a letter stand after its text has changed.

Of the text that was encoded only the passages' places, their anchors and fingerprints may be left; with the old text
at hand, its words are used too. A place is never guessed: where two fit equally, none is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from regiograaf.letters import Letter, fingerprint
from regiograaf.names import fold

__all__ = ["STATES", "Found", "Spot", "State", "locate"]

State = Literal["unchanged", "moved", "reworded", "twofold", "lost"]
STATES: tuple[State, ...] = get_args(State)

LEAST = 0.5
"""Of the words that are known of a passage, weighed, the share that must stand in a sentence for it to be the same."""
BESIDE = 0.35
"""The share that will do between the passages that stood before and after it."""
MARGIN = 0.1
"""Two places fit equally when their shares differ by less."""
LENGTH = 0.25
"""By how much the length of one must fit better than that of another for length alone to decide."""
LONGEST = 4
"""Sentences that a reworded passage has at most."""
MANY = 40
"""Places of an anchor from which a passage is only looked for where a sentence begins; sentences from which a word is
too common to look for a passage by."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage of the text that was encoded, and all that is known of it; `print` is empty when there is none."""

    begin: int
    end: int
    anchors: tuple[str, ...]
    print: str = ""

    @property
    def length(self) -> int:
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Found:
    """What has become of a passage; `begin` and `end` are those of the new text, -1 when it is twofold or lost.

    unchanged: the same words at the same place. moved: the same words elsewhere. reworded: other words; `similarity` is
    the share of the old words that stand there (of those of the anchors, when the old text is not at hand), rare words
    weighing more. twofold: two places fit equally. lost: nothing fits.
    """

    spot: Spot
    state: State
    begin: int = -1
    end: int = -1
    similarity: float = 0.0

    @property
    def placed(self) -> bool:
        return self.begin >= 0


@dataclass
class _Search:
    new: Letter
    old: str
    spots: Sequence[Spot]
    found: dict[Spot, Found] = field(default_factory=dict)

    @cached_property
    def flat(self) -> tuple[str, list[int]]:
        """The text as one reads it, and where in the text each of its characters stands."""
        parts: list[str] = []
        places: list[int] = []
        for match in re.finditer(r"\*\*|\s+|[^\s*]+|\*", self.new.text):
            shown = "" if match[0] == "**" else " " if match[0].isspace() else match[0]
            parts.append(shown)
            places.extend(range(match.start(), match.start() + len(shown)))
        return "".join(parts), places

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        return [(sentence.begin, sentence.end) for sentence in self.new.sentences]

    @cached_property
    def words(self) -> list[list[str]]:
        return [fold(self.new.text[begin:end]).split() for begin, end in self.sentences]

    @cached_property
    def often(self) -> Counter[str]:
        """In how many sentences each word stands."""
        return Counter(word for words in self.words for word in set(words))

    def anchored(self, anchor: str) -> list[tuple[int, int]]:
        """The places of an anchor in the new text."""
        flat, places = self.flat
        found, begin = [], flat.find(anchor) if anchor else -1
        while begin >= 0:
            found.append((places[begin], places[begin + len(anchor) - 1] + 1))
            begin = flat.find(anchor, begin + 1)
        return found

    def exact(self, spot: Spot) -> list[int]:
        """Where the new text has the passage word for word: every begin, in order."""
        text = self.new.text
        if self.old:
            passage, begins = self.old[spot.begin : spot.end], []
            begin = text.find(passage) if passage else -1
            while begin >= 0:
                begins.append(begin)
                begin = text.find(passage, begin + 1)
            return begins
        nearest = min((self.anchored(anchor) for anchor in spot.anchors), key=len, default=[])
        starts = [begin for begin, _ in self.sentences]
        ends = {end for _, end in self.sentences}
        found = set()
        for low, high in [(spot.begin, spot.end), *nearest]:
            first, last = max(0, high - spot.length), min(low, len(text) - spot.length)
            tried = starts[bisect_left(starts, first) : bisect_left(starts, last + 1)]
            begins = [begin for begin in tried if self._fits(spot, begin, ends)]
            if not begins and spot.print and len(nearest) <= MANY:
                begins = [begin for begin in range(first, last + 1) if self._fits(spot, begin, ends)]
            found.update(begins)
        return sorted(found)

    def _fits(self, spot: Spot, begin: int, ends: set[int]) -> bool:
        end = begin + spot.length
        if spot.print:
            return fingerprint(self.new.text[begin:end]) == spot.print
        passage = " ".join(self.new.text[begin:end].replace("**", "").split())
        return end in ends and all(anchor in passage for anchor in spot.anchors)

    def beside(self, spot: Spot) -> tuple[Found | None, Found | None]:
        """The nearest placed passages before and after it in the old text."""
        before = after = None
        for other in self.spots:
            placed = self.found.get(other)
            if placed is None or not placed.placed or other == spot:
                continue
            if other.end <= spot.begin:
                before = placed
            elif other.begin >= spot.end and after is None:
                after = placed
        return before, after

    def shifted(self, spot: Spot, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Of several places those that have moved as far as the passage before it or after it."""
        shifts = {near.begin - near.spot.begin for near in self.beside(spot) if near is not None}
        return [place for place in places if place[0] - spot.begin in shifts]

    def between(self, spot: Spot, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Of several places those that stand between the passages that stood beside it."""
        before, after = self.beside(spot)
        low, high = before.end if before else 0, after.begin if after else len(self.new.text)
        return [(begin, end) for begin, end in places if low <= begin and end <= high]

    def free(self, spot: Spot) -> list[bool]:
        """Which sentences another passage does not have word for word already, unless both overlapped before."""
        taken = sorted(
            (one.begin, one.end)
            for other, one in self.found.items()
            if one.placed and not (other.begin < spot.end and spot.begin < other.end)
        )
        found, place = [], 0
        furthest = 0
        for begin, end in self.sentences:
            while place < len(taken) and taken[place][0] < end:
                furthest = max(furthest, taken[place][1])
                place += 1
            found.append(furthest <= begin)
        return found

    def similar(self, spot: Spot) -> list[tuple[float, int, int]]:
        """The free runs of sentences that are like the passage: similarity, begin and end, the most alike first."""
        known = Counter(fold(self.old[spot.begin : spot.end]).split() if self.old else self._anchored(spot))
        free = self.free(spot)
        before, after = self.beside(spot)
        low, high = before.end if before else 0, after.begin if after else len(self.new.text)
        rare = {word for word in known if self.often[word] <= MANY} or set(known)
        found = []
        for first in range(len(free)):
            if rare.isdisjoint(self.words[first]):
                continue
            words: Counter[str] = Counter()
            for last in range(first, min(first + LONGEST, len(free))):
                if not free[last]:
                    break
                words = words + Counter(self.words[last])
                begin, end = self.sentences[first][0], self.sentences[last][1]
                share = self._share(known, words)
                if share >= (BESIDE if low <= begin and end <= high else LEAST):
                    found.append((share, begin, end))
        return sorted(found, key=lambda item: (-item[0], abs(item[2] - item[1] - spot.length), item[1]))

    def _anchored(self, spot: Spot) -> list[str]:
        """The words of the anchors; a word that several anchors have is that of one passage."""
        most: Counter[str] = Counter()
        for anchor in spot.anchors:
            most |= Counter(fold(anchor).split())
        return list(most.elements())

    def _share(self, known: Counter[str], words: Counter[str]) -> float:
        """The share of the known words among others, whatever their order; a word of n sentences weighs 1 / (1 + n).

        With the old text, what was added counts against it too.
        """

        def weight(some: Counter[str]) -> float:
            return sum(count / (1 + max(1, self.often[word])) for word, count in sorted(some.items()))

        common, total = weight(known & words), weight(known)
        if self.old:
            common, total = 2 * common, total + weight(words)
        return common / total if total else 0.0


def locate(spots: Sequence[Spot], new: Letter, old: str = "") -> tuple[Found, ...]:
    """What has become of each passage, in the order given; `old` is the text that was encoded, where it is at hand.

    First every passage that still stands somewhere word for word. Of two such places the one at the old offset counts,
    else the one that moved as far as the passage before or after it, else the one that stands between these. Then, for
    the others, the sentences that are like them and that no other passage has.
    """
    ordered = sorted(set(spots), key=lambda spot: (spot.begin, spot.end, spot.anchors, spot.print))
    search = _Search(new, old, ordered)
    several: dict[Spot, list[tuple[int, int]]] = {}
    changed = []
    for spot in ordered:
        begins = search.exact(spot)
        if spot.begin in begins:
            search.found[spot] = Found(spot, "unchanged", spot.begin, spot.end, 1.0)
        elif len(begins) == 1:
            search.found[spot] = Found(spot, "moved", begins[0], begins[0] + spot.length, 1.0)
        elif begins:
            several[spot] = [(begin, begin + spot.length) for begin in begins]
        else:
            changed.append(spot)
    _settle(search, several)
    for spot in several:
        search.found.setdefault(spot, Found(spot, "twofold"))
    # Only what stands word for word is context for what does not, in whatever order these are looked at.
    found = search.found | {spot: _reworded(search, spot, search.similar(spot)) for spot in changed}
    kept = _apart(found)
    return tuple(kept[spot] for spot in spots)


def _settle(search: _Search, several: dict[Spot, list[tuple[int, int]]]) -> None:
    """Place what has several places by what stands beside it, until nothing more can be placed."""
    open_ = dict(several)
    while open_:
        placed = {}
        for spot, places in open_.items():
            shifted = search.shifted(spot, places)
            fitting = shifted if len(shifted) == 1 else search.between(spot, places)
            if len(fitting) == 1:
                placed[spot] = Found(spot, "moved", *fitting[0], 1.0)
        if not placed:
            return
        search.found.update(placed)
        open_ = {spot: places for spot, places in open_.items() if spot not in placed}


def _reworded(search: _Search, spot: Spot, similar: Sequence[tuple[float, int, int]]) -> Found:
    """The place of a passage with other words, from what is like it."""
    if not similar:
        return Found(spot, "lost")
    best = similar[0]
    rivals = [best]
    for one in similar[1:]:
        apart = all(one[2] <= other[1] or other[2] <= one[1] for other in rivals)
        if apart and one[0] > best[0] - MARGIN:
            rivals.append(one)
    if len(rivals) > 1:
        fitting = search.between(spot, [(begin, end) for _, begin, end in rivals])
        inside = [one for one in rivals if one[1:] in fitting] or rivals
        rivals = _by_length(spot, inside)
    if len(rivals) > 1:
        return Found(spot, "twofold")
    share, begin, end = rivals[0]
    return Found(spot, "reworded", begin, end, share)


def _by_length(spot: Spot, places: Sequence[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    def fit(place: tuple[float, int, int]) -> float:
        length = place[2] - place[1]
        return min(length, spot.length) / max(length, spot.length, 1)

    ordered = sorted(places, key=lambda place: (-fit(place), place[1]))
    clear = len(ordered) == 1 or fit(ordered[0]) - fit(ordered[1]) >= LENGTH
    return ordered[:1] if clear else ordered


def _apart(found: dict[Spot, Found]) -> dict[Spot, Found]:
    """The same, but of two passages that stood apart and come to one place the one much less like it is lost.

    Where both are as like it, they were made into one sentence.
    """
    kept = dict(found)
    reworded = [one for one in found.values() if one.state == "reworded"]
    for one in reworded:
        for other in reworded:
            apart = one.spot.end <= other.spot.begin or other.spot.end <= one.spot.begin
            meet = one.begin < other.end and other.begin < one.end
            if apart and meet and other.similarity >= one.similarity + MARGIN:
                kept[one.spot] = Found(one.spot, "lost")
    return kept
