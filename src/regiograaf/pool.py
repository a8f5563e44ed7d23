"""A pool of workers for a server: children kept ready, in a fast and a slow lane, and killed at their deadlines.

A query begins in the fast lane. When it takes longer than a moment it moves to the slow lane, where each client has few
places; so those who ask much of the engine wait for each other, and not the others for them.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter, OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from regiograaf.errors import QueryError
from regiograaf.workers import HEAD, NICE, ORDER, Job, Limits, Reply, frame, no_memory, send, settings_of

__all__ = ["Pool"]

REMEMBERED = 1_000
HOLD = 2.0
"""Seconds that a client over its limit waits to hear so: an answer at once would only be asked again at once."""
RETIRE_AFTER = 2_000


class _Worker(asyncio.Protocol):
    """The parent's end of one child."""

    def __init__(self) -> None:
        self.process = 0
        self.answered = self.peak = 0
        self.gone = False
        self._data = bytearray()
        self._wanted = HEAD.size
        self._head = 0
        self._transport: asyncio.Transport | None = None
        self.reply: asyncio.Future[tuple[dict[str, Any], bytes]] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._data += data
        if self._head == 0 and len(self._data) >= HEAD.size:
            self._head, body = HEAD.unpack_from(self._data)
            self._wanted = HEAD.size + self._head + body
        if self._head and len(self._data) >= self._wanted and not self.reply.done():
            split = HEAD.size + self._head
            head = json.loads(self._data[HEAD.size : split])
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
        self._wanted, self._head = HEAD.size, 0
        self.reply = asyncio.get_running_loop().create_future()
        if self.gone or self._transport is None:
            self.connection_lost(None)
        else:
            self._transport.write(frame({name: getattr(job, name) for name in Job.__slots__}))
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
    began: float = 0.0
    used: float | None = None
    """What its worker had used of a processor before."""


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
        self._settings = settings_of(self.limits)
        self._fast = asyncio.Semaphore(self.limits.workers)
        self._beside = asyncio.Semaphore(self.limits.workers)
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
                worker, reply = await self._ask_fast(case)
                if reply is not None:
                    return reply
            return await self._ask_slowly(case, worker)
        finally:
            if worker is not None:
                self._bury(worker)

    async def _ask_fast(self, case: _Case) -> tuple[_Worker | None, Reply | None]:
        """The answer, or the worker that is still at it; None for both when that worker died.

        A query soon leaves its place to others and goes on beside them: else a few that prove slow would take all
        places, and hold up those that are not.
        """
        worker, moved = None, False
        try:
            async with self._fast:
                worker = await self._take()
                reply = await self._try(worker, case, self.limits.fast / 5)
                if reply is None and not worker.reply.done():
                    moved = await self._beside.acquire()
                    self._apart.add(worker.process)
                    self._refill()
            if moved:
                reply = await self._try(worker, case, self.limits.fast)
            if reply is not None:
                self._give_back(worker, reply)
            elif worker.reply.done():  # perhaps of what others asked of it: this query gets another
                self._bury(worker)
            else:
                return worker, None
        except BaseException:
            if worker is not None:
                self._bury(worker)
            raise
        else:
            return None, reply
        finally:
            if moved:
                self._beside.release()

    async def _take(self) -> _Worker:
        while True:
            worker = await self._idle.get()
            if not worker.gone:
                return worker
            self._bury(worker)

    async def _try(self, worker: _Worker, case: _Case, seconds: float) -> Reply | None:
        """The answer when it takes no more than so much work since it began; waiting for a processor is no work."""
        now = asyncio.get_running_loop().time
        if not case.running:
            case.running, case.began, case.used = True, now(), worker.cpu()
            worker.ask(case.job)
        future = worker.reply
        while True:
            used, passed = worker.cpu(), now() - case.began
            worked = passed if used is None or case.used is None else used - case.used
            if not future.done() and (worked >= seconds or passed > 4 * seconds):
                return None
            await asyncio.wait((future,), timeout=max(seconds - worked, 0.005))
            if future.done():
                return None if future.exception() else _reply_of(future.result(), "fast")

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
                    os.setpriority(os.PRIO_PROCESS, worker.process, NICE)
                try:
                    return _reply_of(await asyncio.shield(worker.reply), "slow")
                except ConnectionError:
                    self._remember(case.job)
                    return Reply(fault="costly", message=no_memory(self.limits.memory), lane="slow")
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
        while len(self._known_slow) > REMEMBERED:
            self._known_slow.popitem(last=False)

    def _give_back(self, worker: _Worker, reply: Reply) -> None:
        worker.answered += 1
        self._apart.discard(worker.process)
        many = len(self._all) - len(self._apart) > self.limits.workers + 1
        if many or worker.answered >= RETIRE_AFTER or worker.peak > self.limits.memory // 3:
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
                self._orders.send(json.dumps({"bury": process}).encode().ljust(ORDER))

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
                    socket.send_fds(self._orders, [b"{}".ljust(ORDER)], [theirs.fileno()])
                    process = int(await asyncio.wait_for(loop.sock_recv(self._orders, ORDER), 10))
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
        send(ours, {"store": str(self.store), "settings": self._settings})
        ours.setblocking(False)
        self._orders = ours


def _digest(job: Job) -> bytes:
    return hashlib.sha256(job.text.encode("utf-8", "replace")).digest()


def _reply_of(received: tuple[dict[str, Any], bytes], lane: str) -> Reply:
    head, body = received
    return Reply(body, **head, lane=lane)
