"""A draft as one HTML file: no request, a content security policy with hashes, two languages, light and dark."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from regiograaf.errors import ReleaseError
from regiograaf.plots.colours import colours
from regiograaf.reader.review.content import content
from regiograaf.reader.review.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from regiograaf.reader.draft import Draft

__all__ = ["page"]

HERE = Path(__file__).parent
MAPS = HERE.parents[1] / "maps" / "script"
SCRIPT = (
    "words", "data", "state", "turtle", "text", "claims", "judging", "choosing", "change", "names", "events", "start",
)  # fmt: skip
"""The parts of the page's script; each may use what stands above it at once, and what stands below it in functions."""
FILTERS = (
    ("all", "all"),
    ("open", "open"),
    ("accepted", "accepted"),
    ("dropped", "dropped"),
    ("without", "lineOpen"),
)


def page(
    draft: Draft,
    *,
    title: str = "",
    language: Literal["nl", "en"] = "nl",
    terms: Vocabulary | None = None,
    root: Path = Path(),
) -> str:
    """The review page of a draft, as text; the same bytes for the same draft.

    `title` is the letter's subject when it is not given; `language` that in which the page opens. What a coder can
    choose are the `terms` of a project, read from `root` when they are not given.

    Raises SourceError when the ontology cannot be read.
    """
    from markupsafe import Markup

    terms = vocabulary(root) if terms is None else terms
    script = _script()
    heading = title or next(iter(draft.told("subject")), "") or draft.name
    senders, dates = draft.told("sender") or draft.told("letterhead"), draft.told("date")
    return str(
        _template().render(
            title=heading,
            source=" · ".join(part for part in (draft.name, *senders[:1], *dates[:1]) if part),
            filters=FILTERS,
            content=content(draft, terms, language),
            style=Markup(_palette() + (HERE / "page.css").read_text(encoding="utf-8")),
            script=Markup(script),
            policy=(
                f"default-src 'none'; script-src {_hash(script)}; style-src 'unsafe-inline'; img-src data:; "
                "connect-src 'none'; base-uri 'none'; form-action 'none'"
            ),
        )
    )


@cache
def _template():  # type: ignore[no-untyped-def]
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    # Lists have an order of their own, which the default (sorted) would lose.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment.get_template("page.html.j2")


@cache
def _script() -> str:
    """The script of the page in one scope of its own, with what the map draws names and line styles with."""
    parts = [(HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPT]
    parts.insert(1, (MAPS / "shapes.js").read_text(encoding="utf-8"))
    lines = [line.strip() for part in parts for line in part.splitlines()]
    # Comments and indents are for who reads the source.
    kept = [line for line in lines if line and not line.startswith("//")]
    script = "\n".join(["(() => {", "'use strict';", *kept, "})();", ""])
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise ReleaseError("the script of the review page contains </script or <!--. Write it differently.")
    return script


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode()}'"


def _palette() -> str:
    """The colours of the map as custom properties."""
    pairs = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in colours().items())
    return f":root{{color-scheme:light dark;{pairs}}}\n"
