"""The reader's rules, as TOML files hold them: which Dutch words say which relation, modality, denial or theme.

The files are in `rules/`. A coder adds to them; nothing here knows a Dutch word.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Literal, TypeVar, cast, get_args

from regiograaf.errors import SourceError
from regiograaf.prefixes import expand
from regiograaf.reader.verbs import Verb, conjugate

__all__ = ["Cue", "Modality", "Nouns", "Relation", "Rules", "Theme", "rules"]

Modality = Literal[
    "aangeboden", "afgesproken", "beeindigd", "bestaand", "gewenst", "in-ontwikkeling", "mogelijk", "verwacht",
    "verzocht", "voorgenomen",
]  # fmt: skip
Shape = Literal["verb", "beside", "link", "noun"]
STATES = frozenset({
    "zijn", "blijven", "worden", "hebben", "staan", "zitten", "liggen", "kennen", "bestaan", "gelden", "behoren",
    "beschikken", "bezitten", "vormen", "horen",
})  # fmt: skip
"""Verbs that in the present tense tell a state, whatever relation they show."""
_Rule = TypeVar("_Rule")
FILES = ("kinds", "modality", "negation", "nouns", "relations", "themes", "verbs")

_KEYS: dict[str, dict[str, type]] = {
    "verb": {"verbs": list, "needs": list, "object": list, "passive": bool, "reverse": bool, "makes": bool,
             "mutual": bool, "held": bool, "alone": bool, "asked": bool, "joins": bool, "by": list, "modality": str,
             "moves": bool, "again": bool, "sure": bool, "strict": bool, "without": list,
             "indefinite": bool},
    "beside": {"phrases": list, "shares": bool, "leads": bool, "mutual": bool, "reverse": bool, "strict": bool,
               "without": list},
    "link": {"between": list, "reverse": bool},
    "noun": {"nouns": list, "first": list, "second": list, "needs": list, "anywhere": bool, "names": bool},
    "cue": {"verbs": list, "phrases": list, "needs": list, "without": list, "modality": str, "priority": int,
            "complement": bool, "actor": bool, "infinitive": bool, "below": bool, "order": bool, "participle": bool,
            "before": bool},
}  # fmt: skip
_RELATION = {"name": str, "predicate": str, "weight": float, "subject_kinds": list, "object_kinds": list}
WEIGHTS = (
    "unknown",
    "kindless",
    "implicit",
    "pronoun",
    "noun",
    "together",
    "far",
    "crowded",
    "listed",
    "long",
    "phrase",
    "open",
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A rule of `relations.toml`. Which fields it has depends on its shape; the file's head says what each means."""

    shape: Shape
    name: str
    predicate: str
    weight: float
    subject_kinds: frozenset[str] = frozenset()
    """Classes as CURIEs; empty for any."""
    object_kinds: frozenset[str] = frozenset()
    verbs: tuple[Verb, ...] = ()
    needs: frozenset[str] = frozenset()
    object: tuple[str, ...] = ()
    passive: bool = False
    reverse: bool = False
    makes: bool = False
    mutual: bool = False
    held: bool = False
    alone: bool = False
    asked: bool = False
    joins: bool = False
    moves: bool = False
    again: bool = False
    sure: bool = False
    strict: bool = False
    indefinite: bool = False
    leads: bool = False
    anywhere: bool = False
    names: bool = False
    without: frozenset[str] = frozenset()
    by: tuple[str, ...] = ("door",)
    keeps: bool = False
    """Whether "passive = false" stands there: a participle keeps its subject."""
    modality: Modality = "bestaand"
    phrases: tuple[str, ...] = ()
    """Each behind a space."""
    shares: bool = False
    between: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """A rule of `modality.toml`."""

    name: str
    modality: Modality
    priority: int
    verbs: tuple[Verb, ...] = ()
    phrases: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    complement: bool = False
    actor: bool = False
    infinitive: bool = False
    below: bool = False
    order: bool = False
    participle: bool = False
    before: bool = False
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its IRI, Dutch label and other names."""

    iri: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The last part of its IRI, by which `themes.toml` names it."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True, eq=False)
class Nouns:
    """The common nouns that stand for things: `nouns.toml`."""

    whole: Mapping[str, str]
    """Words, and the class that each gives."""
    ends: Mapping[str, str]
    """Ends of longer words, and their class."""
    general: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    relational: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    """Nouns that stand for no thing: "keer", "manier"."""
    _kinds: dict[str, str | None] = field(default_factory=dict, repr=False)

    def kind(self, word: str) -> str | None:
        """The class that a word in lower case gives: by itself, or by the longest end that is listed."""
        if word not in self._kinds:
            self._kinds[word] = self.whole.get(word) or next(
                (self.ends[word[i:]] for i in range(2, len(word) - 1) if word[i:] in self.ends), None
            )
        return self._kinds[word]


@dataclass(frozen=True, eq=False)
class Rules:
    """All rules, checked."""

    relations: tuple[Relation, ...]
    cues: tuple[Cue, ...]
    weights: Mapping[str, float]
    existence: tuple[frozenset[str], float]
    """The kinds of things that get a claim of existence, and its weight."""
    subject: tuple[frozenset[str], float]
    """The kinds of things whose name can tell their theme, and the weight of that."""
    area: tuple[frozenset[str], float]
    """The kinds of things whose name can tell their region, and the weight of that."""
    denials: tuple[frozenset[str], tuple[str, ...], frozenset[str]]
    """Denying words, phrases that are none, and words that deny only what follows."""
    finite: frozenset[str]
    """Finite forms of all verbs that the rules know."""
    saying: frozenset[str]
    """Of them those of verbs of saying, whose subject asserts what follows."""
    stems: frozenset[str]
    """The first person, which is a verb beside "ik" only ("werk")."""
    asking: frozenset[str]
    """Those of verbs that lead to a question ("onderzoeken of")."""
    infinitives: frozenset[str]
    participles: frozenset[str]
    generic: frozenset[str] = frozenset()
    """Relations that give way to any other of the same two."""
    plans: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Words that make an act in the present tense a plan, and words of headings that do."""
    labels: Mapping[str, Modality] = field(default_factory=dict)
    """What a word before a colon makes of the sentence behind it."""
    actors: frozenset[str] = frozenset()
    """The classes of those who act."""
    light: frozenset[str] = frozenset()
    """Nouns of action that let the name behind their "van" through: "de realisatie van X"."""
    shells: frozenset[str] = frozenset()
    """Nouns that only announce a thing: "de ambitie: een X"."""
    acts_on: frozenset[str] = frozenset()
    """Of them those that alone are of the thing of the sentence before: "de aanleg"."""
    nouns: Nouns = field(default_factory=lambda: Nouns({}, {}))
    themes: tuple[Theme, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each theme, by IRI, the words that show it."""

    @cached_property
    def shaped(self) -> dict[Shape, tuple[Relation, ...]]:
        """The relation rules by their shape."""
        return {shape: tuple(rule for rule in self.relations if rule.shape == shape) for shape in get_args(Shape)}

    @cached_property
    def links(self) -> dict[str, tuple[Relation, ...]]:
        """The [[link]] rules by each of their phrases."""
        found: dict[str, list[Relation]] = defaultdict(list)
        for rule in self.shaped["link"]:
            for phrase in sorted(rule.between):
                found[phrase].append(rule)
        return {phrase: tuple(listed) for phrase, listed in found.items()}

    @cached_property
    def verbal(self) -> frozenset[str]:
        """Finite forms and infinitives."""
        return self.infinitives | self.finite

    @cached_property
    def acts(self) -> frozenset[str]:
        """The present tense of the verbs of relations that somebody brings about; not of "zijn" and the like."""
        return frozenset(
            form
            for rule in self.relations
            if rule.subject_kinds & self.actors and not rule.held
            for verb in rule.verbs
            if verb.lemma not in STATES
            for form in verb.present
        )

    @cached_property
    def told(self) -> frozenset[str]:
        """The nouns by which a relation is told: "samenwerking", "deelname"."""
        return frozenset(noun for rule in self.shaped["noun"] for noun in rule.nouns if noun.isalpha())

    @cached_property
    def together(self) -> tuple[tuple[Relation, frozenset[str]], ...]:
        """The [[beside]] rules of what those named do with each other, each with the first words of its phrases."""
        mutual = (rule for rule in self.shaped["beside"] if rule.mutual)
        return tuple((rule, frozenset(phrase.split()[0] for phrase in rule.phrases)) for rule in mutual)

    @cached_property
    def needed(self) -> frozenset[str]:
        """The words that rules need beside a verb, those of five letters or more."""
        return frozenset(word for rule in self.relations for word in rule.needs if len(word) >= 5)

    @cached_property
    def by_form(self) -> dict[str, tuple[tuple[Relation, Verb], ...]]:
        """The relation rules by each form of their verbs."""
        return _by_form((rule, verb) for rule in self.relations for verb in rule.verbs)

    @cached_property
    def needs_by_form(self) -> dict[str, frozenset[str]]:
        """Of each form all the words that its rules need, where none of them goes without."""
        return {
            form: frozenset(word for rule, _ in listed for word in rule.needs)
            for form, listed in self.by_form.items()
            if all(rule.needs for rule, _ in listed)
        }

    @cached_property
    def by_noun(self) -> dict[str, tuple[Relation, ...]]:
        """The [[noun]] rules by each of their nouns."""
        found: dict[str, list[Relation]] = defaultdict(list)
        for rule in self.shaped["noun"]:
            for noun in sorted(rule.nouns):
                found[noun].append(rule)
        return {noun: tuple(listed) for noun, listed in found.items()}

    @cached_property
    def cues_by_form(self) -> dict[str, tuple[tuple[Cue, Verb], ...]]:
        """The modality cues by each form of their verbs."""
        return _by_form((cue, verb) for cue in self.cues for verb in cue.verbs)


def _by_form(pairs: Iterable[tuple[_Rule, Verb]]) -> dict[str, tuple[tuple[_Rule, Verb], ...]]:
    found: dict[str, list[tuple[_Rule, Verb]]] = defaultdict(list)
    for rule, verb in pairs:
        for form in sorted(
            {
                *verb.finite,
                *_joined(verb),
                *verb.participles,
                *verb.imperatives,
                verb.infinitive,
                verb.infinitive.removeprefix(verb.particle),
            }
        ):
            found[form].append((rule, verb))
    return {form: tuple(each) for form, each in found.items()}


def _joined(verb: Verb) -> frozenset[str]:
    """The joined forms of a verb that parts, without its first person, which in letters is a noun: "aanpak"."""
    stems = {verb.particle + stem for stem in verb.imperatives}
    return frozenset(
        form for form in verb.joined if form not in stems or form.endswith("t") or form + "t" not in verb.joined
    )


def rules(folder: Path | None = None, themes: Iterable[Theme] = ()) -> Rules:
    """Read and check the rules: those of `folder`, which has the files of `FILES` with `.toml`, else our own.

    `themes` are the themes to recognise, with their labels; a theme that `themes.toml` names must be one of them, when
    any are given. Raises SourceError with file and entry for the first rule that is not right.
    """
    read = {name: _read(folder, name) for name in FILES}
    kinds = {name: frozenset(_strings(value, "kinds.toml", name)) for name, value in read["kinds"][1].items()}
    irregular = read["verbs"][1].get("irregular", {})
    relations = tuple(
        _relation(shape, entry, number, kinds, irregular, read["relations"][0])
        for shape in get_args(Shape)
        for number, entry in enumerate(read["relations"][1].get(shape, []), start=1)
    )
    cues = tuple(
        _cue(entry, number, irregular, read["modality"][0])
        for number, entry in enumerate(read["modality"][1].get("cue", []), start=1)
    )
    for names, where in (([rule.name for rule in relations], "relations"), ([cue.name for cue in cues], "modality")):
        for name in sorted({name for name in names if names.count(name) > 1}):
            raise SourceError(f'{read[where][0]}: "{name}" names two rules. Give each a name of its own.')
    listed = tuple(sorted(themes, key=lambda theme: theme.iri))
    others, said, asked = (
        [
            _verb(verb, irregular, f"{read['verbs'][0]}: [{name}]")
            for verb in _strings(read["verbs"][1].get(name, {}).get("verbs", []), read["verbs"][0], name)
        ]
        for name in ("finite", "saying", "asking")
    )
    verbs = [
        *others,
        *said,
        *asked,
        *(v for rule in relations for v in rule.verbs),
        *(v for cue in cues for v in cue.verbs),
    ]
    negation = read["negation"][1]
    return Rules(
        relations,
        cues,
        _weights(read["relations"]),
        _general(read["relations"], "existence", kinds),
        _general(read["relations"], "subject", kinds),
        _general(read["relations"], "area", kinds),
        (
            frozenset(_strings(negation.get("cues", []), read["negation"][0], "cues")),
            tuple(_strings(negation.get("not", []), read["negation"][0], "not")),
            frozenset(_strings(negation.get("ahead", []), read["negation"][0], "ahead")),
        ),
        frozenset(form for verb in verbs for form in (*verb.finite, *_joined(verb))),
        frozenset(form for verb in said for form in (*verb.finite, *_joined(verb), *verb.participles)),
        frozenset(form for verb in verbs for form in verb.imperatives),
        frozenset(
            form
            for verb in asked
            for form in (*verb.finite, *_joined(verb), *verb.participles, verb.infinitive.removeprefix(verb.particle))
        ),
        frozenset(form for verb in verbs for form in (verb.infinitive, verb.infinitive.removeprefix(verb.particle))),
        frozenset(form for verb in verbs for form in verb.participles),
        frozenset(
            _strings(read["relations"][1].get("generic", {}).get("relations", []), read["relations"][0], "generic")
        ),
        _plans(read["modality"]),
        _labels(read["modality"]),
        kinds.get("actor", frozenset()),
        frozenset(_strings(read["relations"][1].get("light", {}).get("nouns", []), read["relations"][0], "light")),
        frozenset(_strings(read["relations"][1].get("shell", {}).get("nouns", []), read["relations"][0], "shell")),
        frozenset(_strings(read["relations"][1].get("light", {}).get("alone", []), read["relations"][0], "alone")),
        _nouns(read["nouns"]),
        listed,
        _theme_words(read["themes"], listed),
    )


def _read(folder: Path | None, name: str) -> tuple[str, dict[str, Any]]:
    """The path and content of a rule file."""
    if folder is None:
        where = f"rules/{name}.toml"
        text = (resources.files("regiograaf.reader") / "rules" / f"{name}.toml").read_text(encoding="utf-8")
    else:
        path = folder / f"{name}.toml"
        where = str(path)
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise SourceError(f"{where}: {error.strerror}. A folder of rules has {', '.join(FILES)} .toml.") from error
        except UnicodeDecodeError as error:
            raise SourceError(f"{where}: not UTF-8. Save it as UTF-8.") from error
    try:
        return where, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{where}: not TOML: {error}. Mend that line.") from error


def _strings(value: object, where: str, name: str) -> list[str]:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    raise SourceError(f'{where}: "{name}" must be a list of words. Write it as ["...", "..."].')


def _entry(entry: object, place: str, known: Mapping[str, type], required: Iterable[str]) -> dict[str, Any]:
    """One table of a rule file, with no key unknown, none missing and each of its type."""
    if not isinstance(entry, dict):
        raise SourceError(f"{place}: not a table. Begin each rule with a line [[...]].")
    for key, value in entry.items():
        if key not in known:
            raise SourceError(f'{place}: unknown key "{key}". Use one of: {", ".join(sorted(known))}.')
        if known[key] is list:
            _strings(value, place, key)
        elif known[key] is float:
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise SourceError(f'{place}: "{key}" must be a number.')
        elif not isinstance(value, known[key]):
            raise SourceError(f'{place}: "{key}" must be of type {known[key].__name__}.')
    for key in required:
        if not entry.get(key) and entry.get(key) != 0:
            raise SourceError(f'{place}: "{key}" is missing. Add it.')
    return entry


def _relation(
    shape: Shape,
    raw: object,
    number: int,
    kinds: Mapping[str, frozenset[str]],
    irregular: Mapping[str, Mapping[str, object]],
    where: str,
) -> Relation:
    place = _place(where, shape, number, raw)
    required = {"verb": ("verbs", "object"), "beside": ("phrases",), "link": ("between",), "noun": ("nouns", "first")}
    entry = _entry(raw, place, {**_RELATION, **_KEYS[shape]}, ("name", "predicate", "weight", *required[shape]))
    if expand(entry["predicate"]) is None:
        raise SourceError(f'{place}: "{entry["predicate"]}" is no relation. Give a CURIE, such as rg:werktSamenMet.')
    if not 0 < entry["weight"] < 1:
        raise SourceError(f"{place}: weight {entry['weight']} is no chance. Give a number between 0 and 1.")
    ends = [_kinds(entry.get(end, []), kinds, place) for end in ("subject_kinds", "object_kinds")]
    objects = tuple(entry.get("object", ()))
    return Relation(
        shape,
        entry["name"],
        entry["predicate"],
        float(entry["weight"]),
        subject_kinds=ends[0],
        object_kinds=ends[1],
        verbs=tuple(_verb(verb, irregular, place) for verb in entry.get("verbs", ())),
        needs=frozenset(entry.get("needs", ())),
        object=objects,
        passive=bool(entry.get("passive", "" in objects)),
        reverse=bool(entry.get("reverse", False)),
        makes=bool(entry.get("makes", False)),
        mutual=bool(entry.get("mutual", False)),
        held=bool(entry.get("held", False)),
        alone=bool(entry.get("alone", False)),
        asked=bool(entry.get("asked", False)),
        joins=bool(entry.get("joins", False)),
        moves=bool(entry.get("moves", False)),
        again=bool(entry.get("again", False)),
        sure=bool(entry.get("sure", False)),
        strict=bool(entry.get("strict", shape in ("link", "beside"))),
        indefinite=bool(entry.get("indefinite", False)),
        leads=bool(entry.get("leads", False)),
        anywhere=bool(entry.get("anywhere", False)),
        names=bool(entry.get("names", False)),
        without=frozenset(entry.get("without", ())),
        by=tuple(entry.get("by", ("door",))),
        keeps=entry.get("passive") is False,
        modality=_modality(entry.get("modality", "bestaand"), place),
        phrases=tuple(f" {phrase}" for phrase in entry.get("phrases", ())),
        shares=bool(entry.get("shares", False)),
        between=frozenset(entry.get("between", ())),
        nouns=frozenset(entry.get("nouns", ())),
        first=tuple(entry.get("first", ())),
        second=tuple(entry.get("second", ())),
    )


def _place(where: str, shape: str, number: int, raw: object) -> str:
    name = raw.get("name") if isinstance(raw, dict) else None
    return f"{where}: [[{shape}]] {number}" + (f' ("{name}")' if isinstance(name, str) else "")


def _verb(verb: str, irregular: Mapping[str, Mapping[str, object]], place: str) -> Verb:
    if not re.fullmatch(r"(?:[^\W\d_]+\|)?[^\W\d_]+n", verb):
        raise SourceError(
            f'{place}: "{verb}" is no infinitive. Write one word, with | behind a particle: "deel|nemen".'
        )
    return conjugate(verb, irregular)


def _kinds(names: Iterable[str], kinds: Mapping[str, frozenset[str]], place: str) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if name not in kinds:
            raise SourceError(f'{place}: "{name}" is no group of kinds.toml. Use one of: {", ".join(sorted(kinds))}.')
        found |= kinds[name]
    return frozenset(found)


def _cue(raw: object, number: int, irregular: Mapping[str, Mapping[str, object]], where: str) -> Cue:
    place = _place(where, "cue", number, raw)
    entry = _entry(raw, place, {"name": str, **_KEYS["cue"]}, ("name", "modality", "priority"))
    if not entry.get("verbs") and not entry.get("phrases"):
        raise SourceError(f"{place}: no verbs and no phrases. Give at least one.")
    return Cue(
        entry["name"],
        _modality(entry["modality"], place),
        entry["priority"],
        tuple(_verb(verb, irregular, place) for verb in entry.get("verbs", ())),
        tuple(entry.get("phrases", ())),
        tuple(entry.get("needs", ())),
        bool(entry.get("complement", False)),
        bool(entry.get("actor", False)),
        bool(entry.get("infinitive", False)),
        bool(entry.get("below", False)),
        bool(entry.get("order", False)),
        bool(entry.get("participle", False)),
        bool(entry.get("before", False)),
        frozenset(entry.get("without", ())),
    )


def _modality(name: str, place: str) -> Modality:
    for modality in get_args(Modality):
        if modality == name:
            return cast(Modality, modality)
    raise SourceError(f'{place}: "{name}" is no modality. Use one of: {", ".join(get_args(Modality))}.')


def _weights(source: tuple[str, dict[str, Any]]) -> dict[str, float]:
    where, content = source
    entry = _entry(content.get("weights", {}), f"{where}: [weights]", dict.fromkeys(WEIGHTS, float), WEIGHTS)
    return {name: float(entry[name]) for name in WEIGHTS}


def _general(
    source: tuple[str, dict[str, Any]], name: str, kinds: Mapping[str, frozenset[str]]
) -> tuple[frozenset[str], float]:
    where, content = source
    place = f"{where}: [{name}]"
    known = {"predicate": str, "kinds": list, "skip": list, "weight": float}
    entry = _entry(content.get(name, {}), place, known, ("kinds", "weight"))
    return _kinds(entry["kinds"], kinds, place) - frozenset(entry.get("skip", ())), float(entry["weight"])


def _plans(source: tuple[str, dict[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    where, content = source
    entry = content.get("plans", {})
    first, second = (tuple(_strings(entry.get(key, []), where, key)) for key in ("words", "headings"))
    return first, second


def _labels(source: tuple[str, dict[str, Any]]) -> dict[str, Modality]:
    where, content = source
    return {word: _modality(str(name), f"{where}: [labels]") for word, name in content.get("labels", {}).items()}


def _nouns(source: tuple[str, dict[str, Any]]) -> Nouns:
    where, content = source
    whole: dict[str, str] = {}
    ends: dict[str, str] = {}
    for kind, value in content.get("kinds", {}).items():
        if expand(kind) is None:
            raise SourceError(f'{where}: [kinds]: "{kind}" is no class. Give a CURIE, such as rg:Plan.')
        for word in _strings(value, f"{where}: [kinds]", kind):
            plain = word.lstrip("*=")
            for listed, counts in ((whole, word[0] != "*"), (ends, word[0] != "=")):
                if counts and listed.setdefault(plain, kind) != kind:
                    raise SourceError(f'{where}: [kinds]: "{plain}" gives {listed[plain]} and {kind}. Drop one.')
    other = content.get("phrases", {})
    general, bare, relational, none = (
        frozenset(_strings(other.get(key, []), where, key)) for key in ("general", "bare", "relational", "none")
    )
    return Nouns(whole, ends, general, bare, relational, none)


def _theme_words(source: tuple[str, dict[str, Any]], themes: tuple[Theme, ...]) -> dict[str, tuple[str, ...]]:
    where, content = source
    words = content.get("themes", {})
    by_key = {theme.key: theme for theme in themes}
    found = {theme.iri: [theme.label.casefold(), *map(str.casefold, theme.aliases)] for theme in themes}
    for key, value in words.items():
        listed = _strings(value, f"{where}: [themes]", key)
        if key in by_key:
            found[by_key[key].iri] += listed
        elif themes:
            raise SourceError(f'{where}: [themes]: "{key}" is no theme. Use the last part of a theme\'s IRI.')
    return {iri: tuple(dict.fromkeys(each)) for iri, each in found.items()}
