"""Figures to look at: rankings with their ranges, heat maps, timelines, matrices. Rows in, SVG text out.

Nothing is computed here but where a mark stands. matplotlib draws; it is imported by `draw`, not before.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from regiograaf.plots.rows import Dot, Modality, Span

__all__ = ["KINDS", "VERSION", "Dot", "Modality", "Span", "draw"]

VERSION = 1
"""Raised with any change that alters a figure: kept figures of an older version are not used."""

KINDS = ("heat_map", "matrix", "modalities", "ranking", "timeline")


def draw(kind: str, *rows: Any, **settings: Any) -> str:
    """A figure of one of KINDS as SVG text: the function of that name in the module of that name."""
    drawn: str = getattr(import_module(f"{__name__}.{kind}"), kind)(*rows, **settings)
    return drawn
