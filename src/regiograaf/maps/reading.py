"""The claims of a network as a page shows them: in reading order, on their lines, with the passages of each."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
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
_NAMES = (
    *("modality", "origin", "relation", "relation_en", "predicate", "denied", "themes", "period", "speaker"),
    *("paraphrase", "paraphrase_en", "evidence", "derivation", "dates", "quantities", "present"),
)
_REQUIRED, _OPTIONAL = itemgetter(*_NAMES[:12]), _NAMES[12:]


@dataclass(frozen=True)
class Reading:
    """What a page shows of a network, in its order."""

    nodes: list[str]
    """Sorted by label."""
    rank: dict[str, int]
    """Node -> its place in `nodes`."""
    claims: list[Claim]
    """Sorted by the labels of their ends, then by line."""
    said: dict[str, Sequence[Any]]
    """What stands with the claims, by its name: one value per claim, None where there is none."""
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
        # Each claim is looked at once, and without the views of networkx, which take three times as long.
        edges = [
            (u, v, iri, a, (*_REQUIRED(a), *map(a.get, _OPTIONAL)))
            for u, targets in network.adjacency()
            for v, between in targets.items()
            for iri, a in between.items()
        ]
        nth = {modality: i for i, modality in enumerate(network.graph["modalities"])}
        _declared("has modality", nth, [edge[4][0] for edge in edges], [edge[2] for edge in edges])
        ordered = sorted(
            [
                (rank[u], rank[v], nth[said[0]], _DRAWN_AS.get(said[1], 0), said[2], iri, u, v, a, said)
                for u, v, iri, a, said in edges
            ]
        )
        said = _columns([claim[9] for claim in ordered])
        claims = [(u, v, iri, a) for _, _, _, _, _, iri, u, v, a, _ in ordered]
        rows = {claim[2]: i for i, claim in enumerate(claims)}
        derived = [i for i, derivation in enumerate(said["derivation"]) if derivation]
        passages: list[Sequence[Passage]] = list(said["evidence"])
        for i in derived:
            passages[i] = [*passages[i], *(piece for piece in _said(claims[i][3]) if piece["claim"] not in rows)]
        letters = network.graph["letters"]
        named = [piece["letter"] for pieces in passages for piece in pieces]
        by = (claim[2] for claim, pieces in zip(claims, passages, strict=True) for _ in pieces)
        cited = _declared("names letter", letters, named, by)
        shown = {letter: words for letter, words in letters.items() if letter in cited}
        lines = Counter([claim[:4] for claim in ordered])
        return cls(nodes, rank, claims, said, rows, derived, lines, passages, shown)


def _columns(rows: Sequence[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    columns = zip(*rows, strict=True) if rows else [()] * len(_NAMES)
    return dict(zip(_NAMES, columns, strict=True))


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
