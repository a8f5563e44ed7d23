"""Edges for what a question of the user says and no claim does: without evidence, and without a modality."""

from __future__ import annotations

from collections.abc import Iterable

from regiograaf.namespaces import ID, digest, shrink
from regiograaf.projection.claims import Relations
from regiograaf.projection.reading import Edges

__all__ = ["NONE", "NO_MODALITY", "query_edges"]

NO_MODALITY = "geen"
NONE = {"nl": "geen modaliteit: uit de vraag", "en": "no modality: from the question", "style": "dot"}
"""How an edge is drawn of which no letter says whether it exists."""


def query_edges(relations: Relations, triples: Iterable[tuple[str, str, str]], known: Edges) -> Edges:
    """An edge for each triple that no known edge says; its key follows from the triple."""
    said = {(u, attributes["predicate"], v) for (u, v, _), attributes in known.items()}
    edges: Edges = {}
    for s, p, o in triples:
        if (s, shrink(p), o) in said:
            continue
        edges[s, o, f"{ID}afleiding/{digest((s, p, o))}"] = {
            **relations.attributes(p),
            "modality": NO_MODALITY,
            "denied": False,
            "origin": "query",
            "paraphrase": "",
            "paraphrase_en": "",
            "themes": (),
            "period": "",
            "dates": {},
            "present": False,
            "quantities": (),
            "speaker": "",
            "speaker_iri": "",
            "evidence": (),
        }
    return edges
