"""What the parts of the projection read alike: rows, labels, and the annotations of `ontology/projections.ttl`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from regiograaf.namespaces import GRAPH, RG, shrink
from regiograaf.queries import select

__all__ = ["FILE", "Edges", "Labels", "declared", "labels", "pair", "rows", "tail"]

FILE = "ontology/projections.ttl"

Labels = Mapping[str, Mapping[str, str]]
"""IRI -> language -> label."""

Edges = dict[tuple[str, str, str], dict[str, Any]]
"""(source, target, key) -> attributes."""


def rows(store: ox.Store, where: str) -> list[dict[str, Any]]:
    """The solutions of a SELECT, each with the variables it binds."""
    result = select(store, where)
    names = [variable.value for variable in result.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in result]


def labels(store: ox.Store) -> Labels:
    """The labels of everything; one without a language counts as Dutch."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    query = """
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?s ?label WHERE { GRAPH ?g { ?s rdfs:label|skos:prefLabel ?label } }"""
    for row in rows(store, query):
        own, language = found[row["s"].value], row["label"].language or "nl"
        own[language] = min(own.get(language, row["label"].value), row["label"].value)
    return found


def pair(known: Labels, iri: str) -> tuple[str, str]:
    """The Dutch and the English label of an IRI; the one stands in for the other, its CURIE for both."""
    own = known.get(iri, {})
    dutch = own.get("nl") or own.get("en") or shrink(iri)
    return dutch, own.get("en", dutch)


def declared(store: ox.Store, name: str) -> dict[str, list[str]]:
    """Everything that has the annotation `rg:name`, with its values in order."""
    found: dict[str, list[str]] = defaultdict(list)
    query = f"SELECT ?s ?value WHERE {{ GRAPH <{GRAPH['ontologie']}> {{ ?s <{RG}{name}> ?value }} }}"
    for row in rows(store, query):
        found[row["s"].value].append(row["value"].value)
    return {iri: sorted(values) for iri, values in found.items()}


def tail(iri: str) -> str:
    """The key at the end of an IRI."""
    return iri.rsplit("/", 1)[-1]
