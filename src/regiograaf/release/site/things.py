"""The pages of individuals: entities, letters, themes, and the smaller things that claims are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from regiograaf.names import fold
from regiograaf.prefixes import BASE, GRAPHS, ID, PREFIXES, TOOI_TERMS, shrink
from regiograaf.release.artefacts.data import graph_title
from regiograaf.release.site import claims
from regiograaf.release.site.addresses import Language, named, page_of, path_of, up
from regiograaf.release.site.ego import Tie, ego
from regiograaf.release.site.items import Group, Items, packed
from regiograaf.release.site.material import IS_A, USES, Fact, Row, Text
from regiograaf.release.site.rendering import Crumbs, Site, spoken, tongue
from regiograaf.release.site.values import number, written
from regiograaf.release.site.words import EXISTS, MENU, WORDS

__all__ = ["write"]

RG, RDFS, SKOS, DCTERMS, OWL, SCHEMA = (PREFIXES[name] for name in ("rg", "rdfs", "skos", "dcterms", "owl", "schema"))
_LETTER, _THEME, _MODALITY = ID + "brief/", ID + "thema/", PREFIXES["modaliteit"]
_COVERAGE = ID + "dekking/"
_MEMBER = {
    PREFIXES["org"] + "member": ("lid", "member"),
    PREFIXES["org"] + "organization": ("organisatie", "organisation"),
}
_KNOWN: Mapping[str, tuple[str, str]] = {
    SKOS + "definition": ("omschrijving", "definition"),
    SKOS + "scopeNote": ("toelichting", "scope note"),
    SKOS + "broader": ("ruimer", "broader"),
    SKOS + "narrower": ("nauwer", "narrower"),
    SKOS + "related": ("verwant", "related"),
    SKOS + "exactMatch": ("hetzelfde als", "exact match"),
    SKOS + "closeMatch": ("komt dicht bij", "close match"),
    SKOS + "broadMatch": ("valt onder", "broad match"),
    SKOS + "relatedMatch": ("verwant aan", "related match"),
    SKOS + "notation": ("code", "notation"),
    SKOS + "inScheme": ("lijst", "scheme"),
    SKOS + "hasTopConcept": ("begrippen", "concepts"),
    DCTERMS + "title": ("titel", "title"),
    DCTERMS + "description": ("omschrijving", "description"),
    DCTERMS + "source": ("bron", "source"),
    DCTERMS + "date": ("datum", "date"),
    DCTERMS + "license": ("licentie", "licence"),
    DCTERMS + "creator": ("maker", "creator"),
    RDFS + "comment": ("aanduiding in de brieven", "wording in the letters"),
    DCTERMS + "identifier": ("sleutel", "key"),
    PREFIXES["rdf"] + "subject": ("onderwerp", "subject"),
    PREFIXES["rdf"] + "predicate": ("relatie", "relation"),
    PREFIXES["rdf"] + "object": ("voorwerp", "object"),
    PREFIXES["prov"] + "wasAttributedTo": ("volgens", "according to"),
    RDFS + "seeAlso": ("elders", "elsewhere"),
    SCHEMA + "sameAs": ("hetzelfde elders", "same thing elsewhere"),
    PREFIXES["prov"] + "wasDerivedFrom": ("geschreven uit", "taken from"),
    **_MEMBER,
}
"""Properties of others that pages show, and what they are called; our own have their label."""
_FIRST = tuple(
    RG + name
    for name in (
        *("onderwerp", "afzender", "ontvanger", "regio", "kenmerk"),
        *("vroegsteBegin", "laatsteBegin", "vroegsteEinde", "laatsteEinde"),
        *("waarde", "teller", "noemer", "eenheid", "rol", "nauwkeurigheid"),
        *("uitBrief", "anker", "begin", "eind", "reden"),
    )
)
"""Properties of ours in the order in which people ask for them; what is for machines comes after."""
_RANK = {predicate: i for i, predicate in enumerate((*_KNOWN, *_FIRST))}
_HIDDEN = frozenset({RG + "bestaansstatus", RG + "familie", RG + "bestuurslaag", RG + "lijnstijl", RG + "gewicht"})
_MULTILINGUAL = frozenset(
    {SKOS + "definition", SKOS + "scopeNote", DCTERMS + "title", DCTERMS + "description", SKOS + "altLabel"}
)
USED = 60
"""How many of those who use a thing are named."""
_NAMING = frozenset({DCTERMS + "title", RG + "verwoording", SKOS + "notation"})
"""What need not be said again under a heading that says it."""
Rows = list[tuple[str | Markup, list[Markup]]]


def write(site: Site, items: Items, language: Language) -> None:
    """A page for every individual that has no other."""
    things = Things(site, items, language)
    shown = claims.pages(site.material)
    for iri in sorted(site.material.iris):
        if iri not in shown:
            things.write(iri)


class Things:
    """The pages of individuals in one language."""

    def __init__(self, site: Site, items: Items, language: Language) -> None:
        self.site, self.items, self.language = site, items, language
        self.m, self.w = site.material, WORDS[language]
        self.place = 0 if language == "nl" else 1
        self.reasons = self._reasons()

    def write(self, iri: str) -> None:
        path = path_of(iri)
        assert path is not None
        ups, facts = up(path), self.m.about.get(iri, [])
        name, kind = self._name(iri, facts), self.m.classes.get(iri, "")
        letter = iri.startswith(_LETTER)
        groups = self.items.by_section(iri, self.language) if letter else self._claims(iri)
        parts = packed(groups)
        status = self._status(iri, facts)
        for here, part in enumerate(parts):
            own = path if here == 0 else f"{path}.{here + 1}"
            first = here == 0
            self.site.page(
                "thing.html.j2",
                own,
                self.language,
                title=name,
                iri=iri,
                twin=path,
                crumbs=self._crumbs(iri, kind),
                jsonld=self.site.described(iri) if first else None,
                formats=True,
                values={
                    "gone": any(fact.predicate == OWL + "deprecated" for fact in facts),
                    "replaced": self._replaced(facts, ups),
                    "lead": self._lead(kind, facts, ups),
                    "exists": EXISTS[status][self.place] if status in EXISTS else "",
                    "status": self._line(status),
                    "known": self._data(iri, facts, ups, name.words) if first else [],
                    "around": self._around(iri, name, ups) if first and kind else "",
                    "groups": part,
                    "claims_title": self._claims_title(iri, kind),
                    "total": len(self._rows(iri)) if not letter else sum(len(items) for _, items in groups),
                    "nothing": "" if groups else self._nothing(iri, kind, facts),
                    "parts": [
                        named(path.rsplit("/", 1)[-1] + (f".{n + 1}" if n else ""), self.language)
                        for n in range(len(parts))
                    ],
                    "here": here,
                    "more": self._more(iri, facts, ups) if first else [],
                    "citation": self.site.cited(iri if iri.startswith(ID) else BASE + path),
                },
            )
        what = self._kind(iri, kind, facts)
        if what:
            also = " ".join(fact.value for fact in facts if fact.predicate == SKOS + "altLabel")
            self.site.entries[self.language].append((name.words, page_of(iri, self.language) or "", what, also))

    def _kind(self, iri: str, kind: str, facts: Sequence[Fact]) -> str:
        """What to call the kind of a thing that can be searched for; "" for what has no name of its own."""
        if iri.startswith(_THEME):
            return str(self.w.theme)
        if not kind and iri in self.m.names[self.language]:
            kind = next((f.value for f in facts if f.predicate == IS_A and f.value.startswith(RG)), "")
            kind = kind or next((f.value for f in facts if f.predicate == SKOS + "inScheme"), "")
        return self.m.name(kind, self.language).words if kind else ""

    def _name(self, iri: str, facts: Sequence[Fact]) -> Text:
        """A name for the heading; what has none is called by its kind and key."""
        if iri in self.m.names[self.language]:
            if not iri.startswith(_LETTER):
                return self.m.name(iri, self.language)
            name = self.m.told(iri, RDFS + "label", self.language) or self.m.name(iri, self.language)
            return Text(name.words[:1].upper() + name.words[1:], name.language)
        if any(fact.predicate in _MEMBER for fact in facts):
            return self.m.name(iri, self.language)
        if iri.startswith(GRAPHS):
            said = graph_title(iri.removeprefix(GRAPHS))[self.place]
            return Text(f"{self.w.graph}: {said}")
        if iri.startswith(_COVERAGE):
            return Text(f"{self.w.sentence_without}: {iri.removeprefix(_COVERAGE)}")
        return Text(shrink(iri))

    def _crumbs(self, iri: str, kind: str) -> Crumbs:
        menu = dict(MENU[self.language])
        if iri.startswith(_LETTER):
            return ((named("brieven", self.language), menu["brieven"]),)
        if iri.startswith(_THEME):
            return ((named("themas", self.language), menu["themas"]),)
        if iri.startswith(ID + "programma/"):
            return ((named("programmas", self.language), menu["programmas"]),)
        if kind:
            return ((named("entiteiten", self.language), menu["entiteiten"]),)
        return ((named("index", self.language), self.w.home),)

    def _lead(self, kind: str, facts: Sequence[Fact], ups: str) -> Markup:
        kinds = [kind] if kind else [f.value for f in facts if f.predicate == IS_A and f.value.startswith(RG)][:1]
        found = [_capital(self.site.link(one, self.language, ups)) for one in kinds]
        return Markup(". ").join(found) + "." if found else Markup("")

    def _status(self, iri: str, facts: Sequence[Fact]) -> str:
        found = next((fact.value for fact in facts if fact.predicate == RG + "bestaansstatus"), "")
        return found.rsplit("/", 1)[-1]

    def _line(self, status: str) -> dict[str, str] | None:
        """The state of existence as a word with its line."""
        if not status:
            return None
        base = _MODALITY if _MODALITY + status in self.m.about else ID + "bestaansstatus/"
        word = self.m.name(base + status, self.language).words
        return {"word": word, "stroke": self.m.strokes.get(status, "none")}

    def _replaced(self, facts: Sequence[Fact], ups: str) -> Markup:
        by = [fact.value for fact in facts if fact.predicate == DCTERMS + "isReplacedBy"]
        return Markup(", ").join(self.site.link(iri, self.language, ups) for iri in by)

    def _rows(self, iri: str) -> Sequence[Row]:
        return self.m.in_modality[iri] if iri in self.m.in_modality else self.m.on.get(iri, ())

    def _claims(self, iri: str) -> list[Group]:
        if iri in self.m.in_modality:
            return self.items.by_letter(self.m.in_modality[iri], self.language)
        return self.items.by_modality(self._rows(iri), self.language)

    def _nothing(self, iri: str, kind: str, facts: Sequence[Fact]) -> str:
        """What to say where no claim is listed; "" for what is no matter of claims."""
        if kind or iri.startswith(_THEME):
            return str(self.w.no_claims)
        if not facts and not iri.startswith(GRAPHS):
            return str(self.w.not_here)
        listed = any(fact.predicate == SKOS + "inScheme" for fact in facts)
        return str(self.w.not_used) if listed and iri not in self.m.used else ""

    def _claims_title(self, iri: str, kind: str) -> str:
        if iri.startswith(_LETTER):
            return str(self.w.claims_in_letter)
        return str(self.w.claims if kind or iri.startswith(_THEME) else self.w.claims_using)

    # ---- data

    def _data(self, iri: str, facts: Sequence[Fact], ups: str, name: str) -> Rows:
        """What the project itself says of a thing, claims and background aside; `name` stands above it already."""
        if iri.startswith(GRAPHS):
            return self._of_graph(iri, ups)
        rows: dict[str, list[Markup]] = {}
        also = [spoken(Text(f.value, f.language), self.language) for f in facts if self._alias(f)]
        if also:
            rows[self.w.also] = [Markup(", ").join(also)]
        letter = iri.startswith(_LETTER)
        graphs = {
            "entiteiten",
            "links",
            "themas",
            "ontologie",
            "codering",
            "catalogus",
            "dekking",
            "brief",
            "ingetrokken",
        }
        if iri not in self.m.classes:
            graphs.add("achtergrond")
        seen: set[tuple[str, str]] = set()
        for fact in sorted(facts, key=lambda fact: _RANK.get(fact.predicate, len(_RANK))):
            label = self._label(fact)
            said = letter and fact.predicate.startswith(RG) and not fact.literal and not self._header(fact)
            told = fact.graph in graphs or fact.predicate == SKOS + "narrower"
            if not label or said or not told or (fact.predicate, fact.value) in seen:
                continue
            if fact.predicate in _NAMING and fact.value == name:
                continue
            if fact.predicate in _MULTILINGUAL and fact.language not in ("", self.language) and self._has(facts, fact):
                continue
            seen.add((fact.predicate, fact.value))
            rows.setdefault(label, []).append(self._value(fact, ups))
        codes = [f for f in facts if f.predicate.startswith(TOOI_TERMS) and f.literal and f.graph == "achtergrond"]
        for fact in codes:
            rows.setdefault(self.m.name(fact.predicate, self.language).words, []).append(self._value(fact, ups))
        rows[self.w.identifier] = [Markup(f"<code>{escape(iri)}</code>")]
        return list(rows.items())

    def _of_graph(self, iri: str, ups: str) -> Rows:
        """How large a named graph is, the letter that it is of, and its file."""
        short = iri.removeprefix(GRAPHS)
        rows: Rows = [(self.w.triples, [escape(number(str(self.m.sizes.get(iri, 0)), self.language))])]
        kind, _, key = short.partition("/")
        if kind == "brief" and _LETTER + key in self.m.letters:
            rows.append((self.w.letter, [self.site.link(_LETTER + key, self.language, ups)]))
        address = f"dataset/graven/{short}.ttl"
        rows.append((self.w.file, [Markup('<a href="{}{}"><code>{}</code></a>').format(ups, address, address)]))
        rows.append((self.w.identifier, [Markup("<code>{}</code>").format(iri)]))
        return rows

    def _alias(self, fact: Fact) -> bool:
        return fact.predicate == SKOS + "altLabel" and fact.language in ("", self.language)

    def _has(self, facts: Iterable[Fact], wanted: Fact) -> bool:
        return any(fact.predicate == wanted.predicate and fact.language == self.language for fact in facts)

    def _label(self, fact: Fact) -> str:
        if fact.predicate in _HIDDEN:
            return ""
        if fact.predicate in _KNOWN:
            return _KNOWN[fact.predicate][self.place]
        return self.m.name(fact.predicate, self.language).words if fact.predicate.startswith(RG) else ""

    def _header(self, fact: Fact) -> bool:
        return fact.graph == "brief"

    def _value(self, fact: Fact, ups: str) -> Markup:
        if not fact.literal:
            return self.site.link(fact.value, self.language, ups)
        if fact.predicate == RG + "sha256":
            return Markup("<code>{}</code>").format(fact.value)
        words = written(fact.value, fact.datatype, self.language)
        if fact.predicate == RG + "lengte":
            words = f"{words} {self.w.characters}"
        return spoken(Text(words, fact.language), self.language)

    # ---- what is known from elsewhere, and what follows

    def _more(self, iri: str, facts: Sequence[Fact], ups: str) -> list[tuple[str, str, Rows]]:
        found = []
        uses = self._uses(iri, ups)
        if uses:
            found.append((self.w.used_by, "", uses))
        if iri in self.reasons:
            rows: Rows = [(self.site.link(why, self.language, ups), [escape(n)]) for why, n in self.reasons[iri]]
            found.append((self.w.without_claims, "", rows))
        if iri in self.m.classes:
            background = self._grouped((fact for fact in facts if fact.graph == "achtergrond"), iri, ups)
            if background:
                found.append((self.w.from_elsewhere, "", background))
            inferred = self._grouped((fact for fact in facts if fact.graph == "inferred"), iri, ups)
            if inferred:
                found.append((self.w.inferred, self.w.derived, inferred))
        return found

    def _uses(self, iri: str, ups: str) -> Rows:
        """Who uses a thing outside claims; of sentences without a claim, how many in each letter."""
        groups: dict[str, list[str]] = {}
        for predicate, subject in self.m.used.get(iri, ()):
            groups.setdefault(predicate, []).append(subject)
        rows: Rows = []
        for predicate, (nl, en) in USES.items():
            label = (nl, en)[self.place]
            subjects = groups.get(predicate, [])
            if predicate == RG + "reden":
                count = Counter(letter for one in subjects for letter in self.m.values(one, RG + "uitBrief"))
                subjects = sorted(count)
                texts = [
                    Markup("{} <small>{}</small>").format(self.site.link(one, self.language, ups), count[one])
                    for one in self._by_name(subjects)
                ]
            else:
                texts = [self.site.link(one, self.language, ups) for one in self._by_name(subjects)]
            if texts:
                rest = Markup(" <small>+{}</small>").format(len(texts) - USED) if len(texts) > USED else Markup("")
                rows.append((label, [Markup(", ").join(texts[:USED]) + rest]))
        return rows

    def _by_name(self, iris: Iterable[str]) -> list[str]:
        return sorted(iris, key=lambda iri: (fold(self.m.name(iri, self.language).words), iri))

    def _grouped(self, facts: Iterable[Fact], iri: str, ups: str) -> Rows:
        """Relations in our terms with what they lead to; what rests on the background says so."""
        groups: dict[str, list[tuple[str, Markup, bool]]] = {}
        for fact in facts:
            ours = fact.predicate.startswith(RG) or fact.predicate == DCTERMS + "source"
            kind = fact.predicate == IS_A and fact.value.startswith((RG, TOOI_TERMS)) and fact.graph == "inferred"
            if fact.literal or not (ours or kind) or fact.predicate in _HIDDEN:
                continue
            text = self.site.link(fact.value, self.language, ups)
            rests = (iri, fact.predicate, fact.value) in self.m.background
            label = self.w.kind if kind else self._label(fact)
            groups.setdefault(label, []).append((fold(self.m.name(fact.value, self.language).words), text, rests))
        return [(label, [self._resting(sorted(values))]) for label, values in sorted(groups.items())]

    def _resting(self, values: Sequence[tuple[str, Markup, bool]]) -> Markup:
        """What a relation leads to, in a row; what rests on the background says so, once where all of it does."""
        note = Markup(" <small>({})</small>")
        if len(values) > 1 and all(rests for _, _, rests in values):
            return Markup(", ").join(text for _, text, _ in values) + note.format(self.w.all_on_background)
        said = note.format(self.w.on_background)
        return Markup(", ").join(text + said if rests else text for _, text, rests in values)

    def _reasons(self) -> Mapping[str, list[tuple[str, int]]]:
        """For each letter: how many sentences have no claim on purpose, by reason."""
        count: dict[str, Counter[str]] = {}
        for facts in (self.m.about[iri] for iri in sorted(self.m.about) if iri.startswith(ID + "dekking/")):
            letter = next((fact.value for fact in facts if fact.predicate == RG + "uitBrief"), "")
            reason = next((fact.value for fact in facts if fact.predicate == RG + "reden"), "")
            if letter and reason:
                count.setdefault(letter, Counter())[reason] += 1
        return {
            letter: sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])) for letter, reasons in count.items()
        }

    # ---- the drawing

    def _around(self, iri: str, name: Text, ups: str) -> Markup:
        inward = self._ties((row for row in self.m.on[iri] if row.object == iri), "subject", ups)
        outward = self._ties((row for row in self.m.on[iri] if row.subject == iri), "object", ups)
        title = f"{self.w.map_around}: {name.words}"
        return ego(name.words, self.m.families.get(iri, "onderwerp"), inward, outward, title, self.w.more)

    def _ties(self, rows: Iterable[Row], end: str, ups: str) -> list[Tie]:
        count: Counter[tuple[str, str, str, bool]] = Counter()
        for row in rows:
            other: str = getattr(row, end)
            if other in self.m.classes and row.subject != row.object and row.predicate != IS_A:
                count[other, row.predicate, row.modality, row.denied] += 1
        found = []
        for (other, relation, modality, denied), n in count.items():
            name = self.m.name(other, self.language)
            found.append(
                Tie(
                    name=name.words,
                    tongue=tongue(name, self.language),
                    address=ups + (page_of(other, self.language) or ""),
                    family=self.m.families[other],
                    relation=self.m.name(relation, self.language).words,
                    modality=self._said(modality, denied),
                    stroke=self.m.strokes.get(modality, "none"),
                    denied=denied,
                    count=n,
                )
            )
        return sorted(found, key=lambda tie: (-tie.count, fold(tie.name), tie.address, tie.relation, tie.modality))

    def _said(self, modality: str, denied: bool) -> str:
        word = self.m.name(_MODALITY + modality, self.language).words
        return f"{word}, {self.w.denied}" if denied else word


def _capital(link: Markup) -> Markup:
    """A link whose words begin with a capital."""
    head, mark, words = link.partition(">")
    return Markup(head + mark + words[:1].upper() + words[1:])
