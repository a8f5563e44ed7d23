"""A language model may propose claims; only what the text and the rules bear out becomes a draft.

The model is a server on the loopback that answers what a test tells it to.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from regiograaf.cli import main
from regiograaf.errors import SourceError
from regiograaf.reader.chat import KEY, LARGEST, TIMEOUT, Chat
from regiograaf.reader.document import Document
from regiograaf.reader.draft import Draft, Known, Reader
from regiograaf.reader.entities import Entity
from regiograaf.reader.lexicon import lexicon
from regiograaf.reader.proposals import MAX_CLAIMS, MAX_SCORE, Outcome, propose
from regiograaf.reader.ruleset import rules
from tests.conftest import REPO

ENTITIES = tuple(
    Entity(f"urn:x:{key}", label, kind)
    for key, label, kind in (
        ("a", "Amersfoort", "tooiont:Gemeente"),
        ("dal", "Programma Groene Dal", "rg:Programma"),
        ("prov", "provincie Utrecht", "tooiont:Provincie"),
        ("z", "Zeist", "tooiont:Gemeente"),
    )
)
RULES = rules()
RELATIONS = ("rg:financiert", "rg:neemtDeelAan", "rg:ontwikkelt", "rg:stemtInMet", "rg:vraagtOm", "rg:werktSamenMet")
KNOWN = Known(ENTITIES, frozenset(), (), {name: name[3:] for name in RELATIONS})
READER = Reader(KNOWN, lexicon(ENTITIES), RULES)

SURE = "De portemonnee voor het Programma Groene Dal is van Amersfoort."
"""No rule reads a relation here."""
MEANT = "Amersfoort wil volgend jaar diep in de buidel tasten voor het Programma Groene Dal."
NOT_SO = "De portemonnee voor het Programma Groene Dal is niet van Amersfoort."


def read(text: str) -> Draft:
    return READER.read(Document("brief.txt", "plain", "", text, text))


def entity(name: str) -> str:
    return f"urn:x:{name}"


@dataclass
class Model:
    """What the server was asked, and what it answers."""

    url: str = ""
    answer: Callable[[BaseHTTPRequestHandler, dict[str, Any]], None] = lambda handler, question: None
    questions: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def ids(self) -> dict[str, str]:
        """The id that the last question gave each label."""
        given = json.loads(self.questions[-1]["messages"][1]["content"])
        return {name["label"]: name["id"] for sentence in given["sentences"] for name in sentence["names"]}


def reply(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def wrote(content: str) -> Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]:
    body = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
    return lambda handler, question: reply(handler, body)


@contextmanager
def serving() -> Iterator[Model]:
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.questions.append(question)
            model.keys.append(self.headers["Authorization"])
            model.paths.append(self.path)
            with suppress(OSError):  # who asked has left
                model.answer(self, question)

        def do_GET(self) -> None:
            model.paths.append(f"GET {self.path}")
            reply(self, b"{}")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def model() -> Iterator[Model]:
    with serving() as running:
        yield running


def proposing(model: Model, text: str, *claims: dict[str, Any], min_score: float = 0.0) -> Outcome:
    """What comes of claims about the first sentence; ends are given by label."""

    def answer(handler: BaseHTTPRequestHandler, question: dict[str, Any]) -> None:
        ids = model.ids()
        told = [{**one, **{part: ids.get(one[part], one[part]) for part in ("subject", "object")}} for one in claims]
        wrote(json.dumps({"claims": told}))(handler, question)

    model.answer = answer
    return propose(read(text), RULES, Chat.of(model.url, "test-1", {}), min_score)


def claim(passage: str = SURE, **changes: Any) -> dict[str, Any]:
    return {
        "passage": passage,
        "subject": "Amersfoort",
        "relation": "rg:financiert",
        "object": "Programma Groene Dal",
        "modality": "bestaand",
        "denied": False,
        "score": 0.4,
    } | changes


def added(outcome: Outcome) -> list[tuple[str, str, str, str]]:
    return [
        (one.subject.entity, one.predicate, one.object.entity, one.modality)
        for one in outcome.draft.claims
        if one.rule.startswith("model:")
    ]


FACT = (entity("a"), "rg:financiert", entity("dal"), "bestaand")


def test_a_claim_that_the_text_bears_out_is_added_and_marked(model: Model) -> None:
    outcome = proposing(model, SURE, claim())
    assert added(outcome) == [FACT]
    one = next(one for one in outcome.draft.claims if one.rule.startswith("model:"))
    assert (one.rule, one.score, one.negated) == ("model:test-1", 0.4, False)
    assert outcome.draft.document.text[one.begin : one.end] == SURE
    assert str(outcome) == "test-1: 1 proposal added, 0 rejected"


def test_the_drafts_of_the_rules_stay(model: Model) -> None:
    text = f"Zeist financiert het Programma Groene Dal. {SURE}"
    before = read(text).claims
    assert [one.predicate for one in before if one.predicate == "rg:financiert"] == ["rg:financiert"]
    outcome = proposing(model, text, claim())
    assert [one for one in outcome.draft.claims if not one.rule.startswith("model:")] == list(before)
    assert [one.begin for one in outcome.draft.claims] == sorted(one.begin for one in outcome.draft.claims)


def test_a_score_is_capped(model: Model) -> None:
    outcome = proposing(model, SURE, claim(score=1))
    assert [one.score for one in outcome.draft.claims if one.rule == "model:test-1"] == [MAX_SCORE]


def test_a_score_below_the_least_is_left_out(model: Model) -> None:
    outcome = proposing(model, SURE, claim(score=0.1), min_score=0.2)
    assert (added(outcome), outcome.rejected) == ([], {"below the least score": 1})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"passage": "Amersfoort betaalt het Programma Groene Dal."}, "with a passage that is not in the text"),
        ({"passage": SURE.replace(" voor ", "  voor ")}, "with a passage that is not in the text"),
        ({"passage": ""}, "with a passage that is not in the text"),
        ({"passage": "het Programma Groene Dal"}, "whose passage lacks one of the names"),
        ({"subject": "Utrecht"}, "with a name that was not given"),
        ({"object": "urn:x:dal"}, "with a name that was not given"),
        ({"object": "Amersfoort"}, "of a thing with itself"),
        ({"relation": "rg:betaalt"}, "with a relation that is not in the rules"),
        ({"relation": "rg:versnelt"}, "with a relation that is not in the rules"),
        ({"relation": "rg:werktSamenMet"}, "with a relation that such names cannot have"),
        ({"modality": "zeker"}, "with a modality that a relation cannot have"),
        ({"modality": "in-ontwikkeling"}, "with a modality that a relation cannot have"),
        ({"denied": True}, "with a denial unlike that of the words"),
        ({"denied": "nee"}, "not of the form asked for"),
        ({"score": 7}, "not of the form asked for"),
        ({"score": True}, "not of the form asked for"),
        ({"score": float("nan")}, "not of the form asked for"),
        ({"passage": ["x"]}, "not of the form asked for"),
    ],
)
def test_what_the_text_or_the_rules_do_not_bear_out_is_rejected(
    model: Model, changes: dict[str, Any], reason: str
) -> None:
    outcome = proposing(model, SURE, claim(**changes))
    assert (added(outcome), outcome.rejected, outcome.failure) == ([], {reason: 1}, "")


def test_a_relation_that_is_not_in_the_ontology_is_rejected(model: Model) -> None:
    assert any(rule.predicate == "rg:versnelt" for rule in RULES.relations)
    assert "rg:versnelt" not in KNOWN.labels
    assert proposing(model, SURE, claim(relation="rg:versnelt")).accepted == 0


def test_what_is_only_meant_is_never_brought_as_being_so(model: Model) -> None:
    outcome = proposing(model, MEANT, claim(MEANT))
    assert added(outcome) == [(*FACT[:3], "voorgenomen")]
    assert (outcome.accepted, outcome.lowered) == (1, 1)
    assert "1 with a weaker modality" in str(outcome)


def test_a_weaker_modality_than_the_words_have_stays(model: Model) -> None:
    outcome = proposing(model, SURE, claim(modality="mogelijk"))
    assert (added(outcome), outcome.lowered) == ([(*FACT[:3], "mogelijk")], 0)


def test_a_modality_as_sure_as_that_of_the_words_stays(model: Model) -> None:
    assert added(proposing(model, MEANT, claim(MEANT, modality="verwacht"))) == [(*FACT[:3], "verwacht")]


def test_who_is_invited_does_not_take_part_yet(model: Model) -> None:
    text = "Wij, Amersfoort, nodigen Zeist uit voor het Programma Groene Dal, en de provincie Utrecht komt langs."
    given = claim(text, subject="provincie Utrecht", relation="rg:neemtDeelAan")
    assert added(proposing(model, text, given)) == [(entity("prov"), "rg:neemtDeelAan", entity("dal"), "verzocht")]


def test_an_item_is_as_its_list_is_led_to(model: Model) -> None:
    passage = "Amersfoort en Zeist twee handen op één buik"
    text = f"Wij verzoeken de regio om:\n\n- {passage} te laten zijn;\n"
    given = claim(passage, relation="rg:werktSamenMet", object="Zeist")
    assert added(proposing(model, text, given)) == [(entity("a"), "rg:werktSamenMet", entity("z"), "verzocht")]


def test_a_claim_on_a_thing_that_is_only_meant_is_meant(model: Model) -> None:
    text = f"Zeist is van plan het Programma Groene Dal op te stellen. {SURE}"
    states = [one.modality for one in read(text).claims if one.predicate == "rdf:type"]
    assert states == ["voorgenomen"]
    assert (*FACT[:3], "voorgenomen") in added(proposing(model, text, claim()))


def test_a_need_is_never_a_fact(model: Model) -> None:
    text = "Aan Amersfoort denkt men bij het Programma Groene Dal."
    given = claim(text, subject="Programma Groene Dal", relation="rg:vraagtOm", object="Amersfoort")
    assert added(proposing(model, text, given)) == [(entity("dal"), "rg:vraagtOm", entity("a"), "gewenst")]


def test_a_denial_must_be_in_the_words(model: Model) -> None:
    assert proposing(model, NOT_SO, claim(NOT_SO)).rejected == {"with a denial unlike that of the words": 1}
    outcome = proposing(model, NOT_SO, claim(NOT_SO, denied=True))
    assert [one.negated for one in outcome.draft.claims if one.rule == "model:test-1"] == [True]


def test_what_is_drafted_or_proposed_already_is_not_added_again(model: Model) -> None:
    text = "Amersfoort financiert het Programma Groene Dal."
    assert any(one.predicate == "rg:financiert" for one in read(text).claims)
    assert proposing(model, text, claim(text)).rejected == {"drafted already": 1}
    twice = proposing(model, SURE, claim(), claim(modality="mogelijk"))
    assert (added(twice), twice.rejected) == ([FACT], {"drafted already": 1})


def test_a_relation_that_goes_both_ways_counts_once(model: Model) -> None:
    text = "Amersfoort en Zeist zijn twee handen op één buik."
    there = claim(text, relation="rg:werktSamenMet", object="Zeist")
    back = there | {"subject": "Zeist", "object": "Amersfoort"}
    assert proposing(model, text, there, back).accepted == 1


def test_what_a_model_writes_itself_reaches_no_draft(model: Model) -> None:
    outcome = proposing(model, SURE, claim(note="<script>", theme="urn:evil", rule="verb"), claim("</script>" + SURE))
    assert "script" not in repr(outcome.draft.claims)
    assert "evil" not in repr(outcome.draft.claims)
    assert [one.rule for one in outcome.draft.claims if one.predicate == "rg:financiert"] == ["model:test-1"]


def test_only_sentences_with_two_names_leave_the_machine(model: Model) -> None:
    proposing(model, f"Over het geheim van Zeist zwijgen wij. Dit blijft onder ons. {SURE}")
    assert len(model.questions) == 1
    sent = json.dumps(model.questions[0])
    assert "portemonnee" in sent
    assert "geheim" not in sent
    assert "onder ons" not in sent


def test_a_text_without_two_names_in_a_sentence_asks_nothing(model: Model) -> None:
    outcome = proposing(model, "Zeist groeit. Amersfoort ook.")
    assert (model.questions, outcome.failure, outcome.accepted) == ([], "", 0)


def test_a_long_letter_is_asked_in_groups_and_each_answer_is_held_against_its_own(model: Model) -> None:
    text = " ".join([SURE] * 150)
    outcome = proposing(model, text, claim())
    assert len(model.questions) == 2
    assert outcome.accepted == 1
    assert outcome.rejected == {"drafted already": 1}


def test_a_code_fence_around_the_answer_is_no_matter(model: Model) -> None:
    model.answer = wrote('```json\n{"claims": []}\n```')
    outcome = propose(read(SURE), RULES, Chat.of(model.url, "m", {}))
    assert (outcome.failure, outcome.accepted) == ("", 0)


def test_the_key_goes_along_and_stands_in_no_message(model: Model) -> None:
    model.answer = lambda handler, question: reply(handler, b"no", 401)
    chat = Chat.of(model.url + "/chat/completions?version=2", "m", {KEY: "sk-geheim"})
    outcome = propose(read(SURE), RULES, chat)
    assert model.keys == ["Bearer sk-geheim"]
    assert model.paths == ["/v1/chat/completions?version=2"]
    assert "geheim" not in outcome.failure + repr(chat)
    assert "version" not in outcome.failure
    assert KEY in outcome.failure


def test_without_a_key_none_is_sent(model: Model) -> None:
    proposing(model, SURE)
    assert model.keys == [None]


def slowly(handler: BaseHTTPRequestHandler, question: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler, question: dict[str, Any]) -> None:
    time.sleep(1)


def elsewhere(handler: BaseHTTPRequestHandler, question: dict[str, Any]) -> None:
    reply(handler, b"", 302, Location="/stolen")


def cut(handler: BaseHTTPRequestHandler, question: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices"')


BROKEN = {
    "late": (silent, "within 0.3 seconds"),
    "dripping": (slowly, "within 0.3 seconds"),
    "elsewhere": (elsewhere, "sends us elsewhere (302)"),
    "cut": (cut, "no JSON"),
    "fails": (lambda handler, question: reply(handler, b"boom", 500), "answered 500"),
    "busy": (lambda handler, question: reply(handler, b"", 429), "answered 429"),
    "page": (lambda handler, question: reply(handler, b"<html>"), "its answer is no JSON"),
    "list": (lambda handler, question: reply(handler, b"[]"), "without choices"),
    "bytes": (lambda handler, question: reply(handler, b"\xff\xfe\x00"), "its answer is no JSON"),
    "deep": (lambda handler, question: reply(handler, b"[" * 100_000), "its answer is no JSON"),
    "huge": (lambda handler, question: reply(handler, b" " * (LARGEST + 1)), "more than 1 MB"),
    "prose": (wrote("Of course! Here are the claims."), "what m wrote is no JSON"),
    "none": (wrote("null"), "no list"),
    "object": (wrote('{"claims": {}}'), "no list"),
    "many": (wrote(json.dumps({"claims": [{}] * (MAX_CLAIMS + 1)})), "501 claims"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_answer_is_one_line_and_the_draft_stays(model: Model, case: str) -> None:
    model.answer, words = BROKEN[case]
    draft = read(SURE)
    begun = time.monotonic()
    outcome = propose(draft, RULES, Chat.of(model.url, "m", {TIMEOUT: "0.3" if case in ("late", "dripping") else "20"}))
    assert words in outcome.failure
    assert "\n" not in outcome.failure
    assert outcome.draft is draft
    assert str(outcome).startswith("no proposals: ")
    assert time.monotonic() - begun < 5
    assert all(not path.startswith("GET") and path != "/stolen" for path in model.paths)


def test_one_failing_question_leaves_the_draft_as_it_was(model: Model) -> None:
    first = iter([True])

    def answer(handler: BaseHTTPRequestHandler, question: dict[str, Any]) -> None:
        if next(first, False):
            ids = model.ids()
            given = claim(subject=ids["Amersfoort"], object=ids["Programma Groene Dal"])
            wrote(json.dumps({"claims": [given]}))(handler, question)
        else:
            reply(handler, b"", 503)

    model.answer = answer
    draft = read(" ".join([SURE] * 150))
    outcome = propose(draft, RULES, Chat.of(model.url, "m", {}))
    assert len(model.questions) == 2
    assert outcome.draft is draft


def test_nobody_at_the_address_is_one_line() -> None:
    with serving() as gone:
        url = gone.url
    outcome = propose(read(SURE), RULES, Chat.of(url, "m", {}))
    assert "no answer" in outcome.failure


@pytest.mark.parametrize(
    ("url", "model_name", "environ", "words"),
    [
        ("file:///etc/passwd", "m", {}, "not the address"),
        ("localhost:1234", "m", {}, "not the address"),
        ("http://x:99999/v1", "m", {}, "not the address"),
        ("https://me:secret@example.org/v1", "m", {}, "user or password"),
        ("https://example.org/v1", 'a"b\n', {}, "--model"),
        ("https://example.org/v1", "", {}, "--model"),
        ("https://example.org/v1", "m", {KEY: "a\nb: c"}, KEY),
        ("https://example.org/v1", "m", {TIMEOUT: "soon"}, TIMEOUT),
        ("https://example.org/v1", "m", {TIMEOUT: "-1"}, TIMEOUT),
    ],
)
def test_an_address_name_or_key_that_cannot_be_used_says_so(
    url: str, model_name: str, environ: dict[str, str], words: str
) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        Chat.of(url, model_name, environ)
    assert "secret" not in str(caught.value)


# The command


LETTER = "Zoetermeer houdt in Wassenaar een hand boven het hoofd van Delft.\n"


def told(model: Model, handler: BaseHTTPRequestHandler) -> None:
    names = json.loads(model.questions[-1]["messages"][1]["content"])["sentences"][0]["names"]
    ids = [name["id"] for name in names]
    given = claim(LETTER.strip(), subject=ids[0], object=ids[-1], relation="rg:ondersteunt", score=0.3)
    wrote(json.dumps({"claims": [given]}))(handler, {})


def reading(tmp_path: Path, *words: str, env: dict[str, str] | None = None) -> Result:
    path = tmp_path / "brief.txt"
    path.write_text(LETTER, encoding="utf-8")
    settings: dict[str, str | None] = {"COLUMNS": "160", KEY: None, **(env or {})}
    return CliRunner().invoke(main, ["-C", str(REPO), "read", str(path), "-f", "json", *words], env=settings)


def proposed(result: Result) -> list[tuple[str, str, float]]:
    claims = json.loads(result.stdout)["claims"]
    return [(one["predicate"], one["rule"], one["score"]) for one in claims if one["rule"].startswith("model:")]


def test_read_with_propose_asks_the_model_and_marks_what_it_adds(model: Model, tmp_path: Path) -> None:
    model.answer = lambda handler, question: told(model, handler)
    result = reading(tmp_path, "--propose", model.url, "--model", "m-1", env={KEY: "k"})
    assert result.exit_code == 0, result.output
    assert proposed(result) == [("rg:ondersteunt", "model:m-1", 0.3)]
    assert "m-1: 1 proposal added" in result.stderr
    assert (model.keys, model.questions[0]["model"]) == (["Bearer k"], "m-1")


def test_read_without_propose_sends_nothing(model: Model, tmp_path: Path) -> None:
    result = reading(tmp_path, env={KEY: "k"})
    assert (result.exit_code, model.paths, proposed(result)) == (0, [], [])


def test_read_with_a_failing_model_gives_the_draft_without_proposals(model: Model, tmp_path: Path) -> None:
    model.answer = lambda handler, question: reply(handler, b"", 500)
    result = reading(tmp_path, "--propose", model.url, "--model", "m-1")
    assert (result.exit_code, json.loads(result.stdout)) == (0, json.loads(reading(tmp_path).stdout))
    assert "no proposals: " in result.stderr


@pytest.mark.parametrize("words", [("--propose", "http://127.0.0.1:9/v1"), ("--model", "m")])
def test_propose_and_model_go_together(tmp_path: Path, words: tuple[str, str]) -> None:
    result = reading(tmp_path, *words)
    assert result.exit_code == 2
    assert "--propose and --model go together" in result.stderr
