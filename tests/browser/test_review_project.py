"""What a coder takes out of the page goes into a project as it is: check and build accept it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Page
from review_pages import EXAMPLE, NEW, claims, counted, download, new_letter, press

from regiograaf.cli import main
from regiograaf.prefixes import expand

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example project, with the text of one more letter."""
    root = tmp_path / "project"
    shutil.copytree(EXAMPLE, root)
    (root / "letters" / "woonloket.txt").write_bytes(NEW)
    return root


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *words, "--letters", str(root / "letters")])


def put(root: Path, page: Page) -> str:
    name, text = download(page)
    (root / "data" / "letters" / name).write_text(text, encoding="utf-8", newline="\n")
    return text


def test_judged_draft_is_checked_and_built(review: Open, project: Path) -> None:
    page = review(new_letter())
    total = len(claims(page))
    press(page, "j d " + "a " * (total - 1))
    text = put(project, page)
    assert counted(text) == {"claims": total - 1, "drafts": 0, "statuses": 0}
    checked = run(project, "check")
    assert checked.exit_code == 0, checked.output
    assert "0 errors" in checked.output
    built = run(project, "build", "-o", str(project / "build"))
    assert built.exit_code == 0, built.output
    store = ox.Store()
    store.load((project / "build" / "regiograaf.nq").read_bytes(), format=ox.RdfFormat.N_QUADS)
    letter = ox.NamedNode("https://w3id.org/regiograaf/id/graaf/brief/woonloket")
    kind = ox.NamedNode(expand("rg:Bewering") or "")
    assert len(list(store.quads_for_pattern(None, None, kind, letter))) == total - 1


def test_draft_that_is_half_judged_is_still_a_draft(review: Open, project: Path) -> None:
    page = review(new_letter())
    press(page, "j a")
    text = put(project, page)
    assert counted(text)["drafts"] == len(claims(page)) - 1
    checked = run(project, "check")
    assert checked.exit_code == 0, checked.output
    built = run(project, "build", "-o", str(project / "build"))
    assert built.exit_code == 0, built.output
    assert "woonloket" in built.output


def test_draft_that_nobody_judged_is_accepted_as_a_draft(review: Open, project: Path) -> None:
    put(project, review(new_letter()))
    checked = run(project, "check")
    assert checked.exit_code == 0, checked.output


def test_changed_and_added_claims_pass_the_check(review: Open, project: Path) -> None:
    page = review(new_letter())
    total = len(claims(page))
    press(page, "j e")
    page.fill("#f-subject", "Bureau Plas")
    page.select_option("#f-subject-kind", "rg:Bureau")
    page.fill("#f-object", "gemeente Oosterplas")
    page.select_option("#f-relation", "rg:adviseert")
    page.get_by_role("button", name="Wijzig en neem over").click()
    press(page, "n")
    page.fill("#f-subject", "Bureau Plas")
    page.fill("#f-object", "gemeente Rietmeer")
    page.select_option("#f-relation", "rg:werktSamenMet")
    page.get_by_role("button", name="Voeg toe", exact=True).click()
    page.click("[data-filter=open]")
    press(page, "j " + "a " * (total - 1))
    assert counted(put(project, page)) == {"claims": total + 1, "drafts": 0, "statuses": 0}
    checked = run(project, "check")
    assert checked.exit_code == 0, checked.output
    assert "0 errors" in checked.output
