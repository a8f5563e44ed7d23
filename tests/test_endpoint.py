"""The endpoint as its clients meet it: a real server process on a free port of this machine, and nobody else.

What each hostile request does is seen from outside: the answer, the server's process, and a canary that must not be
called.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import RDF
from rdflib.term import Node

from regiograaf.stores import on_disk, place_of
from tests.conftest import REPO

pytestmark = pytest.mark.alone
SECONDS = 2.0
CARTESIAN = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MEMORY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c ?b"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
COUNT_THEMES = COUNT.replace("WHERE", "FROM <https://w3id.org/regiograaf/id/graaf/themas> WHERE")
SERVE = """
import json, sys
from pathlib import Path
from regiograaf.endpoint import serve
from regiograaf.workers import Limits
store, limits, questions, keep = json.loads(sys.argv[1])
serve(Path(store), port=0, limits=Limits(**limits), questions=questions and Path(questions), keep=keep)
"""


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """A server process, and a client of it."""

    process: subprocess.Popen[str]
    port: int
    log: list[str] = field(default_factory=list)

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Answered(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answered:
        return self.request("GET", path, **headers)

    def query(self, text: str, accept: str = "*/*", **fields: Any) -> Answered:
        body = urlencode({"query": text, **fields}, doseq=True).encode()
        return self.request("POST", "/sparql", body, accept=accept, content_type="application/x-www-form-urlencoded")

    def count(self, text: str = "") -> int:
        """How many triples a part of the data has: small, so that it is also answered on a busy machine."""
        return int(self.query(text or COUNT_THEMES).json["results"]["bindings"][0]["n"]["value"])

    def children(self) -> list[int]:
        """Ids of all processes below the server."""
        parents: dict[int, list[int]] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                parts = path.read_text().rpartition(")")[2].split()
                parents.setdefault(int(parts[1]), []).append(int(path.parent.name))
        found, new = [], [self.process.pid]
        while new:
            new = [child for parent in new for child in parents.get(parent, ())]
            found += new
        return found


@contextlib.contextmanager
def serving(store: Path, questions: Path | None = None, keep: int = 0, **limits: Any) -> Iterator[Server]:
    arguments = json.dumps([str(store), limits, str(questions) if questions else None, keep])
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    try:
        ready = json.loads(first)
        server = Server(process, int(ready["url"].rstrip("/").rpartition(":")[2]))

        def read() -> None:
            for line in process.stderr or ():
                server.log.append(line)

        threading.Thread(target=read, daemon=True).start()
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        finally:
            process.kill()


@pytest.fixture(scope="session")
def on_disk_store() -> Path:
    """The real graph on disk."""
    return place_of(REPO)


@pytest.fixture(scope="session")
def server(on_disk_store: Path) -> Iterator[Server]:
    with serving(on_disk_store, REPO / "queries", seconds=SECONDS) as running:
        yield running


@pytest.fixture
def canary() -> Iterator[list[str]]:
    """A server that nobody may call; holds its own address, then the calls."""
    calls: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.05)
    calls.append(f"http://127.0.0.1:{listening.getsockname()[1]}/")
    ending = threading.Event()

    def wait() -> None:
        while not ending.is_set():
            with contextlib.suppress(TimeoutError):
                caller, _ = listening.accept()
                calls.append("called")
                caller.close()

    thread = threading.Thread(target=wait)
    thread.start()
    yield calls
    ending.set()
    thread.join()
    listening.close()
    assert calls[1:] == []


def one_sentence(answer: Answered) -> str:
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.endswith(".\n")
    assert answer.text.count("\n") == 1
    return answer.text


# --- the protocol


def test_a_query_is_taken_by_get_and_by_post_in_both_ways(server: Server) -> None:
    ask = "ASK { ?s ?p ?o }"
    answers = [
        server.get("/sparql?" + urlencode({"query": ask})),
        server.query(ask),
        server.request("POST", "/sparql", ask.encode(), content_type="application/sparql-query"),
        server.request("POST", "/sparql", ask.encode(), content_type="Application/SPARQL-query; charset=UTF-8"),
    ]
    assert [(answer.status, answer.json["boolean"]) for answer in answers] == [(200, True)] * 4


FORMS = {
    "application/sparql-results+json": (ox.QueryResultsFormat.JSON, "SELECT"),
    "application/sparql-results+xml": (ox.QueryResultsFormat.XML, "SELECT"),
    "text/csv; charset=utf-8": (None, "SELECT"),
    "text/tab-separated-values; charset=utf-8": (ox.QueryResultsFormat.TSV, "SELECT"),
    "text/turtle; charset=utf-8": (ox.RdfFormat.TURTLE, "CONSTRUCT"),
    "application/n-triples": (ox.RdfFormat.N_TRIPLES, "CONSTRUCT"),
    "application/rdf+xml": (ox.RdfFormat.RDF_XML, "CONSTRUCT"),
    "application/ld+json": (ox.RdfFormat.JSON_LD, "CONSTRUCT"),
    "application/n-quads": (ox.RdfFormat.N_QUADS, "CONSTRUCT"),
    "application/trig": (ox.RdfFormat.TRIG, "CONSTRUCT"),
    "text/n3; charset=utf-8": (ox.RdfFormat.N3, "CONSTRUCT"),
}


@pytest.mark.parametrize("media_type", FORMS)
def test_every_form_of_results_can_be_asked_for_and_read(server: Server, media_type: str) -> None:
    form, kind = FORMS[media_type]
    where = "WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o LIMIT 5"
    text = f"SELECT ?s ?o {where}" if kind == "SELECT" else f"CONSTRUCT {{ ?s <x:label> ?o }} {where}"
    answer = server.query(text, accept=media_type.partition(";")[0])
    assert answer.status == 200
    assert answer.headers["content-type"] == media_type
    if form is None:
        assert answer.text.splitlines()[0] == "s,o"
        assert len(answer.text.splitlines()) == 6
    elif isinstance(form, ox.RdfFormat):
        assert len({quad.object.value for quad in ox.parse(answer.body, format=form)}) == 5
    else:
        results = ox.parse_query_results(answer.body, format=form)
        assert isinstance(results, ox.QuerySolutions)
        assert len(list(results)) == 5


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.7", "application/sparql-results+xml"),
        ("text/turtle, text/tab-separated-values;q=0.1", "text/tab-separated-values; charset=utf-8"),
        ("application/*;q=0.2, text/*;q=0.1", "application/sparql-results+json"),
        ("*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
    ],
)
def test_the_form_that_the_client_likes_best_is_given(server: Server, accept: str, given: str) -> None:
    assert server.query("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", accept=accept).headers["content-type"] == given


def test_no_form_in_common_is_406(server: Server) -> None:
    assert server.query("ASK {}", accept="image/png").status == 406
    answer = server.query("ASK {}", accept="text/turtle")
    assert answer.status == 406
    assert "none of the forms" in one_sentence(answer)


def test_the_dataset_can_be_named_by_the_protocol(server: Server) -> None:
    graph = "https://w3id.org/regiograaf/id/graaf/themas"
    whole = server.count(COUNT)
    part = server.query(COUNT, **{"default-graph-uri": graph}).json["results"]["bindings"][0]["n"]["value"]
    named = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    rows = server.query(named, **{"named-graph-uri": graph}).json["results"]["bindings"]
    by_from = server.query(COUNT.replace("WHERE", f"FROM <{graph}> WHERE")).json["results"]["bindings"][0]["n"]["value"]
    assert 0 < int(part) < whole
    assert by_from == part
    assert [row["g"]["value"] for row in rows] == [graph]
    assert server.query(COUNT, **{"named-graph-uri": graph}).json["results"]["bindings"][0]["n"]["value"] == "0"


def test_a_service_description_and_void_say_what_there_is(server: Server) -> None:
    answer = server.get("/sparql", accept="text/turtle")
    described = Graph().parse(data=answer.body, format="turtle")
    sd, void = Namespace("http://www.w3.org/ns/sparql-service-description#"), Namespace("http://rdfs.org/ns/void#")
    service = described.value(None, RDF.type, sd.Service)
    assert str(described.value(service, sd.endpoint)) == f"http://127.0.0.1:{server.port}/sparql"
    assert len(set(described.objects(None, sd.name))) > 10
    dataset = described.value(None, RDF.type, void.Dataset)
    assert int(str(described.value(dataset, void.triples))) == server.count(COUNT)
    for accept in ("application/ld+json", "application/n-triples", "application/rdf+xml"):
        answer = server.get("/.well-known/void", accept=accept)
        assert answer.headers["content-type"] == accept
        assert (dataset, RDF.type, void.Dataset) in Graph().parse(data=answer.body, format=accept)


def test_head_and_options_answer_without_a_body(server: Server) -> None:
    path = "/sparql?" + urlencode({"query": "ASK {}"})
    whole, head = server.get(path), server.request("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))
    options = server.request("OPTIONS", "/sparql", origin="https://example.org", access_control_request_method="POST")
    assert (options.status, options.body) == (204, b"")
    assert options.headers["access-control-allow-origin"] == "*"
    assert "POST" in options.headers["access-control-allow-methods"]


def test_every_answer_may_be_read_by_pages_of_others(server: Server) -> None:
    for answer in (server.query("ASK {}"), server.query("ASK {"), server.get("/nergens"), server.get("/")):
        assert answer.headers["access-control-allow-origin"] == "*"


def test_an_answer_that_the_client_has_is_not_sent_again(server: Server) -> None:
    path = "/sparql?" + urlencode({"query": COUNT})
    first = server.get(path)
    again = server.get(path, if_none_match=first.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = server.get(path, accept="text/csv", if_none_match=first.headers["etag"])
    assert other.status == 200
    page = server.get("/def", accept="text/html")
    assert server.get("/def", accept="text/html", if_none_match=page.headers["etag"]).status == 304


def test_what_differs_each_time_is_not_kept(server: Server) -> None:
    answer = server.query("SELECT (RAND() AS ?n) WHERE {}")
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_answers_are_compressed_for_clients_that_take_it(server: Server) -> None:
    text = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 200"
    path = "/sparql?" + urlencode({"query": text})
    plain, packed = server.get(path), server.get(path, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 3
    assert gzip.decompress(packed.body) == plain.body
    assert "accept-encoding" in packed.headers["vary"]
    assert packed.headers["etag"] != plain.headers["etag"]
    page = server.get("/", accept_encoding="gzip")
    assert b"</html>" in gzip.decompress(page.body)


BAD = {
    "no query": ("POST", "/sparql", b"", {"content_type": "application/x-www-form-urlencoded"}, 400),
    "two queries": ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, {}, 400),
    "empty query": ("GET", "/sparql?query=", None, {}, 400),
    "no SPARQL": ("GET", "/sparql?query=HALLO", None, {}, 400),
    "not UTF-8": ("GET", "/sparql?query=%FF", None, {}, 400),
    "bytes": ("POST", "/sparql", b"\xff\x00", {"content_type": "application/sparql-query"}, 400),
    "put": ("PUT", "/sparql", b"", {}, 405),
    "delete": ("DELETE", "/sparql", None, {}, 405),
    "post to a page": ("POST", "/def", b"x", {}, 405),
    "json": ("POST", "/sparql", b"{}", {"content_type": "application/json"}, 415),
    "no type": ("POST", "/sparql", b"ASK {}", {}, 415),
    "latin-1": ("POST", "/sparql", b"ASK {}", {"content_type": "application/sparql-query; charset=latin-1"}, 415),
    "update body": ("POST", "/sparql", b"DROP ALL", {"content_type": "application/sparql-update"}, 403),
    "update field": (
        "POST",
        "/sparql",
        b"update=DROP+ALL",
        {"content_type": "application/x-www-form-urlencoded"},
        403,
    ),
    "no such graph": ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=file%3A%2F%2F%2Fetc%2Fpasswd", None, {}, 403),
    "no graph at all": ("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=%20%3Cx", None, {}, 403),
    "no such page": ("GET", "/nergens", None, {}, 404),
    "no such entity": ("GET", "/id/programma/bestaat-niet", None, {"accept": "text/html"}, 404),
    "no such term": ("GET", "/id/x.ttl", None, {}, 404),
    "no such version": ("GET", "/def/99.0.0", None, {}, 404),
    "no IRI": ("GET", "/resource", None, {}, 400),
    "broken IRI": ("GET", "/resource?iri=" + quote("http://x/> } DROP ALL #"), None, {}, 400),
    "no form": ("GET", "/def", None, {"accept": "image/png"}, 406),
    "long address": ("GET", "/sparql?query=" + "x" * 2_000_000, None, {}, 414),
    "long header": ("GET", "/", None, {"accept": "x" * 100_000}, 431),
    "three words needed": ("GET", "/why?s=x%3Ay", None, {}, 400),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_request_gets_its_status_and_one_sentence(server: Server, name: str) -> None:
    method, path, body, headers, status = BAD[name]
    answer = server.request(method, path, body, **headers)
    assert answer.status == status, answer.text
    one_sentence(answer)


def test_a_mistake_is_named_with_its_line_and_column(server: Server) -> None:
    answer = server.query("SELECT ?s WHERE {\n  ?s ?p .\n}")
    assert answer.status == 400
    assert "line 3, column 1" in one_sentence(answer)


# --- what could harm


def test_nothing_gets_out_and_nothing_comes_in(server: Server, canary: list[str], tmp_path: Path) -> None:
    secret = tmp_path / "geheim.nt"
    secret.write_text("<x:s> <x:p> <x:geheim> .\n")
    called = canary[0]
    hostile = [
        f"SELECT * FROM <{secret.as_uri()}> WHERE {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{secret.as_uri()}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ SERVICE <{called}> {{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ SERVICE SILENT <{called}> {{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ S\\u0045RVICE <{called}> {{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ S\\U00000045RVICE SILENT <{called}> {{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ ?a ?b 1SERVICE <{called}> {{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ SERVICESILENT<{called}> {{ ?s ?p ?o }} }}",
        f"PREFIX x: <{called}> SELECT * WHERE {{ SERVICEx:y {{ ?s ?p ?o }} }}",
        f"PREFIX : <{called}> SELECT * WHERE {{ SERVICE:y {{ ?s ?p ?o }} }}",
        f"SELECT * WHERE {{ ?a ?b ?c FILTER(?c<2)SERVICE#>\n<{called}> {{ ?s ?p ?o }} }}",
        f'SELECT * WHERE {{ ?a ?b ?c FILTER(?c<2)#>"""\nSERVICE<{called}> {{ ?s ?p ?o }}#"""\n }}',
        f"SELECT * WHERE {{ VALUES ?v {{ <{called}> }} SERVICE ?v {{ ?s ?p ?o }} }}",
        f"LOAD <{called}>",
        f"LOAD <{secret.as_uri()}>",
        "DROP ALL",
        "CLEAR DEFAULT",
        "INSERT DATA { <x:s> <x:p> <x:o> }",
        "DELETE WHERE { ?s ?p ?o }",
    ]
    before = server.count()
    for text in hostile:
        answer = server.query(text)
        assert answer.status == 403, text
        assert "geheim" not in answer.text.replace(secret.name, "")
        one_sentence(answer)
    assert server.count() == before


