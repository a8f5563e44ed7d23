"""A value as text and back, for the formats that have no lists: a list is a JSON array."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from regiograaf.errors import SourceError
from regiograaf.exports.columns import Column, Row

__all__ = ["completed", "parsed", "written"]

_FLAGS = {"true": True, "false": False}


def written(value: Any, column: Column) -> str:
    """A value as text: flags as true and false, numbers as Python has them, lists as JSON."""
    if column.kind == "text":
        return str(value)
    if column.kind == "flag":
        return "true" if value else "false"
    if column.kind == "number":
        return repr(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def parsed(text: str, column: Column) -> Any:
    """The value that `written` made a text of; raises ValueError or KeyError for a text that it cannot have made."""
    if column.kind == "text":
        return text
    if column.kind == "flag":
        return _FLAGS[text]
    if column.kind == "number":
        return float(text)
    return tuple(json.loads(text))


def completed(found: Mapping[str, Any], declared: Sequence[Column], extra: Sequence[str] = ()) -> Row:
    """A row with all its columns in order, what a format leaves out as empty; of the extra ones those that are named.

    Raises SourceError for a row without an id, and for an edge without its ends or its modality.
    """
    names = [column.name for column in declared]
    for name in ("id", "source", "target", "modality"):
        if name in names and not found.get(name):
            raise SourceError(f"a row has no {name}. Read a file that regiograaf export made.")
    return {
        column.name: found.get(column.name, column.empty)
        for column in declared
        if not column.extra or column.name in extra
    }
