import pytest

from trucewatch.errors import Severity
from trucewatch.reports.written import CLAIM_COLUMNS, REPORT_COLUMNS
from trucewatch.sources import Declaration
from trucewatch.sources.table_columns import known_names, read_header
from trucewatch.sources.table_words import compared, words

MISSION = Declaration(file="r.csv", source="mission")


def header(*names, declaration=MISSION):
    return read_header(names, 1, declaration)


def test_every_column_of_the_schema_can_be_given_under_its_own_name():
    found = header(*REPORT_COLUMNS)
    assert found.targets == {name: position for position, name in enumerate(REPORT_COLUMNS)}
    assert found.notes == found.problems == ()
    claims = header(*CLAIM_COLUMNS)
    assert (claims.kind, claims.problems) == ("claim", ())
    assert set(claims.targets) == set(CLAIM_COLUMNS)


def test_the_words_lead_to_columns_that_exist():
    ranked = words().names
    assert {column for column, _ in ranked["report"].values()} <= set(REPORT_COLUMNS)
    assert {column for column, _ in ranked["claim"].values()} <= set(CLAIM_COLUMNS)
    for kind in ranked:
        assert all(name == compared(name) for name in ranked[kind])


@pytest.mark.parametrize(
    ("names", "column", "own"),
    [
        (("Date of incident", "Date", "place"), "occurred", "Date of incident"),
        (("date", "occurred", "place"), "occurred", "occurred"),
        (("Datum", "Ort / Lieu", "Lugar"), "place", "Lugar"),
        (("day", "Observation_Post", "place"), "observer_place", "Observation_Post"),
        (("DATE", "LOCATION"), "place", "LOCATION"),
        (("día", "Décès", "fecha", "lugar"), "occurred", "fecha"),
    ],
)
def test_the_best_name_wins(names, column, own):
    found = header(*names)
    assert names[found.targets[column]] == own


def test_the_column_that_lost_is_told():
    found = header("Date of incident", "Date", "place")
    assert [(one.column, one.severity) for one in found.problems] == [("Date", Severity.WARNING)]


def test_sides_without_direction_become_candidates_unless_the_file_says_who_acted():
    found = header("date", "place", "actor1", "actor2")
    assert found.sides == (2, 3)
    assert sum("does not say who acted" in one for one in found.notes) == 2
    assert header("date", "place", "actor1", "actor2", "by").sides == ()


def test_missing_columns_come_all_at_once():
    found = header("act", declaration=Declaration(file="r.csv"))
    errors = [one for one in found.problems if one.severity is Severity.ERROR]
    assert [one.column for one in errors] == ["occurred", "place", "source"]
    assert {one.value for one in errors} == {"act"}


@pytest.mark.parametrize(
    "place",
    [("lat", "lon"), ("mgrs",), ("utm",), ("area_wkt",), ("observer_place",), ("observer_lat", "observer_lon")],
)
def test_any_way_to_say_where_is_enough(place):
    assert header("occurred", *place).problems == ()


def test_declared_columns_that_are_not_there_or_not_of_this_kind():
    declaration = Declaration(file="r.csv", source="m", columns={"Dato": "occurred", "Datum": "asserter"})
    found = header("Datum", "day", "place", declaration=declaration)
    assert [(one.column, one.severity) for one in found.problems] == [
        ("Dato", Severity.WARNING), ("Datum", Severity.WARNING)
    ]
    assert "“Datum”" in found.problems[0].advice
    assert found.targets["occurred"] == 1


def test_nameless_and_repeated_columns_that_nobody_reads():
    found = header("occurred", "place", "", "x", "x")
    assert found.own == ("occurred", "place", "column 3", "x", "x (2)")
    assert all(one.severity is Severity.WARNING for one in found.problems)


def test_the_kind_of_rows_can_be_declared():
    declared = Declaration(file="r.csv", source="m", rows="reports")
    assert header("occurred", "place", "asserter", "subject", declaration=declared).kind == "report"


def test_known_names_are_counted_for_either_kind():
    assert known_names(("Datum", "asserter", "foo", ""), MISSION) == 2
    assert known_names(("foo",), Declaration(columns={"foo": "place"})) == 1
