"""Dates and numbers as people of either language write them."""

from __future__ import annotations

from datetime import date

from regiograaf.prefixes import PREFIXES
from regiograaf.release.site.addresses import Language
from regiograaf.report import dutch

__all__ = ["day", "number", "written"]

_XSD = PREFIXES["xsd"]
_NUMBERS = (_XSD + "decimal", _XSD + "integer", _XSD + "nonNegativeInteger")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: date, language: Language) -> str:
    """A date in words.

    >>> day(date(2030, 1, 31), "nl"), day(date(2030, 1, 31), "en")
    ('31 januari 2030', '31 January 2030')
    """
    return dutch.day(value) if language == "nl" else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def number(value: str, language: Language) -> str:
    """A number as a form has it, with marks for thousands and without zeros that say nothing.

    >>> number("2400000.0", "nl"), number("2400000.50", "en"), number("-3", "nl")
    ('2.400.000', '2,400,000.5', '−3')
    """
    told = ("−" if value.startswith("-") else "") + dutch.amount(value.removeprefix("-"))
    return told if language == "nl" else told.translate(str.maketrans(".,", ",."))


def written(value: str, datatype: str, language: Language) -> str:
    """A literal as people write it; what is no date and no number, or no good one, as it is."""
    try:
        if datatype == _XSD + "date":
            return day(date.fromisoformat(value), language)
        if datatype in _NUMBERS:
            return number(value, language)
    except ValueError:  # a form that the data may have and these pages need not know
        pass
    return value
