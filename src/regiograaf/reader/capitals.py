"""The shape of names: words with capitals and what can stand between them; where a sentence begins."""

from __future__ import annotations

import re
from functools import lru_cache

from regiograaf.reader.namewords import any_of, name_words

__all__ = [
    "DEGREES",
    "LETTER_WORD",
    "LINK",
    "PHRASE",
    "REACH",
    "SUFFIX",
    "SURNAME",
    "WORDS",
    "begins_sentence",
    "head_of",
    "listed_kind",
    "paper_of",
]

WORDS = name_words()
LETTER_WORD = r"(?:[A-ZÀ-Þ][\w&]*(?:[-'\u2013][\w&]+)*|'[st]-[A-Z][\w-]+)"
_ENGLISH = "|".join(
    rf"(?<={word} )"
    for word in (
        "Port",
        "University",
        "School",
        "Institute",
        "Centre",
        "Center",
        "College",
        "Bank",
        "House",
        "Faculty",
        "Letter",
        "Department",
        "Ministry",
        "Declaration",
        "Memorandum",
    )
)
LINK = (
    rf"(?:(?:{_ENGLISH})of(?: the)?|and|for(?: the)?"
    r"|(?:van|voor|aan|en|op|in|over|bij|te|ter|ten|&)(?: (?:de|het|den|een))?|de|der|den|het|d'|'t)"
)
_TAIL = r"(?:\d{4}(?:\s?[-–]\s?\d{4})?|\d+\.\d+|[IVX]{1,4}\b)"
_CUT = r"(?:[A-Z]\w++- (?:en|&) )?"
"""A word whose last part the next one has: "Duin- en"."""
PHRASE = rf"{_CUT}{LETTER_WORD}(?:(?: {LINK})? {_CUT}{LETTER_WORD}| {_TAIL}){{0,9}}"
_PARTICLES = r"(?:(?:[Vv]an|[Dd]e|der|den|[Tt]er|[Tt]en|'t|in 't|el|El) )*"
SURNAME = rf"{_PARTICLES}{LETTER_WORD}"
DEGREES = r"(?:M[A-Z]{1,3}|MSc|BSc|LLM|RA|PhD|EMIA|CFO)\b"
_HEAD = re.compile(r"(?P<two>(?:[\w-]+ )?(?P<one>[\w'-]+)) (?P<link>van (?:de |het )?)?$")
_HEAD_WORDS = 4
"""Words that it can hold."""
REACH = 60
"""Characters before a name that tell what it is."""
SUFFIX = re.compile(rf"({any_of(WORDS.ends)})$")
_START = re.compile(r"(?:^|[.!?:]\s+|[\"'(]\s?|\t)$")

_MARK = re.compile(r"\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s+|\(?[A-Za-z][.)]\s+|[-*\u2022]\s+)?")
"""The number or letter of an item, before its first word."""


@lru_cache(maxsize=1 << 13)
def paper_of(word: str) -> str:
    """The kind that the end of a word in lower case gives; empty for none."""
    end = SUFFIX.search(word)
    return WORDS.ends[end[1]] if end else ""


@lru_cache(maxsize=1 << 8)
def head_of(before: str) -> re.Match[str] | None:
    """The last words before a name, which can tell what it is: `one`, `two` with the word before it, and a `link`."""
    start = len(before)
    for _ in range(_HEAD_WORDS + 1):
        start = before.rfind(" ", 0, start)
        if start < 0:
            break
    return _HEAD.search(before, max(0, start))


def listed_kind(before: str) -> str:
    """The kind that a plural noun right before a name gives it: "de gemeenten Breda en Tilburg"."""
    head = head_of(before)
    return WORDS.plurals.get(head["one"].casefold(), "") if head and not head["link"] else ""


def begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence, quotation or cell begins at an offset of a line."""
    return bool(_START.search(text[max(0, start - 3) : start])) or (
        start < REACH and bool(_MARK.fullmatch(text[:start]))
    )
