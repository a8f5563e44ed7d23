"""The dataset as schema.org has it, for the pages: what search engines for datasets read.

Source: https://schema.org/Dataset. Who is a person and who an organisation, CITATION.cff says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS
from rdflib.term import Node

from regiograaf.dataset import Build
from regiograaf.namespaces import BASE, GRAPH
from regiograaf.release import citation as cited
from regiograaf.release.artefacts import Artefact
from regiograaf.release.description.catalogue import CATALOGUE, distribution
from regiograaf.release.description.terms import DATASET, DCAT, LICENCE

__all__ = ["schema_org"]

_LANGUAGES = {"NLD": "nl", "ENG": "en"}


def schema_org(build: Build, artefacts: Sequence[Artefact]) -> dict[str, Any]:
    """JSON-LD of a schema.org `Dataset`; the same build and artefacts give the same dict, keys in a fixed order.

    Raises SourceError when CITATION.cff is not right.
    """
    citation = cited.read(build.project.root)
    stated = build.graphs.get(GRAPH["catalogus"], frozenset())

    def said(node: URIRef, predicate: URIRef) -> list[Node]:
        return sorted((o for s, p, o in stated if s == node and p == predicate), key=str)

    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": str(DATASET),
        "url": BASE,
        "identifier": str(DATASET),
        "name": _texts(said(DATASET, DCTERMS.title)) or citation.title,
        "description": _texts(said(DATASET, DCTERMS.description)),
        "keywords": _texts(said(DATASET, DCAT.keyword)),
        "inLanguage": sorted(_language(str(value)) for value in said(DATASET, DCTERMS.language)),
        "license": str(LICENCE),
        "isAccessibleForFree": True,
        "version": citation.version,
        "datePublished": citation.released,
        "dateModified": citation.released,
        "creator": [_agent(agent) for agent in citation.creators],
        "publisher": {**_agent(citation.publishing), "url": citation.url},
        "creditText": citation.text,
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": str(CATALOGUE),
            "name": _texts(said(CATALOGUE, DCTERMS.title)),
        },
        "spatialCoverage": [_place(build, area) for area in said(DATASET, DCTERMS.spatial)],
        "distribution": [_download(artefact) for artefact in sorted(artefacts, key=lambda item: item.path)],
    }
    return _filled(found)


def _agent(agent: cited.Agent) -> dict[str, Any]:
    kind = "Person" if agent.person else "Organization"
    parts = {"name": agent.name, "givenName": agent.given, "familyName": agent.family}
    return _filled({"@type": kind, "@id": agent.orcid, **parts})


def _texts(values: Iterable[Node]) -> list[dict[str, str]]:
    return [
        {"@value": str(value), "@language": value.language}
        for value in sorted(values, key=lambda text: (getattr(text, "language", "") != "nl", str(text)))
        if isinstance(value, Literal) and value.language
    ]


def _language(iri: str) -> str:
    code = iri.rpartition("/")[2]
    return _LANGUAGES.get(code, code.lower())


def _place(build: Build, area: Node) -> dict[str, Any]:
    names = {o for triples in build.graphs.values() for s, p, o in triples if s == area and p == RDFS.label}
    return _filled({"@type": "Place", "@id": str(area), "name": _texts(list(names))})


def _download(artefact: Artefact) -> dict[str, Any]:
    node = str(distribution(artefact))
    return {
        "@type": "DataDownload",
        "@id": node,
        "contentUrl": node,
        "encodingFormat": artefact.media_type.partition(";")[0],
        "name": [{"@value": artefact.title[language], "@language": language} for language in ("nl", "en")],
    }


def _filled(found: dict[str, Any]) -> dict[str, Any]:
    return dict(_kept(found))


def _kept(found: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Entries with a value; nothing is invented for the others."""
    for name, value in found.items():
        if isinstance(value, dict):
            value = _filled(value)
        if value not in ("", [], {}):
            yield name, value
