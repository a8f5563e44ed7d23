"""The commands that speak to a service: push, --store, serve."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regiograaf.cli import main
from tests import servers
from tests.conftest import TINY


def invoke(*words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(TINY), *words], env={"COLUMNS": "120"})


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if reason := servers.missing("oxigraph"):
        pytest.skip(reason)
    with servers.running("oxigraph", tmp_path_factory.mktemp("oxigraph")) as server:
        first = invoke("push", "--store", server.url, "-f", "csv")
        assert (first.exit_code, first.stdout.splitlines()[0]) == (0, "graph,triples,action,seconds")
        assert {line.split(",")[2] for line in first.stdout.splitlines()[1:]} == {"loaded"}
        yield server.url


def test_a_second_push_leaves_everything_as_it_is(url: str) -> None:
    again = invoke("push", "--store", url, "-f", "csv")
    assert {line.split(",")[2] for line in again.stdout.splitlines()[1:]} == {"kept"}
    assert "triples in" in again.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("query", "beweringen-per-brief", "-f", "csv"),
        ("query", "SELECT ?l WHERE { GRAPH ?g { ?l a rg:Brief } } ORDER BY ?l", "-f", "json"),
        ("show", "Noordveen (plaats)"),
        ("rank", "--by", "degree"),
        ("why", "gebied:noordveen", "rg:ligtIn", "het Gewest"),
        ("why-not", "Noordveen", "rg:partijBij", "pact van Noordveen"),
        ("map", "-o", "-"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_says_the_same_of_a_store_elsewhere(url: str, words: tuple[str, ...]) -> None:
    here, there = invoke(*words), invoke(*words, "--store", url)
    assert there.exit_code == here.exit_code == 0
    assert there.stdout == here.stdout != ""


def test_push_without_a_service_and_a_service_that_is_not_there_are_said() -> None:
    assert "Give it with --store" in invoke("push").stderr
    gone = invoke("query", "brieven", "--store", "http://127.0.0.1:9/sparql")
    assert gone.exit_code == 2
    assert gone.stderr.count("\n") == 1


def test_serve_answers_and_ends_at_a_signal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "regiograaf", "-C", str(TINY), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        url = json.loads(process.stderr.readline())["url"]
        query = urllib.parse.urlencode({"query": "ASK { GRAPH ?g { ?s a rg:Brief } }"})
        with urllib.request.urlopen(f"{url}sparql?{query}", timeout=20) as answer:
            assert json.load(answer)["boolean"] is True
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
