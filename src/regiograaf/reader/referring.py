"""What referring words stand for: those of `references`, in the light of what the letter names before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regiograaf.reader import organs
from regiograaf.reader.candidates import key_of
from regiograaf.reader.fresh import PROSE, bare_line
from regiograaf.reader.lexicon import Lexicon
from regiograaf.reader.mention import NEW, Mention, mention_of, overlaps
from regiograaf.reader.naming import RECENT
from regiograaf.reader.parties import Parties
from regiograaf.reader.references import FUNCTIONS, ROLES, Reference, matches, nearest, references
from regiograaf.reader.speakers import quoted, speaker, spokesman
from regiograaf.reader.structure import Line, Structure

__all__ = ["with_references"]


def with_references(
    structure: Structure,
    told: Sequence[Mention],
    parties: Parties,
    lexicon: Lexicon,
    greeting: str,
    bodies: Sequence[Mention] = (),
) -> list[Mention]:
    """All mentions: those named, and the words that stand for them. `greeting` is the greeted by what they are;
    `bodies` those that are named with an organ of theirs, also."""
    reader = _Referring(structure, told, parties, lexicon, greeting)
    reader.bodies = [one for one in bodies if one.kind in _OF_ORGANS]
    at = 0
    for line in structure.lines:
        last = at
        while last < len(told) and told[last].start < line.stop:
            last += 1
        reader.read(line, told[at:last])
        at = last
    return reader.found


_AGREEMENTS = ("overeenkomst", "convenant", "intentieverklaring")
_PAPERS = ("rg:Overeenkomst", "rg:Convenant", "rg:Intentieverklaring")
TITLE = 3
"""Lines in which the title of an agreement stands."""


class _Referring:
    def __init__(
        self, structure: Structure, told: Sequence[Mention], parties: Parties, lexicon: Lexicon, greeting: str
    ) -> None:
        self.structure = structure
        self.told = told
        self.ahead: dict[str, Mention | None] = {}
        """By noun, the one thing that the letter names by that word, wherever it does."""
        self.parties = parties
        self.lexicon = lexicon
        named = greeting and parties.addressee
        self.greeted = re.compile(rf"\b{re.escape(greeting)}\b", re.IGNORECASE) if named else None
        self.state = _state(lexicon)
        self.province = _known_province(lexicon)
        self.cabinet = _only(lexicon, "rg:Kabinet")
        self.bodies: Sequence[Mention] = ()
        """In the order of the text; also those that are only named with an organ of theirs."""
        self.holders: dict[str, Mention] = {}
        """Who was last named with a function: for "de wethouder"."""
        self.found: list[Mention] = []
        self.title: Mention | None = None
        """The agreement that the text is, as its first lines call it."""
        self.speaker: Mention | None = None
        self.body: Mention | None = None
        """For whom the speaker says "wij"."""
        self.block = -1
        self.paragraph = 0
        """Where the paragraph begins in the reading text."""

    def read(self, line: Line, here: Sequence[Mention]) -> None:
        """Take in a line with the mentions that it names."""
        if self.title is None and line.number < TITLE:
            self.title = next((one for one in here if one.kind in _PAPERS), None)
        self._holders(line, here)
        if bare_line(line):
            self.found.extend(here)
            return
        if line.block != self.block:
            self.block, self.speaker, self.body, self.paragraph = line.block, None, None, line.start
        if line.quotes:
            told = speaker(line, here)
            if told is not None:
                self.speaker = told
                self.body = spokesman(line, here, self.found[-RECENT:], self.parties, told)
        taken = [(mention.start, mention.stop) for mention in here]
        first = len(self.found)
        waiting = 0
        for reference in self._references(line):
            start, stop = line.start + reference.start, line.start + reference.stop
            while waiting < len(here) and here[waiting].start < start:
                self.found.append(here[waiting])
                waiting += 1
            if overlaps(taken, start, stop) or (self.found and self.found[-1].stop > start):
                continue
            sentence = self.found[first].start if first < len(self.found) else start
            of, rule = self._meant(line, reference, sentence)
            if of is not None and rule == "noun" and waiting < len(here) and _in_name(of, line, here[waiting], stop):
                stop = here[waiting].stop
                waiting += 1
            if of is not None:
                entity = (of.entity, of.label, of.kind)
                self.found.append(mention_of(self.structure, start, stop, entity, rule))
        self.found.extend(here[waiting:])

    def _holders(self, line: Line, here: Sequence[Mention]) -> None:
        """Remember who is named with a function or as what."""
        for mention in here:
            function = _function(line, mention) if mention.kind in _PERSONS else _role(line, mention)
            if function:
                self.holders[function] = mention

    def _references(self, line: Line) -> list[Reference]:
        told = line.kind != "heading" or (line.text[-1] in ".?!" and line.text.count(" ") + 1 >= PROSE)
        wanted = [one for one in references(line.text) if told or one.rule == "noun"]
        if self.greeted is not None:
            wanted += [Reference(*match.span(), "addressee") for match in self.greeted.finditer(line.text)]
            wanted.sort(key=lambda one: one.start)
        return wanted

    def _meant(self, line: Line, reference: Reference, sentence: int) -> tuple[Mention | None, str]:
        """Whom a word stands for, and by which rule."""
        rule = reference.rule
        if rule == "noun":
            return self._noun(reference, sentence, line.start + reference.start), rule
        if line.quotes and quoted(line, reference.start):
            if rule == "addressee":
                return None, rule
            return (self.speaker if reference.noun == "ik" else self.body), "speaker"
        return (self.parties.sender if rule == "sender" else self.parties.addressee), rule

    def _noun(self, reference: Reference, sentence: int, place: int) -> Mention | None:
        if reference.noun == "rijk" and self.state is not None:
            return self.state
        if reference.noun == "kamer":
            return _CHAMBER
        if reference.noun in self.holders or reference.noun in FUNCTIONS:
            return self.holders.get(reference.noun)
        if self.title is not None and reference.noun in _AGREEMENTS and matches(reference.noun, self.title):
            return self.title
        of = nearest(
            reference.noun,
            self.found[-RECENT:],
            self.parties,
            own=reference.own,
            sentence=sentence,
            paragraph=self.paragraph,
        )
        if of is None and reference.noun in _WITH_ORGANS:
            before = [one for one in self.bodies if one.start < place]
            of = nearest(reference.noun, before[-RECENT:], self.parties, own=reference.own, sentence=sentence)
        if of is None:
            of = self.cabinet if reference.noun == "kabinet" else self._organ(reference.noun)
        if of is None and reference.noun in _AHEAD:
            of = self._further_on(reference.noun)
        if of is None and reference.noun == "provincie" and (self.parties.region is not None or self._at_home()):
            of = self.province
        return of

    def _further_on(self, noun: str) -> Mention | None:
        """The one thing that the letter names, later, by a word that ends in a noun, or of its kind."""
        if noun not in self.ahead:
            fits = {one.entity: one for one in self.told if matches(noun, one)}
            self.ahead[noun] = next(iter(fits.values())) if len(fits) == 1 else None
        return self.ahead[noun]

    def _at_home(self) -> bool:
        """Whether the letter names bodies of the registers and no province: then it is about theirs."""
        return any(
            one.kind in ("tooiont:Gemeente", "tooiont:Waterschap") and not one.entity.startswith(NEW)
            for one in self.told
        ) and not any(one.kind == "tooiont:Provincie" for one in self.told)

    def _organ(self, noun: str) -> Mention | None:
        """The organ that a noun means without a name before it: of the body that writes or is written to."""
        home = self.parties.home
        called = _COLLEGES.get(home.kind, noun) if home is not None and noun == "college" else noun
        organ = organs.named(called) if noun in _OWN_ORGANS else None
        if organ is None:
            return None
        if home is None or home.kind not in organ.bodies:
            name = self.structure.document.name
            unnamed = noun in _UNNAMED and _MUNICIPAL.search(self.structure.text)
            return organs.unnamed(noun, name, self.lexicon) if unnamed else None
        return Mention(0, 0, noun, *organs.of(organ, home, self.lexicon), "noun", 0, 0)


_WITH_ORGANS = ("provincie", "gemeente", "waterschap", "hoogheemraadschap")
_OF_ORGANS = ("tooiont:Provincie", "tooiont:Gemeente", "tooiont:Waterschap")
"""Bodies that a letter can name by an organ alone: "Gedeputeerde Staten van Limburg", then "de provincie"."""
_PERSONS = ("rg:Ambtsdrager", "")
_BEFORE = re.compile(
    rf"\b(?P<noun>{'|'.join(FUNCTIONS)})(?: [a-z][\w-]+| [A-Z][\w-]+)?,? (?:mw\. |dhr\. )?$", re.IGNORECASE
)
_BEHIND = re.compile(rf"(?:, | \()(?:de |het )?(?P<noun>{'|'.join(FUNCTIONS)})\b", re.IGNORECASE)


def _function(line: Line, mention: Mention) -> str:
    """The function that stands beside a person's name; empty without one."""
    at = mention.start - line.start
    match = _BEFORE.search(line.text[max(0, at - 40) : at]) or _BEHIND.match(line.text, mention.stop - line.start)
    return match["noun"].casefold() if match else ""


