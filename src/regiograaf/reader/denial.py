"""Whether a clause denies what it says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from regiograaf.reader.clauses import Clause, Sentence
from regiograaf.reader.ruleset import Rules
from regiograaf.reader.tense import to_be
from regiograaf.reader.words import REFUSES

__all__ = ["MINDED", "denied", "not_any_more"]

_DENIES = frozenset({
    "betwist", "betwisten", "ontkend", "ontkende", "ontkennen", "ontkent", "weerspreekt", "weerspreken",
})  # fmt: skip
"""Forms of verbs that deny what they lead to."""
_SO = frozenset({"betekent", "juist", "klopt", "sprake", "waar", "zo"})
"""Words that tell whether something is so."""
_NO_LONGER = (("niet", "langer"), ("niet", "meer"))
_OF_IT = frozenset({"daarvan", "ervan", "hiervan"})
REACH = 7
"""Words from the end of a clause in which it denies what hangs on it."""
SHORT = 4
"""Letters of a word that tells something of itself."""
_SEES = frozenset({"gezien", "zag", "zagen", "zien", "ziet"})
MINDED = frozenset({"bereid", "plan", "voornemens", "zins"})
"""Words of who has a mind to do something, which "niet langer" denies."""


def denied(
    sentence: Sentence,
    clause: Clause,
    rules: Rules,
    places: Sequence[tuple[int, int]],
    needs: frozenset[str] = frozenset(),
) -> bool:
    """Whether a clause is denied; "geen" and "zonder" only deny the name that they lead to, one of `places`, or the
    noun by which the clause says it, one of `needs`: "heeft geen bijdrage toegezegd aan X"."""
    cues, _, ahead = rules.denials
    words = sentence.words
    if _refused(sentence, clause) or _withheld(sentence, clause, rules):
        return True
    for i in range(clause.first, clause.last):
        if words[i] not in cues and words[i] not in ahead:
            continue
        no_longer = words[i : i + 2] in _NO_LONGER
        if no_longer and (to_be(sentence, clause) or not MINDED.isdisjoint(words[clause.first : clause.last])):
            return True
        if _no_denial(sentence, clause, i, rules) or not_any_more(words, i):
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


def _no_denial(sentence: Sentence, clause: Clause, i: int, rules: Rules) -> bool:
    """Whether a word that can deny does not, by the words beside it: "niet alleen"."""
    near = " ".join(sentence.words[max(clause.first, i - 2) : i + 5])
    return any(phrase in near for phrase in rules.denials[1])


def _withheld(sentence: Sentence, clause: Clause, rules: Rules) -> bool:
    """Whether the clause above denies what this one says: "is niet bereid om", "heeft geen plannen om", "ontkent dat",
    "het is niet zo dat"; not "neemt niet deel om"."""
    words = sentence.words
    if clause.first == 0 and words[0] == "dat" and clause is not sentence.clauses[-1]:
        above = sentence.clauses[1]  # "Dat X meedoet, klopt niet"
    elif clause.parent >= 0 and clause.kind in ("infinitive", "that"):
        above = sentence.clauses[clause.parent]
    else:
        return False
    inside = words[above.first : above.last]
    if not _DENIES.isdisjoint(inside):
        return True
    if _cue_words(rules).isdisjoint(inside) and _SO.isdisjoint(inside):
        return False
    for i in range(max(above.first, above.last - REACH), above.last):
        if words[i] in rules.denials[0] and not _no_denial(sentence, above, i, rules):
            return not any(sentence.named[j] and words[j] not in _cue_words(rules) for j in range(i + 1, above.last))
    return False


@lru_cache(maxsize=4)
def _cue_words(rules: Rules) -> frozenset[str]:
    """The words by which a clause says how what hangs on it is meant: "wil", "bereid", "plannen"."""
    last = (phrase.split()[-1] for cue in rules.cues for phrase in cue.phrases)
    return frozenset((*rules.cues_by_form, *(word for word in last if len(word) >= SHORT)))


def _refused(sentence: Sentence, clause: Clause) -> bool:
    """Whether somebody refuses to do what a clause says: "weigert (om) X te betalen", "ziet af van X"."""
    words = sentence.words
    inside = words[clause.first : clause.last]
    if clause.kind == "infinitive" and clause.parent >= 0:
        above = sentence.clauses[clause.parent]
        inside = (*inside, *words[above.first : above.last])
    if not REFUSES.isdisjoint(inside):
        return True
    if "af" not in inside or _SEES.isdisjoint(inside):
        return False
    return ("af", "van") in pairwise(inside) or not _OF_IT.isdisjoint(inside)


def not_any_more(words: Sequence[str], i: int) -> bool:
    """Whether "geen" leads to what is no longer so: "geen lid meer"."""
    return words[i] == "geen" and "meer" in words[i + 2 : i + 4]
