"""A sentence's clauses and the names in them: which verb forms stand where, and what part a name plays.

Shallow on purpose: word classes come from the rules' verbs and from closed lists of prepositions, articles and
conjunctions, so that the result is the same everywhere and takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from regiograaf.reader.mention import Mention
from regiograaf.reader.phrases import PHRASE
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
    LET,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    RELATIVES,
    STOPS,
    STRANDED,
    TABLES,
    TOO,
    VAGUE,
    WHERE,
)

__all__ = ["Clause", "Group", "Sentence", "first_person", "parse"]

ClauseKind = Literal["main", "that", "whether", "relative", "infinitive", "adverbial", "resumed"]

_WORD = re.compile(r"\w+(?:[-'/.]\w+)*(?:-|(?<=\.\w)\.)?|[^\w\s]")
"""Words, abbreviations with their full stops ("a.s.", "jl.") and signs."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHEN = frozenset({"begin", "eind", "medio", "najaar", "voorjaar", "zomer"})
_ATTRIBUTIVE = PREPOSITIONS | ARTICLES
_NO_NAMES = frozenset({"onze", "uw"})
_CLOSED = PREPOSITIONS | ARTICLES | FILL | AND | RELATIVES | CONJUNCTIONS | PRONOUNS | VAGUE | TOO | WHERE.keys()
_BEHIND_US = frozenset({
    "al", "eerder", "graag", "hierover", "daarover", "niet", "nog", "om", "onlangs", "ook", "regelmatig", "steeds",
    "terecht", "tijdig", "verzekerd",
})  # fmt: skip
"""Words behind an "ons" that is no possessive."""
_PERSONS = PRONOUNS | {"er", "ik", "men", "u", "we", "wij"}
_SAYS = frozenset((word,) for word in _PERSONS)
_WE = frozenset({"ik", "we", "wij"})
_BEGINS = frozenset({"en", "maar", "want", "ook"})
"""What can stand before the conjunction that a sentence begins with."""
_NO_CLAUSE = frozenset({",", ".", ":", ";", "en", "maar", "of"})
"""Words behind a "dat" that begins no clause."""
_NOUN_FOLLOWS = frozenset({"de", "een", "geen", "hun", "onze", "uw"})
"""Words behind which no verb stands."""
_DETERMINERS = frozenset({"het", "dit", "een", "ons", "uw", "hun", "haar", "elk", "ieder", "de", "deze", "die", "geen"})
_NEUTER = frozenset({"het", "dit", "dat"})
KIND_WORD = 4
"""Letters of a noun that says what the name behind it is."""
DATELINE = 9
"""Words within which a press release says where and when it was written."""
ASIDE = 7
"""Words between brackets that a list runs over."""
APART = 12
"""Words between "er" and its preposition."""
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
    antecedent: Mention | None = None
    """What the sentence before is about, if that is a thing."""


def parse(
    text: str, start: int, mentions: Sequence[Mention], rules: Rules, antecedent: Mention | None = None
) -> Sentence:
    """Part a sentence, whose first character is at `start` in the reading text, into clauses with their names.

    `antecedent` is the thing that "daarvoor", "eraan" or "de uitvoering" stands for.
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
    if antecedent is not None:
        acts = {i for i in range(1, len(words)) if _of_before(words, i, rules)}
        spans = [span for span in spans if span[2].rule != PHRASE or span[0] not in acts or span[1] != span[0] + 1]
    else:
        acts = set()
    named = [False] * len(words)
    for first, last, mention in spans:
        if mention.rule not in ("sender", "addressee"):
            named[first:last] = [True] * (last - first)
    # A word can be a finite verb when it is one's form, outside names and not behind an article or "te".
    finite = [
        (word in rules.finite or (word in rules.stems and first_person(words, i)))
        and not named[i]
        and not (word in rules.infinitives and _nominal(words, named, i))
        and not (i and (words[i - 1] == "te" or _attributive(words, i, rules)))
        for i, word in enumerate(words)
    ]
    groups = _groups(spans, words, finite, rules)
    stand_ins = [*_stand_ins(words, named, groups, antecedent, rules)]
    stand_ins += [Group((antecedent,), i, i + 1, _role(words, i, finite, rules)[0]) for i in acts if antecedent]
    groups = sorted([*groups, *stand_ins], key=lambda group: group.first) if stand_ins else groups
    return Sentence(words, starts, tuple(_clauses(words, finite, named, groups, rules)), tuple(named), antecedent)


def _attributive(words: Sequence[str], i: int, rules: Rules) -> bool:
    """Whether a verb's form is a noun there ("dit besluit is") or an adjective ("alle betrokken partijen")."""
    word, before = words[i], words[i - 1]
    if before in _NOUN_FOLLOWS:
        return True
    if word in rules.participles:
        return (before in _ATTRIBUTIVE or before in FILL) and before not in ("dat", "die") and i + 1 < len(words)
    return word in rules.stems and before in _DETERMINERS


