"""From what a user types after `query` to an answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from regiograaf import names
from regiograaf.build import open_store
from regiograaf.dataset import find_root
from regiograaf.errors import QueryError, SourceError
from regiograaf.queries import Answer, Query, nearest, read_all, run

__all__ = ["ask"]


def ask(root: Path, question: str, params: Iterable[str] = (), letters: Path | None = None) -> tuple[ox.Store, Answer]:
    """Answer a stored question (by name), a `.rq` file, SPARQL text, or what stdin holds ("-").

    Parameter values are labels, aliases, CURIEs or IRIs. Raises QueryError, UnknownTermError or SourceError.
    """
    values = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise QueryError(f'parameter "{param}" has no value. Write -p {name}=VALUE.')
        values[name] = value
    query = _find(root, question)
    store = open_store(root, letters)
    kinds = dict(query.parameters)
    terms = {
        name: str(ox.NamedNode(names.resolve(store, value)) if kinds.get(name) == "iri" else ox.Literal(value))
        for name, value in values.items()
    }
    return store, run(store, query.bind(terms), query.name)


def _find(root: Path, question: str) -> Query:
    if question == "-":
        return Query("stdin", sys.stdin.read())
    if any(mark in question for mark in "{}?\n"):
        return Query("query", question)
    if question.endswith(".rq"):
        path = Path(question)
        if not path.is_file():
            raise SourceError(f"{path}: no such file. Check the path.")
        return Query.read(path)
    found, _ = read_all(find_root(root if root.is_dir() else root.parent, "queries"))
    if question not in found:
        raise QueryError(nearest(question, found))
    return found[question]
