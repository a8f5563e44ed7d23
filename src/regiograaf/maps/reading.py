"""The claims of a network as a page shows them: in reading order, on their lines, with the passages of each."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from regiograaf.errors import AnalysisError
from regiograaf.maps.tables import each, turned

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]

__all__ = ["SAID", "Claim", "Line", "Passage", "Reading", "follows"]

Claim: TypeAlias = tuple[str, str, str, dict[str, Any]]
Line: TypeAlias = tuple[int, int, int, int]
Passage: TypeAlias = Mapping[str, Any]

SAID = ("claim", "inferred", "query")
"""What lines are drawn for: what a letter says or is known beside it, what follows, what a query makes."""
_DRAWN_AS = {origin: i for i, origin in enumerate(SAID)}
_REQUIRED = (
    *("modality", "origin", "relation", "relation_en", "predicate", "denied", "themes", "period", "speaker"),
    *("paraphrase", "paraphrase_en", "evidence"),
)
_OPTIONAL = ("derivation", "dates", "quantities", "present")
_OF_PASSAGE = ("letter", "section", "begin", "end", "anchor", "quote")


@dataclass(frozen=True)
class Reading:
    """What a page shows of a network, in its order."""

    nodes: list[str]
    """Sorted by label."""
    rank: dict[str, int]
    """Node -> its place in `nodes`."""
    claims: list[Claim]
    """Sorted by the labels of their ends, then by line."""
    said: dict[str, list[Any]]
    """What stands with the claims, by its name: one value per claim, None where there is none."""
    rows: dict[str, int]
    """Claim -> its place in `claims`; empty where nothing is inferred, which would ask for it."""
    derived: list[int]
    """The places of the claims that are inferred."""
    lines: dict[Line, int]
    """The numbers of (from, to, modality, one of SAID) -> how many claims it stands for, in the order of the claims."""
    passages: list[Sequence[Passage]]
    """Per claim its evidence; of what it follows from only what no other claim shows."""
    pieces: dict[str, list[Any]]
    """What stands with the passages, by its name: one value per passage, claim by claim."""
    letters: dict[str, Any]
    """The letters that a passage is from; a network of some letters declares the others too."""

    @classmethod
    def of(cls, network: nx.MultiDiGraph) -> Reading:
        """Raises AnalysisError when a claim names a modality or letter that the network does not declare."""
        nodes = sorted(network, key=lambda node: (_folded(network.nodes[node]["label"]), node))
        rank = {node: i for i, node in enumerate(nodes)}
        nth = {modality: i for i, modality in enumerate(network.graph["modalities"])}
        claims = _in_order(network, nodes, rank, nth)
        attributes = [claim[3] for claim in claims]
        said = _columns(_REQUIRED, attributes) | {name: [of.get(name) for of in attributes] for name in _OPTIONAL}
        _declared("has modality", nth, said["modality"], (claim[2] for claim in claims))
        derived = [i for i, derivation in enumerate(said["derivation"]) if derivation]
        rows = {claim[2]: i for i, claim in enumerate(claims)} if derived else {}
        passages: list[Sequence[Passage]] = list(said["evidence"])
        for i in derived:
            passages[i] = [*passages[i], *(piece for piece in _said(claims[i][3]) if piece["claim"] not in rows)]
        letters = network.graph["letters"]
        pieces = _columns(_OF_PASSAGE, chain.from_iterable(passages))
        by = (claim[2] for claim, own in zip(claims, passages, strict=True) for _ in own)
        cited = _declared("names letter", letters, pieces["letter"], by)
        shown = {letter: words for letter, words in letters.items() if letter in cited}
        lines = Counter(
            zip(
                each(rank, [claim[0] for claim in claims]),
                each(rank, [claim[1] for claim in claims]),
                each(nth, said["modality"]),
                [_DRAWN_AS.get(origin, 0) for origin in said["origin"]],
                strict=True,
            )
        )
        return cls(nodes, rank, claims, said, rows, derived, lines, passages, pieces, shown)


def _in_order(
    network: nx.MultiDiGraph, nodes: Iterable[str], rank: Mapping[str, int], nth: Mapping[str, int]
) -> list[Claim]:
    """The claims by the labels of their ends, then by line, relation and IRI."""

    def line(claim: tuple[str, Mapping[str, Any]]) -> tuple[int, int, str, str]:
        iri, said = claim
        return nth.get(said["modality"], -1), _DRAWN_AS.get(said["origin"], 0), said["relation"], iri

    # Without the views of networkx, which take three times as long.
    adjacent = dict(network.adjacency())
    return [
        (u, v, iri, attributes)
        for u in nodes
        for v in sorted(adjacent[u], key=rank.__getitem__)
        for between in (adjacent[u][v].items(),)
        for iri, attributes in (between if len(between) == 1 else sorted(between, key=line))
    ]


def _columns(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    return dict(zip(names, turned(map(itemgetter(*names), rows), len(names)), strict=True))


def _declared(names: str, keys: Collection[str], used: Sequence[str], claims: Iterable[str]) -> set[str]:
    """The keys that are used, of which the network must declare each; `claims` use them, one by one."""
    found = set(used)
    for claim, key in zip(claims, used, strict=True) if not found.issubset(keys) else ():
        if key not in keys:
            raise AnalysisError(f"{claim} {names} {key!r}; the network declares: {', '.join(keys)}.")
    return found


def _folded(label: str) -> str:
    """A label as it is sorted: without accents, case and leading signs, so that 's-Gravenhage stands under S."""
    bare = label if label.isascii() else _without_accents(label)
    return bare.casefold().lstrip("'’‘\"“-. ")


def _without_accents(label: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", label) if not unicodedata.combining(c))


def _said(attributes: Mapping[str, Any]) -> list[Passage]:
    """The passages that an inferred relation rests on, in the order of its derivation."""
    steps = [attributes["derivation"]]
    for step in steps:
        steps.extend(step["premises"])
    return [piece for step in steps for piece in step["said"]]


def follows(attributes: Mapping[str, Any], language: str = "") -> str:
    """What an inferred relation follows from, in one sentence: for tables and the CSV file; else nothing."""
    if "derivation" not in attributes:
        return ""
    names = [f"{part}{language}" for part in ("subject", "relation", "object")]
    premises = [" ".join(premise[name] for name in names) for premise in attributes["derivation"]["premises"]]
    return f"{'Follows from' if language else 'Volgt uit'}: {'; '.join(premises)}."
