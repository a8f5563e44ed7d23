"""Questions asked in Python: rows of RDF terms, as data frames, and as a table in a notebook."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox
from rdflib.term import Identifier, Literal, Node, URIRef

from regiograaf import names, queries
from regiograaf.answers import arrange, labels_of
from regiograaf.dataset import store_of
from regiograaf.errors import QueryError
from regiograaf.places import find_root
from regiograaf.prefixes import shrink
from regiograaf.sources import from_ox, to_ox

if TYPE_CHECKING:
    import pandas
    import polars
    from rdflib import Dataset

__all__ = ["Query", "Rows"]

_SHOWN = 50


class Rows(Sequence[Any]):
    """The rows of an answer: named tuples of rdflib terms, None where a variable is unbound.

    In a notebook they show as a table with labels, passages in quotation marks.
    """

    def __init__(
        self, variables: Sequence[str], rows: Sequence[Sequence[Node | None]], labels: Mapping[str, str]
    ) -> None:
        self.variables = tuple(variables)
        self.labels = labels
        row = namedtuple("Row", variables, rename=True)  # type: ignore[misc]
        self._rows: list[Any] = [row(*cells) for cells in rows]

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._rows[index]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame: IRIs as text, literals as the Python values they stand for."""
        try:
            import pandas
        except ImportError as error:
            raise QueryError('to_pandas needs pandas. Install it with pip install "regiograaf[pandas]".') from error
        return pandas.DataFrame(self._values(), columns=list(self.variables))

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame: IRIs as text, literals as the Python values they stand for."""
        try:
            import polars
        except ImportError as error:
            raise QueryError('to_polars needs polars. Install it with pip install "regiograaf[polars]".') from error
        return polars.DataFrame(self._values(), schema=list(self.variables), orient="row", strict=False)

    def _values(self) -> list[tuple[Any, ...]]:
        return [tuple(_value(term) for term in row) for row in self._rows]

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.variables)
        body = ""
        for row in self._rows[:_SHOWN]:
            cells = []
            for name, term in zip(self.variables, row, strict=True):
                if isinstance(term, URIRef):
                    label = self.labels.get(str(term)) or shrink(str(term))
                    cells.append(f'<td><a href="{escape(str(term))}">{escape(label)}</a></td>')
                else:
                    text = "" if term is None else escape(str(term))
                    quoted = f"«{text}»" if text and name in ("anchor", "quote") else text
                    cells.append(f"<td>{quoted}</td>")
            body += f"<tr>{''.join(cells)}</tr>"
        more = len(self) - _SHOWN
        note = f"<p>and {more} more rows</p>" if more > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.variables)}>"


def _value(term: Node | None) -> Any:
    if isinstance(term, Literal):
        value = term.toPython()
        return str(term) if isinstance(value, Identifier) else value
    return None if term is None else str(term)


class Query:
    """One question in SPARQL, with parameters written `?_name_iri` or `?_name_string`.

    >>> query = Query("SELECT ?s WHERE { GRAPH ?g { ?s a rg:Brief } } ORDER BY ?s")
    """

    def __init__(self, text: str, name: str = "query") -> None:
        self._query = queries.Query(name, text)

    @classmethod
    def read(cls, path: str | Path) -> Query:
        """The question of a `.rq` file.

        Raises QueryError, with file and line, when its header is broken.
        """
        found = queries.Query.read(Path(path))
        query = cls(found.text, found.name)
        query._query = found
        return query

    @classmethod
    def stored(cls, name: str, root: str | Path = ".") -> Query:
        """The stored question of that name.

        Raises QueryError, with the nearest name.
        """
        folder = find_root(Path(root), "queries")
        if not (folder / f"{name}.rq").is_file():
            raise QueryError(queries.nearest(name, [path.stem for path in sorted(folder.glob("*.rq"))]))
        return cls.read(folder / f"{name}.rq")

    @property
    def text(self) -> str:
        return self._query.text

    @property
    def header(self) -> Mapping[str, str | tuple[str, ...]]:
        """What the file says of the question: summary, question, tags."""
        return self._query.header

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self._query.parameters)

    def run(self, dataset: Dataset, **values: str | Node) -> Rows:
        """Ask a dataset; values are labels, aliases, CURIEs, IRIs or RDF terms, by the names of the parameters.

        Returns the rows in Dutch alphabetical order where the query orders by variables. An ASK gives one row.

        Raises QueryError for an unknown parameter or a CONSTRUCT, UnknownTermError for a name that fits none or two.
        """
        store = store_of(dataset)
        kinds = dict(self._query.parameters)
        terms = {
            name: str(_term(store, value, kinds.get(name, "")))
            for name, value in ((name.replace("_", "-"), value) for name, value in values.items())
        }
        text = self._query.bind(terms)
        answer = queries.run(store, text, self._query.name)
        if answer.triples is not None:
            raise QueryError("a CONSTRUCT or DESCRIBE gives triples, not rows. Use dataset.query.")
        if answer.truth is not None:
            return Rows(("truth",), [(Literal(answer.truth),)], {})
        labels = labels_of(store, answer)
        rows = arrange(answer, text, labels).rows
        return Rows(
            answer.variables, [[None if term is None else from_ox(term) for term in row] for row in rows], labels
        )


def _term(store: ox.Store, value: str | Node, kind: str) -> Any:
    if isinstance(value, Identifier):
        return to_ox(value)
    return ox.NamedNode(names.resolve(store, str(value))) if kind == "iri" else ox.Literal(str(value))
