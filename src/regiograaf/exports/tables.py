"""A network as two tables, nodes and edges: what every format holds, whatever its own way to say it.

Nothing that makes a claim weaker gets lost: modality and denial stand in columns of their own and in the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from regiograaf.errors import AnalysisError
from regiograaf.exports.columns import EDGE, NODE, Row
from regiograaf.prefixes import BASE, expand

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LICENCE", "Tables", "tables"]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_EXISTING = "bestaand"
_REPLACED = "\ufffd"
# What XML 1.0 has no way to write, not even escaped: most control characters, halves of surrogates, two non-characters.
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Details = Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]
"""What `projection.details` gives: claim -> addressee, programme or quoted -> (IRI, Dutch label)."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Nodes in the order of their IRIs, edges in that of their ends and IRI; `about` says what the whole is."""

    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]
    about: Mapping[str, str] = field(default_factory=dict, compare=False)


def tables(
    network: nx.MultiDiGraph,
    *,
    title: str = "",
    details: Details | None = None,
    positions: Mapping[str, tuple[float, float]] | None = None,
    quotes: bool = False,
) -> Tables:
    """The nodes and edges of a network, as `columns` has them.

    `details` gives addressees, programmes and quoted documents, `positions` a place for every node. Line ends become
    LF; a character that XML cannot hold becomes U+FFFD, in every format, so that all hold the same.

    Raises AnalysisError for a collapsed network, and when two nodes or two edges have one name.
    """
    if not network.is_multigraph():
        raise AnalysisError("a collapsed network has no claims to export. Give that of projection.project().")
    nodes = [_node(network, node, positions) for node in sorted(network)]
    edges = [
        _edge(network, (u, v, str(key), attributes), (details or {}).get(str(key), {}), quotes)
        for u, v, key, attributes in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    ]
    for what, rows in (("nodes", nodes), ("edges", edges)):
        if len({row["id"] for row in rows}) < len(rows):
            raise AnalysisError(f"two {what} of the network have one name. Give each its own IRI.")
    about = {
        "title": title,
        "version": str(network.graph.get("version", "")),
        "source": BASE.rstrip("/"),
        "licence": LICENCE,
    }
    return Tables(tuple(nodes), tuple(edges), {name: _clean(value) for name, value in about.items()})


def _node(network: nx.MultiDiGraph, node: str, positions: Mapping[str, tuple[float, float]] | None) -> Row:
    said = network.nodes[node]
    kind = said.get("kind", "")
    sides = {0: "actor", 1: "other"}
    row = {
        "id": node,
        "label": said["label"],
        "kind": expand(kind) or kind,
        "state": said.get("status", ""),
        "side": sides.get(said.get("bipartite"), ""),
        "identifiers": tuple(url for _, url in said.get("identifiers", ())),
        "aliases": tuple(said.get("aliases", ())),
    }
    if positions is not None:
        row["x"], row["y"] = map(float, positions[node])
    for column in NODE:
        if column.name not in row and not column.extra:
            row[column.name] = said.get(column.name, column.empty)
    return _row(row)


def _edge(
    network: nx.MultiDiGraph,
    edge: tuple[str, str, str, Mapping[str, Any]],
    details: Mapping[str, tuple[tuple[str, str], ...]],
    quotes: bool,
) -> Row:
    u, v, key, said = edge
    modality = network.graph["modalities"][said["modality"]]
    themes = [network.graph["themes"][label] for label in said.get("themes", ())]
    pieces = sorted(
        _evidence(key, said),
        key=lambda piece: (
            piece["letter"],
            piece.get("begin", 0),
            piece.get("end", 0),
            piece["anchor"],
            piece["claim"],
        ),
    )
    dates = said.get("dates") or {}
    begin, end = dates.get("begin", ("", "")), dates.get("end", ("", ""))
    derivation = said.get("derivation", {})
    predicate = said.get("predicate", "")
    row = {
        "id": key,
        "source": u,
        "target": v,
        "label": _label(said["relation"], said, modality["nl"], ("ontkend", "afgeleid")),
        "label_en": _label(said.get("relation_en", ""), said, modality["en"], ("denied", "inferred")),
        "relation": expand(predicate) or predicate,
        "relation_label": said["relation"],
        "relation_label_en": said.get("relation_en", ""),
        "modality_label": modality["nl"],
        "modality_label_en": modality["en"],
        "style": modality.get("style", ""),
        "letters": tuple(piece["letter"] for piece in pieces),
        "sections": tuple(piece.get("section", "") for piece in pieces),
        "anchors": tuple(piece["anchor"] for piece in pieces),
        "begins": tuple(piece.get("begin", 0) for piece in pieces),
        "ends": tuple(piece.get("end", 0) for piece in pieces),
        "claims": tuple(piece["claim"] for piece in pieces),
        "because": derivation.get("because", ""),
        "because_en": derivation.get("because_en", ""),
        "themes": tuple(theme["nl"] for theme in themes),
        "themes_en": tuple(theme["en"] for theme in themes),
        "theme_iris": tuple(theme["iri"] for theme in themes),
        "begin_earliest": begin[0],
        "begin_latest": begin[1],
        "end_earliest": end[0],
        "end_latest": end[1],
        "amounts": tuple(amount["nl"] for amount in said.get("quantities", ())),
        "amounts_en": tuple(amount["en"] for amount in said.get("quantities", ())),
        "addressees": tuple(label for _, label in details.get("addressee", ())),
        "addressee_iris": tuple(iri for iri, _ in details.get("addressee", ())),
        "programme_iris": tuple(iri for iri, _ in details.get("programme", ())),
        "quoted_iris": tuple(iri for iri, _ in details.get("quoted", ())),
    }
    if quotes:
        row["quotes"] = tuple(piece.get("quote", "") for piece in pieces)
    for column in EDGE:
        if column.name not in row and not column.extra:
            row[column.name] = said.get(column.name, column.empty)
    return _row(row)


def _label(relation: str, said: Mapping[str, Any], modality: str, words: tuple[str, str]) -> str:
    """The relation, and in brackets whatever keeps it from simply existing according to a letter."""
    denied, inferred = words
    notes = [
        *([modality] if said["modality"] != _EXISTING else []),
        *([denied] if said.get("denied") else []),
        *([inferred] if said.get("origin") == "inferred" else []),
    ]
    return f"{relation} ({', '.join(notes)})" if notes else relation


def _evidence(key: str, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each piece of evidence, with its claim; of what is derived that of all that it rests on, each piece once."""
    if "derivation" not in said:
        return [{"claim": key, **piece} for piece in said.get("evidence", ())]
    found = {}
    for piece in _leaves(said["derivation"]):
        found[piece["claim"], piece["letter"], piece.get("begin"), piece.get("end"), piece["anchor"]] = dict(piece)
    return list(found.values())


def _leaves(step: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from step["said"]
    for premise in step["premises"]:
        yield from _leaves(premise)


def _row(row: Row) -> Row:
    """The values in the order of the columns, writable in every format."""
    columns = EDGE if "source" in row else NODE
    return {column.name: _writable(row[column.name], column.kind) for column in columns if column.name in row}


def _writable(value: Any, kind: str) -> Any:
    if kind == "text":
        return _clean(value)
    if kind == "texts":
        return tuple(map(_clean, value))
    return float(value) if kind == "number" else value


def _clean(text: str) -> str:
    return _UNWRITABLE.sub(_REPLACED, str(text).replace("\r\n", "\n").replace("\r", "\n"))
