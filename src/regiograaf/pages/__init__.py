"""Pages to read: one offline HTML file from a template, with a policy of hashes, light and dark, fit for print.

A room that has something to show extends `base.html.j2` and adds its own style and script; what it shows is its own
affair. The map and the pages of the endpoint are no such pages.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from regiograaf.claims import Claim
from regiograaf.errors import ReleaseError
from regiograaf.plots.colours import colours

__all__ = ["Language", "render", "says"]

HERE = Path(__file__).parent
Language = Literal["nl", "en"]
_SKIP = {"nl": "Ga naar de inhoud", "en": "Skip to content"}
_CLOSES = re.compile(r"</(?:script|style)|<!--", re.IGNORECASE)


def render(
    folder: Path,
    template: str,
    *,
    title: str,
    source: str,
    language: Language = "nl",
    styles: str = "",
    script: str = "",
    figures: bool = False,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    tests: Mapping[str, Callable[..., bool]] | None = None,
    **values: Any,
) -> str:
    """A page from a template of a room's folder that extends `base.html.j2`.

    `styles` and `script` name files in that folder, or in that of this room (`filter.js` shows rows by their state).
    The style comes after that of every page, the script at its end.
    `source` is the line at the foot. With `figures`, styles within the page are allowed, as figures in SVG need.
    The same arguments give the same text, which asks nothing of any network.

    Raises ReleaseError when a style or script would end its own element.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader([folder, HERE]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= filters or {}
    environment.tests |= tests or {}
    style = _palette() + _read(HERE, "base.css") + _read(folder, styles)
    code = _read(folder, script)
    return environment.get_template(template).render(
        title=title,
        source=source,
        lang=language,
        skip=_SKIP[language],
        style=Markup(style),
        script=Markup(code),
        policy=(
            f"default-src 'none'; script-src {_hash(code) if code else _NONE}; "
            f"style-src {_INLINE if figures else _hash(style)}; img-src data:; "
            "connect-src 'none'; base-uri 'none'; form-action 'none'"
        ),
        **values,
    )


_NONE, _INLINE = "'none'", "'unsafe-inline'"


def says(claim: Claim, labels: Mapping[str, str], language: Language = "nl") -> str:
    """A claim in words: its paraphrase in that language, else subject, relation and object."""
    found = next((str(text) for text in claim.paraphrases if text.language == language), "")
    return found or " ".join(labels.get(str(part), str(part)) for part in claim.content)


def _read(folder: Path, name: str) -> str:
    if not name:
        return ""
    path = folder / name if (folder / name).is_file() else HERE / name
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    if _CLOSES.search(text):
        raise ReleaseError(f"{path.name} holds the end of its own element, or <!--. Write it differently.")
    return text


def _palette() -> str:
    """The colours of the map as custom properties."""
    pairs = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in colours().items())
    return f":root{{color-scheme:light dark;{pairs}}}\n"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
