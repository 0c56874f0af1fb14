"""Whether a zone's outcome would tell more of a place than the public may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucewatch.agreement import Agreement
from trucewatch.agreement.drawing import shapes_of
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
        self._shapes: dict[str, tuple[ZoneShape, ...]] = {}
        self._told: dict[tuple[str, Spot, Spot], bool] = {}

    def tell_more(self, clause: str, exact: Spot, shown: Spot) -> bool:
        """Whether the clause's zone answers otherwise for the place as recorded than as shown.

        Such an answer (inside a strip along a road, say) would narrow the coarsened place down again. That of an
        administrative unit always might.
        """
        name = self._zones.get(clause)
        if exact == shown or name is None:
            return False
        key = (name, exact, shown)
        if key not in self._told:
            self._told[key] = self._told_more(name, exact, shown)
        return self._told[key]

    def _told_more(self, name: str, exact: Spot, shown: Spot) -> bool:
        zone = self._agreement.zones.get(name)
        if zone is None or zone.status != "given":
            return False
        if zone.kind == "admin":
            return True
        if name not in self._shapes:
            self._shapes[name] = shapes_of(zone, self._agreement.zones)
        shapes = self._shapes[name]
        return any(_inside(one, exact) is not _inside(one, shown) for one in shapes)


def _inside(drawn: ZoneShape, spot: Spot) -> Truth:
    from trucewatch.places import contains

    if spot.area_wkt is None and (spot.lat is None or spot.lon is None):
        return UNKNOWN
    return contains(drawn, Shape(spot.lat, spot.lon, spot.radius_m, spot.area_wkt))
