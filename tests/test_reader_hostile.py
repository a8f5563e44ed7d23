"""Files made to harm, through the whole command: one clear line each, in bounded time and memory.

Each runs in a child with limits of processor time and memory, and what it took at most is measured.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import reader_files as files
from tests.conftest import REPO
from tests.test_reader_formats import ENCRYPTED, bomb

EXAMPLES = REPO / "examples"
LETTER = (EXAMPLES / "letters" / "waterlanden.txt").read_text(encoding="utf-8")
SECONDS = 20
"""Of processor time; none comes near it."""
MEMORY = 400 << 20
"""Bytes resident at most, interpreter and libraries included."""

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("brief.txt", lambda: b"", "empty. Give a letter with text in it."),
    "only white space": ("brief.txt", lambda: b" \r\n\t" * 1000, "empty. Give a letter with text in it."),
    "binary": (
        "brief.txt",
        lambda: bytes(range(256)) * 40,
        "not text at byte 128. Save the text as UTF-8.",
    ),
    "50 MB": (
        "brief.txt",
        lambda: (LETTER.encode() * (50_000_000 // len(LETTER) + 1))[:50_000_000],
        "47 MB, and a letter has at most 10 MB. Split it, or leave it out.",
    ),
    "100,000 brackets": ("brief.txt", lambda: b"[" * 100_000, "holds no text. Give a letter with text in it."),
    "100,000 brackets, closed": (
        "brief.md",
        lambda: b"(" * 50_000 + b")" * 50_000,
        "holds no text. Give a letter with text in it.",
    ),
    "right-to-left marks only": (
        "brief.txt",
        lambda: ("\u202e\u200f\u2067" * 30_000).encode(),
        "holds no text. Give a letter with text in it.",
    ),
    "zip bomb": ("brief.docx", lambda: bomb(70 << 20), "unpacks to more than 64 MB. Leave it out."),
    "password": (
        "brief.pdf",
        lambda: files.pdf([[(9, 9, 9, "x")]], ENCRYPTED),
        "has a password. Save it without one.",
    ),
}
READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "brackets around names": ("brief.txt", lambda: b"[Gemeente Rietmeer](" * 5_000 + b"."),
    "brackets in a page": ("brief.html", lambda: b"<b>" * 100_000 + b"Rietmeer"),
    "right-to-left marks": ("brief.txt", lambda: ("\u202e" + LETTER.replace(" ", " \u200f")).encode()),
    "one line of names": ("brief.txt", lambda: b"Gemeente Rietmeer en " * 10_000),
    "one line of commas": ("brief.txt", lambda: b"Rietmeer, " * 10_000),
    "one line without end": ("brief.txt", lambda: b"gemeente " * 100_000),
    "full stops": ("brief.txt", lambda: b"A." * 100_000),
    "head lines": ("brief.txt", lambda: b"Van: Rietmeer\n" * 5_000),
    "numbers": ("brief.txt", lambda: b"1.000.000 " * 30_000),
    "amounts and years": ("brief.txt", lambda: "€ 2 miljoen en 3% in 2024 ".encode() * 10_000),
    "claims": ("brief.txt", lambda: b"Oosterplas, Rietmeer en Kaagsluis nemen deel aan Waterrijk Wonen. " * 800),
}


def limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def run(path: Path, output: Path) -> tuple[int, str, int]:
    """The exit code, standard error, and the most memory in bytes of reading a file."""
    words = [
        sys.executable,
        "-m",
        "regiograaf",
        "-C",
        str(EXAMPLES),
        "read",
        str(path),
        "-f",
        "json",
        "-o",
        str(output),
    ]
    # A child counts the memory of who forked it; so a small process forks it, and tells what it took.
    script = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[2:]).returncode\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
        "open(sys.argv[1], 'w').write(f'{code} {used}')\n"
    )
    told = output.with_suffix(".used")
    with open(output.with_suffix(".err"), "w+", encoding="utf-8") as said:
        run_it = [sys.executable, "-S", "-c", script, str(told), *words]
        subprocess.run(run_it, stdout=said, stderr=said, preexec_fn=limits, check=True)
        said.seek(0)
        code, used = map(int, told.read_text().split())
        return code, said.read(), used * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_no_letter_gives_one_line(case: str, tmp_path: Path) -> None:
    name, make, message = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(make())
    code, said, memory = run(path, tmp_path / "uit.json")
    assert (code, said) == (2, f"Error: {name}: {message}\n")
    assert memory < MEMORY
    assert not (tmp_path / "uit.json").exists()


@pytest.mark.parametrize("case", READ)
def test_a_strange_letter_is_read_soon_and_in_little_memory(case: str, tmp_path: Path) -> None:
    name, make = READ[case]
    path = tmp_path / name
    path.write_bytes(make())
    code, said, memory = run(path, tmp_path / "uit.json")
    assert code == 0, said
    assert said.startswith(f"{name}: ")
    assert len(said.splitlines()) == 1
    assert memory < MEMORY
    assert (tmp_path / "uit.json").exists()


def test_a_folder_with_all_of_them_still_reads_the_letter(tmp_path: Path) -> None:
    source = tmp_path / "post"
    source.mkdir()
    for number, (name, make, _) in enumerate(REFUSED.values()):
        (source / f"{number}-{name}").write_bytes(make())
    (source / "brief.txt").write_text(LETTER, encoding="utf-8")
    words = [sys.executable, "-m", "regiograaf", "-C", str(EXAMPLES), "read", str(source), "-f", "json", "-o"]
    done = subprocess.run([*words, str(tmp_path / "uit")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert [path.name for path in (tmp_path / "uit").iterdir()] == ["brief.json"]
    told = done.stderr.splitlines()
    assert len(told) == len(REFUSED) + 1
    assert all(line.startswith(f"Error: {source}/") for line in told[:-1])
    assert told[-1].endswith(f"1 letter read, {len(REFUSED)} not.")
