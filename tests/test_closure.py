"""Every supported rule by name on a case worked out by hand, and the whole against owlrl."""

from __future__ import annotations

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS

from regiograaf.closure import close
from regiograaf.errors import InconsistentError
from tests.conftest import REPO

EX = "https://example.org/"


def iri(name: str) -> URIRef:
    return URIRef(EX + name)


A, B, C, D, P, Q, R, X, Y = (iri(n) for n in "abcdpqrxy")


def listed(*items: URIRef) -> tuple[BNode | URIRef, list]:
    triples, head = [], RDF.nil
    for item in reversed(items):
        node = BNode()
        triples += [(node, RDF.first, item), (node, RDF.rest, head)]
        head = node
    return head, triples


CHAIN, CHAIN_TRIPLES = listed(P, Q)
PARTS, PARTS_TRIPLES = listed(X, Y)

CASES = {
    "prp-spo1": ([(P, RDFS.subPropertyOf, Q)], [(A, P, B)], [(A, Q, B)]),
    "prp-eqp1": ([(P, OWL.equivalentProperty, Q)], [(A, P, B)], [(A, Q, B)]),
    "prp-eqp2": ([(P, OWL.equivalentProperty, Q)], [(A, Q, B)], [(A, P, B)]),
    "prp-inv1": ([(P, OWL.inverseOf, Q)], [(A, P, B)], [(B, Q, A)]),
    "prp-inv2": ([(P, OWL.inverseOf, Q)], [(A, Q, B)], [(B, P, A)]),
    "prp-symp": ([(P, RDF.type, OWL.SymmetricProperty)], [(A, P, B)], [(B, P, A)]),
    "prp-trp": (
        [(P, RDF.type, OWL.TransitiveProperty)],
        [(A, P, B), (B, P, C), (C, P, D)],
        [(A, P, C), (A, P, D), (B, P, D)],
    ),
    "prp-spo2": ([(R, OWL.propertyChainAxiom, CHAIN), *CHAIN_TRIPLES], [(A, P, B), (B, Q, C)], [(A, R, C)]),
    "prp-dom": ([(P, RDFS.domain, X)], [(A, P, B)], [(A, RDF.type, X)]),
    "prp-rng": ([(P, RDFS.range, X)], [(A, P, B)], [(B, RDF.type, X)]),
    "prp-fp": (
        [(P, RDF.type, OWL.FunctionalProperty)],
        [(A, P, B), (A, P, C)],
        [(B, OWL.sameAs, C), (C, OWL.sameAs, B)],
    ),
    "prp-ifp": (
        [(P, RDF.type, OWL.InverseFunctionalProperty)],
        [(A, P, C), (B, P, C)],
        [(A, OWL.sameAs, B), (B, OWL.sameAs, A)],
    ),
    "cax-sco": ([(X, RDFS.subClassOf, Y)], [(A, RDF.type, X)], [(A, RDF.type, Y)]),
    "cax-eqc1": ([(X, OWL.equivalentClass, Y)], [(A, RDF.type, X)], [(A, RDF.type, Y)]),
    "cax-eqc2": ([(X, OWL.equivalentClass, Y)], [(A, RDF.type, Y)], [(A, RDF.type, X)]),
    "cls-int1": (
        [(R, OWL.intersectionOf, PARTS), *PARTS_TRIPLES],
        [(A, RDF.type, X), (A, RDF.type, Y)],
        [(A, RDF.type, R)],
    ),
    "cls-int2": (
        [(R, OWL.intersectionOf, PARTS), *PARTS_TRIPLES],
        [(A, RDF.type, R)],
        [(A, RDF.type, X), (A, RDF.type, Y)],
    ),
    "cls-uni": ([(R, OWL.unionOf, PARTS), *PARTS_TRIPLES], [(A, RDF.type, X)], [(A, RDF.type, R)]),
    "cls-hv1": ([(X, OWL.onProperty, P), (X, OWL.hasValue, B)], [(A, RDF.type, X)], [(A, P, B)]),
    "cls-hv2": ([(X, OWL.onProperty, P), (X, OWL.hasValue, B)], [(A, P, B)], [(A, RDF.type, X)]),
    "cls-svf1": (
        [(X, OWL.onProperty, P), (X, OWL.someValuesFrom, Y)],
        [(A, P, B), (B, RDF.type, Y)],
        [(A, RDF.type, X)],
    ),
    "cls-svf2": ([(X, OWL.onProperty, P), (X, OWL.someValuesFrom, OWL.Thing)], [(A, P, B)], [(A, RDF.type, X)]),
    "cls-avf": ([(X, OWL.onProperty, P), (X, OWL.allValuesFrom, Y)], [(A, RDF.type, X), (A, P, B)], [(B, RDF.type, Y)]),
}


