"""The measures that entities can be ranked by: what each says, on which network, and where its definition stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["FIGURES", "MEASURES", "SENDER_BIAS", "SENDER_BIAS_EN", "VERSION", "Measure"]

VERSION = 2
"""Raised with any change that alters a result: kept results of an older version are not used."""

SENDER_BIAS = "Elke brief zet zijn schrijver in het midden: lees de plaats van een afzender met die kennis."
SENDER_BIAS_EN = "Every letter puts its author in the middle: read the place of a sender with that in mind."


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of entities: names, one sentence on what it means, and its definition.

    `network` is what it is taken on: `ties` (pairs that claims join, each once), `weighted ties` (the same with the
    number of claims), `directed ties` (who does it to whom) or `two-mode ties` (actors with programmes). `first` says
    whether the highest or the lowest score takes the first place. `source` is the DOI of its definition.
    """

    name: str
    label: str
    label_en: str
    meaning: str
    meaning_en: str
    network: Literal["ties", "weighted ties", "directed ties", "two-mode ties"]
    source: str
    first: Literal["highest", "lowest"] = "highest"

    def __str__(self) -> str:
        return self.meaning_en


_ALL = (
    Measure(
        "degree",
        "graad",
        "degree",
        "Met welk deel van alle anderen het rechtstreeks verbonden is.",
        "The share of all others that it is directly linked to.",
        "ties",
        "10.1016/0378-8733(78)90021-7",
    ),
    Measure(
        "strength",
        "sterkte",
        "strength",
        "Hoeveel beweringen het met anderen verbinden.",
        "How many claims link it to others.",
        "weighted ties",
        "10.1073/pnas.0400087101",
    ),
    Measure(
        "betweenness",
        "tussenligging",
        "betweenness",
        "Op welk deel van de kortste paden tussen twee anderen het ligt.",
        "The share of the shortest paths between two others that it lies on.",
        "weighted ties",
        "10.1016/0378-8733(78)90021-7",
    ),
    Measure(
        "closeness",
        "nabijheid",
        "closeness",
        "Hoe kort de paden zijn van hieruit naar wie het kan bereiken, gewogen met hoeveel dat er zijn.",
        "How short the paths are from it to whom it can reach, weighed by how many that are.",
        "weighted ties",
        "10.1016/0378-8733(78)90021-7",
    ),
    Measure(
        "eigenvector",
        "eigenvectorcentraliteit",
        "eigenvector centrality",
        "Hoe sterk het verbonden is met wie zelf sterk verbonden is.",
        "How strongly it is linked to those who are strongly linked themselves.",
        "weighted ties",
        "10.1086/228631",
    ),
    Measure(
        "pagerank",
        "PageRank",
        "PageRank",
        "Welk deel van de tijd er iemand is die van de een naar de ander loopt en soms ergens opnieuw begint.",
        "The share of time spent at it by a walker along the ties who now and then starts again anywhere.",
        "weighted ties",
        "10.1016/S0169-7552(98)00110-X",
    ),
    Measure(
        "core",
        "k-kern",
        "k-core",
        "Het grootste getal k waarvoor het hoort bij een groep waarin ieder er met minstens k verbonden is.",
        "The largest k for which it belongs to a group whose members are each linked to at least k of them.",
        "ties",
        "10.1016/0378-8733(83)90028-X",
    ),
    Measure(
        "constraint",
        "beperking",
        "constraint",
        "Hoezeer al zijn contacten ook elkaars contacten zijn; wie weinig beperkt is, staat bovenaan.",
        "How far its contacts are one another's contacts as well; the least constrained come first.",
        "weighted ties",
        "10.1086/421787",
        "lowest",
    ),
    Measure(
        "effective-size",
        "effectieve omvang",
        "effective size",
        "Hoeveel contacten het heeft, min met hoeveel andere daarvan die contacten gemiddeld verbonden zijn.",
        "How many contacts it has, less the number of the others that these are linked to on average.",
        "ties",
        "10.4159/9780674029095",
    ),
    Measure(
        "brokerage",
        "bemiddeling",
        "brokerage",
        "Hoeveel paren uit twee verschillende groepen het verbindt die zelf niet verbonden zijn.",
        "How many pairs from two different groups it joins that are not linked themselves.",
        "ties",
        "10.2307/270949",
    ),
    Measure(
        "coordinator",
        "coördinator",
        "coordinator",
        "Hoe vaak het staat tussen twee niet-verbondenen die beide uit zijn eigen groep komen.",
        "How often it stands between two who are not linked, both of its own group.",
        "directed ties",
        "10.2307/270949",
    ),
    Measure(
        "consultant",
        "adviseur",
        "consultant",
        "Hoe vaak het staat tussen twee niet-verbondenen uit eenzelfde andere groep.",
        "How often it stands between two who are not linked, both of one other group.",
        "directed ties",
        "10.2307/270949",
    ),
    Measure(
        "gatekeeper",
        "poortwachter",
        "gatekeeper",
        "Hoe vaak het staat tussen een begin uit een andere groep en een niet verbonden einde uit zijn eigen groep.",
        "How often it stands between a start in another group and an end in its own that are not linked.",
        "directed ties",
        "10.2307/270949",
    ),
    Measure(
        "representative",
        "vertegenwoordiger",
        "representative",
        "Hoe vaak het staat tussen een begin uit zijn eigen groep en een niet verbonden einde uit een andere groep.",
        "How often it stands between a start in its own group and an end in another that are not linked.",
        "directed ties",
        "10.2307/270949",
    ),
    Measure(
        "liaison",
        "verbindingsschakel",
        "liaison",
        "Hoe vaak het staat tussen twee niet-verbondenen uit twee groepen, terwijl het zelf bij een derde hoort.",
        "How often it stands between two who are not linked, of two groups, being of a third itself.",
        "directed ties",
        "10.2307/270949",
    ),
    Measure(
        "articulation",
        "scharnier",
        "articulation",
        "Hoeveel delen van het netwerk zonder hem los van elkaar komen.",
        "How many parts of the network come loose from the rest without it.",
        "ties",
        "10.1145/362248.362272",
    ),
    Measure(
        "bridges",
        "bruggen",
        "bridges",
        "Hoeveel van zijn verbindingen de enige zijn tussen twee delen van het netwerk.",
        "How many of its ties are the only one between two parts of the network.",
        "ties",
        "10.1016/0020-0190(74)90003-9",
    ),
    Measure(
        "two-mode-degree",
        "graad actor-programma",
        "two-mode degree",
        "Met welk deel van de programma's een actor, of van de actoren een programma, verbonden is.",
        "The share of the programmes an actor, or of the actors a programme, is linked to.",
        "two-mode ties",
        "10.1016/S0378-8733(96)00301-2",
    ),
    Measure(
        "two-mode-closeness",
        "nabijheid actor-programma",
        "two-mode closeness",
        "Hoe weinig stappen het van actoren en programma's af is, als deel van wat hoogstens kan.",
        "How few steps it is away from actors and programmes, as a share of the best there can be.",
        "two-mode ties",
        "10.1016/S0378-8733(96)00301-2",
    ),
    Measure(
        "two-mode-betweenness",
        "tussenligging actor-programma",
        "two-mode betweenness",
        "Hoe vaak het op het kortste pad tussen twee andere actoren of programma's ligt, als deel van wat kan.",
        "How often it lies on the shortest path between two other actors or programmes, of the most there can be.",
        "two-mode ties",
        "10.1016/S0378-8733(96)00301-2",
    ),
)
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}
"""What entities can be ranked by."""
_WHOLE = (
    Measure(
        "density",
        "dichtheid",
        "density",
        "Welk deel van alle paren die verbonden kunnen zijn, verbonden is.",
        "The share of all pairs that could be linked that is linked.",
        "ties",
        "10.1017/CBO9780511815478",
    ),
    Measure(
        "reciprocity",
        "wederkerigheid",
        "reciprocity",
        "Bij welk deel van de gerichte verbindingen er ook een de andere kant op loopt.",
        "The share of directed ties that have one running the other way as well.",
        "directed ties",
        "10.1017/CBO9780511815478",
    ),
    Measure(
        "assortativity",
        "assortativiteit",
        "assortativity",
        "Hoeveel vaker gelijken verbonden zijn dan door toeval: 1 altijd, 0 als bij toeval, onder 0 minder vaak.",
        "How much more often like is linked to like than by chance: 1 always, 0 as by chance, below 0 less often.",
        "ties",
        "10.1103/PhysRevE.67.026126",
    ),
    Measure(
        "pieces",
        "losse delen",
        "pieces",
        "In hoeveel delen zonder onderlinge verbinding het netwerk uiteenvalt.",
        "How many parts without a tie between them the network consists of.",
        "ties",
        "10.1017/CBO9780511815478",
    ),
    Measure(
        "largest-piece",
        "grootste deel",
        "largest piece",
        "Welk deel van alle entiteiten in het grootste samenhangende deel zit.",
        "The share of all entities that is in the largest connected part.",
        "ties",
        "10.1017/CBO9780511815478",
    ),
    Measure(
        "bridges",
        "bruggen",
        "bridges",
        "Welk deel van de verbindingen de enige is tussen twee delen van het netwerk.",
        "The share of ties that are the only one between two parts of the network.",
        "ties",
        "10.1016/0020-0190(74)90003-9",
    ),
    Measure(
        "articulation",
        "scharnieren",
        "articulation",
        "Zonder welk deel van de entiteiten een ander deel van het netwerk los komt.",
        "The share of entities without which another part of the network comes loose.",
        "ties",
        "10.1145/362248.362272",
    ),
)
FIGURES: Mapping[str, Measure] = {measure.name: measure for measure in _WHOLE}
"""What `figures` gives: numbers about the network as a whole; `first` has no meaning there."""
