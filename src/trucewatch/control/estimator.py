"""Who held what, when, how sure, and why: from claims to a distribution for each place and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from trucewatch.control.asking import Evidence
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
from trucewatch.control.holdings import Bin, HeldOn, Holdings, Mode
from trucewatch.control.nowcast import fitted_by_month
from trucewatch.control.pooling import log_odds, softmax
from trucewatch.control.schema import UNKNOWN_HOLDER
from trucewatch.control.sets import levels_of
from trucewatch.control.weights import ControlWeights, default_weights, widened
from trucewatch.errors import BadCall

__all__ = ["Bin", "HeldOn", "Holdings", "Mode", "estimate_holdings"]

_BINS = 10


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
    return Holdings(
        tuple(one.place for one in spots), tuple(date.fromordinal(one) for one in numbers), (*evidence.states, UNKNOWN_HOLDER),
        evidence.fitted, _calibration(samples, evidence.fitted[-1], evidence.everything.channels), problems, evidence, len(given) + len(problems),
        levels_of(samples, evidence.fitted[-1]),
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
