"""The reference closure: what it leaves out, what it keeps, and that the generated datasets give every rule work."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import owlrl  # type: ignore[import-untyped]
import pytest
import rdflib.term
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

from regiograaf import reference
from regiograaf.claims import TYPE, Triple
from regiograaf.errors import InconsistentError
from regiograaf.reference import NOISE, close_by_owlrl, is_noise
from tests.conftest import REPO
from tests.rule_datasets import CONTRADICTIONS, EX, MIXTURES, RULES, Gadget, contradictory, gadgets, generate

A, B, C, D, E, P, Q, R, X, Y, Z = (URIRef(EX + name) for name in "abcdepqrxyz")
HEAD, TAIL = BNode("head"), BNode("tail")

Case = tuple[list[Triple], list[Triple]]


def listed(first: Node, second: Node) -> list[Triple]:
    return [(HEAD, RDF.first, first), (HEAD, RDF.rest, TAIL), (TAIL, RDF.first, second), (TAIL, RDF.rest, RDF.nil)]


def plain_owlrl(triples: list[Triple]) -> Graph:
    """What owlrl makes of triples, noise and all."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(graph)
    return graph


# Noise: one case for each triple that owlrl adds and that a kind of noise takes out, by kind and rule.

CLASS = (X, TYPE, OWL.Class)
DOWN: list[tuple[str, str, list[Triple], Triple]] = [
    ("literal-subject", "dt-type2", [(A, P, Literal(5))], (Literal(5), TYPE, XSD.integer)),
    ("literal-subject", "prp-inv1", [(P, OWL.inverseOf, Q), (A, P, Literal("x"))], (Literal("x"), Q, A)),
    ("blank-node", "eq-rep-o", [(X, OWL.oneOf, HEAD), *listed(A, B), (B, OWL.sameAs, C)], (TAIL, RDF.first, C)),
    ("blank-node", "eq-rep-s", [(X, OWL.oneOf, HEAD), *listed(A, B), (X, OWL.sameAs, Y)], (Y, OWL.oneOf, HEAD)),
    ("with-itself", "eq-ref", [(A, P, B)], (A, OWL.sameAs, A)),
    ("with-itself", "scm-cls", [CLASS], (X, RDFS.subClassOf, X)),
    ("with-itself", "scm-cls", [CLASS], (X, OWL.equivalentClass, X)),
    ("with-itself", "scm-op", [(P, TYPE, OWL.ObjectProperty)], (P, RDFS.subPropertyOf, P)),
    ("with-itself", "scm-dp", [(P, TYPE, OWL.DatatypeProperty)], (P, OWL.equivalentProperty, P)),
    ("with-itself", "prp-trp", [(P, TYPE, OWL.TransitiveProperty), (A, P, B), (B, P, A)], (A, P, A)),
    ("member-of-everything", "cax-sco", [CLASS, (A, TYPE, X)], (A, TYPE, OWL.Thing)),
    ("member-of-everything", "prp-rng", [(P, RDFS.range, RDFS.Resource), (A, P, B)], (B, TYPE, RDFS.Resource)),
    ("below-everything", "scm-cls", [CLASS], (X, RDFS.subClassOf, OWL.Thing)),
    ("below-everything", "scm-dom1", [CLASS, (P, RDFS.domain, X)], (P, RDFS.domain, OWL.Thing)),
    ("below-everything", "scm-rng1", [CLASS, (P, RDFS.range, X)], (P, RDFS.range, OWL.Thing)),
    ("vocabulary", "scm-cls", [CLASS], (OWL.Nothing, RDFS.subClassOf, X)),
    ("vocabulary", "cls-thing", [], (OWL.Thing, TYPE, OWL.Class)),
    ("vocabulary", "prp-ap", [], (RDFS.label, TYPE, OWL.AnnotationProperty)),
    ("vocabulary", "dt-type1", [], (XSD.integer, TYPE, RDFS.Datatype)),
    (
        "vocabulary",
        "disjoint datatypes",
        [(A, P, Literal(True)), (A, P, Literal(5))],
        (XSD.boolean, OWL.disjointWith, XSD.decimal),
    ),
]


