"""The pages of a release, Dutch and English: ontology, individuals, letters, questions, map, report, texts, search.

Everything is told from the build; quotes are shown when it has them. Pages need no script to be read, link to each
other relatively, and ask nothing of any network. Data in other formats, the catalogue, the query page and the docs
are written elsewhere.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from regiograaf.dataset import Build, nquads, to_store
from regiograaf.places import find_root
from regiograaf.queries import read_all
from regiograaf.release import citation
from regiograaf.release.artefacts import Artefact
from regiograaf.release.description import schema_org
from regiograaf.release.site import claims, lists, ontology, prose, questions, search, special, things
from regiograaf.release.site.addresses import LANGUAGES
from regiograaf.release.site.items import Items
from regiograaf.release.site.material import Material
from regiograaf.release.site.rendering import Site

__all__ = ["write", "write_pages"]


def write(build: Build, artefacts: tuple[Artefact, ...], folder: Path) -> None:
    """Write every page of a build into a folder that exists; `artefacts` are linked to where a page is about them.

    The same build gives the same bytes. Raises ReleaseError when an IRI cannot be the name of a file, SourceError when
    CITATION.cff or the questions are not there.
    """
    root = build.project.root
    store = to_store(nquads(build.graphs))
    site = write_pages(build, artefacts, folder, store)
    special.write(site, store, root)


def write_pages(build: Build, artefacts: tuple[Artefact, ...], folder: Path, store: ox.Store) -> Site:
    """The same without map, report and style sheet; `store` is that of the build."""
    root = build.project.root
    stored, _ = read_all(find_root(root, "queries"))
    site = Site(Material(build), folder, citation.read(root))
    items = Items(site)
    answered = questions.answer(store, stored, site.material)
    dataset = schema_org(build, artefacts)
    for language in LANGUAGES:
        things.write(site, items, language)
        ontology.write(site, stored, language)
        questions.write(site, answered, artefacts, language)
        claims.write(site, language)
        lists.write(site, len(answered), artefacts, dataset, language)
        prose.write(site, root, language)
        prose.citing(site, stored, language)
        search.write(site, language)
    prose.references(site)
    return site
