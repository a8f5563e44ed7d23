"""What a report is about: each claim once, with all the places that say it, and names for everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rdflib.namespace import DCTERMS, RDF

from regiograaf.claims import Claim
from regiograaf.dataset import STATUS_ORDER, Build
from regiograaf.namespaces import GRAPH, LETTER, MODALITY, RG, shrink
from regiograaf.report.blocks import Ref
from regiograaf.report.dutch import count, number

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["ENDED", "EXISTING", "TYPE", "Letter", "Material", "Place", "Row", "claims", "ranked_statuses", "to"]

TYPE = str(RDF.type)
EXISTING, ENDED = "bestaand", "beeindigd"
COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: what it is called, who sent it to whom, and when; what the text does not give is empty."""

    key: str
    title: str
    short: str
    sender: str
    receivers: tuple[str, ...]
    date: str
    references: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter says it."""

    letter: str
    section: str
    anchor: str


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One claim, whatever the number of letters that make it; `number` is its place in the list of the report."""

    number: int
    iri: str
    claim: Claim
    letters: tuple[str, ...]
    places: tuple[Place, ...]
    themes: tuple[str, ...]
    modality: str
    triple: tuple[str, str, str]

    @property
    def paraphrase(self) -> str:
        """What the claim says, in words of the encoding; empty where it has none in Dutch."""
        return next((str(text) for text in self.claim.paraphrases if text.language in ("nl", None)), "")


