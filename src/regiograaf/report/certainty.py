"""How sure all this is: what was checked, who encoded it, and how much hangs on one letter."""

from __future__ import annotations

from datetime import date

from rdflib.namespace import DCTERMS, RDFS

from regiograaf.analysis import MEASURES
from regiograaf.namespaces import GRAPH, PROV
from regiograaf.report.blocks import Block, Items, Link, Note, Paragraph, Section, Table, text
from regiograaf.report.dutch import count, day, number, upper
from regiograaf.report.material import Material
from regiograaf.report.measured import Measured

__all__ = ["certainty"]

FIRST = 10
_DOI = "https://doi.org/"


def certainty(m: Material, measured: Measured) -> Section:
    """What stands behind the numbers of the report, and what does not."""
    pieces = sum(len(row.places) for row in m.rows)
    checked = m.build.quoted
    if checked:
        sentence = (
            f"{number(checked)} van de {count(pieces, 'vindplaats is', 'vindplaatsen zijn')} nagekeken in de tekst."
        )
    else:
        sentence = "De teksten van de brieven waren niet bij de hand: geen vindplaats is in deze bouw nagekeken."
    blocks: list[Block] = [
        Paragraph(
            text(
                "Elke bewering heeft een vindplaats: brief, sectie en een paar woorden. {checked}",
                checked=sentence,
            )
        ),
        *_robust(m, measured),
        *_encoding(m),
        _facts(m),
        Paragraph(("De definities van de maten staan in:",)),
        Items(
            tuple(
                text(
                    "{measure}: {doi}",
                    measure=upper(measure.label),
                    doi=Link(f"doi:{measure.source}", _DOI + measure.source),
                )
                for measure in (MEASURES["betweenness"], MEASURES["brokerage"])
            )
        ),
    ]
    return Section("zekerheid", "Hoe zeker is dit?", tuple(blocks))


def _robust(m: Material, measured: Measured) -> list[Block]:
    """How many of the first places stay when a letter is left out, or templates count once."""
    first = [row for row in measured.central if row.score][:FIRST]
    blocks: list[Block] = []
    ranged = [row for row in first if row.worst is not None]
    if len(first) < FIRST:
        return []
    if ranged:
        stay = [row for row in ranged if row.worst is not None and row.worst <= len(first)]
        sentence = (
            f"Van de eerste {len(first)} in tussenligging {'blijft' if len(stay) == 1 else 'blijven'} er {len(stay)} "
            f"bij de eerste {len(first)}, welke brief je ook weglaat."
        )
        blocks.append(Paragraph((sentence,)))
    others = {row.entity for row in measured.templates[: len(first)]}
    if len({region for letter in m.letters for region in letter.regions}) > 1:
        same = sum(row.entity in others for row in first)
        sentence = (
            "Telt wat een afzender in dezelfde woorden aan meer regio’s schrijft samen als één bewering, dan "
            f"{'staat' if same == 1 else 'staan'} {same} van die {len(first)} nog bij de eerste {len(first)}."
        )
        blocks.append(Paragraph((sentence,)))
    if ranged:
        note = "Een bereik zegt hoe een getal verandert als je telkens één brief weglaat; het is geen foutmarge."
        blocks.append(Note((note,)))
    return blocks


def _encoding(m: Material) -> list[Block]:
    """What the data say of how they were made."""
    graph = sorted(m.build.graphs.get(GRAPH["codering"], ()), key=str)
    labels = {s: str(o) for s, p, o in graph if p == RDFS.label and getattr(o, "language", "") == "nl"}
    comments = {s: str(o) for s, p, o in graph if p == RDFS.comment and getattr(o, "language", "") == "nl"}
    dates = {s: str(o) for s, p, o in graph if p == DCTERMS.date}
    by = {s: o for s, p, o in graph if str(p) == f"{PROV}wasAssociatedWith"}
    agents = sorted(set(by.values()), key=str)
    if not labels:
        return []
    items = []
    for activity in sorted((s for s in labels if s not in agents), key=str):
        words = labels[activity]
        words += f", {day(date.fromisoformat(dates[activity]))}" if activity in dates else ""
        words += f", door {labels.get(by[activity], m.label(by[activity]))}" if activity in by else ""
        items.append((words,))
    blocks: list[Block] = [Paragraph(("Zo is gecodeerd, volgens de gegevens zelf:",)), Items(tuple(items))]
    blocks += [
        Note((f"{labels.get(agent, m.label(agent))}: {comments[agent]}",)) for agent in agents if agent in comments
    ]
    return blocks


def _facts(m: Material) -> Table:
    unknown = sum(status == "onbekend" for status in m.status.values())
    graphs = m.build.graphs
    sizes = {name: len(graphs.get(GRAPH[name], ())) for name in ("asserted", "inferred", "inferred-achtergrond")}
    rows = (
        ("entiteiten waarover een bewering gaat", number(len(m.status))),
        ("daarvan: de brieven zeggen niet of het bestaat", number(unknown)),
        ("feiten: bestaand volgens een brief, en niet tegengesproken", number(sizes["asserted"])),
        ("feiten die daaruit volgen", number(sizes["inferred"])),
        ("daarvan: alleen met achtergrondkennis", number(sizes["inferred-achtergrond"])),
    )
    return Table("De graaf achter dit verslag", ("wat", "aantal"), rows, frozenset({1}))
