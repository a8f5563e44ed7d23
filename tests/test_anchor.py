"""A letter's text that has changed: its passages are found again, or said to be lost, and its files rewritten."""

from __future__ import annotations

import csv
import io
import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regiograaf.build import check_all
from regiograaf.cli import main
from regiograaf.dataset import read_project
from regiograaf.drift import drift
from regiograaf.drift.places import Found, Spot, locate
from regiograaf.drift.turtle import rewrite
from regiograaf.errors import SourceError
from regiograaf.letters import Letter, fingerprint, read
from regiograaf.namespaces import RG, expand
from regiograaf.sources import parse
from tests.conftest import LETTERS, REPO

OLD = """Stand van de dijk

De dijk bij Loevenstein is in mei hersteld. Het waterschap betaalt de helft van de kosten. De gemeente wil een fietspad.

Wij vragen de provincie om een vergunning. De veerpont vaart alleen in de zomer. Een sluis is voorlopig niet nodig.
"""
ANCHORS = (
    "in mei hersteld",
    "betaalt de helft",
    "wil een fietspad",
    "vragen de provincie",
    "alleen in de zomer",
    "voorlopig niet nodig",
)


def spots(text: str = OLD, anchors: tuple[str, ...] = ANCHORS) -> list[Spot]:
    """Each sentence of running text as a passage with its anchor."""
    found = [s for s in Letter("oud", text).sentences if s.kind == "sentence"]
    return [
        Spot(s.begin, s.end, (anchor,), fingerprint(text[s.begin : s.end]))
        for s, anchor in zip(found, anchors, strict=True)
    ]


def places(new: str, old: str = "", of: list[Spot] | None = None) -> list[tuple[str, str]]:
    """(state, passage) of each passage in a new text."""
    found = locate(of or spots(), Letter("nieuw", new), old)
    return [(one.state, new[one.begin : one.end] if one.placed else "") for one in found]


def states(new: str, old: str = "") -> list[str]:
    return [state for state, _ in places(new, old)]


both = pytest.mark.parametrize("old", ["", OLD], ids=["without the old text", "with the old text"])


@both
def test_the_same_text_has_every_passage_where_it_was(old: str) -> None:
    assert states(OLD, old) == ["unchanged"] * 6


@both
def test_an_insertion_moves_what_comes_after_it(old: str) -> None:
    new = OLD.replace("De gemeente wil", "Dat is veel. De gemeente wil")
    assert states(new, old) == ["unchanged"] * 2 + ["moved"] * 4
    assert [passage for _, passage in places(new, old)] == [OLD[s.begin : s.end] for s in spots()]


@both
def test_a_paragraph_that_moved_is_found(old: str) -> None:
    head, first, second = OLD.strip().split("\n\n")
    new = f"{head}\n\n{second}\n\n{first}\n"
    assert states(new, old) == ["moved"] * 6
    assert [passage for _, passage in places(new, old)] == [OLD[s.begin : s.end] for s in spots()]


@both
def test_a_sentence_with_other_words_is_found_and_named(old: str) -> None:
    new = OLD.replace("De veerpont vaart alleen in de zomer.", "De veerpont vaart voortaan enkel in de zomer.")
    found = locate(spots(), Letter("nieuw", new), old)
    assert [one.state for one in found] == ["unchanged"] * 4 + ["reworded", "moved"]
    assert new[found[4].begin : found[4].end] == "De veerpont vaart voortaan enkel in de zomer."
    assert 0.5 < found[4].similarity < 1


@both
def test_a_sentence_turned_round_is_found(old: str) -> None:
    new = OLD.replace(
        "Het waterschap betaalt de helft van de kosten.", "De helft van de kosten betaalt het waterschap."
    )
    assert places(new, old)[1] == ("reworded", "De helft van de kosten betaalt het waterschap.")


@both
def test_a_sentence_that_was_taken_out_is_lost(old: str) -> None:
    new = OLD.replace("De gemeente wil een fietspad.", "")
    assert states(new, old) == ["unchanged"] * 2 + ["lost"] + ["moved"] * 3


@both
def test_another_sentence_in_its_place_is_not_taken_for_it(old: str) -> None:
    new = OLD.replace("De gemeente wil een fietspad.", "Morgen spreken beide burgemeesters elkaar opnieuw daarover.")
    assert states(new, old)[2] == "lost"


def test_an_anchor_that_stands_twice_now_is_not_guessed() -> None:
    # The sentence has other words, and its anchor stands in two new ones that both fit: nothing tells which.
    new = OLD.replace(
        "De gemeente wil een fietspad.", "De gemeente wil een fietspad erbij. De raad wil een fietspad ook."
    )
    assert places(new)[2] == ("twofold", "")
    # With the old text the first is clearly nearer: it has two words more.
    assert places(new, OLD)[2] == ("reworded", "De gemeente wil een fietspad erbij.")


