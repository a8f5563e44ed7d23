"""A real Chromium for the tests of the map, and pages that it has opened and watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from browser_networks import formulas, rich
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError

from map_networks import large, small, vast
from regiograaf.maps import render

WIDE = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
SECONDS = 10_000
TITLE = "Wie werkt met wie?"

FRESH = """async (hash) => {
    const to = (part) => new Promise((done) => {
        if (location.hash.slice(1) === part) { done(); return; }
        addEventListener('hashchange', () => setTimeout(done), { once: true });
        location.hash = part;
    });
    document.querySelector('#t-fold[aria-expanded=true]')?.click();
    document.getElementById('menu-export').hidden = true;
    document.getElementById('q').value = '';
    document.activeElement.blur();
    await to('opnieuw');
    await to(hash);
    document.getElementById('z-all').click();
    scrollTo(0, 0);
}"""
"""Bring a page back to how it opens, and then to a saved view: a tenth of the time of opening it anew."""


@dataclass
class Watched:
    """A page of the map, and everything it asked for or complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> Watched:
        watched = cls(page)
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: watched.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        return watched

    def opened(self, url: str) -> Watched:
        """The same, with a map that is ready; fails at once with what went wrong."""
        self.page.goto(url)
        try:
            self.page.wait_for_selector("html[data-klaar]")
        except TimeoutError:
            pytest.fail(f"the page is not ready after {SECONDS} ms: {self.complaints}")
        return self

    def check(self, files: dict[str, Path]) -> None:
        """Fails when anything but the map's own file was asked for, or anything was complained of."""
        asked = [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]
        files_asked = {url.partition("#")[0] for url in self.requests if url.startswith("file:")}
        complaints = list(self.complaints)
        self.requests.clear()
        self.complaints.clear()
        assert asked == []
        assert files_asked <= {path.as_uri() for path in files.values()}
        assert complaints == []

    def visible(self) -> dict[str, list[str]]:
        return dict(self.page.evaluate("regiograaf.visible()"))

    def line_points(self, *parts: float) -> list[dict[str, Any]]:
        """Points on lines where a mouse that is a pixel off still meets that line and nothing else.

        Half-way, or at the first of these parts of the line at which there is such a point.
        """
        script = """(parts) => {
            const net = regiograaf.net, at = document.getElementById('net').getBoundingClientRect();
            const free = (id, { x, y }) => [[0, 0], [-1, -1], [1, 1], [-1, 1], [1, -1]].every(([right, down]) => {
                const near = { x: x + right, y: y + down };
                return !net.getNodeAt(near) && net.getEdgeAt(near) === id;
            }) && document.elementFromPoint(at.left + x, at.top + y)?.tagName === 'CANVAS';
            return [...net.body.edgeIndices].flatMap((id) => {
                const points = parts.map((part) => net.canvasToDOM(net.body.edges[id].edgeType.getPoint(part)));
                const point = points.find((one) => free(id, one));
                return point ? [{ id, x: at.left + point.x, y: at.top + point.y }] : [];
            });
        }"""
        return list(self.page.evaluate(script, parts or (0.5,)))


class Files(dict[str, Path]):
    """Map files by the name of their network, made when they are first asked for."""

    def __init__(self, folder: Path, networks: dict[str, Callable[[], nx.MultiDiGraph]]) -> None:
        super().__init__()
        self.folder, self.networks = folder, networks
        self.made: dict[str, nx.MultiDiGraph] = {}

    def network(self, name: str) -> nx.MultiDiGraph:
        if name not in self.made:
            self.made[name] = self.networks[name]()
        return self.made[name]

    def __missing__(self, name: str) -> Path:
        path = self.folder / f"{name}.html"
        page = render(self.network(name), title=TITLE, inferred=name not in ("hiding", "real"))
        path.write_text(page, encoding="utf-8", newline="\n")
        self[name] = path
        return path


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Files:
    """The maps that tests look at: "hiding" is "small" with inferred relations off at the start; "real" the letters."""

    def real() -> nx.MultiDiGraph:
        from regiograaf.projection import project

        store: ox.Store = request.getfixturevalue("store")
        return project(store, inferred=True)

    networks = {
        "small": small,
        "hiding": small,
        "rich": rich,
        "formulas": formulas,
        "large": large,
        "vast": vast,
        "real": real,
    }
    return Files(tmp_path_factory.mktemp("maps"), networks)


