"""From facts to what follows from them under an ontology: OWL 2 RL, forward and semi-naive.

Never over claims, so that an intention cannot leak into a fact. Only what says something is returned. Why a triple
follows is not kept but found again when asked (`explanations`); that is what keeps this fast and small.

Terms are numbered and triples are 64-bit keys in sorted arrays, so that each round joins whole columns at once; new
triples are joined with what is known, never everything with everything (semi-naive evaluation).
Source: Abiteboul, Hull, Vianu 1995, Foundations of Databases, section 13.1.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from rdflib.namespace import OWL, XSD
from rdflib.term import Literal, Node, URIRef

from regiograaf.claims import TYPE, Triple
from regiograaf.errors import AnalysisError, InconsistentError
from regiograaf.namespaces import shrink
from regiograaf.rules import (
    SCHEMA_RULES,
    Atom,
    Rule,
    datatypes,
    instance_rules,
    says_nothing_of,
    says_nothing_with,
    schema_facts,
)

__all__ = ["Closure", "Contradiction", "Ontology", "close"]

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_BITS = 25
_PREDICATES = 1 << (63 - 2 * _BITS)
_TERMS = 1 << _BITS
_LOW = _TERMS - 1
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot hold together, and the axioms that say so."""

    rule: str
    premises: tuple[Triple, ...]
    axioms: tuple[Triple, ...]

    def __str__(self) -> str:
        said, but = (
            [" ".join(shrink(str(term)) for term in triple) for triple in triples]
            for triples in (self.premises, self.axioms)
        )
        return f"contradiction ({self.rule}): {' and '.join(said)}{', but ' if but else ''}{'; '.join(but)}"


