"""Word documents (.docx): their paragraphs, lists, tables, text boxes, notes and the first page's own header.

A docx file is a zip of XML parts. They are read as a stream, so that a small file that unpacks to a large one costs no
memory; what is deleted under track changes, hidden, or a table of contents is left out.

Source: ECMA-376, part 1, section 17 (WordprocessingML).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from regiograaf.errors import SourceError
from regiograaf.letters import ITEM
from regiograaf.reader.document import Document
from regiograaf.reader.formats.flow import Flow
from regiograaf.reader.formats.limits import MAX_BLOCKS, MAX_DEPTH, MAX_TEXT
from regiograaf.reader.formats.numbering import LEVELS, Numbering, read_numbering
from regiograaf.reader.formats.package import Attributes, Package
from regiograaf.reader.formats.version import maker

__all__ = ["read"]

WORD = frozenset(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SKIPPED = frozenset(
    ("del", "moveFrom", "instrText", "delText", "delInstrText", "sectPrChange", "pPrChange", "rPrChange")
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


def read(raw: bytes, name: str) -> Document:
    """Read a Word document.

    Raises SourceError when it is damaged, unpacks to too much, has a password, or is another kind of zip.
    """
    package = Package(raw, name)
    main = _main_part(package)
    if main not in package:
        raise SourceError(f"{name}: a zip file, but no docx. Unpack it, or save the letter as docx.")
    links = _links(package, main)
    styles = _styles(package, _part(links, "styles", main))
    numbering = read_numbering(package, _part(links, "numbering", main), WORD)
    notes: dict[tuple[str, str], list[str]] = {}
    for kind in ("footnotes", "endnotes"):
        part = _part(links, kind, main)
        if part in package:
            _read_notes(package, part, kind.removesuffix("s"), notes)
    body = _Body(Flow("", name), styles, numbering, notes)
    package.read(main, body.start, body.end, body.text)
    header = links.get(body.first_header, ("", ""))[1]
    if body.title_page and header in package:
        first = body.flow.blocks
        package.read(header, body.start, body.end, body.text)
        body.flow.to_front(first)
    text, offsets = body.flow.finish()
    return Document(name, "docx", maker(), text, "".join(body.source), offsets)


def _main_part(package: Package) -> str:
    links = _links(package, "")
    return next((target for kind, target in links.values() if kind == "officeDocument"), "word/document.xml")


def _links(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id -> (kind, part), of one part of the package."""
    folder, file = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag.endswith(" Relationship") and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], target

    links = posixpath.join(folder, "_rels", f"{file}.rels")
    if links in package:
        package.read(links, start)
    return found


def _part(links: dict[str, tuple[str, str]], kind: str, main: str) -> str:
    beside = posixpath.join(posixpath.dirname(main), f"{kind}.xml")
    return next((target for found, target in links.values() if found == kind), beside)


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    outline: int | None = None
    number: str = ""
    level: int | None = None


def _styles(package: Package, part: str) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    if part not in package:
        return styles
    current = _Style()

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal current
        space, _, local = tag.rpartition(" ")
        if space not in WORD:
            return
        value = attributes.get(f"{space} val", "")
        if local == "style":
            current = styles[attributes.get(f"{space} styleId", "")] = _Style()
        elif local == "name":
            current.name = current.name or value.lower()
        elif local == "basedOn":
            current.based_on = value
        elif local == "outlineLvl":
            current.outline = _digit(value)
        elif local == "numId":
            current.number = value
        elif local == "ilvl":
            current.level = _digit(value)

    package.read(part, start)
    return styles


def _digit(text: str) -> int:
    return int(text) if len(text) == 1 and text.isdecimal() else 0


def _read_notes(package: Package, part: str, kind: str, notes: dict[tuple[str, str], list[str]]) -> None:
    """Collect the paragraphs of each footnote or endnote."""
    number, words, skipped, taking = "", list[str](), 0, False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal number, words, skipped, taking
        space, _, local = tag.rpartition(" ")
        if space not in WORD:
            return
        if skipped or local in _SKIPPED:
            skipped += 1
        elif local == kind:
            plain = attributes.get(f"{space} type", "normal") == "normal"
            number = attributes.get(f"{space} id", "") if plain else ""
        elif local == "p":
            words = []
        elif local == "t":
            taking = True
        elif local in _SIGNS:
            words.append(" ")

    def end(tag: str) -> None:
        nonlocal skipped, taking
        space, _, local = tag.rpartition(" ")
        if space not in WORD:
            return
        if skipped:
            skipped -= 1
        elif local == "t":
            taking = False
        elif local == "p" and number and (line := "".join(words).strip()):
            notes.setdefault((kind, number), []).append(line)

    def text(piece: str) -> None:
        if taking and not skipped:
            words.append(piece)

    package.read(part, start, end, text)


@dataclass(slots=True)
class _Paragraph:
    words: list[str] = field(default_factory=list)
    style: str = ""
    number: str | None = None
    level: int | None = None
    outline: int | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    hidden: bool = False
    """Whether the open run is."""


