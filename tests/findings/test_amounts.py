"""How much one asserter counts: bounds that hold whatever happened between his figures."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.findings.accounts import percent
from trucewatch.findings.amounts import (
    Amount,
    Stretch,
    amount_within,
    exact,
    figures_of,
    part_of,
    stated_amount,
)
from trucewatch.findings.lifecycle import NOTHING, OPEN, WHOLE, Part
from trucewatch.reports.claim import Claim

START = datetime(2030, 1, 1, tzinfo=UTC)
WEEK = Stretch(START, START + timedelta(days=7))


def day(number):
    return None if number is None else START + timedelta(days=number)


def figure(low, since, until, high="same", number=0, known=None, **more):
    high = low if high == "same" else high
    return Claim(
        f"c-{number:03}", "aggregate", "mission", "mission", "row", low=low, high=high, valid_from=day(since),
        valid_to_latest=day(until), known_at=day(known), **more,
    )


def within(*claims, stretch=WEEK):
    found = amount_within(figures_of(claims), stretch)
    return None if found is None else (found.low, found.high)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], None),
        ([figure(10, 0, 7)], (10, 10)),
        ([figure(10, 0, 3)], (10, None)),
        ([figure(10, -1, 9)], (0, 10)),
        ([figure(10, -9, -1)], None),
        ([figure(10, 0, 3), figure(5, 3, 7)], (15, 15)),
        ([figure(10, 0, 4), figure(5, 3, 7)], (10, 15)),
        ([figure(10, 0, 3), figure(5, 4, 7)], (15, None)),
        ([figure(10, 0, 7), figure(4, 0, 3)], (10, 10)),
        ([figure(10, 0, 7, 12), figure(11, 0, 4, None)], (11, 12)),
        ([figure(10, None, 7)], (10, 10)),
        ([figure(10, 7, None)], (10, 10)),
        ([figure(10, 5, None)], (10, None)),
        ([figure(10, 0, 7, known=1), figure(8, 0, 7, known=2, number=1)], (8, 8)),
        ([figure(10, 0, 7, qualifier="at_least")], (10, None)),
        ([figure(10, 0, 7, qualifier="about")], (0, None)),
        ([figure(10, 0, 7, 9)], None),
        ([figure(-1, 0, 7)], None),
        ([figure(None, 0, 7, None)], None),
    ],
)
def test_bounds_of_what_was_counted(claims, expected):
    assert within(*claims) == expected


def test_decimals_are_exact():
    assert exact(0.1) + exact(0.2) == exact(0.3)
    assert stated_amount(figure(0.1, 0, 1)) == Amount(Fraction(1, 10), Fraction(1, 10))


@st.composite
def days_and_figures(draw):
    """What was counted on each day, and true figures of some stretches of days."""
    counted = draw(st.lists(st.integers(0, 9), min_size=9, max_size=9))
    spans = draw(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 9)).filter(lambda one: one[0] < one[1]), max_size=6, unique=True))
    slack = draw(st.integers(0, 3))
    figures = [
        figure(max(0, sum(counted[since:until]) - slack), since - 1, until - 1, sum(counted[since:until]) + slack, number)
        for number, (since, until) in enumerate(spans)
    ]
    return counted, figures


@given(days_and_figures())
def test_true_figures_never_exclude_the_truth(case):
    counted, figures = case
    found = within(*figures)
    truth = sum(counted[1:8])
    if found is not None:
        low, high = found
        assert low <= truth
        assert high is None or truth <= high
    assert within(*reversed(figures)) == found


@pytest.mark.parametrize(
    ("amount", "asked", "part"),
    [
        (Amount(Fraction(8), Fraction(8)), Amount(Fraction(33), Fraction(33)), Part(Fraction(8, 33), Fraction(8, 33))),
        (Amount(Fraction(40), None), Amount(Fraction(33), Fraction(33)), WHOLE),
        (Amount(Fraction(0), Fraction(0)), Amount(Fraction(33), Fraction(33)), NOTHING),
        (Amount(Fraction(30), Fraction(30)), Amount(Fraction(30), Fraction(60)), Part(Fraction(1, 2), Fraction(1))),
        (Amount(Fraction(30), Fraction(30)), Amount(Fraction(0), None), OPEN),
    ],
)
def test_the_part_of_what_is_asked(amount, asked, part):
    assert part_of(amount, asked) == part


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part(Fraction(8, 33), Fraction(8, 33)), "24 %"),
        (Part(Fraction(999, 1000), Fraction(999, 1000)), "99 %"),
        (Part(Fraction(1, 1000), Fraction(1, 1000)), "1 %"),
        (Part(Fraction(1, 3), Fraction(1, 2)), "between 33 % and 50 %"),
        (NOTHING, "0 %"),
        (WHOLE, "100 %"),
    ],
)
def test_parts_in_words_never_say_more(part, words):
    assert percent(part) == words
