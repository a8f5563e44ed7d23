"""Read a marked text: its plain text, who and what is named where, and the claims that a reader should draft.

`[[surface|key]]` marks a mention; a line `> subject | relation | object | modality [| niet]` a claim of the line before
it; a first line that begins with `# ` is a remark. A key with + is new to every list, `@` is the text itself, and of
keys parted by / each is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Gold", "GoldClaim", "GoldMention", "parse"]

_MARK = re.compile(r"\[\[([^\[\]|]+)\|([^\[\]|]+)\]\]")


@dataclass(frozen=True)
class GoldMention:
    """Offsets in the plain text, code points."""

    begin: int
    end: int
    key: str


@dataclass(frozen=True)
class GoldClaim:
    """What a line says; `begin` and `end` are those of the line in the plain text."""

    subject: str
    predicate: str
    object: str
    modality: str
    denied: bool
    end: int
    begin: int = 0


@dataclass(frozen=True)
class Gold:
    """A marked text."""

    text: str
    mentions: tuple[GoldMention, ...]
    claims: tuple[GoldClaim, ...]


def parse(marked: str) -> Gold:
    """Part the markup from the text. Raises ValueError with the line of a claim that has no four parts."""
    lines: list[str] = []
    mentions: list[GoldMention] = []
    claims: list[GoldClaim] = []
    length = begin = 0
    for number, line in enumerate(marked.rstrip("\n").split("\n"), 1):
        if number == 1 and line.startswith("# "):
            continue
        if line.startswith("> "):
            parts = [part.strip() for part in line[2:].split("|")]
            if len(parts) not in (4, 5) or (len(parts) == 5 and parts[4] != "niet"):
                raise ValueError(f"line {number}: not subject | relation | object | modality [| niet]")
            claims.append(GoldClaim(*parts[:4], len(parts) == 5, length - 1, begin))
            continue
        plain, at, begin = "", 0, length
        for match in _MARK.finditer(line):
            plain += line[at : match.start()]
            mentions.append(GoldMention(length + len(plain), length + len(plain) + len(match[1]), match[2]))
            plain, at = plain + match[1], match.end()
        plain += line[at:]
        if "[[" in plain or "]]" in plain:
            raise ValueError(f"line {number}: a mark that is not [[surface|key]]")
        lines.append(plain)
        length += len(plain) + 1
    return Gold("\n".join(lines) + "\n", tuple(mentions), tuple(claims))
