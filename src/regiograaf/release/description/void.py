"""Statistics of the dataset and of each named graph, and its links to others, in VoID.

Source: W3C, Describing Linked Datasets with the VoID Vocabulary (2011), sections 3 to 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS
from rdflib.term import Node

from regiograaf.claims import TYPE, Triple
from regiograaf.dataset import Build
from regiograaf.namespaces import BASE, DEF, GRAPH, ID, RG, TOOI, shrink
from regiograaf.release.artefacts import Artefact
from regiograaf.release.artefacts.data import graph_title
from regiograaf.release.artefacts.linksets import REGISTERS, links
from regiograaf.release.description.terms import (
    DATASET,
    FOAF,
    LICENCE,
    VOID,
    VOID_PAGE,
    dumps,
    labelled,
    letter_graphs,
    line,
    number,
)

__all__ = ["Counts", "count", "statistics"]

SPACES = (f"{DEF}#", ID, TOOI)
"""Where the IRIs of what is described begin: our terms, our individuals, and public bodies under the IRI of TOOI."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a set of triples holds."""

    triples: int
    subjects: int
    objects: int
    entities: int
    """Distinct subjects in one of SPACES."""
    spaces: tuple[str, ...]
    classes: Mapping[Node, int]
    """Class -> how many have it as a type."""
    properties: Mapping[Node, int]
    """Property -> in how many triples."""


def count(triples: Iterable[Triple]) -> Counts:
    """Count a set of triples; each is there once."""
    subjects: set[Node] = set()
    objects: set[Node] = set()
    classes: Counter[Node] = Counter()
    properties: Counter[Node] = Counter()
    for s, p, o in triples:
        subjects.add(s)
        objects.add(o)
        properties[p] += 1
        if p == TYPE:
            classes[o] += 1
    within = Counter(space for s in subjects for space in SPACES if str(s).startswith(space))
    return Counts(
        properties.total(), len(subjects), len(objects), within.total(), tuple(sorted(within)), classes, properties
    )


def statistics(build: Build, artefacts: Sequence[Artefact]) -> list[Triple]:
    """The dataset with its counts, partitions by class and property, graphs as subsets, linksets, and examples."""
    whole = count(frozenset().union(*build.graphs.values()))
    found = [
        (VOID_PAGE, TYPE, VOID.DatasetDescription),
        *labelled(VOID_PAGE, DCTERMS.title, "Tellingen van regiograaf", "Statistics of regiograaf"),
        (VOID_PAGE, DCTERMS.license, LICENCE),
        (VOID_PAGE, FOAF.primaryTopic, DATASET),
        (DATASET, TYPE, VOID.Dataset),
        (DATASET, DCTERMS.license, LICENCE),
        *((DATASET, VOID.vocabulary, URIRef(name)) for name in _vocabularies(whole)),
        *((DATASET, VOID.exampleResource, example) for example in _examples(build)),
        *((DATASET, VOID.uriSpace, Literal(space)) for space in whole.spaces),
        *_counted(DATASET, "", whole),
        *_dumped(DATASET, artefacts, list(build.graphs)),
        *_linked(build),
    ]
    for graph, triples in build.graphs.items():
        name = graph.removeprefix(str(GRAPH))
        found += [
            (DATASET, VOID.subset, graph),
            (graph, TYPE, VOID.Dataset),
            *labelled(graph, RDFS.label, *graph_title(name)),
            *_counted(graph, f"{name}/", count(triples)),
            *_dumped(graph, artefacts, [graph]),
        ]
    return found


def _counted(node: URIRef, path: str, counts: Counts) -> Iterator[Triple]:
    yield node, VOID.triples, number(counts.triples)
    yield node, VOID.entities, number(counts.entities)
    yield node, VOID.classes, number(len(counts.classes))
    yield node, VOID.properties, number(len(counts.properties))
    yield node, VOID.distinctSubjects, number(counts.subjects)
    yield node, VOID.distinctObjects, number(counts.objects)
    for kind, term, unit, parts in (
        (VOID.classPartition, VOID["class"], VOID.entities, counts.classes),
        (VOID.propertyPartition, VOID.property, VOID.triples, counts.properties),
    ):
        for value, size in parts.items():
            way = "klasse" if unit == VOID.entities else "relatie"
            part = URIRef(f"{VOID_PAGE}#{path}{way}/{quote(shrink(str(value)), safe=':/~')}")
            yield node, kind, part
            yield part, term, value
            yield part, unit, number(size)


def _dumped(node: URIRef, artefacts: Sequence[Artefact], graphs: Sequence[URIRef]) -> Iterator[Triple]:
    for path in dumps(artefacts, graphs):
        yield node, VOID.dataDump, URIRef(BASE + path)


def _vocabularies(counts: Counts) -> list[str]:
    """The namespaces of all classes and properties in use; ours as the IRI of the ontology."""
    terms = {str(term) for term in (*counts.classes, *counts.properties)}
    found = {term[: max(term.rfind("/"), term.rfind("#")) + 1] for term in terms}
    return sorted(str(DEF) if base == str(RG) else base for base in found)


def _examples(build: Build) -> Iterator[URIRef]:
    """What most claims have as their subject, the first letter, and its first claim."""
    letters = letter_graphs(build)
    subject = RDF.subject
    told = Counter(str(o) for graph in letters for _, p, o in build.graphs[graph] if p == subject)
    if told:
        yield URIRef(min(told, key=lambda entity: (-told[entity], entity)))
    for kind in (RG.Brief, RG.Bewering):
        typed = sorted(str(s) for graph in letters[:1] for s, p, o in build.graphs[graph] if p == TYPE and o == kind)
        yield from (URIRef(name) for name in typed[:1])


def _linked(build: Build) -> Iterator[Triple]:
    """A linkset for each register, with a part for each of its relations: VoID asks for one link predicate."""
    graph = GRAPH["links"]
    for name, found in links({str(graph): [line(triple) for triple in build.graphs.get(graph, ())]}).items():
        target, nl, en = REGISTERS[name]
        node = URIRef(f"{DATASET}/linksets/{name}")
        sizes = Counter(relation for relation, _ in found)
        parts = {relation: URIRef(f"{node}/{relation[max(map(relation.rfind, '/#')) + 1 :]}") for relation in sizes}
        yield DATASET, VOID.subset, node
        yield from labelled(node, RDFS.label, f"verwijzingen naar {nl}", f"links to {en}")
        yield node, VOID.dataDump, URIRef(f"{node}.ttl")
        for relation in sizes:
            yield node, VOID.subset, parts[relation]
            yield parts[relation], VOID.linkPredicate, URIRef(relation)
        for part, size in ((node, len(found)), *((parts[relation], size) for relation, size in sizes.items())):
            yield part, TYPE, VOID.Linkset
            yield part, VOID.subjectsTarget, DATASET
            yield part, VOID.objectsTarget, URIRef(target)
            yield part, VOID.triples, number(size)
