"""How the incidents known at one instant correspond to those known at another.

Incidents are matched by the reports that they share, never by their ids. An incident that only
grew is no change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from trucewatch.incidents.schema import CHANGE_OF_INCIDENT
from trucewatch.tables import Table

__all__ = ["compare_incidents"]


def compare_incidents(before: Table, after: Table) -> Table:
    """Return the rows of CHANGE_OF_INCIDENT between two incident_report tables.

    `new` and `gone`: shares no report with the other side. `renamed`: one became one under another
    id. `merged`, `split`: several became one, one became several; the id that lives on is not
    listed. `moved`: a report that changed incident where several became several. `report_id` is
    the report that caused it: the least one that is new in the incident after; null if none is new
    (a decision did it).
    """
    old, new = _by_incident(before), _by_incident(after)
    home = {report: incident for incident, reports in old.items() for report in reports}
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for incident, reports in new.items():
        for report in reports:
            if report in home:
                shared[home[report], incident].append(report)
    causes = {name: _least(r for r in reports if r not in home) for name, reports in new.items()}
    rows = _appeared_and_gone(old, new, shared, causes)
    for (one, other), reports in shared.items():
        rows += _edge(one, other, reports, shared, causes)
    rows.sort(
        key=lambda row: tuple(row[name] or "" for name in ("kind", "old_id", "new_id", "report_id"))
    )
    return Table.from_rows(CHANGE_OF_INCIDENT, rows)


def _by_incident(table: Table) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    pairs = zip(table.values("incident_id"), table.values("report_id"), strict=True)
    for incident, report in sorted(pairs):
        found[incident].append(report)
    return dict(found)


def _least(reports: Iterable[str]) -> str | None:
    return min(reports, default=None)


def _row(kind: str, old: str | None, new: str | None, report: str | None) -> dict[str, Any]:
    return {"kind": kind, "old_id": old, "new_id": new, "report_id": report}


def _appeared_and_gone(
    old: dict[str, list[str]],
    new: dict[str, list[str]],
    shared: dict[tuple[str, str], list[str]],
    causes: dict[str, str | None],
) -> list[dict[str, Any]]:
    kept_old = {one for one, _ in shared}
    kept_new = {other for _, other in shared}
    rows = [_row("gone", one, None, None) for one in old if one not in kept_old]
    return rows + [_row("new", None, one, causes[one]) for one in new if one not in kept_new]


def _edge(
    one: str,
    other: str,
    reports: list[str],
    shared: dict[tuple[str, str], list[str]],
    causes: dict[str, str | None],
) -> list[dict[str, Any]]:
    """Return what the reports that two incidents share say about their correspondence."""
    if one == other:
        return []
    parts = sum(1 for old, _ in shared if old == one)
    wholes = sum(1 for _, new in shared if new == other)
    if parts > 1 and wholes > 1:
        return [_row("moved", one, other, report) for report in reports]
    kind = "split" if parts > 1 else "merged" if wholes > 1 else "renamed"
    return [_row(kind, one, other, causes[other])]
