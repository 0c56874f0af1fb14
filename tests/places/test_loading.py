from __future__ import annotations

import pytest

from trucewatch.errors import Problem, Severity
from trucewatch.places import load_places

GOOD = {
    "key": "urum", "name": "Urum al-Kubra", "names": "Urm al-Kubra; Orem", "lat": "36.1481",
    "lon": "36.9478", "radius_m": "2500", "parent": "", "kind": "town",
}
CITIES = (
    ("aleppo", "36.2012", "37.1612"),
    ("idlib", "35.9306", "36.6339"),
    ("hama", "35.1352", "36.7510"),
    ("homs", "34.7268", "36.7234"),
    ("damascus", "33.5134", "36.2916"),
    ("daraa", "32.6189", "36.1021"),
    ("raqqa", "35.9528", "39.0079"),
    ("deir", "35.3359", "40.1408"),
    ("hasakah", "36.5024", "40.7477"),
    ("tartus", "34.8890", "35.8866"),
)


def rows(*extra: dict[str, str]) -> list[dict[str, str]]:
    cities = [
        {**GOOD, "key": key, "name": key.title(), "names": "", "lat": lat, "lon": lon}
        for key, lat, lon in CITIES
    ]
    return [*cities, *extra]


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_good_rows_make_places():
    gazetteer, problems = load_places(rows(GOOD), "places.csv")
    assert problems == []
    place = gazetteer.places["urum"]
    assert (place.names, place.parent, place.radius_m) == (("Urm al-Kubra", "Orem"), None, 2500.0)
    assert list(gazetteer.places) == sorted(gazetteer.places)


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ({"lat": "x"}, "lat", "x"),
        ({"lat": "36,1"}, "lat", "36,1"),
        ({"lat": ""}, "lat", None),
        ({"lat": "91"}, "lat", "91"),
        ({"lon": "181"}, "lon", "181"),
        ({"lon": "nan"}, "lon", "nan"),
        ({"radius_m": "0"}, "radius_m", "0"),
        ({"radius_m": "-5"}, "radius_m", "-5"),
        ({"radius_m": ""}, "radius_m", None),
        ({"key": " "}, "key", None),
        ({"name": ""}, "name", None),
        ({"area_wkt": "POLYGON oops"}, "area_wkt", "POLYGON oops"),
        ({"lat": "40.1408", "lon": "35.3359"}, "lat", "40.1408, 35.3359"),
        ({"lat": "36.9478", "lon": "33.5"}, "lat", "36.9478, 33.5"),
    ],
)
def test_a_bad_row_is_rejected_with_row_and_column(
    change: dict[str, str], column: str, value: str | None
):
    gazetteer, problems = load_places(rows({**GOOD, **change}), "places.csv")
    problem = only(problems)
    assert (problem.place, problem.line, problem.column) == ("places.csv", 12, column)
    assert (problem.value, problem.severity) == (value, Severity.REJECTED)
    assert "urum" not in gazetteer.places
    assert len(gazetteer.places) == len(CITIES)


def test_every_problem_of_a_row_and_of_every_row():
    bad = {**GOOD, "name": "", "lat": "x", "radius_m": "y"}
    _, problems = load_places([bad, {**bad, "key": "b"}], "places.csv")
    assert [(problem.line, problem.column) for problem in problems] == [
        (2, "lat"), (2, "name"), (2, "radius_m"), (3, "lat"), (3, "name"), (3, "radius_m"),
    ]


def test_swapped_against_the_parent():
    parent = {**GOOD, "key": "gov", "lat": "36.2", "lon": "37.2", "radius_m": "30000"}
    child = {**GOOD, "lat": "37.16", "lon": "36.20", "parent": "gov"}
    gazetteer, problems = load_places([parent, child], "places.csv")
    assert only(problems).advice == "Swap lat and lon."
    assert list(gazetteer.places) == ["gov"]


def test_a_place_abroad_is_not_called_swapped():
    abroad = {**GOOD, "key": "geneva", "name": "Geneva", "lat": "46.2", "lon": "6.15"}
    _, problems = load_places(rows(abroad), "places.csv")
    assert problems == []


def test_a_repeated_key_keeps_the_first():
    again = {**GOOD, "lat": "36.2", "name": "Other"}
    gazetteer, problems = load_places([GOOD, again], "places.csv")
    problem = only(problems)
    assert (problem.line, problem.column, problem.value) == (3, "key", "urum")
    assert "Line 2" in problem.advice
    assert gazetteer.places["urum"].name == "Urum al-Kubra"


def test_an_unknown_parent_is_dropped_and_the_nearest_offered():
    gazetteer, problems = load_places(rows({**GOOD, "parent": "alepo"}), "places.csv")
    problem = only(problems)
    assert (problem.column, problem.severity) == ("parent", Severity.UNRESOLVED)
    assert "aleppo" in problem.advice
    assert gazetteer.places["urum"].parent is None


def test_a_circle_of_parents_is_cut():
    one, two = {**GOOD, "key": "a", "parent": "b"}, {**GOOD, "key": "b", "parent": "a"}
    gazetteer, problems = load_places([one, two], "places.csv")
    assert only(problems).column == "parent"
    assert gazetteer.parents("b") == ("a",)


def test_a_missing_column_makes_the_file_useless_and_says_what_is_like_it():
    renamed = {("latt" if name == "lat" else name): value for name, value in GOOD.items()}
    gazetteer, problems = load_places([renamed], "places.csv")
    missing = next(problem for problem in problems if problem.severity is Severity.ERROR)
    assert (missing.line, missing.column) == (1, "lat")
    assert "latt" in missing.advice
    assert not gazetteer.places


def test_a_surplus_column_is_shown_and_not_read():
    gazetteer, problems = load_places([{**GOOD, "colour": "red"}], "places.csv")
    assert only(problems).severity is Severity.WARNING
    assert "urum" in gazetteer.places


def test_a_row_with_surplus_cells_is_rejected():
    surplus: dict[object, object] = {**GOOD, None: ["more"]}
    gazetteer, problems = load_places([surplus], "places.csv")  # type: ignore[list-item]
    assert "double quotes" in only(problems).advice
    assert not gazetteer.places


def test_a_short_row_lacks_values():
    short = {**GOOD, "kind": None, "parent": None, "radius_m": None}
    _, problems = load_places([short], "places.csv")  # type: ignore[list-item]
    assert only(problems).column == "radius_m"


def test_no_rows():
    gazetteer, problems = load_places([], "places.csv")
    assert only(problems).severity is Severity.WARNING
    assert not gazetteer.places


def test_the_order_of_rows_does_not_matter_to_the_gazetteer():
    one, _ = load_places(rows(GOOD), "places.csv")
    other, _ = load_places(rows(GOOD)[::-1], "places.csv")
    assert list(one.places.items()) == list(other.places.items())
