"""Every IRI and prefix of the project.

`RG` is closed over the terms that the code speaks of: a typo raises. Which terms exist is the ontology's to say
(`ontology/regiograaf.ttl`); a test holds the two together.
"""

from __future__ import annotations

from rdflib import URIRef
from rdflib.namespace import ClosedNamespace, Namespace

from regiograaf.prefixes import BASE, GRAPHS, ID, KINDS, PREFIXES, TOOI, TOOI_TERMS, digest, shrink
from regiograaf.prefixes import expand as _expand

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

DEF = URIRef(BASE + "def")
GRAPH = Namespace(GRAPHS)
CLAIM = Namespace(ID + "bewering/")
EVIDENCE = Namespace(ID + "bewijs/")
PERIOD = Namespace(ID + "periode/")
QUANTITY = Namespace(ID + "grootheid/")
LETTER = Namespace(ID + "brief/")
MODALITY = Namespace(ID + "modaliteit/")
THEME = Namespace(ID + "thema/")
UNKNOWN_STATUS = URIRef(ID + "bestaansstatus/onbekend")
ACCEPTED = URIRef(ID + "status/aanvaard")


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
TOOIONT = Namespace(TOOI_TERMS)

RG = _closed(
    BASE + "def#",
    [
        "Actor",
        "Bewering",
        "Bewijs",
        "Brief",
        "Grootheid",
        "IngetrokkenBewering",
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
        "hadModaliteit",
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
        "status",
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


def expand(curie: str) -> URIRef | None:
    """The IRI of a CURIE with one of our prefixes, or None."""
    iri = _expand(curie)
    return None if iri is None else URIRef(iri)
