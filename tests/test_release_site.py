"""The pages of a release: complete, linked, valid, small, in one language each, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from regiograaf import kept
from regiograaf.dataset import Build, nquads, to_store
from regiograaf.errors import ReleaseError
from regiograaf.namespaces import GRAPH
from regiograaf.prefixes import ID, TOOI
from regiograaf.projection import project
from regiograaf.release.site import write_pages
from regiograaf.release.site.addresses import page_of, path_of
from regiograaf.release.site.items import packed
from tests.conftest import REPO
from tests.release_sites import NOT_PAGES, broken, built, pages, released, site, without_map

NODE = REPO / "tests" / "node"
KINDS = (
    "index",
    "brieven",
    "entiteiten",
    "programmas",
    "themas",
    "vragen",
    "vragen/wie-werkt-met-wie",
    "def",
    "def-klassen",
    "def-relaties",
    "def-eigenschappen",
    "def-klassen-boom",
    "catalogus",
    "begrippen",
    "codeboek",
    "citeren",
    "wijzigingen",
    "zoeken",
    "404",
    "id/brief/waterlanden",
    "id/bewering/*",
    "id/bewijs/*",
    "id/bewijs/*/doel",
    "id/orgaan/*",
    "id/programma/*",
    "id/thema/*",
    "id/modaliteit/bestaand",
    "id/graaf/brief/waterlanden",
)
"""One page of each kind, in the release of `examples/`."""


@pytest.fixture(scope="module")
def example() -> Build:
    return built(REPO / "examples")


@pytest.fixture(scope="module")
def small(example: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(example, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def letters() -> Build:
    build = released(REPO)[1].build
    assert build is not None
    return build


@pytest.fixture(scope="module")
def large() -> Path:
    """The whole release of the five letters."""
    return released(REPO)[0]


def of_each_kind(folder: Path) -> list[Path]:
    return [next(iter(sorted(folder.glob(f"{kind}{end}")))) for kind in KINDS for end in (".html", ".en.html")]


# ---- complete, and linked


def test_every_individual_has_a_page_in_both_languages(letters: Build, large: Path) -> None:
    iris = {str(name) for name in letters.graphs}
    for triples in letters.graphs.values():
        iris.update(str(term) for s, _, o in triples for term in (s, o) if str(term).startswith((ID, TOOI)))
    wanted = {page_of(iri, language) for iri in iris - {ID, TOOI} for language in ("nl", "en")}
    assert len(wanted) > 15_000
    there = {path.relative_to(large).as_posix() for path in pages(large)}
    assert wanted - there - {None} == set()


def test_no_link_within_the_site_is_broken(small: Path, large: Path) -> None:
    assert broken(small, elsewhere=NOT_PAGES) == []
    assert broken(large) == []


def test_a_broken_link_is_seen(small: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.html").write_text('<a href="../c.html">c</a> <a href="#x">x</a> <a id="y" href="#y">y</a>')
    assert sorted(broken(tmp_path)) == [("a/b.html", "#x"), ("a/b.html", "../c.html")]


def test_every_term_of_the_ontology_has_its_anchor_in_def(letters: Build, large: Path) -> None:
    declared = {str(s) for s, _, _ in letters.graphs[GRAPH["ontologie"]] if "/def#" in str(s)}
    for name in ("def.html", "def.en.html"):
        anchors = set(re.findall(r'<div id="([^"]+)"', (large / name).read_text(encoding="utf-8")))
        assert {term.rpartition("#")[2] for term in declared} - anchors == set()


def test_nothing_is_asked_of_the_network(large: Path) -> None:
    for path in of_each_kind_of(large):
        text = unescape(path.read_text(encoding="utf-8"))
        assert "default-src 'none'" in text
        for tag in re.findall(r"<(?:link|script|img|iframe)\b[^>]*>", text):
            loads = re.search(r'(?:src|href)="([^"]*)"', tag)
            alternate = 'rel="alternate"' in tag
            assert alternate or loads is None or not re.match(r"(?!data:)[a-z]+:|//", loads[1]), f"{path}: {tag}"


def of_each_kind_of(folder: Path) -> list[Path]:
    return [path for kind in ("*.html", "vragen/*.html", "id/programma/*.html") for path in sorted(folder.glob(kind))]


# ---- one leads to the other


def test_a_question_leads_to_its_sparql_and_to_the_query_page(small: Path) -> None:
    for path in sorted((REPO / "queries").glob("*.rq")):
        name = path.stem
        own = (small / "vragen" / path.name).read_text(encoding="utf-8")
        assert own.endswith(path.read_text(encoding="utf-8"))
        assert own.startswith("# regiograaf (2026)")
        assert "creativecommons.org/licenses/by/4.0" in own.splitlines()[1]
        for end in (".html", ".en.html"):
            page = (small / "vragen" / f"{name}{end}").read_text(encoding="utf-8")
            assert f'href="../sparql{end}#vraag={name}"' in page
            assert page.count(f'href="{name}.rq"') == 2  # for people, and for machines


def test_what_claims_are_made_of_lists_them_with_their_letters(letters: Build, large: Path) -> None:
    kinds = set()
    for claim in {claim.iri: claim for claims in letters.claims.values() for claim in claims}.values():
        used = [claim.modality, *([claim.period.iri] if claim.period else [])]
        for quantity in claim.quantities:
            used += [quantity.iri, quantity.unit, quantity.role, quantity.precision]
        for iri in used:
            kinds.add(str(iri).removeprefix(ID).partition("/")[0])
            for language, end in (("nl", ".html"), ("en", ".en.html")):
                text = listed(large, str(path_of(str(iri))), end)
                assert str(page_of(str(claim.iri), language)) in text  # type: ignore[arg-type]
                for piece in claim.evidence:
                    assert str(page_of(str(piece.letter), language)) in text  # type: ignore[arg-type]
    assert kinds == {"modaliteit", "periode", "grootheid", "eenheid", "grootheidrol", "nauwkeurigheid"}


@cache
def listed(folder: Path, path: str, end: str) -> str:
    """A page with the pages on which it goes on."""
    home, leaf = (folder / path).parent, path.rpartition("/")[2]
    more = re.compile(rf"{re.escape(leaf)}(\.\d+)?{re.escape(end)}\Z")
    return "".join(one.read_text(encoding="utf-8") for one in sorted(home.iterdir()) if more.match(one.name))


def test_what_is_used_outside_claims_says_by_whom(letters: Build, large: Path) -> None:
    """Sources by what is known from them, reasons by the letters with such sentences, coders by what they did."""
    checked = set()
    for graph, triples in letters.graphs.items():
        if graph not in (GRAPH["achtergrond"], GRAPH["dekking"], GRAPH["codering"]):
            continue
        for s, p, o in triples:
            name = str(p).rsplit("/", 1)[-1].rsplit("#", 1)[-1]
            if name not in ("source", "reden", "wasAssociatedWith", "wasGeneratedBy") or not path_of(str(o)):
                continue
            page = (large / str(page_of(str(o), "nl"))).read_text(encoding="utf-8")
            section = page.partition("Waar dit wordt gebruikt")[2]
            subject = str(s)
            if name == "reden":
                subject = next(str(b) for a, q, b in triples if a == s and str(q).endswith("uitBrief"))
            many = "<small>+" in section
            assert many or str(page_of(subject, "nl")) in section, (o, s)
            checked.add(name)
    assert checked == {"source", "reden", "wasAssociatedWith", "wasGeneratedBy"}


def test_who_no_claim_is_about_says_so(letters: Build, large: Path) -> None:
    spoken = {str(term) for claims in letters.claims.values() for claim in claims for term in claim.content}
    silent = [path for path in sorted(large.glob("tooi/waterschap/*.html")) if not path.name.endswith(".en.html")]
    silent = [path for path in silent if f"{TOOI}waterschap/{path.stem}" not in spoken]
    assert silent
    for path in silent:
        assert "Geen bewering gaat hierover." in path.read_text(encoding="utf-8")


def test_no_page_is_without_content(letters: Build, large: Path) -> None:
    """A heading, an address and how to cite is not enough: what is nowhere used says so, a graph what it holds."""
    for graph, triples in letters.graphs.items():
        page = (large / str(page_of(str(graph), "en"))).read_text(encoding="utf-8")
        assert f"<dd>{len(triples):,}</dd>" in page
        assert "<h1>Graph: " in page
    used, unused = (
        (large / "id" / "dekkingsreden" / f"{key}.html").read_text("utf-8") for key in ("briefhoofd", "aanhef")
    )
    assert "reden bij zinnen in" in used
    assert "In deze brieven nergens gebruikt." in unused
    for path in sorted(large.glob("id/eenheid/*.en.html")):
        text = path.read_text(encoding="utf-8")
        assert ("Claims that use this" in text) != ("Used nowhere in these letters." in text), path


def test_parts_of_a_page_have_titles_of_their_own(large: Path) -> None:
    for name, ends in (
        ("id/brief/drechtsteden", ("", "")),
        ("id/brief/drechtsteden.2", (", deel 2", ", part 2")),
        ("def-relaties.2", (", deel 2", ", part 2")),
    ):
        for end, part in zip((".html", ".en.html"), ends, strict=True):
            title = re.search(r"<title[^>]*>(.*?)</title>", (large / f"{name}{end}").read_text(encoding="utf-8"))
            assert title is not None
            assert re.fullmatch(rf"[^,]+{part} · regiograaf", title[1]), (name, title[1])


def test_the_dutch_changelog_names_every_version_and_leads_to_it(small: Path) -> None:
    dutch, english = (
        (small / f"wijzigingen{end}").read_text(encoding="utf-8").partition("<main")[2] for end in (".html", ".en.html")
    )
    text = (REPO / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\S+)\]", text, re.MULTILINE)
    assert versions
    assert re.findall(r'href="wijzigingen\.en\.html#v([^"]+)">Versie \1</a>', dutch) == versions
    assert re.findall(r'<h2 id="v([^"]+)">', english) == versions
    first = text.split("\n## ")[1]
    code = first.partition("### Code\n")[2].partition("\n### ")[0]
    assert f"programma ({len(re.findall('^- ', code, re.MULTILINE))})" in dutch
    assert not re.search(r"\b(Code|Ontology|Queries|Measured)\b", dutch)


def test_what_the_data_cite_of_the_site_is_linked_within_it(large: Path) -> None:
    for end, words in ((".html", "codeboek"), (".en.html", "codebook")):
        text = (large / f"id/schema/modaliteiten{end}").read_text(encoding="utf-8")
        assert f'<a href="../../codeboek{end}">{words}</a>' in text
    outside = re.compile(r'href="https://w3id\.org/regiograaf/[^"]*" rel="external"')
    assert [page for page in pages(large) if outside.search(page.read_text(encoding="utf-8"))] == []


def test_dates_and_numbers_are_those_of_the_language(small: Path) -> None:
    letter, en = ((small / "id" / "brief" / f"waterlanden{end}").read_text("utf-8") for end in (".html", ".en.html"))
    assert "<dd>3 november 2030</dd>" in letter
    assert "<dd>3 November 2030</dd>" in en
    assert "<dd>2.308 tekens</dd>" in letter
    assert "<dd>2,308 characters</dd>" in en


def test_map_and_report_lead_back_and_stand_alone_elsewhere(example: Build, small: Path) -> None:
    map_, told = ((small / f"{name}.html").read_text(encoding="utf-8") for name in ("kaart", "verslag"))
    for home in ("index", "brieven", "zoeken"):
        assert f'href="{home}.html"' in map_
        assert f'href="{home}.en.html"' in map_
        assert f'href="{home}.html"' in told
    assert 'href="verslag.en.html" lang="en" hreflang="en"' in told
    for text in (map_, told):
        assert text.index('<nav class="way"') < text.index("<header")
        assert text.index(".way {") < text.index("</head>")
    # neither the map nor the report has it of itself
    store = to_store(nquads(example.graphs))
    network = project(store, inferred=True)
    assert "way" not in re.findall(r'class="([^"]*)"', kept.map_page(network, REPO / "examples"))


def test_what_has_no_header_gets_no_menu_in_silence(example: Build, tmp_path: Path) -> None:
    from regiograaf.release import citation
    from regiograaf.release.site.back import with_way_back
    from regiograaf.release.site.material import Material
    from regiograaf.release.site.rendering import Site

    with pytest.raises(ReleaseError, match="the menu has no place"):
        with_way_back(Site(Material(example), tmp_path, citation.read(REPO)), "<html></html>", "kaart")


def test_the_manual_can_be_searched_for_in_both_languages(example: Build, tmp_path: Path) -> None:
    found = [("Resolving", "docs/resolving.html", "put it on the web")]
    write_pages(example, (), tmp_path, to_store(nquads(example.graphs)), lambda folder: found)
    for language, kind in (("nl", "handleiding, in het Engels"), ("en", "manual")):
        text = (tmp_path / "static" / f"index-{language}.js").read_text(encoding="utf-8")
        index = json.loads(text.partition("= ")[2].rstrip().rstrip(";"))
        (row,) = [row for row in index["rows"] if row[1] == "docs/resolving.html"]
        assert row[0] == "Resolving"
        assert row[3] == "put it on the web"
        assert index["kinds"][row[2]] == kind
        assert index["english"] == row[2]


# ---- valid and small


def test_html_is_valid(small: Path) -> None:
    program = NODE / "node_modules" / ".bin" / "html-validate"
    if not program.exists():
        pytest.fail("html-validate is not installed: npm --prefix tests/node install, as tests/run does.")
    run = subprocess.run(
        [str(program), "--preset", "standard", "-f", "json", *map(str, of_each_kind(small))],
        capture_output=True,
        text=True,
        check=False,
        cwd=NODE,
    )
    told = json.loads(run.stdout)
    assert [(Path(file["filePath"]).name, message["ruleId"]) for file in told for message in file["messages"]] == []
    assert run.returncode == 0


def test_pages_are_below_100_kilobytes(large: Path) -> None:
    free = {"kaart.html", "verslag.html"}
    heavy = [(path.name, path.stat().st_size) for path in pages(large) if path.stat().st_size > 100_000]
    assert {name for name, _ in heavy} <= free, heavy


def test_what_does_not_fit_goes_on_under_the_same_heading() -> None:
    a, b, c = "a" * 6, "b" * 6, "c" * 6
    assert packed([("one", [a, b]), ("two", [c])], room=13) == [[("one", [a, b])], [("two", [c])]]
    assert packed([("one", [a, b, c])], room=13) == [[("one", [a, b])], [("one", [c])]]
    assert packed([("one", [a])], room=3) == [[("one", [a])]]
    assert packed([]) == [[]]


def test_the_same_build_gives_the_same_bytes(example: Build, small: Path, tmp_path: Path) -> None:
    again = digests(without_map(example, tmp_path))
    assert len(again) > 500
    assert {name: digest for name, digest in digests(small).items() if name in again} == again


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# ---- one language


DUTCH = frozenset(("het", "een", "niet", "wordt", "volgens", "zegt", "bewering", "beweringen", "brieven", "welke"))
ENGLISH = frozenset(("the", "which", "according", "says", "claim", "claims", "letters", "and", "with", "this"))
VOID = frozenset(["meta", "link", "input", "br", "img"])


class Words(HTMLParser):
    """The words of a page by the language that they are marked with; code, citations and scripts left out."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.found: dict[str, list[str]] = {"nl": [], "en": []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inherited = self.stack[-1][1] if self.stack else ""
        own = dict(attrs).get("lang") or inherited
        if tag not in VOID:
            keys = tag in ("code", "script", "style", "pre") or dict(attrs).get("class") == "cite"
            self.stack.append((tag, "code" if keys else own))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        language = self.stack[-1][1] if self.stack else ""
        if language in self.found:
            self.found[language] += re.findall(r"\w+", re.sub(r"https?://\S+", "", data.lower()))


