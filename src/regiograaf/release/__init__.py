"""The linked-data site of a project, whole: artefacts, description, pages, query page, rules for resolving, docs.

The folder is written under another name and moved into place, so that a reader sees the old release or the new one.
Nothing here is computed that `build` does not have; a release is the build in other words.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from regiograaf.checks import Finding, check, worst
from regiograaf.dataset import Build, check_target, read_project, replace_folder
from regiograaf.errors import ReleaseError
from regiograaf.namespaces import GRAPH
from regiograaf.places import MANIFEST
from regiograaf.release.artefacts import Artefact, notes, write_documents, write_files
from regiograaf.release.beside import beside

__all__ = ["Released", "release"]


@dataclass(frozen=True)
class Released:
    """What was found and released; `build` is None when errors stopped it."""

    findings: list[Finding]
    build: Build | None
    artefacts: tuple[Artefact, ...] = ()
    files: int = 0
    """How many files the release has."""
    notes: tuple[str, ...] = ()
    """What was left out, and how to get it: one sentence each."""


def release(
    root: Path,
    output: Path,
    *,
    letters: Path | None = None,
    quotes: bool = False,
    force: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Released:
    """Write the release of a project; `output` is replaced whole, or not touched when there are errors.

    With the letters' texts, every passage is verified; only with `quotes` they are also published.

    Raises SourceError when there is no project, ReleaseError when quotes are asked for and there are no texts, or when
    the folder is somebody else's or cannot be written.
    """
    if quotes and letters is None:
        raise ReleaseError("no texts to quote from. Point --letters at the folder of the letters, or leave quotes out.")
    check_target(output, force)
    progress("reading and checking")
    findings, made = check(read_project(root), letters)
    if made is None or worst(findings) == "error":
        return Released(findings, None)
    if not quotes:
        made = without_quotes(made)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        made_in = Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=output.parent))
    except OSError as error:
        raise ReleaseError(f"{output}: {error.strerror}. Choose another folder for -o.") from error
    gc.freeze()  # all of the build is kept until the end: to look through it again and again takes a tenth of the time
    try:
        artefacts = _fill(made, made_in, progress)
        progress("counting")
        (made_in / MANIFEST).write_text(_manifest(made_in), encoding="utf-8", newline="\n")
        files = sum(len(names) for _, _, names in os.walk(made_in)) - 1
        made_in.chmod(0o755)
        replace_folder(made_in, output, force)
    except OSError as error:
        raise ReleaseError(f"{output}: {error.strerror}. Choose another folder for -o.") from error
    finally:
        gc.unfreeze()
        shutil.rmtree(made_in, ignore_errors=True)
    return Released(findings, made, artefacts, files, notes())


def without_quotes(build: Build) -> Build:
    """The same build as if the letters' texts were not at hand."""
    graphs = {name: triples for name, triples in build.graphs.items() if name != GRAPH["citaten"]}
    return replace(build, graphs=graphs, quoted=0, texts={})


def _fill(build: Build, folder: Path, progress: Callable[[str], None]) -> tuple[Artefact, ...]:
    """Write every part of the release, in the order in which one needs another.

    The documents of individuals and the query page are written by processes of their own, beside the pages.
    """
    from regiograaf.release import description, docs, query, resolving, site

    progress("writing the artefacts")
    artefacts = write_files(build, folder)
    with (
        beside(lambda: write_documents(folder, build.project.root)) as documents,
        beside(lambda: query.write(build, folder)) as queries,
    ):
        progress("describing the dataset")
        description.write(build, artefacts, folder)
        progress("writing the pages and the docs")
        site.write(build, artefacts, folder, docs.write)
        progress("waiting for the documents and the query page")
        documents()
        queries()
    progress("writing the rules for resolving")
    resolving.write(folder)
    return artefacts


def _manifest(folder: Path) -> str:
    """Names and SHA-256 digests, as `sha256sum -c` reads them, of the data and of the files on top."""
    files = sorted(path for path in (*folder.iterdir(), *(folder / "dataset").rglob("*")) if path.is_file())
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files
    )
