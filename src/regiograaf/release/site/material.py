"""All that the pages tell, read from a build in one pass: names, claims with their places, what is known of each IRI.

Strings instead of terms of rdflib: thousands of pages look things up here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rdflib import Literal
from rdflib.term import Node

from regiograaf.claims import Claim
from regiograaf.dataset import Build
from regiograaf.names import fold, printable
from regiograaf.prefixes import BASE, GRAPHS, ID, PREFIXES, TOOI, TOOI_TERMS
from regiograaf.release.site.addresses import LANGUAGES, Language

__all__ = ["USES", "Fact", "Material", "Place", "Row", "Text"]

RG, RDF, RDFS, SKOS, DCTERMS = (PREFIXES[name] for name in ("rg", "rdf", "rdfs", "skos", "dcterms"))
_ORG = PREFIXES["org"]
_CODEBOOK = BASE + "codeboek"
IS_A, LABEL, PREF, TITLE = RDF + "type", RDFS + "label", SKOS + "prefLabel", DCTERMS + "title"
_NAMES = {LABEL: 0, PREF: 0, TITLE: 1, RG + "verwoording": 2, RG + "parafrase": 3}
_RECORDS = tuple(ID + kind for kind in ("bewering/", "bewijs/", "periode/", "grootheid/", "dekking/"))
"""Kinds of individuals that claims are made of: no letter speaks of them."""
USES: Mapping[str, tuple[str, str]] = {
    RG + "afzender": ("afzender van", "sender of"),
    RG + "ontvanger": ("ontvanger van", "recipient of"),
    RG + "regio": ("regio van", "region of"),
    RG + "bestaansstatus": ("staat van bestaan van", "state of existence of"),
    RG + "reden": ("reden bij zinnen in", "reason for sentences in"),
    DCTERMS + "source": ("bron van gegevens over", "source of data on"),
    PREFIXES["prov"] + "wasGeneratedBy": ("leverde", "generated"),
    PREFIXES["prov"] + "wasAssociatedWith": ("deed", "carried out"),
    PREFIXES["prov"] + "used": ("gebruikt bij", "used in"),
    PREFIXES["prov"] + "wasInformedBy": ("ging vooraf aan", "came before"),
}
"""Relations that lead to an individual outside claims, and what they are called from its side."""
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Text:
    """Words, and their language: "" where it does not matter."""

    words: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple of an IRI; `graph` is the name of the graph without its base, of letters only `brief`."""

    predicate: str
    value: str
    graph: str
    literal: bool = False
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter says it."""

    iri: str
    letter: str
    section: str
    begin: int
    end: int
    anchor: str
    quote: str = ""


@dataclass(slots=True)
class Row:
    """A claim, once for all letters that make it; names of modalities are keys."""

    iri: str
    keys: list[str]
    claim: Claim
    subject: str
    predicate: str
    object: str
    modality: str
    denied: bool
    places: list[Place] = field(default_factory=list)
    themes: set[str] = field(default_factory=set)
    programmes: set[str] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)
    """Paraphrases by language."""

    @property
    def ends(self) -> tuple[str, ...]:
        """The IRIs that the claim is about, each once: subject, object, addressee, programmes, sources, themes."""
        found = (self.subject, self.object, str(self.claim.addressee or ""), *sorted(self.programmes))
        return tuple(dict.fromkeys(filter(None, (*found, *sorted(self.quoted), *sorted(self.themes)))))

    @property
    def parts(self) -> tuple[str, ...]:
        """The IRIs that the claim is made of, each once: its period, its quantities, their unit, role and precision."""
        found = [self.claim.period.iri] if self.claim.period else []
        for quantity in self.claim.quantities:
            found += [quantity.iri, quantity.unit, quantity.role, quantity.precision]
        return tuple(dict.fromkeys(str(iri) for iri in found if iri))


class Material:
    """A build as the pages need it."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.about: dict[str, list[Fact]] = defaultdict(list)
        self.background: set[tuple[str, str, str]] = set()
        """Conclusions that rest on what is known from elsewhere."""
        self.iris: set[str] = {str(name) for name in build.graphs}
        self.sizes = {str(name): len(triples) for name, triples in build.graphs.items()}
        """How many triples each named graph has."""
        self._index()
        self.rows = _rows(build, self.quotes)
        self.row = {row.iri: row for row in self.rows}
        self.on: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            for end in dict.fromkeys((*row.ends, *row.parts)):
                self.on[end].append(row)

    def _index(self) -> None:
        memo: dict[int, str] = {}

        def text(term: Node) -> str:
            found = memo.get(id(term))
            if found is None:
                found = memo[id(term)] = str(term)
            return found

        self.quotes: dict[str, str] = {}
        about = self.about
        for graph, triples in build_graphs(self.build):
            if graph == "inferred-achtergrond":
                self.background = {(text(s), text(p), text(o)) for s, p, o in triples}
                continue
            for s, p, o in triples:
                subject, predicate, value = text(s), text(p), text(o)
                if graph == "citaten":
                    self.quotes[subject] = value
                    continue
                if isinstance(o, Literal):
                    fact = Fact(predicate, value, graph, True, o.language or "", str(o.datatype or ""))
                else:
                    fact = Fact(predicate, value, graph)
                    if value.startswith((ID, TOOI)):
                        self.iris.add(value)
                about[subject].append(fact)
        self.iris |= {iri for iri in about if iri.startswith((ID, TOOI))}
        self.iris = {iri for iri in self.iris if len(iri) > len(ID) and not iri.startswith(TOOI_TERMS)}
        for facts in about.values():
            facts.sort(key=_order)

    @cached_property
    def names(self) -> Mapping[Language, Mapping[str, Text]]:
        """The name of every IRI that has one, in a language, else in another; of letters the short title."""
        found: dict[Language, dict[str, Text]] = {"nl": {}, "en": {}}
        for iri, facts in self.about.items():
            known = [fact for fact in facts if fact.literal and fact.predicate in _NAMES]
            if not known:
                continue
            best = min(_NAMES[fact.predicate] for fact in known)
            known = [fact for fact in known if _NAMES[fact.predicate] == best]
            for language in LANGUAGES:
                fact = next((one for one in known if one.language == language), known[0])
                found[language][iri] = Text(printable(fact.value), fact.language)
        found["nl"][IS_A], found["en"][IS_A] = Text("bestaat als", "nl"), Text("exists as", "en")
        found["nl"][_CODEBOOK], found["en"][_CODEBOOK] = Text("codeboek", "nl"), Text("codebook", "en")
        return found

    def name(self, iri: str, language: Language) -> Text:
        """The name of an IRI; without one, its key as words."""
        found = self.names[language].get(iri)
        if found is not None:
            return found
        ends = [*self.values(iri, _ORG + "member"), *self.values(iri, _ORG + "organization")]
        if ends:  # a membership is called by who is a member of what
            return Text(" – ".join(self.name(end, language).words for end in ends))
        local = re.split(r"[/#]", iri.rstrip("/#"))[-1]
        return Text(_PARTS.sub(" ", local))

    @cached_property
    def short(self) -> Mapping[str, str]:
        """The short title of each letter: what people call it."""
        return {
            iri: next((fact.value for fact in self.about[iri] if fact.predicate == DCTERMS + "alternative"), "")
            or self.name(iri, "nl").words
            for iri in self.letters
        }

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The IRIs of the letters, in the order of their names."""
        found = [ID + "brief/" + key for key in self.build.claims]
        return tuple(sorted(found, key=lambda iri: (fold(self.name(iri, "nl").words), iri)))

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """The class of each entity, as it is said of it."""
        found = {}
        for iri, facts in self.about.items():
            if not iri.startswith((ID, TOOI)) or iri.startswith(_RECORDS):
                continue
            said = [f.value for f in facts if f.predicate == IS_A and f.graph in ("entiteiten", "brief", "achtergrond")]
            ours = [kind for kind in said if kind.startswith((RG, TOOI_TERMS))]
            if ours:
                found[iri] = ours[0]
        return found

    @cached_property
    def entities(self) -> tuple[str, ...]:
        """What the letters speak of: everything that the graph of entities gives a class."""
        return tuple(
            iri
            for iri in sorted(self.about)
            if any(fact.predicate == IS_A and fact.graph == "entiteiten" for fact in self.about[iri])
        )

    @cached_property
    def in_modality(self) -> Mapping[str, Sequence[Row]]:
        """The claims of each modality, by its IRI."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[PREFIXES["modaliteit"] + row.modality].append(row)
        return found

    @cached_property
    def in_letter(self) -> Mapping[str, Sequence[Row]]:
        """The claims of each letter, by its IRI; one that two letters make is in both."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            for letter in dict.fromkeys(place.letter for place in row.places):
                found[letter].append(row)
        return found

    @cached_property
    def used(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Who uses an IRI outside claims: (relation, subject), for the relations in USES."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for iri in self.about:
            if iri.startswith((ID, TOOI)):
                for fact in self.about[iri]:
                    if fact.predicate in USES and not fact.literal and not fact.graph.startswith("inferred"):
                        found[fact.value].add((fact.predicate, iri))
        return {iri: sorted(uses) for iri, uses in found.items()}

    @cached_property
    def strokes(self) -> Mapping[str, str]:
        """The line style of each modality, by its key."""
        wanted = RG + "lijnstijl"
        base = PREFIXES["modaliteit"]
        return {
            iri.removeprefix(base): fact.value
            for iri in sorted(self.about)
            if iri.startswith(base)
            for fact in self.about[iri]
            if fact.predicate == wanted
        }

    @cached_property
    def families(self) -> Mapping[str, str]:
        """The family of each entity and class: its own, else that of its class or the nearest class above it."""
        wanted, above = RG + "familie", RDFS + "subClassOf"
        own = {iri: fact.value for iri, facts in self.about.items() for fact in facts if fact.predicate == wanted}
        terms = {iri for iri in self.about if iri.startswith((RG, TOOI_TERMS))}

        def of(term: str, seen: frozenset[str] = frozenset()) -> str:
            if term in own or term in seen:
                return own.get(term, "")
            ups = [f.value for f in self.about.get(term, ()) if f.predicate == above and f.graph == "ontologie"]
            return next((family for up in ups if (family := of(up, seen | {term}))), "")

        kinds = {**{term: term for term in sorted(terms)}, **self.classes}
        return {iri: own.get(iri) or of(kind) or "onderwerp" for iri, kind in kinds.items()}

    def values(self, iri: str, predicate: str, graph: str = "") -> list[str]:
        """The values of a property, sorted; in one graph when it is given."""
        return [f.value for f in self.about.get(iri, ()) if f.predicate == predicate and graph in ("", f.graph)]

    def told(self, iri: str, predicate: str, language: Language) -> Text | None:
        """The text of a property in a language, else in another."""
        found = [f for f in self.about.get(iri, ()) if f.predicate == predicate and f.literal]
        best = next((f for f in found if f.language == language), found[0] if found else None)
        return None if best is None else Text(best.value, best.language)

    def says(self, row: Row, language: Language) -> Text:
        """A claim in words: its paraphrase, else subject, relation and object."""
        if language in row.words:
            return Text(row.words[language], language)
        parts = [self.name(iri, language) for iri in (row.subject, row.predicate, row.object)]
        return Text(" ".join(part.words for part in parts), language)


def build_graphs(build: Build) -> Iterable[tuple[str, Iterable[tuple[Node, Node, Node]]]]:
    """The graphs of a build by short name, in order; those of letters have one name."""
    for name, triples in sorted(build.graphs.items()):
        short = str(name).removeprefix(GRAPHS)
        yield ("brief" if short.startswith("brief/") else short), triples


def _order(fact: Fact) -> tuple[str, str, str, str]:
    return fact.predicate, fact.value, fact.language, fact.graph


def _rows(build: Build, quotes: Mapping[str, str]) -> list[Row]:
    """The claims of all letters in the order of the letters and their files, each once."""
    found: dict[str, Row] = {}
    for _, claims in sorted(build.claims.items()):
        for claim in claims:
            node = claim.iri
            row = found.get(node)
            if row is None:
                row = found[str(node)] = Row(
                    iri=str(node),
                    keys=[],
                    claim=claim,
                    subject=str(claim.subject),
                    predicate=str(claim.predicate),
                    object=str(claim.object),
                    modality=str(claim.modality).rsplit("/", 1)[-1],
                    denied=claim.denied,
                )
            row.keys.append(":".join(str(claim.source).rsplit("/", 2)[-2:]))
            row.themes.update(map(str, claim.themes))
            row.programmes |= {str(claim.programme)} if claim.programme else set()
            row.quoted |= {str(claim.quoted)} if claim.quoted else set()
            for paraphrase in claim.paraphrases:
                row.words.setdefault(paraphrase.language or "nl", str(paraphrase))
            for piece in claim.evidence:
                iri = str(piece.iri(node))
                place = Place(
                    iri, str(piece.letter), piece.section, piece.begin, piece.end, piece.anchor, quotes.get(iri, "")
                )
                if place not in row.places:
                    row.places.append(place)
    return list(found.values())
