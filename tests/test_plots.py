"""Figures read again: marks where their rows say, every text there, none on another, the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from regiograaf import plots
from regiograaf.plots import Dot, Modality, Span, draw
from regiograaf.plots.canvas import width, wrap
from regiograaf.plots.colours import STEPS, colour, colours, readable_on
from regiograaf.plots.frame import SHAPES, number, span
from regiograaf.plots.modality import SIGNS

SVG = "{http://www.w3.org/2000/svg}"
STYLES = ("solid", "thick", "dash", "dot", "dashdot")
MODALITIES = [Modality(key, f"woord {key}", STYLES[i % 5]) for i, key in enumerate(SIGNS)]
DOTS = [
    Dot("Gedeputeerde Staten", 0.62, 0.48, 0.66, "overheid", "afzender van 3 brieven"),
    Dot("een bijzonder lange naam die over drie regels moet worden verdeeld om te passen", 0.41, 0.06, 0.46, "regio"),
    Dot("niets", 0.0, 0.0, 0.0, "onderwerp"),
]
SPANS = [
    Span("gelanceerd", "bestaand", "in 2020", date(2020, 1, 1), date(2020, 12, 31)),
    Span(
        "onderzoek", "bestaand", "2023-2024", date(2023, 10, 1), date(2023, 10, 31), date(2024, 5, 1), date(2024, 8, 31)
    ),
    Span("overleg", "voorgenomen", "op 18 september", *[date(2025, 9, 18)] * 4),
    Span("uiterlijk", "afgesproken", "uiterlijk 1 juli 2025", latest_end=date(2025, 7, 1)),
    Span("erna", "voorgenomen", "na 2026", date(2027, 1, 1)),
]
FIGURES = {
    "ranking": lambda: draw("ranking", DOTS, title="Rang", source="Bron.", families=[("overheid", "Overheid")]),
    "heat_map": lambda: draw("heat_map", ["a", "b"], ["x", "y", "z"], [[0, 1, 20], [3, 4, 5]], title="Warmte"),
    "modalities": lambda: draw("modalities", MODALITIES[:3], ["x", "y"], [[4, 0], [1, 2], [0, 0]], title="Modaliteit"),
    "matrix": lambda: draw("matrix", [("r", "regio"), ("s", "x")], ["c", "d"], {(0, 1): MODALITIES[:2]}, title="Wie"),
    "timeline": lambda: draw("timeline", SPANS, modalities={m.key: m for m in MODALITIES}, title="Tijd"),
}
HOSTILE = ["<script>alert(1)</script>", "$x^2$ & \\frac", "w" * 200, "‮omgekeerd‬ 漢字 😀", "a\x00b\x1b[31m", "\"'", ""]


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def marks(root: ElementTree.Element, part: str) -> list[ElementTree.Element]:
    """The marks whose id has this part, in the order of their id's numbers."""
    found = [element for element in root.iter(f"{SVG}g") if part in element.get("id", "")]
    return sorted(found, key=lambda e: [int(n) for n in re.findall(r"\d+", e.get("id", ""))])


def said(mark: ElementTree.Element) -> str:
    return mark.findtext(f"{SVG}title", "")


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def spot(mark: ElementTree.Element) -> tuple[float, float]:
    use = next(mark.iter(f"{SVG}use"))
    return float(use.get("x", "")), float(use.get("y", ""))


def extent(mark: ElementTree.Element) -> tuple[float, float]:
    """The left and right end of a bar or line."""
    numbers = [float(x) for x, _ in re.findall(r"(-?[\d.]+) (-?[\d.]+)", next(mark.iter(f"{SVG}path")).get("d", ""))]
    return min(numbers), max(numbers)


def boxes(root: ElementTree.Element) -> list[tuple[float, float, float, float, str]]:
    """The box of each text, from its position, anchor and size."""
    found = []
    for element in root.iter(f"{SVG}text"):
        style = element.get("style", "")
        size = float(re.findall(r"font-size: ([\d.]+)px", style)[0])
        wide = width(element.text or "", size, "bold" if "font-weight: 700" in style else "normal")
        x, y = float(element.get("x", "")), float(element.get("y", ""))
        if "rotate(-90" in element.get("transform", ""):
            found.append((x - size * 0.8, y - wide, x + size * 0.2, y, element.text or ""))
            continue
        anchor = re.findall(r"text-anchor: (\w+)", style)[0]
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        found.append((left, y - size * 0.8, left + wide, y + size * 0.2, element.text or ""))
    return found


