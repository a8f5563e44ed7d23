"""From what a user types after `query` to an answer, with the names for what is in it.

Queries run in a child with limits (`workers`); a remote store keeps its own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from regiograaf import names
from regiograaf.answers import arrange, labels_of, unknown_names, unknown_prefixes
from regiograaf.errors import QueryError, SourceError
from regiograaf.places import find_root
from regiograaf.queries import Answer, Query, nearest, run
from regiograaf.stores import place_of

__all__ = ["Asked", "ask", "question_of"]

SECONDS = 60.0
ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer in Dutch order, the labels of what is in it, and what is odd about the query."""

    answer: Answer
    labels: Mapping[str, str]
    remarks: tuple[str, ...] = ()


def ask(
    root: Path,
    question: str,
    params: Iterable[str] = (),
    letters: Path | None = None,
    *,
    store: Any = None,
    seconds: float = SECONDS,
    rows: int = ROWS,
) -> Asked:
    """Answer a stored question (by name), a `.rq` file, SPARQL text, or what stdin holds ("-").

    Parameter values are labels, aliases, CURIEs or IRIs. `store` is a remote store, else the graph of `root` is asked.
    Raises QueryError (also after too much time, or too many rows), UnknownTermError or SourceError.
    """
    values = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise QueryError(f'parameter "{param}" has no value. Write -p {name}=VALUE.')
        values[name] = value
    query = question_of(root, question)
    place = None if store is not None else place_of(root, letters)
    asked = store if place is None else ox.Store.read_only(str(place))
    kinds = dict(query.parameters)
    terms = {
        name: str(ox.NamedNode(names.resolve(asked, value)) if kinds.get(name) == "iri" else ox.Literal(value))
        for name, value in values.items()
    }
    text = query.bind(terms)
    try:
        answer = _answer(asked, place, text, query.name, seconds, rows)
    except QueryError as error:
        raise QueryError(f"{error}{_of_prefixes(text) if 'prefix' in str(error) else ''}") from error
    labels = labels_of(asked, answer)
    remarks = tuple(
        f"{name} is not in the graph.{f' Did you mean {near}?' if near else ''}"
        for name, near in unknown_names(asked, text)
    )
    return Asked(arrange(answer, text, labels), labels, remarks)


def _answer(store: Any, place: Path | None, text: str, name: str, seconds: float, rows: int) -> Answer:
    if place is None:
        return run(store, text, name)
    from regiograaf import workers

    found = workers.answer(place, text, seconds=seconds, rows=rows)
    assert isinstance(found, Answer)
    return found


def _of_prefixes(text: str) -> str:
    declared = re.findall(r"PREFIX\s+([\w.-]*):", text, re.IGNORECASE)
    said = [
        f' "{prefix}:" is not known.{f" Did you mean {near}:?" if near else ""}'
        for prefix, near in unknown_prefixes(text, declared)
    ]
    return "".join(said)


def question_of(root: Path, question: str) -> Query:
    """The stored question of a name, the query of a `.rq` file, SPARQL text, or what stdin holds ("-").

    Raises QueryError, with the nearest name, or SourceError.
    """
    if question == "-":
        return Query("stdin", sys.stdin.read())
    if any(mark in question for mark in "{}?\n"):
        return Query("query", question)
    if question.endswith(".rq"):
        path = Path(question)
        if not path.is_file():
            raise SourceError(f"{path}: no such file. Check the path.")
        return Query.read(path)
    folder = find_root(root if root.is_dir() else root.parent, "queries")
    path = folder / f"{question}.rq"
    if not path.is_file():
        raise QueryError(nearest(question, [found.stem for found in sorted(folder.glob("*.rq"))]))
    return Query.read(path)
