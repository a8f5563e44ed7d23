"""A sentence's clauses and the names in them: which verb forms stand where, and what part a name plays.

Shallow on purpose: word classes come from the rules' verbs and from closed lists of prepositions, articles and
conjunctions, so that the result is the same everywhere and takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from regiograaf.reader.mention import Mention
from regiograaf.reader.ruleset import Rules
from regiograaf.reader.words import (
    ABBREVIATIONS,
    ADVERBS,
    AND,
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    COORDINATORS,
    DAT_BEFORE,
    EXAMPLES,
    FILL,
    KIND_WORDS,
    PREPOSITIONS,
    RELATIVES,
    STOPS,
    WHERE,
)

__all__ = ["Clause", "Group", "Sentence", "first_person", "parse"]

ClauseKind = Literal["main", "that", "whether", "relative", "infinitive", "adverbial", "resumed"]

_WORD = re.compile(r"\w+(?:[-'/.]\w+)*(?:-|(?<=\.\w)\.)?|[^\w\s]")
"""Words, abbreviations with their full stops ("a.s.", "jl.") and signs."""
_ATTRIBUTIVE = PREPOSITIONS | ARTICLES
_NO_NAMES = frozenset({"onze", "uw"})
REACH = 60
"""Words ahead in which a clause's verb is looked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """One name, or several that are listed, with one part in the clause."""

    mentions: tuple[Mention, ...]
    first: int
    """Place of its first word in the sentence's words."""
    last: int
    """Place behind its last word."""
    role: str
    """The preposition that leads to it; empty for a bare one."""
    indefinite: bool = False
    """Behind "een"."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of words with at most one finite verb group."""

    first: int
    last: int
    kind: ClauseKind
    parent: int
    """The clause that it depends on; -1 for none."""
    beside: int
    """The clause that it goes on from with "en", sharing what it does not have itself; -1 for none."""
    groups: tuple[Group, ...]
    finite: int
    """Place of its first finite verb; -1 for none."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence."""

    words: tuple[str, ...]
    """In lower case, signs too."""
    starts: tuple[int, ...]
    """Where each begins, in the reading text."""
    clauses: tuple[Clause, ...]
    named: tuple[bool, ...]
    """Which words are part of a name."""


def parse(
    text: str, start: int, mentions: Sequence[Mention], rules: Rules, antecedent: Mention | None = None
) -> Sentence:
    """Part a sentence, whose first character is at `start` in the reading text, into clauses with their names.

    `antecedent` is the thing that "daarvoor" or "eraan" stands for.
    """
    found = [(match.start() + start, match[0].lower()) for match in _WORD.finditer(text)]
    found = [
        one
        for i, one in enumerate(found)
        if one[1] != "." or i + 1 == len(found) or found[i - 1][1] not in ABBREVIATIONS
    ]
    starts = tuple(place for place, _ in found)
    words = tuple(word for _, word in found)
    spans = _spans(mentions, starts, words)
    named = [False] * len(words)
    for first, last, mention in spans:
        if mention.rule not in ("sender", "addressee"):
            named[first:last] = [True] * (last - first)
    # A word can be a finite verb when it is one's form, outside names and not behind an article or "te".
    finite = [
        (word in rules.finite or (word in rules.stems and first_person(words, i)))
        and not named[i]
        and not (word in rules.infinitives and _nominal(words, i))
        and not (i and words[i - 1] == "te")
        for i, word in enumerate(words)
    ]
    groups = _groups(spans, words, finite, rules)
    if antecedent is not None:
        stand_ins = [Group((antecedent,), i, i + 1, ADVERBS[word]) for i, word in enumerate(words) if word in ADVERBS]
        groups = sorted([*groups, *stand_ins], key=lambda group: group.first) if stand_ins else groups
    return Sentence(words, starts, tuple(_clauses(words, finite, named, groups, rules)), tuple(named))


def first_person(words: Sequence[str], i: int) -> bool:
    """Whether "ik" stands beside a word."""
    return "ik" in words[max(0, i - 1) : i + 2]


