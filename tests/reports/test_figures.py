"""Numbers as sources give them, and killed by group."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.reports import EvidenceRef, Written
from trucewatch.reports.figures import Figure, casualties, parse_figure
from trucewatch.reports.row import Row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", Figure(12, 12, 12)),
        ("0", Figure(0, 0, 0)),
        ("none", Figure(0, 0, 0)),
        ("1,200", Figure(1200, 1200, 1200)),
        ("12.0", Figure(12, 12, 12)),
        ("10+", Figure(10, 10, None, "at_least")),
        (">=10", Figure(10, 10, None, "at_least")),
        ("at least 10", Figure(10, 10, None, "at_least")),
        ("more than 10", Figure(11, None, None, "at_least")),
        ("12-15", Figure(12, None, 15, "about")),
        ("12 – 15", Figure(12, None, 15, "about")),
        ("up to 20", Figure(None, None, 20, "about")),
        ("fewer than 20", Figure(None, None, 19, "about")),
        ("About 50", Figure(None, 50, None, "about")),
        ("~50", Figure(None, 50, None, "about")),
        ("15-12", None),
        ("dozens", None),
        ("-3", None),
        ("12.5", None),
        ("", None),
    ],
)
def test_parse_figure(text, expected):
    assert parse_figure(text) == expected


def read(group: str = "unknown", **values: str) -> tuple[list[tuple[object, ...]], Row]:
    ref = EvidenceRef("e-1", "rows.csv", datetime(2020, 1, 1, tzinfo=UTC), "table")
    row = Row(ref, Written("report", "row 2", values))
    return [(one.harm, one.group, one.low, one.best, one.high) for one in casualties(row, None, group)], row


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"killed": "0"}, [("killed", "unknown", 0, 0, 0)]),
        ({"killed": "unknown"}, []),
        ({"killed": "12", "killed_low": "10", "killed_high": "15"}, [("killed", "unknown", 10, 12, 15)]),
        ({"killed_low": "10", "killed_high": "15"}, [("killed", "unknown", 10, None, 15)]),
        ({"injured": "5+", "missing": "1"}, [("injured", "unknown", 5, 5, None), ("missing", "unknown", 1, 1, 1)]),
        ({"killed_civilian": "3"}, [("killed", "civilian", 3, 3, 3)]),
        (
            {"killed": "12", "killed_civilian": "8"},
            [("killed", "civilian", 8, 8, 8), ("killed", "unknown", 4, 4, 4)],
        ),
        ({"killed": "8", "killed_civilian": "8"}, [("killed", "civilian", 8, 8, 8)]),
        (
            {"killed": "12", "killed_low": "10", "killed_high": "20", "killed_civilian": "8", "killed_fighter": "4", "killed_unknown": "0"},
            [("killed", "civilian", 8, 8, 8), ("killed", "fighter", 2, 4, 4), ("killed", "unknown", 0, 0, 8)],
        ),
        (
            {"killed": "10+", "killed_civilian": "4"},
            [("killed", "civilian", 4, 4, 4), ("killed", "unknown", 6, 6, None)],
        ),
    ],
)
def test_casualties(values, expected):
    found, row = read(**values)
    assert found == expected
    assert row.noted(None) == ()


def test_people_affected_decide_the_group_where_no_column_does():
    assert read("civilian", killed="2", injured="3")[0] == [("killed", "civilian", 2, 2, 2), ("injured", "civilian", 3, 3, 3)]


@pytest.mark.parametrize(
    ("values", "column"),
    [({"killed": "5", "killed_civilian": "8"}, "killed"), ({"killed": "12", "killed_low": "15"}, "killed"), ({"injured": "scores"}, "injured")],
)
def test_contradictions_are_problems(values, column):
    _, row = read(**values)
    assert [one.problem.column for one in row.noted(None)] == [column]


def test_a_contradiction_is_read_as_the_widest():
    assert read(killed="12", killed_low="15")[0] == [("killed", "unknown", 12, 12, 15)]


@given(
    civilian=st.integers(0, 30), fighter=st.integers(0, 30), rest=st.integers(0, 30),
    less=st.integers(0, 30), more=st.integers(0, 30),
)
def test_groups_add_up_to_the_range_of_the_total(civilian, fighter, rest, less, more):
    best = civilian + fighter + rest
    low, high = max(0, best - less), best + more
    found, row = read(
        killed=str(best), killed_low=str(low), killed_high=str(high),
        killed_civilian=str(civilian), killed_fighter=str(fighter),
    )
    assert row.noted(None) == ()
    assert sum(one[2] for one in found) == low
    assert sum(one[3] for one in found) == best
    assert sum(one[4] for one in found) == high
