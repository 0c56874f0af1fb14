"""Geometry as text: areas, lines, strips along a line; checked before anything is judged."""

from __future__ import annotations

import re

from trucewatch.agreement.fields import Fields
from trucewatch.agreement.scope import Scope
from trucewatch.documents import Node
from trucewatch.errors import BadCall

__all__ = ["area_fault", "line_wkt", "strip_fault"]

_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_PAIR = re.compile(rf"\s*({_NUMBER})\s+({_NUMBER})\s*")
_RING = rf"\(\s*{_NUMBER}\s+{_NUMBER}\s*(?:,\s*{_NUMBER}\s+{_NUMBER}\s*)*\)"
_POLYGON = rf"\(\s*{_RING}\s*(?:,\s*{_RING}\s*)*\)"
_AREA = re.compile(
    rf"\s*(?:POLYGON\s*{_POLYGON}|MULTIPOLYGON\s*\(\s*{_POLYGON}\s*(?:,\s*{_POLYGON}\s*)*\))\s*"
)


def area_fault(wkt: str) -> str | None:
    """Return what was expected of the WKT of an area (degrees, longitude first), or None."""
    return _form_fault(wkt) or _shape_fault(wkt)


def _shape_fault(wkt: str) -> str | None:
    from trucewatch import places

    fault = places.area_fault(wkt)
    return None if fault is None else f"a border that does not cross itself ({fault[-60:]})"


def strip_fault(wkt: str, within_m: float, side: str | None) -> str | None:
    """Return why no strip lies on this side of the LINESTRING `wkt`, None if one does."""
    from trucewatch.places import ZoneShape

    try:
        ZoneShape.beside(_line_points(wkt), within_m, side or "both")
    except BadCall as error:
        return str(error)
    return None


def _line_points(wkt: str) -> list[tuple[float, float]]:
    """Return the (lat, lon) points of a LINESTRING."""
    pairs = (_pair(one) for one in wkt.removeprefix("LINESTRING(").removesuffix(")").split(","))
    return [(lat, lon) for lon, lat in pairs]


def _form_fault(wkt: str) -> str | None:
    if not _AREA.fullmatch(wkt):
        return "POLYGON((lon lat, lon lat, …)) or MULTIPOLYGON(((…)))"
    for ring in re.findall(_RING, wkt):
        pairs = [_pair(one) for one in ring.strip("() ").split(",")]
        for lon, lat in pairs:
            if abs(lat) > 90 or abs(lon) > 180:
                return f"longitude first, in degrees (found {lon:g} {lat:g})"
        if pairs[0] != pairs[-1] or len(pairs) < 4:
            return "rings of at least four points that end where they began"
    return None


def _pair(text: str) -> tuple[float, float]:
    found = _PAIR.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def line_wkt(node: Node, scope: Scope) -> str | None:
    """Return a list of {lat, lon} as a LINESTRING, longitude first; None after a problem."""
    points = [_point(one, scope) for one in node.elements()]
    if len(points) < 2:
        scope.refuse(node, "line: at least two points {lat: …, lon: …}")
        return None
    if None in points:
        return None
    return "LINESTRING(" + ", ".join(one for one in points if one) + ")"


def _point(node: Node, scope: Scope) -> str | None:
    fields = Fields(node, "a point of a line", scope)
    fields.need("lat")
    fields.need("lon")
    lat, lon = fields.number("lat", -90, 90), fields.number("lon", -180, 180)
    fields.close()
    return None if lat is None or lon is None else f"{lon:.7g} {lat:.7g}"
