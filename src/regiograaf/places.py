"""Where the files of a project are: its own, else those that travel with the package.

Nothing is read here, and nothing heavy is loaded.
"""

from __future__ import annotations

from pathlib import Path

from regiograaf.errors import SourceError

__all__ = ["MANIFEST", "find_root", "project_files"]

MANIFEST = ".regiograaf"
"""In a built folder: the names and SHA-256 digests of its files."""

_BUNDLE = "bundle"
_GRAPHS = {
    "ontology/regiograaf.ttl": "ontologie",
    "ontology/modaliteiten.ttl": "ontologie",
    "ontology/projections.ttl": "ontologie",
    "ontology/alignments.ttl": "uitlijning",
    "data/themas.ttl": "themas",
    "data/entiteiten.ttl": "entiteiten",
    "data/achtergrond.ttl": "achtergrond",
    "data/links.ttl": "links",
    "data/links-themas.ttl": "links",
    "data/codering.ttl": "codering",
    "data/catalogus.ttl": "catalogus",
}


def find_root(root: Path, part: str) -> Path:
    """The folder or file `part` of a project: its own, else the one that travels with the package.

    Raises SourceError when neither is there.
    """
    own = root / part
    if own.exists():
        return own
    for base in (Path(__file__).resolve().parent / _BUNDLE, Path(__file__).resolve().parents[2]):
        if (base / part).exists():
            return base / part
    raise SourceError(f"{own}: not there. Run inside a regiograaf checkout, or point -C at one.")


def project_files(root: Path) -> tuple[Path, list[tuple[str, Path]]]:
    """The folder that a project's data are in, and its Turtle files with the graph each belongs to.

    What a project does not have itself (ontology, themes) is taken from the package; so are all data when it has none.

    Raises SourceError when there is no project.
    """
    if not root.is_dir():
        raise SourceError(f"{root}: no such folder. Point -C at a project.")
    data = find_root(root, "data")
    home = data.parent
    found: list[tuple[str, Path]] = []
    for name, graph in _GRAPHS.items():
        path = home / name
        if not path.exists() and (name.startswith("ontology/") or name == "data/themas.ttl"):
            path = find_root(root, name)
        if path.exists():
            found.append((graph, path))
    aligned = find_root(root, "ontology/alignments.ttl").parent
    found += [("invoer", path) for path in sorted((aligned / "imports").glob("*.ttl"))]
    for folder, prefix in (("letters", "brief"), ("dekking", "dekking")):
        found += [(f"{prefix}/{path.stem}", path) for path in sorted((data / folder).glob("*.ttl"))]
    return home, found
