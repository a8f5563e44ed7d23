"""SPARQL answered by processes that can be killed.

The engine knows no time-out, and one query can take all memory or crash its process. So a query runs in a child with
limits of its own, over an on-disk store opened read-only; the parent stops it at its deadline and starts another. What
a child can reach is the store: it has no sockets to call anybody with.

`pool` keeps children ready for a server, in a fast and a slow lane; `answer` makes one for one query. Only `fork` can
do this, so it needs Linux or macOS. This room imports no rdflib: starting a child must cost little.
"""

from __future__ import annotations

import ctypes
import faulthandler
import io
import json
import os
import re
import signal
import socket
import struct
import sys
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Literal, cast

import pyoxigraph as ox

from regiograaf import queries
from regiograaf.errors import QueryError
from regiograaf.prefixes import BASE, PREFIXES
from regiograaf.queries import Answer, RefusedError

__all__ = ["Job", "Limits", "Reply", "answer", "zygote"]

Fault = Literal["syntax", "refused", "costly", "format", "many", "busy", "unable", "engine"]
"""Why a query has no answer: it is no SPARQL; it is not allowed; it takes more time, memory or rows than there is; the
client takes none of its forms; the client, or the server, has too much in hand; the engine cannot do it; the engine
failed."""

STACK = 256 << 20

HEAD = struct.Struct("!IQ")
NICE = 10
"""Of queries in the slow lane: a tenth of what the others get of a processor, where there is not enough."""
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
ORDER = 64
"""Bytes of a message to the process that forks."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query, and one client, may take."""

    seconds: float = 10.0
    fast: float = 0.15
    """Seconds of work after which a query belongs in the slow lane."""
    rows: int = 250_000
    """Of a SELECT; triples of a CONSTRUCT or DESCRIBE."""
    size: int = 64 << 20
    """Bytes of an answer."""
    memory: int = 1_000 << 20
    """Bytes of address space of one worker; what the system lets it map for nothing counts too."""
    workers: int = 4
    """Queries in the fast lane at a time: more than processors, so that one that proves slow holds up few others."""
    slow: int = 2
    """Queries in the slow lane at a time."""
    slow_per_client: int = 2
    """Queries of one client that run or wait in the slow lane."""
    waiting: int = 200
    """Queries that wait for a worker."""


@dataclass(frozen=True, slots=True)
class Job:
    """One query, and the forms its answer may have; the engine says which of the two it takes."""

    text: str
    results: str | None = "json"
    """Of a SELECT or ASK: an extension that the engine knows. None: the client takes none."""
    graphs: str | None = "nt"
    default_graphs: tuple[str, ...] | None = None
    """The dataset that the protocol names; it goes before FROM."""
    named_graphs: tuple[str, ...] | None = None
    compress: bool = False
    rows: int = 0
    """At most this many rows; 0 is the limit of the pool."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as bytes, or a fault with one sentence."""

    body: bytes = b""
    fault: Fault | None = None
    message: str = ""
    form: str = ""
    """The extension of the form it is in."""
    rows: int = 0
    compressed: bool = False
    lane: str = "fast"


# --- in the child


class _TooMuchError(Exception):
    pass


