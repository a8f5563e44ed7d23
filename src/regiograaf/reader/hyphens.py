"""Whether a hyphen at the end of a line belongs to the word."""

from __future__ import annotations

import re

__all__ = ["vocabulary", "whole"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_KEEPS = frozenset(
    ("niet", "ex", "oud", "vice", "zuid", "noord", "oost", "west", "sociaal", "regionaal", "lokaal", "nationaal",
     "provinciaal", "publiek", "privaat", "integraal")
)  # fmt: skip
_ADJECTIVE = re.compile(r"(?:lijk|isch|ieel|ueel)$")
_SUFFIX = re.compile(r"(?:heid|heden|er|ere|ste|e|s|waardig\w*|gezind\w*)$")
_COORDINATOR = frozenset(("en", "of", "tot", "dan", "als"))
_CLASH = frozenset(
    ("aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "ij", "oe", "oi", "oo", "ou", "ui", "uu")
)  # fmt: skip


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text in lower case, those with a hyphen whole; what a broken word is looked up in."""
    return frozenset(word.casefold() for word in set(_WORD.findall(text)))


def whole(left: str, right: str, words: frozenset[str]) -> str:
    """What stands between two parts that a hyphen and a line end parted: nothing, a hyphen, or a hyphen and a space.

    A text that has the word elsewhere decides. Else a hyphen that Dutch spelling asks for is kept ("ruimtelijk-
    economisch", "auto-industrie", "PFAS-dossier", "woning- en winkelbouw"), and any other was put in by the line end.
    """
    if right.casefold() in _COORDINATOR:
        return "- "
    if not left or not left[-1].isalpha() or not right[0].isalpha() or right[0].isupper() or left[-1].isupper():
        return "-"
    before, after = left.casefold(), right.casefold()
    if before + after in words:
        return ""
    if f"{before}-{after}" in words or len(before) == 1 or before in _KEEPS:
        return "-"
    if _ADJECTIVE.search(before) and not _SUFFIX.match(after):
        return "-"
    return "-" if before[-1] + after[0] in _CLASH else ""
