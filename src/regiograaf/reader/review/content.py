"""What the script of the review page reads: the letter's text, its names, and the blocks of the draft's Turtle file.

Places in a sentence are in UTF-16 code units, as a browser counts them; offsets in evidence stay code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from regiograaf.letters import fingerprint
from regiograaf.prefixes import ID, PREFIXES
from regiograaf.reader.review.vocabulary import Vocabulary, Words
from regiograaf.reader.structure import Line
from regiograaf.reader.turtle import DRAFT, HEADER, REACH, Block, Names, blocks, sort_of

if TYPE_CHECKING:
    from regiograaf.reader.draft import Draft

__all__ = ["MOST", "content"]

MOST = 5000
"""Known entities that a page offers; of more, those of the project and those that the letter names."""
LINES = ("sentence", "heading", "head")
PLACED, REGISTER, NEW = range(3)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}


def content(draft: Draft, terms: Vocabulary, language: str) -> dict[str, Any]:
    """The data of the page, for JSON."""
    listed = blocks(draft)
    names = Names(draft)
    entities = list(_entities(draft, names, listed))
    place = {row[0]: i for i, row in enumerate(entities)}
    ways, rules = _Numbers(), _Numbers()
    lines = draft.structure.lines
    sections = _Numbers()
    pages = bool(draft.document.pages)
    return {
        "key": draft.key,
        "file": f"{draft.key}.ttl",
        "digest": draft.document.letter.digest,
        "language": language,
        "header": HEADER,
        "draft": DRAFT,
        "fresh": "nieuw: ",
        "register": "uit een register",
        "width": max(3, len(str(len(draft.claims)))),
        "bases": [[name, base] for name, base in _bases(draft.key).items()],
        "blocks": [[block.name, block.sort, [[row, list(values)] for row, values in block.rows]] for block in listed],
        "wordings": [[block.name, _wording(block)] for block in listed if block.sort in ("period", "quantity")],
        "sorts": {kind: sort_of(kind) for kind in terms.kinds},
        "lines": [
            [
                line.text,
                LINES.index(line.kind),
                line.block,
                line.begin,
                line.end,
                sections(line.section or "Tekst"),
                fingerprint(draft.document.text[line.begin : line.end]),
                " ".join(draft.document.letter.quote(line.begin, line.end).split()[:REACH]),
                draft.document.page(line.begin) if pages else 0,
            ]
            for line in lines
        ],
        "blockKinds": [[block.kind, block.level, block.mark] for block in draft.structure.blocks],
        "entities": entities,
        "mentions": [
            [number, *span, place[names.of(mention.entity)], ways(mention.rule)]
            for mention in draft.found.mentions
            if names.of(mention.entity) in place
            for number, span in _in_line(lines, mention.start, mention.stop)
        ],
        "values": [
            [number, *span]
            for start, stop in sorted(
                {
                    (value.start, value.stop)
                    for claim in draft.claims
                    for value in (claim.period, claim.amount)
                    if value is not None
                }
            )
            for number, span in _in_line(lines, start, stop)
        ],
        "claims": list(_claims(draft, listed, rules)),
        "sections": sections.values,
        "ways": ways.values,
        "rules": rules.values,
        "modalities": [
            [key, asdict(one.label) | _note(one.note) | {"style": one.style}] for key, one in terms.modalities.items()
        ],
        "relations": [
            [key, asdict(one.label) | _note(one.note) | {"subject": one.subject, "object": one.object}]
            for key, one in terms.relations.items()
        ],
        "kinds": [
            [key, asdict(one.label) | {"family": one.family, "above": one.above}] for key, one in terms.kinds.items()
        ],
        "themes": [[key, asdict(one)] for key, one in terms.themes.items()],
    }


class _Numbers:
    """Numbers for texts that come back, and the texts in the order of their numbers."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._known: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        number = self._known.setdefault(text, len(self.values))
        if number == len(self.values):
            self.values.append(text)
        return number


def _note(words: Words) -> dict[str, str]:
    return {"note_nl": words.nl, "note_en": words.en}


def _bases(key: str) -> Mapping[str, str]:
    return {**PREFIXES, "brief": f"{ID}brief/{key}/", "brieven": f"{ID}brief/"}


def _wording(block: Block) -> str:
    """The words of a period or amount."""
    value = next((values[0] for row, values in block.rows if row == "rg:verwoording"), '""')
    match = _STRING.match(value)
    return _ESCAPE.sub(lambda found: _SIGNS.get(found[1], found[1]), match[1]) if match else ""


def _entities(draft: Draft, names: Names, listed: Sequence[Block]) -> Iterator[list[Any]]:
    """Yield the entities that a claim can be about: name in the file, label, class, where it is from, why it is new,
    and its other names."""
    known = draft.known
    named = {mention.entity for mention in draft.found.mentions}
    many = len(known.entities) > MOST
    yielded = set()
    for one in known.entities:
        placed = one.iri in known.placed
        if not many or placed or one.iri in named:
            name = names.of(one.iri)
            yielded.add(name)
            yield [name, one.label, one.kind, PLACED if placed else REGISTER, "", *one.aliases]
    yield [f"brieven:{draft.key}", "deze brief", "rg:Brief", PLACED, ""]
    for new in draft.new.values():
        name = names.of(new.key)
        if name not in yielded:
            yielded.add(name)
            yield [name, new.label, new.kind, NEW, new.reason]
    # What stands in the file without being in a list, such as a sender that the text does not name.
    for block in listed:
        if block.sort == "entity" and block.name not in yielded:
            rows = dict(block.rows)
            label = _STRING.match(rows["rdfs:label"][0])
            text = _ESCAPE.sub(lambda found: _SIGNS.get(found[1], found[1]), label[1]) if label else block.name
            yield [block.name, text, rows["a"][0], NEW, ""]


def _claims(draft: Draft, listed: Sequence[Block], rules: _Numbers) -> Iterator[list[Any]]:
    """Yield of each claim: its block, its sentence, rule, score, and where in the sentence its two ends are."""
    lines = draft.structure.lines
    begins = [line.begin for line in lines]
    own = [block for block in listed if block.sort == "claim"]
    for block, claim in zip(own, draft.claims, strict=True):
        number = max(0, bisect_right(begins, claim.begin) - 1)
        ends = [
            span
            for end in (claim.subject, claim.object)
            for line, span in _in_line(lines, end.start, end.stop)
            if line == number
        ]
        yield [block.name, number, rules(claim.rule), claim.score, ends]


def _in_line(lines: Sequence[Line], start: int, stop: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the line that holds a range of the reading text, and the range in it in UTF-16 code units."""
    low = bisect_right(lines, start, key=lambda line: line.start) - 1
    if low < 0 or start >= lines[low].stop or stop <= start:
        return
    line = lines[low]
    begin, end = start - line.start, min(stop, line.stop) - line.start
    if _ASTRAL.search(line.text):
        begin, end = (place + len(_ASTRAL.findall(line.text[:place])) for place in (begin, end))
    yield low, (begin, end)
