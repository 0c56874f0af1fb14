"""Places: names however spelt, positions however written, disks, sectors and zones.

Geometry (`ZoneShape`, `contains`, `contains_many`, `contains_codes`, `area_fault`) loads shapely on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from trucewatch.places.bearings import parse_bearing
from trucewatch.places.distance import destination, distance_m, initial_bearing
from trucewatch.places.gazetteer import Gazetteer, Located, Place
from trucewatch.places.index import Grade
from trucewatch.places.loading import load_places
from trucewatch.places.place import fineness
from trucewatch.places.position import parse_position
from trucewatch.places.shapes import Shape, sector_wkt

if TYPE_CHECKING:
    from trucewatch.places.zones import (
        ZoneShape,
        area_fault,
        contains,
        contains_codes,
        contains_many,
    )

__all__ = [
    "Gazetteer",
    "Grade",
    "Located",
    "Place",
    "Shape",
    "ZoneShape",
    "area_fault",
    "contains",
    "contains_codes",
    "contains_many",
    "destination",
    "distance_m",
    "fineness",
    "initial_bearing",
    "load_places",
    "parse_bearing",
    "parse_position",
    "sector_wkt",
]

_GEOMETRY = frozenset({"ZoneShape", "area_fault", "contains", "contains_codes", "contains_many"})


def __getattr__(name: str) -> object:
    if name in _GEOMETRY:
        found: object = getattr(importlib.import_module("trucewatch.places.zones"), name)
        return found
    message = f"module {__name__} has no attribute {name!r}"
    raise AttributeError(message)
