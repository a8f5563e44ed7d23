"""The catalogue: dataset and one distribution for each artefact, as DCAT-AP-NL asks.

Source: Geonovum, DCAT-AP-NL 3.0 (2024-12-12), mandatory and recommended properties; SPDX terms for checksums.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDFS, SKOS, XSD
from rdflib.term import Node

from regiograaf.claims import TYPE, Triple
from regiograaf.dataset import Build
from regiograaf.errors import ReleaseError
from regiograaf.namespaces import BASE, DEF, GRAPH, PROV
from regiograaf.release.artefacts import Artefact
from regiograaf.release.citation import Agent, Citation
from regiograaf.release.description.terms import DATASET, DCAT, FOAF, HERKOMST, LICENCE, SPDX, VOID_PAGE, labelled

__all__ = ["CATALOGUE", "catalogue", "distribution"]

CATALOGUE = URIRef(BASE + "catalogus")
SHAPES = URIRef(f"{DEF}/shapes")
_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_FILE_TYPES = {
    "application/csvm+json": "JSON",
    "application/json": "JSON",
    "application/ld+json": "JSON_LD",
    "application/n-quads": "RDF_N_QUADS",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "RDF_TRIG",
    "application/vnd.apache.parquet": "PARQUET",
    "application/zip": "ZIP",
    "text/csv": "CSV",
    "text/plain": "TXT",
    "text/turtle": "RDF_TURTLE",
}
"""Media type -> code in the EU's list of file types."""
_SCHEMAS = (
    ("def/shapes", "http://www.w3.org/ns/shacl#"),
    ("def", str(OWL)),
    ("dataset/vragen.ttl", "http://www.w3.org/ns/shacl#"),
    ("dataset/vragen", "http://www.w3.org/TR/sparql11-query/"),
    ("dataset/claims.csv", "http://www.w3.org/ns/csvw"),
    ("dataset/context.jsonld", "https://www.w3.org/TR/json-ld11/"),
    ("dataset/frame.jsonld", "https://www.w3.org/TR/json-ld11-framing/"),
)
"""Beginning of a path -> the standard that the file follows; else it follows our ontology, where it has data."""
_CLASSES: Mapping[Node, URIRef] = {
    DCTERMS.accessRights: DCTERMS.RightsStatement,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS["format"]: DCTERMS.MediaTypeOrExtent,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCAT.accessURL: RDFS.Resource,
    DCAT.downloadURL: RDFS.Resource,
    DCAT.landingPage: FOAF.Document,
    DCAT.mediaType: DCTERMS.MediaType,
    FOAF.homepage: FOAF.Document,
    FOAF.page: FOAF.Document,
    PROV.wasGeneratedBy: PROV.Activity,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
}
"""Relation -> class of its values. The EU's shapes want it stated, for what is described elsewhere too."""
_NAMED: Mapping[Node, tuple[URIRef, URIRef]] = {
    DCAT.theme: (SKOS.Concept, SKOS.prefLabel),
    DCAT.themeTaxonomy: (SKOS.ConceptScheme, DCTERMS.title),
}
"""Relation -> class of its values, and the name that the EU's shapes want of each; without a name it has no class."""
_THEME = _EU + "data-theme"
_EU_NAMES: Mapping[str, tuple[tuple[str, str], ...]] = {
    _THEME: (("Data Theme Named Authority List", "en"),),
    f"{_THEME}/GOVE": (("Overheid en publieke sector", "nl"), ("Government and public sector", "en")),
    f"{_THEME}/REGI": (("Regio's en steden", "nl"), ("Regions and cities", "en")),
}
"""What the EU calls its list of data themes and those that `data/catalogus.ttl` uses: (words, language)."""


def catalogue(build: Build, artefacts: Sequence[Artefact], folder: Path, citation: Citation) -> list[Triple]:
    """What graph `catalogus` states, dated, with a distribution for each artefact in place of those it lists.

    A project without that graph gets what CITATION.cff gives. The authors there are creators too, each as the person or
    the organisation that it says. Raises ReleaseError when the file of an artefact is not in the folder.
    """
    stated = build.graphs.get(GRAPH["catalogus"], frozenset())
    listed = {s for s, p, o in stated if p == TYPE and o == DCAT.Distribution}
    found = [triple for triple in stated if triple[0] not in listed and triple[1] != DCAT.distribution]
    if not stated:
        found += _least(citation)
    found += _dated(found, citation)
    for number, agent in enumerate(citation.creators, 1):
        found += _creator(agent, number, found)
    if not any(s == CATALOGUE and p == DCTERMS.creator for s, p, _ in found):
        found += [(CATALOGUE, p, o) for s, p, o in found if s == DATASET and p == DCTERMS.creator][:1]
    languages = [o for s, p, o in found if s == DATASET and p == DCTERMS.language]
    for artefact in artefacts:
        node = distribution(artefact)
        found += [(DATASET, DCAT.distribution, node), *_described(artefact, folder, citation, len(build.graphs))]
        found += [(node, DCTERMS.language, language) for language in languages]
    found = [*_placed(build, found), *_called(build, found)]
    return found + [(o, TYPE, _CLASSES[p]) for _, p, o in found if p in _CLASSES]


def distribution(artefact: Artefact) -> URIRef:
    """The IRI of an artefact: where its file is."""
    return URIRef(BASE + artefact.path)


def _least(citation: Citation) -> Iterator[Triple]:
    """Catalogue and dataset of a project that describes neither."""
    for node, kind in ((CATALOGUE, DCAT.Catalog), (DATASET, DCAT.Dataset)):
        yield node, TYPE, kind
        yield node, DCTERMS.title, Literal(citation.title)
        yield node, DCTERMS.identifier, Literal(str(node))
        yield node, DCTERMS.license, LICENCE
    yield CATALOGUE, DCAT.dataset, DATASET