class Spare:
    """Pages that tests have left, with their memory emptied: they open in a third of the time of a new one."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: dict[str, list[Watched]] = {}

    def take(self, **options: Any) -> Watched:
        """A page that looks and remembers as a new one does; options as of `Browser.new_context`."""
        if spare := self.pages.get(repr(options)):
            watched = spare.pop()
            watched.page.set_viewport_size((WIDE | options)["viewport"])
            watched.page.emulate_media(media="null", color_scheme=options.get("color_scheme", "light"))
            watched.page.mouse.move(0, 0)
            return watched
        context = self.browser.new_context(**WIDE | options)
        context.set_default_timeout(SECONDS)
        return Watched.of(context.new_page())

    def leave(self, watched: Watched, **options: Any) -> None:
        """Keep a page for the next test, but not one that may do what others may not."""
        if watched.complaints or not options.keys() <= {"viewport", "color_scheme", "reduced_motion"}:
            watched.page.context.close()
            return
        watched.page.evaluate("localStorage.clear()")
        watched.page.goto("about:blank")
        self.pages.setdefault(repr(options), []).append(watched)

    def close(self) -> None:
        for watched in (page for spare in self.pages.values() for page in spare):
            watched.page.context.close()


@pytest.fixture(scope="session")
def spare(browser: Browser) -> Iterator[Spare]:
    pages = Spare(browser)
    yield pages
    pages.close()


@pytest.fixture
def show(spare: Spare, files: Files, request: pytest.FixtureRequest) -> Iterator[Callable[..., Watched]]:
    """show(name, hash, **context) opens a map in a page to itself; in the end nothing may have been asked.

    A test that fails takes its pages with it.
    """
    shown: list[tuple[Watched, dict[str, Any]]] = []

    def open_map(name: str = "small", hash: str = "", **options: Any) -> Watched:
        watched = spare.take(**options)
        shown.append((watched, options))
        if options.get("java_script_enabled", True):
            watched.opened(files[name].as_uri() + hash)
        else:
            watched.page.goto(files[name].as_uri() + hash)
        return watched

    failed = request.session.testsfailed
    yield open_map
    for watched, options in shown:
        if request.session.testsfailed > failed:
            watched.page.context.close()
        else:
            spare.leave(watched, **options)
    for watched, _ in shown:
        watched.check(files)


@pytest.fixture(scope="session")
def _open_pages(browser: Browser) -> Iterator[dict[str, Watched]]:
    pages: dict[str, Watched] = {}
    yield pages
    for watched in pages.values():
        watched.page.context.close()


@pytest.fixture
def view(
    browser: Browser, files: Files, _open_pages: dict[str, Watched], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Watched]]:
    """view(name, hash) gives the one page of a map, brought back to its start; for tests that only the address undoes.

    A test that fails takes its page with it.
    """
    used: list[str] = []

    def open_map(name: str = "small", hash: str = "") -> Watched:
        used.append(name)
        if name not in _open_pages:
            context = browser.new_context(**WIDE)
            context.set_default_timeout(SECONDS)
            watched = Watched.of(context.new_page())
            watched.opened(files[name].as_uri())
            _open_pages[name] = watched
        watched = _open_pages[name]
        watched.page.mouse.move(1, 1)
        watched.page.evaluate(FRESH, hash.removeprefix("#"))
        return watched

    failed = request.session.testsfailed
    yield open_map
    for name in set(used):
        watched = _open_pages.get(name)
        if watched is None:
            continue
        if request.session.testsfailed > failed or watched.complaints:
            _open_pages.pop(name).page.context.close()
        watched.check(files)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser's memory of its own."""
    context = browser.new_context(**WIDE)
    context.set_default_timeout(SECONDS)
    yield context
    context.close()


@pytest.fixture
def review(request: pytest.FixtureRequest, spare: Spare, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """review(draft) opens the review page of a draft; in the end nothing may have been asked for or complained of.

    All pages of a test share one memory: that of its `context` when it asks for one.
    """
    from review_pages import example, write

    own: BrowserContext | None = request.getfixturevalue("context") if "context" in request.fixturenames else None
    shown: list[tuple[Watched, Path]] = []

    def page_for() -> Watched:
        if own is None and not shown:
            return spare.take()
        context = shown[0][0].page.context if own is None else own
        return Watched.of(context.new_page())

    def open_page(draft: Any = None, **named: Any) -> Page:
        path = write(draft or example(), tmp_path, f"{len(shown)}.html", **named)
        watched = page_for()
        shown.append((watched, path))
        return watched.opened(path.as_uri()).page

    failed = request.session.testsfailed
    yield open_page
    if own is None and shown:
        first, *others = (watched for watched, _ in shown)
        for watched in others:
            watched.page.close()
        if request.session.testsfailed > failed:
            first.page.context.close()
        else:
            spare.leave(first)
    for watched, path in shown:
        watched.check({"page": path})
