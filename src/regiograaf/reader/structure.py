"""A document's sections, paragraphs and sentences, and its text as one reads it.

Where sentences begin and end is `regiograaf.letters`' work, so that the reader, coverage and the checks agree. Here
they get their reading text: one line each, words that a line end broke made whole, Markdown signs, soft hyphens and
directional marks left out, quotation marks straight, ligatures spelled out. Recognisers work on that text and lead
their finds back with `place`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from regiograaf.letters import FILLED, ITEM, UNSEEN, Letter
from regiograaf.reader.document import Document
from regiograaf.reader.hyphens import vocabulary, whole
from regiograaf.reader.offsets import Offsets, Writer

__all__ = ["Block", "Line", "Structure", "structure"]

Kind = Literal["heading", "paragraph", "item", "row", "quote", "head"]

_SAME = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ",
    "\u2010": "-", "\u2011": "-", "\f": " ", "\v": " ", "\r": " ",
}  # fmt: skip
"""Signs that reading changes into one other sign."""
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\u0132": "IJ", "\u0133": "ij", "\u2026": "...",
}  # fmt: skip

_CHANGE = re.compile(
    # Every branch begins with a character of its own: only then does the engine skip what cannot match.
    r"(?P<hyphen>[-\u00ad](?<=\w[-\u00ad])[ \t]*\n\s*+(?=\w))"
    r"|(?P<line>\s(?:\s++|(?<=[\n\t]))(?:(?<=\n)>[\s>]*+)?)"
    rf"|(?P<unseen>[{UNSEEN}]++)"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
    r"|(?P<link>\[(?P<label>[^\[\]\n]*+)\]\([^()\s]*+\))"
    r"|(?P<markup>\*(?:\*|(?<![\w*]\*)(?=\w)|(?<=[\w.,;:!?)]\*)(?![\w*]))|_(?:_|(?<!\w_)(?=\w)|(?<=\w_)(?!\w))"
    r"|!(?=\[)|\\(?=[*_#>|.\[\]-]))"
)
_HEADING = re.compile(r"\s*(#{1,6})\s*")
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)\.?\s")
_ITEM = re.compile(rf"\s*({ITEM.pattern})")
_QUOTED = re.compile(r"\s*>")
_QUOTE_SIGNS = re.compile(r"[\s>]*")
_CELL_END = re.compile(r"\t|\|| {3,}")
_PART = re.compile(r"[^\W_]+$")
_NEXT = re.compile(r"\w+")
_SINGLE = re.compile(r"(?<![\w'])'(?![stnm]\b)(?=[\w(])([^'\"]++(?:(?<=\w)'\w[^'\"]*+)*+)'(?!\w)")
MAX_WORD = 40
"""Characters before a hyphen in which its word is looked for."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table row, quotation, or line of the letter's head or signature."""

    kind: Kind
    begin: int
    """In the canonical text."""
    end: int
    section: str
    level: int = 0
    """Of a heading, from 1; of a list item, how deep it stands, from 1; else 0."""
    mark: str = ""
    """Of a list item: its sign or number, as written."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, list item, table row or heading; in the reading text a line of its own."""

    number: int
    """That of the sentence in `Letter.sentences`."""
    begin: int
    """In the canonical text."""
    end: int
    start: int
    """In the reading text."""
    stop: int
    text: str
    """The reading text of the sentence: `structure.text[start:stop]`; cells on one line are parted by a tab."""
    section: str
    kind: Literal["sentence", "heading", "head"]
    block: int
    """Its place in `structure.blocks`."""
    quotes: tuple[tuple[int, int], ...] = ()
    """What stands between quotation marks, as ranges within `text`, the marks left out; a quotation that goes on into
    the next sentence of its paragraph runs to the end of this one."""


@dataclass(frozen=True)
class Structure:
    """A document's lines and blocks, and the reading text: every line on a line of its own, in order."""

    document: Document
    text: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    offsets: Offsets = field(default_factory=Offsets, repr=False)
    """From the reading text to the canonical text."""

    @property
    def sections(self) -> tuple[str, ...]:
        """The section titles, in the order of the text."""
        return self.document.letter.sections

    @property
    def furniture(self) -> tuple[tuple[int, int], ...]:
        """The ranges of the canonical text that are page numbers or running headers and footers; in no line."""
        return self.document.letter.furniture

    def place(self, start: int, stop: int) -> tuple[int, int]:
        """The range of the canonical text that a range of the reading text stands for."""
        return self.offsets.back(start, stop)

    def line_at(self, start: int) -> Line:
        """The line that holds an offset of the reading text."""
        return self.lines[max(0, bisect_right(self._starts, start) - 1)]

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]


