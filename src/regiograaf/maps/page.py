"""A network as one HTML page: what stands in the page, and in which order.

All of it travels as JSON, in columns, with numbers and texts in code (`codes`); the script draws the map and the
table from it. A page of no more than PLAIN relations also has them as a plain table, for who has no JavaScript.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from regiograaf.errors import AnalysisError
from regiograaf.maps import columns, layout
from regiograaf.maps.codes import Texts, coded
from regiograaf.maps.layers import layer_of, layers, members
from regiograaf.maps.plain import ORIGINS, plain
from regiograaf.maps.reading import Reading
from regiograaf.maps.tables import each

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

PLAIN = 1500
"""Relations of the largest network whose page has them as a table that needs no script."""


def render(
    network: nx.MultiDiGraph,
    *,
    title: str,
    title_en: str = "",
    positions: layout.Positions | None = None,
    inferred: bool = True,
) -> str:
    """The page with the map, as text: one file without any request, the same bytes for the same network.

    One line is drawn per ordered pair and modality; the claims that it stands for are in its card and in the table.
    What no letter says has lines of its own (by inference, by a query), which a reader switches on and off; `inferred`
    says how the page starts. Without `title_en` the title stays Dutch in English. `positions` are computed where they
    are not given; `cached_positions` saves that work.

    Raises AnalysisError when a node has no position, or names a family, layer, modality or letter that the network
    does not declare; ReleaseError when the installed pyvis is not the one that was examined.
    """
    places = layout.positions(network) if positions is None else positions
    _check(network, places)
    with _no_search_for_garbage():
        return _rendered(network, title, title_en, places, inferred)


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Of the many lists that a page is made from none refers to itself: the search takes a third of the time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _rendered(network: nx.MultiDiGraph, title: str, title_en: str, places: layout.Positions, inferred: bool) -> str:
    from regiograaf.maps.engine import Page

    reading, texts, statuses = Reading.of(network), Texts(), _statuses(network)
    page = Page(title)
    nodes, kinds, heads = _nodes(network, reading, list(statuses), texts)
    page.nodes.extend(nodes)
    page.edges.extend(
        [
            {"from": source, "to": target, "modality": modality, "origin": origin, "claims": count}
            for (source, target, modality, origin), count in reading.lines.items()
        ]
    )
    follow = reading.said["origin"].count("inferred")
    content = {
        "families": network.graph["families"],
        "modalities": network.graph["modalities"],
        "layers": layers(network),
        "letters": reading.letters,
        "themes": network.graph.get("themes", {}),
        "statuses": statuses,
        "origins": {origin: _words(*words) for origin, words in ORIGINS.items()},
        "version": str(network.graph.get("version", "")),
        "bands": _bands(network, places),
        "places": {name: columns.places(each(places[name], reading.nodes)) for name in layout.LAYOUTS},
        "between": coded([round(1000 * places.between[node]) for node in reading.nodes]),
        "groups": _groups(reading, places),
        "kinds": kinds,
        "heads": heads,
        **_names(network, reading, texts),
        "claims": columns.claims(reading, list(ORIGINS), texts) | columns.reasons(reading, texts),
        **({"titles": _words(title, title_en)} if title_en else {}),
        **({} if inferred or not follow else {"off": ["inferred"]}),
    }
    return page.text(
        counts=(len(reading.nodes), len(reading.claims) - follow, len(reading.letters), follow),
        plain=plain(network, reading) if len(reading.claims) <= PLAIN else None,
        content=texts.written(**columns.paraphrases(reading)) | {"page": content},
    )


def _check(network: nx.MultiDiGraph, places: layout.Positions) -> None:
    nodes = set(network)
    for name in layout.LAYOUTS:
        missing = sorted(nodes.difference(places.get(name, {})))
        if missing:
            raise AnalysisError(f"{missing[0]} has no position in layout {name!r}. Compute the positions again.")
    unscored = sorted(nodes.difference(places.between))
    if unscored:
        raise AnalysisError(f"{unscored[0]} has no score as a broker. Compute the positions again.")
    members(network)
    families = network.graph["families"]
    for node, family in network.nodes(data="family"):
        if family not in families:
            raise AnalysisError(f"{node} is of family {family!r}; the network declares: {', '.join(families)}.")


def _nodes(
    network: nx.MultiDiGraph, reading: Reading, statuses: list[str], texts: Texts
) -> tuple[list[dict[str, Any]], list[Any], list[str]]:
    """The nodes of the page, by number what they share; the kinds and the heads of IRIs that the numbers point into."""
    family, status, layer = (
        {key: i for i, key in enumerate(keys)} for keys in (network.graph["families"], statuses, layers(network))
    )
    nodes = network.nodes
    described = [nodes[node] for node in reading.nodes]
    slashes = [max(node.rfind("/"), node.rfind("#")) + 1 for node in reading.nodes]
    head, heads = columns.index([node[:slash] for node, slash in zip(reading.nodes, slashes, strict=True)])
    kind, kinds = columns.index(
        [(a.get("kind", ""), a.get("kind_label", ""), a.get("kind_label_en", "")) for a in described]
    )
    rows = [
        {
            # A number of our own: vis keeps ids in plain objects, where a name such as __proto__ breaks the page.
            "id": i,
            "label": texts(a["label"]),
            "label_en": texts("" if a.get("label_en") == a["label"] else a.get("label_en", "")),
            "head": head[i],
            "tail": reading.nodes[i][slashes[i] :],
            "family": family[a["family"]],
            "layer": layer[layer_of(a)],
            "status": status[a.get("status") or "onbekend"],
            "kind": kind[i],
            "definition": texts(a.get("definition", "")),
        }
        for i, a in enumerate(described)
    ]
    return rows, kinds, heads


def _names(network: nx.MultiDiGraph, reading: Reading, texts: Texts) -> dict[str, dict[int, str]]:
    """Other names and identifiers of the nodes that have them, by the number of the node."""
    aliases, identifiers = {}, {}
    for i, node in enumerate(reading.nodes):
        attributes = network.nodes[node]
        if attributes.get("aliases"):
            aliases[i] = coded([texts(alias) for alias in attributes["aliases"]])
        if attributes.get("identifiers"):
            pairs = [(columns.short(label, url), url) for label, url in attributes["identifiers"]]
            identifiers[i] = coded([texts(text) for pair in pairs for text in pair])
    return {"aliases": aliases, "identifiers": identifiers}


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
    heights: dict[str, list[float]] = {}
    for node, attributes in network.nodes(data=True):
        heights.setdefault(layer_of(attributes), []).append(places["lagen"][node][1])
    return [{**words, "top": round(min(heights[key]))} for key, words in layers(network).items() if key in heights]


def _groups(reading: Reading, places: layout.Positions) -> dict[str, str]:
    """Per layout the number of each node's group; empty for a network that is shown without groups."""
    numbers = {}
    for name, groups in places.groups.items():
        of = {node: i for i, group in enumerate(groups) for node in group}
        numbers[name] = coded([of[node] for node in reading.nodes])
    return numbers
