"""What the stored questions must keep to on the real letters, beyond the rows of `tests/expected/`."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from tests.make_gallery import GALLERY, gallery
from tests.test_expected import QUESTIONS, ask, of_example, short

PROVINCE = ("brief/drechtsteden", "brief/haagse-regio", "brief/leidse-regio")
COUNCIL = ("brief/koersnotitie-wonen", "brief/samenwerking-drechtsteden")


def rows(store: ox.Store, name: str, columns: str) -> list[tuple[str, ...]]:
    answer = ask(store, QUESTIONS[name], of_example(QUESTIONS[name]))
    places = [answer.variables.index(column) for column in columns.split()]
    return [tuple(short(row[place]) for place in places) for row in answer.rows]


def test_what_happens_when_is_in_order_of_time(store: ox.Store) -> None:
    moments = [earliest or latest for earliest, latest in rows(store, "termijnen", "earliest latest")]
    assert moments == sorted(moments)
    ends = [latest for (latest,) in rows(store, "planning", "latest")]
    assert ends == sorted(ends)


def test_what_is_yet_to_happen_is_never_said_to_exist(store: ox.Store) -> None:
    assert not {"modaliteit/bestaand", "modaliteit/beeindigd"} & {m for (m,) in rows(store, "planning", "modality")}
    there = {"modaliteit/bestaand", "modaliteit/beeindigd"}
    assert not there & {status for (status,) in rows(store, "wat-bestaat-nog-niet", "status")}


@pytest.mark.parametrize("name", ["wie-vraagt-wat", "wat-is-aangeboden"])
def test_only_the_executive_asks_and_offers_and_only_the_formateurs_are_addressed(name: str, store: ox.Store) -> None:
    found = rows(store, name, "speaker addressee letter")
    assert {row[:2] for row in found} == {("orgaan/gs-zuid-holland", "groep/formateurs")}
    assert {row[2] for row in found} == set(PROVINCE)


def test_the_amount_that_nobody_promised_is_only_expected(store: ox.Store) -> None:
    assert {m for value, m in rows(store, "bedragen", "value modality") if value == "250000"} == {"modaliteit/verwacht"}


def test_claims_per_letter(store: ox.Store) -> None:
    found = rows(store, "beweringen-per-brief", "letter modality claims")
    count = {(letter, modality): int(number) for letter, modality, number in found}
    assert [letter for letter, modality in count if modality == "modaliteit/verzocht"] == sorted(PROVINCE)
    assert [letter for letter, modality in count if modality == "modaliteit/beeindigd"] == [COUNCIL[1]]
    for letter in (*PROVINCE, *COUNCIL):
        assert count[letter, "modaliteit/bestaand"] > 100


def test_generic_relations_are_at_most_one_in_fifty(store: ox.Store) -> None:
    count = {relation: int(number) for relation, number in rows(store, "relaties", "relation claims")}
    assert count["rg:heeftRelatieMet"] * 50 <= sum(count.values())


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_answer_has_a_repeated_row(name: str, store: ox.Store) -> None:
    answer = ask(store, QUESTIONS[name], of_example(QUESTIONS[name]))
    assert len(set(answer.rows)) == len(answer.rows)


def test_the_gallery_shows_the_real_answers(store: ox.Store) -> None:
    same = GALLERY.read_text(encoding="utf-8") == gallery(store)
    assert same, "docs/questions.md is not what the questions answer now. Run: python -m tests.make_gallery"
