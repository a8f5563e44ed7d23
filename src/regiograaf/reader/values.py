"""Dates, periods, amounts, shares and counts in a letter's text, as typed values.

A value is what the words say and no more: a day, month or season without a year has no dates, "momenteel" has none
either, and no letter's date is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

__all__ = ["PeriodValue", "Precision", "QuantityValue", "Role", "Unit"]

Unit = Literal["aantal", "deel", "euro", "percent", "rang"]
Precision = Literal["circa", "exact", "maximaal", "minimaal"]
Role = Literal["aantal", "bijdrage", "budget", "doel", "rangorde", "tekort", ""]


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """When something holds, with its place in the text it was found in; fits `claims.Period`."""

    start: int
    stop: int
    wording: str
    earliest_begin: date | None = None
    latest_begin: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None
    present: bool = False
    """The words say "now" (momenteel, op dit moment, thans), of an undated moment of writing."""

    @property
    def dated(self) -> bool:
        """Whether any bound is known."""
        return (self.earliest_begin or self.latest_begin or self.earliest_end or self.latest_end) is not None


@dataclass(frozen=True, slots=True)
class QuantityValue:
    """An amount, share, count or rank, with its place in the text it was found in; fits `claims.Quantity`.

    `unit`, `precision` and `role` are keys of `eenheid:`, `nauwkeurigheid:` and `grootheidrol:` concepts; `role` is ""
    where the words beside the number do not tell. Either `value` is given, or `numerator` and `denominator`.
    """

    start: int
    stop: int
    wording: str
    unit: Unit
    precision: Precision
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    role: Role = ""
    of: str = ""
    """Of a count: the counted noun, with its adjectives ("betaalbare woningen")."""
