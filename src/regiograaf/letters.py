"""A letter's text: canonical form, digest, sections and sentences with their offsets.

Offsets are Unicode code points in the canonical text, from 0, end exclusive; every view of the text that is used
here has the length of the canonical text, so an offset in one is an offset in all. Reading other formats than plain
text, and recognising what a text speaks of, is the reader's work.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from regiograaf.errors import SourceError

__all__ = ["Letter", "Sentence", "canonical", "digest", "find", "fingerprint", "plain", "read"]

HEAD = "Briefhoofd"
SIGNATURE = "Ondertekening"
MAX_HEADING = 80
MIN_WRAPPED, MAX_WRAPPED = 65, 160

_TERMINAL = re.compile(r"[.?!:;][\"'”’)\]*]*$")
_ITEM = re.compile(r"(?:[-•*]|\d{1,2}\.)\s+")
_MARKUP = re.compile(r"^[#>\s*_]+|[\s*_]+$")
_SALUTATION = re.compile(r"(?:geachte|beste)\b", re.IGNORECASE)
_CLOSING = re.compile(r"(?:hoogachtend|met vriendelijke groet)\b", re.IGNORECASE)
_END = re.compile(r"[.?!]+[\"'”’)\]*]*(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]\.)+|\b(?:drs|mr|dr|ir|ing|prof|nr|nrs|art|bijv|blz|ca|dhr|mevr|enz|incl|excl|resp|tel|vgl|zgn|evt|jl|max|min|mln|mld|pag|par|red|st))\.?$",
    re.IGNORECASE,
)


def canonical(raw: bytes, name: str = "letter") -> str:
    """Decode a letter to its canonical text: UTF-8, no byte-order mark, NFC, LF.

    Raises SourceError when the bytes are not UTF-8.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: not UTF-8 at byte {error.start}. Save the text as UTF-8.") from error
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def digest(text: str) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fingerprint(passage: str) -> str:
    """The first 16 hexadecimal digits of a passage's SHA-256."""
    return digest(passage)[:16]


def plain(passage: str) -> str:
    """A passage as one reads it: white space folded, Markdown bold and heading signs removed."""
    return re.sub(r"\s+", " ", re.sub(r"\*\*|^#+\s+", "", passage)).strip()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or heading: its place and the section it stands in."""

    number: int
    begin: int
    end: int
    section: str
    kind: Literal["sentence", "heading", "head"]


@dataclass(frozen=True)
class Letter:
    """A letter's canonical text, with the name of the file it came from."""

    name: str
    text: str

    @cached_property
    def digest(self) -> str:
        return digest(self.text)

    def quote(self, begin: int, end: int) -> str:
        """The passage between two offsets, as one reads it.

        Raises SourceError when the range is not inside the text.
        """
        if not 0 <= begin < end <= len(self.text):
            raise SourceError(
                f"{self.name}: passage {begin}-{end} lies outside the text of {len(self.text)} characters."
            )
        return plain(self.text[begin:end])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, list items and headings, in the order of the text.

        A blank line inside a hard-wrapped sentence does not end it; a heading is a short line without closing
        punctuation between finished sentences.
        """
        return tuple(Sentence(n, *piece) for n, piece in enumerate(_pieces(self.text)))

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The section titles, in the order of the text."""
        return tuple(dict.fromkeys(sentence.section for sentence in self.sentences))


