"""How well the reader reads, on texts held out by group; run with `python benchmarks/reader/evaluate.py`.

The real letters count when `--letters DIR` (or REGIOGRAAF_LETTERS) has them. `--misses` lists what went wrong and why,
`--keep NOTE` adds the figures to history.csv. What is measured, and how, stands in README.md beside this file.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from adapter import known, read, version
from score import Score, Vocabulary, counted, score, total
from texts import GROUPS, ROOT, Text, held_out_root, load, vocabulary

HISTORY = Path(__file__).parent / "history.csv"
FIGURES = (
    "mentions_p", "mentions_r", "mentions_f1", "mentions_exact_f1", "linking", "linking_exact",
    "claims_p", "claims_r", "claims_f1", "modality", "denial", "place", "whole_f1", "loose_f1", "reach", "ceiling",
    "existence_f1", "themes_f1", "threshold", "brier",
)  # fmt: skip
THRESHOLDS = tuple(round(step * 0.05, 2) for step in range(20))
Reading = dict[str, Any]


def calibrate(readings: Iterable[tuple[Text, Reading, frozenset[str]]], words: Vocabulary) -> float:
    """The score from which drafts are kept: of `THRESHOLDS` the one with the best F1 on the other groups, the lowest
    where it makes no odds."""
    sums = [Counter[str]() for _ in THRESHOLDS]
    for text, found, iris in readings:
        for whole, part in zip(sums, counted(text, found, iris, words, THRESHOLDS), strict=True):
            whole.update(part)
    best, chosen = -1.0, 0.0
    for threshold, counts in zip(THRESHOLDS, sums, strict=True):
        reached = Score(counts).f1("claims right", "claims found", "claims gold") or 0.0
        if reached > best + 1e-9:
            best, chosen = reached, threshold
    return chosen


def figures(result: Score, threshold: float) -> dict[str, float | None]:
    """The figures of one group; None where there is nothing to measure."""
    return {
        "mentions_p": result.share("mentions right", "mentions found"),
        "mentions_r": result.share("mentions right", "mentions gold"),
        "mentions_f1": result.f1("mentions right", "mentions found", "mentions gold"),
        "mentions_exact_f1": result.f1("mentions exact", "mentions found", "mentions gold"),
        "linking": result.share("linked", "mentions right"),
        "linking_exact": result.share("exact linked", "mentions exact"),
        "claims_p": result.share("claims right", "claims found"),
        "claims_r": result.share("claims right", "claims gold"),
        "claims_f1": result.f1("claims right", "claims found", "claims gold"),
        "modality": result.share("claims modality", "claims right"),
        "denial": result.share("claims denial", "claims right"),
        "place": result.share("claims place", "claims right"),
        "whole_f1": result.f1("claims whole", "claims found", "claims gold"),
        "loose_f1": result.f1("claims loose", "claims found", "claims gold"),
        "reach": result.share("claims in reach", "claims gold"),
        "ceiling": result.share("claims in gold reach", "claims inside"),
        "themes_f1": result.f1("themes right", "themes found", "themes gold"),
        "existence_f1": result.f1("existence right", "existence found", "existence gold"),
        "threshold": threshold,
        "brier": sum(result.brier) / len(result.brier) if result.brier else None,
    }


def evaluate(texts: list[Text], folder: Path) -> dict[str, tuple[Score, float]]:
    """Every group read by a reader that knows none of its claims, with the threshold that suits the others."""
    words = vocabulary()
    readings: dict[str, list[tuple[Text, Reading, frozenset[str]]]] = defaultdict(list)
    roots: dict[str, Path] = {}
    for text in texts:
        if text.group not in roots:
            roots[text.group] = held_out_root(text.group, folder / text.group)
        root = roots[text.group]
        readings[text.group].append((text, read(text.gold.text, text.name, root), known(root)))
    results = {}
    for group, own in readings.items():
        others = [one for name, listed in readings.items() if name != group for one in listed]
        threshold = calibrate(others, words)
        results[group] = (total(score(*one, words, threshold) for one in own), threshold)
    return results


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain", "--", "src", "data") else "")


def _keep(rows: dict[str, dict[str, float | None]], note: str) -> None:
    new = not HISTORY.exists()
    with HISTORY.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(("date", "commit", "reader", "note", "group", *FIGURES))
        for group, row in rows.items():
            numbers = ("" if row[name] is None else f"{row[name]:.3f}" for name in FIGURES)
            writer.writerow((datetime.date.today().isoformat(), _commit(), version(), note, group, *numbers))


def _show(rows: dict[str, dict[str, float | None]]) -> None:
    width = max(map(len, rows))
    print(" " * width, *(name.replace("mentions", "ment").replace("_exact", "_ex") for name in FIGURES), sep="  ")
    for group, row in rows.items():
        cells = (("-" if row[n] is None else f"{row[n]:.2f}").rjust(
            len(n.replace("mentions", "ment").replace("_exact", "_ex"))) for n in FIGURES)  # fmt: skip
        print(group.ljust(width), *cells, sep="  ")


def _show_misses(results: dict[str, tuple[Score, float]], texts: list[Text], wanted: str) -> None:
    by_name = {text.name: text for text in texts}
    for group, (result, _) in results.items():
        causes = Counter((miss.what, miss.cause) for miss in result.misses)
        print(f"\n{group}")
        for (what, cause), count in sorted(causes.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
            print(f"{count:5}  {what}: {cause}")
        if wanted == "all":
            for miss in sorted(result.misses, key=lambda one: (one.text, one.what, one.begin, one.detail)):
                written = " ".join(by_name[miss.text].gold.text[miss.begin : miss.end].split())[:70]
                print(f"    {miss.text}:{miss.begin} {miss.what} ({miss.cause}) {miss.detail} | {written}")


def main() -> None:
    """Read, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    letters = os.environ.get("REGIOGRAAF_LETTERS")
    parser.add_argument("--letters", type=Path, default=letters and Path(letters), help="folder of the real letters")
    parser.add_argument("--group", choices=GROUPS, action="append", help="print only these; all are read")
    parser.add_argument("--misses", nargs="?", const="causes", choices=("causes", "all"), help="what went wrong")
    parser.add_argument("--keep", metavar="NOTE", help="add the figures to history.csv")
    options = parser.parse_args()
    texts = load(options.letters)
    with tempfile.TemporaryDirectory() as folder:
        results = evaluate(texts, Path(folder))
    if options.group:
        results = {group: result for group, result in results.items() if group in options.group}
    rows = {group: figures(*result) for group, result in results.items()}
    _show(rows)
    if options.misses:
        _show_misses(results, texts, options.misses)
    if options.keep is not None:
        _keep(rows, options.keep)


if __name__ == "__main__":
    main()
