"""Names that hold more than one word of a kind, bodies by their abbreviation or organ, and whom a text speaks for."""

from __future__ import annotations

import pytest

from regiograaf.prefixes import shrink
from regiograaf.reader.addressing import LETTER, addressed
from regiograaf.reader.document import Document
from regiograaf.reader.entities import Entity, merge, register
from regiograaf.reader.head import head
from regiograaf.reader.lexicon import lexicon
from regiograaf.reader.mentions import Found, mentions
from regiograaf.reader.structure import structure
from tests.conftest import REPO

OWN = (
    Entity("urn:x:gs", "Gedeputeerde Staten van Zuid-Holland", "rg:College", aliases=("GS", "Gedeputeerde Staten")),
    Entity("urn:x:gemeenten", "gemeenten", "rg:ActorGroep"),
    Entity("urn:x:visie", "Omgevingsvisie", "rg:Visie"),
    Entity("urn:x:merk", "Smart Kust", "rg:Merk"),
    Entity("urn:x:stroom", "Stroomnet Netbeheer B.V.", "rg:Netbeheerder"),
    Entity("urn:x:inzet", "extra inzet van de regio op wonen", "rg:Middelen"),
    Entity("urn:x:stap", "eerste stappen van de regio op wonen", "rg:Aanpak"),
    Entity("urn:x:college", "college (afzender, niet genoemd)", "rg:College"),
)
ORGAN = Entity("https://w3id.org/regiograaf/id/orgaan/college-raadsbrief-wonen", "college van ergens", "rg:College")
LEXICON = lexicon(merge(OWN, (ORGAN,), register(REPO / "data" / "registers" / "organisaties.csv")))


def read(text: str, name: str = "x") -> Found:
    return mentions(structure(Document(name, "plain", "", text, text)), LEXICON)


def named(text: str) -> list[tuple[str, str]]:
    found = read(text).mentions
    return [(one.text, shrink(one.entity).removeprefix("urn:x:").removeprefix("nieuw:")) for one in found]


