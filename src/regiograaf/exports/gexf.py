"""GEXF 1.3, as Gephi opens it: one edge for each claim, with its dates where it has any; lists are JSON arrays.

Gephi merges edges of one kind between the same two nodes, so the kind of an edge is its relation and modality, and a
number where there are several: no claim swallows another, and none that is only intended one that exists.

Source: gexf.net, schema 1.3.
"""

# The writer of networkx puts the date of today into the file, and knows no kinds.

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from regiograaf.exports.cells import completed, parsed
from regiograaf.exports.columns import EDGE, LISTS, NODE, Column, Row, present
from regiograaf.exports.markup import escape, quoteattr, root_of, said
from regiograaf.exports.tables import Tables
from regiograaf.prefixes import shrink

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["pack", "unpack"]

_SPACE, _VIZ = "http://gexf.net/1.3", "http://gexf.net/1.3/viz"
_TYPES = {"text": "string", "flag": "boolean", "number": "double"} | dict.fromkeys(LISTS, "string")
_NODE, _EDGE = ("id", "label", "x", "y"), ("id", "source", "target", "label", "weight")
_SHAPES = {"solid": "solid", "thick": "solid", "dash": "dashed", "dashdot": "dashed", "dot": "dotted"}
"""The shapes of GEXF for the line styles of `ontology/projections.ttl`; for one that is new there, dotted."""


def pack(tables: Tables) -> dict[str, bytes]:
    """The one file of an export."""
    nodes, edges = present(tables.nodes, NODE), present(tables.edges, EDGE)
    time = ' mode="static"'
    if any(_span(row) for row in tables.edges):
        time = ' mode="dynamic" timeformat="date" timerepresentation="interval"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gexf xmlns="{_SPACE}" xmlns:viz="{_VIZ}" version="1.3">',
        f"<meta><creator>regiograaf</creator><description>{escape(_described(tables.about))}</description></meta>",
        f'<graph defaultedgetype="directed"{time}>',
        *_attributes("node", nodes, _NODE),
        *_attributes("edge", edges, _EDGE),
        f'<nodes count="{len(tables.nodes)}">',
    ]
    for row in tables.nodes:
        # Up is up in Gephi, down on a map.
        place = f'<viz:position x="{row["x"]!r}" y="{0.0 - row["y"]!r}" z="0.0"/>' if "x" in row else ""
        named = f"id={quoteattr(row['id'])} label={quoteattr(row['label'])}"
        lines.append(f"<node {named}>{_values(row, nodes, _NODE)}{place}</node>")
    lines += ["</nodes>", f'<edges count="{len(tables.edges)}">']
    for row, kind in zip(tables.edges, _kinds(tables.edges), strict=True):
        ends = f"id={quoteattr(row['id'])} source={quoteattr(row['source'])} target={quoteattr(row['target'])}"
        named = f'label={quoteattr(row["label"])} weight="{row["weight"]!r}" kind={quoteattr(kind)}'
        shape = f'<viz:shape value="{_SHAPES.get(row["style"], "dotted")}"/>'
        lines.append(f"<edge {ends} {named}{_span(row)}>{_values(row, edges, _EDGE)}{shape}</edge>")
    lines += ["</edges>", "</graph>", "</gexf>", ""]
    return {"": "\n".join(lines).encode("utf-8")}


def _described(about: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {text}" for name, text in about.items() if text)


def _attributes(domain: str, columns: Sequence[Column], elsewhere: Sequence[str]) -> list[str]:
    declared = [
        f'<attribute id="{place}" title="{column.name}" type="{_TYPES[column.kind]}"/>'
        for place, column in enumerate(columns)
        if column.name not in elsewhere
    ]
    return [f'<attributes class="{domain}" mode="static">', *declared, "</attributes>"]


def _values(row: Mapping[str, Any], columns: Sequence[Column], elsewhere: Sequence[str]) -> str:
    values = "".join(
        f'<attvalue for="{place}" value={quoteattr(text)}/>' for place, text in said(row, columns, elsewhere)
    )
    return f"<attvalues>{values}</attvalues>"


def _span(row: Mapping[str, Any]) -> str:
    """The longest time that the letter leaves open: from the earliest begin to the latest end, as far as known."""
    bounds = (("start", row["begin_earliest"]), ("end", row["end_latest"]))
    return "".join(f" {name}={quoteattr(date)}" for name, date in bounds if date)


def _kinds(edges: Sequence[Row]) -> list[str]:
    seen: Counter[tuple[str, str, str]] = Counter()
    kinds = []
    for row in edges:
        denied = " ontkend" if row["denied"] else ""
        kind = f"{shrink(row['relation']) or row['origin']} {row['modality']}{denied}"
        kind += " afgeleid" if row["origin"] == "inferred" else ""
        at = (row["source"], row["target"], kind)
        seen[at] += 1
        kinds.append(kind if seen[at] == 1 else f"{kind} {seen[at]}")
    return kinds


def unpack(parts: Mapping[str, bytes]) -> Tables:
    """What `pack` was given, but for what the whole is.

    Raises SourceError for anything else.
    """
    root = root_of(parts[""], f"{{{_SPACE}}}gexf")
    found = {}
    for domain, declared in (("node", NODE), ("edge", EDGE)):
        columns = {column.name: column for column in declared}
        titled = {
            attribute.get("id", ""): columns[attribute.get("title", "")]
            for attributes in root.iter(f"{{{_SPACE}}}attributes")
            if attributes.get("class") == domain
            for attribute in attributes
            if attribute.get("title") in columns
        }
        extra = {column.name for column in titled.values()}
        found[domain] = tuple(
            completed(values, declared, (*extra, *values))
            for element in root.iter(f"{{{_SPACE}}}{domain}")
            for values in [_read(element, titled, columns)]
        )
    return Tables(found["node"], found["edge"])


def _read(element: Element, titled: Mapping[str, Column], columns: Mapping[str, Column]) -> dict[str, Any]:
    values = {name: parsed(text, columns[name]) for name, text in element.items() if name in columns and name != "kind"}
    for value in element.iter(f"{{{_SPACE}}}attvalue"):
        column = titled[value.get("for", "")]
        values[column.name] = parsed(value.get("value", ""), column)
    place = element.find(f"{{{_VIZ}}}position")
    if place is not None:
        values |= {"x": float(place.get("x", 0)), "y": 0.0 - float(place.get("y", 0))}
    return values
