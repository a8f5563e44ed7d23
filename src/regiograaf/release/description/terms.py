"""The names that a description is written with, and what all its parts share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib import Literal, URIRef
from rdflib.namespace import XSD, Namespace

from regiograaf.claims import Triple
from regiograaf.dataset import Build, ntriples
from regiograaf.namespaces import GRAPH
from regiograaf.release.artefacts import Artefact
from regiograaf.release.citation import DATASET as _DATASET
from regiograaf.release.citation import LICENCE as _LICENCE

__all__ = [
    "DATASET",
    "DCAT",
    "FOAF",
    "HERKOMST",
    "LICENCE",
    "SPDX",
    "VOID",
    "VOID_PAGE",
    "dumps",
    "labelled",
    "letter_graphs",
    "line",
    "number",
]

DCAT = Namespace("http://www.w3.org/ns/dcat#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VOID = Namespace("http://rdfs.org/ns/void#")

DATASET = URIRef(_DATASET)
LICENCE = URIRef(_LICENCE)
VOID_PAGE = URIRef(_DATASET + "/void")
HERKOMST = URIRef(_DATASET + "/herkomst")

_RDF_TYPES = frozenset(
    {"application/ld+json", "application/n-quads", "application/n-triples", "application/rdf+xml", "application/trig"}
    | {"text/turtle"}
)


def line(triple: Triple) -> str:
    """A triple as a line of N-Triples."""
    return " ".join(map(ntriples, triple)) + " ."


def labelled(subject: URIRef, predicate: URIRef, nl: str, en: str) -> Iterator[Triple]:
    """The same said in both languages."""
    yield subject, predicate, Literal(nl, lang="nl")
    yield subject, predicate, Literal(en, lang="en")


def number(value: int) -> Literal:
    """A count."""
    return Literal(str(value), datatype=XSD.integer)


def dumps(artefacts: Sequence[Artefact], graphs: Sequence[URIRef]) -> list[str]:
    """The paths of the artefacts that hold exactly these graphs, as RDF 1.1."""
    wanted = tuple(sorted(graphs))
    return sorted(
        artefact.path
        for artefact in artefacts
        if tuple(sorted(artefact.graphs)) == wanted
        and artefact.media_type in _RDF_TYPES
        and artefact.path.startswith("dataset/")
        and not artefact.path.startswith("dataset/linksets/")
    )


def letter_graphs(build: Build) -> list[URIRef]:
    """The graphs of the letters, sorted."""
    return sorted(graph for graph in build.graphs if graph.startswith(GRAPH["brief/"]))
