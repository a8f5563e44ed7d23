"""The pages of a release, Dutch and English: ontology, individuals, letters, questions, map, report, texts, search.

Everything is told from the build; quotes are shown when it has them. Pages need no script to be read, link to each
other relatively, and ask nothing of any network. Data in other formats, the catalogue, the query page and the docs
are written elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from regiograaf.dataset import Build, to_store
from regiograaf.places import find_root
from regiograaf.queries import read_all
from regiograaf.release import citation
from regiograaf.release.artefacts import Artefact
from regiograaf.release.beside import beside
from regiograaf.release.description import schema_org
from regiograaf.release.site import claims, lists, ontology, prose, questions, search, special, things
from regiograaf.release.site.addresses import LANGUAGES, Language
from regiograaf.release.site.items import Items
from regiograaf.release.site.material import Material
from regiograaf.release.site.rendering import Site

__all__ = ["write", "write_pages"]


Manual = Callable[[Path], Iterable[search.Found]]


def write(build: Build, artefacts: tuple[Artefact, ...], folder: Path, manual: Manual = lambda folder: ()) -> None:
    """Write every page of a build into a folder that exists; `artefacts` are linked to where a page is about them.

    `manual` writes the manual into the same folder, after the pages that it links to, and gives what can be searched
    for in it.

    The same build gives the same bytes. Raises ReleaseError when an IRI cannot be the name of a file, SourceError when
    CITATION.cff or the questions are not there.
    """
    store = to_store(build.quads)
    write_pages(build, artefacts, folder, store, manual, lambda site: special.write(site, store, build.project.root))


def write_pages(
    build: Build,
    artefacts: tuple[Artefact, ...],
    folder: Path,
    store: ox.Store,
    manual: Manual = lambda folder: (),
    more: Callable[[Site], None] = lambda site: None,
) -> Site:
    """The same without map, report and style sheet, unless `more` writes them; `store` is that of the build.

    The languages are written side by side, as is what `more` writes.
    """
    root = build.project.root
    stored, _ = read_all(find_root(root, "queries"))
    site = Site(Material(build), folder, citation.read(root))
    items = Items(site)
    answered = questions.answer(store, stored, site.material)
    dataset = schema_org(build, artefacts)

    def told(language: Language) -> None:
        things.write(site, items, language)
        ontology.write(site, stored, language)
        questions.write(site, answered, language)
        claims.write(site, language)
        lists.write(site, len(answered), artefacts, dataset, language)
        prose.write(site, root, language)
        prose.citing(site, stored, language)

    with (
        beside(lambda: site.apart(lambda: told("en"))) as english,
        beside(lambda: site.apart(lambda: more(site))) as others,
    ):
        told("nl")
        site.take(english())
        site.take(others())
    questions.files(site, answered)
    prose.references(site)
    found = sorted(manual(folder))
    for language in LANGUAGES:
        search.write(site, found, language)
    return site
