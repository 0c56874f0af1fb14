"""How control scales: `python bench/control_scale.py [--cells N] [--days N] [--nodes N] [--daily N]`.

A made-up war: cells on a grid of 1,300 by 900 km, five sides, fronts that drift; a hundred claims a day about two
thousand of the cells. Asked: every cell on every day, run-length, as a nowcast. In the same run: the last
majority of a cell or of the nearest one that has any, which is what others do. Each measurement runs in a process
of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

import trucewatch as tw
from trucewatch.control import default_weights

BEGIN = date(2020, 1, 1)
WIDE_KM, HIGH_KM, SIDES = 1_300.0, 900.0, 5


def ground(cells: int) -> dict[str, Any]:
    across = round((cells * WIDE_KM / HIGH_KM) ** 0.5)
    at = np.arange(cells)
    return {
        "place": [f"c{one}" for one in at], "lat": 44 + (at // across) * (WIDE_KM / across) / 111.2,
        "lon": 22 + (at % across) * (WIDE_KM / across) / 74.0,
    }


def held_by(lon: np.ndarray, lat: np.ndarray, day: np.ndarray) -> np.ndarray:
    wave = np.sin(lat * 3) + 0.5 * np.sin(lat * 9 + day / 80)
    return np.clip(((lon - 22 + wave + day / 400) / 18 * SIDES).astype(int), 0, SIDES - 1)


def claims_about(places: dict[str, Any], nodes: int, days: int, daily: int) -> dict[str, Any]:
    dice = np.random.default_rng(1)
    spoken = dice.choice(len(places["place"]), min(nodes, len(places["place"])), replace=False)
    count = days * daily
    where, day = dice.choice(spoken, count), np.sort(dice.integers(0, days, count))
    side = held_by(places["lon"][where], places["lat"][where], day)
    wrong = dice.random(count) < 0.12
    side = np.where(wrong, dice.integers(0, SIDES, count), side)
    late = dice.integers(0, 4, count)
    fighting = dice.random(count) < 0.04
    return {
        "place": [f"c{one}" for one in where], "lat": places["lat"][where], "lon": places["lon"][where],
        "holder": [None if fight else f"side-{one}" for one, fight in zip(side, fighting, strict=True)],
        "kind": ["contested" if fight else "held" for fight in fighting],
        "valid_from": [BEGIN + timedelta(days=int(one)) for one in day],
        "published_at": [BEGIN + timedelta(days=int(one + more)) for one, more in zip(day, late, strict=True)],
        "source": [f"source-{one}" for one in dice.integers(0, 6, count)],
    }


def last_majority(places: dict[str, Any], claims: dict[str, Any], days: int) -> int:
    """The majority of what was said of a cell in 60 days, else what it last was; elsewhere that of the nearest such cell."""
    index = {one: at for at, one in enumerate(sorted(set(claims["place"]), key=lambda one: int(one[1:])))}
    node = np.array([index[one] for one in claims["place"]])
    on = np.array([one.toordinal() - BEGIN.toordinal() for one in claims["published_at"]])
    said = np.array([SIDES if one is None else int(one[-1]) for one in claims["holder"]])
    cells = np.array([int(one[1:]) for one in index])
    lat, lon = places["lat"], places["lon"]
    nearest = np.concatenate([
        np.argmin((lat[part, None] - lat[cells]) ** 2 + ((lon[part, None] - lon[cells]) * 0.67) ** 2, axis=1)
        for part in np.array_split(np.arange(len(lat)), max(1, len(lat) // 1000))
    ])
    votes, last, changes, before = np.zeros((len(cells), SIDES + 1)), np.full(len(cells), -1), 0, None
    order = np.argsort(on, kind="stable")
    for day in range(days):
        came, went = order[np.searchsorted(on[order], day) : np.searchsorted(on[order], day + 1)], order[np.searchsorted(on[order], day - 60) : np.searchsorted(on[order], day - 59)]
        np.add.at(votes, (node[came], said[came]), 1)
        np.add.at(votes, (node[went], said[went]), -1)
        last = np.where(votes.sum(axis=1) > 0, votes.argmax(axis=1), last)
        answer = last[nearest]
        changes += 0 if before is None else int((answer != before).sum())
        before = answer
    return changes


def measure(what: str, cells: int, days: int, nodes: int, daily: int) -> dict[str, Any]:
    places = ground(cells)
    claims = claims_about(places, nodes, days, daily)
    asked = [BEGIN + timedelta(days=day) for day in range(days)]
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    found: dict[str, Any] = {}
    if what == "practice":
        found["changes"] = last_majority(places, claims, days)
    else:
        weights = default_weights((*(f"side-{k}" for k in range(SIDES)), "contested")) if what == "weights held" else None
        held = tw.estimate_control(claims, places, asked, weights=weights)
        found["ready"] = time.perf_counter() - started
        found["runs"] = len(held.runs())
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"what": what, "cells": cells, "days": days, "nodes": nodes, "claims": days * daily, **found, "seconds": seconds, "processor seconds": time.process_time(), "peak GB": peak / 1e6, "before GB": idle / 1e6}


def added(cells: int, days: int, nodes: int, daily: int) -> dict[str, Any]:
    """One claim more, for the last day and one cell, two hundred times; and then the map of that day of all cells."""
    places = ground(cells)
    claims = claims_about(places, nodes, days, daily)
    today = BEGIN + timedelta(days=days + 3)
    held = tw.estimate_control(claims, places, [today], weights=default_weights((*(f"side-{k}" for k in range(SIDES)), "contested")))
    held.on(today)
    dice, seconds, processor = np.random.default_rng(2), list[float](), list[float]()
    for at in dice.integers(0, len(claims["place"]), 200):
        cell = int(claims["place"][at][1:])
        fresh = {
            "place": [f"c{cell}"], "lat": places["lat"][cell : cell + 1], "lon": places["lon"][cell : cell + 1], "holder": ["side-1"],
            "kind": ["held"], "valid_from": [today], "published_at": [today], "source": ["source-0"],
        }
        started, busy = time.perf_counter(), time.process_time()
        more = held.add(fresh)
        more.at(f"c{cell}", today)
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - busy)
        held = more
    started = time.perf_counter()
    held.on(today)
    found = {f"{name} ms": [round(float(one) * 1e3, 2) for one in np.quantile(values, (0.5, 0.9))] for name, values in (("visible", seconds), ("processor", processor))}
    return {"what": "a claim more (median, 90 %)", "cells": cells, "claims": len(claims["place"]), **found, "map of the day, s": time.perf_counter() - started}


def apart(what: str, cells: int, days: int, nodes: int, daily: int) -> dict[str, Any]:
    said = subprocess.run([sys.executable, __file__, "--one", what, "--cells", str(cells), "--days", str(days), "--nodes", str(nodes), "--daily", str(daily)], check=True, capture_output=True, text=True)
    return json.loads(said.stdout.splitlines()[-1])


def main(say: Callable[[str], None] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=1_000)
    parser.add_argument("--nodes", type=int, default=2_000)
    parser.add_argument("--daily", type=int, default=100)
    parser.add_argument("--one", default="", help="measure only this, in this process")
    given = parser.parse_args()
    sizes = (given.days, given.nodes, given.daily)
    if given.one:
        say(json.dumps(added(given.cells, *sizes) if given.one == "add" else measure(given.one, given.cells, *sizes)))
        return
    say(json.dumps(apart("add", given.cells, *sizes)))
    practice = apart("practice", given.cells, *sizes)
    say(json.dumps(practice))
    for what in ("weights held", "weights fitted"):
        small, large = apart(what, given.cells // 10, *sizes), apart(what, given.cells, *sizes)
        large |= {"times practice": large["seconds"] / practice["seconds"], "growth for 10 times the cells": large["seconds"] / small["seconds"]}
        say(json.dumps(small))
        say(json.dumps(large))


if __name__ == "__main__":
    main()
