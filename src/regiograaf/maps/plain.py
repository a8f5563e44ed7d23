"""The relations as a reader without JavaScript gets them: a table by the first end of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

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
    """Letters with their sections, both by number, and the rows of the table, as HTML."""
    said = reading.said
    # Words that return are escaped once: in a template they took as long as all else that makes a page.
    label = {node: escape(text) for node, text in network.nodes(data="label")}
    modality = {key: escape(words["nl"]) for key, words in network.graph["modalities"].items()}
    relation = {text: escape(text) for text in set(said["relation"])}
    sections: dict[str, dict[str, str]] = {letter: {} for letter in reading.letters}
    number = {letter: i for i, letter in enumerate(sections, 1)}
    rows: dict[str, list[str]] = {}
    names = ("relation", "modality", "denied", "origin", "derivation")
    columns = (reading.claims, reading.passages, *(said[name] for name in names))
    for (source, target, _, attributes), pieces, says, how, denied, origin, derived in zip(*columns, strict=True):
        places: dict[str, None] = {}
        for piece in pieces:
            of, section = sections[piece["letter"]], piece["section"]
            places[of.get(section) or of.setdefault(section, f"{number[piece['letter']]}.{len(of) + 1}")] = None
        rows.setdefault(source, []).append(
            f"<td>{relation[says]}<td>{label[target]}<td>{modality[how]}{' <b>ontkend</b>' if denied else ''}"
            f"{'' if origin == 'claim' else f' <i>{ORIGINS[origin][0]}</i>'}"
            f"<td>{', '.join(places)}{f' {escape(follows(attributes))}' if derived else ''}\n"
        )
    letters = [(described, list(sections[letter])) for letter, described in reading.letters.items()]
    grouped = [f'<tr><th scope="rowgroup" rowspan="{len(of)}">{label[u]}{"<tr>".join(of)}' for u, of in rows.items()]
    return {"letters": letters, "rows": Markup("".join(grouped))}
