"""The graphs as one short text that a page can hold: each term once, each quad as what differs from the one before.

The page makes N-Quads of it again, which Oxigraph reads three times faster than TriG.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["compact", "expand"]

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def compact(lines: Iterable[str]) -> tuple[str, str]:
    """Terms and quads of N-Quads, each as lines, in an order of their own: shuffled lines give the same text.

    A line of terms is the number of characters that the term shares with the one before, in base 36, a space, and the
    rest of it. A line of quads has the numbers of subject, predicate, object and graph in base 36, separated by commas;
    a number that is the same as in the line above is left out.
    """
    quads = sorted({_parts(line) for line in lines if line.strip()})
    terms = sorted({term for quad in quads for term in quad})
    number = {term: _base36(place) for place, term in enumerate(terms)}
    rows, above = [], ("", "", "", "")
    for quad in quads:
        rows.append(",".join("" if own == old else number[own] for own, old in zip(quad, above, strict=True)))
        above = quad
    texts, before = [], ""
    for term in terms:
        shared = _shared(before, term)
        texts.append(f"{_base36(shared)} {term[shared:]}")
        before = term
    return "\n".join(texts), "\n".join(rows)


def expand(terms: str, quads: str) -> list[str]:
    """The lines of N-Quads that `compact` was given, sorted by their parts."""
    known, term = [], ""
    for line in terms.split("\n") if terms else []:
        count, _, rest = line.partition(" ")
        term = term[: int(count, 36)] + rest
        known.append(term)
    lines, row = [], ["", "", "", ""]
    for line in quads.split("\n") if quads else []:
        row = [known[int(own, 36)] if own else old for own, old in zip(line.split(","), row, strict=True)]
        lines.append(f"{' '.join(row)} .")
    return lines


def _parts(line: str) -> tuple[str, str, str, str]:
    """Subject, predicate, object and graph of a line of N-Quads: only a literal has spaces in it."""
    subject, predicate, rest = line.split(" ", 2)
    value, graph, _ = rest.rsplit(" ", 2)
    return subject, predicate, value, graph


def _shared(before: str, term: str) -> int:
    """How many characters two terms begin with together; none beyond U+FFFF, which scripts count as two."""
    count = 0
    for one, other in zip(before, term, strict=False):
        if one != other or one > "\uffff":
            break
        count += 1
    return count


def _base36(number: int) -> str:
    text = ""
    while number or not text:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text
