"""Rankings, comparisons and paths: places, ranges, the claims behind them, and the same result every time."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import networkx as nx
import pytest

from regiograaf import analysis
from regiograaf.analysis import MEASURES, Change, Path, Rank, Step, Ties, communities, compare, figures, paths, rank
from regiograaf.analysis.numbers import cleaned
from regiograaf.errors import AnalysisError
from regiograaf.projection import collapse, project
from regiograaf.views import VIEWS, WEIGHINGS, view
from tests.analysis_networks import claims, spoken, ties
from tests.conftest import REPO


def test_a_row_has_its_place_range_letters_and_claims() -> None:
    # a - b - c; letter x has a - b, letter y b - c and one more a - b
    network = claims("a b x", "b c y", "b a y")
    assert rank(network, by="strength") == [
        # without x b has 2, without y 1; it is first in both, there beside a
        Rank(1, "b", "label b", "soort", 3.0, 1.0, 2.0, 1, 1, 2, ("claim0", "claim1", "claim2")),
        # without x it shares the place with c
        Rank(2, "a", "label a", "soort", 2.0, 1.0, 1.0, 1, 2, 2, ("claim0", "claim2")),
        # only y speaks of c: without it, it stands behind the two others
        Rank(3, "c", "label c", "soort", 1.0, 0.0, 1.0, 2, 3, 1, ("claim1",)),
    ]


def test_without_a_letter_the_network_is_that_of_the_others() -> None:
    # without y, b is linked to 1 of 1 others, not to 1 of 2
    (row,) = [r for r in rank(claims("a b x", "b c y"), by="degree") if r.entity == "b"]
    assert (row.score, row.low, row.high) == (1, 1, 1)


def test_one_letter_alone_or_no_letters_give_no_range() -> None:
    for network in (claims("a b x", "b c x"), collapse(claims("a b x", "b c y"))):
        assert {(r.low, r.high, r.best, r.worst) for r in rank(network)} == {(None, None, None, None)}
    assert rank(claims("a b x", "b c y"), ranges=False)[0].low is None


def test_many_letters_are_left_out_only_when_asked_for() -> None:
    network = claims(*(f"a b{n} letter{n}" for n in range(51)))
    assert rank(network)[0].low is None
    assert rank(network, by="strength", ranges=True)[0].low == 50


def test_who_is_not_constrained_without_a_letter_stands_behind_all_others_without_a_score() -> None:
    rows = {r.entity: r for r in rank(claims("a b x", "b c x", "d b y"), by="constraint")}
    # d has one contact: 1. Without x it keeps it, without y nobody speaks of it: b, a and c stand before
    assert (rows["d"].low, rows["d"].high, rows["d"].best, rows["d"].worst) == (1, 1, 1, 4)
    assert rows["b"].place == 1


def test_equal_scores_share_a_place_in_order_of_iri() -> None:
    rows = rank(ties("mc", "mb", "ma"), by="degree")
    assert [(r.place, r.entity) for r in rows] == [(1, "m"), (2, "a"), (2, "b"), (2, "c")]


def test_denied_claims_and_others_modalities_do_not_count() -> None:
    network = claims("a b x", "!a c x", "a d x/gewenst")
    assert {r.entity: r.score for r in rank(network, by="strength")} == {"a": 2, "b": 1, "d": 1, "c": 0}
    assert {r.entity: r.score for r in rank(network, by="strength", modalities=["gewenst"])} == {"a": 1, "d": 1}


def test_without_senders() -> None:
    # X wrote the letter x; without it, b and c have each other only
    network = claims("X a x", "X b x", "b c x")
    assert rank(network, by="degree")[0].entity in ("X", "b")
    assert {r.entity: r.score for r in rank(network, by="degree", without_senders=True)} == {"b": 0.5, "c": 0.5, "a": 0}


def test_a_collapsed_network_counts_the_same_ties() -> None:
    network = spoken(1)
    one, other = Ties.of(network), Ties.of(collapse(network))
    assert one.nodes == other.nodes
    for field in ("begin", "ends", "weights"):
        assert getattr(one, field).tolist() == getattr(other, field).tolist()


def test_views_are_ranked_with_the_claims_behind_their_ties(store) -> None:  # type: ignore[no-untyped-def]
    network = project(store)
    known = {key for *_, key in network.edges(keys=True)}
    for name in VIEWS:
        rows = rank(network, by="degree", view=name)
        assert [(r.entity, r.score) for r in rows] == [
            (r.entity, r.score) for r in rank(view(network, name), by="degree")
        ]
        assert rows[0].claims
        assert known.issuperset(claim for row in rows for claim in row.claims)
        assert all(row.letters for row in rows if row.score)


def test_weighings_weigh(store) -> None:  # type: ignore[no-untyped-def]
    network = project(store)
    sums = {name: sum(r.score for r in rank(network, by="strength", weighing=name)) for name in WEIGHINGS}
    assert sums["templates"] < sums["claims"] < sums["letters"] <= sums["passages"]


def test_two_mode_measures_take_actors_and_programmes_by_themselves(store) -> None:  # type: ignore[no-untyped-def]
    network = project(store)
    both = view(network, "actors-programmes")
    assert rank(network, by="two-mode-degree") == rank(both, by="two-mode-degree")


def test_compare_says_who_rises_and_by_which_claims() -> None:
    # now a - b, b - c: b is between a and c. With the intention a - c nobody is between; d comes in
    network = claims("a b x", "b c x", "a c x/voorgenomen", "a d x/voorgenomen", "d e x/gewenst")
    assert compare(network) == [
        # b had 1 of the 3 pairs of a, c, d; a then has d's two
        Change("a", "label a", "soort", 2, 1, 1, 0.0, cleaned(2 / 3), ("claim2", "claim3")),
        Change("b", "label b", "soort", 1, 2, -1, cleaned(1 / 3), 0.0, ()),
    ]
    by_degree = {c.entity: (c.before, c.after, c.score_before, c.score_after) for c in compare(network, by="degree")}
    assert by_degree == {
        "a": (2, 1, cleaned(1 / 3), 1),
        "b": (1, 2, cleaned(2 / 3), cleaned(2 / 3)),
        "c": (2, 2, cleaned(1 / 3), cleaned(2 / 3)),
        "d": (4, 4, 0, cleaned(1 / 3)),
    }


def test_compare_where_a_measure_is_not_defined_before() -> None:
    network = claims("a b x", "c a x/voorgenomen")
    (row,) = [c for c in compare(network, by="constraint") if c.entity == "c"]
    assert (row.before, row.after, row.rise, row.score_before, row.score_after) == (None, 2, None, None, 1)


def test_paths_give_each_step_its_claims_and_say_which_letters_they_rest_on() -> None:
    # a to d: over b 1/2 + 1, over c 1 + 1/2, directly 2 claims would be closer, but one is denied and one only wished
    network = claims("a b x", "b a y", "b d x", "a c x y", "d c x", "c d y", "!a d x", "z a x")
    found = paths(network, "a", "d")
    assert found == [
        Path(
            1.5,
            ("a", "b", "d"),
            ("label a", "label b", "label d"),
            (Step("a", "b", 0.5, ("claim0", "claim1")), Step("b", "d", 1.0, ("claim2",))),
            # without y a - b is longer; without x b - d is gone
            ("x", "y"),
        ),
        Path(
            1.5,
            ("a", "c", "d"),
            ("label a", "label c", "label d"),
            (Step("a", "c", 1.0, ("claim3",)), Step("c", "d", 0.5, ("claim4", "claim5"))),
            ("x", "y"),
        ),
    ]
    assert paths(network, "a", "d", most=1) == found[:1]
    assert paths(claims("a b x", "a b y", "c d x"), "a", "d") == []
    assert paths(network, "a", "a") == [Path(0.0, ("a",), ("label a",), (), ())]


def test_paths_are_those_of_networkx() -> None:
    for seed in range(4):
        network = spoken(seed)
        simple = collapse(network)
        for _, _, data in simple.edges(data=True):
            data["units"] = round(12 / data["weight"])
        start, end = "e00", "e17"
        theirs = sorted(nx.all_shortest_paths(simple, start, end, weight="units"))
        assert [list(path.entities) for path in paths(network, start, end, most=1000)] == theirs
        for path in paths(network, start, end):
            assert sum(step.distance for step in path.steps) == pytest.approx(path.distance)


def test_errors_are_named() -> None:
    network = claims("a b x", "b c x")
    for message, call in {
        "Use one of: degree": lambda: rank(network, by="beroemdheid"),
        "Use one of: all": lambda: rank(network, view="beroemd"),
        "Use one of: claims": lambda: rank(network, weighing="beroemd"),
        'no modality "beroemd"': lambda: rank(network, modalities=["beroemd"]),
        "Use one of: region, layer": lambda: rank(network, by="brokerage", groups="beroemd"),
        "Take projection.collapse": lambda: rank(nx.path_graph(3)),
        "Weights are above 0": lambda: rank(ties("ab", weights={"ab": -1})),
        "Give the network of projection": lambda: rank(ties("ab"), by="liaison"),
        "no views, weighings, modalities or senders": lambda: rank(ties("ab"), without_senders=True),
        "no two sides": lambda: rank(ties("ab"), by="two-mode-degree"),
        "ties within one of its two sides": lambda: rank(two_actors(), by="two-mode-degree"),
        "Name one of each": lambda: compare(network, ["bestaand"], ["bestaand"]),
        "at least one run": lambda: communities(network, runs=0),
        "q has no tie in this part": lambda: paths(network, "a", "q"),
    }.items():
        with pytest.raises(AnalysisError, match=message):
            call()


def two_actors() -> nx.Graph:
    graph = ties("ab")
    nx.set_node_attributes(graph, 0, "bipartite")
    return graph


def test_the_remedy_of_a_network_without_weights_works() -> None:
    assert [r.score for r in rank(collapse(claims("a b x", "b c x")), by="degree")] == [1, 0.5, 0.5]


def test_networks_are_not_changed() -> None:
    network = spoken(3)
    before = nx.MultiDiGraph(network)
    rank(network, by="betweenness", without_senders=True)
    communities(network)
    figures(network)
    assert nx.utils.graphs_equal(network, before)


def test_results_are_the_same_under_every_hash_seed_and_order() -> None:
    # the third argument shuffles nodes, edges and, through the hash seed, every set
    code = (
        "import sys; from regiograaf.analysis import *; from tests.analysis_networks import spoken\n"
        "n = spoken(1, int(sys.argv[1]))\n"
        "for by in MEASURES: print(rank(n, by=by))\n"
        "print(communities(n), figures(n), compare(n), paths(n, 'e00', 'e17'), bridges(n))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, seed],
            cwd=REPO,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "0123"
    ]
    assert len(runs[0]) > 50_000
    assert len(set(runs)) == 1


def test_scores_are_cleaned_of_noise_but_not_of_differences() -> None:
    assert cleaned(0.1 + 0.2) == cleaned(0.3) == 0.3
    assert cleaned(1e-17) == cleaned(1e-13, 0.5) == 0
    assert cleaned(0.123456789) != cleaned(0.123456788)
    assert cleaned(2e-8, 0.5) == 2e-8
    assert math.isnan(cleaned(math.nan, 1))
    # a five on the tenth digit is rounded alike however the last digits fall
    assert cleaned(0.0001220703125) == cleaned(0.00012207031250000003) == cleaned(0.00012207031249999997)


def test_every_measure_says_in_one_sentence_what_it_means_and_where_it_is_defined() -> None:
    for name, measure in {**MEASURES, **analysis.FIGURES}.items():
        assert measure.name == name
        for sentence in (measure.meaning, measure.meaning_en):
            assert sentence.endswith(".")
            assert sentence.count(". ") == 0
        assert measure.source.startswith("10.")
