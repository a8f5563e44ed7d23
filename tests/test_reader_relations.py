"""The families of rules by which letters of other regions and other writers say their relations."""

from __future__ import annotations

import pytest

from regiograaf.reader.document import Document
from regiograaf.reader.drafts import DraftClaim, drafts
from regiograaf.reader.entities import Entity
from regiograaf.reader.head import head
from regiograaf.reader.lexicon import lexicon
from regiograaf.reader.mentions import mentions
from regiograaf.reader.ruleset import rules
from regiograaf.reader.structure import structure

LEXICON = lexicon(
    Entity(f"urn:x:{key}", label, kind, aliases=tuple(aliases))
    for key, label, kind, *aliases in (
        ("gs", "Gedeputeerde Staten van Groningen", "rg:College", "Gedeputeerde Staten"),
        ("prov", "provincie Groningen", "tooiont:Provincie"),
        ("eems", "Eemsdelta", "tooiont:Gemeente"),
        ("hoge", "Het Hogeland", "tooiont:Gemeente"),
        ("veen", "Veendam", "tooiont:Gemeente"),
        ("ws", "Waterschap Noorderzijlvest", "tooiont:Waterschap"),
        ("haven", "Groningen Seaports", "rg:Bedrijf"),
        ("vr", "Veiligheidsregio Groningen", "tooiont:Samenwerkingsorganisatie"),
        ("school", "Stichting Noordkwartier", "rg:Stichting"),
        ("bureau", "Bureau Lomans", "rg:Bureau"),
        ("tno", "TNO", "rg:Kennisinstelling"),
        ("prog", "Programma Wadkust", "rg:Programma"),
        ("visie", "Havenvisie 2040", "rg:Visie"),
        ("deal", "Kustdeal", "rg:Overeenkomst"),
        ("fonds", "Waterstoffonds", "rg:Middelen"),
        ("kade", "project Kade Noord", "rg:Project", "Kade Noord"),
        ("sluis", "Farmsumersluis", "rg:Infrastructuur"),
        ("tafel", "Kusttafel", "rg:Overlegorgaan"),
        ("rap", "Rapport Slibbalans", "rg:Rapport"),
        ("net", "netcongestie", "rg:Knelpunt"),
        ("opg", "dijkopgave", "rg:Opgave"),
        ("doel", "schone haven", "rg:Doel"),
        ("rijk", "het Rijk", "rg:Overheid", "Rijk"),
        ("u", "formateurs", "rg:ActorGroep"),
    )
)
RULES = rules()
OF_NAMES = ("existence", "name-theme", "name-area", "letterhead")
HEAD = """Provincie Groningen

Aan: de formateurs
Van: Gedeputeerde Staten van Groningen
Datum: 3 maart 2025
Onderwerp: De kust

Geachte formateurs,

"""


def read(text: str) -> set[str]:
    """What a letter's body says: subject, relation and object of each draft; "niet" behind what it denies."""
    whole = f"{HEAD}{text}\n\nMet vriendelijke groet,\n"
    parts = structure(Document("x", "plain", "", whole, whole))
    found = drafts(parts, mentions(parts, LEXICON, head(parts)), RULES)
    return {_shown(one) for one in found if one.rule not in OF_NAMES}


def _shown(one: DraftClaim) -> str:
    ends = [
        end.entity.removeprefix("urn:x:") if end.entity.startswith("urn:x:") else end.label
        for end in (one.subject, one.object)
    ]
    if one.predicate in ("rg:werktSamenMet", "rg:overlegtMet"):
        ends.sort()
    return f"{ends[0]} {one.predicate.removeprefix('rg:')} {ends[1]}" + (" niet" if one.negated else "")


