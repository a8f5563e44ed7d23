"""A letter as it was given and as it is stored: the input text, the canonical text and the way between them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from regiograaf.letters import Letter
from regiograaf.reader.offsets import Offsets

__all__ = ["Document"]


@dataclass(frozen=True)
class Document:
    """One letter, read.

    `text` is the canonical text: NFC, LF, no byte-order mark. It is what a new letter is stored as, and its digest and
    offsets are those of the stored letter. Of plain text and Markdown nothing else is changed, unless the text stands
    in columns; of other formats it is what the extractor made: a paragraph, list item or table row to a line (cells
    parted by a tab), a heading that the format marks behind `#` signs, without running headers and footers.

    `source` is the input text: the decoded file of plain text, Markdown and HTML; the decoded head lines and body of an
    e-mail; of PDF the text layer, page by page, parted by form feeds; of docx the text in the order of the file.
    """

    name: str
    format: str
    """plain, markdown, html, docx, pdf or mail."""
    extractor: str
    """What made the canonical text, with its version; for `data/`'s record of how a letter was read."""
    text: str
    source: str
    offsets: Offsets = field(default_factory=Offsets, repr=False)
    pages: tuple[int, ...] = ()
    """Where in `source` each page begins; empty when the format has no pages."""

    @cached_property
    def letter(self) -> Letter:
        """The canonical text as `regiograaf.letters` and the checks know it."""
        return Letter(self.name, self.text)

    def to_source(self, begin: int, end: int) -> tuple[int, int]:
        """The range of the input text that a range of the canonical text comes from.

        Where the input has something in between (a page's footer, the other column), the range holds that too;
        `to_pieces` leaves it out.
        """
        return self.offsets.back(begin, end)

    def to_pieces(self, begin: int, end: int) -> tuple[tuple[int, int], ...]:
        """The ranges of the input text that a range of the canonical text comes from, in reading order."""
        return self.offsets.pieces(begin, end)

    def page(self, begin: int) -> int | None:
        """The page, from 1, on which the character at an offset in the canonical text stands; None without pages."""
        if not self.pages:
            return None
        return max(1, bisect_right(self.pages, self.offsets.back(begin, begin + 1)[0]))