class Ontology:
    """An ontology closed under its own axioms, and the rules for facts that follow from it.

    Made once, it serves any number of closures.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.axioms = frozenset(triples)
        listed = schema_facts(self.axioms)
        engine = _Engine(SCHEMA_RULES)
        engine.add([*self.axioms, *listed])
        self.closed = frozenset(engine.triples(engine.known.all()))
        self.rules: tuple[Rule, ...] = tuple(instance_rules(self.closed))


class Closure:
    """Facts with everything that follows from them under an ontology; it grows by `add`.

    What was concluded stays true when facts are added, so adding costs what the new facts can change. A fact taken
    away may take conclusions along: then close the rest anew.
    """

    def __init__(self, ontology: Ontology | Iterable[Triple]) -> None:
        self.ontology = ontology if isinstance(ontology, Ontology) else Ontology(ontology)
        self._engine = _Engine(self.ontology.rules)
        self._engine.add(self.ontology.closed)  # an ontology's own individuals are facts too
        used = {atom.object for rule in self.ontology.rules for atom in rule.body if atom.predicate == TYPE}
        self._datatypes = {term for term in used if str(term).startswith(str(XSD))}
        self._engine.add(self._typed(self.ontology.axioms))
        self._facts = _Runs()
        self._facts.add(self._engine.keys(self.ontology.axioms))
        self.on_background: Sequence[Triple] = ()
        """What of the conclusions rests on background; set by `close`."""

    def add(self, facts: Iterable[Triple]) -> None:
        """Take in more facts, with what follows from them and all that was there.

        Raises InconsistentError, naming rule and triples, when they contradict the ontology or each other, and
        AnalysisError above 33 million terms or 8,192 relations.
        """
        facts = list(facts)
        if self._datatypes:
            self._engine.add(self._typed(facts))
        keys = self._engine.add(facts)
        self._facts.add(keys[~self._facts.has(keys)])
        found = list(self._engine.contradictions())
        if found:
            raise InconsistentError("\n".join(map(str, found)), found, self.inferred)

    def _typed(self, facts: Iterable[Triple]) -> set[Triple]:
        """Literals as members of the datatypes that the rules speak of (dt-type2)."""
        literals = {o for _, _, o in facts if isinstance(o, Literal)}
        return {(one, TYPE, kind) for one in literals for kind in datatypes(one) if kind in self._datatypes}

    @property
    def inferred(self) -> Sequence[Triple]:
        """What follows from ontology and facts, is stated in neither, and says something; each once, in no order."""
        return self._engine.triples(self._concluded())

    def _concluded(self) -> Ints:
        keys = self._engine.known.all()
        return self._engine.telling(keys[~self._facts.has(keys)])

    def match(self, subject: Node | None, predicate: Node | None, value: Node | None) -> Iterator[Triple]:
        """The facts and conclusions with these terms; None stands for any."""
        return self._engine.match(subject, predicate, value)


def close(ontology: Ontology | Iterable[Triple], facts: Iterable[Triple], background: Iterable[Triple] = ()) -> Closure:
    """Everything that follows from facts and background under the ontology and is not itself one of them.

    What does not follow without the background is told apart.

    Raises InconsistentError, naming rule and triples, when the facts contradict the ontology.
    """
    closure = Closure(ontology)
    closure.add(facts)
    alone = closure._concluded()
    more = list(background)
    if more:
        closure.add(more)
        closure.on_background = closure._engine.triples(np.setdiff1d(closure._concluded(), alone))
    return closure


class _Runs:
    """A growing set of keys as a few sorted arrays, each at least twice as long as the next."""

    def __init__(self) -> None:
        self.runs: list[Ints] = []

    def add(self, keys: Ints) -> None:
        """Take in sorted keys that are not there yet."""
        if not keys.size:
            return
        self.runs.append(keys)
        while len(self.runs) > 1 and self.runs[-2].size < 2 * self.runs[-1].size:
            merged = np.concatenate((self.runs.pop(-2), self.runs.pop()))
            merged.sort(kind="stable")  # a merge of two sorted runs
            self.runs.append(merged)

    def all(self) -> Ints:
        return np.concatenate(self.runs) if self.runs else np.empty(0, np.int64)

    def has(self, keys: Ints) -> Mask:
        found = np.zeros(keys.size, bool)
        for run in self.runs:
            at = run.searchsorted(keys)
            at[at == run.size] = 0
            found |= run[at] == keys
        return found

    def between(self, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """(row, key) of every key with low[row] <= key < high[row]."""
        rows, keys = [], []
        for run in self.runs:
            begin = run.searchsorted(low)
            count = run.searchsorted(high) - begin
            at = np.repeat(begin - (count.cumsum() - count), count) + np.arange(count.sum())
            rows.append(np.repeat(np.arange(low.size), count))
            keys.append(run[at])
        if not rows:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        return np.concatenate(rows), np.concatenate(keys)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the variables of a rule stand for: `size` rows, one column for each variable bound so far."""

    size: int
    values: dict[int, Ints]

    def take(self, rows: Ints | Mask, size: int, more: dict[int, Ints] | None = None) -> _Columns:
        return _Columns(size, {**{name: column[rows] for name, column in self.values.items()}, **(more or {})})


