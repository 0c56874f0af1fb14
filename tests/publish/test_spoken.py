from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from trucewatch.periods import Period, parse_period
from trucewatch.publish.phrases import phrases
from trucewatch.publish.spoken import (
    distance_words,
    figure_words,
    instant_words,
    offset_words,
    period_words,
    position_words,
    range_words,
)

ZONE = ZoneInfo("Asia/Damascus")
SAID = phrases("en")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2016-09-19", "19 September 2016, hour not stated"),
        ("2016-09-18/2016-09-19", "18 September 2016 to 19 September 2016"),
        ("2016-09-19T18:00/2016-09-20T06:00", "19 September 2016 18:00 to 20 September 2016 06:00"),
        ("2016-09-19T19:12", "19 September 2016, 19:12"),
    ],
)
def test_periods_are_said_as_exactly_as_they_are_known(written, words):
    assert period_words(parse_period(written, ZONE), ZONE, SAID) == words


def test_a_period_up_to_midnight_ends_at_24():
    period = Period(datetime(2016, 9, 19, 17, tzinfo=UTC), datetime(2016, 9, 19, 21, tzinfo=UTC))
    assert period_words(period, ZONE, SAID) == "19 September 2016, 20:00–24:00"


def test_open_periods():
    instant = datetime(2016, 9, 19, 9, tzinfo=UTC)
    assert period_words(None, ZONE, SAID) == "time not known"
    assert period_words(Period(instant, None), ZONE, SAID) == "from 19 September 2016 12:00, end not known"
    assert period_words(Period(None, instant), ZONE, SAID) == "until 19 September 2016 12:00, start not known"


def test_instants_carry_their_offset():
    instant = datetime(2016, 9, 20, 4, tzinfo=UTC)
    assert instant_words(instant, ZONE, SAID) == "07:00 on 20 September 2016"
    assert offset_words(instant, ZONE) == "UTC+03:00"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (12, 12, "12"), (10, 21, "10 to 21"), (0, 0, "0"), (None, None, "no figure"),
        (10, None, "at least 10, no upper figure stated"),
    ],
)
def test_ranges_keep_zero_and_unknown_apart(low, high, words):
    assert range_words(low, high, SAID) == words


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        (300, None, "at_least", "at least 300"), (199, 199, "exact", "199"), (100, 100, "about", "about 100"),
        (None, None, "uncountable", "uncountable"),
    ],
)
def test_figures_keep_their_qualifier(low, high, qualifier, words):
    assert figure_words(low, high, qualifier, SAID) == words


def test_positions():
    assert position_words(36.6497, 37.1809) == "36.65 N 37.18 E"
    assert position_words(-48.9, -123.4) == "48.90 S 123.40 W"


@pytest.mark.parametrize(
    ("metres", "words"),
    [(804.0, "800 m"), (2500.0, "2.5 km"), (9000.0, "9 km"), (110_400.0, "110 km"), (None, "an unknown distance")],
)
def test_distances(metres, words):
    assert distance_words(metres, SAID) == words
