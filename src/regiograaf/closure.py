"""From asserted triples to what follows from them, with the reason for each.

OWL 2 RL over an ontology and facts; never over claims, so that an intention cannot leak into a fact. Only what says
something is returned: no axiomatic, reflexive or schema triples. The rules are named as in the specification.
Source: OWL 2 Web Ontology Language Profiles, section 4.3 (tables 4 to 8).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Literal
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from regiograaf.claims import TYPE, Triple
from regiograaf.errors import InconsistentError

__all__ = ["Closure", "Contradiction", "Reason", "close"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a triple holds: the rule, the facts it used, and the axioms of the ontology it used."""

    rule: str
    premises: tuple[Triple, ...]
    axioms: tuple[Triple, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot hold together, and the axioms that say so."""

    rule: str
    premises: tuple[Triple, ...]
    axioms: tuple[Triple, ...]


@dataclass(frozen=True)
class Closure:
    """The inferred triples with one reason each, and those of them that rest on background facts."""

    reasons: Mapping[Triple, Reason]
    on_background: frozenset[Triple] = frozenset()

    @property
    def inferred(self) -> Iterable[Triple]:
        return self.reasons.keys()


def close(ontology: Iterable[Triple], facts: Iterable[Triple], background: Iterable[Triple] = ()) -> Closure:
    """Compute everything that follows from facts and background under the ontology and is not itself one of them.

    What follows only with the background is told apart.

    Raises InconsistentError, naming rule and triples, when the facts contradict the ontology.
    """
    engine = _Engine(_Schema(ontology))
    for fact in sorted(facts):
        engine.add(fact, None)
    engine.run()
    alone = set(engine.reasons)
    for fact in sorted(background):
        engine.reasons.pop(fact, None)
        engine.add(fact, None)
    engine.run()
    contradictions = list(engine.contradictions())
    if contradictions:
        raise InconsistentError("\n".join(_sentence(c) for c in contradictions), contradictions)
    return Closure(engine.reasons, frozenset(engine.reasons.keys() - alone))


def _sentence(contradiction: Contradiction) -> str:
    said = " and ".join(" ".join(_short(term) for term in triple) for triple in contradiction.premises)
    axiom = "; ".join(" ".join(_short(term) for term in triple) for triple in contradiction.axioms)
    return f"contradiction ({contradiction.rule}): {said}, but {axiom}"


def _short(term: Node) -> str:
    from regiograaf.namespaces import shrink

    return shrink(str(term))


@dataclass(frozen=True, slots=True)
class _Step:
    """p(x, y) implies q(x, y), or q(y, x) when turned."""

    predicate: Node
    turned: bool
    rule: str
    axiom: Triple


class _Schema:
    """The axioms of an ontology, by the predicate or class of the fact that sets them off."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        table: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for s, p, o in sorted(triples):
            table[p][s].append(o)
        self.table = table
        self.steps: dict[Node, list[_Step]] = defaultdict(list)
        self.supers: dict[Node, list[tuple[Node, str, Triple]]] = defaultdict(list)
        self.domains: dict[Node, list[tuple[Node, Triple]]] = defaultdict(list)
        self.ranges: dict[Node, list[tuple[Node, Triple]]] = defaultdict(list)
        self.chains: dict[Node, list[tuple[Node, tuple[Node, ...], int, Triple]]] = defaultdict(list)
        self.kinds: dict[Node, set[Node]] = defaultdict(set)
        self.disjoint: list[tuple[Node, Node, Triple]] = []
        self.disjoint_properties: list[tuple[Node, Node, Triple]] = []
        self._properties()
        self._classes()
        self._restrictions()

    def _pairs(self, predicate: Node) -> Iterator[tuple[Node, Node, Triple]]:
        for subject, objects in self.table[predicate].items():
            for value in objects:
                yield subject, value, (subject, predicate, value)

    def items(self, head: Node) -> tuple[Node, ...]:
        found = []
        while head != RDF.nil and head in self.table[RDF.first]:
            found.append(self.table[RDF.first][head][0])
            head = self.table[RDF.rest][head][0]
        return tuple(found)

    def _properties(self) -> None:
        for sub, sup, axiom in self._pairs(RDFS.subPropertyOf):
            self.steps[sub].append(_Step(sup, False, "prp-spo1", axiom))
        for one, other, axiom in self._pairs(OWL.equivalentProperty):
            self.steps[one].append(_Step(other, False, "prp-eqp1", axiom))
            self.steps[other].append(_Step(one, False, "prp-eqp2", axiom))
        for one, other, axiom in self._pairs(OWL.inverseOf):
            self.steps[one].append(_Step(other, True, "prp-inv1", axiom))
            self.steps[other].append(_Step(one, True, "prp-inv2", axiom))
        for node, kind, axiom in self._pairs(TYPE):
            self.kinds[node].add(kind)
            if kind == OWL.SymmetricProperty:
                self.steps[node].append(_Step(node, True, "prp-symp", axiom))
        for node, cls, axiom in self._pairs(RDFS.domain):
            self.domains[node].append((cls, axiom))
        for node, cls, axiom in self._pairs(RDFS.range):
            self.ranges[node].append((cls, axiom))
        for head, listed, axiom in self._pairs(OWL.propertyChainAxiom):
            links = self.items(listed)
            for place, link in enumerate(links):
                self.chains[link].append((head, links, place, axiom))
        for one, other, axiom in self._pairs(OWL.propertyDisjointWith):
            self.disjoint_properties.append((one, other, axiom))

    def _classes(self) -> None:
        for sub, sup, axiom in self._pairs(RDFS.subClassOf):
            self.supers[sub].append((sup, "cax-sco", axiom))
        for one, other, axiom in self._pairs(OWL.equivalentClass):
            self.supers[one].append((other, "cax-eqc1", axiom))
            self.supers[other].append((one, "cax-eqc2", axiom))
        self.intersections: dict[Node, list[tuple[Node, tuple[Node, ...], Triple]]] = defaultdict(list)
        for cls, listed, axiom in self._pairs(OWL.intersectionOf):
            parts = self.items(listed)
            for part in parts:
                self.intersections[part].append((cls, parts, axiom))
                self.supers[cls].append((part, "cls-int2", axiom))
        for cls, listed, axiom in self._pairs(OWL.unionOf):
            for part in self.items(listed):
                self.supers[part].append((cls, "cls-uni", axiom))
        for one, other, axiom in self._pairs(OWL.disjointWith):
            self.disjoint.append((one, other, axiom))
        for node, listed, axiom in self._pairs(OWL.members):
            if OWL.AllDisjointClasses in self.kinds[node]:
                parts = self.items(listed)
                self.disjoint += [(a, b, axiom) for i, a in enumerate(parts) for b in parts[i + 1 :]]

    def _restrictions(self) -> None:
        on = self.table[OWL.onProperty]
        self.has_value_by_property: dict[Node, list[tuple[Node, Node, Triple]]] = defaultdict(list)
        self.has_value_by_class: dict[Node, list[tuple[Node, Node, Triple]]] = defaultdict(list)
        self.some_by_property: dict[Node, list[tuple[Node, Node, Triple]]] = defaultdict(list)
        self.some_by_class: dict[Node, list[tuple[Node, Node, Triple]]] = defaultdict(list)
        self.all_by_property: dict[Node, list[tuple[Node, Node, Triple]]] = defaultdict(list)
        self.all_by_class: dict[Node, list[tuple[Node, Node, Triple]]] = defaultdict(list)
        for predicate, by_property, by_class in (
            (OWL.hasValue, self.has_value_by_property, self.has_value_by_class),
            (OWL.someValuesFrom, self.some_by_property, self.some_by_class),
            (OWL.allValuesFrom, self.all_by_property, self.all_by_class),
        ):
            for restriction, value, axiom in self._pairs(predicate):
                for on_property in on.get(restriction, ()):
                    by_property[on_property].append((restriction, value, axiom))
                    trigger = value if predicate == OWL.someValuesFrom else restriction
                    by_class[trigger].append(
                        (on_property, restriction if predicate == OWL.someValuesFrom else value, axiom)
                    )


class _Engine:
    """Semi-naive evaluation: each triple is taken from the queue once and joined with what is known by then."""

    def __init__(self, schema: _Schema) -> None:
        self.schema = schema
        self.forward: dict[Node, dict[Node, dict[Node, None]]] = defaultdict(lambda: defaultdict(dict))
        self.backward: dict[Node, dict[Node, dict[Node, None]]] = defaultdict(lambda: defaultdict(dict))
        self.reasons: dict[Triple, Reason] = {}
        self.queue: deque[Triple] = deque()

    def has(self, triple: Triple) -> bool:
        s, p, o = triple
        return p in self.forward and s in self.forward[p] and o in self.forward[p][s]

    def add(self, triple: Triple, reason: Reason | None) -> None:
        s, p, o = triple
        if isinstance(s, Literal) or self.has(triple):
            return
        if reason is not None:
            if (s == o and p == OWL.sameAs) or o == OWL.Thing:
                return
            self.reasons[triple] = reason
        self.forward[p][s][o] = None
        self.backward[p][o][s] = None
        self.queue.append(triple)

    def run(self) -> None:
        while self.queue:
            triple = self.queue.popleft()
            if triple[1] == TYPE:
                self._class_rules(triple)
            elif triple[1] == OWL.sameAs:
                self._equality_rules(triple)
            self._property_rules(triple)
            if self.forward.get(OWL.sameAs):
                self._replacement_rules(triple)

    def objects(self, predicate: Node, subject: Node) -> list[Node]:
        return list(self.forward[predicate].get(subject, ())) if predicate in self.forward else []

    def subjects(self, predicate: Node, value: Node) -> list[Node]:
        return list(self.backward[predicate].get(value, ())) if predicate in self.backward else []

    def _class_rules(self, triple: Triple) -> None:
        schema, (s, _, cls) = self.schema, triple
        for sup, rule, axiom in schema.supers.get(cls, ()):
            self.add((s, TYPE, sup), Reason(rule, (triple,), (axiom,)))
        for whole, parts, axiom in schema.intersections.get(cls, ()):
            premises = tuple((s, TYPE, part) for part in parts)
            if all(self.has(premise) for premise in premises):
                self.add((s, TYPE, whole), Reason("cls-int1", premises, (axiom,)))
        for predicate, value, axiom in schema.has_value_by_class.get(cls, ()):
            self.add((s, predicate, value), Reason("cls-hv1", (triple,), (axiom,)))
        for predicate, restriction, axiom in schema.some_by_class.get(cls, ()):
            for subject in self.subjects(predicate, s):
                self.add((subject, TYPE, restriction), Reason("cls-svf1", ((subject, predicate, s), triple), (axiom,)))
        for predicate, filler, axiom in schema.all_by_class.get(cls, ()):
            for value in self.objects(predicate, s):
                self.add((value, TYPE, filler), Reason("cls-avf", (triple, (s, predicate, value)), (axiom,)))

    def _property_rules(self, triple: Triple) -> None:
        schema, (s, p, o) = self.schema, triple
        for step in schema.steps.get(p, ()):
            content = (o, step.predicate, s) if step.turned else (s, step.predicate, o)
            self.add(content, Reason(step.rule, (triple,), (step.axiom,)))
        for cls, axiom in schema.domains.get(p, ()):
            self.add((s, TYPE, cls), Reason("prp-dom", (triple,), (axiom,)))
        for cls, axiom in schema.ranges.get(p, ()):
            self.add((o, TYPE, cls), Reason("prp-rng", (triple,), (axiom,)))
        kinds = schema.kinds.get(p, set())
        if OWL.TransitiveProperty in kinds:
            axiom = (p, TYPE, OWL.TransitiveProperty)
            for further in self.objects(p, o):
                self.add((s, p, further), Reason("prp-trp", (triple, (o, p, further)), (axiom,)))
            for before in self.subjects(p, s):
                self.add((before, p, o), Reason("prp-trp", ((before, p, s), triple), (axiom,)))
        if OWL.FunctionalProperty in kinds:
            self._same(triple, self.objects(p, s), "prp-fp", OWL.FunctionalProperty)
        if OWL.InverseFunctionalProperty in kinds:
            self._same(triple, self.subjects(p, o), "prp-ifp", OWL.InverseFunctionalProperty)
        for head, links, place, axiom in schema.chains.get(p, ()):
            for path in self._paths(triple, links, place):
                self.add((path[0][0], head, path[-1][2]), Reason("prp-spo2", path, (axiom,)))
        for restriction, value, axiom in schema.has_value_by_property.get(p, ()):
            if o == value:
                self.add((s, TYPE, restriction), Reason("cls-hv2", (triple,), (axiom,)))
        for restriction, filler, axiom in schema.some_by_property.get(p, ()):
            if filler == OWL.Thing:
                self.add((s, TYPE, restriction), Reason("cls-svf2", (triple,), (axiom,)))
            elif self.has((o, TYPE, filler)):
                self.add((s, TYPE, restriction), Reason("cls-svf1", (triple, (o, TYPE, filler)), (axiom,)))
        for restriction, filler, axiom in schema.all_by_property.get(p, ()):
            if self.has((s, TYPE, restriction)):
                self.add((o, TYPE, filler), Reason("cls-avf", ((s, TYPE, restriction), triple), (axiom,)))

    def _paths(self, triple: Triple, links: tuple[Node, ...], place: int) -> list[tuple[Triple, ...]]:
        """All chains of facts along `links` that hold `triple` at `place`."""
        paths: list[tuple[Triple, ...]] = [(triple,)]
        for link in reversed(links[:place]):
            paths = [((s, link, path[0][0]), *path) for path in paths for s in self.subjects(link, path[0][0])]
        for link in links[place + 1 :]:
            paths = [(*path, (path[-1][2], link, o)) for path in paths for o in self.objects(link, path[-1][2])]
        return paths

    def _same(self, triple: Triple, others: list[Node], rule: str, kind: Node) -> None:
        s, p, o = triple
        axiom = (p, TYPE, kind)
        mine = o if rule == "prp-fp" else s
        for other in others:
            if other != mine and not isinstance(other, Literal) and not isinstance(mine, Literal):
                twin = (s, p, other) if rule == "prp-fp" else (other, p, o)
                self.add((mine, OWL.sameAs, other), Reason(rule, (triple, twin), (axiom,)))

    def _equality_rules(self, triple: Triple) -> None:
        s, p, o = triple
        self.add((o, p, s), Reason("eq-sym", (triple,)))
        for further in self.objects(p, o):
            self.add((s, p, further), Reason("eq-trans", (triple, (o, p, further))))
        for predicate in list(self.forward):
            if predicate == OWL.sameAs:
                continue
            for value in self.objects(predicate, s):
                self.add((o, predicate, value), Reason("eq-rep-s", (triple, (s, predicate, value))))
            for subject in self.subjects(predicate, s):
                self.add((subject, predicate, o), Reason("eq-rep-o", (triple, (subject, predicate, s))))

    def _replacement_rules(self, triple: Triple) -> None:
        s, p, o = triple
        if p == OWL.sameAs:
            return
        for twin in self.objects(OWL.sameAs, s):
            self.add((twin, p, o), Reason("eq-rep-s", ((s, OWL.sameAs, twin), triple)))
        for twin in self.objects(OWL.sameAs, o):
            self.add((s, p, twin), Reason("eq-rep-o", ((o, OWL.sameAs, twin), triple)))

    def contradictions(self) -> Iterator[Contradiction]:
        schema = self.schema
        types = self.backward.get(TYPE, {})
        for one, other, axiom in schema.disjoint:
            for node in types.get(one, ()):
                if node in types.get(other, ()):
                    yield Contradiction("cax-dw", ((node, TYPE, one), (node, TYPE, other)), (axiom,))
        for node in types.get(OWL.Nothing, ()):
            yield Contradiction("cls-nothing2", ((node, TYPE, OWL.Nothing),), ())
        for p, kinds in schema.kinds.items():
            for s, objects in self.forward.get(p, {}).items():
                for o in objects:
                    if OWL.IrreflexiveProperty in kinds and s == o:
                        yield Contradiction("prp-irp", ((s, p, o),), ((p, TYPE, OWL.IrreflexiveProperty),))
                    if OWL.AsymmetricProperty in kinds and self.has((o, p, s)) and str(s) <= str(o):
                        premises = ((s, p, o), (o, p, s))
                        yield Contradiction("prp-asyp", premises, ((p, TYPE, OWL.AsymmetricProperty),))
        for one, other, axiom in schema.disjoint_properties:
            for s, objects in self.forward.get(one, {}).items():
                for o in objects:
                    if self.has((s, other, o)):
                        yield Contradiction("prp-pdw", ((s, one, o), (s, other, o)), (axiom,))
        for s, objects in self.forward.get(OWL.sameAs, {}).items():
            for o in objects:
                if self.has((s, OWL.differentFrom, o)):
                    yield Contradiction("eq-diff1", ((s, OWL.sameAs, o), (s, OWL.differentFrom, o)), ())
