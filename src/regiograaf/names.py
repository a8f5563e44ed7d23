"""From what people type to an entity: a label, an alias, a CURIE or an IRI.

Two candidates are both named, never guessed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

import pyoxigraph as ox

from regiograaf.errors import UnknownTermError
from regiograaf.prefixes import PREFIXES, expand, shrink
from regiograaf.queries import select

__all__ = ["fold", "labels", "printable", "resolve"]

_TYPE = PREFIXES["rdf"] + "type"
_NAMES = """
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT DISTINCT ?s ?name WHERE { GRAPH ?g { ?s rdfs:label|skos:prefLabel|skos:altLabel|skos:notation ?name } }"""


_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def printable(text: str) -> str:
    """Text for a terminal: control characters, which could steer it, are written out."""
    return text.translate(_CONTROLS)


@lru_cache(1 << 16)
def fold(text: str) -> str:
    """A name as it is compared: no case, accents or punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", " ", re.sub(r"[\u0300-\u036f]", "", plain)).strip()


def labels(store: ox.Store, language: str = "nl") -> dict[str, str]:
    """The label of every node in one language, else in any; of letters the short title."""
    query = """
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?s ?name WHERE { GRAPH ?g { ?s rdfs:label|skos:prefLabel ?name } } ORDER BY ?s ?name"""
    found: dict[str, str] = {_TYPE: "bestaat als" if language == "nl" else "exists as"}
    for row in select(store, query):
        iri, name = row["s"].value, row["name"]
        if name.language == language or iri not in found:
            found[iri] = printable(name.value)
    short = f"""
        PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX rg: <{PREFIXES["rg"]}>
        SELECT ?s ?name WHERE {{ GRAPH ?g {{ ?s rg:sha256 ?digest ; dcterms:alternative ?name }} }}"""
    found.update({row["s"].value: printable(row["name"].value) for row in select(store, short)})
    return found


def resolve(store: ox.Store, text: str) -> str:
    """The IRI that a label, alias, CURIE or IRI stands for.

    Raises UnknownTermError when nothing fits (with the nearest names) or more than one does (with all of them).
    """
    iri = text.strip("<>") if "://" in text else expand(text)
    if iri is not None:
        node = ox.NamedNode(str(iri))
        if any(True for _ in store.quads_for_pattern(node, None, None, None)) or any(
            True for _ in store.quads_for_pattern(None, node, None, None)
        ):
            return str(iri)
        raise UnknownTermError(f"{text} is not in the dataset. Check the key, or give a label.")
    by_name: dict[str, set[str]] = defaultdict(set)
    for row in select(store, _NAMES):
        by_name[fold(row["name"].value)].add(row["s"].value)
    wanted = fold(text)
    hits = by_name.get(wanted) or {
        iri for name, iris in by_name.items() if f" {wanted} " in f" {name} " for iri in iris
    }
    if len(hits) == 1:
        own = next(iter(hits))
        if wanted not in (fold(labels(store, language).get(own, "")) for language in ("nl", "en")):
            hits = hits.union(*(iris for iris in by_name.values() if own in iris))  # another may share its full name
    if len(hits) == 1:
        return hits.pop()
    if not hits:
        near = difflib.get_close_matches(wanted, by_name, 3)
        hint = (
            " Nearest: " + ", ".join(sorted(shrink(iri) for name in near for iri in by_name[name])) + "."
            if near
            else ""
        )
        raise UnknownTermError(f'nothing is called "{text}".{hint} Give a label, an alias, a CURIE or an IRI.')
    known = labels(store)
    candidates = ", ".join(f"{shrink(iri)} ({known.get(iri, '')})" for iri in sorted(hits)[:12])
    more = f" and {len(hits) - 12} more" if len(hits) > 12 else ""
    raise UnknownTermError(f'"{text}" can be {len(hits)} things: {candidates}{more}. Give one of these CURIEs.')
