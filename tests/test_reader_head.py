"""Who writes to whom, when, about what: only what the text has."""

from __future__ import annotations

import pytest

from regiograaf.reader.formats import read
from regiograaf.reader.head import Field, head
from regiograaf.reader.structure import structure
from tests import reader_files as files
from tests.conftest import REPO

LETTER = (REPO / "examples" / "letters" / "waterlanden.txt").read_text(encoding="utf-8")
EXAMPLE = [
    ("letterhead", "Provincie Merendam"),
    ("date", "2030-11-03"),
    ("reference", "MD-2030-017"),
    ("subject", "Bouwen, varen en bodem in Waterlanden"),
    ("salutation", "colleges"),
    ("sender", "Gedeputeerde Staten van Merendam"),
    ("signatory", "mevrouw T. van Voorbeeld"),
    ("function", "gedeputeerde Water en Wonen"),
]


def fields(raw: bytes | str, name: str = "brief.txt") -> list[Field]:
    return list(head(structure(read(raw.encode() if isinstance(raw, str) else raw, name))))


def values(raw: bytes | str, name: str = "brief.txt") -> list[tuple[str, str]]:
    return [(field.name, field.value) for field in fields(raw, name)]


@pytest.mark.parametrize("made", ["text", "html", "docx", "pdf", "wrapped"])
def test_the_example_letter_has_these_fields_in_every_format(made: str) -> None:
    raw = {
        "text": LETTER.encode(),
        "html": files.as_html(LETTER),
        "docx": files.as_docx(LETTER),
        "pdf": files.as_pdf(LETTER),
        "wrapped": "\n".join(files.wrapped(LETTER, 36)).encode(),
    }[made]
    assert values(raw, "") == EXAMPLE


def test_each_field_leads_back_to_its_words() -> None:
    for field in fields(LETTER):
        words = LETTER[field.begin : field.end]
        assert words == ("3 november 2030" if field.name == "date" else field.value)


def test_an_e_mail_has_its_head_lines() -> None:
    assert values(files.as_mail("Geachte raad,\n\nWij bouwen.\n\nHoogachtend,\n\nJ. Smit\n"), "x.eml") == [
        ("sender", "Provincie Merendam <post@merendam.example>"),
        ("addressee", "bestuur@oosterplas.example"),
        ("date", "2030-11-03"),
        ("subject", "Bouwen, varen en bodem"),
        ("salutation", "raad"),
        ("signatory", "J. Smit"),
    ]


def test_two_office_holders_beside_each_other() -> None:
    text = (
        "Geachte raad,\n\nWij bouwen.\n\nMet vriendelijke groet,\n"
        "het college van burgemeester en wethouders van Rietmeer,\n"
        "de secretaris,\tde burgemeester,\nmr. A.B. de Wit\tdrs. C. Zwart MBA\n"
    )
    assert values(text)[1:] == [
        ("sender", "het college van burgemeester en wethouders van Rietmeer"),
        ("function", "de secretaris"),
        ("function", "de burgemeester"),
        ("signatory", "mr. A.B. de Wit"),
        ("signatory", "drs. C. Zwart MBA"),
    ]


def test_name_and_function_on_one_line() -> None:
    text = "Geachte raad,\n\nWij bouwen.\n\nHoogachtend,\n\nJan de Wit, wethouder Wonen\nvoorzitter, mr. P. Zwart\n"
    assert values(text)[1:] == [
        ("signatory", "Jan de Wit"),
        ("function", "wethouder Wonen"),
        ("function", "voorzitter"),
        ("signatory", "mr. P. Zwart"),
    ]


def test_labels_on_the_line_on_lines_of_their_own_and_in_a_table() -> None:
    text = (
        "Gemeente Kaagsluis\n\nAan de gemeenteraad van Kaagsluis\nPostbus 3\n1234 AB Kaagsluis\n\n"
        "Datum\t3-11-2030\nOns kenmerk: Z-12/9\nUw kenmerk\n\nBijlagen\n2\n\n"
        "Betreft: de brug over\nde Lange Ringvaart\n\n"
        "Geachte leden van de raad,\n\nWij bouwen.\n\nHoogachtend,\n\nAfschrift aan:\nde provincie Merendam\n"
    )
    assert values(text) == [
        ("letterhead", "Gemeente Kaagsluis"),
        ("addressee", "de gemeenteraad van Kaagsluis"),
        ("date", "2030-11-03"),
        ("reference", "Z-12/9"),
        ("attachment", "2"),
        ("subject", "de brug over de Lange Ringvaart"),
        ("salutation", "leden van de raad"),
        ("copy", "de provincie Merendam"),
    ]


def test_a_label_without_a_value_gives_no_field() -> None:
    text = "Datum\n\nZie verzenddatum\n\nUw kenmerk\n\nBijlagen\n\ngeen\n\nGeachte raad,\n\nWij bouwen.\n"
    assert values(text) == [("salutation", "raad")]


def test_a_place_and_date_on_a_line_of_their_own() -> None:
    assert values("Voorbeeldstad, 3 november 2030\n\nGeachte raad,\n\nWij bouwen.\n")[0] == ("date", "2030-11-03")
    assert values("Persbericht\n\nRietmeer, 3 november 2030\n\nDe brug is af.\n") == [("date", "2030-11-03")]


def test_a_date_in_a_sentence_is_not_the_letter_s() -> None:
    assert values("Op 3 november 2030 is de brug af. De raad besluit op 4 mei 2031.\n") == []


def test_a_month_is_a_date_as_it_is_read() -> None:
    assert values("Datum: november 2030\n\nGeachte raad,\n\nWij bouwen.\n")[0] == ("date", "november 2030")


def test_a_list_under_annexes_gives_its_items() -> None:
    text = "De brug is af. Wij zijn blij.\n\nBijlagen\n\n- Tekening van de brug\n- Begroting 2031\n"
    assert values(text) == [("attachment", "Tekening van de brug"), ("attachment", "Begroting 2031")]


def test_a_note_without_sender_date_and_signature_has_none() -> None:
    assert (
        values("Inleiding\n\nWij bouwen een brug. Het college onderschrijft dat.\n\nVervolg\n\nDe raad besluit.\n")
        == []
    )
