"""The map page: layout, rendering beside stock pyvis, and the page in Chromium; run with `python benchmarks/map.py`.

Each network is laid out, rendered by `regiograaf.maps.render` and by pyvis's own `generate_html` (directed, in_line;
with what the network says of nodes and edges, and with labels only), and opened in headless Chromium
(`REGIOGRAAF_CHROMIUM` names it). Rendering is measured in CPU time, REPEATS times in turn with pyvis; in Chromium
times are medians of RUNS runs; moving the map is a drag with the mouse of a second and a half, in pictures a second.
Needs the `test` extra; a machine to itself gives the figures of the documentation.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import networkx as nx
from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network

from map_networks import large, vast
from regiograaf.maps import Positions, positions, render

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
REPEATS = 15
CHROMIUM = os.environ.get("REGIOGRAAF_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
TIMED = """async (work) => {
    const begin = performance.now();
    (0, eval)(work);
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    return performance.now() - begin;
}"""
COUNT = """() => {
    window.pictures = 0;
    const next = () => { window.pictures += 1; requestAnimationFrame(next); };
    requestAnimationFrame(next);
}"""
OPENING = """(id) => {
    const pressed = new Promise((done) => addEventListener('pointerup', () => done(performance.now()),
        { once: true, capture: true }));
    window.opened = pressed.then((begin) => new Promise((done) => {
        const look = () => regiograaf.net.body.nodes[id]
            ? requestAnimationFrame(look)
            : setTimeout(() => done(performance.now() - begin));
        look();
    }));
}"""
ACTIONS = {
    "select": "document.querySelector('.brokers .link').click()",
    "unselect": "document.querySelector('#card .close').click()",
    "filter": "document.querySelector('[data-facet=modaliteit] input').click()",
    "all": "document.querySelector('#reset').click()",
    "search": "(q => { q.value = 'drecht'; q.dispatchEvent(new Event('input')); })(document.getElementById('q'))",
    "layers": "(s => { s.value = 'lagen'; s.dispatchEvent(new Event('change')); })(document.getElementById('layout'))",
    "table": "document.getElementById('b-table').click()",
}
"""What a reader does; the page is brought back to rest in between."""


def five_letters() -> nx.MultiDiGraph:
    from regiograaf.projection import project
    from regiograaf.stores import opened

    return project(opened(ROOT, None, None), inferred=True)


NETWORKS: dict[str, Callable[[], nx.MultiDiGraph]] = {
    "five letters": five_letters,
    "1,000 nodes": lambda: large(1000, 1500, quotes=False),
    "1,000 nodes, dense": lambda: large(1000, 4000, quotes=False),
    "10,000 nodes": lambda: vast(10_000, 15_000),
}


def spent(works: Mapping[str, Callable[[], object]], runs: int = REPEATS) -> dict[str, tuple[float, float]]:
    """Milliseconds of CPU, the least and the median of some runs of each in turn, after one that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(runs):
        for name, work in works.items():
            begin = time.process_time()
            work()
            times[name].append((time.process_time() - begin) * 1000)
    return {name: (min(found), statistics.median(found)) for name, found in times.items()}


def stock(network: nx.MultiDiGraph, bare: bool) -> Network:
    """The same network in pyvis as it comes."""
    given = nx.MultiDiGraph()
    for node, attributes in network.nodes(data=True):
        given.add_node(node, **({"label": attributes["label"]} if bare else attributes))
    for u, v, attributes in network.edges(data=True):
        given.add_edge(u, v, **({"title": attributes["relation"]} if bare else attributes))
    made = Network(directed=True, cdn_resources="in_line")
    made.from_nx(given)
    return made


def rendering(network: nx.MultiDiGraph, places: Positions) -> dict[str, tuple[float, float]]:
    whole, bare = stock(network, bare=False), stock(network, bare=True)
    return spent(
        {
            "ours": lambda: render(network, title="Kaart", positions=places),
            "pyvis, whole": whole.generate_html,
            "pyvis, labels": bare.generate_html,
        }
    )


def seen(browser: Browser, page: Path) -> dict[str, float]:
    """Milliseconds until a map is ready and what a reader does is drawn, and pictures a second while it moves."""
    figures: dict[str, list[float]] = {}
    for _ in range(RUNS):
        tab = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce", bypass_csp=True)
        tab.goto(page.as_uri())
        tab.wait_for_selector("html[data-klaar]", state="attached")
        figures.setdefault("ready", []).append(tab.evaluate("regiograaf.ready"))
        tab.wait_for_timeout(400)
        figures.setdefault("pictures", []).append(_moved(tab))
        if tab.evaluate("regiograaf.net.body.nodeIndices.some((id) => id.startsWith('g'))"):
            figures.setdefault("open", []).append(_opened(tab))
        for name, work in ACTIONS.items():
            tab.wait_for_timeout(400)
            figures.setdefault(name, []).append(tab.evaluate(TIMED, work))
        tab.close()
    return {name: statistics.median(values) for name, values in figures.items()}


def _moved(tab: Page) -> float:
    box = tab.locator("#net").bounding_box()
    assert box is not None
    x, y = box["x"] + 12, box["y"] + box["height"] - 12
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.evaluate(COUNT)
    begin, steps = time.perf_counter(), 0
    while time.perf_counter() - begin < 1.5:
        steps += 1
        tab.mouse.move(x + steps % 60 * 4, y - steps % 60 * 2)
    moved: float = tab.evaluate("window.pictures") / (time.perf_counter() - begin)
    tab.mouse.up()
    tab.evaluate("document.getElementById('z-all').click()")
    tab.wait_for_timeout(300)
    return moved


def _opened(tab: Page) -> float:
    """A click on the largest group."""
    at = tab.evaluate(
        """() => { const { net } = regiograaf, corner = document.getElementById('net').getBoundingClientRect();
            const group = net.body.data.nodes.get().sort((a, b) => b.size - a.size)[0];
            const { x, y } = net.canvasToDOM(group);
            return { id: group.id, x: x + corner.left, y: y + corner.top }; }"""
    )
    tab.evaluate(OPENING, at["id"])
    tab.mouse.click(at["x"], at["y"])
    took: float = tab.evaluate("window.opened")
    tab.evaluate("document.querySelector('#reset').click()")
    tab.wait_for_timeout(400)
    return took


def main() -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, make in NETWORKS.items():
            network = make()
            begin = time.perf_counter()
            places = positions(network)
            laid_out = time.perf_counter() - begin
            text = render(network, title="Kaart", positions=places)
            page = Path(folder) / "map.html"
            page.write_text(text, encoding="utf-8", newline="\n")
            size = page.stat().st_size / 1e6
            print(f"\n{name}: {len(network)} nodes, {network.number_of_edges()} relations")
            print(f"  layout {laid_out:.1f} s; file {size:.2f} MB")
            for who, (least, median) in rendering(network, places).items():
                print(f"  render {who}: {least:.0f} ms at least, median {median:.0f} ms")
            found: dict[str, Any] = seen(browser, page)
            moving = found.pop("pictures")
            print(
                "  Chromium", ", ".join(f"{what} {ms:.0f} ms" for what, ms in found.items()), f"moving {moving:.0f}/s"
            )
        browser.close()


if __name__ == "__main__":
    main()
