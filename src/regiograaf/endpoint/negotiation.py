"""Which form of an answer a client takes (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["GRAPHS", "PAGE", "RESULTS", "Offer", "choose", "takes_gzip"]

Offer = tuple[str, str]
"""Media type, and the extension that the engine knows the form by."""

RESULTS: tuple[Offer, ...] = (
    ("application/sparql-results+json", "json"),
    ("application/sparql-results+xml", "srx"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
    ("application/json", "json"),
    ("application/xml", "srx"),
    ("text/xml", "srx"),
)
GRAPHS: tuple[Offer, ...] = (
    ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ("application/n-triples", "nt"),
    ("application/rdf+xml", "rdf"),
    ("application/n-quads", "nq"),
    ("application/trig", "trig"),
    ("text/n3", "n3"),
    ("application/json", "jsonld"),
    ("application/xml", "rdf"),
    ("text/xml", "rdf"),
    ("text/plain", "nt"),
)
PAGE: Offer = ("text/html", "html")

_RANGE = re.compile(r"^\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*(?:;|$)")
_WEIGHT = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


@lru_cache(maxsize=512)
def choose(accept: str, offers: Sequence[Offer]) -> Offer | None:
    """The offer that the client likes best; of equals the one that is offered first. None when it takes none.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml", RESULTS)
    ('application/sparql-results+xml', 'srx')
    """
    if not accept.strip():
        return offers[0]
    ranges = []
    for part in accept.split(","):
        if match := _RANGE.match(part):
            given = _WEIGHT.search(part)
            ranges.append((match[1].lower(), match[2].lower(), float(given[1]) if given else 1.0))
    best, liked = None, 0.0
    for offer in offers:
        weight = _weight(offer[0], ranges)
        if weight > liked:
            best, liked = offer, weight
    return best


def _weight(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """What the most specific range that fits says of a media type."""
    kind, _, form = media_type.partition("/")
    fits = [
        ((a != "*") + (b != "*"), weight)
        for a, b, weight in ranges
        if (a in ("*", kind) and b == "*") or (a, b) == (kind, form)
    ]
    return max(fits)[1] if fits else 0.0


def takes_gzip(header: str) -> bool:
    """Whether Accept-Encoding takes gzip."""
    for part in header.split(","):
        name, _, rest = part.strip().partition(";")
        if name.strip().lower() in ("gzip", "*"):
            weight = re.search(r"q\s*=\s*([0-9.]+)", rest)
            return weight is None or float(weight[1].strip(".") or 0) > 0
    return False
