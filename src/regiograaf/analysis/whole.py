"""Numbers about the network as a whole: density in and between layers, reciprocity, assortativity, what it hangs by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import numpy as np

from regiograaf.analysis import kernels
from regiograaf.analysis.cuts import cuts
from regiograaf.analysis.fast import runner
from regiograaf.analysis.measures import FIGURES
from regiograaf.analysis.numbers import cleaned
from regiograaf.analysis.rows import Figure
from regiograaf.analysis.taking import take
from regiograaf.analysis.ties import Said, Ties

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["assortativity", "figures", "reciprocity"]

_ALIKE = {"kind": ("soort", "kind"), "layer": ("laag", "layer"), "region": ("regio", "region")}
"""By what assortativity is taken, with its names."""


def figures(
    network: nx.Graph,
    *,
    view: str = "all",
    weighing: str = "claims",
    modalities: Collection[str] | None = None,
    without_senders: bool = False,
    ranges: bool | None = None,
) -> list[Figure]:
    """What can be said of a network in one number each; FIGURES says what they mean.

    Density of the whole, then within and between the layers that occur, from top to bottom; reciprocity (of networks
    with direction); assortativity by kind, layer and region; into how many pieces it falls; the share of bridges and
    of articulation entities. The options are those of `rank`.

    Raises AnalysisError as `rank`.
    """
    taken = take(
        network,
        view=view,
        weighing=weighing,
        modalities=modalities,
        without_senders=without_senders,
        ranges=ranges,
    )
    layers = network.graph.get("layers", {})
    found: dict[Any, list[float]] = defaultdict(list)
    for part in taken.left_out.values():
        for number in _numbers(part, list(layers)):
            if number.value is not None:
                found[number.key].append(number.value)
    rows = []
    for number in _numbers(taken.said, list(layers)):
        measure = FIGURES[number.name]
        names = [(layers[key]["nl"], layers[key]["en"]) for key in number.about] or [_ALIKE.get(number.by, ("", ""))]
        label, label_en = (" – ".join(dict.fromkeys(words)) for words in zip(*names, strict=True))
        rows.append(
            Figure(
                number.name,
                f"{measure.label}: {label}" if label else measure.label,
                f"{measure.label_en}: {label_en}" if label_en else measure.label_en,
                number.value,
                min(found[number.key], default=None),
                max(found[number.key], default=None),
                number.about,
                number.count,
                number.possible,
                taken.said.between(number.pairs)[0],
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Number:
    name: str
    value: float | None
    pairs: Sequence[tuple[int, int]]
    """The pairs of places in `nodes` that it is about."""
    count: float | None = None
    possible: float | None = None
    about: tuple[str, ...] = ()
    by: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        return self.name, self.about, self.by


def _share(name: str, pairs: Any, possible: int, count: int | None = None, about: tuple[str, ...] = ()) -> _Number:
    number = len(pairs) if count is None else count
    value = cleaned(number / possible) if possible else None
    return _Number(name, value, [(int(u), int(v)) for u, v in pairs], number, possible, about)


def _numbers(said: Said, layers: Sequence[str]) -> Iterator[_Number]:
    from scipy.sparse.csgraph import connected_components

    ties = said.ties()
    size = len(said.nodes)
    once = ties.starts < ties.ends
    pairs = np.stack((ties.starts[once], ties.ends[once]), axis=1)
    every = [(int(u), int(v)) for u, v in pairs]
    yield _share("density", pairs, size * (size - 1) // 2)
    yield from _densities(said, pairs, layers)
    if said.directed:
        arcs = said.arcs()
        back = _mutual(arcs)
        yield _share("reciprocity", np.stack((arcs.starts[back], arcs.ends[back]), axis=1), len(arcs.ends))
    for by in _ALIKE:
        values = [str(said.attributes[node].get(by, "")) for node in said.nodes]
        found = assortativity(ties, values)
        yield _Number("assortativity", None if found is None else cleaned(found), every, by=by)
    count, piece = connected_components(ties.matrix(), directed=False) if size else (0, np.zeros(0, int))
    yield _Number("pieces", float(count), every)
    yield _share("largest-piece", every, size, int(np.bincount(piece, minlength=1).max()))
    parts, bridges, _ = cuts(ties)
    loose = np.flatnonzero(parts)
    yield _share("bridges", bridges, len(pairs))
    at = np.isin(pairs, loose).any(axis=1)
    yield _share("articulation", pairs[at], size, len(loose))


def _densities(said: Said, pairs: Any, layers: Sequence[str]) -> Iterator[_Number]:
    number = {key: place for place, key in enumerate(layers)}
    layer = np.array([number.get(said.attributes[node].get("layer", ""), -1) for node in said.nodes], np.int64)
    of_pairs = np.sort(layer[pairs], axis=1)
    sizes = np.bincount(layer[layer >= 0], minlength=len(layers))
    present = [place for place in range(len(layers)) if sizes[place]]
    for one, other in combinations_with_replacement(present, 2):
        a, b = int(sizes[one]), int(sizes[other])
        possible = a * (a - 1) // 2 if one == other else a * b
        about = (layers[one],) if one == other else (layers[one], layers[other])
        yield _share("density", pairs[(of_pairs == (one, other)).all(axis=1)], possible, about=about)


def _mutual(arcs: Ties) -> Any:
    """For each arc whether one runs the other way."""
    run = runner(len(arcs.ends), 2e4)
    back = run.filled(len(arcs.ends), False)
    run(kernels.returned, run.row(arcs.begin), run.row(arcs.ends), back)
    return np.asarray(back, bool)


def reciprocity(arcs: Ties) -> float | None:
    """The share of directed ties that have one running the other way; None without ties.

    Source: Wasserman and Faust 1994, doi:10.1017/CBO9780511815478.
    """
    return float(_mutual(arcs).mean()) if len(arcs.ends) else None


def assortativity(ties: Ties, values: Sequence[str]) -> float | None:
    """How much more often the ends of a tie have the same value than by chance, each tie counting once.

    (e - c) / (1 - c), with e the share of ties between equals and c what it would be if ends were joined at random.
    None without ties, and where all ends have one value.

    Source: Newman 2003, doi:10.1103/PhysRevE.67.026126.
    """
    number: dict[str, int] = {}
    group = np.array([number.setdefault(value, len(number)) for value in values], np.int64)
    here, there = group[ties.starts], group[ties.ends]
    if not len(here):
        return None
    equal = int(np.count_nonzero(here == there))
    ends = np.bincount(here, minlength=len(number)).tolist()
    total = len(here)
    chance = sum(count * count for count in ends)
    return (equal * total - chance) / (total * total - chance) if chance < total * total else None
