"""Queries in processes with limits: what they may take, and what is left when they took too much."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox
import pytest

from regiograaf.errors import QueryError
from regiograaf.pool import Pool
from regiograaf.queries import RefusedError, chosen_graphs, safe
from regiograaf.workers import Job, Limits, Reply, answer

pytestmark = pytest.mark.alone
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
TRIPLES = 300
Made = TypeVar("Made")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300 triples `<x:sN> <x:p> N` in the default graph and in `<x:g>`."""
    folder = tmp_path_factory.mktemp("workers") / "store"
    store = ox.Store(str(folder))
    for number in range(TRIPLES):
        triple = ox.Triple(ox.NamedNode(f"x:s{number}"), ox.NamedNode("x:p"), ox.Literal(number))
        store.extend([ox.Quad(*triple), ox.Quad(*triple, ox.NamedNode("x:g"))])
    store.flush()
    return folder


def apart(work: Coroutine[Any, Any, Made]) -> Made:
    """Run a coroutine in a thread of its own: the tests of pages leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


def pooled(place: Path, work: Callable[[Pool], Awaitable[None]], **limits: float) -> None:
    """Run something with a pool over a store, and see that it ends without leaving a process."""

    async def run() -> list[int]:
        pool = Pool(place, Limits(**limits))  # type: ignore[arg-type]
        await pool.start()
        try:
            await work(pool)
        finally:
            processes = pool.processes
            await pool.close()
        return processes

    processes = apart(run())
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(Path(f"/proc/{process}/exe").exists() for process in processes):
        time.sleep(0.02)
    assert [process for process in processes if Path(f"/proc/{process}/exe").exists()] == []


async def full(pool: Pool) -> None:
    """See that the pool has all its workers again, soon."""
    deadline = time.monotonic() + 10
    while len(pool.processes) != pool.limits.workers + 1 and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    assert len(pool.processes) == pool.limits.workers + 1


# --- one query in one child


def test_an_answer_is_rows_truth_or_triples(place: Path) -> None:
    rows = answer(place, "SELECT ?o WHERE { <x:s7> <x:p> ?o }")
    assert rows.rows == ((ox.Literal(7),),)
    assert answer(place, "ASK { <x:s7> <x:p> 7 }").truth is True
    assert answer(place, "ASK { <x:s7> <x:p> 8 }").truth is False
    triples = answer(place, "CONSTRUCT { <x:a> ?p ?o } WHERE { <x:s7> ?p ?o }").triples
    assert triples == (ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.Literal(7)),)


def test_an_answer_in_a_form_is_bytes(place: Path) -> None:
    text = "SELECT ?o WHERE { <x:s7> <x:p> ?o }"
    assert answer(place, text, form="csv") == b"o\r\n7\r\n"
    construct = "CONSTRUCT WHERE { <x:s7> ?p ?o }"
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert answer(place, construct, form="nt") == f'<x:s7> <x:p> "7"^^<{integer}> .\n'.encode()
    assert answer(place, construct, form="ttl") == b"<x:s7> <x:p> 7 .\n"
    with pytest.raises(QueryError, match="the answer is triples"):
        answer(place, construct, form="csv")


def test_a_store_in_memory_is_seen_as_it_is_now() -> None:
    store = ox.Store()
    assert answer(store, "ASK { ?s ?p ?o }").truth is False
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.NamedNode("x:o")))
    assert answer(store, "ASK { ?s ?p ?o }").truth is True


def test_a_query_that_takes_too_long_is_stopped_in_time(place: Path) -> None:
    began = time.perf_counter()
    with pytest.raises(QueryError, match=r"stopped after 0\.5 seconds"):
        answer(place, ENDLESS, seconds=0.5)
    assert time.perf_counter() - began < 1.5


def test_a_query_that_takes_too_much_memory_is_stopped(place: Path) -> None:
    with pytest.raises(QueryError, match="more than the 900 MB of memory"):
        answer(place, HUNGRY, seconds=60, limits=Limits(memory=900 << 20))


@pytest.mark.parametrize("form", [None, "json", "srx", "csv", "tsv"])
def test_one_row_too_many_is_an_error(place: Path, form: str | None) -> None:
    text = "SELECT ?s ?o WHERE {{ ?s ?p ?o }} LIMIT {}"
    answer(place, text.format(10), form=form, rows=10)
    with pytest.raises(QueryError, match="more than 10 rows"):
        answer(place, text.format(11), form=form, rows=10)


@pytest.mark.parametrize("form", ["json", "srx", "csv", "tsv"])
def test_text_that_looks_like_rows_is_not_counted(form: str) -> None:
    store = ox.Store()
    look = 'a\r\nb\n},{"o":{ [{"x"<result> "\n"'
    for number in range(10):
        store.add(ox.Quad(ox.NamedNode(f"x:{number}"), ox.NamedNode("x:p"), ox.Literal(look)))
    answer(store, "SELECT ?s ?o WHERE { ?s ?p ?o }", form=form, rows=10)
    with pytest.raises(QueryError, match="more than 9 rows"):
        answer(store, "SELECT ?s ?o WHERE { ?s ?p ?o }", form=form, rows=9)


def test_an_answer_that_is_too_large_is_an_error(place: Path) -> None:
    with pytest.raises(QueryError, match="larger than 1 MB"):
        answer(place, "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }", form="json", limits=Limits(size=1 << 20))


def test_the_deepest_query_that_is_allowed_does_not_break_the_engine(place: Path) -> None:
    inner = "?s ?p ?o"
    for _ in range(195):
        inner = "{" + inner + "}"
    assert answer(place, f"SELECT * WHERE {{ {inner} }} LIMIT 1").rows != ()
    deep = "(" * 190 + "1" + ")" * 190
    assert answer(place, f"ASK {{ FILTER({deep} = 1) }}").truth is True


def test_a_mistake_has_line_and_column(place: Path) -> None:
    with pytest.raises(QueryError, match=r"not expected at line 2, column 13\. Look just before that place\.$"):
        answer(place, "SELECT ?s\nWHERE { ?s }")


# --- what gets past the first guard does not get out


HIDDEN = {
    "plain": "SELECT * WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "silent": "SELECT * WHERE { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "after a number": "SELECT * WHERE { ?a ?b 1SERVICE <URL> { ?s ?p ?o } }",
    "in one word": "SELECT * WHERE { SERVICESILENT<URL> { ?s ?p ?o } }",
    "as a prefix": "PREFIX : <URL> SELECT * WHERE { SERVICE:x { ?s ?p ?o } }",
    "behind a comparison": "SELECT * WHERE { ?a ?b ?c FILTER(?c<2)SERVICE#>\n<URL> { ?s ?p ?o } }",
    "behind a comment": 'SELECT * WHERE { ?a ?b ?c FILTER(?c<2)#>"""\nSERVICE<URL> { ?s ?p ?o }#"""\n }',
}


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that nobody may call, and the calls."""
    listening, calls, ending = socket.create_server(("127.0.0.1", 0)), [], threading.Event()
    listening.settimeout(0.05)

    def wait() -> None:
        while not ending.is_set():
            with suppress(TimeoutError):
                caller, _ = listening.accept()
                calls.append("called")
                caller.close()

    thread = threading.Thread(target=wait)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/", calls
    ending.set()
    thread.join()
    listening.close()


@pytest.mark.parametrize("how", HIDDEN)
def test_service_is_refused_however_it_is_written(how: str) -> None:
    with pytest.raises(RefusedError, match="SERVICE is refused"):
        safe(HIDDEN[how].replace("URL", "http://127.0.0.1:9/"))


@pytest.mark.parametrize("how", HIDDEN)
def test_a_worker_has_no_way_to_call_anybody(
    place: Path, how: str, canary: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regiograaf.queries.safe", lambda text: None)  # forks see this too
    url, calls = canary
    with suppress(QueryError):
        answer(place, HIDDEN[how].replace("URL", url), seconds=5)
    assert calls == []


def test_without_a_seccomp_filter_there_are_no_new_files_to_call_with(
    place: Path, canary: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regiograaf.queries.safe", lambda text: None)
    monkeypatch.setattr("regiograaf.workers._forbid_sockets", lambda: False)
    url, calls = canary
    with pytest.raises(QueryError):
        answer(place, HIDDEN["plain"].replace("URL", url), seconds=5)
    assert calls == []
    assert answer(place, "ASK { <x:s7> <x:p> 7 }").truth is True


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?s WHERE { ?s ?p "SERVICE <x:y> { DROP" } # SERVICE <x:y> {',
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT ?service WHERE { ?service a sd:Service }",
        "PREFIX service: <x:> SELECT ?s WHERE { ?s service:add <urn:x#service> }",
        "SELECT ?s WHERE { ?s <x:p> ?o FILTER(?o < 3 && ?o > 1) }",
    ],
)
def test_innocent_words_are_answered(place: Path, text: str) -> None:
    assert answer(place, text).rows is not None


@pytest.mark.parametrize("text", ["<a" * 50_000, "a." * 50_000, '"""\\' * 25_000, "{}" * 50_000, "'\"" * 50_000])
def test_the_guard_itself_takes_no_time(text: str) -> None:
    began = time.perf_counter()
    with suppress(QueryError):
        safe(text)
    assert time.perf_counter() - began < 5


