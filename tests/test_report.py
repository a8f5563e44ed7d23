"""The report: every number counted again another way, no sentence that the data do not carry, a page that is safe."""

from __future__ import annotations

import base64
import doctest
import hashlib
import math
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from html.parser import HTMLParser
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from regiograaf import names, report
from regiograaf.cli import main
from regiograaf.dataset import Build, compile_project, nquads, read_project, to_store
from regiograaf.projection import collapse, project
from regiograaf.queries import select
from regiograaf.report import blocks, dutch
from regiograaf.report.blocks import Table
from regiograaf.report.figures import Figures
from regiograaf.report.material import Material
from regiograaf.views import existing
from tests.conftest import REPO, TINY

PREFIXES = """
    PREFIX rg: <https://w3id.org/regiograaf/def#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    PREFIX modaliteit: <https://w3id.org/regiograaf/id/modaliteit/>
    PREFIX brief: <https://w3id.org/regiograaf/id/brief/> PREFIX graaf: <https://w3id.org/regiograaf/id/graaf/>"""


@dataclass(frozen=True)
class Told:
    """A project with its report."""

    build: Build
    store: ox.Store
    network: nx.MultiDiGraph
    report: report.Report
    material: Material
    measured: report.Measured
    sections: dict[str, Any]

    def ask(self, where: str) -> list[list[str]]:
        """Rows of a SELECT, the values as text."""
        result = select(self.store, PREFIXES + where)
        return [["" if value is None else value.value for value in row] for row in result]

    def table(self, section: str, caption: str) -> Table:
        return next(table for table in tables(self.sections[section]) if table.caption.startswith(caption))


def tell(root: Path) -> Told:
    build = compile_project(read_project(root))
    store = to_store(nquads(build.graphs), merge=False)
    network, labels = project(store, inferred=True), names.labels(store)
    drawn: dict[str, str] = {}

    def draw(kind: str, *rows: Any, **settings: Any) -> str:
        from regiograaf.plots import draw

        drawn[settings["name"]] = draw(kind, *rows, **settings)
        return drawn[settings["name"]]

    measured = report.measure(network)
    made = report.report(build, network, labels, measured=measured, draw=draw)
    material = Material(build, network, labels)
    found = report.sections(material, measured, Figures(lambda *_, name, **__: drawn[name], material))
    return Told(build, store, network, made, material, measured, {section.name: section for section in found})


@pytest.fixture(scope="session")
def real() -> Told:
    return tell(REPO)


@pytest.fixture(scope="session")
def small() -> Told:
    return tell(TINY)


@pytest.fixture(scope="session")
def example() -> Told:
    return tell(REPO / "examples")


@pytest.fixture(params=["real", "small", "example"])
def told(request: pytest.FixtureRequest) -> Told:
    found: Told = request.getfixturevalue(request.param)
    return found


def tables(section: Any) -> Iterator[Table]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield block
        elif hasattr(block, "blocks"):
            yield from tables(block)


def words(cell: Any) -> str:
    parts = cell if isinstance(cell, tuple) else (cell,)
    return "".join(part if isinstance(part, str) else part.words for part in parts)


def count(cell: Any) -> int:
    return int(words(cell).replace(".", ""))


def rows(table: Table) -> dict[str, list[Any]]:
    return {words(row[0]): list(row[1:]) for row in table.rows}


def sentences(found: Told) -> list[str]:
    """All running text of the report, as plain text."""
    texts = []

    def walk(inner: Any) -> None:
        for block in inner:
            if isinstance(block, blocks.Paragraph | blocks.Note):
                texts.append(words(block.text))
            elif isinstance(block, blocks.Items):
                texts.extend(words(text) for text in block.texts)
            elif hasattr(block, "blocks"):
                walk(block.blocks)

    walk(found.sections.values())
    return texts


def test_a_number_leads_to_as_many_claims_as_it_says(told: Told) -> None:
    found = [ref for section in told.sections.values() for ref in blocks.refs([section])]
    checked = 0
    for ref in found:
        assert list(ref.rows) == sorted(set(ref.rows))
        assert set(ref.rows) <= set(range(1, len(told.material.rows) + 1))
        if said := re.fullmatch(r"([\d.]+)(?: (?:beweringen|bewering))?", ref.words):
            assert int(said[1].replace(".", "")) == len(ref.rows), ref.words
            checked += 1
    assert checked > 10


