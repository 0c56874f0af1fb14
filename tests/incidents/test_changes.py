from __future__ import annotations

import pytest

from trucewatch.incidents import compare_incidents
from trucewatch.incidents.schema import INCIDENT_REPORT
from trucewatch.tables import Table


def members(**incidents: str) -> Table:
    """Incident → its reports, one letter each."""
    rows = [
        {"incident_id": f"i-{name}", "report_id": f"r-{report}"} for name, reports in incidents.items() for report in reports
    ]
    return Table.from_rows(INCIDENT_REPORT, rows)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": "ab"}, {"a": "abc"}, []),
        ({}, {"a": "ab"}, [("new", None, "i-a", "r-a")]),
        ({"a": "ab"}, {}, [("gone", "i-a", None, None)]),
        ({"b": "b"}, {"a": "ab"}, [("renamed", "i-b", "i-a", "r-a")]),
        ({"a": "a", "b": "b"}, {"a": "abc"}, [("merged", "i-b", "i-a", "r-c")]),
        ({"a": "a", "b": "b"}, {"a": "ab"}, [("merged", "i-b", "i-a", None)]),
        ({"a": "abc"}, {"a": "a", "b": "bcd"}, [("split", "i-a", "i-b", "r-d")]),
        ({"a": "abx", "c": "c"}, {"a": "ab", "c": "cx"}, [("moved", "i-a", "i-c", "r-x")]),
    ],
)
def test_changes(before: dict[str, str], after: dict[str, str], expected: list[tuple[str | None, ...]]) -> None:
    found = compare_incidents(members(**before), members(**after))
    assert [tuple(row.values()) for row in found.rows()] == expected
