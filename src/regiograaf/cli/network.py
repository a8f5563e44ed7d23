"""Commands that measure the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from regiograaf.cli.options import ROWS, VIEWS, with_format, with_output, with_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import networkx as nx
    import pyoxigraph as ox

    _Columns = dict[str, Callable[[Any], Any]]
    """The columns of an output: the head of each, and how to get its value from a row."""

_Command = TypeVar("_Command", bound="Callable[..., Any]")
MEASURES = (
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "eigenvector",
    "pagerank",
    "core",
    "constraint",
    "effective-size",
    "brokerage",
    "coordinator",
    "consultant",
    "gatekeeper",
    "representative",
    "liaison",
    "articulation",
    "bridges",
    "two-mode-degree",
    "two-mode-closeness",
    "two-mode-betweenness",
)
WEIGHINGS = ("claims", "letters", "passages", "templates")
_LEFT_OUT = "when each letter in turn is left out"


def with_part(command: _Command) -> _Command:
    """The options that say what of the network is measured."""
    options = (
        click.option("--view", type=click.Choice(VIEWS), default="all", show_default=True, help="Who or what."),
        click.option(
            "--weighing", type=click.Choice(WEIGHINGS), default="claims", show_default=True, help="What a claim weighs."
        ),
        click.option("--modality", "modalities", multiple=True, help="Only claims of this modality; repeatable."),
        click.option(
            "--existing", is_flag=True, help="Only what exists: nothing intended, asked for, denied or ended."
        ),
        click.option("--without-senders", is_flag=True, help="Leave out whoever wrote a letter."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _taken(graph: ox.Store, existing: bool, modalities: Sequence[str], **part: Any) -> tuple[nx.MultiDiGraph, Any]:
    """The network, and the options of `analysis` for the part that is asked for."""
    from regiograaf import views
    from regiograaf.projection import project

    network = project(graph)
    options = {**part, "modalities": modalities or None}
    return views.existing(network) if existing else network, options


def _say_what_counts(existing: bool, modalities: Sequence[str]) -> None:
    if not existing and not modalities:
        click.echo("Claims of every modality count, also what is only intended; --existing leaves that out.", err=True)


@click.command()
@click.option("--by", type=click.Choice(MEASURES), default="betweenness", show_default=True, help="The measure.")
@click.option("--between", type=click.Choice(("region", "layer")), help="What brokerage and its roles are between.")
@with_part
@click.option(
    "--compare",
    nargs=2,
    metavar="NOW THEN",
    help="What changes when claims of THEN come true beside those of NOW: modalities, joined by commas.",
)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many rows.")
@click.option("--plot", metavar="FILE", help="Also draw these rows, as SVG, in this file.")
@with_format(*ROWS)
@with_output
@with_store
@click.pass_obj
def rank(
    root: Path,
    /,
    by: str,
    between: str | None,
    compare: tuple[str, str] | None,
    top: int,
    plot: str | None,
    form: str,
    output: str,
    store: str | None,
    **part: Any,
) -> None:
    """Rank entities in the network of claims, with how sure each place is.

    Each letter in turn is left out; the lowest and highest place and score stand beside those of the whole.

    \b
    regiograaf rank --by brokerage --modality bestaand
    regiograaf rank --compare bestaand voorgenomen,afgesproken
    regiograaf rank --by brokerage --plot schakels.svg
    """
    from regiograaf import analysis
    from regiograaf.stores import opened

    if compare and (part["modalities"] or part["existing"]):
        raise click.UsageError("--compare names the modalities itself. Leave --modality and --existing out.")
    if compare and plot:
        raise click.UsageError("--plot draws a ranking, not a comparison. Leave one of the two out.")
    (network, options), measure = _taken(opened(root, url=store), **part), analysis.MEASURES[by]
    if compare:
        now, then = (names.split(",") for names in compare)
        del options["modalities"]
        changes = analysis.compare(network, now, then, by=by, groups=between, **options)
        _write(_changes(form), changes[:top], output, form)
    else:
        rows = analysis.rank(network, by=by, groups=between, **options)
        _write(_ranks(by, form), rows[:top], output, form)
        if plot:
            from regiograaf.output import write
            from regiograaf.plots.ranks import ranks

            write(ranks(network, rows[:top], by), plot)
        _say_what_counts(part["existing"], part["modalities"])
    click.echo(f"{by}: {measure.meaning_en} doi:{measure.source}", err=True)
    if not compare and rows and rows[0].best:
        click.echo(f"places, scores: the lowest and highest {_LEFT_OUT}.", err=True)
    names = sorted({letter["sender"] for letter in network.graph["letters"].values()})
    said = f"Without the senders: {'; '.join(names)}." if part["without_senders"] else analysis.SENDER_BIAS_EN
    click.echo(said, err=True)


@click.command()
@with_part
@click.option("--runs", type=click.IntRange(1), default=20, show_default=True, help="Of how many runs the best.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many rows.")
@with_format(*ROWS)
@with_output
@with_store
@click.pass_obj
def communities(root: Path, /, runs: int, top: int, form: str, output: str, store: str | None, **part: Any) -> None:
    """List the communities: groups that are linked more among themselves than by chance.

    \b
    regiograaf communities --view actors
    """
    from regiograaf import analysis
    from regiograaf.stores import opened

    network, options = _taken(opened(root, url=store), **part)
    found = analysis.communities(network, runs=runs, **options)
    columns: _Columns = {
        "community": lambda row: row.number,
        "size": lambda row: row.size,
        "names": lambda row: list(row.names) if form == "json" else "; ".join(row.names),
        "inside": lambda row: row.inside,
        "stability": lambda row: row.stability,
        "claims": lambda row: _iris(row.claims, form),
    }
    if form != "table":
        columns["members"] = lambda row: _iris(row.members, form)
    _write(columns, found.rows[:top], output, form)
    _say_what_counts(part["existing"], part["modalities"])
    number = len(found.rows)
    click.echo(
        f"{number} {'community' if number == 1 else 'communities'}, modularity {found.modularity:.3f}. "
        f"The {found.runs} runs agree {found.stability:.2f} with each other (mean adjusted Rand index).",
        err=True,
    )
    if found.low is not None:
        click.echo(f"Agreement {_LEFT_OUT}: {_span(found.low, found.high)}.", err=True)
    click.echo("names: who is linked best inside. inside: share of the members' ties that stay inside.", err=True)


@click.command()
@click.argument("start")
@click.argument("end")
@with_part
@click.option("--top", type=click.IntRange(1), default=10, show_default=True, help="How many paths at most.")
@with_format(*ROWS)
@with_output
@with_store
@click.pass_obj
def paths(
    root: Path, /, start: str, end: str, top: int, form: str, output: str, store: str | None, **part: Any
) -> None:
    """Show the shortest paths from START to END (labels, CURIEs or IRIs), with the claims of each step.

    A step is shorter the more claims join its two ends.

    \b
    regiograaf paths Chemours "provincie Zuid-Holland"
    """
    from regiograaf import analysis, names
    from regiograaf.stores import opened

    graph = opened(root, url=store)
    network, options = _taken(graph, **part)
    ends = [names.resolve(graph, name) for name in (start, end)]
    found = analysis.paths(network, *ends, most=top, **options)
    claims = {claim: (u, v, edge) for u, v, claim, edge in network.edges(keys=True, data=True)}
    label = dict(network.nodes(data="label"))
    rows = [
        (number, place, *claims[claim], claim)
        for number, path in enumerate(found, 1)
        for place, step in enumerate(path.steps, 1)
        for claim in step.claims
    ]
    columns: _Columns = {
        "path": lambda row: row[0],
        "step": lambda row: row[1],
        "claim": lambda row: f"{label[row[2]]} — {row[4]['relation']} — {label[row[3]]}",
        "modality": lambda row: row[4]["modality"],
        "letters": lambda row: ", ".join(dict.fromkeys(piece["letter"] for piece in row[4]["evidence"])),
        "iri": lambda row: row[5],
    }
    if form == "table":
        del columns["iri"]
    _write(columns, rows, output, form)
    _say_what_counts(part["existing"], part["modalities"])
    for number, path in enumerate(found, 1):
        rests = f" It rests on {', '.join(path.rests_on)}." if path.rests_on else ""
        click.echo(f"{number}: {' – '.join(path.labels)}, distance {path.distance:.3g}.{rests}", err=True)
    if not found:
        click.echo("No path joins the two.", err=True)


@click.command()
@with_part
@with_format(*ROWS)
@with_output
@with_store
@click.pass_obj
def figures(root: Path, /, form: str, output: str, store: str | None, **part: Any) -> None:
    """Describe the network as a whole: density in and between layers, reciprocity, assortativity, bridges.

    \b
    regiograaf figures --view actors
    """
    from regiograaf import analysis
    from regiograaf.stores import opened

    network, options = _taken(opened(root, url=store), **part)
    found = analysis.figures(network, **options)
    columns: _Columns = {
        "figure": lambda row: row.label_en,
        "value": lambda row: row.value,
        "low": lambda row: row.low,
        "high": lambda row: row.high,
        "count": lambda row: row.count,
        "of": lambda row: row.possible,
        "claims": lambda row: _iris(row.claims, form),
    }
    _write(columns, found, output, form)
    _say_what_counts(part["existing"], part["modalities"])
    for name, measure in analysis.FIGURES.items():
        click.echo(f"{name}: {measure.meaning_en}", err=True)
    if any(row.low is not None for row in found):
        click.echo(f"low, high: the lowest and highest {_LEFT_OUT}.", err=True)


def _write(columns: _Columns, rows: Sequence[Any], output: str, form: str) -> None:
    from regiograaf import output as out

    lines = [tuple(value(row) for value in columns.values()) for row in rows]
    out.write(out.table(tuple(columns), lines, form), output)


def _ranks(by: str, form: str) -> _Columns:
    if form == "table":
        return {
            "place": lambda row: row.place,
            "places": lambda row: _span(row.best, row.worst),
            "entity": lambda row: row.label,
            by: lambda row: row.score,
            "scores": lambda row: _span(row.low, row.high),
            "letters": lambda row: row.letters,
            "claims": lambda row: len(row.claims),
        }
    return {
        "place": lambda row: row.place,
        "best": lambda row: row.best,
        "worst": lambda row: row.worst,
        "entity": lambda row: row.label,
        "iri": lambda row: row.entity,
        "kind": lambda row: row.kind,
        by: lambda row: row.score,
        "low": lambda row: row.low,
        "high": lambda row: row.high,
        "letters": lambda row: row.letters,
        "claims": lambda row: _iris(row.claims, form),
    }


def _changes(form: str) -> _Columns:
    columns: _Columns = {
        "entity": lambda row: row.label,
        "iri": lambda row: row.entity,
        "kind": lambda row: row.kind,
        "place before": lambda row: row.before,
        "place after": lambda row: row.after,
        "change": lambda row: row.rise,
        "score before": lambda row: row.score_before,
        "score after": lambda row: row.score_after,
        "claims": lambda row: _iris(row.claims, form),
    }
    if form == "table":
        del columns["iri"], columns["kind"]
    return columns


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return f"{low:.3g}" if low == high else f"{low:.3g} … {high:.3g}"


def _iris(claims: Sequence[str], form: str) -> Any:
    """Claims as a number for the eye, as IRIs for a program."""
    if form == "table":
        return len(claims)
    return list(claims) if form == "json" else " ".join(claims)