def _nominal(words: Sequence[str], i: int) -> bool:
    """Whether an infinitive is a noun there: "het (verder) verkennen"."""
    return any(words[j] in ("het", "dit", "dat") for j in range(max(0, i - 2), i)) and not (
        i + 1 < len(words) and words[i - 1] in ("het", "dit", "dat") and i >= 2 and words[i - 2] == "om"
    )


def _spans(mentions: Sequence[Mention], starts: Sequence[int], words: Sequence[str]) -> list[tuple[int, int, Mention]]:
    """The places of the names among the words."""
    found: list[tuple[int, int, Mention]] = []
    at = 0
    for mention in mentions:
        while at < len(starts) and starts[at] < mention.start:
            at += 1
        last = at
        while last < len(starts) and starts[last] < mention.stop:
            last += 1
        if last > at:
            found.append((at, last, mention))
    return found


def _groups(
    spans: Sequence[tuple[int, int, Mention]], words: Sequence[str], finite: Sequence[bool], rules: Rules
) -> list[Group]:
    """The names with their parts; those of a list are one group, which has the part of the first."""
    single: list[Group] = []
    for first, last, mention in spans:
        written = mention.text.lower()
        if mention.rule in ("sender", "addressee") and written in _NO_NAMES:
            continue
        role, indefinite = _role(words, first, finite, rules)
        if written == "ons" and (role == "" or not _ends_there(words, last, finite)):
            continue
        before = single[-1] if single else None
        if before and first == before.last + 1 and words[before.last] == "(" and mention.entity in _entities(before):
            end = last + 1 if last < len(words) and words[last] == ")" else last  # "Voluit Geschreven (VG)"
            single[-1] = Group(before.mentions, before.first, end, before.role, before.indefinite)
            continue
        single.append(Group((mention,), first, last, role, indefinite))
    links = [_listed(words, a, b, finite) for a, b in pairwise(single)]
    found: list[Group] = []
    i = 0
    while i < len(single):
        # A list runs on over commas up to its last "en"; names with commas alone between them are no list.
        end = i
        while end < len(links) and links[end]:
            end += 1
        while end > i and links[end - 1] == ",":
            end -= 1
        members = {one.mentions[0].entity: one.mentions[0] for one in reversed(single[i : end + 1])}
        role = "" if single[i].role == "&" else single[i].role
        listed = tuple(sorted(members.values(), key=lambda mention: mention.start))
        found.append(Group(listed, single[i].first, single[end].last, role, single[i].indefinite))
        i = end + 1
    return found


def _entities(group: Group) -> set[str]:
    return {mention.entity for mention in group.mentions}


def _ends_there(words: Sequence[str], last: int, finite: Sequence[bool]) -> bool:
    return last >= len(words) or not words[last][0].isalnum() or words[last] in PREPOSITIONS or finite[last]


def _listed(words: Sequence[str], left: Group, right: Group, finite: Sequence[bool]) -> str:
    """What makes two names neighbours in a list: "," or "en"; empty when more than that, articles and adjectives stand
    between them."""
    low, high = left.last, right.first
    if (
        right.role not in ("", "&", left.role)
        or not low < high <= low + 6
        or words[low] not in AND
        or any(finite[low:high])
    ):
        return ""
    for word in words[low:high]:
        if word in AND or word in ARTICLES or word in FILL or (word == right.role and word):
            continue
        if word in KIND_WORDS:
            continue
        if not word.endswith("e") or word in PREPOSITIONS:
            return ""
    return "," if all(word not in AND or word == "," for word in words[low:high]) else "en"