def words(path: Path) -> dict[str, list[str]]:
    parser = Words()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.found


def sample(folder: Path) -> Iterator[Path]:
    for path in pages(folder):
        name = path.relative_to(folder).as_posix()
        quotes = ("kaart.html", "verslag.html", "codeboek.en.html")  # the codebook quotes Dutch words
        if name not in quotes and not name.startswith("id/bewijs"):
            yield path


def test_no_page_mixes_two_languages(small: Path) -> None:
    checked = 0
    for path in sample(small):
        found = words(path)
        english = path.name.endswith(".en.html")
        assert f'<html lang="{"en" if english else "nl"}">' in path.read_text(encoding="utf-8")
        strange = DUTCH & set(found["en"]) if english else ENGLISH & set(found["nl"])
        assert strange == set(), f"{path}: {strange}"
        checked += 1
    assert checked > 500


def test_a_mixed_page_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.en.html"
    path.write_text('<html lang="en"><p>the claim</p><p lang="nl">een zin</p><p>volgens</p></html>')
    assert words(path) == {"en": ["the", "claim", "volgens"], "nl": ["een", "zin"]}


# ---- true


def test_every_claim_in_a_list_has_its_modality_in_word_and_line(letters: Build, large: Path) -> None:
    text = (large / "id" / "orgaan" / "gs-zuid-holland.html").read_text(encoding="utf-8")
    items = re.findall(r'<li><a href="../../id/bewering/.*?</li>', text)
    assert len(items) > 50
    assert [item for item in items if not re.search(r'<span class="m l-(?!none)\w+">\w', item)] == []


