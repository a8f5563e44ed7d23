"""Pages made of the project's own texts: glossary, codebook, changelog; and how to cite.

These texts are in English; the Dutch page says so, and shows what the ontology says in Dutch, or which versions there
are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from regiograaf.errors import SourceError
from regiograaf.places import find_root
from regiograaf.prefixes import BASE, ID, PREFIXES
from regiograaf.release.citation import DATASET
from regiograaf.release.site.addresses import Language, named, page_of
from regiograaf.release.site.material import IS_A, Text
from regiograaf.release.site.rendering import Site, spoken
from regiograaf.release.site.values import day

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["citing", "references", "write"]

RG, SKOS = PREFIXES["rg"], PREFIXES["skos"]
PAGES = {
    "begrippen": ("docs/glossary.md", "Begrippen", "Glossary"),
    "codeboek": ("data/CODEBOOK.md", "Codeboek", "Codebook"),
    "wijzigingen": ("CHANGELOG.md", "Wijzigingen", "Changelog"),
}
_ONLY_ENGLISH = "De volledige tekst is er alleen in het Engels."
_LEADS = {
    "wijzigingen": (
        "Een versie heeft drie getallen. Het eerste verandert als een begrip verdwijnt of iets anders gaat betekenen, "
        "het tweede als er iets bij komt, het derde als alleen woorden zijn verbeterd. Adressen blijven geldig: een "
        "bewering die is verbeterd, blijft staan en wijst naar haar opvolger."
    )
}
_GROUPS = {
    "Code": "programma",
    "Data": "gegevens",
    "Measured": "metingen",
    "Ontology": "begrippenkader",
    "Queries": "vragen",
}
"""Headings of the changelog, in Dutch."""
_VERSION = re.compile(r"\[([\w.-]+)\](?: - (\d{4}-\d\d-\d\d))?")


def write(site: Site, root: Path, language: Language) -> None:
    """The texts as pages; one that neither the project nor the package has is left out, and not linked to either."""
    for path, (source, dutch, english) in PAGES.items():
        text = _read(root, source) if language == "en" else None
        groups = _dutch(site, root, path) if language == "nl" else []
        body = _html(text) if text is not None else Markup("")
        site.page(
            "prose.html.j2",
            path,
            language,
            title=dutch if language == "nl" else english,
            values={
                "body": body,
                "lead": _LEADS.get(path, "") if language == "nl" else "",
                "note": _ONLY_ENGLISH if language == "nl" else "",
                "english": named(path, "en"),
                "groups": groups,
            },
        )


def _read(root: Path, source: str) -> str:
    try:
        return find_root(root, source).read_text(encoding="utf-8")
    except SourceError:
        return ""


def _html(text: str) -> Markup:
    """Markdown as HTML, with raw HTML shown as text; links to files of the project are no links here."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = _without_title(parser.parse(text))
    for token in tokens:
        _unlink(token.children or [])
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open" and (found := _VERSION.match(words.content)):
            heading.attrSet("id", f"v{found[1]}")
    html = parser.renderer.render(tokens, parser.options, {})
    wide = '<div class="wide" role="region" aria-label="Table" tabindex="0"><table>'
    return Markup(html.replace("<table>", wide).replace("</table>", "</table></div>"))


