"""Why the graph says a triple, as text; worked out in a process of its own, which can be killed.

`explain` reads what it needs from the store; how much that is depends on the data, so it has limits like a query.
"""

from __future__ import annotations

import asyncio
import resource
import sys
from contextlib import suppress
from pathlib import Path

from regiograaf.endpoint.protocol import BadRequestError

__all__ = ["Reasons"]

SECONDS = 20
_MEMORY = 2_000 << 20


class Reasons:
    """Explains triples of one store, one at a time."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._one = asyncio.Semaphore(1)

    async def tree(self, triple: tuple[str, str, str]) -> str:
        """The derivation, down to the passages.

        Raises BadRequestError when the graph does not say it, or there is no time to explain it.
        """
        code = "import sys; from regiograaf.endpoint.reasons import main; main(*sys.argv[1:])"
        if self._one.locked():
            raise BadRequestError(503, "the server is explaining something else. Ask again.", retry_after="3")
        async with self._one:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-P", "-c", code, str(self._store), *triple),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                text, _ = await asyncio.wait_for(child.communicate(), SECONDS)
            except TimeoutError:
                raise BadRequestError(422, f"the explanation was stopped after {SECONDS} seconds.") from None
            finally:
                with suppress(ProcessLookupError):
                    child.kill()
        words = text.decode("utf-8").strip()
        if child.returncode == 1:
            raise BadRequestError(404, words)
        if child.returncode != 0:
            raise BadRequestError(422, "the explanation takes more than there is.")
        return words


def main(store: str, subject: str, relation: str, value: str) -> None:
    """Print the explanation; exit code 1 with one sentence when there is none."""
    import pyoxigraph as ox

    from regiograaf import derivations
    from regiograaf.errors import RegiograafError
    from regiograaf.explanations import explain

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    opened = ox.Store.read_only(store)
    try:
        derivation = explain(opened, derivations.asked(opened, subject, relation, value))
        text = derivations.tree(derivation, derivations.Names(opened, "nl"), axioms=False, width=100, colour=False)
    except RegiograafError as error:
        sys.stdout.buffer.write(f"{error}\n".encode())
        sys.exit(1)
    sys.stdout.buffer.write(text.encode("utf-8"))
