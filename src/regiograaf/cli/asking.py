"""Commands that answer: stored questions, SPARQL, all on one entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import ROWS, count, with_format, with_letters, with_output, with_store

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@with_format(*ROWS)
@click.pass_obj
def queries(root: Path, form: str) -> None:
    """List the stored questions."""
    from regiograaf import output
    from regiograaf.places import find_root
    from regiograaf.queries import read_all

    found, problems = read_all(find_root(root if root.is_dir() else root.parent, "queries"))
    for problem in problems:
        click.echo(problem, err=True)
    rows = [(name, str(q.header["question"]), ", ".join(p for p, _ in q.parameters)) for name, q in found.items()]
    output.write(output.table(("name", "question", "parameters"), rows, form), "-")


@click.command()
@click.argument("question")
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter; labels, CURIEs and IRIs are resolved.",
)
@with_format("table", "csv", "tsv", "json", "xml", "markdown", "turtle", "trig", "nt", "nq", "jsonld", "parquet")
@with_output
@with_letters
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True, help="Seconds at most."
)
@click.option("--max-rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows at most.")
@with_store
@click.pass_obj
def query(
    root: Path,
    question: str,
    params: tuple[str, ...],
    form: str,
    output: str,
    letters: Path | None,
    timeout: float,
    max_rows: int,
    store: str | None,
) -> None:
    """Answer a stored question by NAME, a .rq FILE, SPARQL text, or - for stdin.

    \b
    regiograaf query wie-neemt-deel -p programma="NOVEX Zuidelijke Randstad"
    regiograaf query 'SELECT (COUNT(?c) AS ?n) WHERE { ?c a rg:Bewering }'
    """
    from regiograaf import output as out
    from regiograaf.ask import ask

    remote = None
    if store is not None:
        from regiograaf.remote import open_remote

        remote = open_remote(store)
    asked = ask(root, question, params, letters, store=remote, seconds=timeout, rows=max_rows)
    if form == "parquet":
        out.parquet(asked.answer, output)
    else:
        out.write(out.answer(asked.answer, form, asked.labels), output)
    for remark in asked.remarks:
        click.echo(remark, err=True)
    if asked.answer.variables and not asked.answer.rows:
        with_params = f" for {', '.join(params)}" if params else ""
        click.echo(f"0 rows{with_params}", err=True)


@click.command()
@click.argument("entity")
@with_format(*ROWS)
@with_output
@with_letters
@with_store
@click.pass_obj
def show(root: Path, entity: str, form: str, output: str, letters: Path | None, store: str | None) -> None:
    """Show all claims on an ENTITY (label, alias, CURIE or IRI) with their evidence.

    \b
    regiograaf show Chemours
    """
    from regiograaf import names
    from regiograaf import output as out
    from regiograaf.namespaces import shrink
    from regiograaf.show import claims_on
    from regiograaf.stores import opened

    graph = opened(root, letters, store)
    iri = names.resolve(graph, entity)
    rows = [
        (
            f"{said.subject} — {'niet: ' if said.denied else ''}{said.relation} — {said.object}",
            said.modality,
            said.letter,
            said.section,
            said.passage,
        )
        for said in claims_on(graph, iri)
    ]
    out.write(out.table(("claim", "modality", "letter", "section", "passage"), rows, form), output)
    click.echo(f"{names.labels(graph).get(iri, '')} ({shrink(iri)}): {count(len(rows), 'place')}.", err=True)
