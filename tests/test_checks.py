"""Every check is seen to fail, with file, line and remedy, and never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from regiograaf.checks import check, check_texts, worst
from regiograaf.cli import main
from regiograaf.dataset import read_project

Edit = Callable[[str, str, str], Path]
EEN = "data/letters/een.ttl"
ENT = "data/entiteiten.ttl"


def found(root: Path, texts: Path | None = None) -> list[str]:
    findings, _ = check(read_project(root), texts)
    return [str(finding) for finding in findings]


def test_tiny_is_without_findings(tiny: Path) -> None:
    assert found(tiny, tiny / "letters") == []


BROKEN = {
    "syntax": (EEN, "rg:modaliteit        modaliteit:bestaand ;", "rg:modaliteit        modaliteit:bestaand", "not Turtle"),
    "undeclared prefix": (EEN, "rdf:predicate        rg:werktSamenMet", "rdf:predicate        rgx:werktSamenMet", 'prefix "rgx" is not declared; did you mean rg? Add an @prefix line'),
    "unknown term": (EEN, "rg:werktSamenMet", "rg:werktSamenMt", "rg:werktSamenMt is not a term of the ontology; did you mean rg:werktSamenMet?"),
    "unknown class": (ENT, "a          rg:Convenant", "a          rg:Convenat", "rg:Convenat is not a term of the ontology; did you mean rg:Convenant?"),
    "unknown entity": (EEN, "rdf:object           gemeente:noordveen", "rdf:object           gemeente:noordven", "gemeente:noordven is not defined anywhere; did you mean gemeente:noordveen?"),
    "unknown theme": (EEN, "thema:wonen", "thema:wonn", "thema:wonn is not defined anywhere; did you mean thema:wonen?"),
    "no modality": (EEN, "    rg:modaliteit        modaliteit:bestaand ;\n", "", "claim een:w001 has no rg:modaliteit; add one modality"),
    "two modalities": (EEN, "modaliteit:bestaand ;", "modaliteit:bestaand , modaliteit:gewenst ;", "claim een:w001 has 2 modalities; keep one"),
    "no subject": (EEN, "    rdf:subject          overheid:provincie ;\n", "", "claim een:w001 has no rdf:subject"),
    "no speaker": (EEN, "    prov:wasAttributedTo overheid:provincie ;\n", "", "claim een:w001 has no prov:wasAttributedTo"),
    "no paraphrase": (EEN, '    rg:parafrase         "Zegt 1."@nl , "Says 1."@en ;\n', "", "claim een:w001 has no rg:parafrase in nl"),
    "no evidence": (EEN, " ;\n    rg:bewijs            brief:w001-b1 .", " .", "claim een:w001 has no rg:bewijs; add rg:bewijs with section, range and anchor"),
    "evidence of no claim": (EEN, " ;\n    rg:bewijs            brief:w001-b1 .", " .", "evidence een:w001-b1 belongs to no claim"),
    "evidence without block": (EEN, "rg:bewijs            brief:w001-b1", "rg:bewijs            brief:w001-b2", "evidence een:w001-b2 of claim w001 has no block"),
    "no anchor": (EEN, '    rg:anker         "werkt samen met Noordveen" ;\n', "", "evidence een:w001-b1 has no rg:anker"),
    "long anchor": (EEN, '"werkt samen met Noordveen"', '"een twee drie vier vijf zes zeven acht negen tien elf"', "has an anchor of 11 words; shorten it to 10 or fewer"),
    "theme as object": (EEN, "rdf:object           gemeente:noordveen", "rdf:object           thema:wonen", "claim een:w001 has a theme as object of rg:werktSamenMet"),
    "no theme of betreft": (EEN, "rg:werktSamenMet", "rg:betreft", "object of rg:betreft is no theme"),
    "label in one language": (ENT, '"het Gewest"@nl , "the District"@en', '"het Gewest"@nl', 'gebied:gewest has no rdfs:label in en; add rdfs:label "…"@en'),
    "defined twice": (ENT, "gebied:noordland\n", 'gebied:gewest\n    a rg:Gebied .\n\ngebied:noordland\n', "gebied:gewest is defined twice"),
    "never used": (ENT, "gebied:noordland\n", 'gebied:niemand\n    a rg:Gebied ;\n    rdfs:label "niemand"@nl , "nobody"@en .\n\ngebied:noordland\n', "gebied:niemand is used nowhere"),
    "ill-typed literal": (EEN, '"2020-12-31"^^xsd:date', '"2020-13-31"^^xsd:date', '"2020-13-31" is not a value of xsd:date'),
    "period ends before it begins": (EEN, '"2020-12-31"^^xsd:date', '"2019-12-31"^^xsd:date', "period een:p01 ends before it begins"),
    "IRI outside the patterns": (ENT, "gebied:gewest\n", "gebied:Gewest\n", "is outside the patterns"),
    "foreign TOOI code": (ENT, "gebied:gewest\n", "<https://identifier.overheid.nl/tooi/id/gemeente/gm05>\n", "is outside the patterns; copy the code from the TOOI register"),
    "letter without digest": (EEN, "rg:sha256", "rg:bestandsnaam", "letter een has no rg:sha256"),
    "contradiction": (ENT, "gemeente:noordveen\n    a             tooiont:Gemeente", "gemeente:noordveen\n    a             tooiont:Gemeente , rg:Bedrijf", "contradiction (cax-dw)"),
    "fact on what does not exist": (EEN, "rdf:object           convenant:pact ;\n    rg:modaliteit        modaliteit:voorgenomen", "rdf:object           convenant:pact ;\n    rg:modaliteit        modaliteit:bestaand", "says bestaand of convenant:pact, which is only voorgenomen"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_input_gives_its_finding(case: str, edit: Edit) -> None:
    name, old, new, message = BROKEN[case]
    root = edit(name, old, new)
    lines = found(root)
    hits = [line for line in lines if message in line]
    assert hits, lines
    path, line, _ = hits[0].split(":", 2)
    assert (root / path).is_file()
    assert 1 <= int(line) <= len((root / path).read_text(encoding="utf-8").splitlines()) + 1


@pytest.mark.parametrize("case", BROKEN)
def test_broken_input_on_the_command_line_is_exit_1_without_traceback(case: str, edit: Edit, tmp_path: Path) -> None:
    root = edit(*BROKEN[case][:3])
    for command in (["check"], ["build", "-o", str(tmp_path / "b")]):
        result = CliRunner().invoke(main, ["-C", str(root), *command])
        assert result.exit_code == 1, result.output
        assert "Traceback" not in result.output
        assert ": error: " in result.output
    assert not (tmp_path / "b").exists()


def test_the_line_is_that_of_the_offending_block(edit: Edit) -> None:
    root = edit(EEN, "modaliteit:bestaand ;", "modaliteit:bestaand , modaliteit:gewenst ;")
    text = (root / EEN).read_text(encoding="utf-8")
    line = text[: text.index("modaliteit:bestaand ,")].count("\n") + 1
    assert found(root) == [
        f"{EEN}:{line}: error: claim een:w001 has 2 modalities; keep one; another reading is another claim"
    ]


def test_all_findings_are_reported_at_once(edit: Edit) -> None:
    edit(EEN, "thema:wonen", "thema:wonn")
    root = edit(ENT, '"het Gewest"@nl , "the District"@en', '"het Gewest"@nl')
    assert len(found(root)) == 2


def test_one_broken_file_does_not_hide_findings_in_another(edit: Edit) -> None:
    edit(
        "data/letters/twee.ttl",
        "rg:modaliteit        modaliteit:bestaand ;",
        "rg:modaliteit        modaliteit:bestaand",
    )
    root = edit(EEN, "rg:werktSamenMet", "rg:werktSamenMt")
    lines = found(root)
    assert any("twee.ttl" in line and "not Turtle" in line for line in lines)
    assert any("rg:werktSamenMt" in line for line in lines)


def test_contradiction_names_the_claims_with_file_and_line(edit: Edit) -> None:
    root = edit(
        ENT,
        "gemeente:noordveen\n    a             tooiont:Gemeente",
        "gemeente:noordveen\n    a             tooiont:Gemeente , rg:Bedrijf",
    )
    line = next(line for line in found(root) if "contradiction" in line)
    assert "Claims: een:w001 (data/letters/een.ttl:" in line


def test_the_remedy_for_an_unknown_term_works(edit: Edit) -> None:
    root = edit(EEN, "rg:werktSamenMet", "rg:werktSamenMt")
    assert "did you mean rg:werktSamenMet?" in found(root)[0]
    edit(EEN, "rg:werktSamenMt ", "rg:werktSamenMet ")
    assert found(root) == []


def test_denied_triple_is_withheld_and_reported(edit: Edit) -> None:
    root = edit(
        "data/letters/twee.ttl",
        "rg:modaliteit        modaliteit:bestaand ;",
        "rg:modaliteit        modaliteit:bestaand ;\n    rg:ontkend           true ;",
    )
    findings, build = check(read_project(root))
    assert [f.level for f in findings] == ["info"]
    assert "is not asserted: twee:w001 ends or denies it" in findings[0].message
    assert build is not None
    assert len(build.withheld) == 1
    assert worst(findings) == "info"


class TestWithTexts:
    """Passages against the letters' own texts."""

    def test_missing_text(self, tiny: Path) -> None:
        (tiny / "letters" / "een.txt").unlink()
        lines = [str(f) for f in check_texts(read_project(tiny), tiny / "letters")]
        assert len(lines) == 1
        assert "the text of letter een is not in" in lines[0]

    def test_renamed_text_is_found_by_its_digest(self, tiny: Path) -> None:
        (tiny / "letters" / "een.txt").rename(tiny / "letters" / "iets-anders.txt")
        assert list(check_texts(read_project(tiny), tiny / "letters")) == []

    def test_changed_character_names_letter_and_only_the_touched_claims(self, edit: Edit) -> None:
        root = edit("letters/een.txt", "bestaat sinds", "bestaat sindz")
        lines = [str(f) for f in check_texts(read_project(root), root / "letters")]
        assert "letter een: een.txt is not the text that was encoded" in lines[0]
        assert [line for line in lines if "touches" in line] == lines[1:]
        assert len(lines) == 2
        assert "claim een:w002: the change of een.txt touches its passage" in lines[1]

    def test_inserted_text_touches_nothing_else(self, edit: Edit) -> None:
        root = edit("letters/een.txt", "De provincie werkt", "Welkom. De provincie werkt")
        lines = [str(f) for f in check_texts(read_project(root), root / "letters")]
        assert len(lines) == 1
        assert "is not the text that was encoded" in lines[0]

    def test_passage_out_of_range(self, edit: Edit) -> None:
        text = (edit(EEN, "Zegt 1.", "Zegt 1.") / EEN).read_text(encoding="utf-8")
        end = next(line for line in text.splitlines() if "rg:eind" in line)
        root = edit(EEN, end, "    rg:eind          9999 ;")
        assert any("is out of range" in str(f) for f in check_texts(read_project(root), root / "letters"))

    def test_anchor_not_inside_its_passage(self, edit: Edit) -> None:
        root = edit(EEN, '"werkt samen met Noordveen"', '"werkt nooit samen"')
        lines = [str(f) for f in check_texts(read_project(root), root / "letters")]
        assert len(lines) == 1
        assert "anchor «werkt nooit samen» is not inside its passage" in lines[0]

    def test_copied_paraphrase(self, edit: Edit) -> None:
        root = edit(EEN, '"Zegt 3."@nl', '"De provincie wil met Noordveen een pact sluiten."@nl')
        lines = [str(f) for f in check_texts(read_project(root), root / "letters")]
        assert len(lines) == 1
        assert "8 words in a row as in the letter" in lines[0]
