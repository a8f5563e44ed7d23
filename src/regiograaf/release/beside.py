"""A second process for a part of a release: what takes long and leaves files is done beside the rest."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar

from regiograaf.errors import ReleaseError

__all__ = ["beside"]

Result = TypeVar("Result")


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Do work in a copy of this process while the block runs; what the block is given waits for its result.

    The copy has all that this process has, so only the result is pickled. An error of the work is raised where its
    result is asked for; a block that fails ends the copy. Elsewhere than on Linux, where a process cannot safely be
    copied, the work is done before the block.

    Raises ReleaseError when the copy was ended from outside.
    """
    if sys.platform != "linux":
        done = work()
        yield lambda: done
        return
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()

    def result() -> Result:
        try:
            found: Result | None
            error: Exception | None
            found, error = ours.recv()
        except EOFError:
            raise ReleaseError("a process of the release was ended. Run it again, with more free memory.") from None
        if error is not None:
            raise error
        return found

    try:
        yield result
    except BaseException:
        process.kill()
        raise
    finally:
        process.join()
        ours.close()


def _answer(work: Callable[[], Result], to: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the release ends this process with it
    try:
        answer: tuple[Result | None, Exception | None] = work(), None
    except Exception as error:
        answer = None, error
    to.send(answer)
