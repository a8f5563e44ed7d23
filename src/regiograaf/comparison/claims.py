"""Which claims several letters make alike, and which one makes alone: template or own.

Claims of two letters are one template when they are the same once each letter's own region is taken out: the same
content (subject, relation, object, modality, denial, speaker, addressee, period, quantities, where an entity named
after the region counts as that of the other), or the same paraphrase with the same speaker, relation, modality and
denial, as `regiograaf.views` has it. Every other claim is a letter's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from regiograaf.claims import Claim
from regiograaf.comparison.texts import REGION, Swap

__all__ = ["Letter", "Said", "match", "themes"]


@dataclass(frozen=True)
class Letter:
    """The claims of one letter; `own` are the IRIs of the letter itself and of its region."""

    swap: Swap
    claims: tuple[Claim, ...]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that letters say: the claims that say it, by letter."""

    claims: tuple[tuple[Claim, ...], ...]

    @property
    def holders(self) -> tuple[int, ...]:
        """The letters that say it, by their place."""
        return tuple(place for place, of in enumerate(self.claims) if of)

    @property
    def kind(self) -> Literal["template", "own"]:
        return "template" if len(self.holders) > 1 else "own"

    @property
    def first(self) -> Claim:
        return next(claim for of in self.claims for claim in of)


def match(letters: Sequence[Letter], labels: Mapping[str, str]) -> tuple[Said, ...]:
    """What the letters say, each thing once: first what most say, then in the order of the letters and their texts."""
    keys: dict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    for t, letter in enumerate(letters):
        for n, claim in enumerate(letter.claims):
            keys["content", *_content(claim, letter, labels)].append((t, n))
            if (paraphrase := _paraphrase(claim, letter)) is not None:
                keys["paraphrase", *paraphrase].append((t, n))
    root = {(t, n): (t, n) for t, letter in enumerate(letters) for n in range(len(letter.claims))}

    def top(item: tuple[int, int]) -> tuple[int, int]:
        while root[item] != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    for alike in keys.values():
        for other in alike[1:]:
            one, two = sorted((top(alike[0]), top(other)))
            root[two] = one
    groups: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for item in sorted(root):
        groups[top(item)].append(item)
    found = [
        Said(tuple(tuple(letters[t].claims[n] for u, n in items if u == t) for t in range(len(letters))))
        for items in groups.values()
    ]
    return tuple(sorted(found, key=lambda said: (-len(said.holders), said.holders, _begin(said), said.first.iri)))


def _begin(said: Said) -> int:
    return min(piece.begin for piece in said.first.evidence)


def _content(claim: Claim, letter: Letter, labels: Mapping[str, str]) -> tuple[object, ...]:
    def swapped(iri: str | None) -> str:
        if iri is None or str(iri) in letter.own:
            return "" if iri is None else REGION
        label = labels.get(str(iri), "")
        return letter.swap.plain(label) if letter.swap.holds(label) else str(iri)

    return (
        swapped(claim.subject),
        str(claim.predicate),
        swapped(claim.object),
        str(claim.modality),
        claim.denied,
        swapped(claim.speaker),
        swapped(claim.addressee),
        str(claim.period.iri) if claim.period else "",
        *sorted(str(quantity.iri) for quantity in claim.quantities),
    )


def _paraphrase(claim: Claim, letter: Letter) -> tuple[object, ...] | None:
    text = next((str(text) for text in claim.paraphrases if text.language in ("nl", None)), "")
    if not text:
        return None
    return str(claim.speaker), str(claim.predicate), str(claim.modality), claim.denied, letter.swap.plain(text)


def themes(said: Iterable[Said]) -> dict[str, tuple[tuple[int, int], ...]]:
    """For each theme, by letter: how many things it says on it, and how many of these no other letter says."""
    counts: dict[str, list[list[int]]] = {}
    for one in said:
        for theme in sorted({str(theme) for of in one.claims for claim in of for theme in claim.themes}):
            row = counts.setdefault(theme, [[0, 0] for _ in one.claims])
            for place, of in enumerate(one.claims):
                if any(str(t) == theme for claim in of for t in claim.themes):
                    row[place][0] += 1
                    row[place][1] += one.kind == "own"
    return {theme: tuple((a, b) for a, b in row) for theme, row in sorted(counts.items())}
