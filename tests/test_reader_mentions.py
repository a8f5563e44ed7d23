"""Who and what a letter names: names in their ways of writing, and words that stand for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from regiograaf.errors import SourceError
from regiograaf.prefixes import shrink
from regiograaf.reader.document import Document
from regiograaf.reader.entities import Entity, merge, register
from regiograaf.reader.lexicon import fold, lexicon
from regiograaf.reader.mentions import Found, mentions
from regiograaf.reader.structure import structure
from tests.conftest import REPO

OWN = (
    Entity("urn:x:gs", "Gedeputeerde Staten van Zuid-Holland", "rg:College", aliases=("GS", "Gedeputeerde Staten")),
    Entity("urn:x:leiden", "Leiden", "rg:Plaats"),
    Entity("urn:x:leidse-regio", "Leidse regio", "rg:Regio"),
    Entity("urn:x:deal", "Deal (loket)", "rg:Stichting", aliases=("Stichting DEAL",)),
    Entity("urn:x:regio-deal", "Regio Deal (niet nader aangeduid)", "rg:RegioDeal"),
    Entity("urn:x:corporaties", "woningcorporaties", "rg:ActorGroep", aliases=("de zeven gemeenten",)),
    Entity("urn:x:eiland", "regio Eilanden", "rg:Regio", aliases=("Eilanden",)),
    Entity("urn:x:kust", "Kustse regio", "rg:Regio"),
    Entity("urn:x:gemeenten", "gemeenten", "rg:ActorGroep"),
    Entity("urn:x:eilandgemeenten", "gemeenten in de Eilanden", "rg:ActorGroep", aliases=("de drie gemeenten",)),
    Entity("urn:x:vraag", "vertrouwen", "rg:Voorwaarde"),
    Entity("urn:x:zh", "provincie Zuid-Holland", "tooiont:Provincie", aliases=("de provincie", "provincie")),
)
LEXICON = lexicon(merge(OWN, register(REPO / "data" / "registers" / "organisaties.csv")))


def read(text: str) -> Found:
    return mentions(structure(Document("x", "plain", "", text, text)), LEXICON)


def named(text: str) -> list[tuple[str, str]]:
    return [(one.text, shrink(one.entity).removeprefix("urn:x:")) for one in read(text).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dat vraagt de gemeente Gouda.", [("gemeente Gouda", "gm:gm0513")]),
        ("Daarna besluit Gouda.", [("Gouda", "gm:gm0513")]),
        ("Zij bouwen in Gouda.", [("Gouda", "gm:gm0513")]),
        ("De trein naar Leiden rijdt.", [("Leiden", "leiden")]),
        ("Nu besluit Leiden daarover.", [("Leiden", "gm:gm0546")]),
        ("Leiden tot nu toe maatregelen tot minder?", []),
        ("Zij bouwen in Delft en Leiden.", [("Delft", "gm:gm0503"), ("Leiden", "leiden")]),
        ("Dat zal leiden tot meer.", []),
        ("Nu bouwt Rijswijk mee.", [("Rijswijk", "gm:gm0603")]),
        ("Nu bouwt Rijswijk (ZH) mee.", [("Rijswijk", "gm:gm0603")]),
        ("Nu bouwt Rijswijk (Gelderland) mee.", [("Rijswijk", "nieuw:entiteit/rijswijk")]),
        ("Zij wonen op Plein 1, 2800 BB Gouda.", []),
        ("Zij delft daar.", []),
        ("Een sociaal plan.", []),
        ("Zo helpt de gemeente ’s-Gravenhage.", [("gemeente 's-Gravenhage", "gm:gm0518")]),
        (
            "Nu steunt het Hoogheemraadschap  van\u00a0Rijnland dit.",
            [("Hoogheemraadschap van Rijnland", "ws:ws0616")],
        ),
        ("Zo wil de Regio Deal meer.", [("Regio Deal", "regio-deal")]),
        ("Dat doet Stichting DEAL.", [("Stichting DEAL", "deal")]),
        ("Zo helpen ROM en Deal.", [("ROM", "nieuw:entiteit/rom"), ("Deal", "deal")]),
        ("De Regio Deal loopt. Zo wil de Deal meer.", [("Regio Deal", "regio-deal"), ("Deal", "regio-deal")]),
        ("Stichting DEAL helpt. Zo wil de Deal meer.", [("Stichting DEAL", "deal"), ("Deal", "deal")]),
        ("Dat doen de woningcorporaties.", [("woningcorporaties", "corporaties")]),
        ("De Leidse regio groeit.", [("Leidse regio", "leidse-regio")]),
        ("De ODMH helpt de MRDH.", [("ODMH", "so:so0713"), ("MRDH", "so:so0830")]),
        ("De DCMR helpt het HHSK.", [("DCMR", "so:so0335"), ("HHSK", "ws:ws0656")]),
        ("Dat doet de GR Sociaal.", [("GR Sociaal", "so:so0621")]),
        ("Het Goudabos en Gouda-Noord.", None),
    ],
)
def test_a_name_is_found_as_it_is_written(text: str, expected: list[tuple[str, str]] | None) -> None:
    found = named(text)
    if expected is None:
        assert "gm:gm0513" not in [key for _, key in found]
    else:
        assert found == expected


def test_a_heading_in_capitals_names_too() -> None:
    assert ("HOLLANDSE DELTA", "ws:ws0655") in named("HOLLANDSE DELTA BOUWT\n\nDaar komt een gemaal bij.\n")


def test_a_noun_stands_for_what_was_named_last() -> None:
    text = "De provincie Zuid-Holland betaalt. Zij ziet Gouda. De gemeente bouwt en de provincie helpt."
    assert [key for name, key in named(text) if name in ("gemeente", "provincie")] == ["gm:gm0513", "zh"]


@pytest.mark.parametrize("text", ["De gemeente bouwt.", "Wij bouwen.", "De stuurgroep bouwt.", "Wij vragen u dit."])
def test_who_is_not_known_is_left_open(text: str) -> None:
    assert named(text) == []


GROUP = "eilandgemeenten"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Daar staan de gemeenten.", GROUP),
        ("Daar staan uw gemeenten.", GROUP),
        ("Daar staan de drie gemeenten.", GROUP),
        ("Daar staan de vier gemeenten.", "nieuw:actorgroep/vier-gemeenten"),
        ("Daar staan gemeenten in de regio.", GROUP),
        ("Daar staan gemeenten.", "gemeenten"),
        ("Daar staan de Eilandengemeenten.", GROUP),
        ("Daar staan de gemeenten Gouda en Delft.", None),
    ],
)
def test_a_group_is_that_of_the_region_that_the_letter_is_about(text: str, key: str | None) -> None:
    found = dict(reversed(named(f"In de Eilanden wonen mensen. {text}")))
    keys = [value for name, value in found.items() if "gemeenten" in name.casefold()]
    assert keys == ([key] if key else [])


def test_a_group_named_with_another_region_is_not_that_of_the_letter() -> None:
    text = "In de Eilanden en de Eilanden wonen mensen. De gemeenten in de Kustse regio bouwen."
    assert named(text)[-2:] == [("gemeenten", "gemeenten"), ("Kustse regio", "kust")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zij steunen de Kustse en de Leidse regio.", ["kust", "leidse-regio"]),
        ("Zij steunen de Vage en de Leidse regio.", ["leidse-regio"]),
        ("Zij steunen de Omgevingsdienst Haaglanden en West-Holland.", ["so:so0700", "so:so0455"]),
    ],
)
def test_names_share_a_word(text: str, expected: list[str]) -> None:
    assert [key for _, key in named(text)] == expected


@pytest.mark.parametrize("own", ["De regio", "Deze regio", "Uw regio", "Wij als regio"])
def test_the_region_is_the_one_that_the_letter_is_about(own: str) -> None:
    text = f"De Eilanden groeien. In de Eilanden bouwt men, met de Kustse regio. {own} groeit."
    assert named(text)[-1] == ("regio", "eiland")


def test_of_two_regions_named_as_often_none_is_the_letters() -> None:
    assert named("De Eilanden en de Kustse regio groeien. Uw regio groeit.")[-1] == ("Kustse regio", "kust")


def test_a_condition_of_one_word_is_named_only_where_it_is_asked() -> None:
    assert named("Dat vraagt om vertrouwen.") == [("vertrouwen", "vraag")]
    assert named("Wij gaan met vertrouwen verder.") == []


LETTER = """Gemeente Gouda
Postbus 1
2800 BB Gouda

