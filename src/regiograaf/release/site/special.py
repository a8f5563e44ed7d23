"""Pages with a look of their own: the map, the report, and the page for what is not there; and what all share."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
from markupsafe import Markup

from regiograaf import kept, names
from regiograaf.plots.colours import colours
from regiograaf.prefixes import BASE, ID, TOOI
from regiograaf.projection import project
from regiograaf.release.site.addresses import LANGUAGES, named, page_of
from regiograaf.release.site.back import with_way_back
from regiograaf.release.site.rendering import HERE, Site, style_hash
from regiograaf.report import report

__all__ = ["write"]

_IRI = re.compile(r'href="((?:' + re.escape(ID) + "|" + re.escape(TOOI) + r')[^"]+)"')
_MISSING = {
    "nl": ("Deze bladzijde is er niet", "Wat u zoekt staat hier niet, of niet meer. Begin bij", "de startpagina"),
    "en": ("This page is not there", "What you look for does not stand here, or no longer. Begin at", "the front page"),
}
_REPORT = (
    "Report",
    "The report of the letters, with its figures, is in Dutch only. The questions, the map and the pages of letters "
    "and entities have the same content in English.",
    "To the report in Dutch",
)
_MAP = (
    "Map",
    "The map is one page in both languages: who works with whom, on what, and whether it exists yet. A click on a line "
    "leads to the claims behind it.",
    "Open the map in English",
)


def write(site: Site, store: ox.Store, root: Path) -> None:
    """Style sheet, search script, map, report and the page for a wrong address."""
    style = _palette() + (HERE.parents[1] / "pages" / "base.css").read_text(encoding="utf-8")
    style += (HERE / "static" / "site.css").read_text(encoding="utf-8")
    site.write("static/site.css", style.replace("\r\n", "\n"))
    site.write("static/search.js", (HERE / "static" / "search.js").read_text(encoding="utf-8"))
    network = project(store, inferred=True)
    page = kept.map_page(network, root)
    site.write("kaart.html", with_way_back(site, page, "kaart", languages=LANGUAGES))
    told = report(
        site.material.build, network, names.labels(store), measured=kept.measures(network, root), draw=kept.plot
    )
    html = _IRI.sub(lambda found: f'href="{page_of(found[1], "nl")}"', told.html)
    site.write("verslag.html", with_way_back(site, html, "verslag", twin=named("verslag", "en")))
    for path, address, words in (("verslag", "verslag.html", _REPORT), ("kaart", "kaart.html#taal=en", _MAP)):
        _pointer(site, path, address, words)
    _missing(site, style)


def _palette() -> str:
    """The colours of the map as custom properties, light and dark."""
    pairs = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in colours().items())
    return f":root{{color-scheme:light dark;{pairs}}}\n"


def _pointer(site: Site, path: str, address: str, words: tuple[str, str, str]) -> None:
    """An English page that leads to what has one file for both languages, or only a Dutch one."""
    title, lead, link = words
    body = Markup('<p class="lead">{}</p><p><a href="{}">{}</a></p>').format(lead, address, link)
    site.page(
        "prose.html.j2",
        path,
        "en",
        title=title,
        values={"body": body, "lead": "", "note": "", "english": "", "groups": ()},
    )


def _missing(site: Site, style: str) -> None:
    """The page for what is not there: it may be shown at any address, so its links and style depend on none."""
    for language in LANGUAGES:
        title, words, link = _MISSING[language]
        text = site.template("missing.html.j2", language).render(
            lang=language,
            title=title,
            words=words,
            link=link,
            home=BASE + named("index", language),
            style=Markup(style),
            policy=(
                f"default-src 'none'; style-src {style_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'"
            ),
        )
        site.write(named("404", language), text)
