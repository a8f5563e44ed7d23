"""The letters of a project by what people call them: key, short name, label or title."""

from __future__ import annotations

import difflib
from collections import defaultdict

from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from regiograaf.dataset import Project
from regiograaf.errors import UnknownTermError
from regiograaf.names import fold
from regiograaf.namespaces import LETTER, RG, expand

__all__ = ["named", "regions", "titles"]

_NAMES: tuple[URIRef, ...] = (DCTERMS.alternative, RDFS.label, DCTERMS.title)


def titles(project: Project, language: str = "nl") -> dict[str, str]:
    """The short name of each letter by its key, in the order of the keys."""
    found = {}
    for key, source in sorted(project.letters, key=lambda item: item[0]):
        properties = source.properties.get(LETTER[key], {})
        known = [value for predicate in _NAMES for value in properties.get(predicate, ())]
        fitting = [value for value in known if getattr(value, "language", None) in (language, None)]
        found[key] = str((fitting or known)[0]) if known else key
    return found


def named(project: Project, text: str) -> str:
    """The key of the letter that a key, short name, label, title, CURIE or IRI stands for.

    Raises UnknownTermError when no letter is called so (with the nearest) or two are (with both).
    """
    by_name: dict[str, set[str]] = defaultdict(set)
    for key, source in project.letters:
        properties = source.properties.get(LETTER[key], {})
        by_name[fold(key)].add(key)
        for predicate in _NAMES:
            for value in properties.get(predicate, ()):
                by_name[fold(str(value))].add(key)
    keys = {key for key, _ in project.letters}
    iri = text.strip("<>") if "://" in text else str(expand(text) or "")
    plain = iri.removeprefix(str(LETTER)) if iri.startswith(str(LETTER)) else text
    if plain in keys:
        return plain
    hits = by_name.get(fold(plain), set())
    if len(hits) == 1:
        return next(iter(hits))
    if hits:
        raise UnknownTermError(
            f'"{text}" can be {len(hits)} letters: {", ".join(sorted(hits))}. Give one of these keys.'
        )
    near = difflib.get_close_matches(fold(text), by_name, 1)
    hint = f" Nearest: {', '.join(sorted(by_name[near[0]]))}." if near else ""
    raise UnknownTermError(f'no letter "{text}".{hint} The letters: {", ".join(sorted(keys)) or "none"}.')


def regions(project: Project, key: str) -> dict[str, tuple[str, ...]]:
    """The regions that a letter is about, by IRI, each with its Dutch names as the data write them."""
    header = dict(project.letters)[key].properties.get(LETTER[key], {})
    found: dict[str, tuple[str, ...]] = {}
    for iri in header.get(RG.regio, ()):
        names: dict[str, None] = {}
        for source in project.graph("entiteiten"):
            properties = source.properties.get(iri, {})
            for predicate in (RDFS.label, SKOS.altLabel):
                for value in properties.get(predicate, ()):
                    if getattr(value, "language", None) in ("nl", None):
                        names[str(value)] = None
        found[str(iri)] = tuple(names)
    return found
