"""Prefixes, and what needs no more than them: a start that loads nothing heavy.

`namespaces` has the same with terms of rdflib.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

__all__ = ["BASE", "GRAPHS", "ID", "KINDS", "PREFIXES", "TOOI", "TOOI_TERMS", "digest", "expand", "shrink"]

BASE = "https://w3id.org/regiograaf/"
ID = BASE + "id/"
GRAPHS = ID + "graaf/"
TOOI = "https://identifier.overheid.nl/tooi/id/"
TOOI_TERMS = "https://identifier.overheid.nl/tooi/def/ont/"

KINDS = (
    "aanpak",
    "activiteit",
    "afleiding",
    "afspraak",
    "agenda",
    "bedrijf",
    "bedrijventerrein",
    "begroting",
    "belang",
    "beleid",
    "bestaansstatus",
    "bewering",
    "bewijs",
    "brief",
    "bron",
    "bureau",
    "campus",
    "cluster",
    "convenant",
    "deal",
    "dekking",
    "dekkingsreden",
    "dienst",
    "document",
    "doel",
    "eenheid",
    "entiteit",
    "functie",
    "gebeurtenis",
    "gebied",
    "gemeente",
    "graaf",
    "groep",
    "grootheid",
    "grootheidrol",
    "hulpbron",
    "infrastructuur",
    "inzicht",
    "kenmerk",
    "kennisinstelling",
    "knelpunt",
    "koers",
    "lidmaatschap",
    "locatie",
    "merk",
    "middelen",
    "modaliteit",
    "model",
    "nauwkeurigheid",
    "onderzoek",
    "opdracht",
    "opgave",
    "orgaan",
    "overheid",
    "overleg",
    "periode",
    "persoon",
    "pilot",
    "plaats",
    "plan",
    "proces",
    "programma",
    "project",
    "rapport",
    "regeling",
    "regio",
    "samenwerking",
    "schema",
    "sector",
    "status",
    "stichting",
    "strategie",
    "team",
    "thema",
    "verordening",
    "visie",
    "voorwaarde",
    "voorziening",
    "wet",
)
"""The kinds (soorten) of individuals: the first part of their path, and their prefix."""

PREFIXES: Mapping[str, str] = {
    "bibo": "http://purl.org/ontology/bibo/",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "gm": TOOI + "gemeente/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "pv": TOOI + "provincie/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rg": BASE + "def#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "so": TOOI + "so/",
    "time": "http://www.w3.org/2006/time#",
    "tooiont": TOOI_TERMS,
    "tooitop": "https://identifier.overheid.nl/tooi/def/thes/top/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "ws": TOOI + "waterschap/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{"lijst" if kind == "schema" else kind: f"{ID}{kind}/" for kind in KINDS},
}

_BASES = {base: prefix for prefix, base in PREFIXES.items()}


def expand(curie: str) -> str | None:
    """The IRI of a CURIE with one of our prefixes, or None."""
    prefix, colon, local = curie.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return PREFIXES[prefix] + local
    return None


def shrink(iri: str) -> str:
    """The shortest CURIE of an IRI, or the IRI itself.

    >>> shrink("https://w3id.org/regiograaf/id/orgaan/gs-zuid-holland")
    'orgaan:gs-zuid-holland'
    """
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _BASES.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and cut < len(iri) else iri


def digest(parts: Iterable[str]) -> str:
    """A key from content: the first 16 hexadecimal digits of the SHA-256 of the parts, one a line."""
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:16]
