"""The graph as an Oxigraph store on disk, which opens in milliseconds and many processes read together.

A store is made once from N-Quads and kept in the user's cache by the digest of what went in. It is built aside and
moved into place whole: a kill at any time leaves a store or none, never half. It is never written to again. Stores of
other machines are not made here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from regiograaf import cache
from regiograaf.errors import SourceError
from regiograaf.places import MANIFEST, project_files

__all__ = ["digest_of", "is_store", "keep_open", "on_disk", "open_store", "opened", "place_of", "quads_of"]

VERSION = "1"
"""Of the way a store is made; another one makes all stores anew."""
KEEP = 4
_STALE = 3_600


def on_disk(source: bytes | Path, folder: Path | None = None) -> Path:
    """The folder of a store with the graphs of N-Quads, and their merge as its default graph.

    It is made when it is not there yet, in `folder` or in the user's cache.

    Raises SourceError when the N-Quads are broken, or the folder cannot be written.
    """
    where = folder or cache.folder() / "stores"
    place = where / _digest(source)
    if is_store(place):
        _used(place)
        return place
    try:
        where.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{place.name[:8]}.", dir=where))
    except OSError as error:
        raise SourceError(
            f"{where}: {error.strerror}. Name a folder that can be written with REGIOGRAAF_CACHE."
        ) from error
    try:
        _fill(beside, source)
        with suppress(OSError):  # somebody else was first; theirs is the same
            beside.rename(place)
        if not is_store(place):
            raise SourceError(f"{place}: in the way of a store. Remove it.")
    except SyntaxError as error:
        name = source if isinstance(source, Path) else "the graph"
        raise SourceError(f"{name}:{error.lineno or 1}: not N-Quads. Build it again.") from error
    except OSError as error:
        raise SourceError(f"{where}: {error.strerror or error}. Make room, or set REGIOGRAAF_CACHE.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _prune(where, place)
    return place


def is_store(path: Path) -> bool:
    """Whether a folder is an Oxigraph store."""
    return (path / "CURRENT").is_file()


def digest_of(path: Path) -> str:
    """What tells the content of a store from another's: the name that `on_disk` gave it, else what its files say."""
    if len(path.name) == 64 and all(character in "0123456789abcdef" for character in path.name):
        return path.name
    files = sorted((file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in path.iterdir())
    return hashlib.sha256(repr(files).encode()).hexdigest()


@contextmanager
def keep_open(path: Path) -> Iterator[Path]:
    """Keep others from clearing a store away while it is used."""
    lock = _lock(path)
    if lock is not None:
        with suppress(ImportError, OSError):
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_SH)
    try:
        yield path
    finally:
        if lock is not None:
            os.close(lock)


def _digest(source: bytes | Path) -> str:
    content = hashlib.sha256(f"{VERSION}\n{ox.__version__}\n".encode())
    if isinstance(source, bytes):
        content.update(hashlib.sha256(source).digest())
        return content.hexdigest()
    if known := _from_manifest(source):
        content.update(bytes.fromhex(known))
        return content.hexdigest()
    try:
        with source.open("rb") as file:
            content.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        raise SourceError(f"{source}: {error.strerror}. Check the path.") from error
    return content.hexdigest()


def _from_manifest(path: Path) -> str:
    """The SHA-256 of a built file by the manifest beside it, unless the file was changed after."""
    manifest = path.with_name(MANIFEST)
    with suppress(OSError):
        if path.stat().st_mtime_ns <= manifest.stat().st_mtime_ns:
            for line in manifest.read_text(encoding="utf-8").splitlines():
                digest, _, name = line.partition("  ")
                if name == path.name and len(digest) == 64:
                    return digest
    return ""


