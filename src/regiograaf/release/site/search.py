"""Search over the pages, in the page itself: an index as a script, so that it also works from disk."""

from __future__ import annotations

from collections.abc import Iterable

from regiograaf.release.site.addresses import Language
from regiograaf.release.site.rendering import Site, embed
from regiograaf.release.site.words import MENU

__all__ = ["write"]

Found = tuple[str, str, str]
"""What the manual has: name, address, other words."""
_WORDS = {
    "nl": {
        "label": "Zoek op naam, woord of sleutel",
        "lead": "Brieven, partijen, programma's, thema's, beweringen, begrippen, vragen en de handleiding.",
        "none": "Niets gevonden.",
        "found": "{n} gevonden",
        "first": "{n} gevonden; de eerste {m} staan hier",
        "without": "Zoeken vraagt JavaScript. Zonder leiden de lijsten in het menu naar elke bladzijde.",
        "manual": "handleiding, in het Engels",
    },
    "en": {
        "label": "Search for a name, word or key",
        "lead": "Letters, parties, programmes, themes, claims, terms, questions and the manual.",
        "none": "Nothing found.",
        "found": "{n} found",
        "first": "{n} found; the first {m} stand here",
        "without": "Searching needs JavaScript. Without it the lists in the menu lead to every page.",
        "manual": "manual",
    },
}


def write(site: Site, manual: Iterable[Found], language: Language) -> None:
    """The search page, its script, and the index of everything that was written before, and of the English manual."""
    say = _WORDS[language]
    entries = [*site.entries[language], *((name, address, say["manual"], also) for name, address, also in manual)]
    kinds = sorted({kind for _, _, kind, _ in entries})
    place = {kind: i for i, kind in enumerate(kinds)}
    rows = [[name, address, place[kind], also] for name, address, kind, also in entries]
    index = embed({"kinds": kinds, "english": place.get(say["manual"], -1), "rows": rows})
    site.write(f"static/index-{language}.js", f"'use strict';\nwindow.regiograafIndex = {index};\n")
    site.page(
        "search.html.j2",
        "zoeken",
        language,
        title=dict(MENU[language])["zoeken"],
        scripts=(f"index-{language}.js", "search.js"),
        values={"say": say},
    )
