"""Figures of a report: who draws them, and the source line that each carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from regiograaf.plots import Modality
from regiograaf.report.blocks import Plot
from regiograaf.report.dutch import count
from regiograaf.report.material import Material

__all__ = ["Draw", "Figures"]


class Draw(Protocol):
    """`plots.draw`, or one that keeps what it has drawn."""

    def __call__(self, kind: str, *rows: Any, **settings: Any) -> str: ...


@dataclass(frozen=True)
class Figures:
    """Draws the figures of one report; the name of each is the name of its file."""

    draw: Draw
    material: Material

    @property
    def source(self) -> str:
        version = self.material.network.graph.get("version", "")
        data = f"regiograaf, data {version}" if version else "regiograaf"
        letters = count(len(self.material.letters), "brief", "brieven")
        return f"Bron: {data}; {letters}, {count(len(self.material.rows), 'bewering', 'beweringen')}."

    def plot(self, kind: str, *rows: Any, name: str, title: str, **settings: Any) -> Plot:
        svg = self.draw(kind, *rows, title=title, source=self.source, name=name, language="nl", **settings)
        return Plot(name, svg, title)

    def modality(self, key: str) -> Modality:
        return Modality(key, self.material.word(key), self.material.style(key))
