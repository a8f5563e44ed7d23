"""What the map looks like: names that can be read, at every width, in light and dark, in each layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import combinations, pairwise
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
    page = looked_at(size, "light", layout)
    texts = [label["text"] for label in page.evaluate("regiograaf.labels()")]
    titles = [node["title"] for node in page.evaluate(LARGEST)]
    named = [title for title in titles if any(names(text, title) for text in texts)]
    assert len(named) >= least, sorted(set(titles) - set(named))
    assert titles[:4] == [title for title in titles[:4] if title in named]


def of_layers(page: Page, files: Any) -> dict[str, dict[str, float]]:
    """Layer, from top to bottom -> the title of each of its nodes -> how far down the map it lies, in pixels."""
    down = page.evaluate(
        """() => Object.fromEntries(Object.values(regiograaf.net.body.nodes)
            .map((node) => [node.options.title, regiograaf.net.canvasToDOM({ x: node.x, y: node.y }).y]))"""
    )
    network = files.network("real")
    found: dict[str, dict[str, float]] = {layer: {} for layer in network.graph["layers"]}
    for _, node in network.nodes(data=True):
        (title,) = [title for title in down if title.startswith(f"{node['label']} – {node['kind_label']}")]
        found[node["layer"]][title] = down[title]
    return found


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_names_stay_in_their_own_layer_and_a_layer_has_room_for_them(
    looked_at: Any, files: Any, size: tuple[int, int]
) -> None:
    page = looked_at(size, "light", "lagen")
    layers = of_layers(page, files)
    spans = [(min(down.values()), max(down.values())) for down in layers.values()]
    # From the first row of a layer to that of the next there is room for a name of two rows and for that of the layer.
    assert min(below[0] - above[0] for above, below in pairwise(spans)) > 40
    assert all(below[0] - above[1] > 20 for above, below in pairwise(spans))
    strays = []
    for label in page.evaluate("regiograaf.labels()"):
        of = [i for i, down in enumerate(layers.values()) for title in down if names(label["text"], title)]
        _, top, _, bottom = label["box"]
        # Where several nodes begin with the same words, one of their layers must do.
        ends = [(spans[i - 1][1] if i else 0, spans[i + 1][0] if i + 1 < len(spans) else size[1]) for i in of]
        if not any(above < top and bottom < below for above, below in ends):
            strays.append(label["text"])
    assert strays == []


def test_subjects_stand_by_kind_under_its_name_and_number(looked_at: Any, files: Any) -> None:
    page = looked_at(SIZES[0], "light", "lagen")
    subjects = [node for _, node in files.network("real").nodes(data=True) if node["layer"] == "onderwerp"]
    number = Counter(node["kind_label"] for node in subjects)
    heads = {
        text["text"].rpartition(" ")[0]: (int(text["text"].rpartition(" ")[2]), text["box"][0])
        for text in page.evaluate("painted")
        if re.fullmatch(r"[a-z ]+ \d+", text["text"])
    }
    rest, _ = heads.pop("andere")
    assert heads.keys() == {kind for kind, _ in number.most_common(5)}
    assert {kind: count for kind, (count, _) in heads.items()} == dict(number.most_common(5))
    assert rest == len(subjects) - sum(count for count, _ in heads.values())
    # Each stands to the right of the name of its kind, and left of the next one.
    across = page.evaluate(
        """() => Object.values(regiograaf.net.body.nodes)
            .map((node) => [node.options.title, regiograaf.net.canvasToDOM({ x: node.x, y: node.y }).x])"""
    )
    edges = sorted(left for _, left in heads.values())
    for kind, (count, left) in heads.items():
        right = min([edge for edge in edges if edge > left], default=SIZES[0][0])
        of_kind = [x for title, x in across if re.search(rf" – {kind}(,|$)", title)]
        assert len(of_kind) == count
        assert all(left - 2 < x < right for x in of_kind)
    # The most connected of the kinds are named.
    texts = [label["text"] for label in page.evaluate("regiograaf.labels()")]
    assert sum(any(names(text, node["label"]) for text in texts) for node in subjects) >= 5


def test_kinds_count_what_is_shown(looked_at: Any) -> None:
    page = looked_at(SIZES[0], "light", "lagen")
    heads = "painted.map(({ text }) => text).filter((text) => /^[a-z ]+ \\d+$/.test(text))"
    assert page.evaluate(heads)
    page.uncheck("[data-facet=soort] input[value=onderwerp]")
    page.wait_for_timeout(200)
    assert page.evaluate(heads) == []
    page.check("[data-facet=soort] input[value=onderwerp]")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_rows_of_the_timeline_are_written_out(show: Show, size: tuple[int, int]) -> None:
    page = show("real", viewport={"width": size[0], "height": size[1]}).page
    page.click("#t-fold")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.moment .what, .moment .word')].filter((part) => {
            const text = document.createRange(), box = part.closest('.moment').getBoundingClientRect();
            text.selectNodeContents(part);
            const all = text.getBoundingClientRect(), own = part.getBoundingClientRect();
            return all.right > own.right + 1 || all.bottom > box.bottom + 1
                || getComputedStyle(part).textOverflow === 'ellipsis';
        }).map((part) => part.textContent)"""
    )
    assert cut == []
    rows = page.locator(".moment .what").all_inner_texts()
    assert len(rows) > 20
    assert len(set(page.locator(".moment").all_inner_texts())) > 0.9 * len(rows)


