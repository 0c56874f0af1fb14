"""Instants, periods, distances and figures as a reader of a report expects them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from trucewatch.periods import Period, day_of, day_period
from trucewatch.publish.phrases import Phrases

__all__ = [
    "day_words",
    "distance_words",
    "figure_words",
    "instant_words",
    "offset_words",
    "period_words",
    "position_words",
    "range_words",
]

_MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
}
_TICK = timedelta(microseconds=1)
_MINUTE = timedelta(minutes=1)


def day_words(day: date, said: Phrases) -> str:
    """Return “19 September 2016”."""
    return f"{day.day} {_MONTHS[said.language][day.month - 1]} {day.year}"


def instant_words(instant: datetime, zone: ZoneInfo, said: Phrases) -> str:
    """Return “07:00 on 20 September 2016” in local time."""
    local = instant.astimezone(zone)
    return said.say("time.instant", clock=f"{local:%H:%M}", day=day_words(local.date(), said))


def offset_words(instant: datetime, zone: ZoneInfo) -> str:
    """Return “UTC+03:00” as it applies at that instant."""
    written = f"{instant.astimezone(zone):%z}"
    return f"UTC{written[:3]}:{written[3:5]}"


def period_words(period: Period | None, zone: ZoneInfo, said: Phrases) -> str:
    """Return a period as exactly as it is known: a whole day is a day whose hour was not stated."""
    if period is None:
        return said.say("time.unknown")
    if period.start is None or period.end is None:
        if period.start is not None:
            return said.say("time.from", start=_short(period.start, zone, said))
        end = period.end
        return said.say(
            "time.unknown" if end is None else "time.until",
            end="" if end is None else _short(end, zone, said),
        )
    first, last = day_of(period.start, zone), day_of(period.end - _TICK, zone)
    whole = (
        day_period(first, zone).start == period.start and day_period(last, zone).end == period.end
    )
    if whole and first == last:
        return said.say("time.day", day=day_words(first, said))
    if whole:
        return said.say("time.days", first=day_words(first, said), last=day_words(last, said))
    if first == last:
        clock = f"{period.start.astimezone(zone):%H:%M}"
        if period.end - period.start > _MINUTE:
            clock += f"–{_end_clock(period.end, zone)}"
        return said.say("time.hours", day=day_words(first, said), clock=clock)
    return said.say(
        "time.span", start=_short(period.start, zone, said), end=_short(period.end, zone, said)
    )


def _end_clock(end: datetime, zone: ZoneInfo) -> str:
    written = f"{end.astimezone(zone):%H:%M}"
    return "24:00" if written == "00:00" else written


def _short(instant: datetime, zone: ZoneInfo, said: Phrases) -> str:
    local = instant.astimezone(zone)
    return f"{day_words(local.date(), said)} {local:%H:%M}"


def position_words(lat: float, lon: float) -> str:
    """Return “36.65 N 37.18 E”: where a place has a position and no name that may be shown."""
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{abs(lat):.2f} {north} {abs(lon):.2f} {east}"


def distance_words(metres: float | None, said: Phrases) -> str:
    """Return “800 m”, “2.5 km” or “110 km”."""
    if metres is None:
        return said.say("distance.unknown")
    if metres < 1000:
        return f"{round(metres / 10) * 10:g} m"
    return (
        f"{metres / 1000:.1f} km".replace(".0 km", " km")
        if metres < 20_000
        else f"{round(metres / 1000)} km"
    )


def range_words(low: float | None, high: float | None, said: Phrases) -> str:
    """Return a range of persons: “12”, “10 to 21”, “at least 10, no upper figure stated”; zero is zero."""
    if low is None:
        return said.say("number.unknown")
    if high is None:
        return said.say("number.more_than", low=f"{low:g}")
    return f"{low:g}" if low == high else said.say("number.range", low=f"{low:g}", high=f"{high:g}")


def figure_words(
    low: float | None, high: float | None, qualifier: str | None, said: Phrases
) -> str:
    """Return a figure as its asserter qualifies it."""
    if qualifier == "uncountable":
        return said.say("number.uncountable")
    if low is not None and qualifier in ("at_least", "about") and (high is None or high == low):
        return said.say(f"number.{qualifier}", low=f"{low:g}")
    return range_words(low, high, said)