def test_queries_that_are_too_long_or_too_deep_are_refused(server: Server) -> None:
    ten_megabytes = b"query=ASK%20%7B%20%3Fs%20%3Fp%20%22" + b"x" * 10_000_000 + b"%22%7D"
    form = "application/x-www-form-urlencoded"
    answer = server.request("POST", "/sparql", ten_megabytes, content_type=form)
    assert answer.status == 413
    one_sentence(answer)
    answer = server.request("POST", "/sparql", b" " * 10_000_000, content_type="application/sparql-query")
    assert answer.status == 413
    for text in (
        "SELECT * WHERE { " + "{" * 5_000 + "}" * 5_000 + " }",
        "SELECT * WHERE { FILTER(" + "(" * 5_000 + "1" + ")" * 5_000 + ") }",
        "SELECT * WHERE { FILTER(" + "!" * 5_000 + "true) }",
        "SELECT * WHERE { FILTER(" + "STR(" * 5_000 + "1" + ")" * 5_000 + ") }",
    ):
        answer = server.query(text)
        assert answer.status == 400
        assert "nested deeper" in one_sentence(answer)


CATASTROPHES = {
    "cartesian product": CARTESIAN,
    "memory": MEMORY,
    "long paths": "SELECT (COUNT(*) AS ?n) WHERE { ?s (!<x:y>|^!<x:y>)* ?o . ?o (!<x:y>|^!<x:y>)* ?q }",
    "REGEX": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . "
    'FILTER(REGEX(CONCAT(STR(?c), STR(?f), "aaaaaaaaaaaa!"), "^((a+)+(b|a)*)*(.*.*.*)*$")) }',
    "exact repetition": 'ASK { FILTER(REGEX("a", "((((a{0,100}){0,100}){0,100}){0,100}){0,100}")) }',
    "text without end": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?t) WHERE { ?a ?b ?c . ?d ?e ?f }",
}


