"""What a release says of itself: DCAT catalogue, VoID statistics, PROV of every graph, and schema.org for its pages.

All is computed from the build, from CITATION.cff and from what `data/catalogus.ttl` states; what none of them gives is
left out (`docs/catalogue.md` says what).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rdflib import URIRef

from regiograaf.claims import Triple
from regiograaf.dataset import Build
from regiograaf.release import citation as cited
from regiograaf.release.artefacts import Artefact
from regiograaf.release.artefacts.forms import headed, serialise
from regiograaf.release.description.catalogue import CATALOGUE, catalogue
from regiograaf.release.description.origin import origin
from regiograaf.release.description.pages import schema_org
from regiograaf.release.description.terms import DATASET, HERKOMST, VOID_PAGE, line
from regiograaf.release.description.void import statistics

__all__ = ["schema_org", "write"]


def write(build: Build, artefacts: Sequence[Artefact], folder: Path) -> None:
    """Write `catalogus`, `dataset/void` and `dataset/herkomst`, each as Turtle and JSON-LD, and `.well-known/void`.

    Raises SourceError when CITATION.cff is not right, ReleaseError when the file of an artefact is not in the folder.
    """
    citation = cited.read(build.project.root)
    header = citation.header()
    (folder / "dataset").mkdir(exist_ok=True)
    for path, triples, first in (
        ("catalogus", catalogue(build, artefacts, folder, citation), CATALOGUE),
        ("dataset/void", statistics(build, artefacts), VOID_PAGE),
        ("dataset/herkomst", origin(build, artefacts), HERKOMST),
    ):
        _save(triples, (first, DATASET), folder / path, header)
    well_known = folder / ".well-known" / "void"
    well_known.parent.mkdir(exist_ok=True)
    well_known.write_bytes((folder / "dataset" / "void.ttl").read_bytes())


def _save(triples: Iterable[Triple], first: Sequence[URIRef], path: Path, header: str) -> None:
    """Write triples in the order of their lines, but first those on `first`: people read from the top."""
    order = {f"<{node}>": number for number, node in enumerate(first)}
    lines = sorted({line(triple) for triple in triples})
    lines.sort(key=lambda text: order.get(text.partition(" ")[0], len(order)))
    for suffix in ("ttl", "jsonld"):
        path.with_name(f"{path.name}.{suffix}").write_bytes(headed(serialise(lines, suffix), suffix, header))
