"""What a case's own judgements teach: how much each term of shipped weights counts there, and a shift.

    log-odds = shift + sum over terms of (factor x term);  factors at least 0, 1 unless taught otherwise

Logistic regression on the judged pairs, with a quadratic penalty that holds every factor to 1 and the shift to
0: a few judgements move little, and a term's meaning is never turned round. Judgements are not a random sample
(people look at doubtful pairs); the odds given the score do not mind that, a base rate taken from them would.
What is reported is out of fold: each pair is scored by what the others taught.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from trucewatch.errors import BadCall
from trucewatch.incidents.candidates import candidate_pairs
from trucewatch.incidents.clustering import components
from trucewatch.incidents.features import Features
from trucewatch.incidents.judgements import Judgements
from trucewatch.incidents.pairs import Pairs, busyness
from trucewatch.incidents.scoring import score_pairs, terms_between
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.weights import TERMS

__all__ = ["Relearned", "adjusted", "judged_pairs", "relearn"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LEAST, LEAST_OF_EACH, _LEAST_APART = 10, 3, 3
"""Judged pairs that are asked for, how many of each answer, and of how many sets that share no report."""
_PENALTY = 4.0
"""Of a factor: moving it from 1 to 2 costs as much as two pairs that are scored with odds of e to 1 against."""
_SHIFT_PENALTY = 0.5
_FOLDS, _STEPS = 5, 30
_MICRO = 1e6
_FIXED = ("prior", "grouping")
"""Terms that are not taught: the shift stands for the prior, and a data set's grouping is its own judgement."""
_EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Relearned:
    """What was taught, and how well probabilities fit the answers before and after, out of fold."""

    shift: float
    factors: Mapping[str, float]
    """Term → factor, those that differ from 1."""
    pairs: int
    loss_before: float
    """Mean of -ln(probability of the answer that was given)."""
    loss_after: float
    reliability: tuple[Mapping[str, float], ...]
    """Rows: from, to (of the probability before), pairs, said_before, said_after, same (share)."""


def adjusted(weights: Trained, shift: float, factors: Mapping[str, float]) -> Trained:
    """Return weights with a shift (natural-log odds) and each term times its factor; BadCall for no term."""
    unknown = sorted(set(factors) - set(TERMS) | set(factors) & set(_FIXED))
    if unknown or any(one < 0 for one in factors.values()):
        message = f"factors of at least 0 of the terms {', '.join(one for one in TERMS if one not in _FIXED)}, got {dict(factors)!r}"
        raise BadCall(message)
    from trucewatch.incidents.signals import SIGNALS

    term = {one.name: one.term for one in SIGNALS}
    signals = {name: round(value * factors.get(term[name], 1.0)) for name, value in weights.signals.items()}
    return replace(
        weights, version=f"{weights.version}+case", prior=weights.prior + round(shift * _MICRO), signals=signals,
        rivals=round(weights.rivals * factors.get("rivals", 1.0)),
    )  # fmt: skip


def judged_pairs(rows: Features, judgements: Judgements) -> tuple[Ints, Ints, Bools]:
    """Return (first, second, same): every pair of rows about which people's judgements say something."""
    place = {report: row for row, report in enumerate(rows.ids)}
    groups = [[place[one] for one in group if one in place] for group in judgements.groups]
    home = {row: number for number, group in enumerate(groups) for row in group}
    answers = {pair: True for group in groups for pair in combinations(sorted(group), 2)}
    for one, other in judgements.apart:
        if one in place and other in place:
            sides = [groups[home[row]] if row in home else [row] for row in (place[one], place[other])]
            answers |= {(min(a, b), max(a, b)): False for a in sides[0] for b in sides[1]}
    pairs = sorted(answers)
    first, second = (np.array([pair[end] for pair in pairs], dtype=np.int64) for end in (0, 1))
    return first, second, np.array([answers[pair] for pair in pairs], dtype=bool)


