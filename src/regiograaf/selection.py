"""What somebody wants to see of the network: all of it, the surroundings of an entity, or the answer to a question.

A question may be a stored one or any SPARQL; asking it is `ask`'s. Its answer is drawn as the claims it is about: those
whose IRI is in a row, else those whose evidence and ends are in a row, else what joins the entities that it names.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from regiograaf import names, views
from regiograaf.ask import ask, question_of
from regiograaf.errors import QueryError, UnknownTermError
from regiograaf.places import find_root
from regiograaf.prefixes import PREFIXES, expand, shrink
from regiograaf.projection import project
from regiograaf.queries import Answer, Query

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Choice", "Part", "answered", "around", "entity_of", "select", "surroundings", "title_of", "whole"]

Edge = tuple[str, str, str, dict[str, Any]]
Triple = tuple[str, str, str]

_MODALITY, _CLAIM, _TERMS = PREFIXES["modaliteit"], PREFIXES["bewering"], PREFIXES["rg"]
_TYPE = PREFIXES["rdf"] + "type"
_TEXTS = (ox.NamedNode(PREFIXES["xsd"] + "string"), ox.NamedNode(PREFIXES["rdf"] + "langString"))


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a network is wanted; the defaults leave it whole.

    `letters` and `modalities` are keys, `themes` labels, CURIEs or IRIs; `existing` leaves out what does not exist, or
    not yet, or no more; `view` is one of `views.VIEWS`. With `inferred`, inferred relations link an entity too.
    """

    letters: Sequence[str] = ()
    modalities: Sequence[str] = ()
    themes: Sequence[str] = ()
    existing: bool = False
    view: str = "all"
    inferred: bool = False


def entity_of(root: Path, store: ox.Store, text: str) -> str | None:
    """The IRI of the entity that a text stands for, or None when it is a question: its name, a file, SPARQL, or "-".

    Raises UnknownTermError when it is neither, with what comes near it.
    """
    if text == "-" or text.endswith(".rq") or any(mark in text for mark in "{}\n"):
        return None
    folder = find_root(root if root.is_dir() else root.parent, "queries")
    stored = [path.stem for path in sorted(folder.glob("*.rq"))]
    if text in stored:
        return None
    try:
        return names.resolve(store, text)
    except UnknownTermError as error:
        near = difflib.get_close_matches(text, stored, 1)
        if not near:
            raise
        raise UnknownTermError(f'{error} Of the stored questions "{near[0]}" comes near.') from error


@dataclass(frozen=True, slots=True)
class Part:
    """A network to draw, what it answers in Dutch, and what is odd about the question."""

    network: nx.MultiDiGraph
    title: str = ""
    remarks: tuple[str, ...] = ()


def select(
    root: Path,
    store: ox.Store,
    text: str | None,
    params: Sequence[str],
    choice: Choice,
    *,
    steps: int = 1,
    letters: Path | None = None,
    direct: bool = False,
) -> Part:
    """What a text asks for: everything when there is none, an entity, or a question with its parameters (NAME=VALUE).

    A question is asked of the store of `root` (with the `letters`' texts) in a worker with limits, or `direct` of
    `store`. Raises what `entity_of`, `whole`, `around`, `ask` and `answered` raise.
    """
    entity = None if text is None else entity_of(root, store, text)
    if params and (text is None or entity is not None):
        raise QueryError("only a question takes parameters. Name one before -p; regiograaf queries lists them.")
    if text is None:
        return Part(whole(store, choice), views.VIEWS[choice.view].nl.rstrip(".") if choice.view != "all" else "")
    if entity is not None:
        network = around(store, entity, choice, steps=steps)
        return Part(network, f"Wie is verbonden met {names.labels(store).get(entity, text)}?")
    query = question_of(root, text)
    asked = ask(root, query.text if text == "-" else text, params, letters, store=store if direct else None)
    kinds = dict(query.parameters)
    given = [(name, value) for name, _, value in (param.partition("=") for param in params)]
    also = [names.resolve(store, value) for name, value in given if kinds.get(name) == "iri"]
    return Part(answered(store, asked.answer, choice, also=also), title_of(query, params), asked.remarks)


