"""What a reader takes along is read again and compared with what the map shows."""

from __future__ import annotations

import csv
import io
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from browser_networks import chosen
from on_the_page import export, found, status, uncheck
from playwright.sync_api import Page, expect

from map_networks import HOSTILE, ID

pytestmark = pytest.mark.browser

Show = Callable[..., Any]
SVG = "{http://www.w3.org/2000/svg}"
OFF: list[dict[str, list[str]]] = [{}, {"modaliteit": ["bestaand", "gewenst"], "soort": ["onderwerp"]}]


def read_svg(content: bytes) -> ElementTree.Element:
    root = ElementTree.fromstring(content)
    assert root.tag == f"{SVG}svg"
    return root


def texts(root: ElementTree.Element) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text") if element.get("class") != "rim"]


# --- SVG


@pytest.mark.parametrize("off", OFF, ids=["all", "filtered"])
def test_svg_has_the_nodes_and_lines_that_are_seen(view: Show, files: Any, off: dict[str, list[str]]) -> None:
    shown, network = view("rich"), files.network("rich")
    for facet, gone in off.items():
        uncheck(shown.page, facet, *gone)
    nodes, claims = chosen(network, off)
    root = read_svg(export(shown.page, "svg"))
    marks = [element.get("data-node") for element in root.iter(f"{SVG}path") if element.get("data-node")]
    assert sorted(marks) == sorted(iri.rpartition("/")[2] for iri in nodes)
    lines = [element.get("data-line") for element in root.iter(f"{SVG}path") if element.get("data-line")]
    pairs = Counter(
        (source, target, edge["modality"], edge["origin"] == "inferred")
        for source, target, key, edge in network.edges(keys=True, data=True)
        if key in claims
    )
    assert len(lines) == len(pairs)
    assert len(set(lines)) == len(lines)


def test_svg_stands_by_itself(view: Show, files: Any) -> None:
    """Title, what was chosen, names, legend and source in the picture; nothing that is fetched or run."""
    shown = view("rich")
    uncheck(shown.page, "modaliteit", "bestaand")
    content = export(shown.page, "svg")
    root = read_svg(content)
    words = texts(root)
    everything = " ".join(words)
    assert "Wie werkt met wie?" in everything
    assert status(shown.page) in everything
    assert "Modaliteit: 9 van 10" in everything
    for label in shown.page.evaluate("regiograaf.labels()"):
        assert all(row in everything for row in label["text"].split()), label
    for modality in ("verzocht", "mogelijk", "ontkend"):
        assert modality in words
    assert "bestaand" not in words
    for family in ("Overheid", "Onderwerp"):
        assert family in words
    assert "Bron: Noord (2024-03-12), West (2025-06-01), Zuid (ongedateerd)." in everything
    assert "versie 2026.1" in everything
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in ("script", "image", "use", "style", "foreignObject", "a"), (
            element.tag
        )
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "http" not in value or name == "xmlns"
    title = root.find(f"{SVG}title")
    assert title is not None
    assert root.get("aria-labelledby") == title.get("id")


def test_svg_shows_what_lies_in_view_after_zooming_in(view: Show) -> None:
    page = view("rich").page
    whole = read_svg(export(page, "svg"))
    page.evaluate("regiograaf.select('regio-1')")
    page.evaluate("regiograaf.net.moveTo({ scale: 5 })")
    page.wait_for_timeout(60)
    near = read_svg(export(page, "svg"))
    nodes = [[e.get("data-node") for e in root.iter(f"{SVG}path") if e.get("data-node")] for root in (whole, near)]
    assert 1 <= len(nodes[1]) < len(nodes[0])
    assert "regio-1" in nodes[1]


def test_svg_of_a_hostile_network_is_text(view: Show) -> None:
    page = view("small", "#knoop=__proto__").page
    content = export(page, "svg")
    root = read_svg(content)
    assert b"<img" not in content
    assert any(HOSTILE in "".join(element.itertext()) for element in root.iter(f"{SVG}title"))
    assert page.evaluate("window.pwn") is None


