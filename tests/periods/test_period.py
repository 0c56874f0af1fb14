from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import BadCall
from trucewatch.periods import Period, as_utc, iso, known_by

NOON = datetime(2016, 9, 19, 12, tzinfo=UTC)


def hours(start: int | None, end: int | None) -> Period:
    def at(hour: int | None) -> datetime | None:
        return None if hour is None else NOON + timedelta(hours=hour)

    return Period(at(start), at(end))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.integers(-5, 5))
    end = start + draw(st.integers(1, 6))
    bounds = draw(st.sampled_from([(start, end), (None, end), (start, None)]))
    return hours(*bounds)


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((0, 2), (1, 3), True),
        ((0, 2), (2, 3), False),  # half-open: the end is outside
        ((0, 2), (3, 4), False),
        ((0, None), (5, 6), True),
        ((None, 0), (0, 1), False),
        ((None, 0), (-9, 1), True),
        ((None, 0), (1, None), False),
    ],
)
def test_overlap_is_half_open_and_unknown_bounds_may_overlap(first, second, overlap):
    assert hours(*first).overlaps(hours(*second)) is overlap
    assert hours(*second).overlaps(hours(*first)) is overlap


def test_contains_is_sure_about_the_other():
    assert hours(0, 4).contains(hours(0, 4))
    assert hours(0, 4).contains(hours(1, 3))
    assert not hours(0, 4).contains(hours(1, 5))
    assert not hours(0, 4).contains(hours(1, None))
    assert hours(0, None).contains(hours(1, None))
    assert not hours(0, None).contains(hours(None, 3))


def test_holds_an_instant_from_the_start_to_before_the_end():
    one = hours(0, 2)
    assert one.holds(NOON)
    assert not one.holds(NOON + timedelta(hours=2))
    assert hours(None, 2).holds(NOON - timedelta(days=999))


def test_intersection_and_hull():
    assert hours(0, 2).intersection(hours(1, 3)) == hours(1, 2)
    assert hours(0, 2).intersection(hours(2, 3)) is None
    assert hours(None, 2).intersection(hours(0, None)) == hours(0, 2)
    assert hours(0, 2).hull(hours(5, 6)) == hours(0, 6)
    assert hours(0, 2).hull(hours(1, None)) == hours(0, None)
    with pytest.raises(BadCall):
        hours(None, 2).hull(hours(1, None))


@settings(max_examples=60, deadline=None)
@given(periods(), periods())
def test_the_intersection_lies_in_both_and_the_hull_holds_both(first, second):
    shared = first.intersection(second)
    assert (shared is not None) == first.overlaps(second)
    if shared is not None:
        assert first.contains(shared)
        assert second.contains(shared)
        assert shared == second.intersection(first)
    starts_known = first.start is not None and second.start is not None
    if starts_known or (first.end is not None and second.end is not None):
        hull = first.hull(second)
        assert hull.contains(first)
        assert hull.contains(second)


def test_bounds_are_stored_in_utc():
    east = timezone(timedelta(hours=3))
    one = Period(datetime(2016, 9, 19, 15, tzinfo=east), None)
    assert one.start is not None
    assert one.start.tzinfo is UTC
    assert one == Period(NOON, None)
    assert hash(one) == hash(Period(NOON, None))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (None, None),
        (NOON, NOON),
        (NOON, NOON - timedelta(seconds=1)),
        (NOON.replace(tzinfo=None), None),
    ],
)
def test_a_period_that_cannot_be_is_refused(start, end):
    with pytest.raises(BadCall):
        Period(start, end)


def test_iso_writes_utc_with_z_and_a_fraction_only_if_there_is_one():
    east = timezone(timedelta(hours=3))
    assert iso(datetime(2016, 9, 19, 19, 12, tzinfo=east)) == "2016-09-19T16:12:00Z"
    assert iso(NOON.replace(microsecond=5)) == "2016-09-19T12:00:00.000005Z"
    assert iso(None) is None
    with pytest.raises(BadCall, match="no time zone"):
        iso(NOON.replace(tzinfo=None))


def test_as_utc_keeps_the_instant():
    west = timezone(-timedelta(hours=5))
    assert as_utc(NOON.astimezone(west)) == NOON
    assert as_utc(NOON.astimezone(west)).tzinfo is UTC


def test_known_by_never_lets_the_undated_into_an_earlier_day():
    assert known_by(None, None)
    assert known_by(NOON, None)
    assert known_by(NOON, NOON)
    assert not known_by(NOON + timedelta(microseconds=1), NOON)
    assert not known_by(None, NOON)
