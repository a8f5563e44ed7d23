"""What is intended, asked, offered, conditional, ended or denied is drafted so: sentences of all kinds of letters."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from regiograaf.reader import ruleset
from regiograaf.reader.clauses import parse
from regiograaf.reader.document import Document
from regiograaf.reader.drafts import DraftClaim, drafts
from regiograaf.reader.entities import Entity
from regiograaf.reader.head import head
from regiograaf.reader.lexicon import lexicon
from regiograaf.reader.mentions import mentions
from regiograaf.reader.periods import periods
from regiograaf.reader.quantities import quantities
from regiograaf.reader.ruleset import Rules, Theme, rules
from regiograaf.reader.structure import structure
from regiograaf.reader.tense import to_come
from regiograaf.reader.topics import about, themes

LEXICON = lexicon(
    Entity(f"urn:x:{key}", label, kind, aliases=tuple(aliases))
    for key, label, kind, *aliases in (
        ("gs", "Gedeputeerde Staten van Groningen", "rg:College", "Gedeputeerde Staten"),
        ("prov", "provincie Groningen", "tooiont:Provincie"),
        ("wes", "Westerwolde", "tooiont:Gemeente"),
        ("sta", "Stadskanaal", "tooiont:Gemeente"),
        ("vee", "Veendam", "tooiont:Gemeente"),
        ("ws", "Waterschap Hunze en Aa's", "tooiont:Waterschap"),
        ("vr", "Veiligheidsregio Groningen", "rg:Samenwerkingsverband"),
        ("haven", "Groningen Seaports", "rg:Bedrijf"),
        ("net", "Enexis", "rg:Netbeheerder"),
        ("school", "Scholengroep Dollard", "rg:Stichting"),
        ("prog", "Programma Wad en Water", "rg:Programma"),
        ("fonds", "Kernenfonds", "rg:Middelen"),
        ("visie", "Omgevingsvisie Eemsmond", "rg:Visie"),
        ("deal", "Energieakkoord Noord", "rg:Overeenkomst"),
        ("project", "project Havenspoor", "rg:Project", "Havenspoor"),
        ("rap", "Rapport Zoute Kwel", "rg:Rapport"),
        ("board", "Energieboard Noord", "rg:Overlegorgaan"),
        ("reg", "Isolatieregeling", "rg:Regeling"),
        ("cong", "netcongestie", "rg:Knelpunt"),
        ("opg", "woningbouwopgave", "rg:Opgave"),
        ("gem", "gemeenten", "rg:ActorGroep"),
        ("rijk", "het Rijk", "rg:Overheid", "Rijk"),
        ("col", "formateurs", "rg:ActorGroep"),
        ("min", "Ministerie van Infrastructuur en Waterstaat", "tooiont:Ministerie"),
    )
)
RULES = Path(ruleset.__file__).parent / "rules"
THEMES = tuple(
    Theme(f"urn:thema/{key}", key.replace("-", " "))
    for key in tomllib.loads((RULES / "themes.toml").read_text(encoding="utf-8"))["themes"]
)
HEAD = """Provincie Groningen

Aan: de formateurs
Van: Gedeputeerde Staten van Groningen
{date}Onderwerp: Samen

Geachte formateurs,