def _of_before(words: Sequence[str], i: int, rules: Rules) -> bool:
    """Whether a noun is an act on the thing of the sentence before: "de aanleg wordt betaald door X"."""
    if words[i] not in rules.acts_on or words[i - 1] not in ("de", "het", "deze", "die", "dit"):
        return False
    return i + 1 >= len(words) or words[i + 1] not in ("van", "aan", "in", "op", "voor")


def _stand_ins(
    words: Sequence[str], named: Sequence[bool], groups: Sequence[Group], antecedent: Mention | None, rules: Rules
) -> Iterator[Group]:
    """Yield the words that stand for a preposition and a thing: "daarvoor", and "waaraan" for the name before it."""
    for i, word in enumerate(words):
        if named[i]:
            continue
        if word in ADVERBS:
            if word.startswith("er") and not {"dat", "om", "te"}.isdisjoint(words[i + 1 : i + 9]):
                continue  # "zorgt ervoor dat"
            things = [group for group in groups if group.last < i and _thing(group.mentions[-1].kind, rules)]
            near = things[-1] if things and _parted(words, things[-1].last, i) else None
            thing = near.mentions[-1] if near and near.mentions[-1].kind else antecedent
            if thing is not None:
                yield Group((thing,), i, i + 1, _apart(words, i, rules) or ADVERBS[word])
        elif word == "er" and antecedent is not None and (role := _apart(words, i, rules)):
            yield Group((antecedent,), i, i + 1, role)
        elif WHERE.get(word):
            role = (_apart(words, i, rules) if word == "waar" else "") or WHERE[word]
            before = next((group for group in reversed(groups) if group.last <= i), None)
            if before is not None and (i - before.last <= 1 or _behind_verb(words, before.last, i, rules)):
                yield Group((before.mentions[-1],), i, i + 1, role)


def _behind_verb(words: Sequence[str], low: int, high: int, rules: Rules) -> bool:
    """Whether only a verb parts a name from its clause: "heeft X vastgesteld, waarop ..."."""
    between = words[low:high]
    return len(between) <= 4 and all(
        word == "," or word in rules.participles or word in rules.infinitives or word in PREPOSITIONS or word.isdigit()
        for word in between
    )


def _thing(kind: str, rules: Rules) -> bool:
    return kind in TABLES or kind not in rules.actors


def _apart(words: Sequence[str], i: int, rules: Rules) -> str:
    """The preposition that stands apart from an "er" or "daar", behind which nothing stands that it could lead to."""
    if words[i] not in ("er", "daar", "waar"):
        return ""
    for j in range(i + 1, min(len(words), i + APART)):
        if words[j] == "," and words[j - 1].isdigit():
            continue  # "€ 1,5 miljoen"
        if words[j] in CONJUNCTIONS or words[j] in STOPS or words[j] in (",", ";", ":", "dat", "om"):
            return ""
        after = words[j + 1] if j + 1 < len(words) else "."
        if (
            j > i + 1
            and words[j] in STRANDED
            and (
                after in STOPS
                or after in (",", ";", "te", "en")
                or after in rules.infinitives
                or after in rules.participles
                or (words[i] == "waar" and after in rules.finite)
                or after in PARTICLES
                or after == "deel"
            )
        ):
            return STRANDED[words[j]]
    return ""


