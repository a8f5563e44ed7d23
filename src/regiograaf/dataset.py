"""From the files of a project to an RDF dataset of named graphs, and from a dataset to files.

Everything is computed from the claims and can be thrown away: `asserted` holds what letters say exists, `inferred`
what follows from it, and nothing that a letter only intends, asks or wishes. Drawing and measuring are not done here.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import cast

import pyoxigraph as ox
from rdflib import BNode, Dataset, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, NamespaceManager
from rdflib.term import Node

from regiograaf import cache, sources
from regiograaf import letters as texts
from regiograaf.claims import TYPE, Claim, Evidence, Period, Quantity, Triple
from regiograaf.closure import Closure
from regiograaf.errors import InconsistentError, ReleaseError, SourceError
from regiograaf.namespaces import (
    ACCEPTED,
    GRAPH,
    ID,
    LETTER,
    MODALITY,
    PREFIXES,
    PROV,
    RG,
    TOOI,
    TOOIONT,
    UNKNOWN_STATUS,
)
from regiograaf.places import MANIFEST, project_files
from regiograaf.sources import Source

__all__ = [
    "Build",
    "Project",
    "Withheld",
    "compile_project",
    "read_project",
    "replace_folder",
    "save",
    "store_of",
    "to_dataset",
]

STATUS_ORDER = (
    "beeindigd",
    "bestaand",
    "in-ontwikkeling",
    "afgesproken",
    "voorgenomen",
    "aangeboden",
    "verzocht",
    "gewenst",
    "verwacht",
    "mogelijk",
)
"""Existence claims of different modality on one thing: the first of these is its status."""


@dataclass(frozen=True)
class Project:
    """The files of one project, read; `problems` has one message for each that could not be."""

    root: Path
    sources: tuple[tuple[str, Source], ...]
    """(graph name, source); letters have graph names `brief/KEY`, coverage files `dekking/KEY`.

    What of a letter's file is a draft has the name `concept/KEY`, and is checked but not built; new entities in it that
    are none have the name `entiteiten`.
    """
    problems: tuple[str, ...] = ()

    def graph(self, name: str) -> Iterator[Source]:
        return (source for graph, source in self.sources if graph == name)

    @property
    def letters(self) -> Iterator[tuple[str, Source]]:
        return ((graph.removeprefix("brief/"), source) for graph, source in self.sources if graph.startswith("brief/"))

    @property
    def drafts(self) -> Iterator[tuple[str, Source]]:
        """The parts of letters that nobody has judged yet."""
        return (
            (graph.removeprefix("concept/"), source) for graph, source in self.sources if graph.startswith("concept/")
        )

    @cached_property
    def declared(self) -> frozenset[Node]:
        """Every subject of the ontology and of the scheme of themes."""
        names = ("ontologie", "uitlijning", "themas")
        return frozenset(s for name in names for source in self.graph(name) for s in source.properties)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A triple that one claim asserts and another ends or denies: kept out of `asserted`, and reported."""

    content: Triple
    asserted_by: tuple[Claim, ...]
    retracted_by: tuple[Claim, ...]


@dataclass(frozen=True)
class Build:
    """A compiled project: its claims, its named graphs, and what was left out and why."""

    project: Project
    claims: Mapping[str, tuple[Claim, ...]]
    graphs: Mapping[URIRef, frozenset[Triple]]
    withheld: tuple[Withheld, ...] = ()
    quoted: int = 0
    """How many pieces of evidence have their quote."""
    texts: Mapping[str, texts.Letter] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(len(triples) for triples in self.graphs.values())

    @cached_property
    def quads(self) -> bytes:
        """All graphs as N-Quads, as `nquads` gives them; made once."""
        return nquads(self.graphs)


def read_project(root: Path) -> Project:
    """Read every Turtle file of a project; one broken file does not stop the rest.

    Raises SourceError when there is no project.
    """
    home, found = project_files(root)
    read: list[tuple[str, Source]] = []
    problems = []
    for graph, path in found:
        try:
            base = home if path.is_relative_to(home) else path.parents[1]
            read += judged(graph, sources.read(path, base))
        except SourceError as error:
            problems.append(str(error))
    return Project(home, tuple(read), tuple(problems))


