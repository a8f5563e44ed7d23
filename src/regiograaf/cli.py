"""The command line: arguments, files and exit codes; what a command does is in the room it calls.

Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regiograaf import __version__
from regiograaf.errors import RegiograafError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["main"]

_Command = TypeVar("_Command", bound="Callable[..., Any]")
_MEASURES = ("degree", "betweenness", "brokerage")
_ROWS = ("table", "csv", "tsv", "json")


class _Path(click.Path):
    """A path as pathlib has it, which costs a tenth of the time of --help to import."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pathlib import Path

        return Path(str(super().convert(value, param, ctx)))


class _Failure(click.ClickException):
    exit_code = 2


class _Group(click.Group):
    """Turns our errors into one message and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RegiograafError as error:
            raise _Failure(str(error)) from error


def _letters(command: _Command) -> _Command:
    return click.option(
        "--letters",
        type=_Path(file_okay=False),
        envvar="REGIOGRAAF_LETTERS",
        help="Folder with the letters' own texts: passages are verified and quoted. Also REGIOGRAAF_LETTERS.",
    )(command)


def _store(command: _Command) -> _Command:
    return click.option(
        "--store",
        metavar="URL",
        envvar="REGIOGRAAF_STORE",
        help="Ask this SPARQL service. Also REGIOGRAAF_STORE; credentials in REGIOGRAAF_STORE_USER and …_PASSWORD.",
    )(command)


def _format(*choices: str) -> Callable[[_Command], _Command]:
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="Form of the output.",
    )


def _output(command: _Command) -> _Command:
    return click.option("-o", "--output", default="-", show_default=True, help="File to write; - is stdout.")(command)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="regiograaf %(version)s")
@click.option(
    "-C",
    "--root",
    type=_Path(),
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


@main.command()
@click.option(
    "-o",
    "--output",
    type=_Path(),
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
@_letters
@click.pass_obj
def build(root: Path, output: Path, force: bool, fail_on: str, letters: Path | None) -> None:
    """Make graph, report and map in one folder.

    \b
    regiograaf build -o build --letters ../letters
    """
    import gc

    from regiograaf.build import build as make

    gc.disable()  # many small terms, no cycles: collecting costs a quarter of the time and frees nothing
    result = make(root, output, letters=letters, force=force, progress=_progress)
    gc.freeze()  # nor at exit
    _progress("")
    _report(finding for finding in result.findings if finding.level != "info")
    if result.build is None:
        click.echo(f"{output}: not written; mend the errors above.", err=True)
        sys.exit(1)
    made = result.build
    claims = {claim.iri for of_letter in made.claims.values() for claim in of_letter}
    pieces = sum(len(claim.evidence) for of_letter in made.claims.values() for claim in of_letter)
    verified = (
        f"{made.quoted} of {pieces} passages verified" if letters else f"{pieces} passages, not verified (no --letters)"
    )
    counted = f"{_count(len(made.claims), 'letter')}, {_count(len(claims), 'claim')}"
    click.echo(f"{output}: {counted}, {verified}, {made.size} triples.", err=True)
    notes = sum(finding.level == "info" for finding in result.findings)
    if notes:
        click.echo(f"{_count(notes, 'note')}: regiograaf check lists them.", err=True)
    _exit(result.findings, fail_on)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _progress(step: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{step}{' …' if step else ''}", nl=False, err=True)


def _report(findings: Any) -> None:
    colours = {"error": "red", "warning": "yellow", "info": "cyan"}
    for finding in findings:
        click.echo(click.style(str(finding), fg=colours[finding.level]), err=True)


def _exit(findings: Any, fail_on: str) -> None:
    from regiograaf.checks import LEVELS

    serious = LEVELS[: LEVELS.index(fail_on) + 1]
    if any(finding.level in serious for finding in findings):
        sys.exit(1)


@main.command()
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="Exit 1 from this level on.",
)
@click.option("--owlrl", is_flag=True, help="Compare all conclusions with those of owlrl, too; takes a minute.")
@_format("text", "csv", "json")
@_letters
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
    click.echo(f"{', '.join(_count(counts[level], word) for level, word in words)}{verified}.", err=True)
    _exit(findings, fail_on)


@main.command()
@_format(*_ROWS)
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


@main.command()
@click.argument("question")
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter; labels, CURIEs and IRIs are resolved.",
)
@_format("table", "csv", "tsv", "json", "xml", "markdown", "turtle", "trig", "nt", "nq", "jsonld", "parquet")
@_output
@_letters
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True, help="Seconds at most."
)
@click.option("--max-rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows at most.")
@_store
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


@main.command()
@click.argument("entity")
@_format(*_ROWS)
@_output
@_letters
@_store
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
    click.echo(f"{names.labels(graph).get(iri, '')} ({shrink(iri)}): {_count(len(rows), 'place')}.", err=True)


@main.command()
@click.option("--by", type=click.Choice(_MEASURES), default="betweenness", show_default=True, help="The measure.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many rows.")
@click.option("--modality", "modalities", multiple=True, help="Only claims of this modality; repeatable. Default: all.")
@_format(*_ROWS)
@_output
@_store
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


@main.command("map")
@click.argument("entity", required=False)
@click.option("-o", "--output", default="map.html", show_default=True, help="File to write; - is stdout.")
@click.option("--letter", "only", multiple=True, help="Only claims of this letter (key); repeatable.")
@click.option("--inferred", is_flag=True, help="Show inferred relations from the start; else the page has a switch.")
@_letters
@_store
@click.pass_obj
def map_(
    root: Path,
    entity: str | None,
    output: str,
    only: tuple[str, ...],
    inferred: bool,
    letters: Path | None,
    store: str | None,
) -> None:
    """Draw the network as one offline HTML page; with an ENTITY, it and what it is linked to.

    \b
    regiograaf map Chemours -o chemours.html
    """
    from regiograaf import names
    from regiograaf import output as out
    from regiograaf.build import draw, surroundings
    from regiograaf.errors import UnknownTermError
    from regiograaf.projection import project
    from regiograaf.stores import opened

    graph = opened(root, letters, store)
    network = project(graph, letters=only or None, inferred=True)
    unknown = [key for key in only if key not in network.graph["letters"]]
    if unknown:
        raise UnknownTermError(f'no letter "{unknown[0]}". Use one of: {", ".join(network.graph["letters"])}.')
    title = {}
    if entity is not None:
        iri = names.resolve(graph, entity)
        network = surroundings(network, iri, inferred=inferred)
        title = {"title": f"Wie is verbonden met {names.labels(graph).get(iri, entity)}?"}
    out.write(draw(network, root, **title, inferred=inferred), output)
    if output != "-":
        follow = sum(origin == "inferred" for *_, origin in network.edges(data="origin"))
        counted = _count(network.number_of_edges() - follow, "relation") + (f", {follow} inferred" if follow else "")
        click.echo(f"{output}: {len(network)} entities, {counted}.", err=True)


@main.command()
@click.option("--letter", "only", multiple=True, help="Only this letter (key); repeatable.")
@click.option("--all", "everything", is_flag=True, help="Every sentence, not only those without claim or reason.")
@_format(*_ROWS)
@_letters
@click.pass_obj
def coverage(root: Path, only: tuple[str, ...], everything: bool, form: str, letters: Path | None) -> None:
    """List the sentences of the letters that are not encoded yet, with the known names in them.

    \b
    regiograaf coverage --letters ../letters
    """
    from regiograaf import output as out
    from regiograaf.build import read_covered
    from regiograaf.coverage import summary

    rows = [row for row in read_covered(root, letters) if not only or row.letter in only]
    shown = [row for row in rows if everything or row.open]
    lines = [(r.letter, r.sentence.number, r.sentence.section, r.claims, r.reason, ", ".join(r.named)) for r in shown]
    out.write(out.table(("letter", "sentence", "section", "claims", "reason", "names"), lines, form), "-")
    total, claimed, reasoned, bare = summary(rows)
    click.echo(f"{total} sentences: {claimed} with a claim, {reasoned} with a reason for none.", err=True)
    click.echo(f"Of the sentences that name two entities {bare:.1%} have no claim.", err=True)
    if any(row.open for row in rows):
        sys.exit(1)


def _triple(command: _Command) -> _Command:
    for name in ("object_", "relation", "subject"):
        command = click.argument(name, metavar=name.rstrip("_").upper())(command)
    return command


@main.command()
@_triple
@click.option("--axioms", is_flag=True, help="Show what of the ontology each rule was made from.")
@_format("tree", "json", "dot", "turtle")
@_output
@_letters
@_store
@click.pass_obj
def why(
    root: Path,
    subject: str,
    relation: str,
    object_: str,
    axioms: bool,
    form: str,
    output: str,
    letters: Path | None,
    store: str | None,
) -> None:
    """Explain why SUBJECT RELATION OBJECT holds, down to the passages (labels, CURIEs or IRIs).

    \b
    regiograaf why "provincie Zuid-Holland" "is betrokken bij" PFAS-dossier
    regiograaf why gm:gm0505 a tooiont:Gemeente -f turtle
    """
    from regiograaf import derivations
    from regiograaf import output as out
    from regiograaf.explanations import explain
    from regiograaf.stores import opened

    graph = opened(root, letters, store)
    derivation = explain(graph, derivations.asked(graph, subject, relation, object_))
    names = derivations.Names(graph, "nl", words="en")
    if form == "json":
        text = derivations.to_json(derivation, names)
    elif form == "dot":
        text = derivations.dot(derivation, names)
    elif form == "turtle":
        text = derivations.turtle(derivation, derivations.Names(graph, "nl"), derivations.Names(graph, "en"))
    else:
        text = derivations.tree(derivation, names, axioms=axioms, width=out.width(), colour=out.coloured(output))
    out.write(text, output)


@main.command("why-not")
@_triple
@click.option("--all", "everything", is_flag=True, help="Every row, not only the first ten of a part.")
@_format("text", "json")
@_output
@_letters
@_store
@click.pass_obj
def why_not(
    root: Path,
    subject: str,
    relation: str,
    object_: str,
    everything: bool,
    form: str,
    output: str,
    letters: Path | None,
    store: str | None,
) -> None:
    """Say why SUBJECT RELATION OBJECT is no fact: which premise is missing, and which claims come close.

    \b
    regiograaf why-not "provincie Zuid-Holland" "werkt samen met" Chemours
    """
    from regiograaf import derivations
    from regiograaf import output as out
    from regiograaf.explanations import Explainer
    from regiograaf.stores import opened

    graph = opened(root, letters, store)
    explainer, triple = Explainer(graph), derivations.asked(graph, subject, relation, object_)
    if explainer.says(triple):
        click.echo("The graph says so; regiograaf why explains it.", err=True)
        return
    answer, names = explainer.why_not(triple), derivations.Names(graph, "nl", words="en")
    text = derivations.why_not_text(answer, names, most=None if everything else 10, width=out.width())
    if not text:
        click.echo("No letter says so, in any modality.", err=True)
    if form == "json":
        text = derivations.why_not_json(answer, names)
    out.write(text, output)


@main.command()
@_store
@click.option("--graph-store", default="", metavar="URL", help="Where graphs are put, if not known of the service.")
@click.option("--update", default="", metavar="URL", help="Where updates go, if not known of the service.")
@click.option("--prune", is_flag=True, help="Remove graphs of regiograaf that are only in the store.")
@_format(*_ROWS)
@_letters
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
            quads_of(root, letters), store, graph_store=graph_store, update=update, prune=prune, progress=_progress
        )
    finally:
        _progress("")
    lines = [(row.graph.removeprefix(GRAPHS), row.triples, row.action, round(row.seconds, 2)) for row in rows]
    out.write(out.table(("graph", "triples", "action", "seconds"), lines, form), "-")
    click.echo(f"{store}: {sum(row.triples for row in rows)} triples in {_count(len(rows), 'graph')}.", err=True)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=10.0, show_default=True, help="Seconds for a query.")
@click.option("--workers", type=click.IntRange(1), default=4, show_default=True, help="Processes that answer queries.")
@_letters
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
