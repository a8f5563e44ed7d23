"""Who does it: the subject of each clause of a sentence, also where it is said elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regiograaf.reader.clauses import Clause, Group, Sentence
from regiograaf.reader.cues import Mood
from regiograaf.reader.mention import Mention
from regiograaf.reader.phrases import PHRASE
from regiograaf.reader.words import AGREED, BE, BECOME, HAVE, OURS, PRONOUNS, VAGUE

__all__ = ["Subject", "Subjects", "speaks"]

_YOU = frozenset({"u"})
_PROPOSES = "voorstellen"
"""The name of the cue of what is proposed, in `modality.toml`."""
_AFTER_IT = frozenset({"aan", "al", "bij", "daaraan", "in", "met", "niet", "nog", "ook", "zelf", "zich"})
"""Words behind an "het" that is no article."""
_JOINS = frozenset({"maar", "ook", "en"})
"""What can stand before the verb of a clause that shares the subject before it."""
NEAR = 4
"""Words behind the verb of a main clause within which its subject stands."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject, and by which circumstances it is less sure; names of `[weights]`."""

    group: Group
    notes: tuple[str, ...] = ()

    def implied(self) -> Subject:
        """The same, taken over by another clause."""
        return Subject(self.group, (*self.notes, "implicit"))


def speaks(group: Group) -> bool:
    """Whether a name is a "wij", which can only be a subject."""
    return any(mention.rule == "sender" and mention.text.lower() in ("wij", "we") for mention in group.mentions)


