"""The documentation pages of a release: complete, linked, valid, safe, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

import regiograaf
from regiograaf.cli import main
from regiograaf.release.docs import write
from regiograaf.release.docs.contents import PARTS, REFERENCE
from regiograaf.release.docs.texts import read, relink
from tests.conftest import REPO
from tests.release_sites import broken

NODE = REPO / "tests" / "node"
SOURCES = sorted(path.stem for path in (REPO / "docs").glob("*.md"))
OUTSIDE = re.compile(r"\.\./(?!docs/)[\w-]+(\.en)?\.html|\.\./static/site\.css")
"""What the rest of the site has: pages of its frame, and its style sheet."""


Found = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Found]:
    folder = tmp_path_factory.mktemp("site")
    return folder, write(folder)


@pytest.fixture(scope="module")
def site(written: tuple[Path, Found]) -> Path:
    return written[0]


def text(site: Path, name: str) -> str:
    return (site / "docs" / f"{name}.html").read_text(encoding="utf-8")


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# ---- complete, and linked


def test_every_text_has_a_page_with_its_own_title(site: Path) -> None:
    for name in SOURCES:
        first = (REPO / "docs" / f"{name}.md").read_text(encoding="utf-8").splitlines()[0]
        shown = re.findall(r"<h1>(.*?)</h1>", text(site, name))
        assert [unescape(title) for title in shown] == [first.removeprefix("# ").replace("`", "")]


def test_every_page_has_one_place_in_the_contents(site: Path) -> None:
    placed = [name for _, _, pages in PARTS for name, _ in pages]
    assert sorted(placed) == sorted([*SOURCES, *(name for name, _, _ in REFERENCE)])
    linked = re.findall(r'<dt><a href="([\w-]+)\.html">', text(site, "index"))
    assert linked == placed
    assert re.findall(r"<h2>(.*?)</h2>", text(site, "index")) == ["Start", "How to", "Reference", "Explanation"]


def test_every_link_leads_somewhere(site: Path) -> None:
    assert [(page, link) for page, link in broken(site) if not OUTSIDE.match(link)] == []


def test_everything_can_be_searched_for(written: tuple[Path, Found]) -> None:
    folder, found = written
    for name, address, _ in found:
        page, _, place = address.partition("#")
        there = (folder / page).read_text(encoding="utf-8")
        assert not place or f'id="{unquote(place)}"' in there, (name, address)
    names = {name for name, _, _ in found}
    assert {"Glossary", "regiograaf rank", "regiograaf.load", "Claims in RDF 1.2"} <= names
    pages = {address.partition("#")[0] for _, address, _ in found}
    missing = {path.name for path in (folder / "docs").glob("*.html")} - {page.removeprefix("docs/") for page in pages}
    assert {name for name in missing if not re.search(r"-\d+\.html", name)} == set()


def test_a_link_to_no_heading_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "a.html"
    page.parent.mkdir()
    page.write_text('<a href="a.html#x">x</a><h2 id="y">y</h2>')
    assert broken(tmp_path) == [("docs/a.html", "a.html#x")]


def test_links_between_texts_become_links_between_pages(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "codeboek.en.html").write_text("x")
    (tmp_path / "docs" / "b.md").write_text("# B\n\n## Two words\n")
    (tmp_path / "docs" / "p.png").write_bytes(b"p")
    page = tmp_path / "docs" / "a.md"
    page.write_text(
        "# A `b`\n\n[b](b.md#two-words) [c](../data/CODEBOOK.md) [d](../CONTRIBUTING.md) [e](https://example.org/x.md)\n"
        "![p](p.png) ![q](https://example.org/q.png) [z](../CHANGELOG.md) [gone](gone.md)\n",
        encoding="utf-8",
    )
    found = read(page, tmp_path / "site")
    assert found.title == "A b"
    assert found.files == ("p.png",)
    assert '<a href="b.html#two-words">b</a>' in found.parts[0]
    assert '<a href="../codeboek.en.html">c</a>' in found.parts[0]
    assert "<span>d</span>" in found.parts[0]
    assert '<a href="https://example.org/x.md">e</a>' in found.parts[0]
    assert '<img src="p.png" alt="p"' in found.parts[0]
    assert "q.png" not in found.parts[0]
    assert "<span>z</span>" in found.parts[0]  # this site has no changelog
    assert "<span>gone</span>" in found.parts[0]
    assert read(tmp_path / "docs" / "b.md", tmp_path).contents == (("two-words", "Two words"),)


def test_an_image_alone_is_a_figure(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(b"p")
    (tmp_path / "a.md").write_text("![p](p.png)\n\nText ![p](p.png)\n")
    (body,) = read(tmp_path / "a.md", tmp_path).parts
    assert body.count('<figure tabindex="0"><img src="p.png" alt="p"') == 1
    assert body.count("<p>Text <img") == 1


def test_tables_and_code_can_be_reached_by_keyboard(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## Some `part`\n\n| a | |\n|---|---|\n| b | c |\n\n```\nx\n```\n")
    (body,) = read(tmp_path / "a.md", tmp_path).parts
    assert 'role="region" aria-label="Table 1: Some part" tabindex="0"><table>' in body
    assert '<pre tabindex="0">' in body
    assert "<th></th>" not in body


def test_headings_of_one_name_have_different_anchors(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## Same\n\n## Same\n\n## 8. Which one?\n")
    assert [anchor for anchor, _ in read(tmp_path / "a.md", tmp_path).contents] == ["same", "same-1", "8-which-one"]


def test_a_long_text_is_more_pages_and_links_follow(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"# A\n\n[two](#two)\n\n## One\n\n{'x ' * 30_000}\n\n## Two\n\n{'y ' * 30_000}[one](#one)\n"
    )
    (tmp_path / "b.md").write_text("# B\n\n[two](a.md#two) [one](a.md#one) [none](a.md)\n")
    found = relink({name: read(tmp_path / f"{name}.md", tmp_path) for name in ("a", "b")})
    first, second = found["a"].parts
    assert '<a href="a-2.html#two">two</a>' in first
    assert '<a href="a.html#one">one</a>' in second
    assert found["a"].contents == (("a.html#one", "One"), ("a-2.html#two", "Two"))
    (other,) = found["b"].parts
    assert '<a href="a-2.html#two">two</a> <a href="a.html#one">one</a> <a href="a.html">none</a>' in other


def test_pages_are_below_100_kilobytes(site: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in (site / "docs").glob("*.html")}
    assert len(sizes) > len(SOURCES) + len(REFERENCE)
    assert {name: size for name, size in sizes.items() if size > 100_000} == {}


# ---- the reference


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_its_section_with_every_option(site: Path, name: str) -> None:
    section = re.search(rf'<section aria-labelledby="{name}">.*?</section>', text(site, "commands"), re.DOTALL)
    assert section is not None
    command = main.commands[name]
    told = unescape(section[0])
    assert f"regiograaf {name}" in told
    terms = "\n".join(re.findall(r"<dt><code>(.*?)</code></dt>", told))
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert [option.opts[-1] for option in options if option.opts[-1] not in terms] == []
    assert str(command.help).partition("\n")[0].split("`")[0].strip() in told


def test_defaults_and_choices_are_told(site: Path) -> None:
    page = text(site, "commands")
    rank = re.search(r'<section aria-labelledby="rank">.*?</section>', page, re.DOTALL)
    assert rank is not None
    assert "default <code>betweenness</code>" in rank[0]
    assert "<code>brokerage</code>" in rank[0]
    assert "environment <code>REGIOGRAAF_LETTERS</code>" in page
    assert re.search(r"<dt><code>--layout</code></dt><dd>[^\n]*default <code>samenhang</code>", page)
    assert "UNSET" not in page
    assert "Sentinel" not in page


def test_every_public_name_has_its_signature(site: Path) -> None:
    page = text(site, "library")
    for name in regiograaf.__all__:
        if name != "__version__":
            assert f'<h3 id="regiograaf.{name}">{name}</h3>' in page
    assert "load(root: str | Path = &#39;.&#39;, letters: str | Path | None = None) -&gt; Dataset" in page
    assert '<h4 id="regiograaf.Query.stored">' in page
    assert "    *,\n    title: str" in page
    assert " at 0x" not in page
    assert "(self" not in page


def test_doctest_marks_are_not_shown(site: Path) -> None:
    assert "doctest" not in text(site, "library")


# ---- valid, safe, the same


def test_html_is_valid(site: Path) -> None:
    program = NODE / "node_modules" / ".bin" / "html-validate"
    if not program.exists():
        pytest.fail("html-validate is not installed: npm --prefix tests/node install, as tests/run does.")
    files = [str(path) for path in sorted((site / "docs").glob("*.html"))]
    run = subprocess.run(
        [str(program), "--preset", "standard", "-f", "json", *files],
        capture_output=True,
        text=True,
        check=False,
        cwd=NODE,
    )
    told = json.loads(run.stdout)
    found = [
        (Path(file["filePath"]).name, message["ruleId"], message["line"], message["message"])
        for file in told
        for message in file["messages"]
    ]
    assert found == []
    assert run.returncode == 0


def test_no_address_of_a_heading_stands_twice(site: Path) -> None:
    for path in (site / "docs").glob("*.html"):
        found = re.findall(r'\sid="([^"]*)"', path.read_text(encoding="utf-8"))
        assert len(found) == len(set(found)), path.name


def test_pages_ask_nothing_of_the_network_and_run_no_script(site: Path) -> None:
    for path in (site / "docs").glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in unescape(page)
        assert re.findall(r'<script(?! type="application/ld\+json")', page) == []
        for tag in re.findall(r"<(?:link|img)\b[^>]*>", page):
            assert not re.search(r'(?:src|href)="(?!data:)([a-z]+:|//)', tag), f"{path.name}: {tag}"


def test_markdown_may_not_bring_html(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        '# <b>T</b>\n\n<script>x</script>\n\n## "><i>\n\n| a |\n|---|\n| b |\n\n[x](javascript:y)\n'
    )
    found = read(tmp_path / "a.md", tmp_path)
    assert "<script>" not in found.parts[0]
    assert "<i>" not in found.parts[0]
    assert 'href="javascript' not in found.parts[0]
    assert found.parts[0].count('<div class="wide"') == 1


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_program_gives_the_same_bytes(site: Path, tmp_path: Path, seed: str) -> None:
    code = "import sys; from pathlib import Path; from regiograaf.release.docs import write; write(Path(sys.argv[1]))"
    env = {"PYTHONHASHSEED": seed, "REGIOGRAAF_LETTERS": "elsewhere", "COLUMNS": "40"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "again")], env=env, cwd=tmp_path, check=True)
    assert digests(tmp_path / "again") == digests(site)
