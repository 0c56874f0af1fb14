"""Time: half-open periods in UTC, and the texts that state them.

Records hold aware UTC instants. Days and clock times are read in the time zone of the case, which
every function takes as a `tzinfo` or an IANA name (“Asia/Damascus”). `known_at` is time of
knowledge and has its own question, `known_by`.
"""

from trucewatch.periods.edtf import Precision, end_of, parse_instant, parse_period, precision
from trucewatch.periods.hours import PARTS_OF_DAY, parse_duration, parse_hours, parse_relative
from trucewatch.periods.period import Period, as_utc, iso, known_by
from trucewatch.periods.zones import Zone, day_of, day_period, days_between, zone_of

__all__ = [
    "PARTS_OF_DAY",
    "Period",
    "Precision",
    "Zone",
    "as_utc",
    "day_of",
    "day_period",
    "days_between",
    "end_of",
    "iso",
    "known_by",
    "parse_duration",
    "parse_hours",
    "parse_instant",
    "parse_period",
    "parse_relative",
    "precision",
    "zone_of",
]
