"""New names over a whole letter, what nouns and pronouns stand for, and who writes to whom without a label."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from regiograaf.prefixes import shrink
from regiograaf.reader.document import Document
from regiograaf.reader.entities import Entity, known, merge, register
from regiograaf.reader.lexicon import lexicon
from regiograaf.reader.mentions import Found, mentions
from regiograaf.reader.structure import structure
from regiograaf.stores import open_store
from tests.conftest import REPO

OWN = (
    Entity("urn:x:gs", "Gedeputeerde Staten van Zuid-Holland", "rg:College", aliases=("GS", "Gedeputeerde Staten")),
    Entity("urn:x:zh", "provincie Zuid-Holland", "tooiont:Provincie", aliases=("de provincie", "provincie")),
    Entity("urn:x:gemeenten", "gemeenten", "rg:ActorGroep"),
    Entity("urn:x:corporaties", "woningcorporaties", "rg:ActorGroep"),
    Entity("urn:x:deal", "Regio Deal", "rg:RegioDeal"),
    Entity("urn:x:kabinet", "het kabinet-Vos", "rg:Kabinet"),
    Entity("urn:x:stroom", "Stroomnet Netbeheer B.V.", "rg:Netbeheerder"),
    Entity("urn:x:ienw", "ministerie van Infrastructuur en Waterstaat", "tooiont:Ministerie"),
    Entity("urn:x:rws", "Rijkswaterstaat", "rg:Overheid"),
    Entity("urn:x:studie", "brugstudie Oude Rijn", "rg:Onderzoek"),
)
LEXICON = lexicon(merge(OWN, register(REPO / "data" / "registers" / "organisaties.csv")))


def read(text: str) -> Found:
    return mentions(structure(Document("x", "plain", "", text, text)), LEXICON)


def named(text: str) -> list[tuple[str, str]]:
    return [(one.text, shrink(one.entity).removeprefix("urn:x:").removeprefix("nieuw:")) for one in read(text).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # kind words before a name, also as the end of a compound
        ("Nu start het kennisnetwerk Stad en Rail.", ["samenwerkingsverband/kennisnetwerk-stad-en-rail"]),
        ("Daar ligt het waterbergingsgebied De Plomp.", ["gebied/waterbergingsgebied-de-plomp"]),
        (
            "Men bouwt aan de spoorlijn Breda\u2013Oss in Brabant.",
            ["infrastructuur/spoorlijn-breda-oss", "plaats/brabant"],
        ),
        ("Netbeheerder Voltwerk bouwt.", ["netbeheerder/voltwerk"]),
        ("Dat doet de gemeente Breda en later Voltwerk.", ["gemeente/gemeente-breda", "entiteit/voltwerk"]),
        ("Dat doet de gemeente Gilze en Rijen.", ["gemeente/gemeente-gilze-en-rijen"]),
        # lists that share a noun
        ("Dat doen de gemeenten Breda, Gouda en Oss.", ["gemeente/breda", "gm:gm0513", "gemeente/oss"]),
        ("Dat doen de dorpen Made en Drimmelen.", ["plaats/made", "plaats/drimmelen"]),
        ("Trots is men op Breda, Gouda en Oss.", ["gemeente/breda", "gm:gm0513", "gemeente/oss"]),
        (
            "Dat doen het Waterschap Zilte Vaart en Klei en Voltwerk.",
            ["waterschap/waterschap-zilte-vaart-en-klei", "entiteit/voltwerk"],
        ),
        # organs by an adjective
        ("Dat vond de Goudse raad.", ["raad/gemeenteraad-van-gouda"]),
        ("Dat vond de Dordtse gemeenteraad.", ["raad/gemeenteraad-van-dordrecht"]),
        ("Dat vond de Nieuwse raad.", []),
        # ministers, ministries, chambers
        (
            "Dat vroeg de minister van Klimaat en Groene Groei.",
            ["functie/minister-van-klimaat-en-groene-groei"],
        ),
        (
            "Dat vroeg het ministerie van Landbouw, Visserij, Voedselzekerheid en Natuur.",
            ["ministerie/ministerie-van-landbouw-visserij-voedselzekerheid-en-natuur"],
        ),
        (
            "Dat vroeg het ministerie van BZK.",
            ["ministerie/ministerie-van-binnenlandse-zaken-en-koninkrijksrelaties"],
        ),
        ("Daarover spraken BZK en de VNG.", [
            "ministerie/ministerie-van-binnenlandse-zaken-en-koninkrijksrelaties",
            "actorgroep/vereniging-van-nederlandse-gemeenten",
        ]),
        # persons
        ("Dat zei A.B. van der Horst.", ["ambtsdrager/a-b-van-der-horst"]),
        ("Dat zei wethouder Van der Horst.", ["ambtsdrager/van-der-horst"]),
        ("Dat zei de wethouder Wonen.", []),
        ("Dat zei directeur Voltwerk.", ["entiteit/voltwerk"]),
        ("Dat zei directeur Anna Bos.", ["ambtsdrager/anna-bos"]),
        ("Voor vragen kunt u terecht bij mevrouw Bos.", []),
        # titles, laws, years
        ("Nu kwam het rapport 'Ruimte voor later' uit.", ["rapport/ruimte-voor-later"]),
        ("Nu kwam de motie-Bos c.s. aan bod.", ["document/motie-bos-c-s"]),
        ("Dat volgt uit de Wet stille straten.", ["wet/wet-stille-straten"]),
        ("Dat staat in de begroting 2031.", ["begroting/begroting-2031"]),
        ("Nu kwam de Nota Grond. De Nota Grond helpt.", ["document/nota-grond"] * 2),
        ("De Woonvisie komt. De Woonvisie 2031-2040 helpt.", ["visie/woonvisie-2031-2040"] * 2),
        ("Nu stelt men het uitvoeringsplan 2031 vast.", ["plan/uitvoeringsplan-2031"]),
        ("Dat bespreken de Nationale woonafspraken.", ["afspraken/nationale-woonafspraken"]),
        # a longer name than the known one within
        ("Nu verbouwt men station Gouda Poort.", ["infrastructuur/station-gouda-poort"]),
        ("Dat staat in de Woonafspraak Hoeksche Waard.", ["overeenkomst/woonafspraak-hoeksche-waard"]),
        ("De Regio Deal Veenrand loopt.", ["regiodeal/regio-deal-veenrand"]),
        ("De Regio Deal loopt.", ["deal"]),
        ("Dat bespreekt de Vereniging van Kleine Gemeenten.", ["actorgroep/vereniging-van-kleine-gemeenten"]),
        ("Zo deed de Duin- en Polderstreek mee.", ["regio/duin-en-polderstreek"]),
        # an abbreviation belongs to the name before it
        ("De Autoriteit Bodem en Water (ABW) kwam. De ABW helpt.", ["overheid/autoriteit-bodem-en-water"] * 2),
        # capitals that name nobody
        ("De Veense raad en de Brabantse dorpen kwamen.", []),
        ("Thema's zijn Veiligheid, Sociale samenhang en RO-vraagstukken.", []),
        ("Zij kennen Wonen. Het wonen verandert.", []),
        ("Gouda, 3 maart 2031", []),
        # the usual short form of a known name
        ("Dat vroeg het ministerie van IenW. Daarover spraken IenW en RWS.", ["ienw", "ienw", "rws"]),
        # a company without its legal form
        ("Daarover waarschuwt Stroomnet.", ["stroom"]),
    ],
)  # fmt: skip
def test_new_names(text: str, expected: list[str]) -> None:
    assert [key for _, key in named(text)] == expected


def test_a_name_at_the_head_of_a_sentence_counts_when_it_is_one_elsewhere() -> None:
    assert named("Voltwerk bouwt. Daarna is Voltwerk klaar.") == [("Voltwerk", "entiteit/voltwerk")] * 2
    assert named("Maatwerk helpt.") == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Het adviesbureau Peil kwam. Het bureau gaf raad.", "bureau/peil"),
        (
            "Zij tekenen de Energieovereenkomst Noord. Deze overeenkomst geldt.",
            "overeenkomst/energieovereenkomst-noord",
        ),
        ("Zij volgen de Woonstrategie Noord. De strategie over zorg volgt.", None),
        ("Dat wil het kabinet.", "kabinet"),
        ("Dat wil uw Kamer.", "raad/tweede-kamer"),
        ("Bij de Oude Rijn loopt van alles. De brugstudie loopt.", "studie"),
        ("Elders loopt van alles. De brugstudie loopt.", "onderzoek/brugstudie"),
    ],
)
def test_a_noun_stands_for_a_thing_of_its_kind(text: str, key: str | None) -> None:
    names = [found for word, found in named(text) if word[0].islower() or word == "Kamer"]
    assert names[-1:] == ([key] if key else [])


def test_in_a_new_paragraph_a_body_is_the_one_named_most() -> None:
    text = "De gemeente Gouda bouwt. Gouda betaalt. De gemeente Delft kijkt.\n\nLater komt de gemeente terug."
    assert named(text)[-1] == ("gemeente", "gm:gm0513")
    text = "De gemeente Gouda bouwt. Gouda betaalt. De gemeente Delft kijkt. Later komt de gemeente terug."
    assert named(text)[-1] == ("gemeente", "gm:gm0503")


def test_possessives_and_reflexives_name_nobody() -> None:
    body = "Wij zetten ons in. Dat is onze taak en ons beleid. Dat helpt ons."
    text = f"Gemeente Gouda\n\nGeachte lezer,\n\n{body}\n\nHoogachtend,\n\nBurgemeester en wethouders van Gouda\n"
    words = [word for word, _ in named(text)]
    assert [word for word in words if word.casefold() in ("wij", "ons", "onze")] == ["Wij", "ons"]


LETTER = """{top}

