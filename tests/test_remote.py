"""Stores of every kind give the same answers: in memory, on disk, and behind a URL on two real servers.

Virtuoso is set to cut answers off (`servers.ROWS`), as public services do: the map and the names come in pages there.
What servers get wrong on purpose (lies, silence, half answers) is played by a small server in this file.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from regiograaf import names
from regiograaf.errors import QueryError, SourceError, UnknownTermError
from regiograaf.explanations import Explainer
from regiograaf.namespaces import GRAPH, ID, RG
from regiograaf.paging import with_paths
from regiograaf.projection import project, to_json
from regiograaf.push import Pushed, push
from regiograaf.queries import Answer, read_all, run, select
from regiograaf.remote import GENID, RemoteStore, open_remote
from regiograaf.show import claims_on
from regiograaf.sources import from_ox
from regiograaf.stores import on_disk
from tests import servers
from tests.conftest import REPO

QUESTIONS, _ = read_all(REPO / "queries")
SERVERS = ("oxigraph", "virtuoso")
KINDS = ("disk", *SERVERS)

Store = ox.Store | RemoteStore


@pytest.fixture(scope="module")
def data(store: ox.Store) -> bytes:
    """The real graph as N-Quads, without the merge."""
    quads = (quad for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph))
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> Iterator[dict[str, servers.Server]]:
    """The servers that are installed, each with the real graph, pushed by us."""
    started, contexts = {}, []
    with pytest.MonkeyPatch.context() as environ:
        for name in SERVERS:
            if servers.missing(name):
                continue
            context = servers.running(name, tmp_path_factory.mktemp(name))
            contexts.append(context)
            server = started[name] = context.__enter__()
            for variable, value in server.environ.items():
                environ.setenv(variable, value)
            rows = push(data, server.url)
            assert {row.action for row in rows} == {"loaded"}
        yield started
        for context in contexts:
            context.__exit__(None, None, None)


@pytest.fixture
def server(request: pytest.FixtureRequest, running: dict[str, servers.Server]) -> servers.Server:
    if request.param not in running:
        pytest.skip(servers.missing(request.param))
    return running[request.param]


@pytest.fixture(scope="module")
def kinds(running: dict[str, servers.Server], data: bytes) -> dict[str, Store]:
    found: dict[str, Store] = {"disk": ox.Store.read_only(str(on_disk(data)))}
    return found | {name: open_remote(server.url) for name, server in running.items()}


@pytest.fixture
def other(request: pytest.FixtureRequest, kinds: dict[str, Store]) -> Store:
    """A store that is not the one in memory."""
    if request.param not in kinds:
        pytest.skip(servers.missing(request.param))
    return kinds[request.param]


each_kind = pytest.mark.parametrize("other", KINDS, indirect=True)
each_remote = pytest.mark.parametrize("other", SERVERS, indirect=True)
each_server = pytest.mark.parametrize("server", SERVERS, indirect=True)


def parameters(name: str, store: Store) -> dict[str, str]:
    """The values in a question's own example, as terms."""
    words = shlex.split(str(QUESTIONS[name].header.get("example", "")))
    given = dict(value.split("=", 1) for word, value in pairwise(words) if word == "-p")
    kinds = dict(QUESTIONS[name].parameters)
    assert given.keys() == kinds.keys(), f"{name}: its example does not give all its parameters"
    return {
        key: str(ox.NamedNode(names.resolve(store, value)) if kinds[key] == "iri" else ox.Literal(value))
        for key, value in given.items()
    }


# the same answers


@pytest.fixture(scope="module")
def asked_here(store: ox.Store) -> Callable[[str], tuple[dict[str, str], Answer]]:
    """The values that a stored question is asked with, and its answer in memory."""

    @cache
    def asked(name: str) -> tuple[dict[str, str], Answer]:
        values = parameters(name, store)
        return values, QUESTIONS[name].run(store, values)

    return asked


