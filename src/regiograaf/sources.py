"""The Turtle files people edit: read, with the line each block stands on.

Parsing is Oxigraph's (fast, and its errors name the line); terms are rdflib's. What the triples mean is the
business of the rooms below.
"""

from __future__ import annotations

import difflib
import logging
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from regiograaf.claims import TYPE, Triple
from regiograaf.errors import SourceError
from regiograaf.namespaces import PREFIXES, PROV, RG, terms_of

__all__ = ["Source", "from_ox", "parse", "read", "to_ox"]

logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # ill-typed literals are a finding, not a log entry

_SUBJECT = re.compile(
    r"^(?:<(?P<iri>[^>\s]+)>|(?P<prefix>[A-Za-z][\w.-]*|):(?P<local>[^\s;,\[\](){}<>]*))(?=\s)", re.MULTILINE
)
_PREFIX = re.compile(r"prefix (\S*?):? has not been declared")
_LINE = re.compile(r"(?:Parser error )?at line (\d+)(?: (?:between columns|column)[^:]*)?:? ?|\s*\(line \d+\)$")


@dataclass(frozen=True)
class Source:
    """One parsed file: its triples in order, and the lines on which its blocks begin."""

    path: Path
    """Relative to the project's root, for messages."""
    text: str
    triples: tuple[Triple, ...]
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> Mapping[URIRef, tuple[int, ...]]:
        """The line numbers (from 1) on which a block of each subject begins."""
        found: dict[URIRef, list[int]] = defaultdict(list)
        breaks = [match.start() for match in re.finditer("\n", self.text)]
        for match in _SUBJECT.finditer(self.text):
            if (iri := match["iri"]) is None:
                base = self.prefixes.get(match["prefix"])
                if base is None:
                    continue
                iri = base + re.sub(r"\\(.)", r"\1", match["local"])
            found[URIRef(iri)].append(bisect_left(breaks, match.start()) + 1)
        return {subject: tuple(lines) for subject, lines in found.items()}

    @cached_property
    def terms(self) -> frozenset[URIRef]:
        """Every IRI that stands in a triple."""
        return frozenset(term for triple in self.triples for term in triple if isinstance(term, URIRef))

    @cached_property
    def properties(self) -> Mapping[Node, Mapping[Node, tuple[Node, ...]]]:
        """Subject -> predicate -> objects, in the order of the file."""
        table: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in self.triples:
            table[subject][predicate].append(value)
        return {s: {p: tuple(o) for p, o in po.items()} for s, po in table.items()}

    def line(self, subject: Node, term: str = "") -> int:
        """The line of a subject's block, or of the first line in it that holds `term`; 1 without such a block."""
        starts = self.blocks.get(subject, ()) if isinstance(subject, URIRef) else ()
        if not starts:
            return 1
        lines = self.text.split("\n")
        if term:
            for number in range(starts[0], min(starts[0] + 60, len(lines)) + 1):
                if term in lines[number - 1]:
                    return number
                if lines[number - 1].rstrip().endswith(" ."):
                    break
        return starts[0]


def read(path: Path, root: Path) -> Source:
    """Read one Turtle file below the root.

    Raises SourceError, with file and line, when it cannot be read or is not Turtle.
    """
    name = path.relative_to(root) if path.is_relative_to(root) else path
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise SourceError(f"{name}: {error.strerror}. Check the path.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: not UTF-8 at byte {error.start}. Save the file as UTF-8.") from error
    return parse(text, name)


def parse(text: str, name: Path) -> Source:
    """Parse Turtle text.

    Blank nodes (RDF lists of the ontology) get labels in the order of the file, so two readings give the same ones.
    Raises SourceError with the line.
    """
    try:
        parser = ox.parse(text.encode("utf-8"), format=ox.RdfFormat.TURTLE)
        quads = list(parser)
    except SyntaxError as error:
        raise SourceError(f"{name}:{error.lineno or 1}: error: {_explain(error)}") from error
    return Source(name, text, tuple(_triples(quads, name.stem)), dict(parser.prefixes))


def _explain(error: SyntaxError) -> str:
    message = _LINE.sub("", str(error.msg)).strip().rstrip(".")
    if match := _PREFIX.search(message):
        near = difflib.get_close_matches(match[1], PREFIXES, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        return f'prefix "{match[1]}" is not declared.{hint} Add an @prefix line.'
    return f"not Turtle: {message}. Look for a missing dot, semicolon or quotation mark just before it."


def _triples(quads: Iterable[ox.Quad], stem: str) -> Iterator[Triple]:
    memo: dict[Any, Node] = {}
    blanks = 0

    def term(value: Any) -> Node:
        nonlocal blanks
        node = memo.get(value)
        if node is None:
            if isinstance(value, ox.BlankNode):
                blanks += 1
                node = BNode(f"{re.sub(r'[^A-Za-z0-9]', '', stem)}{blanks}")
            else:
                node = from_ox(value)
            memo[value] = node
        return node

    for quad in quads:
        yield term(quad.subject), term(quad.predicate), term(quad.object)


_TERMS: dict[str, URIRef] = {str(term): term for term in (TYPE, *terms_of(RG), *terms_of(PROV))}


def _iri(text: str) -> URIRef:
    """One object for one IRI in code and files: rdflib compares equal terms that are not identical slowly."""
    found = _TERMS.get(text)
    if found is None:
        found = _TERMS[text] = URIRef(text)
    return found


def from_ox(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    """A term of Oxigraph as one of rdflib; the same IRI gives the same object."""
    if isinstance(term, ox.NamedNode):
        return _iri(term.value)
    return BNode(term.value) if isinstance(term, ox.BlankNode) else _literal(term)


def to_ox(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A term of rdflib as one of Oxigraph."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    literal = cast(Literal, term)
    if literal.language:
        return ox.Literal(str(literal), language=literal.language)
    return ox.Literal(str(literal), datatype=ox.NamedNode(str(literal.datatype)) if literal.datatype else None)


def _literal(value: ox.Literal) -> Literal:
    if value.language:
        return Literal(value.value, lang=value.language)
    datatype = value.datatype.value
    if datatype == "http://www.w3.org/2001/XMLSchema#string":
        return Literal(value.value)
    return Literal(value.value, datatype=URIRef(datatype), normalize=False)
