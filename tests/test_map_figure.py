"""The figure for a printed report: everything is on it once, nothing covers a name, and nothing else is in the file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from map_networks import HOSTILE, ID, claim, empty, entity, large, letter, passage, small
from regiograaf.errors import AnalysisError
from regiograaf.maps import Positions, positions
from regiograaf.maps.figure import figure
from regiograaf.maps.paper import sheet
from regiograaf.maps.paper.curves import distance
from regiograaf.maps.paper.lettering import width
from regiograaf.maps.paper.marks import COLOURS, SHAPES, STYLES
from regiograaf.maps.paper.spacing import meets

ROOT = Path(__file__).parent.parent
TITLE = "Wie werkt met wie?"
SVG = "{http://www.w3.org/2000/svg}"
POINTS = 72 / 25.4
Box = tuple[float, float, float, float]

REACH = {"square": 0.9, "triangle": 1.1, "diamond": 1.2, "hexagon": 1.1, "dot": 1.0}
"""Half of the width of a shape, in radii."""


@dataclass
class Text:
    lines: list[str]
    size: float
    box: Box
    element: ElementTree.Element

    @property
    def words(self) -> str:
        return "".join(self.lines).replace(" ", "")


@dataclass
class Node:
    title: str
    box: Box
    look: dict[str, str]

    @property
    def centre(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass
class Line:
    title: str
    points: list[tuple[float, float]]
    look: dict[str, str]
    head: list[tuple[float, float]]

    def along(self) -> list[tuple[float, float]]:
        """A hundred and one points of the Bézier curve."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.points
        parts = [((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3) for t in (i / 100 for i in range(101))]
        return [(a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy) for a, b, c, d in parts]

    @property
    def middle(self) -> tuple[float, float]:
        return self.along()[50]


class Figure:
    """What a reader of the SVG finds in it."""

    def __init__(self, svg: str) -> None:
        self.root = ElementTree.fromstring(svg.encode("utf-8"))
        self.wide, self.high = (float(v) for v in self.root.attrib["viewBox"].split()[2:])
        self.names, self.relations, self.bands = (self._texts(kind) for kind in ("name", "relation", "band"))
        self.nodes = [self._node(group) for group in self.groups("node")]
        self.lines = [self._line(group) for group in self.groups("line")]
        self.marks = self.groups("mark")
        self.head, self.foot = (self._rows(kind) for kind in ("head", "foot"))

    def groups(self, kind: str) -> list[ElementTree.Element]:
        return [g for g in self.root.iter(f"{SVG}g") if g.get("class") == kind]

    def _texts(self, kind: str) -> list[Text]:
        found = []
        for group in self.groups(kind):
            rect, text = group.find(f"{SVG}rect"), group.find(f"{SVG}text")
            assert rect is not None
            assert text is not None
            x, y, w, h = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
            lines = [span.text or "" for span in text]
            found.append(Text(lines, float(text.attrib["font-size"]), (x, y, round(x + w, 1), round(y + h, 1)), text))
        return found

    def _node(self, group: ElementTree.Element) -> Node:
        title, shape = group
        if shape.tag == f"{SVG}circle":
            x, y, r = (float(shape.attrib[name]) for name in ("cx", "cy", "r"))
            box = (x - r, y - r, x + r, y + r)
        else:
            corners = numbers(shape.attrib["d"])
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            box = (min(xs), min(ys), max(xs), max(ys))
        return Node(title.text or "", box, dict(shape.attrib))

    def _line(self, group: ElementTree.Element) -> Line:
        title, path, *head = group
        return Line(
            title.text or "", numbers(path.attrib["d"]), dict(path.attrib), numbers(head[0].attrib["d"]) if head else []
        )

    def _rows(self, kind: str) -> list[str]:
        (group,) = self.groups(kind)
        return [" ".join(span.text or "" for span in text) for text in group.iter(f"{SVG}text")]

    @property
    def legend(self) -> list[str]:
        return self.foot[:-1]

    @property
    def source(self) -> str:
        return self.foot[-1]


def numbers(path: str) -> list[tuple[float, float]]:
    found = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return list(zip(found[::2], found[1::2], strict=True))


def drawn(network: nx.MultiDiGraph, **options: Any) -> Figure:
    return Figure(figure(network, title=TITLE, **options))


@pytest.fixture(scope="module")
def small_figure() -> Figure:
    return drawn(small())


@pytest.fixture(scope="module")
def large_positions() -> Positions:
    return positions(large())


CASES = [
    pytest.param(("small", {}), id="small"),
    pytest.param(("small", {"layout": "lagen", "language": "en"}), id="small in layers, English"),
    pytest.param(("large", {}), id="large"),
    pytest.param(("large", {"width_mm": 170, "layout": "lagen"}), id="large in layers on a narrow page"),
]


@pytest.fixture(params=CASES, scope="module")
def case(request: pytest.FixtureRequest, large_positions: Positions) -> tuple[nx.MultiDiGraph, dict[str, Any], Figure]:
    which, options = request.param
    network = small() if which == "small" else large()
    return network, options, drawn(network, **options, **({"positions": large_positions} if which == "large" else {}))


def said(network: nx.MultiDiGraph, language: str) -> Counter[str]:
    """Every line as the figure should word it, worked out apart from the figure."""
    suffix = "_en" if language == "en" else ""
    gathered: dict[tuple[Any, ...], list[str]] = {}
    for source, target, key, edge in sorted(network.edges(keys=True, data=True), key=lambda e: e[2]):
        at = (source, target, edge["modality"], edge["denied"], edge["origin"])
        gathered.setdefault(at, []).append(edge[f"relation{suffix}"])
        assert key
    words = {
        "nl": {True: "ontkend", "inferred": "afgeleid", "background": "achtergrondgegeven"},
        "en": {True: "denied", "inferred": "inferred", "background": "background"},
    }[language]
    label = {node: (attributes[f"label{suffix}"]) for node, attributes in network.nodes(data=True)}
    return Counter(
        f"{label[source]} {'; '.join(dict.fromkeys(verbs))} {label[target]} – "
        + ", ".join(
            filter(None, (network.graph["modalities"][modality][language], words.get(denied), words.get(origin)))
        )
        for (source, target, modality, denied, origin), verbs in gathered.items()
    )


# ---- what is on it


def test_every_node_is_drawn_once(case: tuple[nx.MultiDiGraph, dict[str, Any], Figure]) -> None:
    network, options, found = case
    key = "label_en" if options.get("language") == "en" else "label"
    assert Counter(node.title.split(" – ")[0] for node in found.nodes) == Counter(
        dict(network.nodes(data=key)).values()
    )


def test_every_ordered_pair_and_modality_has_one_line(case: tuple[nx.MultiDiGraph, dict[str, Any], Figure]) -> None:
    network, options, found = case
    assert Counter(line.title for line in found.lines) == said(network, options.get("language", "nl"))


def test_nothing_lies_over_a_name(case: tuple[nx.MultiDiGraph, dict[str, Any], Figure]) -> None:
    _, _, found = case
    texts = found.names + found.relations + found.bands
    assert [(a.lines, b.lines) for a, b in combinations(texts, 2) if meets(a.box, b.box)] == []
    assert [(t.lines, n.title) for t in texts for n in found.nodes if meets(t.box, n.box)] == []


def test_the_line_to_a_name_that_stands_off_crosses_no_name_and_no_node(
    case: tuple[nx.MultiDiGraph, dict[str, Any], Figure],
) -> None:
    network, _, found = case
    leaders = [
        (name, numbers(path.attrib["d"]))
        for name, group in zip(found.names, found.groups("name"), strict=True)
        if (path := group.find(f"{SVG}path")) is not None
    ]
    assert bool(leaders) is (len(network) == 300)
    for name, ((ax, ay), (bx, by)) in leaders:
        points = [(ax + (bx - ax) * i / 50, ay + (by - ay) * i / 50) for i in range(51)]
        own = min(found.nodes, key=lambda node: distance(node.centre, points[0]))
        others = [other.box for other in found.names if other is not name]
        others += [node.box for node in found.nodes if node is not own]
        assert [box for box in others for x, y in points if meets(box, (x, y, x, y))] == []


def test_every_text_fits_its_box_and_the_page(case: tuple[nx.MultiDiGraph, dict[str, Any], Figure]) -> None:
    _, _, found = case
    for text in found.names + found.relations:
        left, top, right, bottom = text.box
        assert max(width(line, text.size) for line in text.lines) <= right - left
        assert len(text.lines) * text.size <= bottom - top
        assert 0 <= left < right <= found.wide
        assert 0 <= top < bottom <= found.high
    assert all(n.box[0] >= 0 and n.box[1] >= 0 and n.box[2] <= found.wide for n in found.nodes)


def test_the_twenty_largest_nodes_have_their_name(case: tuple[nx.MultiDiGraph, dict[str, Any], Figure]) -> None:
    network, options, found = case
    key = "label_en" if options.get("language") == "en" else "label"
    family = {attributes[key]: attributes["family"] for _, attributes in network.nodes(data=True)}

    def size(node: Node) -> float:
        return (node.box[2] - node.box[0]) / 2 / REACH[SHAPES[family[node.title.split(" – ")[0]]]]

    sizes = sorted(map(size, found.nodes), reverse=True)
    # Sizes are written to a tenth: of those that are as large as the next one, any may come first.
    least = sizes[20] + 0.15 if len(sizes) > 20 else 0
    largest = [node for node in found.nodes if size(node) > least]
    names = {name.words for name in found.names}
    assert len(largest) >= 8
    assert [n.title for n in largest if n.title.split(" – ")[0].replace(" ", "") not in names] == []


def test_no_text_is_smaller_than_seven_points_in_print(case: tuple[nx.MultiDiGraph, dict[str, Any], Figure]) -> None:
    _, options, found = case
    millimetres = float(found.root.attrib["width"].removesuffix("mm"))
    assert millimetres == options.get("width_mm", millimetres)
    points_per_unit = millimetres * POINTS / found.wide
    sizes = [float(text.attrib["font-size"]) for text in found.root.iter(f"{SVG}text")]
    assert min(sizes) * points_per_unit >= 6.995
    assert found.high <= 1.4 * found.wide + 1


def test_names_that_find_no_place_are_counted(case: tuple[nx.MultiDiGraph, dict[str, Any], Figure]) -> None:
    network, _, found = case
    assert len({name.words for name in found.names}) == len(found.names)
    if len(network) <= 10:
        assert len(found.names) == len(network)
    if len(found.names) == len(network):
        assert "Namen staan bij" not in found.source
    else:
        assert f"Namen staan bij {len(found.names)} van de {len(network)} knopen" in found.source
        assert len(found.names) > 40


def test_a_wider_page_holds_all_names_of_a_letter(large_positions: Positions) -> None:
    assert len(drawn(large(), positions=large_positions, width_mm=400).names) == 300


def test_page_grows_to_a3_only_where_the_names_need_it(small_figure: Figure) -> None:
    many = large(100, 150)
    assert small_figure.root.attrib["width"] == "170mm"
    assert drawn(many).root.attrib["width"] == "277mm"


def test_lines_run_from_source_to_target_and_point_there(small_figure: Figure) -> None:
    at = {node.title.split(" – ")[0]: node for node in small_figure.nodes}
    line = next(line for line in small_figure.lines if line.title.startswith("Eén Regio verzoekt Provincie Noord"))
    source, target = at["Eén Regio"], at["Provincie Noord"]
    assert distance(line.points[0], source.centre) < distance(line.points[0], target.centre)
    tip, *foot = line.head
    reach = (target.box[2] - target.box[0]) / 2
    assert reach * 0.9 < distance(tip, target.centre) < reach * 1.6
    assert all(distance(corner, target.centre) > distance(tip, target.centre) for corner in foot)


def test_symmetric_relations_have_no_arrowhead() -> None:
    network = small()
    for *_, edge in network.edges(data=True):
        edge["symmetric"] = edge["relation"] == "overlegt met"
    pair = [line for line in drawn(network).lines if "overlegt met" in line.title]
    assert [bool(line.head) for line in pair] == [True], "the other claim of the line has a direction"
    for *_, edge in network.edges(data=True):
        edge["symmetric"] = edge["relation"] in ("overlegt met", "werkt samen met")
    found = drawn(network)
    assert [bool(line.head) for line in found.lines if "overlegt met" in line.title] == [False]
    assert sum(bool(line.head) for line in found.lines) == len(found.lines) - 1
    assert "zonder pijlpunt: geldt over en weer" in found.legend


def test_lines_between_the_same_two_lie_apart() -> None:
    network = small()
    pair = [ID + "organisatie/provincie", ID + "regio/een"]
    for i, modality in enumerate(("gewenst", "mogelijk", "afgesproken")):
        network.add_edge(*pair, key=f"{ID}bewering/x{i}", **claim("doet", modality, passage("zuid", "1", "x")))
    ends = {"Provincie Noord", "Eén Regio"}
    beside = [line for line in drawn(network).lines if sum(end in line.title for end in ends) == 2]
    assert len(beside) == 6
    assert min(distance(a.middle, b.middle) for a, b in combinations(beside, 2)) > 5


def through(found: Figure) -> list[tuple[str, str]]:
    """Lines that go through a node which is none of their ends."""
    return [
        (line.title, node.title)
        for line in found.lines
        for node in found.nodes
        if min(distance(point, node.centre) for point in line.along()) < 0.45 * (node.box[2] - node.box[0])
    ]


def test_a_line_goes_around_a_node_it_does_not_join() -> None:
    network = empty({"a": letter("Brief A", "A", "")})
    nodes = [f"{ID}n{i}" for i in range(3)]
    for node in nodes:
        network.add_node(node, **entity(node[-2:], "Gemeente", "regio"))
    network.add_edge(nodes[0], nodes[2], key=f"{ID}c", **claim("doet", "bestaand", passage("a", "1", "x")))
    given = {node: (100.0 * i, 0.0) for i, node in enumerate(nodes)}
    places = Positions({"samenhang": given, "lagen": given}, dict.fromkeys(nodes, 0.5))
    assert through(drawn(network, positions=places)) == []


def test_bends_are_chosen_such_that_few_lines_go_through_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    network = large(60, 90)
    places = positions(network)
    chosen = len(through(drawn(network, positions=places)))
    monkeypatch.setattr(sheet, "BENDS", sheet.BENDS[:1])
    assert chosen <= 3 < len(through(drawn(network, positions=places)))


def test_a_relation_of_a_thing_with_itself_is_a_loop(small_figure: Figure) -> None:
    network = small()
    own = ID + "organisatie/rijk"
    network.add_edge(own, own, key=f"{ID}bewering/zelf", **claim("overlegt met", "bestaand", passage("zuid", "1", "x")))
    found = drawn(network)
    loop = next(line for line in found.lines if line.title.startswith("Rijk overlegt met Rijk"))
    rijk = next(node for node in found.nodes if node.title.startswith("Rijk"))
    assert len(found.lines) == len(small_figure.lines) + 1
    assert distance(loop.middle, rijk.centre) > 10


# ---- how it is drawn


def test_line_style_is_that_of_the_modality(case: tuple[nx.MultiDiGraph, dict[str, Any], Figure]) -> None:
    network, options, found = case
    language = options.get("language", "nl")
    style = {words[language]: STYLES[words["style"]] for words in network.graph["modalities"].values()}
    for line in found.lines:
        modality = line.title.rsplit(" – ", 1)[1].split(", ")[0]
        wide, dashes = style[modality]
        assert line.look.get("stroke-dasharray", "") == dashes
        assert float(line.look["stroke-width"]) == pytest.approx(
            wide * (0.7 if len(found.lines) > 300 else 1), abs=0.01
        )
    assert len(set(STYLES.values())) == len(STYLES)


def test_what_does_not_exist_has_a_dashed_outline_and_nothing_else_has(
    case: tuple[nx.MultiDiGraph, dict[str, Any], Figure],
) -> None:
    network, options, found = case
    key = "label_en" if options.get("language") == "en" else "label"
    expected = {a[key]: a["status"] not in ("bestaand", "onbekend") for _, a in network.nodes(data=True)}
    paper = COLOURS["light"]["paper"]
    assert any(expected.values())
    for node in found.nodes:
        assert ("stroke-dasharray" in node.look) is expected[node.title.split(" – ")[0]]
        if "stroke-dasharray" in node.look:
            assert node.look["fill"] == paper


def test_families_have_their_shape_and_colour(small_figure: Figure) -> None:
    corners = {"square": 4, "triangle": 3, "diamond": 4, "hexagon": 6}
    family = {attributes["label"]: attributes["family"] for _, attributes in small().nodes(data=True)}
    for node in small_figure.nodes:
        own = family[node.title.split(" – ")[0]]
        colour = COLOURS["light"][own]
        assert colour in (node.look["fill"], node.look["stroke"])
        if SHAPES[own] == "dot":
            assert "r" in node.look
        else:
            assert len(numbers(node.look["d"])) == corners[SHAPES[own]]


def test_denied_and_inferred_lines_carry_their_mark(small_figure: Figure) -> None:
    marked = {line.title.rsplit(", ", 1)[-1]: line for line in small_figure.lines if ", " in line.title}
    assert sorted(marked) == ["achtergrondgegeven", "afgeleid", "ontkend"]
    denied, inferred = COLOURS["light"]["denied"], COLOURS["light"]["inferred"]
    by_look: dict[str, list[tuple[float, float]]] = {"ontkend": [], "afgeleid": [], "achtergrondgegeven": []}
    for mark in small_figure.marks:
        circles = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in mark.iter(f"{SVG}circle")]
        if len(circles) == 3:
            assert {c.attrib["fill"] for c in mark.iter(f"{SVG}circle")} == {inferred}
            by_look["afgeleid"].append((sum(x for x, _ in circles) / 3, sum(y for _, y in circles) / 3))
        elif circles:
            by_look["achtergrondgegeven"].append(circles[0])
        else:
            crosses = [p for p in mark.iter(f"{SVG}path") if p.attrib["stroke"] == denied]
            ends = numbers(crosses[0].attrib["d"])
            by_look["ontkend"].append((sum(x for x, _ in ends) / 4, sum(y for _, y in ends) / 4))
    for word, places in by_look.items():
        (place,) = places
        assert min(distance(place, point) for point in marked[word].along()) < 1
        assert distance(place, marked[word].middle) < distance(*marked[word].points[::3]) / 3


