"""Pairs of rows: what scoring gives, and comparisons that every set of weights uses."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.apart import days_apart
from trucewatch.incidents.candidates import Candidates
from trucewatch.incidents.coded import Coded
from trucewatch.incidents.features import Features

__all__ = ["Pairs", "busyness", "equal", "in_order", "looked_up"]

Ints = npt.NDArray[np.int64]
T = TypeVar("T", bound=Hashable)

_DENSE = 1 << 21


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Scored pairs above the floor: rows `first` < `second`, total and terms in micro-log-odds."""

    first: Ints
    second: Ints
    total: Ints
    terms: npt.NDArray[np.int32]
    """Shape (pairs, len(TERMS)), columns in the order of TERMS."""

    def __len__(self) -> int:
        return len(self.first)

    def take(self, which: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Pairs:
        """Return these pairs."""
        return Pairs(self.first[which], self.second[which], self.total[which], self.terms[which])


def in_order(parts: Sequence[Pairs]) -> Pairs:
    """Return the pairs of all parts by (first, second)."""
    first, second, total = (np.concatenate([getattr(one, name) for one in parts]) for name in ("first", "second", "total"))
    order = np.argsort(first * (second.max(initial=0) + 1) + second)  # no pair is there twice
    terms = np.concatenate([one.terms for one in parts])
    return Pairs(first[order], second[order], total[order], terms[order])


def busyness(rows: Features, candidates: Candidates) -> Ints:
    """Return for each report how many others lie within its reach on the same day, shape (n, 3).

    Of all; of those where the sides of both reports are known; and of those whose sides are the same as its own.
    """
    near = days_apart(rows, candidates.first, candidates.second) < 0
    first, second = candidates.first[near], candidates.second[near]
    by, against = rows.by.codes, rows.against.codes
    sided = (by >= 0) & (against >= 0)
    told = sided[first] & sided[second]
    same = told & (by[first] == by[second]) & (against[first] == against[second])
    return np.stack([_ends(first[which], second[which], len(rows)) for which in (slice(None), told, same)], axis=1)


def _ends(first: Ints, second: Ints, count: int) -> Ints:
    """Return how many pairs each row is an end of."""
    found = np.bincount(first, minlength=count) + np.bincount(second, minlength=count)
    return np.asarray(found, dtype=np.int64)


def equal(column: Coded[T], first: Ints, second: Ints) -> npt.NDArray[np.bool_]:
    """Whether both rows of each pair have one known value."""
    equal = (column.codes[first] == column.codes[second]) & (column.codes[first] >= 0)
    return np.asarray(equal, dtype=bool)


def looked_up(column: Coded[T], first: Ints, second: Ints, compare: Callable[[T, T], int]) -> Ints:
    """Return `compare` of the values of each pair, each pair of values compared once; 0 if
    unknown. `compare` must not mind which value comes first.
    """
    one, other = column.codes[first], column.codes[second]
    known = (one >= 0) & (other >= 0)
    size = len(column.values)
    keys = np.where(known, np.minimum(one, other) * size + np.maximum(one, other), -1)
    result = np.zeros(len(first), dtype=np.int64)
    if not known.any():
        return result
    if size * size <= _DENSE:
        asked = np.zeros(size * size, dtype=bool)
        asked[keys[known]] = True
        distinct, inverse = np.flatnonzero(asked), None
    else:
        distinct, inverse = np.unique(keys[known], return_inverse=True)
    answers = np.array(
        [
            compare(column.values[key // size], column.values[key % size])
            for key in distinct.tolist()
        ],
        dtype=np.int64,
    )
    if inverse is None:
        table = np.zeros(size * size, dtype=np.int64)
        table[distinct] = answers
        result[known] = table[keys[known]]
    else:
        result[known] = answers[inverse]
    return result
