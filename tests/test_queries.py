from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from regiograaf.errors import QueryError
from regiograaf.queries import Query, read_all, run, safe
from tests.conftest import REPO

HEADER = "#+ summary: s\n#+ summary-en: s\n#+ question: q\n#+ question-en: q\n#+ tags:\n#+   - t\n"


def test_all_stored_questions_are_whole() -> None:
    found, problems = read_all(REPO / "queries")
    assert problems == []
    assert len(found) >= 10


@pytest.mark.parametrize("path", sorted((REPO / "queries").glob("*.rq")), ids=lambda p: p.stem)
def test_stored_question_keeps_the_house_rules(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "SELECT *" not in text
    assert "ORDER BY" in text
    assert "GRAPH" in text
    itself = path.stem in ("brieven", "hoe-is-gecodeerd")  # these are about the letters and the encoding themselves
    evidence = "?anchor" in text or "?source" in text
    assert "COUNT(" in text or evidence or itself, "a question returns its evidence or source unless it counts"


def test_broken_header_is_reported_with_line_and_the_others_still_work(tmp_path: Path) -> None:
    (tmp_path / "goed.rq").write_text(HEADER + "ASK { ?s ?p ?o }")
    (tmp_path / "kop.rq").write_text("#+ summary: s\n#+ zonder dubbele punt\nASK {}")
    (tmp_path / "leeg.rq").write_text("ASK {}")
    found, problems = read_all(tmp_path)
    assert list(found) == ["goed"]
    assert [p.split(": ")[0].rsplit("/", 1)[-1] for p in problems] == ["kop.rq:2", "leeg.rq:1"]


def test_parameters_are_filled_in_as_terms() -> None:
    query = Query("x", "SELECT ?s WHERE { ?s ?p ?_naam_string }")
    store = ox.Store()
    for text in ('een "aanhaling"\n} #', "gewoon"):
        store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal(text)))
    assert len(query.run(store, {"naam": str(ox.Literal('een "aanhaling"\n} #'))}).rows) == 1


def test_unknown_and_missing_parameters_name_those_it_takes() -> None:
    query = Query("vraag", "SELECT ?s WHERE { ?s ?p ?_programma_iri }")
    with pytest.raises(QueryError, match=r'no parameter "program"; it takes: programma'):
        query.bind({"program": "x"})
    with pytest.raises(QueryError, match="needs programma"):
        query.bind({})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { S\\u0045RVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <file:///etc/passwd>",
        "DROP ALL",
        "INSERT DATA { <x:s> <x:p> <x:o> }",
        "SELECT * WHERE { " + "{" * 5000 + "}" * 5000 + " }",
        "SELECT * WHERE { FILTER(" + "!" * 5000 + "true) }",
        "ASK { ?s ?p '" + "x" * 200_000 + "' }",
    ],
    ids=lambda text: text[:30],
)
def test_what_could_harm_is_refused_with_one_line(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        run(ox.Store(), text)
    assert "\n" not in str(caught.value)


def test_service_never_reaches_a_server() -> None:
    calls = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.3)

    def wait() -> None:
        with suppress(TimeoutError):
            calls.append(server.accept())

    thread = threading.Thread(target=wait)
    thread.start()
    with pytest.raises(QueryError):
        run(ox.Store(), f"ASK {{ SERVICE <http://127.0.0.1:{server.getsockname()[1]}/> {{ ?s ?p ?o }} }}")
    thread.join()
    assert calls == []


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?s WHERE { ?s ?p "SERVICE FROM DROP" }',
        "SELECT ?from ?service WHERE { ?from ?service ?o } # LOAD",
        "PREFIX from: <x:> SELECT ?s WHERE { ?s from:drop ?o }",
        "SELECT ?s WHERE { ?s <x:SERVICE> ?o }",
    ],
)
def test_innocent_words_are_not_refused(text: str) -> None:
    safe(text)
    run(ox.Store(), text)


def test_mistake_in_sparql_is_one_clear_error() -> None:
    with pytest.raises(QueryError, match="not SPARQL"):
        run(ox.Store(), "SELECT ?s WHERE { ?s ?p }")


def test_union_of_graphs_counts_a_triple_once() -> None:
    from regiograaf.dataset import to_store

    store = to_store(b"<x:s> <x:p> <x:o> <x:a> .\n<x:s> <x:p> <x:o> <x:b> .\n")
    assert run(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0].value == "1"
