from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF

from regiograaf import kept, load
from regiograaf.build import build
from regiograaf.dataset import compile_project, nquads, ntriples, read_project, replace_folder, save
from regiograaf.errors import ReleaseError, SourceError
from regiograaf.namespaces import GRAPH, ID, MODALITY, RG
from regiograaf.projection import project
from regiograaf.stores import open_store
from tests.conftest import REPO, TINY


def node(name: str) -> URIRef:
    return URIRef(ID + name)


def graph(name: str, root: Path = TINY) -> set:
    return set(compile_project(read_project(root)).graphs.get(GRAPH[name], ()))


def test_asserted_holds_what_exists_and_nothing_that_is_intended() -> None:
    assert graph("asserted") == {
        (node("overheid/provincie"), URIRef(str(RG) + "werktSamenMet"), node("gemeente/noordveen")),
        (node("programma/opwaarts"), RDF.type, URIRef(str(RG) + "Programma")),
        (node("gebied/noordland"), URIRef(str(RG) + "ligtIn"), node("gebied/gewest")),
        (node("gebied/noordveen"), URIRef(str(RG) + "ligtIn"), node("gebied/noordland")),
    }  # fmt: skip


def test_inferred_closes_chains_and_symmetry_and_keeps_intentions_out() -> None:
    inferred = graph("inferred")
    assert (node("gebied/noordveen"), URIRef(str(RG) + "ligtIn"), node("gebied/gewest")) in inferred
    assert (node("gemeente/noordveen"), URIRef(str(RG) + "werktSamenMet"), node("overheid/provincie")) in inferred
    pact = {(s, p, o) for s, p, o in inferred if node("convenant/pact") in (s, o)}
    assert {p for _, p, _ in pact} <= {RDF.type}


def test_status_comes_from_claims_of_existence() -> None:
    status = {s: str(o).rsplit("/", 1)[-1] for s, p, o in graph("entiteiten") if p == RG.bestaansstatus}
    assert {str(s).removeprefix(ID): value for s, value in status.items()} == {
        "convenant/pact": "voorgenomen",
        "gebied/gewest": "bestaand",
        "gebied/noordland": "bestaand",
        "gebied/noordveen": "bestaand",
        "gemeente/noordveen": "bestaand",
        "orgaan/gewestraad": "beeindigd",
        "overheid/provincie": "bestaand",
        "programma/opwaarts": "bestaand",
    }


def test_same_content_in_two_letters_is_one_claim_with_two_pieces_of_evidence() -> None:
    build = compile_project(read_project(TINY))
    first, second = build.claims["een"][0], build.claims["twee"][0]
    assert first.iri == second.iri
    for key in ("een", "twee"):
        triples = build.graphs[GRAPH[f"brief/{key}"]]
        assert (first.iri, RG.modaliteit, MODALITY["bestaand"]) in triples
        assert len({o for s, p, o in triples if s == first.iri and p == RG.bewijs}) == 1


def test_builds_with_and_without_texts_differ_in_quotes_only() -> None:
    without = compile_project(read_project(TINY)).graphs
    with_texts = compile_project(read_project(TINY), TINY / "letters").graphs
    assert {g: t for g, t in with_texts.items() if g != GRAPH["citaten"]} == dict(without)
    assert {str(o) for _, _, o in with_texts[GRAPH["citaten"]]} >= {"De provincie werkt samen met Noordveen."}


def test_order_of_loading_does_not_matter() -> None:
    files = read_project(TINY)
    turned = type(files)(files.root, tuple(reversed(files.sources)), files.problems)
    assert nquads(compile_project(turned).graphs) == nquads(compile_project(files).graphs)


def test_removing_a_letter_never_adds_a_claim(tiny: Path) -> None:
    before = {claim.iri for claims in compile_project(read_project(tiny)).claims.values() for claim in claims}
    (tiny / "data" / "letters" / "twee.ttl").unlink()
    after = {claim.iri for claims in compile_project(read_project(tiny)).claims.values() for claim in claims}
    assert after < before


@pytest.mark.parametrize("root", [TINY, REPO])
def test_data_graphs_have_no_blank_nodes(root: Path) -> None:
    graphs = compile_project(read_project(root)).graphs
    blank = {name for name, triples in graphs.items() for t in triples if any(isinstance(x, BNode) for x in t)}
    assert blank <= {GRAPH["ontologie"], GRAPH["uitlijning"], GRAPH["invoer"]}


@pytest.mark.parametrize(
    "text", ['a"b', "a\\b", "regel\neen", 'staart\\"\n', "tab\there", "é ’ “", "a\r\nb", "nul\x01"]
)
def test_ntriples_of_any_literal_parses_back(text: str) -> None:
    for literal in (Literal(text), Literal(text, lang="nl")):
        line = f"<x:s> <x:p> {ntriples(literal)} ."
        (quad,) = ox.parse(line.encode("utf-8"), format=ox.RdfFormat.N_TRIPLES)
        assert quad.object.value == text


