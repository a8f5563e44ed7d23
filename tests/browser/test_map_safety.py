"""The map asks nobody for anything and runs nothing but its own two scripts, wherever it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from on_the_page import export
from playwright.sync_api import Browser, Frame, expect

from conftest import WIDE, Watched
from map_networks import HOSTILE

pytestmark = pytest.mark.browser

Show = Callable[..., Any]


def test_hostile_text_does_not_run(show: Show) -> None:
    page = show("small", "#knoop=__proto__").page
    assert page.inner_text("#card h2") == HOSTILE
    page.locator("#card .claims .link").first.click()
    assert HOSTILE in page.inner_text("#card blockquote")
    page.locator("#card .report").first.click()
    page.fill("#q", "script")
    assert page.locator("#hits li").count() == 1
    page.click("#b-table")
    page.click("#b-language")
    page.click("#b-map")
    export(page, "csv")
    export(page, "png")
    page.hover("#net")
    page.wait_for_timeout(50)
    assert page.evaluate("window.pwn") is None
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 3


def test_tooltip_of_a_hostile_node_is_text(show: Show) -> None:
    page = show("small").page
    point = page.evaluate(
        """() => { const at = document.getElementById('net').getBoundingClientRect(), { net } = regiograaf;
            const node = Object.values(net.body.nodes).find((one) => one.options.title.includes('<img'));
            const p = net.canvasToDOM({ x: node.x, y: node.y }); return [at.left + p.x, at.top + p.y]; }"""
    )
    page.mouse.move(*point)
    expect(page.locator(".vis-tooltip")).to_contain_text("<img src=x")
    assert page.locator("img").count() == 0


def test_policy_stops_scripts_styles_frames_and_requests_from_outside(show: Show) -> None:
    shown = show("small")
    page = shown.page
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: 'window.pwn = 1' }))")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b id=b onclick=\"window.pwn = 2\">b</b>')")
    page.evaluate("document.getElementById('b').click()")
    page.evaluate("() => { setTimeout('window.pwn = 3'); }")
    page.wait_for_timeout(20)
    assert page.evaluate("window.pwn") is None
    tries = {
        "fetch": "fetch('https://example.org/').then(() => 'sent', () => 'stopped')",
        "socket": """new Promise((done) => { const socket = new WebSocket('wss://example.org/');
            socket.onopen = () => done('sent'); socket.onerror = () => done('stopped'); })""",
        "beacon": "navigator.sendBeacon('https://example.org/') ? 'queued' : 'stopped'",
        "image": """new Promise((done) => { const image = new Image(); image.onload = () => done('sent');
            image.onerror = () => done('stopped'); image.src = 'https://example.org/x.png'; })""",
        "style": """new Promise((done) => { const link = document.createElement('link'); link.rel = 'stylesheet';
            link.onload = () => done('sent'); link.onerror = () => done('stopped');
            link.href = 'https://example.org/x.css'; document.head.append(link); })""",
        "font": "new FontFace('x', 'url(https://example.org/x.woff)').load().then(() => 'sent', () => 'stopped')",
    }
    assert {name: page.evaluate(script) for name, script in tries.items() if name != "beacon"} == dict.fromkeys(
        tries.keys() - {"beacon"}, "stopped"
    )
    page.evaluate(tries["beacon"])
    page.evaluate(
        """() => { const frame = document.createElement('iframe'); frame.src = 'https://example.org/';
            document.body.append(frame); }"""
    )
    page.evaluate(
        """() => { const form = document.createElement('form'); form.action = 'https://example.org/';
            document.body.append(form); form.submit(); }"""
    )
    for _ in range(50):  # the form, which was last, is complained of by and by
        page.wait_for_timeout(100)
        if any("form-action" in text for text in shown.complaints):
            break
    # Each try is complained of by the browser; none of them left it.
    assert len([text for text in shown.complaints if "Content Security Policy" in text]) >= len(tries)
    assert any("form-action" in text for text in shown.complaints)
    assert page.url.startswith("file:")
    shown.complaints.clear()
    shown.requests[:] = [url for url in shown.requests if "example.org" not in url]


def test_addresses_of_identifiers_are_links_only_to_the_web(show: Show) -> None:
    page = show("small", "#knoop=een").page
    link = page.locator("#card a:text('Website')")
    assert link.get_attribute("href") == "https://example.org/"
    assert "noopener" in (link.get_attribute("rel") or "")
    page = show("small", "#knoop=s-hage").page
    assert page.locator("#card a[href^=javascript]").count() == 0
    assert "javascript:alert(1)" in page.inner_text("#card")


@pytest.fixture
def sandboxed(browser: Browser, files: Any, tmp_path: Path) -> Iterator[tuple[Watched, Frame]]:
    """The map in a frame that may run scripts and nothing else, as a web site or a mail reader would show it."""
    around = tmp_path / "around.html"
    around.write_text(
        f'<!doctype html><title>x</title><iframe id="map" sandbox="allow-scripts" width="1300" height="800" '
        f'src="{files["small"].as_uri()}#knoop=delta"></iframe>',
        encoding="utf-8",
    )
    context = browser.new_context(**WIDE)
    watched = Watched.of(context.new_page())
    watched.page.goto(around.as_uri())
    frame = watched.page.frames[1]
    frame.wait_for_selector("html[data-klaar]")
    yield watched, frame
    context.close()
    watched.check({**files, "around": around})


def test_map_works_in_a_sandboxed_frame(sandboxed: tuple[Watched, Frame]) -> None:
    watched, frame = sandboxed
    assert frame.inner_text("#status") == "10 van 10 knopen, 10 van 10 relaties"
    assert frame.inner_text("#card h2") == "Programma Delta"
    frame.uncheck("[data-facet=soort] input[value=overheid]")
    assert frame.inner_text("#status") == "8 van 10 knopen, 4 van 10 relaties"
    frame.click("#b-language")
    frame.click("#b-table")
    expect(frame.locator("#rows tr:visible")).to_have_count(4)
    frame.click("#b-map")
    frame.click("#b-export")
    frame.click("#b-link")
    expect(frame.locator("#status")).to_have_text("Copy the link from the address bar")
    # The browser, not the page, says that a frame may not write to the clipboard.
    assert all("Clipboard API" in text for text in watched.complaints)
    watched.complaints.clear()


def test_without_javascript_the_table_is_complete(show: Show, files: Any) -> None:
    page, network = show("small", java_script_enabled=False).page, files.network("small")
    assert page.locator("#tabel tbody tr:visible").count() == network.number_of_edges()
    for part in ("#filters", "#net", "#q", "#detail"):
        assert not page.is_visible(part), part
    text = page.inner_text("#tabel")
    for source, target, claim in network.edges(data=True):
        assert network.nodes[source]["label"] in text
        assert network.nodes[target]["label"] in text
        assert claim["relation"] in text
        for piece in claim["evidence"]:
            assert network.graph["letters"][piece["letter"]]["title"] in text
            assert piece["section"] in text
    assert "ontkend" in text
    assert "afgeleid" in text


def test_without_javascript_the_real_map_has_all_its_relations(show: Show, files: Any) -> None:
    page, network = show("real", java_script_enabled=False).page, files.network("real")
    assert page.locator("#tabel tbody tr:visible").count() == network.number_of_edges()


def test_map_works_without_storage_history_or_clipboard(show: Show) -> None:
    """As in a page that a strict browser opens from a mail."""
    page = show("small").page
    page.evaluate(
        """() => {
            history.replaceState = () => { throw new DOMException('refused', 'SecurityError'); };
            Object.defineProperty(navigator, 'clipboard', { value: undefined });
        }"""
    )
    page.evaluate("regiograaf.select('delta')")
    assert page.evaluate("location.hash") == "#knoop=delta"
    page.click("#b-export")
    page.click("#b-link")
    expect(page.locator("#status")).to_have_text("Kopieer de link uit de adresbalk")
