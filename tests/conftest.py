"""Two kinds of truth: `tiny`, whose answers are worked out by hand, and the real ontology, data and questions."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPO = Path(__file__).resolve().parents[1]
TINY = REPO / "tests" / "tiny"
LETTERS = os.environ.pop("REGIOGRAAF_LETTERS", "") or os.environ.get("REGIOGRAAF_TEST_LETTERS", "")
"""The folder of the real letters' texts; taken out of the environment, where it would hold for every project."""
# The processes of pytest-xdist start from this environment.
os.environ["REGIOGRAAF_TEST_LETTERS"] = LETTERS

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

FIRST = (
    "test_analysis_same.py",  # compiles the kernels, which the others then find
    "test_remote.py",
    "test_release_resolving.py",
    "test_docs.py",
    "test_report.py",
    "test_closure.py",
    "test_dataset.py",
    "browser/test_site.py",
    "test_shapes.py",
)
"""The files that take longest: started first, no process is left with one of them in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of `FIRST` first; the browser's come next, as they are found."""
    places = {REPO / "tests" / name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.path, len(FIRST)))


def pytest_configure(config: pytest.Config) -> None:
    """One folder for all processes of a run, which a web server may read: a cache, never the user's, and releases."""
    if not hasattr(config, "workerinput"):
        shared = Path(tempfile.mkdtemp(prefix="regiograaf-tests-"))
        shared.chmod(0o755)
        os.environ["REGIOGRAAF_TEST_SHARED"] = str(shared)
    os.environ["REGIOGRAAF_CACHE"] = str(Path(os.environ["REGIOGRAAF_TEST_SHARED"]) / "cache")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ["REGIOGRAAF_TEST_SHARED"], ignore_errors=True)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny project that a test may break."""
    root = tmp_path / "tiny"
    shutil.copytree(TINY, root)
    return root


@pytest.fixture
def edit(tiny: Path) -> Callable[[str, str, str], Path]:
    """Replace text in a file of the tiny project; the text must be there."""

    def replace(name: str, old: str, new: str) -> Path:
        path = tiny / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tiny

    return replace


@pytest.fixture(scope="session")
def real_letters() -> Path:
    """The folder of the real letters' texts, which are not part of the project."""
    if not LETTERS:
        pytest.skip("REGIOGRAAF_LETTERS is not set: the real letters' texts are not at hand")
    return Path(LETTERS).resolve()


@pytest.fixture(scope="session")
def store():  # type: ignore[no-untyped-def]
    """The real graph in an Oxigraph store, without quotes."""
    from regiograaf.stores import open_store

    return open_store(REPO)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, one for all tests of a process: two of playwright do not go together."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("REGIOGRAAF_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.fail(f"no Chromium at {path}. Install it, or set REGIOGRAAF_CHROMIUM to its path.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()
