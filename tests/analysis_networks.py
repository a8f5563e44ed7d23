"""Networks whose measures can be worked out by hand, and networks drawn by lot."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx

LAYERS = {key: {"nl": key, "en": key} for key in ("rijk", "provincie", "programma", "regio", "gemeente", "onderwerp")}
MODALITIES = {key: {"nl": key, "en": key, "style": "solid"} for key in ("bestaand", "voorgenomen", "gewenst")}


def ties(*pairs: str, weights: dict[str, float] | None = None, also: str = "") -> nx.Graph:
    """A simple network: "ab" ties a to b, by one claim if `weights` does not say otherwise; `also` has no ties."""
    graph = nx.Graph()
    graph.add_nodes_from(also)
    for pair in pairs:
        weight = (weights or {}).get(pair, 1)
        graph.add_edge(*pair, weight=weight, distance=1 / weight)
    return graph


def claims(*said: str, symmetric: bool = False, **nodes: dict[str, Any]) -> nx.MultiDiGraph:
    """A network of claims: "a b x y" is a claim that joins a to b, in the letters x and y; "!" before it denies it.

    A modality other than bestaand stands after a slash: "a b x/gewenst". Nodes have attributes where they are given.
    """
    network = nx.MultiDiGraph(modalities=MODALITIES, layers=LAYERS, themes={})
    letters: set[str] = set()
    for number, row in enumerate(said):
        row, _, modality = row.partition("/")
        u, v, *found = row.removeprefix("!").split()
        letters |= set(found)
        network.add_edge(
            u,
            v,
            key=f"claim{number}",
            origin="claim",
            modality=modality or "bestaand",
            denied=row.startswith("!"),
            symmetric=symmetric,
            weight=1.0,
            evidence=tuple({"letter": letter} for letter in found),
        )
    network.graph["letters"] = {
        letter: {"iri": letter, "sender": letter.upper(), "sender_iri": letter.upper()} for letter in sorted(letters)
    }
    for node in network:
        plain = {
            "label": f"label {node}",
            "kind": "k",
            "kind_label": "soort",
            "region": "",
            "layer": "",
            "actor": False,
        }
        network.nodes[node].update(plain | nodes.get(node, {}))
    return network


def drawn(seed: int, nodes: int = 40, pairs: int = 70) -> nx.Graph:
    """A simple network drawn by lot: weights from 1 to 4, some nodes without ties, mostly in several pieces."""
    draw = random.Random(seed)
    graph = nx.Graph()
    names = [f"n{number:03}" for number in range(nodes)]
    for name in names:
        graph.add_node(name, kind=draw.choice("pqr"), region=draw.choice(["x", "y", "z", ""]))
    for _ in range(pairs):
        u, v = draw.sample(names[: nodes - 5], 2)
        weight = draw.randint(1, 4)
        graph.add_edge(u, v, weight=weight, distance=1 / weight)
    return graph


def spoken(seed: int, order: int = 0) -> nx.MultiDiGraph:
    """A network of claims drawn by lot from `seed`, its nodes and edges put in in an order drawn from `order`."""
    draw = random.Random(seed)
    rows = []
    for number in range(90):
        u, v = draw.sample(range(30), 2)
        letters = draw.sample("vwxyz", draw.randint(1, 2))
        rows.append((f"e{u:02}", f"e{v:02}", f"claim{number:02}", letters, draw.choice(list(MODALITIES))))
    nodes = {}
    for number in range(30):
        layer = draw.choice(list(LAYERS))
        nodes[f"e{number:02}"] = {
            "label": f"L{number}",
            "label_en": f"L{number}",
            "kind": draw.choice("pqr"),
            "kind_label": "soort",
            "layer": layer,
            "region": draw.choice(["x", "y", ""]),
            "actor": layer not in ("programma", "onderwerp"),
            "family": "programma" if layer == "programma" else "overheid",
        }
    shuffled = random.Random(order)
    names = list(nodes)
    shuffled.shuffle(names)
    shuffled.shuffle(rows)
    network = nx.MultiDiGraph(modalities=MODALITIES, layers=LAYERS, themes={}, regions={})
    network.graph["letters"] = {
        letter: {"iri": letter, "sender": letter, "sender_iri": f"e0{place}", "region": ""}
        for place, letter in enumerate("vwxyz")
    }
    network.add_nodes_from((name, nodes[name]) for name in names)
    for u, v, key, letters, modality in rows:
        network.add_edge(
            u,
            v,
            key=key,
            origin="claim",
            relation="r",
            relation_en="r",
            predicate="rg:r",
            modality=modality,
            denied=False,
            symmetric=False,
            weight=1.0,
            themes=(),
            paraphrase="",
            speaker_iri="",
            evidence=tuple({"letter": letter} for letter in letters),
        )
    return network
