"""A part of a release in a process of its own gives its result or its error, and does not outlive what it is for."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from regiograaf.errors import ReleaseError, SourceError
from regiograaf.release.beside import beside


def test_work_beside_has_what_this_process_has_and_gives_its_result_and_its_files(tmp_path: Path) -> None:
    known = {"vraag": 6}

    def work() -> tuple[int, int]:
        known["antwoord"] = 42
        (tmp_path / "bestand").write_text("gemaakt", encoding="utf-8")
        return os.getpid(), 7 * known["vraag"]

    with beside(work) as result:
        process, answer = result()
    assert answer == 42
    assert (tmp_path / "bestand").read_text(encoding="utf-8") == "gemaakt"
    if sys.platform == "linux":
        assert process != os.getpid()
        assert "antwoord" not in known  # what the copy learns stays with it


def test_an_error_beside_is_raised_where_the_result_is_asked_for() -> None:
    def work() -> None:
        raise SourceError("brief.ttl:3: geen punt. Zet er een punt.")

    with pytest.raises(SourceError, match="geen punt"), beside(work) as result:
        result()


def test_a_block_that_fails_ends_the_work_beside_it(tmp_path: Path) -> None:
    mark = tmp_path / "te-laat"

    def work() -> None:
        time.sleep(5)
        mark.write_text("klaar", encoding="utf-8")

    began = time.monotonic()
    with pytest.raises(ReleaseError, match="vol"), beside(work):
        raise ReleaseError("de schijf is vol. Maak plaats.")
    assert time.monotonic() - began < 4
    assert not mark.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no second process")
def test_a_process_that_is_ended_from_outside_is_an_error_that_says_what_to_do() -> None:
    def work() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(ReleaseError, match=r"was ended\. Run it again, with more free memory"), beside(work) as result:
        result()


def test_where_a_process_cannot_be_copied_the_work_is_done_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    done: list[int] = []
    with beside(lambda: done.append(os.getpid())) as result:
        assert done == [os.getpid()]
        assert result() is None
