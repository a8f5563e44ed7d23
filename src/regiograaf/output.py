"""Rows on paper: tables for people, csv and json for programs; triples and answers in the formats of the web.

Data go to stdout whole or not at all; nothing here computes.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from regiograaf.errors import QueryError, ReleaseError
from regiograaf.names import printable
from regiograaf.prefixes import PREFIXES, shrink
from regiograaf.queries import Answer

__all__ = ["answer", "coloured", "table", "width", "write"]

ROWS = ("table", "csv", "tsv", "json", "xml", "markdown")
_TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "xml": ox.RdfFormat.RDF_XML,
}
FORMATS = (*ROWS, *(name for name in _TRIPLES if name not in ROWS))
"""Forms of an answer as text."""


def write(text: str, target: str) -> None:
    """Text to stdout ("-") or to a file, which is written beside and moved into place.

    Raises ReleaseError when the file cannot be written.
    """
    if target == "-":
        sys.stdout.write(text)
        return
    import tempfile

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
        import csv

        text = io.StringIO()
        writer = csv.writer(text, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
        return text.getvalue()
    if form == "markdown":
        lines = [head, ["---"] * len(head), *([_cell(value) for value in row] for row in rows)]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)
    if form != "table":
        raise QueryError(f"{form} holds triples, not rows. Use one of: {', '.join(ROWS)}.")
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
        grid.add_row(*map(_shown, row))
    console.print(grid)
    return "\n".join(line.rstrip() for line in text.getvalue().strip("\n").split("\n")) + "\n"


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4g}" if abs(cell) < 1000 else f"{cell:g}"
    return _escape(printable(str(cell)))


def _cell(value: Any) -> str:
    return "" if value is None else " ".join(str(value).replace("|", "\\|").split())


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
    """An answer as text; table and markdown show labels where there are any, the other formats show terms.

    Raises QueryError for a format that cannot hold this kind of answer.
    """
    if result.triples is not None:
        if form in ("csv", "tsv", "json", "markdown"):
            raise QueryError(f"a CONSTRUCT or DESCRIBE gives triples, not rows. Use -f {', '.join(_TRIPLES)}.")
        kind = _TRIPLES.get(form, ox.RdfFormat.TURTLE)
        data = ox.serialize(sorted(result.triples, key=str), format=kind, prefixes=_used(result.triples)) or b""
        return data.decode("utf-8").rstrip("\n") + "\n"
    if form in _TRIPLES and form not in ROWS:
        raise QueryError(f"{form} holds triples, not rows. Use one of: {', '.join(ROWS)}.")
    if form == "xml":
        return _xml(result)
    if result.truth is not None:
        truth = str(result.truth).lower()
        return json.dumps({"head": {}, "boolean": result.truth}) + "\n" if form == "json" else f"{truth}\n"
    if form in ("table", "markdown"):
        rows = [tuple(_readable(term, names) for term in row) for row in result.rows]
        return table(result.variables, rows, form)
    if form == "json":
        bindings = [
            {name: _json(term) for name, term in zip(result.variables, row, strict=True) if term is not None}
            for row in result.rows
        ]
        document = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if form == "tsv":  # terms as in Turtle, as the standard has it
        lines = [[f"?{name}" for name in result.variables]]
        lines += [["" if term is None else str(term).replace("\t", "\\t") for term in row] for row in result.rows]
        return "".join("\t".join(line) + "\n" for line in lines)
    plain = [tuple("" if term is None else getattr(term, "value", str(term)) for term in row) for row in result.rows]
    return table(result.variables, plain, form)


def _used(triples: Sequence[Any]) -> dict[str, str]:
    """The prefixes that triples need."""
    text = " ".join(term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode))
    return {prefix: base for prefix, base in PREFIXES.items() if base in text}


def _xml(result: Answer) -> str:
    """SPARQL Query Results XML."""
    from xml.sax.saxutils import escape, quoteattr

    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">']
    if result.truth is not None:
        lines += ["<head/>", f"<boolean>{str(result.truth).lower()}</boolean>"]
    else:
        lines.append(f"<head>{''.join(f'<variable name={quoteattr(name)}/>' for name in result.variables)}</head>")
        lines.append("<results>")
        for row in result.rows:
            cells = []
            for name, term in zip(result.variables, row, strict=True):
                if term is None:
                    continue
                said = _json(term)
                kind, value = said["type"], escape(said["value"])
                extra = "".join(f" {key}={quoteattr(said[key])}" for key in ("xml:lang", "datatype") if key in said)
                tag = "uri" if kind == "uri" else kind
                cells.append(f"<binding name={quoteattr(name)}><{tag}{extra}>{value}</{tag}></binding>")
            lines.append(f"<result>{''.join(cells)}</result>")
        lines.append("</results>")
    return "\n".join([*lines, "</sparql>"]) + "\n"


def parquet(result: Answer, target: str) -> None:
    """The rows of an answer as a Parquet file of text columns.

    Raises QueryError without pyarrow, or when the answer has no rows; ReleaseError when the file cannot be written.
    """
    if result.rows is None or result.triples is not None or result.truth is not None:
        raise QueryError("parquet holds rows only. Ask with SELECT.")
    if target == "-":
        raise QueryError("parquet is no text. Name a file with -o.")
    try:
        import pyarrow
        from pyarrow import parquet as writer
    except ImportError as error:
        raise QueryError('parquet needs pyarrow. Install it with pip install "regiograaf[parquet]".') from error
    columns = {
        name: [None if row[place] is None else row[place].value for row in result.rows]
        for place, name in enumerate(result.variables)
    }
    path = Path(target)
    beside = path.with_name(f".{path.name}.new")
    try:
        schema = pyarrow.schema([(name, pyarrow.string()) for name in columns])
        writer.write_table(pyarrow.table(columns, schema=schema), beside)
        os.replace(beside, path)
    except OSError as error:
        raise ReleaseError(f"{path}: {error.strerror}. Choose another place for -o.") from error


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
