"""GraphML: one key for each column, with its meaning; lists are JSON arrays.

Source: Brandes, Eiglsperger, Herman, Himsolt and Marshall 2002, doi:10.1007/3-540-45848-4_59; graphml.graphdrawing.org.
"""

# The writer of networkx says "True" where GraphML has true, gives other bytes where lxml is installed, and cannot say
# what a key means. Its reader is what the tests read these files with.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from regiograaf.exports.cells import completed, parsed
from regiograaf.exports.columns import EDGE, LISTS, NODE, Column, present
from regiograaf.exports.markup import escape, quoteattr, root_of, said
from regiograaf.exports.tables import Tables

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["pack", "unpack"]

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {"text": "string", "flag": "boolean", "number": "double"} | dict.fromkeys(LISTS, "string")
_ENDS = {"node": ("id",), "edge": ("id", "source", "target")}


def pack(tables: Tables) -> dict[str, bytes]:
    """The one file of an export."""
    nodes, edges = present(tables.nodes, NODE), present(tables.edges, EDGE)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<graphml xmlns="{_SPACE}">']
    lines += [
        f'<key id="g{place}" for="graph" attr.name={quoteattr(name)} attr.type="string"/>'
        for place, name in enumerate(tables.about)
    ]
    lines += [*_keys("node", nodes), *_keys("edge", edges), '<graph edgedefault="directed">']
    lines += [f'<data key="g{place}">{escape(text)}</data>' for place, text in enumerate(tables.about.values())]
    for row in tables.nodes:
        lines.append(f"<node id={quoteattr(row['id'])}>{_data('node', row, nodes)}</node>")
    for row in tables.edges:
        ends = f"id={quoteattr(row['id'])} source={quoteattr(row['source'])} target={quoteattr(row['target'])}"
        lines.append(f"<edge {ends}>{_data('edge', row, edges)}</edge>")
    lines += ["</graph>", "</graphml>", ""]
    return {"": "\n".join(lines).encode("utf-8")}


def _keys(domain: str, columns: Sequence[Column]) -> list[str]:
    return [
        f'<key id="{domain[0]}{place}" for="{domain}" attr.name="{column.name}" attr.type="{_TYPES[column.kind]}">'
        f"<desc>{escape(column.meaning)}{' (JSON array)' if column.kind in LISTS else ''}</desc></key>"
        for place, column in enumerate(columns)
        if column.name not in _ENDS[domain]
    ]


def _data(domain: str, row: Mapping[str, Any], columns: Sequence[Column]) -> str:
    values = said(row, columns, _ENDS[domain])
    return "".join(f'<data key="{domain[0]}{place}">{escape(text)}</data>' for place, text in values)


def unpack(parts: Mapping[str, bytes]) -> Tables:
    """What `pack` was given.

    Raises SourceError for anything else.
    """
    root = root_of(parts[""], f"{{{_SPACE}}}graphml")
    names = {key.get("id", ""): key.get("attr.name", "") for key in root.iter(f"{{{_SPACE}}}key")}
    about = {
        names[data.get("key", "")]: data.text or "" for data in root.iterfind(f"{{{_SPACE}}}graph/{{{_SPACE}}}data")
    }
    found = {
        domain: tuple(
            completed(_values(element, names, declared, _ENDS[domain]), declared, tuple(names.values()))
            for element in root.iter(f"{{{_SPACE}}}{domain}")
        )
        for domain, declared in (("node", NODE), ("edge", EDGE))
    }
    return Tables(found["node"], found["edge"], about)


def _values(
    element: Element, names: Mapping[str, str], declared: Sequence[Column], ends: Sequence[str]
) -> dict[str, Any]:
    columns = {column.name: column for column in declared}
    values: dict[str, Any] = {end: element.get(end, "") for end in ends}
    for data in element:
        column = columns.get(names.get(data.get("key", ""), ""))
        if column is not None:
            values[column.name] = parsed(data.text or "", column)
    return values
