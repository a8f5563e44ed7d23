"""Parquet: a table of nodes and one of edges, with typed columns; lists are lists."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from regiograaf.errors import ReleaseError, SourceError
from regiograaf.exports.cells import completed
from regiograaf.exports.columns import EDGE, LISTS, NODE, Column, Row, present
from regiograaf.exports.tables import Tables

__all__ = ["pack", "unpack"]


def pack(tables: Tables) -> dict[str, bytes]:
    """The files of an export: nodes and edges.

    Raises ReleaseError without pyarrow.
    """
    return {
        "nodes": _file(tables.nodes, present(tables.nodes, NODE), tables.about),
        "edges": _file(tables.edges, present(tables.edges, EDGE), tables.about),
    }


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ReleaseError('parquet needs pyarrow. Install it with pip install "regiograaf[parquet]".') from error
    return pyarrow, parquet


def _file(rows: Sequence[Row], columns: Sequence[Column], about: Mapping[str, str]) -> bytes:
    arrow, parquet = _arrow()
    types = {
        "text": arrow.string(),
        "flag": arrow.bool_(),
        "number": arrow.float64(),
        "texts": arrow.list_(arrow.string()),
        "integers": arrow.list_(arrow.int64()),
    }
    fields = [
        arrow.field(column.name, types[column.kind], nullable=False, metadata={"description": column.meaning})
        for column in columns
    ]
    schema = arrow.schema(fields, metadata=dict(about))
    arrays = [arrow.array([row[column.name] for row in rows], types[column.kind]) for column in columns]
    content = io.BytesIO()
    parquet.write_table(arrow.table(arrays, schema=schema), content, compression="zstd")
    return content.getvalue()


def unpack(parts: Mapping[str, bytes]) -> Tables:
    """What `pack` was given.

    Raises SourceError for anything else, ReleaseError without pyarrow.
    """
    (nodes, about), (edges, _) = _rows(parts["nodes"], NODE), _rows(parts["edges"], EDGE)
    return Tables(nodes, edges, about)


def _rows(content: bytes, declared: Sequence[Column]) -> tuple[tuple[Row, ...], dict[str, str]]:
    arrow, parquet = _arrow()
    try:
        table = parquet.read_table(io.BytesIO(content))
    except arrow.ArrowInvalid as error:
        raise SourceError("no Parquet. Read a file that regiograaf export made.") from error
    lists = {column.name for column in declared if column.kind in LISTS}
    rows = tuple(
        completed({name: tuple(value) if name in lists else value for name, value in row.items()}, declared, tuple(row))
        for row in table.to_pylist()
    )
    kept = {name.decode("utf-8"): text.decode("utf-8") for name, text in (table.schema.metadata or {}).items()}
    return rows, {name: text for name, text in kept.items() if not name.startswith("ARROW:")}
