"""A decision as a frozen record: a recorded human act that a stage obeys."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from trucewatch.incidents.schema import DECISION
from trucewatch.tables import Table

__all__ = ["Decision", "decision_records", "decision_table"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A recorded human act; every field is documented in `DECISION`."""

    decision_id: str
    kind: str
    who: str
    because: str
    recorded_at: datetime
    reports: tuple[str, ...] = ()
    clause: str | None = None
    reading: str | None = None
    question: str | None = None
    answer: str | None = None
    effective: datetime | None = None
    supersedes: str | None = None
    signer: str | None = None


def decision_table(decisions: Iterable[Decision]) -> Table:
    """Lay decisions out as the `decision` table, ordered by (recorded_at, decision_id)."""
    ordered = sorted(decisions, key=lambda one: (one.recorded_at, one.decision_id))
    return Table.from_rows(
        DECISION,
        (
            {name: getattr(one, name) for name in DECISION.names if name != "reports"}
            | {"reports": list(one.reports)}
            for one in ordered
        ),
    )


def decision_records(table: Table) -> tuple[Decision, ...]:
    """Return the rows of a `decision` table as frozen records."""
    return tuple(
        Decision(**{**row, "reports": tuple(json.loads(row["reports"] or "[]"))}) for row in table.rows()
    )
