"""Incidents as a hint that ground is contested: weak, capped, and never of the incident that is judged.

Who fights on the ground near a place makes it likelier that the place is fought over. Which side fired says nothing
of who holds it. Weights are set by judgement: events add little once there are claims.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from trucewatch.control.evidence import Ints
from trucewatch.control.ground import apart_m
from trucewatch.control.weights import Floats
from trucewatch.periods import Zone, day_of
from trucewatch.tables import Table

__all__ = ["Fights", "fights_of", "no_fights"]

_ACTS = frozenset({"armed_clash", "ground_assault"})
_EACH, _MOST = 0.1, 0.7
"""Log-odds of `contested` for each fight near and about the time, and at most for all of them."""
_NEAR_M, _ABOUT_DAYS, _PLACED_M = 10_000.0, 14.0, 10_000.0


@dataclass(frozen=True, slots=True, eq=False)
class Fights:
    """Located ground fighting, one for each incident."""

    lat: Floats
    lon: Floats
    day: Ints
    reports: tuple[frozenset[str], ...]

    def raise_contested(self, lat: float, lon: float, day: int, without_reports: Collection[str]) -> float:
        """Return by how much the log-odds of `contested` are raised at a point on a day, 0..0.7."""
        if not self.reports:
            return 0.0
        metres = apart_m(self.lat, self.lon, np.array(lat), np.array(lon))
        weight = np.exp(-((metres / _NEAR_M) ** 2) / 2 - np.abs(self.day - day) / _ABOUT_DAYS)
        near = [k for k in np.flatnonzero(weight > 0.01).tolist() if self.reports[k].isdisjoint(without_reports)]
        return min(_MOST, _EACH * float(weight[near].sum()))


def no_fights() -> Fights:
    """Return none."""
    return Fights(np.empty(0), np.empty(0), np.empty(0, dtype=np.int64), ())


def fights_of(legs: Table, zone: Zone) -> Fights:
    """Return the ground fighting among legs (schema LEG) placed to 10 km and dated; of an incident the first leg."""
    names = ("incident_id", "acts", "lat", "lon", "radius_m", "occurred_from", "reports")
    found: dict[str, tuple[float, float, int, frozenset[str]]] = {}
    for incident, acts, lat, lon, radius, when, reports in zip(*(legs.values(one) for one in names), strict=True):
        if lat is None or lon is None or (radius or 0.0) > _PLACED_M or not isinstance(when, datetime):
            continue
        if incident not in found and _ACTS.intersection(json.loads(acts or "[]")):
            found[incident] = (lat, lon, day_of(when, zone).toordinal(), frozenset(json.loads(reports or "[]")))
    if not found:
        return no_fights()
    lat, lon, day, reports = zip(*(found[one] for one in sorted(found)), strict=True)
    return Fights(np.array(lat), np.array(lon), np.array(day, dtype=np.int64), reports)