@pytest.mark.parametrize(("kind", "rule", "given", "noise"), DOWN, ids=[f"{case[0]} by {case[1]}" for case in DOWN])
def test_noise_is_what_owlrl_adds_and_one_kind_takes_out(
    kind: str, rule: str, given: list[Triple], noise: Triple
) -> None:
    assert noise in plain_owlrl(given)
    assert [each.name for each in NOISE if each.matches(noise)] == [kind], "no kind covers another"
    assert noise not in close_by_owlrl(given, [])


def test_every_kind_of_noise_has_a_case() -> None:
    assert {case[0] for case in DOWN} == {noise.name for noise in NOISE}
    assert all(noise.description and noise.rules for noise in NOISE)


# What is kept: all of it, for small cases worked out by hand.

UP: dict[str, tuple[list[Triple], set[Triple]]] = {
    "schema of classes": (
        [CLASS, (X, RDFS.subClassOf, Y), (Y, OWL.equivalentClass, Z), (P, RDFS.domain, X), (Q, RDFS.subPropertyOf, P)],
        {
            (X, RDFS.subClassOf, Z),
            (Y, RDFS.subClassOf, Z),
            (Z, RDFS.subClassOf, Y),
            (Z, OWL.equivalentClass, Y),
            *((p, RDFS.domain, c) for p in (P, Q) for c in (X, Y, Z) if (p, c) != (P, X)),
        },
    ),
    "schema of relations": (
        [(P, OWL.equivalentProperty, Q), (Q, RDFS.subPropertyOf, R), (R, RDFS.range, XSD.integer)],
        {
            (P, RDFS.subPropertyOf, Q),
            (Q, RDFS.subPropertyOf, P),
            (Q, OWL.equivalentProperty, P),
            (P, RDFS.subPropertyOf, R),
            (P, RDFS.range, XSD.integer),
            (Q, RDFS.range, XSD.integer),
        },
    ),
    "facts with literals": (
        [(P, RDFS.subPropertyOf, RDFS.label), (A, P, Literal("ding", lang="nl")), (A, OWL.sameAs, B)],
        {
            (A, RDFS.label, Literal("ding", lang="nl")),
            (B, RDFS.label, Literal("ding", lang="nl")),
            (B, P, Literal("ding", lang="nl")),
            (B, OWL.sameAs, A),
        },
    ),
    "by way of noise": (
        # Only because X is declared is it below itself and below owl:Thing, and are these restrictions comparable.
        [
            CLASS,
            *((node, OWL.onProperty, P) for node in (A, B, C)),
            (A, OWL.someValuesFrom, X),
            (B, OWL.someValuesFrom, X),
            (C, OWL.someValuesFrom, OWL.Thing),
        ],
        {
            (A, OWL.equivalentClass, B),
            (B, OWL.equivalentClass, A),
            (A, RDFS.subClassOf, B),
            (B, RDFS.subClassOf, A),
            (A, RDFS.subClassOf, C),
            (B, RDFS.subClassOf, C),
        },
    ),
    "by way of a round trip": (
        # A is P itself by way of B: that is left out, and what follows from it is not.
        [
            (P, TYPE, OWL.TransitiveProperty),
            (R, OWL.propertyChainAxiom, HEAD),
            *listed(P, Q),
            (A, P, B),
            (B, P, A),
            (A, Q, C),
        ],
        {(A, R, C), (B, R, C)},
    ),
    "nothing": ([(P, OWL.inverseOf, Q), (X, OWL.disjointWith, Y), (A, OWL.differentFrom, B)], set()),
}


@pytest.mark.parametrize("name", UP)
def test_what_says_something_is_kept(name: str) -> None:
    given, kept = UP[name]
    assert close_by_owlrl(given, []) == kept
    assert close_by_owlrl([], given) == kept, "owlrl tells no ontology from facts"


def test_what_is_given_is_not_returned() -> None:
    axiom, narrow, broad = (P, RDFS.subPropertyOf, Q), (A, P, B), (A, Q, B)
    assert close_by_owlrl([axiom], [narrow]) == {broad}
    assert close_by_owlrl([axiom], [narrow, broad]) == set()
    assert close_by_owlrl(iter([axiom]), iter([narrow])) == {broad}