def _fill(folder: Path, source: bytes | Path) -> None:
    """Load the graphs and their merge; Oxigraph's own union would give a triple once for each graph that holds it."""
    if isinstance(source, bytes):
        quads = ox.parse(source, format=ox.RdfFormat.N_QUADS)
    else:
        quads = ox.parse(path=str(source), format=ox.RdfFormat.N_QUADS)
    store = ox.Store(str(folder))
    store.bulk_extend(each for quad in quads for each in (quad, ox.Quad(quad.subject, quad.predicate, quad.object)))
    store.optimize()
    store.flush()
    del store  # closes it: its files are whole from here on
    for file in folder.iterdir():
        _to_disk(file)
    _to_disk(folder)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(path: Path) -> int | None:
    try:
        return os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        return None


def _used(place: Path) -> None:
    """Note that a store is used: the least lately used goes first."""
    with suppress(OSError):
        os.utime(place)


def _prune(where: Path, own: Path) -> None:
    """Clear away stores that were not used lately, and what a kill left behind."""
    with suppress(OSError):
        found = sorted(where.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in [path for path in found if is_store(path) and not path.name.startswith(".") and path != own][KEEP:]:
            _remove(path)
        for path in found:
            if path.name.startswith(".") and path.is_dir() and time.time() - path.stat().st_mtime > _STALE:
                shutil.rmtree(path, ignore_errors=True)


def _remove(path: Path) -> None:
    """Remove a store that nobody has open; moved away first, so that nobody finds half of it."""
    lock = _lock(path)
    if lock is None:
        return
    try:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        away = path.with_name(f".{path.name[:8]}.old")
        path.rename(away)
        shutil.rmtree(away, ignore_errors=True)
        path.with_name(f".{path.name}.lock").unlink(missing_ok=True)
    except (ImportError, OSError):
        return
    finally:
        os.close(lock)


def place_of(root: Path, letters: Path | None = None) -> Path:
    """The folder of the store of a project, of a built folder, or of an N-Quads file.

    A project is compiled when one of its files changed. With a folder of letters' texts, the graph has the quotes.

    Raises SourceError when there is nothing to open.
    """
    built = root / "regiograaf.nq" if root.is_dir() else root
    if built.is_file():
        return on_disk(built)
    if is_store(root):
        return root
    home, files = project_files(root)
    digest = hashlib.sha256(f"{VERSION}\n".encode())
    texts = sorted(letters.glob("*.txt")) if letters and letters.is_dir() else []
    modules = sorted(Path(__file__).parent.glob("*.py"))
    for path in (*(path for _, path in files), *texts, *modules):
        digest.update(f"{path.relative_to(home) if path.is_relative_to(home) else path.name}\0".encode())
        digest.update(path.read_bytes())
    key = f"graph/{digest.hexdigest()[:32]}"
    known = cache.get(key)
    if known is not None:
        place = cache.folder() / "stores" / known.decode("ascii")
        if is_store(place):
            _used(place)
            return place
    from regiograaf.dataset import compile_project, nquads, read_project

    place = on_disk(nquads(compile_project(read_project(root), letters).graphs))
    cache.put(key, place.name.encode("ascii"))
    return place


def open_store(root: Path, letters: Path | None = None) -> ox.Store:
    """The store of `place_of`, opened to be read.

    Raises SourceError when there is nothing to open.
    """
    return ox.Store.read_only(str(place_of(root, letters)))


def opened(root: Path, letters: Path | None = None, url: str | None = None) -> ox.Store:
    """The store behind a URL, which answers as one of Oxigraph does, else that of `root`.

    Raises SourceError when there is nothing to open.
    """
    if url is None:
        return open_store(root, letters)
    from regiograaf.remote import open_remote

    return cast(ox.Store, open_remote(url))


def quads_of(root: Path, letters: Path | None = None) -> bytes | Path:
    """The N-Quads of a project (compiled), or the file of a built folder.

    Raises SourceError when there is no project.
    """
    built = root / "regiograaf.nq" if root.is_dir() else root
    if built.is_file():
        return built
    from regiograaf.dataset import compile_project, nquads, read_project

    return nquads(compile_project(read_project(root), letters).graphs)
