"""Generated datasets in which every rule of OWL 2 RL has something to do, and a contradiction for each that finds one.

Each rule has a gadget: a few axioms and facts, and a witness, the triple that follows from them by that rule. A dataset
is the gadgets of all rules and some more at random, sewn together: they take their classes, relations and things from
random hierarchies, so that the conclusions of one are the premises of another. Nothing here knows a reasoner.
Source: OWL 2 Web Ontology Language Profiles, section 4.3 (tables 4 to 9).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

from regiograaf.claims import TYPE, Triple

__all__ = ["CONTRADICTIONS", "MIXTURES", "RULES", "Gadget", "contradictory", "gadgets", "generate"]

EX = "https://example.org/"
ONE = Literal("1", datatype=XSD.nonNegativeInteger)
NONE = Literal("0", datatype=XSD.nonNegativeInteger)


@dataclass
class Gadget:
    """The axioms and facts of one rule, and what follows from them by it."""

    rule: str
    axioms: list[Triple]
    facts: list[Triple]
    witness: Triple
    lists: list[Triple]

    @property
    def triples(self) -> list[Triple]:
        return [*self.axioms, *self.lists, *self.facts]


class World:
    """Random hierarchies of classes and relations, a pool of things, and new names."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.seed = seed
        self.count = 0
        self.lists: list[Triple] = []
        self.classes = [self.new("C") for _ in range(10)]
        self.relations = [self.new("p") for _ in range(7)]
        self.attributes = [self.new("d") for _ in range(3)]
        self.things = [self.new("t") for _ in range(40)]

    def new(self, letter: str) -> URIRef:
        self.count += 1
        return URIRef(f"{EX}{letter}{self.count}")

    def news(self, letters: str) -> list[URIRef]:
        return [self.new(letter) for letter in letters]

    def some(self, pool: list[URIRef], number: int) -> list[URIRef]:
        return self.random.sample(pool, number)

    def listed(self, *items: Node) -> BNode:
        """The head of a new list; its triples go to `lists`. Labels are fixed: a dataset is the same each time."""
        self.count += 1
        nodes = [BNode(f"s{self.seed}l{self.count}n{place}") for place in range(len(items))]
        for node, item, rest in zip(nodes, items, [*nodes[1:], RDF.nil], strict=True):
            self.lists += [(node, RDF.first, item), (node, RDF.rest, rest)]
        return nodes[0]

    def restriction(self, relation: Node, kind: Node, filler: Node) -> tuple[URIRef, list[Triple]]:
        node = self.new("R")
        axioms: list[Triple] = [(node, OWL.onProperty, relation), (node, kind, filler)]
        if self.random.random() < 0.5:
            axioms.append((node, TYPE, OWL.Restriction))
        return node, axioms

    def values(self) -> list[Literal]:
        """A literal of each sort."""
        number = self.random.randrange(100)
        return [
            Literal(f"value {number}"),
            Literal(f"waarde {number}", lang="nl"),
            Literal(number),
            Literal(f"2024-03-{number % 28 + 1:02}", datatype=XSD.date),
            Literal(f"text {number}", datatype=XSD.string),
            Literal(f"{number}.5", datatype=XSD.decimal),
        ]

    def value(self) -> Literal:
        return self.random.choice(self.values())


Made = tuple[list[Triple], list[Triple], Triple]
"""Axioms, facts, witness."""
RULES: dict[str, Callable[[World], Made]] = {}
"""How to make a gadget, by rule."""
MIXTURES: dict[str, Callable[[World], Made]] = {}
"""Gadgets in which rules need each other, by name."""
_MERGING = ("eq-", "prp-fp", "prp-ifp", "prp-key", "cls-maxc", "cls-maxqc")
"""Beginnings of the names of rules that make things the same: one gadget of each, for owlrl is slow on large groups."""


def _rule(name: str) -> Callable[[Callable[[World], Made]], Callable[[World], Made]]:
    def register(make: Callable[[World], Made]) -> Callable[[World], Made]:
        RULES[name] = make
        return make

    return register


def _mixture(name: str) -> Callable[[Callable[[World], Made]], Callable[[World], Made]]:
    def register(make: Callable[[World], Made]) -> Callable[[World], Made]:
        MIXTURES[name] = make
        return make

    return register


# Equality. A thing of the pool gets a new twin, so groups stay small.


@_rule("eq-sym")
def _(w: World) -> Made:
    (a,), (b,) = w.some(w.things, 1), w.news("t")
    return [], [(a, OWL.sameAs, b)], (b, OWL.sameAs, a)


@_rule("eq-trans")
def _(w: World) -> Made:
    (a,), (b, c) = w.some(w.things, 1), w.news("tt")
    return [], [(a, OWL.sameAs, b), (b, OWL.sameAs, c)], (a, OWL.sameAs, c)


