"""What changed between two days, and where sources say different things of one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from trucewatch.control.asking import Evidence
from trucewatch.control.day_map import DayMap, likeliest
from trucewatch.control.given import ControlClaim
from trucewatch.control.nowcast import weights_on
from trucewatch.control.schema import CONTESTED

__all__ = ["Moved", "SourceSays", "disagreements", "moved_between"]

_LEAST_MOVED = 0.02


@dataclass(frozen=True, slots=True)
class Moved:
    """A place that is not held on one day as on the other."""

    place: str
    before: str
    """Likeliest holder on the first day."""
    probability_before: float
    after: str
    probability_after: float
    moved: float
    """Half the sum of the changes of all probabilities, 0..1 (total variation)."""
    changed: bool
    """Whether another is the likeliest one."""


def moved_between(first: DayMap, second: DayMap) -> tuple[Moved, ...]:
    """Return the places that both days have and whose probabilities moved by at least 0.02, those that moved most first."""
    later = {one.place: one.shares for one in second.places}
    found = []
    for one in first.places:
        if one.place not in later:
            continue
        now = later[one.place]
        moved = sum(abs(one.shares.get(name, 0.0) - now.get(name, 0.0)) for name in {**one.shares, **now}) / 2
        before, after = likeliest(one.shares), likeliest(now)
        if moved >= _LEAST_MOVED:
            found.append(Moved(one.place, *before, *after, round(moved, 4), before[0] != after[0]))
    return tuple(sorted(found, key=lambda one: (not one.changed, -one.moved, one.place)))


@dataclass(frozen=True, slots=True)
class SourceSays:
    """What one source last said of a place of which another says otherwise."""

    place: str
    source: str
    origin: str
    says: str
    """A party, `a|b`, `contested`, or `not …` of one that left or failed to take it."""
    kind: str
    about: date
    """Last day for which it says so."""
    published: date
    age_days: int
    """From that day to the day asked about."""
    reliability: float
    """Probability that the source says what is so."""
    copy: bool
    """It repeats what its origin was already counted for."""


def disagreements(evidence: Evidence, day: date) -> tuple[SourceSays, ...]:
    """Return, for each place of which sources say different things by a day, what each of them last said.

    By place; of a place, the most reliable source first. In a nowcast only what was published by the day; else what is said of days up to it.
    """
    number = day.toordinal()
    latest: dict[tuple[int, str], int] = {}
    for at, one in sorted(enumerate(evidence.claims), key=lambda pair: (pair[1].last, pair[1].published, pair[1].row)):
        if one.first <= number and (evidence.mode != "filter" or one.published <= number):
            latest[int(evidence.nodes.of_claim[at]), one.source] = at
    by_node: dict[int, list[int]] = {}
    for (node, _), at in latest.items():
        by_node.setdefault(node, []).append(at)
    found = [row for rows in by_node.values() if _differ([evidence.claims[at] for at in rows]) for row in _told(evidence, rows, number)]
    return tuple(sorted(found, key=lambda one: (one.place, -one.reliability, one.source)))


def _says(claim: ControlClaim) -> str:
    if claim.kind == CONTESTED:
        return CONTESTED
    return f"not {claim.holder}" if claim.kind in ("withdrew", "failed") else claim.holder


def _differ(claims: Sequence[ControlClaim]) -> bool:
    said = {_says(one) for one in claims}
    held = {one for one in said if not one.startswith("not ")}
    return len(held) > 1 or any(f"not {one}" in said for one in held)


def _told(evidence: Evidence, rows: Sequence[int], day: int) -> Iterator[SourceSays]:
    weights = weights_on(day, evidence.fitted)
    for at in rows:
        one = evidence.claims[at]
        own = np.flatnonzero(evidence.everything.claim == at)
        channel = evidence.everything.channels[int(evidence.everything.channel[own[0]])] if len(own) else one.source
        right = float(weights.prior @ np.diag(weights.confusions.get(channel, weights.other)))
        place = one.place or f"{one.lat:.3f}, {one.lon:.3f}"
        yield SourceSays(
            place, one.source, one.origin, _says(one), one.kind, date.fromordinal(min(one.last, day)), date.fromordinal(one.published),
            day - min(one.last, day), round(right, 4), not evidence.counted[at],
        )
