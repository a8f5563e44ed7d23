"""From the dataset to a network: one edge for each claim, with its modality and evidence; what follows, with why.

The only bridge between the RDF half and the network half. Which relations become edges and how heavily they count, how
modalities are drawn, which family and which layer of government a class belongs to is declared in
`ontology/projections.ttl`, and so is what gets lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from regiograaf.projection.claims import Relations, claim_edges
from regiograaf.projection.details import details
from regiograaf.projection.frame import frame
from regiograaf.projection.inferred import inferred_edges
from regiograaf.projection.nodes import nodes
from regiograaf.projection.query import NO_MODALITY, NONE, query_edges
from regiograaf.projection.reading import labels
from regiograaf.projection.simple import collapse, to_json

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["collapse", "details", "project", "to_json"]


def project(
    store: ox.Store,
    *,
    letters: Sequence[str] | None = None,
    inferred: bool = False,
    themes: bool = False,
    triples: Iterable[tuple[str, str, str]] = (),
) -> nx.MultiDiGraph:
    """Project the claims of a dataset onto a directed network with parallel edges.

    Nodes are the entities that a claim's relation joins, keyed by IRI; edges are keyed by the claim's IRI. `letters`
    keeps only claims with evidence in these letters (keys). With `inferred`, relations that follow from these claims
    are edges too, of origin "inferred", with their derivation; they bring no nodes. With `themes`, what claims call
    the subject of something is an edge to that theme. Each of `triples` (IRIs) that no edge says becomes an edge of
    origin "query". Nodes and edges come in the order of their IRIs. docs/network.md lists their attributes.
    """
    import networkx as nx

    known = labels(store)
    network = nx.MultiDiGraph()
    network.graph.update(frame(store, known))
    relations = Relations.read(store, known)
    edges = claim_edges(store, relations, letters, themes=themes)
    if inferred:
        edges |= inferred_edges(store, relations, letters, {end for u, v, _ in edges for end in (u, v)})
    asked = query_edges(relations, triples, edges)
    if asked:
        network.graph["modalities"] = {**network.graph["modalities"], NO_MODALITY: NONE}
        edges |= asked
    for node, attributes in nodes(store, known, sorted({end for u, v, _ in edges for end in (u, v)})):
        network.add_node(node, **attributes)
    for (u, v, key), attributes in sorted(edges.items()):
        network.add_edge(u, v, key=key, **attributes)
    return network
