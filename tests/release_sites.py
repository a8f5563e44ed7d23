"""Sites of releases for tests, and how to follow their links."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from filelock import FileLock

from regiograaf.dataset import Build, compile_project, nquads, read_project, to_store
from regiograaf.release import Released, release
from regiograaf.release.artefacts import Artefact
from regiograaf.release.site import write, write_pages

LINK = re.compile(r'(?:href|src)="([^"]*)"')
ID = re.compile(r'\sid="([^"]*)"')
NOT_PAGES = re.compile(r".*\.(ttl|jsonld|nt|rdf|rq)\Z|sparql(\.en)?\.html\Z|dataset/.*|docs/.*")
"""What the other parts of a release write, for a site of pages alone."""


def released(root: Path) -> tuple[Path, Released]:
    """The folder of a project's release and what the release told, made once for all processes of a run.

    It may be read, not written.
    """
    folder = Path(os.environ["REGIOGRAAF_TEST_SHARED"]) / "releases" / root.name
    told = folder.with_suffix(".pickle")
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not told.exists():
            told.write_bytes(pickle.dumps(release(root, folder)))
    return folder, pickle.loads(told.read_bytes())


def built(root: Path) -> Build:
    return compile_project(read_project(root))


def site(build: Build, folder: Path, artefacts: tuple[Artefact, ...] = ()) -> Path:
    folder.mkdir(exist_ok=True)
    write(build, artefacts, folder)
    return folder


def without_map(build: Build, folder: Path) -> Path:
    """A site without map, report and style sheet, which take most of the time and have tests of their own."""
    folder.mkdir(exist_ok=True)
    write_pages(build, (), folder, to_store(nquads(build.graphs)))
    return folder


def pages(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.html")))


def broken(folder: Path, elsewhere: re.Pattern[str] | None = None) -> list[tuple[str, str]]:
    """(page, link) of each link within the site that leads nowhere: to no file, or to no such place in it.

    Files that match `elsewhere` count as there.
    """
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    @cache
    def places(name: str) -> frozenset[str]:
        return frozenset(ID.findall((folder / name).read_text(encoding="utf-8")))

    @cache
    def target(home: str, link: str) -> str:
        parts = home.split("/") if home else []
        for part in unquote(link).split("/"):
            if part == "..":
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        return "/".join(parts)

    found = []
    for path in pages(folder):
        name = path.relative_to(folder).as_posix()
        home = name.rpartition("/")[0]
        for link in set(LINK.findall(path.read_text(encoding="utf-8"))):
            address, _, place = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            to = target(home, address) if address else name
            if elsewhere and elsewhere.match(to):
                continue
            if to not in there or (place and "=" not in place and unquote(place) not in places(to)):
                found.append((name, link))
    return found
