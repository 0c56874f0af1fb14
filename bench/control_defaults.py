"""The weights shipped for small cases: `python bench/control_defaults.py [--wars N]`.

They are means of weights fitted on the claims of made-up wars: places at random on a plane, two to
four sides, wavy fronts that drift, fighting in a band along them. No real place or label is used.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import Any

import numpy as np

import trucewatch as tw
from trucewatch.control.weights import FEATURES

BEGIN, DAYS, PLACES = date(2020, 1, 1), 700, 350
EDGE_KM = 700.0


def sides(east: np.ndarray, north: np.ndarray, day: int, count: int, dice_of_war: np.ndarray) -> np.ndarray:
    """Return who holds each point: sectors of a plane parted by wavy fronts; -1 where they fight."""
    holder = np.zeros(len(east), dtype=int)
    fighting = np.zeros(len(east), dtype=bool)
    for front in range(count - 1):
        at, drift, wave, phase, band, angle = dice_of_war[front]
        along, across = east * np.cos(angle) + north * np.sin(angle), north * np.cos(angle) - east * np.sin(angle)
        line = at * EDGE_KM + drift * day + wave * np.sin(along / 60 + phase) + wave / 2 * np.sin(along / 17 + 2 * phase + day / 80)
        holder = np.where(across > line, front + 1, holder)
        fighting |= np.abs(across - line) < band
    return np.where(fighting, -1, holder)


def war(dice: np.random.Generator) -> dict[str, list[Any]]:
    """Return the claims made about one war."""
    count = int(dice.integers(2, 5))
    fronts = np.column_stack([
        dice.uniform(-0.2, 0.8, 3), dice.normal(0, 0.08, 3), dice.uniform(5, 40, 3), dice.uniform(0, 6, 3),
        dice.uniform(1, 8, 3), dice.uniform(0, 1.2, 3),
    ])
    east, north = dice.uniform(0, EDGE_KM, (2, PLACES))
    reports = dice.random(PLACES) < dice.choice([0.15, 0.3, 0.6, 1.0])
    interval, right = dice.uniform(25, 90), dict(zip("abc", dice.uniform(0.75, 0.97, 3), strict=True))
    rows = []
    for day in range(DAYS):
        true = sides(east, north, day, count, fronts)
        for place in np.flatnonzero(reports & (dice.random(PLACES) < 1 / interval)):
            source, said = str(dice.choice(list(right))), int(true[place])
            if dice.random() > right[source]:
                said = int(dice.choice([one for one in range(-1, count) if one != said]))
            rows.append((place, day, day + int(dice.integers(0, 4)), source, said))
    return {
        "place": [f"p{row[0]}" for row in rows], "lat": [40 + north[row[0]] / 111.2 for row in rows],
        "lon": [30 + east[row[0]] / 82 for row in rows], "holder": [None if row[4] < 0 else f"side-{row[4]}" for row in rows],
        "kind": ["contested" if row[4] < 0 else "held" for row in rows], "valid_from": [BEGIN + timedelta(days=row[1]) for row in rows],
        "published_at": [BEGIN + timedelta(days=row[2]) for row in rows], "source": [row[3] for row in rows],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wars", type=int, default=16)
    own, bare = [], []
    for seed in range(parser.parse_args().wars):
        claims = war(np.random.default_rng(seed))
        if len(claims["place"]) < 1_000:
            continue
        held = tw.estimate_control(claims, ["p0"] if "p0" in claims["place"] else claims["place"][:1], [BEGIN + timedelta(days=DAYS)], mode="filter")
        own.append(held.weights[-1].own)
        bare.append(held.weights[-1].bare)
        print(seed, len(claims["place"]), dict(held.reliability), own[-1].round(2), bare[-1].round(2), flush=True)
    for name, kept in (("own", own), ("bare", bare)):
        print(name, dict(zip(FEATURES, np.mean(kept, axis=0).round(2).tolist(), strict=True)))


if __name__ == "__main__":
    main()
