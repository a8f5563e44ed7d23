"""A report as one HTML page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from regiograaf.pages import render
from regiograaf.plots.colours import colours
from regiograaf.report.blocks import Folded, Items, Link, Note, Paragraph, Plot, Ref, Section, Table, Text
from regiograaf.report.dutch import number
from regiograaf.report.material import Material

__all__ = ["page"]

HERE = Path(__file__).parent


def page(title: str, lead: Text, sections: Sequence[Section], m: Material, source: str) -> str:
    """The report as HTML, with the list of all claims that its numbers lead to."""
    from markupsafe import Markup

    return render(
        HERE,
        "page.html.j2",
        title=title,
        source=source,
        styles="page.css",
        script="page.js",
        figures=True,
        filters={"figure": lambda svg: Markup(_inline(svg)), "numbers": ranges},
        tests={kind.__name__.lower(): _is(kind) for kind in _KINDS},
        lead=lead,
        sections=sections,
        claims=_claims(m),
        total=number(len(m.rows)),
    )


_KINDS = (Paragraph, Note, Items, Table, Plot, Folded, Section, Ref, Link)


def _is(kind: type) -> Any:
    return lambda value: isinstance(value, kind)


def ranges(numbers: Sequence[int]) -> str:
    """Sorted numbers, those in a row as their first and last.

    >>> ranges([1, 2, 3, 7])
    '1-3 7'
    """
    parts = []
    for _, group in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        run = [number for _, number in group]
        parts.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return " ".join(parts)


def _claims(m: Material) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "iri": row.iri,
            "says": m.says(row),
            "modality": m.word(row.modality),
            "denied": row.claim.denied,
            "places": [(m.short[place.letter], place.section, place.anchor) for place in row.places],
        }
        for row in m.rows
    ]


def _inline(svg: str) -> str:
    """A figure as part of a page: without prologue, in the page's colours, so that it turns dark with it."""
    by_code = {light: name for name, (light, _) in reversed(colours().items())}
    body = svg[svg.index("<svg") :]
    return re.sub(
        r"(?<=: )#[0-9a-f]{6}\b", lambda found: f"var(--{by_code[found[0]]})" if found[0] in by_code else found[0], body
    )
