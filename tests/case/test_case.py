import csv
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from trucewatch.case import case as case_module
from trucewatch.case import create_case, open_case
from trucewatch.case.folder import CASE_FILES, find_case, text_at
from trucewatch.case.listing import report_rows
from trucewatch.case.making import new_case
from trucewatch.errors import (
    BadAgreement,
    BadCall,
    BadCaseFile,
    BadInput,
    CaseNotFound,
    UnknownName,
)

HEADER = "id,source,published_at,occurred,place,act,by,killed\n"
ROWS = (
    "a1,reuters,2016-09-14T10:00Z,2016-09-13,Aleppo,air_strike,,3\n"
    "a2,ap,2016-09-15T10:00Z,2016-09-14,Idlib,shelling,,1\n"
)


def put(tmp_path, text=HEADER + ROWS, name="rows.csv"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets."""

    class Clock:
        at = datetime(2030, 1, 1, tzinfo=UTC)

        def __call__(self):
            self.at += timedelta(seconds=1)
            return self.at

    clock = Clock()
    monkeypatch.setattr(case_module, "now", clock)
    return clock


def live(case):
    """Make a case live."""
    file = case.root / "case.toml"
    file.write_text(file.read_text().replace('mode = "replay"', 'mode = "live"'))
    case.close()
    return open_case(case.root, who="tester")


# finding and making a case


def test_the_nearest_folder_above_that_is_a_case(demo_root):
    below = demo_root / "evidence"
    assert find_case(below) == demo_root
    with open_case(below) as case:
        assert case.root == demo_root


def test_no_case_here_says_what_to_do(tmp_path):
    with pytest.raises(CaseNotFound, match="trucewatch new DIR"):
        open_case(tmp_path)
    with pytest.raises(CaseNotFound):
        open_case(tmp_path / "does not exist")


def test_a_folder_with_something_in_it_is_not_overwritten(shipped, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadCall, match="not empty"):
        create_case(tmp_path, shipped)
    with pytest.raises(BadCall, match="not empty"):
        new_case(tmp_path, shipped / "agreement.yaml", timezone="UTC", who="t")
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


def test_new_takes_along_what_lies_beside_the_agreement(shipped, tmp_path):
    with new_case(tmp_path / "new", shipped / "agreement.yaml", timezone="UTC", who="t") as case:
        assert case.settings.timezone == "Asia/Damascus"
        assert len(case.run().findings.finding) >= 0
    for name in CASE_FILES:
        assert (tmp_path / "new" / name).read_bytes() == (shipped / name).read_bytes()


def test_new_starts_what_is_missing(tmp_path):
    agreement = tmp_path / "texts-of-mine.yaml"
    agreement.write_text("never read here")
    with new_case(tmp_path / 'a "strange" {name}', agreement, timezone="Asia/Aden", who="t") as case:
        assert case.settings.title == 'a "strange" {name}'
        assert case.settings.timezone == "Asia/Aden"
        assert case.settings.mode == "live"
        assert case.folder.read("agreement.yaml") == "never read here"


@pytest.mark.parametrize("timezone", ["Mars/Olympus", "", 'UTC"\nid = "x'])
def test_new_with_an_impossible_zone_makes_nothing(tmp_path, timezone):
    agreement = tmp_path / "agreement.yaml"
    agreement.write_text("x")
    with pytest.raises(BadCaseFile):
        new_case(tmp_path / "new", agreement, timezone=timezone, who="t")
    assert not (tmp_path / "new").exists()


def test_new_without_agreement_makes_nothing(tmp_path):
    with pytest.raises(BadCall, match="no file"):
        new_case(tmp_path / "new", tmp_path / "none.yaml", timezone="UTC", who="t")
    assert not (tmp_path / "new").exists()


# the four files


@pytest.mark.parametrize("name", CASE_FILES)
def test_a_missing_file_is_named(make_case, name):
    case = make_case()
    (case.root / name).unlink()
    with pytest.raises(BadCaseFile, match=name):
        case.run()


@pytest.mark.parametrize("name", CASE_FILES)
def test_a_file_that_is_not_utf_8_is_named(make_case, name):
    case = make_case()
    with (case.root / name).open("ab") as file:
        file.write(b"\n# caf\xe9\n")
    with pytest.raises(BadCaseFile, match=rf"{name} is not UTF-8"):
        case.run()


def test_a_misspelt_party_of_a_source_is_refused(make_case):
    case = make_case()
    file = case.root / "case.toml"
    file.write_text(file.read_text().replace('party = "sy-gov"', 'party = "sy-gvo"', 1))
    with pytest.raises(BadCaseFile) as caught:
        case.run()
    (problem,) = caught.value.problems
    assert (problem.value, problem.advice) == ("sy-gvo", "Did you mean sy-gov?")
    assert problem.column == "source.sana.party"


def test_a_broken_agreement_stops_the_run_with_lines(make_case):
    case = make_case()
    file = case.root / "agreement.yaml"
    file.write_text(file.read_text() + "\nnonsense: 1\nmore_nonsense: 2\n")
    with pytest.raises(BadAgreement) as caught:
        case.run()
    assert {one.column is not None and one.line is not None for one in caught.value.problems} == {True}
    assert len(caught.value.problems) >= 2


def versions(case, name):
    return [one for one in case.ledger.entries() if one.kind == "case_file" and one.body["file"] == name]


def test_each_version_of_a_file_is_recorded_once(make_case):
    case = make_case()
    case.run()
    case.run()
    assert [len(versions(case, name)) for name in CASE_FILES] == [1, 1, 1, 1]
    file = case.root / "places.csv"
    before = file.read_bytes()
    file.write_bytes(before + b"nowhere,Nowhere,,35.5,38.5,100,,village\n")
    case.run()
    case.run()
    file.write_bytes(before)
    case.run()
    entries = versions(case, "places.csv")
    assert [case.ledger.payload(one.digest) for one in entries] == [
        before, before + b"nowhere,Nowhere,,35.5,38.5,100,,village\n", before,
    ]
    assert entries[0].body["seen"] == entries[2].body["seen"] != entries[1].body["seen"]
    assert [len(versions(case, name)) for name in CASE_FILES] == [1, 1, 1, 3]


def test_a_live_case_uses_the_version_of_that_time(make_case, clock):
    case = live(make_case())
    case.run()
    before = clock.at
    file = case.root / "places.csv"
    file.write_text(file.read_text() + "nowhere,Nowhere,,35.5,38.5,100,,village\n")
    assert "nowhere" in case.files().gazetteer.places
    case.run()
    after = clock.at
    assert "nowhere" not in case.files(before).gazetteer.places
    assert "nowhere" in case.files(after).gazetteer.places
    assert "nowhere" not in case.files(before - timedelta(days=1)).gazetteer.places, "the first version, not the present one"
    entries = case.ledger.entries()
    assert "nowhere" in text_at(entries, case.ledger, "places.csv", None)
    case.close()


def test_a_live_run_uses_what_was_edited_a_moment_ago(make_case, clock, tmp_path):
    case = live(make_case())
    case.add(put(tmp_path, HEADER + "a1,reuters,,2016-09-13,Nowhere,air_strike,,3\n"))
    assert case.run().resolved.tables.report.values("place") == [None]
    file = case.root / "places.csv"
    file.write_text(file.read_text() + "nowhere,Nowhere,,35.5,38.5,100,,village\n")
    assert case.run().resolved.tables.report.values("place") == ["nowhere"]
    case.close()


def test_a_replayed_case_uses_the_present_version_at_every_instant(make_case, clock):
    case = make_case()
    case.run()
    before = clock.at
    file = case.root / "places.csv"
    file.write_text(file.read_text() + "nowhere,Nowhere,,35.5,38.5,100,,village\n")
    assert "nowhere" in case.files(before).gazetteer.places


def test_a_live_run_without_known_at_is_dated_even_when_the_clock_went_back(make_case, clock, tmp_path):
    case = live(make_case())
    case.add(put(tmp_path))
    recorded = case.ledger.entries()[-1].recorded_at
    clock.at -= timedelta(days=3)
    result = case.run()
    assert result.known_at >= recorded
    assert len(result.resolved.tables.report) == 2
    case.close()


def test_a_live_case_knows_a_row_from_its_recording(make_case, clock, tmp_path):
    case = live(make_case())
    case.add(put(tmp_path, HEADER + ROWS.splitlines(keepends=True)[0]))
    early = clock.at
    case.add(put(tmp_path, HEADER + ROWS.splitlines(keepends=True)[1] + "a3,ap,,2016-09-14,Idlib,xyzzy,,1\n", "b.csv"))
    assert len(case.run(early).resolved.tables.report) == 1
    assert not [one for one in case.run(early).problems if one.place == "b.csv"]
    assert len(case.run().resolved.tables.report) == 2
    assert [one.value for one in case.run().problems if one.place == "b.csv"] == ["xyzzy"]
    case.close()


# evidence


def test_the_same_bytes_twice_change_nothing(make_case, tmp_path):
    case = make_case()
    first = case.add(put(tmp_path))
    entries = case.ledger.entries()
    again = case.add(put(tmp_path, name="other-name.csv"))
    assert (first.already, again.already) == (False, True)
    assert again.evidence_id == first.evidence_id
    assert case.ledger.entries() == entries
    assert len(case.run().resolved.tables.report) == 2


def test_the_same_bytes_under_another_source_or_adapter_are_other_evidence(make_case, tmp_path, shipped):
    case = make_case()
    file = put(tmp_path, HEADER.replace("source,", "") + "a1,2016-09-14T10:00Z,2016-09-13,Aleppo,air_strike,,3\n")
    first = case.add(file, source="reuters")
    second = case.add(file, source="ap")
    assert not second.already
    assert second.evidence_id != first.evidence_id
    assert sorted(case.run().resolved.tables.report.values("source")) == ["ap", "reuters"]
    with pytest.raises(BadInput):
        case.add(file, adapter="ucdp_ged")
    assert len([one for one in case.ledger.entries() if one.kind == "evidence"]) == 2


def test_the_bytes_are_kept_as_given(make_case, tmp_path):
    case = make_case()
    file = put(tmp_path, "\ufeff" + HEADER + ROWS)
    case.add(file)
    (entry,) = case.ledger.entries()
    assert case.ledger.payload(entry.digest) == file.read_bytes()
    assert entry.body["file"] == "rows.csv"
    assert entry.who == "tester"


def test_the_ids_of_evidence_do_not_tell_its_bytes_to_who_has_no_key(make_case, tmp_path):
    one, other = make_case(), make_case()
    assert one.add(put(tmp_path)).evidence_id != other.add(put(tmp_path)).evidence_id
    assert (one.root / "secret.key").stat().st_mode & 0o077 == 0
    assert len(one.folder.key()) == 32


def test_erased_evidence_is_gone_from_the_next_run_cache_or_not(make_case, tmp_path):
    case = make_case()
    case.add(put(tmp_path))
    assert len(case.run().resolved.tables.report) == 2
    (entry,) = [one for one in case.ledger.entries() if one.kind == "evidence"]
    (case.folder.evidence / entry.digest).unlink()
    with open_case(case.root) as again:
        result = again.run()
    assert len(result.resolved.tables.report) == 0
    assert [one.place for one in result.problems if "erased" in one.expected] == ["rows.csv"]


def test_the_cache_may_be_deleted_or_damaged(make_case, tmp_path):
    case = make_case()
    case.add(put(tmp_path))
    wanted = report_rows(case.run())
    for damage in (lambda file: file.unlink(), lambda file: file.write_text("{"), lambda file: file.write_text("[]")):
        for file in (case.folder.cache / "parsed").glob("*.json"):
            damage(file)
        with open_case(case.root) as again:
            assert report_rows(again.run()) == wanted


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ({"path": "nowhere.csv"}, BadCall),
        ({"adapter": "tabel"}, UnknownName),
        ({"source": "rueters"}, UnknownName),
    ],
)
def test_bad_calls_of_add_record_nothing(make_case, tmp_path, call, error):
    case = make_case()
    with pytest.raises(error):
        case.add(call.pop("path", put(tmp_path)), **call)
    assert case.ledger.entries() == ()


def test_a_declaration_that_cannot_be_read_is_bad_input(make_case, tmp_path):
    case = make_case()
    file = put(tmp_path)
    (tmp_path / "rows.csv.yml").write_bytes(b"publisher: caf\xe9\n")
    with pytest.raises(BadInput, match=r"rows\.csv\.yml"):
        case.add(file)
    (tmp_path / "rows.csv.yml").write_text("delimeter: ','\n")
    with pytest.raises(BadInput) as caught:
        case.add(file)
    assert caught.value.problems[0].line == 1
    assert case.ledger.entries() == ()


def test_preview_records_nothing(make_case, tmp_path):
    case = make_case()
    assert case.preview(put(tmp_path)).accepted == 2
    assert case.ledger.entries() == ()


# decisions


@pytest.fixture
def two(make_case, tmp_path, clock):
    """A case with two reports, and their ids."""
    case = make_case()
    case.add(put(tmp_path))
    return case, tuple(sorted(case.run().resolved.tables.report.values("report_id")))


def decided(case, at=None):
    return case._inputs(at)[0].decisions.rows()


def test_a_decision_is_recorded_with_all_that_was_said(two):
    case, ids = two
    made = case.decide(
        "same", because="one crater", by="ann", reports=ids, clause="c", reading="default", question="q", answer="yes",
        effective=datetime(2016, 9, 15, tzinfo=UTC),
    )
    (row,) = decided(case)
    assert row["decision_id"] == made
    assert json.loads(row.pop("reports")) == list(ids)
    assert {name: row[name] for name in ("kind", "who", "because", "clause", "reading", "question", "answer")} == {
        "kind": "same", "who": "ann", "because": "one crater", "clause": "c", "reading": "default", "question": "q",
        "answer": "yes",
    }
    assert row["effective"] == datetime(2016, 9, 15, tzinfo=UTC)
    assert row["supersedes"] is None


def test_the_same_decision_is_recorded_once(two):
    case, ids = two
    first = case.decide("same", because="x", reports=ids)
    assert case.decide("same", because="x", reports=[*reversed(ids), ids[0]]) == first
    assert len(decided(case)) == 1
    assert case.decide("same", because="y", reports=ids) != first


def test_a_decision_changes_the_run(two):
    case, ids = two
    assert len(case.run().linked.incident) == 2
    made = case.decide("same", because="x", reports=ids)
    assert len(case.run().linked.incident) == 1
    case.decide("opinion", because="a mistake", supersedes=made)
    assert len(case.run().linked.incident) == 2


def test_what_was_taken_back_can_be_taken_again(two):
    case, ids = two
    first = case.decide("same", because="x", reports=ids)
    case.decide("opinion", because="a mistake", supersedes=first)
    second = case.decide("same", because="x", reports=ids)
    assert second != first
    assert [row["decision_id"] for row in decided(case) if row["kind"] == "same"] == [second]


def test_taking_back_a_taking_back_restores(two):
    case, ids = two
    first = case.decide("same", because="x", reports=ids)
    second = case.decide("opinion", because="a mistake", supersedes=first)
    case.decide("opinion", because="no mistake", supersedes=second)
    assert first in [row["decision_id"] for row in decided(case)]


def test_a_replayed_case_counts_a_decision_from_when_it_is_effective(two):
    case, ids = two
    case.decide("same", because="always", reports=ids)
    case.decide("same", because="later", reports=ids, effective=datetime(2016, 9, 15, tzinfo=UTC))

    def reasons(day):
        return {row["because"] for row in decided(case, datetime(2016, 9, day, tzinfo=UTC))}

    assert reasons(14) == {"always"}
    assert reasons(15) == {"always", "later"}
    assert len(decided(case)) == 2


def test_a_live_case_counts_a_decision_from_its_recording(make_case, clock, tmp_path):
    case = live(make_case())
    case.add(put(tmp_path))
    ids = case.run().resolved.tables.report.values("report_id")
    before = clock.at
    case.decide("same", because="x", reports=ids, effective=datetime(2016, 9, 1, tzinfo=UTC))
    assert decided(case, before) == []
    assert len(decided(case, clock.at)) == 1
    assert len(case.run(before).linked.incident) == 2
    assert len(case.run().linked.incident) == 1
    case.close()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ({"kind": "sane", "because": "x"}, UnknownName),
        ({"kind": "opinion", "because": "  "}, BadCall),
        ({"kind": "same", "because": "x", "reports": ("r-1", "r-1")}, BadCall),
        ({"kind": "different", "because": "x"}, BadCall),
        ({"kind": "opinion", "because": "x", "supersedes": "d-nothing"}, UnknownName),
    ],
)
def test_bad_decisions_record_nothing(make_case, call, error):
    case = make_case()
    with pytest.raises(error):
        case.decide(call.pop("kind"), **call)
    assert case.ledger.entries() == ()


# running


def test_a_run_is_kept_until_something_is_recorded(two, tmp_path):
    case, ids = two
    first = case.run()
    assert case.run() is first
    case.decide("opinion", because="x", reports=ids)
    assert case.run() is not first
    second = case.run()
    file = case.root / "places.csv"
    file.write_text(file.read_text() + "nowhere,Nowhere,,35.5,38.5,100,,village\n")
    assert case.run() is not second


@pytest.mark.parametrize("known_at", ["soon", "2016-13-01", ""])
def test_known_at_that_is_no_instant(two, known_at):
    case, _ = two
    with pytest.raises(BadCall):
        case.run(known_at)


def test_an_unknown_reading(two):
    case, _ = two
    with pytest.raises(UnknownName, match="window-us"):
        case.run(readings=["window-uz"])


def test_the_cells_of_a_row_without_date_are_no_earlier_knowledge(make_case, tmp_path):
    case = make_case()
    case.add(put(tmp_path, HEADER + ROWS + "a3,un-coi,,2016-09-14,Idlib,shelling,,ninety-two\n"))
    assert [one.value for one in case.run().problems if one.place == "rows.csv"] == ["ninety-two"]
    earlier = [one for one in case.run("2016-09-20T07:00").problems if one.place == "rows.csv"]
    assert [(one.line, one.value) for one in earlier] == [(None, "1 problem(s) of its rows")]


def test_the_cut_off_is_seven_local_time_of_the_next_day(two):
    case, _ = two
    assert case.cut_off(date(2016, 9, 19)) == datetime(2016, 9, 20, 4, tzinfo=UTC)
    assert case.instant("2016-09-20T07:00") == datetime(2016, 9, 20, 4, tzinfo=UTC)
    assert case.instant(None) is None


def test_the_inputs_of_the_demo_are_read_whole(shipped, demo_result):
    with (shipped / "reports.csv").open(encoding="utf-8", newline="") as file:
        wanted = sum(1 for _ in csv.DictReader(file))
    assert len(demo_result.resolved.tables.report) == wanted


def test_a_day_as_instant_of_knowledge_means_its_end(demo_root):
    with open_case(demo_root) as case:
        assert case.instant("2016-09-19") == case.instant("2016-09-20T00:00+03:00")
        assert case.instant("2016-09") == case.instant("2016-10-01T00:00")
        assert case.instant(None) is None
