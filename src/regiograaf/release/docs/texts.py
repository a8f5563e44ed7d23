"""A Markdown text of `docs/` as the body of a page: anchors at its headings, links within the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Text", "page_name", "read", "relink"]

ROOM = 80_000
"""How many bytes of text a page has room for; a section is never split."""

_PAGES = {
    "data/CODEBOOK.md": "codeboek.en.html",
    "CHANGELOG.md": "wijzigingen.en.html",
    "CITATION.cff": "citeren.en.html",
    "ontology/regiograaf.ttl": "def.en.html",
}
"""Files of a project that the site has as a page."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text as HTML."""

    title: str
    parts: tuple[Markup, ...]
    """Its body, a page each; one, unless it is long."""
    contents: tuple[tuple[str, str], ...]
    """The headings of its sections: (anchor, words); after `relink`, (address, words)."""
    files: tuple[str, ...]
    """What it shows or links to and must travel with it, as paths below `docs/`."""


def read(path: Path, folder: Path) -> Text:
    """A text, for the `docs/` of the site in `folder`; raw HTML is shown as text."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(path.read_text(encoding="utf-8"))
    links = _Links(path.parent, folder)
    title, start = path.stem, 0
    if tokens and tokens[0].tag == "h1":
        title, start = _words(tokens[1]), 3
    tokens = tokens[start:]
    contents = tuple(_anchors(tokens))
    for token in tokens:
        token.children = list(links.rewrite(token.children or [])) if token.type == "inline" else token.children
    _figures(tokens)
    sections: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            sections.append([])
        sections[-1].append(token)
    rendered = (parser.renderer.render(section, parser.options, {}) for section in sections)
    parts = tuple(Markup(_reachable(html)) for html in _packed(rendered))
    return Text(title, parts, contents, tuple(sorted(links.files)))


def relink(texts: Mapping[str, Text]) -> dict[str, Text]:
    """The same texts, by name: what links to a heading leads to the page where that heading is."""
    pages = {
        (name, anchor): number
        for name, text in texts.items()
        for number, part in enumerate(text.parts)
        for anchor in re.findall(r'<h[2-6] id="([^"]*)"', part)
    }

    def led(name: str, number: int, link: re.Match[str]) -> str:
        target = link[1] or name
        page = pages.get((target, unquote(link[2])), 0)
        same = (target, page) == (name, number)
        return f'href="{"" if same else page_name(target, page) + ".html"}#{link[2]}"'

    found = {}
    for name, text in texts.items():
        parts = (
            Markup(re.sub(r'href="(?:([\w-]+)\.html)?#([^"]+)"', partial(led, name, number), str(part)))
            for number, part in enumerate(text.parts)
        )
        contents = ((f"{page_name(name, pages[name, place])}.html#{quote(place)}", say) for place, say in text.contents)
        found[name] = replace(text, parts=tuple(parts), contents=tuple(contents))
    return found


def page_name(name: str, number: int) -> str:
    """The name of a page of a text; `number` counts from 0."""
    return f"{name}-{number + 1}" if number else name


def _packed(sections: Iterable[str]) -> list[str]:
    """Sections one after the other, on as few pages as have room for them."""
    pages: list[str] = []
    for section in sections:
        if pages and len((pages[-1] + section).encode("utf-8")) <= ROOM:
            pages[-1] += section
        else:
            pages.append(section)
    return pages


def _words(inline: Token) -> str:
    """The words of a heading, without its marks."""
    return "".join(child.content for child in inline.children or [])


def _anchors(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Name every heading as the source pages do that people link to, and tell those of the second level."""
    used: set[str] = set()
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            words = _words(inline)
            base = re.sub(r"[^\w\- ]", "", words.lower()).strip().replace(" ", "-") or "part"
            name, number = base, 0
            while name in used:
                number += 1
                name = f"{base}-{number}"
            used.add(name)
            token.attrSet("id", name)
            if token.tag == "h2":
                yield name, words


def _figures(tokens: Sequence[Token]) -> None:
    """Make a paragraph that is an image, and nothing else, a figure."""
    for before, inline, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.tag == "p" and [child.type for child in inline.children or []] == ["image"]:
            before.tag = after.tag = "figure"
            before.attrSet("tabindex", "0")


class _Links:
    """Where the links of the texts in one folder lead to."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.source, self.folder = source, folder
        self.files: set[str] = set()

    def rewrite(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """The same tokens; a link to what the site does not have is a span, an image that is not there its words."""
        tags: list[str] = []
        for token in tokens:
            if token.type == "link_open":
                address = self.address(str(token.attrGet("href") or ""))
                if address is None:
                    token.tag, token.attrs = "span", {}
                else:
                    token.attrSet("href", address)
                tags.append(token.tag)
            elif token.type == "link_close":
                token.tag = tags.pop()
            elif token.type == "image":
                source = str(token.attrGet("src") or "")
                address = None if re.match(r"[a-z]+:", source) else self.address(source)
                if address is None:
                    token.type, token.tag, token.attrs = "text", "", {}
                else:
                    token.attrSet("src", address)
            yield token

    def address(self, link: str) -> str | None:
        """The address of a link from a page in `docs/`; None when the site does not have it."""
        if link.startswith("#") or re.match(r"(https?|mailto):", link):
            return link
        path, _, place = link.partition("#")
        target = posixpath.normpath(posixpath.join("docs", unquote(path)))
        name = target.removeprefix("docs/")
        if target != name:
            if not (self.source / name).is_file():
                return None
            if "/" not in name and name.endswith(".md"):
                return f"{quote(name.removesuffix('.md'))}.html{'#' + place if place else ''}"
            self.files.add(name)
            return quote(name)
        if target.startswith("queries/") and target.endswith(".rq"):
            page = f"vragen/{target[8:-3]}.en.html"
        else:
            page = _PAGES.get(target, "")
        return f"../{quote(page)}" if page and (self.folder / page).is_file() else None


def _reachable(html: str) -> str:
    """Wide tables and code, which may scroll sideways, in reach of the keyboard; each table under a name of its own.

    A column without a name has no head.
    """
    parts = html.split("<table>")
    heading = re.compile(r"<h[2-6][^>]*>(.*?)</h[2-6]>", re.DOTALL)
    found, last = [parts[0]], ""
    for number, part in enumerate(parts[1:], 1):
        last = ([last, *heading.findall(parts[number - 1])])[-1]
        words = escape(re.sub(r"<[^>]+>", "", Markup(last).unescape())) if last else ""
        label = f"Table {number}: {words}" if words else f"Table {number}"
        found.append(f'<div class="wide" role="region" aria-label="{label}" tabindex="0"><table>{part}')
    whole = "".join(found).replace("</table>", "</table></div>").replace("<th></th>", "<td></td>")
    return whole.replace("<pre>", '<pre tabindex="0">')
