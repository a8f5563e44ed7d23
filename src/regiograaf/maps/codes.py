"""Numbers and texts written small enough to travel in a page: a number as one sign or a few, a text as its words.

About as small as deflate and base64 would make them, but the same on every machine (builds of zlib differ), read by
the page at once, and text by text.

Source: (s,c)-dense codes, Brisaboa, Fariña, Navarro and Esteller 2003, doi:10.1007/978-3-540-39984-1_10.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any

__all__ = ["BETWEEN", "LAST", "PART", "SIGNS", "SOME", "Texts", "coded", "in_columns", "numbering"]

BETWEEN = "~"
SIGNS = "".join(chr(point) for point in range(32, 126) if chr(point) not in "\"\\&'<>")
"""What stands for itself in JSON and in HTML, without what stands between texts."""
PART, SOME = 50, 20
"""Texts that are coded at a time; about as many of these parts are counted."""
LAST = 50
"""As many of the signs end a number, the others begin it: below LAST it takes one sign, below 1,950 two."""


def _begin(number: int) -> str:
    if number < len(_BEGINS):
        return _BEGINS[number]
    number, sign = divmod(number - 1, len(SIGNS) - LAST)
    return _begin(number) + SIGNS[LAST + sign]


_BEGINS = [""]
while len(_BEGINS) < 400:
    _BEGINS.append(_begin(len(_BEGINS)))
_CODES = [begin + sign for begin in _BEGINS for sign in SIGNS[:LAST]]
"""The codes of the lowest numbers; few offsets in a letter are higher."""


def _code(number: int) -> str:
    return _begin(number // LAST) + SIGNS[number % LAST]


def coded(numbers: Iterable[int]) -> str:
    """Numbers from 0, one after the other; each ends itself.

    >>> coded([0, 49, 50]) == SIGNS[0] + SIGNS[49] + SIGNS[50] + SIGNS[0]
    True
    """
    numbers = list(numbers)
    try:
        return "".join(map(_CODES.__getitem__, numbers))
    except IndexError:
        known = len(_CODES)
        return "".join([_CODES[number] if number < known else _code(number) for number in numbers])


def in_columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, str | list[str]]:
    """Rows of the same keys as columns: numbers as one text, texts as they are."""
    found: dict[str, str | list[str]] = {}
    for key, value in rows[0].items() if rows else ():
        values = [row[key] for row in rows]
        found[key] = coded(values) if isinstance(value, int) else values
    return found


def numbering(known: Sequence[str] = ()) -> defaultdict[Any, int]:
    """What gives each key a number when it is first asked for, from 0 on.

    >>> number = numbering()
    >>> [number[sign] for sign in "abba"]
    [0, 1, 1, 0]
    """
    return defaultdict(count(len(known)).__next__, zip(known, count()))


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
        return list(map(self._index.__getitem__, texts))

    def written(self, **lists: Iterable[str]) -> dict[str, str]:
        """The words that occur, with a space between them; these texts and those of `lists` in code.

        The words that some of the texts have most often come first, where codes are short.
        """
        parts = {name: _parts(list(texts)) for name, texts in {"texts": self._index, **lists}.items()}
        some = [part for of in parts.values() for part in of[:: 1 + len(of) // SOME]]
        times = Counter(chain.from_iterable(map(_words, some)))
        # A page cannot hold the sign zero; here it is the word between two texts.
        del times["\0"]
        codes = chain(_CODES, map(_code, count(len(_CODES))))
        code = defaultdict(codes.__next__, zip([word for word, _ in times.most_common()], codes, strict=False))
        code["\0"] = BETWEEN
        written = {
            name: BETWEEN.join(["".join(map(code.__getitem__, _words(part))) for part in of])
            for name, of in parts.items()
        }
        del code["\0"]
        return {"words": " ".join(code), **written}


def _parts(texts: list[str]) -> list[list[str]]:
    """Texts in parts of which the words fit in the caches of a processor, which halves the time."""
    return [texts[i : i + PART] for i in range(0, len(texts), PART)]


def _words(texts: Sequence[str]) -> list[str]:
    joined = " \0 ".join(texts)
    if joined.count("\0") >= len(texts):
        joined = " \0 ".join([text.replace("\0", "") for text in texts])
    return joined.split(" ")