def test_claims_are_counted_by_modality_and_letter(told: Told) -> None:
    asked = """ SELECT ?m ?l (COUNT(DISTINCT ?c) AS ?n) WHERE { GRAPH ?g { ?c rg:modaliteit ?m ; rg:bewijs ?e .
        ?e rg:uitBrief ?l } } GROUP BY ?m ?l"""
    expected = {(m.rsplit("/", 1)[-1], letter.rsplit("/", 1)[-1]): int(n) for m, letter, n in told.ask(asked)}
    table = rows(told.table("modaliteit", "Beweringen per modaliteit"))
    keys = [letter.key for letter in told.material.letters]
    found = {
        (modality, key): count(cell)
        for modality in told.material.modalities
        for key, cell in zip(keys, table.get(told.material.word(modality), []), strict=False)
        if count(cell)
    }
    assert found == expected
    total = " SELECT ?m (COUNT(DISTINCT ?c) AS ?n) WHERE { GRAPH ?g { ?c rg:modaliteit ?m } } GROUP BY ?m"
    assert {name: count(cells[-1]) for name, cells in table.items()} == {
        told.material.word(m.rsplit("/", 1)[-1]): int(n) for m, n in told.ask(total)
    }


def test_claims_and_places_are_counted(told: Told) -> None:
    ((claims, places),) = told.ask(
        " SELECT (COUNT(DISTINCT ?c) AS ?n) (COUNT(DISTINCT ?e) AS ?k) WHERE { GRAPH ?g { ?c rg:bewijs ?e } }"
    )
    first = words(told.sections["brieven"].blocks[0].text)
    assert f"{dutch.number(int(claims))} beweringen op {dutch.number(int(places))} vindplaatsen" in first


def letters_of(told: Told) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for claim, letter in told.ask(" SELECT DISTINCT ?c ?l WHERE { GRAPH ?g { ?c rg:bewijs ?e . ?e rg:uitBrief ?l } }"):
        found.setdefault(claim, set()).add(letter.rsplit("/", 1)[-1])
    return found


def test_what_letters_share_is_counted(told: Told) -> None:
    by_claim = letters_of(told)
    if len(told.material.letters) == 1:
        assert "gedeeld" not in told.sections
        return
    for letter in told.material.letters:
        own = [keys for keys in by_claim.values() if letter.key in keys]
        alone = sum(len(keys) == 1 for keys in own)
        row = rows(told.table("gedeeld", "Gedeelde en eigen inhoud"))[letter.short]
        assert [count(cell) for cell in row[:3]] == [len(own), len(own) - alone, alone]
        assert words(row[3]) == dutch.share(alone, len(own))
    sets = Counter(frozenset(keys) for keys in by_claim.values() if len(keys) > 1)
    found = Counter(
        {row[0]: count(row[1]) for row in told.table("gedeeld", "Welke brieven").rows}  # type: ignore[misc]
    )
    assert found == Counter(
        {dutch.joined(told.material.short[key] for key in sorted(keys)): n for keys, n in sets.items()}
    )


def test_themes_are_counted_by_letter(told: Told) -> None:
    # a theme belongs to the claim, whichever of its letters gives it
    themes: dict[str, set[str]] = {}
    for claim, theme in told.ask(" SELECT DISTINCT ?c ?t WHERE { GRAPH ?g { ?c rg:thema ?t } }"):
        themes.setdefault(theme, set()).add(claim)
    by_claim = letters_of(told)
    table = rows(told.table("themas", "Beweringen per thema"))
    assert len(table) == len(themes)
    for theme, claims in themes.items():
        cells = table[told.material.label(theme)]
        expected = [sum(letter.key in by_claim[c] for c in claims) for letter in told.material.letters]
        assert [count(cell) for cell in cells] == [*expected, len(claims)]


