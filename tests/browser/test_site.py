"""The pages of a release in a real browser, opened from disk: accessible, quiet, searchable, readable anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from test_map_axe import AXE
from tests.conftest import REPO
from tests.release_sites import built, site

pytestmark = pytest.mark.browser

KINDS = (
    "index",
    "brieven",
    "entiteiten",
    "programmas",
    "themas",
    "vragen",
    "vragen/wie-werkt-met-wie",
    "def",
    "def-klassen",
    "def-klassen-boom",
    "catalogus",
    "begrippen",
    "codeboek",
    "citeren",
    "wijzigingen",
    "zoeken",
    "404",
    "id/brief/waterlanden",
    "id/bewering/*",
    "id/bewijs/*",
    "id/orgaan/*",
    "id/programma/*",
    "id/thema/*",
)
"""One page of each kind, in the release of `examples/`."""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(built(REPO / "examples"), tmp_path_factory.mktemp("site"))


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[Open]:
    """opened(kind, ending, **context) opens a page; in the end only files of the site were asked for, in silence."""
    contexts, asked, complaints = [], [], []

    def open_page(kind: str, end: str = ".html", hash: str = "", **options: Any) -> Page:
        path = next(iter(sorted(folder.glob(kind + end))))
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path.as_uri() + hash)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith((folder.as_uri(), "data:"))] == []
    assert complaints == []


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: npm --prefix tests/node install, as tests/run does.")
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[list[str]]:
    page.evaluate(axe)
    script = """() => axe.run(document, { preload: false, resultTypes: ['violations'] }).then((result) =>
        result.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, node.target.join(' ')])))"""
    return list(page.evaluate(script))


@pytest.mark.parametrize("kind", KINDS)
def test_no_violation(opened: Open, axe: str, kind: str) -> None:
    assert violations(opened(kind), axe) == []


@pytest.mark.parametrize("kind", ["index", "id/brief/waterlanden", "vragen/wie-werkt-met-wie", "def-klassen"])
def test_no_violation_in_the_dark_and_on_a_phone(opened: Open, axe: str, kind: str) -> None:
    dark = opened(kind, ".en.html", color_scheme="dark", viewport={"width": 390, "height": 844})
    assert violations(dark, axe) == []


def test_axe_sees_a_fault_that_is_put_in(opened: Open, axe: str) -> None:
    page = opened("zoeken")
    page.evaluate("document.querySelector('label').remove()")
    assert [rule for rule, _ in violations(page, axe)] == ["label"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_at_320_pixels(opened: Open, kind: str) -> None:
    page = opened(kind, viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_style_sheet_is_used_from_disk(opened: Open) -> None:
    page = opened("index")
    assert page.evaluate("getComputedStyle(document.querySelector('.cards')).display") == "grid"


def test_the_policy_stops_a_script_and_a_style_that_get_in(browser: Browser, folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.pwn = true';
        document.body.append(script);
        const style = document.createElement('style');
        style.textContent = 'body { display: none }';
        document.body.append(style);
    }""")
    assert page.evaluate("window.pwn") is None
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    context.close()


def test_search_finds_without_accents_and_leads_to_the_page(opened: Open) -> None:
    page = opened("zoeken")
    page.fill("#q", "waterlanden")
    page.locator("#hits a").first.wait_for()
    assert page.text_content("#told").endswith("gevonden")  # type: ignore[union-attr]
    page.locator("#hits a").first.click()
    assert "/id/" in page.url
    assert "aterlanden" in page.text_content("h1")  # type: ignore[operator]


def test_search_says_when_there_is_nothing_and_keeps_to_the_address(opened: Open) -> None:
    page = opened("zoeken", ".en.html", "#zzzz")
    assert page.text_content("#told") == "Nothing found."
    assert page.locator("#hits li").count() == 0
    page.fill("#q", "bestáánd claim")
    assert page.evaluate("location.hash") == "#best%C3%A1%C3%A1nd%20claim"


@pytest.mark.parametrize("hostile", ["%E0%A4%A", "<img src=x onerror=window.pwn=1>"])
def test_a_hostile_address_of_the_search_does_nothing(opened: Open, hostile: str) -> None:
    page = opened("zoeken", hash=f"#{hostile}")
    assert page.evaluate("window.pwn") is None
    assert page.locator("img").count() == 0


def test_pages_are_read_without_javascript(opened: Open) -> None:
    page = opened("id/brief/waterlanden", java_script_enabled=False)
    assert page.locator(".claims li").count() > 10
    page.locator(".tongue").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_map_opens_in_english_from_the_english_menu(opened: Open) -> None:
    page = opened("index", ".en.html")
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_selector("html[data-klaar]")
    assert page.locator("html").get_attribute("lang") == "en"


def test_print_leaves_the_menu_out(opened: Open) -> None:
    page = opened("index")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert page.locator("h1").is_visible()
