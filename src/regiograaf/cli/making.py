"""Commands that make and judge the graph: build, check."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from regiograaf.cli.options import PathType, count, progress, with_format, with_letters

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option(
    "-o",
    "--output",
    type=PathType(),
    default="build",
    show_default=True,
    help="Folder to make or replace.",
)
@click.option("--force", is_flag=True, help="Replace a folder that regiograaf did not make.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="Exit 1 from this level on.",
)
@with_letters
@click.pass_obj
def build(root: Path, output: Path, force: bool, fail_on: str, letters: Path | None) -> None:
    """Make graph, report and map in one folder.

    \b
    regiograaf build -o build --letters ../letters
    """
    import gc

    from regiograaf.build import build as make

    gc.disable()  # many small terms, no cycles: collecting costs a quarter of the time and frees nothing
    result = make(root, output, letters=letters, force=force, progress=progress)
    gc.freeze()  # nor at exit
    progress("")
    said = [finding for finding in result.findings if finding.level != "info" or finding.check == "draft"]
    _report(said)
    if result.build is None:
        click.echo(f"{output}: not written; mend the errors above.", err=True)
        sys.exit(1)
    made = result.build
    claims = {claim.iri for of_letter in made.claims.values() for claim in of_letter}
    pieces = sum(len(claim.evidence) for of_letter in made.claims.values() for claim in of_letter)
    verified = (
        f"{made.quoted} of {pieces} passages verified" if letters else f"{pieces} passages, not verified (no --letters)"
    )
    counted = f"{count(len(made.claims), 'letter')}, {count(len(claims), 'claim')}"
    click.echo(f"{output}: {counted}, {verified}, {made.size} triples.", err=True)
    notes = len(result.findings) - len(said)
    if notes:
        click.echo(f"{count(notes, 'note')}: regiograaf check lists them.", err=True)
    _exit(result.findings, fail_on)


def _report(findings: Any) -> None:
    colours = {"error": "red", "warning": "yellow", "info": "cyan"}
    for finding in findings:
        click.echo(click.style(str(finding), fg=colours[finding.level]), err=True)


def _exit(findings: Any, fail_on: str) -> None:
    from regiograaf.checks import LEVELS

    serious = LEVELS[: LEVELS.index(fail_on) + 1]
    if any(finding.level in serious for finding in findings):
        sys.exit(1)


@click.command()
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="Exit 1 from this level on.",
)
@click.option("--owlrl", is_flag=True, help="Compare all conclusions with those of owlrl, too; takes a minute.")
@with_format("text", "csv", "json")
@with_letters
@click.pass_obj
def check(root: Path, fail_on: str, owlrl: bool, form: str, letters: Path | None) -> None:
    """Report everything that is wrong with ontology, data and questions.

    \b
    regiograaf check --letters ../letters
    """
    from dataclasses import asdict

    from regiograaf import output
    from regiograaf.build import check_all

    findings, made = check_all(root, letters, owlrl=owlrl)
    if form == "text":
        for finding in findings:
            colours = {"error": "red", "warning": "yellow", "info": "cyan"}
            click.echo(click.style(str(finding), fg=colours[finding.level]))
    else:
        rows = [tuple(asdict(finding).values()) for finding in findings]
        output.write(output.table(("path", "line", "level", "check", "message", "remedy"), rows, form), "-")
    counts = {level: sum(f.level == level for f in findings) for level in ("error", "warning", "info")}
    verified = f", {made.quoted} passages verified" if made and letters else ""
    words = (("error", "error"), ("warning", "warning"), ("info", "note"))
    click.echo(f"{', '.join(count(counts[level], word) for level, word in words)}{verified}.", err=True)
    _exit(findings, fail_on)
