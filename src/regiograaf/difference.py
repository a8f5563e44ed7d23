"""Two releases side by side: the terms, entities, claims and evidence that came, went or changed, and the version step.

What an IRI means to who cites it decides the step. Major: an IRI is gone, or a term means something else. Minor: there
is more, or a claim is withdrawn in favour of another but still described. Patch: only words, sources and places.
Source: Semantic Versioning 2.0.0, read for vocabularies: a citation that breaks is a broken interface.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from regiograaf.errors import SourceError
from regiograaf.prefixes import ID, PREFIXES, shrink
from regiograaf.stores import quads_of

__all__ = ["STEPS", "Change", "Difference", "difference"]

Sort = Literal["term", "theme", "entity", "letter", "claim", "evidence"]
How = Literal["added", "removed", "changed", "withdrawn"]
Step = Literal["", "patch", "minor", "major"]
STEPS: tuple[Step, ...] = ("", "patch", "minor", "major")
"""From the least to the largest."""

RDF, RDFS, OWL, SKOS = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "skos"))
RG, DCTERMS = PREFIXES["rg"], PREFIXES["dcterms"]
GRAPH = f"{ID}graaf/"
_SORTS: Mapping[str, Sort] = {"ontologie": "term", "themas": "theme", "entiteiten": "entity"}
"""Of a graph's subjects."""
_WORDS = frozenset(
    f"{base}{name}"
    for base, names in (
        (RDFS, ("label", "comment", "seeAlso", "isDefinedBy")),
        (SKOS, ("prefLabel", "altLabel", "definition", "example", "scopeNote", "note", "editorialNote", "changeNote")),
        (DCTERMS, ("source", "description", "title", "identifier", "created", "modified", "bibliographicCitation")),
        (OWL, ("versionInfo", "versionIRI", "priorVersion")),
        (RG, ("parafrase", "bestaansstatus")),
    )
    for name in names
)
"""Properties that say the same in other words, or where it is from: another value of one changes no meaning."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that came, went or changed."""

    sort: Sort
    how: How
    iri: str
    """Of what is there now; of what was removed, as it was."""
    label: str
    what: tuple[str, ...]
    """Of a change the properties as CURIEs, sorted; of a claim that another took the place of, that one's IRI."""
    step: Step


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two releases."""

    changes: tuple[Change, ...]
    """By sort (term, theme, entity, letter, claim, evidence), then by what happened, then by IRI."""
    old: str
    """The version that the old ontology gives itself; empty when it gives none."""
    new: str

    @property
    def step(self) -> Step:
        """The version step that the changes ask for; empty when there are none."""
        return max((change.step for change in self.changes), key=STEPS.index, default="")

    @property
    def made(self) -> Step | None:
        """The step from the old version to the new; empty when they are the same, None when it is no step forward."""
        old, new = _numbers(self.old), _numbers(self.new)
        if old is None or new is None or new < old:
            return None
        if new == old:
            return ""
        return "major" if new[0] > old[0] else "minor" if new[1] > old[1] else "patch"

    @property
    def enough(self) -> bool:
        """Whether the new version number says at least what the changes ask for."""
        asked = self.step
        if (_numbers(self.old) or (1,))[0] == 0 and asked == "major":
            asked = "minor"  # before 1.0.0 a minor version may break
        return self.made is not None and STEPS.index(self.made) >= STEPS.index(asked)

    def counts(self) -> dict[tuple[Sort, How], int]:
        """How many of each sort came, went or changed."""
        return dict(Counter((change.sort, change.how) for change in self.changes))


def difference(old: Path, new: Path) -> Difference:
    """Compare two releases: project folders, built folders or N-Quads files.

    Inferences, coverage and quotes are left out: they follow from the rest. Takes time in proportion to both.

    Raises SourceError when one of them cannot be read.
    """
    before, after = _Release.read(old), _Release.read(new)
    changes = [*_changes(before, after), *_claims(before, after), *_evidence(before, after)]
    order = {name: at for at, name in enumerate(("term", "theme", "entity", "letter", "claim", "evidence"))}
    return Difference(
        tuple(sorted(changes, key=lambda c: (order[c.sort], c.how, c.iri, c.what))), before.version, after.version
    )


@dataclass(frozen=True, slots=True)
class _Release:
    """The things of one release: IRI -> property -> values, apart by sort."""

    things: Mapping[str, Mapping[str, Mapping[str, frozenset[str]]]]
    version: str

    @classmethod
    def read(cls, path: Path) -> _Release:
        if not path.exists():
            raise SourceError(f"{path}: is not there. Name a project, a built folder or a file of N-Quads.")
        source = quads_of(path)
        try:
            data = source if isinstance(source, bytes) else source.read_bytes()
            quads = list(ox.parse(data, format=ox.RdfFormat.N_QUADS))
        except (OSError, SyntaxError) as error:
            raise SourceError(f"{path}: not N-Quads ({error}). Build it again.") from error
        subjects: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
        for quad in quads:
            graph = quad.graph_name.value.removeprefix(GRAPH) if isinstance(quad.graph_name, ox.NamedNode) else ""
            if graph in _SORTS or graph == "ingetrokken" or graph.startswith("brief/"):
                value = quad.object
                subjects[graph][str(quad.subject)][quad.predicate.value].add(str(value))
        things: dict[str, dict[str, dict[str, frozenset[str]]]] = {
            sort: {} for sort in ("term", "theme", "entity", "letter", "claim", "evidence")
        }
        for graph, nodes in subjects.items():
            for node, properties in nodes.items():
                sort = _sort(graph, node, properties)
                if sort and node.startswith("<"):
                    held = things[sort].setdefault(node[1:-1], {})
                    for name, values in properties.items():
                        plain = frozenset(_whole(value, nodes) for value in values)
                        held[name] = held.get(name, frozenset()) | plain
        said = {value for term in things["term"].values() for value in term.get(f"{OWL}versionInfo", ())}
        return cls(things, max((value.split('"')[1] for value in said), default="", key=lambda v: _numbers(v) or (0,)))


def _sort(graph: str, node: str, properties: Mapping[str, Iterable[str]]) -> Sort | None:
    """The sort of a node; what the ontology only adds to an entity belongs to the entity."""
    types = properties.get(f"{RDF}type", ())
    if graph in _SORTS:
        return "entity" if graph == "ontologie" and not types else _SORTS[graph]
    if f"<{RG}Bewering>" in types or f"<{RG}IngetrokkenBewering>" in types:
        return "claim"
    if f"<{RG}Bewijs>" in types:
        return "evidence"
    return "letter" if node == f"<{ID}{graph}>" else None


def _whole(value: str, nodes: Mapping[str, Mapping[str, Iterable[str]]], depth: int = 0) -> str:
    """A value; of a blank node, all that it says."""
    if not value.startswith("_:") or depth > 40:
        return value
    inner = (
        f"{name} {_whole(each, nodes, depth + 1)}"
        for name, values in nodes.get(value, {}).items()
        for each in sorted(values)
    )
    return f"[{' ; '.join(sorted(inner))}]"


def _changes(before: _Release, after: _Release) -> Iterable[Change]:
    """The terms, themes, entities and letters that differ."""
    sorts: tuple[Sort, ...] = ("term", "theme", "entity", "letter")
    for sort in sorts:
        old, new = before.things[sort], after.things[sort]
        for iri in sorted(old.keys() | new.keys()):
            if iri not in new:
                yield Change(sort, "removed", iri, _label(old[iri], iri), (), "major")
            elif iri not in old:
                yield Change(sort, "added", iri, _label(new[iri], iri), (), "minor")
            elif differing := _differing(old[iri], new[iri]):
                meaning = [name for name in differing if name not in _WORDS]
                taken = any(old[iri].get(name, frozenset()) - new[iri].get(name, frozenset()) for name in meaning)
                step: Step = "patch" if not meaning else "major" if sort == "term" and taken else "minor"
                yield Change(sort, "changed", iri, _label(new[iri], iri), tuple(map(shrink, differing)), step)


def _claims(before: _Release, after: _Release) -> Iterable[Change]:
    """The claims that differ: another content is another IRI, so a claim changed when its key has another one."""
    old, new = before.things["claim"], after.things["claim"]
    labels = _labels(before) | _labels(after)
    keys = {key: iri for iri, claim in new.items() for key in claim.get(f"{DCTERMS}identifier", ())}
    for iri in sorted(old.keys() | new.keys()):
        content = _content(new.get(iri) or old[iri], labels)
        if iri not in old:
            yield Change("claim", "added", iri, content, (), "minor")
        elif iri not in new:
            now = sorted({keys[key] for key in old[iri].get(f"{DCTERMS}identifier", ()) if key in keys})
            yield Change("claim", "removed", iri, content, tuple(now), "major")
        elif _withdrawn(new[iri]) and not _withdrawn(old[iri]):
            by = sorted(value.strip("<>") for value in new[iri].get(f"{DCTERMS}isReplacedBy", ()))
            yield Change("claim", "withdrawn", iri, content, tuple(by), "minor")
        else:
            differing = [name for name in _differing(old[iri], new[iri]) if name != f"{RG}bewijs"]
            if differing:
                step: Step = "patch" if _WORDS.issuperset(differing) else "minor"
                yield Change("claim", "changed", iri, content, tuple(map(shrink, differing)), step)


def _evidence(before: _Release, after: _Release) -> Iterable[Change]:
    """The evidence that differs; what one claim lost and won in one letter has moved."""
    old, new = before.things["evidence"], after.things["evidence"]
    claims = {
        piece: iri
        for release in (before, after)
        for iri, claim in release.things["claim"].items()
        for piece in claim.get(f"{RG}bewijs", ())
    }

    def group(iri: str, piece: Mapping[str, frozenset[str]]) -> tuple[str, str]:
        return claims.get(f"<{iri}>", ""), next(iter(piece.get(f"{RG}uitBrief", ())), "")

    gone: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iri in sorted(old.keys() - new.keys()):
        gone[group(iri, old[iri])].append(iri)
    for iri in sorted(new.keys() - old.keys()):
        if gone[group(iri, new[iri])]:
            was = gone[group(iri, new[iri])].pop(0)
            names = tuple(map(shrink, _differing(old[was], new[iri])))
            yield Change("evidence", "changed", iri, _place(new[iri]), names, "patch")
        else:
            yield Change("evidence", "added", iri, _place(new[iri]), (), "minor")
    for left in gone.values():
        for iri in left:
            yield Change("evidence", "removed", iri, _place(old[iri]), (), "minor")
    for iri in sorted(old.keys() & new.keys()):
        if differing := _differing(old[iri], new[iri]):
            yield Change("evidence", "changed", iri, _place(new[iri]), tuple(map(shrink, differing)), "patch")


def _differing(old: Mapping[str, frozenset[str]], new: Mapping[str, frozenset[str]]) -> list[str]:
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def _withdrawn(claim: Mapping[str, frozenset[str]]) -> bool:
    return any("true" in value for value in claim.get(f"{OWL}deprecated", ()))


def _labels(release: _Release) -> dict[str, str]:
    return {
        f"<{iri}>": _label(thing, iri)
        for sort in ("term", "theme", "entity", "letter")
        for iri, thing in release.things[sort].items()
    }


def _label(thing: Mapping[str, frozenset[str]], iri: str) -> str:
    """The Dutch label, else the CURIE."""
    for name in (f"{SKOS}prefLabel", f"{RDFS}label"):
        for value in sorted(thing.get(name, ())):
            if value.endswith('"@nl'):
                return _text(value)
    return shrink(iri)


def _content(claim: Mapping[str, frozenset[str]], labels: Mapping[str, str]) -> str:
    """What a claim says: subject, relation, object; modality."""
    parts = [next(iter(claim.get(f"{RDF}{name}", ())), "") for name in ("subject", "predicate", "object")]
    modes = claim.get(f"{RG}modaliteit", frozenset()) or claim.get(f"{RG}hadModaliteit", frozenset())
    mode = next(iter(modes), "").rstrip(">").rpartition("/")[2]
    no = "niet: " if claim.get(f"{RG}ontkend") else ""
    return f"{no}{' — '.join(labels.get(part) or shrink(part.strip('<>')) for part in parts)} ({mode})"


def _place(piece: Mapping[str, frozenset[str]]) -> str:
    """Where evidence is: letter, section and anchor."""
    letter = next(iter(piece.get(f"{RG}uitBrief", ())), "").strip("<>").rpartition("/")[2]
    section, anchor = (_text(next(iter(piece.get(f"{RG}{name}", ())), '""')) for name in ("sectie", "anker"))
    return f"{letter}, § {section}: «{anchor}»"


def _text(value: str) -> str:
    """The text of a literal in N-Triples."""
    found = re.match(r'"((?:[^"\\]|\\.)*)"', value)
    plain = found[1] if found else value
    return re.sub(r"\\(.)", lambda m: {"n": " ", "t": " ", "r": " "}.get(m[1], m[1]), plain)


def _numbers(version: str) -> tuple[int, ...] | None:
    found = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", version)
    return tuple(map(int, found.groups())) if found else None
