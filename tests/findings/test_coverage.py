"""How much could be seen: the best observer at each instant, never a sum, exact to the microsecond."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.findings.coverage import Coverage, by_ground, observed_share
from trucewatch.periods import Period
from trucewatch.reports.schema import COVERAGE
from trucewatch.tables import Table

START = datetime(2030, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = Period(START, START + 24 * HOUR)


def row(number, since, until, share=1.0, observer="mission", known=None):
    return Coverage(
        f"c-{number}", "zone", START + since * HOUR, START + until * HOUR, observer, share,
        known_at=None if known is None else START + known * HOUR,
    )


def seen(*rows, counts=lambda _: True):
    return observed_share(rows, DAY, counts)


def test_overlapping_observers_are_not_added():
    assert seen(row(1, 0, 12), row(2, 6, 18, observer="un")) == Fraction(18, 24)
    assert seen(row(1, 0, 24, 0.5), row(2, 0, 24, 0.6, "un")) == Fraction(6, 10)


def test_what_lies_outside_the_stretch_does_not_count():
    assert seen(row(1, -24, 6), row(2, 20, 48)) == Fraction(10, 24)


def test_an_observers_later_statement_replaces_his_earlier_one_while_it_speaks():
    assert seen(row(1, 0, 24, 1.0, known=30), row(2, 12, 24, 0.0, known=40)) == Fraction(1, 2)


def test_only_whose_word_counts():
    assert seen(row(1, 0, 24, observer="north"), counts=lambda who: who == "mission") == 0


def test_what_is_not_said_shows_nothing():
    whole = row(1, 0, 24)
    for gap in ({"share": None}, {"start": None}, {"end": None}, {"observer": None}):
        fields = {name: getattr(whole, name) for name in whole.__slots__}
        assert seen(Coverage(**{**fields, **gap})) == 0
    assert observed_share([whole], Period(None, START), lambda _: True) == 0


def test_a_threshold_is_met_to_the_microsecond():
    tick = timedelta(microseconds=1)
    nine_tenths = Coverage("c-1", "zone", START, START + 24 * HOUR * 9 / 10, "mission", 1.0)
    less = Coverage("c-1", "zone", START, START + 24 * HOUR * 9 / 10 - tick, "mission", 1.0)
    assert seen(nine_tenths) == Fraction(9, 10)
    assert seen(less) < Fraction(9, 10)


rows = st.builds(
    row, st.integers(1, 99), st.integers(-10, 20), st.integers(21, 40),
    st.sampled_from((0.0, 0.25, 1.0)), st.sampled_from(("mission", "un")), st.just(None),
)


@given(st.lists(rows, max_size=5), st.integers(0, 23))
def test_another_observer_never_makes_less_seen(listed, since):
    more = row(100, since, 24, 0.5, "press")
    assert seen(*listed, more) >= seen(*listed)
    assert seen(*listed) == seen(*reversed(listed))


@pytest.mark.parametrize(("known_at", "ids"), [(START, ("c-1",)), (None, ("c-1", "c-2"))])
def test_the_table_by_zone_or_place_as_known_then(known_at, ids):
    late = START + HOUR
    table = Table.from_rows(COVERAGE, [
        {"coverage_id": "c-2", "zone": "strip", "known_at": late},
        {"coverage_id": "c-1", "zone": "strip", "known_at": START},
        {"coverage_id": "c-3", "place": "pier", "known_at": START},
    ])
    found = by_ground(table, known_at)
    assert tuple(one.coverage_id for one in found["strip"]) == ids
    assert found["pier"][0].coverage_id == "c-3"
    assert by_ground(None, None) == {}
