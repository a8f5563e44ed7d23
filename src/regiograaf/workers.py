"""SPARQL answered by processes that can be killed.

The engine knows no time-out, and one query can take all memory or crash its process. So a query runs in a child with
limits of its own, over an on-disk store opened read-only; the parent stops it at its deadline and starts another. What
a child can reach is the store: it has no sockets to call anybody with.

`Pool` keeps children ready for a server, in a fast and a slow lane; `answer` makes one for one query. Only `fork` can
do this, so it needs Linux or macOS. This room imports no rdflib: starting a child must cost little.
"""

from __future__ import annotations

import asyncio
import ctypes
import hashlib
import io
import json
import os
import re
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Literal, cast

import pyoxigraph as ox

from regiograaf import queries
from regiograaf.errors import QueryError
from regiograaf.prefixes import BASE, PREFIXES
from regiograaf.queries import Answer, RefusedError

__all__ = ["Job", "Limits", "Pool", "Reply", "answer"]

Fault = Literal["syntax", "refused", "costly", "format", "many", "busy", "unable", "engine"]
"""Why a query has no answer: it is no SPARQL; it is not allowed; it takes more time, memory or rows than there is; the
client takes none of its forms; the client, or the server, has too much in hand; the engine cannot do it; the engine
failed."""

STACK = 256 << 20
RETIRE_AFTER = 2_000
HOLD = 2.0
"""Seconds that a client over its limit waits to hear so: an answer at once would only be asked again at once."""

_HEAD = struct.Struct("!IQ")
_NICE = 10
"""Of queries in the slow lane: a tenth of what the others get of a processor, where there is not enough."""
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_ORDER = 64
"""Bytes of a message to the process that forks."""
_REMEMBERED = 1_000


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
        _send(connection, {"ready": True})
        while True:
            head, _ = _receive(connection)
            reply, body = _reply(store, Job(**head), settings)
            reply["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT
            _send(connection, reply, body)


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
        return {"fault": "costly", "message": _no_memory(settings["allowed"])}, b""
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


def _no_memory(memory: int) -> str:
    return f"the query takes more than the {memory >> 20} MB of memory there is, or breaks the engine. Narrow it."


def _confine(memory: int) -> None:
    """Limits that a query cannot get past: memory, no core dump, and no new connection to anybody."""
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
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0


def _die_with_parent() -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)


# --- between parent and child


