"""The ontology: its own axioms; with alignments and everything that follows; its parts; and the shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import OWL, RDF

from regiograaf.claims import TYPE, Triple
from regiograaf.closure import Ontology
from regiograaf.dataset import Build, nquads
from regiograaf.namespaces import DEF, GRAPH
from regiograaf.places import find_root
from regiograaf.reference import is_noise
from regiograaf.release.artefacts.artefact import Artefact
from regiograaf.release.artefacts.forms import MEDIA_TYPES, by_graph, headed, serialise
from regiograaf.sources import parse

__all__ = ["one_header", "write_ontology"]

_FORMS = ("ttl", "jsonld", "nt", "rdf")
_NAMES = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML"}
_RDF = str(RDF)


def write_ontology(build: Build, folder: Path, version: str, header: str) -> Iterator[Artefact]:
    """Write `def.*`, the same at the version IRI, `def/volledig.*`, `def/shapes.*`, and each part that has an IRI."""
    whole = build.graphs[GRAPH["ontologie"]]
    axioms = one_header(whole.union(*(build.graphs.get(GRAPH[name], frozenset()) for name in ("uitlijning", "invoer"))))
    own = one_header(whole)
    said = {"nl": "De eigen termen en axioma's.", "en": "The own terms and axioms."}
    (folder / "def").mkdir(exist_ok=True)
    for suffix, body in _forms(own, _FORMS, header).items():
        (folder / f"def.{suffix}").write_bytes(body)
        (folder / "def" / f"{version}.{suffix}").write_bytes(body)
        title = {"nl": f"Ontologie als {_NAMES[suffix]}", "en": f"Ontology as {_NAMES[suffix]}"}
        yield Artefact(f"def.{suffix}", MEDIA_TYPES[suffix], title, said, (GRAPH["ontologie"],))
    said = {
        "nl": "Met de uitlijning op andere vocabulaires, hun axioma's en alles wat daaruit volgt.",
        "en": "With the alignment with other vocabularies, their axioms and all that follows.",
    }
    for suffix, body in _forms(axioms | closed(axioms), ("ttl", "nt"), header).items():
        (folder / "def" / f"volledig.{suffix}").write_bytes(body)
        title = {"nl": f"Volledige ontologie als {_NAMES[suffix]}", "en": f"Full ontology as {_NAMES[suffix]}"}
        yield Artefact(f"def/volledig.{suffix}", MEDIA_TYPES[suffix], title, said)
    for iri, triples in _parts(build).items():
        for suffix, body in _forms(triples, ("ttl", "jsonld"), header).items():
            target = folder / f"def{iri.removeprefix(str(DEF))}.{suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
    shapes = find_root(build.project.root, "ontology/shapes.ttl")
    text = shapes.read_text(encoding="utf-8")
    (folder / "def" / "shapes.ttl").write_bytes(headed(text.encode("utf-8"), "ttl", header))
    (folder / "def" / "shapes.jsonld").write_bytes(_forms(parse(text, shapes).triples, ("jsonld",), header)["jsonld"])
    for suffix in ("ttl", "jsonld"):
        yield Artefact(
            f"def/shapes.{suffix}",
            MEDIA_TYPES[suffix],
            {"nl": f"Regels in SHACL als {_NAMES[suffix]}", "en": f"Rules in SHACL as {_NAMES[suffix]}"},
            {"nl": "Wat van de gegevens moet gelden.", "en": "What must hold of the data."},
        )


def one_header(triples: Iterable[Triple]) -> frozenset[Triple]:
    """The same without the headers of other ontologies than ours: a document of OWL has one.

    The graph also has that of each part, which is a file of its own too, with its header. Source: W3C, OWL 2 Mapping to
    RDF Graphs, section 3.1.
    """
    triples = frozenset(triples)
    others = {s for s, p, o in triples if p == TYPE and o == OWL.Ontology and str(s) != str(DEF)}
    return frozenset(triple for triple in triples if triple[0] not in others)


def closed(axioms: Iterable[Triple]) -> frozenset[Triple]:
    """What follows from axioms and says something: the closure of an ontology, without the axioms themselves.

    What needs a blank node is left out: a restriction that follows from another says nothing to people.
    """
    axioms = frozenset(axioms)
    return frozenset(
        triple
        for triple in Ontology(axioms).closed - axioms
        if not is_noise(triple)
        and not any(isinstance(term, BNode) for term in triple)
        and not isinstance(triple[0], Literal)
        and not str(triple[0]).startswith(_RDF)
    )


def _parts(build: Build) -> Mapping[URIRef, tuple[Triple, ...]]:
    """The files of the ontology that are an ontology of their own below ours, by IRI."""
    found = {}
    for _, source in build.project.sources:
        for subject, properties in source.properties.items():
            below = isinstance(subject, URIRef) and subject.startswith(f"{DEF}/")
            if below and OWL.Ontology in properties.get(TYPE, ()):
                found[URIRef(str(subject))] = source.triples
    return dict(sorted(found.items()))


def _forms(triples: Iterable[Triple], suffixes: Iterable[str], header: str) -> dict[str, bytes]:
    lines = by_graph(nquads({GRAPH["ontologie"]: frozenset(triples)}).decode("utf-8").splitlines())
    return {suffix: headed(serialise(lines[str(GRAPH["ontologie"])], suffix), suffix, header) for suffix in suffixes}
