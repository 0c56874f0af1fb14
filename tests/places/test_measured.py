"""How often the names of one data set find the right place of another; the figures are floors.

Names of points in UCDP GED (Syria, 2016-2019) against the sub-districts of the common operational
dataset. Right: the coded point lies in the sub-district or within 0.02 degrees of it.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import shapely

from trucewatch.places import Gazetteer, distance_m, load_places

pytestmark = pytest.mark.ged

DATA = Path(__file__).parents[3] / "shared" / "data"
Points = dict[tuple[str, str], set[tuple[float, float]]]


def needed(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        reason = f"{name} is not beside the checkout"
        if os.environ.get("CI") == "true":
            raise FileNotFoundError(reason)
        pytest.skip(reason)
    return path


def outlines(name: str) -> dict[str, tuple[str, Any]]:
    with gzip.open(needed(f"cod_ab_syria/{name}.geojson.gz"), "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    return {
        one["properties"]["PCODE"]: (
            one["properties"]["NAME_EN"].strip(),
            shapely.from_geojson(json.dumps(one["geometry"])),
        )
        for one in features
    }


def row(key: str, name: str, outline: Any, parent: str, kind: str) -> dict[str, str]:
    middle, corners = outline.centroid, shapely.get_coordinates(shapely.convex_hull(outline))
    radius = max(distance_m(middle.y, middle.x, lat, lon) for lon, lat in corners)
    return {
        "key": key, "name": name, "lat": str(middle.y), "lon": str(middle.x),
        "radius_m": str(radius), "parent": parent, "kind": kind,
    }


@pytest.fixture(scope="module")
def subdistricts() -> dict[str, tuple[str, Any]]:
    return outlines("syr_admin3")


@pytest.fixture(scope="module")
def gazetteer(subdistricts: dict[str, tuple[str, Any]]) -> Gazetteer:
    rows = [
        row(key, f"{name} Governorate", outline, "", "governorate")
        for key, (name, outline) in outlines("syr_admin1").items()
    ]
    rows += [
        row(key, name, outline, key[:4], "subdistrict")
        for key, (name, outline) in subdistricts.items()
    ]
    found, problems = load_places(rows, "cod")
    assert problems == []
    return found


@pytest.fixture(scope="module")
def points() -> Points:
    found: Points = {}
    path = needed("ucdp_ged_syria/ged_syria_2016_2019.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for one in csv.DictReader(file):
            if one["where_prec"] in ("1", "2"):
                name = " ".join(one["where_coordinates"].split())
                place = (float(one["latitude"]), float(one["longitude"]))
                found.setdefault((name, one["adm_1"]), set()).add(place)
    return found


def count(
    gazetteer: Gazetteer, points: Points, subdistricts: dict[str, tuple[str, Any]], text: str
) -> Counter[str]:
    tally: Counter[str] = Counter()
    for (name, governorate), places in points.items():
        found = gazetteer.locate(text.format(name=name, governorate=governorate))
        if len(found) != 1 or found[0].place.kind != "subdistrict":
            tally["open"] += 1
            continue
        outline = subdistricts[found[0].place.key][1]
        right = any(outline.distance(shapely.Point(lon, lat)) < 0.02 for lat, lon in places)
        tally["right" if right else "wrong"] += 1
    return tally


@pytest.mark.parametrize(
    ("text", "floor"), [("{name}", 0.90), ("{name}, {governorate}", 0.945)]
)
def test_precision_of_single_answers(
    gazetteer: Gazetteer,
    points: Points,
    subdistricts: dict[str, tuple[str, Any]],
    text: str,
    floor: float,
):
    tally = count(gazetteer, points, subdistricts, text)
    assert tally["right"] >= 130
    assert tally["right"] / (tally["right"] + tally["wrong"]) >= floor, tally


def test_neighbourhoods_find_themselves():
    with needed("cod_ab_syria/places.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {
                "key": one["pcode"],
                "name": one["name_en"].strip(), "names": one["name_ar"].strip(),
                "lat": one["lat"], "lon": one["lon"], "radius_m": one["radius_m"],
                "kind": "neighbourhood" if one["level"] == "neighbourhood" else "subdistrict",
            }
            for one in csv.DictReader(file)
        ]
    gazetteer, problems = load_places(rows, "places.csv")
    assert problems == []
    for key, place in gazetteer.places.items():
        for name in (place.name, *place.names):
            assert key in [one.key for one in gazetteer.resolve(name)], name
