"""Where reports of one incident agree and where they dispute: period, place, act, target, weapon.

Each function returns the settled value, whether it is disputed, and the reports that support it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from trucewatch.acts import is_act, is_weapon, under, weapon_under
from trucewatch.incidents.features import UNKNOWN_RADIUS_M
from trucewatch.incidents.weighing import Weighing, asserted
from trucewatch.periods import Period
from trucewatch.places import distance_m
from trucewatch.reports.report import Report

__all__ = [
    "Settled",
    "Spot",
    "act_below",
    "enclosing",
    "settle_period",
    "settle_place",
    "settle_values",
    "weapon_below",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """A fact as the reports leave it."""

    value: T
    disputed: bool
    support: tuple[Report, ...]
    """The reports whose own value supports the settled one."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: a disk (degrees WGS84, metres), an area, a key of the gazetteer, or
    none.
    """

    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    area_wkt: str | None = None
    place: str | None = None


def settle_period(reports: Sequence[Report], weighing: Weighing) -> Settled[Period | None]:
    """Return the shared period; where there is none, the hull of all and disputed."""
    dated = [report for report in asserted(reports) or reports if report.occurred is not None]
    first = dated[0].occurred if dated else None
    if all([report.occurred == first for report in dated]):
        return Settled(first, disputed=False, support=tuple(dated))
    period = _shared(dated)
    if period is None:
        return Settled(_hull(dated), disputed=True, support=tuple(dated))
    firm = weighing.firm(dated)
    if len(firm) < len(dated):
        period = _shared(firm)
        assert period is not None
    support = tuple(
        one for one in dated if one.occurred is not None and period.contains(one.occurred)
    )
    return Settled(period, disputed=False, support=support)


def _shared(reports: Iterable[Report]) -> Period | None:
    shared: Period | None = None
    for report in reports:
        assert report.occurred is not None
        shared = report.occurred if shared is None else shared.intersection(report.occurred)
        if shared is None:
            return None
    return shared


def _hull(reports: Sequence[Report]) -> Period | None:
    """Return the shortest period around all; None if nothing bounds it on either side."""
    periods = [report.occurred for report in reports if report.occurred is not None]
    starts = [one.start for one in periods if one.start is not None]
    ends = [one.end for one in periods if one.end is not None]
    start = min(starts) if len(starts) == len(periods) else None
    end = max(ends) if len(ends) == len(periods) else None
    return None if start is None and end is None else Period(start, end)


def settle_place(reports: Sequence[Report], weighing: Weighing) -> Settled[Spot]:
    """Return the smallest disk whose centre lies in all others, else one that covers those apart.

    Disks that do not even touch make the place disputed; the disk then covers all of them.
    """
    stated = asserted(reports) or list(reports)
    disks = [
        _disk(report) for report in stated if report.lat is not None and report.lon is not None
    ]
    if not disks:
        return _settle_unmapped(stated)
    if len(disks) == 1:
        return Settled(_own_spot(disks[0]), disputed=False, support=(disks[0].report,))
    disputed = not _all_touch(disks)
    narrow = disks if disputed else [_disk(one) for one in weighing.firm([d.report for d in disks])]
    least = min(narrow, key=lambda one: (one.radius_m, one.report.report_id))
    outside = [one for one in narrow if _metres(least, one) > one.radius_m]
    if disputed:
        spot = _covering(disks)
    elif outside:
        spot = _covering([least, *outside])
    else:
        spot = _own_spot(least)
    key = _agreed_key([one.report for one in narrow]) or (None if outside else least.report.place)
    spot = Spot(spot.lat, spot.lon, spot.radius_m, spot.area_wkt, key)
    return Settled(spot, disputed, tuple(one.report for one in disks if _supports(one, spot)))


@dataclass(frozen=True, slots=True)
class _Disk:
    lat: float
    lon: float
    radius_m: float
    report: Report


def _disk(report: Report) -> _Disk:
    assert report.lat is not None
    assert report.lon is not None
    radius = UNKNOWN_RADIUS_M if report.radius_m is None else report.radius_m
    return _Disk(report.lat, report.lon, radius, report)


def _own_spot(disk: _Disk) -> Spot:
    """Return the place of one report as it stands."""
    return Spot(disk.lat, disk.lon, disk.radius_m, disk.report.area_wkt, disk.report.place)


def _metres(one: _Disk, other: _Disk) -> float:
    if one.lat == other.lat and one.lon == other.lon:
        return 0.0
    return distance_m(one.lat, one.lon, other.lat, other.lon)


def _all_touch(disks: Sequence[_Disk]) -> bool:
    distinct = list({(one.lat, one.lon, one.radius_m): one for one in disks}.values())
    return all(
        _metres(one, other) <= one.radius_m + other.radius_m
        for position, one in enumerate(distinct)
        for other in distinct[:position]
    )


def _covering(disks: Sequence[_Disk]) -> Spot:
    """Return a disk around all disks, grown from the largest; not the least possible, but sure."""
    ordered = sorted(disks, key=lambda one: (-one.radius_m, one.lat, one.lon))
    lat, lon, radius = ordered[0].lat, ordered[0].lon, ordered[0].radius_m
    for one in ordered[1:]:
        lat, lon, radius = enclosing(lat, lon, radius, one.lat, one.lon, one.radius_m)
    return Spot(lat, lon, radius)


def enclosing(
    lat1: float, lon1: float, radius1: float, lat2: float, lon2: float, radius2: float
) -> tuple[float, float, float]:
    """Return (lat, lon, radius_m) of a disk that contains two disks; metres rounded up to 0.1."""
    apart = distance_m(lat1, lon1, lat2, lon2)
    if apart + radius2 <= radius1:
        return lat1, lon1, radius1
    if apart + radius1 <= radius2:
        return lat2, lon2, radius2
    share = ((apart + radius1 + radius2) / 2 - radius1) / apart
    east = (lon2 - lon1 + 540.0) % 360.0 - 180.0
    lat = round(lat1 + share * (lat2 - lat1), 6)
    lon = round((lon1 + share * east + 540.0) % 360.0 - 180.0, 6)
    reach = max(
        distance_m(lat, lon, lat1, lon1) + radius1, distance_m(lat, lon, lat2, lon2) + radius2
    )
    return lat, lon, ceil(reach * 10) / 10


def _supports(disk: _Disk, spot: Spot) -> bool:
    """Whether a disk says as much as the settled one: its centre inside, hardly wider."""
    assert spot.lat is not None
    assert spot.lon is not None
    assert spot.radius_m is not None
    if disk.radius_m > 1.5 * spot.radius_m:
        return False
    if disk.lat == spot.lat and disk.lon == spot.lon:
        return True
    return distance_m(disk.lat, disk.lon, spot.lat, spot.lon) <= spot.radius_m


def _agreed_key(reports: Iterable[Report]) -> str | None:
    keys = {report.place for report in reports if report.place is not None}
    return next(iter(keys)) if len(keys) == 1 else None


def _settle_unmapped(reports: Sequence[Report]) -> Settled[Spot]:
    """Settle by area or place key where no report has coordinates."""
    keys = {report.place for report in reports if report.place is not None}
    areas = {report.area_wkt for report in reports if report.area_wkt is not None}
    key = next(iter(keys)) if len(keys) == 1 else None
    area = next(iter(areas)) if len(areas) == 1 else None
    support = [
        report
        for report in reports
        if (key is not None and report.place == key)
        or (area is not None and report.area_wkt == area)
    ]
    return Settled(Spot(area_wkt=area, place=key), len(keys) > 1 or len(areas) > 1, tuple(support))


def settle_values(
    reports: Sequence[Report],
    value: Callable[[Report], str | None],
    below: Callable[[str, str], bool],
    weighing: Weighing,
) -> Settled[tuple[str, ...]]:
    """Return the finest values that are given; more than one = disputed alternatives, sorted.

    `below(a, b)`: a is b or a kind of b. A value that only a denial gives makes the fact disputed
    too.
    """
    given = [(one, report) for report in reports if (one := value(report)) is not None]
    values = {one for one, _ in given}
    stating = [each for each in given if each[1].standing != "denied"]
    if len(values) < 2:
        return Settled(tuple(values), disputed=False, support=tuple(each[1] for each in stating))
    finest = _finest(values, below)
    if len(finest) == 1 and (firm := weighing.firm([report for _, report in stating])):
        finest = _finest({value(report) for report in firm}, below)
    support = tuple(
        report for stated, report in stating if any(below(stated, one) for one in finest)
    )
    return Settled(finest, len(finest) > 1, support)


def _finest(values: Iterable[str | None], below: Callable[[str, str], bool]) -> tuple[str, ...]:
    known = sorted({one for one in values if one is not None})
    return tuple(
        one for one in known if not any(other != one and below(other, one) for other in known)
    )


def act_below(one: str, other: str) -> bool:
    """Whether act `one` is `other` or a kind of it; an act outside the vocabulary is only itself."""
    return one == other or (is_act(one) and is_act(other) and under(one, other))


def weapon_below(one: str, other: str) -> bool:
    """Whether weapon `one` is `other` or a kind of it."""
    return one == other or (is_weapon(one) and is_weapon(other) and weapon_under(one, other))
