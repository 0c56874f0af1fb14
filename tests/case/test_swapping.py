"""Swapped coordinates are refused where the case's places show it, and only there."""

import pytest

from trucewatch.case.swapping import without_swapped
from trucewatch.errors import Severity
from trucewatch.places import load_places
from trucewatch.reports import Written
from trucewatch.sources.adapter import Parsed

ROWS = [
    {"key": f"p{number}", "name": name, "names": "", "lat": lat, "lon": lon, "radius_m": "3000", "parent": "", "kind": "town"}
    for number, (name, lat, lon) in enumerate(
        [("Aleppo", "36.20", "37.16"), ("Idlib", "35.93", "36.63"), ("Homs", "34.73", "36.72"), ("Hama", "35.13", "36.75"),
         ("Raqqa", "35.95", "39.01"), ("Mayadin", "35.02", "40.45"), ("Dael", "32.75", "36.13"), ("Tartus", "34.89", "35.89")]
    )
]
GAZETTEER, _ = load_places(ROWS, "places.csv")


@pytest.mark.parametrize(
    ("place", "lat", "lon", "refused"),
    [
        ("Aleppo", "36.20", "37.16", False),
        ("Aleppo", "37.16", "36.20", True),
        ("Mayadin", "40.45", "35.02", True),
        ("", "40.45", "35.02", True),
        ("", "37.16", "36.20", False),
        ("Aleppo", "34.89", "35.89", False),
        ("", "12.00", "99.00", False),
        ("Nowhere", "not a number", "36.20", False),
        ("Aleppo", "36.20", "", False),
    ],
)
def test_a_row_is_refused_only_where_the_swapped_position_is_the_one_meant(place, lat, lon, refused):
    row = Written("report", "row 7", {"place": place, "lat": lat, "lon": lon})
    parsed = without_swapped(Parsed((row,), (), 1), GAZETTEER, "mine.csv")
    assert (parsed.rows == ()) is refused
    assert parsed.rejected == int(refused)
    if refused:
        (problem,) = parsed.problems
        assert (problem.place, problem.line, problem.severity) == ("mine.csv", 7, Severity.REJECTED)
        assert problem.value == f"{lat}, {lon}" and "swapped" in problem.advice
