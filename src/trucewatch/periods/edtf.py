"""Dates and times as people write them down: EDTF level 1 (ISO 8601-2:2019) to periods in UTC.

Accepted, with what each means (days and clock times are those of the zone given):

============================ =================================================================
``2016`` ``2016-09``         the whole year, the whole month
``2016-09-19``               the whole day
``2016-09-19T19:12``         that minute; also hour (``T19``), second, fraction; a space for T
``…T19:12Z`` ``…T19:12+03``  the same with its own offset from UTC
``…T24:00``                  the end of that day
``201X`` ``20XX``            the decade, the century
``2016-XX`` ``2016-09-XX``   the year, the month (also ``2016-XX-XX``)
``2016-21`` … ``2016-24``    spring, summer, autumn, winter of the northern hemisphere
``a/b``                      from a to b; a day, month or year b is included, a clock time b ends it
``../b`` ``/b`` ``a/..`` ``a/``  open or unknown on that side: that bound is None
``?`` ``~`` ``%`` at the end  widened to both sides by one unit, a clock time by 30 minutes
============================ =================================================================

Widths that the standard leaves open are chosen so that the period surely contains what is meant.
A season spans every month that the meteorological or the astronomical one touches; winter both
winters of its year, from December before it to March after it.
Refused: two-digit years, ``31/02/2016``, months by name, clock times that the zone skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from trucewatch.errors import BadPeriod
from trucewatch.periods.clock import FIRST_YEAR, LAST_YEAR, Precision, read_clock, read_day
from trucewatch.periods.period import Period
from trucewatch.periods.zones import Zone, day_period, day_start, zone_of

__all__ = ["ABOUT", "Precision", "end_of", "parse_instant", "parse_period", "precision"]

ABOUT = timedelta(minutes=30)
"""How far “about 19:12” may be off."""

_QUALIFIERS = ("?", "~", "%")
_DAY_LENGTH = len("2016-09-19")
_INSTANTS = (Precision.MINUTE, Precision.SECOND)
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-XX)?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:-XX(?:-XX)?)?", re.ASCII)
_YEARS = re.compile(r"(\d{3}|\d\d)(X|XX)", re.ASCII)
_SEASONS = {
    21: ((0, 3), (0, 7)),
    22: ((0, 6), (0, 10)),
    23: ((0, 9), (1, 1)),
    24: ((-1, 12), (1, 4)),
}
"""(years later, month) of the first month and of the month after the last one."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one date states: `opens` to `until`, or to `shuts` where it closes an interval."""

    opens: datetime
    until: datetime
    shuts: datetime
    precision: Precision
    slack: timedelta = timedelta(0)

    def period(self) -> Period:
        return Period(self.opens - self.slack, self.until + self.slack)


def parse_period(text: str, zone: Zone) -> Period:
    """Return the period (UTC) that `text` states; the module lists the forms; BadPeriod."""
    sides = _sides(text)
    if len(sides) == 1:
        return _single(text, text.strip(), zone_of(zone)).period()
    return _interval(text, sides, zone_of(zone))


def parse_instant(text: str, zone: Zone) -> datetime:
    """Return the instant (UTC) of a day with a clock time, in `zone` unless it has an offset.

    BadPeriod: no clock time, or a local time that the zone showed twice or never (an offset
    settles it).
    """
    found = read_clock(text.strip(), zone_of(zone))
    if found is None:
        raise BadPeriod(text, "an instant needs a day and a clock time")
    if len(found.instants) > 1:
        raise BadPeriod(text, f"clocks in {zone} showed it twice; add the offset")
    return found.instants[0]


def precision(text: str) -> Precision:
    """Return how finely `text` states a time; BadPeriod for text that is no time."""
    if len(_sides(text)) == 1:
        return _single(text, text.strip(), UTC).precision
    parse_period(text, UTC)
    return Precision.INTERVAL


def end_of(text: str, zone: Zone) -> datetime:
    """Return the last instant (UTC) that `text` can mean.

    A day, month, year or hour gives its end (the first instant after it): nobody can be sure to
    have read on that day what was published “on 19 September”. A clock time to the minute or
    finer is taken as that instant, the later one if it happened twice. BadPeriod also for an end
    that is open or unknown.
    """
    if len(_sides(text)) == 1:
        stated = _single(text, text.strip(), zone_of(zone))
        last = stated.shuts if stated.precision in _INSTANTS else stated.until
        return last + stated.slack
    end = parse_period(text, zone).end
    if end is None:
        raise BadPeriod(text, "its end is open or unknown")
    return end


