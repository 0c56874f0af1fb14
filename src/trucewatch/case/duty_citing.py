"""What a person cites who holds or releases the finding about a duty, which rests on claims and not on reports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.errors import BadCall
from trucewatch.pipeline import Result

__all__ = ["CitedDuty", "cited_duty"]


@dataclass(frozen=True, slots=True)
class CitedDuty:
    """A duty, and what its findings rest on in every reading."""

    duty_id: str
    clause: str
    evidence: tuple[str, ...]
    """Ids of claims and accounts of coverage."""


def cited_duty(result: Result, ids: Sequence[str]) -> CitedDuty | None:
    """Return the duty that one finding id is about; None if the ids are about something else.

    BadCall for several ids of which one is about a duty: each duty is decided about by itself.
    """
    rows = [row for row in result.findings.finding.rows() if row["subject_kind"] == "duty"]
    found = next((row for row in rows if row["finding_id"] in ids), None)
    if found is None:
        return None
    if len(ids) > 1:
        message = f"{found['finding_id']} is about a duty: give it by itself"
        raise BadCall(message)
    about = (row for row in rows if (row["subject_id"], row["clause"]) == (found["subject_id"], found["clause"]))
    evidence = {one for row in about for one in json.loads(row["evidence"]) if not one.startswith("d-")}
    return CitedDuty(found["subject_id"], found["clause"], tuple(sorted(evidence)))
