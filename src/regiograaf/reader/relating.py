"""Which names of a sentence stand in which relation, by the rules of `relations.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from regiograaf.reader.clauses import Clause, Group, Sentence
from regiograaf.reader.cues import Form, form, passive
from regiograaf.reader.mention import Mention
from regiograaf.reader.phrases import PHRASE
from regiograaf.reader.ruleset import Relation, Rules
from regiograaf.reader.subjects import Subject, Subjects, speaks
from regiograaf.reader.words import BE, BECOME, HAVE, LET

__all__ = ["Ends", "fits", "relations"]

BROAD = 12
"""Classes from which a rule asks for a thing of no certain kind, as a noun of no list can be."""
FAR = 12
"""Words between verb and object from which their being together is less sure."""
QUESTIONS = frozenset({"of", "hoe"})
"""What leads to a question, as `object` of a rule."""
_SOCIAL = frozenset({"rg:werktSamenMet", "rg:overlegtMet"})
_BETWEEN = frozenset({"de", "het", "een", "'t", ",", "ook", "onder", "andere", "ander", "o.a.", "mede"})
"""Words that a [[link]] rule does not look at."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What stands in a relation, before it is a claim."""

    rule: Relation
    subject: Group
    object: Group
    """The same as the subject where those named do it with each other."""
    clause: int
    notes: tuple[str, ...] = ()
    """Circumstances that have a weight; "order" when the sentence is one."""
    at: int = -1
    """Place of the verb; -1 for none."""


def fits(mention: Mention, kinds: frozenset[str], strict: bool = False) -> bool:
    """Whether a name can be an end. One of which the text does not tell the kind can be anything, or if strict
    nothing."""
    if not mention.kind:
        return not strict and (mention.rule != PHRASE or not kinds or len(kinds) >= BROAD)
    return not kinds or mention.kind in kinds


def relations(sentence: Sentence, subjects: Subjects, rules: Rules, addressee: Mention | None) -> list[Ends]:
    """All relations that the rules read in a sentence. `addressee` is who must obey an order."""
    reader = _Relating(sentence, subjects, rules, addressee)
    found = [*reader.verbs(), *reader.beside(), *reader.links(), *reader.nouns()]
    return [*found, *reader.shared(found)]


