"""How a clause is brought: its modality, and how far the things that it names are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from regiograaf.reader.clauses import Clause, Group, Sentence
from regiograaf.reader.denial import MINDED, not_any_more
from regiograaf.reader.forms import Form, form, passive
from regiograaf.reader.ruleset import Cue, Modality, Rules
from regiograaf.reader.tense import ONCE, acts, done, once, past, still_open, to_be, until
from regiograaf.reader.verbs import Verb
from regiograaf.reader.words import ARTICLES, BE, CONDITIONS, HAVE, PROVISOS, PURPOSE, STOPS

__all__ = ["Mood", "as_agreed", "attributed", "ended", "labelled", "moods", "planned"]

_ADJECTIVE = ("e", "lijk", "ig", "isch", "aal", "eel", "baar")
_BEHIND = frozenset({"door", "na", "sedert", "sinds"})
_ENDINGS = frozenset({"afschaffing", "beëindiging", "einde", "intrekking", "ontbinding", "opheffing", "stopzetting"})
_ENDS = frozenset({"afgelopen", "beeindigd", "ten-einde-komen"})
"""The names of the cues of a thing's own end, in `modality.toml`."""
NEAR = 6
"""Words before a name within which an adjective of it stands."""
_DO = frozenset({"deden", "deed", "doen", "doet", "gedaan"})
_UNTIL = frozenset({"alvorens", "totdat", "voordat", "zodra"})
_NEWS = frozenset({
    "attenderen", "attendeert", "berichten", "informeert", "informeren", "mededelen", "meedelen", "melden", "meldt",
    "weten",
})  # fmt: skip
"""Forms of verbs by which somebody brings news."""
_APPEAL = ("beroep", "op")
"""What asks somebody, but makes use of a thing."""
_RESERVE = "voorbehoud"
"""The name of the cue of what is done on a condition, in `modality.toml`."""
_OPEN = ("mogelijk",)
"""Modalities that count where they stand, whatever the clause above says: exploring may be sure, its outcome not."""


@dataclass(frozen=True, slots=True)
class Mood:
    """The modality of a clause, and the cue that shows it; no cue for what is said to be so."""

    modality: Modality = "bestaand"
    cue: Cue | None = None
    at: int = -1
    """Place of the cue's verb among the sentence's words; -1 when a phrase shows it."""
    behind: int = -1
    """Place behind the cue."""
    own: bool = False
    """Whether the clause has it of itself."""
    led: bool = False
    """Whether the sentence that leads to a list gives it to the list's item."""
    labelled: bool = False
    """Whether a label before the sentence gives it ("Besluit:")."""


_NONE = Mood()


_Longer = dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]


@lru_cache(maxsize=4)
def _phrases(rules: Rules) -> dict[str, tuple[Cue | None, _Longer]]:
    """The cue of each first word of a phrase alone, and by the second word the rests of longer ones, the longest
    first."""
    listed: dict[tuple[str, ...], Cue] = {}
    for cue in sorted(rules.cues, key=lambda cue: (-cue.priority, cue.name)):
        for phrase in cue.phrases:
            listed.setdefault(tuple(phrase.split()), cue)
    longer: dict[str, dict[str, list[tuple[tuple[str, ...], Cue]]]] = defaultdict(lambda: defaultdict(list))
    for each in sorted(listed, key=lambda each: (-len(each), each)):
        rests = longer[each[0]]
        if len(each) > 1:
            rests[each[1]].append((each[1:], listed[each]))
    return {
        word: (listed.get((word,)), {second: tuple(found) for second, found in rests.items()})
        for word, rests in longer.items()
    }


