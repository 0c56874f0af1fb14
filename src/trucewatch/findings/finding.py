"""A finding as a frozen record, for pages and people; the tables hold the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trucewatch.findings.schema import FINDING
from trucewatch.tables import Table

__all__ = ["Finding", "finding_records"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one clause about one leg or duty under one reading; fields as in `FINDING`."""

    finding_id: str
    subject_kind: str
    subject_id: str
    incident_id: str | None
    clause: str
    reading: str
    verdict: str
    provisional: bool
    reason: tuple[str, ...]
    state: str
    attribution: str
    bearers: tuple[str, ...]
    """Candidates, never a charge: read them with `attribution`."""
    exceptions: tuple[dict[str, Any], ...]
    missing: tuple[dict[str, Any], ...]
    evidence: tuple[str, ...]
    agreement_version: str
    program_version: str
    known_at: datetime | None


_LISTS = tuple(one.name for one in FINDING.fields if one.kind == "json")


def finding_records(table: Table) -> Iterator[Finding]:
    """Yield the rows of a `finding` table as frozen records, in table order."""
    for row in table.rows():
        yield Finding(**(row | {name: tuple(json.loads(row[name])) for name in _LISTS}))