@dataclass(frozen=True)
class Material:
    """A build with its network, and the label of every IRI (`names`)."""

    build: Build
    network: nx.MultiDiGraph
    names: Mapping[str, str]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Each claim once: by modality, then by the letters that make it, then by its first place."""
        said: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
        for key, claims in sorted(self.build.claims.items()):
            for claim in claims:
                said[str(claim.iri)].append((key, claim))

        def order(item: tuple[str, list[tuple[str, Claim]]]) -> tuple[Any, ...]:
            iri, of = item
            first = min(piece.begin for piece in of[0][1].evidence)
            keys = tuple(dict.fromkeys(key for key, _ in of))
            return self.modalities.index(of[0][1].modality.removeprefix(str(MODALITY))), keys, first, iri

        rows = []
        for place, (iri, of) in enumerate(sorted(said.items(), key=order), 1):
            places = [
                Place(key, piece.section, piece.anchor)
                for key, claim in of
                for piece in sorted(claim.evidence, key=lambda e: (e.begin, e.end, e.anchor))
            ]
            themes = sorted({str(theme) for _, claim in of for theme in claim.themes})
            keys = tuple(dict.fromkeys(key for key, _ in of))
            claim = of[0][1]
            modality = claim.modality.removeprefix(str(MODALITY))
            triple = str(claim.subject), str(claim.predicate), str(claim.object)
            rows.append(Row(place, iri, claim, keys, tuple(places), tuple(themes), modality, triple))
        return tuple(rows)

    @cached_property
    def by_iri(self) -> Mapping[str, Row]:
        return {row.iri: row for row in self.rows}

    @cached_property
    def existence(self) -> Mapping[str, list[Row]]:
        """The claims on the existence of each entity."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.triple[1] == TYPE:
                found[row.triple[0]].append(row)
        return found

    @cached_property
    def of_letter(self) -> Mapping[str, list[Row]]:
        """The claims of each letter, by its key."""
        return {letter.key: [row for row in self.rows if letter.key in row.letters] for letter in self.letters}

    @cached_property
    def columns(self) -> tuple[Letter, ...]:
        """The letters that have a column of their own in tables and figures: at most COLUMNS, those that say most."""
        said = {letter.key: len(self.of_letter[letter.key]) for letter in self.letters}
        most = sorted(self.letters, key=lambda letter: (-said[letter.key], letter.key))[:COLUMNS]
        return tuple(letter for letter in self.letters if letter in most)

    @property
    def cut(self) -> str:
        """That not every letter has a column, as a sentence to add; empty where each has."""
        shown = len(self.columns)
        return f" Getoond: de {shown} brieven die het meest zeggen." if shown < len(self.letters) else ""

    @cached_property
    def modalities(self) -> tuple[str, ...]:
        """The keys of the modalities, in the order of the network; one that it does not know comes last."""
        known = list(self.network.graph["modalities"])
        used = {claim.modality.removeprefix(str(MODALITY)) for of in self.build.claims.values() for claim in of}
        return (*known, *sorted(used - set(known)))

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        sources = dict(self.build.project.letters)
        found = []
        for key in sorted(self.build.claims):
            p = sources[key].properties[LETTER[key]]

            def words(predicate: Any, p: Mapping[Any, Any] = p) -> tuple[str, ...]:
                return tuple(str(value) for value in p.get(predicate, ()))

            title = words(DCTERMS.title)[0]
            found.append(
                Letter(
                    key,
                    title,
                    (words(DCTERMS.alternative) or (title,))[0],
                    words(RG.afzender)[0],
                    tuple(sorted(words(RG.ontvanger))),
                    (words(DCTERMS.date) or ("",))[0],
                    tuple(sorted(words(RG.kenmerk))),
                    tuple(sorted(words(RG.regio))),
                )
            )
        return tuple(found)

    @cached_property
    def short(self) -> Mapping[str, str]:
        """The short title of each letter by its key."""
        return {letter.key: letter.short for letter in self.letters}

    @cached_property
    def senders(self) -> Mapping[str, tuple[str, ...]]:
        """The letters of each sender."""
        found: dict[str, list[str]] = defaultdict(list)
        for letter in self.letters:
            found[letter.sender].append(letter.key)
        return {sender: tuple(keys) for sender, keys in sorted(found.items())}

    @cached_property
    def status(self) -> Mapping[str, str]:
        """The existence status of each entity, where one is known."""
        graph = self.build.graphs.get(GRAPH["entiteiten"], frozenset())
        return {str(s): str(o).rsplit("/", 1)[-1] for s, p, o in graph if p == RG.bestaansstatus}

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The class of each entity; of several the first by name."""
        found: dict[str, str] = {}
        for name in ("entiteiten", "achtergrond"):
            graph = self.build.graphs.get(GRAPH[name], frozenset())
            for s, o in sorted((str(s), str(o)) for s, p, o in graph if p == RDF.type):
                found.setdefault(s, o)
        return found

    def label(self, iri: object) -> str:
        """What something is called; what has no label goes by its short IRI."""
        return self.names.get(str(iri)) or shrink(str(iri))

    def named(self, entity: str) -> str:
        """What an entity is called, with its status where it does not exist (yet)."""
        known = self.network.nodes[entity].get("label", "") if entity in self.network else ""
        label, status = known or self.label(entity), self.status.get(entity, EXISTING)
        word = f"({self.word(status)})"
        return label if status in (EXISTING, "onbekend") or label.endswith(word) else f"{label} {word}"

    def kind(self, iri: str) -> str:
        return self.label(self.kinds[iri]) if iri in self.kinds else ""

    def word(self, modality: str) -> str:
        """The Dutch word of a modality or existence status."""
        known = self.network.graph["modalities"].get(modality)
        return str(known["nl"]) if known else self.names.get(str(MODALITY[modality]), modality)

    def style(self, modality: str) -> str:
        known = self.network.graph["modalities"].get(modality)
        return str(known["style"]) if known else "dash"

    def pick(self, test: Callable[[Row], bool]) -> list[Row]:
        return [row for row in self.rows if test(row)]

    def rows_of(self, iris: Iterable[str]) -> list[Row]:
        """The rows of claims by IRI; what is no claim (an edge of a view) is left out."""
        return [self.by_iri[iri] for iri in iris if iri in self.by_iri]

    def says(self, row: Row) -> str:
        """A claim in words: its paraphrase, else subject, relation and object."""
        if row.paraphrase:
            return row.paraphrase
        denied = " (ontkend)" if row.claim.denied else ""
        return f"{' '.join(self.label(part) for part in row.triple)}{denied}"

    def where(self, row: Row) -> str:
        """The places of a claim: each letter with its sections."""
        sections: dict[str, dict[str, None]] = defaultdict(dict)
        for place in row.places:
            sections[place.letter][place.section] = None
        return "; ".join(f"{self.short[key]} § {', § '.join(of)}" for key, of in sections.items())


def to(rows: Iterable[Row], words: str = "", one: str = "", many: str = "") -> Ref | str:
    """A reference to claims: `words`, else their number, with a noun where one is given; without claims plain text."""
    numbers = tuple(sorted(row.number for row in rows))
    shown = words or (count(len(numbers), one, many) if one else number(len(numbers)))
    return Ref(shown, numbers) if numbers else shown


def claims(rows: Sequence[Row]) -> Ref | str:
    """A number of claims that leads to them."""
    return to(rows, one="bewering", many="beweringen")


def ranked_statuses() -> Sequence[str]:
    """The statuses of existence, the strongest first."""
    return STATUS_ORDER
