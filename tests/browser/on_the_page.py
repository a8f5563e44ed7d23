"""What tests of the map read from its page, and do on it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

ALL_ROWS = """() => document.querySelectorAll('#rows tr').length === Math.min(1500, regiograaf.visible().rels.length)"""


def status(page: Page) -> str:
    return page.inner_text("#status")


def found(shown: Any) -> tuple[set[str], set[str]]:
    """(nodes, claims) that the page says it shows; each once."""
    visible = shown.visible()
    nodes, claims = visible["nodes"], visible["rels"]
    assert len(set(nodes)) == len(nodes)
    assert len(set(claims)) == len(claims)
    return set(nodes), set(claims)


def counts(page: Page, facet: str) -> dict[str, int]:
    """The numbers beside the values of a filter."""
    script = """(facet) => Object.fromEntries(
        [...document.querySelectorAll(`[data-facet=${facet}] input[type=checkbox]`)].map((input) =>
            [input.value, Number(input.closest('label').querySelector('.count').textContent)]))"""
    return dict(page.evaluate(script, facet))


def box(page: Page, facet: str, value: str) -> Any:
    """The checkbox of a value, unfolded."""
    part = page.locator(f"[data-facet={facet}]")
    if part.locator(".fold[aria-expanded=false]").count():
        part.locator(".fold").click()
    found = part.locator(f'input[type=checkbox][value="{value}"]')
    if not found.is_visible():
        part.locator(".more").click()
    return found


def uncheck(page: Page, facet: str, *off: str) -> None:
    for value in off:
        box(page, facet, value).uncheck()


def toggle(page: Page, facet: str) -> Any:
    """The button that switches all values of a filter on or off."""
    return page.locator(f"[data-facet={facet}] .toggle")


def table(page: Page) -> list[list[str]]:
    """The cells of the rows that are seen, when all of them are there."""
    page.wait_for_function(ALL_ROWS)
    script = """[...document.querySelectorAll('#rows tr')].filter((row) => row.getClientRects().length)
        .map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\\s+/g, ' ').trim()))"""
    return [list(row) for row in page.evaluate(script)]


def export(page: Page, kind: str) -> bytes:
    """The file that the menu of exports gives: svg, png or csv."""
    page.click("#b-export")
    with page.expect_download() as download:
        page.click(f"#b-{kind}")
    assert download.value.suggested_filename == f"regiograaf.{kind}"
    content: bytes = download.value.path().read_bytes()
    return content
