"""OWL 2 RL as rules over triples: an ontology, closed once, becomes the rules for facts under it.

One table serves three rooms: the closure runs the rules forward, explanations run them backward, and contradictions
are rules without a head. Which rules there are, and which not and why, is in `docs/reasoning.md`.
Source: OWL 2 Web Ontology Language Profiles (second edition), section 4.3, tables 4 to 9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import BNode, Literal, Node

from regiograaf.claims import TYPE, Triple

__all__ = [
    "AXIOM_RELATIONS",
    "EQUALITY_RULES",
    "SCHEMA_RULES",
    "Atom",
    "Rule",
    "datatypes",
    "instance_rules",
    "is_noise",
    "says_nothing_of",
    "says_nothing_with",
    "schema_facts",
]

Term = Node | int
"""A term of RDF, or a variable: a small integer."""

SAME, DIFFERENT, THING, NOTHING = OWL.sameAs, OWL.differentFrom, OWL.Thing, OWL.Nothing
SUBCLASS, SUBPROPERTY = RDFS.subClassOf, RDFS.subPropertyOf
X, Y, Z, U, V, W = range(6)


class Atom(NamedTuple):
    """A triple with variables."""

    subject: Term
    predicate: Term
    object: Term


@dataclass(frozen=True, slots=True)
class Rule:
    """The head holds where every atom of the body does; without a head, the body is a contradiction.

    `axioms` are the triples of the closed ontology that the rule was made from; `differ` are two variables that must
    stand for different terms, and for literals of different value where `literals` says so.
    """

    name: str
    head: Atom | None
    body: tuple[Atom, ...]
    axioms: tuple[Triple, ...] = ()
    differ: tuple[int, int] | None = None
    literals: bool = False


EQUALITY_RULES = (
    Rule("eq-sym", Atom(Y, SAME, X), (Atom(X, SAME, Y),)),
    Rule("eq-trans", Atom(X, SAME, Z), (Atom(X, SAME, Y), Atom(Y, SAME, Z))),
    Rule("eq-rep-s", Atom(Y, U, Z), (Atom(X, SAME, Y), Atom(X, U, Z))),
    Rule("eq-rep-p", Atom(U, Y, Z), (Atom(X, SAME, Y), Atom(U, X, Z))),
    Rule("eq-rep-o", Atom(Z, U, Y), (Atom(X, SAME, Y), Atom(Z, U, X))),
    Rule("eq-diff1", None, (Atom(X, SAME, Y), Atom(X, DIFFERENT, Y))),
    Rule("cls-nothing2", None, (Atom(X, TYPE, NOTHING),)),
)
"""The rules that need no axiom."""

_WIDER = {
    "decimal": "integer",
    "integer": "nonNegativeInteger nonPositiveInteger long",
    "nonNegativeInteger": "positiveInteger unsignedLong",
    "nonPositiveInteger": "negativeInteger",
    "long": "int",
    "int": "short",
    "short": "byte",
    "unsignedLong": "unsignedInt",
    "unsignedInt": "unsignedShort",
    "unsignedShort": "unsignedByte",
    "string": "normalizedString",
    "normalizedString": "token",
    "token": "language Name NMTOKEN",
    "Name": "NCName",
    "dateTime": "dateTimeStamp",
}
"""Datatypes of XML Schema with those derived from them."""


def datatypes(literal: Literal) -> Iterator[Node]:
    """The datatype of a literal and those it was derived from (dt-type2)."""
    wider = {narrow: wide for wide, several in _WIDER.items() for narrow in several.split()}
    if literal.datatype is not None:
        yield literal.datatype
        name = str(literal.datatype).removeprefix(str(XSD))
        while name in wider:
            name = wider[name]
            yield XSD[name]


def _schema_rules() -> Iterator[Rule]:
    declared = (Atom(X, TYPE, OWL.Class),)
    for head in (Atom(X, SUBCLASS, X), Atom(X, SUBCLASS, THING), Atom(NOTHING, SUBCLASS, X)):
        yield Rule("scm-cls", head, declared)
    for name, kind in (("scm-op", OWL.ObjectProperty), ("scm-dp", OWL.DatatypeProperty), ("scm-op", RDF.Property)):
        yield Rule(name, Atom(X, SUBPROPERTY, X), (Atom(X, TYPE, kind),))
    for eqv1, eqv2, one, under, same in (
        ("scm-eqc1", "scm-eqc2", "scm-sco", SUBCLASS, OWL.equivalentClass),
        ("scm-eqp1", "scm-eqp2", "scm-spo", SUBPROPERTY, OWL.equivalentProperty),
    ):
        yield Rule(one, Atom(X, under, Z), (Atom(X, under, Y), Atom(Y, under, Z)))
        yield Rule(eqv1, Atom(X, under, Y), (Atom(X, same, Y),))
        yield Rule(eqv1, Atom(Y, under, X), (Atom(X, same, Y),))
        yield Rule(eqv2, Atom(X, same, Y), (Atom(X, under, Y), Atom(Y, under, X)))
    for rule, relation in (("scm-dom", RDFS.domain), ("scm-rng", RDFS.range)):
        yield Rule(f"{rule}1", Atom(X, relation, Z), (Atom(X, relation, Y), Atom(Y, SUBCLASS, Z)))
        yield Rule(f"{rule}2", Atom(X, relation, Z), (Atom(Y, relation, Z), Atom(X, SUBPROPERTY, Y)))
    on, some, all_, value = OWL.onProperty, OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue
    # restrictions X and Y, on the properties U and V, to the fillers Z and W
    fillers, same_property = Atom(Z, SUBCLASS, W), (Atom(X, on, U), Atom(Y, on, U))
    properties, on_both = Atom(U, SUBPROPERTY, V), (Atom(X, on, U), Atom(Y, on, V))
    below, above = Atom(X, SUBCLASS, Y), Atom(Y, SUBCLASS, X)
    yield Rule("scm-hv", below, (Atom(X, value, Z), Atom(Y, value, Z), *on_both, properties))
    yield Rule("scm-svf1", below, (Atom(X, some, Z), Atom(Y, some, W), *same_property, fillers))
    yield Rule("scm-svf2", below, (Atom(X, some, Z), Atom(Y, some, Z), *on_both, properties))
    yield Rule("scm-avf1", below, (Atom(X, all_, Z), Atom(Y, all_, W), *same_property, fillers))
    yield Rule("scm-avf2", above, (Atom(X, all_, Z), Atom(Y, all_, Z), *on_both, properties))
    yield from EQUALITY_RULES


SCHEMA_RULES = tuple(_schema_rules())
"""What follows among the axioms themselves (table 9), but for the rules on lists: see `schema_facts`."""


def schema_facts(ontology: Iterable[Triple]) -> dict[Triple, Rule]:
    """The axioms that hold without a premise, or that lists spell out, each with the rule that gives it."""
    axioms = _Axioms(ontology)
    found: dict[Triple, Rule] = {
        (term, TYPE, OWL.Class): Rule(name, Atom(term, TYPE, OWL.Class), ())
        for name, term in (("cls-thing", THING), ("cls-nothing1", NOTHING))
    }
    for relation, name in ((OWL.intersectionOf, "scm-int"), (OWL.unionOf, "scm-uni")):
        for whole, listed, axiom in axioms.pairs(relation):
            for part in axioms.items(listed):
                below = (whole, part) if name == "scm-int" else (part, whole)
                triple = (below[0], SUBCLASS, below[1])
                found[triple] = Rule(name, Atom(*triple), (), (axiom,))
    return found


_EVERYTHING = {str(THING), str(RDFS.Resource)}
_VOCABULARIES = tuple(str(namespace) for namespace in (RDF, RDFS, OWL, XSD))


def says_nothing_of(subject: Node) -> bool:
    """Whether conclusions on a subject are noise: literals, lists, and the vocabularies' own terms."""
    return isinstance(subject, (Literal, BNode)) or str(subject).startswith(_VOCABULARIES)


