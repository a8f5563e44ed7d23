"""Networks that the tests of the map draw: a small one with a trap per property, and one of the real size."""

from __future__ import annotations

from typing import Any

import networkx as nx

ID = "https://w3id.org/regiograaf/id/"
HOSTILE = '</script><img src=x onerror="window.pwn=1">{{ 7*7 }}'
MODALITIES = {
    "bestaand": ("bestaand", "existing", "solid"),
    "in-ontwikkeling": ("in ontwikkeling", "in development", "solid"),
    "afgesproken": ("afgesproken", "agreed", "thick"),
    "voorgenomen": ("voorgenomen", "intended", "dash"),
    "aangeboden": ("aangeboden", "offered", "dash"),
    "verzocht": ("verzocht", "requested", "dashdot"),
    "gewenst": ("gewenst", "wished for", "dashdot"),
    "verwacht": ("verwacht", "expected", "dot"),
    "mogelijk": ("mogelijk", "possible", "dot"),
    "beeindigd": ("beëindigd", "ended", "dot"),
}
FAMILIES = {
    "overheid": ("Overheid", "Government"),
    "regio": ("Regio en gemeente", "Region and municipality"),
    "maatschappij": ("Maatschappij en kennis", "Society and knowledge"),
    "bedrijf": ("Bedrijf en netbeheer", "Companies and grid operators"),
    "programma": ("Programma en afspraak", "Programme and agreement"),
    "onderwerp": ("Onderwerp", "Subject"),
}


def empty(letters: dict[str, dict[str, str]]) -> nx.MultiDiGraph:
    """A network without nodes that declares its families, modalities and letters."""
    return nx.MultiDiGraph(
        title="Regio Noord",
        letters=letters,
        modalities={key: {"nl": nl, "en": en, "style": style} for key, (nl, en, style) in MODALITIES.items()},
        families={key: {"nl": nl, "en": en} for key, (nl, en) in FAMILIES.items()},
    )


def letter(title: str, short: str, date: str) -> dict[str, str]:
    return {"title": title, "short": short, "sender": "Gedeputeerde Staten", "date": date, "reference": f"K-{short}"}


def entity(label: str, kind: str, family: str, **more: Any) -> dict[str, Any]:
    return {
        "label": label,
        "label_en": label,
        "kind": f"rg:{kind}",
        "kind_label": kind.lower(),
        "kind_label_en": kind,
        "family": family,
        "status": "bestaand",
        "definition": "",
        "aliases": (),
        "identifiers": (),
    } | more


def passage(key: str, section: str, anchor: str, quote: str = "", begin: int = 10) -> dict[str, Any]:
    end = begin + (len(quote) or len(anchor))
    return {"letter": key, "section": section, "anchor": anchor, "quote": quote, "begin": begin, "end": end}


def claim(relation: str, modality: str, *evidence: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "relation": relation,
        "relation_en": f"{relation} (en)",
        "predicate": "rg:doet",
        "modality": modality,
        "denied": False,
        "origin": "claim",
        "paraphrase": f"Iemand {relation} iets.",
        "paraphrase_en": "",
        "themes": (),
        "period": "",
        "speaker": "Gedeputeerde Staten",
        "evidence": evidence,
    } | more


def step(words: str, because: str = "", *premises: dict[str, Any], said: tuple[Any, ...] = ()) -> dict[str, Any]:
    """One triple of a derivation, "subject | relation | object", and what it rests on."""
    parts = dict(zip(("subject", "relation", "object"), words.split(" | "), strict=True))
    english = {f"{name}_en": f"{text} (en)" for name, text in parts.items()}
    why = {"because": because, "because_en": because and f"{because} (en)"}
    return {**parts, **english, **why, "premises": premises, "said": said}


