"""A comparison as rows, for a terminal or another program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regiograaf.comparison import Comparison
from regiograaf.namespaces import MODALITY
from regiograaf.pages import says

__all__ = ["rows"]


def rows(comparison: Comparison, by: str, labels: Mapping[str, str]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Head and rows of a comparison, one row for each letter, sentence, claim or theme.

    A sentence is one of the letters' different sentences, a claim one thing that letters say; what a letter does not
    have is empty.
    """
    keys = tuple(text.key for text in comparison.texts)
    if by == "letter":
        head = ("letter", "sentences", "in_all", "in_some", "alone", "claims", "of_all", "of_some", "own")
        return head, [
            (
                key,
                *(comparison.sentences(place) if comparison.whole else (None,) * 4),
                *(comparison.claims(place) if comparison.encoded[place] else (None,) * 4),
            )
            for place, key in enumerate(keys)
        ]
    if by == "sentence":
        return ("passage", "state", "letters", "similarity", *keys), [
            (
                number,
                passage.state,
                len(passage.holders),
                round(passage.similarity, 2),
                *(
                    None if member is None else text.sentences[member].text
                    for text, member in zip(comparison.texts, passage.members, strict=True)
                ),
            )
            for number, passage in enumerate(comparison.passages, 1)
        ]
    if by == "claim":
        return ("claim", "modality", "denied", "kind", "letters", *keys), [
            (
                says(said.first, labels),
                said.first.modality.removeprefix(str(MODALITY)),
                said.first.denied,
                said.kind,
                len(said.holders),
                *(", ".join(claim.source.rsplit("/", 1)[-1] for claim in of) or None for of in said.claims),
            )
            for said in comparison.said
        ]
    return ("theme", *(name for key in keys for name in (key, f"{key}_own"))), [
        (labels.get(theme, theme), *(number for pair in counts for number in pair))
        for theme, counts in sorted(comparison.themes.items(), key=lambda item: (-sum(c for c, _ in item[1]), item[0]))
    ]
