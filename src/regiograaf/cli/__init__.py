"""The command line: arguments, files and exit codes; what a command does is in the room it calls.

Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from regiograaf import __version__
from regiograaf.cli.asking import queries, query, show
from regiograaf.cli.comparing import anchor, compare, coverage
from regiograaf.cli.differing import diff
from regiograaf.cli.exporting import export
from regiograaf.cli.making import build, check
from regiograaf.cli.maps import map_
from regiograaf.cli.network import communities, figures, paths, rank
from regiograaf.cli.options import PathType
from regiograaf.cli.plots import plot
from regiograaf.cli.reading import read
from regiograaf.cli.reasons import why, why_not
from regiograaf.cli.releasing import release
from regiograaf.cli.services import push, serve
from regiograaf.errors import RegiograafError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["main"]


class _Failure(click.ClickException):
    exit_code = 2


class _Group(click.Group):
    """Turns our errors into one message and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RegiograafError as error:
            raise _Failure(str(error)) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="regiograaf %(version)s")
@click.option(
    "-C",
    "--root",
    type=PathType(),
    default=".",
    show_default=True,
    help="Project folder, built folder, or regiograaf.nq; what it lacks comes with the package.",
)
@click.pass_context
def main(ctx: click.Context, root: Path) -> None:
    """Ask, check and draw what policy letters say: who works with whom, on what, and whether it exists.

    \b
    regiograaf build -o build
    regiograaf query wie-neemt-deel -p programma=NOVEX

    Exit codes: 0 done, 1 the data have findings, 2 could not run.
    """
    ctx.obj = root


for command in (
    build,
    check,
    queries,
    query,
    show,
    rank,
    communities,
    paths,
    figures,
    map_,
    export,
    plot,
    coverage,
    compare,
    diff,
    anchor,
    why,
    why_not,
    push,
    read,
    release,
    serve,
):
    main.add_command(command)
