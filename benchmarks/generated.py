"""Facts as the letters have them, in any number: made from the real ontology, the same for the same size."""

from __future__ import annotations

import random
from collections.abc import Iterator

from rdflib import URIRef

from regiograaf.claims import TYPE, Claim, Evidence, Triple
from regiograaf.namespaces import ID, LETTER, MODALITY, RG, TOOIONT

PER_LETTER = 300
"""Facts that one letter adds: the five real letters have 1,052 asserted triples and 2,459 on entities."""

_RELATIONS = ("werktSamenMet", "neemtDeelAan", "betrokkenBij", "draagtBijAan", "heeftBelangBij", "financiert")


def _relation(name: str) -> URIRef:
    return URIRef(f"{RG}{name}")


def letter(number: int, size: int = PER_LETTER) -> Iterator[Triple]:
    """The facts of one letter: a region of four towns, their organs, bodies that meet, and programmes.

    Places lie in each other four deep; one actor in ten is shared with the letters before it.
    """
    draw = random.Random(number)

    def entity(kind: str, at: int) -> URIRef:
        shared = draw.random() < 0.1
        return URIRef(f"{ID}{kind}/{f'l{draw.randrange(number + 1)}' if shared else f'l{number}'}-{at}")

    region = URIRef(f"{ID}regio/l{number}")
    country = URIRef(f"{ID}gebied/land-{number % 7}")
    province = URIRef(f"{ID}gebied/provincie-{number % 50}")
    yield region, TYPE, _relation("Regio")
    yield region, _relation("ligtIn"), province
    yield province, _relation("ligtIn"), country
    made = 3
    for at in range(4):
        town, place, organ = (URIRef(f"{ID}{kind}/l{number}-{at}") for kind in ("gemeente", "plaats", "orgaan"))
        yield town, TYPE, TOOIONT["Gemeente"]
        yield organ, TYPE, _relation("Orgaan")
        yield organ, _relation("orgaanVan"), town
        yield place, _relation("ligtIn"), region
        yield town, _relation("gevestigdIn"), place
        made += 5
    while made < size:
        relation = draw.choice(_RELATIONS)
        at, to = draw.randrange(24), draw.randrange(24)
        subject = entity(draw.choice(("orgaan", "bedrijf", "gemeente")), at)
        if relation == "werktSamenMet":
            value = entity("bedrijf", 24 + to)
        else:
            value = entity("programma", to)
            yield value, TYPE, _relation("Programma")
            made += 1
        yield subject, _relation(relation), value
        made += 1


def letters(count: int, begin: int = 0, size: int = PER_LETTER) -> list[Triple]:
    """The facts of some letters, each once."""
    return sorted({triple for number in range(begin, begin + count) for triple in letter(number, size)})


def claims(number: int, size: int) -> Iterator[Triple]:
    """The graph of one letter: a claim with evidence for each of its facts."""
    iri = LETTER[f"l{number}"]
    for at, (s, p, o) in enumerate(sorted(set(letter(number, size)))):
        source = URIRef(f"{iri}/w{at:03}")
        place = Evidence(iri, "Stand van zaken", at * 80, at * 80 + 70, f"woorden {at}", f"{at:016x}", source)
        speaker = URIRef(f"{ID}overheid/provincie")
        claim = Claim(s, p, o, MODALITY["bestaand"], speaker, evidence=(place,), source=source)  # type: ignore[arg-type]
        yield from claim.triples()
