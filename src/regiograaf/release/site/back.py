"""A way back to the site for pages with a look of their own, the map and the report: a small menu above their header.

Only the release has it: the files of `regiograaf build` and `regiograaf map` stand alone. It brings a style element and
no script, which the policy of these pages allows; on paper it is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from regiograaf.errors import ReleaseError
from regiograaf.release.site.addresses import Language, named
from regiograaf.release.site.rendering import Site
from regiograaf.release.site.words import MENU, WORDS

__all__ = ["with_way_back"]

_SHOWN = ("brieven", "entiteiten", "vragen", "kaart", "verslag", "zoeken")


def with_way_back(site: Site, page: str, here: str, *, twin: str = "", languages: Sequence[Language] = ("nl",)) -> str:
    """The page with a menu in each of its languages; it shows that of the language that the page is in at the time.

    `here` is the path of the page, `twin` the address of what it has in English, where that is another page.

    Raises ReleaseError when the page has no head or header.
    """
    menus = [
        {
            "language": language,
            "label": WORDS[language].site,
            "home": named("index", language),
            "pages": [(site.main(path, language), words, path == here) for path, words in _menu(language)],
        }
        for language in languages
    ]
    text = site.template("back.html.j2", "nl").render(menus=menus, twin=twin, w=WORDS["nl"], several=len(menus) > 1)
    style, _, menu = text.partition("</style>\n")
    head, closes, rest = page.partition("</head>")
    before, opens, after = rest.partition("<header")
    if not closes or not opens:
        raise ReleaseError(f"{here}.html: without head or header the menu has no place. Put both in its template.")
    return f"{head}{style}</style>\n{closes}{before}{menu}{opens}{after}"


def _menu(language: Language) -> list[tuple[str, str]]:
    return [(path, words) for path, words in MENU[language] if path in _SHOWN]
