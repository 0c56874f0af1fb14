import inspect

import pytest

from trucewatch import errors
from trucewatch.errors import (
    BadAgreement,
    BadCall,
    BadFile,
    BadPeriod,
    Problem,
    Severity,
    TrucewatchError,
    UnknownName,
    nearest,
)


def test_every_exception_hangs_on_the_tree_and_is_drawn():
    drawn = errors.__doc__
    assert drawn is not None
    for name in errors.__all__:
        thing = getattr(errors, name)
        if inspect.isclass(thing) and issubclass(thing, Exception):
            assert issubclass(thing, TrucewatchError)
            assert name in drawn


def test_bad_calls_are_value_errors_too():
    assert issubclass(BadCall, ValueError)
    assert issubclass(BadPeriod, BadCall)
    assert issubclass(UnknownName, BadCall)


def test_an_unknown_name_offers_the_nearest_one():
    error = UnknownName("Syria Army", place="actors.yaml", known=["Syrian Army", "Turkey"])
    assert str(error) == (
        "actors.yaml: “Syria Army” is not known; did you mean “Syrian Army”? "
        "Known: Syrian Army, Turkey"
    )
    assert (error.value, error.place) == ("Syria Army", "actors.yaml")


def test_an_unknown_name_without_a_near_one_and_with_many_known():
    assert str(UnknownName("x", place="p", known=())) == "p: “x” is not known. Known: none"
    many = str(UnknownName("x", place="p", known=[f"name{n:02}" for n in range(20)]))
    assert "name11 …" in many
    assert "name12" not in many


def test_a_bad_period_says_why_and_what_is_accepted():
    error = BadPeriod("31/02/2016", "write year-month-day")
    assert "“31/02/2016”" in str(error)
    assert "(write year-month-day)" in str(error)
    assert "Accepted: 2016-09-19" in str(error)


def test_a_bad_file_lists_every_problem():
    problems = [Problem("a.yaml", n, "column 3", "x", "y", severity=Severity.ERROR) for n in (1, 2)]
    error = BadAgreement("a.yaml cannot be used", problems)
    assert isinstance(error, BadFile)
    assert error.problems == tuple(problems)
    assert str(error).splitlines() == [
        "a.yaml cannot be used",
        "  a.yaml, line 1, column 3: found “x”, expected y",
        "  a.yaml, line 2, column 3: found “x”, expected y",
    ]


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("r.csv", 4, "date", "31/02", "a day", "write 2016-02-28"),
         "r.csv, line 4, date: found “31/02”, expected a day. write 2016-02-28"),
        (Problem("r.csv", None, None, None, "a header"), "r.csv: found nothing, expected a header"),
        (Problem("r.csv", 4, None, "", "a value"), "r.csv, line 4: found “”, expected a value"),
    ],
)
def test_a_problem_reads_as_a_sentence(problem, text):
    assert str(problem) == text


def test_problems_sort_by_place_line_and_column_whatever_is_missing():
    right = [
        Problem("a", None, None, None, "x"),
        Problem("a", 2, None, "v", "x"),
        Problem("a", 2, "column 9", "v", "x"),
        Problem("a", 2, "column 10", None, "x"),
        Problem("a", 2, "column 10", "v", "x"),
        Problem("a", 2, "date", "v", "x"),
        Problem("a", 10, "column 1", "v", "x"),
        Problem("b", 1, "column 1", "v", "x"),
    ]
    assert sorted(right[::-1]) == sorted(right[1::2] + right[::2]) == right


def test_nearest():
    assert nearest("air_stike", ["air_strike", "mortar"]) == "air_strike"
    assert nearest("AIR_STRIKE", ["air_strike"]) == "air_strike"
    assert nearest("zzz", ["air_strike"]) is None
    assert nearest("x", []) is None
