"""A draft as the Turtle file that a coder goes on with: `data/letters/KEY.ttl`, every claim still to be judged.

The file is a list of blocks, so that the review page writes the same file from the same blocks, with what the coder
changed. Of the letter it has no more than anchors, wordings of periods and amounts, and names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from regiograaf.letters import fingerprint
from regiograaf.prefixes import ID, KINDS, PREFIXES, expand, shrink
from regiograaf.reader.values import PeriodValue, QuantityValue

if TYPE_CHECKING:
    from regiograaf.reader.draft import Draft
    from regiograaf.reader.drafts import DraftClaim

__all__ = ["DRAFT", "HEADER", "Block", "Names", "anchor", "blocks", "turtle", "write"]

DRAFT = "status:concept"
HEADER = """\
# A draft of `regiograaf read`: nobody has judged it yet. Read each claim beside the letter.
# Right: take out its line rg:status. Nearly: mend it, then do so. Wrong: take out the claim and its evidence.
# At the end take out rg:status of the letter and of the new entities that are used, and the entities that are not.
"""
"""On top of a file in which anything is still a draft."""
MAX_ANCHOR = 10
"""Words of an anchor, at most."""
REACH = 8
"""Words of an anchor that cannot hold both ends of a claim."""
MIN_ANCHOR = 5
"""Words of an anchor, where the passage has them: fewer stand in a letter more than once."""
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w-]*[\w-])?", re.ASCII)
_SORTS = {
    "rg:Aanbeveling": "document", "rg:Actor": "entiteit", "rg:ActorGroep": "groep", "rg:Afspraken": "afspraak",
    "rg:Ambtsdrager": "persoon", "rg:Analyse": "document", "rg:Brief": "document", "rg:Coalitieakkoord": "afspraak",
    "rg:College": "orgaan", "rg:Intentieverklaring": "afspraak", "rg:Investeringsagenda": "agenda",
    "rg:Kabinet": "orgaan", "rg:Knooppunt": "infrastructuur", "rg:Natuurlijkehulpbron": "hulpbron",
    "rg:Netbeheerder": "bedrijf", "rg:Ontwikkelingsmaatschappij": "bedrijf", "rg:Overeenkomst": "afspraak",
    "rg:Overlegorgaan": "overleg", "rg:Propositie": "document", "rg:Raad": "orgaan",
    "rg:Raadsinformatiebrief": "document", "rg:Raadsnotitie": "document", "rg:RegioDeal": "deal",
    "rg:Samenwerkingsverband": "samenwerking", "rg:Verantwoording": "document", "rg:Verkiezing": "gebeurtenis",
    "rg:Woningcorporatie": "stichting", "tooiont:Gemeente": "gemeente", "tooiont:Ministerie": "overheid",
    "tooiont:Overheidsorganisatie": "overheid", "tooiont:Provincie": "overheid",
    "tooiont:RegionaalOpenbaarLichaam": "overheid", "tooiont:Samenwerkingsorganisatie": "samenwerking",
    "tooiont:Waterschap": "overheid",
}  # fmt: skip
"""Class -> the soort that its new entities are filed under, where that is not the name of the class."""
_ROLES = {"aantal": "aantal", "rang": "rangorde"}
_BOUNDS = (
    ("rg:vroegsteBegin", "earliest_begin"),
    ("rg:laatsteBegin", "latest_begin"),
    ("rg:vroegsteEinde", "earliest_end"),
    ("rg:laatsteEinde", "latest_end"),
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})

Row = tuple[str, tuple[str, ...]]
"""A property and its values, as Turtle writes them."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the file."""

    name: str
    """Of its subject, as Turtle writes it."""
    rows: tuple[Row, ...]
    sort: str
    """letter, entity, claim, evidence, period or quantity."""


def turtle(draft: Draft) -> str:
    """The draft as a Turtle file."""
    return write(draft.key, blocks(draft))


def write(key: str, listed: Sequence[Block]) -> str:
    """A Turtle file of the blocks of the letter `key`: the prefixes that they use, and the blocks in their order."""
    used = sorted({prefix for block in listed for prefix in _prefixes(block)})
    bases = {**PREFIXES, "brief": f"{ID}brief/{key}/", "brieven": f"{ID}brief/"}
    width = max((len(prefix) for prefix in used), default=0) + 1
    lines = [f"@prefix {prefix + ':':{width}} <{bases[prefix]}> ." for prefix in used]
    draft = any(predicate == "rg:status" for block in listed for predicate, _ in block.rows)
    return (HEADER + "\n" if draft else "") + "\n".join([*lines, ""]) + "".join(f"\n{_lines(one)}\n" for one in listed)