def _frame(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    text = json.dumps(head).encode("utf-8")
    return _HEAD.pack(len(text), len(body)) + text + body


def _send(connection: socket.socket, head: Mapping[str, Any], body: bytes = b"") -> None:
    connection.sendall(_frame(head, body))


def _receive(connection: socket.socket) -> tuple[dict[str, Any], bytes]:
    of_head, of_body = _HEAD.unpack(_exactly(connection, _HEAD.size))
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


def _settings(limits: Limits) -> dict[str, Any]:
    return {**asdict(limits), "allowed": limits.memory, "base": BASE, "prefixes": dict(PREFIXES)}


# --- many queries, many children


def zygote(handle: int) -> None:
    """Fork workers for the pool that holds the other end, and bury them; ends when that pool does.

    A process of its own, with one thread and little in memory: a fork of it is quick and safe.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders = socket.socket(fileno=handle)
    head, _ = _receive(orders)
    while True:
        data, handles, _, _ = socket.recv_fds(orders, _ORDER, 1, socket.MSG_WAITALL)
        if len(data) < _ORDER:
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
        orders.sendall(str(child).encode().ljust(_ORDER))


class _Worker(asyncio.Protocol):
    """The parent's end of one child."""

    def __init__(self) -> None:
        self.process = 0
        self.answered = self.peak = 0
        self.gone = False
        self._data = bytearray()
        self._wanted = _HEAD.size
        self._head = 0
        self._transport: asyncio.Transport | None = None
        self.reply: asyncio.Future[tuple[dict[str, Any], bytes]] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._data += data
        if self._head == 0 and len(self._data) >= _HEAD.size:
            self._head, body = _HEAD.unpack_from(self._data)
            self._wanted = _HEAD.size + self._head + body
        if self._head and len(self._data) >= self._wanted and not self.reply.done():
            split = _HEAD.size + self._head
            head = json.loads(self._data[_HEAD.size : split])
            self.peak = head.pop("peak", 0)
            self.reply.set_result((head, bytes(self._data[split:])))

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone = True
        if not self.reply.done():
            self.reply.set_exception(ConnectionResetError("the worker is gone"))
            self.reply.exception()  # nobody may be waiting

    def ask(self, job: Job) -> asyncio.Future[tuple[dict[str, Any], bytes]]:
        """Put a query to a worker that has nothing in hand."""
        self._data = bytearray()
        self._wanted, self._head = _HEAD.size, 0
        self.reply = asyncio.get_running_loop().create_future()
        if self.gone or self._transport is None:
            self.connection_lost(None)
        else:
            self._transport.write(_frame({name: getattr(job, name) for name in Job.__slots__}))
        return self.reply

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def cpu(self) -> float | None:
        """Seconds of CPU that the child has used, where the system tells."""
        try:
            return time.clock_gettime((~self.process << 3) | 2)
        except OSError:
            return None


@dataclass(slots=True)
class _Case:
    """A query in hand."""

    job: Job
    client: str
    deadline: float
    running: bool = False


@dataclass
class Pool:
    """Workers over one store, kept ready.

    A query starts in the fast lane. When it has worked for longer than fits there, it goes on in the slow lane, at the
    lowest priority, and another worker takes its place. The slow lane has few places, and each client fewer: a client
    with all its places taken hears so, and so does who waits there until the time is over.
    """

    store: Path
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self._settings = _settings(self.limits)
        self._fast = asyncio.Semaphore(self.limits.workers)
        self._slow = asyncio.Semaphore(self.limits.slow)
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._all: dict[int, _Worker] = {}
        self._apart: set[int] = set()
        self._starting = self._asking = self._held = 0
        self._by_client: Counter[str] = Counter()
        self._known_slow: OrderedDict[bytes, None] = OrderedDict()
        self._zygote: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None
        self._ordering = asyncio.Lock()
        self._chores: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def processes(self) -> list[int]:
        """The ids of the workers that there are now."""
        return sorted(self._all)

    async def start(self) -> None:
        """Make the workers.

        Raises QueryError when they cannot open the store.
        """
        made = await asyncio.gather(*(self._make() for _ in range(self.limits.workers + 1)))
        for worker in made:
            if worker is None:
                await self.close()
                raise QueryError(f"{self.store}: no worker could open this store. Build it again.")
            self._idle.put_nowait(worker)

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in tuple(self._chores):
            task.cancel()
        for worker in self._all.values():
            worker.close()
        self._all.clear()
        if self._orders is not None:
            self._orders.close()
        if self._zygote is not None:
            self._zygote.kill()  # its children end with it
            self._zygote.wait()

    async def ask(self, job: Job, client: str = "") -> Reply:
        """The answer to a query, or why there is none; never later than the limit of time."""
        if self._asking >= self.limits.waiting:
            return Reply(fault="busy", message="the server has too many queries in hand. Ask again in a few seconds.")
        self._asking += 1
        case = _Case(job, client, asyncio.get_running_loop().time() + self.limits.seconds)
        try:
            async with asyncio.timeout_at(case.deadline):
                return await self._ask(case)
        except TimeoutError:
            seconds = f"{self.limits.seconds:g} seconds"
            if not case.running:
                return Reply(fault="busy", message=f"no worker was free for {seconds}. Ask again later.")
            self._remember(job)
            message = f"the query was stopped after {seconds}. Narrow it, or ask for a part with LIMIT and OFFSET."
            return Reply(fault="costly", message=message, lane="slow")
        finally:
            self._asking -= 1

    async def _ask(self, case: _Case) -> Reply:
        worker = None
        try:
            if _digest(case.job) not in self._known_slow:
                async with self._fast:
                    worker = await self._take()
                    reply = await self._try(worker, case)
                    if reply is not None:
                        self._give_back(worker, reply)
                        worker = None
                        return reply
                    if worker.reply.done():  # it died, perhaps of what others asked of it: this query gets another
                        self._bury(worker)
                        worker = None
                    else:
                        self._apart.add(worker.process)
                        self._refill()
            return await self._ask_slowly(case, worker)
        finally:
            if worker is not None:
                self._bury(worker)

    async def _take(self) -> _Worker:
        while True:
            worker = await self._idle.get()
            if not worker.gone:
                return worker
            self._bury(worker)

    async def _try(self, worker: _Worker, case: _Case) -> Reply | None:
        """The answer when it comes as fast as the fast lane wants; what counts is work, not waiting for a processor."""
        now = asyncio.get_running_loop().time
        future, began, before = worker.ask(case.job), now(), worker.cpu()
        case.running = True
        pause = self.limits.fast
        while pause > 0:
            await asyncio.wait((future,), timeout=pause)
            if future.done():
                return None if future.exception() else _reply_of(future.result(), "fast")
            used, passed = worker.cpu(), now() - began
            worked = passed if used is None or before is None else used - before
            pause = 0 if passed > 4 * self.limits.fast else max(self.limits.fast - worked, 0)
        return None

    async def _ask_slowly(self, case: _Case, worker: _Worker | None) -> Reply:
        if self._by_client[case.client] >= self.limits.slow_per_client:
            if worker is not None:
                self._bury(worker)
            await self._hold(case.deadline)
            message = "you have too many slow queries in hand. Wait for their answers, then ask again."
            return Reply(fault="many", message=message, lane="slow")
        self._by_client[case.client] += 1
        try:
            if worker is not None and self._slow.locked():
                self._bury(worker)
                worker = None
                case.running = False
            async with self._slow:
                if worker is None:
                    worker = await self._take()
                    self._apart.add(worker.process)
                    self._refill()
                    worker.ask(case.job)
                case.running = True
                with suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, worker.process, _NICE)
                try:
                    return _reply_of(await asyncio.shield(worker.reply), "slow")
                except ConnectionError:
                    self._remember(case.job)
                    return Reply(fault="costly", message=_no_memory(self.limits.memory), lane="slow")
        finally:
            self._by_client[case.client] -= 1
            if not self._by_client[case.client]:
                del self._by_client[case.client]
            if worker is not None:
                self._bury(worker)  # its priority cannot be raised again

    async def _hold(self, deadline: float) -> None:
        left = deadline - asyncio.get_running_loop().time()
        if self._held < self.limits.waiting // 2:
            self._held += 1
            try:
                await asyncio.sleep(min(HOLD, 0.9 * left))
            finally:
                self._held -= 1

    def _remember(self, job: Job) -> None:
        """Next time this query goes to the slow lane at once."""
        self._known_slow[_digest(job)] = None
        while len(self._known_slow) > _REMEMBERED:
            self._known_slow.popitem(last=False)

    def _give_back(self, worker: _Worker, reply: Reply) -> None:
        worker.answered += 1
        if worker.answered >= RETIRE_AFTER or worker.peak > self.limits.memory // 3:
            self._bury(worker)
        else:
            self._idle.put_nowait(worker)

    def _bury(self, worker: _Worker) -> None:
        """Kill a worker, and see that there are enough others."""
        worker.close()
        self._apart.discard(worker.process)
        if self._all.pop(worker.process, None) is None:
            return
        self._order_burial(worker.process)
        self._refill()

    def _order_burial(self, process: int) -> None:
        if self._orders is not None:
            with suppress(OSError):
                self._orders.send(json.dumps({"bury": process}).encode().ljust(_ORDER))

    def _refill(self) -> None:
        lacking = self.limits.workers + 1 - (len(self._all) - len(self._apart)) - self._starting
        for _ in range(0 if self._closed else max(lacking, 0)):
            self._starting += 1
            task = asyncio.get_running_loop().create_task(self._add())
            self._chores.add(task)
            task.add_done_callback(self._chores.discard)

    async def _add(self) -> None:
        worker = None
        try:
            while worker is None:
                worker = await self._make()
                if worker is None:
                    await asyncio.sleep(0.5)
        finally:
            self._starting -= 1
        self._idle.put_nowait(worker)

    async def _make(self) -> _Worker | None:
        """A worker that has opened the store; None when it could not."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        loop = asyncio.get_running_loop()
        with theirs:
            async with self._ordering:
                if self._zygote is None or self._zygote.poll() is not None:
                    self._make_zygote()
                assert self._orders is not None
                try:
                    socket.send_fds(self._orders, [b"{}".ljust(_ORDER)], [theirs.fileno()])
                    process = int(await asyncio.wait_for(loop.sock_recv(self._orders, _ORDER), 10))
                except (OSError, ValueError, TimeoutError):
                    self._make_zygote()
                    ours.close()
                    return None
        _, worker = await loop.create_unix_connection(_Worker, sock=ours)
        worker.process = process
        try:
            await asyncio.wait_for(asyncio.shield(worker.reply), 30)
        except (ConnectionError, TimeoutError):
            worker.close()
            self._order_burial(process)
            return None
        self._all[process] = worker
        return worker

    def _make_zygote(self) -> None:
        if self._orders is not None:
            self._orders.close()
        if self._zygote is not None:
            self._zygote.kill()
            self._zygote.wait()
        ours, theirs = socket.socketpair()
        with theirs:
            code = f"from regiograaf.workers import zygote; zygote({theirs.fileno()})"
            self._zygote = subprocess.Popen(
                [sys.executable, "-P", "-c", code],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=None if os.environ.get("REGIOGRAAF_DEBUG") else subprocess.DEVNULL,
                env={**os.environ, "MALLOC_ARENA_MAX": "2"},
                start_new_session=True,
            )
        _send(ours, {"store": str(self.store), "settings": self._settings})
        ours.setblocking(False)
        self._orders = ours


def _digest(job: Job) -> bytes:
    return hashlib.sha256(job.text.encode("utf-8", "replace")).digest()


def _reply_of(received: tuple[dict[str, Any], bytes], lane: str) -> Reply:
    head, body = received
    return Reply(body, **head, lane=lane)


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
    settings = {**_settings(kept), "rows": rows}
    job = Job(text, results=form or "json", graphs=form or "nt")
    if form in ("json", "srx", "xml", "csv", "tsv"):
        job = Job(text, results=form, graphs=None)
    elif form is not None:
        job = Job(text, results=None, graphs=form)
    ours, theirs = socket.socketpair()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            ours.close()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the engine's last words
            settings["memory"] += _size()
            _work(theirs, str(store) if isinstance(store, Path) else store, settings)
        os._exit(0)
    theirs.close()
    try:
        ours.settimeout(30.0)
        _receive(ours)
        ours.settimeout(seconds)
        _send(ours, asdict(job))
        head, body = _receive_by(ours, time.monotonic() + seconds)
    except TimeoutError:
        raise QueryError(f"the query was stopped after {seconds:g} seconds. Narrow it.") from None
    except (EOFError, ConnectionError):
        raise QueryError(_no_memory(kept.memory)) from None
    finally:
        ours.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if head.get("fault"):
        raise RefusedError(head["message"]) if head["fault"] == "refused" else QueryError(head["message"])
    return body if form else _parsed(body, head["form"])


def _receive_by(connection: socket.socket, deadline: float) -> tuple[dict[str, Any], bytes]:
    """Like `_receive`, with one deadline for the whole."""
    data = bytearray()
    wanted, of_head = _HEAD.size, 0
    while len(data) < wanted:
        connection.settimeout(max(deadline - time.monotonic(), 0.001))
        part = connection.recv(min(wanted - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
        if len(data) == _HEAD.size == wanted:
            of_head, of_body = _HEAD.unpack(data)
            wanted += of_head + of_body
    body = memoryview(data)[_HEAD.size + of_head :]
    return json.loads(data[_HEAD.size : _HEAD.size + of_head]), bytes(body)


def _parsed(body: bytes, form: str) -> Answer:
    if form == "nt":
        return Answer(triples=tuple(quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)))
    result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(result, ox.QueryBoolean):
        return Answer(truth=bool(result))
    names = tuple(variable.value for variable in result.variables)
    return Answer(names, tuple(tuple(row[i] for i in range(len(names))) for row in result))
