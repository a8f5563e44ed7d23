"""`regiograaf read`: JSON with offsets in the text as given, tables, folders, files and exit codes."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import regiograaf
from regiograaf.cli import main
from regiograaf.letters import plain
from regiograaf.output import write
from regiograaf.reader.draft import Draft, Reader, key_of_name
from regiograaf.reader.folder import Job, read_all
from regiograaf.reader.knowing import known_of
from regiograaf.reader.record import record
from regiograaf.stores import open_store
from tests import reader_files as files
from tests.conftest import LETTERS, REPO

EXAMPLES = REPO / "examples"
SOURCE = EXAMPLES / "letters" / "waterlanden.txt"
TEXT = SOURCE.read_text(encoding="utf-8")
MENTION = {"start", "end", "text", "entity", "label", "kind"}
CLAIM = {"subject", "subject_label", "predicate", "object", "object_label", "modality", "start", "end", "score"}


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.of(EXAMPLES)


def run(*words: str | Path, given: bytes | None = None, root: Path = EXAMPLES) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "read", *map(str, words)], input=given, env={"COLUMNS": "120"})


def found(*words: str | Path, given: bytes | None = None) -> dict[str, Any]:
    result = run(*words, "-f", "json", given=given)
    assert result.exit_code == 0, result.stderr
    content: dict[str, Any] = json.loads(result.stdout)
    return content


def said(content: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What a record claims, whatever the format of the letter."""
    return [
        (one["subject_label"], one["predicate"], one["object_label"], one["modality"], one["negated"], one["score"])
        for one in content["claims"]
    ]


def test_json_has_the_letter_its_mentions_and_its_claims() -> None:
    content = found(SOURCE)
    assert content["letter"]["key"] == "waterlanden"
    assert content["letter"]["date"] == "2030-11-03"
    assert content["letter"]["reference"] == ["MD-2030-017"]
    assert content["letter"]["sender"]["entity"].endswith("/orgaan/gs-merendam")
    assert all(set(one) >= MENTION for one in content["mentions"])
    assert all(set(one) >= CLAIM for one in content["claims"])
    assert ("gemeente Rietmeer", "rg:neemtDeelAan", "programma Waterrijk Wonen", "bestaand", False) in {
        one[:5] for one in said(content)
    }
    assert ("veerdienst over de Lange Ringvaart", "rg:onderdeelVan", True) in {
        (one[0], one[1], one[4]) for one in said(content)
    }
    assert all(0 < one["score"] < 1 for one in content["claims"])


GIVEN = {
    "as it is": TEXT,
    "CRLF": TEXT.replace("\n", "\r\n"),
    "decomposed": unicodedata.normalize("NFD", TEXT.replace("Voorbeeld", "Voorbëeld")),
    "beyond the basic plane": "\U0001f6a2 " + TEXT.replace("plassen", "plassen \U0001f30a"),
    "hyphenated": "\n".join(files.wrapped(TEXT, 60)).replace("gemeenten Oosterplas", "gemeen-\nten Ooster-\nplas"),
}


@pytest.mark.parametrize("form", GIVEN)
def test_offsets_are_code_points_of_the_text_as_given(form: str, tmp_path: Path) -> None:
    text = GIVEN[form]
    path = tmp_path / "brief.txt"
    path.write_bytes(text.encode("utf-8"))
    content = found(path)
    assert len(content["mentions"]) > 30
    for one in content["mentions"]:
        assert text[one["start"] : one["end"]] == one["text"]
    for claim in content["claims"]:
        for end in ("subject_at", "object_at"):
            start, stop = claim.get(end, (0, 1))
            assert 0 <= start < stop <= len(text)
        assert claim["anchor"] in plain(unicodedata.normalize("NFC", text[claim["start"] : claim["end"]]))
    assert "text" not in content["letter"]
    names = {one["text"] for one in content["mentions"]}
    assert "Rietmeer" in names


def test_a_byte_order_mark_counts_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "waterlanden.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert found(path) == found(SOURCE)


