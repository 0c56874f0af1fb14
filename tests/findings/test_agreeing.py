"""What several settle together: enough must support a bound, and whom it excludes is a contradiction."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.findings.agreeing import Range, agreed


def ranges(*listed):
    return [Range(owner, weight, None if low is None else Fraction(low), None if high is None else Fraction(high))
            for owner, weight, low, high in listed]


@pytest.mark.parametrize(
    ("listed", "enough", "expected"),
    [
        ([], 1, (0, None)),
        ([("a", 1, 67, 67)], 1, (67, 67)),
        ([("a", 1, 67, 67)], 2, (0, None)),
        ([("a", 3, 67, 67)], 2, (67, 67)),
        ([("a", 1, 67, 67), ("b", 1, 70, 70)], 1, (67, 70)),
        ([("a", 1, 67, 67), ("b", 1, 70, 70)], 2, (67, 70)),
        ([("a", 1, 67, 67), ("a", 1, 67, 67)], 2, (0, None)),
        ([("a", 1, 60, None), ("b", 1, 0, 80)], 1, (60, 80)),
        ([("a", 1, 60, None), ("b", 1, 0, 80)], 2, (0, None)),
        ([("a", 1, 1, 1), ("b", 1, 0, 0)], 1, (0, 1)),
        ([("a", 1, 1, 1), ("b", 1, 1, 1), ("c", 1, 0, 0)], 2, (0, 1)),
        ([("a", 1, 1, 1), ("b", 2, None, 0)], 1, (0, 1)),
        ([("b", 2, None, 0)], 2, (0, 0)),
        ([("a", 1, 1, 1), ("b", 1, 0, None)], 1, (1, 1)),
    ],
)
def test_what_enough_of_them_support(listed, enough, expected):
    assert agreed(ranges(*listed), enough) == expected


one = st.tuples(st.sampled_from("abc"), st.sampled_from((1, 3)), st.integers(0, 5), st.integers(0, 5)).map(
    lambda drawn: (drawn[0], drawn[1], min(drawn[2:]), max(drawn[2:]))
)


@given(st.lists(one, max_size=5), st.integers(1, 3), st.randoms(use_true_random=False))
def test_nobody_who_counts_is_contradicted_in_silence_and_order_does_not_matter(listed, enough, shuffle):
    found = ranges(*listed)
    low, high = agreed(found, enough)
    for each in found:
        assert high is None or each.low <= high
        assert each.high >= low
    shuffle.shuffle(found)
    assert agreed(found, enough) == (low, high)


@given(st.lists(one, min_size=1, max_size=5))
def test_more_of_the_same_word_never_moves_a_bound_outwards(listed):
    found = ranges(*listed)
    low, high = agreed(found, 1)
    again = agreed([*found, Range("d", 1, low, high)], 1)
    assert again[0] >= low
    assert high is None or again[1] <= high
