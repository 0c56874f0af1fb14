"""The knowledge rule: from when a row may be used, and the tables as known at an instant.

Later knowledge never leaks into an earlier day. So names that did not resolve and problems are
cut with the rows that they come from.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from trucewatch.errors import BadCall
from trucewatch.periods import Zone, day_of, day_period, known_by
from trucewatch.reports.report import ReportTables
from trucewatch.reports.resolved import Resolved
from trucewatch.reports.source import Knowledge
from trucewatch.reports.unresolved import list_unresolved
from trucewatch.tables import Table

__all__ = ["MODES", "known_from", "known_tables"]

MODES = ("live", "replay")
"""`live`: known when this ledger received it. `replay`: known when it was published."""

_TICK = timedelta(microseconds=1)


def known_from(
    knowledge: Knowledge,
    *,
    mode: str,
    published_at: datetime | None,
    recorded_at: datetime,
    occurred_to: datetime | None,
    zone: Zone,
) -> tuple[datetime | None, bool]:
    """Return (known_at in UTC, whether it was assumed); None: only in a run without `known_at`.

    `occurred_to` is the excluded end of the happening; rule `day_end` takes the end of the local
    day that holds its last instant. Under rule `release` nothing is known before the release,
    whatever a row states, and nothing at all while no release is declared. BadCall: unknown mode.
    """
    if mode not in MODES:
        message = f"mode “{mode}” is not known; a case is one of {', '.join(MODES)}"
        raise BadCall(message)
    if mode == "live":
        return recorded_at, False
    if knowledge.rule == "release":
        release = knowledge.release
        if release is None or published_at is None:
            return release, False
        return max(release, published_at), False
    if published_at is not None:
        return published_at, False
    if knowledge.rule == "day_end" and occurred_to is not None:
        return day_period(day_of(occurred_to - _TICK, zone), zone).end, True
    return None, False


def known_tables(resolved: Resolved, known_at: datetime | None) -> Resolved:
    """Return what was known at `known_at` (that instant included); everything for None."""
    if known_at is None:
        return resolved
    mentions = tuple(one for one in resolved.mentions if known_by(one.known_at, known_at))
    noted = tuple(one for one in resolved.noted if known_by(one.known_at, known_at))
    return Resolved(
        tables=_known_reports(resolved.tables, known_at),
        claims=_known_rows(resolved.claims, known_at),
        coverage=_known_rows(resolved.coverage, known_at),
        problems=tuple(one.problem for one in noted),
        unresolved=list_unresolved(mentions),
        mentions=mentions,
        noted=noted,
    )


def _known_rows(table: Table, known_at: datetime) -> Table:
    instants = table.values("known_at")
    return table.take([row for row, one in enumerate(instants) if known_by(one, known_at)])


def _known_reports(tables: ReportTables, known_at: datetime) -> ReportTables:
    report = _known_rows(tables.report, known_at)
    later = frozenset(tables.report.values("source")) - frozenset(report.values("source"))
    report = _without_groupings_of(report, later)
    known = frozenset(report.values("report_id"))
    return ReportTables(
        report,
        _rows_of(tables.report_party, known),
        _rows_of(tables.casualty, known),
        _rows_of(tables.circumstance, known),
    )


def _without_groupings_of(report: Table, later: Collection[str]) -> Table:
    """Return the reports without what a source that had said nothing yet makes of them.

    A data set names the articles that it read, and calls several of them one happening. The articles
    were known at once; that they belong together was known only when the data set came out.
    """
    groupings = report.values("grouping")
    kept = [None if one and one.partition(":")[0] in later else one for one in groupings]
    if kept == groupings:
        return report
    columns = {name: report.values(name) for name in report.schema.names}
    return Table.from_columns(report.schema, {**columns, "grouping": kept})


def _rows_of(table: Table, report_ids: Collection[str]) -> Table:
    ids = table.values("report_id")
    return table.take([row for row, one in enumerate(ids) if one in report_ids])
