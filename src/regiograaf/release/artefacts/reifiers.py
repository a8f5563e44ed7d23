"""Claims in RDF 1.2: each is a reifier of its content, `claim rdf:reifies <<( s p o )>>`, which asserts nothing.

Source: W3C RDF 1.2 Concepts and Turtle (working drafts), triple terms and reifiers. Only Oxigraph writes and reads it
here; rdflib does not know it yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rdflib import URIRef

from regiograaf.namespaces import GRAPH
from regiograaf.prefixes import PREFIXES
from regiograaf.release.artefacts.artefact import Artefact
from regiograaf.release.artefacts.forms import headed, serialise

__all__ = ["reified", "write_reifiers"]

_RDF = PREFIXES["rdf"]
_PARTS = tuple(f"<{_RDF}{name}>" for name in ("subject", "predicate", "object"))


def reified(graphs: Mapping[str, Sequence[str]]) -> list[str]:
    """N-Triples 1.2: the claims of all letters with their content as a triple term, and the triples of what exists."""
    letters = str(GRAPH["brief/"])
    chosen = {line for graph, lines in graphs.items() if graph.startswith(letters) for line in lines}
    content: dict[str, dict[str, str]] = {}
    found = set(graphs.get(str(GRAPH["asserted"]), ()))
    for line in chosen:
        subject, predicate, value = line.removesuffix(" .").split(" ", 2)
        if predicate in _PARTS:
            content.setdefault(subject, {})[predicate] = value
        else:
            found.add(line)
    for claim, parts in content.items():
        found.add(f"{claim} <{_RDF}reifies> <<( {' '.join(parts[name] for name in _PARTS)} )>> .")
    return sorted(found)


def write_reifiers(graphs: Mapping[str, Sequence[str]], folder: Path, header: str) -> Iterator[Artefact]:
    """Write `dataset/claims-rdf12.ttl`."""
    path = "dataset/claims-rdf12.ttl"
    (folder / path).write_bytes(headed(serialise(reified(graphs), "ttl"), "ttl", header))
    yield Artefact(
        path,
        'text/turtle;version="1.2"',
        {"nl": "Beweringen in RDF 1.2", "en": "Claims in RDF 1.2"},
        {
            "nl": "Elke bewering verwijst met rdf:reifies naar haar inhoud; wat bestaat staat er ook gewoon.",
            "en": "Each claim points with rdf:reifies to its content; what exists is there as a plain triple, too.",
        },
        tuple(
            URIRef(graph) for graph in graphs if graph.startswith(str(GRAPH["brief/"])) or graph == GRAPH["asserted"]
        ),
    )
