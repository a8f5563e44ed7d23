"""A draft encoding on its way into the graph: read, checked as a draft, judged, built with its evidence verified."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import URIRef

from regiograaf.cli import main
from regiograaf.dataset import compile_project, nquads, read_project
from regiograaf.namespaces import GRAPH, ID, RG, THEME
from regiograaf.reader.draft import Reader
from regiograaf.reader.turtle import Names, anchor, blocks, curie, turtle, write
from tests.conftest import REPO

EXAMPLES = REPO / "examples"
NEWS = """Persbericht

De Zwaluwhoeve, 14 mei 2031

De gemeenten Oosterplas en Kaagsluis doen mee aan het programma Zuidrand Wonen. Sinds 2030 is Woonstichting De Dobber
gevestigd in de gemeente Rietmeer. Wij vragen de gemeente Rietmeer om deel te nemen aan het programma Zuidrand Wonen.
"""
DRAFT = re.compile(r"^    rg:status +status:concept ;\n", re.MULTILINE)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example project, with the text of a press release and its draft."""
    root = tmp_path_factory.mktemp("drafted") / "project"
    shutil.copytree(EXAMPLES, root)
    source = root.parent / "Nieuws.txt"
    source.write_bytes(NEWS.replace("\n", "\r\n").encode())
    result = run(root, "read", source, "-o", path(root), "--texts", root / "letters")
    assert result.exit_code == 0, result.stderr
    return root


@pytest.fixture
def project(drafted: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(drafted, tmp_path / "project"))


def path(root: Path) -> Path:
    return root / "data" / "letters" / "nieuws.ttl"


def run(root: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *map(str, words)])


def check(root: Path) -> tuple[int, str]:
    result = run(root, "check", "--letters", root / "letters")
    return result.exit_code, result.stdout + result.stderr


def edit(root: Path, change: Callable[[str], str]) -> str:
    before = path(root).read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path(root).write_text(after, encoding="utf-8")
    return after


def accepted(text: str) -> str:
    return DRAFT.sub("", text)


def keys(text: str) -> list[str]:
    return re.findall(r"^brief:(w\d+)$", text, re.MULTILINE)


def of(text: str, *words: str) -> str:
    """The key of the claim whose block has all of these words."""
    (found,) = [
        block.split("\n")[0].removeprefix("brief:")
        for block in text.split("\n\n")
        if block.startswith("brief:w") and all(word in block for word in words)
    ]
    return found


def without(text: str, key: str) -> str:
    """The file without a claim and its evidence."""
    return "\n\n".join(block for block in text.split("\n\n") if not block.startswith(f"brief:{key}"))


def test_a_draft_is_checked_and_told_in_one_note(project: Path) -> None:
    count = len(keys(path(project).read_text(encoding="utf-8")))
    assert count >= 5
    line = path(project).read_text(encoding="utf-8").split("\n").index("    rg:status       status:concept ;") + 1
    assert check(project) == (
        0,
        f"data/letters/nieuws.ttl:{line}: info: letter nieuws is a draft, {count} claims to be judged; accept (take "
        "rg:status out) or drop each; what is a draft is not built\n"
        "0 errors, 0 warnings, 1 note, 45 passages verified.\n",
    )


def test_a_draft_is_left_out_of_the_build_and_the_build_says_so(project: Path, tmp_path: Path) -> None:
    result = run(project, "build", "-o", tmp_path / "build", "--letters", project / "letters")
    assert result.exit_code == 0
    assert "letter nieuws is a draft" in result.stderr
    assert "1 letter, 45 claims, 45 of 45 passages verified" in result.stderr
    assert nquads(compile_project(read_project(project)).graphs) == nquads(
        compile_project(read_project(EXAMPLES)).graphs
    )


