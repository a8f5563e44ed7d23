"""The notebooks of docs/ run from top to bottom and give what they show."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import REPO

NOTEBOOKS = sorted((REPO / "docs" / "notebooks").glob("*.ipynb"))


def texts(notebook: Any) -> list[list[str]]:
    """What each cell printed and showed, as text."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
            found.append(["".join(text) for text in shown])
    return found


def run(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    environment.pop("PYTEST_CURRENT_TEST", None)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(REPO)}}).execute(
        env=environment
    )
    return notebook


def test_there_are_two_notebooks() -> None:
    assert len(NOTEBOOKS) == 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_gives_what_it_shows(path: Path) -> None:
    """When this fails: python -m tests.test_notebooks, and look at the difference."""
    assert texts(run(path)) == texts(nbformat.read(path, as_version=4))


if __name__ == "__main__":
    for place in NOTEBOOKS:
        executed = run(place)
        for cell in executed.cells:
            cell.metadata.pop("execution", None)
        executed.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(executed, place)
