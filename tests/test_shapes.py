"""The shapes: each is seen to hold and to fail, two engines agree, and what we publish conforms in both its forms."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import pytest
from rdflib.namespace import OWL, RDF, SH, SKOS

from regiograaf import shapes, sources
from regiograaf.checks import check
from regiograaf.claims import Triple
from regiograaf.dataset import compile_project, read_project
from tests.conftest import REPO
from tests.shapes_table import PAGE, headings, page

Edit = Callable[[str, str, str], Path]
TEXT = (REPO / shapes.FILE).read_text(encoding="utf-8")
RULES = {rule.name: rule for rule in shapes.rules(shapes.read(TEXT))}
EXAMPLES = sorted((REPO / "tests" / "shapes").glob("*.ttl"))
ROOTS = {"real": REPO, "examples": REPO / "examples", "tiny": REPO / "tests" / "tiny"}
EEN = "data/letters/een.ttl"

Breaches = frozenset[tuple[str, str, str]]
"""Shape, focus node and severity of each breach, as IRIs."""


def breaches(triples: list[Triple]) -> list[shapes.Result]:
    """In a process of its own: module level, so that it can be sent there."""
    return shapes.validate(triples, shapes.read(TEXT))


def of_file(path: Path) -> list[shapes.Result]:
    source = sources.parse(path.read_text(encoding="utf-8"), path)
    return shapes._verdict(source.triples, frozenset(source.properties), TEXT)


def content(path: Path) -> str:
    """An example without the comment of its first line."""
    return path.read_text(encoding="utf-8").partition("\n")[2]


def unique() -> dict[str, Path]:
    """One example for each content: many passing ones hold the same."""
    return {content(path): path for path in EXAMPLES}


def of_build(root: Path, part: int, parts: int) -> list[shapes.Result]:
    """What breaks the shapes in a built graph, in one of some shares of its nodes."""
    graphs = compile_project(read_project(root)).graphs
    triples = {triple for held in graphs.values() for triple in held}
    said = {str(s): s for s, _, _ in triples}
    if root != REPO:  # the rest is that of the real one
        said = {name: s for name, s in said.items() if "/id/" in name and "/id/thema/" not in name}
    own = frozenset(sorted(said.values())[part::parts])
    return shapes._verdict(triples, own, TEXT)


def of_sources(root: Path) -> list[shapes.Result]:
    project = read_project(root)
    return breaches([triple for graph, source in project.sources for triple in source.triples])


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(2) as executor:
        yield executor


@pytest.fixture(scope="module")
def found(pool: ProcessPoolExecutor) -> dict[str, list[shapes.Result]]:
    """What pyshacl finds in each example, by its file name."""
    results = dict(zip(unique(), pool.map(of_file, unique().values(), chunksize=4), strict=True))
    return {path.stem: results[content(path)] for path in EXAMPLES}


@pytest.fixture(scope="module")
def built(pool: ProcessPoolExecutor) -> dict[str, list[Future[list[shapes.Result]]]]:
    """What pyshacl finds in what we publish; begun before the other engine, which needs one processor only."""
    shares = {name: 2 if name == "real" else 1 for name in ROOTS}
    return {
        name: [pool.submit(of_build, root, part, shares[name]) for part in range(shares[name])]
        for name, root in ROOTS.items()
    }


@pytest.fixture(scope="module")
def outside(built: object, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Breaches]:
    """What rdf-validate-shacl finds in each example; installed aside when tests/run has not done it."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.fail("node and npm are not there. Run tests/run, which installs them.")
    folder = REPO / "tests" / "node"
    if not (folder / "node_modules").is_dir():
        aside = tmp_path_factory.mktemp("node")
        for name in ("package.json", "validate.mjs"):
            shutil.copy(folder / name, aside)
        install = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock"]
        subprocess.run(install, cwd=aside, check=True, capture_output=True, timeout=300)
        folder = aside
    run = subprocess.run(
        [node, "validate.mjs", str(REPO / shapes.FILE)],
        cwd=folder,
        input="\n".join(map(str, unique().values())),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    results = {
        name: frozenset((r["shape"], r["focus"], r["severity"]) for r in found)
        for name, found in json.loads(run.stdout).items()
    }
    return {path.stem: results[str(unique()[content(path)])] for path in EXAMPLES}


def test_every_shape_has_both_examples_and_every_example_a_shape() -> None:
    wanted = {f"{name}-{which}" for name in RULES for which in ("passes", "fails")}
    assert {path.stem for path in EXAMPLES} == wanted


@pytest.mark.parametrize("name", RULES)
def test_shape_holds_on_one_example_and_fails_on_the_other(name: str, found: dict[str, list[shapes.Result]]) -> None:
    assert found[f"{name}-passes"] == []
    assert {(r.shape, r.level, r.nl, r.en) for r in found[f"{name}-fails"]} == {
        (name, RULES[name].level, RULES[name].nl, RULES[name].en)
    }


def test_another_engine_agrees_on_every_example(
    found: dict[str, list[shapes.Result]], outside: dict[str, Breaches]
) -> None:
    severities = {"error": SH.Violation, "warning": SH.Warning, "info": SH.Info}
    ours = {
        name: frozenset((shapes.NAMESPACE + r.shape, r.focus, str(severities[r.level])) for r in results)
        for name, results in found.items()
    }
    assert outside == ours


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_message_says_what_is_wrong_and_what_to_do_in_two_languages(rule: shapes.Rule) -> None:
    for message in (rule.nl, rule.en):
        assert re.fullmatch(r"[^;]+\S; \S[^;]+[^.]", message), message


def test_all_three_levels_are_used() -> None:
    assert {rule.level for rule in RULES.values()} == {"error", "warning", "info"}


def test_shapes_are_core_only_and_stand_in_alphabetical_order() -> None:
    graph = shapes.read(TEXT)
    used = {str(p) for p in graph.predicates() if str(p).startswith(str(SH))}
    beyond = ("sparql", "select", "ask", "js", "rule", "expression", "target", "function", "prefixes", "declare")
    assert used.isdisjoint({str(SH) + name for name in beyond})
    order = headings(TEXT)
    assert list(order) == sorted(order, key=lambda name: (list(dict.fromkeys(order.values())).index(order[name]), name))


def test_the_shapes_file_keeps_its_own_rules_for_an_ontology() -> None:
    header = [triple for triple in sources.parse(TEXT, Path("shapes.ttl")).triples if "shapes#" not in triple[0]]
    assert breaches(header) == []


@pytest.mark.parametrize("name", ROOTS)
def test_what_we_edit_conforms(name: str) -> None:
    results = shapes.validate_project(read_project(ROOTS[name]), TEXT)
    assert [r for r in results if r.level != "info"] == []


@pytest.mark.parametrize("name", ROOTS)
def test_what_we_publish_conforms(name: str, built: dict[str, list[Future[list[shapes.Result]]]]) -> None:
    assert [r for share in built[name] for r in share.result(timeout=300) if r.level == "error"] == []


def test_every_relation_from_a_document_or_as_an_actor_has_a_usage_shape() -> None:
    targets = {o for s, o in shapes.read(TEXT).subject_objects(SH.targetNode) if "#usage-" in s}
    ontology = sources.read(REPO / "ontology" / "regiograaf.ttl", REPO)
    wanted = set()
    for subject, properties in ontology.properties.items():
        said = [str(value) for value in properties.get(SKOS.definition, ())]
        active = OWL.ObjectProperty in properties.get(RDF.type, ()) and OWL.inverseOf not in properties
        if active and any(re.search(r"^Connects a document with|, as an actor| as an actor or", text) for text in said):
            wanted.add(subject)
    names = {str(subject).rpartition("#")[2] for subject in wanted}
    assert names == {"afschriftAan", "beschrijft", "bijlageVan", "financiert", "gerichtAan", "heeftBehoefteAan"}
    assert wanted <= targets


BROKEN = (
    (EEN, "    rg:modaliteit        modaliteit:bestaand ;\n", ""),
    (EEN, '"84581e6e004b5591"', '"8458"'),
    ("data/letters/twee.ttl", "rg:begin ", "rg:eind "),
    ("data/entiteiten.ttl", ' , "the District"@en', ""),
)


@pytest.fixture
def broken(edit: Edit) -> Path:
    for name, old, new in BROKEN:
        root = edit(name, old, new)
    return root


def test_parts_find_what_the_whole_finds_and_find_it_once(broken: Path) -> None:
    project = read_project(broken)
    parts = shapes.validate_project(project, TEXT)
    assert parts == of_sources(broken)
    assert sorted(r.shape for r in parts) == [
        "claim-modality",
        "entity-label",
        "evidence-fingerprint",
        "passage-begin",
        "passage-end",
    ]


def test_same_results_cold_and_warm_serial_and_parallel(
    broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = read_project(broken)
    kept = shapes.validate_project(project, TEXT)
    parts = [part for part in shapes._parts(project) if "ontology" not in part.sources[0].path.parts]
    assert len(parts) >= shapes.MANY
    serial, parallel = (list(shapes._verdicts(parts, TEXT, jobs)) for jobs in (1, 2))
    assert serial == parallel
    assert sorted(r for results in serial for r in results) == kept
    assert shapes.validate_project(project, TEXT) == kept


def test_only_what_changed_is_validated_again(edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes.validate_project(read_project(edit(EEN, "Zegt 1.", "Zegt een.")), TEXT)
    done = []
    validate = shapes._verdicts
    monkeypatch.setattr(shapes, "_verdicts", lambda parts, *rest: done.append(len(parts)) or validate(parts, *rest))
    shapes.validate_project(read_project(edit(EEN, "Zegt een.", "Zegt dit.")), TEXT)
    shapes.validate_project(read_project(edit(EEN, "Zegt dit.", "Zegt een.")), TEXT)
    shapes.validate_project(read_project(edit("data/entiteiten.ttl", '"het Gewest"@nl', '"Gewest"@nl')), TEXT)
    assert done == [1, 0, 1]


def test_broken_block_gives_a_finding_with_file_and_line(broken: Path) -> None:
    def line(name: str, text: str) -> int:
        return (broken / name).read_text(encoding="utf-8").split(text)[0].count("\n") + 1

    findings, build = check(read_project(broken))
    assert build is None
    assert [(f.path, f.line, f.level, f.check) for f in findings] == [
        ("data/entiteiten.ttl", line("data/entiteiten.ttl", "gebied:gewest\n"), "error", "entity-label"),
        (EEN, line(EEN, "brief:w001\n"), "error", "claim-modality"),
        (EEN, line(EEN, '"8458"'), "error", "evidence-fingerprint"),
        ("data/letters/twee.ttl", line("data/letters/twee.ttl", "brief:w001-b1\n"), "error", "passage-begin"),
        ("data/letters/twee.ttl", line("data/letters/twee.ttl", "rg:eind "), "error", "passage-end"),
    ]


def test_table_in_the_docs_is_that_of_the_shapes() -> None:
    old = PAGE.read_text(encoding="utf-8")
    assert page(old, TEXT) == old, "run python -m tests.shapes_table"
