"""Finds amounts, percentages, fractions, counts and ranks in Dutch text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from regiograaf.reader.numbers import FIGURE, SCALES, WORD, number
from regiograaf.reader.periods import lower, periods
from regiograaf.reader.values import PeriodValue, Precision, QuantityValue, Role, Unit

__all__ = ["quantities"]

_SCALE = r"(?:miljoen|miljard|mln\b\.?|mld\b\.?|mio\b|duizend|k\b|m\b(?![²³]))"
_NUMBER = rf"(?:{FIGURE}|anderhalf|anderhalve|half|{WORD}|een(?= (?:miljoen|miljard)))"
_TO = r" ?(?:-|–|tot|à|a|en) ?"
_FIND = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?:€|eur|euro) ?(?P<euro>{FIGURE})(?:,-|,--|,=)?(?: ?(?P<euro_scale>{_SCALE}))?"
    rf"(?:(?:{_TO})(?:€ ?)?(?P<euro_to>{FIGURE})(?: ?(?P<euro_to_scale>{_SCALE}))?(?![\w%]))?"
    rf"|(?P<plain>{_NUMBER})(?: ?(?P<scale>{_SCALE}))? euro(?!\w)"
    rf"|(?P<from_percent>{FIGURE}){_TO}(?P<to_percent>{FIGURE}) ?(?:%|procent\b|percent\b)"
    rf"|(?P<percent>{FIGURE}|{WORD}) ?(?:%|procent\b|percent\b)"
    rf"|(?P<numerator>[1-9]\d?)/(?P<denominator>[1-9]\d?)(?![\w/-])"
    rf"|(?P<sign>[½⅓⅔¼¾⅕⅛])(?!\w)"
    rf"|(?P<ratio>een|één|eén|twee|drie|vier|\d{{1,2}}) (?:op|van) de (?P<out_of>{WORD}|\d{{1,3}})(?=[ ,.;:)\n]|$)"
    rf"|(?P<half>de helft)(?!\w)"
    rf"|(?P<part>een|één|twee|drie|vier) ?(?P<of_part>derde|kwart|vierde|vijfde|zesde|tiende)n?(?: deel| van)?(?!\w)"
    rf"|top[- ](?P<top>{FIGURE}|{WORD})(?!\w)"
    rf"|(?P<count>{FIGURE}|{WORD})(?: (?P<count_scale>miljoen|miljard))? (?=[^\W\d_])"
    rf")"
)
_LESS = re.compile(
    rf"(?P<between>(?<!\w)tussen (?:de )?)?(?<![\w.,/-])(?<!van )(?P<less>{FIGURE}|{WORD}) (?:à|tot|a|(?P<and>en)) $"
)
REACH_BACK = 32
"""Characters before a number in which the lesser number of its range stands."""
_WORDS = re.compile(r"[^\W\d_][\w'-]*")
_BEFORE: tuple[tuple[re.Pattern[str], Precision], ...] = (
    (
        re.compile(
            r"(?<!\w)(?:niet meer dan|maximaal|max\.|(?:een )?maximum van|ten hoogste|hooguit|hoogstens|minder dan|tot"
            r"|onder de) $"
        ),
        "maximaal",
    ),
    (
        re.compile(
            r"(?<!\w)(?:minimaal|min\.|(?:een )?minimum van|ten minste|tenminste|minstens|op zijn minst|meer dan|ruim"
            r"|zeker|boven de) $"
        ),
        "minimaal",
    ),
    (
        re.compile(
            r"(?<!\w)(?:circa|ca\.|ongeveer|zo'n|rond(?: de)?|omstreeks|bijna|naar schatting|pakweg|plusminus|±|~|\+/-"
            r"|grofweg|om en nabij(?: de)?) ?$"
        ),
        "circa",
    ),
)
_ALL = re.compile(r"(?<!\w)(?:alle|de|deze|die|onze|uw|hun) $")
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("tekort", re.compile(r"tekort|ontbre(?:ek|ken)|ontbrak|\bgat van\b|te ?weinig|onderdekking|achterstand")),
    (
        "bijdrage",
        re.compile(
            r"bijdrage|\bdra(?:gen|agt)\b[^.]*\bbij\b|bij te dragen|beta(?:alt|len)\b|cofinanci|leg(?:t|gen) in"
        ),
    ),
    (
        "budget",
        re.compile(
            r"budget|begroting|krediet|reserve|subsidie|beschikbaar|uitgetrokken|fonds\b|investe|middelen|kosten"
        ),
    ),
    (
        "doel",
        re.compile(
            r"\bdoel|streven|streeft|ambitie|uitgaande van|norm\b|taakstelling|opgave|realiseren|toevoegen|bouwen"
        ),
    ),
)
_FRACTIONS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}
_PARTS = {"derde": 3, "kwart": 4, "vierde": 4, "vijfde": 5, "zesde": 6, "tiende": 10}
_ONES = {"een": 1, "één": 1, "eén": 1, "twee": 2, "drie": 3, "vier": 4}
_MEASURES = frozenset(
    (
        "hectare",
        "ha",
        "inwoners",
        "banen",
        "fte",
        "kilometer",
        "km",
        "meter",
        "kwh",
        "mw",
        "gwh",
        "twh",
        "pj",
        "ton",
        "kilo",
    )
)
_TIMES = frozenset(
    ("jaar", "jaren", "maand", "maanden", "week", "weken", "dag", "dagen", "uur", "uren", "minuten", "seconden", "keer",
     "maal", "eeuwen", "kwartalen")
)  # fmt: skip
_NO_NOUNS = frozenset(
    ("willen", "kunnen", "moeten", "zullen", "hebben", "worden", "zijn", "gaan", "doen", "werken", "maken", "zouden",
     "mogen", "komen", "nemen", "geven", "zien", "staan", "blijven", "waren", "werden", "hadden", "samen", "tussen",
     "buiten", "binnen", "tegen", "alleen", "allen", "een", "eens", "als", "dus", "tevens", "vervolgens", "volgens",
     "namens", "langs", "sinds", "steeds", "reeds", "graden", "eigen", "dan", "van", "aan", "ten", "wegens", "tijdens",
     "jongstleden", "miljoen", "miljard", "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
     "september", "oktober", "november", "december")
)  # fmt: skip
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_COUNTED = re.compile(r"(?:woningen|huizen|inwoners|banen|huishoudens|personen|mensen|deelnemers|plekken|plaatsen)$")
_REACH = 70
"""Characters on either side of a number in which the words that tell its role are looked for."""


def quantities(text: str, dated: Iterable[PeriodValue] | None = None) -> Iterator[QuantityValue]:
    """Yield the amounts, percentages, fractions, counts and ranks in a text, in order, none inside another.

    Numbers inside a period are none; `dated` are the text's periods, found here when they are not given. A count is a
    number before a noun in the plural; spans of time are no counts. A range ("10 tot 15 procent") gives its least and
    its most, both with the wording of the whole.
    """
    low = lower(text)
    spans = [(p.start, p.stop) for p in (periods(text) if dated is None else dated)]
    starts = [start for start, _ in spans]
    for match in _FIND.finditer(low):
        place = bisect_right(starts, match.start()) - 1
        if place >= 0 and match.start() < spans[place][1] and any(sign.isdigit() for sign in match[0]):
            continue
        for value in _values(match, low):
            yield QuantityValue(
                value.start, value.stop, text[value.start : value.stop], value.unit, value.precision, value.value,
                value.numerator, value.denominator, value.role, text[value.stop - len(value.of) : value.stop],
            )  # fmt: skip


def _values(match: re.Match[str], low: str) -> Iterator[QuantityValue]:
    start, precision = _precision(low, match.start())
    stop = match.end()
    line = _around(low, start, stop)

    def made(unit: Unit, role: Role = "", end: int = stop, of: str = "") -> QuantityValue:
        told = role or _role(low, match.start(), end, line)
        return QuantityValue(start, end, "", unit, precision, role=told, of=of)

    def valued(
        value: Decimal, unit: Unit, role: Role = "", end: int = stop, of: str = "", firmness: Precision | None = None
    ) -> QuantityValue:
        base = made(unit, role, end, of)
        return QuantityValue(start, end, "", unit, firmness or precision, value, role=base.role, of=of)

    def shared(numerator: int, denominator: int) -> QuantityValue:
        base = made("deel")
        return QuantityValue(start, stop, "", "deel", precision, None, numerator, denominator, base.role)

    if match["euro"]:
        scale = match["euro_scale"] or (match["euro_to_scale"] if match["euro_to"] else None)
        amount = _scaled(match["euro"], scale)
        most = _scaled(match["euro_to"], match["euro_to_scale"] or scale) if match["euro_to"] else amount
        if match["euro_to"] and _apart(match, low):
            yield valued(amount, "euro")
            yield valued(most, "euro")
        elif most > amount:
            yield valued(amount, "euro", firmness="minimaal")
            yield valued(most, "euro", firmness="maximaal")
        else:
            end = match.end("euro_scale") if match["euro_scale"] else match.end("euro")
            yield valued(amount, "euro", end=end if match["euro_to"] else stop)
    elif match["plain"]:
        amount = _scaled(match["plain"], match["scale"])
        if least := _least(low, match.start(), match["scale"], amount):
            start = least[0]
            yield valued(least[1], "euro", firmness="minimaal")
        yield valued(amount, "euro", firmness="maximaal" if least else None)
    elif match["from_percent"]:
        yield valued(_scaled(match["from_percent"]), "percent", firmness="minimaal")
        yield valued(_scaled(match["to_percent"]), "percent", firmness="maximaal")
    elif match["percent"]:
        yield valued(_scaled(match["percent"]), "percent")
    elif match["numerator"]:
        numerator, denominator = int(match["numerator"]), int(match["denominator"])
        if numerator < denominator and (numerator, denominator) != (24, 7):
            yield shared(numerator, denominator)
    elif match["sign"]:
        yield shared(*_FRACTIONS[match["sign"]])
    elif match["ratio"]:
        numerator, denominator = _whole(match["ratio"]), _whole(match["out_of"])
        if 0 < numerator < denominator:
            yield shared(numerator, denominator)
    elif match["half"]:
        yield shared(1, 2)
    elif match["part"]:
        # "Een derde partij" and "de derde fase" are no parts of a whole.
        if match["part"] not in ("een", "één") or match["of_part"] == "kwart" or match[0].endswith((" deel", " van")):
            share = shared(_ONES[match["part"]], _PARTS[match["of_part"]])
            yield replace(share, stop=stop - len(" van") if match[0].endswith(" van") else stop)
    elif match["top"]:
        top = number(match["top"])
        yield QuantityValue(start, stop, "", "rang", "maximaal", top, role="rangorde")
    elif (counted := _counted(low, stop, line[1])) and not _is_year(match["count"], low[stop:counted]):
        begin = _ALL.search(low[max(line[0], start - 6) : start]) if precision == "exact" else None
        if begin and begin[0].startswith("alle"):
            start -= len(begin[0])
        count = _scaled(match["count"], match["count_scale"])
        if least := _least(low, match.start(), match["count_scale"], count):
            start = least[0]
            role = _count_role(low, match.start(), counted, line)
            yield valued(least[1], "aantal", role, counted, low[stop:counted], "minimaal")
            yield valued(count, "aantal", role, counted, low[stop:counted], "maximaal")
            return
        yield valued(count, "aantal", _count_role(low, match.start(), counted, line), counted, low[stop:counted])


def _least(low: str, start: int, scale: str | None, most: Decimal) -> tuple[int, Decimal] | None:
    """Where the lesser number of a range begins, and its value: "20 à 25 woningen", "tussen 2 en 3 miljoen euro"."""
    found = _LESS.search(low[max(0, start - REACH_BACK) : start])
    if found is None or (found["and"] and not found["between"]):
        return None
    value = _scaled(found["less"], scale)
    return (start - len(found[0]), value) if value < most else None


def _apart(match: re.Match[str], low: str) -> bool:
    """Whether two amounts with "en" between them are two, and no range: "tussen" tells a range."""
    between = low[match.end("euro") : match.start("euro_to")]
    return " en " in between and not low.endswith(("tussen ", "tussen de "), 0, match.start())


def _around(low: str, start: int, stop: int) -> tuple[int, int]:
    """The part of a number's line that tells about it."""
    begin, end = max(0, start - _REACH), min(len(low), stop + _REACH)
    line_end = low.find("\n", stop, end)
    return max(begin, low.rfind("\n", begin, start) + 1), end if line_end < 0 else line_end


