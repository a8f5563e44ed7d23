"""What a stored question costs, beside the bare engine and rdflib's own; run with `python benchmarks/queries.py`.

The graph: 1,000 letters with claims drawn from the real ones, on fifty sets of entities, closed and loaded as a build
is. The command line is measured on the real graph, built and asked before, against importing click and rdflib.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyoxigraph as ox
from rdflib import Dataset, URIRef

from regiograaf.build import build
from regiograaf.claims import Claim, Evidence, Triple
from regiograaf.closure import close
from regiograaf.dataset import Build, assert_claims, compile_project, nquads, read_project, to_store
from regiograaf.names import resolve
from regiograaf.namespaces import GRAPH, ID, LETTER
from regiograaf.queries import Query, read_all, run
from regiograaf.stores import open_store

ROOT = Path(__file__).resolve().parents[1]
LETTERS, CLAIMS, SETS = 1000, 12, 50
KEPT = ("thema", "modaliteit", "grootheidrol", "eenheid", "nauwkeurigheid", "bestaansstatus", "schema", "bron")


def renamed(term: Any, number: int) -> Any:
    """An entity of one of the sets; what is no entity of ours is itself."""
    text = str(term)
    if not isinstance(term, URIRef) or not text.startswith(ID) or text[len(ID) :].split("/")[0] in KEPT:
        return term
    return URIRef(f"{text}-{number}") if number else term


def letters(made: Build) -> Iterator[tuple[str, list[Claim]]]:
    """(key, claims) of each generated letter; the first set of entities is the real one."""
    draw = random.Random(1)
    real = sorted(made.claims.items())
    for number in range(LETTERS):
        key, claims = real[number % len(real)]
        name, which = f"{key}-{number}", number % SETS
        yield name, [generated(claim, LETTER[name], which) for claim in draw.sample(list(claims), CLAIMS)]


def generated(claim: Claim, letter: URIRef, which: int) -> Claim:
    def moved(piece: Evidence) -> Evidence:
        return replace(piece, letter=letter)

    return replace(
        claim,
        subject=renamed(claim.subject, which),
        object=renamed(claim.object, which),
        speaker=renamed(claim.speaker, which),
        addressee=renamed(claim.addressee, which),
        programme=renamed(claim.programme, which),
        evidence=tuple(moved(piece) for piece in claim.evidence),
        source=URIRef(f"{letter}/{claim.source.rsplit('/', 1)[-1]}"),
    )


def graphs() -> dict[URIRef, set[Triple]]:
    made = compile_project(read_project(ROOT))
    keep = ("ontologie", "uitlijning", "invoer", "themas", "achtergrond", "links", "catalogus")
    found: dict[URIRef, set[Triple]] = {GRAPH[name]: set(made.graphs[GRAPH[name]]) for name in keep}
    headers = {key: {t for t in made.graphs[GRAPH[f"brief/{key}"]] if t[0] == LETTER[key]} for key in made.claims}
    everything: list[Claim] = []
    for name, claims in letters(made):
        graph = found[GRAPH[f"brief/{name}"]] = {t for claim in claims for t in claim.triples()}
        graph |= {(LETTER[name], p, o) for _, p, o in headers[name.rsplit("-", 1)[0]]}
        everything += claims
    entities = made.graphs[GRAPH["entiteiten"]]
    found[GRAPH["entiteiten"]] = {(renamed(s, n), p, o) for n in range(SETS) for s, p, o in entities}
    found[GRAPH["asserted"]] = set(assert_claims(everything)[0])
    facts = found[GRAPH["entiteiten"]] | found[GRAPH["asserted"]]
    found[GRAPH["inferred"]] = set(close(found[GRAPH["ontologie"]], facts, found[GRAPH["achtergrond"]]).inferred)
    return found


def parameters(query: Query, store: ox.Store) -> str:
    """The text of a question with the parameters of its own example."""
    example = str(query.header.get("example", ""))
    values = {}
    for name, kind in query.parameters:
        value = example.split(f"{name}=", 1)[1]
        value = value[1:].split(value[0], 1)[0] if value[0] in "\"'" else value.split(" ")[0]
        values[name] = str(ox.NamedNode(resolve(store, value)) if kind == "iri" else ox.Literal(value))
    return query.bind(values)


def cpu(work: Callable[[], object], runs: int = 3) -> float:
    spent = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    return statistics.median(spent)


def questions(with_rdflib: int) -> None:
    data = nquads(graphs())
    store = to_store(data)
    found, _ = read_all(ROOT / "queries")
    real = open_store(ROOT)
    texts = {name: parameters(query, real) for name, query in found.items()}
    ratios, all_bare, all_ours = [], 0.0, 0.0
    for text in texts.values():
        bare = cpu(lambda text=text: list(store.query(text)))  # type: ignore[misc]
        ours = cpu(lambda text=text: run(store, text))  # type: ignore[misc]
        ratios.append(ours / bare)
        all_bare, all_ours = all_bare + bare, all_ours + ours
    print(f"{LETTERS} letters, {len(data.splitlines())} quads, {len(texts)} questions")
    together = all_ours / all_bare
    print(f"beside bare pyoxigraph: median {statistics.median(ratios):.2f} times, all together {together:.2f}")
    print(f"the most, of a question that takes no time: {max(ratios):.2f}")
    dataset = Dataset()
    dataset.parse(data=data, format="nquads")
    slower = []
    for name in random.Random(2).sample(sorted(texts), with_rdflib):
        theirs = cpu(lambda text=texts[name]: list(dataset.query(text)), runs=1)  # type: ignore[misc]
        slower.append(theirs / cpu(lambda text=texts[name]: run(store, text)))  # type: ignore[misc]
    print(f"beside rdflib, {with_rdflib} questions drawn: median {statistics.median(slower):.0f} times faster")


def child_cpu(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def command_line() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["REGIOGRAAF_CACHE"] = f"{folder}/cache"
        build(ROOT, Path(folder) / "build")
        ask = [sys.executable, "-m", "regiograaf", "-C", f"{folder}/build", "query", "brieven"]
        base = [sys.executable, "-c", "import click, rdflib"]
        child_cpu(ask)
        ours, theirs = ([child_cpu(command) for _ in range(15)] for command in (ask, base))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(
        f"regiograaf query brieven: {statistics.median(ours):.2f} s of CPU, import click, rdflib "
        f"{statistics.median(theirs):.2f} s: {ratio:.2f} times"
    )


if __name__ == "__main__":
    command_line()
    questions(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
