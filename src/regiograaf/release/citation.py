"""Who publishes, when and under which licence: the constants of CITATION.cff, never the clock.

What a release says of itself (version, date, publisher, contact, licence, how to cite) is taken from here and from
nowhere else, so that the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regiograaf.errors import SourceError
from regiograaf.places import find_root
from regiograaf.prefixes import BASE

__all__ = ["DATASET", "LICENCE", "Agent", "Citation", "read"]

DATASET = BASE + "dataset"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of everything that is released; the software has its own."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A person or an organisation, as CITATION.cff tells them apart: who has a family name is a person."""

    name: str
    given: str = ""
    family: str = ""
    orcid: str = ""

    @property
    def person(self) -> bool:
        return bool(self.family or self.given)

    @property
    def sorted_name(self) -> str:
        """As lists of references have it: family name first."""
        return f"{self.family}, {self.given}" if self.family and self.given else self.name


@dataclass(frozen=True, slots=True)
class Citation:
    """What CITATION.cff says."""

    title: str
    version: str
    released: str
    """A date, as year-month-day."""
    creators: tuple[Agent, ...]
    publishing: Agent
    contact: str
    url: str

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the creators."""
        return tuple(agent.name for agent in self.creators)

    @property
    def publisher(self) -> str:
        return self.publishing.name

    @property
    def text(self) -> str:
        """How to cite the dataset, in one line."""
        year = self.released[:4]
        return f"{', '.join(self.authors)} ({year}). {self.title}, version {self.version}. {DATASET}"

    def header(self, mark: str = "#") -> str:
        """Lines of comment for the top of a file: how to cite it, and its licence."""
        return f"{mark} {self.text}\n{mark} Licence: CC BY 4.0, {LICENCE}\n"


def read(root: Path) -> Citation:
    """The citation of a project: its own CITATION.cff, else the one that travels with the package.

    Raises SourceError when it is not there, is no YAML, or misses what a release needs.
    """
    import yaml

    path = find_root(root, "CITATION.cff")
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError(f"{path}: cannot be read ({str(error).splitlines()[0]}). Write it as YAML.") from error
    try:
        creators = tuple(_agent(author) for author in found["authors"])
        preferred = found.get("preferred-citation", {})
        return Citation(
            title=found["title"],
            version=found["version"],
            released=found["date-released"],
            creators=creators,
            publishing=_agent(preferred["publisher"]) if "publisher" in preferred else creators[0],
            contact=(_agent(found["contact"][0]) if "contact" in found else creators[0]).name,
            url=found["url"],
        )
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise SourceError(f"{path}: {error} is missing. Add it; a release is dated and cited by this file.") from error


def _agent(entity: Mapping[str, Any]) -> Agent:
    """A person has names, an organisation one name. Source: Citation File Format 1.2.0, definitions person, entity."""
    orcid = str(entity.get("orcid", ""))
    if "name" in entity:
        return Agent(str(entity["name"]), orcid=orcid)
    given, particle, family, suffix = (
        str(entity.get(part, "")) for part in ("given-names", "name-particle", "family-names", "name-suffix")
    )
    surname = " ".join(filter(None, (particle, family, suffix)))
    if not (given or surname):
        raise KeyError("name")
    return Agent(" ".join(filter(None, (given, surname))), given, surname, orcid)
