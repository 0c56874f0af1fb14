"""How strongly two reports point to one happening: a sum of log-odds terms, each of which can be
shown.

Score = prior + one term per fact compared, in micro-log-odds (`weights.py`). An unknown fact adds
nothing. Terms are computed over columns of pairs; values that repeat (acts, parties, targets) are
compared once per pair of values and looked up.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.apart import combined_sigma, days_apart, metres_apart
from trucewatch.incidents.candidates import Candidates
from trucewatch.incidents.comparing import (
    DISPUTE,
    compare_acts,
    compare_dyads,
    compare_targets,
    compare_weapons,
)
from trucewatch.incidents.compiled import available
from trucewatch.incidents.features import DAY, Features
from trucewatch.incidents.pairs import Pairs, busyness, equal, in_order, looked_up
from trucewatch.incidents.signals import signals_of
from trucewatch.incidents.trained import Trained, weighed, with_rivals
from trucewatch.incidents.weights import TERMS, Bounds, Weights

__all__ = ["score_pairs", "scored", "terms_between", "terms_of"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_BLOCK = 1 << 19
_PRECISION_DAYS = (0.2, 1.5, 8.0)
"""Upper ends of a period stated in hours, as a day, as a week."""


def score_pairs(rows: Features, candidates: Candidates, weights: Weights | Trained) -> Pairs:
    """Score every candidate and keep those above the floor, and those only a data set keeps
    apart.
    """
    pairs = scored(rows, candidates, busyness(rows, candidates), weights)
    if isinstance(weights, Trained):
        return _above_floor(with_rivals(rows, pairs, weights), weights)
    return pairs


def scored(rows: Features, candidates: Candidates, busy: Ints, weights: Weights | Trained) -> Pairs:
    """Return the pairs above the floor, without rivals, by (first, second).

    `busy`: how many others lie within reach of each row on the same day (`busyness`), by kind.
    """
    if isinstance(weights, Trained) and len(candidates) and available(len(rows)):
        from trucewatch.incidents.compiled.scoring import fits, score

        if fits(rows):
            return score(rows, candidates, busy, weights)
    kept = []
    for begin in range(0, max(1, len(candidates)), _BLOCK):
        first = candidates.first[begin : begin + _BLOCK]
        second = candidates.second[begin : begin + _BLOCK]
        terms = terms_between(rows, first, second, busy, weights)
        kept.append(_above_floor(Pairs(first, second, terms.sum(axis=1, dtype=np.int64), terms), weights))
    return in_order(kept)


def terms_between(rows: Features, first: Ints, second: Ints, busy: Ints, weights: Weights | Trained) -> npt.NDArray[np.int32]:
    """Return the terms of these pairs in micro-log-odds, shape (pairs, len(TERMS)), without rivals."""
    if isinstance(weights, Trained):
        return weighed(rows, first, second, signals_of(rows, first, second, busy, weights.words), weights)
    return terms_of(rows, first, second, busy, weights)


def _above_floor(pairs: Pairs, weights: Bounds) -> Pairs:
    grouping = pairs.terms[:, TERMS.index("grouping")]
    return pairs.take(pairs.total - np.minimum(0, grouping) > weights.floor)


def terms_of(
    rows: Features, first: Ints, second: Ints, busy: Ints, weights: Weights
) -> npt.NDArray[np.int32]:
    """Return the terms of these pairs, shape (pairs, len(TERMS)), in micro-log-odds."""
    both = rows.placed[first] & rows.placed[second]
    sigmas = metres_apart(rows, first, second) / combined_sigma(rows, first, second, weights)
    when = _time(rows, first, second, weights)
    figures = _deaths(rows, first, second, weights)
    target = looked_up(rows.target, first, second, lambda a, b: compare_targets(a, b, weights))
    agree = (~both | (sigmas < 1.5)) & (when > 0) & (target >= 0)
    columns = {
        "prior": np.full(len(first), weights.prior, dtype=np.int64),
        "distance": np.where(both, _distance(rows, first, second, sigmas, weights), 0),
        "place": _place(rows, first, second, both, weights),
        "time": when,
        "busy": _micro(weights.busy * np.log1p((busy[first, 0] + busy[second, 0]) // 2)),
        "act": _act(rows, first, second, agree, weights),
        "target": target,
        "weapon": looked_up(
            rows.weapon, first, second, lambda a, b: compare_weapons(a, b, weights)
        ),
        "parties": looked_up(rows.dyad, first, second, lambda a, b: compare_dyads(a, b, weights)),
        "deaths": figures,
        "origin": _origin(rows, first, second, figures, when, weights),
        "grouping": _grouping(rows, first, second, weights),
        "text": _text(rows, first, second, weights),
    }
    nothing = np.zeros(len(first), dtype=np.int64)
    return np.stack([columns.get(name, nothing) for name in TERMS], axis=1).astype(np.int32)


def _micro(log_odds: Floats) -> Ints:
    return np.rint(log_odds * 1e6).astype(np.int64)


def _distance(rows: Features, first: Ints, second: Ints, sigmas: Floats, weights: Weights) -> Ints:
    sigma = combined_sigma(rows, first, second, weights)
    worth = np.clip(np.log(weights.sigma_unit_m / sigma), *weights.nearness_bounds)
    return _micro(worth - weights.tail * np.log1p(sigmas**2))


def _place(
    rows: Features, first: Ints, second: Ints, both: npt.NDArray[np.bool_], weights: Weights
) -> Ints:
    """Return the term of the named place; it weighs less where both also have coordinates."""
    table = weights.place
    key, name = equal(rows.place, first, second), equal(rows.name, first, second)
    same = np.where(
        both, table["same_mapped"], np.where(key, table["same_key"], table["same_name"])
    )
    keys = (rows.place.codes[first] >= 0) & (rows.place.codes[second] >= 0)
    names = (rows.name.codes[first] >= 0) & (rows.name.codes[second] >= 0)
    other = np.where(both & np.where(keys, ~key, names), table["other_mapped"], 0)
    return np.where(key | (name & ~keys), same, other).astype(np.int64)


def _time(rows: Features, first: Ints, second: Ints, weights: Weights) -> Ints:
    """Return the term of time; 0 if one of the two has no time."""
    spans = (rows.end - rows.start) / DAY
    precision = np.searchsorted(_PRECISION_DAYS, np.maximum(spans[first], spans[second]))
    gap = days_apart(rows, first, second)
    hours = np.clip(gap * 24.0, 0.0, weights.apart_hours_most)
    further = np.where(precision == 0, weights.apart_hours * hours, 0.0)
    whole = np.minimum(np.maximum(0.0, gap), 10.0)
    further = further + weights.apart_per_day * whole
    overlap = np.array(weights.overlap, dtype=np.int64)[precision]
    apart = np.array(weights.apart, dtype=np.int64)[precision] + np.rint(further).astype(np.int64)
    known = rows.dated[first] & rows.dated[second]
    return np.where(known, np.where(gap < 0, overlap, apart), 0)


def _act(
    rows: Features, first: Ints, second: Ints, agree: npt.NDArray[np.bool_], weights: Weights
) -> Ints:
    found = looked_up(rows.act, first, second, lambda a, b: compare_acts(a, b, weights))
    dispute = np.where(agree, weights.act["disputed"], weights.act["incompatible"])
    return np.where(found == DISPUTE, dispute, found)


def _deaths(rows: Features, first: Ints, second: Ints, weights: Weights) -> Ints:
    known = (rows.low[first] >= 0) & (rows.low[second] >= 0)
    most_low = np.maximum(rows.low[first], rows.low[second])
    least_high = np.minimum(rows.high[first], rows.high[second])
    equal = (rows.low[first] == rows.low[second]) & (rows.high[first] == rows.high[second])
    table = weights.deaths
    rarity = table["equal"] + table["per_log"] * np.log1p(np.maximum(0, most_low))
    ratio = np.log((np.maximum(0, most_low) + 1.0) / (np.maximum(0, least_high) + 1.0))
    apart = np.maximum(table["least"], table["ratio"] * ratio)
    some = np.where(equal, np.minimum(table["most"], rarity), table["overlap"])
    value = np.where(most_low > least_high, apart, np.where(least_high > 0, some, 0))
    return np.where(known, np.rint(value), 0).astype(np.int64)


def _origin(
    rows: Features, first: Ints, second: Ints, figures: Ints, when: Ints, weights: Weights
) -> Ints:
    """Return the term of one origin speaking twice: an update, silent about it, or another
    happening.
    """
    same = equal(rows.origin, first, second)
    silent = (rows.low[first] < 0) | (rows.low[second] < 0)
    fits = np.where(silent, weights.origin["silent"], weights.origin["update"])
    value = np.where((figures >= 0) & (when >= 0), fits, weights.origin["again"])
    return np.where(same, value, 0).astype(np.int64)


def _grouping(rows: Features, first: Ints, second: Ints, weights: Weights) -> Ints:
    same = equal(rows.grouping, first, second)
    dataset = equal(rows.dataset, first, second)
    apart = np.where(dataset, weights.grouping["different"], 0)
    return np.where(same, weights.grouping["same"], apart).astype(np.int64)


def _text(rows: Features, first: Ints, second: Ints, weights: Weights) -> Ints:
    """Return the term of the words that two texts share, counted in their bit signatures."""
    one, other = rows.words[first], rows.words[second]
    shared = np.bitwise_count(one & other).sum(axis=1, dtype=np.int64)
    every = np.bitwise_count(one | other).sum(axis=1, dtype=np.int64)
    known = one.any(axis=1) & other.any(axis=1)
    share = shared / np.maximum(1, every)
    value = np.rint(weights.text_per_share * (share - weights.text_chance))
    return np.where(known, np.clip(value, weights.text_least, weights.text_most), 0).astype(np.int64)
