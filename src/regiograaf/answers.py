"""What comes after a query was answered: names for what it found, and the order in which people look for it.

Labels are asked only for what the answer holds. Rows come in Dutch alphabetical order of what is read: IRIs by their
labels, without regard to case, accents and punctuation ('s-Gravenhage under S, École under E).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from regiograaf.names import fold, printable
from regiograaf.prefixes import BASE, GRAPHS, PREFIXES, TOOI, expand, shrink
from regiograaf.queries import Answer, names_in, order_of, select

__all__ = ["arrange", "labels_of", "unknown_names"]

_CHUNK = 400
_NUMBERS = frozenset(["integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long", "positiveInteger"])
_TIMES = frozenset(["date", "dateTime", "gYear", "gYearMonth", "time"])
_TYPE = PREFIXES["rdf"] + "type"


def labels_of(store: Any, answer: Answer, language: str = "nl") -> dict[str, str]:
    """The label of each IRI in an answer, in one language, else in any; of letters the short title."""
    rows = answer.rows if answer.triples is None else [tuple(triple) for triple in answer.triples]
    iris = sorted({term.value for row in rows for term in row if isinstance(term, ox.NamedNode)})
    found: dict[str, str] = {_TYPE: "bestaat als" if language == "nl" else "exists as"}
    for begin in range(0, len(iris), _CHUNK):
        values = " ".join(f"<{iri}>" for iri in iris[begin : begin + _CHUNK])
        query = f"""
            PREFIX rdfs: <{PREFIXES["rdfs"]}> PREFIX skos: <{PREFIXES["skos"]}> PREFIX dcterms: <{PREFIXES["dcterms"]}>
            PREFIX rg: <{PREFIXES["rg"]}>
            SELECT DISTINCT ?s ?name ?short WHERE {{ VALUES ?s {{ {values} }}
              GRAPH ?g {{ ?s rdfs:label|skos:prefLabel ?name
                OPTIONAL {{ ?s rg:sha256 ?digest ; dcterms:alternative ?short }} }} }} ORDER BY ?s ?name"""
        for row in select(store, query):
            iri, name = row["s"].value, row["name"]
            if name.language == language or iri not in found:
                found[iri] = printable(name.value if row["short"] is None else row["short"].value)
    return found


def arrange(answer: Answer, text: str, labels: Mapping[str, str]) -> Answer:
    """The rows of an answer in Dutch order, where the query orders by variables; else as they are."""
    order = order_of(text)
    if not order or any(name not in answer.variables for name, _ in order):
        return answer
    rows = list(answer.rows)
    for name, descending in reversed(order):
        place = answer.variables.index(name)
        rows.sort(key=lambda row, place=place: _key(row[place], labels), reverse=descending)  # type: ignore[misc]
    return Answer(answer.variables, tuple(rows))


def _key(term: Any, labels: Mapping[str, str]) -> tuple[int, Any, str]:
    if term is None:
        return 0, "", ""
    value = str(term.value)
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rsplit("#", 1)[-1]
        if kind in _NUMBERS:
            try:
                return 1, float(value), value
            except ValueError:
                return 3, fold(value), value
        return (2, value, "") if kind in _TIMES else (3, fold(value), value)
    label = labels.get(value) or shrink(value)
    return 3, fold(label), f"{label} {value}"


def unknown_names(store: Any, text: str) -> Iterator[tuple[str, str]]:
    """(name, nearest name or "") of each term of ours that a query uses and the graph does not have."""
    ours = (BASE, TOOI)
    for token in names_in(text):
        iri = token[1:-1] if token.startswith("<") else expand(token)
        if not iri or not iri.startswith(ours) or iri.startswith(GRAPHS):
            continue
        node = ox.NamedNode(iri)
        if any(_first(store, *pattern) for pattern in ((node, None, None), (None, node, None), (None, None, node))):
            continue
        base = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
        yield token, _nearest(store, iri, base)


def _first(store: Any, *pattern: Any) -> bool:
    return any(True for _ in store.quads_for_pattern(*pattern, None))


def _nearest(store: Any, iri: str, base: str) -> str:
    query = f'SELECT DISTINCT ?s WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?s), "{base}")) }}'
    known = [row["s"].value for row in select(store, query)] if base.startswith((BASE, TOOI)) else []
    near = difflib.get_close_matches(iri[len(base) :], [name[len(base) :] for name in known], 1, cutoff=0.6)
    return shrink(base + near[0]) if near else ""


def unknown_prefixes(text: str, declared: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """(prefix, nearest prefix or "") of each prefix that neither a query nor the project declares."""
    for token in names_in(text):
        prefix = token.partition(":")[0]
        if token.startswith("<") or prefix in PREFIXES or prefix in declared:
            continue
        near = difflib.get_close_matches(prefix, PREFIXES, 1, cutoff=0.5)
        yield prefix, near[0] if near else ""
