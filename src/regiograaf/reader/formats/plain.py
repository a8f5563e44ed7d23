"""Plain text: the right characters, and columns put one below the other."""

from __future__ import annotations

import codecs
import re

from regiograaf.errors import SourceError
from regiograaf.reader.document import Document
from regiograaf.reader.formats.version import maker
from regiograaf.reader.offsets import Offsets, Writer

__all__ = ["canonical", "decode", "document", "read"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?")
SAMPLE = 4096


def read(raw: bytes, name: str) -> Document:
    """Read plain text in UTF-8, UTF-16, UTF-32 or Windows-1252."""
    return document(decode(raw, name), name, "plain")


def document(source: str, name: str, kind: str) -> Document:
    """The document of a text that is as good as plain."""
    from regiograaf.reader.formats.columns import unfold

    folded = unfold(source)
    text, offsets = folded or canonical(source)
    return Document(name, kind, maker("columns" if folded else ""), text, source, offsets)


def canonical(source: str) -> tuple[str, Offsets]:
    """A text with line ends LF and in Unicode normal form C, and the way back."""
    writer = Writer(source)
    begin = 0
    for match in _LINE_ENDS.finditer(source):
        writer.copy(begin, match.start())
        writer.put("\n", *match.span())
        begin = match.end()
    writer.copy(begin, len(source))
    return writer.canonical()


def decode(raw: bytes, name: str) -> str:
    """The characters of a text file, without byte-order mark.

    A mark decides; else UTF-8; else UTF-16 where every other byte is nought; else Windows-1252, unless some of the text
    is UTF-8 after all: then it is damaged, and a guess would garble it.

    Raises SourceError when it is no text in any of these.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return _checked(raw[len(mark) :].decode(encoding), name)
            except UnicodeDecodeError as error:
                raise SourceError(
                    f"{name}: damaged {encoding.upper()} at byte {error.start + len(mark)}. Save the text as UTF-8."
                ) from error
    if wide := _wide(raw):
        try:
            return _checked(raw.decode(wide), name)
        except UnicodeDecodeError as error:
            raise SourceError(f"{name}: not text at byte {error.start}. Save the text as UTF-8.") from error
    try:
        return _checked(raw.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        lenient = raw.decode("utf-8", "surrogateescape")
        beyond = len(lenient) - len(lenient.encode("ascii", "ignore"))
        astray = sum("\udc80" <= sign <= "\udcff" for sign in lenient)
        if beyond - astray >= astray:
            raise SourceError(f"{name}: not UTF-8 at byte {error.start}. Save the text as UTF-8.") from error
        try:
            return _checked(raw.decode("cp1252"), name)
        except UnicodeDecodeError:
            raise SourceError(f"{name}: not text at byte {error.start}. Save the text as UTF-8.") from error


def _checked(text: str, name: str) -> str:
    if match := _CONTROL.search(text):
        raise SourceError(
            f"{name}: not text: control character {ord(match[0])} at character {match.start()}. Save the text as UTF-8."
        )
    return text


def _wide(raw: bytes) -> str:
    sample = raw[:SAMPLE]
    half = len(sample) // 2
    if len(raw) % 2 == 0 and half > 1:
        if sample[1::2].count(0) > half * 0.4 and not sample[0::2].count(0):
            return "utf-16-le"
        if sample[0::2].count(0) > half * 0.4 and not sample[1::2].count(0):
            return "utf-16-be"
    return ""
