"""A comparison of letters as a page: passages side by side with what differs marked, claims, themes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from regiograaf.comparison import Comparison, Said
from regiograaf.comparison.passages import COMMON, SIMILAR
from regiograaf.pages import Language, render, says

__all__ = ["page"]

HERE = Path(__file__).parent

_WORDS = {
    "nl": {
        "title": "Vergelijking: {names}",
        "lead": "Wat de brieven alle zeggen, en wat één ervan zegt; de naam van de eigen regio telt als gelijk.",
        "contents": "Inhoud",
        "overview": "Overzicht",
        "caption": "Zinnen en beweringen per brief",
        "letter": "brief",
        "columns": ("zinnen", "in alle", "in enkele", "alleen hier", "beweringen", "van alle", "van enkele", "eigen"),
        "passages": "Zinnen naast elkaar",
        "rule": "Een zin eindigt bij een punt of is een punt van een lijst; kopjes, briefhoofd en ondertekening tellen "
        "niet mee. Gelijk: dezelfde woorden, op hoofdletters, leestekens en de naam van de eigen regio na. "
        "Vergelijkbaar: ten minste {similar} van de woorden van beide samen, en minstens {common}, staan in dezelfde "
        "volgorde in beide.",
        "same": "gelijk",
        "alike": "vergelijkbaar",
        "own": "alleen hier",
        "all": "in alle brieven",
        "some": "in enkele brieven",
        "one": "in één brief",
        "show": "Toon",
        "shown": "{n} van {all} getoond.",
        "differs": "anders verwoord",
        "region": "naam van de eigen regio",
        "absent": "niet in deze brief",
        "missing": "De tekst van {names} is er niet bij: alleen beweringen zijn vergeleken.",
        "claims": "Beweringen",
        "claimrule": "Sjabloon: meer brieven zeggen het, met de eigen regio op dezelfde plek. Eigen: één brief "
        "zegt het.",
        "claimcaption": "Wat de brieven zeggen, elk ding één keer",
        "template": "sjabloon",
        "ownclaim": "eigen",
        "says": "wat de bewering zegt",
        "modality": "modaliteit",
        "kind": "soort",
        "letters": "brieven",
        "sentence": "zin staat in",
        "denied": "ontkend",
        "themes": "Thema’s",
        "theme": "thema",
        "themecaption": "Beweringen per thema en brief; tussen haakjes hoeveel daarvan eigen zijn",
        "noclaims": "De brieven hebben geen beweringen om te vergelijken.",
        "source": "Gemaakt met regiograaf uit {n} brieven.",
    },
    "en": {
        "title": "Comparison: {names}",
        "lead": "What the letters all say, and what only one says; the name of a letter’s own region counts as equal.",
        "contents": "Contents",
        "overview": "Overview",
        "caption": "Sentences and claims by letter",
        "letter": "letter",
        "columns": ("sentences", "in all", "in some", "only here", "claims", "of all", "of some", "own"),
        "passages": "Sentences side by side",
        "rule": "A sentence ends at a full stop or is an item of a list; headings, head and signature do not count. "
        "Same: the same words, but for case, punctuation and the name of the own region. Alike: at least {similar} of "
        "the words of both together, and at least {common}, stand in both in the same order.",
        "same": "same",
        "alike": "alike",
        "own": "only here",
        "all": "in all letters",
        "some": "in some letters",
        "one": "in one letter",
        "show": "Show",
        "shown": "{n} of {all} shown.",
        "differs": "worded otherwise",
        "region": "name of the own region",
        "absent": "not in this letter",
        "missing": "The text of {names} is not at hand: only claims are compared.",
        "claims": "Claims",
        "claimrule": "Template: several letters say it, with their own region in the same place. Own: one letter "
        "says it.",
        "claimcaption": "What the letters say, each thing once",
        "template": "template",
        "ownclaim": "own",
        "says": "what the claim says",
        "modality": "modality",
        "kind": "kind",
        "letters": "letters",
        "sentence": "sentence stands in",
        "denied": "denied",
        "themes": "Themes",
        "theme": "theme",
        "themecaption": "Claims by theme and letter; in brackets how many of these are own",
        "noclaims": "The letters have no claims to compare.",
        "source": "Made with regiograaf from {n} letters.",
    },
}  # fmt: skip


def page(comparison: Comparison, labels: Mapping[str, str], language: Language = "nl") -> str:
    """A comparison as one offline page; `labels` are the labels of IRIs in its language."""
    words = _WORDS[language]
    titles = [text.title for text in comparison.texts]
    places = range(len(titles))
    missing = [text.title for text in comparison.texts if not text.sentences]
    rule = str(words["rule"]).replace("{similar}", f"{SIMILAR:.0%}").replace("{common}", str(COMMON))
    return render(
        HERE,
        "compare.html.j2",
        title=str(words["title"]).replace("{names}", " · ".join(titles)),
        source=str(words["source"]).replace("{n}", str(len(titles))),
        language=language,
        styles="compare.css",
        script="filter.js",
        words={**words, "rule": rule, "missing": str(words["missing"]).replace("{names}", ", ".join(missing))},
        titles=titles,
        whole=comparison.whole,
        table=[(titles[place], _counts(comparison, place)) for place in places],
        rows=[_row(comparison, n, words) for n in range(len(comparison.passages))],
        said=[
            {
                "iri": said.first.iri,
                "says": says(said.first, labels, language),
                "modality": labels.get(str(said.first.modality), ""),
                "denied": said.first.denied,
                "kind": said.kind,
                "state": _reach(len(said.holders), len(titles)),
                "letters": ", ".join(titles[place] for place in said.holders),
                "where": _where(comparison, said, titles),
            }
            for said in comparison.said
        ],
        themes=[
            (labels.get(theme, theme), counts)
            for theme, counts in sorted(comparison.themes.items(), key=lambda item: _most(item, labels))
        ],
    )


def _counts(comparison: Comparison, place: int) -> tuple[int | str, ...]:
    sentences = comparison.sentences(place) if comparison.whole else ("–",) * 4
    claims = comparison.claims(place) if comparison.encoded[place] else ("–",) * 4
    return (*sentences, *claims)


def _most(item: tuple[str, tuple[tuple[int, int], ...]], labels: Mapping[str, str]) -> tuple[int, str]:
    return -sum(count for count, _ in item[1]), labels.get(item[0], item[0])


def _reach(holders: int, letters: int) -> str:
    return "all" if holders == letters else "one" if holders == 1 else "some"


def _row(comparison: Comparison, number: int, words: Mapping[str, Any]) -> dict[str, Any]:
    passage = comparison.passages[number]
    cells = []
    for text, member, pieces in zip(comparison.texts, passage.members, comparison.pieces(passage), strict=True):
        section = "" if member is None else text.sentences[member].section
        if member and text.sentences[member - 1].section == section:
            section = ""  # said once, where it begins
        cells.append({"title": text.title, "section": section, "pieces": pieces})
    alike = f" ({passage.similarity:.0%})" if passage.state == "alike" else ""
    state = _reach(len(passage.holders), len(comparison.texts))
    told = words[state] if state == "one" else f"{words[state]}, {words[passage.state]}{alike}"
    return {"number": number + 1, "state": state, "kind": passage.state, "told": told, "cells": cells}


def _where(comparison: Comparison, said: Said, titles: list[str]) -> str:
    found = [comparison.shared_by(said, place) for place in said.holders]
    most = max(found, key=lambda holders: (len(holders), holders), default=())
    return ", ".join(titles[place] for place in most)
