"""What a figure shows: nodes with their size and name, lines with the claims they stand for, and the words for both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from regiograaf.maps.paper.lettering import LEADING, printable, width, wrapped
from regiograaf.maps.paper.marks import STYLES
from regiograaf.maps.paper.words import WORDS

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]

__all__ = ["SMALLEST", "Line", "Name", "Plan"]

SMALLEST = 7.0
"""Points: no text is smaller."""
NAME, WORD = 84.0, 130.0
"""How wide a name is at that size, and how wide a word in it may be before it is broken."""
MANY = 150
"""From so many nodes on they are drawn a little smaller."""
THERE = {"bestaand", "onbekend"}
"""Statuses of what is not drawn dashed."""


@dataclass(frozen=True, slots=True)
class Line:
    """The claims that one drawn line stands for."""

    source: str
    target: str
    modality: str
    origin: str
    denied: bool
    claims: tuple[Mapping[str, Any], ...]

    @property
    def symmetric(self) -> bool:
        return all(claim.get("symmetric", False) for claim in self.claims)

    @property
    def marked(self) -> bool:
        """Whether its middle carries a mark."""
        return self.denied or self.origin != "claim"


@dataclass(frozen=True, slots=True)
class Name:
    """Text as it is set: its lines, the size of the font, what it takes."""

    lines: tuple[str, ...]
    size: float
    wide: float
    high: float


class Plan:
    """A network as it is drawn in one language; `between` says how central each node is, in [0, 1].

    What a letter denies and what no letter says have lines of their own: nobody can click on paper to see what else
    a line stands for.
    """

    def __init__(self, network: nx.MultiDiGraph, between: Mapping[str, float], language: str) -> None:
        self.network, self.between, self.language = network, between, language
        self.words: Mapping[str, Any] = WORDS[language]
        self.modalities: Mapping[str, Mapping[str, str]] = network.graph["modalities"]
        self.nodes: list[str] = sorted(network)
        self.lines = self._gathered()
        self.degree = Counter(end for line in self.lines for end in {line.source, line.target})
        self.radius = {node: self._radius(node) for node in self.nodes}
        self.names = {node: self.set(self.label(node), SMALLEST + 3.5 * self._weight(node)) for node in self.nodes}
        self.ranked = sorted(self.nodes, key=lambda node: (-self.radius[node], -self.degree[node], node))
        """The largest first."""
        self.rank = {node: i for i, node in enumerate(self.ranked)}

    def _gathered(self) -> list[Line]:
        order = list(self.modalities)
        found: dict[tuple[str, str, int, str, bool], list[Mapping[str, Any]]] = {}
        for source, target, _, claim in sorted(self.network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
            key = (source, target, order.index(claim["modality"]), claim["origin"], bool(claim["denied"]))
            found.setdefault(key, []).append(claim)
        return [
            Line(source, target, order[modality], origin, denied, tuple(claims))
            for (source, target, modality, origin, denied), claims in sorted(found.items(), key=lambda item: item[0])
        ]

    def family(self, node: str) -> str:
        return str(self.network.nodes[node]["family"])

    def subject(self, node: str) -> bool:
        return self.family(node) == "onderwerp"

    def there(self, node: str) -> bool:
        """Whether it exists, as far as the letters tell."""
        return self.network.nodes[node].get("status", "") in THERE

    def _weight(self, node: str) -> float:
        # Subjects are many and are what things are about, not who acts: they stay small, as on the page.
        if self.subject(node):
            return sqrt(self.degree[node] / self._busiest / 2)
        return sqrt(self.between[node])

    @cached_property
    def _busiest(self) -> int:
        return max(self.degree.values(), default=1)

    def _radius(self, node: str) -> float:
        least, more = (2.2, 3.4) if self.subject(node) else (2.9, 7.5)
        return (least + more * self._weight(node)) * (0.85 if len(self.nodes) > MANY else 1.0)

    def label(self, node: str) -> str:
        attributes = self.network.nodes[node]
        english = attributes.get("label_en", "") if self.language == "en" else ""
        return printable(english or attributes["label"]) or printable(node)

    def verbs(self, line: Line) -> list[str]:
        """The relations that a line stands for, each once."""
        key = "relation_en" if self.language == "en" else "relation"
        return list(dict.fromkeys(printable(claim[key]) for claim in line.claims))

    def modality(self, key: str) -> str:
        return printable(self.modalities[key][self.language])

    def style(self, key: str) -> str:
        """The stroke of a modality; one that nobody can draw is drawn solid."""
        style = self.modalities[key]["style"]
        return style if style in STYLES else "solid"

    @cached_property
    def styles(self) -> dict[str, list[str]]:
        """The strokes that occur, each with the modalities that it stands for here."""
        occurring = {line.modality for line in self.lines}
        found: dict[str, list[str]] = {}
        for key in self.modalities:
            if key in occurring:
                found.setdefault(self.style(key), []).append(key)
        return found

    @cached_property
    def letters(self) -> dict[str, Mapping[str, Any]]:
        """The letters that what is drawn rests on; a network of some letters declares the others too."""
        cited: set[str] = set()
        for claim in (claim for line in self.lines for claim in line.claims):
            cited.update(piece["letter"] for piece in claim["evidence"])
            steps = [claim["derivation"]] if "derivation" in claim else []
            for step in steps:
                steps.extend(step["premises"])
                cited.update(piece["letter"] for piece in step["said"])
        return {key: letter for key, letter in self.network.graph["letters"].items() if key in cited}

    def set(self, text: str, size: float, part: float = 1.0) -> Name:
        """Text as lines of a font size, `part` as wide as usual, and what they take with a hair around, in tenths."""
        size = round(size, 1)
        lines = wrapped(text, size, NAME * part * size / SMALLEST, WORD * size / SMALLEST)
        wide = max((width(line, size) for line in lines), default=0.0)
        return Name(tuple(lines), size, ceil(10 * wide + 20) / 10, ceil(10 * len(lines) * size * LEADING + 10) / 10)

    def of_node(self, node: str) -> str:
        """A node in words."""
        attributes = self.network.nodes[node]
        kind = printable(attributes.get("kind_label_en" if self.language == "en" else "kind_label", ""))
        absent = "" if self.there(node) else self.words["absent"]
        return " – ".join(filter(None, (self.label(node), kind, absent)))

    def of_line(self, line: Line) -> str:
        """A line in words."""
        claim = f"{self.label(line.source)} {'; '.join(self.verbs(line))} {self.label(line.target)}"
        marks = [self.words["origins"][line.origin]] if line.origin in self.words["origins"] else []
        return f"{claim} – {', '.join([self.modality(line.modality), *[self.words['denied']] * line.denied, *marks])}"

    def count(self, thing: str, number: int) -> str:
        """A number with its noun, as in "1.053 relaties"."""
        figures = f"{number:,}"
        if self.language == "nl":
            figures = figures.replace(",", ".")
        return f"{figures} {self.words[thing][number != 1]}"

    def listed(self, words: list[str]) -> str:
        """Words as a list in a sentence: "a, b of c"."""
        *most, last = words
        return f"{', '.join(most)} {self.words['or']} {last}" if most else last
