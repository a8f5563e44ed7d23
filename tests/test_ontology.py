"""The ontology and the lists of concepts, held against what reviewers of vocabularies look for.

Sources: FOOPS!, benchmark PRE (before publication; github.com/oeg-upm/fair_ontologies); OOPS!, catalogue of pitfalls
(Poveda-Villalón, Gómez-Pérez and Suárez-Figueroa 2014, doi:10.4018/ijswis.2014040102); NL-SBB (Geonovum).
Every check is seen to fail on a broken example.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD
from rdflib.term import Node

from regiograaf.claims import Triple
from regiograaf.dataset import Build, compile_project, read_project
from regiograaf.namespaces import DEF, GRAPH, ID
from regiograaf.release import citation as cited
from tests.conftest import REPO

RG = f"{DEF}#"
STATUS = URIRef("http://purl.org/ontology/bibo/status")
CONNECTS = URIRef(RG + "isVerbinding")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
W3C = (str(RDF), str(RDFS), str(OWL))
PREFIXES = f"""@prefix : <{RG}> . @prefix owl: <{OWL}> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> .
@prefix skos: <{SKOS}> . @prefix dcterms: <{DCTERMS}> . @prefix id: <{ID}> . @prefix org: <http://www.w3.org/ns/org#> .
"""


def graph_of(*parts: frozenset[Triple]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for part in parts:
        for triple in part:
            graph.add(triple)
    return graph


@pytest.fixture(scope="module")
def made() -> Build:
    return compile_project(read_project(REPO))


@pytest.fixture(scope="module")
def base(made: Build) -> Graph:
    """What is released as `def.ttl`."""
    return graph_of(made.graphs[GRAPH["ontologie"]])


@pytest.fixture(scope="module")
def full(made: Build) -> Graph:
    """With the alignment, and the axioms of the vocabularies that it is checked against, but for their headers."""
    foreign = frozenset(t for t in made.graphs[GRAPH["invoer"]] if not str(t[0]).startswith(str(DEF)))
    return graph_of(*(made.graphs[GRAPH[name]] for name in ("ontologie", "uitlijning")), foreign)


@pytest.fixture(scope="module")
def lists(made: Build) -> Graph:
    """The schemes and concepts, without mappings to those of others: NL-SBB asks for their definitions, too."""
    return graph_of(made.graphs[GRAPH["ontologie"]], made.graphs[GRAPH["themas"]])


# FOOPS! before publication

HEADER = {
    "OM1 title": DCTERMS.title,
    "OM1 description": DCTERMS.description,
    "OM1 creator": DCTERMS.creator,
    "OM1 namespace": VANN.preferredNamespaceUri,
    "OM2 version": OWL.versionInfo,
    "OM2 citation": DCTERMS.bibliographicCitation,
    "OM3 status": STATUS,
    "OM3 modified": DCTERMS.modified,
    "OM4 licence": DCTERMS.license,
    "OM5.1 created": DCTERMS.created,
    "OM5.2 issued": DCTERMS.issued,
    "OM5.2 publisher": DCTERMS.publisher,
    "FIND1 prefix": VANN.preferredNamespacePrefix,
    "VER1 version": OWL.versionIRI,
}


def missing(graph: Graph) -> set[str]:
    return {key for key, p in HEADER.items() if (DEF, p, None) not in graph}


@pytest.mark.parametrize("key", HEADER)
def test_header_has_what_foops_looks_for_before_publication(base: Graph, key: str) -> None:
    assert missing(base) == set()
    without = Graph() + base
    without.remove((DEF, HEADER[key], None))
    assert missing(without) == {key}


def test_header_says_everything_once_and_prose_in_both_languages(base: Graph) -> None:
    for p in HEADER.values():
        values = list(base.objects(DEF, p))
        if p in (DCTERMS.title, DCTERMS.description):
            assert sorted(value.language for value in values) == ["en", "nl"]
        else:
            assert len(values) == 1, p


def test_versions_and_citation_in_the_header_agree_with_citation_cff(base: Graph) -> None:
    citation = cited.read(REPO)
    version = str(base.value(DEF, OWL.versionInfo))
    assert version == citation.version
    assert base.value(DEF, OWL.versionIRI) == URIRef(f"{DEF}/{version}")
    english = next(title for title in base.objects(DEF, DCTERMS.title) if title.language == "en")
    year = citation.released[:4]
    assert str(base.value(DEF, DCTERMS.bibliographicCitation)) == (
        f"{', '.join(citation.authors)} ({year}). {english}, version {version}. {DEF}/{version}"
    )
    assert str(base.value(DEF, DCTERMS.creator)) in citation.authors
    assert str(base.value(DEF, DCTERMS.publisher)) == citation.publisher
    for p in (DCTERMS.issued, DCTERMS.modified):
        assert base.value(DEF, p) == Literal(citation.released, datatype=XSD.date)
    assert date.fromisoformat(str(base.value(DEF, DCTERMS.created))) <= date.fromisoformat(citation.released)


def test_iri_is_persistent_has_no_file_name_and_is_the_namespace(base: Graph) -> None:
    assert str(DEF).startswith("https://w3id.org/")
    assert not re.search(r"\.[a-z]+$", str(DEF).rpartition("/")[2])
    assert str(base.value(DEF, VANN.preferredNamespaceUri)) == RG
    assert str(base.value(DEF, VANN.preferredNamespacePrefix)) == "rg"


def test_no_earlier_version_is_named_as_long_as_none_was_published(base: Graph) -> None:
    assert str(base.value(DEF, STATUS)).endswith("/draft")
    assert list(base.objects(DEF, OWL.priorVersion)) == []


def test_terms_of_others_are_used(full: Graph) -> None:
    above = {o for p in (RDFS.subClassOf, RDFS.subPropertyOf) for o in full.objects(None, p)}
    namespaces = {str(o)[: max(str(o).rfind("/"), str(o).rfind("#")) + 1] for o in above if isinstance(o, URIRef)}
    assert {"http://www.w3.org/ns/org#", "http://www.w3.org/ns/prov#", "https://schema.org/"} <= namespaces


# OOPS!


def terms(graph: Graph, *kinds: URIRef) -> list[URIRef]:
    """Our own terms, sorted."""
    return sorted(
        {s for kind in kinds or KINDS for s in graph.subjects(RDF.type, kind) if str(s).startswith(RG)}, key=str
    )


def texts(graph: Graph, term: Node, p: URIRef) -> dict[str, str]:
    return {value.language: str(value) for value in graph.objects(term, p) if isinstance(value, Literal)}


def p02(graph: Graph) -> Iterator[Node]:
    """Synonyms as classes, or equivalent ones of ours (P27, P31)."""
    for p in (OWL.equivalentClass, OWL.equivalentProperty):
        yield from (s for s, o in graph.subject_objects(p) if str(s).startswith(RG) and str(o).startswith(RG))


def p04(graph: Graph) -> Iterator[Node]:
    """Classes connected with nothing."""
    for term in terms(graph, OWL.Class):
        around = ((term, p, None) for p in (RDFS.subClassOf, OWL.disjointWith))
        back = ((None, p, term) for p in (RDFS.subClassOf, OWL.disjointWith))
        if not any(pattern in graph for pattern in (*around, *back)):
            yield term


def p05(graph: Graph) -> Iterator[Node]:
    """Relations with two inverses."""
    inverse = defaultdict(set)
    for s, o in graph.subject_objects(OWL.inverseOf):
        inverse[s].add(o)
        inverse[o].add(s)
    yield from (term for term, others in inverse.items() if len(others) > 1)


def p06(graph: Graph) -> Iterator[Node]:
    """Cycles in a hierarchy."""
    for p in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in terms(graph):
            if any(term in set(graph.transitive_objects(above, p)) for above in graph.objects(term, p)):
                yield term


def p07(graph: Graph) -> Iterator[Node]:
    """Two concepts in one name."""
    for term in terms(graph):
        if re.search(r"[a-z](En|Of|And|Or)(?=[A-Z]|$)", str(term).removeprefix(RG)):
            yield term


def p08(graph: Graph) -> Iterator[Node]:
    """No label or definition in both languages, or not said whose term it is."""
    for term in terms(graph):
        for p in (RDFS.label, SKOS.definition):
            if texts(graph, term, p).keys() != {"nl", "en"}:
                yield term
        if (term, RDFS.isDefinedBy, DEF) not in graph:
            yield term


def p11(graph: Graph) -> Iterator[Node]:
    """Domains and ranges, of which there are none on purpose (docs/shapes.md); so none is doubled either (P19)."""
    for p in (RDFS.domain, RDFS.range):
        yield from (s for s in graph.subjects(p) if str(s).startswith(RG))


def p13(graph: Graph) -> Iterator[Node]:
    """Relations that are drawn and have no inverse; what only claims have needs none."""
    for term in terms(graph, OWL.ObjectProperty):
        both = (term, OWL.inverseOf, None) in graph or (None, OWL.inverseOf, term) in graph
        if (term, CONNECTS, None) in graph and not both and (term, RDF.type, OWL.SymmetricProperty) not in graph:
            yield term


def p20(graph: Graph) -> Iterator[Node]:
    """Label and definition that are swapped or the same."""
    for term in terms(graph):
        label, definition = texts(graph, term, RDFS.label), texts(graph, term, SKOS.definition)
        if any(len(label[language]) >= len(definition[language]) for language in label.keys() & definition.keys()):
            yield term


def p21(graph: Graph) -> Iterator[Node]:
    """Classes of what is left."""
    yield from (
        term for term in terms(graph, OWL.Class) if re.match(r"(Overig|Divers|Rest|Other|Misc)", term[len(RG) :])
    )


def p22(graph: Graph) -> Iterator[Node]:
    """Names of another form: a class is KlasseNaam, a property naamVanEigenschap."""
    for kinds, form in (((OWL.Class,), r"[A-Z][A-Za-z0-9]*"), (KINDS[1:], r"[a-z][A-Za-z0-9]*")):
        yield from (term for term in terms(graph, *kinds) if not re.fullmatch(form, term[len(RG) :]))


def p25(graph: Graph) -> Iterator[Node]:
    """Relations that are their own inverse, or symmetric with an inverse (P26)."""
    for s, o in graph.subject_objects(OWL.inverseOf):
        if str(s).startswith(RG) and (s == o or (s, RDF.type, OWL.SymmetricProperty) in graph):
            yield s


def p30(graph: Graph) -> Iterator[Node]:
    """Two classes, or two properties, with the same label (P12, P32) or the same definition."""
    for kinds in ((OWL.Class,), KINDS[1:]):
        for p in (RDFS.label, SKOS.definition):
            said = defaultdict(set)
            for term in terms(graph, *kinds):
                for language, text in texts(graph, term, p).items():
                    said[language, text.lower()].add(term)
            yield from (min(found) for found in said.values() if len(found) > 1)


def p33(graph: Graph) -> Iterator[Node]:
    """Chains of one link."""
    for s, chain in graph.subject_objects(OWL.propertyChainAxiom):
        if len(Collection(graph, chain)) < 2:
            yield s


def p34(graph: Graph) -> Iterator[Node]:
    """Classes and properties in use that are declared nowhere (P35)."""
    used = set(graph.predicates()) | set(graph.objects(None, RDF.type)) | set(graph.objects(None, RDFS.subPropertyOf))
    used |= {o for o in graph.objects(None, RDFS.subClassOf) if isinstance(o, URIRef)}
    yield from (term for term in used if not str(term).startswith(W3C) and (term, RDF.type, None) not in graph)


def p40(graph: Graph) -> Iterator[Node]:
    """Terms in a namespace of others that are not defined there: held against the axioms in ontology/imports."""
    for name, space in (("org", "http://www.w3.org/ns/org#"), ("prov-o", "http://www.w3.org/ns/prov#")):
        known = set(Graph().parse(REPO / "ontology" / "imports" / f"{name}.ttl").subjects())
        used = {term for triple in graph for term in triple if str(term).startswith(space)}
        yield from (term for term in used if term not in known and str(term) != space)


PITFALLS: dict[Callable[[Graph], Iterator[Node]], str] = {
    p02: ":Brief owl:equivalentClass :Document .",
    p04: ":Los a owl:Class .",
    p05: ":x owl:inverseOf :y , :z .",
    p06: ":Entiteit rdfs:subClassOf :Brief .",
    p07: ":BriefOfNota a owl:Class .",
    p08: ':Kaal a owl:Class ; rdfs:label "kaal"@nl .',
    p11: ":adviseert rdfs:range :Actor .",
    p13: ":x a owl:ObjectProperty ; :isVerbinding true .",
    p20: ':X a owl:Class ; rdfs:label "een lang label"@nl ; skos:definition "kort"@nl .',
    p21: ":OverigeZaak a owl:Class .",
    p22: ":kleineLetter a owl:Class .",
    p25: ":adviseert owl:inverseOf :adviseert .",
    p30: ':X a owl:Class ; rdfs:label "Brief"@nl .',
    p33: ":x owl:propertyChainAxiom ( :adviseert ) .",
    p34: ":x :nergensVermeld :y .",
    p40: ":x rdfs:subPropertyOf org:bestaatDaarNiet .",
}
"""Check -> what breaks it."""


@pytest.mark.parametrize("check", PITFALLS, ids=lambda check: check.__name__.upper())
def test_ontology_has_none_of_the_pitfalls_of_oops(full: Graph, check: Callable[[Graph], Iterator[Node]]) -> None:
    assert sorted(check(full)) == []
    broken = Graph() + full
    broken.parse(data=PREFIXES + PITFALLS[check], format="turtle")
    assert list(check(broken))


def test_what_is_released_as_the_ontology_declares_every_term_it_uses(base: Graph) -> None:
    assert sorted(p34(base)) == []


def test_classes_are_kept_apart(base: Graph) -> None:
    """P10: no disjointness. Actors, documents and what they are about cannot be the same thing."""
    apart = {(s, o) for s, o in base.subject_objects(OWL.disjointWith)}
    for pair in (("Document", "Actor"), ("Entiteit", "Bewering"), ("Bedrijf", "Overheid")):
        assert tuple(URIRef(RG + name) for name in pair) in apart


# NL-SBB


def schemes(graph: Graph) -> list[Node]:
    return sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str)


def concepts(graph: Graph) -> list[Node]:
    return sorted(graph.subjects(RDF.type, SKOS.Concept), key=str)


def in_both(graph: Graph, node: Node, p: URIRef) -> bool:
    return texts(graph, node, p).keys() == {"nl", "en"}


def scheme_text(graph: Graph) -> Iterator[Node]:
    """A scheme has title and description in both languages."""
    yield from (
        s for s in schemes(graph) if not all(in_both(graph, s, p) for p in (DCTERMS.title, DCTERMS.description))
    )


def scheme_source(graph: Graph) -> Iterator[Node]:
    """A scheme says where it is explained, by an IRI, and has a maker and a licence."""
    for scheme in schemes(graph):
        sources = list(graph.objects(scheme, DCTERMS.source))
        if len(sources) != 1 or not isinstance(sources[0], URIRef):
            yield scheme
        yield from (scheme for p in (DCTERMS.creator, DCTERMS.license) if (scheme, p, None) not in graph)


def scheme_top(graph: Graph) -> Iterator[Node]:
    """The top concepts of a scheme are those that say so, and have none above them in it."""
    for scheme in schemes(graph):
        top = set(graph.objects(scheme, SKOS.hasTopConcept))
        inside = set(graph.subjects(SKOS.inScheme, scheme))
        highest = {c for c in inside if not set(graph.objects(c, SKOS.broader)) & inside}
        if not top or top != set(graph.subjects(SKOS.topConceptOf, scheme)) or top != highest:
            yield scheme


def concept_scheme(graph: Graph) -> Iterator[Node]:
    """A concept is in a scheme that is typed as one."""
    for concept in concepts(graph):
        within = list(graph.objects(concept, SKOS.inScheme))
        if not within or any((scheme, RDF.type, SKOS.ConceptScheme) not in graph for scheme in within):
            yield concept


def concept_text(graph: Graph) -> Iterator[Node]:
    """A concept has one preferred label and one definition in each language, and no alternative that is the same."""
    for concept in concepts(graph):
        for p in (SKOS.prefLabel, SKOS.definition):
            if not in_both(graph, concept, p) or len(list(graph.objects(concept, p))) != 2:
                yield concept
        if set(graph.objects(concept, SKOS.prefLabel)) & set(graph.objects(concept, SKOS.altLabel)):
            yield concept


def concept_relation(graph: Graph) -> Iterator[Node]:
    """Relations join concepts."""
    for p in (SKOS.broader, SKOS.narrower, SKOS.related):
        for s, o in graph.subject_objects(p):
            yield from (node for node in (s, o) if (node, RDF.type, SKOS.Concept) not in graph)


def notation(graph: Graph) -> Iterator[Node]:
    """A notation is unique in its scheme."""
    for scheme in schemes(graph):
        seen = defaultdict(set)
        for concept in graph.subjects(SKOS.inScheme, scheme):
            for value in graph.objects(concept, SKOS.notation):
                seen[value].add(concept)
        yield from (min(found) for found in seen.values() if len(found) > 1)


def disjoint(graph: Graph) -> Iterator[Node]:
    """Nothing is both a concept and a scheme, or a class."""
    yield from (c for c in concepts(graph) for kind in (SKOS.ConceptScheme, OWL.Class) if (c, RDF.type, kind) in graph)


SBB: dict[Callable[[Graph], Iterator[Node]], str] = {
    scheme_text: 'id:s a skos:ConceptScheme ; dcterms:title "S"@nl .',
    scheme_source: 'id:s a skos:ConceptScheme ; dcterms:source "ergens" .',
    scheme_top: "id:s a skos:ConceptScheme ; skos:hasTopConcept id:c .",
    concept_scheme: "id:c a skos:Concept ; skos:inScheme id:geen .",
    concept_text: 'id:c a skos:Concept ; skos:prefLabel "c"@nl .',
    concept_relation: "id:c skos:broader id:d .",
    notation: '<https://w3id.org/regiograaf/id/eenheid/euro> skos:notation "deel" .',
    disjoint: "id:c a skos:Concept , owl:Class .",
}
"""Check -> what breaks it."""


@pytest.mark.parametrize("check", SBB, ids=lambda check: check.__name__)
def test_the_lists_keep_the_rules_of_nl_sbb(lists: Graph, check: Callable[[Graph], Iterator[Node]]) -> None:
    assert len(schemes(lists)) == 8
    assert sorted(check(lists)) == []
    broken = Graph() + lists
    broken.parse(data=PREFIXES + SBB[check], format="turtle")
    assert list(check(broken))


def test_what_is_mapped_to_others_stands_apart(lists: Graph, made: Build) -> None:
    mappings = {SKOS[name + "Match"] for name in ("exact", "close", "broad", "narrow", "related")}
    assert not mappings & set(lists.predicates())
    assert mappings & {p for _, p, _ in made.graphs[GRAPH["links"]]}
