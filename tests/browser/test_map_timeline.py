"""When: dated claims on the timeline, a choice of years, and "now" in a letter without a date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from on_the_page import counts, found, status, uncheck
from playwright.sync_api import Page

from map_networks import ID

pytestmark = pytest.mark.browser

Show = Callable[..., Any]
YEARS = range(2025, 2031)
"""What the periods of the network cover: 2025, March 2026 and later, until 2030, and one day in 2025."""


def dated(network: nx.MultiDiGraph) -> dict[str, tuple[str, str]]:
    """Claim -> (first day, last day) that it may hold, "" where that is open."""
    spans = {}
    for *_, key, claim in network.edges(keys=True, data=True):
        dates = claim["dates"]
        first, last = (dates["begin"][0], dates["end"][1]) if dates else ("", "")
        if first or last:
            spans[key] = (first, last)
    return spans


def within(network: nx.MultiDiGraph, first: int, last: int, undated: bool = False) -> set[str]:
    spans = dated(network)
    everything = {key for *_, key in network.edges(keys=True)}
    held = {
        key
        for key, (begin, end) in spans.items()
        if not (begin and begin[:4] > str(last)) and not (end and end[:4] < str(first))
    }
    return held | (everything - spans.keys() if undated else set())


def choose(page: Page, first: int, last: int) -> None:
    """Years by the two handles, as a keyboard moves them."""
    page.focus("#t-from")
    for _ in range(first - YEARS[0]):
        page.keyboard.press("ArrowRight")
    page.focus("#t-to")
    for _ in range(YEARS[-1] - last):
        page.keyboard.press("ArrowLeft")


def test_timeline_counts_what_is_dated_and_covers_its_years(view: Show, files: Any) -> None:
    page, network = view("rich").page, files.network("rich")
    assert page.inner_text("#t-count") == f"{len(dated(network))} gedateerde relaties"
    assert [page.input_value("#t-from"), page.input_value("#t-to")] == [str(YEARS[0]), str(YEARS[-1])]
    spans = {
        moment["iri"]: (moment["from"] or "", moment["to"] or "") for moment in page.evaluate("regiograaf.timeline()")
    }
    assert spans == dated(network)


@pytest.mark.parametrize(("first", "last"), [(2025, 2025), (2026, 2026), (2026, 2030), (2025, 2027), (2030, 2030)])
def test_years_leave_what_may_hold_in_them(view: Show, files: Any, first: int, last: int) -> None:
    shown, network = view("rich"), files.network("rich")
    page = shown.page
    choose(page, first, last)
    claims = within(network, first, last)
    nodes = {node for u, v, key in network.edges(keys=True) if key in claims for node in (u, v)}
    assert 0 < len(claims) < network.number_of_edges()
    assert found(shown) == (nodes, claims)
    assert status(page) == f"{len(nodes)} van 18 knopen, {len(claims)} van 40 relaties"
    modalities = [c["modality"] for *_, key, c in network.edges(keys=True, data=True) if key in claims]
    assert {value: n for value, n in counts(page, "modaliteit").items() if n} == {
        value: modalities.count(value) for value in modalities
    }
    page.click("#t-fold")
    page.check("#t-undated")
    assert found(shown)[1] == within(network, first, last, undated=True)
    page.click("#t-all")
    assert len(found(shown)[1]) == 40


def test_rows_of_the_timeline_are_the_dated_claims_that_are_shown(view: Show, files: Any) -> None:
    shown, network = view("rich"), files.network("rich")
    page = shown.page
    page.click("#t-fold")
    uncheck(page, "modaliteit", "bestaand")
    rows = page.evaluate("[...document.querySelectorAll('#t-rows .moment')].map((row) => row.dataset.claim)")
    wanted = dated(network).keys() & found(shown)[1]
    assert sorted(rows) == sorted(key.rpartition("/")[2] for key in wanted)
    begins = [dated(network)[f"{ID}bewering/{key}"][0] for key in rows]
    known = [begin for begin in begins if begin]
    assert known == sorted(known)


def test_row_of_the_timeline_says_what_and_opens_the_evidence(view: Show, files: Any) -> None:
    page = view("rich").page
    page.click("#t-fold")
    row = page.locator("#t-rows .moment").first
    key, text = row.get_attribute("data-claim"), row.inner_text()
    assert text.strip()
    row.click()
    assert page.evaluate("regiograaf.state.claim.key") == key
    assert page.locator(f"#card [data-claim={key}] blockquote").count() >= 1
    assert page.locator("#t-rows [aria-current=true]").get_attribute("data-claim") == key


def test_period_and_amount_stand_in_the_card_in_the_words_of_the_letter(view: Show, files: Any) -> None:
    network = files.network("rich")
    for *_, key, claim in list(network.edges(keys=True, data=True))[:14]:
        if claim["origin"] == "inferred":
            continue
        page = view("rich", f"#relatie={key.rpartition('/')[2]}").page
        card = page.locator(f"#card [data-claim={key.rpartition('/')[2]}]").inner_text()
        assert claim["period"] in card
        assert all(words["nl"] in card for words in claim["quantities"])


def test_now_in_a_letter_without_a_date_is_said_to_be_undated(view: Show, files: Any) -> None:
    """The wording alone would make a reader think of today."""
    network = files.network("rich")
    claims = network.edges(keys=True, data=True)
    now = {key: claim for *_, key, claim in claims if claim["present"] and claim["evidence"]}
    assert {bool(network.graph["letters"][c["evidence"][0]["letter"]]["date"]) for c in now.values()} == {True, False}
    for language, at, undated in (
        ("nl", "ten tijde van het schrijven", "ongedateerd"),
        ("en", "at the time of writing", "undated"),
    ):
        for key, claim in now.items():
            short = key.rpartition("/")[2]
            page = view("rich", f"#relatie={short}&taal={language}").page
            period = page.locator(f"#card [data-claim={short}] .period dd").inner_text()
            dates = [network.graph["letters"][piece["letter"]]["date"] or undated for piece in claim["evidence"]]
            assert period == ", ".join([f"momenteel: {at}", *dict.fromkeys(dates)])


def test_map_without_dates_has_no_timeline(view: Show) -> None:
    page = view("large").page
    assert not page.is_visible("#timeline")
    assert page.evaluate("regiograaf.timeline()") == []


def test_timeline_of_the_real_map_is_that_of_the_network(view: Show, files: Any) -> None:
    page, network = view("real").page, files.network("real")
    spans = {moment["iri"] for moment in page.evaluate("regiograaf.timeline()")}
    assert spans == dated(network).keys()
    assert len(spans) > 10
