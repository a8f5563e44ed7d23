"""Write docs/questions.md: every stored question with its real answer. Run `python -m tests.make_gallery`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from regiograaf import names
from regiograaf.answers import arrange
from regiograaf.namespaces import shrink
from regiograaf.queries import Query
from regiograaf.stores import open_store
from tests.test_expected import GROUPS, QUESTIONS, ask, of_example

ROOT = Path(__file__).resolve().parents[1]
GALLERY = ROOT / "docs" / "questions.md"
SHOWN = 8
HEADINGS = {
    "actoren": "Actors and their partners",
    "programmas": "Programmes and who takes part",
    "modaliteit": "What exists, is intended, asked for, offered, ended",
    "themas": "Themes, bottlenecks, challenges",
    "geld-en-tijd": "Money, aims and deadlines",
    "bruggen": "Brokers and bridges",
    "bewijs": "Evidence and provenance",
    "groepen": "Collective actors",
    "data": "The shape of the data",
    "koppelen": "Joins with other linked data",
}
PLACES = (("letter", "section", "anchor"), ("elsewhere", "heading", "wording"))
"""Columns that together are one place of evidence."""
HIDDEN = ("claim",)


def gallery(store: ox.Store) -> str:
    """The text of docs/questions.md."""
    labels = names.labels(store)
    lines = [
        "# Questions",
        "",
        f"{len(QUESTIONS)} stored questions, each with its answer on the five letters. This page is generated "
        "(`python -m tests.make_gallery`).",
        "",
        "`regiograaf queries` lists them, `regiograaf query NAME` asks one; `-f csv` or `-f json` gives the terms in "
        "full. A parameter takes a label, an alias, a CURIE or an IRI. What a letter only intends, asks for or holds "
        "possible says so in the column *modality*. Rows expected of each answer were written from the letters "
        "beforehand and stand, with the passage each rests on, in `tests/expected/`.",
        "",
        *(f"- [{HEADINGS[group]}](#{_anchor(HEADINGS[group])}): {', '.join(_links(group))}" for group in GROUPS),
    ]
    for group in GROUPS:
        lines += ["", f"## {HEADINGS[group]}"]
        for query in _of(group):
            lines += ["", *_entry(store, query, labels)]
    return "\n".join(lines) + "\n"


def _of(group: str) -> list[Query]:
    return [query for query in QUESTIONS.values() if query.header["tags"][0] == group]


def _links(group: str) -> list[str]:
    return [f"[{query.name}](#{query.name})" for query in _of(group)]


def _anchor(heading: str) -> str:
    return "".join(c for c in heading.lower().replace(" ", "-") if c.isalnum() or c == "-")


def _entry(store: ox.Store, query: Query, labels: Mapping[str, str]) -> Iterator[str]:
    answer = arrange(ask(store, query, of_example(query)), query.text, labels)
    yield f"### {query.name}"
    yield ""
    yield f"**{query.header['question']}**  "
    yield f"{query.header['question-en']}"
    if query.parameters:
        yield ""
        kinds = {"iri": "an entity", "string": "text"}
        yield "Takes " + ", ".join(f"`{name}` ({kinds[kind]})" for name, kind in query.parameters) + "."
    yield ""
    yield f"`{query.header['example']}`"
    yield ""
    yield from _table(answer.variables, [_cells(row, labels) for row in answer.rows[:SHOWN]])
    if len(answer.rows) > SHOWN:
        yield ""
        yield f"… and {len(answer.rows) - SHOWN} more."


def _cells(row: Sequence[Any], labels: Mapping[str, str]) -> list[str]:
    return [_readable(term, labels).replace("|", "\\|").replace("\n", " ") for term in row]


def _readable(term: Any, labels: Mapping[str, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return labels.get(term.value) or shrink(term.value)
    return str(term.value)


def _table(variables: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    places = [place for place in PLACES if set(place) <= set(variables)]
    parts = {name for place in places for name in place}
    plain = [name for name in variables if name not in parts and name not in HIDDEN]
    yield "| " + " | ".join([*plain, *("where", "and where")[: len(places)]]) + " |"
    yield "|" + "---|" * (len(plain) + len(places))
    for row in rows:
        cell = dict(zip(variables, row, strict=True))
        where = [f"{cell[letter]} § {cell[section]} «{_start(cell[anchor])}»" for letter, section, anchor in places]
        yield "| " + " | ".join([*(cell[name] for name in plain), *where]) + " |"


def _start(anchor: str) -> str:
    """The first words of an anchor: a section's heading and a whole anchor can make a sentence of the letter."""
    words = anchor.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")


if __name__ == "__main__":
    GALLERY.write_text(gallery(open_store(ROOT)), encoding="utf-8", newline="\n")
    sys.stderr.write(f"{GALLERY.relative_to(ROOT)}: {len(QUESTIONS)} questions.\n")
