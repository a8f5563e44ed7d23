"""What a client asks for, as regular expressions that nginx and Apache both know (PCRE).

Neither can compare numbers, so there is one expression for each tenth of a weight (RFC 9110, section 12.4.2): of two
types within the same tenth, RDF goes before HTML, and of RDF the type that is named first.
"""

from __future__ import annotations

__all__ = ["FORMS", "MEDIA_TYPES", "PLACE_OF", "TEXTS", "languages", "types"]

FORMS = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/json": "jsonld",
    "application/n-quads": "ttl",
    "application/trig": "ttl",
    "application/x-turtle": "ttl",
    "text/n3": "ttl",
    "text/plain": "nt",
    "text/rdf+n3": "ttl",
    "application/sparql-query": "rq",
}
"""What a client asks for, and the ending of what it gets; where a document lacks that, it is Turtle.

Only of a question there is SPARQL; all else that is asked for it is answered with the page.
"""

MEDIA_TYPES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "rdf": "application/rdf+xml",
    "rq": "application/sparql-query",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "zip": "application/zip",
    "wasm": "application/wasm",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "txt": "text/plain",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "xml": "application/xml",
}
"""By ending, of every file that a release has."""

TEXTS = tuple(kind for kind in dict.fromkeys(MEDIA_TYPES.values()) if kind.startswith("text/"))
"""Media types whose header names the encoding."""

PLACE_OF = {"/vragen/": "/dataset/vragen.ttl"}
"""Pages whose RDF is part of a larger file."""

_PAGE = r"(?:text/html|(?:text|\*)/\*)"
_LANGUAGE = r"(?<rg_language>nl|en)(?:-[a-z0-9]+)*"
_WEIGHTS = (
    r"(?:;\s*q=1(?:\.0*)?)?",
    *(rf";\s*q=0?\.{tenth}\d*" for tenth in range(9, 0, -1)),
    r";\s*q=0?\.0+[1-9]\d*",
)
"""Highest first; what weighs 0 is not wanted."""


def types() -> list[tuple[str, bool]]:
    """Expressions over Accept, best first; each with whether it is one of RDF: its first group is then the type."""
    rdf = "(?<rg_type>" + "|".join(kind.replace("+", r"\+") for kind in FORMS) + ")"
    return [(_item(kinds, weight), kinds == rdf) for weight in _WEIGHTS for kinds in (rdf, _PAGE)]


def languages() -> list[str]:
    """Expressions over Accept-Language, best first; the first group of each is the language."""
    return [_item(_LANGUAGE, weight) for weight in _WEIGHTS]


def _item(kinds: str, weight: str) -> str:
    """An item of a list, with any parameters before its weight."""
    return rf"(?:^|,)\s*{kinds}\s*(?:;(?!\s*q=)[^,;]*)*{weight}\s*(?:,|$)"
