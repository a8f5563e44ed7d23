"""What an explanation costs on a large graph; run with `python benchmarks/why.py [LETTERS]`.

The graph is in memory, as `regiograaf.load` gives it; each explanation starts from nothing, as on the command line.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyoxigraph as ox
from benchmarks.generated import claims, letters

from regiograaf.closure import close
from regiograaf.dataset import nquads, read_project, to_dataset
from regiograaf.explanations import Explainer, explain, why_not
from regiograaf.namespaces import GRAPH, RG

ROOT = Path(__file__).resolve().parents[1]
FACTS = 60
"""Of each letter."""


def store(count: int) -> tuple[ox.Store, list[tuple]]:  # type: ignore[type-arg]
    ontology = {triple for source in read_project(ROOT).graph("ontologie") for triple in source.triples}
    facts = letters(count, size=FACTS)
    inferred = close(ontology, facts).inferred
    found = ox.Store()
    for graph, triples in (("ontologie", ontology), ("asserted", facts), ("inferred", inferred)):
        found.bulk_load(input=nquads({GRAPH[graph]: triples}), format=ox.RdfFormat.N_QUADS)
    for number in range(count):
        graph = GRAPH[f"brief/l{number}"]
        found.bulk_load(input=nquads({graph: list(claims(number, FACTS))}), format=ox.RdfFormat.N_QUADS)
    return found, inferred


def spent(work: object) -> float:
    begin = time.perf_counter()
    work()  # type: ignore[operator]
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    data, inferred = store(count)
    dataset = to_dataset(data)
    draw = random.Random(1)
    relations = draw.sample([t for t in inferred if str(t[1]).startswith(str(RG))], 1000)
    sample = relations[:40] + draw.sample(inferred, 40)
    del inferred
    whys = [spent(lambda triple=triple: explain(dataset, triple)) for triple in sample]
    print(f"{count} letters, {len(data)} triples: why {statistics.median(whys):.0f} ms, at most {max(whys):.0f} ms")
    explainer = Explainer(dataset)
    again = [spent(lambda triple=triple: explainer.why(triple)) for triple in sample]
    print(f"with one Explainer for all: {statistics.median(again):.1f} ms, at most {max(again):.1f} ms")
    absent = [(o, p, s) for s, p, o in relations if not explainer.says((o, p, s))][:20]
    nots = [spent(lambda triple=triple: why_not(dataset, triple)) for triple in absent]
    print(f"why-not {statistics.median(nots):.0f} ms, at most {max(nots):.0f} ms")


if __name__ == "__main__":
    main()
