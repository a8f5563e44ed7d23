"""The files of a release: ontology, data in every form, claims as tables, questions, linksets, and checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from regiograaf.dataset import Build
from regiograaf.release import citation as cited
from regiograaf.release.artefacts.artefact import Artefact
from regiograaf.release.artefacts.context import write_context
from regiograaf.release.artefacts.data import write_data
from regiograaf.release.artefacts.forms import MEDIA_TYPES, by_graph
from regiograaf.release.artefacts.individuals import place, write_individuals
from regiograaf.release.artefacts.linksets import write_linksets
from regiograaf.release.artefacts.ontology import write_ontology
from regiograaf.release.artefacts.questions import write_questions
from regiograaf.release.artefacts.reifiers import write_reifiers
from regiograaf.release.artefacts.table import has_parquet, write_table
from regiograaf.release.beside import beside

__all__ = ["Artefact", "notes", "place", "write", "write_documents", "write_files"]


def write(build: Build, folder: Path) -> tuple[Artefact, ...]:
    """Write every artefact of a build, and the documents of every individual, into an existing folder.

    The same build and CITATION.cff give the same bytes. Returns the artefacts in the order of their paths.

    Raises SourceError when CITATION.cff is not right, QueryError for a question that is broken.
    """
    artefacts = write_files(build, folder)
    write_documents(folder, build.project.root)
    return artefacts


def write_files(build: Build, folder: Path) -> tuple[Artefact, ...]:
    """Write the artefacts, as `write` does, without the documents of individuals."""
    (folder / "dataset").mkdir(exist_ok=True)
    citation = cited.read(build.project.root)
    lines = build.quads.decode("utf-8").splitlines()
    graphs = by_graph(lines)
    header = citation.header()

    def others() -> list[Artefact]:
        return [
            *write_table(build, folder, citation),
            *write_questions(build.project.root, folder, citation),
            *write_reifiers(graphs, folder, header),
            *write_linksets(graphs, folder, header),
        ]

    with beside(others) as apart:
        artefacts = [
            *write_ontology(build, folder, citation.version, header),
            *write_data(lines, graphs, folder, header),
            *write_context(build, folder, citation),
        ]
        artefacts += apart()
    artefacts += _about(folder, artefacts, citation)
    return tuple(sorted(artefacts, key=lambda artefact: artefact.path))


def write_documents(folder: Path, root: Path) -> int:
    """Write the documents of every individual of the N-Quads in a release; returns how many individuals there are.

    It needs nothing but the folder and the project's CITATION.cff, so that another process can do it.
    """
    lines = (folder / "dataset" / "regiograaf.nq").read_text(encoding="utf-8").split("\n")
    quads = (line for line in lines if line and not line.startswith("#"))
    return write_individuals(by_graph(quads), folder, cited.read(root))


def notes() -> tuple[str, ...]:
    """What is left out on this machine, and how to get it."""
    if has_parquet():
        return ()
    return ('dataset/claims.parquet is left out. Install pyarrow with pip install "regiograaf[parquet]" for it.',)


def _about(folder: Path, artefacts: Iterable[Artefact], citation: cited.Citation) -> Iterator[Artefact]:
    """Write the licence and how to cite, for files that cannot say it themselves, and the checksums of all."""
    (folder / "dataset" / "LICENTIE.txt").write_text(
        f"Alle bestanden van deze uitgave: CC BY 4.0, {cited.LICENCE}\nCiteren als: {citation.text}\n\n"
        f"All files of this release: CC BY 4.0, {cited.LICENCE}\nCite as: {citation.text}\n",
        encoding="utf-8",
        newline="\n",
    )
    yield Artefact(
        "dataset/LICENTIE.txt",
        MEDIA_TYPES["txt"],
        {"nl": "Licentie en citeren", "en": "Licence and how to cite"},
        {"nl": "Geldt voor alle bestanden.", "en": "Holds for all files."},
    )
    home = folder / "dataset"
    files = {path for path in home.rglob("*") if path.is_file()} | {folder / artefact.path for artefact in artefacts}
    named = {("../" * (not path.is_relative_to(home))) + _below(path, folder, home): path for path in files}
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in sorted(named.items()))
    (home / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    yield Artefact(
        "dataset/SHA256SUMS",
        MEDIA_TYPES["txt"],
        {"nl": "Controlegetallen", "en": "Checksums"},
        {"nl": "SHA-256 van elk bestand; te lezen door sha256sum -c.", "en": "SHA-256 of each file, for sha256sum -c."},
    )


def _below(path: Path, folder: Path, home: Path) -> str:
    return path.relative_to(home if path.is_relative_to(home) else folder).as_posix()
