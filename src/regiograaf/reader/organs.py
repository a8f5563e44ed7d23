"""The organs of known bodies: "burgemeester en wethouders van Gouda", "de gemeenteraad van Leiden".

An organ is not its body. One that no list knows gets a key of its own, the same however the letter writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from regiograaf.reader.candidates import key_of
from regiograaf.reader.lexicon import Lexicon
from regiograaf.reader.mention import Mention

__all__ = ["Organ", "alone", "before", "named", "of", "unnamed"]

_MUNICIPAL, _PROVINCIAL, _WATER = ("tooiont:Gemeente",), ("tooiont:Provincie",), ("tooiont:Waterschap",)
_PRIVATE = ("rg:Stichting", "rg:Woningcorporatie", "rg:Kennisinstelling", "rg:Bedrijf", "rg:Netbeheerder")
_JOINT = (*_WATER, "tooiont:Samenwerkingsorganisatie", "rg:Samenwerkingsverband", "rg:Regio")
_KIND_WORD = re.compile(r"^(?:gemeente|provincie) ", re.IGNORECASE)
"""What the name of an organ leaves out of that of its body."""


@dataclass(frozen=True, slots=True)
class Organ:
    """One kind of organ: how it is called, its class, and the classes of the bodies that have it."""

    name: str
    kind: str
    bodies: tuple[str, ...]


_BW = r"(?:burgemeester (?:en|&) wethouders|b ?(?:&|en) ?w)"
_BOARDS = (
    "college van bestuur",
    "raad van toezicht", "raad van commissarissen", "raad van bestuur", "medezeggenschapsraad", "huurdersraad",
    "ledenraad", "cliëntenraad", "ondernemingsraad",
)  # fmt: skip
_ORGANS: tuple[tuple[str, Organ], ...] = (
    *((name, Organ(name, "rg:Orgaan", (*_PRIVATE, "rg:Voorziening"))) for name in _BOARDS),
    (
        rf"college(?:s)?(?: van {_BW})?(?! van (?:dijkgraaf|gedeputeerde|bestuur\b))|{_BW}",
        Organ("college van burgemeester en wethouders", "rg:College", _MUNICIPAL),
    ),
    (r"(?:college van )?gedeputeerde staten|(?-i:GS)", Organ("Gedeputeerde Staten", "rg:College", _PROVINCIAL)),
    (r"(?:provinciale )?staten|(?-i:PS)", Organ("Provinciale Staten", "rg:Raad", _PROVINCIAL)),
    (r"(?:(?:leden van de )?gemeenteraad|(?:leden van de )?raad)", Organ("gemeenteraad", "rg:Raad", _MUNICIPAL)),
    (
        r"(?:college van )?dijkgraaf en (?:hoog)?heemraden",
        Organ("college van dijkgraaf en heemraden", "rg:College", _WATER),
    ),
    (r"verenigde vergadering", Organ("verenigde vergadering", "rg:Raad", _WATER)),
    (r"dagelijks bestuur|(?-i:DB)", Organ("dagelijks bestuur", "rg:Orgaan", _JOINT)),
    (r"algemeen bestuur|(?-i:AB)", Organ("algemeen bestuur", "rg:Orgaan", _JOINT)),
    (r"bestuur", Organ("bestuur", "rg:Orgaan", (*_JOINT, *_PRIVATE))),
)
_BY_GROUP = {f"o{i}": organ for i, (_, organ) in enumerate(_ORGANS)}
_ANY = "|".join(f"(?P<o{i}>{words})" for i, (words, _) in enumerate(_ORGANS))
_BEFORE = re.compile(rf"\b(?:{_ANY}) (?:van|der) (?:de |het )?(?:gemeente |provincie )?$", re.IGNORECASE)
_NAMED = re.compile(rf"(?:namens )?(?:aan )?(?:de |het )?(?:{_ANY})(?![\w-])", re.IGNORECASE)
_ALONE = re.compile(
    rf"\b(?:college van {_BW}|{_BW}|(?:college van )?gedeputeerde staten|provinciale staten|verenigde vergadering"
    r"|(?:college van )?dijkgraaf en (?:hoog)?heemraden|(?:dagelijks|algemeen) bestuur|(?-i:GS|PS|(?<=\bhet )[AD]B)"
    rf"|{'|'.join(_BOARDS)})(?! (?:van|der) |[\w-])",
    re.IGNORECASE,
)
REACH = 72
"""Characters before a body's name in which its organ is looked for."""


def before(text: str, start: int, line: int, body: str) -> tuple[Organ, int] | None:
    """The organ named right before a body's name at `start`, and where it begins; `line` is where its line begins."""
    low = max(line, start - REACH)
    match = _BEFORE.search(text[low:start])
    if match is None or match.lastgroup is None:
        return None
    organ = _BY_GROUP[match.lastgroup]
    return (organ, low + match.start()) if body in organ.bodies else None


def named(value: str) -> Organ | None:
    """The organ that a field of a letter's head or foot begins with."""
    match = _NAMED.match(value)
    return _BY_GROUP[match.lastgroup] if match and match.lastgroup else None


def alone(text: str) -> Iterator[tuple[Organ, int, int]]:
    """Yield the organs that a text names without their body, where the words can mean nothing else."""
    for match in _ALONE.finditer(text):
        organ = named(match[0])
        if organ is not None:
            yield organ, *match.span()


def unnamed(noun: str, letter: str, lexicon: Lexicon) -> Mention:
    """The organ of a letter that does not say whose it is: known by the letter's file name, else new."""
    organ = named(noun)
    kind = organ.kind if organ else ""
    short = "college" if noun == "college" else "raad"
    slug = key_of(PurePath(letter).stem, "").rpartition("/")[2]
    for entity in lexicon.entities:
        if entity.iri.endswith(f"/orgaan/{short}-{slug}") and entity.kind == kind:
            return Mention(0, 0, noun, entity.iri, entity.label, entity.kind, "noun", 0, 0)
    label = f"{'college' if noun == 'college' else 'gemeenteraad'} (niet genoemd)"
    return Mention(0, 0, noun, key_of(label, kind), label, kind, "noun", 0, 0)


def of(organ: Organ, body: Mention, lexicon: Lexicon) -> tuple[str, str, str]:
    """IRI or key, label and kind of an organ of a body: as the lexicon knows it, else new."""
    label = f"{organ.name} van {_KIND_WORD.sub('', body.label)}"
    known: Sequence[tuple[str, str, str]] = [
        (entity.iri, entity.label, entity.kind) for entity in lexicon.named(label) if entity.kind == organ.kind
    ]
    return known[0] if len(known) == 1 else (key_of(label, organ.kind), label, organ.kind)
