"""Columns of legs as small numbers: equal numbers, equal facts.

An input of an element is a column, or several, in which legs differ; each is coded once, and
elements that ask for the same inputs are answered together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Codes", "Ints", "coded", "combined", "first_places", "interval_codes"]

Ints = npt.NDArray[np.int64]


_WIDEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Codes:
    """A number for each leg, and what each number stands for."""

    codes: Ints
    values: Sequence[Hashable]


def coded(columns: Sequence[Iterable[Any]], length: int) -> Codes:
    """Code rows that are equal in all these columns by one number, in order of appearance."""
    known: defaultdict[Hashable, int] = defaultdict(count().__next__)
    keys: Iterable[Hashable] = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
    codes = np.fromiter(map(known.__getitem__, keys), np.int64, length)
    return Codes(codes, tuple(known))


def interval_codes(
    edges: Sequence[int], starts: npt.NDArray[Any], ends: npt.NDArray[Any]
) -> Codes:
    """Code periods by where their ends lie to sorted edges: before, on or after each of them.

    Microseconds, masked where not known; two periods with one code cannot be told apart by
    comparisons with the edges.
    """
    sorted_edges = np.array(sorted(set(edges)), dtype=np.int64)
    since, until = _ranks(sorted_edges, starts), _ranks(sorted_edges, ends)
    wide = 2 * len(sorted_edges) + 2
    return Codes(since * wide + until, range(wide * wide))


def _ranks(edges: Ints, instants: npt.NDArray[Any]) -> Ints:
    """Return 2k after the k-th edge, 2k - 1 on it; one more than all of them if not known."""
    plain = np.ma.getdata(instants)
    below = np.searchsorted(edges, plain, "left")
    ranks: Ints = (below + np.searchsorted(edges, plain, "right")).astype(np.int64)
    ranks[np.ma.getmaskarray(instants)] = 2 * len(edges) + 1
    return ranks


def combined(parts: Sequence[Codes], length: int) -> tuple[Ints, int]:
    """Return one number for each combination, and how many numbers there can be.

    Before the numbers could outgrow 62 bits, and two combinations meet in one, those so far are
    numbered anew by what occurs.
    """
    codes, width = np.zeros(length, dtype=np.int64), 1
    for one in parts:
        if width * len(one.values) >= _WIDEST:
            known, codes = np.unique(codes, return_inverse=True)
            width = len(known)
        codes = codes * len(one.values) + one.codes
        width *= len(one.values)
    return codes, width


def first_places(codes: Ints, width: int) -> tuple[Ints, Ints]:
    """Return for each distinct code the first place where it stands, and a code for each place.

    The codes returned count the distinct ones; a table over all possible codes is used where that
    is small, sorting where it is not.
    """
    if width > 4 * len(codes) + 4_000_000:
        _, places, dense = np.unique(codes, return_index=True, return_inverse=True)
        return places, dense
    first = np.full(width, -1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    present = np.flatnonzero(first >= 0)
    numbers = np.empty(width, dtype=np.int64)
    numbers[present] = np.arange(len(present))
    return first[present], numbers[codes]
