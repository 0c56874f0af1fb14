"""Who held what, when, how sure, and why: from claims to a distribution for each place and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np

from trucewatch.control.evidence import independent, nodes_of, observe, states_of
from trucewatch.control.fitting import Samples
from trucewatch.control.given import (
    ControlClaim,
    Spot,
    claims_given,
    day_number,
    listed,
    spots_given,
)
from trucewatch.control.ground import ground_among, ground_of
from trucewatch.control.hindsight import fitted_on_all
from trucewatch.control.nowcast import fitted_by_month
from trucewatch.control.pooling import log_odds, softmax
from trucewatch.control.reasons import Evidence, Why, reasons
from trucewatch.control.schema import HELD, UNKNOWN_HOLDER
from trucewatch.control.weights import ControlWeights, Floats, default_weights, widened
from trucewatch.errors import BadCall, Problem
from trucewatch.tables import Table

__all__ = ["Bin", "HeldOn", "Holdings", "Mode", "estimate_holdings"]

Mode = Literal["filter", "smooth"]
_NEGLIGIBLE = 5e-5
_DIGITS = 6
_BINS = 10


class HeldOn(NamedTuple):
    """One row of the answer."""

    place: str
    day: date
    holder: str
    """A party, `a|b` for joint control, `contested` or `unknown`."""
    probability: float


class Bin(NamedTuple):
    """One bar of the reliability diagram: claims that were predicted before they were counted."""

    expected_from: float
    expected_to: float
    claims: int
    expected: float
    """Mean predicted probability of the likeliest saying."""
    observed: float
    """Share of the claims that said it."""


@dataclass(frozen=True, slots=True, eq=False)
class Holdings:
    """The answer: iterates as (place, day, holder, probability), by place, then day, then holder.

    A place's day sums to 1 and always has `contested` and `unknown`; other holders below 0.00005
    have no row, their mass goes to `unknown`.
    """

    places: tuple[str, ...]
    days: tuple[date, ...]
    holders: tuple[str, ...]
    """In the order of the last axis of `probabilities`; `contested` and `unknown` last."""
    probabilities: Floats = field(repr=False)
    """(places, days, holders)."""
    weights: tuple[ControlWeights, ...] = field(repr=False)
    """What was fitted; give it as `weights=` to hold everything but the claims."""
    calibration: tuple[Bin, ...]
    """Reliability diagram on held-out claims."""
    problems: tuple[Problem, ...]
    """Claims kept aside."""
    evidence: Evidence = field(repr=False)

    def __iter__(self) -> Iterator[HeldOn]:
        for at, place in enumerate(self.places):
            for on, day in enumerate(self.days):
                yield from self._rows(place, day, self.probabilities[at, on])

    def __len__(self) -> int:
        shown = self.probabilities[:, :, :-2] >= _NEGLIGIBLE
        return int(shown.sum()) + 2 * len(self.places) * len(self.days)

    def _rows(self, place: str, day: date, shares: Floats) -> Iterator[HeldOn]:
        kept = {name: round(float(one), _DIGITS) for name, one in zip(self.holders[:-1], shares, strict=False)}
        kept = {name: one for name, one in kept.items() if one >= _NEGLIGIBLE or name == self.holders[-2]}
        kept[UNKNOWN_HOLDER] = max(0.0, round(1 - sum(kept.values()), _DIGITS))
        yield from (HeldOn(place, day, name, kept[name]) for name in sorted(kept))

    def at(self, place: str, day: date) -> dict[str, float]:
        """Return holder → probability for a place and day that were asked about."""
        where = self._position(place, day)
        return {one.holder: one.probability for one in self._rows(place, day, self.probabilities[where])}

    @property
    def table(self) -> Table:
        """The rows as a table (schema HELD)."""
        return Table.from_rows(HELD, ({**one._asdict(), "day": one.day.isoformat()} for one in self))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand out the rows to any data frame."""
        return self.table.__arrow_c_stream__(requested_schema)

    def geojson(self, day: date) -> dict[str, Any]:
        """Return the places on a day as points with their likeliest holder, `probability` and `p_…` of each holder."""
        features = []
        for at, place in enumerate(self.places):
            shares = self.at(place, day)
            best = max(sorted(shares), key=lambda name: shares[name])
            where = [float(self.evidence.ground.lon[at]), float(self.evidence.ground.lat[at])]
            told = {"place": place, "day": day.isoformat(), "status": best, "probability": shares[best]}
            told |= {f"p_{name}": share for name, share in shares.items()}
            features.append({"type": "Feature", "geometry": {"type": "Point", "coordinates": where}, "properties": told})
        return {"type": "FeatureCollection", "features": features}

    def _position(self, place: str, day: date) -> tuple[int, int]:
        if place not in self.places or day not in self.days:
            message = f"{place} on {day} was not among the places and days asked about"
            raise BadCall(message)
        return self.places.index(place), self.days.index(day)

    @property
    def reliability(self) -> Mapping[str, float]:
        """Source → probability that it says what is so, over the states as common as they are."""
        latest = self.weights[-1]
        return MappingProxyType({
            name: round(float(latest.prior @ np.diag(latest.confusions.get(name, latest.other))), 4)
            for name in self.evidence.everything.channels
        })

    @property
    def confusion(self) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
        """Source → true state → state said → probability."""
        latest = self.weights[-1]
        return MappingProxyType({
            name: _named(latest.confusions.get(name, latest.other), latest.states) for name in self.evidence.everything.channels
        })

    def why(self, place: str, day: date, holder: str | None = None) -> Why:
        """Return what each claim contributes to the answer for a place and day.

        `holder` None: the likeliest one. BadCall for a place, day or holder not asked about.
        """
        where = self._position(place, day)
        shares = self.probabilities[where][:-1]
        if holder is not None and holder not in self.holders[:-1]:
            message = f"{holder} is no holder that a claim names; they are {', '.join(self.holders[:-1])}"
            raise BadCall(message)
        state = int(np.argmax(shares)) if holder is None else self.holders.index(holder)
        return reasons(self.evidence, place, where[0], day.toordinal(), state)


