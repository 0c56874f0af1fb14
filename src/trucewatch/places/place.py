"""A place of the gazetteer, and where the words of a report put something in relation to one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from trucewatch.places.index import Grade
from trucewatch.places.names import AREA, GOVERNORATE, QUARTER, TOWN, VILLAGE
from trucewatch.places.shapes import Shape

__all__ = [
    "COARSEST_SETTLEMENT",
    "IN_TOWN_M",
    "Located",
    "Place",
    "Relation",
    "fineness",
    "kind_classes",
]

IN_TOWN_M = 3_000.0
"""Least radius for a feature that lies in its town, such as a market."""

Relation = Literal["at", "part_of", "near", "offset", "between"]

_FINENESS = {
    0: ("country",),
    1: ("governorate", "province", "oblast", "admin1"),
    2: ("district", "raion", "admin2"),
    3: ("subdistrict", "sub-district", "region", "area", "admin3"),
    4: ("city",),
    5: ("town", "village", "suburb", "settlement", "hamlet", ""),
    6: ("neighbourhood", "quarter", "admin4"),
}
_BY_KIND = {kind: rank for rank, kinds in _FINENESS.items() for kind in kinds}
_SITE = 7
COARSEST_SETTLEMENT = 4
"""Ranks below this are areas: what is said to be in one is inside its radius already."""
_CLASSES = {
    1: (GOVERNORATE,),
    2: (AREA,),
    3: (AREA,),
    4: (TOWN,),
    5: (TOWN, VILLAGE),
    6: (QUARTER,),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One row of places.csv."""

    key: str
    name: str
    names: tuple[str, ...]
    """Other spellings and names."""
    lat: float
    """Degrees WGS84 of the centre."""
    lon: float
    radius_m: float
    """Metres; the disk contains what is said to be at the place with at least 95 %."""
    parent: str | None = None
    """Key of the place that it belongs to."""
    kind: str = ""
    """country, governorate, district, subdistrict, city, town, village, suburb, neighbourhood; any
    other word is a site (bridge, mountain, airbase, road …); empty: a settlement of any size."""
    area_wkt: str | None = None
    """Its outline in WKT, longitude first, if known."""

    @property
    def shape(self) -> Shape:
        """Its outline if known, else its disk."""
        return Shape(self.lat, self.lon, self.radius_m, self.area_wkt)


@dataclass(frozen=True, slots=True)
class Located:
    """One place that words may mean, and the disk that follows from the words."""

    place: Place
    """The place of the gazetteer that the words lean on."""
    lat: float
    lon: float
    radius_m: float
    """Metres; contains the true place with at least 95 % if `place` is the one that was meant."""
    part: str
    """The part of the text that led to it, as written."""
    relation: Relation
    """`at` the place; `part_of` it, the finer part being unknown; `near`, `offset` from it, or
    `between` it and another."""
    grade: Grade
    similarity: float = 1.0

    @property
    def inside(self) -> bool:
        """Whether the words put it in the place: at it, or in a part that lies in it.

        What is near it, away from it or a part that may lie outside (its disk grew beyond that of a
        feature in town) has ground of its own.
        """
        if self.relation == "part_of":
            return self.radius_m <= max(self.place.radius_m, IN_TOWN_M)
        return self.relation == "at"

    def as_place(self) -> Place:
        """Return the place, with the disk of the words (and no outline) unless they say `at`."""
        if self.relation == "at":
            return self.place
        outline = self.place.area_wkt if self._is_disk_of_place() else None
        return replace(
            self.place, lat=self.lat, lon=self.lon, radius_m=self.radius_m, area_wkt=outline
        )

    def _is_disk_of_place(self) -> bool:
        home = self.place
        return (self.lat, self.lon, self.radius_m) == (home.lat, home.lon, home.radius_m)


def fineness(place: Place) -> int:
    """Return 0 for a country to 7 for a site."""
    return _BY_KIND.get(place.kind.casefold(), _SITE)


def kind_classes(place: Place) -> tuple[str, ...]:
    """Return what words for kinds may be said of the place; empty when any may."""
    known = _CLASSES.get(fineness(place), ()) if place.kind else ()
    return (*known, QUARTER) if place.kind.casefold() == "suburb" else known
