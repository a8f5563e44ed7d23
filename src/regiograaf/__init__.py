"""regiograaf: what policy letters say about who works with whom, as a graph that can be cited.

>>> from regiograaf import load
>>> dataset = load()                                        # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import Dataset

__all__ = ["__version__", "load"]

__version__ = "0.1.0"


def load(root: str | Path = ".", letters: str | Path | None = None) -> Dataset:
    """The whole graph of a project, built folder or `.nq` file as an `rdflib.Dataset`.

    A query without GRAPH sees the merge of all named graphs. With `letters`, the folder of the letters' texts, the
    graph `citaten` has the quotes.

    Raises SourceError when there is nothing to load or a file is broken.
    """
    from pathlib import Path

    from regiograaf.build import open_store
    from regiograaf.dataset import to_dataset

    return to_dataset(open_store(Path(root), None if letters is None else Path(letters)))
