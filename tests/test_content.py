"""The shipped data as a whole: what careless encoding gets wrong, and what nothing may break."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import RDF

from regiograaf.checks import check
from regiograaf.coverage import coverage, summary
from regiograaf.dataset import Build, compile_project, read_project
from regiograaf.namespaces import GRAPH, ID, LETTER, MODALITY, RG
from tests.conftest import REPO


def node(name: str) -> URIRef:
    return URIRef(ID + name)


def term(name: str) -> URIRef:
    return URIRef(f"{RG}{name}")


@pytest.fixture(scope="module")
def made() -> Build:
    return compile_project(read_project(REPO))


@pytest.fixture(scope="module")
def verified(real_letters: Path) -> Build:
    return compile_project(read_project(REPO), real_letters)


def facts(made: Build) -> set:
    return set(made.graphs[GRAPH["asserted"]]) | set(made.graphs[GRAPH["inferred"]])


def claims(made: Build) -> list:
    return [claim for of_letter in made.claims.values() for claim in of_letter]


def status(made: Build, name: str) -> str:
    (found,) = {o for s, p, o in made.graphs[GRAPH["entiteiten"]] if s == node(name) and p == RG.bestaansstatus}
    return str(found).rsplit("/", 1)[-1]


@pytest.mark.parametrize("root", ["", "examples"])
def test_shipped_data_are_without_findings(root: str) -> None:
    findings, _ = check(read_project(REPO / root))
    assert [str(f) for f in findings if f.level != "info"] == []


def test_encoding_is_thorough(made: Build) -> None:
    assert len({claim.iri for claim in claims(made)}) > 500
    used = {
        end
        for claim in claims(made)
        for end in (claim.subject, claim.object)
        if end.startswith(ID) and "/thema/" not in end
    }
    assert len(used) > 300


def test_declaration_with_chemours_is_a_claim_and_no_fact(made: Build) -> None:
    declaration = node("afspraak/intentieverklaring-chemours")
    about = [c for c in claims(made) if declaration in (c.subject, c.object)]
    assert about
    assert not any(c.asserts for c in about)
    assert status(made, "afspraak/intentieverklaring-chemours") == "mogelijk"
    assert {p for s, p, o in facts(made) if declaration in (s, o)} == {RDF.type}


def test_nothing_that_does_not_exist_stands_in_a_fact_but_its_class(made: Build) -> None:
    absent = {"afgesproken", "voorgenomen", "aangeboden", "verzocht", "gewenst", "verwacht", "mogelijk"}
    only = {
        s
        for s, p, o in made.graphs[GRAPH["entiteiten"]]
        if p == RG.bestaansstatus and str(o).rsplit("/", 1)[-1] in absent
    }
    assert len(only) > 20
    assert {(s, p, o) for s, p, o in facts(made) if (s in only or o in only) and p != RDF.type} == set()


def test_novex_is_one_node_with_evidence_in_three_letters(made: Build) -> None:
    novex = node("programma/novex-zuidelijke-randstad")
    letters = {e.letter for c in claims(made) if novex in (c.subject, c.object, c.programme) for e in c.evidence}
    assert letters == {LETTER["drechtsteden"], LETTER["haagse-regio"], LETTER["leidse-regio"]}
    labels = {
        str(o).casefold()
        for s, p, o in made.graphs[GRAPH["entiteiten"]]
        if isinstance(o, Literal) and "novex" in str(o).casefold() and s == novex
    }
    assert "novex" in labels


def test_the_two_investment_agendas_are_two_nodes(made: Build) -> None:
    agendas = {s for s, p, o in made.graphs[GRAPH["entiteiten"]] if o == term("Investeringsagenda")}
    assert agendas == {node("agenda/ria"), node("agenda/investeringsagenda-novex")}
    letters = {
        name: {e.letter for c in claims(made) if node(name) in (c.subject, c.object) for e in c.evidence}
        for name in ("agenda/ria", "agenda/investeringsagenda-novex")
    }
    assert letters["agenda/ria"] == {LETTER["drechtsteden"]}
    assert len(letters["agenda/investeringsagenda-novex"]) == 3


def test_contribution_of_the_neighbours_is_expected_and_its_promise_denied(made: Build) -> None:
    amounts = [c for c in claims(made) for q in c.quantities if q.value == 250000]
    assert {c.modality for c in amounts} == {MODALITY["verwacht"]}
    assert any(c.denied and any("toezegging" in e.anchor for e in c.evidence) for c in claims(made))


def test_shortfall_is_about_140000(made: Build) -> None:
    (precision,) = {q.precision for c in claims(made) for q in c.quantities if q.value == 140000}
    assert precision == node("nauwkeurigheid/circa")


def test_senders_of_the_last_two_letters_are_unnamed_colleges(made: Build) -> None:
    for key in ("samenwerking-drechtsteden", "koersnotitie-wonen"):
        assert {c.speaker for c in made.claims[key]} == {node(f"orgaan/college-{key}")}
    assert "Dordrecht" not in (REPO / "data" / "entiteiten.ttl").read_text(encoding="utf-8")


def test_drechtraad_has_ended(made: Build) -> None:
    assert status(made, "orgaan/drechtraad") == "beeindigd"
    assert (node("orgaan/drechtraad"), RDF.type, term("Raad")) not in made.graphs[GRAPH["asserted"]]


def test_deal_is_the_desk_and_not_the_regio_deal(made: Build) -> None:
    desk = [c for c in claims(made) if node("bedrijf/deal") in (c.subject, c.object)]
    assert {e.letter for c in desk for e in c.evidence} == {LETTER["samenwerking-drechtsteden"]}


def test_what_three_letters_share_is_one_claim_with_three_pieces_of_evidence(made: Build) -> None:
    support = [
        c
        for c in claims(made)
        if c.content == (node("orgaan/gs-zuid-holland"), term("ondersteunt"), node("groep/gemeenten")) and c.asserts
    ]
    assert len({c.iri for c in support}) == 1
    assert {e.letter for c in support for e in c.evidence} == {
        LETTER["drechtsteden"],
        LETTER["haagse-regio"],
        LETTER["leidse-regio"],
    }


def test_background_never_mixes_with_what_a_letter_says(made: Build) -> None:
    background = {t for t in made.graphs[GRAPH["achtergrond"]] if t[1] == RG.lidVan}
    assert background
    assert background.isdisjoint(made.graphs[GRAPH["asserted"]])
    sourced = {s for s, p, _ in made.graphs[GRAPH["achtergrond"]] if str(p).endswith("terms/source")}
    members = {s for s, p, o in made.graphs[GRAPH["achtergrond"]] if str(o).endswith("org#Membership")}
    assert members <= sourced


def test_generic_relations_are_at_most_two_in_a_hundred(made: Build) -> None:
    everything = claims(made)
    assert sum(c.predicate == RG.heeftRelatieMet for c in everything) <= 0.02 * len(everything)


def test_every_relation_of_the_ontology_that_is_drawn_is_used_or_says_how(made: Build) -> None:
    used = {c.predicate for c in claims(made)}
    drawn = {s for s, p, _ in made.graphs[GRAPH["ontologie"]] if p == RG.isVerbinding}
    assert len(used & drawn) > 40


def test_second_pass_has_a_resolution_for_every_difference() -> None:
    with (REPO / "data" / "second-pass.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) > 100
    passes = [row for row in table if row["only in pass"] != "review"]
    assert {row["resolution"] for row in table} == {"kept", "dropped", "changed", "added"}
    assert [row for row in table if len(row["reason"].split()) < 2] == []
    text = (REPO / "data" / "CODEBOOK.md").read_text(encoding="utf-8")
    assert f"{len(passes)} differences" in text


class TestWithTheLetters:
    """Only where the five texts are at hand."""

    def test_every_passage_is_verified(self, verified: Build, real_letters: Path) -> None:
        findings, _ = check(read_project(REPO), real_letters)
        assert [str(f) for f in findings if f.level != "info"] == []
        assert verified.quoted == len({e.iri(c.iri) for c in claims(verified) for e in c.evidence})

    def test_every_sentence_has_a_claim_or_a_reason(self, verified: Build) -> None:
        rows = coverage(verified)
        assert [(row.letter, row.sentence.number) for row in rows if row.open] == []
        assert summary(rows)[3] < 0.10

    def test_no_sentence_of_a_letter_is_in_the_project(self, real_letters: Path) -> None:
        import subprocess

        def words(text: str) -> list[str]:
            return re.sub(r"[\W_]+", " ", text.casefold()).split()

        runs = set()
        for path in real_letters.glob("*.txt"):
            found = words(path.read_text(encoding="utf-8"))
            runs |= {tuple(found[i : i + 14]) for i in range(len(found) - 13)}
        names = subprocess.run(["git", "ls-files"], cwd=REPO, capture_output=True, text=True, check=False).stdout.split(
            "\n"
        )
        for name in filter(None, names):
            path = REPO / name
            if path.suffix in {".png", ".gz"} or not path.is_file():
                continue
            found = words(path.read_text(encoding="utf-8"))
            assert not any(tuple(found[i : i + 14]) in runs for i in range(len(found) - 13)), name

    def test_changed_letter_stops_the_build_naming_its_claims(self, real_letters: Path, tmp_path: Path) -> None:
        from click.testing import CliRunner

        from regiograaf.cli import main

        for path in real_letters.glob("*.txt"):
            text = path.read_text(encoding="utf-8")
            if path.stem == "drechtsteden":
                at = text.index("intentieverklaring")
                text = text[:at] + "I" + text[at + 1 :]
            (tmp_path / path.name).write_text(text, encoding="utf-8")
        result = CliRunner().invoke(
            main, ["-C", str(REPO), "build", "-o", str(tmp_path / "b"), "--letters", str(tmp_path)]
        )
        assert result.exit_code == 1
        assert not (tmp_path / "b").exists()
        touched = [line for line in result.stderr.splitlines() if "touches its passage" in line]
        assert touched
        assert all(
            re.match(r"data/letters/drechtsteden\.ttl:\d+: error: claim drechtsteden:w\d+", line) for line in touched
        )
        assert "letter drechtsteden: drechtsteden.txt is not the text that was encoded" in result.stderr
