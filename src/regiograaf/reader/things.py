"""What a sentence says of a thing by naming it: that it is there or comes to be, its theme, its area."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from regiograaf.prefixes import expand
from regiograaf.reader.clauses import Group, Sentence
from regiograaf.reader.cues import Mood, attributed, ended
from regiograaf.reader.forms import form
from regiograaf.reader.mention import Mention
from regiograaf.reader.relating import fits
from regiograaf.reader.ruleset import Modality, Rules
from regiograaf.reader.subjects import Subjects
from regiograaf.reader.topics import themes
from regiograaf.reader.words import ARTICLES, COMES, INDEFINITE, LACKS, MUSED, MUSES, READY, WORKS

__all__ = ["Told", "regions", "things"]

_THERE = frozenset({"rg:Opgave", "rg:Knelpunt"})
"""Classes of what is there without an article too: "vraagt aandacht voor netcongestie"."""
_GOES = frozenset({"gaan", "gaat", "ging", "gingen"})
_THRIVES = COMES | {"bestaan", "bestaat", "bestond", "bestonden"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a name tells: the thing, and its class, theme or area."""

    subject: Mention
    predicate: str
    object: Mention
    modality: Modality
    rule: str
    weight: float
    clause: int


def regions(mentions: Sequence[Mention]) -> tuple[tuple[str, Mention], ...]:
    """The regions that a letter names, each with its name in lower case, without its kind."""
    listed = {mention.entity: mention for mention in reversed(mentions) if mention.kind == "rg:Regio"}
    return tuple((listed[entity].label.casefold().removeprefix("regio "), listed[entity]) for entity in sorted(listed))


def things(
    sentence: Sentence,
    moods: tuple[Mood, ...],
    subjects: Subjects,
    rules: Rules,
    areas: Sequence[tuple[str, Mention]],
    seen: set[str],
) -> Iterator[Told]:
    """Yield what the names of a sentence tell, each thing once in a letter: `seen` remembers, and gets more."""
    for number, clause in enumerate(sentence.clauses):
        for group in clause.groups:
            for mention in group.mentions:
                for one in (
                    *_existence(sentence, moods, subjects, rules, number, group, mention),
                    *_theme(rules, number, mention),
                    *_area(rules, areas, number, mention),
                ):
                    key = f"{mention.entity} {one.predicate}" + (
                        f" {one.object.entity}" if one.rule != "existence" else ""
                    )
                    if one.rule == "existence" and one.modality == "beeindigd":
                        key += " over"  # counts also when it is said later
                    if key not in seen:
                        seen.add(key)
                        yield one


def _existence(
    sentence: Sentence,
    moods: tuple[Mood, ...],
    subjects: Subjects,
    rules: Rules,
    number: int,
    group: Group,
    mention: Mention,
) -> Iterator[Told]:
    kinds, weight = rules.existence
    iri = expand(mention.kind) if mention.kind in kinds and mention.rule != "noun" else None
    if iri is None or _is_not_there(sentence, subjects, number, group):
        return
    mood, arising = moods[number].modality, _arises(sentence, moods, subjects, rules, number, group)
    over = mood == "beeindigd" and ended(moods[number], sentence, sentence.clauses[number], group)
    modality: Modality = mood if over or (arising and mood != "beeindigd") else "bestaand"
    if modality == "bestaand" and (arising == "now" or _unready(sentence, number, group)):
        modality = "in-ontwikkeling"
    if modality == "bestaand" and group.indefinite:
        modality = _mused(sentence, number, group)
    modality = attributed(sentence, group, rules) or modality
    if modality == "bestaand" and mood != "bestaand" and mention.text.islower():
        return  # "wij willen de eerste afspraken maken": only a name of its own is one of what is there already
    thing = replace(mention, entity=iri, label=mention.kind, kind="owl:Class", rule="kind")
    yield Told(mention, "rdf:type", thing, modality, "existence", weight, number)