def test_load_gives_a_dataset_whose_queries_see_all_graphs() -> None:
    dataset = load(TINY)
    rows = list(dataset.query("SELECT ?c WHERE { ?c a rg:Bewering }", initNs={"rg": str(RG)}))
    assert len(rows) == 7
    assert {str(g.identifier).removeprefix(ID) for g in dataset.graphs()} >= {"graaf/asserted", "graaf/brief/een"}


def test_load_of_nothing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Point -C at a project"):
        open_store(tmp_path / "niets")


class TestOutput:
    """The built folder: stable, whole, and never somebody else's."""

    def test_two_builds_are_byte_identical_under_two_hash_seeds(self, tmp_path: Path) -> None:
        for seed in ("1", "2"):
            run = [sys.executable, "-m", "regiograaf", "-C", str(TINY), "build", "-o", str(tmp_path / seed)]
            env = {**os.environ, "PYTHONHASHSEED": seed, "REGIOGRAAF_CACHE": str(tmp_path / f"cache{seed}")}
            subprocess.run(run, check=True, capture_output=True, env=env)
        one, two = ({p.name: p.read_bytes() for p in (tmp_path / seed).iterdir()} for seed in ("1", "2"))
        assert one.keys() == two.keys()
        assert [name for name in one if one[name] != two[name]] == []

    def test_all_forms_hold_the_same_triples(self, tmp_path: Path) -> None:
        build(TINY, tmp_path / "b")
        quads = {str(q) for q in ox.parse(path=str(tmp_path / "b" / "regiograaf.nq"))}
        assert {str(q) for q in ox.parse(path=str(tmp_path / "b" / "regiograaf.trig"))} == quads
        assert {str(q) for q in ox.parse(path=str(tmp_path / "b" / "regiograaf.jsonld"))} == quads
        merged = {str(q.triple) for q in ox.parse(path=str(tmp_path / "b" / "regiograaf.nq"))}
        assert {str(q.triple) for q in ox.parse(path=str(tmp_path / "b" / "regiograaf.ttl"))} == merged

    def test_folder_of_somebody_else_is_refused_unless_forced(self, tmp_path: Path) -> None:
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "eigen.txt").write_text("van mij")
        with pytest.raises(ReleaseError, match=r"not made by regiograaf.*--force"):
            build(TINY, tmp_path / "b")
        assert (tmp_path / "b" / "eigen.txt").read_text() == "van mij"
        build(TINY, tmp_path / "b", force=True)
        assert (tmp_path / "b" / "map.html").exists()

    def test_file_as_output_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "b").write_text("x")
        with pytest.raises(ReleaseError, match="is a file"):
            build(TINY, tmp_path / "b")

    def test_errors_leave_the_old_output_whole(self, tiny: Path, tmp_path: Path) -> None:
        build(tiny, tmp_path / "b")
        before = {p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()}
        (tiny / "data" / "letters" / "een.ttl").write_text("kapot")
        assert build(tiny, tmp_path / "b").build is None
        assert {p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()} == before

    @pytest.mark.parametrize("after", [0.2, 0.5, 0.8, 1.1, 1.4])
    def test_killing_a_build_leaves_the_old_output_whole(self, tmp_path: Path, after: float) -> None:
        build(TINY, tmp_path / "b")
        before = {p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()}
        run = [sys.executable, "-m", "regiograaf", "-C", str(TINY), "build", "-o", str(tmp_path / "b")]
        process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert {p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()} == before

    def test_replacing_removes_what_the_old_folder_had(self, tmp_path: Path) -> None:
        for name in ("old", "new"):
            (tmp_path / name).mkdir()
            (tmp_path / name / ".regiograaf").write_text("")
            (tmp_path / name / name).write_text(name)
        replace_folder(tmp_path / "new", tmp_path / "old")
        assert sorted(p.name for p in tmp_path.iterdir()) == ["old"]
        assert sorted(p.name for p in (tmp_path / "old").iterdir()) == [".regiograaf", "new"]


def test_forms_of_an_unchanged_graph_come_from_the_cache_and_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOGRAAF_CACHE", str(tmp_path / "cache"))
    data = nquads(compile_project(read_project(TINY)).graphs)
    for name in "ab":
        (tmp_path / name).mkdir()
    save(data, tmp_path / "a")
    forms = tmp_path / "cache" / "forms"
    for path in forms.iterdir():
        path.write_bytes(b"kept")
    for n in range(12):
        (forms / f"old{n}.ttl").write_bytes(b"")
        os.utime(forms / f"old{n}.ttl", (n, n))
    save(data, tmp_path / "b")
    assert (tmp_path / "b" / "regiograaf.ttl").read_bytes() == b"kept"
    assert len(list(forms.iterdir())) == 9


def test_shipped_cache_is_that_of_the_shipped_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When this fails: python tests/refresh_cache.py."""
    network = project(open_store(REPO), inferred=True)
    monkeypatch.setenv("REGIOGRAAF_CACHE", str(tmp_path / "cache"))
    kept.map_page(network, REPO)
    kept.measures(network, REPO)
    assert [path.name for kind in ("layout", "measures") for path in (tmp_path / "cache" / kind).rglob("*.json")] == []
