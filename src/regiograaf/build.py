"""The main job: check, compile, draw, report, and put a finished folder in the place of the old one.

The order of the house is kept here: nothing is written before everything is right.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regiograaf import analysis, cache, names
from regiograaf.checks import Finding, check, check_conclusions, worst
from regiograaf.dataset import (
    Build,
    check_target,
    compile_project,
    nquads,
    read_project,
    replace_folder,
    save,
    to_store,
)
from regiograaf.errors import ReleaseError, SourceError, UnknownTermError
from regiograaf.namespaces import shrink
from regiograaf.places import MANIFEST, find_root
from regiograaf.projection import collapse, project
from regiograaf.report import report

if TYPE_CHECKING:
    import networkx as nx

    from regiograaf.coverage import Covered

__all__ = ["Result", "build", "check_all", "draw", "read_covered", "surroundings"]

TOP = 15
TITLE = "Wie werkt met wie, waaraan, en bestaat het al?"


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
        (beside / "map.html").write_text(draw(network, root), encoding="utf-8", newline="\n")
        progress("writing the report")
        simple, regions = collapse(network), analysis.regions_of(network)
        rankings = {by: _ranked(simple, by, regions, root)[:TOP] for by in analysis.MEASURES}
        (beside / "report.md").write_text(report(made, names.labels(store), rankings), encoding="utf-8", newline="\n")
        (beside / MANIFEST).write_text(_manifest(beside), encoding="utf-8", newline="\n")
        beside.chmod(0o755)
        replace_folder(beside, output, force)
    except OSError as error:
        raise ReleaseError(f"{output}: {error.strerror}. Choose another folder for -o.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Result(findings, made, output)


def draw(network: nx.MultiDiGraph, root: Path, title: str = TITLE, *, inferred: bool = False) -> str:
    """The map page of a network, with positions from the caches where they are known.

    What is inferred is shown from the start with `inferred`, else when the reader asks for it.
    """
    from regiograaf.maps import cached_positions, render

    folders = [folder / "layout" for folder in _caches(root)]
    positions = cached_positions(network, folders, write_to=folders[-1])
    return render(network, title=title, positions=positions, inferred=inferred)


def _caches(root: Path) -> list[Path]:
    """Where computed results are looked for: with the data, then the user's own cache."""
    folders = [cache.folder()]
    with suppress(SourceError):
        folders.insert(0, find_root(root, "data") / "cache")
    return folders


def _ranked(network: nx.Graph, by: str, regions: Mapping[str, str], root: Path) -> list[analysis.Rank]:
    """A ranking, kept by the digest of the network, the measure and the regions."""
    content = [sorted(network.nodes(data="label")), sorted(network.edges(data="distance")), sorted(regions.items())]
    digest = hashlib.sha256(json.dumps([analysis.VERSION, by, content]).encode()).hexdigest()
    for folder in _caches(root):
        kept = cache.get(f"rank/{digest}.json", folder)
        if kept is not None:
            return [analysis.Rank(*row) for row in json.loads(kept)]
    rows = analysis.rank(network, by=by, regions=regions)
    text = json.dumps([list(astuple(row)) for row in rows], ensure_ascii=False)
    cache.put(f"rank/{digest}.json", text.encode("utf-8"))
    return rows


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


def surroundings(network: nx.MultiDiGraph, node: str, *, inferred: bool = False) -> nx.MultiDiGraph:
    """The part of a network that holds a node, what it is linked to, and the relations among these.

    What is linked by inference only belongs to it with `inferred`.

    Raises UnknownTermError when no relation speaks of the node.
    """
    if node not in network:
        raise UnknownTermError(
            f"{shrink(node)} has no relation to draw. regiograaf show says what the letters say of it."
        )
    import networkx as nx

    near = {node}
    for u, v, origin in network.edges(data="origin"):
        if node in (u, v) and (inferred or origin != "inferred"):
            near |= {u, v}
    part = nx.MultiDiGraph()
    part.graph.update(network.graph)
    part.add_nodes_from((name, network.nodes[name]) for name in sorted(near))
    part.add_edges_from((u, v, k, a) for u, v, k, a in network.edges(keys=True, data=True) if near >= {u, v})
    return part


def read_covered(root: Path, letters: Path | None) -> list[Covered]:
    """The coverage of every letter whose text is at hand.

    Raises SourceError without the letters' texts.
    """
    from regiograaf.coverage import coverage

    if letters is None:
        raise SourceError("coverage needs the letters' texts. Add --letters DIR, or set REGIOGRAAF_LETTERS.")
    return coverage(compile_project(read_project(root), letters))
