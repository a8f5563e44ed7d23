"""The rows that figures are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Dot", "Modality", "Span"]


@dataclass(frozen=True, slots=True)
class Dot:
    """A row of a ranking: a value, the range that it takes without each letter in turn, and a note under the name."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    family: str = "onderwerp"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Modality:
    """A modality: its key, its word, and its line style from `ontology/projections.ttl`."""

    key: str
    word: str
    style: str = "dash"


@dataclass(frozen=True, slots=True)
class Span:
    """A dated thing: what it is, how the letter words when, and the bounds of that; a bound may be unknown."""

    label: str
    modality: str
    wording: str
    earliest_begin: date | None = None
    latest_begin: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None

    @property
    def bounds(self) -> list[date]:
        known = (self.earliest_begin, self.latest_begin, self.earliest_end, self.latest_end)
        return sorted(bound for bound in known if bound is not None)
