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
    "no modality": (EEN, "    rg:modaliteit        modaliteit:bestaand ;\n", "", "een:w001: the claim does not have exactly one modality; give one rg:modaliteit"),
    "two modalities": (EEN, "modaliteit:bestaand ;", "modaliteit:bestaand , modaliteit:gewenst ;", "een:w001: the claim does not have exactly one modality"),
    "no subject": (EEN, "    rdf:subject          overheid:provincie ;\n", "", "een:w001: the claim does not have exactly one subject"),
    "no speaker": (EEN, "    prov:wasAttributedTo overheid:provincie ;\n", "", "een:w001: the claim does not have exactly one speaker"),
    "no paraphrase": (EEN, '    rg:parafrase         "Zegt 1."@nl , "Says 1."@en ;\n', "", "een:w001: the claim has no Dutch paraphrase; say it in your own words"),
    "no evidence": (EEN, " ;\n    rg:bewijs            brief:w001-b1 .", " .", "een:w001: the claim has no evidence; add rg:bewijs with section, range and anchor"),
    "evidence of no claim": (EEN, " ;\n    rg:bewijs            brief:w001-b1 .", " .", "een:w001-b1: the evidence belongs to no claim"),
    "evidence without block": (EEN, "rg:bewijs            brief:w001-b1", "rg:bewijs            brief:w001-b2", "een:w001: rg:bewijs points at something that is no evidence (een:w001-b2)"),
    "no anchor": (EEN, '    rg:anker         "werkt samen met Noordveen" ;\n', "", "een:w001-b1: the passage does not have exactly one anchor"),
    "long anchor": (EEN, '"werkt samen met Noordveen"', '"een twee drie vier vijf zes zeven acht negen tien elf"', "een:w001-b1: the anchor is empty or longer than ten words"),
    "theme as object": (EEN, "rdf:object           gemeente:noordveen", "rdf:object           thema:wonen", "een:w001: a theme is the object of another relation than rg:betreft"),
    "no theme of betreft": (EEN, "rg:werktSamenMet", "rg:betreft", "een:w001: rg:betreft does not have a theme as its object here; name a theme, or use rg:gaatOver"),
    "label in one language": (ENT, '"het Gewest"@nl , "the District"@en', '"het Gewest"@nl', 'gebied:gewest: the entity has no label in both Dutch and English; add rdfs:label "…"@nl and "…"@en'),
    "defined twice": (ENT, "gebied:noordland\n", 'gebied:gewest\n    a rg:Gebied .\n\ngebied:noordland\n', "gebied:gewest is defined twice"),
    "never used": (ENT, "gebied:noordland\n", 'gebied:niemand\n    a rg:Gebied ;\n    rdfs:label "niemand"@nl , "nobody"@en .\n\ngebied:noordland\n', "gebied:niemand is used nowhere"),
    "ill-typed literal": (EEN, '"2020-12-31"^^xsd:date', '"2020-13-31"^^xsd:date', '"2020-13-31" is not a value of xsd:date'),
    "period ends before it begins": (EEN, '"2020-12-31"^^xsd:date', '"2019-12-31"^^xsd:date', "een:p01: the earliest begin is after the latest begin"),
    "IRI outside the patterns": (ENT, "gebied:gewest\n", "gebied:Gewest\n", "is outside the patterns"),
    "foreign TOOI code": (ENT, "gebied:gewest\n", "<https://identifier.overheid.nl/tooi/id/gemeente/gm05>\n", "is outside the patterns; copy the code from the TOOI register"),
    "letter without digest": (EEN, "rg:sha256", "rg:bestandsnaam", "brief:een: the letter does not have exactly one SHA-256 digest"),
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
        f"{EEN}:{line}: error: een:w001: the claim does not have exactly one modality; give one rg:modaliteit, "
        "another reading is another claim"
    ]


def test_all_findings_are_reported_at_once(edit: Edit) -> None:
    edit(EEN, "thema:wonen", "thema:wonn")
    root = edit(ENT, '"het Gewest"@nl , "the District"@en', '"het Gewest"@nl')
    assert len(found(root)) == 2


@pytest.mark.parametrize(
    "case",
    ["unknown term", "unknown entity", "unknown theme", "unknown class", "evidence without block", "ill-typed literal"],
)
def test_nothing_is_said_twice(case: str, edit: Edit) -> None:
    name, old, new, message = BROKEN[case]
    lines = [line for line in found(edit(name, old, new)) if "belongs to no claim" not in line]
    assert len(lines) == 1
    assert message in lines[0]


def test_the_value_that_breaks_a_shape_is_named_and_its_line_found(edit: Edit) -> None:
    root = edit(EEN, "thema:wonen", "gebied:gewest")
    text = (root / EEN).read_text(encoding="utf-8")
    line = text[: text.index("gebied:gewest ;")].count("\n") + 1
    assert found(root) == [
        f"{EEN}:{line}: error: een:w001: rg:thema names something that is no theme (gebied:gewest); "
        "choose a concept of the list of themes"
    ]


def test_usage_is_reported_at_the_claim(edit: Edit) -> None:
    root = edit(EEN, "rg:werktSamenMet", "rg:orgaanVan")
    text = (root / EEN).read_text(encoding="utf-8")
    line = text[: text.index("brief:w001\n")].count("\n") + 1
    assert found(root)[0] == (
        f"{EEN}:{line}: error: een:w001: rg:orgaanVan does not have an organ as its subject and an actor as its object "
        "here; choose another relation, or mend the class of the entity"
    )


def test_letter_without_its_block(edit: Edit) -> None:
    root = edit(EEN, "brieven:een\n", "brieven:twee\n")
    assert any(
        "letter een has no block; add the block of <https://w3id.org/regiograaf/id/brief/een>" in line
        for line in found(root)
    )


def test_a_broken_entities_file_is_not_blamed_on_the_claims(edit: Edit) -> None:
    lines = found(edit(ENT, 'rdfs:label "pact van Noordveen"@nl ,', 'rdfs:label "pact van Noordveen"@nl'))
    assert [line for line in lines if not line.startswith(ENT)] == []


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
    assert "gemeente:noordveen rdf:type rg:Bedrijf (from data/entiteiten.ttl:" in line
    assert "claim een:w001 data/letters/een.ttl:" in line


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
