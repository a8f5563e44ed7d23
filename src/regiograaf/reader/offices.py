"""Offices of a body that a text names without who holds them: "de burgemeester van Soest", "directeur van Portaal"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regiograaf.reader.candidates import PERSON, key_of
from regiograaf.reader.lexicon import Lexicon
from regiograaf.reader.mention import Mention, mention_of
from regiograaf.reader.structure import Structure

__all__ = ["offices"]

_OFFICE = re.compile(
    r"\b(?P<office>(?:loco)?burgemeester|wethouder|gedeputeerde|dijkgraaf|gemeentesecretaris|provinciesecretaris"
    r"|secretaris-directeur|(?:directeur-)?bestuurder|rector|korpschef|griffier)(?: [A-Z][a-z]+)? van (?:de |het )?$"
)
_BODIES = (
    "tooiont:Gemeente", "tooiont:Provincie", "tooiont:Waterschap", "tooiont:Samenwerkingsorganisatie",
    "rg:Woningcorporatie", "rg:Stichting", "rg:Kennisinstelling", "rg:Overheid", "rg:Bedrijf", "",
)  # fmt: skip
_KIND_WORD = re.compile(r"^(?:gemeente|provincie) ", re.IGNORECASE)
_HELD = re.compile(r",? \(?(?:de heer |mevrouw |mw\. |dhr\. )?(?=[A-ZÀ-Þ])")
"""What parts an office from the name of who holds it."""
REACH = 60


def offices(structure: Structure, told: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions, each body behind "burgemeester van" as that office; not where the text names who holds it."""
    text = structure.text
    persons = {mention.start for mention in told if mention.kind in (PERSON, "")}
    found: list[Mention] = []
    for mention in told:
        match = None
        if mention.kind in _BODIES and " van " in text[max(0, mention.start - 9) : mention.start]:
            low = max(text.rfind("\n", 0, mention.start) + 1, mention.start - REACH, found[-1].stop if found else 0)
            match = _OFFICE.search(text, low, mention.start)
        held = _HELD.match(text, mention.stop) if match else None
        if match is None or (held and held.end() in persons):
            found.append(mention)
            continue
        label = f"{match['office'].lower()} van {_KIND_WORD.sub('', mention.label)}"
        named = [entity for entity in lexicon.named(label) if entity.kind == "rg:Functie"]
        entity = (
            (named[0].iri, named[0].label, "rg:Functie")
            if len(named) == 1
            else (key_of(label, "rg:Functie"), label, "rg:Functie")
        )
        found.append(mention_of(structure, match.start("office"), mention.stop, entity, "organ"))
    return found
