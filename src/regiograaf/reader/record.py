"""A draft as JSON: the letter, its mentions and its draft claims, with offsets in the text that was given.

Offsets are Unicode code points, from 0, end exclusive, in the input text: of plain text, Markdown and HTML the decoded
file as it stands (line ends and accents as they are, a byte-order mark left out); of docx, PDF and e-mail the extracted
text, which is then in the record as `letter.text`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from regiograaf.prefixes import shrink
from regiograaf.reader.draft import Draft
from regiograaf.reader.drafts import DraftClaim
from regiograaf.reader.mention import Mention
from regiograaf.reader.turtle import anchor
from regiograaf.reader.values import PeriodValue, QuantityValue

__all__ = ["as_json", "record"]

EXISTS = "bestaat als"
"""What `rdf:type` says in a claim."""
_GIVEN = ("plain", "markdown", "html")
"""Formats of which the input text is the file itself."""


def as_json(drafts: Draft | Sequence[Draft]) -> str:
    """One draft as a JSON object, more as a list of them; the same draft gives the same bytes."""
    content = record(drafts) if isinstance(drafts, Draft) else [record(draft) for draft in drafts]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def record(draft: Draft) -> dict[str, Any]:
    """A draft as values that JSON has.

    Entities are IRIs, or keys `nieuw:soort/naam` of new ones; kinds and relations are CURIEs. What the text does not
    tell is null or not there.
    """
    return {
        "letter": _letter(draft),
        "mentions": [_mention(draft, mention) for mention in draft.found.mentions],
        "claims": [_claim(draft, claim) for claim in draft.claims],
        "new": [
            {"entity": one.key, "label": one.label, "kind": one.kind, "reason": one.reason}
            for one in draft.new.values()
        ],
    }


def _letter(draft: Draft) -> dict[str, Any]:
    document, sides = draft.document, draft.found.parties
    parties = {"sender": sides.sender, "addressee": sides.addressee, "region": sides.region}
    fields: dict[str, list[str]] = {}
    for field in draft.head:
        values = fields.setdefault(field.name, [])
        if field.value not in values:
            values.append(field.value)
    found: dict[str, Any] = {
        "key": draft.key,
        "iri": draft.iri,
        "name": document.name,
        "format": document.format,
        "length": len(document.text),
        "sha256": document.letter.digest,
        **{name: _party(one) for name, one in parties.items()},
        "date": next(iter(fields.get("date", ())), None),
        "subject": next(iter(fields.get("subject", ())), None),
        "reference": fields.get("reference", []),
        "fields": fields,
        "sections": list(draft.structure.sections),
    }
    if document.pages:
        found["pages"] = len(document.pages)
    if document.format not in _GIVEN:
        found["text"] = document.source
    return found


def _party(one: Mention | None) -> dict[str, str] | None:
    return {"entity": one.entity, "label": one.label, "kind": one.kind} if one is not None else None


def _place(draft: Draft, begin: int, end: int) -> dict[str, int]:
    start, stop = draft.document.to_source(begin, end)
    page = draft.document.page(begin)
    return {"start": start, "end": stop} | ({"page": page} if page is not None else {})


def _mention(draft: Draft, mention: Mention) -> dict[str, Any]:
    place = _place(draft, mention.begin, mention.end)
    text = draft.document.source[place["start"] : place["end"]]
    found = {
        **place,
        "text": text,
        "entity": mention.entity,
        "label": mention.label,
        "kind": mention.kind,
        "rule": mention.rule,
    }
    if mention.text != text:
        found["reads"] = mention.text
    return found


def _claim(draft: Draft, claim: DraftClaim) -> dict[str, Any]:
    labels = draft.known.labels
    found: dict[str, Any] = {
        "subject": claim.subject.entity,
        "subject_label": claim.subject.label,
        "predicate": claim.predicate,
        "predicate_label": EXISTS if claim.predicate == "rdf:type" else labels.get(claim.predicate, claim.predicate),
        "object": claim.object.entity,
        "object_label": labels.get(shrink(claim.object.entity), claim.object.label),
        "modality": str(claim.modality),
        "negated": claim.negated,
        **_place(draft, claim.begin, claim.end),
        "score": claim.score,
        "rule": claim.rule,
        "anchor": anchor(draft, claim),
        "themes": list(claim.themes),
        "speaker": claim.speaker or None,
        "addressee": claim.addressee or None,
    }
    if claim.period is not None:
        found["period"] = _period(draft, claim.period)
    if claim.amount is not None:
        found["amount"] = _amount(draft, claim.amount)
    for name, end in (("subject_at", claim.subject), ("object_at", claim.object)):
        if end.begin < end.end:  # the letter itself stands nowhere
            place = _place(draft, end.begin, end.end)
            found[name] = [place["start"], place["end"]]
    return found


def _period(draft: Draft, value: PeriodValue) -> dict[str, Any]:
    bounds: Mapping[str, date | None] = {
        "earliest_begin": value.earliest_begin,
        "latest_begin": value.latest_begin,
        "earliest_end": value.earliest_end,
        "latest_end": value.latest_end,
    }
    return {
        "text": value.wording,
        **_place(draft, *draft.structure.place(value.start, value.stop)),
        **{name: bound.isoformat() for name, bound in bounds.items() if bound is not None},
        **({"present": True} if value.present else {}),
    }


def _amount(draft: Draft, value: QuantityValue) -> dict[str, Any]:
    found: dict[str, Any] = {
        "text": value.wording,
        **_place(draft, *draft.structure.place(value.start, value.stop)),
        "unit": value.unit,
        "precision": value.precision,
        "role": value.role or None,
    }
    if value.value is not None:
        number = value.value
        found["value"] = int(number) if number == number.to_integral_value() else float(number)
    if value.numerator is not None:
        found |= {"numerator": value.numerator, "denominator": value.denominator}
    return found
