"""Claims and nodes as columns of numbers: a key is written once, and what returns stands once, in a list of its own."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from operator import sub
from typing import Any

from regiograaf.maps.codes import Texts, coded
from regiograaf.maps.reading import Passage, Reading, follows
from regiograaf.maps.tables import each, numbering

__all__ = ["claims", "index", "paraphrases", "places", "reasons", "short"]

REGISTERS = {
    "Wikidata": re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)"),
    "EU": re.compile(r"https?://publications\.europa\.eu/resource/authority/[\w-]+/([\w-]+)"),
    "ROR": re.compile(r"https?://ror\.org/(\w+)"),
    "TOOI": re.compile(r"https?://identifier\.overheid\.nl/tooi/id/\w+/(\w+)"),
}
"""Registers by the name that people know, with the addresses of what they identify."""


def index(values: Iterable[Hashable]) -> tuple[list[int], list[Any]]:
    """Values by number, and the list that the numbers point into, in order of first appearance.

    >>> index("abba")
    ([0, 1, 1, 0], ['a', 'b'])
    """
    number = numbering()
    return each(number, values), list(number)


def places(points: Iterable[tuple[float, float]]) -> dict[str, Any]:
    """Coordinates as whole pixels from the corner, which is given."""
    xs, ys = [list(map(round, along)) for along in zip(*points, strict=True)] or ([], [])
    left, top = min(xs, default=0), min(ys, default=0)
    return {"corner": [left, top], "x": coded(x - left for x in xs), "y": coded(y - top for y in ys)}


def claims(reading: Reading, origins: Sequence[str], texts: Texts) -> dict[str, Any]:
    """The claims in the order of the page, and their passages, which follow each other."""
    said, iris = reading.said, [claim[2] for claim in reading.claims]
    origin = said["origin"]
    head = _head([iri for iri, from_ in zip(iris, origin, strict=True) if from_ != "inferred"])
    number = {key: i for i, key in enumerate(origins)}
    columns = {
        "relation": index(zip(said["relation"], said["relation_en"], said["predicate"], strict=True)),
        "themes": index(map(tuple, said["themes"])),
        "period": index(said["period"]),
        "dates": index([_dates(of) if of else () for of in said["dates"]]),
        "quantities": index([_pairs(of) if of else () for of in said["quantities"]]),
        "speaker": index(said["speaker"]),
    }
    return {
        "head": head,
        "key": [iri.removeprefix(head) for iri in iris],
        "columns": {name: coded(numbers) for name, (numbers, _) in columns.items()}
        | {
            "denied": coded(said["denied"]),
            "origin": coded(each(number, origin)),
            "present": coded(map(bool, said["present"])),
            "passages": coded(map(len, reading.passages)),
        },
        "lists": {name: values for name, (_, values) in columns.items()},
        **_passages(reading, texts),
    }


def _dates(dates: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Earliest and latest begin, earliest and latest end."""
    return (*dates["begin"], *dates["end"])


def _pairs(quantities: Iterable[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((words["nl"], words["en"]) for words in quantities)


def _head(iris: Sequence[str]) -> str:
    """What the IRIs have in common, up to a slash or hash."""
    if len(iris) < 2:
        return ""
    first, last = min(iris), max(iris)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: max(first.rfind("/", 0, same), first.rfind("#", 0, same)) + 1]


def _passages(reading: Reading, texts: Texts) -> dict[str, Any]:
    number = {key: i for i, key in enumerate(reading.letters)}
    pieces = reading.pieces
    begin, anchor, quote = pieces["begin"], pieces["anchor"], pieces["quote"]
    section, sections = index(pieces["section"])
    columns = {
        "letter": each(number, pieces["letter"]),
        "section": section,
        "begin": begin,
        "length": list(map(sub, pieces["end"], begin)),
        "anchor": texts.all(anchor),
    }
    quoted = any(quote)
    if quoted:
        parts = list(map(_parts, quote, anchor))
        columns["before"] = [texts(before) + 1 if before or found else 0 for before, found, _ in parts]
        # From 1: a quote around the anchor. 0 is no quote, or one in which the anchor is not found.
        columns["after"] = [texts(after) + 1 if found else 0 for _, found, after in parts]
    return {
        "quoted": quoted,
        "sections": sections,
        "evidence": {name: coded(numbers) for name, numbers in columns.items()},
    }


def _parts(quote: str, anchor: str) -> tuple[str, str, str]:
    """A quote in three parts with its anchor in the middle; the whole of it where the anchor is not found in it."""
    return quote.partition(anchor) if quote and anchor else (quote, "", "")


def paraphrases(reading: Reading) -> dict[str, list[str]]:
    """Per claim what it says, in Dutch and English."""
    found = {}
    for name, suffix in (("dutch", ""), ("english", "_en")):
        found[name] = list(reading.said[f"paraphrase{suffix}"])
        for i in reading.derived:
            found[name][i] = found[name][i] or follows(reading.claims[i][3], suffix)
    return found


def reasons(reading: Reading, texts: Texts) -> dict[str, Any]:
    """Per row of an inferred relation why it holds; claims are named by their row, texts (nl, en) stored once.

    Empty without inferred relations, so that a page without them is as it was.
    """
    if not reading.derived:
        return {}
    pairs = numbering()
    why = {
        str(i): _reason(reading.claims[i][3]["derivation"], reading.passages[i], reading.rows, texts, pairs)
        for i in reading.derived
    }
    return {"why": why, "texts": list(pairs)}


def _reason(
    step: Mapping[str, Any], own: Sequence[Passage], rows: Mapping[str, int], texts: Texts, pairs: dict[Any, int]
) -> dict[str, Any]:
    def pair(name: str) -> int:
        return pairs[texts(step[name]), texts(step[f"{name}_en"])]

    said = step["said"]
    found = {
        "claims": sorted({rows[piece["claim"]] for piece in said if piece["claim"] in rows}),
        "own": [own.index(piece) for piece in said if piece["claim"] not in rows],
        "on": [_reason(premise, own, rows, texts, pairs) for premise in step["premises"]],
        "because": [pair("because")] if step["because"] else [],
    }
    words = {"says": [pair(name) for name in ("subject", "relation", "object")]}
    return words | {name: value for name, value in found.items() if value}


def short(label: str, url: str) -> str:
    """The register and code of an identifier whose label is its bare address or a prefixed name; else its label.

    >>> short("http://www.wikidata.org/entity/Q26421", "http://www.wikidata.org/entity/Q26421")
    'Wikidata Q26421'
    """
    if ":" in label and " " not in label:
        for register, address in REGISTERS.items():
            found = address.fullmatch(url)
            if found:
                return f"{register} {found[1]}"
    return label
