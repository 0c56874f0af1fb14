"""The answers that would decide most findings.

A question about the agreement (is this party bound? whose window counts?) is one question wherever
it is asked; a question about a happening is asked once for its incident.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from trucewatch.findings.judging import FindingTables
from trucewatch.tables import Table

__all__ = ["DEFAULT_READING", "ranked_questions"]

DEFAULT_READING = "default"
"""Findings of several readings would count the same doubt several times, so one reading is
counted."""


@dataclass(slots=True)
class _Asked:
    """One question, and the findings that wait for it."""

    element: str
    question: str
    about: str | None
    incident_id: str | None
    only: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


def ranked_questions(
    findings: FindingTables, reading: str = DEFAULT_READING
) -> list[dict[str, Any]]:
    """Return the questions of the undetermined findings of one reading, the most decisive first.

    Each row: `question`, `element`, `about` (party, phase, zone or clause; None: the incident),
    `incident_id` (None when it is about the agreement), `only` (findings for which it is the only
    thing missing), `findings` (findings for which it is one of the things missing), and
    `finding_ids` of these, the former first. Provisional violations wait for a reply, not for an
    answer.
    """
    asked: dict[tuple[str, ...], _Asked] = {}
    finding = findings.finding
    for row in finding.take(_open_under(finding, reading)).rows():
        _add(row, asked)
    ranked = sorted(
        asked.values(), key=lambda one: (-len(one.only), -_count(one), one.element, one.question)
    )
    return [_row(one) for one in ranked]


def _open_under(finding: Table, reading: str) -> list[int]:
    answers = zip(finding.values("verdict"), finding.values("reading"), strict=True)
    return [place for place, one in enumerate(answers) if one == ("undetermined", reading)]


def _add(row: dict[str, Any], asked: dict[tuple[str, ...], _Asked]) -> None:
    missing = json.loads(row["missing"])
    grouped: dict[tuple[str, ...], dict[str, Any]] = defaultdict(dict)
    for one in missing:
        scope = one["about"] or row["incident_id"] or row["subject_id"]
        grouped[one["element"], one["question"], scope] = one
    for key, one in sorted(grouped.items()):
        incident = None if one["about"] else row["incident_id"]
        entry = asked.setdefault(
            key, _Asked(one["element"], one["question"], one["about"], incident)
        )
        (entry.only if len(grouped) == 1 else entry.also).append(row["finding_id"])


def _count(one: _Asked) -> int:
    return len(one.only) + len(one.also)


def _row(one: _Asked) -> dict[str, Any]:
    return {
        "question": one.question,
        "element": one.element,
        "about": one.about,
        "incident_id": one.incident_id,
        "only": len(one.only),
        "findings": _count(one),
        "finding_ids": [*sorted(one.only), *sorted(one.also)],
    }
