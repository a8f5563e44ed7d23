"""How a modality is drawn: only what exists is filled, and the word stands with it."""

from __future__ import annotations

from collections.abc import Mapping

from regiograaf.plots.canvas import Canvas
from regiograaf.plots.rows import Modality

__all__ = ["EXISTING", "SIGNS", "bar", "sign"]

EXISTING = "bestaand"
SIGNS: Mapping[str, str] = {
    "bestaand": "o",
    "in-ontwikkeling": "D",
    "afgesproken": "s",
    "voorgenomen": "o",
    "aangeboden": ">",
    "verzocht": "<",
    "gewenst": "^",
    "verwacht": "v",
    "mogelijk": "p",
    "beeindigd": "X",
}
OTHER = "P"


def sign(canvas: Canvas, modality: Modality, x: float, y: float, *, size: float = 7, mark: str = "") -> None:
    """The mark of a modality, about (x, y)."""
    exists = modality.key == EXISTING
    canvas.sign(x, y, SIGNS.get(modality.key, OTHER), ink="accent", full=exists, size=size, mark=mark)


def bar(
    canvas: Canvas,
    modality: Modality,
    x: float,
    y: float,
    wide: float,
    tall: float,
    *,
    sure: bool = True,
    ink: str = "accent",
    mark: str = "",
) -> None:
    """A bar in the style of a modality; of what exists it is filled, lightly where it is not `sure`."""
    exists = modality.key == EXISTING
    canvas.box(
        x,
        y,
        wide,
        tall,
        fill=ink if exists or sure else "",
        share=(1.0 if sure else 0.22) if exists else 0.1,
        edge=ink,
        dash=modality.style,
        stroke=1.6 if modality.style == "thick" else 0.9,
        mark=mark,
    )
