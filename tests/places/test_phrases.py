from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.places.phrases import COUNTRYSIDE_M, IN_TOWN_M, NEAR_M, attempts, growth, parts


def test_parts_keep_their_order_and_a_bracket_is_one():
    assert parts("Inkhil (Daraa)  police station") == ("Inkhil police station", "Daraa")
    assert parts("Aleppo, Sukkari; Ansari") == ("Aleppo", "Sukkari", "Ansari")
    assert parts(" , ()") == ()


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("5 km north of X", 5_000),
        ("about 3-4 kilometres NNE of X", 3_500),
        ("2.5km south-west of X", 2_500),
        ("800 m east of X", 800),
        ("10 miles to the west of X", 16_093.44),
    ],
)
def test_offsets(text: str, metres: float):
    (first, *_) = attempts(text)
    assert (first.name, first.relation) == ("X", "offset")
    assert first.metres == pytest.approx(metres, rel=1e-9)
    assert 0 < first.spread_m < metres


@pytest.mark.parametrize(
    ("part", "metres"),
    [
        ("Hay al-Ansari", IN_TOWN_M),
        ("the central market", IN_TOWN_M),
        ("Arzouna bridge", NEAR_M),
        ("Handarat", NEAR_M),
        ("southern countryside", COUNTRYSIDE_M),
        ("Idlib province", 0),
        ("ISIL-held", 0),
    ],
)
def test_what_an_unknown_part_adds(part: str, metres: float):
    assert growth(part) == metres


@given(st.text(max_size=60))
def test_any_text_has_a_reading(text: str):
    for part in parts(text):
        assert attempts(part)
        assert growth(part) >= 0
