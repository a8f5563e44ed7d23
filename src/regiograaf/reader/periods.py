"""Finds dates and periods in Dutch text.

Calendar words are found first ("medio 2024", "18 september 2025", "het tweede kwartaal van 2026"), then the words
before them say how they bound the period ("sinds", "uiterlijk", "na"), then neighbours are joined ("2025 tot en met
2028"). Parts of a year follow the project's codebook of letters: begin, medio and eind are thirds.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from regiograaf.reader.values import PeriodValue

__all__ = ["lower", "periods"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari febr feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul",
            "augustus aug", "september sept sep", "oktober okt", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_FULL_MONTHS = frozenset(name for name in _MONTHS if len(name) > 4 or name in ("mei", "juni", "juli"))
_ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "1e": 1, "2e": 2, "3e": 3, "4e": 4, "1ste": 1, "2de": 2,
    "3de": 3, "4de": 4, "laatste": -1,
}  # fmt: skip
_PARTS = {"kwartaal": 4, "helft": 2, "halfjaar": 2, "trimester": 3, "tertaal": 3, "viermaandsperiode": 3}
_SEASONS = {
    "voorjaar": ((0, 3, 1), (0, 6, 21)), "lente": ((0, 3, 1), (0, 6, 21)), "zomer": ((0, 6, 1), (0, 8, 31)),
    "najaar": ((0, 9, 1), (0, 12, 21)), "herfst": ((0, 9, 1), (0, 12, 21)), "winter": ((-1, 12, 1), (1, 3, 20)),
}  # fmt: skip
"""First and last day, each as (years from the year named, month, day); which winter a year means is not certain."""
_THIRDS = {"begin": 0, "medio": 1, "midden": 1, "half": 1, "halverwege": 1, "eind": 2, "einde": 2}

_YEAR = r"(?:18|19|20)\d\d"
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=lambda m: (-len(m), m))) + r")\b\.?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_OF_YEAR = rf"(?: (?:van |in )?(?:het jaar )?(?P<{{0}}>{_YEAR})(?![\w%]|[.,/-]\d))"
_THIRD = "|".join(_THIRDS)
_UNIT = re.compile(
    rf"(?<![\w.,/€-])(?:"
    rf"(?P<day>{_DAY})(?: (?:en|tot en met|t/m|tot) | ?[-–] ?)?(?P<until_day>(?<=[ –-]){_DAY})? (?P<day_month>{_MONTH})"
    rf"(?: (?P<day_year>{_YEAR})(?![\w%]|[.,/-]\d))?"
    rf"|(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:3[01]|[12]\d|0[1-9]))(?![\w-])"
    rf"|(?P<numeric>{_DAY}(?P<mark>[-/.])(?:1[0-2]|0?[1-9])(?P=mark){_YEAR})(?![\w-])"
    rf"|(?:(?P<month_third>{_THIRD}) (?:van )?)?(?P<month>{_MONTH}){_OF_YEAR.format('month_year')}?"
    rf"|(?:(?P<ordinal_from>{'|'.join(_ORDINALS)}) en (?:het |de )?)?"
    rf"(?P<ordinal>{'|'.join(_ORDINALS)}) (?P<part>{'|'.join(_PARTS)}){_OF_YEAR.format('part_year')}?"
    rf"|(?:(?:q(?P<quarter_from>[1-4]) ?(?:[-–/]|en|t/m|tot en met) ?)?q|kwartaal )(?P<quarter>[1-4])"
    rf"(?: ?[-/ ] ?| van )(?P<quarter_year>{_YEAR})(?!\w)"
    rf"|week (?P<week>[1-9]|[1-4]\d|5[0-3])(?: van|,)? (?P<week_year>{_YEAR})(?![\w%]|[.,/-]\d)"
    rf"|(?P<season>{'|'.join(_SEASONS)})\b{_OF_YEAR.format('season_year')}?"
    rf"|(?P<third>{_THIRD}){_OF_YEAR.format('third_year')}"
    rf"|jaren ['’]?(?P<decade>\d0)(?!\d)"
    rf"|(?P<from>{_YEAR}) ?[-–/] ?(?P<to>{_YEAR}|\d\d)(?![\w%]|[.,/-]\w)"
    rf"|(?P<year>{_YEAR})(?![\w%€]|[.,/-]\d)"
    rf")"
)
_WEEKDAY = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:\w*)? )"
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<last>(?:uiterlijk|niet later dan|op zijn laatst|ten laatste)(?: per| op| in| tegen| vóór| voor)?)"
    rf"|(?P<before>vóór|voorafgaand aan|eerder dan)|(?P<maybe_before>voor)"
    rf"|(?P<through>tot en met|t/m|tot aan het einde van|tot)"
    rf"|(?P<since>sinds|sedert|vanaf|met ingang van|ingaande|per|met terugwerkende kracht (?:tot|vanaf|per|naar))"
    rf"|(?P<first>(?:op zijn vroegst|op z'n vroegst|niet eerder dan|niet vóór|vroegstens)(?: in| op| per| vanaf)?)"
    rf"|(?P<after>na afloop van|na|later dan|volgend op)"
    rf"|(?P<about>rond|omstreeks|tegen|circa|ca\.)"
    rf"|(?P<ultimo>per ultimo|ultimo)"
    rf"|(?P<within>in het schooljaar|in het studiejaar|in het begrotingsjaar|in het boekjaar|in het kalenderjaar"
    rf"|over de periode|over de jaren|gedurende de looptijd|in de loop van|in de periode van|in de periode|in de jaren"
    rf"|in het jaar|in de maand|gedurende|tijdens"
    rf"|over|in|op|van|tussen|uit|d\.d\.|dd\.|heel|jaar|jaren|\())"
    rf"(?P<article> (?:de|het|den|'t))? ?{_WEEKDAY}?$"
)
_JOIN = re.compile(r" ?(?:-|–|/|,|t/m|tot en met|tot|en|of) ?(?:met )?(?:in )?(?:het |de )?")
_UNDATED = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<present>momenteel|thans|tegenwoordig|vandaag de dag|op dit (?:moment|ogenblik)|op het moment(?! dat)|voor nu"
    r"|in de huidige situatie|inmiddels|vooralsnog|nu(?! eenmaal| en dan| toe))"
    r"|(?:in |gedurende |voor )?(?:de |het )?(?:komende?|afgelopen|volgende?|vorige?|huidige|nieuwe|lopende)"
    r" (?:(?:\w+ )?(?:jaren|jaar|maanden|maand|weken|week|periode|tijd|decennia|kwartaal)"
    r"|(?:bestuurs|college|raads|kabinets|zittings|coalitie)periode|winter|zomer|voorjaar|najaar|lente|herfst)"
    r"|(?:in |gedurende )?(?:deze|dit) (?:jaar|maand|week|(?:bestuurs|college|raads|kabinets)periode"
    r"|voorjaar|najaar|zomer|winter)"
    r"|(?:begin|eind|later|eerder|medio)(?: van)? (?:dit|volgend|vorig) jaar"
    r"|(?:voor|vóór|na|in) de (?:zomer|winter|herfst|zomervakantie|(?:gemeenteraads)?verkiezingen)"
    r"|op (?:de )?(?:zeer )?(?:korte|kortere|middellange|lange|langere) termijn"
    r"|(?:al )?(?:enkele|enige|een paar|\w+) (?:jaren|jaar|maanden|weken) geleden"
    r"|(?:sinds|al) (?:enkele|enige|vele|een aantal) (?:jaren|maanden)|(?:al )?jarenlang|van oudsher"
    r"|(?:binnen|over|na) (?:\d+|een|één|anderhalf|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|enkele|enige"
    r"|een paar) (?:jaren|jaar|maanden|maand|weken|week|dagen)(?! (?:geleden|ervaring|lang|oud))"
    r"|binnen afzienbare tijd"
    r"|onlangs|recentelijk|recent(?=[ ,.;])|binnenkort|weldra|destijds|tot nu toe|tot op heden"
    r"|zo snel (?:als )?mogelijk"
    r")(?!\w)"
)
_COUNTED = re.compile(r" (?:woningen|euro|inwoners|banen|hectare|huishoudens|personen|mensen|deelnemers|meter|stuks)\b")
MAX_JOIN = 24
REACH = 48
"""Characters before a calendar word in which the words that bound it are looked for."""


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    stop: int
    first: date | None
    last: date | None
    bare: bool
    """A year and nothing else: only a date where a word before it says so."""
    month: int | None = None
    """Of a day or month without a year."""
    days: tuple[int, int] = (0, 0)


def periods(text: str) -> Iterator[PeriodValue]:
    """Yield the dates and periods in a text, in order, none inside another.

    The wording takes in the words that bound it: "uiterlijk op 1 juli 2025". A line end ends a period.
    """
    low = lower(text)
    found = [*_calendar(low), *_undated(low)]
    found.sort(key=lambda p: (p.start, -p.stop))
    place = -1
    for period in found:
        if period.start >= place:
            place = period.stop
            yield _worded(period, text)


def lower(text: str) -> str:
    """A text in lower case, of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _worded(period: PeriodValue, text: str) -> PeriodValue:
    return PeriodValue(
        period.start, period.stop, text[period.start : period.stop], period.earliest_begin, period.latest_begin,
        period.earliest_end, period.latest_end, period.present,
    )  # fmt: skip


