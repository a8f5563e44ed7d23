"""The coverage of letters as a page: each sentence in the colour of its state, with the claims that rest on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from regiograaf.coverage import Covered, tally
from regiograaf.dataset import Build
from regiograaf.namespaces import ID
from regiograaf.pages import Language, render, says
from regiograaf.titles import titles

__all__ = ["page"]

HERE = Path(__file__).parent

_WORDS = {
    "nl": {
        "title": "Dekking: wat van de brief is gecodeerd",
        "lead": "Elke zin heeft een bewering, een reden om er geen te hebben, of geen van beide. Kopjes tellen niet "
        "mee.",
        "linked": "met beweringen",
        "claimed": "met beweringen, een naam niet gekoppeld",
        "reason": "zonder bewering, met reden",
        "open": "zonder bewering en reden",
        "show": "Toon zinnen",
        "shown": "{n} van {all} zinnen getoond.",
        "contents": "Inhoud",
        "caption": "Zinnen en namen per onderdeel",
        "section": "onderdeel",
        "whole": "hele brief",
        "columns": (
            "zinnen", "met bewering", "met reden", "open", "beweringen", "namen", "niet gekoppeld",
        ),
        "loose": "niet gekoppeld",
        "names": "Een naam telt één keer per zin; gekoppeld is wie of wat onderwerp of object is van een bewering op "
        "die zin, of het programma, de geadresseerde of de bron ervan.",
        "denied": "ontkend",
        "sentence": "zin",
        "none": "Geen bewering.",
        "sentences": "Zinnen",
        "start": "tekst",
        "source": "Gemaakt met regiograaf uit {n}.",
        "letters": ("{n} brief", "{n} brieven"),
    },
    "en": {
        "title": "Coverage: what of the letter is encoded",
        "lead": "Each sentence has a claim, a reason for none, or neither. Headings do not count.",
        "linked": "with claims",
        "claimed": "with claims, a name not linked",
        "reason": "without claim, with a reason",
        "open": "without claim or reason",
        "show": "Show sentences",
        "shown": "{n} of {all} sentences shown.",
        "contents": "Contents",
        "caption": "Sentences and names by section",
        "section": "section",
        "whole": "whole letter",
        "columns": (
            "sentences", "with a claim", "with a reason", "open", "claims", "names", "not linked",
        ),
        "loose": "not linked",
        "names": "A name counts once for each sentence; linked is who or what is subject or object of a claim on that "
        "sentence, or its programme, addressee or source.",
        "denied": "denied",
        "sentence": "sentence",
        "none": "No claim.",
        "sentences": "Sentences",
        "start": "text",
        "source": "Made with regiograaf from {n}.",
        "letters": ("{n} letter", "{n} letters"),
    },
}  # fmt: skip


def page(build: Build, rows: Sequence[Covered], labels: Mapping[str, str], language: Language = "nl") -> str:
    """The coverage of letters (`coverage`) as one offline page; `labels` are the labels of IRIs in its language."""
    words: Mapping[str, Any] = _WORDS[language]
    short = titles(build.project, language)
    letters = []
    for key, group in groupby(rows, key=lambda row: row.letter):
        of = list(group)
        counted = [(t.section or words["start"], _counts(t)) for t in tally(of, by_section=True)]
        counted.append((words["whole"], _counts(tally(of)[0])))
        parts = [
            (section or words["start"], [_shown(build, row, labels, language) for row in sentences])
            for section, sentences in groupby(of, key=lambda row: row.sentence.section)
        ]
        letters.append({"key": key, "title": short[key], "table": counted, "parts": parts})
    one, many = words["letters"]
    told = (one if len(letters) == 1 else many).replace("{n}", str(len(letters)))
    only = f" – {letters[0]['title']}" if len(letters) == 1 else ""
    return render(
        HERE,
        "coverage.html.j2",
        title=words["title"] + only,
        source=words["source"].replace("{n}", told),
        language=language,
        styles="coverage.css",
        script="filter.js",
        letters=letters,
        words=words,
        states=[state for state in ("linked", "claimed", "reason", "open") if any(row.state == state for row in rows)],
    )


def _counts(row: Any) -> tuple[int, ...]:
    return row.sentences, row.claimed, row.reasoned, row.open, row.claims, row.names, row.unlinked


def _shown(build: Build, row: Covered, labels: Mapping[str, str], language: Language) -> dict[str, Any]:
    reason = labels.get(f"{ID}dekkingsreden/{row.reason}", row.reason) if row.reason else ""
    return {
        "number": row.sentence.number,
        "state": row.state,
        "reason": "" if row.claims else reason,
        "pieces": _pieces(build.texts[row.letter].text, row),
        "claims": [
            {
                "iri": claim.iri,
                "key": claim.source.rsplit("/", 1)[-1],
                "says": says(claim, labels, language),
                "modality": labels.get(str(claim.modality), ""),
                "denied": claim.denied,
                "anchor": piece.anchor,
            }
            for claim, piece in row.said
        ],
        "loose": [(name.text, name.label) for name in row.unlinked],
    }


def _pieces(text: str, row: Covered) -> list[tuple[str, str, str]]:
    """The sentence in pieces: (text, linked, loose or nothing, what the name is); Markdown signs left out."""
    found: list[tuple[str, str, str]] = []
    place, end = row.sentence.begin, row.sentence.end
    for name in row.names:
        begin = max(place, name.begin)
        found.append((_clean(text[place:begin]), "", ""))
        found.append((_clean(text[begin : name.end]), "linked" if name.linked else "loose", name.label))
        place = max(begin, name.end)
    found.append((_clean(text[place:end]), "", ""))
    return [piece for piece in found if piece[0]]


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("**", ""))
