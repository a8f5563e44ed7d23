"""The main job: check, compile, draw, report, and put a finished folder in the place of the old one.

The order of the house is kept here: nothing is written before everything is right.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regiograaf import kept, names
from regiograaf.checks import Finding, check, check_conclusions, worst
from regiograaf.dataset import (
    Build,
    check_target,
    nquads,
    read_project,
    replace_folder,
    save,
    to_store,
)
from regiograaf.errors import ReleaseError
from regiograaf.places import MANIFEST, find_root
from regiograaf.projection import project
from regiograaf.report import report

__all__ = ["Result", "build", "check_all"]


@dataclass(frozen=True)
class Result:
    """What a build found and made; `build` is None when errors stopped it."""

    findings: list[Finding]
    build: Build | None
    output: Path


def build(
    root: Path,
    output: Path,
    *,
    letters: Path | None = None,
    force: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Result:
    """Make graph, report and map of a project; `output` is replaced whole, or not touched when there are errors.

    Raises SourceError when there is no project, ReleaseError when the output folder is somebody else's or cannot be
    written.
    """
    check_target(output, force)
    progress("reading and checking")
    findings, made = check(read_project(root), letters)
    if made is None or worst(findings) == "error":
        return Result(findings, None, output)
    progress("writing the graphs")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=output.parent))
    except OSError as error:
        raise ReleaseError(f"{output}: {error.strerror}. Choose another folder for -o.") from error
    try:
        data = nquads(made.graphs)
        save(data, beside)
        progress("drawing the map")
        store = to_store(data, merge=False)
        network = project(store, inferred=True)
        (beside / "map.html").write_text(kept.map_page(network, root), encoding="utf-8", newline="\n")
        progress("writing the report")
        told = report(made, network, names.labels(store), measured=kept.measures(network, root), draw=kept.plot)
        texts = {"report.md": told.markdown, "report.html": told.html}
        texts |= {f"report-{name}.svg": svg for name, svg in told.figures.items()}
        for name, text in texts.items():
            (beside / name).write_text(text, encoding="utf-8", newline="\n")
        (beside / MANIFEST).write_text(_manifest(beside), encoding="utf-8", newline="\n")
        beside.chmod(0o755)
        replace_folder(beside, output, force)
    except OSError as error:
        raise ReleaseError(f"{output}: {error.strerror}. Choose another folder for -o.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Result(findings, made, output)


def _manifest(folder: Path) -> str:
    """Names and SHA-256 digests of the files, as `sha256sum -c` reads them."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())]
    return "".join(lines)


def check_all(root: Path, letters: Path | None = None, *, owlrl: bool = False) -> tuple[list[Finding], Build | None]:
    """All findings of a project, its questions included, and its build when it compiles.

    With `owlrl`, what was concluded is compared with what owlrl concludes.
    """
    from regiograaf.queries import read_all

    findings, made = check(read_project(root), letters)
    _, problems = read_all(find_root(root, "queries"))
    for problem in problems:
        path, _, rest = problem.partition(": ")
        name, _, line = path.rpartition(":")
        number = int(line) if line.isdigit() else 1
        message, _, remedy = rest.rstrip(".").rpartition(". ")
        findings.append(
            Finding(
                name if line.isdigit() else path, number, "error", "query", message or rest, remedy or "mend the query"
            )
        )
    if owlrl and made is not None:
        findings += check_conclusions(made)
    return sorted(findings), made