def moods(sentence: Sentence, text: str, start: int, rules: Rules) -> tuple[Mood, ...]:
    """The mood of each clause. `text` is the sentence's, from `start` in the reading text."""
    own: list[list[Mood]] = [[] for _ in sentence.clauses]
    words, clauses = sentence.words, sentence.clauses
    bridges = _by_phrase(sentence, text, start, rules, own)
    _by_verb(sentence, rules, own)
    over = not ONCE.isdisjoint(words)
    none = "geen" in words
    found: list[Mood] = []
    handed: list[Mood] = []
    """What each clause hands down to those that depend on it."""
    for number, clause in enumerate(clauses):
        down = best = _NONE
        if own[number]:
            down = max((mood for mood in own[number] if mood.cue and not mood.cue.before), key=_rank, default=_NONE)
            leads = words[-1] == ":" and number == len(clauses) - 1
            best = max(
                (mood for mood in own[number] if leads or _of_itself(mood, clause, words)), key=_rank, default=_NONE
            )
        above = _NONE
        if clause.beside >= 0 and clause.finite < 0:
            above = found[clause.beside]
        elif number in bridges or (clause.kind == "relative" and _asked_of(sentence, clause, handed)):
            above = handed[number - 1]
        elif clause.kind in ("infinitive", "that") and clause.parent >= 0:
            above = handed[clause.parent] if not _informs(sentence, clause, handed[clause.parent]) else _NONE
        elif clause.kind == "resumed" and clause.parent >= 0 and not best.own:
            above = found[clause.parent] if clauses[clause.parent].finite >= 0 else _reserve(found[clause.parent])
        if above.modality == "in-ontwikkeling" and clause.kind != "resumed" and clause.beside < 0:
            above = replace(above, modality="voorgenomen")  # "werkt aan een plan om X te doen": X is not done yet
        open_ = _open(sentence, number, best, rules)
        if open_ is not None:
            found.append(open_)
            handed.append(open_)
            continue
        ended_so = (over and once(sentence, clause, rules)) or (none and _no_more(sentence, clause))
        if ended_so and not best.own and above.cue is None:
            best = down = Mood("beeindigd", own=True)
        purpose = clause.kind == "infinitive" and words[clause.first] in PURPOSE
        found.append(Mood("voorgenomen") if purpose and above.cue is None and not best.own else _outermost(above, best))
        handed.append(_outermost(above, down))
    return tuple(found)


def _open(sentence: Sentence, number: int, best: Mood, rules: Rules) -> Mood | None:
    """The mood of a clause that leaves open whether it is so: a question, a condition or what hangs on one; None for
    another."""
    clause, clauses = sentence.clauses[number], sentence.clauses
    if clause.kind == "whether" or (number == 0 and sentence.words[0] == "of" and clause.finite > 1):
        return replace(best, modality="mogelijk") if best.cue else Mood("mogelijk")
    if best.own:
        return None
    if clause.parent >= 0 or number + 1 < len(clauses):
        if _conditional(sentence, number):
            return Mood("mogelijk")
        if _awaited(sentence, clause, rules):
            return Mood("verwacht")
    proviso = _proviso(sentence, number, rules) if len(clauses) > 1 and clause.kind in ("main", "resumed") else ""
    return Mood("voorgenomen" if proviso == "zodra" else "mogelijk") if proviso else None


def _by_verb(sentence: Sentence, rules: Rules, own: Sequence[list[Mood]]) -> None:
    """Put what verbs show to the clauses in which they stand, in `own`; without ends that are still to come."""
    words, by_form = sentence.words, rules.cues_by_form
    for number, clause in enumerate(sentence.clauses):
        for i in range(clause.first, clause.last):
            if words[i] not in by_form or sentence.named[i]:
                continue
            for cue, verb in by_form[words[i]]:
                shape = form(verb, i, clause, sentence)
                if shape == "infinitive" and cue.modality == "afgesproken" and still_open(sentence, clause):
                    continue
                if shape and _holds(cue, verb, shape, i, number, sentence, rules):
                    own[number].append(Mood(cue.modality, cue, i, i + 1, own=True))
        if any(mood.modality == "beeindigd" for mood in own[number]) and (
            to_be(sentence, clause) or not MINDED.isdisjoint(words[clause.first : clause.last])
        ):
            own[number][:] = [mood for mood in own[number] if mood.modality != "beeindigd"]