def because_of_the_region() -> dict[str, Any]:
    """A derivation with a claim that is drawn, one that is not, a rule below the rule, and background."""
    drawn = passage("noord-2024", "Wonen", "werkt samen", "De provincie werkt samen met Eén Regio.")
    apart = passage("zuid", HOSTILE, HOSTILE, "", begin=70)
    return step(
        "Hogeschool | neemt deel aan | Programma Delta",
        "‘is lid van’ en dan ‘doet mee’ geeft ‘neemt deel aan’",
        step("Hogeschool | is lid van | Provincie Noord", "bekend van elders, niet uit een brief"),
        step(
            "Provincie Noord | doet mee | Programma Delta",
            "‘werkt samen met’ houdt in: ‘doet mee’",
            step("Provincie Noord | werkt samen met | Eén Regio", said=({**drawn, "claim": f"{ID}bewering/c0"},)),
            step(f"{HOSTILE} | bestaat als | Bedrijf", said=({**apart, "claim": f"{ID}bewering/elders"},)),
        ),
    )


def small() -> nx.MultiDiGraph:
    """Ten nodes, ten claims: an undated letter, a denial, two modalities and two claims between one pair, an inferred
    relation with its derivation, a quote with and one without its anchor, a hostile label, a key that breaks objects,
    a loose node.
    """
    network = empty(
        {"noord-2024": letter("Brief over Noord", "Noord", "2024-03-12"), "zuid": letter("Brief over Zuid", "Zuid", "")}
    )
    nodes = {
        "organisatie/provincie": entity("Provincie Noord", "Provincie", "overheid", label_en="Province of North"),
        "organisatie/rijk": entity("Rijk", "Bestuursorgaan", "overheid", aliases=("Staat der Nederlanden",)),
        "regio/een": entity("Eén Regio", "Regio", "regio", identifiers=(("Website", "https://example.org/"),)),
        "gemeente/s-hage": entity("’s-Hage", "Gemeente", "regio", identifiers=(("code", "javascript:alert(1)"),)),
        "programma/delta": entity("Programma Delta", "Programma", "programma", status="voorgenomen"),
        "programma/oud": entity("Oud akkoord", "Programma", "programma", status="beeindigd"),
        "bedrijf/__proto__": entity(HOSTILE, "Bedrijf", "bedrijf", definition=HOSTILE, aliases=(HOSTILE,)),
        "partij/school": entity("Hogeschool", "Kennisinstelling", "maatschappij"),
        "onderwerp/wonen": entity("Wonen", "Onderwerp", "onderwerp", label_en="Housing"),
        "onderwerp/los": entity("Los onderwerp", "Onderwerp", "onderwerp"),
    }
    for key, attributes in nodes.items():
        network.add_node(ID + key, **attributes)
    quote = passage("noord-2024", "Wonen", "werkt samen", "De provincie werkt samen met Eén Regio.")
    undated = passage("zuid", "Aanhef", "draagt bij aan Delta", begin=40)
    apart = passage("noord-2024", "Slot", "niet in het citaat", "Wij maken geen afspraken.", begin=90)
    follows = {"origin": "inferred", "paraphrase": "", "speaker": "", "derivation": because_of_the_region()}
    claims = [
        ("provincie", "een", claim("werkt samen met", "bestaand", quote, undated, themes=("Wonen",), period="in 2025")),
        ("provincie", "een", claim("overlegt met", "bestaand", quote, paraphrase_en="The province consults.")),
        ("provincie", "een", claim("financiert", "voorgenomen", undated)),
        ("een", "provincie", claim("verzoekt", "verzocht", undated, speaker="College")),
        ("een", "s-hage", claim("omvat", "bestaand", origin="background")),
        ("rijk", "delta", claim("draagt bij aan", "mogelijk", undated)),
        ("provincie", "delta", claim("draagt bij aan", "afgesproken", apart, denied=True)),
        ("__proto__", "wonen", claim("betreft", "bestaand", passage("zuid", HOSTILE, HOSTILE, f"x {HOSTILE} y"))),
        ("school", "delta", claim("neemt deel aan", "bestaand", **follows)),
        ("oud", "wonen", claim("betreft", "beeindigd", undated)),
    ]
    iris = {key.rpartition("/")[2]: ID + key for key in nodes}
    for i, (source, target, attributes) in enumerate(claims):
        network.add_edge(iris[source], iris[target], key=f"{ID}bewering/c{i}", **attributes)
    return network