def _lines(block: Block) -> str:
    width = max(len(predicate) for predicate, _ in block.rows)
    rows = [f"    {predicate:{width}} {' , '.join(values)}" for predicate, values in block.rows]
    return f"{block.name}\n" + " ;\n".join(rows) + " ."


def _prefixes(block: Block) -> Iterator[str]:
    for token in (block.name, *(token for predicate, values in block.rows for token in (predicate, *values))):
        if token.startswith('"'):
            if token.endswith("^^xsd:date"):
                yield "xsd"
        elif not token.startswith("<") and ":" in token:
            yield token.partition(":")[0]


def blocks(draft: Draft) -> tuple[Block, ...]:
    """The blocks of a draft: the letter, its new entities by name, each claim with its evidence, periods, amounts."""
    return tuple(_Writer(draft).blocks())


@dataclass(frozen=True)
class Names:
    """How the entities of a draft are called in its Turtle file."""

    draft: Draft

    def of(self, entity: str) -> str:
        """The CURIE, or the IRI between angle brackets, of a known entity, a key `nieuw:soort/naam` or the letter."""
        return self.new[entity] if entity in self.new else curie(entity)

    @cached_property
    def new(self) -> Mapping[str, str]:
        """The CURIEs of the new entities by key: of their sort and name, and with a number where that is taken."""
        taken = {curie(entity.iri) for entity in self.draft.known.entities}
        found: dict[str, str] = {}
        for one in self.draft.new.values():
            sort = sort_of(one.kind)
            name = one.key.rpartition("/")[2] or hashlib.sha256(one.label.encode()).hexdigest()[:8]
            name = name.removeprefix(f"{sort}-") or name
            free, number = f"{sort}:{name}", 1
            while free in taken:
                number += 1
                free = f"{sort}:{name}-{number}"
            taken.add(free)
            found[one.key] = free
        return found


def sort_of(kind: str) -> str:
    """The soort that an entity of a class is filed under: the prefix of its name."""
    if kind in _SORTS:
        return _SORTS[kind]
    sort = kind.rpartition(":")[2].lower()
    return sort if sort in KINDS else "entiteit"


def curie(iri: str) -> str:
    """An IRI, or a CURIE, as Turtle writes it."""
    iri = expand(iri) or iri
    short = shrink(iri)
    if short == iri or not _LOCAL.fullmatch(short.partition(":")[2]):
        return f"<{iri}>"
    return "brieven:" + short.partition(":")[2] if short.startswith("brief:") else short


def literal(text: str, tail: str = "") -> str:
    """A literal as Turtle writes it, with its language or datatype."""
    return f'"{text.translate(_ESCAPES)}"{tail}'


