"""Who held a point or a place: asked once by judging, or laid out by days for every place."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from trucewatch.control.estimate import Asked, Estimate, Near, Reason, estimate
from trucewatch.control.schema import CONTESTED, HOLDING, UNKNOWN_HOLDER
from trucewatch.control.statements import Statement, read_statements
from trucewatch.errors import Problem
from trucewatch.periods import Period, Zone, day_of, day_period, days_between
from trucewatch.places import Gazetteer, distance_m
from trucewatch.reports import Source, owner_of
from trucewatch.tables import Table

__all__ = ["Holders", "lay_out_control"]

_NO_SOURCES: Mapping[str, Source] = MappingProxyType({})
_TICK = timedelta(microseconds=1)
_NOT_KNOWN = Estimate({CONTESTED: 0.0, UNKNOWN_HOLDER: 1.0})


class Holders:
    """The control claims known at `known_at` (None: all), ready for questions.

    `claims` has schema CLAIM; `zone` is the case's time zone; `sources` gives the reliability class
    of each source (F for one that is not in it). `problems` lists the claims that say nothing.
    """

    def __init__(
        self,
        claims: Table,
        gazetteer: Gazetteer,
        zone: Zone,
        known_at: datetime | None,
        *,
        sources: Mapping[str, Source] = _NO_SOURCES,
    ) -> None:
        self._gazetteer = gazetteer
        self._zone = zone
        self._sources = sources
        self._near: dict[tuple[float, float, float], tuple[Near, ...]] = {}
        self._statements, problems = read_statements(
            claims, gazetteer=gazetteer, zone=zone, known_at=known_at, sources=sources
        )
        self.problems = tuple(problems)

    def holder_at(
        self,
        lat: float | None,
        lon: float | None,
        radius_m: float | None,
        place: str | None,
        period: Period | None,
        without_origins: Collection[str] = (),
        without_documents: Collection[str] = (),
    ) -> dict[str, float]:
        """Return holder → probability (4 digits, sum 1), always with `contested` and `unknown`.

        The ground is the disk (degrees WGS84, metres), or the place where no coordinates are given.
        Left out are claims of `without_origins` and of their owners' other outlets (a claim of
        unknown origin goes with its source), and of `without_documents`: the evidence of an incident must not place its own perpetrator.
        Without ground or a bounded period all is unknown.
        """
        found = self.estimate_at(
            lat, lon, radius_m, place, period, without_origins, without_documents
        )
        return dict(found.probabilities)

    def reasons_at(
        self,
        lat: float | None,
        lon: float | None,
        radius_m: float | None,
        place: str | None,
        period: Period | None,
        without_origins: Collection[str] = (),
        without_documents: Collection[str] = (),
    ) -> tuple[Reason, ...]:
        """Return the claims behind `holder_at`, ordered by claim_id."""
        found = self.estimate_at(
            lat, lon, radius_m, place, period, without_origins, without_documents
        )
        return found.reasons

    def estimate_at(
        self,
        lat: float | None,
        lon: float | None,
        radius_m: float | None,
        place: str | None,
        period: Period | None,
        without_origins: Collection[str] = (),
        without_documents: Collection[str] = (),
    ) -> Estimate:
        """Return probabilities and reasons at once; see `holder_at`."""
        disk = self._disk(lat, lon, radius_m, place)
        if disk is None:
            return _NOT_KNOWN
        owners = {owner_of(one, self._sources) for one in without_origins}
        nearby = [
            one for one in self._nearby(disk)
            if owner_of(one.statement.origin or one.statement.source, self._sources) not in owners
            and (one.statement.document is None or one.statement.document not in without_documents)
        ]
        asked = self._asked(period) if nearby else None
        return _NOT_KNOWN if asked is None else estimate(nearby, asked)

    def _disk(
        self, lat: float | None, lon: float | None, radius_m: float | None, place: str | None
    ) -> tuple[float, float, float] | None:
        if lat is not None and lon is not None:
            return lat, lon, radius_m or 0.0
        known = self._gazetteer.places.get(place or "")
        return None if known is None else (known.lat, known.lon, known.radius_m)

    def _asked(self, period: Period | None) -> Asked | None:
        if period is None or period.start is None or period.end is None:
            return None
        last = day_period(day_of(period.end - _TICK, self._zone), self._zone)
        return Asked(period.start, period.end, last.start or period.start)

    def _nearby(self, disk: tuple[float, float, float]) -> tuple[Near, ...]:
        if disk not in self._near:
            found = (_near(one, disk) for one in self._statements)
            self._near[disk] = tuple(one for one in found if one is not None)
        return self._near[disk]


def _near(statement: Statement, disk: tuple[float, float, float]) -> Near | None:
    """A statement speaks for its disk: not for a centre outside, partly for what reaches out."""
    lat, lon, radius = disk
    apart = distance_m(statement.lat, statement.lon, lat, lon)
    if apart > statement.radius_m:
        return None
    return Near(statement, apart, _share_inside(radius, statement.radius_m, apart))


def _share_inside(radius: float, other: float, apart: float) -> float:
    """Return the part of a disk's area that lies inside another disk; metres, on the plane.

    Two circles that cross share a lens: the two sectors over their common chord less the kite
    between centres and chord.
    """
    if apart + radius <= other:
        return 1.0
    if apart + other <= radius:
        return (other / radius) ** 2
    along = (apart**2 + radius**2 - other**2) / (2 * apart)
    beyond = apart - along
    half = math.sqrt(max(0.0, radius**2 - along**2))
    lens = (
        radius**2 * math.atan2(half, along) + other**2 * math.atan2(half, beyond) - apart * half
    )
    return min(1.0, lens / (math.pi * radius**2))


def lay_out_control(
    claims: Table,
    *,
    gazetteer: Gazetteer,
    zone: Zone,
    day_from: datetime | None,
    day_to: datetime | None,
    known_at: datetime | None,
    sources: Mapping[str, Source] = _NO_SOURCES,
) -> tuple[Table, list[Problem]]:
    """Return the holders of every place for each local day that ``[day_from, day_to)`` touches.

    Schema HOLDING, ordered by place, day and holder; neighbouring days of one distribution make one
    row per holder, with the reasons of the first of them. Holders of mass 0 have no row; a place
    without a claim has one row, `unknown` 1.0. Without both days the table is empty. Problems:
    claims that say nothing.
    """
    holders = Holders(claims, gazetteer, zone, known_at, sources=sources)
    touched = days_between(day_from, day_to, zone) if day_from and day_to else ()
    days = [day_period(day, zone) for day in touched]
    rows: list[dict[str, Any]] = []
    for place in sorted(gazetteer.places):
        for period, found in _runs(holders, place, days):
            rows.extend(_rows(place, period, found, known_at))
    return Table.from_rows(HOLDING, rows), list(holders.problems)


def _runs(
    holders: Holders, place: str, days: Sequence[Period]
) -> list[tuple[Period, Estimate]]:
    """Return the days of one place, equal neighbours joined, with reasons of the first day."""
    runs: list[tuple[Period, Estimate]] = []
    for day in days:
        found = holders.estimate_at(None, None, None, place, day)
        if runs and runs[-1][1].probabilities == found.probabilities:
            runs[-1] = (runs[-1][0].hull(day), runs[-1][1])
        else:
            runs.append((day, found))
    return runs


def _rows(
    place: str, period: Period, found: Estimate, known_at: datetime | None
) -> list[dict[str, Any]]:
    reasons = [asdict(one) for one in found.reasons]
    return [
        {
            "place": place, "day_from": period.start, "day_to": period.end, "holder": holder,
            "probability": probability, "known_at": known_at, "reasons": reasons,
        }
        for holder, probability in found.probabilities.items()
        if probability > 0
    ]
