"""The colours of the map, read from its stylesheet, so that figures and map agree."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["STEPS", "colour", "colours", "readable_on"]

_STYLE = Path(__file__).parents[1] / "maps" / "page.css"
_PAIR = re.compile(r"--([a-z-]+):\s*light-dark\((#[0-9a-f]{3,6}),\s*(#[0-9a-f]{3,6})\)", re.IGNORECASE)

STEPS = (0.1, 0.22, 0.38, 0.74, 1.0)
"""Shares of the accent colour for five steps of a scale; figures stay readable on each, in light and in dark."""


@cache
def colours() -> dict[str, tuple[str, str]]:
    """Each colour of the map by name, as it is on light and on dark paper: six hexadecimal digits, lower case."""
    pairs = _PAIR.findall(_STYLE.read_text(encoding="utf-8"))
    return {name: (_six(light), _six(dark)) for name, light, dark in pairs}


def colour(name: str) -> str:
    """A colour on light paper."""
    return colours()[name][0]


def readable_on(step: int) -> str:
    """The name of the colour for text on a step of the scale."""
    return "ink" if STEPS[step] < 0.5 else "on-accent"


def _six(code: str) -> str:
    digits = code[1:].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)
