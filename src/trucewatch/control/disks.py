"""A place and a time that are known roughly, as points and days with their shares."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import numpy as np

from trucewatch.control.evidence import Nodes
from trucewatch.control.ground import Ground, apart_m
from trucewatch.control.weights import Floats
from trucewatch.periods import Period, Zone, day_of, day_period, days_between
from trucewatch.places.distance import EARTH_RADIUS_M

__all__ = ["days_in", "last_day", "points_in", "standing_on"]

_POINTS = 19
_SMALL_M = 250.0
_TURN = math.pi * (3 - math.sqrt(5))
_MOST_DAYS = 40
_TICK = timedelta(microseconds=1)


def points_in(lat: float, lon: float, radius_m: float) -> tuple[Floats, Floats]:
    """Return lat and lon of points that stand for equal parts of a disk: one, or 19 on a sunflower spiral.

    Vogel 1979, Mathematical Biosciences 44(3-4):179-189.
    """
    if radius_m <= _SMALL_M:
        return np.array([lat]), np.array([lon])
    k = np.arange(_POINTS)
    out, turn = radius_m * np.sqrt((k + 0.5) / _POINTS), k * _TURN
    north = np.degrees(out * np.cos(turn) / EARTH_RADIUS_M)
    east = np.degrees(out * np.sin(turn) / EARTH_RADIUS_M) / max(0.01, math.cos(math.radians(lat)))
    return np.clip(lat + north, -90.0, 90.0), (lon + east + 180) % 360 - 180


def standing_on(lat: Floats, lon: Floats, nodes: Nodes, reach_m: Floats) -> Ground:
    """Return points as ground: each stands on the smallest disk spoken of that it lies in, if any."""
    metres = apart_m(lat[:, None], lon[:, None], nodes.lat[None], nodes.lon[None])
    size = np.where(metres <= reach_m[None], reach_m[None] + metres * 1e-9, np.inf)
    own = np.argmin(size, axis=1) if len(nodes) else np.zeros(len(lat), dtype=np.int64)
    own = np.where(np.isfinite(size).any(axis=1), own, -1).astype(np.int64)
    return Ground(lat, lon, own, nodes)


def days_in(period: Period | None, zone: Zone) -> tuple[tuple[int, float], ...]:
    """Return days (ordinals) with shares that sum to 1; none for a time without bounds.

    What is believed of a day is so at its end: within a day it is the more that of the eve the earlier it is. So a
    place that was taken some time on a day was held by either for half of it. Of long periods some days stand for all.
    """
    if period is None or period.start is None or period.end is None or period.end < period.start:
        return ()
    shares: dict[int, float] = {}
    end = max(period.end, period.start + _TICK)
    touched = days_between(period.start, end, zone)
    for day in touched[:: -(-len(touched) // _MOST_DAYS)]:
        whole = day_period(day, zone)
        assert whole.start is not None and whole.end is not None
        since, until = (_part(max(one, whole.start), whole.start, whole.end) for one in (period.start, min(end, whole.end)))
        later = (until**2 - since**2) / 2
        number = day.toordinal()
        shares[number] = shares.get(number, 0.0) + later
        shares[number - 1] = shares.get(number - 1, 0.0) + (until - since) - later
    total = math.fsum(shares.values())
    return tuple((day, share / total) for day, share in sorted(shares.items()) if share > 0)


def _part(instant: datetime, start: datetime, end: datetime) -> float:
    return (instant - start) / (end - start)


def last_day(period: Period, zone: Zone) -> int:
    """Return the last day that a bounded period touches."""
    assert period.start is not None and period.end is not None
    return day_of(max(period.start, period.end - _TICK), zone).toordinal()

