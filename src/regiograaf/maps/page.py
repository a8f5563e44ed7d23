"""A network as one HTML page: what stands in the page, and in which order.

Each passage and paraphrase stands in the page once, in the table, where a reader without JavaScript finds it too; the
script takes it from there. The rest travels as JSON, in columns and with repeated texts stored once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from regiograaf.errors import AnalysisError
from regiograaf.maps import layout

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]

__all__ = ["render"]

STATUSES = {
    "bestaand": ("bestaat", "exists"),
    "in-ontwikkeling": ("in ontwikkeling", "in development"),
    "afgesproken": ("afgesproken", "agreed"),
    "voorgenomen": ("voorgenomen", "intended"),
    "aangeboden": ("aangeboden", "offered"),
    "verzocht": ("gevraagd", "asked for"),
    "gewenst": ("gewenst", "wished for"),
    "verwacht": ("verwacht", "expected"),
    "mogelijk": ("mogelijk", "possible"),
    "beeindigd": ("beëindigd", "ended"),
    "onbekend": ("niet vermeld", "not stated"),
}
ORIGINS = {
    "claim": ("gezegd in een brief", "said in a letter"),
    "inferred": ("afgeleid", "inferred"),
    "background": ("achtergrondgegeven", "background"),
}

REGISTERS = {
    "Wikidata": re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)"),
    "EU": re.compile(r"https?://publications\.europa\.eu/resource/authority/[\w-]+/([\w-]+)"),
    "ROR": re.compile(r"https?://ror\.org/(\w+)"),
    "TOOI": re.compile(r"https?://identifier\.overheid\.nl/tooi/id/\w+/(\w+)"),
}
"""Registers by the name that people know, with the addresses of what they identify."""

Claim: TypeAlias = tuple[str, str, str, dict[str, Any]]
Line: TypeAlias = tuple[str, str, str, bool]


class _Once:
    """Values that are stored once and pointed at by index."""

    def __init__(self) -> None:
        self._index: dict[Any, int] = {}

    def __call__(self, value: Any) -> int:
        return self._index.setdefault(value, len(self._index))

    @property
    def values(self) -> list[Any]:
        return list(self._index)


def render(
    network: nx.MultiDiGraph, *, title: str, positions: layout.Positions | None = None, inferred: bool = True
) -> str:
    """The page with the map, as text: one file without any request, the same bytes for the same network.

    One line is drawn per ordered pair and modality; the claims that it stands for are in its card and in the table.
    What is inferred has lines of its own, which a reader switches on and off; `inferred` says how the page starts.
    `positions` are computed where they are not given; `cached_positions` saves that work.

    Raises AnalysisError when a node has no position, or names a family, modality or letter that the network does not
    declare; ReleaseError when the installed pyvis is not the one that was examined.
    """
    from regiograaf.maps.engine import Page

    places = layout.positions(network) if positions is None else positions
    _check(network, places)
    nodes = sorted(network)
    claims = sorted(network.edges(keys=True, data=True), key=lambda claim: _reading_order(network, claim))
    lines = {line: i for i, line in enumerate(dict.fromkeys(_line(claim) for claim in claims))}
    modalities, kinds, heads = list(network.graph["modalities"]), _Once(), _Once()
    described = [_node(network, node, places, kinds, heads) | {"between": places.between[node]} for node in nodes]
    letters = _letters(network)
    rows = {iri: i for i, (_, _, iri, _) in enumerate(claims)}
    follows = sum(_inferred(claim) for claim in claims)
    content = {
        "counts": (len(nodes), len(claims) - follows, len(letters), follows),
        "rows": [_row(network, rows, claim) for claim in claims],
        "data": {
            "families": network.graph["families"],
            "modalities": network.graph["modalities"],
            "letters": letters,
            "statuses": _statuses(network),
            "origins": {origin: _words(*words) for origin, words in ORIGINS.items()},
            "bands": _bands(network, places),
            "kinds": kinds.values,
            "heads": heads.values,
            "claims": _columns(claims, rows, lines, list(letters)) | _reasons(claims, rows),
            **({} if inferred or not follows else {"off": ["inferred"]}),
        },
    }
    page = Page(title, content)
    # Short ids of our own: vis keeps ids in plain objects, where a name such as __proto__ breaks the page.
    ids = {node: f"n{i}" for i, node in enumerate(nodes)}
    page.nodes.extend({"id": ids[node]} | description for node, description in zip(nodes, described, strict=True))
    page.edges.extend(
        {"from": ids[source], "to": ids[target], "modality": modalities.index(modality)}
        | ({"inferred": 1} if new else {})
        for source, target, modality, new in lines
    )
    return str(page.generate_html())


def _check(network: nx.MultiDiGraph, places: layout.Positions) -> None:
    for name in ("samenhang", "lagen"):
        missing = sorted(set(network) - set(places.get(name, {})))
        if missing:
            raise AnalysisError(f"{missing[0]} has no position in layout {name!r}. Compute the positions again.")
    unscored = sorted(set(network) - places.between.keys())
    if unscored:
        raise AnalysisError(f"{unscored[0]} has no score as a broker. Compute the positions again.")
    families, modalities, letters = (network.graph[name] for name in ("families", "modalities", "letters"))
    for node, family in network.nodes(data="family"):
        if family not in families:
            raise AnalysisError(f"{node} is of family {family!r}; the network declares: {', '.join(families)}.")
    for *_, claim, attributes in network.edges(keys=True, data=True):
        if attributes["modality"] not in modalities:
            raise AnalysisError(
                f"{claim} has modality {attributes['modality']!r}; the network declares: {', '.join(modalities)}."
            )
        for piece in (*attributes["evidence"], *_said(attributes)):
            if piece["letter"] not in letters:
                raise AnalysisError(f"{claim} names letter {piece['letter']!r}, which the network does not declare.")


def _letters(network: nx.MultiDiGraph) -> dict[str, Any]:
    """The letters that a claim rests on; a network of some letters declares the others too."""
    edges = [attributes for *_, attributes in network.edges(data=True)]
    cited = {piece["letter"] for attributes in edges for piece in (*attributes["evidence"], *_said(attributes))}
    return {letter: described for letter, described in network.graph["letters"].items() if letter in cited}


def _folded(label: str) -> str:
    """A label as it is sorted: without accents, case and leading signs, so that 's-Gravenhage stands under S."""
    bare = "".join(c for c in unicodedata.normalize("NFD", label) if not unicodedata.combining(c))
    return bare.casefold().lstrip("'’‘\"“-. ")


