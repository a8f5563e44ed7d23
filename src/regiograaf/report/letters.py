"""What the letters are, in which modality they speak, and what they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from rdflib.namespace import SKOS

from regiograaf.namespaces import GRAPH, MODALITY
from regiograaf.report.blocks import Block, Cell, Folded, Link, Note, Paragraph, Section, Table, Text, listed, text
from regiograaf.report.dutch import count, day, every, joined, number, share, upper
from regiograaf.report.figures import Figures
from regiograaf.report.material import EXISTING, Letter, Material, Row, claims, to

__all__ = ["existence", "letters", "shared"]

SPOKEN = ("afgesproken", "verzocht", "aangeboden")
"""Modalities whose claims are listed one by one: what parties agreed, and what one asks of or offers to another."""


def letters(m: Material) -> Section:
    """The letters: who wrote them to whom, and what they lack."""
    named = count(len(m.letters), "brief", "brieven")
    blocks: list[Block] = [
        Paragraph(
            text(
                "Dit verslag gaat over {letters}, met samen {claims} op {places}.",
                letters=named,
                claims=to(m.rows, one="bewering", many="beweringen"),
                places=count(sum(len(row.places) for row in m.rows), "vindplaats", "vindplaatsen"),
            )
        ),
        Note(
            text(
                "Een bewering is één ding dat een brief zegt; wat twee brieven met dezelfde inhoud zeggen, is één "
                "bewering met twee vindplaatsen. Een brief hoeft geen gelijk te hebben."
            )
        ),
        Paragraph((_dates(m.letters),)),
        *(Paragraph((sentence,)) for sentence in _references(m)),
        _table(m),
    ]
    return Section("brieven", "De brieven", tuple(blocks))


def _dates(found: Sequence[Letter]) -> str:
    dated = sorted(letter.date for letter in found if letter.date)
    if not dated:
        return "De brief heeft geen datum." if len(found) == 1 else "Geen van de brieven heeft een datum."
    first, last = (day(date.fromisoformat(dated[at])) for at in (0, -1))
    if len(found) == 1:
        return f"De brief is van {first}."
    missing = len(found) - len(dated)
    span = f"van {first}" if first == last else f"van {first} tot en met {last}"
    if not missing:
        return f"{upper(every(len(found)))} brieven hebben een datum, {span}."
    which = "heeft" if missing == 1 else "hebben"
    return f"{number(missing)} van de {number(len(found))} brieven {which} geen datum; de andere: {span}."


def _references(m: Material) -> list[str]:
    """References that stand on more than one letter: they identify none."""
    by: dict[str, list[str]] = defaultdict(list)
    for letter in m.letters:
        for reference in letter.references:
            by[reference].append(letter.short)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for reference, names in sorted(by.items()):
        if len(names) > 1:
            groups[tuple(names)].append(reference)
    return [
        f"De brieven {joined(names)} dragen hetzelfde kenmerk ({joined(found)}); dat wijst dus geen brief aan."
        for names, found in groups.items()
    ]


def _table(m: Material) -> Table:
    """The letters; a column in which no letter has anything is left out."""
    columns: list[tuple[str, list[Cell]]] = [
        ("brief", [letter.short for letter in m.letters]),
        ("titel", [letter.title if letter.title != letter.short else "" for letter in m.letters]),
        ("afzender", [m.label(letter.sender) for letter in m.letters]),
        ("gericht aan", [joined(m.label(iri) for iri in letter.receivers) for letter in m.letters]),
        ("datum", [day(date.fromisoformat(letter.date)) if letter.date else "" for letter in m.letters]),
        ("kenmerk", [" / ".join(letter.references) for letter in m.letters]),
        ("regio", [joined(m.label(iri) for iri in letter.regions) for letter in m.letters]),
        ("beweringen", [to(m.of_letter[letter.key]) for letter in m.letters]),
    ]
    shown = [(name, cells) for name, cells in columns if any(cells)]
    rows = zip(*([cell or "–" for cell in cells] for _, cells in shown), strict=True)
    head = tuple(name for name, _ in shown)
    return Table("De brieven van dit verslag", head, tuple(rows), frozenset({len(head) - 1}))


def existence(m: Material, figures: Figures) -> Section:
    """What exists, is intended, asked for and so on, per letter."""
    existing = m.pick(lambda row: row.modality == EXISTING)
    others = [
        to([row for row in m.rows if row.modality == key], one=m.word(key), many=m.word(key))
        for key, _ in _most(Counter(row.modality for row in m.rows if row.modality != EXISTING), m)
    ]
    blocks: list[Block] = [Paragraph(_existing(m, existing))]
    if others:
        rest = [row for row in m.rows if row.modality != EXISTING]
        sentence = "Van {rest} is de inhoud iets anders dan bestaand: {others}."
        blocks.append(Paragraph(text(sentence, rest=claims(rest), others=listed(others))))
    blocks.append(
        Note(
            text(
                "Alleen wat volgens een brief bestaat of is gebeurd, telt in de graaf als feit. Wat is voorgenomen, "
                "gewenst, gevraagd of aangeboden, blijft dat; het wordt nergens als bestaand geteld."
            )
        )
    )
    blocks += _extremes(m)
    used = [key for key in m.modalities if any(row.modality == key for row in m.rows)]
    counts = {
        key: [[row for row in m.of_letter[letter.key] if row.modality == key] for letter in m.columns] for key in used
    }
    blocks.append(
        figures.plot(
            "modalities",
            [figures.modality(key) for key in used],
            [letter.short for letter in m.columns],
            [[len(cell) for cell in counts[key]] for key in used],
            name="modaliteiten",
            title="Bestaat het, of is het voorgenomen, gewenst, gevraagd?",
            explanation="Aantal beweringen per modaliteit en brief; alleen wat bestaat is vol getekend. Een bewering "
            f"uit meer brieven telt in elk daarvan.{m.cut}",
        )
    )
    rows = [
        (m.word(key), *(to(cell) for cell in counts[key]), to([row for row in m.rows if row.modality == key]))
        for key in used
    ]
    head = ("modaliteit", *(letter.short for letter in m.columns), "verschillende")
    caption = "Beweringen per modaliteit en brief; de laatste kolom telt elke bewering één keer"
    blocks.append(Table(caption, head, tuple(rows), frozenset(range(1, len(head)))))
    blocks += [_spoken(m, key) for key in SPOKEN if key in used]
    meanings = _meanings(m, used)
    if meanings:
        blocks.append(Folded("Wat de modaliteiten betekenen", (meanings,)))
    return Section("modaliteit", "Wat bestaat, en wat nog niet", tuple(blocks))


def _spoken(m: Material, key: str) -> Block:
    """The claims of a modality in which somebody speaks to somebody, each with who to whom."""
    found = [row for row in m.rows if row.modality == key]
    lines = tuple(
        (
            m.says(row),
            m.label(row.claim.speaker),
            m.label(row.claim.addressee) if row.claim.addressee is not None else "–",
            Link(str(row.number), row.iri),
            m.where(row),
        )
        for row in found
    )
    head = ("wat de bewering zegt", "wie het zegt", "tegen wie", "nr.", "vindplaats")
    title = f"Wat {m.word(key)} is"
    return Folded(f"{title} ({number(len(found))})", (Table(title, head, lines, frozenset({3})),))


def _most(counted: Mapping[str, int], m: Material) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], m.modalities.index(item[0])))


def _existing(m: Material, existing: Sequence[Row]) -> Text:
    if not existing:
        return text("Geen bewering gaat over iets dat volgens een brief bestaat of is gebeurd.")
    denied = [row for row in existing if row.claim.denied]
    verb, it = ("gaat", "ontkent") if len(existing) == 1 else ("gaan", "ontkennen")
    sentence = "Van {all} {verb} er {existing} ({share}) over wat volgens een brief bestaat of is gebeurd"
    if denied:
        sentence += "; {denied} daarvan {it} dat juist"
        it = "ontkent" if len(denied) == 1 else "ontkennen"
    return text(
        sentence + ".",
        all=count(len(m.rows), "bewering", "beweringen"),
        verb=verb,
        existing=to(existing, number(len(existing))),
        share=share(len(existing), len(m.rows)),
        denied=to(denied, number(len(denied))),
        it=it,
    )


def _extremes(m: Material) -> list[Block]:
    """The letters with the largest and the smallest share of what exists, where these differ."""
    shares: dict[str, tuple[list[Row], int]] = {}
    for letter in m.letters:
        of = m.of_letter[letter.key]
        shares[letter.short] = [row for row in of if row.modality == EXISTING], len(of)
    ratios = {name: len(part) / whole for name, (part, whole) in shares.items() if whole}
    if len(set(ratios.values())) < 2:
        return []
    parts: list[Cell] = []
    for pick, most in ((max, "het meest over wat bestaat"), (min, "het minst")):
        value = pick(ratios.values())
        names = [name for name, ratio in ratios.items() if ratio == value]
        part, whole = shares[names[0]]
        parts.append(
            text(
                "{names} {most} ({share})",
                names=joined(names),
                most=most,
                share=to(part, share(len(part), whole)) if len(names) == 1 else share(len(part), whole),
            )
        )
    verb = "spreekt" if sum(ratio == max(ratios.values()) for ratio in ratios.values()) == 1 else "spreken"
    sentence = "Naar verhouding {verb} {most}, {least}."
    return [Paragraph(text(sentence, verb=verb, most=parts[0], least=parts[1]))]


def _meanings(m: Material, used: Sequence[str]) -> Table | None:
    wanted = {str(MODALITY[key]): key for key in used}
    found = {
        wanted[str(s)]: str(o)
        for s, p, o in m.build.graphs.get(GRAPH["ontologie"], ())
        if p == SKOS.definition and str(s) in wanted and getattr(o, "language", "") == "nl"
    }
    rows = tuple((m.word(key), found[key]) for key in used if key in found)
    return Table("De modaliteiten van dit verslag", ("modaliteit", "betekenis"), rows) if rows else None


def shared(m: Material) -> Section | None:
    """What several letters say alike, and what each says alone; None for a single letter."""
    if len(m.letters) < 2:
        return None
    common = m.pick(lambda row: len(row.letters) > 1)
    twice = m.pick(lambda row: len(row.places) > 1)
    blocks: list[Block] = []
    if not common:
        blocks.append(Paragraph(text("Geen bewering staat in meer dan één brief.")))
    else:
        verb = "staat" if len(common) == 1 else "staan"
        own = [row for row in m.rows if len(row.letters) == 1]
        sentence = "{common} {verb} in meer dan één brief"
        sentence += "; de andere {own} in één." if own else "."
        blocks.append(Paragraph(text(sentence, common=claims(common), verb=verb, own=to(own, number(len(own))))))
        blocks += [Paragraph(sentence) for sentence in _templates(m)]
    if twice:
        sentence = "{twice} {verb} meer dan één vindplaats, in één brief of in meer; elk telt in het netwerk één keer."
        verb = "heeft" if len(twice) == 1 else "hebben"
        blocks.append(Note(text(sentence, twice=claims(twice), verb=verb)))
    rows = []
    for letter in m.letters:
        of = m.of_letter[letter.key]
        elsewhere = [row for row in of if len(row.letters) > 1]
        alone = [row for row in of if len(row.letters) == 1]
        rows.append((letter.short, to(of), to(elsewhere), to(alone), share(len(alone), len(of))))
    head = ("brief", "beweringen", "ook in een andere brief", "alleen hier", "eigen deel")
    blocks.append(Table("Gedeelde en eigen inhoud per brief", head, tuple(rows), frozenset({1, 2, 3, 4})))
    sets: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in common:
        sets[row.letters].append(row)
    if sets:
        lines = tuple(
            (joined(m.short[key] for key in keys), to(found))
            for keys, found in sorted(sets.items(), key=lambda item: (-len(item[1]), item[0]))
        )
        blocks.append(Table("Welke brieven hetzelfde zeggen", ("brieven", "beweringen"), lines, frozenset({1})))
    return Section("gedeeld", "Gedeelde en eigen inhoud", tuple(blocks))


def _templates(m: Material) -> list[Text]:
    """For each sender of several letters: what all of them say."""
    found = []
    for sender, keys in m.senders.items():
        if len(keys) < 2:
            continue
        alike = m.pick(lambda row, of=set(keys): of <= set(row.letters))  # type: ignore[misc]
        name = upper(m.label(sender))
        if not alike:
            found.append(text(f"{name} schrijft in alle {len(keys)} eigen brieven geen enkele keer hetzelfde."))
            continue
        shares = listed([f"{share(len(alike), len(m.of_letter[key]))} van {m.short[key]}" for key in keys])
        sentence = "De {n} brieven van {name} hebben {alike} gemeen; dat is {shares}."
        found.append(text(sentence, n=str(len(keys)), name=m.label(sender), alike=claims(alike), shares=shares))
    return found
