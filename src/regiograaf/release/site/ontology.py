"""The reference of the ontology: every term with its meaning, how the letters use it, and which questions ask for it.

`def.html` has all terms in short, each at its own anchor, for hash IRIs lead there; the full entries are on pages
for each part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from regiograaf.names import fold
from regiograaf.prefixes import BASE, ID, PREFIXES, TOOI_TERMS, expand, shrink
from regiograaf.queries import Query, names_in
from regiograaf.release.site.addresses import Language, anchor, named, page_of
from regiograaf.release.site.diagrams import model, tree
from regiograaf.release.site.items import packed
from regiograaf.release.site.material import IS_A, Material, Row, Text
from regiograaf.release.site.rendering import Site, tongue
from regiograaf.release.site.words import MENU, WORDS

__all__ = ["write"]

RG, RDFS, SKOS, OWL = (PREFIXES[name] for name in ("rg", "rdfs", "skos", "owl"))
DEF = BASE + "def"
ROOM = 78_000
SHOWN = 6
PARTS = {
    "klassen": ("Klassen", "Classes"),
    "relaties": ("Relaties tussen entiteiten", "Relations between entities"),
    "eigenschappen": (
        "Eigenschappen van beweringen, bewijs en brieven",
        "Properties of claims, evidence and letters",
    ),
}
TREES = {
    "klassen": ("Boom van klassen", "Tree of classes"),
    "relaties": ("Boom van relaties", "Tree of relations"),
}
_KINDS = {
    OWL + "Class": "klassen",
    OWL + "ObjectProperty": "relaties",
    OWL + "DatatypeProperty": "eigenschappen",
    OWL + "AnnotationProperty": "eigenschappen",
}
_TRAITS = {
    OWL + "TransitiveProperty": ("transitief", "transitive"),
    OWL + "SymmetricProperty": ("symmetrisch", "symmetric"),
    OWL + "AsymmetricProperty": ("asymmetrisch", "asymmetric"),
    OWL + "IrreflexiveProperty": ("irreflexief", "irreflexive"),
    OWL + "FunctionalProperty": ("functioneel", "functional"),
    OWL + "InverseFunctionalProperty": ("omgekeerd functioneel", "inverse functional"),
    OWL + "ReflexiveProperty": ("reflexief", "reflexive"),
}


@dataclass(frozen=True)
class Uses:
    """How the claims use the terms: as relation, and with which classes at either end."""

    rows: Mapping[str, Sequence[Row]]
    subjects: Mapping[str, Counter[str]]
    objects: Mapping[str, Counter[str]]


def write(site: Site, questions: Mapping[str, Query], language: Language) -> None:
    """The overview and the pages of each part."""
    Reference(site, questions, language).write()


class Reference:
    """The reference in one language."""

    def __init__(self, site: Site, questions: Mapping[str, Query], language: Language) -> None:
        self.site, self.language, self.m = site, language, site.material
        self.w, self.place = WORDS[language], 0 if language == "nl" else 1
        self.questions = questions
        self.parts = _parts(self.m)
        self.uses = _uses(self.m)
        self.asked = _asked(questions)
        self.inverses = _inverses(self.m)
        self.below: dict[str, list[str]] = defaultdict(list)
        for term in (term for terms in self.parts.values() for term in terms):
            for predicate in ("subClassOf", "subPropertyOf"):
                for above in self.m.values(term, RDFS + predicate, "ontologie"):
                    self.below[above].append(term)

    def write(self) -> None:
        home: dict[str, str] = {}
        for part, terms in self.parts.items():
            home |= self._part(part, terms)
        self._overview(home)

    def _overview(self, home: Mapping[str, str]) -> None:
        parts = [
            {
                "title": PARTS[part][self.place],
                "address": named(f"def-{part}", self.language),
                "terms": [
                    {
                        "anchor": anchor(term),
                        "name": self.m.name(term, self.language),
                        "curie": shrink(term),
                        "definition": self._told(term, "definition"),
                        "address": f"{home[term]}#{anchor(term)}",
                    }
                    for term in terms
                ],
            }
            for part, terms in self.parts.items()
        ]
        title = self.m.told(DEF, PREFIXES["dcterms"] + "title", self.language) or Text("regiograaf")
        self.site.page(
            "ontology.html.j2",
            "def",
            self.language,
            title=title,
            iri=DEF,
            jsonld=self.site.described(DEF),
            formats=True,
            values={
                "lead": self.m.told(DEF, PREFIXES["dcterms"] + "description", self.language),
                "parts": parts,
                "model": model(self.m, self.language),
                "files": [
                    (f"{DEF[len(BASE) :]}{end}", kind)
                    for end, kind in (
                        (".ttl", "Turtle"),
                        (".jsonld", "JSON-LD"),
                        (".nt", "N-Triples"),
                        (".rdf", "RDF/XML"),
                    )
                ],
                "citation": self.site.cited(DEF, "Ontology. "),
            },
        )
        for term, address in home.items():
            name = self.m.name(term, self.language)
            also = shrink(term)
            self.site.entries[self.language].append((name.words, f"{address}#{anchor(term)}", self.w.term, also))

    def _part(self, part: str, terms: Sequence[str]) -> dict[str, str]:
        """The pages of one part; gives the page on which each term stands."""
        template = self.site.template("term.html.j2", self.language)
        entries = {term: Markup(template.render(w=self.w, **self._entry(term))) for term in terms}
        pages = packed([(Markup(""), list(entries.values()))], ROOM)
        path = f"def-{part}"
        addresses = [named(path + (f".{n + 1}" if n else ""), self.language) for n in range(len(pages))]
        home: dict[str, str] = {}
        left = iter(terms)
        drawing = f"def-{part}-boom"
        if part in TREES:
            self._drawing(part, drawing, terms)
        for here, page in enumerate(pages):
            texts = [text for _, items in page for text in items]
            on = [next(left) for _ in texts]
            home |= dict.fromkeys(on, addresses[here])
            self.site.page(
                "terms.html.j2",
                path + (f".{here + 1}" if here else ""),
                self.language,
                title=PARTS[part][self.place],
                iri=DEF,
                twin=path,
                crumbs=((named("def", self.language), dict(MENU[self.language])["def"]),),
                values={
                    "drawing": (named(drawing, self.language), TREES[part][self.place]) if part in TREES else None,
                    "entries": texts,
                    "parts": addresses,
                    "here": here,
                },
            )
        return home

    def _drawing(self, part: str, path: str, terms: Sequence[str]) -> None:
        """The hierarchy of a part, drawn."""
        title = TREES[part][self.place]
        svg = tree(self.m, terms, self.below, self.language, title)
        self.site.page(
            "drawing.html.j2",
            path,
            self.language,
            title=title,
            crumbs=(
                (named("def", self.language), dict(MENU[self.language])["def"]),
                (named(f"def-{part}", self.language), PARTS[part][self.place]),
            ),
            values={"svg": svg},
        )

    def _told(self, term: str, what: str) -> Text | None:
        return self.m.told(term, SKOS + what, self.language)

    def _entry(self, term: str) -> dict[str, Any]:
        kinds = self.m.values(term, IS_A, "ontologie")
        above = [*self.m.values(term, RDFS + "subClassOf", "ontologie")]
        above += self.m.values(term, RDFS + "subPropertyOf", "ontologie")
        rows = self.uses.rows.get(term, ())
        links: list[tuple[str, list[Markup]]] = [
            (self.w.subclass, self._links(above)),
            (self.w.subclasses, self._links(self.below.get(term, ()))),
            (self.w.inverse, self._links(self.inverses.get(term, ()))),
            (self.w.properties, [Markup(", ").join(_TRAITS[k][self.place] for k in kinds if k in _TRAITS)]),
            (self.w.domain_used, self._counted(self.uses.subjects.get(term))),
            (self.w.range_used, self._counted(self.uses.objects.get(term))),
            (self.w.questions_using, self._questions(term)),
        ]
        return {
            "anchor": anchor(term),
            "name": self.m.name(term, self.language),
            "curie": shrink(term),
            "iri": term,
            "definition": self._told(term, "definition"),
            "scope": self._told(term, "scopeNote"),
            "links": [(label, values) for label, values in links if any(values)],
            "uses": len(rows),
            "example": self._example(rows),
        }

    def _links(self, terms: Iterable[str]) -> list[Markup]:
        own = [term for term in terms if term.startswith((RG, TOOI_TERMS))]
        found = sorted(own, key=lambda term: (fold(self.m.name(term, self.language).words), term))
        return [Markup(", ").join(self.site.link(term, self.language, "") for term in found)] if found else []

    def _counted(self, count: Counter[str] | None) -> list[Markup]:
        if not count:
            return []
        best = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
        parts = [
            Markup("{} <small>{}</small>").format(self.site.link(term, self.language, ""), n)
            for term, n in best[:SHOWN]
        ]
        rest = len(best) - SHOWN
        return [Markup(", ").join(parts) + (Markup(", +{}").format(rest) if rest > 0 else Markup(""))]

    def _questions(self, term: str) -> list[Markup]:
        names = self.asked.get(term, ())
        parts = [
            Markup('<a href="vragen/{}">{}</a>').format(
                named(name, self.language), self.questions[name].header[f"summary{'-en' * self.place}"]
            )
            for name in names[:SHOWN]
        ]
        rest = len(names) - SHOWN
        return [*parts, Markup("+{}").format(rest)] if rest > 0 else parts

    def _example(self, rows: Sequence[Row]) -> Markup:
        """A claim that uses the term: the first that exists, else the first."""
        if not rows:
            return Markup("")
        row = next((row for row in rows if row.modality == "bestaand" and not row.denied), rows[0])
        says = self.m.says(row, self.language)
        text = Markup('<a href="{}"{}>{}</a> {}').format(
            page_of(row.iri, self.language),
            tongue(says, self.language),
            says.words,
            self.site.modality(row.modality, self.language),
        )
        return text + Markup(' <b class="no">{}</b>').format(self.w.denied) if row.denied else text


def _parts(m: Material) -> dict[str, list[str]]:
    """The terms of the ontology, classes and properties, in each part by name."""
    of_claims = _claim_model(m)
    parts: dict[str, list[str]] = {part: [] for part in PARTS}
    for iri in sorted(m.about):
        if not iri.startswith((RG, TOOI_TERMS)):
            continue
        kinds = m.values(iri, IS_A, "ontologie")
        part = next((_KINDS[kind] for kind in kinds if kind in _KINDS), "")
        if part:
            parts["eigenschappen" if part == "relaties" and iri in of_claims else part].append(iri)
    return {
        part: sorted(terms, key=lambda term: (fold(m.name(term, "nl").words), term)) for part, terms in parts.items()
    }


def _claim_model(m: Material) -> Collection[str]:
    """Our properties that claims, evidence, letters and other records have, not the entities."""
    records = (ID + "bewering/", ID + "bewijs/", ID + "grootheid/", ID + "dekking/", ID + "periode/")
    found = {
        fact.predicate
        for iri, facts in m.about.items()
        if iri.startswith(records)
        for fact in facts
        if not fact.graph.startswith("inferred")
    }
    found |= {fact.predicate for letter in m.letters for fact in m.about[letter] if fact.graph == "brief"}
    return {term for term in found if term.startswith(RG)} | {RG + "bestaansstatus", RG + "citaat", RG + "status"}


def _uses(m: Material) -> Uses:
    rows: dict[str, list[Row]] = defaultdict(list)
    subjects: dict[str, Counter[str]] = defaultdict(Counter)
    objects: dict[str, Counter[str]] = defaultdict(Counter)
    for row in m.rows:
        rows[row.predicate].append(row)
        for end, count in ((row.subject, subjects), (row.object, objects)):
            kind = m.classes.get(end)
            if kind is not None and row.predicate != IS_A:
                count[row.predicate][kind] += 1
                rows[kind].append(row)
        if row.predicate == IS_A:
            rows[row.object].append(row)
    return Uses(rows, subjects, objects)


def _asked(questions: Mapping[str, Query]) -> dict[str, list[str]]:
    """For each term the questions whose text has it."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, query in sorted(questions.items()):
        for token in sorted(set(names_in(query.text))):
            iri = token[1:-1] if token.startswith("<") else expand(token)
            if iri and iri.startswith((RG, TOOI_TERMS)):
                found[iri].append(name)
    return found


def _inverses(m: Material) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for iri in sorted(m.about):
        for other in m.values(iri, OWL + "inverseOf", "ontologie"):
            found[iri].append(other)
            found[other].append(iri)
    return found
