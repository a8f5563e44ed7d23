"""Where the nodes lie: every one apart, what belongs together together, and always the same."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import networkx
import pytest

from map_networks import ID, claim, empty, entity, large, small, vast
from regiograaf.maps import cached_positions, layout, positions, render
from regiograaf.maps.groups import LARGEST, MOST, by_community
from regiograaf.maps.layers import LAYERS, layer_of
from regiograaf.maps.spread import fan

ROOT = Path(__file__).parent.parent


def test_every_node_has_a_place_in_each_layout() -> None:
    network = small()
    assert {name: set(placed) for name, placed in positions(network).items()} == {
        "samenhang": set(network),
        "lagen": set(network),
    }


def test_labels_of_a_small_network_do_not_overlap() -> None:
    network = small()
    placed = positions(network)["samenhang"]
    box = {node: layout._label_box(network.nodes[node]["label"]) for node in network}
    overlapping = [
        (a, b)
        for a, b in combinations(sorted(network), 2)
        if all(abs(placed[a][axis] - placed[b][axis]) < box[a][axis] + box[b][axis] - 2 for axis in (0, 1))
    ]
    assert overlapping == []


def test_nodes_of_a_large_network_lie_apart() -> None:
    for placed in positions(large()).values():
        nearest = min(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in combinations(placed.values(), 2))
        assert nearest > 14


def _joined(*pairs: tuple[str, str]) -> networkx.MultiDiGraph:
    """A network of subjects, of which only the pairs matter."""
    network = empty({})
    for node in sorted({node for pair in pairs for node in pair}):
        network.add_node(ID + node, **entity(node, "Onderwerp", "onderwerp"))
    for i, (source, target) in enumerate(pairs):
        network.add_edge(ID + source, ID + target, key=f"{ID}c{i}", **claim("betreft", "bestaand"))
    return network


def test_large_network_fills_the_panel_evenly() -> None:
    placed = list(positions(large())["samenhang"].values())
    (left, top), (right, bottom) = map(min, zip(*placed, strict=True)), map(max, zip(*placed, strict=True))
    assert 0.85 < (right - left) / (bottom - top) / layout.RATIO < 1.18
    across, down = (right - left) / 4 + 0.1, (bottom - top) / 4 + 0.1
    cells = [(int((x - left) / across), int((y - top) / down)) for x, y in placed]
    shares = [cells.count((i, j)) / len(placed) * 16 for i in range(4) for j in range(4)]
    assert min(shares) > 0.4
    assert max(shares) < 2


def test_small_groups_lie_close_under_the_large_one() -> None:
    big = [(f"a{i}", f"a{(i * 7 + j) % 80}") for i in range(80) for j in (1, 3)]
    loose = [("b0", "b1"), ("b1", "b2"), ("c0", "c1")]
    placed = positions(_joined(*big, *loose))["samenhang"]
    groups = {name: [point for node, point in placed.items() if f"/{name}" in node] for name in "abc"}
    low, high = max(y for _, y in groups["a"]), min(y for _, y in groups["a"])
    for name in "bc":
        assert all(0 < y - low < 0.25 * (low - high) for _, y in groups[name])
        assert all(min(p[0] for p in groups["a"]) <= x <= max(p[0] for p in groups["a"]) for x, _ in groups[name])


@pytest.mark.parametrize("count", [1, 3, 4, 9, 40])
def test_leaves_are_fanned_around_their_hub(count: int) -> None:
    around = fan((0.0, 0.0), [(100.0, 0.0)], [f"l{i}" for i in range(count)], 60.0)
    assert len(around) == count
    if count > 4:
        ring = sorted(math.atan2(y, x) for x, y in around.values() if math.hypot(x, y) < 0.8 * 60)
        steps = [after - before for before, after in pairwise(ring)]
        assert max(steps) - min(steps) < 1e-6
    else:
        assert all(x < 0 for x, _ in around.values())
    assert all(math.dist(a, b) > 0.5 * 60 for a, b in combinations(around.values(), 2))


@pytest.mark.parametrize(
    "pairs",
    [[("a", "b")], [("hub", f"l{i}") for i in range(60)], [("a", "b"), ("b", "c")], [("a", "a")]],
    ids=["pair", "star", "chain", "alone"],
)
def test_odd_shapes_have_places(pairs: list[tuple[str, str]]) -> None:
    placed = positions(_joined(*pairs))["samenhang"].values()
    assert len(set(placed)) == len(placed)
    assert all(math.isfinite(coordinate) for point in placed for coordinate in point)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"family": "overheid"}, "rijk"),
        ({"family": "overheid", "layer": "provincie"}, "provincie"),
        ({"family": "regio"}, "regio"),
        ({"family": "maatschappij"}, "partner"),
        ({"family": "bedrijf", "layer": ""}, "partner"),
        ({"family": "programma"}, "programma"),
        ({"family": "onderwerp"}, "onderwerp"),
    ],
)
def test_layer_is_what_the_network_says_else_that_of_the_family(attributes: dict[str, str], expected: str) -> None:
    assert layer_of(attributes) == expected
    assert expected in LAYERS


def test_layers_stand_under_each_other() -> None:
    network = small()
    placed = positions(network)["lagen"]
    heights: dict[str, set[float]] = {}
    for node, attributes in network.nodes(data=True):
        heights.setdefault(layer_of(attributes), set()).add(placed[node][1])
    order = [heights[key] for key in LAYERS if key in heights]
    assert all(max(above) < min(below) for above, below in pairwise(order))


def test_order_of_adding_does_not_move_a_node() -> None:
    network = large(60, 120)
    turned = empty({})
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert positions(turned) == positions(network)


SCRIPT = """
import hashlib, json
from map_networks import large, vast
from regiograaf.maps import layout, positions
layout.FLAT = 300
for network in (large(160, 300), vast(600, 900)):
    found = positions(network)
    text = json.dumps([found, found.between, found.groups], sort_keys=True)
    print(hashlib.sha256(text.encode()).hexdigest())