def _role(line: Line, mention: Mention) -> str:
    """The word of the list right before a name that says what it is; empty without one."""
    at = mention.start - line.start
    word = line.text[max(0, at - 30) : at].rstrip(" ").rpartition(" ")[2].casefold()
    return word if word in ROLES else ""


def _in_name(of: Mention, line: Line, place: Mention, stop: int) -> bool:
    """Whether a place behind a noun is that in the name of what it stands for: "de stuw bij Dirksland"."""
    between = line.text[stop - line.start : place.start - line.start]
    return between in _AT and of.label.casefold().endswith(f" {place.text.casefold()}")


_AT = (" bij ", " in ", " te ", " nabij ", " van ", " op ", " bij de ", " in de ", " langs de ", " van de ")
_AHEAD = frozenset({
    "provincie", "gemeente", "waterschap", "hoogheemraadschap", "regio", "veiligheidsregio", "omgevingsdienst",
    "stuurgroep", "werkgroep", "regiegroep", "netbeheerder", "corporatie", "woningcorporatie", "stichting",
})  # fmt: skip
"""Bodies that a letter, or a heading of it, can speak of before it has named them."""
_MUNICIPAL = re.compile(
    r"\b(?:gemeente|wethouder|college|raadsle|raadsinf|raadsnot|raadsbr|burgemeester)", re.IGNORECASE
)
"""Words of a text about a municipality, or its council or college."""
_UNNAMED = ("college", "raad", "gemeenteraad")
_OWN_ORGANS = (*_UNNAMED, "bestuur", "staten")
"""Organs that a letter speaks of without their body; of the first it need not say whose they are."""
_COLLEGES = {"tooiont:Waterschap": "dijkgraaf en heemraden", "tooiont:Provincie": "gedeputeerde staten"}
"""What "het college" is of these bodies."""
_CHAMBER = Mention(0, 0, "Kamer", key_of("Tweede Kamer", "rg:Raad"), "Tweede Kamer", "rg:Raad", "noun", 0, 0)


def _only(lexicon: Lexicon, kind: str) -> Mention | None:
    """The one known entity of a kind."""
    found = [entity for entity in lexicon.entities if entity.kind == kind]
    if len(found) != 1:
        return None
    return Mention(0, 0, found[0].label, found[0].iri, found[0].label, kind, "noun", 0, 0)


def _state(lexicon: Lexicon) -> Mention | None:
    """The State, which "rijk en provincie" write without its capital."""
    for entity in lexicon.named("Rijk")[:1]:
        return Mention(0, 0, "rijk", entity.iri, entity.label, entity.kind, "noun", 0, 0)
    return None


def _known_province(lexicon: Lexicon) -> Mention | None:
    """The one province that the graph says "de provincie" is, for a letter about one of its regions."""
    called = [entity for entity in lexicon.entities if "de provincie" in entity.aliases]
    if len(called) != 1:
        return None
    (one,) = called
    return Mention(0, 0, "provincie", one.iri, one.label, one.kind, "noun", 0, 0)