def _creator(agent: Agent, number: int, stated: Sequence[Triple]) -> list[Triple]:
    """An author of CITATION.cff, person or organisation; one that is stated under the same name keeps its IRI."""
    same = {s for s, p, o in stated if p == FOAF.name and str(o) == agent.name}
    known = [o for s, p, o in stated if s == DATASET and p == DCTERMS.creator and o in same]
    node = known[0] if known else URIRef(agent.orcid or f"{CATALOGUE}#auteur/{number}")
    found: list[Triple] = [(node, TYPE, FOAF.Agent), (node, TYPE, FOAF.Person if agent.person else FOAF.Organization)]
    if not known:
        found += [(DATASET, DCTERMS.creator, node), (node, FOAF.name, Literal(agent.name))]
    names = ((FOAF.givenName, agent.given), (FOAF.familyName, agent.family))
    return found + [(node, predicate, Literal(name)) for predicate, name in names if name]


def _dated(stated: Sequence[Triple], citation: Citation) -> Iterator[Triple]:
    """Dates and version of CITATION.cff where none are stated, and where to read more."""
    day = Literal(citation.released, datatype=XSD.date)
    known = {(s, p) for s, p, _ in stated}
    added: list[Triple] = [(node, p, day) for node in (CATALOGUE, DATASET) for p in (DCTERMS.issued, DCTERMS.modified)]
    added += [(CATALOGUE, p, o) for s, p, o in stated if s == DATASET and p == DCTERMS.creator]
    added += [
        (DATASET, DCAT.version, Literal(citation.version)),
        (DATASET, DCTERMS.bibliographicCitation, Literal(citation.text)),
        (DATASET, FOAF.page, URIRef(BASE + "codeboek.html")),
        (CATALOGUE, FOAF.homepage, URIRef(BASE)),
    ]
    yield from (triple for triple in added if triple[:2] not in known)
    for page in (VOID_PAGE, HERKOMST):
        yield DATASET, RDFS.seeAlso, page
    yield DATASET, PROV.wasGeneratedBy, URIRef(f"{HERKOMST}#uitgeven")


def _placed(build: Build, found: Sequence[Triple]) -> Iterator[Triple]:
    """The same with each area under the name that the EU has for it: a body that governs one is no place.

    The catalogue covers what its dataset covers. An area without such a name stays as it is stated.
    """
    places: dict[Node, Node] = {
        s: o
        for s, p, o in sorted(build.graphs.get(GRAPH["links"], ()))
        if p == RDFS.seeAlso and str(o).startswith(_EU + "atu/")
    }
    for s, p, o in found:
        place = places.get(o) if p == DCTERMS.spatial else None
        yield s, p, place or o
        if place:
            yield place, TYPE, DCTERMS.Location
            if s == DATASET:
                yield CATALOGUE, p, place


def _called(build: Build, found: Sequence[Triple]) -> Iterator[Triple]:
    """The class and the names of the themes and lists of themes that have names, at the EU or in graph `themas`."""
    own = build.graphs.get(GRAPH["themas"], frozenset())
    for relation, value in {(p, o) for _, p, o in found if p in _NAMED}:
        kind, naming = _NAMED[relation]
        names: list[Node] = [o for s, p, o in own if s == value and p == naming]
        names += [Literal(words, lang=tongue) for words, tongue in _EU_NAMES.get(str(value), ())]
        if names:
            yield value, TYPE, kind
        yield from ((value, naming, name) for name in names)


def _described(artefact: Artefact, folder: Path, citation: Citation, graphs: int) -> Iterator[Triple]:
    node = distribution(artefact)
    media_type = artefact.media_type.partition(";")[0]
    data = _content(folder / artefact.path)
    yield node, TYPE, DCAT.Distribution
    for predicate, said in ((DCTERMS.title, artefact.title), (DCTERMS.description, artefact.description)):
        yield from labelled(node, predicate, said["nl"], said["en"])
    yield node, DCTERMS.issued, Literal(citation.released, datatype=XSD.date)
    yield node, DCTERMS.license, LICENCE
    yield node, DCAT.accessURL, node
    yield node, DCAT.downloadURL, node
    yield node, DCAT.mediaType, URIRef(_IANA + media_type)
    if media_type in _FILE_TYPES:
        yield node, DCTERMS["format"], URIRef(f"{_EU}file-type/{_FILE_TYPES[media_type]}")
    yield node, DCAT.byteSize, Literal(str(len(data)), datatype=XSD.nonNegativeInteger)
    for standard in _standards(artefact, graphs):
        yield node, DCTERMS.conformsTo, standard
    checksum = URIRef(f"{CATALOGUE}#sha256/{artefact.path}")
    yield node, SPDX.checksum, checksum
    yield checksum, TYPE, SPDX.Checksum
    yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
    yield checksum, SPDX.checksumValue, Literal(hashlib.sha256(data).hexdigest(), datatype=XSD.hexBinary)


def _standards(artefact: Artefact, graphs: int) -> Iterator[URIRef]:
    for start, standard in _SCHEMAS:
        if artefact.path.startswith(start):
            yield URIRef(standard)
            return
    if artefact.graphs:
        yield DEF
    if len(artefact.graphs) == graphs:  # a part alone need not conform: a claim points at entities in another graph
        yield SHAPES


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReleaseError(f"{path}: {error.strerror}. Write the artefacts before their description.") from error
