"""The XML parts of a zip file, as streams with bounds."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from xml.parsers import expat

from regiograaf.errors import SourceError
from regiograaf.reader.formats.limits import MAX_ELEMENTS, MAX_EXPANDED

__all__ = ["Attributes", "Package"]

Attributes = Mapping[str, str]

CHUNK = 1 << 16
MAX_ENTRIES = 10_000


class Package:
    """A zip file of XML parts; reads at most `MAX_EXPANDED` bytes and `MAX_ELEMENTS` elements of them altogether.

    Raises SourceError when the zip or a part is damaged, has a password or a document type, or is too large.
    """

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self._bytes = self._elements = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
            raise self._damaged(error) from error
        self._names = set(self._zip.namelist())
        if len(self._names) > MAX_ENTRIES:
            raise SourceError(f"{name}: a zip of more than {MAX_ENTRIES} files, no letter.")

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def read(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] = lambda tag: None,
        text: Callable[[str], None] = lambda words: None,
    ) -> None:
        """Call back for each element and text of a part; a tag is "namespace name", an attribute the same."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True

        def begin(tag: str, attributes: Attributes) -> None:
            self._elements += 1
            if self._elements > MAX_ELEMENTS:
                raise SourceError(f"{self.name}: more than {MAX_ELEMENTS:,} elements. Split it, or leave it out.")
            start(tag, attributes)

        def refuse(*_: object) -> None:
            raise SourceError(
                f"{self.name}: {part} declares a document type, which no docx has. Save it as docx again."
            )

        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = refuse
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(CHUNK):
                    self._bytes += len(chunk)
                    if self._bytes > MAX_EXPANDED:
                        raise SourceError(f"{self.name}: unpacks to more than {MAX_EXPANDED >> 20} MB. Leave it out.")
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except RuntimeError as error:
            raise SourceError(f"{self.name}: has a password. Save it without one.") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, expat.ExpatError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> SourceError:
        return SourceError(f"{self.name}: a damaged docx file ({error}). Save it as docx again.")
