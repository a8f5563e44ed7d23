"""Parts and views of a network: only what exists, some letters, actors, who shares what; and what a claim weighs.

Network in, network out: a new one, with nodes and edges in the order of their keys; the given one is not changed. As in
`projection`, nodes are the ends of edges, so what loses its last edge goes too. A tie that a view makes out of claims
is an edge of origin "view", with a derivation that leads back to them. docs/network.md says what each view is for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

from regiograaf.errors import AnalysisError
from regiograaf.prefixes import ID, digest

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["VIEWS", "WEIGHINGS", "View", "actors", "existing", "keep", "one_mode", "part", "two_mode", "view", "weigh"]

Edge: TypeAlias = tuple[str, str, str, dict[str, Any]]

_FEW = 12
EXISTING, ENDED = "bestaand", "beeindigd"
WEIGHINGS: Mapping[str, str] = {
    "claims": "each claim counts once, in however many letters it stands",
    "letters": "each claim counts once for every letter that says it",
    "passages": "each claim counts once for every passage that says it",
    "templates": "what a sender says to several regions in the same words counts once for all of them",
}
_THEME = {
    "kind": "skos:Concept",
    "kind_label": "thema",
    "kind_label_en": "theme",
    "family": "onderwerp",
    "layer": "onderwerp",
    "actor": False,
    "region": "",
    "status": "onbekend",
    "definition": "",
    "aliases": (),
    "identifiers": (),
}


def part(
    network: nx.MultiDiGraph, edges: Iterable[Edge], nodes: Mapping[str, Mapping[str, Any]] | None = None
) -> nx.MultiDiGraph:
    """A network of these edges and their ends, with the attributes of `network`, or those of `nodes` where given."""
    import networkx as nx

    found = sorted(edges, key=lambda edge: edge[:3])
    made = nx.MultiDiGraph()
    made.graph.update(network.graph)
    for node in sorted({end for u, v, *_ in found for end in (u, v)}):
        made.add_node(node, **(nodes[node] if nodes and node in nodes else network.nodes[node]))
    for u, v, key, attributes in found:
        made.add_edge(u, v, key=key, **attributes)
    return made


def keep(
    network: nx.MultiDiGraph,
    *,
    modalities: Collection[str] | None = None,
    letters: Collection[str] | None = None,
    themes: Collection[str] | None = None,
) -> nx.MultiDiGraph:
    """The part with claims of some modalities, letters (keys: evidence of others goes) and themes (Dutch labels).

    What is inferred stays where all that it rests on is said in these letters, and goes with `themes`: it has none.

    Raises AnalysisError for a modality, letter or theme that the network does not declare.
    """
    for what, one, wanted in (
        ("modalities", "modality", modalities),
        ("letters", "letter", letters),
        ("themes", "theme", themes),
    ):
        unknown = sorted(set(wanted or ()) - set(network.graph[what]))
        if unknown:
            known = list(network.graph[what])
            near = known if len(known) <= _FEW else get_close_matches(unknown[0], known, 3) or [*known[:_FEW], "…"]
            raise AnalysisError(f'no {one} "{unknown[0]}". Use one of: {", ".join(near)}.')

    def edges() -> Iterable[Edge]:
        for u, v, key, attributes in network.edges(keys=True, data=True):
            if modalities is not None and attributes["modality"] not in modalities:
                continue
            if themes is not None and not set(themes) & set(attributes["themes"]):
                continue
            kept = attributes if letters is None else _said_in(attributes, letters)
            if kept is not None:
                yield u, v, key, kept

    return part(network, edges())


def _said_in(attributes: dict[str, Any], letters: Collection[str]) -> dict[str, Any] | None:
    """An edge with only what these letters say for it, or None where they do not say it."""
    if "derivation" in attributes:
        step = _step_in(attributes["derivation"], letters)
        return None if step is None else {**attributes, "derivation": step}
    evidence = tuple(piece for piece in attributes["evidence"] if piece["letter"] in letters)
    return {**attributes, "evidence": evidence} if evidence or attributes["origin"] != "claim" else None


def _step_in(step: dict[str, Any], letters: Collection[str]) -> dict[str, Any] | None:
    said = tuple(piece for piece in step["said"] if piece["letter"] in letters)
    premises = tuple(_step_in(premise, letters) for premise in step["premises"])
    return None if None in premises or (step["said"] and not said) else {**step, "said": said, "premises": premises}


def existing(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The part that exists: claims of modality bestaand that no claim denies or ends, and what follows from claims.

    The same rule as that for plain triples (graph `asserted`).
    """
    gone = {
        (u, attributes["predicate"], v)
        for u, v, attributes in network.edges(data=True)
        if attributes["modality"] == ENDED or (attributes["modality"] == EXISTING and attributes["denied"])
    }
    return part(
        network,
        (
            (u, v, key, attributes)
            for u, v, key, attributes in network.edges(keys=True, data=True)
            if attributes["modality"] == EXISTING and (u, attributes["predicate"], v) not in gone
        ),
    )


