"""Stores on disk: made once, whole or not at all, and cleared away only when nobody has them open."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from regiograaf.errors import SourceError
from regiograaf.stores import KEEP, digest_of, is_store, keep_open, on_disk, place_of
from tests.conftest import TINY

QUADS = b"<x:s> <x:p> <x:o> <x:a> .\n<x:s> <x:p> <x:o> <x:b> .\n<x:s> <x:p> _:n <x:b> .\n_:n <x:p> <x:o> <x:b> .\n"


def counts(place: Path) -> tuple[int, int]:
    """Triples of the default graph, and of all named graphs."""
    store = ox.Store.read_only(str(place))
    named = sum(1 for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph))
    return len(list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))), named


def test_a_store_has_the_graphs_and_their_merge(tmp_path: Path) -> None:
    place = on_disk(QUADS, tmp_path)
    assert counts(place) == (3, 4)
    store = ox.Store.read_only(str(place))
    path = "ASK { <x:s> <x:p> ?n . ?n <x:p> <x:o> . GRAPH <x:b> { <x:s> <x:p> ?n . ?n <x:p> <x:o> } }"
    assert bool(store.query(path)) is True  # a blank node is the same in the merge


def test_a_store_is_made_once_and_named_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_bytes(QUADS)
    first = on_disk(QUADS, tmp_path / "stores")
    made = (first / "CURRENT").stat().st_mtime_ns
    assert on_disk(file, tmp_path / "stores") == first
    assert (first / "CURRENT").stat().st_mtime_ns == made
    assert digest_of(first) == first.name
    assert on_disk(QUADS + b"<x:s> <x:p> <x:q> <x:a> .\n", tmp_path / "stores") != first


def test_many_processes_read_a_store_that_nobody_may_write(tmp_path: Path) -> None:
    place = on_disk(QUADS, tmp_path)
    for path in (*place.iterdir(), place):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = sorted(path.name for path in place.iterdir())
    code = f"import pyoxigraph as ox; s = ox.Store.read_only({str(place)!r}); input(); print(len(s))"
    readers = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [reader.communicate("\n", timeout=30)[0].strip() for reader in readers] == ["7"] * 3
    assert sorted(path.name for path in place.iterdir()) == before


def test_broken_quads_are_one_clear_error_and_leave_nothing(tmp_path: Path) -> None:
    file = tmp_path / "kapot.nq"
    file.write_bytes(b"<x:s> <x:p> <x:o> <x:a> .\n<x:s> <x:p> .\n")
    with pytest.raises(SourceError, match=r"kapot\.nq:2: not N-Quads\. Build it again\."):
        on_disk(file, tmp_path / "stores")
    assert list((tmp_path / "stores").iterdir()) == []
    with pytest.raises(SourceError, match=r"geen\.nq: No such file or directory\. Check the path\."):
        on_disk(tmp_path / "geen.nq", tmp_path / "stores")


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="REGIOGRAAF_CACHE"):
        on_disk(QUADS, tmp_path / "file" / "stores")


def test_a_kill_at_any_time_leaves_a_whole_store_or_none(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_text("".join(f"<x:s{n}> <x:p> <x:o{n}> <x:g{n % 7}> .\n" for n in range(20_000)))
    code = "import sys; from pathlib import Path; from regiograaf.stores import on_disk; print(flush=True);"
    code += f"on_disk(Path({str(file)!r}), Path({str(tmp_path / 'stores')!r}))"
    for delay in (0.0, 0.05, 0.1, 0.2, 0.3, 0.5):
        maker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert maker.stdout is not None
        maker.stdout.readline()
        time.sleep(delay)
        maker.send_signal(signal.SIGKILL)
        maker.wait()
        for place in (tmp_path / "stores").glob("[0-9a-f]*"):
            assert counts(place) == (20_000, 20_000)
    assert counts(on_disk(file, tmp_path / "stores")) == (20_000, 20_000)


def test_two_that_make_the_same_store_at_once_both_get_it(tmp_path: Path) -> None:
    code = "from pathlib import Path; from regiograaf.stores import on_disk;"
    code += f"print(on_disk({QUADS!r}, Path({str(tmp_path)!r})))"
    makers = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    places = {maker.communicate(timeout=60)[0].strip() for maker in makers}
    assert len(places) == 1
    assert counts(Path(places.pop())) == (3, 4)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".") and path.is_dir()] == []


def test_old_stores_are_cleared_away_but_not_while_they_are_open(tmp_path: Path) -> None:
    def made(number: int) -> Path:
        place = on_disk(f"<x:s> <x:p> <x:o{number}> <x:g> .\n".encode(), tmp_path)
        os.utime(place, (number, number))
        return place

    with keep_open(made(1)) as kept:
        others = [made(number) for number in range(2, 2 + KEEP + 2)]
        last = on_disk(QUADS, tmp_path)
        assert is_store(kept)
        assert counts(kept) == (1, 1)
    assert [is_store(place) for place in (others[0], others[-1], last)] == [False, True, True]
    on_disk(QUADS + b"<x:s> <x:p> <x:q> <x:a> .\n", tmp_path)
    assert not is_store(kept)


def test_a_project_that_was_asked_for_lately_keeps_its_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOGRAAF_CACHE", str(tmp_path))
    place = place_of(TINY)
    os.utime(place, (1, 1))
    others = [on_disk(f"<x:s> <x:p> <x:o{number}> <x:g> .\n".encode()) for number in range(KEEP)]
    for number, other in enumerate(others, 2):
        os.utime(other, (number, number))
    assert place_of(TINY) == place
    on_disk(QUADS)
    assert [is_store(store) for store in (place, others[0], others[-1])] == [True, False, True]


def test_what_a_kill_left_behind_is_cleared_away_later(tmp_path: Path) -> None:
    left, fresh = tmp_path / ".abc.left", tmp_path / ".abc.fresh"
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "half").write_text("x")
    os.utime(left, (1, 1))
    on_disk(QUADS, tmp_path)
    assert (left.exists(), fresh.exists()) == (False, True)