def test_what_is_intended_is_not_told_as_existing(large: Path) -> None:
    name = "id/programma/gemeentelijk-volkshuisvestingsprogramma"
    dutch = (large / f"{name}.html").read_text(encoding="utf-8")
    assert "Bestaat volgens de brieven nog niet: het is een voornemen." in dutch
    assert "Bestaat volgens de brieven.<" not in dutch
    english = (large / f"{name}.en.html").read_text(encoding="utf-8")
    assert "Does not exist yet according to the letters: it is intended." in english


def test_denied_claims_say_so(letters: Build, large: Path) -> None:
    denied = [claim for claims in letters.claims.values() for claim in claims if claim.denied]
    assert denied
    for claim in denied:
        for language, word in (("nl", "ontkend"), ("en", "denied")):
            text = (large / str(page_of(str(claim.iri), language))).read_text(encoding="utf-8")  # type: ignore[arg-type]
            assert f'<b class="no">{word}</b>' in text


def test_inferred_relations_stand_apart(large: Path) -> None:
    text = (large / "id" / "programma" / "realisatie.html").read_text(encoding="utf-8")
    said, _, inferred = text.partition('<section class="inferred">')
    assert "Niet door een brief gezegd" in inferred
    assert "Niet door een brief gezegd" not in said


def test_passages_are_shown_only_when_the_build_has_them(tmp_path: Path) -> None:
    from regiograaf.dataset import compile_project, read_project

    root = REPO / "examples"
    build = compile_project(read_project(root), root / "letters")
    quote = next(str(o) for _, _, o in build.graphs[GRAPH["citaten"]] if "&" not in str(o) and len(str(o)) > 60)
    shown = without_map(build, tmp_path)
    claims = [path for path in shown.glob("id/bewering/*.html") if quote in path.read_text(encoding="utf-8")]
    assert claims


