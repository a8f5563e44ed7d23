"""The simple network that measures are taken on, and a network as text."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["collapse", "to_json"]

_TIES = ("claim", "view")
"""Origins of edges that are ties: what letters say, and what a view made out of that."""


def collapse(network: nx.MultiDiGraph, *, modalities: Iterable[str] | None = None) -> nx.Graph:
    """The simple undirected network for measures: one edge for each pair, weighted by its claims.

    `weight` adds up the weights of the claims between the two, which is their number wherever no relation is declared
    to count for less; `claims` is their number; `distance` is 1 / weight, so that more claims are closer together.
    Denied claims, relations of a thing with itself and what is inferred, background or of a query are left out; with
    `modalities`, so are claims of others.

    Source: distance as the inverse of tie strength, Newman 2001, doi:10.1103/PhysRevE.64.016132.
    """
    import networkx as nx

    keep = None if modalities is None else set(modalities)
    weights: dict[tuple[str, str], list[float]] = defaultdict(list)
    for u, v, attributes in network.edges(data=True):
        if u == v or attributes.get("origin", "claim") not in _TIES or attributes["denied"]:
            continue
        if keep is None or attributes["modality"] in keep:
            weights[min(u, v), max(u, v)].append(attributes.get("weight", 1.0))
    simple = nx.Graph()
    simple.graph.update(network.graph)
    for node in sorted(network.nodes):
        simple.add_node(node, **network.nodes[node])
    for (u, v), found in sorted(weights.items()):
        weight = sum(sorted(found))
        simple.add_edge(u, v, weight=weight, claims=len(found), distance=1 / weight)
    return simple


def to_json(network: nx.MultiDiGraph, *, quotes: bool = True) -> str:
    """The network as stable JSON, for keys of caches and for tests; without `quotes`, as where no letter's text is."""
    nodes = {node: dict(network.nodes[node]) for node in sorted(network.nodes)}
    edges = sorted((u, v, key, dict(attributes)) for u, v, key, attributes in network.edges(keys=True, data=True))
    content: Any = {"nodes": nodes, "edges": edges}
    return json.dumps(content if quotes else _unquoted(content), ensure_ascii=False, sort_keys=True)


def _unquoted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: "" if key == "quote" else _unquoted(part) for key, part in value.items()}
    return [_unquoted(part) for part in value] if isinstance(value, list | tuple) else value