def judged(graph: str, source: Source) -> Iterator[tuple[str, Source]]:
    """Part a letter's file into what is judged, the new entities in it that are, and what is still a draft.

    The letter itself a draft, all of the file is one. A draft claim takes the evidence, period and amounts along that
    no other claim has. Other files have no drafts and stay whole.
    """
    kind, _, key = graph.partition("/")
    letter = LETTER[key]
    nodes = source.properties.keys()
    things = {node for node in nodes if str(node).startswith((ID, TOOI)) and not str(node).startswith(LETTER)}
    if kind != "brief" or (not things and RG.status not in source.terms):
        yield graph, source
        return
    open_ = {s for s, p in source.properties.items() if any(value != ACCEPTED for value in p.get(RG.status, ()))}
    if letter in open_:
        open_ = set(source.properties)
    else:
        held, drafted = _parts(source, set(source.properties) - open_), _parts(source, open_)
        open_ |= drafted - held
    rest = set(source.properties) - open_
    for name, own in ((graph, rest - things), ("entiteiten", rest & things), (f"concept/{key}", open_)):
        triples = tuple(t for t in source.triples if t[0] in own and (t[0] in open_ or t[1] != RG.status))
        if triples:
            yield name, replace(source, triples=triples)


def _parts(source: Source, nodes: Iterable[Node]) -> set[Node]:
    """The blocks of evidence, periods and amounts that claims have."""
    table = source.properties
    return {
        part
        for node in nodes
        for p in (RG.bewijs, RG.periode, RG.grootheid)
        for part in table[node].get(p, ())
        if part in table
    }


def claims_of(key: str, source: Source) -> tuple[Claim, ...]:
    """The claims of one letter file, in the order of the file; those that were withdrawn too.

    Raises SourceError, with file and line, for a block that misses a part; `checks` reports all of them at once.
    """
    table = source.properties
    found = []
    for node, properties in table.items():
        if RG.Bewering not in properties.get(TYPE, ()):
            continue
        claim = cast(URIRef, node)
        try:
            found.append(_claim(LETTER[key], claim, table))
        except (KeyError, IndexError, ValueError, ArithmeticError) as error:
            line = source.line(claim)
            message = f"{source.path}:{line}: error: claim {claim.rsplit('/', 1)[-1]} is incomplete ({error})"
            raise SourceError(f"{message}. Run regiograaf check.") from error
    return tuple(found)


_Table = Mapping[Node, Mapping[Node, tuple[Node, ...]]]


def _claim(letter: URIRef, node: URIRef, table: _Table) -> Claim:
    p = table[node]

    def one(predicate: URIRef) -> URIRef:
        return cast(URIRef, p[predicate][0])

    def maybe(predicate: URIRef) -> URIRef | None:
        return cast(URIRef, p[predicate][0]) if predicate in p else None

    period = maybe(RG.periode)
    return Claim(
        subject=one(RDF.subject),
        predicate=one(RDF.predicate),
        object=one(RDF.object),
        modality=one(RG.modaliteit),
        speaker=one(PROV.wasAttributedTo),
        addressee=maybe(RG.geadresseerde),
        denied=any(str(value) == "true" for value in p.get(RG.ontkend, ())),
        period=_period(table[period]) if period is not None else None,
        quantities=tuple(_quantity(table[quantity]) for quantity in p.get(RG.grootheid, ())),
        themes=tuple(sorted(cast(URIRef, theme) for theme in p.get(RG.thema, ()))),
        programme=maybe(RG.inProgramma),
        quoted=maybe(RG.aangehaaldUit),
        paraphrases=tuple(cast(Literal, text) for text in p.get(RG.parafrase, ())),
        evidence=tuple(_evidence(letter, cast(URIRef, piece), table[piece]) for piece in p[RG.bewijs]),
        source=node,
        replaced_by=tuple(sorted(cast(URIRef, block) for block in p.get(DCTERMS.isReplacedBy, ()))),
    )


def _evidence(letter: URIRef, node: URIRef, p: Mapping[Node, tuple[Node, ...]]) -> Evidence:
    return Evidence(
        letter=letter,
        section=str(p[RG.sectie][0]),
        begin=int(str(p[RG.begin][0])),
        end=int(str(p[RG.eind][0])),
        anchor=str(p[RG.anker][0]),
        fingerprint=str(p[RG.vingerafdruk][0]),
        source=node,
    )


def _period(p: Mapping[Node, tuple[Node, ...]]) -> Period:
    def bound(predicate: URIRef) -> date | None:
        return date.fromisoformat(str(p[predicate][0])) if predicate in p else None

    return Period(
        str(p[RG.verwoording][0]),
        bound(RG.vroegsteBegin),
        bound(RG.laatsteBegin),
        bound(RG.vroegsteEinde),
        bound(RG.laatsteEinde),
    )


