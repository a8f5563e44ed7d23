"""Claims as rows: one for each claim and piece of evidence, as CSV (with CSV on the Web metadata) and as Parquet.

Source: W3C Model for Tabular Data and Metadata on the Web; W3C Metadata Vocabulary for Tabular Data.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from regiograaf.claims import TYPE, Claim, Evidence, Quantity
from regiograaf.dataset import Build
from regiograaf.namespaces import GRAPH, RG
from regiograaf.release.artefacts.artefact import Artefact
from regiograaf.release.artefacts.forms import MEDIA_TYPES
from regiograaf.release.citation import LICENCE, Citation

__all__ = ["COLUMNS", "rows", "write_table"]

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the kind of its values, and what they are."""

    name: str
    kind: str
    """string, anyURI, integer, boolean or date; of each value where `many`."""
    nl: str
    en: str
    many: bool = False


COLUMNS = (
    Column("claim", "anyURI", "IRI van de bewering", "IRI of the claim"),
    Column("key", "string", "sleutel in het bronbestand", "key in the source file"),
    Column("subject", "anyURI", "onderwerp", "subject"),
    Column("subject_label", "string", "label van het onderwerp", "label of the subject"),
    Column("relation", "anyURI", "relatie", "relation"),
    Column("relation_label", "string", "label van de relatie", "label of the relation"),
    Column("object", "anyURI", "voorwerp", "object"),
    Column("object_label", "string", "label van het voorwerp", "label of the object"),
    Column("modality", "anyURI", "modaliteit", "modality"),
    Column("modality_label", "string", "label van de modaliteit", "label of the modality"),
    Column("denied", "boolean", "of de bewering haar inhoud ontkent", "whether the claim denies its content"),
    Column("speaker", "anyURI", "wie het zegt", "who says it"),
    Column("speaker_label", "string", "label van wie het zegt", "label of who says it"),
    Column("addressee", "anyURI", "aan wie het is gericht", "to whom it is addressed"),
    Column("addressee_label", "string", "label van de geadresseerde", "label of the addressee"),
    Column("quoted_from", "anyURI", "aangehaald document", "document that is quoted"),
    Column("programme", "anyURI", "programma waarbinnen het speelt", "programme that it is in"),
    Column("themes", "anyURI", "thema's", "themes", many=True),
    Column("period", "string", "periode zoals verwoord", "period as worded"),
    Column("earliest_begin", "date", "vroegste begin", "earliest begin"),
    Column("latest_begin", "date", "laatste begin", "latest begin"),
    Column("earliest_end", "date", "vroegste einde", "earliest end"),
    Column("latest_end", "date", "laatste einde", "latest end"),
    Column("amounts", "string", "waarde van elke grootheid, een deel als breuk", "value of each quantity", many=True),
    Column("units", "anyURI", "eenheid van elke grootheid", "unit of each quantity", many=True),
    Column("roles", "anyURI", "rol van elke grootheid", "role of each quantity", many=True),
    Column("precisions", "anyURI", "nauwkeurigheid van elke grootheid", "precision of each quantity", many=True),
    Column("wordings", "string", "verwoording van elke grootheid", "wording of each quantity", many=True),
    Column("paraphrase_nl", "string", "parafrase in het Nederlands", "paraphrase in Dutch"),
    Column("paraphrase_en", "string", "parafrase in het Engels", "paraphrase in English"),
    Column("letter", "anyURI", "brief", "letter"),
    Column("letter_label", "string", "label van de brief", "label of the letter"),
    Column("evidence", "anyURI", "IRI van het bewijs", "IRI of the evidence"),
    Column("section", "string", "sectie van de brief", "section of the letter"),
    Column("begin", "integer", "begin van de passage in codepunten", "begin of the passage in code points"),
    Column("end", "integer", "einde van de passage, niet meegeteld", "end of the passage, exclusive"),
    Column("anchor", "string", "ten hoogste tien woorden van de passage", "at most ten words of the passage"),
    Column("fingerprint", "string", "vingerafdruk van de passage", "fingerprint of the passage"),
)
PASSAGE = Column("passage", "string", "de passage zelf", "the passage itself")
"""Only in a release with quotes."""


