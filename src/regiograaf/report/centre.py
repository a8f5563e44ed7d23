"""Who stands in the middle, what changes when intentions come true, who joins what, and which groups there are."""

from __future__ import annotations

from collections.abc import Sequence

from regiograaf.analysis import FIGURES, MEASURES, SENDER_BIAS, Change, Rank
from regiograaf.namespaces import GRAPH, RG
from regiograaf.plots import ranks
from regiograaf.report.blocks import Block, Cell, Folded, Note, Paragraph, Section, Table, Text, listed, text
from regiograaf.report.dutch import count, joined, number, share, upper
from regiograaf.report.figures import Figures
from regiograaf.report.material import EXISTING, Material, claims, to
from regiograaf.report.measured import COMING, Measured

__all__ = ["brokers", "changes", "groups", "middle"]

SHOWN = 12
DIGITS = 2


def middle(m: Material, measured: Measured, figures: Figures) -> Section | None:
    """Betweenness, with and without the senders; None where nobody stands between others."""
    rows = [row for row in measured.central if row.score]
    alone = [row for row in measured.alone if row.score]
    if not rows:
        return None
    blocks: list[Block] = [
        Paragraph(_first(m, rows)),
        Note((f"{upper(MEASURES['betweenness'].label)}: {_lower(MEASURES['betweenness'].meaning)}{_falls(rows)}",)),
        *_existing(m, rows, measured.existing),
        Paragraph(_sender(m, rows)),
        _plot(m, figures, rows, "midden", "Wie in het midden staat"),
        Folded("Dezelfde rangorde als tabel", (_ranking(m, rows, "Tussenligging, alle brieven samen"),)),
    ]
    if alone:
        sentence = "Zonder de {senders} staat {first} bovenaan ({score})"
        if len(alone) > 1:
            sentence += ", gevolgd door {next}"
        blocks += [
            Paragraph(
                text(
                    sentence + ".",
                    senders="afzender" if len(m.senders) == 1 else "afzenders",
                    first=m.named(alone[0].entity),
                    score=_score(m, alone[0]),
                    next=listed([text("{n} ({s})", n=m.named(r.entity), s=_score(m, r)) for r in alone[1:4]]),
                )
            ),
            *_organs(m, alone[:SHOWN]),
            _plot(m, figures, alone, "midden-zonder-afzenders", "Wie in het midden staat, zonder de afzenders"),
            Folded("Dezelfde rangorde als tabel", (_ranking(m, alone, "Tussenligging zonder de afzenders"),)),
        ]
    else:
        blocks.append(Paragraph(("Zonder de afzenders staat niemand tussen twee anderen.",)))
    return Section("midden", "Wie in het midden staat", tuple(blocks))


def _existing(m: Material, rows: Sequence[Rank], existing: Sequence[Rank]) -> list[Block]:
    """That claims of every modality count, and who comes first when only what exists does."""
    if all(row.modality == EXISTING for row in m.rows):
        return []
    best = [row for row in existing if row.place == 1 and row.score]
    sentence = "Hierin tellen beweringen van elke modaliteit, ook wat alleen is voorgenomen of gewenst."
    if len(best) == 1:
        same = best[0].entity == rows[0].entity
        sentence += " Telt alleen wat bestaat, dan staat {name} " + ("ook " if same else "") + "bovenaan ({score})."
        return [Paragraph(text(sentence, name=m.named(best[0].entity), score=_score(m, best[0])))]
    return [Paragraph((sentence,))]


def _falls(rows: Sequence[Rank]) -> str:
    ranged = any(row.low is not None for row in rows)
    return " Wie ver terugvalt als één brief wegblijft, dankt zijn plaats aan die brief." if ranged else ""