class _Writer:
    """Makes the blocks of one draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.names = Names(draft)
        self.kinds = {entity.iri: entity.kind for entity in draft.known.entities}
        self.kinds |= {one.key: one.kind for one in draft.new.values()}
        self.labels = {entity.iri: entity.label for entity in draft.known.entities}
        self.sections = {line.begin: line.section for line in draft.structure.lines}
        self.used: set[str] = set()
        self.acting: set[str] = set()
        self.periods: dict[tuple[Row, ...], str] = {}
        self.quantities: dict[tuple[Row, ...], str] = {}

    def blocks(self) -> Iterator[Block]:
        letter = self._letter()
        width = max(3, len(str(len(self.draft.claims))))
        claims = [
            block
            for number, claim in enumerate(self.draft.claims, start=1)
            for block in self._claim(claim, f"brief:w{number:0{width}}")
        ]
        yield letter
        yield from self._entities()
        yield from claims
        yield from (Block(name, rows, "period") for rows, name in self.periods.items())
        yield from (Block(name, rows, "quantity") for rows, name in self.quantities.items())

    def _letter(self) -> Block:
        draft, letter = self.draft, self.draft.document.letter
        subject = next(iter(draft.told("subject")), "")
        sides = draft.found.parties
        rows: list[Row] = [
            ("a", ("rg:Brief",)),
            ("rg:status", (DRAFT,)),
            ("rdfs:label", (literal(f"brief {draft.key}", "@nl"), literal(f"letter {draft.key}", "@en"))),
            ("dcterms:title", (literal(subject or draft.name, "@nl"),)),
            ("rg:afzender", (self._sender,)),
        ]
        if sides.addressee is not None and self._acts(sides.addressee.entity):
            rows.append(("rg:ontvanger", (self._use(sides.addressee.entity, acts=True),)))
        if sides.region is not None:
            rows.append(("rg:regio", (self._use(sides.region.entity),)))
        if references := draft.told("reference"):
            rows.append(("rg:kenmerk", tuple(literal(one) for one in references)))
        if subject:
            rows.append(("rg:onderwerp", (literal(subject, "@nl"),)))
        day = next((one for one in draft.told("date") if re.fullmatch(r"\d{4}-\d{2}-\d{2}", one)), "")
        if day:
            rows.append(("dcterms:date", (literal(day, "^^xsd:date"),)))
        rows += [
            ("rg:bestandsnaam", (literal(f"{draft.key}.txt"),)),
            ("rg:lengte", (str(len(letter.text)),)),
            ("rg:sha256", (literal(letter.digest),)),
        ]
        return Block(f"brieven:{draft.key}", tuple(rows), "letter")

    @cached_property
    def _sender(self) -> str:
        sender = self.draft.found.parties.sender
        if sender is not None and self._acts(sender.entity):
            return self._use(sender.entity, acts=True)
        return f"entiteit:afzender-{self.draft.key}"

    def _acts(self, entity: str) -> bool:
        """Whether an entity is, or for all we know can be, somebody who acts."""
        kind = self.kinds.get(entity, "")
        return kind in self.draft.actors or (not kind and entity.startswith("nieuw:"))

    def _use(self, entity: str, acts: bool = False) -> str:
        if entity != self.draft.iri:
            self.used.add(entity)
        if acts:
            self.acting.add(entity)
        return self.names.of(entity)

    def _entities(self) -> Iterator[Block]:
        """The blocks of the entities that the claims or the letter use, and that the project has no block of."""
        known, new = self.draft.known, self.draft.new
        found = []
        for entity in self.used - known.placed:
            label = new[entity].label if entity in new else self.labels[entity]
            kind = self.kinds[entity] or ("rg:Actor" if entity in self.acting else "rg:Entiteit")
            note = f"nieuw: {new[entity].reason}" if entity in new else "uit een register"
            found.append(self._entity(self.names.of(entity), kind, label, label, note))
        if self._sender == f"entiteit:afzender-{self.draft.key}":
            nl, en = f"onbekende afzender van {self.draft.key}", f"unknown sender of {self.draft.key}"
            found.append(self._entity(self._sender, "rg:Actor", nl, en, "de tekst noemt geen bekende afzender"))
        yield from sorted(found, key=lambda block: block.name)

    def _entity(self, name: str, kind: str, nl: str, en: str, note: str) -> Block:
        rows: tuple[Row, ...] = (
            ("a", (kind,)),
            ("rg:status", (DRAFT,)),
            ("rdfs:label", (literal(nl, "@nl"), literal(en, "@en"))),
            ("skos:editorialNote", (literal(note, "@nl"),)),
        )
        return Block(name, rows, "entity")

    def _claim(self, claim: DraftClaim, name: str) -> Iterator[Block]:
        speaker = self._sender
        quoted = ""
        if claim.speaker and self._acts(claim.speaker):
            speaker = self._use(claim.speaker, acts=True)
        elif claim.speaker:
            quoted = self._use(claim.speaker)
        term = claim.predicate in ("rdf:type", "rg:betreft")
        rows: list[Row] = [
            ("a", ("rg:Bewering",)),
            ("rg:status", (DRAFT,)),
            ("rdf:subject", (self._use(claim.subject.entity),)),
            ("rdf:predicate", (curie(claim.predicate),)),
            ("rdf:object", (curie(claim.object.entity) if term else self._use(claim.object.entity),)),
            ("rg:modaliteit", (f"modaliteit:{claim.modality}",)),
        ]
        if claim.negated:
            rows.append(("rg:ontkend", ("true",)))
        rows.append(("prov:wasAttributedTo", (speaker,)))
        if claim.addressee and self._acts(claim.addressee):
            rows.append(("rg:geadresseerde", (self._use(claim.addressee, acts=True),)))
        if claim.themes:
            rows.append(("rg:thema", tuple(sorted(curie(theme) for theme in claim.themes))))
        if quoted:
            rows.append(("rg:aangehaaldUit", (quoted,)))
        if claim.period is not None:
            rows.append(("rg:periode", (self._numbered(self.periods, "p", _period(claim.period)),)))
        if claim.amount is not None and (quantity := _quantity(claim.amount)):
            rows.append(("rg:grootheid", (self._numbered(self.quantities, "g", quantity),)))
        rows += [
            ("rg:parafrase", (literal(paraphrase(self.draft, claim), "@nl"),)),
            ("rg:bewijs", (f"{name}-b1",)),
            ("skos:editorialNote", (literal(f"regel {claim.rule}, kans {claim.score:.2f}", "@nl"),)),
        ]
        yield Block(name, tuple(rows), "claim")
        begin, end = claim.begin, claim.end
        evidence: tuple[Row, ...] = (
            ("a", ("rg:Bewijs",)),
            ("rg:sectie", (literal(self.sections.get(begin, "") or "Tekst"),)),
            ("rg:begin", (str(begin),)),
            ("rg:eind", (str(end),)),
            ("rg:anker", (literal(anchor(self.draft, claim)),)),
            ("rg:vingerafdruk", (literal(fingerprint(self.draft.document.text[begin:end])),)),
        )
        yield Block(f"{name}-b1", evidence, "evidence")

    def _numbered(self, found: dict[tuple[Row, ...], str], letter: str, rows: tuple[Row, ...]) -> str:
        return found.setdefault(rows, f"brief:{letter}{len(found) + 1:02}")


def _period(value: PeriodValue) -> tuple[Row, ...]:
    rows: list[Row] = [("a", ("rg:Periode",)), ("rg:verwoording", (literal(value.wording, "@nl"),))]
    for predicate, name in _BOUNDS:
        bound: date | None = getattr(value, name)
        if bound is not None:
            rows.append((predicate, (literal(bound.isoformat(), "^^xsd:date"),)))
    return tuple(rows)


def _quantity(value: QuantityValue) -> tuple[Row, ...]:
    """The rows of an amount; none when the text does not tell what it stands for."""
    role = value.role or _ROLES.get(value.unit, "")
    if not role:
        return ()
    rows: list[Row] = [
        ("a", ("rg:Grootheid",)),
        ("rg:rol", (f"grootheidrol:{role}",)),
        ("rg:eenheid", (f"eenheid:{value.unit}",)),
        ("rg:nauwkeurigheid", (f"nauwkeurigheid:{value.precision}",)),
    ]
    if value.value is not None:
        number = f"{value.value:f}"
        rows.append(("rg:waarde", (number if "." in number else f"{number}.0",)))
    if value.numerator is not None and value.denominator is not None:
        rows += [("rg:teller", (str(value.numerator),)), ("rg:noemer", (str(value.denominator),))]
    return (*rows, ("rg:verwoording", (literal(value.wording, "@nl"),)))


def paraphrase(draft: Draft, claim: DraftClaim) -> str:
    """A claim in the words of its labels, for a coder to put in better ones."""
    labels = draft.known.labels
    if claim.predicate == "rdf:type":
        said = f"{claim.subject.label} ({labels.get(shrink(claim.object.entity), claim.object.label)})"
        lead = "er is" if claim.modality == "bestaand" else labels.get(f"modaliteit:{claim.modality}", claim.modality)
    else:
        said = f"{claim.subject.label} {labels.get(claim.predicate, claim.predicate)} {claim.object.label}"
        lead = "" if claim.modality == "bestaand" else labels.get(f"modaliteit:{claim.modality}", claim.modality)
    if claim.negated:
        lead = f"{lead}, niet" if lead else "niet"
    words = f"{lead}: {said}." if lead else f"{said}."
    return words[:1].upper() + words[1:]


def anchor(draft: Draft, claim: DraftClaim) -> str:
    """At most ten words in a row of the passage, with both ends of the claim where they stand near each other."""
    letter = draft.document.letter
    words = letter.quote(claim.begin, claim.end).split()
    spans = [
        _span(letter.text, claim.begin, mention.begin, mention.end, len(words))
        for mention in (claim.subject, claim.object)
        if claim.begin <= mention.begin < mention.end <= claim.end
    ]
    if not spans:
        return " ".join(words[:REACH])
    first, last = min(low for low, _ in spans), max(high for _, high in spans)
    if last - first > MAX_ANCHOR:
        low, high = spans[-1]
        first, last = (max(0, high - REACH), high) if high - low <= REACH else (low, low + REACH)
    last = min(max(last, first + MIN_ANCHOR), len(words))
    return " ".join(words[max(0, min(first, last - MIN_ANCHOR)) : last])


def _span(text: str, begin: int, low: int, high: int, count: int) -> tuple[int, int]:
    """The words of a passage, by number, in which a mention stands."""
    before = len(_words(text[begin:low]))
    if low > begin and before and not text[low - 1].isspace():
        before -= 1  # the mention begins within a word
    within = max(1, len(_words(text[low:high])))
    first = min(before, count - 1)
    return first, min(first + within, count)


def _words(text: str) -> list[str]:
    """The words of a piece of the canonical text, as `Letter.quote` has them."""
    return re.sub(r"\*\*|(?m:^#+\s+)", "", text).split()