def test_what_a_letter_denies_hides_nothing_and_is_hidden_by_nothing() -> None:
    network = small()
    pair = [ID + "organisatie/provincie", ID + "programma/delta"]
    network.add_edge(*pair, key=f"{ID}bewering/ook", **claim("steunt", "afgesproken", passage("zuid", "1", "x")))
    both = [line for line in drawn(network).lines if line.title.startswith("Provincie Noord") and "Delta" in line.title]
    assert sorted(line.title.rsplit(" – ")[-1] for line in both) == ["afgesproken", "afgesproken, ontkend"]
    assert distance(both[0].middle, both[1].middle) > 5


def test_each_line_of_a_small_figure_says_its_relation(small_figure: Figure) -> None:
    said_beside = Counter(" ".join(text.lines) for text in small_figure.relations)
    assert said_beside["financiert"] == 1
    assert said_beside["draagt bij aan (mogelijk)"] == 1, "dots stand for two modalities here, so the word tells which"
    assert sum(said_beside.values()) <= len(small_figure.lines)
    assert drawn(large(120, 200), width_mm=277).relations == []


def test_layers_are_bands_from_top_to_bottom_with_their_nodes_inside() -> None:
    network = small()
    network.graph["layers"] = {
        "boven": {"nl": "Boven", "en": "Above"},
        "leeg": {"nl": "Leeg", "en": "Empty"},
        "onder": {"nl": "Onder", "en": "Below"},
    }
    for node, attributes in network.nodes(data=True):
        attributes["layer"] = "boven" if "organisatie" in node else "onder"
    found = drawn(network, layout="lagen")
    assert [band.lines for band in found.bands] == [["Boven"], ["Onder"]]
    second = found.bands[1].box[1]
    above = {node.title.split(" – ")[0] for node in found.nodes if node.box[3] < second}
    assert above == {"Provincie Noord", "Rijk"}
    assert "Lagen, van boven naar beneden: Boven; Onder." in (found.root.findtext(f"{SVG}desc") or "")
    assert drawn(network).bands == []


