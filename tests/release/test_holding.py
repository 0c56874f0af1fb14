from datetime import UTC, datetime, timedelta

import pytest

from trucewatch.incidents import Decision, decision_table
from trucewatch.release import FourEyes
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
    assert holds(*said).finding(("r-1", "r-2"), "attacks", "default", "violation") is held


def test_a_happening_is_held_whole_only_by_a_decision_about_it_all():
    assert holds(("hold", ("r-1",), None, None)).incident(("r-1",))
    assert not holds(("hold", ("r-1",), "attacks", None)).incident(("r-1",))
    assert not holds(("hold", ("r-1",), None, None), ("release", ("r-1",), None, None)).incident(("r-1",))


def together(rule, *said):
    """Each of `said` is (kind, who, key, reports), in order of recording; is a violation on r-1 and r-2 held?"""
    decisions = (
        Decision(f"d-{n}", kind, who, "reason", START + timedelta(hours=n), reports=reports, signer=key)
        for n, (kind, who, key, reports) in enumerate(said)
    )
    return Holds(decision_table(decisions), rule).finding(("r-1", "r-2"), "attacks", "default", "violation")


BOTH = ("r-1", "r-2")
HOLD = ("hold", "ana", "k1", BOTH)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ((HOLD,), True),
        ((HOLD, ("release", "ben", "k2", BOTH)), True),
        ((HOLD, ("release", "ben", "k2", BOTH), ("release", "eve", "k3", BOTH)), False),
        ((HOLD, ("release", "ben", "k2", BOTH), ("release", "ben", "k2", BOTH)), True),
        ((HOLD, ("release", "ben", "k2", BOTH), ("release", "benny", "k2", BOTH)), True),
        ((HOLD, ("release", "ben", "k2", BOTH), ("release", "ben", "k9", BOTH)), True),
        ((HOLD, ("release", "ben", "k2", BOTH), ("release", "eve", None, BOTH)), True),
        ((("release", "ben", "k2", BOTH), ("release", "eve", "k3", BOTH), HOLD), True),
    ],
)
@pytest.mark.parametrize("rule", [FourEyes.HOLDS, FourEyes.VIOLATIONS])
def test_what_was_held_two_people_release_each_with_a_key_of_their_own(rule, said, held):
    assert together(rule, *said) is held


def test_a_violation_waits_for_two_people_and_anew_when_evidence_is_added():
    ben, eve = ("release", "ben", "k2", BOTH), ("release", "eve", "k3", BOTH)
    assert together(FourEyes.VIOLATIONS)
    assert together(FourEyes.VIOLATIONS, ben)
    assert not together(FourEyes.VIOLATIONS, ben, eve)
    assert together(FourEyes.VIOLATIONS, ben, (*eve[:3], ("r-1",)))
    assert not together(FourEyes.HOLDS)
    assert not Holds(decision_table([]), FourEyes.VIOLATIONS).finding(BOTH, "attacks", "default", "undetermined")
