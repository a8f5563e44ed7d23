"""regiograaf: what policy letters say about who works with whom, as a graph that can be cited.

>>> from regiograaf import load
>>> dataset = load()                                        # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rdflib import Dataset

    from regiograaf.claims import Triple
    from regiograaf.explanations import Derivation
    from regiograaf.library import Query as Query
    from regiograaf.notebook import render as render
    from regiograaf.reader.draft import Draft

__all__ = ["Query", "__version__", "explain", "load", "read", "render"]

__version__ = "0.5.0"


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


def read(
    letter: str | Path, root: str | Path = ".", registers: Sequence[str | Path] = (), min_score: float = 0.4
) -> Draft:
    """Draft the encoding of a raw letter: who and what it names, and what it seems to say.

    The letter is a text, Markdown, HTML, Word, PDF or e-mail file; the names are those of the project at `root` and of
    CSV files of more entities. Claims less likely right than `min_score` are left out; below 0.4 most are wrong. For
    many letters make one `regiograaf.reader.draft.Reader`.

    Raises SourceError when the letter cannot be read, or there is no project.
    """
    from pathlib import Path

    from regiograaf.reader.draft import Reader

    return Reader.of(Path(root), [Path(one) for one in registers], min_score=min_score).read(Path(letter))


def __getattr__(name: str) -> Any:
    if name == "Query":
        from regiograaf.library import Query

        return Query
    if name == "render":
        from regiograaf.notebook import render

        return render
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