# ---- legend, title, source


def test_legend_lists_exactly_what_occurs(small_figure: Figure) -> None:
    assert small_figure.legend == [
        "Soort knoop",
        "Overheid",
        "Regio en gemeente",
        "Maatschappij en kennis",
        "Bedrijf en netbeheer",
        "Programma en afspraak",
        "Onderwerp",
        "Modaliteit van de relatie",
        "bestaand",
        "afgesproken",
        "voorgenomen",
        "verzocht",
        "mogelijk of beëindigd",
        "Tekens",
        "gestippelde rand: bestaat nog niet, of niet meer",
        "kruis: een brief ontkent dit",
        "drie punten: afgeleid, geen brief zegt dit zo",
        "open rondje: niet uit een brief, maar achtergrondgegeven",
        "groter: verbindt meer delen van dit netwerk",
        "een grotere ring: heeft meer lijnen",
    ]


def test_legend_of_a_plain_network_is_short() -> None:
    network = empty({"a": letter("Brief A", "A", "2026-03-01"), "b": letter("Brief B", "B", "")})
    for name in "xy":
        network.add_node(ID + name, **entity(name, "Gemeente", "regio"))
    network.add_edge(ID + "x", ID + "y", key=f"{ID}c", **claim("doet", "gewenst", passage("a", "1", "x")))
    found = drawn(network, language="en")
    assert found.legend == ["Kind of node", "Region and municipality", "Modality of the relation", "wished for"]
    assert found.source == "Source: Brief A (2026-03-01); Regiograaf, https://w3id.org/regiograaf."
    assert found.head == [TITLE, "2 nodes · 1 relation from 1 letter"]


