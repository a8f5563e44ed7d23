"""Load the named graphs of a build into a store behind a URL, and make sure that they are all there.

Only graphs of regiograaf are ever touched. A graph that is there already, and the same, is left alone: a push that was
broken off goes on where it was. Blank nodes become IRIs (`remote.GENID`), so that what is sent twice adds nothing.
"""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from itertools import islice
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from regiograaf.client import Client, Response
from regiograaf.errors import QueryError, SourceError
from regiograaf.namespaces import GRAPH
from regiograaf.remote import RemoteStore, sent

__all__ = ["Pushed", "push"]

PUT_SIZE = 50_000
INSERT_SIZE = 3_000
"""Virtuoso refuses an update of 5,000 triples."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NOT_HERE = frozenset({400, 404, 405, 406, 415, 501})

Protocol = Literal["graph-store", "update"]
Marks = Counter[str]
"""How many triples fall under each mark, and how long their objects are together; whatever their order."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of one graph."""

    graph: str
    triples: int
    action: Literal["kept", "loaded", "replaced", "removed", "extra"]
    """`extra` is a graph of regiograaf that is only in the store."""
    seconds: float


def push(
    data: bytes | Path,
    url: str,
    *,
    graph_store: str = "",
    update: str = "",
    prune: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> list[Pushed]:
    """Make the graphs of a store those of N-Quads, and count them there.

    `url` takes queries. Where graphs are written (SPARQL 1.1 Graph Store Protocol, else SPARQL 1.1 Update) is known of
    Virtuoso, Oxigraph, Fuseki, RDF4J and GraphDB; of others it is said with `graph_store` or `update`. Graphs of
    regiograaf that the data do not have stay, unless they are to be removed (`prune`). While it runs, readers see some
    graphs old and some new.

    Returns one row for each graph, in the order of their names. Raises SourceError when the data are broken, the store
    does not answer, wants other credentials, or holds other numbers of triples afterwards.
    """
    progress("reading the graphs")
    graphs = _read(data)
    client = Client(url)
    store = RemoteStore(client)
    there = _counts(store)
    writer = _Writer(client, _ways(client, graph_store, update))
    rows = []
    for place, (name, lines) in enumerate(sorted(graphs.items()), 1):
        begun = time.monotonic()
        progress(f"{name.removeprefix(str(GRAPH))} ({place} of {len(graphs)})")
        if there.get(name) == len(lines) and _marks_there(store, name) == _marks(lines):
            action: Literal["kept", "loaded", "replaced"] = "kept"
        else:
            action = "replaced" if name in there else "loaded"
            writer.replace(name, [_line(triple) for triple in lines])
        rows.append(Pushed(name, len(lines), action, time.monotonic() - begun))
    for name in sorted(there.keys() - graphs.keys()):
        if prune:
            writer.remove(name)
        rows.append(Pushed(name, there[name], "removed" if prune else "extra", 0.0))
    progress("counting")
    after = _counts(store)
    for row in rows:
        wanted, found = 0 if row.action == "removed" else row.triples, after.get(row.graph, 0)
        if found != wanted:
            raise SourceError(
                f"{client.url}: <{row.graph}> has {found} triples, and should have {wanted}. Push again; "
                "see that nobody else writes to it."
            )
    return sorted(rows, key=lambda row: row.graph)


def _read(data: bytes | Path) -> dict[str, list[ox.Triple]]:
    name = data if isinstance(data, Path) else "the graph"
    graphs: dict[str, dict[ox.Triple, None]] = defaultdict(dict)
    try:
        source = data.read_bytes() if isinstance(data, Path) else data
        for quad in ox.parse(source, format=ox.RdfFormat.N_QUADS):
            graph = getattr(quad.graph_name, "value", "")
            if not graph.startswith(str(GRAPH)):
                where = f"<{graph}>" if graph else "no graph"
                raise SourceError(f"{name}: has triples in {where}. Push a regiograaf.nq: all graphs below {GRAPH}.")
            graphs[graph][quad.triple] = None
    except OSError as error:
        raise SourceError(f"{name}: {error.strerror}. Check the path.") from error
    except SyntaxError as error:
        raise SourceError(f"{name}:{error.lineno or 1}: not N-Quads. Build it again.") from error
    if not graphs:
        raise SourceError(f"{name}: has no graphs. Build it again.")
    return {graph: list(triples) for graph, triples in graphs.items()}


def _line(triple: ox.Triple) -> str:
    return " ".join(map(sent, triple)) + " .\n"


# what is there


def _counts(store: RemoteStore) -> dict[str, int]:
    """The number of triples of each graph of regiograaf in a store."""
    query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    found = {row.get("g", ""): int(row.get("n", 0)) for row in store.rows(query, "g", "n")}
    return {name: count for name, count in found.items() if name.startswith(str(GRAPH)) and count}


def _marks(triples: Iterable[ox.Triple]) -> Marks:
    """What `_marks_there` should find; numbers and truths as stores write them.

    A triple falls under two digits of the MD5 of its text, so that nearly every change of one shows. Where its object
    is not plain ASCII, only the length counts: Virtuoso hashes that in two ways.
    """
    found: Marks = Counter()
    for triple in triples:
        s, p = (sent(term)[1:-1] for term in (triple.subject, triple.predicate))  # type: ignore[arg-type]
        text = _text(triple.object)
        plain = re.fullmatch("[ -~]*", text)
        mark = md5(f"{s} {p} {text}".encode()).hexdigest()[:2] if plain else "-"
        found[f"{mark} n"] += 1
        found[f"{mark} l"] += len(text)
    return +found


def _text(term: object) -> str:
    if not isinstance(term, ox.Literal):
        return sent(term)[1:-1]  # type: ignore[arg-type]
    kind = term.datatype.value.removeprefix(_XSD)
    if kind == "boolean":
        return {"1": "true", "0": "false"}.get(term.value, term.value)
    number = re.fullmatch(r"([+-]?)0*(\d+)(?:(\.\d*?)0*)?", term.value)
    if number is None or (kind != "decimal" and not kind.lower().endswith("integer")):
        return term.value
    return f"{number[1].replace('+', '')}{number[2]}{(number[3] or '').rstrip('.')}"


def _marks_there(store: RemoteStore, graph: str) -> Marks | None:
    """The marks of a graph in a store; None where it cannot say."""
    query = f"""
        SELECT ?mark (COUNT(*) AS ?n) (SUM(STRLEN(?t)) AS ?l) WHERE {{
          GRAPH <{graph}> {{ ?s ?p ?o }}
          BIND(STR(?o) AS ?t)
          BIND(IF(REGEX(?t, "^[ -~]*$"),
            SUBSTR(MD5(CONCAT(STR(?s), " ", STR(?p), " ", ?t)), 1, 2), "-") AS ?mark) }} GROUP BY ?mark"""
    try:
        rows = list(store.rows(query, "mark", "n", "l"))
        found = Counter({f"{row['mark']} {name}": int(row[name]) for row in rows for name in ("n", "l")})
    except (QueryError, KeyError, ValueError):
        return None
    return +found


# writing


def _ways(client: Client, graph_store: str, update: str) -> list[tuple[Protocol, str]]:
    """The addresses where graphs may be written, as servers have them, in the order in which they are tried."""
    given: list[tuple[Protocol, str]] = []
    if graph_store:
        given.append(("graph-store", client.beside(graph_store)))
    if update:
        given.append(("update", client.beside(update)))
    if given:
        return given
    if client.server.startswith("Virtuoso"):
        return [
            ("graph-store", client.beside("sparql-graph-crud-auth")),
            ("update", client.beside("sparql-auth")),
        ]
    if "/repositories/" in urlsplit(client.url).path:  # RDF4J, GraphDB
        here = client.url.rstrip("/")
        return [("graph-store", f"{here}/rdf-graphs/service"), ("update", f"{here}/statements")]
    return [
        ("graph-store", client.beside("store")),  # Oxigraph
        ("graph-store", client.beside("data")),  # Fuseki
        ("update", client.beside("update")),
        ("update", client.url),
    ]


class _Writer:
    """Writes graphs in the first way that the server takes, and stays with it."""

    def __init__(self, client: Client, ways: Sequence[tuple[Protocol, str]]) -> None:
        self._client = client
        self._ways = list(ways)
        self._sure = False

    def replace(self, graph: str, lines: Sequence[str]) -> None:
        """Make a graph these lines of N-Triples."""
        self._try(lambda protocol, address: self._replace(protocol, address, graph, lines))

    def remove(self, graph: str) -> None:
        """Remove a graph."""
        self._try(lambda protocol, address: self._remove(protocol, address, graph))

    def _try(self, write: Callable[[Protocol, str], Iterator[Response]]) -> None:
        while self._ways:
            protocol, address = self._ways[0]
            for response in write(protocol, address):
                if response.status < 300:
                    self._sure = True
                elif self._sure or response.status not in _NOT_HERE:
                    raise SourceError(
                        f"{address}: does not take a graph ({response.status}: {response.words}). "
                        "Push again: it goes on where it stopped."
                    )
                else:
                    self._ways.pop(0)
                    break
            else:
                return
        raise SourceError(
            f"{self._client.url}: takes no graphs at the addresses known of Virtuoso, Oxigraph, Fuseki and RDF4J. "
            "Say where with --graph-store or --update."
        )

    def _replace(self, protocol: Protocol, address: str, graph: str, lines: Sequence[str]) -> Iterator[Response]:
        if protocol == "graph-store":
            target = _target(address, graph)
            if not self._sure:  # credentials are asked for now, not in the middle of a large graph
                self._client.send("GET", _target(address, f"{GRAPH}-"))
            for method, part in zip(_methods(), _parts(lines, PUT_SIZE), strict=False):
                headers = {"Content-Type": "application/n-triples"}
                yield self._client.send(method, target, "".join(part).encode(), headers)
        else:
            yield self._update(address, f"DROP SILENT GRAPH <{graph}>")
            for part in _parts(lines, INSERT_SIZE):
                yield self._update(address, f"INSERT DATA {{ GRAPH <{graph}> {{ {''.join(part)} }} }}")

    def _remove(self, protocol: Protocol, address: str, graph: str) -> Iterator[Response]:
        if protocol == "graph-store":
            yield self._client.send("DELETE", _target(address, graph))
        else:
            yield self._update(address, f"DROP SILENT GRAPH <{graph}>")

    def _update(self, address: str, text: str) -> Response:
        word = "query" if self._client.server.startswith("Virtuoso") else "update"
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        return self._client.send("POST", address, urlencode({word: text}).encode(), headers)


def _target(address: str, graph: str) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}graph={quote(graph, safe='')}"


def _methods() -> Iterator[str]:
    yield "PUT"
    while True:
        yield "POST"


def _parts(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    rest = iter(lines)
    while part := list(islice(rest, size)):
        yield part