@pytest.mark.parametrize("name", CATASTROPHES)
def test_a_catastrophic_query_is_stopped_in_time_with_one_sentence(server: Server, name: str) -> None:
    pid, began = server.process.pid, time.perf_counter()
    answer = server.query(CATASTROPHES[name])
    took = time.perf_counter() - began
    assert took < SECONDS + 0.5
    if name == "exact repetition":  # the engine takes a pattern that is too large for no match at all
        assert answer.status in (200, 422)
    else:
        assert answer.status == 422
        one_sentence(answer)
    assert server.process.poll() is None
    assert server.process.pid == pid
    assert server.count() > 0


def test_too_many_rows_are_an_error_and_never_half_an_answer(on_disk_store: Path) -> None:
    with serving(on_disk_store, rows=100) as small:
        for accept in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"):
            ask = "SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }} LIMIT {}"
            assert small.query(ask.format(100), accept=accept).status == 200
            answer = small.query(ask.format(101), accept=accept)
            assert answer.status == 422
            assert "more than 100 rows" in one_sentence(answer)
        construct = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT "
        assert small.query(construct + "100").status == 200
        assert small.query(construct + "200").status == 422


def test_parameters_with_quotes_and_newlines_stay_values(server: Server) -> None:
    for value in ('een "aanhaling"\n} SERVICE <http://x/> {', "'''\\\" \r\n }", 'x\\" . ?s ?p ?o . "'):
        term = str(ox.Literal(value))
        rows = server.query(f"SELECT ?v WHERE {{ VALUES ?v {{ {term} }} }}").json["results"]["bindings"]
        assert [row["v"]["value"] for row in rows] == [value]


