"""A figure in points, y downwards, and its SVG: accessible, and the same bytes for the same rows.

Text stays text, so that it can be searched, read aloud and set in another font. It is measured in DejaVu Sans, which
comes with matplotlib and is wider than the fonts that readers have, so what fits here fits there.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal
from xml.dom import minidom

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

from regiograaf.plots.colours import colour

__all__ = ["DASHES", "Canvas", "clean", "height", "width", "wrap"]

FAMILY = "DejaVu Sans"
FALLBACK = f"{FAMILY}, Verdana, Arial, sans-serif"
LINE = 1.25
"""Line height, in sizes of the font."""

DASHES: Mapping[str, Any] = {
    "solid": "solid",
    "thick": "solid",
    "dash": (0, (4, 2)),
    "dot": (0, (1, 1.6)),
    "dashdot": (0, (5, 1.6, 1, 1.6)),
}
"""How a line style of `ontology/projections.ttl` is drawn."""


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Text on one line, without what XML cannot hold."""
    return " ".join(_NOT_XML.sub("\ufffd", text).split())


@lru_cache(maxsize=8192)
def width(text: str, size: float, weight: str = "normal") -> float:
    """The width of one line of text, in points."""
    if not text:
        return 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks is measured as a box
        found, _, _ = TextToPath().get_text_width_height_descent(text, _font(size, weight), False)
    return float(found)


def height(lines: Sequence[str], size: float) -> float:
    """The height of lines of text, in points."""
    return len(lines) * size * LINE


def wrap(text: str, size: float, room: float, most: int = 4, weight: str = "normal") -> list[str]:
    """Text in lines of at most `room` points; what needs more than `most` lines ends in an ellipsis.

    A line breaks at a space, else after a hyphen or slash, else anywhere.
    """
    lines = [""]
    for piece in re.findall(r"[^\s/-]*[/-]+|[^\s/-]+|\s+", clean(text)):
        for part in _fitting(piece, size, room, weight):
            if width((lines[-1] + part).rstrip(), size, weight) <= room or not lines[-1]:
                lines[-1] += part
            else:
                lines.append(part.lstrip())
    lines = [line.strip() for line in lines if line.strip()] or [""]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(last + "…", size, weight) > room:
        last = last[:-1].rstrip()
    return [*lines[: most - 1], last + "…"]


def _fitting(piece: str, size: float, room: float, weight: str) -> list[str]:
    if width(piece, size, weight) <= room:
        return [piece]
    parts = [""]
    for letter in piece:
        if parts[-1] and width(parts[-1] + letter, size, weight) > room:
            parts.append("")
        parts[-1] += letter
    return parts


@lru_cache(maxsize=64)
def _font(size: float, weight: str) -> FontProperties:
    return FontProperties(family=FAMILY, size=size, weight=weight)


