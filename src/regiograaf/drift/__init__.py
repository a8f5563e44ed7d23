"""A letter's text that has changed: where its passages stand now, and its files with the new places.

A passage is found again by its fingerprint, its anchors, its length and what stands beside it; by its words too, where
the text that was encoded is at hand. What a change means for a claim is for a coder to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.namespace import RDF

from regiograaf import letters as texts
from regiograaf.dataset import Project
from regiograaf.drift.places import STATES, Found, Spot, State, locate
from regiograaf.drift.turtle import rewrite
from regiograaf.errors import SourceError
from regiograaf.letters import Letter, fingerprint
from regiograaf.namespaces import LETTER, RG
from regiograaf.sources import Source

__all__ = ["STATES", "Drift", "Found", "Moved", "State", "drift", "read_text"]


@dataclass(frozen=True, slots=True)
class Moved:
    """A block of the letter's files that points into its text, and what has become of its passage."""

    node: URIRef
    key: str
    """As in the file: `w012-b1`, or `dekking-003` for a sentence without a claim."""
    anchor: str
    found: Found
    keeps_anchor: bool
    """Whether the anchor stands in the new passage."""
    source: Source


@dataclass(frozen=True)
class Drift:
    """What has become of every passage of a letter, in the order of the old text."""

    key: str
    text: Letter
    rows: tuple[Moved, ...]
    head: Source
    """The letter's own file."""
    compared: bool
    """Whether the text that was encoded was at hand."""

    def count(self, state: State) -> int:
        return sum(row.found.state == state for row in self.rows)

    def files(self) -> dict[Path, str]:
        """The letter's files, as paths below the project, with the places in the new text.

        Begin, end and fingerprint change, the section where the passage has moved to another, and the letter's length
        and digest. What is lost or has two places stays as it was; the check names it.
        """
        changes: dict[Path, dict[URIRef, dict[URIRef, int | str]]] = {}
        sources: dict[Path, Source] = {self.head.path: self.head}
        changes[self.head.path] = {
            LETTER[self.key]: {RG.lengte: len(self.text.text), RG.sha256: self.text.digest},
        }
        sections = [(sentence.begin, sentence.end, sentence.section) for sentence in self.text.sentences]
        for row in self.rows:
            if not row.found.placed:
                continue
            sources[row.source.path] = row.source
            properties = row.source.properties[row.node]
            begin, end = row.found.begin, row.found.end
            values: dict[URIRef, int | str] = {RG.begin: begin, RG.eind: end}
            if RG.vingerafdruk in properties:
                values[RG.vingerafdruk] = fingerprint(self.text.text[begin:end])
            if RG.sectie in properties:
                section = str(properties[RG.sectie][0])
                named = next((name for low, high, name in sections if low < end and begin < high), section)
                kept = row.found.state == "unchanged" and section in self.text.sections
                values[RG.sectie] = section if kept else named
            changes.setdefault(row.source.path, {})[row.node] = values
        return {path: rewrite(sources[path], of) for path, of in sorted(changes.items())}


def read_text(path: Path) -> Letter:
    """The new text of a letter: a plain text as it stands, other formats as the reader has them.

    Raises SourceError when it cannot be read.
    """
    if path.suffix.lower() in ("", ".txt", ".text"):
        return texts.read(path)
    from regiograaf.reader import formats

    document = formats.read(path)
    return Letter(document.name, document.text)


def drift(project: Project, key: str, text: Letter, folder: Path | None = None) -> Drift:
    """Find every passage of a letter of a project in its new text.

    The text that was encoded is used where the folder of texts has it, known by its digest.

    Raises SourceError when the letter's file lacks what the check asks for.
    """
    head = dict(project.letters)[key]
    about = head.properties.get(LETTER[key], {})
    digest = str(about.get(RG.sha256, ("",))[0])
    old = texts.find(folder, digest, "") if folder is not None else None
    known = old.text if old is not None and old.digest == digest else ""
    blocks = list(_blocks(project, key))
    prints: dict[tuple[int, int], str] = {}
    anchors: dict[tuple[int, int], dict[str, None]] = {}
    for _, begin, end, anchor, mark, _ in blocks:
        anchors.setdefault((begin, end), {})[anchor] = None
        if mark:
            prints.setdefault((begin, end), mark)
    spots = {place: Spot(*place, tuple(sorted(anchors[place])), prints.get(place, "")) for place in sorted(anchors)}
    places = dict(zip(spots, locate(list(spots.values()), text, known), strict=True))
    rows = []
    for node, begin, end, anchor, _, source in sorted(blocks, key=lambda block: (block[1], block[2], block[0])):
        found = places[begin, end]
        keeps = found.placed and anchor in text.quote(found.begin, found.end)
        rows.append(Moved(node, _key(node), anchor, found, keeps, source))
    return Drift(key, text, tuple(rows), head, bool(known))


def _key(node: URIRef) -> str:
    *_, kind, name = node.rstrip("/").rsplit("/", 2)
    return f"dekking-{name.rsplit('-', 1)[-1]}" if kind == "dekking" else name


def _blocks(project: Project, key: str) -> list[tuple[URIRef, int, int, str, str, Source]]:
    """The blocks of evidence of a letter, and those of its sentences without a claim."""
    found = []
    for graph, source in project.sources:
        if graph != f"brief/{key}" and not graph.startswith("dekking/"):
            continue
        for node, properties in source.properties.items():
            kinds = properties.get(RDF.type, ())
            reason = RG.Zinsdekking in kinds and properties.get(RG.uitBrief, (None,))[0] == LETTER[key]
            if not isinstance(node, URIRef) or not (RG.Bewijs in kinds or reason):
                continue
            if graph.startswith("dekking/") and not reason:
                continue
            try:
                begin, end = (int(str(properties[p][0])) for p in (RG.begin, RG.eind))
                anchor = str(properties[RG.anker][0])
            except (KeyError, ValueError) as error:
                where = f"{source.path}:{source.line(node)}"
                raise SourceError(
                    f"{where}: error: {_key(node)} has no place or anchor. Run regiograaf check."
                ) from error
            mark = properties.get(RG.vingerafdruk, (Literal(""),))[0]
            found.append((node, begin, end, anchor, str(mark), source))
    return found