def _quantity(p: Mapping[Node, tuple[Node, ...]]) -> Quantity:
    def number(predicate: URIRef) -> int | None:
        return int(str(p[predicate][0])) if predicate in p else None

    return Quantity(
        role=cast(URIRef, p[RG.rol][0]),
        unit=cast(URIRef, p[RG.eenheid][0]),
        precision=cast(URIRef, p[RG.nauwkeurigheid][0]),
        wording=str(p[RG.verwoording][0]),
        value=Decimal(str(p[RG.waarde][0])) if RG.waarde in p else None,
        numerator=number(RG.teller),
        denominator=number(RG.noemer),
    )


def assert_claims(claims: Iterable[Claim]) -> tuple[frozenset[Triple], tuple[Withheld, ...]]:
    """The plain triples of what exists: `bestaand`, not denied, and ended or denied by no other claim."""
    asserting: dict[Triple, list[Claim]] = defaultdict(list)
    retracting: dict[Triple, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.asserts:
            asserting[claim.content].append(claim)
        elif claim.retracts:
            retracting[claim.content].append(claim)
    withheld = tuple(
        Withheld(content, tuple(by), tuple(retracting[content]))
        for content, by in sorted(asserting.items())
        if content in retracting
    )
    return frozenset(content for content in asserting if content not in retracting), withheld


def status_of(claims: Iterable[Claim], asserted: Iterable[Triple]) -> dict[URIRef, URIRef]:
    """The existence status of every entity that a claim speaks of, from the claims alone.

    Claims of existence (predicate rdf:type) decide; without one, what stands in an asserted triple exists, and of the
    rest the status is unknown.
    """
    said: dict[URIRef, set[str]] = defaultdict(set)
    seen: set[URIRef] = set()
    for claim in claims:
        seen.add(claim.subject)
        if claim.predicate == TYPE:
            if not claim.denied:
                said[claim.subject].add(claim.modality.removeprefix(str(MODALITY)))
        else:
            seen.add(claim.object)
    standing = {cast(URIRef, end) for s, p, o in asserted if p != TYPE for end in (s, o)}
    status = {entity: MODALITY["bestaand"] if entity in standing else UNKNOWN_STATUS for entity in seen}
    for entity, modalities in said.items():
        status[entity] = MODALITY[min(modalities, key=STATUS_ORDER.index)]
    return status


def compile_project(project: Project, texts_folder: Path | None = None) -> Build:
    """Compute every named graph of a project.

    With a folder of letters' texts, the graph `citaten` holds the passages; nothing else differs.
    Raises SourceError when a file could not be read, InconsistentError when the closure holds a contradiction.
    """
    if project.problems:
        raise SourceError("\n".join(project.problems))
    graphs: dict[URIRef, set[Triple]] = defaultdict(set)
    for name, source in project.sources:
        graph = name.split("/")[0] if name.startswith("dekking/") else name
        if not name.startswith(("brief/", "concept/")):
            graphs[GRAPH[graph]].update(source.triples)
    claims: dict[str, tuple[Claim, ...]] = {}
    found: dict[str, texts.Letter] = {}
    quotes: set[Triple] = set()
    blocks: dict[URIRef, URIRef] = {}
    withdrawn: list[Claim] = []
    for key, source in project.letters:
        letter = LETTER[key]
        everything = claims_of(key, source)
        blocks |= {claim.source: claim.iri for claim in everything}
        withdrawn += [claim for claim in everything if claim.replaced_by]
        claims[key] = tuple(claim for claim in everything if not claim.replaced_by)
        graph_of_letter = graphs[GRAPH[f"brief/{key}"]]
        graph_of_letter.update(_header(letter, source))
        for claim in claims[key]:
            graph_of_letter.update(claim.triples())
        text = _text(source, letter, texts_folder)
        if text is not None:
            found[key] = text
            for claim in claims[key]:
                iri = claim.iri
                for piece in claim.evidence:
                    quotes.add((piece.iri(iri), RG.citaat, Literal(text.quote(piece.begin, piece.end), lang="nl")))
    for claim in withdrawn:
        replacements = [blocks[block] for block in claim.replaced_by if block in blocks]
        graphs[GRAPH["ingetrokken"]].update(claim.withdrawn(replacements))
    spoken = [claim for of_letter in claims.values() for claim in of_letter]
    asserted, withheld = assert_claims(spoken)
    graphs[GRAPH["asserted"]].update(asserted)
    known = {s for s, p, _ in graphs[GRAPH["entiteiten"]] if p == TYPE}
    for entity, status in status_of(spoken, asserted).items():
        if entity in known:
            graphs[GRAPH["entiteiten"]].add((entity, RG.bestaansstatus, status))
    if quotes:
        graphs[GRAPH["citaten"]] = quotes
    _conclude(graphs, (header for key, source in project.letters for header in _header(LETTER[key], source)))
    frozen = {name: frozenset(triples) for name, triples in graphs.items() if triples}
    return Build(project, claims, frozen, withheld, len(quotes), found)


def _header(letter: URIRef, source: Source) -> Iterator[Triple]:
    """What a letter's file says of the letter itself."""
    return ((letter, p, o) for p, values in source.properties.get(letter, {}).items() for o in values)


_FOREIGN = ("uitlijning", "invoer")
"""Graphs of axioms that put our terms under those of others; they never conclude anything in ours."""

_META = (str(RDF), str(RDFS), str(OWL))
"""A triple with such a relation is about the term that is its object."""

_PROSE = (RDFS.label, SKOS.note)
"""Conclusions with these only repeat our labels and notes."""


def _conclude(graphs: dict[URIRef, set[Triple]], headers: Iterable[Triple]) -> None:
    """Add what follows in our own terms, in those of others, and what of both rests on the background graph.

    Themes and the headers of letters are facts for the terms of others only.
    """
    own = {s for s, _, _ in graphs[GRAPH["ontologie"]] if str(s).startswith((str(RG), str(TOOIONT)))}
    theirs = {term for name in _FOREIGN for s, _, o in graphs[GRAPH[name]] for term in (s, o)} - own
    axioms = set().union(*(graphs[GRAPH[name]] for name in ("ontologie", *_FOREIGN)))
    facts = graphs[GRAPH["entiteiten"]] | graphs[GRAPH["asserted"]]
    closure = Closure(axioms)
    concluded = []
    try:
        for more in (facts, graphs[GRAPH["achtergrond"]], graphs[GRAPH["themas"]].union(headers)):
            closure.add(more)
            concluded.append(frozenset(closure.inferred))
    except InconsistentError as error:
        error.graphs = {**graphs, GRAPH["inferred"]: set(error.inferred)}
        raise
    alone, together, everything = concluded
    terms = own | theirs
    for triple in everything:
        s, p, o = triple
        about_terms = str(p).startswith(_META) and p != RDFS.label
        if (o if about_terms else p) in own:
            if triple in together:
                graphs[GRAPH["inferred"]].add(triple)
        elif p not in _PROSE and (about_terms or s not in terms):
            graphs[GRAPH["inferred-uitlijning"]].add(triple)
    told = graphs[GRAPH["inferred"]] | graphs[GRAPH["inferred-uitlijning"]]
    graphs[GRAPH["inferred-achtergrond"]] = told & together - alone


def _text(source: Source, letter: URIRef, folder: Path | None) -> texts.Letter | None:
    if folder is None:
        return None
    properties = source.properties.get(letter, {})
    if RG.sha256 not in properties or RG.bestandsnaam not in properties:
        return None
    sha256 = str(properties[RG.sha256][0])
    text = texts.find(folder, sha256, str(properties[RG.bestandsnaam][0]))
    return text if text is not None and text.digest == sha256 else None


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def ntriples(term: Node) -> str:
    """A term in N-Triples; rdflib's own `n3()` is wrong for some strings."""
    if isinstance(term, URIRef):
        return f"<{term}>"
    if isinstance(term, BNode):
        return f"_:{term}"
    literal = cast(Literal, term)
    text = f'"{str(literal).translate(_ESCAPES)}"'
    if literal.language:
        return f"{text}@{literal.language}"
    return f"{text}^^<{literal.datatype}>" if literal.datatype else text


def nquads(graphs: Mapping[URIRef, Iterable[Triple]]) -> bytes:
    """All graphs as N-Quads in the order of triple and graph: the same graphs give the same bytes."""
    memo: dict[int, str] = {}  # by identity: the graphs keep their terms alive, and rdflib's are slow to hash

    def text(term: Node) -> str:
        found = memo.get(id(term))
        if found is None:
            found = memo[id(term)] = ntriples(term)
        return found

    lines = []
    for graph, triples in graphs.items():
        name = ntriples(graph)
        lines += [f"{text(s)} {text(p)} {text(o)} {name} ." for s, p, o in triples]
    return ("\n".join(sorted(lines)) + "\n").encode("utf-8")


def to_store(data: bytes, merge: bool = True) -> ox.Store:
    """An Oxigraph store in memory with these N-Quads, and (unless told not to) their merge as its default graph.

    Oxigraph's own union of graphs gives a triple once for each graph that holds it, so that counts come out too high;
    the merge is therefore loaded.
    """
    store = ox.Store()
    store.load(input=data, format=ox.RdfFormat.N_QUADS)
    if merge:
        store.load(input=merged(data), format=ox.RdfFormat.N_TRIPLES)
    return store


def merged(data: bytes) -> bytes:
    """The merge of all graphs of sorted N-Quads, as sorted N-Triples."""
    triples = sorted({line.rsplit(" ", 2)[0] for line in data.decode("utf-8").splitlines()})
    return (" .\n".join(triples) + " .\n").encode("utf-8")


def to_dataset(store: ox.Store) -> Dataset:
    """An rdflib dataset over an Oxigraph store of `to_store`; its default graph is the merge of all graphs."""
    from oxrdflib import OxigraphStore

    # rdflib warns about its own use of what it deprecates
    warnings.filterwarnings("ignore", "Dataset.default_context is deprecated", DeprecationWarning)
    dataset = Dataset(store=OxigraphStore(store=store))
    dataset.namespace_manager = NamespaceManager(dataset, bind_namespaces="none")
    for prefix, base in PREFIXES.items():
        dataset.bind(prefix, base, replace=True)
    return dataset


def store_of(dataset: Dataset | ox.Store) -> ox.Store:
    """The Oxigraph store that a dataset stands on; a dataset of another kind is loaded into one.

    A remote store, which answers as one, is itself.
    """
    if not isinstance(dataset, Dataset):
        return dataset
    inner = getattr(dataset.store, "_inner", None)
    if isinstance(inner, ox.Store):
        return inner
    store = ox.Store()
    store.load(input=dataset.serialize(format="nquads", encoding="utf-8"), format=ox.RdfFormat.N_QUADS)
    return store


def save(data: bytes, folder: Path) -> None:
    """Write sorted N-Quads, and the same as TriG, Turtle (all graphs merged) and JSON-LD, into an existing folder.

    The other forms follow from the N-Quads alone and are kept by their digest.
    """
    (folder / "regiograaf.nq").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    for name, serialise in (("trig", _by_graph), ("jsonld", _by_graph), ("ttl", _merged)):
        key = f"forms/{digest}.{name}"
        form = cache.get(key)
        if form is None:
            form = serialise(data, ox.RdfFormat.from_extension(name))
            cache.put(key, form)
        (folder / f"regiograaf.{name}").write_bytes(form)
    cache.prune("forms", keep=9)


def _by_graph(data: bytes, form: ox.RdfFormat | None) -> bytes:
    lines = sorted(data.decode("utf-8").splitlines(), key=lambda line: line.rsplit(" ", 2)[1])
    quads = ox.parse("\n".join(lines).encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    return ox.serialize(quads, format=form, prefixes=dict(PREFIXES)) or b""


def _merged(data: bytes, form: ox.RdfFormat | None) -> bytes:
    triples = (quad.triple for quad in ox.parse(merged(data), format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize(triples, format=form, prefixes=dict(PREFIXES)) or b""


def replace_folder(new: Path, target: Path, force: bool = False) -> None:
    """Move a finished folder into place whole: a reader, or a kill, sees the old one or the new one, never half.

    Raises ReleaseError when the target is not empty and not ours, unless forced.
    """
    check_target(target, force)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        new.rename(target)
        return
    if not _exchange(new, target):
        old = target.with_name(f".{target.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
        new.rename(target)
        new = old
    shutil.rmtree(new)


def check_target(target: Path, force: bool = False) -> None:
    """Refuse a target that holds somebody else's files.

    Raises ReleaseError.
    """
    if target.exists() and not target.is_dir():
        raise ReleaseError(f"{target}: is a file. Give a folder to -o.")
    ours = target.is_dir() and ((target / MANIFEST).exists() or not any(target.iterdir()))
    if target.is_dir() and not ours and not force:
        raise ReleaseError(f"{target}: not empty and not made by regiograaf. Choose another folder, or add --force.")


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step where the system can (Linux: renameat2 with RENAME_EXCHANGE)."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    at_cwd, exchange = -100, 2
    return bool(rename(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)
