"""The claims of a network as a page shows them: in reading order, on their lines, with the passages of each."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from regiograaf.errors import AnalysisError

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]

__all__ = ["SAID", "Claim", "Line", "Passage", "Reading", "follows"]

Claim: TypeAlias = tuple[str, str, str, dict[str, Any]]
Line: TypeAlias = tuple[int, int, int, int]
Passage: TypeAlias = Mapping[str, Any]

SAID = ("claim", "inferred", "query")
"""What lines are drawn for: what a letter says or is known beside it, what follows, what a query makes."""
_DRAWN_AS = {origin: i for i, origin in enumerate(SAID)}


@dataclass(frozen=True)
class Reading:
    """What a page shows of a network, in its order."""

    nodes: list[str]
    """Sorted by label."""
    rank: dict[str, int]
    """Node -> its place in `nodes`."""
    claims: list[Claim]
    """Sorted by the labels of their ends, then by line."""
    rows: dict[str, int]
    """Claim -> its place in `claims`."""
    derived: list[int]
    """The places of the claims that are inferred."""
    lines: dict[Line, int]
    """The numbers of (from, to, modality, one of SAID) -> how many claims it stands for, in the order of the claims."""
    passages: list[Sequence[Passage]]
    """Per claim its evidence; of what it follows from only what no other claim shows."""
    letters: dict[str, Any]
    """The letters that a passage is from; a network of some letters declares the others too."""

    @classmethod
    def of(cls, network: nx.MultiDiGraph) -> Reading:
        """Raises AnalysisError when a claim names a modality or letter that the network does not declare."""
        nodes = sorted(network, key=lambda node: (_folded(network.nodes[node]["label"]), node))
        rank = {node: i for i, node in enumerate(nodes)}
        edges = list(network.edges(keys=True, data=True))
        nth = {modality: i for i, modality in enumerate(network.graph["modalities"])}
        _declared("has modality", nth, ((iri, a["modality"]) for _, _, iri, a in edges))
        ordered = sorted(
            (rank[u], rank[v], nth[a["modality"]], _DRAWN_AS.get(a["origin"], 0), a["relation"], iri, u, v, a)
            for u, v, iri, a in edges
        )
        claims = [(u, v, iri, a) for *_, iri, u, v, a in ordered]
        rows = {claim[2]: i for i, claim in enumerate(claims)}
        derived = [i for i, (*_, a) in enumerate(claims) if "derivation" in a]
        passages: list[Sequence[Passage]] = [a["evidence"] for *_, a in claims]
        for i in derived:
            passages[i] = [*passages[i], *(piece for piece in _said(claims[i][3]) if piece["claim"] not in rows)]
        letters = network.graph["letters"]
        cited = {piece["letter"] for pieces in passages for piece in pieces}
        if not cited <= letters.keys():
            named = ((claim[2], piece["letter"]) for claim, own in zip(claims, passages, strict=True) for piece in own)
            _declared("names letter", letters, named)
        shown = {letter: words for letter, words in letters.items() if letter in cited}
        return cls(nodes, rank, claims, rows, derived, Counter(claim[:4] for claim in ordered), passages, shown)


def _declared(names: str, keys: Iterable[str], used: Iterable[tuple[str, str]]) -> None:
    for claim, key in used:
        if key not in keys:
            raise AnalysisError(f"{claim} {names} {key!r}; the network declares: {', '.join(keys)}.")


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
