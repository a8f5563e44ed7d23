"""Everything that must hold of the files people edit; each breach is a finding with file and line.

All findings of a run are reported, not the first. A check looks at the source files, so that a finding points at the
block to mend; what the data mean together (contradictions, withheld triples) is looked at once they compile.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal as Choice
from typing import cast

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Node

from regiograaf import letters as texts
from regiograaf.claims import TYPE, Claim, Triple
from regiograaf.dataset import Build, Project, compile_project
from regiograaf.errors import InconsistentError, SourceError
from regiograaf.namespaces import DEF, ID, KINDS, LETTER, MODALITY, PROV, RG, THEME, TOOI, TOOIONT, shrink
from regiograaf.sources import Source

__all__ = ["CHECKS", "Finding", "check", "check_texts", "worst"]

Level = Choice["error", "warning", "info"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info")
MAX_ANCHOR_WORDS = 10
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


def _name(node: Node) -> str:
    return shrink(str(node))


def _near(iri: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(iri, list(known), 1, cutoff=0.75)
    return f"did you mean {shrink(near[0])}?" if near else ""


def unknown_terms(project: Project) -> Iterator[Breach]:
    """Terms of ours, of TOOI's ontology, concepts and entities that nothing declares."""
    declared = {str(node) for node in project.declared}
    entities = _subjects(project, "entiteiten", "codering", "catalogus", "achtergrond") | _letters(project)
    for graph, source in project.sources:
        own = source.properties.keys()
        bad = set()
        for term in source.terms:
            known = str(term) in declared
            if not _is_vocabulary(term):
                individual = term.startswith(ID) and graph not in ("ontologie", "uitlijning")
                known = known or not individual or term in own or term in entities or bool(project.problems)
            if not known:
                bad.add(term)
        for term, subject in _places(source, bad):
            if _is_vocabulary(term):
                near = _near(term, filter(_is_vocabulary, declared))
                remedy = near or "use a term of ontology/regiograaf.ttl, or add it there"
                yield source, subject, _name(term), "error", f"{_name(term)} is not a term of the ontology", remedy
            else:
                near = _near(term, declared | {str(entity) for entity in entities})
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
                block = match and (graph.startswith(("brief/", "dekking/")) or match["kind"] == "graaf")
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
    return {LETTER[key] for key, _ in project.letters}


def languages(project: Project) -> Iterator[Breach]:
    """Labels, and for terms and concepts definitions, in Dutch and English."""
    for graph, source in project.sources:
        if graph not in ("ontologie", "themas", "entiteiten"):
            continue
        for s, p in source.properties.items():
            kinds = p.get(TYPE, ())
            if not kinds or not isinstance(s, URIRef) or s == DEF:
                continue
            concept = SKOS.Concept in kinds
            ours = str(s).startswith(str(RG)) or str(s).startswith(ID)
            wanted = [SKOS.prefLabel if concept else RDFS.label]
            if SKOS.ConceptScheme in kinds:
                wanted = [DCTERMS.title]
            if ours and (graph == "themas" or graph == "ontologie") and SKOS.ConceptScheme not in kinds:
                wanted.append(SKOS.definition)
            for predicate in wanted:
                present = {value.language for value in p.get(predicate, ()) if isinstance(value, Literal)}
                for language in ("nl", "en"):
                    if language not in present and (ours or str(s).startswith(TOOI)):
                        message = f"{_name(s)} has no {_name(predicate)} in {language}"
                        yield source, s, "", "error", message, f'add {_name(predicate)} "…"@{language}'


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


_REQUIRED: tuple[tuple[URIRef, str], ...] = (
    (RDF.subject, "Add rdf:subject"),
    (RDF.predicate, "Add rdf:predicate"),
    (RDF.object, "Add rdf:object"),
    (PROV.wasAttributedTo, "Add prov:wasAttributedTo, the speaker"),
)