def test_a_mention_that_reads_otherwise_tells_how(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_text(GIVEN["hyphenated"], encoding="utf-8")
    read = {one["text"]: one.get("reads") for one in found(path)["mentions"]}
    assert read["Ooster-\nplas"] == "Oosterplas"
    assert read["Rietmeer"] is None


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("brief.docx", files.as_docx(TEXT)),
        ("brief.pdf", files.as_pdf(TEXT, height=28)),
        ("brief.html", files.as_html(TEXT)),
        ("brief.eml", files.as_mail(TEXT)),
    ],
)
def test_offsets_of_other_formats_are_of_the_text_that_the_record_names(name: str, raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    content = found(path)
    text = content["letter"].get("text") or raw.decode()
    assert ("text" in content["letter"]) == (not name.endswith(".html"))
    assert [text[one["start"] : one["end"]] for one in content["mentions"]] == [
        one["text"] for one in content["mentions"]
    ]
    assert [one.get("page") for one in content["claims"]] == [
        one["page"] if name.endswith(".pdf") else None for one in content["claims"]
    ]
    if name.endswith(".pdf"):
        assert {one["page"] for one in content["mentions"]} == set(range(1, content["letter"]["pages"] + 1))


NEWS = """Persbericht

Gouda, 14 mei 2027

Nieuwe woningen aan de Zuidrand

De gemeenten Gouda en Waddinxveen werken samen in het programma Zuidrand Wonen. Het programma is in 2026 gestart.

In de komende jaren willen de gemeenten onderzoeken of een tram tussen beide steden haalbaar is. De provincie
Zuid-Holland heeft toegezegd dat zij het programma Zuidrand Wonen financiert met € 4,5 miljoen.

- Woningcorporatie De Veenhoek bouwt aan de N219 de eerste 300 woningen.
- Het Hoogheemraadschap van Schieland en de Krimpenerwaard neemt niet deel aan het programma.

De Woontafel Zuidrand is per 1 januari 2027 opgeheven.
"""
INVENTED = {"example": (TEXT, EXAMPLES), "news": (NEWS.replace("\nZuid-Holland", " Zuid-Holland"), REPO)}
FORMATS = (("brief.html", files.as_html), ("brief.docx", files.as_docx), ("brief.pdf", files.as_pdf))
REAL = sorted(Path(LETTERS).glob("[a-z]*.txt")) if LETTERS else []


@pytest.mark.parametrize("name", INVENTED)
def test_the_same_letter_gives_the_same_claims_as_text_word_pdf_and_page(name: str) -> None:
    text, root = INVENTED[name]
    reader = Reader.of(root)
    wanted = said(record(reader.read(text.encode(), "brief.txt")))
    assert len(wanted) > 4
    assert {made: said(record(reader.read(make(text), made))) for made, make in FORMATS} == {
        made: wanted for made, _ in FORMATS
    }


@pytest.mark.skipif(not REAL, reason="needs the real letters")
def test_nearly_the_same_claims_where_a_format_has_less_than_the_text() -> None:
    """The files made of the real letters lose what shows their headings and the columns of their signatures."""
    reader = Reader.of(REPO)
    for path in REAL:
        text = path.read_text(encoding="utf-8")
        wanted = {one[:5] for one in said(record(reader.read(text.encode(), "brief.txt")))}
        for made, make in FORMATS:
            got = {one[:5] for one in said(record(reader.read(make(text), made)))}
            assert len(wanted & got) / len(wanted | got) > 0.94, (path.stem, made)


def test_the_table_is_for_people_and_the_summary_goes_to_stderr() -> None:
    result = run(SOURCE)
    assert result.exit_code == 0
    assert "is gevestigd in" in result.stdout
    assert "draft claims" not in result.stdout
    assert result.stderr.startswith("waterlanden.txt: ")
    assert "draft claims" in result.stderr


def test_stdin_is_read_and_named() -> None:
    named = found("-", "--name", "Post van GS.html", given=files.as_html(TEXT))
    assert named["letter"]["key"] == "post-van-gs"
    assert named["letter"]["format"] == "html"
    assert said(named) == said(found(SOURCE))
    assert found("-", "--key", "mijn-brief", given=TEXT.encode())["letter"]["key"] == "mijn-brief"


def test_min_score_leaves_the_unlikely_out() -> None:
    assert {one["score"] >= 0.7 for one in found(SOURCE, "--min-score", "0.7")["claims"]} == {True}
    assert run(SOURCE, "--min-score", "2").exit_code == 2


def test_a_register_adds_entities(tmp_path: Path) -> None:
    register = tmp_path / "eigen.csv"
    register.write_text(
        "iri,soort,naam,varianten\ngemeente:verzonnen,tooiont:Gemeente,gemeente Plofdam,Plofdam\n", encoding="utf-8"
    )
    letter = b"Wij spraken met de gemeente Plofdam over het water.\n"
    with_it = found("-", "--register", register, given=letter)["mentions"]
    assert [one["entity"].rpartition("/")[2] for one in with_it if "Plofdam" in one["text"]] == ["verzonnen"]
    bad = tmp_path / "slecht.csv"
    bad.write_text("naam\nPlofdam\n", encoding="utf-8")
    result = run("-", "--register", bad, given=letter)
    assert result.exit_code == 2
    assert (
        result.stderr == f"Error: {bad}:1: no column iri, soort, varianten. The first line names "
        "iri,soort,naam,varianten.\n"
    )


def test_the_form_follows_from_the_name_of_the_output(tmp_path: Path) -> None:
    assert run(SOURCE, "-o", tmp_path / "brief.json").exit_code == 0
    assert json.loads((tmp_path / "brief.json").read_text(encoding="utf-8")) == found(SOURCE)
    assert run(SOURCE, "-o", tmp_path / "brief.ttl").exit_code == 0
    assert "rg:status" in (tmp_path / "brief.ttl").read_text(encoding="utf-8")


def test_a_turtle_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "brief.ttl"
    target.write_text("# corrected by hand\n", encoding="utf-8")
    result = run(SOURCE, "-o", target)
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: {target}: is there already, and may hold a coder's work. Add --force to replace it.\n"
    )
    assert target.read_text(encoding="utf-8") == "# corrected by hand\n"
    assert run(SOURCE, "-o", target, "--force").exit_code == 0
    assert "rg:Bewering" in target.read_text(encoding="utf-8")


