"""Things that a letter speaks of without a name: "een verkeersstudie", "de inwoners", "het tekort aan stroom".

A noun of `nouns.toml` is offered as the end of a claim; only one that a claim then needs becomes a mention. The same
noun means the same thing throughout a letter, and "de studie" the "verkeersstudie" before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from regiograaf.reader.candidates import key_of
from regiograaf.reader.mention import Mention
from regiograaf.reader.ruleset import Rules
from regiograaf.reader.structure import Line, Structure
from regiograaf.reader.words import ARTICLES, PREPOSITIONS

__all__ = ["PHRASE", "phrases"]

PHRASE = "phrase"
"""The rule of such a mention."""
_WORD = re.compile(r"\d{1,3}(?:\.\d{3})+|\w[\w'/-]*\w|\w")
_NUMBER = re.compile(r"(?:\d[\d.,]*|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|honderd|duizend)$")
_QUANTITY = re.compile(r"1[3-9]|[2-9]\d|[\d.]{3,}")
"""A number of things too large to mean each of them: "220 woningen", but not "60 huurwoningen"."""
_DEFINITE = frozenset({"de", "het", "deze", "dit", "die", "dat"})
PLURAL = ("en", "s")
NOUN = 5
"""Letters of a noun of no list."""
_IN_E = ("tie", "sie", "rie", "gie", "mie", "nie", "ode", "ade", "ure", "iche", "ette", "eente")
_BEHIND = frozenset({"en", "of", "die", "dat", "maar", "niet", "om", "waar", "te", "al", "ook", "nog"})
"""What can stand behind a noun, beside prepositions and verbs."""
ADJECTIVES = 2
"""Adjectives before a noun that are looked at."""
SAID = "zelfstandig naamwoord dat een bewering nodig heeft"
"""Why such an entity is offered."""


def phrases(structure: Structure, mentions: Sequence[Mention], rules: Rules) -> list[Mention]:
    """The common nouns that may stand for a thing, outside the mentions; in the order of the text."""
    reader = _Phrases(structure, rules)
    starts = [mention.start for mention in mentions]
    found: list[Mention] = []
    for line in structure.lines:
        low, high = bisect_left(starts, line.start), bisect_left(starts, line.stop)
        found += reader.of(line, mentions[low:high])
    return found


class _Phrases:
    def __init__(self, structure: Structure, rules: Rules) -> None:
        self.structure = structure
        self.nouns = rules.nouns
        self.light = rules.light
        self.verbs = rules.verbal
        self.participles = rules.participles
        self.heads: list[tuple[str, str, str, str]] = []
        """Of each thing met its head noun, key, label and kind."""
        self.known: set[tuple[str, str]] = set()

    def of(self, line: Line, taken: Sequence[Mention]) -> list[Mention]:
        """The phrases of one line."""
        words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(line.text)]
        spans = [(mention.start - line.start, mention.stop - line.start) for mention in taken]
        found: list[Mention] = []
        for i, (_, _, word) in enumerate(words):
            kind = self.nouns.kind(word.lower())
            if kind is None and self._open(words, i, line.text, spans):
                kind = ""
            if kind is None or not self._stands(words, i, line.text):
                continue
            first = self._first(words, i, line.text)
            last = self._last(words, i, line.text)
            if kind != "rg:ActorGroep" and _QUANTITY.fullmatch(words[first][2]) and not self._is_compound(word.lower()):
                continue
            begin, end = words[first][0], words[last][1]
            if any(low < end + 1 and begin < high for low, high in spans) or any(low == end + 1 for low, _ in spans):
                continue
            if found and found[-1].stop > line.start + begin:
                continue
            found.append(self._mention(line, begin, end, words, first, i, kind))
        for mention in taken:
            self._met(mention.text.lower(), mention.entity, mention.label, mention.kind)
        return found

    def _is_compound(self, word: str) -> bool:
        """Whether a noun tells which things are meant: "huurwoningen"."""
        return any(word[i:] in self.nouns.ends for i in range(2, len(word) - 1))

    def _stands(self, words: Sequence[tuple[int, int, str]], i: int, text: str) -> bool:
        """Whether a noun stands there as one: in lower case, or at the head of the sentence; not "per project"."""
        word = words[i][2]
        if not word[0].islower() and (i or not word[1:].islower()):
            return False
        if i and words[i - 1][2].lower() in self.nouns.bare:
            return False
        if i and (words[i - 1][2] == "te" or (words[i - 1][2], word) == ("van", "plan")):
            return False
        if word.lower() in self.verbs and not (i and self._leads(words[i - 1][2].lower())):
            return False
        if word.lower() in self.light and i + 1 < len(words) and words[i + 1][2] == "van":
            return False
        return text[words[i][1] : words[i][1] + 1] != "-"

    def _open(self, words: Sequence[tuple[int, int, str]], i: int, text: str, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether a word of no list is a noun: the last of a run behind an article, before something else."""
        word = words[i][2]
        if not word.islower() or len(word) < NOUN or word in self.nouns.none or word.endswith(("lijk", "lijks", "ig")):
            return False
        if word in self.verbs or word in self.participles or (word.endswith("e") and not word.endswith(_IN_E)):
            return False
        follows = text[words[i][1] : words[i][1] + 1]
        after = words[i + 1][2] if i + 1 < len(words) and follows == " " else ""
        if after and not (
            after in PREPOSITIONS or after in _BEHIND or after in self.verbs or after in self.participles
        ):
            return False
        first = i
        while first and i - first <= ADJECTIVES and text[words[first - 1][1] : words[first][0]] == " ":
            before = words[first - 1][2].lower()
            if before in ARTICLES and before not in ("zijn", "haar", "dat", "die", "meer", "veel"):
                return not any(low < words[i][1] and words[first - 1][0] < high for low, high in spans)
            if not before.endswith(("e", "ë")) or before in PREPOSITIONS or before in self.verbs:
                break
            if self.nouns.kind(before):
                return False
            first -= 1
        # "Vijf stations", "nieuwe kabels": without an article only a plural is a thing.
        if not word.endswith(PLURAL) or not first or text[words[first - 1][1] : words[first][0]] != " ":
            return False
        before = words[first - 1][2].lower()
        if any(low < words[i][1] and words[first][0] < high for low, high in spans):
            return False
        return bool(_NUMBER.match(before)) or first < i

    def _leads(self, word: str) -> bool:
        """Whether what follows a word is a noun."""
        return word in ARTICLES or word in PREPOSITIONS or (word.endswith(("e", "ë")) and len(word) > 3)

    def _first(self, words: Sequence[tuple[int, int, str]], i: int, text: str) -> int:
        """Where the phrase begins: at the adjectives that tell which thing it is, or the number of things."""
        first = i
        while first and i - first < ADJECTIVES and text[words[first - 1][1] : words[first][0]] == " ":
            word = words[first - 1][2]
            if not word.islower() or word in ARTICLES or word in PREPOSITIONS or word in self.nouns.general:
                break
            if not word.endswith(("e", "ë")) or len(word) < 5 or self.nouns.kind(word):
                break
            first -= 1
        if first and _NUMBER.match(words[first - 1][2]) and text[words[first - 1][1] : words[first][0]] == " ":
            first -= 1
        return first

    def _last(self, words: Sequence[tuple[int, int, str]], i: int, text: str) -> int:
        """Where it ends: "tekort aan stroom" is one."""
        if words[i][2].lower() not in self.nouns.relational or i + 2 >= len(words) or words[i + 1][2] != "aan":
            return i
        last = i + 2
        while last + 1 < len(words) and words[last][2].endswith("e") and text[words[last][1]] == " ":
            last += 1
        return last

    def _mention(
        self, line: Line, begin: int, end: int, words: Sequence[tuple[int, int, str]], first: int, i: int, kind: str
    ) -> Mention:
        written = line.text[begin:end]
        head = words[i][2].lower()
        before = words[first - 1][2].lower() if first else ""
        entity, label = "", ""
        if first == i:
            for noun, key, name, sort in reversed(self.heads):
                if noun.endswith(head) and (noun == head or before in _DEFINITE) and (sort == kind or noun != head):
                    entity, label, kind = key, name, sort
                    break
        if not entity:
            label = written[0].lower() + written[1:]
            entity = key_of(label, kind)
            self._met(label, entity, label, kind, head)
        start, stop = line.start + begin, line.start + end
        low, high = self.structure.place(start, stop)
        return Mention(low, high, written, entity, label, kind, PHRASE, start, stop)

    def _met(self, written: str, entity: str, label: str, kind: str, head: str = "") -> None:
        """Remember a thing by its head noun: of a name the word in it that gives its kind."""
        if not head:
            head = next((word for word in re.findall(r"[\w'-]+", written) if self.nouns.kind(word)), "")
            if not head:
                return
        if (head, entity) in self.known:
            return
        self.known.add((head, entity))
        self.heads.append((head, entity, label, kind))