class Canvas:
    """A figure to draw on, in points from its top left corner.

    `boxes` are the boxes of all texts, (left, top, right, bottom), in the order in which they were drawn.
    """

    def __init__(self, wide: float) -> None:
        self.wide = wide
        self.tall = 0.0
        self.boxes: list[tuple[float, float, float, float]] = []
        self._said: dict[str, str] = {}
        self._figure = Figure()
        self._figure.patch.set_visible(False)
        self._axes = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_axis_off()
        self._paper = Rectangle((0, 0), wide, 0, facecolor=colour("panel"), edgecolor="none")
        self._add(self._paper, "")

    def text(
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        *,
        size: float = 8.5,
        ink: str = "ink",
        align: Literal["left", "center", "right"] = "left",
        weight: str = "normal",
        upright: bool = False,
        mark: str = "",
    ) -> None:
        """Lines of text with the top of the first at `y`; `upright` ones read upwards from `y`, the first at `x`."""
        lines = [clean(lines)] if isinstance(lines, str) else lines
        for i, line in enumerate(lines):
            wide, at = width(line, size, weight), size * LINE * i
            if upright:
                self.boxes.append((x + at, y - wide, x + at + size * LINE, y))
                place = (x + at + size, y)
            else:
                left = {"left": x, "center": x - wide / 2, "right": x - wide}[align]
                self.boxes.append((left, y + at, left + wide, y + at + size * LINE))
                place = (x, y + at + size)
            drawn = Text(
                *place,
                line,
                color=colour(ink),
                fontproperties=_font(size, weight),
                horizontalalignment=align,
                verticalalignment="baseline",
                rotation=90 if upright else 0,
                rotation_mode="anchor",
                parse_math=False,
            )
            self._add(drawn, f"{mark}-{i}" if mark and i else mark)

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        tall: float,
        *,
        fill: str = "",
        share: float = 1.0,
        edge: str = "",
        dash: str = "solid",
        stroke: float = 0.8,
        mark: str = "",
    ) -> None:
        """A rectangle; `share` is the opacity of its fill."""
        drawn = Rectangle(
            (x, y),
            wide,
            tall,
            facecolor=(colour(fill), share) if fill else "none",
            edgecolor=colour(edge) if edge else "none",
            linestyle=DASHES[dash],
            linewidth=stroke if edge else 0,
        )
        self._add(drawn, mark)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        *,
        ink: str = "rule",
        dash: str = "solid",
        stroke: float = 0.6,
        mark: str = "",
    ) -> None:
        xs, ys = zip(*points, strict=True)
        drawn = Line2D(xs, ys, color=colour(ink), linewidth=stroke, linestyle=DASHES[dash], dash_capstyle="butt")
        self._add(drawn, mark)

    def sign(
        self, x: float, y: float, shape: str, *, size: float = 7, ink: str = "ink", full: bool = True, mark: str = ""
    ) -> None:
        """A matplotlib marker, filled or as an outline."""
        drawn = Line2D(
            [x],
            [y],
            marker=shape,
            markersize=size,
            color=colour(ink),
            markerfacecolor=colour(ink) if full else colour("panel"),
            markeredgecolor=colour(ink),
            markeredgewidth=1.1,
            linestyle="none",
        )
        self._add(drawn, mark)

    def say(self, mark: str, text: str) -> None:
        """What a reader sees who points at a mark."""
        self._said[mark] = clean(text)

    def _add(self, artist: Any, mark: str) -> None:
        artist.set_clip_on(False)
        artist.set_zorder(len(self._axes.get_children()))
        if mark:
            artist.set_gid(mark)
        self._axes.add_artist(artist)

    def svg(self, name: str, title: str, description: str, language: str) -> str:
        """The figure as SVG text; ids begin with `name`, so that several fit in one page."""
        self._paper.set_bounds(0, 0, self.wide, self.tall)
        self._axes.set_xlim(0, self.wide)
        self._axes.set_ylim(self.tall, 0)
        self._figure.set_size_inches(self.wide / 72, self.tall / 72)
        target = io.StringIO()
        with _settings(name), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            FigureCanvasSVG(self._figure)
            self._figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        return _finished(target.getvalue(), name, title, description, language, self._said)


@contextmanager
def _settings(salt: str) -> Iterator[None]:
    """matplotlib's own settings and ours, whatever the user's are; those come back afterwards."""
    settings: Any = {name: value for name, value in mpl.rcParamsDefault.items() if name != "backend"}
    settings |= {"svg.fonttype": "none", "svg.hashsalt": salt, "path.simplify": False}
    with mpl.rc_context(settings):
        yield


def _finished(text: str, name: str, title: str, description: str, language: str, said: Mapping[str, str]) -> str:
    """matplotlib's SVG with a title and description, ids of our own, and what each mark says."""
    document = minidom.parseString(text)
    root = document.documentElement
    assert root is not None
    # its style sheet would reach beyond the figure once that stands in a page
    for child in [node for node in root.childNodes if node.nodeName in ("metadata", "defs")]:
        root.removeChild(child)
    used = set(re.findall(r'#([\w-]+)(?=[")])', text)) | set(said)
    for element in root.getElementsByTagName("*"):
        if element.tagName == "text":
            element.setAttribute("style", re.sub(r"font-family: [^;]*; ", "", element.getAttribute("style")))
            if element.getAttribute("transform").startswith("rotate(-0 "):
                element.removeAttribute("transform")
        if element.hasAttribute("xlink:href"):
            element.setAttribute("xlink:href", f"#{name}-{element.getAttribute('xlink:href')[1:]}")
        known = element.getAttribute("id")
        if known in used:
            element.setAttribute("id", f"{name}-{known}")
        elif known:
            element.removeAttribute("id")
        if known in said:
            element.insertBefore(_words(document, "title", said[known]), element.firstChild)
    own = {
        "font-family": FALLBACK,
        "stroke-linejoin": "round",
        "role": "img",
        "lang": language,
        "aria-labelledby": f"{name}-title {name}-desc",
    }
    for attribute, value in own.items():
        root.setAttribute(attribute, value)
    for tag, words in (("desc", description), ("title", title)):
        child = _words(document, tag, words)
        child.setAttribute("id", f"{name}-{tag}")
        root.insertBefore(child, root.firstChild)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{root.toxml()}\n'


def _words(document: minidom.Document, tag: str, text: str) -> minidom.Element:
    element = document.createElement(tag)
    element.appendChild(document.createTextNode(clean(text)))
    return element
