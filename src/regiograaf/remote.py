"""A store behind a URL: any SPARQL 1.1 service, asked as the rooms ask an Oxigraph store. Only answers travel.

Queries run over the graphs of regiograaf alone, whatever else the service holds: these are both the named graphs and,
for patterns outside GRAPH, the default graph. A service may cut an answer off without a word: what could be cut is
counted, and fetched in pages where the count says more. CONSTRUCT and DESCRIBE are put together here from what their
patterns find there. Nothing is written here; that is `push`.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode

import pyoxigraph as ox

from regiograaf.client import Client, Response
from regiograaf.errors import QueryError, SourceError
from regiograaf.namespaces import BASE, GRAPH
from regiograaf.paging import Shape, constants, tokens_of, variables_in, with_paths
from regiograaf.queries import safe

__all__ = ["GENID", "RemoteStore", "open_remote", "sent"]

GENID = BASE + ".well-known/genid/"
"""Blank nodes are IRIs below this in a remote store (RDF 1.1 Concepts, 3.5): a service names its own anew each time."""

PAGE = 10_000
_KEPT = 20_000
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TRUTH = {"1": "true", "0": "false"}
_CUT, _STOPPED = "x-sparql-maxrows", "x-sql-message"
"""Headers by which Virtuoso owns up to an answer that is not whole: by rows, by time."""

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = dict[str, dict[str, str]]
Dataset = Sequence[tuple[str, str]]
"""Graphs as parameters of the SPARQL 1.1 Protocol."""
Pattern = tuple[Term | None, Term | None, Term | None, Term | None]


def open_remote(url: str) -> RemoteStore:
    """A store behind the URL of its SPARQL service.

    Raises SourceError when nothing answers there, it wants other credentials, or it holds no graph of regiograaf.
    """
    store = RemoteStore(url)
    if not store.graphs:
        raise SourceError(f"{store.url}: holds no graph below {GRAPH}. Load it: regiograaf push --store {store.url}.")
    return store


class RemoteStore:
    """What the rooms use of `pyoxigraph.Store`, answered by a SPARQL service.

    What is known of a subject is kept: a store that is written to meanwhile wants a new RemoteStore.
    """

    def __init__(self, url: str | Client, *, page: int = PAGE) -> None:
        self._client = Client(url) if isinstance(url, str) else url
        self.url = self._client.url
        self._page = page
        self._whole = 0
        """So many rows have come at once and been counted: fewer rows than that were not cut by number."""
        self._about: OrderedDict[Term, tuple[ox.Quad, ...]] = OrderedDict()
        self._found: OrderedDict[Pattern, tuple[ox.Quad, ...]] = OrderedDict()

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The named graphs of regiograaf in the store, in order."""
        return tuple(sorted(name for name in self._names if name.startswith(str(GRAPH))))

    @cached_property
    def _names(self) -> frozenset[str]:
        """All named graphs of the store."""
        for pattern in ("", "?s ?p ?o"):  # the empty pattern costs nothing, but not every service takes it
            # not DISTINCT: Virtuoso takes half a minute for that
            shape = Shape.of(f"SELECT ?g WHERE {{ GRAPH ?g {{ {pattern} }} }} GROUP BY ?g", ("g",))
            try:
                rows = list(self._pages(shape, ()))
            except QueryError:
                if pattern:
                    raise
                continue
            found = frozenset(row["g"]["value"] for row in rows if "g" in row) - {""}
            if found:
                return found
        return frozenset()

    @cached_property
    def _among(self) -> tuple[tuple[str, str], ...]:
        """The named graphs to ask, where the store holds others too."""
        others = len(self._names) > len(self.graphs)
        return tuple(("named-graph-uri", name) for name in self.graphs) if others else ()

    @cached_property
    def _dataset(self) -> tuple[tuple[str, str], ...]:
        """The graphs to ask: all of ours, and their merge as the default graph."""
        kinds = ("default-graph-uri", "named-graph-uri")
        return tuple((kind, name) for kind in kinds for name in self.graphs)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def contains_named_graph(self, graph_name: ox.NamedNode) -> bool:
        """Whether the store has this graph of regiograaf."""
        return graph_name.value in self.graphs

    def query(self, text: str, *, base_iri: str | None = None, prefixes: Mapping[str, str] | None = None) -> Result:
        """Answer a reading query.

        Raises SyntaxError where it is not SPARQL, QueryError where it is refused here or there, SourceError where the
        store does not answer.
        """
        safe(text)
        # an empty store tells whether it is SPARQL, of what form, with which variables
        local = ox.Store().query(text, base_iri=base_iri, prefixes=dict(prefixes or {}))
        names = tuple(v.value for v in local.variables) if isinstance(local, ox.QuerySolutions) else ()
        shape = Shape.of(text, names, prefixes or {}, base_iri)
        if self.graphs and self._virtuoso:
            shape = Shape.of(self._paths_first(text, shape), names, prefixes or {}, base_iri)
        if isinstance(local, ox.QueryBoolean):
            return _parsed({"head": {}, "boolean": self._truth(shape.text, self._graphs_of(shape))})
        if isinstance(local, ox.QuerySolutions):
            rows = list(self._pages(shape, self._graphs_of(shape)))
            if shape.sortable and not any(value["type"] == "bnode" for row in rows for value in row.values()):
                return _sorted(shape, rows)
            return _parsed({"head": {"vars": list(names)}, "results": {"bindings": rows}})
        return self._describe(shape) if shape.form == "DESCRIBE" else self._construct(shape)

    def rows(self, text: str, *names: str) -> Iterator[dict[str, str]]:
        """The values of a SELECT of our own on the whole store, by the names of its columns."""
        for row in self._pages(Shape.of(text, names), ()):
            yield {name: value["value"] for name, value in row.items()}

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any = None) -> Iterator[ox.Quad]:
        """The quads of regiograaf's graphs that match; None stands for any term.

        All that is known of a subject comes at once and is kept.
        """
        pattern = (subject, predicate, object, graph_name)
        if subject is not None:
            known = self._about.get(subject)
            if known is None:
                known = tuple(self._quads((subject, None, None, None)))
                _keep(self._about, subject, known)
            yield from (quad for quad in known if _matches(quad, pattern))
            return
        kept = self._found.get(pattern)
        if kept is not None:
            yield from kept
            return
        found = []
        for quad in self._quads(pattern):
            found.append(quad)
            yield quad
        _keep(self._found, pattern, tuple(found))

    def _quads(self, pattern: Pattern) -> Iterator[ox.Quad]:
        names = ("s", "p", "o", "g")
        parts = {name: f"?{name}" if term is None else sent(term) for name, term in zip(names, pattern, strict=True)}
        free = tuple(name for name, term in zip(names, pattern, strict=True) if term is None)
        where = f"GRAPH {parts['g']} {{ {parts['s']} {parts['p']} {parts['o']} }}"
        if not free:
            if self._truth(f"ASK {{ {where} }}", self._among):
                yield ox.Quad(*cast("tuple[Any, Any, Any, Any]", pattern))
            return
        shape = Shape.of(f"SELECT {' '.join(map(parts.__getitem__, free))} WHERE {{ {where} }}", free)
        seen = set()
        for row in self._pages(shape, self._among):
            terms = [_term(row[n]) if term is None else term for n, term in zip(names, pattern, strict=True)]
            quad = ox.Quad(*cast("tuple[Any, Any, Any, Any]", tuple(terms)))
            if quad not in seen:
                seen.add(quad)
                yield quad

    def _paths_first(self, text: str, shape: Shape) -> str:
        """The query with what its paths of any length lead to, asked for by themselves.

        Virtuoso 7.2 loses rows, without a word, where it joins such a path after other patterns. Whether it does
        depends on the samples that it took of the data; a DISTINCT query within the query only makes it rarer.
        """

        def answer(variable: str, pattern: str) -> str:
            name = variable[1:]
            alone = Shape.of(f"{shape.prologue} SELECT DISTINCT {variable} WHERE {{ {pattern} }}", (name,))
            return _values((name,), self._pages(alone, self._graphs_of(shape)))

        return with_paths(text, answer)

    def _graphs_of(self, shape: Shape) -> Dataset:
        """The graphs that a query chooses with FROM, else all of ours."""
        if not shape.chosen:
            return self._dataset
        names = constants(shape.prologue, [token for _, token in shape.chosen])
        return tuple((kind, name.value) for (kind, _), name in zip(shape.chosen, names, strict=True))

    # rows, whole

    def _pages(self, shape: Shape, dataset: Dataset) -> Iterator[Row]:
        """All rows of a SELECT; the first page is not put in an order of ours, and mostly is all there is."""
        size = min(self._page, shape.most)
        rows, cut = self._page_of(shape.page(size, 0, virtuoso=self._virtuoso), dataset)
        if len(rows) == shape.most or (not cut and len(rows) < min(size, self._whole)):
            yield from rows
            return
        count = self._count(shape, dataset)
        if count == len(rows):
            self._whole = max(self._whole, count)
            yield from rows
            return
        yield from self._in_order(shape, dataset, min(size, max(len(rows), 1)), count)

    def _in_order(self, shape: Shape, dataset: Dataset, size: int, count: int) -> Iterator[Row]:
        """The rows in pages: in an order that no two rows share, so that a page begins where the one before ended."""
        ordered = shape.ordered()
        seen: set[str] = set()
        done = 0
        while done < count:
            rows, _ = self._page_of(ordered.page(size, done, virtuoso=self._virtuoso), dataset)
            if not rows:
                break
            if shape.distinct:
                before = len(seen)
                seen.update(json.dumps(row, sort_keys=True) for row in rows)
                if len(seen) != before + len(rows):
                    raise QueryError(f"{self.url}: its pages overlap after {done} rows. Ask for less.")
            done += len(rows)
            yield from rows
        if done != count:
            raise QueryError(f"{self.url}: counts {count} rows and gives {done}. Ask again, or ask for less.")

    def _page_of(self, text: str, dataset: Dataset) -> tuple[list[Row], bool]:
        """The rows of one answer, and whether the service says that there are more."""
        response, answer = self._ask(text, dataset)
        results = answer.get("results")
        bindings = results.get("bindings") if isinstance(results, dict) else None
        if not isinstance(bindings, list):
            raise SourceError(f"{self.url}: a SELECT came back without rows. Give the address of its SPARQL service.")
        rows = [{name: _normal(value) for name, value in row.items()} for row in bindings]
        if message := response.headers.get(_STOPPED):
            raise QueryError(f"{self.url}: gave up halfway ({message[:200]}). Ask for less.")
        return rows, _CUT in response.headers

    def _count(self, shape: Shape, dataset: Dataset) -> int:
        rows, _ = self._page_of(shape.count, dataset)
        try:
            return int(rows[0]["rows_counted"]["value"])
        except (IndexError, KeyError, ValueError) as error:
            raise QueryError(f"{self.url}: does not count the rows of this query. Ask for less.") from error

    def _truth(self, text: str, dataset: Dataset) -> bool:
        _, answer = self._ask(text, dataset)
        if isinstance(answer.get("boolean"), bool):
            return bool(answer["boolean"])
        rows = answer.get("results", {}).get("bindings", ())  # some give an ASK as a SELECT of one row
        values = [value.get("value") for row in rows for value in row.values()]
        return bool(values) and values[0] in ("1", "true")

    # triples

    def _construct(self, shape: Shape) -> Result:
        """The triples of a CONSTRUCT: its rows are asked there, and put into its template here."""
        names = tuple(sorted(variables_in(shape.template)))
        rows: Iterable[Row] = ({},)
        if names:
            rows = self._pages(shape.select(names), self._graphs_of(shape))
        elif not self._truth(f"{shape.prologue} ASK {shape.group}", self._graphs_of(shape)):
            rows = ()
        data = _values(names, rows)
        found = ox.Store().query(f"{shape.prologue} CONSTRUCT {shape.template} WHERE {{ {data} }}")
        return _triples(_named(triple) for triple in cast(ox.QueryTriples, found))

    def _describe(self, shape: Shape) -> Result:
        """What our graphs say of each thing, and of the blank nodes that this leads to."""
        things: list[Term] = []
        if shape.group:
            names = tuple(sorted(variables_in(shape.head)))
            if "*" in shape.head:
                local = ox.Store().query(f"{shape.prologue} SELECT * WHERE {shape.group} {shape.tail}")
                names = tuple(v.value for v in cast(ox.QuerySolutions, local).variables)
            rows = self._pages(shape.select(names), self._graphs_of(shape)) if names else ()
            things += [_term(value) for row in rows for value in row.values() if value["type"] != "literal"]
        things += constants(shape.prologue, [token for kind, token in tokens_of(shape.head) if kind in ("iri", "name")])
        triples: set[ox.Triple] = set()
        seen: set[Term] = set()
        for thing in things:
            if thing in seen:
                continue
            seen.add(thing)
            for quad in self.quads_for_pattern(thing, None, None):
                triples.add(quad.triple)
                if isinstance(quad.object, ox.BlankNode):
                    things.append(quad.object)
        return _triples(triples)

    # the wire

    @property
    def _virtuoso(self) -> bool:
        return self._client.server.startswith("Virtuoso")

    def _ask(self, text: str, dataset: Dataset) -> tuple[Response, dict[str, Any]]:
        headers = {
            "Accept": "application/sparql-results+json",
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        }
        body = urlencode([("query", text), *dataset]).encode()
        response = self._client.send("POST", self.url, body, headers)
        if response.status == 400 and dataset and not self._among:
            # a service of nothing but our graphs may have them as its dataset, and take no other
            body = urlencode([("query", text)]).encode()
            response = self._client.send("POST", self.url, body, headers)
        if response.status != 200:
            if response.status in (404, 405, 415):
                raise SourceError(
                    f"{self.url}: no SPARQL service ({response.status}). Give the address that takes queries."
                )
            raise QueryError(
                f"{self.url}: does not answer this query ({response.status}: {response.words}). Ask it another way."
            )
        try:
            answer = json.loads(response.body)
        except ValueError as error:
            kind = response.headers.get("content-type", "").partition(";")[0] or "something"
            raise SourceError(
                f"{self.url}: answers {kind}, not whole SPARQL results. Give the address that takes queries."
            ) from error
        if not isinstance(answer, dict):
            raise SourceError(f"{self.url}: answers no SPARQL results. Give the address that takes queries.")
        return response, answer