def test_a_key_that_is_none_is_refused() -> None:
    result = run(SOURCE, "--key", "Mijn brief")
    assert result.exit_code == 2
    assert result.stderr.startswith('Error: "Mijn brief" is no key.')


@pytest.mark.parametrize(
    ("name", "key"),
    [("Brief Gouda.pdf", "brief-gouda"), ("élan_2.docx", "elan-2"), ("12.txt", "12"), ("書.txt", "brief")],
)
def test_a_key_follows_from_the_name(name: str, key: str) -> None:
    assert key_of_name(name) == key


def test_a_folder_is_read_whole_and_what_fails_is_listed(tmp_path: Path) -> None:
    source, out, texts = tmp_path / "post", tmp_path / "drafts", tmp_path / "texts"
    (source / "meer").mkdir(parents=True)
    (source / "a.txt").write_text(TEXT, encoding="utf-8")
    (source / "b.docx").write_bytes(files.as_docx(TEXT))
    (source / "meer" / "c.pdf").write_bytes(files.as_pdf(TEXT, height=28))
    (source / "meer" / "kapot.txt").write_bytes(b"\x00\x01\x02")
    (source / "leeg.docx").write_bytes(b"")
    (source / "plaatje.png").write_bytes(b"\x89PNG")
    result = run(source, "-o", out, "-f", "json", "--texts", texts)
    assert result.exit_code == 1
    assert sorted(path.name for path in out.iterdir()) == ["a.json", "b.json", "c.json"]
    assert result.stderr.split("\n") == [
        f"Error: {source}/leeg.docx: empty. Give a letter with text in it.",
        f"Error: {source}/meer/kapot.txt: not text: control character 0 at character 0. Save the text as UTF-8.",
        f"{out}: 3 letters read, 2 not.",
        "",
    ]
    assert [line.split()[:2] for line in result.stdout.splitlines()[3:-1]] == [
        ["a.txt", "a"],
        ["b.docx", "b"],
        ["meer/c.pdf", "c"],
    ]
    claims = [said(json.loads((out / f"{key}.json").read_text(encoding="utf-8"))) for key in "abc"]
    assert claims[0] == claims[1] == claims[2]
    assert (texts / "a.txt").read_text(encoding="utf-8") == TEXT


