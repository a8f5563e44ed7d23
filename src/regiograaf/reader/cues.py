"""How a clause is brought: its modality, whether it is denied, and what it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from regiograaf.reader.clauses import Clause, Sentence, first_person
from regiograaf.reader.ruleset import Cue, Modality, Rules
from regiograaf.reader.verbs import Verb
from regiograaf.reader.words import (
    BE,
    BECOME,
    BEHIND_PARTICLE,
    CONDITIONS,
    HAVE,
    ORDERED,
    PREPOSITIONS,
    PROVISOS,
    PURPOSE,
    REFUSES,
    STOPS,
)

__all__ = ["Form", "Mood", "Words", "as_agreed", "denied", "form", "labelled", "moods", "passive", "planned", "themes"]

Form = Literal["finite", "infinitive", "noun", "participle", "order"]
_AFTER_PARTICLE = PREPOSITIONS | BEHIND_PARTICLE
_PLURAL_ARTICLES = frozenset({"de", "deze", "hun", "onze", "uw", "alle", "beide", "geen"})
_SEES = frozenset({"gezien", "zag", "zagen", "zien", "ziet"})
_APPEAL = "een beroep op"
"""What asks somebody, but makes use of a thing."""
_OPEN = ("mogelijk",)
"""Modalities that count where they stand, whatever the clause above says: exploring may be sure, its outcome not."""


@dataclass(frozen=True, slots=True)
class Mood:
    """The modality of a clause, and the cue that shows it; no cue for what is said to be so."""

    modality: Modality = "bestaand"
    cue: Cue | None = None
    at: int = -1
    """Place of the cue's verb among the sentence's words; -1 when a phrase shows it."""
    own: bool = False
    """Whether the clause has it of itself."""
    led: bool = False
    """Whether the sentence that leads to a list gives it to the list's item."""
    labelled: bool = False
    """Whether a label before the sentence gives it ("Besluit:")."""


_NONE = Mood()


def form(verb: Verb, i: int, clause: Clause, sentence: Sentence) -> Form | None:
    """As what a word stands there as a form of a verb; None when its particle is missing or it is another word."""
    words, word = sentence.words, sentence.words[i]
    if word in verb.participles:
        if word not in verb.finite or any(
            other in BECOME or other in BE or other in HAVE
            for place, other in enumerate(words[clause.first : clause.last], start=clause.first)
            if place != i
        ):
            return "participle"
        return "finite"
    if verb.particle:
        if word == verb.infinitive or word in verb.joined:
            return _of_infinitive(i, clause, sentence) if word == verb.infinitive else "finite"
        base = verb.infinitive.removeprefix(verb.particle)
        if word == base and i >= 2 and words[i - 1] == "te" and words[i - 2] == verb.particle:
            return "infinitive"
        if word == base and i >= 3 and words[i - 3 : i] == (verb.particle, "te", "laten"):
            return "infinitive"
        order = word in verb.imperatives and i == 0
        own = word in verb.imperatives and clause.finite == i and first_person(words, i)
        if word not in verb.finite and not order and not own:
            return None
        for j in range(i + 1, clause.last):
            if words[j] == verb.particle and (
                j + 1 >= clause.last
                or words[j + 1] in _AFTER_PARTICLE
                or words[j + 1] == words[j]
                or (sentence.named[j + 1] and words[j] not in PREPOSITIONS)
                or "te" in words[j + 1 : clause.last]
            ):
                return "order" if order and word not in verb.finite else "finite"
        return None
    if word == verb.infinitive:
        return _of_infinitive(i, clause, sentence)
    if word in verb.imperatives and clause.finite == i and first_person(words, i):
        return "finite"
    if word in verb.imperatives and i == 0 and len(words) > 1 and (words[1] in ORDERED or sentence.named[1]):
        return "order"
    return "finite" if word in verb.finite else None


def _of_infinitive(i: int, clause: Clause, sentence: Sentence) -> Form:
    words, named = sentence.words, sentence.named
    if words[i - 1] == "te" and i:
        return "infinitive"
    if i and words[i - 1] in _PLURAL_ARTICLES:
        return "noun"  # "de plannen"
    near = range(max(clause.first, i - 2), i)
    if any(words[j] in ("het", "dit") and not named[j + 1] for j in near) and words[clause.first] != "om":
        return "noun"  # "het (snel) bouwen", not "het Rijk bouwen"
    if 0 <= clause.finite < i or clause.finite < 0:
        return "infinitive"
    return "finite"


