"""Hold what the reader found against the gold: who is named where, and what is claimed of whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gold import GoldClaim, GoldMention
from texts import LETTER, Text, keys_of

from regiograaf.prefixes import expand, shrink

__all__ = ["Miss", "Score", "Vocabulary", "counted", "score", "total"]

_Fit = tuple[tuple[bool, bool, bool, bool], int, int]
"""In what a draft and a gold claim differ, and their places."""
Vocabulary = tuple[Mapping[str, str], frozenset[str]]
"""The inverse of each relation, and the relations that go both ways."""
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
THEME = "https://w3id.org/regiograaf/def#betreft"
ENDED = "beeindigd"
PRONOUNS = frozenset({"wij", "we", "ons", "u", "uw"})
ROLE_WORDS = 3
"""Words of a lower-case mention up to which it counts as a role ("de provincie"), not as a name."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that the reader missed, made up or got wrong."""

    text: str
    what: str
    """mention, link, claim, or modality."""
    cause: str
    begin: int
    end: int
    detail: str


@dataclass
class Score:
    """Counts; those of several texts are added up."""

    counts: Counter[str] = field(default_factory=Counter)
    brier: list[float] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take in what was counted in another text."""
        self.counts += other.counts
        self.brier += other.brier
        self.misses += other.misses

    def share(self, part: str, whole: str) -> float | None:
        """One count by another; None where there is nothing to count."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else None

    def f1(self, right: str, found: str, gold: str) -> float | None:
        """The harmonic mean of precision and recall."""
        both = self.counts[found] + self.counts[gold]
        return 2 * self.counts[right] / both if self.counts[gold] and both else None


@dataclass(frozen=True, slots=True)
class _Claim:
    subject: str
    predicate: str
    object: str
    modality: str
    denied: bool
    begin: int
    end: int
    score: float | None


def score(text: Text, found: Mapping[str, Any], known: frozenset[str], words: Vocabulary, threshold: float) -> Score:
    """Count what is right in one text; draft claims scored below the threshold are left out.

    A new entity of the reader stands for the gold entity that most of its mentions overlap. Claims are right when
    subject, relation and object are, whichever way round an inverse or symmetric relation is written; those of
    existence (`rdf:type`) and of theme (`rg:betreft`) are counted apart, where the gold of a text has
    them; marked texts have of existence only what has ended.
    """
    result = Score()
    same = _names(text, found, known)
    _score_mentions(result, text, found, same)
    drafts = [one for one in _drafts(found, same, words[0]) if one.score is None or one.score >= threshold]
    gold = [_turned(one, words[0]) for one in text.gold.claims]
    for name in ("claims", "existence", "themes"):
        mine = [one for one in drafts if _group(one.predicate) == name]
        theirs = [one for one in gold if _group(one.predicate) == name]
        if name == "existence" and text.marked:
            mine = [one for one in mine if one.modality == ENDED]
            theirs = [one for one in theirs if one.modality == ENDED]
        if theirs or name == "claims":
            _score_claims(result, name, text, mine, theirs, words[1], _named(found, same))
    return result


def counted(
    text: Text, found: Mapping[str, Any], known: frozenset[str], words: Vocabulary, thresholds: Sequence[float]
) -> list[Counter[str]]:
    """Of the claims of `score` only how many are right, found and gold, for each threshold; aligned once."""
    same = _names(text, found, known)
    mine = [one for one in _drafts(found, same, words[0]) if _group(one.predicate) == "claims"]
    gold = [one for one in (_turned(one, words[0]) for one in text.gold.claims) if _group(one.predicate) == "claims"]
    fits = _fits(mine, gold, words[1], strict=True)
    counts = []
    for threshold in thresholds:
        kept = {a for a, one in enumerate(mine) if one.score is None or one.score >= threshold}
        right = _paired(fit for fit in fits if fit[1] in kept)
        counts.append(Counter({"claims right": len(right), "claims found": len(kept), "claims gold": len(gold)}))
    return counts


def _group(predicate: str) -> str:
    return {TYPE: "existence", THEME: "themes"}.get(predicate, "claims")


def _names(text: Text, found: Mapping[str, Any], known: frozenset[str]) -> dict[str, str]:
    """For each entity of the reader the key it stands for."""
    same: dict[str, str] = {}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found["mentions"]:
        iri = _full(one["entity"])
        if iri in known:
            same[iri] = iri
            continue
        for mention in text.gold.mentions:
            if mention.begin < one["end"] and one["start"] < mention.end:
                votes[iri].update(key for key in keys_of(mention.key) if key.startswith("+"))
    for iri, counted in votes.items():
        if counted:
            same[iri] = min(counted, key=lambda key: (-counted[key], key))
    letter = found.get("letter") or {}
    for key in ("iri", "id", "entity"):
        if letter.get(key):
            same[_full(letter[key])] = LETTER
    return same


