from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from trucewatch.periods import Period
from trucewatch.publish.comparison import comparison, coverage_shares
from trucewatch.release import ReleasedCoverage

DAY = timedelta(days=1)


def seen(frame, *rows):
    """The frame with these accounts of coverage: (days before the report's day, share)."""
    start = frame.period.start
    accounts = tuple(
        ReleasedCoverage(f"c-{n}", "syria", None, Period(start - before * DAY, start - before * DAY + DAY), "un", share, None)
        for n, (before, share) in enumerate(rows)
    )
    return replace(frame, now=replace(frame.now, coverage=accounts))


@pytest.mark.parametrize(
    ("rows", "comparable", "word"),
    [
        ((), False, "not known"),
        (((0, 0.5),), False, "not known"),
        (((0, 0.5), (1, None)), False, "not known"),
        (((0, 0.5), (1, 0.8)), False, "differs"),
        (((0, 0.0), (1, 0.0)), False, "not known to have been able"),
        (((0, 0.5), (1, 0.55)), True, "alike"),
    ],
)
def test_counts_are_compared_only_where_as_much_could_be_seen(frame, rows, comparable, word):
    found = comparison(seen(frame, *rows))
    assert found.comparable is comparable
    assert word in found.note
    trends = [row.change for row in found.rows if "more" in row.change or "fewer" in row.change or row.change == "the same"]
    assert bool(trends) is comparable


def test_a_trend_is_worded_from_the_count_as_it_stood(frame):
    found = comparison(seen(frame, (0, 0.5), (1, 0.5)))
    for row in found.rows:
        difference = row.now.number - row.then.number
        expected = "the same" if difference == 0 else f"{abs(difference)} {'more' if difference > 0 else 'fewer'}"
        assert row.change == expected


def test_periods_of_other_length_are_not_compared(frame, monkeypatch):
    """On 1 April 2016 clocks went forward in Damascus, by one hour of 24: still within 10 %."""
    spring = replace(seen(frame, (0, 0.5), (1, 0.5)), day=datetime(2016, 4, 1, tzinfo=UTC).date())
    assert comparison(spring).note.startswith("Not compared: how much could be observed")


def test_the_first_report_has_nothing_to_compare_with(frame):
    found = comparison(replace(frame, then=None))
    assert found.previous is None
    assert all(row.then is None and row.since is None for row in found.rows)


def test_half_a_day_of_sight_is_half_the_share(frame):
    start = frame.period.start
    half = ReleasedCoverage("c-1", "syria", None, Period(start, start + DAY / 2), "un", 1.0, None)
    assert coverage_shares(replace(frame.now, coverage=(half,)), frame.period) == {("syria", "un"): 0.5}
