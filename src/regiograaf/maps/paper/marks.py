"""Ink: the SVG elements of a figure, each with all it needs as attributes of its own.

Style sheets, markers and variables are left out: word processors and drawing programs do not know them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from regiograaf.maps.paper.curves import Curve, Point, distance
from regiograaf.maps.paper.lettering import LEADING
from regiograaf.maps.paper.spacing import Box

__all__ = ["COLOURS", "SHAPES", "STYLES", "Pen", "element", "number"]

COLOURS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "paper": "#ffffff",
        "ink": "#1c2430",
        "muted": "#5a6472",
        "edge": "#7c8694",
        "band": "#c9d4e2",
        "denied": "#b3261e",
        "inferred": "#7d6300",
        "overheid": "#154a8a",
        "regio": "#0e8f88",
        "maatschappij": "#a33bd1",
        "bedrijf": "#e4520f",
        "programma": "#6e3812",
        "onderwerp": "#6d7785",
    },
    "dark": {
        "paper": "#12161c",
        "ink": "#e9edf2",
        "muted": "#a5b0bf",
        "edge": "#6f7b8b",
        "band": "#33475f",
        "denied": "#ff9a92",
        "inferred": "#e2c14d",
        "overheid": "#4a8dff",
        "regio": "#6ee7c0",
        "maatschappij": "#f0b2ff",
        "bedrijf": "#ff8a65",
        "programma": "#b3753a",
        "onderwerp": "#9aa5b4",
    },
}
"""Those of the page; the paper is white."""

SHAPES = {
    "overheid": "square",
    "regio": "dot",
    "maatschappij": "triangle",
    "bedrijf": "diamond",
    "programma": "hexagon",
    "onderwerp": "dot",
}
_CORNERS: Mapping[str, Sequence[Point]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle": ((0, -1.15), (1.1, 0.8), (-1.1, 0.8)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "hexagon": ((1.1, 0), (0.55, 0.95), (-0.55, 0.95), (-1.1, 0), (-0.55, -0.95), (0.55, -0.95)),
}
STYLES: Mapping[str, tuple[float, str]] = {
    "thick": (1.7, ""),
    "solid": (0.7, ""),
    "dash": (0.75, "5 3"),
    "dot": (0.85, "1 2.2"),
    "dashdot": (0.75, "6 2.4 1.2 2.4"),
}
"""Per line style its width and dashes, in points."""
_DASHED = "1.9 1.3"
_SAMPLE = "M-12 0H12"


def number(value: float) -> str:
    """A length to a tenth of a point, without trailing zero or minus zero."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def element(tag: str, *content: str, **attributes: str | float) -> str:
    """An element; attributes without value are left out, their underscores are hyphens, `class_` is class.

    `content` is markup already; texts go through `escape` before.
    """
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value != ""}
    texts = {name: number(value) if isinstance(value, float | int) else value for name, value in named.items()}
    opening = tag + "".join(f' {name}="{escape(text, {chr(34): "&quot;"})}"' for name, text in texts.items())
    return f"<{opening}>{''.join(content)}</{tag}>" if content else f"<{opening}/>"


