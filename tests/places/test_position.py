from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.errors import BadCall
from trucewatch.places import distance_m, parse_position


@pytest.mark.parametrize(
    ("text", "lat", "lon", "radius_m"),
    [
        ("37S CV 12345 67890", 35.83726, 36.92231, 10.0),
        ("MGRS: 37SCV1234567890", 35.83726, 36.92231, 10.0),
        ("37s cv 123 678", 35.83690, 36.92237, 70.7),
        ("37S CV 12 67", 35.83377, 36.92411, 707.1),
        ("37SCV", 35.68251, 37.34239, 70_710.7),
        ("37 north 312345 4012345", 36.23779, 36.91175, 10.0),
        ("UTM zone 37N 312345E 4012345N", 36.23779, 36.91175, 10.0),
        ("37N 312300 4012300", 36.23737, 36.91126, 70.7),
        ("36.1515, 36.9678", 36.1515, 36.9678, 10.0),
        ("36.15 36.97", 36.15, 36.97, 714.6),
        ("37.16E 36.2N", 36.2, 37.16, 5_577.8),
        ("36.1515N36.9678E", 36.1515, 36.9678, 10.0),
        ("36°09'05\"N 36°58'04\"E", 36.15139, 36.96778, 19.8),
        ("36° 9.083' N, 36° 58.07' E", 36.15138, 36.96783, 10.0),
        ("-33.5 -70.6", -33.5, -70.6, 7_239.1),
        ("33.5S 70.6W", -33.5, -70.6, 7_239.1),
    ],
)
def test_positions(text: str, lat: float, lon: float, radius_m: float):
    found = parse_position(text)
    assert found[:2] == (pytest.approx(lat, abs=2e-5), pytest.approx(lon, abs=2e-5))
    assert found[2] == pytest.approx(radius_m, abs=0.1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("37S 312345 4012345", "S is a latitude band and a hemisphere"),
        ("37T 312345 4012345", "does not lie in band T"),
        ("37 north 4012345 312345", "easting first"),
        ("61 north 312345 4012345", "zone 1-60"),
        ("37S CV 123 67", "as many digits"),
        ("37S CV 123", "as many digits"),
        ("99S CV 1 1", "zone 1-60"),
        ("36S CV 99999", "as many digits"),
        ("95.0, 36", "swapped"),
        ("200, 300", "no place on earth"),
        ("36N 37N", "one angle is a latitude"),
        ("36N 37", "one angle is a latitude"),
        ("36°61'N 37°10'E", "none of them"),
        ("-36N 37E", "none of them"),
        ("36.15", "none of them"),
        ("36,15 37,12", "none of them"),
        ("Aleppo", "none of them"),
        ("", "none of them"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(text: str, why: str):
    with pytest.raises(BadCall, match=why):
        parse_position(text)


def test_an_mgrs_square_lies_in_its_coarser_squares():
    fine = parse_position("37S CV 12345 67890")
    for coarse in ("37S CV 1234 6789", "37S CV 123 678", "37S CV 12 67", "37S CV 1 6", "37S CV"):
        lat, lon, radius = parse_position(coarse)
        assert distance_m(lat, lon, fine[0], fine[1]) <= radius * 1.001 + 1


@pytest.mark.parametrize(
    ("grid", "metric"),
    [
        ("37S CV 12345 67890", "37 north 312345 3967890"),
        ("37S CV 12 67", "37 north 312501 3967501"),
        ("37S CV", "37 north 350001 3950001"),
    ],
)
def test_mgrs_and_utm_agree_on_the_middle_of_a_square(grid: str, metric: str):
    one, other = parse_position(grid), parse_position(metric)
    assert distance_m(*one[:2], *other[:2]) < 3


@given(st.floats(-79, 83), st.floats(-179.9, 179.9))
def test_decimal_degrees_come_back(lat: float, lon: float):
    found = parse_position(f"{lat:.6f}, {lon:.6f}")
    assert found == (pytest.approx(lat, abs=1e-6), pytest.approx(lon, abs=1e-6), 10.0)


@given(st.text(alphabet="0123456789 .,NSEW°'\"-37SCVUTM", max_size=30))
def test_any_text_is_a_position_on_earth_or_refused(text: str):
    try:
        lat, lon, radius = parse_position(text)
    except BadCall:
        return
    assert -90 <= lat <= 90
    assert -180.001 <= lon <= 180.001
    assert radius >= 10
