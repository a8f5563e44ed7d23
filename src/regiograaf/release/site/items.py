"""A claim as one line of a list: what it says, its modality, where it stands. Made once for each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from regiograaf.dataset import STATUS_ORDER
from regiograaf.names import fold
from regiograaf.prefixes import PREFIXES
from regiograaf.release.site.addresses import LANGUAGES, Language, page_of
from regiograaf.release.site.material import Row, Text
from regiograaf.release.site.rendering import Site, tongue
from regiograaf.release.site.words import WORDS

__all__ = ["Items", "packed"]

ROOM = 56_000
"""Bytes of claims on one page; the rest of it needs less than 40 kB."""
_RANK = {"bestaand": 0, **{key: i for i, key in enumerate(("", *STATUS_ORDER)) if key not in ("", "bestaand")}}
_DUTCH = Text("", "nl")
Group = tuple[Markup, Sequence[Markup]]


class Items:
    """Every claim as an item of a list, on pages two folders below the root."""

    UP = "../../"

    def __init__(self, site: Site) -> None:
        self.site, self.material = site, site.material
        self._of: dict[Language, dict[str, Markup]] = {language: {} for language in LANGUAGES}

    def item(self, row: Row, language: Language) -> Markup:
        found = self._of[language].get(row.iri)
        if found is None:
            found = self._of[language][row.iri] = self._item(row, language)
        return found

    def _item(self, row: Row, language: Language) -> Markup:
        dutch, says = tongue(_DUTCH, language), self.material.says(row, language)
        denied = f' <b class="no">{WORDS[language].denied}</b>' if row.denied else ""
        places = "".join(
            f' <span class="at">{self._letter(place.letter, language)} § <span{dutch}>{escape(place.section)}</span> '
            f"<q{dutch}>{escape(place.anchor)}</q></span>"
            for place in row.places
        )
        return Markup(
            f'<li><a href="{self.UP}{page_of(row.iri, language)}"{tongue(says, language)}>{escape(says.words)}</a> '
            f"{self.site.modality(row.modality, language)}{denied}{places}</li>\n"
        )

    def _letter(self, letter: str, language: Language) -> str:
        """The short title of a letter, as a link."""
        dutch = tongue(_DUTCH, language)
        return f'<a href="{self.UP}{page_of(letter, language)}"{dutch}>{escape(self.material.short[letter])}</a>'

    def by_modality(self, rows: Iterable[Row], language: Language) -> list[Group]:
        """Claims under a heading for each modality: first what exists, then what is nearest to it."""
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault(row.modality, []).append(row)
        found: list[Group] = []
        for key in sorted(groups, key=lambda key: (_RANK.get(key, 99), key)):
            name = self.material.name(PREFIXES["modaliteit"] + key, language)
            heading = Markup("{} <small>{}</small>").format(_capital(name.words), len(groups[key]))
            found.append((heading, [self.item(row, language) for row in groups[key]]))
        return found

    def by_letter(self, rows: Iterable[Row], language: Language) -> list[Group]:
        """Claims under each letter that makes them."""
        groups: dict[str, list[Row]] = {letter: [] for letter in self.material.letters}
        for row in rows:
            for letter in dict.fromkeys(place.letter for place in row.places):
                groups[letter].append(row)
        return [
            (
                Markup("{} <small>{}</small>").format(Markup(self._letter(letter, language)), len(found)),
                [self.item(row, language) for row in found],
            )
            for letter, found in groups.items()
            if found
        ]

    def by_section(self, letter: str, language: Language) -> list[Group]:
        """The claims of a letter in the order of its text, under the headings of its sections."""
        dutch = tongue(_DUTCH, language)
        at = [
            (place.begin, place.end, n, place.section, row)
            for n, row in enumerate(self.material.in_letter.get(letter, ()))
            for place in row.places
            if place.letter == letter
        ]
        seen: set[str] = set()
        groups: list[tuple[str, list[Markup]]] = []
        for _, _, _, section, row in sorted(at, key=lambda part: part[:3]):
            if row.iri in seen:
                continue
            seen.add(row.iri)
            if not groups or groups[-1][0] != section:
                groups.append((section, []))
            groups[-1][1].append(self.item(row, language))
        return [
            (Markup("<span{}>{}</span> <small>{}</small>").format(dutch, section, len(items)), items)
            for section, items in groups
        ]


def packed(groups: Iterable[Group], room: int = ROOM) -> list[list[Group]]:
    """The groups on as many pages as they need; a group that does not fit goes on under the same heading."""
    pages: list[list[Group]] = [[]]
    left = room
    for heading, items in groups:
        rest = list(items)
        while rest:
            taken: list[Markup] = []
            for text in rest:
                size = len(text.encode("utf-8"))
                if size > left and (taken or pages[-1]):
                    break
                taken.append(text)
                left -= size
            if taken:
                pages[-1].append((heading, taken))
            rest = rest[len(taken) :]
            if rest:
                pages.append([])
                left = room
    return pages


def alphabetical(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(name, anything) in the order of the alphabet, without regard to case and accents."""
    return sorted(names, key=lambda pair: (fold(pair[0]), pair))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