def _parted(words: Sequence[str], low: int, high: int) -> bool:
    """Whether one clause ends and another begins between two words."""
    return any(
        word in (";", ":", "en", "maar", "die", "waarna", ",") or word in CONJUNCTIONS for word in words[low:high]
    )


def first_person(words: Sequence[str], i: int) -> bool:
    """Whether "ik" stands beside a word."""
    return "ik" in words[max(0, i - 1) : i + 2]


def _nominal(words: Sequence[str], named: Sequence[bool], i: int) -> bool:
    """Whether an infinitive is a noun there: "het (verder) verkennen", not "het bestuur verkennen wij"."""
    if i and words[i - 1] in _NEUTER:
        if words[i + 1 : i + 2] in (("we",), ("wij",)):
            return False  # "Dit doen wij samen"
        return not (i + 1 < len(words) and i >= 2 and words[i - 2] == "om")
    if i < 2 or words[i - 2] not in _NEUTER or named[i - 1] or words[i] in AUXILIARIES:
        return False
    return words[i - 1].endswith(("er", "e", "lijk", "ig"))


def _spans(mentions: Sequence[Mention], starts: Sequence[int], words: Sequence[str]) -> list[tuple[int, int, Mention]]:
    """The places of the names among the words."""
    found: list[tuple[int, int, Mention]] = []
    at = 0
    for mention in mentions:
        if mention.text in ("Ja", "Nee"):
            continue
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
        alone = not single or single[-1].last < first
        kind_word = alone and mention.text[:1].isupper() and _apposed(words, first, finite, rules)
        if mention.rule in ("sender", "addressee") and written in _PERSONS:
            role, indefinite = _of_pronoun(words, first), False
        else:
            role, indefinite = _role(words, first - 1 if kind_word else first, finite, rules)
        if written == "ons" and (_reflexive(words, first, finite, role) or not _ends_there(words, last, finite, rules)):
            continue
        before = single[-1] if single else None
        if before and first == before.last + 1 and words[before.last] == "(" and mention.entity in _entities(before):
            end = last + 1 if last < len(words) and words[last] == ")" else last  # "Voluit Geschreven (VG)"
            single[-1] = Group(before.mentions, before.first, end, before.role, before.indefinite)
            continue
        single.append(Group((mention,), first - kind_word, last, role, indefinite))
    single = [
        one
        for i, one in enumerate(single)
        if one.mentions[0].rule != PHRASE or i + 1 == len(single) or not _exemplified(words, one, single[i + 1])
    ]
    links = [_listed(words, a, b, finite, rules) for a, b in pairwise(single)]
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


def _exemplified(words: Sequence[str], noun: Group, name: Group) -> bool:
    """Whether a noun is there for the example behind it: "een groot project als X", "partners zoals Y"."""
    between = words[noun.last : name.first]
    return len(between) <= 3 and bool(between) and between[0] in EXAMPLES | {"als"} and name.mentions[0].rule != PHRASE


def _entities(group: Group) -> set[str]:
    return {mention.entity for mention in group.mentions}


def _reflexive(words: Sequence[str], first: int, finite: Sequence[bool], role: str) -> bool:
    """Whether a bare "ons" is of the verb: "zetten wij ons in", not "X adviseert ons"."""
    return not role and (not finite[first - 1] or first < 2 or not {"wij", "we"}.isdisjoint(words[: first + 3]))


