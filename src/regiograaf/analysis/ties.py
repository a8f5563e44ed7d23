"""What counts in a network, and who is tied to whom, as arrays: what every measure here is taken on.

The rule of what counts is that of `projection.collapse`: no denied claims, no relation of a thing with itself, and
neither what is inferred nor what a query made up.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from regiograaf.errors import AnalysisError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Said", "Ties"]

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """A simple weighted network as compressed rows.

    The ties of node i of `nodes` (sorted) go to `ends[begin[i]:begin[i + 1]]` (sorted), with these `weights`. A tie
    without direction stands there from both sides.
    """

    nodes: tuple[str, ...]
    begin: Ints
    ends: Ints
    weights: Floats

    @classmethod
    def of(cls, network: nx.Graph) -> Ties:
        """The ties of a network, without direction."""
        return Said.of(network).ties()

    @classmethod
    def between(cls, nodes: tuple[str, ...], starts: Ints, ends: Ints, weights: Floats) -> Ties:
        """The ties from `starts` to `ends` (places in `nodes`); weights of the same two add up."""
        size = len(nodes)
        keys = starts * size + ends
        order = np.lexsort((weights, keys))
        keys, weights = keys[order], weights[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        summed = np.add.reduceat(weights, first) if len(first) else weights
        keys = keys[first]
        begin = np.searchsorted(keys, np.arange(size + 1) * size)
        return cls(nodes, begin, keys % max(size, 1), summed)

    @property
    def degrees(self) -> Ints:
        return np.diff(self.begin)

    @property
    def starts(self) -> Ints:
        """The start of each tie, beside `ends`."""
        return np.repeat(np.arange(len(self.nodes)), self.degrees)

    def matrix(self, values: Any = None) -> Any:
        """The weights, or other values beside `ends`, as a sparse matrix of scipy."""
        from scipy.sparse import csr_array

        size = len(self.nodes)
        # older versions of scipy walk along small indices only
        ends, begin = self.ends.astype(np.int32), self.begin.astype(np.int32)
        return csr_array((self.weights if values is None else values, ends, begin), shape=(size, size))

    def turned(self) -> Ties:
        """The same ties from end to start."""
        return Ties.between(self.nodes, self.ends, self.starts, self.weights)

    def keep(self, arcs: Any) -> Ties:
        """Only the ties for which `arcs` (beside `ends`) is true; every node stays."""
        return Ties.between(self.nodes, self.starts[arcs], self.ends[arcs], self.weights[arcs])


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """The edges of a network that count, in order of their ends and key.

    `starts` and `ends` are places in `nodes` (sorted); `both` is true where a relation holds both ways. `claims` are
    the IRIs, in order, of the claims behind each edge and `letters` the keys of their letters; there are none of either
    for a network that was collapsed. `attributes` are those of the nodes, as in the network.
    """

    nodes: tuple[str, ...]
    attributes: Mapping[str, Mapping[str, Any]]
    starts: Ints
    ends: Ints
    weights: Floats
    both: Any
    claims: tuple[tuple[str, ...], ...]
    letters: tuple[frozenset[str], ...]
    directed: bool
    _of: dict[int, list[int]] = field(default_factory=dict)
    _kept: dict[str, Ties] = field(default_factory=dict)

    @classmethod
    def of(cls, network: nx.Graph, *, nodes: Mapping[str, Mapping[str, Any]] | None = None) -> Said:
        """What counts in a network; with `nodes` (and their attributes), among these only, and all of them stay.

        Raises AnalysisError for a simple network without weights, or with one that is not above 0.
        """
        attributes = dict(network.nodes(data=True)) if nodes is None else nodes
        known = tuple(sorted(attributes))
        place = {node: number for number, node in enumerate(known)}
        rows = _edges(network, place) if network.is_multigraph() else _ties(network, place)
        rows.sort(key=lambda row: row[:3])
        columns = list(zip(*rows, strict=True)) or [()] * 7
        return cls(
            known,
            attributes,
            np.array(columns[0], np.int64),
            np.array(columns[1], np.int64),
            np.array(columns[3], np.float64),
            np.array(columns[4], bool),
            columns[5],
            columns[6],
            network.is_directed(),
        )

    def ties(self) -> Ties:
        """The ties without direction: each pair that an edge joins."""
        return self._tied("ties", np.ones(len(self.both), bool))

    def arcs(self) -> Ties:
        """The ties from subject to object; what holds both ways stands there from both sides.

        Raises AnalysisError for a network without direction.
        """
        if not self.directed:
            raise AnalysisError("this measure needs who does it to whom. Give the network of projection.project().")
        return self._tied("arcs", self.both)

    def _tied(self, name: str, both: Any) -> Ties:
        """The ties, with those of `both` from both sides; made once."""
        if name not in self._kept:
            starts = np.concatenate((self.starts, self.ends[both]))
            ends = np.concatenate((self.ends, self.starts[both]))
            self._kept[name] = Ties.between(
                self.nodes, starts, ends, np.concatenate((self.weights, self.weights[both]))
            )
        return self._kept[name]

    def about(self, node: str) -> tuple[tuple[str, ...], frozenset[str]]:
        """The claims, in order, behind the edges of a node, and the letters that make them."""
        if not self._of:
            for row, ends in enumerate(zip(self.starts.tolist(), self.ends.tolist(), strict=True)):
                for end in ends:
                    self._of.setdefault(end, []).append(row)
        place = bisect_left(self.nodes, node)
        return self._behind(self._of.get(place, ()))

    def between(self, pairs: Iterable[tuple[int, int]]) -> tuple[tuple[str, ...], frozenset[str]]:
        """The claims, in order, that join these pairs of places in `nodes`, in whichever direction, and the letters."""
        wanted = {frozenset(pair) for pair in pairs}
        ends = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        return self._behind(row for row, pair in enumerate(ends) if frozenset(pair) in wanted)

    def among(self, nodes: Collection[str]) -> tuple[str, ...]:
        """The claims, in order, behind the edges that join two of these nodes."""
        ends = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        inside = {place for place, node in enumerate(self.nodes) if node in nodes}
        return self._behind(row for row, pair in enumerate(ends) if inside.issuperset(pair))[0]

    def _behind(self, rows: Iterable[int]) -> tuple[tuple[str, ...], frozenset[str]]:
        rows = list(rows)
        claims = {claim for row in rows for claim in self.claims[row]}
        return tuple(sorted(claims)), frozenset().union(*(self.letters[row] for row in rows))


_Row = tuple[int, int, str, float, bool, tuple[str, ...], frozenset[str]]
_TIES = ("claim", "view")


def _edges(network: nx.MultiGraph, place: Mapping[str, int]) -> list[_Row]:
    rows: list[_Row] = []
    for u, v, key, edge in network.edges(keys=True, data=True):
        if u == v or edge.get("origin", "claim") not in _TIES or edge["denied"] or u not in place or v not in place:
            continue
        said = _said(edge["derivation"]) if "derivation" in edge else [(key, e["letter"]) for e in edge["evidence"]]
        claims = tuple(sorted({claim for claim, _ in said})) or (key,)
        letters = frozenset(letter for _, letter in said)
        weight, both = float(edge.get("weight", 1)), bool(edge.get("symmetric"))
        rows.append((place[u], place[v], key, weight, both, claims, letters))
    return rows


def _said(step: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The claims and letters that an edge of a view was made out of."""
    own = [(piece["claim"], piece["letter"]) for piece in step["said"]]
    return own + [pair for premise in step["premises"] for pair in _said(premise)]


def _ties(network: nx.Graph, place: Mapping[str, int]) -> list[_Row]:
    rows: list[_Row] = []
    for u, v, edge in network.edges(data=True):
        if "weight" not in edge:
            raise AnalysisError("the network has ties without weight. Take projection.collapse() of it first.")
        if not 0 < edge["weight"] < math.inf:
            raise AnalysisError(f"the tie of {u} with {v} has weight {edge['weight']}. Weights are above 0.")
        if u != v and u in place and v in place:
            rows.append((place[u], place[v], "", float(edge["weight"]), not network.is_directed(), (), frozenset()))
    return rows
