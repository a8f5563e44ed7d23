"""One frame around every page: compiled templates, relative links, a strict policy, and each file written once."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from regiograaf.errors import ReleaseError
from regiograaf.prefixes import BASE, PREFIXES, shrink
from regiograaf.release.citation import DATASET, Citation
from regiograaf.release.site.addresses import LANGUAGES, Language, named, page_of, up
from regiograaf.release.site.material import Fact, Material, Text
from regiograaf.release.site.words import MENU, WORDS

__all__ = ["Crumbs", "Site"]

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
FORMATS = (("text/turtle", ".ttl", "Turtle"), ("application/ld+json", ".jsonld", "JSON-LD"))
_NAME_OF = {kind: name for kind, _, name in FORMATS}
PARTS = ("pages", "facts", "cite")
"""Macros that every template knows; to import them in each page takes longer than the rest of a small one."""
_BINARY = getattr(os, "O_BINARY", 0)
Crumbs = Sequence[tuple[str, str]]
Entry = tuple[str, str, str, str]
"""What can be searched for: name, address, kind, other names."""
Made = tuple[set[str], dict[Language, list[Entry]]]
"""What one process wrote: names of files, and what can be searched for, by language."""


class Site:
    """What every page of one release has in common, and the folder that they are written to."""

    def __init__(self, material: Material, folder: Path, citation: Citation) -> None:
        self.material, self.folder, self.citation = material, folder, citation
        self.written: set[str] = set()
        self.entries: dict[Language, list[Entry]] = {"nl": [], "en": []}
        self._folders: set[str] = set()
        self._root = str(folder)
        self._chrome: dict[tuple[str, Language, str, str], Markup] = {}
        self._described: dict[str, Markup] = {}
        self._modalities: dict[tuple[str, Language], Markup] = {}
        self._links: dict[tuple[str, Language, str], Markup] = {}
        self._templates: dict[tuple[str, Language], Any] = {}

    @cached_property
    def environment(self) -> Any:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        environment.filters |= {
            "words": lambda text: text.words if isinstance(text, Text) else text,
            "short_title": lambda text: _short(text.words if isinstance(text, Text) else text),
            "format_name": lambda kind: _NAME_OF[kind],
        }
        return environment

    @cached_property
    def _by_language(self) -> Mapping[Language, Any]:
        """The environment of each language: only that filter differs which marks words of another."""
        found = {}
        for language in LANGUAGES:
            overlay = self.environment.overlay(cache_size=50)
            overlay.filters = {**overlay.filters, "tongue": partial(_tongue, language)}
            shared = overlay.get_template("parts.html.j2").module
            overlay.globals = {**overlay.globals, **{name: getattr(shared, name) for name in PARTS}}
            found[language] = overlay
        return found

    def template(self, name: str, language: Language) -> Any:
        """A compiled template."""
        found = self._templates.get((name, language))
        if found is None:
            found = self._templates[name, language] = self._by_language[language].get_template(name)
        return found

    def page(
        self,
        template: str,
        path: str,
        language: Language,
        *,
        title: Text | str,
        iri: str = "",
        crumbs: Crumbs = (),
        jsonld: Any = None,
        scripts: Sequence[str] = (),
        formats: bool = False,
        same: str = "",
        twin: str = "",
        values: Mapping[str, Any],
    ) -> None:
        """Write one page; `path` is that of its file without ending, `crumbs` are (address from the root, words).

        `same` is the IRI, one folder up, whose data in other formats are also those of this page; `twin` is the path
        of what has the same content in the other language, where that is not the same path.
        """
        ups, leaf = up(path), path.rsplit("/", 1)[-1]
        other: Language = "en" if language == "nl" else "nl"
        twins = {language: named(leaf, language), other: named((twin or path).rsplit("/", 1)[-1], other)}
        base = ("../" if same else "") + path_base(same or iri)
        text = self.template(template, language).render(
            lang=language,
            up=ups,
            policy=POLICY,
            title=title,
            w=WORDS[language],
            languages=[(code, twins[code]) for code in LANGUAGES],
            formats=[(kind, base + end) for kind, end, _ in FORMATS] if formats else (),
            jsonld=jsonld
            if isinstance(jsonld, Markup)
            else Markup(embed(jsonld or self.web_page(path, language, title))),
            scripts=scripts,
            top=self.chrome("top.html.j2", language, ups, path),
            bottom=self.chrome("bottom.html.j2", language, ups, path),
            crumbs=[(ups + address, words) for address, words in crumbs],
            other=twins[other],
            other_lang=other,
            **values,
        )
        self.write(named(path, language), text)

    def chrome(self, template: str, language: Language, ups: str, path: str) -> Markup:
        """What stands above or below every page; the same for all pages of a folder."""
        here = path if "/" not in path else ""
        found = self._chrome.get((template, language, ups, here))
        if found is None:
            menu = [(self.main(name, language), words, name == here) for name, words in MENU[language]]
            text = self.template(template, language).render(
                up=ups,
                w=WORDS[language],
                home=named("index", language),
                menu=menu,
                version=self.citation.version,
                citing=named("citeren", language),
            )
            found = self._chrome[template, language, ups, here] = Markup(text)
        return found

    def main(self, name: str, language: Language) -> str:
        """The address of a page of the main menu; the map is one page for both languages."""
        return "kaart.html#taal=en" if (name, language) == ("kaart", "en") else named(name, language)

    def apart(self, work: Callable[[], None]) -> Made:
        """Do work that writes pages, in another process; what this process is to know of it, for `take`."""
        before, known = set(self.written), {language: len(entries) for language, entries in self.entries.items()}
        work()
        return self.written - before, {language: self.entries[language][n:] for language, n in known.items()}

    def take(self, made: Made) -> None:
        """Know what another process wrote.

        Raises ReleaseError when a page has one of those names already.
        """
        names, entries = made
        for name in sorted(names):
            self._claim(name)
        for language, found in entries.items():
            self.entries[language] += found

    def _claim(self, name: str) -> None:
        if name in self.written:
            raise ReleaseError(f"{name}: two pages have this name. Give one of the two another key.")
        self.written.add(name)

    def write(self, name: str, text: str) -> None:
        """Write a file of the site.

        Raises ReleaseError when another page has that name already.
        """
        self._claim(name)
        file = os.open(self._place(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o644)
        try:
            data = memoryview(text.encode("utf-8"))
            while data:
                data = data[os.write(file, data) :]
        finally:
            os.close(file)

    def also(self, name: str, other: str) -> None:
        """Give a written page a second name in the same folder; to make a file costs more than to link one."""
        self.written.add(name)
        path = self._place(name)
        try:
            os.link(self.folder / other, path)
        except OSError:  # a file system without links
            shutil.copyfile(self.folder / other, path)

    def _place(self, name: str) -> str:
        """The path of a file, in a folder that is there."""
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self._root}/{name}"

    def link(self, iri: str, language: Language, ups: str) -> Markup:
        """The name of an IRI, as a link to its page; what is somebody else's is called by its address."""
        found = self._links.get((iri, language, ups))
        if found is None:
            page = page_of(iri, language)
            if page is None:
                words = Text(shrink(iri))
                known = self.material.names[language].get(iri)
                found = (
                    Markup('<a href="{}" rel="external"{}>{}</a>').format(
                        iri, tongue(known or words, language), (known or words).words
                    )
                    if iri.startswith(("https://", "http://"))
                    else Markup("{}").format(iri)
                )
            else:
                name = self.material.name(iri, language)
                found = Markup(f'<a href="{ups}{escape(page)}"{tongue(name, language)}>{escape(name.words)}</a>')
            self._links[iri, language, ups] = found
        return found

    def modality(self, key: str, language: Language) -> Markup:
        """A modality: its exact word, with the line that it is drawn with."""
        found = self._modalities.get((key, language))
        if found is None:
            name = self.material.name(PREFIXES["modaliteit"] + key, language)
            stroke = self.material.strokes.get(key, "none")
            found = Markup('<span class="m l-{}">{}</span>').format(stroke, name.words)
            self._modalities[key, language] = found
        return found

    def cited(self, iri: str, what: str = "") -> str:
        """How to cite one thing of the dataset: a claim, a question, an entity."""
        c = self.citation
        return f"{', '.join(c.authors)} ({c.released[:4]}). {what}{c.title}, version {c.version}. {iri}"

    def described(self, *iris: str) -> Markup:
        """What is said of a thing and its parts, as JSON-LD; the same in each language."""
        found = self._described.get(iris[0])
        if found is None:
            graph = [described(iri, self.material.about.get(iri, ())) for iri in iris]
            context = {prefix: base for part in graph for prefix, base in part.pop("@context").items()}
            whole = graph[0] if len(graph) == 1 else {"@graph": graph}
            found = self._described[iris[0]] = Markup(embed({"@context": context, **whole}))
        return found

    def web_page(self, path: str, language: Language, title: Text | str) -> dict[str, Any]:
        """A page as schema.org tells it."""
        return {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "@id": BASE + named(path, language),
            "name": title.words if isinstance(title, Text) else title,
            "inLanguage": language,
            "isPartOf": {"@type": "Dataset", "@id": DATASET, "name": self.citation.title},
            "license": "https://creativecommons.org/licenses/by/4.0/",
        }


