"""The text layer of a PDF file, in a process of its own: `pdf` starts it, and it speaks JSON."""

from __future__ import annotations

import ctypes
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from regiograaf.letters import PAGE
from regiograaf.reader.formats.layout import Cell, Line, lines, write
from regiograaf.reader.formats.limits import MAX_MEMORY, MAX_PAGES, MAX_SECONDS, MAX_TEXT

__all__ = ["main"]

GAP, CELL_GAP = 0.85, 1.8
"""Between columns, and between cells of a table, in heights of a line."""
EDGE = 3
"""Rows at the top and bottom of a page that may be running headers and footers."""
SMALL = 0.88
"""Of the usual height: below it, text at the bottom of a page is notes."""
_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"(?:https?|file)://")
_PRINTED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d{2}")
"""What browsers print above and below a page."""
_NOTE = re.compile(r"(?:\d{1,3}|\*|[a-z]\))\s*\S")


def main() -> None:
    """Read a PDF file from standard input; write what it holds, or why it cannot be read."""
    raw = sys.stdin.buffer.read()
    _bound()
    try:
        found = _read(raw)
    except ImportError:
        found = {"fault": "library"}
    except _FaultError as fault:
        found = {"fault": str(fault)}
    sys.stdout.buffer.write(json.dumps(found).encode())


class _FaultError(Exception):
    pass


def _bound() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


@dataclass(slots=True)
class _Run:
    """Characters one after the other on one line."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


def _read(raw: bytes) -> dict[str, Any]:
    import pypdfium2 as pdfium
    import pypdfium2.raw as c

    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == c.FPDF_ERR_PASSWORD or "assword" in str(error)
        raise _FaultError("password" if locked else "damaged") from error
    if len(document) > MAX_PAGES:
        raise _FaultError("pages")
    pages, length = [], 0
    for number in range(len(document)):
        try:
            runs = list(_runs(document[number], c, MAX_TEXT - length))
        except pdfium.PdfiumError as error:
            raise _FaultError("damaged") from error
        length += sum(len(run.text) + 1 for run in runs)
        pages.append(_rows(runs))
    if not any(re.search(r"\w", run.text) for rows in pages for row in rows for run in row):
        raise _FaultError("none")
    source, starts, cells = _source(pages)
    body = _without_furniture(cells)
    ordered: list[Line] = []
    notes: list[list[Cell]] = []
    for rows in body:
        rows, apart = _notes(rows, _usual_size(body))
        notes += apart
        ordered += lines(rows, GAP, CELL_GAP, ordered[-1].flow + 1 if ordered else 0)
    if notes:
        ordered += lines(notes, GAP, CELL_GAP, ordered[-1].flow + 1 if ordered else 0)
    text, offsets = write(ordered, source)
    return {
        "library": f"pypdfium2 {pdfium.PYPDFIUM_INFO.version} (PDFium {pdfium.PDFIUM_INFO.build})",
        "text": text,
        "source": source,
        "starts": offsets.starts.tolist(),
        "begins": offsets.begins.tolist(),
        "ends": offsets.ends.tolist(),
        "pages": starts,
    }


def _runs(page: Any, c: Any, most: int) -> Iterator[_Run]:
    """Yield the runs of a page that stand upright, places turned with the page."""
    text = page.get_textpage()
    count = c.FPDFText_CountChars(text)
    if count > most:
        raise _FaultError("text")
    box = c.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    runs: list[tuple[_Run, int]] = []
    current: _Run | None = None
    turn = 0
    space = False
    for i in range(count):
        code = c.FPDFText_GetUnicode(text, i)
        if code in (0x20, 0xA0, 0x0A, 0x0D, 0x09) or (code < 0x20 and code != 2):
            space = True
            continue
        if not c.FPDFText_GetLooseCharBox(text, i, box) or not c.FPDFText_GetCharOrigin(text, i, x, y):
            continue
        sign = "-" if code in (2, 0xFFFE) else chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
        if not sign or sign == "\ufffd":
            continue
        left, right, base, size = box.left, box.right, y.value, abs(box.top - box.bottom)
        if turn:
            left, right, base, size = _turned(box, x.value, y.value, turn)
        if current is not None:
            apart = left - current.right
            near = abs(base - current.base) < 0.45 * max(size, current.size) and -0.6 * size < apart < GAP * size
            if near:
                if space and apart > -0.3 * size:
                    current.text += " "
                current.text += sign
                current.right = max(current.right, right)
                current.size = max(current.size, size)
                space = False
                continue
        angle = round(c.FPDFText_GetCharAngle(text, i) / 1.5707963267948966) % 4
        if angle != turn:
            turn = angle
            left, right, base, size = box.left, box.right, y.value, abs(box.top - box.bottom)
            if turn:
                left, right, base, size = _turned(box, x.value, y.value, turn)
        bold = c.FPDFText_GetFontWeight(text, i) >= 600
        current = _Run(sign, left, right, base, size, bold)
        runs.append((current, turn))
        space = False
    text.close()
    usual = Counter[int]()
    for run, turned in runs:
        usual[turned] += len(run.text)
    upright = min(usual, key=lambda t: (-usual[t], t), default=0)
    for run, turned in runs:
        if turned == upright and run.size > 0.5:
            yield run


def _turned(box: Any, x: float, y: float, turn: int) -> tuple[float, float, float, float]:
    """Left, right, base and size of a character on its side or upside down, as if the page were turned."""
    if turn == 1:
        return box.bottom, box.top, -x, abs(box.right - box.left)
    if turn == 3:
        return -box.top, -box.bottom, x, abs(box.right - box.left)
    return -box.right, -box.left, -y, abs(box.top - box.bottom)


def _rows(runs: Sequence[_Run]) -> list[list[_Run]]:
    """The runs of a page, row by row from the top, each row from the left."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda r: (-r.base, r.left)):
        if rows and rows[-1][0].base - run.base < 0.4 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_merged(sorted(row, key=lambda r: (r.left, r.right))) for row in rows]


