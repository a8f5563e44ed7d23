"""The pages of coverage and comparison in a real browser: no request, their own policy, light and dark, any width."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page
from tests.conftest import REPO

from regiograaf.cli import main

pytestmark = pytest.mark.browser

AXE = REPO / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
TEXTS = ("--letters", str(REPO / "examples" / "letters"))
COMMANDS = {
    "coverage": ("coverage", "waterlanden", *TEXTS),
    "compare": ("compare", "waterlanden", str(REPO / "examples" / "texts" / "heuvelrand.txt"), *TEXTS),
}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of each page."""
    folder = tmp_path_factory.mktemp("pages")
    for name, words in COMMANDS.items():
        target = folder / f"{name}.html"
        made = CliRunner().invoke(main, ["-C", str(REPO / "examples"), *words, "-o", str(target)])
        assert made.exit_code == 0, made.output
    return {name: (folder / f"{name}.html").as_uri() for name in COMMANDS}


@pytest.fixture
def opened(browser: Browser, pages: dict[str, str]) -> Iterator[Open]:
    """Opens a page; at the end nothing may have been asked of a network, nor complained of."""
    contexts, asked, complaints = [], [], []

    def open_(name: str, width: int = 1440, scheme: str = "light", bypass: bool = False, **more: bool) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            bypass_csp=bypass,
            java_script_enabled=more.get("script", True),
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(pages[name])
        return page

    yield open_
    for context in contexts:
        context.close()
    assert set(asked) <= set(pages.values())
    assert complaints == []


@pytest.mark.parametrize("name", COMMANDS)
def test_axe_finds_nothing_and_nothing_sticks_out(opened: Open, name: str) -> None:
    page = opened(name, bypass=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for state in ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")):
        width, scheme = state
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = page.evaluate(
            "axe.run(document).then((r) => r.violations.map((v) => [v.id, v.nodes[0].target.join()]))"
        )
        assert found == [], state
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, state


@pytest.mark.parametrize("name", COMMANDS)
def test_its_own_style_is_allowed_and_no_other(opened: Open, name: str) -> None:
    page = opened(name)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 251, 249)"
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("name", COMMANDS)
def test_dark_is_dark(opened: Open, name: str) -> None:
    assert opened(name, scheme="dark").evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"


@pytest.mark.parametrize(
    ("name", "list_", "value", "left"), [("coverage", "letters", "reason", 28), ("compare", "passages", "one", 11)]
)
def test_boxes_show_the_chosen_states(opened: Open, name: str, list_: str, value: str, left: int) -> None:
    page = opened(name)
    rows = page.locator(f"#{list_} [data-state]")
    every = rows.count()
    box = page.locator(f"fieldset[data-filter={list_}] input[value={value}]")
    box.focus()
    page.keyboard.press("Space")
    assert page.locator(f"#{list_} [data-state]:visible").count() == left
    assert f"{left} van {every}" in page.locator(f"fieldset[data-filter={list_}] [role=status]").inner_text()
    box.check()
    assert page.locator(f"#{list_} [data-state]:visible").count() == every


def test_without_script_everything_is_there_and_no_box(opened: Open) -> None:
    page = opened("compare", script=False)
    assert page.locator("#passages [data-state]:visible").count() == 31
    assert page.locator("fieldset:visible").count() == 0


def test_passages_stand_side_by_side_and_below_each_other_on_a_phone(opened: Open) -> None:
    for width, beside in ((1440, True), (390, False)):
        cells = opened("compare", width).locator("#passages li").first.locator(".cells > div")
        one, two = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
        assert one is not None
        assert two is not None
        assert (two["x"] > one["x"], two["y"] > one["y"]) == (beside, not beside)