class Subjects:
    """The subjects of one sentence, found as they are asked for."""

    def __init__(
        self,
        sentence: Sentence,
        moods: tuple[Mood, ...],
        actors: frozenset[str],
        before: Group | None,
        lead: Group | None = None,
        addressee: Group | None = None,
        sender: Mention | None = None,
    ) -> None:
        """`actors` are the classes of those who act; `before` is the subject of the sentence before; `lead` who does
        what an item says that has no subject of its own, by the sentence that leads to its list; `addressee` who is
        asked where "u" is no name, `sender` whose "onze inzet" is."""
        self._addressee = addressee
        self._sender = sender
        self._lead = lead
        self._sentence = sentence
        self._moods = moods
        self._actors = actors
        self._before = before
        self._found: dict[int, Subject | None] = {}

    def of(self, number: int) -> Subject | None:
        """The subject of a clause: its own bare name, or one taken over from the clause that it hangs on."""
        if number not in self._found:
            self._found[number] = None  # a clause that leads back to itself has none
            self._found[number] = self._find(number)
        return self._found[number]

    def asked(self, number: int) -> Group | None:
        """Whom a clause asks or advises to do something: its bare name that is not the subject; None when it does not
        ask."""
        clause, mood = self._sentence.clauses[number], self._moods[number]
        words = self._sentence.words[clause.first : clause.last]
        if mood.own and mood.cue is not None and mood.cue.name == _PROPOSES and not _YOU.isdisjoint(words):
            return self._addressee  # "Wij stellen u voor X te doen"
        if not self.asks(number):
            return None
        subject = self.of(number)
        if subject is not None and mood.at >= 0 and self._told(clause, mood.at):
            return subject.group
        roles = ("", "aan", "bij") if mood.at >= 0 else ("", "aan", "op", "bij")
        for group in clause.groups:
            if subject is not None and group is subject.group:
                continue
            if group.role in roles and self._acts(group.mentions[0]):
                return group
        if not _YOU.isdisjoint(self._sentence.words[clause.first : clause.last]):
            return self._addressee
        return None

    def _told(self, clause: Clause, at: int) -> bool:
        """Whether a clause has its asking in the passive: "X is gevraagd om ..."."""
        words = self._sentence.words
        inside = words[clause.first : clause.last]
        asked = words[at].startswith(("ge", "ver", "op", "uit")) and HAVE.isdisjoint(inside)
        return asked and not (BE | BECOME).isdisjoint(inside)

    def _acts(self, mention: Mention) -> bool:
        """Whether somebody can be asked: who acts, or a name of which the text does not tell what it is."""
        return mention.kind in self._actors or (not mention.kind and mention.rule != PHRASE)

    def asks(self, number: int) -> bool:
        """Whether a clause itself asks or advises to do something."""
        mood = self._moods[number]
        return mood.own and mood.cue is not None and mood.cue.complement and mood.modality in ("verzocht", "gewenst")

    def _find(self, number: int) -> Subject | None:
        clause = self._sentence.clauses[number]
        if clause.kind == "relative":
            return self._antecedent(number)
        if clause.kind == "infinitive":
            return self._of_infinitive(number)
        taken_up = clause.kind == "resumed" and any(group.first > clause.finite for group in _bare(clause)[:1])
        if clause.finite >= 0 and not taken_up:
            shared = self._shared(number)
            if shared is not None:
                return shared
            own, closed = self._own(number)
            if own is not None or closed:
                return own
        as_ = self._as(number)
        if as_ is not None and clause.beside < 0:
            return as_
        above = clause.beside if clause.beside >= 0 else clause.parent if clause.kind == "resumed" else -1
        if above < 0:
            if self._lead is not None and clause.finite < 0 and clause.kind == "main":
                return Subject(self._lead, ("implicit",))
            return None
        subject = self.of(above)
        if clause.beside >= 0 and clause.finite < 0 and self.asks(above) and (asked := self.asked(above)) is not None:
            return Subject(asked)  # "Wij vragen u X te doen en Y te laten"
        if clause.beside >= 0:
            return subject.implied() if subject else None
        bare = _bare(self._sentence.clauses[above])
        if subject is None and not bare and taken_up:  # "Als X meedoet, zijn wij bereid ..."
            return self._own(number)[0]
        return subject or (Subject(bare[0]) if bare else None)

    def _as(self, number: int) -> Subject | None:
        """Who a clause without a subject says somebody acts as: "om als regio bij te dragen"."""
        group = next((one for one in self._sentence.clauses[number].groups if one.role == "als"), None)
        return Subject(group, ("implicit",)) if group is not None and self._acts(group.mentions[0]) else None

    def _shared(self, number: int) -> Subject | None:
        """The subject of the clause before, for one that begins with its verb: "X helpt Y en krijgt een bijdrage"."""
        clause, words = self._sentence.clauses[number], self._sentence.words
        if clause.beside < 0 or not _JOINS.issuperset(words[clause.first : clause.finite]):
            return None
        before, above = self._sentence.clauses[clause.beside], self.of(clause.beside)
        if above is None or above.group not in before.groups or above.group.first > before.finite:
            return None
        return above.implied()

    def _own(self, number: int) -> tuple[Subject | None, bool]:
        """A clause's own subject, and whether it has none to take over either."""
        clause, words = self._sentence.clauses[number], self._sentence.words
        bare, verb = _bare(clause), clause.finite
        head = words[clause.first : verb] or words[verb + 1 : verb + 2]
        ahead = words[clause.first : bare[0].first] if bare else words[clause.first : verb + 2]
        if number == 0 and self._takes_up(clause):
            thing = self._sentence.antecedent
            return (Subject(Group((thing,), clause.first, clause.first, ""), ("pronoun",)) if thing else None), True
        if any(word in PRONOUNS for word in ahead[:6]):
            if clause.kind in ("that", "adverbial") and clause.parent >= 0:
                above = self.of(clause.parent) or self._with(clause.parent)
                return (Subject(above.group, ("implicit",)) if above else None), True
            if clause.beside >= 0 and (shared := self.of(clause.beside)) is not None:
                return shared.implied(), True  # "X heeft A getekend en voert zij ..."
            return (Subject(self._before, ("pronoun",)) if self._before and number == 0 else None), True
        if self._it(clause, bare) and clause.parent >= 0:
            above = self.of(clause.parent)
            return (Subject(above.group, ("implicit",)) if above else None), True
        speaking = next((group for group in bare if speaks(group)), None)
        if speaking is not None:
            return Subject(speaking), True
        aims = not bare or bare[0].first > verb or bare[0].mentions[0].text.lower() in OURS
        if self._sender is not None and aims and self._ours(head):
            return Subject(Group((self._sender,), clause.first, clause.first + 1, ""), ("implicit",)), True
        if bare and (bare[0].first < verb or bare[0].first - verb <= NEAR or clause.kind != "main"):
            return Subject(bare[0]), True
        free = clause.beside >= 0 or clause.kind == "resumed"
        return None, not free or any(word in VAGUE for word in head)

    def _ours(self, head: Sequence[str]) -> bool:
        """Whether a clause begins with what its writer aims at: "Onze inzet is gericht op X"."""
        return len(head) > 1 and head[0] in ("onze", "ons") and head[-1] in OURS

    def _with(self, number: int) -> Subject | None:
        """Whom a clause without a subject speaks with: "Met X is afgesproken dat zij ..."."""
        met = next((group for group in self._sentence.clauses[number].groups if group.role == "met"), None)
        return Subject(met) if met is not None and self.of(number) is None else None

    def _it(self, clause: Clause, bare: list[Group]) -> bool:
        """Whether a clause says "het" of the subject above it: "X beslist of het (ook) meedoet"."""
        words, first = self._sentence.words, clause.first
        if clause.kind not in ("that", "whether") or bare or words[first + 1 : first + 2] != ("het",):
            return False
        return clause.finite == first + 2 or words[first + 2] in _AFTER_IT

    def _takes_up(self, clause: Clause) -> bool:
        """Whether a clause begins with a "dit" that is its subject: "Dit helpt X", not "Dit betaalt X"."""
        if clause.finite != clause.first + 1 or self._sentence.words[clause.first] not in ("dit", "dat", "deze"):
            return False
        behind = next((group for group in _bare(clause) if group.first - clause.finite <= NEAR), None)
        return behind is None or behind.mentions[0].kind not in self._actors

    def _of_infinitive(self, number: int) -> Subject | None:
        clause = self._sentence.clauses[number]
        if clause.beside >= 0:
            above = self.of(clause.beside)
        elif clause.parent >= 0:
            asked = self.asked(clause.parent)
            if asked is not None:
                return Subject(asked)
            if self.asks(clause.parent):
                return None  # the letter does not say whom
            above = (
                self._agreed(clause.parent) or self._up_to(clause.parent) or self.of(clause.parent) or self._as(number)
            )
        else:  # "Om X te versnellen, werkt Y ..."
            above = self.of(number + 1) if number + 1 < len(self._sentence.clauses) else None
        return above.implied() if above else None

    def _up_to(self, number: int) -> Subject | None:
        """Whose it is to do something: "Het is aan X om ...", "Aan X is de taak om ..."."""
        clause, subject = self._sentence.clauses[number], self.of(number)
        if clause.finite < 0 or self._sentence.words[clause.finite] not in BE:
            return None
        if subject is not None and self._acts(subject.group.mentions[0]):
            return None
        group = next((one for one in clause.groups if one.role == "aan" and self._acts(one.mentions[0])), None)
        return Subject(group) if group is not None else None

    def _agreed(self, number: int) -> Subject | None:
        """Who does what is agreed: "Met X hebben wij afgesproken om ..." is of both."""
        clause, subject = self._sentence.clauses[number], self.of(number)
        words = self._sentence.words[clause.first : clause.last]
        met = next((group for group in clause.groups if group.role == "met"), None)
        if subject is None or met is None or AGREED.isdisjoint(words):
            return None
        whole = Group((*subject.group.mentions, *met.mentions), subject.group.first, subject.group.last, "")
        return Subject(whole, subject.notes)

    def _antecedent(self, number: int) -> Subject | None:
        """The name right before a relative clause."""
        first = self._sentence.clauses[number].first
        for clause in reversed(self._sentence.clauses[:number]):
            for group in reversed(clause.groups):
                between = self._sentence.words[group.last : first]
                dated = len(between) == 3 and between[1].isdigit() and between[2] == ","  # "het gebouw uit 1974, dat"
                if 0 <= first - group.last <= 2 or dated:
                    several = self._several(number) and not group.role
                    members = group.mentions if several else group.mentions[-1:]
                    return Subject(Group(members, group.first, group.last, ""))
        return None

    def _several(self, number: int) -> bool:
        """Whether a relative clause has a verb in the plural: "A en B, die samen ... gaan"."""
        clause = self._sentence.clauses[number]
        return clause.finite >= 0 and self._sentence.words[clause.finite].endswith("n")


def _bare(clause: Clause) -> list[Group]:
    return [group for group in clause.groups if not group.role and group.mentions[0].text.lower() != "ons"]
