"""What an adapter hands over: one row as written, with its locator, before any name is resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["CLAIM_COLUMNS", "REPORT_COLUMNS", "Written"]

REPORT_COLUMNS = (
    "id", "source", "origin", "chain", "document", "published_at", "occurred", "time",
    "place", "lat", "lon", "radius_m", "mgrs", "utm", "area_wkt", "act", "target", "weapon",
    "weapon_assessed", "calibre_mm", "method", "observer_place", "observer_lat", "observer_lon",
    "bearing", "bearing_from", "bearing_to", "distance_from_m", "distance_to_m",
    "explosion_state", "count", "count_qualifier", "unit", "standing", "by", "by_closed", "by_basis",
    "against", "against_basis", "affected", "killed", "killed_low", "killed_high", "killed_civilian",
    "killed_fighter", "killed_unknown", "injured", "injured_low", "injured_high", "missing", "displaced",
    "circumstances", "grouping", "text", "language", "licence", "sensitivity",
)
"""The words a report row may use. `by`, `against` and `affected` hold names separated by `;` (alternatives);
`chain` holds names separated by `>` from the original speaker on; `circumstances` holds `flag=yes|no|unknown`
separated by `;`; `occurred` is a date, an instant or an interval in the case's time zone, `time` an hour or an
interval of hours (`19:12`, `13:00-13:30`) on that date; `bearing` a compass word or degrees."""

CLAIM_COLUMNS = (
    "id", "kind", "asserter", "subject", "value", "low", "high", "qualifier", "unit", "valid_from",
    "valid_to_earliest", "valid_to_latest", "place", "lat", "lon", "radius_m", "basis", "source", "origin",
    "chain", "document", "published_at", "text", "language", "licence", "sensitivity",
)
"""The words a claim row may use; the columns of the `claim` table as a person writes them."""


@dataclass(frozen=True, slots=True)
class Written:
    """One row as written: text in, text out, nothing interpreted but the file format."""

    kind: str
    """`report` or `claim`."""
    locator: str
    """Where in the evidence: `row 12`, `row 12, source_article 2`."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Column of REPORT_COLUMNS or CLAIM_COLUMNS → text; a missing or empty text is unknown."""
    raw: Mapping[str, str] = field(default_factory=dict)
    """The source's own cells, from which the id is made and which `explain` shows."""