def _scaled(text: str, scale: str | None = None) -> Decimal:
    value = number(text) * (SCALES[scale.rstrip(".")] if scale else 1)
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _whole(text: str) -> int:
    return _ONES.get(text) or int(number(text))


def _precision(low: str, start: int) -> tuple[int, Precision]:
    """Where the words that say how firm a number is begin, and how firm it is."""
    begin = max(0, start - 24)
    begin = max(begin, low.rfind("\n", begin, start) + 1)
    before = low[begin:start]
    for pattern, precision in _BEFORE:
        if found := pattern.search(before):
            return begin + found.start(), precision
    return start, "exact"


def _counted(low: str, begin: int, end: int) -> int:
    """Where the counted noun after a number ends; 0 where none is counted."""
    place = begin
    for _ in range(4):
        word = _WORDS.match(low, place, end)
        if word is None:
            return 0
        name = word[0]
        if name in _TIMES or name in _NO_NOUNS:
            return 0
        if name in _MEASURES or (len(name) > 3 and name.endswith(("en", "s", "ën"))):
            return word.end()
        if not name.endswith(("e", "er")) or low[word.end() : word.end() + 1] != " ":
            return 0
        place = word.end() + 1
    return 0


def _is_year(figure: str, noun: str) -> bool:
    """Whether a number is a year beside a participle: "in het plan voor 2030 opgenomen"."""
    return bool(_YEAR.fullmatch(figure)) and not _COUNTED.search(noun)


def _role(low: str, start: int, stop: int, line: tuple[int, int]) -> Role:
    """What an amount stands for, by the nearest telling word of its sentence."""
    best: tuple[int, Role] = (_REACH * 2, "")
    for role, pattern in _ROLES:
        for found in pattern.finditer(low, *line):
            apart = start - found.end() if found.end() <= start else found.start() - stop + _REACH // 2
            best = min(best, (apart, role))
    return best[1]


def _count_role(low: str, start: int, stop: int, line: tuple[int, int]) -> Role:
    role = _role(low, start, stop, line)
    return role if role == "tekort" else "aantal"
