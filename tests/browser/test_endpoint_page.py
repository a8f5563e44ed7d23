"""The page to ask from, in a real browser that can reach this server and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from tests.conftest import REPO
from tests.test_endpoint import Server, serving

from regiograaf.stores import place_of

pytestmark = pytest.mark.browser

RESULT = ".yasr .yasr_results"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(place_of(REPO), REPO / "queries", seconds=10) as running:
        yield running


@pytest.fixture
def opened(browser: Browser, server: Server) -> Iterator[tuple[Page, list[str]]]:
    """A page of which every request to others is cut off and noted, with what else it complained of."""
    context: BrowserContext = browser.new_context(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
    own, complaints = f"http://127.0.0.1:{server.port}/", []

    def only_own(route: Route) -> None:
        if route.request.url.startswith(own):
            route.continue_()
        else:
            complaints.append(f"asked {route.request.url}")
            route.abort()

    context.route("**/*", only_own)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(own)
    page.wait_for_selector(".yasqe .CodeMirror")
    yield page, complaints
    context.close()
    assert complaints == []


def test_each_stored_question_has_a_tab(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    names = [tab.inner_text().removesuffix("✖").strip() for tab in page.query_selector_all(".tabsList .tab")]
    assert sorted(names) == sorted(path.stem for path in (REPO / "queries").glob("*.rq"))


def test_a_stored_question_is_answered_with_the_network_cut(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.select_option("#questions", label="Wie in een programma meewerkt, met de bewijsplaats")
    active = page.locator(".tabPanel.active")
    active.locator(".yasqe_queryButton").click()
    active.locator(f"{RESULT} table").wait_for(timeout=20_000)
    text = active.locator(RESULT).inner_text()
    assert "novex-zuidelijke-randstad" in text
    assert "werken we samen" in text
    if folder := os.environ.get("REGIOGRAAF_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / "endpoint.png"))


def test_a_mistake_is_shown_as_the_server_says_it(opened: tuple[Page, list[str]]) -> None:
    page, complaints = opened
    page.evaluate("yasgui.getTab().getYasqe().setValue('SELECT ?s WHERE { ?s ?p ')")
    page.evaluate("yasgui.getTab().query().catch(() => null)")
    page.locator(".tabPanel.active .yasr").get_by_text("is not expected at line 1").first.wait_for(timeout=10_000)
    assert all("400" in complaint for complaint in complaints)
    complaints.clear()


def test_a_link_of_an_entity_leads_on(opened: tuple[Page, list[str]], server: Server) -> None:
    page, _ = opened
    page.goto(f"http://127.0.0.1:{server.port}/id/programma/novex-zuidelijke-randstad")
    page.get_by_role("link", name="Drechtsteden", exact=True).first.click()
    assert page.url.endswith("/id/brief/drechtsteden")
    assert page.locator("h1").inner_text() != ""
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 22)"
