"""The stored questions on the real letters, against rows that were written from the letters.

`tests/expected/NAME.csv` holds comment lines (`# params: name=value; name=value`, `# rows: all` or `some`, and what was
first expected otherwise), then columns of the answer and the passage each row rests on. A row that begins with `!` may
not be in the answer. Terms are written `soort/sleutel` below our own base, else as CURIE.
"""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from regiograaf import names
from regiograaf.cli import main
from regiograaf.namespaces import ID, shrink
from regiograaf.queries import Answer, Query, read_all
from tests.conftest import REPO

EXPECTED = REPO / "tests" / "expected"
QUESTIONS, _ = read_all(REPO / "queries")
GROUPS = (
    "actoren",
    "programmas",
    "modaliteit",
    "themas",
    "geld-en-tijd",
    "bruggen",
    "bewijs",
    "groepen",
    "data",
    "koppelen",
)
LETTERS = ("samenwerking-drechtsteden", "drechtsteden", "haagse-regio", "leidse-regio", "koersnotitie-wonen")

Row = tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    params: dict[str, str]
    everything: bool
    columns: Row
    rows: frozenset[Row]
    traps: frozenset[Row]
    cited: tuple[str, ...]


def read(path: Path) -> Expected:
    lines = path.read_text(encoding="utf-8").splitlines()
    said = {match[1]: match[2] for line in lines if (match := re.match(r"# (params|rows): (.*)", line))}
    head, *rows = csv.reader(line for line in lines if not line.startswith("#"))
    assert head[-1] == "rests_on", f"{path.name}: the last column is rests_on"
    assert all(len(row) == len(head) for row in rows), f"{path.name}: a row has more or fewer cells than the head"
    traps = frozenset((row[0][1:], *row[1:-1]) for row in rows if row[0].startswith("!"))
    return Expected(
        dict(pair.split("=", 1) for pair in said.get("params", "").split("; ") if pair),
        {"all": True, "some": False}[said["rows"]],
        tuple(head[:-1]),
        frozenset(tuple(row[:-1]) for row in rows if not row[0].startswith("!")),
        traps,
        tuple(row[-1] for row in rows),
    )


def short(term: Any) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return term.value.removeprefix(ID) if term.value.startswith(ID) else shrink(term.value)
    return str(term.value)


def ask(store: ox.Store, query: Query, params: dict[str, str]) -> Answer:
    kinds = dict(query.parameters)
    terms = {
        name: str(ox.NamedNode(names.resolve(store, value)) if kinds.get(name) == "iri" else ox.Literal(value))
        for name, value in params.items()
    }
    return query.run(store, terms)


def differences(answer: Answer, expected: Expected) -> list[str]:
    """What the answer lacks, has too much, and has although it may not."""
    places = [answer.variables.index(column) for column in expected.columns]
    rows = {tuple(short(row[place]) for place in places) for row in answer.rows}
    found = [f"missing: {row}" for row in sorted(expected.rows - rows)]
    if expected.everything:
        found += [f"not expected: {row}" for row in sorted(rows - expected.rows)]
    return found + [f"may not be there: {row}" for row in sorted(rows & expected.traps)]


def of_example(query: Query) -> dict[str, str]:
    """The parameters of the call in a question's header."""
    words = shlex.split(str(query.header["example"]))
    assert words[:3] == ["regiograaf", "query", query.name]
    assert words[3::2] == ["-p"] * len(words[4::2])
    return dict(word.split("=", 1) for word in words[4::2])


def test_there_are_questions_of_every_group() -> None:
    groups = [query.header["tags"][0] for query in QUESTIONS.values()]
    assert len(groups) >= 42
    assert {group: groups.count(group) for group in GROUPS if groups.count(group) < 3} == {}
    assert set(groups) == set(GROUPS)


