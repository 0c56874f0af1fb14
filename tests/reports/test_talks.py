"""The time line of claims about the agreement: nothing replaced, nothing averaged."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from trucewatch.reports import Claim
from trucewatch.reports.talks import contradictions, in_force, talks

ZONE = ZoneInfo("Asia/Damascus")
OPPOSED = {"near": frozenset(("talks_failed",)), "in_force": frozenset(("ended",))}


def said(key, value, day=14, *, subject="agreement.status", chain=("Moscow",), evidence="e-1", span="10-20", low=1.0):
    start = None if day is None else datetime(2016, 9, day - 1, 21, tzinfo=UTC)
    return Claim(
        claim_id=key, kind="statement", asserter="ru", source="wire", locator=f"status, characters {span}", subject=subject,
        value=value, low=low, valid_from=start, chain=chain, evidence=evidence,
    )


def line(*claims):
    return talks(claims, ZONE)


def test_the_time_line_is_in_order_and_what_has_no_day_comes_last():
    found = line(said("c", "near", 15), said("a", "near", None), said("b", "ended", 14))
    assert [one.claim.claim_id for one in found] == ["b", "c", "a"]
    assert [one.day for one in found] == [date(2016, 9, 14), date(2016, 9, 15), None]


def test_who_is_the_speaker_the_page_or_nobody():
    found = line(said("a", "near"), said("b", "near", chain=("unknown", "TASS")), said("c", "near", chain=()))
    assert {one.claim.claim_id: (one.who, one.passed_on) for one in found} == {
        "a": ("Moscow", ()), "b": (None, ("TASS",)), "c": ("wire", ()),
    }


def test_contradictions_are_pairs_of_one_day_or_one_document():
    near = said("a", "near", 14)
    assert contradictions(line(near, said("b", "talks_failed", 14, evidence="e-2")), OPPOSED) == (("a", "b"),)
    assert contradictions(line(near, said("b", "talks_failed", 15, evidence="e-2")), OPPOSED) == ()
    assert contradictions(line(said("a", "near", None), said("b", "talks_failed", None, span="30-40")), OPPOSED) == (("a", "b"),)
    assert contradictions(line(near, said("b", "near", 14)), OPPOSED) == ()


def test_in_force_is_said_denied_or_disputed_and_never_counted():
    yes, no = said("a", "in_force"), said("b", "ended", chain=("Washington",))
    many = [said(f"c{number}", "in_force", span=f"{number}0-{number}5") for number in range(3, 9)]
    assert [one.verdict for one in in_force(line(yes))] == ["said"]
    assert [one.verdict for one in in_force(line(no))] == ["denied"]
    (both,) = in_force(line(yes, no, *many))
    assert (both.verdict, len(both.yes), [one.who for one in both.no]) == ("disputed", 7, ["Washington"])


def test_no_deal_denies_no_agreement_that_is_in_force():
    (one,) = in_force(line(said("a", "in_force"), said("b", "no_deal", chain=("Washington",))))
    assert (one.verdict, [each.who for each in one.none]) == ("said", ["Washington"])
    assert [each.verdict for each in in_force(line(said("a", "not_reached")))] == ["none"]


def test_no_word_of_it_gives_no_verdict():
    assert in_force(line(said("a", "near"), said("b", "in_force", None))) == ()


def test_a_statement_whose_state_is_told_is_not_told_twice():
    statement = said("s", "hopeful", subject="agreement", span="5-40", low=None)
    other = said("t", "hopeful", subject="agreement", span="50-80", low=None)
    found = line(statement, other, said("a", "near", span="10-20"))
    assert [one.claim.claim_id for one in found] == ["a", "t"]
    assert found[1].polarity is None
