"""Distinct values laid out once, and the numbers by which many rows take them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence, Sized
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["Numbers", "Objects", "coded", "extents", "objects", "ranks", "runs"]

Numbers = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]
_Value = TypeVar("_Value")


def objects(values: Sequence[Any]) -> Objects:
    """Return the values as an array of Python objects."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def coded(
    values: Sequence[_Value], key: Callable[[_Value], Hashable]
) -> tuple[list[_Value], Numbers]:
    """Return the first value of each key, and for each value the place of its first."""
    places: dict[Hashable, int] = {}
    firsts: list[_Value] = []
    codes = []
    for value in values:
        place = places.setdefault(key(value), len(firsts))
        if place == len(firsts):
            firsts.append(value)
        codes.append(place)
    return firsts, np.array(codes, dtype=np.int64)


def ranks(values: Sequence[str]) -> Numbers:
    """Return for each value its rank among the distinct ones, from 0."""
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([places[value] for value in values], dtype=np.int64)


def extents(lists: Sequence[Sized]) -> tuple[Numbers, Numbers]:
    """Return how long each list is, and where it starts when one is laid after the other."""
    lengths = np.array([len(one) for one in lists], dtype=np.int64)
    return lengths, np.cumsum(lengths) - lengths


def runs(starts: Numbers, lengths: Numbers) -> Numbers:
    """Return start, start + 1, … for each run of this length, one run after the other."""
    before = np.cumsum(lengths) - lengths
    found: Numbers = np.arange(lengths.sum()) + np.repeat(starts - before, lengths)
    return found