class _Output(io.RawIOBase):
    """Takes the bytes of an answer, and counts its rows as they come."""

    def __init__(self, form: str, rows: int, size: int) -> None:
        self.parts: list[bytes] = []
        self.form, self.most_rows, self.most_bytes = form, rows, size
        self.rows = -1 if form in ("csv", "tsv") else 0  # the first line has the names
        self.written = self._quotes = 0
        self._marks = {"tsv": (b"\n",), "srx": (b"<result>",), "json": (b'[{"', b'},{"')}.get(form, ())
        self._tails = [b"" for _ in self._marks]

    def write(self, data: Any) -> int:
        part = bytes(data)
        self.parts.append(part)
        self.written += len(part)
        self._count(part)
        if self.written > self.most_bytes:
            raise _TooMuchError(f"the answer is larger than {self.most_bytes >> 20} MB")
        if self.rows > self.most_rows:
            raise _TooMuchError(f"the answer has more than {self.most_rows} rows")
        return len(part)

    def _count(self, part: bytes) -> None:
        """Rows that end here. What marks a row cannot occur inside a value: there it would be escaped or quoted."""
        if self.form == "csv":
            for piece in part.split(b'"'):
                self.rows += 0 if self._quotes % 2 else piece.count(b"\n")
                self._quotes += 1
            self._quotes -= 1
            return
        for place, mark in enumerate(self._marks):
            seen = self._tails[place] + part
            self.rows += seen.count(mark)
            self._tails[place] = seen[len(seen) - len(mark) + 1 :] if len(mark) > 1 else b""


def _work(connection: socket.socket, store: str | ox.Store, settings: Mapping[str, Any]) -> None:
    """Answer jobs until the other end closes. Runs in the child, which has nothing to do with its parent any more."""
    _die_with_parent()
    opened = ox.Store.read_only(store) if isinstance(store, str) else store
    _confine(settings["memory"])
    threading.stack_size(STACK)  # the engine recurses: this is enough for any query that `safe` lets through
    thread = threading.Thread(target=_serve, args=(connection, opened, settings))
    thread.start()
    thread.join()


def _serve(connection: socket.socket, store: ox.Store, settings: Mapping[str, Any]) -> None:
    with suppress(OSError, EOFError):
        send(connection, {"ready": True})
        while True:
            head, _ = _receive(connection)
            reply, body = _reply(store, Job(**head), settings)
            reply["peak"] = _peak()
            send(connection, reply, body)


