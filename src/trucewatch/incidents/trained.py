"""Weights that were trained: a sum of signals times weights, and one term for rivals.

    log-odds = prior + sum over signals of (weight x signal) - rivals x (ln(1 + R12) + ln(1 + R21))

R12 is the sum of exp(score) over the other reports of the second report's document that the first
could belong with, R21 the same the other way round: one document tells a happening once, so where
two of its reports fit, neither is sure. Rivals are taken from pairs above the floor only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.coded import Coded
from trucewatch.incidents.features import Features
from trucewatch.incidents.pairs import Pairs, equal
from trucewatch.incidents.signals import SIGNALS
from trucewatch.incidents.weights import TERMS, Bounds

__all__ = ["Trained", "rivals_of", "weighed", "with_rivals"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_MICRO = 1_000_000
_MOST = 12.0
"""Log-odds beyond which a rival is as strong as it gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained(Bounds):
    """One trained set of weights; log-odds in millionths."""

    prior: int
    """Before anything is compared."""
    signals: Mapping[str, int]
    """Name of a signal → micro-log-odds for each unit of it; a signal that is not named weighs 0."""
    rivals: int = 0
    """Micro-log-odds for each ln(1 + R), taken off."""
    words: Mapping[str, int] = field(default_factory=dict)
    """Word → what sharing it tells, before it is weighed (`spoken`); none: texts are compared by signature only."""
    grouping_same: int = 8_000_000
    """What a data set itself says: its judgement, not a fact; set by hand."""
    grouping_different: int = -8_000_000
    partners: int = 64


def weighed(
    rows: Features, first: Ints, second: Ints, signals: npt.NDArray[np.float32], weights: Trained
) -> npt.NDArray[np.int32]:
    """Return the terms of these pairs, shape (pairs, len(TERMS)), in micro-log-odds; no rivals."""
    terms = np.zeros((len(first), len(TERMS)), dtype=np.int32)
    terms[:, TERMS.index("prior")] = weights.prior
    for place, one in enumerate(SIGNALS):
        weight = weights.signals.get(one.name, 0)
        if weight:
            terms[:, TERMS.index(one.term)] += np.rint(signals[:, place] * np.float64(weight)).astype(np.int32)
    same, dataset = equal(rows.grouping, first, second), equal(rows.dataset, first, second)
    apart = np.where(dataset, weights.grouping_different, 0)
    terms[:, TERMS.index("grouping")] = np.where(same, weights.grouping_same, apart)
    return terms


def with_rivals(rows: Features, pairs: Pairs, weights: Trained) -> Pairs:
    """Return the pairs with the term of rivals added to their total."""
    if not weights.rivals or not len(pairs):
        return pairs
    found = rivals_of(rows.document, pairs.first, pairs.second, pairs.total / _MICRO)
    term = -np.rint(found * weights.rivals).astype(np.int32)
    terms = pairs.terms.copy()
    terms[:, TERMS.index("rivals")] = term
    return replace(pairs, total=pairs.total + term, terms=terms)


def rivals_of(document: Coded[str], first: Ints, second: Ints, log_odds: Floats) -> Floats:
    """Return ln(1 + R12) + ln(1 + R21) of each pair; 0 for a report without a document.

    Sums run in the order of the pairs, which is that of report ids, so they are the same on every
    machine with IEEE doubles.
    """
    strength = np.exp(np.clip(log_odds, -_MOST, _MOST))
    documents = len(document.values) + 1
    total = np.zeros(len(first))
    keys = [one * documents + document.codes[other] for one, other in ((first, second), (second, first))]
    distinct, place = np.unique(np.concatenate(keys), return_inverse=True)
    sums = np.bincount(place, np.concatenate([strength, strength]), minlength=len(distinct))
    for key, other in zip(np.split(place, 2), (second, first), strict=True):
        known = document.codes[other] >= 0
        # Rounded, because taking a pair off its own sum leaves dust where it was the only one.
        rest = np.maximum(0.0, np.round(sums[key] - strength, 9))
        total += np.where(known, np.log1p(rest), 0.0)
    return total