def _ends_there(words: Sequence[str], last: int, finite: Sequence[bool], rules: Rules) -> bool:
    if last >= len(words) or not words[last][0].isalnum() or words[last] in PREPOSITIONS or finite[last]:
        return True
    return words[last] in rules.participles or words[last] in ARTICLES or words[last] in _BEHIND_US | ADVERBS.keys()


def _apposed(words: Sequence[str], first: int, finite: Sequence[bool], rules: Rules) -> bool:
    """Whether a noun stands before a name to say what it is: "door drinkwaterbedrijf Evides"."""
    if first < 2:
        return False
    word, before = words[first - 1], words[first - 2]
    if len(word) < KIND_WORD or not word.isalpha() or word in _CLOSED or finite[first - 1]:
        return False
    if word in rules.participles or word in rules.infinitives or word.endswith(("lijk", "lijks", "ig")):
        return False
    return before in PREPOSITIONS or before in ARTICLES or before in AND


def _behind_aside(words: Sequence[str], low: int) -> int:
    """The place behind what stands between brackets: "X (€ 1 miljoen), Y (penvoerder) en Z"."""
    if low < len(words) and words[low] == "(" and ")" in words[low : low + ASIDE]:
        return words.index(")", low) + 1
    return low


def _listed(words: Sequence[str], left: Group, right: Group, finite: Sequence[bool], rules: Rules) -> str:
    """What makes two names neighbours in a list: "," or "en"; empty when more than that, articles and adjectives stand
    between them."""
    low, high = _behind_aside(words, left.last), right.first
    if (
        right.role not in ("", "&", left.role)
        or not low < high <= low + 6
        or (words[low] not in AND and (words[low] != "als" or right.role != "&"))
        or any(finite[low:high])
    ):
        return ""
    if left.role and words[right.last : right.last + 1] == (left.role,):
        return ""  # "werkt aan X en Y aan Z"
    if words[low] == "," and words[low + 1] in ("die", "dat"):
        return ""  # "X, die Y heeft gemaakt"
    for word in words[low:high]:
        if word in ("dat", "die"):
            return ""  # "voor X en dat Y"
        if word in QUOTES:
            continue
        if word in AND or word in ARTICLES or word in FILL or (word == right.role and word) or word == "als":
            continue
        if word in KIND_WORDS:
            continue
        if right.first > low + 1 and word == words[right.first - 1] and _apposed(words, right.first, finite, rules):
            continue
        if not word.endswith("e") or word in PREPOSITIONS:
            return ""
    return "," if all(word == "," or (word not in AND and word != "als") for word in words[low:high]) else "en"


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
            if _particle(words, i, finite, rules):
                return "", indefinite
            if word == "als" and not i and any(finite[j - 1] and words[j] == "," for j in range(2, len(words))):
                return "", indefinite  # "Als X instemt, ..."
            if word == "als" and "zowel" in words[max(0, i - 10) : i]:
                return "&", indefinite
            if word == "als":
                return _of_example(words, i, finite, rules, deep)[0], indefinite
            return word, indefinite
        if word in TOO:
            return word, indefinite
        if word in EXAMPLES:
            return _of_example(words, i, finite, rules, deep)[0], indefinite
        if word == "(":
            return "(", indefinite
        if word == ":" or word in QUOTES:
            i -= 1
            continue
        if _YEAR.fullmatch(word) and i and words[i - 1] in PREPOSITIONS | _WHEN:
            break  # "tot 2029 nieuwe kabels"
        if word in AND:
            return "&", indefinite
        if finite[i] or not word[0].isalnum():
            break
        if word in rules.participles and not (i and words[i - 1] in _ATTRIBUTIVE):
            break
        if word in ARTICLES:
            indefinite = indefinite or word == "een"
            closed = closed or word in ("de", "het", "een", "'t")
        elif word in rules.participles:
            i -= 1  # "met betrokken partijen"
            continue
        elif word not in FILL and (closed or not (word.endswith(("e", "ë")) or word[0].isdigit())):
            break
        i -= 1
    return "", indefinite