def whole_claims(project: Project) -> Iterator[Breach]:
    """Claims with exactly one subject, predicate, object, modality and speaker, a paraphrase, and evidence."""
    for key, source in project.letters:
        for s, p in _typed(source, RG.Bewering):
            name = f"claim {key}:{_local(s)}"
            for predicate, remedy in _REQUIRED:
                count = len(p.get(predicate, ()))
                if count != 1:
                    message = f"{name} has {count or 'no'} {_name(predicate)}"
                    yield source, s, "", "error", message, f"{remedy.lower()}, exactly one"
            modalities = p.get(RG.modaliteit, ())
            if not modalities:
                yield (
                    source,
                    s,
                    "",
                    "error",
                    f"{name} has no rg:modaliteit",
                    "add one modality, modaliteit:bestaand or another",
                )
            elif len(modalities) > 1:
                message = f"{name} has {len(modalities)} modalities"
                yield source, s, "rg:modaliteit", "error", message, "keep one; another reading is another claim"
            if not any(isinstance(v, Literal) and v.language == "nl" for v in p.get(RG.parafrase, ())):
                yield (
                    source,
                    s,
                    "",
                    "error",
                    f"{name} has no rg:parafrase in nl",
                    'say it in your own words: rg:parafrase "…"@nl',
                )
            if not p.get(RG.bewijs):
                remedy = "add rg:bewijs with section, range and anchor of the passage"
                yield source, s, "", "error", f"{name} has no rg:bewijs", remedy
            yield from _objects(source, s, p, name)


def _objects(source: Source, s: Node, p: Mapping[Node, tuple[Node, ...]], name: str) -> Iterator[Breach]:
    predicate = next(iter(p.get(RDF.predicate, ())), None)
    for value in p.get(RDF.object, ()):
        theme = str(value).startswith(str(THEME))
        if theme and predicate != RG.betreft:
            yield (
                source,
                s,
                "rdf:object",
                "error",
                f"{name} has a theme as object of {_name(predicate or RDF.predicate)}",
                ("attach the theme by rg:thema; only rg:betreft has one as object"),
            )
        if predicate == RG.betreft and not theme:
            remedy = "name a theme, or use rg:gaatOver"
            yield source, s, "rdf:object", "error", f"{name}: object of rg:betreft is no theme", remedy


def _typed(source: Source, cls: Node) -> Iterator[tuple[Node, Mapping[Node, tuple[Node, ...]]]]:
    return ((s, p) for s, p in source.properties.items() if cls in p.get(TYPE, ()))


def _local(node: Node) -> str:
    return str(node).rsplit("/", 1)[-1]


def whole_evidence(project: Project) -> Iterator[Breach]:
    """Evidence with section, range, fingerprint and an anchor of at most ten words; evidence that no claim uses."""
    for key, source in project.letters:
        used = {value for p in source.properties.values() for value in p.get(RG.bewijs, ())}
        for s, p in _typed(source, RG.Bewijs):
            name = f"evidence {key}:{_local(s)}"
            for predicate in (RG.sectie, RG.begin, RG.eind, RG.anker, RG.vingerafdruk):
                if len(p.get(predicate, ())) != 1:
                    count = len(p.get(predicate, ())) or "no"
                    yield source, s, "", "error", f"{name} has {count} {_name(predicate)}", "give exactly one"
            for anchor in p.get(RG.anker, ()):
                words = len(str(anchor).split())
                if words > MAX_ANCHOR_WORDS:
                    message = f"{name} has an anchor of {words} words"
                    remedy = f"shorten it to {MAX_ANCHOR_WORDS} or fewer"
                    yield source, s, "rg:anker", "error", message, remedy
            if s not in used:
                yield (
                    source,
                    s,
                    "",
                    "error",
                    f"{name} belongs to no claim",
                    "point a claim's rg:bewijs at it, or take it out",
                )
        for s, p in _typed(source, RG.Bewering):
            for piece in p.get(RG.bewijs, ()):
                if RG.Bewijs not in source.properties.get(piece, {}).get(TYPE, ()):
                    message = f"evidence {key}:{_local(piece)} of claim {_local(s)} has no block"
                    yield source, s, "rg:bewijs", "error", message, "add the block, or mend the key"


def values(project: Project) -> Iterator[Breach]:
    """Quantities with a value, role, unit, precision and wording; periods with a wording and bounds in order."""
    for key, source in project.letters:
        for s, p in _typed(source, RG.Grootheid):
            whole = RG.waarde in p or (RG.teller in p and RG.noemer in p)
            missing = [_name(q) for q in (RG.rol, RG.eenheid, RG.nauwkeurigheid, RG.verwoording) if q not in p]
            if not whole:
                missing.append("rg:waarde (or rg:teller and rg:noemer)")
            if missing:
                yield source, s, "", "error", f"quantity {key}:{_local(s)} has no {', '.join(missing)}", "add it"
        for s, p in _typed(source, RG.Periode):
            if RG.verwoording not in p:
                yield (
                    source,
                    s,
                    "",
                    "error",
                    f"period {key}:{_local(s)} has no rg:verwoording",
                    "add the letter's wording",
                )
            order = (RG.vroegsteBegin, RG.laatsteBegin, RG.vroegsteEinde, RG.laatsteEinde)
            bounds = [str(p[q][0]) for q in order if q in p]
            pairs = (
                (RG.vroegsteBegin, RG.laatsteBegin),
                (RG.vroegsteEinde, RG.laatsteEinde),
                (RG.vroegsteBegin, RG.laatsteEinde),
            )
            if any(a in p and b in p and str(p[a][0]) > str(p[b][0]) for a, b in pairs):
                message = f"period {key}:{_local(s)} ends before it begins ({' to '.join(bounds)})"
                yield source, s, "", "error", message, "put the bounds in order"


