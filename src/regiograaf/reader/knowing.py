"""What a project knows before it reads a letter: names of entities, themes, labels.

Read from the files people edit, without compiling them, so that the reader is ready within a moment after each change;
a built folder is asked instead. What was read is kept in the user's cache by its content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from regiograaf import cache
from regiograaf.errors import SourceError
from regiograaf.places import find_root, project_files
from regiograaf.prefixes import GRAPHS, ID, PREFIXES, TOOI, shrink
from regiograaf.queries import select
from regiograaf.reader import entities
from regiograaf.reader.entities import Entity, known, merge, register
from regiograaf.reader.ruleset import Theme
from regiograaf.reader.themes import themes
from regiograaf.stores import is_store, open_store, place_of

__all__ = ["Known", "known_of"]

REGISTER = "data/registers/organisaties.csv"
VERSION = "2"
"""Of what is kept in the cache; another one makes it anew."""
KEEP = 8
_READ = ("ontologie", "themas", "entiteiten", "achtergrond", "brief")
_STATUS = ox.NamedNode(PREFIXES["rg"] + "status")
_ACCEPTED = ox.NamedNode(f"{ID}status/aanvaard")
_TERMS = f"""
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT DISTINCT ?s ?label WHERE {{ GRAPH <{GRAPHS}ontologie> {{
      {{ ?s rdfs:label ?label }} UNION {{ ?s skos:prefLabel ?label }} }} FILTER(LANG(?label) = "nl") }}
    ORDER BY ?s ?label"""


@dataclass(frozen=True)
class Known:
    """What a project knows before it reads a letter."""

    entities: tuple[Entity, ...]
    """Of the graph and of the registers, in order of IRI."""
    placed: frozenset[str]
    """The IRIs that the graph has a block of; others come from registers."""
    themes: tuple[Theme, ...]
    labels: Mapping[str, str]
    """The Dutch labels of the ontology's terms and concepts, by CURIE."""


def known_of(root: Path) -> Known:
    """What a project, built folder, store or N-Quads file knows, with the register of bodies that comes with it.

    Raises SourceError when there is nothing to read, or a file is broken.
    """
    listed = _register(root)
    digest = hashlib.sha256(f"{VERSION}\0".encode())
    for path in (Path(__file__), Path(entities.__file__), *([listed] if listed else [])):
        digest.update(path.read_bytes() + b"\0")
    built = not root.is_dir() or is_store(root) or (root / "regiograaf.nq").is_file()
    files: list[tuple[str, Path]] = []
    if built:
        digest.update(place_of(root).name.encode())
    else:
        files = [(graph, path) for graph, path in project_files(root)[1] if graph.partition("/")[0] in _READ]
        for graph, path in files:
            digest.update(f"{graph}\0".encode() + path.read_bytes() + b"\0")
    name = f"reader/{digest.hexdigest()[:32]}.json"
    kept = cache.get(name)
    if kept is not None:
        try:
            return _unpacked(json.loads(kept))
        except (ValueError, KeyError, TypeError):
            pass  # damaged: made anew
    found = _found(open_store(root) if built else _loaded(files), listed)
    cache.put(name, json.dumps(_packed(found), ensure_ascii=False).encode("utf-8"))
    cache.prune("reader", KEEP)
    return found


def _register(root: Path) -> Path | None:
    try:
        return find_root(root, REGISTER)
    except SourceError:
        return None


def _loaded(files: list[tuple[str, Path]]) -> ox.Store:
    """The files as graphs; of letters without what is still a draft, and their new entities with the others."""
    store = ox.Store()
    for graph, path in files:
        name = ox.NamedNode(GRAPHS + graph)
        try:
            quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            raise SourceError(f"{path}:{error.lineno or 1}: not Turtle. Run regiograaf check.") from error
        if graph.startswith("brief/"):
            store.extend(_judged(quads, name, f"{ID}{graph}"))
        else:
            store.extend(ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads)
    return store


def _judged(quads: list[ox.Quad], name: ox.NamedNode, letter: str) -> Iterator[ox.Quad]:
    drafted = {quad.subject for quad in quads if quad.predicate == _STATUS and quad.object != _ACCEPTED}
    if ox.NamedNode(letter) in drafted:
        return
    for quad in quads:
        if quad.subject not in drafted:
            iri = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
            thing = iri.startswith((ID, TOOI)) and not iri.startswith(f"{ID}brief/")
            graph = ox.NamedNode(f"{GRAPHS}entiteiten") if thing else name
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _found(store: ox.Store, listed: Path | None) -> Known:
    own = known(store)
    labels: dict[str, str] = {}
    for row in select(store, _TERMS):
        labels.setdefault(shrink(row["s"].value), row["label"].value)
    every = merge(own, register(listed)) if listed else merge(own)
    return Known(every, frozenset(entity.iri for entity in own), themes(store), labels)


def _packed(found: Known) -> dict[str, Any]:
    return {
        "entities": [asdict(entity) for entity in found.entities],
        "placed": sorted(found.placed),
        "themes": [asdict(theme) for theme in found.themes],
        "labels": dict(found.labels),
    }


def _unpacked(content: Mapping[str, Any]) -> Known:
    return Known(
        tuple(Entity(**{**one, "aliases": tuple(one["aliases"])}) for one in content["entities"]),
        frozenset(content["placed"]),
        tuple(Theme(**{**one, "aliases": tuple(one["aliases"])}) for one in content["themes"]),
        dict(content["labels"]),
    )
