"""axe-core finds nothing to object to, in any state that a reader can bring the page to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.conftest import REPO

pytestmark = pytest.mark.browser

Show = Callable[..., Any]
AXE = REPO / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"

RUN = """() => axe.run(document, { resultTypes: ['violations', 'incomplete'] }).then((result) => {
    // What has scrolled out of sight axe cannot judge; it is judged in the state in which it is seen.
    const seen = (node) => {
        const element = document.querySelector(node.target[0]), box = element.getBoundingClientRect();
        const over = (y) => document.elementFromPoint(box.left + box.width / 2, y);
        const free = (top) => element.contains(top) || !!top?.contains(element) && top.tagName !== 'BODY';
        return free(over(box.top + 1)) && free(over(box.bottom - 1));
    };
    const said = (rule) => rule.nodes.map((node) => [rule.id, node.target.join(' ')]);
    const doubts = result.incomplete.map((rule) => ({ ...rule, nodes: rule.nodes.filter(seen) }));
    return { violations: result.violations.flatMap(said), incomplete: doubts.flatMap(said) };
})"""

REVIEWED = {
    ("color-contrast", "#z-out"),  # a minus sign
    ("label-content-name-mismatch", "#z-in"),  # a plus sign, named by what it does
    ("label-content-name-mismatch", "#z-out"),
    ("skip-link", "#skip-table"),  # its target is shown when it is followed
    ("skip-link", 'a[href$="#net"]'),
}
"""What axe cannot decide by itself, (rule, part of the page), and a person looked at."""


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: npm --prefix tests/node install, as tests/run does.")
    return Path(AXE).read_text(encoding="utf-8")


def start(page: Page) -> None:
    pass


def search_list(page: Page) -> None:
    page.fill("#q", "drecht")
    assert page.locator("#hits li").count() > 1


def search_without_hits(page: Page) -> None:
    page.fill("#q", "zzzz")


def node(page: Page) -> None:
    page.locator(".brokers .link").first.click()
    page.locator("#detail [data-steps='1']").click()


def line(page: Page) -> None:
    page.evaluate("regiograaf.selEdge('e5')")
    page.locator("#card blockquote").first.wait_for()


def report_of_an_error(page: Page) -> None:
    line(page)
    page.locator("#detail .report").first.click()


def inferred_line(page: Page) -> None:
    page.evaluate(
        "regiograaf.selEdge(regiograaf.net.body.data.edges.get().find((l) => l.title.includes('afgeleid')).id)"
    )
    page.locator("#card .why").first.wait_for()


def export_menu(page: Page) -> None:
    page.click("#b-export")


def dark(page: Page) -> None:
    if page.get_attribute("#b-dark", "aria-pressed") == "false":
        page.click("#b-dark")
    page.locator(".brokers .link").first.click()


def dark_line(page: Page) -> None:
    page.click("#b-dark")
    line(page)


def table(page: Page) -> None:
    page.uncheck("[data-facet=modaliteit] input[value=bestaand]")
    page.click("#b-table")


def dark_table(page: Page) -> None:
    page.click("#b-dark")
    table(page)


def timeline(page: Page) -> None:
    page.focus("#t-from")
    page.keyboard.press("ArrowRight")
    page.click("#t-fold")


def filters_open(page: Page) -> None:
    for fold in page.locator("#facets .fold[aria-expanded=false]").all():
        fold.click()
    page.uncheck("[data-facet=soort] input[value=bedrijf]")


def layers(page: Page) -> None:
    page.select_option("#layout", "lagen")


def english(page: Page) -> None:
    page.click("#b-language")
    line(page)


REAL = [start, search_list, line]
RICH = [node, report_of_an_error, timeline, layers, search_without_hits, inferred_line, export_menu, dark, dark_line]
RICH += [table, dark_table, filters_open, english]
STATES = [*(("real", state) for state in REAL), *(("rich", state) for state in RICH)]


def phone_filters(page: Page) -> None:
    page.click("#b-filters")


def phone_line(page: Page) -> None:
    line(page)


def phone_table(page: Page) -> None:
    page.click("#b-table")


def check(page: Page, axe: str) -> None:
    page.wait_for_timeout(250)  # a panel that opens moves the map a moment later
    # The policy stops a script that is put in the page; what playwright evaluates it lets through.
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    result = page.evaluate(RUN)
    assert result["violations"] == []
    assert [found for found in map(tuple, result["incomplete"]) if found not in REVIEWED] == []


@pytest.mark.parametrize(("name", "state"), STATES, ids=lambda part: part if isinstance(part, str) else part.__name__)
def test_no_violation(view: Show, axe: str, name: str, state: Callable[[Page], None]) -> None:
    page = view(name).page
    state(page)
    check(page, axe)


@pytest.mark.parametrize("state", [start, phone_filters, phone_line, phone_table], ids=lambda state: state.__name__)
def test_no_violation_at_390_pixels(show: Show, axe: str, state: Callable[[Page], None]) -> None:
    page = show("real" if state is start else "rich", viewport={"width": 390, "height": 844}).page
    state(page)
    check(page, axe)


def test_no_violation_without_javascript(browser: Browser, axe: str, files: Any) -> None:
    """axe needs scripts, so it looks at what the page has for who has none, taken out of its noscript elements."""
    text = files["small"].read_text(encoding="utf-8")
    text = re.sub(r"<script\b.*?</script>|<meta http-equiv[^>]*>|</?noscript>", "", text, flags=re.DOTALL)
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_content(text)
    assert page.locator("tbody tr").count() == 10
    check(page, axe)
    context.close()


def test_axe_sees_a_fault_that_is_put_in(show: Show, axe: str) -> None:
    page = show("small").page
    page.evaluate("document.getElementById('q').removeAttribute('aria-label')")
    page.evaluate("document.getElementById('q').removeAttribute('placeholder')")
    with pytest.raises(AssertionError, match="label"):
        check(page, axe)
