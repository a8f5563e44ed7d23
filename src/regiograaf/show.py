"""All that the letters say of one entity, with the passage behind each claim."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from regiograaf.namespaces import GRAPH, RG
from regiograaf.queries import select

__all__ = ["Said", "claims_on"]


@dataclass(frozen=True, slots=True)
class Said:
    """One claim on an entity, in one place of one letter; names are labels in Dutch."""

    claim: str
    subject: str
    relation: str
    object: str
    modality: str
    denied: bool
    letter: str
    section: str
    passage: str
    """The quote where the letters' texts were at hand, else the anchor."""
    paraphrase: str


def claims_on(store: ox.Store, iri: str) -> list[Said]:
    """Every claim that the entity is subject, object, addressee, programme or theme of.

    In the order of modality, letter and place.
    """
    query = f"""
        PREFIX rg: <{RG}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?claim ?sl ?pl ?ol ?ml ?m ?denied ?letter ?section ?anchor ?begin ?quote ?text WHERE {{
          VALUES ?role {{ rdf:subject rdf:object rg:geadresseerde rg:inProgramma rg:thema }}
          GRAPH ?g {{
            ?claim ?role <{iri}> ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rg:modaliteit ?m ; rg:bewijs ?e .
            ?e rg:uitBrief ?letter ; rg:sectie ?section ; rg:anker ?anchor ; rg:begin ?begin .
            OPTIONAL {{ ?claim rg:ontkend ?denied }}
            OPTIONAL {{ ?claim rg:parafrase ?text FILTER(LANG(?text) = "nl") }} }}
          OPTIONAL {{ GRAPH <{GRAPH["citaten"]}> {{ ?e rg:citaat ?quote }} }}
          OPTIONAL {{ GRAPH ?g1 {{ ?s rdfs:label|skos:prefLabel ?sl }} FILTER(LANG(?sl) = "nl") }}
          OPTIONAL {{ GRAPH ?g2 {{ ?p rdfs:label ?pl }} FILTER(LANG(?pl) = "nl") }}
          OPTIONAL {{ GRAPH ?g3 {{ ?o rdfs:label|skos:prefLabel ?ol }} FILTER(LANG(?ol) = "nl") }}
          OPTIONAL {{ GRAPH ?g4 {{ ?m skos:prefLabel ?ml }} FILTER(LANG(?ml) = "nl") }}
        }} ORDER BY ?m ?letter ?begin ?claim"""
    found: dict[tuple[str, str, int], Said] = {}
    for row in select(store, query):

        def value(name: str, row: ox.QuerySolution = row) -> str:
            return "" if row[name] is None else str(row[name].value)

        relation = "bestaat als" if value("pl") == "" else value("pl")
        at = (value("claim"), value("letter"), int(value("begin")))
        found.setdefault(
            at,
            Said(
                claim=value("claim"),
                subject=value("sl"),
                relation=relation,
                object=value("ol"),
                modality=value("ml"),
                denied=value("denied") == "true",
                letter=value("letter").rsplit("/", 1)[-1],
                section=value("section"),
                passage=value("quote") or value("anchor"),
                paraphrase=value("text"),
            ),
        )
    return list(found.values())
