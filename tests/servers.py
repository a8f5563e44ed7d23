"""Real SPARQL servers for tests, on free loopback ports: Oxigraph's own, and Virtuoso.

Nothing is installed here: `pip install oxigraph` and `apt-get install virtuoso-opensource-7` do that, in `tests/run`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROWS = 1_500
"""Virtuoso cuts every answer off here, as public services do: enough for most questions, too little for the map."""

_SECONDS = 90

_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 6
MaxKeepAlives = 6
KeepAliveTimeout = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 120
[Client]
SQL_PREFETCH_ROWS = 100
"""


@dataclass(frozen=True)
class Server:
    """A running server: where it takes queries, where updates, and what its users know."""

    name: str
    url: str
    update: str
    environ: Mapping[str, str] = field(default_factory=dict)


def missing(name: str) -> str:
    """Why a server cannot be started here, or nothing."""
    if _program(name):
        return ""
    how = {"oxigraph": "pip install oxigraph", "virtuoso": "apt-get install virtuoso-opensource-7"}[name]
    return f"{name} is not installed: {how}"


@contextmanager
def running(name: str, folder: Path) -> Iterator[Server]:
    """A server with an empty store in a folder, until the block ends."""
    port = _free_port()
    if name == "oxigraph":
        command = [_program(name), "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
        here = f"http://127.0.0.1:{port}"
        server = Server(name, f"{here}/query", f"{here}/update")
    else:
        (folder / "virtuoso.ini").write_text(
            _VIRTUOSO.format(folder=folder, sql=_free_port(), http=port, rows=ROWS), encoding="utf-8"
        )
        command = [_program(name), "-f", "-c", str(folder / "virtuoso.ini")]
        here = f"http://127.0.0.1:{port}"
        known = {"REGIOGRAAF_STORE_USER": "dba", "REGIOGRAAF_STORE_PASSWORD": "dba"}
        server = Server(name, f"{here}/sparql", f"{here}/sparql-auth", known)
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        try:
            _wait(process, server.url, folder / "output.txt")
            yield server
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)


def _program(name: str) -> str:
    program = {"oxigraph": "oxigraph", "virtuoso": "virtuoso-t"}[name]
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return shutil.which(program, path=beside) or ""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, output: Path) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"it stopped with {process.returncode}: {output.read_text(errors='replace')[-500:]}")
        try:
            with urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url}: not up after {_SECONDS} seconds")
