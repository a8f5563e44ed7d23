"""The command that draws maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import count, with_letters, with_store

if TYPE_CHECKING:
    from pathlib import Path


@click.command("map")
@click.argument("entity", required=False)
@click.option("-o", "--output", default="map.html", show_default=True, help="File to write; - is stdout.")
@click.option("--letter", "only", multiple=True, help="Only claims of this letter (key); repeatable.")
@click.option("--inferred", is_flag=True, help="Show inferred relations from the start; else the page has a switch.")
@with_letters
@with_store
@click.pass_obj
def map_(
    root: Path,
    entity: str | None,
    output: str,
    only: tuple[str, ...],
    inferred: bool,
    letters: Path | None,
    store: str | None,
) -> None:
    """Draw the network as one offline HTML page; with an ENTITY, it and what it is linked to.

    \b
    regiograaf map Chemours -o chemours.html
    """
    from regiograaf import names
    from regiograaf import output as out
    from regiograaf.build import draw, surroundings
    from regiograaf.errors import UnknownTermError
    from regiograaf.projection import project
    from regiograaf.stores import opened

    graph = opened(root, letters, store)
    network = project(graph, letters=only or None, inferred=True)
    unknown = [key for key in only if key not in network.graph["letters"]]
    if unknown:
        raise UnknownTermError(f'no letter "{unknown[0]}". Use one of: {", ".join(network.graph["letters"])}.')
    title = {}
    if entity is not None:
        iri = names.resolve(graph, entity)
        network = surroundings(network, iri, inferred=inferred)
        title = {"title": f"Wie is verbonden met {names.labels(graph).get(iri, entity)}?"}
    out.write(draw(network, root, **title, inferred=inferred), output)
    if output != "-":
        follow = sum(origin == "inferred" for *_, origin in network.edges(data="origin"))
        counted = count(network.number_of_edges() - follow, "relation") + (f", {follow} inferred" if follow else "")
        click.echo(f"{output}: {len(network)} entities, {counted}.", err=True)
