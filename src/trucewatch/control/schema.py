"""The table of who held what: holding, run-length by days."""

from __future__ import annotations

from trucewatch.tables import Field, Schema

__all__ = ["CONTESTED", "HELD", "HOLDING", "UNKNOWN_HOLDER"]

UNKNOWN_HOLDER = "unknown"
"""Holder of the probability mass that no claim supports."""
CONTESTED = "contested"
"""Holder of the mass for ground that several fight over or share."""

HOLDING = Schema(
    "holding",
    (
        Field("place", "text", "key in places.csv", required=True),
        Field("day_from", "instant", "start of the first day, midnight in the case's zone (included)", required=True),
        Field("day_to", "instant", "end of the last day (excluded)", required=True),
        Field("holder", "text", "party key, `contested` or `unknown`", required=True),
        Field("probability", "number", "rounded to 4 digits; the holders of a place and day sum to 1", "0..1", required=True),
        Field("known_at", "instant", "instant of knowledge of the estimate; null: everything"),
        Field("reasons", "json", "of the likeliest holder: list of {claim_id, source, holder, kind, contribution (log-odds), if_removed, age_days, distance_m, reliability, copy}"),
    ),
    key=("place", "day_from", "holder"),
    meaning="distribution over holders, run-length by days",
)

HELD = Schema(
    "held",
    (
        Field("place", "text", "as asked", required=True),
        Field("day", "text", "ISO date, UTC", required=True),
        Field("holder", "text", "party, `a|b` for joint control, `contested` or `unknown`", required=True),
        Field("probability", "number", "rounded to 6 digits; the holders of a place and day sum to 1", "0..1", required=True),
    ),
    key=("place", "day", "holder"),
    meaning="who held the places that were asked about, day by day",
)