def test_no_passage_without_quotes(small: Path) -> None:
    assert [
        path for path in small.glob("id/bewering/*.html") if "<blockquote" in path.read_text(encoding="utf-8")
    ] == []


# ---- safe


def test_a_hostile_label_is_only_text(tiny: Path, tmp_path: Path) -> None:
    path = tiny / "data" / "entiteiten.ttl"
    text = path.read_text(encoding="utf-8")
    label = re.search(r'rdfs:label\s+"([^"]+)"@nl', text)
    assert label is not None
    path.write_text(text.replace(f'"{label[1]}"@nl', '"<img src=x onerror=alert(1)></script>"@nl', 1), encoding="utf-8")
    folder = site(built(tiny), tmp_path / "site")
    assert "<img src=x" not in (folder / "verslag.html").read_text(encoding="utf-8")
    hits = 0
    for page in pages(folder):
        if page.name in ("kaart.html", "verslag.html"):
            continue
        found = page.read_text(encoding="utf-8")
        assert "<img" not in found, page
        assert '</script>"' not in found, page
        hits += "&lt;img src=x" in found
    assert hits > 2
    index = (folder / "static" / "index-nl.js").read_text(encoding="utf-8")
    assert "</script" not in index
    assert "img src=x" in index


@pytest.mark.parametrize("key", ["../../buiten", "a/../b", ".htaccess", "x.en", 'a"b', "a b"])
def test_a_key_that_is_no_file_name_is_refused(key: str) -> None:
    with pytest.raises(ReleaseError, match="cannot be the name of a file"):
        path_of(f"{ID}regio/{key}")


