"""Why the graph says something, down to the letters' passages; and why it does not, with what comes close.

Rules are run backward over the built graphs: an explanation needs the graphs alone, wherever they are loaded from, and
shows a derivation with the fewest levels. What a rule concludes is found again, never taken on trust.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Literal, cast

import pyoxigraph as ox
from rdflib import Literal as RDFLiteral
from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from regiograaf.claims import TYPE, Triple
from regiograaf.closure import Closure, Ontology
from regiograaf.dataset import store_of
from regiograaf.errors import UnknownTermError
from regiograaf.namespaces import GRAPH, ID, RG, shrink
from regiograaf.queries import select
from regiograaf.rules import AXIOM_RELATIONS, SCHEMA_RULES, Atom, Rule, datatypes, instance_rules, schema_facts
from regiograaf.sources import from_ox, to_ox

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["Derivation", "Explainer", "Missing", "Said", "WhyNot", "explain", "why_not"]

Pattern = tuple[Node | None, Node | None, Node | None]
"""A triple in which None stands for any term."""
Origin = Literal["letters", "header", "background", "entity", "ontology", "inferred"]
"""`header` is what is known of a letter itself: its sender, its region."""

_STATED: Mapping[str, Origin] = {
    "asserted": "letters",
    "achtergrond": "background",
    "entiteiten": "entity",
    "themas": "entity",
    "brief": "header",
    "ontologie": "ontology",
    "uitlijning": "ontology",
    "invoer": "ontology",
}
_INFERRED = ("inferred", "inferred-uitlijning")
_SCHEMA = {
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.domain,
    RDFS.range,
    OWL.equivalentClass,
    OWL.equivalentProperty,
}
_AXIOMS = tuple(name for name, origin in _STATED.items() if origin == "ontology")
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in one place of one letter."""

    content: Triple
    modality: str
    """Its key: `bestaand`, `mogelijk` …"""
    denied: bool
    claim: URIRef
    key: str
    """The claim's key in its letter's file, `drechtsteden:w017`."""
    letter: str
    section: str
    anchor: str
    quote: str
    """The passage where the letters' texts were at hand, else empty."""
    evidence: URIRef


@dataclass(frozen=True, slots=True)
class Derivation:
    """One triple with the reason it holds: the claims that say it, its source, or a rule with its premises."""

    triple: Triple
    origin: Origin
    rule: str = ""
    premises: tuple[Derivation, ...] = ()
    axioms: tuple[Derivation, ...] = ()
    """What of the ontology the rule was made from."""
    said: tuple[Said, ...] = ()

    def leaves(self) -> Iterator[Derivation]:
        """What the derivation rests on, outside the ontology; each time it is used."""
        if self.premises:
            for premise in self.premises:
                yield from premise.leaves()
        else:
            yield self


