"""What changed between two releases, and the version step that it asks for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from regiograaf.cli import main
from regiograaf.difference import Change, Difference, difference
from regiograaf.errors import SourceError
from tests.conftest import REPO, TINY

Edit = Callable[[str, str, str], Path]
LETTER = "data/letters/een.ttl"


def changes(new: Path, old: Path = TINY) -> list[tuple[str, str, str, str]]:
    return [(c.sort, c.how, c.label, c.step) for c in difference(old, new).changes]


def with_ontology(root: Path) -> Path:
    shutil.copytree(REPO / "ontology", root / "ontology")
    return root


def test_a_release_does_not_differ_from_itself(tiny: Path) -> None:
    found = difference(TINY, tiny)
    assert found.changes == ()
    assert (found.step, found.made, found.enough) == ("", "", True)


def test_other_words_for_a_claim_are_a_patch(edit: Edit) -> None:
    (change,) = difference(TINY, edit(LETTER, "Zegt 1.", "Zegt het eerste.")).changes
    assert (change.sort, change.how, change.what, change.step) == ("claim", "changed", ("rg:parafrase",), "patch")
    assert change.label.startswith("de provincie — werkt samen met — ")
    assert change.label.endswith("(bestaand)")


def test_another_modality_is_another_claim_and_breaks_citations_of_the_old(edit: Edit) -> None:
    block = "rdf:object           rg:Convenant ;\n    rg:modaliteit        modaliteit:"
    found = difference(TINY, edit(LETTER, f"{block}voorgenomen", f"{block}gewenst"))
    told = {(c.sort, c.how): c for c in found.changes}
    gone, come = told["claim", "removed"], told["claim", "added"]
    assert gone.what == (come.iri,)  # the same block of the letter has another IRI
    assert gone.label.endswith("(voorgenomen)")
    assert come.label.endswith("(gewenst)")
    assert found.step == "major"
    assert not found.enough


def test_a_withdrawn_claim_keeps_its_iri_and_breaks_nothing(edit: Edit) -> None:
    start = "brief:w001\n    a                    rg:Bewering ;\n"
    root = edit(LETTER, start, f"{start}    owl:deprecated true ; dcterms:isReplacedBy brief:w002 ;\n")
    root = edit(LETTER, "@prefix orgaan:", "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix orgaan:")
    told = {(c.sort, c.how): c for c in difference(TINY, root).changes}
    assert ("claim", "removed") not in told
    withdrawn = told["claim", "withdrawn"]
    assert withdrawn.step == "minor"
    assert len(withdrawn.what) == 1
    assert "/bewering/" in withdrawn.what[0]
    assert withdrawn.label.endswith("(bestaand)")


def test_a_passage_that_moved_is_a_patch_and_says_what_moved(edit: Edit) -> None:
    (change,) = difference(TINY, edit(LETTER, "rg:eind          56", "rg:eind          55")).changes
    assert (change.sort, change.how, change.step) == ("evidence", "changed", "patch")
    assert "rg:eind" in change.what
    assert change.label == "een, § Stand van zaken: «werkt samen met Noordveen»"


def test_a_label_of_an_entity_is_a_patch_another_class_is_not(edit: Edit) -> None:
    entities = (TINY / "data" / "entiteiten.ttl").read_text(encoding="utf-8")
    assert '"de provincie"@nl' in entities
    root = edit("data/entiteiten.ttl", '"de provincie"@nl', '"onze provincie"@nl')
    assert ("entity", "changed", "onze provincie", "patch") in changes(root)


def test_an_entity_that_is_gone_asks_for_a_major_version_a_new_one_for_a_minor(edit: Edit) -> None:
    new = 'gemeente:zuidveen\n    a          rg:Gemeente ;\n    rdfs:label "Zuidveen"@nl , "Zuidveen"@en .\n'
    path = TINY / "data" / "entiteiten.ttl"
    last = path.read_text(encoding="utf-8").rstrip("\n").rpartition("\n")[2]
    root = edit("data/entiteiten.ttl", last, f"{last}\n\n{new}")
    assert changes(root) == [("entity", "added", "Zuidveen", "minor")]
    assert changes(TINY, old=root) == [("entity", "removed", "Zuidveen", "major")]


def test_a_term_that_means_something_else_asks_for_a_major_version(tiny: Path, tmp_path: Path) -> None:
    old = with_ontology(tiny)
    new = tmp_path / "new"
    shutil.copytree(old, new)
    path = new / "ontology" / "regiograaf.ttl"
    text = path.read_text(encoding="utf-8")
    before = "rg:Programma a owl:Class ;"
    assert before in text
    path.write_text(text.replace(before, f'{before} rdfs:comment "Zie ook."@nl ;'), encoding="utf-8")
    assert {(sort, how, step) for sort, how, _, step in changes(new, old)} == {("term", "changed", "patch")}
    path.write_text(text.replace(before, f"{before} owl:disjointWith rg:Gebied ;"), encoding="utf-8")
    assert {step for *_, step in changes(new, old)} == {"minor"}
    assert {step for *_, step in changes(old, new)} == {"major"}


def change(step: str) -> Change:
    return Change("term", "changed", "https://example.org/x", "x", (), step)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("steps", "old", "new", "asked", "made", "enough"),
    [
        (["patch"], "1.0.0", "1.0.1", "patch", "patch", True),
        (["patch", "minor"], "1.0.0", "1.0.1", "minor", "patch", False),
        (["minor"], "1.0.0", "1.1.0", "minor", "minor", True),
        (["major", "patch"], "1.9.9", "2.0.0", "major", "major", True),
        (["major"], "1.2.0", "1.3.0", "major", "minor", False),
        (["major"], "0.2.0", "0.3.0", "major", "minor", True),  # before 1.0.0 a minor version may break
        (["major"], "0.2.0", "0.2.1", "major", "patch", False),
        (["patch"], "1.0.0", "1.0.0", "patch", "", False),
        (["patch"], "1.1.0", "1.0.9", "patch", None, False),
        (["patch"], "", "1.0.0", "patch", None, False),
        ([], "1.0.0", "1.0.0", "", "", True),
    ],
)
def test_the_version_step(steps: list[str], old: str, new: str, asked: str, made: str | None, enough: bool) -> None:
    found = Difference(tuple(map(change, steps)), old, new)
    assert (found.step, found.made, found.enough) == (asked, made, enough)


def test_what_cannot_be_compared_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not there"):
        difference(TINY, tmp_path / "nothing")
    broken = tmp_path / "broken.nq"
    broken.write_text("<a> <b>\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"broken\.nq: not N-Quads"):
        difference(TINY, broken)


def test_a_built_file_equals_its_project(tiny: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["-C", str(tiny), "build", "-o", str(tmp_path / "built")])
    assert run.exit_code == 0, run.output
    assert difference(tiny, tmp_path / "built").changes == ()
    assert difference(tmp_path / "built" / "regiograaf.nq", tiny).changes == ()


def test_the_command_lists_and_judges(edit: Edit) -> None:
    root = edit(LETTER, "Zegt 1.", "Zegt het eerste.")
    run = CliRunner().invoke(main, ["diff", str(TINY), str(root), "-f", "json"])
    assert run.exit_code == 0
    (row,) = json.loads(run.stdout)
    assert (row["sort"], row["change"], row["step"], row["what"]) == ("claim", "changed", "patch", "rg:parafrase")
    assert "1 change, which ask for a patch version." in run.stderr
    assert CliRunner().invoke(main, ["diff", str(TINY), str(root), "--check"]).exit_code == 1
    assert CliRunner().invoke(main, ["diff", str(TINY), str(TINY), "--check"]).exit_code == 0
    nothing = CliRunner().invoke(main, ["diff", str(TINY), str(root), "--only", "term"])
    assert nothing.stdout == ""