"""
OF_NAMES = ("existence", "name-theme", "name-area", "letterhead")
TOLD = Path(__file__).with_name("reader_truth.txt")


@cache
def own_rules() -> Rules:
    return rules()


def read(text: str, day: str = "Datum: 3 maart 2025\n") -> list[DraftClaim]:
    whole = f"{HEAD.format(date=day)}{text}\n\nMet vriendelijke groet,\n"
    parts = structure(Document("x", "plain", "", whole, whole))
    return list(drafts(parts, mentions(parts, LEXICON, head(parts)), own_rules()))


def key(entity: str) -> str:
    return entity.removeprefix("urn:x:").rpartition("/")[2]


def shown(one: DraftClaim) -> str:
    """A claim in the words of the file: existence as a thing and its modality."""
    if one.predicate == "rdf:type":
        return f"{key(one.subject.entity)} {one.modality}"
    told = f"{key(one.subject.entity)} {one.predicate.removeprefix('rg:')} {key(one.object.entity)} {one.modality}"
    return told + (" NIET" if one.negated else "")


def families() -> dict[str, list[tuple[str, list[str]]]]:
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for line in TOLD.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            found[line[3:]] = []
        elif line and not line.startswith("#"):
            text, _, expected = line.partition(" =>")
            listed = found[next(reversed(found))]
            listed.append((text, [one.strip() for one in expected.split(";") if one.strip()]))
    return found


FAMILIES = families()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_sentence_is_brought_as_it_says(family: str) -> None:
    wrong = []
    for text, expected in FAMILIES[family]:
        claims = read(text)
        got = {shown(one) for one in claims}
        there = {shown(one) for one in claims if one.rule not in OF_NAMES and one.modality == "bestaand"}
        loose = {one for one in there if not one.endswith("NIET")} - set(expected)
        if not got.issuperset(expected) or loose:
            wrong.append((text, sorted(set(expected) - got), sorted(loose)))
    assert wrong == []


def test_the_file_of_sentences_holds_all_families() -> None:
    assert {family: len(listed) >= 5 for family, listed in FAMILIES.items()} == dict.fromkeys(FAMILIES, True)
    assert sum(map(len, FAMILIES.values())) >= 300


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wij verzoeken u:\n- het Programma Wad en Water te evalueren;", "col evalueert prog verzocht"),
        ("Besloten wordt dat:\n- Veendam het Programma Wad en Water evalueert;", "vee evalueert prog afgesproken"),
        (
            "Artikel 3\nDe provincie financiert het project Havenspoor, onder voorbehoud van het budgetrecht.",
            "prov financiert project afgesproken",
        ),
        (
            "Artikel 3\nIndien het Rijk het Kernenfonds voortzet, financiert Veendam het project Havenspoor.",
            "vee financiert project afgesproken",
        ),
        ("Wat wij in 2027 gaan doen\n\nWij zetten de Isolatieregeling voort.", "gs zetVoort reg voorgenomen"),
        ("Vooruitblik\n\nVeendam evalueert het Programma Wad en Water.", "vee evalueert prog voorgenomen"),
    ],
)
def test_lists_articles_and_headings_give_their_mood(text: str, expected: str) -> None:
    assert expected in {shown(one) for one in read(text)}


def test_an_end_that_is_told_later_counts() -> None:
    text = "Enexis nam deel aan de Energieboard Noord. De Energieboard Noord is in 2024 opgeheven."
    assert [one.modality for one in read(text) if one.predicate == "rdf:type"] == ["beeindigd"]


def test_a_letter_without_a_date_tells_a_plan_by_a_month_but_not_by_a_year() -> None:
    month = "In december 2025 evalueert Veendam het Programma Wad en Water."
    year = "In 2024 evalueert Veendam het Programma Wad en Water."
    told = [[shown(one) for one in read(text, "") if one.rule not in OF_NAMES] for text in (month, year)]
    assert told == [["vee evalueert prog voorgenomen"], ["vee evalueert prog bestaand"]]


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("vanaf 2027", True),
        ("Vanaf 2021", False),
        ("tot en met 2028", False),
        ("uiterlijk 1 mei 2026", True),
        ("sinds 1 mei 2024", False),
        ("op 12 mei jl.", False),
        ("op 12 mei a.s.", True),
        ("over twee jaar", True),
        ("momenteel", False),
        ("in het najaar", True),
    ],
)
def test_times_to_come(text: str, ahead: bool) -> None:
    assert bool(list(to_come(tuple(periods(text)), text, date(2025, 3, 3)))) is ahead


def test_the_name_of_who_acts_shows_no_theme() -> None:
    known = rules(themes=THEMES)
    text = "Het Ministerie van Infrastructuur en Waterstaat versnelt de energietransitie."
    whole = f"{HEAD.format(date='')}{text}\n"
    parts = structure(Document("x", "plain", "", whole, whole))
    line = next(one for one in parts.lines if one.text == text)
    named = [one for one in mentions(parts, LEXICON, head(parts)).mentions if line.start <= one.start < line.stop]
    sentence = parse(line.text, line.start, named, known)
    assert [about(sentence, clause, known) for clause in sentence.clauses] == [("urn:thema/energietransitie",)]


def test_the_longest_word_of_a_theme_counts_alone() -> None:
    known = rules(themes=THEMES)
    assert themes(("betaalbare", "woningen", "en", "waterstof"), known) == (
        "urn:thema/betaalbare-woningen",
        "urn:thema/energie",
    )


@pytest.mark.parametrize(
    ("text", "wording", "begin", "end"),
    [
        ("In kwartaal 2 van 2026.", "In kwartaal 2 van 2026", "2026-04-01", "2026-06-30"),
        ("In Q1 van 2026.", "In Q1 van 2026", "2026-01-01", "2026-03-31"),
        ("Q1/Q2 2026 is haalbaar.", "Q1/Q2 2026", "2026-01-01", "2026-06-30"),
        ("In week 23 van 2026.", "In week 23 van 2026", "2026-06-01", "2026-06-07"),
        ("In het derde en vierde kwartaal van 2026.", "In het derde en vierde kwartaal van 2026",
         "2026-07-01", "2026-12-31"),
        ("In het schooljaar 2025-2026.", "In het schooljaar 2025-2026", "2025-01-01", "2026-12-31"),
        ("Over de periode 2022 tot en met 2025.", "Over de periode 2022 tot en met 2025", "2022-01-01", "2025-12-31"),
        ("Na afloop van 2026.", "Na afloop van 2026", "2027-01-01", ""),
        ("Op zijn vroegst in 2028.", "Op zijn vroegst in 2028", "2028-01-01", ""),
        ("Niet eerder dan 1 mei 2027.", "Niet eerder dan 1 mei 2027", "2027-05-01", ""),
        ("Met terugwerkende kracht tot 1 januari 2025.", "Met terugwerkende kracht tot 1 januari 2025",
         "2025-01-01", ""),
        ("Per ultimo 2025.", "Per ultimo 2025", "2025-12-31", "2025-12-31"),
        ("Over twee jaar is het af.", "Over twee jaar", "", ""),
    ],
)  # fmt: skip
def test_a_period_in_an_odd_form(text: str, wording: str, begin: str, end: str) -> None:
    (found,) = periods(text)
    first, last = (one.isoformat() if one else "" for one in (found.earliest_begin, found.latest_end))
    assert (found.wording, first, last) == (wording, begin, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€500k is nodig.", [("€500k", "exact", 500_000)]),
        ("€ 1,5M is nodig.", [("€ 1,5M", "exact", 1_500_000)]),
        ("Dat is € 5 m2 niet.", [("€ 5", "exact", 5)]),
        ("€ 3.500.000,-", [("€ 3.500.000,-", "exact", 3_500_000)]),
        ("Het is € 1,2 en € 3,4 miljoen.", [
            ("€ 1,2 en € 3,4 miljoen", "exact", 1_200_000), ("€ 1,2 en € 3,4 miljoen", "exact", 3_400_000)]),
        ("Tussen 2 en 3 miljoen euro.", [
            ("Tussen 2 en 3 miljoen euro", "minimaal", 2_000_000),
            ("Tussen 2 en 3 miljoen euro", "maximaal", 3_000_000)]),
        ("Er komen 20 à 25 woningen.", [("20 à 25 woningen", "minimaal", 20), ("20 à 25 woningen", "maximaal", 25)]),
        ("Er komen 2 en 3 woningen.", [("3 woningen", "exact", 3)]),
        ("Tot 20 woningen.", [("Tot 20 woningen", "maximaal", 20)]),
        ("Max. € 50.000.", [("Max. € 50.000", "maximaal", 50_000)]),
        ("Een maximum van € 60.000.", [("Een maximum van € 60.000", "maximaal", 60_000)]),
        ("+/- € 50.000.", [("+/- € 50.000", "circa", 50_000)]),
    ],
)  # fmt: skip
def test_an_amount_in_an_odd_form(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert [(one.wording, one.precision, one.value) for one in quantities(text)] == expected
