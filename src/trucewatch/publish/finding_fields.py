"""What a published report says of each finding, field by field: what a digest is kept of, and a proof can show.

Everything is taken from the finished report, so that nothing is in it which its audience did not get.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trucewatch.publish.daily_lines import FindingEntry, ReadingCell, ReadingRow
from trucewatch.publish.daily_report import DailyReport
from trucewatch.publish.statement_lines import DutyEntry

__all__ = ["FindingFields", "finding_fields", "same_fields"]

FindingFields = dict[str, Any]
"""Name → JSON value: always `finding`, `clause`, `reading`, `subject`, `verdict`, `provisional`, `reasons` (of a
duty: its state); of findings told in full also `attribution`, `elements`, `missing`, `evidence`, `state`."""


def finding_fields(report: DailyReport) -> dict[str, FindingFields]:
    """Return the fields of every finding that the report states, by finding id."""
    found: dict[str, FindingFields] = {}
    for row in report.differences:
        for cell in row.cells:
            if cell.finding_id is not None:
                found[cell.finding_id] = _compared(row, cell)
    reading = report.readings[0][0] if report.readings else "default"
    for duty in report.duties:
        if duty.finding_id is not None:
            found[duty.finding_id] = _owed(duty, reading)
    for entry in (*report.findings, *report.maybe_findings):
        found[entry.id] = _told(entry)
    return dict(sorted(found.items()))


def _told(entry: FindingEntry) -> FindingFields:
    return {
        "finding": entry.id, "clause": entry.clause, "reading": entry.reading, "subject": entry.subject,
        "verdict": entry.verdict, "provisional": entry.provisional, "reasons": list(entry.reasons),
        "attribution": entry.attribution, "elements": {one.element: one.truth for one in entry.elements},
        "missing": list(entry.missing), "evidence": [one.id for one in entry.evidence], "state": entry.state,
    }


def _compared(row: ReadingRow, cell: ReadingCell) -> FindingFields:
    return {
        "finding": cell.finding_id, "clause": row.clause, "reading": cell.reading, "subject": row.subject,
        "verdict": cell.verdict, "provisional": cell.provisional, "reasons": list(cell.reasons),
    }


def _owed(duty: DutyEntry, reading: str) -> FindingFields:
    return {
        "finding": duty.finding_id, "clause": duty.clause, "reading": reading, "subject": duty.words,
        "verdict": duty.verdict, "provisional": False, "reasons": [duty.state],
        "evidence": [one.cited.id for one in duty.statements],
    }


def same_fields(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Do two issues say the same of a finding: verdict, whether it is provisional, and reasons?"""
    return all(one[name] == other[name] for name in ("verdict", "provisional", "reasons"))
