"""The layers of government under each other: which node stands in which, and rows of nodes or of groups for each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from regiograaf.errors import AnalysisError

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]

    from regiograaf.maps.spread import Point

__all__ = ["LAYERS", "layer_of", "layers", "members", "rows", "shelves"]

LAYERS = {
    "rijk": {"nl": "Rijk en Europa", "en": "State and Europe"},
    "provincie": {"nl": "Provincie", "en": "Province"},
    "programma": {"nl": "Programma’s en afspraken", "en": "Programmes and agreements"},
    "regio": {"nl": "Regio’s en verbanden", "en": "Regions and partnerships"},
    "gemeente": {"nl": "Gemeenten", "en": "Municipalities"},
    "partner": {"nl": "Partners", "en": "Partners"},
    "onderwerp": {"nl": "Onderwerpen", "en": "Subjects"},
}
"""From top to bottom, for a network that declares none of its own."""
_BY_FAMILY = {"overheid": "rijk", "regio": "regio", "programma": "programma", "onderwerp": "onderwerp"}

CELL, ROW, BAND, NARROWEST = 124.0, 74.0, 64.0, 6
DENSE = 0.62
"""Subjects are often more than half of the nodes; what they are called is read after zooming in."""


def layers(network: nx.MultiDiGraph) -> Mapping[str, Mapping[str, str]]:
    """The layers from top to bottom, with their names (nl, en): as the network declares them, else as usual."""
    declared: Mapping[str, Mapping[str, str]] = network.graph.get("layers") or LAYERS
    return declared


def layer_of(attributes: Mapping[str, Any]) -> str:
    """The key of the layer that a node belongs to; of one that names none, the layer of its family.

    >>> layer_of({"family": "bedrijf"})
    'partner'
    """
    return str(attributes.get("layer") or _BY_FAMILY.get(str(attributes.get("family")), "partner"))


def members(network: nx.MultiDiGraph) -> dict[str, list[str]]:
    """The nodes of each layer, sorted; layers from top to bottom, also those without nodes.

    Raises AnalysisError when a node is of a layer that the network does not declare.
    """
    found: dict[str, list[str]] = {layer: [] for layer in layers(network)}
    for node, attributes in sorted(network.nodes(data=True)):
        layer = layer_of(attributes)
        if layer not in found:
            raise AnalysisError(f"{node} is of layer {layer!r}; the network declares: {', '.join(found)}.")
        found[layer].append(node)
    return found


def rows(
    members: Mapping[str, Sequence[str]],
    neighbours: Mapping[str, set[str]],
    coherent: Mapping[str, Point],
    ratio: float,
) -> dict[str, Point]:
    """Rows of nodes per layer, in the order of `members`; each node stands near what it is connected with."""
    bands = {key: sorted(nodes, key=lambda node: (coherent[node][0], node)) for key, nodes in members.items() if nodes}
    if not bands:
        return {}
    per_row = min(range(NARROWEST, 61), key=lambda count: abs(_ratio(bands, count) - ratio))
    width = per_row * CELL
    across = {node: coherent[node][0] for nodes in bands.values() for node in nodes}
    low, high = min(across.values()), max(across.values())
    across = {node: (x - low) / max(high - low, 1.0) for node, x in across.items()}
    for _ in range(8):
        for band in bands.values():
            around = {
                node: math.fsum([across[node], *(across[other] for other in neighbours[node])])
                / (1 + len(neighbours[node]))
                for node in band
            }
            band.sort(key=lambda node: (round(around[node], 6), node))
            across.update({node: (i + 0.5) / len(band) for i, node in enumerate(band)})
    placed: dict[str, Point] = {}
    y = 0.0
    for key, band in bands.items():
        cell, high = _cell(key)
        count = math.ceil(len(band) * cell / width)
        for row in range(count):
            of_row = band[row::count]
            shift = (row % 2 - 0.5) * cell / 2 if count > 1 else 0.0
            for i, node in enumerate(of_row):
                placed[node] = ((i + 0.5) / len(of_row) * width + shift, y)
            y += high
        y += BAND
    return placed


def _cell(layer: str) -> Point:
    dense = DENSE if layer == "onderwerp" else 1.0
    return CELL * dense, ROW * dense


def _ratio(bands: Mapping[str, Sequence[str]], per_row: int) -> float:
    width = per_row * CELL
    high = math.fsum(math.ceil(len(band) * _cell(key)[0] / width) * _cell(key)[1] for key, band in bands.items())
    return width / (high + len(bands) * BAND)


def shelves(
    members: Mapping[str, Sequence[Sequence[str]]], coherent: Mapping[str, Point], ratio: float
) -> dict[str, Point]:
    """Groups of nodes beside each other, on shelves per layer; in each group its nodes in a square of rows."""
    bands = {
        key: sorted(groups, key=lambda group: (round(_middle(group, coherent), 3), group[0]))
        for key, groups in members.items()
        if groups
    }
    cells = math.fsum((_per_row(group) + 2) ** 2 for band in bands.values() for group in band)
    tried = (_on_shelves(bands, math.sqrt(cells * times / 4)) for times in range(4, 12))
    placed, _ = min(tried, key=lambda made: abs(made[1] - ratio))
    side = CELL * DENSE / 2
    return {
        node: ((placed[group[0]][0] + i % _per_row(group)) * side, (placed[group[0]][1] + i // _per_row(group)) * side)
        for band in bands.values()
        for group in band
        for i, node in enumerate(sorted(group, key=lambda node: (coherent[node][1], node)))
    }


def _per_row(group: Sequence[str]) -> int:
    return math.ceil(math.sqrt(len(group)))


def _on_shelves(bands: Mapping[str, Sequence[Sequence[str]]], width: float) -> tuple[dict[str, Point], float]:
    """Where the first node of each group stands, in rows of a group, and the ratio of the whole."""
    placed: dict[str, Point] = {}
    y = 0.0
    for band in bands.values():
        shelves: list[list[Sequence[str]]] = [[]]
        used = 0
        for group in band:
            if shelves[-1] and used + _per_row(group) + 2 > width:
                shelves.append([])
                used = 0
            shelves[-1].append(group)
            used += _per_row(group) + 2
        for shelf in shelves:
            spare = max(width - sum(_per_row(group) + 2 for group in shelf), 0) / len(shelf)
            x = spare / 2 + 1.5
            for group in shelf:
                placed[group[0]] = (x, y)
                x += _per_row(group) + 2 + spare
            y += max(math.ceil(len(group) / _per_row(group)) for group in shelf) + 2
        y += 1
    return placed, width / max(y, 1.0)


def _middle(group: Sequence[str], coherent: Mapping[str, Point]) -> float:
    return math.fsum(coherent[node][0] for node in group) / len(group)
