"""Distinct values, ranks and runs against the plain loops that they stand for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.findings.gathering import coded, extents, objects, ranks, runs

words = st.lists(st.text("abc", max_size=2), max_size=12)


@given(words)
def test_codes_lead_back_to_the_values(values):
    firsts, codes = coded(values, str)
    assert firsts == list(dict.fromkeys(values))
    assert [firsts[code] for code in codes] == values


@given(words)
def test_ranks_order_as_the_values_do(values):
    found = ranks(values).tolist()
    assert sorted(range(len(values)), key=found.__getitem__) == sorted(range(len(values)), key=values.__getitem__)
    assert set(found) == set(range(len(set(values))))


@given(st.lists(words, max_size=6), st.data())
def test_runs_take_whole_lists(lists, data):
    taken = data.draw(st.lists(st.integers(0, len(lists) - 1), max_size=8) if lists else st.just([]))
    lengths, starts = extents(lists)
    laid_out = objects([word for one in lists for word in one])
    chosen = np.array(taken, dtype=np.int64)
    found = laid_out[runs(starts[chosen], lengths[chosen])].tolist()
    assert found == [word for place in taken for word in lists[place]]