def test_status_and_what_is_not_there_are_counted(told: Told) -> None:
    asked = """ SELECT ?s ?m WHERE { GRAPH graaf:entiteiten { ?s rg:bestaansstatus ?m }
        FILTER(?m NOT IN (modaliteit:bestaand, <https://w3id.org/regiograaf/id/bestaansstatus/onbekend>)) }"""
    expected = {(told.material.label(s), told.material.word(m.rsplit("/", 1)[-1])) for s, m in told.ask(asked)}
    table = told.table("nog-niet", "Wat er volgens")
    assert {(words(row[1]), words(row[0])) for row in table.rows} == expected
    coming = [status for _, status in expected if status != told.material.word("beeindigd")]
    first = words(told.sections["nog-niet"].blocks[0].text)
    assert first.startswith(f"Van {dutch.count(len(coming), 'entiteit', 'entiteiten')} zegt geen brief dat")
    if len(set(coming)) > 1:
        assert all(f"{status} ({n})" in first for status, n in Counter(coming).items())


def test_dated_and_undated_claims_are_counted(told: Told) -> None:
    bounds = " ".join(f"OPTIONAL {{ ?p rg:{name} ?{name} }}" for name in DATES)
    wanted = " ".join(f"?{name}" for name in DATES)
    asked = f" SELECT DISTINCT ?c {wanted} WHERE {{ GRAPH ?g {{ ?c rg:periode ?p . {bounds} }} }}"
    timed = {row[0]: any(row[1:]) for row in told.ask(asked)}
    dated = sum(timed.values())
    table = told.table("tijd", "Wat een datum")
    assert sum(count(row[3]) for row in table.rows) == dated
    first = words(told.sections["tijd"].blocks[0].text)
    assert first.startswith(dutch.count(len(timed), "bewering", "beweringen"))
    if dated < len(timed):
        assert f"; {dated} daarvan met een datum of jaar, {len(timed) - dated} alleen in woorden." in first
        vague = told.table("tijd", "Tijdsaanduidingen")
        assert sum(count(row[1]) for row in vague.rows) == len(timed) - dated


DATES = ("vroegsteBegin", "laatsteBegin", "vroegsteEinde", "laatsteEinde")


def test_amounts_are_those_of_the_claims(told: Told) -> None:
    asked = " SELECT DISTINCT ?c ?w WHERE { GRAPH ?g { ?c rg:grootheid ?q . ?q rg:verwoording ?w } }"
    said = told.ask(asked)
    if not said:
        assert "bedragen" not in told.sections
        return
    table = told.table("bedragen", "Bedragen")
    assert Counter({row[2]: 0 for row in table.rows}).keys() == {f"«{wording}»" for _, wording in said}
    assert sum(count(row[5]) for row in table.rows) == len(said)


def test_programmes_and_their_actors_are_counted(told: Told) -> None:
    nodes = told.network.nodes
    letters = {letter["iri"] for letter in told.network.graph["letters"].values()}
    tied: dict[str, dict[str, set[str]]] = {}
    for u, v, claim, attributes in told.network.edges(keys=True, data=True):
        for actor, other in ((u, v), (v, u)):
            programme = not nodes[other]["actor"] and nodes[other]["family"] == "programma" and other not in letters
            if nodes[actor]["actor"] and programme and not attributes["denied"] and attributes["origin"] == "claim":
                tied.setdefault(other, {}).setdefault(actor, set()).add(claim)
    table = rows(told.table("programmas", "Programma’s"))
    assert len(table) == len(tied)
    for programme, actors in tied.items():
        cells = table[told.material.named(programme)]
        assert count(cells[2]) == len(actors)
        parts = {nodes[actor]["label"]: len(claims) for actor, claims in actors.items()}
        assert all(f"{label} ({n})" in words(cells[1]) for label, n in parts.items())


def middle(simple: nx.Graph) -> dict[str, float]:
    """Betweenness by networkx, with distances in whole units: as floats 1/3 + 1/3 + 1/3 may differ from 1."""
    weights = {Fraction(weight) for *_, weight in simple.edges(data="weight")}
    unit = math.lcm(*(weight.numerator for weight in weights))
    for *_, attributes in simple.edges(data=True):
        attributes["distance"] = int(unit / Fraction(attributes["weight"]))
    found: dict[str, float] = nx.betweenness_centrality(simple, weight="distance")
    return found


