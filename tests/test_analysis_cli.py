"""The commands that measure the network, on the tiny project and as documented."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from regiograaf import views
from regiograaf.analysis import FIGURES, MEASURES, SENDER_BIAS_EN
from regiograaf.cli import main, network
from regiograaf.namespaces import ID
from tests.conftest import REPO, TINY


def invoke(*words: str) -> Result:
    result = CliRunner().invoke(main, ["-C", str(TINY), *words], env={"COLUMNS": "120"})
    assert result.exit_code == 0, result.output
    return result


def test_choices_are_all_there_are() -> None:
    assert tuple(MEASURES) == network.MEASURES
    assert tuple(views.VIEWS) == network.VIEWS
    assert tuple(views.WEIGHINGS) == network.WEIGHINGS


def test_rank_gives_ranges_and_claims() -> None:
    result = invoke("rank", "--by", "strength", "-f", "json", "--top", "2")
    rows = json.loads(result.stdout)
    names = [(row["place"], row["best"], row["worst"], row["entity"], row["strength"], row["low"]) for row in rows]
    # Noordveen has a tie with the province in both letters, and with the pact in een; Noordland has two in twee.
    # Without een the pact is gone; without twee so is Noordland, and the three of een stand before it
    assert names == [(1, 1, 4, "Noordland", 2.0, 0.0), (1, 1, 2, "gemeente Noordveen", 2.0, 1.0)]
    assert all(claim.startswith(f"{ID}bewering/") for row in rows for claim in row["claims"])
    assert [len(row["claims"]) for row in rows] == [2, 2]
    assert SENDER_BIAS_EN in result.stderr
    assert MEASURES["strength"].meaning_en in result.stderr
    assert "also what is only intended" in result.stderr


def test_rank_without_senders_and_of_what_exists() -> None:
    rows = json.loads(invoke("rank", "--by", "strength", "--without-senders", "-f", "json").stdout)
    assert "provincie" not in " ".join(row["entity"] for row in rows)
    rows = json.loads(invoke("rank", "--by", "strength", "--existing", "-f", "json").stdout)
    assert "pact van Noordveen" not in [row["entity"] for row in rows]


def test_rank_compares_what_is_with_what_is_intended() -> None:
    result = invoke("rank", "--by", "strength", "--compare", "bestaand", "voorgenomen", "-f", "json")
    rows = {row["entity"]: row for row in json.loads(result.stdout)}
    pact = rows["pact van Noordveen"]
    assert (pact["place before"], pact["place after"], pact["change"]) == (6, 3, 3)
    assert len(pact["claims"]) == 1
    assert rows["gemeente Noordveen"]["claims"] == pact["claims"]
    table = invoke("rank", "--compare", "bestaand", "voorgenomen").stdout
    assert "pact van Noordveen" in table
    twice = CliRunner().invoke(main, ["-C", str(TINY), "rank", "--compare", "bestaand", "gewenst", "--existing"])
    assert twice.exit_code == 2
    assert "Leave --modality and --existing out" in twice.stderr


def test_communities_say_who_is_in_them_and_how_sure_that_is() -> None:
    result = invoke("communities", "-f", "json")
    rows = json.loads(result.stdout)
    assert [(row["size"], row["inside"], row["stability"]) for row in rows] == [(3, 1.0, 1.0), (3, 1.0, 1.0)]
    assert sorted(row["names"][0] for row in rows) == ["Noordland", "gemeente Noordveen"]
    assert all(len(row["members"]) == 3 and len(row["claims"]) == 2 for row in rows)
    assert "2 communities, modularity 0.500. The 20 runs agree 1.00" in result.stderr


def test_paths_give_the_claims_of_each_step() -> None:
    result = invoke("paths", "gebied:noordveen", "het Gewest", "-f", "csv")
    lines = result.stdout.splitlines()
    assert lines[1].startswith("1,1,Noordveen (plaats) — ligt in — Noordland,bestaand,twee,")
    assert lines[2].startswith("1,2,Noordland — ligt in — het Gewest,bestaand,twee,")
    assert "distance 2. It rests on twee." in result.stderr
    none = invoke("paths", "het Gewest", "pact van Noordveen")
    assert "No path joins the two." in none.stderr
    gone = CliRunner().invoke(main, ["-C", str(TINY), "paths", "het Gewest", "pact van Noordveen", "--existing"])
    assert (gone.exit_code, gone.stderr.count("\n")) == (2, 1)
    assert "has no tie in this part of the network" in gone.stderr


def test_figures_describe_the_whole() -> None:
    result = invoke("figures", "-f", "json")
    rows = {row["figure"]: row for row in json.loads(result.stdout)}
    # 4 of 15 pairs; two pieces of three
    assert (rows["density"]["count"], rows["density"]["of"], len(rows["density"]["claims"])) == (4, 15, 4)
    assert (rows["pieces"]["value"], rows["largest piece"]["value"]) == (2, 0.5)
    assert all(figure.meaning_en in result.stderr for figure in FIGURES.values())


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json"])
def test_every_form_of_every_command_is_written(form: str) -> None:
    for words in (("rank",), ("communities",), ("figures",), ("paths", "gebied:noordveen", "het Gewest")):
        assert len(invoke(*words, "-f", form).stdout.splitlines()) > 2


def test_the_document_has_each_measure_as_it_is() -> None:
    text = (REPO / "docs" / "measures.md").read_text(encoding="utf-8")
    for measure in (*MEASURES.values(), *FIGURES.values()):
        row = f"| `{measure.name}` | {measure.meaning_en} | {measure.network} | ["
        assert row in text
        assert f"](https://doi.org/{measure.source}) |" in text[text.index(row) :].partition("\n")[0]
