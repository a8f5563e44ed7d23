"""The themes of the graph, for the reader to recognise."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from regiograaf.prefixes import GRAPHS
from regiograaf.queries import select
from regiograaf.reader.ruleset import Theme

__all__ = ["themes"]

_THEMES = f"""
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?s ?label ?alias WHERE {{ GRAPH <{GRAPHS}themas> {{ ?s a skos:Concept ; skos:prefLabel ?label
      FILTER(LANG(?label) = "nl") OPTIONAL {{ ?s skos:altLabel ?alias FILTER(LANG(?alias) = "nl") }} }} }}
    ORDER BY ?s ?label ?alias"""


def themes(store: ox.Store) -> tuple[Theme, ...]:
    """The themes, with their Dutch labels and alternative labels, in order of IRI."""
    labels: dict[str, str] = {}
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in select(store, _THEMES):
        iri = row["s"].value
        labels.setdefault(iri, row["label"].value)
        if row["alias"]:
            aliases[iri].append(row["alias"].value)
    return tuple(Theme(iri, labels[iri], tuple(aliases[iri])) for iri in sorted(labels))
