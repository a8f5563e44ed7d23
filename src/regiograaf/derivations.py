"""Derivations on paper: a tree for people, JSON, Graphviz and PROV for programs, each rule in words.

What holds and why is `explain`'s to find; here it is only said. Rules speak Dutch or English; what a rule that is not
in the table does is told by the axioms that it was made from.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox
from rdflib import BNode, URIRef
from rdflib import Literal as Value
from rdflib.namespace import OWL, RDF, RDFS

from regiograaf.claims import TYPE, Triple
from regiograaf.explanations import Derivation, Missing, Pattern, Said, WhyNot
from regiograaf.names import labels, printable, resolve
from regiograaf.namespaces import GRAPH, ID, LETTER, PREFIXES, PROV, digest, shrink
from regiograaf.sources import from_ox, to_ox

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = [
    "Names",
    "asked",
    "because",
    "dot",
    "iri",
    "record",
    "to_json",
    "tree",
    "turtle",
    "why_not_json",
    "why_not_text",
]

Language = Literal["nl", "en"]

_SAME = ("so both are the same", "dus zijn beide hetzelfde")
_RULES: Mapping[str, tuple[str, str]] = {
    "prp-spo1": ("“{was}” implies “{relation}”", "‘{was}’ houdt in: ‘{relation}’"),
    "prp-spo2": ("{links} gives “{relation}”", "{links} geeft ‘{relation}’"),
    "prp-inv1": ("“{relation}” is the inverse of “{was}”", "‘{relation}’ is het omgekeerde van ‘{was}’"),
    "prp-inv2": ("“{relation}” is the inverse of “{was}”", "‘{relation}’ is het omgekeerde van ‘{was}’"),
    "prp-symp": ("“{relation}” holds in both directions", "‘{relation}’ geldt in beide richtingen"),
    "prp-trp": ("“{relation}” carries over from step to step", "‘{relation}’ geldt ook met stappen ertussen"),
    "prp-eqp1": ("“{was}” means the same as “{relation}”", "‘{was}’ betekent hetzelfde als ‘{relation}’"),
    "prp-eqp2": ("“{was}” means the same as “{relation}”", "‘{was}’ betekent hetzelfde als ‘{relation}’"),
    "prp-dom": ("the subject of “{was}” always is “{kind}”", "het onderwerp van ‘{was}’ is altijd ‘{kind}’"),
    "prp-rng": ("the object of “{was}” always is “{kind}”", "het doel van ‘{was}’ is altijd ‘{kind}’"),
    "prp-fp": ("“{was}” leads to one thing only, {same}", "‘{was}’ leidt naar maar één ding, {same}"),
    "prp-ifp": ("only one thing “{was}” another, {same}", "maar één ding ‘{was}’ een ander, {same}"),
    "prp-key": ("{links} tell every “{first}” apart, {same}", "{links} onderscheiden elk ‘{first}’, {same}"),
    "cax-sco": ("“{kind_was}” is a kind of “{kind}”", "‘{kind_was}’ is een soort ‘{kind}’"),
    "cax-eqc1": ("“{kind_was}” means the same as “{kind}”", "‘{kind_was}’ betekent hetzelfde als ‘{kind}’"),
    "cax-eqc2": ("“{kind_was}” means the same as “{kind}”", "‘{kind_was}’ betekent hetzelfde als ‘{kind}’"),
    "cls-int1": ("what is {kinds} is a “{kind}”", "wat {kinds} is, is een ‘{kind}’"),
    "cls-int2": ("“{kind_was}” is a kind of “{kind}”", "‘{kind_was}’ is een soort ‘{kind}’"),
    "cls-uni": ("“{kind_was}” is a kind of “{kind}”", "‘{kind_was}’ is een soort ‘{kind}’"),
    "cls-oo": ("it is one of the things that “{kind}” lists", "het is een van de dingen die ‘{kind}’ opsomt"),
    "cls-hv1": ("every “{first}” “{relation}” “{second}”", "elk ‘{first}’ ‘{relation}’ ‘{second}’"),
    "cls-hv2": ("what “{was}” “{second}” is a “{kind}”", "wat ‘{was}’ ‘{second}’, is een ‘{kind}’"),
    "cls-svf1": ("what “{was}” some “{second}” is a “{kind}”", "wat ‘{was}’ een ‘{second}’, is een ‘{kind}’"),
    "cls-svf2": ("what “{was}” anything is a “{kind}”", "wat iets ‘{was}’, is een ‘{kind}’"),
    "cls-avf": ("what a “{first}” “{on}” always is a “{kind}”", "wat een ‘{first}’ ‘{on}’, is altijd een ‘{kind}’"),
    "cls-maxc2": ("a “{first}” “{on}” one thing at most, {same}", "een ‘{first}’ ‘{on}’ hoogstens één ding, {same}"),
    "cls-maxqc3": ("a “{first}” “{on}” one thing at most, {same}", "een ‘{first}’ ‘{on}’ hoogstens één ding, {same}"),
    "cls-maxqc4": ("a “{first}” “{on}” one thing at most, {same}", "een ‘{first}’ ‘{on}’ hoogstens één ding, {same}"),
    "eq-sym": ("being the same holds in both directions", "hetzelfde zijn geldt in beide richtingen"),
    "eq-trans": ("what is the same as the same is the same", "wat hetzelfde is als hetzelfde, is hetzelfde"),
    "eq-rep-s": ("what holds of one holds of the same", "wat voor het een geldt, geldt voor hetzelfde"),
    "eq-rep-p": ("what holds of one holds of the same", "wat voor het een geldt, geldt voor hetzelfde"),
    "eq-rep-o": ("what holds of one holds of the same", "wat voor het een geldt, geldt voor hetzelfde"),
    "dt-type2": ("a value belongs to its datatype", "een waarde hoort bij haar datatype"),
    "scm-cls": ("that holds of every class", "dat geldt voor elke klasse"),
    "scm-op": ("that holds of every relation", "dat geldt voor elke relatie"),
    "scm-dp": ("that holds of every relation", "dat geldt voor elke relatie"),
    "scm-sco": ("what is below is below all that is above", "wat eronder valt, valt onder alles daarboven"),
    "scm-spo": ("what is below is below all that is above", "wat eronder valt, valt onder alles daarboven"),
    "scm-eqc1": ("what means the same implies each other", "wat hetzelfde betekent, houdt elkaar in"),
    "scm-eqc2": ("what implies each other means the same", "wat elkaar inhoudt, betekent hetzelfde"),
    "scm-eqp1": ("what means the same implies each other", "wat hetzelfde betekent, houdt elkaar in"),
    "scm-eqp2": ("what implies each other means the same", "wat elkaar inhoudt, betekent hetzelfde"),
    "scm-dom1": ("the domain also is what its class is below", "het domein is ook waar zijn klasse onder valt"),
    "scm-dom2": ("a narrower relation has the same domain", "een nauwere relatie heeft hetzelfde domein"),
    "scm-rng1": ("the range also is what its class is below", "het bereik is ook waar zijn klasse onder valt"),
    "scm-rng2": ("a narrower relation has the same range", "een nauwere relatie heeft hetzelfde bereik"),
    "scm-hv": ("what asks for more is below what asks for less", "wie meer vraagt, valt onder wie minder vraagt"),
    "scm-svf1": ("what asks for more is below what asks for less", "wie meer vraagt, valt onder wie minder vraagt"),
    "scm-svf2": ("what asks for more is below what asks for less", "wie meer vraagt, valt onder wie minder vraagt"),
    "scm-avf1": ("what asks for more is below what asks for less", "wie meer vraagt, valt onder wie minder vraagt"),
    "scm-avf2": ("what asks for more is below what asks for less", "wie meer vraagt, valt onder wie minder vraagt"),
    "scm-int": ("an intersection is below each of its parts", "een doorsnede valt onder elk van haar delen"),
    "scm-uni": ("a union is above each of its parts", "een vereniging valt boven elk van haar delen"),
}
"""What each rule does, in English and in Dutch."""

_ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "background": ("known from elsewhere, not from a letter", "bekend van elders, niet uit een brief"),
    "entity": ("known of the entity", "bekend van de entiteit zelf"),
    "header": ("known of the letter itself", "bekend van de brief zelf"),
    "ontology": ("from the ontology", "uit de ontologie"),
}
_FILES = {
    "background": "data/achtergrond.ttl",
    "entity": "data/entiteiten.ttl",
    "header": "data/letters",
    "ontology": "ontology/",
}
_GRAPHS = {"background": "achtergrond", "entity": "entiteiten", "ontology": "ontologie"}
_THEN = (("“", "”", ", then "), ("‘", "’", " en dan "))
_AND = (("“", "”", " and "), ("‘", "’", " en "))
_CLASSES = {
    OWL.someValuesFrom: ("what {on} some {value}", "wat {on} een {value}"),
    OWL.allValuesFrom: ("what {on} only {value}", "wat {on} alleen {value}"),
    OWL.hasValue: ("what {on} {value}", "wat {on} {value}"),
    OWL.intersectionOf: ("{value}", "{value}"),
    OWL.unionOf: ("one of {value}", "een van {value}"),
    OWL.oneOf: ("one of {value}", "een van {value}"),
    OWL.complementOf: ("not {value}", "geen {value}"),
}
"""What a class without a name says, by the relation that defines it."""


class Names:
    """What a node is called: its label in one language; a class or list of the ontology without one by what it holds.

    `words` is the language that everything else is said in, where it is not that of the labels.
    """

    def __init__(self, store: ox.Store, language: Language = "nl", words: Language | None = None) -> None:
        self._store = store
        self._labels = labels(store, language)
        self.language = words or language

    @property
    def at(self) -> int:
        """The place of its language in a pair (English, Dutch)."""
        return int(self.language == "nl")

    def __call__(self, node: Node | None) -> str:
        if node is None:
            return "…"
        if isinstance(node, BNode):
            return self._unnamed(node)
        return str(node) if isinstance(node, Value) else self._labels.get(str(node)) or shrink(str(node))

    def sentence(self, triple: Sequence[Node | None]) -> str:
        return " — ".join(map(self, triple))

    def _of(self, node: Node, relation: Node) -> Node | None:
        found = self._store.quads_for_pattern(to_ox(node), to_ox(relation), None, None)  # type: ignore[arg-type]
        return next((from_ox(quad.object) for quad in found if not isinstance(quad.object, ox.Triple)), None)

    def _unnamed(self, node: BNode) -> str:
        members: list[str] = []
        rest: Node | None = node
        while isinstance(rest, BNode) and (first := self._of(rest, RDF.first)) is not None and len(members) < 99:
            members.append(self(first))
            rest = self._of(rest, RDF.rest)
        if members:
            return ", ".join(members)
        for relation, words in _CLASSES.items():
            value = self._of(node, relation)
            if value is not None:
                return words[self.at].format(value=self(value), on=self(self._of(node, OWL.onProperty)))
        return "…"


def asked(store: ox.Store, subject: str, relation: str, value: str) -> Triple:
    """The triple that three words (labels, aliases, CURIEs, IRIs) stand for; "a" is being of a class.

    Raises UnknownTermError when a word stands for nothing, or for more than one thing.
    """
    isa = relation.strip().casefold() in {"a", "is a", "is een", "rdf:type", "bestaat als", "exists as"}
    return (
        URIRef(resolve(store, subject)),
        TYPE if isa else URIRef(resolve(store, relation)),
        URIRef(resolve(store, value)),
    )


def iri(triple: Triple) -> URIRef:
    """The name of a triple that a derivation speaks of: it follows from the triple alone."""
    return URIRef(f"{ID}afleiding/{digest(map(_iri, triple))}")


def because(derivation: Derivation, names: Names) -> str:
    """The rule of an inferred triple in words, else where the triple is from; empty for what letters say."""
    if derivation.rule:
        premises = [premise.triple for premise in derivation.premises]
        axioms = [axiom.triple for axiom in derivation.axioms]
        return _words(derivation.rule, derivation.triple, premises, axioms, names)
    return _ELSEWHERE.get(derivation.origin, ("", ""))[names.at]


def _words(
    rule: str, head: Triple, premises: Sequence[Sequence[Node | None]], axioms: Sequence[Triple], names: Names
) -> str:
    if rule not in _RULES:
        return "; ".join(" ".join(map(names, axiom)) for axiom in axioms)

    def listed(style: tuple[tuple[str, str, str], ...], nodes: Sequence[Node | None]) -> str:
        opening, closing, between = style[names.at]
        return between.join(f"{opening}{name}{closing}" for name in dict.fromkeys(map(names, nodes)))

    links = [premise[1] for premise in premises if premise[1] != TYPE]
    opening, closing, between = (_THEN if rule == "prp-spo2" else _AND)[names.at]
    linked = [f"{opening}{names(link)}{closing}" for link in links]
    first = axioms[0] if axioms else (None, None, None)
    return _RULES[rule][names.at].format(
        relation=names(head[1]),
        kind=names(head[2]),
        was=names(links[0]) if links else "",
        kind_was=names(premises[0][2]) if premises else "",
        kinds=listed(_AND, [premise[2] for premise in premises]),
        links=between.join(linked if rule == "prp-spo2" else dict.fromkeys(linked)),
        first=names(first[0]),
        second=names(first[2]),
        on=names(axioms[1][2]) if len(axioms) > 1 else "",
        same=_SAME[names.at],
    )


# ---- for people


def tree(derivation: Derivation, names: Names, *, axioms: bool = False, width: int = 120, colour: bool = False) -> str:
    """A derivation as an indented tree: each conclusion, the rule, and below it what it rests on.

    With `axioms` also what of the ontology each rule was made from, and why that holds. Lines are at most `width`
    long where words allow.
    """
    page = _Page(names, axioms, width, colour)
    return "\n".join(page.branches(derivation, "", "", "")) + "\n"


_DIM, _CYAN, _PLAIN = "\033[2m", "\033[36m", ""


class _Page:
    def __init__(self, names: Names, axioms: bool, width: int, colour: bool) -> None:
        self.names, self.axioms, self.width, self.colour = names, axioms, width, colour

    def branches(self, derivation: Derivation, first: str, rest: str, mark: str) -> Iterator[str]:
        below = [(premise, "") for premise in derivation.premises]
        if self.axioms:
            below = [(axiom, "ontology: ") for axiom in derivation.axioms] + below
        inside = rest + ("│  " if below else "   ")
        reason = because(derivation, self.names)
        if derivation.rule:
            reason = f"[{derivation.rule}: {reason}]" if reason else f"[{derivation.rule}]"
        elif reason:
            reason = f"({reason}: {_FILES[derivation.origin]})"
        head = mark + self.names.sentence(derivation.triple)
        if len(first) + len(head) + 2 + len(reason) <= self.width:
            yield first + head + (f"  {self.paint(reason, _DIM)}" if reason else "")
        else:
            yield from self.wrapped(head, first, inside, _PLAIN)
            yield from self.wrapped(reason, inside, inside + " ", _DIM)
        for said in derivation.said:
            where = f"{said.letter}, § {printable(said.section)}:"
            lines = list(self.wrapped(f"{where} {_passage(said)}", inside, inside + "  ", _PLAIN))
            if lines[0].startswith(inside + where):
                lines[0] = inside + self.paint(where, _CYAN) + lines[0][len(inside + where) :]
            yield from lines
        for number, (premise, word) in enumerate(below, 1):
            turn, line = ("└─ ", "   ") if number == len(below) else ("├─ ", "│  ")
            yield from self.branches(premise, rest + turn, rest + line, word)

    def wrapped(self, text: str, first: str, rest: str, style: str) -> Iterator[str]:
        room = max(20, self.width - len(rest))
        lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
        for number, line in enumerate(lines):
            yield (rest if number else first) + self.paint(line, style)

    def paint(self, text: str, style: str) -> str:
        return f"{style}{text}\033[0m" if self.colour and style and text else text


def _passage(said: Said) -> str:
    return printable(said.quote or f"«{said.anchor}»")


# ---- for programs


def record(derivation: Derivation, names: Names) -> dict[str, Any]:
    """A derivation as nested dicts and lists, every key always there."""
    return {
        "triple": _triple(derivation.triple, names),
        "origin": derivation.origin,
        "rule": derivation.rule,
        "because": because(derivation, names),
        "premises": [record(premise, names) for premise in derivation.premises],
        "axioms": [record(axiom, names) for axiom in derivation.axioms],
        "said": [_said(said) for said in derivation.said],
    }


def _triple(triple: Sequence[Node | None], names: Names) -> dict[str, Any]:
    parts = zip(("subject", "relation", "object"), triple, strict=True)
    return {part: None if node is None else {"iri": _iri(node), "label": names(node)} for part, node in parts}


def _iri(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _said(said: Said) -> dict[str, Any]:
    return {
        "modality": said.modality,
        "denied": said.denied,
        "claim": str(said.claim),
        "key": said.key,
        "letter": said.letter,
        "section": said.section,
        "anchor": said.anchor,
        "quote": said.quote,
        "evidence": str(said.evidence),
    }


def to_json(derivation: Derivation, names: Names) -> str:
    return json.dumps(record(derivation, names), ensure_ascii=False, indent=2) + "\n"


def dot(derivation: Derivation, names: Names) -> str:
    """A derivation for Graphviz: triples as boxes, rules as ellipses, passages as notes; arrows lead to the conclusion.

    What is used twice is drawn once.
    """
    lines: dict[str, None] = {}

    def box(step: Derivation) -> str:
        key = "t" + digest(map(_iri, step.triple))
        text = names.sentence(step.triple)
        source = "" if step.rule or step.said else because(step, names)
        style = ", penwidth=2" if step is derivation else ""
        lines[f"  {key} [shape=box, label={_quoted(text, source)}{style}];"] = None
        return key

    def draw(step: Derivation) -> str:
        key = box(step)
        if step.rule:
            rule = "r" + digest([key, step.rule, *map(_iri, (t for p in step.premises for t in p.triple))])
            label = _quoted(step.rule, because(step, names))
            lines[f"  {rule} [shape=ellipse, fontsize=9, label={label}];"] = None
            lines[f"  {rule} -> {key};"] = None
            for premise in step.premises:
                lines[f"  {draw(premise)} -> {rule};"] = None
        for said in step.said:
            note = "p" + digest([str(said.evidence)])
            label = _quoted(f"{said.letter}, § {said.section}", _passage(said))
            lines[f"  {note} [shape=note, fontsize=9, label={label}];"] = None
            lines[f"  {note} -> {key} [style=dashed];"] = None
        return key

    draw(derivation)
    head = ["digraph why {", "  rankdir=BT;", '  node [fontname="sans-serif", fontsize=11];']
    return "\n".join([*head, *lines, "}"]) + "\n"


def _quoted(*parts: str) -> str:
    lines = [line for part in parts if part for line in textwrap.wrap(part, 44)]
    escaped = [line.replace("\\", "\\\\").replace('"', '\\"') for line in lines]
    return '"' + "\\n".join(escaped) + '"'


def turtle(derivation: Derivation, *names: Names) -> str:
    """A derivation in PROV: each triple an rdf:Statement derived from its premises by an activity, down to the claims.

    `prov:wasDerivedFrom+` leads from the conclusion to claims and letters. Labels are given once per language of
    `names`. The IRIs follow from the content, so that two explanations of one triple meet.

    Source: PROV-O, https://www.w3.org/TR/prov-o/, 3.1 and prov:hadPrimarySource.
    """
    triples: set[Triple] = set()

    def state(step: Derivation) -> URIRef:
        statement = iri(step.triple)
        s, p, o = step.triple
        triples.update(
            (
                (statement, TYPE, RDF.Statement),
                (statement, TYPE, PROV.Entity),
                (statement, RDF.subject, s),
                (statement, RDF.predicate, p),
                (statement, RDF.object, o),
            )
        )
        triples.update((statement, RDFS.label, Value(n.sentence(step.triple), lang=n.language)) for n in names)
        if step.rule:
            premises = [state(premise) for premise in step.premises]
            activity = URIRef(f"{ID}afleiding/{digest([statement, step.rule, *premises])}")
            triples.update(((statement, PROV.wasGeneratedBy, activity), (activity, TYPE, PROV.Activity)))
            for n in names:
                words = because(step, n)
                label = f"{step.rule}: {words}" if words else step.rule
                triples.add((activity, RDFS.label, Value(label, lang=n.language)))
            for premise in premises:
                triples.add((statement, PROV.wasDerivedFrom, premise))
                triples.add((activity, PROV.used, premise))
        elif step.origin != "letters":
            # what is known of a letter is in the letter's own graph, and about the letter
            source = s if step.origin == "header" else GRAPH[_GRAPHS[step.origin]]
            triples.add((statement, PROV.wasDerivedFrom, source))
        for said in step.said:
            letter = LETTER[said.letter]
            triples.update(
                (
                    (statement, PROV.wasDerivedFrom, said.claim),
                    (statement, PROV.hadPrimarySource, letter),
                    (said.claim, TYPE, PROV.Entity),
                    (said.claim, PROV.wasDerivedFrom, letter),
                )
            )
        return statement

    state(derivation)
    quads = sorted((ox.Triple(*map(to_ox, triple)) for triple in triples), key=str)  # type: ignore[arg-type]
    used = {shrink(str(term)).partition(":")[0] for triple in triples for term in triple if isinstance(term, URIRef)}
    prefixes = {prefix: base for prefix, base in PREFIXES.items() if prefix in used}
    return (ox.serialize(quads, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode("utf-8").rstrip(
        "\n"
    ) + "\n"


# ---- why not


def why_not_json(answer: WhyNot, names: Names) -> str:
    """Every key always there; null in a missing premise stands for any term."""
    document = {
        "triple": _triple(answer.triple, names),
        "said": [_content(said, names) for said in answer.said],
        "missing": [
            {
                "rule": missing.rule,
                "because": _words(missing.rule, answer.triple, missing.premises, missing.axioms, names),
                "present": [_triple(premise, names) for premise in missing.present],
                "absent": _triple(missing.absent, names),
                "said": [_content(said, names) for said in missing.said],
            }
            for missing in answer.missing
        ],
        "around": [_content(said, names) for said in answer.around],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _content(said: Said, names: Names) -> dict[str, Any]:
    return {"triple": _triple(said.content, names), **_said(said)}


def why_not_text(answer: WhyNot, names: Names, *, most: int | None = 10, width: int = 120) -> str:
    """What stands between a triple and being a fact: at most `most` rows in each part, or all; empty for nothing."""
    page = _WhyNotPage(names, width, most)
    lines = [
        *page.claims("Claims with this content that are no facts", answer.said),
        *page.would_follow(answer),
        *page.claims("Comes close", answer.around),
    ]
    if not lines:
        return ""
    head = page.page.wrapped(f"No fact: {names.sentence(answer.triple)}", "", "  ", _PLAIN)
    return "\n".join([*head, *lines]) + "\n"


class _WhyNotPage:
    def __init__(self, names: Names, width: int, most: int | None) -> None:
        self.names, self.most = names, most
        self.page = _Page(names, False, width, False)

    def claims(self, title: str, said: Sequence[Said]) -> Iterator[str]:
        contents = list(dict.fromkeys(piece.content for piece in said))
        if contents:
            yield ""
            yield f"{title}:"
        for content in contents[: self.most]:
            yield from self.page.wrapped(self.names.sentence(content), "  ", "      ", _PLAIN)
            yield from self.places([piece for piece in said if piece.content == content], content, "    ")
        yield from self.more(len(contents), "  ")

    def places(self, said: Sequence[Said], content: Pattern, indent: str) -> Iterator[str]:
        for piece in said[: self.most]:
            what = "" if piece.content == content else f"{self.names.sentence(piece.content)}: "
            text = f"{what}{_no_fact(piece)} ({piece.letter}, § {printable(piece.section)}): {_passage(piece)}"
            yield from self.page.wrapped(text, indent, indent + "  ", _PLAIN)
        yield from self.more(len(said), indent)

    def more(self, number: int, indent: str) -> Iterator[str]:
        if self.most is not None and number > self.most:
            yield f"{indent}and {number - self.most} more (--all)"

    def would_follow(self, answer: WhyNot) -> Iterator[str]:
        """Rules of which something holds or is claimed; those of which nothing does are told in one line."""
        telling = [missing for missing in answer.missing if missing.said or missing.present]
        kinds: dict[tuple[object, ...], list[Missing]] = {}
        for missing in telling:
            # without claims, other ways to miss the same premise of the same rule say nothing new
            kind = (missing.rule, missing.axioms, missing.place, missing.said, self.most is None and missing)
            kinds.setdefault(kind, []).append(missing)
        if telling:
            yield ""
            yield "Would follow, if:"
        for first, *others in list(kinds.values())[: self.most]:
            yield from self.page.wrapped(f"{self.names.sentence(first.absent)}  (missing)", "  ", "      ", _PLAIN)
            yield from self.places(first.said, first.absent, "    ")
            for premise in first.present:
                yield from self.page.wrapped(f"with {self.names.sentence(premise)}", "    ", "      ", _PLAIN)
            words = _words(first.rule, answer.triple, first.premises, first.axioms, self.names)
            also = f", or {len(others)} more like it (--all)" if others else ""
            yield from self.page.wrapped(f"[{first.rule}: {words}]{also}", "    ", "     ", _PLAIN)
        yield from self.more(len(kinds), "  ")
        narrower = sum(m.rule in ("prp-spo1", "cax-sco") for m in answer.missing if not m.said and not m.present)
        if narrower and (telling or answer.said or answer.around):
            what = "classes" if answer.triple[1] == TYPE else "relations"
            yield "" if telling else "\nWould follow, if:"
            yield f"  or directly: if a letter said so, or one of {narrower} narrower {what}."


def _no_fact(said: Said) -> str:
    if said.denied:
        return f"denied ({said.modality})" if said.modality != "bestaand" else "denied"
    if said.modality == "bestaand":
        return "withheld: another claim ends or denies it"
    return f"only {said.modality}"
