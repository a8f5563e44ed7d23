from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regiograaf.cli import main
from tests.conftest import TINY


def invoke(*words: str, root: Path = TINY, stdin: str | None = None, env: dict[str, str] | None = None) -> Result:
    settings = {"COLUMNS": "160", "REGIOGRAAF_LETTERS": "", **(env or {})}
    return CliRunner().invoke(main, ["-C", str(root), *words], input=stdin, env=settings)


def test_help_of_every_command_has_a_sentence_and_short_form() -> None:
    for name, command in main.commands.items():
        result = invoke(name, "-h")
        assert result.exit_code == 0
        assert (command.help or "").strip().split("\n")[0].endswith((".", ":")), name


def test_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == "regiograaf 0.5.0\n"


def test_query_a_stored_question_with_a_label() -> None:
    result = invoke("query", "wat-zeggen-de-brieven-over", "-p", "entiteit=pact van Noordveen", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    assert {row["modality"].rsplit("/", 1)[-1] for row in rows} == {"voorgenomen"}
    assert len(rows) == 2


def test_query_sparql_text_file_and_stdin_give_the_same(tmp_path: Path) -> None:
    text = "SELECT (COUNT(?c) AS ?n) WHERE { ?c a rg:Bewering }"
    (tmp_path / "q.rq").write_text(
        "".join(f"#+ {k}: x\n" for k in ("summary", "summary-en", "question", "question-en", "tags")) + text
    )
    outputs = [
        invoke("query", text, "-f", "csv"),
        invoke("query", str(tmp_path / "q.rq"), "-f", "csv"),
        invoke("query", "-", "-f", "csv", stdin=text),
    ]
    assert [r.stdout for r in outputs] == ["n\n7\n"] * 3


def test_query_forms() -> None:
    ask = invoke("query", "ASK { ?c a rg:Bewering }")
    assert ask.stdout == "true\n"
    document = json.loads(invoke("query", "SELECT ?c WHERE { ?c a rg:Programma }", "-f", "json").stdout)
    assert document["head"] == {"vars": ["c"]}
    turtle = invoke("query", "CONSTRUCT { ?c a rg:Programma } WHERE { ?c a rg:Programma }", "-f", "turtle").stdout
    assert "programma:opwaarts a rg:Programma" in turtle
    wrong = invoke("query", "CONSTRUCT { ?c a rg:Programma } WHERE { ?c a rg:Programma }", "-f", "csv")
    assert wrong.exit_code == 2
    assert "gives triples, not rows" in wrong.stderr


def test_empty_answer_is_no_error() -> None:
    result = invoke("query", "SELECT ?c WHERE { ?c a rg:Wet }")
    assert result.exit_code == 0
    assert result.stderr == "0 rows\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["query", "wie-nemt-deel"], 'no query "wie-nemt-deel". Nearest: wie-neemt-deel.'),
        (["query", "wie-neemt-deel", "-p", "program=x"], 'no parameter "program"; it takes: programma'),
        (["query", "wie-neemt-deel", "-p", "programma"], 'parameter "programma" has no value'),
        (["query", "wie-neemt-deel"], "needs programma"),
        (["query", "SELECT ?s WHERE {"], "not SPARQL"),
        (["query", "niets.rq"], "no such file"),
        (["show", "Atlantis"], 'nothing is called "Atlantis"'),
        (["show", "gemeente:atlantis"], "is not in the dataset"),
        (["show", "Noordve"], "Nearest: "),
        (["rank", "--modality", "zeker"], 'no modality "zeker". Use one of: bestaand'),
        (["map", "-o", "-", "--letter", "drie"], 'no letter "drie". Use one of: een, twee'),
        (["coverage"], "coverage needs the letters' texts"),
    ],
)
def test_mistakes_are_one_clear_message_and_exit_2(words: list[str], message: str) -> None:
    result = invoke(*words)
    assert result.exit_code == 2, result.output
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_label_of_two_things_names_both(tiny: Path) -> None:
    path = tiny / "data" / "entiteiten.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace('"Noordland"@nl', '"het Gewest"@nl'), encoding="utf-8")
    result = invoke("show", "het gewest", root=tiny)
    assert result.exit_code == 2
    assert '"het gewest" can be 2 things: gebied:gewest (het Gewest), gebied:noordland (het Gewest)' in result.stderr


