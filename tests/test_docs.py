"""The documents stay true: commands run, their output is what they say, links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPO

DOCS = sorted([*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md"), REPO / "data" / "CODEBOOK.md"])
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def sessions(path: Path) -> list[tuple[str, str]]:
    """(command, output) of every `$ regiograaf …` of the console blocks of a document; a quoted one may be long."""
    found = []
    for block in SESSION.findall(path.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, output = "", part
            while not command or command.count("'") % 2:
                line, _, output = output.partition("\n")
                command += line + "\n"
            if command.startswith("regiograaf "):
                found.append((command.strip(), output.strip("\n")))
    return found


CASES = [(path, command, output) for path in DOCS for command, output in sessions(path)]


@pytest.mark.parametrize(("path", "command", "output"), CASES, ids=[f"{p.name}: {c[:50]}" for p, c, _ in CASES])
def test_session(path: Path, command: str, output: str, tmp_path: Path) -> None:
    """`…` in the output stands for any text."""
    words = shlex.split(command.replace("-o build", f"-o {shlex.quote(str(tmp_path / 'build'))}"))
    env = {k: v for k, v in os.environ.items() if k != "REGIOGRAAF_LETTERS"} | {"COLUMNS": "100"}
    run = subprocess.run([sys.executable, "-m", *words], cwd=REPO, env=env, capture_output=True, text=True, check=False)
    actual = (run.stdout + run.stderr).replace(str(tmp_path / "build"), "build")
    assert "Traceback" not in actual
    got, want = tidy(actual), tidy(output)
    pattern = ".*".join(re.escape(part.strip("\n")) for part in want.split("…"))
    assert re.fullmatch(pattern, got, re.DOTALL), got


def tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


def test_readme_python_example_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (REPO / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (shown,) = re.findall(
        r"```python\n.*?```\n\n```text\n(.*?)```", (REPO / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True)
    assert tidy(run.stdout) == tidy(shown)
    assert len([line for line in code.splitlines() if line.strip()]) <= 8


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_readme_is_short_and_has_its_two_commands() -> None:
    text = (REPO / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 120
    first, second = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)[:2]
    assert "pip install" in first
    assert "regiograaf build" in first
    assert second.strip() == "bash tests/run"
    assert (REPO / "tests" / "run").is_file()


def test_glossary_and_ontology_version_agree_with_the_package() -> None:
    from regiograaf import __version__

    ontology = (REPO / "ontology" / "regiograaf.ttl").read_text(encoding="utf-8")
    assert f'owl:versionInfo               "{__version__}"' in ontology
    assert f"def/{__version__}>" in ontology
    assert f"version: {__version__}\n" in (REPO / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## [{__version__}]" in (REPO / "CHANGELOG.md").read_text(encoding="utf-8")
