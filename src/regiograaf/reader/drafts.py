"""Draft claims: what a letter seems to say, for a coder to accept, change or drop.

A draft has two names of one sentence as its ends, a relation that the rules read in the words between, and the modality
of its clause. Nothing is drafted that no words support. `score` is the chance that the draft is right.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

from regiograaf.reader.addressing import LETTER, SIGNED, addressed
from regiograaf.reader.agreement import PARTY, SIGNS, parties
from regiograaf.reader.attendance import WEIGHT as ATTENDED
from regiograaf.reader.attendance import attendance
from regiograaf.reader.clauses import Clause, Group, parse
from regiograaf.reader.cues import Mood, as_agreed, labelled, moods, planned
from regiograaf.reader.denial import denied
from regiograaf.reader.enclosures import enclosures
from regiograaf.reader.forms import passive
from regiograaf.reader.head import Field, head
from regiograaf.reader.mentions import Found, Mention, New
from regiograaf.reader.namewords import name_words
from regiograaf.reader.periods import periods
from regiograaf.reader.phrases import PHRASE, SAID, phrases
from regiograaf.reader.quantities import quantities
from regiograaf.reader.relating import Ends, fits, relations
from regiograaf.reader.ruleset import Modality, Rules
from regiograaf.reader.structure import Line, Structure
from regiograaf.reader.subjects import Subjects
from regiograaf.reader.tense import to_come
from regiograaf.reader.things import regions, things
from regiograaf.reader.topics import about
from regiograaf.reader.values import PeriodValue, QuantityValue
from regiograaf.reader.words import SHALL, TABLES

__all__ = ["DraftClaim", "drafted", "drafts"]

_AGREED = re.compile(
    r"^(?:artikel|art\.) \d+"
    r"|\b(?:komen|kwamen|zijn|verklaren)\b[^.]{0,80}\bovereen(?:gekomen|te komen)?(?: als volgt)?[^.]{0,20}:$"
    r"|\bspreken\b[^.]{0,60}\baf:$",
    re.IGNORECASE,
)
"""Where the articles of an agreement begin."""
_DECIDES = frozenset({"rg:steltVast", "rg:stemtInMet", "rg:besluitOver", "rg:onderschrijft"})
_EXPLORES = "rg:onderzoekt"
_PARTY = "rg:partijBij"
_WORKS = "rg:werktAan"
_EXPLORED = "verkennen"
"""The name of the cue of what is explored, in `modality.toml`."""
_NO_MOOD = Mood()
LONG = 40
"""Words from which a sentence is long."""
MAX_TEXT = 4000
"""Characters from which a sentence is none, but a text without full stops; no claim is drafted from it."""
LINKED = -2
"""In the place of a draft's verb: two names beside each other showed it."""
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
    """The name of the rule in `relations.toml`; or existence, name-theme, name-area, letterhead,
    attendance, parties."""
    score: float
    """From 0 to 1."""
    speaker: str
    """The IRI or key of who asserts it; empty when the letter does not tell who writes."""
    addressee: str
    """Of what is asked or offered: of whom, or to whom, where the text tells; else empty."""


def drafts(structure: Structure, found: Found, rules: Rules) -> tuple[DraftClaim, ...]:
    """The claims of `drafted` alone."""
    return drafted(structure, found, rules)[1]