@each_kind
@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_stored_question_has_the_same_rows_in_the_same_order(
    name: str, other: Store, asked_here: Callable[[str], tuple[dict[str, str], Answer]]
) -> None:
    values, here = asked_here(name)
    assert here.rows
    assert QUESTIONS[name].run(other, values) == here


@each_kind
def test_labels_and_names_are_the_same(other: Store, store: ox.Store) -> None:
    for language in ("nl", "en"):
        assert names.labels(other, language) == names.labels(store, language)
    for text in ("NOVEX", "Chemours", "orgaan:gs-zuid-holland", f"{ID}thema/pfas", "rg:werktSamenMet"):
        assert names.resolve(other, text) == names.resolve(store, text)
    for text in ("geen enkele naam", "orgaan:bestaat-niet", "college"):
        with pytest.raises(UnknownTermError) as here:
            names.resolve(store, text)
        with pytest.raises(UnknownTermError) as there:
            names.resolve(other, text)
        assert str(there.value) == str(here.value)


@each_kind
def test_what_is_said_of_an_entity_is_the_same(other: Store, store: ox.Store) -> None:
    for key in ("orgaan/gs-zuid-holland", "regio/drechtsteden", "thema/pfas"):
        said = claims_on(store, ID + key)
        assert said
        assert claims_on(other, ID + key) == said


@pytest.fixture(scope="module")
def network(store: ox.Store) -> str:
    return to_json(project(store, inferred=True))


@each_kind
def test_the_network_is_the_same(other: Store, network: str) -> None:
    assert '"origin": "inferred"' in network
    assert to_json(project(other, inferred=True)) == network


