"""Questions as `.rq` files: header, parameters, and a safe way to run any SPARQL on a store.

A header is lines of `#+ key: value` (grlc); a parameter is a variable `?_name_iri` or `?_name_string` in the text.
Only reading is allowed: no update, no SERVICE, no FROM.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from regiograaf.errors import QueryError
from regiograaf.namespaces import PREFIXES

__all__ = ["Answer", "Query", "read_all", "run", "safe", "select"]

MAX_CHARACTERS = 100_000
MAX_DEPTH = 200

_HEADER = re.compile(r"^#\+\s?(.*)$")
_PARAMETER = re.compile(r"[?$]_(?P<name>[a-z]+(?:_[a-z]+)*?)_(?P<kind>iri|string)\b")
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*> | \"\"\"(?:[^\\]|\\.)*?\"\"\" | '''(?:[^\\]|\\.)*?'''
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | \#[^\n\r]* """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_REFUSED = re.compile(r"\b(SERVICE|FROM|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE)
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


def nearest(name: str, queries: Mapping[str, Query]) -> str:
    """The message for a question that does not exist."""
    near = difflib.get_close_matches(name, queries, 1)
    hint = f" Nearest: {near[0]}." if near else ""
    return f'no query "{name}".{hint} "regiograaf queries" lists all {len(queries)}.'


def safe(text: str) -> None:
    """Refuse what could change the data, reach outside the dataset, or crash the engine.

    Raises QueryError.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(f"the query has {len(text)} characters; at most {MAX_CHARACTERS} are taken. Shorten it.")
    plain = _TOKEN.sub(" ", _CODEPOINT.sub(lambda m: chr(int(m[1] or m[2], 16)), text))
    depth = deepest = 0
    for character in plain:
        if character in "({[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")}]":
            depth -= 1
    if deepest > MAX_DEPTH or re.search(r"(?:!\s*){50}", plain):
        raise QueryError(f"the query is nested deeper than {MAX_DEPTH}. Make it flatter.")
    without_names = re.sub(r"[?$]\w+|[\w.-]*:[\w.%-]*", " ", plain)
    if match := _REFUSED.search(without_names):
        word = match[1].upper()
        what = {"SERVICE": "asks another server", "FROM": "chooses its own graphs"}.get(word, "changes data")
        raise QueryError(f"{word} is refused: it {what}. Ask with GRAPH over the graphs of the dataset.")


def parse(text: str, name: str = "query") -> None:
    """Check that a query parses.

    Raises QueryError with the parser's line and column.
    """
    run(ox.Store(), text, name)


def run(store: ox.Store, text: str, name: str = "query") -> Answer:
    """Answer any reading SPARQL query; without GRAPH it sees the default graph, the merge of all graphs.

    Raises QueryError when it is refused or cannot be parsed.
    """
    safe(text)
    try:
        result = store.query(text, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        message = str(error.msg).split("\n")[0]
        raise QueryError(f"{name}: not SPARQL: {message}. Look just before that place.") from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"{name}: {error}.") from error
    if isinstance(result, ox.QueryBoolean):
        return Answer(truth=bool(result))
    if isinstance(result, ox.QueryTriples):
        return Answer(triples=tuple(result))
    variables = tuple(variable.value for variable in result.variables)
    return Answer(variables, tuple(_rows(result, len(variables))))


def select(store: ox.Store, text: str) -> ox.QuerySolutions:
    """The solutions of a SELECT of our own, over named graphs only."""
    return cast("ox.QuerySolutions", store.query(text))


def _rows(solutions: Any, width: int) -> Iterator[tuple[Any, ...]]:
    for solution in solutions:
        yield tuple(solution[i] for i in range(width))