@_rule("eq-rep-s")
def _(w: World) -> Made:
    (a, x), (p,), (b,) = w.some(w.things, 2), w.some(w.relations, 1), w.news("t")
    return [], [(a, OWL.sameAs, b), (a, p, x)], (b, p, x)


@_rule("eq-rep-p")
def _(w: World) -> Made:
    (a, b), (p,), (q,) = w.some(w.things, 2), w.some(w.relations, 1), w.news("p")
    return [(p, OWL.sameAs, q)], [(a, p, b)], (a, q, b)


@_rule("eq-rep-o")
def _(w: World) -> Made:
    (a, x), (p,), (b,) = w.some(w.things, 2), w.some(w.relations, 1), w.news("t")
    return [], [(a, OWL.sameAs, b), (x, p, a)], (x, p, b)


# Properties


@_rule("prp-dom")
def _(w: World) -> Made:
    (a, b), (c,), (p,) = w.some(w.things, 2), w.some(w.classes, 1), w.news("p")
    return [(p, RDFS.domain, c)], [(a, p, b)], (a, TYPE, c)


@_rule("prp-rng")
def _(w: World) -> Made:
    (a, b), (c,), (p,) = w.some(w.things, 2), w.some(w.classes, 1), w.news("p")
    return [(p, RDFS.range, c)], [(a, p, b)], (b, TYPE, c)


@_rule("prp-fp")
def _(w: World) -> Made:
    (a, b), (p, t) = w.some(w.things, 2), w.news("pt")
    return [(p, TYPE, OWL.FunctionalProperty)], [(a, p, b), (a, p, t)], (b, OWL.sameAs, t)


@_rule("prp-ifp")
def _(w: World) -> Made:
    (a, b), (p, t) = w.some(w.things, 2), w.news("pt")
    return [(p, TYPE, OWL.InverseFunctionalProperty)], [(a, p, b), (t, p, b)], (a, OWL.sameAs, t)


@_rule("prp-symp")
def _(w: World) -> Made:
    (a, b), (p,) = w.some(w.things, 2), w.news("p")
    return [(p, TYPE, OWL.SymmetricProperty)], [(a, p, b)], (b, p, a)


@_rule("prp-trp")
def _(w: World) -> Made:
    (a, b, c), (p,) = w.some(w.things, 3), w.news("p")
    return [(p, TYPE, OWL.TransitiveProperty)], [(a, p, b), (b, p, c)], (a, p, c)


@_rule("prp-spo1")
def _(w: World) -> Made:
    (a, b), (p,), (q,) = w.some(w.things, 2), w.news("p"), w.some(w.relations, 1)
    return [(p, RDFS.subPropertyOf, q)], [(a, p, b)], (a, q, b)


@_rule("prp-spo2")
def _(w: World) -> Made:
    (a, b, c), (p, q), (r,) = w.some(w.things, 3), w.some(w.relations, 2), w.news("p")
    return [(r, OWL.propertyChainAxiom, w.listed(p, q))], [(a, p, b), (b, q, c)], (a, r, c)


@_rule("prp-spo2 of three")
def _(w: World) -> Made:
    (a, b, c, e), (p, q), (r,) = w.some(w.things, 4), w.some(w.relations, 2), w.news("p")
    facts: list[Triple] = [(a, p, b), (b, q, c), (c, p, e)]
    return [(r, OWL.propertyChainAxiom, w.listed(p, q, p))], facts, (a, r, e)


@_rule("prp-spo2 to a literal")
def _(w: World) -> Made:
    (a, b), (p,), (d,), (r,) = w.some(w.things, 2), w.some(w.relations, 1), w.some(w.attributes, 1), w.news("d")
    value = w.value()
    return [(r, OWL.propertyChainAxiom, w.listed(p, d))], [(a, p, b), (b, d, value)], (a, r, value)


@_rule("prp-eqp1")
def _(w: World) -> Made:
    (a, b), (p,), (q,) = w.some(w.things, 2), w.some(w.relations, 1), w.news("p")
    return [(p, OWL.equivalentProperty, q)], [(a, p, b)], (a, q, b)


@_rule("prp-eqp2")
def _(w: World) -> Made:
    (a, b), (p,), (q,) = w.some(w.things, 2), w.some(w.relations, 1), w.news("p")
    return [(p, OWL.equivalentProperty, q)], [(a, q, b)], (a, p, b)


@_rule("prp-inv1")
def _(w: World) -> Made:
    (a, b), (p,), (q,) = w.some(w.things, 2), w.some(w.relations, 1), w.news("p")
    return [(p, OWL.inverseOf, q)], [(a, p, b)], (b, q, a)


@_rule("prp-inv2")
def _(w: World) -> Made:
    (a, b), (p, q) = w.some(w.things, 2), w.news("pp")
    return [(p, OWL.inverseOf, q)], [(a, q, b)], (b, p, a)


