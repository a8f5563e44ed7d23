"""What the network says of an entity: its names, kind, family, layer of government, region and status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from regiograaf.errors import SourceError
from regiograaf.namespaces import GRAPH, ID, PREFIXES, RG, shrink
from regiograaf.projection.frame import FAMILIES, LAYERS
from regiograaf.projection.reading import FILE, Labels, declared, pair, rows, tail

__all__ = ["nodes"]

_CONCEPT = PREFIXES["skos"] + "Concept"
_THEME = ("thema", "theme")
"""What a theme is, and what people call it."""


def nodes(store: ox.Store, labels: Labels, iris: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The attributes of each of these entities, in their order.

    Raises SourceError when a family or layer is declared that does not exist.
    """
    kinds, parents, status, regions = _kinds(store), _parents(store), _status(store), _regions(store)
    families, layers = _one_of(store, "familie", FAMILIES), _one_of(store, "bestuurslaag", LAYERS)
    belongs, several = _belongs(store), _several(store)

    def layer(node: str, below: frozenset[str] = frozenset()) -> str:
        if node in layers:
            return layers[node]
        above = {layer(other, below | {node}) for other in belongs.get(node, ()) if other not in below | {node}}
        return above.pop() if len(above) == 1 else _nearest(kinds.get(node, ""), layers, parents)

    for node in iris:
        kind = kinds.get(node, "")
        label, label_en = pair(labels, node)
        kind_label, kind_en = _THEME if kind == _CONCEPT else pair(labels, kind)
        extra = several.get(node, {})
        urls = ([node] if not node.startswith(ID) else []) + extra.get("seeAlso", [])
        yield (
            node,
            {
                "label": label,
                "label_en": label_en,
                "kind": shrink(kind),
                "kind_label": kind_label,
                "kind_label_en": kind_en,
                "family": families.get(node) or _nearest(kind, families, parents),
                "actor": str(RG.Actor) in _upwards(kind, parents),
                "layer": layer(node),
                "region": regions.get(node, ""),
                "status": status.get(node, "onbekend"),
                "definition": " ".join(extra.get("comment", [])),
                "aliases": tuple(extra.get("altLabel", [])),
                "identifiers": tuple((shrink(url), url) for url in urls),
            },
        )


def _one_of(store: ox.Store, name: str, known: Collection[str]) -> dict[str, str]:
    """The value of an annotation, for everything that has it."""
    values = {iri: found[0] for iri, found in declared(store, name).items()}
    for iri, value in sorted(values.items()):
        if value not in known:
            raise SourceError(f'{FILE}: rg:{name} of {shrink(iri)} is "{value}". Use one of: {", ".join(known)}.')
    return values


def _kinds(store: ox.Store) -> dict[str, str]:
    kinds: dict[str, str] = {}
    query = f"""
        PREFIX rg: <{RG}> SELECT ?s ?c WHERE {{
          {{ GRAPH <{GRAPH["entiteiten"]}> {{ ?s a ?c }} }} UNION {{ GRAPH <{GRAPH["achtergrond"]}> {{ ?s a ?c }} }}
          UNION {{ GRAPH <{GRAPH["themas"]}> {{ ?s a ?c }} }}
          UNION {{ GRAPH ?g {{ ?s a ?c ; rg:sha256 ?digest }} }} }} ORDER BY ?s ?c"""
    for row in rows(store, query):
        kinds.setdefault(row["s"].value, row["c"].value)
    return kinds


def _parents(store: ox.Store) -> dict[str, list[str]]:
    parents: dict[str, list[str]] = defaultdict(list)
    query = f"""
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?c ?d WHERE {{ GRAPH <{GRAPH["ontologie"]}> {{ ?c rdfs:subClassOf ?d }} }} ORDER BY ?c ?d"""
    for row in rows(store, query):
        parents[row["c"].value].append(row["d"].value)
    return parents


def _status(store: ox.Store) -> dict[str, str]:
    query = f"""
        PREFIX rg: <{RG}>
        SELECT ?s ?m WHERE {{ GRAPH <{GRAPH["entiteiten"]}> {{ ?s rg:bestaansstatus ?m }} }} ORDER BY ?s ?m"""
    return {row["s"].value: tail(row["m"].value) for row in rows(store, query)}


def _regions(store: ox.Store) -> dict[str, str]:
    """The region of each thing that the letters about one region alone speak of, in whatever claim."""
    query = f"""
        PREFIX rg: <{RG}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?s ?region WHERE {{
          GRAPH ?g {{ ?c rdf:subject|rdf:object ?s ; rg:bewijs/rg:uitBrief ?letter .
            OPTIONAL {{ ?letter rg:regio ?region }} }} }}"""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, query):
        found[row["s"].value].add(row["region"].value if "region" in row else "")
    return {node: next(iter(regions)) for node, regions in found.items() if len(regions) == 1}


def _belongs(store: ox.Store) -> dict[str, set[str]]:
    """What each organ, office or holder of one belongs to, in whatever modality: the layer of a plan is clear too."""
    query = f"""
        PREFIX rg: <{RG}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?s ?o WHERE {{
          GRAPH <{GRAPH["ontologie"]}> {{ ?p rg:neemtBestuurslaagOver true }}
          GRAPH ?g {{ ?c rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o ; rg:modaliteit ?m
            FILTER NOT EXISTS {{ ?c rg:ontkend true }} }} }}"""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, query):
        found[row["s"].value].add(row["o"].value)
    return found


def _several(store: ox.Store) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    graphs = " ".join(f"<{GRAPH[name]}>" for name in ("entiteiten", "achtergrond", "links"))
    query = f"""
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?s ?p ?v WHERE {{ VALUES ?p {{ skos:altLabel rdfs:comment rdfs:seeAlso }}
          VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?v }} }} ORDER BY ?s ?p ?v"""
    for row in rows(store, query):
        found[row["s"].value][row["p"].value.rsplit("#", 1)[-1]].append(row["v"].value)
    return found


def _upwards(kind: str, parents: Mapping[str, Sequence[str]]) -> list[str]:
    """A class and all above it, nearest first."""
    found, level = [kind], [kind]
    while level:
        level = sorted({parent for cls in level for parent in parents.get(cls, ())} - set(found))
        found += level
    return found


def _nearest(kind: str, declared: Mapping[str, str], parents: Mapping[str, Sequence[str]]) -> str:
    """What is declared of the nearest class upwards of which something is; of a class of nobody's a subject."""
    return next((declared[cls] for cls in _upwards(kind, parents) if cls in declared), "onderwerp")