def _reading_order(network: nx.MultiDiGraph, claim: Claim) -> tuple[str | int, ...]:
    source, target, iri, attributes = claim
    modality = list(network.graph["modalities"]).index(attributes["modality"])
    labels = (_folded(network.nodes[node]["label"]) for node in (source, target))
    return (*labels, source, target, modality, attributes["relation"], iri)


def _line(claim: Claim) -> Line:
    source, target, _, attributes = claim
    return source, target, attributes["modality"], _inferred(claim)


def _inferred(claim: Claim) -> bool:
    return bool(claim[3]["origin"] == "inferred")


def _said(attributes: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The passages that an inferred relation rests on, in the order of its derivation."""
    steps = [attributes["derivation"]] if "derivation" in attributes else []
    for step in steps:
        steps.extend(step["premises"])
    return [piece for step in steps for piece in step["said"]]


def _own(rows: Mapping[str, int], attributes: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The passages to show with a relation: its evidence; of what it follows from only what no other row shows."""
    return [*attributes["evidence"], *(piece for piece in _said(attributes) if piece["claim"] not in rows)]


def _head(iris: Sequence[str]) -> str:
    """What the IRIs have in common, up to a slash or hash."""
    if len(iris) < 2:
        return ""
    first, last = min(iris), max(iris)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: max(first.rfind("/", 0, same), first.rfind("#", 0, same)) + 1]


def _node(network: nx.MultiDiGraph, node: str, places: layout.Positions, kinds: _Once, heads: _Once) -> dict[str, Any]:
    """What the page knows of a node; what is empty or as usual is left out."""
    attributes = network.nodes[node]
    status, english = attributes.get("status", ""), attributes.get("label_en", "")
    families = list(network.graph["families"])
    slash = max(node.rfind("/"), node.rfind("#")) + 1
    optional = {
        "status": "" if status == "bestaand" else status,
        "label_en": "" if english == attributes["label"] else english,
        "definition": attributes.get("definition", ""),
        "aliases": list(attributes.get("aliases", ())),
        "identifiers": [(_short(label, url), url) for label, url in attributes.get("identifiers", ())],
    }
    return {
        "label": attributes["label"],
        "iri": [heads(node[:slash]), node[slash:]],
        "family": families.index(attributes["family"]),
        "kind": kinds(tuple(attributes.get(name, "") for name in ("kind", "kind_label", "kind_label_en"))),
        "at": [round(coordinate) for name in ("samenhang", "lagen") for coordinate in places[name][node]],
    } | {name: value for name, value in optional.items() if value}


def _short(label: str, url: str) -> str:
    """The register and code of an identifier whose label is its bare address or a prefixed name; else its label.

    >>> _short("http://www.wikidata.org/entity/Q26421", "http://www.wikidata.org/entity/Q26421")
    'Wikidata Q26421'
    """
    if ":" in label and " " not in label:
        for register, address in REGISTERS.items():
            found = address.fullmatch(url)
            if found:
                return f"{register} {found[1]}"
    return label


def _words(nl: str, en: str) -> dict[str, str]:
    return {"nl": nl, "en": en}


def _statuses(network: nx.MultiDiGraph) -> dict[str, dict[str, str]]:
    """The statuses that occur, in words; one that is not known here keeps the word of its modality, or its key."""
    modalities = network.graph["modalities"]
    occurring = {status or "onbekend" for _, status in network.nodes(data="status", default="")}
    known = [status for status in STATUSES if status in occurring]
    words = {status: _words(*STATUSES[status]) for status in known}
    for status in sorted(occurring - set(known)):
        modality = modalities.get(status, {"nl": status, "en": status})
        words[status] = _words(modality["nl"], modality["en"])
    return words


