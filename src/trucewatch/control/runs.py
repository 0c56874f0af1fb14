"""Answers run-length by days: of many places and days a table that fits into memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trucewatch.control.asking import Evidence
from trucewatch.control.evidence import Ints
from trucewatch.control.weights import Floats

__all__ = ["Runs", "runs_of"]

_Short = npt.NDArray[np.int32]
_Part = tuple[_Short, _Short, npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Columns of one length, by place and then day."""

    place: _Short = field(repr=False)
    """Position in `Holdings.places`."""
    first: _Short = field(repr=False)
    last: _Short = field(repr=False)
    """Positions in `Holdings.days`, both included."""
    shares: npt.NDArray[np.float32] = field(repr=False)
    """(runs, holders): the probabilities on the first day."""

    def __len__(self) -> int:
        return len(self.place)


def runs_of(evidence: Evidence, days: Sequence[int], moved: float) -> Runs:
    """Return the runs of all places of the evidence over days in order."""
    if not len(days):
        nothing = np.empty(0, dtype=np.int32)
        return Runs(nothing, nothing, nothing, np.empty((0, len(evidence.states) + 1), dtype=np.float32))
    parts = list(evidence.each(days, lambda rows, answered: _begun(rows, answered, moved)))
    size = len(evidence.states) + 1
    place, first = (np.concatenate([np.empty(0, dtype=np.int32), *(part[at] for part in parts)]) for at in (0, 1))
    shares = np.concatenate([np.empty((0, size), dtype=np.float32), *(part[2] for part in parts)])
    del parts
    order = np.lexsort((first, place))
    place, first = place[order], first[order]
    last = np.append(np.where(place[1:] == place[:-1], first[1:] - 1, len(days) - 1), len(days) - 1)[: len(place)].astype(np.int32)
    return Runs(place, first, last, shares[order])


def _begun(rows: Ints, answered: Iterator[Floats], moved: float) -> _Part:
    """Return (places, days, shares) of the runs that begin on each day."""
    since = np.full((len(rows), 0), 0.0)
    places, days, found = list[_Short](), list[_Short](), list[npt.NDArray[np.float32]]()
    for day, shares in enumerate(answered):
        fresh = np.abs(shares - since).max(axis=1) >= moved if day else np.ones(len(rows), dtype=bool)
        since = since if day else shares.copy()
        since[fresh] = shares[fresh]
        places.append(rows[fresh].astype(np.int32))
        days.append(np.full(len(places[-1]), day, dtype=np.int32))
        found.append(shares[fresh].astype(np.float32))
    return np.concatenate(places), np.concatenate(days), np.concatenate(found)
