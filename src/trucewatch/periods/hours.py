"""Times inside a day, durations and days counted from an agreement's day, in people's words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from trucewatch.errors import BadPeriod
from trucewatch.periods.edtf import ABOUT
from trucewatch.periods.period import Period, as_utc
from trucewatch.periods.zones import (
    Zone,
    day_of,
    day_period,
    earliest,
    latest,
    readings,
)

__all__ = ["PARTS_OF_DAY", "parse_duration", "parse_hours", "parse_relative"]

PARTS_OF_DAY = {
    "day": (0, 24),
    "dawn": (3, 8),
    "morning": (5, 12),
    "noon": (11, 14),
    "midday": (11, 14),
    "afternoon": (12, 18),
    "evening": (17, 24),
    "night": (18, 30),
    "overnight": (-6, 30),
    "midnight": (-1, 25),
}
"""First and last hour of each part, counted from 00:00 of the day; 30 = 06:00 of the next day.

Neighbours overlap because people draw the line differently. “Overnight” and “midnight” are said
of the night before a day and of the night after it, so they hold both: overnight runs from 18:00
of the day before to 06:00 of the next day.
"""

_TIME = r"([01]?\d|2[0-4]):([0-5]\d)"
_ONE = re.compile(rf"(?:at )?{_TIME}", re.ASCII)
_ABOUT = re.compile(rf"(?:about|around|circa|c\.|ca\.|~) ?{_TIME}|{_TIME}[~?%]", re.ASCII)
_RANGE = re.compile(rf"(?:between |from )?{_TIME} ?(?:-|–|to|and|until) ?{_TIME}", re.ASCII)
_BEFORE = re.compile(rf"(?:before|until|by) {_TIME}", re.ASCII)
_AFTER = re.compile(rf"(?:after|since|from) {_TIME}", re.ASCII)
_ACCEPTED = (
    "hours: 19:12, 13:00-13:30, before 18:45, after 19:00, about 19:12, " + ", ".join(PARTS_OF_DAY)
)
_DURATION = re.compile(r"(\d{1,6}) ?(s|m|min|h|d|w)", re.ASCII)
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_RELATIVE = re.compile(r"[Dd](?: ?([+-]) ?(\d{1,5}))?", re.ASCII)
_MINUTE = timedelta(minutes=1)
_TICK = timedelta(microseconds=1)
_FULL_DAY = 24 * 60


def parse_hours(day: Period, text: str, zone: Zone) -> Period:
    """Return the hours that `text` names on `day` (a day, or several: then on any of them).

    Known: ``HH:MM`` (that minute), ``HH:MM-HH:MM`` (over midnight if it ends earlier than it
    starts), ``before HH:MM``, ``after HH:MM``, ``about HH:MM`` (30 minutes either way) and the
    words of `PARTS_OF_DAY`; 24:00 is the end of the day. Clock times are those of `zone`.
    A bound that `day` does not know stays unknown. BadPeriod for anything else, for hours that
    hold nothing (before 00:00) and for clock times that the zone skipped.
    """
    clean = " ".join(text.casefold().split())
    if clean in PARTS_OF_DAY:
        first, last = PARTS_OF_DAY[clean]
        return _on(day, text, zone, first * 60, last * 60)
    return _on(day, text, zone, *_minutes(text, clean, day, zone))


def _minutes(text: str, clean: str, day: Period, zone: Zone) -> tuple[int, int]:
    """Return the first and the end minute, counted from 00:00 of the day."""
    if match := _ONE.fullmatch(clean):
        at = _minute(text, match[1], match[2])
        _refuse_skipped(text, day, at, zone)
        return at, at + 1
    if match := _ABOUT.fullmatch(clean):
        at = _minute(text, match[1] or match[3], match[2] or match[4])
        slack = ABOUT // _MINUTE
        return at - slack, at + 1 + slack
    if match := _RANGE.fullmatch(clean):
        first, last = _minute(text, match[1], match[2]), _minute(text, match[3], match[4])
        if first == last:
            return first, first + 1
        return first, last if last > first else last + _FULL_DAY
    if match := _BEFORE.fullmatch(clean):
        return 0, _minute(text, match[1], match[2])
    if match := _AFTER.fullmatch(clean):
        return _minute(text, match[1], match[2]), _FULL_DAY
    raise BadPeriod(text, _ACCEPTED)


def _minute(text: str, hour: str, minute: str) -> int:
    total = int(hour) * 60 + int(minute)
    if total > _FULL_DAY:
        raise BadPeriod(text, "clock times run from 00:00 to 24:00")
    return total


def _refuse_skipped(text: str, day: Period, minute: int, zone: Zone) -> None:
    if day.start is None or day.end is None or not 0 < minute < _FULL_DAY:
        return
    first, last = day_of(day.start, zone), day_of(day.end - _TICK, zone)
    if first == last and not readings(_local(first, minute), zone):
        raise BadPeriod(text, f"clocks in {zone} were put forward over it on {first}")


def _on(day: Period, text: str, zone: Zone, first: int, last: int) -> Period:
    """Return from minute `first` of the first day of `day` to minute `last` of its last day."""
    start = day.start and earliest(_local(day_of(day.start, zone), first), zone)
    end = day.end and latest(_local(day_of(day.end - _TICK, zone), last), zone)
    if start and end and end <= start:
        raise BadPeriod(text, "no time of that day is meant by it")
    return Period(start, end)


def _local(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + minute * _MINUTE


def parse_duration(text: str) -> timedelta:
    """Return ``48h``, ``7d``, ``2w``, ``90m`` or ``30s``; a day is 24 hours; BadPeriod."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise BadPeriod(text, "a duration is a whole number and s, m, h, d or w: 48h, 7d, 90m")
    return int(match[1]) * _UNITS[match[2]]


def parse_relative(text: str, anchor: datetime, zone: Zone) -> Period:
    """Return ``D+2`` as the whole day of `zone` two days after the day of `anchor` (aware).

    ``D`` is that day itself, ``D-1`` the one before. BadPeriod for other forms.
    """
    match = _RELATIVE.fullmatch(text.strip())
    if match is None:
        raise BadPeriod(text, "days from an anchor are written D, D+2 or D-1")
    count = int(match[2] or 0)
    shift = timedelta(days=-count if match[1] == "-" else count)
    try:
        return day_period(day_of(as_utc(anchor), zone) + shift, zone)
    except OverflowError:
        raise BadPeriod(text, "it leaves the calendar") from None
