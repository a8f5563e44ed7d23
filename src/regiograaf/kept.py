"""Maps, measures and plots, from the caches where they are known: what is slow is done once for the same network."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regiograaf import cache
from regiograaf.errors import SourceError
from regiograaf.places import find_root

if TYPE_CHECKING:
    import networkx as nx

    from regiograaf.maps import Positions
    from regiograaf.report import Measured

__all__ = ["TITLE", "map_figure", "map_page", "measures", "plot", "positions"]

TITLE = "Wie werkt met wie, waaraan, en bestaat het al?"
TITLE_EN = "Who works with whom, on what, and does it exist yet?"


def map_page(network: nx.MultiDiGraph, root: Path, title: str = TITLE, *, inferred: bool = False) -> str:
    """The map page of a network.

    What is inferred is shown from the start with `inferred`, else when the reader asks for it.
    """
    from regiograaf.maps import render

    english = TITLE_EN if title == TITLE else ""
    return render(network, title=title, title_en=english, positions=positions(network, root), inferred=inferred)


def map_figure(network: nx.MultiDiGraph, root: Path, title: str = TITLE, **settings: Any) -> str:
    """The static SVG of a network; `settings` as `maps.figure` has them."""
    from regiograaf.maps import figure

    return figure(network, title=title, positions=positions(network, root), **settings)


def positions(network: nx.MultiDiGraph, root: Path) -> Positions:
    """Where the nodes of a network lie in each layout."""
    from regiograaf.maps import cached_positions

    folders = [folder / "layout" for folder in _caches(root)]
    return cached_positions(network, folders, write_to=folders[-1])


def _caches(root: Path) -> list[Path]:
    """Where computed results are looked for: with the data, then the user's own cache."""
    folders = [cache.folder()]
    with suppress(SourceError):
        folders.insert(0, find_root(root, "data") / "cache")
    return folders


def measures(network: nx.MultiDiGraph, root: Path) -> Measured:
    """The measures of a network, kept by its digest; quotes do not change them."""
    from regiograaf.projection import to_json
    from regiograaf.report.measured import VERSION, from_json, measure
    from regiograaf.report.measured import to_json as written

    content = to_json(network, quotes=False), sorted(network.graph["letters"].items())
    name = f"measures/{_digest(VERSION, *content)}.json"
    for folder in _caches(root):
        kept = cache.get(name, folder)
        if kept is not None:
            with suppress(ValueError, KeyError, TypeError):
                return from_json(kept.decode("utf-8"))
    found = measure(network)
    cache.put(name, written(found).encode("utf-8"))
    return found


def plot(kind: str, *rows: Any, **settings: Any) -> str:
    """A figure of the report, kept by the digest of its rows, so that most builds need no matplotlib."""
    from regiograaf import plots
    from regiograaf.plots.colours import colours

    made_by = (plots.VERSION, metadata.version("matplotlib"), colours())
    name = f"plot/{_digest(made_by, kind, rows, settings)}.svg"
    kept = cache.get(name)
    if kept is not None:
        return kept.decode("utf-8")
    svg = plots.draw(kind, *rows, **settings)
    cache.put(name, svg.encode("utf-8"))
    cache.prune("plot", 100)
    return svg


def _digest(*values: Any) -> str:
    """The SHA-256 of values whose repr says all there is to say of them."""
    return hashlib.sha256(repr(values).encode("utf-8")).hexdigest()