def _bands(network: nx.MultiDiGraph, places: layout.Positions) -> list[dict[str, Any]]:
    heights: dict[int, list[float]] = {}
    for node, attributes in network.nodes(data=True):
        heights.setdefault(layout.layer(attributes), []).append(places["lagen"][node][1])
    return [_words(*layout.LAYERS[i]) | {"top": min(heights[i])} for i in sorted(heights)]


def _columns(
    claims: Sequence[Claim], rows: Mapping[str, int], lines: Mapping[Line, int], letters: list[str]
) -> dict[str, Any]:
    """The claims as columns, in the order of the table; texts that return are stored once."""
    relations, speakers, periods, themes, sections = _Once(), _Once(), _Once(), _Once(), _Once()
    head, origins = _head([claim[2] for claim in claims if not _inferred(claim)]), list(ORIGINS)
    columns: dict[str, list[Any]] = {}
    for claim in claims:
        *_, iri, attributes = claim
        row = {
            "key": iri[len(head) :] if iri.startswith(head) else iri,
            "line": lines[_line(claim)],
            "relation": relations((attributes["relation"], attributes["relation_en"], attributes["predicate"])),
            "denied": int(attributes["denied"]),
            "origin": origins.index(attributes["origin"]),
            "english": attributes["paraphrase_en"] or _follows(attributes, "_en"),
            "themes": [themes(theme) for theme in attributes["themes"]],
            "period": periods(attributes["period"]),
            "speaker": speakers(attributes["speaker"]),
            "evidence": [
                [letters.index(piece["letter"]), sections(piece["section"]), piece["begin"], piece["end"]]
                for piece in _own(rows, attributes)
            ],
        }
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    return {
        "head": head,
        "columns": columns,
        "relations": relations.values,
        "speakers": speakers.values,
        "periods": periods.values,
        "themes": themes.values,
        "sections": sections.values,
    }


def _reasons(claims: Sequence[Claim], rows: Mapping[str, int]) -> dict[str, Any]:
    """Per row of an inferred relation why it holds; claims are named by their row, texts (nl, en) stored once.

    Empty without inferred relations, so that a page without them is as it was.
    """
    texts = _Once()

    def text(step: Mapping[str, Any], name: str) -> int:
        return texts((step[name], step[f"{name}_en"]))

    def reason(step: Mapping[str, Any], own: list[Mapping[str, Any]]) -> dict[str, Any]:
        said = step["said"]
        found = {
            "claims": sorted({rows[piece["claim"]] for piece in said if piece["claim"] in rows}),
            "own": [own.index(piece) for piece in said if piece["claim"] not in rows],
            "on": [reason(premise, own) for premise in step["premises"]],
            "because": [text(step, "because")] if step["because"] else [],
        }
        words = {"says": [text(step, name) for name in ("subject", "relation", "object")]}
        return words | {name: value for name, value in found.items() if value}

    why = {
        str(i): reason(attributes["derivation"], _own(rows, attributes))
        for i, (*_, attributes) in enumerate(claims)
        if "derivation" in attributes
    }
    return {"why": why, "texts": texts.values} if why else {}


def _follows(attributes: Mapping[str, Any], language: str = "") -> str:
    """What an inferred relation follows from, in one sentence: all that a reader without JavaScript has."""
    if "derivation" not in attributes:
        return ""
    names = [f"{part}{language}" for part in ("subject", "relation", "object")]
    premises = [" ".join(premise[name] for name in names) for premise in attributes["derivation"]["premises"]]
    return f"{'Follows from' if language else 'Volgt uit'}: {'; '.join(premises)}."


def _row(network: nx.MultiDiGraph, rows: Mapping[str, int], claim: Claim) -> dict[str, Any]:
    source, target, _, attributes = claim
    return {
        "source": network.nodes[source]["label"],
        "relation": attributes["relation"],
        "target": network.nodes[target]["label"],
        "modality": network.graph["modalities"][attributes["modality"]]["nl"],
        "denied": attributes["denied"],
        "origin": "" if attributes["origin"] == "claim" else ORIGINS[attributes["origin"]][0],
        "paraphrase": attributes["paraphrase"] or _follows(attributes),
        "evidence": [
            _passage(piece)
            | {"letter": network.graph["letters"][piece["letter"]]["short"], "section": piece["section"]}
            for piece in _own(rows, attributes)
        ],
    }


def _passage(piece: Mapping[str, Any]) -> dict[str, str]:
    """A quote in three parts with its anchor in the middle; without the text of the letter only the anchor."""
    quote, anchor = piece["quote"], piece["anchor"]
    before, found, after = quote.partition(anchor) if quote and anchor else (quote, "", "")
    return {"before": before, "marked": found, "after": after, "anchor": "" if found else anchor}