def test_who_is_in_the_middle_is_what_networkx_finds(told: Told) -> None:
    simple = collapse(told.network)
    scores = middle(simple)
    table = told.table("midden", "Tussenligging, alle brieven samen")
    best = sorted(scores.values(), reverse=True)
    for i, row in enumerate(table.rows):
        assert words(row[3]) == dutch.number(best[i], 2)
        entity = [node for node in scores if told.material.named(node) == words(row[1])]
        assert any(dutch.number(scores[node], 2) == words(row[3]) for node in entity)
    senders = {letter["sender_iri"] for letter in told.network.graph["letters"].values()}
    simple.remove_nodes_from(senders)
    alone = sorted(middle(simple).values(), reverse=True)
    table = told.table("midden", "Tussenligging zonder")
    assert [words(row[3]) for row in table.rows] == [dutch.number(score, 2) for score in alone[: len(table.rows)]]


def test_ranges_are_those_without_each_letter(real: Told) -> None:
    table = real.table("midden", "Tussenligging, alle brieven samen")
    keys = [letter.key for letter in real.material.letters]
    runs = [middle(collapse(project(real.store, letters=[key for key in keys if key != gone]))) for gone in keys]
    by_name = {real.material.named(node): [run.get(node, 0.0) for run in runs] for node in real.network}
    for row in table.rows[:8]:
        scores = by_name[words(row[1])]
        ends = dict.fromkeys(dutch.number(score, 2) for score in (min(scores), max(scores)))
        assert words(row[4]) == "–".join(ends), words(row[1])


def test_brokers_between_regions_are_counted_again(real: Told) -> None:
    simple = collapse(real.network)
    region = nx.get_node_attributes(simple, "region")
    pairs: Counter[str] = Counter()
    for node in simple:
        ends = [end for end in simple[node] if region[end]]
        pairs[node] = sum(
            region[a] != region[b] and not simple.has_edge(a, b) for i, a in enumerate(ends) for b in ends[:i]
        )
    table = next(iter(tables(real.sections["schakels"])))
    assert [count(row[3]) for row in table.rows] == [n for _, n in pairs.most_common(len(table.rows))]
    first = max(pairs, key=lambda node: pairs[node])
    said = next(text for text in sentences(real) if "De meeste paren verbindt" in text)
    assert f"{real.material.named(first)}: {dutch.number(pairs[first])} paren" in said


def test_what_comes_true_adds_the_claims_that_it_says(told: Told) -> None:
    coming = ("in-ontwikkeling", "afgesproken", "voorgenomen")
    added = [
        1
        for u, v, attributes in told.network.edges(data=True)
        if attributes["origin"] == "claim" and u != v and not attributes["denied"] and attributes["modality"] in coming
    ]
    first = words(told.sections["voornemens"].blocks[0].text)
    assert f"in het netwerk {dutch.count(len(added), 'bewering', 'beweringen')} bij" in first
    kept = ["bestaand", *coming]
    among = {node for u, v in _counted(told.network, kept) for node in (u, v)}
    before, after = (
        middle(collapse(told.network, modalities=kinds).subgraph(sorted(among)).copy())
        for kinds in (["bestaand"], kept)
    )
    by_name = {told.material.named(node): node for node in among}
    for row in told.table("voornemens", "De grootste").rows:
        node = by_name[words(row[0])]
        assert [words(row[4]), words(row[5])] == [dutch.number(scores[node], 2) for scores in (before, after)]


def _counted(network: nx.MultiDiGraph, kinds: list[str]) -> Iterator[tuple[str, str]]:
    for u, v, attributes in network.edges(data=True):
        if attributes["modality"] in kinds:
            yield u, v


def test_communities_have_the_modularity_that_it_says(told: Told) -> None:
    simple = collapse(told.network)
    members = [set(row.members) for row in told.measured.communities.rows]
    lonely = [{node} for node in simple if not any(node in part for part in members)]
    expected = nx.community.modularity(simple, members + lonely)
    note = next(text for text in sentences(told) if "modulariteit" in text)
    assert f"De modulariteit is {dutch.number(expected, 2)}" in note
    table = told.table("groepen", "De groepen")
    assert [count(row[1]) for row in table.rows] == [len(part) for part in members if len(part) > 1]


