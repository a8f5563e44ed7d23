"""The pages of a release in a real browser, opened from disk: accessible, quiet, searchable, readable anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from test_map_axe import AXE
from tests.conftest import REPO
from tests.release_sites import released

from conftest import Spare, Watched

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
    "id/periode/*",
    "id/grootheid/*",
    "id/modaliteit/bestaand",
    "id/dekking/*",
    "id/graaf/brief/*",
    "kaart",
    "verslag",
    "sparql",
    "docs/index",
    "docs/start",
    "docs/library",
    "docs/library-maps",
)
"""One page of each kind, in the release of `examples/`."""

LOADING = 30_000
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def folder() -> Path:
    folder, told = released(REPO / "examples")
    assert told.files > 1000
    return folder


@pytest.fixture
def opened(spare: Spare, folder: Path, request: pytest.FixtureRequest) -> Iterator[Open]:
    """opened(kind, ending, **context) opens a page; in the end only files of the site were asked for, in silence.

    A test that fails takes its pages with it.
    """
    shown: list[tuple[Watched, dict[str, Any]]] = []
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    def open_page(kind: str, end: str = ".html", hash: str = "", **options: Any) -> Page:
        path = next(iter(sorted(folder.glob(kind + end))))
        options["reduced_motion"] = "no-preference"
        watched = spare.take(**options)
        shown.append((watched, options))
        page = watched.page
        page.on("console", hear)
        page.goto(path.as_uri() + hash)
        if kind in ("kaart", "sparql") and page.locator("#net, #text").count():
            page.wait_for_selector("html[data-klaar]:not([data-vraagt])", timeout=LOADING)
        return page

    failed = request.session.testsfailed
    yield open_page
    asked = [url for watched, _ in shown for url in watched.requests]
    complaints = [*said, *(complaint for watched, _ in shown for complaint in watched.complaints)]
    for watched, options in shown:
        watched.page.remove_listener("console", hear)
        if complaints or request.session.testsfailed > failed:
            watched.page.context.close()
        else:
            spare.leave(watched, **options)
        watched.requests.clear()
    assert [url for url in asked if not url.startswith((folder.as_uri(), "data:", "blob:"))] == []
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


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        ("index", ".en.html"),
        ("id/brief/waterlanden", ".en.html"),
        ("vragen/wie-werkt-met-wie", ".en.html"),
        ("def-klassen", ".en.html"),
        ("sparql", ".en.html"),
        ("kaart", ".html"),
        ("verslag", ".html"),
        ("docs/library", ".html"),
    ],
)
def test_no_violation_in_the_dark_and_on_a_phone(opened: Open, axe: str, kind: str, end: str) -> None:
    dark = opened(kind, end, color_scheme="dark", viewport={"width": 390, "height": 844})
    assert violations(dark, axe) == []


def test_axe_sees_a_fault_that_is_put_in(opened: Open, axe: str) -> None:
    page = opened("zoeken")
    page.evaluate("document.querySelector('label').remove()")
    assert [rule for rule, _ in violations(page, axe)] == ["label"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_at_320_pixels(opened: Open, kind: str) -> None:
    page = opened(kind, viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", ["id/brief/waterlanden", "id/orgaan/gs-*", "id/programma/*", "def"])
def test_no_word_of_a_drawing_is_cut(opened: Open, kind: str) -> None:
    page = opened(kind)
    script = """svg => [...svg.querySelectorAll('text')].filter(text => {
        const box = text.getBBox(), { width, height } = svg.viewBox.baseVal;
        return box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height;
    }).map(text => text.textContent)"""
    drawing = page.locator("figure.ego svg")
    assert drawing.locator("text").count() > 2
    assert drawing.evaluate(script) == []


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


def test_the_menu_is_usable_on_a_phone(opened: Open) -> None:
    page = opened("index", viewport={"width": 390, "height": 844})
    boxes = [link.bounding_box() for link in page.locator(".top a").all()]
    assert len(boxes) > 10
    for box in boxes:
        assert box is not None
        assert box["height"] >= 32, box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    for one, other in combinations(boxes, 2):
        apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        assert apart or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
    top = page.locator(".top").bounding_box()
    assert top is not None
    assert top["height"] < 200


def test_a_question_opens_filled_in_and_answered(opened: Open) -> None:
    page = opened("vragen/wie-neemt-deel", ".en.html")
    page.locator("a.go").click()
    page.wait_for_selector("html[data-klaar]:not([data-vraagt])", timeout=LOADING)
    assert page.url.endswith("sparql.en.html#vraag=wie-neemt-deel") or "#vraag=wie-neemt-deel&" in page.url
    assert page.locator("#questions").input_value() == "wie-neemt-deel"
    assert "?_programma_iri" in page.locator("#text").input_value()
    assert page.locator("#fields input").input_value()


def test_a_question_without_parameters_is_answered_at_once(opened: Open) -> None:
    page = opened("vragen/brieven")
    page.locator("a.go").click()
    page.wait_for_selector("#answer:not([hidden]) tbody tr", timeout=LOADING)
    assert page.locator("#questions").input_value() == "brieven"


def test_the_map_leads_back_in_the_language_that_it_is_in(opened: Open) -> None:
    page = opened("kaart")
    assert page.locator(".way:visible").count() == 1
    assert page.get_by_role("link", name="Brieven").is_visible()
    assert page.locator(".way:visible").evaluate("nav => getComputedStyle(nav).display") == "flex"
    page.click("#b-language")
    assert page.get_by_role("link", name="Letters").is_visible()
    assert not page.locator('.way[lang="nl"]').is_visible()
    page.get_by_role("link", name="regiograaf").click()
    assert page.url.endswith("/index.en.html")


def test_the_report_leads_back_and_to_english(opened: Open) -> None:
    page = opened("verslag")
    page.locator(".way").get_by_role("link", name="English").click()
    assert page.url.endswith("/verslag.en.html")
    page = opened("verslag")
    page.locator(".way").get_by_role("link", name="Zoeken").click()
    assert page.url.endswith("/zoeken.html")
    page = opened("verslag")
    page.emulate_media(media="print")
    assert not page.locator(".way").is_visible()


def test_search_finds_the_manual_and_says_that_it_is_english(opened: Open) -> None:
    page = opened("zoeken", hash="#resolving")
    hit = page.locator("#hits a").first
    assert hit.get_attribute("lang") == "en"
    assert "handleiding" in page.locator("#hits li").first.text_content()  # type: ignore[operator]
    hit.click()
    assert "/docs/resolving" in page.url
