"""What the map leaves out and leaves in, against what Python takes from the same network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from browser_networks import CLAIM_FACETS, NODE_FACETS, chosen, letters_of, values
from on_the_page import ALL_ROWS, box, counts, found, table, toggle, uncheck

pytestmark = pytest.mark.browser

Show = Callable[..., Any]
FACETS = (*NODE_FACETS, *CLAIM_FACETS)


def expect(shown: Any, network: nx.MultiDiGraph, off: dict[str, list[str]]) -> None:
    """The state of the page, its canvas, its status line and its table are what the network gives."""
    nodes, claims = chosen(network, off)
    page = shown.page
    assert found(shown) == (nodes, claims)
    assert page.inner_text("#status") == (
        f"{len(nodes)} van {len(network)} knopen, {len(claims)} van {network.number_of_edges()} relaties"
    )
    drawn = "regiograaf.net.body.data.{}.get({{ filter: (thing) => !thing.hidden }}).length"
    assert page.evaluate(drawn.format("nodes")) == len(nodes)
    lines = {
        (source, target, edge["modality"], edge["origin"] == "inferred")
        for source, target, key, edge in network.edges(keys=True, data=True)
        if key in claims
    }
    assert page.evaluate(drawn.format("edges")) == len(lines)


def test_every_facet_of_the_network_has_its_values_and_no_other(view: Show, files: Any) -> None:
    page, network = view("rich").page, files.network("rich")
    shown = page.evaluate("[...document.querySelectorAll('[data-facet]')].map((part) => part.dataset.facet)")
    assert sorted(shown) == sorted(FACETS)
    for facet in FACETS:
        assert counts(page, facet).keys() == values(network, facet), facet


def test_counts_at_the_start_are_those_of_the_network(view: Show, files: Any) -> None:
    page, network = view("rich").page, files.network("rich")
    for facet, of in NODE_FACETS.items():
        expected = Counter(value for _, node in network.nodes(data=True) for value in of(node))
        assert counts(page, facet) == expected, facet
    for facet, of_claim in CLAIM_FACETS.items():
        expected = Counter(value for *_, claim in network.edges(data=True) for value in of_claim(network, claim))
        assert counts(page, facet) == expected, facet


@pytest.mark.parametrize("facet", FACETS)
def test_every_value_of_a_filter_takes_away_what_has_it(view: Show, files: Any, facet: str) -> None:
    network = files.network("rich")
    whole = set(network), {key for *_, key in network.edges(keys=True)}
    for value in sorted(values(network, facet)):
        shown = view("rich")
        assert found(shown) == whole
        uncheck(shown.page, facet, value)
        expect(shown, network, {facet: [value]})
        assert found(shown) != whole, value
        box(shown.page, facet, value).check()
        assert found(shown) == whole


@pytest.mark.parametrize(
    "off",
    [
        {"soort": ["onderwerp"], "modaliteit": ["bestaand"], "brief": ["west"]},
        {"thema": ["-", "Wonen"], "bestaan": ["bestaand"]},
        {"herkomst": ["claim"], "brief": ["zuid"]},
        {"modaliteit": ["bestaand", "afgesproken", "verzocht", "mogelijk"], "soort": ["overheid", "bedrijf"]},
    ],
    ids=str,
)
def test_filters_work_together_and_count_what_the_others_leave(
    view: Show, files: Any, off: dict[str, list[str]]
) -> None:
    shown, network = view("rich"), files.network("rich")
    for facet, gone in off.items():
        uncheck(shown.page, facet, *gone)
    expect(shown, network, off)
    for facet, of in CLAIM_FACETS.items():
        others = {other: gone for other, gone in off.items() if other != facet}
        left = chosen(network, others)[1]
        expected = dict.fromkeys(values(network, facet), 0) | Counter(
            value
            for *_, key, claim in network.edges(keys=True, data=True)
            if key in left
            for value in of(network, claim)
        )
        assert counts(shown.page, facet) == expected, facet
    shown.page.click("#reset")
    assert found(shown) == (set(network), {key for *_, key in network.edges(keys=True)})


@pytest.mark.parametrize("facet", FACETS)
def test_none_and_all_of_a_facet(view: Show, files: Any, facet: str) -> None:
    shown, network = view("rich"), files.network("rich")
    switch = toggle(shown.page, facet)
    assert switch.inner_text() == "geen"
    switch.click()
    assert found(shown) == (set(), set())
    assert shown.page.locator(f"[data-facet={facet}] input:checked").count() == 0
    assert switch.inner_text() == "alle"
    switch.click()
    assert found(shown) == (set(network), {key for *_, key in network.edges(keys=True)})


def test_one_value_of_the_real_map_at_a_time(view: Show, files: Any) -> None:
    """The five letters: one kind, one modality, one letter, one theme; inferred relations on."""
    network = files.network("real")
    for facet in ("soort", "modaliteit", "brief", "thema"):
        one = sorted(values(network, facet))[0]
        shown = view("real")
        shown.page.locator("[data-facet=herkomst] input[value=inferred]").check()
        toggle(shown.page, facet).click()
        box(shown.page, facet, one).check()
        expect(shown, network, {facet: sorted(values(network, facet) - {one})})


def ego(network: nx.MultiDiGraph, node: str, steps: int) -> tuple[set[str], set[str]]:
    """What lies at most so many steps away, whichever way the lines point, and all claims between that."""
    near = set(nx.ego_graph(nx.Graph(network), node, radius=steps))
    return near, {key for *_, key in network.subgraph(near).edges(keys=True)}


@pytest.mark.parametrize("steps", [1, 2, 3])
@pytest.mark.parametrize("name", ["rich", "small"])
def test_focus_shows_the_ego_network(view: Show, files: Any, name: str, steps: int) -> None:
    network = files.network(name)
    sizes = set()
    for node in sorted(network)[:6]:
        shown = view(name, f"#knoop={node.rpartition('/')[2]}")
        shown.page.click(f"#detail [data-steps='{steps}']")
        assert found(shown) == ego(network, node, steps)
        sizes.add(len(found(shown)[0]))
        shown.page.click(f"#detail [data-steps='{steps}']")
        assert len(found(shown)[0]) == len(network)
    assert len(sizes) > 1


def test_focus_walks_only_over_what_the_filters_leave(view: Show, files: Any) -> None:
    shown, network = view("rich"), files.network("rich")
    off = {"modaliteit": ["bestaand", "gewenst"], "soort": ["onderwerp"]}
    for facet, gone in off.items():
        uncheck(shown.page, facet, *gone)
    _, claims = chosen(network, off)
    left = nx.MultiDiGraph()
    left.add_edges_from(edge for edge in network.edges(keys=True) if edge[2] in claims)
    node = max(sorted(left), key=left.degree)
    shown.page.evaluate("(key) => regiograaf.select(key)", node.rpartition("/")[2])
    shown.page.click("#detail [data-steps='2']")
    assert found(shown) == ego(left, node, 2)
    assert len(found(shown)[0]) < len(left)


# --- the table


def expected_rows(network: nx.MultiDiGraph, claims: set[str]) -> list[list[str]]:
    origins = {"claim": "", "inferred": " afgeleid", "background": " achtergrondgegeven"}
    rows = []
    for source, target, key, claim in network.edges(keys=True, data=True):
        if key not in claims:
            continue
        modality = network.graph["modalities"][claim["modality"]]["nl"] + " ontkend" * claim["denied"]
        rows.append(
            [
                network.nodes[source]["label"],
                claim["relation"],
                network.nodes[target]["label"],
                modality + origins[claim["origin"]],
            ]
        )
    return sorted(rows)


OFF: list[dict[str, list[str]]] = [{}, {"modaliteit": ["bestaand"], "brief": ["zuid"]}, {"thema": ["-"]}]


@pytest.mark.parametrize("off", OFF, ids=str)
def test_table_has_a_row_per_claim_with_all_its_evidence(view: Show, files: Any, off: dict[str, list[str]]) -> None:
    shown, network = view("rich"), files.network("rich")
    for facet, gone in off.items():
        uncheck(shown.page, facet, *gone)
    shown.page.click("#b-table")
    rows, (_, claims) = table(shown.page), chosen(network, off)
    assert sorted(row[:4] for row in rows) == expected_rows(network, claims)
    cells = sorted(row[5] for row in rows)
    assert len(cells) == len(claims)
    for *_, key, claim in network.edges(keys=True, data=True):
        if key not in claims or not claim["evidence"]:
            continue
        wanted = []
        for piece in claim["evidence"]:
            short = network.graph["letters"][piece["letter"]]["short"]
            wanted += [f"{short}, § {piece['section']}", piece["quote"] or f"«{piece['anchor']}»"]
        assert any(all(part in cell for part in wanted) for cell in cells), (key, wanted)


def test_table_of_the_real_map_equals_the_network(view: Show, files: Any) -> None:
    page, network = view("real", "#herkomst=claim.inferred&beeld=tabel").page, files.network("real")
    page.locator("[data-facet=herkomst] input[value=inferred]").check()
    page.wait_for_function(ALL_ROWS)
    shown = page.evaluate(
        "[...document.querySelectorAll('#rows tr')].map((r) => [0, 1, 2].map((i) => r.cells[i].textContent))"
    )
    label = network.nodes(data="label")
    assert sorted(shown) == sorted([label[u], edge["relation"], label[v]] for u, v, edge in network.edges(data=True))


def test_inferred_claims_count_as_of_the_letters_they_rest_on(files: Any) -> None:
    network = files.network("rich")
    inferred = [claim for *_, claim in network.edges(data=True) if claim["origin"] == "inferred"]
    assert {frozenset(letters_of(network, claim)) for claim in inferred} != {frozenset()}
