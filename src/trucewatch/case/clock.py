"""The one place that reads the clock; everything below takes instants as arguments."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["now"]


def now() -> datetime:
    """Return the present instant, aware UTC."""
    return datetime.now(UTC)  # noqa: TID251 - an edge may know the time, the core may not
