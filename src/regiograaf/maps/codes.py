"""Numbers and texts written small enough to travel in a page: a number as one sign or a few, a text as its words.

About as small as deflate and base64 would make them, but the same on every machine (builds of zlib differ), read by
the page at once, and text by text.

Source: (s,c)-dense codes, Brisaboa, Fariña, Navarro and Esteller 2003, doi:10.1007/978-3-540-39984-1_10.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, count
from typing import Any

from regiograaf.maps.tables import each, numbering, turned

__all__ = ["BETWEEN", "LAST", "PART", "SIGNS", "SOME", "Texts", "coded", "in_columns"]

BETWEEN = "~"
SIGNS = "".join(chr(point) for point in range(32, 126) if chr(point) not in "\"\\&'<>")
"""What stands for itself in JSON and in HTML, without what stands between texts."""
PART, SOME = 50, 10
"""Texts that are coded at a time; about as many of these parts are counted."""
LAST = 50
"""As many of the signs end a number, the others begin it: below LAST it takes one sign, below 1,950 two."""

_ENDS = [begin + end for begin in SIGNS[LAST:] for end in SIGNS[:LAST]]
"""The last two signs of a number that takes more than one."""


def _code(number: int) -> str:
    if number < LAST:
        return SIGNS[number]
    begin, end = divmod(number - LAST, len(_ENDS))
    return _begin(begin) + _ENDS[end]


def _begin(number: int) -> str:
    if number < len(_BEGINS):
        return _BEGINS[number]
    number, sign = divmod(number - 1, len(SIGNS) - LAST)
    return _begin(number) + SIGNS[LAST + sign]


_BEGINS = [""]
while len(_BEGINS) < 500:
    _BEGINS.append(_begin(len(_BEGINS)))
_CODES = [*SIGNS[:LAST], *(begin + end for begin in _BEGINS[:11] for end in _ENDS)]
"""The codes of the lowest numbers; few offsets in a letter are higher."""


def coded(numbers: Iterable[int]) -> str:
    """Numbers from 0, one after the other; each ends itself.

    >>> coded([0, 49, 50]) == SIGNS[0] + SIGNS[49] + SIGNS[50] + SIGNS[0]
    True
    """
    numbers = list(numbers)
    try:
        return "".join(each(_CODES, numbers))
    except IndexError:
        known = len(_CODES)
        return "".join([_CODES[number] if number < known else _code(number) for number in numbers])


def in_columns(rows: Sequence[dict[str, Any]]) -> dict[str, str | list[str]]:
    """Rows of the same keys in the same order as columns: numbers as one text, texts as they are."""
    first = rows[0] if rows else {}
    columns = turned(map(dict.values, rows), len(first))
    return {
        key: coded(column) if isinstance(column[0], int) else column for key, column in zip(first, columns, strict=True)
    }


class Texts:
    """Texts that are stored once and pointed at by index; the empty text is 0.

    >>> texts = Texts()
    >>> texts("de regio"), texts(""), texts.all(["de stad", "de regio"])
    (1, 0, [2, 1])
    """

    def __init__(self) -> None:
        self._index = numbering([""])

    def __call__(self, text: str) -> int:
        return self._index[text]

    def all(self, texts: Iterable[str]) -> list[int]:
        """The index of each."""
        return each(self._index, texts)

    def written(self, **lists: Iterable[str]) -> dict[str, str]:
        """The words that occur, with a space between them; these texts and those of `lists` in code.

        The words that some of the texts have most often come first, where codes are short.
        """
        parts = {name: _parts(list(texts)) for name, texts in {"texts": self._index, **lists}.items()}
        some = [part for of in parts.values() for part in of[:: 1 + len(of) // SOME]]
        words = {part: part.split(" ") for part in some}
        times = Counter(chain.from_iterable(each(words, some)))
        # A page cannot hold the sign zero; here it is the word between two texts.
        del times["\0"]
        codes = chain(_CODES, map(_code, count(len(_CODES))))
        code = defaultdict(codes.__next__, zip([word for word, _ in times.most_common()], codes, strict=False))
        code["\0"] = BETWEEN
        written = {
            name: BETWEEN.join(["".join(each(code, words.get(part) or part.split(" "))) for part in of])
            for name, of in parts.items()
        }
        del code["\0"]
        return {"words": " ".join(code), **written}


def _parts(texts: list[str]) -> list[str]:
    """Texts in parts of which the words fit in the caches of a processor, which halves the time."""
    return [_joined(texts[i : i + PART]) for i in range(0, len(texts), PART)]


def _joined(texts: Sequence[str]) -> str:
    joined = " \0 ".join(texts)
    return joined if joined.count("\0") < len(texts) else " \0 ".join([text.replace("\0", "") for text in texts])
