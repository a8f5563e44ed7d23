"""What the letters speak of: programmes and who is tied to them, themes, and dates."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from regiograaf import views
from regiograaf.namespaces import GRAPH, RG
from regiograaf.plots import Span, ranks
from regiograaf.report.blocks import Block, Cell, Folded, Note, Paragraph, Section, Table, Text, listed, text
from regiograaf.report.dutch import count, every, joined, number, some, upper
from regiograaf.report.figures import Figures
from regiograaf.report.material import TYPE, Material, Row, claims, to

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["COLUMNS", "programmes", "themes", "times"]

COLUMNS, PANEL, THEMES = 12, 6, 25


def programmes(m: Material, figures: Figures, panel: int = PANEL) -> Section | None:
    """Programmes, agreements and activities with the actors that are tied to them; None where there are none."""
    network = views.two_mode(m.network)
    actors = {node for node, side in network.nodes(data="bipartite") if not side}
    tied: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for u, v, key in network.edges(keys=True):
        actor, programme = (u, v) if u in actors else (v, u)
        tied[programme][actor] += m.rows_of([key])
    if not tied:
        return None
    order = sorted(tied, key=lambda node: (-len(tied[node]), network.nodes[node]["label"].casefold(), node))
    several = [node for node in order if len(tied[node]) > 1]
    sentence = "{n} {verb} met ten minste één actor verbonden"
    if several:
        sentence += "; {k} met meer dan één"
    blocks: list[Block] = [
        Paragraph(
            text(
                sentence + ".",
                n=upper(
                    count(len(tied), "programma, afspraak of activiteit", "programma’s, afspraken en activiteiten")
                ),
                verb="is" if len(tied) == 1 else "zijn",
                k=number(len(several)),
            )
        )
    ]
    if several:
        most = [node for node in several if len(tied[node]) == len(tied[several[0]])]
        if len(most) == 1:
            blocks.append(Paragraph(_most_tied(network, m, most[0], tied[most[0]])))
        else:
            names = some([m.named(node) for node in most], 6)
            blocks.append(Paragraph((f"De meeste actoren, {number(len(tied[most[0]]))} elk, hebben {names}.",)))
    blocks.append(
        Note(
            text(
                "Verbonden is wie een bewering ermee in één relatie noemt, welke relatie dat ook is. Een vol teken: "
                "die relatie bestaat volgens een brief; wat er nog niet of niet meer is, heeft dat bij zijn naam."
            )
        )
    )
    blocks += _matrices(m, figures, network, tied, order, panel)
    rows = tuple(
        (
            m.named(node),
            network.nodes[node]["kind_label"],
            listed([_tied(network, actor, found) for actor, found in _sorted(network, tied[node])]),
            str(len(tied[node])),
        )
        for node in order
    )
    table = Table(
        "Programma’s, afspraken en activiteiten met hun actoren; achter elke actor het aantal beweringen",
        ("wat", "soort", "actoren", "aantal actoren"),
        rows,
        frozenset({3}),
    )
    blocks.append(Folded(f"Alle {number(len(order))} met hun actoren" if len(order) > 1 else "De actoren", (table,)))
    return Section("programmas", "Programma’s en wie eraan verbonden is", tuple(blocks))


def _matrices(
    m: Material,
    figures: Figures,
    network: nx.MultiDiGraph,
    tied: Mapping[str, Mapping[str, Sequence[Row]]],
    order: Sequence[str],
    panel: int,
) -> list[Block]:
    """Those with the most actors, as many as fit without leaving out one that has as many, in figures of a page."""
    least = min(
        (n for n in {len(found) for found in tied.values()} if sum(len(f) >= n for f in tied.values()) <= COLUMNS),
        default=0,
    )
    shown = [node for node in order if len(tied[node]) >= least] if least else list(order[:COLUMNS])
    if len(shown) == len(order):
        which = ""
    elif least:
        which = f"De {len(shown)} met ten minste {count(least, 'actor', 'actoren')}; "
    else:
        which = f"{len(shown)} van de {number(len(order))}; "
    size = ceil(len(shown) / ceil(len(shown) / panel))
    parts = [shown[start : start + size] for start in range(0, len(shown), size)]
    blocks: list[Block] = []
    for i, part in enumerate(parts, 1):
        people = _by_ties(network, tied, part)
        cells = {
            (people.index(actor), part.index(node)): [
                figures.modality(key) for key in m.modalities if any(row.modality == key for row in rows)
            ]
            for node in part
            for actor, rows in tied[node].items()
        }
        blocks.append(
            figures.plot(
                "matrix",
                [(network.nodes[actor]["label"], network.nodes[actor]["family"]) for actor in people],
                [m.named(node) for node in part],
                cells,
                families=ranks.families(m.network),
                name=f"programmas-{i}" if len(parts) > 1 else "programmas",
                title="Wie met welk programma is verbonden" + (f" ({i} van {len(parts)})" if len(parts) > 1 else ""),
                explanation=which
                + "een teken en een woord per modaliteit. Vol: die relatie bestaat volgens een brief.",
            )
        )
    return blocks


def _by_ties(
    network: nx.MultiDiGraph, tied: Mapping[str, Mapping[str, Sequence[Row]]], shown: Sequence[str]
) -> list[str]:
    counted = Counter(actor for node in shown for actor in tied[node])
    return sorted(counted, key=lambda actor: (-counted[actor], network.nodes[actor]["label"].casefold(), actor))


def _sorted(network: nx.MultiDiGraph, found: dict[str, list[Row]]) -> list[tuple[str, list[Row]]]:
    return sorted(found.items(), key=lambda item: (network.nodes[item[0]]["label"].casefold(), item[0]))


def _tied(network: nx.MultiDiGraph, actor: str, rows: list[Row]) -> Text:
    return text("{actor} ({rows})", actor=network.nodes[actor]["label"], rows=to(rows))


def _most_tied(network: nx.MultiDiGraph, m: Material, node: str, found: dict[str, list[Row]]) -> Text:
    names = listed([_tied(network, actor, rows) for actor, rows in _sorted(network, found)])
    return text(
        "Met {programme} zijn de meeste actoren verbonden, {n}: {names}.",
        programme=m.named(node),
        n=number(len(found)),
        names=names,
    )


def themes(m: Material, figures: Figures) -> Section | None:
    """How often each letter speaks of each theme; None where no claim has one."""
    by: dict[str, list[Row]] = defaultdict(list)
    for row in m.rows:
        for theme in row.themes:
            by[theme].append(row)
    if not by:
        return None
    order = sorted(by, key=lambda theme: (-len(by[theme]), m.label(theme).casefold(), theme))
    with_theme = [row for row in m.rows if row.themes]
    most = [theme for theme in order if len(by[theme]) == len(by[order[0]])]
    blocks: list[Block] = [
        Paragraph(
            text(
                "{with_theme} {verb} een thema; samen zijn het {themes}. Het meest komt {most} voor{by}.",
                with_theme=claims(with_theme),
                verb="heeft" if len(with_theme) == 1 else "hebben",
                themes=count(len(order), "thema", "thema’s"),
                most=listed([f"«{m.label(theme)}»" for theme in most[:5]]),
                by=text(" ({rows})", rows=claims(by[order[0]])) if len(most) == 1 else ", elk even vaak",
            )
        )
    ]
    if len(m.letters) > 1:
        blocks += _spread(m, by, order)
    cells = {
        theme: [[row for row in by[theme] if letter.key in row.letters] for letter in m.columns] for theme in order
    }
    shown = order[:THEMES]
    limit = f" Getoond: de {len(shown)} meest genoemde thema’s." if len(shown) < len(order) else ""
    blocks.append(
        figures.plot(
            "heat_map",
            [m.label(theme) for theme in shown],
            [letter.short for letter in m.columns],
            [[len(cell) for cell in cells[theme]] for theme in shown],
            axes=("thema", "brief"),
            name="themas",
            title="Waarover elke brief spreekt",
            explanation=f"Aantal beweringen per thema en brief; een bewering kan meer thema’s hebben.{limit}{m.cut}",
        )
    )
    rows = tuple((m.label(theme), *(to(cell) for cell in cells[theme]), to(by[theme])) for theme in order)
    head = ("thema", *(letter.short for letter in m.columns), "verschillende")
    caption = "Beweringen per thema en brief; de laatste kolom telt elke bewering één keer"
    table = Table(caption, head, rows, frozenset(range(1, len(head))))
    blocks.append(Folded(f"Alle {number(len(order))} thema’s" if len(order) > 1 else "Het thema", (table,)))
    return Section("themas", "Thema’s", tuple(blocks))


def _spread(m: Material, by: dict[str, list[Row]], order: Sequence[str]) -> list[Block]:
    """Which themes every letter speaks of, and which only one."""
    keys = {letter.key for letter in m.letters}
    spoken = {theme: {key for row in by[theme] for key in row.letters} for theme in order}
    everywhere = [m.label(theme) for theme in order if spoken[theme] == keys]
    if not everywhere:
        blocks: list[Block] = [Paragraph(text("Geen thema komt in alle brieven voor."))]
    else:
        named = f"{count(len(everywhere), 'thema komt', 'thema’s komen')} in {every(len(keys))} brieven voor"
        blocks = [Paragraph((f"{upper(named)}: {some([f'«{name}»' for name in everywhere], 10)}.",))]
    alone = {letter.short: [theme for theme in order if spoken[theme] == {letter.key}] for letter in m.letters}
    parts = [
        f"{name} ({some([f'«{m.label(theme)}»' for theme in found], 4)})" for name, found in alone.items() if found
    ]
    if parts:
        total = sum(len(found) for found in alone.values())
        which = (
            "thema komt in één brief voor, en alleen daar" if total == 1 else "thema’s komen elk in maar één brief voor"
        )
        blocks.append(Paragraph((f"{number(total)} {which}: {'; '.join(parts)}.",)))
    return blocks


def times(m: Material, figures: Figures) -> Section | None:
    """What is dated, and what is only dated in words; None where no claim says when."""
    timed = [row for row in m.rows if row.claim.period is not None]
    if not timed:
        return None
    spans = _spans(m, timed)
    dated = [row for _, rows in spans for row in rows]
    vague = sorted(set(timed) - set(dated), key=lambda row: row.number)
    blocks: list[Block] = []
    sentence = "{timed} {verb} wanneer iets geldt of gebeurt"
    if dated and vague:
        sentence += "; {dated} daarvan met een datum of jaar, {vague} alleen in woorden"
    elif not dated:
        sentence += ", geen ervan met een datum of jaar"
    blocks.append(
        Paragraph(
            text(
                sentence + ".",
                timed=claims(timed),
                verb="zegt" if len(timed) == 1 else "zeggen",
                dated=to(dated, number(len(dated))),
                vague=to(vague, number(len(vague))),
            )
        )
    )
    if spans:
        blocks.append(
            figures.plot(
                "timeline",
                [_together(m, found) for found in _periods(spans)],
                modalities={key: figures.modality(key) for key in m.modalities},
                name="tijdlijn",
                title="Wat een datum heeft",
                explanation="Tussen aanhalingstekens de woorden van de brief; een balk geeft het vroegste en laatste "
                "ogenblik dat ze toelaten.",
            )
        )
        rows = tuple(
            (f"«{span.wording}»", span.label, m.word(span.modality), to(found), _places(m, found))
            for span, found in spans
        )
        head = ("wanneer", "wat", "modaliteit", "beweringen", "vindplaats")
        table = Table("Wat een datum heeft", head, rows, frozenset({3}))
        blocks.append(Folded("Hetzelfde per onderwerp, als tabel", (table,)))
    if vague:
        blocks += _vague(m, vague)
    return Section("tijd", "In de tijd", tuple(blocks))


def _places(m: Material, rows: Sequence[Row]) -> str:
    return "; ".join(dict.fromkeys(m.where(row) for row in rows))


def _spans(m: Material, timed: Sequence[Row]) -> list[tuple[Span, list[Row]]]:
    """The dated claims, those on one subject in one modality and period together, the earliest first."""
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in timed:
        period = row.claim.period
        assert period is not None
        bounds = (period.earliest_begin, period.latest_begin, period.earliest_end, period.latest_end)
        if any(bounds):
            groups[(row.claim.subject, row.modality, row.claim.denied, period.wording, *bounds)].append(row)
    spans = []
    for rows in groups.values():
        first = rows[0]
        period = first.claim.period
        assert period is not None
        span = Span(
            _what(m, rows),
            first.modality,
            period.wording,
            period.earliest_begin,
            period.latest_begin,
            period.earliest_end,
            period.latest_end,
        )
        spans.append((span, rows))
    return sorted(
        spans, key=lambda item: (item[0].bounds[0], item[0].bounds[-1], item[0].label.casefold(), item[1][0].iri)
    )


def _periods(spans: Sequence[tuple[Span, list[Row]]]) -> list[list[tuple[Span, list[Row]]]]:
    """The spans of one period and modality together."""
    found: dict[Span, list[tuple[Span, list[Row]]]] = defaultdict(list)
    for span, rows in spans:
        found[replace(span, label="")].append((span, rows))
    return list(found.values())


def _together(m: Material, spans: Sequence[tuple[Span, list[Row]]]) -> Span:
    """One span for all that is said of a period: what exists then, or else the first thing said, and how much more."""
    rows = [row for _, found in spans for row in found]
    things = [m.label(row.triple[0]) for row in rows if row.triple[1] == TYPE]
    label = joined(things) or _what(m, rows[:1])
    more = len(rows) - (len(things) or 1)
    if more:
        label += f"; en nog {count(more, 'bewering', 'beweringen')}"
    return replace(spans[0][0], label=label)


def _what(m: Material, rows: Sequence[Row]) -> str:
    """A subject, with what is said of it other than that it exists."""
    said: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        _, predicate, object_ = row.triple
        if predicate != TYPE:
            said[m.label(predicate)].append(m.label(object_))
    subject = m.label(rows[0].claim.subject)
    denied = " (ontkend)" if rows[0].claim.denied else ""
    if not said:
        return f"{subject}{denied}"
    return f"{subject}: {'; '.join(f'{relation} {joined(objects)}' for relation, objects in said.items())}{denied}"


def _vague(m: Material, vague: Sequence[Row]) -> list[Block]:
    by: dict[str, list[Row]] = defaultdict(list)
    for row in vague:
        assert row.claim.period is not None
        by[row.claim.period.wording.casefold()].append(row)
    order = sorted(by, key=lambda wording: (-len(by[wording]), wording))
    now = [row for wording in order if _now(m).search(wording) for row in by[wording]]
    undated = {letter.key for letter in m.letters if not letter.date}
    floating = [row for row in now if set(row.letters) <= undated]
    blocks: list[Block] = []
    if floating:
        words = [f"«{wording}»" for wording in order if any(row in floating for row in by[wording])]
        blocks.append(
            Paragraph(
                text(
                    "{floating} {verb} dat iets geldt op het moment van schrijven ({words}), in een brief zonder "
                    "datum: welk moment dat is, staat er niet.",
                    floating=claims(floating),
                    verb="zegt" if len(floating) == 1 else "zeggen",
                    words=some(words, 5),
                )
            )
        )
    rows: list[tuple[Cell, ...]] = [
        (f"«{wording}»", to(by[wording]), joined(dict.fromkeys(m.short[k] for row in by[wording] for k in row.letters)))
        for wording in order
    ]
    table = Table("Tijdsaanduidingen zonder datum", ("wanneer", "beweringen", "brieven"), tuple(rows), frozenset({1}))
    blocks.append(Folded("Tijdsaanduidingen zonder datum", (table,)))
    return blocks


def _now(m: Material) -> re.Pattern[str]:
    """The words with which a text refers to the moment at which it was written, as the ontology lists them."""
    graph = m.build.graphs.get(GRAPH["ontologie"], ())
    words = sorted(str(o) for s, p, o in graph if str(s) == str(RG.Periode) and str(p) == f"{RG}woordVoorNu")
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})\b", re.IGNORECASE)