def _by_phrase(sentence: Sentence, text: str, start: int, rules: Rules, own: Sequence[list[Mood]]) -> set[int]:
    """Put what phrases show to the clauses in which they stand, in `own`; give the clauses into which one leads ("op
    voorwaarde dat", "de vraag of")."""
    words, clauses = sentence.words, sentence.clauses
    listed = _phrases(rules)
    bridges: set[int] = set()
    number = behind = 0
    for i, word in enumerate(words):
        if word not in listed or i < behind:
            continue
        cue, longer = listed[word]
        last = i
        for rest, other in longer.get(words[i + 1], ()) if longer and i + 1 < len(words) else ():
            if words[i + 1 : i + 1 + len(rest)] == rest:
                cue, last = other, i + len(rest)
                break
        if cue is None or (i and sentence.named[i] and text[sentence.starts[i] - start].isupper()):
            continue
        behind = last + 1
        while clauses[number].last <= i:
            number += 1
        if not _phrase_holds(cue, i, last, number, sentence, rules):
            continue
        own[number].insert(0, Mood(cue.modality, cue, -1, behind, own=True))
        end = clauses[number].last
        leads = words[last] == "of" or (cue.below and words[end : end + 1] == ("dat",))
        if behind > end or (leads and behind == end):
            bridges.add(number + 1)
    return bridges


def _phrase_holds(cue: Cue, first: int, last: int, number: int, sentence: Sentence, rules: Rules) -> bool:
    """Whether a phrase, from the word `first` to the word `last`, shows the modality of its cue there."""
    words, clause = sentence.words, sentence.clauses[number]
    if cue.before and rules.told.isdisjoint(words[last + 1 : last + 3]):
        return False
    if cue.needs and not _needed(cue, words[clause.first : clause.last]):
        return False
    if cue.without and not cue.without.isdisjoint(words[clause.first : clause.last]):
        return False
    if words[first] == "mogelijk" and first == last:
        return not _no_chance(words, first)
    if words[first] == "niet":  # "niet meer dan"
        near = " ".join(words[first : first + 4])
        length = len(" ".join(words[first : last + 1]))
        return not any(near.startswith(one) and len(one) > length for one in rules.denials[1])
    return words[last - 1 : last + 1] != _APPEAL or not _on_a_thing(sentence, number, last, rules)


def _of_itself(mood: Mood, clause: Clause, words: Sequence[str]) -> bool:
    """Whether a clause has a mood itself, and not only what hangs on it: "belooft dat X", but "belooft X te doen"."""
    if mood.cue is None or not mood.cue.below:
        return mood.cue is not None
    return "te" in words[mood.behind : clause.last]


def _awaited(sentence: Sentence, clause: Clause, rules: Rules) -> bool:
    """Whether a clause tells what is waited for: "zodra X instemt"; not what is past: "voordat X instemde"."""
    if clause.kind != "adverbial" or clause.finite < 0 or sentence.words[clause.first] not in _UNTIL:
        return False
    return not past(sentence, clause, rules) and sentence.words[clause.finite] not in BE | HAVE


def _no_more(sentence: Sentence, clause: Clause) -> bool:
    words = sentence.words
    return "geen" in words[clause.first : clause.last] and any(
        not_any_more(words, i) for i in range(clause.first, clause.last)
    )


def _asked_of(sentence: Sentence, clause: Clause, handed: Sequence[Mood]) -> bool:
    """Whether a "dat" behind a name leads to what is asked of it, or agreed with it: "verwachten van X dat"."""
    if clause.parent < 0 or sentence.words[clause.first] != "dat":
        return False
    groups, mood = sentence.clauses[clause.parent].groups, handed[clause.parent]
    if not groups or mood.cue is None:
        return False
    role = groups[-1].role
    return (role == "van" and mood.modality in ("gewenst", "verwacht", "verzocht")) or (
        role == "met" and mood.modality == "afgesproken"
    )


def _informs(sentence: Sentence, clause: Clause, mood: Mood) -> bool:
    """Whether what a "dat" leads to is news that is brought: "wij kunnen u melden dat", "willen u laten weten dat"."""
    if clause.kind != "that" or mood.modality in ("afgesproken", "beeindigd", "verwacht"):
        return False
    above = sentence.clauses[clause.parent]
    inside = sentence.words[above.first : above.last]
    return "kennis" in inside if mood.modality == "verzocht" else not _NEWS.isdisjoint(inside)


def _reserve(mood: Mood) -> Mood:
    """What a fragment without a verb gives to the clause behind it: "op voorwaarde dat X instemt, doet Y ..."."""
    return mood if mood.cue is not None and mood.cue.name == _RESERVE else _NONE


