"""The forms of Dutch verbs, from the infinitive. Makes a form too many rather than one too few.

Source: the rules of weak conjugation as the Algemene Nederlandse Spraakkunst gives them (section 2.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Verb", "conjugate"]

_PREFIX = re.compile(r"(?:be|ge|ver|her|ont|er|mis|over|onder|door|weer|voor|aan|achter|vol)(?=[a-z]{3})")
_INSEPARABLE = re.compile(r"(?:be|ge|ver|her|ont|er|mis)(?=[^aeiou]*[aeiouy]\w*en$|\w+n$)")
_OPEN = re.compile(r"(?P<head>.*[^aeiou]|)(?P<vowel>[aeou])(?P<last>[bcdfgklmnprstvz])$")
_DOUBLE = re.compile(r"([bdfgklmnprst])\1$")
_VOICELESS = re.compile(r"(?:ch|[tkfspx])$")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's forms. Of one that parts ("samen|werken") the finite forms without its particle stand apart."""

    lemma: str
    particle: str
    infinitive: str
    base: frozenset[str]
    """Finite forms; of a verb that parts those that stand without the particle, which follows later."""
    joined: frozenset[str]
    """Of a verb that parts: finite forms with the particle in front, as in a subordinate clause."""
    participles: frozenset[str]
    present: frozenset[str]
    """Of `base` and `joined` the present tense, third person."""
    imperatives: frozenset[str]
    """The stem, as an order begins with it."""

    finite: frozenset[str] = field(init=False)
    """`base` without the first person: letters say "werkt" and "werken"; "werk" in them is a noun."""

    def __post_init__(self) -> None:
        finite = frozenset(
            form
            for form in self.base
            if form not in self.imperatives or form.endswith("t") or form + "t" not in self.base
        )
        object.__setattr__(self, "finite", finite)


def conjugate(lemma: str, irregular: Mapping[str, Mapping[str, object]]) -> Verb:
    """All forms of a verb; `lemma` is its infinitive, with "|" behind a particle that can part from it."""
    particle, _, rest = lemma.rpartition("|")
    parts = _irregular(rest, irregular)
    if parts is None:
        stems = _stems(rest)
        present = {rest, *stems, *(_with_t(stem) for stem in stems)}
        past = {form for stem in stems for form in _past(stem, rest)}
        participles = {_joint(prefix, _weak(stem, rest)) for stem in stems for prefix in _ge(rest, bool(particle))}
    else:
        present, past, participles, stems = parts
    base = frozenset({*present, *past})
    now = (present - past) | {rest}  # "wij zetten" may be either
    if not particle:
        return Verb(lemma, "", rest, base, frozenset(), frozenset(participles), frozenset(now), frozenset(stems))
    return Verb(
        lemma,
        particle,
        particle + rest,
        base,
        frozenset(particle + form for form in base),
        frozenset(particle + form for form in participles),
        frozenset(prefix + form for form in now for prefix in ("", particle)),
        frozenset(stems),
    )


def _irregular(
    verb: str, irregular: Mapping[str, Mapping[str, object]]
) -> tuple[set[str], set[str], set[str], set[str]] | None:
    """Present, past, participle and stem of an irregular verb, or of one made from it with a prefix."""
    head = ""
    entry = irregular.get(verb)
    if entry is None:
        prefix = _PREFIX.match(verb)
        if not prefix or irregular.get(verb[prefix.end() :]) is None:
            return None
        head, entry = prefix[0], irregular[verb[prefix.end() :]]
    whole = verb[len(head) :]
    stems = {str(form) for form in _list(entry.get("present"))[:1]} or _stems(whole)
    present = set(map(str, _list(entry.get("present")))) or {whole, *stems, *(_with_t(stem) for stem in stems)}
    past = set(map(str, _list(entry.get("past"))))
    participle = str(entry.get("participle", ""))
    if head:
        participle = participle.removeprefix("ge")
    return (
        {head + form for form in present},
        {head + form for form in past},
        {head + participle} if participle else set(),
        {head + form for form in stems},
    )


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _stems(infinitive: str) -> set[str]:
    """The stem; two where the spelling does not tell whether its last vowel is long ("leveren", "waarderen")."""
    if infinitive.endswith(("iëren", "eëren")):  # subsidieer, creëer
        return {infinitive[:-5] + ("ieer" if infinitive[-5] == "i" else "eëer")}
    if infinitive.endswith("ueren"):
        return {infinitive[:-2].removesuffix("er") + "eer"}
    if not infinitive.endswith("en"):
        return {infinitive.removesuffix("n")}
    stem = infinitive[:-2]
    if double := _DOUBLE.search(stem):
        return {stem[: double.start() + 1]}
    found = {stem}
    if open_ := _OPEN.match(stem):
        long = f"{open_['head']}{open_['vowel']}{open_['vowel']}{open_['last']}"
        # An unstressed last syllable stays as it is: verbeteren, ontwikkelen, tekenen.
        found = {stem, long} if open_["vowel"] == "e" and len(stem) > 4 else {long}
    return {re.sub(r"z$", "s", re.sub(r"v$", "f", one)) for one in found}


def _with_t(stem: str) -> str:
    return stem if stem.endswith("t") else stem + "t"


def _soft(stem: str, infinitive: str) -> bool:
    """Whether the past has -de: by the sound that the infinitive has before -en (leven, reizen)."""
    return not _VOICELESS.search(infinitive.removesuffix("en")) or infinitive.endswith(("ven", "zen"))


def _past(stem: str, infinitive: str) -> set[str]:
    ending = "de" if _soft(stem, infinitive) else "te"
    return {stem + ending, stem + ending + "n"}


def _weak(stem: str, infinitive: str) -> str:
    ending = "d" if _soft(stem, infinitive) else "t"
    return stem if stem.endswith(ending) else stem + ending


def _joint(prefix: str, form: str) -> str:
    """A prefix and a form, with the sign that parts two vowels: geëvalueerd, geïnvesteerd."""
    if prefix.endswith("e") and form[:1] in ("e", "i") and not form.startswith(("ei", "eu")):
        return prefix + {"e": "ë", "i": "ï"}[form[0]] + form[1:]
    return prefix + form


def _ge(infinitive: str, parted: bool) -> tuple[str, ...]:
    """What a participle begins with: nothing behind an unstressed prefix; behind a possible one either."""
    if _INSEPARABLE.match(infinitive) and not infinitive.startswith(("gel", "gev", "erv", "mist")):
        return ("",)
    if not parted and re.match(r"(?:onder|over|door|voor|weer|aan|vol)\w{4,}n$", infinitive):
        return ("", "ge")
    return ("ge",)
