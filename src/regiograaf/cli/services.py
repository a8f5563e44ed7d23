"""Commands that bring the graph to others: push it to a store, serve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import ROWS, count, progress, with_format, with_letters, with_store

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@with_store
@click.option("--graph-store", default="", metavar="URL", help="Where graphs are put, if not known of the service.")
@click.option("--update", default="", metavar="URL", help="Where updates go, if not known of the service.")
@click.option("--prune", is_flag=True, help="Remove graphs of regiograaf that are only in the store.")
@with_format(*ROWS)
@with_letters
@click.pass_obj
def push(
    root: Path, store: str | None, graph_store: str, update: str, prune: bool, form: str, letters: Path | None
) -> None:
    """Load the named graphs into the store of a SPARQL service, and count them there.

    What is there already and the same is left alone, so a push that was broken off goes on where it was.

    \b
    regiograaf push --store http://127.0.0.1:3030/regiograaf/sparql
    """
    from regiograaf import output as out
    from regiograaf.errors import SourceError
    from regiograaf.prefixes import GRAPHS
    from regiograaf.push import push as load
    from regiograaf.stores import quads_of

    if store is None:
        raise SourceError("push needs the URL of a SPARQL service. Give it with --store.")
    try:
        rows = load(
            quads_of(root, letters), store, graph_store=graph_store, update=update, prune=prune, progress=progress
        )
    finally:
        progress("")
    lines = [(row.graph.removeprefix(GRAPHS), row.triples, row.action, round(row.seconds, 2)) for row in rows]
    out.write(out.table(("graph", "triples", "action", "seconds"), lines, form), "-")
    click.echo(f"{store}: {sum(row.triples for row in rows)} triples in {count(len(rows), 'graph')}.", err=True)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=10.0, show_default=True, help="Seconds for a query.")
@click.option("--workers", type=click.IntRange(1), default=4, show_default=True, help="Processes that answer queries.")
@with_letters
@click.pass_obj
def serve(root: Path, host: str, port: int, timeout: float, workers: int, letters: Path | None) -> None:
    """Serve the graph: SPARQL, a query page, and every IRI as HTML, Turtle and JSON-LD.

    \b
    regiograaf serve --port 8000
    """
    from regiograaf.endpoint import serve as run
    from regiograaf.places import find_root
    from regiograaf.workers import Limits

    folder = find_root(root if root.is_dir() else root.parent, "queries")
    limits = Limits(seconds=timeout, workers=workers)
    run(root, host=host, port=port, letters=letters, limits=limits, questions=folder)
