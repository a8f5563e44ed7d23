"""Cytoscape JSON (.cyjs): what Cytoscape opens and cytoscape.js draws; lists are lists.

Source: the CyJS format of Cytoscape 3, and the element JSON of cytoscape.js.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from regiograaf.errors import SourceError
from regiograaf.exports.cells import completed
from regiograaf.exports.columns import EDGE, LISTS, NODE
from regiograaf.exports.tables import Tables

__all__ = ["pack", "unpack"]

_PLACE = ("x", "y")
_LISTS = {column.name for column in (*NODE, *EDGE) if column.kind in LISTS}


def pack(tables: Tables) -> dict[str, bytes]:
    """The one file of an export; `name` and `interaction` say for Cytoscape what `label` says."""
    nodes = []
    for row in tables.nodes:
        data = {name: value for name, value in row.items() if name not in _PLACE}
        node: dict[str, Any] = {"data": data | {"name": row["label"]}}
        if "x" in row:
            node["position"] = {name: row[name] for name in _PLACE}
        nodes.append(node)
    edges = [{"data": row | {"interaction": row["label"]}} for row in tables.edges]
    about = {"name": tables.about.get("title", ""), **tables.about}
    document = {
        "format_version": "1.0",
        "generated_by": "regiograaf",
        "target_cytoscapejs_version": "~3.0",
        "data": about,
        "elements": {"nodes": nodes, "edges": edges},
    }
    return {"": (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")}


def unpack(parts: Mapping[str, bytes]) -> Tables:
    """What `pack` was given.

    Raises SourceError for anything else.
    """
    try:
        document = json.loads(parts[""])
        elements, about = document["elements"], document["data"]
        nodes = [node["data"] | node.get("position", {}) for node in elements["nodes"]]
        edges = [edge["data"] for edge in elements["edges"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError("no Cytoscape JSON. Read a file that regiograaf export made.") from error
    return Tables(
        tuple(completed(_tuples(node), NODE, tuple(node)) for node in nodes),
        tuple(completed(_tuples(edge), EDGE, tuple(edge)) for edge in edges),
        {name: text for name, text in about.items() if name != "name"},
    )


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if name in _LISTS else value for name, value in data.items()}