def rows(build: Build) -> list[tuple[Any, ...]]:
    """The rows, in the order of letter, place in it and claim; values in the order of COLUMNS.

    A text that is unknown is empty, any other value None; a column with many values has tuples. With quotes, the
    passage is the last value.
    """
    labels = _labels(build)
    quote = RG.citaat
    quotes = {s: str(o) for s, p, o in build.graphs.get(GRAPH["citaten"], ()) if p == quote}
    found = []
    for claims in build.claims.values():
        for claim in claims:
            iri = claim.iri
            for piece in claim.evidence:
                row = _row(claim, iri, piece, labels)
                found.append((*row, quotes.get(piece.iri(iri), "")) if quotes else row)
    names = [column.name for column in COLUMNS]
    at = [names.index(name) for name in ("letter", "begin", "end", "claim", "evidence")]
    return sorted(found, key=lambda row: [row[i] for i in at])


def _row(claim: Claim, iri: URIRef, piece: Evidence, labels: Mapping[str, str]) -> tuple[Any, ...]:
    period, quantities = claim.period, claim.quantities
    said = {text.language: str(text) for text in claim.paraphrases}
    return (
        str(iri),
        ":".join(claim.source.rsplit("/", 2)[-2:]),
        *_with_label(claim.subject, labels),
        *_with_label(claim.predicate, labels),
        *_with_label(claim.object, labels),
        *_with_label(claim.modality, labels),
        claim.denied,
        *_with_label(claim.speaker, labels),
        *_with_label(claim.addressee, labels),
        str(claim.quoted or ""),
        str(claim.programme or ""),
        tuple(map(str, claim.themes)),
        period.wording if period else "",
        *(getattr(period, name, None) for name in ("earliest_begin", "latest_begin", "earliest_end", "latest_end")),
        tuple(map(_amount, quantities)),
        tuple(str(quantity.unit) for quantity in quantities),
        tuple(str(quantity.role) for quantity in quantities),
        tuple(str(quantity.precision) for quantity in quantities),
        tuple(quantity.wording for quantity in quantities),
        said.get("nl", ""),
        said.get("en", ""),
        *_with_label(piece.letter, labels),
        str(piece.iri(iri)),
        piece.section,
        piece.begin,
        piece.end,
        piece.anchor,
        piece.fingerprint,
    )


def _with_label(iri: URIRef | None, labels: Mapping[str, str]) -> tuple[str, str]:
    return ("", "") if iri is None else (str(iri), labels.get(str(iri), ""))


def _amount(quantity: Quantity) -> str:
    if quantity.value is not None:
        return str(quantity.value)
    return f"{quantity.numerator}/{quantity.denominator}" if quantity.denominator is not None else ""


def _labels(build: Build) -> dict[str, str]:
    """The Dutch label of every node; of a letter its short title."""
    found: dict[str, str] = {str(TYPE): "bestaat als"}
    short: dict[str, str] = {}
    label, preferred, alternative = RDFS.label, SKOS.prefLabel, DCTERMS.alternative
    for triples in build.graphs.values():
        for s, p, o in triples:
            if isinstance(o, Literal) and o.language == "nl":
                if p in (label, preferred):
                    found[str(s)] = min(found.get(str(s), str(o)), str(o))
                elif p == alternative and "/id/brief/" in str(s):
                    short[str(s)] = str(o)
    return found | short


