"""Parts and views of networks, on networks whose answer is worked out by hand."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from regiograaf import views
from regiograaf.errors import AnalysisError
from regiograaf.projection import collapse, project, to_json
from regiograaf.stores import open_store
from tests.conftest import REPO, TINY

MODALITIES = ("bestaand", "voorgenomen", "beeindigd")
LETTERS = {"noord": "N", "zuid": "Z", "noord-2": "N"}


def network(*edges: tuple[Any, ...], **nodes: str) -> nx.MultiDiGraph:
    """A network of edges (key, source, target, {attributes}); nodes are actors unless `nodes` gives their family."""
    made = nx.MultiDiGraph(
        letters={key: {"iri": f"brief:{key}", "region": region} for key, region in LETTERS.items()},
        regions={"N": {"names": ("regio Noord", "Noord")}, "Z": {"names": ("Zuid",)}},
        modalities={key: {"nl": key, "en": key.upper(), "style": "solid"} for key in MODALITIES},
        themes={name: {"iri": f"thema:{name}", "nl": name, "en": name.upper()} for name in ("wonen", "water")},
    )
    for key, source, target, *more in edges:
        for node in (source, target):
            family = nodes.get(node.replace("brief:", ""), "overheid")
            made.add_node(node, label=node, label_en=node, family=family, actor=family == "overheid")
        attributes: dict[str, Any] = {
            "relation": "doet",
            "relation_en": "does",
            "predicate": "rg:doet",
            "weight": 1.0,
            "modality": "bestaand",
            "denied": False,
            "origin": "claim",
            "paraphrase": f"zin {key}",
            "themes": (),
            "speaker_iri": "gs",
            "evidence": said("noord"),
        }
        made.add_edge(source, target, key=key, **(attributes | dict(*more)))
    return made


def said(*letters: str) -> tuple[dict[str, Any], ...]:
    return tuple({"letter": letter, "anchor": "ergens", "begin": i, "end": i + 1} for i, letter in enumerate(letters))


def keys(made: nx.MultiDiGraph) -> list[str]:
    return sorted(key for *_, key in made.edges(keys=True))


def weights(made: nx.MultiDiGraph) -> dict[tuple[str, str], float]:
    return {(u, v): weight for u, v, weight in collapse(made).edges(data="weight")}


def test_keeping_claims_by_modality_letter_and_theme() -> None:
    made = network(
        ("1", "a", "b", {"modality": "voorgenomen"}),
        ("2", "b", "c", {"evidence": said("noord", "zuid"), "themes": ("wonen",)}),
        ("3", "c", "d", {"evidence": said("zuid"), "themes": ("water", "wonen")}),
    )
    assert keys(views.keep(made, modalities=["bestaand"])) == ["2", "3"]
    assert keys(views.keep(made, themes=["water"])) == ["3"]
    north = views.keep(made, letters=["noord"])
    assert keys(north) == ["1", "2"]
    assert north.edges["b", "c", "2"]["evidence"] == said("noord")
    assert list(north) == ["a", "b", "c"]  # d has lost its only edge
    assert made.edges["b", "c", "2"]["evidence"] == said("noord", "zuid")


def test_what_is_inferred_is_kept_where_all_it_rests_on_is_said_in_the_letters() -> None:
    def step(*letters: str) -> dict[str, Any]:
        return {"said": said(*letters), "premises": ()}

    derivation = {"said": (), "premises": (step("noord"), step("noord-2", "zuid"), step())}  # the last is background
    made = network(("1", "a", "b", {"origin": "inferred", "evidence": (), "derivation": derivation}))
    assert keys(views.keep(made, letters=["noord"])) == []
    kept = views.keep(made, letters=["noord", "zuid"])
    premises = kept.edges["a", "b", "1"]["derivation"]["premises"]
    assert [tuple(piece["letter"] for piece in premise["said"]) for premise in premises] == [("noord",), ("zuid",), ()]


def test_what_exists_is_said_to_exist_and_neither_denied_nor_ended() -> None:
    made = network(
        ("1", "a", "b"),
        ("2", "a", "b", {"modality": "voorgenomen"}),
        ("3", "b", "c"),
        ("4", "b", "c", {"denied": True}),
        ("5", "c", "d"),
        ("6", "c", "d", {"modality": "beeindigd"}),
        ("7", "d", "c"),
        ("8", "d", "a", {"modality": "voorgenomen", "denied": True}),
    )
    assert keys(views.existing(made)) == ["1", "7"]


def test_actors_are_joined_to_each_other() -> None:
    made = network(("1", "a", "b"), ("2", "a", "p"), ("3", "p", "q"), p="programma", q="onderwerp")
    assert (keys(views.actors(made)), list(views.actors(made))) == (["1"], ["a", "b"])


AFFILIATIONS = network(
    # p is shared by a, b, c; q by a and b. Of a and p one claim exists and one is intended; of b and p all is intended
    ("1", "a", "p"),
    ("2", "a", "p", {"modality": "voorgenomen"}),
    ("3", "p", "b", {"modality": "voorgenomen"}),
    ("4", "c", "p"),
    ("5", "a", "q"),
    ("6", "b", "q"),
    # none of these ties anything: between actors, to a letter, denied, inferred, between programmes
    ("7", "a", "b"),
    ("8", "a", "brief:noord"),
    ("9", "c", "q", {"denied": True}),
    ("10", "c", "q", {"origin": "inferred"}),
    ("11", "p", "q"),
    p="programma",
    q="programma",
    noord="programma",
)


def test_actors_and_programmes_are_two_sides() -> None:
    two = views.two_mode(AFFILIATIONS)
    assert keys(two) == ["1", "2", "3", "4", "5", "6"]
    assert dict(two.nodes(data="bipartite")) == {"a": 0, "b": 0, "c": 0, "p": 1, "q": 1}
    assert "bipartite" not in AFFILIATIONS.nodes["a"]
    assert nx.is_bipartite(two.to_undirected())


def test_actors_share_programmes() -> None:
    two = views.two_mode(AFFILIATIONS)
    assert weights(views.one_mode(two)) == {("a", "b"): 2.0, ("a", "c"): 1.0, ("b", "c"): 1.0}
    # among three who share p each pair has a half of it, the two who share q have all of it
    assert weights(views.one_mode(two, by="newman")) == {("a", "b"): 1.5, ("a", "c"): 0.5, ("b", "c"): 0.5}
    assert weights(views.one_mode(two, 1)) == {("p", "q"): 2.0}


def test_what_is_shared_by_intention_only_is_intended() -> None:
    shared = views.one_mode(views.two_mode(AFFILIATIONS))
    found = {(u, v, a["derivation"]["because"]): a["modality"] for u, v, a in shared.edges(data=True)}
    assert found == {
        ("a", "b", "beide verbonden met p"): "voorgenomen",
        ("a", "b", "beide verbonden met q"): "bestaand",
        ("a", "c", "beide verbonden met p"): "bestaand",
        ("b", "c", "beide verbonden met p"): "voorgenomen",
    }
    assert keys(views.existing(shared)) == sorted(
        key for *_, key, a in shared.edges(keys=True, data=True) if a["modality"] == "bestaand"
    )


def test_a_shared_tie_leads_back_to_the_strongest_claim_of_both() -> None:
    shared = views.one_mode(views.two_mode(AFFILIATIONS))
    (edge,) = [
        a for u, v, a in shared.edges(data=True) if a["derivation"]["because_en"] == "both tied to p" and u == "b"
    ]
    assert (edge["origin"], edge["evidence"], edge["symmetric"]) == ("view", (), True)
    assert (edge["relation"], edge["relation_en"]) == ("via p verbonden met", "tied through p to")
    first, second = edge["derivation"]["premises"]
    assert [first[name] for name in ("subject", "relation", "object")] == ["p", "doet (voorgenomen)", "b"]
    assert [second[name] for name in ("subject_en", "relation_en", "object_en")] == ["c", "does", "p"]
    assert [piece["claim"] for premise in (first, second) for piece in premise["said"]] == ["3", "4"]
    assert second["said"][0]["anchor"] == "ergens"


def test_actors_occur_with_themes() -> None:
    made = network(
        ("1", "a", "b", {"themes": ("water", "wonen")}),
        ("2", "a", "p", {"themes": ("wonen",), "modality": "voorgenomen", "weight": 0.5}),
        ("3", "c", "thema:water"),  # what an actor is about is a claim, as it stands
        ("4", "b", "c", {"themes": ("wonen",), "denied": True}),
        p="programma",
        **{"thema:water": "onderwerp"},
    )
    two = views.two_mode(made, "themes")
    found = sorted((u, v, a["modality"], a["origin"]) for u, v, a in two.edges(data=True))
    assert found == [
        ("a", "thema:water", "bestaand", "view"),
        ("a", "thema:wonen", "bestaand", "view"),
        ("a", "thema:wonen", "voorgenomen", "view"),
        ("b", "thema:water", "bestaand", "view"),
        ("b", "thema:wonen", "bestaand", "view"),
        ("c", "thema:water", "bestaand", "claim"),
    ]
    assert collapse(two).edges["a", "thema:wonen"]["weight"] == 1.5
    assert two.nodes["thema:wonen"]["label_en"] == "WONEN"
    # water and wonen: both with a and with b
    assert weights(views.one_mode(two, 1)) == {("thema:water", "thema:wonen"): 2.0}
    assert weights(views.one_mode(two)) == {("a", "b"): 2.0, ("a", "c"): 1.0, ("b", "c"): 1.0}


def test_claims_weigh_by_letters_or_by_passages() -> None:
    made = network(("1", "a", "b", {"evidence": said("noord", "zuid", "zuid"), "weight": 0.5}), ("2", "a", "b"))
    assert {by: weights(views.weigh(made, by))["a", "b"] for by in views.WEIGHINGS} == {
        "claims": 1.5,
        "letters": 2.0,  # two letters at a half, and one
        "passages": 2.5,
        "templates": 1.5,
    }
    assert made.edges["a", "b", "1"]["weight"] == 0.5


def test_template_text_counts_once() -> None:
    def sent(letter: str, text: str, **more: Any) -> dict[str, Any]:
        return {"evidence": said(letter), "paraphrase": text} | more

    made = network(
        ("1", "a", "n", sent("noord", "Wij helpen regio Noord.")),
        ("2", "a", "z", sent("zuid", "Wij helpen zuid.")),
        ("3", "a", "n", sent("noord-2", "Wij helpen Noord.")),  # the same region again: still two regions
        # none of these is a variant of them: another modality, speaker, relation, denial or text
        ("4", "a", "z", sent("zuid", "Wij helpen Zuid.", modality="voorgenomen")),
        ("5", "a", "z", sent("zuid", "Wij helpen Zuid.", speaker_iri="college")),
        ("6", "a", "z", sent("zuid", "Wij helpen Zuid.", predicate="rg:wil")),
        ("7", "a", "z", sent("zuid", "Wij helpen Zuid.", denied=True)),
        ("8", "a", "z", sent("zuid", "Wij helpen Noord.")),  # another region than its own
        # the same text twice about one region is no template; one claim of letters about both is one already
        ("9", "b", "c", sent("noord", "Wij doen mee.")),
        ("10", "b", "d", sent("noord-2", "Wij doen mee.")),
        ("11", "b", "c", {"evidence": said("noord", "zuid"), "paraphrase": "Wij helpen Noord."}),
    )
    once = views.weigh(made, "templates")
    changed = {key: a["weight"] for *_, key, a in once.edges(keys=True, data=True) if a["weight"] != 1}
    assert changed == {"1": 0.5, "2": 0.5, "3": 0.5}
    assert once.edges["a", "n", "1"]["variants"] == ("1", "2", "3")
    assert all(("variants" in a) == (key in changed) for *_, key, a in once.edges(keys=True, data=True))


def test_errors_say_what_there_is() -> None:
    made = network(("1", "a", "b"))
    with pytest.raises(AnalysisError, match=r'no modality "bestand"\. Use one of: bestaand, voorgenomen'):
        views.keep(made, modalities=["bestand"])
    with pytest.raises(AnalysisError, match=r'no letter "oost"\. Use one of: noord, zuid'):
        views.keep(made, letters=["oost"])
    made.graph["themes"] = {f"thema {i}": {} for i in range(80)}  # many are not all listed
    with pytest.raises(AnalysisError, match=r'no theme "thema7"\. Use one of: [^,]*7[^,]*, [^,]*, [^,]*\.$'):
        views.keep(made, themes=["thema7"])
    with pytest.raises(AnalysisError, match="one of: all, actors"):
        views.view(made, "wolken")
    with pytest.raises(AnalysisError, match="one of: claims, letters"):
        views.weigh(made, "gewicht")
    with pytest.raises(AnalysisError, match="programmes or themes"):
        views.two_mode(made, "dieren")
    with pytest.raises(AnalysisError, match="Take two_mode"):
        views.one_mode(made)
    with pytest.raises(AnalysisError, match='"shared" or "newman"'):
        views.one_mode(views.two_mode(made), by="alles")


@pytest.mark.parametrize("name", views.VIEWS)
def test_a_view_of_nothing_is_nothing(name: str) -> None:
    assert len(views.view(network(), name)) == 0


@pytest.fixture(scope="module")
def real(store) -> nx.MultiDiGraph:  # type: ignore[no-untyped-def]
    return project(store, themes=True)


def shuffled(made: nx.MultiDiGraph, seed: int) -> nx.MultiDiGraph:
    chance = random.Random(seed)
    nodes, edges = list(made.nodes(data=True)), list(made.edges(keys=True, data=True))
    chance.shuffle(nodes)
    chance.shuffle(edges)
    other = nx.MultiDiGraph(**made.graph)
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return other


@pytest.mark.parametrize("name", views.VIEWS)
def test_order_of_the_input_changes_nothing(real: nx.MultiDiGraph, name: str) -> None:
    made = [views.view(views.weigh(given, "templates"), name) for given in (real, shuffled(real, 1))]
    first, second = ([list(found.nodes), list(found.edges(keys=True)), to_json(found)] for found in made)
    assert first == second
    assert made[0].number_of_edges() > 100


def test_views_are_the_same_under_every_hash_seed() -> None:
    code = (
        "from pathlib import Path; from regiograaf.stores import open_store; from regiograaf import views; "
        "from regiograaf.projection import project, to_json; "
        f"n = project(open_store(Path({str(TINY)!r})), inferred=True, themes=True); "
        "print(*(to_json(views.view(views.weigh(n, by), v)) for v in views.VIEWS for by in views.WEIGHINGS))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in "0123"
    ]
    assert len({run.stdout for run in runs}) == 1


def test_every_tie_of_a_view_leads_back_to_claims(real: nx.MultiDiGraph) -> None:
    claims = set(keys(real))
    for name in views.VIEWS:
        for *_, key, attributes in views.view(real, name).edges(keys=True, data=True):
            if attributes["origin"] == "claim":
                assert key in claims
                continue
            steps = [attributes["derivation"]]
            for step in steps:
                steps += step["premises"]
            cited = [piece["claim"] for step in steps for piece in step["said"]]
            assert cited
            assert claims.issuperset(cited)


def test_variants_stand_in_the_same_words_in_the_letters(real_letters: Path) -> None:
    made = project(open_store(REPO, real_letters), themes=True)
    once = views.weigh(made, "templates")
    letters, regions = made.graph["letters"], made.graph["regions"]

    def passages(attributes: dict[str, Any]) -> str:
        (region,) = {letters[piece["letter"]]["region"] for piece in attributes["evidence"]}
        text = " ".join(" ".join(piece["quote"].split()) for piece in attributes["evidence"])
        return re.sub("|".join(regions[region]["names"]), "…", text, flags=re.IGNORECASE)

    groups: dict[tuple[str, ...], set[str]] = {}
    for *_, attributes in once.edges(data=True):
        if "variants" in attributes:
            groups.setdefault(attributes["variants"], set()).add(passages(attributes))
    assert len(groups) > 20
    alike = [variants for variants, texts in groups.items() if len(texts) == 1]
    assert len(alike) >= 0.9 * len(groups), json.dumps([sorted(texts) for texts in groups.values() if len(texts) > 1])
