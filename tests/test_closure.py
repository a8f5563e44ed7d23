"""Every supported rule by name on a case worked out by hand, and the whole against owlrl."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import pairwise

import pytest
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD

from regiograaf.claims import Triple
from regiograaf.closure import Closure, Ontology, close
from regiograaf.dataset import compile_project, read_project
from regiograaf.errors import InconsistentError
from regiograaf.namespaces import GRAPH
from regiograaf.reference import close_by_owlrl
from regiograaf.rules import SCHEMA_RULES, schema_facts
from tests.conftest import REPO
from tests.rule_datasets import generate

A, B, C, D, P, Q, R, S, X, Y, Z = (URIRef(f"https://example.org/{name}") for name in "abcdpqrsxyz")
SAME = OWL.sameAs
Triples = list[Triple]


def listed(*items: URIRef) -> tuple[BNode | URIRef, Triples]:
    triples: Triples = []
    head: BNode | URIRef = RDF.nil
    for item in reversed(items):
        node = BNode()
        triples += [(node, RDF.first, item), (node, RDF.rest, head)]
        head = node
    return head, triples


def of_list(subject: URIRef, predicate: URIRef, *items: URIRef) -> Triples:
    head, triples = listed(*items)
    return [(subject, predicate, head), *triples]


def a(subject: URIRef, cls: URIRef) -> Triple:
    return subject, RDF.type, cls


def restriction(cls: URIRef, predicate: URIRef, value: URIRef | Literal, on: URIRef = P) -> Triples:
    return [(cls, OWL.onProperty, on), (cls, predicate, value)]


def number(value: int) -> Literal:
    return Literal(value, datatype=XSD.nonNegativeInteger)


def same(*pairs: tuple[URIRef, URIRef]) -> Triples:
    return [triple for one, other in pairs for triple in ((one, SAME, other), (other, SAME, one))]


BOTH = [(A, P, B), (A, P, C)]
QUALIFIED = [*restriction(X, OWL.maxQualifiedCardinality, number(1)), (X, OWL.onClass, Y)]
QUALIFIED_NONE = [*restriction(X, OWL.maxQualifiedCardinality, number(0)), (X, OWL.onClass, Y)]

CASES: dict[str, tuple[Triples, Triples, Triples]] = {
    "eq-sym": ([], [(A, SAME, B)], [(B, SAME, A)]),
    "eq-trans": ([], [(A, SAME, B), (B, SAME, C)], [(A, SAME, C), (B, SAME, A), (C, SAME, A), (C, SAME, B)]),
    "eq-rep-s": ([], [(A, SAME, B), (A, P, C)], [(B, SAME, A), (B, P, C)]),
    "eq-rep-p": ([], [(P, SAME, Q), (A, P, C)], [(Q, SAME, P), (A, Q, C)]),
    "eq-rep-o": ([], [(A, SAME, B), (C, P, A)], [(B, SAME, A), (C, P, B)]),
    "prp-dom": ([(P, RDFS.domain, X)], [(A, P, B)], [a(A, X)]),
    "prp-rng": ([(P, RDFS.range, X)], [(A, P, B)], [a(B, X)]),
    "prp-fp": ([a(P, OWL.FunctionalProperty)], BOTH, same((B, C))),
    "prp-ifp": ([a(P, OWL.InverseFunctionalProperty)], [(A, P, C), (B, P, C)], same((A, B))),
    "prp-symp": ([a(P, OWL.SymmetricProperty)], [(A, P, B)], [(B, P, A)]),
    "prp-trp": ([a(P, OWL.TransitiveProperty)], [(A, P, B), (B, P, C), (C, P, D)], [(A, P, C), (A, P, D), (B, P, D)]),
    "prp-spo1": ([(P, RDFS.subPropertyOf, Q)], [(A, P, B)], [(A, Q, B)]),
    "prp-spo2": (of_list(R, OWL.propertyChainAxiom, P, Q, P), [(A, P, B), (B, Q, C), (C, P, D)], [(A, R, D)]),
    "prp-eqp1": ([(P, OWL.equivalentProperty, Q)], [(A, P, B)], [(A, Q, B)]),
    "prp-eqp2": ([(P, OWL.equivalentProperty, Q)], [(A, Q, B)], [(A, P, B)]),
    "prp-inv1": ([(P, OWL.inverseOf, Q)], [(A, P, B)], [(B, Q, A)]),
    "prp-inv2": ([(P, OWL.inverseOf, Q)], [(A, Q, B)], [(B, P, A)]),
    "prp-key": (
        of_list(X, OWL.hasKey, P, Q),
        [a(A, X), a(B, X), a(C, X), *((s, p, D) for s in (A, B) for p in (P, Q)), (C, P, D), (C, Q, A)],
        [*same((A, B)), (C, Q, B)],
    ),
    "cls-int1": (of_list(R, OWL.intersectionOf, X, Y), [a(A, X), a(A, Y), a(B, X)], [a(A, R)]),
    "cls-int2": (of_list(R, OWL.intersectionOf, X, Y), [a(A, R)], [a(A, X), a(A, Y)]),
    "cls-uni": (of_list(R, OWL.unionOf, X, Y), [a(A, X), a(B, Y)], [a(A, R), a(B, R)]),
    "cls-svf1": (restriction(X, OWL.someValuesFrom, Y), [(A, P, B), a(B, Y), (C, P, D)], [a(A, X)]),
    "cls-svf2": (restriction(X, OWL.someValuesFrom, OWL.Thing), [(A, P, B)], [a(A, X)]),
    "cls-avf": (restriction(X, OWL.allValuesFrom, Y), [a(A, X), (A, P, B), (C, P, D)], [a(B, Y)]),
    "cls-hv1": (restriction(X, OWL.hasValue, B), [a(A, X)], [(A, P, B)]),
    "cls-hv2": (restriction(X, OWL.hasValue, B), [(A, P, B), (C, P, D)], [a(A, X)]),
    "cls-maxc2": (restriction(X, OWL.maxCardinality, number(1)), [a(A, X), *BOTH], same((B, C))),
    "cls-maxqc3": (QUALIFIED, [a(A, X), *BOTH, (A, P, D), a(B, Y), a(C, Y)], same((B, C))),
    "cls-maxqc4": (
        [*restriction(X, OWL.maxQualifiedCardinality, number(1)), (X, OWL.onClass, OWL.Thing)],
        [a(A, X), *BOTH],
        same((B, C)),
    ),
    "cls-oo": (of_list(X, OWL.oneOf, A, B), [], [a(A, X), a(B, X)]),
    "dt-type2": (
        restriction(X, OWL.someValuesFrom, XSD.decimal),
        [(A, P, Literal(5)), (B, P, Literal("5"))],
        [a(A, X)],
    ),
    "cax-sco": ([(X, RDFS.subClassOf, Y)], [a(A, X)], [a(A, Y)]),
    "cax-eqc1": ([(X, OWL.equivalentClass, Y)], [a(A, X)], [a(A, Y)]),
    "cax-eqc2": ([(X, OWL.equivalentClass, Y)], [a(A, Y)], [a(A, X)]),
}
"""Rule -> (ontology, facts, what follows on the individuals a, b, c, d, and on p and q where they are equal)."""

SUB, EQ = RDFS.subClassOf, OWL.equivalentClass
SUBP, EQP = RDFS.subPropertyOf, OWL.equivalentProperty
TWO = [(P, SUBP, Q)]

SCHEMA: dict[str, tuple[Triples, Triples]] = {
    "scm-sco": ([(X, SUB, Y), (Y, SUB, Z)], [(X, SUB, Z)]),
    "scm-eqc1": ([(X, EQ, Y)], [(X, SUB, Y), (Y, SUB, X), (Y, EQ, X)]),
    "scm-eqc2": ([(X, SUB, Y), (Y, SUB, X)], [(X, EQ, Y), (Y, EQ, X)]),
    "scm-spo": ([(P, SUBP, Q), (Q, SUBP, R)], [(P, SUBP, R)]),
    "scm-eqp1": ([(P, EQP, Q)], [(P, SUBP, Q), (Q, SUBP, P), (Q, EQP, P)]),
    "scm-eqp2": ([(P, SUBP, Q), (Q, SUBP, P)], [(P, EQP, Q), (Q, EQP, P)]),
    "scm-dom1": ([(P, RDFS.domain, X), (X, SUB, Y)], [(P, RDFS.domain, Y)]),
    "scm-dom2": ([(Q, RDFS.domain, X), *TWO], [(P, RDFS.domain, X)]),
    "scm-rng1": ([(P, RDFS.range, X), (X, SUB, Y)], [(P, RDFS.range, Y)]),
    "scm-rng2": ([(Q, RDFS.range, X), *TWO], [(P, RDFS.range, X)]),
    "scm-hv": ([*restriction(X, OWL.hasValue, A), *restriction(Y, OWL.hasValue, A, Q), *TWO], [(X, SUB, Y)]),
    "scm-svf1": (
        [*restriction(X, OWL.someValuesFrom, C), *restriction(Y, OWL.someValuesFrom, D), (C, SUB, D)],
        [(X, SUB, Y)],
    ),
    "scm-svf2": (
        [*restriction(X, OWL.someValuesFrom, C), *restriction(Y, OWL.someValuesFrom, C, Q), *TWO],
        [(X, SUB, Y)],
    ),
    "scm-avf1": (
        [*restriction(X, OWL.allValuesFrom, C), *restriction(Y, OWL.allValuesFrom, D), (C, SUB, D)],
        [(X, SUB, Y)],
    ),
    "scm-avf2": (
        [*restriction(X, OWL.allValuesFrom, C), *restriction(Y, OWL.allValuesFrom, C, Q), *TWO],
        [(Y, SUB, X)],
    ),
    "scm-int": (of_list(R, OWL.intersectionOf, X, Y), [(R, SUB, X), (R, SUB, Y)]),
    "scm-uni": (of_list(R, OWL.unionOf, X, Y), [(X, SUB, R), (Y, SUB, R)]),
    "scm-cls": (
        [a(C, OWL.Class), *restriction(X, OWL.someValuesFrom, C), *restriction(Y, OWL.someValuesFrom, OWL.Thing)],
        [(X, SUB, Y)],
    ),
    "cls-thing": (
        [*restriction(X, OWL.someValuesFrom, OWL.Thing), *restriction(Y, OWL.someValuesFrom, OWL.Thing)],
        [(X, SUB, Y), (Y, SUB, X), (X, EQ, Y), (Y, EQ, X)],
    ),
    "scm-op": (
        [a(P, OWL.ObjectProperty), *restriction(X, OWL.hasValue, A), *restriction(Y, OWL.hasValue, A)],
        [(X, SUB, Y), (Y, SUB, X), (X, EQ, Y), (Y, EQ, X)],
    ),
    "scm-dp": (
        [a(P, OWL.DatatypeProperty), *restriction(X, OWL.hasValue, A), *restriction(Y, OWL.hasValue, A)],
        [(X, SUB, Y), (Y, SUB, X), (X, EQ, Y), (Y, EQ, X)],
    ),
}
"""Rule -> (axioms, what follows among them). scm-cls, cls-thing, scm-op and scm-dp say nothing themselves: they
let another rule fire."""


def individuals(closure: Closure) -> set[Triple]:
    """What was concluded, less what is about classes and relations."""
    about_terms = {SUB, EQ, SUBP, EQP}
    return {triple for triple in closure.inferred if triple[1] not in about_terms}


def with_rule_alone(name: str, ontology: Triples, facts: Triples) -> set[Triple]:
    compiled = Ontology(ontology)
    compiled.rules = tuple(rule for rule in compiled.rules if rule.name == name)
    closure = Closure(compiled)
    closure.add(facts)
    return set(closure.inferred)


@pytest.mark.parametrize("rule", CASES)
def test_rule(rule: str) -> None:
    ontology, facts, expected = CASES[rule]
    assert individuals(close(ontology, facts)) == set(expected)


@pytest.mark.parametrize("rule", [rule for rule in CASES if not rule.startswith(("eq-rep", "eq-trans", "dt-"))])
def test_rule_alone_concludes_it(rule: str) -> None:
    ontology, facts, expected = CASES[rule]
    conclusion = expected[0]
    assert conclusion in with_rule_alone(rule, ontology, facts)
    assert conclusion not in with_rule_alone("none", ontology, facts)


@pytest.mark.parametrize("rule", SCHEMA)
def test_schema_rule(rule: str) -> None:
    axioms, expected = SCHEMA[rule]
    assert set(close(axioms, []).inferred) == set(expected)
    assert rule in {known.name for known in (*SCHEMA_RULES, *schema_facts(axioms).values())}


@pytest.mark.parametrize("rule", CASES)
def test_rule_does_not_depend_on_the_order_of_facts(rule: str) -> None:
    ontology, facts, expected = CASES[rule]
    assert individuals(close(list(reversed(ontology)), list(reversed(facts)))) == set(expected)


@pytest.mark.parametrize("rule", CASES)
def test_closing_twice_adds_nothing(rule: str) -> None:
    ontology, facts, _ = CASES[rule]
    once = set(close(ontology, facts).inferred)
    assert set(close(ontology, {*facts, *once}).inferred) == set()


ONE_MEMBER = [a(A, X), (A, P, B)]
NEGATIVE = [(R, OWL.sourceIndividual, A), (R, OWL.assertionProperty, P)]
CONTRADICTIONS: dict[str, tuple[Triples, Triples]] = {
    "eq-diff1": ([], [(A, SAME, B), (A, OWL.differentFrom, B)]),
    "eq-diff2": ([a(X, OWL.AllDifferent), *of_list(X, OWL.members, A, B, C)], [(B, SAME, C)]),
    "eq-diff3": ([a(X, OWL.AllDifferent), *of_list(X, OWL.distinctMembers, A, B, C)], [(B, SAME, C)]),
    "prp-irp": ([a(P, OWL.IrreflexiveProperty)], [(A, P, A)]),
    "prp-asyp": ([a(P, OWL.AsymmetricProperty)], [(A, P, B), (B, P, A)]),
    "prp-pdw": ([(P, OWL.propertyDisjointWith, Q)], [(A, P, B), (A, Q, B)]),
    "prp-adp": (
        [a(X, OWL.AllDisjointProperties), *of_list(X, OWL.members, P, Q, R)],
        [(A, Q, B), (A, R, B)],
    ),
    "prp-npa1": ([*NEGATIVE, (R, OWL.targetIndividual, B)], [(A, P, B)]),
    "prp-npa2": ([*NEGATIVE, (R, OWL.targetValue, Literal("x"))], [(A, P, Literal("x"))]),
    "cls-nothing2": ([], [a(A, OWL.Nothing)]),
    "cls-com": ([(X, OWL.complementOf, Y)], [a(A, X), a(A, Y)]),
    "cls-maxc1": (restriction(X, OWL.maxCardinality, number(0)), ONE_MEMBER),
    "cls-maxqc1": (QUALIFIED_NONE, [*ONE_MEMBER, a(B, Y)]),
    "cls-maxqc2": (
        [*restriction(X, OWL.maxQualifiedCardinality, number(0)), (X, OWL.onClass, OWL.Thing)],
        ONE_MEMBER,
    ),
    "cax-dw": ([(X, OWL.disjointWith, Y)], [a(A, X), a(A, Y)]),
    "cax-adc": ([a(R, OWL.AllDisjointClasses), *of_list(R, OWL.members, X, Y, Z)], [a(A, Y), a(A, Z)]),
    "dt-diff": ([a(P, OWL.FunctionalProperty)], [(A, P, Literal(1)), (A, P, Literal(2))]),
}


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_contradiction_names_its_rule_and_triples(rule: str) -> None:
    ontology, facts = CONTRADICTIONS[rule]
    with pytest.raises(InconsistentError) as caught:
        close(ontology, facts)
    (found,) = {c for c in caught.value.contradictions if c.rule == rule and set(c.premises) <= {*facts}} or {None}
    assert found is not None
    assert str(caught.value).startswith("contradiction (")


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_without_its_last_fact_there_is_no_contradiction(rule: str) -> None:
    ontology, facts = CONTRADICTIONS[rule]
    close(ontology, facts[:-1])


def test_two_ways_to_write_one_value_do_not_contradict() -> None:
    values = [Literal("1", datatype=XSD.integer), Literal("1.0", datatype=XSD.decimal)]
    close([a(P, OWL.FunctionalProperty)], [(A, P, value) for value in values])


@pytest.mark.parametrize("rule", [rule for rule, (_, facts, _) in CASES.items() if facts])
def test_background_gives_the_same_and_is_told_apart(rule: str) -> None:
    ontology, facts, expected = CASES[rule]
    closure = close(ontology, facts[:-1], facts[-1:])
    assert individuals(closure) == set(expected)
    assert set(closure.on_background) == set(closure.inferred) - set(close(ontology, facts[:-1]).inferred)


def test_a_fact_of_the_background_is_not_inferred() -> None:
    closure = close([(P, RDFS.subPropertyOf, Q)], [(A, P, B)], [(A, Q, B)])
    assert set(closure.inferred) == set()


def test_nothing_is_said_of_literals_of_everything_or_of_a_thing_with_itself() -> None:
    axioms = [(P, OWL.inverseOf, Q), a(R, OWL.SymmetricProperty), a(R, OWL.TransitiveProperty), (X, SUB, OWL.Thing)]
    facts = [(A, P, Literal("x")), a(A, X), (A, R, B)]
    assert set(close(axioms, facts).inferred) == {(B, R, A)}


def test_a_shared_literal_joins_its_subjects_though_it_is_never_one() -> None:
    axioms = [(P, OWL.inverseOf, Q), *of_list(R, OWL.propertyChainAxiom, P, Q)]
    facts = [(A, P, Literal("x")), (B, P, Literal("x"))]
    assert set(close(axioms, facts).inferred) == {(A, R, B), (B, R, A)}


def test_a_chain_of_two_hundred_takes_few_rounds() -> None:
    places = [URIRef(f"https://example.org/place/{number}") for number in range(201)]
    facts = [(one, P, other) for one, other in pairwise(places)]
    inferred = close([a(P, OWL.TransitiveProperty)], facts).inferred
    assert len(set(inferred)) == len(inferred) == 200 * 199 // 2


@pytest.mark.parametrize("seed", range(3))
def test_adding_in_parts_gives_the_same_as_closing_at_once(seed: int) -> None:
    ontology, facts = generate(seed)
    random.Random(seed).shuffle(facts)
    closure = Closure(ontology)
    for begin in range(0, len(facts), 40):
        closure.add(facts[begin : begin + 40])
    assert set(closure.inferred) == set(close(ontology, facts).inferred)


def test_one_ontology_serves_many_closures() -> None:
    ontology = Ontology([(X, SUB, Y)])
    assert individuals(close(ontology, [a(A, X)])) == {a(A, Y)}
    assert individuals(close(ontology, [a(B, X)])) == {a(B, Y)}


def test_the_table_of_rules_names_every_rule_and_each_supported_one_has_a_test() -> None:
    text = (REPO / "docs" / "reasoning.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:eq|prp|cls|cax|dt|scm)-[a-z0-9-]+) \| .* \| (yes|no): .* \|$", text, re.MULTILINE)
    count = Counter(name.split("-")[0] for name, _ in rows)
    assert count == {"eq": 9, "prp": 20, "cls": 19, "cax": 5, "dt": 5, "scm": 20}
    assert len({name for name, _ in rows}) == len(rows) == 78
    assert {name for name, support in rows if support == "yes"} == {*CASES, *SCHEMA, *CONTRADICTIONS}


# The other opinion


def difference(ontology: set[Triple], facts: set[Triple]) -> tuple[list[Triple], list[Triple]]:
    """What owlrl concludes and we do not, and the other way round."""
    theirs = close_by_owlrl(ontology, facts)
    ours = set(close(ontology, facts).inferred)
    return sorted(theirs - ours, key=str), sorted(ours - theirs, key=str)


@pytest.mark.parametrize("root", ["tests/tiny", "examples", "."])
def test_equals_owlrl_on_shipped_data(root: str) -> None:
    graphs = compile_project(read_project(REPO / root)).graphs
    facts = set().union(*(graphs.get(GRAPH[name], frozenset()) for name in ("entiteiten", "achtergrond", "asserted")))
    ontology = set(graphs[GRAPH["ontologie"]])
    assert difference(ontology, facts) == ([], [])
    assert set(close(ontology, facts).inferred) == graphs[GRAPH["inferred"]]


@pytest.mark.parametrize("seed", range(10))
def test_equals_owlrl_on_generated_data(seed: int) -> None:
    ontology, facts = generate(seed)
    assert difference(set(ontology), set(facts)) == ([], [])
