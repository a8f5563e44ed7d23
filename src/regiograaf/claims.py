"""What a letter says, as frozen values: a claim, its evidence, its period and its quantities.

A claim's IRI follows from its content (subject, predicate, object, modality, denial, speaker, addressee, period,
quantities) and from nothing else, so the same content in three letters is one claim with three pieces of evidence.
Source: W3C Web Annotation Data Model for passages; RDF 1.1 reification for content that is not asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, XSD
from rdflib.term import Node

from regiograaf.namespaces import CLAIM, EVIDENCE, MODALITY, OA, PERIOD, PROV, QUANTITY, RG, digest

__all__ = ["Claim", "Evidence", "Period", "Quantity", "Triple"]

Triple = tuple[Node, Node, Node]

TYPE = RDF.type  # rdflib makes a new term at each access, and compares two of them slowly
EXISTING = MODALITY["bestaand"]
ENDED = MODALITY["beeindigd"]

_BOUNDS = (
    ("earliest_begin", RG.vroegsteBegin),
    ("latest_begin", RG.laatsteBegin),
    ("earliest_end", RG.vroegsteEinde),
    ("latest_end", RG.laatsteEinde),
)


@dataclass(frozen=True, slots=True)
class Period:
    """When something holds: bounds on its begin and end, and the letter's wording.

    "Uiterlijk 1 juli 2025" sets only `latest_end`; "momenteel" sets none, and its letter has no date.
    """

    wording: str
    earliest_begin: date | None = None
    latest_begin: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None

    @property
    def iri(self) -> URIRef:
        return PERIOD[digest([self.wording.casefold(), *(str(getattr(self, name)) for name, _ in _BOUNDS)])]

    def triples(self) -> Iterator[Triple]:
        yield self.iri, TYPE, RG.Periode
        yield self.iri, RG.verwoording, Literal(self.wording, lang="nl")
        for name, predicate in _BOUNDS:
            if (bound := getattr(self, name)) is not None:
                yield self.iri, predicate, Literal(bound)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount, share, count or rank: a decimal value, or numerator and denominator, with its role and wording."""

    role: URIRef
    unit: URIRef
    precision: URIRef
    wording: str
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None

    @property
    def iri(self) -> URIRef:
        number = [str(part) for part in (self.value, self.numerator, self.denominator)]
        return QUANTITY[digest([self.role, self.unit, self.precision, self.wording.casefold(), *number])]

    def triples(self) -> Iterator[Triple]:
        yield self.iri, TYPE, RG.Grootheid
        yield self.iri, RG.rol, self.role
        yield self.iri, RG.eenheid, self.unit
        yield self.iri, RG.nauwkeurigheid, self.precision
        yield self.iri, RG.verwoording, Literal(self.wording, lang="nl")
        if self.value is not None:
            yield self.iri, RG.waarde, Literal(self.value)
        if self.numerator is not None and self.denominator is not None:
            yield self.iri, RG.teller, Literal(self.numerator)
            yield self.iri, RG.noemer, Literal(self.denominator)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a letter says it: section, passage (code points, end exclusive) and an anchor of at most ten words."""

    letter: URIRef
    section: str
    begin: int
    end: int
    anchor: str
    fingerprint: str
    """The first 16 hexadecimal digits of the passage's SHA-256: tells whether a changed text touches it."""
    source: URIRef
    """The block in the letter's Turtle file, for findings."""

    def iri(self, claim: URIRef) -> URIRef:
        return EVIDENCE[digest([claim, self.letter, str(self.begin), str(self.end), self.anchor])]

    def triples(self, claim: URIRef) -> Iterator[Triple]:
        """As `rg:Bewijs` and Web Annotation: the passage by position, refined by the anchor as quote."""
        node = self.iri(claim)
        target, position, anchor = (URIRef(f"{node}/{part}") for part in ("doel", "positie", "anker"))
        yield claim, RG.bewijs, node
        yield node, TYPE, RG.Bewijs
        yield node, TYPE, OA.Annotation
        yield node, RG.uitBrief, self.letter
        yield node, RG.sectie, Literal(self.section, lang="nl")
        yield node, RG.begin, Literal(self.begin)
        yield node, RG.eind, Literal(self.end)
        yield node, RG.anker, Literal(self.anchor, lang="nl")
        yield node, RG.vingerafdruk, Literal(self.fingerprint)
        yield node, OA.hasBody, claim
        yield node, OA.hasTarget, target
        yield target, TYPE, OA.SpecificResource
        yield target, OA.hasSource, self.letter
        yield target, OA.hasSelector, position
        yield position, TYPE, OA.TextPositionSelector
        yield position, OA.start, Literal(self.begin, datatype=XSD.nonNegativeInteger)
        yield position, OA.end, Literal(self.end, datatype=XSD.nonNegativeInteger)
        yield position, OA.refinedBy, anchor
        yield anchor, TYPE, OA.TextQuoteSelector
        yield anchor, OA.exact, Literal(self.anchor, lang="nl")


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one letter says, with every passage of that letter that says it."""

    subject: URIRef
    predicate: URIRef
    object: URIRef
    modality: URIRef
    speaker: URIRef
    addressee: URIRef | None = None
    denied: bool = False
    period: Period | None = None
    quantities: tuple[Quantity, ...] = ()
    themes: tuple[URIRef, ...] = ()
    programme: URIRef | None = None
    quoted: URIRef | None = None
    paraphrases: tuple[Literal, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    source: URIRef = field(default=URIRef(""))
    """The block in the letter's Turtle file: its key."""
    replaced_by: tuple[URIRef, ...] = ()
    """The blocks that took its place when it was withdrawn: it then says nothing any more, but keeps its IRI."""

    @property
    def content(self) -> Triple:
        return self.subject, self.predicate, self.object

    @property
    def asserts(self) -> bool:
        """Whether the claim says that its content exists or happened."""
        return self.modality == EXISTING and not self.denied

    @property
    def retracts(self) -> bool:
        """Whether the claim ends or denies its content."""
        return self.modality == ENDED or (self.modality == EXISTING and self.denied)

    @property
    def iri(self) -> URIRef:
        parts = [self.subject, self.predicate, self.object, self.modality, str(self.denied), self.speaker]
        parts += [self.addressee or "", self.period.iri if self.period else ""]
        return CLAIM[digest([*parts, *sorted(quantity.iri for quantity in self.quantities)])]

    def triples(self) -> Iterator[Triple]:
        node = self.iri
        yield node, TYPE, RG.Bewering
        yield node, RDF.subject, self.subject
        yield node, RDF.predicate, self.predicate
        yield node, RDF.object, self.object
        yield node, RG.modaliteit, self.modality
        yield node, PROV.wasAttributedTo, self.speaker
        yield node, DCTERMS.identifier, Literal(_key(self.source))
        if self.denied:
            yield node, RG.ontkend, Literal(True)
        for predicate, value in (
            (RG.geadresseerde, self.addressee),
            (RG.inProgramma, self.programme),
            (RG.aangehaaldUit, self.quoted),
        ):
            if value is not None:
                yield node, predicate, value
        for theme in self.themes:
            yield node, RG.thema, theme
        for paraphrase in self.paraphrases:
            yield node, RG.parafrase, paraphrase
        if self.period:
            yield node, RG.periode, self.period.iri
            yield from self.period.triples()
        for quantity in self.quantities:
            yield node, RG.grootheid, quantity.iri
            yield from quantity.triples()
        for letter in sorted({piece.letter for piece in self.evidence}):
            yield node, PROV.wasDerivedFrom, letter
        for piece in self.evidence:
            yield from piece.triples(node)

    def withdrawn(self, replacements: Iterable[URIRef]) -> Iterator[Triple]:
        """What is kept of a withdrawn claim, so that who cited it finds what it said and what replaced it.

        It is no `rg:Bewering`, and where it was read is no `rg:Bewijs`: no question and no map takes them for that.
        """
        node = self.iri
        yield node, TYPE, RG.IngetrokkenBewering
        yield node, OWL.deprecated, Literal(True)
        yield node, RG.hadModaliteit, self.modality
        for replacement in sorted(replacements):
            yield node, DCTERMS.isReplacedBy, replacement
        kept = {RDF.subject, RDF.predicate, RDF.object, RG.ontkend, RG.parafrase, DCTERMS.identifier}
        kept |= {PROV.wasAttributedTo, PROV.wasDerivedFrom}
        yield from (triple for triple in self.triples() if triple[0] == node and triple[1] in kept)
        of_evidence = {TYPE, OA.hasBody, RG.vingerafdruk}
        for piece in self.evidence:
            place = piece.iri(node)
            yield node, RDFS.seeAlso, place
            for triple in piece.triples(node):
                if triple[0] != node and not (triple[0] == place and triple[1] in of_evidence):
                    yield triple


def _key(source: URIRef) -> str:
    """The key of a source block as people write it: letter and number, `drechtsteden:w017`."""
    return ":".join(source.rstrip("/").rsplit("/", 2)[-2:])
