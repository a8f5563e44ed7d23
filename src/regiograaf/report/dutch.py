"""Numbers, plurals, lists and dates in Dutch sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

__all__ = ["amount", "count", "day", "every", "joined", "number", "ordinal", "share", "some", "upper"]

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def number(value: float, digits: int = 0) -> str:
    """A number with a point for thousands and a comma for decimals.

    >>> number(1538), number(0.62131, 2)
    ('1.538', '0,62')
    """
    text = f"{value:,.{digits}f}"
    text = text.removeprefix("-") if not text.strip("-0.,") else text
    return text.translate(str.maketrans(".,-", ",.−"))


def amount(value: object) -> str:
    """A decimal as it is, without zeros that say nothing.

    >>> amount("140000.0"), amount("2.50")
    ('140.000', '2,5')
    """
    whole, _, rest = str(value).partition(".")
    rest = rest.rstrip("0")
    return number(int(whole)) + (f",{rest}" if rest else "")


def count(value: int, one: str, many: str) -> str:
    """A number with its noun; zero is "geen".

    >>> count(0, "brief", "brieven"), count(1, "brief", "brieven"), count(2, "brief", "brieven")
    ('geen brieven', '1 brief', '2 brieven')
    """
    return f"{number(value) if value else 'geen'} {one if value == 1 else many}"


def share(part: int, whole: int) -> str:
    """A part as a percentage in whole numbers, never rounded to nothing or to all.

    >>> share(1, 3), share(1, 1000), share(999, 1000), share(0, 5)
    ('33%', 'minder dan 1%', 'meer dan 99%', '0%')
    """
    if not whole:
        return "0%"
    rounded = round(100 * part / whole)
    if part and not rounded:
        return "minder dan 1%"
    return "meer dan 99%" if part != whole and rounded == 100 else f"{rounded}%"


def every(number_: int) -> str:
    """All of so many.

    >>> every(2), every(5)
    ('beide', 'alle 5')
    """
    return "beide" if number_ == 2 else f"alle {number(number_)}"


def joined(words: Iterable[str], last: str = "en") -> str:
    """Words in a row.

    >>> joined(["a", "b", "c"])
    'a, b en c'
    """
    found = list(words)
    return f" {last} ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def ordinal(place: int) -> str:
    """A place.

    >>> ordinal(1), ordinal(8), ordinal(12), ordinal(20)
    ('1e', '8e', '12e', '20e')
    """
    return f"{place}e"


def day(value: date) -> str:
    """A date in words.

    >>> day(date(2025, 7, 1))
    '1 juli 2025'
    """
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def upper(text: str) -> str:
    """Text with a capital in front."""
    return text[:1].upper() + text[1:]


def some(words: Sequence[str], most: int) -> str:
    """The first few of a row of words, and how many more there are."""
    more = len(words) - most
    return joined(words) if more <= 0 else f"{', '.join(words[:most])} en nog {number(more)}"
