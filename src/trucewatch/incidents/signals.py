"""What trained weights weigh: pairs of reports as columns of numbers, each part of one term.

An unknown fact gives 0 in every signal that speaks of it, so it adds nothing. Lengths are metres,
times days, logarithms natural. The signals of a pair depend on the two reports, and `busy` on those
within reach of them; none depends on the whole collection.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from trucewatch.acts import family, is_act, under, weapon_overlap
from trucewatch.incidents.apart import days_apart, metres_apart
from trucewatch.incidents.features import DAY, OPEN, Features
from trucewatch.incidents.pairs import equal, looked_up
from trucewatch.incidents.spoken import shared_words, told_by
from trucewatch.incidents.weights import SIGMA_PER_RADIUS
from trucewatch.truth import Truth

__all__ = ["SIGNALS", "Signal", "same_act", "same_weapon", "signals_of"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Found = dict[str, npt.NDArray[np.generic]]

_MICRO = 1_000_000
_FINE_M, _TOWN_M = 2_000.0, 8_000.0
_SIGMA_M = 1_000.0
"""Least error of a coded point, and below, the unit of how vague a pair of places is."""
_VAGUE_M = 3_000.0
_MOST = 4.0
_SOON = 1.5
"""ln(1 + days) between two publications that says nothing either way."""


class Signal(NamedTuple):
    """One number about a pair, the term that it belongs to, and the sign that its weight may have."""

    name: str
    term: str
    sign: int
    """1: more is never evidence against; -1: never evidence for; 0: either."""


SIGNALS = (
    Signal("near_fine", "distance", 1), Signal("near_town", "distance", 1),
    Signal("near_coarse", "distance", 1), Signal("sigmas", "distance", -1),
    Signal("kilometres", "distance", -1), Signal("vague", "distance", -1), Signal("unplaced", "distance", 0),
    Signal("same_place", "place", 1), Signal("other_place", "place", -1),
    Signal("overlap", "time", 1), Signal("days_between", "time", -1), Signal("same_start", "time", 1),
    Signal("same_period", "time", 1), Signal("long", "time", 0), Signal("unlike_length", "time", -1),
    Signal("published_apart", "published", -1), Signal("published_together", "published", 1),
    Signal("reports_near", "busy", -1),
    Signal("same_act", "act", 1), Signal("other_act", "act", -1), Signal("shared_doings", "act", 1),
    Signal("same_doings", "act", 1), Signal("other_doings", "act", -1),
    Signal("same_target", "target", 1), Signal("other_target", "target", -1),
    Signal("same_weapon", "weapon", 1), Signal("other_weapon", "weapon", -1),
    Signal("shared_by", "parties", 1), Signal("other_by", "parties", -1), Signal("shared_against", "parties", 1),
    Signal("other_against", "parties", -1),
    Signal("known_killed", "deaths", 0), Signal("none_killed", "deaths", 0), Signal("equal_killed", "deaths", 1), Signal("equal_killed_log", "deaths", 1),
    Signal("one_none_killed", "deaths", -1), Signal("one_none_killed_log", "deaths", -1),
    Signal("other_killed", "deaths", -1), Signal("other_killed_log", "deaths", -1), Signal("ranges_apart", "deaths", -1),
    Signal("known_injured", "injured", 0), Signal("none_injured", "injured", 0), Signal("equal_injured", "injured", 1), Signal("equal_injured_log", "injured", 1),
    Signal("one_none_injured", "injured", -1), Signal("other_injured_log", "injured", -1),
    Signal("same_outlet", "outlet", -1),
    Signal("shared_words", "text", 1), Signal("no_word_shared", "text", -1),
    Signal("weighed_words", "text", 1), Signal("rarest_word", "text", 1), Signal("shared_number", "text", 1),
    Signal("rare_dyad", "dyad", 1),
)  # fmt: skip
"""In the order of the columns that `signals_of` gives."""


def signals_of(
    rows: Features, first: Ints, second: Ints, busy: Ints, words: Mapping[str, int]
) -> npt.NDArray[np.float32]:
    """Return the signals of these pairs, shape (pairs, len(SIGNALS)).

    `busy` counts per row (`busyness`); `words` is what each word tells, none: words are not weighed.
    """
    found: Found = {"reports_near": np.log1p((busy[first, 0] + busy[second, 0]) / 2)}
    found |= _rare(rows, first, second, busy) | _weighed_words(rows, first, second, words)
    for part in (_where, _named, _when, _published, _act, _target, _weapon, _sides, _killed, _injured, _words):
        found |= part(rows, first, second)
    columns = np.empty((len(first), len(SIGNALS)), dtype=np.float32)
    for place, one in enumerate(SIGNALS):
        columns[:, place] = found[one.name]
    return columns


def _where(rows: Features, first: Ints, second: Ints) -> Found:
    both = rows.placed[first] & rows.placed[second]
    metres = metres_apart(rows, first, second)
    coarser = np.maximum(rows.radius[first], rows.radius[second])
    variance = (rows.radius[first] ** 2 + rows.radius[second] ** 2) / SIGMA_PER_RADIUS**2
    sigma = np.sqrt(variance + 2 * (_SIGMA_M / SIGMA_PER_RADIUS) ** 2)
    near = np.where(both, np.exp(-((metres / sigma) ** 2) / 2), 0)
    return {
        "near_fine": np.where(coarser <= _FINE_M, near, 0),
        "near_town": np.where((coarser > _FINE_M) & (coarser <= _TOWN_M), near, 0),
        "near_coarse": np.where(coarser > _TOWN_M, near, 0),
        "sigmas": np.where(both, np.minimum(_MOST, np.log1p((metres / sigma) ** 2)), 0),
        "kilometres": np.where(both, np.minimum(_MOST, np.log1p(metres / 1000)), 0),
        "vague": np.where(both, np.log(sigma / _VAGUE_M), 0),
        "unplaced": ~both,
    }


def _named(rows: Features, first: Ints, second: Ints) -> Found:
    keys = (rows.place.codes[first] >= 0) & (rows.place.codes[second] >= 0)
    names = (rows.name.codes[first] >= 0) & (rows.name.codes[second] >= 0)
    same = np.where(keys, equal(rows.place, first, second), equal(rows.name, first, second))
    return {"same_place": same, "other_place": (keys | names) & ~same}


def _when(rows: Features, first: Ints, second: Ints) -> Found:
    known = rows.dated[first] & rows.dated[second]
    bounded = known & (rows.end - rows.start < OPEN // 2)[first] & (rows.end - rows.start < OPEN // 2)[second]
    gap = days_apart(rows, first, second)
    start = np.abs(rows.start[first] - rows.start[second]) < DAY // 2
    end = np.abs(rows.end[first] - rows.end[second]) < DAY // 2
    days = np.maximum(1.0, (rows.end - rows.start) / DAY)
    one, other = days[first], days[second]
    return {
        "overlap": known & (gap < 0),
        "days_between": np.where(known & (gap >= 0), 1 + np.maximum(0, gap), 0),
        "same_start": known & start,
        "same_period": known & start & end,
        "long": np.where(bounded, np.log(np.maximum(one, other)), 0),
        "unlike_length": np.where(bounded, np.abs(np.log(one / other)), 0),
    }


def _published(rows: Features, first: Ints, second: Ints) -> Found:
    known = (rows.published[first] != OPEN) & (rows.published[second] != OPEN)
    days = np.abs(rows.published[first] - rows.published[second]) / DAY
    return {
        "published_apart": np.where(known, np.minimum(5.0, np.log1p(days)) - _SOON, 0),
        "published_together": known & (days <= 1),
        "same_outlet": equal(rows.outlet, first, second),
    }


def _share(column: str, compare: Callable[..., int]) -> Callable[[Features, Ints, Ints], Floats]:
    def found(rows: Features, first: Ints, second: Ints) -> Floats:
        return looked_up(getattr(rows, column), first, second, compare) / _MICRO

    return found


def same_act(one: str, other: str) -> int:
    """Return 1 for the same act, 0.7 where one is a kind of the other, -1 for unlike ones; in millionths."""
    if one == other:
        return _MICRO
    if not (is_act(one) and is_act(other)):
        return -_MICRO
    if under(one, other) or under(other, one):
        return 7 * _MICRO // 10
    return 0 if family(one) == family(other) == "attack" else -_MICRO


def _jaccard(one: frozenset[str], other: frozenset[str]) -> int:
    """Return the share of common members in millionths."""
    return _MICRO * len(one & other) // len(one | other)


def _apart(one: frozenset[str], other: frozenset[str]) -> int:
    return 0 if one & other else _MICRO


def _act(rows: Features, first: Ints, second: Ints) -> Found:
    act = _share("act", same_act)(rows, first, second)
    doings = _share("doings", _jaccard)(rows, first, second)
    return {
        "same_act": np.maximum(0, act), "other_act": np.maximum(0, -act),
        "shared_doings": doings, "same_doings": doings == 1,
        "other_doings": _share("doings", _apart)(rows, first, second),
    }


def _target(rows: Features, first: Ints, second: Ints) -> Found:
    known = (rows.target.codes[first] >= 0) & (rows.target.codes[second] >= 0)
    same = equal(rows.target, first, second)
    return {"same_target": same, "other_target": known & ~same}


def _weapon(rows: Features, first: Ints, second: Ints) -> Found:
    found = _share("weapon", same_weapon)(rows, first, second)
    return {"same_weapon": np.maximum(0, found), "other_weapon": np.maximum(0, -found)}


def same_weapon(one: str, other: str) -> int:
    """Return 1 for weapons that may be the same, -1 for others; in millionths."""
    either = (weapon_overlap(one, other), weapon_overlap(other, one))
    return _MICRO if Truth.TRUE in either else -_MICRO


def _sides(rows: Features, first: Ints, second: Ints) -> Found:
    return {
        f"{word}_{side}": _share(side, compare)(rows, first, second)
        for side in ("by", "against") for word, compare in (("shared", _jaccard), ("other", _apart))
    }


def _figures(numbers: Ints, first: Ints, second: Ints) -> tuple[Found, Floats, npt.NDArray[np.bool_]]:
    """Return (known, both none, equal, one none; logarithms), ln of the ratio, and where two differ."""
    one, other = numbers[first], numbers[second]
    known = (one >= 0) & (other >= 0)
    most, least = np.maximum(one, other), np.minimum(one, other)
    alike, none = known & (one == other) & (one > 0), known & (least == 0) & (most > 0)
    log = np.log1p(np.maximum(0, most))
    ratio = log - np.log1p(np.maximum(0, least))
    found: Found = {
        "known": known, "none": known & (most == 0), "equal": alike, "equal_log": np.where(alike, log, 0),
        "one_none": none, "one_none_log": np.where(none, log, 0),
    }
    return found, ratio, known & (one != other) & (least > 0)


def _killed(rows: Features, first: Ints, second: Ints) -> Found:
    found, ratio, unlike = _figures(rows.best, first, second)
    low = np.maximum(rows.low[first], rows.low[second])
    high = np.minimum(rows.high[first], rows.high[second])
    return {
        "known_killed": found["known"], "none_killed": found["none"], "equal_killed": found["equal"],
        "equal_killed_log": found["equal_log"], "one_none_killed": found["one_none"], "one_none_killed_log": found["one_none_log"],
        "other_killed": unlike, "other_killed_log": np.where(unlike, ratio, 0), "ranges_apart": unlike & (low > high),
    }


def _injured(rows: Features, first: Ints, second: Ints) -> Found:
    found, ratio, unlike = _figures(rows.hurt, first, second)
    return {
        "known_injured": found["known"], "none_injured": found["none"], "equal_injured": found["equal"], "equal_injured_log": found["equal_log"],
        "one_none_injured": found["one_none"], "other_injured_log": np.where(unlike, ratio, 0),
    }


def _words(rows: Features, first: Ints, second: Ints) -> Found:
    one, other = rows.words[first], rows.words[second]
    shared = np.bitwise_count(one & other).sum(axis=1, dtype=np.int64)
    every = np.bitwise_count(one | other).sum(axis=1, dtype=np.int64)
    known = one.any(axis=1) & other.any(axis=1)
    return {"shared_words": np.where(known, shared / np.maximum(1, every), 0), "no_word_shared": known & (shared == 0)}


def _weighed_words(rows: Features, first: Ints, second: Ints, words: Mapping[str, int]) -> Found:
    if not words:
        nothing = np.zeros(len(first))
        return {"weighed_words": nothing, "rarest_word": nothing, "shared_number": nothing}
    cosine, rarest, number = shared_words(rows.spoken, told_by(rows.spoken, words), first, second)
    return {"weighed_words": cosine, "rarest_word": rarest, "shared_number": number}


def _rare(rows: Features, first: Ints, second: Ints, busy: Ints) -> Found:
    """Return -ln of the share of those around the two that name the same two sides; 0 where the two do not."""
    same = equal(rows.by, first, second) & equal(rows.against, first, second)
    told, alike = (busy[first, kind] + busy[second, kind] for kind in (1, 2))
    return {"rare_dyad": np.where(same, np.log((told + 2) / (alike + 1)), 0)}
