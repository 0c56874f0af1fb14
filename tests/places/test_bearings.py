from __future__ import annotations

import pytest

from trucewatch.errors import BadCall
from trucewatch.places import parse_bearing
from trucewatch.places.bearings import width_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N", (337.5, 22.5)),
        ("NNE", (11.25, 33.75)),
        ("north-west", (292.5, 337.5)),
        ("North West", (292.5, 337.5)),
        ("northwestern", (292.5, 337.5)),
        ("north north-east", (11.25, 33.75)),
        ("SSW", (191.25, 213.75)),
        ("southward", (157.5, 202.5)),
        ("315", (310.0, 320.0)),
        ("2°", (357.0, 7.0)),
        ("360", (355.0, 5.0)),
        ("300-330", (300.0, 330.0)),
        ("350 – 10", (350.0, 10.0)),
        ("350° to 10°", (350.0, 10.0)),
        ("0-360", (0.0, 360.0)),
    ],
)
def test_bearings(text: str, expected: tuple[float, float]):
    assert parse_bearing(text) == expected


@pytest.mark.parametrize("text", ["", "x", "361", "-5", "300-400", "nn", "north-south", "nan"])
def test_what_is_no_bearing_is_refused_with_what_is(text: str):
    with pytest.raises(BadCall, match="expected a compass point"):
        parse_bearing(text)


@pytest.mark.parametrize(
    ("first", "last", "width"),
    [(350, 10, 20), (10, 350, 340), (0, 360, 360), (90, 90, 0), (-10, 10, 20)],
)
def test_width_runs_clockwise(first: float, last: float, width: float):
    assert width_of(first, last) == width