def _reply(store: ox.Store, job: Job, settings: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        return _evaluate(store, job, settings)
    except RefusedError as error:
        return {"fault": "refused", "message": str(error)}, b""
    except QueryError as error:
        return {"fault": "syntax", "message": str(error)}, b""
    except SyntaxError as error:
        return {"fault": "syntax", "message": f"not SPARQL: {queries.mistake(error, job.text)}"}, b""
    except _TooMuchError as error:
        return {"fault": "costly", "message": f"{error}. Narrow it, or ask for a part with LIMIT and OFFSET."}, b""
    except MemoryError:
        return {"fault": "costly", "message": no_memory(settings["allowed"])}, b""
    except Exception as error:
        words = " ".join(str(error).split())[:200].rstrip(".")
        fault = "engine" if isinstance(error, OSError) else "unable"
        return {"fault": fault, "message": f"the engine could not answer: {words}. Write it otherwise."}, b""


def _evaluate(store: ox.Store, job: Job, settings: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    base = settings["base"]
    named = settings["prefixes"]
    prefixes = {name: named[name] for name in _PREFIX.findall(job.text) if name in named}  # all of them cost time
    queries.safe(job.text)
    dataset: dict[str, Any] = {}
    if job.default_graphs is None and job.named_graphs is None:
        queries.only_own_graphs(store, queries.chosen_graphs(job.text, base, prefixes))
    else:
        queries.only_own_graphs(store, (*(job.default_graphs or ()), *(job.named_graphs or ())))
        dataset = {
            "default_graph": [ox.NamedNode(iri) for iri in job.default_graphs or ()],
            "named_graphs": [ox.NamedNode(iri) for iri in job.named_graphs or ()],
        }
    result = store.query(job.text, base_iri=base, prefixes=prefixes, **dataset)
    triples = isinstance(result, ox.QueryTriples)
    form = job.graphs if triples else job.results
    if form is None:
        what = "triples" if triples else "a table of results"
        return {"fault": "format", "message": f"the answer is {what}, in none of the forms that Accept names."}, b""
    counter = _Output(form, job.rows or settings["rows"], settings["size"])
    output = cast("IO[bytes]", counter)
    if isinstance(result, ox.QueryTriples):
        counted = _counted(result, counter)
        ox.serialize(counted, output, format=ox.RdfFormat.from_extension(form), prefixes=named)
    else:
        result.serialize(output, format=ox.QueryResultsFormat.from_extension(form))
    body = b"".join(counter.parts)
    if form in ("ttl", "trig", "n3"):
        body = _without_unused_prefixes(body)
    compressed = job.compress and len(body) > 1_000
    if compressed:
        packer = zlib.compressobj(2, wbits=31)
        body = packer.compress(body) + packer.flush()
    return {"form": form, "rows": counter.rows, "compressed": compressed}, body


_PREFIX = re.compile(r"([A-Za-z][\w-]*):")


def _without_unused_prefixes(body: bytes) -> bytes:
    """The engine declares every prefix it is given; a short answer reads better with its own."""
    start = re.match(rb"(?:@prefix [\w-]*: <[^>]*> \.\n)*", body)
    if start is None or len(body) > 1 << 20:
        return body
    rest = body[start.end() :]
    lines = start[0].splitlines(keepends=True)
    return b"".join(line for line in lines if line.split(b" ")[1] in rest) + rest


def _counted(triples: Iterable[ox.Triple], output: _Output) -> Iterator[ox.Triple]:
    for triple in triples:
        output.rows += 1
        if output.rows > output.most_rows:
            raise _TooMuchError(f"the answer has more than {output.most_rows} triples")
        yield triple


def no_memory(memory: int) -> str:
    return f"the query takes more than the {memory >> 20} MB of memory there is, or breaks the engine. Narrow it."


def _confine(memory: int) -> None:
    """Limits that a query cannot get past: memory, no core dump, and no new connection to anybody."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS does not know this one
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if not _forbid_sockets():
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # what is open stays open


_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_IO_URING_SETUP = 425


def _forbid_sockets() -> bool:
    """Let the Linux kernel refuse socket(2), with a seccomp filter; False where that cannot be done."""
    known = _SOCKET_CALLS.get(os.uname().machine) if sys.platform == "linux" else None
    if known is None:
        return False
    architecture, call = known
    load, equal, give = 0x20, 0x15, 0x06
    allow, kill, refuse = 0x7FFF0000, 0x80000000, 0x00050000 | 13  # EACCES
    steps = [
        (load, 0, 0, 4),
        (equal, 1, 0, architecture),
        (give, 0, 0, kill),  # the calls of another architecture have other numbers
        (load, 0, 0, 0),
        (equal, 2, 0, call),
        (equal, 1, 0, _IO_URING_SETUP),
        (give, 0, 0, allow),
        (give, 0, 0, refuse),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    header = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", len(steps), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(set_seccomp, filter_mode, header, 0, 0):
        return False
    try:
        socket.socket().close()
    except OSError:
        return True
    return False


def _size() -> int:
    """Bytes of address space that this process has already."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError):
        return 0


def _peak() -> int:
    """Bytes of memory that this process has had at most."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT


def _die_with_parent() -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)


# --- between parent and child


def frame(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    text = json.dumps(head).encode("utf-8")
    return HEAD.pack(len(text), len(body)) + text + body


def send(connection: socket.socket, head: Mapping[str, Any], body: bytes = b"") -> None:
    connection.sendall(frame(head, body))


def _receive(connection: socket.socket) -> tuple[dict[str, Any], bytes]:
    of_head, of_body = HEAD.unpack(_exactly(connection, HEAD.size))
    head = json.loads(_exactly(connection, of_head))
    return head, _exactly(connection, of_body)


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = connection.recv(min(size - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def settings_of(limits: Limits) -> dict[str, Any]:
    return {**asdict(limits), "allowed": limits.memory, "base": BASE, "prefixes": dict(PREFIXES)}


# --- the process that forks


def zygote(handle: int) -> None:
    """Fork workers for the pool that holds the other end, and bury them; ends when that pool does.

    A process of its own, with one thread and little in memory: a fork of it is quick and safe.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders = socket.socket(fileno=handle)
    head, _ = _receive(orders)
    while True:
        data, handles, _, _ = socket.recv_fds(orders, ORDER, 1, socket.MSG_WAITALL)
        if len(data) < ORDER:
            os._exit(0)  # the children have this process for their parent, and end with it
        process = json.loads(data).get("bury")
        if process is not None:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
            continue
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                orders.close()
                _work(socket.socket(fileno=handles[0]), head["store"], head["settings"])
            os._exit(0)
        os.close(handles[0])
        orders.sendall(str(child).encode().ljust(ORDER))


# --- one query, one child


def answer(
    store: Path | ox.Store,
    text: str,
    *,
    form: str | None = None,
    seconds: float = 60.0,
    rows: int = 1_000_000,
    limits: Limits | None = None,
) -> Answer | bytes:
    """Answer one reading query in a child with the limits of the endpoint; bytes when a form is asked for.

    The store is a folder on disk, or an Oxigraph store of this process, which the child sees as it is now. `form` is an
    extension: json, srx, csv, tsv for rows; ttl, nt, rdf, jsonld … for triples. `limits` has the rest (memory, size).

    Raises QueryError when the query is refused, no SPARQL, or takes more time, memory or rows than it may.
    """
    kept = limits or Limits(size=1 << 30, memory=4_000 << 20)
    settings = {**settings_of(kept), "rows": rows}
    job = Job(text, results=form or "json", graphs=form or "nt")
    if form in ("json", "srx", "xml", "csv", "tsv"):
        job = Job(text, results=form, graphs=None)
    elif form is not None:
        job = Job(text, results=None, graphs=form)
    if not hasattr(os, "fork"):  # on Windows the limits of time and memory are not kept
        opened = ox.Store.read_only(str(store)) if isinstance(store, Path) else store
        return _told(*_reply(opened, job, settings), form)
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            ours.close()
            faulthandler.disable()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the engine's last words
            settings["memory"] += _size()
            _work(theirs, str(store) if isinstance(store, Path) else store, settings)
        os._exit(0)
    theirs.close()
    try:
        ours.settimeout(30.0)
        _receive(ours)
        ours.settimeout(seconds)
        send(ours, asdict(job))
        head, body = _receive_by(ours, time.monotonic() + seconds)
    except TimeoutError:
        raise QueryError(f"the query was stopped after {seconds:g} seconds. Narrow it.") from None
    except (EOFError, ConnectionError):
        raise QueryError(no_memory(kept.memory)) from None
    finally:
        ours.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return _told(head, body, form)


def _told(head: Mapping[str, Any], body: bytes, form: str | None) -> Answer | bytes:
    if head.get("fault"):
        raise RefusedError(head["message"]) if head["fault"] == "refused" else QueryError(head["message"])
    return body if form else _parsed(body, head["form"])


def _receive_by(connection: socket.socket, deadline: float) -> tuple[dict[str, Any], bytes]:
    """Like `_receive`, with one deadline for the whole."""
    data = bytearray()
    wanted, of_head = HEAD.size, 0
    while len(data) < wanted:
        connection.settimeout(max(deadline - time.monotonic(), 0.001))
        part = connection.recv(min(wanted - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
        if len(data) == HEAD.size == wanted:
            of_head, of_body = HEAD.unpack(data)
            wanted += of_head + of_body
    body = memoryview(data)[HEAD.size + of_head :]
    return json.loads(data[HEAD.size : HEAD.size + of_head]), bytes(body)


def _parsed(body: bytes, form: str) -> Answer:
    if form == "nt":
        return Answer(triples=tuple(quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)))
    result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(result, ox.QueryBoolean):
        return Answer(truth=bool(result))
    names = tuple(variable.value for variable in result.variables)
    return Answer(names, tuple(tuple(row[i] for i in range(len(names))) for row in result))