"""
OTHER_MACHINES = [
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "2", "OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": "Prescott"},
    {"PYTHONHASHSEED": "3", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX"},
]
"""Other orders of sets, other linear algebra, and processors without the instructions that numpy likes to use."""


def test_coordinates_are_the_same_on_every_machine() -> None:
    def run(machine: dict[str, str]) -> str:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
            "PYTHONWARNINGS": "ignore",
        }
        command = [sys.executable, "-c", SCRIPT]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment | machine)
        return done.stdout

    first, *others = map(run, OTHER_MACHINES)
    assert others == [first, first]


@pytest.fixture(scope="module")
def many() -> Iterator[networkx.MultiDiGraph]:
    """A network that is too large to be shown without groups."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "FLAT", 300)
        yield vast(600, 900)


@pytest.mark.parametrize("name", ["samenhang", "lagen"])
def test_network_of_many_nodes_is_in_groups_that_lie_apart(many: networkx.MultiDiGraph, name: str) -> None:
    found = positions(many)
    groups = found.groups[name]
    assert sorted(node for group in groups for node in group) == sorted(many)
    assert max(map(len, groups)) <= LARGEST
    assert 2 < len(groups) <= MOST
    frames = [_frame([found[name][node] for node in group]) for group in groups]
    overlapping = [
        (a, b) for a, b in combinations(frames, 2) if a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
    ]
    assert overlapping == []


