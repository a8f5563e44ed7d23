"""The command that draws maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import VIEWS, count, with_letters, with_store

if TYPE_CHECKING:
    from pathlib import Path


@click.command("map")
@click.argument("query", required=False)
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the question; labels, CURIEs and IRIs are resolved.",
)
@click.option("-o", "--output", default="map.html", show_default=True, help="An .html or .svg file; - is stdout.")
@click.option("--title", default=None, help="The heading. Default: the question in words.")
@click.option("--view", type=click.Choice(VIEWS), default="all", show_default=True, help="Who or what is drawn.")
@click.option("--steps", type=click.IntRange(1, 9), default=1, show_default=True, help="How far around an entity.")
@click.option("--letter", "only", multiple=True, help="Only claims of this letter (key); repeatable.")
@click.option("--modality", "modalities", multiple=True, help="Only claims of this modality; repeatable.")
@click.option("--theme", "themes", multiple=True, help="Only claims with this theme (label, CURIE or IRI); repeatable.")
@click.option("--existing", is_flag=True, help="Only what exists: nothing intended, asked for, denied or ended.")
@click.option("--inferred", is_flag=True, help="Show inferred relations from the start; else the page has a switch.")
@click.option(
    "--layout", type=click.Choice(["samenhang", "lagen"]), default="samenhang", help="Of an .svg: how it lies."
)
@click.option("--width", type=float, default=None, metavar="MM", help="Of an .svg: width in print. Default: A4 or A3.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Of an .svg.")
@with_letters
@with_store
@click.pass_obj
def map_(
    root: Path,
    query: str | None,
    params: tuple[str, ...],
    output: str,
    title: str | None,
    view: str,
    steps: int,
    only: tuple[str, ...],
    modalities: tuple[str, ...],
    themes: tuple[str, ...],
    existing: bool,
    inferred: bool,
    layout: str,
    width: float | None,
    language: str,
    letters: Path | None,
    store: str | None,
) -> None:
    """Draw the network as one offline HTML page, or as a static SVG for a report.

    QUERY is an entity (it and what it is linked to), the name of a stored question, a .rq file, SPARQL (SELECT or
    CONSTRUCT), or - for SPARQL from stdin.

    \b
    regiograaf map Chemours -o chemours.html
    regiograaf map wie-neemt-deel -p programma="NOVEX Zuidelijke Randstad" -o novex.svg
    regiograaf map --view actors-programmes --existing
    """
    from regiograaf import output as out
    from regiograaf.kept import TITLE, map_figure, map_page
    from regiograaf.selection import Choice, select
    from regiograaf.stores import opened

    graph = opened(root, letters, store)
    choice = Choice(only, modalities, themes, existing, view, inferred)
    part = select(root, graph, query, params, choice, steps=steps, letters=letters, direct=store is not None)
    heading = title or part.title or TITLE
    if output.endswith(".svg"):
        drawn = map_figure(part.network, root, heading, layout=layout, width_mm=width, language=language)
    else:
        drawn = map_page(part.network, root, heading, inferred=inferred)
    out.write(drawn, output)
    for remark in part.remarks:
        click.echo(remark, err=True)
    if output != "-":
        origins = [origin for *_, origin in part.network.edges(data="origin")]
        said, follow = sum(origin != "inferred" for origin in origins), origins.count("inferred")
        counted = count(said, "relation") + (f", {follow} inferred" if follow else "")
        click.echo(f"{output}: {len(part.network)} entities, {counted}.", err=True)