def _named(matrix: Floats, states: Sequence[str]) -> dict[str, dict[str, float]]:
    return {
        true: {said: round(float(matrix[at, of]), 4) for of, said in enumerate(states)} for at, true in enumerate(states)
    }


def estimate_holdings(
    claims: Mapping[str, Any], places: object, days: Sequence[object], mode: Mode = "filter",
    weights: ControlWeights | Sequence[ControlWeights] | None = None,
) -> Holdings:
    """Return who held `places` on `days`; see `trucewatch.estimate_control`."""
    if mode not in ("filter", "smooth"):
        message = f"mode is filter (what was published by the day) or smooth (everything), got {mode!r}"
        raise BadCall(message)
    given, problems = claims_given(claims)
    spots, numbers = spots_given(places, given), _numbers(days)
    evidence, samples = _evidence(given, spots, mode, weights, numbers)
    shares = evidence.over(numbers)
    return Holdings(
        tuple(one.place for one in spots), tuple(date.fromordinal(one) for one in numbers), (*evidence.states, UNKNOWN_HOLDER),
        shares, evidence.fitted, _calibration(samples, evidence.fitted[-1], evidence.everything.channels), problems, evidence,
    )


def _numbers(days: Sequence[object]) -> tuple[int, ...]:
    try:
        return tuple(sorted({day_number(one) for one in listed(days)}))
    except (TypeError, ValueError) as error:
        message = f"days are dates: {error}"
        raise BadCall(message) from None


def _evidence(
    given: Sequence[ControlClaim], spots: Sequence[Spot], mode: Mode,
    weights: ControlWeights | Sequence[ControlWeights] | None, numbers: Sequence[int],
) -> tuple[Evidence, Samples | None]:
    fixed = (weights,) if isinstance(weights, ControlWeights) else tuple(weights or ())
    states = states_of(given, (name for one in fixed for name in one.states))
    nodes = nodes_of(given, spots)
    counted = independent(given, nodes)
    everything = observe(given, nodes, states, np.ones(len(given), dtype=bool))
    last = max((*numbers, *(one.published for one in given)), default=0)
    samples = None
    if not fixed:
        fit = fitted_by_month if mode == "filter" else fitted_on_all
        fixed, samples = fit(everything.take(counted[everything.claim]), default_weights(states), ground_among(nodes), last)
    fitted = tuple(widened(one, states) for one in fixed)
    return Evidence(given, nodes, states, ground_of(spots, nodes), everything, counted, fitted, mode, last), samples


def _calibration(samples: Samples | None, weights: ControlWeights, channels: Sequence[str]) -> tuple[Bin, ...]:
    """Return how often held-out claims said what was most to be expected, by how much it was."""
    if samples is None or not len(samples):
        return ()
    belief = softmax(log_odds(samples.features, samples.has_own, weights))
    errors = np.array([weights.confusions.get(one, weights.other) for one in channels])[samples.channel]
    sayings = np.einsum("ns,nso->no", belief, errors)
    expected, said = sayings.max(axis=1), sayings.argmax(axis=1) == samples.said
    place = np.minimum((expected * _BINS).astype(int), _BINS - 1)
    return tuple(
        Bin(at / _BINS, (at + 1) / _BINS, int(mine.sum()), round(float(expected[mine].mean()), 4), round(float(said[mine].mean()), 4))
        for at in range(_BINS) if (mine := place == at).any()
    )
