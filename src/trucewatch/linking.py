"""Linking for notebooks: any table in, and reports that come day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from trucewatch.actors import Actors
from trucewatch.engines.arrow import ArrowTable, columns_of
from trucewatch.errors import BadCall
from trucewatch.incidents.adding import Standing
from trucewatch.incidents.candidates import comparable
from trucewatch.incidents.changes import compare_incidents
from trucewatch.incidents.features import features_of_columns
from trucewatch.incidents.given import Columns, Given, given
from trucewatch.incidents.linkage import (
    Judgement,
    Links,
    chances_of,
    judgements_about,
    link_given,
    link_table,
    membership_of,
)
from trucewatch.incidents.resident import Growing
from trucewatch.incidents.space_time_actor_2 import SPACE_TIME_ACTOR_2
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.weights import Weights
from trucewatch.tables import Table

__all__ = ["Linker", "link", "linker"]

Ints = npt.NDArray[np.int64]


def link(
    reports: Columns | ArrowTable,
    weights: Weights | Trained | None = None,
    judgements: Iterable[Judgement] = (),
) -> Links:
    """Link a table of reports: membership, pairs, incidents, and `explain`.

    `reports` maps column names to arrays or lists, or has `__arrow_c_stream__`. Required columns:
    report_id, document, occurred_from, occurred_to (null where unknown; `[from, to)`; UTC where no
    zone is given). What else is used: `trucewatch.incidents.given.given`. Two reports of one document are
    never put together. `judgements` are ("same" or "different", report id, report id) and hold
    whatever the score. `weights` None: those that trucewatch ships. BadInput carries every value
    that cannot be used; BadCall for a judgement that is none.
    """
    return link_table(columns_of(reports), weights, judgements)


class Linker:
    """Reports that come day by day: an addition works out again what it can reach, and the answer is
    that of linking everything at once. Ids of incidents stay as long as their founding report does."""

    def __init__(self, reports: Given, weights: Weights | Trained, judged: Sequence[Judgement]) -> None:
        self._reports, self._weights, self._judged = [reports], weights, tuple(judged)
        judgements = judgements_about(judged, set(reports.columns.ids))
        features = features_of_columns(reports.columns, Actors({}))
        self._standing = Standing(features, judgements, weights)
        self._known, self._told = Growing(reports.columns.known.copy()), Growing(comparable(features).copy())
        self._ids = set(reports.columns.ids)
        self._links: Links | None = None

    def add(self, more: Columns | ArrowTable) -> Table:
        """Add reports; returns what became of the incidents (schema CHANGE_OF_INCIDENT).

        BadInput, and nothing is added, if a value cannot be used; BadCall if an id is there already.
        """
        fresh = given(columns_of(more))
        repeated = sorted(self._ids & set(fresh.columns.ids))
        if repeated:
            message = f"there already: {', '.join(repeated[:5])}; nothing was added"
            raise BadCall(message)
        features = features_of_columns(fresh.columns, Actors({}))
        self._reports.append(fresh)
        self._ids.update(fresh.columns.ids)
        self._known.extend(fresh.columns.known)
        self._told.extend(comparable(features))
        self._links = None
        rows, before = self._standing.add(features)
        there = before >= 0
        return compare_incidents(self._homes(rows[there], before[there]), self._homes(rows, self._standing.label.now[rows]))

    @property
    def membership(self) -> Table:
        """Schema MEMBERSHIP of all reports, by report_id, laid out when it is asked for."""
        ids, pairs = self._standing.ids, self._standing.pairs
        order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
        settled, label = pairs.settled.now, self._standing.label.now
        kept = pairs.alive.now & (settled - pairs.parted.now > self._weights.floor)
        chances = chances_of(label, pairs.first.now[kept], pairs.second.now[kept], settled[kept], self._told.now)
        return membership_of([ids[row] for row in order.tolist()], self._known.now[order], label[order], chances[order])

    @property
    def links(self) -> Links:
        """Everything that `link` gives, of all reports; worked out anew after an addition."""
        if self._links is None:
            reports = self._reports[0]
            for more in self._reports[1:]:
                reports = reports.with_more(more)
            self._reports = [reports]
            self._links = link_given(reports, self._weights, self._judged)
        return self._links

    def _homes(self, rows: Ints, label: Ints) -> Table:
        """Return the incidents of some rows, which are all the rows of their incidents."""
        ids = [self._standing.ids[row] for row in rows.tolist()]
        return membership_of(ids, self._known.now[rows], label, np.zeros(len(rows)))


def linker(
    reports: Columns | ArrowTable,
    weights: Weights | Trained | None = None,
    judgements: Iterable[Judgement] = (),
) -> Linker:
    """Return a linker that has these reports; see `link`."""
    return Linker(given(columns_of(reports)), weights or SPACE_TIME_ACTOR_2, tuple(judgements))
