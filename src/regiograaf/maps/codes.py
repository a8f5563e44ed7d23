"""Numbers and texts written small enough to travel in a page: a number as one sign or a few, a text as its words.

About as small as deflate and base64 would make them, but the same on every machine (builds of zlib differ), read by
the page at once, and text by text.

Source: (s,c)-dense codes, Brisaboa, Fariña, Navarro and Esteller 2003, doi:10.1007/978-3-540-39984-1_10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["BETWEEN", "LAST", "SIGNS", "Texts", "coded", "in_columns"]

BETWEEN = "~"
SIGNS = "".join(chr(point) for point in range(32, 126) if chr(point) not in "\"\\&'<>")
"""What stands for itself in JSON and in HTML, without what stands between texts."""
LAST = 50
"""As many of the signs end a number, the others begin it: below LAST it takes one sign, below 1,950 two."""


def _begin(number: int) -> str:
    begin = ""
    while number:
        number, sign = divmod(number - 1, len(SIGNS) - LAST)
        begin = SIGNS[LAST + sign] + begin
    return begin


_BEGINS = [_begin(number) for number in range(1500)]
_CODES = [_BEGINS[number // LAST] + SIGNS[number % LAST] for number in range(2000)]


def _code(number: int) -> str:
    begin = number // LAST
    return (_BEGINS[begin] if begin < 1500 else _begin(begin)) + SIGNS[number % LAST]


def _codes(numbers: Iterable[int]) -> list[str]:
    return [_CODES[number] if number < 2000 else _code(number) for number in numbers]


def coded(numbers: Iterable[int]) -> str:
    """Numbers from 0, one after the other; each ends itself.

    >>> coded([0, 49, 50]) == SIGNS[0] + SIGNS[49] + SIGNS[50] + SIGNS[0]
    True
    """
    return "".join(_codes(numbers))


def in_columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, str | list[str]]:
    """Rows of the same keys as columns: numbers as one text, texts as they are."""
    found: dict[str, str | list[str]] = {}
    for key, value in rows[0].items() if rows else ():
        values = [row[key] for row in rows]
        found[key] = coded(values) if isinstance(value, int) else values
    return found


def _words(texts: Iterable[str]) -> list[str]:
    texts = list(texts)
    joined = " \0 ".join(texts)
    if joined.count("\0") >= len(texts):
        joined = " \0 ".join([text.replace("\0", "") for text in texts])
    return joined.split(" ")


class Texts:
    """Texts that are stored once and pointed at by index; the empty text is 0.

    >>> texts = Texts()
    >>> texts("de regio"), texts(""), texts.all(["de stad", "de regio"])
    (1, 0, [2, 1])
    """

    def __init__(self) -> None:
        self._index = {"": 0}

    def __call__(self, text: str) -> int:
        return self._index.setdefault(text, len(self._index))

    def all(self, texts: Iterable[str]) -> list[int]:
        """The index of each."""
        index = self._index
        return [index.setdefault(text, len(index)) for text in texts]

    def written(self, **lists: Iterable[str]) -> dict[str, str]:
        """The words by how often they occur, with a space between them; these texts and those of `lists` in code."""
        # A page cannot hold the sign zero; here it is the word between two texts, so that all are coded in one go.
        split = {name: _words(texts) for name, texts in {"texts": self._index, **lists}.items()}
        times: Counter[str] = Counter()
        for words in split.values():
            times.update(words)
        del times["\0"]
        # Of words that occur as often the first comes first, and the texts come in the order of the network.
        ordered = [word for word, _ in times.most_common()]
        code = dict(zip(ordered, _codes(range(len(ordered))), strict=True)) | {"\0": BETWEEN}
        return {"words": " ".join(ordered)} | {
            name: "".join(map(code.__getitem__, words)) for name, words in split.items()
        }
