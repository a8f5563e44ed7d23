"""The review page reads well: for axe, on a phone, on paper, in the dark and in English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from review_pages import claims, example, new_letter, press, turtle, write
from test_map_axe import AXE, RUN

from conftest import Watched
from regiograaf.reader.turtle import turtle as turtle_of

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def start(page: Page) -> None:
    pass


def judged(page: Page) -> None:
    press(page, "j a d a")


def changing(page: Page) -> None:
    press(page, "j e")


def refused(page: Page) -> None:
    press(page, "j e")
    page.fill("#f-subject", "Bureau Plas")
    page.fill("#f-object", "")
    page.get_by_role("button", name="Wijzig en neem over").click()


def adding(page: Page) -> None:
    press(page, "j n")


def open_sentences(page: Page) -> None:
    page.click("[data-filter=without]")


def nothing_shown(page: Page) -> None:
    page.click("[data-filter=accepted]")


def names(page: Page) -> None:
    page.click("[data-pane=names]")
    page.locator(".entity-name").first.click()


def names_dropped(page: Page) -> None:
    names(page)
    page.locator("[data-do=drop-name]").click()


def help_box(page: Page) -> None:
    page.click("#help")


def dark(page: Page) -> None:
    page.click("#dark")
    judged(page)


def dark_names(page: Page) -> None:
    page.click("#dark")
    names(page)


def english(page: Page) -> None:
    page.click("#language")
    press(page, "j e")


STATES = [
    start, judged, changing, refused, adding, open_sentences, nothing_shown, names, names_dropped, help_box, dark,
    dark_names, english,
]  # fmt: skip


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: npm --prefix tests/node install, as tests/run does.")
    return Path(AXE).read_text(encoding="utf-8")


def check(page: Page, axe: str) -> None:
    page.evaluate(axe)
    result = page.evaluate(RUN)
    assert result["violations"] == []
    assert result["incomplete"] == []


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_violation(review: Open, axe: str, state: Callable[[Page], None]) -> None:
    page = review(new_letter())
    state(page)
    check(page, axe)


@pytest.mark.parametrize("state", [start, changing, names, help_box], ids=lambda state: state.__name__)
def test_no_violation_at_390_pixels(review: Open, axe: str, state: Callable[[Page], None]) -> None:
    page = review(new_letter())
    page.set_viewport_size({"width": 390, "height": 844})
    state(page)
    check(page, axe)


@pytest.mark.parametrize("width", [1440, 1024, 720, 390, 320])
def test_no_sideways_scrolling(review: Open, width: int) -> None:
    page = review()
    page.set_viewport_size({"width": width, "height": 844})
    for state in (start, changing, names):
        state(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Escape")


def test_phone_shows_one_thing_at_a_time(review: Open) -> None:
    page = review()
    page.set_viewport_size({"width": 390, "height": 844})
    shown = {"letter": "#letter", "claims": "#claims", "names": "#names"}
    for pane in ("letter", "names", "claims"):
        page.locator(f"[data-pane={pane}]").and_(page.locator("button")).click()
        assert [name for name, place in shown.items() if page.locator(place).is_visible()] == [pane]
    press(page, "j")
    expect(page.locator("[aria-current=true] .passage")).to_be_visible()
    page.locator("#pane-letter").click()
    expect(page.locator(".line.current")).to_be_in_viewport()


def test_chosen_claim_and_its_sentence_stay_in_sight(review: Open) -> None:
    page = review()
    for _ in claims(page)[:-1]:
        press(page, "j")
        expect(page.locator("[aria-current=true] .says")).to_be_in_viewport()
        expect(page.locator(".line.current")).to_be_in_viewport()


def test_english_words_and_the_letter_as_it_is(review: Open) -> None:
    page = review(language="en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#download")).to_have_text("Save Turtle")
    expect(page.locator("[data-do=accept]").first).to_have_text("Accept")
    expect(page.locator("#text")).to_have_attribute("lang", "nl")
    assert turtle(page) == turtle_of(example())
    page.click("#language")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator("#download")).to_have_text("Bewaar Turtle")
    expect(page.locator("[data-do=accept]").first).to_have_text("Overnemen")


def test_every_word_is_there_in_both_languages(review: Open) -> None:
    page = review()
    for _ in range(2):
        empty = page.evaluate(
            "[...document.querySelectorAll('[data-t], button, label')].filter((one) => !one.textContent.trim()"
            " && !one.getAttribute('aria-label')).map((one) => one.outerHTML)"
        )
        assert empty == []
        assert "undefined" not in page.inner_text("body")
        page.click("#language")


def test_dark_follows_the_system_until_it_is_chosen(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    page = Watched.of(context.new_page()).opened(write(example(), tmp_path).as_uri()).page
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(18, 22, 28)"
    expect(page.locator("#dark")).to_have_attribute("aria-pressed", "true")
    page.click("#dark")
    assert page.evaluate(paper) == "rgb(251, 251, 249)"
    context.close()


def test_paper_has_the_letter_and_the_claims_without_buttons(review: Open, tmp_path: Path) -> None:
    page = review()
    page.emulate_media(media="print")
    for gone in (".actions", "#filters", ".tools", "#panes"):
        assert not page.locator(gone).first.is_visible()
    for there in ("#text", ".claim .says", ".claim .passage", "#judged"):
        assert page.locator(there).first.is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_copied_turtle_is_the_saved_one(review: Open, context: Any) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = review()
    press(page, "j a")
    page.click("#copy")
    expect(page.locator("#say")).to_have_text("Turtle gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()") == turtle(page)
