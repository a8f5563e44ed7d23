"""Claims and nodes as columns of numbers: a key is written once, and what returns stands once, in a list of its own."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter, sub
from typing import Any

from regiograaf.maps.codes import Texts, coded
from regiograaf.maps.reading import Passage, Reading, follows

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
    once: dict[Hashable, int] = {}
    return [once.setdefault(value, len(once)) for value in values], list(once)


def places(points: Iterable[tuple[float, float]]) -> dict[str, Any]:
    """Coordinates as whole pixels from the corner, which is given."""
    xs, ys = [list(map(round, along)) for along in zip(*points, strict=True)] or ([], [])
    left, top = min(xs, default=0), min(ys, default=0)
    return {"corner": [left, top], "x": coded(x - left for x in xs), "y": coded(y - top for y in ys)}


_OF_CLAIM = itemgetter("relation", "relation_en", "predicate", "denied", "origin", "themes", "period", "speaker")
_OF_PASSAGE = itemgetter("letter", "section", "begin", "end", "anchor", "quote")


def claims(reading: Reading, origins: Sequence[str], texts: Texts) -> dict[str, Any]:
    """The claims in the order of the page, and their passages, which follow each other."""
    iris, attributes = _turned(map(itemgetter(2, 3), reading.claims), 2)
    *relation, denied, origin, themes, period, speaker = _turned(map(_OF_CLAIM, attributes), 8)
    head = _head([iri for iri, from_ in zip(iris, origin, strict=True) if from_ != "inferred"])
    number = {key: i for i, key in enumerate(origins)}
    columns = {
        "relation": index(zip(*relation, strict=True)),
        "themes": index(map(tuple, themes)),
        "period": index(period),
        "dates": index(_dates(a.get("dates")) for a in attributes),
        "quantities": index(_pairs(a.get("quantities")) for a in attributes),
        "speaker": index(speaker),
    }
    return {
        "head": head,
        "key": [iri.removeprefix(head) for iri in iris],
        "columns": {name: coded(numbers) for name, (numbers, _) in columns.items()}
        | {
            "denied": coded(map(int, denied)),
            "origin": coded(map(number.__getitem__, origin)),
            "present": coded(int(a.get("present", False)) for a in attributes),
            "passages": coded(map(len, reading.passages)),
        },
        "lists": {name: values for name, (_, values) in columns.items()},
        **_passages(reading, texts),
    }


def _turned(rows: Iterable[tuple[Any, ...]], width: int) -> Iterable[tuple[Any, ...]]:
    """Columns from rows."""
    return zip(*rows, strict=True) if (rows := list(rows)) else [()] * width


def _dates(dates: Mapping[str, Sequence[str]] | None) -> tuple[str, ...]:
    """Earliest and latest begin, earliest and latest end; nothing where the claim has no period."""
    return (*dates["begin"], *dates["end"]) if dates else ()


def _pairs(quantities: Iterable[Mapping[str, str]] | None) -> tuple[tuple[str, str], ...]:
    return tuple((words["nl"], words["en"]) for words in quantities) if quantities else ()


def _head(iris: Sequence[str]) -> str:
    """What the IRIs have in common, up to a slash or hash."""
    if len(iris) < 2:
        return ""
    first, last = min(iris), max(iris)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: max(first.rfind("/", 0, same), first.rfind("#", 0, same)) + 1]


def _passages(reading: Reading, texts: Texts) -> dict[str, Any]:
    number = {key: i for i, key in enumerate(reading.letters)}
    pieces = map(_OF_PASSAGE, chain.from_iterable(reading.passages))
    letter, section, begin, end, anchor, quote = _turned(pieces, 6)
    nth, sections = index(section)
    columns = {
        "letter": map(number.__getitem__, letter),
        "section": nth,
        "begin": begin,
        "length": map(sub, end, begin),
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
        found[name] = [attributes[f"paraphrase{suffix}"] for *_, attributes in reading.claims]
        for i in reading.derived:
            found[name][i] = found[name][i] or follows(reading.claims[i][3], suffix)
    return found


def reasons(reading: Reading, texts: Texts) -> dict[str, Any]:
    """Per row of an inferred relation why it holds; claims are named by their row, texts (nl, en) stored once.

    Empty without inferred relations, so that a page without them is as it was.
    """
    pairs: dict[tuple[int, int], int] = {}

    def pair(step: Mapping[str, Any], name: str) -> int:
        return pairs.setdefault((texts(step[name]), texts(step[f"{name}_en"])), len(pairs))

    def reason(step: Mapping[str, Any], own: Sequence[Passage]) -> dict[str, Any]:
        said = step["said"]
        found = {
            "claims": sorted({reading.rows[piece["claim"]] for piece in said if piece["claim"] in reading.rows}),
            "own": [own.index(piece) for piece in said if piece["claim"] not in reading.rows],
            "on": [reason(premise, own) for premise in step["premises"]],
            "because": [pair(step, "because")] if step["because"] else [],
        }
        words = {"says": [pair(step, name) for name in ("subject", "relation", "object")]}
        return words | {name: value for name, value in found.items() if value}

    why = {str(i): reason(reading.claims[i][3]["derivation"], reading.passages[i]) for i in reading.derived}
    return {"why": why, "texts": list(pairs)} if why else {}


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
