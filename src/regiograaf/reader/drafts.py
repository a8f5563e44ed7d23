"""Draft claims: what a letter seems to say, for a coder to accept, change or drop.

A draft has two names of one sentence as its ends, a relation that the rules read in the words between, and the modality
of its clause. Nothing is drafted that no words support. `score` is the chance that the draft is right.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from regiograaf.reader.clauses import Group, parse
from regiograaf.reader.cues import Mood, denied, moods, themes
from regiograaf.reader.mentions import Found, Mention
from regiograaf.reader.periods import periods
from regiograaf.reader.quantities import quantities
from regiograaf.reader.relating import Ends, fits, relations
from regiograaf.reader.ruleset import Modality, Rules
from regiograaf.reader.structure import Line, Structure
from regiograaf.reader.subjects import Subjects
from regiograaf.reader.things import regions, things
from regiograaf.reader.values import PeriodValue, QuantityValue

__all__ = ["DraftClaim", "drafts"]

LONG = 40
"""Words from which a sentence is long."""
MAX_TEXT = 4000
"""Characters from which a sentence is none, but a text without full stops; no claim is drafted from it."""
MAX_PAIRS = 150
"""Claims of one relation in one sentence from which its lists are not unfolded."""


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """One claim that a sentence seems to make."""

    subject: Mention
    predicate: str
    """A CURIE."""
    object: Mention
    """Of `rdf:type` the class, of `rg:betreft` the theme, at the place of the words that show it."""
    modality: Modality
    negated: bool
    themes: tuple[str, ...]
    """IRIs, in the order of the words."""
    period: PeriodValue | None
    """Places in the reading text (`Structure.text`)."""
    amount: QuantityValue | None
    """Places in the reading text."""
    begin: int
    """The passage, in the canonical text: its sentence."""
    end: int
    rule: str
    """The name of the rule in `relations.toml`; or existence, name-theme, name-area."""
    score: float
    """From 0 to 1."""
    speaker: str
    """The IRI or key of who asserts it; empty when the letter does not tell who writes."""
    addressee: str
    """Of what is asked or offered: of whom, or to whom, where the text tells; else empty."""


def drafts(structure: Structure, found: Found, rules: Rules) -> tuple[DraftClaim, ...]:
    """Draft the claims of a letter, in the order of the text; of one sentence by subject, relation and object.

    One claim for each subject and object of a list. Takes time in proportion to the text.
    """
    drafted: list[DraftClaim] = []
    seen: set[str] = set()
    starts = [mention.start for mention in found.mentions]
    areas = regions(found.mentions)
    last: Group | None = None
    lead = Mood()
    low = 0
    for line in structure.lines:
        if structure.blocks[line.block].kind != "item":
            lead = Mood()
        low = bisect_left(starts, line.start, low)
        high = bisect_left(starts, line.stop, low)
        leads = line.text.endswith(":")
        if line.kind != "sentence" or (low == high and not leads) or len(line.text) > MAX_TEXT:
            last = last if line.kind == "heading" else None
            continue
        reader = _Reader(line, found.mentions[low:high], found, rules, last, lead)
        if leads:
            lead = replace(reader.moods[-1], own=False, led=True) if reader.moods[-1].cue else Mood()
        drafted += reader.claims(areas, seen)
        first = reader.subjects.of(0)
        last = first.group if first else None
    return tuple(_as_the_letter_has_them(drafted, rules))


class _Reader:
    """Reads one sentence."""

    def __init__(
        self, line: Line, mentions: Sequence[Mention], found: Found, rules: Rules, before: Group | None, lead: Mood
    ) -> None:
        """`before` is the subject of the sentence before, `lead` the mood of what leads to the list that this is of."""
        self.line = line
        self.parties = found.parties
        self.rules = rules
        self.sentence = parse(line.text, line.start, mentions, rules)
        self.moods = tuple(
            replace(mood if mood.cue else lead, led=True)
            if lead.led and clause.finite < 0 and clause.kind == "main"
            else mood
            for mood, clause in zip(
                moods(self.sentence, line.text, line.start, rules), self.sentence.clauses, strict=True
            )
        )
        self.subjects = Subjects(self.sentence, self.moods, rules.actors, before)

    def claims(self, areas: Sequence[tuple[str, Mention]], seen: set[str]) -> Iterator[DraftClaim]:
        """Yield the sentence's drafts, of those that say the same the likeliest."""
        best: dict[tuple[str, str, str], DraftClaim] = {}
        for ends in relations(self.sentence, self.subjects, self.rules, self.parties.addressee):
            for draft in self._unfold(ends):
                key = (draft.subject.entity, draft.predicate, draft.object.entity)
                turned = (key[2], key[1], key[0])
                key = turned if ends.rule.mutual and turned in best else key
                if key not in best or draft.score > best[key].score:
                    best[key] = draft
        for one in things(self.sentence, self.moods, self.subjects, self.rules, areas, seen):
            score = self._chance(one.weight, one.subject, one.object, ())
            draft = self._draft(
                one.subject, one.predicate, one.object, one.modality, False, one.rule, score, one.clause
            )
            best.setdefault((draft.subject.entity, draft.predicate, draft.object.entity), draft)
        if not best:
            return
        times = list(periods(self.line.text))
        amounts = list(quantities(self.line.text, times))
        for key in sorted(best):
            yield self._dated(best[key], times, amounts) if times or amounts else best[key]

    def _unfold(self, ends: Ends) -> Iterator[DraftClaim]:
        """Yield a claim for each subject and object of the lists that stand in a relation."""
        rule = ends.rule
        places = [(group.first, group.last) for group in (ends.subject, ends.object)]
        no = denied(self.sentence, self.sentence.clauses[ends.clause], self.rules, places)
        first, second = ends.subject.mentions, ends.object.mentions
        if len(first) * len(second) > MAX_PAIRS * (1 + (ends.subject is ends.object)):
            return
        notes = (*ends.notes, "listed") if len(first) * len(second) > 1 else ends.notes
        strict = rule.shape in ("link", "beside")
        for i, subject in enumerate(first):
            if not fits(subject, rule.subject_kinds, strict):
                continue
            for object in second[i + 1 :] if ends.subject is ends.object else second:
                if subject.entity != object.entity and fits(object, rule.object_kinds, strict):
                    score = self._chance(rule.weight, subject, object, notes)
                    yield self._draft(
                        subject, rule.predicate, object, self._modality(ends), no, rule.name, score, ends.clause
                    )

    def _modality(self, ends: Ends) -> Modality:
        """The modality of a relation: that of its clause, but for what its own words say."""
        rule, mood = ends.rule, self.moods[ends.clause]
        if "order" in ends.notes:
            return "verzocht"
        if ends.at >= 0 and mood.at == ends.at and mood.modality in ("afgesproken", "verzocht"):
            return rule.modality  # the agreeing or asking itself has happened
        if mood.modality in ("bestaand", "voorgenomen") and rule.modality != "bestaand":
            return rule.modality
        if mood.modality == "in-ontwikkeling" or (rule.held and mood.modality in ("voorgenomen", "gewenst")):
            return "bestaand"  # a thing is in the making; that somebody makes it is so
        return mood.modality

    def _chance(self, weight: float, subject: Mention, object: Mention, notes: Sequence[str]) -> float:
        """A rule's weight, its odds changed by the circumstances."""
        weights = self.rules.weights
        change = sum(weights.get(note, 0.0) for note in dict.fromkeys(notes))
        change += weights["long"] if len(self.sentence.words) > LONG else 0.0
        for end in (subject, object):
            if end.entity.startswith("nieuw:"):
                change += weights["unknown"] if end.kind else weights["kindless"]
        return round(1 / (1 + math.exp(-(math.log(weight / (1 - weight)) + change))), 3)

    def _draft(
        self,
        subject: Mention,
        predicate: str,
        object: Mention,
        modality: Modality,
        no: bool,
        rule: str,
        score: float,
        number: int,
    ) -> DraftClaim:
        clause = self.sentence.clauses[number]
        speaker, addressee = self._speech(number, modality)
        return DraftClaim(
            subject=subject,
            predicate=predicate,
            object=object,
            modality=modality,
            negated=no,
            themes=themes(self.sentence.words[clause.first : clause.last], self.rules),
            period=None,
            amount=None,
            begin=self.line.begin,
            end=self.line.end,
            rule=rule,
            score=score,
            speaker=speaker,
            addressee=addressee,
        )

    def _speech(self, number: int, modality: Modality) -> tuple[str, str]:
        """Who says it, and to whom it is asked or offered."""
        speaker = self._sayer(number) or (self.parties.sender.entity if self.parties.sender else "")
        if modality not in ("verzocht", "aangeboden"):
            return speaker, ""
        addressee = self.parties.addressee.entity if self.parties.addressee else ""
        at = number
        while at >= 0 and not (self.moods[at].own and self.moods[at].cue):
            at = self.sentence.clauses[at].parent
        if at < 0:
            return speaker, addressee
        asking, asked = self.subjects.of(at), self.subjects.asked(at)
        if asking and self.moods[at].at >= 0 and asking.group.mentions[0].kind in self.rules.actors:
            speaker = asking.group.mentions[0].entity
        return speaker, asked.mentions[0].entity if asked else addressee

    def _sayer(self, number: int) -> str:
        """Whose words a clause gives ("X stelt dat ...", "volgens X"); empty for the letter's own."""
        clauses = self.sentence.clauses
        led = next((group.mentions[0] for group in clauses[number].groups if group.role == "volgens"), None)
        if led is not None:
            return led.entity
        while number >= 0 and clauses[number].kind != "that":
            number = clauses[number].parent
        above = clauses[number].parent if number >= 0 else -1
        if above < 0:
            return ""
        words = self.sentence.words[clauses[above].first : clauses[above].last]
        subject = self.subjects.of(above)
        if subject is None or self.rules.saying.isdisjoint(words) or len(subject.group.mentions) > 1:
            return ""
        return subject.group.mentions[0].entity

    def _dated(self, draft: DraftClaim, times: Sequence[PeriodValue], amounts: Sequence[QuantityValue]) -> DraftClaim:
        """A draft with the period and amount of its object's clause; a sentence's only period holds for all of it."""
        if draft.predicate in ("rdf:type", "rg:betreft"):
            return draft
        offset = self.line.start
        low, high = self._reach(draft)
        time = next((one for one in times if low <= one.start + offset < high), times[0] if len(times) == 1 else None)
        amount = next((one for one in amounts if low <= one.start + offset < high), None)
        return replace(
            draft,
            period=replace(time, start=time.start + offset, stop=time.stop + offset) if time else None,
            amount=replace(amount, start=amount.start + offset, stop=amount.stop + offset) if amount else None,
        )

    def _reach(self, draft: DraftClaim) -> tuple[int, int]:
        """Where, in the reading text, the clause of a draft's object begins and ends."""
        starts = self.sentence.starts
        for clause in self.sentence.clauses:
            if starts[clause.first] <= draft.object.start <= starts[clause.last - 1]:
                return starts[clause.first], starts[clause.last - 1] + 1
        return self.line.start, self.line.stop


def _as_the_letter_has_them(drafted: list[DraftClaim], rules: Rules) -> Iterator[DraftClaim]:
    """Yield the drafts, none of which says that something not there yet holds.

    A claim on a thing that the letter only intends, wishes ... is intended, wished ... too; on one that is being made,
    intended. What brings it about ("ontwikkelt") is as its own clause has it.
    """
    making = {rule.name for rule in rules.relations if rule.makes or rule.held}
    states: dict[str, Modality] = {
        draft.subject.entity: draft.modality
        for draft in drafted
        if draft.predicate == "rdf:type" and draft.modality not in ("bestaand", "beeindigd")
    }
    for draft in drafted:
        state = states.get(draft.subject.entity) or states.get(draft.object.entity)
        if state and draft.modality == "bestaand" and draft.rule not in making and draft.predicate != "rdf:type":
            made: Modality = "voorgenomen" if state == "in-ontwikkeling" else state
            yield replace(draft, modality=made)
        else:
            yield draft
