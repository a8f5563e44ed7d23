"""A letter's text: canonical form, digest, sections and sentences with their offsets.

Offsets are Unicode code points in the canonical text, from 0, end exclusive; every view of the text that is used
here has the length of the canonical text, so an offset in one is an offset in all. Reading other formats than plain
text, and recognising what a text speaks of, is the reader's work.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Literal

from regiograaf.errors import SourceError

__all__ = [
    "FILLED",
    "ITEM",
    "Block",
    "Letter",
    "Sentence",
    "canonical",
    "digest",
    "find",
    "fingerprint",
    "plain",
    "read",
]

HEAD = "Briefhoofd"
SIGNATURE = "Ondertekening"
GREETING = "Aanhef"
MAX_HEADING = 80
MIN_WRAPPED, MAX_WRAPPED = 65, 160
"""Characters on a line that may go on with a sentence after a blank line; fewer where the text is wrapped narrowly."""
FEWEST_WRAPPED, SHARE_WRAPPED = 5, 0.3
"""Lines that go on in lower case, at least and of all lines, from which a text counts as hard-wrapped."""
MAX_HEAD = 30
"""Lines in which the labelled lines of a head are looked for, in a text without a salutation."""
MAX_SHORT = 24
"""Characters before a full stop in which an abbreviation is looked for."""

_SPACE = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000"
)
_OPENERS = "#>*_" + _SPACE
_CLOSERS = "*_" + _SPACE
_CLOSERS_OF_SENTENCE = "\"'”’»)]*" + _SPACE
ITEM = re.compile(
    r"(?:[-–—•*·▪▫■□●○◦‣∙➢✓\uf0b7\uf0a7]|o(?=[ \t]+[A-ZÀ-Þ])|\(?\d{1,2}[.)]|\(?[a-z]\)|[a-z]\.(?=\s+\S+\s))\s+"
)
_NUMBERED = re.compile(r"(?:\d{1,2}\.){0,3}\d{1,2}\.?[ \t]+(?=[A-ZÀ-Þ])|[IVX]{1,4}\.[ \t]+(?=[A-ZÀ-Þ])")
_LEAD = re.compile(r"(?:['’][st][- ]|[\"'’“‘„«(\[*_])*")
_SALUTATION = re.compile(r"(?:geachte?|beste)\b", re.IGNORECASE)
_CLOSING = re.compile(r"(?:hoogachtend|(?:met )?(?:vriendelijke|hartelijke|collegiale) groet(?:en)?)\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:van|aan|from|to|cc|afzender|datum|date|sent|verzonden|onderwerp|subject|betreft|(?:ons |uw )?kenmerk|bijlagen?"
    r"|aanwezig|afwezig|locatie|plaats|tijd|tijdstip|voorzitter|notulist|verslag|versie|status|auteur|opsteller"
    r"|contactpersoon|portefeuillehouder|actie)(?: [a-z.]{1,8})?\s*:",
    re.IGNORECASE,
)
_GAP = re.compile(r"\S {3,}(?=\S)")
UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""What no reader sees, as a range of a regular expression: soft hyphens, joiners, directional and order marks."""
_UNSEEN_RUN = re.compile(f"[{UNSEEN}]+")
_WORD = re.compile(r"\w")
FILLED = re.compile(r"\S")
_DIGITS = re.compile(r"\d+")
PAGE = re.compile(
    r"(?:-\s*\d{1,4}\s*-|\d{1,4}\s*/\s*\d{1,4}|(?:(?:pagina|pag\.|blad|page)\s*)\d{1,4}(?:\s*(?:van|/|of)\s*\d{1,4})?"
    r"|\d{1,4}\s+van\s+\d{1,4})",
    re.IGNORECASE,
)
_PAGED = re.compile(rf"\f|^[^\S\n]*{PAGE.pattern}[^\S\n]*$", re.IGNORECASE | re.MULTILINE)
_END = re.compile(r"(?<![.?!])[.?!]++[\"'”’»)\]*]*+(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:(?:[^\W\d_]\.)+|(?:drs|mr|dr|ir|ing|prof|ds|jhr|nr|nrs|art|artt|bijl|bijv|blz|ca|ong|plm|dhr|mw|mevr|enz|etc"
    r"|fig|hfst|tab|incl|excl|resp|tel|vgl|zgn|evt|jl|max|min|mln|mld|dzd|pag|pp|par|red|st|stb|stcrt|trb|wnd|gem|prov"
    r"|afd|dir|secr|vs|jr|sr)\.)",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?:jan|feb|febr|mrt|apr|jul|aug|sep|sept|okt|nov|dec)\.", re.IGNORECASE)
