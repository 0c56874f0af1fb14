import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, from_bounds

truths = st.sampled_from(list(Truth))
lists = st.lists(truths, max_size=6)

AND = {
    (TRUE, TRUE): TRUE, (TRUE, UNKNOWN): UNKNOWN, (TRUE, FALSE): FALSE,
    (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, FALSE): FALSE, (FALSE, FALSE): FALSE,
}


@pytest.mark.parametrize(("pair", "result"), AND.items())
def test_the_strong_kleene_tables(pair, result):
    one, two = pair
    assert all_of([one, two]) is all_of([two, one]) is result
    assert any_of([~one, ~two]) is ~result


def test_of_nothing():
    assert all_of([]) is TRUE
    assert any_of([]) is FALSE


def test_bounds():
    assert (TRUE.must, TRUE.may) == (True, True)
    assert (UNKNOWN.must, UNKNOWN.may) == (False, True)
    assert (FALSE.must, FALSE.may) == (False, False)
    for one in Truth:
        assert from_bounds(must=one.must, may=one.may) is one
    with pytest.raises(ValueError, match="must holds but may does not"):
        from_bounds(must=True, may=False)


def test_a_truth_cannot_pass_as_a_bool():
    for one in Truth:
        with pytest.raises(TypeError, match="three values"):
            bool(one)


@pytest.mark.parametrize("strange", [True, False, None, "true", 1])
def test_other_values_are_refused_and_not_taken_for_the_neutral_one(strange):
    with pytest.raises(TypeError, match="is no Truth"):
        all_of([TRUE, strange])
    with pytest.raises(TypeError, match="is no Truth"):
        any_of([FALSE, strange])


@settings(max_examples=60, deadline=None)
@given(truths)
def test_double_negation(one):
    assert ~~one is one


@settings(max_examples=60, deadline=None)
@given(lists)
def test_de_morgan(several):
    assert ~all_of(several) is any_of(~one for one in several)
    assert ~any_of(several) is all_of(~one for one in several)


@settings(max_examples=60, deadline=None)
@given(lists, lists)
def test_grouping_and_order_do_not_matter(first, second):
    whole = first + second
    assert all_of([all_of(first), all_of(second)]) is all_of(whole) is all_of(whole[::-1])
    assert any_of([any_of(first), any_of(second)]) is any_of(whole) is any_of(whole[::-1])


@settings(max_examples=60, deadline=None)
@given(truths, truths, truths)
def test_distribution_and_absorption(one, two, three):
    both = any_of([two, three])
    assert all_of([one, both]) is any_of([all_of([one, two]), all_of([one, three])])
    assert all_of([one, any_of([one, two])]) is one
    assert any_of([one, all_of([one, two])]) is one


@settings(max_examples=60, deadline=None)
@given(lists, st.data())
def test_learning_more_never_flips_what_was_settled(several, data):
    refined = [
        data.draw(st.sampled_from([TRUE, FALSE])) if one is UNKNOWN else one for one in several
    ]
    for combine in (all_of, any_of):
        before = combine(several)
        if before is not UNKNOWN:
            assert combine(refined) is before


@settings(max_examples=60, deadline=None)
@given(lists)
def test_must_and_may_are_all_and_any_of_the_bounds(several):
    assert all_of(several).must == all(one.must for one in several)
    assert all_of(several).may == all(one.may for one in several)
    assert any_of(several).must == any(one.must for one in several)
    assert any_of(several).may == any(one.may for one in several)
