"""How long the shapes take: the real letters, cold and warm, and a corpus of generated ones.

Run: python benchmarks/shapes.py [letters]
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from regiograaf import shapes
from regiograaf.dataset import Project, read_project

ROOT = Path(__file__).resolve().parents[1]
CLAIMS = 100
"""Claims of one generated letter; the real ones have four times as many."""


def generated(root: Path, letters: int) -> Path:
    """A project of letters that each hold some claims of a real one, drawn with a seed."""
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("letters", "dekking", "cache"))
    (root / "data" / "letters").mkdir()
    real = sorted((ROOT / "data" / "letters").glob("*.ttl"))
    for number in range(letters):
        source = real[number % len(real)]
        key, new = source.stem, f"brief-{number}"
        head, *blocks = re.split(r"\n\n(?=brief:w\d+\n)", source.read_text(encoding="utf-8"))
        drawn = random.Random(number).sample(blocks, min(CLAIMS, len(blocks)))
        rest = "\n\n".join(b for block in blocks for b in block.split("\n\n") if re.match(r"brief:[^w]", b))
        text = "\n\n".join([head, *(block for block in drawn), rest])
        text = re.sub(rf"(id/brief/){key}/>", rf"\g<1>{new}/>", text).replace(f"brieven:{key}", f"brieven:{new}")
        (root / "data" / "letters" / f"{new}.ttl").write_text(text, encoding="utf-8")
    return root


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall time, and CPU time with that of the processes it started."""

    def spent() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in used)

    wall, cpu = time.perf_counter(), spent()
    work()
    return time.perf_counter() - wall, spent() - cpu


def main() -> None:
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    text = (ROOT / shapes.FILE).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as work:
        projects: dict[str, Project] = {
            "the real project": read_project(ROOT),
            f"{letters} generated letters": read_project(generated(Path(work) / "many", letters)),
        }
        print(f"{'what':<32}{'triples':>10}{'wall s':>10}{'CPU s':>10}")
        for name, project in projects.items():
            for _, source in project.sources:
                _ = source.properties, source.terms  # other checks need them too
            size = sum(len(source.triples) for _, source in project.sources)
            os.environ["REGIOGRAAF_CACHE"] = str(Path(work) / name)
            for way in ("cold", "warm"):
                wall, cpu = timed(lambda project=project: shapes.validate_project(project, text))  # type: ignore[misc]
                print(f"{name + ', ' + way:<32}{size:>10,}{wall:>10.2f}{cpu:>10.2f}")


if __name__ == "__main__":
    main()
