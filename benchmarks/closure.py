"""What reasoning costs, beside owlrl and by size; run with `python benchmarks/closure.py`.

CPU time of this process (median of `RUNS`), peak memory by the system's own count in a process of its own. The
ontology is the real one, closed beforehand, as it is for every closure after the first.
"""

from __future__ import annotations

import gc
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generated import letters

from regiograaf.claims import Triple
from regiograaf.closure import Closure, Ontology, close
from regiograaf.dataset import read_project

RUNS = 3
ROOT = Path(__file__).resolve().parents[1]


def axioms() -> set[Triple]:
    return {triple for source in read_project(ROOT).graph("ontologie") for triple in source.triples}


def cpu(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median seconds of CPU."""
    spent = []
    for _ in range(runs):
        gc.collect()
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    return statistics.median(spent)


def of_size(triples: int) -> list[Triple]:
    """Whole letters with at least so many facts."""
    count = max(1, triples // 197)
    facts = letters(count)
    while len(facts) < triples:
        count += max(1, (triples - len(facts)) // 197)
        facts = letters(count)
    return facts


def beside_owlrl(ontology: Ontology, triples: int) -> None:
    from regiograaf.reference import close_by_owlrl

    facts = of_size(triples)
    ours = cpu(lambda: close(ontology, facts).inferred)
    begin = time.process_time()
    theirs = close_by_owlrl(ontology.axioms, facts)
    reference = time.process_time() - begin
    same = "the same triples" if theirs == set(close(ontology, facts).inferred) else "OTHER TRIPLES"
    print(f"{len(facts)} facts: {ours:.3f} s, owlrl {reference:.1f} s: {reference / ours:.0f} times faster, {same}")


def by_size(ontology: Ontology, sizes: tuple[int, ...]) -> None:
    points = []
    for size in sizes:
        facts = of_size(size)
        spent = cpu(lambda facts=facts: close(ontology, facts).inferred)  # type: ignore[misc]
        total = len(facts) + len(close(ontology, facts).inferred)
        points.append((math.log(total), math.log(spent)))
        print(
            f"{len(facts):9} facts, {total:9} with conclusions: {spent:7.3f} s, {spent / total * 1e6:5.2f} µs a triple"
        )
    mean_x, mean_y = (statistics.fmean(values) for values in zip(*points, strict=True))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    ends = (points[-1][1] - points[0][1]) / (points[-1][0] - points[0][0])
    print(f"exponent {slope:.2f} (least squares), {ends:.2f} (first to last)")


def adding(ontology: Ontology, count: int) -> None:
    facts, one_more = letters(count), letters(1, begin=count)
    everything = cpu(lambda: close(ontology, facts))
    closure = Closure(ontology)
    closure.add(facts)
    begin = time.process_time()
    closure.add(one_more)
    spent = time.process_time() - begin
    anew = set(close(ontology, facts + one_more).inferred)
    same = "equal to closing anew" if set(closure.inferred) == anew else "NOT EQUAL to closing anew"
    share = f"{spent / everything:.2%} of closing all ({everything:.2f} s)"
    print(f"one letter to {count}: {spent * 1000:.1f} ms, {share}, {same}")


def memory(triples: int) -> None:
    """Memory of a process with facts loaded, and its peak while it closes them."""
    command = [sys.executable, __file__, "memory", str(triples)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    empty, loaded, peak = (int(number) for number in run.stdout.split())
    data, most = (loaded - empty) / 1024, (peak - empty) / 1024
    print(f"{triples} facts: {data:.0f} MB loaded, {most:.0f} MB at the peak of closing, {most / data:.2f} times")


def kilobytes(what: str) -> int:
    """VmRSS (now) or VmHWM (at most) of this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


def main() -> None:
    if len(sys.argv) == 3:
        ontology = Ontology(axioms())
        empty = kilobytes("VmRSS")
        facts = of_size(int(sys.argv[2]))
        loaded = kilobytes("VmRSS")
        assert close(ontology, facts).inferred
        print(empty, loaded, kilobytes("VmHWM"))
        return
    begin = time.process_time()
    ontology = Ontology(axioms())
    print(f"the ontology, closed once: {time.process_time() - begin:.3f} s, {len(ontology.rules)} rules")
    beside_owlrl(ontology, 10_000)
    by_size(ontology, (10_000, 30_000, 100_000, 300_000, 1_000_000))
    adding(ontology, 1000)
    memory(1_000_000)


if __name__ == "__main__":
    main()
