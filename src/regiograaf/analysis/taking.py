"""What a measure is taken on: a view of the network, weighed, and the same with each letter left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regiograaf.analysis.ties import Said
from regiograaf.errors import AnalysisError
from regiograaf.views import keep, view, weigh

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LETTERS", "Taken", "senders", "take"]

LETTERS = 50
"""Up to how many letters each is left out in turn, unless asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What counts, and per letter (key) what counts when that letter is left out, among those still spoken of."""

    said: Said
    left_out: Mapping[str, Said]


def take(
    network: nx.Graph,
    *,
    view: str = "all",
    weighing: str = "claims",
    modalities: Collection[str] | None = None,
    without_senders: bool = False,
    ranges: bool | None = None,
    nodes: Mapping[str, Mapping[str, Any]] | None = None,
) -> Taken:
    """What counts in a view of a network, among all its nodes, or `nodes` with their attributes.

    Only claims of `modalities` count. `without_senders` leaves out whoever wrote a letter. With `ranges` (None: if
    there are at most LETTERS letters) each letter that says any of it is left out in turn; a single letter is not.

    Raises AnalysisError for a view, weighing or modality that does not exist, or one asked of a collapsed network.
    """
    if not network.is_multigraph():
        if view != "all" or weighing != "claims" or modalities is not None or without_senders:
            raise AnalysisError(
                "a collapsed network has no views, weighings, modalities or senders. Give that of projection.project()."
            )
        return Taken(Said.of(network, nodes=nodes), {})
    made = _made(network, view, weighing, modalities)
    hidden = senders(network) if without_senders else frozenset[str]()

    def counted(part: nx.MultiDiGraph, among: Mapping[str, Mapping[str, Any]]) -> Said:
        return Said.of(part, nodes={node: among[node] for node in among if node not in hidden})

    said = counted(made, made.nodes if nodes is None else nodes)
    letters = sorted(frozenset().union(*said.letters))
    if len(letters) < 2 or ranges is False or (ranges is None and len(letters) > LETTERS):
        return Taken(said, {})
    left_out = {}
    for letter in letters:
        others = [key for key in network.graph["letters"] if key != letter]
        part = _made(network, view, weighing, modalities, others)
        left_out[letter] = counted(part, part.nodes)
    return Taken(said, left_out)


def senders(network: nx.MultiDiGraph) -> frozenset[str]:
    """The IRIs of whoever wrote a letter.

    Raises AnalysisError for a network that knows no letters.
    """
    letters = network.graph.get("letters")
    if not letters:
        raise AnalysisError("the network knows no letters, so no senders. Give the network of projection.project().")
    return frozenset(letter["sender_iri"] for letter in letters.values())


def _made(
    network: nx.MultiDiGraph,
    named: str,
    weighing: str,
    modalities: Collection[str] | None,
    letters: Collection[str] | None = None,
) -> nx.MultiDiGraph:
    if modalities is not None or letters is not None:
        network = keep(network, modalities=modalities, letters=letters)
    if weighing != "claims":
        network = weigh(network, weighing)
    return view(network, named)