def passive(clause: Clause, sentence: Sentence) -> bool:
    """Whether a clause has "worden", or "zijn", by which a participle is passive."""
    inside = sentence.words[clause.first : clause.last]
    return any(word in BECOME for word in inside) or any(word in BE for word in inside)


@lru_cache(maxsize=4)
def _phrases(rules: Rules) -> tuple[re.Pattern[str], dict[str, Cue], frozenset[str]]:
    """A pattern of all phrases, the longest first; their cues; and their first words."""
    listed: dict[str, Cue] = {}
    for cue in sorted(rules.cues, key=lambda cue: (-cue.priority, cue.name)):
        for phrase in cue.phrases:
            listed.setdefault(phrase, cue)
    ordered = sorted(listed, key=lambda phrase: (-len(phrase), phrase))
    return (
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})(?!\w)"),
        listed,
        frozenset(phrase.split()[0] for phrase in listed),
    )


def moods(sentence: Sentence, text: str, start: int, rules: Rules) -> tuple[Mood, ...]:
    """The mood of each clause. `text` is the sentence's, from `start` in the reading text."""
    own: list[list[Mood]] = [[] for _ in sentence.clauses]
    pattern, listed, heads = _phrases(rules)
    ends = [sentence.starts[clause.last - 1] for clause in sentence.clauses]
    lower = text.lower()
    behind = 0
    for word, at in zip(sentence.words, sentence.starts, strict=True):
        match = pattern.match(lower, at - start) if word in heads and at - start >= behind else None
        if match is None:
            continue
        behind = match.end()
        if match[0] == "mogelijk" and _no_chance(lower, *match.span()):
            continue
        place = match.start() + start
        number = bisect_left(ends, place)
        if number < len(ends) and not (
            match[0].endswith(_APPEAL) and _on_a_thing(sentence, number, match, start, rules)
        ):
            own[number].append(Mood(listed[match[0]].modality, listed[match[0]], -1, True))
    by_form = rules.cues_by_form
    for number, clause in enumerate(sentence.clauses):
        for i in range(clause.first, clause.last):
            if sentence.named[i]:
                continue
            for cue, verb in by_form.get(sentence.words[i], ()):
                shape = form(verb, i, clause, sentence)
                if shape and _holds(cue, shape, i, number, sentence, rules):
                    own[number].append(Mood(cue.modality, cue, i, True))
    found: list[Mood] = []
    handed: list[Mood] = []
    """What each clause hands down to those that depend on it."""
    for number, clause in enumerate(sentence.clauses):
        down = best = _NONE
        if own[number]:
            down = max(own[number], key=_rank)
            best = max((mood for mood in own[number] if mood.cue and not mood.cue.below), key=_rank, default=_NONE)
        above = _NONE
        if clause.beside >= 0 and clause.finite < 0:
            above = found[clause.beside]
        elif clause.kind in ("infinitive", "that") and clause.parent >= 0:
            above = handed[clause.parent]
        elif clause.kind == "resumed" and clause.parent >= 0 and not best.own:
            above = found[clause.parent] if sentence.clauses[clause.parent].finite >= 0 else Mood()
        if clause.kind == "whether":
            found.append(replace(best, modality="mogelijk") if best.cue else Mood("mogelijk"))
            handed.append(found[-1])
            continue
        hangs = clause.parent >= 0 or number + 1 < len(sentence.clauses)
        if clause.kind == "adverbial" and hangs and not best.own and sentence.words[clause.first] in CONDITIONS:
            found.append(Mood("mogelijk"))
            handed.append(found[-1])
            continue
        proviso = _proviso(sentence, number, rules) if not best.own and clause.kind in ("main", "resumed") else ""
        if proviso:
            found.append(Mood("voorgenomen" if proviso == "zodra" else "mogelijk"))
            handed.append(found[-1])
            continue
        purpose = clause.kind == "infinitive" and sentence.words[clause.first] in PURPOSE
        found.append(Mood("voorgenomen") if purpose and above.cue is None and not best.own else _over(above, best))
        handed.append(_over(above, down))
    return tuple(found)


def _on_a_thing(sentence: Sentence, number: int, match: re.Match[str], start: int, rules: Rules) -> bool:
    """Whether an appeal is to a thing, which it uses: "doet een beroep op het fonds"."""
    groups, starts = sentence.clauses[number].groups, sentence.starts
    behind = next((group.mentions[0] for group in groups if starts[group.first] >= match.end() + start), None)
    return behind is not None and bool(behind.kind) and behind.kind not in rules.actors


