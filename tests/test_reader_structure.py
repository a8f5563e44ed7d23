"""Sections, blocks and sentences of a letter, and the text as one reads it."""

from __future__ import annotations

import random

import pytest

from regiograaf.letters import Letter
from regiograaf.reader.formats import read
from regiograaf.reader.hyphens import vocabulary, whole
from regiograaf.reader.structure import Structure, structure
from tests import reader_files as files
from tests.conftest import REPO

LETTER = (REPO / "examples" / "letters" / "waterlanden.txt").read_text(encoding="utf-8")


def parted(text: str, name: str = "brief.txt") -> Structure:
    return structure(read(text.encode(), name))


def texts(text: str) -> list[str]:
    return [line.text for line in parted(text).lines]


@pytest.mark.parametrize(
    "text",
    [
        "Wij overleggen i.h.k.v. de visie, o.a. met De Dobber en dhr. Jansen. Daarna volgt een besluit.",
        "Zie art. 3, lid 2, nr. 7 en blz. 12 e.v. van het rapport. Dat is openbaar.",
        "De brief d.d. 3 nov. 2030 is van prof. dr. ir. A.B. de Vries jr. en mr. Smit. Zij tekenen samen.",
        "Het gaat om € 5 mln. De raad besluit daarover.",
        "Er komen bruggen, sluizen enz. De raad besluit daarover.",
        "Dat was op 12 jan. De raad besluit daarover.",
        "Dat is zo volgens Jan. De raad besluit daarover.",
        "Kan dat?! Ja.",
        "De brug (zie bijlage 2.) De sluis ook.",
        "Wij vragen: waarom? 's-Gravenhage antwoordt niet.",
        "Dat kost geld. € 5 miljoen is genoeg.",
    ],
)
def test_two_sentences(text: str) -> None:
    assert len(texts(text)) == 2, texts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Het overleg is bijv. met Rijkswaterstaat, Prorail e.a. partijen gevoerd.",
        "Dat doen wij n.a.v. De Zwaan en zgn. Groene Dagen.",
        "Op 3 sept. 2030 en 4 okt. 2030 is er overleg.",
        "De gemeente St. Willebrord telt ca. 1.900 woningen.",
        "Zie www.waterlanden.example. voor meer.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert texts(text) == [text]


def test_headings_have_levels_by_sign_or_number() -> None:
    text = "# Brief\n\n1. Inleiding\n\nWij schrijven u.\n\n2.1 Wonen\n\nWij bouwen.\n\n### Varen\n\nWij varen.\n"
    found = parted(text)
    assert [(b.kind, b.level, b.section) for b in found.blocks if b.kind == "heading"] == [
        ("heading", 1, "Brief"),
        ("heading", 1, "1. Inleiding"),
        ("heading", 2, "2.1 Wonen"),
        ("heading", 3, "Varen"),
    ]
    assert [line.text for line in found.lines if line.kind == "heading"] == [
        "Brief",
        "1. Inleiding",
        "2.1 Wonen",
        "Varen",
    ]


def test_items_have_their_mark_and_depth_and_are_read_without() -> None:
    text = (
        "Wij vragen:\n\n1. een plan dat\n   goed is;\n   a) met geld;\n   b) met mensen;\n2. een brug.\n\n"
        "– een sluis;\n• een pont.\n\nDat is alles."
    )
    found = parted(text)
    assert [(b.mark, b.level) for b in found.blocks if b.kind == "item"] == [
        ("1.", 1), ("a)", 2), ("b)", 2), ("2.", 1), ("–", 1), ("•", 1),
    ]  # fmt: skip
    assert [line.text for line in found.lines] == [
        "Wij vragen:", "een plan dat goed is;", "met geld;", "met mensen;", "een brug.", "een sluis;", "een pont.",
        "Dat is alles.",
    ]  # fmt: skip


def test_a_numbered_list_is_no_list_of_headings() -> None:
    kinds = [block.kind for block in parted("Wij doen:\n1. Wonen\n2. Varen\n3. Bodem\n\nDat is alles.").blocks]
    assert kinds == ["paragraph", "item", "item", "item", "paragraph"]


