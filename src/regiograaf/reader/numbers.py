"""Reads Dutch numbers, in figures and in words."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["FIGURE", "SCALES", "WORD", "number"]

_UNITS = {
    "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11,
    "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18,
    "negentien": 19,
}  # fmt: skip
_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
    "negentig": 90,
}  # fmt: skip
_ONES = {"een": 1, **{word: value for word, value in _UNITS.items() if value < 10}}
_WORDS: dict[str, int] = {
    **_UNITS,
    **_TENS,
    **{
        one + ("ën" if one.endswith("e") and one != "een" else "en") + ten: _TENS[ten] + value
        for ten in _TENS
        for one, value in _ONES.items()
    },
    "honderd": 100,
    "duizend": 1000,
    **{f"{word}honderd": value * 100 for word, value in _UNITS.items()},
    **{f"{word}duizend": value * 1000 for word, value in {**_UNITS, **_TENS}.items()},
}
SCALES = {"miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9, "duizend": 10**3, "mio": 10**6,
          "k": 10**3, "m": 10**6}  # fmt: skip

FIGURE = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,9}(?:[.,]\d{1,4})?)"
"""A number in figures: a dot parts thousands, a comma begins decimals; a dot with other than three figures does too."""
WORD = "(?:" + "|".join(sorted(_WORDS, key=lambda w: (-len(w), w))) + ")"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def number(text: str) -> Decimal:
    """The value of a number in figures or in a word of this module.

    >>> number("1.900"), number("2,4"), number("zevenentwintig")
    (Decimal('1900'), Decimal('2.4'), Decimal('27'))
    """
    if text in _WORDS:
        return Decimal(_WORDS[text])
    if text in ("anderhalf", "anderhalve"):
        return Decimal("1.5")
    if text == "half":
        return Decimal("0.5")
    if text in ("een", "één"):
        return Decimal(1)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))
