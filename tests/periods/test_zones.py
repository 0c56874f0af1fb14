from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import BadCall, BadPeriod, UnknownName
from trucewatch.periods import day_of, day_period, days_between, zone_of
from trucewatch.periods.zones import day_end, day_start, earliest, latest, readings

DAMASCUS = "Asia/Damascus"
ZONES = [DAMASCUS, "UTC", "Europe/Kyiv", "America/St_Johns", "America/Havana", "Asia/Kathmandu"]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2016, 9, 19), utc(2016, 9, 18, 21), utc(2016, 9, 19, 21)),  # summer: UTC+3
        (date(2016, 1, 19), utc(2016, 1, 18, 22), utc(2016, 1, 19, 22)),  # winter: UTC+2
        (date(2016, 3, 25), utc(2016, 3, 24, 22), utc(2016, 3, 25, 21)),  # no 00:00: 23 hours
        (date(2016, 10, 27), utc(2016, 10, 26, 21), utc(2016, 10, 27, 22)),  # 23:xx twice: 25 h
    ],
)
def test_days_of_damascus(day, start, end):
    one = day_period(day, DAMASCUS)
    assert (one.start, one.end) == (start, end)
    assert one == day_period(day, ZoneInfo(DAMASCUS))


def test_a_day_on_which_midnight_lies_inside_the_gap_starts_when_clocks_jump():
    # Toronto put clocks forward at 23:30 on 30 March 1919, over midnight
    start = day_start(date(1919, 3, 31), "America/Toronto")
    assert start == utc(1919, 3, 31, 4, 30)
    assert day_end(date(1919, 3, 30), "America/Toronto") == start


def test_a_day_that_ends_twice_ends_the_second_time():
    # Newfoundland put clocks back at 00:01 on 7 November 2010, to 23:01 of the 6th
    sixth = day_period(date(2010, 11, 6), "America/St_Johns")
    assert sixth.end == utc(2010, 11, 7, 3, 30)
    assert day_start(date(2010, 11, 7), "America/St_Johns") == utc(2010, 11, 7, 2, 30)


def test_a_day_that_starts_twice_starts_the_first_time():
    # Havana puts clocks back at 01:00, to 00:00 of the same day
    assert day_period(date(2016, 11, 6), "America/Havana").start == utc(2016, 11, 6, 4)
    assert day_period(date(2016, 11, 5), "America/Havana").end == utc(2016, 11, 6, 4)


def test_a_day_that_the_zone_skipped_is_refused():
    with pytest.raises(BadPeriod, match="no such day"):
        day_period(date(2011, 12, 30), "Pacific/Apia")


def test_readings_are_none_one_or_two():
    assert readings(datetime.fromisoformat("2016-09-19T12:00"), DAMASCUS) == (utc(2016, 9, 19, 9),)
    assert readings(datetime.fromisoformat("2016-03-25T00:30"), DAMASCUS) == ()
    assert readings(datetime.fromisoformat("2016-10-27T23:30"), DAMASCUS) == (
        utc(2016, 10, 27, 20, 30),
        utc(2016, 10, 27, 21, 30),
    )


def test_earliest_and_latest_always_answer():
    twice = datetime.fromisoformat("2016-10-27T23:30")
    never = datetime.fromisoformat("2016-03-25T00:30")
    assert earliest(twice, DAMASCUS) == utc(2016, 10, 27, 20, 30)
    assert latest(twice, DAMASCUS) == utc(2016, 10, 27, 21, 30)
    assert earliest(never, DAMASCUS) == latest(never, DAMASCUS) == utc(2016, 3, 24, 22)


def test_day_of_and_days_between():
    assert day_of(utc(2016, 9, 18, 21), DAMASCUS) == date(2016, 9, 19)
    assert day_of(utc(2016, 9, 18, 20, 59), DAMASCUS) == date(2016, 9, 18)
    start, end = utc(2016, 9, 18, 21), utc(2016, 9, 20, 21)
    assert days_between(start, end, DAMASCUS) == (date(2016, 9, 19), date(2016, 9, 20))
    assert days_between(start, end + timedelta(seconds=1), DAMASCUS)[-1] == date(2016, 9, 21)
    assert days_between(start, start, DAMASCUS) == ()
    with pytest.raises(BadCall, match="no time zone"):
        day_of(datetime.fromisoformat("2016-09-18"), DAMASCUS)


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(
        datetime.fromisoformat("1990-01-01"),
        datetime.fromisoformat("2030-01-01"),
        timezones=st.just(UTC),
    ),
    st.sampled_from(ZONES),
)
def test_an_instant_lies_in_its_own_day(instant, zone):
    day = day_of(instant, zone)
    whole = day_period(day, zone)
    assert whole.holds(instant)
    assert day in days_between(whole.start, whole.end, zone)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1995, 1, 1), date(2030, 1, 1)), st.sampled_from([DAMASCUS, "Europe/Kyiv"]))
def test_days_follow_each_other_without_gap(day, zone):
    assert day_period(day, zone).end == day_period(day + timedelta(days=1), zone).start


def test_zones_by_name_or_object():
    assert zone_of(DAMASCUS) == ZoneInfo(DAMASCUS)
    fixed = timezone(timedelta(hours=3))
    assert zone_of(fixed) is fixed


@pytest.mark.parametrize("name", ["Asia/Damascsu", "", "../etc/passwd", "/etc/passwd", "a\0b"])
def test_an_unknown_zone_is_refused(name):
    with pytest.raises(UnknownName, match="time zone"):
        zone_of(name)
