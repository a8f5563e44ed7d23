"""Every measure on networks small enough to work out by hand; the working is in the comments."""

from __future__ import annotations

from math import sqrt

import networkx as nx
import pytest

from regiograaf.analysis import MEASURES, Roles, bridges, brokerage, figures, rank, roles
from regiograaf.analysis.groups import agreement, communities
from tests.analysis_networks import claims, drawn, ties

TRIANGLES = ("ab", "bc", "ac", "de", "ef", "df", "cd")
"""Two triangles, a b c and d e f, joined by the tie of c and d."""


def scores(network: nx.Graph, by: str, **options: object) -> dict[str, float]:
    return {row.entity: row.score for row in rank(network, by=by, **options)}  # type: ignore[arg-type]


def near(expected: dict[str, float]) -> object:
    return pytest.approx(expected, abs=1e-8)


@pytest.fixture
def kite() -> nx.Graph:
    """Krackhardt's kite, with its people by their first letters; H and I are the tail."""
    people = dict(enumerate("ABCDEFGHIJ"))
    graph = nx.relabel_nodes(nx.krackhardt_kite_graph(), people)
    nx.set_edge_attributes(graph, 1, "weight")
    return graph


def test_degree() -> None:
    # the middle of a star of four is linked to 3 of 3 others, each leaf to 1 of 3
    assert scores(ties("ma", "mb", "mc"), "degree") == near({"m": 1, "a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert scores(ties(also="a"), "degree") == {"a": 0}


def test_strength_counts_claims() -> None:
    assert scores(ties("ab", "bc", weights={"ab": 3}, also="d"), "strength") == {"a": 3, "b": 4, "c": 1, "d": 0}


def test_degree_betweenness_and_closeness_of_the_kite(kite: nx.Graph) -> None:
    # Krackhardt made it so that each measure has a winner of its own: D by degree (6 of 9 others), H by betweenness
    # (14 of 36 pairs), F and G by closeness (9 / 14 steps)
    firsts = {"degree": {"D": 6 / 9}, "betweenness": {"H": 14 / 36}, "closeness": {"F": 9 / 14, "G": 9 / 14}}
    for by, expected in firsts.items():
        assert {row.entity: row.score for row in rank(kite, by=by) if row.place == 1} == near(expected)


def test_betweenness_of_a_path_of_triangles_and_of_a_square() -> None:
    # on a path of three all of the one pair's shortest paths go through the middle
    assert scores(ties("ab", "bc"), "betweenness") == {"a": 0, "b": 1, "c": 0}
    # c lies on the paths of a and b to d, e, f: 6 of the 10 pairs of others; d the same from the other side
    assert scores(ties(*TRIANGLES), "betweenness") == near({"a": 0, "b": 0, "c": 0.6, "d": 0.6, "e": 0, "f": 0})
    # in a square, two paths for each pair of opposites: each of the other two has half of 1 of 3 pairs
    assert scores(ties("ab", "bc", "cd", "da"), "betweenness") == near(dict.fromkeys("abcd", 1 / 6))
    # who cannot reach each other are a pair of others without a path: b has 1 of the 3 pairs of a, c, x
    assert scores(ties("ab", "bc", also="x"), "betweenness")["b"] == pytest.approx(1 / 3)


def test_more_claims_are_closer_together() -> None:
    # a to c directly is 1 long, over b 1/4 + 1/4
    graph = ties("ab", "bc", "ac", weights={"ab": 4, "bc": 4})
    assert scores(graph, "betweenness")["b"] == 1
    # a: 1/4 to b and 1/2 to c: 2 others reached / 3/4
    assert scores(graph, "closeness")["a"] == pytest.approx(2 / 0.75)


def test_paths_of_thirds_are_as_long_as_one_of_one() -> None:
    # a to d directly is 1; over b and c 1/3 three times, which adds up to 1 exactly but not in floating point
    graph = ties("ad", "ab", "bc", "cd", weights={"ab": 3, "bc": 3, "cd": 3})
    # the pair a, d has two shortest paths; b and c each lie on one of them, and between a and c, b and d
    assert scores(graph, "betweenness") == near({"a": 0, "b": 1.5 / 3, "c": 1.5 / 3, "d": 0})


def test_closeness_in_one_piece_and_in_several() -> None:
    # of a path: b is 1 from both, 2 / 2; a is 1 and 2 away, 2 / 3
    assert scores(ties("ab", "bc"), "closeness") == near({"a": 2 / 3, "b": 1, "c": 2 / 3})
    # a pair beside a path: x reaches 1 of 4 others, at 1: (1 / 4) * (1 / 1); b reaches 2 of 4: (2 / 4) * (2 / 2)
    found = scores(ties("ab", "bc", "xy"), "closeness")
    assert (found["x"], found["b"]) == (0.25, 0.5)
    assert scores(ties(also="ab"), "closeness") == {"a": 0, "b": 0}


def test_eigenvector_of_a_star_and_of_pieces() -> None:
    # a star of three leaves: the middle has m, each leaf m / sqrt(3); length 1 makes m 1 / sqrt(2)
    leaf = 1 / sqrt(6)
    assert scores(ties("ma", "mb", "mc"), "eigenvector") == near({"m": 1 / sqrt(2), "a": leaf, "b": leaf, "c": leaf})
    # two triangles apart have the same eigenvalue and share alike; the pair beside them has a smaller one and gets none
    found = scores(ties("ab", "bc", "ac", "de", "ef", "df", "xy"), "eigenvector")
    assert found == near(dict.fromkeys("abcdef", 1 / sqrt(6)) | {"x": 0, "y": 0})
    # a pair tied by three claims has eigenvalue 3, a triangle 2
    found = scores(ties("ab", "bc", "ac", "xy", weights={"xy": 3}), "eigenvector")
    assert found == near({"a": 0, "b": 0, "c": 0, "x": 1 / sqrt(2), "y": 1 / sqrt(2)})
    assert scores(ties(also="ab"), "eigenvector") == {"a": 0, "b": 0}


def test_pagerank_of_a_star() -> None:
    # c = 0.15 / 4 + 0.85 * 3 l and l = 0.15 / 4 + 0.85 * c / 3, so c = 0.133125 / 0.2775
    middle = 0.133125 / 0.2775
    leaf = (1 - middle) / 3
    assert scores(ties("ma", "mb", "mc"), "pagerank") == near({"m": middle, "a": leaf, "b": leaf, "c": leaf})
    # who has no ties is walked from to anywhere: all alike
    assert scores(ties(also="abcd"), "pagerank") == near(dict.fromkeys("abcd", 0.25))
    # of a's four claims three lead to b
    found = scores(ties("ab", "ac", weights={"ab": 3}), "pagerank")
    assert found["b"] - 0.05 == pytest.approx(3 * (found["c"] - 0.05), abs=1e-8)


def test_core() -> None:
    # a triangle with a tail of two, and one apart
    assert scores(ties("ab", "bc", "ac", "cd", "de", also="x"), "core") == {
        "a": 2,
        "b": 2,
        "c": 2,
        "d": 1,
        "e": 1,
        "x": 0,
    }


def test_core_of_four_who_are_all_linked_and_their_neighbour() -> None:
    # e is tied to two of the four: it belongs to the 2-core, the four to the 3-core
    assert scores(ties("ab", "ac", "ad", "bc", "bd", "cd", "ea", "eb"), "core") == {
        "a": 3,
        "b": 3,
        "c": 3,
        "d": 3,
        "e": 2,
    }


def test_constraint() -> None:
    # the middle of a path: (1/2)^2 twice; its ends have all in one contact: 1. x has no contacts: not defined
    rows = rank(ties("ab", "bc", also="x"), by="constraint")
    assert [(r.place, r.entity, r.score) for r in rows] == [(1, "b", 0.5), (2, "a", 1), (2, "c", 1)]
    # in a triangle each contact also comes through the other: (1/2 + 1/4)^2 twice
    assert scores(ties("ab", "bc", "ac"), "constraint") == near(dict.fromkeys("abc", 1.125))
    # with three claims to a and one to c: (3/4)^2 + (1/4)^2
    assert scores(ties("ab", "bc", weights={"ab": 3}), "constraint")["b"] == pytest.approx(10 / 16)


def test_effective_size() -> None:
    # c has 3 contacts, of whom a and b are linked: each of the two to one other, so 2 / 3 on average
    found = scores(ties(*TRIANGLES, also="x"), "effective-size")
    assert found == near({"a": 1, "b": 1, "c": 3 - 2 / 3, "d": 3 - 2 / 3, "e": 1, "f": 1, "x": 0})


def test_brokerage_counts_unlinked_pairs_from_two_regions() -> None:
    graph = ties("mp", "mq", "mr", "ms", "pr", "mx")
    regions = {"p": "A", "q": "A", "r": "B", "s": "B"}
    # pairs across: pr (linked), ps, qr, qs -> 3; x has no region. p stands between m and r, who are linked
    assert brokerage(graph, regions) == {"m": 3, "p": 0, "q": 0, "r": 0, "s": 0, "x": 0}
    assert scores(graph, "brokerage", groups=regions)["m"] == 3


ROLES = {
    "coordinator": {"i": "A", "j": "A", "k": "A"},
    "consultant": {"i": "B", "j": "A", "k": "B"},
    "gatekeeper": {"i": "B", "j": "A", "k": "A"},
    "representative": {"i": "A", "j": "A", "k": "B"},
    "liaison": {"i": "B", "j": "A", "k": "C"},
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_of_gould_and_fernandez(role: str) -> None:
    groups = ROLES[role]
    none = Roles(0, 0, 0, 0, 0)
    only = Roles(**{name: int(name == role) for name in ROLES})
    assert roles(claims("i j x", "j k x"), groups) == {"i": none, "j": only, "k": none}
    # a tie from i to k, or none onwards, and j brokers nothing; a tie from k to i closes nothing
    assert roles(claims("i j x", "j k x", "i k x"), groups)["j"] == none
    assert roles(claims("i j x", "k j x"), groups)["j"] == none
    assert roles(claims("i j x", "j k x", "k i x"), groups)["j"] == only
    # by layer, as the command has it
    layers = {"A": "provincie", "B": "gemeente", "C": "rijk"}
    network = claims("i j x", "j k x", **{node: {"layer": layers[group]} for node, group in groups.items()})
    assert scores(network, role) == {"i": 0, "j": 1, "k": 0}
    # subjects are no layer of government
    assert scores(claims("i j x", "j k x", **{n: {"layer": "onderwerp"} for n in "ijk"}), role)["j"] == 0


def test_roles_of_ties_that_hold_both_ways_and_of_who_has_no_group() -> None:
    both = claims("i j x", "j k x", symmetric=True)
    # i -> j -> k and k -> j -> i, but not i -> j -> i
    assert roles(both, ROLES["gatekeeper"])["j"] == Roles(0, 0, 1, 1, 0)
    assert roles(both, dict.fromkeys("ijk", "A"))["j"] == Roles(2, 0, 0, 0, 0)
    # who has no group stands apart in the middle, and is no end
    assert roles(both, {"i": "A", "k": "B"})["j"] == Roles(0, 0, 0, 0, 2)
    assert roles(both, {"i": "A", "k": "A"})["j"] == Roles(0, 2, 0, 0, 0)
    assert roles(both, {"i": "A", "j": "A"})["j"] == Roles(0, 0, 0, 0, 0)


def test_roles_are_counted_as_by_looking_at_every_three() -> None:
    for seed in range(5):
        graph = drawn(seed, 25, 60)
        network = nx.MultiDiGraph(graph.to_directed())
        network.remove_edges_from(sorted(network.edges(keys=True))[::3])
        nx.set_edge_attributes(network, {e: {"denied": False, "evidence": ()} for e in network.edges(keys=True)})
        of = dict(graph.nodes(data="region"))
        counted = {node: dict.fromkeys(ROLES, 0) for node in network}
        for j in network:
            for i in network.predecessors(j):
                for k in network.successors(j):
                    if i == k or network.has_edge(i, k) or not of[i] or not of[k]:
                        continue
                    if of[i] == of[j]:
                        role = "coordinator" if of[k] == of[j] else "representative"
                    elif of[k] == of[j]:
                        role = "gatekeeper"
                    else:
                        role = "consultant" if of[i] == of[k] else "liaison"
                    counted[j][role] += 1
        assert roles(network, of) == {node: Roles(**counts) for node, counts in counted.items()}
        assert sum(sum(counts.values()) for counts in counted.values()) > 50


def test_articulation_and_bridges() -> None:
    # without the middle of a star of three, two parts come loose from the rest; without c, the other triangle does
    assert scores(ties("ma", "mb", "mc", also="x"), "articulation") == {"m": 2, "a": 0, "b": 0, "c": 0, "x": 0}
    assert scores(ties(*TRIANGLES), "articulation") == {"a": 0, "b": 0, "c": 1, "d": 1, "e": 0, "f": 0}
    assert scores(ties(*TRIANGLES), "bridges") == {"a": 0, "b": 0, "c": 1, "d": 1, "e": 0, "f": 0}
    assert scores(ties("ab", "bc", "cd", "da"), "bridges") == dict.fromkeys("abcd", 0)


def test_bridges_say_what_they_cut_off_and_who_says_so() -> None:
    # c - d cuts off d and e, d - e only e; a, b and c go round
    network = claims("a b x", "b c x", "c a x", "c d x y", "d c y", "d e x")
    found = [(t.start, t.end, t.labels, t.cut_off, t.letters, t.claims) for t in bridges(network)]
    assert found == [
        ("c", "d", ("label c", "label d"), 2, 2, ("claim3", "claim4")),
        ("d", "e", ("label d", "label e"), 1, 1, ("claim5",)),
    ]


def two_sides(*pairs: str) -> nx.Graph:
    """Small letters are actors, capitals programmes."""
    graph = ties(*pairs)
    for node in graph:
        graph.nodes[node]["bipartite"] = int(node.isupper())
    return graph


def test_two_mode_degree_closeness_and_betweenness() -> None:
    # a - P - b - Q - c: three actors, two programmes
    path = two_sides("aP", "bP", "bQ", "cQ")
    half, all_of = 1 / 2, 1
    assert scores(path, "two-mode-degree") == near({"a": half, "b": all_of, "c": half, "P": 2 / 3, "Q": 2 / 3})
    # an actor takes at least 2 + 2 * 2 steps to all, a programme 3 + 2; a takes 1 + 2 + 3 + 4, P 1 + 1 + 2 + 3
    assert scores(path, "two-mode-closeness") == near({"a": 0.6, "b": 1, "c": 0.6, "P": 5 / 7, "Q": 5 / 7})
    # b is between {a, P} and {Q, c}: 4 pairs, which is the most an actor can have here; P is between a and the other
    # three, where a programme can have at most 5
    assert scores(path, "two-mode-betweenness") == near({"a": 0, "b": 1, "c": 0, "P": 0.6, "Q": 0.6})


def test_two_mode_closeness_in_pieces() -> None:
    # x and Z reach only each other, in the least steps there can be: 1 of 4 others
    found = scores(two_sides("aP", "bP", "xZ"), "two-mode-closeness")
    assert found == near({"a": 0.5, "b": 0.5, "P": 0.5, "x": 0.25, "Z": 0.25})


def test_two_mode_is_as_networkx_has_it_on_the_women_of_davis() -> None:
    davis = nx.davis_southern_women_graph()
    nx.set_edge_attributes(davis, 1, "weight")
    women = davis.graph["top"]
    for name, theirs in (("degree", nx.bipartite.degree_centrality), ("closeness", nx.bipartite.closeness_centrality)):
        assert scores(davis, f"two-mode-{name}") == near(theirs(davis, women))
    assert scores(davis, "two-mode-betweenness") == near(nx.bipartite.betweenness_centrality(davis, women))


def test_communities_of_two_triangles() -> None:
    found = communities(ties(*TRIANGLES, also="x"))
    # inside are 6 of 7 ties; by chance each would have (7 / 14)^2
    assert found.modularity == pytest.approx(6 / 7 - 1 / 2)
    # c and d have ties out, so they stand last though they have as many inside; x has no ties
    assert [row.members for row in found.rows] == [("a", "b", "c"), ("d", "e", "f")]
    assert [row.inside for row in found.rows] == pytest.approx([6 / 7, 6 / 7])
    assert (found.stability, [row.stability for row in found.rows], found.runs) == (1, [1, 1], 20)
    assert found.of() == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2}


def test_communities_of_the_karate_club_are_the_best_there_are() -> None:
    club = nx.karate_club_graph()
    nx.set_edge_attributes(club, 1, "weight")
    club = nx.relabel_nodes(club, {node: f"{node:02}" for node in club})
    found = communities(club)
    # the greatest modularity of all divisions, by exact search: Brandes et al. 2008, doi:10.1109/TKDE.2007.190689
    assert found.modularity == pytest.approx(0.419790, abs=5e-7)
    assert [row.size for row in found.rows] == [12, 11, 6, 5]


def test_communities_are_connected_and_no_worse_than_those_of_louvain() -> None:
    for seed in range(6):
        graph = drawn(seed, 60, 90)
        found = communities(graph)
        for row in found.rows:
            assert nx.is_connected(graph.subgraph(row.members)), row
        louvain = max(
            nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=run)) for run in range(5)
        )
        assert found.modularity > louvain - 1e-9
        sets = [set(row.members) for row in found.rows] + [{n} for n in graph if not graph.degree(n)]
        assert found.modularity == pytest.approx(nx.community.modularity(graph, sets))


