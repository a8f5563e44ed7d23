"""The words of the map: each in Dutch and in English, none missing and none left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from regiograaf.maps.engine import SCRIPT

MAPS = Path(__file__).parent.parent / "src" / "regiograaf" / "maps"
SOURCES = {name: (MAPS / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPT}
PAGE = (MAPS / "page.html.j2").read_text(encoding="utf-8")
WORDS = re.sub(r"^\s*//.*\n", "", SOURCES["words"], flags=re.MULTILINE)
KEYS = re.findall(r"^  (\w+): [\[{]", WORDS, re.MULTILINE)
REST = PAGE + "".join(text for name, text in SOURCES.items() if name != "words")
# Keys that are made of a value: of a facet, a layout, a measure, a number of steps.
MADE = {f"steps{n}" for n in (1, 2, 3)} | set(re.findall(r"key: '(\w+)'", SOURCES["facets"]))
MADE |= set(re.findall(r'<option value="(\w+)"', PAGE))


def entries() -> dict[str, str]:
    """The source of each entry, by its key."""
    parts = re.split(r"^  (\w+): ", WORDS.partition("const WORDS = {")[2].partition("\n};")[0], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def used() -> set[str]:
    asked = re.findall(r"\bt\('(\w+)'\)", REST) + re.findall(r'data-(?:t|label|title)="(\w+)"', REST)
    return set(asked) | MADE


def test_every_word_that_the_page_uses_exists() -> None:
    assert used() - set(KEYS) == set()


def test_every_word_is_used() -> None:
    named = set(re.findall(r"'(\w+)'|WORDS\.(\w+)|\b(\w+):", REST))
    mentioned = {name for names in named for name in names}
    assert {key for key in KEYS if key not in used() and key not in mentioned} == set()


def test_keys_are_unique() -> None:
    assert len(set(KEYS)) == len(KEYS) == len(entries())


@pytest.mark.parametrize("key", KEYS)
def test_every_word_is_there_in_two_languages(key: str) -> None:
    source = entries()[key].rstrip(" \n").rstrip(",")
    pairs = re.findall(r"^    \w+: (\[.*?\n?    ?\]|\[.*\]),$", source, re.MULTILINE) if source[0] == "{" else [source]
    assert pairs
    for pair in pairs:
        assert len(top_level(pair)) == 2, pair


def top_level(source: str) -> list[str]:
    """The parts of an array in source text, split at its own commas."""
    parts, depth, quote, last = [""], 0, "", ""
    for sign in source.strip()[1:-1]:
        if quote:
            quote = "" if sign == quote and last != "\\" else quote
        elif sign in "'`\"":
            quote = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        if sign == "," and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += sign
        last = sign
    return [part.strip() for part in parts if part.strip()]
