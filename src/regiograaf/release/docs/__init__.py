"""The documentation as pages of a release: the texts of `docs/`, and a reference made of the program itself.

The texts are in English and about the program, so they are those of the package, whatever project is released. What
they link to outside the site stays text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from regiograaf.places import find_root
from regiograaf.release.docs import commands, library
from regiograaf.release.docs.contents import PARTS, REFERENCE
from regiograaf.release.docs.frame import Frame
from regiograaf.release.docs.texts import Text, page_name, read, relink

__all__ = ["write"]

PACKAGE = Path(__file__).resolve().parents[2]


def write(folder: Path) -> list[tuple[str, str, str]]:
    """Write `docs/index.html`, a page for each text of `docs/`, and the reference of commands and library.

    A long text has more pages. Goes after the pages of the site that it links to. The same program gives the same
    bytes. Returns what can be searched for: (name, address from the root of the site, other words).

    Raises SourceError when the texts are not there.
    """
    source = find_root(PACKAGE, "docs")
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    frame = Frame(folder)
    texts = relink({path.stem: read(path, folder) for path in sorted(source.glob("*.md"))})
    for name, text in texts.items():
        names = [page_name(name, number) for number in range(len(text.parts))]
        for number, part in enumerate(text.parts):
            pages = {"parts": [f"{each}.html" for each in names], "here": number}
            frame.page("text.html.j2", names[number], text.title, {"body": part, "contents": text.contents, **pages})
        for file in text.files:
            target = folder / "docs" / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((source / file).read_bytes())
    known, rooms = commands.read(), library.read()
    frame.page("commands.html.j2", "commands", "Commands", {"commands": known})
    modules = [(f"{room.page}.html", room.name) for room in rooms]
    for room in rooms:
        first = room is rooms[0]
        title, above = ("Library", ()) if first else (room.name, (("library.html", "Library"),))
        frame.page("library.html.j2", room.page, title, {"room": room, "rooms": modules}, above=above)
    frame.page("index.html.j2", "index", "Documentation", {"parts": _parts(texts)})
    return list(_found(texts, known, rooms))


def _found(
    texts: dict[str, Text], known: Sequence[commands.Command], rooms: Sequence[library.Room]
) -> Iterator[tuple[str, str, str]]:
    """Every text with its sections, every command, every name of the library."""
    yield "Documentation", "docs/index.html", "docs manual"
    for name, text in texts.items():
        yield text.title, f"docs/{name}.html", name
        for address, words in text.contents:
            yield words, f"docs/{address}", text.title
    for name, title, summary in REFERENCE:
        yield title, f"docs/{name}.html", summary
    for command in known:
        yield command.usage.partition(" [")[0], f"docs/commands.html#{command.name}", "command"
    for room in rooms:
        yield room.name, f"docs/{room.page}.html", "Python module"
        for entry in room.names:
            yield entry.anchor, f"docs/{room.page}.html#{entry.anchor}", "Python"


def _parts(texts: dict[str, Text]) -> list[tuple[str, str, list[tuple[str, str, Markup | str]]]]:
    """(heading, what it is for, (address, title, summary)) of each part; a text without a place stands in the last."""
    titles = {name: text.title for name, text in texts.items()} | {name: title for name, title, _ in REFERENCE}
    placed = {name for _, _, pages in PARTS for name, _ in pages}
    unplaced = [(name, "") for name in texts if name not in placed]
    found = []
    for number, (heading, purpose, pages) in enumerate(PARTS, 1):
        listed = [*pages, *unplaced] if number == len(PARTS) else pages
        rows = [(f"{name}.html", titles[name], summary) for name, summary in listed if name in titles]
        found.append((heading, purpose, rows))
    return found