@_rule("prp-key")
def _(w: World) -> Made:
    # The third thing has another value: with an unsound key it would be the same too.
    (a, k, m), (c, p, t, u) = w.some(w.things, 3), w.news("Cptt")
    facts: list[Triple] = [(x, TYPE, c) for x in (a, t, u)]
    facts += [(a, p, k), (t, p, k), (u, p, m)]
    return [(c, OWL.hasKey, w.listed(p))], facts, (a, OWL.sameAs, t)


@_rule("prp-key of two")
def _(w: World) -> Made:
    (a, k, m, n), (c, p, q, t, u) = w.some(w.things, 4), w.news("Cpptt")
    facts: list[Triple] = [(x, TYPE, c) for x in (a, t, u)]
    facts += [(a, p, k), (t, p, k), (u, p, k), (a, q, m), (t, q, m), (u, q, n)]
    return [(c, OWL.hasKey, w.listed(p, q))], facts, (a, OWL.sameAs, t)


@_rule("prp-key of literals")
def _(w: World) -> Made:
    (a, m), (c, p, d, t, u) = w.some(w.things, 2), w.news("Cpdtt")
    value = w.value()
    facts: list[Triple] = [(x, TYPE, c) for x in (a, t, u)]
    facts += [(a, p, m), (t, p, m), (u, p, m), (a, d, value), (t, d, value), (u, d, Literal("another"))]
    return [(c, OWL.hasKey, w.listed(p, d))], facts, (a, OWL.sameAs, t)


# Classes


@_rule("cls-int1")
def _(w: World) -> Made:
    (a,), (c, d), (n,) = w.some(w.things, 1), w.some(w.classes, 2), w.news("C")
    return [(n, OWL.intersectionOf, w.listed(c, d))], [(a, TYPE, c), (a, TYPE, d)], (a, TYPE, n)


@_rule("cls-int2")
def _(w: World) -> Made:
    (a,), (c, d, e), (n,) = w.some(w.things, 1), w.some(w.classes, 3), w.news("C")
    return [(n, OWL.intersectionOf, w.listed(c, d, e))], [(a, TYPE, n)], (a, TYPE, e)


@_rule("cls-uni")
def _(w: World) -> Made:
    (a,), (c, d), (n,) = w.some(w.things, 1), w.some(w.classes, 2), w.news("C")
    return [(n, OWL.unionOf, w.listed(c, d))], [(a, TYPE, d)], (a, TYPE, n)


@_rule("cls-svf1")
def _(w: World) -> Made:
    (a, b), (p,), (c,) = w.some(w.things, 2), w.some(w.relations, 1), w.some(w.classes, 1)
    node, axioms = w.restriction(p, OWL.someValuesFrom, c)
    return axioms, [(a, p, b), (b, TYPE, c)], (a, TYPE, node)


@_rule("cls-svf2")
def _(w: World) -> Made:
    (a, b), (p,) = w.some(w.things, 2), w.some(w.relations, 1)
    node, axioms = w.restriction(p, OWL.someValuesFrom, OWL.Thing)
    return axioms, [(a, p, b)], (a, TYPE, node)


@_rule("cls-avf")
def _(w: World) -> Made:
    (a, b), (p,), (c,) = w.some(w.things, 2), w.some(w.relations, 1), w.some(w.classes, 1)
    node, axioms = w.restriction(p, OWL.allValuesFrom, c)
    return axioms, [(a, TYPE, node), (a, p, b)], (b, TYPE, c)


@_rule("cls-hv1")
def _(w: World) -> Made:
    (a, b), (p,) = w.some(w.things, 2), w.some(w.relations, 1)
    node, axioms = w.restriction(p, OWL.hasValue, b)
    return axioms, [(a, TYPE, node)], (a, p, b)


@_rule("cls-hv1 of a literal")
def _(w: World) -> Made:
    (a,), (d,) = w.some(w.things, 1), w.some(w.attributes, 1)
    value = w.value()
    node, axioms = w.restriction(d, OWL.hasValue, value)
    return axioms, [(a, TYPE, node)], (a, d, value)


@_rule("cls-hv2")
def _(w: World) -> Made:
    (a, b), (p,) = w.some(w.things, 2), w.some(w.relations, 1)
    node, axioms = w.restriction(p, OWL.hasValue, b)
    return axioms, [(a, p, b)], (a, TYPE, node)


@_rule("cls-hv2 of a literal")
def _(w: World) -> Made:
    (a,), (d,) = w.some(w.things, 1), w.some(w.attributes, 1)
    value = w.value()
    node, axioms = w.restriction(d, OWL.hasValue, value)
    return axioms, [(a, d, value)], (a, TYPE, node)


@_rule("cls-maxc2")
def _(w: World) -> Made:
    (a, b), (p, t) = w.some(w.things, 2), w.news("pt")
    node, axioms = w.restriction(p, OWL.maxCardinality, ONE)
    return axioms, [(a, TYPE, node), (a, p, b), (a, p, t)], (b, OWL.sameAs, t)


