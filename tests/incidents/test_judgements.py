from __future__ import annotations

from typing import Any

import pytest

from trucewatch.errors import Severity
from trucewatch.incidents import decision_table
from trucewatch.incidents.judgements import Judgements, judgements_of

IDS = ("r-a", "r-b", "r-c", "r-d")


def judged(*decisions: Any) -> Judgements:
    return judgements_of(decision_table(decisions), IDS)


def test_same_is_transitive_and_different_is_pairwise(decide: Any) -> None:
    found = judged(decide("same", "a", "b"), decide("same", "b", "c", day=2), decide("different", "a", "d", day=3))
    assert found.groups == (("r-a", "r-b", "r-c"),)
    assert found.apart == (("r-a", "r-d"),)
    assert found.settled_by["r-a"] == "d-different-3"
    assert found.problems == ()


def test_the_later_of_two_contradictions_holds(decide: Any) -> None:
    found = judged(decide("same", "a", "b"), decide("same", "b", "c", day=2), decide("different", "a", "c", day=3))
    assert found.groups == (("r-b", "r-c"),)
    (problem,) = found.problems
    assert problem.column == "d-same-1"
    turned = judged(decide("different", "a", "c"), decide("same", "a", "b", day=2), decide("same", "b", "c", day=3))
    assert turned.groups == (("r-a", "r-b", "r-c"),)
    assert turned.apart == ()


@pytest.mark.parametrize(
    ("undone", "apart"), [((), ()), (("d-different-2",), (("r-a", "r-b"),))], ids=["taken back", "taken back twice"]
)
def test_a_superseded_decision_does_not_count(decide: Any, undone: tuple[str, ...], apart: Any) -> None:
    first = decide("different", "a", "b", day=1)
    back = decide("different", "c", day=2, supersedes="d-different-1")
    again = [decide("same", "d", day=3, supersedes=one) for one in undone]
    assert judged(first, back, *again).apart == apart


def test_an_orphaned_decision_is_listed(decide: Any) -> None:
    found = judged(decide("same", "a", "gone"))
    assert found.groups == ()
    (problem,) = found.problems
    assert (problem.value, problem.severity) == ("r-gone", Severity.WARNING)
    assert "orphaned" in problem.advice


def test_verifications_name_what_was_verified(decide: Any) -> None:
    found = judged(
        decide("verify", "a", question="who", answer="ru"),
        decide("verify", "b", day=2, answer="yes"),
        decide("verify", "c", day=3, answer="no"),
        decide("opinion", "c", day=4),
    )
    assert [(one.element, one.answer) for one in found.verified] == [("who", "ru"), (None, None)]