def test_a_judged_draft_is_built_with_its_evidence_verified(project: Path, tmp_path: Path) -> None:
    text = edit(project, accepted)
    assert check(project)[0] == 0, check(project)[1]
    built = run(project, "build", "-o", tmp_path / "build", "--letters", project / "letters")
    assert built.exit_code == 0
    count = 45 + len(keys(text))
    assert f"2 letters, {count} claims, {count} of {count} passages verified" in built.stderr
    asked = run(tmp_path / "build", "query", "wie-neemt-deel", "-p", "programma=Zuidrand Wonen", "-f", "csv")
    assert asked.exit_code == 0, asked.stderr
    rows = {tuple(row.split(",")[0:4]) for row in asked.stdout.splitlines()[1:]}
    assert {(row[0].rpartition("/")[2], row[3].rpartition("/")[2]) for row in rows} >= {
        ("oosterplas", "bestaand"),
        ("kaagsluis", "bestaand"),
    }


def test_a_corrected_draft_says_what_the_coder_made_of_it(project: Path) -> None:
    def correct(text: str) -> str:
        dropped = of(text, "stichting:de-dobber", "rg:gevestigdIn")
        changed = of(text, "gemeente:kaagsluis", "rg:neemtDeelAan")
        text = accepted(without(text, dropped))
        first = text.index(f"brief:{changed}\n")
        return text[:first] + text[first:].replace("modaliteit:bestaand", "modaliteit:voorgenomen", 1)

    edit(project, correct)
    code, said = check(project)
    assert code == 0, said
    claims = compile_project(read_project(project), project / "letters").claims["nieuws"]
    told = {
        (str(c.subject).rpartition("/")[2], str(c.predicate).rpartition("#")[2], str(c.modality).rpartition("/")[2])
        for c in claims
    }
    assert ("kaagsluis", "neemtDeelAan", "voorgenomen") in told
    assert ("oosterplas", "neemtDeelAan", "bestaand") in told
    assert "gevestigdIn" not in {name for _, name, _ in told}


def test_a_letter_can_be_judged_claim_by_claim(project: Path) -> None:
    def first(text: str) -> str:
        done = of(text, "gemeente:oosterplas", "rg:neemtDeelAan")
        parts = text.split("\n\n")
        kept = ("brieven:", f"brief:{done}", "programma:zuidrand-wonen", "entiteit:afzender")
        return "\n\n".join(accepted(part) if part.startswith(kept) else part for part in parts)

    count = len(keys(edit(project, first)))
    code, said = check(project)
    assert code == 0, said
    assert f"letter nieuws has {count - 1} claims to be judged" in said
    built = compile_project(read_project(project), project / "letters")
    assert [str(claim.subject).rpartition("/")[2] for claim in built.claims["nieuws"]] == ["oosterplas"]
    new = URIRef(f"{ID}programma/zuidrand-wonen")
    assert new in {s for s, _, _ in built.graphs[GRAPH["entiteiten"]]}
    assert not any(p == RG.status for triples in built.graphs.values() for _, p, _ in triples)


def test_an_accepted_claim_on_a_draft_entity_is_an_error(project: Path) -> None:
    def claims_only(text: str) -> str:
        return "\n\n".join(
            accepted(part) if part.startswith(("brief:", "brieven:")) else part for part in text.split("\n\n")
        )

    edit(project, claims_only)
    code, said = check(project)
    assert code == 1
    assert "programma:zuidrand-wonen is still a draft, and this block is not" in said


def test_a_status_of_one_s_own_is_an_error(project: Path) -> None:
    edit(project, lambda text: text.replace("status:concept", "status:klaar", 1))
    code, said = check(project)
    assert code == 1
    assert "the status is not exactly one of the list" in said or "status:klaar is not defined anywhere" in said


def test_status_accepted_is_as_good_as_none(project: Path) -> None:
    text = path(project).read_text(encoding="utf-8")
    path(project).write_text(accepted(text), encoding="utf-8")
    bare = nquads(compile_project(read_project(project)).graphs)
    path(project).write_text(text.replace("status:concept", "status:aanvaard"), encoding="utf-8")
    assert check(project)[0] == 0
    assert nquads(compile_project(read_project(project)).graphs) == bare


