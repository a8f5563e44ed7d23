"""Where the page of an IRI is in the site. Pages link to each other relatively, so that the site works from disk."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from regiograaf.errors import ReleaseError
from regiograaf.prefixes import BASE, ID, TOOI, TOOI_TERMS

__all__ = ["LANGUAGES", "Language", "anchor", "named", "page_of", "path_of", "up"]

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
DEF = BASE + "def"
PAGES = {BASE: "index", DEF: "def", BASE + "codeboek": "codeboek", BASE + "dataset": "catalogus"}
"""What the data cite that is a page of the site itself."""
MANUAL = BASE + "docs/"
_SAFE = re.compile(r"[\w~-][\w.~-]*\Z")
_ENDS = {"nl": ".html", "en": ".en.html"}


def named(path: str, language: Language) -> str:
    """The file of a page in a language: `brieven.html`, `brieven.en.html`."""
    return path + _ENDS[language]


@lru_cache(None)
def path_of(iri: str) -> str | None:
    """The page of an individual of ours or of TOOI, without its ending; None for an IRI that has no page of its own.

    Raises ReleaseError when the key of an individual cannot be a file name.
    """
    for base, folder in ((ID, "id/"), (TOOI, "tooi/")):
        if iri.startswith(base) and len(iri) > len(base):
            path = folder + iri[len(base) :]
            if path.endswith((".", ".en")) or not all(_SAFE.match(part) for part in path.split("/")):
                raise ReleaseError(f"{iri}: cannot be the name of a file. Use letters, digits and hyphens in its key.")
            return path
    return None


def anchor(term: str) -> str:
    """The name of a term within the page of the ontology."""
    local = re.split(r"[#/]", term)[-1]
    return f"tooiont-{local}" if term.startswith(TOOI_TERMS) else local


@lru_cache(None)
def page_of(iri: str, language: Language) -> str | None:
    """The address of an IRI from the root of the site, or None when it is somebody else's."""
    path = path_of(iri)
    if path is not None:
        return quote(named(path, language))
    if iri.startswith((DEF + "#", TOOI_TERMS)):
        return f"{named('def', language)}#{quote(anchor(iri))}"
    if iri in PAGES:
        return named(PAGES[iri], language)
    if iri.startswith(MANUAL) and _SAFE.match(iri.removeprefix(MANUAL)):
        return f"docs/{iri.removeprefix(MANUAL)}.html"
    return None


def up(path: str) -> str:
    """The way from a page to the root of the site.

    >>> up("id/regio/drechtsteden")
    '../../'
    """
    return "../" * path.count("/")
