"""The address of the map carries the whole view, and nothing else gets in by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from on_the_page import ALL_ROWS, box, found, status, toggle, uncheck
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Show = Callable[..., Any]


def seen(shown: Any) -> dict[str, Any]:
    """All of a view that an address can carry, as a reader finds it on the page."""
    page = shown.page
    if page.is_visible("#tabel"):
        page.wait_for_function(ALL_ROWS)
    state = page.evaluate(
        """() => ({
            boxes: [...document.querySelectorAll('[data-facet] input[type=checkbox]')].map((box) => box.checked),
            selects: [...document.querySelectorAll('#layout, #size')].map((select) => select.value),
            years: [...document.querySelectorAll('#t-from, #t-to')].map((range) => range.value),
            undated: document.getElementById('t-undated').checked,
            steps: [...document.querySelectorAll('[data-steps]')].map((button) => button.getAttribute('aria-pressed')),
            views: [...document.querySelectorAll('.pair button')].map((button) => button.getAttribute('aria-pressed')),
            lang: document.documentElement.lang,
            colour: getComputedStyle(document.body).backgroundColor,
            card: document.getElementById('card').innerText,
            rows: [...document.querySelectorAll('#rows tr')].filter((row) => row.getClientRects().length)
                .map((row) => row.className + row.innerText).join(),
            drawn: regiograaf.net.body.data.nodes.get().map((node) => [node.id, node.hidden, node.opacity]),
        })"""
    )
    return {**state, "found": found(shown), "status": status(page)}


def a_theme_off(page: Page) -> None:
    uncheck(page, "thema", "Wonen", "-")


def a_letter_and_modalities_off(page: Page) -> None:
    uncheck(page, "brief", "noord-2024")
    uncheck(page, "modaliteit", "bestaand", "mogelijk")


def one_kind_on(page: Page) -> None:
    toggle(page, "soort").click()
    box(page, "soort", "regio").check()


def nothing_on(page: Page) -> None:
    toggle(page, "modaliteit").click()


def said_only(page: Page) -> None:
    uncheck(page, "herkomst", "inferred", "background")


def what_exists(page: Page) -> None:
    uncheck(page, "bestaan", "voorgenomen", "beeindigd")


def a_node(page: Page) -> None:
    page.evaluate("regiograaf.select('regio-1')")


def a_line(page: Page) -> None:
    page.evaluate("regiograaf.selEdge('e3')")


def a_node_and_two_steps(page: Page) -> None:
    a_node(page)
    page.click("#detail [data-steps='2']")


def a_node_and_three_steps(page: Page) -> None:
    a_node(page)
    page.click("#detail [data-steps='3']")


def layers_and_size(page: Page) -> None:
    page.select_option("#layout", "lagen")
    page.select_option("#size", "relaties")


def the_table(page: Page) -> None:
    page.click("#b-table")


def english(page: Page) -> None:
    page.click("#b-language")


def dark(page: Page) -> None:
    page.click("#b-dark")


def some_years(page: Page) -> None:
    page.focus("#t-from")
    page.keyboard.press("ArrowRight")


def some_years_and_undated(page: Page) -> None:
    some_years(page)
    page.click("#t-fold")
    page.check("#t-undated")


def everything(page: Page) -> None:
    for part in (
        a_theme_off,
        what_exists,
        layers_and_size,
        some_years_and_undated,
        english,
        dark,
        a_node_and_two_steps,
    ):
        part(page)
    the_table(page)


PARTS = [
    a_theme_off,
    a_letter_and_modalities_off,
    one_kind_on,
    nothing_on,
    said_only,
    what_exists,
    a_node,
    a_line,
    a_node_and_two_steps,
    a_node_and_three_steps,
    layers_and_size,
    the_table,
    english,
    dark,
    some_years,
    some_years_and_undated,
    everything,
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_saved_link_restores_the_view(view: Show, part: Callable[[Page], None]) -> None:
    first = view("rich")
    before = seen(first)
    part(first.page)
    after, address = seen(first), first.page.evaluate("location.hash")
    assert address
    assert after != before
    assert seen(view("rich")) == before
    again = view("rich", address)
    assert seen(again) == after
    assert again.page.evaluate("location.hash") == address


def test_saved_link_restores_in_a_new_page(show: Show) -> None:
    first = show("rich")
    everything(first.page)
    second = show("rich", first.page.evaluate("location.hash"))
    assert seen(second) == seen(first)


def test_address_is_empty_at_the_start_and_after_show_all(show: Show) -> None:
    page = show("rich").page
    assert page.evaluate("location.hash") == ""
    for part in (a_theme_off, some_years, a_node):
        part(page)
    assert page.evaluate("location.hash") != ""
    page.click("#reset")
    assert page.evaluate("location.hash") == ""


def test_copied_link_is_the_address(show: Show) -> None:
    page = show("small", permissions=["clipboard-read", "clipboard-write"]).page
    page.evaluate("regiograaf.select('delta')")
    page.click("#b-export")
    page.click("#b-link")
    expect(page.locator("#status")).to_have_text("Link gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert "knoop=delta" in page.url


PAYLOAD = "%22%3E%3Cimg+src%3Dx+onerror%3Dwindow.pwn%3D1%3E"


@pytest.mark.parametrize(
    "hash",
    [
        f"#knoop={PAYLOAD}&thema={PAYLOAD}x",
        "#knoop=constructor&relatie=toString&indeling=__proto__&beeld=valueOf&taal=constructor&grootte=%00&kleur=toString",
        "#knoop=n0&stappen=99999999",
        "#jaren=0000-9999&ongedateerd=1",
        "#jaren=2030-1990",
        "#jaren=NaN-NaN",
        "#%E0%A4%A",
        "#" + "a" * 100_000,
        "#groepen=__proto__.constructor",
    ],
    ids=lambda hash: hash[:30],
)
def test_nonsense_in_the_address_changes_nothing(view: Show, hash: str) -> None:
    start = seen(view("small"))
    shown = view("small", hash)
    assert seen(shown) == start
    assert shown.page.evaluate("[regiograaf.state.node, regiograaf.state.line, window.pwn]") == [None, None, None]
    assert shown.page.locator("img").count() == 0


@pytest.mark.parametrize("facet", ["soort", "modaliteit", "herkomst", "brief", "bestaan", "thema"])
def test_unknown_values_of_a_filter_are_left_out(view: Show, facet: str) -> None:
    shown = view("rich", f"#{facet}=!__proto__.{PAYLOAD}.n0")
    assert len(found(shown)[0]) == 18
    assert shown.page.evaluate("window.pwn") is None


def test_back_and_forward_follow_the_links_that_were_opened(show: Show) -> None:
    page = show("small").page
    start = page.url
    page.goto(start + "#knoop=delta")
    expect(page.locator("#card h2")).to_have_text("Programma Delta")
    page.goto(start + "#knoop=een")
    expect(page.locator("#card h2")).to_have_text("Eén Regio")
    page.go_back()
    expect(page.locator("#card h2")).to_have_text("Programma Delta")
    page.go_forward()
    expect(page.locator("#card h2")).to_have_text("Eén Regio")


def test_layout_that_is_chosen_in_the_table_is_drawn_as_one_chosen_on_the_map(show: Show) -> None:
    view = """() => { const { x, y } = regiograaf.net.getViewPosition(); return [x, y, regiograaf.net.getScale(),
        ...regiograaf.net.body.data.nodes.get().flatMap((node) => [node.x, node.y, node.size])].map(Math.round); }"""
    direct, round_about = show("rich"), show("rich")
    direct.page.select_option("#layout", "lagen")
    round_about.page.click("#b-table")
    round_about.page.select_option("#layout", "lagen")
    round_about.page.click("#b-map")
    for shown in (direct, round_about):
        shown.page.wait_for_timeout(400)
    assert round_about.page.evaluate(view) == direct.page.evaluate(view)