def test_source_names_letters_version_and_project() -> None:
    network = small()
    network.graph["version"] = "9.8.7"
    found = drawn(network)
    assert found.source == (
        "Bron: Brief over Noord (2024-03-12); Brief over Zuid (ongedateerd); "
        "Regiograaf 9.8.7, https://w3id.org/regiograaf."
    )
    assert (
        found.head[1] == "10 knopen · 8 relaties uit 2 brieven · 1 relatie (achtergrondgegeven) · 1 relatie (afgeleid)"
    )


def test_source_of_many_letters_names_some_and_counts_the_rest() -> None:
    network = empty({f"b{i}": letter(f"Brief {i}", str(i), "") for i in range(11)})
    for name in "xy":
        network.add_node(ID + name, **entity(name, "Gemeente", "regio"))
    for i in range(10):
        edge = claim("doet", "bestaand", passage(f"b{i}", "1", "x"))
        network.add_edge(ID + "x", ID + "y", key=f"{ID}c{i}", **edge)
    source = drawn(network).source
    assert "Brief 7 (ongedateerd); en 2 andere brieven; Regiograaf" in source
    assert "Brief 8" not in source


def test_description_says_what_the_figure_shows(small_figure: Figure) -> None:
    text = small_figure.root.findtext(f"{SVG}desc") or ""
    assert small_figure.root.attrib["role"] == "img"
    assert small_figure.root.findtext(f"{SVG}title") == TITLE
    for fact in (
        "Netwerkkaart: 10 knopen · 8 relaties uit 2 brieven",
        "Soorten knoop: Overheid 2; Regio en gemeente 2;",
        "Lijnen naar modaliteit: bestaand 4; afgesproken 1; voorgenomen 1; verzocht 1; mogelijk 1; beëindigd 1.",
        "Bestaat nog niet, of niet meer: 2 knopen.",
        "Ontkend: 1 lijn.",
        "Meeste lijnen: Provincie Noord 4; Eén Regio 4;",
    ):
        assert fact in text


