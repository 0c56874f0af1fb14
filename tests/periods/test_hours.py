from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import BadPeriod
from trucewatch.periods import (
    PARTS_OF_DAY,
    Period,
    day_period,
    iso,
    parse_duration,
    parse_hours,
    parse_period,
    parse_relative,
)

DAMASCUS = "Asia/Damascus"
DAY = parse_period("2016-09-13", UTC)


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2016-09-{text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("19:12", "13T19:12", "13T19:13"),
        ("9:05", "13T09:05", "13T09:06"),
        ("at 19:12", "13T19:12", "13T19:13"),
        ("24:00", "14T00:00", "14T00:01"),
        ("00:00", "13T00:00", "13T00:01"),
        ("13:00-13:30", "13T13:00", "13T13:30"),
        ("13:00 – 13:30", "13T13:00", "13T13:30"),
        ("from 13:00 to 13:30", "13T13:00", "13T13:30"),
        ("between 13:00 and 13:30", "13T13:00", "13T13:30"),
        ("22:00-24:00", "13T22:00", "14T00:00"),
        ("23:00-01:00", "13T23:00", "14T01:00"),
        ("10:00-10:00", "13T10:00", "13T10:01"),
        ("before 18:45", "13T00:00", "13T18:45"),
        ("Before  18:45", "13T00:00", "13T18:45"),
        ("after 19:00", "13T19:00", "14T00:00"),
        ("about 19:12", "13T18:42", "13T19:43"),
        ("~19:12", "13T18:42", "13T19:43"),
        ("19:12~", "13T18:42", "13T19:43"),
        ("day", "13T00:00", "14T00:00"),
        ("morning", "13T05:00", "13T12:00"),
        ("Morning", "13T05:00", "13T12:00"),
        ("afternoon", "13T12:00", "13T18:00"),
        ("evening", "13T17:00", "14T00:00"),
        ("night", "13T18:00", "14T06:00"),
        ("overnight", "12T18:00", "14T06:00"),
        ("midnight", "12T23:00", "14T01:00"),
    ],
)
def test_hours_of_one_day(text, start, end):
    assert parse_hours(DAY, text, UTC) == Period(local(start), local(end))


@pytest.mark.parametrize(
    "text",
    ["", "25:00", "24:01", "19:60", "1912", "7pm", "before 00:00", "after 24:00", "soon",
     "19:12:30", "before", "19h12", "\u0661\u0669:\u0661\u0662"],
)
def test_other_hours_are_refused(text):
    with pytest.raises(BadPeriod):
        parse_hours(DAY, text, UTC)


def test_the_message_lists_what_is_accepted():
    with pytest.raises(BadPeriod, match=r"before 18:45.*overnight"):
        parse_hours(DAY, "7pm", UTC)


def test_hours_are_those_of_the_zone():
    day = parse_period("2016-09-12", DAMASCUS)
    assert iso(parse_hours(day, "19:00", DAMASCUS).start) == "2016-09-12T16:00:00Z"


def test_several_days_give_the_stretch_from_the_first_to_the_last():
    days = parse_period("2016-09-12/2016-09-14", UTC)
    assert parse_hours(days, "morning", UTC) == Period(local("12T05:00"), local("14T12:00"))


def test_a_bound_that_the_day_does_not_know_stays_unknown():
    since = parse_period("2016-09-13/..", UTC)
    assert parse_hours(since, "19:12", UTC) == Period(local("13T19:12"), None)
    until = parse_period("../2016-09-13", UTC)
    assert parse_hours(until, "19:12", UTC) == Period(None, local("13T19:13"))


def test_clocks_put_back_and_forward():
    back = day_period(date(2016, 10, 27), DAMASCUS)
    twice = parse_hours(back, "23:30", DAMASCUS)
    assert (iso(twice.start), iso(twice.end)) == ("2016-10-27T20:30:00Z", "2016-10-27T21:31:00Z")
    forward = day_period(date(2016, 3, 25), DAMASCUS)
    with pytest.raises(BadPeriod, match="put forward"):
        parse_hours(forward, "00:30", DAMASCUS)
    assert parse_hours(forward, "day", DAMASCUS) == forward
    assert parse_hours(forward, "before 12:00", DAMASCUS).start == forward.start
    assert iso(parse_hours(forward, "night", DAMASCUS).end) == "2016-03-26T03:00:00Z"


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.sampled_from(sorted(PARTS_OF_DAY)),
    st.sampled_from([DAMASCUS, "UTC", "America/St_Johns"]),
)
def test_every_part_touches_its_day_and_day_is_the_widest_of_the_plain_ones(day, part, zone):
    whole = day_period(day, zone)
    hours = parse_hours(whole, part, zone)
    assert hours.overlaps(whole)
    assert hours.end - hours.start <= timedelta(hours=37)
    if part not in ("night", "overnight", "midnight"):
        assert parse_hours(whole, "day", zone).contains(hours)
    assert parse_hours(whole, "overnight", zone).contains(parse_hours(whole, "night", zone))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("48h", timedelta(hours=48)),
        ("7d", timedelta(days=7)),
        ("72 h", timedelta(hours=72)),
        ("90m", timedelta(minutes=90)),
        ("30s", timedelta(seconds=30)),
        ("2w", timedelta(days=14)),
        ("0h", timedelta(0)),
    ],
)
def test_durations(text, length):
    assert parse_duration(text) == length


@pytest.mark.parametrize("text", ["", "48", "h", "-48h", "1.5h", "48 hours", "1d12h", "9999999d"])
def test_other_durations_are_refused(text):
    with pytest.raises(BadPeriod, match="48h, 7d, 90m"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("D", 12), ("D+0", 12), ("D+2", 14), ("d + 7", 19), ("D-1", 11)],
)
def test_days_from_an_anchor(text, day):
    anchor = datetime(2016, 9, 12, 16, tzinfo=UTC)
    assert parse_relative(text, anchor, DAMASCUS) == day_period(date(2016, 9, day), DAMASCUS)


def test_the_anchor_day_is_the_zones_day():
    late = datetime(2016, 9, 12, 22, tzinfo=UTC)  # 01:00 of the 13th in Damascus
    assert parse_relative("D", late, DAMASCUS) == day_period(date(2016, 9, 13), DAMASCUS)


@pytest.mark.parametrize("text", ["", "D+", "D2", "H+48", "+2", "D+2.5", "2016-09-12"])
def test_other_relative_days_are_refused(text):
    with pytest.raises(BadPeriod, match="D-1"):
        parse_relative(text, datetime(2016, 9, 12, tzinfo=UTC), DAMASCUS)


def test_a_day_beyond_the_calendar_is_refused():
    with pytest.raises(BadPeriod, match="leaves the calendar"):
        parse_relative("D+99999", datetime(9900, 1, 1, tzinfo=UTC), DAMASCUS)
