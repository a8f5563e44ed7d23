"""Commands that explain: why something holds, why it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from regiograaf.cli.options import with_format, with_letters, with_output, with_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_Command = TypeVar("_Command", bound="Callable[..., Any]")


def _with_triple(command: _Command) -> _Command:
    for name in ("object_", "relation", "subject"):
        command = click.argument(name, metavar=name.rstrip("_").upper())(command)
    return command


@click.command()
@_with_triple
@click.option("--axioms", is_flag=True, help="Show what of the ontology each rule was made from.")
@with_format("tree", "json", "dot", "turtle")
@with_output
@with_letters
@with_store
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


@click.command("why-not")
@_with_triple
@click.option("--all", "everything", is_flag=True, help="Every row, not only the first ten of a part.")
@with_format("text", "json")
@with_output
@with_letters
@with_store
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