@each_kind
def test_explanations_are_the_same(other: Store, store: ox.Store) -> None:
    inferred = store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH["inferred"]))
    triples = sorted((tuple(map(from_ox, quad.triple)) for quad in inferred), key=str)
    picked = triples[:: len(triples) // 5][:5]
    here, there = Explainer(store), Explainer(other)
    found = [here.why(triple) for triple in picked]
    assert [derivation.origin for derivation in found] == ["inferred"] * 5
    assert [there.why(triple) for triple in picked] == found
    nothing = (URIRef(f"{ID}bedrijf/chemours"), URIRef(f"{RG}werktSamenMet"), URIRef(f"{ID}orgaan/gs-zuid-holland"))
    assert there.why_not(nothing) == here.why_not(nothing)


FORMS = {
    "ask": "ASK { GRAPH ?g { ?s a rg:Bewering } }",
    "ask for what is not there": "ASK { GRAPH ?g { ?s a rg:Niets } }",
    "default graph": "SELECT DISTINCT ?s { ?s a rg:Programma } ORDER BY ?s",
    "from": "SELECT (COUNT(*) AS ?n) FROM graaf:asserted { ?s ?p ?o }",
    "from named": "SELECT (COUNT(*) AS ?n) FROM NAMED graaf:asserted FROM NAMED graaf:themas { GRAPH ?g { ?s ?p ?o } }",
    "values at the end": "SELECT ?l { GRAPH ?g { ?s rdfs:label ?l } } ORDER BY ?l VALUES ?s { regio:drechtsteden }",
    "aggregate": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g HAVING (COUNT(*) > 900) ORDER BY ?g",
    "limit and offset": "SELECT ?s { GRAPH graaf:entiteiten { ?s a ?c } } ORDER BY ?s LIMIT 7 OFFSET 3",
    "key that is not asked for": "SELECT ?c { GRAPH graaf:themas { ?c rdfs:label|skos:prefLabel ?l } } ORDER BY ?l ?c",
    "comments": "# {\nSELECT ?s # }\nWHERE { GRAPH graaf:entiteiten { ?s a rg:Gebied } # LIMIT 1\n} ORDER BY ?s # x",
    "path at the end": "SELECT DISTINCT ?r ?m ?s { GRAPH graaf:achtergrond { ?x org:organization ?r ; org:member ?m ; "
    "dcterms:source ?s } GRAPH ?g { ?c rdf:object programma:novex-zuidelijke-randstad ; rdf:predicate ?p ; "
    "rdf:subject ?r } GRAPH graaf:ontologie { ?p rdfs:subPropertyOf* rg:betrokkenBij } } ORDER BY ?r ?m ?s",
    "own prefix": f"PREFIX x: <{GRAPH}> SELECT ?s {{ GRAPH x:links {{ ?s ?p ?o }} }} ORDER BY ?s",
}


@each_kind
@pytest.mark.parametrize("form", FORMS)
def test_any_form_of_query_has_the_same_answer(form: str, other: Store, store: ox.Store) -> None:
    if form == "key that is not asked for" and getattr(other, "_virtuoso", False):
        pytest.skip("Virtuoso orders texts in several languages by language first, and the key does not come along")
    here = run(store, FORMS[form])
    assert here != Answer(variables=here.variables)
    assert run(other, FORMS[form]) == here


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("ASK { ?a rg:p* rg:b }", "ASK { [?a: ?a rg:p* rg:b] }"),
        ("ASK { ?s ?p ?o . <x:a> rg:p+ ?a. ?a ?b ?c }", "ASK { ?s ?p ?o . [?a: <x:a> rg:p+ ?a]. ?a ?b ?c }"),
        ("ASK { ?a rg:p* rg:b FILTER(?a != 3) }", "ASK { [?a: ?a rg:p* rg:b] FILTER(?a != 3) }"),
        ("ASK { ?a rg:p* rg:b. ?s ?p ?a }", "ASK { [?a: ?a rg:p* rg:b.] ?s ?p ?a }"),
        (
            "ASK { GRAPH rg:g { ?s ?p $a . $a rg:p * rg:b } ?b rg:p* rg:c }",
            "ASK { GRAPH rg:g { ?s ?p $a . [$a: GRAPH rg:g { $a rg:p* rg:b }] } [?b: ?b rg:p* rg:c] }",
        ),
        # the graph is not known, or no end, or it need not hold, or the path is part of something longer, or it is none
        *(
            (text, text)
            for text in (
                "ASK { GRAPH ?g { ?x a ?y { ?a rg:p* rg:b } } }",
                "ASK { ?a ?b ?c OPTIONAL { ?a rg:p* rg:b } FILTER NOT EXISTS { GRAPH rg:g { ?a rg:p* rg:b } } }",
                "ASK { { ?a rg:p* rg:b } UNION { ?a rg:q* rg:b } MINUS { ?a rg:p* rg:b } }",
                "ASK { ?a rg:p* ?b }",
                "ASK { rg:a rg:p* rg:b }",
                "ASK { ?s ?p ?o ; rg:p* rg:b }",
                "ASK { ?a rg:p/rg:q* rg:b }",
                "ASK { ?a ?b '?a rg:p* rg:b .' FILTER(?a * 2 > 3) }",
            )
        ),
    ],
)
def test_paths_of_any_length_are_asked_for_by_themselves(given: str, asked: str) -> None:
    # Virtuoso loses rows where it joins them last, which depends on the samples that it took: one load in three
    assert with_paths(given, lambda variable, pattern: f"[{variable}: {pattern}]") == asked


GRAPHS = {
    "construct": "CONSTRUCT { ?s rg:x ?o . ?s rdfs:label ?l } WHERE { GRAPH ?g { ?s a rg:Programma, ?o . "
    "OPTIONAL { ?s rdfs:label ?l } } }",
    "construct where": "CONSTRUCT WHERE { ?s a rg:Programma ; rdfs:label ?l }",
    "construct without variables": "CONSTRUCT { rg:a rg:b 'c' } WHERE { GRAPH graaf:links { ?s ?p ?o } }",
    "describe": "DESCRIBE bedrijf:chemours orgaan:gs-zuid-holland",
    "describe where": "DESCRIBE ?s WHERE { GRAPH graaf:entiteiten { ?s a rg:Programma } }",
}


