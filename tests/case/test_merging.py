"""Two offices' ledgers of one case brought together: nothing lost, nothing chosen unsaid, the same from both sides."""

import csv
import json
import shutil
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from trucewatch.case import Case, open_case
from trucewatch.case.making import new_case
from trucewatch.case.merging import merge
from trucewatch.case.publications import publications
from trucewatch.case.publishing import publish
from trucewatch.case.standoffs import standoffs
from trucewatch.cli import app
from trucewatch.errors import BadCall, Conflict, LedgerError
from trucewatch.ledger import Draft
from trucewatch.ledger.encoding import as_recorded_first, encode
from trucewatch.ledger.keys import public_keys
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.verification import verified

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour-truce"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def rows():
    with (EXAMPLE / "reports.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def give(case, name, chosen):
    """Add rows of the example as one file."""
    if chosen:
        file = case.root.parent / name
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, chosen[0])
            writer.writeheader()
            writer.writerows(chosen)
        case.add(file)


class Offices:
    """A case with some reports, and the copies of two offices that went on apart."""

    def __init__(self, root, begun):
        with new_case(root / "begun", EXAMPLE / "agreement.yaml", timezone="UTC", who="chief") as case:
            case.add(EXAMPLE / "claims.csv")
            give(case, "begun.csv", begun)
            case.run()
        shutil.copytree(root / "begun", root / "north")
        shutil.copytree(root / "begun", root / "south")
        self.root = root
        self.north, self.south = Case(root / "north", who="ana"), Case(root / "south", who="ben")

    def copies(self):
        """Return both once more, as they are now."""
        for name in ("north", "south"):
            shutil.rmtree(self.root / "again" / name, ignore_errors=True)
            shutil.copytree(self.root / name, self.root / "again" / name)
        return Case(self.root / "again" / "north", who="ana"), Case(self.root / "again" / "south", who="ben")

    def close(self):
        self.north.close()
        self.south.close()


@pytest.fixture
def offices(tmp_path):
    with closing(Offices(tmp_path, rows()[:20])) as found:
        yield found


def verifies(case):
    return verified(case.ledger, case.ledger.payload, public_keys(case.folder.public_keys))


def said(case):
    return case.run().findings.finding.rows()


def reports(case):
    return case.run().resolved.tables.report.values("report_id")


def determined(case, answer, report, **more):
    return case.decide("determine", because="seen", reports=[report], question="proportionate", answer=answer, **more)


@settings(max_examples=8)
@given(
    where=st.lists(st.sampled_from(["begun", "north", "south", "both"]), min_size=60, max_size=60),
    decided=st.lists(
        st.tuples(st.sampled_from(["north", "south", "both"]), st.integers(0, 59), st.sampled_from(["same", "different", "hold", "verify"])),
        max_size=6, unique_by=lambda one: one[1] // 4,
    ),
)
def test_both_sides_say_the_same_after_merging_where_nothing_conflicts(where, decided):
    given_rows = dict.fromkeys(("begun", "north", "south", "both"), ())
    for home, row in zip(where, rows(), strict=False):
        given_rows[home] = (*given_rows[home], row)
    with TemporaryDirectory() as root, ExitStack() as stack:
        offices = stack.enter_context(closing(Offices(Path(root), given_rows["begun"])))
        for name, case in (("north", offices.north), ("south", offices.south)):
            give(case, f"{name}.csv", given_rows[name])
            give(case, "both.csv", given_rows["both"])
        known = sorted({*reports(offices.north), *reports(offices.south)})
        for home, place, kind in decided:
            cited = [known[place % len(known)], known[(place + 1) % len(known)]]
            for name, case in (("north", offices.north), ("south", offices.south)):
                if home in (name, "both"):
                    case.decide(kind, because=f"seen {place}", by=home, reports=cited)
        north, south = offices.copies()
        stack.enter_context(north)
        stack.enter_context(south)
        one, other = merge(north, offices.south), merge(south, offices.north)
        if not one.conflicts:
            assert not other.conflicts
            assert said(north) == said(south)
        assert verifies(north).ok
        assert verifies(south).ok
        for case, theirs in ((north, offices.south), (south, offices.north)):
            there = [encode(entry) for entry in theirs.ledger.entries()]
            here = [encode(entry) for entry in case.ledger.entries()]
            firsts = {encode(as_recorded_first(entry)) for entry in case.ledger.entries()}
            assert set(there) <= {*here, *firsts}, "every entry of the other can be read back as it stood there"
        sizes = north.ledger.size(), south.ledger.size()
        assert merge(north, offices.south).taken == ()
        merge(north, south), merge(south, north)
        assert (north.ledger.size(), south.ledger.size()) == sizes, "merged again, either way, changes nothing"