def _merged(row: list[_Run]) -> list[_Run]:
    merged = [row[0]]
    for run in row[1:]:
        last = merged[-1]
        apart = run.left - last.right
        if apart < GAP * max(run.size, last.size):
            glue = "" if apart < 0.12 * min(run.size, last.size) else " "
            merged[-1] = replace(
                last,
                text=last.text + glue + run.text,
                right=max(last.right, run.right),
                size=max(last.size, run.size),
                bold=last.bold and run.bold,
            )
        else:
            merged.append(run)
    return merged


def _source(pages: list[list[list[_Run]]]) -> tuple[str, list[int], list[list[list[Cell]]]]:
    """The text layer as it stands, row by row, where each page begins in it, and its cells."""
    parts: list[str] = []
    starts, cells, length = [], [], 0
    for number, rows in enumerate(pages):
        starts.append(length)
        found = []
        for row in rows:
            line = []
            for i, run in enumerate(row):
                if i:
                    parts.append("\t" if run.left - row[i - 1].right >= CELL_GAP * run.size else " ")
                    length += 1
                begin, length = length, length + len(run.text)
                parts.append(run.text)
                line.append(Cell(run.text, begin, length, run.left, run.right, -run.base, run.size, run.bold, number))
            parts.append("\n")
            length += 1
            found.append(line)
        parts.append("\f")
        length += 1
        cells.append(found)
    return "".join(parts), starts, cells


def _without_furniture(pages: list[list[list[Cell]]]) -> list[list[list[Cell]]]:
    """The pages without page numbers at their edges, and without rows that stand at the same height of other pages."""

    def edges(rows: list[list[Cell]]) -> set[int]:
        return {*range(min(EDGE, len(rows))), *range(max(0, len(rows) - EDGE), len(rows))}

    def key(row: list[Cell]) -> tuple[str, int]:
        return _DIGITS.sub("0", " ".join(cell.text for cell in row)), round(row[0].top / 6)

    count: Counter[tuple[str, int]] = Counter()
    for rows in pages:
        for words, top in {key(rows[i]) for i in edges(rows)}:
            count.update([(words, top), (words, top + 1)])
    kept = []
    for rows in pages:
        gone = {
            i
            for i in edges(rows)
            if (len(pages) > 1 and max(count[key(rows[i])], count[key(rows[i])[0], key(rows[i])[1] + 1]) > 1)
            or _is_page_number(rows[i], rows, i)
        }
        if rows and len(rows) - 1 in gone and _PRINTED.match(rows[0][0].text):
            gone.add(0)
        kept.append([row for i, row in enumerate(rows) if i not in gone])
    return kept


def _is_page_number(row: list[Cell], rows: list[list[Cell]], place: int) -> bool:
    words = " ".join(cell.text for cell in row).strip()
    if len(row) == 2 and _ADDRESS.match(row[0].text) and PAGE.fullmatch(row[1].text):
        return True
    return bool(PAGE.fullmatch(words)) or (words.isdecimal() and len(words) < 5 and place in (0, len(rows) - 1))


def _usual_size(pages: list[list[list[Cell]]]) -> float:
    sizes: Counter[float] = Counter()
    for cell in (cell for rows in pages for row in rows for cell in row):
        sizes[round(cell.size, 1)] += len(cell.text)
    return min(sizes, key=lambda size: (-sizes[size], size), default=1.0)


def _notes(rows: list[list[Cell]], usual: float) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """Part the small print at the bottom of a page, from its first number on, from the rest."""
    first = len(rows)
    while first and all(cell.size < SMALL * usual for cell in rows[first - 1]):
        first -= 1
    while first < len(rows) and not _NOTE.match(rows[first][0].text):
        first += 1
    return rows[:first], rows[first:]