@each_kind
@pytest.mark.parametrize("form", GRAPHS)
def test_triples_are_the_same(form: str, other: Store, store: ox.Store) -> None:
    here = run(store, GRAPHS[form]).triples
    assert here
    assert set(run(other, GRAPHS[form]).triples or ()) == set(here)


@each_remote
def test_nothing_is_seen_of_other_graphs(other: RemoteStore, store: ox.Store) -> None:
    # Virtuoso brings graphs of its own
    assert run(other, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == run(
        store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    )
    assert other.contains_named_graph(ox.NamedNode(GRAPH["themas"]))
    assert not other.contains_named_graph(ox.NamedNode("http://www.openlinksw.com/schemas/virtrdf#"))
    with pytest.raises(QueryError, match="no such graph"):
        run(other, "SELECT ?s FROM <http://www.openlinksw.com/schemas/virtrdf#> { ?s ?p ?o }")


@each_remote
def test_blank_nodes_stay_joined(other: RemoteStore, store: ox.Store) -> None:
    graph = ox.NamedNode(GRAPH["ontologie"])
    here = set(store.quads_for_pattern(None, None, None, graph))
    assert any(isinstance(quad.subject, ox.BlankNode) for quad in here)
    assert set(other.quads_for_pattern(None, None, None, graph)) == here
    for quad in here:
        if isinstance(quad.subject, ox.BlankNode):
            assert quad in set(other.quads_for_pattern(quad.subject, quad.predicate, None, None))


@each_remote
def test_what_is_not_sparql_or_not_allowed_never_leaves(other: RemoteStore) -> None:
    with pytest.raises(QueryError, match="not SPARQL"):
        run(other, "SELECT ?s WHERE { ?s ?p }")
    for text in ("DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"):
        with pytest.raises(QueryError, match="is refused"):
            other.query(text)


# pages


@each_server
def test_small_pages_give_what_one_page_gives(server: servers.Server, store: ox.Store) -> None:
    for text in (
        "SELECT ?s ?p ?o { GRAPH graaf:links { ?s ?p ?o } }",
        "SELECT DISTINCT ?s ?l { GRAPH graaf:themas { ?s skos:prefLabel ?l } } ORDER BY ?s",
        "SELECT ?s ?c { GRAPH graaf:entiteiten { ?s a ?c } } ORDER BY ?s ?c LIMIT 61 OFFSET 13",
        "SELECT ?c (COUNT(*) AS ?n) { GRAPH graaf:entiteiten { ?s a ?c } } GROUP BY ?c ORDER BY DESC(?n) ?c",
    ):
        here, there = run(store, text), run(RemoteStore(server.url, page=20), text)
        assert len(here.rows) > 20
        assert sorted(there.rows, key=str) == sorted(here.rows, key=str)
    text = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH graaf:links { ?s ?p ?o } }"
    here, there = run(store, text), run(RemoteStore(server.url, page=20), text)
    assert set(there.triples or ()) == set(here.triples or ())
    first = RemoteStore(server.url, page=20).quads_for_pattern(None, ox.NamedNode(f"{RG}bewijs"), None, None)
    assert isinstance(next(first), ox.Quad)


def test_virtuoso_does_cut_answers_off(running: dict[str, servers.Server]) -> None:
    # else nothing above says anything of cut answers
    if "virtuoso" not in running:
        pytest.skip(servers.missing("virtuoso"))
    store = open_remote(running["virtuoso"].url)
    text = "SELECT ?s ?o WHERE { GRAPH ?g { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } }"
    _, answer = store._ask(text, ())
    rows = list(select(store, text))
    assert len(answer["results"]["bindings"]) == servers.ROWS < len(rows)


