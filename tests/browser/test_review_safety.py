"""The review page asks nobody for anything, runs nothing but its own script, and shows any letter as text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from review_pages import (
    EXAMPLE,
    HOSTILE,
    claims,
    click_line,
    download,
    example,
    graph,
    hostile,
    press,
    reader,
    turtle,
    write,
)

from conftest import Watched
from regiograaf.prefixes import shrink
from regiograaf.reader.review import page as page_of
from regiograaf.reader.review.content import content
from regiograaf.reader.review.vocabulary import vocabulary
from regiograaf.reader.turtle import turtle as turtle_of

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


def test_page_is_the_same_text_each_time() -> None:
    assert page_of(example(), root=EXAMPLE) == page_of(example(), root=EXAMPLE)


def test_policy_names_the_one_script_of_the_page() -> None:
    text = page_of(hostile(), root=EXAMPLE)
    policy = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(policy) == len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;;" in policy[0]
    assert policy[0].startswith("default-src &#39;none&#39;;")
    assert len(re.findall(r"<script\b", text)) == 2
    assert re.findall(r"(?:src|href)=\"(?!data:|#)[^\"]*\"", text) == []


def test_hostile_letter_is_text(review: Open) -> None:
    draft = hostile()
    assert len(draft.claims) > 2
    page = review(draft)
    assert page.locator("#title").inner_text().startswith("</title><script>")
    shown = page.locator("#text").text_content() or ""
    for part in ("<b onmouseover=window.pwn=4>Waterrijk</b>", "{{ 7*7 }}", "&lt;niets&gt;", "<!-- -->"):
        assert part in HOSTILE
        assert part in shown
    press(page, "j a j d j e")
    page.fill("#f-subject", "<img src=x onerror=window.pwn=6>")
    page.select_option("#f-subject-kind", "rg:Bureau")
    page.select_option("#f-relation", "rg:werktSamenMet")
    page.fill("#f-object", "gemeente Kaagsluis")
    page.get_by_role("button", name="Wijzig en neem over").click()
    page.click("[data-pane=names]")
    for name in page.locator(".entity-name").all():
        name.click()
    page.click("#language")
    graph(download(page)[1])
    page.reload()
    page.wait_for_selector("html[data-klaar]")
    assert page.evaluate("window.pwn") is None
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 2
    assert "<img src=x onerror=window.pwn=6>" in turtle(page)


def test_hostile_letter_gives_the_turtle_of_the_command(review: Open) -> None:
    assert turtle(review(hostile())) == turtle_of(hostile())


def test_names_behind_signs_of_two_code_units_are_marked_whole(review: Open) -> None:
    page = review(hostile())
    marked = page.locator("#text .name").all_text_contents()
    assert marked == [mention.text for mention in hostile().found.mentions if mention.start < mention.stop]
    assert "gemeente Oosterplas" in marked


def test_policy_stops_scripts_and_requests_that_come_in(context: BrowserContext, tmp_path: Path) -> None:
    page = Watched.of(context.new_page()).opened(write(example(), tmp_path).as_uri()).page
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: 'window.pwn = 1' }))")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b id=b onclick=\"window.pwn = 2\">b</b>')")
    page.evaluate("document.getElementById('b').click()")
    assert page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'stopped')") == "stopped"
    assert page.evaluate("window.pwn") is None


def test_page_says_so_where_there_is_no_javascript(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(write(example(), tmp_path).as_uri())
    note = page.locator("#claims noscript")
    assert "Deze pagina heeft JavaScript nodig." in note.inner_html()
    assert note.evaluate("(note) => note.querySelector('p').getBoundingClientRect().height") > 0
    assert not page.locator("#download").is_visible()
    context.close()


def test_page_holds_the_letter_and_the_turtle_no_more_than_anchors() -> None:
    """The page is for who may read the letter; what is taken out of it is for everybody."""
    text = page_of(example(), root=EXAMPLE)
    data = json.loads(re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[0])
    sentences = [line.text for line in example().structure.lines if len(line.text.split()) > 12]
    assert sentences
    assert all(any(line[0] == sentence for line in data["lines"]) for sentence in sentences)
    written = turtle_of(example())
    assert not any(sentence in written for sentence in sentences)


def test_of_very_many_known_names_the_page_offers_those_of_the_project_and_the_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = reader(EXAMPLE).read(b"De gemeente Rietmeer werkt samen met de gemeente Leiden.\n", "kort.txt")
    known = draft.known
    assert 0 < len(known.placed) < len(known.entities)

    def offered() -> set[str]:
        return {row[0] for row in content(draft, vocabulary(EXAMPLE), "nl")["entities"]}

    every = offered()
    monkeypatch.setattr("regiograaf.reader.review.content.MOST", 10)
    named = {shrink(mention.entity) for mention in draft.found.mentions}
    placed = {shrink(iri) for iri in known.placed}
    few = offered() - {"brieven:kort", "entiteit:afzender-kort"}
    assert few == placed | named
    assert few < every


def test_large_letter_stays_pleasant(review: Open) -> None:
    towns = ("Rietmeer", "Kaagsluis", "Oosterplas")
    lines = [
        f"De gemeente {town} neemt in {2020 + number % 9} deel aan het programma Plasplan {number}, met veel werk."
        for number in range(400)
        for town in towns
    ]
    text = "Geachte colleges,\n\n" + "\n\n".join(" ".join(lines[i : i + 5]) for i in range(0, len(lines), 5))
    draft = reader(EXAMPLE).read(text.encode(), "groot.txt")
    assert len(draft.document.text) > 100_000
    assert len(draft.claims) > 1000
    page = review(draft)
    assert page.evaluate("performance.now()") < 8000
    took = """(key) => {
        const begin = performance.now();
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        document.body.offsetHeight;
        return performance.now() - begin;
    }"""
    press(page, "j")
    times = sorted(page.evaluate(took, key) for key in "jjajdjajd")
    assert times[len(times) // 2] < 500
    click_line(page, len(draft.structure.lines) - 2)
    assert len(claims(page)) == len(draft.claims)
    assert turtle(page).count("\n\n") > 2000
