"""Everything regiograaf raises on purpose: one family, so a caller can catch it whole.

A message says what is wrong, where, and what to do. Nothing here prints or exits; `cli` does that.
"""

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = [
    "AnalysisError",
    "InconsistentError",
    "QueryError",
    "RegiograafError",
    "ReleaseError",
    "SourceError",
    "UnknownTermError",
]


class RegiograafError(Exception):
    """Anything a user can cause; its text is one clear message."""


class SourceError(RegiograafError):
    """A file that cannot be read: not there, not UTF-8, not Turtle."""


class UnknownTermError(RegiograafError):
    """A term, entity or letter that is not in the ontology or the data, or a name that fits two."""


class InconsistentError(RegiograafError):
    """The closure holds contradictions: `contradictions` has each with its rule and triples.

    `inferred` has what was concluded all the same, and `graphs`, where a whole project was closed, its graphs: enough
    to explain each premise.
    """

    def __init__(self, message: str, contradictions: Sequence[object] = (), inferred: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.contradictions = contradictions
        self.inferred = inferred
        self.graphs: Mapping[Any, Any] = {}


class QueryError(RegiograafError):
    """A question that does not exist, cannot be parsed, or is not allowed."""


class AnalysisError(RegiograafError):
    """A measure that is asked of a network it is not defined on."""


class ReleaseError(RegiograafError):
    """An output folder or file that cannot be written as asked."""