def assert_readable(svg: str) -> None:
    """Nothing stands on something else, and nothing is cut off."""
    root = read(svg)
    wide, tall = (float(part) for part in root.get("viewBox", "").split()[2:])
    found = boxes(root)
    for left, top, right, bottom, text in found:
        assert left >= -0.5, text
        assert top >= -0.5, text
        assert right <= wide + 0.5, text
        assert bottom <= tall + 0.5, text
    for one, other in combinations(found, 2):
        apart = (
            one[2] <= other[0] + 0.5 or other[2] <= one[0] + 0.5 or one[3] <= other[1] + 0.5 or other[3] <= one[1] + 0.5
        )
        assert apart, (one[4], other[4])


@pytest.mark.parametrize("kind", plots.KINDS)
def test_every_figure_is_accessible_and_readable(kind: str) -> None:
    svg = FIGURES[kind]()
    root = read(svg)
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    title, described = (named[name] for name in root.get("aria-labelledby", "").split())
    assert title in texts(root)
    assert described
    assert "<metadata" not in svg
    assert "<style" not in svg
    assert re.findall(r'(?:href="|url\()(?!#)', svg) == []
    assert_readable(svg)


def test_ranking_puts_each_dot_and_range_where_its_value_is() -> None:
    root = read(FIGURES["ranking"]())
    rows = marks(root, "ranking-row-")
    assert [said(row) for row in rows] == [
        "Gedeputeerde Staten: 0,62 (zonder telkens één brief: 0,48–0,66)",
        "een bijzonder lange naam die over drie regels moet worden verdeeld om te passen: 0,41 (zonder telkens één "
        "brief: 0,06–0,46)",
        "niets: 0,00 (zonder telkens één brief: 0,00)",
    ]
    ticks = {text: x for x, _, text in ((float(e.get("x", "")), 0, e.text) for e in root.iter(f"{SVG}text"))}
    zero, step = ticks["0,0"], ticks["0,2"] - ticks["0,0"]
    for row, dot in zip(rows, DOTS, strict=True):
        assert spot(row)[0] == pytest.approx(zero + dot.value / 0.2 * step, abs=0.01)
    heights = [spot(row)[1] for row in rows]
    assert heights == sorted(heights)
    assert {"Overheid", "afzender van 3 brieven", "0,62", "(0,48–0,66)", "Bron."} <= set(texts(root))


def test_ranking_without_ranges_has_no_legend_of_ranges() -> None:
    found = texts(read(draw("ranking", [Dot("a", 3), Dot("b", 1)], title="t", digits=0)))
    assert "alle brieven samen" not in found
    assert found[-4:] == ["a", "3", "b", "1"]


def test_heat_map_has_a_filled_cell_for_each_count_that_is_not_zero() -> None:
    root = read(FIGURES["heat_map"]())
    cells = marks(root, "heat-map-cell-")
    assert [said(cell) for cell in cells] == ["a, y: 1", "a, z: 20", "b, x: 3", "b, y: 4", "b, z: 5"]
    shares = [re.findall(r"fill-opacity: ([\d.]+)", next(cell.iter(f"{SVG}path")).get("style", "")) for cell in cells]
    assert [float(share[0]) if share else 1.0 for share in shares] == [0.1, 1.0, 0.22, 0.38, 0.74]
    assert {"1", "3", "4", "5", "20", "leeg: geen"} <= set(texts(root))


@pytest.mark.parametrize("kind", ["heat_map", "modalities"])
def test_counts_that_do_not_fit_their_rows_are_refused(kind: str) -> None:
    rows = MODALITIES[:1] if kind == "modalities" else ["a"]
    with pytest.raises(ValueError, match="count for each column"):
        draw(kind, rows, ["x", "y"], [[1]], title="t")


def test_modalities_are_bars_on_one_scale_and_only_what_exists_is_full() -> None:
    root = read(FIGURES["modalities"]())
    bars = marks(root, "modalities-cell-")
    lengths = [right - left for left, right in map(extent, bars)]
    assert [said(bar) for bar in bars] == [
        "woord bestaand, x: 4",
        "woord in-ontwikkeling, x: 1",
        "woord in-ontwikkeling, y: 2",
    ]
    assert lengths[1] * 4 == pytest.approx(lengths[0], abs=0.01)
    assert lengths[2] * 2 == pytest.approx(lengths[0], abs=0.01)
    styles = [next(bar.iter(f"{SVG}path")).get("style", "") for bar in bars]
    assert ["fill-opacity" in style for style in styles] == [False, True, True]


