"""Two event data sets linked with each other: UCDP GED Syria and the list of the Syrian Archive, September 2016.

    python bench/cross_dataset.py

One event of GED is one report of the document `GED`, so that no two of them are put together; an item of the archive is a
document of its own, so that many items may belong to one event. Few items have a point; the others name a place, which
trucewatch's gazetteer looks up among OCHA's sub-districts and neighbourhoods, then among the places that GED names in
other years; a name that means several places in the governorate that the archive states stays without a point. Nobody has
labelled the truth. What is printed besides the counts is a check that linking did not see: does what both say, the place
left out, share a word?
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import numpy as np
from ged import FOLDER, RADIUS_M

import trucewatch as tw
from trucewatch.places import Gazetteer, Place

ARCHIVE = FOLDER.parent / "syrian_archive" / "syrianarchive.csv"
FIRST, LAST = "2016-09-01", "2016-09-30"
ARCHIVE_RADIUS_M = 2_000.0
"""Assumed for a point of the archive, which states none."""
OCHA = FOLDER.parent / "cod_ab_syria" / "places.csv"
NAMED_RADIUS_M = 2_000.0
"""Assumed for a town or village that GED puts at an exact place."""
DEGREES = re.compile(r"(\d+)°(\d+)'([\d.]+)\"[NE]?")
KINDS = {"admin3": "subdistrict", "neighbourhood": "neighbourhood"}
GOVERNORATES = {
    "SY01": "DAMASCUS", "SY02": "ALEPPO", "SY03": "RURAL", "SY04": "HOMS", "SY05": "HAMA", "SY06": "LATAKIA", "SY07": "IDLIB",
    "SY08": "AL-HASAKAH", "SY09": "DEIR", "SY10": "TARTUS", "SY11": "AR-RAQQA", "SY12": "DARA", "SY13": "AS-SWEIDA", "SY14": "QUNEITRA",
}
WORDS = re.compile(r"[a-z]{4,}")
COMMON = {"city", "town", "village", "neighborhood", "district", "governorate", "countryside", "near", "area", "province"}


def archive_items() -> list[dict[str, Any]]:
    """Items of the archive in these days: id, day, point or None, words of the place."""
    found = []
    with ARCHIVE.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines)):
            day = "-".join(reversed(row[4].split("/")))
            if FIRST <= day <= LAST:
                found.append({
                    "id": f"archive {number}", "day": date.fromisoformat(day), "lat": degrees(row[2]), "lon": degrees(row[3]),
                    "place": named_place(html.unescape(row[1]).partition(":")[2]),
                    "governorate": row[1].partition(":")[0].strip().upper(), "said": words(row[7]) - words(row[1]),
                })
    return found


def gazetteers() -> dict[str, list[Gazetteer]]:
    """Return for each governorate (first word of its name, upper case) OCHA's places and those of GED outside these days."""
    named: dict[str, tuple[dict[str, Place], dict[str, Place]]] = defaultdict(lambda: ({}, {}))
    with OCHA.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            place = Place(row["pcode"], row["name_en"].replace("_", " "), (), float(row["lat"]), float(row["lon"]), float(row["radius_m"]), kind=KINDS[row["level"]])
            named[GOVERNORATES.get(row["admin1_pcode"], row["admin1_pcode"])][0][place.key] = place
    with gzip.open(FOLDER / "ged_syria_2016_2019.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = named_place(row["where_coordinates"])
            if row["where_prec"] == "1" and name and not FIRST <= row["date_start"][:10] <= LAST:
                place = Place(name, name, (), float(row["latitude"]), float(row["longitude"]), NAMED_RADIUS_M)
                named[row["adm_1"].partition(" ")[0].upper()][1].setdefault(place.key, place)
    return {one: [Gazetteer(each) for each in both] for one, both in named.items()}


def looked_up(items: list[dict[str, Any]]) -> Counter[str]:
    """Give a point to each item whose name means one place of its governorate; returns how that went."""
    known, went = gazetteers(), Counter[str]()
    for item in items:
        if item["lat"] is not None or item["place"] is None:
            went["has a point" if item["lat"] is not None else "names no place"] += 1
            continue
        found = next((places for one in known.get(item["governorate"], []) if (places := one.resolve(item["place"]))), ())
        went[("unknown name", "found")[len(found)] if len(found) < 2 else "several places"] += 1
        if len(found) == 1:
            item |= {"lat": found[0].lat, "lon": found[0].lon, "radius": max(found[0].radius_m, 500.0)}
    return went


def degrees(written: str) -> float | None:
    """Decimal degrees, or degrees, minutes and seconds with HTML entities; None for nothing."""
    text = html.unescape(written).strip()
    parts = DEGREES.fullmatch(text)
    if parts:
        whole, minutes, seconds = map(float, parts.groups())
        return whole + minutes / 60 + seconds / 3600
    try:
        return float(text)
    except ValueError:
        return None


def ged_events() -> list[dict[str, Any]]:
    with gzip.open(FOLDER / "ged_syria_2016_2019.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        return [
            {
                "id": f"ged {row['id']}", "day": date.fromisoformat(row["date_start"][:10]), "until": date.fromisoformat(row["date_end"][:10]),
                "lat": float(row["latitude"]), "lon": float(row["longitude"]), "radius": RADIUS_M[row["where_prec"]],
                "place": named_place(row["where_coordinates"]), "said": words(row["source_headline"]) - words(row["where_coordinates"]),
            }
            for row in csv.DictReader(lines) if FIRST <= row["date_start"][:10] <= LAST and row["where_prec"] in RADIUS_M
        ]  # fmt: skip


def columns(events: list[dict[str, Any]], items: list[dict[str, Any]]) -> dict[str, Any]:
    both = [*events, *items]
    return {
        "report_id": [one["id"] for one in both],
        "document": ["GED"] * len(events) + [one["id"] for one in items],
        "occurred_from": [one["day"] for one in both],
        "occurred_to": [one.get("until", one["day"]) + timedelta(days=1) for one in both],
        "lat": [one["lat"] for one in both], "lon": [one["lon"] for one in both],
        "place_written": [one["place"] for one in both],
        "radius_m": [one.get("radius", ARCHIVE_RADIUS_M) if one["lat"] is not None else None for one in both],
    }


def named_place(place: str) -> str | None:
    """The name of a place without what kind of place it is."""
    kept = [word for word in place.replace(",", " ").split() if word.lower() not in COMMON]
    return " ".join(kept) or None


def words(text: str) -> set[str]:
    return set(WORDS.findall(text.lower())) - COMMON


def main() -> None:
    events, items = ged_events(), archive_items()
    went = looked_up(items)
    found = tw.link(columns(events, items)).membership
    said = {one["id"]: one["said"] for one in [*events, *items]}
    groups: dict[str, list[str]] = defaultdict(list)
    for report, incident in zip(found.values("report_id"), found.values("incident_id"), strict=True):
        groups[incident].append(report)
    joined = [(one, item) for each in groups.values() for one in each if one.startswith("ged") for item in each if item.startswith("archive")]
    sizes = Counter(Counter(event for event, _ in joined).values())
    alike = [bool(said[event] & said[item]) for event, item in joined]
    dice = np.random.default_rng(1)
    other = [bool(said[events[int(dice.integers(len(events)))]["id"]] & said[item]) for _, item in joined for _ in range(20)]
    print(json.dumps({
        "events of GED": len(events), "items of the archive": len(items), "names": dict(went), "items with a point": sum(1 for one in items if one["lat"] is not None),
        "items with an event": len(joined), "events with items": sum(sizes.values()), "items of one event": dict(sorted(sizes.items())),
        "items alone": sum(1 for each in groups.values() if len(each) == 1 and each[0].startswith("archive")),
        "share of a word beside the place": round(sum(alike) / max(1, len(alike)), 3),
        "the same with a random event": round(sum(other) / max(1, len(other)), 3),
        "two events in one incident": sum(1 for each in groups.values() if sum(one.startswith("ged") for one in each) > 1),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
