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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, cast
from urllib.parse import urlencode

import pyoxigraph as ox

from regiograaf.client import Client, Response
from regiograaf.errors import QueryError, SourceError
from regiograaf.namespaces import BASE, GRAPH, PREFIXES
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
            shape = _Shape.of(f"SELECT ?g WHERE {{ GRAPH ?g {{ {pattern} }} }} GROUP BY ?g", ("g",))
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
        shape = _Shape.of(text, names, prefixes or {}, base_iri)
        if self.graphs and self._virtuoso:
            shape = _Shape.of(self._paths_first(text, shape), names, prefixes or {}, base_iri)
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
        for row in self._pages(_Shape.of(text, names), ()):
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
        shape = _Shape.of(f"SELECT {' '.join(map(parts.__getitem__, free))} WHERE {{ {where} }}", free)
        seen = set()
        for row in self._pages(shape, self._among):
            terms = [_term(row[n]) if term is None else term for n, term in zip(names, pattern, strict=True)]
            quad = ox.Quad(*cast("tuple[Any, Any, Any, Any]", tuple(terms)))
            if quad not in seen:
                seen.add(quad)
                yield quad

    def _paths_first(self, text: str, shape: _Shape) -> str:
        """The query with what its paths of any length lead to, asked for by themselves.

        Virtuoso 7.2 loses rows, without a word, where it joins such a path after other patterns. Whether it does
        depends on the samples that it took of the data; a DISTINCT query within the query only makes it rarer.
        """

        def answer(variable: str, pattern: str) -> str:
            name = variable[1:]
            alone = _Shape.of(f"{shape.prologue} SELECT DISTINCT {variable} WHERE {{ {pattern} }}", (name,))
            return _values((name,), self._pages(alone, self._graphs_of(shape)))

        return _with_paths(text, answer)

    def _graphs_of(self, shape: _Shape) -> Dataset:
        """The graphs that a query chooses with FROM, else all of ours."""
        if not shape.chosen:
            return self._dataset
        names = _constants(shape.prologue, [token for _, token in shape.chosen])
        return tuple((kind, name.value) for (kind, _), name in zip(shape.chosen, names, strict=True))

    # rows, whole

    def _pages(self, shape: _Shape, dataset: Dataset) -> Iterator[Row]:
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

    def _in_order(self, shape: _Shape, dataset: Dataset, size: int, count: int) -> Iterator[Row]:
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

    def _count(self, shape: _Shape, dataset: Dataset) -> int:
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

    def _construct(self, shape: _Shape) -> Result:
        """The triples of a CONSTRUCT: its rows are asked there, and put into its template here."""
        names = tuple(sorted(_variables(shape.template)))
        rows: Iterable[Row] = ({},)
        if names:
            rows = self._pages(shape.select(names), self._graphs_of(shape))
        elif not self._truth(f"{shape.prologue} ASK {shape.group}", self._graphs_of(shape)):
            rows = ()
        data = _values(names, rows)
        found = ox.Store().query(f"{shape.prologue} CONSTRUCT {shape.template} WHERE {{ {data} }}")
        return _triples(_named(triple) for triple in cast(ox.QueryTriples, found))

    def _describe(self, shape: _Shape) -> Result:
        """What our graphs say of each thing, and of the blank nodes that this leads to."""
        things: list[Term] = []
        if shape.group:
            names = tuple(sorted(_variables(shape.head)))
            if "*" in shape.head:
                local = ox.Store().query(f"{shape.prologue} SELECT * WHERE {shape.group} {shape.tail}")
                names = tuple(v.value for v in cast(ox.QuerySolutions, local).variables)
            rows = self._pages(shape.select(names), self._graphs_of(shape)) if names else ()
            things += [_term(value) for row in rows for value in row.values() if value["type"] != "literal"]
        things += _constants(shape.prologue, [token for kind, token in _tokens(shape.head) if kind in ("iri", "name")])
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


