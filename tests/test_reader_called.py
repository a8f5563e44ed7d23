"""Names that a text gives itself, and things that it only has a common noun for."""

from __future__ import annotations

import pytest

from regiograaf.reader.document import Document
from regiograaf.reader.lexicon import lexicon
from regiograaf.reader.mentions import mentions
from regiograaf.reader.structure import structure

NOTHING = lexicon(())


def named(text: str) -> list[tuple[str, str]]:
    found = mentions(structure(Document("x", "plain", "", text, text)), NOTHING)
    return [(one.text, one.entity.removeprefix("nieuw:")) for one in found.mentions]


CALLED = [
    (
        "Stichting Groen Licht (hierna: het Fonds) tekent. Het Fonds betaalt.",
        ["stichting/stichting-groen-licht"] * 3,
    ),
    (
        "1. Waterschap Zilte Vaart, hierna te noemen: 'de beheerder';\n\n2. Stichting Groen Licht.\n\n"
        "De beheerder bouwt.",
        ["waterschap/waterschap-zilte-vaart"] * 2 + ["stichting/stichting-groen-licht"]
        + ["waterschap/waterschap-zilte-vaart"],
    ),
    (
        "Stichting Groen Licht en Stichting Wijs, hierna gezamenlijk te noemen: de stichters. Nu betalen de stichters.",
        ["stichting/stichting-groen-licht", "stichting/stichting-wijs"] + ["actorgroep/stichters"] * 2,
    ),
    # the one before the bracket, not the first of the sentence
    (
        "Stichting Wijs steunt Stichting Groen Licht (hierna: Licht). Licht groeit.",
        ["stichting/stichting-wijs"] + ["stichting/stichting-groen-licht"] * 3,
    ),
    # no definition
    ("Stichting Wijs kwam, hierna volgde het applaus.", ["stichting/stichting-wijs"]),
    ("Hierna: een overzicht.", []),
    ("Stichting Wijs sprak verder van de kosten.", ["stichting/stichting-wijs"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CALLED, ids=[text[:40] for text, _ in CALLED])
def test_a_name_that_the_text_gives_means_whom_it_says(text: str, expected: list[str]) -> None:
    assert [key for _, key in named(text)] == expected


def test_a_given_name_in_small_letters_needs_its_article() -> None:
    text = "Waterschap Zilte Vaart (hierna: de beheerder) bouwt. Wie beheerder is, weet de beheerder."
    assert [name for name, _ in named(text)] == ["Waterschap Zilte Vaart", "beheerder", "beheerder"]


RECURRING = [
    ("Daar komt een nieuwe sluis. De sluis is in 2031 klaar.", [("sluis", "infrastructuur/sluis")] * 2),
    ("Het gemaal is oud. Daarom wordt het gemaal vervangen.", [("gemaal", "infrastructuur/gemaal")] * 2),
    (
        "Men legt een persleiding aan. De leiding is lang.",
        [("persleiding", "infrastructuur/persleiding"), ("leiding", "infrastructuur/persleiding")],
    ),
    (
        "Er komt een mobiel politiebureau. Dat bureau is open.",
        [("mobiel politiebureau", "bureau/mobiel-politiebureau"), ("bureau", "bureau/mobiel-politiebureau")],
    ),
    ("Men maakt een haalbaarheidsstudie.", [("haalbaarheidsstudie", "onderzoek/haalbaarheidsstudie")]),
    (
        "Men bouwt een uitkijkpost. De uitkijkpost is hoog.",
        [("uitkijkpost", "entiteit/uitkijkpost")] * 2,
    ),
    ("Men prijst dat rapport.", [("rapport", "rapport/rapport")]),
    # two things with one noun
    (
        "Men bouwt een sluis. De sluis lekt. Elders komt een sluis. De sluis is daar breed.",
        [("sluis", "infrastructuur/sluis")] * 4,
    ),
    (
        "Men kent het lokale plan. Dat lokale plan is goed. Het regionale plan is beter. Dat regionale plan helpt.",
        [("lokale plan", "plan/lokale-plan")] * 2 + [("regionale plan", "plan/regionale-plan")] * 2,
    ),
    # no one thing
    ("De sluis is dicht.", []),
    ("Men bouwt een sluis. Elders bouwt men ook een sluis.", []),
    ("Naar aanleiding van de aanleiding is de begeleiding goed.", []),
    ("Men stelt een vraag. De vraag is goed.", []),
    ("De uitkijkpost is hoog. De uitkijkpost is rood.", []),
    ("Men kijkt in elk rapport.", []),
]


@pytest.mark.parametrize(("text", "expected"), RECURRING, ids=[text[:40] for text, _ in RECURRING])
def test_a_common_noun_names_a_thing_of_the_letter_s_own(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_a_thing_that_recurs_is_new_with_its_class() -> None:
    text = "Daar komt een nieuwe sluis. De sluis is in 2031 klaar."
    found = mentions(structure(Document("x", "plain", "", text, text)), NOTHING)
    assert [(one.key, one.kind) for one in found.new] == [("nieuw:infrastructuur/sluis", "rg:Infrastructuur")]


def test_a_heading_names_what_its_section_comes_back_to() -> None:
    text = "2. Regionale woonagenda\n\nMen bespreekt de woonagenda. Daarna sluit men.\n\n3. Sluiting\n\nMen sluit.\n"
    assert named(text) == [
        ("Regionale woonagenda", "agenda/regionale-woonagenda"), ("woonagenda", "agenda/regionale-woonagenda"),
    ]  # fmt: skip
