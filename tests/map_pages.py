"""What stands in a page of the map, read from its text alone, as the script of the page does."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

from regiograaf.maps.codes import BETWEEN, LAST, SIGNS


class Elements(HTMLParser):
    """Every start tag, and the text of scripts, of table cells and of what stands outside the table."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self._open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag if tag in ("script", "style", "table") else self._open
        if tag == "script":
            self.scripts.append("")
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            self.scripts[-1] += data
        elif self._open == "table" and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.rstrip("\n")
        elif not self._open:
            self.text += data


def data(html: str) -> dict[str, Any]:
    """The JSON that the script reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def numbers(code: str) -> list[int]:
    """Of each number the last sign is one of the first LAST, the signs before it are of the others."""
    found, begun = [], 0
    for sign in code:
        value = SIGNS.index(sign)
        if value < LAST:
            found.append(begun * LAST + value)
        begun = 0 if value < LAST else begun * (len(SIGNS) - LAST) + value - LAST + 1
    return found


def decoded(content: dict[str, Any], name: str = "texts") -> list[str]:
    words = content["words"].split(" ")
    return [" ".join(words[i] for i in numbers(code)) for code in content[name].split(BETWEEN)]


def _rows(columns: dict[str, Any]) -> list[dict[str, Any]]:
    values = [numbers(column) if isinstance(column, str) else column for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def nodes(html: str) -> dict[str, dict[str, Any]]:
    """The nodes by IRI, with their numbers turned into what they stand for."""
    content, rows = data(html), {}
    texts, page = decoded(content), content["page"]
    for row in _rows(content["nodes"]):
        for name in ("label", "label_en", "definition"):
            row[name] = texts[row[name]]
        for name, keys in (("family", "families"), ("layer", "layers"), ("status", "statuses")):
            row[name] = list(page[keys])[row[name]]
        row["kind"] = page["kinds"][row["kind"]]
        row["aliases"] = [texts[i] for i in numbers(page["aliases"].get(str(row["id"]), ""))]
        found = [texts[i] for i in numbers(page["identifiers"].get(str(row["id"]), ""))]
        row["identifiers"] = list(zip(found[::2], found[1::2], strict=True))
        for name, place in page["places"].items():
            (left, top), x, y = place["corner"], numbers(place["x"]), numbers(place["y"])
            row[name] = (left + x[row["id"]], top + y[row["id"]])
        rows[page["heads"][row.pop("head")] + row.pop("tail")] = row
    return rows


def lines(html: str) -> list[dict[str, Any]]:
    """The lines with the IRIs of their ends, in the order of the page."""
    content, iris = data(html), list(nodes(html))
    modalities = list(content["page"]["modalities"])
    return [
        row
        | {
            "from": iris[row["from"]],
            "to": iris[row["to"]],
            "modality": modalities[row["modality"]],
            "origin": ("claim", "inferred", "query")[row["origin"]],
        }
        for row in _rows(content["edges"])
    ]


def claims(html: str) -> dict[str, dict[str, Any]]:
    """The claims by IRI, each with the line that it is on, in the order of the page."""
    content = data(html)
    texts, kept, page = decoded(content), content["page"]["claims"], content["page"]
    drawn = [line for line in lines(html) for _ in range(line["claims"])]
    rows = {}
    pieces = [_passage(piece, kept, list(page["letters"]), texts) for piece in _rows(kept["evidence"])]
    for i, (key, row) in enumerate(zip(kept["key"], _rows(kept["columns"]), strict=True)):
        for name in ("dutch", "english"):
            row[name] = decoded(content, name)[i]
        for name, values in kept["lists"].items():
            row[name] = values[row[name]]
        row["origin"] = list(page["origins"])[row["origin"]]
        row["line"] = drawn[i]
        count = row.pop("passages")
        row["evidence"], pieces = pieces[:count], pieces[count:]
        rows[key if "://" in key else kept["head"] + key] = row
    return rows


def _passage(row: dict[str, int], kept: dict[str, Any], letters: list[str], texts: list[str]) -> dict[str, Any]:
    before, after, anchor = row.get("before", 0), row.get("after", 0), texts[row["anchor"]]
    return {
        "letter": letters[row["letter"]],
        "section": kept["sections"][row["section"]],
        "begin": row["begin"],
        "end": row["begin"] + row["length"],
        "anchor": anchor,
        "quote": texts[before - 1] * bool(before) + (anchor + texts[after - 1] if after else ""),
        "marked": after > 0,
    }
