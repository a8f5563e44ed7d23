from dataclasses import replace
from datetime import date
from decimal import Decimal

from rdflib import Literal, URIRef

from regiograaf.claims import Claim, Evidence, Period, Quantity
from regiograaf.namespaces import LETTER, MODALITY, OA, PROV, RG

A, B, P, S = (URIRef(f"https://example.org/{name}") for name in "abps")
PIECE = Evidence(LETTER["een"], "Kop", 3, 9, "anker", "f" * 16, URIRef("https://example.org/een/w001-b1"))
CLAIM = Claim(A, P, B, MODALITY["bestaand"], S, evidence=(PIECE,), source=URIRef("https://example.org/een/w001"))


def test_identity_is_content_and_not_place_or_wording() -> None:
    moved = replace(PIECE, letter=LETTER["twee"], begin=50, end=60, anchor="ander")
    other = replace(CLAIM, evidence=(moved,), themes=(S,), paraphrases=(Literal("x", lang="nl"),), source=A)
    assert other.iri == CLAIM.iri


def test_identity_changes_with_each_part_of_the_content() -> None:
    quantity = Quantity(A, B, P, "circa 5", value=Decimal("5"))
    variants = [
        replace(CLAIM, subject=B),
        replace(CLAIM, predicate=S),
        replace(CLAIM, object=A),
        replace(CLAIM, modality=MODALITY["verzocht"]),
        replace(CLAIM, denied=True),
        replace(CLAIM, speaker=A),
        replace(CLAIM, addressee=A),
        replace(CLAIM, period=Period("in 2026", date(2026, 1, 1))),
        replace(CLAIM, quantities=(quantity,)),
    ]
    assert len({claim.iri for claim in [CLAIM, *variants]}) == len(variants) + 1


def test_only_existing_and_not_denied_asserts() -> None:
    assert CLAIM.asserts
    assert not replace(CLAIM, denied=True).asserts
    assert not replace(CLAIM, modality=MODALITY["voorgenomen"]).asserts
    assert replace(CLAIM, modality=MODALITY["beeindigd"]).retracts
    assert replace(CLAIM, denied=True).retracts


def test_evidence_is_a_web_annotation_with_passage_and_anchor() -> None:
    triples = set(CLAIM.triples())
    node = PIECE.iri(CLAIM.iri)
    position = URIRef(f"{node}/positie")
    assert (node, OA.hasBody, CLAIM.iri) in triples
    assert {str(o) for s, p, o in triples if s == position and p in (OA.start, OA.end)} == {"3", "9"}
    assert (URIRef(f"{node}/anker"), OA.exact, Literal("anker", lang="nl")) in triples
    assert (position, OA.refinedBy, URIRef(f"{node}/anker")) in triples


def test_a_claim_is_derived_from_each_letter_of_its_evidence_once() -> None:
    elsewhere = replace(PIECE, letter=LETTER["twee"], begin=50, end=60)
    twice = replace(CLAIM, evidence=(PIECE, replace(PIECE, begin=20, end=30), elsewhere))
    derived = [o for s, p, o in twice.triples() if (s, p) == (CLAIM.iri, PROV.wasDerivedFrom)]
    assert derived == [LETTER["een"], LETTER["twee"]]


def test_a_latest_end_alone_sets_no_other_bound() -> None:
    period = Period("uiterlijk op 1 juli 2025", latest_end=date(2025, 7, 1))
    bounds = {p for _, p, _ in period.triples()} & {
        RG.vroegsteBegin,
        RG.laatsteBegin,
        RG.vroegsteEinde,
        RG.laatsteEinde,
    }
    assert bounds == {RG.laatsteEinde}
