"""The reference of the command line, made of the commands themselves."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

__all__ = ["Command", "Option", "read"]

PROGRAM = "regiograaf"


@dataclass(frozen=True, slots=True)
class Option:
    """An option: how it is written, what it does, and what holds when it is left out."""

    names: str
    help: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `help` is its paragraphs, (as typed, text)."""

    name: str
    usage: str
    help: tuple[tuple[bool, str], ...]
    options: tuple[Option, ...]


def read() -> list[Command]:
    """The program itself, then every command in order of name; what is hidden is left out."""
    # The command line is a room below this one: it is looked at here, and nothing of it is used.
    main: click.Group = pkgutil.resolve_name("regiograaf.cli:main")
    whole = click.Context(main, info_name=PROGRAM, **main.context_settings)
    found = [_command(main, PROGRAM, whole)]
    for name in sorted(main.commands):
        if not main.commands[name].hidden:
            context = click.Context(main.commands[name], info_name=name, parent=whole)
            found.append(_command(main.commands[name], name, context))
    return found


def _command(command: click.Command, name: str, context: click.Context) -> Command:
    help_names = set(context.help_option_names) if context.parent else set()
    options = (
        _option(param, context)
        for param in command.get_params(context)
        if isinstance(param, click.Option) and not param.hidden and not help_names & set(param.opts)
    )
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    return Command(name, usage, tuple(_paragraphs(command.help or "")), tuple(options))


def _paragraphs(text: str) -> Iterator[tuple[bool, str]]:
    """The paragraphs of a help text; those that click shows as they are typed are marked."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        typed = paragraph.startswith("\b\n")
        yield typed, paragraph.removeprefix("\b\n") if typed else " ".join(paragraph.split())


def _option(option: click.Option, context: click.Context) -> Option:
    names = ", ".join((*option.opts, *option.secondary_opts))
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    if not (option.is_flag or option.count or choices):
        names += f" {option.make_metavar(context)}"
    facts = []
    if choices:
        facts.append(f"one of {', '.join(f'`{choice}`' for choice in choices)}")
    extra = option.get_help_extra(context)
    if "range" in extra:
        facts.append(f"`{extra['range']}`")
    if option.required:
        facts.append("required")
    if option.multiple:
        facts.append("may be given more than once")
    default = option.to_info_dict()["default"]
    if not option.is_flag and _told(default):
        facts.append(f"default `{default}`")
    if option.envvar:
        several = (option.envvar,) if isinstance(option.envvar, str) else option.envvar
        facts.append(f"environment {', '.join(f'`{name}`' for name in several)}")
    return Option(names, option.help or "", tuple(facts))


def _told(default: Any) -> bool:
    return isinstance(default, str | int | float) and not isinstance(default, bool) and default != ""
