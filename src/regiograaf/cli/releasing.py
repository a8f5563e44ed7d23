"""The command that publishes: release."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import PathType, count, progress, with_letters

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("-o", "--output", type=PathType(), default="site", show_default=True, help="Folder to make or replace.")
@click.option("--with-quotes", is_flag=True, help="Publish the quoted passages too; needs --letters.")
@click.option("--force", is_flag=True, help="Replace a folder that regiograaf did not make.")
@with_letters
@click.pass_obj
def release(root: Path, output: Path, with_quotes: bool, force: bool, letters: Path | None) -> None:
    """Write the linked-data site with all its files, to put on any web host.

    \b
    regiograaf release -o site
    """
    import gc

    from regiograaf.release import release as make

    gc.disable()  # many small terms, no cycles: collecting costs time and frees nothing
    result = make(root, output, letters=letters, quotes=with_quotes, force=force, progress=progress)
    gc.freeze()  # nor at exit
    progress("")
    for finding in result.findings:
        if finding.level == "error" or (result.build is not None and finding.level == "warning"):
            click.echo(click.style(str(finding), fg="red" if finding.level == "error" else "yellow"), err=True)
    if result.build is None:
        click.echo(f"{output}: not written; mend the errors above.", err=True)
        sys.exit(1)
    claims = {claim.iri for of_letter in result.build.claims.values() for claim in of_letter}
    counted = f"{count(len(result.build.claims), 'letter')}, {count(len(claims), 'claim')}"
    quotes = f"{result.build.quoted} passages quoted" if with_quotes else "no passages quoted"
    listed = f"{count(len(result.artefacts), 'artefact')}, {count(result.files, 'file')}"
    click.echo(f"{output}: {counted}, {quotes}; {listed}.", err=True)
    for note in result.notes:
        click.echo(note, err=True)
