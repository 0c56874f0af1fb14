from datetime import UTC, datetime, timedelta

import pytest

from trucewatch.agreement import ClaimNeed, Moment

CLAUSE = "  - {id: peace, cite: {text: deed, quote: q}, who: sides, must_not: {act: attack}, when: truce}"


def phases(load, written):
    return load(phases=written, clauses=CLAUSE)[0].phases


def test_a_window_is_a_matter_of_claims(load):
    found = phases(load, (
        "  truce:\n    window: {asserters: [north, south]}\n    lasts: 48h\n"
        "    renewed_by: {of: [north, south], needs: any}\n    ended_by: {of: north}\n    cite: [deed, '§1']"
    ))["truce"]
    assert (found.asserters, found.lasts) == (("north", "south"), timedelta(hours=48))
    assert (found.renewed_by, found.renewal_needs, found.ended_by) == (("north", "south"), "any", ("north",))
    assert (found.start, found.end) == (None, None)


def test_a_fixed_phase_ends_or_is_open(load):
    found = phases(load, "  truce: {starts: {at: 2016-09-12T19:00+03:00}, ends: 2016-09-14}")["truce"]
    assert found.start == Moment(at=datetime(2016, 9, 12, 16, tzinfo=UTC))
    assert found.end == Moment(at=datetime(2016, 9, 13, 21, tzinfo=UTC))
    assert phases(load, "  truce: {starts: 2016-09-12, open_ended: true}")["truce"].open_ended


def test_doubt_is_taken_over_through_every_step(load):
    found = phases(load, (
        "  calm: {needs: {claim: calm-declared, of: [north, south], all: true}, status: from_memory}\n"
        "  truce: {starts: {after: calm}}\n  later: {starts: {after: truce}}"
    ))
    assert {one.status for one in found.values()} == {"from_memory"}
    assert found["calm"].needs == ClaimNeed("calm-declared", ("north", "south"))
    assert found["later"].start == Moment(phase="truce", edge="end")


def test_an_indicator_only_advises(load):
    found = phases(load, (
        "  truce: {starts: 2016-09-12, open_ended: true}\n"
        "  calm: {needs: {claim: calm, of: north, all: false},"
        " indicator: {days_without_violation: 7, of: [peace]}}"
    ))["calm"]
    assert (found.indicator_days, found.indicator_clauses) == (7, ("peace",))
    assert found.needs == ClaimNeed("calm", ("north",), "any")


def test_a_period_written_in_place(load):
    clause = CLAUSE.replace("when: truce", "when: {from: 2016-09-12}")
    agreement, _ = load(clauses=clause)
    found = agreement.phases[agreement.clauses[0].when]
    assert (found.key, found.open_ended) == ("peace.when", True)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{}", "exactly one of window"),
        ("{window: {asserters: [north]}, starts: 2016-09-12}", "exactly one of window"),
        ("{window: {asserters: [noth]}}", "the name of a party"),
        ("{window: {}}", "asserters: in window"),
        ("{window: {asserters: [north]}, lasts: 2 days}", "a duration"),
        ("{window: {asserters: [north]}, lasts: 0h}", "longer than nothing"),
        ("{window: {asserters: [north]}, ends: 2016-09-12}", "a key of phase truce"),
        ("{starts: 19:00, open_ended: true}", "starts: a time such as"),
        ("{starts: 2016-02-30, open_ended: true}", "starts: a time such as"),
        ("{starts: 2016-09-12}", "either ends or open_ended"),
        ("{starts: 2016-09-12, ends: 2016-09-13, open_ended: true}", "either ends or open_ended"),
        ("{starts: 2016-09-12, ends: 2016-09-12}", "later than starts"),
        ("{starts: {after: trcue}}", "the name of a phase"),
        ("{starts: {}}", "{end_of: a phase}"),
        ("{starts: {anchor: d}}", "the name of an anchor"),
        ("{starts: {start_of: truce, plus: 1d, minus: 1d}, open_ended: true}", "either plus or minus"),
        ("{starts: {day: 0, of: truce}, open_ended: true}", "a whole number other than 0"),
        ("{starts: {day: 3}, open_ended: true}", "of: in starts"),
        ("{starts: {start_of: truce}, open_ended: true}", "do not lead back"),
        ("{gate: {days: 7, from: truce, satisfied: {claim: calm, of: north}}}", "do not lead back"),
        ("{gate: {days: 7, from: 2016-09-12}}", "satisfied: in gate"),
        ("{gate: {days: 1.5, from: 2016-09-12, satisfied: {claim: calm, of: north}}}", "days: a whole number"),
        ("{needs: {claim: calm, of: north}, ends: 2016-09-13, lasts: 3d}", "one of ends, lasts, open_ended"),
        ("{needs: {claim: calm}}", "of: in needs"),
        ("{needs: {claim: calm, of: north}, indicator: {of: peace}}", "days_without_violation"),
    ],
)
def test_a_wrong_phase_is_refused(problems_of, written, expected):
    problems = problems_of(phases=f"  truce: {written}", clauses=CLAUSE)
    assert any(expected in one.expected for one in problems), problems
