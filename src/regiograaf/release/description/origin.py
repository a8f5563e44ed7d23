"""How each named graph came to be, in PROV: by which activity, from which graphs, with which version of the program.

No time stands here: a build has no clock. Source: W3C PROV-O (2013); one activity generates a graph, as
PROV-CONSTRAINTS asks (constraint 24, generation is unique).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDFS, Namespace

from regiograaf import __version__
from regiograaf.claims import TYPE, Triple
from regiograaf.dataset import Build
from regiograaf.namespaces import GRAPH, PREFIXES, PROV
from regiograaf.release.artefacts import Artefact
from regiograaf.release.artefacts.data import graph_title
from regiograaf.release.description.catalogue import distribution
from regiograaf.release.description.terms import DATASET, FOAF, HERKOMST, LICENCE, labelled, letter_graphs

__all__ = ["origin"]

_PROV = Namespace(PREFIXES["prov"])


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of activity of the program."""

    nl: str
    en: str
    comment_nl: str
    comment_en: str


_STEPS = {
    "lezen": Step(
        "bewerkte bestanden lezen",
        "reading edited files",
        "Neemt de triples over uit de bestanden die mensen bewerken.",
        "Takes over the triples of the files that people edit.",
    ),
    "status": Step(
        "bewerkte bestanden lezen en de bestaansstatus berekenen",
        "reading edited files and computing the status of existence",
        "Voegt aan elke entiteit toe wat de beweringen over haar bestaan zeggen.",
        "Adds to each entity what the claims say of its existence.",
    ),
    "stellen": Step(
        "stellen wat bestaat",
        "asserting what exists",
        "Geeft een gewone triple voor elke bewering met modaliteit bestaand die niet is ontkend, tenzij een andere "
        "bewering haar inhoud beëindigt of ontkent.",
        "Gives a plain triple for each claim of modality bestaand that is not denied, unless another claim ends or "
        "denies its content.",
    ),
    "afleiden": Step(
        "afleiden",
        "inferring",
        "Berekent met de regels van OWL 2 RL wat uit het bestaande volgt.",
        "Computes with the rules of OWL 2 RL what follows from what exists.",
    ),
    "citeren": Step(
        "citeren",
        "quoting",
        "Neemt uit de tekst van een brief de passages over waarop beweringen steunen.",
        "Takes from the text of a letter the passages that claims rest on.",
    ),
    "uitgeven": Step(
        "uitgeven",
        "releasing",
        "Schrijft de graven in alle vormen als bestanden.",
        "Writes the graphs as files in every form.",
    ),
}
_MADE_BY = {
    "asserted": "stellen",
    "citaten": "citeren",
    "entiteiten": "status",
    "inferred": "afleiden",
    "inferred-achtergrond": "afleiden",
    "inferred-uitlijning": "afleiden",
}
"""Graph -> step; every other graph is read."""
_FACTS = ("ontologie", "entiteiten", "asserted", "achtergrond")
_FROM = {
    "entiteiten": ("asserted",),
    "inferred": _FACTS,
    "inferred-achtergrond": (*_FACTS, "uitlijning", "invoer"),
    "inferred-uitlijning": (*_FACTS, "uitlijning", "invoer", "themas"),
}
"""Graph -> the graphs it is computed from."""
_FROM_LETTERS = ("asserted", "citaten", "entiteiten", "inferred-uitlijning")
"""Graphs that are computed from what stands in the letters' graphs, too."""


def origin(build: Build, artefacts: Sequence[Artefact]) -> list[Triple]:
    """Each graph with its activity and what it derives from, the program, the files, and how letters were encoded."""
    agent = URIRef(f"{HERKOMST}#regiograaf-{__version__}")
    coded = build.graphs.get(GRAPH["codering"], frozenset())
    by_coders = {s for s, p, _ in coded if p == PROV.wasGeneratedBy}
    found: list[Triple] = [
        (HERKOMST, TYPE, FOAF.Document),
        *labelled(HERKOMST, DCTERMS.title, "Herkomst van elke graaf", "Provenance of each graph"),
        (HERKOMST, DCTERMS.license, LICENCE),
        (HERKOMST, FOAF.primaryTopic, DATASET),
        (agent, TYPE, _PROV.SoftwareAgent),
        (agent, RDFS.label, Literal(f"regiograaf {__version__}")),
        (agent, OWL.versionInfo, Literal(__version__)),
        *coded,
    ]
    for graph in sorted(build.graphs):
        found += _of_graph(build, graph, agent, graph in by_coders)
    found += _activity("uitgeven", agent)
    found += [(_step("uitgeven"), PROV.used, graph) for graph in sorted(build.graphs)]
    found += [(DATASET, TYPE, PROV.Entity), (DATASET, PROV.wasGeneratedBy, _step("uitgeven"))]
    for artefact in artefacts:
        node = distribution(artefact)
        found += [(node, TYPE, PROV.Entity), (node, PROV.wasGeneratedBy, _step("uitgeven"))]
        found += [(node, PROV.wasDerivedFrom, graph) for graph in artefact.graphs]
    return found


def _step(name: str) -> URIRef:
    return URIRef(f"{HERKOMST}#{name}")


def _activity(name: str, agent: URIRef) -> Iterator[Triple]:
    step, node = _STEPS[name], _step(name)
    yield node, TYPE, PROV.Activity
    yield from labelled(node, RDFS.label, step.nl, step.en)
    yield from labelled(node, RDFS.comment, step.comment_nl, step.comment_en)
    yield node, _PROV.wasAssociatedWith, agent


def _of_graph(build: Build, graph: URIRef, agent: URIRef, coded: bool) -> Iterator[Triple]:
    name = graph.removeprefix(str(GRAPH))
    yield graph, TYPE, PROV.Entity
    yield from labelled(graph, RDFS.label, *graph_title(name))
    sources = [GRAPH[other] for other in _FROM.get(name, ()) if GRAPH[other] in build.graphs]
    if name in _FROM_LETTERS:
        sources += letter_graphs(build)
    for source in sources:
        yield graph, PROV.wasDerivedFrom, source
    for cited in sorted({o for _, p, o in build.graphs[graph] if p == DCTERMS.source and isinstance(o, URIRef)}):
        yield graph, PROV.hadPrimarySource, cited
    if name.startswith("brief/"):
        yield graph, PROV.hadPrimarySource, URIRef(graph.replace("/graaf/brief/", "/brief/"))
    if not coded:
        made_by = _MADE_BY.get(name, "lezen")
        yield graph, PROV.wasGeneratedBy, _step(made_by)
        yield from _activity(made_by, agent)
        for source in sources:
            yield _step(made_by), PROV.used, source
