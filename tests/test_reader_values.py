"""Dates, periods, amounts, shares and counts as typed values: what the words say and no more."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction

import pytest

from regiograaf.reader.numbers import number
from regiograaf.reader.periods import periods
from regiograaf.reader.quantities import quantities


def bounds(text: str) -> list[tuple[str, str, str, str, str]]:
    """Wording, earliest and latest begin, earliest and latest end; "" where there is none."""
    return [
        (
            p.wording,
            *(d.isoformat() if d else "" for d in (p.earliest_begin, p.latest_begin, p.earliest_end, p.latest_end)),
        )
        for p in periods(text)
    ]


def day(text: str) -> tuple[str, str, str, str]:
    return text, text, text, text


@pytest.mark.parametrize(
    ("text", "wording", "expected"),
    [
        ("Het is op 3 november 2030 besloten.", "op 3 november 2030", day("2030-11-03")),
        ("Brief van maandag 3 nov. 2030.", "van maandag 3 nov. 2030", day("2030-11-03")),
        ("Op 03-11-2030 en verder.", "Op 03-11-2030", day("2030-11-03")),
        ("Versie 2030-11-03 ligt er.", "2030-11-03", day("2030-11-03")),
        ("Op 18 en 19 september 2030 was dat.", "Op 18 en 19 september 2030", ("2030-09-18", "", "", "2030-09-19")),
        ("In juli 2023 is dat vastgesteld.", "In juli 2023", ("2023-07-01", "", "", "2023-07-31")),
        ("Dat was in februari 2028.", "in februari 2028", ("2028-02-01", "", "", "2028-02-29")),
        ("Eind december 2025 komt het.", "Eind december 2025", ("2025-12-21", "", "", "2025-12-31")),
        ("Het is medio 2024 afgerond.", "medio 2024", ("2024-05-01", "", "", "2024-08-31")),
        ("Het begin van 2026 is druk.", "begin van 2026", ("2026-01-01", "", "", "2026-04-30")),
        ("Eind 2025 is het af.", "Eind 2025", ("2025-09-01", "", "", "2025-12-31")),
        ("In het voorjaar van 2026.", "In het voorjaar van 2026", ("2026-03-01", "", "", "2026-06-21")),
        ("In de zomer van 2031.", "In de zomer van 2031", ("2031-06-01", "", "", "2031-08-31")),
        ("De tweede helft van 2025.", "tweede helft van 2025", ("2025-07-01", "", "", "2025-12-31")),
        ("Het eerste kwartaal van 2026.", "eerste kwartaal van 2026", ("2026-01-01", "", "", "2026-03-31")),
        ("In Q3 2026.", "In Q3 2026", ("2026-07-01", "", "", "2026-09-30")),
        ("In 2026 bouwen wij.", "In 2026", ("2026-01-01", "", "", "2026-12-31")),
        ("De begroting (2024) is rond.", "2024", ("2024-01-01", "", "", "2024-12-31")),
        ("In de loop van 2031.", "In de loop van 2031", ("2031-01-01", "", "", "2031-12-31")),
        ("Zij doen sinds 2028 mee.", "sinds 2028", ("2028-01-01", "2028-12-31", "", "")),
        ("Vanaf 1 mei 2026 geldt dat.", "Vanaf 1 mei 2026", ("2026-05-01", "2026-05-01", "", "")),
        ("Per 1 januari 2030.", "Per 1 januari 2030", ("2030-01-01", "2030-01-01", "", "")),
        ("Uiterlijk 1 juli 2025.", "Uiterlijk 1 juli 2025", ("", "", "", "2025-07-01")),
        ("Uiterlijk eind 2026.", "Uiterlijk eind 2026", ("", "", "", "2026-12-31")),
        ("Vóór 15 januari 2031.", "Vóór 15 januari 2031", ("", "", "", "2031-01-14")),
        ("Nog voor 1 juli 2025.", "voor 1 juli 2025", ("", "", "", "2025-06-30")),
        ("Vóór eind 2025.", "Vóór eind 2025", ("", "", "", "2025-12-31")),
        ("De begroting voor 2026.", "voor 2026", ("2026-01-01", "", "", "2026-12-31")),
        ("Na 2026 gaan wij door.", "Na 2026", ("2027-01-01", "", "", "")),
        ("Na de zomer van 2026.", "Na de zomer van 2026", ("2026-09-01", "", "", "")),
        ("Tot en met 2030.", "Tot en met 2030", ("", "", "2030-12-31", "2030-12-31")),
        ("Tot 2030 loopt dat.", "Tot 2030", ("", "", "2029-12-31", "2029-12-31")),
        ("Tot het einde van 2027.", "Tot het einde van 2027", ("", "", "2027-12-31", "2027-12-31")),
        ("Van 2025 tot en met 2028.", "Van 2025 tot en met 2028", ("2025-01-01", "", "", "2028-12-31")),
        ("Tussen 2025 en 2030.", "Tussen 2025 en 2030", ("2025-01-01", "", "", "2030-12-31")),
        ("In de periode 2025-2030.", "In de periode 2025-2030", ("2025-01-01", "", "", "2030-12-31")),
        ("In 2025/26 gebeurt dat.", "In 2025/26", ("2025-01-01", "", "", "2026-12-31")),
        ("In mei en juni 2026.", "In mei en juni 2026", ("2026-05-01", "", "", "2026-06-30")),
        ("Van 1 juli t/m 31 december 2026.", "Van 1 juli t/m 31 december 2026", ("2026-07-01", "", "", "2026-12-31")),
        ("1 oktober 2025 tot 1 april 2026", "1 oktober 2025 tot 1 april 2026", ("2025-10-01", "", "", "2026-03-31")),
        ("In de 2e helft van 2025/het begin van 2026", "In de 2e helft van 2025/het begin van 2026",
         ("2025-07-01", "", "", "2026-04-30")),
        ("In 2023, 2024 en 2025.", "In 2023, 2024 en 2025", ("2023-01-01", "", "", "2025-12-31")),
        ("In de jaren '90 was dat.", "In de jaren '90", ("1990-01-01", "", "", "1999-12-31")),
        ("Op 3 november spreken wij u.", "Op 3 november", ("", "", "", "")),
        ("In mei is besloten.", "In mei", ("", "", "", "")),
        ("De komende jaren bouwen wij.", "De komende jaren", ("", "", "", "")),
        ("In deze bestuursperiode.", "In deze bestuursperiode", ("", "", "", "")),
        ("Op langere termijn kan dat.", "Op langere termijn", ("", "", "", "")),
        ("Onlangs is dat gebeurd.", "Onlangs", ("", "", "", "")),
        ("Al enkele jaren geleden.", "Al enkele jaren geleden", ("", "", "", "")),
    ],
)  # fmt: skip
def test_a_period(text: str, wording: str, expected: tuple[str, str, str, str]) -> None:
    assert bounds(text) == [(wording, *expected)]


@pytest.mark.parametrize(
    "text",
    [
        "Het Uitvoeringsprogramma 2024 is af.",
        "De Woonvisie 2025-2030 geldt.",
        "Kenmerk DOS-2026-0001081.",
        "Op 31 februari 2025 niet.",
        "Bel 070 - 441 66 11.",
        "Er komen 2000 woningen bij, in 2000 woningen.",
        "Dat kost € 2030.",
        "Mei nodigt uit.",
        "Dat is nu eenmaal zo.",
        "De halve zomer.",
    ],
)
def test_no_period(text: str) -> None:
    assert bounds(text) == []


def test_words_for_now_are_present_and_undated() -> None:
    text = "Momenteel bouwen wij, op dit moment en thans; tot nu toe niet, nu wel. Onlangs niet."
    assert [(p.wording, p.present, p.dated) for p in periods(text)] == [
        ("Momenteel", True, False), ("op dit moment", True, False), ("thans", True, False),
        ("tot nu toe", False, False), ("nu", True, False), ("Onlangs", False, False),
    ]  # fmt: skip


def test_two_periods_in_a_sentence_stay_two() -> None:
    text = "Het is in oktober 2023 gestart en medio 2024 afgerond, en loopt in 2023 en sinds 2028."
    assert [p.wording for p in periods(text)] == ["in oktober 2023", "medio 2024", "in 2023", "sinds 2028"]


def test_a_line_end_ends_a_period() -> None:
    assert [p.wording for p in periods("Wij beginnen in\n3 mei 2030")] == ["3 mei 2030"]


def found(text: str) -> list[tuple[str, str, str, Decimal | Fraction | None, str, str]]:
    return [
        (
            q.wording, q.unit, q.precision,
            Fraction(q.numerator, q.denominator) if q.numerator and q.denominator else q.value, q.role, q.of,
        )
        for q in quantities(text)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wording", "unit", "precision", "value", "role", "of"),
    [
        ("Het tekort is circa €140.000.", "circa €140.000", "euro", "circa", 140_000, "tekort", ""),
        ("Een bijdrage van buren (€250.000).", "€250.000", "euro", "exact", 250_000, "bijdrage", ""),
        ("In het fonds zit € 2,4 miljoen.", "€ 2,4 miljoen", "euro", "exact", 2_400_000, "budget", ""),
        ("Dat kost EUR 1.234.567,89.", "EUR 1.234.567,89", "euro", "exact", Decimal("1234567.89"), "", ""),
        ("Zo'n anderhalf miljoen euro.", "Zo'n anderhalf miljoen euro", "euro", "circa", 1_500_000, "", ""),
        ("Maximaal € 1 mln. De raad.", "Maximaal € 1 mln.", "euro", "maximaal", 1_000_000, "", ""),
        ("Het is 30% sociaal.", "30%", "percent", "exact", 30, "", ""),
        ("Minimaal 12,5 procent.", "Minimaal 12,5 procent", "percent", "minimaal", Decimal("12.5"), "", ""),
        ("Uitgaande van 2/3 betaalbaar.", "2/3", "deel", "exact", Fraction(2, 3), "doel", ""),
        ("Wij betalen de helft ervan.", "de helft", "deel", "exact", Fraction(1, 2), "bijdrage", ""),
        ("Een derde van het werk.", "Een derde", "deel", "exact", Fraction(1, 3), "", ""),
        ("Driekwart is af.", "Driekwart", "deel", "exact", Fraction(3, 4), "", ""),
        ("Het is ¾ af.", "¾", "deel", "exact", Fraction(3, 4), "", ""),
        ("Een op de vijf blijft.", "Een op de vijf", "deel", "exact", Fraction(1, 5), "", ""),
        ("Een top-5 campus.", "top-5", "rang", "maximaal", 5, "rangorde", ""),
        ("Alle zeven gemeenten.", "Alle zeven gemeenten", "aantal", "exact", 7, "aantal", "gemeenten"),
        ("De drie Waterlandse gemeenten.", "drie Waterlandse gemeenten", "aantal", "exact", 3, "aantal",
         "Waterlandse gemeenten"),
        ("Er ontbreken circa 1.900 betaalbare woningen.", "circa 1.900 betaalbare woningen", "aantal", "circa", 1900,
         "tekort", "betaalbare woningen"),
        ("Er zijn ruim 2,5 miljoen inwoners.", "ruim 2,5 miljoen inwoners", "aantal", "minimaal", 2_500_000, "aantal",
         "inwoners"),
        ("Met 12 hectare natuur.", "12 hectare", "aantal", "exact", 12, "aantal", "hectare"),
    ],
)  # fmt: skip
def test_a_quantity(text: str, wording: str, unit: str, precision: str, value: object, role: str, of: str) -> None:
    assert found(text) == [(wording, unit, precision, value, role, of)]


def test_a_range_gives_its_least_and_its_most() -> None:
    text = "Het is 10 tot 15 procent of € 5 tot 7 miljoen."
    assert [(q.wording, q.precision, q.value) for q in quantities(text)] == [
        ("10 tot 15 procent", "minimaal", 10), ("10 tot 15 procent", "maximaal", 15),
        ("€ 5 tot 7 miljoen", "minimaal", 5_000_000), ("€ 5 tot 7 miljoen", "maximaal", 7_000_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Zie hoofdstuk 2 en fase 1.",
        "Het duurt vijf jaar of drie lange maanden.",
        "Op 3 november 2030 en in 2025.",
        "Een derde partij en de derde fase.",
        "Bel 070 - 441 66 11, 24/7.",
        "Postbus 90602, 2509 LP Den Haag, de N206.",
        "Alle zeven willen samen verder.",
        "Artikel 3 van de wet.",
        "In het plan 2023 opgenomen en in dat van 2024 aangegeven.",
        "Kenmerk PZH-2026-888179004.",
    ],
)
def test_no_quantity(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.900", 1900), ("2,4", "2.4"), ("2.4", "2.4"), ("12.345.678,9", "12345678.9"), ("tweeëntwintig", 22),
     ("zestig", 60), ("zesenvijftig", 56), ("driehonderd", 300), ("vijftienduizend", 15_000), ("half", "0.5")],
)  # fmt: skip
def test_a_number(text: str, value: int | str) -> None:
    assert number(text) == Decimal(value)


def test_every_place_is_that_of_the_wording() -> None:
    text = "İn 2026 𝔘n circa € 5 miljoen; in mei 2027 zeven gemeenten."
    for value in [*periods(text), *quantities(text)]:
        assert text[value.start : value.stop] == value.wording
    assert [v.wording for v in quantities(text)] == ["circa € 5 miljoen", "zeven gemeenten"]


@pytest.mark.parametrize(
    "run", ["in 2026 ", "1.", "€ 1 tot ", "twee ", "van de ", "3 mei ", "1/", "tot en met ", "2025-", " "]
)
def test_long_runs_take_time_in_proportion(run: str) -> None:
    text = "Vijf gemeenten in 2026. " + run * 30_000 + "."
    begin = time.process_time()
    assert next(periods(text)).wording == "in 2026"
    assert next(quantities(text)).value == 5
    assert sum(1 for _ in quantities(text)) >= 1
    assert time.process_time() - begin < 20