def test_a_dash_inside_a_hard_wrapped_sentence_is_no_item() -> None:
    text = (
        "De bruggen in de regio Waterlanden zijn oud en moeten – zo staat het in het\nplan – worden vervangen door "
        "bruggen die hoger zijn en waar meer schepen\n– ook grote – onder door kunnen varen zonder dat het verkeer "
        "op de weg\ndaarvoor hoeft te wachten, zoals nu in de zomer elke dag vele keren gebeurt\nen dat is lang."
    )
    assert [block.kind for block in parted(text).blocks] == ["paragraph"]


def test_rows_of_tables_are_lines_with_their_cells_parted_by_tabs() -> None:
    table = "| Gemeente | Woningen |\n|---|---|\n| **Oosterplas** | 1.900. Ook meer |\n"
    found = parted(f"De tabel:\n\n{table}\nRietmeer\t700\n\nKlaar.", "x.md")
    assert [line.text for line in found.lines] == [
        "De tabel:", "Gemeente\tWoningen", "Oosterplas\t1.900. Ook meer", "Rietmeer\t700", "Klaar.",
    ]  # fmt: skip
    row = found.lines[2]
    assert found.blocks[row.block].kind == "row"
    begin, end = found.place(row.start, row.start + len("Oosterplas"))
    assert found.document.text[begin:end] == "Oosterplas"


MINUTES = """VERSLAG
Bestuurlijk overleg Waterlanden

Datum:      dinsdag 12 februari 2030, 14.00 uur
Aanwezig:   mw. A. de Groot (voorzitter), P. Klein (provincie)
Afwezig m.k.g.: C. Jansen

1.  Opening en mededelingen
De voorzitter opent om 14.00 uur. Er zijn geen mededelingen.

2.  Stand van zaken
De provincie heeft toegezegd € 1,5 mln. bij te dragen. Afgesproken wordt dat:
a.  Kaagsluis vóór 1 mei een voorstel maakt;
b.  Rietmeer de kosten (max. € 20.000,-) voorschiet.
Actie: P. Klein

3.  W.v.t.t.k. en sluiting
Het volgende overleg is op 9 april a.s. De stukken volgen een week van
tevoren.

Actielijst
Nr.   Actie               Wie          Gereed
1     Voorstel maken      Kaagsluis    1-5-2030
"""


def test_minutes_have_a_head_numbered_headings_actions_and_a_table_of_spaces() -> None:
    assert [(line.kind, line.section, line.text) for line in parted(MINUTES).lines] == [
        ("head", "Briefhoofd", "VERSLAG"),
        ("head", "Briefhoofd", "Bestuurlijk overleg Waterlanden"),
        ("head", "Briefhoofd", "Datum: dinsdag 12 februari 2030, 14.00 uur"),
        ("head", "Briefhoofd", "Aanwezig: mw. A. de Groot (voorzitter), P. Klein (provincie)"),
        ("head", "Briefhoofd", "Afwezig m.k.g.: C. Jansen"),
        ("heading", "1. Opening en mededelingen", "1. Opening en mededelingen"),
        ("sentence", "1. Opening en mededelingen", "De voorzitter opent om 14.00 uur."),
        ("sentence", "1. Opening en mededelingen", "Er zijn geen mededelingen."),
        ("heading", "2. Stand van zaken", "2. Stand van zaken"),
        ("sentence", "2. Stand van zaken", "De provincie heeft toegezegd € 1,5 mln. bij te dragen."),
        ("sentence", "2. Stand van zaken", "Afgesproken wordt dat:"),
        ("sentence", "2. Stand van zaken", "Kaagsluis vóór 1 mei een voorstel maakt;"),
        ("sentence", "2. Stand van zaken", "Rietmeer de kosten (max. € 20.000,-) voorschiet."),
        ("sentence", "2. Stand van zaken", "Actie: P. Klein"),
        ("heading", "3. W.v.t.t.k. en sluiting", "3. W.v.t.t.k. en sluiting"),
        ("sentence", "3. W.v.t.t.k. en sluiting", "Het volgende overleg is op 9 april a.s."),
        ("sentence", "3. W.v.t.t.k. en sluiting", "De stukken volgen een week van tevoren."),
        ("heading", "Actielijst", "Actielijst"),
        ("sentence", "Actielijst", "Nr.\tActie\tWie\tGereed"),
        ("sentence", "Actielijst", "1\tVoorstel maken\tKaagsluis\t1-5-2030"),
    ]