@dataclass(frozen=True, slots=True)
class Missing:
    """A rule that would conclude the triple if one premise more held: all of its premises, and which one does not.

    In a premise None stands for any term.
    """

    rule: str
    axioms: tuple[Triple, ...]
    premises: tuple[Pattern, ...]
    """In the order of the rule."""
    place: int
    """Of the missing premise, from 0."""
    said: tuple[Said, ...] = ()
    """Claims that are no facts on the missing premise, or on something that alone would give it."""

    @property
    def absent(self) -> Pattern:
        return self.premises[self.place]

    @property
    def present(self) -> tuple[Pattern, ...]:
        return self.premises[: self.place] + self.premises[self.place + 1 :]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What stands between a triple and being a fact."""

    triple: Triple
    said: tuple[Said, ...]
    """Claims with this content, of another modality, denied, or withheld."""
    missing: tuple[Missing, ...]
    around: tuple[Said, ...]
    """Claims that are no facts and join the two ends in another way: directly, or through something they share."""


def explain(dataset: Dataset | ox.Store, triple: Triple) -> Derivation:
    """The derivation of a triple of a built dataset: asserted, background, or inferred down to what letters say.

    Raises UnknownTermError when the graph does not say the triple.
    """
    return Explainer(dataset).why(triple)


def why_not(dataset: Dataset | ox.Store, triple: Triple) -> WhyNot:
    """Which premise a triple lacks, and which claims come close.

    Raises UnknownTermError when the graph does say the triple.
    """
    return Explainer(dataset).why_not(triple)


class Explainer:
    """The rules of a built dataset's ontology, ready to be run backward any number of times."""

    def __init__(self, dataset: Dataset | ox.Store) -> None:
        self._store = store_of(dataset)
        names = (*_STATED, *_INFERRED)
        self._graphs: dict[object, str] = {ox.NamedNode(str(GRAPH[name])): name for name in names}
        self._match: Callable[[Pattern], Iterable[Triple]] = self._stored
        ontology = [t for name in _AXIOMS for p in AXIOM_RELATIONS for t in self._graph(name, p)]
        axioms = [t for p in _SCHEMA for name in _INFERRED for t in self._graph(name, p)]
        self._rules: dict[Node, list[Rule]] = defaultdict(list)
        self._replacing: list[Rule] = []
        listed = (rule for rule in schema_facts(ontology).values())
        for rule in chain(instance_rules({*ontology, *axioms}), SCHEMA_RULES, listed):
            head = rule.head
            if head is None:
                continue
            if isinstance(head.predicate, int):
                self._replacing.append(rule)
            elif head.predicate == TYPE and not isinstance(head.object, int):
                self._rules[head.object].append(rule)
            else:
                self._rules[head.predicate].append(rule)
        self._derived: dict[Triple, Derivation] = {}
        self._failed: dict[Triple, int] = {}
        self._kinds_of: dict[Node, set[Node]] = {}

    # looking things up

    def _graph(self, name: str, predicate: Node | None = None) -> Iterator[Triple]:
        relation = None if predicate is None else ox.NamedNode(str(predicate))
        return map(_triple, self._store.quads_for_pattern(None, relation, None, ox.NamedNode(GRAPH[name])))

    def _stored(self, pattern: Pattern) -> Iterator[Triple]:
        seen = set()
        for quad in self._quads(pattern):
            if quad.triple not in seen:
                seen.add(quad.triple)
                yield _triple(quad)

    def _quads(self, pattern: Pattern) -> Iterator[ox.Quad]:
        s, p, o = (None if term is None else to_ox(term) for term in pattern)
        if not isinstance(s, ox.Literal):
            found = self._store.quads_for_pattern(s, cast("ox.NamedNode | None", p), o, None)
            yield from (quad for quad in found if quad.graph_name in self._graphs or _is_header(quad))

    def says(self, triple: Triple) -> bool:
        """Whether the triple is stated or inferred."""
        return any(True for _ in self._stored(triple))

    def _origin(self, triple: Triple) -> Origin | None:
        found = {self._graphs.get(quad.graph_name, "brief") for quad in self._quads(triple)}
        return next((origin for name, origin in _STATED.items() if name in found), None)

    # why

    def why(self, triple: Triple) -> Derivation:
        """The derivation of a triple with the fewest levels.

        Raises UnknownTermError when the graph does not say the triple.
        """
        triple = _as_stored(triple)
        if not self.says(triple):
            text = " ".join(shrink(str(term)) for term in triple)
            raise UnknownTermError(f"the graph does not say {text}. Ask regiograaf why-not what comes close.")
        for depth in range(_DEEPEST):
            found = self._derive(triple, depth)
            if found is not None:
                return found
        if self._match == self._stored:
            # it rests on something that says nothing by itself, and is therefore not in the graphs
            closure = Closure(Ontology(t for name in _AXIOMS for t in self._graph(name)))
            closure.add([t for name in _STATED for t in self._graph(name)])
            self._match = lambda pattern: closure.match(*pattern)
            self._failed.clear()
            return self.why(triple)
        text = " ".join(shrink(str(term)) for term in triple)
        raise UnknownTermError(f"nothing in this graph gives {text} any more. Build it again.")

    def _derive(self, triple: Triple, depth: int) -> Derivation | None:
        found = self._derived.get(triple)
        if found is not None:
            return found
        if self._failed.get(triple, -1) >= depth:
            return None
        origin = self._origin(triple)
        if origin is not None:
            said = tuple(s for s in self.said(triple) if _asserts(s)) if origin == "letters" else ()
            found = Derivation(triple, origin, said=said)
        elif isinstance(triple[0], RDFLiteral) and triple[1] == TYPE and triple[2] in datatypes(triple[0]):
            found = Derivation(triple, "inferred", "dt-type2")
        elif depth:
            found = self._conclude(triple, depth)
        if found is None:
            self._failed[triple] = depth
        else:
            self._derived[triple] = found
        return found

    def _conclude(self, triple: Triple, depth: int) -> Derivation | None:
        for rule, binding in self._rules_for(triple):
            if rule.name == "prp-trp" and (path := self._path(triple)):
                premises: list[Derivation | None] = [self._derive(step, 0) for step in path]
                return self._derivation(triple, rule, premises)
            for instance in self._instances(rule, rule.body, binding):
                if triple in instance:
                    continue
                premises = []
                for premise in instance:
                    premises.append(self._derive(premise, depth - 1))
                    if premises[-1] is None:
                        break
                else:
                    return self._derivation(triple, rule, premises)
        return None

    def _derivation(self, triple: Triple, rule: Rule, premises: Sequence[Derivation | None]) -> Derivation:
        axioms = []
        for axiom in rule.axioms:
            depth = 0
            while (found := self._derive(axiom, depth)) is None and depth < _DEEPEST:
                depth += 1
            axioms.append(found or Derivation(axiom, "ontology"))
        return Derivation(triple, "inferred", rule.name, tuple(cast(Iterable[Derivation], premises)), tuple(axioms))

    def _path(self, triple: Triple) -> list[Triple]:
        """The shortest way along stated triples of a transitive relation; one step of an explanation, not many."""
        s, p, o = triple
        before: dict[Node, Triple] = {}
        queue = deque([s])
        while queue and o not in before:
            here = queue.popleft()
            for step in sorted(self._match((here, p, None)), key=lambda t: str(t[2])):
                if step[2] not in before and step[2] != s and self._origin(step) is not None:
                    before[step[2]] = step
                    queue.append(step[2])
        path: list[Triple] = []
        while o in before:
            path.insert(0, before[o])
            o = before[o][0]
        return path

    def _rules_for(self, triple: Triple) -> Iterator[tuple[Rule, dict[int, Node]]]:
        """The rules whose head is this triple, with what its variables then stand for."""
        _, p, o = triple
        own = self._rules.get(o, []) if p == TYPE else []
        replacing = self._replacing if any(True for _ in self._match((None, OWL.sameAs, None))) else []
        for rule in chain(own, self._rules.get(p, []), replacing):
            binding = _unify(cast(Atom, rule.head), triple, {})
            if binding is not None:
                yield rule, binding

    def _instances(self, rule: Rule, atoms: tuple[Atom, ...], binding: dict[int, Node]) -> Iterator[tuple[Triple, ...]]:
        """The bodies of a rule that hold, each as triples in the order of its atoms."""
        for found in self._solve(list(atoms), binding):
            if rule.differ and found[rule.differ[0]] == found[rule.differ[1]]:
                continue
            yield tuple(cast(Triple, _filled(atom, found)) for atom in rule.body)

    def _solve(self, atoms: list[Atom], binding: dict[int, Node]) -> Iterator[dict[int, Node]]:
        if not atoms:
            yield binding
            return
        atom = max(atoms, key=lambda a: sum(term is not None for term in _filled(a, binding)))
        rest = [other for other in atoms if other is not atom]
        for triple in sorted(self._match(_filled(atom, binding)), key=str):
            more = _unify(atom, triple, binding)
            if more is not None:
                yield from self._solve(rest, more)

    # why not

    def why_not(self, triple: Triple) -> WhyNot:
        """Which premise a triple lacks, and which claims come close.

        Raises UnknownTermError when the graph does say the triple.
        """
        triple = _as_stored(triple)
        if self.says(triple):
            text = " ".join(shrink(str(term)) for term in triple)
            raise UnknownTermError(f"the graph does say {text}. Ask regiograaf why.")
        said = tuple(self.said(triple))
        known = {s.evidence for s in said}
        missing = list(self._missing(triple))
        exact = {s.evidence for m in missing for s in m.said if s.content == m.absent}
        for place, premise in enumerate(missing):
            claims = tuple(
                s
                for s in premise.said
                if s.evidence not in known and (s.content == premise.absent or s.evidence not in exact)
            )
            known.update(s.evidence for s in claims)
            missing[place] = replace(premise, said=claims)
        missing.sort(key=lambda m: (not m.said, -len(m.present), m.rule, m.place, str(m.premises)))
        around = tuple(s for s in self._around(triple) if s.evidence not in known)
        return WhyNot(triple, said, tuple(missing), around)

    def _missing(self, triple: Triple) -> Iterator[Missing]:
        seen = set()
        for rule, binding in self._rules_for(triple):
            for place, lacking in enumerate(rule.body):
                others = [atom for atom in rule.body if atom is not lacking]
                for found in self._solve(others, binding):
                    premises = tuple(_filled(atom, found) for atom in rule.body)
                    absent = premises[place]
                    if absent in seen or triple in premises or any(True for _ in self._match(absent)):
                        continue
                    seen.add(absent)
                    said = tuple(s for form in self._forms(absent, triple) for s in self.said(form) if not _asserts(s))
                    if said or not others or self._usual(absent):
                        yield Missing(rule.name, rule.axioms, premises, place, said)

    def _usual(self, pattern: Pattern) -> bool:
        """Whether the relation joins things of these kinds elsewhere: else nobody would miss it here."""
        s, p, o = pattern
        if s is None or o is None or p in (None, TYPE):
            return True
        kinds, others = self._kinds(s), self._kinds(o)
        return any(kinds & self._kinds(t[0]) and others & self._kinds(t[2]) for t in self._match((None, p, None)))

    def _kinds(self, node: Node) -> set[Node]:
        if node not in self._kinds_of:
            types = [t for t in self._match((node, TYPE, None)) if self._origin(t) is not None]
            self._kinds_of[node] = {t[2] for t in types}
        return self._kinds_of[node]

    def _forms(self, pattern: Pattern, asked: Triple) -> list[Pattern]:
        """A pattern, and all that a rule with one premise would make it of: narrower or turned relations."""
        forms = [pattern]
        for form in forms:
            if None in form:
                continue
            for rule, binding in self._rules_for(cast(Triple, form)):
                if len(rule.body) == 1:
                    narrower = _filled(rule.body[0], binding)
                    if narrower not in forms and narrower != asked:
                        forms.append(narrower)
        return forms

    def _around(self, triple: Triple) -> list[Said]:
        """Claims that are no facts and join the ends, or organs of theirs, directly or through one thing in between.

        Direct ones first; then by how little else is said of what is in between, and the ends before their organs.
        Of a class: the claims that the subject is of another one.
        """
        s, p, o = triple
        if p == TYPE:
            return [said for said in self.said((s, p, None)) if not _asserts(said)]
        one, other = self._kin(s), self._kin(o)
        of_one, of_other = (
            [said for end in sorted(ends, key=str) for said in self._about(end)] for ends in (one, other)
        )
        ends = one | other

        def between(claims: Iterable[Said]) -> set[Node]:
            return {end for said in claims for end in _ends(said)} - ends

        crowd = {node: len(self._about(node)) for node in between(of_one) & between(of_other)}

        def order(said: Said) -> tuple[int, int, bool]:
            both = _ends(said)
            direct = bool(one & both and other & both)
            return (not direct, min((crowd[end] for end in both & crowd.keys()), default=0), not {s, o} & both)

        near = [said for said in of_one if other & _ends(said)]
        near += [said for said in (*of_one, *of_other) if crowd.keys() & _ends(said)]
        found = {said.evidence: said for said in near if not _asserts(said)}
        return sorted(found.values(), key=order)

    def _kin(self, node: Node) -> set[Node]:
        """A body with its organs, an organ with its body."""
        organ = _ORGAN_OF
        return {
            node,
            *(t[2] for t in self._match((node, organ, None))),
            *(t[0] for t in self._match((None, organ, node))),
        }

    # what letters say

    def said(self, pattern: Pattern) -> list[Said]:
        """Every place of a claim with this content (None stands for any), in the order of letter and place."""
        names = ("s", "p", "o")
        values = "".join(
            f"VALUES ?{name} {{ {to_ox(term)} }} "
            for name, term in zip(names, pattern, strict=True)
            if term is not None
        )
        return self._select(values)

    def _about(self, node: Node) -> list[Said]:
        iri = to_ox(node)
        return self._select(f"{{ ?claim rdf:subject {iri} }} UNION {{ ?claim rdf:object {iri} }}")

    def _select(self, where: str) -> list[Said]:
        query = f"""
            PREFIX rg: <{RG}> PREFIX rdf: <{RDF}> PREFIX dcterms: <http://purl.org/dc/terms/>
            SELECT DISTINCT * WHERE {{
              GRAPH ?g {{ {where} ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rg:modaliteit ?m ;
                  dcterms:identifier ?key ; rg:bewijs ?e .
                ?e rg:uitBrief ?letter ; rg:sectie ?section ; rg:anker ?anchor ; rg:begin ?begin .
                OPTIONAL {{ ?claim rg:ontkend ?denied }} }}
              OPTIONAL {{ GRAPH <{GRAPH["citaten"]}> {{ ?e rg:citaat ?quote }} }}
            }} ORDER BY ?letter ?begin ?claim ?key"""
        found: dict[str, Said] = {}
        for row in select(self._store, query):
            letter = row["letter"].value.removeprefix(f"{ID}brief/")
            if not row["key"].value.startswith(f"{letter}:"):
                continue
            found.setdefault(
                row["e"].value,
                Said(
                    content=cast(Triple, tuple(from_ox(row[name]) for name in ("s", "p", "o"))),
                    modality=row["m"].value.rsplit("/", 1)[-1],
                    denied=row["denied"] is not None and row["denied"].value == "true",
                    claim=URIRef(row["claim"].value),
                    key=row["key"].value,
                    letter=letter,
                    section=row["section"].value,
                    anchor=row["anchor"].value,
                    quote="" if row["quote"] is None else row["quote"].value,
                    evidence=URIRef(row["e"].value),
                ),
            )
        return list(found.values())