def test_a_twofold_passage_takes_nothing_from_the_others() -> None:
    new = OLD.replace(
        "Wij vragen de provincie om een vergunning.", "Wij vragen nu de provincie om de vergunning."
    ).replace("De gemeente wil een fietspad.", "De gemeente wil een fietspad erbij. De raad wil een fietspad ook.")
    for order in (spots(), spots()[::-1]):
        found = {one.spot.begin: one.state for one in locate(order, Letter("nieuw", new))}
        assert [found[s.begin] for s in spots()] == ["unchanged"] * 2 + ["twofold", "reworded"] + ["moved"] * 2


@both
def test_a_passage_copied_elsewhere_stays_with_what_stands_beside_it(old: str) -> None:
    copy = "Het waterschap betaalt de helft van de kosten."
    new = f"{OLD.replace('De dijk', 'Nu dan. De dijk', 1)}\n{copy}\n"
    found = locate(spots(), Letter("nieuw", new), old)
    assert (found[1].state, found[1].begin) == ("moved", new.index(copy))


@both
def test_two_copies_with_nothing_to_tell_them_apart_are_not_guessed(old: str) -> None:
    only = [spots()[4]]
    new = "Nieuw. De veerpont vaart alleen in de zomer. Iets anders. De veerpont vaart alleen in de zomer."
    assert places(new, old, only) == [("twofold", "")]


@both
def test_a_passage_of_two_sentences_stays_one(old: str) -> None:
    one, two = spots()[3:5]
    whole = Spot(one.begin, two.end, (*one.anchors, *two.anchors), fingerprint(OLD[one.begin : two.end]))
    moved = "Vooraf nog dit. " + OLD
    assert places(moved, old, [whole]) == [("moved", OLD[one.begin : two.end])]
    changed = OLD.replace("om een vergunning. De veerpont", "om haar vergunning. De pont")
    assert places(changed, old, [whole]) == [
        ("reworded", "Wij vragen de provincie om haar vergunning. De pont vaart alleen in de zomer.")
    ]


@both
def test_hard_wrapped_and_bold_text_is_read_as_one_reads_it(old: str) -> None:
    new = OLD.replace("alleen in de zomer", "**alleen**\nin de zomer")
    state, passage = places(new, old)[4]
    assert (state, passage) == ("reworded", "De veerpont vaart **alleen**\nin de zomer.")


@both
def test_nothing_is_found_in_another_text(old: str) -> None:
    assert states("Geachte heer,\n\nHierbij mijn ontslag. Met groet.\n", old) == ["lost"] * 6
    assert states("", old) == ["lost"] * 6


@both
def test_the_order_of_the_passages_does_not_matter(old: str) -> None:
    new = OLD.replace("De gemeente wil", "Dat is veel. De raad wil").replace("voorlopig", "nu")
    shuffled = spots()
    random.Random(3).shuffle(shuffled)
    first = {one.spot: one for one in locate(spots(), Letter("n", new), old)}
    assert {one.spot: one for one in locate(shuffled, Letter("n", new), old)} == first
    assert all(isinstance(one, Found) for one in first.values())


TURTLE = """@prefix rg: <https://w3id.org/regiograaf/def#> .
@prefix b: <https://w3id.org/regiograaf/id/brief/een/> .
# rg:begin 17 of b:w1-b1 stays here
b:w1-b1 a rg:Bewijs; rg:begin   17 ;
    rg:anker "rg:begin 17 ; \\"x\\" ." ; # a comment ; rg:begin 3 .
\t<https://w3id.org/regiograaf/def#eind>
        56 ; rg:vingerafdruk 'abc' .

b:w2-b1 rg:begin 17 ; rg:eind 56 ."""


def test_only_the_values_change_in_a_file_of_any_form() -> None:
    source = parse(TURTLE, Path("een.ttl"))
    node = expand("brief:een/w1-b1")
    assert node is not None
    new = rewrite(source, {node: {RG.begin: 100, RG.eind: 139, RG.vingerafdruk: "def"}})
    assert new == TURTLE.replace("rg:begin   17 ;", "rg:begin   100 ;", 1).replace(
        "        56 ;", "        139 ;"
    ).replace("'abc'", '"def"')


def test_a_file_that_cannot_be_rewritten_is_left_alone() -> None:
    source = parse(TURTLE.replace("rg:begin   17 ;", "rg:begin 17 , 18 ;"), Path("een.ttl"))
    node = expand("brief:een/w1-b1")
    assert node is not None
    with pytest.raises(SourceError, match=r"een\.ttl: cannot be rewritten"):
        rewrite(source, {node: {RG.begin: 100}})


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "anchor", "waterlanden", *words], catch_exceptions=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(REPO / "examples", tmp_path / "examples")
    return tmp_path / "examples"


