"""Findings whose evidence was erased: they say so, and never look like compliance.

Judging sees only what is left. What was found with evidence that is gone now may come out otherwise,
under another id, or not at all: each such finding is `undetermined` for the reason `erased` wherever
what is left would excuse somebody or leave it unsaid.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from trucewatch.findings.judging import FindingTables
from trucewatch.findings.schema import FINDING
from trucewatch.tables import Table

__all__ = ["ERASED", "LostGround", "with_erased"]

ERASED = "erased"
"""The reason, and the word for it in every output."""

_QUIET = ("compliant", "not_covered")
_JSON_COLUMNS = tuple(one.name for one in FINDING.fields if one.kind == "json")


@dataclass(frozen=True, slots=True)
class LostGround:
    """A finding as it was when evidence behind it was erased."""

    finding_id: str
    subject_kind: str
    subject_id: str
    incident_id: str | None
    clause: str
    reading: str
    verdict: str
    since: datetime | None
    """From when what was erased was known; None: at every instant."""
    left: tuple[str, ...]
    """Ids of the reports behind it that were not erased."""
    entry: str
    """Id of the erasure."""
    at: datetime | None = None
    """Instant of knowledge at which it was so: that of a published issue; None: everything that was known.

    What is known makes candidates, and they make ids: a finding can have another id at an earlier instant.
    """


def with_erased(
    tables: FindingTables, lost: Iterable[LostGround], *, readings: Sequence[str], agreement: str, program: str,
    known_at: datetime | None,
) -> FindingTables:
    """Return the tables with what the erased evidence leaves behind, ordered by finding id.

    `agreement` and `program` are the versions of the run, for findings of which nothing else is left.
    """
    known = [one for one in _at(tuple(lost), known_at) if one.reading in readings]
    if not known:
        return tables
    rows = {row["finding_id"]: _opened(row) for row in tables.finding.rows()}
    judged = _by_report(rows.values())
    for one in sorted(known, key=lambda each: (each.finding_id, each.entry)):
        heirs = {one.finding_id} & rows.keys() or _heirs(one, judged)
        for finding in sorted(heirs):
            rows[finding] = _marked(rows[finding], one)
        if not heirs:
            rows[one.finding_id] = _gone(one, agreement, program, known_at)
    return replace(tables, finding=Table.from_rows(FINDING, [rows[one] for one in sorted(rows)]))


def _at(lost: Sequence[LostGround], known_at: datetime | None) -> Sequence[LostGround]:
    """Return each erasure's findings as they were at this very instant, else those of the end that were known by it."""
    exact = [one for one in lost if one.at is not None and one.at == known_at]
    entries = {one.entry for one in exact}
    rest = (one for one in lost if one.at is None and one.entry not in entries)
    return [*exact, *(one for one in rest if known_at is None or one.since is None or one.since <= known_at)]


_Judged = Mapping[tuple[str, str, str], frozenset[str]]
"""(report, clause, reading) → ids of the findings that rest on it."""


def _by_report(rows: Iterable[Mapping[str, Any]]) -> _Judged:
    found: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        for report in row["evidence"]:
            if report.startswith("r-"):
                found.setdefault((report, row["clause"], row["reading"]), set()).add(row["finding_id"])
    return {key: frozenset(ids) for key, ids in found.items()}


def _heirs(one: LostGround, judged: _Judged) -> set[str]:
    """Return the findings of the same term about the happening of which reports are left: it was renamed."""
    return {finding for report in one.left for finding in judged.get((report, one.clause, one.reading), ())}


def _marked(row: dict[str, Any], one: LostGround) -> dict[str, Any]:
    """Say of a finding that evidence was erased; what would now excuse somebody is open instead."""
    evidence = list(dict.fromkeys((*row["evidence"], one.entry)))
    if row["verdict"] in _QUIET and row["verdict"] != one.verdict:
        return row | _open(evidence)
    reasons = row["reason"] if row["verdict"] in _QUIET else list(dict.fromkeys((*row["reason"], ERASED)))
    return row | {"evidence": evidence, "reason": reasons}


def _opened(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its JSON columns as values, as a table takes them."""
    return row | {name: json.loads(row[name]) for name in _JSON_COLUMNS}


def _open(evidence: Sequence[str]) -> dict[str, Any]:
    return {
        "verdict": "undetermined", "provisional": False, "reason": [ERASED], "attribution": "none", "bearers": [],
        "exceptions": [], "missing": [], "evidence": list(evidence),
    }


def _gone(one: LostGround, agreement: str, program: str, known_at: datetime | None) -> dict[str, Any]:
    """Return what is said of a finding whose subject is gone with its evidence."""
    return {
        "finding_id": one.finding_id, "subject_kind": one.subject_kind, "subject_id": one.subject_id,
        "incident_id": one.incident_id, "clause": one.clause, "reading": one.reading, "state": "unverifiable",
        "agreement_version": agreement, "program_version": program, "known_at": known_at, **_open([one.entry]),
    }