def read(path: Path) -> Letter:
    """Read one plain-text letter.

    Raises SourceError when the file cannot be read or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}. Check the path.") from error
    return Letter(path.name, canonical(raw, str(path)))


def find(folder: Path, sha256: str, name: str) -> Letter | None:
    """The letter with this digest in a folder, else the one with this file name, else None."""
    if not folder.is_dir():
        raise SourceError(f"{folder}: no such folder of letters. Point --letters at the folder with the texts.")
    named = None
    for path in sorted(folder.glob("*.txt"), key=lambda p: (p.name != name, p.name)):
        letter = read(path)
        if letter.digest == sha256:
            return letter
        if path.name == name:
            named = letter
    return named


@dataclass(frozen=True, slots=True)
class _Line:
    begin: int
    text: str

    @property
    def bare(self) -> str:
        return _MARKUP.sub("", self.text)

    @property
    def marked(self) -> bool:
        return self.text.lstrip().startswith("#")


def _lines(text: str) -> list[_Line]:
    lines, begin = [], 0
    for line in text.split("\n"):
        lines.append(_Line(begin, line))
        begin += len(line) + 1
    return lines


def _starts_sentence(text: str) -> bool:
    return bool(re.match(r"[\"'“‘(\[*_]*[A-Z0-9À-Þ]", text)) or bool(_ITEM.match(text))


def _is_heading(line: _Line, before: _Line | None, after: _Line | None) -> bool:
    if line.marked:
        return True
    bare = line.bare
    if not bare or len(bare) > MAX_HEADING or _ITEM.match(line.text.strip()) or not bare[0].isupper():
        return False
    if bare[-1] in ".,;!" or bare[-1] in ")>" or after is None:
        return False
    if (
        before is not None
        and not _TERMINAL.search(before.text.rstrip())
        and before.bare
        and len(before.bare) > MAX_HEADING
    ):
        return False
    if before is not None and _wraps(before) and not _TERMINAL.search(before.text.rstrip()):
        return False
    if bare.endswith(":") and not re.match(r"(?:Leeswijzer|Bijlage)", bare):
        return False
    return _starts_sentence(after.text.strip()) or after.marked


def _wraps(line: _Line) -> bool:
    return MIN_WRAPPED <= len(line.text.strip()) <= MAX_WRAPPED


def _blocks(text: str) -> Iterator[tuple[str, bool, list[_Line]]]:
    """Yield (section, is heading, lines) for every run of lines that belongs together."""
    lines = _lines(text)
    filled = [i for i, line in enumerate(lines) if line.text.strip()]
    has_salutation = any(_SALUTATION.match(lines[i].bare) for i in filled)
    section, block = HEAD if has_salutation else "", list[_Line]()
    in_head, closed = has_salutation, False
    heading_before: _Line | None = None
    for position, i in enumerate(filled):
        line = lines[i]
        before = lines[filled[position - 1]] if position else None
        after = lines[filled[position + 1]] if position + 1 < len(filled) else None
        gap = bool(position) and i - filled[position - 1] > 1
        if in_head and _SALUTATION.match(line.bare):
            in_head, section_next = False, "Aanhef"
            if block:
                yield section, False, block
                block = []
            section = section_next
            yield section, False, [line]
            continue
        if _CLOSING.match(line.bare):
            closed = True
            if block:
                yield section, False, block
                block = []
            section = SIGNATURE
        heading = not in_head and not closed and _is_heading(line, None if heading_before is before else before, after)
        if heading:
            if block:
                yield section, False, block
                block = []
            section = line.bare.rstrip(":").strip()
            yield section, True, [line]
            heading_before = line
            continue
        if block and not _continues(block[-1], line, gap, in_head or closed):
            yield section, False, block
            block = []
        block.append(line)
    if block:
        yield section, False, block


def _continues(before: _Line, line: _Line, gap: bool, formal: bool) -> bool:
    """Whether a line goes on with the sentence or paragraph of the line before it."""
    stripped = line.text.strip()
    if formal or _ITEM.match(stripped):
        return False
    if not gap:
        return True
    if _TERMINAL.search(before.text.rstrip()):
        return False
    return not _starts_sentence(stripped) or _wraps(before)


def _pieces(text: str) -> Iterator[tuple[int, int, str, Literal["sentence", "heading", "head"]]]:
    for section, heading, lines in _blocks(text):
        begin = lines[0].begin
        end = lines[-1].begin + len(lines[-1].text)
        flat = text[begin:end].replace("\n", " ")
        if heading:
            yield *_trim(flat, begin), section, "heading"
            continue
        kind: Literal["sentence", "head"] = "head" if section in (HEAD, SIGNATURE) else "sentence"
        for start, stop in _split(flat):
            if re.search(r"\w", flat[start:stop]):
                yield *_trim(flat[start:stop], begin + start), section, kind


def _trim(flat: str, begin: int) -> tuple[int, int]:
    lead = len(flat) - len(flat.lstrip())
    return begin + lead, begin + len(flat.rstrip())


def _split(flat: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in _END.finditer(flat):
        rest = flat[match.end() :].lstrip()
        item = _ITEM.match(flat[start:].lstrip())
        inside_number = item is not None and match.end() <= flat.index(item.group().strip(), start) + len(
            item.group().strip()
        )
        if inside_number or not rest or not _starts_sentence(rest) or _ends_short(flat[start : match.start() + 1]):
            continue
        yield start, match.end()
        start = match.end()
    yield start, len(flat)


def _ends_short(sentence: str) -> bool:
    last = sentence.rsplit(None, 1)[-1].lstrip("(\"'“‘")
    return bool(_ABBREVIATION.fullmatch(last))
