"""Every IRI and prefix of the project.

`RG` is closed over the terms that the code speaks of: a typo raises. Which terms exist is the ontology's to say
(`ontology/regiograaf.ttl`); a test holds the two together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from rdflib import URIRef
from rdflib.namespace import ClosedNamespace, Namespace

__all__ = [
    "BASE",
    "DEF",
    "GRAPH",
    "ID",
    "KINDS",
    "OA",
    "PREFIXES",
    "PROV",
    "RG",
    "TOOI",
    "TOOIONT",
    "digest",
    "expand",
    "shrink",
]

BASE = "https://w3id.org/regiograaf/"
DEF = URIRef(BASE + "def")
ID = BASE + "id/"
GRAPH = Namespace(ID + "graaf/")
CLAIM = Namespace(ID + "bewering/")
EVIDENCE = Namespace(ID + "bewijs/")
PERIOD = Namespace(ID + "periode/")
QUANTITY = Namespace(ID + "grootheid/")
LETTER = Namespace(ID + "brief/")
MODALITY = Namespace(ID + "modaliteit/")
THEME = Namespace(ID + "thema/")
UNKNOWN_STATUS = URIRef(ID + "bestaansstatus/onbekend")


def _closed(base: str, names: list[str]) -> ClosedNamespace:
    """A closed namespace whose terms are attributes of their own: rdflib's look-up is slow, and is asked often."""
    namespace = ClosedNamespace(base, names)
    vars(namespace).update({name: namespace[name] for name in names})
    return namespace


OA = _closed(
    "http://www.w3.org/ns/oa#",
    [
        "Annotation",
        "SpecificResource",
        "TextPositionSelector",
        "TextQuoteSelector",
        "end",
        "exact",
        "hasBody",
        "hasSelector",
        "hasSource",
        "hasTarget",
        "refinedBy",
        "start",
    ],
)
PROV = _closed(
    "http://www.w3.org/ns/prov#",
    ["Activity", "Entity", "hadPrimarySource", "used", "wasAttributedTo", "wasDerivedFrom", "wasGeneratedBy"],
)
TOOIONT = Namespace("https://identifier.overheid.nl/tooi/def/ont/")
TOOI = "https://identifier.overheid.nl/tooi/id/"

RG = _closed(
    BASE + "def#",
    [
        "Actor",
        "Bewering",
        "Bewijs",
        "Brief",
        "Grootheid",
        "Periode",
        "Zinsdekking",
        "aangehaaldUit",
        "afzender",
        "anker",
        "begin",
        "bestaansstatus",
        "bestandsnaam",
        "betreft",
        "bewijs",
        "citaat",
        "eenheid",
        "eind",
        "familie",
        "geadresseerde",
        "grootheid",
        "heeftRelatieMet",
        "inProgramma",
        "isVerbinding",
        "kenmerk",
        "laatsteBegin",
        "laatsteEinde",
        "lengte",
        "lidVan",
        "lijnstijl",
        "modaliteit",
        "nauwkeurigheid",
        "noemer",
        "onderwerp",
        "ontkend",
        "ontvanger",
        "ontwikkelt",
        "parafrase",
        "periode",
        "reden",
        "regio",
        "rol",
        "rustOp",
        "sectie",
        "sha256",
        "teller",
        "thema",
        "uitBrief",
        "verwoording",
        "vingerafdruk",
        "vroegsteBegin",
        "vroegsteEinde",
        "waarde",
    ],
)


def terms_of(namespace: ClosedNamespace) -> list[URIRef]:
    """The terms of a closed namespace."""
    return list(namespace._ClosedNamespace__uris.values())  # type: ignore[attr-defined]


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
    "oa": str(OA),
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": str(PROV),
    "pv": TOOI + "provincie/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rg": BASE + "def#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "so": TOOI + "so/",
    "time": "http://www.w3.org/2006/time#",
    "tooiont": str(TOOIONT),
    "tooitop": "https://identifier.overheid.nl/tooi/def/thes/top/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "ws": TOOI + "waterschap/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{"lijst" if kind == "schema" else kind: f"{ID}{kind}/" for kind in KINDS},
}

_BASES = {base: prefix for prefix, base in PREFIXES.items()}


def expand(curie: str) -> URIRef | None:
    """The IRI of a CURIE with one of our prefixes, or None."""
    prefix, colon, local = curie.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return URIRef(PREFIXES[prefix] + local)
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