Geachte lezer,

Nu bouwen wij daar.

Met vriendelijke groet,

{foot}
"""


@pytest.mark.parametrize(
    ("top", "foot", "sender"),
    [
        ("Voltwerk Oost B.V.\nPostbus 1\n1234 AB Oss", "A. Bos", "bedrijf/voltwerk-oost-b-v"),
        ("Woonwijs | Thuishaven", "A. Bos", "actorgroep/afzenders-woonwijs-thuishaven"),
        ("Provincie Drenthe", "Gedeputeerde Staten,\n\nA. Bos, secretaris", "college/gedeputeerde-staten-van-drenthe"),
        (
            "Waterschap Zilte Vaart",
            "het college van dijkgraaf en heemraden,\n\nA. Bos, secretaris",
            "college/college-van-dijkgraaf-en-heemraden-van-waterschap-zilte-vaart",
        ),
        ("Onderwerp: stroom", "A. Bos\nregiomanager Stroomnet", "stroom"),
    ],
)
def test_who_writes_stands_on_top_or_below(top: str, foot: str, sender: str) -> None:
    assert dict(named(LETTER.format(top=top, foot=foot)))["wij"] == sender


def test_a_minister_speaks_of_himself() -> None:
    text = (
        "Ministerie van Rust en Ruimte\n\nAan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\n"
        "Geachte voorzitter,\n\nHierbij informeer ik u. Dat is mij gevraagd.\n\n"
        "De minister van Rust en Ruimte,\n\n\nA. Bos\n"
    )
    found = dict(named(text))
    assert found["ik"] == found["mij"] == "functie/minister-van-rust-en-ruimte"
    assert found["u"] == "functie/voorzitter-van-de-tweede-kamer-der-staten-generaal"


def test_an_organ_without_its_body_is_that_of_the_letter() -> None:
    body = "Nu besluiten Provinciale Staten. Gedeputeerde Staten helpen."
    text = f"Provincie Drenthe\n\nAan de raad\n\nGeachte lezer,\n\n{body}\n"
    found = dict(named(text))
    assert found["Provinciale Staten"] == "raad/provinciale-staten-van-drenthe"
    assert found["Gedeputeerde Staten"] == "college/gedeputeerde-staten-van-drenthe"
    assert dict(named("Nu helpen Gedeputeerde Staten."))["Gedeputeerde Staten"] == "gs"


def test_an_unnamed_college_is_nobody_else() -> None:
    assert named("Nu besluit het college. Daarna besluit de raad.") == [
        ("college", "college/college-niet-genoemd"),
        ("raad", "raad/gemeenteraad-niet-genoemd"),
    ]


def test_several_addressed_together_are_a_group() -> None:
    text = (
        "Waterschap Zilte Vaart\n\nAan de colleges van burgemeester en wethouders van de gemeenten\n"
        "Oss, Breda en Gouda\n\n"
        "Geachte colleges,\n\nWij vragen u dit.\n"
    )
    found = dict(named(text))
    assert found["u"] == "actorgroep/colleges-geadresseerden"
    assert (found["Oss"], found["Breda"], found["Gouda"]) == ("gemeente/oss", "gemeente/breda", "gm:gm0513")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dat doen de drie gemeenten. De gemeenten helpen.", ["actorgroep/drie-gemeenten"] * 2),
        ("Dat doen drie woningcorporaties.", ["corporaties"]),
        ("Dat doen de drie woningcorporaties.", ["actorgroep/drie-woningcorporaties"]),
        ("Dat doen gemeenten in de Veenrand.", ["actorgroep/gemeenten-in-de-veenrand"]),
        ("Dat doen gemeenten.", ["gemeenten"]),
    ],
)
def test_a_group_counted_or_placed_is_one_of_its_own(text: str, expected: list[str]) -> None:
    assert [key for _, key in named(text)] == expected


def test_an_agreement_speaks_of_itself_and_its_parties() -> None:
    text = (
        "SAMENWERKINGSOVEREENKOMST STILLE WERF\n\nDe gemeente Gouda en Voltwerk B.V. verwijzen naar de "
        "Energieovereenkomst Noord. De Samenwerkingsovereenkomst Stille Werf geldt. Zo dragen Partijen bij. "
        "Daarop loopt deze overeenkomst af.\n"
    )
    found = named(text)
    key = "overeenkomst/samenwerkingsovereenkomst-stille-werf"
    assert found[0] == ("SAMENWERKINGSOVEREENKOMST STILLE WERF", key)
    assert ("Partijen", "actorgroep/partijen") in found
    assert found[-1] == ("overeenkomst", key)


def test_the_body_behind_the_speaker_speaks() -> None:
    text = '"Nu bouwen wij", zegt projectleider Anna Bos van het waterschap Hollandse Delta.'
    assert dict(named(text))["wij"] == "ws:ws0655"


def test_an_office_holder_speaks_for_the_body() -> None:
    text = 'De gemeente Gouda bouwt. "Nu bouwen wij", zegt wethouder Anna Bos.'
    assert [key for word, key in named(text) if word == "wij"] == ["gm:gm0513"]
    text = 'De gemeenten Gouda en Delft bouwen. "Ik bouw en dat doen wij", zegt wethouder Anna Bos.'
    assert [key for word, key in named(text) if word in ("Ik", "wij")] == ["ambtsdrager/anna-bos"] * 2
    text = 'De gemeente Gouda bouwt. "Dat wil ik", zegt wethouder Anna Bos.'
    assert [key for word, key in named(text) if word == "ik"] == ["ambtsdrager/anna-bos"]


def test_the_background_is_known() -> None:
    labels = {entity.label: entity.kind for entity in known(open_store(REPO))}
    assert labels["Rijkswaterstaat"] == "rg:Overheid"
    assert labels["ProRail"] == "rg:Bedrijf"


PROGRAM = """
from tests.test_reader_fresh import SAMPLE, read
for one in read(SAMPLE).mentions:
    print(one.begin, one.end, one.entity, one.rule)