def _without_title(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens after the first heading, which is the title of the page."""
    if not tokens or tokens[0].tag != "h1":
        return tokens
    return tokens[1 + next(i for i, token in enumerate(tokens) if token.type == "heading_close") :]


def _unlink(tokens: Iterable[Token]) -> None:
    """Make what leads to a file of the project a span."""
    open_: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            if not str(token.attrGet("href") or "").startswith(("https://", "http://", "#")):
                token.tag, token.attrs = "span", {}
            open_.append(token.tag)
        elif token.type == "link_close" and open_:
            token.tag = open_.pop()


def _dutch(site: Site, root: Path, path: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """What the ontology says in Dutch of the terms that the text is about: (heading, (name, address, definition))."""
    m = site.material
    if path == "begrippen":
        kinds = [iri for iri in sorted(m.about) if iri.startswith(RG) and not m.values(iri, RG + "familie")]
        classes = [iri for iri in kinds if PREFIXES["owl"] + "Class" in m.values(iri, IS_A)]
        return [("Bouwstenen", _terms(site, classes)), ("Modaliteiten", _terms(site, _in(site, "modaliteit/")))]
    if path == "codeboek":
        return [
            ("Modaliteiten", _terms(site, _in(site, "modaliteit/"), "scopeNote")),
            ("Waarom een zin geen bewering heeft", _terms(site, _in(site, "dekkingsreden/"))),
            ("Rollen van grootheden", _terms(site, _in(site, "grootheidrol/"))),
            ("Nauwkeurigheid", _terms(site, _in(site, "nauwkeurigheid/"))),
        ]
    return [("Versies", list(_versions(_read(root, PAGES[path][0]), named(path, "en"))))]


def _versions(text: str, address: str) -> Iterator[tuple[str, str, str]]:
    """Each version of a changelog with its date, and how many changes of which kind it names."""
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        if found := _VERSION.match(part):
            kinds = (each.partition("\n") for each in re.split(r"^### ", part, flags=re.MULTILINE)[1:])
            told = [
                f"{_GROUPS.get(kind, kind)} ({len(re.findall('^- ', rest, re.MULTILINE))})" for kind, _, rest in kinds
            ]
            when = f"{day(date.fromisoformat(found[2]), 'nl')}: " if found[2] else ""
            yield f"Versie {found[1]}", f"{address}#v{found[1]}", f"{when}{', '.join(told)}."


def _in(site: Site, kind: str) -> list[str]:
    return [iri for iri in sorted(site.material.about) if iri.startswith(ID + kind)]


def _terms(site: Site, iris: Iterable[str], also: str = "") -> list[tuple[str, str, str]]:
    m = site.material
    found = []
    for iri in iris:
        definition = m.told(iri, SKOS + "definition", "nl")
        note = m.told(iri, SKOS + also, "nl") if also else None
        if definition is not None:
            words = f"{definition.words} {note.words}" if note else definition.words
            found.append((m.name(iri, "nl").words, page_of(iri, "nl") or "", words))
    return found


def citing(site: Site, questions: Iterable[str], language: Language) -> None:
    """How to cite the dataset, a claim and a question, with files for reference managers."""
    c, m = site.citation, site.material
    place = 0 if language == "nl" else 1
    row = m.rows[0] if m.rows else None
    question = next(iter(sorted(questions)), "")
    examples = [(("Het geheel", "The whole"), DATASET, "")]
    if row is not None:
        examples.append((("Een bewering", "A claim"), row.iri, f"Claim {row.keys[0]}. "))
    if question:
        examples.append((("Een vraag", "A question"), f"{BASE}vragen/{question}", f"Question {question}. "))
    site.page(
        "citing.html.j2",
        "citeren",
        language,
        title=("Aanhalen", "Citing")[place],
        values={
            "lead": (
                "Haal aan wat u gebruikt, met de versie en het vaste adres. Het adres van een bewering volgt uit haar "
                "inhoud: wordt zij verbeterd, dan blijft het oude adres bestaan en wijst het naar het nieuwe.",
                "Cite what you use, with the version and the permanent address. The address of a claim follows from "
                "its content: when it is corrected, the old address stays and points to the new one.",
            )[place],
            "examples": [(words[place], site.cited(iri, what)) for words, iri, what in examples],
            "files": (("static/regiograaf.bib", "BibTeX"), ("static/regiograaf.ris", "RIS")),
            "known": [
                (("Titel", "Title")[place], [spoken(Text(c.title, "en"), language)]),
                (("Versie", "Version")[place], [c.version]),
                (("Datum", "Date")[place], [day(date.fromisoformat(c.released), language)]),
                (("Uitgever", "Publisher")[place], [c.publisher]),
                (("Licentie", "Licence")[place], ["CC BY 4.0"]),
            ],
        },
    )


def references(site: Site) -> None:
    """The dataset for reference managers, as BibTeX and RIS."""
    c = site.citation
    year, month, day = c.released.split("-")
    authors = " and ".join(_bibtex(a.sorted_name) if a.person else f"{{{_bibtex(a.name)}}}" for a in c.creators)
    fields = (
        ("author", authors),
        ("title", f"{{{_bibtex(c.title)}}}"),
        ("version", c.version),
        ("year", year),
        ("month", str(int(month))),
        ("publisher", f"{{{_bibtex(c.publisher)}}}"),
        ("url", DATASET),
    )
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
    site.write("static/regiograaf.bib", f"@misc{{regiograaf{year},\n{lines}\n}}\n")
    tags = [("TY", "DATA"), *(("AU", agent.sorted_name) for agent in c.creators), ("TI", c.title), ("ET", c.version)]
    tags += [("PY", year), ("DA", f"{year}/{month}/{day}"), ("PB", c.publisher), ("UR", DATASET), ("ER", "")]
    site.write("static/regiograaf.ris", "".join(f"{tag}  - {value}\r\n" for tag, value in tags))


def _bibtex(text: str) -> str:
    return re.sub(r"([\\{}%&#_$])", r"\\\1", text)
