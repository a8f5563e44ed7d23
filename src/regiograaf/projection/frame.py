"""What a network says of itself: its letters, modalities, families, layers, themes and version."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyoxigraph as ox

from regiograaf.namespaces import DEF, GRAPH, ID, RG
from regiograaf.projection.reading import Labels, pair, rows, tail

__all__ = ["frame"]

FAMILIES = {
    "overheid": {"nl": "Overheid en organen", "en": "Public bodies and organs"},
    "regio": {"nl": "Regio’s en samenwerking", "en": "Regions and cooperation"},
    "maatschappij": {"nl": "Maatschappij en kennis", "en": "Society and knowledge"},
    "bedrijf": {"nl": "Bedrijven en netbeheer", "en": "Companies and grid operators"},
    "programma": {"nl": "Programma’s, afspraken, documenten", "en": "Programmes, agreements, documents"},
    "onderwerp": {"nl": "Doelen, opgaven, plaatsen", "en": "Goals, tasks, places"},
}

LAYERS = {
    "rijk": {"nl": "Rijk en Europa", "en": "State and Europe"},
    "provincie": {"nl": "Provincie", "en": "Province"},
    "programma": {"nl": "Programma’s en afspraken", "en": "Programmes and agreements"},
    "regio": {"nl": "Regio’s en verbanden", "en": "Regions and partnerships"},
    "gemeente": {"nl": "Gemeenten", "en": "Municipalities"},
    "partner": {"nl": "Partners", "en": "Partners"},
    "onderwerp": {"nl": "Onderwerpen", "en": "Subjects"},
}
"""Layers of government, from top to bottom, with what stands between and around them."""

_MODALITIES = (
    "bestaand",
    "in-ontwikkeling",
    "afgesproken",
    "voorgenomen",
    "aangeboden",
    "verzocht",
    "gewenst",
    "verwacht",
    "mogelijk",
    "beeindigd",
)


def frame(store: ox.Store, labels: Labels) -> dict[str, Any]:
    """The attributes of the network itself."""
    letters = _letters(store, labels)
    return {
        "version": _version(store),
        "letters": letters,
        "regions": _regions(store, labels, {letter["region"] for letter in letters.values()} - {""}),
        "modalities": _modalities(store, labels),
        "families": FAMILIES,
        "layers": LAYERS,
        "themes": _themes(store, labels),
    }


def _version(store: ox.Store) -> str:
    query = f"""
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        SELECT ?v WHERE {{ GRAPH <{GRAPH["ontologie"]}> {{ <{DEF}> owl:versionInfo ?v }} }} ORDER BY ?v"""
    return next((str(row["v"].value) for row in rows(store, query)), "")


def _letters(store: ox.Store, labels: Labels) -> dict[str, dict[str, str]]:
    letters: dict[str, dict[str, str]] = {}
    query = f"""
        PREFIX rg: <{RG}> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?letter ?title ?short ?sender ?reference ?region ?date WHERE {{ GRAPH ?g {{
          ?letter rg:sha256 ?sha ; dcterms:title ?title ; rg:afzender ?sender .
          OPTIONAL {{ ?letter dcterms:alternative ?short }} OPTIONAL {{ ?letter rg:kenmerk ?reference }}
          OPTIONAL {{ ?letter rg:regio ?region }}
          OPTIONAL {{ ?letter dcterms:date ?date }} }} }} ORDER BY ?letter ?reference"""
    for row in rows(store, query):
        iri = row["letter"].value
        entry = letters.setdefault(
            iri.removeprefix(f"{ID}brief/"),
            {
                "iri": iri,
                "title": row["title"].value,
                "short": row["short"].value if "short" in row else row["title"].value,
                "sender": pair(labels, row["sender"].value)[0],
                "sender_iri": row["sender"].value,
                "date": row["date"].value if "date" in row else "",
                "reference": "",
                "region": row["region"].value if "region" in row else "",
            },
        )
        if "reference" in row and row["reference"].value not in entry["reference"]:
            entry["reference"] = " / ".join(filter(None, (entry["reference"], row["reference"].value)))
    return letters


def _regions(store: ox.Store, labels: Labels, regions: set[str]) -> dict[str, dict[str, Any]]:
    """The regions that letters are about, with the Dutch names that texts have for them, longest first."""
    query = f"""
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?s ?name WHERE {{ GRAPH <{GRAPH["entiteiten"]}> {{ ?s skos:altLabel ?name }} }}"""
    aliases: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, query):
        if row["s"].value in regions and row["name"].language == "nl":
            aliases[row["s"].value].add(row["name"].value)
    found = {}
    for region in sorted(regions):
        dutch, english = pair(labels, region)
        names = sorted({dutch} | aliases[region], key=lambda name: (-len(name), name))
        found[region] = {"nl": dutch, "en": english, "names": tuple(names)}
    return found


def _modalities(store: ox.Store, labels: Labels) -> dict[str, dict[str, str]]:
    styles = {}
    query = f"PREFIX rg: <{RG}> SELECT ?m ?style WHERE {{ GRAPH ?g {{ ?m rg:lijnstijl ?style }} }} ORDER BY ?m"
    for row in rows(store, query):
        dutch, english = pair(labels, row["m"].value)
        styles[tail(row["m"].value)] = {"nl": dutch, "en": english, "style": row["style"].value}
    order = [*_MODALITIES, *sorted(set(styles) - set(_MODALITIES))]
    return {key: styles[key] for key in order if key in styles}


def _themes(store: ox.Store, labels: Labels) -> dict[str, dict[str, str]]:
    """The themes of claims, by the Dutch label that edges carry, in its order."""
    query = f"PREFIX rg: <{RG}> SELECT DISTINCT ?t WHERE {{ GRAPH ?g {{ ?c rg:thema ?t }} }} ORDER BY ?t"
    themes = {}
    for row in rows(store, query):
        dutch, english = pair(labels, row["t"].value)
        themes[dutch] = {"iri": row["t"].value, "nl": dutch, "en": english}
    return {label: themes[label] for label in sorted(themes)}
