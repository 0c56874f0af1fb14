"""A generated war as columns: incidents in towns and countryside, told by three sources with errors that are stated.

Nothing here was fitted to the weights of linking, nor they to it. Each report has a point with an error that its radius
contains in 95 of 100 cases, a day that is wrong by one in 1 of 10, an act that is exact, its parent or missing, sides
that are exact, a bloc or missing, a toll that is exact, rounded or missing; one report in ten repeats its own source.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["war"]

SOURCES = ("monitor", "agency", "radio")
TOLD = (0.75, 0.6, 0.5)
"""Share of the incidents that each source tells of."""
REPEATS = 0.10
ACTS = ("air_strike", "artillery", "armed_clash", "small_arms", "ied_mine", "abduction_detention")
ACT_SHARE = (0.25, 0.3, 0.2, 0.12, 0.08, 0.05)
SIDES = tuple(f"group {letter}" for letter in "ABCDEFGHIJKL")
RADII_M = (500.0, 2_000.0, 8_000.0, 25_000.0)
RADIUS_SHARE = (0.25, 0.35, 0.3, 0.1)
TOWNS = 400
LAT, LON = (33.0, 37.0), (36.0, 42.0)
DEGREE_M = 111_195.0
DAY = np.timedelta64(86_400_000_000, "us")
BEGIN = np.datetime64("2016-01-01T00:00:00", "us")


def war(reports: int, per_day: float, seed: int = 2016) -> tuple[dict[str, Any], npt.NDArray[np.int64]]:
    """Return (columns in the report schema, the incident of each report), about `reports` rows in random order."""
    dice = np.random.default_rng(seed)
    count = round(reports / (sum(TOLD) * (1 + REPEATS)))
    truth = _incidents(dice, count, per_day)
    told = [np.flatnonzero(dice.random(count) < share) for share in TOLD]
    incident = np.concatenate(told)
    source = np.repeat(np.arange(len(SOURCES)), [len(one) for one in told])
    again = np.flatnonzero(dice.random(len(incident)) < REPEATS)
    incident, source = np.concatenate([incident, incident[again]]), np.concatenate([source, source[again]])
    order = dice.permutation(len(incident))
    return _reports(dice, truth, incident[order], source[order]), incident[order]


def _incidents(dice: np.random.Generator, count: int, per_day: float) -> dict[str, Any]:
    towns = np.column_stack([dice.uniform(*LAT, TOWNS), dice.uniform(*LON, TOWNS)])
    weight = 1 / np.arange(1, TOWNS + 1) ** 0.8
    town = dice.choice(TOWNS, count, p=weight / weight.sum())
    around = dice.exponential(6_000, count)[:, None] * _directions(dice, count) / DEGREE_M
    return {
        "point": towns[town] + around, "town": town,
        "day": dice.integers(0, max(1, round(count / per_day)), count),
        "act": dice.choice(len(ACTS), count, p=ACT_SHARE),
        "by": dice.choice(len(SIDES), count, p=_falling(len(SIDES))), "against": dice.choice(len(SIDES), count, p=_falling(len(SIDES))),
        "deaths": dice.geometric(0.3, count) - 1,
    }


def _falling(count: int) -> npt.NDArray[np.float64]:
    weight = 1 / np.arange(1, count + 1)
    return weight / weight.sum()


def _directions(dice: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    angle = dice.uniform(0, 2 * np.pi, count)
    return np.column_stack([np.sin(angle), np.cos(angle)])


def _reports(dice: np.random.Generator, truth: dict[str, Any], incident: npt.NDArray[np.int64], source: npt.NDArray[np.int64]) -> dict[str, Any]:
    count = len(incident)
    radius = dice.choice(RADII_M, count, p=RADIUS_SHARE)
    error = dice.normal(size=(count, 2)) * (radius / 2.448)[:, None] / DEGREE_M
    error[:, 1] /= np.cos(np.radians(truth["point"][incident, 0]))
    point = truth["point"][incident] + error
    day = truth["day"][incident] + np.where(dice.random(count) < 0.1, dice.choice([-1, 1], count), 0)
    start = BEGIN + day * DAY
    toll = truth["deaths"][incident]
    said = np.where(dice.random(count) < 0.25, np.maximum(0, toll + dice.integers(-2, 3, count)), toll)
    silent = dice.random(count) < 0.3
    acts = np.array(ACTS, dtype=object)[truth["act"][incident]]
    acts[dice.random(count) < 0.1] = None
    return {
        "report_id": [f"g{number:07d}" for number in range(count)],
        "source": np.array(SOURCES, dtype=object)[source].tolist(),
        "document": [f"{SOURCES[one]} {number}" for number, one in enumerate(source.tolist())],
        "published_at": start + DAY * dice.integers(1, 3, count),
        "occurred_from": start, "occurred_to": start + DAY,
        "place": [f"town {one}" for one in truth["town"][incident].tolist()],
        "lat": np.round(point[:, 0], 5), "lon": np.round(point[:, 1], 5), "radius_m": radius,
        "act": acts.tolist(),
        "by": _sides(dice, truth["by"][incident]), "against": _sides(dice, truth["against"][incident]),
        **{f"deaths_{name}": [None if no else int(one) for one, no in zip(said, silent, strict=True)] for name in ("low", "best", "high")},
    }


def _sides(dice: np.random.Generator, side: npt.NDArray[np.int64]) -> list[list[str]]:
    luck = dice.random(len(side))
    return [
        [] if lot < 0.15 else [SIDES[one], SIDES[(one + 1) % len(SIDES)]] if lot < 0.3 else [SIDES[one]]
        for one, lot in zip(side.tolist(), luck.tolist(), strict=True)
    ]