@_rule("cls-maxqc3")
def _(w: World) -> Made:
    (a, b, x), (p, t, c) = w.some(w.things, 3), w.news("ptC")
    node, axioms = w.restriction(p, OWL.maxQualifiedCardinality, ONE)
    facts: list[Triple] = [(a, TYPE, node), (a, p, b), (a, p, t), (a, p, x), (b, TYPE, c), (t, TYPE, c)]
    return [*axioms, (node, OWL.onClass, c)], facts, (b, OWL.sameAs, t)


@_rule("cls-maxqc4")
def _(w: World) -> Made:
    (a, b), (p, t) = w.some(w.things, 2), w.news("pt")
    node, axioms = w.restriction(p, OWL.maxQualifiedCardinality, ONE)
    return [*axioms, (node, OWL.onClass, OWL.Thing)], [(a, TYPE, node), (a, p, b), (a, p, t)], (b, OWL.sameAs, t)


@_rule("cls-oo")
def _(w: World) -> Made:
    (a, b, e), (n,) = w.some(w.things, 3), w.news("C")
    return [(n, OWL.oneOf, w.listed(a, b, e))], [], (e, TYPE, n)


@_rule("cax-sco")
def _(w: World) -> Made:
    (a,), (n,), (c,) = w.some(w.things, 1), w.news("C"), w.some(w.classes, 1)
    return [(n, RDFS.subClassOf, c)], [(a, TYPE, n)], (a, TYPE, c)


@_rule("cax-eqc1")
def _(w: World) -> Made:
    (a,), (c,), (n,) = w.some(w.things, 1), w.some(w.classes, 1), w.news("C")
    return [(c, OWL.equivalentClass, n)], [(a, TYPE, c)], (a, TYPE, n)


@_rule("cax-eqc2")
def _(w: World) -> Made:
    (a,), (c,), (n,) = w.some(w.things, 1), w.some(w.classes, 1), w.news("C")
    return [(c, OWL.equivalentClass, n)], [(a, TYPE, n)], (a, TYPE, c)


# Datatypes


@_rule("dt-type2")
def _(w: World) -> Made:
    (a,), (d,) = w.some(w.things, 1), w.some(w.attributes, 1)
    node, axioms = w.restriction(d, OWL.someValuesFrom, XSD.integer)
    return axioms, [(a, d, Literal(w.random.randrange(100)))], (a, TYPE, node)


# Schema


@_rule("scm-cls")
def _(w: World) -> Made:
    # Two restrictions with one filler are equivalent because a declared class is below itself.
    (p, c) = w.news("pC")
    one, axioms = w.restriction(p, OWL.someValuesFrom, c)
    other, more = w.restriction(p, OWL.someValuesFrom, c)
    return [*axioms, *more, (c, TYPE, OWL.Class)], [], (one, OWL.equivalentClass, other)


@_rule("scm-cls and owl:Thing")
def _(w: World) -> Made:
    (p, c) = w.news("pC")
    one, axioms = w.restriction(p, OWL.someValuesFrom, c)
    other, more = w.restriction(p, OWL.someValuesFrom, OWL.Thing)
    return [*axioms, *more, (c, TYPE, OWL.Class)], [], (one, RDFS.subClassOf, other)


@_rule("scm-sco")
def _(w: World) -> Made:
    (a, b), (c,) = w.news("CC"), w.some(w.classes, 1)
    return [(a, RDFS.subClassOf, b), (b, RDFS.subClassOf, c)], [], (a, RDFS.subClassOf, c)


@_rule("scm-eqc1")
def _(w: World) -> Made:
    (a,), (c,) = w.news("C"), w.some(w.classes, 1)
    return [(a, OWL.equivalentClass, c)], [], (c, RDFS.subClassOf, a)


@_rule("scm-eqc2")
def _(w: World) -> Made:
    (a, b, c) = w.news("CCC")
    axioms: list[Triple] = [(a, RDFS.subClassOf, b), (b, RDFS.subClassOf, c), (c, RDFS.subClassOf, a)]
    return axioms, [], (a, OWL.equivalentClass, c)


@_rule("scm-op")
def _(w: World) -> Made:
    (p,), (a,) = w.news("p"), w.some(w.things, 1)
    one, axioms = w.restriction(p, OWL.hasValue, a)
    other, more = w.restriction(p, OWL.hasValue, a)
    return [*axioms, *more, (p, TYPE, OWL.ObjectProperty)], [], (one, OWL.equivalentClass, other)


@_rule("scm-dp")
def _(w: World) -> Made:
    (p,), value = w.news("d"), w.value()
    one, axioms = w.restriction(p, OWL.hasValue, value)
    other, more = w.restriction(p, OWL.hasValue, value)
    return [*axioms, *more, (p, TYPE, OWL.DatatypeProperty)], [], (one, OWL.equivalentClass, other)


