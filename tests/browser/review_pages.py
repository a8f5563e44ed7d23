"""Drafts and review pages for the tests, and what they read from such a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from rdflib import RDF, Graph, Namespace
from tests.conftest import REPO

from regiograaf.reader.draft import Draft, Reader
from regiograaf.reader.review import page

EXAMPLE = REPO / "examples"
LETTER = EXAMPLE / "letters" / "waterlanden.txt"
RG = Namespace("https://w3id.org/regiograaf/def#")
HOSTILE = """\
Provincie Merendam

Onderwerp: </title><script>window.pwn=1</script><img src=x onerror="window.pwn=2">

Geachte colleges,

De gemeente Rietmeer werkt samen met de gemeente Kaagsluis aan "</script><script>window.pwn=3</script>".
Het programma <b onmouseover=window.pwn=4>Waterrijk</b> Wonen\u202e is van {{ 7*7 }} en ${window.pwn=5} &lt;niets&gt;.
De stuurgroep Bytes <!-- --> \U0001f600 Wonen van \U0001f600 gemeente Oosterplas financiert Waterrijk Wonen.

Hoogachtend,
Gedeputeerde Staten van Merendam
"""

NEW = b"""Provincie Merendam

Onderwerp: Woonloket

Geachte colleges,

De gemeente Rietmeer werkt samen met de gemeente Kaagsluis. Het programma Drijvend Bouwen 2031 wordt uitgevoerd door de
gemeente Rietmeer. De stuurgroep Plassenbeheer adviseert de gemeente Kaagsluis over het programma Drijvend Bouwen 2031.

Hoogachtend,
Gedeputeerde Staten van Merendam
"""


@cache
def reader(root: Path) -> Reader:
    return Reader.of(root)


@cache
def example() -> Draft:
    """The draft of the letter that was written for the project."""
    return reader(EXAMPLE).read(LETTER)


@cache
def new_letter() -> Draft:
    """A letter with names that no list knows."""
    draft = reader(EXAMPLE).read(NEW, "woonloket.txt")
    assert draft.found.new
    return draft


@cache
def hostile() -> Draft:
    return reader(EXAMPLE).read(HOSTILE.encode(), "</script><script>window.pwn=9</script>.txt")


def write(draft: Draft, folder: Path, name: str = "review.html", **named: Any) -> Path:
    """The page of a draft, as a file."""
    path = folder / name
    path.write_text(page(draft, root=EXAMPLE, **named), encoding="utf-8", newline="\n")
    return path


def claims(shown: Page) -> list[dict[str, Any]]:
    """All claims as the page has them now, in its order, with their standing: open, accepted or dropped."""
    return list(shown.evaluate("regiograaf.claims()"))


def standing(shown: Page) -> list[str]:
    return [claim["standing"] for claim in claims(shown)]


def turtle(shown: Page) -> str:
    return str(shown.evaluate("regiograaf.turtle()"))


def row(shown: Page, claim: dict[str, Any]) -> Any:
    """The card of a claim."""
    return shown.locator(f'[data-claim="{claim["id"]}"]')


def press(shown: Page, keys: str) -> None:
    for key in keys.split():
        shown.keyboard.press(key)


def click_line(shown: Page, number: int) -> None:
    """Click a sentence of the letter where no name stands."""
    point = shown.evaluate(
        """(number) => {
            const line = document.querySelector(`[data-line="${number}"]`);
            line.scrollIntoView({ block: 'center' });
            for (const box of line.getClientRects())
                for (let x = box.left + 1; x < box.right; x += 2) {
                    const y = box.top + box.height / 2;
                    if (document.elementFromPoint(x, y) === line) return [x, y];
                }
            return null;
        }""",
        number,
    )
    assert point, f"no free place in sentence {number}"
    shown.mouse.click(*point)


def graph(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=text, format="turtle")


def counted(text: str) -> dict[str, int]:
    """Of a Turtle text: its claims, and those that are drafts."""
    found = graph(text)
    all_claims = set(found.subjects(RDF.type, RG.Bewering))
    drafts = set(found.subjects(RG.status, None))
    return {"claims": len(all_claims), "drafts": len(all_claims & drafts), "statuses": len(drafts)}


def download(page: Page) -> tuple[str, str]:
    with page.expect_download() as got:
        page.click("#download")
    return got.value.suggested_filename, got.value.path().read_bytes().decode("utf-8")