def drafted(
    structure: Structure,
    found: Found,
    rules: Rules,
    fields: Sequence[Field] | None = None,
    letter: str = LETTER,
) -> tuple[Found, tuple[DraftClaim, ...]]:
    """Draft the claims of a letter, in the order of the text; of one sentence by subject, relation and object.

    One claim for each subject and object of a list. `fields` are those of `head(structure)`, found when not given;
    `letter` is the letter's IRI, for what its head and foot say of it. What the letter names comes back with the things
    that only a common noun stands for, as far as a claim is about them. Takes time in proportion to the text.
    """
    fields = head(structure) if fields is None else fields
    offered = phrases(structure, found.mentions, rules)
    every = sorted([*found.mentions, *offered], key=lambda mention: mention.start)
    claims: list[DraftClaim] = []
    seen: set[str] = set()
    starts = [mention.start for mention in every]
    areas = regions(found.mentions)
    last: Group | None = None
    antecedent: Mention | None = None
    lead = _Lead()
    written = _date(fields)
    ahead = agreed = False
    low = 0
    for line in structure.lines:
        if structure.blocks[line.block].kind != "item":
            lead = _Lead()
        low = bisect_left(starts, line.start, low)
        high = bisect_left(starts, line.stop, low)
        if line.kind == "heading":
            ahead = any(word in line.text.lower() for word in rules.plans[1])
        agreed = agreed or bool(_AGREED.search(line.text))
        leads = line.text.endswith(":")
        named = every[low:high]
        bare = len(named) < 2 and all(one.rule == PHRASE for one in named)
        if line.kind != "sentence" or (bare and not leads and not lead.text) or len(line.text) > MAX_TEXT:
            last = last if line.kind == "heading" else None
            antecedent = (_meant((), named, rules) or antecedent) if line.kind == "sentence" else None
            continue
        if lead.text and not leads and _nominal(line, rules):
            whole, named = _joined(lead, line, every[low:high])
            reader = _Reader(whole, named, found, rules, last, _Lead(), written, ahead, agreed, antecedent)
            inside = {mention.begin for mention in every[low:high]}
            claims += [
                one
                for one in reader.claims((), set())
                if one.predicate != "rdf:type" and not inside.isdisjoint({one.subject.begin, one.object.begin})
            ]
        reader = _Reader(line, every[low:high], found, rules, last, lead, written, ahead, agreed, antecedent)
        if leads:
            lead = reader.leads()
        said = list(reader.claims(areas, seen))
        if line.text.endswith("?"):  # a question says nothing of what is
            said = [one for one in said if one.modality != "bestaand"]
        claims += said
        antecedent = _meant(said, every[low:high], rules) or antecedent
        first = reader.subjects.of(0)
        last = first.group if first else None
    speaker = found.parties.sender.entity if found.parties.sender else ""
    own = [
        *(
            _of_line(one.subject, one.predicate, one.object, one.line, "letterhead", one.weight, speaker)
            for one in addressed(structure, found, fields, letter)
        ),
        *(
            _of_line(one.who, "rg:neemtDeelAan", one.meeting, one.line, "attendance", ATTENDED, speaker, no=one.absent)
            for one in attendance(structure, found.mentions, rules.actors)
        ),
        *(
            _of_line(one.who, "rg:partijBij", one.agreement, one.line, "parties", PARTY, speaker)
            if one.agreement
            else _of_line(one.who, "rg:ondertekent", _document(letter), one.line, "parties", SIGNS, speaker)
            for one in parties(structure, every, rules.actors)
        ),
        *(
            _of_line(one.thing, one.relation, _document(letter), one.line, "letterhead", one.weight, speaker)
            if one.relation == "rg:bijlageVan"
            else _of_line(_document(letter), one.relation, one.thing, one.line, "letterhead", one.weight, speaker)
            for one in enclosures(structure, found.mentions, rules.actors)
        ),
    ]
    signed = [end for one in own for end in (one.subject, one.object) if end.rule == SIGNED]
    used = _spoken_of([*claims, *own])
    kept = [
        one
        for one in _as_the_letter_has_them(claims, rules)
        if one.subject.rule != PHRASE or one.subject.entity in used
    ]
    told = sorted([*kept, *own], key=lambda one: one.begin)
    standing = name_words().standing
    stay = (one for one in offered if one.entity in used or one.kind in standing)
    return _with_phrases(found, [*stay, *signed]), tuple(told)


