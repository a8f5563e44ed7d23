"""What a report is made of: sections of paragraphs, tables and figures, without a form yet.

Markdown and HTML are made from the same blocks, so both say the same.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = [
    "Block",
    "Cell",
    "Folded",
    "Inline",
    "Items",
    "Link",
    "Note",
    "Paragraph",
    "Plot",
    "Ref",
    "Section",
    "Table",
    "Text",
    "refs",
    "text",
]


@dataclass(frozen=True, slots=True)
class Ref:
    """Words, mostly a number, that lead to the claims behind them; `rows` are their numbers in the list of claims."""

    words: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    words: str
    address: str


Inline: TypeAlias = str | Ref | Link
Text: TypeAlias = tuple[Inline, ...]
Cell: TypeAlias = Inline | Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Note:
    """What a number means, or how to read what follows: one or two sentences."""

    text: Text


@dataclass(frozen=True, slots=True)
class Items:
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a head; `numeric` are the columns that are set to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plot:
    """A figure: its name in the build, its SVG and its caption."""

    name: str
    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class Folded:
    """Blocks that a page shows when asked."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; sections within are one level lower."""

    name: str
    title: str
    blocks: tuple[Block, ...] = field(default=())


Block: TypeAlias = Paragraph | Note | Items | Table | Plot | Folded | Section


def text(template: str, **parts: Cell) -> Text:
    """A sentence with inline parts in the place of their {names}.

    >>> text("Er zijn {n}.", n=Ref("2 brieven", (1, 2)))
    ('Er zijn ', Ref(words='2 brieven', rows=(1, 2)), '.')
    """
    found: list[Inline] = []
    for before, name, _, _ in string.Formatter().parse(template):
        if before:
            found.append(before)
        if name is not None:
            part = parts[name]
            found += part if isinstance(part, tuple) else [part]
    merged: list[Inline] = []
    for part in found:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return tuple(merged)


def listed(parts: Sequence[Cell], last: str = "en") -> Text:
    """Parts in a row, with commas and a last word between."""
    found: list[Inline] = []
    for i, part in enumerate(parts):
        if i:
            found.append(f" {last} " if i == len(parts) - 1 else ", ")
        found += part if isinstance(part, tuple) else [part]
    return tuple(found)


def refs(blocks: Iterable[Block]) -> list[Ref]:
    """Every reference to claims in these blocks, in order."""
    found: list[Ref] = []
    for block in blocks:
        if isinstance(block, Paragraph | Note):
            found += [part for part in block.text if isinstance(part, Ref)]
        elif isinstance(block, Items):
            found += [part for one in block.texts for part in one if isinstance(part, Ref)]
        elif isinstance(block, Table):
            cells = (cell for row in block.rows for cell in row)
            parts = (part for cell in cells for part in (cell if isinstance(cell, tuple) else (cell,)))
            found += [part for part in parts if isinstance(part, Ref)]
        elif isinstance(block, Folded | Section):
            found += refs(block.blocks)
    return found
