from datetime import UTC, datetime, timedelta

import pytest

from trucewatch.incidents import Decision, decision_table
from trucewatch.release.holding import Holds

START = datetime(2016, 9, 20, tzinfo=UTC)


def holds(*said):
    """Each of `said` is (kind, reports, clause, reading), in order of recording."""
    return Holds(
        decision_table(
            Decision(f"d-{n}", kind, "chief", "reason", START + timedelta(hours=n), reports=reports, clause=clause, reading=reading)
            for n, (kind, reports, clause, reading) in enumerate(said)
        )
    )


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ((), False),
        ((("hold", ("r-1",), None, None),), True),
        ((("hold", ("r-9",), None, None),), False),
        ((("hold", ("r-1",), "attacks", None),), True),
        ((("hold", ("r-1",), "other", None),), False),
        ((("hold", ("r-1",), None, "strict"),), False),
        ((("hold", ("r-1",), None, None), ("release", ("r-2",), None, None)), False),
        ((("release", ("r-1",), None, None), ("hold", ("r-1",), None, None)), True),
        ((("hold", ("r-1",), None, None), ("release", ("r-1",), "other", None)), True),
        ((("verify", ("r-1",), None, None),), False),
    ],
)
def test_the_last_decision_about_a_finding_counts(said, held):
    assert holds(*said).finding(("r-1", "r-2"), "attacks", "default") is held


def test_a_happening_is_held_whole_only_by_a_decision_about_it_all():
    assert holds(("hold", ("r-1",), None, None)).incident(("r-1",))
    assert not holds(("hold", ("r-1",), "attacks", None)).incident(("r-1",))
    assert not holds(("hold", ("r-1",), None, None), ("release", ("r-1",), None, None)).incident(("r-1",))
