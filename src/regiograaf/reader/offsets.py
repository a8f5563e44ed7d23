"""The way back from a text that was made to the text that it was made from."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

__all__ = ["Offsets", "Writer", "compose"]


def _numbers() -> array[int]:
    return array("q")


@dataclass(frozen=True, slots=True)
class Offsets:
    """A map from one text to another, in runs: the one at `starts[i]` stands for `begins[i]` to `ends[i]` of the other.

    A run as long as what it stands for maps character by character; any other maps as a whole. All offsets are Unicode
    code points, from 0, end exclusive. Without runs the two texts are the same.
    """

    starts: array[int] = field(default_factory=_numbers)
    begins: array[int] = field(default_factory=_numbers)
    ends: array[int] = field(default_factory=_numbers)
    length: int = 0
    """Of this text."""

    def back(self, begin: int, end: int) -> tuple[int, int]:
        """The smallest range of the other text that holds what `begin` to `end` stands for."""
        if not self.starts:
            return begin, end
        pieces = self.pieces(begin, end)
        return min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)

    def pieces(self, begin: int, end: int) -> tuple[tuple[int, int], ...]:
        """The ranges of the other text that `begin` to `end` stands for, in the order of this text.

        More than one where the other text has something in between that this text leaves out, or another order.
        """
        if not self.starts:
            return ((begin, end),)
        begin = max(0, min(begin, self.length))
        end = max(begin, min(end, self.length))
        first = max(0, bisect_right(self.starts, begin) - 1)
        last = max(first, bisect_right(self.starts, end - 1) - 1)
        found: list[tuple[int, int]] = []
        for i in range(first, last + 1):
            low, high = self._run(i, begin, end)
            if low == high and last > first and begin < end:
                continue  # put in: stands for nothing
            if found and found[-1][1] == low:
                found[-1] = (found[-1][0], high)
            else:
                found.append((low, high))
        return tuple(found) or ((self.begins[first], self.begins[first]),)

    def _run(self, i: int, begin: int, end: int) -> tuple[int, int]:
        start = self.starts[i]
        stop = self.starts[i + 1] if i + 1 < len(self.starts) else self.length
        low, high = self.begins[i], self.ends[i]
        if stop - start != high - low:
            return low, high
        return low + max(0, begin - start), low + min(stop, max(end, begin)) - start


class Writer:
    """Makes a text from pieces of another, and the way back."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.length = 0
        self._parts: list[str] = []
        self._starts, self._begins, self._ends = _numbers(), _numbers(), _numbers()
        self._copied = False

    def copy(self, begin: int, end: int) -> None:
        """Take over a piece of the other text as it stands."""
        if begin >= end:
            return
        if self._copied and self._ends[-1] == begin:
            self._ends[-1] = end
        else:
            self._starts.append(self.length)
            self._begins.append(begin)
            self._ends.append(end)
        self._copied = True
        self._parts.append(self.source[begin:end])
        self.length += end - begin

    def put(self, text: str, begin: int, end: int) -> None:
        """Write other words for a piece of the other text; for nothing where `begin` is `end`."""
        if not text:
            return
        self._starts.append(self.length)
        self._begins.append(begin)
        self._ends.append(end)
        self._copied = False
        self._parts.append(text)
        self.length += len(text)

    @property
    def mark(self) -> int:
        """How many pieces there are; for `since`."""
        return len(self._parts)

    def since(self, mark: int) -> str:
        """What was written after a mark."""
        return "".join(self._parts[mark:])

    def finish(self) -> tuple[str, Offsets]:
        """The text and its way back."""
        return "".join(self._parts), Offsets(self._starts, self._begins, self._ends, self.length)

    def canonical(self) -> tuple[str, Offsets]:
        """The text in Unicode normal form C, and its way back."""
        text, offsets = self.finish()
        composed, over = compose(text)
        return composed, _through(over, offsets)


def compose(text: str) -> tuple[str, Offsets]:
    """A text in Unicode normal form C, with the way back to the text as given.

    A run of letters with their combining marks is replaced as one.
    """
    if unicodedata.is_normalized("NFC", text):
        return text, Offsets()
    writer = Writer(text)
    begin = 0
    for end in (*_boundaries(text), len(text)):
        piece = text[begin:end]
        composed = unicodedata.normalize("NFC", piece)
        if composed == piece:
            writer.copy(begin, end)
        else:
            writer.put(composed, begin, end)
        begin = end
    return writer.finish()


def _boundaries(text: str) -> list[int]:
    # Nothing before U+0300 combines with what stands before it.
    return [i for i in range(1, len(text)) if text[i] < "\u0300"]


def _through(outer: Offsets, inner: Offsets) -> Offsets:
    if not outer.starts:
        return inner
    starts, begins, ends = _numbers(), _numbers(), _numbers()
    for i, start in enumerate(outer.starts):
        stop = outer.starts[i + 1] if i + 1 < len(outer.starts) else outer.length
        low, high = outer.begins[i], outer.ends[i]
        if stop - start != high - low:
            begin, end = inner.back(low, high)
            starts.append(start)
            begins.append(begin)
            ends.append(end)
            continue
        j = bisect_right(inner.starts, low) - 1
        while low < high:
            following = inner.starts[j + 1] if j + 1 < len(inner.starts) else inner.length
            until = min(high, following)
            begin, end = inner.back(low, until)
            starts.append(start)
            begins.append(begin)
            ends.append(end)
            start, low, j = start + until - low, until, j + 1
    return Offsets(starts, begins, ends, outer.length)