# ---- what is not in it


def test_file_has_only_plain_elements_and_attributes(case: tuple[nx.MultiDiGraph, dict[str, Any], Figure]) -> None:
    _, _, found = case
    tags = {element.tag.removeprefix(SVG) for element in found.root.iter()}
    assert tags == {"svg", "title", "desc", "g", "path", "circle", "rect", "text", "tspan"}
    attributes = {name for element in found.root.iter() for name in element.attrib}
    assert attributes <= {
        *("width", "height", "viewBox", "version", "role", "lang", "{http://www.w3.org/XML/1998/namespace}lang"),
        *("class", "transform", "d", "x", "y", "cx", "cy", "r", "rx", "fill", "fill-opacity"),
        *("stroke", "stroke-width", "stroke-dasharray"),
        *("font-family", "font-size", "font-weight", "font-style", "text-anchor"),
    }
    assert not any("var(" in value or "url(" in value for e in found.root.iter() for value in e.attrib.values())


def test_hostile_labels_are_text() -> None:
    network = small()
    node = network.nodes[f"{ID}bedrijf/__proto__"]
    node["label"] = f"{HOSTILE}\x00\x1b[31m\u202e\n]]>&amp;<script>alert(1)</script>\ud800"
    network.graph["families"]["bedrijf"]["nl"] = HOSTILE
    network.graph["letters"]["zuid"]["title"] = HOSTILE
    found = Figure(figure(network, title=f"<svg onload=alert(1)>{HOSTILE}", language="nl"))
    name = next(name for name in found.names if "script" in name.words)
    assert name.words == f"{HOSTILE}\ufffd\ufffd[31m]]>&amp;<script>alert(1)</script>\ufffd".replace(" ", "")
    assert HOSTILE in found.legend
    assert f"{HOSTILE} (ongedateerd)" in found.source
    assert found.root.findtext(f"{SVG}title") == f"<svg onload=alert(1)>{HOSTILE}"
    assert {e.tag.removeprefix(SVG) for e in found.root.iter()} == {
        *("svg", "title", "desc", "g", "path", "circle", "rect", "text", "tspan")
    }