def test_an_alias_whose_full_name_is_shared_names_both_and_a_label_is_its_own() -> None:
    from regiograaf.errors import UnknownTermError
    from regiograaf.names import resolve
    from regiograaf.stores import open_store
    from tests.conftest import REPO

    store = open_store(REPO)
    with pytest.raises(UnknownTermError, match=r"agenda:investeringsagenda-novex .*agenda:ria"):
        resolve(store, "RIA")
    assert resolve(store, "provincie Zuid-Holland").endswith("/pv28")
    assert resolve(store, "NOVEX").endswith("programma/novex-zuidelijke-randstad")


def test_show_lists_claims_with_their_place() -> None:
    result = invoke("show", "Noordveen", "-f", "json")
    rows = json.loads(result.stdout)
    assert [(row["modality"], row["letter"], row["passage"]) for row in rows] == [
        ("bestaand", "een", "werkt samen met Noordveen"),
        ("bestaand", "twee", "werkt samen met Noordveen"),
        ("voorgenomen", "een", "met Noordveen een pact sluiten"),
    ]


def test_show_quotes_the_passage_where_the_texts_are() -> None:
    rows = json.loads(invoke("show", "Noordveen", "-f", "json", "--letters", str(TINY / "letters")).stdout)
    assert rows[0]["passage"] == "De provincie werkt samen met Noordveen."


def test_rank_writes_rows() -> None:
    rows = list(csv.reader(io.StringIO(invoke("rank", "--by", "degree", "-f", "csv").stdout)))
    # noordveen and noordland have 2 of the 5 others, the rest 1
    assert [(row[0], row[3]) for row in rows[1:3]] == [("1", "Noordland"), ("1", "gemeente Noordveen")]


def test_map_of_an_entity_and_of_all(tmp_path: Path) -> None:
    whole, part = tmp_path / "alles.html", tmp_path / "pact.html"
    assert "6 entities, 4 relations" in invoke("map", "-o", str(whole)).stderr
    assert "2 entities, 1 relation" in invoke("map", "pact van Noordveen", "-o", str(part)).stderr
    assert whole.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_coverage_lists_open_sentences(tiny: Path) -> None:
    result = invoke("coverage", "--letters", str(tiny / "letters"), root=tiny)
    assert result.exit_code == 0, result.output
    text = tiny / "data" / "letters" / "een.ttl"
    source = text.read_text(encoding="utf-8")
    start, end = source.index("brief:w002\n"), source.index("brief:w003\n")
    text.write_text(source[:start] + source[end:].replace("brief:p01", "brief:p02"), encoding="utf-8")
    result = invoke("coverage", "--letters", str(tiny / "letters"), "-f", "csv", root=tiny)
    assert result.exit_code == 1
    assert [row["sentence"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["2"]


def test_build_says_what_it_made(tmp_path: Path) -> None:
    result = invoke("build", "-o", str(tmp_path / "b"), "--letters", str(TINY / "letters"))
    assert result.exit_code == 0
    assert "2 letters, 7 claims, 8 of 8 passages verified" in result.stderr
    names = sorted(p.name for p in (tmp_path / "b").iterdir())
    assert names == [
        ".regiograaf",
        "map.html",
        "regiograaf.jsonld",
        "regiograaf.nq",
        "regiograaf.trig",
        "regiograaf.ttl",
        "report-midden-zonder-afzenders.svg",
        "report-midden.svg",
        "report-modaliteiten.svg",
        "report-programmas.svg",
        "report-themas.svg",
        "report-tijdlijn.svg",
        "report.html",
        "report.md",
    ]


def test_built_folder_and_its_graph_are_roots_too(tmp_path: Path) -> None:
    invoke("build", "-o", str(tmp_path / "b"))
    text = "SELECT (COUNT(?c) AS ?n) WHERE { ?c a rg:Bewering }"
    for root in (tmp_path / "b", tmp_path / "b" / "regiograaf.nq"):
        assert invoke("query", text, "-f", "csv", root=root).stdout == "n\n7\n"


def test_output_is_written_to_a_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "in" / "rows.csv"
    assert invoke("queries", "-f", "csv").exit_code == 0
    assert invoke("show", "Noordveen", "-f", "csv", "-o", str(target)).exit_code == 0
    assert len(target.read_text(encoding="utf-8").splitlines()) == 4
    assert [p.name for p in target.parent.iterdir()] == ["rows.csv"]
