"""What the reader makes of a text, as `regiograaf read -f json` gives it; all that the measurement knows of it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from regiograaf.reader.draft import Reader
from regiograaf.reader.record import record

__all__ = ["known", "read", "version"]

LETTER = "@"
"""The text itself, in the gold."""


def version() -> str:
    """Which reader is measured: what the command does, in this process."""
    return "read"


@functools.cache
def _reader(root: Path) -> Reader:
    return Reader.of(root)


@functools.cache
def known(root: Path) -> frozenset[str]:
    """The IRIs that are no news to the reader."""
    return frozenset(entity.iri for entity in _reader(root).known.entities)


def read(text: str, name: str, root: Path) -> dict[str, Any]:
    """A text as the reader reads it, with offsets in `text`: `letter`, `mentions` and `claims` as in the command."""
    draft = _reader(root).read(text.encode("utf-8"), f"{name}.txt")
    found = record(draft)
    for claim in found["claims"]:
        for end in ("subject", "object"):
            if claim[end] == draft.iri:
                claim[end] = LETTER
    return found
