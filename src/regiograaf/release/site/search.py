"""Search over the pages, in the page itself: an index as a script, so that it also works from disk."""

from __future__ import annotations

from pathlib import Path

from regiograaf.release.site.addresses import Language
from regiograaf.release.site.rendering import Site, embed
from regiograaf.release.site.words import MENU

__all__ = ["write"]

HERE = Path(__file__).parent
_WORDS = {
    "nl": {
        "label": "Zoek op naam, woord of sleutel",
        "none": "Niets gevonden.",
        "found": "{n} gevonden",
        "first": "{n} gevonden; de eerste {m} staan hier",
        "without": "Zoeken vraagt JavaScript. Zonder leiden de lijsten in het menu naar elke bladzijde.",
    },
    "en": {
        "label": "Search for a name, word or key",
        "none": "Nothing found.",
        "found": "{n} found",
        "first": "{n} found; the first {m} stand here",
        "without": "Searching needs JavaScript. Without it the lists in the menu lead to every page.",
    },
}


def write(site: Site, language: Language) -> None:
    """The search page, its script, and the index of everything that was written before."""
    kinds = sorted({kind for _, _, kind, _ in site.entries[language]})
    place = {kind: i for i, kind in enumerate(kinds)}
    rows = [[name, address, place[kind], also] for name, address, kind, also in site.entries[language]]
    index = embed({"kinds": kinds, "rows": rows})
    site.write(f"static/index-{language}.js", f"'use strict';\nwindow.regiograafIndex = {index};\n")
    site.page(
        "search.html.j2",
        "zoeken",
        language,
        title=dict(MENU[language])["zoeken"],
        scripts=(f"index-{language}.js", "search.js"),
        values={"say": _WORDS[language]},
    )