SAYS = (
    # money
    ("De provincie zegde in mei € 1 miljoen toe voor de Farmsumersluis.", "prov financiert sluis"),
    ("Met een bijdrage van € 3 miljoen uit het Waterstoffonds bouwt Eemsdelta Kade Noord.", "fonds financiert kade"),
    ("De provincie steunt Kade Noord met 4 miljoen euro.", "prov financiert kade"),
    ("Voor Kade Noord, die langs de haven loopt, heeft het Rijk € 3 miljoen gereserveerd.", "rijk financiert kade"),
    ("De subsidie die de provincie aan Veendam verleende, is op.", "prov financiert veen"),
    ("Wij dragen € 2 miljoen bij aan Kade Noord via het Waterstoffonds.", "gs financiert kade; fonds financiert kade"),
    ("Kade Noord krijgt een startsubsidie van het Rijk.", "rijk financiert kade"),
    # who is bound
    ("De Kustdeal, die het Rijk en Veendam in 2024 met elkaar zijn aangegaan, loopt af.",
     "rijk partijBij deal; veen partijBij deal"),
    ("Met de Kustdeal spraken het Rijk en Eemsdelta meer geld af.", "rijk partijBij deal; eems partijBij deal"),
    ("Onder de Kustdeal staan de handtekeningen van Veendam en Groningen Seaports.",
     "veen partijBij deal; haven partijBij deal"),
    ("Wethouder Piet de Boer zette zijn handtekening onder de Kustdeal.", "Piet de Boer ondertekent deal"),
    # who takes part
    ("Behalve Veendam doet ook de Veiligheidsregio Groningen mee aan het Programma Wadkust.",
     "veen neemtDeelAan prog; vr neemtDeelAan prog"),
    ("Stichting Noordkwartier werkt mee aan het Programma Wadkust.", "school neemtDeelAan prog"),
    ("In de Kusttafel, waarvan ook Veendam deel uitmaakt, is dit besproken.", "veen neemtDeelAan tafel"),
    ("Eemsdelta werkt met Veendam in het Programma Wadkust samen.", "eems neemtDeelAan prog; veen neemtDeelAan prog"),
    # advice and help
    ("Wij zijn geadviseerd door Bureau Lomans.", "bureau adviseert gs"),
    ("Eemsdelta laat zich door Bureau Lomans adviseren.", "bureau adviseert eems"),
    ("Op advies van Bureau Lomans past Eemsdelta de Havenvisie 2040 aan.", "bureau adviseert eems; eems wijzigt visie"),
    ("Bureau Lomans en TNO geven ons daarbij advies.", "bureau adviseert gs; tno adviseert gs"),
    ("Met hulp van de provincie voert Veendam het Programma Wadkust uit.", "prov ondersteunt veen; veen voertUit prog"),
    ("Scholen kunnen een beroep doen op de Veiligheidsregio Groningen.", "vr ondersteunt scholen"),
    # research
    ("Eemsdelta laat door TNO uitzoeken of de Farmsumersluis hoger kan.", "tno onderzoekt sluis"),
    ("TNO houdt het Programma Wadkust tegen het licht.", "tno onderzoekt prog"),
    ("De resultaten van het Programma Wadkust worden gevolgd door TNO.", "tno evalueert prog"),
    ("De evaluatie van het Programma Wadkust door TNO verschijnt in mei.", "tno evalueert prog"),
    # who leads, who does
    ("De leiding van het Programma Wadkust is in handen van Groningen Seaports.", "haven coordineert prog"),
    ("Trekker van het Programma Wadkust is Veendam.", "veen coordineert prog"),
    ("De uitvoering van het Programma Wadkust is in handen van Veendam.", "veen voertUit prog"),
    ("Kade Noord is gegund aan Bureau Lomans.", "bureau voertUit kade"),
    ("Veendam is belast met het Programma Wadkust.", "veen voertUit prog"),
    # things being made
    ("Het Hogeland werkt aan een waterplan.", "hoge ontwikkelt waterplan"),
    ("Het Hogeland riep een kustfonds in het leven.", "hoge ontwikkelt kustfonds"),
    ("Groningen Seaports bouwt 60 huurwoningen.", "haven realiseert 60 huurwoningen"),
    # places
    ("Bureau Lomans houdt kantoor in Veendam.", "bureau gevestigdIn veen"),
    ("Bureau Lomans is uit Veendam vertrokken.", "bureau gevestigdIn veen"),
    ("Eemsdelta huisvest de Kusttafel in Veendam.", "tafel gevestigdIn veen"),
    # documents
    ("De Havenvisie 2040 vloeit voort uit de Kustdeal.", "visie gebaseerdOp deal"),
    ("Wij bieden de Havenvisie 2040 ter vaststelling aan de gemeenteraad van Veendam aan.",
     "gemeenteraad van Veendam steltVast visie"),
    ("Eemsdelta kan zich in de Havenvisie 2040 vinden.", "eems onderschrijft visie"),
    ("Eemsdelta heeft de Havenvisie 2040 vastgesteld, waarop de Kustdeal is gebaseerd.", "deal gebaseerdOp visie"),
    ("De aanpassing van de Havenvisie 2040 door Eemsdelta duurt lang.", "eems wijzigt visie"),
    # what is in the way
    ("Kade Noord komt door netcongestie niet van de grond.", "net belemmert kade"),
    ("In Veendam is sprake van netcongestie.", "veen ondervindt net"),
    ("Kade Noord ligt stil vanwege netcongestie.", "net belemmert kade"),
    # together
    ("Eemsdelta en Veendam openen samen een loket.", "eems werktSamenMet veen"),
    ("Met Groningen Seaports kijken wij of Kade Noord langer kan.", "gs werktSamenMet haven"),
    ("Onze samenwerking met TNO werpt vruchten af.", "gs werktSamenMet tno"),
    ("De samenwerking met TNO is beëindigd.", "gs werktSamenMet tno"),
    ("Met Veendam hebben wij afgesproken om Kade Noord aan te leggen.", "gs realiseert kade; veen realiseert kade"),
    # whose clause it is
    ("Veendam begeleidt de scholen en krijgt daarvoor subsidie van de provincie.", "prov financiert veen"),
    ("Als Veendam meebetaalt, zijn wij bereid € 2 ton bij te dragen aan Kade Noord.", "gs financiert kade"),
    ("Wij vragen u de Havenvisie 2040 te lezen en deel te nemen aan de Kusttafel.", "u neemtDeelAan tafel"),
    ("Wij vragen Veendam om mee te werken aan de Farmsumersluis.", "veen werktAan sluis"),
    ("Wij verzoeken Veendam de Havenvisie 2040 te herzien.", "veen wijzigt visie"),
    ("Het is aan Veendam om de Havenvisie 2040 vast te stellen.", "veen steltVast visie"),
    ("Wij stellen u voor de Havenvisie 2040 vast te stellen.", "u steltVast visie"),
    ("Veendam werkt aan Kade Noord en Eemsdelta aan de Farmsumersluis.", "veen werktAan kade; eems werktAan sluis"),
    ("Onze inzet is gericht op een schone haven.", "gs heeftDoel doel"),
    ("Wij werken aan een groot project als Kade Noord.", "gs werktAan kade"),
    ("DELFZIJL, 3 maart 2028 - Eemsdelta en Veendam bouwen samen de Farmsumersluis.",
     "eems realiseert sluis; veen realiseert sluis; eems werktSamenMet veen"),
    ("Wij dragen daar € 1,5 miljoen aan bij, aan Kade Noord.", "gs financiert kade"),
    ("Kade Noord wordt betaald door het Rijk (50%), de provincie (30%) en Veendam (20%).",
     "rijk financiert kade; prov financiert kade; veen financiert kade"),
    ("Eemsdelta, Veendam (penvoerder) en TNO voeren het Programma Wadkust uit.",
     "eems voertUit prog; veen voertUit prog; tno voertUit prog"),
    ("Zoals u weet, hebben Eemsdelta en Veendam de Kustdeal getekend en voeren zij het Programma Wadkust uit.",
     "eems partijBij deal; veen partijBij deal; eems voertUit prog; veen voertUit prog"),
    ("Wij verwachten dat het Rijk geld beschikbaar stelt voor Kade Noord en dat TNO netcongestie oplost.",
     "rijk financiert kade; tno vermindert net"),
    ("Dit doen wij samen met alle betrokken bedrijven en TNO.", "gs werktSamenMet tno"),
    ("Ook zouden wij samen richting het Rijk, TNO en Veendam kunnen optrekken.",
     "gs overlegtMet rijk; gs overlegtMet tno; gs overlegtMet veen"),
)  # fmt: skip
NOT_SAID = (
    ("Veendam en Eemsdelta trekken samen op bij Kade Noord.", "coordineert"),
    ("De gemeenten vullen de Havenvisie 2040 met het Waterstoffonds aan.", "financiert"),
    ("Wij pakken samen met Veendam netcongestie aan.", "ondersteunt"),
    ("De Havenvisie 2040, die Eemsdelta en Veendam maakten, is klaar.", "sluitAanBij"),
    ("Groningen Seaports legt tot 2030 nieuwe kades aan.", "gevestigdIn"),
    ("Eemsdelta heeft aangekondigd netcongestie te onderzoeken.", "ondervindt"),
    ("Veendam en Eemsdelta betalen samen € 3 miljoen.", "werktSamenMet"),
    ("Veendam werkt aan de Havenvisie 2040.", "ontwikkelt"),
    ("In 2030 kan TNO in Veendam geen proeven doen.", "gevestigdIn"),
    ("Veendam heeft de wens om te groeien.", "heeftDoel"),
    ("Wij stellen u voor de Havenvisie 2040 vast te stellen.", "gs steltVast"),
    ("De scholen zijn wij zeer erkentelijk voor hun inzet.", "benut"),
    ("Drie zaken houden ons tegen.", "belemmert"),
    ("Wij verwachten dat het Rijk geld beschikbaar stelt voor Kade Noord en dat TNO meedoet.", "financiert tno"),
    ("De dijkopgave houdt niet op bij Veendam.", "belemmert"),
    ("Dit besluit is genomen met Veendam.", "besluitOver"),
    ("Wij danken alle betrokken gemeenten.", "betrokkenBij"),
    ("TNO overlegt met Veendam over elf dingen.", "adviseert"),
    ("TNO adviseert het Rijk over Kade Noord te praten.", "betrokkenBij kade"),
    ("Het Hogeland biedt aan de Kusttafel te ondersteunen.", "verleent"),
)


@pytest.mark.parametrize(("text", "expected"), SAYS, ids=[text[:50] for text, _ in SAYS])
def test_what_other_letters_say_is_drafted(text: str, expected: str) -> None:
    assert set(expected.split("; ")) <= read(text)


@pytest.mark.parametrize(("text", "relation"), NOT_SAID, ids=[text[:50] for text, _ in NOT_SAID])
def test_what_only_looks_like_it_is_left_alone(text: str, relation: str) -> None:
    assert not [one for one in read(text) if relation in one]


def test_a_passive_of_the_writer_and_a_needed_compound_do_not_turn_round() -> None:
    assert "gs adviseert bureau" not in read("Wij zijn geadviseerd door Bureau Lomans.")
    assert "kade financiert rijk" not in read("Kade Noord krijgt een startsubsidie van het Rijk.")


def test_where_a_verb_says_it_being_beside_each_other_says_no_more() -> None:
    said = read("Kade Noord past binnen het Programma Wadkust.")
    assert said == {"kade sluitAanBij prog"}