def test_the_command_lists_what_moved_and_what_is_lost(project: Path) -> None:
    before = {path: path.read_bytes() for path in (project / "data").rglob("*.ttl")}
    result = run(project, str(project / "texts" / "waterlanden-2.txt"), "-f", "csv")
    assert result.exit_code == 1
    rows = {row["block"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert [name for name, row in rows.items() if row["state"] == "lost"] == ["w023-b1", "w024-b1"]
    assert {name: row["words"] for name, row in rows.items() if row["state"] == "reworded"} == {
        "w037-b1": "circa € 2,4 miljoen voor natuurvriendelijke oevers",
        "w038-b1": "het Oeverfonds",
    }
    assert [rows[name]["anchor"] for name in ("w037-b1", "w038-b1")] == ["gone", "kept"]
    assert "58 passages (without the old text): 20 unchanged, 34 moved, 2 reworded, 0 twofold, 2 lost." in result.stderr
    assert {path: path.read_bytes() for path in (project / "data").rglob("*.ttl")} == before


def test_written_files_fit_the_new_text_and_keep_their_form(project: Path) -> None:
    target, new = project / "data" / "letters" / "waterlanden.ttl", project / "texts" / "waterlanden-2.txt"
    before = target.read_text(encoding="utf-8").split("\n")
    assert run(project, str(new), "--write", "--letters", str(project / "letters")).exit_code == 1
    shutil.copy(new, project / "letters" / "waterlanden.txt")
    after = target.read_text(encoding="utf-8").split("\n")
    assert len(after) == len(before)
    changed = {line.split()[0] for line, old in zip(after, before, strict=True) if line != old}
    assert changed == {"rg:lengte", "rg:sha256", "rg:begin", "rg:eind", "rg:vingerafdruk"}
    findings, _ = check_all(project, project / "letters")
    # What is lost stays an error; so does the anchor that is gone. Nothing else is wrong.
    told = sorted(finding.message.split(": ")[1].split(" ")[0] for finding in findings if finding.level == "error")
    named = sorted({f.message.split("claim waterlanden:")[1][:4] for f in findings if f.level == "error"})
    assert (named, set(told)) == (["w023", "w024", "w037"], {"anchor"})


def test_moved_passages_alone_need_no_coder(project: Path) -> None:
    text = (project / "letters" / "waterlanden.txt").read_text(encoding="utf-8")
    new = project / "letters" / "waterlanden.txt"
    new.write_text(text.replace("Varen en oversteken\n", "Over het water\n\nHet water roept.\n"), encoding="utf-8")
    assert run(project, str(new), "--write").exit_code == 0
    target = (project / "data" / "letters" / "waterlanden.ttl").read_text(encoding="utf-8")
    assert ('"Varen en oversteken"' in target, target.count('"Over het water"')) == (False, 10)
    findings, build = check_all(project, project / "letters")
    assert [finding for finding in findings if finding.level == "error"] == []
    assert build is not None
    assert build.quoted == 45


def test_an_output_file_gets_the_turtle_and_the_project_stays(project: Path) -> None:
    target = project / "data" / "letters" / "waterlanden.ttl"
    before = target.read_bytes()
    out = project.parent / "nieuw.ttl"
    run(project, str(project / "texts" / "waterlanden-2.txt"), "-o", str(out))
    assert target.read_bytes() == before
    digest = read(project / "texts" / "waterlanden-2.txt").digest
    assert digest in out.read_text(encoding="utf-8")
    assert (
        parse(out.read_text(encoding="utf-8"), Path("nieuw.ttl")).blocks.keys()
        == parse(before.decode(), Path("oud.ttl")).blocks.keys()
    )


def test_an_unknown_letter_and_a_missing_file_are_one_line(project: Path) -> None:
    result = CliRunner().invoke(main, ["-C", str(project), "anchor", "atlantis", str(project / "texts/heuvelrand.txt")])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert run(project, str(project / "niets.txt")).exit_code == 2


@pytest.mark.skipif(not LETTERS, reason="REGIOGRAAF_LETTERS is not set: the real letters' texts are not at hand")
@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(
    "key", ["drechtsteden", "haagse-regio", "koersnotitie-wonen", "leidse-regio", "samenwerking-drechtsteden"]
)
def test_a_real_letter_with_a_sentence_put_in_and_one_taken_out(key: str, known: bool) -> None:
    folder, project = Path(LETTERS), read_project(REPO)
    letter = read(folder / f"{key}.txt")
    running = [sentence for sentence in letter.sentences if sentence.kind == "sentence"]
    out, later = running[len(running) // 2], running[len(running) // 2 + 2]
    changed = f"{letter.text[: out.begin]}{letter.text[out.end : later.begin]}Wij zwijgen. {letter.text[later.begin :]}"
    found = drift(project, key, Letter("nieuw", changed), folder if known else None)
    for row in found.rows:
        begin, end = row.found.spot.begin, row.found.spot.end
        inside = begin < out.end and out.begin < end
        if not inside:
            assert row.found.state in ("unchanged", "moved"), row.key
            assert changed[row.found.begin : row.found.end] == letter.text[begin:end]
        elif (begin, end) == (out.begin, out.end):
            assert row.found.state == "lost", row.key
