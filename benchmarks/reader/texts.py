"""The texts that the reader is measured on, in groups that are held out together, each with its gold."""

from __future__ import annotations

import csv
import re
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from gold import Gold, GoldClaim, GoldMention, parse

from regiograaf.letters import read as read_letter
from regiograaf.prefixes import PREFIXES, expand

__all__ = ["GROUPS", "LETTER", "ROOT", "Text", "held_out_root", "keys_of", "load", "vocabulary"]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LETTER = "@"
"""In a claim: the text itself."""
GROUPS = {
    "provincie": ("drechtsteden", "haagse-regio", "leidse-regio"),
    "koersnotitie-wonen": ("koersnotitie-wonen",),
    "samenwerking-drechtsteden": ("samenwerking-drechtsteden",),
    "voorbeeld": ("waterlanden",),
    "ontwikkeling": (
        "beschikking",
        "bestuursvoorstel",
        "convenant",
        "corporatiebrief",
        "gebiedsbericht",
        "kamerbrief",
        "motie",
        "netbrief",
        "nieuwsbrief",
        "ondernemersbrief",
        "overeenkomst",
        "persbericht",
        "provinciebrief",
        "raadsinformatiebrief",
        "raadsvragen",
        "regioverslag",
        "verslag",
        "voortgangsrapportage",
        "waterschapsbrief",
        "zienswijze",
    ),
    "verzonnen": (
        "formatiebrief",
        "jaarbrief",
        "milieubrief",
        "raadsnotitie",
        "samenwerkingsnotitie",
        "veiligheidsbrief",
    ),
}
"""The province letters are near-copies. The rules were written with the texts of `ontwikkeling` in sight."""
_KEY = re.compile(r"<[^>]*>|[^/]+")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@dataclass(frozen=True)
class Text:
    """One text with its gold; keys of known entities and of relations are IRIs, those of new entities begin with +."""

    name: str
    group: str
    gold: Gold
    annotated: tuple[int, int] | None
    """The range whose mentions were annotated; None when none were."""
    marked: bool = False
    """Whether the gold stands in the text itself, without claims of theme and, but for what has ended, existence."""


def load(letters: Path | None) -> list[Text]:
    """Every text at hand, in order of group; without the folder of the real letters, those are left out."""
    listed: list[Text] = []
    for group, names in GROUPS.items():
        for name in names:
            if (marked := HERE / "letters" / f"{name}.txt").exists():
                gold = parse(marked.read_text(encoding="utf-8"))
                listed.append(Text(name, group, _expanded(gold), (0, len(gold.text)), True))
            elif name == "waterlanden":
                path = ROOT / "examples" / "letters" / f"{name}.txt"
                listed.append(_encoded(path, ROOT / "examples" / "data" / "letters" / f"{name}.ttl", group))
            elif letters and (path := letters / f"{name}.txt").exists():
                listed.append(_encoded(path, ROOT / "data" / "letters" / f"{name}.ttl", group))
    return listed


def held_out_root(group: str, place: Path) -> Path:
    """A copy of the project without the claims of a group: what the reader may know of it are its entities."""
    home = ROOT / "examples" if group == "voorbeeld" else ROOT
    shutil.copytree(home / "data", place / "data", ignore=shutil.ignore_patterns("cache", "second-pass*"))
    for name in GROUPS[group]:
        for folder in ("letters", "dekking"):
            (place / "data" / folder / f"{name}.ttl").unlink(missing_ok=True)
    return place


def vocabulary() -> tuple[dict[str, str], frozenset[str]]:
    """The inverse of each relation that the codebook leaves out, and the relations that go both ways."""
    owl = "http://www.w3.org/2002/07/owl#"
    inverse: dict[str, str] = {}
    both: set[str] = set()
    for triple in ox.parse(path=str(ROOT / "ontology" / "regiograaf.ttl"), format=ox.RdfFormat.TURTLE):
        if triple.predicate.value == owl + "inverseOf":
            inverse[triple.subject.value] = triple.object.value
        elif triple.object == ox.NamedNode(owl + "SymmetricProperty"):
            both.add(triple.subject.value)
    return inverse, frozenset(both)


def _iris(key: str) -> str:
    return "/".join(one if one[0] in "+@" else f"<{_iri(one)}>" for one in key.split("/"))


def keys_of(key: str) -> list[str]:
    """Each of the keys that are right, without their angle brackets."""
    return [one.strip("<>") for one in _KEY.findall(key)]


def _iri(curie: str) -> str:
    iri = expand(curie)
    if iri is None:
        raise ValueError(f"{curie}: no prefix of ours")
    return iri


def _expanded(gold: Gold) -> Gold:
    mentions = tuple(GoldMention(one.begin, one.end, _iris(one.key)) for one in gold.mentions)
    claims = tuple(
        GoldClaim(
            _iris(one.subject),
            _iri(one.predicate),
            _iris(one.object),
            one.modality,
            one.denied,
            one.end,
            one.begin,
        )
        for one in gold.claims
    )
    return Gold(gold.text, mentions, claims)


def _encoded(path: Path, claims: Path, group: str) -> Text:
    text = read_letter(path).text
    annotated, mentions = _annotated(path.stem)
    return Text(path.stem, group, Gold(text, mentions, _claims(claims)), annotated)


def _annotated(name: str) -> tuple[tuple[int, int] | None, tuple[GoldMention, ...]]:
    with (HERE / "ranges.csv").open(encoding="utf-8", newline="") as file:
        ranges = {row["letter"]: (int(row["begin"]), int(row["end"])) for row in csv.DictReader(file)}
    with (HERE / "mentions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["letter"] == name]
    mentions = tuple(GoldMention(int(row["begin"]), int(row["end"]), _iris(row["entity"])) for row in rows)
    return ranges.get(name), mentions


def _claims(path: Path) -> tuple[GoldClaim, ...]:
    """What a letter was encoded to say; of several passages the first counts."""
    rg = PREFIXES["rg"]
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    letters: set[str] = set()
    for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        values[triple.subject.value][triple.predicate.value].append(triple.object.value)
        if triple.object == ox.NamedNode(rg + "Brief"):
            letters.add(triple.subject.value)
    kinds = (rg + "Raadsinformatiebrief", rg + "Raadsnotitie")
    letters |= {one for one, of in values.items() if any(kind in kinds for kind in of[_RDF + "type"])}
    letters |= {one for one, of in values.items() if rg + "bestandsnaam" in of}
    found = []
    for _, of in sorted(values.items()):
        if rg + "Bewering" not in of[_RDF + "type"]:
            continue
        passages = [
            (int(values[proof][rg + "begin"][0]), int(values[proof][rg + "eind"][0])) for proof in of[rg + "bewijs"]
        ]
        begin, end = min(passages)
        ends = [of[_RDF + part][0] for part in ("subject", "object")]
        subject, object_ = (LETTER if end_ in letters else f"<{end_}>" for end_ in ends)
        modality = of[rg + "modaliteit"][0].rsplit("/", 1)[1]
        denied = of.get(rg + "ontkend", ["false"]) == ["true"]
        found.append(GoldClaim(subject, of[_RDF + "predicate"][0], object_, modality, denied, end, begin))
    return tuple(found)