def relearn(rows: Features, judgements: Judgements, weights: Trained) -> Relearned:
    """Return what the judgements teach; BadCall if there are too few.

    Only pairs within reach of each other teach anything: others have no score.
    """
    first, second, same = judged_pairs(rows, judgements)
    terms, within = _terms(rows, first, second, weights)
    first, second, same, terms = first[within], second[within], same[within], terms[within]
    if len(same) < LEAST or min(same.sum(), (~same).sum()) < LEAST_OF_EACH:
        message = (f"{int(same.sum())} pairs within reach were judged the same and {int((~same).sum())} different; "
                   f"it takes {LEAST} in all and {LEAST_OF_EACH} of each")
        raise BadCall(message)
    fold = components(len(rows), first, second)[first]
    if len(np.unique(fold)) < _LEAST_APART:
        message = "all judged pairs hang together through shared reports, so nothing can be held out; judge pairs elsewhere too"
        raise BadCall(message)
    before, after = terms.sum(axis=1), np.zeros(len(same))
    for held in _folds(fold):
        after[held] = _scores(terms[held], _fit(terms[~held], same[~held]))
    fitted = _fit(terms, same)
    factors = {name: round(float(value), 3) for name, value in zip(TERMS, fitted[1:], strict=True) if abs(value - 1) >= 0.0005}
    return Relearned(
        round(float(fitted[0]), 3), factors, len(same), _loss(before, same), _loss(after, same), _reliability(before, after, same)
    )


def _terms(rows: Features, first: Ints, second: Ints, weights: Trained) -> tuple[Floats, Bools]:
    """Return the terms of pairs in log-odds, rivals as far as pairs above the floor have them; which are within reach."""
    near = candidate_pairs(rows, weights)
    kept = score_pairs(rows, near, weights)
    key, asked = _key(near.first, near.second, rows), _key(first, second, rows)
    terms = terms_between(rows, first, second, busyness(rows, near), weights).astype(np.float64)
    terms[:, TERMS.index("rivals")] = _rivals_of(kept, asked, rows)
    return terms / _MICRO, np.isin(asked, key)


def _rivals_of(kept: Pairs, asked: Ints, rows: Features) -> Floats:
    key = _key(kept.first, kept.second, rows)
    found = np.zeros(len(asked))
    if len(key):
        place = np.minimum(np.searchsorted(key, asked), len(key) - 1)
        rivals = kept.terms[place, TERMS.index("rivals")]
        found = np.where(key[place] == asked, rivals, 0).astype(np.float64)
    return found


def _key(first: Ints, second: Ints, rows: Features) -> Ints:
    return first * len(rows) + second


def _folds(fold: Ints) -> Sequence[Bools]:
    """Return which pairs are held out in turn: reports that judgements tie together stay together."""
    names = np.unique(fold)
    part = {int(name): place % min(_FOLDS, len(names)) for place, name in enumerate(names)}
    parts = np.array([part[int(one)] for one in fold], dtype=np.int64)
    return [parts == one for one in np.unique(parts)]


def _scores(terms: Floats, fitted: Floats) -> Floats:
    return np.asarray(fitted[0] + terms @ fitted[1:], dtype=np.float64)


def _fit(terms: Floats, same: Bools) -> Floats:
    """Return (shift, factor of each term): Newton steps, factors held at 0 or above."""
    free = np.array([name not in _FIXED for name in TERMS]) & (np.abs(terms).sum(axis=0) > 0)
    columns = np.column_stack([np.ones(len(terms)), terms[:, free]])
    start = np.concatenate([[0.0], np.ones(int(free.sum()))])
    penalty = np.concatenate([[_SHIFT_PENALTY], np.full(int(free.sum()), _PENALTY)])
    fixed, beta = terms[:, ~free].sum(axis=1), start.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(fixed + columns @ beta, -30, 30)))
        hessian = (columns.T * np.maximum(1e-6, chance * (1 - chance))) @ columns + np.diag(penalty)
        gradient = columns.T @ (same - chance) - penalty * (beta - start)
        beta = beta + 0.5 * np.linalg.solve(hessian, gradient)
        beta[1:] = np.maximum(0.0, beta[1:])
    found = np.ones(1 + len(TERMS))
    found[0], found[1:][free] = beta[0], beta[1:]
    return found


def _loss(log_odds: Floats, same: Bools) -> float:
    return float(np.logaddexp(0.0, np.where(same, -log_odds, log_odds)).mean())


def _reliability(before: Floats, after: Floats, same: Bools) -> tuple[Mapping[str, float], ...]:
    said, then = (1 / (1 + np.exp(-each)) for each in (before, after))
    place = np.clip(np.searchsorted(_EDGES, said, side="right") - 1, 0, len(_EDGES) - 2)
    return tuple(
        {
            "from": _EDGES[one], "to": _EDGES[one + 1], "pairs": int((place == one).sum()),
            "said_before": round(float(said[place == one].mean()), 3), "said_after": round(float(then[place == one].mean()), 3),
            "same": round(float(same[place == one].mean()), 3),
        }
        for one in range(len(_EDGES) - 1) if (place == one).any()
    )