Aan de gemeenteraad

Onderwerp: Woningen

Geachte leden van de raad,

{body}

Met vriendelijke groet,

Burgemeester en wethouders van Gouda,

J. Jansen, secretaris
P. Pietersen, burgemeester
"""
BW = "nieuw:college/college-van-burgemeester-en-wethouders-van-gouda"
COUNCIL = "nieuw:raad/gemeenteraad-van-gouda"


@pytest.mark.parametrize(
    ("body", "word", "key"),
    [
        ("Nu bouwen wij daar.", "wij", BW),
        ("Nu vragen wij u dat.", "u", COUNCIL),
        ("Daar steunt u ons bij.", "ons", BW),
        ("Nu bouwt het college.", "college", BW),
        ("Nu besluit de raad.", "raad", COUNCIL),
        ("Eerst bouwt Delft. Daarna betaalt de gemeente mee.", "gemeente", "gm:gm0513"),
        ("Eerst bouwt Delft, en de gemeente betaalt.", "gemeente", "gm:gm0503"),
        ("Nu bouwen wij als gemeente daar.", "gemeente", "gm:gm0513"),
        ("Zij zien het college van Delft.", "college van Delft", BW.replace("gouda", "delft")),
    ],
)
def test_the_organ_that_signs_speaks(body: str, word: str, key: str) -> None:
    assert (word, key) in named(LETTER.format(body=body))


def test_an_organ_of_the_list_keeps_its_iri() -> None:
    text = "Nu bouwt het college van Gedeputeerde Staten van de provincie Zuid-Holland."
    assert [(one.entity, one.rule) for one in read(text).mentions] == [("urn:x:gs", "organ")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"Nu bouwen wij", zegt wethouder Anna de Boer.', "Anna de Boer"),
        ('"Nu bouwen wij", aldus burgemeester Jan Smit van Delft.', "Delft"),
        ('Wethouder Anna de Boer: "Nu bouwen wij."', "Anna de Boer"),
        ('Daar hoort men: "Nu bouwen wij."', None),
    ],
)
def test_in_a_quotation_the_quoted_speaks(text: str, speaker: str | None) -> None:
    assert [one.label for one in read(text).mentions if one.text == "wij"] == ([speaker] if speaker else [])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Het Woonakkoord Eiland geldt. Dat akkoord loopt.", 1),
        ("Het Woonakkoord Eiland geldt. Het akkoord over zorg loopt.", 0),
        ("Het Woonakkoord Eiland geldt. Het akkoord van Delft loopt.", 0),
    ],
)
def test_a_noun_with_its_own_description_is_another(text: str, count: int) -> None:
    assert sum(one.rule == "noun" for one in read(text).mentions) == count


def test_a_description_needs_no_region_in_a_letter_about_it() -> None:
    own = Entity("urn:x:band", "hechte samenwerking in de Kustse regio", "rg:Samenwerkingsverband")
    every = lexicon((*LEXICON.entities, own))
    for text, keys in (
        ("De Kustse regio groeit. Zij kent hechte samenwerking.", ["urn:x:kust", "urn:x:band"]),
        ("De Leidse regio groeit. Zij kent hechte samenwerking.", ["urn:x:leidse-regio"]),
    ):
        found = mentions(structure(Document("x", "plain", "", text, text)), every)
        assert [one.entity for one in found.mentions] == keys


def test_state_and_province_need_no_article_in_a_list() -> None:
    text = "De Eilanden groeien. Dat is het beleid van rijk en provincie."
    state = Entity("urn:x:rijk", "het Rijk", "rg:Overheid")
    found = mentions(structure(Document("x", "plain", "", text, text)), lexicon((*LEXICON.entities, state)))
    assert [(one.text, one.entity) for one in found.mentions[1:]] == [("rijk", "urn:x:rijk"), ("provincie", "urn:x:zh")]


def test_an_abbreviation_counts_from_where_the_letter_gives_it() -> None:
    text = "Nu neemt de provincie Zuid-Holland (PZH) deel. Daarna betaalt PZH."
    assert [(one.text, one.rule) for one in read(text).mentions] == [
        ("provincie Zuid-Holland (PZH)", "name"),
        ("PZH", "abbreviation"),
    ]


def test_offsets_are_those_of_the_letter() -> None:
    text = "Eerst dit.\n\nDaarna steunt het “Hoogheemraadschap\nvan Delfland” de gemeente Delft.\n"
    for one in read(text).mentions:
        assert " ".join(text[one.begin : one.end].split()) == one.text


def test_folding_keeps_the_length() -> None:
    text = "’s-Gravenhage, İstanbul, één coöperatie"
    assert len(fold(text)) == len(text)
    assert fold("Één-Coöperatie") == "een cooperatie"
    assert fold("\u0120a\u00a0B\ud800\n") == "\u0121a b\ud800 "


def test_the_order_of_the_entities_does_not_matter() -> None:
    assert lexicon(reversed(LEXICON.entities)) == LEXICON


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ("iri,soort,naam\n", ":1: no column varianten"),
        ("iri,soort,naam,varianten\nfout,rg:Stichting,A,\n", ":2:"),
        ("iri,soort,naam,varianten\ngm:gm1,Stichting,A,\n", ":2:"),
        ("iri,soort,naam,varianten\ngm:gm1,rg:Stichting,,\n", ":2: no name"),
        ("iri,soort,naam,varianten\ngm:gm1,rg:Stichting,A,\ngm:gm1,rg:Stichting,B,\n", ":3:"),
        ("iri,soort,naam,varianten\ngm:gm1,rg:Stichting,A,b,c\n", ":2: more cells"),
    ],
)
def test_a_bad_register_row_is_named_with_its_line(tmp_path: Path, rows: str, where: str) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(SourceError, match=where):
        register(path)


def test_a_register_gives_names_and_variants(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("iri,soort,naam,varianten\ngm:gm1,rg:Stichting,Een,Twee|Drie\n", encoding="utf-8")
    (one,) = register(path)
    assert (shrink(one.iri), one.kind, one.label, one.aliases) == ("gm:gm1", "rg:Stichting", "Een", ("Twee", "Drie"))