def says_nothing_with(value: Node) -> bool:
    """Whether conclusions with an object are noise: lists, and the class of everything."""
    return isinstance(value, BNode) or str(value) in _EVERYTHING


def is_noise(triple: Triple) -> bool:
    """Whether an inferred triple says nothing; also when it joins a thing with itself."""
    s, _, o = triple
    return s == o or says_nothing_of(s) or says_nothing_with(o)


AXIOM_RELATIONS = (
    *(TYPE, RDF.first, RDF.rest, RDFS.domain, RDFS.range, SUBCLASS, SUBPROPERTY, SAME),
    *(OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyChainAxiom, OWL.hasKey),
    *(OWL.propertyDisjointWith, OWL.disjointWith, OWL.complementOf, OWL.members, OWL.distinctMembers),
    *(OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.sourceIndividual, OWL.assertionProperty),
    *(OWL.targetIndividual, OWL.targetValue, OWL.onProperty, OWL.onClass, OWL.hasValue, OWL.someValuesFrom),
    *(OWL.allValuesFrom, OWL.maxCardinality, OWL.maxQualifiedCardinality),
)
"""The relations of an ontology that rules are made from."""


class _Axioms:
    """The triples of a closed ontology by predicate."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        table: dict[Node, list[Triple]] = defaultdict(list)
        for triple in triples:
            table[triple[1]].append(triple)
        for found in table.values():
            found.sort(key=lambda triple: (str(triple[0]), str(triple[2])))
        self.table: Mapping[Node, list[Triple]] = table
        self.first = {s: o for s, _, o in self.table.get(RDF.first, ())}
        self.rest = {s: o for s, _, o in self.table.get(RDF.rest, ())}

    def pairs(self, predicate: Node) -> Iterator[tuple[Node, Node, Triple]]:
        return ((triple[0], triple[2], triple) for triple in self.table.get(predicate, ()))

    def items(self, head: Node) -> tuple[Node, ...]:
        found: list[Node] = []
        while head in self.first and len(found) <= len(self.first):
            found.append(self.first[head])
            head = self.rest.get(head, RDF.nil)
        return tuple(found)

    def of(self, subject: Node, predicate: Node) -> list[tuple[Node, Triple]]:
        return [(o, triple) for s, o, triple in self.pairs(predicate) if s == subject]


def instance_rules(closed: Iterable[Triple]) -> Iterator[Rule]:
    """The rules for facts under an ontology that was closed under `SCHEMA_RULES`, equality included."""
    axioms = _Axioms(closed)
    for rule in (*_property_rules(axioms), *_class_rules(axioms), *_restriction_rules(axioms)):
        if rule.head is None or rule.head.object != THING:
            yield rule
    yield from EQUALITY_RULES


_KINDS: Mapping[Node, tuple[str, tuple[int, int] | None, tuple[tuple[int, int], ...]]] = {
    OWL.SymmetricProperty: ("prp-symp", (Y, X), ((X, Y),)),
    OWL.TransitiveProperty: ("prp-trp", (X, Z), ((X, Y), (Y, Z))),
    OWL.IrreflexiveProperty: ("prp-irp", None, ((X, X),)),
    OWL.AsymmetricProperty: ("prp-asyp", None, ((X, Y), (Y, X))),
}


def _property_rules(axioms: _Axioms) -> Iterator[Rule]:
    for p, kind, axiom in axioms.pairs(TYPE):
        if kind in _KINDS:
            name, ends, pairs = _KINDS[kind]
            atoms = tuple(Atom(s, p, o) for s, o in pairs)
            yield Rule(name, Atom(ends[0], p, ends[1]) if ends else None, atoms, (axiom,))
        elif kind == OWL.FunctionalProperty:
            twins = (Atom(X, p, Y), Atom(X, p, Z))
            yield Rule("prp-fp", Atom(Y, SAME, Z), twins, (axiom,), (Y, Z))
            yield Rule("dt-diff", None, twins, (axiom,), (Y, Z), literals=True)
        elif kind == OWL.InverseFunctionalProperty:
            yield Rule("prp-ifp", Atom(X, SAME, Z), (Atom(X, p, Y), Atom(Z, p, Y)), (axiom,), (X, Z))
        elif kind in (OWL.AllDisjointProperties, OWL.AllDifferent):
            yield from _members(axioms, p, kind, axiom)
    for relation, name, turned in (
        (SUBPROPERTY, "prp-spo1", False),
        (OWL.equivalentProperty, "prp-eqp1", False),
        (OWL.inverseOf, "prp-inv1", True),
    ):
        for p, q, axiom in axioms.pairs(relation):
            if p != q or turned:
                head = Atom(Y, q, X) if turned else Atom(X, q, Y)
                yield Rule(name, head, (Atom(X, p, Y),), (axiom,))
                if relation != SUBPROPERTY:
                    other = Atom(Y, p, X) if turned else Atom(X, p, Y)
                    yield Rule(f"{name[:-1]}2", other, (Atom(X, q, Y),), (axiom,))
    for p, c, axiom in axioms.pairs(RDFS.domain):
        yield Rule("prp-dom", Atom(X, TYPE, c), (Atom(X, p, Y),), (axiom,))
    for p, c, axiom in axioms.pairs(RDFS.range):
        yield Rule("prp-rng", Atom(Y, TYPE, c), (Atom(X, p, Y),), (axiom,))
    for p, listed, axiom in axioms.pairs(OWL.propertyChainAxiom):
        links = axioms.items(listed)
        if links:
            body = tuple(Atom(at, link, at + 1) for at, link in enumerate(links))
            yield Rule("prp-spo2", Atom(0, p, len(links)), body, (axiom,))
    for p, q, axiom in axioms.pairs(OWL.propertyDisjointWith):
        yield Rule("prp-pdw", None, (Atom(X, p, Y), Atom(X, q, Y)), (axiom,))
    for node, s, axiom in axioms.pairs(OWL.sourceIndividual):
        for p, more in axioms.of(node, OWL.assertionProperty):
            for name, relation in (("prp-npa1", OWL.targetIndividual), ("prp-npa2", OWL.targetValue)):
                for o, last in axioms.of(node, relation):
                    yield Rule(name, None, (Atom(s, p, o),), (axiom, more, last))


def _members(axioms: _Axioms, node: Node, kind: Node, axiom: Triple) -> Iterator[Rule]:
    """prp-adp, eq-diff2, eq-diff3 and cax-adc: pairs of the members of a list."""
    for relation in (OWL.members, OWL.distinctMembers):
        for listed, second in axioms.of(node, relation):
            for one, other in combinations(axioms.items(listed), 2):
                because = (axiom, second)
                if kind == OWL.AllDisjointProperties:
                    yield Rule("prp-adp", None, (Atom(X, one, Y), Atom(X, other, Y)), because)
                elif kind == OWL.AllDisjointClasses:
                    yield Rule("cax-adc", None, (Atom(X, TYPE, one), Atom(X, TYPE, other)), because)
                else:
                    name = "eq-diff2" if relation == OWL.members else "eq-diff3"
                    yield Rule(name, None, (Atom(one, SAME, other),), because)


def _class_rules(axioms: _Axioms) -> Iterator[Rule]:
    for c, d, axiom in axioms.pairs(SUBCLASS):
        if c not in (d, NOTHING):
            yield Rule("cax-sco", Atom(X, TYPE, d), (Atom(X, TYPE, c),), (axiom,))
    for c, d, axiom in axioms.pairs(OWL.equivalentClass):
        if c != d:
            yield Rule("cax-eqc1", Atom(X, TYPE, d), (Atom(X, TYPE, c),), (axiom,))
            yield Rule("cax-eqc2", Atom(X, TYPE, c), (Atom(X, TYPE, d),), (axiom,))
    for whole, listed, axiom in axioms.pairs(OWL.intersectionOf):
        parts = axioms.items(listed)
        body = tuple(Atom(X, TYPE, part) for part in parts if part != THING)
        if body:
            yield Rule("cls-int1", Atom(X, TYPE, whole), body, (axiom,))
        for part in parts:
            yield Rule("cls-int2", Atom(X, TYPE, part), (Atom(X, TYPE, whole),), (axiom,))
    for whole, listed, axiom in axioms.pairs(OWL.unionOf):
        for part in axioms.items(listed):
            yield Rule("cls-uni", Atom(X, TYPE, whole), (Atom(X, TYPE, part),), (axiom,))
    for whole, listed, axiom in axioms.pairs(OWL.oneOf):
        for item in axioms.items(listed):
            yield Rule("cls-oo", Atom(item, TYPE, whole), (), (axiom,))
    for relation, name in ((OWL.disjointWith, "cax-dw"), (OWL.complementOf, "cls-com")):
        for c, d, axiom in axioms.pairs(relation):
            yield Rule(name, None, (Atom(X, TYPE, c), Atom(X, TYPE, d)), (axiom,))
    for node, kind, axiom in axioms.pairs(TYPE):
        if kind == OWL.AllDisjointClasses:
            yield from _members(axioms, node, kind, axiom)
    for c, listed, axiom in axioms.pairs(OWL.hasKey):
        keys = axioms.items(listed)
        shared = (Atom(end, key, Z + at) for at, key in enumerate(keys) for end in (X, Y))
        if keys:
            members = (Atom(X, TYPE, c), Atom(Y, TYPE, c))
            yield Rule("prp-key", Atom(X, SAME, Y), (*members, *shared), (axiom,), (X, Y))


def _restriction_rules(axioms: _Axioms) -> Iterator[Rule]:
    properties: dict[Node, list[tuple[Node, Triple]]] = defaultdict(list)
    for c, p, axiom in axioms.pairs(OWL.onProperty):
        properties[c].append((p, axiom))

    def restrictions(relation: Node) -> Iterator[tuple[Node, Node, Node, tuple[Triple, Triple]]]:
        for c, value, axiom in axioms.pairs(relation):
            for p, on in properties.get(c, ()):
                yield c, p, value, (axiom, on)

    for c, p, value, because in restrictions(OWL.hasValue):
        yield Rule("cls-hv1", Atom(X, p, value), (Atom(X, TYPE, c),), because)
        yield Rule("cls-hv2", Atom(X, TYPE, c), (Atom(X, p, value),), because)
    for c, p, filler, because in restrictions(OWL.someValuesFrom):
        if filler == THING:
            yield Rule("cls-svf2", Atom(X, TYPE, c), (Atom(X, p, Y),), because)
        else:
            yield Rule("cls-svf1", Atom(X, TYPE, c), (Atom(X, p, Y), Atom(Y, TYPE, filler)), because)
    for c, p, filler, because in restrictions(OWL.allValuesFrom):
        yield Rule("cls-avf", Atom(Y, TYPE, filler), (Atom(X, TYPE, c), Atom(X, p, Y)), because)
    for c, p, number, because in restrictions(OWL.maxCardinality):
        member = Atom(X, TYPE, c)
        if _number(number) == 0:
            yield Rule("cls-maxc1", None, (member, Atom(X, p, Y)), because)
        elif _number(number) == 1:
            yield Rule("cls-maxc2", Atom(Y, SAME, Z), (member, Atom(X, p, Y), Atom(X, p, Z)), because, (Y, Z))
    for c, p, number, because in restrictions(OWL.maxQualifiedCardinality):
        for kind, on in axioms.of(c, OWL.onClass):
            thing, axioms_ = kind == THING, (*because, on)
            body = (Atom(X, TYPE, c), Atom(X, p, Y))
            typed = () if thing else (Atom(Y, TYPE, kind),)
            if _number(number) == 0:
                yield Rule("cls-maxqc2" if thing else "cls-maxqc1", None, (*body, *typed), axioms_)
            elif _number(number) == 1:
                twin = (Atom(X, p, Z),) if thing else (Atom(X, p, Z), Atom(Z, TYPE, kind))
                name = "cls-maxqc4" if thing else "cls-maxqc3"
                yield Rule(name, Atom(Y, SAME, Z), (*body, *typed, *twin), axioms_, (Y, Z))


def _number(value: Node) -> int | None:
    try:
        return int(str(value)) if isinstance(value, Literal) else None
    except ValueError:
        return None