class _Engine:
    """Rules over numbered terms."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.terms: list[Node] = []
        self._iris: dict[str, int] = {}
        self._others: dict[Node, int] = {}
        self._flags = bytearray()
        """For each term: 1 a literal, 2 says nothing as subject, 4 says nothing as object."""
        self._literal = np.empty(0, bool)
        self._predicates: dict[int, int] = {}
        self._predicate_terms: list[int] = []
        self.known = _Runs()
        """Keys in the order predicate, subject, object."""
        self._turned = _Runs()
        """The same triples in the order predicate, object, subject."""
        self._unchecked: list[Ints] = []
        self._type = self._predicate(TYPE)
        self._same = self._predicate(OWL.sameAs)
        self._table = _Table()
        self._joins: list[Rule] = []
        self._denials: list[Rule] = []
        first = []
        for rule in rules:
            for term in (t for atom in (*rule.body, *filter(None, [rule.head])) for t in atom):
                if not isinstance(term, int):
                    self._number(term)
            if rule.head is None:
                self._denials.append(rule)
            elif not rule.body:
                first.append(cast(Triple, tuple(rule.head)))
            elif rule.name.startswith("eq-rep"):
                continue  # in _replace: they speak of every relation
            elif not self._table.take(rule, self):
                self._joins.append(rule)
        self._table.freeze(self)
        self._first = first

    # numbers for terms

    def _number(self, term: Node) -> int:
        plain = type(term) is URIRef
        table: dict[Any, int] = self._iris if plain else self._others
        key = str(term) if plain else term  # rdflib computes the hash of its terms anew at each look
        found = table.get(key)
        if found is None:
            found = table[key] = len(self.terms)
            if found == _TERMS:
                raise AnalysisError(f"more than {_TERMS} terms. Close the letters in parts.")
            self.terms.append(term)
            self._flags.append(
                isinstance(term, Literal) | (says_nothing_of(term) << 1) | (says_nothing_with(term) << 2)
            )
        return found

    def _predicate(self, term: Node) -> int:
        return self._predicate_of(self._number(term))

    def _predicate_of(self, number: int) -> int:
        found = self._predicates.get(number)
        if found is None:
            found = self._predicates[number] = len(self._predicate_terms)
            if found == _PREDICATES:
                raise AnalysisError(f"more than {_PREDICATES} relations. Close the letters in parts.")
            self._predicate_terms.append(number)
        return found

    def keys(self, triples: Iterable[Triple]) -> Ints:
        """Sorted keys of triples, each once."""
        with _no_collecting():
            columns = list(zip(*triples, strict=True))
            if not columns:
                return np.empty(0, np.int64)
            numbers = (self._number, self._predicate, self._number)
            s, p, o = (self._column(terms, number) for terms, number in zip(columns, numbers, strict=True))
        return _unique(_key(p, s, o))

    def _column(self, terms: Sequence[Node], number: Callable[[Node], int]) -> Ints:
        """The numbers of terms; each object is looked up once, since rdflib's terms are slow to hash."""
        numbers = {}
        for place, term in {id(term): term for term in terms}.items():
            numbers[place] = number(term)
        return np.fromiter(map(numbers.__getitem__, map(id, terms)), np.int64, len(terms))

    def triples(self, keys: Ints) -> list[Triple]:
        p, s, o = _split(keys)
        predicates = [self.terms[number] for number in self._predicate_terms]
        columns = ((self.terms, s), (predicates, p), (self.terms, o))
        with _no_collecting():
            return list(zip(*(map(terms.__getitem__, column.tolist()) for terms, column in columns), strict=True))

    def telling(self, keys: Ints) -> Ints:
        """Those keys whose triples say something: `is_noise` on whole columns."""
        _, s, o = _split(keys)
        flags = np.frombuffer(bytes(self._flags), np.uint8)
        return cast(Ints, keys[(s != o) & (flags[s] & 2 == 0) & (flags[o] & 4 == 0)])

    # running the rules

    def add(self, triples: Iterable[Triple]) -> Ints:
        """Take in facts and run to the end; returns the keys of the facts."""
        keys = self.keys(triples)
        first = self.keys(self._first)
        self._first = []
        self._literal = np.frombuffer(bytes(self._flags), np.uint8) & 1 == 1
        new = _unique(np.concatenate((keys, first)))
        self._run(new[~self.known.has(new)])
        return keys

    def _run(self, new: Ints) -> None:
        while new.size:
            turned = np.sort(_turn(new))
            self.known.add(new)
            self._turned.add(turned)
            self._unchecked.append(new)
            fresh = _Delta(new, turned)
            found = [self._fresh(keys) for keys in self._conclusions(fresh)]
            new = _unique(np.concatenate(found)) if found else new[:0]

    def _fresh(self, keys: Ints) -> Ints:
        keys = _unique(keys)
        return keys[~self.known.has(keys)]

    def _conclusions(self, fresh: _Delta) -> Iterator[Ints]:
        for begin in range(0, fresh.keys.size, _CHUNK):
            p, s, o = _split(fresh.keys[begin : begin + _CHUNK])
            yield from self._table.heads(p, s, o, self)
        for rule in self._joins:
            for at in range(len(rule.body)):
                columns = self._join(rule, at, fresh)
                if columns is not None and columns.size:
                    yield self._head(cast(Atom, rule.head), columns)
        yield from self._replace(fresh)

    def _head(self, head: Atom, columns: _Columns) -> Ints:
        s, o = (
            columns.values[term] if isinstance(term, int) else np.full(columns.size, self._number(term))
            for term in (head.subject, head.object)
        )
        return _key(self._predicate(cast(Node, head.predicate)), s, o)

    def _join(self, rule: Rule, at: int, fresh: _Delta) -> _Columns | None:
        """All rows of a rule's variables in which its atom number `at` is a fresh triple."""
        columns = self._start(rule.body[at], fresh)
        left = [atom for place, atom in enumerate(rule.body) if place != at]
        while left and columns is not None and columns.size:
            bound = columns.values
            atom = max(left, key=lambda a: sum(not isinstance(t, int) or t in bound for t in (a.subject, a.object)))
            left.remove(atom)
            columns = self._extend(atom, columns)
        if columns is not None and columns.size and rule.differ is not None:
            one, other = (columns.values[name] for name in rule.differ)
            keep = one != other
            if rule.literals:
                keep &= self._literal[one] & self._literal[other]
            columns = columns.take(keep, int(keep.sum()))
        return columns

    def _constants(self, atom: Atom) -> tuple[int, int | None, int | None]:
        s, o = (None if isinstance(term, int) else self._number(term) for term in (atom.subject, atom.object))
        return self._predicate(cast(Node, atom.predicate)), s, o

    def _start(self, atom: Atom, fresh: _Delta) -> _Columns | None:
        p, s, o = self._constants(atom)
        if s is None and o is not None:
            keys = _slice(fresh.turned, (p << 2 * _BITS) | (o << _BITS), 1 << _BITS)
        elif s is not None:
            keys = _slice(fresh.keys, (p << 2 * _BITS) | (s << _BITS), 1 << _BITS)
        else:
            keys = _slice(fresh.keys, p << 2 * _BITS, 1 << 2 * _BITS)
        if not keys.size:
            return None
        if s is not None:
            found = keys & _LOW
            if o is not None:
                return _Columns(int((found == o).sum()), {})
            return _Columns(keys.size, {cast(int, atom.object): found})
        if o is not None:
            return _Columns(keys.size, {cast(int, atom.subject): keys & _LOW})
        _, subjects, objects = _split(keys)
        if atom.subject == atom.object:
            same = subjects[subjects == objects]
            return _Columns(same.size, {cast(int, atom.subject): same})
        return _Columns(keys.size, {cast(int, atom.subject): subjects, cast(int, atom.object): objects})

    def _extend(self, atom: Atom, columns: _Columns) -> _Columns:
        p, s, o = self._constants(atom)
        high, size = p << 2 * _BITS, columns.size

        def bound(term: Any, number: int | None) -> Ints | None:
            return columns.values.get(term) if number is None else np.full(size, number)

        subjects, objects = bound(atom.subject, s), bound(atom.object, o)
        if subjects is not None and objects is not None:
            keep = self.known.has(high | (subjects << _BITS) | objects)
            return columns.take(keep, int(keep.sum()))
        runs, known, free = (
            (self.known, subjects, atom.object) if subjects is not None else (self._turned, objects, atom.subject)
        )
        if known is None:  # no variable in common with what is bound: every triple of the relation
            known = np.zeros(size, np.int64)
            rows, keys = self.known.between(high | known, (high | known) + (1 << 2 * _BITS))
            _, s_found, o_found = _split(keys)
            return columns.take(rows, rows.size, {cast(int, atom.subject): s_found, cast(int, atom.object): o_found})
        low = high | (known << _BITS)
        rows, keys = runs.between(low, low + (1 << _BITS))
        return columns.take(rows, rows.size, {cast(int, free): keys & _LOW})

    def _replace(self, fresh: _Delta) -> Iterator[Ints]:
        """eq-rep-s, eq-rep-p and eq-rep-o."""
        high = self._same << 2 * _BITS
        if not self.known.between(np.array([high]), np.array([high + (1 << 2 * _BITS)]))[0].size:
            return
        p, s, o = _split(fresh.keys)
        for column, turned in ((s, False), (o, True)):
            rows, keys = self.known.between(high | (column << _BITS), (high | (column << _BITS)) + (1 << _BITS))
            twins = keys & _LOW
            yield _key(p[rows], s[rows], twins) if turned else _key(p[rows], twins, o[rows])
        _, one, other = _split(_slice(fresh.keys, high, 1 << 2 * _BITS))
        for number in range(len(self._predicate_terms) if one.size else 0):
            low = (number << 2 * _BITS) | (one << _BITS)
            for runs, turned in ((self.known, False), (self._turned, True)):
                rows, keys = runs.between(low, low + (1 << _BITS))
                found = keys & _LOW
                yield _key(number, found, other[rows]) if turned else _key(number, other[rows], found)
        yield from self._replace_predicates(fresh)

    def _replace_predicates(self, fresh: _Delta) -> Iterator[Ints]:
        high = self._same << 2 * _BITS
        _, keys = self.known.between(np.array([high]), np.array([high + (1 << 2 * _BITS)]))
        _, one, other = _split(keys)
        for a, b in zip(one.tolist(), other.tolist(), strict=True):
            if a in self._predicates and a != b:
                low = np.array([self._predicates[a] << 2 * _BITS])
                _, found = self.known.between(low, low + (1 << 2 * _BITS))
                _, s, o = _split(found)
                yield _key(self._predicate_of(b), s, o)

    # what contradicts, and looking things up

    def contradictions(self) -> Iterator[Contradiction]:
        """Every breach among what was added since the last call."""
        if not self._unchecked:
            return
        new = _unique(np.concatenate(self._unchecked))
        self._unchecked = []
        fresh = _Delta(new, np.sort(_turn(new)))
        seen = set()
        for rule in self._denials:
            for at in range(len(rule.body)):
                columns = self._join(rule, at, fresh)
                for row in range(columns.size if columns is not None else 0):
                    values = {name: self.terms[column[row]] for name, column in cast(_Columns, columns).values.items()}
                    if rule.literals and not _values_differ(*(values[name] for name in cast(Any, rule.differ))):
                        continue
                    premises = tuple(
                        cast(Triple, tuple(values[t] if isinstance(t, int) else t for t in atom)) for atom in rule.body
                    )
                    if frozenset(premises) not in seen:
                        seen.add(frozenset(premises))
                        yield Contradiction(rule.name, premises, rule.axioms)

    def match(self, subject: Node | None, predicate: Node | None, value: Node | None) -> Iterator[Triple]:
        wanted = [None if term is None else self._known_number(term) for term in (subject, value)]
        if -1 in wanted:
            return
        s, o = wanted
        numbers = range(len(self._predicate_terms))
        for p in numbers if predicate is None else [self._predicates.get(self._known_number(predicate), -1)]:
            if p < 0:
                continue
            low = p << 2 * _BITS
            if s is not None:
                low, span, runs = low | (s << _BITS), 1 << _BITS, self.known
            elif o is not None:
                low, span, runs = low | (o << _BITS), 1 << _BITS, self._turned
            else:
                span, runs = 1 << 2 * _BITS, self.known
            _, keys = runs.between(np.array([low]), np.array([low + span]))
            if s is not None and o is not None:
                keys = keys[(keys & _LOW) == o]
            yield from self.triples(np.sort(_turn(keys) if runs is self._turned else keys))

    def _known_number(self, term: Node) -> int:
        return self._iris.get(str(term), -1) if type(term) is URIRef else self._others.get(term, -1)