def test_a_folder_gives_turtle_by_itself_and_keeps_what_a_coder_has(tmp_path: Path) -> None:
    source, out = tmp_path / "post", tmp_path / "drafts"
    source.mkdir()
    for name in ("a.txt", "b.txt"):
        shutil.copy(SOURCE, source / name)
    assert run(source, "-o", out).exit_code == 0
    (out / "a.ttl").write_text("# judged\n", encoding="utf-8")
    (out / "b.ttl").unlink()
    result = run(source, "-o", out)
    assert result.exit_code == 1
    assert "a.ttl: is there already" in result.stderr
    assert (out / "a.ttl").read_text(encoding="utf-8") == "# judged\n"
    assert "rg:Bewering" in (out / "b.ttl").read_text(encoding="utf-8")


def test_files_of_one_name_get_keys_of_their_own(tmp_path: Path) -> None:
    for name in ("brief.txt", "Brief.md", "oud/brief.txt", "nota.txt"):
        path = tmp_path / "post" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    assert run(tmp_path / "post", "-o", tmp_path / "uit", "-f", "json").exit_code == 0
    made = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))["letter"]["name"]
        for path in (tmp_path / "uit").iterdir()
    }
    assert made == {
        "brief-md": "Brief.md",
        "brief-txt": "brief.txt",
        "oud-brief-txt": "brief.txt",
        "nota": "nota.txt",
    }


def test_a_folder_without_letters_and_a_folder_without_output_say_so(tmp_path: Path) -> None:
    empty = run(tmp_path, "-o", tmp_path / "uit")
    assert empty.exit_code == 2
    assert empty.stderr.startswith(f"Error: {tmp_path}: no letters in it. A letter's name ends in .docm, ")
    assert "Name it with -o." in run(tmp_path).stderr


@pytest.mark.parametrize("root", [REPO, EXAMPLES], ids=["ours", "example"])
def test_what_is_known_is_the_same_of_the_files_as_of_the_graph(root: Path) -> None:
    from regiograaf.reader import knowing

    listed = knowing._register(root)
    assert known_of(root) == knowing._found(open_store(root), listed)


def test_what_is_kept_is_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOGRAAF_CACHE", str(tmp_path))
    first = known_of(EXAMPLES)
    (kept,) = (tmp_path / "reader").iterdir()
    assert known_of(EXAMPLES) == first
    kept.write_bytes(b"{}")
    assert known_of(EXAMPLES) == first


def test_the_same_letter_gives_the_same_bytes_in_every_process() -> None:
    words = [sys.executable, "-m", "regiograaf", "-C", str(EXAMPLES), "read", str(SOURCE), "-f"]
    made = {
        form: {
            subprocess.run(
                [*words, form], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
            ).stdout
            for seed in ("0", "3")
        }
        for form in ("json", "turtle")
    }
    assert {form: len(each) for form, each in made.items()} == {"json": 1, "turtle": 1}


def test_the_library_reads_a_letter() -> None:
    draft = regiograaf.read(SOURCE, EXAMPLES)
    assert draft.key == "waterlanden"
    assert draft.told("reference") == ("MD-2030-017",)
    assert record(draft) == found(SOURCE)
    stream = io.BytesIO(TEXT.encode())
    assert Reader.of(EXAMPLES, min_score=0.4).read(stream, "waterlanden.txt").claims == draft.claims


def ends_the_process(draft: Draft) -> str:
    """Shows a draft, but for one letter that ends its process, as running out of memory does."""
    if draft.key == "b":
        os._exit(9)
    return draft.key


def test_a_letter_that_ends_its_process_stops_no_other(tmp_path: Path) -> None:
    listed = []
    for key in "abcd":
        (tmp_path / f"{key}.txt").write_text(TEXT, encoding="utf-8")
        listed.append(Job(tmp_path / f"{key}.txt", key, tmp_path / f"{key}.uit"))
    make = partial(Reader.of, EXAMPLES)
    done = sorted(read_all(listed, make, ends_the_process, write, processes=2), key=lambda one: one.key)
    assert [(one.key, one.error) for one in done] == [
        ("a", ""),
        ("b", f"{tmp_path}/b.txt: reading it ended the process. Split it, or leave it out."),
        ("c", ""),
        ("d", ""),
    ]
    assert sorted(path.name for path in tmp_path.glob("*.uit")) == ["a.uit", "c.uit", "d.uit"]
