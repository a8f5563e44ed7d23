"""CPU time of the main job, cold and warm, as ratios to starting Python and to rdflib parsing the result.

Run: python benchmarks/build.py [rounds]
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]


def cpu(*words: str, cache: str) -> float:
    """User and system seconds of one Python process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {k: v for k, v in os.environ.items() if k != "REGIOGRAAF_LETTERS"} | {"REGIOGRAAF_CACHE": cache}
    subprocess.run([sys.executable, *words], cwd=ROOT, env=env, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as work:
        output = f"{work}/b"
        build = ("-m", "regiograaf", "build", "-o", output)
        cpu("-m", "regiograaf", "--help", cache=work)
        cold = [cpu(*build, cache=f"{work}/cold{n}") for n in range(rounds)]
        warm = [cpu(*build, cache=f"{work}/cold0") for _ in range(rounds)]
        click = [cpu("-c", "import click", cache=work) for _ in range(rounds * 2)]
        helped = [cpu("-m", "regiograaf", "--help", cache=work) for _ in range(rounds * 2)]
        code = f"import rdflib; rdflib.Dataset().parse({output + '/regiograaf.nq'!r}, format='nquads')"
        parse = [cpu("-c", code, cache=work) for _ in range(2)]
    print(f"{'what':<52}{'CPU s':>8}{'ratio':>8}  to")
    for what, seconds, base, name in (
        ("build, cold caches", cold, parse, "rdflib reading regiograaf.nq"),
        ("build, warm caches", warm, parse, "rdflib reading regiograaf.nq"),
        ("rdflib reading regiograaf.nq", parse, parse, ""),
        ("regiograaf --help", helped, click, "python -c 'import click'"),
        ("python -c 'import click'", click, click, ""),
    ):
        print(f"{what:<52}{median(seconds):>8.2f}{median(seconds) / median(base):>8.2f}  {name}")


if __name__ == "__main__":
    main()
