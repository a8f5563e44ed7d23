"""Rows on paper: tables for people, csv and json for programs; triples and answers in the formats of the web.

Data go to stdout whole or not at all; nothing here computes.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from regiograaf.errors import QueryError, ReleaseError
from regiograaf.namespaces import PREFIXES, shrink
from regiograaf.queries import Answer

__all__ = ["answer", "coloured", "table", "width", "write"]

FORMATS = ("table", "csv", "tsv", "json", "turtle", "nt", "jsonld")
_TRIPLES = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}


def write(text: str, target: str) -> None:
    """Text to stdout ("-") or to a file, which is written beside and moved into place.

    Raises ReleaseError when the file cannot be written.
    """
    if target == "-":
        sys.stdout.write(text)
        return
    path = Path(target)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except OSError as error:
        raise ReleaseError(f"{path}: {error.strerror}. Choose another place for -o.") from error


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], form: str, title: str = "") -> str:
    """Rows as a table fitted to the terminal, csv, tsv or json (a list of objects)."""
    if form == "json":
        return json.dumps([dict(zip(head, row, strict=True)) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if form in ("csv", "tsv"):
        text = io.StringIO()
        writer = csv.writer(text, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
        return text.getvalue()
    if form != "table":
        raise QueryError(f"{form} holds triples, not rows. Use table, csv, tsv or json.")
    from rich import box
    from rich.console import Console
    from rich.table import Table

    text = io.StringIO()
    console = Console(file=text, force_terminal=sys.stdout.isatty(), no_color=not coloured(), width=width())
    grid = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for position, name in enumerate(head):
        numeric = bool(rows) and all(isinstance(row[position], int | float) for row in rows)
        grid.add_column(name, justify="right" if numeric else "left", overflow="fold", header_style="bold cyan")
    for row in rows:
        grid.add_row(
            *("" if cell is None else f"{cell:g}" if isinstance(cell, float) else _escape(str(cell)) for cell in row)
        )
    console.print(grid)
    return "\n".join(line.rstrip() for line in text.getvalue().strip("\n").split("\n")) + "\n"


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def coloured(target: str = "-") -> bool:
    """Whether colours may be used: on a terminal only, and not where NO_COLOR is set."""
    return target == "-" and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def width() -> int:
    """How many characters a line may take: the terminal's, COLUMNS, or 120."""
    import shutil

    return max(60, shutil.get_terminal_size((120, 24)).columns)


def answer(result: Answer, form: str, names: Mapping[str, str]) -> str:
    """An answer as text; a table shows labels where there are any, the other formats show terms.

    Raises QueryError for a format that cannot hold this kind of answer.
    """
    if result.truth is not None:
        return (
            json.dumps({"head": {}, "boolean": result.truth}) + "\n"
            if form == "json"
            else f"{str(result.truth).lower()}\n"
        )
    if result.triples is not None:
        if form in ("csv", "tsv", "json"):
            raise QueryError(f"a CONSTRUCT or DESCRIBE gives triples, not rows. Use -f {', '.join(_TRIPLES)}.")
        kind = _TRIPLES.get(form, ox.RdfFormat.TURTLE)
        data = ox.serialize(sorted(result.triples, key=str), format=kind, prefixes=dict(PREFIXES)) or b""
        return data.decode("utf-8").rstrip("\n") + "\n"
    if form == "table":
        rows = [tuple(_readable(term, names) for term in row) for row in result.rows]
        return table(result.variables, rows, form)
    if form == "json":
        bindings = [
            {name: _json(term) for name, term in zip(result.variables, row, strict=True) if term is not None}
            for row in result.rows
        ]
        document = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    plain = [tuple("" if term is None else getattr(term, "value", str(term)) for term in row) for row in result.rows]
    return table(result.variables, plain, form)


def _readable(term: Any, names: Mapping[str, str]) -> Any:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return names.get(term.value) or shrink(term.value)
    if isinstance(term, ox.Literal) and term.datatype.value.endswith("#integer"):
        return int(term.value)
    return getattr(term, "value", str(term))


def _json(term: Any) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    cell = {"type": "literal", "value": term.value}
    if term.language:
        return {**cell, "xml:lang": term.language}
    if not term.datatype.value.endswith("#string"):
        return {**cell, "datatype": term.datatype.value}
    return cell