def _document(letter: str) -> Mention:
    """The letter itself, as an end of a claim."""
    return Mention(0, 0, "", letter, "deze brief", "rg:Brief", "letter", 0, 0)


def _of_line(
    subject: Mention,
    predicate: str,
    object: Mention,
    line: Line,
    rule: str,
    score: float,
    speaker: str,
    *,
    no: bool = False,
) -> DraftClaim:
    """What a line says that is no sentence."""
    return DraftClaim(
        subject=subject,
        predicate=predicate,
        object=object,
        modality="bestaand",
        negated=no,
        themes=(),
        period=None,
        amount=None,
        begin=line.begin,
        end=line.end,
        rule=rule,
        score=score,
        speaker=speaker,
        addressee="",
    )


def _spoken_of(claims: Iterable[DraftClaim]) -> set[str]:
    """The things without a name that a relation is claimed of."""
    return {
        end.entity
        for one in claims
        if one.predicate not in ("rdf:type", "rg:betreft")
        for end in (one.subject, one.object)
        if end.rule == PHRASE
    }


def _with_phrases(found: Found, offered: Sequence[Mention]) -> Found:
    """What a letter names, with things that it only has a common noun for."""
    if not offered:
        return found
    ranges = {(one.start, one.stop) for one in found.mentions}
    fresh = {(one.start, one.stop): one for one in offered if (one.start, one.stop) not in ranges}
    every = sorted([*found.mentions, *fresh.values()], key=lambda mention: mention.start)
    new = {one.key: one for one in found.new}
    for one in offered:
        if one.entity.startswith("nieuw:"):
            new.setdefault(one.entity, New(one.entity, one.label, one.kind, SAID))
    return replace(found, mentions=tuple(every), new=tuple(new.values()))


def _nominal(line: Line, rules: Rules) -> bool:
    """Whether an item of a list has no verb, so that it can be an end of what leads to the list."""
    words = set(re.findall(r"\w+", line.text.lower()))
    return all(words.isdisjoint(forms) for forms in (rules.finite, rules.participles, rules.infinitives))


def _joined(lead: _Lead, line: Line, mentions: Sequence[Mention]) -> tuple[Line, list[Mention]]:
    """An item behind the sentence that leads to it, as one line, with their mentions at their places in it."""
    start = line.start - len(lead.text) - 1
    moved = start - lead.start
    before = [replace(one, start=one.start + moved, stop=one.stop + moved) for one in lead.named]
    return replace(line, start=start, text=f"{lead.text} {line.text}"), [*before, *mentions]


def _vaguer(
    best: Mapping[tuple[str, str, str], DraftClaim], verbs: Mapping[tuple[str, str, str], int], generic: frozenset[str]
) -> list[tuple[str, str, str]]:
    """The drafts of a sentence that another says better: of two with the same ends the generic relation, what only
    their being beside each other shows where a verb says more, and of two readings of one verb the less likely."""
    pairs: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for key in best:
        pairs.setdefault((key[0], key[2]), []).append(key)
    found = []
    for listed in pairs.values():
        kept: dict[int, tuple[str, str, str]] = {}
        for key in sorted(listed, key=lambda key: (key[1] in generic, verbs[key] == LINKED, -best[key].score, key)):
            place = verbs[key]
            by_verb = any(other >= 0 for other in kept)
            if (key[1] in generic and kept) or (place >= 0 and place in kept) or (place == LINKED and by_verb):
                found.append(key)
            else:
                kept[place if place >= 0 else -1 - len(kept)] = key
    return found


def _beside(ends: Ends) -> bool:
    """Whether no verb shows a relation, but two names beside each other or an act with the clause's subject."""
    return ends.rule.shape == "link" or (ends.rule.shape == "noun" and "" in ends.rule.first and not ends.rule.names)


