"""Everything that must hold of the files people edit; each breach is a finding with file and line.

All findings of a run are reported, not the first. A check looks at the source files, so that a finding points at the
block to mend; what the data mean together (contradictions, withheld triples) is looked at once they compile. What
SHACL can say stands in `ontology/shapes.ttl` and nowhere else: here are only the rules that it cannot.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF
from rdflib.term import Node

from regiograaf import letters as texts
from regiograaf.claims import TYPE, Claim, Triple
from regiograaf.closure import Contradiction
from regiograaf.dataset import Build, Project, compile_project, nquads, to_store
from regiograaf.errors import InconsistentError, SourceError, UnknownTermError
from regiograaf.explanations import Derivation, Explainer
from regiograaf.namespaces import GRAPH, ID, KINDS, LETTER, RG, TOOI, TOOIONT, shrink
from regiograaf.places import find_root
from regiograaf.reference import close_by_owlrl
from regiograaf.shapes import FILE, Level, Result, validate_project
from regiograaf.sources import Source

__all__ = ["CHECKS", "Finding", "check", "check_conclusions", "check_texts", "worst"]

LEVELS: tuple[Level, ...] = ("error", "warning", "info")
MAX_GENERIC_SHARE = 0.02
COPIED_WORDS = 8

_KEY = re.compile(re.escape(ID) + r"(?P<kind>[a-z-]+)/(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)(?:/(?P<part>[a-z0-9-]+))?")
_TOOI = re.compile(
    re.escape(TOOI) + r"(?:gemeente/gm\d{4}|provincie/pv\d{2}|waterschap/ws\d{4}|so/so\d{4}|ministerie/mnre\d{4})"
)
_ABSENT = {"afgesproken", "voorgenomen", "aangeboden", "verzocht", "gewenst", "verwacht", "mogelijk"}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One breach: where, how bad, what is wrong and what to do."""

    path: str
    line: int
    level: Level
    check: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.level}: {self.message}; {self.remedy}"


def worst(findings: Iterable[Finding]) -> Level | None:
    """The most serious level among findings, or None."""
    found = {finding.level for finding in findings}
    return next((level for level in LEVELS if level in found), None)


def check(project: Project, texts_folder: Path | None = None) -> tuple[list[Finding], Build | None]:
    """Every finding of a project in the order of file and line, and its build when it compiles.

    With a folder of letters' texts, every passage and anchor is verified against them.
    """
    findings = [_broken(problem) for problem in project.problems]
    for name, run in CHECKS.items():
        findings += [_finding(name, *breach) for breach in run(project)]
    findings += check_shapes(project)
    build = None
    if texts_folder is not None:
        findings += check_texts(project, texts_folder)
    if not project.problems and worst(findings) != "error":
        try:
            build = compile_project(project, texts_folder)
            findings += [_finding("together", *breach) for breach in _together(build)]
        except InconsistentError as error:
            findings += _contradictions(project, error)
        except SourceError as error:
            findings.append(_broken(str(error)))
    return sorted(set(findings)), build


Breach = tuple[Source, Node, str, Level, str, str]
"""Source, subject, a term to find the line by, level, message, remedy."""


def _finding(name: str, source: Source, subject: Node, term: str, level: Level, message: str, remedy: str) -> Finding:
    return Finding(str(source.path), source.line(subject, term), level, name, message, remedy)


def _broken(problem: str) -> Finding:
    match = re.fullmatch(r"(.*?):(\d+): error: (.*?)\. (.*?)\.?", problem, re.DOTALL)
    if match:
        remedy = match[4][:1].lower() + match[4][1:]
        return Finding(match[1], int(match[2]), "error", "syntax", match[3], remedy)
    path, _, rest = problem.partition(": ")
    return Finding(path, 1, "error", "syntax", rest.rstrip("."), "mend the file")


def check_shapes(project: Project) -> Iterator[Finding]:
    """What the shapes find, at the block and line to mend.

    Nothing is said twice: not of a term that is defined nowhere, and not of a literal that is ill-typed.
    """
    found = validate_project(project, find_root(project.root, FILE).read_text(encoding="utf-8"))
    undefined = _undefined(project) if found else frozenset()
    for result in found:
        value = URIRef(result.value)
        source, block = _home(project, value), value
        if source is None or RG.Bewering not in source.properties[value].get(TYPE, ()):
            block = URIRef(result.focus)
            source = _home(project, block)
        if source is None or _said_already(result, source, block, undefined):
            continue
        if result.level != "error" and any(source is one for _, one in project.drafts):
            continue  # a coder will look at it anyway
        what, _, remedy = result.en.partition("; ")
        if result.value and value not in (block, URIRef(result.focus)):
            what += f" ({_called(value)})"
        term = _name(URIRef(result.path)) if result.path else ""
        yield _finding(result.shape, source, block, term, result.level, f"{_called(block)}: {what}", remedy)


