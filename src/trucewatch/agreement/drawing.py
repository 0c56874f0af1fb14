"""Zones as shapes: areas, strips along a line, and the ground between two lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING

from trucewatch.agreement.ground import Zone, ZoneVersion
from trucewatch.errors import BadCall

if TYPE_CHECKING:
    from trucewatch.places import ZoneShape

__all__ = ["between_fault", "line_points", "lines_of", "shapes_of", "versions_of"]


def shapes_of(zone: Zone, zones: Mapping[str, Zone]) -> tuple[ZoneShape, ...]:
    """Return the shapes that a zone is drawn as: one, one for each version, none if not drawn.

    `zones` are those of the agreement, where lines are looked up. A line has no inside and so no
    shape; ground that somebody holds, layers and administrative units have none here.
    """
    from trucewatch.places import ZoneShape

    lines = lines_of(zone, zones)
    accuracy = max((one.accuracy_m for one in lines), default=zone.accuracy_m)
    versions = versions_of(zone, zones)
    drawn = [one.wkt for one in versions] if versions else [_drawn_once(zone, lines) or ""]
    if zone.kind == "buffer" and zone.within_m:
        side = zone.side or "both"
        return tuple(ZoneShape.beside(line_points(wkt), zone.within_m, side, accuracy) for wkt in drawn if wkt)
    if zone.kind in ("area", "between"):
        return tuple(ZoneShape(wkt, accuracy) for wkt in drawn if wkt)
    return ()


def _drawn_once(zone: Zone, lines: Sequence[Zone]) -> str | None:
    """Return the area, the line that is measured from, or the ground between two lines; None if not drawn."""
    if zone.kind == "between":
        wkts = [one.wkt for one in lines if one.wkt]
        return _between(*wkts) if len(wkts) == 2 else None
    return lines[0].wkt if zone.kind == "buffer" and lines else zone.wkt


def versions_of(zone: Zone, zones: Mapping[str, Zone]) -> tuple[ZoneVersion, ...]:
    """Return the versions of a zone in order of time, its own or those of its lines; none if it was drawn once.

    `wkt` of a version is an area; of a strip it is the line that is measured from. Between two lines there is ground
    for each time in which both have a version; a line without versions counts at all times.
    """
    lines = lines_of(zone, zones)
    if not any(one.versions for one in lines):
        return zone.versions if zone.kind == "area" else ()
    each = [one.versions or (ZoneVersion(one.wkt or ""),) for one in lines]
    if zone.kind == "buffer":
        return each[0]
    return tuple(
        ZoneVersion(_between(one.wkt, other.wkt), _latest(one.start, other.start), _earliest(one.end, other.end))
        for one, other in (product(*each) if len(each) == 2 else ())
        if one.wkt and other.wkt and _overlap(one, other)
    )


def _overlap(one: ZoneVersion, other: ZoneVersion) -> bool:
    start, end = _latest(one.start, other.start), _earliest(one.end, other.end)
    return start is None or end is None or start < end


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def lines_of(zone: Zone, zones: Mapping[str, Zone]) -> list[Zone]:
    """Return the lines that the zone is drawn along, those that exist."""
    named = (zone.of,) if zone.of else zone.between
    return [zones[name] for name in named if name in zones]


def line_points(wkt: str) -> list[tuple[float, float]]:
    """Return the (lat, lon) points of a LINESTRING, which is written longitude first."""
    inside = wkt[wkt.index("(") + 1 : wkt.rindex(")")]
    pairs = (point.split() for point in inside.split(","))
    return [(float(lat), float(lon)) for lon, lat, *_ in pairs]


def _between(first: str, second: str) -> str:
    """Return the polygon between two lines: their ends joined so that the joints do not cross.

    Of the two ways to join them, the one with the shorter joints is the one that does not.
    """
    one, other = line_points(first), line_points(second)
    if _apart(one[-1], other[-1]) + _apart(one[0], other[0]) < (
        _apart(one[-1], other[0]) + _apart(one[0], other[-1])
    ):
        other = other[::-1]
    ring = [*one, *other, one[0]]
    return f"POLYGON(({', '.join(f'{lon!r} {lat!r}' for lat, lon in ring)}))"


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    from trucewatch.places import distance_m

    return distance_m(*one, *other)


def between_fault(zone: Zone, zones: Mapping[str, Zone]) -> str | None:
    """Return why no ground lies between the two lines of a zone, None if some does."""
    lines = [one for one in lines_of(zone, zones) if one.wkt or one.versions]
    if zone.kind != "between" or len(lines) < 2:
        return None
    try:
        shapes_of(zone, zones)
    except BadCall as error:
        return f"the lines cross or touch ({error})"
    return None
