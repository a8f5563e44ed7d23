"""What the measures give: plain rows, each with the claims behind it and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Change", "Communities", "Community", "Figure", "Path", "Rank", "Roles", "Step", "Tie"]


@dataclass(frozen=True, slots=True)
class Rank:
    """One row of a ranking.

    `low` and `high` are the lowest and highest score, `best` and `worst` the highest and lowest place when each letter
    in turn is left out; who no other letter speaks of then has score 0 and its place. All four are None where that was
    not done: with a single letter, or a network of `projection.collapse`. `letters` counts the letters behind `claims`:
    the IRIs, in order, of the claims that join the entity to others.
    """

    place: int
    entity: str
    label: str
    kind: str
    score: float
    low: float | None = None
    high: float | None = None
    best: int | None = None
    worst: int | None = None
    letters: int = 0
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one entity when the claims of more modalities come true.

    `before` and `after` are its places, `rise` is the number of places won (negative: lost); None where the measure is
    not defined for it. `claims` are the IRIs, in order, of the added claims that speak of the entity; where there are
    none, it moves only because others do.
    """

    entity: str
    label: str
    kind: str
    before: int | None
    after: int | None
    rise: int | None
    score_before: float | None
    score_after: float | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Community:
    """One community: who is in it, best linked inside first, and how sure that is.

    `names` are the labels of the three members best linked inside it. `inside` is the share of its members' ties, by
    weight, that stay inside. `stability` is how much of it, on average, the other runs find together: the Jaccard
    index with the community of each run that is most like it.
    """

    number: int
    size: int
    names: tuple[str, ...]
    members: tuple[str, ...]
    labels: tuple[str, ...]
    inside: float
    stability: float
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Communities:
    """A division of a network into communities, largest first.

    `stability` is the mean adjusted Rand index of every two of the `runs` runs. `low` and `high` are the lowest and
    highest adjusted Rand index of this division with the ones found when each letter in turn is left out.
    """

    rows: tuple[Community, ...]
    modularity: float
    runs: int
    stability: float
    low: float | None
    high: float | None

    def of(self) -> dict[str, int]:
        """The number of the community of each entity."""
        return {member: row.number for row in self.rows for member in row.members}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: from one entity to the next, and the IRIs of the claims that join them."""

    start: str
    end: str
    distance: float
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A shortest path. `rests_on` are the keys of the letters without which it is longer, or gone."""

    distance: float
    entities: tuple[str, ...]
    labels: tuple[str, ...]
    steps: tuple[Step, ...]
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A bridge: without it `cut_off` entities lose all contact with the rest of their part of the network."""

    start: str
    end: str
    labels: tuple[str, str]
    cut_off: int
    letters: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number about the whole network, or about one layer or two.

    `value` is None where it is not defined (nothing to divide by). `about` are the keys of the layers it is about,
    `count` and `possible` what was divided by what where it is a share. `low` and `high`: as in Rank.
    """

    name: str
    label: str
    label_en: str
    value: float | None
    low: float | None
    high: float | None
    about: tuple[str, ...] = ()
    count: float | None = None
    possible: float | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roles:
    """How often an entity is the middle of i -> middle -> k with no tie i -> k, by where the three belong."""

    coordinator: int
    consultant: int
    gatekeeper: int
    representative: int
    liaison: int
