"""One file of a release, and what the description of the dataset says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import URIRef

__all__ = ["Artefact"]


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file that is published: where it is, what it is, and which named graphs it holds."""

    path: str
    """Relative to the folder of the release, with `/`."""
    media_type: str
    title: Mapping[str, str]
    """By language: nl, en."""
    description: Mapping[str, str]
    """By language: nl, en."""
    graphs: tuple[URIRef, ...] = ()
    """The named graphs whose triples are in it, sorted; none for what is no data of ours."""
