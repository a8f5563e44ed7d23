"""From the rows of a ranking to its figure: what each is, whether it exists, and whether it wrote a letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regiograaf.analysis import MEASURES, SENDER_BIAS, SENDER_BIAS_EN, Rank
from regiograaf.plots.rows import Dot

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["DIGITS", "axis", "bias", "dots", "families", "ranks", "source"]

DIGITS = 2
WORDS = {
    "nl": {"sender": "afzender van {}", "letter": ("brief", "brieven"), "source": "Bron: regiograaf{}; {}."},
    "en": {"sender": "sender of {}", "letter": ("letter", "letters"), "source": "Source: regiograaf{}; {}."},
}


def ranks(
    network: nx.MultiDiGraph,
    rows: Sequence[Rank],
    by: str,
    *,
    title: str = "",
    language: str = "nl",
    name: str = "ranking",
) -> str:
    """The figure of a ranking by one of `analysis.MEASURES`, taken on a network of `projection.project`."""
    from regiograaf.plots import draw

    measure = MEASURES[by]
    label = measure.label if language == "nl" else measure.label_en
    return draw(
        "ranking",
        dots(network, rows, language),
        title=title or label[:1].upper() + label[1:],
        explanation=bias(network, rows, language),
        axis=axis(by, language),
        families=families(network, language),
        source=source(network, language),
        language=language,
        digits=0 if all(float(row.score).is_integer() for row in rows) else DIGITS,
        name=name,
    )


def dots(network: nx.MultiDiGraph, rows: Sequence[Rank], language: str = "nl") -> list[Dot]:
    """A dot for each row; the note says its kind, its status where it does not exist, and what letters it wrote."""
    suffix, words = "" if language == "nl" else "_en", WORDS[language]
    found = []
    for row in rows:
        node = network.nodes[row.entity] if row.entity in network else {}
        status = network.graph["modalities"].get(node.get("status", ""), {})
        wrote = sum(letter["sender_iri"] == row.entity for letter in network.graph["letters"].values())
        notes = [str(node.get(f"kind_label{suffix}", ""))]
        notes += [status[language]] if status and node["status"] != "bestaand" else []
        notes += [str(words["sender"]).format(f"{wrote} {words['letter'][wrote != 1]}")] if wrote else []
        label = str(node.get(f"label{suffix}", row.label))
        note = ", ".join(filter(None, notes))
        found.append(Dot(label, row.score, row.low, row.high, str(node.get("family", "onderwerp")), note))
    return found


def bias(network: nx.MultiDiGraph, rows: Sequence[Rank], language: str = "nl") -> str:
    """The sentence on senders, where one of these rows is a sender."""
    senders = {letter["sender_iri"] for letter in network.graph["letters"].values()}
    if not any(row.entity in senders for row in rows):
        return ""
    return SENDER_BIAS if language == "nl" else SENDER_BIAS_EN


def axis(by: str, language: str = "nl") -> str:
    """What a measure is called and means."""
    measure = MEASURES[by]
    label, meaning = (measure.label, measure.meaning) if language == "nl" else (measure.label_en, measure.meaning_en)
    return f"{label}: {meaning[:1].lower()}{meaning[1:].rstrip('.')}"


def families(network: nx.MultiDiGraph, language: str = "nl") -> tuple[tuple[str, str], ...]:
    return tuple((key, words[language]) for key, words in network.graph["families"].items())


def source(network: nx.MultiDiGraph, language: str = "nl") -> str:
    """The source line: version of the data, and how many letters."""
    words, version = WORDS[language], network.graph.get("version", "")
    letters = len(network.graph["letters"])
    counted = f"{letters} {words['letter'][letters != 1]}"
    return str(words["source"]).format(f", data {version}" if version else "", counted)
