"""Published issues: kept, returned, computed again, corrected."""

import json
from base64 import b64encode
from datetime import date
from hashlib import sha256

import pytest

from trucewatch.case import open_case, publishing
from trucewatch.case.past import PastCase
from trucewatch.case.publications import as_published, issue_rows, kept_of, publications
from trucewatch.case.publishing import publish, recompute
from trucewatch.case.reporting import daily_report
from trucewatch.errors import BadCall, LedgerError, UnknownName
from trucewatch.ledger.merkle import range_root

DAY = date(2016, 9, 19)


@pytest.fixture
def case(own_demo):
    with open_case(own_demo, who="tester") as opened:
        yield opened


def published(case):
    return publications(case.ledger.entries())


def test_an_issue_is_kept_once_and_returned_as_it_went_out(case):
    issue, raw = publish(case, DAY, form="json", recipients=["Desk"])
    again, same = publish(case, DAY, form="json", recipients=["Desk"])
    assert (again, same) == (issue, raw)
    assert len(published(case)) == 1
    body = issue.entry.body
    assert body["sha256"] == sha256(raw).hexdigest()
    assert (body["day"], body["form"], body["audience"], body["serial"], body["revision"]) == ("2016-09-19", "json", "public", 8, 0)
    assert body["known_at"] == "2016-09-20T04:00:00Z"
    assert as_published(case, DAY, form="json")[1] == raw
    assert "Desk" not in json.dumps(dict(body)), "a proof shows the entry to strangers"
    log = json.loads(raw)["issue"]["log"]
    assert log["size"] == body["size"] == issue.entry.sequence - 1
    root = range_root(0, log["size"], case.ledger.hashes)
    assert log["root"] == b64encode(root).decode()


def test_a_further_recipient_or_format_is_the_same_issue(case):
    publish(case, DAY, form="md", recipients=["Desk"])
    publish(case, DAY, form="md", recipients=["Press"])
    publish(case, DAY, form="json")
    rows = issue_rows(case, DAY)
    assert [(row["form"], row["revision"], row["recipients"]) for row in rows] == [
        ("md", 0, ["Desk"]), ("md", 0, ["Desk", "Press"]), ("json", 0, []),
    ]
    assert all(row["superseded_by"] is None for row in rows)
    assert "Rev." not in as_published(case, DAY, form="md")[1].decode().splitlines()[0]


def test_an_issue_computed_again_is_the_same_to_the_byte_whatever_was_recorded_since(case):
    issue, _ = publish(case, DAY, form="html")
    convoy = next(one["incident_id"] for one in case.run().linked.incident.rows() if one["place"] == "urum-al-kubra")
    report = next(one["report_id"] for one in case.run().linked.incident_report.rows() if one["incident_id"] == convoy)
    case.decide("hold", because="a source is at risk", reports=[report])
    assert daily_report(case, DAY) != as_published(case, DAY)[1].decode()
    result = recompute(case, issue)
    assert (result.identical, result.same_program, result.differences) == (True, True, ())


def test_under_another_program_what_differs_is_listed(case, monkeypatch):
    issue, raw = publish(case, DAY, form="md")
    monkeypatch.setattr("trucewatch.case.case.VERSION", "9.9.9")
    monkeypatch.setattr("trucewatch.case.publishing.VERSION", "9.9.9")
    case._results.clear()
    result = recompute(case, issue)
    assert (result.identical, result.same_program) == (False, False)
    assert any("9.9.9" in str(one["recomputed"]) for one in result.differences)
    assert as_published(case, DAY, form="md")[1] == raw