NAMES = [
    # "en" between two names, and within one
    ("Dow Benelux, Yara Sluis en Cargo helpen.", ["Dow Benelux", "Yara Sluis", "Cargo"]),
    ("Zij werken tussen Sint Anna en Dronrijp.", ["Sint Anna", "Dronrijp"]),
    ("Zo kiest Sint Anna en Harlingen dit.", ["Sint Anna", "Harlingen"]),
    ("Zo bouwen Coteq Netbeheer en Enexis.", ["Coteq Netbeheer", "Enexis"]),
    ("Dat doen GGD Noordkust en Havenzorg.", ["GGD Noordkust", "Havenzorg"]),
    ("Dat doet GGD Gooi en Vechtstreek.", ["GGD Gooi en Vechtstreek"]),
    ("Dat doet de Veiligheidsregio Midden- en West-Brabant.", ["Veiligheidsregio Midden- en West-Brabant"]),
    ("Dat doen Brabantse Delta en Aa en Maas.", ["Brabantse Delta", "Aa en Maas"]),
    ("Dat doet waterschap Rijn en IJssel.", ["waterschap Rijn en IJssel"]),
    ("Nu helpt de Natuur en Milieufederatie Drenthe.", ["Natuur en Milieufederatie Drenthe"]),
    ("Dat staat in het Gezond en Actief Leven Akkoord.", ["Gezond en Actief Leven Akkoord"]),
    ("Zo betalen Rabobank Kust en het Zeeuws Energie Fonds.", ["Rabobank Kust", "Zeeuws Energie Fonds"]),
    ("Wetterskip Fryslân en Provinsje Fryslân tekenden.", ["Wetterskip Fryslân", "Provinsje Fryslân"]),
    ("Zo rekent bureau Bosch & Van Rijn dit na.", ["Bosch & Van Rijn"]),
    # English names
    ("Zo investeert Port of Moerdijk.", ["Port of Moerdijk"]),
    ("Zo leidt de HZ University of Applied Sciences op.", ["HZ University of Applied Sciences"]),
    ("Nu kiest Moerdijk of Tholen dit.", ["Moerdijk", "Tholen"]),
    # what a sentence leads to with a preposition is another
    (
        "Zij werken met de Rijksuniversiteit Groningen aan de Noordelijke Wateragenda.",
        ["Rijksuniversiteit Groningen", "Noordelijke Wateragenda"],
    ),
    ("Nu vraagt Horst aan de Maas dit.", ["Horst aan de Maas"]),
    ("Zij spraken in Hotel De Koornbeurs te Franeker.", ["Hotel De Koornbeurs", "Franeker"]),
    # names of laws, bodies and committees with words without a capital
    ("Zo luidt de Algemene wet bestuursrecht.", ["Algemene wet bestuursrecht"]),
    ("De Algemene verordening gegevensbescherming geldt.", ["Algemene verordening gegevensbescherming"]),
    ("De algemene wetgeving geldt.", []),
    ("Het Centraal Orgaan opvang asielzoekers (COA) helpt.", ["Centraal Orgaan opvang asielzoekers (COA)"]),
    ("De Omgevingsdienst regio Utrecht helpt.", ["Omgevingsdienst regio Utrecht"]),
    ("Zo schrijft de vaste commissie voor Justitie en Veiligheid.", ["vaste commissie voor Justitie en Veiligheid"]),
    ("Zij zoeken een commissie voor later.", []),
    # a known name in a longer one
    ("Nu helpt Smart Kust Partners.", ["Smart Kust Partners"]),
    ("Nu helpt Smart Kust ons land.", ["Smart Kust"]),
    ("Nu helpt Stroomnet Energy Labs.", ["Stroomnet Energy Labs"]),
    ("Nu helpt Stroomnet N.V. hier.", ["Stroomnet"]),
    ("Dat staat in de Zeeuwse Omgevingsvisie.", ["Zeeuwse Omgevingsvisie"]),
    ("Dat staat in de Omgevingsvisie.", ["Omgevingsvisie"]),
    # titles, items of a list, addresses and units
    ("B. Evaluatierapport Samen Gezond", ["Evaluatierapport Samen Gezond"]),
    ("B. Bakker", ["B. Bakker"]),
    ("Mevrouw Hendriks is er. Dat zei mevrouw Hendriks.", ["Hendriks", "Hendriks"]),
    ("Eind mei stond dit op 2,6 TWh.", []),
    # offices
    ("Zo helpt de burgemeester van Tholen.", ["burgemeester van Tholen"]),
    ("Zo helpt burgemeester Jan Prins van Tholen.", ["Jan Prins", "Tholen"]),
    ("Zo helpt wethouder Ramaker van Dalfsen.", ["Ramaker", "Dalfsen"]),
    ("Zo helpt wethouder Kees van Dalfsen.", ["Kees van Dalfsen"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=[text[:40] for text, _ in NAMES])
def test_where_a_name_begins_and_ends(text: str, expected: list[str]) -> None:
    assert [one.text for one in read(text).mentions] == expected


MEANT = [
    # an abbreviation that no bracket gives: by initials, or of every region's own
    ("Dit doet het Limburgs Energie Fonds. Het LEF betaalt.", "LEF", "middelen/limburgs-energie-fonds"),
    ("Dit doet Veiligheidsregio Zeeland. De VRZ helpt.", "VRZ", "samenwerkingsorganisatie/veiligheidsregio-zeeland"),
    ("Dit doet het Limburgs Energie Fonds. De LOF betaalt.", "LOF", "entiteit/lof"),
    ("Zo is de Regionale Energiestrategie Kust. De RES loopt.", "RES", "strategie/regionale-energiestrategie-kust"),
    ("Dit doet het Instituut Fysieke Veiligheid (NIPV). Het NIPV helpt.", "NIPV",
     "kennisinstelling/instituut-fysieke-veiligheid"),
    ("Zo geldt de Wet gemeenschappelijke regelingen. De Wgr geldt.", "Wgr", "wet/wet-gemeenschappelijke-regelingen"),
    ("Dit doet Stichting Intens Leven Tholen (ILT). De ILT helpt.", "ILT", "stichting/stichting-intens-leven-tholen"),
    ("Zo doet Tata Steel dit. Later doet Tata Steel Nederland dat.", "Tata Steel", "entiteit/tata-steel-nederland"),
    ("Zo doet Tata Steel dit. Later doet Tata Steel Kust dat.", "Tata Steel", "entiteit/tata-steel"),
    # a name is no short form of what is only about it
    ("Dit doet de Stuurgroep Maaslijn. Zo rijdt de Maaslijn.", "Maaslijn", "infrastructuur/maaslijn"),
    ("Dit is de Regio Deal Achterhoek. Zo groeit de Achterhoek.", "Achterhoek", "entiteit/achterhoek"),
    ("Dit zag RTV Utrecht. Zo vroeg de gemeente Utrecht dit.", "gemeente Utrecht", "gemeente/gemeente-utrecht"),
    ("Dit vroeg de provincie Utrecht. Zij wonen in Utrecht.", "Utrecht", "plaats/utrecht"),
    ("Dit krijgt het project Havenlab Noord. De subsidie Havenlab Noord loopt.", "Havenlab Noord",
     "project/project-havenlab-noord"),
    # organs by two letters, with their body
    ("Dat vroegen PS van Limburg.", "PS van Limburg", "raad/provinciale-staten-van-limburg"),
    ("Zo wil het bestuur van de GR Jeugd Kust.", "bestuur van de GR Jeugd Kust", "orgaan/bestuur-van-gr-jeugd-kust"),
    ("Dat vroegen GS van Limburg.", "GS van Limburg", "college/gedeputeerde-staten-van-limburg"),
    ("Zo wil het DB van Regio Twente.", "DB van Regio Twente", "orgaan/dagelijks-bestuur-van-regio-twente"),
    ("Dit vroegen Gedeputeerde Staten van Limburg. De provincie betaalt.", "provincie", "provincie/limburg"),
    # nouns: of an organ its own, not that of its body; another group is no steering group
    ("Zo werkt de Dienst Jeugd Kust. Het bestuur van de Dienst Jeugd Kust besluit. De dienst helpt.", "dienst",
     "entiteit/dienst-jeugd-kust"),
    ("Zo stopt de Taskforce Groen Gas. De taskforce is klaar.", "taskforce", "overlegorgaan/taskforce-groen-gas"),
    # groups
    ("Dat doen de acht gemeenten van de Zilte Kust.", "gemeenten van de Zilte Kust",
     "actorgroep/acht-gemeenten-van-de-zilte-kust"),
    ("Aan de gemeenteraden van de Zeeuwse gemeenten.", "gemeenteraden van de Zeeuwse gemeenten",
     "actorgroep/gemeenteraden-van-de-zeeuwse-gemeenten"),
    # what is described with its region, by the words that tell it
    ("De regio vraagt extra inzet. Zo is dat op wonen.", "extra inzet", "inzet"),
    ("Er is extra inzet nodig.", "extra inzet", None),
    ("De regio zet eerste stappen. Zo is dat op wonen.", "eerste stappen", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "key"), MEANT, ids=[text[:50] for text, *_ in MEANT])
def test_whom_a_name_stands_for(text: str, word: str, key: str | None) -> None:
    found = [entity for written, entity in named(text) if written == word]
    assert found[-1:] == ([key] if key else [])


def test_a_taskforce_is_no_steering_group() -> None:
    assert ("stuurgroep", "overlegorgaan/taskforce-groen-gas") not in named(
        "Zo stopt de Taskforce Groen Gas. De stuurgroep is klaar."
    )


REGIONS = [
    ("Dat vraagt het waterschap. Zo doet Rivierenland dit.", "Rivierenland", "ws:ws0621"),
    ("Dat vraagt het waterschap. Zo doet regio Rivierenland dit.", "regio Rivierenland", "regio/regio-rivierenland"),
    ("Zo doet Avri Rivierenland dit voor het waterschap.", "Avri Rivierenland", "entiteit/avri-rivierenland"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "key"), REGIONS)
def test_the_bare_name_of_a_water_authority_is_not_part_of_another(text: str, word: str, key: str) -> None:
    assert (word, key) in named(text)


def test_the_bare_name_of_a_water_authority_needs_a_text_about_water_authorities() -> None:
    assert "ws:ws0621" not in [key for _, key in named("Zo doet Rivierenland dit.")]


def test_a_compound_that_names_one_thing_needs_no_article_elsewhere() -> None:
    found = named("Dit komt door netcongestie. De netcongestie groeit. Er is congestie.")
    assert found == [("netcongestie", "knelpunt/netcongestie")] * 2


def test_a_text_is_no_thing_that_it_speaks_of() -> None:
    text = "Voortgangsrapportage 2027\n\nIn deze rapportage staat alles. De rapportage is klaar.\n"
    assert [key for _, key in named(text)] == []
    other = "Verslag\n\nEr is een rapportage. De rapportage is klaar.\n"
    assert [key for _, key in named(other)] == ["rapport/rapportage"] * 2


GOING = "\n\nWij bouwen. Wij willen meer. Daarna kiezen we.\n"


@pytest.mark.parametrize(
    ("text", "sender", "addressee"),
    [
        # labels on top of a text that greets nobody
        (f"Jaarverslag\n\nOpgesteld door: Stichting Zilt\n{GOING}", "Stichting Zilt", ""),
        # the organ that signs without closing words
        (f"Provincie Limburg\n\nGeachte heer,{GOING}\nGedeputeerde Staten van Limburg,\n\nA. Prins, voorzitter\n",
         "Gedeputeerde Staten van Limburg", ""),
        # and in a short letter whom it is to does not sign
        (f"Provincie Limburg\n\nAan: de gemeenteraad van Gulpen\n\nGeachte raad,{GOING}", "Provincie Limburg",
         "gemeenteraad van Gulpen"),
        # a note to the council that need not say whose it is
        (f"Raadsnotitie wonen{GOING}", "college (niet genoemd)", "gemeenteraad (niet genoemd)"),
        (f"Notitie\n\nMet deze notitie informeert het college de raad.{GOING}", "college (niet genoemd)",
         "gemeenteraad (niet genoemd)"),
        # a text that speaks often for someone whom it does not name
        (f"Samenwerking: stand\n\nDit is nieuw.{GOING}", "afzender (niet genoemd)", ""),
        ("Samenwerking: stand\n\nDit is nieuw. Wij bouwen.\n", "", ""),
        # a name of capitals alone on top
        ("NOM\n\nZwolle, 3 mei 2031\n\nGeachte aandeelhouders,\n\nDe NOM groeit. Wij bouwen.\n", "NOM",
         "aandeelhouders"),
        ("NOM\n\nOss, 3 mei 2031\n\nGeachte formateur, beste onderhandelaars,\n\nDe NOM groeit. Wij bouwen.\n", "NOM",
         "formateur, onderhandelaars"),
        ("NOM\n\nZwolle, 3 mei 2031\n\nGeachte heren,\n\nDe NOM groeit. Wij bouwen.\n", "NOM", ""),
    ],
)  # fmt: skip
def test_for_whom_a_text_speaks(text: str, sender: str, addressee: str) -> None:
    sides = read(text).parties
    assert (sides.sender.label if sides.sender else "", sides.addressee.label if sides.addressee else "") == (
        sender,
        addressee,
    )


def test_an_organ_that_is_not_named_is_known_by_the_letters_file_name() -> None:
    found = read(f"Raadsbrief wonen{GOING}", "Raadsbrief wonen.docx")
    assert found.parties.sender is not None
    assert found.parties.sender.entity == ORGAN.iri


def test_your_councils_are_those_to_whom_the_letter_goes() -> None:
    text = (
        "Veiligheidsregio Zeeland\n\nAan de gemeenteraden van de Zeeuwse gemeenten\n\nMiddelburg, 2 mei 2031\n\n"
        "Geachte raadsleden,\n\nU besluit. Wij vragen uw raden om geld.\n"
    )
    found = dict(named(text))
    assert found["raden"] == found["U"] == "actorgroep/gemeenteraden-geadresseerden"


def test_a_text_with_sender_and_addressee_is_a_letter_though_it_greets_nobody() -> None:
    text = "Aan: gemeente Tholen\nVan: Stichting Zilt\nDatum: 3 mei 2031\n\nInleiding\n\nStichting Zilt bouwt hier.\n"
    parts = structure(Document("x", "plain", "", text, text))
    found = mentions(parts, LEXICON)
    said = [
        (one.subject.label, one.predicate, one.object.label) for one in addressed(parts, found, head(parts), LETTER)
    ]
    assert said == [
        ("Stichting Zilt", "rg:verstuurt", "deze brief"),
        ("deze brief", "rg:gerichtAan", "gemeente Tholen"),
    ]