def _sorted(shape: _Shape, rows: Iterable[Row]) -> Result:
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


# the text of a query

_TOKEN = re.compile(
    r"""(?P<space>(?:\s|\#[^\r\n]*)+)
      | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*>)
      | (?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<name>[\w.-]*:(?:[\w.:%-]|\\.)*)
      | (?P<word>@?[^\W\d][\w-]*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_SECTIONS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def _tokens(text: str) -> list[tuple[str, str]]:
    """The tokens of a query; comments and white space are one space."""
    return [(str(m.lastgroup), " " if m.lastgroup == "space" else m[0]) for m in _TOKEN.finditer(text)]


def _with_paths(text: str, answer: Callable[[str, str], str]) -> str:
    """The same query with the answer of each path of any length from or to a constant in its place.

    The answer is asked for with a variable (as it is written) and a pattern, the path with its graph; it is a pattern
    too. Paths of a graph that a variable stands for, or that need not hold, are left as they are.
    """
    tokens = _tokens(text)
    solid = [place for place, (kind, _) in enumerate(tokens) if kind != "space"]
    words = [tokens[place][1] for place in solid]
    parts = [token for _, token in tokens]
    named = {"iri", "name"}
    around: list[str | None] = [""]
    """The graph of each group that is open here; None where nothing is to be put in place."""
    for at, word in enumerate(words):
        if word == "{":
            before = words[at - 1].upper() if at else ""
            after = "".join(words[(end := _closing(words, at)) : end + 1]).upper()
            if "UNION" in (before, after) or before in ("OPTIONAL", "MINUS", "EXISTS"):
                around.append(None)
            elif at > 1 and words[at - 2].upper() == "GRAPH" and around[-1] is not None:
                around.append(None if words[at - 1].startswith(("?", "$")) else words[at - 1])
            else:
                around.append(around[-1])
        elif word == "}":
            around.pop()
        graph = around[-1]
        if graph is None or word not in ("{", "}", ".") or at + 5 >= len(solid):
            continue
        kinds, (subject, path, times, object, after) = zip(
            *(tokens[following] for following in solid[at + 1 : at + 6]), strict=True
        )
        ends = [kinds[0], kinds[3]]
        if (
            kinds[1] in named
            and times in ("*", "+")
            and after not in (";", ",")
            and ends.count("variable") == 1
            and not named.isdisjoint(ends)
        ):
            pattern = f"{subject} {path}{times} {object}"
            for following in range(solid[at + 1], solid[at + 4] + 1):
                parts[following] = ""
            parts[solid[at + 1]] = answer(
                subject if ends[0] == "variable" else object, f"GRAPH {graph} {{ {pattern} }}" if graph else pattern
            )
    return "".join(parts)


def _plain(text: str) -> str:
    """A part of a query without its strings and IRIs."""
    return "".join(" " if kind in ("string", "iri") else token for kind, token in _tokens(text))


def _variables(text: str) -> set[str]:
    return {token[1:] for kind, token in _tokens(text) if kind == "variable"}


@dataclass(frozen=True)
class _Shape:
    """A query in its parts, so that it can be counted and asked in pages."""

    prologue: str
    form: str
    head: str
    """Between the form and the group: what a SELECT or DESCRIBE asks for."""
    chosen: tuple[tuple[str, str], ...]
    """The graphs after FROM and FROM NAMED, as they are written, each with the protocol's word for it."""
    template: str
    group: str
    grouping: str
    order: str
    limit: int | None
    offset: int
    values: str
    variables: tuple[str, ...]
    text: str

    @classmethod
    def of(
        cls, text: str, variables: tuple[str, ...], prefixes: Mapping[str, str] = PREFIXES, base: str | None = None
    ) -> _Shape:
        """Take a query apart that Oxigraph has parsed."""
        tokens = _tokens(text)
        if any(token == "\\" for kind, token in tokens if kind == "other"):
            raise QueryError("the query has an escape outside strings and IRIs. Write the character itself.")
        start = next(i for i, (kind, token) in enumerate(tokens) if kind == "word" and token.upper() in _FORMS)
        form = tokens[start][1].upper()
        prologue = f"BASE <{base}> " if base else ""
        prologue += "".join(token for _, token in tokens[:start]) + " " + _undeclared(tokens, prefixes)
        tokens, chosen = _without_from(tokens, start)
        words = [token for _, token in tokens]
        body = words[start + 1 :]
        template, group = "", ""
        opening = _opening(body, 0)
        head = "".join(body[:opening]).strip()
        rest: list[str] = []
        if opening < len(body):
            closing = _closing(body, opening)
            group = "".join(body[opening:closing])
            if form == "CONSTRUCT" and not head:
                template = group
                second = _opening(body, closing)
                closing = _closing(body, second)
                group = "".join(body[second:closing])
            elif form == "CONSTRUCT":
                template = group  # CONSTRUCT WHERE { … }
            rest = body[closing:]
        if form in ("SELECT", "DESCRIBE"):
            head = re.sub(r"(?i)\bWHERE$", "", head).strip()
        parts = _sections(rest)
        if parts["VALUES"] and not parts["GROUP"] and "(" not in head:
            # the same before grouping, and Virtuoso forgets VALUES at the end of a query
            group, parts["VALUES"] = f"{{ {group} VALUES {parts['VALUES']} }}", ""
        limit = parts["LIMIT"]
        return cls(
            prologue=prologue,
            form=form,
            head=head,
            chosen=chosen,
            template=template,
            group=group,
            grouping=" ".join(f"{name} {parts[name]}" for name in ("GROUP", "HAVING") if parts[name]),
            order=re.sub(r"(?i)^BY\b", "", parts["ORDER"]).strip(),
            limit=int(limit) if limit else None,
            offset=int(parts["OFFSET"] or 0),
            values=f"VALUES {parts['VALUES']}" if parts["VALUES"] else "",
            variables=variables,
            text=f"{prologue} {''.join(words[start:])}",
        )

    @property
    def distinct(self) -> bool:
        return self.head.upper().startswith("DISTINCT")

    @property
    def sortable(self) -> bool:
        """Whether rows can be put in order by what they hold."""
        order = _plain(self.order)
        keys = _variables(order)
        return bool(keys) and keys <= set(self.variables) and "{" not in order

    @property
    def most(self) -> int:
        """The most rows that can come."""
        return 2**31 if self.limit is None else self.limit

    @property
    def tail(self) -> str:
        """All that stands after the group."""
        order = f"ORDER BY {self.order}" if self.order else ""
        return " ".join(filter(None, (self.grouping, order, self._slice(self.limit, self.offset), self.values)))

    @property
    def count(self) -> str:
        """The query that counts the rows of this one."""
        return f"{self.prologue} SELECT (COUNT(*) AS ?rows_counted) WHERE {{ {{ {self._select()} }} }}"

    def page(self, size: int, start: int, *, virtuoso: bool) -> str:
        """The query for some of the rows.

        Virtuoso sorts no more than 10,000 rows for a page, unless the order stands in a query of its own.
        """
        if virtuoso and self.order:
            names = " ".join(f"?{name}" for name in self.variables)
            return f"{self.prologue} SELECT {names} WHERE {{ {{ {self._select()} }} }} {self._slice(size, start)}"
        size = min(size, self.most - start)
        part = self._slice(size, self.offset + start)
        order = f"ORDER BY {self.order}" if self.order else ""
        tail = " ".join(filter(None, (self.grouping, order, part, self.values)))
        return f"{self.prologue} SELECT {self.head} WHERE {self.group} {tail}"

    def ordered(self) -> _Shape:
        """The same query with all its columns at the end of its order."""
        columns = " ".join(f"?{name}" for name in self.variables)
        return _Shape(**{**vars(self), "order": f"{self.order} {columns}".strip()})

    def select(self, names: tuple[str, ...]) -> _Shape:
        """The rows that a CONSTRUCT or DESCRIBE is made of."""
        once = "" if self.limit is not None or self.offset else "DISTINCT "
        head = once + " ".join(f"?{name}" for name in names)
        return _Shape(**{**vars(self), "form": "SELECT", "head": head, "variables": names, "template": ""})

    def _select(self) -> str:
        return f"SELECT {self.head} WHERE {self.group} {self.tail}"

    @staticmethod
    def _slice(limit: int | None, offset: int) -> str:
        most = "" if limit is None else f"LIMIT {limit}"
        return f"{most} OFFSET {offset}".strip() if offset else most


def _without_from(
    tokens: Sequence[tuple[str, str]], start: int
) -> tuple[list[tuple[str, str]], tuple[tuple[str, str], ...]]:
    """The tokens of a query without FROM clauses, and the graphs that these name."""
    kept = list(tokens[:start])
    chosen: list[tuple[str, str]] = []
    depth, clause = 0, ""
    for place in range(start, len(tokens)):
        kind, token = tokens[place]
        if token == "{" and not depth:
            return kept + list(tokens[place:]), tuple(chosen)
        depth += {"(": 1, ")": -1}.get(token, 0)
        if kind == "word" and token.upper() == "FROM":
            clause = "default-graph-uri"
        elif clause and kind == "word" and token.upper() == "NAMED":
            clause = "named-graph-uri"
        elif clause and kind in ("iri", "name"):
            chosen.append((clause, token))
            clause = ""
        elif not clause:
            kept.append((kind, token))
    return kept, tuple(chosen)


def _constants(prologue: str, tokens: Sequence[str]) -> list[Term]:
    """The IRIs that tokens of a query stand for."""
    values = " ".join(f"({place} {token})" for place, token in enumerate(tokens))
    found = ox.Store().query(f"{prologue} SELECT ?iri {{ VALUES (?place ?iri) {{ {values} }} }} ORDER BY ?place")
    return [row["iri"] for row in cast(ox.QuerySolutions, found)]


def _undeclared(tokens: Sequence[tuple[str, str]], prefixes: Mapping[str, str]) -> str:
    """Declarations for the prefixes that a query uses and does not declare."""
    words = [token for kind, token in tokens if kind != "space"]
    declared = {name for word, name in pairwise(words) if word.upper() == "PREFIX"}
    used = {f"{token.partition(':')[0]}:" for kind, token in tokens if kind == "name"} - declared
    return "".join(f"PREFIX {name}: <{base}> " for name, base in prefixes.items() if f"{name}:" in used)


def _opening(words: Sequence[str], start: int) -> int:
    """Where the first group opens that is in no parentheses; the end where there is none."""
    depth = 0
    for place in range(start, len(words)):
        if words[place] == "{" and not depth:
            return place
        depth += {"(": 1, ")": -1}.get(words[place], 0)
    return len(words)


def _closing(words: Sequence[str], opening: int) -> int:
    """The place after the brace that closes a group."""
    depth = 0
    for place in range(opening, len(words)):
        depth += {"{": 1, "}": -1}.get(words[place], 0)
        if not depth:
            return place + 1
    return len(words)


def _sections(words: Sequence[str]) -> dict[str, str]:
    """What stands after each of GROUP, HAVING, ORDER, LIMIT, OFFSET and VALUES at the end of a query."""
    found: dict[str, list[str]] = {name: [] for name in _SECTIONS}
    depth, here = 0, ""
    for word in words:
        if not depth and word.upper() in _SECTIONS:
            here = word.upper()
            continue
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(word, 0)
        if here:
            found[here].append(word)
    return {name: "".join(part).strip() for name, part in found.items()}
