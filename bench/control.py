"""Who held what: `python bench/control.py [--draws N]`.

Real labels (the Ukrainian list of towns, 2022-03-01 .. 2024-08-17), noisy dated claims made from
them: per place a Poisson process of claims by two sources (right in .97 and .80, otherwise any other state), published 0-3
days late. Asked: random place-days. The estimate sees claims alone. Practice, in the same run: the majority of what was said of
a place in the last W days (or of the nearest place where nothing was), W the best of several by log-loss against the truth, with the
share of right answers as its probability. Without the data nothing is measured.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

import trucewatch as tw

CLASSES = ("contested", "ru", "ua")
HOLDER = {
    "Ukraine": "ua", "Truce": "ua", "Russia": "ru", "Contested": "contested", "Grey zone": "contested", "Uncontrolled": "contested",
}
BEGIN, END = date(2022, 3, 1), date(2024, 8, 17)
SPAN = (END - BEGIN).days + 1
GAP_DAYS = 20
SOURCES = {"careful": 0.97, "hasty": 0.80}
WINDOWS = (15, 30, 60, 90, 180, 365, 1000)
NEAR_M = 30_000.0


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    places: tuple[str, ...]
    lat: np.ndarray
    lon: np.ndarray
    label: np.ndarray
    """(places, days) position in CLASSES, -1 where the list says nothing."""


def read_truth(folder: Path) -> Truth:
    with (folder / "places.csv").open(encoding="utf-8") as file:
        rows = [one for one in csv.DictReader(file) if one["lat"] and one["coord_suspect"] == "0" and not one["same_as"]]
    at = {one["place_id"]: k for k, one in enumerate(rows)}
    label = np.full((len(rows), SPAN), -1)
    with gzip.open(folder / "ukraine_town_control.csv.gz", "rt", encoding="utf-8") as file:
        for run in csv.DictReader(file):
            if run["place_id"] in at and run["holder"] in HOLDER:
                first, last = (date.fromisoformat(run[name]) for name in ("first_seen", "last_seen"))
                label[at[run["place_id"]], (first - BEGIN).days : (last - BEGIN).days + 1] = CLASSES.index(HOLDER[run["holder"]])
    for row in label:
        fill(row)
    coordinates = np.array([(float(one["lat"]), float(one["lon"])) for one in rows])
    return Truth(tuple(at), *coordinates.T, label)


def fill(row: np.ndarray) -> None:
    """Keep the last label over gaps of at most GAP_DAYS between two labels."""
    known = np.flatnonzero(row >= 0)
    for left, right in pairwise(known):
        if 1 < right - left <= GAP_DAYS:
            row[left + 1 : right] = row[left]


def apart_m(truth: Truth) -> np.ndarray:
    lat, lon = np.radians(truth.lat), np.radians(truth.lon)
    half = np.sin((lat[:, None] - lat) / 2) ** 2 + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    return 2 * 6_371_008.8 * np.arcsin(np.sqrt(half))


def reporting(truth: Truth, coverage: float, split: str, dice: np.random.Generator) -> np.ndarray:
    """Return which places report: single ones, or whole blocks of 40 km."""
    if split == "random":
        return dice.random(len(truth.places)) < coverage
    block = np.floor(truth.lat / 0.36).astype(int) * 10_000 + np.floor(truth.lon / 0.55).astype(int)
    named, of = np.unique(block, return_inverse=True)
    return (dice.random(len(named)) < coverage)[of]


def simulate(truth: Truth, who: np.ndarray, interval: float, dice: np.random.Generator) -> dict[str, list[Any]]:
    """Return the columns of noisy claims."""
    rows: list[dict[str, Any]] = []
    for place in np.flatnonzero(who):
        for day in np.flatnonzero(dice.random(SPAN) < 1 / interval):
            true = truth.label[place, day]
            if true < 0:
                continue
            source = str(dice.choice(sorted(SOURCES)))
            wrong = dice.random() > SOURCES[source]
            said = CLASSES[int(dice.choice([k for k in range(3) if k != true]))] if wrong else CLASSES[true]
            about = BEGIN + timedelta(days=int(day))
            rows.append({
                "place": truth.places[place], "lat": truth.lat[place], "lon": truth.lon[place], "radius_m": 0.0,
                "holder": None if said == "contested" else said, "kind": "contested" if said == "contested" else "held",
                "valid_from": about, "valid_to": None, "published_at": about + timedelta(days=int(dice.integers(0, 4))),
                "source": source, "origin": None,
            })
    return {name: [row[name] for row in rows] for name in rows[0]}


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    place: np.ndarray
    day: np.ndarray
    true: np.ndarray
    near: np.ndarray
    """Within 30 km of a place that is differently held."""


def ask(truth: Truth, count: int, dice: np.random.Generator) -> Asked:
    place, day = np.nonzero(truth.label >= 0)
    some = dice.choice(len(place), count, replace=False)
    place, day = place[some], day[some]
    true = truth.label[place, day]
    close = apart_m(truth) < NEAR_M
    near = np.array([
        bool((close[p] & (truth.label[:, d] >= 0) & (truth.label[:, d] != t)).any()) for p, d, t in zip(place, day, true, strict=True)
    ])
    return Asked(place, day, true, near)


# ---------------------------------------------------------------------------------- practice


def practice(truth: Truth, claims: dict[str, list[Any]], asked: Asked) -> np.ndarray:
    """Return (asked, classes) by the best window of majorities, with the nearest place where nothing is."""
    found = [majority(truth, claims, asked, window) for window in WINDOWS]
    return min(found, key=lambda one: measures(one, asked)["log-loss"])


def majority(truth: Truth, claims: dict[str, list[Any]], asked: Asked, window: int) -> np.ndarray:
    """The answer is a certain one; its probability is how often such answers are right (generous: known from the truth)."""
    index = {name: k for k, name in enumerate(truth.places)}
    said = [CLASSES.index(holder or "contested") for holder in claims["holder"]]
    place = np.array([index[one] for one in claims["place"]])
    day, published = (np.array([(one - BEGIN).days for one in claims[name]]) for name in ("valid_from", "published_at"))
    order = np.argsort(apart_m(truth), axis=1)
    votes = np.zeros((len(truth.places), SPAN, 3))
    last = np.zeros((len(truth.places), SPAN, 3))
    for p, d, k, said_on in zip(place, day, said, published, strict=True):
        votes[p, said_on : d + window, k] += 1
        last[p, said_on : d + window, k] = d + 1
    answer = np.empty(len(asked.place), dtype=int)
    for at, (p, d) in enumerate(zip(asked.place, asked.day, strict=True)):
        there = votes[order[p], d].sum(axis=1) > 0
        nearest = order[p][np.argmax(there)] if there.any() else None
        answer[at] = 2 if nearest is None else int(np.lexsort((last[nearest, d], votes[nearest, d]))[-1])
    right = float((answer == asked.true).mean())
    shares = np.full((len(answer), 3), (1 - right) / 2)
    shares[np.arange(len(answer)), answer] = right
    return shares


# ---------------------------------------------------------------------------------- measures


def measures(shares: np.ndarray, asked: Asked, level: np.ndarray | float = 0.9) -> dict[str, float]:
    """`level`: the share of probability that sets gather. Log-loss with probabilities clipped at 0.001; ECE of the likeliest class in 20 bins."""
    clipped = np.clip(shares, 0.001, None)
    clipped /= clipped.sum(axis=1, keepdims=True)
    loss = -np.log(clipped[np.arange(len(clipped)), asked.true])
    top, best = clipped.max(axis=1), clipped.argmax(axis=1)
    right = best == asked.true
    bins = np.minimum((top * 20).astype(int), 19)
    gaps = [abs(float(top[bins == k].mean() - right[bins == k].mean())) * float((bins == k).mean()) for k in np.unique(bins)]
    contested, called = asked.true == 0, best == 0
    sizes, covered = sets(clipped, asked.true, level)
    return {
        "log-loss": float(loss.mean()), "accuracy": float(right.mean()), "ECE": float(sum(gaps)),
        "near log-loss": float(loss[asked.near].mean()), "near accuracy": float(right[asked.near].mean()),
        "contested recall": float(called[contested].mean()), "contested precision": float(contested[called].mean()) if called.any() else float("nan"),
        "90 % sets cover": covered, "set size": sizes,
    }


def sets(shares: np.ndarray, true: np.ndarray, level: np.ndarray | float) -> tuple[float, float]:
    """Return mean size and coverage of the smallest sets of classes that gather `level`."""
    order = np.argsort(-shares, axis=1)
    before = np.cumsum(np.take_along_axis(shares, order, 1), axis=1) - np.take_along_axis(shares, order, 1)
    kept = before < np.reshape(level, (-1, 1))
    rank = np.argmax(order == true[:, None], axis=1)
    return float(kept.sum(axis=1).mean()), float(np.take_along_axis(kept, rank[:, None], 1).mean())


def estimated(truth: Truth, claims: dict[str, list[Any]], asked: Asked, mode: str) -> tuple[np.ndarray, Any]:
    """Return (asked, classes); `unknown` is shared out evenly."""
    places = {"place": list(truth.places), "lat": truth.lat, "lon": truth.lon}
    days = [BEGIN + timedelta(days=int(one)) for one in np.unique(asked.day)]
    held = tw.estimate_control(claims, places, days, mode=mode)
    on = np.searchsorted(np.unique(asked.day), asked.day)
    columns = [held.holders.index(name) for name in CLASSES]
    shares = held.probabilities[asked.place, on]
    return shares[:, columns] + shares[:, [-1]] / 3, held


def run(truth: Truth, coverage: float, interval: float, split: str, seed: int, modes: Sequence[str]) -> list[dict[str, Any]]:
    dice = np.random.default_rng(seed)
    claims = simulate(truth, reporting(truth, coverage, split, dice), interval, dice)
    asked = ask(truth, 6_000, dice)
    what = {"coverage": coverage, "interval": interval, "split": split, "seed": seed, "claims": len(claims["place"])}
    base = measures(practice(truth, claims, asked), asked)
    rows = [{**what, "method": "practice", **base}]
    for mode in modes:
        started = time.perf_counter()
        shares, held = estimated(truth, claims, asked, mode)
        seconds = time.perf_counter() - started
        found = measures(shares, asked, np.where(held.evidence.ground.own[asked.place] >= 0, *held.levels))
        below = 1 - found["log-loss"] / base["log-loss"]
        rows.append({**what, "method": mode, **found, "below practice": below, "seconds": seconds, "reliability": dict(held.reliability)})
    return rows


def shown(row: dict[str, Any]) -> str:
    return json.dumps({key: round(value, 4) if isinstance(value, float) else value for key, value in row.items()})


def main(say: Callable[[str], None] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    beside = Path(__file__).resolve().parents[2] / "shared" / "data" / "control_replay"
    parser.add_argument("--data", type=Path, default=beside, help="folder of the replay")
    parser.add_argument("--draws", type=int, default=2)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of a setting, e.g. 0.2-60-random")
    given = parser.parse_args()
    if not (given.data / "places.csv").is_file():
        say(f"no replay in {given.data}: not measured")
        return
    truth = read_truth(given.data)
    for coverage, interval, split in ((1.0, 60, "random"), (1.0, 180, "random"), (0.2, 60, "random"), (0.05, 30, "random"), (0.2, 60, "block")):
        if given.only in f"{coverage}-{interval}-{split}":
            for seed in range(given.first_seed, given.first_seed + given.draws):
                for row in run(truth, coverage, interval, split, seed, ("filter", "smooth")):
                    say(shown(row))


if __name__ == "__main__":
    main()