def letter_heads(project: Project) -> Iterator[Breach]:
    """Letter files whose letter block has title, sender, digest, length and file name."""
    for key, source in project.letters:
        p = source.properties.get(LETTER[key], {})
        missing = [_name(q) for q in (DCTERMS.title, RG.afzender, RG.sha256, RG.lengte, RG.bestandsnaam) if q not in p]
        if missing:
            message = f"letter {key} has no {', '.join(missing)}"
            yield source, LETTER[key], "", "error", message, f"complete the block of <{LETTER[key]}>"


def generic_share(project: Project) -> Iterator[Breach]:
    """Letters in which generic relations are more than two in a hundred claims."""
    for key, source in project.letters:
        predicates = Counter(p.get(RDF.predicate, (None,))[0] for _, p in _typed(source, RG.Bewering))
        total = sum(predicates.values())
        generic = predicates[RG.heeftRelatieMet]
        if total and generic > max(1, MAX_GENERIC_SHARE * total):
            message = f"{generic} of {total} claims are rg:heeftRelatieMet"
            yield source, LETTER[key], "", "warning", message, "say what the relation is"


CHECKS: Mapping[str, Callable[[Project], Iterator[Breach]]] = {
    "unknown-term": unknown_terms,
    "ill-typed": ill_typed,
    "iri-pattern": iri_patterns,
    "language": languages,
    "defined-twice": one_definition,
    "unused-entity": used_entities,
    "claim": whole_claims,
    "evidence": whole_evidence,
    "value": values,
    "letter": letter_heads,
    "generic": generic_share,
}


def _together(build: Build) -> Iterator[Breach]:
    """What only shows when all letters are taken together: triples withheld, and facts on things that do not exist."""
    sources = dict(build.project.letters)
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


def _contradictions(project: Project, error: InconsistentError) -> Iterator[Finding]:
    """One finding for each contradiction, at the first claim or block behind it."""
    claims = [(key, source, s, p) for key, source in project.letters for s, p in _typed(source, RG.Bewering)]
    for sentence, contradiction in zip(str(error).split("\n"), error.contradictions, strict=True):
        triples = cast("tuple[Triple, ...]", getattr(contradiction, "premises"))  # noqa: B009
        nodes = {triple[0] for triple in triples}
        behind = [
            (source, s, f"{key}:{_local(s)}")
            for key, source, s, p in claims
            if nodes & {*p.get(RDF.subject, ()), *p.get(RDF.object, ())}
            and _local(p.get(RG.modaliteit, (MODALITY["x"],))[0]) == "bestaand"
        ]
        exact = [b for b in behind if _says(b[0].properties[b[1]], triples)] or behind
        where = exact[0][:2] if exact else _entity_block(project, triples[0][0])
        named = ", ".join(f"{key} ({source.path}:{source.line(s)})" for source, s, key in exact[:5])
        message = f"{sentence}{'. Claims: ' + named if named else ''}"
        yield _finding("contradiction", *where, "", "error", message, "mend the wrong claim, type or axiom")


def _says(p: Mapping[Node, tuple[Node, ...]], triples: Iterable[Triple]) -> bool:
    content = tuple(p.get(q, (None,))[0] for q in (RDF.subject, RDF.predicate, RDF.object))
    return content in set(triples)


def _entity_block(project: Project, node: Node) -> tuple[Source, Node]:
    for _, source in project.sources:
        if node in source.blocks:
            return source, node
    return project.sources[0][1], node


def check_texts(project: Project, folder: Path) -> Iterator[Finding]:
    """Verify every passage against the letters' own texts.

    A text is found by its digest, else by its file name; then it was changed, and each claim whose passage the change
    touches is named.
    """
    for key, source in project.letters:
        p = source.properties.get(LETTER[key], {})
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
                yield _finding(
                    "passage", source, s, "", "error", message, "read the passage again and encode what it says now"
                )
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
