"""What the network says: who is linked to many, who stands between, who joins regions and layers of government.

Network in, rows out; networks are not changed. `network` is that of `projection.project` (one edge for each claim), of
one of its views, or a simple weighted one (`projection.collapse`), for which neither claims nor letters are known and
which therefore has no ranges. All take the same options: `view` and `weighing` (names in `views`), `modalities`,
`without_senders`, and `ranges` (leave each letter out in turn).

- `rank(network, by="betweenness", groups="region")` -> list[Rank]: entities by one of MEASURES, each with the range
  when letters are left out and the claims behind it. `groups` ("region" or "layer") is for brokerage and its roles.
- `compare(network, before=("bestaand",), after=("voorgenomen",), by=…)` -> list[Change]: what changes in a ranking
  when what is intended comes true; `after` is added to `before`.
- `communities(network)` -> Communities: groups that are linked more among themselves, with their stability.
- `paths(network, start, end)` -> list[Path]: all shortest paths by distance, with the claims of each step.
- `figures(network)` -> list[Figure]: density in and between layers, reciprocity, assortativity, and more such.
- `bridges(network)` -> list[Tie]: ties without which the network falls apart.
- `brokerage(network, groups)`, `roles(network, groups)`: Gould and Fernandez, by node.

`MEASURES[name]` and `FIGURES[name]` say what a number means (`label`, `meaning`, `label_en`, `meaning_en`), on which
network it is taken and where it is defined. SENDER_BIAS and SENDER_BIAS_EN are the sentence that every ranking needs.
docs/measures.md has all of it as a table.
"""

from __future__ import annotations

from regiograaf.analysis.brokers import brokerage, regions_of, roles
from regiograaf.analysis.cuts import bridges
from regiograaf.analysis.groups import communities
from regiograaf.analysis.measures import FIGURES, MEASURES, SENDER_BIAS, SENDER_BIAS_EN, VERSION, Measure
from regiograaf.analysis.ranking import GROUPS, compare, rank, scores
from regiograaf.analysis.routes import paths
from regiograaf.analysis.rows import Change, Communities, Community, Figure, Path, Rank, Roles, Step, Tie
from regiograaf.analysis.ties import Said, Ties
from regiograaf.analysis.whole import figures

__all__ = [
    "FIGURES",
    "GROUPS",
    "MEASURES",
    "SENDER_BIAS",
    "SENDER_BIAS_EN",
    "VERSION",
    "Change",
    "Communities",
    "Community",
    "Figure",
    "Measure",
    "Path",
    "Rank",
    "Roles",
    "Said",
    "Step",
    "Tie",
    "Ties",
    "bridges",
    "brokerage",
    "communities",
    "compare",
    "figures",
    "paths",
    "rank",
    "regions_of",
    "roles",
    "scores",
]