def test_the_graphs_of_a_query_are_found_however_they_are_written() -> None:
    text = """BASE <http://x/> PREFIX p: <http://y/> # FROM <no:1>
        SELECT ?from FROM <a> FROM NAMED p:b\nFROM named <z:c>
        WHERE { ?s ?p 'FROM <no:2>' }"""
    assert chosen_graphs(text, None, {}) == ["http://x/a", "http://y/b", "z:c"]


def test_from_takes_graphs_of_the_store_only(place: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    assert answer(place, count.format("FROM <x:g>")).rows == ((ox.Literal(TRIPLES),),)
    with pytest.raises(RefusedError, match="the dataset has no such graph"):
        answer(place, count.format("FROM <file:///etc/hostname>"))


# --- many queries


def test_a_pool_answers_many_at_a_time(place: Path) -> None:
    async def work(pool: Pool) -> None:
        jobs = [Job(f"SELECT ?o WHERE {{ <x:s{number}> <x:p> ?o }}", results="csv") for number in range(100)]
        replies = await asyncio.gather(*(pool.ask(job) for job in jobs))
        assert [reply.body for reply in replies] == [f"o\r\n{number}\r\n".encode() for number in range(100)]
        assert {reply.lane for reply in replies} == {"fast"}

    pooled(place, work)


def test_slow_queries_get_few_places_and_each_client_fewer(place: Path) -> None:
    async def work(pool: Pool) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        asked = [asyncio.create_task(pool.ask(Job(f"{ENDLESS} # {number}"), "somebody")) for number in range(4)]
        await asyncio.sleep(1.5)
        quick = [await pool.ask(Job(f"ASK {{ <x:s{number}> <x:p> {number} }}"), "other") for number in range(20)]
        replies: list[Reply] = await asyncio.gather(*asked)
        assert sorted(str(reply.fault) for reply in replies) == ["costly", "costly", "many", "many"]
        assert loop.time() - began < 4.5
        assert [reply.fault for reply in quick] == [None] * 20
        assert [reply.lane for reply in quick] == ["fast"] * 20

    pooled(place, work, seconds=4, fast=0.05)


def test_who_waits_too_long_hears_that_the_server_is_busy(place: Path) -> None:
    async def work(pool: Pool) -> None:
        replies = await asyncio.gather(*(pool.ask(Job(f"{ENDLESS} # {number}"), str(number)) for number in range(4)))
        assert {reply.fault for reply in replies} == {"costly", "busy"}
        assert "no worker was free for 2 seconds. Ask again later." in {reply.message for reply in replies}
        full = await asyncio.gather(*(pool.ask(Job(f"{ENDLESS} # {number}"), str(number)) for number in range(6)))
        assert "the server has too many queries in hand. Ask again in a few seconds." in {r.message for r in full}

    pooled(place, work, seconds=2, fast=0.05, slow=1, waiting=4)


def test_workers_and_their_parent_can_be_killed(place: Path) -> None:
    async def work(pool: Pool) -> None:
        ask = Job("ASK { <x:s7> <x:p> 7 }")
        for victim in (*pool.processes, None):
            if victim is None:
                assert pool._zygote is not None
                victim = pool._zygote.pid
            os.kill(victim, signal.SIGKILL)
            for _ in range(50):
                reply = await pool.ask(ask)
                if reply.fault is None:
                    break
                await asyncio.sleep(0.1)
            assert reply.fault is None
        await full(pool)

    pooled(place, work, seconds=5)


def test_the_pool_is_full_again_after_many_were_stopped(place: Path) -> None:
    async def work(pool: Pool) -> None:
        jobs = (pool.ask(Job(f"{ENDLESS} # {number}"), str(number)) for number in range(12))
        assert {reply.fault for reply in await asyncio.gather(*jobs)} <= {"costly", "busy"}
        await full(pool)

    pooled(place, work, seconds=1, fast=0.02)


def test_a_folder_that_is_no_store_is_one_clear_error(tmp_path: Path) -> None:
    async def run() -> None:
        with pytest.raises(QueryError, match="no worker could open this store"):
            await Pool(tmp_path).start()

    apart(run())


def test_a_worker_is_light() -> None:
    code = "import sys, regiograaf.workers; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert loaded & {"rdflib", "networkx", "owlrl", "jinja2", "numpy", "starlette", "uvicorn"} == set()