def test_matrix_signs_each_modality_by_shape_and_word() -> None:
    root = read(FIGURES["matrix"]())
    signs = marks(root, "matrix-cell-")
    assert [said(sign) for sign in signs] == ["r, d: woord bestaand", "r, d: woord in-ontwikkeling"]
    fills = [re.findall(r"fill: (#\w+)", next(sign.iter(f"{SVG}use")).get("style", ""))[0] for sign in signs]
    assert fills == [colour("accent"), colour("panel")]
    assert texts(root).count("woord bestaand") == 2  # in the cell and in the legend
    assert "c" not in texts(root)  # a column in which nothing stands


def test_matrix_breaks_into_panels_and_keeps_every_cell() -> None:
    cells = {(i, j): [MODALITIES[0]] for i in range(9) for j in range(20) if (i + j) % 3 == 0}
    svg = draw("matrix", [(f"rij {i}", "regio") for i in range(9)], [f"kolom {j}" for j in range(20)], cells, title="t")
    found = {
        tuple(int(n) for n in re.findall(r"\d+", mark.get("id", ""))[:2]) for mark in marks(read(svg), "matrix-cell-")
    }
    assert found == set(cells)
    assert_readable(svg)


def test_timeline_draws_the_bounds_and_says_what_is_open() -> None:
    root = read(FIGURES["timeline"]())
    rows = marks(root, "timeline-row-")
    assert [said(row) for row in rows] == [
        "gelanceerd: in 2020 (woord bestaand)",
        "onderzoek: 2023-2024 (woord bestaand)",
        "overleg: op 18 september (woord voorgenomen)",
        "uiterlijk: uiterlijk 1 juli 2025 (woord afgesproken)",
        "erna: na 2026 (woord voorgenomen)",
    ]
    left, right = extent(rows[0])
    year = right - left  # 2020, a leap year, whole
    day = year / 366

    def at(when: date) -> float:
        return left + (when - date(2020, 1, 1)).days * day

    assert extent(rows[1]) == pytest.approx((at(date(2023, 10, 1)), at(date(2024, 9, 1))), abs=0.05)
    assert spot(rows[2])[0] == pytest.approx(at(date(2025, 9, 18)), abs=0.05)
    assert extent(rows[3])[0] == pytest.approx(at(date(2025, 7, 2)), abs=0.05)
    assert extent(rows[4])[0] == pytest.approx(at(date(2027, 1, 1)), abs=0.05)
    assert {"begin of einde staat er niet", "geldt dan zeker", "«na 2026»", "woord voorgenomen"} <= set(texts(root))


def test_timeline_leaves_out_what_has_no_date_and_says_so_when_nothing_has() -> None:
    undated = Span("nu", "bestaand", "momenteel")
    svg = draw("timeline", [undated, SPANS[0]], modalities={}, title="t")
    assert [said(row) for row in marks(read(svg), "timeline-row-")] == ["gelanceerd: in 2020 (bestaand)"]
    assert "Geen bewering heeft een datum." in texts(read(draw("timeline", [undated], modalities={}, title="t")))


@pytest.mark.parametrize(
    ("kind", "rows", "settings"),
    [
        ("ranking", ([],), {}),
        ("heat_map", ([], [], []), {}),
        ("modalities", ([], [], []), {}),
        ("matrix", ([], [], {}), {}),
        ("timeline", ([],), {"modalities": {}}),
    ],
)
def test_without_rows_a_figure_says_so(kind: str, rows: tuple[object, ...], settings: dict[str, object]) -> None:
    dutch, english = (draw(kind, *rows, title="t", language=language, **settings) for language in ("nl", "en"))
    assert any(text.startswith(("Er zijn geen", "Geen bewering")) for text in texts(read(dutch)))
    assert any(text.startswith(("There are no", "No claim")) for text in texts(read(english)))


def test_english_is_english() -> None:
    found = texts(read(draw("ranking", DOTS, title="Rank", language="en")))
    assert {"all letters together", "0.62", "(0.48–0.66)"} <= set(found)