def _arises(
    sentence: Sentence, moods: tuple[Mood, ...], subjects: Subjects, rules: Rules, number: int, group: Group
) -> str:
    """Whether a clause speaks of a thing as coming to be: "een X", or an X that is being made; "now" when that goes on
    as the letter says it."""
    clause, words = sentence.clauses[number], sentence.words
    if moods[number].led and not (group.role and "te" in words[clause.first : clause.last]):
        return "then"  # but what is known stays in "deel te nemen aan het X"
    subject = subjects.of(number)
    does = subject is not None and subject.group is group
    if does and moods[number].cue and not COMES.isdisjoint(words[clause.first : clause.last]):
        return "then"  # "X moet er komen"
    inside = words[clause.first : clause.last]
    for i in range(clause.first, clause.last) if not group.role else ():
        for rule, verb in rules.by_form.get(words[i], ()):
            if not rule.makes or not rule.object_kinds or not any(fits(m, rule.object_kinds) for m in group.mentions):
                continue
            if (rule.needs and rule.needs.isdisjoint(inside)) or not rule.without.isdisjoint(inside):
                continue
            shape = form(verb, i, clause, sentence)
            if shape == "finite" and does:
                continue
            if shape == "finite" and words[i] in verb.present:
                return "now"
            if shape is not None and (group.last <= i or shape != "participle" or clause.finite < group.first):
                return "then"
    return "then" if group.indefinite or _unmet(sentence, group) else ""


def _mused(sentence: Sentence, number: int, group: Group) -> Modality:
    """How far a thing is there that a clause is about by "een": thought of, worked at, or there."""
    clause, words = sentence.clauses[number], sentence.words
    leads = [i for i in range(max(clause.first, group.first - 4), group.first) if words[i] == group.role]
    inside = words[clause.first : clause.last]
    if not leads or group.role not in ("aan", "naar", "over", "tot", "voor"):
        return "bestaand"
    if group.role == "aan" and not WORKS.isdisjoint(inside):
        return "in-ontwikkeling"
    return "bestaand" if words[leads[-1] - 1] not in MUSED and MUSES.isdisjoint(inside) else "mogelijk"


def _unready(sentence: Sentence, number: int, group: Group) -> bool:
    """Whether a clause says that a thing is still to be finished: "is nog niet vastgesteld"."""
    clause = sentence.clauses[number]
    inside = sentence.words[clause.first : clause.last]
    if group.role or "nog" not in inside or READY.isdisjoint(inside):
        return False
    return inside[inside.index("nog") + 1 : inside.index("nog") + 2] == ("niet",)


def _article(sentence: Sentence, group: Group) -> str:
    """The article before a name, over its adjectives; empty for none."""
    for i in range(group.first - 1, max(-1, group.first - 4), -1):
        word = sentence.words[i]
        if word in ARTICLES:
            return word
        if not word.endswith(("e", "ë")):
            break
    return ""


def _unmet(sentence: Sentence, group: Group) -> bool:
    """Whether a common noun stands without an article as what is done to: "biedt ondersteuning aan"."""
    mention = group.mentions[0]
    written = mention.text if group.first else mention.text[1:]
    if group.role or not written.islower() or not mention.entity.startswith("nieuw:") or mention.kind in _THERE:
        return False
    return _article(sentence, group) in INDEFINITE


def _is_not_there(sentence: Sentence, subjects: Subjects, number: int, group: Group) -> bool:
    """Whether a clause says that a thing is missing: "er is nog geen X", "X ontbreekt"."""
    if _article(sentence, group) == "geen":
        return True
    clause, subject = sentence.clauses[number], subjects.of(number)
    if subject is None or subject.group is not group:
        return False
    inside = sentence.words[clause.first : clause.last]
    if "door" in inside and not _GOES.isdisjoint(inside) and "niet" in inside:
        return True  # "X gaat niet door"
    return not LACKS.isdisjoint(inside) or (
        "niet" in inside and "meer" not in inside and not _THRIVES.isdisjoint(inside)
    )


def _theme(rules: Rules, number: int, mention: Mention) -> Iterator[Told]:
    kinds, weight = rules.subject
    if mention.kind not in kinds or mention.rule in ("noun", "short"):
        return
    for iri in themes(re.findall(r"[\w'-]+", mention.label.lower()), rules):
        label = next((theme.label for theme in rules.themes if theme.iri == iri), "")
        about = replace(mention, entity=iri, label=label, kind="skos:Concept", rule="theme")
        yield Told(mention, "rg:betreft", about, "bestaand", "name-theme", weight, number)


def _area(rules: Rules, areas: Sequence[tuple[str, Mention]], number: int, mention: Mention) -> Iterator[Told]:
    kinds, weight = rules.area
    if mention.kind not in kinds:
        return
    written = mention.text.casefold()
    for name, region in areas:
        if name in written and re.search(rf"\b{re.escape(name)}\b", written):
            there = replace(mention, entity=region.entity, label=region.label, kind=region.kind, rule="region")
            yield Told(mention, "rg:betreftGebied", there, "bestaand", "name-area", weight, number)
