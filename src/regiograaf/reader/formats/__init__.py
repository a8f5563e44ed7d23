"""From a file in any of the known formats to a `Document`.

What the bytes are decides, then the name. A file that cannot be read gives one SourceError: what is wrong, where, and
what to do. Size, expansion, pages and time are bounded, so that no file can hold up a folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Literal

from regiograaf.errors import SourceError
from regiograaf.reader.document import Document
from regiograaf.reader.formats.limits import MAX_PACKED, MAX_TEXT

__all__ = ["SUFFIXES", "Format", "read", "recognise"]

Format = Literal["plain", "markdown", "html", "docx", "pdf", "mail"]

SUFFIXES: dict[str, Format] = {
    ".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown", ".htm": "html", ".html": "html",
    ".xhtml": "html", ".docx": "docx", ".docm": "docx", ".pdf": "pdf", ".eml": "mail",
}  # fmt: skip
"""File name suffixes -> format: what a folder of letters is searched for."""

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_MAIL = re.compile(rb"^(?:mime-version|message-id|received|return-path|delivered-to):", re.I | re.M)
_STRANGE = (
    (b"\xd0\xcf\x11\xe0", "an old Office file, or one with a password. Save it as .docx without a password"),
    (b"{\\rtf", "an RTF file. Save it as .docx"),
    (b"\x1f\x8b", "a gzip archive. Unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive. Unpack it first"),
    (b"Rar!", "a rar archive. Unpack it first"),
    (b"\x89PNG", "an image. Recognise its text first (OCR)"),
    (b"\xff\xd8\xff", "an image. Recognise its text first (OCR)"),
    (b"GIF8", "an image. Recognise its text first (OCR)"),
    (b"II*\0", "an image. Recognise its text first (OCR)"),
    (b"MM\0*", "an image. Recognise its text first (OCR)"),
)


def read(given: Path | bytes | BinaryIO, name: str = "") -> Document:
    """Read one letter from a path, from bytes, or from a binary stream such as standard input.

    Raises SourceError when it cannot be read: not there, empty, too large, no text, damaged, with a password, or in a
    format that is not known.
    """
    name = name or (given.name if isinstance(given, Path) else "letter")
    raw = given if isinstance(given, bytes) else _bytes(given, name)
    if len(raw) > MAX_PACKED:
        raise _too_large(name, len(raw), MAX_PACKED)
    if not raw.strip():
        raise SourceError(f"{name}: empty. Give a letter with text in it.")
    kind = recognise(raw, name)
    if kind in ("plain", "markdown", "html") and len(raw) > MAX_TEXT:
        raise _too_large(name, len(raw), MAX_TEXT)
    document = _reader(kind)(raw, name)
    if len(document.text) > MAX_TEXT:
        raise _too_large(name, len(document.text), MAX_TEXT)
    if not re.search(r"\w", document.text):
        remedy = "Recognise its text first (OCR)" if kind == "pdf" else "Give a letter with text in it"
        raise SourceError(f"{name}: holds no text. {remedy}.")
    return document


def recognise(raw: bytes, name: str = "") -> Format:
    """The format of a file, by its first bytes, else by its name, else plain text.

    Raises SourceError when the bytes are those of a format that is not read.
    """
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx"
    for magic, what in _STRANGE:
        if raw.startswith(magic):
            raise SourceError(f"{name or 'letter'}: {what}.")
    start = raw[:8192].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return "html"
    named = SUFFIXES.get(Path(name).suffix.lower())
    if named in ("docx", "pdf"):
        raise SourceError(f"{name}: not a {named} file, whatever its name says. Save it as {named} again.")
    if named:
        return named
    return "mail" if _is_mail(start) else "plain"


def _is_mail(start: bytes) -> bool:
    place = 0
    while header := _HEADER.match(start, place):
        place = header.end()
    return place > 0 and bool(_MAIL.search(start[:place]))


def _reader(kind: Format) -> Callable[[bytes, str], Document]:
    if kind == "pdf":
        from regiograaf.reader.formats.pdf import read as reader
    elif kind == "docx":
        from regiograaf.reader.formats.docx import read as reader
    elif kind == "html":
        from regiograaf.reader.formats.html import read as reader
    elif kind == "mail":
        from regiograaf.reader.formats.mail import read as reader
    elif kind == "markdown":
        from regiograaf.reader.formats.markdown import read as reader
    else:
        from regiograaf.reader.formats.plain import read as reader
    return reader


def _bytes(given: Path | BinaryIO, name: str) -> bytes:
    try:
        if isinstance(given, Path):
            with given.open("rb") as stream:
                return stream.read(MAX_PACKED + 1)
        return given.read(MAX_PACKED + 1)
    except OSError as error:
        raise SourceError(f"{given if isinstance(given, Path) else name}: {error.strerror}. Check the path.") from error


def _too_large(name: str, size: int, most: int) -> SourceError:
    least = "more than " if size > MAX_PACKED else ""
    shown = min(size, MAX_PACKED) >> 20
    return SourceError(
        f"{name}: {least}{shown} MB, and a letter has at most {most >> 20} MB. Split it, or leave it out."
    )