def test_rdflib_reads_literals_as_before() -> None:
    before = dict(rdflib.term._toPythonMapping)
    close_by_owlrl([], [(A, P, Literal(5))])
    with pytest.raises(InconsistentError):
        close_by_owlrl([], [(A, P, Literal("vijf", datatype=XSD.decimal))])
    assert rdflib.term._toPythonMapping == before


def test_the_reference_knows_nothing_of_the_engine() -> None:
    tree = ast.parse((REPO / "src" / "regiograaf" / "reference.py").read_text(encoding="utf-8"))
    rooms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert {room for room in rooms if room.startswith("regiograaf")} == {"regiograaf.claims", "regiograaf.errors"}
    assert not any(isinstance(node, ast.Import) for node in ast.walk(tree))
    assert reference.__all__ == ["NOISE", "Noise", "close_by_owlrl", "is_noise"]


# Contradictions


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_a_contradiction_is_raised_and_needs_each_of_its_triples(rule: str) -> None:
    ontology, facts = contradictory(rule)
    with pytest.raises(InconsistentError, match=r"^owlrl: ") as raised:
        close_by_owlrl(ontology, facts)
    assert raised.value.contradictions
    for left_out in [*ontology, *facts]:
        if not isinstance(left_out[0], BNode):
            close_by_owlrl([t for t in ontology if t != left_out], [t for t in facts if t != left_out])


def test_an_ill_formed_decimal_is_a_contradiction_too() -> None:
    with pytest.raises(InconsistentError, match=r"^owlrl: a literal is no xsd:decimal$"):
        close_by_owlrl([], [(A, P, Literal("vijf", datatype=XSD.decimal))])


# What is put right in owlrl. When a newer owlrl has it right itself, these fail, and the repair can go.

KEYS: list[Triple] = [(X, OWL.hasKey, HEAD), *listed(P, Q), *((each, TYPE, X) for each in (A, B, C))]
SHARED: list[Triple] = [(A, P, D), (B, P, D), (C, P, D), (A, Q, D), (B, Q, D), (C, Q, E)]


def test_a_key_compares_its_last_relation_too() -> None:
    assert (A, OWL.sameAs, C) in plain_owlrl([*KEYS, *SHARED]), "owlrl leaves out the last relation of a key"
    assert close_by_owlrl(KEYS, SHARED) == {(A, OWL.sameAs, B), (B, OWL.sameAs, A)}


@pytest.mark.parametrize("rule", ["eq-diff2", "eq-diff3", "prp-adp"])
def test_the_last_of_a_list_that_differs_is_compared_too(rule: str) -> None:
    ontology, facts = contradictory(rule)
    plain = plain_owlrl([*ontology, *facts])
    assert [o for _, p, o in plain if str(p).endswith("#error")] == [], "owlrl leaves out the last of the list"
    with pytest.raises(InconsistentError):
        close_by_owlrl(ontology, facts)


# The generated datasets

SEEDS = range(10)

INFERRING = """
    eq-sym eq-trans eq-rep-s eq-rep-p eq-rep-o
    prp-dom prp-rng prp-fp prp-ifp prp-symp prp-trp prp-spo1 prp-spo2 prp-eqp1 prp-eqp2 prp-inv1 prp-inv2 prp-key
    cls-int1 cls-int2 cls-uni cls-svf1 cls-svf2 cls-avf cls-hv1 cls-hv2 cls-maxc2 cls-maxqc3 cls-maxqc4 cls-oo
    cax-sco cax-eqc1 cax-eqc2
    dt-type2
    scm-cls scm-sco scm-eqc1 scm-eqc2 scm-op scm-dp scm-spo scm-eqp1 scm-eqp2 scm-dom1 scm-dom2 scm-rng1 scm-rng2
    scm-hv scm-svf1 scm-svf2 scm-avf1 scm-avf2 scm-int scm-uni
"""
"""The rules of tables 4 to 9 that can bring something to light; dt-eq and dt-diff are not in owlrl.

The others say nothing by themselves: eq-ref, prp-ap, cls-thing, cls-nothing1, dt-type1.
"""
DENYING = """
    eq-diff1 eq-diff2 eq-diff3 prp-irp prp-asyp prp-pdw prp-adp prp-npa1 prp-npa2
    cls-nothing2 cls-com cls-maxc1 cls-maxqc1 cls-maxqc2 cax-dw cax-adc dt-not-type
"""


