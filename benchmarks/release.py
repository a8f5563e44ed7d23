"""What `release` costs: of the project itself, and against the number of entities, by part.

The growing projects are copies of the example in one: each copy has a letter, entities and claims of its own; who
writes, the province and the themes are shared, as in reality. Times are CPU seconds of all processes, the smallest of
some runs, with empty caches, so that the map is laid out and the measures are computed; the project itself comes with
its map and measures. Run: python benchmarks/release.py [--runs N] [COPIES ...], by default of 1, 10 and 100 copies,
some 3,500 entities; with 0 only the project itself.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LETTER = "waterlanden"
SHARED = {"orgaan:gs-merendam", "overheid:merendam"}
KINDS = (
    "afspraak|bureau|dienst|doel|functie|gebeurtenis|gemeente|groep|infrastructuur|knelpunt|lidmaatschap|locatie|"
    "opgave|orgaan|overheid|overleg|persoon|pilot|proces|programma|rapport|regeling|regio|stichting|team|visie|"
    "voorwaarde|voorziening"
)
ENTITY = re.compile(rf"(?<![\w/:])(?:{KINDS}):[a-z0-9-]+")
LABEL = re.compile(r'(rdfs:label\s+)"([^"]*)"@nl , "([^"]*)"@en')
ONE = """
import json, resource, sys, time
from pathlib import Path
from regiograaf.claims import TYPE
from regiograaf.namespaces import GRAPH
from regiograaf.release import release
steps = [("starting", 0.0)]
done = release(Path(sys.argv[1]), Path(sys.argv[2]), progress=lambda step: steps.append((step, time.process_time())))
steps.append(("", time.process_time()))
assert done.build, done.findings
own = [(name, after - before) for (name, before), (_, after) in zip(steps, steps[1:])]
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
others = used[1].ru_utime + used[1].ru_stime
entities = {s for s, p, _ in done.build.graphs[GRAPH["entiteiten"]] if p == TYPE}
print(json.dumps({
    "parts": dict([*own, ("in other processes", others)]),
    "entities": len(entities),
    "claims": sum(map(len, done.build.claims.values())),
    "files": done.files,
    "MB": used[0].ru_maxrss // 1024,
}))
"""


def copies(number: int, root: Path) -> Path:
    """A project of so many copies of the example, below a new folder."""
    source = ROOT / "examples" / "data"
    for folder in ("letters", "dekking"):
        (root / "data" / folder).mkdir(parents=True)
    for name in ("entiteiten", "achtergrond"):
        head, *blocks = (source / f"{name}.ttl").read_text(encoding="utf-8").split("\n\n")
        made = dict.fromkeys(copied(block, copy) for copy in range(number) for block in blocks)
        (root / "data" / f"{name}.ttl").write_text("\n\n".join([head, *made]), encoding="utf-8")
    for folder in ("letters", "dekking"):
        text = (source / folder / f"{LETTER}.ttl").read_text(encoding="utf-8")
        head, _, body = text.partition("\n\n")
        for copy in range(number):
            key = f"{LETTER}-{copy}"
            of_letter = re.sub(rf"(id/brief/|id/dekking/|brieven:){LETTER}", rf"\g<1>{key}", head + "\n\n" + body)
            (root / "data" / folder / f"{key}.ttl").write_text(copied(of_letter, copy), encoding="utf-8")
    for name in ("themas.ttl", "catalogus.ttl"):
        shutil.copy(ROOT / "data" / name, root / "data" / name)
    return root


def copied(text: str, copy: int) -> str:
    """A text with the entities of one copy: keys and labels have its number."""
    own = ENTITY.sub(lambda found: found[0] if found[0] in SHARED else f"{found[0]}-{copy}", text)
    if own == text:
        return text
    return LABEL.sub(lambda found: f'{found[1]}"{found[2]} {copy}"@nl , "{found[3]} {copy}"@en', own)


def measured(root: Path, cache: Path) -> dict[str, Any]:
    """One release in a process of its own."""
    cache.mkdir(exist_ok=True)
    env = {key: value for key, value in os.environ.items() if key != "REGIOGRAAF_LETTERS"}
    with tempfile.TemporaryDirectory() as output:
        command = [sys.executable, "-c", ONE, str(root), f"{output}/site"]
        began = os.times().elapsed
        run = subprocess.run(command, env=env | {"REGIOGRAAF_CACHE": str(cache)}, capture_output=True, text=True)
        if run.returncode:
            sys.exit(run.stderr)
        found: dict[str, Any] = json.loads(run.stdout)
        return found | {"wall": os.times().elapsed - began}


def least(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run that took the least CPU time."""
    return min(runs, key=total)


def total(run: dict[str, Any]) -> float:
    return sum(run["parts"].values())


def table(runs: dict[str, dict[str, Any]]) -> None:
    """A column for each run, a row for each part."""
    names = list(next(iter(runs.values()))["parts"])
    width = max(map(len, (*names, "ratio to the one before")))
    print(f"{'CPU s':<{width}}" + "".join(f"{name:>16}" for name in runs))
    for name in names:
        print(f"{name:<{width}}" + "".join(f"{run['parts'].get(name, 0.0):>16.2f}" for run in runs.values()))
    print(f"{'all':<{width}}" + "".join(f"{total(run):>16.2f}" for run in runs.values()))
    for name, form in (("wall", ".2f"), ("entities", ",d"), ("claims", ",d"), ("files", ",d"), ("MB", ",d")):
        print(f"{name:<{width}}" + "".join(f"{run[name]:>16{form}}" for run in runs.values()))


def growth(runs: list[dict[str, Any]]) -> None:
    """How the cost grows with the entities, whole and by part; at least linear is 1.00 in the last column."""
    first, last = runs[0], runs[-1]
    for before, after in pairwise(runs):
        entities = after["entities"] / before["entities"]
        print(f"{entities:.1f} times the entities: {total(after) / total(before):.1f} times the CPU time")
    print(f"{last['entities'] / first['entities']:.0f} times: {total(last) / total(first):.0f} times")
    if len(runs) < 3:
        return
    print("CPU ms for each entity more, in the first step and in the last, and their ratio (1.00 is linear):")
    for name in (*first["parts"], "all"):
        costs = [total(run) if name == "all" else run["parts"][name] for run in runs]
        one, other = (
            1000 * (costs[at + 1] - costs[at]) / (runs[at + 1]["entities"] - runs[at]["entities"])
            for at in (0, len(runs) - 2)
        )
        if max(one, other) > 0.1:
            print(f"  {name:<34}{one:>8.2f}{other:>8.2f}{other / one if one > 0 else float('nan'):>8.2f}")


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("copies", nargs="*", type=int, default=[1, 10, 100])
    read.add_argument("--runs", type=int, default=1)
    given = read.parse_args()
    with tempfile.TemporaryDirectory() as work:
        cache = Path(work) / "cache"
        own = {"empty caches": measured(ROOT, cache)}
        own["warm caches"] = least([measured(ROOT, cache) for _ in range(given.runs)])
        print("The project itself")
        table(own)
        grown = {}
        for number in filter(None, given.copies):
            root = copies(number, Path(work) / f"copies-{number}")
            runs = [measured(root, Path(work) / f"cache-{number}-{turn}") for turn in range(given.runs)]
            grown[f"{number} copies"] = least(runs)
        if grown:
            print("\nCopies of the example")
            table(grown)
            growth(list(grown.values()))


if __name__ == "__main__":
    main()
