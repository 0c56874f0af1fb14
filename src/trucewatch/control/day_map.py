"""Who held places and the country between them on one day: what maps, tables and differences are made of.

The country is asked about on a grid, cell by cell, with the same estimator as the places: no line is drawn halfway between two places
because nobody said anything of what lies there, and what no claim reaches stays unknown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from trucewatch.control.schema import UNKNOWN_HOLDER

if TYPE_CHECKING:
    from trucewatch.control.estimator import Holdings
    from trucewatch.control.holders import Holders
    from trucewatch.places import Gazetteer

__all__ = [
    "BANDS", "Cell", "DayMap", "HeldPlace", "areas_geojson", "band_of", "cells_around", "day_map_of_case", "day_map_of_claims", "likeliest", "place_rows",
    "points_asked",
]

BANDS = {"sure": 0.9, "likely": 0.6, "leaning": 0.0}
"""Confidence → least probability of the likeliest holder. `sure` is the threshold that agreements have unless they say otherwise."""
_ACROSS = 60
_MARGIN_DEGREES = 0.15
_LEAST_DEGREES = 0.01
_CELL = "\x00cell "


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """A place on the day."""

    place: str
    lat: float
    lon: float
    shares: Mapping[str, float]
    """Holder → probability, always with `contested` and `unknown`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle of degrees, asked about at its centre."""

    west: float
    south: float
    east: float
    north: float
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class DayMap:
    """A day."""

    day: date
    places: tuple[HeldPlace, ...]
    cells: tuple[Cell, ...] = ()


def likeliest(shares: Mapping[str, float]) -> tuple[str, float]:
    """Return the likeliest holder, or `contested` or `unknown`, and its probability."""
    best = max(sorted(shares), key=lambda name: shares[name])
    return best, shares[best]


def band_of(probability: float) -> str:
    """Return the confidence of a probability: sure, likely or leaning."""
    return next(name for name, least in BANDS.items() if probability >= least)


def cells_around(points: Sequence[tuple[float, float]], across: int = _ACROSS) -> list[tuple[float, float, float, float]]:
    """Return (west, south, east, north) of cells of one size over points (lat, lon) and a margin, `across` of them in the longer direction.

    Empty without points, and where they lie on both sides of the 180th meridian.
    """
    if not points:
        return []
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    if max(lons) - min(lons) > 180:
        return []
    margin = max(_MARGIN_DEGREES, 0.06 * max(max(lats) - min(lats), max(lons) - min(lons)))
    south, north = max(-89.9, min(lats) - margin), min(89.9, max(lats) + margin)
    narrow = max(0.05, math.cos(math.radians((south + north) / 2)))
    west, east = max(-180.0, min(lons) - margin / narrow), min(180.0, max(lons) + margin / narrow)
    high = max(_LEAST_DEGREES, max(north - south, (east - west) * narrow) / across)
    wide = high / narrow
    rows, columns = math.ceil((north - south) / high), math.ceil((east - west) / wide)
    return [
        (west + c * wide, south + r * high, min(180.0, west + (c + 1) * wide), min(90.0, south + (r + 1) * high))
        for r in range(rows) for c in range(columns)
    ]


def points_asked(places: Mapping[str, tuple[float, float]], cells: Sequence[tuple[float, float, float, float]]) -> dict[str, list[Any]]:
    """Return places (lat, lon) and the centres of cells as the `places` of `tw.estimate_control`."""
    rows = [(name, *where) for name, where in places.items()]
    rows += [(f"{_CELL}{at}", (south + north) / 2, (west + east) / 2) for at, (west, south, east, north) in enumerate(cells)]
    return {name: [row[at] for row in rows] for at, name in enumerate(("place", "lat", "lon"))}


def day_map_of_claims(held: Holdings, day: date, places: Mapping[str, tuple[float, float]], cells: Sequence[tuple[float, float, float, float]] = ()) -> DayMap:
    """Return a day of an estimate that was asked about `points_asked(places, cells)`."""
    told = tuple(HeldPlace(name, lat, lon, held.at(name, day)) for name, (lat, lon) in places.items())
    return DayMap(day, told, tuple(Cell(*box, held.at(f"{_CELL}{at}", day)) for at, box in enumerate(cells)))


def day_map_of_case(holders: Holders, gazetteer: Gazetteer, day: date, *, over_country: bool = True) -> DayMap:
    """Return a day (of the case's zone, at its end) of a case: every place of its gazetteer that a claim is about or near, and the country."""
    places = {key: one for key, one in sorted(gazetteer.places.items())}
    lat, lon = np.array([one.lat for one in places.values()]), np.array([one.lon for one in places.values()])
    shares = holders.on(holders.standing(lat, lon), day.toordinal()) if places else np.empty((0, 0))
    told = [HeldPlace(key, one.lat, one.lon, holders.named(shares[at])) for at, (key, one) in enumerate(places.items())]
    known = [(one.lat, one.lon) for one in told if one.shares[UNKNOWN_HOLDER] < 1]
    boxes = cells_around(known) if over_country else []
    if not boxes:
        return DayMap(day, tuple(told))
    west, south, east, north = np.array(boxes).T
    grid = holders.on(holders.standing((south + north) / 2, (west + east) / 2), day.toordinal())
    return DayMap(day, tuple(told), tuple(Cell(*box, holders.named(grid[at])) for at, box in enumerate(boxes)))


def place_rows(shown: DayMap) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return the places as rows with columns after those of VIINA, and the columns: place, longitude, latitude, date (yyyymmdd), status, probability, p_… of each holder."""
    names = sorted({name for one in shown.places for name in one.shares})
    rows = []
    for one in shown.places:
        status, probability = likeliest(one.shares)
        row = {"place": one.place, "longitude": one.lon, "latitude": one.lat, "date": f"{shown.day:%Y%m%d}", "status": status, "probability": probability}
        rows.append(row | {f"p_{name}": one.shares.get(name, 0.0) for name in names})
    return rows, ("place", "longitude", "latitude", "date", "status", "probability", *(f"p_{name}" for name in names))


def areas_geojson(shown: DayMap) -> dict[str, Any]:
    """Return the country as areas by holder and confidence, and the places as points (RFC 7946).

    An area joins the cells whose likeliest holder and confidence (`BANDS`) are the same; where that is `unknown` there is none. `least` and
    `most` are the probabilities in it.
    """
    from shapely import box, union_all
    from shapely.geometry import mapping
    from shapely.geometry.polygon import orient

    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in shown.cells:
        holder, probability = likeliest(cell.shares)
        if holder != UNKNOWN_HOLDER:
            groups.setdefault((holder, band_of(probability)), []).append(cell)
    features = []
    for (holder, band), cells in sorted(groups.items()):
        joined = union_all([box(one.west, one.south, one.east, one.north) for one in cells], grid_size=1e-6)
        parts = [orient(one) for one in getattr(joined, "geoms", [joined])]
        shape = {"type": "MultiPolygon", "coordinates": [mapping(one)["coordinates"] for one in parts]}
        chances = [one.shares[holder] for one in cells]
        told = {"holder": holder, "confidence": band, "least": min(chances), "most": max(chances), "day": shown.day.isoformat()}
        features.append({"type": "Feature", "geometry": shape, "properties": told})
    return {"type": "FeatureCollection", "features": [*features, *_points(shown)]}


def _points(shown: DayMap) -> list[dict[str, Any]]:
    found = []
    for one in shown.places:
        status, probability = likeliest(one.shares)
        told = {"place": one.place, "day": shown.day.isoformat(), "status": status, "probability": probability, "confidence": band_of(probability)}
        told |= {f"p_{name}": share for name, share in one.shares.items()}
        found.append({"type": "Feature", "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]}, "properties": told})
    return found


