"""Functions over arrays, compiled when they are first called; and work on blocks, two at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from numba import njit

__all__ = ["THREADS", "compiled", "in_blocks", "part"]

THREADS = 2

A = TypeVar("A")
T = TypeVar("T")


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function over arrays as numba compiles it; it lets other threads run."""
    try:
        made: Callable[..., Any] = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # neither the folder of the code nor a cache of the user can be written
        made = njit(nogil=True)(function)
    return made


def part(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that becomes part of those that call it: handing many columns on costs time."""
    made: Callable[..., Any] = njit(inline="always")(function)
    return made


def in_blocks(work: Callable[[A, A], T], bounds: Sequence[tuple[A, A]]) -> Iterator[T]:
    """Yield `work(begin, end)` of each block in order, while the next ones are worked on."""
    if len(bounds) < 2:
        yield from (work(*block) for block in bounds)
        return
    with ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(lambda block: work(*block), bounds)
