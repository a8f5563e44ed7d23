"""What is drawn when somebody asks for an entity, a stored question, or SPARQL of their own."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from regiograaf import load, render, views
from regiograaf.cli import main
from regiograaf.cli.maps import map_
from regiograaf.errors import QueryError, RegiograafError, UnknownTermError
from regiograaf.namespaces import ID
from regiograaf.projection import project
from regiograaf.selection import Choice, Part, entity_of, select, surroundings
from regiograaf.stores import open_store
from tests.conftest import REPO, TINY

CLAIM = "GRAPH ?g { ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rg:modaliteit ?m ; rg:bewijs ?e }"
EVIDENCE = f"{CLAIM} GRAPH ?g {{ ?e rg:uitBrief ?letter ; rg:anker ?anchor }}"


@pytest.fixture(scope="module")
def tiny_store() -> ox.Store:
    return open_store(TINY)


def ask(store: ox.Store, text: str | None, *params: str, choice: Choice | None = None, steps: int = 1) -> Part:
    return select(TINY, store, text, params, choice or Choice(), steps=steps, direct=True)


def drawn(part: Part) -> list[tuple[str, str, str, str]]:
    """Source, relation, target and origin of each edge, in order."""
    labels = dict(part.network.nodes(data="label"))
    return sorted((labels[u], a["relation"], labels[v], a["origin"]) for u, v, a in part.network.edges(data=True))


COOPERATION = ("de provincie", "werkt samen met", "gemeente Noordveen", "claim")
PACT = ("gemeente Noordveen", "is partij bij", "pact van Noordveen", "claim")
IN_DISTRICT = ("Noordland", "ligt in", "het Gewest", "claim")
IN_NORTH = ("Noordveen (plaats)", "ligt in", "Noordland", "claim")
FOLLOWS = ("Noordveen (plaats)", "ligt in", "het Gewest", "inferred")


def path(*edges: tuple[str, str, str]) -> nx.MultiDiGraph:
    made = nx.MultiDiGraph()
    for u, v, origin in edges:
        made.add_edge(u, v, key=f"{u}{v}", origin=origin)
    return made


def test_surroundings_are_all_within_some_steps_and_what_joins_them() -> None:
    made = path(("a", "b", "claim"), ("c", "b", "claim"), ("c", "d", "claim"), ("a", "c", "inferred"))
    assert sorted(surroundings(made, "a").edges(keys=True)) == [("a", "b", "ab")]
    # c is two steps away; then the inferred relation is among them
    assert sorted(key for *_, key in surroundings(made, "a", steps=2).edges(keys=True)) == ["ab", "ac", "cb"]
    assert sorted(key for *_, key in surroundings(made, "a", inferred=True).edges(keys=True)) == ["ab", "ac", "cb"]
    assert len(surroundings(made, "a", steps=9)) == 4
    with pytest.raises(UnknownTermError, match="x has no relation to draw"):
        surroundings(made, "x")


@pytest.mark.parametrize("text", ["-", "wie-neemt-deel", "eigen/vraag.rq", "ASK {}", "SELECT ?s\nWHERE"])
def test_a_question_is_no_entity(tiny_store: ox.Store, text: str) -> None:
    assert entity_of(TINY, tiny_store, text) is None


@pytest.mark.parametrize("text", ["het Gewest", "the District", "gebied:gewest", f"{ID}gebied/gewest"])
def test_an_entity_is_a_label_a_curie_or_an_iri(tiny_store: ox.Store, text: str) -> None:
    assert entity_of(TINY, tiny_store, text) == f"{ID}gebied/gewest"


def test_a_slip_in_the_name_of_a_question_is_told(tiny_store: ox.Store) -> None:
    with pytest.raises(UnknownTermError, match='Of the stored questions "wie-neemt-deel" comes near'):
        entity_of(TINY, tiny_store, "wie-neemt-del")


def test_everything_and_what_is_chosen_of_it(tiny_store: ox.Store) -> None:
    assert drawn(ask(tiny_store, None)) == sorted([COOPERATION, PACT, IN_DISTRICT, IN_NORTH, FOLLOWS])
    for choice, edges in (
        (Choice(existing=True), [COOPERATION, IN_DISTRICT, IN_NORTH, FOLLOWS]),
        (Choice(letters=["een"]), [COOPERATION, PACT]),
        (Choice(modalities=["voorgenomen"]), [PACT]),
        (Choice(view="actors"), [COOPERATION]),
        *((Choice(themes=[theme]), [COOPERATION]) for theme in ("Wonen", "living and housing", "thema:wonen")),
    ):
        assert drawn(ask(tiny_store, None, choice=choice)) == sorted(edges), choice


def test_an_entity_in_what_is_chosen(tiny_store: ox.Store) -> None:
    part = ask(tiny_store, "gemeente:noordveen")
    assert (drawn(part), part.title) == ([COOPERATION, PACT], "Wie is verbonden met gemeente Noordveen?")
    assert drawn(ask(tiny_store, "gemeente:noordveen", choice=Choice(existing=True))) == [COOPERATION]
    assert drawn(ask(tiny_store, "het Gewest")) == [IN_DISTRICT]
    assert drawn(ask(tiny_store, "het Gewest", steps=2)) == sorted([IN_DISTRICT, IN_NORTH, FOLLOWS])


def test_rows_with_claims_are_these_claims(tiny_store: ox.Store) -> None:
    found = ask(tiny_store, f"SELECT ?claim WHERE {{ {CLAIM} FILTER(?m = modaliteit:voorgenomen) }}")
    assert (drawn(found), found.title) == ([PACT], "Antwoord op een eigen vraag")


def test_rows_with_evidence_are_the_claims_it_is_for(tiny_store: ox.Store) -> None:
    # pact and municipality would be joined by any claim between them; the evidence says which is meant
    query = f"SELECT ?s ?o ?letter ?anchor WHERE {{ {EVIDENCE} FILTER(?p = rg:partijBij) }}"
    assert drawn(ask(tiny_store, query)) == [PACT]
    # one end is enough, unless another relation or modality is asked for
    one = f"SELECT ?s ?letter ?anchor ?p ?m WHERE {{ {EVIDENCE} FILTER(?p = rg:partijBij) }}"
    assert drawn(ask(tiny_store, one)) == [PACT]
    for wrong in ("rg:werktSamenMet AS ?q", "rdf:type AS ?q", "modaliteit:gewenst AS ?q"):
        with pytest.raises(QueryError, match="no claim in the answer joins two entities"):
            ask(tiny_store, f"SELECT ?s ?letter ?anchor ({wrong}) WHERE {{ {EVIDENCE} FILTER(?p = rg:partijBij) }}")


def test_rows_with_entities_are_all_that_joins_these(tiny_store: ox.Store) -> None:
    # the letter is where it stands, not one of those that are joined
    rows = "(gemeente:noordveen brief:een) (overheid:provincie brief:een)"
    query = f"SELECT ?s ?letter WHERE {{ VALUES (?s ?letter) {{ {rows} }} }}"
    assert drawn(ask(tiny_store, query)) == [COOPERATION]


def test_the_parameter_of_a_question_is_one_of_its_entities(tiny_store: ox.Store) -> None:
    part = ask(tiny_store, "partners-van", "partij=gemeente:noordveen")
    assert drawn(part) == [COOPERATION]
    assert part.title.endswith("? (partij: gemeente:noordveen)")


def test_triples_are_the_claims_with_that_content_in_any_modality(tiny_store: ox.Store) -> None:
    part = ask(tiny_store, "CONSTRUCT { gemeente:noordveen rg:partijBij convenant:pact } WHERE {}")
    ((*_, edge),) = part.network.edges(data=True)
    assert (drawn(part), edge["modality"]) == ([PACT], "voorgenomen")


def test_triples_that_no_claim_says_are_of_the_question(tiny_store: ox.Store) -> None:
    part = ask(tiny_store, 'CONSTRUCT { ?s rg:beschermt ?o . ?s rdfs:label "x" } WHERE { ?s rg:ligtIn ?o }')
    assert {edge[3] for edge in drawn(part)} == {"query"}
    assert {edge[1] for edge in drawn(part)} == {"beschermt"}
    assert all(a["evidence"] == () and a["modality"] == "geen" for *_, a in part.network.edges(data=True))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK { ?s ?p ?o }", "an ASK is answered by yes or no"),
        ("SELECT ?s WHERE { ?s rg:ligtIn rg:ligtIn }", "found nothing"),
        ('SELECT ?x WHERE { VALUES ?x { "a" 1 } }', "names no entity"),
        (
            "SELECT ?s WHERE { VALUES ?s { gebied:gewest convenant:pact } }",
            r"no claim joins two of .* \(2\)",
        ),
        ("CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o }", "joins two IRIs"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s rg:ligtIn rg:ligtIn ; ?p ?o }", "none of the 0 triples"),
        (f"SELECT ?claim WHERE {{ {CLAIM} FILTER(?p = rdf:type) }}", "Existence and themes are no relations"),
    ],
)
def test_what_cannot_be_drawn_says_why(tiny_store: ox.Store, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        ask(tiny_store, query)


def test_what_is_not_there_says_so(tiny_store: ox.Store) -> None:
    with pytest.raises(QueryError, match="only a question takes parameters"):
        ask(tiny_store, "het Gewest", "partij=x")
    with pytest.raises(QueryError, match="only a question takes parameters"):
        ask(tiny_store, None, "partij=x")
    for choice, message in (
        (Choice(letters=["drie"]), 'no letter "drie". Use one of: een, twee'),
        (Choice(themes=["woningen"]), 'no theme "woningen". Nearest: wonen'),
        (Choice(modalities=["bestaat"]), 'no modality "bestaat"'),
        (Choice(modalities=["gewenst"]), "no relation is left to draw"),
        (Choice(view="wolken"), 'no view "wolken"'),
    ):
        with pytest.raises(RegiograafError, match=re.escape(message)):
            ask(tiny_store, None, choice=choice)


def test_a_stored_question_is_drawn_as_it_is_answered(store: ox.Store) -> None:
    agreed = select(REPO, store, "wat-is-afgesproken", (), Choice(), direct=True)
    assert {a["modality"] for *_, a in agreed.network.edges(data=True)} == {"afgesproken"}
    assert agreed.title.startswith("Waartoe is besloten")
    with pytest.raises(QueryError, match="Existence and themes"):  # what has ended is said of things, not of relations
        select(REPO, store, "wat-is-beeindigd", (), Choice(), direct=True)


def test_the_command_offers_every_view() -> None:
    (option,) = [option for option in map_.params if option.name == "view"]
    assert tuple(option.type.choices) == tuple(views.VIEWS)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gebied:gewest",), "2 entities, 1 relation."),
        (("gebied:gewest", "--steps", "2", "--inferred"), "3 entities, 2 relations, 1 inferred."),
        (("partners-van", "-p", "partij=gemeente:noordveen"), "2 entities, 1 relation."),
        (("--existing", "--view", "actors-themes"), "4 entities, 4 relations."),
        (("--modality", "voorgenomen", "--letter", "een"), "2 entities, 1 relation."),
        (("CONSTRUCT { ?s rg:beschermt ?o } WHERE { ?s rg:partijBij ?o }",), "0 entities"),
    ],
)
def test_map_draws_what_is_asked_for(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    target = tmp_path / "map.html"
    result = CliRunner().invoke(main, ["-C", str(TINY), "map", *words, "-o", str(target), "--title", "Eigen titel"])
    if said.startswith("0"):  # nothing is party to a pact yet, so the question finds no triple
        assert (result.exit_code, target.exists()) == (2, False)
        assert "none of the 0 triples" in result.stderr
        return
    assert result.exit_code == 0, result.output
    assert result.stderr.partition(": ")[2].strip() == said
    assert "Eigen titel" in target.read_text(encoding="utf-8")


def test_map_writes_a_figure(tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    result = CliRunner().invoke(main, ["-C", str(TINY), "map", "gemeente:noordveen", "-o", str(target)])
    assert result.exit_code == 0, result.output
    text = target.read_text(encoding="utf-8")
    assert "<svg" in text
    assert "pact van Noordveen" in text


def test_a_map_in_a_notebook_is_a_frame_that_reaches_nothing() -> None:
    shown = render(load(TINY), "gemeente:noordveen", title='"><script>alert(1)</script>', height=300)
    frame = shown._repr_html_()
    assert frame.count("<iframe") == frame.count(">") // 2 == 1  # nothing breaks out of the attributes
    attributes = dict(re.findall(r'([a-z]+)="([^"]*)"', frame))
    assert "allow-same-origin" not in attributes["sandbox"]
    assert "allow-scripts" in attributes["sandbox"].split()
    assert unescape(attributes["srcdoc"]) == shown.html
    assert "height: 300px" in attributes["style"]


def test_a_map_in_python_is_what_the_command_writes(tmp_path: Path) -> None:
    shown = render(load(TINY), "partners-van", partij="gemeente:noordveen")
    assert drawn(Part(shown.network)) == [COOPERATION]
    shown.write(tmp_path / "own.html")
    words = (
        "-C",
        str(TINY),
        "map",
        "partners-van",
        "-p",
        "partij=gemeente:noordveen",
        "-o",
        str(tmp_path / "map.html"),
    )
    assert CliRunner().invoke(main, words).exit_code == 0
    assert (tmp_path / "own.html").read_bytes() == (tmp_path / "map.html").read_bytes()
    shown.write(tmp_path / "own.svg")
    assert "<svg" in (tmp_path / "own.svg").read_text(encoding="utf-8")
    with pytest.raises(RegiograafError, match="Choose another file"):
        shown.write(tmp_path)


def test_a_network_is_drawn_as_it_is(tiny_store: ox.Store) -> None:
    part = views.actors(project(tiny_store))
    assert render(part).network is part
    with pytest.raises(QueryError, match="a network cannot be asked"):
        render(part, "het Gewest")