def whole(store: ox.Store, choice: Choice) -> nx.MultiDiGraph:
    """The network of a dataset, as chosen.

    Raises UnknownTermError or AnalysisError for a letter, modality, theme or view that does not exist; UnknownTermError
    too when no relation is left.
    """
    return _chosen(_projected(store, choice), choice)


def around(store: ox.Store, entity: str, choice: Choice, *, steps: int = 1) -> nx.MultiDiGraph:
    """The surroundings of an entity in the network as chosen.

    Raises what `whole` and `surroundings` raise.
    """
    return surroundings(whole(store, choice), entity, steps=steps, inferred=choice.inferred)


def answered(store: ox.Store, answer: Answer, choice: Choice, *, also: Collection[str] = ()) -> nx.MultiDiGraph:
    """What an answer is about, as chosen; `also` are the IRIs that the question itself spoke of (its parameters).

    A row stands for the claims whose IRI it has; else for those with a piece of evidence in it (letter and anchor), and
    the modality and relation in it, if any, that join two entities of the row, or touch one. Where no row has a claim
    or evidence, all relations among the entities of the answer are drawn; letters are sources, not entities.
    A triple stands for the claims with that content, in whatever modality; one that no claim says is an edge of origin
    "query". Triples with literals are passed over.

    Raises QueryError when there is nothing in the answer, or nothing that can be drawn.
    """
    if answer.truth is not None:
        raise QueryError("an ASK is answered by yes or no: nothing to draw. Ask with SELECT or CONSTRUCT.")
    if answer.triples is not None:
        triples = [_iris(triple) for triple in answer.triples]
        content = [triple for triple in triples if triple is not None]
        if not content:
            raise QueryError(f"none of the {len(triples)} triples joins two IRIs: nothing to draw.")
        network = _projected(store, choice, content)
        edges = _of_triples(network, content)
    else:
        if not answer.rows:
            raise QueryError("the question found nothing: there is nothing to draw. Ask for something else.")
        network = _projected(store, choice)
        edges = _of_rows(network, answer.rows, also) or _among(network, answer.rows, also)
    return _chosen(views.part(network, edges), choice)


def surroundings(network: nx.MultiDiGraph, node: str, *, steps: int = 1, inferred: bool = False) -> nx.MultiDiGraph:
    """The part of a network that holds a node, all within some steps of it, and the relations among these.

    Direction does not matter. What is linked by inference only belongs to it with `inferred`.

    Raises UnknownTermError when no relation speaks of the node.
    """
    beside: dict[str, set[str]] = defaultdict(set)
    for u, v, origin in network.edges(data="origin"):
        if inferred or origin != "inferred":
            beside[u].add(v)
            beside[v].add(u)
    if node not in beside:
        raise UnknownTermError(
            f"{shrink(node)} has no relation to draw. regiograaf show says what the letters say of it."
        )
    near, edge = {node}, {node}
    for _ in range(steps):
        edge = {other for one in edge for other in beside[one]} - near
        near |= edge
    return views.part(network, (found for found in _edges(network) if near.issuperset(found[:2])))


def title_of(query: Query, params: Sequence[str] = ()) -> str:
    """The question in words, with what was asked of it; SPARQL of the user has no words."""
    words = str(query.header.get("question", "Antwoord op een eigen vraag"))
    return f"{words} ({', '.join(param.replace('=', ': ', 1) for param in params)})" if params else words


def _projected(store: ox.Store, choice: Choice, triples: Iterable[Triple] = ()) -> nx.MultiDiGraph:
    themes = choice.view in ("actors-themes", "themes")
    network = project(store, letters=choice.letters or None, inferred=True, themes=themes, triples=triples)
    unknown = [key for key in choice.letters if key not in network.graph["letters"]]
    if unknown:
        raise UnknownTermError(f'no letter "{unknown[0]}". Use one of: {", ".join(network.graph["letters"])}.')
    return network


def _chosen(network: nx.MultiDiGraph, choice: Choice) -> nx.MultiDiGraph:
    themes = [_theme(network, name) for name in choice.themes]
    if choice.modalities or themes:
        network = views.keep(network, modalities=choice.modalities or None, themes=themes or None)
    if choice.existing:
        network = views.existing(network)
    network = views.view(network, choice.view)
    if not network.number_of_edges():
        raise UnknownTermError("no relation is left to draw. Leave out a filter, or choose another view.")
    return network


