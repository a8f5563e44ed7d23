"""CSV: a node list and an edge list, UTF-8, as RFC 4180 has it; lists are JSON arrays.

No cell is a formula: where a spreadsheet would take text for one, an apostrophe stands before it, and reading takes it
away again. That holds after a semicolon, too, where a Dutch spreadsheet begins a new cell.

Source: RFC 4180; OWASP, CSV injection.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from regiograaf.errors import SourceError
from regiograaf.exports.cells import completed, parsed, written
from regiograaf.exports.columns import EDGE, NODE, Column, Row, present
from regiograaf.exports.tables import Tables

__all__ = ["pack", "unpack"]

# At the start of a cell: what a spreadsheet calculates with, also in full width. An apostrophe is added to those that
# stand there already, so that exactly one can be taken away again.
_RISKY = "=+-@\t\uff1d\uff0b\uff0d\uff20"
_FIRST = {"'", *_RISKY}
_FORMULA = re.compile(f"(?<![^;\t\n])('*[{re.escape(_RISKY)}])")
_MADE_SAFE = re.compile(f"(?<![^;\t\n])'('*[{re.escape(_RISKY)}])")
_FIELD = 2**31 - 1


def pack(tables: Tables) -> dict[str, bytes]:
    """The files of an export: nodes and edges."""
    return {
        "nodes": _file(tables.nodes, present(tables.nodes, NODE)),
        "edges": _file(tables.edges, present(tables.edges, EDGE)),
    }


def _file(rows: Sequence[Row], columns: Sequence[Column]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_safe(row[column.name], column) for column in columns])
    return text.getvalue().encode("utf-8")


def _safe(value: Any, column: Column) -> str:
    text = written(value, column)
    return text if column.kind in ("number", "flag") else _changed(_FORMULA, r"'\1", text)


def _changed(pattern: re.Pattern[str], by: str, text: str) -> str:
    # Most cells need no look at every character.
    return pattern.sub(by, text) if text[:1] in _FIRST or any(mark in text for mark in ";\t\n") else text


def unpack(parts: Mapping[str, bytes]) -> Tables:
    """What `pack` was given, but for what the whole is.

    Raises SourceError for anything else.
    """
    return Tables(_rows(parts["nodes"], NODE), _rows(parts["edges"], EDGE))


def _rows(content: bytes, declared: Sequence[Column]) -> tuple[Row, ...]:
    columns = {column.name: column for column in declared}
    before = csv.field_size_limit(_FIELD)
    try:
        lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        head = next(lines, [])
        if "id" not in head:
            raise SourceError("no node or edge list. Read a file that regiograaf export made.")
        rows = []
        for line in lines:
            if len(line) != len(head):
                raise SourceError(f"line {lines.line_num} has {len(line)} cells, not {len(head)}. Export it again.")
            found = {
                name: parsed(_changed(_MADE_SAFE, r"\1", text), columns[name])
                for name, text in zip(head, line, strict=True)
                if name in columns
            }
            rows.append(completed(found, declared, head))
        return tuple(rows)
    except (csv.Error, UnicodeDecodeError) as error:
        raise SourceError(f"no CSV: {error}. Read a file that regiograaf export made.") from error
    finally:
        csv.field_size_limit(before)
