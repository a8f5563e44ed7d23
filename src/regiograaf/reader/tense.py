"""Whether what a sentence tells is still to come, or over, by its times and the tense of its verbs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from regiograaf.reader.clauses import Clause, Sentence
from regiograaf.reader.forms import form
from regiograaf.reader.ruleset import STATES, Relation, Rules
from regiograaf.reader.values import PeriodValue
from regiograaf.reader.verbs import Verb

__all__ = ["ONCE", "acts", "done", "once", "past", "still_open", "to_be", "to_come", "until"]

_SINCE = re.compile(r"(?:al )?(?:sinds|sedert|elk|ieder|afgelopen|vorig|de afgelopen|al )", re.IGNORECASE)
_COMING = re.compile(
    r"januari|februari|maart|april|mei\b|juni|juli|augustus|september|oktober|november|december|voorjaar|zomer|najaar"
    r"|winter|herfst|kwartaal|\bkomende?\b|\bvolgende?\b|^(?:binnen|eind|later|na|over) ",
    re.IGNORECASE,
)
_AHEAD = frozenset({
    "gaan", "gaat", "kan", "kunnen", "moet", "moeten", "wil", "willen", "zal", "zou", "zouden", "zullen",
})  # fmt: skip
"""Finite verbs behind which an infinitive is still to come."""
_MAY = frozenset({"mag", "mogen"})
_BECOMES = frozenset({"word", "worden", "wordt"})
_IS = frozenset({"is", "zijn"})
ONCE = frozenset({"destijds", "eertijds", "indertijd", "verleden", "voorheen", "vroeger"})
"""Words that can make a past tense one of what is no longer so."""
_WAS = frozenset({"was", "waren", "had", "hadden", "werd", "werden", "zat", "zaten", "stond", "stonden"})
YEAR = re.compile(r"(?:19|20)\d\d")
NEAR = 6
"""Words behind "tot" within which its year stands."""


def to_come(times: Sequence[PeriodValue], text: str, written: date | None) -> Iterator[int]:
    """Yield where in a text times stand that are still to come for a letter of the date `written`.

    A time without a year is one too, and in a letter without a date any but a whole year.
    """
    for time in times:
        before = text[max(0, time.start - 7) : time.start].lower()
        if time.present or before.endswith(("sinds ", "elk ", "elke ", "ieder ", "iedere ")):
            continue
        if text.startswith((" jl", " jongstleden", " j.l."), time.stop):
            continue
        if _SINCE.match(time.wording) or (time.earliest_end and not time.earliest_begin):
            continue
        first = time.earliest_begin or time.latest_end
        if first is None:
            ahead = bool(_COMING.search(time.wording))
        elif written is None:
            ahead = time.latest_begin is None and not _whole_year(time)
        else:
            ahead = first > written
        if ahead:
            yield time.start


def _whole_year(time: PeriodValue) -> bool:
    low, high = time.earliest_begin, time.latest_end
    return low is not None and high is not None and (low.month, low.day, high.month, high.day) == (1, 1, 12, 31)


def acts(sentence: Sentence, clause: Clause, rules: Rules) -> bool:
    """Whether somebody does something in a clause, in the present tense: "levert", not "staat voor" or "is lid"."""
    i = clause.finite
    if i < 0 or sentence.words[i] not in rules.acts:
        return False
    inside = sentence.words[clause.first : clause.last]
    here = [
        (rule, verb)
        for rule, verb in rules.by_form.get(sentence.words[i], ())
        if (not rule.needs or not rule.needs.isdisjoint(inside)) and form(verb, i, clause, sentence) == "finite"
    ]
    return not here or any(_brought_about(rule, verb, rules) for rule, verb in here)


def _brought_about(rule: Relation, verb: Verb, rules: Rules) -> bool:
    if rule.moves:
        return True
    if rule.held or verb.lemma in STATES:
        return False
    return not rule.subject_kinds or not rule.subject_kinds.isdisjoint(rules.actors)


def done(sentence: Sentence, clause: Clause, rules: Rules) -> bool:
    """Whether something is done in a clause, in the present tense: "wordt geëvalueerd"."""
    words = sentence.words
    return words[clause.finite] in _BECOMES and any(
        words[i] in rules.participles and not sentence.named[i] for i in range(clause.first, clause.last)
    )


def still_open(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause's finite verb leaves open what its infinitive says: "kan besluiten", "zal toezeggen"."""
    return clause.finite >= 0 and sentence.words[clause.finite] in _AHEAD | _MAY


def to_be(sentence: Sentence, clause: Clause) -> bool:
    """Whether what a clause tells has yet to come about: "zal stoppen", "wil beëindigen", "op te heffen"."""
    words = sentence.words
    finite = words[clause.finite] if clause.finite >= 0 else ""
    if finite in _AHEAD:
        return True
    return "te" in words[clause.first : clause.last - 1] and finite not in _IS and finite not in _past_of_ending(words)


def _past_of_ending(words: Sequence[str]) -> tuple[str, ...]:
    """ "Hield" of "hield op te bestaan", whose infinitive is over."""
    return ("hield", "hielden") if "op" in words else ()


def once(sentence: Sentence, clause: Clause, rules: Rules) -> bool:
    """Whether a clause in the past tense tells of what was so once: "werkte vroeger samen"."""
    words = sentence.words
    inside = words[clause.first : clause.last]
    told = [word for word in inside if word in ONCE and (word != "verleden" or ("het", word) in pairwise(inside))]
    return bool(told) and past(sentence, clause, rules)


def past(sentence: Sentence, clause: Clause, rules: Rules) -> bool:
    """Whether a clause stands in the past tense."""
    return clause.finite >= 0 and sentence.words[clause.finite] in _past(rules)


def until(sentence: Sentence, clause: Clause, rules: Rules, later: Callable[[], Sequence[int]]) -> bool:
    """Whether a clause in the past tense tells of what was so until a year: "was tot en met 2022 lid"; not when that
    year is still to come."""
    words = sentence.words
    if not past(sentence, clause, rules):
        return False
    for i in range(clause.first, clause.last):
        if words[i] != "tot" or sentence.named[i]:
            continue
        year = next((j for j in range(i + 1, min(clause.last, i + NEAR)) if YEAR.fullmatch(words[j])), -1)
        if year >= 0 and not any(sentence.starts[i] <= place <= sentence.starts[year] for place in later()):
            return True
    return False


@lru_cache(maxsize=4)
def _past(rules: Rules) -> frozenset[str]:
    """The forms of the past tense of the verbs of relations."""
    verbs = [verb for rule in rules.relations for verb in rule.verbs]
    present = frozenset(form for verb in verbs for form in (*verb.present, verb.infinitive))
    return (frozenset(form for verb in verbs for form in (*verb.finite, *verb.joined)) - present) | _WAS
