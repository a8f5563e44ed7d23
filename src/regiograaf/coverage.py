"""Which sentences of a letter have a claim, which stand in the coverage graph with a reason, and which have neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib.namespace import RDF, RDFS, SKOS

from regiograaf.dataset import Build
from regiograaf.letters import Letter, Sentence
from regiograaf.names import fold
from regiograaf.namespaces import LETTER, RG

__all__ = ["Covered", "coverage", "entity_names"]


@dataclass(frozen=True, slots=True)
class Covered:
    """One sentence: how many claims rest on it, the reason when it has none on purpose, the entities it names."""

    letter: str
    sentence: Sentence
    claims: int
    reason: str
    named: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether the sentence has neither claim nor reason."""
        return not self.claims and not self.reason


def coverage(build: Build) -> list[Covered]:
    """Every sentence and list item (headings aside) of the letters whose text is at hand, in the order of the text.

    A sentence has a claim when the passage of a piece of evidence overlaps it.
    """
    names = entity_names(build)
    skipped = _reasons(build)
    rows = []
    for key, letter in sorted(build.texts.items()):
        passages = [(piece.begin, piece.end) for claim in build.claims[key] for piece in claim.evidence]
        for sentence in letter.sentences:
            if sentence.kind == "heading":
                continue
            count = sum(begin < sentence.end and sentence.begin < end for begin, end in passages)
            reason = next(
                (why for begin, end, why in skipped.get(key, ()) if begin < sentence.end and sentence.begin < end), ""
            )
            rows.append(Covered(key, sentence, count, reason, _named(letter, sentence, names)))
    return rows


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


def entity_names(build: Build) -> Mapping[str, str]:
    """Folded names (labels and aliases, at least four letters) of all entities -> the entity's label."""
    names = {}
    for source in build.project.graph("entiteiten"):
        for p in source.properties.values():
            known = [
                str(v) for q in (RDFS.label, SKOS.altLabel) for v in p.get(q, ()) if getattr(v, "language", "") != "en"
            ]
            for name in known:
                short = fold(name.split(" (")[0])
                if len(short) > 3:
                    names[short] = known[0]
    return names


def _named(letter: Letter, sentence: Sentence, names: Mapping[str, str]) -> tuple[str, ...]:
    text = f" {fold(letter.text[sentence.begin : sentence.end])} "
    found: dict[str, None] = {}
    for name in sorted(names, key=lambda n: (-len(n), n)):
        if f" {name} " in text:
            text = text.replace(f" {name} ", "  ")
            found[names[name]] = None
    return tuple(sorted(found))


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
