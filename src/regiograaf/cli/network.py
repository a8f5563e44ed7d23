"""Commands that measure the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import ROWS, with_format, with_output, with_store

if TYPE_CHECKING:
    from pathlib import Path


_MEASURES = ("degree", "betweenness", "brokerage")


@click.command()
@click.option("--by", type=click.Choice(_MEASURES), default="betweenness", show_default=True, help="The measure.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many rows.")
@click.option("--modality", "modalities", multiple=True, help="Only claims of this modality; repeatable. Default: all.")
@with_format(*ROWS)
@with_output
@with_store
@click.pass_obj
def rank(root: Path, by: str, top: int, modalities: tuple[str, ...], form: str, output: str, store: str | None) -> None:
    """Rank entities in the network of claims.

    \b
    regiograaf rank --by brokerage --modality bestaand
    """
    from regiograaf import analysis
    from regiograaf import output as out
    from regiograaf.errors import AnalysisError
    from regiograaf.projection import collapse, project
    from regiograaf.stores import opened

    network = project(opened(root, url=store))
    unknown = [m for m in modalities if m not in network.graph["modalities"]]
    if unknown:
        raise AnalysisError(f'no modality "{unknown[0]}". Use one of: {", ".join(network.graph["modalities"])}.')
    simple = collapse(network, modalities=modalities or None)
    rows = analysis.rank(simple, by=by, regions=analysis.regions_of(network))[:top]
    out.write(
        out.table(("place", "entity", "kind", by), [(r.place, r.label, r.kind, r.score) for r in rows], form), output
    )
    click.echo(f"{by}: {analysis.MEASURES[by]}. Every letter puts its sender in the middle.", err=True)
