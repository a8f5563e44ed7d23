"""New names in a letter: what they are likely to be."""

from __future__ import annotations

import pytest

from regiograaf.reader.candidates import candidates, key_of
from regiograaf.reader.document import Document
from regiograaf.reader.lexicon import lexicon
from regiograaf.reader.mentions import mentions
from regiograaf.reader.structure import structure


def found(text: str) -> list[tuple[str, str]]:
    return [(one.label, one.kind) for one in candidates(text) if not one.weak]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over de N217 rijden meer auto's.", [("N217", "rg:Infrastructuur")]),
        ("Daar bouwt Van Dam Bouw B.V. woningen.", [("Van Dam Bouw B.V.", "rg:Bedrijf")]),
        ("Dat zegt wethouder Anna de Boer.", [("Anna de Boer", "rg:Ambtsdrager")]),
        ("Dat ziet netbeheerder Stroomnet.", [("Stroomnet", "rg:Netbeheerder")]),
        ("Het programma Schone Maas loopt.", [("programma Schone Maas", "rg:Programma")]),
        ("Zij vormen de stuurgroep Wonen.", [("stuurgroep Wonen", "rg:Overlegorgaan")]),
        ("Dit staat in de Woonvisie 2027-2032.", [("Woonvisie 2027-2032", "rg:Visie")]),
        ("Wij volgen de Wet betaalbare huur.", [("Wet betaalbare huur", "rg:Wet")]),
        ("Maatregelen zijn nodig.", []),
        ("Er is geen plan.", []),
        ("Dat zegt burgemeester Jan Smit van Dam.", [("Jan Smit van Dam", "rg:Ambtsdrager")]),
        ("Zij volgen de Regionale Woonagenda.", [("Regionale Woonagenda", "rg:Agenda")]),
        ("Zij kennen Blauwe Werf al.", [("Blauwe Werf", "")]),
        ("Zij kennen Werf al.", [("Werf", "")]),
        ("Zij wegen Veiligheid mee.", []),
        ("In maart 2027 is dat zo.", []),
    ],
)
def test_the_words_around_a_name_give_its_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_what_is_taken_is_not_new() -> None:
    text = "Over de N217 rijden auto's."
    begin = text.index("N217")
    assert list(candidates(text, ((begin, begin + 4),))) == []


def test_a_person_ends_where_a_known_name_begins() -> None:
    text = "Dat zegt burgemeester Jan Smit van Dordrecht."
    begin = text.index("Dordrecht")
    assert [one.label for one in candidates(text, ((begin, begin + 9),)) if not one.weak] == ["Jan Smit"]


def test_a_key_is_stable_and_plain() -> None:
    assert key_of("Woonafspraak ’t Eiland één", "rg:Programma") == "nieuw:programma/woonafspraak-t-eiland-een"


def test_later_short_forms_mean_the_same() -> None:
    text = "Zij tekenen het Bouwakkoord Oude Polder. Dat Bouwakkoord geldt. Het akkoord loopt."
    result = mentions(structure(Document("x", "plain", "", text, text)), lexicon(()))
    key = "nieuw:overeenkomst/bouwakkoord-oude-polder"
    assert [(one.text, one.entity, one.rule) for one in result.mentions] == [
        ("Bouwakkoord Oude Polder", key, "new"),
        ("Bouwakkoord", key, "short"),
        ("akkoord", key, "noun"),
    ]
    assert [(one.key, one.kind) for one in result.new] == [(key, "rg:Overeenkomst")]
