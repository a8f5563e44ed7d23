"""Links to the registers of others as VoID linksets: one file for each register.

Source: W3C Describing Linked Datasets with the VoID Vocabulary, section 5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from regiograaf.namespaces import GRAPH
from regiograaf.prefixes import PREFIXES
from regiograaf.release.artefacts.artefact import Artefact
from regiograaf.release.artefacts.forms import MEDIA_TYPES, headed, serialise
from regiograaf.release.citation import DATASET, LICENCE

__all__ = ["REGISTERS", "links", "write_linksets"]

REGISTERS: Mapping[str, tuple[str, str, str]] = {
    "eu": (
        "http://publications.europa.eu/resource/authority/",
        "gezaghebbende lijsten van de EU",
        "EU authority tables",
    ),
    "ror": ("https://ror.org/", "Research Organization Registry", "Research Organization Registry"),
    "tooi": ("https://identifier.overheid.nl/tooi/", "TOOI, het register van overheden", "TOOI, the Dutch register"),
    "wikidata": ("http://www.wikidata.org/entity/", "Wikidata", "Wikidata"),
}
"""Name -> where its IRIs begin, and what it is called in Dutch and English."""

_VOID = PREFIXES["void"]
_RELATIONS = frozenset(
    {
        PREFIXES["rdfs"] + "seeAlso",
        PREFIXES["schema"] + "sameAs",
        *(PREFIXES["skos"] + name + "Match" for name in ("exact", "close", "broad", "narrow", "related")),
    }
)


def links(graphs: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, str]]]:
    """The links of graph `links` by register, as (relation, line of N-Triples), sorted.

    Registers that nothing links to are left out.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for line in sorted(graphs.get(str(GRAPH["links"]), ())):
        _, predicate, value = line.removesuffix(" .").split(" ", 2)
        for name, (base, _, _) in REGISTERS.items():
            if predicate[1:-1] in _RELATIONS and value.startswith(f"<{base}"):
                found.setdefault(name, []).append((predicate[1:-1], line))
    return dict(sorted(found.items()))


def write_linksets(graphs: Mapping[str, Sequence[str]], folder: Path, header: str) -> Iterator[Artefact]:
    """Write `dataset/linksets/REGISTER.ttl`, each with its description."""
    home = folder / "dataset" / "linksets"
    home.mkdir(parents=True, exist_ok=True)
    for name, found in links(graphs).items():
        _, nl, en = REGISTERS[name]
        path = f"dataset/linksets/{name}.ttl"
        lines = [*_described(name, found), *(line for _, line in found)]
        (folder / path).write_bytes(headed(serialise(lines, "ttl"), "ttl", header))
        yield Artefact(
            path,
            MEDIA_TYPES["ttl"],
            {"nl": f"Verwijzingen naar {nl}", "en": f"Links to {en}"},
            {"nl": "Een VoID-linkset met zijn beschrijving.", "en": "A VoID linkset with its description."},
            (GRAPH["links"],),
        )


def _described(name: str, found: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The description of a linkset, with a part for each of its relations: VoID asks for one link predicate."""
    base, nl, en = REGISTERS[name]
    node = f"{DATASET}/linksets/{name}"
    yield from _linkset(node, base, len(found))
    yield f'<{node}> <{PREFIXES["rdfs"]}label> "verwijzingen naar {nl}"@nl .'
    yield f'<{node}> <{PREFIXES["rdfs"]}label> "links to {en}"@en .'
    yield f"<{node}> <{PREFIXES['dcterms']}license> <{LICENCE}> ."
    yield f"<{node}> <{_VOID}dataDump> <{node}.ttl> ."
    counts = Counter(relation for relation, _ in found)
    for relation, size in sorted(counts.items()):
        part = f"{node}/{relation[max(relation.rfind('/'), relation.rfind('#')) + 1 :]}"
        yield f"<{node}> <{_VOID}subset> <{part}> ."
        yield from _linkset(part, base, size)
        yield f"<{part}> <{_VOID}linkPredicate> <{relation}> ."


def _linkset(node: str, target: str, size: int) -> Iterator[str]:
    yield f"<{node}> <{PREFIXES['rdf']}type> <{_VOID}Linkset> ."
    yield f"<{node}> <{_VOID}subjectsTarget> <{DATASET}> ."
    yield f"<{node}> <{_VOID}objectsTarget> <{target}> ."
    yield f'<{node}> <{_VOID}triples> "{size}"^^<{PREFIXES["xsd"]}integer> .'