def _home(project: Project, node: URIRef) -> Source | None:
    """The source that describes a node, or else says anything of it."""
    homes = [source for _, source in project.sources if node in source.properties]
    return next((source for source in homes if TYPE in source.properties[node]), homes[0] if homes else None)


def _undefined(project: Project) -> frozenset[URIRef]:
    """Terms of ours and individuals that are not a part of a letter, of which no source says anything, or no class.

    When a file could not be read, what is not known of public bodies may stand in that.
    """
    known = {subject for _, source in project.sources for subject in source.properties}
    spoken = {term for _, source in project.sources for term in source.terms}
    undefined = {term for term in spoken - known if _is_vocabulary(term) or _is_whole(term)}
    if project.problems:
        undefined |= {term for term in spoken - known if term.startswith(TOOI)}
    for _, source in project.sources:
        for subject, properties in source.properties.items():
            if isinstance(subject, URIRef) and not undefined.isdisjoint(properties.get(TYPE, ())):
                undefined.add(subject)
    return frozenset(undefined)


def _is_whole(term: str) -> bool:
    """Whether a term is an individual of its own, and not a block within a letter, of which the shapes speak."""
    match = _KEY.fullmatch(term)
    return term.startswith(ID) and not (match and match["kind"] == "brief" and match["part"])


def _said_already(result: Result, source: Source, block: URIRef, undefined: frozenset[URIRef]) -> bool:
    if "Count" in result.component and result.path:
        return False
    properties = source.properties[block]
    if result.value and URIRef(result.value) not in (block, URIRef(result.focus)):
        ill = {str(o) for values in properties.values() for o in values if isinstance(o, Literal) and o.ill_typed}
        return URIRef(result.value) in undefined or result.value in ill
    content = {end for p in (RDF.subject, RDF.predicate, RDF.object) for end in properties.get(p, ())}
    return not content.isdisjoint(undefined)


def _called(node: URIRef) -> str:
    match = _KEY.fullmatch(node)
    if match and match["part"]:
        return f"{match['key']}:{match['part']}"
    return _name(node) if ":" in node else f'"{node}"'


def _name(node: Node) -> str:
    return shrink(str(node))


