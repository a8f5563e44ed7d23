"""The command that draws figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import with_output

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = ("modalities", "programmes", "themes", "timeline")


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@with_output
@click.pass_obj
def plot(root: Path, kind: str, output: str) -> None:
    """Draw a figure of the report as SVG: what exists, who takes part in what, themes by letter, what is dated.

    \b
    regiograaf plot themes -o themas.svg
    """
    from regiograaf import names, report
    from regiograaf import output as out
    from regiograaf.dataset import compile_project, nquads, read_project, to_store
    from regiograaf.projection import project

    build = compile_project(read_project(root))
    store = to_store(nquads(build.graphs), merge=False)
    out.write(report.plot(build, project(store), names.labels(store), kind), output)