def _frame(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_groups_of_a_layer_are_of_that_layer(many: networkx.MultiDiGraph) -> None:
    for group in positions(many).groups["lagen"]:
        assert len({layer_of(many.nodes[node]) for node in group}) == 1


def _neighbours(*pairs: tuple[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for a, b in pairs:
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found


def _clique(name: str, count: int) -> list[tuple[str, str]]:
    return list(combinations([f"{name}{i:03}" for i in range(count)], 2))


def test_communities_are_groups() -> None:
    """Two rings of friends with one tie between them."""
    neighbours = _neighbours(*_clique("a", 14), *_clique("b", 15), ("a000", "b000"))
    groups = by_community(sorted(neighbours), neighbours)
    assert groups == [[f"b{i:03}" for i in range(15)], [f"a{i:03}" for i in range(14)]]


def test_small_group_joins_the_one_that_it_has_most_ties_with() -> None:
    """Three of c know all of b, and one of them knows one of a."""
    ties = [(f"c{i:03}", f"b{i + 5:03}") for i in range(3)]
    neighbours = _neighbours(*_clique("a", 20), *_clique("b", 20), *_clique("c", 3), *ties, ("c000", "a000"))
    groups = by_community(sorted(neighbours), neighbours)
    assert [sorted({node[0] for node in group}) for group in groups] == [["b", "c"], ["a"]]


def test_what_is_tied_to_nothing_stands_together() -> None:
    pairs = [(f"x{i:03}a", f"x{i:03}b") for i in range(4)]
    neighbours = _neighbours(*_clique("a", 20), *pairs) | {"y": set()}
    groups = by_community(sorted(neighbours), neighbours)
    assert groups == [[f"a{i:03}" for i in range(20)], [*sorted(node for pair in pairs for node in pair), "y"]]


def test_no_group_is_too_large_to_look_at() -> None:
    """A hub with six hundred leaves is one community, which nothing tells apart."""
    neighbours = _neighbours(*(("hub", f"leaf{i:03}") for i in range(600)))
    groups = by_community(sorted(neighbours), neighbours)
    assert [len(group) for group in groups] == [201, 200, 200]


def test_who_joins_others_is_scored_and_subjects_do_not_count() -> None:
    """A path a - b - c - d: b and c each lie on two of the three shortest paths between others, and the subject that
    joins all four changes nothing."""
    network = _joined(("a", "b"), ("b", "c"), ("c", "d"), *((node, "e") for node in "abcd"))
    for node in "abcd":
        network.nodes[ID + node]["family"] = "bedrijf"
    assert positions(network).between == {ID + "a": 0, ID + "b": 1, ID + "c": 1, ID + "d": 0, ID + "e": 0}


def test_scores_of_many_nodes_are_estimated_well(many: networkx.MultiDiGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ten that join most are, but for three, those of the exact scores."""
    estimated = positions(many).between
    monkeypatch.setattr(layout, "FLAT", 10_000)
    exact = positions(many).between
    top = [
        {node for _, node in sorted((-score, node) for node, score in found.items())[:10]}
        for found in (estimated, exact)
    ]
    assert len(top[0] & top[1]) >= 7
    assert estimated != exact


def test_cache_is_written_and_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network, cache = small(), tmp_path / "deep" / "layout"
    computed = cached_positions(network, [cache], cache)
    assert [path.name for path in cache.iterdir()] == [f"{layout.key(network)}.json"]
    monkeypatch.setattr(layout, "positions", lambda network: pytest.fail("computed again"))
    monkeypatch.setattr(layout, "_betweenness", lambda nodes, neighbours: pytest.fail("scored again"))
    found = cached_positions(network, [tmp_path / "none", cache])
    assert (found, found.between) == (computed, computed.between)
    assert render(network, title="x", positions=found) == render(network, title="x", positions=computed)


def test_cache_without_scores_is_passed_over(tmp_path: Path) -> None:
    network = small()
    kept = tmp_path / f"{layout.key(network)}.json"
    cached_positions(network, [], tmp_path)
    content = json.loads(kept.read_text(encoding="utf-8"))
    for between in ({}, None, {ID: 1.0}):
        kept.write_text(json.dumps(content | {"between": between}), encoding="utf-8")
        assert cached_positions(network, [tmp_path]).between == layout.positions(network).between


def test_cache_without_the_groups_that_a_network_needs_is_passed_over(
    many: networkx.MultiDiGraph, tmp_path: Path
) -> None:
    made = cached_positions(many, [], tmp_path)
    (kept,) = tmp_path.iterdir()
    content = json.loads(kept.read_text(encoding="utf-8"))
    assert cached_positions(many, [tmp_path]).groups == made.groups
    for groups in ({}, None, {"samenhang": made.groups["samenhang"][1:], "lagen": made.groups["lagen"]}):
        kept.write_text(json.dumps(content | {"groups": groups}), encoding="utf-8")
        assert cached_positions(many, [tmp_path]).groups == made.groups


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"key": 1, "positions": null}', "\x00"])
def test_broken_cache_is_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / f"{layout.key(small())}.json").write_text(content)
    assert cached_positions(small(), [tmp_path]) == positions(small())


def test_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert cached_positions(small(), [], tmp_path / "file" / "layout") == positions(small())


def test_key_follows_what_moves_nodes_and_nothing_else() -> None:
    network, same, other = small(), small(), small()
    for *_, edge in same.edges(data=True):
        edge["paraphrase"] = "anders"
    other.nodes[ID + "organisatie/rijk"]["label"] = "Het Rijk"
    assert layout.key(network) == layout.key(same) != layout.key(other)
