"""A claim as a frozen record: a statement with an asserter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from trucewatch.reports.schema import CLAIM
from trucewatch.tables import Table

__all__ = ["Claim", "claim_records", "claim_table"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with an asserter; every field is documented in `CLAIM`."""

    claim_id: str
    kind: str
    asserter: str
    source: str
    locator: str
    subject: str | None = None
    value: str | None = None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None
    unit: str | None = None
    valid_from: datetime | None = None
    valid_to_earliest: datetime | None = None
    valid_to_latest: datetime | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    basis: str = "stated"
    origin: str | None = None
    chain: tuple[str, ...] = ()
    document: str | None = None
    evidence: str | None = None
    published_at: datetime | None = None
    recorded_at: datetime | None = None
    known_at: datetime | None = None
    known_assumed: bool = False
    text: str | None = None
    language: str | None = None
    licence: str | None = None
    sensitivity: str = "public"


def claim_table(claims: Iterable[Claim]) -> Table:
    """Lay claims out as the `claim` table, ordered by claim_id."""
    ordered = sorted(claims, key=lambda one: one.claim_id)
    return Table.from_rows(
        CLAIM,
        (
            {name: getattr(one, name) for name in CLAIM.names if name != "chain"}
            | {"chain": list(one.chain)}
            for one in ordered
        ),
    )


def claim_records(table: Table) -> tuple[Claim, ...]:
    """Return the rows of a `claim` table as frozen records."""
    return tuple(
        Claim(**{**row, "chain": tuple(json.loads(row["chain"] or "[]"))}) for row in table.rows()
    )
