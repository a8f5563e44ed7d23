"""Programs that are not ours read the exports: graphology (what Gephi Lite is built on), cytoscape.js and igraph."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest

from regiograaf import exports
from regiograaf.exports.columns import LISTS, Column
from regiograaf.projection import details, project
from regiograaf.stores import open_store
from tests.conftest import REPO
from tests.test_exports import DETAILS, NAMES, small

Rows = dict[str, dict[str, Any]]
LISTED = {column.name for column in (*exports.NODE, *exports.EDGE) if column.kind in LISTS}
GRAPHOLOGY = ("gexf", "graphml")
JAVASCRIPT = (*GRAPHOLOGY, "cytoscape")


def hostile() -> exports.Tables:
    places = {node: (number * 10.0, -number * 3.5) for number, node in enumerate(NAMES)}
    return exports.tables(small(), details=DETAILS, positions=places, quotes=True)


def example() -> exports.Tables:
    store = open_store(REPO / "examples")
    return exports.tables(project(store, inferred=True), details=details(store))


def nothing() -> exports.Tables:
    return exports.tables(nx.MultiDiGraph(**small().graph))


CONTENTS = {"example": example, "hostile": hostile, "nothing": nothing}


@pytest.fixture(scope="module")
def contents() -> dict[str, exports.Tables]:
    return {name: made() for name, made in CONTENTS.items()}


@pytest.fixture(scope="module")
def read(contents: dict[str, exports.Tables], tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """What the programs of tests/node find in each network, by its name and the format."""
    node = shutil.which("node")
    assert node, "no node. Install nodejs; tests/run does."
    folder = tmp_path_factory.mktemp("exports")
    files = {
        (name, form): exports.write(content, folder / f"{name}{exports.FORMATS[form].suffix}", form)[0]
        for name, content in contents.items()
        for form in JAVASCRIPT
    }
    listed = "\n".join(map(str, files.values()))
    run = subprocess.run(
        [node, "networks.mjs"], cwd=REPO / "tests" / "node", input=listed, capture_output=True, text=True
    )
    assert run.stderr == ""
    found = json.loads(run.stdout)
    return {key: found[str(file)] for key, file in files.items()}


def expected(rows: tuple[dict[str, Any], ...]) -> Rows:
    """The rows of an export by id, each without what is empty, which XML leaves out."""
    return {row["id"]: filled({name: value for name, value in row.items() if name != "id"}) for row in rows}


def filled(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in row.items() if value not in ("", ())
    }


def told(row: dict[str, Any], columns: Sequence[Column]) -> dict[str, Any]:
    """What another program holds of a node or an edge in our columns, with lists as lists, without what is empty."""
    known = {column.name for column in columns} - {"id"}
    values = {name: value for name, value in row.items() if name in known and value not in ("", [])}
    return values | {
        name: json.loads(text) for name, text in values.items() if name in LISTED and isinstance(text, str)
    }


@pytest.mark.parametrize("form", JAVASCRIPT)
@pytest.mark.parametrize("name", CONTENTS)
def test_graphology_and_cytoscape_find_every_node_and_all_of_every_edge(
    form: str, name: str, contents: dict[str, exports.Tables], read: dict[tuple[str, str], Any]
) -> None:
    content, found = contents[name], read[name, form]
    edges = {key: told(edge, exports.EDGE) for key, edge in found["edges"].items()}
    assert edges == expected(content.edges)
    nodes = {key: told(node, exports.NODE) for key, node in found["nodes"].items()}
    wanted = expected(content.nodes)
    if form == "gexf":  # up is up there
        wanted = {key: row | ({"y": 0.0 - row["y"]} if "y" in row else {}) for key, row in wanted.items()}
    if form == "cytoscape":  # a place is no datum there
        wanted = {key: {n: v for n, v in row.items() if n not in ("x", "y")} for key, row in wanted.items()}
    assert nodes == wanted


def test_the_example_has_every_kind_of_edge_that_these_tests_are_about(contents: dict[str, exports.Tables]) -> None:
    edges = contents["example"].edges
    assert len({row["modality"] for row in edges}) > 5
    assert {row["origin"] for row in edges} == {"claim", "inferred"}
    assert {row["denied"] for row in edges} == {True, False}
    assert all(row["letters"] and len(row["letters"]) == len(row["sections"]) == len(row["anchors"]) for row in edges)


@pytest.mark.parametrize("name", CONTENTS)
def test_graphology_keeps_parallel_claims_apart_by_their_kind(name: str, read: dict[tuple[str, str], Any]) -> None:
    edges = read[name, "gexf"]["edges"].values()
    kinds = {(edge["source"], edge["target"], edge["kind"]) for edge in edges}
    assert len(kinds) == len(edges)
    assert all(edge["modality"] in edge["kind"].split() for edge in edges)


@pytest.mark.parametrize("name", CONTENTS)
def test_igraph_finds_every_node_and_all_of_every_edge(
    name: str, contents: dict[str, exports.Tables], tmp_path: Path
) -> None:
    content = contents[name]
    (file,) = exports.write(content, tmp_path / "n.graphml", "graphml")
    graph = igraph.Graph.Read_GraphML(str(file))
    assert graph.is_directed()
    ids = graph.vs["id"] if len(graph.vs) else []
    nodes = {vertex["id"]: told(vertex.attributes(), exports.NODE) for vertex in graph.vs}
    wanted = {row["id"]: filled(dict(row)) for row in content.nodes}
    assert nodes == {key: {name: value for name, value in row.items() if name != "id"} for key, row in wanted.items()}
    # its edges have no ids of their own, and stand in the order of the file
    ends = [{"source": ids[edge.source], "target": ids[edge.target]} for edge in graph.es]
    edges = [told(edge.attributes() | end, exports.EDGE) for edge, end in zip(graph.es, ends, strict=True)]
    assert edges == list(expected(content.edges).values())
