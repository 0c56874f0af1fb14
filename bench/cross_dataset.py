"""Two event data sets linked with each other: UCDP GED Syria and the list of the Syrian Archive, September 2016.

    python bench/cross_dataset.py

One event of GED is one report of the document `GED`, so that no two of them are put together; an item of the archive is a
document of its own, so that many items may belong to one event. Nobody has labelled the truth. What is printed besides the
counts is a check that linking did not see: does what both say, the place left out, share a word?
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

ARCHIVE = FOLDER.parent / "syrian_archive" / "syrianarchive.csv"
FIRST, LAST = "2016-09-01", "2016-09-30"
ARCHIVE_RADIUS_M = 2_000.0
"""Assumed for a point of the archive, which states none."""
DEGREES = re.compile(r"(\d+)°(\d+)'([\d.]+)\"[NE]?")
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
                    "place": named(row[1].partition(":")[2]), "said": words(row[7]) - words(row[1]),
                })
    return found


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
                "place": named(row["where_coordinates"]), "said": words(row["source_headline"]) - words(row["where_coordinates"]),
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


def named(place: str) -> str | None:
    """The name of a place without what kind of place it is."""
    kept = [word for word in place.replace(",", " ").split() if word.lower() not in COMMON]
    return " ".join(kept) or None


def words(text: str) -> set[str]:
    return set(WORDS.findall(text.lower())) - COMMON


def main() -> None:
    events, items = ged_events(), archive_items()
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
        "events of GED": len(events), "items of the archive": len(items), "items with a point": sum(1 for one in items if one["lat"] is not None),
        "items with an event": len(joined), "events with items": sum(sizes.values()), "items of one event": dict(sorted(sizes.items())),
        "items alone": sum(1 for each in groups.values() if len(each) == 1 and each[0].startswith("archive")),
        "share of a word beside the place": round(sum(alike) / max(1, len(alike)), 3),
        "the same with a random event": round(sum(other) / max(1, len(other)), 3),
        "two events in one incident": sum(1 for each in groups.values() if sum(one.startswith("ged") for one in each) > 1),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
