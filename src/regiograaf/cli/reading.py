"""The command that reads raw letters: read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from regiograaf.cli.options import PathType, count, progress

if TYPE_CHECKING:
    from pathlib import Path

    from regiograaf.reader.draft import Draft, Reader

FORMS = ("table", "json", "turtle", "html")
LIKELY = 0.4
"""Of the claims with a lower score, most were wrong on letters held back (`benchmarks/reader/`)."""
_BY_SUFFIX = {".json": "json", ".ttl": "turtle", ".html": "html", ".htm": "html", ".txt": "table"}


@click.command()
@click.argument("source", metavar="FILE|DIR|-", type=PathType(exists=True, allow_dash=True))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="Form of the draft. Default: that of the suffix of -o, else table; of a folder turtle.",
)
@click.option(
    "-o", "--output", default="-", show_default=True, help="File to write, - is stdout; of a folder a folder."
)
@click.option("--register", "registers", type=PathType(dir_okay=False), multiple=True,
              help="CSV of more entities, with columns iri,soort,naam,varianten; repeatable.")  # fmt: skip
@click.option("--rules", type=PathType(file_okay=False), help="Folder of rules in the place of our own.")
@click.option("--min-score", type=click.FloatRange(0, 1), show_default="0.4; of what a model proposes 0",
              help="Leave out claims that are less likely right; 0 drafts all that a rule reads.")  # fmt: skip
@click.option("--key", default="", help="Key of the letter in the graph. Default: from its name.")
@click.option("--name", default="", help="Name of what stdin gives; its suffix may tell the format.")
@click.option("--texts", type=PathType(file_okay=False),
              help="Also save the text, as check verifies it, as KEY.txt in this folder.")  # fmt: skip
@click.option("--propose", metavar="URL",
              help="Also ask a language model for claims, and add those that the text bears out. Sends the sentences "
              "with two names to this OpenAI-compatible address (…/v1); key in REGIOGRAAF_LLM_KEY.")  # fmt: skip
@click.option("--model", metavar="NAME", help="Which model --propose asks.")
@click.option("--force", is_flag=True, help="Replace a Turtle file or text that is there already.")
@click.pass_obj
def read(
    root: Path,
    source: Path,
    form: str | None,
    output: str,
    registers: tuple[Path, ...],
    rules: Path | None,
    min_score: float | None,
    key: str,
    name: str,
    texts: Path | None,
    propose: str | None,
    model: str | None,
    force: bool,
) -> None:
    """Draft the encoding of a raw letter (txt, md, html, docx, pdf, eml), or of a folder of them.

    \b
    regiograaf read brief.pdf
    regiograaf read brief.docx -o data/letters/gouda.ttl --key gouda --texts letters
    regiograaf read post/ -f json -o drafts

    A draft is to be judged: check accepts it as such, build leaves it out. Exit codes: 0 all read, 1 some files of a
    folder could not be read, 2 could not run.
    """
    import gc
    from functools import partial

    from regiograaf.reader.draft import Reader

    if (propose is None) != (model is None):
        raise click.UsageError("--propose and --model go together. Give both or neither.")
    gc.disable()  # many small values, no cycles
    make = partial(Reader.of, root, registers, rules, LIKELY if min_score is None else min_score)
    if source.is_dir():
        if propose:
            raise click.UsageError("--propose is of one letter. Read the letters of a folder one by one.")
        if key or name:
            raise click.UsageError("--key and --name are of one letter. Leave them out for a folder.")
        if output == "-":
            raise click.UsageError("a folder of letters gives a folder of drafts. Name it with -o.")
        _folder(root, source, form or "turtle", output, make, texts, force)
    else:
        _letter(root, source, form, output, make, key, name, texts, force, (propose, model, min_score or 0.0))


def _letter(
    root: Path,
    source: Path,
    form: str | None,
    output: str,
    make: Any,
    key: str,
    name: str,
    texts: Path | None,
    force: bool,
    asked: tuple[str | None, str | None, float],
) -> None:
    from pathlib import Path

    from regiograaf import output as out
    from regiograaf.reader.folder import spare

    form = form or _BY_SUFFIX.get(Path(output).suffix.lower(), "table")
    if form == "turtle" and output != "-":
        spare(Path(output), force)
    reader: Reader = make()
    given = sys.stdin.buffer if str(source) == "-" else source
    draft = _proposed(reader.read(given, name or ("" if given is source else "letter"), key), reader, *asked)
    if texts is not None:
        place = texts / f"{draft.key}.txt"
        spare(place, force, draft.document.text)
        out.write(draft.document.text, str(place))
    out.write(_shown(draft, form, root), output)
    click.echo(_summary(draft), err=True)


def _proposed(draft: Draft, reader: Reader, url: str | None, model: str | None, min_score: float) -> Draft:
    """A draft with what a language model proposes, when one is asked."""
    if url is None or model is None:
        return draft
    from regiograaf.reader.chat import Chat
    from regiograaf.reader.proposals import propose

    progress(f"asking {model}")
    outcome = propose(draft, reader.rules, Chat.of(url, model), min_score)
    progress("")
    click.echo(str(outcome), err=True)
    return outcome.draft


def _folder(root: Path, source: Path, form: str, output: str, make: Any, texts: Path | None, force: bool) -> None:
    from functools import partial
    from pathlib import Path

    from regiograaf import output as out
    from regiograaf.reader.folder import jobs, letters_in, read_all

    todo = jobs(letters_in(source), source, Path(output), form, texts)
    found = []
    progress(f"reading 0 of {len(todo)}")
    for done in read_all(todo, make, partial(_shown, form=form, root=root), out.write, force=force):
        found.append(done)
        progress(f"reading {len(found)} of {len(todo)}")
    progress("")
    found.sort(key=lambda done: done.path)
    rows = [(str(d.path.relative_to(source)), d.key, d.mentions, d.claims, d.new) for d in found if not d.error]
    out.write(out.table(("file", "key", "mentions", "claims", "new"), rows, "table"), "-")
    bad = [done for done in found if done.error]
    for done in bad:
        click.echo(click.style(f"Error: {done.error}", fg="red"), err=True)
    failed = f", {len(bad)} not" if bad else ""
    click.echo(f"{output}: {count(len(rows), 'letter')} read{failed}.", err=True)
    if bad:
        sys.exit(1)


def _shown(draft: Draft, form: str, root: Path) -> str:
    if form != "table":
        from regiograaf.reader.folder import shown

        return shown(draft, form, root)
    from regiograaf import output as out
    from regiograaf.reader.record import record

    rows = [
        (
            f"{claim['score']:.2f}",
            claim["subject_label"],
            ("niet: " if claim["negated"] else "") + claim["predicate_label"],
            claim["object_label"],
            claim["modality"],
            f"{claim['start']}-{claim['end']}" + (f" p. {claim['page']}" if "page" in claim else ""),
        )
        for claim in record(draft)["claims"]
    ]
    return out.table(("score", "subject", "relation", "object", "modality", "passage"), rows, "table")


def _summary(draft: Draft) -> str:
    entities = {mention.entity for mention in draft.found.mentions}
    mentions = f"{count(len(draft.found.mentions), 'mention')} of {len(entities)} entities ({len(draft.new)} new)"
    return f"{draft.name}: {count(len(draft.claims), 'draft claim')}, {mentions}."
