"""A network as a figure for a printed report: one static SVG with names, legend, title and source.

No script, no style sheet, nothing that asks for anything. One unit of the drawing is a point (1/72 inch), so that
sizes are those in print. The parts are in `paper`; here they come together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from regiograaf.errors import AnalysisError
from regiograaf.maps import layout as layouts
from regiograaf.maps.layers import layer_of, layers
from regiograaf.maps.paper.legend import description, foot, head
from regiograaf.maps.paper.lettering import FONTS, printable
from regiograaf.maps.paper.marks import COLOURS, Pen, element, number
from regiograaf.maps.paper.plan import Name, Plan
from regiograaf.maps.paper.sheet import FIRST, SMALL, Sheet, room
from regiograaf.maps.paper.spacing import Box
from regiograaf.maps.paper.words import WORDS

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]

__all__ = ["figure"]

MOST = 1500
"""Nodes that still are apart on a sheet."""
WIDTHS = (170.0, 277.0)
"""Millimetres: between the margins of an A4 page, and of an A3 page."""
NARROWEST, WIDEST = 100, 1200
TALL, FLAT = 1.4, 0.35
"""Height over width: of a page at most, of the drawing at least."""
POINTS = 72 / 25.4


def figure(
    network: nx.MultiDiGraph,
    *,
    title: str,
    positions: layouts.Positions | None = None,
    layout: str = "samenhang",
    language: str = "nl",
    width_mm: float | None = None,
    theme: str = "light",
) -> str:
    """A static SVG of the map of a network, the same bytes for the same network.

    One line is drawn per ordered pair and modality, as on the page; what a letter denies and what no letter says have
    lines of their own. `layout` is "samenhang" or "lagen", `language` "nl" or "en", `theme` "light" or "dark".
    `width_mm` is the width in print, at which no text is smaller than 7 points; without it, that of an A4 page, or of
    an A3 page where all names need that. A figure is at most 1.4 times as high as it is wide. Names never lie over
    each other or over a node. Those that find no place are left out, never those of the twenty largest nodes, and the
    source line says how many there are. Up to 45 lines, each has its relation beside it where that finds a place.

    Raises AnalysisError for an option that does not exist, more than 1,500 nodes, and a node without a position or of
    a family, a layer or with a modality that the network does not declare; also where so many nodes leave no place
    for the names of the largest.
    """
    for option, value, allowed in (
        ("layout", layout, layouts.LAYOUTS),
        ("language", language, tuple(WORDS)),
        ("theme", theme, tuple(COLOURS)),
    ):
        if value not in allowed:
            raise AnalysisError(f"a figure has no {option} {value!r}. Use one of: {', '.join(allowed)}.")
    if width_mm is not None and not NARROWEST <= width_mm <= WIDEST:
        raise AnalysisError(f"a figure {width_mm:g} mm wide cannot be set. Use {NARROWEST} to {WIDEST} mm.")
    if len(network) > MOST:
        raise AnalysisError(
            f"the network has {len(network):,} nodes, and a figure holds {MOST:,}. "
            "Take a part: one letter, what surrounds an entity, or the answer to a question."
        )
    places = layouts.positions(network) if positions is None else positions
    _check(network, places, layout)
    plan, pen, title = Plan(network, places.between, language), Pen(theme), printable(title)
    bands = _bands(plan, layout)
    wide, high = _size(plan, pen, title, bands, WIDTHS if width_mm is None else (width_mm,))
    above, top = head(plan, pen, title, wide)
    sheet = Sheet(plan, (0.0, top, wide, top + high))
    if plan.nodes:
        sheet.lay_out(places[layout], bands)
    if not {node for node, *_ in sheet.names}.issuperset(plan.ranked[:FIRST]):
        raise AnalysisError(
            f"{wide / POINTS:g} mm is too narrow for {len(network):,} nodes. Make the figure wider, or take a part: "
            "one letter, what surrounds an entity, or the answer to a question."
        )
    below, bottom = foot(plan, pen, wide, len(sheet.names))
    total = top + high + bottom
    opening = (
        '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" role="img"'
        f' width="{number(wide / POINTS)}mm" height="{number(total / POINTS)}mm"'
        f' viewBox="0 0 {number(wide)} {number(total)}"'
        f' lang="{language}" xml:lang="{language}" font-family="{FONTS}" fill="none">'
    )
    parts = [
        element("title", escape(title)),
        element("desc", escape(description(plan, [band for band in bands if band]))),
        element("rect", width=wide, height=total, fill=pen.colours["paper"]),
        element("g", *above, class_="head"),
        *_drawn(sheet, pen),
        element("g", *below, class_="foot", transform=f"translate(0 {number(top + high)})"),
    ]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, *parts, "</svg>", ""])


def _check(network: nx.MultiDiGraph, places: layouts.Positions, layout: str) -> None:
    families, modalities = network.graph["families"], network.graph["modalities"]
    for node in sorted(network):
        family, layer = network.nodes[node]["family"], layer_of(network.nodes[node])
        if node not in places.get(layout, {}) or node not in places.between:
            raise AnalysisError(f"{node} has no position in layout {layout!r}. Compute the positions again.")
        if family not in families:
            raise AnalysisError(f"{node} is of family {family!r}; the network declares: {', '.join(families)}.")
        if layout == "lagen" and layer not in layers(network):
            raise AnalysisError(f"{node} is of layer {layer!r}; the network declares: {', '.join(layers(network))}.")
    for *_, claim, modality in network.edges(keys=True, data="modality"):
        if modality not in modalities:
            raise AnalysisError(f"{claim} has modality {modality!r}; the network declares: {', '.join(modalities)}.")


def _size(
    plan: Plan, pen: Pen, title: str, bands: Mapping[str, Sequence[str]], widths: Sequence[float]
) -> tuple[float, float]:
    """How wide the sheet is and how high the drawing on it, in points: the first width at which all names find room."""
    wide = high = 0.0
    for width in widths:
        wide = width * POINTS
        most = wide * TALL - head(plan, pen, title, wide)[1] - foot(plan, pen, wide, 0)[1]
        needed = room(plan, bands, wide) if plan.nodes else 30.0
        high = max(min(needed, most), wide * FLAT) if plan.nodes else 30.0
        if needed <= most:
            break
    return wide, high


def _bands(plan: Plan, layout: str) -> dict[str, list[str]]:
    """The names of the layers that occur, from top to bottom, with their nodes; one without a name for "samenhang"."""
    if layout == "samenhang":
        return {"": plan.nodes} if plan.nodes else {}
    names = {key: printable(words[plan.language]) for key, words in layers(plan.network).items()}
    found: dict[str, list[str]] = {name: [] for name in names.values()}
    for node in plan.nodes:
        found[names[layer_of(plan.network.nodes[node])]].append(node)
    return {name: members for name, members in found.items() if members}


def _drawn(sheet: Sheet, pen: Pen) -> list[str]:
    """The groups of the drawing, from the bottom up: lines, bands, marks, nodes, words."""
    plan = sheet.plan
    if not plan.nodes:
        return [pen.text([plan.words["empty"]], (2, sheet.frame[1] + 10), SMALL, "muted")]
    dense = 0.7 if len(plan.lines) > 300 else 1.0
    lines, marks, bands, names = [], [], [], []
    for i, (line, curve) in enumerate(zip(plan.lines, sheet.curves, strict=True)):
        style, new = plan.style(line.modality), line.origin == "inferred"
        stroke = pen.stroke(curve, style, inferred=new, arrow=not line.symmetric, share=dense)
        lines.append(element("g", element("title", escape(plan.of_line(line))), stroke, class_="line"))
        if line.marked:
            marks.append(element("g", pen.mark(sheet.marks[i], line.origin, denied=line.denied), class_="mark"))
    for band, box in sheet.strips:
        text = pen.text([band], (box[0] + 2, box[1] + 2.5), SMALL, "muted", font_weight="bold")
        bands.append(element("g", pen.rule(box[1], sheet.frame[2]), pen.panel(box), text, class_="band"))
    nodes = [
        element(
            "g",
            element("title", escape(plan.of_node(node))),
            pen.symbol(plan.family(node), sheet.at[node], plan.radius[node], there=plan.there(node)),
            class_="node",
        )
        for node in plan.nodes
    ]
    relations = [_written(pen, name, box, "relation", font_style="italic") for name, box in sheet.relations]
    for node, box, off in sheet.names:
        leader = pen.leader(sheet.at[node], plan.radius[node] * 1.1, box) if off else ""
        names.append(_written(pen, plan.names[node], box, "name", leader))
    return [
        element("g", "\n".join(["", *group, ""])) for group in (lines, bands, marks, nodes, relations, names) if group
    ]


def _written(pen: Pen, name: Name, box: Box, kind: str, leader: str = "", **more: str) -> str:
    """Words in the middle of their box."""
    middle = (box[0] + box[2]) / 2, box[1] + 0.4
    text = pen.text(name.lines, middle, name.size, text_anchor="middle", **more)
    return element("g", leader, pen.panel(box), text, class_=kind)
