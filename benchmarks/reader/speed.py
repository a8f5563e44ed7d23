"""How fast the reader reads, on one core; run with `python benchmarks/reader/speed.py [MB]`.

The text is the marked texts and the example letter, and with REGIOGRAAF_LETTERS the real ones, over and over up to the
size asked for, each time as a letter of its own. The name search is measured on that text in one piece, beside two
Aho-Corasick packages that look for the same forms and do nothing with what they find.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from texts import ROOT, load

from regiograaf.reader.document import Document
from regiograaf.reader.drafts import drafts
from regiograaf.reader.entities import known, merge, register
from regiograaf.reader.lexicon import fold, lexicon
from regiograaf.reader.mentions import mentions
from regiograaf.reader.ruleset import rules
from regiograaf.reader.structure import structure
from regiograaf.stores import open_store

ROUNDS = 3


def _seconds(work: Callable[[], Any]) -> float:
    """The median of a few rounds; processor time, since other work may share the machine."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def _letters(size: int) -> list[str]:
    folder = os.environ.get("REGIOGRAAF_LETTERS")
    texts = [text.gold.text for text in load(Path(folder) if folder else None)]
    listed: list[str] = []
    length = 0
    while length < size:
        listed.append(texts[len(listed) % len(texts)])
        length += len(listed[-1].encode())
    return listed


def main() -> None:
    """Measure each step and the whole; print megabytes a minute."""
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    letters = _letters(int(size * 1e6))
    megabytes = sum(len(text.encode()) for text in letters) / 1e6
    registered = register(ROOT / "data" / "registers" / "organisaties.csv")
    words = lexicon(merge(known(open_store(ROOT)), registered))
    documents = [Document(f"letter-{n}", "plain", "", text, text) for n, text in enumerate(letters)]
    patterns = rules()
    structures = [structure(document) for document in documents]
    readings = [mentions(one, words) for one in structures]

    def fresh() -> list[Document]:
        return [Document(one.name, "plain", "", one.text, one.text) for one in documents]

    steps: dict[str, Callable[[], Any]] = {
        "structure": lambda: [structure(one) for one in fresh()],
        "mentions": lambda: [mentions(one, words) for one in structures],
        "drafts": lambda: [drafts(*pair, patterns) for pair in zip(structures, readings, strict=True)],
    }
    print(f"{megabytes:.2f} MB in {len(letters)} letters, {len(words.keys)} forms; processor time")
    total = 0.0
    for name, work in steps.items():
        total += (seconds := _seconds(work))
        print(f"{name:24}{megabytes / seconds * 60:8.1f} MB/min")
    print(f"{'together':24}{megabytes / total * 60:8.1f} MB/min")

    import ahocorasick
    from ahocorasick_rs import AhoCorasick, Implementation

    text = "\n".join(letters)
    folded = " " + fold(text)
    other = ahocorasick.Automaton()
    for number, key in enumerate(words.keys):
        other.add_word(key, number)
    other.make_automaton()
    searches: dict[str, Callable[[], Any]] = {"regiograaf": lambda: sum(1 for _ in words.find(text))}
    for kind in ("NoncontiguousNFA", "ContiguousNFA", "DFA"):
        machine = AhoCorasick(words.keys, implementation=getattr(Implementation, kind))
        searches[f"ahocorasick_rs {kind}"] = lambda machine=machine: machine.find_matches_as_indexes(
            folded, overlapping=True
        )
    searches["pyahocorasick"] = lambda: sum(1 for _ in other.iter(folded))
    times = {name: _seconds(search) for name, search in searches.items()}
    fastest = min(seconds for name, seconds in times.items() if name != "regiograaf")
    print("\nname search, the whole text in one piece")
    for name, seconds in times.items():
        print(f"{name:32}{megabytes / seconds * 60:10.0f} MB/min   {seconds / fastest:5.2f} x the fastest")


if __name__ == "__main__":
    main()
