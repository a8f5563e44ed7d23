"""Which names of a sentence stand in which relation, by the rules of `relations.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from regiograaf.reader.clauses import Clause, Group, Sentence
from regiograaf.reader.forms import Form, form, passive
from regiograaf.reader.mention import Mention
from regiograaf.reader.phrases import PHRASE
from regiograaf.reader.ruleset import Relation, Rules
from regiograaf.reader.subjects import Subject, Subjects, speaks
from regiograaf.reader.words import (
    AGREED,
    AND,
    ARTICLES,
    BE,
    BECOME,
    COORDINATORS,
    HAVE,
    LET,
    PARTICLES,
    PREPOSITIONS,
    QUOTES,
    STANDS_IN,
    TOO,
)

__all__ = ["Ends", "fits", "relations"]

BROAD = 12
"""Classes from which a rule asks for a thing of no certain kind, as a noun of no list can be."""
FINANCES = "rg:financiert"
FAR = 12
"""Words between verb and object from which their being together is less sure."""
COMPOUND = 8
"""Letters of a word that can end in another."""
BESIDES = 6
"""Words behind "naast X" within which an "ook" adds to it."""
PERSON = "rg:Ambtsdrager"
QUESTIONS = frozenset({"of", "hoe"})
"""What leads to a question, as `object` of a rule."""
_DONE = re.compile(
    r"(?:aan|af|bij|door|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|weg)ge\w{2,}(?:d|t|en)|ge\w{3,}[gklmprs][dt]"
)
"""What looks like the participle of a verb that no rule names."""
_AMOUNT = re.compile(
    r" (?:van |ter grootte van )?(?:maximaal |ruim |circa |ongeveer )?(?:€ )?\d[\d., ]*(?:euro |miljoen |mln |ton )*"
)
"""A sum, which does not part a phrase: "met een bijdrage van € 3 miljoen van X"."""
POSSESSIVES = frozenset({"de", "een", "hun", "onze", "uw"})
"""Words behind which "inzet" and the like are nouns."""
REFLEXIVE = frozenset({"ons", "zich"})
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
        return not kinds or (not strict and (mention.rule != PHRASE or len(kinds) >= BROAD))
    return not kinds or mention.kind in kinds


def relations(
    sentence: Sentence, subjects: Subjects, rules: Rules, addressee: Mention | None, sender: Mention | None = None
) -> list[Ends]:
    """All relations that the rules read in a sentence. `addressee` is who must obey an order, `sender` who works
    together with whom "de samenwerking met X" is."""
    reader = _Relating(sentence, subjects, rules, addressee, sender)
    found = [*reader.verbs(), *reader.attributes(), *reader.beside(), *reader.links(), *reader.nouns()]
    found = [one for ends in found for one in reader.spelled_out(ends)]
    found = [one for ends in found for one in reader.announced(ends)]
    found += reader.on_behalf(found)
    return [*found, *reader.shared(found), *reader.led(found), *reader.too(found), *reader.gapped(found)]


@dataclass(frozen=True)
class _Relating:
    sentence: Sentence
    subjects: Subjects
    rules: Rules
    addressee: Mention | None
    sender: Mention | None

    def verbs(self) -> Iterator[Ends]:
        sentence, by_form = self.sentence, self.rules.by_form
        for number, clause in enumerate(sentence.clauses):
            places = range(clause.first, clause.last) if clause.groups else ()
            found = [i for i in places if sentence.words[i] in by_form and not sentence.named[i]]
            if not found:
                continue
            inside = frozenset(sentence.words[clause.first : clause.last]) | self._given(number)
            longer: frozenset[str] | None = None
            parted: bool | None = None
            for i in found:
                needed = self.rules.needs_by_form.get(sentence.words[i])
                if needed is not None and needed.isdisjoint(inside):
                    longer = self._heads(inside) if longer is None else longer
                    if needed.isdisjoint(longer):
                        continue
                shapes: dict[str, Form | None] = {}
                helps = sentence.words[i] in BE or sentence.words[i] in BECOME or sentence.words[i] in HAVE
                for rule, verb in by_form[sentence.words[i]]:
                    if rule.needs and rule.needs.isdisjoint(inside):
                        longer = self._heads(inside) if longer is None else longer
                        if rule.needs.isdisjoint(longer):
                            continue
                    if not rule.without.isdisjoint(inside):
                        continue
                    if verb.lemma not in shapes:
                        if not verb.particle and parted is None:
                            parted = self._particle(clause)
                        other = not verb.particle and ((parted and i == clause.finite) or self._joined(i, inside))
                        noun = bool(i) and verb.particle and sentence.words[i - 1] in POSSESSIVES
                        noun = noun or (verb.particle and i == clause.finite and self._lent(verb.particle, clause))
                        shapes[verb.lemma] = None if other or noun else form(verb, i, clause, sentence)
                    shape = shapes[verb.lemma]  # none for "trekken" in "trekken samen op"
                    if shape is None or (rule.alone and self._goes_on(number, i) and self._is_for_you(number)):
                        continue
                    if helps and self._helps(clause, i, rule.needs):
                        continue
                    yield from self._of_verb(rule, shape, i, number)

    def _heads(self, words: frozenset[str]) -> frozenset[str]:
        """The nouns of rules that words end in."""
        return frozenset(end for word in words if len(word) > COMPOUND for end in self._ends(word))

    def _ends(self, word: str) -> Iterator[str]:
        """Yield the nouns of rules that a word ends in: "rijksbijdrage" is a "bijdrage"."""
        for i in range(2, len(word) - 4):
            if word[i:] in self.rules.needed:
                yield word[i:]
                return

    def _given(self, number: int) -> frozenset[str]:
        """The words of what a relative clause is about: "de subsidie die X aan Y verleent"."""
        if self.sentence.clauses[number].kind != "relative" or (subject := self.subjects.of(number)) is None:
            return frozenset()
        return frozenset(self.sentence.words[subject.group.first : subject.group.last])

    def _particle(self, clause: Clause) -> bool:
        """Whether the verb of a clause has its particle behind it: "pakt X op", "sluit aan bij Y"."""
        words = self.sentence.words
        if clause.finite < 0 or words[clause.finite] in BE | BECOME | HAVE:
            return False
        inside = words[clause.first : clause.last]
        if not STANDS_IN.isdisjoint(inside):
            return False
        for j in range(clause.finite + 1, clause.last):
            if words[j] not in PARTICLES or self.sentence.named[j]:
                continue
            after = words[j + 1] if j + 1 < clause.last else "."
            ends = not after[0].isalnum() and after not in QUOTES | {":", "-"}
            if ends or after in COORDINATORS or (after in PREPOSITIONS and after not in ("te", "als")):
                return True
        return False

    def _lent(self, particle: str, clause: Clause) -> bool:
        """Whether the only such particle behind a clause's verb is of an infinitive: "stel voor X vast te stellen"."""
        words = self.sentence.words
        found = [j for j in range(clause.finite + 1, clause.last) if words[j] == particle]
        return bool(found) and all(words[j + 1 : j + 2] == ("te",) for j in found)

    def _joined(self, i: int, inside: frozenset[str]) -> bool:
        """Whether a particle stands before the "te" of an infinitive: "op te trekken"."""
        words = self.sentence.words
        return i >= 2 and words[i - 1] == "te" and words[i - 2] in PARTICLES - {"door"} and STANDS_IN.isdisjoint(inside)

    def _of_verb(self, rule: Relation, shape: Form, i: int, number: int) -> Iterator[Ends]:
        clause = self.sentence.clauses[number]
        subject = self.subjects.of(number)
        doer = next((group for group in clause.groups if group.role in rule.by), None)
        turned = shape == "participle" and passive(clause, self.sentence) and not self._has_object(number)
        if rule.moves:
            done = shape == "participle" and HAVE.isdisjoint(self.sentence.words[clause.first : clause.last])
            yield from self._moved(rule, shape, i, number, done)
            return
        if turned and doer is None and rule.needs and subject is not None and self._is_given(rule, subject.group):
            return
        if turned and rule.passive and "" in rule.object:
            if subject is not None and (doer is not None or rule.joins):
                doers = [doer] if doer else [group for group in clause.groups if group.role == "met"]
                for one in doers:
                    yield from self._fitting(rule, Subject(one), subject.group, number, i)
            return
        bare = [group for group in clause.groups if not group.role]
        words = self.sentence.words
        if rule.alone and "" not in rule.object and len(bare) > 1:
            return
        if shape == "participle" and not turned and i + 1 < clause.last and words[i + 1] in rule.by:
            # "Het rapport, opgesteld door X": by X, whoever the sentence is about.
            made = next((one for one in clause.groups if 0 <= i - one.last <= 1), None)
            if made is not None and doer is not None and rule.passive:
                yield from self._fitting(rule, Subject(doer), made, number, i)
            return
        if shape == "infinitive" and self._lets(clause, i):
            # "Een studie laten uitvoeren door X": X does it.
            about = bare if "" in rule.object and rule.passive else []
            if about and doer is not None and subject is not None and not REFLEXIVE.isdisjoint(words):
                yield from self._fitting(rule, Subject(doer), subject.group, number, i)  # "laat zich door X adviseren"
                return
            for one in [*about, *(self._asked_about(clause) if not QUESTIONS.isdisjoint(rule.object) else ())]:
                if doer is not None and (subject is None or one is not subject.group):
                    yield from self._fitting(rule, Subject(doer), one, number, i)
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
        elif turned and doer is not None and rule.subject_kinds and not rule.keeps:
            subject = Subject(doer)
        elif shape == "noun" and subject is not None:
            subject = Subject(subject.group, (*subject.notes, "noun"))
        if subject is None:
            return
        if clause.kind == "relative" and bare and rule.needs & self._given(number) and self._is_actor(bare[0]):
            subject, bare = Subject(bare[0], subject.notes), bare[1:]
        if clause.kind == "relative" and "" in rule.object and bare:
            # "Die X heeft gemaakt": what the clause hangs on is the object, if X is who acts.
            flipped = self._is_actor(bare[0]) and not self._is_actor(subject.group)
            ends = list(self._fitting(rule, Subject(bare[0], subject.notes), subject.group, number, i))
            if ends and (flipped or not _any_fits(subject.group, rule.subject_kinds)):
                yield from ends
                for other in clause.groups if rule.joins else ():
                    if other.role == "met":
                        yield from self._fitting(rule, Subject(other, subject.notes), subject.group, number, i)
                return
        targets = [one for preposition in rule.object for one in self._targets(preposition, shape, i, clause, bare)]
        targets = [one for one in targets if one is not subject.group and not (rule.again and _is_needed(rule, one))]
        if not targets and rule.again and self._left_out(rule, clause, i, subject.group):
            yield from self._again(rule, subject, number, i)
            return
        if not targets and rule.mutual and len(subject.group.mentions) > 1:
            yield Ends(rule, subject.group, subject.group, number, subject.notes, i)
        for target in sorted(targets, key=lambda one: (not self._follows(rule, one), abs(one.first - i), one.first)):
            ends = list(self._fitting(rule, subject, target, number, i))
            if ends:
                yield from ends
                agreed = shape == "infinitive" and not AGREED.isdisjoint(words[clause.first : clause.last])
                if rule.joins or (agreed and rule.predicate not in _SOCIAL):
                    for other in clause.groups:
                        if other.role == "met" and other is not target and other.mentions[0].rule != "addressee":
                            yield from self._fitting(rule, Subject(other, subject.notes), target, number, i)
                return

    def _follows(self, rule: Relation, group: Group) -> bool:
        """Whether a name comes right behind a noun by which a rule says it: "een voorwaarde voor X"."""
        return bool(group.role) and not rule.needs.isdisjoint(
            self.sentence.words[max(0, group.first - 4) : group.first]
        )

    def _has_object(self, number: int) -> bool:
        """Whether "zijn" is no passive, for its clause has an object: "X en Y zijn Z overeengekomen"."""
        clause, subject = self.sentence.clauses[number], self.subjects.of(number)
        if subject is None or not BECOME.isdisjoint(self.sentence.words[clause.first : clause.last]):
            return False
        if clause.kind == "relative" and not self._is_actor(subject.group):  # "de deal die X en Y zijn aangegaan"
            return any(not one.role and self._is_actor(one) for one in clause.groups)
        others = [one for one in clause.groups if not one.role and one is not subject.group]
        return len(others) == 1 and subject.group in clause.groups and self._is_actor(subject.group)

    def _is_given(self, rule: Relation, group: Group) -> bool:
        """Whether what a passive is about is a sum that is given, by nobody named: "een subsidie wordt verleend"."""
        first = group.mentions[0]
        return rule.predicate == FINANCES and first.rule == PHRASE and first.kind not in self.rules.actors

    def _is_actor(self, group: Group) -> bool:
        return group.mentions[0].kind in self.rules.actors

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

    def _moved(self, rule: Relation, shape: Form, i: int, number: int, turned: bool) -> Iterator[Ends]:
        """Yield what is brought into a relation by somebody: "de gemeente neemt X op in Y" is of X and Y."""
        clause, subject = self.sentence.clauses[number], self.subjects.of(number)
        bare = [one for one in clause.groups if not one.role and not (subject and one is subject.group)]
        targets = [one for preposition in rule.object for one in self._targets(preposition, shape, i, clause, ())]
        if turned:
            movers = [subject] if subject is not None else []
        else:
            asked = self.subjects.asked(number)
            movers = [Subject(one) for one in bare if one is not asked and not speaks(one)]
        for target in sorted(targets, key=lambda group: (abs(group.first - i), group.first)):
            for mover in sorted(movers, key=lambda one: abs(one.group.first - target.first)):
                ends = list(self._fitting(rule, mover, target, number, i)) if mover.group is not target else []
                if ends:
                    yield from ends
                    return

    def _left_out(self, rule: Relation, clause: Clause, i: int, subject: Group) -> bool:
        """Whether a clause names no object at all, known or not."""
        bare = [group for group in clause.groups if not group.role and group is not subject]
        if not all(_is_needed(rule, group) for group in bare):
            return False
        words = self.sentence.words[clause.first : clause.last]
        known = self.rules.by_form.get(self.sentence.words[i], ())
        particles = {verb.particle for other, verb in known if other is rule}
        return not any(word in rule.object and word not in particles for word in words)

    def _again(self, rule: Relation, subject: Subject, number: int, i: int) -> Iterator[Ends]:
        """Yield a relation to what the sentence before is about: "X doet ook mee"."""
        near = [group for clause in self.sentence.clauses[:number] for group in clause.groups if group.first < i]
        things = [group.mentions[-1] for group in reversed(near)]
        things += [self.sentence.antecedent] if self.sentence.antecedent is not None else []
        kinds = rule.subject_kinds if rule.reverse else rule.object_kinds
        said = Subject(subject.group, (*subject.notes, "pronoun"))
        for thing in things:
            if thing.kind in kinds and thing not in subject.group.mentions:
                yield from self._fitting(rule, said, Group((thing,), i, i, ""), number, i)
                return

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

    def _undergoes(self, group: Group, number: int) -> bool:
        """Whether a name is the subject of a passive: "Wij zijn geadviseerd door X"."""
        clause = self.sentence.clauses[number]
        return self._does(group, number) and any(one.role == "door" for one in clause.groups)

    def _is_for_you(self, number: int) -> bool:
        """Whether the letter's sender says something to its addressee, or to nobody named."""
        subject, groups = self.subjects.of(number), self.sentence.clauses[number].groups
        others = [one for one in groups if not one.role and self._is_actor(one) and not self._does(one, number)]
        told = subject is None or any(one.mentions[0].rule != "addressee" for one in others)
        return self._ours(number) and not (subject is not None and told)

    def _ours(self, number: int) -> bool:
        """Whether the letter's sender does what a clause says."""
        subject = self.subjects.of(number)
        return subject is None or any(mention.rule == "sender" for mention in subject.group.mentions)

    def _lets(self, clause: Clause, i: int) -> bool:
        """Whether an infinitive is what somebody else is let do: "laten een studie uitvoeren"."""
        words = self.sentence.words[clause.first : clause.last]
        return not LET.isdisjoint(words) and "weten" not in words and self.sentence.words[i] not in LET

    def _helps(self, clause: Clause, i: int, needs: frozenset[str]) -> bool:
        """Whether "hebben", "zijn" or "worden" is there for a participle."""
        words = self.sentence.words
        return any(
            words[j] in self.rules.participles or (_DONE.fullmatch(words[j]) and words[j - 1] not in ARTICLES)
            for j in range(clause.first, clause.last)
            if j != i and not self.sentence.named[j] and words[j] not in needs
        )

    def _ordered(self) -> Subject | None:
        if self.addressee is None:
            return None
        return Subject(Group((self.addressee,), 0, 0, ""), ("implicit", "order"))

    def _fitting(self, rule: Relation, subject: Subject, object: Group, number: int, i: int = -1) -> Iterator[Ends]:
        """Yield a relation when both its ends are of a kind that can be."""
        verbal = rule.shape == "verb" and not rule.reverse
        if verbal and speaks(object) and not self._undergoes(object, number):
            return
        if rule.indefinite and not object.indefinite:
            return
        if rule.needs and _is_needed(rule, object):
            return  # "geeft voorrang" is no giving of a thing
        if rule.needs and subject.group.mentions[0].text.lower() in rule.needs:
            return  # "een subsidie wordt verleend" is no giving by it
        if rule.predicate in _SOCIAL and (_is_open(object) or _is_open(subject.group)):
            return  # nobody works together with what may be a thing
        first, second = (object, subject.group) if rule.reverse else (subject.group, object)
        if not _any_fits(first, rule.subject_kinds, rule.strict and rule.shape != "beside") or not _any_fits(
            second, rule.object_kinds, rule.strict
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
        yield from self._together()
        for number, group, rule in self._company:
            if rule.leads:
                continue
            clause = self.sentence.clauses[number]
            if clause.finite < 0 and clause.kind != "infinitive":
                continue
            subject = self.subjects.of(number)
            doer = next((one for one in clause.groups if one.role == "door"), None)
            if doer is not None and self._is_actor(doer) and (subject is None or not self._is_actor(subject.group)):
                subject = Subject(doer)
            acting = next((one for one in clause.groups if not one.role and self._is_actor(one)), None)
            if clause.kind == "relative" and acting is not None:
                subject = Subject(acting)  # "het plan, dat wij samen met X maken"
            if subject is None or subject.group is group:
                bare = next((one for one in clause.groups if not one.role and one is not group), None)
                subject = Subject(bare) if bare else None
            if subject is not None and not _is_open(subject.group):
                yield from self._fitting(rule, subject, group, number)

    def _together(self) -> Iterator[Ends]:
        """Yield what a plural subject does with each other: "A en B openen samen een loket" is of A and B."""
        for rule, heads in self.rules.together:
            if heads.isdisjoint(self.sentence.words):
                continue
            for number, clause in enumerate(self.sentence.clauses):
                words = self.sentence.words[clause.first : clause.last]
                said = " " + " ".join(words) + " "
                if not rule.without.isdisjoint(words) or not any(
                    f"{phrase} " in said and f"{phrase} met " not in said for phrase in rule.phrases
                ):
                    continue
                subject = self.subjects.of(number)
                if subject is None or len(subject.group.mentions) < 2 or not self._acts(clause):
                    continue
                if sum(fits(one, rule.subject_kinds, strict=True) for one in subject.group.mentions) > 1:
                    yield Ends(rule, subject.group, subject.group, number, subject.notes)

    def _acts(self, clause: Clause) -> bool:
        """Whether a clause tells what somebody does, by a verb of a relation."""
        words = self.sentence.words[clause.first : clause.last]
        return any(
            word in self.rules.acts or word in self.rules.infinitives or word in self.rules.participles
            for word in words
            if word not in BE and word not in HAVE
        )

    def attributes(self) -> Iterator[Ends]:
        """Yield what a participle says that stands before a name: "het door X opgestelde Y" is of X and Y."""
        words = self.sentence.words
        for number, clause in enumerate(self.sentence.clauses):
            for left, right in pairwise(clause.groups):
                i = left.last
                if left.role not in ("door", "met") or right.first != i + 1:
                    continue
                stem = words[i].removesuffix("e")
                for rule, verb in self.rules.by_form.get(stem, ()):
                    done = stem in verb.participles and rule.passive and "" in rule.object and not rule.needs
                    if done and (left.role == "door" or rule.joins):
                        yield from self._fitting(rule, Subject(left), right, number, i)

    def on_behalf(self, found: Sequence[Ends]) -> Iterator[Ends]:
        """Yield what somebody does for whom they stand for: "Namens X tekent wethouder Y Z" is of X and Z too."""
        for one in found:
            if one.at < 0 or one.rule.reverse or one.subject.mentions[0].kind != PERSON:
                continue
            behind = next((group for group in self.sentence.clauses[one.clause].groups if group.role == "namens"), None)
            if behind is not None and _any_fits(behind, one.rule.subject_kinds, strict=True):
                yield replace(one, subject=behind, notes=(*one.notes, "implicit"))

    def too(self, found: Sequence[Ends]) -> Iterator[Ends]:
        """Yield those of whom a clause holds as well: "X doet mee aan Y, evenals Z"."""
        for number, clause in enumerate(self.sentence.clauses):
            for group in clause.groups:
                if group.role not in TOO and not self._besides(group, clause):
                    continue
                for one in found:
                    if one.at < 0 or self.sentence.clauses[one.clause] not in (clause, self._above(number)):
                        continue
                    if one.rule.reverse or group in (one.subject, one.object):
                        continue
                    if _any_fits(group, one.rule.subject_kinds, strict=True):
                        yield replace(one, subject=group, notes=(*one.notes, "together"))

    def _besides(self, group: Group, clause: Clause) -> bool:
        """Whether a name is one of several who do it: "behalve X doet ook Y mee"."""
        words = self.sentence.words[group.last : group.last + BESIDES]
        return group.role in ("behalve", "naast") and "ook" in words and clause.finite >= 0

    def _parallel(self, found: Sequence[Ends]) -> Iterator[Ends]:
        """Yield what is said of another two in the same words: "X werkt aan Y en Z aan W"."""
        for one in found:
            groups = self.sentence.clauses[one.clause].groups
            if one.at < 0 or not one.object.role or one.object not in groups:
                continue
            for left, right in pairwise(groups[groups.index(one.object) + 1 :]):
                joined = self.sentence.words[one.object.last : left.first]
                if left.role or right.role != one.object.role or not joined or joined[0] not in AND:
                    continue
                if len(joined) <= 3 and right.first - left.last <= 3:
                    yield from self._fitting(one.rule, Subject(left, ("implicit",)), right, one.clause)

    def gapped(self, found: Sequence[Ends]) -> Iterator[Ends]:
        """Yield what a clause without a verb says of its name: the same as the clause before, "X is lid, Y niet"."""
        yield from self._parallel(found)
        for number, clause in enumerate(self.sentence.clauses):
            bare = [group for group in clause.groups if not group.role]
            words = self.sentence.words[clause.first : clause.last]
            if clause.beside < 0 or clause.finite >= 0 or len(bare) != 1 or "niet" not in words[-3:]:
                continue
            for one in found:
                if (
                    one.clause == clause.beside
                    and one.at >= 0
                    and one.object is not one.subject
                    and not one.rule.reverse
                ):
                    yield from self._fitting(one.rule, Subject(bare[0], ("implicit",)), one.object, number)

    def _above(self, number: int) -> Clause:
        return self.sentence.clauses[max(0, number - 1)]

    @cached_property
    def _company(self) -> tuple[tuple[int, Group, Relation], ...]:
        """The names behind a phrase of a [[beside]] rule, with their clause."""
        return tuple(self._beside_phrases())

    def _beside_phrases(self) -> Iterator[tuple[int, Group, Relation]]:
        for number, clause in enumerate(self.sentence.clauses):
            for group in clause.groups:
                if not group.role:
                    continue
                before = self._before(group)
                for rule in self.rules.shaped["beside"]:
                    if not before.endswith(rule.phrases):
                        continue
                    kinds = rule.subject_kinds if rule.leads != rule.reverse else rule.object_kinds
                    if _any_fits(group, kinds, rule.strict):
                        yield number, group, rule

    def _before(self, group: Group) -> str:
        """The words up to the preposition that leads to a name, with a space before each."""
        words = list(self.sentence.words[max(0, group.first - 12) : group.first])
        while words and words[-1] != group.role:
            words.pop()
        return _AMOUNT.sub(" ", " " + " ".join(words))

    def led(self, found: Sequence[Ends]) -> Iterator[Ends]:
        """Yield who leads what a clause is about: "X stelt onder leiding van Y een plan op" is of Y and the plan."""
        for number, group, rule in self._company:
            if not rule.leads:
                continue
            if rule.reverse and not _any_fits(group, rule.object_kinds, strict=True):
                continue
            objects = [one.object for one in found if one.clause == number and one.at >= 0 and one.object is not group]
            subject = self.subjects.of(number)
            things = [one for one in self.sentence.clauses[number].groups if not one.role and not self._is_actor(one)]
            about = objects or things or ([subject.group] if subject is not None else [])
            for object in {id(one): one for one in about}.values():
                yield from self._fitting(rule, Subject(group), object, number)

    def shared(self, found: Sequence[Ends]) -> Iterator[Ends]:
        """Yield what those named behind "samen met" share in: the other relations of their clause."""
        for number, group, company in self._company:
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
                if phrase == "in" and not left.role and 0 <= clause.finite < left.first and self._does(left, number):
                    continue  # "In 2030 kan X in Y ...": where it does so
                one = Group((left.mentions[-1],), left.first, left.last, left.role)
                for rule in self.rules.links.get("tussen" if bare == "tussen" else phrase, ()):
                    yield from self._fitting(rule, Subject(one), right, number)

    def nouns(self) -> Iterator[Ends]:
        words, by_noun = self.sentence.words, self.rules.by_noun
        for number, clause in enumerate(self.sentence.clauses):
            for i in range(clause.first, clause.last):
                for rule in by_noun.get(words[i], ()):
                    if not rule.needs or not rule.needs.isdisjoint(words):
                        near = [group for group in clause.groups if rule.anywhere or 0 < group.first - i <= FAR]
                        yield from self._of_noun(rule, i, number, near)

    def spelled_out(self, ends: Ends) -> Iterator[Ends]:
        """Yield a relation with the names behind a colon for its subject: "De volgende partijen doen mee: X en Y"."""
        words = self.sentence.words
        first = ends.subject.mentions[0]
        behind = next(
            (one for one in self.sentence.clauses[ends.clause].groups if one.first and words[one.first - 1] == ":"),
            None,
        )
        if behind is None or first.rule != PHRASE or behind in (ends.subject, ends.object) or ends.rule.reverse:
            yield ends
        elif _any_fits(behind, ends.rule.subject_kinds, strict=True):
            yield replace(ends, subject=behind)

    def announced(self, ends: Ends) -> Iterator[Ends]:
        """Yield a relation with the thing that its object only announces: "delen één ambitie: een X"."""
        mention = ends.object.mentions[0]
        if mention.rule != PHRASE or mention.text.lower().split()[-1] not in self.rules.shells:
            yield ends
            return
        words, last = self.sentence.words, ends.object.last
        groups = [group for clause in self.sentence.clauses for group in clause.groups if group.first >= last]
        behind = groups[0] if groups else None
        if behind is None or {":", "om"}.isdisjoint(words[last : last + 2]) or self._is_actor(behind):
            return
        if _any_fits(behind, ends.rule.object_kinds, strict=True):
            yield replace(ends, object=behind)

    def _is_ours(self, i: int, number: int) -> bool:
        """Whether a noun is what a clause is about, as known: "De samenwerking met X loopt goed"."""
        clause, words = self.sentence.clauses[number], self.sentence.words
        return (
            clause.first < i
            and (i < clause.finite or clause.finite < 0)
            and words[i - 1] in ("de", "deze", "onze", "het")
            and i <= clause.first + 2
        )

    def _of_light(self, group: Group, i: int) -> Group:
        """A name right behind a noun and its "van", with that for its part: "de uitvoering van X door Y"."""
        words = self.sentence.words
        if group.first > i and "van" in words[i + 1 : i + 2] and words[i] in self.rules.light:
            between = words[i + 2 : group.first]
            if len(between) <= 3 and PREPOSITIONS.isdisjoint(between):
                return replace(group, role="van")
        return group

    def _leads_to(self, group: Group, words: Sequence[str]) -> bool:
        """Whether a name has one of some prepositions before it, or of some phrases ("handen van")."""
        if group.role in words:
            return True
        longer = tuple(f" {word}" for word in words if " " in word)
        return bool(longer) and bool(group.role) and self._before(group).endswith(longer)

    def _of_noun(self, rule: Relation, i: int, number: int, near: Sequence[Group]) -> Iterator[Ends]:
        if rule.names:
            # "De deelnemers aan X zijn Y en Z"
            thing = next((group for group in near if group.role in rule.second), None)
            names = next((one for one in near if not one.role and thing is not None and one.first > thing.first), None)
            if names is None or thing is None or thing.first - i > 4:
                return
            if set(self.sentence.words[thing.last : names.first]) <= BE | _BETWEEN | {":"}:
                yield from self._fitting(rule, Subject(names), thing, number)
            return
        if "" in rule.first:
            subject = self.subjects.of(number)
            if self.subjects.asks(number):
                asked = self.subjects.asked(number)
                subject = Subject(asked) if asked is not None else None
            near = [self._of_light(group, i) for group in near]
            second = next((group for group in near if group.role in rule.second), None)
            if subject is None and rule.predicate in _SOCIAL and self.sender is not None and self._is_ours(i, number):
                subject = Subject(Group((self.sender,), i, i, ""), ("implicit",))
            if subject is not None and second is not None and second.first - i <= 5:
                yield from self._fitting(rule, subject, second, number)
            return
        near = [self._of_light(group, i) for group in near]
        first = next((group for group in near if self._leads_to(group, rule.first)), None)
        if first is None:
            return
        if first.role == "tussen":
            if len(first.mentions) > 1 and first.first - i <= 6:
                yield from self._fitting(replace(rule, mutual=True), Subject(first), first, number)
            return
        second = next((group for group in near if group.role in rule.second and group is not first), None)
        if second is not None and (rule.anywhere or min(first.first, second.first) - i <= 6):
            yield from self._fitting(rule, Subject(first), second, number)


def _is_needed(rule: Relation, group: Group) -> bool:
    """Whether a noun is no end, but the word by which a rule says it: "een bijdrage geven"."""
    return group.mentions[0].rule == PHRASE and group.mentions[0].text.lower() in rule.needs


def _any_fits(group: Group, kinds: frozenset[str], strict: bool = False) -> bool:
    return any(fits(mention, kinds, strict) for mention in group.mentions)


def _is_open(group: Group) -> bool:
    """Whether an end is a noun that no list has."""
    return group.mentions[0].rule == PHRASE and not group.mentions[0].kind