@_rule("scm-spo")
def _(w: World) -> Made:
    (a, b), (c,) = w.news("pp"), w.some(w.relations, 1)
    return [(a, RDFS.subPropertyOf, b), (b, RDFS.subPropertyOf, c)], [], (a, RDFS.subPropertyOf, c)


@_rule("scm-eqp1")
def _(w: World) -> Made:
    (a,), (c,) = w.news("p"), w.some(w.relations, 1)
    return [(a, OWL.equivalentProperty, c)], [], (c, RDFS.subPropertyOf, a)


@_rule("scm-eqp2")
def _(w: World) -> Made:
    (a, b) = w.news("pp")
    return [(a, RDFS.subPropertyOf, b), (b, RDFS.subPropertyOf, a)], [], (b, OWL.equivalentProperty, a)


@_rule("scm-dom1")
def _(w: World) -> Made:
    (p, c), (d,) = w.news("pC"), w.some(w.classes, 1)
    return [(p, RDFS.domain, c), (c, RDFS.subClassOf, d)], [], (p, RDFS.domain, d)


@_rule("scm-dom2")
def _(w: World) -> Made:
    (p, q), (c,) = w.news("pp"), w.some(w.classes, 1)
    return [(p, RDFS.subPropertyOf, q), (q, RDFS.domain, c)], [], (p, RDFS.domain, c)


@_rule("scm-rng1")
def _(w: World) -> Made:
    (p, c), (d,) = w.news("pC"), w.some(w.classes, 1)
    return [(p, RDFS.range, c), (c, RDFS.subClassOf, d)], [], (p, RDFS.range, d)


@_rule("scm-rng2")
def _(w: World) -> Made:
    (p, q), c = w.news("dd"), w.random.choice([XSD.integer, RDFS.Literal, w.classes[0]])
    return [(p, RDFS.subPropertyOf, q), (q, RDFS.range, c)], [], (p, RDFS.range, c)


@_rule("scm-hv")
def _(w: World) -> Made:
    (p,), (q,), (a,) = w.news("p"), w.some(w.relations, 1), w.some(w.things, 1)
    one, axioms = w.restriction(p, OWL.hasValue, a)
    other, more = w.restriction(q, OWL.hasValue, a)
    return [*axioms, *more, (p, RDFS.subPropertyOf, q)], [], (one, RDFS.subClassOf, other)


def _fillers(kind: Node) -> Callable[[World], Made]:
    def make(w: World) -> Made:
        (p,), (c,), (d,) = w.some(w.relations, 1), w.news("C"), w.some(w.classes, 1)
        one, axioms = w.restriction(p, kind, c)
        other, more = w.restriction(p, kind, d)
        return [*axioms, *more, (c, RDFS.subClassOf, d)], [], (one, RDFS.subClassOf, other)

    return make


RULES["scm-svf1"] = _fillers(OWL.someValuesFrom)
RULES["scm-avf1"] = _fillers(OWL.allValuesFrom)


@_rule("scm-svf2")
def _(w: World) -> Made:
    (p,), (q,), (c,) = w.news("p"), w.some(w.relations, 1), w.some(w.classes, 1)
    one, axioms = w.restriction(p, OWL.someValuesFrom, c)
    other, more = w.restriction(q, OWL.someValuesFrom, c)
    return [*axioms, *more, (p, RDFS.subPropertyOf, q)], [], (one, RDFS.subClassOf, other)


@_rule("scm-avf2")
def _(w: World) -> Made:
    # The other way round: who has only such values for the broader relation has them for the narrower.
    (p,), (q,), (c,) = w.news("p"), w.some(w.relations, 1), w.some(w.classes, 1)
    one, axioms = w.restriction(p, OWL.allValuesFrom, c)
    other, more = w.restriction(q, OWL.allValuesFrom, c)
    return [*axioms, *more, (p, RDFS.subPropertyOf, q)], [], (other, RDFS.subClassOf, one)


@_rule("scm-int")
def _(w: World) -> Made:
    (n,), (c, d) = w.news("C"), w.some(w.classes, 2)
    return [(n, OWL.intersectionOf, w.listed(c, d))], [], (n, RDFS.subClassOf, d)


@_rule("scm-uni")
def _(w: World) -> Made:
    (n,), (c, d) = w.news("C"), w.some(w.classes, 2)
    return [(n, OWL.unionOf, w.listed(c, d))], [], (d, RDFS.subClassOf, n)


# Mixtures: each needs all of its axioms.


@_mixture("a chain over the inverse of a narrower relation")
def _(w: World) -> Made:
    (a, b, c), (narrow, broad, back, r), (q,) = w.some(w.things, 3), w.news("pppp"), w.some(w.relations, 1)
    axioms: list[Triple] = [
        (narrow, RDFS.subPropertyOf, broad),
        (broad, OWL.inverseOf, back),
        (r, OWL.propertyChainAxiom, w.listed(back, q)),
    ]
    return axioms, [(b, narrow, a), (b, q, c)], (a, r, c)