def test_svg_is_drawn_by_a_browser_as_the_map_is(show: Show, tmp_path: Path) -> None:
    """The file by itself, in a page of its own: the same colours at the same nodes."""
    page = show("rich").page
    content = export(page, "svg")
    root = read_svg(content)
    path = tmp_path / "figure.svg"
    path.write_bytes(content)
    context = page.context.browser.new_context(viewport={"width": 1440, "height": 1200})
    figure = context.new_page()
    figure.goto(path.as_uri())
    for key in ("overheid-0", "bedrijf-2"):
        # a node without dashes: the middle of it has the colour of its family
        middle = figure.evaluate(
            """(key) => { const box = document.querySelector(`path[data-node="${key}"]`).getBoundingClientRect();
                const top = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                return top.some((element) => element.dataset.node === key); }""",
            key,
        )
        assert middle, key
    size = figure.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollWidth]")
    assert float(root.get("width") or 0) <= size[1] + 1
    context.close()


# --- PNG


def read_png(content: bytes) -> tuple[int, int, list[bytes]]:
    """(width, height, rows of pixels) of an 8-bit RGB or RGBA picture that is not interlaced."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, width, height, channels = 8, b"", 0, 0, 0
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        assert struct.unpack(">I", content[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", body)
            assert (depth, interlaced) == (8, 0)
            channels = {2: 3, 6: 4}[colour]
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    raw = zlib.decompress(data)
    stride = width * channels
    rows = [raw[i * (stride + 1) : (i + 1) * (stride + 1)] for i in range(height)]
    assert all(len(row) == stride + 1 for row in rows)
    return width, height, rows


def test_png_is_the_figure_at_twice_its_size_and_not_blank(view: Show) -> None:
    page = view("rich").page
    root = read_svg(export(page, "svg"))
    width, height, rows = read_png(export(page, "png"))
    assert (width, height) == (2 * int(float(root.get("width") or 0)), 2 * int(float(root.get("height") or 0)))
    # A row without ink compresses to hardly anything: most rows of the map have some.
    inked = sum(len(zlib.compress(row)) > 60 for row in rows)
    assert inked > height * 0.5


def test_png_differs_where_the_map_differs(view: Show) -> None:
    page = view("rich").page
    whole = export(page, "png")
    page.uncheck("[data-facet=soort] input[value=regio]")
    fewer = export(page, "png")
    page.click("#b-dark")
    dark = export(page, "png")
    assert len({whole, fewer, dark}) == 3


# --- CSV


def read_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


@pytest.mark.parametrize("off", OFF, ids=["all", "filtered"])
def test_csv_has_a_row_per_passage_of_what_is_shown(view: Show, files: Any, off: dict[str, list[str]]) -> None:
    shown, network = view("rich"), files.network("rich")
    for facet, gone in off.items():
        uncheck(shown.page, facet, *gone)
    _, claims = chosen(network, off)
    rows = read_csv(export(shown.page, "csv"))
    letters = network.graph["letters"]
    expected = []
    for source, target, key, claim in network.edges(keys=True, data=True):
        if key not in claims or claim["origin"] == "inferred":
            continue
        for piece in claim["evidence"] or [None]:
            where = (
                (
                    letters[piece["letter"]]["title"],
                    letters[piece["letter"]]["date"] or "ongedateerd",
                    piece["section"],
                    str(piece["begin"]),
                    str(piece["end"]),
                    piece["anchor"],
                    piece["quote"],
                )
                if piece
                else ("",) * 7
            )
            expected.append(
                (
                    network.nodes[source]["label"],
                    claim["relation"],
                    network.nodes[target]["label"],
                    network.graph["modalities"][claim["modality"]]["nl"],
                    "ontkend" if claim["denied"] else "",
                    *where,
                    claim["paraphrase"],
                    "; ".join(words["nl"] for words in claim["quantities"]),
                    ", ".join(claim["themes"]),
                    key,
                )
            )
    columns = [
        "Van",
        "Relatie",
        "Naar",
        "Modaliteit",
        "ontkend",
        "Brief",
        "datum",
        "§",
        "begin",
        "einde",
        "anker",
        "citaat",
    ]
    columns += ["Parafrase", "Bedragen en aantallen", "Thema’s", "bewering"]
    said = [tuple(row[column] for column in columns) for row in rows if row["Herkomst"] != "afgeleid"]
    assert sorted(said) == sorted(expected)
    inferred = {row["bewering"] for row in rows if row["Herkomst"] == "afgeleid"}
    assert inferred == {
        key for *_, key, claim in network.edges(keys=True, data=True) if key in claims and claim["origin"] == "inferred"
    }


def test_csv_says_when_and_that_now_is_when_it_was_written(view: Show) -> None:
    rows = {row["bewering"].rpartition("/")[2]: row for row in read_csv(export(view("rich").page, "csv"))}
    assert rows["r1"]["Periode"] == "in 2025"
    assert rows["r5"]["Periode"] == "momenteel: ten tijde van het schrijven, ongedateerd"


def test_cells_of_the_csv_do_not_become_formulas(view: Show) -> None:
    content = export(view("formulas").page, "csv")
    cells = [
        cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";") for cell in row
    ]
    for formula in ('=HYPERLINK("https://example.org")', "+31 6", "-1+1", "@SUM(A1)", "\t=1", " =1"):
        assert "'" + formula in cells, formula
        assert formula not in cells
    assert 'met "aanhaling"; en puntkomma\nen regel' in cells


# --- citing, reporting


def open_claim(page: Page, key: str) -> Any:
    page.evaluate("(key) => { location.hash = 'relatie=' + key; }", key)
    article = page.locator(f"#card [data-claim={key}]")
    article.wait_for()
    return article


def test_citation_names_claim_version_letter_and_section(show: Show, files: Any) -> None:
    network = files.network("rich")
    page = show("rich", permissions=["clipboard-read", "clipboard-write"]).page
    for key in ("r1", "r3", "r10", "r16"):
        iri = f"{ID}bewering/{key}"
        ((source, target, claim),) = ((u, v, a) for u, v, k, a in network.edges(keys=True, data=True) if k == iri)
        article = open_claim(page, key)
        article.locator(".cite").click()
        expect(article.locator("[role=status]")).to_have_text("Citaat gekopieerd")
        text = page.evaluate("navigator.clipboard.readText()")
        modality = network.graph["modalities"][claim["modality"]]["nl"]
        wanted = [
            f"{network.nodes[source]['label']} {claim['relation']} {network.nodes[target]['label']}",
            modality,
            iri,
            "versie 2026.1",
            claim["speaker"],
        ]
        for piece in claim["evidence"]:
            letter = network.graph["letters"][piece["letter"]]
            wanted += [letter["title"], letter["date"] or "ongedateerd", f"§ {piece['section']}", letter["iri"]]
            wanted += [f"tekens {piece['begin']}–{piece['end']}", piece["anchor"], letter["reference"]]
        assert [part for part in wanted if part not in text] == [], text
        assert ("ontkend" in text) == claim["denied"]
        assert page.evaluate("(key) => regiograaf.citation(key)", key) == text


def test_citation_of_an_inferred_relation_says_what_it_rests_on(view: Show) -> None:
    page = view("rich").page
    text = page.evaluate("regiograaf.citation('r8')")
    assert "afgeleid" in text
    assert f"{ID}bewering/r0" in text
    assert f"{ID}bewering/r8" in text


def test_without_a_clipboard_the_citation_is_there_to_copy(show: Show) -> None:
    page = show("rich").page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    article = open_claim(page, "r1")
    article.locator(".cite").click()
    assert article.locator("textarea").input_value() == page.evaluate("regiograaf.citation('r1')")
    assert page.evaluate("getSelection().toString()") == page.evaluate("regiograaf.citation('r1')")


def test_report_of_an_error_is_filled_in_and_mailed_by_the_reader(show: Show) -> None:
    page = show("rich", permissions=["clipboard-read", "clipboard-write"]).page
    article = open_claim(page, "r3")
    article.locator(".report").click()
    text = article.locator("textarea").input_value()
    assert f"{ID}bewering/r3" in text
    assert "Wat klopt er niet?" in text
    page.keyboard.type("De datum & het 50% bedrag")
    text = article.locator("textarea").input_value()
    assert "De datum & het 50% bedrag" in text
    parts = urlsplit(article.locator("a.mail").get_attribute("href"))
    assert (parts.scheme, parts.path) == ("mailto", "")
    body = parse_qs(parts.query.replace("+", "%2B"))["body"][0]
    assert body.replace("\r\n", "\n") == text
    article.locator(".copy").click()
    expect(article.locator("[role=status]")).to_have_text("Tekst gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n") == text


# --- paper


def pdf(page: Page, tmp_path: Path) -> Any:
    from pypdf import PdfReader

    path = tmp_path / "map.pdf"
    page.pdf(path=path, print_background=True, prefer_css_page_size=True)
    return PdfReader(path)


def flat(text: str) -> str:
    """Without spaces, which paper has otherwise, and with ligatures as letters."""
    return unicodedata.normalize("NFKC", "".join(text.split()))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_first_page_of_paper_holds_the_map_the_next_the_rows_that_are_shown(
    show: Show, files: Any, tmp_path: Path, scheme: str
) -> None:
    shown, network = show("rich", color_scheme=scheme), files.network("rich")
    off = {"modaliteit": ["bestaand"]}
    uncheck(shown.page, "modaliteit", "bestaand")
    pages = [page.extract_text() for page in pdf(shown.page, tmp_path).pages]
    first, rest = flat(pages[0]), flat(" ".join(pages))
    assert "Wiewerktmetwie?" in first
    for label in shown.page.evaluate("regiograaf.labels()"):
        assert all(word in first for word in label["text"].rstrip("…").split()), label["text"]
    assert "Bron:Noord(2024-03-12)" in first
    _, claims = chosen(network, off)
    for source, target, key, claim in network.edges(keys=True, data=True):
        words = flat(claim["paraphrase"])
        if words:
            assert (words in rest) == (key in claims), claim["paraphrase"]
        if key in claims:
            assert flat(network.nodes[source]["label"]) in rest
            assert flat(network.nodes[target]["label"]) in rest
            for piece in claim["evidence"]:
                assert flat(piece["quote"] or piece["anchor"]) in rest
    # the same page as before, on the screen
    assert shown.page.locator("#paper").inner_html() == ""
    assert len(found(shown)[1]) == len(claims)


def test_paper_of_a_chosen_line_has_its_evidence(show: Show, tmp_path: Path) -> None:
    page = show("small", "#relatie=c0").page
    text = flat(" ".join(part.extract_text() for part in pdf(page, tmp_path).pages))
    for words in ("Brief over Noord", "§ Wonen", "De provincie werkt samen met Eén Regio.", "kenmerk K-Noord"):
        assert flat(words) in text, words


def test_paper_has_no_buttons_and_no_dark_page(show: Show, tmp_path: Path) -> None:
    shown = show("rich", color_scheme="dark")
    reader = pdf(shown.page, tmp_path)
    text = flat(reader.pages[0].extract_text())
    for words in ("Exporteer", "Kopieer link", "Alles tonen", "Filters", "Zoek een"):
        assert flat(words) not in text, words
    assert shown.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"


def test_real_map_prints_its_largest_nodes_on_the_first_page(show: Show, tmp_path: Path) -> None:
    page = show("real").page
    page.click("[data-facet=brief] .toggle")
    page.locator("[data-facet=brief] input").first.check()
    reader = pdf(page, tmp_path)
    first = flat(reader.pages[0].extract_text())
    for label in page.evaluate("regiograaf.labels()")[:8]:
        assert all(word in first for word in label["text"].rstrip("…").split()), label["text"]
    rows = page.evaluate("regiograaf.visible().rels.length")
    assert rows > 100
    assert len(reader.pages) < rows / 3