def test_every_question_has_expected_rows_and_every_file_a_question() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == sorted(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_gives_what_the_letters_say(name: str, store: ox.Store) -> None:
    expected = read(EXPECTED / f"{name}.csv")
    assert expected.rows | expected.traps
    assert all(expected.cited), "every row says what it rests on"
    answer = ask(store, QUESTIONS[name], expected.params)
    assert differences(answer, expected) == []
    assert expected.everything or len(answer.rows) > 9, "of a short answer all rows are expected"


def test_a_wrong_expectation_is_noticed(store: ox.Store) -> None:
    right = read(EXPECTED / "wat-is-beeindigd.csv")
    answer = ask(store, QUESTIONS["wat-is-beeindigd"], {})
    row = min(right.rows)
    other = ("orgaan/bouwtafel", *row[1:])
    assert differences(answer, right) == []
    for wrong, says in (
        ({"rows": right.rows | {other}}, f"missing: {other}"),
        ({"rows": right.rows - {row}}, f"not expected: {row}"),
        ({"traps": frozenset({row})}, f"may not be there: {row}"),
    ):
        assert differences(answer, Expected(**{**vars(right), **wrong})) == [says]


def test_a_file_that_is_not_whole_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    for text in ("# rows: all\na,b\n1,2\n", "# rows: all\na,rests_on\n1,2,3\n"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(AssertionError):
            read(file)


@pytest.mark.parametrize("name", QUESTIONS)
def test_header_is_whole_and_plain_yaml(name: str) -> None:
    header = QUESTIONS[name].header
    assert set(header) == {"summary", "summary-en", "question", "question-en", "tags", "example"}
    assert header["tags"][0] in GROUPS
    for key, value in header.items():
        for text in value if key == "tags" else [value]:
            assert isinstance(text, str)
            assert text
            assert ": " not in text, "a colon and a space make a mapping of it in YAML"
            assert " #" not in text, "a hash begins a comment in YAML"
            assert text[0] not in "[]{}>|*&!%@`\"'#,?-:", "needs quotes in YAML"
    assert str(header["question"]).endswith("?")
    assert str(header["question-en"]).endswith("?")


def patterns(node: Any, inside: bool = False) -> Iterator[tuple[bool, Any]]:
    """Each block of triple patterns of a parsed query, and whether it stands inside GRAPH.

    What is inside EXISTS rdflib keeps as it was parsed, under other names.
    """
    if isinstance(node, CompValue):
        if node.name in ("BGP", "TriplesBlock") and node.triples:
            yield inside, node.triples
        for value in node.values():
            yield from patterns(value, inside or node.name in ("Graph", "GraphGraphPattern"))
    elif isinstance(node, list | tuple):
        for value in node:
            yield from patterns(value, inside)


def ordered_by(node: Any) -> Iterator[str]:
    if isinstance(node, CompValue):
        if node.name == "OrderBy":
            yield from (str(condition.expr) for condition in node.expr)
        for value in node.values():
            yield from ordered_by(value)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_pattern_is_inside_a_named_graph(name: str) -> None:
    # rdflib knows none of our prefixes, so this also shows that the question declares them all
    algebra = prepareQuery(QUESTIONS[name].text).algebra
    found = list(patterns(algebra))
    assert found
    assert [block for inside, block in found if not inside] == []


def test_a_pattern_outside_a_named_graph_is_noticed() -> None:
    for rest in ("?s a ?k", "FILTER NOT EXISTS { ?s a ?k }", "OPTIONAL { ?s a ?k }"):
        algebra = prepareQuery(f"SELECT ?s WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {rest} }} ORDER BY ?s").algebra
        assert sorted(inside for inside, _ in patterns(algebra)) == [False, True]


@pytest.mark.parametrize("name", QUESTIONS)
def test_order_and_example_of_a_question(name: str, store: ox.Store) -> None:
    query = QUESTIONS[name]
    assert "SELECT *" not in query.text
    answer = ask(store, query, of_example(query))
    assert answer.rows, "the example has an answer"
    by = [variable for variable in ordered_by(prepareQuery(query.text).algebra) if variable in answer.variables]
    keys = [tuple(short(row[answer.variables.index(variable)]) for variable in by) for row in answer.rows]
    assert len(set(keys)) == len(keys), "no two rows are in the same place"


def test_an_example_runs_as_it_is_written() -> None:
    words = shlex.split(str(QUESTIONS["wie-is-betrokken-bij"].header["example"]))
    result = CliRunner().invoke(main, ["-C", str(REPO), *words[1:], "-f", "csv"])
    assert result.exit_code == 0, result.output
    assert "groep/andere-overheden" in result.stdout


@pytest.mark.parametrize("path", sorted(EXPECTED.glob("*.csv")), ids=lambda path: path.stem)
def test_every_quoted_anchor_is_in_its_letter(path: Path, real_letters: Path) -> None:
    def plain(text: str) -> str:
        return re.sub(r"[\s*]+", " ", text.translate(str.maketrans("“”", '""')))

    texts = {key: plain((real_letters / f"{key}.txt").read_text(encoding="utf-8")) for key in LETTERS}
    for cited in read(path).cited:
        for match in re.finditer("«([^»]*)»", cited):
            named = re.findall(rf"(?<![\w/-])({'|'.join(LETTERS)})(?= §|:| )", cited[: match.start()])
            assert len(match[1].split()) <= 10, match[1]
            assert any(plain(match[1]) in texts[key] for key in named[-1:] or LETTERS), f"{match[1]} is not in {named}"
