"""As what a word stands in its clause: a finite form of a verb, an infinitive, a participle, a noun or an order."""

from __future__ import annotations

from typing import Literal

from regiograaf.reader.clauses import Clause, Sentence, first_person
from regiograaf.reader.verbs import Verb
from regiograaf.reader.words import BE, BECOME, BEHIND_PARTICLE, HAVE, ORDERED, PREPOSITIONS

__all__ = ["Form", "form", "passive"]

Form = Literal["finite", "infinitive", "noun", "participle", "order"]
_AFTER_PARTICLE = PREPOSITIONS | BEHIND_PARTICLE
_DETERMINERS = frozenset({"dat", "dit", "een", "elk", "geen", "haar", "het", "hun", "ieder", "ons", "uw"})
_PLURAL_ARTICLES = frozenset({"de", "deze", "hun", "onze", "uw", "alle", "beide", "geen"})


def form(verb: Verb, i: int, clause: Clause, sentence: Sentence) -> Form | None:
    """As what a word stands there as a form of a verb; None when its particle is missing or it is another word."""
    words, word = sentence.words, sentence.words[i]
    if i and clause.finite != i and word in verb.imperatives and words[i - 1] in _DETERMINERS:
        return None  # "geen besluit"
    if word in verb.participles and not (i and word == verb.infinitive and words[i - 1] == "te"):
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
