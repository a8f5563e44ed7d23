"""Where the nodes lie and how central they are, computed here and never in the browser (300 nodes take it 79 seconds).

"samenhang" puts together what the letters connect; "lagen" puts the layers of government under each other. What is
inferred moves nothing. Both depend on the network only: no seed, no clock, nothing of the order in which nodes were
added, and the same on every machine (`stress` says why).
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regiograaf.maps.groups import FLAT, Groups, by_community, by_layer, ties_among
from regiograaf.maps.layers import layer_of, layers, members, rows, shelves

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]

    from regiograaf.maps.spread import Point
    from regiograaf.maps.stress import Matrix

__all__ = ["LAYOUTS", "VERSION", "Positions", "cached_positions", "key", "positions"]

LAYOUTS = ("samenhang", "lagen")
VERSION = "4"
"""Part of the cache key: raise it with every change that moves a node."""


class Positions(dict[str, dict[str, "Point"]]):
    """Layout name -> node IRI -> (x, y) in pixels at scale 1, y downwards; and what each node is drawn as large as."""

    def __init__(
        self,
        layouts: Mapping[str, dict[str, Point]],
        between: Mapping[str, float],
        groups: Mapping[str, Groups] | None = None,
    ) -> None:
        super().__init__(layouts)
        self.between = dict(between)
        """Node IRI -> share of the highest betweenness, in [0, 1]."""
        self.groups = dict(groups or {})
        """Layout name -> the groups that a page of many nodes opens with; empty for a network that needs none."""


CHARACTER, LINE, WRAP = 6.4, 15.0, 20
DOT, READABLE = 11.0, 90
"""Half of what a node takes without its label; the number of nodes of which all labels are shown."""
FILL, SPARSE, MANY = 0.32, 0.35, 60
"""Share of a picture that its nodes take; what part of it where there are next to none, so that lines are long enough
to be read; the number of nodes from which a picture is full."""
SAMPLE = 200
GROUP = 40.0
"""Room around a group, of which its outline takes half."""
RATIO = 1.0
"""Width to height of the panel that a map is shown in on a laptop."""


def positions(network: nx.MultiDiGraph) -> Positions:
    """Place every node in each layout and score it; coordinates are whole pixels.

    An empty network gives two empty layouts. Above `groups.FLAT` nodes each layout comes with its groups, whose nodes
    lie together.

    Source: `stress.settled`, on paths whose edges are longer as their ends share fewer neighbours.
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
    of_layer = members(network)
    if len(nodes) <= FLAT:
        coherent, groups = _coherent(nodes, neighbours, boxes), {}
        layered = rows(of_layer, neighbours, coherent, RATIO, _kinds(network))
    else:
        communities = by_community(nodes, neighbours)
        in_layer = by_layer(communities, of_layer)
        groups = {"samenhang": communities, "lagen": [group for found in in_layer.values() for group in found]}
        coherent = _islands(communities, neighbours, boxes)
        layered = shelves(in_layer, coherent, RATIO)
    # As hubs the subjects would inflate the score of who speaks of them.
    actors = [node for node in nodes if network.nodes[node]["family"] != "onderwerp"]
    between = dict.fromkeys(nodes, 0.0) | _betweenness(actors, neighbours)
    return Positions({"samenhang": _rounded(coherent), "lagen": _rounded(layered)}, between, groups)


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
        content = {"key": wanted, "between": computed.between, "positions": computed, "groups": computed.groups}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
        with suppress(OSError):
            write_to.mkdir(parents=True, exist_ok=True)
            # By rename, so that nobody reads half a file.
            beside = write_to / f".{wanted}.{os.getpid()}"
            beside.write_text(text + "\n", encoding="utf-8", newline="\n")
            beside.replace(write_to / f"{wanted}.json")
    return computed


