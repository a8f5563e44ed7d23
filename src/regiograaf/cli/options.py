"""What commands share: types, options, and words on stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ROWS", "VIEWS", "PathType", "count", "progress", "with_format", "with_letters", "with_output", "with_store"]

_Command = TypeVar("_Command", bound="Callable[..., Any]")
ROWS = ("table", "csv", "tsv", "json")
"""Forms of an output that is rows."""
VIEWS = ("all", "actors", "actors-programmes", "actors-sharing", "programmes", "actors-themes", "themes")
"""The names of `views.VIEWS`, without what they cost to import."""


class PathType(click.Path):
    """A path as pathlib has it, which costs a tenth of the time of --help to import."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from pathlib import Path

        return Path(str(super().convert(value, param, ctx)))


def with_letters(command: _Command) -> _Command:
    return click.option(
        "--letters",
        type=PathType(file_okay=False),
        envvar="REGIOGRAAF_LETTERS",
        help="Folder with the letters' own texts: passages are verified and quoted. Also REGIOGRAAF_LETTERS.",
    )(command)


def with_store(command: _Command) -> _Command:
    return click.option(
        "--store",
        metavar="URL",
        envvar="REGIOGRAAF_STORE",
        help="Ask this SPARQL service. Also REGIOGRAAF_STORE; credentials in REGIOGRAAF_STORE_USER and …_PASSWORD.",
    )(command)


def with_format(*choices: str) -> Callable[[_Command], _Command]:
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="Form of the output.",
    )


def with_output(command: _Command) -> _Command:
    return click.option("-o", "--output", default="-", show_default=True, help="File to write; - is stdout.")(command)


def count(number: int, what: str) -> str:
    """A number with its noun.

    >>> count(2, "letter")
    '2 letters'
    """
    return f"{number} {what}{'' if number == 1 else 's'}"


def progress(step: str) -> None:
    """Say on a terminal what is being done; "" wipes the line."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{step}{' …' if step else ''}", nl=False, err=True)
