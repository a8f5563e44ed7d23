"""A JSON-LD context for reading and writing the data with plain names, and a frame that gives claims as trees."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rdflib import Literal
from rdflib.namespace import RDF

from regiograaf.dataset import Build
from regiograaf.namespaces import PREFIXES, RG, shrink
from regiograaf.release.artefacts.artefact import Artefact
from regiograaf.release.artefacts.forms import MEDIA_TYPES
from regiograaf.release.citation import DATASET, LICENCE, Citation

__all__ = ["context", "frame", "write_context"]

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_RG, _TYPE = str(RG), RDF.type
_META = frozenset({"ontologie", "uitlijning", "invoer"})


def context(build: Build) -> dict[str, Any]:
    """Names for every relation and class in the data: ours by their local name, those of others too where it is free.

    Whether values are IRIs, texts by language, or of one datatype is read from the data; a relation that mixes them
    gets a name and no more.
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    classes: set[str] = set()
    for graph, triples in build.graphs.items():
        of_terms = graph.rsplit("/", 1)[-1] in _META
        for _, p, o in triples:
            if p == _TYPE:
                if str(o).startswith(_RG):
                    classes.add(str(o))
            elif not (of_terms and not str(p).startswith(_RG)):
                kinds[str(p)].add(_kind(o))
    names: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type"}
    own = sorted(iri for iri in kinds if iri.startswith(_RG))
    taken = {iri.removeprefix(_RG) for iri in own}  # `thema` is a relation here, not the prefix of the themes
    names |= {
        prefix: {"@id": base, "@prefix": True} for prefix, base in sorted(PREFIXES.items()) if prefix not in taken
    }
    others = sorted(iri for iri in kinds if not iri.startswith(_RG))
    for iri in (*own, *others, *sorted(classes)):
        name = iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
        if name and name not in names:
            names[name] = _definition(iri, kinds.get(iri, set()))
    return {
        "@context": names,
    }


def _kind(value: object) -> str:
    if not isinstance(value, Literal):
        return "@id"
    if value.language:
        return "@language"
    return str(value.datatype or _STRING)


def _definition(iri: str, kinds: set[str]) -> Any:
    short = shrink(iri)
    only = next(iter(kinds)) if len(kinds) == 1 else ""
    if only == "@id":
        return {"@id": short, "@type": "@id"}
    if only == "@language":
        return {"@id": short, "@container": "@language"}
    if only and only != _STRING:
        return {"@id": short, "@type": shrink(only)}
    return short


def frame() -> dict[str, Any]:
    """Claims with their evidence, period and amounts inside; all else by its IRI."""
    return {
        "@context": f"{DATASET}/context.jsonld",
        "type": "Bewering",
        "@embed": "@always",
        "bewijs": {"@embed": "@always", **_by_iri("hasBody", "hasTarget", "uitBrief")},
        "periode": {"@embed": "@always"},
        "grootheid": {"@embed": "@always"},
        **_by_iri("subject", "predicate", "object", "modaliteit", "thema", "inProgramma"),
        **_by_iri("wasAttributedTo", "wasDerivedFrom", "geadresseerde"),
    }


def _by_iri(*names: str) -> dict[str, dict[str, str]]:
    return {name: {"@embed": "@never"} for name in names}


def write_context(build: Build, folder: Path, citation: Citation) -> Iterator[Artefact]:
    """Write `dataset/context.jsonld` and `dataset/frame.jsonld`."""
    said = {"dcterms:license": LICENCE, "dcterms:bibliographicCitation": citation.text}
    for name, content, title, description in (
        (
            "context",
            context(build) | said,
            {"nl": "Context voor JSON-LD", "en": "Context for JSON-LD"},
            {"nl": "Korte namen voor termen en relaties.", "en": "Short names for terms and relations."},
        ),
        (
            "frame",
            frame(),
            {"nl": "Frame voor JSON-LD", "en": "Frame for JSON-LD"},
            {"nl": "Beweringen als bomen, met hun bewijs.", "en": "Claims as trees, with their evidence."},
        ),
    ):
        path = f"dataset/{name}.jsonld"
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
        yield Artefact(path, MEDIA_TYPES["jsonld"], title, description)