def _conditional(sentence: Sentence, number: int) -> bool:
    """Whether a clause is a condition: "indien X instemt", "stemt X in, dan ...", "mocht X instemmen, ..."."""
    clause, words = sentence.clauses[number], sentence.words
    if clause.kind == "adverbial":
        return words[clause.first] in CONDITIONS or words[clause.first + 1] in CONDITIONS
    if clause.first or clause.finite or words[-1] == "?":
        return False
    return words[0] in ("mocht", "mochten") or words[clause.last : clause.last + 1] == ("dan",)


def _on_a_thing(sentence: Sentence, number: int, last: int, rules: Rules) -> bool:
    """Whether an appeal, of which `last` is the last word, is to a thing, which it uses: "beroep op het fonds"."""
    if last + 1 < len(sentence.words) and sentence.words[last + 1] in _DO:
        return True  # "het fonds waar zij een beroep op doen"
    groups = sentence.clauses[number].groups
    behind = next((group.mentions[0] for group in groups if group.first > last), None)
    return behind is not None and bool(behind.kind) and behind.kind not in rules.actors


def _proviso(sentence: Sentence, number: int, rules: Rules) -> str:
    """What leads to what must come about before somebody does what a clause says: "mits X instemt"; empty for none."""
    clauses, words = sentence.clauses, sentence.words
    clause = clauses[number]
    if clause.finite < 0:
        return ""
    if not (done(sentence, clause, rules) if passive(clause, sentence) else words[clause.finite] in rules.acts):
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
        "als" if clause.first and words[clause.first] == "dan" and _conditional(sentence, number - 1) else "",
    )


def _no_chance(words: Sequence[str], i: int) -> bool:
    """Whether "mogelijk" tells no chance: "zo snel mogelijk", "mogelijk gemaakt door"."""
    following = words[i + 1] if i + 1 < len(words) else ""
    return (i >= 2 and words[i - 2] == "zo") or following == "te" or following.startswith(("gema", "mak"))


def labelled(sentence: Sentence, given: tuple[Mood, ...], rules: Rules) -> tuple[Mood, ...]:
    """The moods of a sentence behind a label: "Besluit: de gemeenten dragen bij" is agreed."""
    words = sentence.words
    if len(words) < 3 or words[1] != ":" or words[0] not in rules.labels:
        return given
    label = Mood(rules.labels[words[0]], own=True, labelled=True)
    return tuple(
        label if number and not mood.cue and mood.modality == "bestaand" else mood for number, mood in enumerate(given)
    )


def planned(
    sentence: Sentence, given: tuple[Mood, ...], rules: Rules, heading: bool, later: Callable[[], Sequence[int]]
) -> tuple[Mood, ...]:
    """The moods of a sentence, with acts in the present tense as plans: under a heading that says so, behind a word
    that does, or with a time still to come; `later` gives the places of such times in the reading text. What is told
    in the past tense "tot 2022" has ended."""
    found = list(given)
    words, starts = sentence.words, sentence.starts
    limited = "tot" in words
    for number, clause in enumerate(sentence.clauses):
        mood = found[number]
        if mood.cue or mood.labelled or mood.modality != "bestaand" or clause.finite < 0:
            continue
        if limited and until(sentence, clause, rules, later):
            found[number] = Mood("beeindigd", own=True)
            continue
        if not (done if passive(clause, sentence) else acts)(sentence, clause, rules):
            continue
        low, high = starts[clause.first], starts[clause.last - 1]
        text = " " + " ".join(words[clause.first : clause.last]) + " "
        if (
            (heading and clause.kind in ("main", "resumed"))
            or any(f" {word} " in text for word in rules.plans[0])
            or any(low <= place <= high for place in later())
        ):
            found[number] = Mood("voorgenomen")
    return tuple(found)


