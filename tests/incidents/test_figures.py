from __future__ import annotations

from typing import Any

import pytest

from trucewatch.incidents.figures import figures, hull, killed, ranges_disagree


@pytest.mark.parametrize(
    ("row", "expected"),
    [((10, 12, 15), (10, 15)), ((10, 10, None), (10, None)), ((None, 50, None), (50, 50)), ((None, None, 20), (0, 20)),
     ((0, 0, 0), (0, 0)), ((9, 5, 7), (5, 9)), ((None, None, None), (None, None))],
)
def test_range_of_a_row(report: Any, row: tuple[int | None, ...], expected: tuple[int | None, ...]) -> None:
    assert killed(report("1", "sohr", "2016-09-19", killed=row).casualties) == expected


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [([], (None, None)), ([(None, None), (3, 4)], (3, 4)), ([(15, None), (80, 90)], (15, 90)), ([(15, None)], (15, None)),
     ([(0, 0), (5, 5)], (0, 5)), ([(20, None), (3, 4)], (3, 20))],
)
def test_hull(ranges: Any, expected: Any) -> None:
    assert hull(ranges) == expected


def test_updates_of_one_origin_are_no_dispute() -> None:
    assert not ranges_disagree({"sohr": [(58, 58), (60, 60)], "afp": [(59, 59)]})
    assert ranges_disagree({"sohr": [(58, 58), (60, 60)], "afp": [(10, 12)]})
    assert not ranges_disagree({"sohr": [(15, None)], "afp": [(80, 90)], "un": [(None, None)]})


def test_figures_say_who_says_what(report: Any) -> None:
    one, none = report("1", "sohr", "2016-09-19", killed=(1, 2, 3)), report("2", "afp", "2016-09-19")
    (entry,) = figures([none, one], {"r-1": "sohr", "r-2": "afp"})
    assert entry == {"report_id": "r-1", "source": "sohr", "origin": "sohr", "killed": {"low": 1, "best": 2, "high": 3}}