# pushing


@pytest.fixture(scope="module")
def few(data: bytes) -> bytes:
    """The graphs that these tests change and some beside them: each is compared with what is there at every push."""
    names = [f"<{GRAPH[name]}> .\n".encode() for name in ("asserted", "entiteiten", "links", "ontologie")]
    return b"".join(line for line in data.splitlines(keepends=True) if line.endswith(tuple(names)))


def done(rows: list[Pushed]) -> list[tuple[str, str]]:
    """(graph, action) of what was not left as it was."""
    return [(row.graph, row.action) for row in rows if row.action not in ("kept", "extra")]


def changed(data: bytes, graph: str, old: bytes, new: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    mark = f"<{GRAPH[graph]}> .\n".encode()
    place = next(i for i, line in enumerate(lines) if line.endswith(mark) and old in line)
    lines[place] = lines[place].replace(old, new)
    return b"".join(lines)


@each_server
def test_a_second_push_leaves_all_as_it_is(server: servers.Server, data: bytes, store: ox.Store) -> None:
    rows = push(data, server.url)
    assert {row.action for row in rows} == {"kept"}
    count = {row.graph: row.triples for row in rows}
    assert count == {
        name.value: sum(1 for _ in store.quads_for_pattern(None, None, None, name)) for name in store.named_graphs()
    }


@each_server
@pytest.mark.parametrize("by_update", [False, True], ids=["graph store", "update"])
def test_only_a_changed_graph_is_replaced(server: servers.Server, by_update: bool, few: bytes) -> None:
    # as many triples, and as long
    other = changed(few, "entiteiten", b'"Drechtsteden"', b'"Drechtstaden"')
    assert len(other) == len(few)
    update = server.update if by_update else ""
    label = f'ASK {{ GRAPH <{GRAPH["entiteiten"]}> {{ ?s ?p ?l FILTER(STR(?l) = "Drechtstaden") }} }}'
    rows = push(other, server.url, update=update)
    try:
        assert done(rows) == [(str(GRAPH["entiteiten"]), "replaced")]
        assert run(open_remote(server.url), label).truth
    finally:
        rows = push(few, server.url, update=update)
    assert done(rows) == [(str(GRAPH["entiteiten"]), "replaced")]
    assert not run(open_remote(server.url), label).truth


_KILLED = """
import os, signal, sys
from pathlib import Path
from regiograaf import client
from regiograaf.push import push
import regiograaf.push as room
room.PUT_SIZE = 100
send, parts = client.Client.send, 0
def count(self, method, url, *rest, **named):
    global parts
    answer = send(self, method, url, *rest, **named)
    parts += method in ("PUT", "POST") and "proef" in url
    if parts == 7:  # two of the three parts of the third graph
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
client.Client.send = count
push(Path(sys.argv[1]), sys.argv[2])
"""


@each_server
def test_a_push_that_was_killed_goes_on_where_it_was(server: servers.Server, data: bytes, tmp_path: Path) -> None:
    graphs = [str(GRAPH[f"proef/{name}"]) for name in "abcd"]
    lines = [f'<x:s{i}> <x:p> "{i}"@nl <{graph}> .\n' for graph in graphs for i in range(250)]
    file = tmp_path / "proef.nq"
    file.write_text("".join(lines), encoding="utf-8")
    code = "import sys; sys.modules.pop('regiograaf.push', None)\n" + _KILLED
    try:
        killed = subprocess.run([sys.executable, "-c", code, str(file), server.url], env=os.environ, check=False)
        assert killed.returncode == -9
        counts = {
            row["g"]: int(row["n"])
            for row in RemoteStore(server.url).rows(
                "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", "g", "n"
            )
        }
        assert [counts.get(graph, 0) for graph in graphs] == [250, 250, 100, 0]
        rows = push(file, server.url)
        assert [(row.action, row.triples) for row in rows if row.graph in graphs] == [
            ("kept", 250),
            ("kept", 250),
            ("replaced", 250),
            ("loaded", 250),
        ]
        assert {row.action for row in rows if row.graph not in graphs} == {"extra"}
    finally:
        rows = push(data, server.url, prune=True)
    assert {row.action for row in rows if row.graph in graphs} == {"removed"}
    assert {row.action for row in rows if row.graph not in graphs} == {"kept"}


LITERALS = [
    ox.Literal("gewoon"),
    ox.Literal(""),
    ox.Literal(" met  spaties "),
    ox.Literal("een \"aanhaling\", \\ en 'nog een'\nregel\r\ttab", language="nl"),
    ox.Literal("privé, ‘Ieper’, 🏛", language="nl"),
    ox.Literal("colour", language="en-gb"),
    ox.Literal("true", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")),
    ox.Literal("false", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")),
    ox.Literal("140000", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal("22.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal("2025-07-01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    ox.Literal("2025", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
    ox.Literal("42", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ox.Literal("x", datatype=ox.NamedNode("https://example.org/soort")),
]


@each_server
def test_literals_come_back_as_they_went(server: servers.Server, data: bytes) -> None:
    graph = ox.NamedNode(GRAPH["proef"])
    quads = [ox.Quad(ox.NamedNode(f"x:s{i}"), ox.NamedNode("x:p"), term, graph) for i, term in enumerate(LITERALS)]
    quads.append(ox.Quad(ox.BlankNode("b1"), ox.NamedNode("x:p"), ox.BlankNode("b2"), graph))
    sent = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    try:
        for way in ({}, {"update": server.update}):
            push(sent, server.url, **way)  # type: ignore[arg-type]
            there = open_remote(server.url)
            assert set(there.quads_for_pattern(None, None, None, graph)) == set(quads)
            for quad in quads:
                assert list(there.quads_for_pattern(None, quad.predicate, quad.object, graph)) == [quad]
            assert [row.action for row in push(sent, server.url) if row.graph == graph.value] == ["kept"]
            assert there._truth(f"ASK {{ GRAPH {graph} {{ <{GENID}b1> <x:p> <{GENID}b2> }} }}", ())
            push(b"<x:s> <x:p> <x:o> <" + graph.value.encode() + b"> .\n", server.url)
    finally:
        push(data, server.url, prune=True)


def test_wrong_credentials_are_one_clear_error_that_does_not_tell_them(
    running: dict[str, servers.Server], few: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "virtuoso" not in running:
        pytest.skip(servers.missing("virtuoso"))
    url = running["virtuoso"].url
    other = changed(few, "entiteiten", b'"Drechtsteden"', b'"Drechtstaden"')
    monkeypatch.setenv("REGIOGRAAF_STORE_PASSWORD", "geheim-en-fout")
    with pytest.raises(SourceError, match="does not take the user and password") as caught:
        push(other, url)
    assert "geheim" not in str(caught.value)
    with pytest.raises(SourceError) as caught:
        push(other, url.replace("//", "//dba:geheim-in-url@"))
    assert "geheim" not in str(caught.value)
    monkeypatch.delenv("REGIOGRAAF_STORE_USER")
    with pytest.raises(SourceError, match=r"asks for user and password .* REGIOGRAAF_STORE_USER"):
        push(other, url)
    # and the remedy that it gives
    monkeypatch.setenv("REGIOGRAAF_STORE_USER", "dba")
    monkeypatch.setenv("REGIOGRAAF_STORE_PASSWORD", "dba")
    assert done(push(few, url)) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "has no graphs"),
        (b"<x:s> <x:p> <x:o> .\n", "has triples in no graph"),
        (b"<x:s> <x:p> <x:o> <https://example.org/g> .\n", "has triples in <https://example.org/g>"),
        (b"<x:s> <x:p> <x:o> <x:g> .\n<x:s> <x:p>\n", "has triples in <x:g>"),
        (f"<x:s> <x:p> <x:o> <{GRAPH['a']}> .\n<x:s> .\n".encode(), "the graph:2: not N-Quads"),
    ],
)
def test_what_is_no_build_is_not_pushed(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        push(data, "http://127.0.0.1:1/sparql")


# servers that are wrong


class Wrong(BaseHTTPRequestHandler):
    """Answers from a list, then the last one again and again; keeps what it was asked."""

    answers: ClassVar[list[Any]] = []
    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_POST(self) -> None:
        query = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"][0]
        self.asked.append((query, dict(self.headers)))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        status, headers, body = answer(query) if callable(answer) else answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def wrong(*answers: Any) -> Iterator[str]:
    Wrong.answers, Wrong.asked = list(answers), []
    with ThreadingHTTPServer(("127.0.0.1", 0), Wrong) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
        server.shutdown()


def rows(name: str, *values: object, kind: str = "literal") -> tuple[int, dict[str, str], bytes]:
    bindings = [{name: {"type": kind, "value": str(value)}} for value in values]
    answer = {"head": {"vars": [name]}, "results": {"bindings": bindings}}
    return 200, {"Content-Type": "application/sparql-results+json"}, json.dumps(answer).encode()


def counted(answer: tuple[int, dict[str, str], bytes]) -> Any:
    return lambda query: rows("rows_counted", 1) if "rows_counted" in query else answer


OURS = rows("g", GRAPH["asserted"], kind="uri")
ONE = rows("rows_counted", 1)
SELECT = "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } }"


def test_an_answer_that_is_cut_off_is_not_taken_for_the_whole() -> None:
    def stubborn(query: str) -> tuple[int, dict[str, str], bytes]:
        return (
            rows("rows_counted", 10)
            if "rows_counted" in query
            else rows("s", *("abc" if "OFFSET" not in query else ""))
        )

    with (
        wrong(OURS, ONE, stubborn) as url,
        pytest.raises(QueryError, match=r"counts 10 rows and gives 3\. "),
    ):
        run(open_remote(url), SELECT)


def test_pages_that_overlap_are_not_taken_for_the_whole() -> None:
    def repeating(query: str) -> tuple[int, dict[str, str], bytes]:
        return rows("rows_counted", 10) if "rows_counted" in query else rows("s", *"abcde")

    with wrong(OURS, ONE, repeating) as url, pytest.raises(QueryError, match="pages overlap after 5 rows"):
        run(open_remote(url), SELECT.replace("SELECT", "SELECT DISTINCT"))


def test_pages_go_on_where_a_service_cuts_them() -> None:
    def cutting(query: str) -> tuple[int, dict[str, str], bytes]:
        if "rows_counted" in query:
            return rows("rows_counted", 8)
        start = int(query.rpartition("OFFSET ")[2]) if "OFFSET" in query else 0
        return rows("s", *"abcdefgh"[start : start + 3])

    with wrong(OURS, ONE, cutting) as url:
        found = run(open_remote(url), SELECT)
    assert [row[0].value for row in found.rows] == list("abcdefgh")
    assert all("ORDER BY ?s" in query for query, _ in Wrong.asked if "OFFSET" in query)


def test_an_ask_that_comes_back_as_a_select_is_still_true_or_false() -> None:
    for value, truth in ((1, True), (0, False), ("true", True), ("false", False)):
        with wrong(OURS, ONE, rows("__ask_retval", value)) as url:
            assert run(open_remote(url), "ASK { GRAPH ?g { ?s ?p ?o } }").truth is truth


def test_a_passing_failure_is_tried_again_and_a_lasting_one_reported() -> None:
    busy = (503, {"Retry-After": "0"}, b"busy")
    with wrong(busy, busy, OURS, ONE) as url:
        assert open_remote(url).graphs == (str(GRAPH["asserted"]),)
    with wrong(busy) as url, pytest.raises(QueryError, match=r"503: busy"):
        open_remote(url)
    assert len(Wrong.asked) < 8


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((200, {"Content-Type": "text/html"}, b"<html>"), "answers text/html, not whole SPARQL results"),
        ((200, {"Content-Type": "application/json"}, b"[1]"), "answers no SPARQL results"),
        ((200, {}, b'{"head": {}, "boolean": true}'), "a SELECT came back without rows"),
        ((200, {"Content-Length": "900"}, b'{"head": {}'), "no answer .* Check the address"),
        ((302, {"Location": "https://u:geheim@example.org/sparql?a=b"}, b""), r"moved to https://example.org/sparql\."),
        ((404, {}, b"nothing here"), r"no SPARQL service \(404\)"),
        ((500, {}, b"Virtuoso 37000 Error\nSPARQL query:"), r"\(500: Virtuoso 37000 Error\)"),
        (counted(rows("g", "https://example.org/graph", kind="uri")), r"holds no graph .* regiograaf push --store"),
        ((401, {"WWW-Authenticate": 'Basic realm="x"'}, b""), "user and password"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_what_is_wrong_with_a_service_is_one_sentence(answer: Any, message: str) -> None:
    with wrong(answer) as url, pytest.raises((SourceError, QueryError), match=message) as caught:
        open_remote(url)
    assert "\n" not in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_a_service_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOGRAAF_STORE_TIMEOUT", "0.3")
    over = threading.Event()

    def silent(query: str) -> tuple[int, dict[str, str], bytes]:
        over.wait(10)
        return OURS

    with wrong(silent) as url:
        try:
            with pytest.raises(SourceError, match=r"no answer within 0\.3 seconds"):
                open_remote(url)
        finally:
            over.set()


def test_a_token_goes_along_and_a_password_only_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"REGIOGRAAF_STORE_{name}", raising=False)
    monkeypatch.setenv("REGIOGRAAF_STORE_USER", "ada")
    monkeypatch.setenv("REGIOGRAAF_STORE_PASSWORD", "geheim")
    with wrong(OURS, ONE) as url:
        assert open_remote(url).graphs
    assert [headers.get("Authorization") for _, headers in Wrong.asked] == [None, None]
    with wrong((401, {"WWW-Authenticate": 'Basic realm="x"'}, b""), OURS, ONE) as url:
        assert open_remote(url).graphs
    assert [headers.get("Authorization") for _, headers in Wrong.asked] == [None, *["Basic YWRhOmdlaGVpbQ=="] * 2]
    monkeypatch.setenv("REGIOGRAAF_STORE_TOKEN", "merk")
    with wrong(OURS, ONE) as url:
        assert open_remote(url).graphs
    assert {headers.get("Authorization") for _, headers in Wrong.asked} == {"Bearer merk"}


def test_digest_answers_are_those_of_the_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    # the example of RFC 7616, section 3.9.1
    from regiograaf import client

    challenge = (
        'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={}, '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    monkeypatch.setattr(client.secrets, "token_hex", lambda size: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
    environ = {"REGIOGRAAF_STORE_USER": "Mufasa", "REGIOGRAAF_STORE_PASSWORD": "Circle of Life"}
    for algorithm, response in (
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ):
        one = client.Client("http://www.example.org/dir/index.html", environ=environ)
        asked = client.Response(401, {"www-authenticate": challenge.format(algorithm)}, b"")
        assert one._learn(asked)
        assert f'response="{response}"' in one._authorization("GET", "/dir/index.html")


@pytest.mark.parametrize("url", ["example.org/sparql", "ftp://example.org/", "http:///sparql", "http://a:b@h:x/"])
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(SourceError, match=r"not the address of a store\. Give a URL") as caught:
        RemoteStore(url)
    assert "a:b" not in str(caught.value)