@pytest.mark.parametrize("rule", CASES)
def test_rule(rule: str) -> None:
    ontology, facts, expected = CASES[rule]
    closure = close(ontology, facts)
    assert set(closure.inferred) == set(expected)
    assert rule in {reason.rule for reason in closure.reasons.values()}


@pytest.mark.parametrize("rule", CASES)
def test_rule_does_not_depend_on_the_order_of_facts(rule: str) -> None:
    ontology, facts, expected = CASES[rule]
    assert set(close(list(reversed(ontology)), list(reversed(facts))).inferred) == set(expected)


@pytest.mark.parametrize("rule", CASES)
def test_closing_twice_adds_nothing(rule: str) -> None:
    ontology, facts, _ = CASES[rule]
    once = set(close(ontology, facts).inferred)
    assert set(close(ontology, {*facts, *once}).inferred) == set()


CONTRADICTIONS = {
    "cax-dw": ([(X, OWL.disjointWith, Y)], [(A, RDF.type, X), (A, RDF.type, Y)]),
    "prp-irp": ([(P, RDF.type, OWL.IrreflexiveProperty)], [(A, P, A)]),
    "prp-asyp": ([(P, RDF.type, OWL.AsymmetricProperty)], [(A, P, B), (B, P, A)]),
    "prp-pdw": ([(P, OWL.propertyDisjointWith, Q)], [(A, P, B), (A, Q, B)]),
    "eq-diff1": ([], [(A, OWL.sameAs, B), (A, OWL.differentFrom, B)]),
    "cls-nothing2": ([], [(A, RDF.type, OWL.Nothing)]),
}


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_contradiction_names_its_rule(rule: str) -> None:
    ontology, facts = CONTRADICTIONS[rule]
    with pytest.raises(InconsistentError, match=rule):
        close(ontology, facts)


@pytest.mark.parametrize("rule", CASES)
def test_background_gives_the_same_and_is_told_apart(rule: str) -> None:
    ontology, facts, expected = CASES[rule]
    closure = close(ontology, facts[:-1], facts[-1:])
    assert set(closure.inferred) == set(expected)
    assert closure.on_background == set(expected) - set(close(ontology, facts[:-1]).inferred)


def test_a_fact_of_the_background_is_not_inferred() -> None:
    closure = close([(P, RDFS.subPropertyOf, Q)], [(A, P, B)], [(A, Q, B)])
    assert set(closure.inferred) == set()


def test_literals_are_never_subjects() -> None:
    closure = close([(P, OWL.inverseOf, Q)], [(A, P, Literal("x"))])
    assert list(closure.inferred) == []


def useful(triple: tuple, ontology_terms: set) -> bool:
    """owlrl's output minus noise: axiomatic, reflexive, schema and literal-subject triples, and owl:Thing."""
    s, p, o = triple
    if isinstance(s, (Literal, BNode)) or s in ontology_terms:
        return False
    if str(s).startswith(("http://www.w3.org/", "http://purl.org/")):
        return False
    if o in (OWL.Thing, RDFS.Resource) or (p == OWL.sameAs and s == o):
        return False
    return not (p == RDF.type and o in (RDFS.Datatype, RDFS.Class, OWL.Class))


@pytest.mark.parametrize("root", ["tests/tiny", "examples", "."])
def test_equals_owlrl_on_shipped_data(root: str) -> None:
    import owlrl

    from regiograaf.dataset import compile_project, read_project
    from regiograaf.namespaces import GRAPH

    build = compile_project(read_project(REPO / root))
    graphs = build.graphs
    ontology = set(graphs[GRAPH["ontologie"]])
    facts = set()
    for name in ("entiteiten", "achtergrond", "asserted"):
        facts |= graphs.get(GRAPH[name], frozenset())
    facts = {
        (s, p, o) for s, p, o in facts if not isinstance(o, Literal)
    }  # literals play no part; owlrl is slow on them
    graph = Graph()
    for triple in ontology | facts:
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False).expand(graph)
    terms = {s for s, _, _ in ontology}
    theirs = {t for t in graph if t not in facts and t not in ontology and useful(t, terms)}
    ours = {t for t in close(ontology, facts).inferred if useful(t, terms)}
    assert sorted(theirs - ours) == []
    assert sorted(ours - theirs) == []