def _undated(low: str) -> Iterator[PeriodValue]:
    for match in _UNDATED.finditer(low):
        yield PeriodValue(*match.span(), "", present=match["present"] is not None)


def _calendar(low: str) -> Iterator[PeriodValue]:
    spans: list[_Span] = []
    for match in _UNIT.finditer(low):
        span = _span(match)
        if span is None or (span.bare and _COUNTED.match(low, match.end())):
            continue
        if spans and (joined := _joined(spans[-1], span, low)):
            spans[-1] = joined
        else:
            spans.append(span)
    for span in spans:
        if period := _bounded(span, low):
            yield period


def _joined(a: _Span, b: _Span, low: str) -> _Span | None:
    """Two spans as one, where the words between them say so."""
    between = low[a.stop : b.start]
    if len(between) > MAX_JOIN or not _JOIN.fullmatch(between) or b.first is None or b.last is None:
        return None
    if a.first is None and a.month:
        year = b.first.year - (a.month > b.first.month)
        days = a.days if a.days[0] else (1, monthrange(year, a.month)[1])
        if days[1] > monthrange(year, a.month)[1]:
            return None
        a = _Span(a.start, a.stop, date(year, a.month, days[0]), date(year, a.month, days[1]), False)
    if a.first is None or a.last is None or b.last < a.first:
        return None
    words = between.strip().split(" ")[0] if " met" not in between else "t/m"
    one_day = timedelta(days=1)
    if (
        words in ("en", "of", ",")
        and b.first - a.last != one_day
        and not low.endswith(("tussen ", "tussen de "), 0, a.start)
    ):
        return None
    last = b.first - one_day if words == "tot" and b.first > a.first else b.last
    return _Span(a.start, b.stop, a.first, last, a.bare and b.bare)


