"""Entities by a measure, with how sure each place is; and what changes when intentions come true."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from regiograaf.analysis import brokers, central, cuts, holes, shortest, twomode
from regiograaf.analysis.measures import MEASURES
from regiograaf.analysis.numbers import cleaned
from regiograaf.analysis.rows import Change, Rank
from regiograaf.analysis.taking import take
from regiograaf.analysis.ties import Floats, Said, Ties
from regiograaf.errors import AnalysisError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["GROUPS", "compare", "rank", "scores"]

GROUPS = ("region", "layer")
"""What entities can be grouped by for the measures of brokerage."""
GOVERNMENT = ("rijk", "provincie", "regio", "gemeente")
"""The layers that are layers of government; programmes, partners and subjects are between or beside them."""

_TIED: Mapping[str, Callable[[Ties], Floats]] = {
    "degree": central.degree,
    "strength": central.strength,
    "betweenness": shortest.betweenness,
    "closeness": shortest.closeness,
    "eigenvector": central.eigenvector,
    "pagerank": central.pagerank,
    "core": central.core,
    "constraint": holes.constraint,
    "effective-size": holes.effective_size,
    "articulation": cuts.articulation,
    "bridges": cuts.bridge_count,
}
_TWO_MODE: Mapping[str, Callable[[Ties, Any], Floats]] = {
    "two-mode-degree": twomode.two_mode_degree,
    "two-mode-closeness": twomode.two_mode_closeness,
    "two-mode-betweenness": twomode.two_mode_betweenness,
}
_ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")


def rank(
    network: nx.Graph,
    *,
    by: str = "betweenness",
    view: str = "all",
    weighing: str = "claims",
    modalities: Collection[str] | None = None,
    without_senders: bool = False,
    groups: str | Mapping[str, str] | None = None,
    ranges: bool | None = None,
) -> list[Rank]:
    """Order entities by one of MEASURES, in its own direction (`first`).

    `view` and `weighing` are those of `views` (the measures of two modes take actors-programmes by themselves), only
    claims of `modalities` count, and `without_senders` leaves out whoever wrote a letter. `groups` is for brokerage
    (by itself between regions) and its roles (by themselves between layers of government): "region", "layer", or a
    group for each entity that has one. With `ranges` each letter in turn is left out; None does so where there are at
    most taking.LETTERS letters.

    Returns a Rank for every node for which the measure is defined (constraint is not for who has no ties). Equal
    scores share a place and come in the order of their IRIs. An empty network gives [].

    Raises AnalysisError for a measure, view, weighing, modality or grouping that does not exist, and for a network
    that the measure is not defined on.
    """
    if by not in MEASURES:
        raise AnalysisError(f'no measure "{by}". Use one of: {", ".join(MEASURES)}.')
    if by in _TWO_MODE and view == "all" and _sideless(network):
        view = "actors-programmes"
    taken = take(
        network,
        view=view,
        weighing=weighing,
        modalities=modalities,
        without_senders=without_senders,
        ranges=ranges,
    )
    said = taken.said
    found = _cleaned(said, by, groups)
    ranges_of = _Ranges(taken.left_out.values(), by, groups)
    rows = []
    for number, place in _placed(found, by).items():
        node = said.nodes[number]
        claims, letters = said.about(node)
        label, kind = _names(said, node)
        rows.append(Rank(place, node, label, kind, found[number], *ranges_of.of(node), len(letters), claims))
    return rows


def compare(
    network: nx.MultiDiGraph,
    before: Collection[str] = ("bestaand",),
    after: Collection[str] = ("voorgenomen",),
    *,
    by: str = "betweenness",
    view: str = "all",
    weighing: str = "claims",
    without_senders: bool = False,
    groups: str | Mapping[str, str] | None = None,
) -> list[Change]:
    """What changes in a ranking when the claims of the modalities `after` come true beside those of `before`.

    Both are taken among the same entities: those that a claim of either speaks of. Rows come in the order of how much
    the score changes, most first, then of IRIs; who keeps both place and score is left out.

    Raises AnalysisError as `rank`, and when `after` adds nothing to `before`.
    """
    added = [modality for modality in after if modality not in before]
    if by not in MEASURES:
        raise AnalysisError(f'no measure "{by}". Use one of: {", ".join(MEASURES)}.')
    if not added or not before:
        raise AnalysisError("compare needs modalities to begin with and others to add. Name one of each at least.")
    if by in _TWO_MODE and view == "all" and _sideless(network):
        view = "actors-programmes"

    def taken(modalities: Collection[str], nodes: Mapping[str, Mapping[str, Any]] | None = None) -> Said:
        return take(
            network,
            view=view,
            weighing=weighing,
            modalities=modalities,
            without_senders=without_senders,
            ranges=False,
            nodes=nodes,
        ).said

    later = taken([*before, *added])
    earlier = taken(before, later.attributes)
    old, new = _cleaned_alike([earlier, later], by, groups)
    old_places, new_places = _placed(old, by), _placed(new, by)
    rows = []
    for number, node in enumerate(later.nodes):
        was, now = old_places.get(number), new_places.get(number)
        if was == now and (old[number] == new[number] or now is None):
            continue
        claims = set(later.about(node)[0]) - set(earlier.about(node)[0])
        label, kind = _names(later, node)
        rise = was - now if was and now else None
        scored = [None if math.isnan(score) else score for score in (old[number], new[number])]
        rows.append(Change(node, label, kind, was, now, rise, scored[0], scored[1], tuple(sorted(claims))))
    rows.sort(key=lambda row: (-abs((row.score_after or 0) - (row.score_before or 0)), row.entity))
    return rows


def scores(said: Said, by: str, groups: str | Mapping[str, str] | None = None) -> Floats:
    """The score of each node by a measure, in the order of `said.nodes`; nan where it is not defined."""
    if by in _TIED:
        return _TIED[by](said.ties())
    if by in _TWO_MODE:
        side = twomode.sides(said)
        return _TWO_MODE[by](said.ties(), side)
    named = _groups(said, groups or ("region" if by == "brokerage" else "layer"))
    if by == "brokerage":
        return brokers.brokered(said.ties(), named)
    return np.asarray(brokers.played(said.arcs(), named)[_ROLES.index(by)], float)


def _sideless(network: nx.Graph) -> bool:
    return network.is_multigraph() and any(side is None for _, side in network.nodes(data="bipartite"))


def _groups(said: Said, groups: str | Mapping[str, str]) -> list[str]:
    if not isinstance(groups, str):
        return [groups.get(node, "") for node in said.nodes]
    if groups not in GROUPS:
        raise AnalysisError(f'no grouping "{groups}". Use one of: {", ".join(GROUPS)}.')
    found = [str(said.attributes[node].get(groups, "")) for node in said.nodes]
    return found if groups == "region" else [layer if layer in GOVERNMENT else "" for layer in found]


def _names(said: Said, node: str) -> tuple[str, str]:
    attributes = said.attributes[node]
    return attributes.get("label", node), attributes.get("kind_label", "")


def _cleaned(said: Said, by: str, groups: str | Mapping[str, str] | None) -> list[float]:
    return _cleaned_alike([said], by, groups)[0]


def _cleaned_alike(several: Sequence[Said], by: str, groups: str | Mapping[str, str] | None) -> list[list[float]]:
    """The scores of each, rounded alike, so that those of one can be compared with those of another."""
    found = [scores(said, by, groups) if said.nodes else np.zeros(0) for said in several]
    largest = max(float(np.nanmax(row, initial=0)) for row in found)
    return [[cleaned(score, largest) for score in row.tolist()] for row in found]


def _placed(found: Sequence[float], by: str) -> dict[int, int]:
    """The place of each node (by its number) for which the measure is defined, best first, equals in their order."""
    sign = 1 if MEASURES[by].first == "lowest" else -1
    numbers = [number for number, score in enumerate(found) if not math.isnan(score)]
    numbers.sort(key=lambda number: sign * found[number])
    places: dict[int, int] = {}
    for index, number in enumerate(numbers):
        same = index and found[numbers[index - 1]] == found[number]
        places[number] = places[numbers[index - 1]] if same else index + 1
    return places


class _Ranges:
    """Lowest and highest score and place of each node when each letter in turn is left out.

    Who no other letter speaks of then has score 0 and the place of that score. For whom the measure is not defined
    stands behind all others without a score, and so does who is not spoken of where the lowest come first.
    """

    def __init__(self, parts: Iterable[Said], by: str, groups: str | Mapping[str, str] | None) -> None:
        self.gone = math.nan if MEASURES[by].first == "lowest" else 0.0
        self.runs = []
        for part in parts:
            found = _cleaned(part, by, groups)
            places = _placed(found, by)
            behind = 1 + (len(places) if math.isnan(self.gone) else sum(score > 0 for score in found))
            known = {node: (found[number], places.get(number, behind)) for number, node in enumerate(part.nodes)}
            self.runs.append((known, behind))

    def of(self, node: str) -> tuple[float | None, float | None, int | None, int | None]:
        if not self.runs:
            return None, None, None, None
        found = [known.get(node, (self.gone, behind)) for known, behind in self.runs]
        scores = [score for score, _ in found if not math.isnan(score)]
        places = [place for _, place in found]
        return min(scores, default=None), max(scores, default=None), min(places), max(places)
