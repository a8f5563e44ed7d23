"""What the reader makes of a text, in the form of `regiograaf read -f json`; all that the measurement knows of it.

Until that command is there, its rooms are called one after the other.
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["known", "read", "version"]


@functools.cache
def _has_command() -> bool:
    from regiograaf.cli import main

    return "read" in main.commands


def version() -> str:
    """Which reader is measured: the command, or the rooms behind it."""
    return "read" if _has_command() else "rooms"


@functools.cache
def _entities(root: Path) -> tuple[Any, ...]:
    from regiograaf.reader.entities import known as of_graph
    from regiograaf.reader.entities import merge, register
    from regiograaf.stores import open_store

    lists = [of_graph(open_store(root))]
    if (path := root / "data" / "registers" / "organisaties.csv").exists():
        lists.append(register(path))
    return tuple(merge(*lists))


@functools.cache
def known(root: Path) -> frozenset[str]:
    """The IRIs that are no news to the reader."""
    return frozenset(entity.iri for entity in _entities(root))


def read(text: str, name: str, root: Path) -> dict[str, Any]:
    """A text as the reader reads it, with offsets in `text`: `letter`, `mentions` and `claims` as in the command."""
    if not _has_command():
        return _rooms(text, name, root)
    path = root / f"{name}.txt"
    path.write_text(text, encoding="utf-8", newline="")
    command = [sys.executable, "-m", "regiograaf", "-C", str(root), "read", str(path), "-f", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip()}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@functools.cache
def _tools(root: Path) -> tuple[Any, Any]:
    from regiograaf.reader.lexicon import lexicon
    from regiograaf.reader.ruleset import rules

    return lexicon(_entities(root)), rules()


def _rooms(text: str, name: str, root: Path) -> dict[str, Any]:
    from regiograaf.reader.document import Document
    from regiograaf.reader.drafts import drafts
    from regiograaf.reader.mentions import mentions
    from regiograaf.reader.structure import structure

    words, rules = _tools(root)
    lines = structure(Document(name, "plain", "", text, text))
    found = mentions(lines, words)
    named = [
        {"start": one.begin, "end": one.end, "entity": one.entity, "label": one.label, "kind": one.kind}
        for one in found.mentions
    ]
    claims = [
        {
            "subject": one.subject.entity,
            "predicate": one.predicate,
            "object": one.object.entity,
            "modality": str(one.modality),
            "negated": one.negated,
            "start": one.begin,
            "end": one.end,
            "score": one.score,
            "rule": one.rule,
        }
        for one in drafts(lines, found, rules)
    ]
    return {"letter": {}, "mentions": named, "claims": claims}
