"""The endpoint beside `rdflib-endpoint`, at peace and under attack; run with `python benchmarks/endpoint.py [SECONDS]`.

Both serve the same graph: that of this project. Clients are `wrk` with 8 connections, which send a fixed set of small
questions in turn; our server answers each anew, except in the row that says otherwise. Attackers are four clients that
send catastrophic queries without end, each one different. Needs `wrk` (apt) and, for the comparison,
`pip install rdflib-endpoint`.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from regiograaf.stores import on_disk, place_of

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 5.0
HOSTILE = 10_000
QUESTIONS = (
    "SELECT ?name WHERE { <https://w3id.org/regiograaf/id/orgaan/gs-zuid-holland> rdfs:label ?name }",
    "SELECT ?claim ?m WHERE { ?claim rdf:subject <https://w3id.org/regiograaf/id/programma/novex-zuidelijke-randstad> ;"
    " rg:modaliteit ?m } ORDER BY ?claim LIMIT 20",
    "ASK { <https://w3id.org/regiograaf/id/orgaan/gs-zuid-holland> a rg:Actor }",
    "SELECT ?letter ?section WHERE { ?e rg:uitBrief ?letter ; rg:sectie ?section } LIMIT 50",
    "SELECT ?c ?l WHERE { ?c rdfs:subClassOf rg:Actor ; rdfs:label ?l FILTER(LANG(?l) = 'nl') } ORDER BY ?l",
    "CONSTRUCT { <https://w3id.org/regiograaf/id/brief/drechtsteden> ?p ?o }"
    " WHERE { <https://w3id.org/regiograaf/id/brief/drechtsteden> ?p ?o }",
)
CATASTROPHES = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c",
    'SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "^(a+)+$")) }',
    "SELECT (COUNT(*) AS ?n) WHERE { ?s (!<x:y>|^!<x:y>)* ?o . ?o (!<x:y>|^!<x:y>)* ?q }",
)
HOSTILITIES = (
    *("DROP ALL", "ASK {", "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "\0", "{" * 5_000, "(" * 50_000),
    *('ASK { ?s ?p "' + "\\" * 999, "ASK { FILTER(" + "!" * 5_000 + "true) }", "SELECT * FROM <file:///etc/passwd> {}"),
    *("ASK { FILTER(1 = " + "-" * 9_000 + "1) }", "PREFIX : <" * 500, "LOAD <file:///etc/passwd>", "x" * 200_000),
)
OURS = """
import sys
from pathlib import Path
from regiograaf.endpoint import serve
from regiograaf.workers import Limits
limits = Limits(seconds=float(sys.argv[3]))
serve(Path(sys.argv[1]), port=int(sys.argv[2]), limits=limits, keep=int(sys.argv[4]))
"""
THEIRS = """
import sys
import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
LUA = """
local bodies = {%s}
local turn = 0
request = function()
  turn = turn %% #bodies + 1
  return wrk.format("POST", "/sparql", {["content-type"] = "application/x-www-form-urlencoded",
    ["accept"] = "application/sparql-results+json, application/n-triples;q=0.9"}, bodies[turn])
end
"""


def prefixed(text: str) -> str:
    from regiograaf.prefixes import PREFIXES

    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("rdf", "rdfs", "rg")) + text