_LETTERS = f"{GRAPH['brief']}/"
_ORGAN_OF = URIRef(f"{RG}orgaanVan")


def _ends(said: Said) -> set[Node]:
    return {said.content[0], said.content[2]}


def _asserts(said: Said) -> bool:
    return said.modality == "bestaand" and not said.denied


def _as_stored(triple: Triple) -> Triple:
    """With the literals that a store gives back: a plain string is one with the datatype of strings."""
    s, p, o = (from_ox(to_ox(term)) for term in triple)
    return s, p, o


def _is_header(quad: ox.Quad) -> bool:
    """Whether a quad is what a letter's own block says of the letter."""
    graph = getattr(quad.graph_name, "value", "")
    subject = getattr(quad.subject, "value", "")
    return graph.startswith(_LETTERS) and subject == graph.replace(_LETTERS, f"{ID}brief/", 1)


def _triple(quad: ox.Quad) -> Triple:
    s, p, o = (from_ox(cast("ox.NamedNode", term)) for term in quad.triple)
    return s, p, o


def _filled(atom: Atom, binding: Mapping[int, Node]) -> Pattern:
    s, p, o = (binding.get(term) if isinstance(term, int) else term for term in atom)
    return s, p, o


def _unify(atom: Atom, triple: Triple, binding: dict[int, Node]) -> dict[int, Node] | None:
    found = dict(binding)
    for term, value in zip(atom, triple, strict=True):
        if isinstance(term, int):
            if found.setdefault(term, value) != value:
                return None
        elif term != value:
            return None
    return found
