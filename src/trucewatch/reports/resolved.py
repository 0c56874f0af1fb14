"""What resolution takes and gives: where a row came from, and the tables made of all rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from trucewatch.errors import Problem
from trucewatch.reports.report import ReportTables
from trucewatch.tables import Table

__all__ = ["EvidenceRef", "Mention", "MentionKind", "Noted", "Resolved"]

MentionKind = Literal["name", "place", "act", "source"]


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """The ledger entry that a row was read from, and what was said when it was added."""

    evidence_id: str
    place: str
    """The file as people know it; it is shown in problems."""
    recorded_at: datetime
    """When this ledger received it (aware, UTC)."""
    adapter: str
    default_source: str | None = None
    """Source of rows that name none."""
    sequence: int = 0
    """Position of the entry in the ledger; breaks ties between entries of one instant."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One use of a name, place, act or source that the case does not know."""

    kind: MentionKind
    value: str
    example: str
    """File and locator of this use."""
    known_at: datetime | None
    lat: float | None = None
    lon: float | None = None
    """Degrees WGS84: where the same row puts it, for a place."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A problem and the instant from which the row that has it may be used."""

    problem: Problem
    known_at: datetime | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everything that the rows say, resolved; `known_tables` gives the part known at an instant."""

    tables: ReportTables
    claims: Table
    """Schema CLAIM."""
    coverage: Table
    """Schema COVERAGE."""
    problems: tuple[Problem, ...]
    unresolved: Table
    """Schema UNRESOLVED: what the case does not know, by frequency."""
    mentions: tuple[Mention, ...] = ()
    """The uses that `unresolved` counts."""
    noted: tuple[Noted, ...] = ()
    """`problems`, each with the instant from which it may be shown."""