def ask(port: int, text: str, seconds: float = 60) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    with contextlib.closing(connection):
        body = urlencode({"query": text})
        connection.request("POST", "/sparql", body, {"content-type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        return answer.status


@contextlib.contextmanager
def running(code: str, source: Path, port: int, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", code, str(source), str(port), *more], stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if ask(port, "ASK { ?s ?p ?o }") == 200:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()


def load(port: int, seconds: int) -> tuple[float, float, float, int]:
    """Requests a second, median and 99th percentile in milliseconds, and errors, as wrk sees them."""
    bodies = ",".join(json.dumps(urlencode({"query": prefixed(text)})) for text in QUESTIONS)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA % bodies)
        script.flush()
        command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", "--timeout", "10s", "-s", script.name]
        text = subprocess.run([*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True).stdout
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    found = {share: float(value) * unit[of] for share, value, of in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)\b", text)}
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    errors = sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", text))
    errors += sum(int(n) for line in re.findall(r"Socket errors: (.*)", text) for n in re.findall(r"\d+", line))
    return float(rate[1]) if rate else 0.0, found["50"], found["99"], errors


@contextlib.contextmanager
def attacked(port: int, limit: float) -> Iterator[list[tuple[int, float]]]:
    """Four attackers; what they were answered, and after how long."""
    ending, heard = threading.Event(), []

    def attack(number: int) -> None:
        turn = 0
        while not ending.is_set():
            began, turn = time.perf_counter(), turn + 1
            status = 0
            with contextlib.suppress(OSError, http.client.HTTPException):
                status = ask(port, f"{CATASTROPHES[(number + turn) % 4]} # {number} {turn} {began}", limit + 5)
            heard.append((status, time.perf_counter() - began))

    threads = [threading.Thread(target=attack, args=(number,), daemon=True) for number in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    yield heard
    ending.set()
    for thread in threads:
        thread.join(limit + 6)


def below(process: int) -> list[int]:
    """Ids of all processes below one."""
    text = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in text.splitlines()]
    found, new = set(), {process}
    while new:
        new = {child for child, parent in pairs if parent in new} - found
        found |= new
    return sorted(found)


def largest(process: int) -> int:
    """Peak memory, in MB, of the largest process below one."""
    sizes = [0]
    for child in below(process):
        with contextlib.suppress(OSError):
            sizes += map(int, re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{child}/status").read_text()))
    return max(sizes) // 1024


def main(seconds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = place_of(ROOT)
        quads = Path(folder) / "graph.nq"
        with quads.open("wb") as file:
            for name in ox.Store.read_only(str(place)).named_graphs():
                for quad in ox.Store.read_only(str(place)).quads_for_pattern(None, None, None, name):
                    file.write(f"{quad} .\n".encode())
        store = on_disk(quads, Path(folder) / "stores")
        print(f"{len(ox.Store.read_only(str(store)))} quads with their merge, {os.cpu_count()} processors")
        print(f"{'server':34} {'requests/s':>10} {'p50 ms':>8} {'p99 ms':>8} {'errors':>7}")
        with running(OURS, store, 8801, str(LIMIT), "0") as process:
            peace = load(8801, seconds)
            print(f"{'regiograaf':34} {peace[0]:10.0f} {peace[1]:8.1f} {peace[2]:8.1f} {peace[3]:7}")
            with attacked(8801, LIMIT) as heard:
                war, size = load(8801, seconds), largest(process.pid)
            print(f"{'regiograaf, 4 attackers':34} {war[0]:10.0f} {war[1]:8.1f} {war[2]:8.1f} {war[3]:7}")
            longest = max(took for _, took in heard)
            kinds = ", ".join(
                f"{count} times {status}" for status, count in sorted(Counter(s for s, _ in heard).items())
            )
            print(f"  attackers: {kinds}; longest {longest:.2f} s (limit {LIMIT:g} s); largest worker {size} MB")
            began = time.perf_counter()
            with ThreadPoolExecutor(8) as pool:
                texts = (HOSTILITIES[number % len(HOSTILITIES)] for number in range(HOSTILE))
                statuses = Counter(pool.map(lambda text: ask(8801, text), texts))
            took = time.perf_counter() - began
            same = process.poll() is None and ask(8801, "ASK { ?s ?p ?o }") == 200
            print(
                f"  {HOSTILE} hostile requests in {took:.0f} s: {dict(sorted(statuses.items()))}; same process: {same}"
            )
        with running(OURS, store, 8803, str(LIMIT), str(32 << 20)):
            kept = load(8803, seconds)
            print(
                f"{'regiograaf, answers kept (default)':34} {kept[0]:10.0f} {kept[1]:8.1f} {kept[2]:8.1f} {kept[3]:7}"
            )
        try:
            import rdflib_endpoint  # noqa: F401
        except ImportError:
            print("rdflib-endpoint is not installed")
            return
        with running(THEIRS, quads, 8802):
            theirs = load(8802, seconds)
            print(f"{'rdflib-endpoint':34} {theirs[0]:10.0f} {theirs[1]:8.1f} {theirs[2]:8.1f} {theirs[3]:7}")
            ratios = " and ".join(f"{ours[0] / max(theirs[0], 0.001):.1f}" for ours in (peace, kept))
            print(f"  ratio: {ratios} (kept); under attack we keep {war[0] / peace[0]:.0%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
