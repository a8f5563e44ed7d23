"""Results that follow from their input alone, kept by the digest of that input.

A cache is never needed: what is not there is computed. The folder is `$XDG_CACHE_HOME/regiograaf`, or what
`REGIOGRAAF_CACHE` names; when it cannot be written, nothing is kept.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["folder", "get", "prune", "put"]


def folder() -> Path:
    """Where cached results live."""
    if named := os.environ.get("REGIOGRAAF_CACHE"):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "regiograaf"


def get(name: str, within: Path | None = None) -> bytes | None:
    """A cached result of the user's cache, or of another folder, or None."""
    try:
        return ((within or folder()) / name).read_bytes()
    except OSError:
        return None


def put(name: str, content: bytes) -> None:
    """Keep a result; written beside and moved into place, so a reader never sees half of it."""
    target = folder() / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(beside, target)
    except OSError:
        return


def prune(part: str, keep: int) -> None:
    """Drop all but the newest results of one part of the cache."""
    try:
        found = sorted((folder() / part).iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[keep:]:
            path.unlink()
    except OSError:
        return
