"""Answers as people read them: Dutch order, labels, forms, and a word on what is not in the graph."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from regiograaf.answers import arrange, unknown_names, unknown_prefixes
from regiograaf.cli import main
from regiograaf.queries import Answer, names_in, order_of
from tests.conftest import TINY


def ask(*words: str, text: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["-C", str(TINY), "query", *words], input=text, env={"COLUMNS": "120"})
    return result.exit_code, result.stdout, result.stderr


def literals(*values: str) -> Answer:
    return Answer(("name",), tuple((ox.Literal(value),) for value in values))


def names(answer: Answer) -> list[str]:
    return [row[0].value for row in answer.rows]


def test_dutch_order_looks_past_case_accents_and_apostrophes() -> None:
    found = arrange(
        literals("Zeist", "'s-Gravenhage", "École", "aalten", "IJsselstein", "Smit"), "… ORDER BY ?name", {}
    )
    assert names(found) == ["aalten", "École", "IJsselstein", "'s-Gravenhage", "Smit", "Zeist"]


def test_numbers_are_ordered_as_numbers_and_descending_is_kept() -> None:
    numbers = Answer(("n",), tuple((ox.Literal(value),) for value in (10, 9, 100)))
    assert names(arrange(numbers, "SELECT ?n { } ORDER BY ?n", {})) == ["9", "10", "100"]
    assert names(arrange(numbers, "SELECT ?n { } ORDER BY DESC(?n) LIMIT 3", {})) == ["100", "10", "9"]


def test_an_iri_stands_where_its_label_does() -> None:
    one, other = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/z")
    answer = Answer(("s",), ((one,), (other,)))
    labels = {one.value: "Zwolle", other.value: "Assen"}
    assert arrange(answer, "SELECT ?s { } ORDER BY ?s", labels).rows == ((other,), (one,))
    assert arrange(answer, "SELECT ?s { }", labels).rows == answer.rows


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("SELECT ?a { ?a ?b ?c } ORDER BY ?a DESC(?b) ASC(?c) LIMIT 5", [("a", False), ("b", True), ("c", False)]),
        ("SELECT ?a { { SELECT ?a { } ORDER BY ?a } }", None),
        ("SELECT ?a { } ORDER BY STRLEN(?a)", None),
        ('SELECT ?a { FILTER(?a = "ORDER BY ?x") }', None),
    ],
)
def test_the_order_of_a_query_is_read_outside_braces_and_strings(text: str, order: object) -> None:
    assert order_of(text) == order


def test_names_are_those_that_are_used_not_those_that_are_declared() -> None:
    text = 'PREFIX x: <https://x.org/> # y:z\nSELECT ?s { ?s x:a <https://y.org/b> ; rg:c "q:r" }'
    assert names_in(text) == ["x:a", "<https://y.org/b>", "rg:c"]


def test_a_mistyped_term_gets_the_nearest_one() -> None:
    code, out, err = ask("SELECT ?s WHERE { GRAPH ?g { ?s rg:werktSamenMt ?o } }")
    assert code == 0
    assert "rg:werktSamenMt is not in the graph. Did you mean rg:werktSamenMet?" in err
    assert "0 rows" in err
    assert "Did you mean" not in out


def test_an_unknown_prefix_gets_the_nearest_one() -> None:
    code, _, err = ask("SELECT ?s WHERE { ?s rgg:werktSamenMet ?o }")
    assert code == 2
    assert '"rgg:" is not known. Did you mean rg:?' in err
    assert list(unknown_prefixes("SELECT * { ?s a:b ?o }", ["a"])) == []


def test_terms_that_are_there_get_no_remark(store: ox.Store) -> None:
    assert (
        list(unknown_names(store, "SELECT ?s { GRAPH graaf:asserted { ?s rg:lidVan gm:gm0505 ; a owl:Class } }")) == []
    )


SELECT = 'SELECT ?name ?number WHERE { VALUES (?name ?number) { ("a|b\\t\\"c\\"" 1) (UNDEF 2) } } ORDER BY ?number'


def test_rows_in_every_form(tmp_path: Path) -> None:
    name = 'a|b\t"c"'
    out = {form: ask(SELECT, "-f", form)[1] for form in ("csv", "tsv", "json", "xml", "markdown", "table")}
    assert list(csv.reader(io.StringIO(out["csv"]))) == [["name", "number"], [name, "1"], ["", "2"]]
    assert out["tsv"].split("\n")[0] == "?name\t?number"
    assert out["tsv"].split("\n")[1].startswith('"a|b\\t\\"c\\""\t"1"^^')
    bindings = json.loads(out["json"])["results"]["bindings"]
    assert bindings[0]["name"] == {"type": "literal", "value": name}
    assert "name" not in bindings[1]
    tree = ElementTree.fromstring(out["xml"])
    assert [node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [name, "1", "2"]
    assert out["markdown"].split("\n")[2] == '| a\\|b "c" | 1 |'
    parsed = ox.parse_query_results(out["xml"].encode(), format=ox.QueryResultsFormat.XML)
    assert [row["number"].value for row in parsed] == ["1", "2"]
    target = tmp_path / "rows.parquet"
    assert ask(SELECT, "-f", "parquet", "-o", str(target))[0] == 0
    from pyarrow.parquet import read_table

    assert read_table(target).to_pydict() == {"name": [name, None], "number": ["1", "2"]}


@pytest.mark.parametrize("form", ["turtle", "trig", "nt", "nq", "jsonld", "xml"])
def test_triples_in_every_form(form: str) -> None:
    code, out, _ = ask("CONSTRUCT { ?s a rg:Brief } WHERE { GRAPH ?g { ?s a rg:Brief } }", "-f", form)
    kinds = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "nt": ox.RdfFormat.N_TRIPLES,
        "nq": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
        "xml": ox.RdfFormat.RDF_XML,
    }
    assert code == 0
    assert len(list(ox.parse(out.encode(), format=kinds[form]))) == 2


def test_a_form_that_cannot_hold_an_answer_says_which_can() -> None:
    assert "not rows" in ask("CONSTRUCT { ?s a rg:Brief } WHERE { ?s a rg:Brief }", "-f", "csv")[2]
    assert "Use one of: table, csv" in ask(SELECT, "-f", "turtle")[2]
    assert ask("ASK { ?s a rg:Brief }")[1] == "true\n"
    assert "<boolean>true</boolean>" in ask("ASK { ?s a rg:Brief }", "-f", "xml")[1]


def test_a_query_without_end_is_stopped_and_one_with_too_many_rows_refused() -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    code, _, err = ask(endless, "--timeout", "0.5")
    assert code == 2
    assert "stopped after 0.5 seconds" in err
    code, _, err = ask("SELECT ?a { ?a ?b ?c }", "--max-rows", "5")
    assert code == 2
    assert "5 rows" in err


def test_stdin_and_a_file_are_asked_too(tmp_path: Path) -> None:
    code, out, _ = ask("-", "-f", "csv", text="SELECT (COUNT(?b) AS ?n) WHERE { GRAPH ?g { ?b a rg:Brief } }")
    assert (code, out) == (0, "n\n2\n")
    assert "Check the path" in ask("none.rq")[2]


def test_control_characters_in_the_data_do_not_steer_a_terminal(tiny: Path) -> None:
    path = tiny / "data" / "entiteiten.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Noordland"@nl', '"Noord\\u001b[31mland"@nl'), encoding="utf-8")
    for words in (
        ("show", "gebied:noordland"),
        ("why", "gebied:noordveen", "rg:ligtIn", "gebied:gewest"),
        ("query", "SELECT ?n WHERE { GRAPH ?g { gebied:noordland rdfs:label ?n } }"),
    ):
        result = CliRunner().invoke(main, ["-C", str(tiny), *words], env={"COLUMNS": "120"})
        assert "\x1b" not in result.output
        assert "Noord\\x1b[31mland" in result.stdout
