"""What every individual resolves to: a small document with its description, as Turtle and as JSON-LD.

A description has the triples that the IRI is the subject of (also the inferred ones in our own terms), whole blocks
that belong to it (a claim's evidence, period and amounts), and the claims that speak of it, so that one can follow
the links back. Source: Stickler 2005, CBD: Concise Bounded Description, W3C Member Submission.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from rdflib import Literal

from regiograaf.dataset import ntriples
from regiograaf.prefixes import BASE, GRAPHS, ID, PREFIXES, TOOI
from regiograaf.release.artefacts.data import graph_title
from regiograaf.release.artefacts.forms import headed, local_name, serialise
from regiograaf.release.citation import DATASET, LICENCE, Citation

__all__ = ["describe", "place", "whole", "write_individuals"]

_LEFT_OUT = frozenset({GRAPHS + "inferred-uitlijning", GRAPHS + "inferred-achtergrond"})
"""Graphs that say nothing new of an individual: conclusions in the terms of others, and what of all rests on which."""
_VOID, _FOAF = PREFIXES["void"], "http://xmlns.com/foaf/0.1/"
EVIDENCE = ID + "bewijs/"
_PART = f"<{EVIDENCE}"
_OWNED = frozenset(
    f"<{PREFIXES[prefix]}{name}>"
    for prefix, name in (
        ("rg", "bewijs"),
        ("rg", "periode"),
        ("rg", "grootheid"),
        ("oa", "hasTarget"),
        ("oa", "hasSelector"),
        ("oa", "refinedBy"),
    )
)
"""Relations to a block that belongs to its subject."""
_BACK = frozenset(
    f"<{PREFIXES[prefix]}{name}>"
    for prefix, name in (("rdf", "subject"), ("rdf", "object"), ("rg", "thema"), ("prov", "wasDerivedFrom"))
)
"""Relations of a claim to what it speaks of."""


def place(iri: str) -> str | None:
    """The path of an individual's documents in a release, without suffix; None for what has none.

    >>> place("https://identifier.overheid.nl/tooi/id/gemeente/gm0505")
    'tooi/gemeente/gm0505'
    """
    if iri.startswith(ID) and len(iri) > len(ID):
        return iri.removeprefix(BASE)
    if iri.startswith(TOOI) and len(iri) > len(TOOI):
        return "tooi/" + iri.removeprefix(TOOI)
    return None


def describe(graphs: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """Each individual, in the order of its IRI, with the N-Triples of its description, none twice.

    `graphs` are the N-Triples of each named graph. Parts of evidence are described with their evidence.
    """
    about: dict[str, dict[str, str]] = defaultdict(dict)
    back: dict[str, list[str]] = defaultdict(list)
    for graph, lines in graphs.items():
        if graph in _LEFT_OUT:
            continue
        for line in lines:
            subject, predicate, value = line.removesuffix(" .").split(" ", 2)
            about[subject[1:-1]][line] = value[1:-1] if predicate in _OWNED else ""
            if predicate in _BACK:
                back[value[1:-1]].append(line)
    for graph, lines in graphs.items():
        about[graph].update(dict.fromkeys(_of_graph(graph, len(lines)), ""))
    for iri in sorted(about):
        if place(iri) is not None and whole(iri) == iri:
            yield iri, list(dict.fromkeys((*_with_parts(iri, about), *back.get(iri, ()))))


def whole(iri: str) -> str:
    """The individual whose documents describe this one: for a part of evidence the evidence, else itself."""
    if iri.startswith(EVIDENCE):
        return EVIDENCE + iri.removeprefix(EVIDENCE).split("/", 1)[0]
    return iri


def _with_parts(iri: str, about: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield from about[iri]
    for part in about[iri].values():
        if part in about:
            yield from _with_parts(part, about)


def _of_graph(graph: str, size: int) -> Iterator[str]:
    name = local_name(graph)
    nl, en = graph_title(name)
    yield f"<{graph}> <{PREFIXES['rdf']}type> <{_VOID}Dataset> ."
    yield f'<{graph}> <{PREFIXES["rdfs"]}label> "{nl}"@nl .'
    yield f'<{graph}> <{PREFIXES["rdfs"]}label> "{en}"@en .'
    yield f'<{graph}> <{_VOID}triples> "{size}"^^<{PREFIXES["xsd"]}integer> .'
    yield f"<{graph}> <{_VOID}dataDump> <{DATASET}/graven/{name}.ttl> ."


def write_individuals(graphs: Mapping[str, Sequence[str]], folder: Path, citation: Citation) -> int:
    """Write the documents of every individual; returns how many individuals there are.

    A part of evidence has the documents of its evidence, linked: to make a file costs more than to write it.
    """
    header = citation.header()
    made: set[str] = set()
    number = 0
    for iri, lines in describe(graphs):
        name = cast(str, place(iri))
        lines += _document(name, iri, citation)
        for suffix in ("ttl", "jsonld"):
            target = f"{folder}/{name}.{suffix}"
            _make(target, made)
            with open(target, "wb") as file:
                file.write(headed(serialise(lines, suffix), suffix, header))
        number += 1
    for iri in sorted({line[1 : line.index(">")] for lines in graphs.values() for line in lines if _PART in line}):
        if (own := whole(iri)) != iri:
            for suffix in ("ttl", "jsonld"):
                target = f"{folder}/{place(iri)}.{suffix}"
                _make(target, made)
                _link(f"{folder}/{place(own)}.{suffix}", target)
            number += 1
    return number


def _document(name: str, iri: str, citation: Citation) -> Iterator[str]:
    """What a document says of itself; the same in both forms."""
    document = f"{BASE}{name}.ttl"
    yield f"<{document}> <{PREFIXES['rdf']}type> <{_FOAF}Document> ."
    yield f"<{document}> <{_FOAF}primaryTopic> <{iri}> ."
    yield f"<{document}> <{_VOID}inDataset> <{DATASET}> ."
    yield f"<{document}> <{PREFIXES['dcterms']}license> <{LICENCE}> ."
    yield f"<{document}> <{PREFIXES['dcterms']}bibliographicCitation> {ntriples(Literal(citation.text))} ."


def _make(target: str, made: set[str]) -> None:
    """Make the folder of a file, once."""
    parent = target.rpartition("/")[0]
    if parent not in made:
        os.makedirs(parent, exist_ok=True)
        made.add(parent)


def _link(own: str, target: str) -> None:
    try:
        os.link(own, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(own, target)