def actors(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The part between actors: organisations, bodies, groups, offices and those who hold them."""
    acting = {node for node, actor in network.nodes(data="actor") if actor}
    return part(network, (edge for edge in network.edges(keys=True, data=True) if acting.issuperset(edge[:2])))


def two_mode(network: nx.MultiDiGraph, second: str = "programmes") -> nx.MultiDiGraph:
    """Actors on one side, programmes (agreements, activities …) or themes on the other, and the ties between them.

    An actor is tied to a programme by each claim that joins the two, whatever the relation and its direction; letters
    are no programmes here, for they tie to whom they are sent. An actor is tied to a theme by each claim on the actor
    that has this theme, in an edge of its own that leads back to the claim, or that calls it the actor's subject.
    Denied claims and what is inferred tie nothing. Nodes get `bipartite`: 0 for actors, 1 for the others.

    Raises AnalysisError for another second side.

    Source: affiliation networks, Breiger 1974, doi:10.2307/2576011.
    """
    if second not in ("programmes", "themes"):
        raise AnalysisError(f'actors are tied to programmes or themes, not to "{second}". Use one of the two.')
    claims = [
        (u, v, key, attributes)
        for u, v, key, attributes in network.edges(keys=True, data=True)
        if attributes["origin"] == "claim" and not attributes["denied"]
    ]
    sides = _programmes(network) if second == "programmes" else _subjects(network)
    ties = [edge for edge in claims if {sides.get(edge[0]), sides.get(edge[1])} == {0, 1}]
    if second == "themes":
        ties += [tie for claim in claims for tie in _theme_ties(network, claim)]
    nodes = {node: {**_described(network, node), "bipartite": side} for node, side in sides.items()}
    return part(network, ties, nodes)


def _programmes(network: nx.MultiDiGraph) -> dict[str, int]:
    letters = {letter["iri"] for letter in network.graph["letters"].values()}
    return {
        node: 0 if attributes["actor"] else 1
        for node, attributes in network.nodes(data=True)
        if attributes["actor"] or (attributes["family"] == "programma" and node not in letters)
    }


def _subjects(network: nx.MultiDiGraph) -> dict[str, int]:
    themes = {theme["iri"]: 1 for theme in network.graph["themes"].values()}
    return themes | {node: 0 for node, actor in network.nodes(data="actor") if actor}


def _described(network: nx.MultiDiGraph, node: str) -> Mapping[str, Any]:
    """The attributes of a node, or of a theme that is none."""
    if node in network:
        return dict(network.nodes[node])
    theme = next(theme for theme in network.graph["themes"].values() if theme["iri"] == node)
    return {"label": theme["nl"], "label_en": theme["en"], **_THEME}


def _theme_ties(network: nx.MultiDiGraph, claim: Edge) -> Iterable[Edge]:
    """An edge from each actor of a claim to each of its themes."""
    u, v, key, attributes = claim
    premise = _premise(network, claim)
    words = ("komt voor bij thema", "occurs with theme"), ("de bewering heeft dit thema", "the claim has this theme")
    for actor in sorted({u, v}):
        for label in attributes["themes"] if network.nodes[actor]["actor"] else ():
            theme = network.graph["themes"][label]["iri"]
            if theme not in (u, v):
                yield _tie(
                    network, actor, theme, (key, theme), attributes["modality"], words, (premise,), attributes["weight"]
                )


def _tie(
    network: nx.MultiDiGraph,
    u: str,
    v: str,
    name: Iterable[str],
    modality: str,
    words: tuple[tuple[str, str], tuple[str, str]],
    premises: tuple[dict[str, Any], ...],
    weight: float,
) -> Edge:
    """An edge that a view makes out of claims: `words` are its relation and why it is there, in Dutch and English."""
    (relation, relation_en), (because, because_en) = words
    ends = _described(network, u), _described(network, v)
    derivation = {
        "subject": ends[0]["label"],
        "subject_en": ends[0]["label_en"],
        "relation": relation,
        "relation_en": relation_en,
        "object": ends[1]["label"],
        "object_en": ends[1]["label_en"],
        "because": because,
        "because_en": because_en,
        "premises": premises,
        "said": (),
    }
    attributes = {
        "relation": relation,
        "relation_en": relation_en,
        "predicate": "",
        "weight": weight,
        "symmetric": False,
        "modality": modality,
        "denied": False,
        "origin": "view",
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
        "derivation": derivation,
    }
    return u, v, f"{ID}afleiding/{digest((u, v, *name))}", attributes


def _premise(network: nx.MultiDiGraph, claim: Edge) -> dict[str, Any]:
    """A claim as the step of a derivation; a modality other than bestaand stands beside the relation."""
    u, v, key, attributes = claim
    if "derivation" in attributes:
        return dict(attributes["derivation"])
    modality = network.graph["modalities"][attributes["modality"]]
    added = ("", "") if attributes["modality"] == EXISTING else (f" ({modality['nl']})", f" ({modality['en']})")
    ends = network.nodes[u], network.nodes[v]
    return {
        "subject": ends[0]["label"],
        "subject_en": ends[0]["label_en"],
        "relation": attributes["relation"] + added[0],
        "relation_en": attributes["relation_en"] + added[1],
        "object": ends[1]["label"],
        "object_en": ends[1]["label_en"],
        "because": "",
        "because_en": "",
        "premises": (),
        "said": tuple({"claim": key, **piece} for piece in attributes["evidence"]),
    }


def one_mode(network: nx.MultiDiGraph, onto: int = 0, *, by: str = "shared") -> nx.MultiDiGraph:
    """Who are tied to the same thing: a two-mode network seen from one side (0: its actors, 1: what they are tied to).

    Two nodes of that side have one edge for each node of the other side that both are tied to. It weighs 1 (`by`
    "shared": `collapse` then counts what two have in common), or 1 / (k - 1) where k are tied to it ("newman": who meet
    in a small circle are closer). It leads back to the strongest claim of each of the two ties, and has the weaker
    modality of these: what is shared only by intention never looks as if it existed.

    Raises AnalysisError when the network has no two sides, or `by` is neither of the two.

    Source: Breiger 1974, doi:10.2307/2576011; Newman 2001, doi:10.1103/PhysRevE.64.016132.
    """
    if by not in ("shared", "newman"):
        raise AnalysisError(f'one_mode weighs by "shared" or "newman", not by "{by}". Use one of the two.')
    if any(side is None for _, side in network.nodes(data="bipartite")):
        raise AnalysisError("the network has no two sides. Take two_mode() of it first.")
    order = list(network.graph["modalities"])
    tied: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in network.edges(keys=True, data=True):
        here, there = edge[:2] if network.nodes[edge[0]]["bipartite"] == onto else edge[1::-1]
        tied[there][here].append(edge)
    ties = []
    for thing, ends in tied.items():
        label, label_en = (network.nodes[thing][name] for name in ("label", "label_en"))
        words = (
            (f"via {label} verbonden met", f"tied through {label_en} to"),
            (f"beide verbonden met {label}", f"both tied to {label_en}"),
        )
        strongest = {
            end: min(found, key=lambda edge: (order.index(edge[3]["modality"]), edge[2])) for end, found in ends.items()
        }
        premises = {end: _premise(network, edge) for end, edge in strongest.items()}
        weight = 1.0 if by == "shared" else 1 / max(len(ends) - 1, 1)
        for u, v in combinations(sorted(ends), 2):
            modality = max((strongest[end][3]["modality"] for end in (u, v)), key=order.index)
            tie = _tie(network, u, v, (thing,), modality, words, (premises[u], premises[v]), weight)
            tie[3]["symmetric"] = True
            ties.append(tie)
    return part(network, ties)


def weigh(network: nx.MultiDiGraph, by: str) -> nx.MultiDiGraph:
    """The same network in which a claim weighs what `by` says (WEIGHINGS), times the weight of its relation.

    "templates": claims are variants of one text when one speaker makes them, of one relation, modality and denial, in
    letters about different regions, and their Dutch paraphrases are the same once each letter's own region is taken out
    of them. Variants in letters about n regions weigh 1 / n each, together as much as one claim, and have `variants`:
    the claims they are variants of. A claim that letters about several regions make is one already and stays so.

    Raises AnalysisError for a weighing that does not exist.

    Source: fractional counting, Perianes-Rodriguez, Waltman and Van Eck 2016, doi:10.1016/j.joi.2016.10.006.
    """
    if by not in WEIGHINGS:
        raise AnalysisError(f'no weighing "{by}". Use one of: {", ".join(WEIGHINGS)}.')
    variants = _variants(network) if by == "templates" else {}
    edges = []
    for u, v, key, attributes in network.edges(keys=True, data=True):
        changed = dict(attributes)
        if attributes["origin"] == "claim" and by in ("letters", "passages"):
            places = [piece["letter"] for piece in attributes["evidence"]]
            changed["weight"] *= len(set(places)) if by == "letters" else len(places)
        if key in variants:
            regions, changed["variants"] = variants[key]
            changed["weight"] /= regions
        edges.append((u, v, key, changed))
    return part(network, edges)


def _variants(network: nx.MultiDiGraph) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Per claim that is a variant of others: in letters about how many regions the text stands, and all variants."""
    letters, regions = network.graph["letters"], network.graph["regions"]
    alike: dict[tuple[Any, ...], list[tuple[str, str]]] = defaultdict(list)
    for *_, key, attributes in network.edges(keys=True, data=True):
        about = {letters[piece["letter"]]["region"] for piece in attributes["evidence"]}
        if attributes["origin"] != "claim" or len(about) != 1 or about == {""}:
            continue
        (region,) = about
        names = "|".join(re.escape(name) for name in regions[region]["names"])
        text = re.sub(rf"\b(?:{names})\b", "…", attributes["paraphrase"], flags=re.IGNORECASE).casefold()
        same = tuple(attributes[name] for name in ("speaker_iri", "predicate", "modality", "denied"))
        if text:
            alike[(*same, text)].append((region, key))
    found = {}
    for claims in alike.values():
        spread = Counter(region for region, _ in claims)
        if len(spread) > 1:
            keys = tuple(sorted(key for _, key in claims))
            found.update(dict.fromkeys(keys, (len(spread), keys)))
    return found


@dataclass(frozen=True, slots=True)
class View:
    """A view by name: what it shows, in one sentence, and how it is made."""

    nl: str
    en: str
    make: Callable[[nx.MultiDiGraph], nx.MultiDiGraph]


VIEWS: Mapping[str, View] = {
    "all": View(
        "Alle entiteiten en wat hen verbindt.",
        "All entities and what joins them.",
        lambda network: network,
    ),
    "actors": View(
        "Actoren en wat hen onderling verbindt.",
        "Actors and what joins them to each other.",
        actors,
    ),
    "actors-programmes": View(
        "Actoren en de programma’s, afspraken en activiteiten waarmee zij verbonden zijn.",
        "Actors and the programmes, agreements and activities that they are tied to.",
        two_mode,
    ),
    "actors-sharing": View(
        "Actoren die met dezelfde programma’s, afspraken of activiteiten verbonden zijn; een lijn voor elk daarvan.",
        "Actors that are tied to the same programmes, agreements or activities; a line for each of these.",
        lambda network: one_mode(two_mode(network)),
    ),
    "programmes": View(
        "Programma’s, afspraken en activiteiten met dezelfde actoren; een lijn voor elk van hen.",
        "Programmes, agreements and activities with the same actors; a line for each of them.",
        lambda network: one_mode(two_mode(network), 1),
    ),
    "actors-themes": View(
        "Actoren en de thema’s van de beweringen over hen.",
        "Actors and the themes of the claims on them.",
        lambda network: two_mode(network, "themes"),
    ),
    "themes": View(
        "Thema’s die bij dezelfde actoren voorkomen; een lijn voor elk van hen.",
        "Themes that occur with the same actors; a line for each of them.",
        lambda network: one_mode(two_mode(network, "themes"), 1),
    ),
}
"""The views that commands offer."""


def view(network: nx.MultiDiGraph, name: str) -> nx.MultiDiGraph:
    """A view by its name in VIEWS.

    Raises AnalysisError for a name that is not there.
    """
    if name not in VIEWS:
        raise AnalysisError(f'no view "{name}". Use one of: {", ".join(VIEWS)}.')
    return VIEWS[name].make(network)
