"""The report of a build, in Dutch: the story of the letters with figures, every number computed from the build.

`report` gives it as Markdown, as one HTML page, and as the figures beside these. No sentence stands there that the
data do not carry: what is nothing, one or many is said as such, and what the data lack is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regiograaf import plots
from regiograaf.dataset import Build
from regiograaf.errors import AnalysisError
from regiograaf.report import centre, certainty, letters, states, subjects
from regiograaf.report.blocks import Block, Folded, Plot, Section
from regiograaf.report.figures import Draw, Figures
from regiograaf.report.markdown import markdown
from regiograaf.report.material import Material
from regiograaf.report.measured import Measured, from_json, measure, to_json
from regiograaf.report.page import page
from regiograaf.report.summary import lead, summary

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["KINDS", "Measured", "Report", "from_json", "measure", "plot", "report", "sections", "to_json"]

TITLE = "Regiograaf: wat de brieven zeggen"


@dataclass(frozen=True)
class Report:
    """A report in each of its forms; `figures` are SVG texts by name."""

    markdown: str
    html: str
    figures: Mapping[str, str]


def report(
    build: Build,
    network: nx.MultiDiGraph,
    names: Mapping[str, str],
    *,
    measured: Measured | None = None,
    draw: Draw = plots.draw,
) -> Report:
    """The report of a build.

    `network` is that of `projection.project`, `names` gives the Dutch label of every IRI; `measured` are the measures
    of this network where they are known already, `draw` is `plots.draw` or one that keeps what it has drawn.
    """
    m = Material(build, network, names)
    found = sections(m, measured or measure(network), Figures(draw, m))
    source = Figures(draw, m).source
    drawn = {plot.name: plot.svg for section in found for plot in _plots(section)}
    return Report(markdown(TITLE, lead(m), found, source), page(TITLE, lead(m), found, m, source), drawn)


def plot(build: Build, network: nx.MultiDiGraph, names: Mapping[str, str], kind: str, draw: Draw = plots.draw) -> str:
    """One figure of the report as SVG text; `kind` is one of KINDS.

    Raises AnalysisError for another kind, and when the letters say nothing to draw.
    """
    if kind not in KINDS:
        raise AnalysisError(f'no figure "{kind}". Use one of: {", ".join(KINDS)}.')
    m = Material(build, network, names)
    section = KINDS[kind](m, Figures(draw, m))
    found = [] if section is None else _plots(section)
    if not found:
        raise AnalysisError(f"the letters say nothing to draw as {kind}. Draw another figure: {', '.join(KINDS)}.")
    return found[0].svg


KINDS: Mapping[str, Callable[[Material, Figures], Section | None]] = {
    "modalities": letters.existence,
    "programmes": lambda m, figures: subjects.programmes(m, figures, subjects.COLUMNS),
    "themes": subjects.themes,
    "timeline": subjects.times,
}
"""Figures that can be had one by one; that of a ranking comes with the ranking."""


def sections(m: Material, measured: Measured, figures: Figures) -> tuple[Section, ...]:
    """The parts of a report that have something to say, in their order."""
    found = (
        summary(m, measured),
        letters.letters(m),
        letters.existence(m, figures),
        letters.shared(m),
        centre.middle(m, measured, figures),
        centre.changes(m, measured),
        centre.brokers(m, measured),
        centre.groups(m, measured),
        subjects.programmes(m, figures),
        subjects.themes(m, figures),
        subjects.times(m, figures),
        states.not_there(m),
        states.amounts(m),
        states.disagreements(m),
        certainty.certainty(m, measured),
    )
    return tuple(section for section in found if section is not None)


def _plots(block: Block) -> list[Plot]:
    if isinstance(block, Plot):
        return [block]
    return [plot for inner in block.blocks for plot in _plots(inner)] if isinstance(block, Section | Folded) else []