def _span(match: re.Match[str]) -> _Span | None:
    """What a calendar word spans; None when there is no such day."""
    start, stop = match.span()

    def whole(first: date, last: date, bare: bool = False) -> _Span:
        return _Span(start, stop, first, last, bare)

    try:
        if match["day"]:
            month = _MONTHS[match["day_month"].rstrip(".")]
            days = int(match["day"]), int(match["until_day"] or match["day"])
            if days[1] < days[0]:
                return None
            if not match["day_year"]:
                return _Span(start, stop, None, None, False, month, days)
            year = int(match["day_year"])
            return whole(date(year, month, days[0]), date(year, month, days[1]))
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
            return whole(day, day)
        if match["numeric"]:
            numbers = [int(part) for part in match["numeric"].split(match["mark"])]
            day = date(numbers[2], numbers[1], numbers[0])
            return whole(day, day)
    except ValueError:
        return None
    if match["month"]:
        return _month(match)
    if match["part"]:
        parts = _PARTS[match["part"]]
        number = _ORDINALS[match["ordinal"]] % (parts + 1)
        low = _ORDINALS[match["ordinal_from"]] if match["ordinal_from"] else number
        if not match["part_year"] or number > parts:
            return _Span(start, stop, None, None, False)
        if not 0 < low <= number:
            return None
        return whole(_part(int(match["part_year"]), low, parts)[0], _part(int(match["part_year"]), number, parts)[1])
    if match["quarter"]:
        year, number = int(match["quarter_year"]), int(match["quarter"])
        low = int(match["quarter_from"] or number)
        return whole(_part(year, low, 4)[0], _part(year, number, 4)[1]) if low <= number else None
    if match["week"]:
        try:
            monday = date.fromisocalendar(int(match["week_year"]), int(match["week"]), 1)
        except ValueError:
            return None
        return whole(monday, monday + timedelta(days=6))
    if match["season"]:
        if not match["season_year"]:
            return _Span(start, stop, None, None, False)
        year = int(match["season_year"])
        (a, *first), (b, *last) = _SEASONS[match["season"]]
        return whole(date(year + a, *first), date(year + b, *last))
    if match["third"]:
        return whole(*_part(int(match["third_year"]), _THIRDS[match["third"]] + 1, 3))
    if match["decade"]:
        year = 1900 + int(match["decade"])
        return whole(date(year, 1, 1), date(year + 9, 12, 31))
    year = int(match["year"] or match["from"])
    until = int(match["to"] or year)
    if until < 100:
        until += year // 100 * 100
    return whole(date(year, 1, 1), date(until, 12, 31), bare=True) if until >= year else None


