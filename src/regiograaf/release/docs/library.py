"""The reference of the library, made of its public names, signatures and docstrings."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

__all__ = ["Name", "Room", "read"]

FRONT = "regiograaf"
ROOMS = (
    "library",
    "notebook",
    "explanations",
    "reader.draft",
    "stores",
    "letters",
    "projection",
    "views",
    "analysis",
    "comparison",
    "exports",
    "maps",
    "plots",
    "errors",
)
"""After the front door: the rooms that its functions give, and that the texts import."""
WIDTH = 96


@dataclass(frozen=True, slots=True)
class Name:
    """A public function, class or method; `told` is its docstring, (as typed, text) of each paragraph."""

    name: str
    anchor: str
    signature: str
    told: tuple[tuple[bool, str], ...]
    members: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A module with its public functions and classes, in order of name."""

    name: str
    told: tuple[tuple[bool, str], ...]
    names: tuple[Name, ...]

    @property
    def page(self) -> str:
        """The name of its page; the package itself has the first."""
        return f"library{self.name.removeprefix(FRONT).replace('.', '-')}"


def read() -> list[Room]:
    """The package itself, then its rooms, each with a page."""
    # Some rooms are below this one, or in the other half: they are looked at here, and nothing of them is used.
    modules = [pkgutil.resolve_name(FRONT), *(pkgutil.resolve_name(f"{FRONT}.{room}") for room in ROOMS)]
    return [_room(module) for module in modules]


def _room(module: ModuleType) -> Room:
    public = ((name, getattr(module, name)) for name in sorted(module.__all__, key=str.casefold))
    found = (
        _name(name, value, f"{module.__name__}.{name}")
        for name, value in public
        if inspect.isclass(value) or inspect.isroutine(value)
    )
    return Room(module.__name__, _paragraphs(module), tuple(found))


def _name(name: str, value: Any, anchor: str) -> Name:
    members = tuple(_members(value, anchor)) if inspect.isclass(value) else ()
    return Name(name, anchor, _signature(name, value), _paragraphs(value), members)


def _members(kind: type, anchor: str) -> Iterator[Name]:
    """The public methods and properties that a class defines itself, in its own order."""
    for name, value in vars(kind).items():
        if name.startswith("_"):
            continue
        if isinstance(value, property | cached_property):
            getter = value.fget if isinstance(value, property) else value.func
            given = _given(inspect.signature(getter)) if getter else ""
            yield Name(f"{kind.__name__}.{name}", f"{anchor}.{name}", f"{name}{given}", _paragraphs(value))
        elif isinstance(value, classmethod | staticmethod) or inspect.isfunction(value):
            bound = getattr(kind, name)
            full = f"{kind.__name__}.{name}"
            yield Name(full, f"{anchor}.{name}", _signature(name, bound), _paragraphs(bound))


def _given(signature: inspect.Signature) -> str:
    returned = signature.return_annotation
    return "" if returned is inspect.Signature.empty else f": {returned}"


class _Bare(str):
    """An annotation that a signature shows as it was written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _signature(name: str, value: Any) -> str:
    """A signature as it was written, without `self`; on lines of its own for each parameter when it is long."""
    try:
        found = inspect.signature(value)
    except ValueError:  # an exception without an __init__ of its own
        return name
    if inspect.isclass(value) and issubclass(value, BaseException) and "__init__" not in vars(value):
        return name
    parameters = [
        each.replace(annotation=_bare(each.annotation)) for each in found.parameters.values() if each.name != "self"
    ]
    returned = inspect.Signature.empty if inspect.isclass(value) else _bare(found.return_annotation)
    whole = found.replace(parameters=parameters, return_annotation=returned)
    line = f"{name}{whole}"
    if len(line) <= WIDTH:
        return line
    lines, keyword = [], False
    for each in parameters:
        if each.kind is each.KEYWORD_ONLY and not keyword:
            keyword = True
            if not any(other.kind is other.VAR_POSITIONAL for other in parameters):
                lines.append("*")
        lines.append(str(each))
    arrow = "" if returned is inspect.Signature.empty else f" -> {returned}"
    return "\n".join((f"{name}(", *(f"    {each}," for each in lines), f"){arrow}"))


def _bare(annotation: Any) -> Any:
    return _Bare(annotation) if isinstance(annotation, str) else annotation


def _paragraphs(value: Any) -> tuple[tuple[bool, str], ...]:
    """The paragraphs of what a thing says of itself; examples are marked, and what is inherited is left out."""
    text = vars(value).get("__doc__") if inspect.isclass(value) else getattr(value, "__doc__", None)
    if not text or (inspect.isclass(value) and text.startswith(f"{value.__name__}(")):
        return ()
    found = []
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        typed = paragraph.startswith((">>> ", "    ", "- ", "| "))
        plain = paragraph if typed else " ".join(paragraph.split())
        found.append((typed, plain.replace("  # doctest: +SKIP", "").rstrip()))
    return tuple((typed, text) for typed, text in found if text)
