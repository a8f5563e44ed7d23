"""Ten thousand nodes: the map opens on groups, and every node is a click, a word or a key away."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from on_the_page import ALL_ROWS, box, export, found, toggle
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Show = Callable[..., Any]

DRAWN = "regiograaf.net.body.data.nodes.get().filter((node) => !node.hidden).map((node) => node.id)"
"""Ids of what is on the map: n for nodes, g and l for groups."""


@pytest.fixture(scope="module")
def keys(files: Any) -> list[str]:
    """What an address calls the nodes, in the order in which the page numbers them."""
    return [iri.rpartition("/")[2] for iri in sorted(files.network("vast"))]


def groups(page: Page) -> list[str]:
    return [thing for thing in page.evaluate(DRAWN) if not thing.startswith("n")]


def nodes(page: Page) -> list[str]:
    return [thing for thing in page.evaluate(DRAWN) if thing.startswith("n")]


def point_of(page: Page, thing: str) -> tuple[float, float]:
    x, y = page.evaluate(
        """(id) => { const { net } = regiograaf, at = document.getElementById('net').getBoundingClientRect();
            const node = net.body.nodes[id], p = net.canvasToDOM({ x: node.x, y: node.y });
            return [at.left + p.x, at.top + p.y]; }""",
        thing,
    )
    return x, y


def largest(page: Page) -> str:
    """The group that is drawn largest."""
    script = (
        "regiograaf.net.body.data.nodes.get().sort((a, b) => b.size - a.size).find((node) => node.id[0] !== 'n').id"
    )
    return str(page.evaluate(script))


@pytest.mark.parametrize("layout", ["samenhang", "lagen"])
def test_opens_on_few_groups_that_hold_every_node(view: Show, files: Any, layout: str) -> None:
    shown, network = view("vast", f"#indeling={layout}"), files.network("vast")
    page = shown.page
    assert len(found(shown)[0]) == len(network)
    size, edges = len(network), network.number_of_edges()
    assert page.inner_text("#status") == f"{size} van {size} knopen, {edges} van {edges} relaties"
    assert 10 <= len(page.evaluate(DRAWN)) <= 150
    assert nodes(page) == []
    held = page.evaluate(
        "regiograaf.net.body.data.nodes.get().map((node) => Number(/(\\d+) (?:knopen|nodes)/.exec(node.title)[1]))"
    )
    assert sum(held) == len(network)


def test_file_is_small_and_ready_soon(show: Show, files: Any) -> None:
    assert files["vast"].stat().st_size < 3_000_000
    started = time.perf_counter()
    page = show("vast").page
    # Two seconds on a machine to itself, which the benchmark measures; here others may be busy.
    assert time.perf_counter() - started < 15
    assert page.evaluate("regiograaf.ready") < 10_000


def test_click_opens_a_group_in_place(show: Show) -> None:
    page = show("vast").page
    group = largest(page)
    title = page.evaluate("(id) => regiograaf.net.body.data.nodes.get(id).title", group)
    page.mouse.click(*point_of(page, group))
    page.wait_for_function("(id) => !regiograaf.net.body.data.nodes.get(id)", arg=group)
    assert f" {len(nodes(page))} " in f" {title} "
    assert page.inner_text("#card h2").removesuffix(" e.a.") in title
    # close by, a node of it opens its own card
    ids = set(nodes(page))
    page.wait_for_timeout(350)
    shown = page.evaluate(
        """() => { const { net } = regiograaf, panel = document.getElementById('net').getBoundingClientRect();
            return net.body.data.nodes.get().filter((node) => node.id[0] === 'n').map((node) => {
                const { x, y } = net.canvasToDOM({ x: node.x, y: node.y });
                const top = document.elementFromPoint(panel.left + x, panel.top + y);
                return { id: node.id, free: top?.tagName === 'CANVAS' && net.getNodeAt({ x, y }) === node.id };
            }).filter((node) => node.free).map((node) => node.id); }"""
    )
    assert len(shown) > 5
    page.mouse.click(*point_of(page, shown[0]))
    page.wait_for_function("(id) => regiograaf.state.node?.id === id", arg=shown[0])
    assert shown[0] in ids
    assert page.locator("#card [data-steps]").count() == 3


def test_search_opens_the_group_of_what_is_found(view: Show, files: Any) -> None:
    network = files.network("vast")
    iri = sorted(network)[4321]
    page = view("vast").page
    assert nodes(page) == []
    page.fill("#q", network.nodes[iri]["label"])
    page.keyboard.press("Enter")
    assert page.evaluate("regiograaf.state.node.iri") == iri
    assert page.evaluate("regiograaf.state.node.id") in nodes(page)
    x, y = point_of(page, page.evaluate("regiograaf.state.node.id"))
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).tagName", [x, y]) == "CANVAS"


def test_relation_opens_the_groups_of_both_its_ends(view: Show, files: Any) -> None:
    network = files.network("vast")
    source, target, key = sorted(network.edges(keys=True))[777]
    page = view("vast", f"#relatie={key.rpartition('/')[2]}").page
    line = page.evaluate("[regiograaf.state.line.source.iri, regiograaf.state.line.target.iri]")
    assert line == [source, target]
    drawn = set(nodes(page))
    assert set(page.evaluate("[regiograaf.state.line.from, regiograaf.state.line.to]")) <= drawn
    assert page.locator("#card blockquote").count() >= 1


def test_opened_groups_are_in_the_address_and_close_again(show: Show, view: Show) -> None:
    page = show("vast").page
    group = largest(page)
    page.mouse.click(*point_of(page, group))
    page.wait_for_function("(id) => !regiograaf.net.body.data.nodes.get(id)", arg=group)
    again = view("vast", page.evaluate("location.hash")).page
    assert sorted(nodes(again)) == sorted(nodes(page))
    page.click("#card [data-group]")
    assert nodes(page) == []
    assert group in groups(page)


def test_groups_are_walked_and_opened_by_keyboard(show: Show) -> None:
    page = show("vast").page
    page.focus("#net")
    page.keyboard.press("ArrowRight")
    first = page.evaluate("regiograaf.state.group.id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("regiograaf.state.group.id") != first or page.evaluate("!!regiograaf.state.group")
    page.keyboard.press("Enter")
    assert len(nodes(page)) > 5
    page.keyboard.press("Escape")
    assert page.evaluate("regiograaf.state.group") is None


def test_filters_work_on_what_is_in_the_groups(view: Show, files: Any) -> None:
    shown, network = view("vast"), files.network("vast")
    page = shown.page
    toggle(page, "soort").click()
    box(page, "soort", "overheid").check()
    kept = {iri for iri, family in network.nodes(data="family") if family == "overheid"}
    claims = {key for u, v, key in network.edges(keys=True) if {u, v} <= kept}
    assert found(shown) == (kept, claims)


def test_focus_leaves_a_map_without_groups(view: Show, files: Any, keys: list[str]) -> None:
    shown, network = view("vast"), files.network("vast")
    hub = max(sorted(network), key=network.degree)
    shown = view("vast", f"#knoop={hub.rpartition('/')[2]}&stappen=1")
    near = {hub, *network.successors(hub), *network.predecessors(hub)}
    assert found(shown)[0] == near
    assert groups(shown.page) == []
    assert len(nodes(shown.page)) == len(near)


def test_exports_of_a_grouped_map(view: Show, files: Any) -> None:
    page = view("vast").page
    svg = export(page, "svg").decode("utf-8")
    assert svg.count("<path") > len(groups(page))
    assert len(svg) < 2_000_000
    rows = export(page, "csv").decode("utf-8-sig").count("\r\n") - 1
    evidence = sum(max(1, len(found)) for *_, found in files.network("vast").edges(data="evidence"))
    assert rows == evidence


def test_table_shows_part_of_the_rows_and_the_rest_on_demand(view: Show, files: Any) -> None:
    page = view("vast", "#beeld=tabel").page
    count = "document.querySelectorAll('#rows tr').length"
    page.wait_for_function(ALL_ROWS)
    assert page.evaluate(count) == 1500
    assert page.inner_text("#b-rows") == f"Toon nog {files.network('vast').number_of_edges() - 1500} relaties"
    page.click("#b-rows")
    page.wait_for_function("() => document.querySelectorAll('#rows tr').length === 3000")


def test_names_of_groups_do_not_overlap(view: Show) -> None:
    page = view("vast").page
    boxes = [label["box"] for label in page.evaluate("regiograaf.labels()")]
    assert len(boxes) >= 20
    over = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
    ]
    assert over == []
