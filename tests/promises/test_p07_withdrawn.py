"""What rests on evidence that is withdrawn becomes undetermined, never compliant, and nothing vanishes unsaid."""

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from trucewatch.case.listing import changed_rows
from trucewatch.case.making import new_case
from trucewatch.pipeline import run

SHOWN_BY = (
    "tests/findings/test_changes.py",
    "tests/findings/test_erased.py",
    "tests/case/test_publishing.py::test_a_corrected_issue_says_was_is_why_and_the_entry",
    "tests/case/test_revising.py",
    "tests/incidents/test_judgements.py::test_an_orphaned_decision_is_listed",
)
OPEN = "a violation becomes not covered where the statement that kept its term in force is withdrawn"


EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour-truce"


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A fictional truce with dozens of violations and of findings of compliance."""
    with new_case(tmp_path_factory.mktemp("made") / "case", EXAMPLE / "agreement.yaml", timezone="UTC", who="tester") as made:
        for name in ("claims.csv", "reports.csv"):
            made.add(EXAMPLE / name)
        yield made


def without(case, seed, share):
    """Run the case without one of `share` rows, others for each seed."""
    inputs = case.run().inputs
    left = tuple(
        one for one in inputs.written if sha256(f"{seed} {one[1].locator} {one[0].place}".encode()).digest()[0] % share
    )
    assert len(left) < len(inputs.written)
    return run(replace(inputs, written=left), known_at=None, readings=case.run().readings, program_version="0-test")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [3, 7])
def test_a_violation_whose_evidence_is_withdrawn_does_not_become_compliant(case, seed, share):
    before, after = case.run(), without(case, seed, share)
    moved = Counter((row["old_verdict"], row["new_verdict"]) for row in changed_rows(before, after))
    assert moved["violation", "undetermined"] > 0
    assert moved["violation", "compliant"] == 0


def test_a_finding_that_is_gone_is_listed_as_gone_or_renamed(case):
    before, after = case.run(), without(case, 1, 3)
    rows = changed_rows(before, after)
    told = {row["old_finding_id"] or row["finding_id"] for row in rows}
    answers = {(row["clause"], row["reading"], row["verdict"], row["reason"]) for row in after.findings.finding.rows()}
    gone = set(before.findings.finding.values("finding_id")) - set(after.findings.finding.values("finding_id"))
    assert gone
    for row in before.findings.finding.rows():
        if row["finding_id"] in gone - told:  # renamed, and says the same
            assert (row["clause"], row["reading"], row["verdict"], row["reason"]) in answers
