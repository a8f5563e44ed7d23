"""What a coder chooses from: the relations, classes, modalities and themes of a project, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from regiograaf.errors import SourceError
from regiograaf.places import find_root
from regiograaf.prefixes import PREFIXES, shrink

__all__ = ["Kind", "Modality", "Relation", "Vocabulary", "Words", "vocabulary"]

FILES = (
    "ontology/regiograaf.ttl",
    "ontology/modaliteiten.ttl",
    "ontology/projections.ttl",
    "ontology/shapes.ttl",
    "data/themas.ttl",
)
MODALITIES = PREFIXES["modaliteit"]
ORDER = (
    "bestaand", "in-ontwikkeling", "afgesproken", "voorgenomen", "aangeboden", "verzocht", "gewenst", "verwacht",
    "mogelijk", "beeindigd",
)  # fmt: skip
"""From what is to what is no longer."""

_PREFIXES = "".join(
    f"PREFIX {name}: <{base}> "
    for name, base in {
        **{name: PREFIXES[name] for name in ("owl", "rdf", "rdfs", "rg", "skos", "lijst")},
        "sh": "http://www.w3.org/ns/shacl#",
    }.items()
)
_RELATIONS = """SELECT ?p ?label ?note WHERE { ?p rg:isVerbinding ?drawn ; rdfs:label ?label
    OPTIONAL { ?p skos:scopeNote ?note FILTER(LANG(?note) = LANG(?label)) } } ORDER BY ?p ?label"""
_ENDS = """SELECT DISTINCT ?p ?end ?class WHERE {
    ?usage sh:targetNode ?p ; sh:path [ sh:inversePath rdf:predicate ] ; sh:node/sh:property ?ends .
    ?ends sh:path ?end ; sh:class|sh:node/sh:class|sh:node/sh:or/rdf:rest*/rdf:first/sh:class ?class }"""
_KINDS = """SELECT ?c ?label ?family WHERE { ?c rg:familie ?family ; rdfs:label ?label } ORDER BY ?c ?label"""
_ABOVE = "SELECT ?c ?above WHERE { ?c rg:familie ?family ; rdfs:subClassOf+ ?above . ?above rg:familie ?f }"
_MODALITIES = """SELECT ?m ?label ?style ?note WHERE { ?m rg:lijnstijl ?style ; skos:prefLabel ?label
    OPTIONAL { ?m skos:definition ?note FILTER(LANG(?note) = LANG(?label)) } } ORDER BY ?m ?label"""
_THEMES = "SELECT ?t ?label WHERE { ?t skos:inScheme lijst:themas ; skos:prefLabel ?label } ORDER BY ?t ?label"


@dataclass(frozen=True, slots=True)
class Words:
    """One term in both languages."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that a claim can state."""

    label: Words
    note: Words
    subject: tuple[str, ...]
    """The classes, as CURIEs, of which the shapes allow one as subject; empty for any."""
    object: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of entities."""

    label: Words
    family: str
    above: tuple[str, ...]
    """The classes that it is a kind of, as CURIEs, itself included."""


@dataclass(frozen=True, slots=True)
class Modality:
    """A modality, and how the map draws its lines."""

    label: Words
    note: Words
    style: str


@dataclass(frozen=True)
class Vocabulary:
    """Each by its CURIE; modalities by their key."""

    relations: Mapping[str, Relation]
    kinds: Mapping[str, Kind]
    modalities: Mapping[str, Modality]
    themes: Mapping[str, Words]


def vocabulary(root: Path) -> Vocabulary:
    """The words of a project's ontology, in the order of their CURIEs; modalities in that of the ontology.

    A relation is one that `ontology/projections.ttl` knows as such: claims are coded in one direction. What it connects
    is what `ontology/shapes.ttl` lets pass.

    Raises SourceError when a file of the ontology is missing or broken.
    """
    store = _store(root)
    ends: dict[tuple[str, str], list[str]] = {}
    for row in _rows(store, _ENDS):
        ends.setdefault((row["p"], row["end"]), []).append(row["class"])
    named, notes = _both(store, _RELATIONS, "p")
    relations = {
        iri: Relation(
            words,
            notes[iri],
            tuple(sorted(map(shrink, ends.get((iri, PREFIXES["rdf"] + "subject"), ())))),
            tuple(sorted(map(shrink, ends.get((iri, PREFIXES["rdf"] + "object"), ())))),
        )
        for iri, words in named.items()
    }
    relations[PREFIXES["rdf"] + "type"] = Relation(Words("bestaat als", "exists as"), Words("", ""), (), ())
    above: dict[str, list[str]] = {}
    for row in _rows(store, _ABOVE):
        above.setdefault(row["c"], []).append(shrink(row["above"]))
    families = {row["c"]: row["family"] for row in _rows(store, _KINDS)}
    kinds = {
        iri: Kind(words, families[iri], tuple(sorted({shrink(iri), *above.get(iri, ())})))
        for iri, words in _both(store, _KINDS, "c")[0].items()
    }
    styles = {row["m"]: row["style"] for row in _rows(store, _MODALITIES)}
    spoken, said = _both(store, _MODALITIES, "m")
    return Vocabulary(
        {shrink(iri): relations[iri] for iri in sorted(relations, key=shrink)},
        {shrink(iri): kinds[iri] for iri in sorted(kinds, key=shrink)},
        {
            iri.removeprefix(MODALITIES): Modality(spoken[iri], said[iri], styles[iri])
            for iri in sorted(spoken, key=_place)
        },
        {shrink(iri): words for iri, words in sorted(_both(store, _THEMES, "t")[0].items())},
    )


def _place(modality: str) -> tuple[int, str]:
    key = modality.removeprefix(MODALITIES)
    return ORDER.index(key) if key in ORDER else len(ORDER), key


def _store(root: Path) -> ox.Store:
    store = ox.Store()
    for name in FILES:
        path = find_root(root, name)
        try:
            store.load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror}. Point -C at a project.") from error
        except SyntaxError as error:
            raise SourceError(f"{path}: not Turtle ({error}). Run regiograaf check.") from error
    return store


def _rows(store: ox.Store, query: str) -> Iterator[dict[str, str]]:
    found: Any = store.query(_PREFIXES + query)
    names = [variable.value for variable in found.variables]
    for row in found:
        yield {name: row[name].value for name in names if row[name] is not None}


def _both(store: ox.Store, query: str, name: str) -> tuple[dict[str, Words], dict[str, Words]]:
    """The labels, and the notes, that a query gives in two languages, by the IRI in a column."""
    found: Any = store.query(_PREFIXES + query)
    labels: dict[str, dict[str, str]] = {}
    notes: dict[str, dict[str, str]] = {}
    has_note = "note" in [variable.value for variable in found.variables]
    for row in found:
        language = row["label"].language or "nl"
        labels.setdefault(row[name].value, {})[language] = row["label"].value
        if has_note and row["note"] is not None:
            notes.setdefault(row[name].value, {})[language] = row["note"].value
    return {iri: _words(words) for iri, words in labels.items()}, {iri: _words(notes.get(iri, {})) for iri in labels}


def _words(found: Mapping[str, str]) -> Words:
    dutch = found.get("nl", "")
    return Words(dutch, found.get("en", dutch))
