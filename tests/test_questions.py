"""The stored questions on the real letters: rows that the letters give, each with the passage it rests on.

The rows were written from the letters. Where a question has many, those that a careless encoding gets wrong are named,
with what may not be among them.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from regiograaf.namespaces import ID
from regiograaf.queries import read_all
from tests.conftest import REPO

QUESTIONS, _ = read_all(REPO / "queries")
DRECHTSTEDEN, SAMENWERKING, WONEN = "brief/drechtsteden", "brief/samenwerking-drechtsteden", "brief/koersnotitie-wonen"
PROVINCE = ("brief/drechtsteden", "brief/haagse-regio", "brief/leidse-regio")


def rows(store: ox.Store, name: str, columns: str, **values: str) -> list[tuple[str, ...]]:
    query = QUESTIONS[name]
    answer = query.run(store, {key: f"<{ID}{value}>" for key, value in values.items()})
    places = [answer.variables.index(column) for column in columns.split()]
    short = lambda term: "" if term is None else term.value.removeprefix(ID).rsplit("#", 1)[-1]  # noqa: E731
    return [tuple(short(row[place]) for place in places) for row in answer.rows]


def test_every_question_has_a_test_here() -> None:
    text = (REPO / "tests" / "test_questions.py").read_text(encoding="utf-8")
    assert [name for name in QUESTIONS if f'"{name}"' not in text] == []


def test_wat_is_beeindigd(store: ox.Store) -> None:
    # Inleiding: the region's council and board have been abolished; no other letter ends anything
    assert rows(store, "wat-is-beeindigd", "subject relation object letter section") == [
        ("orgaan/drechtraad", "type", "Raad", SAMENWERKING, "Inleiding"),
        ("orgaan/drechtstedenbestuur", "type", "Orgaan", SAMENWERKING, "Inleiding"),
    ]


def test_brieven(store: ox.Store) -> None:
    # one pair of reference numbers on three letters; the two council notes name neither sender nor number
    gs, formateurs = "orgaan/gs-zuid-holland", "groep/formateurs"
    expected = [
        (letter, gs, formateurs, number) for letter in PROVINCE for number in ("DOS-2026-0001081", "PZH-2026-888179004")
    ]
    expected += [
        (WONEN, "orgaan/college-koersnotitie-wonen", "orgaan/raad-koersnotitie-wonen", ""),
        (SAMENWERKING, "orgaan/college-samenwerking-drechtsteden", "orgaan/raad-samenwerking-drechtsteden", ""),
    ]
    assert sorted(rows(store, "brieven", "letter sender addressee reference")) == sorted(expected)


def test_bedragen(store: ox.Store) -> None:
    found = set(rows(store, "bedragen", "role precision value unit modality letter"))
    euro, share = "eenheid/euro", "eenheid/deel"
    # "circa €140.000", a contribution of €250.000 that is counted on, 2/3 affordable and 30% social as proposed
    assert {
        ("grootheidrol/tekort", "nauwkeurigheid/circa", "140000", euro, "modaliteit/bestaand", SAMENWERKING),
        ("grootheidrol/bijdrage", "nauwkeurigheid/exact", "250000", euro, "modaliteit/verwacht", SAMENWERKING),
        ("grootheidrol/doel", "nauwkeurigheid/exact", "2/3", share, "modaliteit/gewenst", WONEN),
        ("grootheidrol/doel", "nauwkeurigheid/exact", "30", "eenheid/percent", "modaliteit/gewenst", WONEN),
    } <= found
    assert {row[4] for row in found if row[2] == "250000"} == {"modaliteit/verwacht"}


def test_termijnen(store: ox.Store) -> None:
    found = rows(store, "termijnen", "earliest latest subject relation modality letter")
    # "in juli 2023", "uiterlijk op 1 juli 2025", "op 18 september 2025", "In december 2025", "In 2026"
    for row in (
        ("2023-07-01", "2023-07-31", "groep/colleges-drechtsteden", "steltVast", "modaliteit/bestaand", SAMENWERKING),
        ("", "2025-07-01", "groep/colleges-drechtsteden", "voertUit", "modaliteit/afgesproken", SAMENWERKING),
        (
            "2025-09-18",
            "2025-09-18",
            "gebeurtenis/bestuurlijk-overleg-2025-09-18",
            "type",
            "modaliteit/voorgenomen",
            WONEN,
        ),
        ("2025-12-01", "2025-12-31", "groep/woningcorporaties", "organiseert", "modaliteit/voorgenomen", WONEN),
        ("2026-01-01", "2026-12-31", "orgaan/gs-zuid-holland", "onderzoekt", "modaliteit/voorgenomen", DRECHTSTEDEN),
    ):
        assert row in found
    moments = [row[0] or row[1] for row in found]
    assert moments == sorted(moments)


def test_wie_vraagt_wat(store: ox.Store) -> None:
    found = rows(store, "wie-vraagt-wat", "speaker addressee letter")
    # only the executive asks, and only the formateurs; the council notes ask nothing
    assert {row[:2] for row in found} == {("orgaan/gs-zuid-holland", "groep/formateurs")}
    assert {row[2] for row in found} == set(PROVINCE)
    anchors = rows(store, "wie-vraagt-wat", "letter section")
    assert ("brief/haagse-regio", "Volkshuisvesting") in anchors


def test_wat_is_aangeboden(store: ox.Store) -> None:
    found = rows(store, "wat-is-aangeboden", "speaker addressee letter section")
    # the explanation to councils is offered in all three letters
    for letter in PROVINCE:
        assert ("orgaan/gs-zuid-holland", "groep/formateurs", letter, "Wat kunt u van ons verwachten?") in found
    assert {row[2] for row in found} == set(PROVINCE)


def test_wat_bestaat_nog_niet(store: ox.Store) -> None:
    found = set(rows(store, "wat-bestaat-nog-niet", "entity status letter"))
    assert {
        ("afspraak/intentieverklaring-chemours", "modaliteit/mogelijk", DRECHTSTEDEN),
        ("agenda/ria", "modaliteit/in-ontwikkeling", DRECHTSTEDEN),
        ("agenda/investeringsagenda-novex", "modaliteit/in-ontwikkeling", DRECHTSTEDEN),
        ("orgaan/bestuurlijke-regiekamer", "modaliteit/voorgenomen", SAMENWERKING),
        ("plan/transitieplan", "modaliteit/afgesproken", SAMENWERKING),
        ("gebeurtenis/regionale-woontop", "modaliteit/voorgenomen", WONEN),
    } <= found
    existing = {
        "programma/novex-zuidelijke-randstad",
        "deal/regio-deal-2",
        "convenant/de-witt-toekomstpact",
        "orgaan/drechtraad",
    }
    assert existing.isdisjoint({row[0] for row in found})


def test_wie_neemt_deel(store: ox.Store) -> None:
    found = rows(store, "wie-neemt-deel", "actor modality letter", programma="programma/novex-zuidelijke-randstad")
    # three letters, each with its own region; in The Hague's the wish to go on
    assert {row[2] for row in found} == set(PROVINCE)
    actors = {row[0] for row in found}
    assert {"orgaan/gs-zuid-holland", "regio/drechtsteden", "regio/leidse-regio"} <= actors


def test_wat_zeggen_de_brieven_over(store: ox.Store) -> None:
    columns = "subject relation object modality letter section"
    found = rows(store, "wat-zeggen-de-brieven-over", columns, entiteit="bedrijf/chemours")
    # Chemours is party to nothing that exists: the declaration is only explored
    assert (
        "bedrijf/chemours",
        "partijBij",
        "afspraak/intentieverklaring-chemours",
        "modaliteit/mogelijk",
        DRECHTSTEDEN,
        "Leefomgeving",
    ) in found
    assert {row[5] for row in found} == {"Leefomgeving"}
    assert not [row for row in found if row[3] == "modaliteit/bestaand" and "intentieverklaring" in row[2]]


def test_themas_van_een_regio(store: ox.Store) -> None:
    found = dict(rows(store, "themas-van-een-regio", "theme only"))
    # PFAS only in the Drechtsteden, drinking water only in The Hague's, space and life sciences only in Leiden's
    assert found["thema/pfas"] == "regio/drechtsteden"
    assert found["thema/drinkwater"] == "regio/haagse-regio"
    assert found["thema/netcongestie"] == "regio/haagse-regio"
    assert found["thema/life-sciences"] == "regio/leidse-regio"
    assert found["thema/space"] == "regio/leidse-regio"
    assert "thema/woningbouw" not in found


def test_beweringen_per_brief(store: ox.Store) -> None:
    found = rows(store, "beweringen-per-brief", "letter modality claims")
    count = {(letter, modality): int(number) for letter, modality, number in found}
    assert {letter for letter, _ in count} == {*PROVINCE, SAMENWERKING, WONEN}
    assert count[SAMENWERKING, "modaliteit/beeindigd"] == 2
    assert [letter for letter, modality in count if modality == "modaliteit/verzocht"] == sorted(PROVINCE)
    for letter in (*PROVINCE, SAMENWERKING, WONEN):
        assert count[letter, "modaliteit/bestaand"] > 100


def test_groepen(store: ox.Store) -> None:
    found = {(group, letter) for group, letter in rows(store, "groepen", "group letter")}
    for group in ("groep/gemeenten", "groep/waterschappen", "groep/formateurs"):
        assert {letter for g, letter in found if g == group} >= set(PROVINCE)
    assert ("groep/netbeheerders", "brief/haagse-regio") in found
    assert ("groep/colleges-drechtsteden", SAMENWERKING) in found
    assert ("groep/zorgaanbieders", WONEN) in found


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_answer_has_a_blank_or_a_repeated_row(name: str, store: ox.Store) -> None:
    values = {p: "programma/novex-zuidelijke-randstad" for p, _ in QUESTIONS[name].parameters}
    answer = QUESTIONS[name].run(store, {key: f"<{ID}{value}>" for key, value in values.items()})
    assert answer.rows
    assert len(set(answer.rows)) == len(answer.rows)