def test_a_corrected_issue_says_was_is_why_and_the_entry(case):
    first, _ = publish(case, DAY, form="json", recipients=["Desk"])
    later = case.instant("2016-09-22")
    second, raw = publish(case, DAY, form="json", known_at=later)
    told = json.loads(raw)["issue"]
    assert (second.revision, second.entry.supersedes, told["revision"]) == (1, first.entry.entry_id, 1)
    assert first.entry.entry_id in told["replaces"]
    assert told["corrections"], "what became known in two days changed something"
    for one in told["corrections"]:
        assert one["was"] != one["now"]
        assert len(one["findings"]) == len(one["readings"]) > 0
        assert one["why"]
    assert "default" in told["corrections"][0]["readings"]
    named = [name for one in told["corrections"] for name in one["findings"]]
    assert len(named) == len(set(named)) > len(told["corrections"]), "alike under several readings is one line"
    entries = {one.entry_id: one.sequence for one in case.ledger.entries()}
    cited = [name for one in told["corrections"] for name in one["entries"]]
    assert cited
    assert all(f"{entries[name.split('(')[1][:-1]]} " in name for name in cited)
    old, new = issue_rows(case, DAY)
    assert second.entry.entry_id in old["superseded_by"]
    assert new["superseded_by"] is None
    assert recompute(case, second).identical
    assert recompute(case, first).identical
    assert as_published(case, DAY, form="json", revision=0)[0].entry == first.entry


def test_what_is_withdrawn_from_the_public_is_a_correction_by_that_decision(case):
    publish(case, DAY, form="json")
    shown = case.run(case.cut_off(DAY))
    convoy = next(one["incident_id"] for one in shown.linked.incident.rows() if one["place"] == "urum-al-kubra")
    report = next(one["report_id"] for one in shown.linked.incident_report.rows() if one["incident_id"] == convoy)
    decision = case.decide("hold", because="a source is at risk", reports=[report])
    told = json.loads(publish(case, DAY, form="json")[1])["issue"]["corrections"]
    assert any(decision in entry for one in told for entry in one["entries"])
    assert all("left out" in one["now"] for one in told)


def test_a_later_issue_cannot_know_less(case):
    publish(case, DAY, form="md", known_at=case.instant("2016-09-22"))
    with pytest.raises(BadCall, match=r"--known-at 2016-09-22T21:00:00Z or later"):
        publish(case, DAY, form="md")
    publish(case, DAY, form="json", known_at=case.instant("2016-09-22"))
    assert {one.revision for one in published(case)} == {0}


def test_what_was_not_published_is_not_returned(case):
    with pytest.raises(UnknownName, match="publications"):
        as_published(case, DAY)
    publish(case, DAY, form="md")
    with pytest.raises(UnknownName, match="md revision 0"):
        as_published(case, DAY, form="md", revision=3)


def test_two_who_publish_at_once_do_not_make_the_same_revision(case, own_demo, monkeypatch):
    build = publishing._issue

    def meanwhile(mine, built):
        issue = build(mine, built)
        monkeypatch.setattr(publishing, "_issue", build)
        with open_case(own_demo, who="other") as other:
            publish(other, DAY, form="md")
        return issue

    monkeypatch.setattr(publishing, "_issue", meanwhile)
    with pytest.raises(LedgerError, match="meanwhile"):
        publish(case, DAY, form="md")
    assert len(published(case)) == 1


def test_digests_cover_every_finding_that_the_report_states(case):
    issue, raw = publish(case, DAY, form="json")
    kept = kept_of(issue, case.ledger)
    told = json.loads(raw)
    stated = {one["id"] for one in (*told["findings"], *told["maybe_findings"])}
    assert stated
    assert stated <= kept.findings.keys()
    assert issue.entry.body["findings"] == len(kept.findings)


def test_a_live_report_names_the_log_as_it_stood_at_its_cut_off(case):
    settings = case.root / "case.toml"
    settings.write_text(settings.read_text().replace('mode = "replay"', 'mode = "live"'))
    with open_case(case.root, who="tester") as live:
        live.run()
        known = live.ledger.entries()[-1].recorded_at
        size = len(live.ledger.entries())
        before = daily_report(live, DAY, form="json", known_at=known)
        live.decide("opinion", because="seen later", reports=["r-aaaaaaaaaaaa"], answer="agree")
        assert json.loads(before)["issue"]["log"]["size"] == size
        assert daily_report(live, DAY, form="json", known_at=known) == before


def test_a_case_of_the_past_records_nothing(case):
    past = PastCase(case, 3)
    assert len(past.record.entries()) == 3
    past.run()
    with pytest.raises(LedgerError, match="earlier"):
        past.record.append((), clock=case.present())