def _role(words: Sequence[str], first: int, finite: Sequence[bool], rules: Rules, deep: int = 0) -> tuple[str, bool]:
    """The preposition before a name, over its article and adjectives; and whether the article is "een".

    "&" stands for a name behind a comma or "en".
    """
    indefinite = closed = False
    i = first - 1
    while i >= 0 and first - i <= 7:
        word = words[i]
        if word in PREPOSITIONS and not (word == "om" or (word == "te" and i + 1 < first)):
            if word == "van" and deep < 2 and i and words[i - 1] in rules.light:
                return _role(words, i - 1, finite, rules, deep + 1)
            if word == "als":
                return _of_example(words, i, finite, rules, deep)[0], indefinite
            return word, indefinite
        if word in EXAMPLES:
            return _of_example(words, i, finite, rules, deep)[0], indefinite
        if word == "(":
            return "(", indefinite
        if word == ":":
            i -= 1
            continue
        if word in AND:
            return "&", indefinite
        if finite[i] or not word[0].isalnum():
            break
        if word in rules.participles and not (i and words[i - 1] in _ATTRIBUTIVE):
            break
        if word in ARTICLES:
            indefinite = indefinite or word == "een"
            closed = closed or word in ("de", "het", "een", "'t")
        elif word not in FILL and (closed or not (word.endswith(("e", "ë")) or word[0].isdigit())):
            break
        i -= 1
    return "", indefinite


def _of_example(words: Sequence[str], i: int, finite: Sequence[bool], rules: Rules, deep: int) -> tuple[str, bool]:
    """The role of an example: that of the noun before "zoals" or "als" ("met partners zoals X": "met")."""
    noun = i - 1
    while noun > 0 and words[noun] in (",", "van", "ook"):
        noun -= 1
    if deep >= 2 or noun <= 0 or finite[noun] or words[noun] in rules.participles:
        return ("als" if words[i] == "als" else "zoals"), False
    return _role(words, noun, finite, rules, deep + 1)


def _clauses(
    words: Sequence[str], finite: Sequence[bool], named: Sequence[bool], groups: Sequence[Group], rules: Rules
) -> list[Clause]:
    kind: ClauseKind = "main"
    if words and words[0] in ("om", "teneinde", "door", "zonder") and _leads_to_te(words, 0, finite, rules, words[0]):
        kind = "infinitive"
    elif words and (words[0] in CONJUNCTIONS or words[0] == "als"):
        kind = "adverbial"
    cuts: list[tuple[int, ClauseKind, int, int]] = [(0, kind, -1, -1)]
    for i, word in enumerate(words):
        if not i or named[i]:
            continue
        begin = cuts[-1][0]
        if word == ":" and i > 1 and not _verb_in(words, i + 1, len(words), finite, rules):
            continue  # "bestaat uit: A, B en C"
        if (word in (";", ":") or word in STOPS) and i + 1 < len(words):
            cuts.append((i + 1, "main", -1, -1))
        elif word in CONJUNCTIONS:
            cuts.append((i, "adverbial", len(cuts) - 1, -1))
        elif word == "dat" and (words[i - 1] in rules.participles or finite[i - 1] or words[i - 1] in DAT_BEFORE):
            cuts.append((i, "that", len(cuts) - 1, -1))
        elif word in RELATIVES and i + 1 < len(words) and (words[i - 1] in (",", ")") or named[i - 1]):
            kind = "that" if word == "dat" and not named[i - 1] and not _noun_before(words, i, rules) else "relative"
            cuts.append((i, kind, len(cuts) - 1, -1))
        elif word == "die" and i + 1 < len(words) and words[i - 1] not in PREPOSITIONS:
            cuts.append((i, "relative", len(cuts) - 1, -1))
        elif word in WHERE:
            cuts.append((i, "adverbial", len(cuts) - 1, -1))
        elif word == "dat":
            cuts.append((i, "that", len(cuts) - 1, -1))
        elif word in ("om", "teneinde", "door", "zonder") and _leads_to_te(words, i, finite, rules, word):
            cuts.append((i, "infinitive", len(cuts) - 1, -1))
        elif word in ("of", "hoe") and not rules.asking.isdisjoint(words[begin:i]) and _asks(words, i, finite, named):
            cuts.append((i, "whether", len(cuts) - 1, -1))
        elif word == "," and i + 1 < len(words) and finite[i + 1] and cuts[-1][1] != "main":
            before = _main_before(cuts)
            cuts.append((i + 1, "resumed", before, -1) if before >= 0 else (i + 1, "main", -1, -1))
        elif (
            word in COORDINATORS
            and _verb_in(words, max(begin, i - REACH), i, finite, rules)
            and _clause_follows(words, i, finite, named, rules, any(finite[max(begin, i - REACH) : i]))
        ):
            cuts.append((i + 1, cuts[-1][1] if cuts[-1][1] != "resumed" else "main", cuts[-1][2], len(cuts) - 1))
    found: list[Clause] = []
    for number, (begin, kind, parent, beside) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(words)
        inside = tuple(group for group in groups if begin <= group.first < end)
        verb = next((i for i in range(begin, end) if finite[i]), -1)
        if beside >= 0 and verb >= 0 and words[verb] in rules.infinitives and words[begin - 2] in rules.infinitives:
            # "Wil X versterken en Y voortzetten": both hang on the one verb.
            first = found[beside].finite
            verb = -1 if first >= 0 and words[first] not in rules.infinitives else verb
        found.append(Clause(begin, end, kind, parent, beside, inside, verb))
    return found


