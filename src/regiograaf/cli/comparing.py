"""Commands that hold letters and their encoding side by side: coverage, compare, anchor."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from regiograaf.cli.options import ROWS, PathType, count, with_format, with_letters, with_output

if TYPE_CHECKING:
    from pathlib import Path

    from regiograaf.coverage import Covered

_language = click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Of an .html page."
)


@click.command()
@click.argument("letter", nargs=-1)
@click.option(
    "--by",
    type=click.Choice(["sentence", "name", "section", "letter"]),
    default="sentence",
    show_default=True,
    help="What a row is: an open sentence, a name not linked, or the totals of a section or letter.",
)
@click.option("--all", "everything", is_flag=True, help="Every sentence, not only those without claim or reason.")
@_language
@with_format(*ROWS)
@with_output
@with_letters
@click.pass_obj
def coverage(
    root: Path,
    letter: tuple[str, ...],
    by: str,
    everything: bool,
    language: str,
    form: str,
    output: str,
    letters: Path | None,
) -> None:
    """List the sentences of the letters that are not encoded yet, and the known names that no claim speaks of.

    LETTER is a key or title; without one, all letters. An output that ends in .html shows each letter with its claims.

    \b
    regiograaf coverage --letters ../letters
    regiograaf coverage drechtsteden --by name --letters ../letters
    regiograaf coverage drechtsteden -o dekking.html --letters ../letters
    """
    from regiograaf import output as out
    from regiograaf.coverage import covered, summary
    from regiograaf.dataset import compile_project, read_project
    from regiograaf.errors import SourceError
    from regiograaf.titles import named

    if letters is None:
        raise SourceError("coverage needs the letters' texts. Add --letters DIR, or set REGIOGRAAF_LETTERS.")
    project = read_project(root)
    keys = {named(project, name) for name in letter}
    build = compile_project(project, letters)
    rows = covered(build, keys)
    if output.endswith(".html"):
        from regiograaf.coverage.page import page
        from regiograaf.dataset import nquads, to_store
        from regiograaf.names import labels

        told = labels(to_store(nquads(build.graphs), merge=False), language)
        out.write(page(build, rows, told, "en" if language == "en" else "nl"), output)
    else:
        head, lines = _covered(rows, by, everything)
        out.write(out.table(head, lines, form), output)
    total, claimed, reasoned, bare = summary(rows)
    click.echo(f"{total} sentences: {claimed} with a claim, {reasoned} with a reason for none.", err=True)
    click.echo(f"Of the sentences that name two entities {bare:.1%} have no claim.", err=True)
    names, loose = sum(len(row.named) for row in rows), sum(len(row.unlinked) for row in rows)
    click.echo(f"Of {count(names, 'known name')} in a sentence {loose} are not linked by a claim on it.", err=True)
    if any(row.open for row in rows):
        sys.exit(1)


def _covered(rows: list[Covered], by: str, everything: bool) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    from regiograaf.coverage import tally
    from regiograaf.prefixes import shrink

    if by == "sentence":
        shown = [row for row in rows if everything or row.open]
        return ("letter", "sentence", "section", "claims", "reason", "names"), [
            (r.letter, r.sentence.number, r.sentence.section, r.claims, r.reason, ", ".join(r.named)) for r in shown
        ]
    if by == "name":
        return ("letter", "sentence", "section", "claims", "name", "label", "entity"), [
            (r.letter, r.sentence.number, r.sentence.section, r.claims, name.text, name.label, shrink(name.entity))
            for r in rows
            for name in r.unlinked
        ]
    head = ("sentences", "claimed", "reason", "open", "claims", "names", "unlinked")
    counted = [
        (t.sentences, t.claimed, t.reasoned, t.open, t.claims, t.names, t.unlinked, t.letter, t.section)
        for t in tally(rows, by == "section")
    ]
    if by == "letter":
        return ("letter", *head), [(letter, *numbers) for *numbers, letter, _ in counted]
    return ("letter", "section", *head), [(letter, section, *numbers) for *numbers, letter, section in counted]


@click.command()
@click.argument("first", metavar="LETTER")
@click.argument("others", metavar="LETTER", nargs=-1, required=True)
@click.option(
    "--by",
    type=click.Choice(["letter", "sentence", "claim", "theme"]),
    default="letter",
    show_default=True,
    help="What a row is.",
)
@_language
@with_format(*ROWS)
@with_output
@with_letters
@click.pass_obj
def compare(
    root: Path,
    first: str,
    others: tuple[str, ...],
    by: str,
    language: str,
    form: str,
    output: str,
    letters: Path | None,
) -> None:
    """Compare letters: what all of them say, and what is told to one only; the own region's name counts as equal.

    LETTER is a letter of the project (key or title), or a file. An output that ends in .html has the passages side by
    side.

    \b
    regiograaf compare drechtsteden haagse-regio leidse-regio --letters ../letters
    regiograaf compare oud.txt nieuw.docx --by sentence
    regiograaf compare drechtsteden leidse-regio -o vergelijking.html --letters ../letters
    """
    from regiograaf import output as out
    from regiograaf.comparison import compare as side_by_side
    from regiograaf.dataset import compile_project, nquads, read_project, to_store
    from regiograaf.errors import SourceError
    from regiograaf.names import labels

    build = compile_project(read_project(root), letters)
    store = to_store(nquads(build.graphs), merge=False)
    dutch = labels(store)
    found = side_by_side(build, (first, *others), dutch)
    if output.endswith(".html"):
        from regiograaf.comparison.page import page

        told = labels(store, language) if language != "nl" else dutch
        out.write(page(found, told, "en" if language == "en" else "nl"), output)
    else:
        from regiograaf.comparison.rows import rows

        if by == "sentence" and not found.whole:
            raise SourceError("sentences need the letters' texts. Add --letters DIR, or set REGIOGRAAF_LETTERS.")
        head, lines = rows(found, by, dutch)
        out.write(out.table(head, lines, form), output)
    if not found.whole:
        missing = ", ".join(text.key for text in found.texts if not text.sentences)
        click.echo(
            f"No text of {missing}: only claims are compared. --letters DIR tells where the texts are.", err=True
        )
    else:
        everywhere = sum(len(passage.holders) == len(found.texts) for passage in found.passages)
        own = sum(passage.state == "own" for passage in found.passages)
        total = len(found.passages)
        click.echo(f"{count(total, 'different sentence')}: {everywhere} in all, {own} in one letter only.", err=True)
    files = [text.key for text, encoded in zip(found.texts, found.encoded, strict=True) if not encoded]
    if files:
        click.echo(f"No claims of {', '.join(files)}: only letters of the project have claims.", err=True)


@click.command()
@click.argument("letter")
@click.argument("file", type=PathType(exists=True, dir_okay=False))
@click.option("--all", "everything", is_flag=True, help="Every passage, not only those that are not where they were.")
@click.option("--write", is_flag=True, help="Write the new places into the letter's files.")
@click.option("-o", "--output", type=PathType(dir_okay=False), help="Write the letter's Turtle with them to this file.")
@with_format(*ROWS)
@with_letters
@click.pass_obj
def anchor(
    root: Path,
    letter: str,
    file: Path,
    everything: bool,
    write: bool,
    output: Path | None,
    form: str,
    letters: Path | None,
) -> None:
    """Find the passages of a LETTER (key or title) again in FILE, its text that has changed.

    Each is unchanged, moved, reworded (read it again), twofold (two places fit equally; none is taken) or lost. With
    the old text in --letters, sentences are compared word for word; else by anchor, fingerprint, length and order.

    \b
    regiograaf anchor drechtsteden nieuwe-versie.txt
    regiograaf anchor drechtsteden nieuwe-versie.txt --write

    Exit 1 when passages are reworded, twofold or lost.
    """
    from regiograaf import output as out
    from regiograaf.dataset import read_project
    from regiograaf.drift import STATES, drift, read_text
    from regiograaf.errors import ReleaseError
    from regiograaf.titles import named

    project = read_project(root)
    key = named(project, letter)
    found = drift(project, key, read_text(file), letters)
    shown = [row for row in found.rows if everything or row.found.state != "unchanged"]
    lines = [
        (
            row.key,
            row.found.state,
            *(row.found.spot.begin, row.found.spot.end),
            *((row.found.begin, row.found.end, round(row.found.similarity, 2)) if row.found.placed else (None,) * 3),
            "" if not row.found.placed else "kept" if row.keeps_anchor else "gone",
            row.anchor,
        )
        for row in shown
    ]
    head = ("block", "state", "begin", "end", "new_begin", "new_end", "similarity", "anchor", "words")
    out.write(out.table(head, lines, form), "-")
    told = ", ".join(f"{found.count(state)} {state}" for state in STATES)
    how = "with the old text" if found.compared else "without the old text"
    click.echo(f"{count(len(found.rows), 'passage')} ({how}): {told}.", err=True)
    if write or output is not None:
        files = found.files()
        if output is not None:
            out.write(files[found.head.path], str(output))
            click.echo(f"{output}: written.", err=True)
        if write:
            for path in files:
                if not (root / path).is_file():
                    raise ReleaseError(f"{root / path}: not there, and the package is not written to. Use -o FILE.")
            for path, text in reversed(files.items()):
                out.write(text, str(root / path))
                click.echo(f"{path}: written.", err=True)
    if any(found.count(state) for state in STATES[2:]):
        sys.exit(1)