@_mixture("a class defined as members of a class with some relation")
def _(w: World) -> Made:
    (a, b), (p,), (c, d), (part, n) = w.some(w.things, 2), w.some(w.relations, 1), w.some(w.classes, 2), w.news("CC")
    node, axioms = w.restriction(p, OWL.someValuesFrom, d)
    axioms += [(part, OWL.intersectionOf, w.listed(c, node)), (n, OWL.equivalentClass, part)]
    return axioms, [(a, TYPE, c), (a, p, b), (b, TYPE, d)], (a, TYPE, n)


@_mixture("a functional relation that a chain leads to")
def _(w: World) -> Made:
    (a, b, c), (p, q, f, t, r), (s,) = w.some(w.things, 3), w.news("ppptp"), w.some(w.relations, 1)
    axioms: list[Triple] = [
        (f, TYPE, OWL.FunctionalProperty),
        (f, OWL.propertyChainAxiom, w.listed(p, q)),
        (r, RDFS.subPropertyOf, f),
        (t, s, a),
    ]
    return axioms, [(a, p, b), (b, q, c), (a, r, t)], (c, s, a)


@_mixture("a key through things that are the same")
def _(w: World) -> Made:
    (a, k, m), (n, c, p, f, t, u) = w.some(w.things, 3), w.news("CCpptt")
    axioms: list[Triple] = [
        (n, OWL.hasKey, w.listed(p)),
        (c, RDFS.subClassOf, n),
        (f, TYPE, OWL.InverseFunctionalProperty),
    ]
    facts: list[Triple] = [(a, TYPE, n), (t, TYPE, c), (a, p, k), (t, p, u), (k, f, m), (u, f, m)]
    return axioms, facts, (t, OWL.sameAs, a)


@_mixture("a transitive, symmetric relation between equals of a narrower one")
def _(w: World) -> Made:
    (a, b, c), (p, q) = w.some(w.things, 3), w.news("pp")
    axioms: list[Triple] = [
        (p, TYPE, OWL.TransitiveProperty),
        (p, TYPE, OWL.SymmetricProperty),
        (q, OWL.equivalentProperty, p),
    ]
    return axioms, [(a, q, b), (c, p, b)], (a, q, c)


@_mixture("a chain that begins with a transitive relation")
def _(w: World) -> Made:
    (a, b, c, e), (p, r), (q,) = w.some(w.things, 4), w.news("pp"), w.some(w.relations, 1)
    axioms: list[Triple] = [(p, TYPE, OWL.TransitiveProperty), (r, OWL.propertyChainAxiom, w.listed(p, q))]
    return axioms, [(a, p, b), (b, p, c), (c, q, e)], (a, r, e)


@_mixture("a value that brings a value that brings a class")
def _(w: World) -> Made:
    (a, b, e), (p, q) = w.some(w.things, 3), w.some(w.relations, 2)
    one, axioms = w.restriction(p, OWL.hasValue, b)
    two, more = w.restriction(q, OWL.hasValue, e)
    only, rest = w.restriction(q, OWL.allValuesFrom, one)
    axioms += [*more, *rest, (one, RDFS.subClassOf, two), (two, RDFS.subClassOf, only)]
    return axioms, [(a, p, b)], (e, p, b)


@_mixture("a union of one's own and a class by enumeration")
def _(w: World) -> Made:
    (a, b), (n, u), (c, d), (p,) = w.some(w.things, 2), w.news("CC"), w.some(w.classes, 2), w.some(w.relations, 1)
    node, axioms = w.restriction(p, OWL.someValuesFrom, u)
    axioms += [(n, OWL.oneOf, w.listed(a)), (u, OWL.unionOf, w.listed(c, n)), (node, RDFS.subClassOf, d)]
    return axioms, [(b, p, a)], (b, TYPE, d)


@_mixture("a range that makes a restriction hold")
def _(w: World) -> Made:
    (a, b), (p, q), (c,) = w.some(w.things, 2), w.news("pp"), w.some(w.classes, 1)
    node, axioms = w.restriction(q, OWL.someValuesFrom, c)
    return [*axioms, (p, RDFS.subPropertyOf, q), (p, RDFS.range, c)], [(a, p, b)], (a, TYPE, node)


@_mixture("a thing with at most one of what a domain says")
def _(w: World) -> Made:
    (a, b, x), (p, q, t, c) = w.some(w.things, 3), w.news("pptC")
    node, axioms = w.restriction(p, OWL.maxQualifiedCardinality, ONE)
    axioms += [(node, OWL.onClass, c), (q, RDFS.domain, c)]
    return axioms, [(a, TYPE, node), (a, p, b), (a, p, t), (b, q, x), (t, q, x)], (t, OWL.sameAs, b)


