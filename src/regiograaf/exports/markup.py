"""What the XML formats share: how values are escaped, and a reader that takes no entities from anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from regiograaf.errors import SourceError
from regiograaf.exports.cells import written
from regiograaf.exports.columns import LISTS, Column

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["escape", "quoteattr", "root_of", "said"]


def said(row: Mapping[str, Any], columns: Sequence[Column], inside: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The place and text of each value of a row that says something and does not stand elsewhere (`inside`)."""
    for place, column in enumerate(columns):
        value = row[column.name]
        if column.name not in inside and (value or column.kind not in ("text", *LISTS)):
            yield place, written(value, column)


def root_of(content: bytes, name: str) -> Element:
    """The root element of a file.

    Raises SourceError for one that is not XML, declares entities, or has another root than `name`.
    """
    from xml.etree import ElementTree

    # Entities are expanded before anybody can count them; UTF-16 (which has zeros) would hide them.
    if b"<!DOCTYPE" in content or b"\0" in content:
        raise SourceError("the file declares entities, or is not UTF-8. Read one that regiograaf export made.")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise SourceError(f"no XML: {error}. Read a file that regiograaf export made.") from error
    if root.tag != name:
        raise SourceError(f"the root is {root.tag}, not {name}. Name the right format.")
    return root