def _full(name: str) -> str:
    return expand(name) or name


def _score_mentions(result: Score, text: Text, found: Mapping[str, Any], same: Mapping[str, str]) -> None:
    if text.annotated is None:
        return
    low, high = text.annotated
    mine = sorted(
        {(one["start"], one["end"], _full(one["entity"])) for one in found["mentions"] if low <= one["start"] < high}
    )
    gold = text.gold.mentions
    pairs = _pairs(mine, gold)
    exact = sum(mine[a][:2] == (gold[b].begin, gold[b].end) for a, b in pairs)
    result.counts.update(
        {"mentions found": len(mine), "mentions gold": len(gold), "mentions right": len(pairs), "mentions exact": exact}
    )
    for a, b in pairs:
        begin, end, iri = mine[a]
        right = same.get(iri, "") in keys_of(gold[b].key)
        whole = (begin, end) == (gold[b].begin, gold[b].end)
        result.counts.update({"linked": right, "exact linked": right and whole})
        if not right:
            cause = _sort(text, gold[b])
            result.misses.append(
                Miss(text.name, "link", cause, begin, end, f"{_short(gold[b].key)} read as {shrink(iri)}")
            )
    hit = {b for _, b in pairs}
    for b, mention in enumerate(gold):
        if b not in hit:
            result.misses.append(
                Miss(text.name, "mention", _sort(text, mention), mention.begin, mention.end, _short(mention.key))
            )
    used = {a for a, _ in pairs}
    for a, (begin, end, iri) in enumerate(mine):
        if a not in used:
            result.misses.append(Miss(text.name, "mention", "not in gold", begin, end, shrink(iri)))


def _pairs(mine: list[tuple[int, int, str]], gold: tuple[GoldMention, ...]) -> list[tuple[int, int]]:
    """One to one, the largest overlap first."""
    overlaps = sorted(
        (-(min(one[1], other.end) - max(one[0], other.begin)), a, b)
        for a, one in enumerate(mine)
        for b, other in enumerate(gold)
        if one[0] < other.end and other.begin < one[1]
    )
    pairs: dict[int, int] = {}
    for _, a, b in overlaps:
        if a not in pairs and b not in pairs.values():
            pairs[a] = b
    return sorted(pairs.items())


def _sort(text: Text, mention: GoldMention) -> str:
    written = text.gold.text[mention.begin : mention.end]
    if written.lower() in PRONOUNS:
        return "pronoun"
    new = mention.key.startswith("+")
    if written.islower() and len(written.split()) <= ROLE_WORDS:
        return "new, by a common noun" if new else "known, by a common noun"
    return "new, by name or phrase" if new else "known, by name or phrase"


def _short(key: str) -> str:
    return " or ".join(shrink(one) for one in keys_of(key))


def _drafts(found: Mapping[str, Any], same: Mapping[str, str], inverse: Mapping[str, str]) -> Iterator[_Claim]:
    seen = set()
    for one in found["claims"]:
        subject, object_ = (same.get(name, name) for name in (_full(one["subject"]), _full(one["object"])))
        predicate = _full(one["predicate"])
        if predicate in inverse:
            subject, predicate, object_ = object_, inverse[predicate], subject
        modality = one["modality"].rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        denied = any(one.get(name) for name in ("denied", "negated", "negation"))
        if (key := (subject, predicate, object_, modality, denied)) not in seen:
            seen.add(key)
            yield _Claim(*key, one["start"], one["end"], one.get("score"))


def _turned(claim: GoldClaim, inverse: Mapping[str, str]) -> GoldClaim:
    if claim.predicate not in inverse:
        return claim
    return GoldClaim(
        claim.object,
        inverse[claim.predicate],
        claim.subject,
        claim.modality,
        claim.denied,
        claim.end,
        claim.begin,
    )


