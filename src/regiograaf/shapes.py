"""The rules of `ontology/shapes.ttl`, and what of a project breaks them.

The file is the contract: `check`, CI and outside users run the same shapes. Here they are run by pyshacl on the files
people edit, in parts (the ontology, the data, each letter), so that a verdict can be kept until its part changes and
many letters are validated in parallel. Lines and wording of findings are the business of `checks`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from importlib.metadata import version
from typing import Literal as Choice
from typing import cast

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from regiograaf import cache
from regiograaf.claims import TYPE, Triple
from regiograaf.dataset import Project
from regiograaf.namespaces import BASE, LETTER
from regiograaf.sources import Source

__all__ = ["FILE", "NAMESPACE", "Level", "Result", "Rule", "read", "rules", "validate", "validate_project"]

Level = Choice["error", "warning", "info"]

FILE = "ontology/shapes.ttl"
NAMESPACE = BASE + "def/shapes#"
VERSION = "1"
"""Part of the key of kept verdicts: raise it when this file comes to validate otherwise."""

MANY = 3
"""From so many parts on, other processes pay for their start."""

_LEVELS: Mapping[Node, Level] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf)
_CONTEXT = frozenset({RDF.type, SKOS.inScheme, OWL.inverseOf})
"""What a part needs to know of a thing that is described elsewhere; of classes also those above them."""


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One shape with a target: its local name, its level, and its message in two languages."""

    name: str
    level: Level
    nl: str
    en: str


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One breach of a shape; `path` and `value` are empty when the shape names none."""

    shape: str
    focus: str
    value: str
    path: str
    component: str
    """The kind of constraint: `Class`, `MinCount`, `Pattern` …"""
    level: Level
    nl: str
    en: str


@lru_cache(maxsize=2)
def read(text: str) -> Graph:
    """The shapes of a Turtle text."""
    return Graph(bind_namespaces="none").parse(data=text, format="turtle")


def rules(shapes: Graph) -> list[Rule]:
    """Every shape that has a target, in the order of their names."""
    targeted = {s for p in _TARGETS for s in shapes.subjects(p)}
    return sorted(_rule(shapes, shape) for shape in targeted)


def _rule(shapes: Graph, shape: Node) -> Rule:
    said = {m.language: str(m) for m in shapes.objects(shape, SH.message) if isinstance(m, Literal)}
    level = _LEVELS[cast(URIRef, shapes.value(shape, SH.severity))]
    return Rule(_local(shape), level, said.get("nl", ""), said.get("en", ""))


def validate(triples: Iterable[Triple], shapes: Graph) -> list[Result]:
    """What in a set of triples breaks the shapes, sorted; the triples must hold the ontology they speak.

    Source: SHACL Core, https://www.w3.org/TR/shacl/, by pyshacl without inference and without the network.
    """
    import pyshacl

    data = Graph(bind_namespaces="none")
    data.addN((s, p, o, data) for s, p, o in triples)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    found = set()
    root = report.value(predicate=TYPE, object=SH.ValidationReport)
    for node in report.objects(root, SH.result):
        p = dict(report.predicate_objects(node))
        rule = _rule(shapes, p[SH.sourceShape])
        path = p.get(SH.resultPath)
        component = _local(p[SH.sourceConstraintComponent]).removesuffix("ConstraintComponent")
        found.add(
            Result(
                rule.name,
                str(p[SH.focusNode]),
                str(p.get(SH.value, "")),
                str(path) if isinstance(path, URIRef) else "",
                component,
                rule.level,
                rule.nl,
                rule.en,
            )
        )
    return sorted(found)


def _local(node: Node) -> str:
    return str(node).rpartition("#")[2]


@dataclass(frozen=True)
class _Part:
    """Some files of a project, and what has to be known of the others to validate them."""

    sources: tuple[Source, ...]
    extra: frozenset[Triple] = field(default=frozenset())

    @property
    def subjects(self) -> frozenset[Node]:
        return frozenset(s for source in self.sources for s in source.properties)


def validate_project(project: Project, text: str, jobs: int | None = None) -> list[Result]:
    """What in a project's files breaks the shapes of a Turtle text, sorted.

    Every node is validated in the part that describes it: the ontology, the data, or a letter with its coverage. What
    follows for a part is kept by the digest of its files, of what it uses of others, and of the shapes. Parts that are
    not kept are validated in at most `jobs` processes at once (as many as there are processors, when None).
    """
    kept: list[Result] = []
    open_: list[tuple[str, _Part]] = []
    base = hashlib.sha256(f"{VERSION}\0{version('pyshacl')}\0{text}".encode()).digest()
    parts = list(_parts(project))
    for part in parts:
        name = f"shapes/{_digest(part, base)}.json"
        verdict = cache.get(name)
        if verdict is None:
            open_.append((name, part))
        else:
            kept += [Result(*row) for row in json.loads(verdict)]
    for (name, _), found in zip(open_, _verdicts([part for _, part in open_], text, jobs), strict=True):
        cache.put(name, json.dumps([astuple(result) for result in found], ensure_ascii=False).encode())
        kept += found
    if open_:
        cache.prune("shapes", keep=max(100, 4 * len(parts)))
    return sorted(set(kept))


def _parts(project: Project) -> Iterator[_Part]:
    groups: dict[str, list[Source]] = defaultdict(list)
    context: list[Triple] = []
    for graph, source in project.sources:
        groups[_group(graph)].append(source)
        if "/" not in graph:
            context += [t for t in source.triples if t[1] in _CONTEXT or t[1] == RDFS.subClassOf]
    for key, source in (*project.letters, *project.drafts):
        context += [(LETTER[key], TYPE, kind) for kind in source.properties.get(LETTER[key], {}).get(TYPE, ())]
    known: dict[Node, list[Triple]] = defaultdict(list)
    above = []
    for triple in context:
        if triple[1] == RDFS.subClassOf:
            above.append(triple)
        else:
            known[triple[0]].append(triple)
    homes: dict[Node, list[Source]] = defaultdict(list)
    for source in (source for sources in groups.values() for source in sources):
        for subject in source.properties:
            homes[subject].append(source)
    for name, own in groups.items():
        if name == _CONTEXT_ONLY:
            continue
        part = _Part(tuple(own))
        extra = set(above)
        for term in {term for source in own for term in source.terms}:
            extra.update(known.get(term, ()))
        for subject in part.subjects:
            if len(homes[subject]) > 1:  # also described elsewhere: only the whole can be judged
                for source in homes[subject]:
                    extra.update((subject, p, o) for p, values in source.properties[subject].items() for o in values)
        yield _Part(part.sources, frozenset(extra))


_CONTEXT_ONLY = "invoer"
"""The graph of terms copied from other vocabularies: not ours to judge."""


def _group(graph: str) -> str:
    kind, slash, key = graph.partition("/")
    if slash:
        return f"brief/{key}"
    if kind == _CONTEXT_ONLY:
        return kind
    return "ontologie" if kind in ("ontologie", "uitlijning") else "data"


def _digest(part: _Part, base: bytes) -> str:
    digest = hashlib.sha256(base)
    for source in part.sources:
        digest.update(f"{source.path}\0{source.text}\0".encode())
    for line in sorted("\t".join(map(str, triple)) for triple in part.extra):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()[:32]


def _verdicts(parts: Sequence[_Part], text: str, jobs: int | None) -> Iterator[list[Result]]:
    if not parts:
        return
    from concurrent.futures import ProcessPoolExecutor

    import pyshacl  # noqa: F401  # here, so that the processes below need not each import it

    tasks = [({t for source in p.sources for t in source.triples} | p.extra, p.subjects, text) for p in parts]
    jobs = min(jobs or len(os.sched_getaffinity(0)), len(parts))
    if jobs > 1 and len(parts) >= MANY:
        with ProcessPoolExecutor(jobs) as pool:
            yield from pool.map(_verdict, *zip(*tasks, strict=True))
    else:
        yield from map(_verdict, *zip(*tasks, strict=True))


def _verdict(triples: Iterable[Triple], own: frozenset[Node], text: str) -> list[Result]:
    """What breaks the shapes among the nodes that a part describes itself."""
    triples = list(triples)
    return validate(triples, _narrowed(read(text), triples, own))


def _narrowed(shapes: Graph, triples: Iterable[Triple], own: frozenset[Node]) -> Graph:
    """The shapes that target any of some nodes, with their targets limited to these.

    pyshacl's own `focus_nodes` would also skip the values of these nodes, so that sh:node and sh:class always hold.
    """
    of_type: dict[Node, set[Node]] = defaultdict(set)
    below: dict[Node, set[Node]] = defaultdict(set)
    subjects: dict[Node, set[Node]] = defaultdict(set)
    objects: set[Node] = set()
    for s, p, o in triples:
        subjects[p].add(s)
        objects.add(o)
        if p == TYPE:
            of_type[o].add(s)
        elif p == RDFS.subClassOf:
            below[o].add(s)
    narrowed = Graph(bind_namespaces="none")
    todo: list[Node] = []
    for shape, target in shapes.subject_objects(SH.targetNode):
        if target in objects:  # these shapes look back from their target: from one that nothing names, at nothing
            todo.append(shape)
            narrowed.add((shape, SH.targetNode, target))
    for kind in (SH.targetClass, SH.targetSubjectsOf):
        for shape, target in shapes.subject_objects(kind):
            classes = _reach(target, below) if kind == SH.targetClass else ()
            found = set[Node]().union(*(of_type[c] for c in classes)) if classes else subjects[target]
            if found & own:
                todo.append(shape)
                if found <= own:
                    narrowed.add((shape, kind, target))
                else:
                    narrowed.addN((shape, SH.targetNode, node, narrowed) for node in found & own)
    seen = set(todo)
    while todo:
        shape = todo.pop()
        for p, o in shapes.predicate_objects(shape):
            if p not in _TARGETS:
                narrowed.add((shape, p, o))
                if o not in seen and (isinstance(o, BNode) or str(o).startswith(NAMESPACE)):
                    seen.add(o)
                    todo.append(o)
    return narrowed


def _reach(start: Node, steps: Mapping[Node, set[Node]]) -> set[Node]:
    found, todo = {start}, [start]
    while todo:
        new = steps.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found
