"""Coverage: sentences with and without claims, and the known names that no claim on their sentence speaks of."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regiograaf.cli import main
from regiograaf.coverage import Covered, covered, tally
from regiograaf.coverage.page import page
from regiograaf.dataset import Build, compile_project, nquads, read_project, to_store
from regiograaf.errors import SourceError, UnknownTermError
from regiograaf.names import labels
from regiograaf.titles import named
from tests.conftest import REPO, TINY

EXAMPLE = REPO / "examples"


def run(*words: str, root: Path = EXAMPLE) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *words], catch_exceptions=False)


def rows_of(root: Path) -> list[Covered]:
    return covered(compile_project(read_project(root), root / "letters"))


@pytest.fixture(scope="module")
def example() -> Build:
    return compile_project(read_project(EXAMPLE), EXAMPLE / "letters")


def test_names_are_linked_by_the_claims_on_their_own_sentence() -> None:
    # In both letters the first sentence has one claim, provincie werktSamenMet noordveen; "gewest" stands in two.
    found = {
        (row.letter, row.sentence.begin): [(name.text, name.linked) for name in row.names] for row in rows_of(TINY)
    }
    assert found["een", 17] == [("Noordveen", True)]
    assert ("Noordveen", True) in found["een", 102]


def test_a_name_without_a_claim_on_its_sentence_is_not_linked(edit: Callable[[str, str, str], Path]) -> None:
    # w001 now says it of another: the sentence keeps its claim, and loses the link of the name in it.
    root = edit(
        "data/letters/een.ttl",
        "rg:werktSamenMet ;\n    rdf:object           gemeente:noordveen ;",
        "rg:werktSamenMet ;\n    rdf:object           gebied:gewest ;",
    )
    row = next(row for row in rows_of(root) if (row.letter, row.sentence.begin) == ("een", 17))
    assert [(name.text, name.entity.rsplit("/", 1)[-1]) for name in row.unlinked] == [("Noordveen", "noordveen")]
    assert (row.claims, row.state) == (1, "claimed")


def test_programme_addressee_and_source_of_a_claim_are_linked(example: Build) -> None:
    by_claim = [
        (claim, row)
        for row in covered(example)
        for claim, _ in row.said
        if claim.programme is not None or claim.quoted is not None
    ]
    assert by_claim
    for claim, row in by_claim:
        for end in (claim.programme, claim.quoted):
            assert str(end) not in {name.entity for name in row.unlinked}


def test_a_table_of_sections_adds_up_to_that_of_the_letter(example: Build) -> None:
    rows = covered(example)
    (whole,) = tally(rows)
    parts = tally(rows, by_section=True)
    assert [part.section for part in parts] == list(dict.fromkeys(row.sentence.section for row in rows))
    for name in ("sentences", "claimed", "reasoned", "open", "names", "unlinked"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name), name
    # 41 sentences besides the headings: 28 with a claim and 13 with a reason, as docs/add-a-letter.md has it
    assert (whole.sentences, whole.claimed, whole.reasoned, whole.open, whole.claims) == (41, 28, 13, 0, 45)


def test_the_command_lists_names_that_are_not_linked() -> None:
    result = run("coverage", "waterlanden", "--by", "name", "-f", "csv", "--letters", str(EXAMPLE / "letters"))
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["sentence"], row["name"], row["entity"]) for row in rows] == [
        ("0", "Provincie Merendam", "overheid:merendam"),
        ("7", "Waterlanden", "regio:waterlanden"),
        ("9", "Waterlandse gemeenten", "groep:gemeenten-waterlanden"),
    ]
    assert "Of 38 known names in a sentence 3 are not linked" in result.stderr


def test_a_letter_goes_by_key_title_or_curie() -> None:
    project = read_project(REPO)
    for name in ("haagse-regio", "Haagse regio", "GS-brief Haagse regio", "brief:haagse-regio"):
        assert named(project, name) == "haagse-regio"
    with pytest.raises(
        UnknownTermError, match=r'no letter "Haagse". Nearest: .*The letters: drechtsteden, haagse-regio'
    ):
        named(project, "Haagse")


def test_a_letter_without_its_text_is_named(tmp_path: Path, example: Build) -> None:
    with pytest.raises(SourceError, match="the text of waterlanden is not there"):
        covered(compile_project(read_project(EXAMPLE), tmp_path))
    result = run("coverage", "atlantis", "--letters", str(EXAMPLE / "letters"))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert 'no letter "atlantis"' in result.stderr


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_has_every_sentence_with_its_claims(example: Build, language: str) -> None:
    rows = covered(example)
    told = labels(to_store(nquads(example.graphs), merge=False), language)
    text = page(example, rows, told, "en" if language == "en" else "nl")
    assert text.startswith(f'<!doctype html>\n<html lang="{language}">')
    ids = re.findall(r'<li class="row (\w+)" data-state="\1" id="waterlanden-(\d+)">', text)
    assert ids == [(row.state, str(row.sentence.number)) for row in rows]
    assert text.count('<li><a href="https://w3id.org/regiograaf/id/bewering/') == sum(row.claims for row in rows)
    assert text.count('<span class="loose"') == sum(not name.linked for row in rows for name in row.names)
    assert "<b>Waterlandse" not in text
    assert "**" not in text


def test_the_page_is_written_by_the_command_and_the_same_on_every_run(tmp_path: Path) -> None:
    made = []
    for name in ("a.html", "b.html"):
        result = run("coverage", "-o", str(tmp_path / name), "--letters", str(EXAMPLE / "letters"))
        assert (result.exit_code, result.stdout) == (0, "")
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_few_names_of_the_five_letters_are_not_linked(real_letters: Path) -> None:
    rows = covered(compile_project(read_project(REPO), real_letters))
    names = sum(len(row.named) for row in rows)
    assert names > 400
    assert sum(len(row.unlinked) for row in rows if row.claims) / names < 0.08