def _score_claims(
    result: Score,
    name: str,
    text: Text,
    mine: list[_Claim],
    gold: list[GoldClaim],
    both_ways: frozenset[str],
    named: list[tuple[int, int, str]],
) -> None:
    right = _claim_pairs(mine, gold, both_ways, strict=True)
    loose = _claim_pairs(mine, gold, both_ways, strict=False)
    result.counts.update(
        {
            f"{name} found": len(mine),
            f"{name} gold": len(gold),
            f"{name} right": len(right),
            f"{name} loose": len(loose),
        }
    )
    if text.annotated:
        low, high = text.annotated
        perfect = [(one.begin, one.end, key) for one in text.gold.mentions for key in keys_of(one.key)]
        inside = [one for one in gold if low <= one.begin < high]
        result.counts[f"{name} inside"] += len(inside)
        result.counts[f"{name} in gold reach"] += sum(not _lacking(one, perfect) for one in inside)
    result.counts[f"{name} in reach"] += sum(not _lacking(one, named) for one in gold)
    for a, b in right:
        one, other = mine[a], gold[b]
        result.counts.update(
            {
                f"{name} modality": one.modality == other.modality,
                f"{name} denial": one.denied == other.denied,
                f"{name} place": one.begin < other.end and other.begin < one.end,
                f"{name} whole": one.modality == other.modality and one.denied == other.denied,
            }
        )
        if one.modality != other.modality:
            result.misses.append(
                Miss(
                    text.name, "modality", f"{other.modality} read as {one.modality}", one.begin, one.end, _said(other)
                )
            )
    hit, related = {b for _, b in right}, {b: a for a, b in loose}
    for b, other in enumerate(gold):
        if b not in hit:
            draft = mine[related[b]] if b in related else None
            result.misses.append(
                Miss(text.name, name, _cause(other, draft, named), other.begin, other.end, _said(other))
            )
    used = {a for a, _ in right}
    for a, one in enumerate(mine):
        if name == "claims" and one.score is not None:
            result.brier.append((one.score - (a in used)) ** 2)
        if a not in used:
            detail = f"{shrink(one.subject)} {shrink(one.predicate)} {shrink(one.object)} [{one.modality}]"
            result.misses.append(Miss(text.name, name, "not in gold", one.begin, one.end, detail))


def _claim_pairs(
    mine: list[_Claim], gold: list[GoldClaim], both_ways: frozenset[str], *, strict: bool
) -> list[tuple[int, int]]:
    """One to one; first those with the same modality, denial and place. Not strict: whatever the relation."""
    return _paired(_fits(mine, gold, both_ways, strict=strict))


def _fits(mine: list[_Claim], gold: list[GoldClaim], both_ways: frozenset[str], *, strict: bool) -> list[_Fit]:
    fits: list[_Fit] = []
    for a, one in enumerate(mine):
        for b, other in enumerate(gold):
            straight = one.subject in keys_of(other.subject) and one.object in keys_of(other.object)
            across = one.object in keys_of(other.subject) and one.subject in keys_of(other.object)
            same = one.predicate == other.predicate
            if (same and (straight or (across and one.predicate in both_ways))) or (not strict and straight):
                unlike = (not same, one.modality != other.modality, one.denied != other.denied)
                away = not (one.begin < other.end and other.begin < one.end)
                fits.append(((*unlike, away), a, b))
    return sorted(fits)


def _paired(fits: Iterable[_Fit]) -> list[tuple[int, int]]:
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, a, b in fits:
        if a not in pairs and b not in taken:
            pairs[a] = b
            taken.add(b)
    return sorted(pairs.items())


def _named(found: Mapping[str, Any], same: Mapping[str, str]) -> list[tuple[int, int, str]]:
    return [(one["start"], one["end"], same.get(_full(one["entity"]), "")) for one in found["mentions"]]


def _cause(claim: GoldClaim, draft: _Claim | None, named: list[tuple[int, int, str]]) -> str:
    if draft is not None:
        return f"other relation: {shrink(draft.predicate)} for {shrink(claim.predicate)}"
    if lacking := _lacking(claim, named):
        return f"{' and '.join(lacking)} not linked in the sentence"
    return f"both linked, no draft: {shrink(claim.predicate)}"


def _lacking(claim: GoldClaim, named: list[tuple[int, int, str]]) -> list[str]:
    """Which end of a claim the reader found nowhere in its passage."""
    near = {LETTER, *(key for begin, end, key in named if begin < claim.end and claim.begin < end)}
    ends = [("subject", claim.subject), ("object", claim.object)]
    wanted = ends if _group(claim.predicate) == "claims" else ends[:1]
    return [part for part, key in wanted if not near & set(keys_of(key))]


def _said(claim: GoldClaim) -> str:
    denied = " niet" if claim.denied else ""
    return f"{_short(claim.subject)} {shrink(claim.predicate)} {_short(claim.object)} [{claim.modality}{denied}]"


def total(scores: Iterable[Score]) -> Score:
    """The counts of several texts together."""
    result = Score()
    for one in scores:
        result.add(one)
    return result
