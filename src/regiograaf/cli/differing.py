"""The command that holds two releases side by side: diff."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import PathType, count, with_format, with_output

if TYPE_CHECKING:
    from pathlib import Path

_SORTS = ("term", "theme", "entity", "letter", "claim", "evidence")


@click.command()
@click.argument("old", type=PathType())
@click.argument("new", type=PathType())
@click.option("--only", "sorts", type=click.Choice(_SORTS), multiple=True, help="Only these; repeatable.")
@click.option("--check", "checked", is_flag=True, help="Exit 1 when the new version number promises too little.")
@with_format("table", "csv", "tsv", "json", "markdown")
@with_output
def diff(old: Path, new: Path, sorts: tuple[str, ...], checked: bool, form: str, output: str) -> None:
    """List what was added, removed and changed between two releases, and the version step that it asks for.

    OLD and NEW are a project's folder, a built folder or an N-Quads file.

    \b
    regiograaf diff release-0.4.0/regiograaf.nq .
    regiograaf diff ../old . --only claim -f markdown
    """
    from regiograaf import output as out
    from regiograaf.difference import difference
    from regiograaf.prefixes import shrink

    found = difference(old, new)
    shown = [change for change in found.changes if not sorts or change.sort in sorts]
    rows = [
        (change.sort, change.how, change.step, shrink(change.iri), change.label, ", ".join(map(shrink, change.what)))
        for change in shown
    ]
    if rows or form != "table":
        head = ("sort", "change", "step", "iri", "label", "what")
        out.write(out.table(head, rows, form), output)
    for sort in _SORTS:
        parts = [f"{n} {how}" for (kind, how), n in sorted(found.counts().items()) if kind == sort]
        if parts:
            click.echo(f"{sort}: {', '.join(parts)}.", err=True)
    step = found.step
    asks = f"{count(len(found.changes), 'change')}, which ask for a {step} version." if step else "No differences."
    versions = f"{found.old or 'unknown'} to {found.new or 'unknown'}"
    verdict = "enough" if found.enough else "too little"
    click.echo(f"{asks} {versions} is {verdict}.", err=True)
    if checked and not found.enough:
        sys.exit(1)
