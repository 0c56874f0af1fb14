from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.actors.validity import ALWAYS, DayBound, Validity, parse_day_bound
from trucewatch.errors import BadPeriod
from trucewatch.truth import FALSE, TRUE, UNKNOWN

DAYS = st.dates(date(2015, 1, 1), date(2017, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2016-07-28", date(2016, 7, 28), date(2016, 7, 28)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
    ],
)
def test_a_bound_knows_how_vague_it_is(text, earliest, latest):
    assert parse_day_bound(text) == DayBound(earliest, latest)


@pytest.mark.parametrize("text", ["", "yesterday", "2016-13", "2016-02-30", "0000", "28.7.2016", "2016-07-28T10"])
def test_other_texts_are_refused(text):
    with pytest.raises(BadPeriod):
        parse_day_bound(text)


@pytest.mark.parametrize(
    ("start", "end", "day", "truth"),
    [
        ("2016-07-28", None, "2016-07-27", FALSE),
        ("2016-07-28", None, "2016-07-28", TRUE),
        (None, "2016-07-28", "2016-07-27", TRUE),
        (None, "2016-07-28", "2016-07-28", FALSE),
        ("2016-07", None, "2016-06-30", FALSE),
        ("2016-07", None, "2016-07-15", UNKNOWN),
        ("2016-07", None, "2016-07-31", TRUE),
        (None, "2016-07", "2016-07-01", UNKNOWN),
        (None, "2016-07", "2016-07-31", FALSE),
        (None, "2016-07", "2016-06-30", TRUE),
    ],
)
def test_half_open_and_unknown_inside_a_vague_bound(start, end, day, truth):
    bounds = [None if one is None else parse_day_bound(one) for one in (start, end)]
    assert Validity(*bounds).holds(date.fromisoformat(day)) is truth


def test_without_a_day_only_the_undated_holds():
    assert ALWAYS.holds(None) is TRUE
    assert Validity(parse_day_bound("2016")).holds(None) is UNKNOWN


@given(DAYS, DAYS)
def test_what_ends_when_another_begins_never_overlaps_it(turn, day):
    bound = DayBound(turn, turn)
    before, after = Validity(end=bound), Validity(start=bound)
    assert not before.overlaps(after)
    assert not after.overlaps(before)
    assert {before.holds(day), after.holds(day)} == {TRUE, FALSE}


def test_vague_turns_may_overlap():
    assert Validity(end=parse_day_bound("2016-07")).overlaps(Validity(parse_day_bound("2016-07")))
    assert ALWAYS.overlaps(ALWAYS)


@given(DAYS, st.integers(0, 400), DAYS)
def test_a_sharper_bound_never_contradicts_a_vague_one(first, width, day):
    vague = Validity(DayBound(first, first + timedelta(days=width)))
    answers = {
        Validity(DayBound(first + timedelta(days=n), first + timedelta(days=n))).holds(day)
        for n in range(width + 1)
    }
    assert vague.holds(day) is (answers.pop() if len(answers) == 1 else UNKNOWN)


def test_it_says_its_dates():
    assert str(ALWAYS) == "always"
    assert str(Validity(parse_day_bound("2016-07-28"))) == "from 2016-07-28"
    assert str(Validity(end=parse_day_bound("2016-02"))) == "until between 2016-02-01 and 2016-02-29"
