"""The relations as a reader without JavaScript gets them: a table by the first end of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiograaf.maps.reading import Reading, follows

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]

__all__ = ["ORIGINS", "plain"]

ORIGINS = {
    "claim": ("gezegd in een brief", "said in a letter"),
    "inferred": ("afgeleid", "inferred"),
    "background": ("achtergrondgegeven", "background"),
    "query": ("uit een vraag", "from a query"),
    "view": ("samengesteld uit beweringen", "put together from claims"),
}


def plain(network: nx.MultiDiGraph, reading: Reading) -> dict[str, Any]:
    """Letters with their sections, both by number, and per node the relations that it is the first end of."""
    sections: dict[str, dict[str, int]] = {letter: {} for letter in reading.letters}
    number = {letter: i for i, letter in enumerate(sections, 1)}
    label, modalities = network.nodes(data="label"), network.graph["modalities"]
    sources: dict[str, dict[str, Any]] = {}
    for (source, target, _, attributes), pieces in zip(reading.claims, reading.passages, strict=True):
        places: dict[tuple[int, int], None] = {}
        for piece in pieces:
            of = sections[piece["letter"]]
            places[number[piece["letter"]], of.setdefault(piece["section"], len(of) + 1)] = None
        sources.setdefault(source, {"label": label[source], "rows": []})["rows"].append(
            {
                "relation": attributes["relation"],
                "target": label[target],
                "modality": modalities[attributes["modality"]]["nl"],
                "denied": attributes["denied"],
                "origin": "" if attributes["origin"] == "claim" else ORIGINS[attributes["origin"]][0],
                "follows": follows(attributes),
                "places": ", ".join(f"{letter}.{section}" for letter, section in places),
            }
        )
    letters = [(described, list(sections[letter])) for letter, described in reading.letters.items()]
    return {"letters": letters, "sources": list(sources.values())}
