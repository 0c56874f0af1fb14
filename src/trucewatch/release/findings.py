"""Findings as an audience may see them.

Words are shown or not as a whole: the words that judging makes can name a party anywhere, also where
they explain a window or a place, and a mask over names would miss one some day.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from trucewatch.release.policy import Policy
from trucewatch.release.records import (
    ReleasedDuty,
    ReleasedElement,
    ReleasedFinding,
    ReleasedQuestion,
)
from trucewatch.tables import Table

__all__ = ["Elements", "elements_by_finding", "released_duty", "released_finding"]

Elements = Mapping[tuple[str, str, str], Sequence[Mapping[str, Any]]]
"""(subject, clause, reading) → rows of the element table."""

_TRUTHS = {(True, True): "true", (False, True): "unknown", (False, False): "false"}


def elements_by_finding(table: Table) -> Elements:
    """Return the rows of the element table by what they are about."""
    found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in table.rows():
        found[row["subject_id"], row["clause"], row["reading"]].append(row)
    return found


def released_finding(
    row: Mapping[str, Any],
    elements: Sequence[Mapping[str, Any]],
    policy: Policy,
    open_evidence: Collection[str],
    *,
    number: int,
    held: bool,
) -> ReleasedFinding:
    """Return a finding; without permission to name its bearer it carries no word about any party."""
    named = policy.names_bearer(row["attribution"])
    evidence = json.loads(row["evidence"])
    shown = tuple(one for one in evidence if one in open_evidence)
    excuses = json.loads(row["exceptions"])
    tried = {one["id"] for one in excuses}
    return ReleasedFinding(
        finding_id=row["finding_id"],
        subject_kind=row["subject_kind"],
        incident_id=row["incident_id"],
        subject_id=row["subject_id"] if named else None,
        subject_number=number,
        clause=row["clause"],
        reading=row["reading"],
        verdict=row["verdict"],
        provisional=row["provisional"],
        reasons=tuple(json.loads(row["reason"])),
        state=row["state"],
        attribution=row["attribution"] if named else "withheld",
        bearers=tuple(json.loads(row["bearers"])) if named else (),
        elements=tuple(
            _element(one, named=named) for one in elements if one["element"] not in tried
        ),
        exceptions=tuple(
            ReleasedElement(one["id"], one["truth"], None, None, one["words"] if named else None)
            for one in excuses
        ),
        missing=tuple(
            ReleasedQuestion(one["element"], one["question"] if named else None)
            for one in json.loads(row["missing"])
        ),
        evidence=shown,
        evidence_withheld=len(evidence) - len(shown),
        held=held,
    )


def _element(row: Mapping[str, Any], *, named: bool) -> ReleasedElement:
    return ReleasedElement(
        row["element"],
        _TRUTHS[row["must"], row["may"]],
        row["strength"],
        row["required"],
        row["words"] if named else None,
    )


def released_duty(
    row: Mapping[str, Any], policy: Policy, open_evidence: Collection[str], *, number: int
) -> ReleasedDuty:
    """Return a duty with the claims about it that the audience may see."""
    names = policy.names_candidates
    return ReleasedDuty(
        duty_id=row["duty_id"] if names else None,
        subject_number=number,
        clause=row["clause"],
        bearer=row["bearer"] if names else None,
        due=row["due"],
        state=row["state"],
        sure=row["sure"],
        possible=row["possible"],
        claims=tuple(one for one in json.loads(row["claims"] or "[]") if one in open_evidence),
        words=row["words"] if names else None,
    )