def _theme(network: nx.MultiDiGraph, name: str) -> str:
    """The Dutch label of the theme that a label, CURIE or IRI stands for."""
    themes, iri, wanted = network.graph["themes"], expand(name) or name.strip("<>"), names.fold(name)
    for label, theme in themes.items():
        if iri == theme["iri"] or wanted in (names.fold(theme["nl"]), names.fold(theme["en"])):
            return str(label)
    near = difflib.get_close_matches(name, [*themes, *(theme["en"] for theme in themes.values())], 3)
    hint = f" Nearest: {', '.join(near)}." if near else ""
    raise UnknownTermError(f'no theme "{name}".{hint} regiograaf query themas-per-brief lists them.')


def _edges(network: nx.MultiDiGraph) -> list[Edge]:
    return list(network.edges(keys=True, data=True))


def _iris(triple: Any) -> Triple | None:
    """A triple of IRIs as text, or None."""
    terms = (triple.subject, triple.predicate, triple.object)
    return None if any(not isinstance(term, ox.NamedNode) for term in terms) else tuple(term.value for term in terms)


def _of_triples(network: nx.MultiDiGraph, triples: Sequence[Triple]) -> list[Edge]:
    contents = {(s, shrink(p), o) for s, p, o in triples}
    return [edge for edge in _edges(network) if (edge[0], edge[3]["predicate"], edge[1]) in contents]


def _of_rows(network: nx.MultiDiGraph, rows: Iterable[Sequence[Any]], also: Collection[str]) -> list[Edge]:
    """The claims that the rows are about, by their IRIs or by their evidence; empty when no row has either.

    Raises QueryError when what the rows have evidence for is no relation.
    """
    letters = {letter["iri"]: key for key, letter in network.graph["letters"].items()}
    edges = {edge[2]: edge for edge in _edges(network)}
    said_at: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges.values():
        for piece in edge[3]["evidence"]:
            said_at[piece["letter"], piece["anchor"]].append(edge)
    found: dict[str, Edge] = {}
    evidence = 0
    for row in rows:
        iris = {term.value for term in row if isinstance(term, ox.NamedNode)}
        texts = {term.value for term in row if isinstance(term, ox.Literal) and term.datatype in _TEXTS}
        places = [(letters[iri], text) for iri in iris if iri in letters for text in texts]
        claims = [edges[iri] for iri in iris if iri in edges]
        if not claims:
            said = [edge for place in places for edge in said_at.get(place, ()) if _fits(edge, iris)]
            ends = {*iris, *also} - letters.keys()
            claims = [edge for edge in said if ends.issuperset(edge[:2])] or [
                edge for edge in said if not ends.isdisjoint(edge[:2])
            ]
        evidence += bool(places) or any(iri.startswith(_CLAIM) for iri in iris)
        found.update((edge[2], edge) for edge in claims)
    if evidence and not found:
        raise QueryError(
            "no claim in the answer joins two entities: nothing to draw. "
            "Existence and themes are no relations of entities; ask for others."
        )
    return list(found.values())


def _fits(edge: Edge, iris: Collection[str]) -> bool:
    """Whether an edge has the modality and the relation of a row, where it has any."""
    modalities = {iri.removeprefix(_MODALITY) for iri in iris if iri.startswith(_MODALITY)}
    relations = {shrink(iri) for iri in iris if iri == _TYPE or (iri.startswith(_TERMS) and iri[len(_TERMS)].islower())}
    predicate = edge[3]["predicate"]
    return (not modalities or edge[3]["modality"] in modalities) and (not relations or predicate in relations)


def _among(network: nx.MultiDiGraph, rows: Iterable[Sequence[Any]], also: Collection[str]) -> list[Edge]:
    """All that joins the entities of an answer."""
    letters = {letter["iri"] for letter in network.graph["letters"].values()}
    named = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)} & set(network)
    entities = (named - letters or named) | (set(also) & set(network))
    edges = [edge for edge in _edges(network) if entities.issuperset(edge[:2])]
    if not entities:
        raise QueryError("the answer names no entity of the network: nothing to draw. Ask for entities or claims.")
    if not edges:
        raise QueryError(
            f"no claim joins two of the entities in the answer ({len(entities)}): nothing to draw. "
            "Add the claim (?claim) to what is asked for."
        )
    return edges