def test_same_content_in_two_modalities_is_found(real: Told) -> None:
    asked = """ SELECT ?s ?p ?o (COUNT(DISTINCT ?m) AS ?n) WHERE { GRAPH ?g { ?c rdf:subject ?s ; rdf:predicate ?p ;
        rdf:object ?o ; rg:modaliteit ?m FILTER NOT EXISTS { ?c rg:ontkend true } } }
        GROUP BY ?s ?p ?o HAVING (COUNT(DISTINCT ?m) > 1)"""
    expected = {" → ".join(real.material.label(part) for part in row[:3]) for row in real.ask(asked)}
    table = real.table("tegenspraak", "Dezelfde inhoud")
    assert {words(row[0]) for row in table.rows} == expected
    assert any(text.startswith(f"{len(expected)} inhouden komen in meer dan één") for text in sentences(real))


def test_what_is_contradicted_is_told_with_both_sides(edit: Callable[[str, str, str], Path]) -> None:
    source = (TINY / "data" / "letters" / "twee.ttl").read_text(encoding="utf-8")
    start = source.index("brief:w001\n")
    block = source[start : source.index("brief:w002\n")]
    denied = block.replace("w001", "w009").replace("rg:parafrase ", "rg:ontkend true ;\n    rg:parafrase ")
    root = edit("data/letters/twee.ttl", "brief:w002\n", denied + "brief:w002\n")
    told = tell(root)
    assert "1 inhoud wordt door de ene bewering als bestaand gebracht" in " ".join(sentences(told))
    ((content, by, against),) = told.table("tegenspraak", "Tegengesproken").rows
    assert words(content) == "de provincie → werkt samen met → gemeente Noordveen"
    assert "bestaand (Brief een § Stand van zaken; Brief twee § Stand van zaken)" in words(by)
    assert words(against).endswith("(Brief twee § Stand van zaken)")
    assert "1 bewering ontkent iets." in sentences(told)


SINGULAR = r"\b1 (?:brieven|beweringen|afzenders|entiteiten|paren|vindplaatsen|groepen|thema’s|actoren|inhouden)\b"
NOUNS = "brief|bewering|afzender|entiteit|paar|vindplaats|groep|thema|inhoud"
PLURAL = rf"(?<![\d.,])(?:[02-9]|[1-9][\d.]*\d) (?:{NOUNS})\b(?!’)"


def assert_well_said(told: Told) -> None:
    for text in sentences(told):
        assert re.search(SINGULAR, text) is None, text
        assert re.search(PLURAL, text) is None, text
        assert re.search(r"\d afzenders?\b", text) is None, text  # two letters may leave the same sender unnamed
        assert not re.search(r"None|[{}]|\s\s|\bnan\b| ,|\.\.", text), text
        assert text[-1] in ".:" or "," in text or "doi:" in text, text
        assert text[0].isupper() or text[0].isdigit() or told.build.graphs, text
        assert "1 entiteit" not in text or "zij bestaan," not in text


def test_sentences_are_well_formed(told: Told) -> None:
    assert_well_said(told)
    assert len(sentences(told)) > 15


def without_letter(tiny: Path, key: str) -> Path:
    (tiny / "data" / "letters" / f"{key}.ttl").unlink()
    return tiny


def test_one_letter_shares_nothing_and_has_no_ranges(tiny: Path) -> None:
    told = tell(without_letter(tiny, "twee"))
    assert_well_said(told)
    assert "gedeeld" not in told.sections
    text = " ".join(sentences(told))
    assert "Dit verslag gaat over 1 brief, met samen 4 beweringen" in text
    assert "De brief heeft geen datum." in text
    assert not re.search(r"weg, dan|zonder telkens|terugvalt|een bereik", text, re.IGNORECASE)
    assert "modaliteiten" in told.report.figures


def test_what_the_data_lack_is_not_spoken_of(tiny: Path) -> None:
    told = tell(without_letter(tiny, "een"))
    assert_well_said(told)
    assert set(told.sections).isdisjoint({"tijd", "bedragen", "voornemens", "programmas", "gedeeld", "schakels"})
    text = " ".join(sentences(told))
    assert not re.search(r"datum of jaar|voorgenomen is|bedrag|zegt geen brief dat", text)
    assert "Niet meer bestaat raad van het gewest." in text
    assert set(told.report.figures).isdisjoint({"tijdlijn", "programmas"})


