"""What edges leave out of claims: to whom something is said, within which programme, and from which document."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from regiograaf.namespaces import RG
from regiograaf.projection.reading import labels, pair, rows

__all__ = ["details"]

_NAMES = {"geadresseerde": "addressee", "inProgramma": "programme", "aangehaaldUit": "quoted"}


def details(store: ox.Store) -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
    """Claim -> addressee, programme or quoted -> (IRI, Dutch label) of each, in the order of their IRIs."""
    known = labels(store)
    values = " ".join(f"rg:{name}" for name in _NAMES)
    query = f"""
        PREFIX rg: <{RG}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?c ?p ?o WHERE {{ VALUES ?p {{ {values} }} GRAPH ?g {{ ?c rdf:subject ?s ; ?p ?o }} }}"""
    found: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for row in rows(store, query):
        name = _NAMES[row["p"].value.removeprefix(str(RG))]
        found[row["c"].value][name].add((row["o"].value, pair(known, row["o"].value)[0]))
    return {
        claim: {name: tuple(sorted(things)) for name, things in said.items()} for claim, said in sorted(found.items())
    }
