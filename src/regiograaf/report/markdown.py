"""A report as Markdown: the same blocks as on the page, with links into it for the claims behind a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from regiograaf.report.blocks import (
    Block,
    Cell,
    Folded,
    Inline,
    Items,
    Link,
    Note,
    Paragraph,
    Plot,
    Ref,
    Section,
    Table,
    Text,
)

__all__ = ["markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(title: str, lead: Text, sections: Iterable[Section], source: str) -> str:
    """The report as GitHub-flavoured Markdown; figures are images in files beside it."""
    lines = [f"# {_plain(title)}", "", _text(lead), ""]
    for section in sections:
        lines += _section(section, 2)
    return "\n".join([*lines, "---", "", _plain(source)]) + "\n"


def _section(section: Section, level: int) -> Iterator[str]:
    yield from (f"{'#' * level} {_plain(section.title)}", "")
    for block in section.blocks:
        yield from _block(block, level)


def _block(block: Block, level: int) -> Iterator[str]:
    if isinstance(block, Section):
        yield from _section(block, level + 1)
    elif isinstance(block, Paragraph):
        yield from (_text(block.text), "")
    elif isinstance(block, Note):
        yield from (f"> {_text(block.text)}", "")
    elif isinstance(block, Items):
        yield from (f"- {_text(item)}" for item in block.texts)
        yield ""
    elif isinstance(block, Plot):
        yield from (f"![{_plain(block.caption)}](report-{block.name}.svg)", "")
    elif isinstance(block, Folded):
        for inner in block.blocks:
            yield from _block(inner, level)
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield from (f"**{_plain(table.caption)}**", "")
    rules = ["---:" if i in table.numeric else "---" for i in range(len(table.head))]
    for row in ([_plain(name) for name in table.head], rules, *([_cell(cell) for cell in row] for row in table.rows)):
        yield f"| {' | '.join(row)} |"
    yield ""


def _cell(cell: Cell) -> str:
    return _text(cell if isinstance(cell, tuple) else (cell,))


def _text(text: Text) -> str:
    return "".join(_inline(part) for part in text)


def _inline(part: Inline) -> str:
    if isinstance(part, Ref):
        return _plain(part.words)
    if isinstance(part, Link):
        address = part.address.replace("(", "%28").replace(")", "%29")
        return f"[{_plain(part.words)}]({address})"
    return _plain(part)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split(" "))).replace("\n", " ")
