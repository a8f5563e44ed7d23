"""Lists that lead to the pages of individuals: letters, entities, programmes, themes; and the front page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from regiograaf.dataset import STATUS_ORDER
from regiograaf.names import fold
from regiograaf.prefixes import BASE, ID, PREFIXES
from regiograaf.release.artefacts import Artefact
from regiograaf.release.citation import DATASET
from regiograaf.release.site.addresses import Language, named, page_of
from regiograaf.release.site.items import packed
from regiograaf.release.site.material import Text
from regiograaf.release.site.rendering import Site, spoken, tongue
from regiograaf.release.site.values import written
from regiograaf.release.site.words import MENU, WORDS

__all__ = ["write"]

RG, SKOS, DCTERMS = PREFIXES["rg"], PREFIXES["skos"], PREFIXES["dcterms"]
ROOM = 74_000
_ORDER = ("bestaand", *(key for key in STATUS_ORDER if key not in ("bestaand", "beeindigd")), "beeindigd")
_LEADS = {
    "brieven": (
        "De brieven, met wie ze schreef, en hoeveel elke brief zegt in welke modaliteit.",
        "The letters, with who wrote them, and how much each says in which modality.",
    ),
    "entiteiten": (
        "Alles waarover de brieven iets zeggen, naar klasse. Wat volgens de brieven niet, nog niet of niet meer "
        "bestaat, heeft zijn modaliteit erbij.",
        "Everything that the letters say something of, by class. What does not, not yet or no longer exist according "
        "to the letters has its modality beside it.",
    ),
    "programmas": (
        "De programma's in de brieven: of ze bestaan, hoeveel beweringen er zijn, en in welke brieven.",
        "The programmes in the letters: whether they exist, how many claims there are, and in which letters.",
    ),
    "themas": (
        "De thema's van de beweringen, van ruim naar nauw, met het aantal beweringen.",
        "The themes of the claims, from broad to narrow, with the number of claims.",
    ),
}
_CAPTION = ("Beweringen per modaliteit en brief", "Claims by modality and letter")
_TOTAL = ("samen", "together")


def write(
    site: Site, questions: int, artefacts: Sequence[Artefact], dataset: Mapping[str, Any], language: Language
) -> None:
    """The lists, the files of the release, and the front page; `dataset` is the dataset as schema.org tells it."""
    lists = Lists(site, language)
    lists.letters()
    lists.entities()
    lists.programmes()
    lists.themes()
    lists.home(questions, dataset)
    lists.catalogue(artefacts, dataset)


class Lists:
    """The lists in one language."""

    def __init__(self, site: Site, language: Language) -> None:
        self.site, self.language, self.m = site, language, site.material
        self.w, self.place = WORDS[language], 0 if language == "nl" else 1
        self.menu = dict(MENU[language])

    def _page(self, path: str, template: str, name: str = "", **values: Any) -> None:
        name = name or path
        self.site.page(
            template,
            path,
            self.language,
            title=self.menu[name],
            twin=name,
            values={"lead": _LEADS[name][self.place], **values},
        )

    # ---- letters

    def letters(self) -> None:
        cards = []
        for letter in self.m.letters:
            rows = self.m.in_letter.get(letter, ())
            cards.append(
                {
                    "link": self.site.link(letter, self.language, ""),
                    "title": self.m.told(letter, DCTERMS + "title", self.language),
                    "kind": self.m.name(self.m.classes.get(letter, ""), self.language).words,
                    "facts": self._header(letter),
                    "total": len(rows),
                }
            )
        self._page("brieven", "letters.html.j2", cards=cards, table=self.table())

    def _header(self, letter: str) -> list[tuple[str, list[Markup]]]:
        found = []
        for predicate in ("afzender", "ontvanger", "regio", "datum", "kenmerk"):
            facts = [f for f in self.m.about[letter] if f.predicate == RG + predicate and f.graph == "brief"]
            values = [
                spoken(Text(written(f.value, f.datatype, self.language), f.language), self.language)
                if f.literal
                else self.site.link(f.value, self.language, "")
                for f in facts
            ]
            if values:
                found.append((self.m.name(RG + predicate, self.language).words, values))
        return found

    def table(self) -> Table:
        """How many claims each letter makes in each modality; a claim in two letters counts in both."""
        counts = {
            letter: Counter(row.modality for row in self.m.in_letter.get(letter, ())) for letter in self.m.letters
        }
        keys = [key for key in _ORDER if any(counts[letter][key] for letter in counts)]
        dutch = tongue(Text("", "nl"), self.language)
        head = [Markup("<span{}>{}</span>").format(dutch, self.m.short[letter]) for letter in self.m.letters]
        rows = [
            (self.site.modality(key, self.language), [counts[letter][key] for letter in self.m.letters]) for key in keys
        ]
        rows.append((Markup(_TOTAL[self.place]), [sum(counts[letter].values()) for letter in self.m.letters]))
        return Table(_CAPTION[self.place], self.w.modality, head, rows)

    # ---- entities

    def entities(self) -> None:
        groups: dict[str, list[str]] = {}
        for iri in self.m.entities:
            groups.setdefault(self.m.classes[iri], []).append(iri)
        named_groups = [
            (
                Markup("{} <small>{}</small>").format(self.site.link(kind, self.language, ""), len(iris)),
                [self._entity(iri) for iri in self._sorted(iris)],
            )
            for kind, iris in sorted(groups.items(), key=lambda pair: fold(self._word(pair[0])))
        ]
        pages = packed(named_groups, ROOM)
        addresses = [named("entiteiten" + (f".{n + 1}" if n else ""), self.language) for n in range(len(pages))]
        for here, groups_here in enumerate(pages):
            path = "entiteiten" + (f".{here + 1}" if here else "")
            self._page(path, "entities.html.j2", "entiteiten", groups=groups_here, parts=addresses, here=here)

    def _word(self, iri: str) -> str:
        return self.m.name(iri, self.language).words

    def _sorted(self, iris: Iterable[str]) -> list[str]:
        return sorted(iris, key=lambda iri: (fold(self._word(iri)), iri))

    def _entity(self, iri: str) -> Markup:
        status = self.m.values(iri, RG + "bestaansstatus")
        key = status[0].rsplit("/", 1)[-1] if status else ""
        mark = Markup(" ") + self.site.modality(key, self.language) if key not in ("", "bestaand", "onbekend") else ""
        n = len(self.m.on.get(iri, ()))
        return Markup("<li>{}{}{}</li>\n").format(
            self.site.link(iri, self.language, ""), mark, Markup(" <small>{}</small>").format(n) if n else ""
        )

    def programmes(self) -> None:
        rows = []
        order = {letter: place for place, letter in enumerate(self.m.letters)}
        for iri in self._sorted(iri for iri in self.m.entities if self.m.classes[iri] == RG + "Programma"):
            status = self.m.values(iri, RG + "bestaansstatus")
            key = status[0].rsplit("/", 1)[-1] if status else ""
            said = self.m.on.get(iri, [])
            letters = {place.letter for row in said for place in row.places}
            rows.append(
                {
                    "link": self.site.link(iri, self.language, ""),
                    "status": self._status(key),
                    "claims": len(said),
                    "letters": [self._short(letter) for letter in sorted(letters, key=order.__getitem__)],
                }
            )
        self._page("programmas", "programmes.html.j2", rows=rows)

    def _short(self, letter: str) -> Markup:
        """The short title of a letter, as a link."""
        mark = tongue(Text("", "nl"), self.language)
        return Markup('<a href="{}"{}>{}</a>').format(page_of(letter, self.language), mark, self.m.short[letter])

    def _status(self, key: str) -> Markup:
        if not key:
            return Markup("")
        if PREFIXES["modaliteit"] + key in self.m.about:
            return self.site.modality(key, self.language)
        return Markup('<span class="m l-none">{}</span>').format(self._word(ID + "bestaansstatus/" + key))

    def themes(self) -> None:
        themes = [iri for iri in self.m.about if iri.startswith(ID + "thema/")]
        above = {iri: [b for b in self.m.values(iri, SKOS + "broader") if b != iri] for iri in themes}
        below: dict[str, list[str]] = {}
        for iri, broader in above.items():
            for one in broader:
                below.setdefault(one, []).append(iri)
        roots = self._sorted(iri for iri in themes if not above[iri])

        def branch(iri: str, path: frozenset[str]) -> Markup:
            children = [child for child in self._sorted(below.get(iri, ())) if child not in path]
            inner = Markup("").join(branch(child, path | {child}) for child in children)
            n = len(self.m.on.get(iri, ()))
            return Markup("<li>{} <small>{}</small>{}</li>\n").format(
                self.site.link(iri, self.language, ""), n, Markup("<ul>{}</ul>").format(inner) if inner else ""
            )

        self._page("themas", "themes.html.j2", themes=[branch(iri, frozenset({iri})) for iri in roots])

    # ---- the front page

    def catalogue(self, artefacts: Sequence[Artefact], dataset: Mapping[str, Any]) -> None:
        """The files of the release, as a list for people."""
        rows = [
            {
                "path": artefact.path,
                "title": artefact.title[self.language],
                "about": artefact.description[self.language],
                "kind": artefact.media_type,
            }
            for artefact in sorted(artefacts, key=lambda artefact: artefact.path)
        ]
        self.site.page(
            "catalogue.html.j2",
            "catalogus",
            self.language,
            title=("Gegevens om te downloaden", "Data to download")[self.place],
            iri=BASE + "catalogus",
            jsonld=dataset,
            formats=True,
            values={
                "rows": rows,
                "lead": (
                    "Alle bestanden van deze uitgave, onder CC BY 4.0, met versie en aanhaling in elk bestand.",
                    "All files of this release, under CC BY 4.0, with version and citation in each.",
                )[self.place],
                "citation": self.site.cited(DATASET),
            },
        )

    def home(self, questions: int, dataset: Mapping[str, Any]) -> None:
        title = self.m.told(DATASET, DCTERMS + "title", self.language) or Text(self.site.citation.title, "en")
        existing = sum(row.claim.asserts for row in self.m.rows)
        counts = {
            "letters": len(self.m.letters),
            "claims": len(self.m.rows),
            "entities": len(self.m.entities),
            "existing": existing,
            "others": len(self.m.rows) - existing,
            "questions": questions,
        }
        self.site.page(
            f"home.{self.language}.html.j2",
            "index",
            self.language,
            title=title,
            iri=DATASET,
            jsonld=dataset,
            values={
                "lead": self.m.told(DATASET, DCTERMS + "description", self.language),
                "n": counts,
                "table": self.table(),
                "letters": [self.site.link(letter, self.language, "") for letter in self.m.letters],
            },
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers; the last row is the sum."""

    caption: str
    corner: str
    head: Sequence[Markup]
    rows: Sequence[tuple[Markup, Sequence[int]]]
