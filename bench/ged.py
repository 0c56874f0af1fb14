"""UCDP GED Syria as articles that report events, with an error of place, day and toll that is stated.

GED gives one point, day and toll per event, not per article. Each article's point gets a normal error of the radius
that its precision stands for, one day in ten is wrong by one, one toll in four is rounded to a neighbour or missing,
one article in five names no sides. The event ids are the answer and are never given to the linker.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "ucdp_ged_syria"
RADIUS_M = {"1": 1_000.0, "2": 8_000.0, "3": 25_000.0}
"""By where_prec; events known less well than a district are left out."""
DEGREE_M = 111_195.0
DAY = np.timedelta64(86_400_000_000, "us")


def articles(folder: Path, first: str, last: str, seed: int = 2016) -> tuple[dict[str, Any], list[str]]:
    """Return (columns in the report schema, event of each report) of the events that start in [first, last]."""
    with gzip.open(folder / "ged_syria_2016_2019.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        events = {row["id"]: row for row in csv.DictReader(lines) if _used(row, first, last)}
    with gzip.open(folder / "article_event.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        told = [row for row in csv.DictReader(lines) if row["event_id"] in events]
    return _columns(told, [events[row["event_id"]] for row in told], np.random.default_rng(seed)), [row["event_id"] for row in told]


def _used(row: dict[str, str], first: str, last: str) -> bool:
    return first <= row["date_start"] <= last and row["where_prec"] in RADIUS_M and row["date_prec"] == "1" and row["event_clarity"] == "1"


def _columns(told: list[dict[str, str]], events: list[dict[str, str]], dice: np.random.Generator) -> dict[str, Any]:
    count = len(told)
    radius = np.array([RADIUS_M[one["where_prec"]] for one in events])
    lat, lon = (np.array([float(one[name]) for one in events]) for name in ("latitude", "longitude"))
    error = dice.normal(size=(count, 2)) * (radius / 2.448)[:, None] / DEGREE_M
    wrong = np.where(dice.random(count) < 0.1, dice.choice([-1, 1], count), 0)
    start = np.array([one["date_start"] for one in events], dtype="datetime64[D]").astype("datetime64[us]") + wrong * DAY
    toll = np.array([int(one["best"]) for one in events])
    luck = dice.random(count)
    said = np.where(luck < 0.15, np.maximum(0, toll + dice.choice([-1, 1], count)), toll)
    silent, nameless = luck > 0.9, dice.random(count) < 0.2
    deaths = [None if no else int(one) for one, no in zip(said, silent, strict=True)]
    return {
        "report_id": [f"{row['event_id']}-{row['article_no']}-{number}" for number, row in enumerate(told)],
        "source": [row["office"] for row in told],
        "document": [f"{row['office']} {row['article_date']} {row['headline']}" for row in told],
        "occurred_from": start, "occurred_to": start + DAY, "lat": lat + error[:, 0],
        "lon": lon + error[:, 1] / np.cos(np.radians(lat)), "radius_m": radius,
        "by": [[] if no else [one["side_a"]] for one, no in zip(events, nameless, strict=True)],
        "against": [[] if no else [one["side_b"]] for one, no in zip(events, nameless, strict=True)],
        "deaths_low": deaths, "deaths_best": deaths, "deaths_high": deaths,
        "text": [row["headline"] for row in told],
    }
