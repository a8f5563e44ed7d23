"""Maps inside a notebook: the whole network, an entity, or the answer to a question, from Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regiograaf.dataset import store_of
from regiograaf.errors import QueryError, ReleaseError
from regiograaf.kept import TITLE, map_page
from regiograaf.selection import Choice, select

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset

__all__ = ["Map", "render"]

_ALLOWED = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"
"""What the page may do in a notebook: never reach the notebook itself (no allow-same-origin)."""


@dataclass(frozen=True, slots=True)
class Map:
    """A map: it shows itself in a notebook, and `write` puts it in a file."""

    network: nx.MultiDiGraph = field(repr=False)
    title: str
    inferred: bool = False
    height: int = 640

    @property
    def html(self) -> str:
        """The page, as `regiograaf map` writes it."""
        return map_page(self.network, Path(), self.title, inferred=self.inferred)

    @property
    def svg(self) -> str:
        """The static figure, as `regiograaf map -o figure.svg` writes it."""
        from regiograaf.maps.figure import figure

        return figure(self.network, title=self.title)

    def write(self, path: str | Path) -> None:
        """Write the page, or the figure when the name of the file ends in .svg.

        Raises ReleaseError when the file cannot be written.
        """
        target = Path(path)
        try:
            target.write_text(self.svg if target.suffix == ".svg" else self.html, encoding="utf-8", newline="\n")
        except OSError as error:
            raise ReleaseError(f"{target}: {error.strerror}. Choose another file.") from error

    def _repr_html_(self) -> str:
        from html import escape

        return (
            f'<iframe title="{escape(self.title)}" sandbox="{_ALLOWED}" srcdoc="{escape(self.html)}" '
            f'style="width: 100%; height: {int(self.height)}px; border: 1px solid #8884"></iframe>'
        )


def render(
    dataset: Dataset | nx.MultiDiGraph,
    query: str | None = None,
    *,
    title: str = "",
    letters: Sequence[str] = (),
    modalities: Sequence[str] = (),
    themes: Sequence[str] = (),
    existing: bool = False,
    view: str = "all",
    inferred: bool = False,
    steps: int = 1,
    height: int = 640,
    root: str | Path = ".",
    **values: str,
) -> Map:
    """A map of a dataset, of a part of it, or of a network of `projection` or `views`.

    `query` is what `regiograaf map` takes: an entity (label, alias, CURIE or IRI), the name of a stored question of
    `root`, or SPARQL; `values` are its parameters by name. `letters` and `modalities` are keys, `view` is one of
    `views.VIEWS`; they are of no use with a network, which is drawn as it is. `height` is in pixels.

    Raises UnknownTermError, QueryError or AnalysisError for what is not there, cannot be asked or leaves nothing to
    draw.

    >>> from regiograaf import load, render
    >>> render(load(), "Chemours")                              # doctest: +SKIP
    """
    if hasattr(dataset, "graph") and hasattr(dataset, "is_multigraph"):
        if query is not None:
            raise QueryError("a network cannot be asked. Give the dataset, or cut the network with regiograaf.views.")
        return Map(dataset, title or TITLE, inferred, height)
    choice = Choice(tuple(letters), tuple(modalities), tuple(themes), existing, view, inferred)
    params = [f"{name.replace('_', '-')}={value}" for name, value in values.items()]
    part = select(Path(root), store_of(dataset), query, params, choice, steps=steps, direct=True)
    return Map(part.network, title or part.title or TITLE, inferred, height)
