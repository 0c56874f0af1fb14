"""Where a term holds: zones as frozen records. Distances are metres, WKT longitude first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trucewatch.agreement.texts import Citation

__all__ = ["Zone", "ZoneVersion"]


@dataclass(frozen=True, slots=True)
class ZoneVersion:
    """An area or a line as it was drawn for a time; from None: since ever, to None: without end."""

    wkt: str
    start: datetime | None = None
    end: datetime | None = None
    cite: Citation | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A place of the agreement; must and may contain a happening."""

    key: str
    kind: str
    """`area` (wkt, or versions of it), `line` (wkt), `buffer` (within_m of a line, on one side or
    both), `between` (two lines), `admin` (units of the gazetteer), `control` (ground held by a
    group, a party or the bearer), `layer` (named, geometry not here)."""
    status: str = "given"
    wkt: str | None = None
    accuracy_m: float = 0.0
    """How far the drawn border may be from the true one."""
    maybe_wkt: str | None = None
    """An area whose belonging to the zone is open: what touches it is never surely outside."""
    country: str | None = None
    """ISO 3166 two-letter code, when the area is a country; displayed only."""
    within_m: float | None = None
    of: str | None = None
    side: str | None = None
    """`north`, `south`, `east`, `west`, or None for both sides."""
    between: tuple[str, ...] = ()
    """The two lines that it lies between."""
    versions: tuple[ZoneVersion, ...] = ()
    """An area or a line that was drawn anew: the version of the time of a happening counts."""
    admin: tuple[str, ...] = ()
    """Keys of places.csv: what lies in one of these units."""
    held_by: str | None = None
    """Group or party key, or `bearer`."""
    readings: tuple[str, ...] = ()
    """Readings under which alone the zone is given; empty: all."""
    cite: Citation | None = None
    note: str | None = None