def as_agreed(sentence: Sentence, given: tuple[Mood, ...], rules: Rules) -> tuple[Mood, ...]:
    """The moods of a sentence in an article of an agreement: what the parties do, shall do or must do is agreed."""
    found = []
    for mood, clause in zip(given, sentence.clauses, strict=True):
        does = clause.kind != "relative" and acts(sentence, clause, rules)
        intends = mood.modality in ("voorgenomen", "gewenst", "in-ontwikkeling") and (
            mood.own or (mood.cue is not None and clause.kind in ("infinitive", "that"))
        )
        if mood.modality == "mogelijk" and (mood.cue is None or mood.cue.name == _RESERVE):
            intends = does and clause.kind in ("main", "resumed")
        is_done = passive(clause, sentence) and any(
            sentence.words[i] in rules.participles for i in range(clause.first, clause.last)
        )
        if intends or (mood.modality == "bestaand" and (does or is_done)):
            found.append(replace(mood, modality="afgesproken", at=-1))
        else:
            found.append(mood)
    return tuple(found)


def _rank(mood: Mood) -> tuple[int, int]:
    return (mood.cue.priority if mood.cue else 0, -mood.at)


def attributed(sentence: Sentence, group: Group, rules: Rules) -> Modality | None:
    """How far a thing is there by what stands right before its name: "het beoogde X", "het nog op te stellen X", "de
    voormalige X", "na opheffing van X"; None when that tells nothing."""
    words, told = sentence.words, _attributes(rules)
    for i in range(group.first, group.last - 1):
        if words[i] in told:
            return told[words[i]]
    i = group.first - 1
    while i >= 0 and group.first - i <= NEAR:
        word = words[i]
        if word in told and word not in rules.infinitives:
            return told[word]
        if i and words[i - 1] == "te" and not sentence.named[i] and word.endswith("n"):
            return "voorgenomen" if not ARTICLES.isdisjoint(words[max(0, i - 5) : i - 1]) else None
        if word == "van" and words[i - 1] in _ENDINGS:
            return "beeindigd" if not _BEHIND.isdisjoint(words[max(0, i - 3) : i - 1]) else None
        if not word.endswith(_ADJECTIVE) and word not in ARTICLES:
            return None
        if word in ARTICLES and (i == 0 or words[i - 1] != "van"):
            return None
        i -= 1
    return None


@lru_cache(maxsize=4)
def _attributes(rules: Rules) -> dict[str, Modality]:
    """The adjectives that tell it."""
    return {phrase: cue.modality for cue in rules.cues if cue.before for phrase in cue.phrases if " " not in phrase}


def ended(mood: Mood, sentence: Sentence, clause: Clause, group: Group) -> bool:
    """Whether a clause whose mood is that something has ended is about a thing's own end: "X is opgeheven", not "Y is
    niet langer lid van X"."""
    if mood.cue is None or mood.cue.before or group.role:
        return False
    return mood.cue.name in _ENDS


def _outermost(above: Mood, own: Mood) -> Mood:
    """The outermost layer that decides whether something exists counts."""
    if above.cue is None:
        return own
    if own.modality in _OPEN and own.cue is not None and above.modality in ("voorgenomen", "verwacht", "afgesproken"):
        return replace(above, own=False) if own.at >= 0 and above.modality == "verwacht" else own
    return replace(above, own=False)


def _holds(cue: Cue, verb: Verb, shape: Form, i: int, number: int, sentence: Sentence, rules: Rules) -> bool:
    clause = sentence.clauses[number]
    words = sentence.words
    if cue.participle and shape != "participle" and (shape != "finite" or words[i] in verb.present):
        return False
    if shape == "noun" or cue.order != (shape == "order" and (i == 0 or sentence.words[i - 1] in STOPS)):
        return False
    if cue.infinitive and not any(
        words[j] in rules.infinitives and not sentence.named[j] for j in range(i + 1, clause.last)
    ):
        return False
    if cue.without and not cue.without.isdisjoint(words[clause.first : clause.last]):
        return False
    if cue.needs and not _needed(cue, words[clause.first : clause.last]):
        return False
    if cue.actor:
        bare = next((group for group in clause.groups if not group.role), None)
        if clause.kind == "relative" or bare is None or bare.mentions[0].kind not in rules.actors:
            return False
    return True


def _needed(cue: Cue, words: Sequence[str]) -> bool:
    ends = tuple(need[1:] for need in cue.needs if need[0] == "*")
    return any(word in cue.needs or word.endswith(ends) for word in words)