# ---- always the same


PRINT_DIGEST = """
import hashlib, random, sys
sys.path[:0] = {paths!r}
import networkx as nx
from map_networks import large
from regiograaf.maps.figure import figure
network, shuffled = large(90, 200), nx.MultiDiGraph()
shuffled.graph.update(network.graph)
order = random.Random({seed})
nodes, edges = list(network.nodes(data=True)), list(network.edges(keys=True, data=True))
order.shuffle(nodes)
order.shuffle(edges)
shuffled.add_nodes_from(nodes)
shuffled.add_edges_from(edges)
for layout in ("samenhang", "lagen"):
    print(hashlib.sha256(figure(shuffled, title="x", layout=layout).encode()).hexdigest())
"""


def test_same_bytes_for_every_hash_seed_and_order() -> None:
    paths = [str(ROOT), str(ROOT / "tests")]
    runs = [
        subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST.format(paths=paths, seed=seed)],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(4)
    ]
    assert len(runs[0].split()) == 2
    assert set(runs) == {runs[0]}


def test_network_is_not_changed() -> None:
    network, before = small(), small()
    figure(network, title=TITLE)
    assert nx.utils.graphs_equal(network, before)
    assert network.graph == before.graph


# ---- themes


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ink_stands_out_from_the_paper(theme: str) -> None:
    colours = COLOURS[theme]
    paper = colours["paper"]
    assert contrast(colours["ink"], paper) > 7
    assert contrast(colours["muted"], paper) > 4.5
    for name in ("edge", "denied", "inferred", *SHAPES):
        assert contrast(colours[name], paper) > 3, name
    found = drawn(small(), theme=theme)
    background = found.root.find(f"{SVG}rect")
    assert background is not None
    assert background.attrib["fill"] == paper
    assert {text.attrib["fill"] for text in found.root.iter(f"{SVG}text")} == {colours["ink"], colours["muted"]}