def test_two_pages_of_one_name_are_refused(example: Build, tmp_path: Path) -> None:
    from regiograaf.release import citation
    from regiograaf.release.site.material import Material
    from regiograaf.release.site.rendering import Site

    one = Site(Material(example), tmp_path, citation.read(REPO))
    one.write("a.html", "x")
    with pytest.raises(ReleaseError, match="two pages have this name"):
        one.write("a.html", "y")


# ---- for machines, and for citing


def test_the_description_in_the_page_is_the_things_own(small: Path) -> None:
    path = next(iter(sorted(small.glob("id/programma/*.html"))))
    text = path.read_text(encoding="utf-8")
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])  # type: ignore[index]
    key = path.name.partition(".")[0]
    assert told["@id"] == f"{ID}programma/{key}"
    assert "rg:Programma" in told["@type"]
    assert f'<link rel="alternate" type="text/turtle" href="{key}.ttl">' in text


def test_references_for_managers(small: Path) -> None:
    bibtex = (small / "static" / "regiograaf.bib").read_text(encoding="utf-8")
    assert re.match(
        r"@misc\{regiograaf\d{4},\n(  \w+ = \{.*\},\n)+  url = \{https://w3id.org/regiograaf/dataset\}\n\}", bibtex
    )
    ris = (small / "static" / "regiograaf.ris").read_bytes().decode("utf-8")
    assert ris.startswith("TY  - DATA\r\nAU  - ")
    assert ris.endswith("ER  - \r\n")