def test_relations_of_a_node_are_whole_sentences(show: Show, files: Any) -> None:
    """Also those that it is the object of."""
    page = show("real", "#knoop=verzilting").page
    network = files.network("real")
    (node,) = [iri for iri in network if iri.endswith("/verzilting")]
    expected = Counter(
        " ".join((network.nodes[u]["label"], claim["relation"], network.nodes[v]["label"]))
        for u, v, claim in network.in_edges(node, data=True)
        if claim["origin"] != "inferred"
    )
    assert expected
    texts = Counter(page.locator("#card .claims .link").all_inner_texts())
    assert not expected - texts
    assert not [text for text in texts if "…" in text]


def test_table_keeps_section_signs_with_their_section_and_shows_the_period_in_the_row(show: Show, files: Any) -> None:
    page = show("real", "#beeld=tabel").page
    page.wait_for_timeout(300)
    assert page.locator("#relations thead th").count() == 6
    sources = page.locator("#rows td:nth-child(6)").all_text_contents()
    assert sources
    assert not [text for text in sources if "§ " in text]
    assert any("§\u00a0" in text for text in sources)
    edges = files.network("real").edges(data=True)
    wanted = {claim["period"] for *_, claim in edges if claim["period"] and claim["origin"] != "inferred"}
    shown = page.locator("#rows .period").all_inner_texts()
    assert len(shown) > 20
    assert all(text.startswith("Periode: ") for text in shown)
    # A letter’s own words, followed by when that was.
    assert {text.removeprefix("Periode: ").partition(": ten tijde")[0] for text in shown} <= wanted


LEFT = """(row) => {
    const lines = new Map();
    for (const cell of [...row.cells].slice(0, 3)) {
        const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(walk.currentNode);
            for (const { left, top, height } of range.getClientRects()) {
                const line = Math.round((top + height / 2) / 6);
                lines.set(line, Math.min(left, lines.get(line) ?? Infinity));
            }
        }
    }
    return [...lines.values()].map((left) => left - row.getBoundingClientRect().left);
}"""


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_rows_of_a_heading_begin_at_the_margin_on_a_phone_and_on_paper(show: Show, medium: str) -> None:
    page = show("real", "#beeld=tabel", viewport={"width": 390, "height": 844}).page
    page.emulate_media(media=medium)
    page.wait_for_timeout(300)
    lefts = [page.locator("#rows tr").nth(i).evaluate(LEFT) for i in range(40)]
    assert any(len(row) > 1 for row in lefts)
    assert [row for row in lefts if any(abs(left - row[0]) > 1 for left in row)] == []


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