class _Body:
    """Takes the elements of the document part, and writes its blocks."""

    def __init__(
        self, flow: Flow, styles: dict[str, _Style], numbering: Numbering, notes: dict[tuple[str, str], list[str]]
    ) -> None:
        self.flow, self.styles, self.numbering, self.notes = flow, styles, numbering, notes
        self.source: list[str] = []
        self.length = 0
        self.first_header = ""
        self.title_page = False
        self._paragraphs: list[_Paragraph] = []
        self._count = self._skipped = 0
        self._taking = self._in_run = False

    def start(self, tag: str, attributes: Attributes) -> None:
        space, _, local = tag.rpartition(" ")
        if self._skipped or (local in _SKIPPED and space in WORD) or (local == "Fallback" and space == _COMPATIBILITY):
            self._skipped += 1
            return
        if space not in WORD:
            return
        if local == "t":
            self._taking = True
        elif local == "p":
            if len(self._paragraphs) >= MAX_DEPTH:
                raise SourceError(
                    f"{self.flow.name}: more than {MAX_DEPTH} text boxes inside one another. Leave it out."
                )
            self._count += 1
            if self._count > 2 * MAX_BLOCKS:
                raise SourceError(f"{self.flow.name}: more than {MAX_BLOCKS:,} paragraphs. Split it, or leave it out.")
            self._paragraphs.append(_Paragraph())
        elif local in ("tbl", "tr", "tc"):
            {"tbl": self.flow.open_table, "tr": self.flow.open_row, "tc": self.flow.open_cell}[local]()
        elif local == "titlePg":
            self.title_page = attributes.get(f"{space} val", "1") not in ("0", "false", "off")
        elif local == "headerReference":
            if attributes.get(f"{space} type") == "first" and not self.first_header:
                self.first_header = next((v for key, v in attributes.items() if key.endswith("relationships id")), "")
        elif self._paragraphs:
            self._in_paragraph(local, attributes.get(f"{space} val", ""), attributes.get(f"{space} id", ""))

    def _in_paragraph(self, local: str, value: str, identifier: str) -> None:
        paragraph = self._paragraphs[-1]
        if local == "r":
            self._in_run, paragraph.hidden = True, False
        elif local in ("vanish", "webHidden") and self._in_run:
            paragraph.hidden = value not in ("0", "false", "off")
        elif local in _SIGNS and self._in_run:
            paragraph.words.append(_SIGNS[local])
        elif local in ("footnoteReference", "endnoteReference"):
            paragraph.notes.append((local.removesuffix("Reference"), identifier))
        elif local == "pStyle":
            paragraph.style = value
        elif local == "numId":
            paragraph.number = value
        elif local == "ilvl":
            paragraph.level = _digit(value)
        elif local == "outlineLvl":
            paragraph.outline = _digit(value)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        space, _, local = tag.rpartition(" ")
        if space not in WORD:
            return
        if local == "t":
            self._taking = False
        elif local == "r":
            self._in_run = False
        elif local == "p" and self._paragraphs:
            self._write(self._paragraphs.pop())
        elif local in ("tbl", "tr", "tc"):
            {"tbl": self.flow.close_table, "tr": self.flow.close_row, "tc": self.flow.close_cell}[local]()

    def text(self, words: str) -> None:
        if self._taking and not self._skipped and self._paragraphs and not self._paragraphs[-1].hidden:
            self._paragraphs[-1].words.append(words)

    def _write(self, paragraph: _Paragraph) -> None:
        words = "".join(paragraph.words).strip()
        chain = list(self._chain(paragraph.style))
        if any(style.name.startswith("toc ") for style in chain):
            return
        number = next((n for n in (paragraph.number, *(s.number or None for s in chain)) if n is not None), "0")
        level = next((n for n in (paragraph.level, *(s.level for s in chain)) if n is not None), 0)
        mark = self.numbering.mark(number, min(level, LEVELS - 1)) if words and number != "0" else ""
        heading = _heading_level(paragraph, chain)
        if heading:
            self.flow.block(heading=heading)
        elif mark and ITEM.fullmatch(f"{mark} "):
            self.flow.block(mark=f"{mark} ", depth=level + 1)
            mark = ""
        else:
            self.flow.block()
        if words:
            self._put(f"{mark} {words}" if mark else words)
        self.flow.block()
        for note in paragraph.notes:
            for line in self.notes.get(note, ()):
                self._put(line)
                self.flow.block()

    def _put(self, words: str) -> None:
        self.flow.put(words, self.length, self.length + len(words))
        self.source += [words, "\n"]
        self.length += len(words) + 1
        if self.length > MAX_TEXT:
            raise SourceError(f"{self.flow.name}: a text of more than {MAX_TEXT >> 20} MB. Split it, or leave it out.")

    def _chain(self, style: str) -> Iterable[_Style]:
        """A style and those it is based on."""
        for _ in range(LEVELS):
            found = self.styles.get(style)
            if found is None:
                return
            yield found
            style = found.based_on


def _heading_level(paragraph: _Paragraph, chain: list[_Style]) -> int:
    if paragraph.outline is not None:
        return paragraph.outline + 1 if paragraph.outline < LEVELS else 0
    for style in chain:
        if match := _HEADING.fullmatch(style.name):
            return int(match[1])
        if style.name == "title":
            return 1
        if style.outline is not None:
            return style.outline + 1 if style.outline < LEVELS else 0
    return 0