def test_slow_queries_of_one_client_are_few_and_the_others_go_on(server: Server) -> None:
    ending = time.perf_counter() + 3 * SECONDS
    slow: list[tuple[int, float]] = []

    def attack(number: int) -> None:
        while time.perf_counter() < ending:
            began = time.perf_counter()
            status = server.query(f"{CARTESIAN} # {number} {began}").status
            slow.append((status, time.perf_counter() - began))

    quick: list[tuple[int, float]] = []
    with ThreadPoolExecutor(4) as pool:
        attacks = [pool.submit(attack, number) for number in range(4)]
        time.sleep(1)
        while time.perf_counter() < ending - 1:
            began = time.perf_counter()
            quick.append((server.query("ASK { ?s ?p ?o }").status, time.perf_counter() - began))
        for attack_ in attacks:
            attack_.result()
    assert {status for status, _ in slow} <= {422, 429, 503}  # 503 when this machine has no worker to spare
    took_there = [json.loads(line)["ms"] for line in server.log]
    assert max(took_there) < (SECONDS + 0.5) * 1000  # as the server saw it: these clients wait for one another
    assert {status for status, _ in quick} == {200}
    assert len(quick) > 100
    assert sorted(took for _, took in quick)[len(quick) * 9 // 10] < 0.2  # the benchmark holds it to 99 in 100


def test_hostile_requests_leave_the_server_as_it_was(server: Server) -> None:
    """A part of the 10,000 that `benchmarks/endpoint.py` sends."""
    before, pid = server.count(), server.process.pid
    kinds = [
        *("DROP ALL", "ASK {", "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> {} }", "\x00", "{" * 3_000),
        *('ASK { ?s ?p "' + "\\" * 999, "ASK { <" + "é" * 2_000 + ">", "SELECT" * 1_000, "PREFIX : <" * 500),
        "ASK { FILTER(1 = " + "-" * 20_000 + "1) }",
        "ASK { ?s " + "^" * 20_000 + "<x:p> ?o }",
    ]

    heavy = [
        "SELECT * WHERE { ?s " + "/".join(["<x:p>"] * 3_000) + " ?o }",
        "ASK { " + "OPTIONAL { ?s ?p ?o } " * 1_000 + "}",
        "ASK { FILTER(" + "+".join(["1"] * 20_000) + " = 1) }",
    ]
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda text: server.query(text).status, [*heavy, *kinds * 20]))
    assert {status for status in statuses if status >= 500} == set()
    assert server.process.poll() is None
    assert server.process.pid == pid
    assert server.count() == before


