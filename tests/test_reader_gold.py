"""The marked texts that the reader is measured on are whole: every key, relation and modality means something.

How well the reader does on them is no test; that is `benchmarks/reader/`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest

from regiograaf.prefixes import PREFIXES, expand
from regiograaf.reader.ruleset import Modality
from tests.conftest import REPO

HOME = REPO / "benchmarks" / "reader"
sys.path.append(str(HOME))

from gold import parse  # noqa: E402
from texts import GROUPS, keys_of, load  # noqa: E402

MARKED = sorted((HOME / "letters").glob("*.txt"))
TYPE = PREFIXES["rdf"] + "type"


@pytest.fixture(scope="module")
def declared() -> set[str]:
    """The terms of the ontology, and the entities of the data and the register."""
    files = [REPO / "ontology" / "regiograaf.ttl", REPO / "data" / "entiteiten.ttl", REPO / "data" / "achtergrond.ttl"]
    found = {triple.subject.value for path in files for triple in ox.parse(path=str(path))}
    rows = (REPO / "data" / "registers" / "organisaties.csv").read_text(encoding="utf-8").splitlines()
    return found | {row.partition(",")[0] for row in rows}


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_a_marked_text_says_nothing_that_does_not_exist(path: Path, declared: set[str]) -> None:
    gold = parse(path.read_text(encoding="utf-8"))
    named = {key for mention in gold.mentions for key in keys_of(mention.key)}
    assert [key for key in sorted(named) if not key.startswith("+") and expand(key) not in declared] == []
    for claim in gold.claims:
        ends = [claim.subject] if expand(claim.predicate) == TYPE else [claim.subject, claim.object]
        assert [key for end in ends for key in keys_of(end) if key != "@" and key not in named] == [], claim.begin
        assert expand(claim.predicate) in {TYPE, *declared}, claim.begin
        assert claim.modality in get_args(Modality), claim.begin


def test_every_marked_text_is_in_one_group_and_says_that_it_is_invented() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(set(grouped)) == sorted(grouped)
    assert [path.stem for path in MARKED if path.stem not in grouped] == []
    assert [path.stem for path in MARKED if "Verzonnen tekst" not in path.open(encoding="utf-8").readline()] == []
    assert {text.name for text in load(None) if text.marked} == {path.stem for path in MARKED}


@pytest.mark.parametrize(
    ("marked", "words"),
    [("# r\n[[a|b]] c\n> x | y | z\n", "line 3"), ("# r\na [[b\n", "line 2"), ("a\n> a | b | c | d | ja\n", "line 2")],
)
def test_a_mark_that_is_not_right_says_its_line(marked: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(marked)