# terms


def _normal(value: Mapping[str, str]) -> dict[str, str]:
    """A term of SPARQL JSON as Oxigraph would give it: stores write booleans, languages and plain strings their way."""
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return {"type": "bnode", "value": text[len(GENID) :]} if text.startswith(GENID) else dict(value)
    if kind == "bnode":
        return {"type": "bnode", "value": re.sub(r"\W", "_", text.removeprefix("_:"))}
    plain = {"type": "literal", "value": text}
    if language := value.get("xml:lang"):
        return plain | {"xml:lang": language.lower()}
    datatype = value.get("datatype", f"{_XSD}string")
    if datatype == f"{_XSD}boolean":
        plain["value"] = _TRUTH.get(text, text)
    return plain if datatype == f"{_XSD}string" else plain | {"datatype": datatype}


def _term(value: Mapping[str, str]) -> Term:
    if value["type"] == "uri":
        return ox.NamedNode(value["value"])
    if value["type"] == "bnode":
        return ox.BlankNode(value["value"])
    if language := value.get("xml:lang"):
        return ox.Literal(value["value"], language=language)
    datatype = value.get("datatype")
    return ox.Literal(value["value"], datatype=ox.NamedNode(datatype) if datatype else None)


def sent(term: Term) -> str:
    """A term as it stands in a remote store, in N-Triples."""
    return f"<{GENID}{term.value}>" if isinstance(term, ox.BlankNode) else str(term)


