"""Who held every place of a case, run-length by days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import numpy as np

from trucewatch.control.holders import Holders
from trucewatch.control.schema import HOLDING, UNKNOWN_HOLDER
from trucewatch.control.weights import Floats
from trucewatch.periods import day_period, days_between
from trucewatch.tables import Table

__all__ = ["lay_out_control"]

_MOVED = 0.02
"""A distribution that moves less than this since its run began is told as one."""
_TOLD = 5
"""Reasons told for each run."""


def lay_out_control(holders: Holders, *, day_from: datetime | None, day_to: datetime | None) -> Table:
    """Return the holders of every place of the gazetteer for each local day that ``[day_from, day_to)`` touches.

    Schema HOLDING, ordered by place, day and holder; neighbouring days whose probabilities move by less than 0.02 make one
    row per holder, as it was on the first of them, with the five claims that moved its likeliest holder most.
    Holders of mass 0 have no row; a place that no claim reaches has one row, `unknown` 1.0. Without both days the table is empty.
    """
    days = days_between(day_from, day_to, holders.zone) if day_from and day_to else ()
    keys = sorted(holders.gazetteer.places)
    rows: list[dict[str, Any]] = []
    if days and keys:
        places = [holders.gazetteer.places[one] for one in keys]
        ground = holders.standing(np.array([one.lat for one in places]), np.array([one.lon for one in places]))
        shares = np.stack([holders.on(ground, day.toordinal()) for day in days], axis=1)
        for at, key in enumerate(keys):
            for first, last in _runs(shares[at]):
                told = _reasons(holders, places[at].lat, places[at].lon, days[first], shares[at, first])
                rows.extend(_rows(holders, key, days[first], days[last], shares[at, first], told))
    return Table.from_rows(HOLDING, rows)


def _runs(shares: Floats) -> Iterator[tuple[int, int]]:
    """Return first and last day of every run."""
    first = 0
    for day in range(1, len(shares) + 1):
        if day == len(shares) or np.abs(shares[day] - shares[first]).max() >= _MOVED:
            yield first, day - 1
            first = day


def _reasons(holders: Holders, lat: float, lon: float, day: date, shares: Floats) -> list[dict[str, Any]]:
    named = {name: share for name, share in holders.named(shares).items() if name != UNKNOWN_HOLDER and share > 0}
    if not named:
        return []
    told = holders.reasons_for(lat, lon, day.toordinal(), max(sorted(named), key=lambda one: named[one]))
    return [asdict(one) for one in sorted(told, key=lambda one: (-abs(one.contribution), one.claim_id))[:_TOLD]]


def _rows(holders: Holders, place: str, first: date, last: date, shares: Floats, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    start, end = day_period(first, holders.zone).start, day_period(last, holders.zone).end
    return [
        {
            "place": place, "day_from": start, "day_to": end, "holder": holder, "probability": probability,
            "known_at": holders.known_at, "reasons": told,
        }
        for holder, probability in holders.named(shares).items()
        if probability > 0
    ]
