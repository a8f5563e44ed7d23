"""One edge for each claim, with all that its letters say of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from regiograaf.errors import SourceError
from regiograaf.namespaces import GRAPH, ID, RG, shrink
from regiograaf.projection.reading import FILE, Edges, Labels, declared, pair, rows, tail

__all__ = ["Relations", "claim_edges"]

_BOUNDS = (("begin", "vroegsteBegin", "laatsteBegin"), ("end", "vroegsteEinde", "laatsteEinde"))
_UNITS = {"euro": "€{}", "percent": "{}%", "aantal": "{}", "deel": "{}", "rang": "{}"}


@dataclass(frozen=True)
class Relations:
    """What `ontology/projections.ttl` and the ontology say of the relations that become edges."""

    labels: Labels
    weights: Mapping[str, float]
    symmetric: frozenset[str]

    @classmethod
    def read(cls, store: ox.Store, labels: Labels) -> Relations:
        """What is declared; raises SourceError for a weight that is not above 0."""
        query = f"""
            PREFIX owl: <http://www.w3.org/2002/07/owl#>
            SELECT ?p WHERE {{ GRAPH <{GRAPH["ontologie"]}> {{ ?p a owl:SymmetricProperty }} }}"""
        weights = {iri: float(values[0]) for iri, values in declared(store, "gewicht").items()}
        for iri, weight in sorted(weights.items()):
            if weight <= 0:
                raise SourceError(f"{FILE}: rg:gewicht of {shrink(iri)} is {weight:g}. Give a weight above 0.")
        return cls(labels, weights, frozenset(row["p"].value for row in rows(store, query)))

    def attributes(self, iri: str) -> dict[str, Any]:
        """What an edge says because of its relation."""
        dutch, english = pair(self.labels, iri)
        return {
            "relation": dutch,
            "relation_en": english,
            "predicate": shrink(iri),
            "weight": self.weights.get(iri, 1.0),
            "symmetric": iri in self.symmetric,
        }


def claim_edges(store: ox.Store, relations: Relations, letters: Sequence[str] | None, *, themes: bool = False) -> Edges:
    """The claims whose relation is a connection, with evidence in these letters (all when None).

    With `themes`, also those whose relation is declared to be none: what something is about.
    """
    # chosen here: joined with the ontology graph, the query takes four times as long
    drawn = {iri for iri, (value, *_) in declared(store, "isVerbinding").items() if themes or value == "true"}
    query = f"""
        PREFIX rg: <{RG}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT DISTINCT ?claim ?s ?p ?o ?m ?by ?denied ?letter ?section ?anchor ?begin ?end ?quote WHERE {{
          GRAPH ?g {{
            ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rg:modaliteit ?m ; prov:wasAttributedTo ?by ;
              rg:bewijs ?e .
            ?e rg:uitBrief ?letter ; rg:sectie ?section ; rg:anker ?anchor ; rg:begin ?begin ; rg:eind ?end .
            OPTIONAL {{ ?claim rg:ontkend ?denied }} }}
          OPTIONAL {{ GRAPH <{GRAPH["citaten"]}> {{ ?e rg:citaat ?quote }} }} }}"""
    labels = relations.labels
    texts, subjects = _paraphrases(store), _themes(store, labels)
    periods, quantities = _periods(store), _quantities(store, labels)
    edges: Edges = {}
    for row in rows(store, query):
        letter = row["letter"].value.removeprefix(f"{ID}brief/")
        if row["p"].value not in drawn or (letters is not None and letter not in letters):
            continue
        claim = row["claim"].value
        at = (row["s"].value, row["o"].value, claim)
        edge = edges.get(at)
        if edge is None:
            edge = edges[at] = {
                **relations.attributes(row["p"].value),
                "modality": tail(row["m"].value),
                "denied": "denied" in row and row["denied"].value == "true",
                "origin": "claim",
                "paraphrase": texts.get((claim, "nl"), ""),
                "paraphrase_en": texts.get((claim, "en"), ""),
                "themes": subjects.get(claim, ()),
                **periods.get(claim, {"period": "", "dates": {}, "present": False}),
                "quantities": quantities.get(claim, ()),
                "speaker": pair(labels, row["by"].value)[0],
                "speaker_iri": row["by"].value,
                "evidence": [],
            }
        edge["evidence"].append(
            {
                "letter": letter,
                "section": row["section"].value,
                "anchor": row["anchor"].value,
                "quote": row["quote"].value if "quote" in row else "",
                "begin": int(row["begin"].value),
                "end": int(row["end"].value),
            }
        )
    for edge in edges.values():
        edge["evidence"] = tuple(
            sorted(edge["evidence"], key=lambda e: (e["letter"], e["begin"], e["end"], e["anchor"]))
        )
    return edges


def _paraphrases(store: ox.Store) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    query = f"PREFIX rg: <{RG}> SELECT ?c ?t WHERE {{ GRAPH ?g {{ ?c rg:parafrase ?t }} }}"
    for row in rows(store, query):
        at = (row["c"].value, row["t"].language or "nl")
        found[at] = min(filter(None, (found.get(at), row["t"].value)))
    return found


def _themes(store: ox.Store, labels: Labels) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, f"PREFIX rg: <{RG}> SELECT ?c ?t WHERE {{ GRAPH ?g {{ ?c rg:thema ?t }} }}"):
        found[row["c"].value].add(pair(labels, row["t"].value)[0])
    return {claim: tuple(sorted(names)) for claim, names in found.items()}


def _periods(store: ox.Store) -> dict[str, dict[str, Any]]:
    """Per claim the wording of its period, its bounds, and whether it is the time of writing without a date."""
    names = [name for _, *pair_ in _BOUNDS for name in pair_]
    query = f"""
        PREFIX rg: <{RG}> SELECT DISTINCT ?claim ?wording {" ".join(f"?{name}" for name in names)} WHERE {{ GRAPH ?g {{
          ?claim rg:periode ?period . ?period rg:verwoording ?wording .
          {" ".join(f"OPTIONAL {{ ?period rg:{name} ?{name} }}" for name in names)} }} }}"""
    words = declared(store, "woordVoorNu").get(f"{RG}Periode", [])
    now = re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})\b", re.IGNORECASE)
    found: dict[str, dict[str, Any]] = {}
    # a period that is worded in two ways is one: of its wordings the first stands
    for row in sorted(rows(store, query), key=lambda row: str(row["wording"].value)):
        wording = row["wording"].value
        dates = {at: [row[name].value if name in row else "" for name in both] for at, *both in _BOUNDS}
        present = not any(name in row for name in names) and now.search(wording) is not None
        found.setdefault(row["claim"].value, {"period": wording, "dates": dates, "present": present})
    return found


def _quantities(store: ox.Store, labels: Labels) -> dict[str, tuple[dict[str, str], ...]]:
    """Per claim its amounts: in Dutch as the letter words them, in English as they are encoded."""
    query = f"""
        PREFIX rg: <{RG}> SELECT DISTINCT ?claim ?q ?role ?unit ?precision ?wording ?value ?over ?under WHERE {{
          GRAPH ?g {{ ?claim rg:grootheid ?q . ?q rg:rol ?role ; rg:eenheid ?unit ; rg:nauwkeurigheid ?precision ;
            rg:verwoording ?wording . OPTIONAL {{ ?q rg:waarde ?value }}
            OPTIONAL {{ ?q rg:teller ?over ; rg:noemer ?under }} }} }}"""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in sorted(rows(store, query), key=lambda row: str(row["wording"].value)):
        role, role_en = pair(labels, row["role"].value)
        number = f"{row['over'].value}/{row['under'].value}" if "over" in row else _number(row["value"].value)
        unit = _UNITS.get(tail(row["unit"].value), f"{{}} {pair(labels, row['unit'].value)[1]}").format(number)
        exact = tail(row["precision"].value) == "exact"
        english = unit if exact else f"{unit} ({pair(labels, row['precision'].value)[1]})"
        words = {"nl": f"{role}: {row['wording'].value}", "en": f"{role_en}: {english}"}
        found[row["claim"].value].setdefault(row["q"].value, words)
    return {claim: tuple(sorted(words.values(), key=lambda w: (w["nl"], w["en"]))) for claim, words in found.items()}


def _number(value: str) -> str:
    """A decimal as it is written in English: 140000.0 is 140,000."""
    whole, _, rest = value.partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")
