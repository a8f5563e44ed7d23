"""Questions asked in Python."""

from __future__ import annotations

import re
import sys

import pytest
from rdflib import Dataset, Literal, URIRef

from regiograaf import Query, load
from regiograaf.errors import QueryError, UnknownTermError
from regiograaf.namespaces import ID
from tests.conftest import TINY

CLAIMS = """SELECT ?subject ?relation ?anchor ?begin WHERE {
  GRAPH ?g { ?claim rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?_thing_iri ; rg:bewijs ?e .
    ?e rg:anker ?anchor ; rg:begin ?begin } } ORDER BY ?subject ?anchor ?begin"""
DISTRICT = URIRef(f"{ID}gebied/gewest")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(TINY)


def test_rows_are_named_tuples_of_terms(dataset: Dataset) -> None:
    rows = Query(CLAIMS).run(dataset, thing="het Gewest")
    assert rows.variables == ("subject", "relation", "anchor", "begin")
    (row,) = rows
    assert row.subject == URIRef(f"{ID}gebied/noordland")
    assert row.anchor == Literal("dat ligt in het Gewest", lang="nl")
    assert row.begin.toPython() == 94
    assert (rows[0], rows[:1], len(rows)) == (row, [row], 1)
    assert repr(rows) == "<1 rows of subject, relation, anchor, begin>"


@pytest.mark.parametrize("value", ["het Gewest", "gebied:gewest", str(DISTRICT), DISTRICT])
def test_a_parameter_is_a_label_a_curie_an_iri_or_a_term(dataset: Dataset, value: str) -> None:
    assert len(Query(CLAIMS).run(dataset, thing=value)) == 1


def test_parameters_that_fit_none_are_refused(dataset: Dataset) -> None:
    with pytest.raises(UnknownTermError, match="nothing is called"):
        Query(CLAIMS).run(dataset, thing="nergens")
    with pytest.raises(QueryError, match='has no parameter "ding"; it takes: thing'):
        Query(CLAIMS).run(dataset, ding="het Gewest")
    with pytest.raises(QueryError, match="triples, not rows"):
        Query("CONSTRUCT { ?s a rg:Brief } WHERE { ?s a rg:Brief }").run(dataset)
    assert Query("ASK { ?s a rg:Brief }").run(dataset)[0].truth.toPython() is True


def test_a_stored_question_knows_its_header_and_its_nearest_name(dataset: Dataset) -> None:
    query = Query.stored("beweringen-per-brief")
    assert query.header["question"]
    assert query.parameters == ()
    assert {row.letter for row in query.run(dataset)} == {URIRef(f"{ID}brief/{key}") for key in ("een", "twee")}
    with pytest.raises(QueryError, match=re.escape('no query "brievn". Nearest: brieven.')):
        Query.stored("brievn")


def test_rows_become_data_frames(dataset: Dataset) -> None:
    rows = Query(CLAIMS).run(dataset, thing="het Gewest")
    expected = (f"{ID}gebied/noordland", "https://w3id.org/regiograaf/def#ligtIn", "dat ligt in het Gewest", 94)
    assert list(rows.to_pandas().itertuples(index=False, name=None)) == [expected]
    assert rows.to_polars().rows() == [expected]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_without_the_library_the_extra_is_named(
    dataset: Dataset, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(QueryError, match=re.escape(f'pip install "regiograaf[{library}]"')):
        getattr(Query(CLAIMS).run(dataset, thing="het Gewest"), f"to_{library}")()


def test_a_notebook_shows_labels_and_passages_escaped(dataset: Dataset) -> None:
    html = Query(CLAIMS).run(dataset, thing="het Gewest")._repr_html_()
    assert f'<a href="{ID}gebied/noordland">Noordland</a>' in html
    assert "<td>«dat ligt in het Gewest»</td>" in html
    text = 'SELECT ?x WHERE { VALUES ?x { "<script>alert(1)</script>" } }'
    assert "<script>" not in Query(text).run(dataset)._repr_html_()
    many = Query("SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 60").run(dataset)
    assert many._repr_html_().count("<tr>") == 51
    assert "and 10 more rows" in many._repr_html_()