def test_agreement_of_two_divisions() -> None:
    import numpy as np

    def of(text: str) -> np.ndarray:
        return np.array([int(number) if number != "-" else -1 for number in text])

    assert agreement(of("0011"), of("1100")) == 1
    # no pair is together in both; by chance 2 * 2 / 6 would be: (0 - 2/3) / (2 - 2/3)
    assert agreement(of("0011"), of("0101")) == pytest.approx(-0.5)
    # who is in no community of one of the two is left out
    assert agreement(of("0011-"), of("00112")) == 1
    assert agreement(of("---"), of("012")) == 1


def figure(network: nx.Graph, name: str, *about: str, label: str = "") -> tuple[object, ...]:
    ((found),) = [f for f in figures(network) if (f.name, f.about) == (name, about) and f.label_en.endswith(label)]
    return found.value, found.count, found.possible, found.claims


def test_density_of_the_whole_in_and_between_layers() -> None:
    layers = {"a": "provincie", "b": "provincie", "c": "gemeente", "d": "gemeente", "e": "gemeente"}
    network = claims("a b x", "b a x", "a c x", "b c x", "e d x", **{n: {"layer": k} for n, k in layers.items()})
    # 4 of 10 pairs; 1 of 1 in the provinces, 1 of 3 in the municipalities, 2 of 6 between
    assert figure(network, "density") == (0.4, 4, 10, tuple(f"claim{n}" for n in range(5)))
    assert figure(network, "density", "provincie") == (1, 1, 1, ("claim0", "claim1"))
    assert figure(network, "density", "gemeente") == (pytest.approx(1 / 3), 1, 3, ("claim4",))
    assert figure(network, "density", "provincie", "gemeente") == (pytest.approx(1 / 3), 2, 6, ("claim2", "claim3"))
    assert [f.label for f in figures(network) if f.about == ("provincie", "gemeente")] == [
        "dichtheid: provincie – gemeente"
    ]


