"""The pages of a release: complete, linked, valid, small, in one language each, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from regiograaf.dataset import Build
from regiograaf.errors import ReleaseError
from regiograaf.namespaces import GRAPH
from regiograaf.prefixes import ID, TOOI
from regiograaf.release.site.addresses import page_of, path_of
from regiograaf.release.site.items import packed
from tests.conftest import REPO
from tests.release_sites import NOT_PAGES, broken, built, pages, site, without_map

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
    return built(REPO)


@pytest.fixture(scope="module")
def large(letters: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return without_map(letters, tmp_path_factory.mktemp("large"))


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
    special = r"(kaart|verslag)(\.en)?\.html\Z|static/(site\.css|search\.js)\Z"
    elsewhere = re.compile(f"{NOT_PAGES.pattern}|{special}")
    assert broken(large, leave=("id/bewijs/", "id/bewering/"), elsewhere=elsewhere) == []


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
