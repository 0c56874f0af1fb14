"""Linking for notebooks: any table in, and reports that come day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trucewatch.engines.arrow import ArrowTable, columns_of
from trucewatch.errors import BadCall
from trucewatch.incidents.changes import compare_incidents
from trucewatch.incidents.given import Columns, Given, given
from trucewatch.incidents.linkage import Judgement, Links, link_given, link_table
from trucewatch.incidents.space_time_actor_1 import SPACE_TIME_ACTOR_1
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.weights import Weights
from trucewatch.tables import Table

__all__ = ["Linker", "link", "linker"]


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
    """Reports that come day by day. Every addition links everything again, so it equals linking at
    once; ids of incidents stay as long as their founding report does."""

    def __init__(self, reports: Given, weights: Weights | Trained, judged: Sequence[Judgement]) -> None:
        self._reports, self._weights, self._judged = reports, weights, tuple(judged)
        self.links = link_given(reports, weights, self._judged)

    def add(self, more: Columns | ArrowTable) -> Table:
        """Add reports; returns what became of the incidents (schema CHANGE_OF_INCIDENT).

        BadInput, and nothing is added, if a value cannot be used; BadCall if an id is there already.
        """
        fresh = given(columns_of(more))
        repeated = sorted(set(self._reports.columns.ids) & set(fresh.columns.ids))
        if repeated:
            message = f"there already: {', '.join(repeated[:5])}; nothing was added"
            raise BadCall(message)
        before, self._reports = self.links, self._reports.with_more(fresh)
        self.links = link_given(self._reports, self._weights, self._judged)
        return compare_incidents(before.membership, self.links.membership)


def linker(
    reports: Columns | ArrowTable,
    weights: Weights | Trained | None = None,
    judgements: Iterable[Judgement] = (),
) -> Linker:
    """Return a linker that has these reports; see `link`."""
    return Linker(given(columns_of(reports)), weights or SPACE_TIME_ACTOR_1, tuple(judgements))
