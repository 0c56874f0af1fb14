"""Clock time of a zone to UTC, and the days of a zone.

Rules come from the IANA time zone database through `zoneinfo`. A local time can happen twice
(clocks put back) or never (clocks put forward): `readings` says which, `earliest` and `latest`
always answer.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from trucewatch.errors import BadPeriod, UnknownName
from trucewatch.periods.period import Period, as_utc

__all__ = [
    "Zone",
    "day_end",
    "day_of",
    "day_period",
    "day_start",
    "days_between",
    "earliest",
    "latest",
    "readings",
    "zone_of",
]

Zone = tzinfo | str

_TICK = timedelta(microseconds=1)
_DAY = timedelta(days=1)


@cache
def _named(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownName(name, place="time zone", known=available_timezones()) from None


def zone_of(zone: Zone) -> tzinfo:
    """Return the time zone: itself, or the one with this IANA name; UnknownName if none has it."""
    return _named(zone) if isinstance(zone, str) else zone


def _wall(instant: datetime, zone: tzinfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def _guesses(local: datetime, zone: tzinfo) -> list[datetime]:
    """The UTC instants of both folds, earlier first; right ones and wrong ones."""
    return sorted(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def readings(local: datetime, zone: Zone) -> tuple[datetime, ...]:
    """Return the UTC instants at which clocks in `zone` show `local` (naive), earliest first.

    One as a rule; two where clocks were put back over it; none where they were put forward.
    """
    where = zone_of(zone)
    guesses = _guesses(local, where)
    return tuple(one for one in dict.fromkeys(guesses) if _wall(one, where) == local)


def _after_gap(local: datetime, zone: tzinfo) -> datetime:
    """The instant at which clocks jumped over `local`: the first that shows a later time."""
    low, high = _guesses(local, zone)
    while high - low > _TICK:
        middle = low + (high - low) // 2
        if _wall(middle, zone) >= local:
            high = middle
        else:
            low = middle
    return high


def earliest(local: datetime, zone: Zone) -> datetime:
    """Return the first instant (UTC) at which clocks in `zone` show `local`, or jump over it."""
    found = readings(local, zone)
    return found[0] if found else _after_gap(local, zone_of(zone))


def latest(local: datetime, zone: Zone) -> datetime:
    """Return the last instant (UTC) at which clocks in `zone` show `local`, or jump over it."""
    found = readings(local, zone)
    return found[-1] if found else _after_gap(local, zone_of(zone))


def day_start(day: date, zone: Zone) -> datetime:
    """Return the first instant (UTC) of `day` in `zone`.

    It is not 00:00 where clocks are put forward at midnight: 25 March 2016 starts at 01:00 in
    Damascus.
    """
    return earliest(datetime.combine(day, time()), zone)


def day_end(day: date, zone: Zone) -> datetime:
    """Return the first instant (UTC) after which clocks in `zone` never show `day` again."""
    found = readings(datetime.combine(day + _DAY, time()), zone)
    if len(found) == 2 and day_of(found[1] - _TICK, zone) == day:
        return found[1]
    return day_start(day + _DAY, zone)


def day_of(instant: datetime, zone: Zone) -> date:
    """Return the day that a calendar in `zone` shows at `instant` (aware)."""
    return as_utc(instant).astimezone(zone_of(zone)).date()


@lru_cache(maxsize=16384)
def day_period(day: date, zone: Zone) -> Period:
    """Return a day of `zone` as a period, 23 to 25 hours long; BadPeriod if the zone skipped it."""
    start, end = day_start(day, zone), day_end(day, zone)
    if end <= start:
        raise BadPeriod(day.isoformat(), f"the calendar of {zone} has no such day")
    return Period(start, end)


def days_between(start: datetime, end: datetime, zone: Zone) -> tuple[date, ...]:
    """Return the days of `zone` that ``[start, end)`` touches, in order; none if it is empty."""
    if end <= start:
        return ()
    first, last = day_of(start, zone), day_of(end - _TICK, zone)
    return tuple(first + timedelta(days=count) for count in range((last - first).days + 1))
