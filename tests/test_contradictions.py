"""A contradiction stops the build, and says which claims are behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner
from rdflib import URIRef
from rdflib.namespace import RDF

from regiograaf.checks import check, check_conclusions
from regiograaf.cli import main
from regiograaf.dataset import compile_project, read_project
from regiograaf.namespaces import GRAPH, ID

Edit = Callable[[str, str, str], Path]
TOWN = URIRef(f"{ID}gemeente/noordveen")
ENTITY = "gemeente:noordveen\n    a             tooiont:Gemeente"
CLAIM = """
brief:w9{number}
    a                    rg:Bewering ;
    rdf:subject          {subject} ;
    rdf:predicate        {predicate} ;
    rdf:object           {object} ;
    rg:modaliteit        <https://w3id.org/regiograaf/id/modaliteit/{modality}> ;
    prov:wasAttributedTo <https://w3id.org/regiograaf/id/overheid/provincie> ;
    rg:parafrase         "Zegt iets."@nl , "Says something."@en ;
    rg:bewijs            brief:w9{number}-b1 .

brief:w9{number}-b1
    a                rg:Bewijs ;
    rg:sectie        "Stand van zaken" ;
    rg:begin         0 ;
    rg:eind          4 ;
    rg:anker         "iets" ;
    rg:vingerafdruk  "84581e6e004b5591" .
"""


def say(root: Path, letter: str, subject: str, predicate: str, value: str, modality: str = "bestaand") -> int:
    """Add a claim to a letter; returns the line of its block."""
    path = root / "data" / "letters" / f"{letter}.ttl"
    text = path.read_text(encoding="utf-8")
    number = text.count("brief:w9") // 3
    ids = {"subject": subject, "object": value, "predicate": predicate}
    block = CLAIM.format(number=number, modality=modality, **ids)
    path.write_text(text.rstrip("\n") + "\n" + block, encoding="utf-8")
    return len(text.rstrip("\n").split("\n")) + 2


def contradictions(root: Path) -> list[str]:
    return [str(finding) for finding in check(read_project(root))[0] if finding.check == "contradiction"]


def test_an_entity_both_municipality_and_company_names_its_block_and_the_claims_on_it(edit: Edit) -> None:
    root = edit("data/entiteiten.ttl", ENTITY, f"{ENTITY} , rg:Bedrijf")
    (line,) = contradictions(root)
    assert line.startswith("data/entiteiten.ttl:28: error: contradiction (cax-dw): gemeente:noordveen rdf:type")
    assert "gemeente:noordveen rdf:type rg:Bedrijf (from data/entiteiten.ttl:28)" in line
    assert "rg:Bedrijf owl:disjointWith rg:Overheid" in line
    assert "claim een:w001 data/letters/een.ttl:28, claim twee:w001 data/letters/twee.ttl:28" in line


def test_two_letters_that_contradict_each_other_are_both_named_and_the_build_stops(tiny: Path) -> None:
    town = "<https://w3id.org/regiograaf/id/gemeente/noordveen>"
    one = say(tiny, "een", town, "rdf:type", "<https://identifier.overheid.nl/tooi/def/ont/Gemeente>")
    other = say(tiny, "twee", town, "rdf:type", "rg:Bedrijf")
    (line,) = contradictions(tiny)
    assert f"claim een:w90 data/letters/een.ttl:{one}" in line
    assert f"claim twee:w90 data/letters/twee.ttl:{other}" in line
    result = CliRunner().invoke(main, ["-C", str(tiny), "build", "-o", str(tiny / "out")])
    assert result.exit_code == 1
    assert "contradiction (cax-dw)" in result.stderr
    assert not (tiny / "out").exists()


def test_two_relations_that_cannot_both_hold_name_both_claims(tiny: Path) -> None:
    old, new = (f"<https://w3id.org/regiograaf/id/programma/{name}>" for name in ("opwaarts", "neerwaarts"))
    entities = tiny / "data" / "entiteiten.ttl"
    block = 'programma:neerwaarts a rg:Programma ; rdfs:label "programma Neerwaarts"@nl , "programme Down"@en .'
    entities.write_text(f"{entities.read_text(encoding='utf-8')}\n{block}\n", encoding="utf-8")
    one = say(tiny, "een", new, "rg:vervangt", old)
    other = say(tiny, "twee", old, "rg:vervangt", new)
    (line,) = contradictions(tiny)
    assert "contradiction (prp-asyp)" in line
    assert f"claim een:w90 data/letters/een.ttl:{one}" in line
    assert f"claim twee:w90 data/letters/twee.ttl:{other}" in line


def test_what_is_only_intended_contradicts_nothing(tiny: Path) -> None:
    town = "<https://w3id.org/regiograaf/id/gemeente/noordveen>"
    say(tiny, "twee", town, "rdf:type", "rg:Bedrijf", modality="voorgenomen")
    assert contradictions(tiny) == []


def test_taking_the_wrong_claim_out_makes_it_build(tiny: Path) -> None:
    path = tiny / "data" / "letters" / "twee.ttl"
    before = path.read_text(encoding="utf-8")
    say(tiny, "twee", "<https://w3id.org/regiograaf/id/gemeente/noordveen>", "rdf:type", "rg:Bedrijf")
    assert contradictions(tiny) != []
    path.write_text(before, encoding="utf-8")
    assert contradictions(tiny) == []


def test_a_conclusion_that_owlrl_does_not_share_is_an_error(tiny: Path) -> None:
    made = compile_project(read_project(tiny))
    assert list(check_conclusions(made)) == []
    inferred = GRAPH["inferred"]
    gone = next(t for t in sorted(made.graphs[inferred], key=str) if t[0] == TOWN)
    wrong = (TOWN, RDF.type, URIRef("https://w3id.org/regiograaf/def#Bedrijf"))
    spoilt = replace(made, graphs={**made.graphs, inferred: made.graphs[inferred] - {gone} | {wrong}})
    said = [str(finding) for finding in check_conclusions(spoilt)]
    assert len(said) == 2
    assert said[0].startswith("data/entiteiten.ttl:28: error: owlrl ")
    assert any("owlrl does not conclude gemeente:noordveen rdf:type rg:Bedrijf" in line for line in said)
