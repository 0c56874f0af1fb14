"""Terms of pairs under trained weights: `signals` and `trained.weighed` compiled, block by block.

What two values of a column say about each other is worked out once per pair of values, as a table;
everything else is arithmetic on two rows. A term may differ from NumPy's by a millionth where the
last bit of a logarithm decides how it is rounded.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.candidates import Candidates
from trucewatch.incidents.coded import Coded
from trucewatch.incidents.compiled.compiling import in_blocks
from trucewatch.incidents.compiled.terms import NUMBERS, WHOLE, terms_of_pairs
from trucewatch.incidents.features import Features
from trucewatch.incidents.pairs import Pairs, in_order
from trucewatch.incidents.signals import SIGNALS, same_act, same_weapon
from trucewatch.incidents.spoken import told_by
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.weights import TERMS

__all__ = ["fits", "score"]

Ints = npt.NDArray[np.int64]
Table = npt.NDArray[np.int32]

_Weight = namedtuple("_Weight", [one.name for one in SIGNALS])  # type: ignore[misc]
_Term = namedtuple("_Term", TERMS)  # type: ignore[misc]
"""Names for what is compiled; numba finds the types."""

_BLOCK = 1 << 20
_MOST_VALUES = 2_000
"""A column with more distinct values than this would need too large a table."""
_TABLES = {"act": "act", "doings": "act", "weapon": "weapon", "by": "parties", "against": "parties"}
"""Column → the term to which its table belongs."""


def fits(rows: Features) -> bool:
    """Whether the tables of all columns have room."""
    return all(len(getattr(rows, name).values) <= _MOST_VALUES for name in _TABLES)


def score(rows: Features, candidates: Candidates, busy: Ints, weights: Trained) -> Pairs:
    """Return the pairs above the floor, as `scoring.score_pairs` keeps them, without rivals."""
    weight = _Weight(*(float(weights.signals.get(one.name, 0)) for one in SIGNALS))
    term = _Term(*range(len(TERMS)))
    tables = (_acts(rows, weights), _sets(rows.doings, "doings", weights), _weapons(rows, weights),
              _sets(rows.by, "by", weights), _sets(rows.against, "against", weights), _crowd(busy, weights))
    # In the order of time, pairs that are compared one after the other lie close to each other in memory.
    order = np.argsort(rows.start, kind="stable")
    facts = (*_facts(rows, busy, order), *_spoken(rows, order, weights))
    keys = _keys(candidates, order)
    fixed = (weights.prior, weights.grouping_same, weights.grouping_different, weights.floor)

    def work(begin: int, end: int) -> Pairs:
        first, second = np.divmod(keys[begin:end], len(rows))
        kept = np.empty(len(first), dtype=np.int64)
        terms = np.empty((len(first), len(TERMS)), dtype=np.int32)
        count = terms_of_pairs(first, second, facts, tables, weight, term, fixed, kept, terms)
        one, other = order[first[kept[:count]]], order[second[kept[:count]]]
        terms = terms[:count].copy()
        return Pairs(np.minimum(one, other), np.maximum(one, other), terms.sum(axis=1, dtype=np.int64), terms)

    bounds = [(begin, min(begin + _BLOCK, len(keys))) for begin in range(0, len(keys), _BLOCK)]
    return in_order(list(in_blocks(work, bounds)))


def _keys(candidates: Candidates, order: Ints) -> Ints:
    """Return both places in `order` as one number for each pair, sorted."""
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    one, other = place[candidates.first], place[candidates.second]
    return np.sort(np.minimum(one, other) * len(order) + np.maximum(one, other))


def _facts(rows: Features, busy: Ints, order: Ints) -> tuple[npt.NDArray[Any], ...]:
    """Return the columns that arithmetic needs, row beside row, in this order: NUMBERS, WHOLE, words."""
    lat = np.radians(rows.lat)
    made = {
        "lat": lat, "lon": np.radians(rows.lon), "cosine": np.cos(lat), "killed": rows.best, "injured": rows.hurt,
        "log_killed": np.log1p(np.maximum(0, rows.best)), "log_injured": np.log1p(np.maximum(0, rows.hurt)),
        "spoken": rows.words.any(axis=1), "busy": busy[:, 0], "sided": busy[:, 1], "alike": busy[:, 2],
    }  # fmt: skip

    def column(name: str) -> npt.NDArray[Any]:
        found: Any = made[name] if name in made else getattr(rows, name)
        return np.asarray(getattr(found, "codes", found)[order])

    numbers = np.stack([column(name) for name in NUMBERS], axis=1)
    whole = np.stack([column(name).astype(np.int64) for name in WHOLE], axis=1)
    return numbers, whole, rows.words[order]


def _spoken(rows: Features, order: Ints, weights: Trained) -> tuple[npt.NDArray[Any], ...]:
    """Return the words of each row, what each tells and all of them together; no row if none are weighed."""
    if not weights.words or not rows.spoken.any():
        return np.zeros((0, 1), dtype=np.uint32), np.zeros((0, 1), dtype=np.int64), np.zeros(0, dtype=np.int64)
    spoken = rows.spoken[order]
    told = told_by(spoken, weights.words)
    return spoken, told, told.sum(axis=1)


def _weighed(value: npt.NDArray[Any], name: str, weights: Trained) -> Table:
    """Return a signal times its weight as `trained.weighed` rounds it."""
    signal = value.astype(np.float32) * np.float64(weights.signals.get(name, 0))
    return np.rint(signal).astype(np.int32)


def _acts(rows: Features, weights: Trained) -> Table:
    found = _compared(rows.act, same_act)
    return _weighed(np.maximum(0, found), "same_act", weights) + _weighed(np.maximum(0, -found), "other_act", weights)


def _weapons(rows: Features, weights: Trained) -> Table:
    found = _compared(rows.weapon, same_weapon)
    return _weighed(np.maximum(0, found), "same_weapon", weights) + _weighed(np.maximum(0, -found), "other_weapon", weights)


def _compared(column: Coded[str], compare: Callable[[str, str], int]) -> npt.NDArray[np.float64]:
    size = len(column.values)
    found = np.array([[compare(one, other) for other in column.values] for one in column.values], dtype=np.float64)
    return found.reshape(size, size) / 1_000_000


def _crowd(busy: Ints, weights: Trained) -> Table:
    """Return the weighed term for each sum of how many reports are near the one and the other."""
    return _weighed(np.log1p(np.arange(2 * int(busy[:, 0].max(initial=0)) + 1) / 2), "reports_near", weights)


def _sets(column: Coded[frozenset[str]], name: str, weights: Trained) -> Table:
    """Return the share of common members, whether it is all and whether it is none, weighed."""
    members = {one: place for place, one in enumerate(sorted(set().union(*column.values)))}
    inside = np.zeros((len(column.values), len(members)), dtype=np.float32)
    for row, each in enumerate(column.values):
        inside[row, [members[one] for one in each]] = 1
    common = (inside @ inside.T).astype(np.int64)
    sizes = inside.sum(axis=1).astype(np.int64)
    share = 1_000_000 * common // np.maximum(1, sizes[:, None] + sizes[None, :] - common) / 1_000_000
    total = _weighed(share, f"shared_{name}", weights) + _weighed(common == 0, f"other_{name}", weights)
    return total + _weighed(share == 1, f"same_{name}", weights)
