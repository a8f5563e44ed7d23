"""Above and below the drawing: title and counts; legend, source and what to know before believing one's eyes."""

from __future__ import annotations

from collections import Counter

from regiograaf.maps.paper.lettering import LEADING, printable, wrapped
from regiograaf.maps.paper.marks import Pen, element, number
from regiograaf.maps.paper.plan import SMALLEST, Plan
from regiograaf.prefixes import BASE

__all__ = ["description", "foot", "head", "legend"]

TITLE, COUNTS, ROW = 13.0, 8.0, 7.5
CITED = 8
"""So many letters are named in the source line."""
Part = tuple[list[str], float]


def head(plan: Plan, pen: Pen, title: str, across: float) -> Part:
    """Title and counts, drawn from y = 0; and how high they are."""
    lines = wrapped(title, TITLE, across - 4, bold=True)
    high = 2 + len(lines) * TITLE * LEADING
    parts = [pen.text(lines, (2, 2), TITLE, font_weight="bold")] if lines else []
    return [*parts, pen.text([_counts(plan)], (2, high + 1), COUNTS, "muted")], high + 16


def _counts(plan: Plan) -> str:
    """What is drawn, with what letters say apart from the rest."""
    origins = Counter(claim["origin"] for line in plan.lines for claim in line.claims)
    said = plan.count("claims", origins.pop("claim", 0))
    if plan.letters:
        said += f" {plan.words['from']} {plan.count('letters', len(plan.letters))}"
    others = [f"{plan.count('claims', origins[origin])} {_origin(plan, origin)}" for origin in sorted(origins)]
    return " · ".join([plan.count("nodes", len(plan.nodes)), said, *others])


def _origin(plan: Plan, origin: str) -> str:
    return f"({plan.words['origins'].get(origin, printable(origin))})"


def legend(plan: Plan, pen: Pen) -> list[tuple[str, list[tuple[str, str]]]]:
    """The columns of the legend, only of what occurs: heading, and rows of a sample around (0, 0) with its words."""
    families = {plan.family(node) for node in plan.nodes}
    kinds = [
        (pen.symbol(key, (0, 0), 4, there=True), printable(words[plan.language]))
        for key, words in plan.network.graph["families"].items()
        if key in families
    ]
    strokes = [
        (pen.sample_line(style), plan.listed([plan.modality(key) for key in keys]))
        for style, keys in plan.styles.items()
    ]
    columns = {"kinds": kinds, "strokes": strokes, "signs": _signs(plan, pen)}
    return [(plan.words[key], rows) for key, rows in columns.items() if rows]


def _signs(plan: Plan, pen: Pen) -> list[tuple[str, str]]:
    words, rows = plan.words, []
    origins = sorted({line.origin for line in plan.lines} - {"claim"})
    elsewhere = [words["origins"].get(origin, printable(origin)) for origin in origins if origin != "inferred"]
    if not all(map(plan.there, plan.nodes)):
        rows.append((pen.sample_outline(), words["dashed"]))
    if any(line.denied for line in plan.lines):
        rows.append((pen.sample_mark("claim", denied=True), words["cross"]))
    if "inferred" in origins:
        rows.append((pen.sample_mark("inferred", denied=False), words["dots"]))
    if elsewhere:
        rows.append((pen.sample_mark("query", denied=False), f"{words['ring']} {plan.listed(elsewhere)}"))
    if any(line.symmetric for line in plan.lines):
        rows.append((pen.sample_line("solid"), words["mutual"]))
    subjects = [node for node in plan.nodes if plan.subject(node)]
    if any(plan.between[node] for node in plan.nodes if node not in subjects):
        rows.append((pen.sample_sizes(), words["size"]))
    if len({plan.degree[node] for node in subjects}) > 1:
        rows.append((pen.sample_rings(), words["rings"]))
    return rows


def foot(plan: Plan, pen: Pen, across: float, named: int) -> Part:
    """Legend and source, drawn from y = 0; and how high they are. `named` is the number of names in the drawing."""
    columns = legend(plan, pen)
    parts, bottom = [], 4.0
    if columns:
        parts.append(pen.rule(4, across))
    for i, (heading, rows) in enumerate(columns):
        left, top = i * across / len(columns) + 2, 10.0
        parts.append(pen.text([heading], (left, top), ROW, font_weight="bold"))
        top += ROW * 1.5
        for sample, words in rows:
            lines = wrapped(words, ROW, across / len(columns) - 40, even=False)
            parts.append(element("g", sample, transform=f"translate({number(left + 13)} {number(top + 4.6)})"))
            parts.append(pen.text(lines, (left + 31, top), ROW))
            top += max(len(lines) * ROW * LEADING, 9) + 2.2
        bottom = max(bottom, top)
    lines = wrapped(_source(plan, named), SMALLEST, across - 4, even=False)
    parts.append(pen.text(lines, (2, bottom + 4), SMALLEST, "muted"))
    return parts, bottom + 4 + len(lines) * SMALLEST * LEADING + 3


def _source(plan: Plan, named: int) -> str:
    letters = [
        f"{printable(letter['title'])} ({printable(letter.get('date') or plan.words['undated'])})"
        for letter in plan.letters.values()
    ]
    if len(letters) > CITED:
        letters[CITED:] = [f"{plan.words['and']} {plan.count('others', len(letters) - CITED)}"]
    version = printable(plan.network.graph.get("version", ""))
    project = f"{' '.join(filter(None, ('Regiograaf', version)))}, {BASE.rstrip('/')}"
    text = f"{plan.words['source']}: {'; '.join([*letters, project])}."
    return text if named == len(plan.nodes) else f"{text} {plan.words['named'].format(named, len(plan.nodes))}"


def description(plan: Plan, bands: list[str]) -> str:
    """What the figure shows, for who cannot see it."""
    words, graph = plan.words, plan.network.graph
    families, modalities = Counter(map(plan.family, plan.nodes)), Counter(line.modality for line in plan.lines)
    absent = sum(not plan.there(node) for node in plan.nodes)
    hubs = sorted(plan.nodes, key=lambda node: (-plan.degree[node], node))[:5]
    facts = {
        words["map"]: [_counts(plan)],
        words["bands"]: bands,
        words["shape"]: [
            f"{printable(graph['families'][key][plan.language])} {families[key]}"
            for key in graph["families"]
            if families[key]
        ],
        words["stroke"]: [f"{plan.modality(key)} {modalities[key]}" for key in plan.modalities if modalities[key]],
        words["absent"].capitalize(): [plan.count("nodes", absent)] if absent else [],
        words["denied"].capitalize(): _number_of_lines(plan, [line.denied for line in plan.lines]),
        words["hubs"]: [f"{plan.label(node)} {plan.degree[node]}" for node in hubs if plan.degree[node]],
    }
    return " ".join(f"{name}: {'; '.join(values)}." for name, values in facts.items() if values)


def _number_of_lines(plan: Plan, which: list[bool]) -> list[str]:
    return [plan.count("lines", sum(which))] if any(which) else []