def large(nodes: int = 300, edges: int = 700, quotes: bool = True) -> nx.MultiDiGraph:
    """A network of the real size: a few hubs, many parties with one or two relations. No randomness."""
    letters = {f"brief-{i}": letter(f"Formatiebrief regio {i}", f"Regio {i}", f"2026-03-0{i}") for i in range(1, 6)}
    network = empty(letters)
    kinds = [
        ("Gemeente", "regio"),
        ("Programma", "programma"),
        ("Bedrijf", "bedrijf"),
        ("Stichting", "maatschappij"),
        ("Onderwerp", "onderwerp"),
        ("Regio", "regio"),
        ("Provincie", "overheid"),
        ("Bestuursorgaan", "overheid"),
    ]
    order = [0, 1, 0, 2, 3, 4, 5, 1, 0, 3, 6, 7, 1, 4, 2]
    words = ["Drechtsteden", "Gorinchem", "Leiden", "Delft", "Noordwijk", "Zoetermeer", "Westland", "Alblasserdam"]
    iris = [f"{ID}partij/knoop-{i:03}" for i in range(nodes)]
    for i, iri in enumerate(iris):
        kind, family = kinds[order[i * 7 % 15]]
        label = " ".join([kind, words[i * 5 % 8], *([words[i * 3 % 7]] if i % 3 else []), str(i)])
        status = "voorgenomen" if kind == "Programma" and i % 2 else "bestaand"
        definition = f"Een {kind.lower()} in Zuid-Holland."
        network.add_node(iri, **entity(label, kind, family, status=status, definition=definition))
    state = 12345

    def draw() -> int:
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        # The modulus of a modulus makes low numbers frequent: the first nodes become hubs.
        return state // 7 % (1 + state // 4099 % nodes)

    for i in range(edges):
        source = draw()
        target = i if i < nodes else draw()
        if source == target:
            target = (target + 1) % nodes
        anchor = f"werkt samen met partij {i} aan de opgave"
        quote = (
            f"In het komende jaar {anchor} van de regio, waarbij wij in overleg met alle betrokken gemeenten, "
            f"bedrijven en inwoners stap {i} zetten naar een gezamenlijke agenda."
        )
        section = f"Paragraaf {i % 23}: werken aan de opgave"
        network.add_edge(
            iris[source],
            iris[target],
            key=f"{ID}bewering/{i * 2654435761 % 2**40:012x}{i:04x}",
            **claim(
                ["werkt samen met", "financiert", "neemt deel aan", "betreft"][i % 4],
                list(MODALITIES)[0 if i % 3 else i % 10],
                passage(f"brief-{1 + i % 5}", section, anchor, quote if quotes else "", begin=i * 211),
                paraphrase=f"De partij werkt in stap {i} samen aan de regionale opgave en legt dat in een agenda vast.",
                themes=("Wonen",) if i % 2 else (),
                denied=i % 97 == 0,
            ),
        )
    return network


def vast(nodes: int = 10_000, edges: int = 15_000) -> nx.MultiDiGraph:
    """As `large`, with regions of some two hundred parties that are linked among themselves: nine relations in ten."""
    network = large(nodes, 0)
    iris, state = sorted(network), 20_261

    def draw(below: int) -> int:
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return state // 7 % max(below, 1)

    for i in range(edges):
        target = i % nodes
        begin = target // 200 * 200
        # The first of a region are its hubs; a hub in a thousand speaks with another region.
        source = begin + draw(1 + draw(min(200, nodes - begin))) if i % 10 else draw(nodes // 200) * 200
        if source == target:
            source = (source + 1) % nodes
        anchor = f"stap {i} met {['gemeenten', 'bedrijven', 'inwoners', 'scholen'][i % 4]} in deel {i * 31 % 977}"
        network.add_edge(
            iris[source],
            iris[target],
            key=f"{ID}bewering/{i * 2654435761 % 2**40:012x}{i:04x}",
            **claim(
                ["werkt samen met", "financiert", "neemt deel aan", "betreft"][i % 4],
                list(MODALITIES)[0 if i % 3 else i % 10],
                passage(f"brief-{1 + i % 5}", f"Paragraaf {i % 23}", anchor, begin=i * 211 % 20_000),
                paraphrase=f"De partij werkt in {anchor} samen en legt dat in agenda {i * 7 % 499} vast.",
                paraphrase_en=f"The party works together in step {i} and writes it down in agenda {i * 7 % 499}.",
                themes=("Wonen",) if i % 2 else (),
                denied=i % 97 == 0,
            ),
        )
    return network