def write_table(build: Build, folder: Path, citation: Citation) -> Iterator[Artefact]:
    """Write `dataset/claims.csv` with its metadata, and `dataset/claims.parquet` where pyarrow is installed."""
    found = rows(build)
    quoted = bool(build.graphs.get(GRAPH["citaten"]))
    columns = (*COLUMNS, PASSAGE) if quoted else COLUMNS
    home = folder / "dataset"
    graphs = tuple(sorted(graph for graph in build.graphs if graph.startswith(str(GRAPH["brief/"]))))
    said = {
        "nl": "Een rij per bewering en bewijsplaats, met labels, modaliteit, sectie en anker.",
        "en": "One row for each claim and piece of evidence, with labels, modality, section and anchor.",
    }
    (home / "claims.csv").write_text(_csv(columns, found), encoding="utf-8", newline="")
    (home / "claims.csv-metadata.json").write_text(_metadata(columns, citation), encoding="utf-8", newline="\n")
    yield Artefact(
        "dataset/claims.csv",
        MEDIA_TYPES["csv"],
        {"nl": "Beweringen als CSV", "en": "Claims as CSV"},
        said,
        graphs,
    )
    yield Artefact(
        "dataset/claims.csv-metadata.json",
        "application/csvm+json",
        {"nl": "Beschrijving van de kolommen", "en": "Description of the columns"},
        {"nl": "CSV on the Web: kolommen, licentie, citeren.", "en": "CSV on the Web: columns, licence, how to cite."},
    )
    parquet = home / "claims.parquet"
    if has_parquet():
        _parquet(columns, found, citation, parquet)
        yield Artefact(
            "dataset/claims.parquet",
            MEDIA_TYPES["parquet"],
            {"nl": "Beweringen als Parquet", "en": "Claims as Parquet"},
            said,
            graphs,
        )


def has_parquet() -> bool:
    """Whether Parquet can be written."""
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def _csv(columns: tuple[Column, ...], found: list[tuple[Any, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in columns)
    for row in found:
        writer.writerow(_text(value) for value in row)
    return text.getvalue()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


def _metadata(columns: tuple[Column, ...], citation: Citation) -> str:
    described = []
    for column in columns:
        entry: dict[str, Any] = {
            "name": column.name,
            "titles": column.name,
            "dc:description": [{"@value": column.nl, "@language": "nl"}, {"@value": column.en, "@language": "en"}],
            "datatype": column.kind,
        }
        if column.many:
            entry["separator"] = SEPARATOR
        described.append(entry)
    content = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "claims.csv",
        "dc:title": [
            {"@value": "Beweringen van regiograaf", "@language": "nl"},
            {"@value": "Claims of regiograaf", "@language": "en"},
        ],
        "dc:license": {"@id": LICENCE},
        "dc:bibliographicCitation": citation.text,
        "dc:publisher": citation.publisher,
        "dc:issued": {"@value": citation.released, "@type": "xsd:date"},
        "tableSchema": {"columns": described, "primaryKey": "evidence"},
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _parquet(columns: tuple[Column, ...], found: list[tuple[Any, ...]], citation: Citation, path: Path) -> None:
    import pyarrow as pa
    from pyarrow import json as reader
    from pyarrow import parquet

    kinds = {"boolean": pa.bool_(), "date": pa.date32(), "integer": pa.int32()}
    fields = []
    for column in columns:
        kind = kinds.get(column.kind, pa.string())
        told = {"description": column.en, "description-nl": column.nl}
        fields.append(pa.field(column.name, pa.list_(kind) if column.many else kind, metadata=told))
    schema = pa.schema(fields, metadata={"licence": LICENCE, "citation": citation.text, "issued": citation.released})
    table = schema.empty_table()
    if found:  # arrays of Python's values would import pandas, which takes longer than all of this
        lines = "\n".join(_record(columns, row) for row in found)
        table = reader.read_json(
            io.BytesIO(lines.encode("utf-8")),
            read_options=reader.ReadOptions(use_threads=False, block_size=2**30),
            parse_options=reader.ParseOptions(explicit_schema=schema),
        ).cast(schema)
    parquet.write_table(table, path, compression="zstd")


def _record(columns: tuple[Column, ...], row: tuple[Any, ...]) -> str:
    """A row as a line of JSON, as Arrow reads it: dates are days since 1970, what is not known is null."""
    found: dict[str, Any] = {}
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, date):
            value = (value - date(1970, 1, 1)).days
        found[column.name] = None if value == "" else value
    return json.dumps(found, ensure_ascii=False)
