"""Which sentences of a letter have a claim, which stand in the coverage graph with a reason, and which have neither.

And which known names a sentence holds that no claim on it speaks of. What is known is the reader's to say: coverage
finds names as `regiograaf.reader` does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rdflib.namespace import RDF

from regiograaf.claims import Claim, Evidence
from regiograaf.dataset import Build, nquads, to_store
from regiograaf.errors import SourceError
from regiograaf.letters import Sentence
from regiograaf.namespaces import GRAPH, LETTER, RG
from regiograaf.prefixes import GRAPHS

if TYPE_CHECKING:
    from regiograaf.reader.mention import Mention

__all__ = ["Covered", "Name", "Tally", "coverage", "covered", "summary", "tally"]

_BY_NAME = frozenset({"name", "abbreviation", "organ", "shared", "short"})
"""Rules of the reader that find something by a name; "wij", "de provincie" and what is new are none."""

State = Literal["linked", "claimed", "reason", "open"]


@dataclass(frozen=True, slots=True)
class Name:
    """A known entity that a sentence calls by name; offsets are those of the letter's text."""

    begin: int
    end: int
    text: str
    entity: str
    """Its IRI."""
    label: str
    linked: bool
    """Whether a claim on this sentence has it as subject or object, or as programme, addressee or source."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One sentence: the claims that rest on it, the reason when it has none on purpose, the names in it."""

    letter: str
    sentence: Sentence
    said: tuple[tuple[Claim, Evidence], ...]
    """Each claim once, with its first evidence on this sentence, in the order of the text and the file."""
    reason: str
    names: tuple[Name, ...]

    @property
    def claims(self) -> int:
        return len(self.said)

    @property
    def named(self) -> tuple[str, ...]:
        """The labels of the entities that the sentence names."""
        return tuple(sorted({name.label for name in self.names}))

    @property
    def unlinked(self) -> tuple[Name, ...]:
        """The first mention of each named entity that no claim on the sentence speaks of."""
        first: dict[str, Name] = {}
        for name in self.names:
            if not name.linked:
                first.setdefault(name.entity, name)
        return tuple(first.values())

    @property
    def open(self) -> bool:
        """Whether the sentence has neither claim nor reason."""
        return not self.claims and not self.reason

    @property
    def state(self) -> State:
        """linked: claims speak of every name in it; claimed: they leave a name out; reason; open."""
        if self.said:
            return "claimed" if self.unlinked else "linked"
        return "reason" if self.reason else "open"


def covered(build: Build, only: Collection[str] = ()) -> list[Covered]:
    """The coverage of the letters (all, or those with these keys) whose text is at hand.

    Raises SourceError, naming them, when the text of a letter that is asked for is not there.
    """
    missing = sorted(set(only or build.claims) - set(build.texts))
    if missing and (only or not build.texts):
        raise SourceError(f"the text of {', '.join(missing)} is not there as it was encoded. Run check --letters DIR.")
    return coverage(build, only)


def coverage(build: Build, only: Collection[str] = ()) -> list[Covered]:
    """Every sentence and list item (headings aside) of the letters whose text is at hand, in the order of the text.

    A sentence has a claim when the passage of a piece of evidence overlaps it.
    """
    skipped = _reasons(build)
    found = _names(build, only)
    rows = []
    for key, letter in sorted(build.texts.items()):
        if only and key not in only:
            continue
        passages = sorted(
            (
                (piece.begin, piece.end, n, claim, piece)
                for n, claim in enumerate(build.claims[key])
                for piece in claim.evidence
            ),
            key=lambda item: item[:3],
        )
        for sentence in letter.sentences:
            if sentence.kind == "heading":
                continue
            said: dict[int, tuple[Claim, Evidence]] = {}
            for begin, end, n, claim, piece in passages:
                if begin < sentence.end and sentence.begin < end:
                    said.setdefault(n, (claim, piece))
            reason = next(
                (why for begin, end, why in skipped.get(key, ()) if begin < sentence.end and sentence.begin < end), ""
            )
            linked = {str(end) for claim, _ in said.values() for end in _ends(claim)}
            names = tuple(
                Name(m.begin, m.end, m.text, m.entity, m.label, m.entity in linked)
                for m in found[key]
                if sentence.begin <= m.begin < sentence.end
            )
            rows.append(Covered(key, sentence, tuple(said.values()), reason, names))
    return rows


def _ends(claim: Claim) -> Iterable[object]:
    ends = (claim.subject, claim.object, claim.programme, claim.addressee, claim.quoted)
    return (end for end in ends if end is not None)


def _names(build: Build, only: Collection[str]) -> Mapping[str, list[Mention]]:
    """The mentions of known entities by name, per letter."""
    from regiograaf.reader.document import Document
    from regiograaf.reader.entities import known
    from regiograaf.reader.lexicon import lexicon
    from regiograaf.reader.mentions import mentions
    from regiograaf.reader.structure import structure

    needed = {
        name: triples
        for name, triples in build.graphs.items()
        if name in (GRAPH["entiteiten"], GRAPH["ontologie"]) or name.startswith(f"{GRAPHS}brief/")
    }
    names = lexicon(known(to_store(nquads(needed), merge=False)))
    return {
        key: [
            mention
            for mention in mentions(
                structure(Document(letter.name, "plain", "", letter.text, letter.text)), names
            ).mentions
            if mention.rule in _BY_NAME and not mention.entity.startswith("nieuw:")
        ]
        for key, letter in sorted(build.texts.items())
        if not only or key in only
    }


def _reasons(build: Build) -> Mapping[str, list[tuple[int, int, str]]]:
    found: dict[str, list[tuple[int, int, str]]] = {}
    for graph, source in build.project.sources:
        if not graph.startswith("dekking/"):
            continue
        for p in source.properties.values():
            if RG.Zinsdekking in p.get(RDF.type, ()):
                key = str(p[RG.uitBrief][0]).removeprefix(str(LETTER))
                reason = str(p[RG.reden][0]).rsplit("/", 1)[-1]
                found.setdefault(key, []).append((int(str(p[RG.begin][0])), int(str(p[RG.eind][0])), reason))
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """What a letter, or a section of it, comes to; `section` is empty for a whole letter."""

    letter: str
    section: str
    sentences: int
    claimed: int
    reasoned: int
    open: int
    claims: int
    """Different claims that rest on these sentences."""
    names: int
    """Named entities, one for each sentence that names it."""
    unlinked: int


def tally(rows: Iterable[Covered], by_section: bool = False) -> list[Tally]:
    """One row for each letter, or for each of its sections, in the order of the text."""
    groups: dict[tuple[str, str], list[Covered]] = {}
    for row in rows:
        groups.setdefault((row.letter, row.sentence.section if by_section else ""), []).append(row)
    return [
        Tally(
            letter,
            section,
            len(of),
            sum(row.claims > 0 for row in of),
            sum(not row.claims and bool(row.reason) for row in of),
            sum(row.open for row in of),
            len({claim.iri for row in of for claim, _ in row.said}),
            sum(len(row.named) for row in of),
            sum(len(row.unlinked) for row in of),
        )
        for (letter, section), of in groups.items()
    ]


def summary(rows: Iterable[Covered]) -> tuple[int, int, int, float]:
    """(sentences, with a claim, with a reason, share of the sentences naming two entities that have no claim)."""
    rows = list(rows)
    two = [row for row in rows if len(row.named) > 1]
    bare = [row for row in two if not row.claims]
    return (
        len(rows),
        sum(row.claims > 0 for row in rows),
        sum(bool(row.reason) for row in rows),
        len(bare) / len(two) if two else 0.0,
    )
