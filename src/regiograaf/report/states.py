"""What does not exist yet or no longer, amounts, and where claims do not agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from regiograaf.claims import Quantity
from regiograaf.report.blocks import Block, Cell, Folded, Note, Paragraph, Section, Table, listed, text
from regiograaf.report.dutch import amount, count, joined, number
from regiograaf.report.material import ENDED, EXISTING, Material, Row, claims, ranked_statuses, to

__all__ = ["amounts", "coming_in_words", "disagreements", "not_there"]


UNITS = {"euro": "€ {}", "percent": "{}%", "aantal": "{}", "deel": "{}", "rang": "{}"}
"""How a value is written with its unit; other units follow it by name."""


def not_there(m: Material) -> Section | None:
    """Entities that do not exist yet, or no longer; None where there are none."""
    by: dict[str, list[str]] = defaultdict(list)
    for entity, status in m.status.items():
        if status not in (EXISTING, "onbekend"):
            by[status].append(entity)
    if not by:
        return None
    order = [status for status in ranked_statuses() if status in by]
    blocks: list[Block] = []
    if set(order) != {ENDED}:
        blocks.append(Paragraph((coming_in_words(m),)))
    if ENDED in by:
        gone = sorted((m.label(entity) for entity in by[ENDED]), key=str.casefold)
        verb = "bestaat" if len(gone) == 1 else "bestaan"
        blocks.append(Paragraph((f"Niet meer {verb} {joined(gone)}.",)))
    blocks.append(
        Note(
            text(
                "De status van een entiteit volgt uit wat de brieven over haar bestaan zeggen. Zeggen ze verschillende "
                "dingen, dan telt wat in deze rij het eerst komt: {order}. Wat niet bestaat, komt in de feiten alleen "
                "met zijn soort voor.",
                order=joined(m.word(status) for status in ranked_statuses()),
            )
        )
    )
    rows = []
    for status in order:
        for entity in sorted(by[status], key=lambda iri: (m.label(iri).casefold(), iri)):
            said = m.existence.get(entity, [])
            rows.append(
                (m.word(status), m.label(entity), m.kind(entity), to(said), "; ".join(m.where(r) for r in said))
            )
    head = ("status", "wat", "soort", "beweringen over het bestaan", "vindplaats")
    caption = "Wat er volgens de brieven nog niet of niet meer is"
    table = Table(caption, head, tuple(rows), frozenset({3}))
    blocks.append(Folded(f"Alle {number(len(rows))} entiteiten" if len(rows) > 1 else "De entiteit", (table,)))
    return Section("nog-niet", "Wat er nog niet of niet meer is", tuple(blocks))


def coming_in_words(m: Material) -> str:
    """How many entities only are in the making, intended, wished for and so on; empty where there are none."""
    counts = Counter(status for status in m.status.values() if status not in (EXISTING, ENDED, "onbekend"))
    total = counts.total()
    if not total:
        return ""
    parts = [f"{m.word(status)} ({number(counts[status])})" for status in ranked_statuses() if counts[status]]
    what = parts[0].rpartition(" (")[0] if len(parts) == 1 else joined(parts, "of")
    it, exists, are = ("zij", "bestaat", "is") if total == 1 else ("ze", "bestaan", "zijn")
    named = count(total, "entiteit", "entiteiten")
    return f"Van {named} zegt geen brief dat {it} {exists}, wel dat {it} {what} {are}."


def amounts(m: Material) -> Section | None:
    """Amounts, shares and counts, each with the modality of its claim; None where there are none."""
    found: dict[tuple[str, str, str, str, tuple[str, ...]], list[Row]] = defaultdict(list)
    for row in m.rows:
        for quantity in row.claim.quantities:
            key = (
                m.label(quantity.role),
                _value(m, quantity),
                quantity.wording,
                row.modality + (" ontkend" if row.claim.denied else ""),
                row.letters,
            )
            found[key].append(row)
    if not found:
        return None
    said = {row.iri: row for rows in found.values() for row in rows}
    sure = [row for row in said.values() if row.modality == EXISTING and not row.claim.denied]
    verb, others = "noemt" if len(said) == 1 else "noemen", len(said) - len(sure)
    sentence = "{said} {verb} een bedrag, aandeel of aantal"
    if others and sure:
        sentence += "; {sure} daarvan over iets dat bestaat of is gebeurd, de andere {others} niet"
    elif others:
        sentence += ", geen ervan over iets dat bestaat of is gebeurd"
    rest = [row for row in said.values() if row not in sure]
    rows = tuple(
        (role, value, f"«{wording}»", _says(m, of), _modality(m, of[0]), to(of), m.where(of[0]))
        for (role, value, wording, _, _), of in sorted(found.items())
    )
    head = ("rol", "waarde", "in de brief", "bij", "modaliteit", "beweringen", "vindplaats")
    blocks: tuple[Block, ...] = (
        Paragraph(
            text(
                sentence + ".",
                said=claims(list(said.values())),
                verb=verb,
                sure=to(sure, number(len(sure))),
                others=to(rest, number(len(rest))),
            )
        ),
        Table("Bedragen, aandelen en aantallen", head, rows, frozenset({5})),
    )
    return Section("bedragen", "Bedragen en aantallen", blocks)


def _says(m: Material, rows: Sequence[Row]) -> str:
    return " ".join(dict.fromkeys(m.says(row) for row in rows))


def _modality(m: Material, row: Row) -> str:
    return m.word(row.modality) + (", ontkend" if row.claim.denied else "")


def _value(m: Material, quantity: Quantity) -> str:
    """The value with its unit; precision only where it is not exact."""
    unit, precision = str(quantity.unit).rsplit("/", 1)[-1], str(quantity.precision).rsplit("/", 1)[-1]
    if quantity.numerator is not None and quantity.denominator is not None:
        value = f"{quantity.numerator}/{quantity.denominator}"
    else:
        value = amount(quantity.value) if quantity.value is not None else ""
    words = [] if precision == "exact" else [m.label(quantity.precision)]
    shown = UNITS[unit].format(value) if unit in UNITS else f"{value} {m.label(quantity.unit)}"
    return " ".join([*words, shown.strip()])


def disagreements(m: Material) -> Section:
    """Where claims contradict each other, deny something, or give one thing two modalities."""
    blocks: list[Block] = []
    withheld = m.build.withheld
    if withheld:
        named = count(len(withheld), "inhoud wordt", "inhouden worden")
        sentence = f"{named} door de ene bewering als bestaand gebracht en door een andere ontkend of beëindigd."
        rows = []
        for item in withheld:
            by = [m.by_iri[iri] for iri in dict.fromkeys(str(claim.iri) for claim in item.asserted_by)]
            against = [m.by_iri[iri] for iri in dict.fromkeys(str(claim.iri) for claim in item.retracted_by)]
            rows.append((_content(m, [str(part) for part in item.content]), _cited(m, by), _cited(m, against)))
        note = "Zo’n inhoud staat niet bij de feiten."
        blocks += [
            Paragraph((sentence,)),
            Note((note,)),
            Table("Tegengesproken", ("inhoud", "bestaat volgens", "niet, of niet meer, volgens"), tuple(rows)),
        ]
    else:
        blocks.append(Paragraph(("Geen bewering ontkent of beëindigt precies wat een andere als bestaand brengt.",)))
    denied = m.pick(lambda row: row.claim.denied)
    if denied:
        verb = "ontkent" if len(denied) == 1 else "ontkennen"
        blocks.append(Paragraph(text("{denied} {verb} iets.", denied=claims(denied), verb=verb)))
        lines = tuple((m.says(row), m.word(row.modality), to([row]), m.where(row)) for row in denied)
        table = Table("Ontkend", ("wat de bewering zegt", "modaliteit", "bewering", "vindplaats"), lines)
        blocks.append(Folded("Wat wordt ontkend", (table,)))
    blocks += _several(m)
    return Section("tegenspraak", "Tegenspraak en verschil", tuple(blocks))


def _cited(m: Material, rows: Sequence[Row]) -> Cell:
    return listed([text("{row} ({where})", row=to([row], m.word(row.modality)), where=m.where(row)) for row in rows])


def _several(m: Material) -> list[Block]:
    """Contents that stand in more than one modality, and whether that is between letters."""
    by: dict[tuple[str, str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in m.rows:
        if not row.claim.denied:
            by[row.triple][row.modality].append(row)
    mixed = {triple: of for triple, of in by.items() if len(of) > 1}
    if not mixed:
        return [Paragraph(("Geen inhoud komt in meer dan één modaliteit voor.",))]
    between = []
    for triple, of in mixed.items():
        keys = [{key for row in rows for key in row.letters} for rows in of.values()]
        if any(keys[0] != other for other in keys[1:]):
            between.append(triple)
    verb = "komt" if len(mixed) == 1 else "komen"
    sentence = f"{count(len(mixed), 'inhoud', 'inhouden')} {verb} in meer dan één modaliteit voor"
    if between and len(between) < len(mixed):
        sentence += f"; bij {number(len(between))} daarvan verschilt dat per brief"
    elif between:
        sentence += ", en niet in elke brief dezelfde"
    order = sorted(mixed, key=lambda t: (t not in between, [m.label(part).casefold() for part in t], t))
    rows = tuple(
        (
            _content(m, triple),
            listed(
                [
                    text(
                        "{word} ({where})",
                        word=to(mixed[triple][key], m.word(key)),
                        where=_letters(m, mixed[triple][key]),
                    )
                    for key in m.modalities
                    if key in mixed[triple]
                ]
            ),
            "ja" if triple in between else "nee",
        )
        for triple in order
    )
    note = "Dat hoeft geen tegenspraak te zijn: wat bestaat, kan ook gewenst zijn of voor later zijn voorgenomen."
    head = ("inhoud", "modaliteiten, en in welke brief", "verschilt per brief")
    table = Table("Dezelfde inhoud in meer dan één modaliteit", head, rows)
    return [Paragraph((sentence + ".",)), Note((note,)), Folded("Dezelfde inhoud, andere modaliteit", (table,))]


def _content(m: Material, triple: Sequence[str]) -> str:
    return " → ".join(m.label(part) for part in triple)


def _letters(m: Material, rows: Sequence[Row]) -> str:
    return joined(dict.fromkeys(m.short[key] for row in rows for key in row.letters))