def test_what_was_taken_over_says_where_it_was_recorded_and_is_known_from_the_merge(offices):
    give(offices.south, "south.csv", rows()[20:30])
    theirs = offices.south.ledger.entries()[-1]
    done = merge(offices.north, offices.south)
    here = next(one for one in offices.north.ledger.entries() if one.origin)
    assert done.common == theirs.sequence - 1
    assert (here.origin.sequence, here.origin.recorded_at, here.origin.digest) == (theirs.sequence, theirs.recorded_at, theirs.digest)
    assert here.recorded_at > theirs.recorded_at
    assert (here.who, here.body, here.digest) == ("ben", theirs.body, theirs.digest)
    assert offices.north.ledger.payload(here.digest) == offices.south.ledger.payload(theirs.digest)
    assert len(reports(offices.north)) == 30


def test_the_same_file_given_to_both_lies_here_once(offices):
    give(offices.north, "both.csv", rows()[20:30])
    give(offices.south, "both.csv", rows()[20:30])
    before, kept = said(offices.north), len(list(offices.north.folder.evidence.iterdir()))
    done = merge(offices.north, offices.south)
    assert done.duplicates == (offices.south.ledger.entries()[-1].entry_id,)
    assert said(offices.north) == before
    assert len(list(offices.north.folder.evidence.iterdir())) == kept


def test_where_they_disagree_neither_wins_until_somebody_decides(offices):
    report = reports(offices.north)[3]
    first = determined(offices.north, "no", report)
    merge(offices.south, offices.north)  # both know a first answer
    yes, no = determined(offices.north, "yes", report), determined(offices.south, "unknown", report)
    open_question = said(offices.north)
    north, south = offices.copies()
    with north, south:
        assert {tuple(sorted(one.entry_id for one in pair)) for pair in merge(north, offices.south).conflicts} == {tuple(sorted((yes, no)))}
        merge(south, offices.north)
        for case in (north, south):
            result = case.run()
            told = [one for one in result.problems if "Two offices disagree" in one.advice]
            assert len(told) == 1
            assert "ana" in told[0].advice
            assert "ben" in told[0].advice
            counted = set(result.inputs.decisions.values("decision_id"))
            assert not counted & {first, yes, no}, "nor does the answer from before"
            assert {yes, no} <= {one.decision_id for one in case.decisions()}, "and none is lost"
        assert said(north) == said(south)
        last = determined(north, "yes", report, by="chief")
        assert set(north.run().inputs.decisions.values("decision_id")) >= {last}
        assert not [one for one in north.run().problems if "Two offices disagree" in one.advice]
        assert [(row["finding_id"], row["verdict"]) for row in said(north)] == [(row["finding_id"], row["verdict"]) for row in open_question]
        merge(south, north)
        assert not [one for one in south.run().problems if "Two offices disagree" in one.advice], "who decided knowing both settles it everywhere"


def test_taking_one_back_settles_it(offices):
    report = reports(offices.north)[3]
    yes, no = determined(offices.north, "yes", report), determined(offices.south, "no", report)
    merge(offices.north, offices.south)
    offices.north.decide("opinion", because="ben was not there", reports=[report], answer="dissent", supersedes=no)
    assert yes in offices.north.run().inputs.decisions.values("decision_id")


def test_of_hold_and_release_the_hold_stays(offices):
    report = reports(offices.north)[3]
    offices.north.decide("release", because="safe", reports=[report])
    held = offices.south.decide("hold", because="not safe", reports=[report])
    merge(offices.north, offices.south)
    assert [one for one in offices.north.run().inputs.decisions.values("kind")] == ["hold"]
    assert held in offices.north.run().inputs.decisions.values("decision_id")


def test_the_third_office_settles_nothing_that_it_did_not_know(offices, tmp_path):
    report = reports(offices.north)[3]
    shutil.copytree(tmp_path / "begun", tmp_path / "west")
    with Case(tmp_path / "west", who="eve") as west:
        for case, answer in ((offices.north, "yes"), (offices.south, "no"), (west, "no")):
            determined(case, answer, report)
        merge(offices.north, offices.south)
        merge(offices.north, west)
    assert offices.north.run().inputs.decisions.values("decision_id") == []


def test_the_last_word_of_the_other_is_its_last_also_here(offices):
    report = reports(offices.north)[3]
    words = [determined(offices.south, answer, report) for answer in ("yes", "no", "unknown")]
    merge(offices.north, offices.south)
    table = offices.north.run().inputs.decisions
    assert table.values("decision_id") == words
    assert said(offices.north) == said(offices.south)


def test_ledgers_without_a_common_beginning_are_refused(offices, tmp_path):
    with new_case(tmp_path / "other", EXAMPLE / "agreement.yaml", timezone="UTC", who="eve") as other:
        other.run()
        before = offices.north.ledger.size()
        with pytest.raises(BadCall, match="no common beginning"):
            merge(offices.north, other)
    assert offices.north.ledger.size() == before
    answer = CliRunner().invoke(app, ["case", "merge", str(tmp_path / "north"), str(tmp_path / "other")])
    assert answer.exit_code == 2


