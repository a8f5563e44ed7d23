"""The house: a room imports only rooms above it, and starting costs little."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import REPO

SOURCE = REPO / "src" / "regiograaf"
ROOMS = (
    "errors",
    "prefixes",
    "namespaces",
    "letters",
    "claims",
    "sources",
    "cache",
    "places",
    "queries",
    "workers",
    "pool",
    "client",
    "paging",
    "remote",
    "names",
    "answers",
    "rules",
    "closure",
    "reference",
    "dataset",
    "titles",
    "stores",
    "difference",
    "push",
    "explanations",
    "derivations",
    "shapes",
    "checks",
    "projection",
    "views",
    "analysis",
    "exports",
    "maps",
    "plots",
    "pages",
    "reader",
    "coverage",
    "comparison",
    "drift",
    "show",
    "report",
    "kept",
    "build",
    "ask",
    "release",
    "selection",
    "library",
    "notebook",
    "endpoint",
    "output",
    "cli",
    "__init__",
    "__main__",
)


def imported(path: Path, lazy: bool) -> set[str]:
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if lazy else tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "regiograaf":
            parts = (node.module or "").split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_room_imports_only_rooms_above_it(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    assert room in ROOMS, f"{room} has no place in the house"
    for other in imported(path, lazy=room not in ("__init__",)):
        if other in ROOMS and other != room:
            assert ROOMS.index(other) < ROOMS.index(room), f"{room} imports {other}, which is below it"


def test_network_half_and_rdf_half_stay_apart() -> None:
    for room in ("dataset", "claims", "sources", "closure", "checks", "queries"):
        text = (SOURCE / f"{room}.py").read_text(encoding="utf-8")
        assert "networkx" not in text
        assert "pyvis" not in text


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from regiograaf.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in run.stderr.split()}
    heavy = {"rdflib", "networkx", "pyvis", "pyoxigraph", "numpy", "scipy", "owlrl", "rich", "jinja2", "matplotlib"}
    assert loaded & heavy == set()
    assert "regiograaf build" in run.stdout


def test_every_term_of_the_code_is_declared_in_the_ontology() -> None:
    from regiograaf.dataset import read_project
    from regiograaf.namespaces import RG, terms_of

    declared = read_project(REPO).declared
    assert [str(term) for term in terms_of(RG) if term not in declared] == []


def test_a_mistyped_term_raises() -> None:
    from regiograaf.namespaces import RG

    with pytest.raises(AttributeError):
        _ = RG.modalitiet


def test_no_path_of_a_machine_and_no_host_of_a_registry_is_committed() -> None:
    names = subprocess.run(["git", "ls-files"], cwd=REPO, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    home, registry = "/".join(("", "root", "")), ".".join(("pypi", "org"))
    for name in filter(None, names):
        path = REPO / name
        if path.suffix in {".png", ".gz"} or not path.is_file() or name.startswith("LICENSE"):
            continue
        text = path.read_text(encoding="utf-8")
        assert home not in text, name
        assert registry not in text, name


def test_notice_names_every_dependency() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.split(r"[\[<>=!~; ]", one)[0].lower() for one in wanted} - {"regiograaf"}
    notice = (REPO / "NOTICE").read_text(encoding="utf-8").lower()
    assert len(names) > 30
    assert {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", notice)} == set()
