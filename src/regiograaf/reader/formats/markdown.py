"""Markdown: kept as written; its signs are read by `letters` and `structure`."""

from __future__ import annotations

from regiograaf.reader.document import Document
from regiograaf.reader.formats.plain import canonical, decode
from regiograaf.reader.formats.version import maker

__all__ = ["read"]


def read(raw: bytes, name: str) -> Document:
    """Read a Markdown file."""
    source = decode(raw, name)
    text, offsets = canonical(source)
    return Document(name, "markdown", maker(), text, source, offsets)