def test_a_ledger_that_does_not_verify_is_not_merged(offices):
    give(offices.south, "south.csv", rows()[20:30])
    (offices.south.folder.evidence / offices.south.ledger.entries()[-1].digest).unlink()
    before = offices.north.ledger.size()
    with pytest.raises(LedgerError, match="south does not verify"):
        merge(offices.north, offices.south)
    assert offices.north.ledger.size() == before


def test_what_is_recorded_here_meanwhile_makes_it_fail_whole(offices, monkeypatch):
    give(offices.south, "south.csv", rows()[20:30])
    digest = offices.south.ledger.entries()[-1].digest
    keep = type(offices.north.ledger.evidence).keep_salted

    def and_somebody_decides(folder, *arguments):
        keep(folder, *arguments)
        with closing(SQLiteLedger(offices.north.folder.ledger, folder.path, program="1", signer=offices.north.signer)) as other:
            other.append((Draft("decision", "d-x", "eve", {"kind": "hold", "because": "x", "reports": [], "answer": None, "question": None}),), clock=NOON)

    monkeypatch.setattr("trucewatch.ledger.evidence.EvidenceFolder.keep_salted", and_somebody_decides)
    with pytest.raises(Conflict, match="Merge again"):
        merge(offices.north, offices.south)
    assert not (offices.north.folder.evidence / digest).exists()
    assert not any(one.origin for one in offices.north.ledger.entries())
    monkeypatch.undo()
    merge(offices.north, offices.south)
    assert (offices.north.folder.evidence / digest).exists()


def test_what_one_office_erased_is_gone_in_the_other_whatever_its_salt(offices):
    begun = next(one for one in offices.north.ledger.entries() if one.kind == "evidence")
    give(offices.north, "both.csv", rows()[20:30])
    give(offices.south, "both.csv", rows()[20:30])
    mine, theirs = (case.ledger.entries()[-1] for case in (offices.north, offices.south))
    offices.south.erase([begun.entry_id], because="danger")
    offices.south.erase([theirs.entry_id], because="danger")
    north, south = offices.copies()
    with north, south:
        merge(north, offices.south)
        merge(south, offices.north)
        for case in (north, south):
            assert not {begun.digest, mine.digest, theirs.digest} & {one.name for one in case.folder.evidence.iterdir()}
            assert verifies(case).ok
            assert len(reports(case)) == 20


def test_a_case_file_that_one_changed_is_taken_over_and_one_that_both_changed_is_told(offices):
    def write(case, name, more):
        file = case.root / name
        file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
        case.run()

    write(offices.south, "actors.yaml", "# of the south\n")
    write(offices.north, "places.csv", "")
    write(offices.north, "agreement.yaml", "# of the north\n")
    write(offices.south, "agreement.yaml", "# of the south\n")
    done = merge(offices.north, offices.south)
    assert (done.files, done.differing) == (("actors.yaml",), ("agreement.yaml",))
    assert offices.north.folder.read("actors.yaml").endswith("# of the south\n")
    assert offices.north.folder.read("agreement.yaml").endswith("# of the north\n")
    before = offices.north.ledger.size()
    assert merge(offices.north, offices.south).differing == ("agreement.yaml",)
    offices.north.run()
    assert offices.north.ledger.size() == before


def test_what_both_published_is_told_and_each_has_its_own_issue(offices):
    day = datetime.fromisoformat(rows()[0]["occurred"][:10]).date()
    mine, _ = publish(offices.north, day)
    give(offices.south, "south.csv", rows()[20:30])
    theirs, _ = publish(offices.south, day)
    done = merge(offices.north, offices.south)
    assert [(one.entry_id, two.entry_id) for one, two in done.issues] == [(mine.entry.entry_id, theirs.entry.entry_id)]
    every = publications(offices.north.ledger.entries(), day)
    assert [one.entry.entry_id for one in every] == [theirs.entry.entry_id, mine.entry.entry_id]


def test_a_merged_entry_that_says_something_else_than_its_origin_is_named(offices):
    give(offices.south, "south.csv", rows()[20:30])
    merge(offices.north, offices.south)
    entry = next(one for one in offices.north.ledger.entries() if one.origin)
    with pytest.raises(LedgerError, match="does not say what its origin recorded"):
        as_recorded_first(replace(entry, who="eve"))


def test_at_the_command_line_a_pack_is_merged(offices, tmp_path):
    report = reports(offices.north)[3]
    determined(offices.north, "yes", report)
    determined(offices.south, "no", report)
    give(offices.south, "south.csv", rows()[20:30])
    assert CliRunner().invoke(app, ["case", "pack", str(tmp_path / "south"), "--out", str(tmp_path / "s.tar")]).exit_code == 0
    answer = CliRunner().invoke(app, ["case", "merge", str(tmp_path / "north"), str(tmp_path / "s.tar"), "--json"])
    assert answer.exit_code == 0, answer.output
    row = json.loads(answer.stdout)["rows"][0]
    assert (row["taken"], len(row["conflicts"])) == (2, 1)
    assert "they disagree" in answer.stderr
    with open_case(tmp_path / "north") as north:
        assert len(standoffs(north.ledger.entries())) == 1
        assert len(reports(north)) == 30
