import pytest

from regiograaf import letters
from regiograaf.errors import SourceError
from regiograaf.letters import Letter


def sentences(text: str) -> list[str]:
    letter = Letter("x", text)
    return [letter.quote(s.begin, s.end) for s in letter.sentences]


def test_canonical_drops_bom_and_carriage_returns_and_composes() -> None:
    assert letters.canonical("\ufeffe\u0301e\u0301n\r\ntwee\r".encode()) == "één\ntwee\n"


def test_canonical_names_the_byte_that_is_not_utf8() -> None:
    with pytest.raises(SourceError, match=r"brief\.txt: not UTF-8 at byte 2"):
        letters.canonical(b"ab\xff", "brief.txt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een. Twee! Drie?", ["Een.", "Twee!", "Drie?"]),
        ("Dit is o.a. zo. En dat ook.", ["Dit is o.a. zo.", "En dat ook."]),
        ("Namens drs. M.J.A. van Dam. Groet.", ["Namens drs. M.J.A. van Dam.", "Groet."]),
        ("Circa €140.000. Dat is veel.", ["Circa €140.000.", "Dat is veel."]),
        ('Hij zei: "Het kan." Zij ging.', ['Hij zei: "Het kan."', "Zij ging."]),
        ("1. Een plan. Met een doel.\n2. Een ander.", ["1. Een plan.", "Met een doel.", "2. Een ander."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_blank_line_inside_a_hard_wrapped_sentence_does_not_end_it() -> None:
    text = (
        "De aanbevelingen gaan over de inbedding van de regionale organisatie en over mogelijke\n\n"
        "vormen van betalen die beter passen. In dit verband wordt nu ook gekeken naar de bijlage, de\n\n"
        "Verantwoording van het jaar."
    )
    assert len(sentences(text)) == 2


def test_headings_are_sections_and_not_sentences() -> None:
    text = "Inleiding\n\nDit is de eerste zin.\n\nVervolg van de zaak\nDit is de tweede zin."
    found = [(s.section, s.kind) for s in Letter("x", text).sentences]
    assert found == [
        ("Inleiding", "heading"),
        ("Inleiding", "sentence"),
        ("Vervolg van de zaak", "heading"),
        ("Vervolg van de zaak", "sentence"),
    ]


def test_offsets_are_code_points_and_lead_back_to_the_text() -> None:
    text = "𝔘n één. Twee."
    first, second = Letter("x", text).sentences
    assert (first.begin, first.end, second.begin, second.end) == (0, 7, 8, 13)
    assert text[second.begin : second.end] == "Twee."


def test_passage_outside_the_text_is_an_error() -> None:
    with pytest.raises(SourceError, match="lies outside the text of 4 characters"):
        Letter("x", "kort").quote(2, 9)
