"""What the endpoint says of itself and of its data: SPARQL 1.1 Service Description and VoID.

Sources: https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pyoxigraph as ox

from regiograaf import __version__
from regiograaf.pool import Pool
from regiograaf.prefixes import BASE, GRAPHS, PREFIXES
from regiograaf.workers import Job

__all__ = ["Described", "origin"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "N-Triples",
    "RDF_XML",
    "N-Quads",
    "TriG",
    "N3",
)
_COUNTS = {
    "graphs": "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "all": "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties) "
    "(COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o }",
    "classes": "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c ORDER BY ?c",
    "properties": "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY ?p",
}
_ADDRESS = re.compile(r"^[A-Za-z0-9.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$")


def origin(scope: Any) -> str:
    """Scheme, host and port by which the client reached the server."""
    host = next((value.decode("latin-1") for key, value in scope["headers"] if key == b"host"), "")
    if not _ADDRESS.match(host):
        host = "{}:{}".format(*(scope.get("server") or ("127.0.0.1", 80)))
    return f"{scope['scheme']}://{host}"


class Described:
    """The description of the service and its dataset; counted once, when it is first asked for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._counting = asyncio.Lock()
        self._counts: dict[str, list[dict[str, str]]] | None = None

    async def counts(self) -> dict[str, list[dict[str, str]]]:
        """Rows of each count; empty where the dataset is too large to count within the limits."""
        async with self._counting:
            if self._counts is None:
                replies = [await self._pool.ask(Job(text), "description") for text in _COUNTS.values()]
                self._counts = {name: rows(reply.body) for name, reply in zip(_COUNTS, replies, strict=True)}
        return self._counts

    async def service(self, base: str, form: str) -> bytes:
        """The service description, with the dataset it offers."""
        counts = await self.counts()
        service, dataset, default = (ox.BlankNode(name) for name in ("service", "dataset", "default"))
        triples = [
            _link(service, "rdf:type", _SD + "Service"),
            _link(service, _SD + "endpoint", base + "/sparql"),
            _link(service, _SD + "supportedLanguage", _SD + "SPARQL11Query"),
            *(_link(service, _SD + "resultFormat", _FORMATS + name) for name in _FORMS),
            ox.Triple(service, ox.NamedNode(_SD + "defaultDataset"), dataset),
            _link(dataset, "rdf:type", _SD + "Dataset"),
            ox.Triple(dataset, ox.NamedNode(_SD + "defaultGraph"), default),
            _link(default, "rdf:type", _SD + "Graph"),
            *(_number(default, _VOID + "triples", row["triples"]) for row in counts["all"]),
        ]
        for number, row in enumerate(counts["graphs"]):
            named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
            triples += [
                ox.Triple(dataset, ox.NamedNode(_SD + "namedGraph"), named),
                _link(named, "rdf:type", _SD + "NamedGraph"),
                _link(named, _SD + "name", row["g"]),
                ox.Triple(named, ox.NamedNode(_SD + "graph"), graph),
                _link(graph, "rdf:type", _SD + "Graph"),
                _number(graph, _VOID + "triples", row["n"]),
            ]
        return _serialised([*triples, *self._void(base, counts)], form)

    async def void(self, base: str, form: str) -> bytes:
        """The description of the dataset."""
        return _serialised(self._void(base, await self.counts()), form)

    def _void(self, base: str, counts: dict[str, list[dict[str, str]]]) -> list[ox.Triple]:
        data = ox.NamedNode(BASE + "id/graaf")
        triples = [
            _link(data, "rdf:type", _VOID + "Dataset"),
            ox.Triple(data, _term("dcterms:title"), ox.Literal("regiograaf", language="nl")),
            ox.Triple(data, _term("owl:versionInfo"), ox.Literal(__version__)),
            _link(data, _VOID + "sparqlEndpoint", base + "/sparql"),
            _link(data, _VOID + "vocabulary", BASE + "def"),
            ox.Triple(data, ox.NamedNode(_VOID + "uriSpace"), ox.Literal(BASE + "id/")),
            _link(data, _VOID + "exampleResource", GRAPHS + "ontologie"),
            *(_link(data, _VOID + "feature", _FORMATS + name) for name in ("Turtle", "JSON-LD", "N-Triples")),
        ]
        for row in counts["all"]:
            triples += [
                _number(data, _VOID + "triples", row["triples"]),
                _number(data, _VOID + "distinctSubjects", row["subjects"]),
                _number(data, _VOID + "distinctObjects", row["objects"]),
                _number(data, _VOID + "properties", row["properties"]),
                _number(data, _VOID + "classes", str(len(counts["classes"]))),
            ]
        for kind, key, count in (("class", "c", "entities"), ("property", "p", "triples")):
            for number, row in enumerate(counts["classes" if kind == "class" else "properties"]):
                part = ox.BlankNode(f"{kind}{number}")
                triples += [
                    ox.Triple(data, ox.NamedNode(f"{_VOID}{kind}Partition"), part),
                    _link(part, _VOID + kind, row[key]),
                    _number(part, _VOID + count, row["n"]),
                ]
        return triples


def rows(body: bytes) -> list[dict[str, str]]:
    """The rows of an answer in JSON, by the names of the variables; unbound ones are left out."""
    if not body:
        return []
    bindings = json.loads(body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items() if isinstance(term["value"], str)} for row in bindings]


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def _link(subject: ox.NamedNode | ox.BlankNode, predicate: str, value: str) -> ox.Triple:
    relation = ox.NamedNode(predicate) if "://" in predicate else _term(predicate)
    return ox.Triple(subject, relation, ox.NamedNode(value))


def _number(subject: ox.NamedNode | ox.BlankNode, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), ox.Literal(value, datatype=_term("xsd:integer")))


def _serialised(triples: list[ox.Triple], form: str) -> bytes:
    prefixes = {name: PREFIXES[name] for name in ("dcterms", "owl", "rdf", "void", "xsd")} | {"sd": _SD}
    return ox.serialize(triples, format=ox.RdfFormat.from_extension(form), prefixes=prefixes) or b""
