"""Questions as `.rq` files: header, parameters, and a safe way to run any SPARQL on a store.

A header is lines of `#+ key: value` (grlc); a parameter is a variable `?_name_iri` or `?_name_string` in the text.
Only reading is allowed: no update, no SERVICE, and FROM only for graphs that the store has. Limits on time and memory
are kept in `workers`: the engine itself has none.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

import pyoxigraph as ox

from regiograaf.errors import QueryError
from regiograaf.prefixes import BASE, PREFIXES

__all__ = ["Answer", "Query", "RefusedError", "chosen_graphs", "mistake", "read_all", "run", "safe", "select"]

MAX_CHARACTERS = 100_000
MAX_DEPTH = 200

_HEADER = re.compile(r"^#\+\s?(.*)$")
_PARAMETER = re.compile(r"[?$]_(?P<name>[a-z]+(?:_[a-z]+)*?)_(?P<kind>iri|string)\b")
_TOKEN = re.compile(
    r"""(?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
      | (?P<string> \"\"\"(?:[^\\"]|\\.|"(?!""))*\"\"\" | \'\'\'(?:[^\\']|\\.|'(?!''))*\'\'\'
                  | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
      | (?P<comment> \#[^\n\r]* )
      | (?P<variable> [?$]\w+ )
      | (?P<language> @[A-Za-z][A-Za-z0-9-]* )
      | (?P<blank> _:[\w.-]* )
      | (?P<name> (?: [^\W\d][\w.-]*+ )? : (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*+ )
      | (?P<number> \d[\d.]*+ )
      | (?P<word> [^\W\d][\w.-]*+ )
      | (?P<open> [({\[] ) | (?P<close> [)}\]] )
      | (?P<space> \s+ )
      | (?P<mark> . )""",
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})
_SUSPECT = ("SERVICE", "\\U", *sorted(_UPDATES))
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_HIDDEN_SERVICE = re.compile(
    r"SERVICE(?:\s|#[^\n\r]*[\n\r])*(?:SILENT(?:\s|#[^\n\r]*[\n\r])*)?"
    r"(?:<[^<>{}]*>|[?$]\w+|[\w.-]*:[^\s{}<>]*)(?:\s|#[^\n\r]*[\n\r])*\{",
    re.IGNORECASE,
)
_REQUIRED = ("summary", "summary-en", "question", "question-en", "tags")


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    """Terms of pyoxigraph, None where a variable is unbound; triples as three terms."""
    truth: bool | None = None
    triples: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class Query:
    """One question: its name, header, text and parameters."""

    name: str
    text: str
    header: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """(name, kind) of each parameter, in the order of the text."""
        return tuple(dict.fromkeys((m["name"].replace("_", "-"), m["kind"]) for m in _PARAMETER.finditer(self.text)))

    @classmethod
    def read(cls, path: Path) -> Query:
        """Read one `.rq` file.

        Raises QueryError, with file and line, when the header is broken or a part of it is missing.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path}: cannot be read ({error}). Check the path; save as UTF-8.") from error
        return cls(path.stem, text, _header(text, path))

    def bind(self, values: Mapping[str, Any]) -> str:
        """The query's text with its parameters filled in by terms, written as N-Triples.

        Raises QueryError for a parameter the question does not have, or one it has and was not given.
        """
        names = [name for name, _ in self.parameters]
        takes = f"it takes: {', '.join(names)}" if names else "it takes none"
        for name in values:
            if name not in names:
                raise QueryError(f'query "{self.name}" has no parameter "{name}"; {takes}.')
        missing = [name for name in names if name not in values]
        if missing:
            example = " ".join(f'-p {name}="…"' for name in names)
            raise QueryError(f'query "{self.name}" needs {", ".join(missing)}. Add {example}.')
        return _PARAMETER.sub(lambda m: str(values[m["name"].replace("_", "-")]), self.text)

    def run(self, store: ox.Store, values: Mapping[str, Any] | None = None) -> Answer:
        """Answer the question on a store."""
        return run(store, self.bind(values or {}))


def _header(text: str, path: Path) -> dict[str, str | tuple[str, ...]]:
    header: dict[str, str | tuple[str, ...]] = {}
    key = ""
    for number, line in enumerate(text.splitlines(), 1):
        match = _HEADER.match(line)
        if not match:
            continue
        content = match[1].rstrip()
        if content.lstrip().startswith("- "):
            value = header.get(key, ())
            if not key or isinstance(value, str):
                raise QueryError(f'{path}:{number}: list item without a key. Put "key:" on the line above.')
            header[key] = (*value, content.lstrip()[2:].strip())
            continue
        name, colon, value_text = content.partition(":")
        if not colon or not re.fullmatch(r"[a-z-]+", name.strip()):
            raise QueryError(f'{path}:{number}: header line is not "key: value". Write #+ summary: …')
        key = name.strip()
        header[key] = value_text.strip() or ()
    missing = [name for name in _REQUIRED if not header.get(name)]
    if missing:
        raise QueryError(f"{path}:1: header has no {', '.join(missing)}. Add #+ {missing[0]}: …")
    return header


def read_all(folder: Path) -> tuple[dict[str, Query], list[str]]:
    """All questions of a folder by name, and one message for each file that is broken."""
    found, problems = {}, []
    for path in sorted(folder.glob("*.rq")):
        try:
            query = Query.read(path)
            parse(query.bind({name: _example(kind) for name, kind in query.parameters}), str(path))
            found[query.name] = query
        except QueryError as error:
            problems.append(str(error))
    return found, problems


def _example(kind: str) -> str:
    return "<https://example.org/x>" if kind == "iri" else '"x"'


def nearest(name: str, queries: Collection[str]) -> str:
    """The message for a question that does not exist."""
    near = difflib.get_close_matches(name, queries, 1)
    hint = f" Nearest: {near[0]}." if near else ""
    return f'no query "{name}".{hint} "regiograaf queries" lists all {len(queries)}.'


class RefusedError(QueryError):
    """A query that would change the data or reach outside the dataset."""


def safe(text: str) -> None:
    """Refuse what could change the data, reach outside the dataset, or crash the engine.

    FROM is not looked at here: the engine reads only graphs of the store, and `run` refuses others.

    Raises QueryError, RefusedError for what is not allowed.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(f"the query has {len(text)} characters; at most {MAX_CHARACTERS} are taken. Shorten it.")
    upper = text.upper()
    shallow = text.count("!") <= 50 and sum(map(text.count, "({[")) <= MAX_DEPTH
    if shallow and not any(word in upper for word in _SUSPECT):
        return  # nothing in it that needs a closer look
    _check(text)
    decoded = _CODEPOINT.sub(_character, text)
    if decoded != text:  # the standard takes escapes as the characters they stand for, also in keywords
        _check(decoded)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


def _check(text: str) -> None:
    """Look at the words of a query as the engine may read them: it needs no space between a keyword and its neighbour,
    and takes `<` for a comparison where one can stand."""
    depth = nots = 0
    doubtful = False
    previous = before = ""
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup or "", match[0]
        if kind in ("space", "comment"):
            continue
        nots = nots + 1 if token == "!" else 0
        depth += (kind == "open") - (kind == "close")
        if depth > MAX_DEPTH or nots > 50:
            raise QueryError(f"the query is nested deeper than {MAX_DEPTH}. Make it flatter.")
        if kind == "word":
            _check_word(token.upper(), previous)
        elif token == "{" and before == "name" and "SERVICE" in previous.partition(":")[0].upper():
            raise _refused("SERVICE")
        elif kind == "iri" and "#" in token and not _ABSOLUTE.match(token):
            doubtful = True  # a comparison, then a comment that may hide what follows
        previous, before = token, kind
    if doubtful and _HIDDEN_SERVICE.search(text):
        raise _refused("SERVICE")


def _check_word(word: str, previous: str) -> None:
    if "SERVICE" in word:
        raise _refused("SERVICE")
    if word in _UPDATES and previous not in ("@", "^^"):
        raise _refused(word)


def _refused(word: str) -> RefusedError:
    what = "asks another server" if word == "SERVICE" else "changes data"
    return RefusedError(f"{word} is refused: it {what}. Ask with GRAPH over the graphs of the dataset.")


def chosen_graphs(text: str, base: str | None, prefixes: Mapping[str, str]) -> list[str]:
    """The graphs that a query names after FROM and FROM NAMED, in its order; what cannot be resolved is left out."""
    if "FROM" not in text.upper() and "\\" not in text:
        return []
    known, found, words = dict(prefixes), [], [""]
    for match in _TOKEN.finditer(_CODEPOINT.sub(_character, text)):
        kind, token = match.lastgroup or "", match[0]
        if kind in ("space", "comment"):
            continue
        if token == "{" or token.upper() == "WHERE":
            break
        before = [word.upper() for word in words[-2:]]
        if kind == "iri":
            iri = urljoin(base, token[1:-1]) if base else token[1:-1]
            if before[-1] == "BASE":
                base = iri
            elif before[0] == "PREFIX":
                known[words[-1].removesuffix(":")] = iri
            elif before[-1] == "FROM" or before == ["FROM", "NAMED"]:
                found.append(iri)
        elif kind == "name" and (before[-1] == "FROM" or before == ["FROM", "NAMED"]):
            prefix, _, local = token.partition(":")
            if prefix in known:
                found.append(known[prefix] + re.sub(r"\\(.)", r"\1", local))
        words.append(token)
    return found


def parse(text: str, name: str = "query") -> None:
    """Check that a query parses.

    Raises QueryError with the parser's line and column.
    """
    run(ox.Store(), text, name, any_graph=True)


def run(store: ox.Store, text: str, name: str = "query", *, any_graph: bool = False) -> Answer:
    """Answer any reading SPARQL query; without GRAPH it sees the default graph, the merge of all graphs.

    Raises QueryError when it is refused or cannot be parsed.
    """
    graphs = _looked_at(text)
    if not any_graph:
        only_own_graphs(store, graphs)
    try:
        result = store.query(text, base_iri=BASE, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise QueryError(f"{name}: not SPARQL: {mistake(error, text)}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"{name}: {error}.") from error
    if isinstance(result, ox.QueryBoolean):
        return Answer(truth=bool(result))
    if isinstance(result, ox.QueryTriples):
        return Answer(triples=tuple(result))
    variables = tuple(variable.value for variable in result.variables)
    return Answer(variables, tuple(_rows(result, len(variables))))


@lru_cache(maxsize=512)
def _looked_at(text: str) -> tuple[str, ...]:
    """The graphs that a query chooses, if it is safe; a stored question is looked at once."""
    safe(text)
    return tuple(chosen_graphs(text, BASE, PREFIXES))


def only_own_graphs(store: ox.Store, graphs: Iterable[str]) -> None:
    """Refuse a dataset with a graph that the store does not have.

    Raises RefusedError.
    """
    for graph in graphs:
        try:
            known = store.contains_named_graph(ox.NamedNode(graph))
        except ValueError:
            known = False
        if not known:
            raise RefusedError(f"FROM <{graph}> is refused: the dataset has no such graph. Ask for its own graphs.")


def mistake(error: SyntaxError, text: str) -> str:
    """What the engine says of a query that does not parse, as one sentence with line and column."""
    message = str(error.msg)
    place = re.search(r"(?:error at |line )(\d+)(?::| column )(\d+)", message)
    if place is None:
        return f"{' '.join(message.split())[:200]}. Look just before that place."
    line, column = int(place[1]), int(place[2])
    for known, words in (
        ("Prefix not found", "a prefix is not declared"),
        ("variable that is unbound", "SELECT has a variable that is neither grouped nor bound"),
        ("Invalid IRI", "an IRI is not valid, or relative"),
    ):
        if known in message:
            return f"{words}, before line {line}, column {column}. Mend it there."
    lines = text.splitlines()
    found = lines[line - 1][column - 1 :][:20].strip() if line <= len(lines) else ""
    near = f'"{found}"' if found else "the end of the line"
    return f"{near} is not expected at line {line}, column {column}. Look just before that place."


def select(store: ox.Store, text: str) -> ox.QuerySolutions:
    """The solutions of a SELECT of our own, over named graphs only."""
    return cast("ox.QuerySolutions", store.query(text))


def _rows(solutions: Any, width: int) -> Iterator[tuple[Any, ...]]:
    for solution in solutions:
        yield tuple(solution[i] for i in range(width))


def names_in(text: str) -> list[str]:
    """The prefixed names and the IRIs in angle brackets that a query uses, each once, in its order."""
    found, previous = [], ""
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup or "", match[0]
        if kind in ("space", "comment"):
            continue
        declaring = previous in ("PREFIX", "BASE", "declared")
        if kind in ("iri", "name") and not declaring:
            found.append(token)
        previous = "declared" if previous == "PREFIX" else token.upper()
    return list(dict.fromkeys(found))


def order_of(text: str) -> list[tuple[str, bool]] | None:
    """(variable, descending) of a query's last ORDER BY, or None when it has none or orders by more than variables."""
    words: list[str] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup or "", match[0]
        if kind in ("space", "comment"):
            continue
        if token == "{":
            depth += 1
        elif token == "}":
            depth -= 1
            words = []
        elif depth == 0:
            words.append(token)
    upper = [word.upper() for word in words]
    if "ORDER" not in upper:
        return None
    found: list[tuple[str, bool]] = []
    rest = words[upper.index("ORDER") + 2 :]
    while rest and rest[0].upper() not in ("LIMIT", "OFFSET", "VALUES"):
        if rest[0][0] in "?$":
            found.append((rest.pop(0)[1:], False))
        elif rest[0].upper() in ("ASC", "DESC") and len(rest) > 3 and rest[1] == "(" and rest[2][0] in "?$":
            found.append((rest[2][1:], rest[0].upper() == "DESC"))
            del rest[:4]
        else:
            return None
    return found
