"""The command that hands a network to other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import VIEWS, count, with_letters, with_store

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("graphml", "gexf", "cytoscape", "csv", "parquet")
"""The names of `exports.FORMATS`, without what they cost to import."""


@click.command()
@click.argument("query", required=False)
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the question; labels, CURIEs and IRIs are resolved.",
)
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), help="Default: what the suffix of -o says, or graphml."
)
@click.option(
    "-o",
    "--output",
    default="-",
    show_default=True,
    help="File to write; - is stdout. csv and parquet write two: NAME-nodes and NAME-edges.",
)
@click.option("--view", type=click.Choice(VIEWS), default="all", show_default=True, help="Who or what.")
@click.option("--steps", type=click.IntRange(1, 9), default=1, show_default=True, help="How far around an entity.")
@click.option("--letter", "only", multiple=True, help="Only claims of this letter (key); repeatable.")
@click.option("--modality", "modalities", multiple=True, help="Only claims of this modality; repeatable.")
@click.option("--theme", "themes", multiple=True, help="Only claims with this theme (label, CURIE or IRI); repeatable.")
@click.option("--existing", is_flag=True, help="Only what exists: nothing intended, asked for, denied or ended.")
@click.option("--inferred", is_flag=True, help="Also what follows from claims, with the evidence that it rests on.")
@click.option("--layout", type=click.Choice(["samenhang", "lagen"]), help="Give each node its place on the map.")
@click.option(
    "--with-quotes", "quotes", is_flag=True, help="Also the passages as they stand in the letters (--letters)."
)
@with_letters
@with_store
@click.pass_obj
def export(
    root: Path,
    query: str | None,
    params: tuple[str, ...],
    form: str | None,
    output: str,
    view: str,
    steps: int,
    only: tuple[str, ...],
    modalities: tuple[str, ...],
    themes: tuple[str, ...],
    existing: bool,
    inferred: bool,
    layout: str | None,
    quotes: bool,
    letters: Path | None,
    store: str | None,
) -> None:
    """Write the network, or a part of it, for Gephi, Cytoscape, R, pandas or a spreadsheet.

    QUERY is what regiograaf map takes: an entity, the name of a stored question, a .rq file, SPARQL, or - for SPARQL
    from stdin; without it all is written. Every edge has its modality, letters, sections and anchors.

    \b
    regiograaf export -o netwerk.gexf
    regiograaf export wie-neemt-deel -p programma=NOVEX -f csv -o novex
    regiograaf export --view actors --existing -o actoren.graphml
    """
    from pathlib import Path

    from regiograaf import exports, kept, views
    from regiograaf import output as out
    from regiograaf.projection import details
    from regiograaf.selection import Choice, select
    from regiograaf.stores import opened

    suffixes = {known.suffix: name for name, known in exports.FORMATS.items()}
    form = form or suffixes.get(Path(output).suffix, FORMATS[0])
    if output == "-" and len(exports.FORMATS[form].parts) > 1:
        raise click.UsageError(f"{form} is two files. Name them with -o.")
    graph = opened(root, letters, store)
    choice = Choice(only, modalities, themes, existing, view, inferred)
    part = select(root, graph, query, params, choice, steps=steps, letters=letters, direct=store is not None)
    edges = part.network.edges(keys=True, data=True)
    network = views.part(part.network, (edge for edge in edges if inferred or edge[3]["origin"] != "inferred"))
    places = kept.positions(network, root)[layout] if layout else None
    content = exports.tables(network, title=part.title, details=details(graph), positions=places, quotes=quotes)
    if quotes and not any(any(row["quotes"]) for row in content.edges):
        raise click.UsageError(
            "no text of a letter is at hand to quote from. Give --letters, or leave --with-quotes out."
        )
    if output == "-":
        out.write(exports.pack(content, form)[""].decode("utf-8"), output)
    else:
        written = exports.write(content, Path(output), form)
        counted = f"{count(len(content.nodes), 'node')}, {count(len(content.edges), 'edge')}"
        click.echo(f"{', '.join(map(str, written))}: {counted}.", err=True)
    for remark in part.remarks:
        click.echo(remark, err=True)
    if not existing and not modalities:
        click.echo(
            "Claims of every modality are in it, also what is only intended; --existing leaves that out.", err=True
        )
