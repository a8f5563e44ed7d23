"""Known things that a letter calls by their noun alone: "het onderzoek" of the known "onderzoek van X naar Y".

A thing counts only in a letter that has every word of its name, somewhere; and of several called by one noun, none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from regiograaf.reader.lexicon import Lexicon, fold
from regiograaf.reader.mention import Mention, mention_of, overlaps
from regiograaf.reader.structure import Structure

__all__ = ["described"]

_WORD = re.compile(r"\w+")
LONG = 12
"""Letters from which a noun means its thing even without an article."""
_ARTICLE = re.compile(r"\b(?:de|het|deze|dit|die|dat|dezelfde|hetzelfde|genoemde) (?:[a-z]+e )?$", re.IGNORECASE)


def described(structure: Structure, told: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions, with the nouns that stand for a known thing; those told keep their places."""
    text = structure.text
    present = frozenset(_WORD.findall(fold(text)))
    called: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for noun, others, entity in lexicon.nouns:
        if noun in present and others <= present:
            called[noun].append((entity.iri, entity.label, entity.kind))
    for base, others, entity in lexicon.described:
        if others <= present and present.issuperset(base.split(" ")):
            called[base].append((entity.iri, entity.label, entity.kind))
    called = {noun: entities for noun, entities in called.items() if len(entities) == 1}
    if not called:
        return list(told)
    spans = [(mention.start, mention.stop) for mention in told]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(called, key=lambda name: (-len(name), name)))})(?![\w-])")
    found: list[Mention] = []
    for match in pattern.finditer(text):
        if overlaps(spans, *match.span()):
            continue
        if (
            len(match[0]) >= LONG
            or " " in match[0]
            or _ARTICLE.search(text[max(0, match.start() - 40) : match.start()])
        ):
            found.append(mention_of(structure, *match.span(), called[match[0]][0], "noun"))
    return sorted([*told, *found], key=lambda mention: mention.start)