def test_hostile_and_very_long_texts_stay_text_on_their_own_place() -> None:
    dots = [Dot(text, i / 10, 0.0, 1.0, text or "x", text) for i, text in enumerate(HOSTILE)]
    modalities = {"bestaand": Modality("bestaand", HOSTILE[2], "solid"), "x": Modality("x", HOSTILE[0], "dot")}
    spans = [Span(t, "x", t, date(2020, 1, 1) + timedelta(i)) for i, t in enumerate(HOSTILE)]
    cells = {(i, j): [modalities["x"], modalities["bestaand"]] for i in range(7) for j in range(7)}
    for svg in (
        draw("ranking", dots, title=HOSTILE[0], source=HOSTILE[2], families=[(HOSTILE[0], HOSTILE[2])]),
        draw("heat_map", HOSTILE, HOSTILE, [[i * j for i in range(7)] for j in range(7)], title=HOSTILE[2]),
        draw("modalities", [*modalities.values()], HOSTILE, [[9**i for i in range(7)]] * 2, title=HOSTILE[1]),
        draw("matrix", [(text, text) for text in HOSTILE], HOSTILE, cells, title=HOSTILE[4]),
        draw("timeline", spans, modalities=modalities, title=HOSTILE[3]),
    ):
        root = read(svg)
        assert not list(root.iter("script"))
        assert "<script" not in svg
        assert "$x^2$ & \\frac" in " ".join(t or "" for t in root.itertext())
        assert_readable(svg)


@pytest.mark.parametrize("columns", [1, 2, 5, 12, 20])
def test_any_number_of_letters_fits(columns: int) -> None:
    names = [f"een brief met nummer {i}" for i in range(columns)]
    assert_readable(draw("heat_map", ["thema"], names, [[12345] * columns], title="t"))
    assert_readable(draw("modalities", MODALITIES[:2], names, [[12345] * columns, [0] * columns], title="t"))


def test_same_bytes_on_every_run() -> None:
    code = (
        "import hashlib; from tests.test_plots import FIGURES\n"
        "print(hashlib.sha256(''.join(FIGURES[k]() for k in sorted(FIGURES)).encode()).hexdigest())"
    )
    here = hashlib.sha256("".join(FIGURES[kind]() for kind in sorted(FIGURES)).encode()).hexdigest()
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in "0123"
    ]
    assert runs == [here] * 4


def test_settings_of_the_user_change_nothing_and_are_left_alone() -> None:
    before = FIGURES["timeline"]()
    with mpl.rc_context({"svg.fonttype": "path", "font.size": 30, "lines.linewidth": 9, "savefig.bbox": "tight"}):
        own = dict(mpl.rcParams)
        assert FIGURES["timeline"]() == before
        assert dict(mpl.rcParams) == own


def test_importing_plots_does_not_import_matplotlib() -> None:
    code = "import sys, regiograaf.plots, regiograaf.report; print('matplotlib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def contrast(one: str, other: str) -> float:
    def light(code: str) -> float:
        parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    high, low = sorted((light(one), light(other)), reverse=True)
    return high / low


def mixed(over: str, under: str, share: float) -> str:
    parts = [(int(over[i : i + 2], 16), int(under[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in parts)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_are_those_of_the_map_and_readable(theme: int) -> None:
    known = {name: pair[theme] for name, pair in colours().items()}
    assert set(SHAPES) <= set(known)
    for family in SHAPES:
        assert contrast(known[family], known["panel"]) >= 3, family
    for i, share in enumerate(STEPS):
        paper = mixed(known["accent"], known["panel"], share)
        assert contrast(known[readable_on(i)], paper) >= 4.5, share


def test_lines_break_where_they_may_and_never_run_over() -> None:
    assert wrap("wonen-welzijn-zorg", 8, width("wonen-welzijn-", 8)) == ["wonen-welzijn-", "zorg"]
    assert wrap("een twee drie", 8, width("een twee", 8)) == ["een twee", "drie"]
    lines = wrap("w" * 80, 8, 60, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width(line, 8) <= 60 for line in lines)
    assert wrap("", 8, 60) == [""]


def test_numbers_are_written_as_in_the_language() -> None:
    assert [number(0.5, "nl", 2), number(1234.5, "nl", 1), number(1234.5, "en", 1), number(-0.001, "nl", 2)] == [
        "0,50",
        "1.234,5",
        "1,234.5",
        "0,00",
    ]
    assert [span(0.5, 0.5, "nl", 1), span(1, 2, "en")] == ["0,5", "1–2"]
