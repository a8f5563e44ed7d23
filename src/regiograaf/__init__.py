"""regiograaf: what policy letters say about who works with whom, as a graph that can be cited.

>>> from regiograaf import load
>>> dataset = load()                                        # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import Dataset

    from regiograaf.claims import Triple
    from regiograaf.explanations import Derivation
    from regiograaf.library import Query as Query
    from regiograaf.notebook import render as render

__all__ = ["Query", "__version__", "explain", "load", "render"]

__version__ = "0.4.0"


def load(root: str | Path = ".", letters: str | Path | None = None) -> Dataset:
    """The whole graph of a project, built folder or `.nq` file as an `rdflib.Dataset`.

    A query without GRAPH sees the merge of all named graphs. With `letters`, the folder of the letters' texts, the
    graph `citaten` has the quotes.

    Raises SourceError when there is nothing to load or a file is broken.
    """
    from pathlib import Path

    from regiograaf.dataset import to_dataset
    from regiograaf.stores import open_store

    return to_dataset(open_store(Path(root), None if letters is None else Path(letters)))


def explain(dataset: Dataset, triple: Triple) -> Derivation:
    """Why a built dataset says a triple: the rule and its premises, each with its own reason, down to the letters.

    The dataset is one of `load`, or any `rdflib.Dataset` with the graphs of a build. A derivation has `rule`,
    `premises`, `axioms`, and for what letters say `said`: claim, letter, section, anchor, quote.

    Raises UnknownTermError when the graph does not say the triple.
    """
    from regiograaf.explanations import explain as derive

    return derive(dataset, triple)


def __getattr__(name: str) -> Any:
    if name == "Query":
        from regiograaf.library import Query

        return Query
    if name == "render":
        from regiograaf.notebook import render

        return render
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