def _meant(said: Sequence[DraftClaim], named: Sequence[Mention], rules: Rules) -> Mention | None:
    """What "daarvoor" in the next sentence stands for: the thing that this one is about, else the last it names."""
    about = [one for one in said if one.predicate not in ("rdf:type", "rg:betreft")]
    things = [
        *(end for one in sorted(about, key=lambda one: -one.score) for end in (one.subject, one.object)),
        *reversed(named),
    ]
    return next((one for one in things if one.kind in TABLES or (one.kind and one.kind not in rules.actors)), None)


def _date(fields: Sequence[Field]) -> date | None:
    """The date of a letter, where it gives day, month and year."""
    for field in fields:
        if field.name == "date":
            try:
                return date.fromisoformat(field.value)
            except ValueError:
                return None
    return None


def _alone(mention: Mention | None) -> Group | None:
    return Group((mention,), 0, 0, "") if mention else None


@dataclass(frozen=True, slots=True)
class _Lead:
    """What a sentence that ends in a colon gives to the items of the list behind it."""

    mood: Mood = _NO_MOOD
    doer: Group | None = None
    text: str = ""
    """The sentence, without its colon."""
    start: int = 0
    """Its place in the reading text."""
    named: tuple[Mention, ...] = ()


class _Reader:
    """Reads one sentence."""

    def __init__(
        self,
        line: Line,
        mentions: Sequence[Mention],
        found: Found,
        rules: Rules,
        before: Group | None,
        lead: _Lead,
        written: date | None,
        ahead: bool,
        agreed: bool,
        antecedent: Mention | None,
    ) -> None:
        """`before` is the subject of the sentence before, `lead` of what leads to the list that this is of.

        `written` is the letter's date, `ahead` whether the heading above announces plans, `agreed` whether the line is
        of the articles of an agreement; `antecedent` is what "daarvoor" stands for.
        """
        self.line = line
        self.named = tuple(mentions)
        self.parties = found.parties
        self.rules = rules
        self.about: dict[int, tuple[str, ...]] = {}
        self.sentence = parse(line.text, line.start, mentions, rules, antecedent)
        given = labelled(self.sentence, moods(self.sentence, line.text, line.start, rules), rules)
        if lead.mood.led:
            given = tuple(
                replace(mood if mood.cue else lead.mood, led=True) if self._hangs(clause) else mood
                for mood, clause in zip(given, self.sentence.clauses, strict=True)
            )
        if agreed:
            self.moods = as_agreed(self.sentence, given, rules)
        else:
            self.moods = planned(self.sentence, given, rules, ahead, partial(self._to_come, written))
        addressee = _alone(found.parties.addressee)
        self.subjects = Subjects(
            self.sentence, self.moods, rules.actors, before, lead.doer, addressee, found.parties.sender
        )

    @cached_property
    def times(self) -> tuple[PeriodValue, ...]:
        """The times that the sentence names, at their places in it."""
        return tuple(periods(self.line.text))

    def _to_come(self, written: date | None) -> list[int]:
        """Where, in the reading text, times stand that are still to come: after the letter's date, or of no year."""
        return [self.line.start + place for place in to_come(self.times, self.line.text, written)]

    def _hangs(self, clause: Clause) -> bool:
        """Whether a clause of an item goes on with what leads to the list: without a finite verb, or with it at the
        end."""
        return clause.kind == "main" and (clause.finite < 0 or clause.finite >= clause.last - 2)

    def leads(self) -> _Lead:
        """The mood and the doer that this sentence gives to the items of its list: of what is asked, who is asked."""
        last = len(self.moods) - 1
        asked = self.subjects.asked(last)
        subject = self.subjects.of(last)
        doer = asked or (subject.group if subject else None)
        mood = self.moods[last]
        return _Lead(
            replace(mood, at=-1, own=False, led=True) if mood.cue else Mood(),
            doer,
            self.line.text.rstrip(" :"),
            self.line.start,
            self.named,
        )

    def claims(self, areas: Sequence[tuple[str, Mention]], seen: set[str]) -> Iterator[DraftClaim]:
        """Yield the sentence's drafts, of those that say the same the likeliest."""
        best: dict[tuple[str, str, str], DraftClaim] = {}
        verbs: dict[tuple[str, str, str], int] = {}
        for ends in relations(self.sentence, self.subjects, self.rules, self.parties.addressee, self.parties.sender):
            for draft in self._unfold(ends):
                key = (draft.subject.entity, draft.predicate, draft.object.entity)
                turned = (key[2], key[1], key[0])
                key = turned if ends.rule.mutual and turned in best else key
                if key not in best or draft.score > best[key].score:
                    best[key], verbs[key] = draft, LINKED if _beside(ends) else ends.at
        for key in _vaguer(best, verbs, self.rules.generic):
            del best[key]
        for one in things(self.sentence, self.moods, self.subjects, self.rules, areas, seen):
            score = self._chance(one.weight, one.subject, one.object, ())
            draft = self._draft(
                one.subject, one.predicate, one.object, one.modality, False, one.rule, score, one.clause
            )
            best.setdefault((draft.subject.entity, draft.predicate, draft.object.entity), draft)
        if not best:
            return
        times = self.times
        amounts = list(quantities(self.line.text, times))
        for key in sorted(best):
            yield self._dated(best[key], times, amounts) if times or amounts else best[key]

    def _unfold(self, ends: Ends) -> Iterator[DraftClaim]:
        """Yield a claim for each subject and object of the lists that stand in a relation."""
        rule = ends.rule
        places = [(group.first, group.last) for group in (ends.subject, ends.object)]
        no = not rule.sure and denied(self.sentence, self.sentence.clauses[ends.clause], self.rules, places, rule.needs)
        first, second = ends.subject.mentions, ends.object.mentions
        if len(first) * len(second) > MAX_PAIRS * (1 + (ends.subject is ends.object)):
            return
        notes = (*ends.notes, "listed") if len(first) * len(second) > 1 else ends.notes
        for i, subject in enumerate(first):
            if not fits(subject, rule.subject_kinds, rule.strict and rule.shape != "beside"):
                continue
            for object in second[i + 1 :] if ends.subject is ends.object else second:
                if subject.entity != object.entity and fits(object, rule.object_kinds, rule.strict):
                    score = self._chance(rule.weight, subject, object, notes)
                    yield self._draft(
                        subject, rule.predicate, object, self._modality(ends), no, rule.name, score, ends.clause
                    )

    def _modality(self, ends: Ends) -> Modality:
        """The modality of a relation: that of its clause, but for what its own words say."""
        rule, mood = ends.rule, self.moods[ends.clause]
        if mood.cue is not None and mood.cue.before and rule.shape == "verb":
            mood = _NO_MOOD  # "X financiert de beoogde samenwerking"
        if "order" in ends.notes:
            return "verzocht"
        if rule.sure:
            return rule.modality
        asks = mood.modality == "gewenst" and mood.cue is not None and mood.cue.complement
        if ends.at >= 0 and mood.at == ends.at and (asks or mood.modality in ("afgesproken", "verzocht")):
            return rule.modality  # the agreeing or asking itself has happened
        if mood.labelled and rule.predicate in _DECIDES:
            return rule.modality
        if rule.predicate == _EXPLORES and mood.modality == "mogelijk" and mood.cue and mood.cue.name == _EXPLORED:
            return rule.modality  # what is explored is possible; that it is explored is so
        clause = self.sentence.clauses[ends.clause]
        shall = mood.at >= 0 and self.sentence.words[mood.at] in SHALL
        if mood.modality == "voorgenomen" and shall and not passive(clause, self.sentence):
            kinds = {mention.kind for mention in ends.subject.mentions}
            if kinds.isdisjoint(self.rules.actors | {""}):
                return "verwacht"  # a thing has no plans
        if mood.modality in ("bestaand", "voorgenomen") and rule.modality != "bestaand":
            return rule.modality
        if mood.modality == "bestaand" and ends.at >= 0 and self._was(ends):
            return "beeindigd"
        if rule.predicate == _PARTY and (
            mood.modality == "in-ontwikkeling" or (mood.modality == "bestaand" and self._concludes(ends))
        ):
            return "voorgenomen"
        if mood.modality == "in-ontwikkeling" and rule.shape == "noun" and not rule.makes:
            return "voorgenomen"  # "bereidt deelname aan X voor"
        if mood.modality == "in-ontwikkeling" or (rule.held and mood.modality in ("voorgenomen", "gewenst")):
            return "bestaand"  # a thing is in the making; that somebody makes it is so
        return mood.modality

    def _was(self, ends: Ends) -> bool:
        """Whether what held held until a year: "was tot 2022 lid"."""
        clause, words = self.sentence.clauses[ends.clause], self.sentence.words
        return words[ends.at] in ("was", "waren") and any(
            words[i] == "tot" and words[i + 1].isdigit() for i in range(clause.first, clause.last - 1)
        )

    def _concludes(self, ends: Ends) -> bool:
        """Whether an agreement is only being made: "sluiten", not "hebben gesloten"."""
        if ends.at < 0 or ends.at != self.sentence.clauses[ends.clause].finite:
            return False
        word = self.sentence.words[ends.at]
        return ends.rule.makes and any(
            rule is ends.rule and word in verb.present for rule, verb in self.rules.by_form.get(word, ())
        )

    def _chance(self, weight: float, subject: Mention, object: Mention, notes: Sequence[str]) -> float:
        """A rule's weight, its odds changed by the circumstances."""
        weights = self.rules.weights
        change = sum(weights.get(note, 0.0) for note in dict.fromkeys(notes))
        change += weights["long"] if len(self.sentence.words) > LONG else 0.0
        for end in (subject, object):
            if end.rule == PHRASE:
                change += weights["phrase"] if end.kind else weights["open"]
            elif end.entity.startswith("nieuw:"):
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
        if number not in self.about:
            self.about[number] = about(self.sentence, self.sentence.clauses[number], self.rules)
        speaker, addressee = self._speech(number, modality)
        return DraftClaim(
            subject=subject,
            predicate=predicate,
            object=object,
            modality=modality,
            negated=no,
            themes=self.about[number],
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
    intended. What brings it about ("ontwikkelt") is as its own clause has it, but nobody is party to what is not there.
    """
    making = {
        rule.name
        for rule in rules.relations
        if (rule.makes and rule.predicate != _PARTY) or rule.held or rule.predicate == _EXPLORES
    }
    told: dict[str, DraftClaim] = {}
    for draft in drafted:
        if draft.predicate == "rdf:type":
            before = told.get(draft.subject.entity)
            if before is None or before.modality == "bestaand" or draft.modality == "beeindigd":
                told[draft.subject.entity] = draft
    states: dict[str, Modality] = {
        entity: draft.modality for entity, draft in told.items() if draft.modality not in ("bestaand", "beeindigd")
    }
    explored = {
        draft.object.entity
        for draft in drafted
        if draft.predicate == _EXPLORES and draft.modality == "bestaand" and states.get(draft.object.entity)
    }
    for draft in drafted:
        state = states.get(draft.subject.entity) or states.get(draft.object.entity)
        if draft.predicate == "rdf:type":
            if draft.subject.entity not in explored and draft is told[draft.subject.entity]:
                yield draft  # that what is explored may come to be is said by its being explored
        elif state == "in-ontwikkeling" and draft.predicate == _WORKS:
            yield draft
        elif state and draft.modality == "bestaand" and draft.rule not in making and not draft.negated:
            made: Modality = "voorgenomen" if state == "in-ontwikkeling" else state
            yield replace(draft, modality=made)
        else:
            yield draft
