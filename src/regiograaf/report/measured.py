"""The measures that a report speaks of, taken once and kept as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from regiograaf import analysis, views
from regiograaf.analysis import Change, Communities, Community, Figure, Rank

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["COMING", "VERSION", "Measured", "from_json", "measure", "to_json"]

VERSION = (analysis.VERSION, 2)
"""The second is raised with any change of what is measured here: what was kept of an older version is not used."""
TOP = 15
"""How many rows of a ranking are kept."""
COMING = ("in-ontwikkeling", "afgesproken", "voorgenomen")
"""Modalities of what is on its way; what they say comes true in the comparison."""


@dataclass(frozen=True)
class Measured:
    """Rankings by betweenness, of brokerage between regions and between layers, changes, communities and figures.

    `existing` counts only what exists; `alone` is without the senders of the letters, `templates` with what a sender
    tells several regions in the same words counted once; `changes` are what comes of the modalities COMING beside what
    exists.
    """

    central: tuple[Rank, ...]
    existing: tuple[Rank, ...]
    alone: tuple[Rank, ...]
    templates: tuple[Rank, ...]
    changes: tuple[Change, ...]
    regions: tuple[Rank, ...]
    regions_alone: tuple[Rank, ...]
    layers: tuple[Rank, ...]
    layers_alone: tuple[Rank, ...]
    communities: Communities
    figures: tuple[Figure, ...]


def measure(network: nx.MultiDiGraph) -> Measured:
    """All that a report needs, of the network of `projection.project`."""
    rank = analysis.rank
    coming = [modality for modality in COMING if modality in network.graph["modalities"]]
    changes = analysis.compare(network, ("bestaand",), coming) if coming and len(network) else []
    return Measured(
        tuple(rank(network)[:TOP]),
        tuple(rank(views.existing(network), ranges=False)[:TOP]),
        tuple(rank(network, without_senders=True)[:TOP]),
        tuple(rank(network, weighing="templates", ranges=False)[:TOP]),
        tuple(changes[:TOP]),
        tuple(rank(network, by="brokerage", groups="region")[:TOP]),
        tuple(rank(network, by="brokerage", groups="region", without_senders=True)[:TOP]),
        tuple(rank(network, by="brokerage", groups="layer")[:TOP]),
        tuple(rank(network, by="brokerage", groups="layer", without_senders=True)[:TOP]),
        analysis.communities(network),
        tuple(analysis.figures(network)),
    )


_KINDS: Mapping[str, type] = {"changes": Change, "figures": Figure}


def to_json(measured: Measured) -> str:
    return json.dumps(asdict(measured), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Measured:
    """What `to_json` wrote; raises an error of its own kind (ValueError, KeyError, TypeError) for anything else."""
    values: dict[str, Any] = json.loads(text)
    found: dict[str, Any] = {}
    for each in fields(Measured):
        value = values[each.name]
        if each.name == "communities":
            rows = tuple(Community(**_tuples(row)) for row in value["rows"])
            found[each.name] = Communities(**{**value, "rows": rows})
        else:
            kind = _KINDS.get(each.name, Rank)
            found[each.name] = tuple(kind(**_tuples(row)) for row in value)
    return Measured(**found)


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
