"""Where the nodes lie and how central they are, computed here and never in the browser (300 nodes take it 79 seconds).

"samenhang" puts together what the letters connect; "lagen" puts the layers of government under each other. What is
inferred moves nothing. Both depend on the network only: no seed, no clock, nothing of the order in which nodes were
added. Needs numpy, not scipy.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

__all__ = ["LAYERS", "VERSION", "Positions", "cached_positions", "key", "layer", "positions"]

Point = tuple[float, float]


class Positions(dict[str, dict[str, Point]]):
    """Layout name -> node IRI -> (x, y) in pixels at scale 1, y downwards; and what each node is drawn as large as."""

    def __init__(self, layouts: Mapping[str, dict[str, Point]], between: Mapping[str, float]) -> None:
        super().__init__(layouts)
        self.between = dict(between)
        """Node IRI -> share of the highest betweenness, in [0, 1]."""


VERSION = "2"
"""Part of the cache key: raise it with every change that moves a node."""

LAYERS = (
    ("Rijk en Europa", "State and Europe"),
    ("Provincie", "Province"),
    ("Programma’s en afspraken", "Programmes and agreements"),
    ("Regio’s en verbanden", "Regions and partnerships"),
    ("Gemeenten", "Municipalities"),
    ("Partners", "Partners"),
    ("Onderwerpen", "Subjects"),
)
"""The bands of "lagen", from top to bottom: (nl, en)."""

_PROVINCE = re.compile(r"provinci|gedeputeerd|\bgs\b|waterschap|hoogheemraad")
_MUNICIPAL = re.compile(r"gemeente|college|\bb&w\b|\bb en w\b|wethouder|plaats|\bstad\b|\bdorp\b|kern\b")
_BY_FAMILY = {"programma": 2, "regio": 3, "maatschappij": 5, "bedrijf": 5, "onderwerp": 6}

CHARACTER, LINE, WRAP = 6.4, 15.0, 20
DOT, READABLE = 11.0, 90
"""Half of what a node takes without its label; the number of nodes of which all labels are shown."""
FILL, EVEN = 0.32, 0.6
"""Share of a picture that its nodes take; how far they are spread evenly."""
RATIO = 1.0
"""Width to height of the panel that a map is shown in on a laptop."""


def positions(network: nx.MultiDiGraph) -> Positions:
    """Place every node in each layout and score it; coordinates are rounded to one decimal.

    An empty network gives two empty layouts.

    Source: stress majorisation, Gansner, Koren and North 2004, doi:10.1007/978-3-540-31843-9_25; the length of an
    edge grows with the neighbours that its ends do not share, as in neato's subset model.
    """
    nodes = sorted(network)
    neighbours: dict[str, set[str]] = {node: set() for node in nodes}
    for source, target in _pairs(network):
        if source != target:
            neighbours[source].add(target)
            neighbours[target].add(source)
    # A picture of many nodes shows part of the labels, so it may be denser.
    share = min(1.0, READABLE / max(len(nodes), 1))
    boxes = {node: _label_box(str(network.nodes[node]["label"]), share) for node in nodes}
    coherent = _coherent(nodes, neighbours, boxes)
    layered = _layered({node: layer(network.nodes[node]) for node in nodes}, neighbours, coherent)
    return Positions({"samenhang": _rounded(coherent), "lagen": _rounded(layered)}, _betweenness(network))


def cached_positions(network: nx.MultiDiGraph, caches: Sequence[Path], write_to: Path | None = None) -> Positions:
    """Positions from the first of the folders `caches` that knows this network, else computed and put in `write_to`.

    The file of a network is named after its `key` and is JSON with sorted keys. A file that is missing, broken or of
    another network is passed over; a folder that cannot be written costs only the time of the next call.
    """
    wanted = key(network)
    for folder in caches:
        found = _read(folder / f"{wanted}.json", wanted, set(network))
        if found is not None:
            return found
    computed = positions(network)
    if write_to is not None:
        content = {"key": wanted, "between": computed.between, "positions": computed}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
        with suppress(OSError):
            write_to.mkdir(parents=True, exist_ok=True)
            # By rename, so that nobody reads half a file.
            beside = write_to / f".{wanted}.{os.getpid()}"
            beside.write_text(text + "\n", encoding="utf-8", newline="\n")
            beside.replace(write_to / f"{wanted}.json")
    return computed


def key(network: nx.MultiDiGraph) -> str:
    """SHA-256 of what the layouts depend on: their version, the nodes with label, family and kind, the pairs."""
    nodes = [
        [node, *(str(attributes.get(name, "")) for name in ("label", "family", "kind", "kind_label"))]
        for node, attributes in sorted(network.nodes(data=True))
    ]
    pairs = sorted(_pairs(network))
    text = json.dumps([VERSION, nodes, pairs], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _pairs(network: nx.MultiDiGraph) -> set[tuple[str, str]]:
    """The ordered pairs that something other than inference joins."""
    return {(source, target) for source, target, origin in network.edges(data="origin") if origin != "inferred"}


def layer(attributes: Mapping[str, Any]) -> int:
    """The band of "lagen" that a node belongs to, as an index in LAYERS.

    >>> layer({"family": "overheid", "kind": "tooiont:Provincie", "label": "Zuid-Holland"})
    1
    """
    family = attributes.get("family", "")
    words = " ".join(str(attributes.get(name, "")) for name in ("kind", "kind_label", "label")).casefold()
    if family == "overheid":
        return 1 if _PROVINCE.search(words) else 4 if _MUNICIPAL.search(words) else 0
    if family == "regio":
        # A region may be named after its municipalities: only its kind tells.
        kind = f"{attributes.get('kind', '')} {attributes.get('kind_label', '')}".casefold()
        return 4 if _MUNICIPAL.search(kind) else 3
    return _BY_FAMILY.get(str(family), 5)


def _read(path: Path, wanted: str, nodes: set[str]) -> Positions | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["key"] != wanted:
            return None
        found = {
            name: {node: (float(x), float(y)) for node, (x, y) in placed.items()}
            for name, placed in content["positions"].items()
        }
        between = {node: float(score) for node, score in content["between"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    complete = set(found) == {"samenhang", "lagen"} and all(set(placed) == nodes for placed in found.values())
    return Positions(found, between) if complete and set(between) == nodes else None


def _betweenness(network: nx.MultiDiGraph) -> dict[str, float]:
    """Share of the highest betweenness, in [0, 1], in the whole network without its subjects: as hubs they inflate it.

    Source: Brandes 2001, doi:10.1080/0022250X.2001.9990249.
    """
    import networkx as nx

    plain = nx.Graph()
    subjects = {node for node, family in network.nodes(data="family") if family == "onderwerp"}
    plain.add_nodes_from(sorted(set(network) - subjects))
    pairs = {tuple(sorted(pair)) for pair in _pairs(network)}
    plain.add_edges_from(pair for pair in sorted(pairs) if pair[0] != pair[1] and subjects.isdisjoint(pair))
    score = nx.betweenness_centrality(plain)
    highest = max(score.values(), default=0) or 1
    return {node: round(score.get(node, 0) / highest, 3) for node in network}


def _rounded(placed: Mapping[str, Point]) -> dict[str, Point]:
    # Adding 0.0 turns -0.0 into 0.0, which would otherwise differ between machines.
    return {node: (round(x, 1) + 0.0, round(y, 1) + 0.0) for node, (x, y) in sorted(placed.items())}


def _label_box(label: str, share: float = 1.0) -> Point:
    """Half the width and height that a node takes with its label, or with `share` of it."""
    lines = 1 if len(label) <= WRAP else 2
    width = max(len(label) / lines + (lines - 1) * 3, 4) * CHARACTER
    full = min(width, 170) / 2 + 4, (lines * LINE + 22) / 2
    return DOT + (full[0] - DOT) * share, DOT + (full[1] - DOT) * share


def _coherent(nodes: list[str], neighbours: Mapping[str, set[str]], boxes: Mapping[str, Point]) -> dict[str, Point]:
    groups = sorted(_components(nodes, neighbours), key=lambda group: (-len(group), group[0]))
    # The shelves of the small groups take some of the height.
    ratio = RATIO * (1.06 if len(groups) > 1 and len(groups[0]) > len(nodes) / 2 else 1.0)
    return _pack([_spread(group, neighbours, boxes, ratio) for group in groups], boxes)


def _components(nodes: list[str], neighbours: Mapping[str, set[str]]) -> list[list[str]]:
    seen: set[str] = set()
    components = []
    for start in nodes:
        if start in seen:
            continue
        seen.add(start)
        reached = [start]
        for node in reached:
            fresh = sorted(neighbours[node] - seen)
            seen.update(fresh)
            reached.extend(fresh)
        components.append(sorted(reached))
    return components


def _spread(
    group: list[str], neighbours: Mapping[str, set[str]], boxes: Mapping[str, Point], ratio: float
) -> dict[str, Point]:
    """Lay out one connected group: least stress first, then evenly over a rectangle, then room for the labels."""
    if len(group) == 1:
        return {group[0]: (0.0, 0.0)}
    import numpy as np

    # A node with one neighbour says nothing about the shape of the whole: it is fanned around that neighbour.
    core = [node for node in group if len(neighbours[node]) > 1] or group
    leaves = {hub: sorted(neighbours[hub] - set(core)) for hub in core}
    room = np.array([1.0 + len(leaves[hub]) for hub in core])
    half = np.array([boxes[node] for node in group])
    cell = float(4 * (half[:, 0] * half[:, 1]).mean()) / FILL
    area = cell * len(group)
    size = np.array([math.sqrt(area * ratio), math.sqrt(area / ratio)])
    place = _evened(_stress(_distances(core, neighbours)), room) * size if len(core) > 1 else np.zeros((1, 2))
    discs = np.where(room > 1, 0.8 * np.sqrt(room * cell / math.pi), 0.0)
    place = _separated(place, np.maximum(np.array([boxes[node] for node in core]), discs[:, None]), rounds=60)
    placed = {node: (float(x), float(y)) for node, (x, y) in zip(core, place, strict=True)}
    for hub in core:
        if leaves[hub]:
            others = [placed[other] for other in sorted(neighbours[hub] & leaves.keys())]
            placed.update(_fan(placed[hub], others, leaves[hub], math.sqrt(cell)))
    place = _separated(np.array([placed[node] for node in group]), half)
    return {node: (float(x), float(y)) for node, (x, y) in zip(group, place, strict=True)}


def _evened(place: Matrix, room: Matrix) -> Matrix:
    """The same picture with the nodes evenly over the unit square, each with its share of the room.

    Halving by room, left from right or top from bottom in turn, keeps who is beside whom and fills the corners; part
    of the plain rank keeps it from looking like a grid.
    """
    import numpy as np

    def half(members: NDArray[np.int64], corner: Matrix, extent: Matrix) -> None:
        if len(members) == 1:
            evened[members[0]] = corner + extent / 2
            return
        axis = 0 if extent[0] >= extent[1] else 1
        ordered = members[place[members, axis].round(6).argsort(kind="stable")]
        upto = room[ordered].cumsum()
        middle = min(max(int(np.searchsorted(upto, upto[-1] / 2)), 1), len(ordered) - 1)
        share = upto[middle - 1] / upto[-1]
        first, second, shift = extent.copy(), extent.copy(), np.zeros(2)
        first[axis] *= share
        second[axis] *= 1 - share
        shift[axis] = first[axis]
        half(ordered[:middle], corner, first)
        half(ordered[middle:], corner + shift, second)

    evened = np.zeros_like(place)
    half(np.arange(len(place)), np.zeros(2), np.ones(2))
    order = place.round(6).argsort(axis=0, kind="stable")
    rank = np.zeros_like(place)
    for axis in (0, 1):
        along = room[order[:, axis]].cumsum()
        rank[order[:, axis], axis] = (along - room[order[:, axis]] / 2) / along[-1]
    blended: Matrix = EVEN * evened + (1 - EVEN) * rank
    return blended


def _fan(hub: Point, others: Sequence[Point], leaves: Sequence[str], step: float) -> dict[str, Point]:
    """Leaves around their hub: a few in the widest gap between its other lines, more of them in full rings."""
    angles = sorted(math.atan2(y - hub[1], x - hub[0]) for x, y in others)
    beside = zip(angles, [*angles[1:], *(angle + math.tau for angle in angles[:1])], strict=True)
    gap, begin = max(((round(after - before, 6), before) for before, after in beside), default=(math.tau, 0.0))
    placed, radius, rest = {}, 0.7 * step, list(leaves)
    while rest:
        holds = max(int(math.tau * radius / (0.6 * step)), 1)
        ring, rest = rest[:holds], rest[holds:]
        full = len(ring) > 4 or len(leaves) > holds
        turn = math.tau / len(ring) if full else min(gap / (len(ring) + 1), 0.9)
        for i, leaf in enumerate(ring):
            angle = begin + gap / 2 + (i - (len(ring) - 1) / 2) * turn
            placed[leaf] = (hub[0] + radius * math.cos(angle), hub[1] + radius * math.sin(angle))
        radius += 0.6 * step
    return placed


def _distances(group: list[str], neighbours: Mapping[str, set[str]]) -> Matrix:
    import numpy as np

    at = {node: i for i, node in enumerate(group)}
    distance = np.full((len(group), len(group)), np.inf)
    np.fill_diagonal(distance, 0.0)
    for node in group:
        for other in sorted(neighbours[node] & at.keys()):
            unshared = len(neighbours[node] ^ neighbours[other])
            distance[at[node], at[other]] = math.sqrt(max(unshared, 1))
    for via in range(len(group)):
        np.minimum(distance, distance[:, via, None] + distance[None, via, :], out=distance)
    # Leaves of one hub are alike; a hair of difference makes the outcome the same on every machine.
    hair = np.modf(np.arange(len(group)) * 0.6180339887)[0] * 0.02
    different: Matrix = distance * (1 + hair[:, None] + hair[None, :])
    return different


def _stress(distance: Matrix, rounds: int = 80) -> Matrix:
    import numpy as np

    count = len(distance)
    squared = distance**2
    inner = -(squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()) / 2
    values, vectors = np.linalg.eigh((inner + inner.T) / 2)
    vectors = vectors[:, -2:][:, ::-1] if count > 2 else np.column_stack([vectors[:, -1], np.zeros(count)])
    vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), [0, 1]])
    place: Matrix = vectors * np.sqrt(np.maximum(values[::-1][:2], 1e-9))

    weight = np.zeros_like(distance)
    apart = distance > 0
    weight[apart] = distance[apart] ** -2.0
    # The pseudo-inverse of the Laplacian of a connected graph, without the cost of a decomposition.
    inverse = np.linalg.inv(np.diag(weight.sum(axis=1)) - weight + 1 / count) - 1 / count
    pulling = -weight * distance
    for _ in range(rounds):
        actual = np.hypot(place[:, None, 0] - place[None, :, 0], place[:, None, 1] - place[None, :, 1])
        pull = pulling / np.maximum(actual, 1e-9)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        place = inverse @ (pull @ place)
    return place


def _separated(place: Matrix, half: Matrix, rounds: int = 250) -> Matrix:
    """Push label boxes apart along the axis of least overlap."""
    import numpy as np

    x, y = place[:, 0].copy(), place[:, 1].copy()
    wide, high = half[:, 0, None] + half[None, :, 0], half[:, 1, None] + half[None, :, 1]
    order = np.where(np.tri(len(place), k=-1) > 0, 1.0, -1.0)
    for _ in range(rounds):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        over_x, over_y = wide - np.abs(dx), high - np.abs(dy)
        touching = (over_x > 1) & (over_y > 1)
        np.fill_diagonal(touching, False)
        if not touching.any():
            break
        sideways = over_x <= over_y
        push_x = np.where(touching & sideways, over_x, 0.0) * np.where(dx == 0, order, np.sign(dx))
        push_y = np.where(touching & ~sideways, over_y, 0.0) * np.where(dy == 0, order, np.sign(dy))
        x += np.clip(0.3 * push_x.sum(axis=1), -40, 40)
        y += np.clip(0.3 * push_y.sum(axis=1), -40, 40)
    return np.column_stack([x, y])


def _pack(blocks: list[dict[str, Point]], boxes: Mapping[str, Point]) -> dict[str, Point]:
    """Put the largest block on top and the others, spread out, on shelves right under it."""
    placed: dict[str, Point] = {}
    shelves: list[list[tuple[dict[str, Point], float, float, float, float]]] = []
    gap, used, width = 2 * DOT, 0.0, 0.0
    for block in blocks:
        left = min(point[0] - boxes[node][0] for node, point in block.items())
        right = max(point[0] + boxes[node][0] for node, point in block.items())
        top = min(point[1] - boxes[node][1] for node, point in block.items())
        bottom = max(point[1] + boxes[node][1] for node, point in block.items())
        if not width:
            loose = sum(4 * boxes[node][0] * boxes[node][1] for other in blocks for node in other)
            width = max(right - left, math.sqrt(loose * 2 * RATIO))
        if not shelves or used + right - left > width:
            shelves.append([])
            used = 0.0
        shelves[-1].append((block, left, top, right - left, bottom - top))
        used += right - left + gap
    y = 0.0
    for shelf in shelves:
        spare = (width - sum(wide for *_, wide, _ in shelf)) / (len(shelf) + 1)
        x = spare
        for block, left, top, wide, _ in shelf:
            for node, point in block.items():
                placed[node] = (x + point[0] - left, y + point[1] - top)
            x += wide + spare
        y += max(high for *_, high in shelf) + gap
    return placed


CELL, ROW, BAND, NARROWEST = 124.0, 74.0, 64.0, 6
DENSE = 0.62
"""Subjects are often more than half of the nodes; what they are called is read after zooming in."""


def _layered(
    layers: Mapping[str, int], neighbours: Mapping[str, set[str]], coherent: Mapping[str, Point]
) -> dict[str, Point]:
    """Rows of nodes per layer; within a layer every node stands near what it is connected with."""
    bands: dict[int, list[str]] = {}
    for node in sorted(layers, key=lambda node: (coherent[node][0], node)):
        bands.setdefault(layers[node], []).append(node)
    if not bands:
        return {}
    per_row = min(range(NARROWEST, 61), key=lambda count: abs(_ratio(bands, count) - RATIO))
    width = per_row * CELL
    across = {node: coherent[node][0] for node in layers}
    low, high = min(across.values()), max(across.values())
    across = {node: (x - low) / max(high - low, 1.0) for node, x in across.items()}
    for _ in range(8):
        for band in sorted(bands):
            around = {
                node: (across[node] + sum(across[other] for other in sorted(neighbours[node])))
                / (1 + len(neighbours[node]))
                for node in bands[band]
            }
            bands[band].sort(key=lambda node: (round(around[node], 6), node))
            across.update({node: (i + 0.5) / len(bands[band]) for i, node in enumerate(bands[band])})
    placed: dict[str, Point] = {}
    y = 0.0
    for band in sorted(bands):
        cell, high = _cell(band)
        rows = math.ceil(len(bands[band]) * cell / width)
        for row in range(rows):
            members = bands[band][row::rows]
            shift = (row % 2 - 0.5) * cell / 2 if rows > 1 else 0.0
            for i, node in enumerate(members):
                placed[node] = ((i + 0.5) / len(members) * width + shift, y)
            y += high
        y += BAND
    return placed


def _cell(band: int) -> Point:
    dense = DENSE if band == _BY_FAMILY["onderwerp"] else 1.0
    return CELL * dense, ROW * dense


def _ratio(bands: Mapping[int, list[str]], per_row: int) -> float:
    width = per_row * CELL
    high = sum(math.ceil(len(band) * _cell(i)[0] / width) * _cell(i)[1] for i, band in bands.items())
    return width / (high + len(bands) * BAND)
