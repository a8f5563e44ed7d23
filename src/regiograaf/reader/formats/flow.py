"""Writes the canonical text of a format that marks its blocks: HTML and docx.

A paragraph is one line, between blank lines; list items and table rows follow one another without; cells are parted by
a tab; a heading stands behind `#` signs, as in Markdown, so that the stored text keeps what the file said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from regiograaf.errors import SourceError
from regiograaf.reader.formats.limits import MAX_BLOCKS, MAX_DEPTH
from regiograaf.reader.offsets import Offsets, Writer

__all__ = ["Flow"]

MAX_CELL = 160
"""Characters in a cell of a table of data; a table with more in one is there for the layout of its paragraphs."""
MAX_INDENT = 8


@dataclass(slots=True)
class _Block:
    kind: Literal["paragraph", "heading", "item", "row"] = "paragraph"
    prefix: str = ""
    pieces: list[tuple[str | None, int, int]] = field(default_factory=list)
    """(None, begin, end) for words of the source, else what is put for them."""
    length: int = 0


@dataclass(slots=True)
class _Table:
    cells: list[list[_Block]] | None = None
    """Of the open row: each cell's blocks; None between rows."""
    open: bool = False
    """Whether the last cell is open."""


class Flow:
    """Takes words and block boundaries in the order of the file."""

    def __init__(self, source: str, name: str) -> None:
        self._writer = Writer(source)
        self.name = name
        self._blocks: list[_Block] = []
        self._tables: list[_Table] = []
        self._deeper = 0
        self._current = _Block()
        self._pending = ""
        self._pending_at = (0, 0)
        self._last = 0
        self._count = 0

    def copy(self, begin: int, end: int) -> None:
        """Words of the source."""
        if begin < end:
            self._add(None, begin, end)

    def put(self, text: str, begin: int, end: int) -> None:
        """Other words for a range of the source."""
        self._add(text, begin, end)

    def space(self, begin: int, end: int) -> None:
        """White space; at the edges of a block it goes."""
        if not self._pending:
            self._pending, self._pending_at = " ", (begin, end)

    def line(self) -> None:
        """A line end within a block; two of them end it."""
        if self._pending == "\n":
            self.block()
        else:
            self._pending, self._pending_at = "\n", (self._last, self._last)

    def block(self, *, heading: int = 0, mark: str = "", depth: int = 1) -> None:
        """End a block, and begin a paragraph, heading or list item."""
        self._end()
        if heading:
            self._current = _Block("heading", "#" * min(heading, 6) + " ")
        elif mark:
            self._current = _Block("item", "  " * min(MAX_INDENT, depth - 1) + mark)

    def open_table(self) -> None:
        self._end()
        if len(self._tables) >= MAX_DEPTH:
            self._deeper += 1
        else:
            self._tables.append(_Table())

    def open_row(self) -> None:
        if self._tables:
            self.close_row()
            self._tables[-1].cells = []

    def open_cell(self) -> None:
        if self._tables:
            if self._tables[-1].cells is None:
                self.open_row()
            self.close_cell()
            cells = self._tables[-1].cells
            if cells is not None:
                cells.append([])
                self._tables[-1].open = True

    def close_cell(self) -> None:
        self._end()
        if self._tables:
            self._tables[-1].open = False

    def close_row(self) -> None:
        self.close_cell()
        if not self._tables or self._tables[-1].cells is None:
            return
        cells, self._tables[-1].cells = self._tables[-1].cells, None
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(len(cell) < 2 and all(map(self._is_short, cell)) for cell in cells):
            row = _Block("row")
            for i, cell in enumerate(cells):
                if i:
                    at = row.pieces[-1][2] if row.pieces else cell[0].pieces[0][1] if cell else 0
                    row.pieces.append(("\t", at, at))
                if cell:
                    row.pieces += cell[0].pieces
                    row.length += cell[0].length
            self._keep(row)
        else:
            for block in (block for cell in filled for block in cell):
                self._keep(block)

    def close_table(self) -> None:
        if self._deeper:
            self._end()
            self._deeper -= 1
        elif self._tables:
            self.close_row()
            self._tables.pop()
        else:
            self._end()

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return len(self._blocks)

    def to_front(self, first: int) -> None:
        """Put the blocks from the given one on before all others."""
        self._blocks = self._blocks[first:] + self._blocks[:first]

    def finish(self) -> tuple[str, Offsets]:
        """The canonical text and its way back."""
        while self._tables:
            self.close_table()
        self._end()
        before = ""
        for block in self._blocks:
            begin = block.pieces[0][1]
            if before:
                close = before == block.kind and before in ("item", "row")
                self._writer.put("\n" if close else "\n\n", begin, begin)
            self._writer.put(block.prefix, begin, begin)
            for text, low, high in block.pieces:
                if text is None:
                    self._writer.copy(low, high)
                else:
                    self._writer.put(text, low, high)
            before = block.kind
        self._writer.put("\n", self._last, self._last)
        return self._writer.canonical()

    def _add(self, text: str | None, begin: int, end: int) -> None:
        block = self._current
        if self._pending:
            if block.pieces:
                block.pieces.append((self._pending, *self._pending_at))
            self._pending = ""
        block.pieces.append((text, begin, end))
        block.length += end - begin if text is None else len(text)
        self._last = end

    def _end(self) -> None:
        block, self._current, self._pending = self._current, _Block(), ""
        if not block.pieces:
            return
        for text, begin, end in block.pieces:
            if not (self._writer.source[begin:end] if text is None else text).isspace():
                break
        else:
            return
        cells = self._tables[-1].cells if self._tables else None
        if cells and self._tables[-1].open:
            cells[-1].append(block)
        else:
            self._keep(block)

    def _is_short(self, block: _Block) -> bool:
        return block.length <= MAX_CELL and not any(text and "\n" in text for text, _, _ in block.pieces)

    def _keep(self, block: _Block) -> None:
        """Add a block to the cell around the table it stands in, else to the text."""
        around = next((t for t in reversed(self._tables) if t.open and t.cells), None)
        if around is not None and around.cells:
            around.cells[-1].append(block)
            return
        self._count += 1
        if self._count > MAX_BLOCKS:
            raise SourceError(f"{self.name}: more than {MAX_BLOCKS:,} paragraphs. Split it, or leave it out.")
        self._blocks.append(block)