def _proviso(sentence: Sentence, number: int, rules: Rules) -> str:
    """What leads to what must come about before somebody does what a clause says: "mits X instemt"; empty for none."""
    clauses, words = sentence.clauses, sentence.words
    clause = clauses[number]
    if clause.finite < 0 or words[clause.finite] not in rules.acts or passive(clause, sentence):
        return ""
    near = [clauses[clause.parent if clause.kind == "resumed" and clause.parent >= 0 else number - 1]] if number else []
    if clause.finite == clause.first:  # "Als X instemt, richt Y ..."
        near += clauses[max(0, number - 2) : number]
    near += [one for one in clauses[number + 1 :] if one.parent == number]
    return next(
        (
            words[one.first]
            for one in near
            if one.kind == "adverbial" and one.finite > one.first and words[one.first] in PROVISOS
        ),
        "",
    )


def _no_chance(text: str, begin: int, end: int) -> bool:
    """Whether "mogelijk" tells no chance: "zo snel mogelijk", "mogelijk gemaakt door"."""
    return bool(re.search(r"\bzo \w+ $", text[:begin])) or text[end : end + 4] in (" gem", " mak", " te ")


def labelled(sentence: Sentence, given: tuple[Mood, ...], rules: Rules) -> tuple[Mood, ...]:
    """The moods of a sentence behind a label: "Besluit: de gemeenten dragen bij" is agreed."""
    words = sentence.words
    if len(words) < 3 or words[1] != ":" or words[0] not in rules.labels:
        return given
    label = Mood(rules.labels[words[0]], None, -1, True, labelled=True)
    return tuple(
        label if number and not mood.cue and mood.modality == "bestaand" else mood for number, mood in enumerate(given)
    )


def planned(
    sentence: Sentence, given: tuple[Mood, ...], rules: Rules, heading: bool, later: Callable[[], Sequence[int]]
) -> tuple[Mood, ...]:
    """The moods of a sentence, with acts in the present tense as plans: under a heading that says so, behind a word
    that does, or with a time still to come; `later` gives the places of such times in the reading text."""
    found = list(given)
    for number, clause in enumerate(sentence.clauses):
        mood = found[number]
        if mood.cue or mood.labelled or mood.modality != "bestaand" or clause.finite < 0:
            continue
        verb = sentence.words[clause.finite]
        if verb not in rules.acts or passive(clause, sentence):
            continue
        low, high = sentence.starts[clause.first], sentence.starts[clause.last - 1]
        text = " " + " ".join(sentence.words[clause.first : clause.last]) + " "
        if (
            heading
            or any(f" {word} " in text for word in rules.plans[0])
            or any(low <= place <= high for place in later())
        ):
            found[number] = Mood("voorgenomen")
    return tuple(found)


def as_agreed(sentence: Sentence, given: tuple[Mood, ...], rules: Rules) -> tuple[Mood, ...]:
    """The moods of a sentence in an article of an agreement: what the parties do, shall do or must do is agreed."""
    found = []
    for mood, clause in zip(given, sentence.clauses, strict=True):
        acts = clause.finite >= 0 and sentence.words[clause.finite] in rules.acts and clause.kind != "relative"
        intends = mood.modality in ("voorgenomen", "gewenst", "in-ontwikkeling") and mood.own
        done = passive(clause, sentence) and any(
            sentence.words[i] in rules.participles for i in range(clause.first, clause.last)
        )
        if intends or (mood.modality == "bestaand" and (acts or done)):
            found.append(replace(mood, modality="afgesproken", at=-1))
        else:
            found.append(mood)
    return tuple(found)


def _rank(mood: Mood) -> tuple[int, int]:
    return (mood.cue.priority if mood.cue else 0, -mood.at)


def _over(above: Mood, own: Mood) -> Mood:
    """The outermost layer that decides whether something exists counts."""
    if above.cue is None:
        return own
    if own.modality in _OPEN and own.cue is not None and above.modality in ("voorgenomen", "verwacht", "afgesproken"):
        return Mood(above.modality, above.cue, above.at, False) if own.at >= 0 and above.modality == "verwacht" else own
    return Mood(above.modality, above.cue, above.at, False)