def _asks(words: Sequence[str], i: int, finite: Sequence[bool], named: Sequence[bool]) -> bool:
    """Whether a clause with a verb of its own follows: "onderzoeken of X kan"."""
    if named[i - 1]:
        return False
    for j in range(i + 1, min(len(words), i + REACH)):
        if finite[j]:
            return j > i + 1
        if words[j] in CONJUNCTIONS or words[j] in (";", ":") or words[j] in STOPS:
            return False
    return False


def _noun_before(words: Sequence[str], i: int, rules: Rules) -> bool:
    word = words[i - 2] if i >= 2 else ""
    return bool(word) and word not in rules.finite and word not in rules.participles


def _main_before(cuts: Sequence[tuple[int, ClauseKind, int, int]]) -> int:
    return next((n for n in range(len(cuts) - 1, -1, -1) if cuts[n][1] in ("main", "resumed")), -1)


def _leads_to_te(words: Sequence[str], i: int, finite: Sequence[bool], rules: Rules, word: str) -> bool:
    """Whether "te" and an infinitive follow, before a finite verb or another clause."""
    for j in range(i + 1, min(len(words) - 1, i + 30)):
        if words[j] == "te" and (words[j + 1] in rules.infinitives or words[j + 1].endswith("n")):
            return True
        if (
            words[j] in CONJUNCTIONS
            or words[j] in ("om", "die", ";", ":")
            or (finite[j] and words[j] not in rules.infinitives)
        ):
            return False
        if word == "door" and words[j] == ",":
            return False
    return False


def _verb_in(words: Sequence[str], low: int, high: int, finite: Sequence[bool], rules: Rules) -> bool:
    return any(finite[i] or words[i] in rules.participles or words[i] in rules.infinitives for i in range(low, high))


def _heads(words: Sequence[str], j: int, named: Sequence[bool]) -> bool:
    """Whether a plural form that could be an infinitive is a finite verb: an auxiliary with more behind it."""
    return words[j] in AUXILIARIES and j + 1 < len(words) and (named[j + 1] or words[j + 1][0].isalnum())


def _clause_follows(
    words: Sequence[str], i: int, finite: Sequence[bool], named: Sequence[bool], rules: Rules, has_finite: bool
) -> bool:
    """Whether what comes behind a comma or "en" is a clause of its own."""
    behind_verb = finite[i - 1] or words[i - 1] in rules.participles or words[i - 1] in rules.infinitives
    for j in range(i + 1, min(len(words), i + REACH)):
        word = words[j]
        if finite[j] and (word not in rules.infinitives or (behind_verb and has_finite) or _heads(words, j, named)):
            return has_finite
        if behind_verb and not named[j] and (word in rules.infinitives or word in rules.participles):
            return True
        listed = named[j - 1] and j + 1 < len(words) and named[j + 1]
        if word in COORDINATORS and j > i + 1 and not listed and (word == "," or not behind_verb):
            # One more item of a list, unless a finite verb of its own follows it at once.
            return j + 1 < len(words) and finite[j + 1] and has_finite and word == ","
        if word in CONJUNCTIONS or word in (";", ":") or word in STOPS:
            return False
    return False