def _values_differ(one: Node, other: Node) -> bool:
    a, b = cast(Literal, one), cast(Literal, other)
    return a.language != b.language or (str(a) != str(b) if a.value is None or b.value is None else a.value != b.value)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Pause Python's search for cycles: millions of tuples make it slow, and they have none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Delta:
    """New triples in both orders."""

    keys: Ints
    turned: Ints


def _key(p: Ints | int, s: Ints | int, o: Ints | int) -> Ints:
    return cast(Ints, (p << 2 * _BITS) | (s << _BITS) | o)


def _unique(keys: Ints) -> Ints:
    """Sorted keys, each once; for whole columns of numbers faster than numpy's own, which hashes."""
    keys = np.sort(keys)
    keep = np.ones(keys.size, bool)
    np.not_equal(keys[1:], keys[:-1], out=keep[1:])
    return keys[keep]


def _split(keys: Ints) -> tuple[Ints, Ints, Ints]:
    """Predicate, subject, object (or predicate, object, subject) of keys."""
    return keys >> 2 * _BITS, (keys >> _BITS) & _LOW, keys & _LOW


def _turn(keys: Ints) -> Ints:
    p, s, o = _split(keys)
    return (p << 2 * _BITS) | (o << _BITS) | s


def _slice(keys: Ints, low: int, span: int) -> Ints:
    begin, end = keys.searchsorted(np.array([low, low + span]))
    return keys[begin:end]


