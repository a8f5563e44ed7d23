"""A real Chromium for the tests of the map, and pages that it has opened and watched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from map_networks import large, small
from regiograaf.maps import render

CHROMIUM = os.environ.get("REGIOGRAAF_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Watched:
    """A page of the map, and everything it asked for or complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def visible(self) -> dict[str, list[str]]:
        return dict(self.page.evaluate("regiograaf.visible()"))

    def line_points(self) -> list[dict[str, Any]]:
        """Middles of lines where a mouse that is two pixels off still meets that line and nothing else."""
        return list(
            self.page.evaluate(
                """() => {
                    const net = regiograaf.net, at = document.getElementById('net').getBoundingClientRect();
                    return [...net.body.edgeIndices].map((id) => {
                        const point = net.canvasToDOM(net.body.edges[id].edgeType.getPoint(0.5));
                        const around = [[0, 0], [-2, -2], [2, 2], [-2, 2], [2, -2]]
                            .map(([x, y]) => ({ x: point.x + x, y: point.y + y }));
                        const free = around.every((near) => !net.getNodeAt(near) && net.getEdgeAt(near) === id)
                            && document.elementFromPoint(at.left + point.x, at.top + point.y)?.tagName === 'CANVAS';
                        return { id, free, x: at.left + point.x, y: at.top + point.y };
                    }).filter((point) => point.free);
                }"""
            )
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"no Chromium at {CHROMIUM}. Install it, or set REGIOGRAAF_CHROMIUM to its path.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("maps")
    made = {}
    for name, network in {"small": small(), "large": large(), "hiding": small()}.items():
        made[name] = folder / f"{name}.html"
        page = render(network, title="Wie werkt met wie?", inferred=name != "hiding")
        made[name].write_text(page, encoding="utf-8", newline="\n")
    return made


@pytest.fixture
def show(browser: Browser, files: dict[str, Path]) -> Iterator[Callable[..., Watched]]:
    """show(name, hash, **context) opens a map; at the end of the test nothing may have been asked or complained.

    "hiding" is "small" with inferred relations off at the start.
    """
    shown: list[Watched] = []

    def open_map(name: str = "small", hash: str = "", **options: Any) -> Watched:
        options = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | options
        context = browser.new_context(**options)
        watched = Watched(context.new_page())
        watched.page.on("request", lambda request: watched.requests.append(request.url))
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        watched.page.on(
            "console",
            lambda message: watched.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        url = files[name].as_uri() + hash
        watched.page.goto(url)
        if options.get("java_script_enabled", True):
            watched.page.wait_for_selector("html[data-klaar]")
        shown.append(watched)
        return watched

    yield open_map
    for watched in shown:
        asked = [url for url in watched.requests if not url.startswith(("file:", "data:", "blob:"))]
        files_asked = {url.partition("#")[0] for url in watched.requests if url.startswith("file:")}
        watched.page.context.close()
        assert asked == []
        assert files_asked <= {path.as_uri() for path in files.values()}
        assert watched.complaints == []