"""
SAMPLE = (
    "Gemeente Gouda\n\nAan de raad\n\nGeachte leden van de raad,\n\nWij werken met Breda, Delft en Oss aan de "
    "Woonafspraak Noord. De Goudse raad en de drie gemeenten steunen de afspraak. "
    "Voltwerk (VW) en Anna Bos, wethouder, kwamen.\n\n"
    "Hoogachtend,\n\nBurgemeester en wethouders van Gouda\n"
)


def test_mentions_do_not_hang_on_the_hash_seed() -> None:
    shown = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=REPO,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(shown) == 1
    assert next(iter(shown)).count("\n") > 12


NAMED = [
    # municipalities and bodies that no register has
    ("Losser vraagt steun.", ["gemeente/losser"]),
    ("Men woont in Losser.", ["plaats/losser"]),
    ("Best is dat zo. Best veel.", []),
    ("Zeewolde, 3 maart 2031", []),
    ("Staatsbosbeheer helpt.", ["overheid/staatsbosbeheer"]),
    # one word whose end says what it is
    ("Nu waarschuwt de Jeugdautoriteit.", ["overheid/jeugdautoriteit"]),
    ("Nu waarschuwt de Majoriteit.", []),
    # the first of a list, whose capital the sentence asks for
    ("Woonplus en Voltwerk Zuid tekenen.", ["entiteit/woonplus", "entiteit/voltwerk-zuid"]),
    ("Woonplus tekent.", []),
    # numbers and letters of items
    ("4.4 Woningcorporatie Thuis Wonen en Voltwerk doen mee.", ["woningcorporatie/thuis-wonen", "entiteit/voltwerk"]),
    ("A. Het net is vol.", []),
    ("A. de Boer tekent.", ["ambtsdrager/a-de-boer"]),
    ("B. De Netbeheerder Voltwerk bouwt.", ["netbeheerder/voltwerk"]),
    # a word cut short within a name
    ("Nu komt de Stichting Jeugd- en Gezinshulp Zuid.", ["stichting/stichting-jeugd-en-gezinshulp-zuid"]),
    # an article behind a name begins the next
    ("Nu steunt Zwolle de Stichting Wijs.", ["gemeente/zwolle", "stichting/stichting-wijs"]),
    ("Nu steunt Jan de Boer dit.", ["entiteit/jan-de-boer"]),
    # where it is, is no part of the name
    ("Nu groeit project De Rozen in Zwolle.", ["project/project-de-rozen", "plaats/zwolle"]),
    # its kind from the end of the word before it
    ("Nu bouwt gevelbouwbedrijf Voltwerk.", ["bedrijf/voltwerk"]),
    # a place is no short form of what is called after it
    ("Men bouwt de ringweg Voorhof. Men woont in Voorhof.", ["infrastructuur/ringweg-voorhof", "plaats/voorhof"]),
    ("Men start project Voorhof. Nu groeit Voorhof.", ["project/project-voorhof"] * 2),
    # an organ of a body that no list has
    ("Nu besluiten Provinciale Staten van Drenthe.", ["raad/provinciale-staten-van-drenthe"]),
    # part of a name of several words
    (
        "Nu telt het Regionaal Risicoprofiel 2031. Dit Regionaal Risicoprofiel helpt.",
        ["document/regionaal-risicoprofiel-2031"] * 2,
    ),
    # an adjective, or a name that looks like one
    ("Nu kent men de Bernisse. In de Bernisse zwemt men.", ["entiteit/bernisse"] * 2),
    ("Nu kent men de Goudse kaas.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[text[:40] for text, _ in NAMED])
def test_more_new_names(text: str, expected: list[str]) -> None:
    assert [key for _, key in named(text)] == expected


def test_the_title_of_an_agreement_in_capitals_is_its_name() -> None:
    text = "CONVENANT WARMTE EN RUIMTE\n\nDit convenant geldt. Partijen tekenen dit convenant.\n"
    keys = [key for _, key in named(text)]
    assert keys == ["convenant/convenant-warmte-en-ruimte"] * 2 + ["actorgroep/partijen", keys[0]]
    assert named("NOTULEN VAN DE AVOND\n\nMen kwam bijeen.\n") == []


def test_a_name_in_a_line_of_the_head_is_one_when_the_letter_has_it_too() -> None:
    line = "Nieuwsbrief Zoet op Zand, nummer 6"
    text = f"{line}\n\nBeste lezer,\n\nNu groeit Zoet op Zand hard. Wij danken u voor dit alles.\n"
    keys = [key for name, key in named(text) if name in ("Zoet op Zand", "Wij", "u")]
    assert keys == ["entiteit/zoet-op-zand"] * 3 + ["actorgroep/lezers"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a function stands for who was named with it
        ("Dat zei wethouder Anna Bos. De wethouder lachte.", ["Anna Bos", "wethouder"]),
        ("Dat zei Anna Bos, burgemeester. De burgemeester lachte.", ["Anna Bos", "burgemeester"]),
        ("Dat zei wethouder Anna Bos. De burgemeester lachte.", ["Anna Bos"]),
        ("De wethouder lachte.", []),
        ("Aannemer Voltwerk bouwt. De aannemer is laat.", ["Voltwerk", "aannemer"]),
        ("Aannemer Voltwerk bouwt. De vervoerder is laat.", ["Voltwerk"]),
        # a name that holds the noun goes before another of the kind
        (
            "Zij sluiten het Warmteakkoord Zuid. De Overeenkomst Water geldt. Dat akkoord loopt.",
            ["Warmteakkoord Zuid", "Overeenkomst Water", "akkoord"],
        ),
        # a body can be named later on, a thing that is pointed at cannot
        ("De rol van de stuurgroep is groot. Nu komt de stuurgroep Wonen.", ["stuurgroep", "stuurgroep Wonen"]),
        # where it is, as its name has it
        ("Men ziet Stuw Zanddorp. De stuw bij Zanddorp lekt.", ["Stuw Zanddorp", "stuw bij Zanddorp"]),
        # what lies somewhere is no paper
        ("Men leest de Woonagenda Zandstreek. De streek is mooi.", ["Woonagenda Zandstreek"]),
        # another one
        ("Men ziet de sluis Zanddorp. Het programma Sluis Oost helpt.", ["sluis Zanddorp", "programma Sluis Oost"]),
    ],
)
def test_what_a_noun_stands_for(text: str, expected: list[str]) -> None:
    assert [name for name, _ in named(text)] == expected


def test_the_akkoord_is_the_one_with_the_word_in_its_name() -> None:
    text = "Zij sluiten het Warmteakkoord Zuid. De Overeenkomst Water geldt. Dat akkoord loopt."
    assert named(text)[-1] == ("akkoord", "overeenkomst/warmteakkoord-zuid")


def test_what_is_pointed_at_is_not_what_comes_later() -> None:
    keys = [key for _, key in named("De rol van dat akkoord is groot. Nu komt het Warmteakkoord.")]
    assert keys == ["overeenkomst/akkoord", "overeenkomst/warmteakkoord"]


def test_a_greeting_calls_the_addressee_by_its_organ() -> None:
    text = "Gemeente Zeewolde\n\nAan de gemeenteraad van Zeewolde\n\nGeachte raad,\n\nDit is nieuw voor u.\n"
    assert [key for name, key in named(text) if name in ("raad", "u")] == ["raad/gemeenteraad-van-zeewolde"] * 2


def test_a_letter_of_one_body_greets_its_organ() -> None:
    text = "Gemeente Zeewolde\n\nGeachte raad,\n\nDit is nieuw voor u, en ook voor ons.\n"
    assert [key for name, key in named(text) if name == "u"] == ["raad/gemeenteraad-van-zeewolde"]


def test_a_cell_names_a_body_by_its_kind_alone() -> None:
    table = "| Partij | Deel |\n| Wetterskip | 3 |\n| Provincie | 4 |\n"
    text = f"Het Wetterskip Wadland en de provincie Drenthe betalen.\n\n{table}"
    keys = [key for _, key in named(text)]
    assert keys[2:] == keys[:2]


JOINED = [
    # two names joined by "en" and an article
    (
        "De Veiligheidsregio Zilte Vaart en de GGD Zilte Vaart helpen.",
        ["samenwerkingsorganisatie/veiligheidsregio-zilte-vaart", "samenwerkingsorganisatie/ggd-zilte-vaart"],
    ),
    (
        "Dat doen Museum De Ruit en het Veense Museum.",
        ["voorziening/museum-de-ruit", "voorziening/veense-museum"],
    ),
    ("Dat doet de Raad voor Kunst en de Onderwijsraad.", ["entiteit/raad-voor-kunst", "entiteit/onderwijsraad"]),
    ("Dat doen de Stichting Zilt en Staatsbosbeheer.", ["stichting/stichting-zilt", "overheid/staatsbosbeheer"]),
    (
        "Nu tekenen Havenbedrijf Zilt en North Pier Port.",
        ["bedrijf/havenbedrijf-zilt", "entiteit/north-pier-port"],
    ),
    # one name with "en" in it
    ("Dat doet de Stichting Jeugd en Gezin.", ["stichting/stichting-jeugd-en-gezin"]),
    ("Dat vroeg het ministerie van Landbouw en Visserij.", ["ministerie/ministerie-van-landbouw-en-visserij"]),
    ("Dat doet het Waterschap Vaart en Klei.", ["waterschap/waterschap-vaart-en-klei"]),
    # an adjective before the word of a body
    ("Nu stopt het Noordelijk Beraad. Het beraad sluit.", ["overlegorgaan/noordelijk-beraad"] * 2),
    ("Nu helpt het Stedelijk Verbond.", ["samenwerkingsverband/stedelijk-verbond"]),
    ("Nu helpt het Veense Ziekenhuis.", ["voorziening/veense-ziekenhuis"]),
    ("Nu is er beraad en een verbond.", []),
    # a place that a company is of, and a company behind its kind
    ("Nu boort het Waterbedrijf Losser.", ["bedrijf/waterbedrijf-losser"]),
    ("Nu boort waterbedrijf Zilver.", ["bedrijf/zilver"]),
    # a legal form behind a known name
    ("Nu bouwt Stroomnet N.V. een kast.", ["stroom"]),
    # whose office holders they are
    (
        "Aanwezig: de heer K. Schol (burgemeester Losser, voorzitter) en P. Prins (wethouder Wonen).",
        ["ambtsdrager/k-schol", "gemeente/losser", "ambtsdrager/p-prins"],
    ),
    ("Nu opent burgemeester Hans Schol van Hof van Twente.", ["ambtsdrager/hans-schol", "gemeente/hof-van-twente"]),
    ("Nu opent burgemeester Hans van Losser.", ["ambtsdrager/hans-van-losser"]),
    # organs of other bodies
    ("Nu besluit het college van bestuur van Scholengroep Zilt.", ["orgaan/college-van-bestuur-van-scholengroep-zilt"]),
    ("Nu besluiten het college van bestuur en de raad van toezicht.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), JOINED, ids=[text[:40] for text, _ in JOINED])
def test_names_beside_each_other(text: str, expected: list[str]) -> None:
    assert [key for _, key in named(text)] == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Dat doen de provincie Drenthe en de gemeente Losser. Gedeputeerde Staten van Drenthe helpen.", "losser"),
        ("De gemeente Losser en de gemeente Almelo helpen.", "almelo"),
        ("Gedeputeerde Staten van Drenthe helpen.", None),
    ],
)
def test_a_municipal_college_is_that_of_the_municipality_named_last(before: str, expected: str | None) -> None:
    found = dict(named(f"{before} Nu besluit het college van burgemeester en wethouders."))
    college = found.get("college van burgemeester en wethouders")
    assert college == (f"college/college-van-burgemeester-en-wethouders-van-{expected}" if expected else None)
    assert "college" not in found


def test_colleges_of_several_are_not_that_of_one() -> None:
    text = "De gemeenten Losser en Almelo helpen. De colleges van burgemeester en wethouders besluiten."
    assert [key for _, key in named(text)] == ["gemeente/losser", "gemeente/almelo"]


def test_the_board_is_that_of_the_body_in_the_title() -> None:
    text = (
        "# Verslag Veiligheidsregio Zilte Vaart\n\n"
        "De GGD Zilt helpt de Veiligheidsregio Zuid. Het algemeen bestuur besluit.\n"
    )
    found = dict(named(text))
    assert found["algemeen bestuur"] == "orgaan/algemeen-bestuur-van-veiligheidsregio-zilte-vaart"
    alone = "De GGD Zilt helpt de Veiligheidsregio Zuid.\n\nHet algemeen bestuur besluit.\n"
    assert "algemeen bestuur" not in dict(named(f"Verslag\n\n{alone}"))


@pytest.mark.parametrize(
    ("label", "kind", "expected"),
    [
        ("drinkwatertekort in de polder", "rg:Knelpunt", [("drinkwatertekort", {"polder"})]),
        ("gezamenlijk uitvoeringsprogramma bodem", "rg:Programma", [("uitvoeringsprogramma", {"bodem"})]),
        # only an adjective, or nothing, tells which
        ("groot tekort", "rg:Knelpunt", []),
        ("woningbouwopgave", "rg:Opgave", []),
    ],
)
def test_a_known_thing_is_called_by_the_noun_of_its_class(
    label: str, kind: str, expected: list[tuple[str, set[str]]]
) -> None:
    called = lexicon([Entity("urn:x:a", label, kind)]).nouns
    assert [(noun, set(others)) for noun, others, _ in called] == expected
