"""What the map looks like: names that can be read, at every width, in light and dark, in each layout."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from conftest import Watched

pytestmark = pytest.mark.browser

Show = Callable[..., Any]

LISTEN = """(() => {
    // What is painted as text, asked of the canvas itself and not of the script that paints.
    window.painted = [];
    const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        if (this.canvas.isConnected) window.painted = [];
        return clearRect.apply(this, box);
    };
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
        if (this.canvas.isConnected) {
            const { a, e, f } = this.getTransform(), ink = this.measureText(text);
            const across = (at) => (a * (x + at) + e) / devicePixelRatio;
            const down = (at) => (a * (y + at) + f) / devicePixelRatio;
            const left = across(-ink.actualBoundingBoxLeft), right = across(ink.actualBoundingBoxRight);
            const box = [left, down(-ink.actualBoundingBoxAscent), right, down(ink.actualBoundingBoxDescent)];
            window.painted.push({ text, box });
        }
        return fillText.call(this, text, x, y, ...rest);
    };
})()"""

LARGEST = """() => Object.values(regiograaf.net.body.nodes).filter((node) => !node.options.hidden)
    .sort((a, b) => b.options.size - a.options.size).slice(0, 20).map((node) => {
        const { x, y } = regiograaf.net.canvasToDOM({ x: node.x, y: node.y });
        const r = node.options.size * regiograaf.net.getScale();
        return { title: node.options.title, box: [x - r, y - r, x + r, y + r] };
    })"""

BEYOND = """() => {
    const parts = 'header *, #bar *, #facets *, #card *, #timeline *, #tabel *';
    const apart = '[hidden], .hidden, svg, noscript';
    const clipped = (part) => part && (getComputedStyle(part).clipPath !== 'none' || clipped(part.parentElement));
    return [...document.querySelectorAll(parts)].filter((part) => {
        const box = part.getBoundingClientRect(), panel = part.closest('aside, header, section, #bar');
        return box.width && box.right > innerWidth + 1 && !part.closest(apart) && !clipped(part)
            && getComputedStyle(part).visibility === 'visible' && panel.getBoundingClientRect().left < innerWidth;
    }).map((part) => part.outerHTML.slice(0, 90));
}"""

SIZES = [(1440, 900), (1024, 768), (390, 844)]


def names(label: str, title: str) -> bool:
    """Whether a name on the map, perhaps cut off, is that of the node with this title."""
    return title.startswith(label.rstrip("…"))


def overlap(a: list[float], b: list[float], slack: float = 0.5) -> bool:
    return a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack


@pytest.fixture(scope="module")
def looked_at(browser: Browser, files: Any) -> Any:
    """The real map at a size, in light or dark, in a layout; with everything that it paints as text."""
    pages: dict[tuple[int, int], Page] = {}

    def open_map(size: tuple[int, int], scheme: str, layout: str) -> Page:
        if size not in pages:
            context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
            pages[size] = context.new_page()
            pages[size].add_init_script(LISTEN)
            Watched.of(pages[size]).opened(files["real"].as_uri())
        page = pages[size]
        page.evaluate("(layout) => { location.hash = 'indeling=' + layout; }", layout)
        page.wait_for_function("(layout) => document.getElementById('layout').value === layout", arg=layout)
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(200)
        return page

    yield open_map
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize("layout", ["samenhang", "lagen"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_no_name_lies_over_another_or_over_one_of_the_twenty_largest_nodes(
    looked_at: Any, size: tuple[int, int], scheme: str, layout: str
) -> None:
    page = looked_at(size, scheme, layout)
    painted, labels = page.evaluate("painted"), page.evaluate("regiograaf.labels()")
    largest = page.evaluate(LARGEST)
    # Each name is one text per row, and all of them are what the page says that it shows.
    words = {word for label in labels for word in label["text"].split()}
    bands = page.evaluate("document.getElementById('layout').value") == "lagen"
    assert words <= {word for text in painted for word in text["text"].split()}
    assert bands or len(" ".join(text["text"] for text in painted).split()) == sum(
        len(label["text"].split()) for label in labels
    )
    over = [(a["text"], b["text"]) for a, b in combinations(painted, 2) if overlap(a["box"], b["box"])]
    assert over == []
    boxes = [(a["text"], b["text"]) for a, b in combinations(labels, 2) if overlap(a["box"], b["box"])]
    assert boxes == []
    covered = [
        (label["text"], node["title"])
        for node in largest[: 20 if size[0] > 600 else 6]
        for label in labels
        if not names(label["text"], node["title"]) and overlap(label["box"], node["box"], 2)
    ]
    assert covered == []
    width = page.evaluate("document.getElementById('net').clientWidth")
    height = page.evaluate("document.getElementById('net').clientHeight")
    assert [label["text"] for label in labels if label["box"][0] < 0 or label["box"][2] > width] == []
    assert [label["text"] for label in labels if label["box"][1] < 0 or label["box"][3] > height] == []
    assert len({label["key"] for label in labels}) == len(labels)


@pytest.mark.parametrize(("size", "least"), [(SIZES[0], 18), (SIZES[1], 16), (SIZES[2], 8)], ids=str)
@pytest.mark.parametrize("layout", ["samenhang", "lagen"])
def test_most_of_the_twenty_largest_nodes_are_named(
    looked_at: Any, size: tuple[int, int], layout: str, least: int
) -> None:
    """On a phone the names of layers take the room of some of the four largest."""
    page = looked_at(size, "light", layout)
    texts = [label["text"] for label in page.evaluate("regiograaf.labels()")]
    titles = [node["title"] for node in page.evaluate(LARGEST)]
    named = [title for title in titles if any(names(text, title) for text in texts)]
    assert len(named) >= least, sorted(set(titles) - set(named))
    first = titles[: 4 if size[0] > 600 or layout == "samenhang" else 0]
    assert first == [title for title in first if title in named]


@pytest.mark.parametrize("hash", ["", "#beeld=tabel", "#knoop=gs-zuid-holland", "#taal=en"])
def test_no_width_needs_sideways_scrolling(show: Show, hash: str) -> None:
    page = show("real", hash).page
    for width in (1440, 1024, 720, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(250)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # what lies beyond the edge without a scroll bar is lost too
        assert page.evaluate(BEYOND) == [], width


def test_map_is_drawn_in_the_panel_and_uses_it(looked_at: Any) -> None:
    """All nodes lie in view, and the picture reaches over most of the panel both ways."""
    for width, height in SIZES:
        page = looked_at((width, height), "light", "samenhang")
        box = page.evaluate(
            """() => { const net = regiograaf.net, panel = document.getElementById('net');
                const all = Object.values(net.body.nodes).map((n) => net.canvasToDOM({ x: n.x, y: n.y }));
                const xs = all.map(({ x }) => x / panel.clientWidth), ys = all.map(({ y }) => y / panel.clientHeight);
                return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]; }"""
        )
        left, right, top, bottom = box
        assert min(left, top) >= 0, (width, box)
        assert max(right, bottom) <= 1, (width, box)
        assert right - left > 0.6, (width, box)
        assert bottom - top > 0.6, (width, box)


def test_numbers_of_the_legend_stand_on_one_line(show: Show) -> None:
    page = show("real").page
    broken = page.evaluate(
        """() => [...document.querySelectorAll('#facets .count')].filter((count) => {
            const height = count.getClientRects().length && count.getBoundingClientRect().height;
            return height > 1.8 * parseFloat(getComputedStyle(count).fontSize);
        }).map((count) => count.closest('label').innerText)"""
    )
    assert broken == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_buttons_and_fields_are_large_enough_to_hit(show: Show, size: tuple[int, int]) -> None:
    """WCAG 2.2, 2.5.8: 24 pixels, links in running text and what the browser draws apart."""
    page = show("real", viewport={"width": size[0], "height": size[1]}).page
    small = page.evaluate(
        """() => [...document.querySelectorAll('button:not(.link), select, a.button, #facets label')]
            .filter((part) => part.getClientRects().length && !part.closest('.hidden'))
            .map((part) => [part, part.getBoundingClientRect()])
            .filter(([, { width, height }]) => Math.min(width, height) < 24)
            .map(([part]) => part.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_theme_follows_the_reader_and_the_button(show: Show) -> None:
    page = show("small", color_scheme="dark").page
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.get_attribute("#b-dark", "aria-pressed") == "true"
    dark = page.evaluate(colour)
    page.click("#b-dark")
    light = page.evaluate(colour)
    assert light != dark
    assert page.get_attribute("#b-dark", "aria-pressed") == "false"
    page.emulate_media(color_scheme="light")
    page.click("#b-dark")
    assert page.evaluate(colour) == dark


def test_what_only_is_intended_has_a_dashed_outline_and_line(view: Show, files: Any) -> None:
    page, network = view("rich").page, files.network("rich")
    drawn = {
        node["title"]: bool(node["shapeProperties"]["borderDashes"])
        for node in page.evaluate("regiograaf.net.body.data.nodes.get()")
    }
    for _, node in network.nodes(data=True):
        (dashed,) = [found for title, found in drawn.items() if title.startswith(f"{node['label']} –")]
        assert dashed == (node["status"] not in ("bestaand", "onbekend")), node["label"]
    words = {modality["nl"]: modality["style"] for modality in network.graph["modalities"].values()}
    lines = page.evaluate("regiograaf.net.body.data.edges.get().map((line) => [line.title, !!line.dashes])")
    for title, dashed in lines:
        word = title.rpartition(" – ")[2].partition(",")[0].partition(" (+")[0]
        assert dashed == (words[word] not in ("solid", "thick")), title
