"""The entities that a letter can name: those of the graph, of the registers, and of a coder's own list."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from regiograaf.errors import SourceError
from regiograaf.prefixes import GRAPHS, PREFIXES, expand, shrink
from regiograaf.queries import select

__all__ = ["Entity", "known", "merge", "register"]

_COLUMNS = ("iri", "soort", "naam", "varianten")
_BAD_IRI = re.compile(r"[\s<>\"{}|\\^`\x00-\x20]")
_ENTITIES = f"""
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT DISTINCT ?s ?later ?kind ?label ?alias WHERE {{
      VALUES ?g {{ <{GRAPHS}entiteiten> <{GRAPHS}achtergrond> }}
      GRAPH ?g {{ ?s a ?kind ; rdfs:label ?label FILTER(LANG(?label) = "nl")
        OPTIONAL {{ ?s skos:altLabel ?alias FILTER(LANG(?alias) = "nl") }} }}
      BIND(?g != <{GRAPHS}entiteiten> AS ?later) }} ORDER BY ?s ?later ?kind ?label ?alias"""
_KINDS = f"""
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT DISTINCT ?c ?label WHERE {{ GRAPH <{GRAPHS}ontologie> {{ ?c rdfs:label ?label }}
      FILTER(LANG(?label) = "nl") }} ORDER BY ?c ?label"""
_CONTEXTS = f"""
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rg: <{PREFIXES["rg"]}>
    SELECT DISTINCT ?s ?region WHERE {{ GRAPH ?g {{ ?letter rg:bestandsnaam ?file . ?c rdf:subject|rdf:object ?s .
      OPTIONAL {{ ?letter rg:regio ?region }} }} }} ORDER BY ?s ?region"""


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that a letter can name."""

    iri: str
    label: str
    kind: str
    """The CURIE of its class."""
    kind_label: str = ""
    """The class in Dutch."""
    aliases: tuple[str, ...] = ()
    region: str = ""
    """The region whose letters alone speak of it, in any claim; empty when there are more, or none."""


def known(store: ox.Store) -> tuple[Entity, ...]:
    """The entities of the graph and its background that have a Dutch label, in order of IRI.

    Of several classes the first counts.
    """
    kinds = {row["c"].value: row["label"].value for row in reversed(list(select(store, _KINDS)))}
    regions: dict[str, set[str]] = defaultdict(set)
    for row in select(store, _CONTEXTS):
        regions[row["s"].value].add(row["region"].value if row["region"] else "")
    found: dict[str, Entity] = {}
    for row in select(store, _ENTITIES):
        iri, kind = row["s"].value, row["kind"].value
        near = regions[iri]
        entity = found.setdefault(
            iri,
            Entity(
                iri,
                row["label"].value,
                shrink(kind),
                kinds.get(kind, ""),
                (),
                next(iter(near)) if len(near) == 1 else "",
            ),
        )
        alias = row["alias"].value if row["alias"] else ""
        if alias and alias not in (entity.label, *entity.aliases):
            found[iri] = replace(entity, aliases=(*entity.aliases, alias))
    return tuple(found[iri] for iri in sorted(found))


def register(path: Path) -> tuple[Entity, ...]:
    """The entities of a CSV file with the columns iri, soort (a CURIE), naam and varianten (parted by |).

    Other columns are left alone; an IRI may be a CURIE. Raises SourceError with file and line for a bad row.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8. Save it as UTF-8.") from error
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}. Name a CSV file with {', '.join(_COLUMNS)}.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise SourceError(
                f"{path}:1: no column {', '.join(missing)}. The first line names iri,soort,naam,varianten."
            )
        found: dict[str, Entity] = {}
        for row in reader:
            where = f"{path}:{reader.line_num}"
            entity = _entity(row, where)
            if entity.iri in found:
                raise SourceError(f"{where}: {row['iri']} stands there twice. Put its names in one row, parted by |.")
            found[entity.iri] = entity
    except csv.Error as error:
        raise SourceError(f"{path}:{reader.line_num}: not CSV ({error}). Quote cells that hold a comma.") from error
    return tuple(found[iri] for iri in sorted(found))


def _entity(row: dict[str | None, str | None], where: str) -> Entity:
    if None in row:
        raise SourceError(f"{where}: more cells than columns. Quote cells that hold a comma.")
    iri, kind, name, variants = ((row[column] or "").strip() for column in _COLUMNS)
    iri = iri if "://" in iri else expand(iri) or ""
    if not iri or _BAD_IRI.search(iri):
        raise SourceError(f'{where}: "{row["iri"]}" is no IRI. Give a whole IRI or a CURIE with a known prefix.')
    if expand(kind) is None:
        raise SourceError(f'{where}: "{kind}" is no class. Give a CURIE, such as rg:Stichting.')
    if not re.search(r"\w", name):
        raise SourceError(f"{where}: no name. Fill in naam.")
    return Entity(iri, name, kind, "", tuple(part.strip() for part in variants.split("|") if part.strip()))


def merge(*lists: Iterable[Entity]) -> tuple[Entity, ...]:
    """One list of several: of an entity that is in more, the first tells its label and kind; all names are kept."""
    found: dict[str, Entity] = {}
    for entity in _each(lists):
        first = found.setdefault(entity.iri, entity)
        names = dict.fromkeys((*first.aliases, entity.label, *entity.aliases))
        found[entity.iri] = replace(first, aliases=tuple(name for name in names if name != first.label))
    labels = {entity.kind: entity.kind_label for entity in found.values() if entity.kind_label}
    return tuple(
        replace(found[iri], kind_label=found[iri].kind_label or labels.get(found[iri].kind, ""))
        for iri in sorted(found)
    )


def _each(lists: Iterable[Iterable[Entity]]) -> Iterator[Entity]:
    for entities in lists:
        yield from entities