def _point(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _polygon(corners: Iterable[Point]) -> str:
    return f"M{'L'.join(map(_point, corners))}Z"


class Pen:
    """Draws in the colours of one theme."""

    def __init__(self, theme: str) -> None:
        self.colours = COLOURS[theme]

    def text(self, lines: Sequence[str], at: Point, size: float, colour: str = "ink", **more: str) -> str:
        """Lines of text under each other; `at` is the top of the first, at its begin or as `text_anchor` says."""
        rows = [
            element("tspan", escape(line), x=at[0], y=at[1] + size * (0.84 + LEADING * i))
            for i, line in enumerate(lines)
        ]
        return element("text", *rows, font_size=size, fill=self.colours[colour], **more)

    def rule(self, y: float, across: float) -> str:
        return element("path", d=f"M0 {number(y)}H{number(across)}", stroke=self.colours["band"], stroke_width="0.7")

    def panel(self, box: Box) -> str:
        """Paper under text, through which lines shimmer."""
        left, top, right, bottom = box
        size = {"width": right - left, "height": bottom - top}
        return element("rect", x=left, y=top, **size, rx=1.5, fill=self.colours["paper"], fill_opacity="0.82")

    def leader(self, centre: Point, radius: float, box: Box) -> str:
        """A hair line from the rim of a node to a text that stands off."""
        x, y = min(max(centre[0], box[0]), box[2]), min(max(centre[1], box[1]), box[3])
        part = radius / max(distance(centre, (x, y)), 1e-9)
        rim = centre[0] + (x - centre[0]) * part, centre[1] + (y - centre[1]) * part
        return element("path", d=f"M{_point(rim)}L{_point((x, y))}", stroke=self.colours["ink"], stroke_width="0.35")

    def symbol(self, family: str, at: Point, radius: float, *, there: bool) -> str:
        """The shape of a family; a ring for subjects, hollow and dashed for what does not exist."""
        known = family if family in SHAPES else "onderwerp"
        colour, paper = self.colours[known], self.colours["paper"]
        hollow = known == "onderwerp" or not there
        look = {
            "fill": paper if hollow else colour,
            "stroke": colour if hollow else paper,
            "stroke_width": "1" if hollow else "0.6",
            "stroke_dasharray": "" if there else _DASHED,
        }
        if SHAPES[known] == "dot":
            return element("circle", cx=at[0], cy=at[1], r=radius, **look)
        corners = [(at[0] + x * radius, at[1] + y * radius) for x, y in _CORNERS[SHAPES[known]]]
        return element("path", d=_polygon(corners), **look)

    def stroke(self, curve: Curve, style: str, *, inferred: bool, arrow: bool, share: float) -> str:
        """A line in its style, `share` as wide as usual, with or without arrowhead."""
        wide, dashes = STYLES[style]
        colour = self.colours["inferred" if inferred else "edge"]
        head = ""
        if arrow:
            curve, corners = curve.pointed((3.6 + wide) * share)
            head = element("path", d=_polygon(corners), fill=colour)
        path = f"M{_point(curve.a)}C{_point(curve.b)} {_point(curve.c)} {_point(curve.d)}"
        look = {"stroke": colour, "stroke_width": f"{wide * share:.2f}", "stroke_dasharray": dashes}
        return element("path", d=path, fill="none", **look) + head

    def mark(self, at: Point, origin: str, *, denied: bool) -> str:
        """What stands on the middle of a line: three dots, an open ring, a cross."""
        x, y = at
        paper, found = self.colours["paper"], ""
        if origin == "inferred":
            look = {"fill": self.colours["inferred"], "stroke": paper, "stroke_width": "0.5"}
            dots = ((x - 2.4, y + 1.4), (x + 2.4, y + 1.4), (x, y - 2.8))
            found += "".join(element("circle", cx=left, cy=top, r=1.3, **look) for left, top in dots)
        elif origin != "claim":
            ink = self.colours["ink"]
            found += element("circle", cx=x, cy=y, r=2.2, fill=paper, stroke=ink, stroke_width="0.8")
        if denied:
            ends = [_point((x + dx, y + dy)) for dx, dy in ((-3, -3), (3, 3), (-3, 3), (3, -3))]
            cross = f"M{ends[0]}L{ends[1]}M{ends[2]}L{ends[3]}"
            found += element("path", d=cross, stroke=paper, stroke_width="2.6")
            found += element("path", d=cross, stroke=self.colours["denied"], stroke_width="1.3")
        return found

    # ---- samples for the legend, around (0, 0)

    def sample_line(self, style: str) -> str:
        wide, dashes = STYLES[style]
        ink = self.colours["ink"]
        return element("path", d=_SAMPLE, stroke=ink, stroke_width=f"{wide:g}", stroke_dasharray=dashes)

    def sample_mark(self, origin: str, *, denied: bool) -> str:
        line = element("path", d=_SAMPLE, stroke=self.colours["edge"], stroke_width="0.7")
        return line + self.mark((0.0, 0.0), origin, denied=denied)

    def sample_outline(self) -> str:
        look = {"fill": self.colours["paper"], "stroke": self.colours["ink"], "stroke_dasharray": _DASHED}
        return element("circle", r=4, stroke_width="1", **look)

    def sample_sizes(self) -> str:
        ink = self.colours["ink"]
        return element("circle", cx=-6, r=2, fill=ink) + element("circle", cx=3.5, r=4.4, fill=ink)

    def sample_rings(self) -> str:
        look = {"fill": self.colours["paper"], "stroke": self.colours["ink"], "stroke_width": "1"}
        return element("circle", cx=-6, r=2, **look) + element("circle", cx=3.5, r=4.4, **look)
