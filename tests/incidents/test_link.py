from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from trucewatch.errors import Severity
from trucewatch.periods import Period

AT = {"lat": 36.2, "lon": 37.1, "radius_m": 1000.0, "act": "air_strike", "killed": (6, 6, 6)}
TOGETHER, APART = {frozenset("ab")}, {frozenset("a"), frozenset("b")}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (AT, AT, TOGETHER),
        (AT, AT | {"lat": 36.6}, APART),
        (AT | {"document": "d"}, AT | {"document": "d"}, APART),
        (AT | {"grouping": "ged:1"}, AT | {"grouping": "ged:2"}, APART),
        (AT | {"grouping": "ged:1"}, AT | {"grouping": "acled:2"}, TOGETHER),
        (AT | {"grouping": "ged:1"}, {"occurred": None, "grouping": "ged:1"}, TOGETHER),
        (AT | {"place": "x"}, {"act": "air_strike", "killed": (6, 6, 6), "place": "x"}, TOGETHER),
        (AT | {"place_written": "Urum al-Kubra"}, {"act": "air_strike", "killed": (6, 6, 6), "place_written": "urum al kubra"},
         TOGETHER),
        (AT, {"act": "air_strike", "killed": (6, 6, 6)}, APART),
        (AT | {"radius_m": 300000.0}, AT | {"radius_m": 300000.0}, APART),
    ],
    ids=["near", "far", "one document", "kept apart by the data set", "two data sets", "undated by grouping",
         "by place key", "by place name", "nowhere", "no position at all"],
)
def test_two_reports(report: Any, groups: Any, first: Any, second: Any, expected: Any) -> None:
    one, two = report("a", "sohr", "2016-09-14", **first), report("b", "afp", "2016-09-14", **second)
    assert groups([one, two]) == expected


def test_an_unknown_start_is_no_evidence_against(report: Any, groups: Any) -> None:
    one = report("a", "sohr", "2016-09-14", **AT, target="market")
    assert one.occurred is not None
    until = Period(None, one.occurred.end)
    two = replace(report("b", "afp", "2016-09-14", **AT, target="market"), occurred=until)
    assert groups([one, two]) == TOGETHER


def test_two_contents_of_one_id_are_a_problem(report: Any, run: Any) -> None:
    one, other = report("a", "sohr", "2016-09-14", **AT), report("a", "sohr", "2016-09-15", **AT)
    linked, turned = run([one, other]), run([other, one])
    assert len(linked.incident) == 1
    (problem,) = linked.problems
    assert (problem.value, problem.severity) == ("r-a", Severity.WARNING)
    assert linked.incident.rows() == turned.incident.rows()


def test_nothing_in_nothing_out(run: Any) -> None:
    linked = run([])
    assert (len(linked.incident), len(linked.incident_report), len(linked.leg), linked.problems) == (0, 0, 0, ())


def test_linking_loads_nothing_heavy() -> None:
    heavy = "{'duckdb', 'scipy', 'shapely', 'nanoarrow', 'ruamel'}"
    program = f"import sys, trucewatch.incidents; print({heavy} & {{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_report_that_says_only_that_something_happened_makes_no_incident(run, report):
    linked = run([report("a", "sohr", "2016-09-10", act="armed_clash"), report("b", "sohr", "2016-09-10", **AT)])
    assert linked.incident_report.values("report_id") == ["r-b"]
    (told,) = linked.problems
    assert told.severity is Severity.WARNING and told.value == "1 report(s)"


def test_a_person_may_judge_even_a_vague_report(run, report, decide):
    both = [report("a", "sohr", "2016-09-10", act="armed_clash"), report("b", "sohr", "2016-09-10", **AT)]
    linked = run(both, [decide("same", "a", "b", day=1)])
    assert len(linked.incident) == 1 and not linked.problems
    assert len(run(both, [decide("different", "a", "b", day=1)]).incident) == 2