def _holds(cue: Cue, shape: Form, i: int, number: int, sentence: Sentence, rules: Rules) -> bool:
    clause = sentence.clauses[number]
    words = sentence.words
    if cue.participle and shape != "participle":
        return False
    if shape == "noun" or cue.order != (shape == "order" and (i == 0 or sentence.words[i - 1] in STOPS)):
        return False
    if cue.infinitive and not any(
        words[j] in rules.infinitives and not sentence.named[j] for j in range(i + 1, clause.last)
    ):
        return False
    if cue.needs and not any(words[j] in cue.needs for j in range(clause.first, clause.last)):
        return False
    if cue.actor:
        bare = next((group for group in clause.groups if not group.role), None)
        if clause.kind == "relative" or bare is None or bare.mentions[0].kind not in rules.actors:
            return False
    return True


def denied(
    sentence: Sentence,
    clause: Clause,
    rules: Rules,
    places: Sequence[tuple[int, int]],
    needs: frozenset[str] = frozenset(),
) -> bool:
    """Whether a clause is denied; "geen" and "zonder" only deny the name that they lead to, one of `places`, or the
    noun by which the clause says it, one of `needs`: "heeft geen bijdrage toegezegd aan X"."""
    cues, none, ahead = rules.denials
    words = sentence.words
    if _refused(sentence, clause):
        return True
    for i in range(clause.first, clause.last):
        if words[i] not in cues and words[i] not in ahead:
            continue
        near = " ".join(words[max(clause.first, i - 2) : min(clause.last, i + 5)])
        if any(phrase in near for phrase in none):
            continue
        if words[i] == "geen" and not needs.isdisjoint(words[i + 1 : i + 4]):
            return True
        if words[i] == "geen" or words[i] in ahead:
            following = next((group.first for group in clause.groups if group.first > i), -1)
            if following >= 0 and following - i <= 4 and not any(low <= following < high for low, high in places):
                continue
            if words[i] in ahead and not any(low > i for low, _ in places):
                continue
        return True
    return False


def _refused(sentence: Sentence, clause: Clause) -> bool:
    """Whether somebody refuses to do what a clause says: "weigert (om) X te betalen", "ziet af van X"."""
    words = sentence.words
    inside = words[clause.first : clause.last]
    if clause.kind == "infinitive" and clause.parent >= 0:
        above = sentence.clauses[clause.parent]
        inside = (*inside, *words[above.first : above.last])
    if not REFUSES.isdisjoint(inside):
        return True
    return "af" in inside and not _SEES.isdisjoint(inside) and ("af", "van") in pairwise(inside)


@dataclass(frozen=True)
class Words:
    """The words of all themes, ready to look up."""

    exact: dict[str, tuple[str, ...]]
    starts: dict[str, tuple[str, ...]]
    ends: tuple[tuple[str, str], ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@lru_cache(maxsize=4)
def _theme_words(rules: Rules) -> Words:
    exact: dict[str, set[str]] = defaultdict(set)
    starts: dict[str, set[str]] = defaultdict(set)
    ends: set[tuple[str, str]] = set()
    phrases: dict[str, set[tuple[tuple[str, ...], str]]] = defaultdict(set)
    for iri, listed in rules.words.items():
        for entry in listed:
            parts = tuple(entry.split())
            if len(parts) > 1:
                phrases[parts[0]].add((parts[1:], iri))
            elif entry.endswith("*"):
                starts[entry[:-1]].add(iri)
            elif entry.startswith("*"):
                ends.add((entry[1:], iri))
            else:
                for ending in ("", "e", "en", "s"):
                    exact[entry + ending].add(iri)
    return Words(
        {key: tuple(sorted(value)) for key, value in exact.items()},
        {key: tuple(sorted(value)) for key, value in starts.items()},
        tuple(sorted(ends)),
        {key: tuple(sorted(value)) for key, value in phrases.items()},
    )


def themes(words: Sequence[str], rules: Rules) -> tuple[str, ...]:
    """The IRIs of the themes that words, in lower case, show; in order of their first word."""
    if not rules.words:
        return ()
    known = _theme_words(rules)
    found: dict[str, None] = {}
    for i, word in enumerate(words):
        for iri in known.exact.get(word, ()):
            found.setdefault(iri)
        for length in range(3, len(word) + 1):
            for iri in known.starts.get(word[:length], ()):
                found.setdefault(iri)
        if len(word) > 6:
            for ending, iri in known.ends:
                if word.endswith(ending):
                    found.setdefault(iri)
        for rest, iri in known.phrases.get(word, ()):
            following = words[i + 1 : i + 1 + len(rest)]
            if len(following) == len(rest) and all(
                wanted == given or (wanted.endswith("*") and given.startswith(wanted[:-1]))
                for wanted, given in zip(rest, following, strict=True)
            ):
                found.setdefault(iri)
    return tuple(found)
