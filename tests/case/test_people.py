"""Several people at one case: nobody overwrites another unseen, and a lease ends by the ledger's stamps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trucewatch.case import open_case
from trucewatch.case.deciding import record_decision
from trucewatch.case.leases import give_back, leases_at, take
from trucewatch.case.making import new_case
from trucewatch.case.reporting import daily_frame, daily_report
from trucewatch.cli import app
from trucewatch.errors import BadCall, Conflict
from trucewatch.ledger.sqlite import SQLiteLedger

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour-truce"


@pytest.fixture
def ledger(tmp_path):
    opened = SQLiteLedger(tmp_path / "ledger.sqlite", tmp_path / "evidence", program="1")
    yield opened
    opened.close()


def decide(ledger, who, kind="determine", *, reports=("r-one",), seen=None, clock=NOON, **more):
    about = {"question": "who", "answer": "yes"} if kind == "determine" else {}
    return record_decision(
        ledger, kind=kind, who=who, because="seen", clock=clock, reports=reports, seen=seen, **{**about, **more}
    )


def test_the_second_of_two_reviewers_sees_the_first(ledger):
    decide(ledger, "ana")
    with pytest.raises(Conflict, match=r"ana has decided “determine” \(yes\) about it: seen \(entry 1"):
        decide(ledger, "ben", answer="no", seen=0)
    assert len(ledger.entries()) == 1
    decide(ledger, "ben", answer="no", seen=1)
    assert [one.who for one in ledger.entries()] == ["ana", "ben"]


@pytest.mark.parametrize(
    "other",
    [
        {"reports": ("r-two",), "answer": "no"}, {"question": "act", "answer": "no"}, {"answer": "yes", "clause": None},
        {"kind": "opinion", "answer": "dissent"}, {"kind": "reply"}, {"kind": "hold"},
    ],
)
def test_what_is_about_something_else_or_agrees_is_no_conflict(ledger, other):
    decide(ledger, "ana", clause="coh")
    decide(ledger, "ben", seen=0, **other)
    assert len(ledger.entries()) == 2


def test_two_terms_are_two_things_and_every_term_is_each(ledger):
    decide(ledger, "ana", clause="coh")
    decide(ledger, "ben", clause="aid", answer="no", seen=0)
    with pytest.raises(Conflict):
        decide(ledger, "eve", answer="no", seen=0)


def test_a_decision_is_taken_back_once(ledger):
    first = decide(ledger, "ana", "hold")
    decide(ledger, "ana", "release", supersedes=first)
    with pytest.raises(Conflict, match="taken back"):
        decide(ledger, "ben", "release", supersedes=first, seen=1)


def test_many_at_once_decisions_and_conflicts_are_all_the_attempts(tmp_path):
    SQLiteLedger(tmp_path / "l.sqlite", tmp_path / "evidence", program="1").close()

    def work(number):
        mine, conflicts = SQLiteLedger(tmp_path / "l.sqlite", tmp_path / "evidence", program="1"), 0
        for attempt in range(10):
            seen = len(mine.entries())
            try:
                record_decision(
                    mine, kind="determine", who=f"p{number}", because=f"try {attempt}, seen {seen}", clock=NOON,
                    reports=["r-one"], question="who", answer=f"p{number}", seen=seen,
                )
            except Conflict:
                conflicts += 1
        mine.close()
        return conflicts

    with ThreadPoolExecutor(4) as pool:
        conflicts = sum(pool.map(work, range(4)))
    ledger = SQLiteLedger(tmp_path / "l.sqlite", tmp_path / "evidence", program="1")
    recorded = ledger.entries()
    ledger.close()
    assert len(recorded) + conflicts == 40
    for one in recorded:
        seen = int(one.body["because"].rpartition(" ")[2])
        assert all(other.who == one.who for other in recorded[seen : one.sequence - 1]), "nothing unseen was overwritten"


def test_a_lease_keeps_others_off_until_it_ends(ledger):
    take(ledger, "i-one", ["r-one"], who="ana", clock=NOON, length=HALF_HOUR)
    later = NOON + timedelta(minutes=29)
    with pytest.raises(Conflict, match="ana is working on i-one"):
        take(ledger, "r-one", ["r-one"], who="ben", clock=later, length=HALF_HOUR)
    with pytest.raises(Conflict, match="ana is working"):
        decide(ledger, "ben", clock=later)
    decide(ledger, "ben", reports=("r-two",), clock=later)
    decide(ledger, "ana", clock=later)
    take(ledger, "r-one", ["r-one"], who="ben", clock=NOON + HALF_HOUR, length=HALF_HOUR)
    assert [one.who for one in leases_at(ledger.entries(), NOON + HALF_HOUR)] == ["ben"]


def test_a_lease_ends_by_the_stamps_of_the_ledger_whatever_the_clock_says(ledger):
    take(ledger, "i-one", ["r-one"], who="ana", clock=NOON, length=HALF_HOUR)
    decide(ledger, "ana", reports=("r-two",), clock=NOON + timedelta(hours=1))
    back = NOON - timedelta(days=1)
    take(ledger, "i-one", ["r-one"], who="ben", clock=back, length=HALF_HOUR)
    stamps = [one.recorded_at for one in ledger.entries()]
    assert stamps == sorted(stamps)
    assert stamps[-1] == NOON + timedelta(hours=1)
    with pytest.raises(Conflict, match="ben"):
        take(ledger, "i-one", ["r-one"], who="ana", clock=back, length=HALF_HOUR)


def test_a_lease_is_lengthened_and_given_back_by_its_holder_only(ledger):
    take(ledger, "i-one", ["r-one"], who="ana", clock=NOON, length=HALF_HOUR)
    take(ledger, "i-one", ["r-one"], who="ana", clock=NOON, length=2 * HALF_HOUR)
    assert [one.until for one in leases_at(ledger.entries(), NOON)] == [NOON + 2 * HALF_HOUR]
    give_back(ledger, "i-one", ["r-one"], who="ben", clock=NOON)
    assert len(leases_at(ledger.entries(), NOON)) == 1
    give_back(ledger, "i-one", ["r-one"], who="ana", clock=NOON)
    assert leases_at(ledger.entries(), NOON) == ()


@pytest.mark.parametrize("minutes", [0, -1, 60 * 25])
def test_no_lease_is_for_ever_or_for_nothing(ledger, minutes):
    with pytest.raises(BadCall, match="at most"):
        take(ledger, "i-one", ["r-one"], who="ana", clock=NOON, length=timedelta(minutes=minutes))


def test_at_the_command_line_a_conflict_is_exit_1_and_nothing_is_recorded(own_demo):
    def run(*words):
        return CliRunner().invoke(app, ["--case", str(own_demo), *words])

    with open_case(own_demo, who="ana") as case:
        report = case.run().reports.values("report_id")[0]
        size = len(case.ledger.entries())
    assert run("decide", "hold", report, "--because", "a source is at risk", "--by", "ana").exit_code == 0
    answer = run("decide", "release", report, "--because", "it is known", "--by", "ben", "--seen", str(size))
    assert answer.exit_code == 1
    assert "meanwhile ana has decided “hold”" in answer.output
    assert run("take", report, "--by", "ana").exit_code == 0
    assert run("decide", "release", report, "--because", "it is known", "--by", "ben").exit_code == 1
    assert run("take", report, "--by", "ana", "--back").exit_code == 0
    assert run("decide", "release", report, "--because", "it is known", "--by", "ben").exit_code == 0


def test_the_list_of_questions_says_who_works_on_what(own_demo):
    with open_case(own_demo, who="ana") as case:
        from trucewatch.case.listing import question_rows, with_leases

        result = case.run()
        incident = next(row["incident_id"] for row in question_rows(result) if row["incident_id"])
        case.take(incident)
        rows = with_leases(question_rows(result), result, case.leases())
        assert {row["taken_by"] for row in rows if row["incident_id"] == incident} == {"ana"}
        assert {row["taken_by"] for row in rows if row["incident_id"] is None} == {None}


def test_where_the_case_asks_for_four_eyes_one_person_alone_releases_nothing(own_demo, tmp_path):
    settings = own_demo / "case.toml"
    settings.write_text(settings.read_text().replace("[mandate]", '[mandate]\nfour_eyes = "holds"'))
    day = date(2016, 9, 19)

    def shown(case):
        return "Urum al-Kubra" in daily_report(case, day, form="md")

    def reports(case):
        convoy = next(row["incident_id"] for row in case.run().incidents.rows() if row["place"] == "urum-al-kubra")
        return [row["report_id"] for row in case.run().linked.incident_report.rows() if row["incident_id"] == convoy]

    with open_case(own_demo, who="ana", keys=tmp_path / "ana") as ana, open_case(own_demo, who="ben", keys=tmp_path / "ben") as ben:
        assert shown(ana)
        hold = ana.decide("hold", because="a source is at risk", reports=reports(ana))
        assert not shown(ana)
        ana.decide("release", because="the source is safe", reports=reports(ana))
        ana.decide("release", because="the source is safe", reports=reports(ana), by="ben")
        ana.decide("opinion", because="take it back", reports=reports(ana), supersedes=hold)
        assert not shown(ana), "another name, or taking the hold back, is no second person"
        ben.decide("release", because="the source is safe, I asked", reports=reports(ben))
        assert shown(ben)


def test_opinions_and_replies_stand_beside_the_finding(own_demo):
    with open_case(own_demo, who="ana") as case:
        at = case.cut_off(date(2016, 9, 19))
        wanted = next(row for row in case.run(at).findings.finding.rows() if row["incident_id"] and row["reading"] == "default" and row["clause"] == "coh-attacks")
        words = ("--because", "The photographs show another town", "--by", "ben", "--answer", "dissent")
        said = CliRunner().invoke(app, ["--case", str(own_demo), "decide", "opinion", wanted["finding_id"], *words])
        assert said.exit_code == 0, said.output
        told = next(one for one in case.run(at).explain(wanted["finding_id"])["said"])
        assert (told["who"], told["answer"], told["clause"], told["reading"]) == ("ben", "dissent", "coh-attacks", "default")
        shown = CliRunner().invoke(app, ["--case", str(own_demo), "explain", wanted["finding_id"]])
        assert "ben: opinion dissent, because The photographs show another town" in shown.output
        with pytest.raises(BadCall, match="agree"):
            case.decide("opinion", because="x", answer="perhaps")
        case.decide("reply", because="We were not there", question="us", reports=told["reports"])
        day = next(row["occurred_from"] for row in case.run(at).incidents.rows() if row["incident_id"] == wanted["incident_id"])
        local = day.astimezone(case.settings.zone).date()
        house = daily_report(case, local, form="md", audience="internal")
        assert "ben dissents: The photographs show another town" in house
        assert "has replied: We were not there" in house
        public = daily_report(case, local, form="md")
        assert "A party has replied; the reply is on record." in public
        assert "photographs" not in public
        assert "We were not there" not in public


def test_a_broken_duty_becomes_public_after_two_people_have_released_what_it_rests_on(tmp_path):
    with new_case(tmp_path / "case", EXAMPLE / "agreement.yaml", timezone="UTC", who="ana") as made:
        for name in ("claims.csv", "reports.csv"):
            made.add(EXAMPLE / name)
        made.run()
        file = made.root / "case.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("[mandate]", '[mandate]\nfour_eyes = "violations"'), encoding="utf-8")
    with open_case(tmp_path / "case") as case:
        row = next(row for row in case.run().findings.finding.rows() if row["subject_kind"] == "duty" and row["verdict"] == "violation")
    day = date(2019, 3, 31)

    def shown():
        with open_case(tmp_path / "case", who="ana", keys=tmp_path / "ana") as case:
            frame = daily_frame(case, day, known_at=case.instant("2030-01-01"), audience="public")
            return row["finding_id"] in [one.finding_id for one in frame.now.findings]

    def release(who, kind="release"):
        words = ["--keys", str(tmp_path / who), "--case", str(tmp_path / "case"), "decide", kind, row["finding_id"], "--because", "read it", "--by", who]
        said = CliRunner().invoke(app, words)
        assert said.exit_code == 0, said.output

    assert not shown()
    release("ana")
    release("ana2")
    assert shown(), "two names under two keys"
    release("ben", "hold")
    assert not shown()
    release("ben")
    assert not shown()
    release("ana")
    assert shown(), "the same words again after the hold are another release"