def test_colours_are_those_of_the_page() -> None:
    css = (ROOT / "src/regiograaf/maps/page.css").read_text(encoding="utf-8")
    page = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", css))
    for name in set(COLOURS["light"]) - {"paper"}:
        light, dark = page[name].split(", ")
        assert (COLOURS["light"][name], COLOURS["dark"][name]) == (light, dark), name
    assert COLOURS["dark"]["paper"] == page["paper"].split(", ")[1]


# ---- what cannot be drawn


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"layout": "cirkel"}, "no layout 'cirkel'. Use one of: samenhang, lagen."),
        ({"language": "de"}, "no language 'de'. Use one of: nl, en."),
        ({"theme": "paars"}, "no theme 'paars'. Use one of: light, dark."),
        ({"width_mm": 60}, "60 mm wide cannot be set. Use 100 to 1200 mm."),
        ({"width_mm": float("nan")}, "nan mm wide cannot be set"),
    ],
)
def test_an_option_that_does_not_exist_is_refused_with_those_that_do(options: dict[str, Any], message: str) -> None:
    with pytest.raises(AnalysisError, match=re.escape(message)):
        figure(small(), title=TITLE, **options)


def test_too_many_nodes_are_refused_with_advice() -> None:
    network = empty({})
    network.add_nodes_from((f"{ID}{i}", entity(str(i), "Gemeente", "regio")) for i in range(1501))
    with pytest.raises(AnalysisError, match=r"has 1,501 nodes, and a figure holds 1,500\. Take a part"):
        figure(network, title=TITLE)


