"""The gallery of stored questions: each with its answer, the SPARQL behind it, and how to cite it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from markupsafe import Markup

from regiograaf import names
from regiograaf.answers import arrange
from regiograaf.errors import RegiograafError
from regiograaf.prefixes import BASE, PREFIXES
from regiograaf.queries import Answer, Query
from regiograaf.release.site.addresses import LANGUAGES, Language, named, page_of
from regiograaf.release.site.material import Material, Text
from regiograaf.release.site.rendering import Site, spoken, tongue
from regiograaf.release.site.words import COLUMNS, MENU, WORDS

__all__ = ["Answered", "answer", "files", "write"]

SHOWN = 50
GROUPS: Mapping[str, tuple[str, str]] = {
    "actoren": ("Partijen en hun partners", "Actors and their partners"),
    "programmas": ("Programma's en wie meedoet", "Programmes and who takes part"),
    "modaliteit": (
        "Wat bestaat, is voorgenomen, gevraagd, aangeboden of voorbij",
        "What exists, is intended, asked for, offered or over",
    ),
    "themas": ("Thema's, knelpunten, opgaven", "Themes, bottlenecks, challenges"),
    "geld-en-tijd": ("Geld, doelen en termijnen", "Money, aims and deadlines"),
    "bruggen": ("Schakels en bruggen", "Brokers and bridges"),
    "bewijs": ("Bewijs en herkomst", "Evidence and provenance"),
    "groepen": ("Groepen van partijen", "Collective actors"),
    "data": ("De vorm van de gegevens", "The shape of the data"),
    "koppelen": ("Verbinden met andere gegevens", "Joins with other linked data"),
}
OTHER = ("Overige vragen", "Other questions")
_XSD = PREFIXES["xsd"]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer in each language's order; `problem` says why there is none."""

    query: Query
    params: Mapping[str, str]
    answers: Mapping[Language, Answer]
    problem: str = ""


def answer(store: ox.Store, questions: Mapping[str, Query], m: Material) -> dict[str, Answered]:
    """Every question, asked of the build's store with the parameters of its own example."""
    labels = {language: {iri: name.words for iri, name in m.names[language].items()} for language in LANGUAGES}
    resolved: dict[str, str] = {}
    found = {}
    for name, query in sorted(questions.items()):
        params = _params(query)
        try:
            values = {
                key: _term(store, dict(query.parameters).get(key, ""), value, resolved) for key, value in params.items()
            }
            text = query.bind(values)
            got = query.run(store, values)
            answers = {language: arrange(got, text, labels[language]) for language in LANGUAGES}
            found[name] = Answered(query, params, answers)
        except RegiograafError as error:  # a project of other letters may not know the example
            found[name] = Answered(query, params, {language: Answer() for language in LANGUAGES}, str(error))
    return found


def _params(query: Query) -> dict[str, str]:
    """The parameters of the example in a question's header."""
    words = shlex.split(str(query.header.get("example", "")))
    given = [words[i + 1] for i, word in enumerate(words[:-1]) if word == "-p"]
    return {name: value for name, _, value in (word.partition("=") for word in given)}


def _term(store: ox.Store, kind: str, value: str, resolved: dict[str, str]) -> str:
    if kind != "iri":
        return str(ox.Literal(value))
    if value not in resolved:
        resolved[value] = names.resolve(store, value)
    return str(ox.NamedNode(resolved[value]))


def files(site: Site, answered: Mapping[str, Answered]) -> None:
    """The SPARQL of each question beside its page, with licence and citation on top."""
    for name, one in answered.items():
        site.write(f"vragen/{name}.rq", site.citation.header() + one.query.text)


def write(site: Site, answered: Mapping[str, Answered], language: Language) -> None:
    """The list of questions, and a page for each."""
    place, w = 0 if language == "nl" else 1, WORDS[language]
    groups: dict[str, list[Markup]] = {}
    for name, one in answered.items():
        _page(site, name, one, language)
        header = one.query.header
        says = str(header["question" if language == "nl" else "question-en"])
        tags = header.get("tags", ())
        group = next((tag for tag in GROUPS if tag in tags), "")
        n = len(one.answers[language].rows)
        address = f"vragen/{named(name, language)}"
        groups.setdefault(group, []).append(
            Markup('<li><a href="{}">{}</a> <small>{} {}</small></li>\n').format(
                address, says, n, w.row if n == 1 else w.rows
            )
        )
        site.entries[language].append((says, address, w.question, name))
    order = [*GROUPS, ""]
    site.page(
        "questions.html.j2",
        "vragen",
        language,
        title=dict(MENU[language])["vragen"],
        values={
            "groups": [((GROUPS.get(key) or OTHER)[place], groups[key]) for key in sorted(groups, key=order.index)],
            "lead": (
                "Opgeslagen vragen, elk met het antwoord dat deze brieven geven en de SPARQL die het vond.",
                "Stored questions, each with the answer that these letters give and the SPARQL that found it.",
            )[place],
        },
    )


def _page(site: Site, name: str, one: Answered, language: Language) -> None:
    header, answer = one.query.header, one.answers[language]
    dutch = language == "nl"
    place = 0 if dutch else 1
    rows = [
        [_cell(site, term, column, language) for term, column in zip(row, answer.variables, strict=True)]
        for row in answer.rows[:SHOWN]
    ]
    text = "\n".join(line for line in one.query.text.splitlines() if not line.startswith("#+")).strip()
    says = str(header["question" if dutch else "question-en"])
    iri = f"{BASE}vragen/{name}"
    site.page(
        "question.html.j2",
        f"vragen/{name}",
        language,
        title=says,
        crumbs=((named("vragen", language), dict(MENU[language])["vragen"]),),
        jsonld=site.web_page(f"vragen/{name}", language, says) | {"mainEntity": {"@type": "Question", "name": says}},
        values={
            "summary": str(header["summary" if dutch else "summary-en"]),
            "head": [COLUMNS.get(name, (name, name))[place] for name in answer.variables],
            "rows": rows,
            "total": len(answer.rows),
            "shown": SHOWN,
            "params": list(one.params.items()),
            "text": text,
            "name": name,
            "ask": f"{named('sparql', language)}#vraag={quote(name)}",
            "citation": site.cited(iri, f"Question {name}. "),
        },
    )


def _cell(site: Site, term: Any, column: str, language: Language) -> Markup:
    if term is None:
        return Markup("")
    if isinstance(term, ox.NamedNode):
        iri = term.value
        if iri.startswith(PREFIXES["modaliteit"]):
            return site.modality(iri.removeprefix(PREFIXES["modaliteit"]), language)
        if iri in site.material.short:
            mark = tongue(Text("", "nl"), language)
            return Markup('<a href="../{}"{}>{}</a>').format(page_of(iri, language), mark, site.material.short[iri])
        return site.link(iri, language, "../")
    words = Text(term.value, term.language or "")
    if not term.language and term.datatype.value == _XSD + "boolean":
        return Markup(
            ("ja" if language == "nl" else "yes") if term.value == "true" else ("nee" if language == "nl" else "no")
        )
    return spoken(words, language)
