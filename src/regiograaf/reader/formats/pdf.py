"""PDF files with a text layer.

The file is read in a process of its own, with bounds on its time and memory: PDF is a program as much as a file, and
the library that reads it is not written in Python.
"""

from __future__ import annotations

import json
import subprocess
import sys
from array import array

from regiograaf.errors import SourceError
from regiograaf.reader.document import Document
from regiograaf.reader.formats.limits import MAX_MEMORY, MAX_PAGES, MAX_SECONDS, MAX_TEXT
from regiograaf.reader.formats.version import maker
from regiograaf.reader.offsets import Offsets

__all__ = ["read"]

_FAULTS = {
    "password": "has a password. Save it without one.",
    "damaged": "a damaged PDF file. Print it to PDF again.",
    "pages": f"more than {MAX_PAGES:,} pages. Split it, or leave it out.",
    "text": f"a text of more than {MAX_TEXT >> 20} MB. Split it, or leave it out.",
    "none": "a PDF file without a text layer. Recognise its text first (OCR).",
    "library": "PDF files need pypdfium2. Install regiograaf[read].",
}


def read(raw: bytes, name: str) -> Document:
    """Read a PDF file: columns one after the other, without running headers, footers and page numbers.

    Raises SourceError when it is damaged, has a password or no text layer, or takes too much time or memory.
    """
    code = "from regiograaf.reader.formats.pdftext import main; main()"
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-c", code], input=raw, capture_output=True, timeout=MAX_SECONDS * 1.5, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name) from error
    if child.returncode != 0:
        raise _too_much(name)
    found = json.loads(child.stdout)
    if "fault" in found:
        raise SourceError(f"{name}: {_FAULTS[found['fault']]}")
    starts, begins, ends = (array("q", found[key]) for key in ("starts", "begins", "ends"))
    text = found["text"]
    return Document(
        name,
        "pdf",
        maker(found["library"]),
        text,
        found["source"],
        Offsets(starts, begins, ends, len(text)),
        tuple(found["pages"]),
    )


def _too_much(name: str) -> SourceError:
    most = f"{MAX_SECONDS} s or {MAX_MEMORY >> 30} GB"
    return SourceError(f"{name}: reading it takes more than {most}. Print it to PDF again, or leave it out.")