def test_a_page_too_narrow_for_the_largest_names_is_refused() -> None:
    network = large(60, 90)
    for _, attributes in network.nodes(data=True):
        attributes["label"] = f"{attributes['label']} met een naam die over vele regels van de figuur doorloopt " * 3
    with pytest.raises(AnalysisError, match=r"100 mm is too narrow for 60 nodes\. Make the figure wider"):
        figure(network, title=TITLE, width_mm=100)
    assert len(drawn(network, width_mm=400).names) == 60


@pytest.mark.parametrize(
    ("attribute", "value", "layout"), [("family", "paars", "samenhang"), ("layer", "kelder", "lagen")]
)
def test_what_the_network_does_not_declare_is_refused(attribute: str, value: str, layout: str) -> None:
    network = small()
    places = positions(network)
    network.graph["layers"] = {"rijk": {"nl": "Rijk", "en": "State"}}
    for _, attributes in network.nodes(data=True):
        attributes["layer"] = "rijk"
    network.nodes[ID + "partij/school"][attribute] = value
    with pytest.raises(AnalysisError, match=rf"partij/school is of {attribute} '{value}'; the network declares: "):
        figure(network, title=TITLE, positions=places, layout=layout)


def test_unknown_modality_and_missing_position_are_refused() -> None:
    network = small()
    places = positions(network)
    del places["lagen"][ID + "regio/een"]
    with pytest.raises(AnalysisError, match="regio/een has no position in layout 'lagen'"):
        figure(network, title=TITLE, positions=places, layout="lagen")
    next(iter(network.edges(data=True)))[2]["modality"] = "misschien"
    with pytest.raises(AnalysisError, match="has modality 'misschien'; the network declares: bestaand, "):
        figure(network, title=TITLE, positions=places)


def test_a_network_without_nodes_says_so() -> None:
    found = drawn(empty({}))
    assert found.nodes == []
    assert any("Er is niets te tekenen" in (text.text or "") for text in found.root.iter(f"{SVG}tspan"))


# ---- the real letters, and a real renderer


def test_figure_of_the_five_letters_names_who_matters(store: Any) -> None:
    from regiograaf.projection import project

    network = project(store)
    found = drawn(network)
    hubs = sorted(network, key=network.degree)[-5:]
    names = {name.words for name in found.names}
    assert {network.nodes[hub]["label"].replace(" ", "") for hub in hubs} <= names
    assert len(found.nodes) == len(network)
    assert len(names) > 200
    assert [(a.lines, b.lines) for a, b in combinations(found.names, 2) if meets(a.box, b.box)] == []


MEASURE = """() => [...document.querySelectorAll('.name, .relation')].map((group) => {
    const [text, panel] = ['text', 'rect'].map((tag) => group.querySelector(tag).getBBox());
    return [text, panel].map(({x, y, width, height}) => [x, y, x + width, y + height]);
})"""


@pytest.mark.browser
@pytest.mark.parametrize("layout", ["samenhang", "lagen"])
def test_text_is_as_wide_in_chromium_as_was_computed(
    layout: str, browser: Any, large_positions: Positions, tmp_path: Path
) -> None:
    for i, (network, places) in enumerate(((small(), None), (large(), large_positions))):
        path = tmp_path / f"{i}.svg"
        path.write_text(figure(network, title=TITLE, layout=layout, positions=places), encoding="utf-8")
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        measured = page.evaluate(MEASURE)
        assert len(measured) >= 10
        for text, panel in measured:
            assert panel[0] - 0.1 <= text[0]
            assert text[2] <= panel[2] + 0.1
        # A text's own box counts the room for marks above capitals: within lines that is less than the leading.
        shown = [(left, top + 1, right, bottom - 1) for (left, top, right, bottom), _ in measured]
        assert [(a, b) for a, b in combinations(shown, 2) if meets(a, b)] == []
        assert asked == [path.as_uri()]
        page.close()
