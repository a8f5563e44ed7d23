"""From the dataset to a network: one edge for each claim, with its modality and evidence; what follows, with why.

The only bridge between the RDF half and the network half. Which relations become edges, how modalities are drawn and
which family a class belongs to is declared in `ontology/projections.ttl`. Lost on the way: themes as nodes, literals,
the difference between the passages of one letter in `collapse()`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import URIRef

from regiograaf.derivations import Names, because, iri
from regiograaf.explanations import Derivation, Explainer
from regiograaf.namespaces import GRAPH, ID, RG, shrink
from regiograaf.queries import select

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["collapse", "project"]

FAMILIES = {
    "overheid": {"nl": "Overheid en organen", "en": "Public bodies and organs"},
    "regio": {"nl": "Regio's en samenwerking", "en": "Regions and cooperation"},
    "maatschappij": {"nl": "Maatschappij en kennis", "en": "Society and knowledge"},
    "bedrijf": {"nl": "Bedrijven en netbeheer", "en": "Companies and grid operators"},
    "programma": {"nl": "Programma's, afspraken, documenten", "en": "Programmes, agreements, documents"},
    "onderwerp": {"nl": "Doelen, opgaven, plaatsen", "en": "Goals, tasks, places"},
}

Edges = dict[tuple[str, str, str], dict[str, Any]]


def _rows(store: ox.Store, where: str) -> list[dict[str, Any]]:
    result = select(store, where)
    names = [variable.value for variable in result.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in result]


def _labels(store: ox.Store) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    query = """
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?s ?label WHERE { GRAPH ?g { ?s rdfs:label|skos:prefLabel ?label } }"""
    for row in _rows(store, query):
        language = row["label"].language or "nl"
        found[row["s"].value].setdefault(language, row["label"].value)
    return found


def project(store: ox.Store, *, letters: Sequence[str] | None = None, inferred: bool = False) -> nx.MultiDiGraph:
    """Project the claims of a dataset onto a directed network with parallel edges.

    Nodes are the entities that a claim's relation joins, keyed by IRI; edges are keyed by the claim's IRI. `letters`
    keeps only claims with evidence in these letters (keys). With `inferred`, relations that follow from these claims
    are edges too, of origin "inferred", with their derivation; they bring no nodes. Nodes and edges come in the order
    of their IRIs.
    """
    import networkx as nx

    labels = _labels(store)
    network = nx.MultiDiGraph()
    network.graph.update(_frame(store, labels))
    edges = _claim_edges(store, labels, letters)
    if inferred:
        edges |= _inferred_edges(store, labels, letters, {end for u, v, _ in edges for end in (u, v)})
    ends = sorted({end for u, v, _ in edges for end in (u, v)})
    for node, attributes in _nodes(store, labels, ends):
        network.add_node(node, **attributes)
    for (u, v, key), attributes in sorted(edges.items()):
        network.add_edge(u, v, key=key, **attributes)
    return network


def _both(labels: Mapping[str, Mapping[str, str]], iri: str, name: str) -> dict[str, str]:
    dutch, english = _pair(labels, iri)
    return {name: dutch, f"{name}_en": english}


def _pair(labels: Mapping[str, Mapping[str, str]], iri: str) -> tuple[str, str]:
    known = labels.get(iri, {})
    dutch = known.get("nl") or known.get("en") or shrink(iri)
    return dutch, known.get("en", dutch)


def _frame(store: ox.Store, labels: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    letters: dict[str, dict[str, str]] = {}
    query = f"""
        PREFIX rg: <{RG}> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?letter ?title ?short ?sender ?reference ?region ?date WHERE {{ GRAPH ?g {{
          ?letter rg:sha256 ?sha ; dcterms:title ?title ; rg:afzender ?sender .
          OPTIONAL {{ ?letter dcterms:alternative ?short }} OPTIONAL {{ ?letter rg:kenmerk ?reference }}
          OPTIONAL {{ ?letter rg:regio ?region }}
          OPTIONAL {{ ?letter dcterms:date ?date }} }} }} ORDER BY ?letter ?reference"""
    for row in _rows(store, query):
        key = row["letter"].value.removeprefix(f"{ID}brief/")
        entry = letters.setdefault(
            key,
            {
                "title": row["title"].value,
                "short": row["short"].value if "short" in row else row["title"].value,
                "sender": _pair(labels, row["sender"].value)[0],
                "date": row["date"].value if "date" in row else "",
                "reference": "",
                "region": row["region"].value if "region" in row else "",
            },
        )
        if "reference" in row and row["reference"].value not in entry["reference"]:
            entry["reference"] = " / ".join(filter(None, (entry["reference"], row["reference"].value)))
    styles = {}
    query = f"""
        PREFIX rg: <{RG}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?m ?style ?order WHERE {{ GRAPH ?g {{ ?m rg:lijnstijl ?style }} }} ORDER BY ?m"""
    for row in _rows(store, query):
        iri = row["m"].value
        dutch, english = _pair(labels, iri)
        styles[iri.rsplit("/", 1)[-1]] = {"nl": dutch, "en": english, "style": row["style"].value}
    order = [*_MODALITY_ORDER, *sorted(set(styles) - set(_MODALITY_ORDER))]
    modalities = {key: styles[key] for key in order if key in styles}
    return {"letters": letters, "modalities": modalities, "families": FAMILIES}


_MODALITY_ORDER = (
    "bestaand",
    "in-ontwikkeling",
    "afgesproken",
    "voorgenomen",
    "aangeboden",
    "verzocht",
    "gewenst",
    "verwacht",
    "mogelijk",
    "beeindigd",
)


def _claim_edges(store: ox.Store, labels: Mapping[str, Mapping[str, str]], letters: Sequence[str] | None) -> Edges:
    query = f"""
        PREFIX rg: <{RG}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT DISTINCT ?claim ?s ?p ?o ?m ?by ?denied ?period ?letter ?section ?anchor ?begin ?end ?quote WHERE {{
          GRAPH ?g {{
            ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rg:modaliteit ?m ; prov:wasAttributedTo ?by ;
              rg:bewijs ?e .
            ?e rg:uitBrief ?letter ; rg:sectie ?section ; rg:anker ?anchor ; rg:begin ?begin ; rg:eind ?end .
            OPTIONAL {{ ?claim rg:ontkend ?denied }}
            OPTIONAL {{ ?claim rg:periode/rg:verwoording ?period }} }}
          GRAPH <{GRAPH["ontologie"]}> {{ ?p rg:isVerbinding true }}
          OPTIONAL {{ GRAPH <{GRAPH["citaten"]}> {{ ?e rg:citaat ?quote }} }} }}"""
    texts = _paraphrases(store)
    themes = _themes(store, labels)
    edges: Edges = {}
    for row in _rows(store, query):
        letter = row["letter"].value.removeprefix(f"{ID}brief/")
        if letters is not None and letter not in letters:
            continue
        claim = row["claim"].value
        at = (row["s"].value, row["o"].value, claim)
        edge = edges.get(at)
        if edge is None:
            dutch, english = _pair(labels, row["p"].value)
            edge = edges[at] = {
                "relation": dutch,
                "relation_en": english,
                "predicate": shrink(row["p"].value),
                "modality": row["m"].value.rsplit("/", 1)[-1],
                "denied": "denied" in row and row["denied"].value == "true",
                "origin": "claim",
                "paraphrase": texts.get((claim, "nl"), ""),
                "paraphrase_en": texts.get((claim, "en"), ""),
                "themes": themes.get(claim, ()),
                "period": "",
                "speaker": _pair(labels, row["by"].value)[0],
                "evidence": [],
            }
        if "period" in row:  # one period may be worded in two ways
            edge["period"] = min(filter(None, (edge["period"], row["period"].value)))
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
    for row in _rows(store, query):
        at = (row["c"].value, row["t"].language or "nl")
        found[at] = min(filter(None, (found.get(at), row["t"].value)))
    return found


def _themes(store: ox.Store, labels: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, f"PREFIX rg: <{RG}> SELECT ?c ?t WHERE {{ GRAPH ?g {{ ?c rg:thema ?t }} }}"):
        found[row["c"].value].add(_pair(labels, row["t"].value)[0])
    return {claim: tuple(sorted(names)) for claim, names in found.items()}


def _inferred_edges(
    store: ox.Store, labels: Mapping[str, Mapping[str, str]], letters: Sequence[str] | None, known: set[str]
) -> Edges:
    """What follows from claims over something in between, and what no line would show otherwise.

    A relation that only says otherwise what joins the same two ends already (turned, symmetric, broader) is none of
    that; nor is what background alone gives, or what is about a thing that no claim here speaks of (`known`). Class
    membership and the terms of the alignments are no connections (`rg:isVerbinding`).
    """
    query = f"""
        PREFIX rg: <{RG}> SELECT DISTINCT ?s ?p ?o WHERE {{
          GRAPH <{GRAPH["inferred"]}> {{ ?s ?p ?o }} GRAPH <{GRAPH["ontologie"]}> {{ ?p rg:isVerbinding true }} }}"""
    triples = sorted((row["s"].value, row["p"].value, row["o"].value) for row in _rows(store, query))
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
        dutch, english = _pair(labels, p)
        edges[s, o, str(iri(derivation.triple))] = {
            "relation": dutch,
            "relation_en": english,
            "predicate": shrink(p),
            "modality": "bestaand",
            "denied": False,
            "origin": "inferred",
            "paraphrase": "",
            "paraphrase_en": "",
            "themes": (),
            "period": "",
            "speaker": "",
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


def _nodes(
    store: ox.Store, labels: Mapping[str, Mapping[str, str]], nodes: Iterable[str]
) -> Iterable[tuple[str, dict[str, Any]]]:
    entities, background = GRAPH["entiteiten"], GRAPH["achtergrond"]
    kinds: dict[str, str] = {}
    query = f"""
        PREFIX rg: <{RG}> SELECT ?s ?c WHERE {{
          {{ GRAPH <{entities}> {{ ?s a ?c }} }} UNION {{ GRAPH <{background}> {{ ?s a ?c }} }}
          UNION {{ GRAPH ?g {{ ?s a ?c ; rg:sha256 ?digest }} }} }} ORDER BY ?s ?c"""
    for row in _rows(store, query):
        kinds.setdefault(row["s"].value, row["c"].value)
    parents: dict[str, list[str]] = defaultdict(list)
    query = f"""
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?c ?d WHERE {{ GRAPH <{GRAPH["ontologie"]}> {{ ?c rdfs:subClassOf ?d }} }} ORDER BY ?c ?d"""
    for row in _rows(store, query):
        parents[row["c"].value].append(row["d"].value)
    family_of = {
        row["c"].value: row["f"].value
        for row in _rows(store, f"PREFIX rg: <{RG}> SELECT ?c ?f WHERE {{ GRAPH ?g {{ ?c rg:familie ?f }} }}")
    }
    status = {
        row["s"].value: row["m"].value.rsplit("/", 1)[-1]
        for row in _rows(
            store, f"PREFIX rg: <{RG}> SELECT ?s ?m WHERE {{ GRAPH <{entities}> {{ ?s rg:bestaansstatus ?m }} }}"
        )
    }
    several: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    query = f"""
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?s ?p ?v WHERE {{ VALUES ?p {{ skos:altLabel rdfs:comment rdfs:seeAlso }}
          VALUES ?g {{ <{entities}> <{background}> <{GRAPH["links"]}> }} GRAPH ?g {{ ?s ?p ?v }} }} ORDER BY ?s ?p ?v"""
    for row in _rows(store, query):
        several[row["s"].value][row["p"].value.rsplit("#", 1)[-1]].append(row["v"].value)
    for node in nodes:
        kind = kinds.get(node, "")
        extra = several[node]
        yield (
            node,
            {
                **_both(labels, node, "label"),
                "kind": shrink(kind),
                **_both(labels, kind, "kind_label"),
                "family": family_of.get(node) or _family(kind, family_of, parents),
                "status": status.get(node, "onbekend"),
                "definition": " ".join(extra["comment"]),
                "aliases": tuple(extra["altLabel"]),
                "identifiers": tuple(
                    (shrink(url), url) for url in ([node] if not node.startswith(ID) else []) + extra["seeAlso"]
                ),
            },
        )


def _family(kind: str, family_of: Mapping[str, str], parents: Mapping[str, Sequence[str]]) -> str:
    """The family of the nearest class upwards that has one."""
    level, seen = [kind], set()
    while level:
        for cls in level:
            if cls in family_of:
                return family_of[cls]
        seen.update(level)
        level = sorted({parent for cls in level for parent in parents.get(cls, ()) if parent not in seen})
    return "onderwerp"


def collapse(network: nx.MultiDiGraph, *, modalities: Iterable[str] | None = None) -> nx.Graph:
    """The simple undirected network for measures: one edge for each pair, weighted by its number of claims.

    `weight` counts the claims between the two, `distance` is 1 / weight, so that more claims are closer together.
    Denied claims, relations of a thing with itself and what only is inferred are left out; with `modalities`, so are
    claims of others.
    """
    import networkx as nx

    keep = None if modalities is None else set(modalities)
    weights: dict[tuple[str, str], int] = defaultdict(int)
    for u, v, attributes in network.edges(data=True):
        inferred = attributes.get("origin") == "inferred"
        if u != v and not inferred and not attributes["denied"] and (keep is None or attributes["modality"] in keep):
            weights[min(u, v), max(u, v)] += 1
    simple = nx.Graph()
    simple.graph.update(network.graph)
    for node in sorted(network.nodes):
        simple.add_node(node, **network.nodes[node])
    for (u, v), weight in sorted(weights.items()):
        simple.add_edge(u, v, weight=weight, distance=1 / weight)
    return simple


def to_json(network: nx.MultiDiGraph) -> str:
    """The network as stable JSON, for keys of caches and for tests."""
    nodes = {node: dict(network.nodes[node]) for node in sorted(network.nodes)}
    edges = sorted((u, v, key, dict(attributes)) for u, v, key, attributes in network.edges(keys=True, data=True))
    return json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False, sort_keys=True)
