"""What follows from claims, as edges of their own that say why they are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox
from rdflib import URIRef

from regiograaf.derivations import Names, because, iri
from regiograaf.explanations import Derivation, Explainer
from regiograaf.namespaces import GRAPH, RG
from regiograaf.projection.claims import Relations
from regiograaf.projection.reading import Edges, rows

__all__ = ["inferred_edges"]


def inferred_edges(store: ox.Store, relations: Relations, letters: Sequence[str] | None, known: set[str]) -> Edges:
    """What follows from claims over something in between, and what no line would show otherwise.

    A relation that only says otherwise what joins the same two ends already (turned, symmetric, broader) is none of
    that; nor is what background alone gives, or what is about a thing that no claim here speaks of (`known`). Class
    membership and the terms of the alignments are no connections (`rg:isVerbinding`).
    """
    query = f"""
        PREFIX rg: <{RG}> SELECT DISTINCT ?s ?p ?o WHERE {{
          GRAPH <{GRAPH["inferred"]}> {{ ?s ?p ?o }} GRAPH <{GRAPH["ontologie"]}> {{ ?p rg:isVerbinding true }} }}"""
    triples = sorted((row["s"].value, row["p"].value, row["o"].value) for row in rows(store, query))
    explainer = Explainer(store)
    anew: dict[tuple[Any, ...], tuple[int, Derivation]] = {}
    for s, p, o in triples:
        if s == o or not known >= {s, o}:
            continue
        derivation = root = explainer.why((URIRef(s), URIRef(p), URIRef(o)))
        steps = 0
        while len(root.premises) == 1 and {root.triple[0], root.triple[2]} == {*root.premises[0].triple[::2]}:
            root, steps = root.premises[0], steps + 1
        # of the forms of one conclusion only the first that is a connection
        if root.origin == "inferred" and steps < anew.get(root.triple, (steps + 1,))[0]:
            anew[root.triple] = (steps, derivation)
    names = Names(store, "nl"), Names(store, "en")
    edges: Edges = {}
    for _, derivation in anew.values():
        said = [leaf for leaf in derivation.leaves() if leaf.origin == "letters"]
        step = _step(store, derivation, names, letters)
        if not said or step is None:
            continue
        s, p, o = (str(term) for term in derivation.triple)
        edges[s, o, str(iri(derivation.triple))] = {
            **relations.attributes(p),
            "modality": "bestaand",
            "denied": False,
            "origin": "inferred",
            "paraphrase": "",
            "paraphrase_en": "",
            "themes": (),
            "period": "",
            "dates": {},
            "present": False,
            "quantities": (),
            "speaker": "",
            "speaker_iri": "",
            "evidence": (),
            "derivation": step,
        }
    return edges


def _step(
    store: ox.Store, derivation: Derivation, names: tuple[Names, Names], letters: Sequence[str] | None
) -> dict[str, Any] | None:
    """A derivation as plain values, or None where part of it rests on other letters only."""
    said = [piece for piece in derivation.said if letters is None or piece.letter in letters]
    premises = tuple(_step(store, premise, names, letters) for premise in derivation.premises)
    if None in premises or (derivation.said and not said):
        return None
    words = {
        f"{part}{suffix}": name(term)
        for suffix, name in zip(("", "_en"), names, strict=True)
        for part, term in zip(("subject", "relation", "object"), derivation.triple, strict=True)
    }
    return {
        **words,
        "because": because(derivation, names[0]),
        "because_en": because(derivation, names[1]),
        "premises": premises,
        "said": tuple(
            {
                "claim": str(piece.claim),
                "letter": piece.letter,
                "section": piece.section,
                "anchor": piece.anchor,
                "quote": piece.quote,
                "begin": _number(store, piece.evidence, RG.begin),
                "end": _number(store, piece.evidence, RG.eind),
            }
            for piece in said
        ),
    }


def _number(store: ox.Store, evidence: URIRef, relation: URIRef) -> int:
    found = store.quads_for_pattern(ox.NamedNode(str(evidence)), ox.NamedNode(str(relation)), None, None)
    return next(int(quad.object.value) for quad in found if isinstance(quad.object, ox.Literal))