@dataclass(frozen=True)
class _Relating:
    sentence: Sentence
    subjects: Subjects
    rules: Rules
    addressee: Mention | None

    def verbs(self) -> Iterator[Ends]:
        sentence, by_form = self.sentence, self.rules.by_form
        for number, clause in enumerate(sentence.clauses):
            if not clause.groups:
                continue
            inside = frozenset(sentence.words[clause.first : clause.last])
            for i in range(clause.first, clause.last):
                if sentence.named[i]:
                    continue
                for rule, verb in by_form.get(sentence.words[i], ()):
                    if rule.needs and not rule.needs & inside:
                        continue
                    shape = form(verb, i, clause, sentence)
                    if shape is None or (rule.alone and self._goes_on(number, i) and self._ours(number)):
                        continue
                    if sentence.words[i] in BE | BECOME | HAVE and self._helps(clause, i):
                        continue
                    yield from self._of_verb(rule, shape, i, number)

    def _of_verb(self, rule: Relation, shape: Form, i: int, number: int) -> Iterator[Ends]:
        clause = self.sentence.clauses[number]
        subject = self.subjects.of(number)
        doer = next((group for group in clause.groups if group.role in rule.by), None)
        turned = shape == "participle" and passive(clause, self.sentence)
        if turned and rule.passive and "" in rule.object:
            if subject is not None and (doer is not None or rule.joins):
                doers = [doer] if doer else [group for group in clause.groups if group.role == "met"]
                for one in doers:
                    yield from self._fitting(rule, Subject(one), subject.group, number, i)
            return
        bare = [group for group in clause.groups if not group.role]
        words = self.sentence.words
        if shape == "participle" and not turned and i + 1 < clause.last and words[i + 1] in rule.by:
            # "Het rapport, opgesteld door X": by X, whoever the sentence is about.
            made = next((one for one in clause.groups if 0 <= i - one.last <= 1), None)
            if made is not None and doer is not None and rule.passive:
                yield from self._fitting(rule, Subject(doer), made, number, i)
            return
        if shape == "infinitive" and self._lets(clause, i):
            return
        asked = self.subjects.asked(number) if shape == "infinitive" and clause.kind != "infinitive" else None
        if shape == "infinitive" and clause.kind != "infinitive" and asked is None and self.subjects.asks(number):
            return
        if rule.asked:
            if turned and subject is not None:
                subject = Subject(subject.group)
            else:
                whom = next((one for one in clause.groups if not one.role and not self._does(one, number)), None)
                subject = Subject(whom) if whom else None
        if asked is not None:
            subject = Subject(asked)
            # "Roepen X op de Y te ondertekenen": what seems a preposition is the verb's particle.
            bare = [one for one in clause.groups if asked.first < one.first < i and one.role in ("", "op", "uit")]
        elif shape == "order":
            subject = self._ordered()
        elif turned and subject is not None and doer is not None and rule.subject_kinds and not rule.keeps:
            subject = Subject(doer)
        elif shape == "noun" and subject is not None:
            subject = Subject(subject.group, (*subject.notes, "noun"))
        if subject is None:
            return
        if clause.kind == "relative" and "" in rule.object and bare:
            # "Die X heeft gemaakt": what the clause hangs on can be the object as well.
            yield from self._fitting(rule, Subject(bare[0], subject.notes), subject.group, number, i)
        targets = [one for preposition in rule.object for one in self._targets(preposition, shape, i, clause, bare)]
        targets = [one for one in targets if one is not subject.group]
        if not targets and rule.mutual and len(subject.group.mentions) > 1:
            yield Ends(rule, subject.group, subject.group, number, subject.notes, i)
        for target in sorted(targets, key=lambda group: (abs(group.first - i), group.first)):
            ends = list(self._fitting(rule, subject, target, number, i))
            if ends:
                yield from ends
                if rule.joins:
                    for other in clause.groups:
                        if other.role == "met" and other is not target:
                            yield from self._fitting(rule, Subject(other, subject.notes), target, number, i)
                return

    def _targets(self, preposition: str, shape: Form, i: int, clause: Clause, bare: Sequence[Group]) -> Iterator[Group]:
        """Yield the names that a verb can have as object."""
        if preposition in QUESTIONS:
            yield from self._asked_about(clause)
        elif preposition:
            yield from (one for one in clause.groups if one.role == preposition and abs(one.first - i) <= 25)
        elif shape == "noun":
            yield from (one for one in clause.groups if one.role == "van" and 0 < one.first - i <= 6)
        else:
            yield from bare

    def _asked_about(self, clause: Clause) -> Iterator[Group]:
        """Yield what the question is about that a clause leads to: "of een fonds haalbaar is"."""
        clauses = self.sentence.clauses
        number = clauses.index(clause)
        for other in clauses[number + 1 :]:
            if other.kind == "whether" and other.parent == number:
                bare = [group for group in other.groups if not group.role]
                yield from (bare or list(other.groups))[:1]

    def _goes_on(self, number: int, i: int) -> bool:
        """Whether a clause goes on with what is to be done."""
        below = self.sentence.clauses[number:]
        if any(other.parent == number and other.kind in ("infinitive", "that") for other in below):
            return True
        return "te" in self.sentence.words[i + 1 : self.sentence.clauses[number].last]

    def _does(self, group: Group, number: int) -> bool:
        """Whether a name is the subject of a clause."""
        subject = self.subjects.of(number)
        return subject is not None and subject.group is group

    def _ours(self, number: int) -> bool:
        """Whether the letter's sender does what a clause says."""
        subject = self.subjects.of(number)
        return subject is None or any(mention.rule == "sender" for mention in subject.group.mentions)

    def _lets(self, clause: Clause, i: int) -> bool:
        """Whether an infinitive is what somebody else is let do: "laten een studie uitvoeren"."""
        words = self.sentence.words
        return any(words[j] in LET for j in range(clause.first, clause.last) if j != i)

    def _helps(self, clause: Clause, i: int) -> bool:
        """Whether "hebben", "zijn" or "worden" is there for a participle."""
        words = self.sentence.words
        return any(words[j] in self.rules.participles for j in range(clause.first, clause.last) if j != i)

    def _ordered(self) -> Subject | None:
        if self.addressee is None:
            return None
        return Subject(Group((self.addressee,), 0, 0, ""), ("implicit", "order"))

    def _fitting(self, rule: Relation, subject: Subject, object: Group, number: int, i: int = -1) -> Iterator[Ends]:
        """Yield a relation when both its ends are of a kind that can be."""
        if speaks(object) and not rule.reverse:
            return
        if rule.needs and object.mentions[0].rule == PHRASE and object.mentions[0].text.lower() in rule.needs:
            return  # "geeft voorrang" is no giving of a thing
        first, second = (object, subject.group) if rule.reverse else (subject.group, object)
        strict = rule.shape in ("link", "beside")
        if not _any_fits(first, rule.subject_kinds, rule.shape == "link") or not _any_fits(
            second, rule.object_kinds, strict
        ):
            return
        notes = subject.notes
        if i >= 0:
            low, high = sorted((i, object.first))
            groups = self.sentence.clauses[number].groups
            crowd = any(low < group.first < high and group is not subject.group for group in groups)
            notes = (*notes, *(("far",) if high - low > FAR else ()), *(("crowded",) if crowd else ()))
        yield Ends(rule, first, second, number, notes, i)

    def beside(self) -> Iterator[Ends]:
        for number, group, rule in self._company():
            clause = self.sentence.clauses[number]
            if clause.finite < 0 and clause.kind != "infinitive":
                continue
            subject = self.subjects.of(number)
            if subject is None or subject.group is group:
                bare = next((one for one in clause.groups if not one.role and one is not group), None)
                subject = Subject(bare) if bare else None
            if subject is not None:
                yield from self._fitting(rule, subject, group, number)

    def _company(self) -> Iterator[tuple[int, Group, Relation]]:
        """Yield the names behind a phrase of a [[beside]] rule, with their clause."""
        for number, clause in enumerate(self.sentence.clauses):
            for group in clause.groups:
                if not group.role:
                    continue
                before = self._before(group)
                for rule in self.rules.shaped["beside"]:
                    if before.endswith(rule.phrases) and _any_fits(group, rule.object_kinds, True):
                        yield number, group, rule

    def _before(self, group: Group) -> str:
        """The words up to the preposition that leads to a name, with a space before each."""
        words = list(self.sentence.words[max(0, group.first - 8) : group.first])
        while words and words[-1] != group.role:
            words.pop()
        return " " + " ".join(words)

    def shared(self, found: Sequence[Ends]) -> Iterator[Ends]:
        """Yield what those named behind "samen met" share in: the other relations of their clause."""
        for number, group, company in self._company():
            if not company.shares:
                continue
            for one in found:
                if one.clause != number or one.rule.shape not in ("verb", "beside") or one.rule.predicate in _SOCIAL:
                    continue
                kinds = one.rule.subject_kinds
                if one.object is not group and one.subject is not group and kinds and _any_fits(group, kinds):
                    yield replace(one, subject=group, notes=(*one.notes, "together"))

    def links(self) -> Iterator[Ends]:
        words = self.sentence.words
        for number, clause in enumerate(self.sentence.clauses):
            for left, right in pairwise(clause.groups):
                if right.first - left.last > 6:
                    continue
                between = [word for word in words[left.last : right.first] if word not in _BETWEEN]
                phrase = " ".join(between)
                bare = " ".join(word for word in between if word not in self.rules.participles)
                one = Group((left.mentions[-1],), left.first, left.last, left.role)
                for rule in self.rules.links.get("tussen" if bare == "tussen" else phrase, ()):
                    yield from self._fitting(rule, Subject(one), right, number)

    def nouns(self) -> Iterator[Ends]:
        words = self.sentence.words
        for rule in self.rules.shaped["noun"]:
            if rule.nouns.isdisjoint(words):
                continue
            for number, clause in enumerate(self.sentence.clauses):
                for i in range(clause.first, clause.last):
                    if words[i] in rule.nouns:
                        near = [group for group in clause.groups if 0 < group.first - i <= FAR]
                        yield from self._of_noun(rule, i, number, near)

    def _of_noun(self, rule: Relation, i: int, number: int, near: Sequence[Group]) -> Iterator[Ends]:
        if "" in rule.first:
            subject = self.subjects.of(number)
            second = next((group for group in near if group.role in rule.second), None)
            if subject is not None and second is not None and second.first - i <= 5:
                yield from self._fitting(rule, subject, second, number)
            return
        first = next((group for group in near if group.role in rule.first), None)
        if first is None:
            return
        if first.role == "tussen":
            if len(first.mentions) > 1 and first.first - i <= 6:
                yield from self._fitting(replace(rule, mutual=True), Subject(first), first, number)
            return
        second = next((group for group in near if group.role in rule.second and group is not first), None)
        if second is not None and min(first.first, second.first) - i <= 6:
            yield from self._fitting(rule, Subject(first), second, number)


def _any_fits(group: Group, kinds: frozenset[str], strict: bool = False) -> bool:
    return any(fits(mention, kinds, strict) for mention in group.mentions)