def test_a_letter_with_one_claim_and_no_relation_makes_a_report(tiny: Path) -> None:
    path = without_letter(tiny, "een") / "data" / "letters" / "twee.ttl"
    source = path.read_text(encoding="utf-8")
    first, second, third = (source.index(f"brief:w00{i}\n") for i in (1, 2, 3))
    path.write_text(source[:first] + source[second:third], encoding="utf-8")
    told = tell(tiny)
    assert_well_said(told)
    text = " ".join(sentences(told))
    assert "met samen 1 bewering op 1 vindplaats." in text
    assert "Geen bewering gaat over iets dat volgens een brief bestaat of is gebeurd." in text
    assert set(told.sections).isdisjoint({"midden", "groepen", "schakels", "themas"})


def test_many_letters_get_the_columns_that_fit(tiny: Path) -> None:
    folder = tiny / "data" / "letters"
    source = (folder / "een.ttl").read_text(encoding="utf-8")
    for i in range(14):
        text = source.replace("/brief/een/", f"/brief/een{i:02}/").replace("brieven:een", f"brieven:een{i:02}")
        (folder / f"een{i:02}.ttl").write_text(text, encoding="utf-8")
    told = tell(tiny)
    assert_well_said(told)
    assert len(told.table("modaliteit", "Beweringen per modaliteit").head) == 1 + 12 + 1
    assert len(told.table("themas", "Beweringen per thema").head) == 1 + 12 + 1
    assert "Getoond: de 12 brieven die het meest zeggen." in told.report.figures["modaliteiten"]
    assert len(told.table("brieven", "De brieven").rows) == 16


def test_labels_stay_text(edit: Callable[[str, str, str], Path]) -> None:
    hostile = "<img src=x onerror=alert(1)>|*x* [a](b) </script>"
    root = edit("data/entiteiten.ttl", '"gemeente Noordveen"@nl', f'"{hostile}"@nl')
    told = tell(root)
    assert hostile not in told.report.html
    assert "&lt;img src=x onerror=alert(1)&gt;" in told.report.html
    assert "<img" not in told.report.html
    assert all("<img" not in svg for svg in told.report.figures.values())
    assert "\\<img src=x onerror=alert(1)\\>\\|\\*x\\* \\[a\\](b)" in told.report.markdown


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._open = tag
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_page_asks_for_nothing_and_is_well_built(told: Told) -> None:
    found = Page(told.report.html)
    assert told.report.html.startswith("<!doctype html>\n")
    assert [html["lang"] for html in found.all("html")] == ["nl"]
    assert len(found.all("h1")) == 1
    assert found.texts["title"][0] == report.TITLE
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for a in found.all("a") if a["href"].startswith("#")}
    assert targets <= set(ids)
    loading = [
        a.get("src") or a.get("href") for tag in ("script", "img", "link", "iframe", "use") for a in found.all(tag)
    ]
    assert {address for address in loading if address} == {"data:,"}
    assert re.findall(r"url\((?!#)|@import", told.report.html) == []
    assert len(found.all("table")) == len(found.all("caption"))
    assert all("scope" in attributes for attributes in found.all("th"))
    assert all(svg["role"] == "img" and svg["aria-labelledby"] for svg in found.all("svg"))
    assert len(found.all("svg")) == len(told.report.figures)


def test_page_has_a_policy_with_the_hash_of_its_script(small: Told) -> None:
    found = Page(small.report.html)
    ((_, policy),) = (meta.values() for meta in found.all("meta") if "http-equiv" in meta)
    (script,) = re.findall(r"<script>(.*?)</script>", small.report.html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy


def test_page_lists_every_claim_with_address_and_places(told: Told) -> None:
    listed = told.report.html.split('<tbody id="rows">')[1]
    addresses = re.findall(r'<tr><th scope="row"><a href="([^"]+)">(\d+)</a>', listed)
    assert [int(n) for _, n in addresses] == list(range(1, len(told.material.rows) + 1))
    assert {iri for iri, _ in addresses} == {
        row[0] for row in told.ask(" SELECT DISTINCT ?c WHERE { GRAPH ?g { ?c a rg:Bewering } }")
    }
    anchors = told.ask(" SELECT ?e WHERE { GRAPH ?g { ?c rg:bewijs ?e } }")
    assert listed.count("<i>«") == len(anchors)


def test_markdown_says_what_the_page_says(told: Told) -> None:
    plain = re.sub(r"\\(.)", r"\1", told.report.markdown)
    missing = [text for text in sentences(told) if "doi:" not in text and text not in plain]
    assert missing == []
    images = re.findall(r"!\[[^\]]*\]\(report-([\w-]+)\.svg\)", told.report.markdown)
    assert images == list(told.report.figures)


def test_report_is_the_same_on_every_run(small: Told) -> None:
    code = (
        "import hashlib; from tests.test_report import tell; from tests.conftest import TINY\n"
        "made = tell(TINY).report\n"
        "print(hashlib.sha256((made.markdown + made.html).encode()).hexdigest())"
    )
    here = hashlib.sha256((small.report.markdown + small.report.html).encode()).hexdigest()
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in "0123"
    ]
    assert runs == [here] * 4


