"""The data: whole in four forms, and each named graph apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rdflib import URIRef

from regiograaf.release.artefacts.artefact import Artefact
from regiograaf.release.artefacts.forms import MEDIA_TYPES, headed, local_name, serialise

__all__ = ["graph_title", "write_data"]

_WHOLE = {
    "nq": ("Regiograaf als N-Quads", "Regiograaf as N-Quads"),
    "trig": ("Regiograaf als TriG", "Regiograaf as TriG"),
    "ttl": ("Regiograaf als Turtle, de graven samengevoegd", "Regiograaf as Turtle, the graphs merged"),
    "jsonld": ("Regiograaf als JSON-LD", "Regiograaf as JSON-LD"),
}
_GRAPHS = {
    "achtergrond": ("achtergrond uit openbare registers", "background from public registers"),
    "asserted": ("wat volgens de brieven bestaat", "what exists according to the letters"),
    "catalogus": ("beschrijving van de gegevensset", "description of the dataset"),
    "citaten": ("geciteerde passages", "quoted passages"),
    "codering": ("hoe en wanneer is gecodeerd", "how and when it was encoded"),
    "dekking": ("zinnen zonder bewering, met de reden", "sentences without a claim, with the reason"),
    "entiteiten": ("entiteiten", "entities"),
    "inferred": ("wat uit het bestaande volgt", "what follows from what exists"),
    "inferred-achtergrond": ("afgeleid, met de achtergrond als steun", "inferred, resting on the background"),
    "inferred-uitlijning": ("afgeleid, in termen van anderen", "inferred, in the terms of others"),
    "ingetrokken": ("beweringen die zijn ingetrokken", "claims that are withdrawn"),
    "invoer": ("axioma's van anderen", "axioms of others"),
    "links": ("verwijzingen naar andere registers", "links to other registers"),
    "ontologie": ("ontologie", "ontology"),
    "themas": ("thema's", "themes"),
    "uitlijning": ("uitlijning op andere vocabulaires", "alignment with other vocabularies"),
}
_APART = {
    "asserted": ("Wat volgens de brieven bestaat, als N-Triples", "What exists according to the letters, as N-Triples"),
    "inferred": ("Wat daaruit volgt, als N-Triples", "What follows from it, as N-Triples"),
}


def graph_title(name: str) -> tuple[str, str]:
    """What a named graph holds, in Dutch and English; `name` as in `brief/drechtsteden`."""
    kind, _, key = name.partition("/")
    if kind == "brief":
        return f"beweringen uit de brief {key}", f"claims of the letter {key}"
    return _GRAPHS.get(name, (name, name))


def write_data(
    lines: Sequence[str], graphs: Mapping[str, Sequence[str]], folder: Path, header: str
) -> Iterator[Artefact]:
    """Write the whole dataset, each graph, and asserted and inferred apart, below `dataset/`.

    `lines` are sorted N-Quads, `graphs` the N-Triples of each graph.
    """
    home = folder / "dataset"
    every = tuple(URIRef(graph) for graph in graphs)
    quads = [f"{line[:-1]}<{graph}> ." for graph, triples in graphs.items() for line in triples]
    bodies = {
        "nq": serialise(lines, "nq"),
        "trig": serialise(quads, "trig"),
        "ttl": serialise(sorted({line for triples in graphs.values() for line in triples}), "ttl"),
        "jsonld": serialise(quads, "jsonld"),
    }
    for suffix, (nl, en) in _WHOLE.items():
        path = f"dataset/regiograaf.{suffix}"
        (folder / path).write_bytes(headed(bodies[suffix], suffix, header))
        yield Artefact(
            path,
            MEDIA_TYPES[suffix],
            {"nl": nl, "en": en},
            {"nl": "Alle graven van de gegevensset.", "en": "All graphs of the dataset."},
            every,
        )
    for graph, triples in graphs.items():
        name = local_name(graph)
        target = home / "graven" / f"{name}.ttl"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(headed(serialise(triples, "ttl"), "ttl", header))
        nl, en = graph_title(name)
        yield Artefact(
            f"dataset/graven/{name}.ttl",
            MEDIA_TYPES["ttl"],
            {"nl": f"Graaf {name}: {nl}", "en": f"Graph {name}: {en}"},
            {"nl": "Eén benoemde graaf als Turtle.", "en": "One named graph as Turtle."},
            (URIRef(graph),),
        )
        if name in _APART:
            (home / f"{name}.nt").write_bytes(headed(serialise(triples, "nt"), "nt", header))
            nl, en = _APART[name]
            yield Artefact(
                f"dataset/{name}.nt",
                MEDIA_TYPES["nt"],
                {"nl": nl, "en": en},
                {
                    "nl": "Alleen gewone triples, zonder beweringen; wat afgeleid is staat apart.",
                    "en": "Plain triples only, without claims; what is inferred stands apart.",
                },
                (URIRef(graph),),
            )
