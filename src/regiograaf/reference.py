"""The other opinion on what follows: owlrl's closure, less what says nothing.

It judges `closure`, so it knows nothing of it: no rule table, no compiled schema, no import of it. It is slow (about a
millisecond a triple) and gives no reasons; nothing but tests and benchmarks should close with it.
Source: owlrl 7.6.2; OWL 2 Web Ontology Language Profiles, section 4.3 (tables 4 to 9).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import InvalidOperation

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

from regiograaf.claims import TYPE, Triple
from regiograaf.errors import InconsistentError

__all__ = ["NOISE", "Noise", "close_by_owlrl", "is_noise"]

_VOCABULARIES = tuple(str(namespace) for namespace in (RDF, RDFS, OWL, XSD))
_TOP = frozenset({OWL.Thing, RDFS.Resource})
_ABOVE = frozenset({RDFS.subClassOf, RDFS.domain, RDFS.range})
_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


@dataclass(frozen=True, slots=True)
class Noise:
    """A kind of triple that owlrl adds and that says nothing."""

    name: str
    description: str
    rules: tuple[str, ...]
    """The rules of the specification that it comes from; none: any rule can."""
    matches: Callable[[Triple], bool]


def _in_vocabulary(term: Node) -> bool:
    return isinstance(term, URIRef) and str(term).startswith(_VOCABULARIES)


NOISE: tuple[Noise, ...] = (
    Noise(
        "literal-subject",
        "A literal as subject: it is no RDF 1.1, though rules may pass through it.",
        ("dt-type2", "eq-ref", "eq-sym", "prp-inv1", "prp-inv2", "prp-rng", "prp-symp", "cls-avf"),
        lambda triple: isinstance(triple[0], Literal),
    ),
    Noise(
        "blank-node",
        "A blank node as subject or object: only the nodes of lists are blank, and a list says what it said.",
        ("eq-ref", "eq-rep-o"),
        lambda triple: isinstance(triple[0], BNode) or isinstance(triple[2], BNode),
    ),
    Noise(
        "with-itself",
        "A term with itself: the same as itself, broader than or equivalent to itself, related to itself by a detour.",
        ("eq-ref", "scm-cls", "scm-op", "scm-dp", "scm-eqc2", "scm-eqp2", "prp-trp", "prp-spo2"),
        lambda triple: triple[0] == triple[2],
    ),
    Noise(
        "member-of-everything",
        "Membership of owl:Thing or rdfs:Resource: everything is.",
        ("cax-sco", "prp-dom", "prp-rng"),
        lambda triple: triple[1] == TYPE and triple[2] in _TOP,
    ),
    Noise(
        "below-everything",
        "owl:Thing or rdfs:Resource as broader class, domain or range: it excludes nothing.",
        ("scm-cls", "scm-sco", "scm-dom1", "scm-rng1"),
        lambda triple: triple[2] in _TOP and triple[1] in _ABOVE,
    ),
    Noise(
        "vocabulary",
        "A term of RDF, RDFS, OWL or XSD as subject: datatypes, built-in annotations, owl:Thing, owl:Nothing.",
        ("cls-thing", "cls-nothing1", "prp-ap", "dt-type1", "eq-ref", "scm-cls"),
        lambda triple: _in_vocabulary(triple[0]),
    ),
)
"""What says nothing, by kind. No kind covers another: without any one of them, something would be left."""


def is_noise(triple: Triple) -> bool:
    """Whether a triple says nothing.

    >>> broad, narrow = URIRef("https://example.org/Broad"), URIRef("https://example.org/Narrow")
    >>> is_noise((OWL.Nothing, RDFS.subClassOf, narrow)), is_noise((narrow, RDFS.subClassOf, broad))
    (True, False)
    """
    return any(noise.matches(triple) for noise in NOISE)


def close_by_owlrl(ontology: Iterable[Triple], facts: Iterable[Triple]) -> frozenset[Triple]:
    """Compute with owlrl what follows from ontology and facts, is none of them, and says something.

    Raises InconsistentError, with owlrl's messages as contradictions, when owlrl reports any.
    """
    given = frozenset(ontology) | frozenset(facts)
    graph = Graph("SimpleMemory")  # a quarter faster than the store that knows contexts
    for triple in given:
        graph.add(triple)
    try:
        _expand(graph)
    except InvalidOperation as error:  # owlrl's check of xsd:decimal lets Python's error through
        raise InconsistentError("owlrl: a literal is no xsd:decimal") from error
    if messages := sorted(str(message) for message in graph.objects(None, _ERROR)):
        raise InconsistentError("\n".join(f"owlrl: {message}" for message in messages), messages)
    return frozenset(triple for triple in graph if triple not in given and not is_noise(triple))


def _expand(graph: Graph) -> None:
    """Add what follows by owlrl, comparing lists that are compared pair by pair to the end.

    owlrl 7.6.2 leaves out the last item in prp-key, prp-adp, eq-diff2 and eq-diff3: whatever has a key of one property
    is the same as all else, and two things that all differ never contradict. With it twice, its own code is right.
    """
    from owlrl import DeductiveClosure, OWLRL_Semantics  # type: ignore[import-untyped]

    class WholeLists(OWLRL_Semantics):  # type: ignore[misc]
        def _list(self, head: Node) -> list[Node]:
            items: list[Node] = super()._list(head)
            return items + items[-1:] if _is_compared(graph, head) else items

    # Improved datatypes would change rdflib's table of literals for the whole process; no rule uses them.
    closure = DeductiveClosure(WholeLists, improved_datatypes=False, axiomatic_triples=False, datatype_axioms=False)
    closure.expand(graph)


def _is_compared(graph: Graph, head: Node) -> bool:
    if (None, OWL.hasKey, head) in graph or (None, OWL.distinctMembers, head) in graph:
        return True
    kinds = {kind for node in graph.subjects(OWL.members, head) for kind in graph.objects(node, TYPE)}
    return not kinds.isdisjoint({OWL.AllDifferent, OWL.AllDisjointProperties})
