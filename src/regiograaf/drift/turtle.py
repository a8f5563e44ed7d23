"""Values changed in a Turtle file that people edit: nothing else of it changes, not even its spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from rdflib import Literal, URIRef
from rdflib.term import Node

from regiograaf.errors import SourceError
from regiograaf.sources import Source, parse

__all__ = ["Change", "rewrite"]

Change = Mapping[URIRef, Mapping[URIRef, int | str]]
"""Subject -> predicate -> its new value."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^>\s]*>"
    r"|\#[^\n]*"
    r"|[;,\[\]()]"
    r"""|[^\s;,\[\]()<>"'#]+""",
    re.DOTALL,
)


def rewrite(source: Source, changes: Change) -> str:
    """The text of a source with other values for some properties of some of its blocks.

    Raises SourceError when the file says something else afterwards than it should: then nothing may be written.
    """
    text = source.text
    edits = sorted(edit for subject in changes for edit in _edits(source, subject, changes[subject]))
    parts, place = [], 0
    for begin, end, value in edits:
        parts += [text[place:begin], value]
        place = end
    new = "".join([*parts, text[place:]])
    if _said(parse(new, source.path)) != _expected(source, changes):
        raise SourceError(
            f"{source.path}: cannot be rewritten without changing more than the places. Put each property on one line, "
            "as docs/add-a-letter.md has it."
        )
    return new


def _edits(source: Source, subject: URIRef, wanted: Mapping[URIRef, int | str]) -> Iterator[tuple[int, int, str]]:
    for line in source.blocks.get(subject, ()):
        begin = 0
        for _ in range(line - 1):
            begin = source.text.index("\n", begin) + 1
        predicate: URIRef | None = None
        at_predicate, first = False, True
        for match in _TOKEN.finditer(source.text, begin):
            token = match[0]
            if token.startswith("#"):
                continue
            last = token == "." or (token.endswith(".") and not token.startswith(("<", '"', "'")))
            bare = token.rstrip(".") if last else token
            if first:
                first, at_predicate = False, True
            elif token == ";":
                at_predicate = True
            elif at_predicate and bare:
                predicate, at_predicate = _iri(source, bare), False
            elif predicate is not None and predicate in wanted and bare not in ("", ","):
                yield match.start(), match.start() + len(bare), _written(bare, wanted[predicate])
                predicate = None
            if last:
                break


def _iri(source: Source, token: str) -> URIRef | None:
    if token.startswith("<"):
        return URIRef(token[1:-1])
    prefix, colon, local = token.partition(":")
    base = source.prefixes.get(prefix)
    return URIRef(base + local) if colon and base is not None else None


def _written(token: str, value: int | str) -> str:
    quote = '"' if token.startswith(('"', "'")) or isinstance(value, str) else ""
    return f"{quote}{str(value).translate(_ESCAPES) if quote else value}{quote}"


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _said(source: Source) -> Counter[tuple[Node, Node, Node]]:
    return Counter(source.triples)


def _expected(source: Source, changes: Change) -> Counter[tuple[Node, Node, Node]]:
    found: Counter[tuple[Node, Node, Node]] = Counter()
    for s, p, o in source.triples:
        if isinstance(s, URIRef) and isinstance(p, URIRef) and s in changes and p in changes[s]:
            literal = o if isinstance(o, Literal) else Literal("")
            o = Literal(str(changes[s][p]), lang=literal.language, datatype=literal.datatype, normalize=False)
        found[s, p, o] += 1
    return found