def _sides(text: str) -> list[str]:
    sides = [side.strip() for side in text.split("/")]
    if len(sides) > 2:
        raise BadPeriod(text, _why(text))
    return sides


def _interval(text: str, sides: list[str], zone: tzinfo) -> Period:
    first, last = (None if side in ("", "..") else _single(text, side, zone) for side in sides)
    if first is None or last is None:
        if first is None and last is None:
            raise BadPeriod(text, "one side at least must be a date")
        start = first.opens - first.slack if first else None
        return Period(start, last.shuts + last.slack if last else None)
    shuts = last.shuts
    if first.precision in _INSTANTS and first.opens == last.opens and last.precision in _INSTANTS:
        shuts = first.until  # from 10:00 to 10:00 is that minute
    if shuts <= first.opens:
        raise BadPeriod(text, "it ends before it begins")
    return Period(first.opens - first.slack, shuts + last.slack)


def _single(text: str, side: str, zone: tzinfo) -> _Stated:
    """Read one date with its qualifier; `text` is the whole text, for the message."""
    bare = side[:-1] if side.endswith(_QUALIFIERS) else side
    stated = _clock(bare, zone) or _date(text, bare, zone)
    if stated is None:
        raise BadPeriod(text, _why(side))
    if bare == side:
        return stated
    unit = stated.until - stated.opens
    slack = ABOUT if stated.precision in _INSTANTS else unit
    return _Stated(stated.opens, stated.until, stated.shuts, stated.precision, slack)


def _clock(bare: str, zone: tzinfo) -> _Stated | None:
    found = read_clock(bare, zone) if len(bare) > _DAY_LENGTH else None
    if found is None:
        return None
    first, last = found.instants[0], found.instants[-1]
    return _Stated(first, last + found.width, last, found.precision)


def _date(text: str, bare: str, zone: tzinfo) -> _Stated | None:
    day = read_day(text, bare)
    if day is not None:
        return _whole_day(day, zone)
    if match := _MONTH.fullmatch(bare):
        return _month(text, int(match[1]), int(match[2]), zone)
    if match := _YEAR.fullmatch(bare):
        return _months(text, (int(match[1]), 1), (int(match[1]) + 1, 1), zone, Precision.YEAR)
    if match := _YEARS.fullmatch(bare):
        span = 10 ** len(match[2])
        first = int(match[1]) * span
        return _months(text, (first, 1), (first + span, 1), zone, Precision.INTERVAL)
    return None


@lru_cache(maxsize=16_384)
def _whole_day(day: date, zone: tzinfo) -> _Stated | None:
    whole = day_period(day, zone)
    if whole.start is None or whole.end is None:
        return None
    return _Stated(whole.start, whole.end, whole.end, Precision.DAY)


def _month(text: str, year: int, month: int, zone: tzinfo) -> _Stated:
    """Read a month, or a season where ISO 8601-2 numbers them like months."""
    if month in _SEASONS and not text.endswith("XX"):
        (before, opening), (after, closing) = _SEASONS[month]
        first, last = (year + before, opening), (year + after, closing)
        return _months(text, first, last, zone, Precision.INTERVAL)
    if not 1 <= month <= 12:
        raise BadPeriod(text, "months run from 01 to 12, seasons from 21 to 24")
    following = (year + month // 12, month % 12 + 1)
    return _months(text, (year, month), following, zone, Precision.MONTH)


def _months(
    text: str, first: tuple[int, int], after: tuple[int, int], zone: tzinfo, fineness: Precision
) -> _Stated:
    """Return what lies between the first days of two (year, month)."""
    if first[0] < FIRST_YEAR or after[0] > LAST_YEAR + 1:
        raise BadPeriod(text, f"years run from {FIRST_YEAR} to {LAST_YEAR}")
    opens, until = (day_start(date(*month, 1), zone) for month in (first, after))
    return _Stated(opens, until, until, fineness)


def _why(text: str) -> str:
    """Say what is wrong with the commonest refused forms."""
    if re.search(r"\d+[/.]\d+[/.]\d+", text):
        return "day and month could be swapped; write year-month-day"
    if re.search(r"[A-WYZa-z]{3}", text):
        return "months and days are written as numbers"
    if re.match(r"\d\d-\d\d(-\d\d)?\b", text):
        return "a year has four digits"
    return ""
