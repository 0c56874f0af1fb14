"""Zones as shapes: areas, strips along a line, and the ground between two lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trucewatch.agreement.ground import Zone
from trucewatch.errors import BadCall

if TYPE_CHECKING:
    from trucewatch.places import ZoneShape

__all__ = ["between_fault", "line_points", "lines_of", "shapes_of"]


def shapes_of(zone: Zone, zones: Mapping[str, Zone]) -> tuple[ZoneShape, ...]:
    """Return the shapes that a zone is drawn as: one, one for each version, none if not drawn.

    `zones` are those of the agreement, where lines are looked up. A line has no inside and so no
    shape; ground that somebody holds, layers and administrative units have none here.
    """
    from trucewatch.places import ZoneShape

    if zone.versions:
        return tuple(ZoneShape(one.wkt, zone.accuracy_m) for one in zone.versions)
    if zone.kind == "area" and zone.wkt:
        return (ZoneShape(zone.wkt, zone.accuracy_m),)
    lines = [one for one in lines_of(zone, zones) if one.wkt]
    if zone.kind == "buffer" and zone.within_m and lines:
        points = line_points(lines[0].wkt or "")
        side, accuracy = zone.side or "both", lines[0].accuracy_m
        return (ZoneShape.beside(points, zone.within_m, side, accuracy),)
    if zone.kind == "between" and len(lines) == 2:
        accuracy = max(one.accuracy_m for one in lines)
        return (ZoneShape(_between(lines[0], lines[1]), accuracy),)
    return ()


def lines_of(zone: Zone, zones: Mapping[str, Zone]) -> list[Zone]:
    """Return the lines that the zone is drawn along, those that exist."""
    named = (zone.of,) if zone.of else zone.between
    return [zones[name] for name in named if name in zones]


def line_points(wkt: str) -> list[tuple[float, float]]:
    """Return the (lat, lon) points of a LINESTRING, which is written longitude first."""
    inside = wkt[wkt.index("(") + 1 : wkt.rindex(")")]
    pairs = (point.split() for point in inside.split(","))
    return [(float(lat), float(lon)) for lon, lat, *_ in pairs]


def _between(first: Zone, second: Zone) -> str:
    """Return the polygon between two lines: their ends joined so that the joints do not cross.

    Of the two ways to join them, the one with the shorter joints is the one that does not.
    """
    one, other = line_points(first.wkt or ""), line_points(second.wkt or "")
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
    lines = [one for one in lines_of(zone, zones) if one.wkt]
    if zone.kind != "between" or len(lines) < 2:
        return None
    try:
        shapes_of(zone, zones)
    except BadCall as error:
        return f"the lines cross or touch ({error})"
    return None
