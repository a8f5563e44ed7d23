"""The page of a claim: its content, how it is said, and where; and the pages of its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape

from regiograaf.claims import Period, Quantity
from regiograaf.prefixes import PREFIXES
from regiograaf.release.site.addresses import Language, named, page_of, path_of, up
from regiograaf.release.site.material import Material, Place, Row, Text
from regiograaf.release.site.rendering import Site, spoken, tongue
from regiograaf.release.site.words import MENU, WORDS

__all__ = ["write"]

PARTS = ("doel", "positie", "anker")
"""What a piece of evidence is made of, as Web Annotation has it: target, position, quote."""


def write(site: Site, language: Language) -> None:
    """A page for each claim, each piece of its evidence, and the parts of that."""
    pages = Claims(site, language)
    for row in site.material.rows:
        pages.claim(row)
        for place in row.places:
            pages.evidence(row, place)


def pages(m: Material) -> set[str]:
    """The IRIs that have a page here."""
    found = set(m.row)
    for row in m.rows:
        for place in row.places:
            found.update((place.iri, *(f"{place.iri}/{part}" for part in PARTS)))
    return found


class Claims:
    """The pages of claims and evidence in one language."""

    def __init__(self, site: Site, language: Language) -> None:
        self.site, self.language = site, language
        self.m: Material = site.material
        self.w = WORDS[language]
        self.nl = tongue(Text("", "nl"), language)
        self.letters = (named("brieven", language), MENU[language][0][1])
        self.withheld = {tuple(map(str, kept.content)) for kept in self.m.build.withheld}

    def claim(self, row: Row) -> None:
        path = path_of(row.iri)
        assert path is not None
        ups, says = up(path), self.m.says(row, self.language)
        content = (row.subject, row.predicate, row.object)
        status = self.w.not_asserted
        if row.claim.asserts:
            status = self.w.withheld if content in self.withheld else self.w.asserted
        self.site.page(
            "claim.html.j2",
            path,
            self.language,
            title=says,
            iri=row.iri,
            crumbs=(self.letters, self._letter(row.places[0])),
            jsonld=self.site.described(row.iri),
            formats=True,
            values={
                "modality": self.site.modality(row.modality, self.language),
                "meaning": self.m.told(
                    PREFIXES["modaliteit"] + row.modality, PREFIXES["skos"] + "definition", self.language
                ),
                "denied": row.denied,
                "status": status,
                "known": self._facts(row, ups),
                "places": [self._place(place, ups) for place in row.places],
                "citation": self.site.cited(row.iri, f"Claim {row.keys[0]}. "),
            },
        )
        self.site.entries[self.language].append((says.words, page_of(row.iri, self.language) or "", self.w.claim, ""))

    def _letter(self, place: Place) -> tuple[str, str]:
        words = Markup(f"<span{self.nl}>{escape(self.m.short[place.letter])}</span>")
        return page_of(place.letter, self.language) or "", words

    def _facts(self, row: Row, ups: str) -> list[tuple[str, list[Markup]]]:
        claim, w = row.claim, self.w

        def links(iris: Iterable[str]) -> list[Markup]:
            return [self.site.link(iri, self.language, ups) for iri in iris]

        found = [
            (w.subject, links([row.subject])),
            (w.relation, links([row.predicate])),
            (w.object, links([row.object])),
            (w.speaker, links([str(claim.speaker)])),
            (w.addressee, links([str(claim.addressee)] if claim.addressee else [])),
            (w.programme, links(sorted(row.programmes))),
            (w.quoted_from, links(sorted(row.quoted))),
            (w.theme, links(sorted(row.themes))),
            (w.period, [self._period(claim.period, ups)] if claim.period else []),
            (w.quantity, [self._quantity(quantity, ups) for quantity in claim.quantities]),
            (w.key, [Markup(f"<code>{escape(key)}</code>") for key in row.keys]),
            (w.identifier, [Markup(f"<code>{escape(row.iri)}</code>")]),
        ]
        return [(label, values) for label, values in found if values]

    def _period(self, period: Period, ups: str) -> Markup:
        return self.site.link(str(period.iri), self.language, ups)

    def _quantity(self, quantity: Quantity, ups: str) -> Markup:
        return self.site.link(str(quantity.iri), self.language, ups)

    def _place(self, place: Place, ups: str) -> dict[str, Any]:
        return {
            "address": ups + (page_of(place.iri, self.language) or ""),
            "letter": self.site.link(place.letter, self.language, ups),
            "section": place.section,
            "anchor": place.anchor,
            "begin": place.begin,
            "end": place.end,
            "quote": place.quote,
        }

    def evidence(self, row: Row, place: Place) -> None:
        """The page of a piece of evidence, and one that its target and its selectors share."""
        path, w, nl = path_of(place.iri), self.w, self.nl
        assert path is not None
        says = self.m.says(row, self.language)
        jsonld = self.site.described(place.iri, *(f"{place.iri}/{part}" for part in PARTS))
        for depth, own, same in ((2, path, ""), (3, f"{path}/{PARTS[0]}", place.iri)):
            ups = "../" * depth
            rows: list[tuple[str, list[Markup]]] = [
                (
                    w.claim,
                    [
                        Markup(
                            f'<a href="{ups}{page_of(row.iri, self.language)}"{tongue(says, self.language)}>'
                            f"{escape(says.words)}</a>"
                        )
                    ],
                ),
                (w.modality, [self._modality(row)]),
                (w.letter, [self.site.link(place.letter, self.language, ups)]),
                (w.section, [spoken(Text(place.section, "nl"), self.language)]),
                (w.anchor, [Markup(f"<q{nl}>{escape(place.anchor)}</q>")]),
                (w.at, [Markup(f"{place.begin}–{place.end}")]),
            ]
            if place.quote:
                rows.append((w.quote, [Markup(f"<q{nl}>{escape(place.quote)}</q>")]))
            self.site.page(
                "small.html.j2",
                own,
                self.language,
                title=f"{w.evidence_of}: {row.keys[0]}",
                iri=place.iri,
                crumbs=(self.letters, self._letter(place)),
                jsonld=jsonld,
                formats=True,
                same=same,
                values={"known": rows},
            )
        for part in PARTS[1:]:
            self.site.also(named(f"{path}/{part}", self.language), named(f"{path}/{PARTS[0]}", self.language))

    def _modality(self, row: Row) -> Markup:
        found = self.site.modality(row.modality, self.language)
        return found + Markup(f' <b class="no">{self.w.denied}</b>') if row.denied else found