def _near(iri: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(iri, list(known), 1, cutoff=0.75)
    return f"did you mean {shrink(near[0])}?" if near else ""


def unknown_terms(project: Project) -> Iterator[Breach]:
    """Terms of ours, of TOOI's ontology, concepts and entities that nothing declares."""
    declared = {str(node) for node in project.declared}
    entities = _subjects(project, "entiteiten", "codering", "catalogus", "achtergrond") | _letters(project)
    drafted = {node for _, source in project.drafts for node in source.properties}
    for graph, source in project.sources:
        own = source.properties.keys()
        bad = set()
        for term in source.terms:
            known = str(term) in declared
            if not _is_vocabulary(term):
                individual = _is_whole(term) and graph not in ("ontologie", "uitlijning")
                known = known or not individual or term in own or term in entities or bool(project.problems)
                known = known or (term in drafted and graph.startswith("concept/"))
            if not known:
                bad.add(term)
        for term, subject in _places(source, bad):
            if _is_vocabulary(term):
                near = _near(term, filter(_is_vocabulary, declared))
                remedy = near or "use a term of ontology/regiograaf.ttl, or add it there"
                yield source, subject, _name(term), "error", f"{_name(term)} is not a term of the ontology", remedy
            else:
                near = _near(term, declared | {str(entity) for entity in entities})
                if term in drafted:
                    message = f"{_name(term)} is still a draft, and this block is not"
                    remedy = "take the rg:status of its block out when it is right, or put this block's back"
                    yield source, subject, _name(term), "error", message, remedy
                    continue
                remedy = near or "define it in data/entiteiten.ttl (a concept: in its scheme)"
                yield source, subject, _name(term), "error", f"{_name(term)} is not defined anywhere", remedy


def _is_vocabulary(term: str) -> bool:
    return str(term).startswith((str(RG), str(TOOIONT)))


def _subjects(project: Project, *names: str) -> set[Node]:
    return {s for name in names for source in project.graph(name) for s in source.properties}


def _places(source: Source, terms: set[URIRef]) -> Iterator[tuple[URIRef, Node]]:
    """Each of the terms with every subject whose block holds it."""
    if terms:
        held = {(t, triple[0]) for triple in source.triples for t in triple if t in terms and isinstance(t, URIRef)}
        yield from sorted(held)


def ill_typed(project: Project) -> Iterator[Breach]:
    """Literals that are not in the lexical space of their datatype."""
    for _, source in project.sources:
        for s, _, o in source.triples:
            if isinstance(o, Literal) and o.ill_typed:
                kind = _name(o.datatype) if o.datatype else ""
                yield (
                    source,
                    s,
                    str(o),
                    "error",
                    f'"{o}" is not a value of {kind}',
                    "write it in the form that datatype has",
                )


def iri_patterns(project: Project) -> Iterator[Breach]:
    """Individuals that are not id/{soort}/{kebab-case-sleutel}, and entities neither ours nor TOOI's."""
    letters = _letters(project)
    for graph, source in project.sources:
        foreign = {s for s in source.properties if isinstance(s, URIRef)} if graph == "entiteiten" else set()
        bad = {}
        for term in source.terms:
            if term.startswith(ID):
                match = _KEY.fullmatch(term)
                block = match and (graph.startswith(("brief/", "dekking/", "concept/")) or match["kind"] == "graaf")
                if not match or match["kind"] not in KINDS or (match["part"] and not block):
                    bad[term] = f"write {ID}{{soort}}/{{kebab-case}} with one of the soorten of namespaces.KINDS"
                elif match["kind"] == "brief" and not match["part"] and term not in letters and not project.problems:
                    bad[term] = "use the key of a file in data/letters"
            elif term.startswith(TOOI):
                if not _TOOI.fullmatch(term):
                    bad[term] = "copy the code from the TOOI register"
            elif term in foreign:
                bad[term] = "use a TOOI IRI or one of our own"
        for term, subject in _places(source, set(bad)):
            yield source, subject, _name(term), "error", f"IRI <{term}> is outside the patterns", bad[term]


def _letters(project: Project) -> set[Node]:
    return {LETTER[key] for key, _ in (*project.letters, *project.drafts)}


def one_definition(project: Project) -> Iterator[Breach]:
    """Entities, terms and claims that are defined in two blocks."""
    first: dict[URIRef, tuple[Source, int]] = {}
    for graph, source in project.sources:
        if not graph.startswith(("entiteiten", "ontologie", "themas", "brief/")):
            continue
        for subject, lines in source.blocks.items():
            if TYPE not in source.properties.get(subject, {}):
                continue
            for line in lines:
                if subject in first:
                    where, at = first[subject]
                    message = f"{_name(subject)} is defined twice, at {where.path}:{at} and :{line}"
                    yield source, subject, "", "error", message, "keep one block, or give the other a key of its own"
                else:
                    first[subject] = source, line


def used_entities(project: Project) -> Iterator[Breach]:
    """Entities that no claim, background fact or letter speaks of."""
    if project.problems:  # the file that uses it may be the one that could not be read
        return
    used: set[Node] = set()
    for graph, source in project.sources:
        for s, p, o in source.triples:
            if graph != "entiteiten":
                used.update((s, o))
            elif p != TYPE:
                used.add(o)
    for source in project.graph("entiteiten"):
        for s, properties in source.properties.items():
            if TYPE in properties and s not in used:
                yield source, s, "", "error", f"{_name(s)} is used nowhere", "use it in a claim or take it out"


def _typed(source: Source, cls: Node) -> Iterator[tuple[Node, Mapping[Node, tuple[Node, ...]]]]:
    return ((s, p) for s, p in source.properties.items() if cls in p.get(TYPE, ()))


def _local(node: Node) -> str:
    return str(node).rsplit("/", 1)[-1]


def letter_heads(project: Project) -> Iterator[Breach]:
    """Letter files without the block of their letter."""
    found = {node for _, source in (*project.letters, *project.drafts) for node in source.properties}
    for key, source in (*project.letters, *project.drafts):
        if LETTER[key] not in found:
            yield source, LETTER[key], "", "error", f"letter {key} has no block", f"add the block of <{LETTER[key]}>"


def generic_share(project: Project) -> Iterator[Breach]:
    """Letters in which generic relations are more than two in a hundred claims."""
    for key, source in project.letters:
        predicates = Counter(p.get(RDF.predicate, (None,))[0] for _, p in _typed(source, RG.Bewering))
        total = sum(predicates.values())
        generic = predicates[RG.heeftRelatieMet]
        if total and generic > max(1, MAX_GENERIC_SHARE * total):
            message = f"{generic} of {total} claims are rg:heeftRelatieMet"
            yield source, LETTER[key], "", "warning", message, "say what the relation is"


def drafts(project: Project) -> Iterator[Breach]:
    """What a coder has still to judge: it is checked, and left out of the build."""
    for key, source in project.drafts:
        claims = sum(1 for _ in _typed(source, RG.Bewering))
        whole = LETTER[key] in source.properties
        things = sum(TYPE in p and RG.status in p for p in source.properties.values()) - claims - whole
        counted = f"{claims} claim{'' if claims == 1 else 's'}"
        if not claims and not whole:
            counted = f"{things} new entit{'y' if things == 1 else 'ies'}"
        what = f"letter {key} is a draft, {counted}" if whole else f"letter {key} has {counted}"
        subject = LETTER[key] if whole else next(iter(source.properties))
        remedy = "accept (take rg:status out) or drop each; what is a draft is not built"
        yield source, subject, "rg:status", "info", f"{what} to be judged", remedy


def withdrawn(project: Project) -> Iterator[Breach]:
    """Claims that are withdrawn without a claim that takes their place, or without saying so in full."""
    living, gone = set(), {}
    for _, source in project.letters:
        for s, p in _typed(source, RG.Bewering):
            said = any(str(value) == "true" for value in p.get(OWL.deprecated, ()))
            replacements = p.get(DCTERMS.isReplacedBy, ())
            if said and replacements:
                gone[s] = source, replacements
            else:
                living.add(s)
            if replacements and not said:  # the shapes see the reverse
                message = f"claim {_called(cast(URIRef, s))} has dcterms:isReplacedBy, and is not withdrawn"
                yield source, s, "dcterms:isReplacedBy", "error", message, "add owl:deprecated true, or take it out"
    for s, (source, replacements) in gone.items():
        for other in replacements:
            if other not in living:
                kind = "is withdrawn too" if other in gone else "is no claim"
                message = f"claim {_called(cast(URIRef, s))} is replaced by {_name(other)}, which {kind}"
                remedy = "name the block of the claim that says it now, as KEY:w001"
                yield source, s, "dcterms:isReplacedBy", "error", message, remedy


CHECKS: Mapping[str, Callable[[Project], Iterator[Breach]]] = {
    "unknown-term": unknown_terms,
    "ill-typed": ill_typed,
    "iri-pattern": iri_patterns,
    "defined-twice": one_definition,
    "unused-entity": used_entities,
    "letter": letter_heads,
    "generic": generic_share,
    "draft": drafts,
    "withdrawn": withdrawn,
}


def _together(build: Build) -> Iterator[Breach]:
    """What only shows when all letters are taken together: triples withheld, and facts on things that do not exist."""
    sources = dict(build.project.letters)
    kept = {s: str(o) for s, p, o in build.graphs.get(GRAPH["ingetrokken"], ()) if p == DCTERMS.identifier}
    for key, claims in build.claims.items():
        for claim in claims:
            if claim.iri in kept:
                message = f"claim {_cite(claim, key)} says the same as {kept[claim.iri]}, which is withdrawn"
                yield sources[key], claim.source, "", "error", message, "take the withdrawn block out: the IRI stays"
    of_claim = {id(claim): key for key, claims in build.claims.items() for claim in claims}
    for item in build.withheld:
        claim = item.asserted_by[0]
        by = ", ".join(_cite(c, of_claim[id(c)]) for c in item.retracted_by)
        content = " ".join(_name(term) for term in item.content)
        message = f"{content} is not asserted: {by} ends or denies it"
        yield sources[of_claim[id(claim)]], claim.source, "", "info", message, "look whether both readings are right"
    status = {
        claim.subject: claim.modality
        for claims in build.claims.values()
        for claim in claims
        if claim.predicate == TYPE and _local(claim.modality) in _ABSENT
    }
    existing = {
        claim.subject
        for claims in build.claims.values()
        for claim in claims
        if claim.predicate == TYPE and (claim.asserts or claim.retracts)
    }
    for key, claims in build.claims.items():
        for claim in claims:
            if not claim.asserts or claim.predicate == TYPE:
                continue
            for end in (claim.subject, claim.object):
                if end in status and end not in existing:
                    message = (
                        f"claim {_cite(claim, key)} says bestaand of {_name(end)}, which is only {_local(status[end])}"
                    )
                    remedy = "give the claim that modality, or encode what shows that the thing exists"
                    yield sources[key], claim.source, "rg:modaliteit", "error", message, remedy


def _cite(claim: Claim, key: str) -> str:
    return f"{key}:{_local(claim.source)}"


def check_conclusions(build: Build) -> Iterator[Finding]:
    """Every difference between what was concluded and what owlrl concludes; takes a minute."""
    named = ("entiteiten", "achtergrond", "asserted")
    facts = frozenset[Triple]().union(*(build.graphs.get(GRAPH[name], frozenset()) for name in named))
    theirs = close_by_owlrl(build.graphs[GRAPH["ontologie"]], facts)
    ours = build.graphs.get(GRAPH["inferred"], frozenset())
    for triples, message in ((theirs - ours, "owlrl concludes"), (ours - theirs, "owlrl does not conclude")):
        for triple in sorted(triples, key=str):
            source, node = next(
                ((source, triple[0]) for _, source in build.project.sources if triple[0] in source.blocks),
                (build.project.sources[0][1], triple[0]),
            )
            said = f"{message} {' '.join(map(_name, triple))}"
            yield _finding("owlrl", source, node, "", "error", said, "report it: the two must agree")


def _contradictions(project: Project, error: InconsistentError) -> Iterator[Finding]:
    """One finding for each contradiction, at the first claim or block behind it; those with the same ground are one."""
    explainer = Explainer(to_store(nquads(error.graphs), merge=False))
    grounds = set()
    for contradiction in cast("Sequence[Contradiction]", error.contradictions):
        leaves = [_leaves(explainer, premise) for premise in contradiction.premises]
        ground = frozenset(leaf.triple for found in leaves for leaf in found)
        if ground in grounds:
            continue
        grounds.add(ground)
        places: list[tuple[Source, Node]] = []
        parts = []
        for premise, found in zip(contradiction.premises, leaves, strict=True):
            named = []
            for leaf in found:
                for name, source, node in _behind(project, leaf):
                    places.append((source, node))
                    named.append(f"{name} {source.path}:{source.line(node)}".strip())
            parts.append(f"{' '.join(map(_name, premise))} (from {', '.join(dict.fromkeys(named))})")
        but = "; ".join(" ".join(map(_name, axiom)) for axiom in contradiction.axioms)
        message = f"contradiction ({contradiction.rule}): {' and '.join(parts)}{', but ' if but else ''}{but}"
        if not any(leaf.said for found in leaves for leaf in found):
            message += _speaking_of(project, explainer, contradiction.premises[0][0])
        where = places[0] if places else (project.sources[0][1], contradiction.premises[0][0])
        yield _finding("contradiction", *where, "", "error", message, "mend the wrong claim, type or axiom")


def _leaves(explainer: Explainer, premise: Triple) -> list[Derivation]:
    """What letters, background or blocks of entities say that a premise rests on."""
    try:
        return list({leaf.triple: leaf for leaf in explainer.why(premise).leaves()}.values())
    except UnknownTermError:  # a conclusion that says nothing by itself is in no graph
        return [Derivation(premise, "inferred")]


def _speaking_of(project: Project, explainer: Explainer, node: Node) -> str:
    """The first claims on a node whose own block is contradictory."""
    said = [*explainer.said((node, None, None)), *explainer.said((None, None, node))]
    behind = (place for s in said for place in _behind(project, Derivation(s.content, "letters", said=(s,))))
    named = list(dict.fromkeys(f"{name} {source.path}:{source.line(block)}" for name, source, block in behind))
    return f"; on it: {', '.join(named[:5])}{' …' if len(named) > 5 else ''}" if named else ""


def _behind(project: Project, leaf: Derivation) -> Iterator[tuple[str, Source, Node]]:
    """(name, file, subject of the block) of each claim that says a triple, else of the block that has it."""
    sources = dict(project.letters)
    for said in leaf.said:
        yield f"claim {said.key}", sources[said.letter], LETTER[said.key.replace(":", "/")]
    if not leaf.said:
        for _, source in project.sources:
            if leaf.triple[0] in source.blocks and leaf.triple in source.triples:
                yield "", source, leaf.triple[0]
                return


def check_texts(project: Project, folder: Path) -> Iterator[Finding]:
    """Verify every passage against the letters' own texts.

    A text is found by its digest, else by its file name; then it was changed, and each claim whose passage the change
    touches is named.
    """
    for key, source in (*project.letters, *project.drafts):
        p = _head(project, key)
        if RG.sha256 not in p or RG.bestandsnaam not in p or RG.lengte not in p:
            continue
        sha256, name = str(p[RG.sha256][0]), str(p[RG.bestandsnaam][0])
        text = texts.find(folder, sha256, name)
        subject = LETTER[key]
        if text is None:
            remedy = f"put {name} into {folder}, or leave --letters out"
            yield _finding(
                "text", source, subject, "rg:sha256", "error", f"the text of letter {key} is not in {folder}", remedy
            )
            continue
        if text.digest != sha256:
            digests = f"SHA-256 {text.digest[:12]}…, expected {sha256[:12]}…"
            message = f"letter {key}: {name} is not the text that was encoded ({digests})"
            remedy = "restore the text, or encode the new one"
            yield _finding("text", source, subject, "rg:sha256", "error", message, remedy)
        yield from _passages(key, source, text, len(text.text) - int(str(p[RG.lengte][0])), text.digest == sha256)


def _head(project: Project, key: str) -> Mapping[Node, tuple[Node, ...]]:
    """What a letter's file says of the letter, be it a draft or not."""
    parts = [source for name, source in (*project.letters, *project.drafts) if name == key]
    return next((s.properties[LETTER[key]] for s in parts if LETTER[key] in s.properties), {})


def _passages(key: str, source: Source, text: texts.Letter, shift: int, same: bool) -> Iterator[Finding]:
    words = _words(text.text)
    runs = {tuple(words[i : i + COPIED_WORDS]) for i in range(len(words) - COPIED_WORDS + 1)}
    for s, p in _typed(source, RG.Bewering):
        name = f"claim {key}:{_local(s)}"
        for piece in p.get(RG.bewijs, ()):
            q = source.properties.get(piece, {})
            try:
                begin, end = int(str(q[RG.begin][0])), int(str(q[RG.eind][0]))
                anchor, print_ = str(q[RG.anker][0]), str(q[RG.vingerafdruk][0])
            except (KeyError, ValueError):
                continue
            if not same and _moved(text.text, begin, end, shift, print_):
                continue
            if not 0 <= begin < end <= len(text.text):
                message = f"{name}: passage {begin}-{end} is out of range ({len(text.text)} characters)"
                yield _finding("passage", source, piece, "rg:begin", "error", message, "mend rg:begin and rg:eind")
            elif not same:
                message = f"{name}: the change of {text.name} touches its passage {begin}-{end}"
                remedy = f"regiograaf anchor {key} FILE finds it again; encode what it says now"
                yield _finding("passage", source, s, "", "error", message, remedy)
            elif anchor not in text.quote(begin, end):
                message = f"{name}: anchor «{anchor}» is not inside its passage {begin}-{end}"
                yield _finding(
                    "passage",
                    source,
                    piece,
                    "rg:anker",
                    "error",
                    message,
                    "copy the anchor from the passage, or mend the range",
                )
            elif texts.fingerprint(text.text[begin:end]) != print_:
                message = f"{name}: passage {begin}-{end} has another fingerprint"
                yield _finding(
                    "passage",
                    source,
                    piece,
                    "rg:vingerafdruk",
                    "error",
                    message,
                    "mend the range, or renew the fingerprint",
                )
        for paraphrase in p.get(RG.parafrase, ()):
            said = _words(str(paraphrase))
            if any(tuple(said[i : i + COPIED_WORDS]) in runs for i in range(len(said) - COPIED_WORDS + 1)):
                message = f"{name}: the paraphrase has {COPIED_WORDS} words in a row as in the letter"
                yield _finding("paraphrase", source, s, "rg:parafrase", "warning", message, "say it in your own words")


def _moved(text: str, begin: int, end: int, shift: int, fingerprint: str) -> bool:
    """Whether the passage still stands, at its place or moved by what was inserted or removed before it."""
    return any(texts.fingerprint(text[begin + by : end + by]) == fingerprint for by in (0, shift) if begin + by >= 0)


def _words(text: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", text.casefold()).split()