def _written(value: Mapping[str, str] | None) -> str:
    return "UNDEF" if value is None else sent(_term(value))


def _named(triple: ox.Triple) -> ox.Triple:
    def back(term: Any) -> Any:
        known = isinstance(term, ox.NamedNode) and term.value.startswith(GENID)
        return ox.BlankNode(term.value[len(GENID) :]) if known else term

    return ox.Triple(back(triple.subject), triple.predicate, back(triple.object))


def _triples(triples: Iterable[ox.Triple]) -> Result:
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def _parsed(answer: Mapping[str, Any]) -> Result:
    text = json.dumps(answer)
    return cast(Result, ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON))


def _sorted(shape: Shape, rows: Iterable[Row]) -> Result:
    """Rows in the order of their query as Oxigraph understands it: engines differ on literals with languages."""
    values = _values(shape.variables, rows)
    names = " ".join(f"?{name}" for name in shape.variables)
    return ox.Store().query(f"{shape.prologue} SELECT {names} WHERE {{ {values} }} ORDER BY {shape.order}")


def _values(names: Sequence[str], rows: Iterable[Row]) -> str:
    terms = " ".join(f"({' '.join(_written(row.get(name)) for name in names)})" for row in rows)
    return f"VALUES ({' '.join('?' + name for name in names)}) {{ {terms} }}"


def _matches(quad: ox.Quad, pattern: Pattern) -> bool:
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return all(wanted is None or wanted == term for wanted, term in zip(pattern, terms, strict=True))


def _keep(kept: OrderedDict[Any, Any], key: object, value: object) -> None:
    kept[key] = value
    if len(kept) > _KEPT:
        kept.popitem(last=False)
