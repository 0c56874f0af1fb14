"""A day with a clock time, as text: ``2016-09-19T19:12``, with or without an offset from UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

from trucewatch.errors import BadPeriod
from trucewatch.periods.zones import day_end, day_start, readings

__all__ = ["FIRST_YEAR", "LAST_YEAR", "ClockTime", "Precision", "read_clock", "read_day"]

FIRST_YEAR, LAST_YEAR = 1583, 9990
"""The Gregorian calendar begins; the last year that leaves room for what is added to a date."""

_CLOCK = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?)?"
    r" ?(?:([Zz])|([+-])(\d\d)(?::?(\d\d))?)?",
    re.ASCII,
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_FARTHEST = timedelta(hours=14)


class Precision(StrEnum):
    """How finely a text states a time; INTERVAL = between two times, a season or a decade."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class ClockTime:
    """The UTC instants that a clock time can mean (two where clocks were put back over it)."""

    instants: tuple[datetime, ...]
    width: timedelta
    precision: Precision


def read_day(text: str, written: str) -> date | None:
    """Return the date written YYYY-MM-DD, None for other forms; BadPeriod if no such day is."""
    match = _DAY.fullmatch(written)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadPeriod(text, f"years run from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadPeriod(text, f"there is no {written}") from None


def read_clock(text: str, zone: tzinfo) -> ClockTime | None:
    """Return what a day with a clock time means in `zone`; None if `text` has not that form.

    BadPeriod: no such day or hour, an offset that is none, a local time that the zone skipped.
    """
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    written, hour, minute, second, fraction, utc, sign, off_hour, off_minute = match.groups()
    where = _offset(text, sign, off_hour, off_minute or "00") if sign else UTC if utc else zone
    day = read_day(text, written)
    instants = _instants(text, day, (hour, minute, second, fraction), where) if day else ()
    if second:
        width = timedelta(microseconds=10 ** (6 - len(fraction or "")))
        return ClockTime(instants, width, Precision.SECOND)
    if minute:
        return ClockTime(instants, timedelta(minutes=1), Precision.MINUTE)
    return ClockTime(instants, timedelta(hours=1), Precision.HOUR)


def _offset(text: str, sign: str, hours: str, minutes: str) -> tzinfo:
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    if int(minutes) > 59 or distance > _FARTHEST:
        raise BadPeriod(text, "offsets from UTC run from -14:00 to +14:00")
    return timezone(-distance if sign == "-" else distance)


def _instants(
    text: str, day: date, parts: tuple[str, str | None, str | None, str | None], zone: tzinfo
) -> tuple[datetime, ...]:
    hour, minute, second = (int(part or 0) for part in parts[:3])
    micros = int((parts[3] or "").ljust(6, "0"))
    if hour == 24 and not (minute or second or micros):
        return (day_end(day, zone),)
    try:
        local = datetime.combine(day, time(hour, minute, second, micros))
    except ValueError:
        raise BadPeriod(text, "clock times run from 00:00:00 to 23:59:59, and 24:00") from None
    found = readings(local, zone)
    if found:
        return found
    if local.time() == time():
        return (day_start(day, zone),)  # “from midnight” means the day, also where clocks skip it
    raise BadPeriod(text, f"clocks in {zone} were put forward over it; add the offset")
