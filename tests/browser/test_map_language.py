"""The page speaks one language at a time: what comes from a letter is marked as Dutch, all else is translated."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import networkx as nx
import pytest
from on_the_page import export
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Show = Callable[..., Any]

TEXTS = """() => {
    const found = [], seen = { visibilityProperty: true }, says = (text, element) => {
        if (text && text.trim()) found.push([text.replace(/\\s+/g, ' ').trim(), element.closest('[lang]').lang]);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        const apart = parent.closest('script, style, noscript, #paper') || !parent.checkVisibility(seen);
        if (!apart) says(walker.currentNode.textContent, parent);
    }
    for (const element of document.body.querySelectorAll('*')) {
        if (element.closest('noscript') || !element.checkVisibility(seen)) continue;
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) says(element.getAttribute(name), element);
    }
    says(document.getElementById('status').textContent, document.body);
    return found;
}"""
"""Every text that is seen or read out, with the language that it is marked as."""

SAME = {"enter", "esc", "escape", "filters", "csv", "png", "svg", "in", "is", "of", "plus", "zoom", "open", "e", "mail"}
SAME |= {"link", "begin", "regiograaf"}
"""Words of the page itself that are spelt alike in Dutch and English."""


def open_claim(page: Page, key: str) -> None:
    page.evaluate("(key) => { location.hash += '&relatie=' + key; }", key)
    page.locator(f"#card [data-claim={key}]").wait_for()


def start(page: Page) -> None:
    pass


def a_node(page: Page) -> None:
    page.evaluate("regiograaf.select('regio-1')")
    page.click("#detail [data-steps='2']")


def a_line_with_everything(page: Page) -> None:
    """A claim with a period, an amount, themes and evidence, and how to report an error in it."""
    page.evaluate("regiograaf.selEdge(regiograaf.net.body.data.edges.getIds()[0])")
    page.locator("#detail .report").first.click()


def an_inferred_line(page: Page) -> None:
    open_claim(page, "r8")
    page.wait_for_selector("#detail .why")


def a_search_without_hits(page: Page) -> None:
    page.fill("#q", "zzzz")


def filters_on(page: Page) -> None:
    for fold in page.locator("#facets .fold[aria-expanded=false]").all():
        fold.click()
    page.locator("[data-facet=modaliteit] input").first.uncheck()
    page.locator("[data-facet=thema] .toggle").click()


def the_export_menu(page: Page) -> None:
    page.click("#b-export")


def the_table(page: Page) -> None:
    page.click("#b-table")


def the_timeline(page: Page) -> None:
    page.focus("#t-from")
    page.keyboard.press("ArrowRight")
    page.click("#t-fold")


def undated_now(page: Page) -> None:
    open_claim(page, "r5")
    page.wait_for_selector("#detail .period")


STATES = [
    start,
    a_node,
    a_line_with_everything,
    an_inferred_line,
    a_search_without_hits,
    filters_on,
    the_export_menu,
    the_table,
    the_timeline,
    undated_now,
]


def words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in re.findall(r"[^\W\d_]+", text)}


def data_words(network: nx.MultiDiGraph) -> set[str]:
    """Words of the network, which the test's network does not translate."""
    texts: list[str] = ["Wie werkt met wie?", "bewering", "partij", "(en)"]
    for letter in network.graph["letters"].values():
        texts += [letter["short"], letter["reference"]]
    for _, node in network.nodes(data=True):
        texts += [node["label"], *node["aliases"], node["kind"]]
    for *_, claim in network.edges(data=True):
        texts += [claim["relation"], *claim["themes"]]
        steps = [claim["derivation"]] if "derivation" in claim else []
        for step in steps:
            steps.extend(step["premises"])
            texts += [step["subject"], step["relation"], step["object"], step["because"]]
    return words(texts)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_word_of_the_other_language_is_left(view: Show, files: Any, state: Callable[[Page], None]) -> None:
    """A text that stands in the Dutch page as Dutch, and in the English one as English, was not translated."""
    texts = []
    for hash in ("", "#taal=en"):
        page = view("rich", hash).page
        state(page)
        texts.append(page.evaluate(TEXTS))
    dutch, english = texts
    names = data_words(files.network("rich"))
    said = {text for text, lang in dutch if lang == "nl"}, {text for text, lang in english if lang == "en"}
    both = set.intersection(*(words(text for text in texts if "://" not in text) for texts in said))
    assert both - names - SAME == set()


def test_the_words_of_both_languages_are_two_lists_of_one_length(view: Show, files: Any) -> None:
    """The texts of the page itself, state by state, differ: a word that nobody translated is in both."""
    page = view("rich").page
    numbers = page.evaluate(TEXTS)
    page.click("#b-language")
    assert len(page.evaluate(TEXTS)) == pytest.approx(len(numbers), abs=8)
    page.click("#b-language")


def test_what_stands_in_another_language_is_marked(view: Show, files: Any) -> None:
    """English page: passages, sections, titles of letters and periods are Dutch, and said to be."""
    view("rich")
    page = view("rich", "#taal=en&relatie=r1").page
    assert page.get_attribute("html", "lang") == "en"
    for part in ("blockquote", ".letter", ".section", ".period dd span", ".speaker dd span"):
        assert page.locator(f"#detail {part}").first.evaluate("(e) => e.closest('[lang]').lang") == "nl", part
    assert page.locator("#detail .paraphrase").first.inner_text() == "Paraphrase 1."
    assert page.locator("#detail .paraphrase").first.evaluate("(e) => e.closest('[lang]').lang") == "en"


def test_names_relations_themes_and_amounts_are_english(view: Show) -> None:
    page = view("rich", "#taal=en&relatie=r3").page
    text = page.inner_text("#detail")
    assert "(en)" in page.inner_text("#detail h2 >> nth=-1")
    assert "€ 3 million" in text
    assert "€ 3 miljoen" not in text
    page.click("#b-language")
    assert "€ 3 miljoen" in page.inner_text("#detail")
    assert "Wonen" in view("rich").page.inner_text("[data-facet=thema]")
    assert "Housing" in view("rich", "#taal=en").page.inner_text("[data-facet=thema]")


def test_what_is_taken_along_is_in_the_language_of_the_page(view: Show) -> None:
    page = view("rich", "#taal=en").page
    head = export(page, "csv").decode("utf-8-sig").splitlines()[0]
    assert json.loads(f"[{head.replace(';', ',')}]")[:4] == ["From", "Relation", "To", "Modality"]
    svg = export(page, "svg").decode("utf-8")
    assert 'lang="en"' in svg
    assert "knopen" not in svg
    assert "nodes" in svg


def test_search_finds_dutch_and_english_names_in_either_language(view: Show) -> None:
    for hash in ("", "#taal=en"):
        for typed in ("provincie noord", "province of"):
            page = view("small", hash).page
            page.fill("#q", typed)
            page.keyboard.press("Enter")
            assert page.evaluate("regiograaf.state.node.key") == "provincie", (hash, typed)
