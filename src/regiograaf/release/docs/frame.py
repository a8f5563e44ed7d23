"""The frame of the site around a page of `docs/`. These pages are in English only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from regiograaf.prefixes import BASE
from regiograaf.release import citation
from regiograaf.release.site.addresses import named
from regiograaf.release.site.rendering import HERE as SITE
from regiograaf.release.site.rendering import POLICY, embed
from regiograaf.release.site.words import MENU, WORDS

__all__ = ["Frame", "spoken"]

TEMPLATES = Path(__file__).parent / "templates"
PACKAGE = Path(__file__).resolve().parents[2]


class Frame:
    """Writes pages of `docs/` in the folder of a site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = citation.read(PACKAGE).version

    def page(
        self, template: str, name: str, title: str, values: Mapping[str, Any], *, above: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Write `docs/NAME.html`; `above` are the pages between it and the contents: (address, title)."""
        text = self._environment.get_template(template).render(
            lang="en",
            up="../",
            policy=POLICY,
            title=title,
            w=WORDS["en"],
            languages=(),
            formats=(),
            scripts=(),
            jsonld=Markup(embed(_about(name, title))),
            home=named("index", "en"),
            menu=[(_main(page), words, False) for page, words in MENU["en"]],
            version=self.version,
            citing=named("citeren", "en"),
            crumbs=() if name == "index" else (("index.html", "Documentation"), *above),
            other="../index.html",
            other_lang="nl",
            **values,
        )
        (self.folder / "docs" / f"{name}.html").write_text(text, encoding="utf-8", newline="\n")

    @cached_property
    def _environment(self) -> Any:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(
            loader=FileSystemLoader((TEMPLATES, SITE / "templates")),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        # the frame asks for these of words that may be in either language; here all are English
        environment.filters |= {
            "words": lambda text: text,
            "short_title": lambda text: text,
            "format_name": lambda kind: kind,
            "tongue": lambda text: "",
            "spoken": spoken,
        }
        return environment


def spoken(text: str) -> Markup:
    """A sentence of a docstring, with what stands between backticks as code."""
    parts = text.replace("``", "`").split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 and place < len(parts) - 1 else escape(part)
        for place, part in enumerate(parts)
    )


def _main(page: str) -> str:
    return "kaart.html#taal=en" if page == "kaart" else named(page, "en")


def _about(name: str, title: str) -> dict[str, str]:
    return {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "@id": f"{BASE}docs/{name}.html",
        "headline": title,
        "inLanguage": "en",
    }
