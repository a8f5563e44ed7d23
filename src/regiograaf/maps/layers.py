"""The layers of government under each other: which node stands in which, and rows of nodes or of groups for each."""

from __future__ import annotations

import math
from collections import Counter
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

CELL, DENSE, NARROWEST = 124.0, 0.62, 6
"""What a name takes across, what part of it a node of a shelf takes, and the names of the narrowest picture."""
BAND, GROWTH, SUBJECTS = 120.0, 28.0, 0.75
"""The height of a band: what the least one has, what is added for the root of its nodes, and what part of that for
subjects, of which the names are read after zooming in."""
HEAD, FOOT = 70.0, 46.0
"""Room for the name of a band above its first row, and below its last one (script/bands.js draws by it)."""
SLANT = 1.7
"""How much farther apart the nodes of a row are than the rows."""
MANY, SHARE = 60, 12
"""From how many subjects they stand by kind, and which part of them a kind is at least that stands by itself
(script/bands.js names them)."""
HEADING, GAP = 60.0, 180.0
"""Room for the name of a kind, and between two kinds."""


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
    kinds: Mapping[str, str],
) -> dict[str, Point]:
    """Bands of nodes, in the order of `members`; each node stands near what it is connected with.

    A band is as high as the root of its number of nodes asks, so that a small one has room for names and a large one
    leaves some. Many subjects stand by kind (`kinds`: node -> its kind), the most connected of each kind first.
    """
    bands = {key: sorted(nodes, key=lambda node: (coherent[node][0], node)) for key, nodes in members.items() if nodes}
    if not bands:
        return {}
    heights = {key: _height(key, len(band)) for key, band in bands.items()}
    width = max(NARROWEST * CELL, ratio * math.fsum(heights.values()))
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
    top = 0.0
    for key, band in bands.items():
        room = heights[key] - HEAD - FOOT
        if key == "onderwerp" and len(band) > MANY:
            found = _by_kind(_kinds(band, kinds, neighbours), width, room)
        else:
            found = _in_rows(band, width, heights[key], room)
        placed.update({node: (x, top + HEAD + y) for node, (x, y) in found.items()})
        top += heights[key]
    return placed


def _height(layer: str, count: int) -> float:
    return BAND + GROWTH * math.sqrt(count) * (SUBJECTS if layer == "onderwerp" else 1.0)


def _in_rows(band: Sequence[str], width: float, height: float, room: float) -> dict[str, Point]:
    count = max(1, round(math.sqrt(len(band) * height / width * SLANT)))
    step = room / max(count - 1, 1)
    placed = {}
    for row in range(count):
        of_row = band[row::count]
        cell = width / len(of_row)
        shift = (row % 2 - 0.5) * cell / 2 if count > 1 else 0.0
        placed.update({node: ((i + 0.5) * cell + shift, row * step) for i, node in enumerate(of_row)})
    return placed


def _kinds(band: Sequence[str], kinds: Mapping[str, str], neighbours: Mapping[str, set[str]]) -> list[list[str]]:
    """The nodes of each kind, the largest kind first and what is left together at the end; the most connected of each
    first, the others in the order of the band."""
    count = Counter(kinds[node] for node in band)
    own = sorted((kind for kind in count if SHARE * count[kind] >= len(band)), key=lambda kind: (-count[kind], kind))
    found = [[node for node in band if kinds[node] == kind] for kind in own]
    rest = [node for node in band if kinds[node] not in own]
    for group in (*found, rest):
        if group:
            first = max(group, key=lambda node: (len(neighbours[node]), node))
            group.remove(first)
            group.insert(0, first)
    return [*found, rest] if rest else found


def _by_kind(groups: Sequence[Sequence[str]], width: float, room: float) -> dict[str, Point]:
    """Groups beside each other: the first node of each, with room for its name, above the others in columns."""
    gap = min(GAP, width / (2 * len(groups)))
    free = width - gap * (len(groups) - 1)
    room -= HEADING

    def columns(rows: int) -> list[int]:
        return [max(1, math.ceil((len(group) - 1) / rows)) for group in groups]

    most = max(map(len, groups))
    rows = next((rows for rows in range(1, most) if sum(columns(rows)) * room / rows <= free * SLANT), most)
    side, step = free / sum(columns(rows)), room / rows
    placed: dict[str, Point] = {}
    left = 0.0
    for group, count in zip(groups, columns(rows), strict=True):
        placed[group[0]] = (left, HEADING)
        for i, node in enumerate(group[1:]):
            placed[node] = (left + i // rows * side, HEADING + (1 + i % rows) * step)
        left += count * side + gap
    return placed


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
