"""The map by keyboard alone: everything is reached, seen to be reached, and works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from on_the_page import found
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Show = Callable[..., Any]

FOCUSABLE = """() => {
    const can = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const found = [...document.querySelectorAll(can)].filter((element) => element.tabIndex >= 0 && !element.disabled
        && element.getClientRects().length && getComputedStyle(element).visibility === 'visible'
        && !element.closest('[inert]'));
    found.forEach((element, i) => { element.dataset.stop = i; });
    return found.map((element) => element.id || element.outerHTML.slice(0, 80));
}"""
"""Numbers whatever takes the focus; gives their names."""

FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return {
        stop: Number(element.dataset.stop ?? -1), name: element.id || element.outerHTML.slice(0, 80),
        ring: style.outlineStyle !== 'none' ? parseFloat(style.outlineWidth) : 0,
        inside: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
        // the handles of the timeline let the mouse through where they are not
        free: element.type === 'range' || element.contains(top) || !!top?.contains(element),
    };
}"""


def tour(page: Page, most: int = 400) -> list[dict[str, Any]]:
    """All stops of the Tab key, from the first to the one after which the page is left."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (stops and stop["stop"] == stops[0]["stop"]):
            break
        stops.append(stop)
    return stops


def start(page: Page) -> None:
    pass


def node_with_steps(page: Page) -> None:
    page.evaluate("regiograaf.select('provincie')")
    page.click("#detail [data-steps='2']")


def line(page: Page) -> None:
    page.evaluate("regiograaf.selEdge('e0')")


def the_table(page: Page) -> None:
    page.click("#b-table")


def timeline_open(page: Page) -> None:
    page.click("#t-fold")


@pytest.mark.parametrize(
    ("name", "state", "width"),
    [
        ("small", start, 1440),
        ("small", node_with_steps, 1440),
        ("small", line, 1440),
        ("small", the_table, 1440),
        ("rich", timeline_open, 1440),
        ("small", start, 390),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_tab_reaches_everything_once_and_shows_where_it_is(
    show: Show, name: str, state: Callable[[Page], None], width: int
) -> None:
    page = show(name, viewport={"width": width, "height": 900}).page
    state(page)
    page.wait_for_timeout(300)
    expected = page.evaluate(FOCUSABLE)
    page.locator("body").evaluate("(body) => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }")
    stops = tour(page)
    reached = [stop["stop"] for stop in stops]
    assert [expected[stop] for stop in reached if reached.count(stop) > 1] == []
    assert [name for i, name in enumerate(expected) if i not in reached] == []
    assert [stop["name"] for stop in stops if stop["ring"] < 2] == []
    assert [stop["name"] for stop in stops if not (stop["inside"] and stop["free"])] == []


def test_first_stops_skip_to_the_map_and_to_the_table(show: Show) -> None:
    page = show("small").page
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Ga naar de kaart"
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Ga naar de tabel met alle relaties"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tabel"
    assert page.is_visible("#tabel")
    page.keyboard.press("Shift+Tab")


def test_search_filters_and_map_are_reached_in_few_stops(show: Show) -> None:
    """At the real size: a reader is not led through hundreds of stops."""
    page = show("real").page
    page.evaluate(FOCUSABLE)
    names = [stop["name"] for stop in tour(page, 90)]
    assert names.index("q") <= 3
    assert "net" in names
    assert names.index("net") < 30


def test_a_filter_is_one_stop_and_arrows_walk_in_it(show: Show) -> None:
    page = show("real").page
    value = "document.activeElement.value"
    for facet in ("modaliteit", "thema"):
        boxes = page.locator(f"[data-facet={facet}] input[type=checkbox]")
        values = boxes.evaluate_all("(all) => all.filter((one) => one.checkVisibility()).map((one) => one.value)")
        page.focus(f"[data-facet={facet}] .toggle")
        page.keyboard.press("Tab")
        if facet == "thema":
            assert page.evaluate("document.activeElement.type") == "search"
            page.keyboard.press("ArrowDown")
            assert page.evaluate("document.activeElement.type") == "search"
            page.keyboard.press("Tab")
        walked = [page.evaluate(value)]
        for _ in values[1:]:
            page.keyboard.press("ArrowDown")
            walked.append(page.evaluate(value))
        assert walked == values
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        assert page.evaluate(value) == values[1]
        assert not boxes.nth(1).is_checked()
        assert boxes.nth(0).is_checked()
        # Back in it the reader is where he was.
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(value) == values[1]
        page.keyboard.press("Tab")
        assert page.evaluate(f"!document.activeElement.closest('[data-facet={facet}]')")
        assert page.get_attribute(f"#facet-{facet}", "aria-describedby") == "walk-help"
    assert "Pijltjestoetsen" in (page.text_content("#walk-help") or "")


def test_values_that_come_into_view_are_walked_too(show: Show) -> None:
    page = show("real").page
    part = page.locator("[data-facet=thema]")
    page.focus("[data-facet=thema] input[type=checkbox] >> nth=0")
    page.keyboard.press("End")
    assert "more" in (page.evaluate("document.activeElement.className") or "")
    few = part.locator("input[type=checkbox]:visible").count()
    page.keyboard.press("Enter")
    all_ = part.locator("input[type=checkbox]:visible").count()
    assert all_ > few
    page.keyboard.press("Home")
    for _ in range(few):
        page.keyboard.press("ArrowDown")
    last = part.locator("input[type=checkbox]").nth(few).get_attribute("value")
    assert page.evaluate("document.activeElement.value") == last
    # What a search leaves has its stop, although the one that had it is gone.
    page.focus("[data-facet=thema] input[type=search]")
    page.keyboard.type("woningbouw")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "woningbouw" in page.evaluate("document.activeElement.value")


def test_map_and_table_are_one_stop(show: Show) -> None:
    page = show("small").page
    page.focus("#b-map")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "b-table"
    page.keyboard.press("Enter")
    assert page.is_visible("#tabel")
    page.focus("#b-export")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "b-table"


def test_map_is_walked_with_arrows(show: Show) -> None:
    page = show("small").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "net"
    page.keyboard.press("ArrowRight")
    at = "(() => { const n = regiograaf.net.body.nodes[regiograaf.state.node.id]; return [n.x, n.y]; })()"
    walked = {page.evaluate("regiograaf.state.node.key")}
    for key, axis, sign in (("ArrowLeft", 0, -1), ("ArrowRight", 0, 1), ("ArrowDown", 1, 1), ("ArrowUp", 1, -1)):
        for _ in range(4):
            before, was = page.evaluate(at), page.evaluate("regiograaf.state.node.key")
            page.keyboard.press(key)
            after = page.evaluate(at)
            now = page.evaluate("regiograaf.state.node.key")
            assert now == was or sign * (after[axis] - before[axis]) > 0, key
            walked.add(now)
    assert len(walked) >= 5


def test_arrows_reach_every_node_of_the_map(show: Show, files: Any) -> None:
    """From any node some way leads to each other one: no node can be had by mouse alone."""
    page = show("small").page
    page.focus("#net")
    page.keyboard.press("ArrowRight")
    seen, open_ = set(), [page.evaluate("regiograaf.state.node.key")]
    while open_:
        key = open_.pop()
        if key in seen:
            continue
        seen.add(key)
        for arrow in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            page.evaluate("(key) => regiograaf.select(key)", key)
            page.focus("#net")
            page.keyboard.press(arrow)
            open_.append(page.evaluate("regiograaf.state.node.key"))
    assert seen == {iri.rpartition("/")[2] for iri in files.network("small")}


def test_from_search_to_evidence_and_back_without_a_mouse(show: Show) -> None:
    page = show("small").page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("een")
    assert page.locator("#hits [aria-selected=true]").count() == 1
    assert page.get_attribute("#q", "aria-activedescendant") == page.locator(
        "#hits [aria-selected=true]"
    ).get_attribute("id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.evaluate("regiograaf.state.node.key") == "een"
    page.focus("#net")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "detail"
    for _ in range(20):
        page.keyboard.press("Tab")
        if "werkt samen met" in page.inner_text(":focus"):
            break
    page.keyboard.press("Enter")
    assert page.inner_text("#card h2") == "Provincie Noord → Eén Regio"
    assert page.evaluate("document.activeElement.id") == "detail"
    assert page.locator("#card blockquote").count() >= 1
    page.keyboard.press("Escape")
    assert page.evaluate("[regiograaf.state.node, regiograaf.state.line, document.activeElement.id]") == [
        None,
        None,
        "net",
    ]


def test_zoom_and_steps_have_keys(show: Show) -> None:
    shown = show("small")
    page = shown.page
    page.focus("#net")
    whole = page.evaluate("regiograaf.net.getScale()")
    page.keyboard.press("+")
    near = page.evaluate("regiograaf.net.getScale()")
    assert near > 1.2 * whole
    page.keyboard.press("-")
    assert page.evaluate("regiograaf.net.getScale()") == pytest.approx(whole)
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert page.evaluate("regiograaf.net.getScale()") == pytest.approx(whole)
    page.evaluate("regiograaf.select('provincie')")
    page.focus("#net")
    sizes = []
    for key in "123":
        page.keyboard.press(key)
        sizes.append(len(found(shown)[0]))
    assert sizes == [3, 6, 6]
    page.keyboard.press("Escape")
    assert len(found(shown)[0]) == 10


def test_keys_are_not_taken_from_who_types(show: Show) -> None:
    page = show("small").page
    page.focus("#q")
    page.keyboard.type("a/b+0-1")
    assert page.input_value("#q") == "a/b+0-1"
    page.keyboard.press("Escape")
    assert page.input_value("#q") == ""
    assert page.evaluate("document.activeElement.id") == "q"


def test_menu_of_exports_by_keyboard(show: Show) -> None:
    page = show("small").page
    page.focus("#b-export")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "b-link"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "menuitem"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "b-export"
    assert page.get_attribute("#b-export", "aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("r")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "regiograaf.csv"
    assert page.evaluate("document.activeElement.id") == "b-export"


def test_years_are_chosen_by_keyboard_and_moments_walked(show: Show) -> None:
    shown = show("rich")
    page = shown.page
    before = len(found(shown)[1])
    page.focus("#t-fold")
    page.keyboard.press("Enter")
    page.focus("#t-from")
    page.keyboard.press("ArrowRight")
    assert len(found(shown)[1]) < before
    page.focus("#t-rows .moment >> nth=0")
    first = page.evaluate("document.activeElement.dataset.claim")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.dataset.claim")
    assert second != first
    page.keyboard.press("Enter")
    assert page.evaluate("regiograaf.state.claim.key") == second


def test_on_a_phone_evidence_is_opened_and_closed_by_keyboard(show: Show) -> None:
    page = show("small", viewport={"width": 390, "height": 844}).page
    page.keyboard.press("/")
    page.keyboard.type("delta")
    page.keyboard.press("Enter")
    assert page.is_visible("#card h2")
    page.focus("#net")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "detail"
    page.keyboard.press("Escape")
    assert not page.is_visible("#card h2")
    assert page.evaluate("[regiograaf.state.node, document.activeElement.id]") == [None, "net"]


def test_what_changes_is_said_to_who_does_not_see_it(show: Show) -> None:
    page = show("small").page
    assert page.get_attribute("#status", "aria-live") == "polite"
    page.uncheck("[data-facet=soort] input[value=overheid]")
    assert page.inner_text("#status") == "8 van 10 knopen, 4 van 10 relaties"
    page.evaluate("regiograaf.select('delta')")
    assert page.text_content("#say").startswith("Programma Delta, programma")
    assert page.locator("#say").get_attribute("aria-live") == "polite"
