"""Where a duty stands, and what state and coverage together make of it."""

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.findings.lifecycle import (
    NOTHING,
    OPEN,
    WHOLE,
    Part,
    Progress,
    least_of,
    outcome_of,
    states_of,
    verdict_of,
)
from trucewatch.findings.schema import DUTY_STATES, VERDICTS
from trucewatch.truth import FALSE, TRUE, UNKNOWN

QUARTER = Part(Fraction(8, 33), Fraction(8, 33))
TRUTHS = st.sampled_from((FALSE, UNKNOWN, TRUE))
SOME = st.sampled_from((OPEN, NOTHING, WHOLE, QUARTER, Part(Fraction(1, 4), Fraction(1))))
PROGRESS = st.builds(
    Progress, SOME, st.booleans(), opened=TRUTHS, begun=TRUTHS, passed=TRUTHS, lapsed=TRUTHS, suspended=TRUTHS
)
PASSED = {"begun": TRUE, "passed": TRUE}


@pytest.mark.parametrize(
    ("progress", "state"),
    [
        (Progress(opened=FALSE, part=WHOLE, **PASSED), "not_yet_due"),
        (Progress(begun=FALSE, passed=FALSE), "not_yet_due"),
        (Progress(begun=TRUE, passed=FALSE), "due"),
        (Progress(part=WHOLE, begun=FALSE, passed=FALSE), "performed"),
        (Progress(part=WHOLE, suspended=TRUE, **PASSED), "performed"),
        (Progress(suspended=TRUE, **PASSED), "suspended"),
        (Progress(lapsed=TRUE, **PASSED), "lapsed"),
        (Progress(**PASSED), "overdue"),
        (Progress(part=NOTHING, **PASSED), "overdue"),
        (Progress(part=QUARTER, **PASSED), "partly"),
        (Progress(disputed=True, **PASSED), "not_judged"),
    ],
)
def test_every_state(progress, state):
    assert states_of(progress) == (state,)


def test_what_is_unknown_leaves_several_states_and_says_none():
    waiting = Progress(begun=TRUE, passed=UNKNOWN)
    assert set(states_of(waiting)) == {"due", "overdue"}
    assert outcome_of(waiting, covered=True).state == "not_judged"
    assert outcome_of(waiting, covered=True).reasons == ("when", "performed")
    assert outcome_of(waiting, covered=False).reasons == ("when", "coverage")


def test_a_verdict_on_which_all_completions_agree_is_given():
    early = outcome_of(Progress(begun=UNKNOWN, passed=FALSE), covered=False)
    assert (early.state, early.verdict, early.reasons) == ("not_judged", "not_covered", ("when",))


@pytest.mark.parametrize(
    ("state", "part", "covered", "verdict", "reasons"),
    [
        ("overdue", NOTHING, True, "violation", ("when", "performed", "coverage")),
        ("overdue", NOTHING, False, "undetermined", ("coverage",)),
        ("overdue", OPEN, True, "undetermined", ("performed",)),
        ("overdue", OPEN, False, "undetermined", ("coverage",)),
        ("partly", QUARTER, True, "violation", ("when", "performed", "coverage")),
        ("partly", QUARTER, False, "undetermined", ("coverage",)),
        ("partly", WHOLE, False, "compliant", ("performed",)),
        ("partly", Part(Fraction(1, 4)), True, "undetermined", ("performed",)),
        ("partly", Part(Fraction(1, 4)), False, "undetermined", ("performed", "coverage")),
        ("not_judged", OPEN, True, "undetermined", ("performed",)),
        ("not_judged", OPEN, False, "undetermined", ("performed", "coverage")),
    ],
)
def test_the_cells_of_the_table(state, part, covered, verdict, reasons):
    assert verdict_of(state, part.whole, covered=covered) == (verdict, reasons)


@pytest.mark.parametrize(("state", "covered"), list(product(("not_yet_due", "due", "suspended", "lapsed"), (True, False))))
def test_outside_its_time_nothing_is_judged(state, covered):
    assert verdict_of(state, FALSE, covered=covered) == ("not_covered", ("when",))


@given(PROGRESS, st.booleans())
def test_every_duty_has_a_state_a_verdict_and_a_reason(progress, covered):
    outcome = outcome_of(progress, covered=covered)
    assert outcome.state in DUTY_STATES
    assert outcome.verdict in VERDICTS
    assert outcome.reasons


@given(PROGRESS, st.booleans())
def test_unknown_time_never_gives_a_violation(progress, covered):
    if UNKNOWN in (progress.opened, progress.passed, progress.lapsed, progress.suspended):
        assert outcome_of(progress, covered=covered).verdict != "violation"


@given(PROGRESS, st.booleans())
def test_settling_what_is_unknown_never_flips_a_determined_verdict(progress, covered):
    before = outcome_of(progress, covered=covered).verdict
    if before == "undetermined":
        return
    for opened, begun, passed, lapsed, suspended in product(
        *((one,) if one is not UNKNOWN else (TRUE, FALSE)
          for one in (progress.opened, progress.begun, progress.passed, progress.lapsed, progress.suspended))
    ):
        settled = Progress(progress.part, progress.disputed, opened, begun, passed, lapsed, suspended)
        assert outcome_of(settled, covered=covered).verdict == before


@given(PROGRESS)
def test_more_coverage_never_flips_a_determined_verdict(progress):
    before = outcome_of(progress, covered=False).verdict
    if before != "undetermined":
        assert outcome_of(progress, covered=True).verdict == before


def test_a_duty_is_as_well_performed_as_its_least_part():
    assert least_of(WHOLE, QUARTER, OPEN) == Part(Fraction(0), Fraction(8, 33))
    with pytest.raises(ValueError, match="sure"):
        Part(Fraction(1), Fraction(0))


PAGE = Path(__file__).parents[2] / "docs" / "agreement" / "duties.md"
PARTS = {
    "surely below its quota": FALSE, "it may have reached its quota": UNKNOWN, "surely at or above its quota": TRUE,
}


def cell(state, whole, covered):
    verdict, reasons = verdict_of(state, whole, covered=covered)
    return f"`{verdict}({', '.join(reasons)})`"


def derived():
    """Return the published table, made from the code: state, and what it gives with and without coverage."""
    wholes = {"overdue": FALSE, "performed": TRUE}
    for state in ("not_yet_due", "due", "suspended", "lapsed", "performed", "overdue"):
        yield (f"`{state}`", *(cell(state, wholes.get(state, UNKNOWN), covered) for covered in (True, False)))
    for words, whole in PARTS.items():
        yield (f"`partly`, {words}", *(cell("partly", whole, covered) for covered in (True, False)))
    yield ("`not_judged`, done or not stands open", *(cell("not_judged", UNKNOWN, covered) for covered in (True, False)))


def test_the_published_table_is_the_one_in_the_code():
    table = PAGE.read_text(encoding="utf-8").partition("| state | seen enough | not seen enough |\n|---|---|---|\n")[2]
    published = [tuple(part.strip() for part in line.strip("|").split("|")) for line in table.partition("\n\n")[0].splitlines()]
    assert published == list(derived())
    assert {row[0].partition("`, ")[0].strip("`") for row in published} == set(DUTY_STATES)
