"""Start a server on an address, and end it cleanly."""

from __future__ import annotations

import json
import signal
import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from regiograaf import stores
from regiograaf.errors import QueryError, SourceError
from regiograaf.places import find_root
from regiograaf.workers import Limits

__all__ = ["prepared", "serve"]

KEEP_ALIVE = 15
HEADERS_SECONDS = 15.0
MAX_ADDRESS = 60_000
"""Characters; the parser's own limit is 64 kB."""
MAX_HEADERS = 64 << 10
_MISSING = "serve needs a web server. Install it with: pip install 'regiograaf[serve]'"


def prepared(source: Path, letters: Path | None = None) -> Path:
    """The on-disk store of a project, a built folder, an N-Quads file, or of a store itself.

    Raises SourceError when there is nothing to serve.
    """
    return stores.place_of(source, letters)


def serve(
    source: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    letters: Path | None = None,
    limits: Limits | None = None,
    questions: Path | None = None,
    keep: int = 32 << 20,
    log: TextIO | None = sys.stderr,
) -> None:
    """Serve a project, a built folder, an N-Quads file or a store, until SIGTERM or SIGINT.

    Port 0 takes a free one; the first line of the log says which. `questions` is the folder of stored questions (the
    project's own, else those that travel with the package), `keep` the bytes of answers kept in memory.

    Raises SourceError when there is nothing to serve, the address is taken, or no web server is installed.
    """
    try:
        import uvicorn

        from regiograaf.endpoint.app import application
    except ImportError as error:
        if (error.name or "").split(".")[0] not in ("uvicorn", "starlette", "httptools"):
            raise
        raise SourceError(_MISSING) from error
    store = prepared(source, letters)
    if questions is None:
        with suppress(SourceError):
            questions = find_root(source if source.is_dir() else source.parent, "queries")
    taken = _listen(host, port)
    address = taken.getsockname()
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    url = f"http://{shown}:{address[1]}/"

    def ready() -> None:
        if log is not None:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            log.write(json.dumps({"time": now, "event": "ready", "url": url, "store": store.name}) + "\n")
            log.flush()

    for ending in (signal.SIGTERM, signal.SIGINT):  # uvicorn hands the signal on when it is done: then it is over
        signal.signal(ending, lambda *_: None)
    with stores.keep_open(store), taken:
        app = application(store, limits=limits or Limits(), questions=questions, keep=keep, log=log, ready=ready)
        config = uvicorn.Config(
            app,
            http=_patient(),
            ws="none",
            lifespan="on",
            access_log=False,
            log_level="critical",
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=2,
            backlog=1024,
        )
        server = uvicorn.Server(config)
        server.run(sockets=[taken])
    if not server.started:
        raise QueryError(f"{store}: no worker could open this store. Build it again.")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"{host}:{port}: {why}. Choose another with --host or --port.") from error


class _Corked:
    """A transport that sends head and body of an answer, which come as two writes, in one."""

    def __init__(self, transport: Any, loop: Any) -> None:
        self._transport, self._loop = transport, loop
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._parts:
            data, self._parts = b"".join(self._parts), []
            self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def _patient() -> Any:
    """uvicorn's protocol, with limits on the first lines and headers of a request: on their size and their time."""
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class Patient(HttpToolsProtocol):
        _late: Any = None
        _headers_size = 0

        def connection_made(self, transport: Any) -> None:
            super().connection_made(_Corked(transport, self.loop))  # type: ignore[arg-type]
            self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._headers_size = 0
            self._wait()

        def on_url(self, url: bytes) -> None:
            if len(self.url) + len(url) > MAX_ADDRESS:
                self.url = self.url or b"/"
                self.scope["too_long"] = 414  # type: ignore[typeddict-unknown-key]
            else:
                super().on_url(url)

        def on_header(self, name: bytes, value: bytes) -> None:
            self._headers_size += len(name) + len(value)
            if self._headers_size > MAX_HEADERS:
                self.scope["too_long"] = 431  # type: ignore[typeddict-unknown-key]
            else:
                super().on_header(name, value)

        def on_headers_complete(self) -> None:
            self._stop_waiting()
            super().on_headers_complete()

        def _wait(self) -> None:
            self._stop_waiting()
            self._late = self.loop.call_later(HEADERS_SECONDS, self.transport.close)

        def _stop_waiting(self) -> None:
            if self._late is not None:
                self._late.cancel()
                self._late = None

    return Patient
