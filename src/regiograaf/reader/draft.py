"""A letter as read: everything that the reader found in it, in one value; and what reading needs, made once.

    reader = Reader.of(Path("."))
    draft = reader.read(Path("brief.pdf"))

Writing a draft down is the work of `record` (JSON), `turtle` and `review`; nothing is written here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from regiograaf.errors import SourceError
from regiograaf.prefixes import ID
from regiograaf.reader.document import Document
from regiograaf.reader.entities import merge, register
from regiograaf.reader.head import Field, FieldName, head
from regiograaf.reader.knowing import Known, known_of
from regiograaf.reader.lexicon import Lexicon, lexicon
from regiograaf.reader.mentions import Found, New, mentions
from regiograaf.reader.ruleset import Rules, rules
from regiograaf.reader.structure import Structure, structure

if TYPE_CHECKING:
    from regiograaf.reader.drafts import DraftClaim

__all__ = ["Draft", "Known", "Reader", "key_of_name"]


@dataclass(frozen=True)
class Draft:
    """One letter, read."""

    key: str
    """Small letters, digits and hyphens: the letter's name in the graph."""
    document: Document
    structure: Structure
    head: tuple[Field, ...]
    found: Found
    claims: tuple[DraftClaim, ...]
    """In the order of the text, with places in the canonical text (`document.text`)."""
    known: Known = field(repr=False)
    actors: frozenset[str] = field(default=frozenset(), repr=False)
    """The classes of those who act."""

    @property
    def name(self) -> str:
        """The name of the file that was read."""
        return self.document.name

    @property
    def iri(self) -> str:
        """The letter's IRI."""
        return f"{ID}brief/{self.key}"

    @cached_property
    def new(self) -> Mapping[str, New]:
        """The entities that no list knows, by key, in order of key: those named, and those of claims and parties."""
        found = {one.key: one for one in self.found.new}
        sides = self.found.parties
        ends = [end for claim in self.claims for end in (claim.subject, claim.object)]
        for one in (*ends, *filter(None, (sides.sender, sides.addressee, sides.region, *sides.others))):
            if one.entity.startswith("nieuw:") and one.entity not in found:
                found[one.entity] = New(one.entity, one.label, one.kind, "zaak die de zin noemt")
        return {key: found[key] for key in sorted(found)}

    def told(self, name: FieldName) -> tuple[str, ...]:
        """The values of one field of the head or foot, in the order of the text, each once."""
        return tuple(dict.fromkeys(field.value for field in self.head if field.name == name))


@dataclass(frozen=True)
class Reader:
    """Reads letters of one project. Making one takes a moment, so it is made once for a folder."""

    known: Known
    lexicon: Lexicon
    rules: Rules
    min_score: float = 0.0
    """Claims with a lower score are not drafted."""

    @classmethod
    def of(
        cls, root: Path, registers: Sequence[Path] = (), rule_folder: Path | None = None, min_score: float = 0.0
    ) -> Reader:
        """The reader of a project, built folder or N-Quads file, with more registers of entities.

        Raises SourceError when there is no project, or a register or rule file is not right.
        """
        base = known_of(root)
        more = [register(path) for path in registers]
        entities = merge(base.entities, *more) if more else base.entities
        found = Known(entities, base.placed, base.themes, base.labels)
        return cls(found, lexicon(entities), rules(rule_folder, base.themes), min_score)

    def read(self, given: Path | bytes | BinaryIO | Document, name: str = "", key: str = "") -> Draft:
        """Read one letter. `key` follows from the name when it is not given.

        Raises SourceError when the letter cannot be read, or the key is none.
        """
        from regiograaf.reader.drafts import drafted
        from regiograaf.reader.formats import read

        document = given if isinstance(given, Document) else read(given, name)
        lines = structure(document)
        fields = head(lines)
        key = key or key_of_name(document.name)
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key):
            raise SourceError(f'"{key}" is no key. Use small letters, digits and hyphens, such as gouda-2026.')
        found, every = drafted(lines, mentions(lines, self.lexicon, fields), self.rules, fields, f"{ID}brief/{key}")
        claims = tuple(claim for claim in every if claim.score >= self.min_score)
        return Draft(key, document, lines, fields, found, claims, self.known, self.rules.actors)


def key_of_name(name: str) -> str:
    """The key of a letter by its file name.

    >>> key_of_name("Raadsbrief 12 (Gouda).docx")
    'raadsbrief-12-gouda'
    """
    plain = unicodedata.normalize("NFKD", Path(name).stem.casefold())
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f']", "", plain)).strip("-") or "brief"