def test_a_raw_mess_is_answered_or_hung_up_on(server: Server) -> None:
    for mess in (
        b"\x00\xff\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as client:
            client.sendall(mess)
            heard = client.recv(100)
        assert heard == b"" or heard.startswith(b"HTTP/1.1 4")
    assert server.count() > 0


def test_workers_stay_below_their_memory(server: Server) -> None:
    for _ in range(3):
        server.query(MEMORY)
    sizes = []
    for child in server.children():
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{child}/status").read_text()
            sizes += [int(size) for size in re.findall(r"VmHWM:\s+(\d+) kB", status)]
    assert len(sizes) >= 3
    assert max(sizes) < 1_000_000


def test_a_worker_that_is_killed_is_replaced(server: Server) -> None:
    for child in server.children():
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    deadline = time.monotonic() + 10
    status = 0
    while status != 200 and time.monotonic() < deadline:
        status = server.query(f"ASK {{ ?s ?p {status} }}").status
    assert status == 200


# --- the server


def test_the_log_has_one_line_of_json_for_each_request_and_no_query(server: Server) -> None:
    text = "SELECT ?geheim WHERE { ?geheim ?p ?o } LIMIT 1"
    server.query(text)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    deadline = time.monotonic() + 5
    lines: list[str] = []
    while not lines and time.monotonic() < deadline:
        time.sleep(0.01)
        lines = [line for line in server.log if digest in line]
    [line] = lines
    entry = json.loads(line)
    assert "geheim" not in line
    assert {"time", "client", "method", "path", "status", "ms", "bytes", "lane", "query"} <= set(entry)
    assert (entry["method"], entry["path"], entry["status"], entry["lane"]) == ("POST", "/sparql", 200, "fast")


def test_sigterm_ends_server_and_workers_cleanly(on_disk_store: Path) -> None:
    with serving(on_disk_store, seconds=30) as ending:
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(ending.query, CARTESIAN)
            time.sleep(1)
            children = ending.children()
            began = time.monotonic()
            ending.process.send_signal(signal.SIGTERM)
            assert ending.process.wait(10) == 0
            assert time.monotonic() - began < 6
            with contextlib.suppress(OSError, http.client.HTTPException):
                running.result()
        assert len(children) >= 4
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline and any(Path(f"/proc/{child}").exists() for child in children):
            time.sleep(0.05)
        assert [child for child in children if Path(f"/proc/{child}").exists()] == []


def test_it_listens_to_this_machine_only(server: Server) -> None:
    listening = [
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{server.port:04X}")
    ]
    assert listening == [f"0100007F:{server.port:04X}"]


def test_an_address_that_is_taken_is_one_clear_error(server: Server, on_disk_store: Path) -> None:
    from regiograaf.endpoint import serve
    from regiograaf.errors import SourceError

    with pytest.raises(SourceError, match=r"Choose another with --host or --port\.$"):
        serve(on_disk_store, port=server.port)


def test_without_a_web_server_the_error_says_what_to_install(
    on_disk_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regiograaf.endpoint import serve
    from regiograaf.errors import SourceError

    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(SourceError, match=r"pip install 'regiograaf\[serve\]'"):
        serve(on_disk_store, port=0)


# --- linked data and pages


GS = "https://w3id.org/regiograaf/id/orgaan/gs-zuid-holland"
PROVINCE = "https://identifier.overheid.nl/tooi/id/provincie/pv28"


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/n-triples"])
@pytest.mark.parametrize(
    ("path", "iri"),
    [
        ("/id/orgaan/gs-zuid-holland", GS),
        (f"/resource?iri={quote(PROVINCE, safe='')}", PROVINCE),
        ("/def", "https://w3id.org/regiograaf/def"),
    ],
)
def test_an_iri_gives_its_triples_in_each_form(server: Server, path: str, iri: str, accept: str) -> None:
    answer = server.get(path, accept=accept)
    assert answer.status == 200
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert answer.headers["link"] == f'<{iri}>; rel="canonical"'
    graph = Graph().parse(data=answer.body, format=accept)
    assert {str(subject) for subject in graph.subjects()} > {iri}


def test_a_form_can_also_be_asked_for_by_the_address(server: Server) -> None:
    for path in ("/id/orgaan/gs-zuid-holland.ttl", f"/resource?iri={quote(GS, safe='')}&form=ttl"):
        answer = server.get(path, accept="text/html")
        assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
        assert GS in {str(subject) for subject in Graph().parse(data=answer.body, format="turtle").subjects()}


def test_a_graph_can_be_fetched_whole(server: Server) -> None:
    answer = server.get("/id/graaf/themas", accept="application/n-triples")
    assert len(answer.body.splitlines()) == server.count()


def test_the_page_of_an_entity_says_what_letters_say_and_where(server: Server) -> None:
    answer = server.get("/id/programma/novex-zuidelijke-randstad", accept="text/html")
    assert answer.status == 200
    page = answer.text
    assert '<html lang="nl">' in page
    assert "<h1>NOVEX Zuidelijke Randstad</h1>" in page
    assert "https://w3id.org/regiograaf/id/programma/novex-zuidelijke-randstad" in page
    assert "Binnen de NOVEX Zuidelijke Randstad werken we samen" in page
    assert "Uitdagingen in de Drechtsteden" in page
    assert 'href="/id/brief/drechtsteden"' in page
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?!w3id\.org/regiograaf/)[^"]*', page) == []


def test_the_page_of_the_ontology_lists_its_terms_with_definitions(server: Server) -> None:
    page = server.get("/def", accept="text/html").text
    assert 'id="Bewering"' in page
    assert "rg:werktSamenMet" in page
    assert page.count("<dt id=") > 100


def test_the_list_of_entities_leads_to_their_pages(server: Server) -> None:
    page = server.get("/id/", accept="text/html").text
    assert 'href="/id/programma/novex-zuidelijke-randstad"' in page
    assert 'href="/id/brief/drechtsteden"' in page


def test_the_page_to_ask_from_has_each_stored_question_with_its_parameters_explained(server: Server) -> None:
    page = server.get("/", accept="text/html").text
    settings = json.loads(page.split('id="settings">')[1].split("</script>")[0])
    tabs = {tab["name"]: tab["text"] for tab in settings["tabs"]}
    assert set(tabs) == {path.stem for path in (REPO / "queries").glob("*.rq")}
    question = tabs["wie-neemt-deel"]
    assert "# programma: een IRI; hier <https://w3id.org/regiograaf/id/programma/novex-zuidelijke-randstad>" in question
    assert "?_programma_iri" not in question
    assert server.query(question).json["results"]["bindings"] != []


def test_why_an_inferred_relation_holds_is_explained_down_to_the_letters(server: Server) -> None:
    page = server.get("/id/orgaan/gs-zuid-holland", accept="text/html").text
    found = re.search(r'href="(/why\?[^"]+)"', page)
    assert found is not None
    answer = server.get(found[1].replace("&amp;", "&"))
    assert answer.status == 200
    assert '<pre class="tree">' in answer.text
    nothing = "&".join(f"{name}={quote(GS, safe='')}" for name in "spo")
    answer = server.get(f"/why?{nothing}")
    assert answer.status == 404
    one_sentence(answer)


def test_text_of_the_data_is_escaped(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\"'&"
    subject = "https://w3id.org/regiograaf/id/persoon/x"
    name = str(ox.Literal(evil, language="nl"))
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    quads = f"<{subject}> <{label}> {name} <https://w3id.org/regiograaf/id/graaf/entiteiten> .\n"
    quads += f"<{subject}> <x:p> <javascript:alert(1)> <https://w3id.org/regiograaf/id/graaf/entiteiten> .\n"
    with serving(on_disk(quads.encode(), tmp_path)) as small:
        page = small.get("/id/persoon/x", accept="text/html").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript:' not in page


# --- clients that people use


def test_sparqlwrapper_asks_selects_and_constructs(server: Server) -> None:
    from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

    client = SPARQLWrapper(f"http://127.0.0.1:{server.port}/sparql")
    client.setQuery("SELECT ?s WHERE { ?s ?p ?o } LIMIT 3")
    client.setReturnFormat(JSON)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 3
    client.setMethod(POST)
    client.setQuery("ASK { ?s ?p ?o }")
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3")
    client.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=client.queryAndConvert(), format="turtle")) == 3


NODE = REPO / "tests" / "node-comunica"


def test_comunica_asks_the_endpoint(server: Server) -> None:
    if not (NODE / "node_modules" / "@comunica" / "query-sparql").exists():
        pytest.skip("@comunica/query-sparql is not installed: npm --prefix tests/node-comunica install")
    run = subprocess.run(
        ["node", str(NODE / "query.mjs"), f"http://127.0.0.1:{server.port}/sparql"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answers = json.loads(run.stdout)
    assert answers["label"] == "NOVEX Zuidelijke Randstad"
    assert answers["ask"] is True
    assert answers["triples"] == 3


# --- the W3C's own tests

SUITE = Path(os.environ.get("REGIOGRAAF_SUITES") or REPO.parent / "shared" / "suites") / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
FAILING = {
    "aggregates/agg-groupconcat-04": "GROUP_CONCAT of texts in one language keeps that language (as SPARQL 1.2 has it)",
    "aggregates/agg-groupconcat-06": "the same, of one text",
    "aggregates/agg-empty-group-count-graph": "GRAPH ?g around a subselect does not run it for each graph",
    "bindings/graph": "GRAPH ?g around VALUES alone does not bind ?g to each graph",
    "functions/bnode01": "BNODE(text) gives one node for the same text in all rows, not one for each row",
    "negation/graph-minus": "inside GRAPH ?g the engine takes ?g for a variable that both sides of MINUS share",
    "property-path/zero_or_more_set_start": "a path of length zero meets only terms that the dataset has",
    "property-path/zero_or_more_set_end": "the same",
    "property-path/zero_or_one_set_start": "the same",
    "property-path/zero_or_one_set_end": "the same",
}
"""What the engine does otherwise; the endpoint hands it on as it is."""
NOTHING = "x:nothing"


@dataclass(frozen=True)
class Case:
    """One test of the suite: its manifest's folder, what it asks, of what, and what should come."""

    key: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[tuple[str, Path], ...]
    result: Path | None
    lax: bool


def file_of(iri: Node | None) -> Path:
    return Path(str(iri).removeprefix("file://"))


def cases_of(manifest: Path) -> Iterator[Case]:
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for head in graph.objects(None, MF.include):
        for included in Collection(graph, head):
            yield from cases_of(file_of(included))
    for head in graph.objects(None, MF.entries):
        for entry in Collection(graph, head):
            kind = str(graph.value(entry, RDF.type)).rpartition("#")[2]
            action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
            named = []
            for name in graph.objects(action, QT.graphData):
                path = graph.value(name, QT.graph) if isinstance(name, BNode) else name
                named.append((str(path), file_of(path)))
            yield Case(
                f"{manifest.parent.name}/{str(entry).rpartition('#')[2]}",
                kind,
                file_of(graph.value(action, QT.query) or action),
                tuple(file_of(data) for data in graph.objects(action, QT.data)),
                tuple(named),
                file_of(result) if result is not None else None,
                graph.value(entry, MF.resultCardinality) == MF.LaxCardinality,
            )


def suite_store(cases: list[Case], folder: Path) -> tuple[Path, set[str]]:
    """All data of the suite in one store, each file in a graph of its own name; and which of these hold anything."""
    quads, filled = [], set()
    files = {path for case in cases for path in (*case.data, *(path for _, path in case.graphs))}
    files |= {path for case in cases for path in case.query.parent.glob("*.ttl")}
    for path in sorted(files):
        form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
        try:
            parsed = list(ox.parse(path=str(path), format=form, base_iri=path.as_uri(), rename_blank_nodes=True))
        except SyntaxError:
            continue
        name = ox.NamedNode(path.as_uri())
        quads += [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed]
        filled |= {path.as_uri()} if parsed else set()
    store = ox.Store(str(folder))
    store.bulk_extend(
        [*quads, ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.NamedNode("x:o"), ox.NamedNode(NOTHING))]
    )
    store.flush()
    return folder, filled


def canonical(term: Any) -> Node:
    """A term of rdflib, numbers by their value."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    datatype = term.datatype.value
    if term.language:
        return Literal(term.value, lang=term.language)
    if datatype.rpartition("#")[2] in ("decimal", "double", "float") and datatype.startswith(
        "http://www.w3.org/2001/XML"
    ):
        with contextlib.suppress(ValueError):
            return Literal(f"{float(term.value):.9g}", datatype=URIRef(datatype))
    return Literal(term.value, datatype=None if datatype.endswith("XMLSchema#string") else URIRef(datatype))


def rows_as_graph(names: list[str], rows: list[list[Any]], lax: bool) -> Graph:
    """Solutions as a graph, a node for each row: two of them are the same when these graphs are."""
    graph = Graph()
    if lax:
        rows = [list(row) for row in dict.fromkeys(tuple(row) for row in rows)]
    for row in rows:
        node = BNode()
        graph.add((node, RDF.type, RS.solution))
        for name, term in zip(names, row, strict=True):
            if term is not None:
                graph.add((node, URIRef(f"x:{name}"), canonical(term)))
    return graph


def read_results(body: bytes, form: ox.QueryResultsFormat, lax: bool) -> Graph | bool:
    results = ox.parse_query_results(body, format=form)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return rows_as_graph(names, [[row[name] for name in names] for row in results], lax)


def expected_of(case: Case) -> Graph | bool:
    assert case.result is not None
    form = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON, ".tsv": ox.QueryResultsFormat.TSV}
    if case.result.suffix in form:
        return read_results(case.result.read_bytes(), form[case.result.suffix], case.lax)
    quads = ox.parse(path=str(case.result), base_iri=case.result.as_uri())
    graph = Graph()
    for quad in quads:
        graph.add((canonical(quad.subject), canonical(quad.predicate), canonical(quad.object)))
    if (None, RDF.type, RS.ResultSet) not in graph:
        return graph
    found = Graph()
    for solution in graph.objects(None, RS.solution):
        node = BNode()
        found.add((node, RDF.type, RS.solution))
        for binding in graph.objects(solution, RS.binding):
            value = graph.value(binding, RS.value)
            assert value is not None
            found.add((node, URIRef(f"x:{graph.value(binding, RS.variable)}"), value))
    return found


def passes(server: Server, case: Case, filled: set[str]) -> bool:
    text = f"BASE <{case.query.as_uri()}>\n{case.query.read_text(encoding='utf-8')}"
    dataset = {}
    if re.search(r"^\s*FROM\s", text, re.MULTILINE) is None or case.kind != "QueryEvaluationTest":
        dataset = {
            "default-graph-uri": [path.as_uri() for path in case.data if path.as_uri() in filled],
            "named-graph-uri": [name for name, _ in case.graphs if name in filled] or [NOTHING],
        }
    answer = server.query(text, "application/sparql-results+json, text/turtle;q=0.9", **dataset)
    if case.kind.startswith("Negative"):
        return answer.status == 400
    if case.kind.startswith("Positive"):  # one calls a function that nobody has: that is no mistake in syntax
        return answer.status == 200 or "custom function" in answer.text
    if answer.status != 200:
        return False
    expected = expected_of(case)
    if answer.headers["content-type"].startswith("text/turtle"):
        given: Graph | bool = Graph()
        for quad in ox.parse(answer.body, format=ox.RdfFormat.TURTLE):
            given.add((canonical(quad.subject), canonical(quad.predicate), canonical(quad.object)))
    else:
        given = read_results(answer.body, ox.QueryResultsFormat.JSON, case.lax)
    if isinstance(expected, bool) or isinstance(given, bool):
        return expected is given
    return isomorphic(expected, given)


def test_the_query_suite_of_the_w3c_passes_but_for_what_is_explained(tmp_path: Path) -> None:
    if not SUITE.is_dir():
        pytest.skip("the W3C's tests are not at hand: set REGIOGRAAF_SUITES to the folder of suites")
    cases = list(cases_of(SUITE / "manifest-sparql11-query.ttl"))
    assert len(cases) == 328
    store, filled = suite_store(cases, tmp_path / "suite")
    with serving(store, seconds=10) as suite:
        failed = [case.key for case in cases if not passes(suite, case, filled)]
    assert sorted(failed) == sorted(FAILING)
    assert len(cases) - len(failed) >= 318
