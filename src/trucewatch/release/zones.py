"""Whether a zone's outcome would tell more of a place than the public may know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucewatch.agreement import Agreement, Zone
from trucewatch.places import Shape
from trucewatch.release.coarsening import Spot
from trucewatch.truth import UNKNOWN, Truth

if TYPE_CHECKING:
    from trucewatch.places import ZoneShape

__all__ = ["Outcomes"]


class Outcomes:
    """Answers for the clauses of one agreement; each zone is drawn once."""

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._zones = {one.key: one.where for one in agreement.clauses}
        self._shapes: dict[str, ZoneShape | None] = {}
        self._told: dict[tuple[str, Spot, Spot], bool] = {}

    def tell_more(self, clause: str, exact: Spot, shown: Spot) -> bool:
        """Whether the clause's zone answers otherwise for the place as recorded than as shown.

        Such an answer (inside a strip along a road, say) would narrow the coarsened place down again.
        """
        name = self._zones.get(clause)
        if exact == shown or name is None:
            return False
        key = (name, exact, shown)
        if key not in self._told:
            drawn = self._shape(name)
            self._told[key] = drawn is not None and _inside(drawn, exact) is not _inside(
                drawn, shown
            )
        return self._told[key]

    def _shape(self, name: str) -> ZoneShape | None:
        if name not in self._shapes:
            self._shapes[name] = _drawn(self._agreement.zones.get(name), self._agreement)
        return self._shapes[name]


def _drawn(zone: Zone | None, agreement: Agreement) -> ZoneShape | None:
    """Return the geometry of a zone; None where there is none, or where it depends on who holds the ground."""
    from trucewatch.places import ZoneShape

    if zone is None or zone.status != "given":
        return None
    if zone.kind == "area" and zone.wkt:
        return ZoneShape(zone.wkt, zone.accuracy_m)
    line = agreement.zones.get(zone.of or "")
    if zone.kind == "buffer" and zone.within_m and line is not None and line.wkt:
        numbers = [float(one) for one in re.findall(r"[-+]?\d+(?:\.\d+)?", line.wkt)]
        points = list(zip(numbers[1::2], numbers[0::2], strict=True))
        return ZoneShape.beside(points, zone.within_m, zone.side or "both", line.accuracy_m)
    return None


def _inside(drawn: ZoneShape, spot: Spot) -> Truth:
    from trucewatch.places import contains

    if spot.area_wkt is None and (spot.lat is None or spot.lon is None):
        return UNKNOWN
    return contains(drawn, Shape(spot.lat, spot.lon, spot.radius_m, spot.area_wkt))
