"""Derivations as JSON, Graphviz, PROV and map data: what another program makes of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS

from regiograaf.cli import main
from regiograaf.derivations import Names, because, dot, iri, to_json, tree, turtle, why_not_json, why_not_text
from regiograaf.explanations import Derivation, Explainer, Missing, Said, WhyNot
from regiograaf.namespaces import GRAPH, ID, PROV, RG
from tests.conftest import REPO
from tests.test_explain import ask, explainer_at, store_at

HOSTILE = 'a "quoted" \\ label\nof two lines'
WORDS = ("provincie Zuid-Holland", "is betrokken bij", "Maasterras fase 1")
PLACES = {
    ("drechtsteden", "Ondertekening"),
    ("drechtsteden", "Versnellen woningbouw"),
    ("haagse-regio", "Ondertekening"),
    ("leidse-regio", "Ondertekening"),
}


def invoke(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["-C", str(REPO), *words], env={"COLUMNS": "100"})
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(store_at(REPO), "nl", words="en")


@pytest.fixture(scope="module")
def derivation() -> Derivation:
    return explainer_at(REPO).why(ask(*WORDS))


def said(anchor: str = "x", modality: str = "bestaand", denied: bool = False, triple: Any = None) -> Said:
    claim, evidence = URIRef(f"{ID}bewering/b{anchor}"), URIRef(f"{ID}bewijs/e{anchor}")
    content = triple or (URIRef(ID + "x"), RG.betreft, URIRef(ID + "y"))
    return Said(content, modality, denied, claim, "een:w1", "een", "Slot", anchor, "", evidence)


# ---- JSON


def test_json_is_nested_with_every_key_always_there() -> None:
    code, out, err = invoke("why", *WORDS, "-f", "json")
    assert (code, err) == (0, "")
    found: list[dict[str, Any]] = [json.loads(out)]
    for step in found:
        assert list(step) == ["triple", "origin", "rule", "because", "premises", "axioms", "said"]
        assert list(step["triple"]) == ["subject", "relation", "object"]
        assert all(list(node) == ["iri", "label"] for node in step["triple"].values())
        found += step["premises"]
    assert [step["rule"] for step in found] == ["prp-spo2", "prp-inv2", "prp-spo1", "", ""]
    assert found[0]["triple"]["object"]["label"] == "Maasterras fase 1"
    pieces = [piece for step in found for piece in step["said"]]
    assert {(piece["letter"], piece["section"]) for piece in pieces} == PLACES
    for piece in pieces:
        assert piece["claim"].startswith(f"{ID}bewering/")
        assert piece["evidence"].startswith(f"{ID}bewijs/")
        assert piece["key"].startswith(f"{piece['letter']}:w")
        assert piece["anchor"]


# ---- Graphviz


QUOTED = r'"(?:[^"\\\n]|\\["\\n])*"'
VALUE = rf"(?:{QUOTED}|[A-Za-z0-9.]+)"
ATTRIBUTES = rf"\[{VALUE}={VALUE}(?:, {VALUE}={VALUE})*\]"
STATEMENT = re.compile(rf"  (?:rankdir=BT|(\w+)(?: -> (\w+))?(?: {ATTRIBUTES})?);")


def graph_of(text: str) -> tuple[set[str], set[tuple[str, str]]]:
    """Nodes and edges of Graphviz text; any line that is not a statement is an error."""
    first, *lines, last = text.splitlines()
    assert (first, last) == ("digraph why {", "}")
    nodes, edges = set(), set()
    for line in lines:
        found = STATEMENT.fullmatch(line)
        assert found, line
        if found[2]:
            edges.add((found[1], found[2]))
        elif found[1] and found[1] != "node":
            nodes.add(found[1])
    return nodes, edges


def test_dot_leads_from_every_passage_to_the_conclusion() -> None:
    code, out, err = invoke("why", *WORDS, "-f", "dot")
    assert (code, err) == (0, "")
    nodes, edges = graph_of(out)
    assert {end for edge in edges for end in edge} == nodes
    kinds = {kind: {node for node in nodes if node[0] == kind} for kind in "trp"}
    # five triples, three rules, four passages
    assert [len(kinds[kind]) for kind in "trp"] == [5, 3, 4]
    sinks = nodes - {start for start, _ in edges}
    (conclusion,) = sinks
    assert nodes - {end for _, end in edges} == kinds["p"]
    reached = {conclusion}
    while more := {start for start, end in edges if end in reached} - reached:
        reached |= more
    assert reached == nodes
    assert f"  {conclusion} [shape=box, label=" in out
    assert "penwidth=2" in next(line for line in out.splitlines() if line.startswith(f"  {conclusion} ["))


def test_dot_escapes_labels(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    step = Derivation((URIRef(ID + "x"), RG.betreft, URIRef(ID + "y")), "letters", said=(said(HOSTILE),))
    monkeypatch.setitem(names._labels, ID + "x", HOSTILE)
    text = dot(step, names)
    nodes, _ = graph_of(text)
    assert len(nodes) == 2
    assert r"a \"quoted\" \\ label of two lines" in text


def test_a_broken_label_is_seen() -> None:
    good = 'digraph why {\n  a [label="x"];\n}\n'
    assert graph_of(good) == ({"a"}, set())
    for bad in (good.replace('"x"', '"x""'), good.replace('"x"', '"x\ny"'), good.replace('"x"', '"\\x"')):
        with pytest.raises(AssertionError):
            graph_of(bad)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_itself_draws_it(derivation: Derivation, names: Names) -> None:
    run = subprocess.run(["dot", "-Tsvg"], input=dot(derivation, names), capture_output=True, text=True, check=True)
    assert run.stderr == ""
    assert "Maasterras fase 1" in run.stdout


# ---- PROV


REACHED = """
    PREFIX prov: <http://www.w3.org/ns/prov#>
    SELECT DISTINCT ?source WHERE { ?conclusion prov:wasDerivedFrom+ ?source } ORDER BY ?source"""


def test_prov_leads_from_the_conclusion_to_claims_and_letters(derivation: Derivation) -> None:
    code, out, err = invoke("why", *WORDS, "-f", "turtle")
    assert (code, err) == (0, "")
    graph = Graph().parse(data=out, format="turtle")
    conclusion = iri(derivation.triple)
    assert [graph.value(conclusion, part) for part in (RDF.subject, RDF.predicate, RDF.object)] == list(
        derivation.triple
    )
    reached = {str(row[0]) for row in graph.query(REACHED, initBindings={"conclusion": conclusion})}
    pieces = {said for leaf in derivation.leaves() for said in leaf.said}
    assert {f"{ID}brief/{piece.letter}" for piece in pieces} == {x for x in reached if x.startswith(f"{ID}brief/")}
    assert {str(piece.claim) for piece in pieces} == {x for x in reached if x.startswith(f"{ID}bewering/")}
    assert conclusion not in reached


def test_prov_has_an_activity_for_each_rule_that_used_its_premises(derivation: Derivation, names: Names) -> None:
    english = Names(store_at(REPO), "en")
    graph = Graph().parse(data=turtle(derivation, Names(store_at(REPO), "nl"), english), format="turtle")
    steps = [derivation]
    for step in steps:
        steps += step.premises
        statement = iri(step.triple)
        assert (statement, RDF.type, RDF.Statement) in graph
        activity = graph.value(statement, PROV.wasGeneratedBy)
        if not step.rule:
            assert activity is None
            assert {said.claim for said in step.said} == set(graph.objects(statement, PROV.wasDerivedFrom))
            assert {f"{ID}brief/{said.letter}" for said in step.said} == {
                str(letter) for letter in graph.objects(statement, PROV.hadPrimarySource)
            }
            continue
        used = {iri(premise.triple) for premise in step.premises}
        assert set(graph.objects(activity, PROV.used)) == used == set(graph.objects(statement, PROV.wasDerivedFrom))
        labels = {label.language: str(label) for label in graph.objects(activity, RDFS.label)}  # type: ignore[union-attr]
        assert labels["en"] == f"{step.rule}: {because(step, english)}"
        assert set(labels) == {"nl", "en"}


def test_prov_of_what_is_known_from_elsewhere_names_its_graph(names: Names) -> None:
    triple = ask("gemeente Katwijk", "ligt in", "provincie Zuid-Holland")
    graph = Graph().parse(data=turtle(explainer_at(REPO).why(triple), names), format="turtle")
    assert list(graph.objects(iri(triple), PROV.wasDerivedFrom)) == [GRAPH.achtergrond]


def test_two_explanations_of_one_triple_have_the_same_names(derivation: Derivation, names: Names) -> None:
    again = Explainer(store_at(REPO)).why(derivation.triple)
    assert turtle(again, names) == turtle(derivation, names)
    other = explainer_at(REPO).why(ask("provincie Zuid-Holland", "is betrokken bij", "workshops"))
    assert iri(other.triple) != iri(derivation.triple)


def test_turtle_declares_the_prefixes_that_it_uses_and_no_other(derivation: Derivation, names: Names) -> None:
    text = turtle(derivation, names)
    declared = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
    body = text[text.index("\nafleiding:") :]
    assert [prefix for prefix in declared if f"{prefix}:" not in body and prefix != "rdf"] == []


# ---- the tree


def test_colours_only_where_they_are_asked_for(derivation: Derivation, names: Names) -> None:
    plain, coloured = (tree(derivation, names, colour=colour) for colour in (False, True))
    assert "\033" not in plain
    assert re.sub(r"\033\[\d+m", "", coloured) == plain
    assert "\033[2m[prp-spo2: " in coloured
    assert "\033[36mdrechtsteden, § Ondertekening:\033[0m «" in coloured


def test_a_pipe_and_no_color_are_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    from regiograaf import output

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert output.coloured()
    assert not output.coloured("file.txt")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.coloured()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    assert not output.coloured()


def test_a_rule_that_is_not_in_the_table_is_told_by_its_axioms(names: Names) -> None:
    x, y = (URIRef(f"{ID}gebied/{name}") for name in "xy")
    axiom = Derivation((RG.betreft, RDFS.subPropertyOf, RG.heeftRelatieMet), "ontology")
    step = Derivation(
        (x, RG.betreft, y), "inferred", "own-rule", (Derivation((y, RG.betreft, x), "background"),), (axiom,)
    )
    assert because(step, names) == f"{names(RG.betreft)} rdfs:subPropertyOf {names(RG.heeftRelatieMet)}"
    assert tree(step, names, width=200).splitlines()[0].endswith(f"[own-rule: {because(step, names)}]")


# ---- why not


def nowhere(*pieces: Said) -> WhyNot:
    return WhyNot((URIRef(ID + "x"), RG.betreft, URIRef(ID + "y")), (), (), pieces)


def test_modalities_are_said_in_plain_words(names: Names) -> None:
    answer = nowhere(
        said("een", "mogelijk"), said("twee", "bestaand", True), said("drie", "gewenst", True), said("vier")
    )
    text = why_not_text(answer, names, width=200)
    assert re.findall(r"^    (.*) \(een, § Slot\): «(\w+)»$", text, re.MULTILINE) == [
        ("only mogelijk", "een"),
        ("denied", "twee"),
        ("denied (gewenst)", "drie"),
        ("withheld: another claim ends or denies it", "vier"),
    ]


def test_at_most_ten_rows_unless_all_are_asked_for(names: Names) -> None:
    pieces = [said(str(i), "mogelijk", triple=(URIRef(f"{ID}x{i}"), RG.betreft, URIRef(ID + "y"))) for i in range(13)]
    short, full = (why_not_text(nowhere(*pieces), names, most=most) for most in (10, None))
    assert short.count("only mogelijk") == 10
    assert short.endswith("  and 3 more (--all)\n")
    assert full.count("only mogelijk") == 13
    assert "more" not in full


def test_rules_without_anything_to_tell_are_one_line(names: Names) -> None:
    triple = (URIRef(ID + "x"), RG.betreft, URIRef(ID + "y"))
    missing = tuple(
        Missing("prp-spo1", (), ((URIRef(ID + "x"), URIRef(f"{RG}r{i}"), URIRef(ID + "y")),), 0) for i in range(7)
    )
    answer = WhyNot(triple, (said("een", "mogelijk"),), missing, ())
    assert why_not_text(answer, names).splitlines()[-2:] == [
        "Would follow, if:",
        "  or directly: if a letter said so, or one of 7 narrower relations.",
    ]
    assert why_not_text(WhyNot(triple, (), missing, ()), names) == ""


def test_what_is_missing_more_than_once_in_the_same_way_is_told_once(names: Names) -> None:
    x, y = URIRef(ID + "x"), URIRef(ID + "y")
    middles = [URIRef(f"{ID}z{i}") for i in range(3)]
    missing = tuple(Missing("prp-spo2", (), ((x, RG.lidVan, z), (z, RG.betreft, y)), 0) for z in middles)
    claimed = Missing("prp-spo2", (), ((x, RG.lidVan, y), (y, RG.betreft, y)), 0, (said("een", "mogelijk"),))
    answer = WhyNot((x, RG.betreft, y), (), (claimed, *missing), ())
    short, full = (why_not_text(answer, names, most=most, width=200) for most in (10, None))
    assert (short.count("(missing)"), full.count("(missing)")) == (2, 4)
    assert "gives “betreft”], or 2 more like it (--all)" in short
    assert "more like it" not in full


def test_why_not_as_json() -> None:
    code, out, _ = invoke("why-not", "Chemours", "is partij bij", "afspraak:intentieverklaring-chemours", "-f", "json")
    assert code == 0
    document = json.loads(out)
    assert list(document) == ["triple", "said", "missing", "around"]
    (piece,) = document["said"]
    assert (piece["modality"], piece["letter"], piece["section"]) == ("mogelijk", "drechtsteden", "Leefomgeving")
    assert piece["triple"]["subject"]["label"] == "Chemours"
    assert all(list(m) == ["rule", "because", "present", "absent", "said"] for m in document["missing"])


def test_any_term_is_null_in_json(names: Names) -> None:
    triple = (URIRef(ID + "x"), RG.betreft, URIRef(ID + "y"))
    missing = Missing("prp-trp", (), ((triple[0], RG.betreft, None), (None, RG.betreft, triple[2])), 1)
    document = json.loads(why_not_json(WhyNot(triple, (), (missing,), ()), names))
    assert document["missing"][0]["absent"]["subject"] is None
    assert document["missing"][0]["present"][0]["object"] is None


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "why.json"
    assert invoke("why", *WORDS, "-f", "json", "-o", str(target))[1] == ""
    assert json.loads(target.read_text(encoding="utf-8"))["rule"] == "prp-spo2"


def test_json_keeps_blank_nodes_apart_from_iris(names: Names) -> None:
    derivation = explainer_at(REPO).why(ask("Unmanned Valley", "is gevestigd in", "provincie Zuid-Holland"))
    (axiom,) = json.loads(to_json(derivation, names))["axioms"]
    assert axiom["triple"]["object"]["iri"].startswith("_:")
    assert axiom["triple"]["object"]["label"] == "is gevestigd in, ligt in"
