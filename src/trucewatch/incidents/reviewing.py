"""Which pairs a person should look at: those about which the score is least sure, one for each doubt.

Two incidents that might be one are asked about by the pair that speaks most for it; an incident that might
be several by its weakest member, with its best fellow. What people judged is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trucewatch.actors import Actors
from trucewatch.incidents.link import match, told_reports
from trucewatch.incidents.pairs import Pairs
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.weights import SPACE_TIME_ACTOR_0, TERMS, Weights
from trucewatch.reports.report import ReportTables
from trucewatch.reports.source import Source
from trucewatch.tables import Table

__all__ = ["Doubt", "doubtful_pairs"]

Ints = npt.NDArray[np.int64]

_MICRO = 1e6


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two reports of which it is doubtful whether they tell of one happening."""

    first: str
    second: str
    log_odds: float
    """For one happening, above the threshold of clusters; near 0 is least sure."""
    together: bool
    """How they are now."""
    terms: Mapping[str, float]
    """What speaks for (+) and against (-) it, in log-odds, the weightiest first."""


def doubtful_pairs(
    reports: ReportTables,
    decisions: Table,
    *,
    actors: Actors,
    sources: Mapping[str, Source],
    weights: Weights | Trained = SPACE_TIME_ACTOR_0,
    most: int,
) -> tuple[Doubt, ...]:
    """Return at most `most` doubts, the least sure first; see `link` for the arguments.

    Two reports of one document are no doubt: one document tells a happening once.
    """
    records, judgements, _ = told_reports(reports, decisions)
    matched = match(records, judgements, actors=actors, sources=sources, weights=weights)
    pairs, label, rows = matched.pairs, matched.clusters.label, matched.features
    settled = np.array([one in judgements.settled_by for one in rows.ids], dtype=bool)
    told = rows.document.codes
    one_document = (told[pairs.first] == told[pairs.second]) & (told[pairs.first] >= 0)
    pairs = pairs.take(~(settled[pairs.first] & settled[pairs.second]) & ~one_document)
    value = pairs.total - weights.threshold
    asked = np.concatenate([_between(pairs, label, value), _inside(pairs, label, value)])
    asked = asked[np.lexsort((asked, np.abs(value[asked])))][:most]
    return tuple(_doubt(rows.ids, pairs, label, int(value[one]), one) for one in asked.tolist())


def _between(pairs: Pairs, label: Ints, value: Ints) -> Ints:
    """Return for each two clusters the pair that speaks most for putting them together."""
    one, other = label[pairs.first], label[pairs.second]
    which = np.flatnonzero(one != other)
    key = np.minimum(one, other) * len(label) + np.maximum(one, other)
    return _first_of_each(which, key, -value)


def _inside(pairs: Pairs, label: Ints, value: Ints) -> Ints:
    """Return for each cluster the best pair of the report that belongs there least."""
    which = np.flatnonzero(label[pairs.first] == label[pairs.second])
    best = np.full(len(label), np.iinfo(np.int64).min)
    for ends in (pairs.first, pairs.second):
        np.maximum.at(best, ends[which], value[which])
    weakest = np.minimum(best[pairs.first], best[pairs.second])
    which = which[value[which] == weakest[which]]
    return _first_of_each(which, label[pairs.first], value)


def _first_of_each(which: Ints, key: Ints, order: Ints) -> Ints:
    """Return of these pairs the first in order for each key."""
    which = which[np.lexsort((which, order[which], key[which]))]
    fresh = np.ones(len(which), dtype=bool)
    fresh[1:] = key[which][1:] != key[which][:-1]
    return which[fresh]


def _doubt(ids: tuple[str, ...], pairs: Pairs, label: Ints, value: int, place: int) -> Doubt:
    first, second = int(pairs.first[place]), int(pairs.second[place])
    terms = {name: int(term) / _MICRO for name, term in zip(TERMS, pairs.terms[place].tolist(), strict=True) if term}
    ordered = sorted(terms.items(), key=lambda one: -abs(one[1]))
    return Doubt(ids[first], ids[second], value / _MICRO, bool(label[first] == label[second]), dict(ordered))