def key(network: nx.MultiDiGraph) -> str:
    """SHA-256 of what the layouts depend on: version, nodes with label, layer and kind, layers, pairs."""
    kinds = _kinds(network)
    nodes = [
        [node, str(attributes["label"]), layer_of(attributes), attributes.get("family") == "onderwerp", kinds[node]]
        for node, attributes in sorted(network.nodes(data=True))
    ]
    pairs = sorted(_pairs(network))
    text = json.dumps([VERSION, nodes, list(layers(network)), pairs], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _kinds(network: nx.MultiDiGraph) -> dict[str, str]:
    """The kind of each subject; of other nodes it moves nothing."""
    return {
        node: str(attributes.get("kind_label", "")) if layer_of(attributes) == "onderwerp" else ""
        for node, attributes in network.nodes(data=True)
    }


def _pairs(network: nx.MultiDiGraph) -> set[tuple[str, str]]:
    """The ordered pairs that something other than inference joins."""
    return {(u, v) for u, v, origin in network.edges(data="origin") if origin != "inferred"}


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
        groups = {name: [list(map(str, group)) for group in found] for name, found in content["groups"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    grouped = [{node for group in groups.get(name, ()) for node in group} for name in LAYOUTS]
    complete = set(found) == set(LAYOUTS) and all(set(placed) == nodes for placed in found.values())
    wanted_groups = nodes if len(nodes) > FLAT else set[str]()
    if not complete or set(between) != nodes or any(members != wanted_groups for members in grouped):
        return None
    return Positions(found, between, groups)


def _betweenness(nodes: Sequence[str], neighbours: Mapping[str, set[str]]) -> dict[str, float]:
    """Share of the highest betweenness, in [0, 1], rounded.

    Of more than FLAT nodes it is estimated, from the shortest paths of SAMPLE of them.

    Source: Brandes 2001, doi:10.1080/0022250X.2001.9990249; Brandes and Pich 2007, doi:10.1142/S0218127407018403.
    """
    tied = ties_among(nodes, neighbours)
    if len(nodes) <= FLAT:
        from regiograaf.analysis.shortest import betweenness

        score = dict(zip(tied.nodes, betweenness(tied).tolist(), strict=True))
    else:
        import networkx as nx

        plain = nx.Graph()
        plain.add_nodes_from(tied.nodes)
        plain.add_edges_from((tied.nodes[i], tied.nodes[j]) for i, j in zip(tied.starts, tied.ends, strict=True))
        score = nx.betweenness_centrality(plain, k=SAMPLE, seed=1)
    highest = max(score.values(), default=0) or 1
    return {node: round(found / highest, 3) for node, found in score.items()}


def _rounded(placed: Mapping[str, Point]) -> dict[str, Point]:
    return {node: (round(x), round(y)) for node, (x, y) in sorted(placed.items())}


def _label_box(label: str, share: float = 1.0) -> Point:
    """Half the width and height that a node takes with its label, or with `share` of it."""
    lines = 1 if len(label) <= WRAP else 2
    width = max(len(label) / lines + (lines - 1) * 3, 4) * CHARACTER
    full = min(width, 170) / 2 + 4, (lines * LINE + 22) / 2
    return DOT + (full[0] - DOT) * share, DOT + (full[1] - DOT) * share


def _coherent(nodes: Sequence[str], neighbours: Mapping[str, set[str]], boxes: Mapping[str, Point]) -> dict[str, Point]:
    from regiograaf.maps.spread import pack

    parts = sorted(_components(nodes, neighbours), key=lambda part: (-len(part), part[0]))
    # The shelves of the small parts take some of the height.
    ratio = RATIO * (1.06 if len(parts) > 1 and len(parts[0]) > len(nodes) / 2 else 1.0)
    return pack([_spread(part, neighbours, boxes, ratio) for part in parts], boxes, 2 * DOT, RATIO)


def _components(nodes: Sequence[str], neighbours: Mapping[str, set[str]]) -> list[list[str]]:
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
    part: list[str], neighbours: Mapping[str, set[str]], boxes: Mapping[str, Point], ratio: float
) -> dict[str, Point]:
    """Lay out one connected part: least stress first, then evenly over a rectangle, then room for the labels."""
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    import numpy as np

    from regiograaf.maps.spread import evened, fan, separated
    from regiograaf.maps.stress import beginnings, distances, settled

    # A node with one neighbour says nothing about the shape of the whole: it is fanned around that neighbour.
    core = [node for node in part if len(neighbours[node]) > 1] or part
    leaves = {hub: sorted(neighbours[hub] - set(core)) for hub in core}
    room = np.array([1.0 + len(leaves[hub]) for hub in core])
    half = np.array([boxes[node] for node in part])
    fill = FILL * min(1.0, SPARSE + (1 - SPARSE) * len(boxes) / MANY)
    cell = 4 * math.fsum(half[:, 0] * half[:, 1]) / len(part) / fill
    size = _frame(cell * len(part), ratio)
    place = evened(settled(distances(core, neighbours), beginnings(core)), room) * size
    discs = np.where(room > 1, 0.8 * np.sqrt(room * cell / math.pi), 0.0)
    place = separated(place, np.maximum(np.array([boxes[node] for node in core]), discs[:, None]), rounds=60)
    placed = {node: (float(x), float(y)) for node, (x, y) in zip(core, place, strict=True)}
    for hub in core:
        if leaves[hub]:
            others = [placed[other] for other in sorted(neighbours[hub] & leaves.keys())]
            placed.update(fan(placed[hub], others, leaves[hub], math.sqrt(cell)))
    place = separated(np.array([placed[node] for node in part]), half)
    return {node: (float(x), float(y)) for node, (x, y) in zip(part, place, strict=True)}


def _frame(area: float, ratio: float) -> Matrix:
    import numpy as np

    return np.array([math.sqrt(area * ratio), math.sqrt(area / ratio)])


def _islands(groups: Groups, neighbours: Mapping[str, set[str]], boxes: Mapping[str, Point]) -> dict[str, Point]:
    """Each group laid out by itself; the groups as nodes of their own, nearer as they have more ties for their size."""
    import numpy as np

    from regiograaf.maps.spread import evened, separated
    from regiograaf.maps.stress import beginnings, path_lengths, settled

    within = []
    for group in groups:
        own = set(group)
        within.append(_coherent(group, {node: neighbours[node] & own for node in group}, boxes))
    of = {node: i for i, group in enumerate(groups) for node in group}
    ties = np.zeros((len(groups), len(groups)))
    for node, others in neighbours.items():
        for other in others:
            ties[of[node], of[other]] += 1
    np.fill_diagonal(ties, 0)
    size = np.array([float(len(group)) for group in groups])
    near = ties / np.sqrt(size[:, None] * size[None, :])
    length = np.full_like(ties, np.inf)
    length[ties > 0] = 1 / np.sqrt(near[ties > 0])
    distance = path_lengths(length)
    reached = distance[np.isfinite(distance)]
    distance[~np.isfinite(distance)] = 1.3 * max(float(reached.max()), 1.0)
    corners = [np.array(list(placed.values())) for placed in within]
    half = np.array([(found.max(axis=0) - found.min(axis=0)) / 2 + GROUP for found in corners])
    area = 4 * half[:, 0] * half[:, 1]
    middle = evened(settled(distance, beginnings([group[0] for group in groups])), area)
    middle = separated(middle * _frame(1.1 * math.fsum(area), RATIO), half, rounds=600)
    placed: dict[str, Point] = {}
    for (x, y), island, found in zip(middle, within, corners, strict=True):
        left, top = (found.max(axis=0) + found.min(axis=0)) / 2
        placed.update({node: (x + at[0] - left, y + at[1] - top) for node, at in island.items()})
    return placed