@_mixture("a chain through a literal")
def _(w: World) -> Made:
    # RDF has no literal as subject, but the rules pass through one.
    (a, b), (d, back, r), value = w.some(w.things, 2), w.news("ddp"), w.value()
    axioms: list[Triple] = [(d, OWL.inverseOf, back), (r, OWL.propertyChainAxiom, w.listed(d, back))]
    return axioms, [(a, d, value), (b, d, value)], (a, r, b)


@_mixture("classes that are the same")
def _(w: World) -> Made:
    (a,), (one, other), (c,) = w.some(w.things, 1), w.news("CC"), w.some(w.classes, 1)
    return [(one, OWL.sameAs, other), (one, RDFS.subClassOf, c)], [(a, TYPE, other)], (a, TYPE, c)


def _gadgets(w: World, size: int) -> list[Gadget]:
    """Gadgets of which none is given what another, or itself, is to find."""
    free = [rule for rule in RULES if not rule.startswith(_MERGING)]
    names = [*RULES, *MIXTURES, *(w.random.choice(free) for _ in range(size))]
    made: list[Gadget] = []
    given: set[Triple] = set()
    witnesses: set[Triple] = set()
    for name in names:
        gadget = _gadget(w, name)
        while gadget.witness in given or not witnesses.isdisjoint(gadget.triples):
            gadget = _gadget(w, name)
        made.append(gadget)
        given.update(gadget.triples)
        witnesses.add(gadget.witness)
    return made


def _gadget(w: World, name: str) -> Gadget:
    w.lists = []
    axioms, facts, witness = (RULES.get(name) or MIXTURES[name])(w)
    return Gadget(name, axioms, facts, witness, w.lists)


def gadgets(seed: int, size: int = 12) -> list[Gadget]:
    """The gadgets of `generate(seed, size)`: one of every rule and mixture, and `size` more of random rules."""
    return _gadgets(World(seed), size)


def generate(seed: int, size: int = 12) -> tuple[list[Triple], list[Triple]]:
    """Ontology and facts in which every rule has something to do, without contradictions; the same for the same seed.

    `size` is how many gadgets there are besides the one of every rule and mixture.
    """
    w = World(seed)
    made = _gadgets(w, size)
    witnesses = {gadget.witness for gadget in made}
    ontology = [triple for gadget in made for triple in (*gadget.axioms, *gadget.lists)]
    facts = [triple for gadget in made for triple in gadget.facts]
    quiet = _quiet(w)
    ontology += [triple for triple in (*_hierarchies(w), *_declarations(w), *quiet[0]) if triple not in witnesses]
    facts += [triple for triple in (*_everyday(w), *quiet[1]) if triple not in witnesses]
    ontology, facts = list(dict.fromkeys(ontology)), list(dict.fromkeys(facts))
    w.random.shuffle(ontology)
    w.random.shuffle(facts)
    return ontology, facts


def _hierarchies(w: World) -> list[Triple]:
    """Up to two broader terms each, all earlier ones, so that there is no cycle."""
    axioms: list[Triple] = []
    pools = ((w.classes, RDFS.subClassOf), (w.relations, RDFS.subPropertyOf), (w.attributes, RDFS.subPropertyOf))
    for pool, below in pools:
        for place, term in enumerate(pool):
            broader = w.some(pool[:place], min(place, w.random.choice([0, 1, 1, 2])))
            axioms += [(term, below, other) for other in broader]
    return axioms


def _declarations(w: World) -> list[Triple]:
    """Most terms are declared and labelled, some are not: what a declaration brings is not to be taken for granted."""
    axioms: list[Triple] = []
    pools = ((w.classes, OWL.Class), (w.relations, OWL.ObjectProperty), (w.attributes, OWL.DatatypeProperty))
    for pool, kind in pools:
        for term in pool:
            if w.random.random() < 0.7:
                axioms.append((term, TYPE, kind))
            if w.random.random() < 0.3:
                axioms.append((term, RDFS.label, Literal(f"begrip {term[-2:]}", lang="nl")))
    return axioms


def _quiet(w: World) -> tuple[list[Triple], list[Triple]]:
    """Axioms that could contradict something and do not, and facts; no other axiom or fact is about their terms."""
    c, d, p, q, a, b = w.news("CCpptt")
    axioms: list[Triple] = [
        (c, OWL.disjointWith, d),
        (p, OWL.propertyDisjointWith, q),
        (p, TYPE, OWL.AsymmetricProperty),
        (q, TYPE, OWL.IrreflexiveProperty),
    ]
    return axioms, [(a, OWL.differentFrom, b), (a, TYPE, c), (b, TYPE, d), (a, p, b), (b, q, a)]