def test_measures_come_back_from_the_cache_as_they_were(small: Told) -> None:
    assert report.from_json(report.to_json(small.measured)) == small.measured
    with pytest.raises((ValueError, KeyError, TypeError)):
        report.from_json('{"central": []}')


@pytest.mark.parametrize("module", ["report.blocks", "report.dutch", "report.page", "plots.frame"])
def test_examples_in_docstrings_hold(module: str) -> None:
    found = doctest.testmod(import_module(f"regiograaf.{module}"))
    assert (found.failed, found.attempted > 0) == (0, True)


def test_only_what_exists_counts_where_it_says_so(told: Told) -> None:
    simple = middle(collapse(existing(told.network)))
    best = max(simple.values())
    first = [node for node, score in simple.items() if score == best]
    said = next(text for text in sentences(told) if text.startswith("Hierin tellen"))
    if len(first) == 1 and best:
        assert f"staat {told.material.named(first[0])} " in said
        assert f"({dutch.number(best, 2)})" in said


@pytest.mark.parametrize("kind", report.KINDS)
def test_each_figure_can_be_had_alone(kind: str, small: Told) -> None:
    svg = report.plot(small.build, small.network, small.material.names, kind)
    assert svg.startswith("<?xml")
    assert "Bron: regiograaf" in svg


def test_a_figure_without_anything_to_draw_says_so(tiny: Path) -> None:
    from regiograaf.errors import AnalysisError

    told = tell(without_letter(tiny, "een"))
    with pytest.raises(AnalysisError, match="nothing to draw as timeline"):
        report.plot(told.build, told.network, told.material.names, "timeline")
    with pytest.raises(AnalysisError, match="Use one of: modalities, programmes, themes, timeline"):
        report.plot(told.build, told.network, told.material.names, "pie")


@pytest.mark.browser
def test_a_number_shows_its_claims_in_a_browser(real: Told, browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(real.report.html, encoding="utf-8")
    asked: list[str] = []
    faults: list[str] = []
    tab = browser.new_page(viewport={"width": 390, "height": 800})
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: faults.append(message.text))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(path.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    for i, n in ((0, None), (5, None), (40, None)):
        link = tab.locator("#inhoud a[data-rows]:visible").nth(i)
        wanted = {row for part in (link.get_attribute("data-rows") or "").split() for row in _range(part)}
        link.click()
        shown = tab.locator("#rows tr:not([hidden]) > th").all_inner_texts()
        assert {int(text) for text in shown} == wanted, n
        tab.locator("#back").click()
        assert link.evaluate("link => document.activeElement === link")
    tab.locator("#all").click()
    assert tab.locator("#rows tr:not([hidden])").count() == len(real.material.rows)
    tab.close()
    assert asked == [path.as_uri()]
    assert faults == []


def _range(part: str) -> range:
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


def test_commands_draw_figures(tmp_path: Path) -> None:
    runner = CliRunner()
    for arguments, said in (
        (["plot", "themes", "-o", str(tmp_path / "t.svg")], "Waarover elke brief spreekt"),
        (["rank", "--plot", str(tmp_path / "r.svg"), "-f", "csv"], "gemeente Noordveen"),
    ):
        result = runner.invoke(main, ["-C", str(TINY), *arguments])
        assert result.exit_code == 0, result.output
        assert said in Path(arguments[arguments.index(next(a for a in arguments if a.endswith(".svg")))]).read_text(
            "utf-8"
        )
    refused = runner.invoke(main, ["-C", str(TINY), "rank", "--compare", "bestaand", "voorgenomen", "--plot", "x.svg"])
    assert refused.exit_code == 2
    assert "not a comparison" in refused.output