def _of_pronoun(words: Sequence[str], first: int) -> str:
    """The preposition right before a "u"; "wij" has none, nor has "als u", which begins a clause."""
    before = words[first - 1] if first else ""
    return before if words[first] not in _WE and before in PREPOSITIONS and before not in ("als", "om") else ""


def _particle(words: Sequence[str], i: int, finite: Sequence[bool], rules: Rules) -> bool:
    """Whether a preposition is of the verb before it: "biedt aan een studie te doen"."""
    verb = next((j for j in range(i - 1, max(-1, i - 4), -1) if finite[j]), -1)
    near = verb == i - 1 or (verb >= 0 and words[verb + 1] in _PERSONS | {"uw"})
    if not near or "te" not in words[i + 2 : i + 12]:
        return False
    verbs = (*rules.by_form.get(words[verb], ()), *rules.cues_by_form.get(words[verb], ()))
    return any(verb.particle == words[i] for _, verb in verbs)


def _of_example(words: Sequence[str], i: int, finite: Sequence[bool], rules: Rules, deep: int) -> tuple[str, bool]:
    """The role of an example: that of the noun before "zoals" or "als" ("met partners zoals X": "met")."""
    noun = i - 1
    if noun >= 0 and words[noun] in PREPOSITIONS:
        return words[noun], False  # "met bijvoorbeeld X"
    while noun > 0 and words[noun] in (",", "van", "ook"):
        noun -= 1
    if deep >= 2 or noun <= 0 or finite[noun] or words[noun] in rules.participles:
        return ("als" if words[i] == "als" else "zoals"), False
    return _role(words, noun, finite, rules, deep + 1)


def _conjoins(words: Sequence[str], i: int) -> bool:
    """Whether a sentence begins with a subordinate clause: "Als ...", "En als ...", "Zoals u weet, ..."."""
    if i and words[0] not in _BEGINS:
        return False
    return words[i] in CONJUNCTIONS or words[i] == "als" or (words[i] == "zoals" and words[i + 1 : i + 2] in _SAYS)


