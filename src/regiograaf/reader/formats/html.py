"""HTML: its text, a block to a line, with the way back to the file.

Parsers of HTML make a tree and forget where the words stood. Only text and block boundaries are needed here, so the
tags are found as the HTML standard's tokenizer finds them, each where it stands, in time proportional to the file.

Source: WHATWG HTML, section 13.2.5 (tokenization) and 13.2.4.2 (raw text elements).
"""

from __future__ import annotations

import html
import re

from regiograaf.errors import SourceError
from regiograaf.reader.document import Document
from regiograaf.reader.formats.flow import Flow
from regiograaf.reader.formats.plain import decode
from regiograaf.reader.formats.version import maker

__all__ = ["read", "write"]

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<rest>(?:[^=>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)*+)>"
)
_MARKUP = re.compile(r"<(?=/?[A-Za-z]|[!?]|/[^A-Za-z])")
_ELEMENT = re.compile(r"</?[A-Za-z]")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9A-Fa-f]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|\s)hidden(?=[\s=/]|$)|display\s*:\s*none", re.IGNORECASE)
_START = re.compile(r"\bstart\s*=\s*[\"']?(\d{1,6})", re.IGNORECASE)

_RAW = frozenset(("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"))
_SKIPPED = frozenset(
    ("head", "nav", "svg", "math", "template", "noscript", "button", "select", "object", "audio", "video")
)
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
     "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend",
     "main", "menu", "p", "pre", "search", "section", "summary")
)  # fmt: skip
_ENDED_BY_BLOCK = frozenset(("head", "p"))
"""Elements whose end tag may be left out."""
_VOID = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr")
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read(raw: bytes, name: str) -> Document:
    """Read a web page. Hidden parts, scripts, navigation and form controls are left out."""
    source = _decode(raw, name)
    flow = Flow(source, name)
    write(flow, source, 0, len(source))
    text, offsets = flow.finish()
    return Document(name, "html", maker(), text, source, offsets)


def _decode(raw: bytes, name: str) -> str:
    declared = _CHARSET.search(raw[:2048])
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = declared[1].decode("ascii").lower() if declared else ""
        if encoding in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
            encoding = "cp1252"  # as the Encoding standard has it
        if encoding and not encoding.startswith("utf"):
            try:
                return raw.decode(encoding)
            except (LookupError, UnicodeDecodeError) as error:
                raise SourceError(f"{name}: not in {encoding}, as it says it is. Save the page as UTF-8.") from error
    return decode(raw, name)


def write(flow: Flow, source: str, begin: int, end: int) -> None:
    """Write the text of the HTML between two offsets of the source."""
    reader = _Reader(flow, source)
    place = begin
    while place < end:
        tag = _MARKUP.search(source, place, end)
        reader.text(place, tag.start() if tag else end)
        if tag is None:
            break
        place = reader.tag(tag.start(), end)
    flow.block()


class _Reader:
    """What is open while the tags of a page go by."""

    def __init__(self, flow: Flow, source: str) -> None:
        self.flow, self.source = flow, source
        self.skipped: list[str] = []
        self.lists: list[int | None] = []
        self.tables = 0
        self.preformatted = 0

    def text(self, begin: int, end: int) -> None:
        if self.skipped or begin >= end:
            return
        for match in _REFERENCE.finditer(self.source, begin, end):
            self._plain(begin, match.start())
            character = html.unescape(match[0])
            if character == match[0]:
                self._plain(*match.span())
            elif character.strip(" \t\n\r\f"):
                self.flow.put(character, *match.span())
            else:
                self.flow.space(*match.span())
            begin = match.end()
        self._plain(begin, end)

    def _plain(self, begin: int, end: int) -> None:
        for match in _SPACES.finditer(self.source, begin, end):
            self.flow.copy(begin, match.start())
            if self.preformatted and "\n" in match[0]:
                self.flow.line()
            else:
                self.flow.space(*match.span())
            begin = match.end()
        self.flow.copy(begin, end)

    def tag(self, begin: int, end: int) -> int:
        """Take the markup at `begin`; return where it ends."""
        source = self.source
        if source.startswith("<!--", begin):
            close = source.find("-->", begin + 2, end)
            return close + 3 if close >= 0 else end
        if not _ELEMENT.match(source, begin):
            close = source.find(">", begin, end)
            return close + 1 if close >= 0 else end
        match = _TAG.match(source, begin, end)
        if match is None:
            return end  # a tag that never ends takes the rest with it
        name = match["name"].lower()
        if match["close"]:
            self._close(name)
            return match.end()
        if name in _RAW:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, match.end(), end)
            return closing.start() if closing else end
        self._open(name, match["rest"])
        return match.end()

    def _open(self, name: str, attributes: str) -> None:
        if self.skipped and self.skipped[0] in _ENDED_BY_BLOCK and (name in _BLOCKS or name in _HEADINGS):
            self.skipped.clear()
        if self.skipped:
            if name == self.skipped[0]:
                self.skipped.append(name)
            return
        if name in _SKIPPED or (name not in _VOID and attributes and _HIDDEN.search(attributes)):
            if not attributes.endswith("/"):
                self.skipped.append(name)
            return
        flow = self.flow
        if name == "br":
            flow.line()
        elif name in _HEADINGS:
            flow.block(heading=_HEADINGS[name])
        elif name in ("ul", "ol", "menu", "dir"):
            start = _START.search(attributes)
            self.lists.append(int(start[1]) if start and name == "ol" else 1 if name == "ol" else None)
            flow.block()
        elif name == "li":
            number = self.lists[-1] if self.lists else None
            flow.block(mark="- " if number is None else f"{number}. ", depth=len(self.lists))
            if number is not None:
                self.lists[-1] = number + 1
        elif name == "table":
            flow.open_table()
        elif name == "tr":
            flow.open_row()
        elif name in ("td", "th"):
            flow.open_cell()
        elif name in _BLOCKS:
            self.preformatted += name == "pre"
            flow.block()

    def _close(self, name: str) -> None:
        if self.skipped:
            if name == self.skipped[-1]:
                self.skipped.pop()
            return
        if name in ("ul", "ol", "menu", "dir"):
            if self.lists:
                self.lists.pop()
            self.flow.block()
        elif name == "table":
            self.flow.close_table()
        elif name == "tr":
            self.flow.close_row()
        elif name in ("td", "th"):
            self.flow.close_cell()
        elif name in _HEADINGS or name in _BLOCKS or name == "li":
            if name == "pre" and self.preformatted:
                self.preformatted -= 1
            self.flow.block()
