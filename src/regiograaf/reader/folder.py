"""A folder of letters, read in parallel: as many processes as there are processors, and no file stops another.

Every result is written beside its place and moved there, so that a kill leaves whole files only.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from regiograaf.errors import RegiograafError, ReleaseError, SourceError
from regiograaf.reader.draft import Draft, Reader, key_of_name
from regiograaf.reader.formats import SUFFIXES

__all__ = ["SUFFIX_OF", "Done", "Job", "jobs", "letters_in", "processors", "read_all", "shown", "spare"]

SUFFIX_OF = {"json": ".json", "turtle": ".ttl", "html": ".html", "table": ".txt"}
"""Form -> suffix of the file that it is written to."""


@dataclass(frozen=True, slots=True)
class Job:
    """One letter to read and the files to write."""

    path: Path
    key: str
    target: Path
    text: Path | None = None
    """Where its canonical text goes."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one letter; `error` is empty when it was read."""

    path: Path
    key: str
    error: str = ""
    mentions: int = 0
    claims: int = 0
    new: int = 0


def letters_in(folder: Path) -> list[Path]:
    """The files of a folder and those below it that have the suffix of a known format, in order of path.

    Hidden files and folders are left out. Raises SourceError when there are none.
    """
    found = []
    for where, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [
            Path(where, name)
            for name in names
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in SUFFIXES
        ]
    if not found:
        raise SourceError(f"{folder}: no letters in it. A letter's name ends in {', '.join(sorted(SUFFIXES))}.")
    return sorted(found)


def jobs(paths: Sequence[Path], folder: Path, output: Path, form: str, texts: Path | None = None) -> list[Job]:
    """What to write where: `output/KEY` with the suffix of the form.

    The key is that of the file's name; of files that would have the same one, that of the path below the folder, with
    the suffix; a number ends what is still the same. So a file's key follows from what the folder holds alone.
    """
    names = [key_of_name(path.name) for path in paths]
    twice = Counter(names)
    taken: set[str] = set()
    found = []
    for path, name in zip(paths, names, strict=True):
        key = name
        if twice[name] > 1:
            below = path.relative_to(folder)
            key = key_of_name("-".join((*below.parent.parts, below.stem, below.suffix.lstrip("."))) + ".")
        number, base = 1, key
        while key in taken:
            number += 1
            key = f"{base}-{number}"
        taken.add(key)
        found.append(Job(path, key, output / f"{key}{SUFFIX_OF[form]}", texts / f"{key}.txt" if texts else None))
    return found


def read_all(
    listed: Iterable[Job],
    make: Callable[[], Reader],
    show: Callable[[Draft], str],
    write: Callable[[str, str], None],
    *,
    force: bool = False,
    processes: int | None = None,
) -> Iterator[Done]:
    """Read letters and write what `show` makes of each; yield what became of them as soon as it is known.

    All functions must be picklable: `make` makes the reader, once in each process, and `write` puts a text in a file,
    whole or not at all. A Turtle file or text that is there already, and is another, stays unless forced: it may hold a
    coder's work. A letter that ends its process (out of memory) is told as an error, and the rest goes on.
    """
    todo = list(listed)
    work = partial(_one, show=show, write=write, force=force)
    count = min(processes or processors(), len(todo))
    if count <= 1:
        reader = make()
        yield from (work(reader, job) for job in todo)
        return
    left = dict.fromkeys(todo)
    with ProcessPoolExecutor(count, initializer=_start, initargs=(make,)) as pool:
        futures: dict[Future[Done], Job] = {pool.submit(_work, work, job): job for job in todo}
        try:
            for future in as_completed(futures):
                done = future.result()
                del left[futures[future]]
                yield done
        except BrokenProcessPool:
            pass
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    for job in left:  # one of these ended its process: each apart
        with ProcessPoolExecutor(1, initializer=_start, initargs=(make,)) as alone:
            try:
                done = alone.submit(_work, work, job).result()
            except BrokenProcessPool:
                done = Done(job.path, job.key, f"{job.path}: reading it ended the process. Split it, or leave it out.")
        yield done


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_reader: Reader | None = None


def _start(make: Callable[[], Reader]) -> None:
    global _reader
    _reader = make()


def _work(work: Callable[[Reader, Job], Done], job: Job) -> Done:
    assert _reader is not None
    return work(_reader, job)


def _one(
    reader: Reader, job: Job, show: Callable[[Draft], str], write: Callable[[str, str], None], force: bool
) -> Done:
    try:
        if job.target.suffix == ".ttl":
            spare(job.target, force)
        draft = reader.read(job.path, key=job.key)
        if job.text is not None:
            spare(job.text, force, draft.document.text)
            write(draft.document.text, str(job.text))
        write(show(draft), str(job.target))
    except RegiograafError as error:
        said, name = str(error), job.path.name
        return Done(job.path, job.key, f"{job.path}{said.removeprefix(name)}" if said.startswith(f"{name}:") else said)
    except (MemoryError, RecursionError) as error:
        return Done(job.path, job.key, f"{job.path}: too much to read ({type(error).__name__}). Split it.")
    return Done(job.path, job.key, "", len(draft.found.mentions), len(draft.claims), len(draft.new))


def spare(target: Path, force: bool, content: str | None = None) -> None:
    """Refuse to replace a file that may hold a coder's work, unless forced or it has the same content.

    Raises ReleaseError.
    """
    if force or not target.exists():
        return
    try:
        same = content is not None and target.read_bytes() == content.encode("utf-8")
    except OSError:
        same = False
    if not same:
        raise ReleaseError(f"{target}: is there already, and may hold a coder's work. Add --force to replace it.")


def shown(draft: Draft, form: str, root: Path = Path()) -> str:
    """A draft as json, turtle or html, whose page offers the terms of the project in `root`."""
    if form == "json":
        from regiograaf.reader.record import as_json

        return as_json(draft)
    if form == "turtle":
        from regiograaf.reader.turtle import turtle

        return turtle(draft)
    from regiograaf.reader.review import page

    return page(draft, root=root)