def path_base(iri: str) -> str:
    """The last part of an IRI: what the files in other formats are called."""
    return iri.rsplit("/", 1)[-1]


def tongue(text: Any, language: Language) -> Markup:
    """The attribute for words in another language than the page, if they are."""
    own = text.language if isinstance(text, Text) else ""
    if not own or own == language:
        return _NO_MARK
    return _MARKS.get(own) or Markup(' lang="{}"').format(own)


_NO_MARK = Markup("")
_MARKS = {code: Markup(f' lang="{code}"') for code in ("nl", "en", "de", "fr")}


def _tongue(language: Language, text: Any) -> Markup:
    return tongue(text, language)


def spoken(text: Text, language: Language) -> Markup:
    """Words, marked when they are in another language than the page."""
    mark = tongue(text, language)
    return Markup("<span{}>{}</span>").format(mark, text.words) if mark else escape(text.words)


_curie = lru_cache(None)(shrink)


def described(iri: str, facts: Iterable[Fact]) -> dict[str, Any]:
    """What is said of a thing, as JSON-LD; conclusions left out."""
    context: dict[str, str] = {}
    found: dict[str, Any] = {}

    def short(full: str) -> str:
        curie = _curie(full)
        prefix = curie.partition(":")[0]
        if curie == full:
            return full
        context[prefix] = PREFIXES[prefix]
        return curie

    for fact in facts:
        if fact.graph.startswith("inferred"):
            continue
        if fact.predicate == PREFIXES["rdf"] + "type":
            key = "@type"
            value: Any = short(fact.value)
        else:
            key = short(fact.predicate)
            if not fact.literal:
                value = {"@id": fact.value}
            elif fact.language:
                value = {"@value": fact.value, "@language": fact.language}
            elif fact.datatype and not fact.datatype.endswith("#string"):
                value = {"@value": fact.value, "@type": short(fact.datatype)}
            else:
                value = fact.value
        values = found.setdefault(key, [])
        if value not in values:
            values.append(value)
    return {"@context": context, "@id": iri, **found}


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def embed(value: Any) -> str:
    """JSON that can stand in a script element."""
    return _JSON.encode(value).replace("<", "\\u003c").replace("&", "\\u0026")


def style_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def _short(title: str) -> str:
    return title if len(title) <= 90 else title[:88].rsplit(" ", 1)[0] + " …"
