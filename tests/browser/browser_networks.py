"""A network in which every filter, date and fact of the map occurs, and what the map must show of it: worked out here,
from the network alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import networkx as nx

from map_networks import FAMILIES, ID, MODALITIES, claim, empty, entity, letter, passage, step

THEMES = {"Wonen": "Housing", "Energie": "Energy", "Bereikbaarheid": "Accessibility"}
LAYERS = {
    "rijk": ("Rijk en Europa", "State and Europe"),
    "provincie": ("Provincie", "Province"),
    "programma": ("Programma’s en afspraken", "Programmes and agreements"),
    "regio": ("Regio’s en verbanden", "Regions and partnerships"),
    "gemeente": ("Gemeenten", "Municipalities"),
    "partner": ("Partners", "Partners"),
    "onderwerp": ("Onderwerpen", "Subjects"),
}
STATUSES = ("bestaand", "bestaand", "voorgenomen", "bestaand", "beeindigd", "mogelijk")
PERIODS: tuple[tuple[str, dict[str, list[str]]], ...] = (
    ("", {}),
    ("in 2025", {"begin": ["2025-01-01", "2025-01-01"], "end": ["2025-12-31", "2025-12-31"]}),
    ("vanaf maart 2026", {"begin": ["2026-03-01", "2026-03-31"], "end": ["", ""]}),
    ("tot 2030", {"begin": ["", ""], "end": ["2029-12-31", "2030-12-31"]}),
    ("op 18 september 2025", {"begin": ["2025-09-18", "2025-09-18"], "end": ["2025-09-18", "2025-09-18"]}),
    ("momenteel", {}),
)


def rich() -> nx.MultiDiGraph:
    """Eighteen nodes and forty claims in which what filters look at varies, each in a rhythm of its own."""
    letters = {
        "noord-2024": letter("Brief over Noord", "Noord", "2024-03-12") | {"iri": f"{ID}brief/noord-2024"},
        "west": letter("Brief over West", "West", "2025-06-01") | {"iri": f"{ID}brief/west"},
        "zuid": letter("Brief over Zuid", "Zuid", "") | {"iri": f"{ID}brief/zuid"},
    }
    network = empty(letters)
    network.graph["layers"] = {key: {"nl": nl, "en": en} for key, (nl, en) in LAYERS.items()}
    network.graph["themes"] = {nl: {"iri": f"{ID}thema/{en.lower()}", "nl": nl, "en": en} for nl, en in THEMES.items()}
    network.graph["version"] = "2026.1"
    kinds = ("Provincie", "Regio", "Stichting", "Bedrijf", "Programma", "Onderwerp")
    names = ("Álblas", "Binnenmaas", "Côté Est", "Delfland", "Eemhaven", "Fijnaart")
    layers = ("provincie", "regio", "partner", "partner", "programma", "onderwerp")
    iris = []
    for i in range(18):
        family, turn = list(FAMILIES)[i % 6], i // 6
        label = f"{kinds[i % 6]} {names[(i + turn) % 6]}"
        iris.append(f"{ID}partij/{family}-{turn}")
        described = {
            "status": STATUSES[i * 5 % 7 % 6],
            "label_en": f"{label} (en)",
            "layer": layers[i % 6],
            "region": "",
            "aliases": (f"Bijnaam {i}",) if i % 4 == 0 else (),
        }
        network.add_node(iris[-1], **entity(label, kinds[i % 6], family, **described))
    for i in range(40):
        source, target = iris[i * 7 % 18], iris[(i * 5 + 3 + i // 18) % 18]
        if source == target:
            target = iris[(i + 1) % 18]
        period, dates = PERIODS[i % 7 % 6]
        evidence = [passage(list(letters)[i % 3], f"Paragraaf {i % 4}", f"anker {i}", f"Zin met anker {i} erin.", i)]
        if i % 8 == 0:
            evidence.append(passage(list(letters)[(i + 1) % 3], "Slot", f"nog eens {i}", begin=i))
        inferred = i % 9 == 8
        themes = tuple(theme for theme, rhythm in zip(THEMES, (2, 3, 5), strict=True) if i % rhythm == 0)
        attributes = claim(
            ("werkt samen met", "financiert", "ondersteunt")[i % 3],
            list(MODALITIES)[i * 3 % 10],
            *(() if inferred or i % 13 == 12 else evidence),
            themes=() if inferred else themes,
            period="" if inferred else period,
            denied=i % 11 == 10,
            paraphrase=f"Parafrase {i}.",
            paraphrase_en=f"Paraphrase {i}.",
            origin="inferred" if inferred else "background" if i % 13 == 12 else "claim",
        )
        if inferred:
            attributes |= {"derivation": because(i), "speaker": "", "paraphrase": "", "paraphrase_en": ""}
        attributes |= {
            "dates": {} if inferred else dates,
            "present": period == "momenteel" and not inferred,
            "quantities": ({"nl": f"€ {i} miljoen", "en": f"€ {i} million"},) if i % 10 == 3 else (),
            "weight": 1.0,
            "symmetric": i % 3 == 0,
        }
        network.add_edge(source, target, key=f"{ID}bewering/r{i}", **attributes)
    return network


def because(i: int) -> dict[str, Any]:
    """A derivation from a claim that is drawn, and from one that no line shows."""
    drawn, apart = passage("noord-2024", "Paragraaf 0", "anker 0"), passage("west", "Bijlage", f"bijlage {i}")
    return step(
        f"Partij {i} | werkt mee aan | Programma {i}",
        "‘is lid van’ en dan ‘doet mee’ geeft ‘werkt mee aan’",
        step(f"Partij {i} | is lid van | Regio {i}", said=({**drawn, "claim": f"{ID}bewering/r{i - 8}"},)),
        step(f"Regio {i} | doet mee | Programma {i}", said=({**apart, "claim": f"{ID}bewering/elders-{i}"},)),
    )


def letters_of(network: nx.MultiDiGraph, attributes: Mapping[str, Any]) -> set[str]:
    """The letters a claim counts as of: its own; of an inferred relation those of all it rests on."""
    evidence = {key: found for *_, key, found in network.edges(keys=True, data="evidence")}
    found = {piece["letter"] for piece in attributes["evidence"]}
    steps = [attributes["derivation"]] if "derivation" in attributes else []
    for one in steps:
        steps.extend(one["premises"])
        for piece in one["said"]:
            found |= {piece["letter"], *(own["letter"] for own in evidence.get(piece["claim"], ()))}
    return found


NODE_FACETS: dict[str, Callable[[Mapping[str, Any]], set[str]]] = {
    "soort": lambda node: {node["family"]},
    "bestaan": lambda node: {node["status"]},
}
CLAIM_FACETS: dict[str, Callable[[nx.MultiDiGraph, Mapping[str, Any]], set[str]]] = {
    "modaliteit": lambda _, claim: {claim["modality"]},
    "herkomst": lambda _, claim: {claim["origin"]},
    "brief": lambda network, claim: letters_of(network, claim) or {"-"},
    "thema": lambda _, claim: set(claim["themes"]) or {"-"},
}


def values(network: nx.MultiDiGraph, facet: str) -> set[str]:
    """What occurs of a facet."""
    if facet in NODE_FACETS:
        return set().union(*(NODE_FACETS[facet](node) for _, node in network.nodes(data=True)))
    return set().union(*(CLAIM_FACETS[facet](network, found) for *_, found in network.edges(data=True)))


def chosen(network: nx.MultiDiGraph, off: Mapping[str, Iterable[str]]) -> tuple[set[str], set[str]]:
    """(nodes, claims) that remain when values of facets are switched off.

    A node goes with its own facets; a claim with its own or with one of its nodes; and where a facet of claims is
    narrowed, nodes without a claim go too.
    """
    gone = {facet: set(found) for facet, found in off.items() if found}
    nodes = {
        iri
        for iri, node in network.nodes(data=True)
        if all(NODE_FACETS[facet](node) - gone[facet] for facet in gone if facet in NODE_FACETS)
    }
    claims, touched = set(), set()
    for source, target, key, found in network.edges(keys=True, data=True):
        passes = all(CLAIM_FACETS[facet](network, found) - gone[facet] for facet in gone if facet in CLAIM_FACETS)
        if passes and {source, target} <= nodes:
            claims.add(key)
            touched |= {source, target}
    return (nodes & touched if any(facet in CLAIM_FACETS for facet in gone) else nodes), claims


FORMULAS = ('=HYPERLINK("https://example.org")', "+31 6", "-1+1", "@SUM(A1)", "\t=1", " =1")


def formulas() -> nx.MultiDiGraph:
    """A network whose texts a spreadsheet would take for formulas, or that end a cell early."""
    network = empty({"noord-2024": letter("Brief over Noord", "Noord", "2024-03-12")})
    iris = [f"{ID}partij/{i}" for i in range(len(FORMULAS))]
    for iri, text in zip(iris, FORMULAS, strict=True):
        network.add_node(iri, **entity(text, "Bedrijf", "bedrijf"))
    for i, (source, target) in enumerate(zip(iris, iris[1:] + iris[:1], strict=True)):
        texts = passage("noord-2024", FORMULAS[i], 'met "aanhaling"; en puntkomma\nen regel')
        network.add_edge(source, target, key=f"{ID}bewering/{i}", **claim("raakt", "bestaand", texts))
    return network
