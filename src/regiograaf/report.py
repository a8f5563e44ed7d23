"""The report of a build, in Dutch: what the letters say, counted. Every figure is computed from the build."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rdflib.namespace import DCTERMS, RDF

from regiograaf.analysis import MEASURES, Rank
from regiograaf.claims import Claim
from regiograaf.dataset import STATUS_ORDER, Build
from regiograaf.namespaces import GRAPH, LETTER, MODALITY, RG, shrink

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["report"]

_MEASURE_NL = {
    "degree": "met hoeveel andere een knoop rechtstreeks verbonden is, als aandeel van alle andere",
    "betweenness": "hoe vaak een knoop op het kortste pad tussen twee andere ligt",
    "brokerage": "hoeveel paren uit twee verschillende regio's een knoop verbindt die zelf niet verbonden zijn",
}


def report(build: Build, names: Mapping[str, str], rankings: Mapping[str, Sequence[Rank]]) -> str:
    """The report as Markdown.

    `names` gives the Dutch label of every IRI, `rankings` the rows of each measure, best first.
    """
    by_iri: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
    for key, claims in sorted(build.claims.items()):
        for claim in claims:
            by_iri[claim.iri].append((key, claim))
    parts = [
        "# Regiograaf: wat de brieven zeggen",
        "",
        "Alle cijfers zijn berekend uit de beweringen. Een bewering is wat een brief zegt; alleen wat volgens een",
        "brief bestaat of gebeurd is, telt als feit. Geen van de brieven hoeft gelijk te hebben.",
        "",
        *_overview(build, by_iri),
        *_letters(build, names),
        *_modalities(build, by_iri, names),
        *_shared(by_iri),
        *_not_existing(build, names),
        *_rankings(rankings),
        *_quantities(build, names),
        *_withheld(build, names),
    ]
    return "\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(str(cell).replace("|", "\\|") for cell in row) for row in rows]
    return [*(f"| {line} |" for line in lines), ""]


def _overview(build: Build, by_iri: Mapping[str, Sequence[tuple[str, Claim]]]) -> list[str]:
    pieces = sum(len(claim.evidence) for claims in build.claims.values() for claim in claims)
    entities = {
        node
        for of in by_iri.values()
        for _, claim in of
        for node in (claim.subject, claim.object)
        if shrink(node) != node
    }
    vocabulary = (str(RG), "https://identifier.overheid.nl/tooi/def")
    entities = {node for node in entities if not str(node).startswith(vocabulary)}
    quoted = f"{build.quoted} met citaat" if build.quoted else "zonder citaten (de teksten waren niet bij de hand)"
    return [
        "## In het kort",
        "",
        *_table(
            ("wat", "aantal"),
            [
                ("brieven", len(build.claims)),
                ("verschillende beweringen", len(by_iri)),
                ("bewijsplaatsen", f"{pieces}, {quoted}"),
                ("entiteiten en thema's waar een bewering over gaat", len(entities)),
                ("feiten (bestaand volgens een brief)", len(build.graphs.get(GRAPH["asserted"], ()))),
                ("afgeleide feiten", len(build.graphs.get(GRAPH["inferred"], ()))),
                ("waarvan alleen met achtergrondkennis", len(build.graphs.get(GRAPH["inferred-achtergrond"], ()))),
            ],
        ),
    ]


def _letters(build: Build, names: Mapping[str, str]) -> list[str]:
    rows = []
    sources = dict(build.project.letters)
    for key, claims in sorted(build.claims.items()):
        p = sources[key].properties[LETTER[key]]
        sender = names.get(str(p[RG.afzender][0]), "onbekend")
        reference = " / ".join(sorted(str(v) for v in p.get(RG.kenmerk, ()))) or "geen"
        date = str(p[DCTERMS.date][0]) if DCTERMS.date in p else "ongedateerd"
        rows.append((str(p[DCTERMS.title][0]), sender, date, reference, len({claim.iri for claim in claims})))
    return ["## De brieven", "", *_table(("brief", "afzender", "datum", "kenmerk", "beweringen"), rows)]


def _modalities(build: Build, by_iri: Mapping[str, Sequence[tuple[str, Claim]]], names: Mapping[str, str]) -> list[str]:
    keys = sorted(build.claims)
    rows = []
    for modality in sorted(STATUS_ORDER, key=lambda m: -_count(by_iri, m)):
        total = _count(by_iri, modality)
        if total:
            per = [len({c.iri for c in build.claims[key] if c.modality == MODALITY[modality]}) for key in keys]
            rows.append((names.get(MODALITY[modality], modality), *per, total))
    head = ("modaliteit", *keys, "verschillende")
    text = "Een bewering die in drie brieven staat, telt in elke kolom en een keer in de laatste."
    return ["## Bestaat het, of is het voorgenomen?", "", text, "", *_table(head, rows)]


def _count(by_iri: Mapping[str, Sequence[tuple[str, Claim]]], modality: str) -> int:
    return sum(of[0][1].modality == MODALITY[modality] for of in by_iri.values())


def _shared(by_iri: Mapping[str, Sequence[tuple[str, Claim]]]) -> list[str]:
    spread = Counter(len({key for key, _ in of}) for of in by_iri.values())
    rows = [(number, count) for number, count in sorted(spread.items(), reverse=True)]
    text = "Wat drie brieven met dezelfde inhoud zeggen, is een bewering met drie of meer bewijsplaatsen."
    return ["## Gedeelde tekst", "", text, "", *_table(("staat in zoveel brieven", "beweringen"), rows)]


def _not_existing(build: Build, names: Mapping[str, str]) -> list[str]:
    rows: list[tuple[str, str, str]] = []
    for s, p, o in build.graphs.get(GRAPH["entiteiten"], ()):
        key = str(o).rsplit("/", 1)[-1]
        if p == RG.bestaansstatus and key not in ("bestaand", "onbekend"):
            rows.append((key, names.get(str(s), str(s)), names.get(_kind(build, s), "")))
    rows.sort(key=lambda row: (STATUS_ORDER.index(row[0]), row[1].casefold()))
    text = "Dit bestaat volgens de brieven (nog) niet, of niet meer; het komt in de feiten alleen met zijn soort voor."
    return ["## Wat er nog niet of niet meer is", "", text, "", *_table(("status", "wat", "soort"), rows)]


def _kind(build: Build, node: Node) -> str:
    for source in build.project.graph("entiteiten"):
        for value in source.properties.get(node, {}).get(RDF.type, ()):
            return str(value)
    return ""


def _rankings(rankings: Mapping[str, Sequence[Rank]]) -> list[str]:
    lines = [
        "## Schakels",
        "",
        "Elke brief zet zijn schrijver in het midden; lees de afzenders in deze lijsten met die kennis.",
        "",
    ]
    for measure, rows in rankings.items():
        lines += [f"### {measure}", "", f"{_MEASURE_NL.get(measure, MEASURES[measure]).capitalize()}.", ""]
        lines += _table(
            ("plaats", "wie of wat", "soort", "waarde"), [(r.place, r.label, r.kind, f"{r.score:g}") for r in rows]
        )
    return lines


def _quantities(build: Build, names: Mapping[str, str]) -> list[str]:
    rows = []
    for key, claims in sorted(build.claims.items()):
        for claim in claims:
            for q in claim.quantities:
                value = f"{q.value:f}" if q.value is not None else f"{q.numerator}/{q.denominator}"
                unit, role, precision = (names.get(str(iri), "") for iri in (q.unit, q.role, q.precision))
                subject, object_ = names.get(claim.subject, ""), names.get(claim.object, shrink(claim.object))
                modality = names.get(claim.modality, "")
                rows.append(
                    (role, f"{precision} {value} {unit}", f"«{q.wording}»", f"{subject} → {object_}", modality, key)
                )
    rows.sort()
    return [
        "## Bedragen en aantallen",
        "",
        *_table(("rol", "waarde", "in de brief", "bij", "modaliteit", "brief"), rows),
    ]


def _withheld(build: Build, names: Mapping[str, str]) -> list[str]:
    if not build.withheld:
        return []
    rows = [[names.get(str(term), shrink(str(term))) for term in item.content] for item in build.withheld]
    text = "Een brief zegt dat dit bestaat, een andere bewering beëindigt of ontkent het; het staat niet bij de feiten."
    return ["## Tegengesproken", "", text, "", *_table(("onderwerp", "relatie", "voorwerp"), rows)]
