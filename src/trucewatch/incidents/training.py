"""Weights of linking from answers that people gave: which reports tell of one happening.

Logistic regression on the signals (`signals.py`) with a quadratic penalty and with the sign of
each weight held to what it means, solved by Newton steps whose quadratic part is minimised
coordinate by coordinate. The term of rivals needs scores, and a score of a report that was trained
on says too much: so the answers are split into groups, each pair is scored by weights that saw
neither of its groups, and rivals, slope and threshold are fitted on those scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations_with_replacement
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from trucewatch.incidents.candidates import candidate_pairs
from trucewatch.incidents.clustering import cluster
from trucewatch.incidents.features import Features
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.pairs import Pairs, busyness
from trucewatch.incidents.signals import SIGNALS, signals_of
from trucewatch.incidents.trained import Trained, rivals_of
from trucewatch.incidents.weights import Bounds

__all__ = ["Lesson", "fit", "lesson_of", "out_of_fold", "train"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_NO_WORDS: Mapping[str, int] = MappingProxyType({})
_PENALTY = 10.0
_ROUNDS = 3
"""How often rivals are taken anew from the scores that they changed."""
_STEPS, _SWEEPS, _HALVINGS = 10, 40, 8
_MICRO = 1e6
_THRESHOLDS = np.arange(-1.5, 1.01, 0.125)
_SIGNS = np.array([one.sign for one in SIGNALS] + [-1])
"""The last column is that of rivals: they are evidence against."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Pairs of reports whose answer is known."""

    rows: Features
    first: Ints
    second: Ints
    signals: npt.NDArray[np.float32]
    same: Bools
    """The answer."""
    group: Ints
    """Group of each row; pairs of one group are never used to score each other."""
    words: Mapping[str, int] = field(default_factory=dict)

    def without(self, *names: str) -> Lesson:
        """Return the lesson as if these signals said nothing."""
        said = np.array([one.name not in names for one in SIGNALS])
        return replace(self, signals=np.where(said, self.signals, np.float32(0)))

    def take(self, which: Bools) -> Lesson:
        """Return the lesson with these pairs."""
        parts = {name: getattr(self, name)[which] for name in ("first", "second", "signals", "same")}
        return replace(self, **parts)


def lesson_of(
    rows: Features, answer: Sequence[object], group: Sequence[int], bounds: Bounds, words: Mapping[str, int] = _NO_WORDS
) -> Lesson:
    """Return the candidates among `rows` (in their order: answers and groups too) with the answer.

    `words`: what each word tells, which is kept in the weights that are trained.
    """
    found = candidate_pairs(rows, bounds)
    told = rows.document.codes
    apart = (told[found.first] != told[found.second]) | (told[found.first] < 0)
    first, second = found.first[apart], found.second[apart]
    code = {value: place for place, value in enumerate(dict.fromkeys(answer))}
    codes = np.array([code[one] for one in answer], dtype=np.int64)
    signals = signals_of(rows, first, second, busyness(rows, found), words)
    return Lesson(rows, first, second, signals, codes[first] == codes[second], np.asarray(group, dtype=np.int64), words)


def train(lesson: Lesson, version: str, bounds: Bounds, fixed: Mapping[str, int]) -> Trained:
    """Return weights fitted to the lesson; `fixed` are signals it cannot teach, in micro-log-odds.

    The slope that calibrates the scores and the threshold of clusters come from scores out of fold.
    """
    signals = lesson.signals.astype(np.float64)
    base, _ = out_of_fold(lesson, signals, _SIGNS[:-1])
    for _ in range(_ROUNDS):
        columns = np.column_stack([signals, rivals_of(lesson.rows.document, lesson.first, lesson.second, base)])
        scores, parts = out_of_fold(lesson, columns, _SIGNS)
        shift, slope = fit(scores[:, None], lesson.same, np.array([1])).tolist()
        base = slope * (scores - parts) + shift
    fitted = _levelled(lesson, fit(columns, lesson.same, _SIGNS))
    weights = _weights(version, bounds, slope * fitted, shift, fixed)
    return replace(weights, words=lesson.words, threshold=_threshold(lesson, slope * scores + shift, bounds))


def _levelled(lesson: Lesson, fitted: Floats) -> Floats:
    """Return weights of the same scores, under which a fact that is known says on average nothing.

    Without this a collection that gives no casualties would have other odds before anything is
    compared than the lesson, which always gives them.
    """
    level = fitted.copy()
    names = [one.name for one in SIGNALS]
    for known in ("known_killed", "known_injured"):
        place = names.index(known)
        term = SIGNALS[place].term
        own = np.array([place for place, one in enumerate(SIGNALS) if one.term == term])
        told = lesson.signals[:, place] > 0
        mean = float((lesson.signals[told][:, own] @ fitted[1 + own]).mean()) if told.any() else 0.0
        level[1 + place] -= mean
        level[0] += mean
    return level