class _Table:
    """The rules with one atom, which are most: what a triple of a relation, or of a class, gives at once."""

    def __init__(self) -> None:
        self._of_relation: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._of_class: dict[int, list[tuple[int, int, int]]] = defaultdict(list)

    def take(self, rule: Rule, engine: _Engine) -> bool:
        """Take in a rule of a form that the table knows."""
        if len(rule.body) != 1 or rule.differ is not None:
            return False
        (atom,) = rule.body
        head = cast(Atom, rule.head)
        if not isinstance(atom.subject, int) or atom.subject == atom.object:
            return False
        place = {atom.subject: -1, atom.object: -2}
        s, o = (place[term] if isinstance(term, int) else engine._number(term) for term in (head.subject, head.object))
        entry = (engine._predicate(cast(Node, head.predicate)), s, o)
        if isinstance(atom.object, int):
            self._of_relation[engine._predicate(cast(Node, atom.predicate))].append(entry)
        elif atom.predicate == TYPE:
            self._of_class[engine._number(atom.object)].append(entry)
        else:
            return False
        return True

    def freeze(self, engine: _Engine) -> None:
        self._relations = _Index(self._of_relation)
        self._classes = _Index(self._of_class)
        self._type = engine._type

    def heads(self, p: Ints, s: Ints, o: Ints, engine: _Engine) -> Iterator[Ints]:
        typed = p == self._type
        for index, numbers, rows in (
            (self._relations, p, slice(None)),
            (self._classes, o[typed], typed),
        ):
            at, entries = index.entries(numbers)
            if not at.size:
                continue
            subjects, objects = s[rows][at], o[rows][at]
            heads = []
            for code in (entries[:, 1], entries[:, 2]):
                heads.append(np.where(code == -1, subjects, np.where(code == -2, objects, code)))
            yield _key(entries[:, 0], heads[0], heads[1])


class _Index:
    """Entries (relation, subject, object) by number."""

    def __init__(self, table: dict[int, list[tuple[int, int, int]]]) -> None:
        size = max(table, default=-1) + 2
        self.count = np.zeros(size, np.int64)
        for number, entries in table.items():
            self.count[number] = len(entries)
        self.begin = self.count.cumsum() - self.count
        rows = [entry for number in sorted(table) for entry in table[number]]
        self.rows = np.array(rows, np.int64).reshape(-1, 3)

    def entries(self, numbers: Ints) -> tuple[Ints, Ints]:
        """(row, entry) for each entry of each number; numbers beyond the table have none."""
        inside = np.minimum(numbers, self.count.size - 1)
        count = self.count[inside]
        at = np.repeat(self.begin[inside] - (count.cumsum() - count), count) + np.arange(count.sum())
        return np.repeat(np.arange(numbers.size), count), self.rows[at]