def structure(document: Document) -> Structure:
    """Part a document into blocks and lines, and make its reading text. Takes time in proportion to its length."""
    letter = document.letter
    view = letter.body
    for sign, other in _SAME.items():
        view = view.replace(sign, other)
    words = vocabulary(view) if re.search(r"\w-[ \t]*\n", view) else frozenset()
    writer = Writer(view)
    blocks = tuple(_blocks(letter, view))
    lines: list[Line] = []
    place, quoted = -1, False
    for sentence in letter.sentences:
        first = place < 0 or sentence.begin >= blocks[place].end
        while place < 0 or sentence.begin >= blocks[place].end:
            place, quoted = place + 1, False
        if lines:
            writer.put("\n", sentence.begin, sentence.begin)
        start, mark = writer.length, writer.mark
        block = blocks[place]
        begin = _after_mark(view, sentence.begin, sentence.end, block.kind) if first else sentence.begin
        row = block.kind == "row" or (block.kind == "head" and "\t" in view[begin : sentence.end])
        (_write_row if row else _write)(writer, begin, sentence.end, words)
        text = writer.since(mark)
        quotes, quoted = _quotes(text, quoted)
        lines.append(
            Line(
                number=sentence.number,
                begin=sentence.begin,
                end=sentence.end,
                start=start,
                stop=writer.length,
                text=text,
                section=sentence.section,
                kind=sentence.kind,
                block=place,
                quotes=quotes,
            )
        )
    text, offsets = writer.finish()
    return Structure(document, text, tuple(lines), blocks, offsets)


def _blocks(letter: Letter, view: str) -> Iterator[Block]:
    indents: list[int] = []
    for block in letter.blocks:
        mark, level, kind = "", 0, block.kind
        found: Kind = "paragraph"
        item = _ITEM.match(view, block.begin, block.end)
        if kind == "heading":
            found, level = "heading", _heading_level(view, block.begin)
        elif kind == "row" or kind == "head":
            found = kind
        elif item:
            found, mark = "item", item[1].rstrip()
            indent = item.start(1) - block.begin
            while indents and indents[-1] > indent:
                indents.pop()
            if not indents or indents[-1] < indent:
                indents.append(indent)
            level = len(indents)
        elif _is_quote(view, block.begin, block.end):
            found = "quote"
        if not item:
            indents = []
        yield Block(found, block.begin, block.end, block.section, level, mark)


def _heading_level(view: str, begin: int) -> int:
    signs = _HEADING.match(view, begin)
    if signs:
        return len(signs[1])
    number = _NUMBER.match(view, begin)
    return number[1].count(".") + 1 if number else 1


def _is_quote(view: str, begin: int, end: int) -> bool:
    if _QUOTED.match(view, begin, end):
        return True
    first = FILLED.search(view, begin, end)
    return first is not None and first[0] == '"' and view[begin:end].rstrip(" .\n").endswith('"')


def _after_mark(view: str, begin: int, end: int, kind: Kind) -> int:
    """Where a block's first sentence begins for a reader: after heading signs, a bullet or number, or quote signs."""
    pattern = {"heading": _HEADING, "item": _ITEM, "quote": _QUOTE_SIGNS}.get(kind)
    match = pattern.match(view, begin, end) if pattern else None
    return match.end() if match else begin


def _write(writer: Writer, begin: int, end: int, words: frozenset[str]) -> None:
    """Write one sentence, or one cell, as one reads it."""
    view = writer.source
    for match in _CHANGE.finditer(view, begin, end):
        low, high = match.span()
        writer.copy(begin, low)
        begin = high
        if match["hyphen"]:
            writer.put(_joint(view, low, high, end, words), low, high)
        elif match["line"]:
            # No space before a comma or full stop that a line end parted from its word.
            if high < end and (view[high] not in ",;.)" or "\n" not in match["line"]):
                writer.put(" ", low, high)
        elif match["ligature"]:
            writer.put(_LIGATURES[match["ligature"]], low, high)
        elif match["link"]:
            writer.copy(*match.span("label"))
    writer.copy(begin, end)


def _joint(view: str, low: int, high: int, end: int, words: frozenset[str]) -> str:
    left, right = _PART.search(view[max(0, low - MAX_WORD) : low]), _NEXT.match(view, high, end)
    if view[low] == "\u00ad" or not left or not right:
        return ""
    return whole(left[0], right[0], words)


def _write_row(writer: Writer, begin: int, end: int, words: frozenset[str]) -> None:
    view = writer.source
    if view[begin] == "|":
        begin, end = begin + 1, end - (view[end - 1] == "|")
    for mark in _CELL_END.finditer(view, begin, end):
        _write_cell(writer, begin, mark.start(), words)
        writer.put("\t", *mark.span())
        begin = mark.end()
    _write_cell(writer, begin, end, words)


def _write_cell(writer: Writer, begin: int, end: int, words: frozenset[str]) -> None:
    cell = writer.source[begin:end]
    begin += len(cell) - len(cell.lstrip())
    _write(writer, begin, begin + len(cell.strip()), words)


def _quotes(text: str, open_before: bool) -> tuple[tuple[tuple[int, int], ...], bool]:
    """The quoted ranges of a sentence, and whether its last quotation goes on; `open_before` says the same of the one
    before it."""
    if '"' not in text:
        found = [match.span(1) for match in _SINGLE.finditer(text)] if "'" in text else []
        return (((0, len(text)),) if open_before else tuple(found)), open_before
    signs = [i for i, sign in enumerate(text) if sign == '"']
    edges = [-1, *signs] if open_before else signs
    goes_on = len(edges) % 2 == 1
    if goes_on:
        edges = [*edges, len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple((begin + 1, end) for begin, end in pairs if end > begin + 1), goes_on