def test_a_person_is_cited_family_name_first(example: Build, tmp_path: Path) -> None:
    from regiograaf.release import citation
    from regiograaf.release.site import prose
    from regiograaf.release.site.material import Material
    from regiograaf.release.site.rendering import Site

    agents = (citation.Agent("Ada van Dijk", "Ada", "van Dijk"), citation.Agent("Regio & Co"))
    prose.references(Site(Material(example), tmp_path, replace(citation.read(REPO), creators=agents)))
    assert "author = {van Dijk, Ada and {Regio \\& Co}}" in (tmp_path / "static" / "regiograaf.bib").read_text()
    assert "AU  - van Dijk, Ada\nAU  - Regio & Co\n" in (tmp_path / "static" / "regiograaf.ris").read_text()


def test_markdown_may_not_bring_html(tmp_path: Path) -> None:
    from regiograaf.release.site.prose import _html

    html = _html("# Title\n\n<script>x</script> [a](docs/b.md) [c](https://example.org) **d**\n\n## Two\n")
    assert "<script>" not in html
    assert "<h1>" not in html
    assert "<span>a</span>" in html
    assert '<a href="https://example.org">c</a>' in html
    assert "<h2>Two</h2>" in html


def test_a_project_without_the_entities_of_an_example_still_has_its_questions(small: Path) -> None:
    assert len(list(small.glob("vragen/*.en.html"))) == len(list((REPO / "queries").glob("*.rq")))