def _clauses(
    words: Sequence[str], finite: Sequence[bool], named: Sequence[bool], groups: Sequence[Group], rules: Rules
) -> list[Clause]:
    kind: ClauseKind = "main"
    if words and words[0] in ("om", "teneinde", "door", "zonder") and _leads_to_te(words, 0, finite, rules, words[0]):
        kind = "infinitive"
    first = next((i for i in range(min(2, len(words))) if _conjoins(words, i)), 0)
    if _conjoins(words, first):
        kind = "adverbial"
    cuts: list[tuple[int, ClauseKind, int, int]] = [(first, kind, -1, -1)]
    verbs = [
        verb or word in rules.participles or word in rules.infinitives for verb, word in zip(finite, words, strict=True)
    ]
    listed = {i for group in groups if len(group.mentions) > 1 for i in range(group.first, group.last)}
    listed -= {
        i
        for group in groups
        for i in range(group.first, group.last)
        if group.last < len(words) and finite[group.last] and words[group.last] not in rules.infinitives
    }
    for i, word in enumerate(words):
        if i <= first or named[i] or (i in listed and (word in AND or word == ",")):
            continue
        begin = cuts[-1][0]
        if word in ("-", "–") and i < DATELINE and _YEAR.fullmatch(words[i - 1]):
            cuts.append((i + 1, "main", -1, -1))  # "ASSEN, 3 maart 2028 - X en Y ..."
            continue
        if word == ":" and i > 1 and True not in verbs[i + 1 :]:
            continue  # "bestaat uit: A, B en C"
        if (word in (";", ":") or word in STOPS) and i + 1 < len(words):
            cuts.append((i + 1, "main", -1, -1))
        elif word in CONJUNCTIONS or (word in ("als", "zoals") and i + 1 < len(words) and words[i + 1] in _PERSONS):
            cuts.append((i, "adverbial", len(cuts) - 1, -1))
        elif word == "dat" and i + 1 < len(words) and words[i + 1] in _NO_CLAUSE:
            continue  # "Wij betreuren dat en ..."
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
        elif word == "," and _gapped(words, i, named):
            cuts.append((i + 1, cuts[-1][1], cuts[-1][2], len(cuts) - 1))
        elif word == "," and i + 1 < len(words) and finite[i + 1] and cuts[-1][1] != "main":
            before = _main_before(cuts)
            cuts.append((i + 1, "resumed", before, -1) if before >= 0 else (i + 1, "main", -1, -1))
        elif word == "," and i + 1 < len(words) and (words[i + 1] in WHERE or words[i + 1] == "die"):
            continue  # the clause begins behind the comma
        elif (
            word in COORDINATORS
            and True in verbs[max(begin, i - REACH) : i]
            and _clause_follows(words, i, finite, named, rules, True in finite[max(begin, i - REACH) : i])
        ):
            cuts.append((i + 1, cuts[-1][1] if cuts[-1][1] != "resumed" else "main", cuts[-1][2], len(cuts) - 1))
    found: list[Clause] = []
    for number, (begin, kind, parent, beside) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(words)
        inside = tuple(group for group in groups if begin <= group.first < end)
        verb = next((i for i in range(begin, end) if finite[i]), -1)
        if kind == "resumed" and found[parent].finite < 0:
            inside = (*found[parent].groups, *inside)  # "Voor X, die ..., maakt Y geld vrij"
        if beside >= 0 and verb >= 0 and words[verb] in rules.infinitives and words[begin - 2] in rules.infinitives:
            # "Wil X versterken en Y voortzetten": both hang on the one verb.
            first = found[beside].finite
            verb = -1 if first >= 0 and words[first] not in rules.infinitives else verb
        found.append(Clause(begin, end, kind, parent, beside, inside, verb))
    return found


def _gapped(words: Sequence[str], i: int, named: Sequence[bool]) -> bool:
    """Whether a clause without a verb follows: "X is lid, Y (nog) niet", "X is lid, en Y ook niet"."""
    first = i + 1
    while first < len(words) and words[first] in ("de", "en", "het", "maar"):
        first += 1
    last = first
    while last < len(words) and named[last]:
        last += 1
    rest = words[last : last + 3]
    return last > first and (
        rest[:2] == ("niet", ".")
        or rest in (("nog", "niet", "."), ("ook", "niet", "."), ("wel", "."), ("evenmin", "."))
    )


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
            or words[j] in ("om", ";", ":")
            or (words[j] == "die" and words[j - 1] not in PREPOSITIONS)
            or (finite[j] and words[j] not in rules.infinitives)
        ):
            return False
        if word == "door" and (words[j] == "," or (words[j] in rules.participles and words[j + 1] != "te")):
            return False  # "is door X gevraagd Y te doen"
    return False


def _heads(words: Sequence[str], j: int, named: Sequence[bool]) -> bool:
    """Whether a plural form that could be an infinitive is a finite verb: an auxiliary with more behind it."""
    return words[j] in AUXILIARIES and j + 1 < len(words) and (named[j + 1] or words[j + 1][0].isalnum())


def _clause_follows(
    words: Sequence[str], i: int, finite: Sequence[bool], named: Sequence[bool], rules: Rules, has_finite: bool
) -> bool:
    """Whether what comes behind a comma or "en" is a clause of its own."""
    first = next((words[j] for j in range(max(0, i - REACH), i) if finite[j]), "")
    plural = has_finite and first in rules.infinitives and first not in AUXILIARIES and first not in LET
    behind_verb = finite[i - 1] or words[i - 1] in rules.participles or words[i - 1] in rules.infinitives
    for j in range(i + 1, min(len(words), i + REACH)):
        word = words[j]
        if j == i + 1 and finite[j] and word in rules.infinitives and plural:
            return True
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
