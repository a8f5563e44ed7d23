"""The report in short: one sentence for each part that has something to say."""

from __future__ import annotations

from collections import Counter

from regiograaf.report.blocks import Items, Section, Text, text
from regiograaf.report.dutch import count, number, share
from regiograaf.report.material import EXISTING, Material, claims, to
from regiograaf.report.measured import Measured
from regiograaf.report.states import coming_in_words

__all__ = ["lead", "summary"]


def lead(m: Material) -> Text:
    """What this report is, in two sentences."""
    version = m.network.graph.get("version", "")
    return text(
        "Wat {letters} {say} over wie met wie waaraan werkt, en of het al bestaat. Elk getal is berekend uit de "
        "gegevens{version}.",
        letters=count(len(m.letters), "brief", "brieven"),
        say="zegt" if len(m.letters) == 1 else "zeggen",
        version=f" (versie {version})" if version else "",
    )


def summary(m: Material, measured: Measured) -> Section:
    """The most telling number of each part."""
    items: list[Text] = []
    existing = m.pick(lambda row: row.modality == EXISTING)
    if m.rows:
        sentence = "{share} van {all} gaat over wat volgens een brief bestaat of is gebeurd"
        rest = Counter(row.modality for row in m.rows if row.modality != EXISTING).most_common()
        most = [key for key, found in rest if found == rest[0][1]]
        sentence += "; van de andere is de grootste groep {most} ({n})." if len(most) == 1 else "."
        items.append(
            text(
                sentence,
                share=to(existing, share(len(existing), len(m.rows))),
                all=count(len(m.rows), "bewering", "beweringen"),
                most=m.word(most[0]) if most else "",
                n=to(m.pick(lambda row: row.modality == most[0])) if most else "",
            )
        )
    common = m.pick(lambda row: len(row.letters) > 1)
    if common:
        sentence = "{common} {verb} in meer dan één brief ({share})."
        verb = "staat" if len(common) == 1 else "staan"
        items.append(text(sentence, common=claims(common), verb=verb, share=share(len(common), len(m.rows))))
    items += _middle(m, measured)
    joins = [row for row in measured.regions_alone if row.score]
    if joins and sum(row.place == 1 for row in joins) == 1:
        pairs = to(m.rows_of(joins[0].claims), count(round(joins[0].score), "paar", "paren"))
        sentence = "Tussen de regio’s verbindt, buiten de afzenders, {name} het meest: {pairs}."
        items.append(text(sentence, name=m.named(joins[0].entity), pairs=pairs))
    coming = coming_in_words(m)
    items += [(coming,)] if coming else []
    if m.build.withheld:
        named_ = count(len(m.build.withheld), "inhoud wordt", "inhouden worden")
        items.append((f"{named_} door beweringen tegengesproken.",))
    return Section("kort", "In het kort", (Items(tuple(items)),) if items else ())


def _middle(m: Material, measured: Measured) -> list[Text]:
    items = []
    rows, alone = ([row for row in found if row.score] for found in (measured.central, measured.alone))
    if rows and sum(row.place == 1 for row in rows) == 1:
        first = rows[0]
        sentence = "In het midden van het netwerk staat {name} (tussenligging {score})"
        if first.entity in m.senders:
            sentence += f", die {count(len(m.senders[first.entity]), 'brief', 'brieven')} schreef"
        score = to(m.rows_of(first.claims), number(first.score, 2))
        items.append(text(sentence + ".", name=m.named(first.entity), score=score))
    if alone and rows and sum(row.place == 1 for row in alone) == 1 and alone[0].entity != rows[0].entity:
        score = to(m.rows_of(alone[0].claims), number(alone[0].score, 2))
        sentence = "Zonder de afzenders is dat {name} ({score})."
        items.append(text(sentence, name=m.named(alone[0].entity), score=score))
    return items