def test_page_numbers_and_running_headers_of_a_plain_text_are_in_no_sentence() -> None:
    pages = [
        "Provincie Merendam\n\nWij bouwen in de regio een brug die over de\n\nPagina 1 van 3",
        "\fProvincie Merendam\n\nLange Ringvaart gaat. Dat is de tweede\n\nPagina 2 van 3",
        "\fProvincie Merendam\n\nbrug van de regio.\n\nPagina 3 van 3\n",
    ]
    found = parted("\n\n".join(pages))
    assert [line.text for line in found.lines] == [
        "Provincie Merendam",
        "Wij bouwen in de regio een brug die over de Lange Ringvaart gaat.",
        "Dat is de tweede brug van de regio.",
    ]
    furniture = [found.document.text[begin:end].strip() for begin, end in found.furniture]
    assert furniture == [
        "Pagina 1 van 3", "Provincie Merendam", "Pagina 2 van 3", "Provincie Merendam", "Pagina 3 van 3",
    ]  # fmt: skip


def test_the_reading_text_leaves_out_signs_and_leads_back() -> None:
    text = (
        "De **regio\u00ad** [Waterlanden](https://x.example/a) is een “mooie”\u00a0regio met *veel* water, "
        "snake_case en 3*4 \ufb01etsers.\n"
    )
    found = parted(text, "x.md")
    line = found.lines[0]
    assert line.text == 'De regio Waterlanden is een "mooie" regio met veel water, snake_case en 3*4 fietsers.'
    for word in ("Waterlanden", "mooie", "veel", "water,"):
        start = line.start + line.text.index(word)
        begin, end = found.place(start, start + len(word))
        assert text[begin:end] == word
    start = line.start + line.text.index("fietsers")
    begin, end = found.place(start, start + len("fietsers"))
    assert text[begin:end] == "\ufb01etsers"


def test_words_broken_at_line_ends_are_made_whole_and_lead_back() -> None:
    text = (
        "Wij willen de volkshuis-\nvesting en het ruimtelijk-\neconomische, PFAS-\nvrije woning- \nen winkelbeleid.\n"
    )
    found = parted(text)
    assert [line.text for line in found.lines] == [
        "Wij willen de volkshuisvesting en het ruimtelijk-economische, PFAS-vrije woning- en winkelbeleid."
    ]
    start = found.text.index("volkshuisvesting")
    begin, end = found.place(start, start + len("volkshuisvesting"))
    assert text[begin:end] == "volkshuis-\nvesting"


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("volkshuis", "vesting", ""),
        ("ruimtelijk", "economisch", "-"),
        ("mogelijk", "heden", ""),
        ("gelijk", "waardig", ""),
        ("woning", "en", "- "),
        ("auto", "industrie", "-"),
        ("PFAS", "dossier", "-"),
        ("Zuid", "Holland", "-"),
        ("2025", "akkoord", "-"),
        ("e", "mail", "-"),
        ("water", "schap", ""),
        ("groei", "agenda", ""),
    ],
)
def test_a_hyphen_at_a_line_end(left: str, right: str, between: str) -> None:
    assert whole(left, right, frozenset()) == between


