"""How wide text is when it is printed, and where it breaks: a figure must know before anybody draws it.

Widths are those of Liberation Sans, which are those of Arial, Helvetica and Arimo too: whichever of them a program
has, the text is as wide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["FONTS", "LEADING", "printable", "width", "wrapped"]

FONTS = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif"
LEADING = 1.16
"""From line to line, in sizes of the font."""

_WIDTHS = {
    191: "'",
    222: "ijlłſ‘’‚",
    260: "|¦",
    278: " !,./:;I[\\]ft·ıŧìíîïĩīĭ",
    292: "ľ",
    333: "()-`r¡¨²³´¸¹“”„‹›",
    334: "{}ŀ",
    350: "•",
    355: '"',
    370: "ªº",
    375: "ť",
    389: "*",
    400: "°",
    444: "ĳ",
    469: "^",
    500: "Jcksvxyzĸ",
    537: "¶",
    552: "±÷≤≥¯",
    556: "#$0123456789?L_abdeghnopqu¢£¤¥§«»ðþđħĿŁŋ†‡–€",
    584: "µ+<=>~¬×−",
    611: "FTZ¿ßøŦŉ",
    615: "ď",
    667: "&ABEKPSVXYÞ",
    722: "CDHNRUwÐĐĦŊ",
    737: "©®Ĳ",
    778: "GOQØ",
    834: "Mm¼½¾",
    889: "%æ",
    944: "Wœ",
    1000: "ÆŒ…‰—™→←↔",
    1015: "@",
}
"""Thousandths of the font size; a letter with an accent that is not here is as wide as the letter."""
_ADVANCE = {character: advance for advance, characters in _WIDTHS.items() for character in characters}
_UNKNOWN, _WIDE = 800, 1100
"""What is not in the table is taken wide, so that a box is rather too large than too small."""
_BOLD = 1.12
"""How much wider bold text is; of single letters only the narrowest grow more."""
_PIECES = re.compile(r"\S+?(?:(?<=[^\W\d_][-/])(?=[^\W\d_])|\s+|$)")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide one line of text is, in the unit of `size`; kerning, which makes it narrower, is left out.

    >>> round(width("Één", 10), 2)
    17.79
    """
    return sum(map(_advance, text)) * size / 1000 * (_BOLD if bold else 1.0)


def _advance(character: str) -> int:
    known = _ADVANCE.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    bare = unicodedata.normalize("NFD", character)[0]
    return _ADVANCE.get(bare, _WIDE if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN)


def printable(text: object) -> str:
    """Text as one line that XML allows: white space is one space, what XML forbids becomes U+FFFD.

    Marks that turn the direction of writing are dropped: they would turn what stands after the text too.
    """
    kept = (c for c in " ".join(str(text).split()) if not "\u202a" <= c <= "\u202e" and not "\u2066" <= c <= "\u2069")
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") or c in "\ufffe\uffff" else c for c in kept)


def wrapped(
    text: str, size: float, widest: float, longest: float = 0.0, *, bold: bool = False, even: bool = True
) -> list[str]:
    """Break text into as few lines as fit `widest`, with `even` about equally long; hyphens and slashes may end one.

    A word that is wider may take up to `longest`; one that is wider still is broken itself.

    >>> wrapped("wonen-welzijn-zorgstructuur in de regio", 7, 84)
    ['wonen-welzijn-', 'zorgstructuur in de regio']
    """
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        pieces.extend(_broken(piece, size, max(longest, widest), bold))
    limit = max([widest, *(width(piece.rstrip(), size, bold=bold) for piece in pieces)])
    lines = _filled(pieces, size, limit, bold)
    if not even:
        return lines
    low, high = limit / 2, limit
    for _ in range(7):
        middle = (low + high) / 2
        narrower = _filled(pieces, size, middle, bold)
        fits = len(narrower) == len(lines) and all(width(line, size, bold=bold) <= middle for line in narrower)
        low, high = (low, middle) if fits else (middle, high)
    return _filled(pieces, size, high, bold)


def _broken(word: str, size: float, longest: float, bold: bool) -> list[str]:
    parts = []
    while width(word.rstrip(), size, bold=bold) > longest and len(word) > 1:
        fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width(word[:n], size, bold=bold) <= longest)
        parts.append(word[:fits])
        word = word[fits:]
    return [*parts, word]


def _filled(pieces: Sequence[str], size: float, widest: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        if lines and width((lines[-1] + piece).rstrip(), size, bold=bold) <= widest:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.rstrip() for line in lines]