def _month(match: re.Match[str]) -> _Span | None:
    start, stop = match.span()
    name = match["month"].rstrip(".")
    if not match["month_year"]:
        # "mrt" alone may be anything, and "mei" a name; a month needs its name in full.
        return _Span(start, stop, None, None, False, _MONTHS[name]) if name in _FULL_MONTHS else None
    year, month = int(match["month_year"]), _MONTHS[name]
    last = monthrange(year, month)[1]
    third = _THIRDS.get(match["month_third"] or "")
    first, final = (1, last) if third is None else ((1, 10), (10, 20), (21, last))[third]
    return _Span(start, stop, date(year, month, first), date(year, month, final), False)


def _part(year: int, number: int, parts: int) -> tuple[date, date]:
    months = 12 // parts
    last = number * months
    return date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])


def _bounded(span: _Span, low: str) -> PeriodValue | None:
    """The period of a calendar word, by the words before it; None where it is a number, or part of a name."""
    begin = max(0, span.start - REACH)
    begin = max(begin, low.rfind("\n", begin, span.start) + 1)
    match = _BEFORE.search(low[begin : span.start])
    if match is None:
        if span.bare or (span.first is None and not span.days[0]):
            return None
        return _held(span.start, span)
    words = match[0]
    start = span.start if words.startswith(("(", "jaar", "jaren")) else begin + match.start()
    first, last = span.first, span.last
    if first is None or last is None or (match["about"] and first == last):
        return PeriodValue(start, span.stop, "")
    day = timedelta(days=1)
    late = low.startswith(("eind", "einde"), span.start)
    if match["last"]:
        strict = words.rstrip().endswith(("vóór", " voor"))
        return PeriodValue(start, span.stop, "", latest_end=first - day if strict else last)
    if match["before"] or (match["maybe_before"] and not span.bare):
        # "Vóór eind 2025" is by the end of it, "vóór 1 juli" not on that day.
        return PeriodValue(start, span.stop, "", latest_end=last if late else first - day)
    if match["through"]:
        end = last if late or words.startswith(("tot en met", "t/m", "tot aan")) else first - day
        return PeriodValue(start, span.stop, "", earliest_end=end, latest_end=end)
    if match["since"] and first.year == last.year:
        return PeriodValue(start, span.stop, "", earliest_begin=first, latest_begin=last)
    if match["after"]:
        return PeriodValue(start, span.stop, "", earliest_begin=last + day)
    if match["first"]:
        return PeriodValue(start, span.stop, "", earliest_begin=first)
    if match["ultimo"]:
        return PeriodValue(start, span.stop, "", last, last, last, last)
    return _held(start, span)


def _held(start: int, span: _Span) -> PeriodValue:
    """Within the span; on a day, all of that day."""
    if span.first is None:
        return PeriodValue(start, span.stop, "")
    if span.first == span.last:
        return PeriodValue(start, span.stop, "", span.first, span.first, span.first, span.first)
    return PeriodValue(start, span.stop, "", earliest_begin=span.first, latest_end=span.last)
