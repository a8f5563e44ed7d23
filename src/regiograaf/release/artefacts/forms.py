"""Sorted triples as Turtle, TriG, N-Triples, JSON-LD and RDF/XML: the same triples give the same bytes.

Serialising is Oxigraph's, with only the prefixes that occur. A form that has comments begins with citation and licence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from regiograaf.namespaces import GRAPH
from regiograaf.prefixes import PREFIXES

__all__ = ["MEDIA_TYPES", "SUFFIXES", "by_graph", "headed", "local_name", "serialise", "used_prefixes"]

MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "parquet": "application/vnd.apache.parquet",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "ttl": "text/turtle",
    "txt": "text/plain",
    "zip": "application/zip",
}
SUFFIXES: Mapping[str, ox.RdfFormat] = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
}
_TYPE = PREFIXES["rdf"] + "type"
_MORE = {
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sh": "http://www.w3.org/ns/shacl#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_PREFIXES = dict(sorted({**PREFIXES, **_MORE}.items()))
_BASE = re.compile(r"<([^<>\s]*[/#])[^<>\s/#]*>")


def by_graph(lines: Iterable[str]) -> dict[str, list[str]]:
    """Sorted lines of N-Quads as the lines of N-Triples of each named graph, in the order of its IRI."""
    found: dict[str, list[str]] = {}
    for line in lines:
        triple, graph, _ = line.rsplit(" ", 2)
        found.setdefault(graph[1:-1], []).append(triple + " .")
    return dict(sorted(found.items()))


def used_prefixes(text: str) -> dict[str, str]:
    """The prefixes of the IRIs in N-Triples or N-Quads, sorted."""
    bases = set(_BASE.findall(" ".join(set(text.split()))))  # an IRI has no space, and most are there many times
    return {prefix: base for prefix, base in _PREFIXES.items() if base in bases}


def serialise(lines: Iterable[str], suffix: str) -> bytes:
    """Lines of N-Triples or N-Quads in the form that a file's suffix names, in the order given."""
    text = "\n".join((*lines, ""))
    if suffix in ("nq", "nt"):
        return text.encode("utf-8")
    quads = ox.parse(text.encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    if suffix == "jsonld":  # Oxigraph's has no prefixes
        return _with_types(ox.serialize(quads, format=SUFFIXES[suffix]) or b"[]")
    return ox.serialize(quads, format=SUFFIXES[suffix], prefixes=used_prefixes(text)) or b""


def _with_types(data: bytes) -> bytes:
    """JSON-LD with `@type`, which Oxigraph leaves a relation like any other, so that frames do not find it."""
    nodes = json.loads(data)
    for node in nodes:
        for each in (node, *node.get("@graph", ())):
            if _TYPE in each:
                each["@type"] = [kind["@id"] for kind in each.pop(_TYPE)]
    return (json.dumps(nodes, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def headed(data: bytes, suffix: str, header: str) -> bytes:
    """A serialisation with lines of comment on top, where its form has comments."""
    if suffix in ("jsonld", "json"):
        return data
    if suffix == "rdf":
        declaration, _, rest = data.partition(b"?>")
        comment = header.replace("# ", "").replace("--", "- -").rstrip()
        return declaration + b"?>\n<!-- " + comment.encode("utf-8") + b" -->\n" + rest.lstrip()
    return header.encode("utf-8") + b"\n" + data


def local_name(graph: str) -> str:
    """The name of a graph of ours: `asserted`, `brief/drechtsteden`."""
    return graph.removeprefix(str(GRAPH))
