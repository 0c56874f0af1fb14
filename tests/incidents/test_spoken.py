"""Words of a text: what they are, what they tell, and that only two texts decide about their pair."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trucewatch as tw
from trucewatch.incidents.coded import coded
from trucewatch.incidents.space_time_actor_1 import SPACE_TIME_ACTOR_1
from trucewatch.incidents.space_time_actor_2 import SPACE_TIME_ACTOR_2
from trucewatch.incidents.spoken import (
    MOST,
    UNHEARD,
    shared_words,
    spoken_of,
    told_by,
    word_weights,
)

WEIGHTS = {"city": 1_000_000, "shelling": 2_000_000}


def compared(*texts, weights=WEIGHTS):
    spoken = spoken_of(coded(list(texts)))
    cosine, rarest, number = shared_words(spoken, told_by(spoken, weights), np.array([0]), np.array([1]))
    return float(cosine[0]), float(rarest[0]), bool(number[0])


def test_a_seldom_word_tells_more_than_one_that_every_text_has():
    cosine, rarest, number = compared("Shelling of the city Kafr, 12 killed", "12 die in KAFR city")
    assert rarest == UNHEARD / 1e6
    assert number
    # shared: city 1, kafr 5; first: shelling 2, the 5, city 1, kafr 5, killed 5; second: die 5, kafr 5, city 1
    assert cosine == pytest.approx(6 / np.sqrt(18 * 11))
    assert compared("shelling of city", "city hit, shelling") == (pytest.approx(3 / np.sqrt(3 * 8)), 2.0, False)


@pytest.mark.parametrize(("one", "other"), [("", "shelling"), (None, "city"), (None, None), ("to", "at"), ("city", "shelling"), ("12", "13")])
def test_texts_without_a_shared_word_say_nothing(one, other):
    assert compared(one, other) == (0.0, 0.0, False)


@given(st.lists(st.text("abcde 12", max_size=30), min_size=2, max_size=2))
def test_it_does_not_matter_which_text_comes_first(texts):
    one, other = compared(*texts), compared(*reversed(texts))
    assert one == pytest.approx(other)
    assert 0 <= one[0] <= 1 + 1e-9


def test_of_a_long_text_the_same_words_are_kept_in_both():
    words = [f"word{number}" for number in range(500)]
    long = spoken_of(coded([" ".join(words), " ".join(reversed(words))]))
    assert (long[0] == long[1]).all()
    assert np.count_nonzero(long[0]) == MOST


def test_what_words_tell_is_counted_on_texts_without_repeats():
    told = word_weights(["a raid", "raid by night", "raid by night", "calm", "calm 12"], least_share=0.5)
    assert told == {"calm": round(-np.log(2 / 4) * 1000) * 1000, "raid": round(-np.log(2 / 4) * 1000) * 1000}


def reports(one, other):
    day = np.datetime64("2016-09-13T00:00", "us")
    return {
        "report_id": ["a", "b"], "document": ["post", "wire"], "occurred_from": np.array([day, day]),
        "occurred_to": np.array([day, day]) + np.timedelta64(1, "D"), "lat": [36.2, 36.21], "lon": [37.1, 37.1],
        "by": ["x", "x"], "against": ["y", "y"], "text": [one, other],
    }  # fmt: skip


def test_words_and_the_dyad_are_terms_that_can_be_read():
    links = tw.link(reports("convoy hit near Kafr", "Kafr: a convoy burns"))
    terms = links.explain("a", "b")["terms"]
    other = tw.link(reports("convoy hit near Kafr", "market bombed elsewhere")).explain("a", "b")["terms"]
    assert terms["text"] > 0.5 > other.get("text", 0)
    assert {name: value for name, value in terms.items() if name != "text"} == {name: value for name, value in other.items() if name != "text"}


def test_two_sides_that_nobody_else_around_names_are_more_evidence_where_weights_say_so():
    weights = replace(SPACE_TIME_ACTOR_2, signals={**SPACE_TIME_ACTOR_2.signals, "rare_dyad": 500_000})

    def crowd(side):
        columns = reports(None, None)
        more = {name: [*values, *[values[0]] * 6] for name, values in columns.items()}
        more["report_id"] = list("abcdefgh")
        more["document"] = [f"paper {one}" for one in "abcdefgh"]
        more["occurred_from"], more["occurred_to"] = (np.array(more[name]) for name in ("occurred_from", "occurred_to"))
        more["by"] = ["x", "x", *[side] * 6]
        return tw.link(more, weights=weights).explain("a", "b")["terms"].get("dyad", 0)

    assert crowd("z") > crowd("x") >= 0


def test_the_first_trained_weights_know_no_word():
    one = tw.link(reports("convoy 12", "convoy 12"), weights=SPACE_TIME_ACTOR_1).explain("a", "b")
    assert "dyad" not in one["terms"]
    assert not SPACE_TIME_ACTOR_1.words
    assert SPACE_TIME_ACTOR_2.words["and"] < SPACE_TIME_ACTOR_2.words["aleppo"] < UNHEARD
