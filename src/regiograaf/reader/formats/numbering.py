"""The numbers and bullets that Word shows before paragraphs, which its text does not hold.

Source: ECMA-376, part 1, section 17.9 (numbering).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from regiograaf.reader.formats.package import Attributes, Package

__all__ = ["Numbering", "read_numbering"]

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """abstractNumId -> level -> what it looks like."""
    lists: dict[str, str] = field(default_factory=dict)
    """numId -> abstractNumId."""
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    """Where a list begins otherwise than its abstract one."""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def mark(self, number: str, level: int) -> str:
        """Count one paragraph of a list; return its number or bullet, "" when it shows none."""
        abstract = self.lists.get(number)
        if abstract is None:
            return ""
        levels = self.levels.get(abstract, {})
        shown = levels.get(level, _Level())
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        start = self.starts.get((number, level))
        if start is not None and (number, level) not in self._seen:
            counts[level] = None
        self._seen.add((number, level))
        before = counts[level]
        counts[level] = (shown.start if start is None else start) if before is None else before + 1
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        if shown.form == "none":
            return ""
        if shown.form == "bullet":
            return "-"

        def count(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, _Level())
            value = counts[place]
            return _shown(other.start if value is None else value, other.form)

        return _PLACEHOLDER.sub(count, shown.text).strip()


def _shown(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 400:
        roman, rest = "", number
        for value, sign in _ROMAN:
            roman, rest = roman + sign * (rest // value), rest % value
        return roman.upper() if form == "upperRoman" else roman
    return str(number)


def read_numbering(package: Package, part: str, word: frozenset[str]) -> Numbering:
    """Read the numbering part; a document without one has no lists."""
    numbering = Numbering()
    if part not in package:
        return numbering
    state = {"abstract": "", "number": ""}
    level = 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal level
        space, _, local = tag.rpartition(" ")
        if space not in word:
            return

        def value(key: str = "val") -> str:
            return attributes.get(f"{space} {key}", "")

        if local == "abstractNum":
            state["abstract"], state["number"] = value("abstractNumId"), ""
            numbering.levels[state["abstract"]] = {}
        elif local == "num":
            state["number"] = value("numId")
        elif local == "abstractNumId" and state["number"]:
            numbering.lists[state["number"]] = value()
        elif local in ("lvl", "lvlOverride"):
            level = _level(value("ilvl"))
            if local == "lvl" and not state["number"]:
                numbering.levels[state["abstract"]].setdefault(level, _Level())
        elif local == "startOverride" and state["number"]:
            numbering.starts[state["number"], level] = _count(value())
        elif local in ("start", "numFmt", "lvlText") and not state["number"] and state["abstract"]:
            shown = numbering.levels[state["abstract"]].setdefault(level, _Level())
            if local == "start":
                shown.start = _count(value())
            elif local == "numFmt":
                shown.form = value()
            else:
                shown.text = value()[:40]

    package.read(part, start)
    return numbering


def _level(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) == 1 and int(text) < LEVELS else 0


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1