_MAY_CLOSE = frozenset(
    ("enz.", "etc.", "jl.", "e.d.", "e.a.", "a.s.", "c.s.", "n.v.t.", "v.v.", "p.j.", "mln.", "mld.", "jr.", "sr.")
)
"""Abbreviations that end a sentence as often as not: a word that seldom is a name, after them, begins the next."""
_OPENING = re.compile(
    r"(?:De|Het|Een|Dit|Dat|Deze|Die|Wij|We|U|Zij|Ze|Hij|Er|Ook|In|Op|Voor|Met|Om|Bij|Door|Naast|Daarnaast|Daarom|Daarbij"
    r"|Hierbij|Hiervoor|Hierdoor|Als|Wanneer|Indien|Omdat|Samen|Onze|Uw|Na|Sinds|Volgens|Tot|Verder|Tevens)\s"
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


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: a paragraph, list item, table row, heading, or line of the head or the signature."""

    begin: int
    end: int
    section: str
    kind: Literal["text", "row", "heading", "head"]


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
    def furniture(self) -> tuple[tuple[int, int], ...]:
        """The ranges of page numbers, and of the running headers and footers beside them."""
        return tuple(_furniture(self.text))

    @cached_property
    def body(self) -> str:
        """The text with its furniture blanked, behind a form feed; every offset stays what it is."""
        parts, begin = [], 0
        for start, stop in self.furniture:
            parts += [self.text[begin:start], "\f".ljust(stop - start)]
            begin = stop
        return "".join([*parts, self.text[begin:]])

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, in the order of the text.

        A blank line inside a hard-wrapped sentence does not end it; a heading is a short line without closing
        punctuation between finished sentences.
        """
        return tuple(_blocks(self.body))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, list items, table rows and headings, in the order of the text; none goes beyond its block."""
        return tuple(Sentence(n, *piece) for n, piece in enumerate(_pieces(self.body, self.blocks)))

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
    number: int
    begin: int
    text: str
    bare: str
    """Without white space and Markdown signs at either end."""
    turned: bool
    """Whether a page turns before it."""

    @property
    def marked(self) -> bool:
        return self.text.lstrip().startswith("#")

    @property
    def row(self) -> bool:
        """Whether it is a table row: cells between bars, parted by a tab, or three and more by runs of spaces."""
        stripped = self.text.strip()
        if stripped.startswith("|"):
            return stripped.endswith("|") and len(stripped) > 2
        if "\t" in stripped:
            return "\t" in ITEM.sub("", stripped, count=1)
        return "   " in stripped and len(_GAP.findall(stripped)) > 1


def _lines(text: str) -> list[_Line]:
    """The lines with something on them."""
    lines, begin, turned = [], 0, False
    for number, line in enumerate(text.split("\n")):
        turned = turned or "\f" in line
        bare = line.lstrip(_OPENERS).rstrip(_CLOSERS)
        if bare or line.strip():
            lines.append(_Line(number, begin, line, bare, turned))
            turned = False
        begin += len(line) + 1
    return lines


def _furniture(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lines that are page numbers, or recur where pages turn, save at the top of the first."""
    if not _PAGED.search(text):
        return
    lines = _lines(text)
    turns = {i + side for i, line in enumerate(lines) if "\f" in line.text for side in (-1, 0)}
    numbers = {
        i
        for i, line in enumerate(lines)
        if PAGE.fullmatch(line.text.strip()) or (i in turns and line.text.strip().isdecimal())
    }
    edges = {0, 1, len(lines) - 2, len(lines) - 1}
    near = {i + side for i in turns | numbers for side in (-2, -1, 0, 1, 2)} | edges
    folded = {i: _DIGITS.sub("0", lines[i].text.strip()) for i in sorted(near) if 0 <= i < len(lines)}
    count = Counter(folded.values())
    running = {
        i
        for i, line in folded.items()
        if i > 1 and count[line] > 1 and len(line) <= MAX_WRAPPED and not ITEM.match(line)
    }
    for i in sorted(numbers | running):
        yield lines[i].begin, lines[i].begin + len(lines[i].text)


def _starts_sentence(text: str, begin: int = 0) -> bool:
    lead = _LEAD.match(text, begin)
    first = text[lead.end() : lead.end() + 1] if lead else ""
    return first.isupper() or first.isdigit() or first == "€" or bool(ITEM.match(text, begin))


def _finished(line: _Line) -> bool:
    return line.text.rstrip(_CLOSERS_OF_SENTENCE).endswith((".", "?", "!", ":", ";"))


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a hard-wrapped text is laid out; `width` 0 when it is not hard-wrapped."""

    width: int = 0
    step: int = 1
    """From a line to the next of its paragraph: 2 where every other line is blank."""


def _wrap(lines: list[_Line]) -> _Wrap:
    goes_on = [
        (len(line.text.strip()), after.number - line.number)
        for line, after in pairwise(lines)
        if after.text.lstrip()[0].islower() and len(line.text) <= MAX_WRAPPED
    ]
    if len(goes_on) < max(FEWEST_WRAPPED, SHARE_WRAPPED * len(lines)):
        return _Wrap()
    lengths, steps = (sorted(values) for values in zip(*goes_on, strict=True))
    return _Wrap(lengths[len(lengths) * 9 // 10], steps[len(steps) // 2])


def _is_heading(line: _Line, before: _Line | None, after: _Line | None, wrap: _Wrap) -> bool:
    if line.marked:
        return True
    bare = line.bare
    if not bare or len(bare) > MAX_HEADING or after is None or after.turned or line.row:
        return False  # a heading never stands last on a page
    if _LABELLED.match(bare) and not bare.endswith(":"):
        return False
    numbered = _NUMBERED.match(bare)
    if numbered:
        if (before is not None and ITEM.match(before.text.strip())) or ITEM.match(after.text.strip()):
            return False
        bare = bare[numbered.end() :]
    elif ITEM.match(line.text.strip()):
        return False
    if not bare or not bare[0].isupper() or bare[-1] in ".,;!)>":
        return False
    unfinished = before is not None and before.bare and not before.row and not _finished(before)
    if before is not None and unfinished and (len(before.bare) > MAX_HEADING or _wraps(before, wrap)):
        return False
    close = after.number - line.number <= wrap.step
    if wrap.width and close and len(line.text.strip()) + len(after.text.split(None, 1)[0]) >= wrap.width:
        return False  # a line of a paragraph: the next word did not fit on it
    if bare.endswith(":") and not re.match(r"(?:Leeswijzer|Bijlage)", bare):
        return False
    return _starts_sentence(after.text.strip()) or after.marked


def _wraps(line: _Line, wrap: _Wrap) -> bool:
    least = min(MIN_WRAPPED, wrap.width * 3 // 5) if wrap.width else MIN_WRAPPED
    return least <= len(line.text.strip()) <= MAX_WRAPPED


def _blocks(text: str) -> Iterator[Block]:
    lines = _lines(text)
    wrap = _wrap(lines)
    greeting, head_end = _head(lines)
    section, block = HEAD if head_end else "", list[_Line]()
    closed = False
    heading_before: _Line | None = None
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        after = lines[i + 1] if i + 1 < len(lines) else None
        gap = before is not None and line.number - before.number > 1
        if i == greeting:
            yield from _block(block, section)
            section, block = GREETING, []
            yield from _block([line], section)
            continue
        if i == head_end and greeting < 0:
            yield from _block(block, section)
            section, block = "", []
        if _CLOSING.match(line.bare) and len(line.bare) <= MAX_HEADING:
            yield from _block(block, section)
            section, block, closed = SIGNATURE, [], True
        elif closed and _reopens(line, after):
            closed = False
        formal = i < head_end or closed
        if not formal and _is_heading(line, None if heading_before is before else before, after, wrap):
            yield from _block(block, section)
            section, block = " ".join(_UNSEEN_RUN.sub("", line.bare).rstrip(":").split()), []
            yield Block(line.begin, line.begin + len(line.text), section, "heading")
            heading_before = line
            continue
        if block and not _continues(block, line, gap, formal, wrap):
            yield from _block(block, section)
            block = []
        block.append(line)
    yield from _block(block, section)


def _block(lines: list[_Line], section: str) -> Iterator[Block]:
    if lines:
        kind: Literal["text", "row", "head"] = "row" if lines[0].row else "text"
        yield Block(
            lines[0].begin,
            lines[-1].begin + len(lines[-1].text),
            section,
            "head" if section in (HEAD, SIGNATURE) else kind,
        )


def _head(lines: list[_Line]) -> tuple[int, int]:
    """The line of the salutation (-1 without), and the first line after the letter's head (0 without)."""
    for i, line in enumerate(lines):
        if _SALUTATION.match(line.bare) and _is_salutation(line):
            return i, i
    last = -1
    for i, line in enumerate(lines[:MAX_HEAD]):
        if _LABELLED.match(line.bare):
            last = i
        elif i > last + 2:
            break
    return -1, last + 1


def _is_salutation(line: _Line) -> bool:
    return len(line.bare) <= MAX_HEADING and not line.bare.endswith((".", ";", "?"))


def _reopens(line: _Line, after: _Line | None) -> bool:
    """Whether a line under the signature opens an annex with a text of its own."""
    return (
        after is not None and (line.marked or bool(re.match(r"Bijlage\b", line.bare))) and len(after.bare) > MAX_HEADING
    )


def _continues(block: list[_Line], line: _Line, gap: bool, formal: bool, wrap: _Wrap) -> bool:
    """Whether a line goes on with the sentence or paragraph of the lines before it."""
    before, stripped = block[-1], line.text.strip()
    if formal or line.row or before.row:
        return False
    if ITEM.match(stripped):
        # A dash in a hard-wrapped sentence that happens to come first on its line begins no list.
        open_dash = stripped[0] in "–—" and not gap and _wraps(before, wrap) and not _finished(before)
        return open_dash and not ITEM.match(block[0].text.strip())
    if not gap:
        # Where lines are not wrapped, a short one without a full stop is a line of its own.
        apart = not wrap.width and not _wraps(before, wrap) and not _finished(before) and _starts_sentence(stripped)
        return not apart and not _LABELLED.match(line.bare)
    if _finished(before) or line.turned:
        return not _finished(before)
    return not _starts_sentence(stripped) or _wraps(before, wrap)


def _pieces(
    text: str, blocks: Iterable[Block]
) -> Iterator[tuple[int, int, str, Literal["sentence", "heading", "head"]]]:
    for block in blocks:
        flat = text[block.begin : block.end].replace("\n", " ")
        if block.kind == "heading":
            yield *_trim(flat, block.begin), block.section, "heading"
            continue
        kind: Literal["sentence", "head"] = "head" if block.kind == "head" else "sentence"
        for start, stop in [(0, len(flat))] if block.kind == "row" else _split(flat):
            if _WORD.search(flat, start, stop):
                yield *_trim(flat[start:stop], block.begin + start), block.section, kind


def _trim(flat: str, begin: int) -> tuple[int, int]:
    lead = len(flat) - len(flat.lstrip())
    return begin + lead, begin + len(flat.rstrip())


def _split(flat: str) -> Iterator[tuple[int, int]]:
    start, mark = 0, _end_of_mark(flat, 0)
    for match in _END.finditer(flat):
        stop = match.end()
        following = FILLED.search(flat, stop)
        if stop <= mark or following is None or not _starts_sentence(flat, following.start()):
            continue
        if _ends_short(flat, start, match.start() + 1, following.start()):
            continue
        yield start, stop
        start, mark = stop, _end_of_mark(flat, stop)
    yield start, len(flat)


def _end_of_mark(flat: str, start: int) -> int:
    """Where the number or bullet at the head of a sentence ends; `start` without one."""
    first = FILLED.search(flat, start)
    item = ITEM.match(flat, first.start()) if first else None
    return item.start() + len(item.group().rstrip()) if item else start


def _ends_short(flat: str, start: int, stop: int, following: int) -> bool:
    """Whether the full stop before `stop` belongs to an abbreviation, and does not end the sentence too."""
    last = flat[max(start, stop - MAX_SHORT) : stop].rsplit(None, 1)[-1].lstrip("(\"'“‘„")
    if _MONTH.fullmatch(last):
        return flat[following].isdigit()
    if not _ABBREVIATION.fullmatch(last):
        return False
    return last.casefold() not in _MAY_CLOSE or not _OPENING.match(flat, following)
