"""The map in a real Chromium: what a reader sees, clicks and types. Every test also fails on a request or an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from on_the_page import status
from playwright.sync_api import Page, TimeoutError

from map_networks import HOSTILE, ID, large, small

pytestmark = pytest.mark.browser

Show = Callable[..., Any]


def test_starts_complete(show: Show) -> None:
    shown = show("small")
    network = small()
    assert status(shown.page) == "10 van 10 knopen, 10 van 10 relaties"
    assert sorted(shown.visible()["nodes"]) == sorted(network)
    assert sorted(shown.visible()["rels"]) == sorted(key for *_, key in network.edges(keys=True))
    assert shown.page.evaluate("document.compatMode") == "CSS1Compat"
    assert shown.page.evaluate("document.querySelectorAll('h1').length") == 1
    assert shown.page.title() == "Wie werkt met wie?"


def test_real_size_opens_with_every_node_drawn_and_no_label_over_another(show: Show) -> None:
    shown = show("large")
    page = shown.page
    assert page.evaluate("regiograaf.ready") < 10_000
    assert page.evaluate("regiograaf.net.body.data.nodes.get({ filter: (node) => !node.hidden }).length") == 300
    boxes = [label["box"] for label in page.evaluate("regiograaf.labels()")]
    assert len(boxes) >= 25
    overlaps = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
    ]
    assert overlaps == []


def test_most_central_are_always_labelled(view: Show) -> None:
    page = view("large").page
    top = page.evaluate("[...document.querySelectorAll('.brokers .link')].map((button) => button.textContent)")
    labels = {node for node, label in large().nodes(data="label") if label in top}
    shown = {label["key"] for label in page.evaluate("regiograaf.labels()")}
    assert {iri.rpartition("/")[2] for iri in labels} <= shown


def test_subjects_are_named_after_zooming_in(show: Show) -> None:
    page = show("large").page
    subjects = {iri.rpartition("/")[2] for iri, family in large().nodes(data="family") if family == "onderwerp"}
    named = "regiograaf.labels().map((label) => label.key)"
    arrows = "regiograaf.net.body.data.edges.get().filter((line) => line.arrows.to.enabled).length"
    assert subjects.isdisjoint(page.evaluate(named))
    assert page.evaluate(arrows) == 0
    page.evaluate("regiograaf.net.moveTo({ scale: 2 * regiograaf.net.getScale() })")
    page.wait_for_timeout(300)
    assert subjects & set(page.evaluate(named))
    assert page.evaluate(arrows) > 0


@pytest.mark.parametrize("name", ["small", "large", "real"])
def test_mouse_on_a_line_opens_its_evidence(view: Show, name: str) -> None:
    shown = view(name)
    page = shown.page
    points = shown.line_points()
    assert len(points) >= 5
    missed = []
    chosen = points[:: max(1, len(points) // 10)][:10]
    for point in chosen:
        page.mouse.click(point["x"], point["y"])
        try:
            page.wait_for_function("(id) => regiograaf.state.line?.id === id", arg=point["id"], timeout=3000)
        except TimeoutError:
            missed.append((point, page.evaluate("[regiograaf.state.line?.id, regiograaf.state.node?.id]")))
            continue
        articles = page.locator("#card .claim")
        assert articles.count() == page.evaluate("regiograaf.state.line.members.length")
        if not page.locator("#card .claim .note", has_text="Geen passage").count():
            assert page.inner_text("#card .letter >> nth=0")
            assert page.inner_text("#card .section >> nth=0").startswith("§")
            assert page.inner_text("#card blockquote >> nth=0").strip()
        assert page.locator("#card .modality").count() == articles.count()
        page.keyboard.press("Escape")
        page.mouse.move(5, 400)
    assert len(missed) <= len(chosen) // 10, missed


def test_lines_of_one_pair_lie_apart_and_each_is_met_by_the_mouse(view: Show) -> None:
    """What exists does not hide behind what is intended, nor one direction behind the other."""
    shown = view("small")
    page = shown.page
    titles = page.evaluate("regiograaf.net.body.data.edges.get().map((line) => [line.id, line.title])")
    pair = [found for found in titles if "Provincie Noord" in found[1] and "Eén Regio" in found[1]]
    words = {title.rpartition(" – ")[2].partition(" (+")[0]: line for line, title in pair}
    assert words.keys() == {"bestaand", "voorgenomen", "verzocht"}
    points = {point["id"]: point for point in shown.line_points(0.5, 0.4, 0.6, 0.3, 0.7)}
    for word, line in words.items():
        page.mouse.click(points[line]["x"], points[line]["y"])
        page.wait_for_function("(id) => regiograaf.state.line?.id === id", arg=line)
        assert set(page.locator("#card .modality").all_inner_texts()) == {word}
        page.keyboard.press("Escape")


def test_card_lists_every_claim_of_a_line_with_all_its_evidence(view: Show) -> None:
    page = view("small", "#relatie=c1").page
    assert page.inner_text("#detail h2") == "Provincie Noord → Eén Regio"
    assert page.locator("#detail .claim").count() == 2
    together = page.locator("#detail .claim[data-claim=c0]")
    first, second = together.locator(".passage").all()
    assert first.locator("q").inner_text() == "De provincie werkt samen met Eén Regio."
    assert first.locator("mark").inner_text() == "werkt samen"
    assert "Brief over Noord · § Wonen" in first.inner_text()
    assert "2024-03-12 · kenmerk K-Noord · tekens 10–49" in first.inner_text()
    assert second.locator("blockquote").inner_text().strip() == "«draagt bij aan Delta»"
    assert "ongedateerd" in second.inner_text()
    assert "Gezegd door: Gedeputeerde Staten" in together.inner_text()
    assert "Periode: in 2025" in together.inner_text()
    assert together.locator(".modality").inner_text() == "bestaand"


def test_denial_and_origin_are_marked(show: Show) -> None:
    page = show("small", "#relatie=c6").page
    assert page.inner_text("#detail .tag.denied") == "ontkend"
    page.goto(page.url.partition("#")[0] + "#relatie=c8")
    assert page.locator("#detail .tag", has_text="afgeleid").count() == 1
    page.goto(page.url.partition("#")[0] + "#relatie=c4")
    assert page.locator("#detail .note", has_text="Geen passage in een brief").count() == 1


WHY = [
    "Geen brief zegt dit zo; het volgt uit:",
    "‘is lid van’ en dan ‘doet mee’ geeft ‘neemt deel aan’",
    "Hogeschool is lid van Provincie Noord",
    "bekend van elders, niet uit een brief",
    "Provincie Noord doet mee Programma Delta",
    "‘werkt samen met’ houdt in: ‘doet mee’",
    "Provincie Noord werkt samen met Eén Regio",
    f"{HOSTILE} bestaat als Bedrijf",
]


def told(page: Page) -> list[str]:
    """The sentences of why an inferred relation holds, from the conclusion down."""
    sentences = "#detail .claim > p:not(.head, .tags), #detail .why .head, #detail .why .because"
    return [text.strip() for text in page.locator(sentences).all_inner_texts()]


def open_by_mouse(shown: Any) -> None:
    inferred = shown.page.evaluate(
        "regiograaf.net.body.data.edges.get().find((line) => line.title.includes('afgeleid')).id"
    )
    point = next(point for point in shown.line_points() if point["id"] == inferred)
    shown.page.mouse.click(point["x"], point["y"])
    shown.page.wait_for_function("(id) => regiograaf.state.line?.id === id", arg=inferred, timeout=2000)


def open_by_keyboard(shown: Any) -> None:
    page = shown.page
    page.keyboard.press("/")
    page.keyboard.type("hogeschool")
    page.keyboard.press("Enter")
    page.focus("#net")
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if "neemt deel aan" in page.inner_text(":focus"):
            break
    page.keyboard.press("Enter")


def open_from_table(shown: Any) -> None:
    shown.page.click("#b-table")
    shown.page.locator("#rows .link", has_text="neemt deel aan").click()


@pytest.mark.parametrize("opening", [open_by_mouse, open_by_keyboard, open_from_table])
def test_inferred_line_shows_why_down_to_letter_and_passage(show: Show, opening: Callable[[Any], None]) -> None:
    shown = show("small")
    opening(shown)
    page = shown.page
    assert page.inner_text("#detail h2") == "Hogeschool → Programma Delta"
    assert page.locator("#detail .tag", has_text="afgeleid").count() == 1
    assert told(page) == WHY
    depths = page.evaluate(
        "[...document.querySelectorAll('#detail .why li')].map((li) => { let n = 0; "
        "for (let up = li; (up = up.parentElement.closest('.why'));) n++; return n; })"
    )
    assert depths == [1, 1, 2, 2]
    drawn, apart = page.locator("#detail .why .why > li").all()
    first, second = drawn.locator(".passage").all()
    assert first.locator("mark").inner_text() == "werkt samen"
    assert "Brief over Noord · § Wonen" in first.inner_text()
    assert "2024-03-12 · kenmerk K-Noord · tekens 10–49" in first.inner_text()
    assert "Brief over Zuid · § Aanhef" in second.inner_text()
    assert apart.locator(".passage blockquote").inner_text().strip() == f"«{HOSTILE}»"
    assert f"Brief over Zuid · § {HOSTILE}" in apart.inner_text()
    assert page.evaluate("window.pwn") is None


def test_premise_leads_to_the_claim_itself(view: Show) -> None:
    page = view("small", "#relatie=c8").page
    links = page.locator("#detail .why .link")
    assert links.all_inner_texts() == ["Provincie Noord werkt samen met Eén Regio"]
    links.focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#detail h2") == "Provincie Noord → Eén Regio"
    assert page.evaluate("[location.hash, document.activeElement.id]") == ["#relatie=c0", "detail"]


def test_why_speaks_english(view: Show) -> None:
    page = view("small", "#relatie=c8&taal=en").page
    assert told(page)[:4] == [
        "No letter says this as such; it follows from:",
        "‘is lid van’ en dan ‘doet mee’ geeft ‘neemt deel aan’ (en)",
        "Hogeschool (en) is lid van (en) Provincie Noord (en)",
        "bekend van elders, niet uit een brief (en)",
    ]
    page.click("#b-table")
    row = page.locator("#rows tr", has_text="neemt deel aan")
    assert row.locator("td").nth(4).text_content() == (
        "Follows from: Hogeschool (en) is lid van (en) Provincie Noord (en); "
        "Provincie Noord (en) doet mee (en) Programma Delta (en)."
    )


def test_inferred_relations_that_start_hidden_are_switched_on_and_off(show: Show) -> None:
    shown = show("hiding")
    page, switch = shown.page, "[data-facet=herkomst] input[value=inferred]"
    inferred = f"{ID}bewering/c8"
    assert status(page) == "10 van 10 knopen, 9 van 10 relaties"
    assert page.inner_text("#subtitle") == "10 knopen · 9 relaties · 2 brieven · 1 afgeleid"
    assert not page.is_checked(switch)
    assert page.evaluate("location.hash") == ""
    assert page.inner_text("[data-facet=herkomst] label:has([value=inferred]) .count") == "1"
    page.check(switch)
    assert inferred in shown.visible()["rels"]
    assert len(shown.visible()["nodes"]) == 10
    again = show("hiding", page.evaluate("location.hash"))
    assert again.visible() == shown.visible()
    page.click("#reset")
    assert inferred not in shown.visible()["rels"]
    assert page.evaluate("location.hash") == ""


def test_hidden_inferred_relations_change_nothing_of_the_rest(show: Show) -> None:
    shown = show("hiding", "#knoop=delta")
    faded = "regiograaf.net.body.data.nodes.get().filter((node) => node.opacity < 1).map((node) => node.title).sort()"
    hidden = shown.page.evaluate(faded)
    assert any("Hogeschool" in title for title in hidden)
    assert shown.page.locator("#detail .claims li").count() == 2
    visible = show("small", "#knoop=delta")
    assert not any("Hogeschool" in title for title in visible.page.evaluate(faded))
    sizes = "regiograaf.net.body.data.nodes.get().map((node) => [node.id, node.size, node.x, node.y])"
    assert shown.page.evaluate(sizes) == visible.page.evaluate(sizes)


def test_link_to_a_hidden_inferred_relation_shows_it(show: Show) -> None:
    page = show("hiding", "#herkomst=claim.inferred&relatie=c8").page
    assert told(page) == WHY
    page = show("hiding").page
    page.evaluate(
        "regiograaf.selEdge(regiograaf.net.body.data.edges.get().find((line) => line.title.includes('afgeleid')).id)"
    )
    assert told(page) == WHY


def test_inferred_line_is_marked_without_colour_alone(view: Show) -> None:
    page = view("small").page
    line = "regiograaf.net.body.data.edges.get().find((line) => line.title.includes('afgeleid'))"
    other = "regiograaf.net.body.data.edges.get().find((line) => !line.title.includes('afgeleid'))"
    assert page.evaluate(f"{line}.color.color") != page.evaluate(f"{other}.color.color")
    dots = """(() => {
        const canvas = document.querySelector('#net canvas'), ratio = canvas.width / canvas.clientWidth;
        const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
        const context = copy.getContext('2d', { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        const { id, color } = LINE, middle = regiograaf.net.body.edges[id].edgeType.getPoint(0.5);
        const { x, y } = regiograaf.net.canvasToDOM(middle);
        return [[-3.5, 2], [3.5, 2], [0, -4]].map(([left, down]) => {
            const [r, g, b] = context.getImageData((x + left) * ratio, (y + down) * ratio, 1, 1).data;
            return `rgb(${r}, ${g}, ${b})` === color.color; }); })()"""
    assert page.evaluate(dots.replace("LINE", line)) == [True, True, True]
    assert page.evaluate(dots.replace("LINE", other)) == [False, False, False]


def test_node_card_says_what_it_is_and_leads_to_the_evidence(view: Show) -> None:
    page = view("small", "#knoop=delta").page
    assert page.inner_text("#detail h2") == "Programma Delta"
    assert page.inner_text("#detail .tag.status") == "voorgenomen, bestaat nog niet"
    assert page.locator("#detail .claims li").count() == 3
    page.locator("#detail .claims .link", has_text="Provincie Noord").click()
    assert page.inner_text("#detail h2") == "Provincie Noord → Programma Delta"
    assert page.evaluate("location.hash") == "#relatie=c6"


def test_node_card_has_definition_aliases_letters_and_identifiers(view: Show) -> None:
    card = view("small", "#knoop=__proto__").page.inner_text("#card")
    assert card.count(HOSTILE) == 3  # heading, definition, alias
    assert "Genoemd in: Zuid (1)" in card
    assert f"{ID}bedrijf/__proto__" in card
    card = view("small", "#knoop=rijk").page.inner_text("#card")
    assert "Ook bekend als: Staat der Nederlanden" in card


def test_click_on_a_node_selects_it(view: Show) -> None:
    page = view("small").page
    point = page.evaluate(
        """() => { const at = document.getElementById('net').getBoundingClientRect();
            const node = regiograaf.net.body.nodes.n0;
            const p = regiograaf.net.canvasToDOM({ x: node.x, y: node.y }); return [at.left + p.x, at.top + p.y]; }"""
    )
    page.mouse.click(*point)
    page.wait_for_timeout(30)
    assert page.evaluate("regiograaf.state.node.id") == "n0"


@pytest.mark.parametrize(
    ("typed", "key"),
    [("een reg", "een"), ("EÉN", "een"), ("staat der", "rijk"), ("housing", "wonen"), ("hage", "s-hage")],
)
def test_search_finds_labels_and_aliases_without_accents(view: Show, typed: str, key: str) -> None:
    page = view("small").page
    page.keyboard.press("/")
    page.keyboard.type(typed)
    assert page.get_attribute("#q", "aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert page.evaluate("regiograaf.state.node.key") == key
    offset = page.evaluate(
        """() => { const net = document.getElementById('net');
            const node = regiograaf.net.body.nodes[regiograaf.state.node.id];
            const p = regiograaf.net.canvasToDOM({ x: node.x, y: node.y });
            return Math.max(Math.abs(p.x / net.clientWidth - 0.5), Math.abs(p.y / net.clientHeight - 0.5)); }"""
    )
    assert offset < 0.05


def test_search_brings_back_what_a_filter_hid(view: Show) -> None:
    page = view("small", "#soort=regio").page
    page.fill("#q", "hogeschool")
    page.keyboard.press("Enter")
    assert page.inner_text("#detail h2") == "Hogeschool"


def test_search_without_result_says_so(view: Show) -> None:
    page = view("small").page
    page.fill("#q", "zzz")
    assert page.inner_text("#hits") == "Geen resultaat"


def test_layout_switch_moves_the_nodes(view: Show) -> None:
    page = view("small").page
    place = "(() => { const n = regiograaf.net.body.nodes.n0; return [n.x, n.y]; })()"
    before = page.evaluate(place)
    page.select_option("#layout", "lagen")
    assert page.evaluate(place) != before
    assert "indeling=lagen" in page.url


def test_map_survives_a_visit_to_the_table_and_a_resize(show: Show) -> None:
    page = show("large").page
    page.click("#b-table")
    page.set_viewport_size({"width": 1100, "height": 700})
    page.wait_for_timeout(200)
    page.click("#b-map")
    page.wait_for_timeout(200)
    assert len(page.evaluate("regiograaf.labels()")) >= 20