def test_a_draft_of_another_text_is_found_out(project: Path) -> None:
    letter = project / "letters" / "nieuws.txt"
    letter.write_text(letter.read_text(encoding="utf-8").replace("Dobber", "Dobbers"), encoding="utf-8")
    code, said = check(project)
    assert code == 1
    assert "letter nieuws: nieuws.txt is not the text that was encoded" in said


def test_what_only_a_draft_says_is_no_news_to_the_next_letter(project: Path) -> None:
    new = f"{ID}programma/zuidrand-wonen"
    assert new not in Reader.of(project).known.placed
    edit(project, accepted)
    assert new in Reader.of(project).known.placed
    again = Reader.of(project).read(NEWS.encode(), "nog-een.txt")
    assert new in {mention.entity for mention in again.found.mentions}


def test_a_sender_that_the_text_does_not_tell_stays_unknown(project: Path) -> None:
    text = path(project).read_text(encoding="utf-8")
    assert 'rdfs:label         "onbekende afzender van nieuws"@nl' in text
    assert 'dcterms:date    "2031-05-14"^^xsd:date' in text
    assert "rg:ontvanger" not in text


def test_the_draft_of_the_example_letter_accepted_by_a_script_is_built(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(EXAMPLES, root)
    shutil.copy(root / "letters" / "waterlanden.txt", tmp_path / "tweede.txt")
    words = (
        "read",
        tmp_path / "tweede.txt",
        "-o",
        root / "data" / "letters" / "tweede.ttl",
        "--texts",
        root / "letters",
    )
    assert run(root, *words).exit_code == 0
    draft = root / "data" / "letters" / "tweede.ttl"
    draft.write_text(accepted(draft.read_text(encoding="utf-8")), encoding="utf-8")
    built = run(root, "build", "-o", tmp_path / "build", "--letters", root / "letters")
    assert built.exit_code == 0, built.stderr
    found = re.search(r"2 letters, (\d+) claims, (\d+) of (\d+) passages verified", built.stderr)
    assert found
    assert found[2] == found[3]


def test_anchors_are_short_and_stand_in_their_passage() -> None:
    draft = Reader.of(EXAMPLES).read(EXAMPLES / "letters" / "waterlanden.txt")
    for claim in draft.claims:
        words = anchor(draft, claim)
        assert 1 <= len(words.split()) <= 10
        assert words in draft.document.letter.quote(claim.begin, claim.end)
    (one,) = [c for c in draft.claims if c.predicate == "rg:gevestigdIn"]
    assert "gevestigd in de gemeente Rietmeer" in anchor(draft, one)


def test_the_file_is_the_blocks_written_down() -> None:
    draft = Reader.of(EXAMPLES).read(NEWS.encode(), "nieuws.txt")
    listed = blocks(draft)
    assert write(draft.key, listed) == turtle(draft)
    assert {block.sort for block in listed} >= {"letter", "entity", "claim", "evidence", "period"}
    few = [block for block in listed if block.sort == "letter"]
    assert "@prefix rdf:" not in write(draft.key, few)


def test_new_names_avoid_those_that_are_taken() -> None:
    text = "Wij werken aan het programma Waterrijk Wonen en aan het project Waterrijk Wonen.\n"
    draft = Reader.of(EXAMPLES).read(text.encode(), "brief.txt")
    names = Names(draft)
    assert len(set(names.new.values())) == len(names.new)
    assert not set(names.new.values()) & {curie(entity.iri) for entity in draft.known.entities}


def test_an_iri_that_no_prefix_can_write_stands_between_brackets() -> None:
    assert curie(f"{ID}programma/waterrijk-wonen") == "programma:waterrijk-wonen"
    assert curie("rg:neemtDeelAan") == "rg:neemtDeelAan"
    assert curie(str(THEME["wonen"])) == "thema:wonen"
    assert curie("https://voorbeeld.example/a.b/c") == "<https://voorbeeld.example/a.b/c>"
    assert curie(f"{ID}programma/a.b") == f"<{ID}programma/a.b>"
