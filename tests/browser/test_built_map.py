"""The map of a real build, opened from disk with the network cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.conftest import LETTERS

from conftest import Watched
from regiograaf.build import build
from regiograaf.projection import project
from regiograaf.stores import open_store

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=["letters", "example", "hostile"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(project, its map.html): the five letters, the example with its text, the example with a hostile label."""
    output = tmp_path_factory.mktemp(request.param) / "b"
    root, texts = ROOT, LETTERS
    if request.param != "letters":
        root, texts = ROOT / "examples", str(ROOT / "examples" / "letters")
    if request.param == "hostile":
        import shutil

        root = tmp_path_factory.mktemp("project") / "examples"
        shutil.copytree(ROOT / "examples", root)
        path = root / "data" / "entiteiten.ttl"
        text = path.read_text(encoding="utf-8")
        label = text.index("rdfs:label") + text[text.index("rdfs:label") :].index('"') + 1
        payload = "</script><img src=x onerror=window.pwn=1>"
        path.write_text(text[:label] + payload + text[label:], encoding="utf-8")
    result = build(root, output, letters=Path(texts) if texts else None)
    assert result.build is not None, [str(f) for f in result.findings]
    return root, output / "map.html"


@pytest.fixture
def opened(browser: Browser, built: tuple[Path, Path]) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    watched = Watched(context.new_page())
    watched.page.on("request", lambda request: watched.requests.append(request.url))
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    watched.page.on("console", lambda message: watched.complaints.append(message.text))
    watched.page.goto(built[1].as_uri())
    watched.page.wait_for_selector("html[data-klaar]")
    yield watched
    context.close()


def test_offline_all_nodes_are_drawn_and_a_line_leads_to_its_passage(opened: Watched, built: tuple[Path, Path]) -> None:
    page = opened.page
    network = project(open_store(built[0]))
    assert len(opened.visible()["rels"]) == network.number_of_edges()
    shown: dict[str, Any] = opened.visible()
    assert sorted(shown["nodes"]) == sorted(network)
    assert page.evaluate("regiograaf.net.body.data.nodes.get({ filter: (node) => !node.hidden }).length") == len(
        network
    )
    point = opened.line_points()[0]
    page.mouse.click(point["x"], point["y"])
    page.wait_for_function("(id) => regiograaf.state.line?.id === id", arg=point["id"], timeout=5000)
    sections = {piece["section"] for _, _, data in network.edges(data=True) for piece in data["evidence"]}
    assert page.inner_text("#detail .section >> nth=0").removeprefix("§ ") in sections
    assert page.inner_text("#detail .letter >> nth=0")
    assert page.inner_text("#detail .claim blockquote >> nth=0")
    assert page.evaluate("window.pwn") is None
    assert [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert opened.complaints == []
    assert page.query_selector("img") is None


def test_offline_a_click_on_an_inferred_line_shows_why(opened: Watched, built: tuple[Path, Path]) -> None:
    page = opened.page
    network = project(open_store(built[0]), inferred=True)
    inferred = {key: a for *_, key, a in network.edges(keys=True, data=True) if a["origin"] == "inferred"}
    if not inferred:
        assert page.locator("[data-facet=herkomst]").count() == 0
        return
    page.check("[data-facet=herkomst] input[value=inferred]")
    assert inferred.keys() <= set(opened.visible()["rels"])
    # only these, from near by: on the whole map many lines lie close together
    page.uncheck("[data-facet=herkomst] input[value=claim]")
    page.click("#z-all")
    page.wait_for_timeout(500)
    points = opened.line_points()
    assert points
    page.mouse.click(points[0]["x"], points[0]["y"])
    page.wait_for_function("(id) => regiograaf.state.line?.id === id", arg=points[0]["id"], timeout=5000)
    (edge,) = (a for key, a in inferred.items() if key == page.evaluate("regiograaf.state.line.members[0].iri"))
    why = edge["derivation"]
    assert page.inner_text("#detail .claim > .because") == why["because"]
    heads = page.locator("#detail .claim > .why > li > .head").all_inner_texts()
    assert [text.strip() for text in heads] == [
        f"{p['subject']} {p['relation']} {p['object']}" for p in why["premises"]
    ]
    sections = {piece["section"] for _, _, data in network.edges(data=True) for piece in data["evidence"]}
    shown = page.locator("#detail .why .passage .section").all_inner_texts()
    assert shown
    assert {text.removeprefix("§ ") for text in shown} <= sections
    assert page.evaluate("window.pwn") is None
    assert opened.complaints == []
