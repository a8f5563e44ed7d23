"""A question has one answer, wherever the graph is: in memory, on disk, in a child process, through rdflib."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from regiograaf import names, workers
from regiograaf.dataset import compile_project, nquads, read_project, to_dataset, to_store
from regiograaf.queries import Answer, run
from regiograaf.stores import place_of
from tests.conftest import REPO
from tests.test_expected import EXPECTED, QUESTIONS, read


@pytest.fixture(scope="module")
def memory() -> ox.Store:
    return to_store(nquads(compile_project(read_project(REPO)).graphs))


def bound(name: str, store: ox.Store) -> str:
    query, params = QUESTIONS[name], read(EXPECTED / f"{name}.csv").params
    kinds = dict(query.parameters)
    return query.bind(
        {
            key: str(ox.NamedNode(names.resolve(store, value)) if kinds[key] == "iri" else ox.Literal(value))
            for key, value in params.items()
        }
    )


def plain(answer: Any) -> list[tuple[str, ...]]:
    return [tuple("" if term is None else str(term) for term in row) for row in answer.rows]


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_memory_disk_and_child_agree(name: str, store: ox.Store, memory: ox.Store) -> None:
    text = bound(name, store)
    on_disk = plain(run(store, text))
    assert plain(run(memory, text)) == on_disk
    in_child = workers.answer(place_of(REPO), text)
    assert isinstance(in_child, Answer)
    assert plain(in_child) == on_disk


def test_rdflib_sees_the_same_graph(memory: ox.Store) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    (row,) = to_dataset(memory).query(text)
    assert int(row[0]) == int(run(memory, text).rows[0][0].value)
