"""A coder judges the claims of a draft, by mouse and by keyboard, and takes the Turtle file away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from review_pages import LETTER, claims, click_line, counted, download, example, press, reader, row, standing, turtle
from tests.conftest import REPO

from regiograaf.reader.turtle import turtle as turtle_of

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


# Nothing judged


def test_nothing_judged_gives_the_turtle_of_the_command(review: Open) -> None:
    page = review()
    assert len(claims(page)) == len(example().claims) > 10
    assert turtle(page) == turtle_of(example())
    assert download(page) == ("waterlanden.ttl", turtle_of(example()))


@pytest.mark.parametrize(
    "name", ["drechtsteden", "haagse-regio", "koersnotitie-wonen", "leidse-regio", "samenwerking-drechtsteden"]
)
def test_nothing_judged_gives_the_turtle_of_each_real_letter(review: Open, real_letters: Path, name: str) -> None:
    draft = reader(REPO).read(real_letters / f"{name}.txt")
    assert turtle(review(draft)) == turtle_of(draft)


def test_letter_without_claims_gives_the_turtle_of_the_command(review: Open) -> None:
    draft = reader(REPO / "examples").read(b"Goedemorgen.\n\nHet regent hier de hele dag.\n", "regen.txt")
    assert draft.claims == ()
    page = review(draft)
    assert turtle(page) == turtle_of(draft)
    expect(page.locator("#none-text")).to_contain_text("Er is geen bewering voorgesteld")


# Accept and drop


def test_mouse_accepts_and_drops(review: Open) -> None:
    page = review()
    first, second, *rest = claims(page)
    row(page, first).get_by_role("button", name="Overnemen").click()
    row(page, second).get_by_role("button", name="Laat vervallen").click()
    assert standing(page) == ["accepted", "dropped", *["open"] * len(rest)]
    total = len(rest) + 2
    expect(page.locator("#judged")).to_have_text(f"2 van {total} beoordeeld")
    expect(page.locator("#tally")).to_have_text("1 overgenomen, 1 vervallen")
    assert page.evaluate(
        "[progress.value, progress.max]".replace("progress", "document.getElementById('progress')")
    ) == [2, total]
    text = download(page)[1]
    assert counted(text)["claims"] == total - 1
    assert counted(text)["drafts"] == total - 2
    blocks = text.split("\n\n")
    accepted = next(block for block in blocks if block.startswith("brief:w001\n"))
    assert "rg:status" not in accepted
    assert not any(block.startswith(("brief:w002\n", "brief:w002-b1\n")) for block in blocks)


def test_second_click_takes_a_judgement_back(review: Open) -> None:
    page = review()
    first = claims(page)[0]
    button = row(page, first).get_by_role("button", name="Overnemen")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert turtle(page) == turtle_of(example())


def test_keyboard_judges_everything_without_a_mouse(review: Open) -> None:
    page = review()
    total = len(claims(page))
    press(page, "j a d")
    assert standing(page)[:3] == ["accepted", "dropped", "open"]
    press(page, "k k a")  # back to the first, whose judgement that takes back
    assert standing(page)[:2] == ["open", "dropped"]
    press(page, "a " * (total - 1))
    assert standing(page) == ["accepted", "dropped", *["accepted"] * (total - 2)]
    expect(page.locator("html")).to_have_attribute("data-done", "true")
    expect(page.locator("#say")).to_have_text("Alles is beoordeeld. Bewaar de Turtle.")
    text = download(page)[1]
    assert counted(text) == {"claims": total - 1, "drafts": 0, "statuses": 0}
    assert not text.startswith("#")


def test_arrows_move_like_j_and_k_but_leave_the_letter_to_scroll(review: Open) -> None:
    page = review()
    first, second = claims(page)[:2]
    press(page, "ArrowDown ArrowDown")
    expect(row(page, second)).to_have_attribute("aria-current", "true")
    expect(row(page, second)).to_be_focused()
    press(page, "ArrowUp")
    expect(row(page, first)).to_be_focused()
    page.focus("#letter")
    press(page, "ArrowDown")
    expect(row(page, first)).to_have_attribute("aria-current", "true")


def test_undo_takes_back_one_step_at_a_time(review: Open) -> None:
    page = review()
    press(page, "j a d a")
    assert standing(page)[:4] == ["accepted", "dropped", "accepted", "open"]
    press(page, "u")
    assert standing(page)[:4] == ["accepted", "dropped", "open", "open"]
    expect(row(page, claims(page)[2])).to_have_attribute("aria-current", "true")
    page.click("#undo")
    page.click("#undo")
    assert turtle(page) == turtle_of(example())
    page.click("#undo")
    expect(page.locator("#say")).to_have_text("Er is niets ongedaan te maken")


def test_keys_do_nothing_when_switched_off(review: Open) -> None:
    page = review()
    press(page, "?")
    expect(page.locator("#help-box")).to_be_visible()
    page.uncheck("#use-keys")
    page.click("#help-close")
    press(page, "j a")
    assert set(standing(page)) == {"open"}


# What the browser keeps


def test_judgements_are_there_again_after_closing(review: Open) -> None:
    page = review()
    press(page, "j a d")
    before = standing(page), turtle(page)
    page.reload()
    page.wait_for_selector("html[data-klaar]")
    assert (standing(page), turtle(page)) == before
    expect(page.locator("#say")).to_have_text("Verder met 2 eerdere oordelen in deze browser.")


def test_another_letter_starts_clean(review: Open) -> None:
    page = review()
    press(page, "j a")
    changed = LETTER.read_bytes().replace(b"Geachte colleges", b"Beste colleges")
    assert changed != LETTER.read_bytes()
    other = review(reader(REPO / "examples").read(changed, "waterlanden.txt"))
    assert set(standing(other)) == {"open"}


def test_damaged_or_foreign_memory_is_left_aside(review: Open) -> None:
    page = review()
    place = f"regiograaf-review {example().document.letter.digest}"
    for kept in ("{", "7", '{"version":1,"judged":[["gone","accepted"],["x"]],"names":[["__proto__",{"same":"y"}]]}'):
        page.evaluate("([place, kept]) => localStorage.setItem(place, kept)", [place, kept])
        page.reload()
        page.wait_for_selector("html[data-klaar]")
        assert turtle(page) == turtle_of(example())
    expect(page.locator("#say")).to_have_text("1 eerder oordeel hoort bij beweringen die er niet meer zijn.")


def test_page_works_where_nothing_can_be_kept(review: Open, context: BrowserContext) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page = review()
    press(page, "j a")
    assert standing(page)[:2] == ["accepted", "open"]


# Which claims are shown


def test_filters_show_what_they_count(review: Open) -> None:
    page = review()
    press(page, "j a d a")
    total = len(claims(page))
    for name, number in {"open": total - 3, "accepted": 2, "dropped": 1, "all": total}.items():
        button = page.locator(f"[data-filter={name}]")
        button.click()
        expect(button.locator(".count")).to_have_text(str(number))
        expect(page.locator("#list > li")).to_have_count(number)


def test_low_chances_can_be_looked_at_alone(review: Open) -> None:
    page = review()
    page.select_option("#below", "70")
    low = sum(claim.score < 0.7 for claim in example().claims)
    assert 0 < low < len(example().claims)
    expect(page.locator("#list > li")).to_have_count(low)


def test_judging_within_a_filter_goes_on_to_the_next(review: Open) -> None:
    page = review()
    page.click("[data-filter=open]")
    press(page, "j a a")
    assert standing(page)[:3] == ["accepted", "accepted", "open"]
    expect(page.locator("#list > li")).to_have_count(len(claims(page)) - 2)
    expect(row(page, claims(page)[2])).to_be_focused()
    page.click("[data-filter=dropped]")
    expect(page.locator("#none-text")).to_have_text("Geen beweringen met deze keuze.")
    page.click("#show-all")
    expect(page.locator("#list > li")).to_have_count(len(claims(page)))


# The letter beside it


def test_letter_shows_the_sentence_and_the_ends_of_the_chosen_claim(review: Open) -> None:
    page = review()
    draft = example()
    press(page, "j")
    line = next(line for line in draft.structure.lines if line.begin == draft.claims[0].begin)
    expect(page.locator(".line.current")).to_have_text(line.text)
    shown = page.locator(".line.current .end").all_inner_texts()
    assert shown
    assert set(shown) <= {draft.claims[0].subject.text, draft.claims[0].object.text}


def test_click_on_a_sentence_chooses_its_claims_in_turn(review: Open) -> None:
    page = review()
    begins = [claim.begin for claim in example().claims]
    begin = next(begin for begin in begins if begins.count(begin) > 1)
    number = next(i for i, line in enumerate(example().structure.lines) if line.begin == begin)
    where = begins.index(begin)
    for expected in (claims(page)[where], claims(page)[where + 1]):
        click_line(page, number)
        expect(row(page, expected)).to_have_attribute("aria-current", "true")


def test_open_sentences_are_counted_and_listed(review: Open) -> None:
    page = review()
    draft = example()
    begins = {claim.begin for claim in draft.claims}
    without = [line.text for line in draft.structure.lines if line.kind == "sentence" and line.begin not in begins]
    assert without
    assert page.locator(".line.without").all_text_contents() == without
    page.click("[data-filter=without]")
    assert page.locator("#list .quoted").all_text_contents() == without
