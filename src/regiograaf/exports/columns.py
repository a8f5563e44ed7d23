"""What a node and an edge have in every format: name, kind of value and meaning, in the order of the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["EDGE", "LISTS", "NODE", "Column", "Row", "present"]

Row = dict[str, Any]
"""Column name -> value."""

LISTS = ("texts", "integers")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `kind`: text, flag, number, or a list: texts, integers. One that is `extra` is there when asked for."""

    name: str
    kind: str
    meaning: str
    extra: bool = False

    @property
    def empty(self) -> Any:
        """What stands for nothing: no format tells it from a value that is not there."""
        return {"text": "", "flag": False, "number": 0.0, "texts": (), "integers": ()}[self.kind]


NODE = (
    Column("id", "text", "IRI of the entity"),
    Column("label", "text", "label, in Dutch"),
    Column("label_en", "text", "label, in English"),
    Column("kind", "text", "IRI of its class: what it is, or would be"),
    Column("kind_label", "text", "label of the class, in Dutch"),
    Column("kind_label_en", "text", "label of the class, in English"),
    Column("family", "text", "group on the map"),
    Column("layer", "text", "layer of government"),
    Column("state", "text", "whether it exists, according to the claims (key of a modality, or onbekend)"),
    Column("actor", "flag", "whether it can act"),
    Column("side", "text", "in a view with two sides: actor, or other"),
    Column("region", "text", "IRI of the one region whose letters alone speak of it"),
    Column("definition", "text", "what it is, in words"),
    Column("aliases", "texts", "other names"),
    Column("identifiers", "texts", "the same thing elsewhere: IRIs and pages of registers"),
    Column("x", "number", "place in the layout, in pixels to the right", extra=True),
    Column("y", "number", "place in the layout, in pixels down", extra=True),
)

EDGE = (
    Column("id", "text", "IRI of the claim; of what no letter says, of its derivation"),
    Column("source", "text", "IRI of the subject"),
    Column("target", "text", "IRI of the object"),
    Column("label", "text", "the relation with its modality unless it exists, in Dutch"),
    Column("label_en", "text", "the same in English"),
    Column("relation", "text", "IRI of the relation; none where a view made the edge"),
    Column("relation_label", "text", "label of the relation, in Dutch"),
    Column("relation_label_en", "text", "label of the relation, in English"),
    Column("modality", "text", "key of the modality: bestaand, voorgenomen, verzocht …"),
    Column("modality_label", "text", "label of the modality, in Dutch"),
    Column("modality_label_en", "text", "label of the modality, in English"),
    Column("style", "text", "line style of the modality on the map: solid, thick, dash, dashdot or dot"),
    Column("denied", "flag", "whether the claim says that it is not so"),
    Column("origin", "text", "claim (a letter says it), inferred, view or query"),
    Column("symmetric", "flag", "whether the relation holds both ways"),
    Column("weight", "number", "what it counts for in measures"),
    Column("letters", "texts", "key of the letter of each piece of evidence"),
    Column("sections", "texts", "section of each piece of evidence"),
    Column("anchors", "texts", "anchor of each piece of evidence: at most ten words of its passage"),
    Column("begins", "integers", "where each passage begins in the letter's canonical text, in code points from 0"),
    Column("ends", "integers", "where each passage ends, exclusive"),
    Column("claims", "texts", "IRI of the claim that each piece of evidence is for"),
    Column("quotes", "texts", "each passage as it stands in the letter", extra=True),
    Column("paraphrase", "text", "what the claim says, in Dutch"),
    Column("paraphrase_en", "text", "what the claim says, in English"),
    Column("because", "text", "why it follows, where no letter says it, in Dutch"),
    Column("because_en", "text", "the same in English"),
    Column("themes", "texts", "themes, in Dutch"),
    Column("themes_en", "texts", "themes, in English"),
    Column("theme_iris", "texts", "IRIs of the themes"),
    Column("period", "text", "wording of the period"),
    Column("begin_earliest", "text", "earliest begin, as year-month-day"),
    Column("begin_latest", "text", "latest begin"),
    Column("end_earliest", "text", "earliest end"),
    Column("end_latest", "text", "latest end"),
    Column("present", "flag", "whether the period is the time of writing, without a date"),
    Column("amounts", "texts", "amounts as the letter words them"),
    Column("amounts_en", "texts", "amounts as they are encoded"),
    Column("speaker", "text", "who says it"),
    Column("speaker_iri", "text", "IRI of who says it"),
    Column("addressees", "texts", "to whom it is said, where it is asked, offered or advised"),
    Column("addressee_iris", "texts", "IRIs of these"),
    Column("programme_iris", "texts", "IRIs of the programmes within which it is meant"),
    Column("quoted_iris", "texts", "IRIs of the documents that it is quoted from"),
)


def present(rows: Sequence[Mapping[str, Any]], declared: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of rows that are alike; of no rows those that are always there."""
    return tuple(column for column in declared if not column.extra or (rows and column.name in rows[0]))