def _everyday(w: World) -> list[Triple]:
    """What data are full of: things with a class, a relation or two, and literals."""
    facts: list[Triple] = [(w.random.choice(w.things), w.random.choice(w.attributes), value) for value in w.values()]
    for thing in w.things:
        if w.random.random() < 0.4:
            facts.append((thing, TYPE, w.random.choice(w.classes)))
        if w.random.random() < 0.4:
            facts.append((thing, w.random.choice(w.relations), w.random.choice(w.things)))
        if w.random.random() < 0.3:
            facts.append((thing, w.random.choice(w.attributes), w.value()))
        if w.random.random() < 0.2:
            facts.append((thing, RDFS.label, Literal(f"ding {thing[-2:]}", lang="nl")))
    return facts


def _iris(names: str) -> list[URIRef]:
    return [URIRef(EX + name) for name in names.split()]


def _list(*items: Node) -> tuple[BNode, list[Triple]]:
    w = World(0)
    return w.listed(*items), w.lists


A, B, C, D, K, L, N, P, Q, R, S = _iris("a b c d K L N p q r s")
_ABC, _ABC_LIST = _list(A, B, C)
_PQR, _PQR_LIST = _list(P, Q, R)
_KLN, _KLN_LIST = _list(K, L, N)
_NARROWER = (S, RDFS.subPropertyOf, Q)
"""Most contradictions take one step of inference, so that they are not there to be read off."""

CONTRADICTIONS: dict[str, tuple[list[Triple], list[Triple]]] = {
    "eq-diff1": ([(P, TYPE, OWL.FunctionalProperty)], [(A, P, B), (A, P, C), (B, OWL.differentFrom, C)]),
    "eq-diff2": ([(N, TYPE, OWL.AllDifferent), (N, OWL.members, _ABC), *_ABC_LIST], [(C, OWL.sameAs, B)]),
    "eq-diff3": ([(N, TYPE, OWL.AllDifferent), (N, OWL.distinctMembers, _ABC), *_ABC_LIST], [(A, OWL.sameAs, C)]),
    "prp-irp": ([_NARROWER, (Q, TYPE, OWL.IrreflexiveProperty)], [(A, S, A)]),
    "prp-asyp": ([_NARROWER, (Q, TYPE, OWL.AsymmetricProperty)], [(A, Q, B), (B, S, A)]),
    "prp-pdw": ([_NARROWER, (P, OWL.propertyDisjointWith, Q)], [(A, P, B), (A, S, B)]),
    "prp-adp": (
        [(S, RDFS.subPropertyOf, R), (N, TYPE, OWL.AllDisjointProperties), (N, OWL.members, _PQR), *_PQR_LIST],
        [(A, Q, B), (A, S, B)],
    ),
    "prp-npa1": (
        [_NARROWER],
        [(N, OWL.sourceIndividual, A), (N, OWL.assertionProperty, Q), (N, OWL.targetIndividual, B), (A, S, B)],
    ),
    "prp-npa2": (
        [_NARROWER],
        [
            (N, OWL.sourceIndividual, A),
            (N, OWL.assertionProperty, Q),
            (N, OWL.targetValue, Literal(5)),
            (A, S, Literal(5)),
        ],
    ),
    "cls-nothing2": ([(K, RDFS.subClassOf, OWL.Nothing)], [(A, TYPE, K)]),
    "cls-com": ([(K, RDFS.subClassOf, L), (L, OWL.complementOf, N)], [(A, TYPE, K), (A, TYPE, N)]),
    "cls-maxc1": ([_NARROWER, (R, OWL.onProperty, Q), (R, OWL.maxCardinality, NONE)], [(A, TYPE, R), (A, S, B)]),
    "cls-maxqc1": (
        [
            (K, RDFS.subClassOf, L),
            (R, OWL.onProperty, Q),
            (R, OWL.onClass, L),
            (R, OWL.maxQualifiedCardinality, NONE),
        ],
        [(A, TYPE, R), (A, Q, B), (B, TYPE, K)],
    ),
    "cls-maxqc2": (
        [
            _NARROWER,
            (R, OWL.onProperty, Q),
            (R, OWL.onClass, OWL.Thing),
            (R, OWL.maxQualifiedCardinality, NONE),
        ],
        [(A, TYPE, R), (A, S, B)],
    ),
    "cax-dw": ([(K, RDFS.subClassOf, L), (L, OWL.disjointWith, N)], [(A, TYPE, K), (A, TYPE, N)]),
    "cax-adc": (
        [(D, RDFS.subClassOf, N), (R, TYPE, OWL.AllDisjointClasses), (R, OWL.members, _KLN), *_KLN_LIST],
        [(A, TYPE, L), (A, TYPE, D)],
    ),
    "dt-not-type": ([], [(A, P, Literal("vijf", datatype=XSD.integer))]),
}
"""Ontology and facts by the rule that they contradict; without any one triple (of lists: some) they do not."""


def contradictory(rule: str) -> tuple[list[Triple], list[Triple]]:
    """Ontology and facts that contradict each other by one rule and no other."""
    return CONTRADICTIONS[rule]