def test_density_of_a_layer_of_one_is_not_defined() -> None:
    network = claims("a b x", a={"layer": "rijk"}, b={"layer": "gemeente"})
    assert figure(network, "density", "rijk") == (None, 0, 0, ())


def test_reciprocity() -> None:
    # of a -> b, b -> a and b -> c two have one running the other way
    assert figure(claims("a b x", "b a x", "b c x"), "reciprocity") == (
        pytest.approx(2 / 3),
        2,
        3,
        ("claim0", "claim1"),
    )
    assert figure(claims("a b x", symmetric=True), "reciprocity")[0] == 1


def test_assortativity() -> None:
    kinds = {node: {"kind": "p" if node in "abc" else "q"} for node in "abcdef"}
    network = claims("a b x", "b c x", "c a x", "d e x", "e f x", "f d x", "c d x", **kinds)
    # 6 of 7 ties between equals; by chance each kind has half of the ends: (6/7 - 1/2) / (1 - 1/2)
    assert figure(network, "assortativity", label="kind")[0] == pytest.approx(5 / 7)
    # one kind only: nothing to compare
    assert figure(claims("a b x"), "assortativity", label="kind")[0] is None


def test_pieces_bridges_and_articulation_as_figures() -> None:
    network = claims("a b x", "b c x", "d e x", "d e y")
    assert figure(network, "pieces")[0] == 2
    assert figure(network, "largest-piece")[:3] == (0.6, 3, 5)
    assert figure(network, "bridges")[:3] == (1, 3, 3)
    # only without b do others lose contact
    assert figure(network, "articulation") == (0.2, 1, 5, ("claim0", "claim1"))


@pytest.mark.parametrize("by", MEASURES)
def test_every_measure_of_an_empty_network_is_no_rows(by: str) -> None:
    assert rank(nx.MultiDiGraph(modalities={}, letters={}, themes={}), by=by) == []
    one = nx.MultiDiGraph(modalities={}, letters={}, themes={})
    one.add_node("a", label="a", layer="rijk", region="", bipartite=0, actor=True)
    expected = {"pagerank": [1.0], "constraint": []}
    assert [row.score for row in rank(one, by=by)] == expected.get(by, [0.0])


def test_figures_of_an_empty_network_are_not_defined() -> None:
    empty = nx.MultiDiGraph(modalities={}, letters={}, themes={})
    assert {f.name: f.value for f in figures(empty)} == {
        "density": None,
        "reciprocity": None,
        "assortativity": None,
        "pieces": 0,
        "largest-piece": None,
        "bridges": None,
        "articulation": None,
    }
    assert communities(empty).rows == ()
    assert bridges(empty) == []