def test_every_rule_has_a_gadget_or_a_contradiction() -> None:
    assert {name.split()[0] for name in RULES} == set(INFERRING.split())
    assert set(CONTRADICTIONS) == set(DENYING.split())


@pytest.mark.parametrize("seed", SEEDS)
def test_every_dataset_has_each_gadget_whole_and_its_witness_unsaid(seed: int) -> None:
    ontology, facts = generate(seed)
    made = gadgets(seed)
    assert {gadget.rule for gadget in made} == {*RULES, *MIXTURES}
    for gadget in made:
        assert {*gadget.axioms, *gadget.lists} <= set(ontology), gadget.rule
        assert set(gadget.facts) <= set(facts), gadget.rule
        assert gadget.witness not in {*ontology, *facts}, gadget.rule
        assert not is_noise(gadget.witness), gadget.rule


def test_all_witnesses_follow_from_a_dataset_and_things_that_are_the_same_are_few() -> None:
    ontology, facts = generate(0)
    closed = close_by_owlrl(ontology, facts)
    assert [gadget.rule for gadget in gadgets(0) if gadget.witness not in closed] == []
    assert len(closed) > 5 * len(gadgets(0)), "the gadgets are sewn together: most follows from several"
    same = [s for s, p, _ in closed if p == OWL.sameAs]
    assert 12 <= len(set(same)) < len(same) <= 120


def renamed(triples: list[Triple], place: int) -> list[Triple]:
    """The triples with names of their own, so that many small cases can be closed at once."""

    def rename(term: Node) -> Node:
        if isinstance(term, BNode):
            return BNode(f"c{place}{term}")
        return URIRef(term.replace(EX, f"{EX}{place}/")) if isinstance(term, URIRef) else term

    return [(rename(s), rename(p), rename(o)) for s, p, o in triples]


def test_a_witness_follows_from_its_gadget_and_needs_each_of_its_axioms() -> None:
    cases: list[tuple[Gadget, Triple | None]] = []
    for gadget in gadgets(0, 0):
        needed = [axiom for axiom in gadget.axioms if axiom[2] != OWL.Restriction]
        cases += [(gadget, left_out) for left_out in (None, *needed)]
    triples = [
        triple
        for place, (gadget, left_out) in enumerate(cases)
        for triple in renamed([t for t in gadget.triples if t != left_out], place)
    ]
    closed = close_by_owlrl([], triples)
    for place, (gadget, left_out) in enumerate(cases):
        (witness,) = renamed([gadget.witness], place)
        assert (witness in closed) == (left_out is None), (gadget.rule, left_out)


def test_a_dataset_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert generate(3) == generate(3)
    assert set(generate(3)[0]) != set(generate(4)[0])
    assert len(generate(3, size=40)[0]) > len(generate(3, size=0)[0])


def test_a_dataset_does_not_depend_on_hashing() -> None:
    code = "from tests.rule_datasets import generate; print(generate(5))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=REPO,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_dataset_has_literals_of_all_sorts_and_terms_with_and_without_declaration(seed: int) -> None:
    ontology, facts = generate(seed)
    literals = {o for _, _, o in facts if isinstance(o, Literal)}
    assert {o.datatype for o in literals} >= {None, XSD.integer, XSD.string, XSD.date, XSD.decimal}
    assert {o.language for o in literals} == {None, "nl"}
    assert not any(isinstance(s, Literal) for s, _, _ in [*ontology, *facts])
    classes = {s for s, p, _ in ontology if p == RDFS.subClassOf}
    declared = {s for s, p, o in ontology if p == TYPE and o == OWL.Class}
    assert classes & declared
    assert classes - declared