def fit(columns: Floats, same: Bools, signs: Ints) -> Floats:
    """Return (prior, weight of each column), natural-log odds, signs held to their meaning."""
    mean, spread = columns.mean(axis=0), columns.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    scaled = np.column_stack([np.ones(len(columns)), (columns - mean) / spread])
    signs = np.concatenate([[0], signs])
    beta = np.zeros(scaled.shape[1])
    beta[0] = np.log((same.sum() + 0.5) / ((~same).sum() + 0.5))
    penalty = np.full(len(beta), _PENALTY)
    penalty[0] = 0.0
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ beta, -30, 30)))
        worth = np.maximum(1e-6, chance * (1 - chance))
        hessian = (scaled.T * worth) @ scaled + np.diag(penalty)
        gradient = scaled.T @ (same - chance) - penalty * beta
        beta = _not_worse(scaled, same, penalty, beta, _bounded_step(hessian, gradient, beta, signs))
    weights = beta[1:] / spread
    return np.concatenate([[beta[0] - float(mean @ weights)], weights])


def _not_worse(scaled: Floats, same: Bools, penalty: Floats, old: Floats, new: Floats) -> Floats:
    """Return the farthest of new, half way to it, … that costs no more than `old`."""
    def cost(beta: Floats) -> float:
        told = np.where(same, 1.0, -1.0) * (scaled @ beta)
        return float(np.logaddexp(0.0, -told).sum() + (penalty * beta**2).sum() / 2)

    before = cost(old)
    for _ in range(_HALVINGS):
        if cost(new) <= before:
            return new
        new = (old + new) / 2
    return old


def _bounded_step(hessian: Floats, gradient: Floats, beta: Floats, signs: Ints) -> Floats:
    """Return the minimum of the quadratic model around `beta` where no sign is wrong."""
    new, left = beta.copy(), gradient.copy()
    for _ in range(_SWEEPS):
        for place in range(len(new)):
            value = new[place] + left[place] / hessian[place, place]
            if signs[place] * value < 0:
                value = 0.0
            left -= hessian[:, place] * (value - new[place])
            new[place] = value
    return new


def out_of_fold(lesson: Lesson, columns: Floats, signs: Ints) -> tuple[Floats, Floats]:
    """Return the score of each pair under weights that saw neither group of its two reports, and
    what the last column adds to it.
    """
    scores, last = np.zeros(len(columns)), np.zeros(len(columns))
    for inside, outside in _folds(lesson):
        weights = fit(columns[outside], lesson.same[outside], signs)
        scores[inside] = weights[0] + columns[inside] @ weights[1:]
        last[inside] = columns[inside, -1] * weights[-1]
    return scores, last


def _folds(lesson: Lesson) -> Iterator[tuple[Bools, Bools]]:
    one, other = lesson.group[lesson.first], lesson.group[lesson.second]
    least, most = np.minimum(one, other), np.maximum(one, other)
    for low, high in combinations_with_replacement(np.unique(lesson.group).tolist(), 2):
        inside = (least == low) & (most == high)
        if inside.any():
            yield inside, ~(np.isin(one, (low, high)) | np.isin(other, (low, high)))


def _weights(version: str, bounds: Bounds, fitted: Floats, shift: float, fixed: Mapping[str, int]) -> Trained:
    micro = [round(one * _MICRO) for one in fitted.tolist()]
    names = [one.name for one in SIGNALS]
    signals = {name: value for name, value in zip(names, micro[1:-1], strict=True) if value}
    return Trained(
        version=version, prior=micro[0] + round(shift * _MICRO), signals=signals | dict(fixed), rivals=-micro[-1],
        floor=bounds.floor, sigma_floor_m=bounds.sigma_floor_m, reach_sigma=bounds.reach_sigma,
        reach_days=bounds.reach_days, giant=bounds.giant,
    )


def _threshold(lesson: Lesson, scores: Floats, bounds: Bounds) -> int:
    """Return the threshold of clusters with the greatest pairwise F1 on scores out of fold."""
    micro = np.rint(scores * _MICRO).astype(np.int64)
    kept = micro > bounds.floor
    terms = np.zeros((int(kept.sum()), 0), dtype=np.int32)
    found = []
    for one in _THRESHOLDS:
        pairs = Pairs(lesson.first[kept], lesson.second[kept], micro[kept], terms)
        label = cluster(lesson.rows, pairs, Judgements(), replace(bounds, threshold=int(one * _MICRO))).label
        together = label[lesson.first] == label[lesson.second]
        hit = int((together & lesson.same).sum())
        found.append(2 * hit / max(1, int(together.sum()) + int(lesson.same.sum())))
    # The middle of what is nearly as good as the best: a single best one is luck.
    good = [one for one, f1 in zip(_THRESHOLDS, found, strict=True) if f1 >= max(found) - 0.005]
    return round(float(np.median(good)) * _MICRO)
