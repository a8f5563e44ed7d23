"""Names what made a canonical text."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["maker"]


def maker(*parts: str) -> str:
    """ "regiograaf 0.4.0", with the steps or libraries that had a part in it."""
    try:
        own = version("regiograaf")
    except PackageNotFoundError:
        own = "(not installed)"
    return ", ".join([f"regiograaf {own}", *filter(None, parts)])