def test_the_rest_of_the_text_decides_on_a_hyphen() -> None:
    words = vocabulary("De triple-helix en het autoinfarct, Ruimtelijkeconomisch.")
    assert whole("triple", "helix", words) == "-"
    assert whole("ruimtelijk", "economisch", words) == ""


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Zij noemen dat 'De brug van morgen' in hun plan.", [["De brug van morgen"]]),
        ("Zij noemen dat „de brug” en “de sluis” nu.", [["de brug", "de sluis"]]),
        ('Zij zeggen: "De brug is oud. De sluis ook." Dat klopt.', [["De brug is oud."], ["De sluis ook."], []]),
        ("De regio's en 's avonds 't water.", [[]]),
        ("Het plan 'Regio's aan zet' is af.", [["Regio's aan zet"]]),
    ],
)
def test_quotations(text: str, quoted: list[list[str]]) -> None:
    found = [[line.text[a:b].strip() for a, b in line.quotes] for line in parted(text).lines]
    assert found == quoted


def test_a_quotation_ends_with_its_paragraph() -> None:
    first, second = parted('Zij zeggen: "De brug is oud.\n\nDe sluis is nieuw en dat blijft zo.').lines
    assert (bool(first.quotes), bool(second.quotes)) == (True, False)


@pytest.mark.parametrize("width", [40, 52, 66, 80, 100])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_hard_wrapped_at_any_width_the_sentences_are_the_same(width: int, gap: str) -> None:
    body = LETTER[LETTER.index("Geachte") :]
    wrapped = gap.join(files.wrapped(body, width))
    found = [(line.text, line.section) for line in parted(wrapped).lines]
    assert found == [(line.text, line.section) for line in parted(body).lines]


def test_a_text_with_labelled_lines_on_top_has_a_head_without_a_salutation() -> None:
    text = (
        "Aan: de raad\nVan: het college\nDatum: 3 mei 2030\nOnderwerp: de brug\n\nHet college besluit. De raad wacht.\n"
    )
    assert [(line.kind, line.text) for line in parted(text).lines] == [
        ("head", "Aan: de raad"), ("head", "Van: het college"), ("head", "Datum: 3 mei 2030"),
        ("head", "Onderwerp: de brug"), ("sentence", "Het college besluit."), ("sentence", "De raad wacht."),
    ]  # fmt: skip


def test_best_practices_are_no_salutation() -> None:
    text = "De regio wil leren.\n\nBeste voorbeelden worden verzameld en gedeeld met de buren.\n"
    assert {line.section for line in parted(text).lines} == {""}


def test_an_annex_after_the_signature_is_read_as_text() -> None:
    annex = "Dit is een toelichting op de brug die zo lang is dat zij geen regel van een handtekening kan zijn."
    text = f"{LETTER}\nBijlage 1\n\n{annex}\n"
    last = parted(text).lines[-1]
    assert last.text == annex
    assert (last.section, last.kind) == ("Bijlage 1", "sentence")


def test_lines_agree_with_the_letter_as_the_checks_know_it() -> None:
    found = parted(LETTER)
    assert [(line.number, line.begin, line.end, line.section, line.kind) for line in found.lines] == [
        (s.number, s.begin, s.end, s.section, s.kind) for s in Letter("x", LETTER).sentences
    ]
    assert found.sections == Letter("x", LETTER).sections


def test_reading_text_and_places_agree_on_any_text() -> None:
    chance = random.Random(6)
    pieces = [
        "De brug. ", "- item ", "\n", "\n\n", "**vet** ", "“citaat” ", "woord-\n", "a\tb ", "| x | y |\n", "\f",
        "# Kop\n", "Pagina 2\n", "\u00ad", "  ", "e\u0301 ", "[a](b) ", "1. ", "Geachte raad,\n", "Hoogachtend,\n",
        "\ufb01x ",
    ]  # fmt: skip
    for _ in range(300):
        found = parted("Begin. " + "".join(chance.choices(pieces, k=40)))
        assert found.text == "\n".join(line.text for line in found.lines)
        for before, line in zip([None, *found.lines], found.lines, strict=False):
            assert found.text[line.start : line.stop] == line.text
            assert "\n" not in line.text
            assert found.line_at(line.start) is line
            begin, end = found.place(line.start, line.stop)
            assert not line.text or line.begin <= begin < end <= line.end
            assert before is None or before.end <= line.begin
            block = found.blocks[line.block]
            assert block.begin <= line.begin < line.end <= block.end
            for low, high in line.quotes:
                assert 0 <= low < high <= len(line.text)