def _organs(m: Material, rows: Sequence[Rank]) -> list[Block]:
    """Whoever a sender is an organ of stays when the sender goes; a reader must know."""
    facts = m.build.graphs.get(GRAPH["asserted"], frozenset()) | m.build.graphs.get(GRAPH["inferred"], frozenset())
    of = {(str(s), str(o)) for s, p, o in facts if str(p) == f"{RG}orgaanVan"}
    found = [
        f"{m.label(sender)} is een orgaan van {m.named(row.entity)}"
        for row in rows
        for sender in m.senders
        if (sender, row.entity) in of
    ]
    return (
        [Paragraph((f"{upper(joined(found))}; ook de plaats daarvan hangt dus samen met wie schreef.",))]
        if found
        else []
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _score(m: Material, row: Rank, digits: int = DIGITS) -> Cell:
    return to(m.rows_of(row.claims), number(row.score, digits))


def _first(m: Material, rows: Sequence[Rank]) -> Text:
    best = [row for row in rows if row.place == 1]
    if len(best) > 1:
        names = listed([m.named(row.entity) for row in best])
        return text("Bovenaan staan samen {names} ({score} elk).", names=names, score=number(best[0].score, DIGITS))
    row = best[0]
    sentence = "Bovenaan staat {name}, met een tussenligging van {score}"
    if row.low is not None and row.high is not None:
        sentence += "; laat je telkens één brief weg, dan ligt die tussen {low} en {high}"
        if row.low == row.high:
            sentence = sentence.replace("ligt die tussen {low} en {high}", "blijft die {low}")
        sentence += ", op plaats {best}" if row.best == row.worst else ", op plaats {best} tot en met {worst}"
    return text(
        sentence + ".",
        name=m.named(row.entity),
        score=_score(m, row),
        low=number(row.low or 0.0, DIGITS),
        high=number(row.high or 0.0, DIGITS),
        best=str(row.best),
        worst=str(row.worst),
    )


def _sender(m: Material, rows: Sequence[Rank]) -> Text:
    """The one sentence on sender bias, with the senders among the first rows."""
    high = [row for row in rows[:SHOWN] if row.entity in m.senders]
    if not high:
        return (SENDER_BIAS,)
    parts = [
        f"{m.label(row.entity)} (plaats {row.place}) schreef {count(len(m.senders[row.entity]), 'brief', 'brieven')}"
        for row in high
    ]
    return (f"{SENDER_BIAS} {upper(joined(parts))}.",)


def _plot(m: Material, figures: Figures, rows: Sequence[Rank], name: str, title: str) -> Block:
    shown = rows[:SHOWN]
    return figures.plot(
        "ranking",
        ranks.dots(m.network, shown),
        families=ranks.families(m.network),
        axis=ranks.axis("betweenness"),
        digits=DIGITS,
        name=name,
        title=title,
        explanation=ranks.bias(m.network, shown),
    )


def _ranking(m: Material, rows: Sequence[Rank], caption: str, digits: int = DIGITS) -> Table:
    ranged = any(row.low is not None for row in rows)
    head = ["plaats", "wie of wat", "soort", "waarde"]
    head += ["zonder telkens één brief", "plaats dan"] if ranged else []
    head += ["brieven", "beweringen"]
    lines = []
    for row in rows:
        cells: list[Cell] = [str(row.place), m.named(row.entity), row.kind, number(row.score, digits)]
        if ranged:
            cells += [_range(row.low, row.high, digits), _places(row)]
        lines.append((*cells, str(row.letters), to(m.rows_of(row.claims))))
    return Table(caption, tuple(head), tuple(lines), frozenset({0, *range(3, len(head))}))


def _range(low: float | None, high: float | None, digits: int) -> str:
    if low is None or high is None:
        return "–"
    return "–".join(dict.fromkeys((number(low, digits), number(high, digits))))


def _places(row: Rank) -> str:
    return "–" if row.best is None else "–".join(dict.fromkeys((str(row.best), str(row.worst))))


def changes(m: Material, measured: Measured) -> Section | None:
    """What changes in the middle when what is coming comes true; None where nothing is on its way."""
    added = [
        m.by_iri[key]
        for u, v, key, attributes in m.network.edges(keys=True, data=True)
        if attributes["origin"] == "claim" and not attributes["denied"] and u != v
        if attributes["modality"] in COMING and key in m.by_iri
    ]
    if not added:
        return None
    words = joined([m.word(key) for key in COMING if any(row.modality == key for row in added)], "of")
    sentence = "Telt ook wat {words} is als bestaand, dan {verb} er in het netwerk {added} bij."
    verb = "komt" if len(added) == 1 else "komen"
    blocks: list[Block] = [Paragraph(text(sentence, words=words, verb=verb, added=claims(added)))]
    moved = [
        row
        for row in measured.changes
        if row.before is not None and row.after is not None
        if number(row.score_before or 0.0, DIGITS) != number(row.score_after or 0.0, DIGITS)
    ]
    if not moved:
        blocks.append(Paragraph(("In de tussenligging verandert daardoor niets dat in twee cijfers te zien is.",)))
        return Section("voornemens", "Wat verandert als voornemens uitkomen", tuple(blocks))
    up = max(moved, key=_gain)
    down = min(moved, key=_gain)
    if _gain(up) > 0:
        blocks.append(Paragraph(_moves(m, up, "wint")))
    if _gain(down) < 0:
        blocks.append(Paragraph(_moves(m, down, "verliest")))
    blocks.append(
        Note(
            text(
                "Dit is geen voorspelling: de brieven zeggen niet of het uitkomt. Gerekend is met de tussenligging; "
                "wie meer tussen anderen ligt, wint."
            )
        )
    )
    lines = tuple(
        (
            m.named(row.entity),
            row.kind,
            str(row.before),
            str(row.after),
            number(row.score_before or 0.0, DIGITS),
            number(row.score_after or 0.0, DIGITS),
            to(m.rows_of(row.claims)),
        )
        for row in moved
    )
    head = ("wie of wat", "soort", "plaats nu", "plaats dan", "waarde nu", "waarde dan", "beweringen die erbij komen")
    caption = f"De grootste veranderingen in tussenligging als ook telt wat {words} is"
    blocks.append(Table(caption, head, lines, frozenset(range(2, 7))))
    return Section("voornemens", "Wat verandert als voornemens uitkomen", tuple(blocks))


def _gain(row: Change) -> float:
    return (row.score_after or 0.0) - (row.score_before or 0.0)


def _moves(m: Material, row: Change, verb: str) -> Text:
    sentence = "Het meest {verb} {name}: de tussenligging gaat van {old} naar {new}"
    sentence += ", de plaats blijft {after}" if row.before == row.after else ", de plaats van {before} naar {after}"
    if row.claims:
        sentence += ", door {claims}"
    return text(
        sentence + ".",
        verb=verb,
        name=m.named(row.entity),
        old=number(row.score_before or 0.0, DIGITS),
        new=number(row.score_after or 0.0, DIGITS),
        before=str(row.before),
        after=str(row.after),
        claims=claims(m.rows_of(row.claims)),
    )


def brokers(m: Material, measured: Measured) -> Section | None:
    """Who joins regions, and who joins layers of government; None where nobody joins either."""
    parts = [
        _brokers(
            m,
            measured.regions,
            measured.regions_alone,
            ("schakels-regio", "Tussen regio’s", "regio’s"),
            "Een entiteit hoort bij een regio als alleen brieven over die regio over haar spreken.",
        ),
        _brokers(
            m,
            measured.layers,
            measured.layers_alone,
            ("schakels-laag", "Tussen bestuurslagen", "bestuurslagen"),
            "De bestuurslagen zijn "
            + joined(
                m.network.graph["layers"][key]["nl"]
                for key in ("rijk", "provincie", "regio", "gemeente")
                if key in m.network.graph["layers"]
            )
            + "; programma’s, partners en onderwerpen horen bij geen ervan, maar kunnen wel verbinden.",
        ),
    ]
    found = tuple(part for part in parts if part is not None)
    if not found:
        return None
    said = f"{upper(MEASURES['brokerage'].label)}: {_lower(MEASURES['brokerage'].meaning)}"
    if any(row.modality != EXISTING for row in m.rows):
        said += " Ook hierin tellen beweringen van elke modaliteit."
    note = Note((f"{said} {SENDER_BIAS}",))
    return Section("schakels", "Wie verbindt wat anders los staat", (note, *found))


def _brokers(
    m: Material, every: Sequence[Rank], alone: Sequence[Rank], names: tuple[str, str, str], note: str
) -> Section | None:
    rows, others = [row for row in every if row.score], [row for row in alone if row.score]
    if not rows:
        return None
    name, title, what = names
    blocks: list[Block] = [Paragraph(_joins(m, rows, what))]
    if others:
        sentence = "Zonder de afzenders is dat {name}, met {pairs}."
        pairs = count(round(others[0].score), "paar", "paren")
        best = [row for row in others if row.place == 1]
        blocks.append(
            Paragraph(
                text(
                    sentence.replace("is dat", "zijn dat") if len(best) > 1 else sentence,
                    name=listed([m.named(row.entity) for row in best]),
                    pairs=to(m.rows_of(others[0].claims), pairs) if len(best) == 1 else f"elk {pairs}",
                )
            )
        )
    else:
        blocks.append(Paragraph((f"Zonder de afzenders verbindt niemand paren uit verschillende {what}.",)))
    blocks.append(Note((note,)))
    blocks.append(_ranking(m, rows[:10], f"Bemiddeling tussen {what}: aantal paren", 0))
    if others:
        table = _ranking(m, others[:10], f"Bemiddeling tussen {what} zonder de afzenders: aantal paren", 0)
        blocks.append(Folded("Zonder de afzenders", (table,)))
    return Section(name, title, tuple(blocks))


def _joins(m: Material, rows: Sequence[Rank], what: str) -> Text:
    best = [row for row in rows if row.place == 1]
    pairs = count(round(best[0].score), "paar", "paren")
    tail = f" uit verschillende {what} die zelf niet verbonden " + ("is" if best[0].score == 1 else "zijn")
    if len(best) > 1:
        names = listed([m.named(row.entity) for row in best])
        return text("De meeste paren verbinden {names}: elk {pairs}" + tail + ".", names=names, pairs=pairs)
    row = best[0]
    sentence = "De meeste paren verbindt {name}: {pairs}" + tail
    if row.low is not None and row.high is not None:
        sentence += "; zonder telkens één brief {range}"
    return text(
        sentence + ".",
        name=m.named(row.entity),
        pairs=to(m.rows_of(row.claims), pairs),
        range=_range(row.low, row.high, 0),
    )


def groups(m: Material, measured: Measured) -> Section | None:
    """The communities of the network, and how sure they are; None where nothing is tied."""
    found = measured.communities
    if not found.rows:
        return None
    large = [row for row in found.rows if row.size > 1]
    first, whole = found.rows[0], sum(row.size for row in found.rows)
    largest = sum(row.size == first.size for row in found.rows)
    part = share(first.size, whole)
    if len(found.rows) == 1:
        sentence = "Het netwerk vormt {n}, van {size}"
    elif largest == 1:
        sentence = "Het netwerk is te verdelen in {n}; de grootste telt {size} ({share})"
    else:
        sentence = "Het netwerk is te verdelen in {n}; de {largest} grootste tellen elk {size} ({share})"
    blocks: list[Block] = [
        Paragraph(
            text(
                sentence + ".",
                n=count(len(found.rows), "groep", "groepen"),
                size=count(first.size, "entiteit", "entiteiten"),
                share=part,
                largest=str(largest),
            )
        ),
        Note(
            text(
                "Een groep is een deel van het netwerk dat onderling meer verbonden is dan bij toeval (Leiden). De "
                "modulariteit is {modularity}: hoe dichter bij 1, hoe scherper de groepen. {runs} runs komen voor "
                "{stability} met elkaar overeen (1: gelijk; 0: toeval){ranges}.",
                modularity=number(found.modularity, DIGITS),
                runs=str(found.runs),
                stability=number(found.stability, DIGITS),
                ranges=""
                if found.low is None or found.high is None
                else f"; zonder telkens één brief voor {_range(found.low, found.high, DIGITS)} met deze",
            )
        ),
    ]
    lines = tuple(
        (
            str(row.number),
            str(row.size),
            joined(m.named(member) for member in row.members[: len(row.names)]),
            share(round(row.inside * 1000), 1000),
            number(row.stability, DIGITS),
            to(m.rows_of(row.claims)),
        )
        for row in (large or found.rows)
    )
    head = ("groep", "entiteiten", "kern", "bindingen binnen de groep", "stabiliteit", "beweringen")
    caption = "De groepen; de kern is wie er binnen de groep het sterkst verbonden is"
    blocks.append(Table(caption, head, lines, frozenset({0, 1, 3, 4, 5})))
    table = _figures(m, measured)
    if table is not None:
        blocks.append(Folded("Het netwerk als geheel in cijfers", (table,)))
    return Section("groepen", "Groepen die samenhangen", tuple(blocks))


def _figures(m: Material, measured: Measured) -> Table | None:
    """The figures of the whole network, and of those layers that have ties."""
    rows = []
    for figure in measured.figures:
        if figure.value is None or (figure.about and not figure.claims):
            continue
        known = FIGURES.get(figure.name)
        digits = 0 if figure.name == "pieces" else 3
        rows.append(
            (
                upper(figure.label),
                number(figure.value, digits),
                _range(figure.low, figure.high, digits),
                to(m.rows_of(figure.claims)),
                known.meaning if known and not figure.about else "",
            )
        )
    if not rows:
        return None
    head = ("maat", "waarde", "zonder telkens één brief", "beweringen", "wat het betekent")
    return Table("Het netwerk als geheel", head, tuple(rows), frozenset({1, 2, 3}))
