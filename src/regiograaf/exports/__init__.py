"""A network in the formats of other tools: GraphML, GEXF, Cytoscape JSON, CSV, Parquet, each with all its evidence.

`tables` says once what a node and an edge have; a format only says it in its own way, and reads it back the same.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from regiograaf.errors import ReleaseError, SourceError
from regiograaf.exports.columns import EDGE, NODE, Column
from regiograaf.exports.tables import LICENCE, Tables, tables

__all__ = [
    "EDGE",
    "FORMATS",
    "LICENCE",
    "NODE",
    "Column",
    "Format",
    "Tables",
    "pack",
    "paths",
    "read",
    "tables",
    "write",
]

_BOTH = ("nodes", "edges")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the suffix of its files, the module that knows it, its files, and whether these are text."""

    suffix: str
    module: str
    parts: tuple[str, ...] = ("",)
    text: bool = True


FORMATS: Mapping[str, Format] = {
    "graphml": Format(".graphml", "graphml"),
    "gexf": Format(".gexf", "gexf"),
    "cytoscape": Format(".cyjs", "cytoscape"),
    "csv": Format(".csv", "spreadsheet", _BOTH),
    "parquet": Format(".parquet", "columnar", _BOTH, text=False),
}


def pack(content: Tables, form: str) -> dict[str, bytes]:
    """The files of an export in one of FORMATS: the name of each part ("" for a single one) and its content.

    The same tables give the same bytes; of Parquet with the same version of pyarrow.

    Raises ReleaseError for a format that is not there, or without what it needs.
    """
    packed: dict[str, bytes] = import_module(f"{__name__}.{_format(form).module}").pack(content)
    return packed


def paths(target: Path, form: str) -> dict[str, Path]:
    """Where the parts of an export go: `target` itself, or for two of them NAME-nodes and NAME-edges with the suffix.

    >>> [path.name for path in paths(Path("delen.csv"), "csv").values()]
    ['delen-nodes.csv', 'delen-edges.csv']
    """
    known = _format(form)
    if known.parts == ("",):
        return {"": target}
    name = target.name.removesuffix(known.suffix)
    return {part: target.with_name(f"{name}-{part}{known.suffix}") for part in known.parts}


def write(content: Tables, target: Path, form: str) -> tuple[Path, ...]:
    """Write an export; every file is written beside its place, and moved there when all are whole.

    Raises what `pack` raises, and ReleaseError when a file cannot be written.
    """
    packed, places = pack(content, form), paths(target, form)
    beside: dict[str, str] = {}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for part, place in places.items():
            handle, beside[part] = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
            with os.fdopen(handle, "wb") as file:
                file.write(packed[part])
            os.chmod(beside[part], 0o644)
        for part, place in places.items():
            os.replace(beside[part], place)
            del beside[part]
    except OSError as error:
        raise ReleaseError(f"{target}: {error.strerror}. Choose another place for -o.") from error
    finally:
        for name in beside.values():
            Path(name).unlink(missing_ok=True)
    return tuple(places.values())


def read(target: Path, form: str = "") -> Tables:
    """Read an export back: the same nodes and edges, in the same order. The format follows from the suffix.

    Raises SourceError when a file cannot be read or is no export, ReleaseError for a format that is not there.
    """
    form = form or next((name for name, known in FORMATS.items() if known.suffix == target.suffix), "")
    if not form:
        raise SourceError(f"{target}: no format has this suffix. Use one of: {', '.join(FORMATS)}.")
    module = import_module(f"{__name__}.{_format(form).module}")
    path = target
    try:
        packed = {}
        for part, path in paths(target, form).items():
            packed[part] = path.read_bytes()
        found: Tables = module.unpack(packed)
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}. Name an export as it was named with -o.") from error
    except SourceError as error:
        raise SourceError(f"{target}: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{target}: a value is not what its column holds ({error}). Export it again.") from error
    return found


def _format(form: str) -> Format:
    if form not in FORMATS:
        raise ReleaseError(f'no format "{form}". Use one of: {", ".join(FORMATS)}.')
    return FORMATS[form]
