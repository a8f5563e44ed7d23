"""Running a kernel: compiled where that pays and numba is installed (the extra `fast`), else as it stands."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

__all__ = ["Run", "in_parts", "runner"]

PARTS = 16
"""In how many parts long work is done; not a matter of the machine, so that sums are added up in the same order."""


class Run:
    """One way to run kernels: rows of numbers are arrays when compiled, lists when not."""

    def __init__(self, *, fast: bool) -> None:
        self.fast = fast

    def row(self, values: Any) -> Any:
        """A copy of some numbers as a row to read from or to fill."""
        return np.array(values) if self.fast else np.asarray(values).tolist()

    def filled(self, count: int, value: Any) -> Any:
        """A row of one value."""
        return np.full(count, value) if self.fast else [value] * count

    def __call__(self, kernel: Callable[..., Any], *arguments: Any) -> Any:
        return (_compiled(kernel) if self.fast else kernel)(*arguments)


@cache
def _installed() -> bool:
    return find_spec("numba") is not None


def runner(steps: float, least: float) -> Run:
    """The way to run work of so many steps; compiled from `least` on, where numba is installed."""
    return Run(fast=steps >= least and _installed())


@cache
def _compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    import numba

    try:
        made: Callable[..., Any] = numba.njit(nogil=True, cache=True)(kernel)
    except RuntimeError:  # nowhere to keep what is compiled
        made = numba.njit(nogil=True)(kernel)
    return made


def in_parts(work: Callable[[Sequence[int]], Any], count: int) -> list[Any]:
    """The results of `work` on the numbers below `count` in parts, in order, on all processors."""
    from concurrent.futures import ThreadPoolExecutor

    parts = [range(count * part // PARTS, count * (part + 1) // PARTS) for part in range(PARTS)]
    affinity = getattr(os, "sched_getaffinity", None)
    with ThreadPoolExecutor(len(affinity(0)) if affinity else os.cpu_count()) as pool:
        return list(pool.map(work, parts))
