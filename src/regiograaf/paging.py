"""The text of a query in its parts, so that it can be counted, asked in pages, and in another form.

Oxigraph has parsed it before. Here it is only split into tokens, which are put together anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import pyoxigraph as ox

from regiograaf.errors import QueryError
from regiograaf.namespaces import PREFIXES

__all__ = ["Shape", "constants", "tokens_of", "variables_in", "with_paths"]

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


def tokens_of(text: str) -> list[tuple[str, str]]:
    """The tokens of a query; comments and white space are one space."""
    return [(str(m.lastgroup), " " if m.lastgroup == "space" else m[0]) for m in _TOKEN.finditer(text)]


def with_paths(text: str, answer: Callable[[str, str], str]) -> str:
    """The same query with the answer of each path of any length from or to a constant in its place.

    The answer is asked for with a variable (as it is written) and a pattern, the path with its graph; it is a pattern
    too. Paths of a graph that a variable stands for, or that need not hold, are left as they are.
    """
    tokens = tokens_of(text)
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
    return "".join(" " if kind in ("string", "iri") else token for kind, token in tokens_of(text))


def variables_in(text: str) -> set[str]:
    return {token[1:] for kind, token in tokens_of(text) if kind == "variable"}


@dataclass(frozen=True)
class Shape:
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
    ) -> Shape:
        """Take a query apart that Oxigraph has parsed."""
        tokens = tokens_of(text)
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
        keys = variables_in(order)
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

    def ordered(self) -> Shape:
        """The same query with all its columns at the end of its order."""
        columns = " ".join(f"?{name}" for name in self.variables)
        return Shape(**{**vars(self), "order": f"{self.order} {columns}".strip()})

    def select(self, names: tuple[str, ...]) -> Shape:
        """The rows that a CONSTRUCT or DESCRIBE is made of."""
        once = "" if self.limit is not None or self.offset else "DISTINCT "
        head = once + " ".join(f"?{name}" for name in names)
        return Shape(**{**vars(self), "form": "SELECT", "head": head, "variables": names, "template": ""})

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


def constants(prologue: str, tokens: Sequence[str]) -> list[ox.NamedNode]:
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
